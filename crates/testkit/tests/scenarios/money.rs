//! Money that customers owe: invoices, and what is paid of them (domain 4).

use super::billing::seller;
use super::purchase::wanted;
use app::billing::balance::{OpenBalance, OpenBalances};
use app::billing::collect::settle;
use app::billing::details::InvoiceDetails;
use app::billing::list::{InvoiceDays, ListInvoices};
use app::billing::operate::BillingOverview;
use app::billing::pay_invoice::{PayInvoice, new_payment_id, pay_invoice};
use app::billing::record_chargeback::RecordChargeback;
use app::billing::record_transfer::RecordTransfer;
use app::billing::seller::ChangeSeller;
use app::billing::settle_balance::PreparePayment;
use app::credit_check::decide::DecideCreditCheck;
use app::gateway::Settling;
use app::order::place::{Payment as Means, Purchase, place_order};
use app::organization::become_sandbox::BecomeSandbox;
use app::organization::move_clock::MoveClock;
use app::ports::SandboxBank;
use app::subscription::cancel::CancelSubscription;
use app::subscription::change_payment_method::ChangePaymentMethod;
use app::subscription::change_quantity::ChangeQuantity;
use app::subscription::reactivate::ReactivateSubscription;
use app::{Caller, Failure};
use domain::access::{Actor, Role};
use domain::billing::invoice::InvoiceState;
use domain::billing::payment::{Payment, PaymentKind, PaymentState};
use domain::billing::payment_method::MethodName;
use domain::catalog::{BillingFrequency, Term};
use domain::credit_check::decide::DecideCreditCheck as Decided;
use domain::event::{Change, Event};
use domain::ids::{InvoiceId, PaymentMethodId, SubscriptionId};
use domain::limits::{QUANTITY_MAX, UNIT_PRICE_MAX};
use domain::money::{Currency, Money};
use domain::organization::OrganizationKind;
use domain::refusal::{Field, Refusal};
use domain::subscription::cancel::{Cancel, CancelReason};
use domain::subscription::remind::ReminderKind;
use domain::subscription::{Channel, ClosedReason, Subscription, SubscriptionState};
use domain::time::Period;
use jiff::civil::{Date, date};
use jiff::{SignedDuration, ToSpan};
use testkit::world::{World, in_each_world};

fn eur(minor: i64) -> Money {
    Money::new(minor, Currency::Eur)
}

fn refusal<T: std::fmt::Debug>(outcome: Result<T, Failure>) -> Refusal {
    outcome.expect_err("it is refused").refusal().expect("a refusal").clone()
}

/// Ten licenses at €10.00 a month, paid by invoice.
fn by_invoice(world: &World, differ: impl FnOnce(&mut Subscription)) -> SubscriptionId {
    let office = world.product(&format!("Office {}", world.new_id()));
    world.subscription_with(world.organization, &office, 10, |new| {
        new.channel = Channel::DirectInvoice;
        differ(new);
    })
}

fn list(world: &World, caller: &Caller, days: InvoiceDays, after: Option<InvoiceId>) -> Vec<(String, Money)> {
    let page = world.read(caller, &ListInvoices { days, after, limit: 2 }).expect("the list");
    page.rows.into_iter().map(|row| (row.number, row.total)).collect()
}

/// R169, R79: the invoices of three months, or of others; a buyer sees those of own subscriptions, and nobody else's.
#[test]
fn invoices_are_looked_at() {
    in_each_world(|world| {
        let anna = world.person("Anna de Vries");
        let _ = by_invoice(world, |_| ());
        let _ = by_invoice(world, |new| new.holder = Some(anna));
        let admin = world.caller(Role::BillingAdmin);
        world.clock.set_day(date(2020, 5, 15));
        world.sweep();

        let page = world.read(&admin, &ListInvoices { days: InvoiceDays::default(), after: None, limit: 5 });
        let page = page.expect("the list");
        assert_eq!((page.from, page.to), (date(2020, 2, 15), date(2020, 5, 15)));
        let days: Vec<_> = page.rows.iter().map(|row| (row.issued_on, row.due_on)).collect();
        let (may, april) = ((date(2020, 5, 15), date(2020, 6, 14)), (date(2020, 4, 15), date(2020, 5, 15)));
        assert_eq!(days, [may, may, april, april, (date(2020, 3, 15), date(2020, 4, 14))]);
        assert!(page.next.is_some());
        let march = InvoiceDays::Range { from: date(2020, 3, 1), to: date(2020, 3, 31) };
        let all = list(world, &admin, march, None);
        assert_eq!(all, [("0000004".to_owned(), eur(10_000)), ("0000003".to_owned(), eur(10_000))]);
        let first = world.read(&admin, &ListInvoices { days: march, after: None, limit: 1 }).expect("the list");
        assert_eq!(list(world, &admin, march, first.next), all[1..]);

        let view = world.read(&admin, &InvoiceDetails(page.rows[4].id)).expect("the invoice");
        assert_eq!((view.invoice.lines.len(), view.invoice.balance(), view.is_overdue()), (1, eur(10_000), true));
        assert_eq!((view.invoice.state, view.may_pay, view.may_operate), (InvoiceState::Open, true, false));
        let open = world.read(&admin, &OpenBalances).expect("the balance");
        let whole = OpenBalance { owed: eur(80_000), overdue: eur(40_000), credit: eur(0) };
        assert_eq!((open.balances, open.unsettled.len()), (vec![whole], 8));

        let buyer = world.as_person(anna, &[]);
        assert_eq!(list(world, &buyer, march, None).len(), 1);
        let own = OpenBalance { owed: eur(40_000), overdue: eur(20_000), credit: eur(0) };
        assert_eq!(world.read(&buyer, &OpenBalances).expect("the balance").balances, [own]);
        let bram = world.as_person(world.person("Bram Bakker"), &[]);
        assert_eq!(list(world, &bram, march, None), []);
        assert_eq!(refusal(world.read(&bram, &InvoiceDetails(page.rows[4].id))), Refusal::NotFound);
        // D23: whoever assigns licenses has no business with invoices.
        assert_eq!(list(world, &world.caller(Role::LicenseAdmin), march, None), []);
        assert_eq!(refusal(world.read(&admin, &BillingOverview)), Refusal::NotAllowed);
        let operator = world.caller(Role::Operator);
        let sums = world.read(&operator, &BillingOverview).expect("the books").books;
        assert_eq!(
            sums.iter().map(|sum| (sum.debit.minor, sum.credit.minor)).collect::<Vec<_>>(),
            [(80_000, 0), (0, 80_000)]
        );
    });
}

