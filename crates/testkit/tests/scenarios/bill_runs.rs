//! Bill runs as the operator sees them: what they are going to charge, what they did, and where they fail (domain 4.3,
//! 4.9).

use super::partner_sales::{live_until, on_sale, sold};
use super::partners::Reseller;
use app::billing::bill_run::{DryRun, FindDryRun, ListBillRuns, ListDryRuns, StartDryRun};
use app::billing::forecast::ForecastOrganization;
use app::job::JobDetails;
use app::organization::become_sandbox::BecomeSandbox;
use app::{Caller, Failure};
use domain::access::Role;
use domain::billing::forecast::{Forecast, ForecastSum, LeftOut};
use domain::ids::{JobId, OrganizationId, SubscriptionId};
use domain::job::JobState;
use domain::money::Currency;
use domain::organization::OrganizationKind;
use domain::refusal::{Field, Refusal};
use domain::subscription::{Channel, Subscription};
use jiff::SignedDuration;
use jiff::civil::{Date, date};
use std::collections::BTreeMap;
use store::tables::job;
use store::{Scope, params, statements};
use testkit::world::{World, in_each_world};

fn house(world: &World) -> (OrganizationId, Caller) {
    let house = world.organization_with("Zetel", |house| house.kind = OrganizationKind::Operator);
    (house, world.caller_in(house, Role::Operator))
}

fn refusal<T: std::fmt::Debug>(outcome: Result<T, Failure>) -> Refusal {
    outcome.expect_err("it is refused").refusal().expect("a refusal").clone()
}

fn dry_run(world: &World, (house, operator): &(OrganizationId, Caller), through: Date) -> DryRun {
    let id = world.app.write(operator, *house, StartDryRun { through }).wait().expect("it is started");
    world.work();
    world.app.read(operator, *house, &FindDryRun(id)).expect("the dry run").run
}

fn forecast(world: &World, of: &(OrganizationId, Caller), through: Date) -> Forecast {
    dry_run(world, of, through).forecast.expect("it is done")
}

fn bought(world: &World, quantity: u32, differ: impl FnOnce(&mut Subscription)) -> SubscriptionId {
    let office = world.product(&format!("Office {}", world.new_id()));
    world.subscription_with(world.organization, &office, quantity, differ)
}

/// Ten by invoice, five by card that renew with fewer, one that ends, one of a partner, one in a credit check.
fn a_varied_organization(world: &World) {
    let admin = world.caller(Role::BillingAdmin);
    let card = world.card(admin.actor.user().expect("a person"), "card_succeeds");
    bought(world, 10, |new| new.channel = Channel::DirectInvoice);
    bought(world, 5, |new| new.payment_method_id = Some(card));
    bought(world, 3, |new| new.recurring_billing = false);
    bought(world, 4, |new| new.channel = Channel::Reseller);
}

fn sums(forecast: &Forecast) -> Vec<(Currency, u64, i64, u64, i64)> {
    let sum = |sum: &ForecastSum| (sum.currency, sum.invoices, sum.invoiced, sum.payments, sum.collected);
    forecast.sums.iter().map(sum).collect()
}

/// What was invoiced so far: how many documents, and what they come to.
fn invoiced(world: &World, organization: OrganizationId) -> (i64, i64) {
    let found = world.store.read(organization, |read| {
        read.query_one(&INVOICED, params![], |row| Ok((row.get::<i64>(0)?, row.get::<i64>(1)?)))
    });
    found.expect("the database answers").expect("a row")
}

statements! {
    INVOICED: organization = "SELECT COUNT(*), CAST(COALESCE(SUM(gross), 0) AS BIGINT) FROM invoice \
        WHERE organization_id = $1";
    SET_AGREEMENT: organization = "UPDATE billing_account SET agreement = $2 WHERE organization_id = $1";
    ONE_FAILURE_FOR_A_REASON: shared = "CREATE UNIQUE INDEX one_failure_for_a_reason ON bill_run_failure (reason)";
}

