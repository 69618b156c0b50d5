//! Parties, addresses and countries, as every form has them.

use crate::parts::Choice;
use crate::web::Form;
use domain::billing::party::{Address, Party};
use words::Words;

/// Every country, after the choice of none of them.
#[must_use]
pub fn countries(words: Words, none: &'static str) -> Vec<Choice> {
    let countries = words.countries().into_iter().map(|(code, name)| Choice::new(code, name));
    std::iter::once(Choice::new("", none)).chain(countries).collect()
}

/// The address as it was typed.
#[must_use]
pub fn typed_address(form: &Form) -> Address {
    let text = |name: &str| form.text(name).to_owned();
    Address {
        line1: text("line1"),
        line2: text("line2"),
        postal_code: text("postal_code"),
        city: text("city"),
        region: text("region"),
        country: text("country"),
    }
}

/// A party as it was typed; what was left empty is not there.
#[must_use]
pub fn typed_party(form: &Form) -> Party {
    Party {
        name: form.text("name").to_owned(),
        address: typed_address(form),
        tax_number: filled(form, "tax_number"),
        tax_exemption: filled(form, "tax_exemption"),
        registration_number: filled(form, "registration_number"),
        email: filled(form, "email"),
        telephone: filled(form, "telephone"),
    }
}

/// A field that may be left empty.
#[must_use]
pub fn filled(form: &Form, name: &str) -> Option<String> {
    Some(form.text(name).to_owned()).filter(|text| !text.is_empty())
}
