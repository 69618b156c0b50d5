//! Mails about what is charged, paid and given back, each with its facts (domain 4.10 M1, M2, M4; 4.6), and all mails of
//! a year in their order.

use super::mails::{admin, outbox};
use super::money::books_agree;
use super::payment_methods::address;
use super::purchase::{by_card, wanted};
use app::Caller;
use app::billing::details::{AccessLoss, InvoiceDetails};
use app::billing::list::{InvoiceDays, ListInvoices};
use app::billing::pay_invoice::{PayInvoice, new_payment_id, pay_invoice};
use app::billing::record_chargeback::RecordChargeback;
use app::home::{Home, HomeView};
use app::order::place::{Payment as Means, place_order};
use app::organization::become_sandbox::BecomeSandbox;
use app::organization::move_clock::MoveClock;
use app::payment_method::edit::{EditPaymentMethod, edit_payment_method};
use app::payment_method::replace::ReplacePaymentMethod;
use app::subscription::cancel::CancelSubscription;
use app::subscription::change_quantity::ChangeQuantity;
use app::subscription::details::SubscriptionDetails;
use domain::access::{Actor, Role};
use domain::billing::Agreement;
use domain::catalog::{BillingFrequency, Term};
use domain::ids::{InvoiceId, SubscriptionId};
use domain::mail::{MailState, Message, SubscriptionFacts};
use domain::money::{Currency, Money};
use domain::subscription::cancel::{Cancel, CancelReason};
use domain::subscription::{Channel, Subscription, SubscriptionState, first_term_end};
use jiff::ToSpan;
use jiff::civil::{Date, date};
use testkit::world::{World, in_each_world};

fn eur(minor: i64) -> Money {
    Money::new(minor, Currency::Eur)
}

/// Ten licenses of a product at €10.00 a month.
fn ten(world: &World, product: &str, differ: impl FnOnce(&mut Subscription)) -> SubscriptionId {
    world.subscription_with(world.organization, &world.product(product), 10, differ)
}

/// Lets days pass one by one with all that follows, and gives what arrived with the day of each.
fn live(world: &World, until: Date) -> Vec<(Date, String)> {
    let mut found = Vec::new();
    while world.today() < until {
        world.clock.set_day(world.today().saturating_add(1.day()));
        world.sweep();
        world.work();
        let today = world.today();
        found.extend(world.new_mails().into_iter().map(|mail| (today, mail)));
    }
    found
}

/// What the newest mail says.
fn newest(world: &World) -> Message {
    outbox(world).pop().and_then(|mail| mail.message).expect("a mail that is known")
}

fn invoice(world: &World, caller: &Caller, number: &str) -> InvoiceId {
    let asked = ListInvoices { days: InvoiceDays::SixMonths, after: None, limit: 100 };
    let rows = world.read(caller, &asked).expect("the list").rows;
    rows.into_iter().find(|row| row.number == number).expect("the invoice is there").id
}

fn pay(world: &World, payer: &Caller, number: &str, token: &str) {
    let (payment_id, invoice_id) = (new_payment_id(&world.app), invoice(world, payer, number));
    let pay = PayInvoice { payment_id, invoice_id, means: Means::Token(token.to_owned()) };
    pay_invoice(&world.app, payer, world.organization, pay).expect("it is tried");
}

