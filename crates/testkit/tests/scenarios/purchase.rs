//! Buying a subscription and paying for it by card.

use super::billing::seller;
use super::money::books_agree;
use app::billing::balance::OpenBalances;
use app::billing::details::InvoiceDetails;
use app::billing::seller::{ChangeSeller, SellerDetails};
use app::gateway::Settling;
use app::history::Audit;
use app::order::charge::settle;
use app::order::details::OrderDetails;
use app::order::list::ListOrders;
use app::order::place::{Payment, Purchase, new_order_id, place_order};
use app::organization::become_sandbox::BecomeSandbox;
use app::organization::move_clock::MoveClock;
use app::ports::SandboxBank;
use app::{Caller, Failure};
use domain::access::{Actor, Role};
use domain::billing::invoice::InvoiceState;
use domain::billing::payment::PaymentState;
use domain::billing::payment_method::{BankAccountDescription, MethodDescription, MethodName};
use domain::catalog::{BillingFrequency, Price, SkuKind, Term};
use domain::event::Event;
use domain::ids::{OrderId, PaymentMethodId, SubscriptionId};
use domain::money::{Currency, Money};
use domain::order::{Order, OrderState};
use domain::organization::OrganizationKind;
use domain::refusal::{Field, FieldRefusal, Refusal};
use domain::subscription::{Channel, SubscriptionState};
use jiff::SignedDuration;
use jiff::civil::date;
use store::tables::{payment_method, price};
use testkit::world::{World, in_each_world};

const SUCCEEDS: &str = "card_succeeds";
const DECLINES: &str = "card_declined";
const CONFIRMS: &str = "card_confirms";

/// A world with Office at €11.70 a month for an annual term.
fn shop(world: &World) -> Price {
    let office = world.product("Office");
    world.price(&office, Term::Annual, BillingFrequency::Monthly, eur(1_170))
}

fn eur(minor: i64) -> Money {
    Money::new(minor, Currency::Eur)
}

/// So many licenses, bought on the first day and by themselves.
pub(super) fn wanted(world: &World, price: &Price, quantity: u32, payment: Payment) -> Purchase {
    Purchase {
        order_id: new_order_id(&world.app),
        price_id: price.id,
        quantity,
        payment,
        trial: None,
        base: None,
        billing_profile: None,
        starts_on: None,
    }
}

/// A card that pays.
pub(super) fn by_card() -> Payment {
    Payment::Token("card_succeeds".to_owned())
}

fn purchase(world: &World, price: &Price, token: &str) -> Purchase {
    wanted(world, price, 25, Payment::Token(token.to_owned()))
}

fn place(world: &World, buyer: &Caller, purchase: &Purchase) -> Result<OrderId, Failure> {
    place_order(&world.app, buyer, world.organization, purchase.clone())
}

fn see(world: &World, buyer: &Caller, id: OrderId) -> Order {
    world.read(buyer, &OrderDetails(id)).expect("the order is there").listed.order
}

fn placed() -> Event {
    Event::OrderPlaced { number: 1, amount: eur(29_250) }
}

/// The order, the subscription, and its invoice, which the card paid.
fn posted() -> [Event; 4] {
    let started = Event::SubscriptionStarted {
        quantity: 25,
        term: Term::Annual,
        billing_frequency: BillingFrequency::Monthly,
        unit_price: eur(1_170),
        channel: Channel::Direct,
        ends_on: date(2021, 1, 15),
    };
    let number = || "0000001".to_owned();
    let issued = Event::InvoiceIssued { number: number(), total: eur(29_250), due_on: date(2020, 1, 16) };
    let paid = Event::InvoicePaid { number: number(), amount: eur(29_250), balance: eur(0) };
    [Event::OrderPosted { number: 1 }, started, issued, paid]
}

fn voided(reason: &str) -> Event {
    Event::OrderVoided { number: 1, reason: reason.to_owned() }
}

