//! Numbers as XML writes them: a point, no grouping, exact.

/// A number of units of which `decimals` digits stand after the point: `-33.87`.
pub fn decimal(units: i128, decimals: usize) -> String {
    let sign = if units < 0 { "-" } else { "" };
    let digits = format!("{:0width$}", units.unsigned_abs(), width = decimals + 1);
    let (whole, fraction) = digits.split_at(digits.len() - decimals);
    if decimals == 0 { format!("{sign}{whole}") } else { format!("{sign}{whole}.{fraction}") }
}

/// A rate in hundredths of a percent: `21`, `9.5`.
pub fn percent(rate: u32) -> String {
    let written = decimal(i128::from(rate), 2);
    written.trim_end_matches('0').trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_the_decimals_that_they_are_given() {
        assert_eq!(decimal(-5, 2), "-0.05");
        assert_eq!(decimal(108_387, 2), "1083.87");
        assert_eq!(decimal(1_205, 0), "1205");
        assert_eq!(decimal(1_205, 3), "1.205");
        assert_eq!([0, 950, 2_100, 10_000].map(percent), ["0", "9.5", "21", "100"]);
    }
}
