//! A partner changes the plan of what it sold (domain 1.10, 1.12; R161): everybody moves at once, and the partner pays.

use super::partner_sales::{eur, invoices, lines, live_until, sold, wrong};
use super::partners::{Reseller, refusal};
use app::Failure;
use app::history::Audit;
use app::partner::change_plan::{NewPlan, change_plan, plans_of_sold, preview_plan};
use app::partner::sell::new_sale;
use app::subscription::change_plan::PlanChangePreview;
use domain::access::Role;
use domain::catalog::{BillingFrequency, Price, ProductKind, Sku, Term};
use domain::event::Event;
use domain::ids::{SubscriptionId, UserId};
use domain::order::buy::Buy;
use domain::partner::serve::Service;
use domain::refusal::{Field, Refusal};
use domain::subscription::{Channel, ClosedReason, SubscriptionState};
use jiff::civil::{Date, date};
use std::sync::Barrier;
use store::tables::{assignment, partner};
use testkit::world::{World, in_each_world};

/// The day on which the plan is changed.
const DAY: Date = date(2020, 1, 25);

/// Ten licenses of Office that a reseller sold at 10.00 a month on the first day, three of them in use, and a suite that
/// has all of it at 25.00 a month.
struct Shop {
    reseller: Reseller,
    office: Sku,
    suite: Price,
    id: SubscriptionId,
    people: Vec<UserId>,
}

impl Shop {
    fn of(world: &World) -> Self {
        let reseller = Reseller::let_in(world, "Noordzee");
        let (office, suite) = (world.product("Office"), world.product("Suite"));
        let _ = world.apps(&office, &["Documents", "Sheets"]);
        let _ = world.apps(&suite, &["Documents", "Sheets", "Telephone"]);
        let price = world.price(&office, Term::Annual, BillingFrequency::Monthly, eur(1_000));
        let suite = world.price(&suite, Term::Annual, BillingFrequency::Monthly, eur(2_500));
        let id = sold(world, &reseller, &price, 10);
        let people = world.people(3);
        for person in &people {
            world.give_license(id, *person);
        }
        live_until(world, DAY);
        let _ = world.new_events();
        Self { reseller, office, suite, id, people }
    }

    fn plan(&self, world: &World, quantity: u32) -> NewPlan {
        NewPlan { subscription_id: new_sale(&world.app), price_id: self.suite.id, quantity }
    }

    fn change(&self, world: &World, plan: NewPlan) -> Result<(), Failure> {
        change_plan(&world.app, &self.reseller.admin, world.organization, self.id, plan)
    }

    fn preview(&self, world: &World, quantity: u32) -> Result<PlanChangePreview, Failure> {
        let buy = Buy { quantity, price_id: self.suite.id };
        preview_plan(&world.app, &self.reseller.admin, world.organization, self.id, buy)
    }

    /// Why it can go nowhere.
    fn refused(&self, world: &World) -> Option<Refusal> {
        let found = plans_of_sold(&world.app, &self.reseller.admin, world.organization, self.id);
        found.expect("it sold it").refused
    }
}

