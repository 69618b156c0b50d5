//! How the two languages write numbers, money, days, moments, ranges, sizes and lists. Integers only, no floats.

use crate::{Language, Words};
use domain::money::{Currency, Money};
use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use std::borrow::Cow;

/// A space at which a line does not break: between a currency sign and its amount.
const NO_BREAK_SPACE: char = '\u{a0}';
/// A true minus, as wide as a digit.
const MINUS: &str = "\u{2212}";

/// A value that a sentence can hold, written as the language writes it: text as it is, numbers with their grouping,
/// money with its sign, days in full.
pub trait Argument {
    /// The value in the words of a language.
    fn written(&self, words: Words) -> Cow<'_, str>;

    /// Whether the value asks for the singular; only numbers say.
    fn is_one(&self) -> Option<bool> {
        None
    }
}

impl Argument for &str {
    fn written(&self, _words: Words) -> Cow<'_, str> {
        Cow::Borrowed(self)
    }
}

impl Argument for Money {
    fn written(&self, words: Words) -> Cow<'_, str> {
        words.money(*self).into()
    }
}

impl Argument for Date {
    fn written(&self, words: Words) -> Cow<'_, str> {
        words.date(*self).into()
    }
}

macro_rules! number_arguments {
    ($($kind:ty)+) => {$(
        impl Argument for $kind {
            fn written(&self, words: Words) -> Cow<'_, str> {
                grouped(i128::from(*self), words.language).into()
            }

            fn is_one(&self) -> Option<bool> {
                Some(*self == 1)
            }
        }
    )+};
}
number_arguments!(i64 u64 u32 i32);

impl Argument for usize {
    fn written(&self, words: Words) -> Cow<'_, str> {
        grouped(i128::try_from(*self).unwrap_or(i128::MAX), words.language).into()
    }

    fn is_one(&self) -> Option<bool> {
        Some(*self == 1)
    }
}

impl Words {
    /// A whole number with its grouping: `1,234` / `1.234`.
    #[must_use]
    pub fn number(self, number: impl TryInto<i128>) -> String {
        grouped(number.try_into().unwrap_or(i128::MAX), self.language)
    }

    /// A number that is a change, with its sign: `+5`, `−5`, `0`.
    #[must_use]
    pub fn signed(self, change: i64) -> String {
        let sign = if change > 0 { "+" } else { "" };
        format!("{sign}{}", self.number(change))
    }

    /// A percentage: `87%`.
    #[must_use]
    pub fn percent(self, percent: i64) -> String {
        format!("{}%", self.number(percent))
    }

    /// A rate of tax in hundredths of a percent: `21%`, `9.5%` / `9,5%`.
    #[must_use]
    pub fn tax_rate(self, hundredths: u32) -> String {
        let whole = self.number(hundredths / 100);
        match hundredths % 100 {
            0 => format!("{whole}%"),
            rest if rest.is_multiple_of(10) => format!("{whole}{}{}%", decimal_mark(self.language), rest / 10),
            rest => format!("{whole}{}{rest:02}%", decimal_mark(self.language)),
        }
    }

    /// A part of a whole as a percentage, rounded down so that `100%` means all of it; `0%` of nothing.
    #[must_use]
    pub fn share(self, part: i64, whole: i64) -> String {
        let percent = if whole > 0 { i128::from(part) * 100 / i128::from(whole) } else { 0 };
        format!("{}%", self.number(percent))
    }

    /// An amount with its currency: `€1,234.50`, `−€5.00` / `€ 1.234,50`, `€ −5,00`. Currencies without a well-known
    /// sign show their code: `KWD 1.205`.
    #[must_use]
    pub fn money(self, money: Money) -> String {
        let amount = self.bare_amount(money);
        let sign = if money.minor < 0 { MINUS } else { "" };
        let currency = currency_sign(money.currency).unwrap_or(money.currency.code());
        match self.language {
            Language::English if currency_sign(money.currency).is_some() => format!("{sign}{currency}{amount}"),
            Language::English => format!("{sign}{currency}{NO_BREAK_SPACE}{amount}"),
            Language::Dutch => format!("{currency}{NO_BREAK_SPACE}{sign}{amount}"),
        }
    }

