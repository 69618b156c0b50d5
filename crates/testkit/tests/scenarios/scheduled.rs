//! What is planned for the renewal of a subscription: more licenses, and what drops it (domain 1.3, 1.12; R163).

use app::billing::pay_invoice::{PayInvoice, new_payment_id, pay_invoice};
use app::billing::settle_balance::PreparePayment;
use app::doctor::{Check, examine};
use app::mail::operate::{ListMails, MailFilter};
use app::order::place::Payment as Means;
use app::subscription::cancel::CancelSubscription;
use app::subscription::change_quantity::{ChangeQuantity, PreviewQuantity};
use app::subscription::edit_billing_frequency::EditBillingFrequency;
use app::subscription::edit_recurring_billing::EditRecurringBilling;
use app::subscription::reactivate::ReactivateSubscription;
use app::{Caller, Failure};
use domain::access::Role;
use domain::billing::Agreement;
use domain::catalog::{BillingFrequency, Term};
use domain::event::{Change, Event};
use domain::ids::SubscriptionId;
use domain::mail::{MailKind, Message};
use domain::money::{Currency, Money};
use domain::refusal::Refusal;
use domain::subscription::cancel::{Cancel, CancelReason};
use domain::subscription::cancel_scheduled_change::{ScheduledChange, scheduled};
use domain::subscription::change_start::ChangeStart;
use domain::subscription::{Channel, ClosedReason, PriceAtRenewal, Subscription, SubscriptionState, first_term_end};
use domain::time::Period;
use jiff::ToSpan;
use jiff::civil::{Date, date};
use testkit::world::{World, in_each_world};

fn eur(minor: i64) -> Money {
    Money::new(minor, Currency::Eur)
}

/// So many licenses in all, from the renewal on.
fn at_renewal(subscription_id: SubscriptionId, total: u32) -> ChangeQuantity {
    ChangeQuantity { start: ChangeStart::AtRenewal, ..ChangeQuantity::now(subscription_id, total) }
}

fn refusal<T: std::fmt::Debug>(outcome: Result<T, Failure>) -> Refusal {
    outcome.expect_err("it is refused").refusal().expect("a refusal").clone()
}

fn set_recurring(world: &World, admin: &Caller, subscription_id: SubscriptionId, on: bool) {
    let edit = EditRecurringBilling { subscription_id, on, billing_frequency: None };
    world.write(admin, edit).expect("it is active");
}

/// Takes what happens up to the day before; what follows belongs to the day itself.
fn the_day_before(world: &World, day: Date) {
    world.clock.set_day(day.saturating_sub(1.day()));
    world.sweep();
    world.work();
    let _ = world.new_events();
}

fn issued(number: &str, total: i64, due_on: Date) -> Event {
    Event::InvoiceIssued { number: number.to_owned(), total: eur(total), due_on }
}

/// Nothing is wrong in the database, but that the world has no operator.
fn is_in_order(world: &World) {
    let findings = examine(&world.app).expect("it looks");
    assert!(findings.iter().all(|finding| finding.is_good() || finding.check == Check::Operator), "{findings:?}");
}

