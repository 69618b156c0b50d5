//! Sends what is in the outbox (domain 4.10).
//!
//! A mail is claimed for some minutes, drawn, handed over outside any transaction, and what became of it is noted. Who
//! dies in between leaves it claimed; after that time it is handed over again, with the same Message-ID. Mails have a
//! thread of their own in each process that works, so that a mail server that hangs keeps no payment waiting.

use crate::billing::document;
use crate::door::{App, Caller};
use crate::failure::Failure;
use crate::ports::{Attachment, Letterhead, MailError, OutgoingMail, WrittenMail};
use domain::access::Actor;
use domain::mail::{Mail, MailState, Message, next_try};
use jiff::{SignedDuration, Timestamp};
use store::tables::{billing_account, mail, organization};
use store::{Read, Scope};
use words::Language;

/// How long somebody has to hand a mail over before another may try: longer than a server may take.
const LEASE: SignedDuration = SignedDuration::from_mins(10);

/// What came of looking into the outbox.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Delivery {
    /// Nothing is due, or there is nobody to send it.
    Nothing,
    /// A mail was sent, or will be tried again, or is parked.
    Settled,
    /// The server cannot be used: the mail waits as it did before.
    ServerUnusable,
}

impl App {
    /// Sends one due mail of any organization.
    ///
    /// # Errors
    /// When the database fails.
    pub fn deliver_once(&self) -> Result<Delivery, Failure> {
        let now = self.now();
        let Some(mailer) = &self.ports().mailer else { return Ok(Delivery::Nothing) };
        if !self.store().glance(Scope::Shared, |read| mail::any_due(read, now))? {
            return Ok(Delivery::Nothing);
        }
        let claimed = self
            .store()
            .write(Scope::Shared, move |write| Ok::<_, Failure>(mail::claim_due(write, now, now + LEASE)?))
            .wait()?;
        let Some(claimed) = claimed else { return Ok(Delivery::Nothing) };
        let send = || self.prepare(&claimed, now).and_then(|outgoing| mailer.send(&outgoing));
        // A panic is a fault like another: tried again, then parked, and the next mail is sent.
        let sent = std::panic::catch_unwind(std::panic::AssertUnwindSafe(send))
            .unwrap_or_else(|_| Err(MailError::NotNow("sending it panicked".to_owned())));
        if let Err(error) = &sent {
            tracing::warn!(mail = %claimed.id, attempts = claimed.attempts, ?error, "a mail was not sent");
        }
        let delivery = match &sent {
            Err(MailError::Unusable(_)) => Delivery::ServerUnusable,
            _ => Delivery::Settled,
        };
        let (organization, after) = (claimed.organization_id, settled(claimed, sent, self.now()));
        self.store()
            .write(organization, move |write| Ok::<_, Failure>(mail::settle(write, &after)?))
            .wait()
            .map(|()| delivery)
    }

    /// Draws a mail with its attachment. What cannot be drawn is our fault and may be mended, so it is tried again.
    fn prepare(&self, claimed: &Mail, now: Timestamp) -> Result<OutgoingMail, MailError> {
        let ours = |failure: Failure| MailError::NotNow(failure.to_string());
        let organization = claimed.organization_id;
        let unknown = || MailError::Never("this version does not know what the mail says".to_owned());
        let message = claimed.message.as_ref().ok_or_else(unknown)?;
        let written = self.store().read(organization, |read| draw(self, read, claimed, message)).map_err(ours)?;
        let system = Caller { actor: Actor::system(), request: claimed.id.to_string() };
        let attachment = match claimed.attached {
            None => None,
            Some(invoice) => {
                let made = document::pdf(self, &system, organization, invoice, language(&claimed.language));
                let made = made.map_err(ours)?;
                Some(Attachment { file_name: format!("{}.pdf", made.number), bytes: made.bytes })
            }
        };
        Ok(OutgoingMail { id: claimed.id, recipient: claimed.recipient.clone(), written, attachment, sent_at: now })
    }
}

/// The mail after a try.
fn settled(mail: Mail, sent: Result<(), MailError>, now: Timestamp) -> Mail {
    match sent {
        Ok(()) => Mail { state: MailState::Sent, sent_at: Some(now), error: None, ..mail },
        Err(MailError::Unusable(error)) => Mail { due_at: now, error: Some(error), ..mail },
        Err(MailError::Never(error)) => {
            Mail { state: MailState::Parked, attempts: mail.attempts + 1, error: Some(error), ..mail }
        }
        Err(MailError::NotNow(error)) => {
            let attempts = mail.attempts + 1;
            let next = next_try(attempts, now);
            let state = if next.is_some() { MailState::Waiting } else { MailState::Parked };
            Mail { state, attempts, due_at: next.unwrap_or(now), error: Some(error), ..mail }
        }
    }
}

/// A mail as its reader gets it.
pub(super) fn draw(app: &App, read: &Read<'_>, mail: &Mail, message: &Message) -> Result<WrittenMail, Failure> {
    let organization = organization::find(read, mail.organization_id)?.map(|found| found.name).unwrap_or_default();
    let letterhead = Letterhead {
        language: language(&mail.language),
        recipient: mail.recipient.name.clone(),
        organization,
        seller: billing_account::seller(read)?.0.party.name,
        has_attachment: mail.attached.is_some(),
    };
    Ok(app.ports().mail_writer.write(message, &letterhead))
}

fn language(code: &str) -> Language {
    Language::from_code(code).unwrap_or_default()
}
