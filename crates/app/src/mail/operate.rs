//! The outbox as the operator sees it: what waits, what was sent, what could not be sent, and how each kind looks.

use super::deliver::draw;
use crate::door::{App, Caller, Change, Command, Look, Query};
use crate::failure::Failure;
use crate::organization::names;
use crate::ports::{Letterhead, WrittenMail};
use domain::access::permission::OperateJobs;
use domain::ids::{MailId, OrganizationId};
use domain::mail::{Mail, MailKind, MailState, Message};
use domain::refusal::Refusal;
use std::collections::BTreeMap;
use store::tables::mail;
use words::Language;

pub use store::tables::mail::MailFilter;

/// Asks for mails of every organization. About the operator's own organization.
#[derive(Debug, Clone)]
pub struct ListMails {
    /// Which.
    pub filter: MailFilter,
    /// The last one of the page before.
    pub before: Option<MailId>,
    /// How many at most.
    pub limit: usize,
}

/// A page of mails.
#[derive(Debug, Clone)]
pub struct MailPage {
    /// The mails, the newest first.
    pub rows: Vec<Mail>,
    /// The last row, when there are older ones.
    pub next: Option<MailId>,
    /// How many wait and are parked.
    pub counts: Vec<(MailState, i64)>,
    /// The names of the organizations of the rows.
    pub organizations: BTreeMap<OrganizationId, String>,
}

impl Query for ListMails {
    type Permission = OperateJobs;
    type Outcome = MailPage;

    fn run(&self, look: &Look<'_, OperateJobs>) -> Result<MailPage, Failure> {
        let mut rows = mail::list(look.read, &self.filter, self.before, self.limit + 1)?;
        let has_more = rows.len() > self.limit;
        rows.truncate(self.limit);
        let organizations = names(look.read, rows.iter().map(|row| row.organization_id))?;
        let next = if has_more { rows.last().map(|row| row.id) } else { None };
        Ok(MailPage { rows, next, counts: mail::counts(look.read)?, organizations })
    }
}

/// Asks for one mail, in the organization that it belongs to.
#[derive(Debug, Clone, Copy)]
struct FindMail(MailId);

impl Query for FindMail {
    type Permission = OperateJobs;
    type Outcome = Mail;

    fn run(&self, look: &Look<'_, OperateJobs>) -> Result<Mail, Failure> {
        Ok(mail::find(look.read, self.0)?.ok_or(Refusal::NotFound)?)
    }
}

/// A mail and how it reads; nothing to read when this version does not know what it says.
///
/// # Errors
/// [`Refusal::NotFound`], the refusal of who may not see it, or the failure of the database.
pub fn open(
    app: &App,
    caller: &Caller,
    organization: OrganizationId,
    id: MailId,
) -> Result<(Mail, Option<WrittenMail>), Failure> {
    let found = app.read(caller, organization, &FindMail(id))?;
    let written = match &found.message {
        Some(message) => Some(app.store().read(organization, |read| draw(app, read, &found, message))?),
        None => None,
    };
    Ok((found, written))
}

/// How a mail of a kind looks, with invented facts; in several ways where there are several.
#[must_use]
pub fn preview(app: &App, kind: MailKind, language: Language, seller: &str) -> Vec<WrittenMail> {
    let samples = Message::samples().into_iter().filter(|message| message.kind() == kind);
    let letterhead = |message: &Message| Letterhead {
        language,
        recipient: "Anna de Vries".to_owned(),
        organization: "Waterland".to_owned(),
        seller: seller.to_owned(),
        has_attachment: message.document().is_some(),
    };
    samples.map(|message| app.ports().mail_writer.write(&message, &letterhead(&message))).collect()
}

/// Whether there is a server that takes mails; without one they wait.
#[must_use]
pub fn has_server(app: &App) -> bool {
    app.ports().mailer.is_some()
}

/// Lets a parked or dropped mail wait again, in the organization that it belongs to. Another one stays as it is.
#[derive(Debug, Clone, Copy)]
pub struct ResumeMail(pub MailId);

impl Command for ResumeMail {
    type Permission = OperateJobs;
    type Outcome = ();
    const NAME: &'static str = "resume_mail";

    fn execute(&self, change: &Change<'_, OperateJobs>) -> Result<(), Failure> {
        mail::find(change.write, self.0)?.ok_or(Refusal::NotFound)?;
        mail::resume(change.write, self.0, change.system_now())?;
        Ok(())
    }
}

/// Gives a mail up that waits or is parked, in the organization that it belongs to. Another one stays as it is.
#[derive(Debug, Clone, Copy)]
pub struct DropMail(pub MailId);

impl Command for DropMail {
    type Permission = OperateJobs;
    type Outcome = ();
    const NAME: &'static str = "drop_mail";

    fn execute(&self, change: &Change<'_, OperateJobs>) -> Result<(), Failure> {
        mail::find(change.write, self.0)?.ok_or(Refusal::NotFound)?;
        mail::give_up(change.write, self.0)?;
        Ok(())
    }
}
