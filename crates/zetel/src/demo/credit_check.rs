//! The demo's order that waits for its credit check.

use super::journal::Past;
use domain::credit_check::CreditApplication;
use domain::event::{Event, Subjects};
use domain::ids::OrganizationId;
use domain::money::Money;
use domain::order::{Order, OrderKind, OrderState};
use domain::subscription::Subscription;
use jiff::Timestamp;
use store::Write;
use store::tables::{credit_check, order, organization};

/// Orders a subscription that is to be paid by invoice.
pub fn order_by_invoice(
    write: &Write<'_>,
    organization: OrganizationId,
    waiting: &Subscription,
    buyer: Past<'_>,
    now: Timestamp,
) -> store::Result<()> {
    let Some(id) = waiting.order_id else { return Ok(()) };
    let amount = waiting.price_per_period(waiting.quantity);
    let placed = Order {
        id,
        number: organization::next_order_number(write, organization)?,
        kind: OrderKind::Purchase,
        state: OrderState::CreditCheckPending,
        subscription_id: waiting.id,
        product_id: waiting.product_id,
        sku_id: waiting.sku_id,
        price_id: None,
        term: waiting.term,
        billing_frequency: waiting.billing_frequency,
        quantity: i64::from(waiting.quantity),
        starts_on: None,
        unit_price: waiting.unit_price,
        amount,
        tax: Money::zero(amount.currency),
        ordered_by: buyer.who,
        ordered_at: now,
        payment_method_id: None,
        payment_reference: None,
        void_reason: None,
        base_id: None,
        billing_profile_id: None,
        revision: 1,
    };
    order::insert(write, &placed)?;
    let check = CreditApplication::ask(id, now, waiting.started_on, "NL", true);
    credit_check::insert(write, &check)?;
    let subjects = Subjects {
        product: Some(waiting.product_id),
        subscription: Some(waiting.id),
        order: Some(id),
        ..Subjects::default()
    };
    let number = placed.number;
    buyer.record(write, now, "place_order", subjects, &Event::OrderPlaced { number, amount })?;
    let requested = Event::CreditCheckRequested { number, due_on: check.due_on };
    buyer.record(write, now, "place_order", subjects, &requested)
}