/// A card on file that stands for a token of the sandbox.
fn card(world: &World, owner: &Caller, token: &str) -> PaymentMethodId {
    world.card(owner.actor.user().expect("a person"), token)
}

/// Ten licenses at €10.00 a month, paid by a card.
fn by_card(world: &World, card: PaymentMethodId) -> SubscriptionId {
    by_invoice(world, |new| (new.channel, new.payment_method_id) = (Channel::Direct, Some(card)))
}

/// Every day up to `until` the calendar takes its steps, and the work is done that they ask for.
fn live_until(world: &World, until: Date) {
    while world.today() < until {
        world.clock.set_day(world.today().saturating_add(1.day()));
        world.sweep();
        world.work();
    }
}

fn issued(number: &str, minor: i64, due_on: Date) -> Event {
    Event::InvoiceIssued { number: number.to_owned(), total: eur(minor), due_on }
}

fn paid(number: &str, minor: i64, balance: i64) -> Event {
    Event::InvoicePaid { number: number.to_owned(), amount: eur(minor), balance: eur(balance) }
}

fn failed(number: &str, reason: &str) -> Event {
    Event::PaymentFailed { number: number.to_owned(), amount: eur(10_000), reason: reason.to_owned() }
}

fn back(amount: i64, start: Date, end: Date) -> Event {
    Event::SubscriptionReactivated {
        from: SubscriptionState::Disabled,
        ends_on: date(2021, 1, 15),
        amount: eur(amount),
        service_period: Period { start, end },
    }
}

/// The invoice with a number, and its payments.
fn invoice(world: &World, number: &str) -> (InvoiceId, Vec<Payment>) {
    let (admin, days) = (world.caller(Role::GlobalReader), InvoiceDays::SixMonths);
    let page = world.read(&admin, &ListInvoices { days, after: None, limit: 100 }).expect("the list");
    let id = page.rows.iter().find(|row| row.number == number).expect("the invoice is there").id;
    (id, world.read(&admin, &InvoiceDetails(id)).expect("the invoice").payments)
}

fn pay(world: &World, payer: &Caller, number: &str, token: &str) -> Result<(), Failure> {
    let (payment_id, means) = (new_payment_id(&world.app), Means::Token(token.to_owned()));
    let pay = PayInvoice { payment_id, invoice_id: invoice(world, number).0, means };
    pay_invoice(&world.app, payer, world.organization, pay.clone())?;
    // Pressed twice, it is paid once.
    pay_invoice(&world.app, payer, world.organization, pay).map(drop)
}

/// What is said before an invoice is paid: the invoices that are collected after it, and what comes back at which cost.
fn what_follows(world: &World, payer: &Caller, number: &str) -> [Vec<(String, Money)>; 2] {
    let prepared = world.read(payer, &PreparePayment(Some(invoice(world, number).0))).expect("it is open");
    let follow = prepared.follow.into_iter().map(|open| (open.number, open.balance)).collect();
    [follow, prepared.coming_back]
}

/// What the doctor proves of the books.
pub(super) fn books_agree(world: &World) {
    let findings = app::doctor::examine(&world.app).expect("the database answers");
    let wrong: Vec<_> = findings.iter().filter(|finding| !finding.is_good() && !finding.places.is_empty()).collect();
    assert!(wrong.is_empty(), "{wrong:?}");
    assert!(findings.iter().any(|finding| finding.check == app::doctor::Check::InvoiceNumbers && finding.is_good()));
}