/// R14, R55, R73, R123, R124: a card that pays; the licenses are there with the confirmation, which leads those who may
/// to assigning them.
#[test]
fn licenses_bought_by_card_are_available_at_once() {
    in_each_world(|world| {
        let price = shop(world);
        let buyer = world.caller(Role::BillingAdmin);
        let id = place(world, &buyer, &purchase(world, &price, SUCCEEDS)).expect("it is bought");

        let view = world.read(&buyer, &OrderDetails(id)).expect("the order is there");
        let order = &view.listed.order;
        assert_eq!((order.state, order.number, order.amount), (OrderState::Posted, 1, eur(29_250)));
        assert_eq!(order.payment_reference.as_deref(), Some(format!("sandbox_{id}").as_str()));
        let seen_by_admin =
            world.read(&world.caller(Role::GlobalAdmin), &OrderDetails(id)).expect("the order is there");
        assert_eq!((view.may_assign, seen_by_admin.may_assign), (false, true));
        let card = view.method.expect("a card paid");
        let name = MethodName { brand: Some("Visa".to_owned()), last_four: "4242".to_owned() };
        assert_eq!((card.described.name(), card.verified_at), (name, Some(world.clock_now())));
        let bought = world.see_subscription(order.subscription_id);
        assert_eq!((bought.state, bought.quantity, bought.available()), (SubscriptionState::Active, 25, 25));
        assert_eq!((bought.started_on, bought.ends_on), (date(2020, 1, 15), date(2021, 1, 15)));
        assert_eq!((bought.order_id, bought.payment_method_id), (Some(id), Some(card.id)));
        assert!(bought.recurring_billing);
        assert_eq!(world.new_events(), [vec![placed()], posted().to_vec()].concat());
        assert_eq!(world.gateway.charged().into_iter().collect::<Vec<_>>(), [(id.to_string(), eur(29_250))]);

        // The card is on file now and pays again; it is still one card.
        let again = Purchase { payment: Payment::OnFile(card.id), ..purchase(world, &price, "") };
        let second = place(world, &buyer, &again).expect("it is bought");
        let third = place(world, &buyer, &purchase(world, &price, SUCCEEDS)).expect("it is bought");
        assert_eq!(see(world, &buyer, second).payment_method_id, Some(card.id));
        assert_eq!(see(world, &buyer, third).payment_method_id, Some(card.id));
        let page = world.read(&buyer, &ListOrders { before: None, limit: 2 }).expect("the list");
        assert_eq!(page.rows.iter().map(|row| row.order.id).collect::<Vec<_>>(), [third, second]);
        let page = world.read(&buyer, &ListOrders { before: page.next, limit: 2 }).expect("the list");
        assert_eq!((page.rows.iter().map(|row| row.order.id).collect::<Vec<_>>(), page.next), (vec![id], None));
    });
}

#[test]
fn a_declined_card_buys_nothing() {
    in_each_world(|world| {
        let price = shop(world);
        let buyer = world.caller(Role::GlobalAdmin);
        let id = place(world, &buyer, &purchase(world, &price, DECLINES)).expect("the order is placed");
        let view = world.read(&buyer, &OrderDetails(id)).expect("the order is there");
        assert_eq!(view.listed.order.state, OrderState::Voided);
        assert_eq!(view.listed.order.void_reason.as_deref(), Some("card_declined"));
        assert!(!view.has_subscription);
        assert_eq!(view.method.expect("the card that was tried").verified_at, None);
        assert_eq!(world.new_events(), [placed(), voided("card_declined")]);
        world.work();
        assert_eq!(world.new_events(), []);
    });
}

/// Domain 4.5: the payer confirms at the bank, and the order goes on by itself.
#[test]
fn a_payment_that_is_confirmed_is_posted() {
    in_each_world(|world| {
        let price = shop(world);
        let buyer = world.caller(Role::BillingAdmin);
        let id = place(world, &buyer, &purchase(world, &price, CONFIRMS)).expect("the order is placed");
        let order = see(world, &buyer, id);
        assert_eq!(order.state, OrderState::ConfirmationRequired);
        let reference = order.payment_reference.expect("the gateway named it");
        let waits = Settling::WaitsForPayer { address: format!("/sandbox/bank/{reference}") };
        assert_eq!(settle(&world.app, &buyer, world.organization, id).expect("it answers"), waits);
        world.work();
        world.clock.advance(SignedDuration::from_secs(5));
        world.work();
        assert_eq!(see(world, &buyer, id).state, OrderState::ConfirmationRequired);
        assert_eq!(world.new_events(), [placed()]);

        assert!(world.gateway.confirm(&reference, true));
        world.clock.advance(SignedDuration::from_secs(5));
        world.work();
        let order = see(world, &buyer, id);
        assert_eq!(order.state, OrderState::Posted);
        assert_eq!(world.see_subscription(order.subscription_id).quantity, 25);
        assert_eq!(world.new_events(), posted());
        assert_eq!(settle(&world.app, &buyer, world.organization, id).expect("it answers"), Settling::Settled);
        world.clock.advance(SignedDuration::from_hours(48));
        world.work();
        assert_eq!(world.new_events(), []);
        assert_eq!(world.gateway.charged().len(), 1);
    });
}

