//! Exact money: whole minor units with a currency, and exact ratios (decisions D16, D17).

use crate::codes::coded;
use crate::limits::MONEY_MAX;
use crate::refusal::Refusal;
use serde::{Deserialize, Serialize};
use std::cmp::Ordering;
use std::fmt;

coded! {
    /// A currency that prices can be in, by its ISO 4217 code.
    pub enum Currency {
        /// Euro.
        Eur = "EUR",
        /// United States dollar.
        Usd = "USD",
        /// Pound sterling.
        Gbp = "GBP",
        /// Chinese yuan.
        Cny = "CNY",
        /// Japanese yen, which has no minor unit.
        Jpy = "JPY",
        /// Kuwaiti dinar, which has a thousand minor units.
        Kwd = "KWD",
    }
}

coded! {
    /// What happens to the fraction of a minor unit (D17).
    pub enum Rounding {
        /// To the nearest, and half away from zero.
        HalfUp = "half_up",
        /// To the nearest, and half to the even neighbor.
        HalfEven = "half_even",
        /// Toward zero.
        Truncate = "truncate",
    }
}

impl Currency {
    /// How many decimals the currency writes: 0, 2 or 3.
    #[must_use]
    pub const fn decimals(self) -> u8 {
        match self {
            Self::Jpy => 0,
            Self::Kwd => 3,
            Self::Eur | Self::Usd | Self::Gbp | Self::Cny => 2,
        }
    }
}

/// An amount in minor units (cents) of one currency; negative amounts are credits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Money {
    /// Minor units, within ±10^15 (see [`crate::limits::MONEY_MAX`]).
    pub minor: i64,
    /// The currency of the amount.
    pub currency: Currency,
}

impl Money {
    /// An amount of minor units.
    #[must_use]
    pub const fn new(minor: i64, currency: Currency) -> Self {
        Self { minor, currency }
    }

    /// Nothing, in a currency.
    #[must_use]
    pub const fn zero(currency: Currency) -> Self {
        Self::new(0, currency)
    }

    /// Reads an amount as people type it, exactly: `12`, `12.5`, `12,50`, `1.250,00`. A mark with exactly three digits
    /// after it separates thousands where the currency has no three decimals, unless a zero comes first.
    ///
    /// # Errors
    /// [`Refusal::Required`], or [`Refusal::NotAnAmount`] for anything else, negative amounts and more decimals than
    /// the currency has.
    pub fn parse(text: &str, currency: Currency) -> Result<Self, Refusal> {
        let text: String = text.chars().filter(|letter| !letter.is_whitespace()).collect();
        if text.is_empty() {
            return Err(Refusal::Required);
        }
        let decimals = usize::from(currency.decimals());
        let is_fraction = |digits: &str| digits.len() <= decimals && (digits.len() != 3 || decimals == 3);
        let (whole, fraction, mark) = match text.rfind(['.', ',']) {
            Some(at) if is_fraction(&text[at + 1..]) => (&text[..at], &text[at + 1..], &text[at..=at]),
            _ => (text.as_str(), "", ""),
        };
        // The mark of the fraction separates no thousands, and thousands have one mark only.
        let marks: Vec<&str> = whole.matches(['.', ',']).collect();
        if marks.iter().any(|thousands| *thousands == mark || *thousands != marks[0]) {
            return Err(Refusal::NotAnAmount);
        }
        let mut groups = whole.split(['.', ',']);
        let first = groups.next().unwrap_or_default();
        let is_whole = marks.is_empty();
        // Thousands never begin with a zero: `0.125` is a fraction with more decimals than the currency has.
        let is_grouped = groups.all(|group| group.len() == 3) && (is_whole || !first.starts_with('0'));
        let digits: String = whole.chars().filter(|letter| !matches!(letter, '.' | ',')).collect();
        let is_number = !first.is_empty() && (digits.clone() + fraction).bytes().all(|byte| byte.is_ascii_digit());
        if !is_number || !is_grouped {
            return Err(Refusal::NotAnAmount);
        }
        let minor = format!("{digits}{fraction:0<decimals$}").parse::<i64>().map_err(|_| Refusal::NotAnAmount)?;
        if minor > MONEY_MAX { Err(Refusal::NotAnAmount) } else { Ok(Self::new(minor, currency)) }
    }