/// R166, D24, T6, T8: tried on seven days, then disabled; what settles one balance pays for all that the card did not.
#[test]
fn what_a_card_never_pays_is_disabled_until_it_is_settled() {
    in_each_world(|world| {
        let admin = world.caller(Role::BillingAdmin);
        let declined = card(world, &admin, "card_declined");
        let (first, second) = (by_card(world, declined), by_card(world, declined));
        live_until(world, date(2020, 3, 14));
        let no = |number| failed(number, "card_declined");
        let due = date(2020, 2, 16);
        let mut expected = vec![issued("0000001", 10_000, due), issued("0000002", 10_000, due)];
        expected.extend((0..6).flat_map(|_| [no("0000001"), no("0000002")]));
        assert_eq!(world.new_events(), expected);
        let days = |number| invoice(world, number).1.iter().map(|payment| payment.made_on).collect::<Vec<_>>();
        let tried = [(2, 16), (2, 19), (2, 23), (2, 28), (3, 5), (3, 11)];
        assert_eq!(days("0000001"), tried.map(|(month, day)| date(2020, month, day)));

        live_until(world, date(2020, 3, 19));
        let disabled = Event::SubscriptionDisabled { on: date(2020, 3, 17), deleted_on: date(2020, 6, 15) };
        let due = date(2020, 3, 16);
        let expected = [
            issued("0000003", 10_000, due),
            issued("0000004", 10_000, due),
            no("0000003"),
            no("0000004"),
            no("0000001"),
            disabled.clone(),
            no("0000002"),
            disabled,
            no("0000003"),
            no("0000004"),
        ];
        assert_eq!(world.new_events(), expected);
        let unpaid = world.see_subscription(first);
        assert_eq!((unpaid.state, unpaid.unpaid_since), (SubscriptionState::Disabled, Some(date(2020, 3, 17))));
        let around = ReactivateSubscription { subscription_id: first, payment_method_id: None };
        assert_eq!(refusal(world.write(&admin, around)), Refusal::Closed(ClosedReason::Unpaid));

        // A card that does not pay either changes nothing.
        pay(world, &admin, "0000001", "card_declined").expect("it is tried");
        assert_eq!(world.new_events(), [no("0000001")]);
        let office = |id| world.see_listed(id).product_name;
        let said = what_follows(world, &admin, "0000001");
        let others = ["0000002", "0000003", "0000004"].map(|number| (number.to_owned(), eur(10_000)));
        assert_eq!(said, [others.to_vec(), vec![(office(first), eur(0)), (office(second), eur(0))]]);
        pay(world, &admin, "0000001", "card_succeeds").expect("it is paid");
        let april = date(2020, 4, 15);
        assert_eq!(world.new_events(), [paid("0000001", 10_000, 0), back(0, april, april)]);
        let by_now = world.see_subscription(second).payment_method_id;
        assert_eq!((world.see_subscription(first).payment_method_id, by_now == Some(declined)), (by_now, false));
        assert_eq!(refusal(pay(world, &admin, "0000001", "card_succeeds")), Refusal::InvoiceSettled);
        world.sweep();
        world.work();
        let rest =
            [paid("0000002", 10_000, 0), back(0, april, april), paid("0000003", 10_000, 0), paid("0000004", 10_000, 0)];
        assert_eq!(world.new_events(), rest);
        assert_eq!(world.read(&admin, &OpenBalances).expect("the balance").balances, []);
        books_agree(world);
    });
}

/// R166, domain 4.6: whoever pays what the card of somebody else did not, pays that and nothing more.
#[test]
fn the_card_of_somebody_else_stays() {
    in_each_world(|world| {
        let (anna, bram) = (world.caller(Role::BillingAdmin), world.caller(Role::GlobalAdmin));
        let declined = card(world, &anna, "card_declined");
        let both = [by_card(world, declined), by_card(world, declined)];
        live_until(world, date(2020, 2, 16));
        let _ = world.new_events();
        assert_eq!(what_follows(world, &bram, "0000001"), [vec![], vec![]]);
        pay(world, &bram, "0000001", "card_succeeds").expect("it is paid");
        world.sweep();
        world.work();
        assert_eq!(world.new_events(), [paid("0000001", 10_000, 0)]);
        assert_eq!(both.map(|id| world.see_subscription(id).payment_method_id), [Some(declined); 2]);
        books_agree(world);
    });
}

/// Its credit was checked and found good, for an order that begins only in December.
fn passes_a_credit_check(world: &World, admin: &Caller) {
    let price = world.price(&world.product("Later"), Term::Annual, BillingFrequency::Monthly, eur(1_000));
    let by_invoice = wanted(world, &price, 1, Means::Invoice { contact_agreed: true });
    let order = Purchase { starts_on: Some(date(2020, 12, 1)), ..by_invoice };
    let order_id = place_order(&world.app, admin, world.organization, order).expect("it is ordered");
    let house = world.organization_with("Zetel", |house| house.kind = OrganizationKind::Operator);
    let decided = Decided::new(true, "").expect("no note");
    let operator = world.caller_in(house, Role::Operator);
    world.write(&operator, DecideCreditCheck { order_id, decided }).expect("it is decided");
    let _ = world.new_events();
}

fn reminded(number: &str, days: i32) -> Event {
    Event::InvoiceReminded { number: number.to_owned(), balance: eur(10_000), days }
}

fn pays_from_now_on(from: Option<&str>, to: Option<&str>) -> Event {
    let visa = |last_four: &str| MethodName { brand: Some("Visa".to_owned()), last_four: last_four.to_owned() };
    let method = Change { from: from.map(visa), to: to.map(visa) };
    Event::SubscriptionPaymentChanged { method, is_first: false }
}

fn transferred(number: &str, world: &World) -> RecordTransfer {
    RecordTransfer {
        invoice_ids: vec![invoice(world, number).0],
        amount: eur(10_000),
        day: world.today(),
        reference: format!("NL-{number}"),
        keep_rest: false,
    }
}

