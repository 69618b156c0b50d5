//! Whether a customer may pay by invoice, and the check that comes first (domain 4.2, 4.4; R61 to R63, R165, D14).

pub mod decide;

use crate::ids::{OrderId, UserId};
use crate::money::Money;
use crate::refusal::Refusal;
use crate::subscription::CreditCheck;
use crate::working_day::working_days_after;
use jiff::Timestamp;
use jiff::civil::Date;

/// Working days within which a check is decided (R62).
pub const CHECK_DAYS: u16 = 2;

/// The credit check of an order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreditApplication {
    /// The order that waits for it.
    pub order_id: OrderId,
    /// Where it stands.
    pub state: CreditCheck,
    /// When it was asked for.
    pub requested_at: Timestamp,
    /// The working day by which it is decided, where the organization is.
    pub due_on: Date,
    /// Whether the buyer may be contacted for it (domain 4.2).
    pub contact_agreed: bool,
    /// When it was decided.
    pub decided_at: Option<Timestamp>,
    /// The operator who decided.
    pub decided_by: Option<UserId>,
    /// What the operator noted; customers do not see it.
    pub note: String,
}

impl CreditApplication {
    /// A check that is asked for now, by an organization of a country.
    #[must_use]
    pub fn ask(order_id: OrderId, now: Timestamp, today: Date, country: &str, contact_agreed: bool) -> Self {
        Self {
            order_id,
            state: CreditCheck::Pending,
            requested_at: now,
            due_on: working_days_after(today, CHECK_DAYS, country),
            contact_agreed,
            decided_at: None,
            decided_by: None,
            note: String::new(),
        }
    }
}

/// From which amount on a country's customers may pay by invoice, and above which they are checked, in minor units of
/// their currency (D14).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct InvoiceThresholds {
    /// The least that an order must come to.
    pub minimum: i64,
    /// What an order may come to without a check.
    pub unchecked: i64,
}

/// The thresholds by country (D14); those of a country that is not here are nothing: every first purchase is checked.
const THRESHOLDS: &[(&str, InvoiceThresholds)] = &[];

/// The thresholds of a country.
#[must_use]
pub fn thresholds(country: &str) -> InvoiceThresholds {
    THRESHOLDS.iter().find(|(code, _)| *code == country).map(|(_, thresholds)| *thresholds).unwrap_or_default()
}

/// What is known of a customer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// A check was passed before.
    pub passed_before: bool,
    /// An invoice is overdue.
    pub owes: bool,
}

/// Whether an order that is to be paid by invoice waits for a check.
///
/// # Errors
/// [`Refusal::BelowInvoiceMinimum`].
pub fn is_needed(amount: Money, thresholds: InvoiceThresholds, standing: Standing) -> Result<bool, Refusal> {
    if amount.minor < thresholds.minimum {
        return Err(Refusal::BelowInvoiceMinimum { minimum: Money::new(thresholds.minimum, amount.currency) });
    }
    let is_trusted = standing.passed_before && !standing.owes;
    Ok(amount.minor > thresholds.unchecked && !is_trusted)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::money::Currency;
    use jiff::civil::date;
    use uuid::Uuid;

    const NEW: Standing = Standing { passed_before: false, owes: false };
    const TRUSTED: Standing = Standing { passed_before: true, owes: false };
    const OWING: Standing = Standing { passed_before: true, owes: true };

    fn eur(minor: i64) -> Money {
        Money::new(minor, Currency::Eur)
    }

    /// D14: the defaults are nothing and nothing.
    #[test]
    fn every_first_purchase_is_checked() {
        let usual = thresholds("NL");
        assert_eq!(usual, InvoiceThresholds { minimum: 0, unchecked: 0 });
        assert_eq!(is_needed(eur(1), usual, NEW), Ok(true));
        assert_eq!(is_needed(eur(0), usual, NEW), Ok(false));
        assert_eq!(is_needed(eur(1), usual, TRUSTED), Ok(false));
        assert_eq!(is_needed(eur(1), usual, OWING), Ok(true));
    }

    /// D14, R165.
    #[test]
    fn a_country_has_its_thresholds() {
        let here = InvoiceThresholds { minimum: 5_000, unchecked: 20_000 };
        assert_eq!(is_needed(eur(4_999), here, TRUSTED), Err(Refusal::BelowInvoiceMinimum { minimum: eur(5_000) }));
        assert_eq!(is_needed(eur(5_000), here, NEW), Ok(false));
        assert_eq!(is_needed(eur(20_000), here, NEW), Ok(false));
        assert_eq!(is_needed(eur(20_001), here, NEW), Ok(true));
        assert_eq!(is_needed(eur(20_001), here, OWING), Ok(true));
    }

    /// R62.
    #[test]
    fn a_check_is_decided_within_two_working_days() {
        let ask = |day| {
            let order = OrderId::from_uuid(Uuid::from_u128(1));
            CreditApplication::ask(order, Timestamp::UNIX_EPOCH, day, "NL", true).due_on
        };
        assert_eq!(ask(date(2020, 1, 15)), date(2020, 1, 17));
        assert_eq!(ask(date(2020, 1, 16)), date(2020, 1, 20));
        assert_eq!(ask(date(2020, 1, 18)), date(2020, 1, 21));
        // Easter Monday; in the Netherlands people work on Good Friday.
        assert_eq!(ask(date(2020, 4, 9)), date(2020, 4, 14));
    }
}
