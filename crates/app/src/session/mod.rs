//! Signing in and out. These are the only use cases that come before anybody is known, so they pass beside the door.

mod password;
mod token;

pub use password::hash_password;
pub(crate) use password::is_password;
pub use token::{SecretToken, hash_token};

use crate::door::App;
use crate::failure::Failure;
use domain::access::Actor;
use domain::ids::{OrganizationId, UserId};
use domain::organization::OrganizationState;
use domain::refusal::Refusal;
use domain::user;
use jiff::{SignedDuration, Timestamp};
use store::Scope;
use store::tables::{organization, session, sign_in_failure};

/// How long a browser stays signed in.
const SESSION_LENGTH: SignedDuration = SignedDuration::from_hours(12);
/// Failed tries of one address from one client before it has to wait.
pub(crate) const TRIES: i64 = 5;
/// Failed tries of one client with any address, and of one address from anywhere: so many that a stranger who guesses
/// does not lock the owner out at once, and so few that guessing leads nowhere.
const TRIES_IN_ALL: i64 = 50;
/// How long one waits after too many tries.
pub(crate) const WAIT: SignedDuration = SignedDuration::from_mins(5);

/// Signs a person in by address and password; gives the token for the cookie.
///
/// Blocks for the time of one password hash, also when there is no such person, so that time tells nothing.
///
/// # Errors
/// [`Refusal::WrongPassword`] whatever was wrong; [`Refusal::TooManyTries`] after too many failures;
/// [`Refusal::OrganizationSuspended`].
pub fn sign_in(app: &App, email: &str, password: &str, client: &str) -> Result<SecretToken, Failure> {
    let email = user::email(email).map_err(|_| Refusal::WrongPassword)?;
    let now = app.now();
    let subjects = [
        (format!("{email} from {client}"), TRIES),
        (format!("client {client}"), TRIES_IN_ALL),
        (format!("address {email}"), TRIES_IN_ALL),
    ];
    for (subject, tries) in &subjects {
        let failures = app.store().glance(Scope::Shared, |read| sign_in_failure::find(read, subject))?;
        if let Some(wait) = failures.and_then(|(count, last_at)| wait_after(count - tries, last_at, now)) {
            return Err(Refusal::TooManyTries { wait_seconds: wait }.into());
        }
    }
    let candidates = app.store().glance(Scope::Shared, |read| session::passwords(read, &email))?;
    let matching = password::first_match(&candidates, password);
    let Some(person) = matching else {
        let free_since = now - WAIT;
        app.store()
            .write(Scope::Shared, move |write| {
                let mut subjects = subjects.iter();
                subjects.try_for_each(|(subject, _)| sign_in_failure::count(write, subject, now, free_since))?;
                Ok::<_, Failure>(())
            })
            .wait()?;
        return Err(Refusal::WrongPassword.into());
    };
    start(app, person.organization_id, person.user_id)
}

/// Seconds that one still has to wait after so many failures more than are free.
pub(crate) fn wait_after(excess: i64, last_at: Timestamp, now: Timestamp) -> Option<u32> {
    let free_at = last_at + WAIT;
    if excess < 0 || free_at <= now {
        return None;
    }
    u32::try_from((free_at - now).get_seconds().max(1)).ok()
}

/// Signs a person in without a password: after one was checked, and in the demo by one click.
///
/// # Errors
/// [`Refusal::OrganizationSuspended`], or the failure of the database.
pub fn start(app: &App, home: OrganizationId, user: UserId) -> Result<SecretToken, Failure> {
    let now = app.now();
    let token = SecretToken::generate()?;
    let hash = token.hash();
    app.store()
        .write(home, move |write| {
            let organization = organization::find(write, home)?.ok_or(Refusal::NotFound)?;
            if organization.state == OrganizationState::Suspended {
                return Err(Failure::from(Refusal::OrganizationSuspended));
            }
            Ok(session::insert(write, &hash, user, now, now + SESSION_LENGTH)?)
        })
        .wait()?;
    Ok(token)
}

/// Who holds this token of a session.
///
/// # Errors
/// [`Refusal::NotSignedIn`] when nobody does any more.
pub fn actor(app: &App, token: &str) -> Result<Actor, Failure> {
    let hash = hash_token(token);
    let found = app.store().glance(Scope::Shared, |read| session::actor(read, &hash, app.now()))?;
    found.ok_or_else(|| Refusal::NotSignedIn.into())
}

/// Signs the browser out that holds this token.
///
/// # Errors
/// The failure of the database.
pub fn sign_out(app: &App, token: &str) -> Result<(), Failure> {
    let hash = hash_token(token);
    app.store().write(Scope::Shared, move |write| Ok(session::delete(write, &hash)?)).wait()
}
