//! The operator's page about mails, and the organization's page about who gets them (R172).

use crate::macros::sentences;

sentences! {
    // Who gets which mail.
    notifications: en "Notifications" nl "Meldingen";
    notifications_contact: en "Address of the organization" nl "Adres van de organisatie";
    notifications_extra: en "Further addresses" nl "Meer adressen";
}
