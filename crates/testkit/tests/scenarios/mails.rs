//! Mails: what happens puts them into the outbox, and the outbox into the mailbox (domain 4.10; R61, R62, R166, R172).

use app::Caller;
use app::credit_check::decide::DecideCreditCheck;
use app::mail::deliver::Delivery;
use app::mail::operate::{DropMail, ListMails, MailFilter, ResumeMail};
use app::order::place::{Payment, Purchase, new_order_id, place_order};
use app::subscription::cancel::CancelSubscription;
use domain::access::Role;
use domain::catalog::{BillingFrequency, Price, Term};
use domain::credit_check::decide::DecideCreditCheck as Decided;
use domain::ids::OrderId;
use domain::mail::{Mail, MailState, NotificationSettings};
use domain::money::{Currency, Money};
use domain::organization::OrganizationKind;
use domain::refusal::Refusal;
use domain::subscription::Channel;
use domain::subscription::cancel::{Cancel, CancelReason};
use jiff::SignedDuration;
use jiff::civil::date;
use store::tables::notification_setting;
use testkit::mailbox::MailServer;
use testkit::world::{World, in_each_world};

fn shop(world: &World) -> Price {
    let office = world.product("Office");
    world.price(&office, Term::Annual, BillingFrequency::Monthly, Money::new(1_170, Currency::Eur))
}

fn admin(world: &World, name: &str, role: Role) -> Caller {
    let person = world.person(name);
    world.give_roles(world.organization, person, &[role]);
    world.as_person(person, &[role])
}

fn buy(world: &World, buyer: &Caller, price: &Price, contact_agreed: bool) -> OrderId {
    let payment = Payment::Invoice { contact_agreed };
    let purchase = Purchase { order_id: new_order_id(&world.app), price_id: price.id, quantity: 25, payment };
    place_order(&world.app, buyer, world.organization, purchase).expect("the order is placed")
}

fn operator(world: &World) -> Caller {
    let house = world.organization_with("Zetel", |house| house.kind = OrganizationKind::Operator);
    world.caller_in(house, Role::Operator)
}

fn decide(world: &World, order_id: OrderId, passed: bool) {
    let decided = Decided::new(passed, "").expect("no note");
    world.write(&operator(world), DecideCreditCheck { order_id, decided }).expect("it is decided");
}

/// The whole outbox, the oldest first.
fn outbox(world: &World) -> Vec<Mail> {
    let asked = ListMails { filter: MailFilter::default(), before: None, limit: 1_000 };
    let mut rows = world.read(&world.caller(Role::Operator), &asked).expect("the outbox").rows;
    rows.reverse();
    rows
}

fn settle(world: &World, settings: NotificationSettings) {
    world.seed(world.organization, move |write| notification_setting::save(write, &settings));
}

/// So many mails that wait: subscriptions were canceled, and Carla, the only admin, is told.
fn mails(world: &World, count: usize) {
    let carla = admin(world, "Carla", Role::GlobalAdmin);
    for _ in 0..count {
        let subscription_id = world.subscription(&world.product(&format!("Visio {}", world.new_id())), 10);
        let cancel = Cancel { reason: CancelReason::TooExpensive, feedback: String::new() };
        world.write(&carla, CancelSubscription { subscription_id, cancel }).expect("it is canceled");
    }
}

fn states(world: &World) -> Vec<(MailState, u32)> {
    outbox(world).iter().map(|mail| (mail.state, mail.attempts)).collect()
}

/// M1, M8, R61, R62: who orders by invoice is told what the check needs and how it went; those who keep the money get
/// the invoice.
#[test]
fn an_order_by_invoice() {
    in_each_world(|world| {
        let anna = admin(world, "Anna", Role::BillingAdmin);
        let _ = admin(world, "Bram", Role::GlobalAdmin);
        let _ = admin(world, "Lisa", Role::LicenseAdmin);
        let price = shop(world);
        let order = buy(world, &anna, &price, true);
        assert_eq!(world.new_mails(), ["credit_application to anna"]);
        decide(world, order, true);
        world.sweep();
        assert_eq!(world.new_mails(), ["order_confirmation to anna", "invoice to anna", "invoice to bram"]);
        // Once paid by invoice and not overdue, there is nothing to check any more.
        buy(world, &anna, &price, true);
        assert_eq!(world.new_mails(), ["order_confirmation to anna"]);
    });
}

