//! Amounts of the last twelve months as a picture.

use crate::chart::{self, ChartText, Column, Picture};
use app::billing::spend::{MONTHS_SHOWN, MonthSum};
use domain::money::{Currency, Money};
use domain::time::months_after;
use jiff::civil::Date;
use words::Words;

/// Amounts by month, and what the picture says of them.
pub struct Months<'a> {
    /// Unique on the page.
    pub id: &'static str,
    /// What is shown.
    pub title: &'static str,
    /// What the amounts are.
    pub amount: &'static str,
    /// The first day of the first month.
    pub since: Date,
    /// The amounts; months that are left out are of nothing.
    pub sums: &'a [MonthSum],
}

/// A picture for each currency that has amounts.
#[must_use]
pub fn month_pictures(words: Words, months: &Months<'_>) -> Vec<Picture> {
    let mut currencies: Vec<Currency> = months.sums.iter().map(|sum| sum.amount.currency).collect();
    currencies.sort_unstable_by_key(|currency| currency.code());
    currencies.dedup();
    currencies.into_iter().map(|currency| picture(words, months, currency)).collect()
}

fn picture(words: Words, months: &Months<'_>, currency: Currency) -> Picture {
    let of = |month: Date| {
        let found = months.sums.iter().find(|sum| sum.month == month && sum.amount.currency == currency);
        (month, found.map_or(Money::zero(currency), |sum| sum.amount))
    };
    let sums: Vec<_> = (0..MONTHS_SHOWN).map(|offset| of(months_after(months.since, offset))).collect();
    let column = |(month, amount): &(Date, Money)| Column {
        label: words.month_short(*month).to_owned(),
        amount: amount.minor,
        value: words.money(*amount),
    };
    let columns: Vec<_> = sums.iter().map(column).collect();
    let described: Vec<_> =
        sums.iter().map(|(month, amount)| words.spend_of_month(&words.month(*month), *amount)).collect();
    let text = ChartText {
        id: months.id,
        title: months.title.to_owned(),
        description: described.join(". "),
        numbers: words.view_as_table().to_owned(),
        heads: vec![words.month_head().to_owned(), months.amount.to_owned()],
    };
    chart::columns(&text, &columns)
}