    /// An amount without currency and sign, for a column whose head names the currency: `1,234.50` / `1.234,50`.
    #[must_use]
    pub fn bare_amount(self, money: Money) -> String {
        let scale = 10u64.pow(u32::from(money.currency.decimals()));
        let magnitude = money.minor.unsigned_abs();
        let whole = self.number(magnitude / scale);
        match money.currency.decimals() {
            0 => whole,
            decimals => {
                let width = usize::from(decimals);
                format!("{whole}{}{:0width$}", decimal_mark(self.language), magnitude % scale)
            }
        }
    }

    /// A day in full: `20 November 2026` / `20 november 2026`.
    #[must_use]
    pub fn date(self, date: Date) -> String {
        format!("{} {} {}", date.day(), month(self.language, date), date.year())
    }

    /// A day in a list: `20 Nov 2026` / `20 nov 2026`.
    #[must_use]
    pub fn date_short(self, date: Date) -> String {
        format!("{} {} {}", date.day(), month_short(self.language, date), date.year())
    }

    /// A month: `November 2026` / `november 2026`.
    #[must_use]
    pub fn month(self, date: Date) -> String {
        format!("{} {}", month(self.language, date), date.year())
    }

    /// A month under a column of a picture: `Nov` / `nov`.
    #[must_use]
    pub fn month_short(self, date: Date) -> &'static str {
        month_short(self.language, date)
    }

    /// A moment in the reader's zone, to the minute: `20 Nov 2026, 14:05` / `20 nov 2026, 14:05`.
    #[must_use]
    pub fn date_time(self, moment: Timestamp, zone: &TimeZone) -> String {
        self.civil_date_time(zone.to_datetime(moment))
    }

    /// A moment with the name of its zone, for history and exports: `20 Nov 2026, 14:05 CET`.
    #[must_use]
    pub fn date_time_with_zone(self, moment: Timestamp, zone: &TimeZone) -> String {
        let zone_name = moment.to_zoned(zone.clone()).strftime("%Z").to_string();
        format!("{} {zone_name}", self.date_time(moment, zone))
    }

    fn civil_date_time(self, moment: DateTime) -> String {
        format!("{}, {:02}:{:02}", self.date_short(moment.date()), moment.hour(), moment.minute())
    }

    /// A day seen from another: `today`, `tomorrow`, `in 5 days`, `yesterday`, `3 days ago`.
    #[must_use]
    pub fn relative_day(self, date: Date, today: Date) -> String {
        match domain::time::days_between(today, date) {
            0 => self.today().to_owned(),
            1 => self.tomorrow().to_owned(),
            -1 => self.yesterday().to_owned(),
            days if days > 0 => self.in_days(days),
            days => self.days_ago(-days),
        }
    }

    /// Two days, both included, without saying a month or year twice: `1–31 January 2026`, `15 January – 14 February
    /// 2026`.
    #[must_use]
    pub fn date_range(self, first: Date, last: Date) -> String {
        let end = self.date(last);
        if first == last {
            end
        } else if (first.year(), first.month()) == (last.year(), last.month()) {
            format!("{}–{end}", first.day())
        } else if first.year() == last.year() {
            format!("{} {} – {end}", first.day(), month(self.language, first))
        } else {
            format!("{} – {end}", self.date(first))
        }
    }

    /// A stretch of time, rounded up to one unit: `45 seconds`, `2 minutes`, `3 hours`, `4 days`.
    #[must_use]
    pub fn duration(self, seconds: u64) -> String {
        match seconds {
            0..60 => self.seconds(seconds),
            60..3_600 => self.minutes(seconds.div_ceil(60)),
            3_600..172_800 => self.hours(seconds.div_ceil(3_600)),
            _ => self.days(seconds.div_ceil(86_400)),
        }
    }

    /// A size in bytes, with one decimal below ten of a unit: `512 bytes`, `1.5 MB` / `1,5 MB`, `32 MB`.
    #[must_use]
    pub fn file_size(self, bytes: u64) -> String {
        const UNITS: [(&str, u64); 3] = [("GB", 1 << 30), ("MB", 1 << 20), ("KB", 1 << 10)];
        let Some((unit, scale)) = UNITS.into_iter().find(|(_, scale)| bytes >= *scale) else {
            return self.bytes(bytes);
        };
        let tenths = u128::from(bytes) * 10 / u128::from(scale);
        let (whole, decimal) = (tenths / 10, tenths % 10);
        if whole < 10 && decimal > 0 {
            format!("{whole}{}{decimal}{NO_BREAK_SPACE}{unit}", decimal_mark(self.language))
        } else {
            format!("{whole}{NO_BREAK_SPACE}{unit}")
        }
    }

    /// Names one after another: `a, b and c` / `a, b en c`.
    #[must_use]
    pub fn list<T: AsRef<str>>(self, items: &[T]) -> String {
        let names: Vec<&str> = items.iter().map(AsRef::as_ref).collect();
        match names.as_slice() {
            [] => String::new(),
            [only] => (*only).to_owned(),
            [first @ .., last] => format!("{} {} {last}", first.join(", "), self.and()),
        }
    }
}

