//! Buy a subscription (R14, R71, R73).

use super::charge::ChargeOrder;
use super::post::post;
use super::{Sold, profiles_to_buy_on, subjects, subjects_with_subscription, visible};
use crate::billing::{account, tax};
use crate::billing_profile::pays_with::{check_on, method_to_use_on, pays_with_on};
use crate::credit_check;
use crate::door::{App, Caller, Change, Command, Look, Query};
use crate::failure::Failure;
use crate::payment_method::{at_payment, method_to_use, not_taken, person};
use crate::ports::{CardDescription, MethodDescription};
use crate::subscription::add_on::{base_of_order, base_of_today};
use crate::subscription::sweep::of_today;
use domain::access::permission::{BuySubscription, Granting};
use domain::billing::invoice::with_tax;
use domain::billing::party::Address;
use domain::billing::payment_method::check_self_service;
use domain::billing::profile::PaysWith;
use domain::credit_check::CreditApplication;
use domain::event::Event;
use domain::ids::{
    BillingProfileId, JobId, OrderId, OrganizationId, PaymentMethodId, PriceId, ProductId, SubscriptionId,
};
use domain::money::Money;
use domain::order::buy::{Buy, decide, start, start_day, wait_for_check};
use domain::order::{Order, OrderKind, OrderState};
use domain::refusal::{Field, FieldRefusal, Refusal};
use domain::subscription::add_on::first_charge;
use domain::subscription::{Channel, Subscription, buy_trial};
use jiff::civil::Date;
use store::tables::credit_check as checks;
use store::tables::order::ListedOrder;
use store::tables::payment_method::{self, PaymentMethod};
use store::tables::{catalog, order, organization, subscription};

/// What a buyer orders.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Purchase {
    /// Made before the buyer presses the button ([`new_order_id`]), so that pressing it twice orders once.
    pub order_id: OrderId,
    /// The version of the price that the buyer saw; it says what is bought, for how long and how often it is charged.
    pub price_id: PriceId,
    /// Licenses.
    pub quantity: u32,
    /// What pays.
    pub payment: Payment,
    /// The trial that becomes this subscription; nothing for a new one (R70).
    pub trial: Option<SubscriptionId>,
    /// The subscription to which an add-on will belong; where only one fits it may be left out (domain 1.9).
    pub base: Option<SubscriptionId>,
    /// The billing profile that is charged; without one the first on which the buyer may buy. A trial and an add-on
    /// stay where their subscription is.
    pub billing_profile: Option<BillingProfileId>,
    /// The first day; today when the buyer chose none (T11, R163).
    pub starts_on: Option<Date>,
}

/// What pays for a purchase.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Payment {
    /// A card that the buyer put on file before.
    OnFile(PaymentMethodId),
    /// A card that the buyer gave to the gateway; what stands for it.
    Token(String),
    /// The buyer pays the invoice, after a credit check where one is needed (domain 4.2, 4.4).
    Invoice {
        /// Whether the buyer may be contacted for the check.
        contact_agreed: bool,
    },
}

/// An identifier for an order that is about to be placed.
#[must_use]
pub fn new_order_id(app: &App) -> OrderId {
    OrderId::from_uuid(app.ports().ids.next(app.now()))
}

/// Places an order and asks for its payment at once; how that went stands in the order. Blocks.
///
/// Placing the same order again gives the first one.
///
/// # Errors
/// [`Refusal::EndOfSale`], [`Refusal::NoPrice`], [`Refusal::PriceChanged`]; fields that are wrong;
/// [`Refusal::IdempotencyKeyReused`] when the order was placed with other contents; the failure of the database.
pub fn place_order(
    app: &App,
    caller: &Caller,
    organization: OrganizationId,
    purchase: Purchase,
) -> Result<OrderId, Failure> {
    app.admit::<BuySubscription>(caller, organization)?;
    let card = match &purchase.payment {
        Payment::OnFile(_) | Payment::Invoice { .. } => None,
        Payment::Token(token) => Some(describe(app, token)?),
    };
    let order_id = purchase.order_id;
    let placed = app.write(caller, organization, PlaceOrder { purchase, card }).wait()?;
    if let Some(job) = placed {
        app.work_now(organization, job)?;
    }
    Ok(order_id)
}

