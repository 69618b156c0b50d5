//! Rates as XML writes them: a point, no grouping, exact.

use domain::money::decimal;

/// A rate in hundredths of a percent: `21`, `9.5`.
pub fn percent(rate: u32) -> String {
    let written = decimal(i128::from(rate), 2);
    written.trim_end_matches('0').trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rates_have_no_zeros_at_their_end() {
        assert_eq!([0, 950, 2_100, 10_000].map(percent), ["0", "9.5", "21", "100"]);
    }
}
