//! Who may pay from a bank account (domain 4.1, D15, R75).

use super::iban::Iban;
use crate::refusal::Refusal;
use jiff::civil::{Date, date};

/// The countries of the Single Euro Payments Area that Zetel knows, where a mandate lets the gateway debit an account.
/// Others joined later or have no customers here; an operator who wants them changes this table.
const SEPA: &[&str] = &[
    "AT", "BE", "BG", "CH", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GB", "GR", "HR", "HU", "IE", "IS", "IT",
    "LI", "LT", "LU", "LV", "MT", "NL", "NO", "PL", "PT", "RO", "SE", "SI", "SK",
];

/// Where no new bank accounts are taken, and since when; those on file go on. The United States stand here because the
/// list names them, although SEPA never reached them.
const CLOSED: &[(&str, Date)] = &[
    ("BE", date(2021, 1, 26)),
    ("ES", date(2021, 1, 26)),
    ("FR", date(2021, 1, 26)),
    ("IT", date(2021, 1, 26)),
    ("LU", date(2021, 1, 26)),
    ("PT", date(2021, 1, 26)),
    ("US", date(2021, 1, 26)),
];

/// Whether a customer of a country can put a new bank account on file on a day (R75, D15).
#[must_use]
pub fn bank_account_offered(country: &str, day: Date) -> bool {
    SEPA.contains(&country) && !CLOSED.iter().any(|(closed, since)| *closed == country && *since <= day)
}

/// Reads the bank account that a customer of a country wants to put on file. Its bank may be anywhere in SEPA.
///
/// # Errors
/// [`Refusal::BankAccountNotOffered`]; what [`Iban::parse`] refuses; [`Refusal::IbanOutsideSepa`].
pub fn check(iban: &str, country: &str, day: Date) -> Result<Iban, Refusal> {
    if !bank_account_offered(country, day) {
        return Err(Refusal::BankAccountNotOffered);
    }
    let iban = Iban::parse(iban)?;
    if SEPA.contains(&iban.country()) { Ok(iban) } else { Err(Refusal::IbanOutsideSepa) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::country::COUNTRIES;

    const BEFORE: Date = date(2021, 1, 25);
    const SINCE: Date = date(2021, 1, 26);

    fn offered(day: Date) -> Vec<&'static str> {
        COUNTRIES.iter().copied().filter(|country| bank_account_offered(country, day)).collect()
    }

    /// R75, D15; domain 4.1: no new ones in six countries of SEPA and the United States.
    #[test]
    fn seven_countries_take_no_new_bank_accounts_since_2021_01_26() {
        let since = offered(SINCE);
        let gone: Vec<_> = offered(BEFORE).into_iter().filter(|country| !since.contains(country)).collect();
        assert_eq!(gone, ["BE", "ES", "FR", "IT", "LU", "PT"]);
        assert_eq!(offered(BEFORE), SEPA);
        assert!(!bank_account_offered("US", BEFORE) && !bank_account_offered("US", SINCE));
        assert!(bank_account_offered("NL", SINCE) && bank_account_offered("DE", date(2026, 11, 21)));
    }

    /// R75.
    #[test]
    fn a_bank_account_is_checked_for_the_country_of_the_customer() {
        let iban = check("NL91 ABNA 0417 1643 00", "DE", SINCE).expect("a bank anywhere in SEPA");
        assert_eq!(iban.last_four(), "4300");
        assert_eq!(check("BE68 5390 0754 7034", "BE", SINCE), Err(Refusal::BankAccountNotOffered));
        assert!(check("BE68 5390 0754 7034", "BE", BEFORE).is_ok());
        assert!(check("BE68 5390 0754 7034", "NL", SINCE).is_ok());
        assert_eq!(check("AE07 0331 2345 6789 0123 456", "NL", SINCE), Err(Refusal::IbanOutsideSepa));
        assert_eq!(check("", "NL", SINCE), Err(Refusal::Required));
        assert_eq!(check("", "US", SINCE), Err(Refusal::BankAccountNotOffered));
    }
}
