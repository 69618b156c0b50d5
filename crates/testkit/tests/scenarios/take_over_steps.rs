//! Taking over as an admin goes about it, from the filtered list to the end (domain 5.4; R133-R149). What stands on the
//! pages themselves (paths, panes, buttons, boxes) is in the page tests of the admin center and in journeys.

#![expect(clippy::unwrap_used, reason = "a helper of a test fails the test")]

use super::take_over::{Bought, eur, holds, refused, state, work};
use app::job::JobDetails;
use app::subscription::details::SubscriptionDetails;
use app::subscription::list::ListSubscriptions;
use app::subscription::take_over::{PreviewTakeOver, StartTakeOver, TakeOver};
use app::{Caller, Failure};
use domain::access::Role;
use domain::event::Event;
use domain::ids::SubscriptionId;
use domain::job::JobState;
use domain::order::OrderKind;
use domain::refusal::{Field, Refusal};
use domain::subscription::cancel::CancelReason;
use domain::subscription::{Action, Channel, ClosedReason, Offer, SubscriptionState};
use jiff::civil::date;
use testkit::world::{World, in_each_world};

/// Your products with the filter Self-service: identity, buyer, state.
fn filtered(world: &World, admin: &Caller) -> Vec<(SubscriptionId, String, SubscriptionState)> {
    let asked = ListSubscriptions { channel: Some(Channel::SelfService), ..ListSubscriptions::by_name(10) };
    let rows = world.read(admin, &asked).unwrap().rows.into_iter();
    rows.map(|row| (row.subscription.id, row.holder_name.unwrap(), row.subscription.state)).collect()
}

/// State of the details page, whether it offers to take control, and the orders with quantity and amount.
fn details(
    world: &World,
    admin: &Caller,
    id: SubscriptionId,
) -> (SubscriptionState, Offer, Vec<(OrderKind, i64, i64)>) {
    let view = world.read(admin, &SubscriptionDetails(id)).unwrap();
    let order = |listed: &store::tables::order::ListedOrder| {
        (listed.order.kind, listed.order.quantity, listed.order.amount.minor)
    };
    let offer = view.offer(Action::TakeOver);
    (view.listed.subscription.state, offer, view.orders.iter().map(order).collect())
}

/// The mails that arrive: kind and language, address, and what they say.
fn mails(world: &World) -> Vec<(String, String, String)> {
    world.deliver();
    let mails = world.mailbox.take().into_iter();
    mails.map(|mail| (mail.written.subject, mail.recipient.address, mail.written.text)).collect()
}

/// The only mail there is.
fn only<T: std::fmt::Debug>(mails: Vec<T>) -> T {
    let [mail]: [T; 1] = mails.try_into().unwrap();
    mail
}

/// R106: what a user tries for the team is found by the filter too; what the organization tries is not.
#[test]
fn the_filter_self_service_finds_what_users_try() {
    in_each_world(|world| {
        let (visio, bram) = (world.product("Visio"), world.person("Bram Bakker"));
        let trial = |holder| {
            world.subscription_with(world.organization, &visio, 10, |new| {
                (new.channel, new.holder) = (Channel::Trial, holder);
            })
        };
        let (of_bram, _) = (trial(Some(bram)), trial(None));
        let admin = world.caller(Role::BillingAdmin);
        assert_eq!(filtered(world, &admin), [(of_bram, "Bram Bakker".to_owned(), SubscriptionState::Active)]);
    });
}