/// R161: 10 × 10.00 × 21/31 comes back, 12 × 25.00 is charged, both on one invoice of the partner; everybody has the
/// other product, the customer reads no price, and doing it again changes nothing.
#[test]
fn everybody_moves_and_the_partner_pays() {
    in_each_world(|world| {
        let shop = Shop::of(world);
        let found = plans_of_sold(&world.app, &shop.reseller.admin, world.organization, shop.id).expect("it sold it");
        assert_eq!(found.refused, None);
        assert_eq!(
            found.plans.iter().map(|plan| (plan.name.as_str(), plan.people)).collect::<Vec<_>>(),
            [("Suite", 3)]
        );
        let found = shop.preview(world, 12).expect("it may be");
        let preview = &found.preview;
        assert_eq!((found.people, preview.credit, preview.charge.amount), (3, eur(-6_774), eur(30_000)));
        assert_eq!((preview.cost, preview.renews_on), (eur(23_226), date(2021, 1, 25)));

        let plan = shop.plan(world, 12);
        shop.change(world, plan).expect("it may be");
        let to = plan.subscription_id;
        let started = Event::SubscriptionStarted {
            quantity: 12,
            term: Term::Annual,
            billing_frequency: BillingFrequency::Monthly,
            unit_price: eur(0),
            channel: Channel::Reseller,
            ends_on: date(2021, 1, 25),
        };
        let changed = |credit, amount| Event::PlanChanged {
            to: "Suite".into(),
            to_subscription: to,
            quantity: 12,
            people: 3,
            credit: eur(credit),
            amount: eur(amount),
            on: DAY,
        };
        let mut happened = world.new_events();
        happened.retain(|event| !matches!(event, Event::LicenseMoved { .. }));
        assert_eq!(happened, [started, changed(0, 0)]);
        let mails = world.new_mails();
        assert_eq!(
            mails.iter().filter(|mail| mail.starts_with("plan_changed to global.admin")).count(),
            1,
            "{mails:?}"
        );
        let (old, new) = (world.see_subscription(shop.id), world.see_subscription(to));
        assert_eq!((old.state, old.changed_to, old.assigned), (SubscriptionState::Disabled, Some(to), 0));
        assert_eq!((new.state, new.quantity, new.assigned), (SubscriptionState::Active, 12, 3));
        assert_eq!((new.unit_price, new.charged_price()), (eur(0), eur(2_500)));
        for person in &shop.people {
            let held = world.store.read(world.organization, |read| assignment::of_user(read, *person));
            let held: Vec<_> = held.expect("the database answers").iter().map(|held| held.subscription_id).collect();
            assert_eq!(held, [to]);
        }

        shop.change(world, plan).expect("it was done");
        assert_eq!(refusal(shop.change(world, NewPlan { quantity: 11, ..plan })), Refusal::IdempotencyKeyReused);
        live_until(world, date(2020, 1, 26));
        let audit = Audit { limit: 50, ..Audit::default() };
        let history = world.app.read(&shop.reseller.admin, shop.reseller.id, &audit).expect("its own");
        let mut at_partner = history.page.rows.into_iter().filter_map(|entry| entry.event);
        let paid = changed(-6_774, 30_000);
        let is_it = |event: Event| matches!(event, Event::CustomerServed { event, .. } if *event == paid);
        assert!(at_partner.any(is_it), "the partner's own history has what it pays");
        let made = invoices(world, shop.reseller.id);
        assert_eq!(made.len(), 2);
        let mut newest = lines(&made[1]);
        newest.sort_by_key(|line| line.2);
        assert_eq!(newest, [(Some("Waterland"), -10, -6_774), (Some("Waterland"), 12, 30_000)]);
        assert_eq!(invoices(world, world.organization), []);
        assert_eq!(wrong(world), []);
        assert_eq!(shop.refused(world), Some(Refusal::Closed(ClosedReason::NotActive)));
        assert_eq!(refusal(shop.reseller.serve(world, shop.id, Service::Resume)), Refusal::NothingToChange);
    });
}

