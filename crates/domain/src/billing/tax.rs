//! Value added tax: which rate, and whose (domain 4.9, R170).

use super::party::Party;
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
}

/// How a sale of a day is taxed. A seller without a tax number charges none.
#[must_use]
pub fn treat(seller: &Party, customer: &Party, day: Date) -> TaxTreatment {
    let _ = (seller, customer, day);
    TaxTreatment::NONE
}