/// D18, R170, domain 4.5: the tax changes while the payer is at the bank. The card was asked for 292.50 and 61.43 of tax:
/// without it, that is credit. Asked for 292.50 alone, the card is asked for the tax the day after.
#[test]
fn the_tax_changes_while_the_payer_is_at_the_bank() {
    in_each_world(|world| {
        let house = world.organization_with("Zetel", |house| house.kind = OrganizationKind::Operator);
        let operator = world.caller_in(house, Role::Operator);
        let sell = |with_tax: bool| {
            let revision = world.read(&operator, &SellerDetails).expect("the seller").revision;
            let mut seller = seller();
            seller.party.tax_number = seller.party.tax_number.filter(|_| with_tax);
            world.write(&operator, ChangeSeller { seller, revision }).expect("the seller");
        };
        let (price, buyer) = (shop(world), world.caller(Role::BillingAdmin));
        let buy = |with_tax: bool| {
            sell(!with_tax);
            let id = place(world, &buyer, &purchase(world, &price, CONFIRMS)).expect("the order is placed");
            sell(with_tax);
            let _ = world.new_events();
            let reference = see(world, &buyer, id).payment_reference.expect("the gateway named it");
            assert!(world.gateway.confirm(&reference, true));
            world.clock.advance(SignedDuration::from_secs(5));
            world.work();
            assert_eq!(see(world, &buyer, id).state, OrderState::Posted);
            world.new_events().split_off(2)
        };
        let due_on = date(2020, 1, 16);
        let issued =
            |number: &str, total| Event::InvoiceIssued { number: number.to_owned(), total: eur(total), due_on };
        let paid = |number: &str, amount, balance| Event::InvoicePaid {
            number: number.to_owned(),
            amount: eur(amount),
            balance: eur(balance),
        };
        let kept = Event::ProfileCreditKept { name: "Waterland".to_owned(), amount: eur(6_143) };
        assert_eq!(buy(false), [issued("Z-0000001", 29_250), paid("Z-0000001", 29_250, 0), kept]);
        assert_eq!(buy(true), [issued("Z-0000002", 35_393), paid("Z-0000002", 29_250, 6_143)]);
        let open = world.read(&buyer, &OpenBalances).expect("the balance");
        assert_eq!(open.credits, [("Waterland".to_owned(), eur(6_143))]);
        assert_eq!(open.balances.iter().map(|open| open.owed).collect::<Vec<_>>(), [eur(6_143)]);
        books_agree(world);
        world.clock.set_day(due_on);
        world.sweep();
        world.work();
        let asked = Event::PaymentToConfirm { number: "Z-0000002".to_owned(), amount: eur(6_143) };
        assert_eq!(world.new_events(), [asked]);
    });
}