/// A dry run says to the cent what the run then does, and why what is left out is left out; it writes nothing.
#[test]
fn a_dry_run_says_what_the_run_then_does() {
    in_each_world(|world| {
        let of = house(world);
        a_varied_organization(world);
        let _ = world.new_events();

        assert_eq!(forecast(world, &of, date(2020, 2, 14)), Forecast::default(), "nothing is due before");
        let month = forecast(world, &of, date(2020, 2, 15));
        // 10 x 10.00, 5 x 10.00 and 3 x 10.00; the card pays on the day after its invoice.
        assert_eq!(sums(&month), [(Currency::Eur, 3, 18_000, 0, 0)]);
        assert_eq!((month.organizations, month.orders), (1, 0));
        let two = forecast(world, &of, date(2020, 3, 16));
        assert_eq!(sums(&two), [(Currency::Eur, 6, 36_000, 2, 10_000)]);
        assert_eq!(two.left_out, BTreeMap::new());

        assert_eq!(world.new_events(), [], "a dry run writes nothing");
        assert_eq!(invoiced(world, world.organization), (0, 0));
        world.clock.set_day(date(2020, 2, 15));
        world.sweep();
        assert_eq!(invoiced(world, world.organization), (3, 18_000));
        let again = forecast(world, &of, date(2020, 2, 16));
        assert_eq!(sums(&again), [(Currency::Eur, 0, 0, 1, 5_000)], "the card is asked for what was invoiced");
    });
}

/// T1, T2: a term that ends renews by an order, or does not, and the dry run says why.
#[test]
fn a_dry_run_says_what_is_left_out_and_why() {
    in_each_world(|world| {
        let of = house(world);
        world.clock.set_day(date(2020, 1, 15));
        a_varied_organization(world);
        world.clock.set_day(date(2021, 1, 14));
        world.sweep();
        world.work();
        let before = invoiced(world, world.organization);
        let renewal = forecast(world, &of, date(2021, 1, 15));
        assert_eq!(renewal.orders, 2);
        assert_eq!(sums(&renewal)[0].1, 2, "{renewal:?}");
        assert_eq!(renewal.left_out.get(&LeftOut::Ending), Some(&1));
        assert_eq!(renewal.left_out.get(&LeftOut::PaidElsewhere), Some(&1));
        world.clock.set_day(date(2021, 1, 15));
        world.sweep();
        let after = invoiced(world, world.organization);
        assert_eq!((after.0 - before.0, after.1 - before.1), (2, renewal.sums[0].invoiced));
        assert_eq!(renewal.sums[0].invoiced, 15_000);
    });
}

/// R160: an add-on renews with its base, and the dry run says so although the add-on has no day of its own.
#[test]
fn a_dry_run_foresees_what_add_ons_do_with_their_base() {
    in_each_world(|world| {
        let of = house(world);
        let base = bought(world, 10, |new| new.channel = Channel::DirectInvoice);
        bought(world, 5, |new| (new.base_id, new.channel) = (Some(base), Channel::DirectInvoice));
        let ends_on = world.see_subscription(base).ends_on;
        world.clock.set_day(ends_on.yesterday().expect("a day"));
        world.sweep();
        world.work();
        let before = invoiced(world, world.organization);
        let renewal = forecast(world, &of, ends_on);
        assert_eq!((renewal.orders, sums(&renewal)[0].1, renewal.sums[0].invoiced), (2, 2, 15_000));
        world.clock.set_day(ends_on);
        world.sweep();
        let after = invoiced(world, world.organization);
        assert_eq!((after.0 - before.0, after.1 - before.1), (2, 15_000));
    });
}

/// Domain 1.1: what a partner sold is on the invoices of the partner, so the dry run leaves out at the customer what the
/// partner is charged for, and says so.
#[test]
fn a_dry_run_leaves_out_what_a_partner_is_charged_for() {
    in_each_world(|world| {
        let of = house(world);
        let reseller = Reseller::let_in(world, "Noordzee");
        let (_, price) = on_sale(world);
        let _ = sold(world, &reseller, &price, 10);
        live_until(world, date(2020, 1, 16));
        let ahead = forecast(world, &of, date(2020, 3, 15));
        assert_eq!(ahead.left_out.get(&LeftOut::ChargedToPartner), Some(&2), "February and March");
        assert!(sums(&ahead).is_empty(), "{ahead:?}");
        live_until(world, date(2020, 3, 15));
        assert_eq!(invoiced(world, world.organization), (0, 0));
    });
}

/// A sandbox has a time of its own; it is counted and not added up.
#[test]
fn a_sandbox_is_left_out_of_a_dry_run() {
    in_each_world(|world| {
        let of = house(world);
        bought(world, 10, |new| new.channel = Channel::DirectInvoice);
        world.app.write(&of.1, world.organization, BecomeSandbox).wait().expect("it is one");
        let all = forecast(world, &of, date(2020, 3, 1));
        assert_eq!((all.sums, all.left_out), (Vec::new(), BTreeMap::from([(LeftOut::Sandbox, 1)])));
    });
}

