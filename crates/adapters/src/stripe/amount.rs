//! Amounts as Stripe counts them.

use domain::money::Money;

/// The amount in the units that Stripe takes: minor units, which a currency without decimals has none of. Of three
/// decimals it takes the last one as 0 only; `None` for others.
pub(super) fn in_stripes_units(amount: Money) -> Option<i64> {
    (amount.currency.decimals() < 3 || amount.minor % 10 == 0).then_some(amount.minor)
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::money::Currency;

    #[test]
    fn currencies_without_decimals_with_two_and_with_three() {
        for (currency, minor, units) in [
            (Currency::Eur, 29_250, Some(29_250)),
            (Currency::Jpy, 1_250, Some(1_250)),
            (Currency::Kwd, 12_340, Some(12_340)),
            (Currency::Kwd, 12_345, None),
        ] {
            assert_eq!(in_stripes_units(Money::new(minor, currency)), units, "{currency} {minor}");
        }
    }
}
