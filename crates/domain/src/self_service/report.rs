//! What self-service purchases cost, and what licenses of the organization instead would save (issue: reports; domain
//! 5.2, 5.5).

use crate::catalog::BillingFrequency;
use crate::money::{Money, Rounding};

/// An amount of one billing period as an amount of a month: a twelfth of what is paid yearly, rounded half away from
/// zero.
#[must_use]
pub fn per_month(amount: Money, billing_frequency: BillingFrequency) -> Money {
    match billing_frequency {
        BillingFrequency::Monthly => amount,
        BillingFrequency::Yearly => amount.part(1, 12, Rounding::HalfUp),
    }
}

/// What centralizing a product would come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Saving {
    /// Licenses that the organization would have to buy, because too few of its own are free.
    pub to_buy: i64,
    /// What those cost a month.
    pub cost: Money,
    /// What is no longer paid a month; below nothing when it would cost more.
    pub saved: Money,
}

/// What giving `people` licenses of the organization would come to, where buyers pay `paid` a month, `free` licenses of
/// the organization are free, and one more costs `price` a month. `None` when more are needed and none is sold, or
/// amounts grow beyond all bounds.
#[must_use]
pub fn saving(paid: Money, people: i64, free: i64, price: Option<Money>) -> Option<Saving> {
    let to_buy = (people - free).max(0);
    let cost = match (to_buy, price) {
        (0, _) => Money::zero(paid.currency),
        (_, Some(price)) if price.currency == paid.currency => price.times(to_buy)?,
        _ => return None,
    };
    let saved = Money::new(paid.minor.checked_sub(cost.minor)?, paid.currency);
    Some(Saving { to_buy, cost, saved })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::money::Currency;

    fn eur(minor: i64) -> Money {
        Money::new(minor, Currency::Eur)
    }

    /// What is paid yearly counts for a twelfth, to the cent.
    #[test]
    fn a_year_is_twelve_months() {
        assert_eq!(per_month(eur(1_000), BillingFrequency::Monthly), eur(1_000));
        assert_eq!(per_month(eur(12_000), BillingFrequency::Yearly), eur(1_000));
        assert_eq!(per_month(eur(10_006), BillingFrequency::Yearly), eur(834));
        assert_eq!(per_month(eur(10_001), BillingFrequency::Yearly), eur(833));
    }

    /// Ten licenses for €150.00 a month, of which seven people have one: five of the organization are free, two more
    /// cost €12.00 each.
    #[test]
    fn free_licenses_come_first() {
        let found = saving(eur(15_000), 7, 5, Some(eur(1_200)));
        assert_eq!(found, Some(Saving { to_buy: 2, cost: eur(2_400), saved: eur(12_600) }));
        let enough = saving(eur(15_000), 7, 9, None);
        assert_eq!(enough, Some(Saving { to_buy: 0, cost: eur(0), saved: eur(15_000) }));
    }

    #[test]
    fn it_may_cost_more_and_it_may_be_unknown() {
        assert_eq!(saving(eur(1_000), 2, 0, Some(eur(800))).map(|found| found.saved), Some(eur(-600)));
        assert_eq!(saving(eur(1_000), 2, 1, None), None);
        assert_eq!(saving(eur(1_000), 2, 1, Some(Money::new(1, Currency::Usd))), None);
        assert_eq!(saving(eur(1_000), i64::MAX, 0, Some(eur(800))), None);
    }
}
