//! Mails: what happens puts them into the outbox, and the outbox into the mailbox (domain 4.10; R61, R62, R166, R172).

use super::buy_on_a_profile::{Place, give};
use super::purchase::wanted;
use app::Caller;
use app::billing_role::give::GiveBillingRole;
use app::catalog::retire::RetireProduct;
use app::credit_check::decide::DecideCreditCheck;
use app::mail::deliver::Delivery;
use app::mail::operate::{DropMail, ListMails, MailFilter, ResumeMail};
use app::mail::settings::{ChangeNotifications, NotificationDetails};
use app::order::place::{Payment, place_order};
use app::subscription::cancel::CancelSubscription;
use app::subscription::take_over::{StartTakeOver, TakeOver};
use app::user::details::UserDetails;
use domain::access::{BillingRole, Principal, Role};
use domain::billing::Agreement;
use domain::catalog::{BillingFrequency, Price, Term};
use domain::credit_check::decide::DecideCreditCheck as Decided;
use domain::event::Event;
use domain::ids::{OrderId, UserId};
use domain::mail::{Mail, MailState, Message, NotificationSettings, SubscriptionFacts};
use domain::money::{Currency, Money};
use domain::organization::OrganizationKind;
use domain::refusal::Refusal;
use domain::subscription::cancel::{Cancel, CancelReason};
use domain::subscription::remind::ReminderKind;
use domain::subscription::{Channel, SubscriptionState};
use jiff::civil::{Date, date};
use jiff::{SignedDuration, ToSpan};
use store::tables::notification_setting;
use testkit::mailbox::MailServer;
use testkit::world::{World, in_each_world};

fn shop(world: &World) -> Price {
    let office = world.product("Office");
    world.price(&office, Term::Annual, BillingFrequency::Monthly, Money::new(1_170, Currency::Eur))
}

pub(super) fn admin(world: &World, name: &str, role: Role) -> Caller {
    let person = world.person(name);
    world.give_roles(world.organization, person, &[role]);
    world.as_person(person, &[role])
}

fn buy(world: &World, buyer: &Caller, price: &Price, contact_agreed: bool) -> OrderId {
    place_order(&world.app, buyer, world.organization, wanted(world, price, 25, Payment::Invoice { contact_agreed }))
        .expect("the order is placed")
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
pub(super) fn outbox(world: &World) -> Vec<Mail> {
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

        want_no_invoices(world);
        world.clock.set_day(date(2020, 4, 15));
        world.sweep();
        // But what it did not pay is recalled.
        assert_eq!(world.new_mails(), ["invoice_overdue to bram"]);
    });
}

/// R172, domain 4.10: under MCA the invoice of a billing profile goes to those who own, manage or keep the invoices of it or
/// of the whole account, while they may sign in: to no reader, nobody of another profile, and no other admin.
#[test]
fn under_mca_invoices_go_to_the_roles_of_the_profile() {
    in_each_world(|world| {
        let _ = admin(world, "Bram", Role::GlobalAdmin);
        let shop = Place::of(world);
        let roles = [
            ("Carla", BillingRole::AccountContributor, None),
            ("Dirk", BillingRole::AccountReader, None),
            ("Emma", BillingRole::ProfileOwner, Some(shop.south)),
            ("Finn", BillingRole::ProfileContributor, Some(shop.south)),
            ("Gijs", BillingRole::InvoiceManager, Some(shop.south)),
            ("Hugo", BillingRole::ProfileReader, Some(shop.south)),
            ("Iris", BillingRole::ProfileOwner, Some(shop.north)),
        ];
        for (name, role, profile) in roles {
            give(world, &shop.owner, world.person(name), role, profile);
        }
        let south = shop.south;
        let _ = world.subscription_with(world.organization, &world.product("Visio"), 10, |new| {
            (new.channel, new.billing_profile_id) = (Channel::DirectInvoice, south);
        });
        world.clock.set_day(date(2020, 2, 15));
        world.sweep();
        let told = ["carla", "emma", "finn", "gijs", "noor.owner"].map(|name| format!("invoice to {name}"));
        assert_eq!(world.new_mails(), told);
    });
}

