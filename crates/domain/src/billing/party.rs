//! Sellers and customers as documents name them (domain 4.7 to 4.9).

use super::iban::Iban;
use super::tax_number;
use crate::country;
use crate::refusal::{Field, FieldRefusal, Refusal};
use crate::{typed, user};
use serde::{Deserialize, Serialize};

/// Most characters of a name, or of a line of an address.
pub const LINE_MAX: usize = 100;
/// Most characters of what stands before the number of an invoice.
pub const PREFIX_MAX: usize = 10;

/// Where somebody is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Address {
    /// Street and number.
    pub line1: String,
    /// What else a letter needs; may be empty.
    pub line2: String,
    /// The postal code; empty where there is none.
    pub postal_code: String,
    /// The town.
    pub city: String,
    /// State or province; empty where it is not written.
    pub region: String,
    /// The country, by ISO 3166 code.
    pub country: String,
}

/// A legal entity.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Party {
    /// Its name in law.
    pub name: String,
    /// Where it is.
    pub address: Address,
    /// Its VAT or other tax number, with the prefix of the country where there is one, without spaces.
    pub tax_number: Option<String>,
    /// The certificate by which a customer is exempt from value added tax (domain 4.9).
    pub tax_exemption: Option<String>,
    /// Its number in the register of companies.
    pub registration_number: Option<String>,
    /// Where its bookkeeping is reached by mail.
    pub email: Option<String>,
    /// And by telephone.
    pub telephone: Option<String>,
}

/// Who sells: the operator's own legal entity, and where customers pay.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Seller {
    /// The legal entity.
    pub party: Party,
    /// The bank account that customers transfer to.
    pub iban: Option<String>,
    /// The bank of that account.
    pub bic: Option<String>,
    /// What stands before the number of an invoice, such as `Z-`.
    pub invoice_prefix: String,
}

impl Party {
    /// What was typed, trimmed and checked: everything that an invoice must say of a legal entity (domain 4.7).
    ///
    /// # Errors
    /// Every field that is wrong, in the order of the form: [`Refusal::Required`], [`Refusal::TooLong`],
    /// [`Refusal::ControlCharacter`], [`Refusal::UnknownCountry`], [`Refusal::NotATelephone`], or what
    /// [`user::email`] and [`tax_number::check`] say.
    pub fn checked(&self) -> Result<Self, Vec<FieldRefusal>> {
        let mut wrong = Wrong::default();
        let address = &self.address;
        let country = address.country.trim().to_uppercase();
        let checked = Self {
            name: wrong.or_empty(Field::Name, required(&self.name)),
            address: Address {
                line1: wrong.or_empty(Field::Line1, required(&address.line1)),
                line2: wrong.or_empty(Field::Line2, line(&address.line2)),
                postal_code: wrong.or_empty(Field::PostalCode, line(&address.postal_code)),
                city: wrong.or_empty(Field::City, required(&address.city)),
                region: wrong.or_empty(Field::Region, line(&address.region)),
                country: wrong
                    .or_empty(Field::Country, country::code(&country).and_then(|code| code.ok_or(Refusal::Required))),
            },
            tax_number: wrong.when_filled(Field::TaxNumber, &self.tax_number, |text| tax_number::check(text, &country)),
            tax_exemption: wrong.when_filled(Field::TaxExemption, &self.tax_exemption, line),
            registration_number: wrong.when_filled(Field::RegistrationNumber, &self.registration_number, line),
            email: wrong.when_filled(Field::Email, &self.email, user::email),
            telephone: wrong.when_filled(Field::Telephone, &self.telephone, telephone),
        };
        wrong.or(checked)
    }

    /// Its facts with the fields in which they are typed, in the order of the form; those that are not there are empty.
    #[must_use]
    pub fn facts(&self) -> [(Field, &str); 12] {
        fn text(of: &Option<String>) -> &str {
            of.as_deref().unwrap_or_default()
        }
        let Self { name, address, .. } = self;
        [
            (Field::Name, name),
            (Field::Line1, &address.line1),
            (Field::Line2, &address.line2),
            (Field::PostalCode, &address.postal_code),
            (Field::City, &address.city),
            (Field::Region, &address.region),
            (Field::Country, &address.country),
            (Field::TaxNumber, text(&self.tax_number)),
            (Field::TaxExemption, text(&self.tax_exemption)),
            (Field::RegistrationNumber, text(&self.registration_number)),
            (Field::Email, text(&self.email)),
            (Field::Telephone, text(&self.telephone)),
        ]
    }

