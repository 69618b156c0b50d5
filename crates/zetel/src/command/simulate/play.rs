//! Plays the steps of a scenario, one after the other.

use super::act::Wrong;
use super::mistake::Mistake;
use super::report;
use super::scenario::{Scenario, Step, When};
use super::stage::Stage;
use domain::limits::CLOCK_LAST_DAY;
use jiff::Timestamp;
use jiff::tz::TimeZone;

/// Plays a scenario to its end; gives its report.
///
/// # Errors
/// Where it goes otherwise than it says, and every mistake of the step that has one.
pub fn play(scenario: &Scenario) -> Result<serde_json::Value, Vec<Mistake>> {
    let zone = zone("organization", &scenario.organization.time_zone).map_err(one)?;
    let first = scenario.steps.first().ok_or_else(|| one(Mistake::at("steps", "a scenario needs at least one")))?;
    let begins = instant(first.at, &zone, "steps[0].at").map_err(one)?;
    let mut stage = Stage::set(scenario, begins)?;
    let mut before = begins;
    for (number, step) in scenario.steps.iter().enumerate() {
        let place = format!("steps[{number}].at");
        let at = instant(step.at, &zone, &place).map_err(one)?;
        if at < before {
            return Err(one(Mistake::at(place, "it lies before the step above")));
        }
        before = at;
        stage.go_to(at).map_err(failed)?;
        take(&mut stage, number, step)?;
        stage.settle().map_err(failed)?;
    }
    if let Some(day) = scenario.until {
        let end = instant(When::Day(day), &zone, "until").map_err(one)?;
        if end < before {
            return Err(one(Mistake::at("until", "it lies before the last step")));
        }
        stage.go_to(end).map_err(failed)?;
    }
    report::report(&stage).map_err(Wrong::mistakes)
}

fn one(mistake: Mistake) -> Vec<Mistake> {
    vec![mistake]
}

/// What failed without the scenario's doing.
fn failed(failure: impl ToString) -> Vec<Mistake> {
    one(Mistake::at("", failure.to_string()))
}

/// Where the days of an organization begin.
pub(super) fn zone(organization: &str, name: &str) -> Result<TimeZone, Mistake> {
    TimeZone::get(name).map_err(|_| Mistake::at(format!("{organization}.time_zone"), format!("{name:?} is unknown")))
}

fn instant(when: When, zone: &TimeZone, place: &str) -> Result<Timestamp, Mistake> {
    let day = match when {
        When::Day(day) => day,
        When::Instant(instant) => instant.to_zoned(zone.clone()).date(),
    };
    if day > CLOCK_LAST_DAY {
        return Err(Mistake::at(place, format!("it lies after {CLOCK_LAST_DAY}")));
    }
    match when {
        When::Day(day) => {
            let start = day.to_zoned(zone.clone()).map_err(|error| Mistake::at(place, error.to_string()))?;
            Ok(start.timestamp())
        }
        When::Instant(instant) => Ok(instant),
    }
}

/// Takes a step, which must go as the scenario says.
fn take(stage: &mut Stage, number: usize, step: &Step) -> Result<(), Vec<Mistake>> {
    let by = stage.player(step.by.as_deref());
    let by = by.map_err(|sentence| one(Mistake::at(format!("steps[{number}].by"), sentence)))?;
    if step.by.is_some() && !step.act.is_by_somebody() {
        return Err(one(Mistake::at(format!("steps[{number}].by"), "nobody of the scenario does this")));
    }
    let place = format!("steps[{number}].do.{}", step.act.code());
    let unexpected = |sentence: String| Err(one(Mistake::at(format!("steps[{number}].refused"), sentence)));
    match (step.act.play(stage, &by), step.refused.as_deref()) {
        (Ok(()), None) => Ok(()),
        (Ok(()), Some(expected)) => unexpected(format!("it succeeded, and {expected} was expected")),
        (Err(Wrong::Refused { code, .. }), Some(expected)) if code == expected => Ok(()),
        (Err(Wrong::Refused { code, .. }), Some(expected)) => {
            unexpected(format!("refused with {code}, and {expected} was expected"))
        }
        (Err(wrong), _) => Err(wrong.mistakes().into_iter().map(|mistake| mistake.within(&place)).collect()),
    }
}
