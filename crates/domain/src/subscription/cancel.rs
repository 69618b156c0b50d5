//! Cancel a subscription before its term ends (domain 1.5, R13, R33 to R35, R156, D4, D6).

use super::due::deleted_on;
use super::{Action, Decision, Offer, Subscription, SubscriptionState, offer};
use crate::access::{Actor, Reach};
use crate::billing::Footing;
use crate::billing::charge::{ChargeKind, NewCharge, take_back, total};
use crate::codes::coded;
use crate::event::Event;
use crate::limits::FEEDBACK_MAX;
use crate::money::Money;
use crate::organization::Cloud;
use crate::refusal::{Field, FieldRefusal, Refusal};
use crate::time::Period;
use crate::typed;
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
    /// [`Refusal::Required`] or what [`typed::lines`] says, at the feedback.
    pub fn checked(&self) -> Result<Self, FieldRefusal> {
        let feedback = typed::lines(&self.feedback, FEEDBACK_MAX).map_err(|refusal| refusal.at(Field::Feedback))?;
        if self.reason == CancelReason::Other && feedback.is_empty() {
            return Err(Refusal::Required.at(Field::Feedback));
        }
        Ok(Self { reason: self.reason, feedback })
    }
}

/// The important dates, and what comes back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CancelPreview {
    /// The day on which people lose access: today.
    pub disabled_on: Date,
    /// The day on which the data is erased; until then it can be reactivated.
    pub deleted_on: Date,
    /// What comes back for the unused time: lines of the next invoice, with amounts below nothing (D6).
    pub credits: Vec<NewCharge>,
    /// What they come to.
    pub credit: Money,
    /// The unused days of the billing period.
    pub service_period: Period,
}

/// Says what canceling would do now.
#[must_use]
pub fn preview(subscription: &Subscription, footing: Footing<'_>, cloud: Cloud) -> CancelPreview {
    let Footing { moment, rules, charged } = footing;
    let today = footing.today();
    let credits = take_back(ChargeKind::Cancellation, subscription.quantity, charged, moment, rules);
    let billing_period = subscription.billing_period(today);
    CancelPreview {
        disabled_on: today,
        deleted_on: deleted_on(&canceled(subscription, today), cloud),
        credit: total(&credits, Money::zero(subscription.unit_price.currency)),
        credits,
        service_period: Period { start: today.max(billing_period.start), ..billing_period },
    }
}

/// A subscription as it is once it was canceled.
#[must_use]
pub fn canceled(subscription: &Subscription, today: Date) -> Subscription {
    Subscription {
        state: SubscriptionState::Disabled,
        canceled_on: Some(today),
        // What was charged for later days is given back.
        billed_until: subscription.billed_until.map(|until| until.min(today)),
        ..subscription.clone().with_nothing_planned()
    }
}

/// Whether the contract lets it be canceled now by who may do it.
///
/// # Errors
/// [`Refusal::CancelWindowOver`] where the agreement gives only some days (D6); [`Refusal::CancelBySupport`] where more
/// people have a license than the operator lets lose it without support (D8).
pub fn check(subscription: &Subscription, footing: Footing<'_>) -> Result<(), Refusal> {
    if let Some(days) = footing.rules.refund_days
        && !subscription.is_refundable(footing)
    {
        return Err(Refusal::CancelWindowOver { days: u32::from(days) });
    }
    match footing.rules.online_cancel_max {
        Some(maximum) if subscription.assigned > maximum => Err(Refusal::CancelBySupport { maximum }),
        _ => Ok(()),
    }
}

/// Decides on canceling. Licenses stay recorded.
///
/// # Errors
/// [`Refusal::Closed`] with its reason; those of [`check`].
pub fn decide(
    subscription: &Subscription,
    command: &Cancel,
    footing: Footing<'_>,
    actor: &Actor,
    reach: Reach,
    cloud: Cloud,
) -> Result<Decision, Refusal> {
    if let Offer::Closed(reason) = offer(Action::Cancel, subscription, actor, reach) {
        return Err(Refusal::Closed(reason));
    }
    check(subscription, footing)?;
    Ok(carry_out(subscription, command, footing, cloud))
}

/// Cancels what may be: a subscription that [`decide`] let go, or an add-on with its base.
#[must_use]
pub fn carry_out(subscription: &Subscription, command: &Cancel, footing: Footing<'_>, cloud: Cloud) -> Decision {
    let CancelPreview { deleted_on, credits, credit, service_period, .. } = preview(subscription, footing, cloud);
    let event = Event::SubscriptionCanceled {
        reason: command.reason,
        feedback: command.feedback.clone(),
        amount: credit,
        service_period,
        deleted_on,
    };
    Decision { subscription: canceled(subscription, footing.today()), event, charges: credits }
}

#[cfg(test)]
mod tests {
    use super::super::tests_support::{admin, charged, footing, on, subscription};
    use super::super::{Channel, ClosedReason};
    use super::*;
    use crate::billing::{Agreement, BillingRules};
    use crate::catalog::Term;
    use crate::money::Currency;
    use jiff::civil::date;

    const TODAY: Date = date(2020, 1, 25);

    fn cancel(subscription: &Subscription) -> Result<(Subscription, Event), Refusal> {
        let command = Cancel { reason: CancelReason::NotUsedEnough, feedback: String::new() };
        let (moment, charged) = (on(TODAY), charged(subscription, TODAY));
        let footing = footing(&moment, &charged);
        let decision = decide(subscription, &command, footing, &admin(), Reach::All, Cloud::Worldwide)?;
        Ok((decision.subscription, decision.event))
    }

    /// D6: under MCA only in the first seven days; what was bought on 1 March and is canceled on the 4th brings 90.32.
    #[test]
    fn under_mca_there_are_seven_days() {
        let mut march = subscription(10, 0);
        (march.started_on, march.ends_on, march.term) = (date(2020, 3, 1), date(2020, 4, 1), Term::Monthly);
        let command = Cancel { reason: CancelReason::BoughtByMistake, feedback: String::new() };
        let rules = BillingRules::usual(Agreement::Mca);
        let cancel = |today| {
            let (moment, charged) = (on(today), charged(&march, today));
            let footing = Footing { moment: &moment, rules: &rules, charged: &charged };
            decide(&march, &command, footing, &admin(), Reach::All, Cloud::Worldwide)
        };
        let decided = cancel(date(2020, 3, 4)).expect("it is the fourth day");
        assert_eq!(decided.charges.iter().map(|line| line.amount.minor).collect::<Vec<_>>(), [-9_032]);
        assert_eq!(decided.subscription.billed_until, Some(date(2020, 2, 15)));
        assert_eq!(cancel(date(2020, 3, 8)), Err(Refusal::CancelWindowOver { days: 7 }));
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

    /// D8, R156: with a limit of 25 people, 25 are canceled online and 26 by support; there is none by default.
    #[test]
    fn many_people_lose_access_by_support_only() {
        let rules = BillingRules { online_cancel_max: Some(25), ..BillingRules::usual(Agreement::Mosa) };
        let checked = |assigned, rules| {
            let footing = Footing { moment: &on(TODAY), rules, charged: &[] };
            check(&subscription(100, assigned), footing)
        };
        assert_eq!(checked(25, &rules), Ok(()));
        assert_eq!(checked(26, &rules), Err(Refusal::CancelBySupport { maximum: 25 }));
        assert_eq!(checked(100, &BillingRules::usual(Agreement::Mosa)), Ok(()));
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
        assert!(decide(&own, &command, footing(&on(TODAY), &[]), &admin(), Reach::Own, Cloud::Worldwide).is_ok());
    }
}
