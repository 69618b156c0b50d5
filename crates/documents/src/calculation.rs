//! How a line came about, in words.

use domain::billing::charge::Share;
use domain::billing::invoice::InvoiceLine;
use words::Words;

/// `5 licenses × €10.00 × 21 of 31 days`.
pub fn of_line(line: &InvoiceLine, words: Words) -> String {
    format!("{} × {} × {}", words.licenses_count(line.quantity), words.money(line.unit_price), part(line, words))
}

/// The part of the billing period that is charged: `21 of 31 days`.
pub fn part(line: &InvoiceLine, words: Words) -> String {
    let Share { numerator, denominator } = line.share;
    if is_in_days(line) {
        words.part_in_days(numerator, denominator)
    } else {
        words.part_in_seconds(numerator, denominator)
    }
}

/// Whether days divide its price, and not seconds (D16).
pub fn is_in_days(line: &InvoiceLine) -> bool {
    line.share.denominator == line.billing_period.days()
}
