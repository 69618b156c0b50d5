//! The operator says whether a customer may pay by invoice; the order is posted or voided as a whole (domain 4.4, R63).

use crate::door::{Change, Command};
use crate::failure::Failure;
use crate::order::post::post;
use crate::order::subjects_with_subscription;
use crate::subscription::add_on::base_of_order;
use domain::access::permission::OperateBilling;
use domain::catalog::ProductKind;
use domain::credit_check::decide::{DecideCreditCheck as Decided, decide};
use domain::event::Event;
use domain::ids::OrderId;
use domain::order::{Order, OrderState};
use domain::refusal::Refusal;
use domain::subscription::add_on::can_have;
use domain::subscription::{Channel, CreditCheck, Subscription, SubscriptionState};
use store::tables::{credit_check, order, subscription};

/// Decides the credit check of an order.
#[derive(Debug, Clone)]
pub struct DecideCreditCheck {
    /// Of which order.
    pub order_id: OrderId,
    /// How.
    pub decided: Decided,
}

impl Command for DecideCreditCheck {
    type Permission = OperateBilling;
    type Outcome = ();
    const NAME: &'static str = "decide_credit_check";

    fn execute(&self, change: &Change<'_, OperateBilling>) -> Result<(), Failure> {
        let asked = credit_check::find(change.write, self.order_id)?.ok_or(Refusal::NotFound)?;
        let order = order::find(change.write, self.order_id)?.ok_or(Refusal::NotFound)?.order;
        let decided = decide(&asked, &self.decided, change.granted.actor(), change.now())?;
        credit_check::update(change.write, &decided)?;
        let passed = decided.state == CreditCheck::Passed;
        change
            .record(subjects_with_subscription(&order), &Event::CreditCheckDecided { number: order.number, passed })?;
        if !passed {
            return give_up(change, order, &Refusal::CreditCheckFailed);
        }
        // An add-on whose base ended while the check was under way has nothing to belong to.
        match base_of_order(change.write, &order)? {
            Some(base) if !can_have(&base, ProductKind::TraditionalAddOn) => {
                give_up(change, order, &Refusal::BaseDoesNotFit)
            }
            _ => post(change, order, None, Channel::DirectInvoice, Some(CreditCheck::Passed)).map(drop),
        }
    }
}

/// Nothing was bought: the order is voided, a subscription that waited for it is gone.
fn give_up(change: &Change<'_, OperateBilling>, before: Order, why: &Refusal) -> Result<(), Failure> {
    let reason = why.code().to_owned();
    let order = Order { state: OrderState::Voided, void_reason: Some(reason.clone()), ..before };
    order::update(change.write, &order)?;
    let waiting = subscription::find(change.write, order.subscription_id)?.ok_or(Refusal::NotFound)?.subscription;
    // A trial that was to be bought goes on.
    if !waiting.is_trial() {
        forget(change, waiting)?;
    }
    change.record(subjects_with_subscription(&order), &Event::OrderVoided { number: order.number, reason })
}

fn forget(change: &Change<'_, OperateBilling>, waiting: Subscription) -> Result<(), Failure> {
    let gone = Subscription { state: SubscriptionState::Deleted, credit_check: Some(CreditCheck::Failed), ..waiting };
    Ok(subscription::settle_credit_check(change.write, &gone, change.organization().cloud)?)
}