/// R163, domain 1.12: under MCA more licenses wait for the renewal of what renews. Until then nothing changes and nothing
/// is charged; the mail before the renewal says how many there will be and what they cost.
#[test]
fn more_licenses_from_the_renewal_on() {
    in_each_world(|world| {
        let by_invoice = |new: &mut Subscription| new.channel = Channel::DirectInvoice;
        let id = world.subscription_with(world.organization, &world.product("Office"), 10, by_invoice);
        let admin = world.caller(Role::BillingAdmin);
        assert_eq!(refusal(world.write(&admin, at_renewal(id, 12))), Refusal::UnknownChoice, "MOSA knows it not");
        world.agreement(Agreement::Mca);
        set_recurring(world, &admin, id, false);
        assert_eq!(refusal(world.write(&admin, at_renewal(id, 12))), Refusal::NoRenewal);
        set_recurring(world, &admin, id, true);
        let _ = world.new_events();

        let asked = PreviewQuantity { subscription_id: id, total: 12, start: ChangeStart::AtRenewal };
        let said = world.read(&admin, &asked).expect("it answers").expect("it can be done");
        assert_eq!((said.counts_from, said.cost_now, said.charges.len()), (date(2021, 1, 15), eur(0), 0));
        assert_eq!((said.per_period_before, said.per_period_after), (eur(10_000), eur(12_000)));
        let changed = world.write(&admin, at_renewal(id, 12)).expect("it is planned");
        assert_eq!((changed.order_id, changed.from, changed.to), (None, 10, 12));
        let planned = Event::QuantityScheduled { from: 10, to: 12, on: date(2021, 1, 15) };
        assert_eq!(world.new_events(), [planned]);
        assert_eq!(world.see_subscription(id).available(), 10);
        assert_eq!(refusal(world.write(&admin, at_renewal(id, 301))), Refusal::AboveMaximum { maximum: 300 });

        world.clock.set_day(date(2021, 1, 14));
        world.sweep();
        let kind = Some(MailKind::RenewsSoon);
        let asked = ListMails { filter: MailFilter { kind, ..MailFilter::default() }, before: None, limit: 9 };
        let mails = world.read(&world.caller(Role::Operator), &asked).expect("the outbox").rows;
        let told: Vec<_> = mails.into_iter().filter_map(|mail| mail.message).collect();
        let [Message::RenewsSoon { on, quantity_then, amount, .. }] = &told[..] else { panic!("{told:?}") };
        assert_eq!((*on, *quantity_then, *amount), (date(2021, 1, 15), 12, eur(12_000)));
        the_day_before(world, date(2021, 1, 15));
        world.clock.set_day(date(2021, 1, 15));
        world.sweep();
        let renewed = Event::SubscriptionRenewed {
            term: Period { start: date(2021, 1, 15), end: date(2022, 1, 15) },
            amount: eur(12_000),
            service_period: Period { start: date(2021, 1, 15), end: date(2021, 2, 15) },
            quantity: Some(Change { from: 10, to: 12 }),
        };
        assert_eq!(world.new_events(), [renewed, issued("0000012", 12_000, date(2021, 2, 14))]);
        let after = world.see_subscription(id);
        assert_eq!((after.available(), after.quantity_at_renewal), (12, None));
        is_in_order(world);
    });
}

/// R163, domain 1.12: what changes at once leaves what is planned for the renewal, unless it is reached or passed by that;
/// then the history names it. The preview says the same before.
#[test]
fn more_licenses_at_once_leave_what_is_planned() {
    in_each_world(|world| {
        world.agreement(Agreement::Mca);
        let by_invoice = |new: &mut Subscription| new.channel = Channel::DirectInvoice;
        let id = world.subscription_with(world.organization, &world.product("Office"), 10, by_invoice);
        let (admin, on) = (world.caller(Role::BillingAdmin), date(2021, 1, 15));
        world.clock.set_day(date(2020, 2, 15));
        world.sweep();
        world.write(&admin, at_renewal(id, 14)).expect("it is planned");
        let _ = world.new_events();
        let said = |total| {
            let asked = PreviewQuantity { subscription_id: id, total, start: ChangeStart::Now };
            world.read(&admin, &asked).expect("it answers").expect("it can be done").still_planned
        };
        assert_eq!([said(12), said(14), said(15)], [Some(14), None, None]);
        let month = Period { start: date(2020, 2, 15), end: date(2020, 3, 15) };
        let changed = |from, to, minor| Event::QuantityChanged { from, to, amount: eur(minor), service_period: month };
        world.write(&admin, ChangeQuantity::now(id, 12)).expect("more at once");
        assert_eq!(world.new_events(), [changed(10, 12, 2_000)]);
        assert_eq!(world.see_subscription(id).quantity_at_renewal, Some(14));
        world.write(&admin, ChangeQuantity::now(id, 15)).expect("more than planned");
        let dropped = Event::ScheduledChangeCanceled { change: ScheduledChange::Quantity, on };
        assert_eq!(world.new_events(), [changed(12, 15, 3_000), dropped]);
        assert_eq!(world.see_subscription(id).quantity_at_renewal, None);
        is_in_order(world);
    });
}

/// D1, R163: a license that comes with the renewal covers whoever waits for one.
#[test]
fn more_licenses_at_the_renewal_solve_conflicts() {
    in_each_world(|world| {
        world.agreement(Agreement::Mca);
        let office = world.product("Office");
        let monthly = |new: &mut Subscription| {
            (new.channel, new.term) = (Channel::DirectInvoice, Term::Monthly);
            new.ends_on = first_term_end(new.started_on, Term::Monthly);
        };
        let of_one = |person| {
            let id = world.subscription_with(world.organization, &office, 1, monthly);
            world.give_license(id, world.person(person));
            id
        };
        let (stays, goes) = (of_one("Bram"), of_one("Anna"));
        let admin = world.caller(Role::GlobalAdmin);
        let cancel = Cancel { reason: CancelReason::NotUsedEnough, feedback: String::new() };
        world.write(&admin, CancelSubscription { subscription_id: goes, cancel }).expect("it is the first day");
        world.write(&admin, at_renewal(stays, 2)).expect("it is planned");
        assert_eq!(world.see_subscription(goes).conflicts, 1);
        the_day_before(world, date(2020, 2, 15));
        world.clock.set_day(date(2020, 2, 15));
        world.sweep();
        let month = Period { start: date(2020, 2, 15), end: date(2020, 3, 15) };
        let renewed = Event::SubscriptionRenewed {
            term: month,
            amount: eur(2_000),
            service_period: month,
            quantity: Some(Change { from: 1, to: 2 }),
        };
        let moved = Event::LicenseMoved { from: goes };
        // What the canceled one gave back is taken off.
        assert_eq!(world.new_events(), [renewed, moved, issued("0000001", 1_000, date(2020, 3, 16))]);
        assert_eq!((world.see_subscription(stays).assigned, world.see_subscription(goes).conflicts), (2, 0));
        is_in_order(world);
    });
}

