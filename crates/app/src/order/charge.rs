//! Take the payment of an order, and post or void the order by its outcome (R73, domain 4.5).

use super::post::{Posted, post, post_extension};
use super::{subjects, subjects_with_subscription, visible};
use crate::billing::collect::wait_for_bank;
use crate::billing::issue::issue;
use crate::billing::pay::settle_at_once;
use crate::door::{App, Caller, Change, Command, Look, Query};
use crate::failure::Failure;
use crate::gateway::{Asked, Settling, ask, not_over, pause, refused, token};
use crate::job::{Running, Work};
use crate::ports::{ChargeOutcome, Payer};
use crate::subscription::add_on::{base_of_order, withdraw};
use domain::access::permission::BuySubscription;
use domain::catalog::ProductKind;
use domain::event::Event;
use domain::ids::{OrderId, OrganizationId};
use domain::order::buy::waited_long_enough;
use domain::order::{Order, OrderKind, OrderState};
use domain::subscription::Channel;
use domain::subscription::add_on::can_have;
use serde::{Deserialize, Serialize};
use store::tables::{order, payment_method};

/// Takes the payment of an order. Asks again, ever less often, while the payer has to confirm it.
#[derive(Debug, Serialize, Deserialize)]
pub struct ChargeOrder {
    /// Which.
    pub order_id: OrderId,
}

impl Work for ChargeOrder {
    const KIND: &'static str = "charge_order";

    fn run(&self, job: &Running<'_>) -> Result<serde_json::Value, Failure> {
        let settling = settle(job.app, &job.caller, job.organization, self.order_id).map_err(not_over)?;
        if settling != Settling::Settled {
            job.app.write(&job.caller, job.organization, AskLater(self.order_id)).wait().map_err(not_over)?;
        }
        Ok(serde_json::Value::Null)
    }
}

/// Brings an order as far as its payment is. Safe to repeat: the gateway takes once, and the order is posted once.
/// Blocks.
///
/// # Errors
/// [`Refusal::NotFound`], the failure of the database or of the gateway.
pub fn settle(
    app: &App,
    caller: &Caller,
    organization: OrganizationId,
    order_id: OrderId,
) -> Result<Settling, Failure> {
    let Some((order, asked)) = app.read(caller, organization, &FindUnsettled(order_id))? else {
        return Ok(Settling::Settled);
    };
    let outcome = match order.total().minor {
        0 => ChargeOutcome::Succeeded { reference: "nothing_to_pay".to_owned() },
        _ => ask(&*app.ports().gateway, &asked)?,
    };
    match outcome {
        ChargeOutcome::Succeeded { reference } => {
            app.write(caller, organization, PostOrder { order_id, reference, is_paid: true }).wait()?;
        }
        // A bank that takes some days does not keep the licenses back (R73).
        ChargeOutcome::Pending { reference } => {
            app.write(caller, organization, PostOrder { order_id, reference, is_paid: false }).wait()?;
        }
        ChargeOutcome::Declined | ChargeOutcome::DeclinedForGood | ChargeOutcome::ChargedBack { .. } => {
            app.write(caller, organization, VoidOrder(order_id)).wait()?;
        }
        ChargeOutcome::ConfirmationRequired { reference, address } => {
            if order.state == OrderState::PaymentPending {
                app.write(caller, organization, AwaitConfirmation { order_id, reference }).wait()?;
            }
            return Ok(Settling::WaitsForPayer { address });
        }
    }
    Ok(Settling::Settled)
}

/// An order whose payment is still open, and what the gateway is asked for.
struct FindUnsettled(OrderId);

impl Query for FindUnsettled {
    type Permission = BuySubscription;
    type Outcome = Option<(Order, Asked)>;

    fn run(&self, look: &Look<'_, BuySubscription>) -> Result<Self::Outcome, Failure> {
        let order = visible(order::find(look.read, self.0)?, look.granted.only())?.order;
        if !waits_for_payment(&order) {
            return Ok(None);
        }
        let asked = Asked {
            key: order.id.to_string(),
            reference: order.payment_reference.clone(),
            token: token(look.read, order.payment_method_id)?,
            amount: order.total(),
            payer: Payer::Present,
            is_late: waited_long_enough(&order, look.now()),
        };
        Ok(Some((order, asked)))
    }
}

const fn waits_for_payment(order: &Order) -> bool {
    matches!(order.state, OrderState::PaymentPending | OrderState::ConfirmationRequired)
}

