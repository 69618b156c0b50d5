//! Undo a take-over while the days that the operator gives for it last (domain 5.4): the purchase goes on as if nobody
//! had taken it over, and what came back is charged again, to the cent.

use super::{ClosedReason, PlanAtRenewal, PriceAtRenewal, Subscription, SubscriptionState};
use crate::access::Reach;
use crate::billing::charge::{Charge, ChargeKind, NewCharge, total};
use crate::codes::coded;
use crate::ids::{JobId, OrderId, ProductId};
use crate::money::Money;
use crate::refusal::Refusal;
use jiff::ToSpan;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// What taking over changes of a subscription, as it was before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Former {
    /// Its place in life.
    pub state: SubscriptionState,
    /// The day on which it was canceled.
    pub canceled_on: Option<Date>,
    /// The first day that was not charged yet.
    pub billed_until: Option<Date>,
    /// Fewer licenses from the next term on.
    pub quantity_at_renewal: Option<u32>,
    /// How it was to be charged from the next term on.
    pub price_at_renewal: Option<PriceAtRenewal>,
    /// Another product from the next term on.
    pub plan_at_renewal: Option<PlanAtRenewal>,
}

impl Former {
    /// What taking over changes of it.
    #[must_use]
    pub fn of(before: &Subscription) -> Self {
        Self {
            state: before.state,
            canceled_on: before.canceled_on,
            billed_until: before.billed_until,
            quantity_at_renewal: before.quantity_at_renewal,
            price_at_renewal: before.price_at_renewal,
            plan_at_renewal: before.plan_at_renewal,
        }
    }

    /// The subscription as it was; its people are counted where they come back.
    #[must_use]
    pub fn restored(&self, taken: &Subscription) -> Subscription {
        Subscription {
            state: self.state,
            canceled_on: self.canceled_on,
            billed_until: self.billed_until,
            quantity_at_renewal: self.quantity_at_renewal,
            price_at_renewal: self.price_at_renewal,
            plan_at_renewal: self.plan_at_renewal,
            ..taken.clone()
        }
    }
}

/// A take-over, as it is kept while it can be undone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptTakeOver {
    /// What the subscription was.
    pub former: Former,
    /// The order whose credits gave back what was charged.
    pub order_id: OrderId,
    /// The product to whose licenses people moved; none when they lost access.
    pub moved_to: Option<ProductId>,
    /// The last day on which it can be undone.
    pub undo_until: Date,
    /// That it was undone.
    pub undone: Option<UndoneTakeOver>,
}

impl KeptTakeOver {
    /// Whether it can be undone on a day.
    #[must_use]
    pub fn is_open(&self, today: Date) -> bool {
        self.undone.is_none() && today <= self.undo_until
    }
}

/// How a take-over was undone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct UndoneTakeOver {
    /// The work that did it.
    pub job: JobId,
    /// People who have their license again.
    pub people: u32,
    /// People who have not: they were deleted since then, or have the product from elsewhere.
    pub skipped: u32,
}

/// The last day on which a take-over of a day can be undone; none when the operator gives no days for it.
#[must_use]
pub fn undo_until(taken_on: Date, undo_days: u16) -> Option<Date> {
    (undo_days > 0).then(|| taken_on.saturating_add(i32::from(undo_days).days()))
}

coded! {
    /// What becomes of a person of the subscription.
    pub enum Return {
        /// The license that the take-over gave goes back, and the person has the former one again.
        MovedBack = "moved_back",
        /// The person has the former license again; there is none to be given back.
        Added = "added",
        /// The person has the product from elsewhere since then, and keeps that.
        Elsewhere = "elsewhere",
        /// The person was deleted since then.
        Gone = "gone",
    }
}

impl Return {
    /// Whether the person has the former license again.
    #[must_use]
    pub const fn has_license(self) -> bool {
        matches!(self, Self::MovedBack | Self::Added)
    }
}

/// A credit of the take-over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Credit {
    /// The credit.
    pub charge: Charge,
    /// Whether an invoice says so already.
    pub is_invoiced: bool,
}

/// What is charged again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChargedAgain {
    /// The line.
    pub line: NewCharge,
    /// The day whose invoice takes up the credit as well, so that nothing is paid back and forth; none when the credit
    /// is on an invoice.
    pub with_credit_on: Option<Date>,
}

