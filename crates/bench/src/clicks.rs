//! An admin who works while Zetel is busy with something large: how long each click takes.

use crate::measure::{Row, at_percent, readable, time};
use crate::rig::{Rig, Sold};
use app::license::assign::AssignLicenses;
use app::license::unassign::UnassignLicenses;
use domain::ids::{OrganizationId, UserId};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

/// Between two clicks.
const PAUSE: Duration = Duration::from_millis(20);
const CLICK_MAX: Duration = Duration::from_millis(50);

/// Does something large while an admin gives a license and takes it back, again and again. How long it took, and each
/// click.
pub fn meanwhile(
    rig: &Rig,
    (organization, user): (OrganizationId, UserId),
    sold: Sold,
    work: impl FnOnce(),
) -> (Duration, Vec<Duration>) {
    let is_done = AtomicBool::new(false);
    thread::scope(|scope| {
        let clicking = scope.spawn(|| click_until(&is_done, rig, (organization, user), sold));
        let took = time(work);
        is_done.store(true, Ordering::Relaxed);
        (took, clicking.join().expect("the admin worked"))
    })
}

/// The row that holds the clicks against their limit.
pub fn row(work: &str, clicks: Vec<Duration>) -> Row {
    let count = clicks.len();
    let click = at_percent(clicks, 99);
    let title = format!("an admin's click during that {work}, 99th percentile of {count}");
    Row::of_limit(&title, readable(click), &readable(CLICK_MAX), click <= CLICK_MAX)
}

fn click_until(
    is_done: &AtomicBool,
    rig: &Rig,
    (organization, user): (OrganizationId, UserId),
    sold: Sold,
) -> Vec<Duration> {
    let admin = rig.admin(organization, user);
    let (product_id, users) = (sold.product, vec![user]);
    let assign =
        || AssignLicenses { product_id, subscription_id: None, users: users.clone(), disabled_plans: Vec::new() };
    let unassign = || UnassignLicenses { product_id, users: users.clone() };
    let mut clicks = Vec::new();
    while !is_done.load(Ordering::Relaxed) {
        clicks.push(time(|| {
            rig.app.write(&admin, organization, assign()).wait().expect("a license is free");
        }));
        thread::sleep(PAUSE);
        clicks.push(time(|| {
            rig.app.write(&admin, organization, unassign()).wait().expect("it was assigned");
        }));
        thread::sleep(PAUSE);
    }
    clicks
}