/// M2, M4, R166, domain 4.6: each of the seven attempts that fail is told, with its cause, the day of the next one and the
/// last day; then that people lost access. Whoever pays in person sees it on the screen.
#[test]
fn a_payment_that_fails() {
    in_each_world(|world| {
        let bram = admin(world, "Bram", Role::BillingAdmin);
        let card = world.card(bram.actor.user().expect("a person"), "card_declined");
        let id = ten(world, "Office", |new| (new.term, new.payment_method_id) = (Term::Annual, Some(card)));
        let said = |day, next: Option<Date>| {
            assert_eq!(live(world, day).pop(), Some((day, "payment_failed to bram".to_owned())));
            let Message::PaymentFailed { of, amount, reason, next_attempt_on, last_attempt_on, given_up_on } =
                newest(world)
            else {
                panic!("{:?}", newest(world))
            };
            assert_eq!((&*of.number, &of.products[..], amount), ("0000001", &["Office".to_owned()][..], eur(10_000)));
            assert_eq!((of.method.as_deref(), &*reason), (Some("Visa •••• 4242"), "card_declined"));
            assert_eq!((next_attempt_on, last_attempt_on, given_up_on), (next, Some(date(2020, 3, 17)), None));
        };
        assert_eq!(live(world, date(2020, 2, 15)), [(date(2020, 2, 15), "invoice to bram".to_owned())]);
        let days = [(2, 16), (2, 19), (2, 23), (2, 28), (3, 5), (3, 11)].map(|(month, day)| date(2020, month, day));
        for pair in days.windows(2) {
            said(pair[0], Some(pair[1]));
        }
        said(days[5], Some(date(2020, 3, 17)));
        pay(world, &bram, "0000001", "card_declined");
        assert_eq!(world.new_mails(), [""; 0]);
        // The next billing period is invoiced, and tried, while the first is not paid.
        let told = live(world, date(2020, 3, 17));
        let expected = [
            (date(2020, 3, 15), "invoice to bram"),
            (date(2020, 3, 16), "payment_failed to bram"),
            (date(2020, 3, 17), "payment_failed to bram"),
            (date(2020, 3, 17), "disabled to bram"),
        ];
        assert_eq!(told, expected.map(|(day, mail)| (day, mail.to_owned())));
        let of = SubscriptionFacts { subscription_id: id, product: "Office".to_owned(), quantity: 10, assigned: 0 };
        let deleted_on = date(2020, 6, 15);
        assert_eq!(newest(world), Message::Disabled { of, deleted_on, unpaid: true, partner: None });
    });
}

/// R167, M4, domain 4.6: under MCA a card that its bank refuses for good is asked once. The mail says the day on which people
/// lose access, two days later, unless another card pays: that one pays from then on.
#[test]
fn a_card_that_is_refused_for_good() {
    in_each_world(|world| {
        world.agreement(Agreement::Mca);
        let _ = admin(world, "Bram", Role::BillingAdmin);
        let dirk = world.person("Dirk");
        let blocked = Some(world.card(dirk, "card_blocked"));
        let of_dirk = |product: &str| {
            ten(world, product, |new| {
                (new.channel, new.holder, new.payment_method_id) = (Channel::SelfService, Some(dirk), blocked);
            })
        };
        let (office, buyer) = (of_dirk("Office"), world.as_person(dirk, &[]));
        let mut told = live(world, date(2020, 2, 17));
        let invoice_id = invoice(world, &buyer, "0000001");
        let access = || {
            let of_invoice = world.read(&buyer, &InvoiceDetails(invoice_id)).expect("the invoice").access;
            let of_office = world.read(&buyer, &SubscriptionDetails(office)).expect("its page").access_ends;
            let home = world.read(&world.caller(Role::GlobalAdmin), &Home).expect("Home");
            let HomeView::Organization(home) = home else { panic!("Home of the organization") };
            (of_invoice, of_office, home.access_ends_on, home.access_ended)
        };
        let day = date(2020, 2, 18);
        let expected = (Some(AccessLoss::EndsOn(day)), Some((invoice_id, day)), Some(day), false);
        assert_eq!(access(), expected, "each page says the day");
        told.extend(live(world, date(2020, 2, 20)));
        assert_eq!(access(), (Some(AccessLoss::Ended), None, None, true));
        let expected = [
            (date(2020, 2, 15), "invoice to dirk"),
            (date(2020, 2, 16), "payment_failed to dirk"),
            (date(2020, 2, 18), "disabled to dirk"),
        ];
        assert_eq!(told, expected.map(|(day, mail)| (day, mail.to_owned())));
        assert_eq!(world.gateway.charged().len(), 1, "it is asked once");
        let rows = outbox(world);
        let failed = rows.into_iter().filter_map(|mail| mail.message).find_map(|message| match message {
            Message::PaymentFailed { reason, next_attempt_on, last_attempt_on, given_up_on, .. } => {
                Some((reason, next_attempt_on, last_attempt_on, given_up_on))
            }
            _ => None,
        });
        assert_eq!(failed, Some(("card_blocked".to_owned(), None, None, Some(date(2020, 2, 18)))));
        assert_eq!(world.read(&buyer, &InvoiceDetails(invoice_id)).expect("the invoice").next_attempt_on, None);
        assert_eq!(world.see_subscription(office).unpaid_since, Some(date(2020, 2, 18)));
        pay(world, &buyer, "0000001", "card_succeeds");
        let back = world.see_subscription(office);
        assert_eq!((back.state, back.payment_method_id == blocked), (SubscriptionState::Active, false));
        assert_eq!(access(), (None, None, None, false));
        books_agree(world);
    });
}