    /// The amount as programs read it, without its currency: `-1234.50`.
    #[must_use]
    pub fn decimal(self) -> String {
        decimal(i128::from(self.minor), usize::from(self.currency.decimals()))
    }

    /// The sum, or `None` when the currencies differ or the sum leaves the range.
    #[must_use]
    pub fn plus(self, other: Self) -> Option<Self> {
        (self.currency == other.currency)
            .then(|| self.minor.checked_add(other.minor))
            .flatten()
            .map(|minor| Self { minor, ..self })
    }

    /// The price of a number of licenses, or `None` when it leaves the range.
    #[must_use]
    pub fn times(self, count: i64) -> Option<Self> {
        self.minor.checked_mul(count).map(|minor| Self { minor, ..self })
    }

    /// The part `numerator / denominator` of the amount, rounded once (D17).
    ///
    /// # Panics
    /// When the denominator is not positive, or the part leaves the range of an `i64`: both are mistakes of the caller.
    #[must_use]
    pub fn part(self, numerator: i64, denominator: i64, rounding: Rounding) -> Self {
        assert!(denominator > 0, "a ratio needs a positive denominator");
        let product = i128::from(self.minor) * i128::from(numerator);
        let denominator = u128::from(denominator.unsigned_abs());
        // Magnitudes only, so that credits mirror charges.
        let (whole, rest) = (product.unsigned_abs() / denominator, product.unsigned_abs() % denominator);
        let rounds_up = match (rest * 2).cmp(&denominator) {
            Ordering::Less => false,
            Ordering::Equal => rounding == Rounding::HalfUp || (rounding == Rounding::HalfEven && whole % 2 == 1),
            Ordering::Greater => rounding != Rounding::Truncate,
        };
        let rounded = (whole + u128::from(rounds_up)) as i128;
        let signed = if product < 0 { -rounded } else { rounded };
        Self { minor: i64::try_from(signed).expect("a part of an amount within limits stays within an i64"), ..self }
    }
}

impl fmt::Display for Money {
    /// For logs and tests (`EUR 12.50`); people read money through `words`.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} {}", self.currency.code(), self.decimal())
    }
}

