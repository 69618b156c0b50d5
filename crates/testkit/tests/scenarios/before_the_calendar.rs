//! People who come between midnight and the calendar: what is due is done first, as of its day, in the same transaction
//! (domain 1.4, 1.6; R152, R155). Each scenario writes before it sweeps.

#![expect(clippy::unwrap_used, reason = "a helper of a test fails the test")]

use super::purchase::{by_card, wanted};
use super::take_over::{Bought, work};
use app::Failure;
use app::doctor::{Check, examine};
use app::order::details::OrderDetails;
use app::order::place::place_order;
use app::subscription::change_plan::{ChangePlan, ChangeStart, StartPlanChange};
use app::subscription::delete::DeleteSubscription;
use app::subscription::edit_recurring_billing::EditRecurringBilling;
use app::subscription::extend_trial::ExtendTrial;
use app::subscription::reactivate::ReactivateSubscription;
use domain::access::Role;
use domain::catalog::{BillingFrequency, ProductKind, Term};
use domain::event::Event;
use domain::ids::SubscriptionId;
use domain::job::JobState;
use domain::money::{Currency, Money};
use domain::refusal::{FieldRefusal, Refusal};
use domain::subscription::{Channel, ClosedReason, Subscription, SubscriptionState};
use domain::time::Period;
use jiff::civil::{Date, date};
use testkit::world::{World, in_each_world};

fn eur(minor: i64) -> Money {
    Money::new(minor, Currency::Eur)
}

fn refused<T: std::fmt::Debug>(outcome: Result<T, Failure>) -> Refusal {
    match outcome.unwrap_err() {
        Failure::Invalid(fields) => match &fields[..] {
            [FieldRefusal { refusal, .. }] => refusal.clone(),
            other => panic!("several fields: {other:?}"),
        },
        failure => failure.refusal().unwrap().clone(),
    }
}

/// What happened to subscriptions, without what is told, charged and collected.
fn life(world: &World) -> Vec<Event> {
    let told = ["subscription_reminded", "invoice_issued", "invoice_reminded", "order_placed", "order_posted"];
    world.new_events().into_iter().filter(|event| !told.contains(&event.kind())).collect()
}

/// Ten licenses at 10.00 a month by invoice, from 15 January 2020 for a year.
fn office(world: &World, differ: impl FnOnce(&mut Subscription)) -> SubscriptionId {
    let sku = world.product("Office");
    world.subscription_with(world.organization, &sku, 10, |new| {
        new.channel = Channel::DirectInvoice;
        differ(new);
    })
}

/// Everything up to the end of a day, and then the next day begins without the calendar.
fn day_begins(world: &World, day: Date) {
    world.clock.set_day(day.yesterday().unwrap());
    world.sweep();
    world.work();
    world.clock.set_day(day);
    let _ = world.new_events();
}

fn nothing_is_wrong(world: &World) {
    world.sweep();
    world.work();
    let findings = examine(&world.app).unwrap();
    // The world has no operator.
    assert!(findings.iter().all(|finding| finding.is_good() || finding.check == Check::Operator), "{findings:?}");
}

fn back(subscription_id: SubscriptionId) -> ReactivateSubscription {
    ReactivateSubscription { subscription_id, payment_method_id: None }
}

/// T3, T8, R155: on its thirtieth day expired is over: it is disabled, and comes back with the days from today on, 10 ×
/// 10.00 × 1/28; a day before, all of the billing period is charged (T7).
#[test]
fn what_is_over_at_midnight_is_disabled_before_it_comes_back() {
    let reactivated = |from, start, minor| Event::SubscriptionReactivated {
        from,
        ends_on: date(2022, 1, 15),
        amount: eur(minor),
        service_period: Period { start, end: date(2021, 2, 15) },
    };
    let disabled = Event::SubscriptionDisabled { on: date(2021, 2, 14), deleted_on: date(2021, 5, 15) };
    let late = [disabled, reactivated(SubscriptionState::Disabled, date(2021, 2, 14), 323)];
    let in_time = [reactivated(SubscriptionState::Expired, date(2021, 1, 15), 10_000)];
    for (day, expected) in [(date(2021, 2, 13), &in_time[..]), (date(2021, 2, 14), &late[..])] {
        in_each_world(|world| {
            let id = office(world, |new| new.recurring_billing = false);
            day_begins(world, day);
            world.write(&world.caller(Role::BillingAdmin), back(id)).unwrap();
            assert_eq!(life(world), expected, "{day}");
            nothing_is_wrong(world);
        });
    }
}

/// T4: on the day on which its data is erased nobody brings it back, and what was refused changed nothing.
#[test]
fn what_is_erased_at_midnight_does_not_come_back() {
    in_each_world(|world| {
        let id = office(world, |new| new.recurring_billing = false);
        day_begins(world, date(2021, 5, 15));
        let outcome = world.write(&world.caller(Role::GlobalAdmin), back(id));
        assert_eq!(refused(outcome), Refusal::Closed(ClosedReason::Deleted));
        assert_eq!(world.see_subscription(id).state, SubscriptionState::Disabled);
        world.sweep();
        assert_eq!(life(world), [Event::SubscriptionDeleted { on: date(2021, 5, 15), licenses_freed: 0 }]);
    });
}