/// M8, R63: nobody is asked for data who did not agree to be contacted; a check that failed is said to who ordered.
#[test]
fn a_check_that_failed() {
    in_each_world(|world| {
        let anna = admin(world, "Anna", Role::BillingAdmin);
        let order = buy(world, &anna, &shop(world), false);
        assert_eq!(world.new_mails(), Vec::<String>::new());
        decide(world, order, false);
        assert_eq!(world.new_mails(), ["credit_check_failed to anna"]);
    });
}

/// M2, M3, R172: the extra addresses of the organization get invoices, with the document or without; a billing
/// profile may want none.
#[test]
fn invoices_go_where_the_organization_says() {
    in_each_world(|world| {
        let _ = admin(world, "Bram", Role::GlobalAdmin);
        let contact = "Bram@waterland.example".to_lowercase();
        let extra_addresses = vec!["facturen@waterland.example".to_owned()];
        settle(world, NotificationSettings { contact, extra_addresses, ..NotificationSettings::default() });
        let office = world.product("Office");
        let _ = world.subscription_with(world.organization, &office, 10, |new| new.channel = Channel::DirectInvoice);
        world.clock.set_day(date(2020, 2, 15));
        world.sweep();
        world.deliver();
        let received = world.mailbox.take();
        let addresses: Vec<_> = received.iter().map(|mail| mail.recipient.address.as_str()).collect();
        assert_eq!(addresses, ["bram@waterland.example", "facturen@waterland.example"]);
        assert_eq!(received[1].written.subject, "invoice in nl");
        let attachment = received[1].attachment.as_ref().expect("the document");
        assert_eq!(attachment.file_name, "0000001.pdf");
        assert_eq!(String::from_utf8_lossy(&attachment.bytes), "PDF of 0000001 in nl");

        settle(world, NotificationSettings { attach_documents: false, revision: 1, ..NotificationSettings::default() });
        world.clock.set_day(date(2020, 3, 15));
        world.sweep();
        world.deliver();
        let received = world.mailbox.take();
        assert_eq!(received.iter().map(|mail| mail.attachment.is_some()).collect::<Vec<_>>(), [false]);

        world.seed(world.organization, |write| {
            let mut profile = store::tables::billing_account::profiles(write)?.remove(0);
            profile.email_invoices = false;
            store::tables::billing_account::update_profile(write, &profile)
        });
        world.clock.set_day(date(2020, 4, 15));
        world.sweep();
        assert_eq!(world.new_mails(), Vec::<String>::new());
    });
}

/// Domain 4.10: buyers of self-service get their own mail, and nobody else does.
#[test]
fn a_buyer_gets_own_mail() {
    in_each_world(|world| {
        let _ = admin(world, "Bram", Role::GlobalAdmin);
        let dirk = world.person("Dirk");
        let visio = world.product("Visio");
        let _ = world.subscription_with(world.organization, &visio, 5, |new| {
            (new.channel, new.holder) = (Channel::SelfService, Some(dirk));
        });
        world.clock.set_day(date(2020, 2, 15));
        world.sweep();
        assert_eq!(world.new_mails(), ["invoice to dirk"]);
    });
}

/// Both are stored, or neither is: what is refused leaves no mail.
#[test]
fn what_is_refused_leaves_no_mail() {
    in_each_world(|world| {
        let carla = admin(world, "Carla", Role::GlobalAdmin);
        let subscription_id = world.subscription(&world.product("Project"), 10);
        let feedback = "x".repeat(10_000);
        let cancel = Cancel { reason: CancelReason::Other, feedback };
        assert!(world.write(&carla, CancelSubscription { subscription_id, cancel }).is_err());
        assert_eq!(world.new_mails(), Vec::<String>::new());
    });
}

