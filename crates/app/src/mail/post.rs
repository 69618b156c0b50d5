//! What happens puts its mails into the outbox, in the same transaction: both are stored, or neither is.

use super::facts::{Facts, gather, of_issued};
use crate::billing::account;
use crate::billing::issue::Issued;
use crate::door::Change;
use crate::failure::Failure;
use domain::access::Principal;
use domain::access::permission::Granting;
use domain::billing::Agreement;
use domain::event::{Event, Subjects};
use domain::ids::MailId;
use domain::mail::{Audience, Directory, Mail, MailState, NotificationSettings, Recipient, caused_by, recipients};
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use store::tables::{mail, notification_setting};

/// Puts the mail that an event leads to into the outbox, one for each recipient.
///
/// # Errors
/// When the database fails.
pub(crate) fn post<P: Granting>(change: &Change<'_, P>, subjects: Subjects, event: &Event) -> Result<(), Failure> {
    let by_itself = change.caller().actor.principal == Principal::System;
    let Some((kind, audience)) = caused_by(event, by_itself) else { return Ok(()) };
    let Some(facts) = gather(change, kind, subjects, event)? else { return Ok(()) };
    let settings = notification_setting::find(change.write)?;
    let directory = directory(change, audience, &facts, &settings)?;
    recipients(audience, &directory).into_iter().try_for_each(|recipient| insert(change, &facts, &settings, recipient))
}

/// Likewise the mails about invoices that were just made, from what is known of them; who gets those of a billing
/// profile is looked up once.
///
/// # Errors
/// When the database fails.
pub(crate) fn post_issued<P: Granting>(change: &Change<'_, P>, issued: &[Issued]) -> Result<(), Failure> {
    let settings = notification_setting::find(change.write)?;
    let mut known = BTreeMap::new();
    for made in issued.iter().filter(|made| made.is_mailed) {
        let Some((_, audience)) = caused_by(&made.event(), true) else { continue };
        let facts = of_issued(change, made)?;
        let concerned = match known.entry((facts.billing_profile, facts.buyer)) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(unknown) => {
                unknown.insert(recipients(audience, &directory(change, audience, &facts, &settings)?))
            }
        };
        concerned.iter().try_for_each(|recipient| insert(change, &facts, &settings, recipient.clone()))?;
    }
    Ok(())
}

fn insert<P: Granting>(
    change: &Change<'_, P>,
    facts: &Facts,
    settings: &NotificationSettings,
    recipient: Recipient,
) -> Result<(), Failure> {
    let organization = change.organization();
    let is_sandbox = organization.sandbox_ahead.is_some();
    let new = Mail {
        id: MailId::from_uuid(change.new_id()),
        organization_id: organization.id,
        recipient,
        language: organization.language.clone(),
        kind: facts.message.kind(),
        message: Some(facts.message.clone()),
        attached: facts.message.document().filter(|_| settings.attach_documents),
        state: if is_sandbox { MailState::Kept } else { MailState::Waiting },
        attempts: 0,
        due_at: change.system_now(),
        error: None,
        created_at: change.now(),
        sent_at: None,
    };
    Ok(mail::insert(change.write, &new)?)
}

/// The people whom the mail may concern; only those who matter are looked up.
fn directory<P: Granting>(
    change: &Change<'_, P>,
    audience: Audience,
    facts: &Facts,
    settings: &NotificationSettings,
) -> Result<Directory, Failure> {
    let person = |id: Option<_>| match id {
        Some(id) => mail::person(change.write, id),
        None => Ok(None),
    };
    if audience == Audience::Chosen {
        let chosen = facts.chosen.iter().map(|id| mail::person(change.write, *id));
        let chosen = chosen.collect::<Result<Vec<_>, _>>()?.into_iter().flatten().collect();
        return Ok(Directory { chosen, ..Directory::default() });
    }
    let orderer = if audience == Audience::Orderer { person(facts.ordered_by)? } else { None };
    let mut directory = Directory { orderer, buyer: person(facts.buyer)?, ..Directory::default() };
    if directory.orderer.is_some() || directory.buyer.is_some() {
        return Ok(directory);
    }
    directory.admins = mail::admins(change.write)?;
    if audience == Audience::Admins {
        return Ok(directory);
    }
    directory.extra = settings.recipients();
    if let Some(profile) = facts.billing_profile
        && account(change.write)?.rules.agreement == Agreement::Mca
    {
        directory.billing_roles = mail::with_billing_role(change.write, profile)?;
    }
    Ok(directory)
}
