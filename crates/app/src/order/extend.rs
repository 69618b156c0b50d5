//! Extend a prepaid subscription by card or bank account: one more term of the present licenses, paid now (R87).

use super::charge::ChargeOrder;
use super::place::{Payment, describe, method_that_pays};
use super::subjects_with_subscription;
use crate::billing::{account, tax};
use crate::billing_profile::pays_with::{check_on, pays_with_on, usable_on};
use crate::door::{App, Caller, Change, Command, Look, Query};
use crate::failure::Failure;
use crate::payment_method::at_payment;
use crate::ports::CardDescription;
use crate::subscription::change_quantity::visible;
use crate::subscription::sweep::of_today;
use domain::access::permission::BuySubscription;
use domain::billing::invoice::{Totals, with_tax};
use domain::billing::profile::PaysWith;
use domain::catalog::Price;
use domain::event::Event;
use domain::ids::{BillingProfileId, JobId, OrderId, OrganizationId, PaymentMethodId, PriceId, SubscriptionId};
use domain::money::{Currency, Money};
use domain::order::{Order, OrderKind, OrderState};
use domain::refusal::Refusal;
use domain::subscription::Subscription;
use domain::subscription::extend_end_date::{Extension, decide, is_prepaid};
use jiff::Timestamp;
use store::Read;
use store::tables::payment_method::PaymentMethod;
use store::tables::{order, organization, price, subscription};

/// One more term that a buyer orders.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderedExtension {
    /// Made before the buyer presses the button, so that pressing it twice orders once.
    pub order_id: OrderId,
    /// What is extended.
    pub subscription_id: SubscriptionId,
    /// The version of the price that the buyer saw; it says how long the term is.
    pub price_id: PriceId,
    /// The card or bank account that pays.
    pub payment: Payment,
}

/// Orders one more term and asks for its payment at once; how that went stands in the order. Blocks.
///
/// Ordering it again gives the first order. A payment that fails leaves the subscription as it was.
///
/// # Errors
/// Those of [`decide`]; [`Refusal::PaymentUnderWay`] while another order of it waits for its payment; what is wrong
/// with the payment; [`Refusal::IdempotencyKeyReused`] when the order was placed with other contents.
pub fn extend_end_date(
    app: &App,
    caller: &Caller,
    organization: OrganizationId,
    ordered: OrderedExtension,
) -> Result<OrderId, Failure> {
    app.admit::<BuySubscription>(caller, organization)?;
    let card = match &ordered.payment {
        Payment::Token(token) => Some(describe(app, token)?),
        Payment::OnFile(_) => None,
        Payment::Invoice { .. } => return Err(at_payment(Refusal::UnknownChoice)),
    };
    let order_id = ordered.order_id;
    let placed = app.write(caller, organization, ExtendEndDate { ordered, card }).wait()?;
    if let Some(job) = placed {
        app.work_now(organization, job)?;
    }
    Ok(order_id)
}

/// Asks by what a prepaid subscription can be extended now, and what could pay.
#[derive(Debug, Clone, Copy)]
pub struct ExtensionChoices(pub SubscriptionId);

/// A term that can be bought.
#[derive(Debug, Clone)]
pub struct ExtensionChoice {
    /// Its price.
    pub price: Price,
    /// What it brings.
    pub extension: Extension,
    /// What the invoice will come to.
    pub totals: Totals,
}

/// What can be bought to extend a subscription.
#[derive(Debug, Clone)]
pub struct ExtensionView {
    /// The subscription.
    pub subscription: Subscription,
    /// The name of its product.
    pub product_name: String,
    /// Every term at today's price, or why there is none.
    pub choices: Result<Vec<ExtensionChoice>, Refusal>,
    /// What the buyer may let pay, the default first.
    pub methods: Vec<PaymentMethod>,
}

impl Query for ExtensionChoices {
    type Permission = BuySubscription;
    type Outcome = ExtensionView;

    fn run(&self, look: &Look<'_, BuySubscription>) -> Result<ExtensionView, Failure> {
        let found = subscription::find(look.read, self.0)?;
        let product_name = found.as_ref().map(|found| found.product_name.clone()).unwrap_or_default();
        let subscription = visible(found, &look.granted)?;
        let prices = prices(look.read, &subscription, look.organization().currency, look.now())?;
        let account = account(look.read)?;
        let treatment = tax(look.read, &account, look.today())?;
        let choice = |price: &Price| {
            let (actor, reach) = (look.granted.actor(), look.granted.reach());
            let extension = decide(&subscription, Some(price), price.id, actor, reach, look.today())?;
            let totals = with_tax(extension.amount, treatment, &account.rules);
            Ok(ExtensionChoice { price: price.clone(), extension, totals })
        };
        let choices = match is_being_extended(look.read, self.0)? {
            true => Err(Refusal::PaymentUnderWay),
            false if prices.is_empty() => Err(Refusal::NoPrice),
            false => prices.iter().map(choice).collect(),
        };
        let once = pays_with_on(look.read, subscription.billing_profile_id)?.map(|_| PaysWith::FirstChoice);
        Ok(ExtensionView { choices, methods: usable_on(look, once)?, subscription, product_name })
    }
}