/// A server that is down for a day loses nothing and parks nothing; the order stays.
#[test]
fn a_server_that_is_down_for_a_day() {
    in_each_world(|world| {
        mails(world, 3);
        for _ in 0..288 {
            world.mailbox.script([MailServer::IsDown]);
            assert_eq!(world.app.deliver_once().expect("the database answers"), Delivery::ServerUnusable);
            world.clock.advance(SignedDuration::from_mins(5));
        }
        assert!(states(world).iter().all(|state| *state == (MailState::Waiting, 0)), "{:?}", states(world));
        assert!(outbox(world).iter().any(|mail| mail.error.as_deref() == Some("nobody answers")));
        assert_eq!(world.new_mails(), ["canceled to carla"; 3]);
        assert!(states(world).iter().all(|state| *state == (MailState::Sent, 0)));
        assert!(outbox(world).iter().all(|mail| mail.error.is_none() && mail.sent_at.is_some()));
    });
}

/// A mail that is refused for the moment is tried for four days, ever less often, and then parked; the operator
/// resumes it.
#[test]
fn a_mail_that_is_refused_for_the_moment() {
    in_each_world(|world| {
        mails(world, 1);
        let begun = world.clock_now();
        world.mailbox.script([MailServer::RefusesNow; 10]);
        let mut tries = Vec::new();
        for _ in 0..10 {
            assert_eq!(world.app.deliver_once().expect("the database answers"), Delivery::Settled);
            assert_eq!(world.app.deliver_once().expect("the database answers"), Delivery::Nothing, "it rests");
            let mail = outbox(world).remove(0);
            tries.push(mail.due_at.duration_since(begun).as_mins());
            world.clock.set(mail.due_at);
        }
        assert_eq!(tries, [5, 20, 80, 320, 800, 1_520, 2_960, 4_400, 5_840, 5_840]);
        assert_eq!(states(world), [(MailState::Parked, 10)]);
        assert_eq!(outbox(world)[0].error.as_deref(), Some("450 try again"));

        let id = outbox(world)[0].id;
        let operator = world.caller(Role::Operator);
        world.write(&operator, ResumeMail(id)).expect("it waits again");
        assert_eq!(states(world), [(MailState::Waiting, 0)]);
        assert_eq!(world.new_mails(), ["canceled to carla"]);
        // What was sent stays sent.
        world.write(&operator, ResumeMail(id)).expect("it stays as it is");
        world.write(&operator, DropMail(id)).expect("it stays as it is");
        assert_eq!(states(world), [(MailState::Sent, 0)]);
    });
}

/// A refusal for good parks the mail at once, and the next one is sent; the operator drops it.
#[test]
fn a_mail_that_is_refused_for_good() {
    in_each_world(|world| {
        mails(world, 1);
        let dora = admin(world, "Dora", Role::GlobalAdmin);
        world.mailbox.script([MailServer::RefusesForGood]);
        assert_eq!(world.new_mails(), Vec::<String>::new());
        assert_eq!(states(world), [(MailState::Parked, 1)]);
        let id = outbox(world)[0].id;
        let refused = world.write(&dora, DropMail(id)).expect_err("only operators").refusal().cloned();
        assert_eq!(refused, Some(Refusal::NotAllowed));
        world.write(&world.caller(Role::Operator), DropMail(id)).expect("it is dropped");
        assert_eq!(states(world), [(MailState::Dropped, 1)]);
        let other = world.other_organization("Edam");
        let foreign = world.app.write(&world.caller(Role::Operator), other, DropMail(id)).wait();
        assert_eq!(foreign.expect_err("of another organization").refusal(), Some(&Refusal::NotFound));
    });
}

