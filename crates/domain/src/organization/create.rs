//! Make an organization with its first global admin.

use super::{Cloud, Organization, OrganizationKind, OrganizationState};
use crate::country;
use crate::event::Event;
use crate::ids::OrganizationId;
use crate::money::Currency;
use crate::refusal::{Field, FieldRefusal, Refusal};
use crate::user;
use jiff::Timestamp;

/// What the operator gives, not yet checked. What is left empty is as usual in the country.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OrganizationDraft {
    /// The name.
    pub name: String,
    /// ISO 3166 code.
    pub country: String,
    /// Code of the cloud; empty for the worldwide one.
    pub cloud: String,
    /// ISO 4217 code, or empty.
    pub currency: String,
    /// `en`, `nl` or empty.
    pub language: String,
    /// IANA name, or empty.
    pub time_zone: String,
}

impl OrganizationDraft {
    /// Checks every field and fills what was left empty.
    ///
    /// # Errors
    /// One refusal for each field that is wrong.
    pub fn check(&self, id: OrganizationId, now: Timestamp) -> Result<Organization, Vec<FieldRefusal>> {
        let name = user::name(&self.name).map_err(|refusal| refusal.at(Field::Name));
        let country = country::code(&self.country)
            .and_then(|country| country.ok_or(Refusal::Required))
            .map_err(|refusal| refusal.at(Field::Country));
        let usual = country::defaults(country.as_deref().unwrap_or_default());
        let cloud = or_else(&self.cloud, Cloud::Worldwide, Cloud::from_code, Field::Cloud);
        let currency = or_else(&self.currency, usual.currency, Currency::from_code, Field::Currency);
        let language = or_else(&self.language, usual.language, |code| one_of(&["en", "nl"], code), Field::Language);
        let time_zone = match self.time_zone.trim() {
            "" => Ok(usual.time_zone),
            zone => one_of(&country::time_zones(), zone).ok_or(Refusal::UnknownTimeZone.at(Field::TimeZone)),
        };
        match (name, country, cloud, currency, language, time_zone) {
            (Ok(name), Ok(country), Ok(cloud), Ok(currency), Ok(language), Ok(time_zone)) => Ok(Organization {
                id,
                name,
                kind: OrganizationKind::Customer,
                state: OrganizationState::Active,
                country,
                currency,
                cloud,
                language: language.to_owned(),
                time_zone: time_zone.to_owned(),
                sandbox_ahead: None,
                created_at: now,
                revision: 1,
            }),
            (name, country, cloud, currency, language, time_zone) => {
                let refusals =
                    [name.err(), country.err(), cloud.err(), currency.err(), language.err(), time_zone.err()];
                Err(refusals.into_iter().flatten().collect())
            }
        }
    }
}

/// What happened when an organization was made.
#[must_use]
pub fn created(organization: &Organization) -> Event {
    Event::OrganizationCreated {
        name: organization.name.clone(),
        country: organization.country.clone(),
        cloud: organization.cloud,
    }
}

fn or_else<T>(typed: &str, usual: T, read: impl Fn(&str) -> Option<T>, field: Field) -> Result<T, FieldRefusal> {
    match typed.trim() {
        "" => Ok(usual),
        code => read(code).ok_or(Refusal::UnknownChoice.at(field)),
    }
}

fn one_of(known: &[&'static str], typed: &str) -> Option<&'static str> {
    known.iter().find(|one| **one == typed).copied()
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn check(draft: &OrganizationDraft) -> Result<Organization, Vec<FieldRefusal>> {
        draft.check(OrganizationId::from_uuid(Uuid::from_u128(5)), Timestamp::UNIX_EPOCH)
    }

    #[test]
    fn what_is_left_empty_is_as_usual_in_the_country() {
        let draft = OrganizationDraft { name: " Waterland ".into(), country: "nl".into(), ..Default::default() };
        let made = check(&draft).unwrap();
        assert_eq!((made.name.as_str(), made.country.as_str()), ("Waterland", "NL"));
        assert_eq!((made.currency, made.cloud), (Currency::Eur, Cloud::Worldwide));
        assert_eq!((made.language.as_str(), made.time_zone.as_str()), ("nl", "Europe/Amsterdam"));
        assert_eq!((made.kind, made.state), (OrganizationKind::Customer, OrganizationState::Active));
        assert_eq!(
            created(&made),
            Event::OrganizationCreated { name: "Waterland".into(), country: "NL".into(), cloud: Cloud::Worldwide }
        );
    }

    #[test]
    fn what_is_chosen_is_kept() {
        let draft = OrganizationDraft {
            name: "Contoso".into(),
            country: "US".into(),
            cloud: "germany".into(),
            currency: "GBP".into(),
            language: "nl".into(),
            time_zone: "America/Denver".into(),
        };
        let made = check(&draft).unwrap();
        assert_eq!((made.currency, made.cloud), (Currency::Gbp, Cloud::Germany));
        assert_eq!((made.language.as_str(), made.time_zone.as_str()), ("nl", "America/Denver"));
    }

    #[test]
    fn every_wrong_field_is_said_at_once() {
        let draft = OrganizationDraft {
            cloud: "moon".into(),
            currency: "XXX".into(),
            language: "fr".into(),
            time_zone: "Europe/Atlantis".into(),
            ..Default::default()
        };
        assert_eq!(
            check(&draft).unwrap_err(),
            [
                Refusal::Required.at(Field::Name),
                Refusal::Required.at(Field::Country),
                Refusal::UnknownChoice.at(Field::Cloud),
                Refusal::UnknownChoice.at(Field::Currency),
                Refusal::UnknownChoice.at(Field::Language),
                Refusal::UnknownTimeZone.at(Field::TimeZone),
            ]
        );
    }
}
