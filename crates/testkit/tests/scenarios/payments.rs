//! What customers pay by themselves, and what the operator records of payments (domain 4.3, 4.6).

use app::billing::balance::OpenBalances;
use app::billing::details::InvoiceDetails;
use app::billing::list::{InvoiceDays, ListInvoices};
use app::billing::pay_invoice::{PayInvoice, Paying, new_payment_id, pay_invoice};
use app::billing::record_transfer::RecordTransfer;
use app::billing::refund::RefundCredit;
use app::billing::settle_balance::{PreparePayment, SettleBalance, settle_balance};
use app::order::place::Payment as Means;
use app::ports::SandboxBank;
use app::subscription::cancel::CancelSubscription;
use app::{Caller, Failure};
use domain::access::Role;
use domain::billing::payment::PaymentState;
use domain::event::Event;
use domain::ids::{InvoiceId, PaymentId};
use domain::money::{Currency, Money};
use domain::refusal::{Field, FieldRefusal, Refusal};
use domain::subscription::cancel::{Cancel, CancelReason};
use domain::subscription::{Channel, Subscription};
use jiff::civil::date;
use testkit::world::{World, in_each_world};

fn eur(minor: i64) -> Money {
    Money::new(minor, Currency::Eur)
}

fn refusal<T: std::fmt::Debug>(outcome: Result<T, Failure>) -> Refusal {
    outcome.expect_err("it is refused").refusal().expect("a refusal").clone()
}

fn fields<T: std::fmt::Debug>(outcome: Result<T, Failure>) -> Vec<FieldRefusal> {
    match outcome {
        Err(Failure::Invalid(fields)) => fields,
        other => panic!("refused at a field, not {other:?}"),
    }
}

/// Invoices of €100.00 of 15 February, each of a subscription that is paid by invoice; in the order of their numbers.
fn owing(world: &World, count: usize, differ: impl Fn(&mut Subscription)) -> Vec<InvoiceId> {
    for _ in 0..count {
        let office = world.product(&format!("Office {}", world.new_id()));
        let _ = world.subscription_with(world.organization, &office, 10, |new| {
            new.channel = Channel::DirectInvoice;
            differ(new);
        });
    }
    world.clock.set_day(date(2020, 3, 1));
    world.sweep();
    let reader = world.caller(Role::GlobalReader);
    let page = ListInvoices { days: InvoiceDays::default(), after: None, limit: 100 };
    let mut rows = world.read(&reader, &page).expect("the list").rows;
    rows.sort_by(|one, other| one.number.cmp(&other.number));
    let _ = world.new_events();
    rows.into_iter().map(|row| row.id).collect()
}

fn paid(number: &str, minor: i64, balance: i64) -> Event {
    Event::InvoicePaid { number: number.to_owned(), amount: eur(minor), balance: eur(balance) }
}

fn owed(world: &World, reader: &Caller) -> Vec<Money> {
    world.read(reader, &OpenBalances).expect("the balance").balances.iter().map(|open| open.owed).collect()
}

fn settle(world: &World, payer: &Caller, id: PaymentId, token: &str) -> Result<Vec<Paying>, Failure> {
    let settle = SettleBalance { payment_id: id, means: Means::Token(token.to_owned()) };
    settle_balance(&world.app, payer, world.organization, &settle)
}

/// R166: the whole balance by one button, each invoice by a payment of its own; pressed twice, it is paid once.
#[test]
fn the_whole_balance_is_settled_at_once() {
    in_each_world(|world| {
        let _ = owing(world, 3, |_| ());
        let admin = world.caller(Role::BillingAdmin);
        let prepared = world.read(&admin, &PreparePayment(None)).expect("what is open");
        let balances: Vec<_> = prepared.invoices.iter().map(|open| (open.number.as_str(), open.balance)).collect();
        assert_eq!(balances, [("0000001", eur(10_000)), ("0000002", eur(10_000)), ("0000003", eur(10_000))]);
        assert_eq!((prepared.methods, prepared.declined), (vec![], vec![]));
        let first = new_payment_id(&world.app);
        // A card that is declined is not tried on the other invoices.
        let made = settle(world, &admin, first, "card_declined").expect("it is tried");
        assert_eq!(made.iter().map(|made| made.payment.state).collect::<Vec<_>>(), [PaymentState::Failed]);
        assert_eq!(owed(world, &admin), [eur(30_000)]);
        let prepared = world.read(&admin, &PreparePayment(None)).expect("what is open");
        assert_eq!(prepared.methods, [], "a card that never paid is not on file");
        let _ = world.new_events();
        let second = new_payment_id(&world.app);
        let made = settle(world, &admin, second, "card_succeeds").expect("it is paid");
        assert_eq!(made.iter().map(|made| made.payment.state).collect::<Vec<_>>(), [PaymentState::Succeeded; 3]);
        let events = world.new_events();
        assert_eq!(events, [paid("0000001", 10_000, 0), paid("0000002", 10_000, 0), paid("0000003", 10_000, 0)]);
        assert_eq!(refusal(settle(world, &admin, second, "card_succeeds")), Refusal::InvoiceSettled);
        assert_eq!((owed(world, &admin), world.gateway.charged().len()), (vec![], 4));
        let offered = || {
            let prepared = world.read(&admin, &PreparePayment(None)).expect("what is open");
            prepared.methods.iter().map(|card| card.described.name().last_four).collect::<Vec<_>>()
        };
        assert_eq!(offered(), ["4242"]);
        world.clock.set_day(date(2099, 1, 1));
        assert_eq!(offered(), [""; 0], "it expired");
    });
}