/// R171: the operator alone, at home; days that make no sense are refused at their field.
#[test]
fn only_the_operator_sees_bill_runs() {
    in_each_world(|world| {
        let (house, operator) = house(world);
        let admin = world.caller(Role::GlobalAdmin);
        assert_eq!(refusal(world.read(&admin, &ListBillRuns::default())), Refusal::NotAllowed);
        assert_eq!(refusal(world.read(&admin, &ForecastOrganization { through: world.today() })), Refusal::NotAllowed);
        assert_eq!(refusal(world.write(&admin, StartDryRun { through: world.today() })), Refusal::NotAllowed);
        assert_eq!(refusal(world.read(&operator, &ListBillRuns::default())), Refusal::NotFound);
        for wrong in [date(2020, 1, 14), date(2021, 1, 16)] {
            match world.app.write(&operator, house, StartDryRun { through: wrong }).wait() {
                Err(Failure::Invalid(fields)) => {
                    let (first, last) = (date(2020, 1, 15), date(2021, 1, 15));
                    assert_eq!(fields, [Refusal::DayOutOfRange { first, last }.at(Field::Day)]);
                }
                other => panic!("{wrong}: {other:?}"),
            }
        }
        let unknown = FindDryRun(JobId::from_uuid(world.new_id()));
        assert_eq!(refusal(world.app.read(&operator, house, &unknown)), Refusal::NotFound);
        assert_eq!(world.app.read(&operator, house, &ListDryRuns).expect("the list"), []);
    });
}

/// A failure that cannot be noted keeps no other organization from its steps: of three, one fails and is noted, the
/// second fails for the same reason, which the database refuses here to note twice, and the third goes on.
#[test]
fn a_failure_that_cannot_be_noted_ends_no_run() {
    in_each_world(|world| {
        let (house, operator) = house(world);
        let (second, third) = (world.other_organization("Second"), world.other_organization("Third"));
        let office = world.product("Office");
        for organization in [world.organization, second, third] {
            let _ = world.subscription_with(organization, &office, 10, |new| new.channel = Channel::DirectInvoice);
        }
        for failing in [world.organization, second] {
            world.seed(failing, |write| write.change(&SET_AGREEMENT, params!["handshake"]));
        }
        let refuse = world.store.write(Scope::Shared, |write| write.change_some(&ONE_FAILURE_FOR_A_REASON, params![]));
        refuse.wait().expect("the database refuses from now on");
        world.clock.set_day(date(2020, 2, 15));
        world.app.sweep().expect_err("it fails in two");
        let seen = world.app.read(&operator, house, &ListBillRuns::default()).expect("the runs");
        let noted: Vec<_> = seen.failures.iter().map(|failure| failure.organization_name.as_str()).collect();
        assert_eq!(noted, ["Waterland"]);
        assert_eq!((invoiced(world, second), invoiced(world, third)), ((0, 0), (1, 10_000)));
    });
}

/// A run counts what it did, day by day; what it fails at stands there with its reason until it goes on, keeps no other
/// organization from its steps, and outlives the process.
#[test]
fn a_run_says_how_far_it_is_and_where_it_fails() {
    in_each_world(|world| {
        let (house, operator) = house(world);
        let elsewhere = world.other_organization("Elsewhere");
        let office = world.product("Office");
        for organization in [world.organization, elsewhere] {
            let _ = world.subscription_with(organization, &office, 10, |new| new.channel = Channel::DirectInvoice);
        }
        let see = || world.app.read(&operator, house, &ListBillRuns::default()).expect("the runs");
        world.sweep();
        let quiet = see();
        assert_eq!((quiet.due, quiet.runs, quiet.failures), (0, Vec::new(), Vec::new()));

        world.clock.set_day(date(2020, 2, 15));
        assert_eq!(see().due, 2);
        let set = |agreement: &'static str| {
            world.seed(world.organization, move |write| write.change(&SET_AGREEMENT, params![agreement]));
        };
        set("handshake");
        for _ in 0..2 {
            world.clock.advance(SignedDuration::from_secs(10));
            world.app.sweep().expect_err("it fails in Waterland");
        }
        let failing = see();
        let [failure] = failing.failures.as_slice() else { panic!("one failure, not {:?}", failing.failures) };
        assert_eq!((failure.organization_name.as_str(), failure.attempts), ("Waterland", 2));
        assert!(failure.reason.contains("is not domain::billing::Agreement"), "{}", failure.reason);
        assert_eq!(failure.last_at.duration_since(failure.first_at), SignedDuration::from_secs(10));
        assert_eq!((failing.due, failing.done()), (1, 1));
        assert_eq!((invoiced(world, elsewhere).0, invoiced(world, world.organization).0), (1, 0));

        // Another process, as after a restart, sees the same and goes on.
        let (app, store) = world.another_process();
        let seen = app.read(&operator, house, &ListBillRuns::default()).expect("the runs");
        assert_eq!((&seen.runs, &seen.failures), (&failing.runs, &failing.failures));
        set("mosa");
        app.sweep().expect("it goes on");
        store.close();
        let healed = see();
        assert_eq!((healed.due, healed.done(), healed.failures), (0, 2, Vec::new()));
        assert_eq!(invoiced(world, world.organization), (1, 10_000));
        let [run] = healed.runs.as_slice() else { panic!("one day, not {:?}", healed.runs) };
        // In each organization the billing period begins and its charge is invoiced.
        assert_eq!((run.day, run.organizations, run.steps), (date(2020, 2, 15), 2, 4));
    });
}

