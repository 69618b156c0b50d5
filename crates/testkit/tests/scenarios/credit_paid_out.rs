//! What an organization is owed is paid back once: to what paid, or by transfer (domain 4.3, 4.9, D6).

use app::billing::balance::OpenBalances;
use app::billing::details::InvoiceDetails;
use app::billing::list::{InvoiceDays, ListInvoices};
use app::billing::pay_out::{OwedCredit, OwedNote, OwedToCustomer, PayOutCredit};
use app::billing::record_chargeback::RecordChargeback;
use app::billing::record_transfer::RecordTransfer;
use app::billing::refund::RefundCredit;
use app::subscription::cancel::CancelSubscription;
use app::{Caller, Failure, doctor};
use domain::access::Role;
use domain::billing::invoice::{Invoice, InvoiceKind, InvoiceState, Totals};
use domain::billing::payment::{Payment, PaymentKind, PaymentState};
use domain::billing::{Agreement, BillingAccount, BillingProfile, BillingRules};
use domain::event::Event;
use domain::ids::{BillingProfileId, InvoiceId, PaymentId};
use domain::money::{Currency, Money};
use domain::refusal::{Field, FieldRefusal, Refusal};
use domain::subscription::Channel;
use domain::subscription::cancel::{Cancel, CancelReason};
use jiff::ToSpan;
use jiff::civil::{Date, date};
use store::tables::{billing_account, invoice, payment};
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

fn live_until(world: &World, until: Date) {
    while world.today() < until {
        world.clock.set_day(world.today().saturating_add(1.day()));
        world.sweep();
        world.work();
    }
}

/// The number and the rest of the newest document.
fn newest(world: &World) -> (InvoiceId, String, Money) {
    let page = ListInvoices { days: InvoiceDays::SixMonths, after: None, limit: 1 };
    let row = world.read(&world.caller(Role::GlobalReader), &page).expect("the list").rows[0].clone();
    (row.id, row.number.clone(), row.balance())
}

/// €100.00 of the first invoice came as €125.00: the rest is credit of the first billing profile.
fn with_credit(world: &World, operator: &Caller) -> BillingProfileId {
    let office = world.product("Office");
    let _ = world.subscription_with(world.organization, &office, 10, |new| new.channel = Channel::DirectInvoice);
    live_until(world, date(2020, 3, 1));
    let transfer = RecordTransfer {
        invoice_ids: vec![newest(world).0],
        amount: eur(12_500),
        day: date(2020, 2, 28),
        reference: "NL-1".to_owned(),
        keep_rest: true,
    };
    world.write(operator, transfer).expect("it is recorded");
    let _ = world.new_events();
    BillingProfileId::first_of(world.organization)
}

fn pay_out(billing_profile_id: BillingProfileId, minor: i64, reference: &str) -> PayOutCredit {
    PayOutCredit { billing_profile_id, amount: eur(minor), day: date(2020, 3, 1), reference: reference.to_owned() }
}

fn credits(world: &World, operator: &Caller) -> Vec<(String, Money)> {
    let view = world.read(operator, &OwedToCustomer).expect("what is owed");
    view.credits.into_iter().map(|OwedCredit { name, left, .. }| (name, left)).collect()
}

fn books_agree(world: &World) {
    let findings = doctor::examine(&world.app).expect("the database answers");
    let wrong: Vec<_> = findings.iter().filter(|finding| !finding.is_good() && !finding.places.is_empty()).collect();
    assert!(wrong.is_empty(), "{wrong:?}");
}

/// Credit goes back in parts, each once and never more than there is; what went back pays no invoice, and the books
/// agree.
#[test]
fn credit_of_a_billing_profile_is_paid_out_once() {
    in_each_world(|world| {
        let operator = world.caller(Role::Operator);
        let profile = with_credit(world, &operator);
        assert_eq!(credits(world, &operator), [("Waterland".to_owned(), eur(2_500))]);
        let paid = |minor| Event::ProfileCreditPaidOut { name: "Waterland".to_owned(), amount: eur(minor) };

        assert_eq!(world.write(&operator, pay_out(profile, 1_000, " NL-2 ")).expect("it is recorded"), eur(1_500));
        assert_eq!(world.new_events(), [paid(1_000)]);
        let again = world.write(&operator, pay_out(profile, 1_000, "NL-2"));
        assert_eq!(fields(again), [Refusal::TransferRecorded.at(Field::Reference)]);
        let too_much = world.write(&operator, pay_out(profile, 1_501, "NL-3"));
        assert_eq!(fields(too_much), [Refusal::AboveBalance { balance: eur(1_500) }.at(Field::Amount)]);
        let wrong = PayOutCredit { day: date(2020, 3, 2), ..pay_out(profile, 0, " ") };
        let expected = [
            Refusal::NotAnAmount.at(Field::Amount),
            Refusal::DayToCome.at(Field::Day),
            Refusal::Required.at(Field::Reference),
        ];
        assert_eq!(fields(world.write(&operator, wrong)), expected);
        let dollars = PayOutCredit { amount: Money::new(1, Currency::Usd), ..pay_out(profile, 1, "NL-3") };
        let none = Refusal::AboveBalance { balance: Money::zero(Currency::Usd) }.at(Field::Amount);
        assert_eq!(fields(world.write(&operator, dollars)), [none]);
        assert_eq!(world.new_events(), []);
        books_agree(world);

        // The next invoice uses the rest, and nothing is left to pay out.
        live_until(world, date(2020, 3, 15));
        assert_eq!(newest(world).2, eur(8_500));
        assert_eq!(credits(world, &operator), []);
        let nothing = Refusal::AboveBalance { balance: eur(0) }.at(Field::Amount);
        assert_eq!(fields(world.write(&operator, pay_out(profile, 1, "NL-3"))), [nothing]);
        let view = world.read(&operator, &OwedToCustomer).expect("what is owed");
        let made: Vec<_> =
            view.paid_out.iter().map(|(made, name)| (made.amount, made.reference.as_str(), name.as_str())).collect();
        assert_eq!(made, [(eur(1_000), "NL-2", "Waterland")]);
        books_agree(world);
    });
}

