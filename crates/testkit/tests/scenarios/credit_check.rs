//! Buying by invoice through a credit check (domain 4.2, 4.4; R61 to R63, R74, R80, R165, D14).

use super::purchase::wanted;
use app::Caller;
use app::Failure;
use app::credit_check::decide::DecideCreditCheck;
use app::credit_check::details::CreditCheckDetails;
use app::credit_check::list::ListCreditChecks;
use app::order::details::OrderDetails;
use app::order::place::{Payment, place_order};
use app::subscription::change_quantity::ChangeQuantity;
use domain::access::Role;
use domain::catalog::{BillingFrequency, Price, Term};
use domain::credit_check::decide::DecideCreditCheck as Decided;
use domain::event::Event;
use domain::ids::OrderId;
use domain::money::{Currency, Money};
use domain::order::{Order, OrderState};
use domain::organization::OrganizationKind;
use domain::refusal::Refusal;
use domain::subscription::{Channel, ClosedReason, CreditCheck, SubscriptionState};
use jiff::SignedDuration;
use jiff::civil::date;
use testkit::world::{World, in_each_world};

fn eur(minor: i64) -> Money {
    Money::new(minor, Currency::Eur)
}

fn shop(world: &World) -> Price {
    let office = world.product("Office");
    world.price(&office, Term::Annual, BillingFrequency::Monthly, eur(1_170))
}

fn buy(world: &World, buyer: &Caller, price: &Price) -> OrderId {
    let purchase = wanted(world, price, 25, Payment::Invoice { contact_agreed: true });
    place_order(&world.app, buyer, world.organization, purchase).expect("the order is placed")
}

fn operator(world: &World) -> Caller {
    let house = world.organization_with("Zetel", |house| house.kind = OrganizationKind::Operator);
    world.caller_in(house, Role::Operator)
}

fn decide(world: &World, by: &Caller, order_id: OrderId, passed: bool) -> Result<(), Failure> {
    let decided = Decided::new(passed, "Known for years.").expect("a note");
    world.write(by, DecideCreditCheck { order_id, decided })
}

fn see(world: &World, reader: &Caller, id: OrderId) -> Order {
    world.read(reader, &OrderDetails(id)).expect("the order is there").listed.order
}

fn placed(number: u64) -> Event {
    Event::OrderPlaced { number, amount: eur(29_250) }
}

fn started() -> Event {
    Event::SubscriptionStarted {
        quantity: 25,
        term: Term::Annual,
        billing_frequency: BillingFrequency::Monthly,
        unit_price: eur(1_170),
        channel: Channel::DirectInvoice,
        ends_on: date(2021, 1, 16),
    }
}

/// R61 to R63, R74, R80: nothing can be used or changed before the check is passed; then the whole order is posted, and
/// its invoice comes with the next statement.
#[test]
fn a_check_that_is_passed_posts_the_whole_order() {
    in_each_world(|world| {
        let (price, buyer, operator) = (shop(world), world.caller(Role::BillingAdmin), operator(world));
        let id = buy(world, &buyer, &price);
        let view = world.read(&buyer, &OrderDetails(id)).expect("the order is there");
        let check = view.credit_check.expect("it waits for a check");
        // Wednesday, 15 January 2020, and two working days.
        assert_eq!((check.due_on, check.contact_agreed), (date(2020, 1, 17), true));
        let order = view.listed.order;
        assert_eq!((order.state, order.payment_method_id), (OrderState::CreditCheckPending, None));
        let waiting = world.see_subscription(order.subscription_id);
        assert_eq!((waiting.state, waiting.credit_check), (SubscriptionState::Pending, Some(CreditCheck::Pending)));
        assert_eq!((waiting.available(), waiting.billed_until, waiting.order_id), (0, None, Some(id)));
        let more = ChangeQuantity::now(waiting.id, 30);
        let refused = world.write(&buyer, more);
        let closed = Refusal::Closed(ClosedReason::CreditCheckPending);
        assert!(matches!(refused, Err(Failure::Refused(refusal)) if refusal == closed));
        world.work();
        assert_eq!(world.sweep(), 0);
        let requested = Event::CreditCheckRequested { number: 1, due_on: date(2020, 1, 17) };
        assert_eq!(world.new_events(), [placed(1), requested]);

        world.clock.advance(SignedDuration::from_hours(24));
        let listed = world.app.read(&operator, world.organization, &ListCreditChecks).expect("the list");
        let row = listed.first().expect("it waits");
        assert_eq!((row.organization_id, row.order_number, row.amount), (world.organization, 1, eur(29_250)));
        decide(world, &operator, id, true).expect("it is decided");
        let bought = world.see_subscription(order.subscription_id);
        assert_eq!((bought.state, bought.credit_check), (SubscriptionState::Active, Some(CreditCheck::Passed)));
        assert_eq!((bought.available(), bought.payment_method_id), (25, None));
        assert_eq!((bought.started_on, bought.ends_on), (date(2020, 1, 16), date(2021, 1, 16)));
        assert_eq!(see(world, &buyer, id).state, OrderState::Posted);
        let decided = Event::CreditCheckDecided { number: 1, passed: true };
        assert_eq!(world.new_events(), [decided, Event::OrderPosted { number: 1 }, started()]);

        world.sweep();
        let number = "0000001".to_owned();
        let invoiced = Event::InvoiceIssued { number, total: eur(29_250), due_on: date(2020, 2, 15) };
        assert_eq!(world.new_events(), [invoiced]);
        assert_eq!(world.gateway.charged().len(), 0);
        assert!(matches!(decide(world, &operator, id, false), Err(Failure::Refused(Refusal::NothingToChange))));
    });
}