/// R12, domain 1.2: under MCA another billing frequency waits for the renewal, which charges a year at once: 10 × 110.00.
#[test]
fn another_billing_frequency_from_the_renewal_on() {
    in_each_world(|world| {
        world.agreement(Agreement::Mca);
        let office = world.product("Office");
        for (frequency, minor) in [(BillingFrequency::Monthly, 1_000), (BillingFrequency::Yearly, 11_000)] {
            let _ = world.price(&office, Term::Annual, frequency, eur(minor));
        }
        let by_invoice = |new: &mut Subscription| new.channel = Channel::DirectInvoice;
        let subscription_id = world.subscription_with(world.organization, &office, 10, by_invoice);
        let admin = world.caller(Role::BillingAdmin);
        world.clock.set_day(date(2020, 1, 25));
        let change = EditBillingFrequency { subscription_id, billing_frequency: BillingFrequency::Yearly };
        world.write(&admin, change).expect("it is planned");
        let (from, to, on) = (BillingFrequency::Monthly, BillingFrequency::Yearly, date(2021, 1, 15));
        assert_eq!(world.new_events(), [Event::BillingFrequencyScheduled { from, to, on }]);
        assert_eq!(world.see_subscription(subscription_id).billing_frequency, from);
        the_day_before(world, on);
        world.clock.set_day(on);
        world.sweep();
        let year = Period { start: on, end: date(2022, 1, 15) };
        let renewed =
            Event::SubscriptionRenewed { term: year, amount: eur(110_000), service_period: year, quantity: None };
        assert_eq!(world.new_events(), [renewed, issued("0000012", 110_000, date(2021, 2, 14))]);
        is_in_order(world);
    });
}

/// Ten licenses, of which eight are planned for the renewal, and to pay a year at once.
fn planned(world: &World) -> SubscriptionId {
    world.subscription_with(world.organization, &world.product("Office"), 10, |new| {
        let agreed = PriceAtRenewal { billing_frequency: BillingFrequency::Yearly, unit_price: eur(11_000) };
        (new.quantity_at_renewal, new.price_at_renewal) = (Some(8), Some(agreed));
        new.channel = Channel::DirectInvoice;
    })
}

/// Domain 1.3: turning recurring billing off drops what was planned; turned on again, the renewal is as if it never was.
#[test]
fn turning_recurring_billing_off_drops_what_was_planned() {
    in_each_world(|world| {
        world.agreement(Agreement::Mca);
        let (id, admin) = (planned(world), world.caller(Role::BillingAdmin));
        assert_eq!(scheduled(&world.see_subscription(id)).len(), 2);
        set_recurring(world, &admin, id, false);
        set_recurring(world, &admin, id, true);
        let on = date(2021, 1, 15);
        let set = |is_on| Event::RecurringBillingChanged { on: is_on, ends_on: on };
        let dropped = |change| Event::ScheduledChangeCanceled { change, on };
        let both = [dropped(ScheduledChange::Quantity), dropped(ScheduledChange::BillingFrequency)];
        let [quantity, frequency] = both;
        assert_eq!(world.new_events(), [set(false), quantity, frequency, set(true)]);
        assert_eq!(scheduled(&world.see_subscription(id)), []);
        the_day_before(world, on);
        world.clock.set_day(on);
        world.sweep();
        let renewed = Event::SubscriptionRenewed {
            term: Period { start: date(2021, 1, 15), end: date(2022, 1, 15) },
            amount: eur(10_000),
            service_period: Period { start: date(2021, 1, 15), end: date(2021, 2, 15) },
            quantity: None,
        };
        assert_eq!(world.new_events(), [renewed, issued("0000012", 10_000, date(2021, 2, 14))]);
    });
}