/// R165, domain 4.2: from card to invoice. What is open is not taken from the card any more, also where the card was asked
/// before: it has the days of whoever pays invoices from the day of the change on, the customer is reminded of it after
/// them and transfers it. The next invoice has the days of whoever pays invoices.
#[test]
fn from_card_to_invoice() {
    in_each_world(|world| {
        let admin = world.caller(Role::BillingAdmin);
        passes_a_credit_check(world, &admin);
        let subscription_id = by_card(world, card(world, &admin, "card_declined"));
        live_until(world, date(2020, 2, 16));
        assert_eq!(
            world.new_events(),
            [issued("0000001", 10_000, date(2020, 2, 16)), failed("0000001", "card_declined")]
        );
        let asked = world.gateway.charged().len();
        world.write(&admin, ChangePaymentMethod { subscription_id, to: None }).expect("its credit is good");
        let due_on = Change { from: date(2020, 2, 16), to: date(2020, 3, 17) };
        let moved = Event::InvoiceDueMoved { number: "0000001".to_owned(), due_on };
        assert_eq!(world.new_events(), [pays_from_now_on(Some("4242"), None), moved]);
        let now = world.see_subscription(subscription_id);
        assert_eq!((now.channel, now.payment_method_id), (Channel::DirectInvoice, None));

        live_until(world, date(2020, 3, 19));
        assert_eq!(world.new_events(), [issued("0000002", 10_000, date(2020, 4, 14))]);
        live_until(world, date(2020, 3, 20));
        assert_eq!(world.new_events(), [reminded("0000001", 3)]);
        assert_eq!((world.gateway.charged().len(), now.state), (asked, SubscriptionState::Active));
        world.write(&world.caller(Role::Operator), transferred("0000001", world)).expect("it is recorded");
        assert_eq!(world.new_events(), [paid("0000001", 10_000, 0)]);
        books_agree(world);
    });
}

/// R165, domain 4.2, decision 25: from invoice to card. The subscription and its people stay; what is open stays payable by
/// transfer and the card is not asked for it; the card pays from the next invoice on.
#[test]
fn from_invoice_to_card() {
    in_each_world(|world| {
        let admin = world.caller(Role::BillingAdmin);
        let subscription_id = by_invoice(world, |_| ());
        world.give_license(subscription_id, world.person("Anna"));
        live_until(world, date(2020, 2, 20));
        assert_eq!(world.new_events(), [issued("0000001", 10_000, date(2020, 3, 16))]);
        let to = Some(card(world, &admin, "card_succeeds"));
        world.write(&admin, ChangePaymentMethod { subscription_id, to }).expect("it is the admin's card");
        assert_eq!(world.new_events(), [pays_from_now_on(None, Some("4242"))]);
        let now = world.see_subscription(subscription_id);
        assert_eq!((now.channel, now.payment_method_id, now.assigned), (Channel::Direct, to, 1));

        live_until(world, date(2020, 3, 20));
        let due = date(2020, 3, 16);
        let expected = [issued("0000002", 10_000, due), paid("0000002", 10_000, 0), reminded("0000001", 3)];
        assert_eq!(world.new_events(), expected);
        assert_eq!(world.gateway.charged().into_values().collect::<Vec<_>>(), [eur(10_000)]);
        world.write(&world.caller(Role::Operator), transferred("0000001", world)).expect("it is recorded");
        assert_eq!(world.new_events(), [paid("0000001", 10_000, 0)]);
        books_agree(world);
    });
}

/// R166, T8: who pays late is told before what is collected after it and what comes back: 10 × 10.00 × 20/30 for the days
/// from 25 April.
#[test]
fn whoever_pays_late_is_told_what_follows() {
    in_each_world(|world| {
        let admin = world.caller(Role::BillingAdmin);
        let id = by_card(world, card(world, &admin, "card_declined"));
        live_until(world, date(2020, 4, 25));
        let _ = world.new_events();
        let office = world.see_listed(id).product_name;
        let second = vec![("0000002".to_owned(), eur(10_000))];
        assert_eq!(what_follows(world, &admin, "0000001"), [second, vec![(office, eur(6_667))]]);
        pay(world, &admin, "0000001", "card_succeeds").expect("it is paid");
        assert_eq!(world.new_events(), [paid("0000001", 10_000, 0)], "the other one still keeps it away");
        world.sweep();
        world.work();
        let back = back(6_667, date(2020, 4, 25), date(2020, 5, 15));
        assert_eq!(world.new_events(), [paid("0000002", 10_000, 0), back]);
        assert_eq!(world.see_subscription(id).state, SubscriptionState::Active);
        books_agree(world);
    });
}

/// Domain 4.6: a card that pays at checkout and declines when its owner is away.
#[test]
fn a_card_declines_at_a_renewal() {
    in_each_world(|world| {
        let admin = world.caller(Role::GlobalAdmin);
        let _ = by_card(world, card(world, &admin, "card_absent"));
        live_until(world, date(2020, 2, 17));
        let expected = [issued("0000001", 10_000, date(2020, 2, 16)), failed("0000001", "card_declined")];
        assert_eq!(world.new_events(), expected);
        pay(world, &admin, "0000001", "card_absent").expect("its owner is there");
        live_until(world, date(2020, 2, 25));
        assert_eq!(world.new_events(), [paid("0000001", 10_000, 0)]);
        books_agree(world);
    });
}