/// Who dies between sending and noting, or loses the line before the answer, sends the same mail again, and mail programs
/// can tell: it has the same identity. SMTP promises no more.
#[test]
fn a_line_that_broke_after_the_mail_was_taken() {
    in_each_world(|world| {
        mails(world, 1);
        world.mailbox.script([MailServer::DropsTheLine]);
        assert_eq!(world.app.deliver_once().expect("the database answers"), Delivery::ServerUnusable);
        world.deliver();
        let ids: Vec<_> = world.mailbox.take().iter().map(|mail| mail.id).collect();
        assert_eq!(ids.len(), 2);
        assert_eq!(ids[0], ids[1]);
        world.deliver();
        assert_eq!(world.mailbox.take().len(), 0, "once noted, never again");
    });
}

/// Two processes send each mail once; one that dies with a mail in its hands leaves it to the other after ten minutes.
#[test]
fn two_processes_and_one_that_dies() {
    in_each_world(|world| {
        mails(world, 20);
        let (other, store) = world.another_process();
        let now = world.clock_now();
        let lost = store.write(store::Scope::Shared, move |write| {
            store::tables::mail::claim_due(write, now, now + SignedDuration::from_mins(10))
        });
        let lost = lost.wait().expect("the database answers").expect("a mail is due");
        std::thread::scope(|scope| {
            scope.spawn(|| while other.deliver_once().expect("the database answers") == Delivery::Settled {});
            world.deliver();
        });
        let mut ids: Vec<_> = world.mailbox.take().iter().map(|mail| mail.id).collect();
        ids.sort_unstable();
        let sent = ids.len();
        ids.dedup();
        assert_eq!((ids.len(), sent), (19, 19));
        assert!(!ids.contains(&lost.id));
        world.clock.advance(SignedDuration::from_mins(10));
        world.deliver();
        assert_eq!(world.mailbox.take().iter().map(|mail| mail.id).collect::<Vec<_>>(), [lost.id]);
    });
}

/// D30: the mails of a sandbox are looked at, not sent.
#[test]
fn a_sandbox_sends_nothing() {
    in_each_world(|world| {
        let sandbox = world.organization_with("Speeltuin", |new| new.sandbox_ahead = Some(SignedDuration::ZERO));
        let bram = world.person_with(sandbox, "Bram", |_| ());
        world.give_roles(sandbox, bram, &[Role::GlobalAdmin]);
        let office = world.product("Office");
        let _ = world.subscription_with(sandbox, &office, 10, |new| new.channel = Channel::DirectInvoice);
        world.clock.set_day(date(2020, 2, 15));
        world.sweep();
        assert_eq!(world.new_mails(), Vec::<String>::new());
        assert_eq!(states(world), [(MailState::Kept, 0)]);
    });
}

/// The operator finds mails by where they stand, by kind and by address, page by page.
#[test]
fn the_operators_list() {
    in_each_world(|world| {
        mails(world, 2);
        let operator = world.caller(Role::Operator);
        let count = |filter: MailFilter| {
            let asked = ListMails { filter, before: None, limit: 100 };
            world.read(&operator, &asked).expect("the outbox").rows.len()
        };
        let waiting = MailFilter { state: Some(MailState::Waiting), ..MailFilter::default() };
        assert_eq!((count(waiting.clone()), count(MailFilter::default())), (2, 2));
        let kind = Some(domain::mail::MailKind::Canceled);
        assert_eq!(count(MailFilter { kind, ..MailFilter::default() }), 2);
        assert_eq!(count(MailFilter { kind, ..waiting.clone() }), 2);
        assert_eq!(count(MailFilter { kind: Some(domain::mail::MailKind::Invoice), ..waiting }), 0);
        let address = |text: &str| count(MailFilter { address: text.to_owned(), ..MailFilter::default() });
        assert_eq!((address("Carla@water"), address("nobody"), address("%")), (2, 0, 0));
        let first = ListMails { filter: MailFilter::default(), before: None, limit: 1 };
        let first = world.read(&operator, &first).expect("a page");
        assert_eq!((first.rows.len(), first.counts.clone()), (1, vec![(MailState::Waiting, 2)]));
        let rest = ListMails { filter: MailFilter::default(), before: first.next, limit: 100 };
        assert_eq!(world.read(&operator, &rest).expect("the rest").rows.len(), 1);
    });
}