/// Asks how an order stands, for who may place it.
#[derive(Debug, Clone, Copy)]
pub struct PlacedOrder(pub OrderId);

impl Query for PlacedOrder {
    type Permission = BuySubscription;
    type Outcome = ListedOrder;

    fn run(&self, look: &Look<'_, BuySubscription>) -> Result<ListedOrder, Failure> {
        Ok(visible(order::find(look.read, self.0)?, look.granted.only())?)
    }
}

/// What people recognize a new card by.
pub(crate) fn describe(app: &App, token: &str) -> Result<CardDescription, Failure> {
    match app.ports().gateway.describe(token) {
        Ok(MethodDescription::Card(card)) => Ok(card),
        Ok(MethodDescription::BankAccount(_)) => Err(at_payment(Refusal::UnknownChoice)),
        Err(error) => Err(not_taken(error)),
    }
}

/// Writes an order that waits for its payment, and the job that asks for it.
struct PlaceOrder {
    purchase: Purchase,
    /// What people recognize a new card by.
    card: Option<CardDescription>,
}

impl Command for PlaceOrder {
    type Permission = BuySubscription;
    /// The job that takes the payment; none when the order was placed before.
    type Outcome = Option<JobId>;
    const NAME: &'static str = "place_order";

    fn execute(&self, change: &Change<'_, BuySubscription>) -> Result<Option<JobId>, Failure> {
        if let Some(before) = order::find(change.write, self.purchase.order_id)? {
            return if self.is_same(&before.order) { Ok(None) } else { Err(Refusal::IdempotencyKeyReused.into()) };
        }
        let order = self.order(change)?;
        order::insert(change.write, &order)?;
        change.record(subjects(&order), &Event::OrderPlaced { number: order.number, amount: order.total() })?;
        if let Payment::Invoice { contact_agreed } = self.purchase.payment {
            return bill(change, order, contact_agreed).map(|()| None);
        }
        if order.starts_on.is_some_and(|day| day > change.today()) {
            // It is paid when it starts, as every later billing period is.
            return post(change, order, None, Channel::Direct, None).map(|_| None);
        }
        change.enqueue(&ChargeOrder { order_id: order.id }, 1).map(Some)
    }
}

impl PlaceOrder {
    fn is_same(&self, before: &Order) -> bool {
        before.price_id == Some(self.purchase.price_id)
            && before.quantity == i64::from(self.purchase.quantity)
            && self.purchase.trial.is_none_or(|trial| trial == before.subscription_id)
            && self.purchase.base.is_none_or(|base| Some(base) == before.base_id)
            && self.purchase.billing_profile.is_none_or(|profile| Some(profile) == before.billing_profile_id)
            && self.purchase.starts_on == before.starts_on
    }

    fn order(&self, change: &Change<'_, BuySubscription>) -> Result<Order, Failure> {
        let (currency, now) = (change.organization().currency, change.now());
        let sold = Sold::find(change.write, self.purchase.price_id, currency, now)?;
        let buy = Buy { quantity: self.purchase.quantity, price_id: sold.seen.id };
        let decided = match change.granted.oneself() {
            Some(person) => sold.amount_for_oneself(change.write, change.organization(), person, buy)?,
            None => decide(&sold.product, &sold.sku, sold.current.as_ref(), buy),
        };
        let Sold { seen, sku, product, .. } = sold;
        let base = base_of_today(change, &product, seen.term, self.purchase.base)?;
        let starts_at_once = base.is_some() || self.purchase.trial.is_some() || change.granted.oneself().is_some();
        start_day(self.purchase.starts_on, change.today(), starts_at_once)
            .map_err(|refusal| refusal.at(Field::StartsOn))?;
        let per_period = decided.map_err(at_its_field)?;
        let account = account(change.write)?;
        let amount = base.as_ref().map_or(per_period, |base| {
            let bought = (self.purchase.quantity, seen.unit_price, seen.billing_frequency);
            first_charge(base, bought, change.today(), change.zone(), &account.rules).amount
        });
        let trial = self.purchase.trial.map(|trial| self.trial(change, trial, product.id)).transpose()?;
        let beside = trial.as_ref().or(base.as_ref()).map(|there| there.billing_profile_id);
        let billing_profile_id = self.billing_profile(change, beside)?;
        let subscription_id = trial.map_or_else(|| SubscriptionId::from_uuid(change.new_id()), |trial| trial.id);
        let treatment = tax(change.write, &account, change.today())?;
        let comes_to = with_tax(amount, treatment, &account.rules);
        // What a period costs is compared, not what is left of the first one.
        let state = self.state(change, with_tax(per_period, treatment, &account.rules).net)?;
        Ok(Order {
            id: self.purchase.order_id,
            number: organization::next_order_number(change.write, change.organization().id)?,
            kind: OrderKind::Purchase,
            state,
            subscription_id,
            base_id: base.map(|base| base.id),
            billing_profile_id,
            product_id: product.id,
            sku_id: sku.id,
            price_id: Some(seen.id),
            term: seen.term,
            billing_frequency: seen.billing_frequency,
            quantity: i64::from(self.purchase.quantity),
            starts_on: self.purchase.starts_on,
            unit_price: seen.unit_price,
            amount: comes_to.net,
            tax: Money::new(comes_to.gross.minor - comes_to.net.minor, amount.currency),
            ordered_by: change.granted.actor().user(),
            ordered_at: change.now(),
            payment_method_id: self.payment_method(change, billing_profile_id)?,
            payment_reference: None,
            void_reason: None,
            revision: 1,
        })
    }

