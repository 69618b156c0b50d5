//! The life of one thing on a line of time: what it went through, what happened to it, and what is ahead.

use super::{ChartText, Picture, days_between, escape, figure, percent, share, shorten};
use jiff::ToSpan;
use jiff::civil::Date;

/// A life to be drawn: rows on a common line of time from `from` to `until`, which lies after it.
#[derive(Clone, Debug)]
pub struct Life {
    /// The first day.
    pub from: Date,
    /// The last day.
    pub until: Date,
    /// Today; drawn when the line has it.
    pub today: Date,
    /// What the line of today is called.
    pub today_label: String,
    /// The rows, from above.
    pub lanes: Vec<Lane>,
    /// The same in a table: what, and when.
    pub rows: Vec<[String; 2]>,
}

/// A row.
#[derive(Clone, Debug)]
pub struct Lane {
    /// What it is about.
    pub label: String,
    /// In few words, what it shows.
    pub value: String,
    /// What stands on its line.
    pub shape: Shape,
}

/// What stands on a row.
#[derive(Clone, Debug)]
pub enum Shape {
    /// A bar of stretches, with a gap where something begins anew.
    Bar(Vec<Stretch>, Vec<Date>),
    /// Marks in the order of their days; those that would meet are drawn as one with their number.
    Marks(Vec<Mark>),
}

/// A part of a bar.
#[derive(Clone, Copy, Debug)]
pub struct Stretch {
    /// First day.
    pub from: Date,
    /// First day after it.
    pub until: Date,
    /// How it stands.
    pub tone: Tone,
}

/// Something on one day.
#[derive(Clone, Debug)]
pub struct Mark {
    /// The day.
    pub on: Date,
    /// What, as a sentence, shown on pointing.
    pub says: String,
    /// How it stands.
    pub tone: Tone,
    /// Whether it has not happened yet.
    pub is_ahead: bool,
}

/// How something stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// As it should be.
    Good,
    /// Nothing happens yet.
    Waiting,
    /// Something has to be done.
    Warning,
    /// It is too late for some.
    Severe,
}

/// What a tick of the line stands for, which decides how its day is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tick {
    /// A day.
    Day,
    /// The first day of a month.
    Month,
    /// The first day of a month, with its year: January, and the first one on the line.
    MonthOfYear,
    /// The first day of a year.
    Year,
}

/// Pixels of a row.
const LANE: usize = 42;
/// Pixels above the rows: the ticks.
const HEAD: usize = 28;
/// Pixels below the rows: today.
const FOOT: usize = 22;
/// Marks that are nearer than this, in thousandths of the line, are drawn as one: a circle of 18 pixels on a phone.
const NEAR: i64 = 55;
/// Sentences of one group of marks that are shown on pointing; the table has all.
const SENTENCES_SHOWN: usize = 8;
/// Ticks on a line at most, so that their names do not meet on a phone.
const TICKS_MAX: i64 = 5;

/// The life of one thing. `write` writes the day of a tick for the reader.
pub fn lifeline(text: &ChartText, life: &Life, write: impl Fn(Date, Tick) -> String) -> Picture {
    let end = HEAD + life.lanes.len() * LANE;
    let (mut shapes, mut words) = (ticks(life, end, write), String::new());
    for (index, lane) in life.lanes.iter().enumerate() {
        let top = HEAD + index * LANE;
        shapes += &match &lane.shape {
            Shape::Bar(stretches, gaps) => bar(life, stretches, gaps, top + 21),
            Shape::Marks(marks) => line_of_marks(life, marks, top + 26),
        };
        words += &format!(
            "<text x=\"0\" y=\"{base}\"><title>{label}</title>{short}</text>\
             <text class=\"chart-minor\" x=\"100%\" y=\"{base}\" text-anchor=\"end\">{value}</text>",
            label = escape(&lane.label),
            short = escape(&shorten(&lane.label, &lane.value)),
            value = escape(&lane.value),
            base = top + 13,
        );
    }
    let drawing = format!("{shapes}{}{words}", today(life, end));
    let rows = life.rows.iter().map(|row| row.iter().map(String::as_str).collect());
    figure(text, end + FOOT, &drawing, rows)
}