#[test]
fn a_payment_that_is_refused_or_forgotten_is_voided() {
    in_each_world(|world| {
        let price = shop(world);
        let buyer = world.caller(Role::BillingAdmin);
        let refused = place(world, &buyer, &purchase(world, &price, CONFIRMS)).expect("the order is placed");
        let reference = see(world, &buyer, refused).payment_reference.expect("the gateway named it");
        assert!(world.gateway.confirm(&reference, false));
        assert_eq!(settle(&world.app, &buyer, world.organization, refused).expect("it answers"), Settling::Settled);
        assert_eq!(world.new_events(), [placed(), voided("confirmation_failed")]);

        let forgotten = place(world, &buyer, &purchase(world, &price, CONFIRMS)).expect("the order is placed");
        world.clock.advance(SignedDuration::from_hours(24) - SignedDuration::from_secs(1));
        world.work();
        assert_eq!(see(world, &buyer, forgotten).state, OrderState::ConfirmationRequired);
        world.clock.advance(SignedDuration::from_hours(1));
        world.work();
        let order = see(world, &buyer, forgotten);
        assert_eq!((order.state, order.void_reason.as_deref()), (OrderState::Voided, Some("confirmation_failed")));
        let reference = order.payment_reference.expect("the gateway named it");
        assert!(!world.gateway.confirm(&reference, true), "too late: the payment was given up");
        let second = |event: Event| match event {
            Event::OrderPlaced { amount, .. } => Event::OrderPlaced { number: 2, amount },
            Event::OrderVoided { reason, .. } => Event::OrderVoided { number: 2, reason },
            other => other,
        };
        assert_eq!(world.new_events(), [second(placed()), second(voided("confirmation_failed"))]);
    });
}

/// D30, domain 4.5: in a sandbox whose clock is moved over a month, an order that nobody confirms is given up after a day,
/// as it would have been.
#[test]
fn an_order_is_given_up_on_its_own_day_of_a_sandbox() {
    in_each_world(|world| {
        let system = Caller { actor: Actor::system(), request: "test".to_owned() };
        world.write(&system, BecomeSandbox).expect("it becomes a sandbox");
        let (price, buyer) = (shop(world), world.caller(Role::GlobalAdmin));
        let id = place(world, &buyer, &purchase(world, &price, CONFIRMS)).expect("the order is placed");
        world.write(&buyer, MoveClock { to: date(2020, 2, 20) }).expect("time passes");
        world.work();
        assert_eq!(see(world, &buyer, id).state, OrderState::Voided);
        let kind = Some("order_voided".to_owned());
        let audit = Audit { kind, actor_name: None, from: None, until: None, before: None, limit: 9 };
        let view = world.read(&buyer, &audit).expect("the audit log");
        let days: Vec<_> = view.page.rows.iter().map(|entry| entry.at.to_zoned(view.zone.clone()).date()).collect();
        assert_eq!(days, [date(2020, 1, 16)]);
    });
}

/// A process that dies between the charge and the posting: the job asks again, and the money is taken once.
#[test]
fn a_charge_whose_answer_was_lost_is_posted_once() {
    in_each_world(|world| {
        let price = shop(world);
        let buyer = world.caller(Role::BillingAdmin);
        world.gateway.lose_answers(true);
        let id = place(world, &buyer, &purchase(world, &price, SUCCEEDS)).expect("the order is placed");
        assert_eq!(see(world, &buyer, id).state, OrderState::PaymentPending);
        assert_eq!(world.gateway.charged().len(), 1);
        world.gateway.lose_answers(false);
        world.clock.advance(SignedDuration::from_secs(1));
        world.work();
        assert_eq!(see(world, &buyer, id).state, OrderState::Posted);
        assert_eq!(world.new_events(), [vec![placed()], posted().to_vec()].concat());
        assert_eq!(world.gateway.charged().len(), 1);
    });
}

/// A form that is posted twice, one after the other and at once, is one order (D29).
#[test]
fn an_order_that_is_placed_twice_is_one_order() {
    in_each_world(|world| {
        let price = shop(world);
        let buyer = world.caller(Role::BillingAdmin);
        let order = purchase(world, &price, SUCCEEDS);
        let tabs: Vec<_> = std::thread::scope(|scope| {
            let tabs: Vec<_> = (0..4).map(|_| scope.spawn(|| place(world, &buyer, &order))).collect();
            tabs.into_iter().map(|tab| tab.join().expect("no panic")).collect()
        });
        assert!(tabs.iter().all(|placed| matches!(placed, Ok(id) if *id == order.order_id)));
        world.work();
        assert_eq!(world.new_events(), [vec![placed()], posted().to_vec()].concat());
        assert_eq!(world.gateway.charged().len(), 1);
        let other = Purchase { quantity: 26, ..order };
        assert!(matches!(place(world, &buyer, &other), Err(Failure::Refused(Refusal::IdempotencyKeyReused))));
    });
}