/// Domain 4.5, R168: the payer confirms later, or not; then it is tried again by the plan.
#[test]
fn a_payer_has_to_confirm() {
    in_each_world(|world| {
        let admin = world.caller(Role::GlobalAdmin);
        let card = card(world, &admin, "card_confirms");
        let _ = (by_card(world, card), by_card(world, card));
        live_until(world, date(2020, 2, 16));
        let _ = world.new_events();
        let waiting = invoice(world, "0000001").1.remove(0);
        assert_eq!(waiting.state, PaymentState::ConfirmationRequired);
        let settling = settle(&world.app, &admin, world.organization, waiting.id).expect("it answers");
        assert!(matches!(settling, Settling::WaitsForPayer { address } if !address.is_empty()));
        assert!(world.gateway.confirm(waiting.reference.as_deref().expect("its name"), true));
        world.clock.advance(SignedDuration::from_mins(1));
        world.work();
        assert_eq!(world.new_events(), [paid("0000001", 10_000, 0)]);
        live_until(world, date(2020, 2, 22));
        assert_eq!(world.new_events(), [failed("0000002", "confirmation_failed")]);
        // The next attempt waits too, and is given up for a card that pays.
        live_until(world, date(2020, 2, 23));
        pay(world, &admin, "0000002", "card_succeeds").expect("it is paid");
        let asked = Event::PaymentToConfirm { number: "0000002".to_owned(), amount: eur(10_000) };
        assert_eq!(world.new_events(), [asked, failed("0000002", "confirmation_failed"), paid("0000002", 10_000, 0)]);
        books_agree(world);
    });
}

/// Domain 4.3: what a customer transfers beyond its invoices is credit, which the next invoices use; the books agree.
#[test]
fn too_much_becomes_credit() {
    in_each_world(|world| {
        let _ = by_invoice(world, |_| ());
        live_until(world, date(2020, 3, 1));
        let operator = world.caller(Role::Operator);
        let first = invoice(world, "0000001").0;
        let transfer = |minor, reference: &str| RecordTransfer {
            invoice_ids: vec![first],
            amount: eur(minor),
            day: date(2020, 2, 28),
            reference: reference.to_owned(),
            keep_rest: true,
        };
        let _ = world.new_events();
        assert_eq!(world.write(&operator, transfer(12_500, "NL-1")).expect("it is recorded"), eur(-2_500));
        let kept = |minor| Event::ProfileCreditKept { name: "Waterland".to_owned(), amount: eur(minor) };
        assert_eq!(world.new_events(), [paid("0000001", 10_000, 0), kept(2_500)]);
        // It was paid once more, which is credit as a whole; the same transfer is recorded once.
        assert_eq!(world.write(&operator, transfer(10_000, "NL-2")).expect("it is recorded"), eur(-10_000));
        assert_eq!(world.new_events(), [kept(10_000)]);
        for known in ["NL-1", "NL-2"] {
            let again = match world.write(&operator, transfer(1, known)) {
                Err(Failure::Invalid(fields)) => fields,
                other => panic!("refused at a field, not {other:?}"),
            };
            assert_eq!(again, [Refusal::TransferRecorded.at(Field::Reference)]);
        }
        let admin = world.caller(Role::GlobalAdmin);
        let credits = || world.read(&admin, &OpenBalances).expect("the balance").credits;
        assert_eq!(credits(), [("Waterland".to_owned(), eur(12_500))]);
        books_agree(world);
        // The invoice of 15 March is paid by it at once, that of 15 April in part.
        live_until(world, date(2020, 3, 20));
        let due = date(2020, 4, 14);
        let expected = [issued("0000002", 10_000, due), paid("0000002", 2_500, 7_500), paid("0000002", 7_500, 0)];
        assert_eq!(world.new_events(), expected);
        assert_eq!(credits(), [("Waterland".to_owned(), eur(2_500))]);
        live_until(world, date(2020, 4, 20));
        let expected = [issued("0000003", 10_000, date(2020, 5, 15)), paid("0000003", 2_500, 7_500)];
        assert_eq!(world.new_events(), expected);
        assert_eq!(credits(), []);
        books_agree(world);
    });
}

/// Domain 4.3: what customers transfer is recorded in parts, each once.
#[test]
fn a_transfer_pays_a_part() {
    in_each_world(|world| {
        let _ = by_invoice(world, |_| ());
        live_until(world, date(2020, 3, 1));
        let operator = world.caller(Role::Operator);
        let invoice_id = invoice(world, "0000001").0;
        let transfer = |minor, reference: &str| RecordTransfer {
            invoice_ids: vec![invoice_id],
            amount: eur(minor),
            day: date(2020, 2, 28),
            reference: reference.to_owned(),
            keep_rest: false,
        };
        assert_eq!(world.write(&operator, transfer(4_000, " NL-1 ")).expect("it is recorded"), eur(6_000));
        let refused = |transfer| match world.write(&operator, transfer) {
            Err(Failure::Invalid(fields)) => fields,
            other => panic!("refused at a field, not {other:?}"),
        };
        assert_eq!(refused(transfer(4_000, "NL-1")), [Refusal::TransferRecorded.at(Field::Reference)]);
        assert_eq!(refused(transfer(7_000, "NL-2")), [Refusal::AboveBalance { balance: eur(6_000) }.at(Field::Amount)]);
        let wrong = [Refusal::NotAnAmount.at(Field::Amount), Refusal::Required.at(Field::Reference)];
        assert_eq!(refused(transfer(0, " ")), wrong);
        let later = RecordTransfer { day: date(2020, 3, 2), ..transfer(1, "NL-3") };
        assert_eq!(refused(later), [Refusal::DayToCome.at(Field::Day)]);
        assert_eq!(world.write(&operator, transfer(6_000, "NL-4")).expect("it is recorded"), eur(0));
        assert_eq!(refusal(world.write(&operator, transfer(1, "NL-5"))), Refusal::InvoiceSettled);
        let admin = world.caller(Role::GlobalAdmin);
        assert_eq!(refusal(world.write(&admin, transfer(1, "NL-6"))), Refusal::NotAllowed);
        let parts =
            [issued("0000001", 10_000, date(2020, 3, 16)), paid("0000001", 4_000, 6_000), paid("0000001", 6_000, 0)];
        assert_eq!(world.new_events(), parts);
        books_agree(world);
    });
}