/// R167: another card that is put in its place within the two days pays at once, and nobody loses access. Under MOSA it is a
/// decline like others.
#[test]
fn another_card_in_time() {
    in_each_world(|world| {
        let bram = admin(world, "Bram", Role::BillingAdmin);
        let blocked = world.card(bram.actor.user().expect("a person"), "card_blocked");
        let _ = ten(world, "Office", |new| new.payment_method_id = Some(blocked));
        let told = live(world, date(2020, 2, 20));
        let failed = |day| (date(2020, 2, day), "payment_failed to bram".to_owned());
        assert_eq!(told[1..], [failed(16), failed(19)], "MOSA");

        let dirk = world.person("Dirk");
        world.agreement(Agreement::Mca);
        let (blocked, good) = (world.card(dirk, "card_blocked"), world.card(dirk, "card_succeeds"));
        let visio = ten(world, "Visio", |new| {
            (new.channel, new.holder, new.payment_method_id) = (Channel::SelfService, Some(dirk), Some(blocked));
        });
        let _ = live(world, date(2020, 3, 21));
        // What is corrected of the card neither asks it again nor ends anything before the day that the mail names.
        let edit = EditPaymentMethod {
            id: blocked,
            holder: "D. Jansen".to_owned(),
            address: address(),
            expires_on: "2033-04".to_owned(),
            security_code: "123".to_owned(),
            revision: 1,
        };
        let dirks = world.as_person(dirk, &[]);
        edit_payment_method(&world.app, &dirks, world.organization, &edit).expect("it is saved");
        assert_eq!(live(world, date(2020, 3, 22)), []);
        assert_eq!(world.see_subscription(visio).state, SubscriptionState::Active);
        let _ = world.new_events();
        let replace = ReplacePaymentMethod { from: blocked, to: good };
        world.write(&dirks, replace).expect("it is Dirk's");
        let mails = live(world, date(2020, 3, 24));
        assert!(mails.iter().all(|(_, mail)| !mail.contains("dirk")), "{mails:?}");
        assert_eq!(world.see_subscription(visio).unpaid_since, None);
        books_agree(world);
    });
}

/// M1, domain 2.1: who adds licenses is told how many there are and what they cost for the rest of the billing period, 5 ×
/// 10.00 × 21/31; nobody else is, and nobody of fewer.
#[test]
fn licenses_that_are_added() {
    in_each_world(|world| {
        let anna = admin(world, "Anna", Role::BillingAdmin);
        let _ = admin(world, "Bram", Role::GlobalAdmin);
        let id = ten(world, "Office", |_| ());
        world.give_license(id, world.person("Chris"));
        world.clock.set_day(date(2020, 1, 25));
        let changed = world.write(&anna, ChangeQuantity::now(id, 15)).expect("five more");
        assert_eq!(world.new_mails(), ["licenses_added to anna"]);
        let of = SubscriptionFacts { subscription_id: id, product: "Office".to_owned(), quantity: 15, assigned: 1 };
        let order_id = changed.order_id.expect("an order");
        let (number, before, amount) = (1, 10, eur(3_387));
        assert_eq!(newest(world), Message::LicensesAdded { order_id, number, of, before, amount });
        world.write(&anna, ChangeQuantity::now(id, 12)).expect("three fewer");
        assert_eq!(world.new_mails(), [""; 0]);
    });
}

