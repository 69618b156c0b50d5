//! Pictures drawn by the server: SVG with a text alternative, and the same numbers in a table behind one click.
//!
//! Across, everything is a percentage; down, pixels: so a picture fills its card on a phone and on a wide screen and
//! its text keeps its size. Arithmetic is in whole numbers; words and amounts arrive already written for the reader.

pub mod lifeline;

use askama::filters::HtmlSafe;
use jiff::civil::Date;
use std::fmt::{self, Write};

/// A finished picture as HTML, safe to put into a template: every text in it is escaped.
#[derive(Clone, Debug)]
pub struct Picture(String);

impl fmt::Display for Picture {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl HtmlSafe for Picture {}

/// The words around a picture.
#[derive(Clone, Debug)]
pub struct ChartText {
    /// Unique on the page; joins the picture to its alternative.
    pub id: &'static str,
    /// What is shown: "Licenses assigned of bought, per product".
    pub title: String,
    /// What can be seen, in a sentence, for those who cannot see it.
    pub description: String,
    /// The link that opens the table: "Show the numbers".
    pub numbers: String,
    /// Column heads of the table, as many as the picture's table has columns (two or three).
    pub heads: Vec<String>,
}

/// One product's licenses.
#[derive(Clone, Debug)]
pub struct UsageBar {
    /// Name of the product.
    pub label: String,
    /// Where the bar leads.
    pub url: String,
    /// Licenses assigned.
    pub assigned: u64,
    /// Licenses bought: the limit.
    pub bought: u64,
    /// Both, in words: "238 of 250".
    pub value: String,
}

/// What could be saved of what a product costs.
#[derive(Clone, Debug)]
pub struct SavingBar {
    /// Name of the product.
    pub label: String,
    /// Where the bar leads.
    pub url: String,
    /// What it costs, in minor units.
    pub cost: u64,
    /// What of that could be saved.
    pub saved: u64,
    /// Both, in words: "€66.00 of €90.00".
    pub value: String,
}

/// What happens to a subscription on its day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DueKind {
    /// It goes on.
    Renews,
    /// It ends.
    Expires,
}

/// A subscription that renews or expires.
#[derive(Clone, Debug)]
pub struct Due {
    /// Name of the product.
    pub label: String,
    /// Where it leads.
    pub url: String,
    /// The day.
    pub on: Date,
    /// What happens then.
    pub kind: DueKind,
    /// Both, in few words: "Renews 3 Dec 2026".
    pub value: String,
}

/// One month of a series.
#[derive(Clone, Debug)]
pub struct Column {
    /// Short name of the month.
    pub label: String,
    /// The amount in minor units; credits may make it negative.
    pub amount: i64,
    /// The amount as a person reads it.
    pub value: String,
}

/// How many days the time line looks ahead.
const TIMELINE_DAYS: i64 = 90;
/// Longest label and value of a row together, in letters, so that they do not meet on a phone; the table has the whole.
const ROW_LETTERS: usize = 48;

/// Licenses assigned against bought, a bar per product: each as wide as what was bought, the fullest first.
/// A full bar changes its hue, because the next person gets no license.
pub fn usage_bars(text: &ChartText, bars: &[UsageBar]) -> Picture {
    let mut sorted: Vec<&UsageBar> = bars.iter().collect();
    sorted.sort_by_key(|bar| (std::cmp::Reverse(permille(bar.assigned, bar.bought)), bar.label.clone()));
    let mut drawing = String::new();
    for (index, bar) in sorted.iter().enumerate() {
        let top = index * 42;
        let fill = if bar.assigned >= bar.bought { "chart-fill-warning" } else { "chart-fill" };
        drawing += &format!(
            "<a href=\"{url}\"><title>{label}: {value}</title>\
             <text x=\"0\" y=\"{base}\">{short}</text><text x=\"100%\" y=\"{base}\" text-anchor=\"end\">{value}</text>\
             <rect class=\"chart-track\" x=\"0\" y=\"{bar_top}\" width=\"100%\" height=\"8\" rx=\"4\"/>\
             <rect class=\"{fill}\" x=\"0\" y=\"{bar_top}\" width=\"{width}\" height=\"8\" rx=\"4\"/>\
             <line class=\"chart-limit\" x1=\"100%\" x2=\"100%\" y1=\"{limit_top}\" y2=\"{limit_end}\"/></a>",
            url = escape(&bar.url),
            label = escape(&bar.label),
            value = escape(&bar.value),
            short = escape(&shorten(&bar.label, &bar.value)),
            base = top + 13,
            bar_top = top + 21,
            limit_top = top + 18,
            limit_end = top + 32,
            width = percent(permille(bar.assigned, bar.bought)),
        );
    }
    let rows = sorted.iter().map(|bar| vec![bar.label.as_str(), bar.value.as_str()]);
    figure(text, sorted.len() * 42, &drawing, rows)
}

