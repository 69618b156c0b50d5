//! What the payment gateway reports: believed by its signature, taken once, however often and whenever it comes.

use crate::program::Program;
use app::billing::balance::OpenBalances;
use app::billing::details::InvoiceDetails;
use app::billing::list::{InvoiceDays, ListInvoices};
use app::order::details::OrderDetails;
use app::order::place::{Payment as Means, Purchase, new_order_id, place_order};
use app::ports::{PaymentGateway, SandboxBank, SignedNotice};
use domain::access::Role;
use domain::billing::payment::{Payment, PaymentKind};
use domain::catalog::{BillingFrequency, Price, Term};
use domain::event::Event;
use domain::ids::OrderId;
use domain::money::{Currency, Money};
use domain::order::{Order, OrderState};
use jiff::SignedDuration;
use testkit::world::{World, in_each_world};

fn eur(minor: i64) -> Money {
    Money::new(minor, Currency::Eur)
}

fn send(world: &World, notice: &SignedNotice) -> u16 {
    let body = String::from_utf8(notice.body.clone()).unwrap();
    let headers = [("stripe-signature", notice.signature.as_str())];
    Program::stranger(world, "").send("POST", "/api/v1/payment-notices", &headers, &body).status
}

fn shop(world: &World) -> Price {
    world.price(&world.product("Office"), Term::Annual, BillingFrequency::Monthly, eur(1_000))
}

/// Ten licenses at €10.00, with a card of the sandbox.
fn buy(world: &World, buyer: &app::Caller, price: &Price, token: &str) -> OrderId {
    let payment = Means::Token(token.to_owned());
    let purchase = Purchase {
        order_id: new_order_id(&world.app),
        price_id: price.id,
        quantity: 10,
        payment,
        trial: None,
        base: None,
        billing_profile: None,
        starts_on: None,
    };
    place_order(&world.app, buyer, world.organization, purchase).unwrap()
}

fn order(world: &World, reader: &app::Caller, id: OrderId) -> Order {
    world.read(reader, &OrderDetails(id)).unwrap().listed.order
}

fn payments(world: &World, reader: &app::Caller) -> Vec<Payment> {
    let page = ListInvoices { days: InvoiceDays::default(), after: None, limit: 1 };
    let newest = world.read(reader, &page).unwrap().rows[0].id;
    world.read(reader, &InvoiceDetails(newest)).unwrap().payments
}

/// Domain 4.5: the payer confirms at the bank, and the gateway says so before anybody asks; then again, and late.
#[test]
fn a_confirmed_payment_posts_its_order_once() {
    in_each_world(|world| {
        let admin = world.caller(Role::GlobalAdmin);
        let price = shop(world);
        let id = buy(world, &admin, &price, "card_confirms");
        let waiting = order(world, &admin, id);
        assert_eq!(waiting.state, OrderState::ConfirmationRequired);
        assert!(world.gateway.confirm(waiting.payment_reference.as_deref().unwrap(), true));
        let notices = world.gateway.take_notices(world.clock_now());
        assert_eq!(notices.len(), 1);
        let _ = world.new_events();
        assert_eq!(send(world, &notices[0]), 200);
        assert_eq!(order(world, &admin, id).state, OrderState::Posted);
        let kinds: Vec<_> = world.new_events().iter().map(Event::kind).collect();
        assert_eq!(kinds, ["order_posted", "subscription_started", "invoice_issued", "invoice_paid"]);
        assert_eq!(send(world, &notices[0]), 200);
        world.clock.advance(SignedDuration::from_mins(4));
        assert_eq!(send(world, &notices[0]), 200);
        world.work();
        assert_eq!((world.new_events(), world.gateway.charged().len()), (vec![], 1));
    });
}