    /// The trial that is bought. Of two who buy it at once, one fails at its revision and then finds the other's order.
    fn trial(
        &self,
        change: &Change<'_, BuySubscription>,
        id: SubscriptionId,
        product_id: ProductId,
    ) -> Result<Subscription, Failure> {
        let trial = of_today(change, id)?;
        let is_being_bought = order::is_ordered(change.write, id)?;
        let (actor, reach) = (change.granted.actor(), change.granted.reach_in(trial.billing_profile_id));
        buy_trial::check(&trial, product_id, self.purchase.quantity, is_being_bought, actor, reach)
            .map_err(at_its_field)?;
        subscription::update_life(change.write, &trial, change.organization().cloud)?;
        Ok(trial)
    }

    /// The billing profile that is charged: that of the subscription `beside` which it goes, the one that the buyer
    /// chose, or the first; what somebody buys for oneself is on invoices of its own.
    fn billing_profile(
        &self,
        change: &Change<'_, BuySubscription>,
        beside: Option<BillingProfileId>,
    ) -> Result<Option<BillingProfileId>, Failure> {
        let unknown = || Refusal::UnknownChoice.at(Field::BillingProfile);
        match (change.granted.oneself(), self.purchase.billing_profile) {
            (Some(_), None) => return Ok(None),
            (Some(_), Some(_)) => return Err(unknown().into()),
            (None, chosen) if chosen.is_some() && beside.is_some() && chosen != beside => return Err(unknown().into()),
            (None, _) => {}
        }
        let (profiles, chosen) = (
            profiles_to_buy_on(change.write, &change.granted, change.organization())?,
            beside.or(self.purchase.billing_profile),
        );
        let found = profiles.iter().find(|profile| chosen.is_none_or(|chosen| profile.id == chosen));
        Ok(Some(found.ok_or_else(unknown)?.id))
    }

    /// An order that is paid by invoice waits for its credit check, or for nothing.
    fn state(&self, change: &Change<'_, BuySubscription>, amount: Money) -> Result<OrderState, Failure> {
        if !matches!(self.purchase.payment, Payment::Invoice { .. }) {
            return Ok(OrderState::PaymentPending);
        }
        let waits = credit_check::waits(change.write, change.organization(), &change.moment(), amount);
        match waits.map_err(below_minimum)? {
            true => Ok(OrderState::CreditCheckPending),
            false => Ok(OrderState::PaymentPending),
        }
    }