/// Today's prices that pay for a whole term at once, the longest term first.
fn prices(
    read: &Read<'_>,
    subscription: &Subscription,
    currency: Currency,
    now: Timestamp,
) -> Result<Vec<Price>, Failure> {
    let mut prices = price::current_of_sku(read, subscription.sku_id, currency, now)?;
    prices.retain(is_prepaid);
    prices.sort_by_key(|price| -price.term.months());
    Ok(prices)
}

/// Whether an order that is going to extend the subscription waits for its payment. Until then neither a key nor
/// another payment changes what was ordered.
pub(crate) fn is_being_extended(read: &Read<'_>, id: SubscriptionId) -> Result<bool, Failure> {
    const NEWEST: usize = 10;
    let waits = |order: &Order| order.kind == OrderKind::Renewal && !order.state.is_settled();
    Ok(order::of_subscription(read, id, NEWEST)?.iter().any(|listed| waits(&listed.order)))
}

/// Writes an order that waits for its payment, and the job that asks for it.
struct ExtendEndDate {
    ordered: OrderedExtension,
    /// What people recognize a new card by.
    card: Option<CardDescription>,
}

impl Command for ExtendEndDate {
    type Permission = BuySubscription;
    /// The job that takes the payment; none when it was ordered before.
    type Outcome = Option<JobId>;
    const NAME: &'static str = "extend_end_date";

    fn execute(&self, change: &Change<'_, BuySubscription>) -> Result<Option<JobId>, Failure> {
        let ordered = &self.ordered;
        if let Some(before) = order::find(change.write, ordered.order_id)? {
            let before = before.order;
            let is_same =
                (before.subscription_id, before.price_id) == (ordered.subscription_id, Some(ordered.price_id));
            return if is_same { Ok(None) } else { Err(Refusal::IdempotencyKeyReused.into()) };
        }
        let subscription = of_today(change, ordered.subscription_id)?;
        if is_being_extended(change.write, subscription.id)? {
            return Err(Refusal::PaymentUnderWay.into());
        }
        let order = self.order(change, &subscription)?;
        // Whoever extends it by a key or by card at the same time fails at the revision.
        subscription::update_life(change.write, &subscription, change.organization().cloud)?;
        order::insert(change.write, &order)?;
        let placed = Event::OrderPlaced { number: order.number, amount: order.total() };
        change.record(subjects_with_subscription(&order), &placed)?;
        change.enqueue(&ChargeOrder { order_id: order.id }, 1).map(Some)
    }
}

impl ExtendEndDate {
    /// What pays for the term, now and once: where a billing profile is charged, any card (domain 4.1).
    fn payment_method(
        &self,
        change: &Change<'_, BuySubscription>,
        profile: BillingProfileId,
    ) -> Result<PaymentMethodId, Failure> {
        let id = method_that_pays(change, &self.ordered.payment, self.card.as_ref())?;
        let once = pays_with_on(change.write, profile)?.map(|_| PaysWith::FirstChoice);
        check_on(change.write, once, Some(id))?;
        Ok(id)
    }

    fn order(&self, change: &Change<'_, BuySubscription>, subscription: &Subscription) -> Result<Order, Failure> {
        let here = change.organization();
        let seen = price::find(change.write, self.ordered.price_id)?.ok_or(Refusal::NotFound)?;
        let prices = prices(change.write, subscription, here.currency, change.now())?;
        let current = prices.iter().find(|price| price.term == seen.term);
        let (actor, reach) = (change.granted.actor(), change.granted.reach());
        let extension = decide(subscription, current, seen.id, actor, reach, change.today())?;
        let account = account(change.write)?;
        let comes_to = with_tax(extension.amount, tax(change.write, &account, change.today())?, &account.rules);
        Ok(Order {
            id: self.ordered.order_id,
            number: organization::next_order_number(change.write, here.id)?,
            kind: OrderKind::Renewal,
            state: OrderState::PaymentPending,
            subscription_id: subscription.id,
            product_id: subscription.product_id,
            sku_id: subscription.sku_id,
            price_id: Some(seen.id),
            term: seen.term,
            billing_frequency: seen.billing_frequency,
            quantity: i64::from(subscription.quantity),
            starts_on: None,
            unit_price: seen.unit_price,
            amount: comes_to.net,
            tax: Money::new(comes_to.gross.minor - comes_to.net.minor, comes_to.net.currency),
            ordered_by: change.granted.actor().user(),
            ordered_at: change.now(),
            payment_method_id: Some(self.payment_method(change, subscription.billing_profile_id)?),
            payment_reference: None,
            void_reason: None,
            base_id: None,
            billing_profile_id: None,
            revision: 1,
        })
    }
}
