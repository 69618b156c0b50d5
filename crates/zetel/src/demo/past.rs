//! The demo's past: its subscriptions begin on their days, and the calendar takes every step from then to today with a
//! clock of those days. Charges, invoices, renewals and their history are what the use cases made of them.

use super::credit_check::order_by_invoice;
use super::money::pay_by_transfer;
use super::portfolio::{DemoSubscription, Later};
use super::seed::{ADMIN, Seeding, TIME_ZONE, about, start_of};
use crate::house::{House, ports};
use crate::payments::Gateway;
use crate::post::Post;
use crate::time_lapse::TimeLapse;
use adapters::{SettableClock, TimeOrderedIds};
use app::App;
use app::ports::IdSource;
use app::subscription::cancel::CancelSubscription;
use app::subscription::change_quantity::ChangeQuantity;
use domain::billing::charge::{Charge, ChargeKind, charge};
use domain::billing::tax::treat;
use domain::billing::{Agreement, BillingRules, Moment};
use domain::event::Subjects;
use domain::ids::{ChargeId, OrderId};
use domain::order::{Order, OrderKind, OrderState};
use domain::subscription::begin::started;
use domain::subscription::cancel::{Cancel, CancelReason};
use domain::subscription::{Channel, Subscription, SubscriptionState};
use jiff::ToSpan;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use std::error::Error;
use std::sync::Arc;
use store::Write;
use store::tables::trial::{self, Tester};
use store::tables::{billing_account, charge as charge_table, order as order_table, organization, subscription};

/// Months of the past that have invoices.
const MONTHS: i32 = 13;
/// How the demo organization is charged.
const RULES: BillingRules = BillingRules::usual(Agreement::Mosa);

/// A subscription of the demo, as it stands when nothing else happens to it.
pub type Bought = (&'static DemoSubscription, Subscription);

/// Something that happens to a subscription on a day of the past.
enum Happening {
    Begins,
    Changes(Later),
}

/// Lives through the months before today.
pub fn live(house: &House, seeding: &Arc<Seeding>, bought: &[Bought]) -> Result<(), Box<dyn Error>> {
    let from = seeding.today.saturating_sub(MONTHS.months());
    let mut happenings = Vec::new();
    for bought in bought {
        happenings.push((bought.1.started_on.max(from), bought, Happening::Begins));
        happenings.extend(
            bought
                .0
                .later
                .map(|(ago, later)| (seeding.today.saturating_sub(ago.days()), bought, Happening::Changes(later))),
        );
    }
    let clock = SettableClock::at(start_of(from));
    let clock = Arc::new(clock);
    let past = App::new(house.store.clone(), ports(clock.clone(), Gateway::default().port, Post::without_server(None)));
    let zone = TimeZone::get(TIME_ZONE)?;
    let organizations = [(seeding.home, &zone)];
    let lapse = TimeLapse { app: &past, store: &house.store, organizations: &organizations, clock: &clock };
    for day in from.series(1.day()).take_while(|day| *day <= seeding.today) {
        lapse.live_until(day.to_zoned(zone.clone())?.timestamp())?;
        clock.set(start_of(day));
        for (_, bought, happening) in happenings.iter().filter(|(on, ..)| *on == day) {
            match happening {
                Happening::Begins => begin(house, seeding, at_first(bought, from), from)?,
                Happening::Changes(later) => change(house, &past, seeding, &bought.1, *later)?,
            }
        }
        pay_by_transfer(house, &past, seeding, bought, day)?;
    }
    Ok(())
}

/// The subscription on its first day, or on the first day of the past that has invoices.
fn at_first((demo, as_of_now): &Bought, from: Date) -> Bought {
    let day = as_of_now.started_on.max(from);
    let mut first = as_of_now.clone();
    if demo.is_invoiced() {
        first.state = SubscriptionState::Active;
        first.canceled_on = None;
        first.ends_on = first.term_end_after(day).min(as_of_now.ends_on);
        first.billed_until = Some(first.billing_period(day).end.min(first.ends_on));
        if let Some((_, Later::Adds(licenses))) = demo.later {
            first.quantity -= licenses;
        }
    }
    (demo, first)
}

/// Adds a subscription on its first day; what begins within the months of the past was ordered and is charged.
fn begin(house: &House, seeding: &Arc<Seeding>, (demo, mut first): Bought, from: Date) -> store::Result<()> {
    let (home, seeding) = (seeding.home, Arc::clone(seeding));
    let begin = move |write: &Write<'_>| {
        let at = start_of(first.started_on);
        let buyer = seeding.past(demo.buyer.unwrap_or(ADMIN));
        let is_ordered = demo.is_invoiced() && first.started_on >= from;
        if is_ordered {
            first.order_id = Some(OrderId::from_uuid(TimeOrderedIds::default().next(at)));
        }
        subscription::insert(write, &first, seeding.cloud, at)?;
        if first.channel == Channel::Trial {
            trial::insert(write, first.holder.map_or(Tester::Organization(home), Tester::User), first.product_id)?;
        }
        if first.state == SubscriptionState::Pending {
            return order_by_invoice(write, home, &first, buyer, start_of(seeding.today));
        }
        if let Some(order_id) = first.order_id {
            let charge = first_charge(&first, order_id);
            charge_table::insert(write, first.billing_profile_id, &charge)?;
            let number = organization::next_order_number(write, home)?;
            let order = Order { ordered_by: buyer.who, number, ..first_order(write, &first, order_id, &charge)? };
            order_table::insert(write, &order)?;
        }
        let subjects = Subjects { order: first.order_id, ..about(&first, None) };
        buyer.record(write, at, "place_order", subjects, &started(&first))
    };
    house.store.write(home, begin).wait()
}