/// Where a day is on the line, in thousandths.
fn place(life: &Life, day: Date) -> i64 {
    share(days_between(life.from, day), days_between(life.from, life.until).max(1)).clamp(0, 1000)
}

fn bar(life: &Life, stretches: &[Stretch], gaps: &[Date], top: usize) -> String {
    let mut drawing = String::new();
    for stretch in stretches {
        let tone = match stretch.tone {
            Tone::Good => "chart-fill",
            Tone::Waiting => "chart-track",
            Tone::Warning => "chart-fill-warning",
            Tone::Severe => "chart-fill-severe",
        };
        let now = life.today.clamp(stretch.from, stretch.until);
        for (from, until, ahead) in [(stretch.from, now, ""), (now, stretch.until, " chart-ahead")] {
            let (x, width) = (place(life, from), place(life, until) - place(life, from));
            if width > 0 {
                drawing += &format!(
                    "<rect class=\"{tone}{ahead}\" x=\"{x}\" y=\"{top}\" width=\"{width}\" height=\"10\"/>",
                    x = percent(x),
                    width = percent(width),
                );
            }
        }
    }
    let borders = stretches.iter().skip(1).map(|stretch| stretch.from).chain(gaps.iter().copied());
    for border in borders {
        drawing += &format!(
            "<line class=\"chart-gap\" x1=\"{x}\" x2=\"{x}\" y1=\"{top}\" y2=\"{bottom}\"/>",
            x = percent(place(life, border)),
            bottom = top + 10,
        );
    }
    drawing
}

fn line_of_marks(life: &Life, marks: &[Mark], middle: usize) -> String {
    let mut drawing = format!(
        "<rect class=\"chart-track\" x=\"0\" y=\"{line}\" width=\"100%\" height=\"2\"/>\
         <rect class=\"chart-fill\" x=\"0\" y=\"{line}\" width=\"{now}\" height=\"2\"/>",
        line = middle - 1,
        now = percent(place(life, life.today)),
    );
    for group in groups(life, marks) {
        let says: Vec<_> = group.iter().take(SENTENCES_SHOWN).map(|mark| escape(&mark.says)).collect();
        let more = if group.len() > SENTENCES_SHOWN { "\n\u{2026}" } else { "" };
        let worst = group.iter().map(|mark| mark.tone).max_by_key(|tone| *tone as u8).unwrap_or(Tone::Good);
        let class = match (group.iter().any(|mark| mark.is_ahead), worst) {
            (true, Tone::Good | Tone::Waiting) => "chart-ring-good",
            (true, Tone::Warning) => "chart-ring",
            (true, Tone::Severe) => "chart-ring-severe",
            (false, Tone::Good | Tone::Waiting) => "chart-fill-strong",
            (false, Tone::Warning) => "chart-fill-warning",
            (false, Tone::Severe) => "chart-fill-severe",
        };
        let x = percent(place(life, group[0].on));
        let radius = if group.len() > 1 { 9 } else { 5 };
        drawing += &format!(
            "<g><title>{says}{more}</title><circle class=\"{class}\" cx=\"{x}\" cy=\"{middle}\" r=\"{radius}\"/>",
            says = says.join("\n"),
        );
        if group.len() > 1 {
            let (count, base) = (group.len(), middle + 4);
            drawing +=
                &format!("<text class=\"chart-count\" x=\"{x}\" y=\"{base}\" text-anchor=\"middle\">{count}</text>");
        }
        drawing += "</g>";
    }
    drawing
}

/// Marks that are drawn as one. What happened and what is ahead stay apart.
fn groups<'a>(life: &Life, marks: &'a [Mark]) -> Vec<&'a [Mark]> {
    let near = |first: &Mark, next: &Mark| {
        first.is_ahead == next.is_ahead && place(life, next.on) - place(life, first.on) < NEAR
    };
    let (mut groups, mut start) = (Vec::new(), 0);
    for index in 1..=marks.len() {
        if marks.get(index).is_none_or(|mark| !near(&marks[start], mark)) {
            groups.push(&marks[start..index]);
            start = index;
        }
    }
    groups
}