/// R133, R134, R135, R136, R137, R138, R139, R140, R141, R151: found by the filter, opened; the same product is offered
/// first with what is free; nothing happens before the work; the work says how far it is, needs neither the browser nor
/// the process that asked, and moves everybody; the details say Deleted; the buyer reads it in the language of the
/// organization. 21 of 31 days were not used: 10 × 10.00 × 21/31 = 67.74.
#[test]
fn users_are_moved_from_the_list_to_the_end() {
    in_each_world(|world| {
        let team = ["Anna de Vries", "Noor Vermeer", "Zoë Zwart"].map(|name| world.person(name));
        let bought = Bought::of(world, &team);
        let office = world.product("Office");
        let (two, four) = (world.subscription(&bought.visio, 2), world.subscription(&bought.visio, 4));
        let _one = world.subscription(&office, 1);
        world.clock.set_day(date(2020, 1, 25));
        let admin = world.caller(Role::BillingAdmin);
        let bram = "Bram Bakker".to_owned();
        assert_eq!(filtered(world, &admin), [(bought.id, bram.clone(), SubscriptionState::Active)]);
        assert_eq!(details(world, &admin, bought.id), (SubscriptionState::Active, Offer::Open, vec![]));
        let view = world.read(&admin, &PreviewTakeOver(bought.id)).unwrap();
        let targets: Vec<_> =
            view.targets.iter().map(|to| (to.name.as_str(), to.is_same, to.free, to.missing)).collect();
        assert_eq!(targets, [("Visio", true, 6, 0), ("Office", false, 1, 2)]);
        assert_eq!((view.people, view.credit), (3, Some(eur(-6_774))));
        let _ = (world.new_events(), mails(world));

        let job = world.write(&admin, bought.move_to(&bought.visio)).unwrap();
        let progress = || {
            let job = world.read(&admin, &JobDetails(job)).unwrap();
            (job.state, job.progress_done, job.progress_total)
        };
        assert_eq!(progress(), (JobState::Waiting, 0, 3));
        assert_eq!((state(world, bought.id), world.new_events()), ((SubscriptionState::Active, 10, 3), vec![]));
        // The browser and the process that asked are gone: another process does it.
        let (other, other_store) = world.another_process();
        while other.work_once().unwrap() {}
        other_store.close();
        assert_eq!(progress(), (JobState::Done, 3, 3));

        let taken = Event::SubscriptionTakenOver {
            moved_to: Some("Visio".into()),
            reason: None,
            feedback: String::new(),
            people: 3,
            amount: eur(-6_774),
            on: date(2020, 1, 25),
        };
        let moved = Event::LicenseMoved { from: bought.id };
        assert_eq!(world.new_events(), [taken, moved.clone(), moved.clone(), moved]);
        let closed = Offer::Closed(ClosedReason::Deleted);
        let canceled = vec![(OrderKind::Cancellation, -10, -6_774)];
        assert_eq!(details(world, &admin, bought.id), (SubscriptionState::Deleted, closed, canceled));
        assert_eq!(filtered(world, &admin), [(bought.id, bram, SubscriptionState::Deleted)]);
        assert_eq!([two, four].map(|id| state(world, id).2), [2, 1]);
        assert!(team.iter().all(|person| holds(world, *person, &bought.visio).1 == 1));
        let (kind, address, text) = only(mails(world));
        assert_eq!((kind.as_str(), address.as_str()), ("taken_over in nl", "bram.bakker@waterland.example"));
        assert!(text.contains("moved_to: Some(\"Visio\")") && text.contains("people: 3"), "{text}");
    });
}

/// R132, R144, R145, R146, R147, R148, R149: where the organization has no license, canceling remains; it wants a
/// reason, and words where the reason is "other"; "Are you sure" pressed twice cancels once; people lose access, and
/// the buyer gets one mail.
#[test]
fn it_is_canceled_once_from_the_list_to_the_end() {
    in_each_world(|world| {
        let team = ["Anna de Vries", "Noor Vermeer"].map(|name| world.person(name));
        let bought = Bought::of(world, &team);
        let admin = world.caller(Role::GlobalAdmin);
        world.clock.set_day(date(2020, 1, 25));
        assert_eq!(filtered(world, &admin).len(), 1);
        assert_eq!(world.read(&admin, &PreviewTakeOver(bought.id)).unwrap().targets, []);
        let moving = world.write(&admin, bought.move_to(&bought.visio));
        assert_eq!(refused(moving), Refusal::NotEnoughLicenses { missing: 2 });
        let take_over = TakeOver::Cancel { reason: CancelReason::Other, feedback: " ".into() };
        let wordless = world.write(&admin, StartTakeOver { subscription_id: bought.id, take_over });
        let required = Refusal::Required.at(Field::Feedback);
        assert!(matches!(&wordless, Err(Failure::Invalid(fields)) if fields[..] == [required]), "{wordless:?}");
        let _ = (world.new_events(), mails(world));

        let jobs = [(); 2].map(|()| world.write(&admin, bought.cancel()).unwrap());
        assert_eq!(jobs.map(|job| work(world, &admin, job)), [JobState::Done, JobState::Refused]);
        let second = world.read(&admin, &JobDetails(jobs[1])).unwrap();
        assert_eq!(second.error.as_deref(), Some(Refusal::Closed(ClosedReason::Deleted).code()));
        let taken = Event::SubscriptionTakenOver {
            moved_to: None,
            reason: Some(CancelReason::ManagedElsewhere),
            feedback: "All in one.".into(),
            people: 2,
            amount: eur(-6_774),
            on: date(2020, 1, 25),
        };
        assert_eq!(world.new_events(), [taken, Event::LicenseUnassigned, Event::LicenseUnassigned]);
        assert!(team.iter().all(|person| holds(world, *person, &bought.visio) == (None, 0)));
        let closed = Offer::Closed(ClosedReason::Deleted);
        let canceled = vec![(OrderKind::Cancellation, -10, -6_774)];
        assert_eq!(details(world, &admin, bought.id), (SubscriptionState::Deleted, closed, canceled));
        let (kind, address, text) = only(mails(world));
        assert_eq!((kind.as_str(), address.as_str()), ("taken_over in nl", "bram.bakker@waterland.example"));
        assert!(text.contains("moved_to: None") && text.contains("people: 2"), "{text}");
    });
}