/// What undoing needs besides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// Whether the buyer is still of the organization.
    pub has_buyer: bool,
    /// Whether what paid is still on file; also when nothing had to pay.
    pub has_payment_method: bool,
}

/// The subscription afterwards, and what is charged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Undone {
    /// The subscription as it was; its people are counted where they come back.
    pub subscription: Subscription,
    /// What came back, charged again.
    pub charges: Vec<ChargedAgain>,
    /// What that comes to.
    pub amount: Money,
}

/// Decides on undoing a take-over.
///
/// # Errors
/// [`Refusal::Closed`], [`Refusal::NothingToUndo`], [`Refusal::AlreadyUndone`], [`Refusal::UndoTimeOver`],
/// [`Refusal::BuyerGone`], [`Refusal::PaymentMethodGone`].
pub fn decide(
    taken: &Subscription,
    kept: Option<&KeptTakeOver>,
    credits: &[Credit],
    standing: Standing,
    reach: Reach,
    today: Date,
) -> Result<Undone, Refusal> {
    if reach != Reach::All {
        return Err(Refusal::Closed(ClosedReason::RoleNotAllowed));
    }
    if taken.holder.is_none() {
        return Err(Refusal::Closed(ClosedReason::NotSelfService));
    }
    let kept = kept.ok_or(Refusal::NothingToUndo)?;
    if kept.undone.is_some() {
        return Err(Refusal::AlreadyUndone);
    }
    if taken.state != SubscriptionState::Deleted {
        return Err(Refusal::NothingToUndo);
    }
    if !kept.is_open(today) {
        return Err(Refusal::UndoTimeOver { until: kept.undo_until });
    }
    if !standing.has_buyer {
        return Err(Refusal::BuyerGone);
    }
    if !standing.has_payment_method {
        return Err(Refusal::PaymentMethodGone);
    }
    let charges: Vec<_> = credits.iter().map(charged_again).collect();
    let lines: Vec<_> = charges.iter().map(|again| again.line.clone()).collect();
    Ok(Undone {
        subscription: kept.former.restored(taken),
        amount: total(&lines, Money::zero(taken.unit_price.currency)),
        charges,
    })
}

fn charged_again(credit: &Credit) -> ChargedAgain {
    let line = &credit.charge.line;
    ChargedAgain {
        line: NewCharge {
            kind: ChargeKind::Reactivation,
            quantity: -line.quantity,
            amount: Money::new(-line.amount.minor, line.amount.currency),
            reverses: None,
            ..line.clone()
        },
        with_credit_on: (!credit.is_invoiced).then_some(credit.charge.invoice_on),
    }
}

#[cfg(test)]
mod tests {
    use super::super::Channel;
    use super::super::take_over::{TakenOver, taken_over};
    use super::super::tests_support::{charged, footing, on, subscription};
    use super::*;
    use crate::ids::{ChargeId, UserId};
    use jiff::civil::date;
    use proptest::prelude::*;
    use uuid::Uuid;

    const HERE: Standing = Standing { has_buyer: true, has_payment_method: true };

    fn bought_by_user() -> Subscription {
        let mut bought = subscription(10, 4);
        (bought.channel, bought.holder) = (Channel::SelfService, Some(UserId::from_uuid(Uuid::from_u128(77))));
        bought
    }

    /// The subscription after a take-over of 25 January, what is kept of it for 14 days, and its credits.
    fn taken(before: &Subscription, is_invoiced: bool) -> (Subscription, KeptTakeOver, Vec<Credit>) {
        let day = date(2020, 1, 25);
        let (moment, charged) = (on(day), charged(before, day));
        let TakenOver { subscription, credits, .. } = taken_over(before, footing(&moment, &charged));
        let credit = |line| {
            let id = ChargeId::from_uuid(Uuid::from_u128(21));
            Credit { charge: Charge::new(id, line, before.id, None, day, date(2020, 2, 15)), is_invoiced }
        };
        let kept = KeptTakeOver {
            former: Former::of(before),
            order_id: OrderId::from_uuid(Uuid::from_u128(5)),
            moved_to: None,
            undo_until: undo_until(day, 14).expect("there are days"),
            undone: None,
        };
        (subscription, kept, credits.into_iter().map(credit).collect())
    }