/// Domain 4.4: nothing was bought, nothing is charged, and the subscription that waited is gone.
#[test]
fn a_check_that_is_not_passed_voids_the_whole_order() {
    in_each_world(|world| {
        let (price, buyer, operator) = (shop(world), world.caller(Role::GlobalAdmin), operator(world));
        let id = buy(world, &buyer, &price);
        decide(world, &operator, id, false).expect("it is decided");
        let order = see(world, &buyer, id);
        assert_eq!((order.state, order.void_reason.as_deref()), (OrderState::Voided, Some("credit_check_failed")));
        let gone = world.see_subscription(order.subscription_id);
        assert_eq!((gone.state, gone.credit_check), (SubscriptionState::Deleted, Some(CreditCheck::Failed)));
        let requested = Event::CreditCheckRequested { number: 1, due_on: date(2020, 1, 17) };
        let voided = Event::OrderVoided { number: 1, reason: "credit_check_failed".into() };
        let decided = Event::CreditCheckDecided { number: 1, passed: false };
        assert_eq!(world.new_events(), [placed(1), requested, decided, voided]);
        world.work();
        assert_eq!(world.sweep(), 0);
        let known = world.read(&operator, &CreditCheckDetails(id)).expect("the check is there");
        assert_eq!((known.application.note.as_str(), known.passed, known.overdue), ("Known for years.", 0, 0));
        assert_eq!(world.new_events(), []);
    });
}

/// D14: one who passed and owes nothing overdue needs no further check.
#[test]
fn who_passed_once_buys_at_once_until_an_invoice_is_overdue() {
    in_each_world(|world| {
        let (price, buyer, operator) = (shop(world), world.caller(Role::BillingAdmin), operator(world));
        let first = buy(world, &buyer, &price);
        decide(world, &operator, first, true).expect("it is decided");
        world.sweep();
        world.new_events();
        let second = buy(world, &buyer, &price);
        let order = see(world, &buyer, second);
        assert_eq!(order.state, OrderState::Posted);
        assert_eq!(world.see_subscription(order.subscription_id).available(), 25);
        let at_once = match started() {
            Event::SubscriptionStarted { quantity, term, billing_frequency, unit_price, channel, .. } => {
                let ends_on = date(2021, 1, 15);
                Event::SubscriptionStarted { quantity, term, billing_frequency, unit_price, channel, ends_on }
            }
            other => other,
        };
        assert_eq!(world.new_events(), [placed(2), Event::OrderPosted { number: 2 }, at_once]);

        // Thirty days later the first invoice is due, and a day after that overdue.
        world.clock.advance(SignedDuration::from_hours(24 * 30));
        assert_eq!(see(world, &buyer, buy(world, &buyer, &price)).state, OrderState::Posted);
        world.clock.advance(SignedDuration::from_hours(24));
        let late = buy(world, &buyer, &price);
        assert_eq!(see(world, &buyer, late).state, OrderState::CreditCheckPending);
        let known = world.read(&operator, &CreditCheckDetails(late)).expect("the check is there");
        assert_eq!((known.passed, known.overdue), (1, 1));
    });
}

#[test]
fn only_the_operator_decides() {
    in_each_world(|world| {
        let (price, buyer) = (shop(world), world.caller(Role::GlobalAdmin));
        let id = buy(world, &buyer, &price);
        assert!(matches!(decide(world, &buyer, id, true), Err(Failure::Refused(Refusal::NotAllowed))));
        assert_eq!(see(world, &buyer, id).state, OrderState::CreditCheckPending);
    });
}
