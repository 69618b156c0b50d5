//! Move the clock of a sandbox forward (D30).

use super::Organization;
use crate::event::Event;
use crate::limits::CLOCK_LAST_DAY;
use crate::refusal::Refusal;
use jiff::civil::Date;

/// Decides on moving the clock of an organization, where it is `today`, to the beginning of a later day. Time goes one
/// way: what happened there cannot be undone.
///
/// # Errors
/// [`Refusal::NotASandbox`], [`Refusal::ClockGoesForward`].
pub fn decide(organization: &Organization, today: Date, to: Date) -> Result<Event, Refusal> {
    if organization.sandbox_ahead.is_none() {
        return Err(Refusal::NotASandbox);
    }
    if to <= today || to > CLOCK_LAST_DAY {
        return Err(Refusal::ClockGoesForward { after: today, until: CLOCK_LAST_DAY });
    }
    Ok(Event::ClockMoved { from: today, to })
}

#[cfg(test)]
mod tests {
    use super::super::OrganizationKind;
    use super::super::tests::organization;
    use super::*;
    use jiff::SignedDuration;
    use jiff::civil::date;

    /// D30: only a sandbox, only forward, and not beyond the calendar.
    #[test]
    fn the_clock_goes_forward() {
        let today = date(2024, 2, 28);
        let customer = organization(OrganizationKind::Customer);
        let move_to = |ahead, to| decide(&Organization { sandbox_ahead: ahead, ..customer.clone() }, today, to);
        let sandbox = Some(SignedDuration::ZERO);
        let tomorrow = date(2024, 2, 29);
        assert_eq!(move_to(sandbox, tomorrow), Ok(Event::ClockMoved { from: today, to: tomorrow }));
        assert_eq!(move_to(None, tomorrow), Err(Refusal::NotASandbox));
        let refused = Err(Refusal::ClockGoesForward { after: today, until: CLOCK_LAST_DAY });
        assert_eq!(move_to(sandbox, today), refused);
        assert_eq!(move_to(sandbox, date(2024, 2, 27)), refused);
        assert_eq!(move_to(sandbox, CLOCK_LAST_DAY), Ok(Event::ClockMoved { from: today, to: CLOCK_LAST_DAY }));
        assert_eq!(move_to(sandbox, date(9_001, 1, 1)), refused);
    }
}