/// Domain 1.10: what cannot be is refused with its reason, in the preview as in the change; nothing is half done.
#[test]
fn what_cannot_be_changed_is_refused() {
    in_each_world(|world| {
        let shop = Shop::of(world);
        let before = world.see_subscription(shop.id);
        let both = |quantity: u32, expected: &Refusal| {
            for outcome in [shop.preview(world, quantity).map(drop), shop.change(world, shop.plan(world, quantity))] {
                let found = match outcome.expect_err("it is refused") {
                    Failure::Invalid(wrong) => wrong[0].clone().refusal,
                    failure => failure.refusal().expect("a refusal").clone(),
                };
                assert_eq!(found, *expected);
            }
            assert_eq!(world.see_subscription(shop.id), before);
        };
        both(2, &Refusal::BelowAssigned { assigned: 3 });
        let too_few = shop.change(world, shop.plan(world, 2));
        assert!(matches!(too_few, Err(Failure::Invalid(wrong)) if wrong[0].field == Field::Quantity));

        let lesser = world.product("Lesser");
        let _ = world.apps(&lesser, &["Documents"]);
        let lesser = world.price(&lesser, Term::Annual, BillingFrequency::Monthly, eur(100));
        let down = NewPlan { price_id: lesser.id, ..shop.plan(world, 10) };
        let outcome = shop.change(world, down);
        assert!(matches!(outcome, Err(Failure::Invalid(wrong)) if wrong[0] == Refusal::PlanTooLow.at(Field::Product)));

        let stranger = Reseller::let_in(world, "Zuiderzee");
        let plan = shop.plan(world, 12);
        let of_another = change_plan(&world.app, &stranger.admin, world.organization, shop.id, plan);
        assert_eq!(refusal(of_another), Refusal::NotFound, "another one sold it");
        let colleague = world.caller_in(shop.reseller.id, Role::BillingAdmin);
        let refused = change_plan(&world.app, &colleague, world.organization, shop.id, plan);
        assert_eq!(refusal(refused), Refusal::NotAllowed);

        let audio = world.add_on("Audio", ProductKind::TraditionalAddOn, &[&shop.office]);
        let audio = world.price(&audio, Term::Annual, BillingFrequency::Monthly, eur(300));
        let add_on = sold(world, &shop.reseller, &audio, 1);
        assert_eq!(shop.refused(world), Some(Refusal::HasAddOns));
        let of_add_on = change_plan(&world.app, &shop.reseller.admin, world.organization, add_on, plan);
        assert_eq!(refusal(of_add_on), Refusal::Closed(ClosedReason::FollowsBase));
        let _ = world.subscription(&shop.office, 5);
        assert_eq!(shop.refused(world), Some(Refusal::SeveralSubscriptions));

        let elsewhere = world.subscription_with(world.organization, &shop.office, 5, |new| {
            new.channel = Channel::Reseller;
        });
        let seller = shop.reseller.id;
        world.seed(world.organization, move |write| partner::set_seller(write, elsewhere, seller));
        let of_elsewhere = change_plan(&world.app, &shop.reseller.admin, world.organization, elsewhere, plan);
        assert_eq!(refusal(of_elsewhere), Refusal::Closed(ClosedReason::SoldElsewhere));
    });
}

/// Two who change the same plan at once, and somebody who assigns the last licenses meanwhile: one new subscription, and
/// everybody has one license.
#[test]
fn two_who_change_a_plan_at_once_change_it_once() {
    in_each_world(|world| {
        let shop = Shop::of(world);
        let (other_app, other_store) = world.another_process();
        let plans = [shop.plan(world, 12), shop.plan(world, 12)];
        let start = Barrier::new(2);
        let outcomes: Vec<_> = std::thread::scope(|scope| {
            let ask = |(app, plan)| {
                let (start, shop) = (&start, &shop);
                scope.spawn(move || {
                    start.wait();
                    change_plan(app, &shop.reseller.admin, world.organization, shop.id, plan)
                })
            };
            let asked = [ask((&world.app, plans[0])), ask((&other_app, plans[1]))];
            asked.into_iter().map(|asked| asked.join().expect("it does not panic")).collect()
        });
        other_store.close();
        let (done, refused): (Vec<_>, Vec<_>) = outcomes.into_iter().partition(Result::is_ok);
        assert_eq!((done.len(), refused.len()), (1, 1));
        for outcome in refused {
            assert_eq!(refusal(outcome), Refusal::Closed(ClosedReason::NotActive));
        }
        live_until(world, date(2020, 1, 26));
        let newest: i64 = invoices(world, shop.reseller.id)[1].totals.net.minor;
        assert_eq!(newest, 23_226);
        assert_eq!(wrong(world), []);
    });
}
