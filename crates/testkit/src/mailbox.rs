//! Mails in tests: a mail server that can be told how to behave, and mails that cost nothing to draw.

use app::ports::{Letterhead, MailError, MailWriter, Mailer, OutgoingMail, WrittenMail};
use domain::mail::Message;
use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};

/// What the mail server does with the next mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MailServer {
    /// It takes it.
    Takes,
    /// It does not answer.
    IsDown,
    /// It takes it, and the line breaks before it says so.
    DropsTheLine,
    /// It refuses it for the moment.
    RefusesNow,
    /// It refuses it for good.
    RefusesForGood,
}

/// A mailbox that gets everything, unless its server was told otherwise.
#[derive(Debug, Default)]
pub struct ScriptedMailbox {
    script: Mutex<VecDeque<MailServer>>,
    received: Mutex<Vec<OutgoingMail>>,
}

impl ScriptedMailbox {
    /// What the server does with the next mails, one after the other; later ones it takes.
    pub fn script(&self, behaviors: impl IntoIterator<Item = MailServer>) {
        self.script.lock().unwrap_or_else(PoisonError::into_inner).extend(behaviors);
    }

    /// What came in since this was last asked, in its order.
    #[must_use]
    pub fn take(&self) -> Vec<OutgoingMail> {
        std::mem::take(&mut *self.received.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Mailer for ScriptedMailbox {
    fn send(&self, mail: &OutgoingMail) -> Result<(), MailError> {
        let behavior = self.script.lock().unwrap_or_else(PoisonError::into_inner).pop_front();
        let take = || self.received.lock().unwrap_or_else(PoisonError::into_inner).push(mail.clone());
        match behavior.unwrap_or(MailServer::Takes) {
            MailServer::Takes => {
                take();
                Ok(())
            }
            MailServer::IsDown => Err(MailError::Unusable("nobody answers".to_owned())),
            MailServer::DropsTheLine => {
                take();
                Err(MailError::Unusable("the line broke".to_owned()))
            }
            MailServer::RefusesNow => Err(MailError::NotNow("450 try again".to_owned())),
            MailServer::RefusesForGood => Err(MailError::Never("550 no such user".to_owned())),
        }
    }
}

/// Writes the kind of a mail and its language, and nothing else.
pub struct PlainMails;

impl MailWriter for PlainMails {
    fn write(&self, message: &Message, letterhead: &Letterhead) -> WrittenMail {
        let subject = format!("{} in {}", message.kind(), letterhead.language.code());
        WrittenMail { text: format!("{message:?}"), html: format!("<p>{}</p>", message.kind()), subject }
    }
}
