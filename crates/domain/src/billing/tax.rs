//! Value added tax: which rate, and whose (domain 4.9, R170).

use super::party::Party;
use super::tax_number;
use super::tax_rate::{is_member_state, standard_rate};
use crate::codes::coded;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

coded! {
    /// How a sale is taxed, by the codes of UNTDID 5305 that EN 16931 uses.
    pub enum TaxCategory {
        /// At the rate of the country.
        Standard = "S",
        /// A business in another member state pays the tax itself.
        ReverseCharge = "AE",
        /// At a rate of nothing.
        ZeroRated = "Z",
        /// Exempt from tax.
        Exempt = "E",
        /// The seller charges no tax here.
        OutOfScope = "O",
    }
}

/// How a sale is taxed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct TaxTreatment {
    /// Why at this rate.
    pub category: TaxCategory,
    /// The rate in hundredths of a percent: 2100 is 21 %.
    pub rate: u32,
}

impl TaxTreatment {
    /// No tax, because the seller charges none.
    pub const NONE: Self = Self { category: TaxCategory::OutOfScope, rate: 0 };

    /// No tax, because the customer pays it.
    pub const REVERSE_CHARGE: Self = Self { category: TaxCategory::ReverseCharge, rate: 0 };

    /// No tax, because the customer is exempt.
    pub const EXEMPT: Self = Self { category: TaxCategory::Exempt, rate: 0 };

    /// The standard rate of a country; nothing where Zetel knows none.
    fn at_rate_of(country: &str, day: Date) -> Self {
        standard_rate(country, day).map_or(Self::NONE, |rate| Self { category: TaxCategory::Standard, rate })
    }
}

/// How a sale of a day is taxed (domain 4.9, R170).
///
/// A seller without a tax number charges none. Within one country its standard rate holds. Between two member states of
/// the European Union a customer who has a well-formed VAT number of the own country pays the tax itself, whatever the
/// authorities say of the number; any other customer is charged the standard rate of its country, which the seller
/// declares through the one-stop shop. Everywhere else the seller is not registered, and charges nothing. Whoever has
/// a certificate of exemption owes no tax where somebody would.
#[must_use]
pub fn treat(seller: &Party, customer: &Party, day: Date) -> TaxTreatment {
    match of_countries(seller, customer, day) {
        TaxTreatment::NONE => TaxTreatment::NONE,
        _ if customer.tax_exemption.is_some() => TaxTreatment::EXEMPT,
        owed => owed,
    }
}

fn of_countries(seller: &Party, customer: &Party, day: Date) -> TaxTreatment {
    let (from, to) = (seller.address.country.as_str(), customer.address.country.as_str());
    if seller.tax_number.is_none() {
        return TaxTreatment::NONE;
    }
    if from == to {
        return TaxTreatment::at_rate_of(to, day);
    }
    if !(is_member_state(from, day) && is_member_state(to, day)) {
        return TaxTreatment::NONE;
    }
    let is_business = customer.tax_number.as_ref().is_some_and(|number| tax_number::check(number, to).is_ok());
    if is_business { TaxTreatment::REVERSE_CHARGE } else { TaxTreatment::at_rate_of(to, day) }
}

#[cfg(test)]
mod tests {
    use super::super::party::Address;
    use super::*;
    use jiff::civil::date;

    const DAY: Date = date(2020, 6, 30);

    fn party(country: &str, tax_number: Option<&str>) -> Party {
        let address = Address { country: country.to_owned(), ..Address::default() };
        Party { address, tax_number: tax_number.map(str::to_owned), ..Party::default() }
    }

    /// What a Dutch seller charges.
    fn charged(country: &str, tax_number: Option<&str>, day: Date) -> (TaxCategory, u32) {
        let treatment = treat(&party("NL", Some("NL004495445B01")), &party(country, tax_number), day);
        (treatment.category, treatment.rate)
    }

    /// R170; domain 4.9.
    #[test]
    fn within_the_country_its_rate_holds_with_a_number_and_without() {
        assert_eq!(charged("NL", None, DAY), (TaxCategory::Standard, 2100));
        assert_eq!(charged("NL", Some("NL123456782B90"), DAY), (TaxCategory::Standard, 2100));
    }

    /// R170; domain 4.9.
    #[test]
    fn a_business_of_another_member_state_pays_the_tax_itself() {
        assert_eq!(charged("DE", Some("DE136695976"), DAY), (TaxCategory::ReverseCharge, 0));
        assert_eq!(charged("GR", Some("EL094259216"), DAY), (TaxCategory::ReverseCharge, 0));
        assert_eq!(charged("DE", Some("DE136695977"), DAY), (TaxCategory::Standard, 1900));
        assert_eq!(charged("DE", Some("BE0428759497"), DAY), (TaxCategory::Standard, 1900));
        assert_eq!(charged("DE", Some("NL004495445B01"), DAY), (TaxCategory::Standard, 1900));
    }

    /// R170: through the one-stop shop, at the rate of the day.
    #[test]
    fn a_consumer_of_another_member_state_is_charged_the_rate_there() {
        assert_eq!(charged("DE", None, DAY), (TaxCategory::Standard, 1900));
        assert_eq!(charged("DE", None, date(2020, 7, 1)), (TaxCategory::Standard, 1600));
        assert_eq!(charged("FI", None, date(2024, 9, 1)), (TaxCategory::Standard, 2550));
    }

    /// R170, domain 4.9: the certificate says so at home, in another member state, and instead of the reverse charge.
    #[test]
    fn whoever_has_a_certificate_is_exempt() {
        let exempt = |country, number| {
            let customer = Party { tax_exemption: Some("15.10-0042".to_owned()), ..party(country, number) };
            treat(&party("NL", Some("NL004495445B01")), &customer, DAY)
        };
        assert_eq!(exempt("NL", None), TaxTreatment { category: TaxCategory::Exempt, rate: 0 });
        assert_eq!(exempt("IE", None), TaxTreatment::EXEMPT);
        assert_eq!(exempt("DE", Some("DE136695976")), TaxTreatment::EXEMPT);
        assert_eq!(exempt("US", None), TaxTreatment::NONE);
    }

    #[test]
    fn outside_the_european_union_nothing_is_charged() {
        assert_eq!(charged("US", None, DAY), (TaxCategory::OutOfScope, 0));
        assert_eq!(charged("CH", None, DAY), (TaxCategory::OutOfScope, 0));
        assert_eq!(charged("NO", Some("NO123456785MVA"), DAY), (TaxCategory::OutOfScope, 0));
        assert_eq!(charged("GB", Some("GB980780684"), date(2020, 12, 31)), (TaxCategory::ReverseCharge, 0));
        assert_eq!(charged("GB", Some("GB980780684"), date(2021, 1, 1)), (TaxCategory::OutOfScope, 0));
    }

    #[test]
    fn a_seller_elsewhere_charges_at_home_only() {
        let swiss = party("CH", Some("CHE-116.281.710 MWST"));
        assert_eq!(treat(&swiss, &party("CH", None), DAY).rate, 770);
        assert_eq!(treat(&swiss, &party("NL", None), DAY), TaxTreatment::NONE);
        let american = party("US", Some("12-3456789"));
        assert_eq!(treat(&american, &party("US", None), DAY), TaxTreatment::NONE);
    }

    #[test]
    fn a_seller_without_a_number_charges_none() {
        for country in ["NL", "DE", "US"] {
            assert_eq!(treat(&party("NL", None), &party(country, None), DAY), TaxTreatment::NONE);
        }
    }
}