/// Two presses of one button at the same moment pay once.
#[test]
fn two_presses_at_once_pay_once() {
    in_each_world(|world| {
        let _ = owing(world, 2, |_| ());
        let admin = world.caller(Role::BillingAdmin);
        let id = new_payment_id(&world.app);
        std::thread::scope(|scope| {
            for _ in 0..2 {
                scope.spawn(|| settle(world, &admin, id, "card_succeeds"));
            }
        });
        world.work();
        assert_eq!((owed(world, &admin), world.gateway.charged().len()), (vec![], 2));
    });
}

/// Domain 4.5: a bank that asks its customer stops the rest until that is answered.
#[test]
fn a_bank_that_asks_leads_the_payer_there() {
    in_each_world(|world| {
        let invoices = owing(world, 2, |_| ());
        let admin = world.caller(Role::BillingAdmin);
        let id = new_payment_id(&world.app);
        let made = settle(world, &admin, id, "card_confirms").expect("it is asked");
        assert_eq!(made.len(), 1);
        let waiting = &made[0];
        assert_eq!(waiting.payment.state, PaymentState::ConfirmationRequired);
        assert!(waiting.confirm_at.as_deref().is_some_and(|address| address.starts_with("/sandbox/bank/")));
        let view = world.read(&admin, &InvoiceDetails(invoices[0])).expect("the invoice");
        assert_eq!(view.waits_for_payer(), Some(waiting.payment.id));
        assert!(world.gateway.confirm(waiting.payment.reference.as_deref().expect("its name"), true));
        let back = app::billing::pay_invoice::stands(&world.app, &admin, world.organization, waiting.payment.id);
        assert_eq!(back.expect("it is known").payment.state, PaymentState::Succeeded);
        assert_eq!(owed(world, &admin), [eur(10_000)]);
    });
}

/// A buyer pays own invoices and no other; nobody pays those of another organization.
#[test]
fn whoever_may_not_pay_learns_nothing() {
    in_each_world(|world| {
        let anna = world.person("Anna de Vries");
        let invoices = owing(world, 1, |new| new.holder = Some(anna));
        let pay = |payer: &Caller, token: &str| {
            let means = Means::Token(token.to_owned());
            let pay = PayInvoice { payment_id: new_payment_id(&world.app), invoice_id: invoices[0], means };
            pay_invoice(&world.app, payer, world.organization, pay)
        };
        let bram = world.as_person(world.person("Bram Bakker"), &[]);
        assert_eq!(refusal(pay(&bram, "card_succeeds")), Refusal::NotFound);
        let reader = world.caller(Role::GlobalReader);
        assert_eq!(refusal(pay(&reader, "card_succeeds")), Refusal::NotFound);
        let elsewhere = world.caller_in(world.other_organization("Elsewhere"), Role::GlobalAdmin);
        assert_eq!(refusal(pay(&elsewhere, "card_of_nobody")), Refusal::NotFound);
        assert_eq!(refusal(pay(&world.caller(Role::Operator), "card_succeeds")), Refusal::NotAllowed);
        assert!(!world.read(&reader, &InvoiceDetails(invoices[0])).expect("the invoice").may_pay);
        let buyer = world.as_person(anna, &[]);
        let unknown = fields(pay(&buyer, "card_of_nobody"));
        assert_eq!(unknown, [Refusal::UnknownChoice.at(Field::Payment)]);
        assert_eq!(pay(&buyer, "card_succeeds").expect("it is paid").payment.state, PaymentState::Succeeded);
        let view = world.read(&buyer, &InvoiceDetails(invoices[0])).expect("the invoice");
        assert_eq!((view.may_pay, view.people), (false, vec![(anna, "Anna de Vries".to_owned())]));
        assert_eq!(view.cards.iter().map(|card| card.described.name().last_four).collect::<Vec<_>>(), ["4242"]);
    });
}

