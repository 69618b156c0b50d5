//! The outbox: mails to one person each, claimed by whoever sends them.

use super::escape_like;
use crate::value::json_text;
use crate::{Read, Result, Row, Sql, Write, params, statements};
use domain::ids::{BillingProfileId, MailId, UserId};
use domain::mail::{Mail, MailKind, MailState, Recipient};
use jiff::Timestamp;

macro_rules! columns {
    () => {
        "id, organization_id, recipient_name, recipient_address, language, message, invoice_id, state, attempts, due_at, \
         error, created_at, sent_at, kind"
    };
}

/// One page of the operator's list, the newest first, led by what an index finds; the rest is looked at.
macro_rules! page {
    ($led_by:literal) => {
        concat!(
            "SELECT ",
            columns!(),
            " FROM mail WHERE ",
            $led_by,
            " AND id < $1 AND ($3 = '' OR state = $3) AND ($4 = '' OR kind = $4) \
             AND ($5 = '' OR recipient_address LIKE $5 ESCAPE '\\') ORDER BY id DESC LIMIT $2"
        )
    };
}

statements! {
    MAIL_BY_ID: organization = concat!("SELECT ", columns!(), " FROM mail WHERE organization_id = $1 AND id = $2");
    INSERT_MAIL: organization = "INSERT INTO mail (organization_id, id, kind, state, recipient_name, \
        recipient_address, language, message, invoice_id, due_at, created_at) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
    // Whether there is mail to send for anybody at all.
    ANY_MAIL_DUE: shared = "SELECT 1 FROM mail WHERE state = 'waiting' AND due_at <= $1 LIMIT 1";
    // Mail is claimed across organizations; what it says is then read in its own.
    CLAIM_MAIL: shared = concat!("UPDATE mail SET due_at = $2 WHERE (organization_id, id) = (SELECT m.organization_id, \
        m.id FROM mail m WHERE m.state = 'waiting' AND m.due_at <= $1 ORDER BY m.due_at, m.id LIMIT 1) \
        AND state = 'waiting' AND due_at <= $1 RETURNING ", columns!());
    SETTLE_MAIL: organization = "UPDATE mail SET state = $3, attempts = $4, due_at = $5, error = $6, sent_at = $7 \
        WHERE organization_id = $1 AND id = $2 AND state = 'waiting'";
    RESUME_MAIL: organization = "UPDATE mail SET state = 'waiting', attempts = 0, due_at = $3 \
        WHERE organization_id = $1 AND id = $2 AND state IN ('parked', 'dropped')";
    DROP_MAIL: organization = "UPDATE mail SET state = 'dropped' WHERE organization_id = $1 AND id = $2 \
        AND state IN ('waiting', 'parked')";
    // The operator's list, across organizations.
    MAILS: shared = page!("id < $1");
    MAILS_IN_STATE: shared = page!("state = $3");
    MAILS_OF_KIND: shared = page!("kind = $4");
    COUNT_MAILS: shared = "SELECT state, COUNT(*) FROM mail WHERE state IN ('waiting', 'parked') GROUP BY state";
    // Who may sign in and has one of the roles that keep subscriptions and money.
    ADMIN_RECIPIENTS: organization = "SELECT DISTINCT u.display_name, u.email, u.sort_name, u.id FROM user_role r \
        JOIN \"user\" u ON u.organization_id = r.organization_id AND u.id = r.user_id WHERE r.organization_id = $1 \
        AND r.role IN ('global_admin', 'billing_admin') AND u.state = 'active' ORDER BY u.sort_name, u.id";
    // Roles of the account count for each of its profiles; a reader gets no mail.
    // People come after the few who have a role, which the word CROSS tells SQLite.
    BILLING_RECIPIENTS: organization = "SELECT DISTINCT u.display_name, u.email, u.sort_name, u.id FROM billing_role r \
        CROSS JOIN \"user\" u WHERE r.organization_id = $1 AND u.organization_id = r.organization_id \
        AND u.id = r.user_id \
        AND (r.role IN ('account_owner', 'account_contributor') OR (r.scope_id = $2 \
        AND r.role IN ('profile_owner', 'profile_contributor', 'invoice_manager'))) AND u.state = 'active' \
        ORDER BY u.sort_name, u.id";
    RECIPIENT: organization = "SELECT display_name, email FROM \"user\" WHERE organization_id = $1 AND id = $2 \
        AND state = 'active'";
}

fn mail(row: &Row<'_>) -> Result<Mail> {
    Ok(Mail {
        id: row.get(0)?,
        organization_id: row.get(1)?,
        recipient: Recipient { name: row.get(2)?, address: row.get(3)? },
        language: row.get(4)?,
        kind: row.code(13, MailKind::from_code)?,
        message: serde_json::from_str(row.text(5)?).ok(),
        attached: row.get(6)?,
        state: row.code(7, MailState::from_code)?,
        attempts: row.get(8)?,
        due_at: row.get(9)?,
        error: row.get(10)?,
        created_at: row.get(11)?,
        sent_at: row.get(12)?,
    })
}