/// The organization wants its invoices by mail no more.
fn want_no_invoices(world: &World) {
    world.seed(world.organization, |write| {
        let mut profile = store::tables::billing_account::profiles(write)?.remove(0);
        profile.email_invoices = false;
        store::tables::billing_account::update_profile(write, &profile)
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
        // Who pays gets the invoice, also while the organization wants none of its own by mail.
        want_no_invoices(world);
        world.clock.set_day(date(2020, 3, 15));
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

/// Lets days pass one by one, and gives what arrived with the day of each.
fn live(world: &World, from: Date, until: Date) -> Vec<(Date, String)> {
    let mut found = Vec::new();
    for day in from.series(1.day()).take_while(|day| *day <= until) {
        world.clock.set_day(day);
        world.sweep();
        found.extend(world.new_mails().into_iter().map(|mail| (day, mail)));
    }
    found
}

/// What a partner sold, which ends on 15 January 2021: nothing of it is invoiced.
fn ending(world: &World) {
    let visio = world.product("Visio");
    let _ = world.subscription_with(world.organization, &visio, 5, |new| {
        (new.channel, new.recurring_billing) = (Channel::Reseller, false);
    });
}

/// M6, D24: 60, 30, 15, 7 and 1 days before the end; 1 and 15 days after it; 30, 60 and 80 days after people lost access.
#[test]
fn a_subscription_that_ends() {
    in_each_world(|world| {
        let _ = admin(world, "Bram", Role::GlobalAdmin);
        ending(world);
        let mails = live(world, date(2020, 11, 1), date(2021, 6, 1));
        let expected = [
            (date(2020, 11, 16), "expires_soon"),
            (date(2020, 12, 16), "expires_soon"),
            (date(2020, 12, 31), "expires_soon"),
            (date(2021, 1, 8), "expires_soon"),
            (date(2021, 1, 14), "expires_soon"),
            (date(2021, 1, 16), "expired"),
            (date(2021, 1, 30), "expired"),
            (date(2021, 2, 14), "disabled"),
            (date(2021, 3, 16), "erased_soon"),
            (date(2021, 4, 15), "erased_soon"),
            (date(2021, 5, 5), "erased_soon"),
        ];
        assert_eq!(mails, expected.map(|(day, kind)| (day, format!("{kind} to bram"))));
    });
}

/// A server that was off for weeks tells once what still helps, with the days that are left; two processes that sweep do not
/// tell it twice.
#[test]
fn reminders_after_weeks_without_a_server() {
    in_each_world(|world| {
        let _ = admin(world, "Bram", Role::GlobalAdmin);
        ending(world);
        let (another, store) = world.another_process();
        let told = |day, kind: &str, reminder, days| {
            let on = if reminder == ReminderKind::ExpiresSoon { date(2021, 1, 15) } else { date(2021, 2, 14) };
            world.clock.set_day(day);
            std::thread::scope(|scope| {
                let there = scope.spawn(|| another.sweep().expect("the database answers"));
                world.sweep();
                there.join().expect("the other process sweeps");
            });
            assert_eq!(world.new_mails(), [format!("{kind} to bram")]);
            assert_eq!(world.new_events().pop(), Some(Event::SubscriptionReminded { reminder, on, days }));
        };
        told(date(2020, 12, 1), "expires_soon", ReminderKind::ExpiresSoon, 45);
        told(date(2021, 1, 10), "expires_soon", ReminderKind::ExpiresSoon, 5);
        told(date(2021, 2, 9), "expired", ReminderKind::Expired, 5);
        store.close();
    });
}

/// A year is announced before it renews, to the buyer when it is self-service.
#[test]
fn a_subscription_that_renews() {
    in_each_world(|world| {
        let dirk = world.person("Dirk");
        let visio = world.product("Visio");
        let _ = world.subscription_with(world.organization, &visio, 5, |new| {
            (new.channel, new.holder) = (Channel::Reseller, Some(dirk));
        });
        let mails = live(world, date(2020, 11, 1), date(2021, 1, 16));
        let expected = [date(2020, 12, 16), date(2021, 1, 8)];
        assert_eq!(mails, expected.map(|day| (day, "renews_soon to dirk".to_owned())));
    });
}

/// M5: an invoice that the customer pays is recalled 3, 10, 20 and 30 days after it had to be paid.
#[test]
fn an_invoice_that_is_overdue() {
    in_each_world(|world| {
        let _ = admin(world, "Bram", Role::BillingAdmin);
        let office = world.product("Office");
        let _ = world.subscription_with(world.organization, &office, 10, |new| new.channel = Channel::DirectInvoice);
        let mut mails = live(world, date(2020, 2, 15), date(2020, 4, 16));
        mails.retain(|(_, mail)| mail.starts_with("invoice_overdue"));
        // Issued on 15 February, to be paid by 16 March.
        let expected = [date(2020, 3, 19), date(2020, 3, 26), date(2020, 4, 5), date(2020, 4, 15)];
        assert_eq!(mails, expected.map(|day| (day, "invoice_overdue to bram".to_owned())));
    });
}

/// R172: who may change what, and that two who change at once are told.
#[test]
fn an_organization_chooses_who_gets_mail() {
    in_each_world(|world| {
        let billing = admin(world, "Bram", Role::BillingAdmin);
        let global = admin(world, "Carla", Role::GlobalAdmin);
        let change = |language: &str, settings: NotificationSettings| ChangeNotifications {
            language: language.to_owned(),
            settings,
        };
        let without_pdf = NotificationSettings { attach_documents: false, ..NotificationSettings::default() };
        world.write(&billing, change("en", without_pdf.clone())).expect("language and PDF");
        let saved = NotificationSettings { revision: 1, ..without_pdf };
        let view = world.read(&billing, &NotificationDetails).expect("the settings");
        assert_eq!((view.language.as_str(), &view.settings), ("en", &saved));
        assert_eq!((view.may_manage, view.may_manage_recipients, view.admins.len()), (true, false, 2));
        let with_contact = NotificationSettings { contact: "info@waterland.example".to_owned(), ..saved.clone() };
        let refused = |outcome: Result<(), app::Failure>| outcome.expect_err("refused").refusal().cloned();
        assert_eq!(refused(world.write(&billing, change("en", with_contact.clone()))), Some(Refusal::NotAllowed));
        world.write(&global, change("en", with_contact.clone())).expect("a global admin");
        assert_eq!(refused(world.write(&global, change("nl", with_contact))), Some(Refusal::ChangedMeanwhile));
        let reader = world.caller(Role::LicenseAdmin);
        assert_eq!(refused(world.read(&reader, &NotificationDetails).map(drop)), Some(Refusal::NotAllowed));
        let language = Some(domain::event::Change { from: "nl".to_owned(), to: "en".to_owned() });
        let attach_documents = Some(domain::event::Change { from: true, to: false });
        let contact = Some(domain::event::Change { from: String::new(), to: "info@waterland.example".to_owned() });
        let (none, extra_addresses) = (None, None);
        assert_eq!(
            world.new_events(),
            [
                Event::NotificationsChanged { language, attach_documents, contact: none, extra_addresses: None },
                Event::NotificationsChanged { language: None, attach_documents: None, contact, extra_addresses },
            ]
        );
    });
}

/// R171, R172, domain 6: under MCA owners and contributors of the billing account choose who gets mail, its readers do not.
#[test]
fn billing_roles_choose_who_gets_mail() {
    in_each_world(|world| {
        world.agreement(Agreement::Mca);
        let roles = [BillingRole::AccountOwner, BillingRole::AccountContributor, BillingRole::AccountReader];
        let owner = world.person("Noor Owner");
        world.give_roles(world.organization, owner, &[Role::GlobalAdmin]);
        let people = [owner, world.person("Bram Bakker"), world.person("Anna de Vries")];
        for (person, role) in people.into_iter().zip(roles) {
            let reader = world.caller(Role::GlobalReader);
            let email = world.read(&reader, &UserDetails(person)).expect("the person").user.email;
            world.write(&world.signed_in(owner), GiveBillingRole { email, role, profile: None }).expect("it is given");
        }
        world.give_roles(world.organization, owner, &[]);
        let change = |person: UserId, contact: &str, revision| {
            let settings =
                NotificationSettings { contact: contact.to_owned(), revision, ..NotificationSettings::default() };
            world.write(&world.signed_in(person), ChangeNotifications { language: "nl".to_owned(), settings })
        };
        let [owner, contributor, reader] = people;
        change(owner, "info@waterland.example", 0).expect("an owner");
        change(contributor, "geld@waterland.example", 1).expect("a contributor");
        let view = world.read(&world.signed_in(contributor), &NotificationDetails).expect("the settings");
        assert_eq!((view.settings.contact.as_str(), view.may_manage_recipients), ("geld@waterland.example", true));
        let refused = change(reader, "leest@waterland.example", 2).expect_err("a reader");
        assert_eq!(refused.refusal(), Some(&Refusal::NotAllowed));
    });
}

/// M9, R168: when nobody watches and the bank asks, whoever keeps the money is told, once.
#[test]
fn a_payment_that_the_bank_wants_confirmed() {
    in_each_world(|world| {
        let bram = admin(world, "Bram", Role::BillingAdmin);
        let Principal::User(id) = bram.actor.principal else { panic!("a person") };
        let card = world.card(id, "card_confirms");
        let office = world.product("Office");
        let _ = world.subscription_with(world.organization, &office, 10, |new| new.payment_method_id = Some(card));
        for day in [date(2020, 2, 15), date(2020, 2, 16)] {
            world.clock.set_day(day);
            world.sweep();
            world.work();
        }
        assert_eq!(world.new_mails(), ["invoice to bram", "verify_payment to bram"]);
        world.sweep();
        world.work();
        assert_eq!(world.new_mails(), [""; 0]);
    });
}

/// R131, R143, M7: only the buyer is told that an admin moved the users or canceled, with what comes back.
#[test]
fn a_buyer_is_told_of_a_take_over() {
    in_each_world(|world| {
        let bram = admin(world, "Bram", Role::GlobalAdmin);
        let (dirk, anna) = (world.person("Dirk"), world.person("Anna"));
        let (visio, office) = (world.product("Visio"), world.product("Office"));
        let _ = world.subscription(&visio, 1);
        let bought = |sku| {
            let id = world.subscription_with(world.organization, sku, 5, |new| {
                (new.channel, new.holder) = (Channel::SelfService, Some(dirk));
            });
            world.give_license(id, anna);
            id
        };
        let take = |subscription_id, take_over| {
            world.write(&bram, StartTakeOver { subscription_id, take_over }).expect("it is started");
            world.work();
            assert_eq!(world.new_mails(), ["taken_over to dirk"]);
            outbox(world).pop().and_then(|mail| mail.message)
        };
        let told = |subscription_id, product: &str, moved_to: Option<&str>| {
            let of = SubscriptionFacts { subscription_id, product: product.to_owned(), quantity: 5, assigned: 0 };
            let credit = Money::new(5_000, Currency::Eur);
            Some(Message::TakenOver { of, moved_to: moved_to.map(str::to_owned), people: 1, credit })
        };
        let moved = bought(&visio);
        assert_eq!(take(moved, TakeOver::Move { to: visio.product_id }), told(moved, "Visio", Some("Visio")));
        let canceled = bought(&office);
        let cancel = TakeOver::Cancel { reason: CancelReason::BoughtByMistake, feedback: String::new() };
        assert_eq!(take(canceled, cancel), told(canceled, "Office", None));
    });
}

store::statements! {
    FORGET_THAT_IT_WAS_TOLD: organization = "UPDATE job SET state = 'waiting', leased_until = NULL, finished_at = NULL, \
        result = NULL WHERE organization_id = $1 AND kind = 'announce_end_of_sale'";
}

/// M14: whoever has a subscription of a product that is no longer sold is told, in every organization, once each, even
/// when a worker dies before it says so; not when the sale began again meanwhile.
#[test]
fn the_end_of_a_sale_is_announced() {
    in_each_world(|world| {
        let operator = operator(world);
        let (visio, office) = (world.product("Visio"), world.product("Office"));
        let _ = admin(world, "Bram", Role::BillingAdmin);
        let dirk = world.person("Dirk");
        let polder = world.other_organization("Polder");
        let emma = world.person_with(polder, "Emma", |_| ());
        world.give_roles(polder, emma, &[Role::GlobalAdmin]);
        let _ = (world.subscription(&visio, 5), world.subscription(&office, 5));
        let _ = world.subscription_with(world.organization, &visio, 1, |new| new.holder = Some(dirk));
        let _ = world.subscription_with(world.organization, &visio, 2, |new| new.state = SubscriptionState::Deleted);
        let _ = world.subscription_with(polder, &visio, 7, |_| ());
        let house = operator.actor.home.expect("an operator has a home");
        let retire = |retired| {
            let command = RetireProduct { product_id: visio.product_id, retired };
            world.app.write(&operator, house, command).wait().expect("the operator may");
        };
        retire(true);
        retire(false);
        world.work();
        assert_eq!(world.new_mails(), [""; 0]);
        retire(true);
        world.work();
        let mut told = world.new_mails();
        told.sort_unstable();
        assert_eq!(told, ["end_of_sale to bram", "end_of_sale to dirk", "end_of_sale to emma"]);
        assert_eq!(world.new_events(), [Event::EndOfSaleAnnounced, Event::EndOfSaleAnnounced]);
        world.seed(house, |write| write.change_some(&FORGET_THAT_IT_WAS_TOLD, store::params![]));
        world.work();
        assert_eq!(world.new_mails(), [""; 0]);
    });
}
