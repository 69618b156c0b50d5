//! Who gets mails of the organization, and how (domain 4.10, 6; R172).

use crate::door::{Change, Command, Look, Query};
use crate::failure::Failure;
use domain::access::Reach;
use domain::access::permission::{ManageNotifications, ManageRecipients, ReadNotifications};
use domain::event::{self, Event, Subjects};
use domain::mail::{NotificationSettings, Recipient};
use domain::refusal::{Field, Refusal};
use store::tables::{mail, notification_setting, organization};
use words::Language;

/// Asks who gets mails of the organization, and how.
#[derive(Debug, Clone, Copy)]
pub struct NotificationDetails;

/// Who gets mails of the organization, and how.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotificationView {
    /// The language: `en` or `nl`.
    pub language: String,
    /// Further addresses, and whether the PDF goes with an invoice.
    pub settings: NotificationSettings,
    /// Those who get mail because of their role.
    pub admins: Vec<Recipient>,
    /// Whether the one who asks may choose the language and the PDF.
    pub may_manage: bool,
    /// Whether the one who asks may change the addresses.
    pub may_manage_recipients: bool,
}

impl Query for NotificationDetails {
    type Permission = ReadNotifications;
    type Outcome = NotificationView;

    fn run(&self, look: &Look<'_, ReadNotifications>) -> Result<NotificationView, Failure> {
        Ok(NotificationView {
            language: look.organization().language.clone(),
            settings: notification_setting::find(look.read)?,
            admins: mail::admins(look.read)?,
            may_manage: look.reach::<ManageNotifications>() == Reach::All,
            may_manage_recipients: look.reach::<ManageRecipients>() == Reach::All,
        })
    }
}

/// Changes who gets mails of the organization, and how.
#[derive(Debug, Clone)]
pub struct ChangeNotifications {
    /// The language: `en` or `nl`.
    pub language: String,
    /// Further addresses, and whether the PDF goes with an invoice, as typed; with the revision that was read.
    pub settings: NotificationSettings,
}

impl Command for ChangeNotifications {
    type Permission = ManageNotifications;
    type Outcome = ();
    const NAME: &'static str = "change_notifications";

    fn execute(&self, change: &Change<'_, ManageNotifications>) -> Result<(), Failure> {
        let settings = self.settings.checked()?;
        Language::from_code(&self.language).ok_or_else(|| Refusal::UnknownChoice.at(Field::Language))?;
        let before = notification_setting::find(change.write)?;
        let organization = change.organization();
        if before.revision != settings.revision {
            return Err(Refusal::ChangedMeanwhile.into());
        }
        let same_recipients =
            (&before.contact, &before.extra_addresses) == (&settings.contact, &settings.extra_addresses);
        if !same_recipients && change.reach::<ManageRecipients>() != Reach::All {
            return Err(Refusal::NotAllowed.into());
        }
        let event = Event::NotificationsChanged {
            language: changed(&organization.language, &self.language),
            attach_documents: changed(&before.attach_documents, &settings.attach_documents),
            contact: changed(&before.contact, &settings.contact),
            extra_addresses: changed(&before.extra_addresses, &settings.extra_addresses),
        };
        if organization.language != self.language {
            organization::set_language(change.write, organization, &self.language)?;
        }
        if settings == before && organization.language == self.language {
            return Ok(());
        }
        notification_setting::save(change.write, &settings)?;
        change.record(Subjects::default(), &event)
    }
}

fn changed<T: Clone + PartialEq>(from: &T, to: &T) -> Option<event::Change<T>> {
    (from != to).then(|| event::Change { from: from.clone(), to: to.clone() })
}
