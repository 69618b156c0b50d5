//! The calendar: subscriptions whose term ends today all expire, while an admin goes on working.

use crate::clicks;
use crate::measure::{Reach, Row};
use crate::rig::{Rig, Sold, bought};
use domain::ids::{OrganizationId, SubscriptionId};
use domain::subscription::Subscription;
use jiff::ToSpan;
use jiff::civil::Date;
use std::time::Duration;
use store::tables::subscription;
use testkit::engines::Database;

/// Subscriptions of each organization.
const EACH: usize = 100;
const FEW: usize = 10_000;
const MANY: usize = 100_000;

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
    vec![
        Row::of_times(
            "a subscription that expires in a sweep of 100,000, SQLite",
            "a subscription in a sweep of 10,000",
            (each(many.took, MANY), each(few.took, FEW)),
            Reach::AtMost(150),
        ),
        clicks::row("sweep", many.clicks),
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
    let (took, clicks) = clicks::meanwhile(&rig, (working, users[0]), products[0], || {
        let steps = rig.app.sweep().expect("the calendar goes on");
        assert_eq!(steps, count as u64, "every subscription takes its step");
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