/// Domain 4.3: one transfer for several invoices pays the first due first, the last one in part.
#[test]
fn a_transfer_pays_several_invoices() {
    in_each_world(|world| {
        let invoices = owing(world, 3, |_| ());
        let operator = world.caller(Role::Operator);
        let transfer = |ids: &[InvoiceId], minor, reference: &str| RecordTransfer {
            invoice_ids: ids.to_vec(),
            amount: eur(minor),
            day: date(2020, 2, 28),
            reference: reference.to_owned(),
            keep_rest: false,
        };
        assert_eq!(fields(world.write(&operator, transfer(&[], 1, "NL-1"))), [Refusal::Required.at(Field::Invoices)]);
        let too_much = fields(world.write(&operator, transfer(&invoices[..2], 20_001, "NL-1")));
        assert_eq!(too_much, [Refusal::AboveBalance { balance: eur(20_000) }.at(Field::Amount)]);
        let twice = [invoices[1], invoices[0], invoices[1]];
        assert_eq!(world.write(&operator, transfer(&twice, 15_000, "NL-1")).expect("it is recorded"), eur(5_000));
        assert_eq!(world.new_events(), [paid("0000001", 10_000, 0), paid("0000002", 5_000, 5_000)]);
        let again = fields(world.write(&operator, transfer(&invoices[1..], 1, "NL-1")));
        assert_eq!(again, [Refusal::TransferRecorded.at(Field::Reference)]);
        let settled = world.write(&operator, transfer(&invoices, 1, "NL-2"));
        assert_eq!(refusal(settled), Refusal::InvoiceSettled);
        assert_eq!(world.write(&operator, transfer(&invoices[1..], 15_000, "NL-2")).expect("it is recorded"), eur(0));
        assert_eq!(world.new_events(), [paid("0000002", 5_000, 0), paid("0000003", 10_000, 0)]);
        assert_eq!(owed(world, &world.caller(Role::GlobalReader)), []);
    });
}

/// D6: the operator pays back a part of what a credit note gives, with the reason in the history, then the rest. What
/// is unused of the billing period from 15 February is 100.00 × 13/29 = 44.83.
#[test]
fn a_credit_is_paid_back_in_parts() {
    in_each_world(|world| {
        let invoices = owing(world, 1, |_| ());
        let admin = world.caller(Role::GlobalAdmin);
        let _ = settle(world, &admin, new_payment_id(&world.app), "card_succeeds").expect("it is paid");
        let invoice = world.read(&admin, &InvoiceDetails(invoices[0])).expect("the invoice").invoice;
        world.clock.set_day(date(2020, 3, 2));
        let cancel = Cancel { reason: CancelReason::TooExpensive, feedback: String::new() };
        let subscription_id = invoice.subscription_id.expect("an invoice of one subscription");
        world.write(&admin, CancelSubscription { subscription_id, cancel }).expect("it is canceled");
        world.clock.set_day(date(2020, 3, 15));
        world.sweep();
        world.work();
        let page = ListInvoices { days: InvoiceDays::default(), after: None, limit: 1 };
        let note = world.read(&admin, &page).expect("the list").rows[0].clone();
        assert_eq!((note.number.as_str(), note.balance()), ("0000002", eur(-4_483)));
        let _ = world.new_events();

        let operator = world.caller(Role::Operator);
        let refund = |minor, reason: &str| {
            world.write(&operator, RefundCredit { invoice_id: note.id, amount: eur(minor), reason: reason.to_owned() })
        };
        let wrong = [Refusal::NotAnAmount.at(Field::Amount), Refusal::Required.at(Field::Reason)];
        assert_eq!(fields(refund(0, " ")), wrong);
        let left = Refusal::AboveBalance { balance: eur(4_483) }.at(Field::Amount);
        assert_eq!(fields(refund(4_484, "All of it.")), [left]);
        assert_eq!(refund(2_000, " Billed twice. ").expect("it is begun"), eur(2_000));
        assert_eq!(refusal(refund(2_483, "The rest.")), Refusal::PaymentUnderWay);
        world.gateway.lose_answers(true);
        world.work();
        world.gateway.lose_answers(false);
        world.clock.advance(jiff::SignedDuration::from_mins(1));
        world.work();
        let number = || "0000002".to_owned();
        let ordered = Event::RefundOrdered { number: number(), amount: eur(2_000), reason: "Billed twice.".to_owned() };
        assert_eq!(world.new_events(), [ordered, Event::CreditRefunded { number: number(), amount: eur(2_000) }]);
        assert_eq!(refund(2_483, "The rest.").expect("it is begun"), eur(2_483));
        world.work();
        assert_eq!(refusal(refund(1, "More.")), Refusal::InvoiceSettled);
        let elsewhere = world.other_organization("Elsewhere");
        let foreign = RefundCredit { invoice_id: note.id, amount: eur(1), reason: "Why.".to_owned() };
        assert_eq!(refusal(world.app.write(&operator, elsewhere, foreign).wait()), Refusal::NotFound);
    });
}