/// Digits in groups of three, with the minus of the language's numbers.
fn grouped(number: i128, language: Language) -> String {
    let digits = number.unsigned_abs().to_string();
    let mut written = String::with_capacity(digits.len() + digits.len() / 3 + 3);
    if number < 0 {
        written.push_str(MINUS);
    }
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            written.push(grouping_mark(language));
        }
        written.push(digit);
    }
    written
}

const fn grouping_mark(language: Language) -> char {
    match language {
        Language::English => ',',
        Language::Dutch => '.',
    }
}

const fn decimal_mark(language: Language) -> char {
    match language {
        Language::English => '.',
        Language::Dutch => ',',
    }
}

/// The sign that both languages know a currency by.
const fn currency_sign(currency: Currency) -> Option<&'static str> {
    match currency {
        Currency::Eur => Some("€"),
        Currency::Usd => Some("$"),
        Currency::Gbp => Some("£"),
        Currency::Cny => Some("CN¥"),
        Currency::Jpy | Currency::Kwd => None,
    }
}

const MONTHS: [[&str; 12]; 2] = [
    [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
    [
        "januari",
        "februari",
        "maart",
        "april",
        "mei",
        "juni",
        "juli",
        "augustus",
        "september",
        "oktober",
        "november",
        "december",
    ],
];

const MONTHS_SHORT: [[&str; 12]; 2] = [
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"],
    ["jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec"],
];

fn month(language: Language, date: Date) -> &'static str {
    MONTHS[language as usize][month_index(date)]
}

fn month_short(language: Language, date: Date) -> &'static str {
    MONTHS_SHORT[language as usize][month_index(date)]
}