/// M2, M3, D6: canceling is told at once, and the credit note on the day on which it is made, with its document: 10 × 10.00
/// × 21/31 come back.
#[test]
fn a_credit_note() {
    in_each_world(|world| {
        let anna = admin(world, "Anna", Role::BillingAdmin);
        let _ = admin(world, "Bram", Role::GlobalAdmin);
        let id = ten(world, "Office", |new| new.channel = Channel::DirectInvoice);
        world.clock.set_day(date(2020, 1, 25));
        let cancel = Cancel { reason: CancelReason::TooExpensive, feedback: String::new() };
        world.write(&anna, CancelSubscription { subscription_id: id, cancel }).expect("it is canceled");
        assert_eq!(world.new_mails(), ["canceled to anna", "canceled to bram"]);
        let of = SubscriptionFacts { subscription_id: id, product: "Office".to_owned(), quantity: 10, assigned: 0 };
        let (credit, deleted_on) = (eur(6_774), date(2020, 4, 24));
        assert_eq!(newest(world), Message::Canceled { of, credit, deleted_on });
        world.clock.set_day(date(2020, 2, 15));
        world.sweep();
        world.deliver();
        let received = world.mailbox.take();
        let subjects: Vec<_> = received.iter().map(|mail| mail.written.subject.as_str()).collect();
        assert_eq!(subjects, ["credit_note in nl"; 2]);
        let attached = received[0].attachment.as_ref().map(|attached| attached.file_name.as_str());
        assert_eq!(attached, Some("0000001.pdf"));
        let Message::CreditNote { of, total, issued_on } = newest(world) else { panic!("{:?}", newest(world)) };
        assert_eq!((&*of.number, total, issued_on), ("0000001", eur(6_774), date(2020, 2, 15)));
        assert_eq!((of.products, of.method), (vec!["Office".to_owned()], None));
    });
}

/// R167, domain 4.6: when the bank takes a payment back those who keep the money learn what is to be paid again, and the
/// admins that people lost access.
#[test]
fn a_payment_that_is_charged_back() {
    in_each_world(|world| {
        let bram = admin(world, "Bram", Role::BillingAdmin);
        let price = world.price(&world.product("Office"), Term::Annual, BillingFrequency::Monthly, eur(1_170));
        place_order(&world.app, &bram, world.organization, wanted(world, &price, 25, by_card())).expect("it is bought");
        assert_eq!(world.new_mails(), ["order_confirmation to bram", "invoice to bram"]);
        world.clock.set_day(date(2020, 1, 20));
        let view = world.read(&bram, &InvoiceDetails(invoice(world, &bram, "0000001"))).expect("the invoice");
        let payment_id = view.payments[0].id;
        world.write(&world.caller(Role::Operator), RecordChargeback { payment_id }).expect("it is recorded");
        assert_eq!(world.new_mails(), ["payment_charged_back to bram", "disabled to bram"]);
        let told: Vec<_> = outbox(world).into_iter().filter_map(|mail| mail.message).collect();
        let [.., Message::PaymentChargedBack { of, amount, balance }, Message::Disabled { deleted_on, unpaid, .. }] =
            &told[..]
        else {
            panic!("{told:?}")
        };
        assert_eq!((&*of.number, *amount, *balance), ("0000001", eur(29_250), eur(29_250)));
        assert_eq!((*deleted_on, *unpaid), (date(2020, 4, 19), true));
        pay(world, &bram, "0000001", "card_succeeds");
        assert!(world.new_events().iter().any(|event| event.kind() == "subscription_reactivated"));
        assert_eq!(world.new_mails(), [""; 0], "the payer saw it on the screen");
    });
}