/// The line of today through all rows, with its name below.
fn today(life: &Life, end: usize) -> String {
    if life.today < life.from || life.today > life.until {
        return String::new();
    }
    let place = place(life, life.today);
    let anchor = match place {
        ..150 => "start",
        850.. => "end",
        _ => "middle",
    };
    format!(
        "<line class=\"chart-today\" x1=\"{x}\" x2=\"{x}\" y1=\"18\" y2=\"{end}\"/>\
         <text class=\"chart-strong chart-minor\" x=\"{x}\" y=\"{base}\" text-anchor=\"{anchor}\">{label}</text>",
        x = percent(place),
        base = end + 16,
        label = escape(&life.today_label),
    )
}

/// A line with its name at regular days, months or years.
fn ticks(life: &Life, end: usize, write: impl Fn(Date, Tick) -> String) -> String {
    let mut drawing = String::new();
    for (day, tick) in tick_days(life.from, life.until) {
        let place = place(life, day);
        let x = percent(place);
        drawing += &format!("<line class=\"chart-grid\" x1=\"{x}\" x2=\"{x}\" y1=\"18\" y2=\"{end}\"/>");
        // A name at the right edge would be cut off or meet the one before.
        if place <= 870 {
            let name = escape(&write(day, tick));
            drawing += &format!("<text class=\"chart-minor\" x=\"{x}\" y=\"12\">{name}</text>");
        }
    }
    drawing
}

