//! Taking over what somebody bought for many: all of them move to licenses of the organization, in one transaction.

use crate::measure::{Row, in_turns, time};
use crate::rig::{Rig, Sold, bought, caller};
use app::Caller;
use app::subscription::take_over::{StartTakeOver, TakeOver};
use domain::ids::{OrganizationId, SubscriptionId, UserId};
use domain::organization::Cloud;
use domain::subscription::{Channel, Subscription};
use std::time::Duration;
use store::tables::subscription;
use store::{params, statements};
use testkit::engines::Database;

const ROUNDS: usize = 3;
/// People, and the longest that moving them may take.
const SIZES: [(usize, Duration); 2] = [(1_000, Duration::from_secs(1)), (10_000, Duration::from_secs(10))];

statements! {
    GIVE_TO_EVERYBODY: organization = "INSERT INTO assignment (organization_id, user_id, product_id, subscription_id, \
        sort_name, assigned_at, disabled_plans) SELECT u.organization_id, u.id, s.product_id, s.id, u.sort_name, 0, '' \
        FROM \"user\" u JOIN subscription s ON s.organization_id = u.organization_id AND s.id = $2 \
        WHERE u.organization_id = $1";
    COUNT_EVERYBODY: organization = "UPDATE subscription SET assigned = quantity WHERE organization_id = $1 AND id = $2";
    // The reference: no journal, no counters, no charge, no order.
    MOVE_EVERYBODY: organization = "UPDATE assignment SET subscription_id = $3 WHERE organization_id = $1 \
        AND subscription_id = $2";
}

/// A thousand people and ten thousand, on both engines where PostgreSQL is there.
pub fn move_users() -> Vec<Row> {
    let engines = [Some((Database::sqlite(), "SQLite")), Database::postgres().map(|found| (found, "PostgreSQL"))];
    let mut rows = Vec::new();
    for (database, engine) in engines.into_iter().flatten() {
        let rig = Rig::open(&database);
        for (people, limit) in SIZES {
            let team = Team::of(&rig, people);
            let times = in_turns(ROUNDS, |round| team.take_over(round), |round| team.move_bare(round));
            let work = format!("take over a subscription of {people} people, mails queued, {engine}");
            let reference = "the bare set-based UPDATE of the licenses alone";
            rows.push(Row::of_times_under(&work, reference, times, limit));
        }
    }
    rows
}

/// What one of them bought for everybody, and as many licenses of the organization.
struct Pair {
    sold: Sold,
    from: SubscriptionId,
    to: SubscriptionId,
}

/// An organization in which each pair is moved once: first those that Zetel takes over, then those of the reference.
struct Team<'rig> {
    rig: &'rig Rig,
    organization: OrganizationId,
    admin: Caller,
    pairs: Vec<Pair>,
    people: usize,
}

impl<'rig> Team<'rig> {
    fn of(rig: &'rig Rig, people: usize) -> Self {
        let (organization, users) = rig.organization(people, &[], 0);
        let products = rig.products(2 * (ROUNDS + 1));
        let pairs = products.into_iter().map(|sold| pair(rig, organization, users[0], sold, people as u32)).collect();
        Self { rig, organization, admin: caller(organization, users[0]), pairs, people }
    }

    fn take_over(&self, round: usize) -> Duration {
        let Pair { sold, from, to } = self.pairs[round];
        let take_over = TakeOver::Move { to: sold.product };
        let took = time(|| {
            let start = StartTakeOver { subscription_id: from, take_over };
            let job = self.rig.app.write(&self.admin, self.organization, start).wait().expect("it is begun");
            self.rig.app.work_now(self.organization, job).expect("the work is done");
        });
        let moved = self.rig.store.read(self.organization, |read| subscription::find(read, to)).expect("it answers");
        assert_eq!(moved.map(|listed| listed.subscription.assigned), Some(self.people as u32), "everybody has moved");
        took
    }

    fn move_bare(&self, round: usize) -> Duration {
        let Pair { from, to, .. } = self.pairs[ROUNDS + 1 + round];
        time(|| {
            let moved = self
                .rig
                .store
                .write(self.organization, move |write| write.change_any(&MOVE_EVERYBODY, params![from, to]));
            assert_eq!(moved.wait().expect("it is written"), self.people as u64, "everybody has moved");
        })
    }
}

fn pair(rig: &Rig, organization: OrganizationId, buyer: UserId, sold: Sold, people: u32) -> Pair {
    let [from, to] = [(); 2].map(|()| SubscriptionId::from_uuid(rig.new_id()));
    let central = bought(organization, to, sold, people, rig.today());
    let of_buyer = Subscription {
        channel: Channel::SelfService,
        holder: Some(buyer),
        ..bought(organization, from, sold, people, rig.today())
    };
    let now = rig.now;
    let written = rig.store.write(organization, move |write| {
        subscription::insert(write, &central, Cloud::Worldwide, now)?;
        subscription::insert(write, &of_buyer, Cloud::Worldwide, now)?;
        write.change_some(&GIVE_TO_EVERYBODY, params![from])?;
        write.change(&COUNT_EVERYBODY, params![from])
    });
    written.wait().expect("a pair is written");
    Pair { sold, from, to }
}