/// A sandbox whose clock is moved over a year and a month: Office renews and is paid by card, Visio ends, Project is never paid,
/// and a trial runs out.
fn a_year_of_four(world: &World) {
    let system = Caller { actor: Actor::system(), request: "test".to_owned() };
    world.write(&system, BecomeSandbox).expect("it becomes a sandbox");
    let bram = admin(world, "Bram", Role::GlobalAdmin);
    let card = |token| Some(world.card(bram.actor.user().expect("a person"), token));
    let yearly = |new: &mut Subscription| new.billing_frequency = BillingFrequency::Yearly;
    let _ = ten(world, "Office", |new| (yearly(new), new.payment_method_id = card("card_succeeds")).0);
    let _ = ten(world, "Visio", |new| {
        yearly(new);
        (new.channel, new.recurring_billing) = (Channel::DirectInvoice, false);
    });
    let monthly = |new: &mut Subscription| {
        (new.term, new.ends_on) = (Term::Monthly, first_term_end(new.started_on, Term::Monthly));
    };
    let _ = ten(world, "Project", |new| (monthly(new), new.payment_method_id = card("card_declined")).0);
    let _ = ten(world, "Copilot", |new| {
        monthly(new);
        (new.channel, new.recurring_billing) = (Channel::Trial, false);
    });
    world.write(&bram, MoveClock { to: date(2021, 2, 15) }).expect("time passes");
    world.work();
}

/// D30, R152, domain 4.10: the clock of a sandbox is moved over a year at once, and every mail of it is written on its day, in
/// the order in which it would have come. None is sent.
#[test]
fn every_mail_of_a_year() {
    in_each_world(|world| {
        a_year_of_four(world);
        let rows = outbox(world);
        assert!(rows.iter().all(|mail| mail.state == MailState::Kept && mail.recipient.address.starts_with("bram@")));
        let zone = jiff::tz::TimeZone::get("Europe/Amsterdam").expect("the zone is known");
        let line = |mail: &domain::mail::Mail| {
            let about = match mail.message.as_ref().expect("it is known") {
                Message::Invoice { of, .. } | Message::PaymentFailed { of, .. } => of.products.join(", "),
                Message::ExpiresSoon { of, .. }
                | Message::Expired { of, .. }
                | Message::RenewsSoon { of, .. }
                | Message::ErasedSoon { of, .. }
                | Message::Disabled { of, .. } => of.product.clone(),
                other => panic!("{other:?}"),
            };
            format!("{} {} {about}", mail.created_at.to_zoned(zone.clone()).date(), mail.kind)
        };
        let told: Vec<_> = rows.iter().map(line).collect();
        let expected = [
            // The trial ends on 15 February, and is erased 30 days later.
            "2020-01-31 expires_soon Copilot",
            "2020-02-08 expires_soon Copilot",
            "2020-02-14 expires_soon Copilot",
            "2020-02-15 invoice Project",
            "2020-02-16 expired Copilot",
            // Seven attempts; meanwhile the second month is invoiced, and tried seven times too.
            "2020-02-16 payment_failed Project",
            "2020-02-19 payment_failed Project",
            "2020-02-23 payment_failed Project",
            "2020-02-28 payment_failed Project",
            "2020-03-01 expired Copilot",
            "2020-03-05 payment_failed Project",
            "2020-03-11 payment_failed Project",
            "2020-03-15 invoice Project",
            "2020-03-16 payment_failed Project",
            "2020-03-17 payment_failed Project",
            "2020-03-17 disabled Project",
            "2020-03-19 payment_failed Project",
            "2020-03-23 payment_failed Project",
            "2020-03-28 payment_failed Project",
            "2020-04-03 payment_failed Project",
            "2020-04-09 payment_failed Project",
            "2020-04-15 payment_failed Project",
            // 30, 60 and 80 days after people lost access.
            "2020-04-16 erased_soon Project",
            "2020-05-16 erased_soon Project",
            "2020-06-05 erased_soon Project",
            // Visio ends after a year, Office renews.
            "2020-11-16 expires_soon Visio",
            "2020-12-16 renews_soon Office",
            "2020-12-16 expires_soon Visio",
            "2020-12-31 expires_soon Visio",
            "2021-01-08 renews_soon Office",
            "2021-01-08 expires_soon Visio",
            "2021-01-14 expires_soon Visio",
            "2021-01-15 invoice Office",
            "2021-01-16 expired Visio",
            "2021-01-30 expired Visio",
            "2021-02-14 disabled Visio",
        ];
        assert_eq!(told, expected);
        assert_eq!(world.new_mails(), [""; 0]);
    });
}