/// What is due twice on a day counts its organization once, before and after.
#[test]
fn a_run_counts_organizations_and_not_visits() {
    in_each_world(|world| {
        let (house, operator) = house(world);
        let office = world.product("Office");
        let see = || {
            let view = world.app.read(&operator, house, &ListBillRuns::default()).expect("the runs");
            (view.done(), view.due, view.runs.iter().map(|run| run.organizations).collect::<Vec<_>>())
        };
        let by_invoice = |new: &mut Subscription| new.channel = Channel::DirectInvoice;
        let _ = world.subscription_with(world.organization, &office, 10, by_invoice);
        world.clock.set_day(date(2020, 2, 15));
        assert_eq!(see(), (0, 1, vec![]));
        world.sweep();
        assert_eq!(see(), (1, 0, vec![1]));
        // Something more of the same organization is due later that day.
        let _ = world.subscription_with(world.organization, &office, 10, |new| {
            (new.channel, new.billed_until) = (Channel::DirectInvoice, Some(date(2020, 2, 15)));
            (new.started_on, new.ends_on) = (date(2020, 1, 15), date(2021, 1, 15));
        });
        assert_eq!(see(), (0, 1, vec![1]), "one organization, which is not done");
        world.sweep();
        assert_eq!(see(), (1, 0, vec![1]));
        world.clock.set_day(date(2020, 3, 15));
        world.sweep();
        assert_eq!(see(), (1, 0, vec![1, 1]));
    });
}

/// A worker dies in the middle of a dry run: another one begins it again, and the outcome is the same.
#[test]
fn a_dry_run_outlives_its_worker() {
    in_each_world(|world| {
        let (house, operator) = house(world);
        a_varied_organization(world);
        let start = StartDryRun { through: date(2020, 2, 15) };
        let id = world.app.write(&operator, house, start).wait().expect("it is started");
        let (now, until) = (world.clock_now(), world.clock_now() + SignedDuration::from_secs(60));
        let claimed = world.store.write(Scope::Shared, move |write| job::claim_due(write, now, until));
        assert_eq!(claimed.wait().expect("the database answers").map(|job| job.id), Some(id));
        world.work();
        let see = || world.app.read(&operator, house, &FindDryRun(id)).expect("the dry run").run;
        assert_eq!((see().state, see().forecast), (JobState::Running, None));
        world.clock.advance(SignedDuration::from_secs(61));
        world.work();
        let run = see();
        assert_eq!((run.state, run.done, run.total), (JobState::Done, 1, 1));
        assert_eq!(sums(&run.forecast.expect("it is done")), [(Currency::Eur, 3, 18_000, 0, 0)]);
        let listed = world.app.read(&operator, house, &ListDryRuns).expect("the list");
        assert_eq!(listed.iter().map(|run| run.id).collect::<Vec<_>>(), [id]);
        assert_eq!(world.app.read(&operator, house, &JobDetails(id)).expect("the job").kind, "dry_bill_run");
    });
}

/// Where an organization cannot be looked through, the others are, and the reason is said.
#[test]
fn a_dry_run_says_where_the_run_will_fail() {
    in_each_world(|world| {
        let of = house(world);
        let elsewhere = world.other_organization("Elsewhere");
        let office = world.product("Office");
        for organization in [world.organization, elsewhere] {
            let _ = world.subscription_with(organization, &office, 10, |new| new.channel = Channel::DirectInvoice);
        }
        world.seed(world.organization, |write| write.change(&SET_AGREEMENT, params!["handshake"]));
        let all = forecast(world, &of, date(2020, 2, 15));
        assert_eq!(sums(&all), [(Currency::Eur, 1, 10_000, 0, 0)]);
        let [(organization, reason)] = all.failed.as_slice() else { panic!("one failure, not {:?}", all.failed) };
        assert_eq!(*organization, world.organization);
        assert!(reason.contains("is not domain::billing::Agreement"), "{reason}");
    });
}
