//! Cancel a subscription before its term ends (domain 1.5, R13, R33 to R35, R156, D4, D6).

use super::due::deleted_on;
use super::{Action, Charge, Offer, Subscription, SubscriptionState, offer};
use crate::access::{Actor, Reach};
use crate::codes::coded;
use crate::event::Event;
use crate::limits::FEEDBACK_MAX;
use crate::money::Money;
use crate::organization::Cloud;
use crate::refusal::{Field, FieldRefusal, Refusal};
use jiff::civil::Date;

coded! {
    /// Why somebody cancels (domain 1.5).
    pub enum CancelReason {
        /// It costs too much.
        TooExpensive = "too_expensive",
        /// It lacks something.
        MissingFeatures = "missing_features",
        /// It is hardly used.
        NotUsedEnough = "not_used_enough",
        /// Another product took its place.
        SwitchedProduct = "switched_product",
        /// It was not meant to be bought.
        BoughtByMistake = "bought_by_mistake",
        /// It does not work as it should.
        TechnicalProblems = "technical_problems",
        /// The organization changed or closes.
        OrganizationChanged = "organization_changed",
        /// The licenses are bought centrally now.
        ManagedElsewhere = "managed_elsewhere",
        /// Something else, which the feedback says.
        Other = "other",
    }
}

/// Why, and what else there is to say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cancel {
    /// The reason.
    pub reason: CancelReason,
    /// Feedback; needed with [`CancelReason::Other`]. At most [`FEEDBACK_MAX`] characters.
    pub feedback: String,
}

impl Cancel {
    /// What was typed, trimmed and checked.
    ///
    /// # Errors
    /// [`Refusal::Required`] or [`Refusal::TooLong`] at the feedback.
    pub fn checked(&self) -> Result<Self, FieldRefusal> {
        let feedback = self.feedback.trim();
        if self.reason == CancelReason::Other && feedback.is_empty() {
            return Err(Refusal::Required.at(Field::Feedback));
        }
        if feedback.chars().count() > FEEDBACK_MAX {
            return Err(Refusal::TooLong { maximum: FEEDBACK_MAX as u32 }.at(Field::Feedback));
        }
        Ok(Self { reason: self.reason, feedback: feedback.to_owned() })
    }
}

/// The important dates, and what comes back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CancelPreview {
    /// The day on which people lose access: today.
    pub disabled_on: Date,
    /// The day on which the data is erased; until then it can be reactivated.
    pub deleted_on: Date,
    /// The unused days of the billing period; the amount is negative (D6).
    pub credit: Charge,
}

/// Says what canceling would do today.
#[must_use]
pub fn preview(subscription: &Subscription, today: Date, cloud: Cloud) -> CancelPreview {
    let rest = subscription.rest_of_period(today);
    let canceled = canceled(subscription, today);
    CancelPreview {
        disabled_on: today,
        deleted_on: deleted_on(&canceled, cloud),
        credit: Charge { amount: Money::new(-rest.amount.minor, rest.amount.currency), ..rest },
    }
}

fn canceled(subscription: &Subscription, today: Date) -> Subscription {
    Subscription { state: SubscriptionState::Disabled, canceled_on: Some(today), ..subscription.clone() }
}

/// Decides on canceling: the subscription afterwards, and what happened. Licenses stay recorded.
///
/// # Errors
/// [`Refusal::Closed`] with its reason.
pub fn decide(
    subscription: &Subscription,
    command: &Cancel,
    actor: &Actor,
    reach: Reach,
    today: Date,
    cloud: Cloud,
) -> Result<(Subscription, Event), Refusal> {
    if let Offer::Closed(reason) = offer(Action::Cancel, subscription, actor, reach) {
        return Err(Refusal::Closed(reason));
    }
    let preview = preview(subscription, today, cloud);
    let event = Event::SubscriptionCanceled {
        reason: command.reason,
        feedback: command.feedback.clone(),
        amount: preview.credit.amount,
        service_period: preview.credit.service_period,
        deleted_on: preview.deleted_on,
    };
    Ok((canceled(subscription, today), event))
}