/// What could be saved of what a product costs, a bar each: as long as its cost is beside the highest, filled as far as
/// could be saved, the highest first.
pub fn saving_bars(text: &ChartText, bars: &[SavingBar]) -> Picture {
    let mut sorted: Vec<&SavingBar> = bars.iter().collect();
    sorted.sort_by_key(|bar| (std::cmp::Reverse(bar.cost), bar.label.clone()));
    let highest = sorted.first().map_or(0, |bar| bar.cost);
    let mut drawing = String::new();
    for (index, bar) in sorted.iter().enumerate() {
        let top = index * 42;
        drawing += &format!(
            "<a href=\"{url}\"><title>{label}: {value}</title>\
             <text x=\"0\" y=\"{base}\">{short}</text><text x=\"100%\" y=\"{base}\" text-anchor=\"end\">{value}</text>\
             <rect class=\"chart-track\" x=\"0\" y=\"{bar_top}\" width=\"{whole}\" height=\"8\" rx=\"4\"/>\
             <rect class=\"chart-fill\" x=\"0\" y=\"{bar_top}\" width=\"{part}\" height=\"8\" rx=\"4\"/></a>",
            url = escape(&bar.url),
            label = escape(&bar.label),
            value = escape(&bar.value),
            short = escape(&shorten(&bar.label, &bar.value)),
            base = top + 13,
            bar_top = top + 21,
            whole = percent(permille(bar.cost, highest)),
            part = percent(permille(bar.saved.min(bar.cost), highest)),
        );
    }
    let rows = sorted.iter().map(|bar| vec![bar.label.as_str(), bar.value.as_str()]);
    figure(text, sorted.len() * 42, &drawing, rows)
}

/// A small bar for a table cell or a fact, with its words above: "238 of 250".
pub fn usage_bar(assigned: u64, bought: u64, value: &str) -> Picture {
    let fill = if assigned >= bought && bought > 0 { "chart-fill-warning" } else { "chart-fill" };
    let width = percent(permille(assigned, bought));
    Picture(format!(
        "<span class=\"usage\"><span class=\"usage-text\">{value}</span><svg aria-hidden=\"true\" width=\"100%\" height=\"6\">\
         <rect class=\"chart-track\" width=\"100%\" height=\"6\" rx=\"3\"/>\
         <rect class=\"{fill}\" width=\"{width}\" height=\"6\" rx=\"3\"/></svg></span>",
        value = escape(value),
    ))
}

/// What renews or expires in the 90 days from `from`: a row each, soonest first, on a common line of time with a tick
/// at every first of a month. `month` writes such a first day for the reader ("December"). Other days are left out.
pub fn renewal_timeline(text: &ChartText, from: Date, dues: &[Due], month: impl Fn(Date) -> String) -> Picture {
    let mut sorted: Vec<(i64, &Due)> = dues
        .iter()
        .map(|due| (days_between(from, due.on), due))
        .filter(|(day, _)| (0..=TIMELINE_DAYS).contains(day))
        .collect();
    sorted.sort_by_key(|(day, due)| (*day, due.label.clone()));
    let height = 28 + sorted.len() * 42;
    let mut drawing = month_ticks(from, height, month);
    for (index, (day, due)) in sorted.iter().enumerate() {
        let top = 28 + index * 42;
        let (mark, tone) = match due.kind {
            DueKind::Renews => ("chart-fill-strong", ""),
            DueKind::Expires => ("chart-ring", " class=\"chart-warning\""),
        };
        drawing += &format!(
            "<a href=\"{url}\"><title>{label}: {value}</title>\
             <text x=\"0\" y=\"{base}\">{short}</text><text x=\"100%\" y=\"{base}\" text-anchor=\"end\"{tone}>{value}</text>\
             <rect class=\"chart-track\" x=\"0\" y=\"{line}\" width=\"100%\" height=\"2\"/>\
             <rect class=\"chart-fill\" x=\"0\" y=\"{line}\" width=\"{x}\" height=\"2\"/>\
             <circle class=\"{mark}\" cx=\"{x}\" cy=\"{middle}\" r=\"5\"/></a>",
            url = escape(&due.url),
            label = escape(&due.label),
            value = escape(&due.value),
            short = escape(&shorten(&due.label, &due.value)),
            base = top + 13,
            line = top + 25,
            middle = top + 26,
            x = percent(share(*day, TIMELINE_DAYS)),
        );
    }
    let rows = sorted.iter().map(|(_, due)| vec![due.label.as_str(), due.value.as_str()]);
    figure(text, height, &drawing, rows)
}

