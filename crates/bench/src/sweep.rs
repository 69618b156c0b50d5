//! The calendar: subscriptions whose term ends today all expire, while an admin goes on working.

use crate::measure::{Reach, Row, at_percent, readable, time};
use crate::rig::{Rig, Sold, bought};
use app::Caller;
use app::license::assign::AssignLicenses;
use app::license::unassign::UnassignLicenses;
use domain::ids::{OrganizationId, SubscriptionId, UserId};
use domain::subscription::Subscription;
use jiff::ToSpan;
use jiff::civil::Date;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;
use store::tables::subscription;
use testkit::engines::Database;

/// Subscriptions of each organization.
const EACH: usize = 100;
const FEW: usize = 10_000;
const MANY: usize = 100_000;
/// Between two clicks of the admin who works meanwhile.
const PAUSE: Duration = Duration::from_millis(20);
const CLICK_MAX: Duration = Duration::from_millis(50);

/// What one sweep came to.
struct Sweep {
    took: Duration,
    /// How long the admin waited for each click meanwhile.
    clicks: Vec<Duration>,
}

/// A sweep of 100,000 subscriptions that are due, beside one of 10,000.
pub fn sweep() -> Vec<Row> {
    let (few, many) = (run(FEW), run(MANY));
    let each = |took: Duration, count: usize| took / u32::try_from(count).unwrap_or(u32::MAX);
    let clicks = many.clicks.len();
    let click = at_percent(many.clicks, 99);
    vec![
        Row::of_times(
            "a subscription that expires in a sweep of 100,000, SQLite",
            "a subscription in a sweep of 10,000",
            (each(many.took, MANY), each(few.took, FEW)),
            Reach::AtMost(150),
        ),
        Row::of_limit(
            &format!("an admin's click during that sweep, 99th percentile of {clicks}"),
            readable(click),
            &readable(CLICK_MAX),
            click <= CLICK_MAX,
        ),
    ]
}

fn run(count: usize) -> Sweep {
    let database = Database::sqlite();
    let rig = Rig::open(&database);
    let products = rig.products(EACH);
    let mut ending = Vec::new();
    for (organization, _) in rig.organizations(count / EACH, 1, &[], 0) {
        let of: Vec<_> = products.iter().map(|sold| ends_today(&rig, organization, *sold)).collect();
        ending.extend(of.iter().map(|of| (organization, of.id)));
        let now = rig.now;
        let written = rig.store.write(organization, move |write| {
            of.iter().try_for_each(|of| subscription::insert(write, of, domain::organization::Cloud::Worldwide, now))
        });
        written.wait().expect("subscriptions are written");
    }
    let (working, users) = rig.organization(1, &products[..1], 5);
    let admin = rig.admin(working, users[0]);
    let is_done = AtomicBool::new(false);
    let (took, clicks) = thread::scope(|scope| {
        let clicking = scope.spawn(|| click_until(&is_done, &rig, &admin, (working, users[0]), products[0]));
        let took = time(|| {
            let steps = rig.app.sweep().expect("the calendar goes on");
            assert_eq!(steps, count as u64, "every subscription takes its step");
        });
        is_done.store(true, Ordering::Relaxed);
        (took, clicking.join().expect("the admin worked"))
    });
    let (organization, last) = *ending.last().expect("there are some");
    let found = rig.store.read(organization, |read| subscription::find(read, last)).expect("it answers");
    let state = found.map(|found| found.subscription.state);
    assert_eq!(state, Some(domain::subscription::SubscriptionState::Expired));
    Sweep { took, clicks }
}

/// Bought a year ago and not to be renewed; everybody was reminded.
fn ends_today(rig: &Rig, organization: OrganizationId, sold: Sold) -> Subscription {
    let today: Date = rig.now.to_zoned(jiff::tz::TimeZone::UTC).date();
    let id = SubscriptionId::from_uuid(rig.new_id());
    let started = today.saturating_sub(1.year());
    let of = bought(organization, id, sold, 5, started);
    Subscription { recurring_billing: false, ends_on: today, billed_until: Some(today), reminded_on: Some(today), ..of }
}

/// Gives a license and takes it back, again and again.
fn click_until(
    is_done: &AtomicBool,
    rig: &Rig,
    admin: &Caller,
    (organization, user): (OrganizationId, UserId),
    sold: Sold,
) -> Vec<Duration> {
    let (product_id, users) = (sold.product, vec![user]);
    let assign =
        || AssignLicenses { product_id, subscription_id: None, users: users.clone(), disabled_plans: Vec::new() };
    let unassign = || UnassignLicenses { product_id, users: users.clone() };
    let mut clicks = Vec::new();
    while !is_done.load(Ordering::Relaxed) {
        clicks.push(time(|| {
            rig.app.write(admin, organization, assign()).wait().expect("a license is free");
        }));
        thread::sleep(PAUSE);
        clicks.push(time(|| {
            rig.app.write(admin, organization, unassign()).wait().expect("it was assigned");
        }));
        thread::sleep(PAUSE);
    }
    clicks
}