/// T1, domain 1.3: on the day of its renewal it has renewed, however late the calendar is; turned off after that, it ends a
/// year later.
#[test]
fn it_has_renewed_before_recurring_billing_is_turned_off() {
    in_each_world(|world| {
        let id = office(world, |_| ());
        day_begins(world, date(2021, 1, 15));
        let off = EditRecurringBilling { subscription_id: id, on: false, billing_frequency: None };
        world.write(&world.caller(Role::BillingAdmin), off).unwrap();
        let renewed = Event::SubscriptionRenewed {
            term: Period { start: date(2021, 1, 15), end: date(2022, 1, 15) },
            amount: eur(10_000),
            service_period: Period { start: date(2021, 1, 15), end: date(2021, 2, 15) },
            quantity: None,
        };
        let off = Event::RecurringBillingChanged { on: false, ends_on: date(2022, 1, 15) };
        assert_eq!(life(world), [renewed, off]);
        nothing_is_wrong(world);
    });
}

/// Domain 1.10: the billing period of today is charged and comes back whole, so that both plans have their own orders; a
/// subscription that ended at midnight goes to no other plan.
#[test]
fn a_plan_changes_after_what_is_due() {
    in_each_world(|world| {
        let admin = world.caller(Role::GlobalAdmin);
        let (renews, ends) = (world.product("Office"), world.product("Mail"));
        let suite = world.product("Suite");
        for (sku, apps) in [(&renews, &["Sheets"][..]), (&ends, &["Sheets"]), (&suite, &["Sheets", "Telephone"])] {
            let _ = world.apps(sku, apps);
        }
        let price_id = world.price(&suite, Term::Annual, BillingFrequency::Monthly, eur(2_500)).id;
        let card = world.card(admin.actor.user().unwrap(), "card_succeeds");
        let [renews, ends] = [(renews, true), (ends, false)].map(|(sku, on)| {
            world.subscription_with(world.organization, &sku, 10, |new| {
                (new.payment_method_id, new.recurring_billing) = (Some(card), on);
            })
        });
        let wish = |subscription_id| StartPlanChange {
            subscription_id,
            change: ChangePlan { price_id, quantity: 10, start: ChangeStart::Now },
        };
        day_begins(world, date(2021, 1, 15));
        assert_eq!(refused(world.write(&admin, wish(ends))), Refusal::Closed(ClosedReason::NotActive));
        world.write(&admin, wish(renews)).unwrap();
        world.work();
        let changed = life(world).into_iter().find_map(|event| match event {
            Event::PlanChanged { credit, amount, on, .. } => Some((credit, amount, on)),
            _ => None,
        });
        assert_eq!(changed, Some((eur(-10_000), eur(25_000), date(2021, 1, 15))));
        nothing_is_wrong(world);
    });
}

/// R160, domain 1.9: an add-on that is bought on the day of the renewal has the new end of its base; one whose base ended
/// at midnight has none.
#[test]
fn an_add_on_is_bought_for_what_its_base_is_today() {
    for (renews, expected) in [(true, Ok(date(2022, 1, 15))), (false, Err(Refusal::NoBaseSubscription))] {
        in_each_world(|world| {
            let base = world.product("Office");
            let audio = world.add_on("Audio", ProductKind::TraditionalAddOn, &[&base]);
            let price = world.price(&audio, Term::Annual, BillingFrequency::Monthly, eur(300));
            let _ = world.subscription_with(world.organization, &base, 10, |new| {
                (new.channel, new.recurring_billing) = (Channel::DirectInvoice, renews);
            });
            day_begins(world, date(2021, 1, 15));
            let admin = world.caller(Role::GlobalAdmin);
            let purchase = wanted(world, &price, 10, by_card());
            let ordered = place_order(&world.app, &admin, world.organization, purchase);
            let ends_on = match ordered {
                Ok(id) => {
                    let order = world.read(&admin, &OrderDetails(id)).unwrap().listed.order;
                    Ok(world.see_subscription(order.subscription_id).ends_on)
                }
                Err(failure) => Err(refused::<()>(Err(failure))),
            };
            assert_eq!(ends_on, expected);
            nothing_is_wrong(world);
        });
    }
}

/// Domain 1.7, T2: a trial that ended at midnight is not extended any more.
#[test]
fn a_trial_that_is_over_is_not_extended() {
    in_each_world(|world| {
        let sku = world.product("Office");
        let trial = world.subscription_with(world.organization, &sku, 25, |new| {
            (new.channel, new.term, new.ends_on) = (Channel::Trial, Term::Monthly, date(2020, 2, 15));
        });
        day_begins(world, date(2020, 2, 15));
        let outcome = world.write(&world.caller(Role::BillingAdmin), ExtendTrial(trial));
        assert_eq!(refused(outcome), Refusal::Closed(ClosedReason::TrialOver));
    });
}

/// R130, D6: what a buyer used is charged before it is taken over: 10 × 10.00 from 15 February on, and 19 of 29 days of
/// that come back.
#[test]
fn what_is_taken_over_was_charged_until_then() {
    in_each_world(|world| {
        let bought = Bought::of(world, &[]);
        world.clock.set_day(date(2020, 2, 25));
        let admin = world.caller(Role::GlobalAdmin);
        let job = world.write(&admin, bought.cancel()).unwrap();
        assert_eq!(work(world, &admin, job), JobState::Done);
        let taken = world.new_events().into_iter().find_map(|event| match event {
            Event::SubscriptionTakenOver { amount, on, .. } => Some((amount, on)),
            _ => None,
        });
        assert_eq!(taken, Some((eur(-6_552), date(2020, 2, 25))));
        nothing_is_wrong(world);
    });
}

/// T4: what is disabled longer than its data is kept is erased by the calendar, not by who comes first.
#[test]
fn what_is_erased_at_midnight_is_not_deleted_again() {
    in_each_world(|world| {
        let id = office(world, |new| new.recurring_billing = false);
        day_begins(world, date(2021, 5, 15));
        let outcome = world.write(&world.caller(Role::GlobalAdmin), DeleteSubscription(id));
        assert_eq!(refused(outcome), Refusal::Closed(ClosedReason::Deleted));
    });
}