    /// What a customer changed of itself, trimmed and checked. The name and the country stay, and what exempts it from
    /// tax: the seller changes those, who looks at the papers (domain 4.7).
    ///
    /// # Errors
    /// As [`Party::checked`].
    pub fn changed_by_customer(&self, typed: Self) -> Result<Self, Vec<FieldRefusal>> {
        let address = Address { country: self.address.country.clone(), ..typed.address };
        Self { name: self.name.clone(), tax_exemption: self.tax_exemption.clone(), address, ..typed }.checked()
    }
}

impl Seller {
    /// What was typed, trimmed and checked.
    ///
    /// # Errors
    /// As [`Party::checked`]; and what [`Iban::parse`] says, or [`Refusal::BicShape`].
    pub fn checked(&self) -> Result<Self, Vec<FieldRefusal>> {
        let mut wrong = Wrong::default();
        let party = self.party.checked().unwrap_or_else(|fields| {
            wrong.0.extend(fields);
            Party::default()
        });
        let checked = Self {
            party,
            iban: wrong.when_filled(Field::Iban, &self.iban, |text| Ok(Iban::parse(text)?.as_str().to_owned())),
            bic: wrong.when_filled(Field::Bic, &self.bic, bic),
            invoice_prefix: wrong.or_empty(Field::InvoicePrefix, prefix(&self.invoice_prefix)),
        };
        wrong.or(checked)
    }
}

/// The fields that are wrong so far.
#[derive(Default)]
struct Wrong(Vec<FieldRefusal>);

impl Wrong {
    fn or_empty(&mut self, field: Field, checked: Result<String, Refusal>) -> String {
        checked.unwrap_or_else(|refusal| {
            self.0.push(refusal.at(field));
            String::new()
        })
    }

    fn when_filled(
        &mut self,
        field: Field,
        text: &Option<String>,
        check: impl Fn(&str) -> Result<String, Refusal>,
    ) -> Option<String> {
        let text = text.as_deref().map(str::trim).filter(|text| !text.is_empty())?;
        Some(self.or_empty(field, check(text)))
    }

    fn or<T>(self, checked: T) -> Result<T, Vec<FieldRefusal>> {
        if self.0.is_empty() { Ok(checked) } else { Err(self.0) }
    }
}

fn line(text: &str) -> Result<String, Refusal> {
    typed::line(text, LINE_MAX)
}

fn required(text: &str) -> Result<String, Refusal> {
    typed::required_line(text, LINE_MAX)
}

/// A number as people write it, with spaces, brackets, dots and an extension; at least five digits make one.
fn telephone(text: &str) -> Result<String, Refusal> {
    let text = line(text)?;
    let is_part = |letter: char| letter.is_ascii_digit() || "+()-./ x".contains(letter);
    match text.chars().all(is_part) && text.chars().filter(char::is_ascii_digit).count() >= 5 {
        true => Ok(text),
        false => Err(Refusal::NotATelephone),
    }
}

/// Four letters of the bank, two of the country, two of the place and perhaps three of the branch (ISO 9362).
fn bic(text: &str) -> Result<String, Refusal> {
    let typed: String = text.chars().filter(|letter| !letter.is_whitespace()).collect::<String>().to_uppercase();
    let has_shape = matches!(typed.len(), 8 | 11)
        && typed.bytes().all(|letter| letter.is_ascii_alphanumeric())
        && typed.bytes().skip(4).take(2).all(|letter| letter.is_ascii_uppercase());
    if has_shape { Ok(typed) } else { Err(Refusal::BicShape) }
}