fn recipient(row: &Row<'_>) -> Result<Recipient> {
    Ok(Recipient { name: row.get(0)?, address: row.get(1)? })
}

/// The mail of this organization.
///
/// # Errors
/// When the database fails.
pub fn find(read: &Read<'_>, id: MailId) -> Result<Option<Mail>> {
    read.query_one(&MAIL_BY_ID, params![id], mail)
}

/// Puts a mail into the outbox.
///
/// # Errors
/// When the database fails.
pub fn insert(write: &Write<'_>, new: &Mail) -> Result<()> {
    write.change(
        &INSERT_MAIL,
        params![
            new.id,
            new.kind.code(),
            new.state.code(),
            new.recipient.name,
            new.recipient.address,
            new.language,
            new.message.as_ref().map(json_text),
            new.attached,
            new.due_at,
            new.created_at
        ],
    )
}

/// Whether any mail is due; costs an idle process no write.
///
/// # Errors
/// When the database fails.
pub fn any_due(read: &Read<'_>, now: Timestamp) -> Result<bool> {
    Ok(read.query_one(&ANY_MAIL_DUE, params![now], |_| Ok(()))?.is_some())
}

/// Takes the mail that is due longest, of any organization; nobody else takes it before `lease_until`.
///
/// # Errors
/// When the database fails.
pub fn claim_due(write: &Write<'_>, now: Timestamp, lease_until: Timestamp) -> Result<Option<Mail>> {
    write.query_one(&CLAIM_MAIL, params![now, lease_until], mail)
}

/// Notes what became of a mail that was claimed; nothing when the operator dropped it meanwhile.
///
/// # Errors
/// When the database fails.
pub fn settle(write: &Write<'_>, after: &Mail) -> Result<()> {
    write.change_some(
        &SETTLE_MAIL,
        params![after.id, after.state.code(), after.attempts, after.due_at, after.error, after.sent_at],
    )
}

/// Lets a parked or dropped mail wait again; gives whether it was one.
///
/// # Errors
/// When the database fails.
pub fn resume(write: &Write<'_>, id: MailId, now: Timestamp) -> Result<bool> {
    write.change_any(&RESUME_MAIL, params![id, now]).map(|count| count == 1)
}

/// Gives a mail up that waits or is parked; gives whether it was one.
///
/// # Errors
/// When the database fails.
pub fn give_up(write: &Write<'_>, id: MailId) -> Result<bool> {
    write.change_any(&DROP_MAIL, params![id]).map(|count| count == 1)
}

/// Which mails the operator's list shows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MailFilter {
    /// Only in this state.
    pub state: Option<MailState>,
    /// Only of this kind.
    pub kind: Option<MailKind>,
    /// Only to addresses that hold this text.
    pub address: String,
}

/// Mails of every organization, the newest first, older than `before`.
///
/// # Errors
/// When the database fails.
pub fn list(read: &Read<'_>, filter: &MailFilter, before: Option<MailId>, limit: usize) -> Result<Vec<Mail>> {
    let sql: &Sql = match (filter.state, filter.kind) {
        // Nearly every mail is sent: the state finds nothing quickly then.
        (Some(MailState::Sent) | None, None) => &MAILS,
        (Some(MailState::Sent) | None, Some(_)) => &MAILS_OF_KIND,
        (Some(_), _) => &MAILS_IN_STATE,
    };
    let before = before.map_or(uuid::Uuid::max(), MailId::uuid);
    let (state, kind) = (filter.state.map_or("", MailState::code), filter.kind.map_or("", MailKind::code));
    let pattern = match filter.address.trim().to_lowercase() {
        text if text.is_empty() => text,
        text => format!("%{}%", escape_like(&text)),
    };
    read.query(sql, params![before, limit as i64, state, kind, pattern], mail)
}

/// How many mails wait and are parked.
///
/// # Errors
/// When the database fails.
pub fn counts(read: &Read<'_>) -> Result<Vec<(MailState, i64)>> {
    read.query(&COUNT_MAILS, params![], |row| Ok((row.code(0, MailState::from_code)?, row.get(1)?)))
}

/// Global and Billing admins who may sign in, by name.
///
/// # Errors
/// When the database fails.
pub fn admins(read: &Read<'_>) -> Result<Vec<Recipient>> {
    read.query(&ADMIN_RECIPIENTS, params![], recipient)
}

/// Those who have a role on a billing profile, or on the whole account, that gets its invoices.
///
/// # Errors
/// When the database fails.
pub fn with_billing_role(read: &Read<'_>, profile: BillingProfileId) -> Result<Vec<Recipient>> {
    read.query(&BILLING_RECIPIENTS, params![profile], recipient)
}

/// A person who may sign in, as one who gets mail.
///
/// # Errors
/// When the database fails.
pub fn person(read: &Read<'_>, id: UserId) -> Result<Option<Recipient>> {
    read.query_one(&RECIPIENT, params![id], recipient)
}
