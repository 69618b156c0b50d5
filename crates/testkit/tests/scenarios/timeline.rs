//! The life of a subscription as its page shows it: what happened, and what will (domain 1.4).

use app::subscription::cancel::CancelSubscription;
use app::subscription::change_quantity::ChangeQuantity;
use app::subscription::details::{SubscriptionDetails, SubscriptionView};
use app::{Caller, Failure};
use domain::access::Role;
use domain::ids::SubscriptionId;
use domain::subscription::SubscriptionState::{Active, Disabled};
use domain::subscription::cancel::{Cancel, CancelReason};
use domain::subscription::due::Transition;
use domain::time::Period;
use jiff::civil::{Date, date};
use testkit::world::{World, in_each_world};

fn see(world: &World, caller: &Caller, id: SubscriptionId) -> Result<SubscriptionView, Failure> {
    world.read(caller, &SubscriptionDetails(id))
}

fn more(subscription_id: SubscriptionId) -> ChangeQuantity {
    ChangeQuantity::now(subscription_id, 30)
}

/// What happened, by kind and day.
fn happened(view: &SubscriptionView) -> Vec<(Date, &'static str)> {
    view.timeline.milestones.iter().map(|milestone| (milestone.on, milestone.event.kind())).collect()
}

/// What happened to the subscription is there, past any number of licenses of people, on the organization's own days:
/// half past eleven in the evening in London is the next day in Amsterdam. Canceling ends the line where data is erased.
#[test]
fn a_life_without_the_licenses_of_people() {
    in_each_world(|world| {
        let office = world.product("Office");
        let id = world.subscription(&office, 25);
        let admin = world.caller(Role::GlobalAdmin);
        let people = world.people(24);
        for person in &people[..12] {
            world.give_license(id, *person);
        }
        world.clock.set("2020-01-25T23:30:00Z".parse().unwrap());
        world.write(&admin, more(id)).expect("five more");
        for person in &people[12..] {
            world.give_license(id, *person);
        }
        let view = see(world, &admin, id).expect("it is there");
        assert_eq!(happened(&view), [(date(2020, 1, 26), "quantity_changed")]);
        let ahead: Vec<_> = view.timeline.ahead.iter().map(|due| (due.transition, due.on)).collect();
        let renews = (Transition::Renew, date(2021, 1, 15));
        assert_eq!(ahead.last(), Some(&renews));
        assert_eq!(view.timeline.period, Period { start: date(2020, 1, 15), end: date(2021, 1, 15) });

        world.clock.set_day(date(2020, 2, 1));
        let cancel = Cancel { reason: CancelReason::TooExpensive, feedback: String::new() };
        world.write(&admin, CancelSubscription { subscription_id: id, cancel }).expect("it ends");
        let view = see(world, &admin, id).expect("it is there");
        assert_eq!(
            happened(&view),
            [(date(2020, 1, 26), "quantity_changed"), (date(2020, 2, 1), "subscription_canceled")]
        );
        let spans: Vec<_> = view.timeline.spans.iter().map(|span| (span.state, span.period.end)).collect();
        assert_eq!(spans, [(Active, date(2020, 2, 1)), (Disabled, date(2020, 5, 1))]);
    });
}

/// What happened is for those who may see the history, and for who has the subscription; the dates are for all readers.
/// Nobody elsewhere sees anything.
#[test]
fn what_happened_is_not_for_everybody() {
    in_each_world(|world| {
        let office = world.product("Office");
        let id = world.subscription(&office, 25);
        let buyer = world.person("Emma");
        let own = world.subscription_with(world.organization, &office, 25, |of| of.holder = Some(buyer));
        let admin = world.caller(Role::GlobalAdmin);
        world.write(&admin, more(id)).expect("five more");
        let emma = world.as_person(buyer, &[]);
        world.write(&emma, more(own)).expect("five more of her own");
        assert_eq!(happened(&see(world, &emma, own).expect("it is hers")).len(), 1);
        assert!(see(world, &emma, id).is_err());

        let license_admin = world.caller(Role::LicenseAdmin);
        let seen = see(world, &license_admin, id).expect("it can be seen");
        let may_see_history = happened(&see(world, &admin, id).unwrap()).len();
        assert_eq!(may_see_history, 1);
        assert_eq!(seen.timeline.ahead.last().map(|due| due.transition), Some(Transition::Renew));
        assert!(seen.invoices.is_empty() && seen.next_charge.is_none(), "no prices (D23)");

        let elsewhere = world.other_organization("Elsewhere");
        let stranger = world.caller_in(elsewhere, Role::GlobalAdmin);
        assert!(world.app.read(&stranger, elsewhere, &SubscriptionDetails(id)).is_err());
    });
}