/// A price that changed while the buyer looked is said; nothing is bought. What was sold keeps its price.
#[test]
fn a_price_that_changed_meanwhile_is_refused() {
    in_each_world(|world| {
        let seen = shop(world);
        let buyer = world.caller(Role::BillingAdmin);
        let bought = place(world, &buyer, &purchase(world, &seen, SUCCEEDS)).expect("it is bought");
        world.new_events();
        let next = Price {
            id: domain::ids::PriceId::from_uuid(world.new_id()),
            unit_price: eur(1_250),
            version: 2,
            ..seen.clone()
        };
        let row = next.clone();
        world.seed(world.organization, move |write| price::insert(write, &row));

        let refused = place(world, &buyer, &purchase(world, &seen, SUCCEEDS));
        assert!(matches!(refused, Err(Failure::Refused(Refusal::PriceChanged))));
        assert_eq!(world.new_events(), []);
        let dearer = place(world, &buyer, &purchase(world, &next, SUCCEEDS)).expect("it is bought");
        assert_eq!(see(world, &buyer, dearer).amount, eur(31_250));
        let subscription: SubscriptionId = see(world, &buyer, bought).subscription_id;
        assert_eq!(world.see_subscription(subscription).unit_price, eur(1_170));
    });
}

#[test]
fn a_purchase_that_cannot_be_is_refused_at_its_field() {
    in_each_world(|world| {
        let price = shop(world);
        let buyer = world.caller(Role::BillingAdmin);
        let at = |field, refusal| FieldRefusal { field, refusal };
        let refused = |purchase: &Purchase| match place(world, &buyer, purchase) {
            Err(Failure::Invalid(fields)) => fields,
            other => panic!("refused at a field, not {other:?}"),
        };
        let usual = purchase(world, &price, SUCCEEDS);
        assert_eq!(
            refused(&Purchase { quantity: 301, ..usual.clone() }),
            [at(Field::Quantity, Refusal::AboveMaximum { maximum: 300 })]
        );
        assert_eq!(
            refused(&purchase(world, &price, "4242 4242 4242 4242")),
            [at(Field::Payment, Refusal::UnknownChoice)]
        );
        // A card belongs to the person who added it (domain 4.1).
        let other = world.caller(Role::GlobalAdmin);
        place(world, &other, &usual).expect("it is bought");
        let card = world
            .store
            .read(world.organization, |read| payment_method::of_user(read, other.actor.user().expect("a person")));
        let card = card.expect("it answers").remove(0).id;
        let with_card_of_other = Purchase { payment: Payment::OnFile(card), ..purchase(world, &price, "") };
        assert_eq!(refused(&with_card_of_other), [at(Field::Payment, Refusal::UnknownChoice)]);
        // What users buy for their team, and a price in another currency.
        let team = world.sku(world.product("Visio").product_id, SkuKind::SelfService, "VISIO_DEPT");
        let team = world.price(&team, Term::Annual, BillingFrequency::Monthly, eur(500));
        assert!(matches!(
            place(world, &buyer, &purchase(world, &team, SUCCEEDS)),
            Err(Failure::Refused(Refusal::UnknownChoice))
        ));
        let dollars = world.product("Dollars");
        let dollars = world.price(&dollars, Term::Annual, BillingFrequency::Monthly, Money::new(1, Currency::Usd));
        assert!(matches!(
            place(world, &buyer, &purchase(world, &dollars, SUCCEEDS)),
            Err(Failure::Refused(Refusal::NoPrice))
        ));
    });
}

/// R71: only a global or billing admin buys for the organization; others only what users may buy for their team.
#[test]
fn others_do_not_buy() {
    in_each_world(|world| {
        let price = shop(world);
        for role in [Role::LicenseAdmin, Role::UserAdmin, Role::GlobalReader, Role::Operator] {
            let refused = place(world, &world.caller(role), &purchase(world, &price, SUCCEEDS));
            let expected = if role == Role::Operator { Refusal::NotAllowed } else { Refusal::SelfServiceNotAllowed };
            assert_eq!(refused.unwrap_err().refusal(), Some(&expected), "{role}");
        }
        // Whoever may not buy does not learn what the gateway knows of a card.
        let unknown = place(world, &world.caller(Role::Operator), &purchase(world, &price, "card_of_nobody"));
        assert!(matches!(unknown, Err(Failure::Refused(Refusal::NotAllowed))));
        let stranger = world.caller_in(world.other_organization("Elsewhere"), Role::GlobalAdmin);
        let refused = place(world, &stranger, &purchase(world, &price, SUCCEEDS));
        assert!(matches!(refused, Err(Failure::Refused(Refusal::NotFound))));
        assert_eq!(world.new_events(), []);
        assert!(world.gateway.charged().is_empty());
    });
}