/// A line with its name at the first day of each month that begins in the time line.
fn month_ticks(from: Date, height: usize, month: impl Fn(Date) -> String) -> String {
    let mut drawing = String::new();
    let mut first = from.first_of_month();
    while let Ok(next) = first.checked_add(jiff::Span::new().months(1)) {
        first = next;
        let day = days_between(from, first);
        if day > TIMELINE_DAYS {
            break;
        }
        let x = percent(share(day, TIMELINE_DAYS));
        let anchor = if day * 6 > TIMELINE_DAYS * 5 { "end" } else { "start" };
        drawing += &format!(
            "<line class=\"chart-grid\" x1=\"{x}\" x2=\"{x}\" y1=\"18\" y2=\"{height}\"/>\
             <text class=\"chart-minor\" x=\"{x}\" y=\"12\" text-anchor=\"{anchor}\">{name}</text>",
            name = escape(&month(first)),
        );
    }
    drawing
}

/// An amount per month, oldest first; the highest and the last one carry their amount, the others show it on pointing.
pub fn columns(text: &ChartText, months: &[Column]) -> Picture {
    const TOP: i64 = 24;
    const PLOT: i64 = 132;
    let highest = months.iter().map(|month| month.amount).max().unwrap_or(0).max(0);
    let lowest = months.iter().map(|month| month.amount).min().unwrap_or(0).min(0);
    let scale = i128::from(highest) - i128::from(lowest);
    let pixels = |amount: i64| -> i64 {
        let share = i128::from(amount).abs() * i128::from(PLOT) / scale.max(1);
        i64::try_from(share).unwrap_or(PLOT)
    };
    let zero = TOP + pixels(highest);
    let count = i64::try_from(months.len()).unwrap_or(i64::MAX).max(1);
    // The last quarter belongs to the last amount: two amounts side by side would meet on a phone.
    let named = months.iter().position(|month| month.amount == highest).filter(|index| index * 4 < months.len() * 3);
    let mut drawing = String::new();
    for (index, month) in months.iter().enumerate() {
        let position = i64::try_from(index).unwrap_or(0);
        let last = index + 1 == months.len();
        let height = pixels(month.amount).max(i64::from(month.amount != 0));
        let top = if month.amount < 0 { zero } else { zero - height };
        let middle = percent((2 * position + 1) * 500 / count);
        let label_class = if last { "chart-strong" } else { "chart-minor" };
        drawing += &format!(
            "<g><title>{label}: {value}</title><rect class=\"{fill}\" x=\"{x}\" y=\"{top}\" width=\"{width}\" height=\"{height}\" rx=\"2\"/>\
             <text class=\"{label_class}\" x=\"{middle}\" y=\"{base}\" text-anchor=\"middle\">{label}</text></g>",
            label = escape(&month.label),
            value = escape(&month.value),
            fill = if last { "chart-fill-strong" } else { "chart-fill" },
            x = percent((position * 1000 + 180) / count),
            width = percent(640 / count),
            base = TOP + PLOT + 18,
        );
        if last || named == Some(index) {
            let (x, anchor) = edge(position, count, middle);
            let above = if month.amount < 0 { zero - 6 } else { top - 6 };
            let value = escape(&month.value);
            let _ = write!(
                drawing,
                "<text class=\"chart-strong\" x=\"{x}\" y=\"{above}\" text-anchor=\"{anchor}\">{value}</text>"
            );
        }
    }
    drawing += &format!("<line class=\"chart-axis\" x1=\"0\" x2=\"100%\" y1=\"{zero}\" y2=\"{zero}\"/>");
    let rows = months.iter().map(|month| vec![month.label.as_str(), month.value.as_str()]);
    figure(text, 182, &drawing, rows)
}