/// T5, T12: canceling drops what was planned; what comes back under MCA has a new term, for whose end nothing is.
#[test]
fn canceling_drops_what_was_planned() {
    in_each_world(|world| {
        world.agreement(Agreement::Mca);
        let (subscription_id, admin) = (planned(world), world.caller(Role::BillingAdmin));
        world.clock.set_day(date(2020, 1, 18));
        let cancel = Cancel { reason: CancelReason::NotUsedEnough, feedback: String::new() };
        world.write(&admin, CancelSubscription { subscription_id, cancel }).expect("it is the fourth day");
        assert_eq!(scheduled(&world.see_subscription(subscription_id)), []);
        let back = ReactivateSubscription { subscription_id, payment_method_id: None };
        world.write(&admin, back).expect("it comes back");
        the_day_before(world, date(2021, 1, 18));
        world.clock.set_day(date(2021, 1, 18));
        world.sweep();
        let renewed = Event::SubscriptionRenewed {
            term: Period { start: date(2021, 1, 18), end: date(2022, 1, 18) },
            amount: eur(10_000),
            service_period: Period { start: date(2021, 1, 18), end: date(2021, 2, 18) },
            quantity: None,
        };
        assert_eq!(world.new_events(), [renewed]);
    });
}

/// T6, T12, decision 20: what is not paid keeps what was planned. Under MCA it comes back with a new term, whose end it waits
/// for.
#[test]
fn what_is_not_paid_keeps_what_was_planned() {
    in_each_world(|world| {
        world.agreement(Agreement::Mca);
        let dirk = world.person("Dirk");
        let (buyer, declined) = (world.as_person(dirk, &[]), world.card(dirk, "card_declined"));
        let id = world.subscription_with(world.organization, &world.product("Office"), 10, |new| {
            (new.channel, new.holder, new.payment_method_id) = (Channel::SelfService, Some(dirk), Some(declined));
            new.quantity_at_renewal = Some(8);
        });
        live_until(world, date(2020, 3, 20));
        let unpaid = world.see_subscription(id);
        assert_eq!((unpaid.state, unpaid.quantity_at_renewal), (SubscriptionState::Disabled, Some(8)));
        let _ = world.new_events();
        for open in world.read(&buyer, &PreparePayment(None)).expect("what is open").invoices {
            let (payment_id, means) = (new_payment_id(&world.app), Means::Token("card_succeeds".to_owned()));
            let pay = PayInvoice { payment_id, invoice_id: open.id, means };
            pay_invoice(&world.app, &buyer, world.organization, pay).expect("it is paid");
        }
        let ends_on = date(2021, 3, 20);
        let paid =
            |number: &str| Event::InvoicePaid { number: number.to_owned(), amount: eur(10_000), balance: eur(0) };
        let back = Event::SubscriptionReactivated {
            from: SubscriptionState::Disabled,
            ends_on,
            amount: eur(1_613),
            service_period: Period { start: date(2020, 4, 15), end: date(2020, 4, 20) },
        };
        assert_eq!(world.new_events(), [paid("0000001"), back, paid("0000002")]);
        assert_eq!(world.see_subscription(id).quantity_at_renewal, Some(8));
        the_day_before(world, ends_on);
        world.clock.set_day(ends_on);
        world.sweep();
        let renewed = Event::SubscriptionRenewed {
            term: Period { start: ends_on, end: date(2022, 3, 20) },
            amount: eur(8_000),
            service_period: Period { start: ends_on, end: date(2021, 4, 20) },
            quantity: Some(Change { from: 10, to: 8 }),
        };
        assert_eq!(world.new_events(), [renewed]);
    });
}

/// Every day up to `until` the calendar takes its steps, and the work is done that they ask for.
fn live_until(world: &World, until: Date) {
    while world.today() < until {
        world.clock.set_day(world.today().saturating_add(1.day()));
        world.sweep();
        world.work();
    }
}

/// Domain 1.12: nothing can be planned for what does not run.
#[test]
fn nothing_is_planned_for_what_has_ended() {
    in_each_world(|world| {
        world.agreement(Agreement::Mca);
        let admin = world.caller(Role::BillingAdmin);
        let id = world.subscription_with(world.organization, &world.product("Office"), 10, |new| {
            (new.channel, new.recurring_billing) = (Channel::DirectInvoice, false);
        });
        world.clock.set_day(date(2021, 1, 15));
        world.sweep();
        let closed = Refusal::Closed(ClosedReason::NotActive);
        assert_eq!(refusal(world.write(&admin, at_renewal(id, 12))), closed);
    });
}