fn month_index(date: Date) -> usize {
    usize::from(date.month().unsigned_abs()) - 1
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    const EN: Words = Words { language: Language::English };
    const NL: Words = Words { language: Language::Dutch };

    /// The first number chooses, wherever it stands.
    #[test]
    fn one_is_singular_after_a_name_too() {
        let about = |people| EN.take_over_about("Anna de Vries", people);
        assert_eq!(about(1), "Anna de Vries bought this subscription. 1 person has a license.");
        assert_eq!(about(2), "Anna de Vries bought this subscription. 2 people have a license.");
        assert_eq!(NL.event_plan_changed("E3", "E5", 1), "E3 is geüpgraded: 1 persoon ging over op E5.");
        assert_eq!(EN.licenses_count(1), "1 license");
    }

    #[test]
    fn numbers_are_grouped() {
        for (number, english, dutch) in [
            (0, "0", "0"),
            (999, "999", "999"),
            (1_234, "1,234", "1.234"),
            (1_234_567, "1,234,567", "1.234.567"),
            (-1_234, "\u{2212}1,234", "\u{2212}1.234"),
        ] {
            assert_eq!((EN.number(number).as_str(), NL.number(number).as_str()), (english, dutch));
        }
        assert_eq!(EN.number(i64::MIN), "\u{2212}9,223,372,036,854,775,808");
        assert_eq!((EN.signed(5), EN.signed(0), NL.signed(-5)), ("+5".into(), "0".into(), "\u{2212}5".into()));
    }

    #[test]
    fn money_is_written_as_the_language_does() {
        for (minor, currency, english, dutch) in [
            (123_450, Currency::Eur, "€1,234.50", "€\u{a0}1.234,50"),
            (-500, Currency::Eur, "\u{2212}€5.00", "€\u{a0}\u{2212}5,00"),
            (5, Currency::Usd, "$0.05", "$\u{a0}0,05"),
            (100_000_000, Currency::Gbp, "£1,000,000.00", "£\u{a0}1.000.000,00"),
            (999, Currency::Cny, "CN¥9.99", "CN¥\u{a0}9,99"),
            (1_205, Currency::Jpy, "JPY\u{a0}1,205", "JPY\u{a0}1.205"),
            (-1_205, Currency::Kwd, "\u{2212}KWD\u{a0}1.205", "KWD\u{a0}\u{2212}1,205"),
        ] {
            let money = Money::new(minor, currency);
            assert_eq!((EN.money(money).as_str(), NL.money(money).as_str()), (english, dutch));
        }
    }

    #[test]
    fn a_share_reaches_all_only_when_nothing_is_left() {
        assert_eq!(EN.share(1_999, 2_000), "99%");
        assert_eq!(EN.share(2_000, 2_000), "100%");
        assert_eq!(EN.share(0, 0), "0%");
        assert_eq!(NL.percent(1_200), "1.200%");
    }

    #[test]
    fn days_and_moments() {
        let day = date(2026, 11, 20);
        assert_eq!((EN.date(day), NL.date(day)), ("20 November 2026".into(), "20 november 2026".into()));
        assert_eq!((EN.date_short(day), NL.date_short(day)), ("20 Nov 2026".into(), "20 nov 2026".into()));
        assert_eq!((EN.month(day), NL.month_short(date(2026, 3, 1))), ("November 2026".into(), "mrt"));
        let moment: Timestamp = "2026-11-20T13:05:59Z".parse().unwrap();
        let amsterdam = TimeZone::get("Europe/Amsterdam").unwrap();
        assert_eq!(EN.date_time(moment, &amsterdam), "20 Nov 2026, 14:05");
        assert_eq!(NL.date_time(moment, &TimeZone::UTC), "20 nov 2026, 13:05");
        assert_eq!(EN.date_time_with_zone(moment, &amsterdam), "20 Nov 2026, 14:05 CET");
    }

    #[test]
    fn days_seen_from_today() {
        let today = date(2026, 11, 20);
        for (day, english, dutch) in [
            (date(2026, 11, 20), "today", "vandaag"),
            (date(2026, 11, 21), "tomorrow", "morgen"),
            (date(2026, 11, 25), "in 5 days", "over 5 dagen"),
            (date(2026, 11, 19), "yesterday", "gisteren"),
            (date(2026, 11, 17), "3 days ago", "3 dagen geleden"),
        ] {
            assert_eq!((EN.relative_day(day, today).as_str(), NL.relative_day(day, today).as_str()), (english, dutch));
        }
    }

    #[test]
    fn ranges_say_nothing_twice() {
        let day = date(2026, 1, 1);
        assert_eq!(EN.date_range(day, day), "1 January 2026");
        assert_eq!(EN.date_range(day, date(2026, 1, 31)), "1–31 January 2026");
        assert_eq!(NL.date_range(date(2026, 1, 15), date(2026, 2, 14)), "15 januari – 14 februari 2026");
        assert_eq!(EN.date_range(date(2025, 12, 15), date(2026, 1, 14)), "15 December 2025 – 14 January 2026");
    }

    #[test]
    fn durations_sizes_and_lists() {
        assert_eq!((EN.duration(1), NL.duration(45)), ("1 second".into(), "45 seconden".into()));
        assert_eq!((EN.duration(61), NL.duration(7_200)), ("2 minutes".into(), "2 uur".into()));
        assert_eq!(EN.duration(200_000), "3 days");
        assert_eq!((EN.file_size(1), EN.file_size(1_023)), ("1 byte".into(), "1,023 bytes".into()));
        assert_eq!((EN.file_size(1_572_864), NL.file_size(1_572_864)), ("1.5\u{a0}MB".into(), "1,5\u{a0}MB".into()));
        assert_eq!(EN.file_size(32 << 20), "32\u{a0}MB");
        assert_eq!((EN.list(&["a", "b", "c"]), NL.list(&["a", "b", "c"])), ("a, b and c".into(), "a, b en c".into()));
        assert_eq!((EN.list(&["a"]), EN.list::<&str>(&[])), ("a".into(), String::new()));
    }
}