    /// What pays, if it is not an invoice. Who buys for the team pays by card only (domain 5.1).
    fn payment_method(
        &self,
        change: &Change<'_, BuySubscription>,
        profile: Option<BillingProfileId>,
    ) -> Result<Option<PaymentMethodId>, Failure> {
        let is_for_oneself = change.granted.oneself().is_some();
        let pays_with = profile.map(|id| pays_with_on(change.write, id)).transpose()?.flatten();
        let id = match self.purchase.payment {
            Payment::Invoice { .. } if is_for_oneself => return Err(at_payment(Refusal::UnknownChoice)),
            Payment::Invoice { .. } => return check_on(change.write, pays_with, None).map(|()| None),
            Payment::OnFile(id) if pays_with == Some(PaysWith::Card(id)) => method_to_use_on(change, pays_with, id)?,
            _ => {
                let id = method_that_pays(change, &self.purchase.payment, self.card.as_ref())?;
                check_on(change.write, pays_with, Some(id))?;
                id
            }
        };
        if is_for_oneself {
            let method = payment_method::find(change.write, id)?.ok_or_else(|| at_payment(Refusal::UnknownChoice))?;
            check_self_service(&method)?;
        }
        Ok(Some(id))
    }
}

/// The card that pays, put on file when it is new. It belongs to the person who added it (domain 4.1).
pub(crate) fn method_that_pays<P: Granting>(
    change: &Change<'_, P>,
    payment: &Payment,
    card: Option<&CardDescription>,
) -> Result<PaymentMethodId, Failure> {
    let user_id = person(change.write, change.granted.actor())?.ok_or_else(|| at_payment(Refusal::NotAllowed))?;
    match (payment, card) {
        (Payment::Token(token), Some(card)) => {
            let own = payment_method::of_user(change.write, user_id)?;
            if let Some(known) = own.iter().find(|method| method.gateway_token == *token) {
                return Ok(known.id);
            }
            let described = MethodDescription::Card(card.clone());
            described.check(change.organization().cloud, change.today()).map_err(at_payment)?;
            let method = PaymentMethod {
                id: PaymentMethodId::from_uuid(change.new_id()),
                user_id,
                described,
                holder: String::new(),
                address: Address::default(),
                gateway_token: token.clone(),
                created_at: change.now(),
                verified_at: None,
                removed_at: None,
                revision: 1,
            };
            payment_method::insert(change.write, &method)?;
            Ok(method.id)
        }
        (Payment::OnFile(id), _) => method_to_use(change, *id),
        _ => Err(at_payment(Refusal::UnknownChoice)),
    }
}

/// An order that is paid by invoice is posted at once, or waits for its credit check with its subscription in sight.
fn bill(change: &Change<'_, BuySubscription>, order: Order, contact_agreed: bool) -> Result<(), Failure> {
    if order.state != OrderState::CreditCheckPending {
        return post(change, order, None, Channel::DirectInvoice, None).map(drop);
    }
    // A trial goes on while its purchase waits.
    if subscription::find(change.write, order.subscription_id)?.is_none() {
        insert_waiting(change, &order)?;
    }
    let country = &change.organization().country;
    let check = CreditApplication::ask(order.id, change.now(), change.today(), country, contact_agreed);
    checks::insert(change.write, &check)?;
    let event = Event::CreditCheckRequested { number: order.number, due_on: check.due_on };
    change.record(subjects_with_subscription(&order), &event)
}

/// The subscription of an order that waits for its credit check.
fn insert_waiting(change: &Change<'_, BuySubscription>, order: &Order) -> Result<(), Failure> {
    let sku = catalog::find_sku(change.write, order.sku_id)?.ok_or(Refusal::NotFound)?;
    let profile = order.billing_profile_id.unwrap_or_else(|| BillingProfileId::first_of(change.organization().id));
    let rules = account(change.write)?.rules;
    let base = base_of_order(change.write, order)?;
    let begun =
        start(order, base.as_ref(), Channel::DirectInvoice, profile, sku.quantity_max, &change.moment(), &rules);
    let waiting = wait_for_check(begun.subscription);
    Ok(subscription::insert(change.write, &waiting, change.organization().cloud, change.now())?)
}

/// What is too little for an invoice is said at the payment.
fn below_minimum(failure: Failure) -> Failure {
    match failure {
        Failure::Refused(refusal @ Refusal::BelowInvoiceMinimum { .. }) => at_payment(refusal),
        other => other,
    }
}

/// What is wrong with the quantity is said at the quantity.
fn at_its_field(refusal: Refusal) -> Failure {
    match refusal {
        Refusal::OutOfRange { .. }
        | Refusal::AboveMaximum { .. }
        | Refusal::AboveBuyerLimit { .. }
        | Refusal::BelowAssigned { .. } => FieldRefusal { field: Field::Quantity, refusal }.into(),
        other => other.into(),
    }
}