/// R171: the operator alone; what belongs to another organization is not there.
#[test]
fn only_the_operator_pays_out() {
    in_each_world(|world| {
        let operator = world.caller(Role::Operator);
        let profile = with_credit(world, &operator);
        let admin = world.caller(Role::GlobalAdmin);
        assert_eq!(refusal(world.write(&admin, pay_out(profile, 1, "NL-2"))), Refusal::NotAllowed);
        assert_eq!(refusal(world.read(&admin, &OwedToCustomer)), Refusal::NotAllowed);
        let elsewhere = world.other_organization("Elsewhere");
        let foreign = world.app.write(&operator, elsewhere, pay_out(profile, 1, "NL-2")).wait();
        assert_eq!(refusal(foreign), Refusal::NotFound);
        let view = world.app.read(&operator, elsewhere, &OwedToCustomer).expect("what is owed");
        assert_eq!((view.notes, view.credits, view.paid_out), (Vec::new(), Vec::new(), Vec::new()));
        assert_eq!(world.read(&admin, &OpenBalances).expect("the balance").credits.len(), 1);
    });
}

/// Two operators pay the same credit out at the same moment: one does.
#[test]
fn two_at_once_pay_out_once() {
    in_each_world(|world| {
        let operator = world.caller(Role::Operator);
        let profile = with_credit(world, &operator);
        let (other, store) = world.another_process();
        let pay = |app: &app::App, reference: &str| {
            app.write(&operator, world.organization, pay_out(profile, 2_500, reference)).wait()
        };
        let answers = std::thread::scope(|scope| {
            let first = scope.spawn(|| pay(&world.app, "NL-2"));
            let second = scope.spawn(|| pay(&other, "NL-3"));
            [first.join().expect("no panic"), second.join().expect("no panic")]
        });
        store.close();
        assert_eq!(answers.iter().filter(|answer| answer.is_ok()).count(), 1, "{answers:?}");
        let refused = answers.into_iter().find(Result::is_err).expect("one is refused");
        assert_eq!(fields(refused), [Refusal::AboveBalance { balance: eur(0) }.at(Field::Amount)]);
        assert_eq!(credits(world, &operator), []);
        books_agree(world);
    });
}

