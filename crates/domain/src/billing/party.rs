//! Sellers and customers as documents name them (domain 4.7 to 4.9).

use serde::{Deserialize, Serialize};

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