/// Whoever is not the gateway changes nothing: another signature, another text, or an old one.
#[test]
fn a_forged_notice_changes_nothing() {
    in_each_world(|world| {
        let admin = world.caller(Role::GlobalAdmin);
        let price = shop(world);
        let id = buy(world, &admin, &price, "card_confirms");
        let reference = order(world, &admin, id).payment_reference.unwrap();
        assert!(world.gateway.confirm(&reference, true));
        let signed = world.gateway.take_notices(world.clock_now()).remove(0);
        let _ = world.new_events();
        let changed = SignedNotice { body: [signed.body.as_slice(), b" "].concat(), ..signed.clone() };
        let unsigned = SignedNotice { signature: String::new(), ..signed.clone() };
        for forged in [changed, unsigned] {
            assert_eq!(send(world, &forged), 400);
        }
        world.clock.advance(SignedDuration::from_mins(6));
        assert_eq!(send(world, &signed), 400, "an old one may have been overheard");
        assert_eq!(order(world, &admin, id).state, OrderState::ConfirmationRequired);
        assert_eq!(world.new_events(), []);
    });
}

/// A notice that comes before the answer names a payment that is not known here: the one who asked follows it.
#[test]
fn a_notice_before_the_answer_is_no_error() {
    in_each_world(|world| {
        let admin = world.caller(Role::GlobalAdmin);
        let price = shop(world);
        world.gateway.lose_answers(true);
        let id = buy(world, &admin, &price, "card_succeeds");
        world.gateway.lose_answers(false);
        assert_eq!(order(world, &admin, id).state, OrderState::PaymentPending);
        let early = world.gateway.take_notices(world.clock_now()).remove(0);
        assert_eq!(send(world, &early), 200);
        assert_eq!(order(world, &admin, id).state, OrderState::PaymentPending);
        world.clock.advance(SignedDuration::from_mins(1));
        world.work();
        assert_eq!(order(world, &admin, id).state, OrderState::Posted);
        assert_eq!(send(world, &early), 200);
        // One about a payment of another shop that has the same gateway.
        world.gateway.charge("elsewhere", "card_succeeds", eur(1), app::ports::Payer::Present).unwrap();
        let _ = world.new_events();
        let foreign = world.gateway.take_notices(world.clock_now()).remove(0);
        assert_eq!((send(world, &foreign), world.new_events()), (200, vec![]));
    });
}

/// R167, domain 4.6: the bank takes a payment back; the gateway says so twice, and it is recorded once.
#[test]
fn a_chargeback_is_recorded_once() {
    in_each_world(|world| {
        let admin = world.caller(Role::GlobalAdmin);
        let price = shop(world);
        let id = buy(world, &admin, &price, "card_succeeds");
        let reference = order(world, &admin, id).payment_reference.unwrap();
        drop(world.gateway.take_notices(world.clock_now()));
        assert!(world.gateway.charge_back(&reference));
        let notice = world.gateway.take_notices(world.clock_now()).remove(0);
        let _ = world.new_events();
        assert_eq!((send(world, &notice), send(world, &notice)), (200, 200));
        let kinds: Vec<_> = world.new_events().iter().map(Event::kind).collect();
        assert_eq!(kinds, ["invoice_charged_back", "subscription_disabled"]);
        let all: Vec<_> = payments(world, &admin).iter().map(|payment| (payment.kind, payment.amount)).collect();
        assert_eq!(all, [(PaymentKind::Charge, eur(10_000)), (PaymentKind::Chargeback, eur(-10_000))]);
        assert_eq!(world.read(&admin, &OpenBalances).unwrap().balances[0].owed, eur(10_000));
    });
}

/// Domain 4.6: a debit that the bank refuses days later fails as soon as the gateway says so.
#[test]
fn a_failed_payment_is_known_at_once() {
    in_each_world(|world| {
        let admin = world.caller(Role::GlobalAdmin);
        let price = shop(world);
        let id = buy(world, &admin, &price, "card_confirms");
        let reference = order(world, &admin, id).payment_reference.unwrap();
        assert!(world.gateway.confirm(&reference, false));
        let notice = world.gateway.take_notices(world.clock_now()).remove(0);
        assert_eq!((send(world, &notice), send(world, &notice)), (200, 200));
        let voided = order(world, &admin, id);
        assert_eq!((voided.state, voided.void_reason.as_deref()), (OrderState::Voided, Some("confirmation_failed")));
        let page = ListInvoices { days: InvoiceDays::default(), after: None, limit: 1 };
        assert_eq!(world.read(&admin, &page).unwrap().rows, []);
    });
}
