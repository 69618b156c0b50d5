//! Who gets mails of an organization besides its admins, and how (domain 4.10, R172).

use super::Recipient;
use crate::limits::EMAIL_MAX;
use crate::refusal::{Field, FieldRefusal, Refusal};
use crate::user::{email, pasted};

/// Most further addresses of an organization.
pub const EXTRA_ADDRESSES_MAX: usize = 20;

/// Who gets mails of an organization besides its admins, and how. Their language is that of the organization.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotificationSettings {
    /// The address of the organization itself; empty when there is none.
    pub contact: String,
    /// Further addresses for what concerns money.
    pub extra_addresses: Vec<String>,
    /// Whether the PDF of an invoice goes with its mail (M3).
    pub attach_documents: bool,
    /// Counts their changes; 0 when they were never changed.
    pub revision: i64,
}

impl Default for NotificationSettings {
    /// Nobody but the admins, with the PDF.
    fn default() -> Self {
        Self { contact: String::new(), extra_addresses: Vec::new(), attach_documents: true, revision: 0 }
    }
}

impl NotificationSettings {
    /// What was typed, trimmed and checked: one address on each line, or several as [`pasted::addresses`] finds them;
    /// an address that is there twice counts once.
    ///
    /// # Errors
    /// [`Field::Contact`] and [`Field::ExtraAddresses`], with what is wrong with each address and on which line it is,
    /// or [`Refusal::TooManyAddresses`].
    pub fn checked(&self) -> Result<Self, Vec<FieldRefusal>> {
        let mut wrong = Vec::new();
        let contact = match self.contact.trim() {
            "" => String::new(),
            text => email(text).map_err(|refusal| wrong.push(refusal.at(Field::Contact))).unwrap_or_default(),
        };
        let lines = (1..).zip(&self.extra_addresses);
        let typed = lines.flat_map(|(line, text)| pasted::addresses(text).into_iter().map(move |text| (line, text)));
        let mut extra_addresses = Vec::new();
        for (line, text) in typed {
            match email(text) {
                Ok(checked) if extra_addresses.contains(&checked) => {}
                Ok(checked) => extra_addresses.push(checked),
                Err(_) => {
                    let address = text.chars().take(EMAIL_MAX).collect();
                    wrong.push(Refusal::NotAnEmailOnLine { line, address }.at(Field::ExtraAddresses));
                }
            }
        }
        if extra_addresses.len() > EXTRA_ADDRESSES_MAX {
            let refusal = Refusal::TooManyAddresses { maximum: EXTRA_ADDRESSES_MAX as u32 };
            wrong.push(FieldRefusal { field: Field::ExtraAddresses, refusal });
        }
        if wrong.is_empty() { Ok(Self { contact, extra_addresses, ..self.clone() }) } else { Err(wrong) }
    }

    /// The addresses as recipients.
    #[must_use]
    pub fn recipients(&self) -> Vec<Recipient> {
        let contact = Some(&self.contact).filter(|contact| !contact.is_empty());
        let all = contact.into_iter().chain(&self.extra_addresses);
        all.map(|address| Recipient { name: String::new(), address: address.clone() }).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(contact: &str, extra: &[&str]) -> NotificationSettings {
        NotificationSettings {
            contact: contact.to_owned(),
            extra_addresses: extra.iter().map(|text| (*text).to_owned()).collect(),
            ..NotificationSettings::default()
        }
    }

    /// R172.
    #[test]
    fn addresses_are_trimmed_and_counted_once() {
        let checked = typed(" Info@Waterland.example ", &["a@waterland.example", "", "A@waterland.example "]).checked();
        let expected = typed("info@waterland.example", &["a@waterland.example"]);
        assert_eq!(checked, Ok(expected.clone()));
        let addresses: Vec<_> = expected.recipients().into_iter().map(|recipient| recipient.address).collect();
        assert_eq!(addresses, ["info@waterland.example", "a@waterland.example"]);
        assert_eq!(typed(" ", &[]).checked().map(|settings| settings.recipients()), Ok(Vec::new()));
    }

    #[test]
    fn what_is_no_address_is_said_at_its_field() {
        let wrong = typed("nobody", &["a@waterland.example", "", "b@, c", "d"]).checked();
        let on_line = |line, address: &str| {
            Refusal::NotAnEmailOnLine { line, address: address.to_owned() }.at(Field::ExtraAddresses)
        };
        let refusals = [
            FieldRefusal { field: Field::Contact, refusal: Refusal::NotAnEmail },
            on_line(3, "b@"),
            on_line(3, "c"),
            on_line(4, "d"),
        ];
        assert_eq!(wrong, Err(refusals.to_vec()));
        let many: Vec<_> = (0..=EXTRA_ADDRESSES_MAX).map(|number| format!("a{number}@waterland.example")).collect();
        let many: Vec<_> = many.iter().map(String::as_str).collect();
        let refusal = Refusal::TooManyAddresses { maximum: 20 };
        let wrong = FieldRefusal { field: Field::ExtraAddresses, refusal };
        assert_eq!(typed("", &many).checked(), Err(vec![wrong]));
        assert!(typed("", &many[1..]).checked().is_ok());
    }
}
