//! Guessing keys leads nowhere: after some unknown ones a person, an organization and an address have to wait, and the
//! journal says so. Mistyped keys do not count, because their check tells them apart without a look at the store.

use crate::door::{App, Caller, Change, Command};
use crate::failure::Failure;
use domain::access::Principal;
use domain::access::permission::RedeemProductKeys;
use domain::event::{Event, Subjects};
use domain::ids::OrganizationId;
use domain::limits::PAGE_ROWS;
use domain::refusal::Refusal;
use jiff::{SignedDuration, Timestamp};
use store::tables::product_key;
use store::{Read, Scope};

/// Unknown keys of one person or program before it has to wait.
const TRIES: i64 = 10;
/// Unknown keys of one organization, and of one address, before they have to wait.
const TRIES_IN_ALL: i64 = 30;
/// How long one waits, and how long unknown keys are counted together.
const WAIT: SignedDuration = SignedDuration::from_mins(15);

/// Who tries, as the counts name them, each with its limit. Zetel itself and its operator guess nothing.
fn subjects(caller: &Caller, organization: OrganizationId, client: &str) -> Vec<(String, i64)> {
    let who = match caller.actor.principal {
        Principal::System => return Vec::new(),
        Principal::User(user) => user.to_string(),
        Principal::Token(token) => token.to_string(),
    };
    vec![(who, TRIES), (organization.to_string(), TRIES_IN_ALL), (format!("client {client}"), TRIES_IN_ALL)]
}

/// Refuses those who tried too many unknown keys.
///
/// # Errors
/// [`Refusal::TooManyTries`], with the seconds to wait.
pub(super) fn check(app: &App, caller: &Caller, organization: OrganizationId, client: &str) -> Result<(), Failure> {
    let now = app.now();
    for (subject, tries) in subjects(caller, organization, client) {
        let failures = app.store().glance(Scope::Shared, |read| product_key::failures(read, &subject))?;
        let free_at = failures.filter(|(count, _)| *count >= tries).map(|(_, last_at)| last_at + WAIT);
        if let Some(free_at) = free_at.filter(|free_at| *free_at > now) {
            let wait_seconds = u32::try_from((free_at - now).get_seconds().max(1)).unwrap_or(u32::MAX);
            return Err(Refusal::TooManyTries { wait_seconds }.into());
        }
    }
    Ok(())
}

/// Counts unknown keys.
///
/// # Errors
/// The failure of the database.
pub(super) fn count(
    app: &App,
    caller: &Caller,
    organization: OrganizationId,
    client: &str,
    unknown: usize,
) -> Result<(), Failure> {
    let subjects = subjects(caller, organization, client);
    if unknown == 0 || subjects.is_empty() {
        return Ok(());
    }
    let now = app.now();
    let note = NoteUnknownKeys { subjects, client: client.to_owned(), unknown: unknown as i64, now };
    app.write(caller, organization, note).wait()
}

/// Those who reached a limit lately, for the operator.
///
/// # Errors
/// The failure of the database.
pub(super) fn recent(read: &Read<'_>, now: Timestamp) -> Result<Vec<(String, i64, Timestamp)>, Failure> {
    Ok(product_key::recent_failures(read, now - WAIT, TRIES, PAGE_ROWS)?)
}

/// Counts unknown keys, and says in the journal when one limit was reached by them.
struct NoteUnknownKeys {
    subjects: Vec<(String, i64)>,
    client: String,
    unknown: i64,
    now: Timestamp,
}

impl Command for NoteUnknownKeys {
    type Permission = RedeemProductKeys;
    type Outcome = ();
    const NAME: &'static str = "redeem_product_keys";

    fn execute(&self, change: &Change<'_, RedeemProductKeys>) -> Result<(), Failure> {
        let free_since = self.now - WAIT;
        let mut reached = None;
        for (subject, tries) in &self.subjects {
            let before = product_key::failures(change.write, subject)?;
            let before = before.filter(|(_, last_at)| *last_at >= free_since).map_or(0, |(count, _)| count);
            product_key::count_failures(change.write, subject, self.unknown, self.now, free_since)?;
            if before < *tries && before + self.unknown >= *tries {
                reached = Some(before + self.unknown);
            }
        }
        let Some(tries) = reached else { return Ok(()) };
        tracing::warn!(organization = %change.organization().id, client = self.client, tries, "product keys are guessed");
        let tries = u32::try_from(tries).unwrap_or(u32::MAX);
        change.record(Subjects::default(), &Event::ProductKeyGuessing { tries, client: self.client.clone() })
    }
}