/// The reminder on the thirtieth day after canceling.
fn erased_soon(on: Date) -> Event {
    Event::SubscriptionReminded { reminder: ReminderKind::ErasedSoon, on, days: 60 }
}

/// D6, domain 4.9: a credit note settles what is open, and what is left of it the next invoice. 30 × 10.00 × 21/31 is
/// 203.23.
#[test]
fn a_credit_note_settles_open_and_later_invoices() {
    in_each_world(|world| {
        let admin = world.caller(Role::GlobalAdmin);
        let subscription_id = by_invoice(world, |new| (new.quantity, new.quantity_max) = (30, 300));
        let _ = by_invoice(world, |_| ());
        world.clock.set_day(date(2020, 1, 25));
        let cancel = Cancel { reason: CancelReason::TooExpensive, feedback: String::new() };
        world.write(&admin, CancelSubscription { subscription_id, cancel }).expect("it is canceled");
        let _ = world.new_events();
        live_until(world, date(2020, 3, 15));
        let expected = [
            issued("0000001", -20_323, date(2020, 3, 16)),
            issued("0000002", 10_000, date(2020, 3, 16)),
            paid("0000001", -10_000, -10_323),
            paid("0000002", 10_000, 0),
            erased_soon(date(2020, 4, 24)),
            issued("0000003", 10_000, date(2020, 4, 14)),
            paid("0000001", -10_000, -323),
            paid("0000003", 10_000, 0),
        ];
        assert_eq!(world.new_events(), expected);
        let open = OpenBalance { owed: eur(0), overdue: eur(0), credit: eur(323) };
        assert_eq!(world.read(&admin, &OpenBalances).expect("the balance").balances, [open]);
        let back = RecordTransfer {
            invoice_ids: vec![invoice(world, "0000001").0],
            amount: eur(323),
            day: date(2020, 3, 15),
            reference: "OUT-1".to_owned(),
            keep_rest: false,
        };
        assert_eq!(world.write(&world.caller(Role::Operator), back).expect("it is recorded"), eur(0));
        let refunded = Event::CreditRefunded { number: "0000001".to_owned(), amount: eur(323) };
        assert_eq!(world.new_events(), [refunded]);
        books_agree(world);
    });
}

/// R17, domain 5.1: what a user gets back who bought for the team is the user's: it pays no invoice of the organization,
/// neither one that is open nor a later one.
#[test]
fn what_a_user_gets_back_pays_nothing_of_the_organization() {
    in_each_world(|world| {
        let bram = world.person("Bram Bakker");
        let subscription_id = by_invoice(world, |new| {
            (new.quantity, new.quantity_max, new.channel, new.holder) = (30, 300, Channel::SelfService, Some(bram));
        });
        let _ = by_invoice(world, |_| ());
        world.clock.set_day(date(2020, 1, 25));
        let cancel = Cancel { reason: CancelReason::TooExpensive, feedback: String::new() };
        let buyer = world.as_person(bram, &[]);
        world.write(&buyer, CancelSubscription { subscription_id, cancel }).expect("it is canceled");
        let _ = world.new_events();
        live_until(world, date(2020, 3, 15));
        let expected = [
            issued("0000001", -20_323, date(2020, 3, 16)),
            issued("0000002", 10_000, date(2020, 3, 16)),
            erased_soon(date(2020, 4, 24)),
            issued("0000003", 10_000, date(2020, 4, 14)),
        ];
        assert_eq!(world.new_events(), expected);
        books_agree(world);
    });
}

/// 25 licenses at €11.70, bought by a card that pays: €292.50.
fn bought(world: &World, buyer: &Caller) -> SubscriptionId {
    let price = world.price(&world.product("Office"), Term::Annual, BillingFrequency::Monthly, eur(1_170));
    let purchase = wanted(world, &price, 25, Means::Token("card_succeeds".to_owned()));
    let id = place_order(&world.app, buyer, world.organization, purchase).expect("it is bought");
    let _ = world.new_events();
    world.read(buyer, &app::order::details::OrderDetails(id)).expect("the order").listed.order.subscription_id
}

/// D6: under MOSA what a credit note gives goes back to the card that paid: 292.50 × 30/31 = 283.06.
#[test]
fn a_credit_goes_back_to_the_card() {
    in_each_world(|world| {
        let admin = world.caller(Role::GlobalAdmin);
        let subscription_id = bought(world, &admin);
        world.clock.set_day(date(2020, 1, 16));
        let cancel = Cancel { reason: CancelReason::TooExpensive, feedback: String::new() };
        world.write(&admin, CancelSubscription { subscription_id, cancel }).expect("it is canceled");
        let _ = world.new_events();
        live_until(world, date(2020, 2, 14));
        world.gateway.lose_answers(true);
        live_until(world, date(2020, 2, 15));
        world.gateway.lose_answers(false);
        live_until(world, date(2020, 2, 16));
        let refunded = Event::CreditRefunded { number: "0000002".to_owned(), amount: eur(28_306) };
        assert_eq!(
            world.new_events(),
            [erased_soon(date(2020, 4, 15)), issued("0000002", -28_306, date(2020, 2, 16)), refunded]
        );
        assert_eq!(invoice(world, "0000002").1.len(), 1, "a lost answer gives back once");
        let sums = world.read(&world.caller(Role::Operator), &BillingOverview).expect("the books").books;
        let gateway = sums.iter().find(|sum| sum.account == domain::billing::ledger::LedgerAccount::Gateway);
        assert_eq!(gateway.map(|sum| (sum.debit, sum.credit)), Some((eur(29_250), eur(28_306))));
        books_agree(world);
    });
}