/// A number of units of which `decimals` digits stand after a point, as programs read numbers: `-33.87`.
#[must_use]
pub fn decimal(units: i128, decimals: usize) -> String {
    let sign = if units < 0 { "-" } else { "" };
    let digits = format!("{:0width$}", units.unsigned_abs(), width = decimals + 1);
    let (whole, fraction) = digits.split_at(digits.len() - decimals);
    if decimals == 0 { format!("{sign}{whole}") } else { format!("{sign}{whole}.{fraction}") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn eur(minor: i64) -> Money {
        Money::new(minor, Currency::Eur)
    }

    /// Domain 4.9: the worked amounts.
    #[test]
    fn parts_round_once_half_away_from_zero() {
        assert_eq!(eur(100_000).part(10, 31, Rounding::HalfUp), eur(32_258));
        assert_eq!(eur(105_000).part(21, 31, Rounding::HalfUp), eur(71_129));
        assert_eq!(eur(5_000).part(21, 31, Rounding::HalfUp), eur(3_387));
        assert_eq!(eur(60_000).part(100, 365, Rounding::HalfUp), eur(16_438));
        assert_eq!(eur(5).part(1, 2, Rounding::HalfUp), eur(3));
        assert_eq!(eur(-5).part(1, 2, Rounding::HalfUp), eur(-3));
        assert_eq!(eur(10).part(1, 3, Rounding::HalfUp), eur(3));
        assert_eq!(eur(0).part(7, 9, Rounding::HalfUp), eur(0));
    }

    /// D17: the settings.
    #[test]
    fn a_half_goes_where_the_setting_says() {
        let halves = |rounding| [25, 35, -25, 27].map(|minor| eur(minor).part(1, 10, rounding).minor);
        assert_eq!(halves(Rounding::HalfUp), [3, 4, -3, 3]);
        assert_eq!(halves(Rounding::HalfEven), [2, 4, -2, 3]);
        assert_eq!(halves(Rounding::Truncate), [2, 3, -2, 2]);
    }

    #[test]
    fn amounts_as_people_type_them() {
        for (text, minor) in [
            ("12", 1_200),
            ("12.50", 1_250),
            ("12,50", 1_250),
            ("12,5", 1_250),
            ("12.", 1_200),
            ("0,05", 5),
            ("1.250", 125_000),
            ("1,250.00", 125_000),
            ("1.250.000,5", 125_000_050),
            (" 1\u{a0}250,00 ", 125_000),
            ("0", 0),
        ] {
            assert_eq!(Money::parse(text, Currency::Eur), Ok(eur(minor)), "{text}");
        }
        for text in
            ["-1", "12.505.1", "1.25.00", ",50", "€ 12", "12.5050", "1e3", ".", "1,2,3", "9".repeat(30).as_str()]
        {
            assert_eq!(Money::parse(text, Currency::Eur), Err(Refusal::NotAnAmount), "{text}");
        }
        for text in ["0.125", "0,995", "0.001", "00.125", "0.500.000", "01.250,00", "0,125.00"] {
            assert_eq!(Money::parse(text, Currency::Eur), Err(Refusal::NotAnAmount), "{text}");
            assert_eq!(Money::parse(text, Currency::Jpy), Err(Refusal::NotAnAmount), "{text}");
        }
        assert_eq!(Money::parse("0.125", Currency::Kwd), Ok(Money::new(125, Currency::Kwd)));
        assert_eq!(Money::parse("", Currency::Eur), Err(Refusal::Required));
        assert_eq!(Money::parse("1,250", Currency::Jpy), Ok(Money::new(1_250, Currency::Jpy)));
        assert_eq!(Money::parse("12.5", Currency::Jpy), Err(Refusal::NotAnAmount));
        assert_eq!(Money::parse("1,250", Currency::Kwd), Ok(Money::new(1_250, Currency::Kwd)));
    }

    #[test]
    fn money_of_two_currencies_has_no_sum() {
        assert_eq!(eur(1).plus(Money::new(1, Currency::Usd)), None);
        assert_eq!(eur(i64::MAX).plus(eur(1)), None);
        assert_eq!(eur(2).plus(eur(3)), Some(eur(5)));
    }

    #[test]
    fn the_written_form_knows_the_decimals() {
        assert_eq!(eur(-1205).to_string(), "EUR -12.05");
        assert_eq!(Money::new(1205, Currency::Jpy).to_string(), "JPY 1205");
        assert_eq!(Money::new(1205, Currency::Kwd).to_string(), "KWD 1.205");
        assert_eq!(eur(-5).decimal(), "-0.05");
        assert_eq!(decimal(1_083_870, 4), "108.3870");
    }

    proptest! {
        #[test]
        fn a_part_is_the_nearest_minor_unit(minor in -1_000_000_000_000i64..1_000_000_000_000, numerator in 0i64..400, denominator in 1i64..400) {
            let part = i128::from(eur(minor).part(numerator, denominator, Rounding::HalfUp).minor);
            let twice_error = (2 * (part * i128::from(denominator) - i128::from(minor) * i128::from(numerator))).abs();
            prop_assert!(twice_error <= i128::from(denominator));
        }
    }
}