/// What the first billing period costs.
fn first_charge(first: &Subscription, order_id: OrderId) -> Charge {
    let day = first.started_on;
    let moment = Moment::start_of(day, TimeZone::UTC);
    let line =
        charge(ChargeKind::Purchase, first.quantity, first.unit_price, first.billing_period(day), &moment, &RULES);
    let id = ChargeId::from_uuid(TimeOrderedIds::default().next(moment.now));
    Charge::new(id, line, first.id, Some(order_id), day, day)
}

fn first_order(write: &Write<'_>, first: &Subscription, id: OrderId, charge: &Charge) -> store::Result<Order> {
    let (seller, _) = billing_account::seller(write)?;
    let sold_to = billing_account::find(write)?.map(|account| account.sold_to).unwrap_or_default();
    let rate = treat(&seller.party, &sold_to, first.started_on).rate;
    let amount = charge.line.amount;
    Ok(Order {
        id,
        number: 0,
        kind: OrderKind::Purchase,
        state: OrderState::Posted,
        subscription_id: first.id,
        product_id: first.product_id,
        sku_id: first.sku_id,
        price_id: None,
        term: first.term,
        billing_frequency: first.billing_frequency,
        quantity: i64::from(first.quantity),
        starts_on: None,
        unit_price: first.unit_price,
        amount,
        tax: amount.part(i64::from(rate), 10_000, RULES.rounding),
        ordered_by: None,
        ordered_at: start_of(first.started_on),
        payment_method_id: first.payment_method_id,
        payment_reference: None,
        void_reason: None,
        base_id: None,
        billing_profile_id: None,
        revision: 1,
    })
}

/// What the billing admin did to a subscription later.
fn change(
    house: &House,
    past: &App,
    seeding: &Arc<Seeding>,
    subscription: &Subscription,
    later: Later,
) -> Result<(), Box<dyn Error>> {
    let (caller, home, subscription_id) = (seeding.billing_admin(), seeding.home, subscription.id);
    match later {
        Later::Adds(_) => {
            let change = ChangeQuantity::now(subscription_id, subscription.quantity);
            past.write(&caller, home, change).wait()?;
        }
        Later::IsCanceled => {
            let cancel = Cancel { reason: CancelReason::SwitchedProduct, feedback: String::new() };
            past.write(&caller, home, CancelSubscription { subscription_id, cancel }).wait()?;
        }
        Later::CardFails => {
            let seeding = Arc::clone(seeding);
            house.store.write(home, move |write| seeding.replace_card(write, subscription_id)).wait()?;
        }
    }
    Ok(())
}