/// Under MCA a credit note is of the billing profile: it waits for the next invoice, or goes back to the card that paid
/// the profile's invoices. What is unused of the period from 15 February is 100.00 × 13/29 = 44.83.
#[test]
fn a_credit_note_of_a_billing_profile_goes_back_to_its_card() {
    in_each_world(|world| {
        let (operator, admin) = (world.caller(Role::Operator), world.caller(Role::GlobalAdmin));
        let card = world.card(admin.actor.user().expect("a person"), "card_succeeds");
        let profile = BillingProfileId::first_of(world.organization);
        world.seed(world.organization, move |write| {
            let account = billing_account::find(write)?.expect("a contract");
            let rules = BillingRules { refund_days: None, ..BillingRules::usual(Agreement::Mca) };
            billing_account::update(write, &BillingAccount { rules, ..account })?;
            let found = billing_account::find_profile(write, profile)?.expect("the profile");
            billing_account::update_profile(write, &BillingProfile { payment_method_id: Some(card), ..found })
        });
        let office = world.product("Office");
        let subscription_id = world.subscription(&office, 10);
        live_until(world, date(2020, 3, 2));
        assert_eq!(newest(world).2, eur(0), "the card paid the invoice of 15 February");
        let cancel = Cancel { reason: CancelReason::TooExpensive, feedback: String::new() };
        world.write(&admin, CancelSubscription { subscription_id, cancel }).expect("it is canceled");
        live_until(world, date(2020, 3, 15));
        let (id, number, left) = newest(world);
        assert_eq!((number.as_str(), left), ("0000002", eur(-4_483)));
        let owed = |is_under_way, left| OwedNote {
            id,
            number: "0000002".to_owned(),
            left: eur(left),
            refundable: eur(left),
            is_under_way,
        };
        let notes = || world.read(&operator, &OwedToCustomer).expect("what is owed").notes;
        assert_eq!(notes(), [owed(false, 4_483)]);
        let _ = world.new_events();

        let refund = |minor| RefundCredit { invoice_id: id, amount: eur(minor), reason: "Asked for.".to_owned() };
        assert_eq!(world.write(&operator, refund(4_483)).expect("it is begun"), eur(4_483));
        assert_eq!(notes(), [owed(true, 4_483)].map(|note| OwedNote { refundable: eur(4_483), ..note }));
        assert_eq!(refusal(world.write(&operator, refund(4_483))), Refusal::PaymentUnderWay);
        world.work();
        assert_eq!(notes(), []);
        let number = || "0000002".to_owned();
        let ordered = Event::RefundOrdered { number: number(), amount: eur(4_483), reason: "Asked for.".to_owned() };
        assert_eq!(world.new_events(), [ordered, Event::CreditRefunded { number: number(), amount: eur(4_483) }]);
        assert_eq!(refusal(world.write(&operator, refund(1))), Refusal::InvoiceSettled);
        let payments = world.read(&admin, &InvoiceDetails(id)).expect("the note").payments;
        let seen: Vec<_> = payments.iter().map(|payment| (payment.kind, payment.state, payment.amount)).collect();
        assert_eq!(seen, [(PaymentKind::Refund, PaymentState::Succeeded, eur(-4_483))]);
        books_agree(world);
    });
}

/// Two operators, each at a process of its own, give back of one payment at the same moment, by two credit notes that
/// together come to more than it was: one takes what it asks for, the other what is left. €93.10 and €6.90 are €100.00.
#[test]
fn two_refunds_at_once_give_back_no_more_than_was_paid() {
    in_each_world(|world| {
        let (operator, admin) = (world.caller(Role::Operator), world.caller(Role::GlobalAdmin));
        let card = world.card(admin.actor.user().expect("a person"), "card_succeeds");
        let office = world.product("Office");
        let _ = world.subscription_with(world.organization, &office, 10, |new| new.payment_method_id = Some(card));
        live_until(world, date(2020, 2, 17));
        let invoice = world.read(&admin, &InvoiceDetails(newest(world).0)).expect("the invoice");
        let paid = invoice.payments[0].clone();
        assert_eq!((paid.state, paid.amount), (PaymentState::Succeeded, eur(10_000)));
        // The payment itself is charged back, so that each round has one of its own.
        world.write(&operator, RecordChargeback { payment_id: paid.id }).expect("the bank took it");
        let (other, store) = world.another_process();
        for round in 0..8 {
            let again = Payment { id: PaymentId::from_uuid(world.new_id()), ..paid.clone() };
            let notes = ["A", "B"].map(|name| credit_note(world, &invoice.invoice, &format!("{name}{round}")));
            let (payment_id, ids) = (again.id, notes.each_ref().map(|note| note.id));
            world.seed(world.organization, move |write| {
                payment::insert(write, &again)?;
                notes.iter().try_for_each(|note| invoice::insert(write, note))
            });
            let refund = |app: &app::App, invoice_id| {
                let refund = RefundCredit { invoice_id, amount: eur(9_310), reason: "Asked for.".to_owned() };
                app.write(&operator, world.organization, refund).wait().expect("something is left")
            };
            let mut given = std::thread::scope(|scope| {
                let first = scope.spawn(|| refund(&world.app, ids[0]));
                let second = scope.spawn(|| refund(&other, ids[1]));
                [first.join().expect("no panic"), second.join().expect("no panic")].map(|given| given.minor)
            });
            given.sort_unstable();
            let left = world.store.read(world.organization, |read| payment::left_of(read, payment_id));
            assert_eq!((given, left.expect("the database answers")), ([690, 9_310], 0), "round {round}");
        }
        store.close();
    });
}

/// A credit note of €93.10 for what an invoice asked for, as if much of it was taken back on the day after.
fn credit_note(world: &World, of: &Invoice, number: &str) -> Invoice {
    let totals = Totals { net: eur(-9_310), taxes: Vec::new(), gross: eur(-9_310) };
    Invoice {
        id: InvoiceId::from_uuid(world.new_id()),
        number: number.to_owned(),
        kind: InvoiceKind::CreditNote,
        state: InvoiceState::Open,
        lines: Vec::new(),
        totals,
        paid: eur(0),
        ..of.clone()
    }
}