/// A bank account on file: what the bank debits takes some days.
fn account(world: &World, owner: &Caller) -> PaymentMethodId {
    world.payment_method(owner.actor.user().expect("a person"), |new| {
        let (country, last_four, mandate) = ("NL".to_owned(), "4300".to_owned(), Some("M-1".to_owned()));
        new.described = MethodDescription::BankAccount(BankAccountDescription { country, last_four, mandate });
        adapters::TEST_ACCOUNT.clone_into(&mut new.gateway_token);
    })
}

/// R73, domain 4.3: a bank debit does not keep the licenses back; its invoice is open until the bank knows, and a debit
/// that fails is tried again by the plan.
#[test]
fn a_bank_debit_posts_at_once_and_is_paid_later() {
    in_each_world(|world| {
        let price = shop(world);
        let buyer = world.caller(Role::BillingAdmin);
        let method = account(world, &buyer);
        let by_bank = || Purchase { payment: Payment::OnFile(method), ..purchase(world, &price, "") };
        let first = see(world, &buyer, place(world, &buyer, &by_bank()).expect("it is bought"));
        let second = see(world, &buyer, place(world, &buyer, &by_bank()).expect("it is bought"));
        for order in [&first, &second] {
            let bought = world.see_subscription(order.subscription_id);
            assert_eq!((order.state, bought.state), (OrderState::Posted, SubscriptionState::Active));
            assert_eq!((bought.available(), bought.payment_method_id), (25, Some(method)));
        }
        let invoices = || world.read(&buyer, &OpenBalances).expect("the balance").unsettled;
        assert_eq!(
            invoices().iter().map(|open| (open.state, open.paid)).collect::<Vec<_>>(),
            [(InvoiceState::Open, eur(0)), (InvoiceState::Open, eur(0)),]
        );
        let waiting = |at: usize| {
            let view = world.read(&buyer, &InvoiceDetails(invoices()[at].id)).expect("the invoice");
            view.payments.last().expect("a payment").clone()
        };
        let (yes, no) = (waiting(0), waiting(1));
        assert_eq!((yes.state, yes.reference.as_deref()), (PaymentState::Pending, first.payment_reference.as_deref()));
        world.clock.advance(SignedDuration::from_hours(30));
        world.work();
        assert_eq!(waiting(0).state, PaymentState::Pending, "a bank may take days");
        let _ = world.new_events();

        assert!(world.gateway.confirm(yes.reference.as_deref().expect("its name"), true));
        assert!(world.gateway.confirm(no.reference.as_deref().expect("its name"), false));
        world.clock.advance(SignedDuration::from_hours(1));
        world.work();
        let paid =
            |number: &str| Event::InvoicePaid { number: number.to_owned(), amount: eur(29_250), balance: eur(0) };
        let (number, reason) = ("0000002".to_owned(), "card_declined".to_owned());
        let mut events = world.new_events();
        events.sort_by_key(|event| event.kind() == "payment_failed");
        assert_eq!(events, [paid("0000001"), Event::PaymentFailed { number, amount: eur(29_250), reason }]);
        world.clock.set_day(date(2020, 1, 18));
        world.sweep();
        world.work();
        let again = waiting(0);
        assert_eq!((again.state, again.made_on), (PaymentState::Pending, date(2020, 1, 18)));
        assert!(world.gateway.confirm(again.reference.as_deref().expect("its name"), true));
        world.clock.advance(SignedDuration::from_hours(1));
        world.work();
        assert_eq!(world.new_events(), [paid("0000002")]);
        assert_eq!(world.gateway.charged().len(), 3);
    });
}