/// The order while its payment is open; `None` when somebody settled it meanwhile.
fn open_order(change: &Change<'_, BuySubscription>, id: OrderId) -> Result<Option<Order>, Failure> {
    let order = visible(order::find(change.write, id)?, change.granted.only())?.order;
    Ok(Some(order).filter(waits_for_payment))
}

/// The order is paid, or its bank was told: what it orders exists from now on.
struct PostOrder {
    order_id: OrderId,
    reference: String,
    /// Whether the money is there; otherwise the invoice is open until the bank knows.
    is_paid: bool,
}

impl Command for PostOrder {
    type Permission = BuySubscription;
    type Outcome = ();
    const NAME: &'static str = "post_order";

    fn execute(&self, change: &Change<'_, BuySubscription>) -> Result<(), Failure> {
        let Some(before) = open_order(change, self.order_id)? else { return Ok(()) };
        let reference = Some(self.reference.clone());
        let posted = match before.kind {
            OrderKind::Renewal => post_extension(change, before, reference)?,
            _ => post(change, before, reference, Channel::Direct, None)?,
        };
        if let Some(method) = posted.order.payment_method_id.filter(|_| self.is_paid) {
            payment_method::set_verified(change.write, method, change.now())?;
        }
        self.settle_invoice(change, &posted)?;
        // Whoever ended the base while this was being paid gets the money back.
        match base_of_order(change.write, &posted.order)? {
            Some(base) if !can_have(&base, ProductKind::TraditionalAddOn) => withdraw(change, posted.subscription.id),
            _ => Ok(()),
        }
    }
}

impl PostOrder {
    /// Makes the invoice of what was ordered, which is paid already or about to be.
    fn settle_invoice(&self, change: &Change<'_, BuySubscription>, posted: &Posted) -> Result<(), Failure> {
        let (bought, method) = (&posted.subscription, posted.order.payment_method_id);
        let Some(invoice) = issue(change, bought, change.today(), method)? else { return Ok(()) };
        match posted.order.total() {
            nothing if nothing.minor == 0 => Ok(()),
            amount if self.is_paid => settle_at_once(change, &invoice, amount, &self.reference),
            amount => wait_for_bank(change, &invoice, amount, &self.reference),
        }
    }
}

/// The bank, or the payer there, said no: nothing is bought.
struct VoidOrder(OrderId);

impl Command for VoidOrder {
    type Permission = BuySubscription;
    type Outcome = ();
    const NAME: &'static str = "void_order";

    fn execute(&self, change: &Change<'_, BuySubscription>) -> Result<(), Failure> {
        let Some(before) = open_order(change, self.0)? else { return Ok(()) };
        let reason = refused(before.state == OrderState::ConfirmationRequired).code().to_owned();
        let order = Order { state: OrderState::Voided, void_reason: Some(reason.clone()), ..before };
        order::update(change.write, &order)?;
        let subjects = match order.kind {
            OrderKind::Renewal => subjects_with_subscription(&order),
            _ => subjects(&order),
        };
        change.record(subjects, &Event::OrderVoided { number: order.number, reason })
    }
}

/// The payer has to confirm first.
struct AwaitConfirmation {
    order_id: OrderId,
    reference: String,
}

impl Command for AwaitConfirmation {
    type Permission = BuySubscription;
    type Outcome = ();
    const NAME: &'static str = "await_confirmation";

    fn execute(&self, change: &Change<'_, BuySubscription>) -> Result<(), Failure> {
        let Some(before) = open_order(change, self.order_id)? else { return Ok(()) };
        let reference = Some(self.reference.clone());
        let order = Order { state: OrderState::ConfirmationRequired, payment_reference: reference, ..before };
        Ok(order::update(change.write, &order)?)
    }
}

/// Asks the gateway again later.
struct AskLater(OrderId);

impl Command for AskLater {
    type Permission = BuySubscription;
    type Outcome = ();
    const NAME: &'static str = "await_confirmation";

    fn execute(&self, change: &Change<'_, BuySubscription>) -> Result<(), Failure> {
        let Some(order) = open_order(change, self.0)? else { return Ok(()) };
        let pause = pause(order.ordered_at, change.now());
        change.enqueue_after(&ChargeOrder { order_id: self.0 }, 1, pause)?;
        Ok(())
    }
}
