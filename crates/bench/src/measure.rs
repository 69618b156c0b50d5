//! Rounds in turns, medians, and the row that says whether a ratio is reached. Whole numbers only: a ratio is in
//! hundredths.

use std::fmt;
use std::time::{Duration, Instant};

/// What must be reached, in hundredths of the reference.
#[derive(Debug, Clone, Copy)]
pub enum Reach {
    /// As many per second as this part of the reference, or more.
    AtLeast(u128),
    /// As long as this many times the reference, or shorter.
    AtMost(u128),
}

/// One line of the outcome.
pub struct Row {
    /// What was done.
    pub work: String,
    /// What it is compared with.
    pub reference: String,
    /// The figure of Zetel, with its unit.
    pub ours: String,
    /// The figure of the reference, with its unit.
    pub theirs: String,
    /// The ratio, the ratio to reach, and whether it is reached.
    pub verdict: String,
}

impl Row {
    /// The head of the table.
    pub const HEADER: &'static str = "| work | reference | Zetel | reference | ratio | to reach | |\n\
        |---|---|---|---|---|---|---|";

    /// Compares how often something was done per second.
    pub fn of_rates(work: &str, reference: &str, count: usize, times: (Duration, Duration), reach: Reach) -> Self {
        let (ours, theirs) = (per_second(count, times.0), per_second(count, times.1));
        Self {
            work: work.to_owned(),
            reference: reference.to_owned(),
            ours: format!("{}/s", grouped(ours)),
            theirs: format!("{}/s", grouped(theirs)),
            verdict: verdict(ours * 100 / theirs.max(1), reach),
        }
    }

    /// Compares how long something takes.
    pub fn of_times(work: &str, reference: &str, times: (Duration, Duration), reach: Reach) -> Self {
        Self::timed(work, reference, times, |ratio| verdict(ratio, reach))
    }

    /// Compares how long something takes, and holds it against a limit.
    pub fn of_times_under(work: &str, reference: &str, times: (Duration, Duration), limit: Duration) -> Self {
        let is_met = met(times.0 < limit);
        Self::timed(work, reference, times, |ratio| {
            format!("{} | under {} s | {is_met}", hundredths(ratio), limit.as_secs())
        })
    }

    fn timed(work: &str, reference: &str, times: (Duration, Duration), verdict: impl FnOnce(u128) -> String) -> Self {
        Self {
            work: work.to_owned(),
            reference: reference.to_owned(),
            ours: readable(times.0),
            theirs: readable(times.1),
            verdict: verdict(times.0.as_nanos() * 100 / times.1.as_nanos().max(1)),
        }
    }

    /// Holds a figure against a limit.
    pub fn of_limit(work: &str, figure: String, limit: &str, is_met: bool) -> Self {
        let (reference, theirs) = ("a limit".to_owned(), limit.to_owned());
        Self { work: work.to_owned(), reference, ours: figure, theirs, verdict: format!("| | {}", met(is_met)) }
    }

    /// A figure without a limit.
    pub fn of_figure(work: &str, figure: String) -> Self {
        let verdict = "| | for information".to_owned();
        Self { work: work.to_owned(), reference: String::new(), ours: figure, theirs: String::new(), verdict }
    }
}

impl fmt::Display for Row {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { work, reference, ours, theirs, verdict } = self;
        write!(formatter, "| {work} | {reference} | {ours} | {theirs} | {verdict} |")
    }
}

fn met(is_met: bool) -> &'static str {
    if is_met { "met" } else { "**not met**" }
}

fn verdict(ratio: u128, reach: Reach) -> String {
    let (word, bound, is_met) = match reach {
        Reach::AtLeast(bound) => ("at least", bound, ratio >= bound),
        Reach::AtMost(bound) => ("at most", bound, ratio <= bound),
    };
    format!("{} | {word} {} | {}", hundredths(ratio), hundredths(bound), met(is_met))
}

fn hundredths(number: u128) -> String {
    format!("{}.{:02}", number / 100, number % 100)
}

/// Runs both in turns and gives the median time of each. The first round warms up and does not count.
pub fn in_turns(
    rounds: usize,
    mut ours: impl FnMut(usize) -> Duration,
    mut theirs: impl FnMut(usize) -> Duration,
) -> (Duration, Duration) {
    let mut times: Vec<_> = (0..=rounds).map(|round| (ours(round), theirs(round))).collect();
    times.remove(0);
    let (ours, theirs) = times.into_iter().unzip();
    (median(ours), median(theirs))
}

/// The time of one run.
pub fn time(work: impl FnOnce()) -> Duration {
    let start = Instant::now();
    work();
    start.elapsed()
}

/// The middle one.
pub fn median(times: Vec<Duration>) -> Duration {
    at_percent(times, 50)
}

/// The one that so many percent are shorter than.
pub fn at_percent(mut times: Vec<Duration>, percent: usize) -> Duration {
    times.sort_unstable();
    times.get(times.len() * percent / 100).or(times.last()).copied().unwrap_or_default()
}

fn per_second(count: usize, time: Duration) -> u128 {
    count as u128 * 1_000_000_000 / time.as_nanos().max(1)
}

/// A time with a unit that suits it.
pub fn readable(time: Duration) -> String {
    let nanoseconds = time.as_nanos();
    match nanoseconds {
        0..100_000 => format!("{}.{:02} µs", nanoseconds / 1_000, nanoseconds % 1_000 / 10),
        100_000..100_000_000 => format!("{}.{:02} ms", nanoseconds / 1_000_000, nanoseconds % 1_000_000 / 10_000),
        _ => format!("{} ms", nanoseconds / 1_000_000),
    }
}

fn grouped(number: u128) -> String {
    match number {
        0..1_000 => number.to_string(),
        _ => format!("{},{:03}", grouped(number / 1_000), number % 1_000),
    }
}

/// The most memory that this process ever occupied, as the kernel counts it.
pub fn peak_kib() -> u64 {
    kib("self", "VmHWM:")
}

/// The memory that a process occupies, as the kernel counts it.
pub fn resident_kib(process: u32) -> u64 {
    kib(&process.to_string(), "VmRSS:")
}

fn kib(process: &str, what: &str) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix(what));
    line.and_then(|line| line.trim().split(' ').next()?.parse().ok()).unwrap_or(0)
}