/// The days of the ticks: as few as are enough, at days, first days of months, or of years.
fn tick_days(from: Date, until: Date) -> Vec<(Date, Tick)> {
    let days = days_between(from, until);
    for step in [1, 2, 7, 14] {
        if days <= step * TICKS_MAX {
            let first = std::iter::successors(Some(from), |day| day.checked_add(step.days()).ok());
            return first.take_while(|day| *day <= until).map(|day| (day, Tick::Day)).collect();
        }
    }
    let mut months = 1;
    for step in [1, 2, 3, 6, 12, 24, 60, 120, 240, 600] {
        months = step;
        if days <= i64::from(step) * 31 * TICKS_MAX {
            break;
        }
    }
    let tick = if months < 12 { Tick::Month } else { Tick::Year };
    let years = (months / 12).max(1);
    let is_tick = |day: &Date| match tick {
        Tick::Year => day.month() == 1 && i32::from(day.year()) % years == 0,
        _ => (i32::from(day.month()) - 1) % months == 0,
    };
    let first = from.first_of_month();
    let days = std::iter::successors(Some(first), |day| day.checked_add(1.month()).ok())
        .take_while(|day| *day <= until)
        .filter(|day| *day >= from && is_tick(day));
    let with_year = |(index, day): (usize, Date)| match tick {
        Tick::Month if index == 0 || day.month() == 1 => (day, Tick::MonthOfYear),
        _ => (day, tick),
    };
    days.enumerate().map(with_year).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn life(from: Date, until: Date, today: Date, marks: Vec<Mark>) -> Life {
        Life {
            from,
            until,
            today,
            today_label: "Today".into(),
            lanes: vec![
                Lane {
                    label: "Term".into(),
                    value: "since".into(),
                    shape: Shape::Bar(vec![Stretch { from, until, tone: Tone::Good }], Vec::new()),
                },
                Lane { label: "Changes".into(), value: marks.len().to_string(), shape: Shape::Marks(marks) },
            ],
            rows: vec![["Began <b>".into(), from.to_string()]],
        }
    }

    fn mark(on: Date) -> Mark {
        Mark { on, says: format!("On {on}"), tone: Tone::Good, is_ahead: false }
    }

    fn drawn(life: &Life) -> String {
        let text = ChartText {
            id: "life",
            title: "Timeline".into(),
            description: "A life".into(),
            numbers: "Show".into(),
            heads: vec!["What".into(), "When".into()],
        };
        lifeline(&text, life, |day, tick| match tick {
            Tick::Day => day.strftime("%-d %b").to_string(),
            Tick::Month => day.strftime("%b").to_string(),
            Tick::MonthOfYear => day.strftime("%b %Y").to_string(),
            Tick::Year => day.year().to_string(),
        })
        .to_string()
    }

    /// One day, a month, a year, three years, and a hundred: never more names than a phone has room for.
    #[test]
    fn ticks_are_few_and_evenly_far() {
        let ticks = |until| tick_days(date(2026, 11, 20), until);
        assert_eq!(ticks(date(2026, 11, 21)), [(date(2026, 11, 20), Tick::Day), (date(2026, 11, 21), Tick::Day)]);
        assert_eq!(ticks(date(2026, 12, 20)).len(), 5);
        assert_eq!(
            ticks(date(2027, 11, 20)),
            [
                (date(2027, 1, 1), Tick::MonthOfYear),
                (date(2027, 4, 1), Tick::Month),
                (date(2027, 7, 1), Tick::Month),
                (date(2027, 10, 1), Tick::Month)
            ]
        );
        assert_eq!(ticks(date(2029, 11, 20)), [2027, 2028, 2029].map(|year| (date(year, 1, 1), Tick::Year)));
        for days in (1..40_000).step_by(97) {
            let until = date(2026, 11, 20).saturating_add(days.days());
            assert!(ticks(until).len() <= 6, "{days}: {:?}", ticks(until));
        }
    }

    /// Two hundred changes within a year are a few circles that say how many they are, and none of them meet.
    #[test]
    fn what_would_meet_is_one_circle_with_a_number() {
        let (from, until) = (date(2026, 1, 1), date(2027, 1, 1));
        let marks: Vec<_> = (0..200).map(|day| mark(from.saturating_add(day.days()))).collect();
        let line = life(from, until, date(2026, 8, 1), marks.clone());
        let groups = groups(&line, &marks);
        assert_eq!(groups.iter().map(|group| group.len()).sum::<usize>(), 200);
        assert!(groups.len() <= 11, "{}", groups.len());
        for pair in groups.windows(2) {
            assert!(place(&line, pair[1][0].on) - place(&line, pair[0][0].on) >= NEAR);
        }
        let picture = drawn(&line);
        assert!(picture.contains("chart-count") && picture.contains('\u{2026}'), "{picture}");
        assert!(picture.contains("Began &lt;b&gt;") && !picture.contains("style="));
    }

    #[test]
    fn a_life_of_a_day_without_anything() {
        let line = life(date(2026, 11, 20), date(2026, 11, 21), date(2026, 11, 20), Vec::new());
        let picture = drawn(&line);
        assert!(picture.contains("width=\"100.0%\" height=\"10\""), "{picture}");
        assert!(!picture.contains("<circle"), "{picture}");
    }

    /// What is past is full, what is ahead is pale; of a life that is over nothing is ahead, and today is not on it.
    #[test]
    fn today_parts_the_bar() {
        let (from, until) = (date(2026, 1, 1), date(2026, 1, 11));
        let middle = drawn(&life(from, until, date(2026, 1, 4), Vec::new()));
        assert!(middle.contains("class=\"chart-fill\" x=\"0.0%\" y=\"49\" width=\"30.0%\" height=\"10\""), "{middle}");
        assert!(middle.contains("class=\"chart-fill chart-ahead\" x=\"30.0%\" y=\"49\" width=\"70.0%\""), "{middle}");
        assert!(middle.contains(">Today</text>"));
        let over = drawn(&life(from, until, date(2026, 3, 1), Vec::new()));
        assert!(!over.contains("chart-ahead") && !over.contains("Today"), "{over}");
    }

    /// A payment that failed among others shows; what is ahead is never counted with what happened.
    #[test]
    fn the_worst_of_a_group_is_its_tone() {
        let (from, until) = (date(2026, 1, 1), date(2027, 1, 1));
        let failed = Mark { tone: Tone::Severe, ..mark(date(2026, 2, 2)) };
        let next = Mark { is_ahead: true, ..mark(date(2026, 2, 3)) };
        let picture = drawn(&life(from, until, date(2026, 2, 2), vec![mark(date(2026, 2, 1)), failed, next]));
        assert!(picture.contains("class=\"chart-fill-severe\" cx=\"8.4%\" cy=\"96\" r=\"9\""), "{picture}");
        assert!(picture.contains("class=\"chart-ring-good\" cx=\"9.0%\" cy=\"96\" r=\"5\""), "{picture}");
    }
}
