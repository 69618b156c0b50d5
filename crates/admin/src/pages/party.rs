//! Parties, addresses and countries, as every form has them.

use crate::parts::{Choice, FieldErrors};
use crate::web::Form;
use domain::billing::party::{Address, Party};
use domain::refusal::Field;
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

/// Says at each field where what was typed differs what somebody else saved meanwhile.
pub fn add_saved(words: Words, errors: &mut FieldErrors, saved: &Party, typed: &Party) {
    for ((field, saved), (_, typed)) in saved.facts().into_iter().zip(typed.facts()) {
        if saved == typed {
            continue;
        }
        let saved = if field == Field::Country { words.country(saved).unwrap_or(saved) } else { saved };
        let saved = if saved.is_empty() { words.nothing_saved_now() } else { saved };
        errors.add(field.code(), words.saved_now(words.field_name(field), saved));
    }
}

/// A field that may be left empty.
#[must_use]
pub fn filled(form: &Form, name: &str) -> Option<String> {
    Some(form.text(name).to_owned()).filter(|text| !text.is_empty())
}