    /// Domain 5.4: what came back, 10 × 10.00 × 21/31 = 67.74, is charged again, and the subscription is what it was.
    #[test]
    fn it_is_what_it_was() {
        let before = bought_by_user();
        for (is_invoiced, with_credit_on) in [(false, Some(date(2020, 2, 15))), (true, None)] {
            let (deleted, kept, credits) = taken(&before, is_invoiced);
            let undone = decide(&deleted, Some(&kept), &credits, HERE, Reach::All, date(2020, 2, 8));
            let undone = undone.expect("it is the last day");
            assert_eq!(undone.amount.minor, 6_774);
            let [again] = undone.charges.as_slice() else { panic!("one line for one credit") };
            assert_eq!(again.with_credit_on, with_credit_on);
            assert_eq!((again.line.kind, again.line.quantity), (ChargeKind::Reactivation, 10));
            assert_eq!((again.line.reverses, again.line.service_period.start), (None, date(2020, 1, 25)));
            assert_eq!(undone.subscription, Subscription { assigned: 0, conflicts: 0, ..before.clone() });
        }
    }

    /// Each reason has its code, and the first of them is said.
    #[test]
    fn each_reason_refuses_it() {
        let (deleted, kept, credits) = taken(&bought_by_user(), false);
        let undo = |deleted: &Subscription, kept: Option<&KeptTakeOver>, standing, reach, today| {
            decide(deleted, kept, &credits, standing, reach, today).map(|undone| undone.amount.minor)
        };
        let (day, all) = (date(2020, 2, 8), Reach::All);
        let closed = |reason| Err(Refusal::Closed(reason));
        assert_eq!(undo(&deleted, Some(&kept), HERE, Reach::Own, day), closed(ClosedReason::RoleNotAllowed));
        let central = Subscription { holder: None, ..deleted.clone() };
        assert_eq!(undo(&central, Some(&kept), HERE, all, day), closed(ClosedReason::NotSelfService));
        assert_eq!(undo(&deleted, None, HERE, all, day), Err(Refusal::NothingToUndo));
        let job = JobId::from_uuid(Uuid::from_u128(6));
        let undone = UndoneTakeOver { job, people: 4, skipped: 0 };
        let before = KeptTakeOver { undone: Some(undone), ..kept.clone() };
        assert_eq!(undo(&deleted, Some(&before), HERE, all, day), Err(Refusal::AlreadyUndone));
        let active = bought_by_user();
        assert_eq!(undo(&active, Some(&kept), HERE, all, day), Err(Refusal::NothingToUndo));
        let over = Err(Refusal::UndoTimeOver { until: date(2020, 2, 8) });
        assert_eq!(undo(&deleted, Some(&kept), HERE, all, date(2020, 2, 9)), over);
        let without = |has_buyer, has_payment_method| {
            undo(&deleted, Some(&kept), Standing { has_buyer, has_payment_method }, all, day)
        };
        assert_eq!(without(false, true), Err(Refusal::BuyerGone));
        assert_eq!(without(true, false), Err(Refusal::PaymentMethodGone));
        assert_eq!(without(true, true), Ok(6_774));
    }

    /// No days, no undoing.
    #[test]
    fn the_operator_decides_how_long() {
        assert_eq!(undo_until(date(2020, 1, 25), 0), None);
        assert_eq!(undo_until(date(2020, 1, 25), 1), Some(date(2020, 1, 26)));
    }

    proptest! {
        /// Whatever it was before, taking it over and undoing that changes nothing but the count of its people, and
        /// costs exactly what came back.
        #[test]
        fn undoing_is_the_opposite_of_taking_over(
            quantity in 1u32..300,
            state in prop::sample::select(SubscriptionState::ALL),
            fewer in prop::option::of(1u32..300),
            canceled in any::<bool>(),
            days in 0i32..14,
        ) {
            prop_assume!(state != SubscriptionState::Deleted);
            let mut before = Subscription { quantity, assigned: 0, state, ..bought_by_user() };
            before.quantity_at_renewal = fewer;
            before.canceled_on = canceled.then_some(date(2020, 1, 20));
            let (deleted, kept, credits) = taken(&before, false);
            let today = date(2020, 1, 25).saturating_add(days.days());
            let undone = decide(&deleted, Some(&kept), &credits, HERE, Reach::All, today).expect("it is early enough");
            let back: i64 = credits.iter().map(|credit| credit.charge.line.amount.minor).sum();
            prop_assert_eq!(undone.amount.minor, -back);
            prop_assert_eq!(undone.subscription, before);
        }
    }
}