/// R167, domain 4.6: the bank takes a payment back: unpaid again and disabled, until another card pays.
#[test]
fn a_payment_is_charged_back() {
    in_each_world(|world| {
        let admin = world.caller(Role::GlobalAdmin);
        let subscription_id = bought(world, &admin);
        world.clock.set_day(date(2020, 1, 20));
        let payment_id = invoice(world, "0000001").1[0].id;
        let operator = world.caller(Role::Operator);
        assert_eq!(refusal(world.write(&admin, RecordChargeback { payment_id })), Refusal::NotAllowed);
        world.write(&operator, RecordChargeback { payment_id }).expect("it is recorded");
        assert_eq!(refusal(world.write(&operator, RecordChargeback { payment_id })), Refusal::NothingToChange);
        let (amount, balance) = (eur(29_250), eur(29_250));
        let taken = Event::InvoiceChargedBack { number: "0000001".to_owned(), amount, balance };
        let disabled = Event::SubscriptionDisabled { on: date(2020, 1, 20), deleted_on: date(2020, 4, 19) };
        assert_eq!(world.new_events(), [taken, disabled]);
        live_until(world, date(2020, 1, 25));
        assert_eq!(world.new_events(), [], "nothing is taken again by itself");
        pay(world, &admin, "0000001", "card_succeeds").expect("it is paid");
        let february = date(2020, 2, 15);
        assert_eq!(world.new_events(), [paid("0000001", 29_250, 0), back(0, february, february)]);
        assert_eq!(world.see_subscription(subscription_id).state, SubscriptionState::Active);
        let kinds: Vec<_> = invoice(world, "0000001").1.iter().map(|payment| payment.kind).collect();
        assert_eq!(kinds, [PaymentKind::Charge, PaymentKind::Chargeback, PaymentKind::Charge]);
        books_agree(world);
    });
}

/// R152: two processes that sweep and work at once take every payment once, and a lost answer takes nothing twice.
#[test]
fn two_processes_collect_once() {
    in_each_world(|world| {
        let admin = world.caller(Role::GlobalAdmin);
        let pays = card(world, &admin, "card_succeeds");
        for _ in 0..10 {
            let _ = by_card(world, pays);
        }
        let (other, store) = world.another_process();
        world.clock.set_day(date(2020, 2, 16));
        world.gateway.lose_answers(true);
        std::thread::scope(|scope| {
            for app in [&world.app, &other] {
                scope.spawn(|| {
                    // One of two that meet may fail at a revision; the next round goes on.
                    let _ = app.sweep();
                    while app.work_once().expect("the database answers") {}
                });
            }
        });
        world.gateway.lose_answers(false);
        world.sweep();
        world.clock.advance(SignedDuration::from_mins(5));
        world.work();
        store.close();
        let events = world.new_events();
        assert_eq!(events.iter().filter(|event| event.kind() == "invoice_issued").count(), 10);
        assert_eq!(events.iter().filter(|event| event.kind() == "invoice_paid").count(), 10);
        assert_eq!((events.len(), world.gateway.charged().len()), (20, 10));
        assert_eq!(world.read(&admin, &OpenBalances).expect("the balance").balances, []);
        books_agree(world);
    });
}

/// R152: a server that was off for two months makes every invoice of its day, and collects each once.
#[test]
fn a_server_was_off_for_two_months() {
    in_each_world(|world| {
        let admin = world.caller(Role::GlobalAdmin);
        let _ = by_card(world, card(world, &admin, "card_succeeds"));
        world.clock.set_day(date(2020, 4, 20));
        world.sweep();
        world.work();
        let due = |month| date(2020, month, 16);
        let made = [("0000001", 2), ("0000002", 3), ("0000003", 4)];
        let issued: Vec<_> = made.iter().map(|(number, month)| issued(number, 10_000, due(*month))).collect();
        let paid: Vec<_> = made.iter().map(|(number, _)| paid(number, 10_000, 0)).collect();
        assert_eq!(world.new_events(), [issued, paid].concat());
        assert_eq!(invoice(world, "0000001").1[0].made_on, date(2020, 4, 20));
        books_agree(world);
    });
}

