//! Who may buy by self-service at all, whatever the organization's own policy says: nobody who is a guest, and only
//! where it is sold (domain 5.1; R179). What pays is a card:
//! [`check_self_service`](crate::billing::payment_method::check_self_service).
//!
//! It decides on purchases and trials from then on; what was bought stays, and renews.

use super::policy::SelfServicePolicy;
use crate::billing::Segment;

/// Where nothing is sold by self-service, by ISO 3166 code.
const CLOSED_COUNTRIES: &[&str] = &["IN"];

/// What is not sold by self-service everywhere else: how its part numbers begin, and where it is not.
const CLOSED_PRODUCTS: &[(&str, &[&str])] = &[("PROJECT", &["BR", "CD"]), ("VISIO", &["BR", "CD"])];

/// Who wants to buy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Applicant<'a> {
    /// Whether the account is that of a guest of the organization.
    pub is_guest: bool,
    /// What kind of customer the organization is.
    pub segment: Segment,
    /// Where it is at home, by ISO 3166 code.
    pub country: &'a str,
}

/// Why somebody may not buy by self-service.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ineligible {
    /// A guest of the organization.
    Guest,
    /// Somebody of a school or university.
    Education,
    /// Somebody of a public authority.
    Government,
    /// Nothing is sold in the country of the organization, by ISO 3166 code.
    Country(&'static str),
    /// The product is not sold there.
    ProductInCountry(&'static str),
}

impl Ineligible {
    /// The stable code, for programs and the documentation.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Guest => "self_service_guest",
            Self::Education => "self_service_education",
            Self::Government => "self_service_government",
            Self::Country(_) => "self_service_country",
            Self::ProductInCountry(_) => "self_service_product_country",
        }
    }
}

/// What somebody may do with a product for the team: what the organization allows, or why the seller does not.
pub type Right = Result<SelfServicePolicy, Ineligible>;

/// Whether somebody may buy by self-service at all.
///
/// # Errors
/// Why not.
pub fn check(applicant: Applicant<'_>) -> Result<(), Ineligible> {
    if applicant.is_guest {
        return Err(Ineligible::Guest);
    }
    match applicant.segment {
        Segment::Commercial | Segment::Nonprofit => {}
        Segment::Education => return Err(Ineligible::Education),
        Segment::Government => return Err(Ineligible::Government),
    }
    match is_among(applicant.country, CLOSED_COUNTRIES) {
        Some(country) => Err(Ineligible::Country(country)),
        None => Ok(()),
    }
}

/// Whether a product with one of these part numbers is sold by self-service in a country.
///
/// # Errors
/// [`Ineligible::ProductInCountry`].
pub fn check_product<'a>(country: &str, part_numbers: impl IntoIterator<Item = &'a str>) -> Result<(), Ineligible> {
    let closed = |part_number: &str| {
        let part_number = part_number.to_ascii_uppercase();
        let mut of_it = CLOSED_PRODUCTS.iter().filter(|(beginning, _)| part_number.starts_with(beginning));
        of_it.find_map(|(_, countries)| is_among(country, countries))
    };
    match part_numbers.into_iter().find_map(closed) {
        Some(country) => Err(Ineligible::ProductInCountry(country)),
        None => Ok(()),
    }
}

fn is_among(country: &str, countries: &[&'static str]) -> Option<&'static str> {
    countries.iter().copied().find(|known| *known == country)
}

#[cfg(test)]
mod tests {
    use super::*;

    const MEMBER: Applicant<'static> = Applicant { is_guest: false, segment: Segment::Commercial, country: "NL" };

    /// R179: a guest is told so before anything about the organization, and its kind before its country.
    #[test]
    fn guests_and_some_customers_do_not_buy() {
        assert_eq!(check(MEMBER), Ok(()));
        let guest = Applicant { is_guest: true, segment: Segment::Government, country: "IN" };
        assert_eq!(check(guest), Err(Ineligible::Guest));
        let of = |segment| check(Applicant { segment, ..MEMBER });
        let answers: Vec<_> = Segment::ALL.iter().map(|segment| of(*segment)).collect();
        assert_eq!(answers, [Ok(()), Err(Ineligible::Education), Err(Ineligible::Government), Ok(())]);
        let school = Applicant { segment: Segment::Education, country: "IN", ..MEMBER };
        assert_eq!(check(school), Err(Ineligible::Education));
    }

    /// R179: not in India, and Project and Visio neither in Brazil nor in the Democratic Republic of the Congo.
    #[test]
    fn some_countries_are_closed() {
        let within = |country| check(Applicant { country, ..MEMBER });
        assert_eq!(within("IN"), Err(Ineligible::Country("IN")));
        assert_eq!((within("BR"), within("US")), (Ok(()), Ok(())));
        for part_number in ["VISIO_PLAN2_DEPT", "visioclient", "PROJECT_PLAN3_DEPT", "PROJECTPROFESSIONAL"] {
            let sold_in = |country| check_product(country, ["OTHER", part_number]);
            assert_eq!(sold_in("BR"), Err(Ineligible::ProductInCountry("BR")), "{part_number}");
            assert_eq!(sold_in("CD"), Err(Ineligible::ProductInCountry("CD")), "{part_number}");
            assert_eq!(sold_in("NL"), Ok(()), "{part_number}");
        }
        assert_eq!(check_product("BR", ["POWER_BI_PRO_DEPT", "FLOW_PER_USER_DEPT"]), Ok(()));
    }

    #[test]
    fn each_reason_has_a_code_of_its_own() {
        let all = [
            Ineligible::Guest,
            Ineligible::Education,
            Ineligible::Government,
            Ineligible::Country("IN"),
            Ineligible::ProductInCountry("BR"),
        ];
        let codes: std::collections::BTreeSet<_> = all.iter().map(|reason| reason.code()).collect();
        assert_eq!(codes.len(), all.len());
    }
}