/// Letters, digits and hyphens, so that the number of an invoice fits wherever it is written.
fn prefix(text: &str) -> Result<String, Refusal> {
    match text.trim() {
        text if text.chars().count() > PREFIX_MAX => Err(Refusal::TooLong { maximum: PREFIX_MAX as u32 }),
        text if !text.bytes().all(|letter| letter.is_ascii_alphanumeric() || letter == b'-') => {
            Err(Refusal::PrefixShape)
        }
        text => Ok(text.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Domain 4.7: a customer moves within its country and gives its numbers; name, country and exemption are not its to
    /// change, and the number is one of that country.
    #[test]
    fn what_a_customer_changes_of_itself() {
        let before = Party { tax_exemption: Some("V 12".to_owned()), ..seller().party.checked().expect("a party") };
        let address = Address {
            line1: " Kade 1 ".to_owned(),
            city: "Delft".to_owned(),
            country: "DE".to_owned(),
            ..Address::default()
        };
        let typed = Party {
            name: "Somebody else".to_owned(),
            address,
            email: Some("books@zetel.example".to_owned()),
            ..Party::default()
        };
        let after = before.changed_by_customer(typed.clone()).expect("it is right");
        assert_eq!((after.name.as_str(), after.address.country.as_str()), ("Zetel B.V.", "NL"));
        assert_eq!((after.address.line1.as_str(), after.address.city.as_str()), ("Kade 1", "Delft"));
        assert_eq!((after.tax_number, after.tax_exemption.as_deref()), (None, Some("V 12")));
        assert_eq!(after.email.as_deref(), Some("books@zetel.example"));
        let german = Party { tax_number: Some("DE136695976".to_owned()), ..typed };
        let wrong = before.changed_by_customer(german).expect_err("it is of another country");
        assert_eq!(wrong.iter().map(|refused| refused.field).collect::<Vec<_>>(), [Field::TaxNumber]);
    }

    /// Domain 4.7: what documents print and mail is sent to is one, and nothing in it is hidden.
    #[test]
    fn contacts_and_lines_of_an_address() {
        let with = |email: &str, telephone: &str, line1: &str| {
            let address = Address { line1: line1.to_owned(), ..seller().party.address };
            let (email, telephone) = (Some(email.to_owned()), Some(telephone.to_owned()));
            Party { email, telephone, address, ..seller().party }.checked()
        };
        let right = with("Books@Zetel.example", "+31 (0)20 123.45.67 x8", "Kade 1").expect("all is right");
        assert_eq!(right.email.as_deref(), Some("books@zetel.example"));
        assert_eq!(right.telephone.as_deref(), Some("+31 (0)20 123.45.67 x8"));
        for telephone in ["call me", "1234", "+31 20\u{202e}1234567"] {
            let wrong = with("books", telephone, "Kade\u{202e} 1").expect_err("all is wrong");
            let fields: Vec<_> = wrong.iter().map(|refused| refused.field).collect();
            assert_eq!(fields, [Field::Line1, Field::Email, Field::Telephone], "{telephone}");
        }
    }

    fn seller() -> Seller {
        Seller {
            party: Party {
                name: " Zetel B.V. ".to_owned(),
                address: Address {
                    line1: "Stoelmakersgracht 12".to_owned(),
                    postal_code: "1015 AB".to_owned(),
                    city: "Amsterdam".to_owned(),
                    country: "nl".to_owned(),
                    ..Address::default()
                },
                tax_number: Some("NL 0044.95.445.B01".to_owned()),
                tax_exemption: None,
                ..Party::default()
            },
            iban: Some("NL91 ABNA 0417 1643 00".to_owned()),
            bic: Some("abnanl2a".to_owned()),
            invoice_prefix: "Z-".to_owned(),
        }
    }

    /// R170: numbers are kept as they are written everywhere.
    #[test]
    fn what_was_typed_is_put_in_order() {
        let checked = seller().checked().expect("nothing is wrong");
        assert_eq!((checked.party.name.as_str(), checked.party.address.country.as_str()), ("Zetel B.V.", "NL"));
        assert_eq!(checked.party.tax_number.as_deref(), Some("NL004495445B01"));
        assert_eq!(checked.iban.as_deref(), Some("NL91ABNA0417164300"));
        assert_eq!(checked.bic.as_deref(), Some("ABNANL2A"));
        assert_eq!(checked.checked(), Ok(checked));
    }

    /// R170: every wrong field is said at once.
    #[test]
    fn what_is_wrong_is_said_at_its_field() {
        let mut wrong = seller();
        wrong.party.name.clear();
        wrong.party.address.country = "XX".to_owned();
        wrong.iban = Some("NL91ABNA0417164301".to_owned());
        wrong.bic = Some("ABNA".to_owned());
        wrong.invoice_prefix = "Z/".to_owned();
        wrong.party.tax_number = None;
        let expected = [
            Refusal::Required.at(Field::Name),
            Refusal::UnknownCountry.at(Field::Country),
            Refusal::IbanMistyped.at(Field::Iban),
            Refusal::BicShape.at(Field::Bic),
            Refusal::PrefixShape.at(Field::InvoicePrefix),
        ];
        assert_eq!(wrong.checked(), Err(expected.to_vec()));
        let mut mistyped = seller();
        mistyped.party.tax_number = Some("NL004495446B01".to_owned());
        assert_eq!(mistyped.checked(), Err(vec![Refusal::TaxNumberMistyped.at(Field::TaxNumber)]));
    }
}