/// R152: a clock that jumps ahead and back again charges and collects nothing twice, and leaves no period out: five
/// licenses that are bought while it stands before 15 March are charged for the period from then on, which was charged
/// already.
#[test]
fn a_clock_jumps_back_and_forth() {
    in_each_world(|world| {
        let admin = world.caller(Role::GlobalAdmin);
        let id = by_card(world, card(world, &admin, "card_succeeds"));
        let at = |day| {
            world.clock.set_day(day);
            world.sweep();
            world.work();
        };
        at(date(2020, 3, 16));
        let both = [("0000001", date(2020, 2, 16)), ("0000002", date(2020, 3, 16))];
        let made = both.iter().map(|(number, due)| issued(number, 10_000, *due));
        let settled = both.iter().map(|(number, _)| paid(number, 10_000, 0));
        assert_eq!(world.new_events(), made.chain(settled).collect::<Vec<_>>());
        for day in [date(2020, 2, 20), date(2020, 3, 17), date(2020, 3, 14)] {
            at(day);
            assert_eq!(world.new_events(), [], "{day}");
        }
        let more = ChangeQuantity::now(id, 15);
        world.write(&admin, more).expect("five more");
        let period = Period { start: date(2020, 3, 15), end: date(2020, 4, 15) };
        let changed = Event::QuantityChanged { from: 10, to: 15, amount: eur(5_000), service_period: period };
        assert_eq!(world.new_events(), [changed]);
        at(date(2020, 4, 16));
        let events = world.new_events();
        let sums: Vec<_> = events
            .iter()
            .filter_map(|event| match event {
                Event::InvoiceIssued { total, .. } => Some(total.minor),
                _ => None,
            })
            .collect();
        assert_eq!(sums, [5_000, 15_000], "{events:?}");
        assert_eq!(world.gateway.charged().len(), 4);
        assert_eq!(world.read(&admin, &OpenBalances).expect("the balance").balances, []);
        books_agree(world);
    });
}

/// Domain 4.9, D17: the most licenses at the highest price, in currencies of 0, 2 and 3 decimals: 10^14 minor units and
/// 21% of tax on an invoice, in the balance and in the books. One license back from 1 to 15 March is
/// 100,000,000 × 14/29.
#[test]
fn the_largest_amounts_are_exact() {
    in_each_world(|world| {
        let house = world.organization_with("Zetel", |house| house.kind = OrganizationKind::Operator);
        let sell = ChangeSeller { seller: seller(), revision: 1 };
        world.write(&world.caller_in(house, Role::Operator), sell).expect("the seller");
        for currency in [Currency::Jpy, Currency::Eur, Currency::Kwd] {
            world.clock.set_day(date(2020, 1, 15));
            let home = world.organization_with(currency.code(), |new| new.currency = currency);
            let admin = world.caller_in(home, Role::GlobalAdmin);
            let id = world.subscription_with(home, &world.product(currency.code()), QUANTITY_MAX, |new| {
                (new.channel, new.quantity_max) = (Channel::DirectInvoice, QUANTITY_MAX);
                new.unit_price = Money::new(UNIT_PRICE_MAX, currency);
            });
            let list = ListInvoices { days: InvoiceDays::SixMonths, after: None, limit: 10 };
            let rows = || world.app.read(&admin, home, &list).expect("the list").rows;
            world.clock.set_day(date(2020, 3, 1));
            world.sweep();
            let gross = Money::new(121_000_000_000_000, currency);
            assert_eq!(rows()[0].total, gross);
            let open = world.app.read(&admin, home, &OpenBalances).expect("the balance").balances;
            assert_eq!(open.iter().map(|open| open.owed).collect::<Vec<_>>(), [gross]);
            let fewer = ChangeQuantity::now(id, QUANTITY_MAX - 1);
            world.app.write(&admin, home, fewer).wait().expect("one fewer");
            world.clock.set_day(date(2020, 3, 15));
            world.sweep();
            let net: i64 = 99_999_900_000_000 - 48_275_862;
            assert_eq!(rows()[0].total.minor, net + (net * 21 + 50) / 100);
        }
        books_agree(world);
    });
}

/// D30: when the clock of a sandbox is moved, everything happens on its own day, as if somebody had waited: here a card
/// pays each month on the day after its invoice.
#[test]
fn the_clock_of_a_sandbox_is_moved() {
    in_each_world(|world| {
        let admin = world.caller(Role::GlobalAdmin);
        let to = |to| MoveClock { to };
        assert_eq!(refusal(world.write(&admin, to(date(2020, 4, 20)))), Refusal::NotASandbox);
        let system = Caller { actor: Actor::system(), request: "test".to_owned() };
        world.write(&system, BecomeSandbox).expect("it becomes a sandbox");
        let _ = by_card(world, card(world, &admin, "card_succeeds"));
        let _ = world.new_events();
        let today = date(2020, 1, 15);
        let refused = Refusal::ClockGoesForward { after: today, until: date(9_000, 12, 31) };
        assert_eq!(refusal(world.write(&admin, to(today))), refused);
        assert_eq!(refusal(world.write(&world.caller(Role::BillingAdmin), to(date(2020, 4, 20)))), Refusal::NotAllowed);

        world.write(&admin, to(date(2020, 4, 20))).expect("time passes");
        world.work();
        let mut expected = vec![Event::ClockMoved { from: today, to: date(2020, 4, 20) }];
        for (number, month) in [("0000001", 2), ("0000002", 3), ("0000003", 4)] {
            expected.extend([issued(number, 10_000, date(2020, month, 16)), paid(number, 10_000, 0)]);
            assert_eq!(invoice(world, number).1[0].made_on, date(2020, month, 16));
        }
        assert_eq!(world.new_events(), expected);
        // The system's own time did not move, and nobody else's.
        assert_eq!(world.today(), today);
        let view = world.read(&admin, &OpenBalances).expect("the balance");
        assert_eq!(view.balances, []);
        // It goes on from there.
        let refused = Refusal::ClockGoesForward { after: date(2020, 4, 20), until: date(9_000, 12, 31) };
        assert_eq!(refusal(world.write(&admin, to(date(2020, 4, 20)))), refused);
        books_agree(world);
    });
}