/// Where an amount stands so that it stays inside the picture.
fn edge(position: i64, count: i64, middle: String) -> (String, &'static str) {
    if position * 4 >= count * 3 {
        ("100%".to_owned(), "end")
    } else if position * 4 < count {
        ("0".to_owned(), "start")
    } else {
        (middle, "middle")
    }
}

/// Puts the drawing, its alternative and its table together.
fn figure<'a>(text: &ChartText, height: usize, drawing: &str, rows: impl Iterator<Item = Vec<&'a str>>) -> Picture {
    let id = text.id;
    let mut html = format!(
        "<figure class=\"chart\"><svg role=\"group\" width=\"100%\" height=\"{height}\" aria-labelledby=\"{id}-title {id}-description\">\
         <title id=\"{id}-title\">{title}</title><desc id=\"{id}-description\">{description}</desc>{drawing}</svg>\
         <details class=\"chart-numbers\"><summary>{numbers}</summary><table aria-label=\"{title}\"><thead><tr>",
        title = escape(&text.title),
        description = escape(&text.description),
        numbers = escape(&text.numbers),
    );
    for (index, head) in text.heads.iter().enumerate() {
        html += &format!("<th scope=\"col\"{}>{}</th>", number_class(index), escape(head));
    }
    html += "</tr></thead><tbody>";
    for row in rows {
        html += "<tr>";
        for (index, cell) in row.iter().enumerate() {
            html += &format!("<td{}>{}</td>", number_class(index), escape(cell));
        }
        html += "</tr>";
    }
    html += "</tbody></table></details></figure>";
    Picture(html)
}

fn number_class(index: usize) -> &'static str {
    if index == 0 { "" } else { " class=\"number\"" }
}

/// Thousandths, at most 1,000; nothing of nothing is nothing. The least that is more is 10, so that it can be seen.
fn permille(part: u64, whole: u64) -> i64 {
    if part == 0 || whole == 0 {
        return 0;
    }
    let share = u128::from(part) * 1000 / u128::from(whole);
    i64::try_from(share.clamp(10, 1000)).unwrap_or(1000)
}

fn share(part: i64, whole: i64) -> i64 {
    part * 1000 / whole
}

/// Thousandths as a percentage: 625 is "62.5%".
fn percent(thousandths: i64) -> String {
    format!("{}.{}%", thousandths / 10, thousandths % 10)
}

fn days_between(from: Date, to: Date) -> i64 {
    from.until(to).map_or(i64::MAX, |span| i64::from(span.get_days()))
}

fn shorten(label: &str, value: &str) -> String {
    let room = ROW_LETTERS.saturating_sub(value.chars().count()).max(12);
    if label.chars().count() <= room {
        return label.to_owned();
    }
    let mut short: String = label.chars().take(room - 1).collect();
    short.truncate(short.trim_end().len());
    short.push('\u{2026}');
    short
}

fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            other => escaped.push(other),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn text(heads: &[&str]) -> ChartText {
        ChartText {
            id: "usage",
            title: "Licenses <b>".into(),
            description: "Two products".into(),
            numbers: "Show the numbers".into(),
            heads: heads.iter().map(|head| (*head).to_owned()).collect(),
        }
    }

    fn bar(label: &str, assigned: u64, bought: u64) -> UsageBar {
        UsageBar {
            label: label.into(),
            url: "/p?a=1&b=2".into(),
            assigned,
            bought,
            value: format!("{assigned} of {bought}"),
        }
    }

    #[test]
    fn widths_are_thousandths_written_as_percentages() {
        assert_eq!(percent(permille(238, 250)), "95.2%");
        assert_eq!(percent(permille(0, 250)), "0.0%");
        assert_eq!(percent(permille(0, 0)), "0.0%");
        assert_eq!(percent(permille(1, 60_000)), "1.0%");
        assert_eq!(percent(permille(7, 5)), "100.0%");
        assert_eq!(percent(permille(u64::MAX, u64::MAX)), "100.0%");
    }

    #[test]
    fn a_long_label_leaves_room_for_its_value() {
        assert_eq!(shorten("Office 365 E3", "238 of 250"), "Office 365 E3");
        assert_eq!(shorten(&"a".repeat(60), "238 of 250"), format!("{}\u{2026}", "a".repeat(37)));
        assert_eq!(shorten("Office 365 Enterprise E3", &"9".repeat(60)), "Office 365\u{2026}");
    }

    #[test]
    fn the_fullest_product_stands_first_and_every_text_is_escaped() {
        let picture =
            usage_bars(&text(&["Product", "Licenses"]), &[bar("Half", 5, 10), bar("Full & more", 10, 10)]).to_string();
        let full = picture.find("Full &amp; more").unwrap();
        assert!(full < picture.find("Half").unwrap());
        assert!(picture.contains("Licenses &lt;b&gt;"));
        assert!(picture.contains("href=\"/p?a=1&amp;b=2\""));
        assert!(!picture.contains("style="));
    }

    #[test]
    fn the_time_line_leaves_out_what_is_past_or_after_ninety_days() {
        let due = |label: &str, on| Due {
            label: label.into(),
            url: "/".into(),
            on,
            kind: DueKind::Renews,
            value: on.to_string(),
        };
        let dues = [
            due("yesterday", date(2026, 11, 19)),
            due("today", date(2026, 11, 20)),
            due("last", date(2027, 2, 18)),
            due("after", date(2027, 2, 19)),
        ];
        let picture = renewal_timeline(&text(&["Product", "When"]), date(2026, 11, 20), &dues, |first| {
            first.strftime("%B").to_string()
        })
        .to_string();
        for (label, shown) in [("yesterday", false), ("today", true), ("last", true), ("after", false)] {
            assert_eq!(picture.contains(label), shown, "{label}");
        }
        for month in ["December", "January", "February"] {
            assert!(picture.contains(month), "{month}");
        }
        assert!(!picture.contains("November"));
    }

    #[test]
    fn columns_survive_nothing_zero_credits_and_the_largest_amounts() {
        let months = |amounts: &[i64]| -> Vec<Column> {
            amounts
                .iter()
                .map(|amount| Column { label: "m".into(), amount: *amount, value: amount.to_string() })
                .collect()
        };
        for amounts in [&[][..], &[0, 0], &[100, -50], &[i64::MAX, i64::MIN], &[5]] {
            let picture = columns(&text(&["Month", "Amount"]), &months(amounts)).to_string();
            assert!(!picture.contains("height=\"-"), "{picture}");
        }
    }

    #[test]
    fn the_highest_amount_is_written_where_it_does_not_meet_the_last_one() {
        let months = |highest: usize| -> Vec<Column> {
            let amounts = (0..12).map(|month| if month == highest { 900 } else { 500 });
            amounts.map(|amount| Column { label: "m".into(), amount, value: format!("€ {amount}") }).collect()
        };
        for (highest, written) in [(0, true), (8, true), (9, false), (10, false), (11, true)] {
            let picture = columns(&text(&["Month", "Amount"]), &months(highest)).to_string();
            assert_eq!(picture.contains("\">€ 900</text>"), written, "{highest}");
        }
    }

    /// The dearest is as long as the picture; nothing to be saved fills nothing.
    #[test]
    fn savings_are_beside_the_highest_cost() {
        let bar = |label: &str, cost, saved| SavingBar {
            label: label.into(),
            url: "/p".into(),
            cost,
            saved,
            value: format!("{saved} of {cost}"),
        };
        let drawn = saving_bars(&text(&["Product", "Saved"]), &[bar("Visio", 50, 0), bar("Power BI", 200, 150)]);
        let drawn = drawn.to_string();
        assert!(drawn.find("Power BI") < drawn.find("Visio"), "{drawn}");
        for width in ["width=\"100.0%\" height=\"8\"", "width=\"75.0%\"", "width=\"25.0%\"", "width=\"0.0%\""] {
            assert!(drawn.contains(width), "{width} in {drawn}");
        }
    }
}
