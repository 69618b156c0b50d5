//! The operator says whether a customer may pay by invoice (domain 4.4).

use super::CreditApplication;
use crate::access::Actor;
use crate::limits::FEEDBACK_MAX;
use crate::refusal::{Field, FieldRefusal, Refusal};
use crate::subscription::CreditCheck;
use crate::typed;
use jiff::Timestamp;

/// What the operator says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecideCreditCheck {
    /// Whether the customer may pay by invoice.
    pub passed: bool,
    /// Why, for other operators.
    pub note: String,
}

impl DecideCreditCheck {
    /// Reads a note as it was typed.
    ///
    /// # Errors
    /// What [`typed::lines`] says, at the note.
    pub fn new(passed: bool, note: &str) -> Result<Self, FieldRefusal> {
        let note = typed::lines(note, FEEDBACK_MAX).map_err(|refusal| refusal.at(Field::Note))?;
        Ok(Self { passed, note })
    }
}

/// The check afterwards.
///
/// # Errors
/// [`Refusal::NothingToChange`] when it was decided before.
pub fn decide(
    application: &CreditApplication,
    command: &DecideCreditCheck,
    actor: &Actor,
    now: Timestamp,
) -> Result<CreditApplication, Refusal> {
    if application.state != CreditCheck::Pending {
        return Err(Refusal::NothingToChange);
    }
    Ok(CreditApplication {
        state: if command.passed { CreditCheck::Passed } else { CreditCheck::Failed },
        decided_at: Some(now),
        decided_by: actor.user(),
        note: command.note.clone(),
        ..application.clone()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::OrderId;
    use crate::subscription::tests_support::admin;
    use jiff::civil::date;
    use uuid::Uuid;

    #[test]
    fn a_check_is_decided_once() {
        let order = OrderId::from_uuid(Uuid::from_u128(1));
        let asked = CreditApplication::ask(order, Timestamp::UNIX_EPOCH, date(2020, 1, 15), "NL", false);
        let now = Timestamp::from_second(60).expect("a second that clocks know");
        let no = DecideCreditCheck::new(false, " Too new. ").expect("a note");
        let failed = decide(&asked, &no, &admin(), now).expect("it is pending");
        assert_eq!(
            (failed.state, failed.decided_at, failed.note.as_str()),
            (CreditCheck::Failed, Some(now), "Too new.")
        );
        assert_eq!((failed.decided_by, failed.due_on), (admin().user(), asked.due_on));
        let yes = DecideCreditCheck::new(true, "").expect("no note");
        assert_eq!(decide(&failed, &yes, &admin(), now), Err(Refusal::NothingToChange));
        assert_eq!(decide(&asked, &yes, &admin(), now).map(|passed| passed.state), Ok(CreditCheck::Passed));
    }

    #[test]
    fn a_note_has_a_limit() {
        let refused = Refusal::TooLong { maximum: 1_000 }.at(Field::Note);
        assert_eq!(DecideCreditCheck::new(true, &"x".repeat(1_001)), Err(refused));
    }
}
