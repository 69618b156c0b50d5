//! What happens puts its mails into the outbox, in the same transaction: both are stored, or neither is.

use super::facts::{Facts, gather};
use crate::billing::account;
use crate::door::Change;
use crate::failure::Failure;
use domain::access::Principal;
use domain::access::permission::Granting;
use domain::billing::Agreement;
use domain::event::{Event, Subjects};
use domain::ids::MailId;
use domain::mail::{
    Audience, Directory, Mail, MailKind, MailState, NotificationSettings, Recipient, caused_by, recipients,
};
use store::tables::{billing_account, mail, notification_setting};

/// Puts the mail that an event leads to into the outbox, one for each recipient.
///
/// # Errors
/// When the database fails.
pub(crate) fn post<P: Granting>(change: &Change<'_, P>, subjects: Subjects, event: &Event) -> Result<(), Failure> {
    let by_itself = change.caller().actor.principal == Principal::System;
    let Some((kind, audience)) = caused_by(event, by_itself) else { return Ok(()) };
    let Some(facts) = gather(change, kind, subjects, event)? else { return Ok(()) };
    let settings = notification_setting::find(change.write)?;
    let wants_mail = match kind {
        MailKind::Invoice | MailKind::CreditNote => are_invoices_mailed(change, &facts)?,
        _ => true,
    };
    if !wants_mail {
        return Ok(());
    }
    let directory = directory(change, audience, &facts, &settings)?;
    for recipient in recipients(audience, &directory) {
        insert(change, &facts, &settings, recipient)?;
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

/// Whether the billing profile wants its invoices by mail (domain 4.8).
fn are_invoices_mailed<P: Granting>(change: &Change<'_, P>, facts: &Facts) -> Result<bool, Failure> {
    let Some(profile) = facts.billing_profile else { return Ok(true) };
    Ok(billing_account::find_profile(change.write, profile)?.is_none_or(|profile| profile.email_invoices))
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
