//! Zetel is killed in the middle of a take-over of 10,000 people, and in the middle of undoing one, many times, on both
//! engines: everybody has moved, or nobody has; and what was begun is done in the end, once (R130, R132).

use app::subscription::take_over::{StartTakeOver, TakeOver};
use app::subscription::undo_take_over::StartUndoTakeOver;
use domain::access::Role;
use domain::ids::{OrganizationId, SubscriptionId};
use domain::subscription::Channel;
use std::time::{Duration, Instant};
use store::{Store, params, statements};
use testkit::engines::Database;
use testkit::random::Random;
use testkit::victim::{let_leases_end, serve, wait_for_the_end_of};
use testkit::world::World;

/// The program that is killed.
const ZETEL: &str = env!("CARGO_BIN_EXE_zetel");

const PEOPLE: i64 = 10_000;
/// Kills before the work is left in peace.
const ROUNDS: usize = 6;
/// The longest time between the start of the server and the kill.
const MILLISECONDS_MAX: usize = 400;
/// How long the work may take in peace.
const PATIENCE: Duration = Duration::from_secs(20);

statements! {
    GIVE_TO_EVERYBODY: organization = "INSERT INTO assignment (organization_id, user_id, product_id, subscription_id, \
        sort_name, assigned_at, disabled_plans) SELECT u.organization_id, u.id, s.product_id, s.id, u.sort_name, 0, '' \
        FROM \"user\" u JOIN subscription s ON s.organization_id = u.organization_id AND s.id = $2 \
        WHERE u.organization_id = $1 AND u.email LIKE 'person.%'";
    COUNT_EVERYBODY: organization = "UPDATE subscription SET assigned = quantity WHERE organization_id = $1 AND id = $2";
    COUNT_AT_PEOPLE: organization = "UPDATE \"user\" SET license_count = 1 WHERE organization_id = $1 \
        AND email LIKE 'person.%'";
    // Licenses from the buyer's subscription and from the organization's, what both count, whether it is over, entries
    // of the journal about moved people, about the take-over and about undoing it, and how many charges there are.
    SEEN: organization = "SELECT (SELECT COUNT(*) FROM assignment WHERE organization_id = $1 AND subscription_id = $2), \
        (SELECT COUNT(*) FROM assignment WHERE organization_id = $1 AND subscription_id = $3), \
        (SELECT CAST(assigned AS BIGINT) FROM subscription WHERE organization_id = $1 AND id = $2), \
        (SELECT CAST(assigned AS BIGINT) FROM subscription WHERE organization_id = $1 AND id = $3), \
        (SELECT COUNT(*) FROM subscription WHERE organization_id = $1 AND id = $2 AND state = 'deleted'), \
        (SELECT COUNT(*) FROM journal WHERE organization_id = $1 AND kind = 'license_moved'), \
        (SELECT COUNT(*) FROM journal WHERE organization_id = $1 AND kind = 'subscription_taken_over'), \
        (SELECT COUNT(*) FROM journal WHERE organization_id = $1 AND kind = 'subscription_take_over_undone'), \
        (SELECT COUNT(*) FROM charge WHERE organization_id = $1 AND subscription_id = $2)";
}

type Seen = [i64; 9];
/// Nobody has moved.
const BEFORE: Seen = [PEOPLE, 0, PEOPLE, 0, 0, 0, 0, 0, 1];
/// Everybody has.
const AFTER: Seen = [0, PEOPLE, 0, PEOPLE, 1, PEOPLE, 1, 0, 2];
/// Everybody is back.
const UNDONE: Seen = [PEOPLE, 0, PEOPLE, 0, 0, 2 * PEOPLE, 1, 1, 3];

#[test]
fn ten_thousand_people_move_or_nobody_on_sqlite() {
    kill_while_moving(Move::begin(Database::sqlite()), BEFORE, AFTER);
}

#[test]
fn ten_thousand_people_move_or_nobody_on_postgres() {
    if let Some(database) = Database::postgres() {
        kill_while_moving(Move::begin(database), BEFORE, AFTER);
    }
}