#[cfg(test)]
mod tests {
    use super::super::tests_support::{admin, subscription};
    use super::super::{Channel, ClosedReason};
    use super::*;
    use crate::money::Currency;
    use crate::time::Period;
    use jiff::civil::date;

    fn cancel(subscription: &Subscription) -> Result<(Subscription, Event), Refusal> {
        let command = Cancel { reason: CancelReason::NotUsedEnough, feedback: String::new() };
        decide(subscription, &command, &admin(), Reach::All, date(2020, 1, 25), Cloud::Worldwide)
    }

    /// R13, R156, T5, D6: 100 × 10.00 × 21/31 = 677.42 comes back; Disabled today, erased 90 days later.
    #[test]
    fn the_unused_days_come_back() {
        let (after, event) = cancel(&subscription(100, 60)).expect("it can be canceled");
        assert_eq!(
            event,
            Event::SubscriptionCanceled {
                reason: CancelReason::NotUsedEnough,
                feedback: String::new(),
                amount: Money::new(-67_742, Currency::Eur),
                service_period: Period { start: date(2020, 1, 25), end: date(2020, 2, 15) },
                deleted_on: date(2020, 4, 24),
            }
        );
        assert_eq!((after.state, after.canceled_on), (SubscriptionState::Disabled, Some(date(2020, 1, 25))));
        assert_eq!((after.assigned, after.ends_on), (60, date(2021, 1, 15)));
    }

    /// R34: the reason is a value of a list; `other` needs text, and text has a limit.
    #[test]
    fn other_needs_text() {
        let of = |reason, feedback: &str| Cancel { reason, feedback: feedback.to_owned() }.checked();
        assert_eq!(of(CancelReason::Other, "  "), Err(Refusal::Required.at(Field::Feedback)));
        assert_eq!(of(CancelReason::Other, " We moved. ").map(|cancel| cancel.feedback), Ok("We moved.".to_owned()));
        assert!(of(CancelReason::TooExpensive, "").is_ok());
        let long = "x".repeat(FEEDBACK_MAX + 1);
        assert_eq!(of(CancelReason::TooExpensive, &long), Err(Refusal::TooLong { maximum: 1_000 }.at(Field::Feedback)));
    }

    /// D4, R156: what a partner sold is canceled there; what ended cannot be canceled; a buyer cancels only own ones.
    #[test]
    fn each_reason_closes_it() {
        let closed = |edit: &dyn Fn(&mut Subscription)| {
            let mut subscription = subscription(100, 60);
            edit(&mut subscription);
            cancel(&subscription).map(|(_, event)| event)
        };
        let reason = |reason| Err(Refusal::Closed(reason));
        assert_eq!(closed(&|s| s.channel = Channel::VolumePartner), reason(ClosedReason::PartnerDecides));
        assert_eq!(closed(&|s| s.channel = Channel::Reseller), reason(ClosedReason::PartnerDecides));
        assert_eq!(closed(&|s| s.channel = Channel::Trial), reason(ClosedReason::TrialEnds));
        assert_eq!(closed(&|s| s.channel = Channel::ProductKey), reason(ClosedReason::PrepaidEnds));
        assert_eq!(closed(&|s| s.state = SubscriptionState::Expired), reason(ClosedReason::Ended));
        assert_eq!(closed(&|s| s.state = SubscriptionState::Disabled), reason(ClosedReason::Ended));
        assert_eq!(closed(&|s| s.state = SubscriptionState::Deleted), reason(ClosedReason::Deleted));
        let someone = crate::ids::UserId::from_uuid(uuid::Uuid::from_u128(77));
        assert_eq!(closed(&|s| s.holder = Some(someone)), reason(ClosedReason::SelfServiceOfOther));
        let mut own = subscription(5, 1);
        own.holder = admin().user();
        let command = Cancel { reason: CancelReason::TooExpensive, feedback: String::new() };
        assert!(decide(&own, &command, &admin(), Reach::Own, date(2020, 1, 25), Cloud::Worldwide).is_ok());
    }
}
