//! Take the payment of an order, and post or void the order by its outcome (R73, domain 4.5).

use super::post::{Posted, post};
use super::subjects;
use crate::billing::issue::issue;
use crate::billing::pay::settle_at_once;
use crate::door::{App, Caller, Change, Command, Look, Query};
use crate::failure::Failure;
use crate::job::{Running, Work};
use crate::ports::{ChargeOutcome, GatewayError, Payer};
use domain::access::permission::BuySubscription;
use domain::billing::Agreement;
use domain::event::Event;
use domain::ids::{OrderId, OrganizationId};
use domain::order::buy::waited_long_enough;
use domain::order::{Order, OrderState};
use domain::refusal::Refusal;
use domain::subscription::Channel;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use store::tables::{order, payment_method};

/// The shortest pause before the gateway is asked again whether the payer confirmed.
const PAUSE_MIN: SignedDuration = SignedDuration::from_secs(5);

/// The longest.
const PAUSE_MAX: SignedDuration = SignedDuration::from_mins(30);

/// Takes the payment of an order. Asks again, ever less often, while the payer has to confirm it.
#[derive(Debug, Serialize, Deserialize)]
pub struct ChargeOrder {
    /// Which.
    pub order_id: OrderId,
}

/// Where the payment of an order stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Settling {
    /// Nothing more will happen.
    Settled,
    /// The payer has to confirm at this address.
    WaitsForPayer {
        /// Where.
        address: String,
    },
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

/// A refusal would end the job while money may be on its way: such as that of an organization that was suspended
/// meanwhile. It is tried again, and then parked for the operator.
fn not_over(failure: Failure) -> Failure {
    match failure {
        Failure::Refused(refusal) => Failure::Internal(format!("the order cannot be settled: {}", refusal.code())),
        other => other,
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
    let unsettled = app.read(caller, organization, &FindUnsettled(order_id))?;
    let Some(Unsettled { order, token, now }) = unsettled else { return Ok(Settling::Settled) };
    let mut outcome = ask(app, &order, &token)?;
    if let ChargeOutcome::ConfirmationRequired { reference, .. } = &outcome
        && waited_long_enough(&order, now)
    {
        outcome = app.ports().gateway.cancel(reference).map_err(unreachable)?;
    }
    match outcome {
        // A bank that takes some days does not keep the licenses back (R73).
        ChargeOutcome::Succeeded { reference } | ChargeOutcome::Pending { reference } => {
            app.write(caller, organization, PostOrder { order_id, reference }).wait()?;
        }
        ChargeOutcome::Declined | ChargeOutcome::ChargedBack { .. } => {
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

/// Asks the gateway. The order's id as idempotency key makes it safe to ask from the start again, as when the gateway
/// no longer knows a payment that waited.
fn ask(app: &App, order: &Order, token: &str) -> Result<ChargeOutcome, Failure> {
    let gateway = &app.ports().gateway;
    if order.total().minor == 0 {
        return Ok(ChargeOutcome::Succeeded { reference: "nothing_to_pay".to_owned() });
    }
    if let Some(reference) = &order.payment_reference {
        match gateway.outcome(reference) {
            Err(GatewayError::Unknown) => {}
            known => return known.map_err(unreachable),
        }
    }
    match gateway.charge(&order.id.to_string(), token, order.total(), Payer::Present) {
        Err(GatewayError::Unknown | GatewayError::Declined) => Ok(ChargeOutcome::Declined),
        known => known.map_err(unreachable),
    }
}

fn unreachable(error: GatewayError) -> Failure {
    Failure::Internal(format!("the payment gateway: {error:?}"))
}

/// An order whose payment is still open.
struct Unsettled {
    order: Order,
    token: String,
    now: Timestamp,
}

struct FindUnsettled(OrderId);

impl Query for FindUnsettled {
    type Permission = BuySubscription;
    type Outcome = Option<Unsettled>;

    fn run(&self, look: &Look<'_, BuySubscription>) -> Result<Option<Unsettled>, Failure> {
        let order = order::find(look.read, self.0)?.ok_or(Refusal::NotFound)?.order;
        if !waits_for_payment(&order) {
            return Ok(None);
        }
        let method = order.payment_method_id.map(|id| payment_method::find(look.read, id)).transpose()?.flatten();
        let token = method.map(|method| method.gateway_token).unwrap_or_default();
        Ok(Some(Unsettled { order, token, now: look.now() }))
    }
}

const fn waits_for_payment(order: &Order) -> bool {
    matches!(order.state, OrderState::PaymentPending | OrderState::ConfirmationRequired)
}

/// The order while its payment is open; `None` when somebody settled it meanwhile.
fn open_order(change: &Change<'_, BuySubscription>, id: OrderId) -> Result<Option<Order>, Failure> {
    let order = order::find(change.write, id)?.ok_or(Refusal::NotFound)?.order;
    Ok(Some(order).filter(waits_for_payment))
}

/// The order is paid: what it orders exists from now on.
struct PostOrder {
    order_id: OrderId,
    reference: String,
}

impl Command for PostOrder {
    type Permission = BuySubscription;
    type Outcome = ();
    const NAME: &'static str = "post_order";

    fn execute(&self, change: &Change<'_, BuySubscription>) -> Result<(), Failure> {
        let Some(before) = open_order(change, self.order_id)? else { return Ok(()) };
        let posted = post(change, before, Some(self.reference.clone()), Channel::Direct, None)?;
        if let Some(method) = posted.order.payment_method_id {
            payment_method::set_first_paid(change.write, method, change.now())?;
        }
        self.settle_invoice(change, &posted)
    }
}

impl PostOrder {
    /// Makes the invoice of the purchase, which is paid already.
    fn settle_invoice(&self, change: &Change<'_, BuySubscription>, posted: &Posted) -> Result<(), Failure> {
        let started = &posted.subscription;
        let subscription = (posted.agreement == Agreement::Mosa).then_some(started.id);
        match issue(change, started.billing_profile_id, subscription, change.today())? {
            Some(invoice) if posted.order.total().minor > 0 => {
                settle_at_once(change, &invoice, posted.order.total(), &self.reference)
            }
            _ => Ok(()),
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
        let refusal = match before.state {
            OrderState::ConfirmationRequired => Refusal::ConfirmationFailed,
            _ => Refusal::CardDeclined,
        };
        let reason = refusal.code().to_owned();
        let order = Order { state: OrderState::Voided, void_reason: Some(reason.clone()), ..before };
        order::update(change.write, &order)?;
        change.record(subjects(&order), &Event::OrderVoided { number: order.number, reason })
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

/// Asks the gateway again later: after a third of the time that the order has waited.
struct AskLater(OrderId);

impl Command for AskLater {
    type Permission = BuySubscription;
    type Outcome = ();
    const NAME: &'static str = "await_confirmation";

    fn execute(&self, change: &Change<'_, BuySubscription>) -> Result<(), Failure> {
        let Some(order) = open_order(change, self.0)? else { return Ok(()) };
        let pause = (change.now().duration_since(order.ordered_at) / 3).clamp(PAUSE_MIN, PAUSE_MAX);
        change.enqueue_after(&ChargeOrder { order_id: self.0 }, 1, pause)?;
        Ok(())
    }
}