#[test]
fn ten_thousand_people_come_back_or_nobody_on_sqlite() {
    kill_while_moving(Move::begin_undoing(Database::sqlite()), AFTER, UNDONE);
}

#[test]
fn ten_thousand_people_come_back_or_nobody_on_postgres() {
    if let Some(database) = Database::postgres() {
        kill_while_moving(Move::begin_undoing(database), AFTER, UNDONE);
    }
}

/// The buyer's subscription, and the organization's.
struct Move {
    organization: OrganizationId,
    from: SubscriptionId,
    to: SubscriptionId,
}

impl Move {
    /// Ten thousand people with a license of a buyer, as many free ones, and the question asked to move them.
    fn begin(database: Database) -> (Database, Self) {
        let (world, moved) = Self::ask(database);
        (world.leave(), moved)
    }

    /// They have moved, and the question was asked to undo that.
    fn begin_undoing(database: Database) -> (Database, Self) {
        let (world, moved) = Self::ask(database);
        world.work();
        let admin = world.caller(Role::GlobalAdmin);
        world.write(&admin, StartUndoTakeOver(moved.from)).expect("it is begun");
        (world.leave(), moved)
    }

    fn ask(database: Database) -> (World, Self) {
        let world = World::new(database);
        world.clock.set(app::ports::Clock::now(&adapters::SystemClock));
        let visio = world.product("Visio");
        let quantity = u32::try_from(PEOPLE).expect("a quantity");
        let _people = world.people(quantity as usize);
        let buyer = world.person("Bram Bakker");
        let from = world.subscription_with(world.organization, &visio, quantity, |new| {
            (new.channel, new.holder) = (Channel::SelfService, Some(buyer));
        });
        let to = world.subscription(&visio, quantity);
        world.seed(world.organization, move |write| {
            write.change_some(&GIVE_TO_EVERYBODY, params![from])?;
            write.change(&COUNT_EVERYBODY, params![from])?;
            write.change_some(&COUNT_AT_PEOPLE, params![])
        });
        let take_over = TakeOver::Move { to: visio.product_id };
        let admin = world.caller(Role::GlobalAdmin);
        world.write(&admin, StartTakeOver { subscription_id: from, take_over }).expect("it is begun");
        let organization = world.organization;
        (world, Self { organization, from, to })
    }

    fn seen(&self, store: &Store) -> Seen {
        let found = store.read(self.organization, |read| {
            read.query_one(&SEEN, params![self.from, self.to], |row| {
                let mut seen = Seen::default();
                for (index, value) in seen.iter_mut().enumerate() {
                    *value = row.get(index)?;
                }
                Ok(seen)
            })
        });
        found.expect("the database answers").expect("a row")
    }
}

fn kill_while_moving((database, moved): (Database, Move), before: Seen, after: Seen) {
    let seed = Random::seed_or(20_261_121);
    println!("ZETEL_TEST_SEED={seed}");
    let mut random = Random::new(seed);
    let mut kills_before = 0;
    for _ in 0..ROUNDS {
        let mut server = serve(ZETEL.as_ref(), &database);
        server.kill_after(Duration::from_millis(random.below(MILLISECONDS_MAX) as u64));
        let store = database.open();
        wait_for_the_end_of(&store);
        let seen = moved.seen(&store);
        assert!(seen == before || seen == after, "{seen:?}");
        kills_before += usize::from(seen == before);
        let_leases_end(&store, moved.organization);
    }
    println!("{kills_before} of {ROUNDS} kills came before the end");
    let _server = serve(ZETEL.as_ref(), &database);
    let store = database.open();
    let begin = Instant::now();
    while moved.seen(&store) != after {
        assert!(begin.elapsed() < PATIENCE, "{:?}", moved.seen(&store));
        std::thread::sleep(Duration::from_millis(50));
    }
    println!("done {} ms after the start", begin.elapsed().as_millis());
}
