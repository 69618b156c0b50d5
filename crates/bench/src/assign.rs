//! Assigning one license at a time, through the door of the app, by many clients at once.

use crate::bare;
use crate::measure::{Reach, Row, in_turns, time};
use crate::rig::{Rig, Target, caller};
use app::App;
use app::license::assign::AssignLicenses;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;
use testkit::engines::Database;
use testkit::random::Random;

const ROUNDS: usize = 5;
const PER_ROUND: usize = 6_000;
const PER_ROUND_ON_POSTGRES: usize = 1_500;
const CLIENTS: usize = 128;
const CLIENTS_ON_POSTGRES: usize = 32;
/// How many commands the reference commits at once.
const GROUP: usize = 500;

/// 10,000 subscriptions: a thousand organizations with ten each.
pub fn spread() -> Vec<Row> {
    let database = Database::sqlite();
    let rig = Rig::open(&database);
    let products = rig.products(10);
    let mut targets = Vec::new();
    for (organization, users) in rig.organizations(1_000, 4, &products, 100) {
        targets.extend(users.iter().flat_map(|user| {
            products.iter().map(move |sold| Target { organization, user: *user, product: sold.product })
        }));
    }
    drop(rig);
    shuffle(&mut targets);
    let times = on_sqlite(&database, &targets);
    let work = "assign a license, durable, 128 clients, 10,000 subscriptions, SQLite";
    vec![Row::of_rates(work, REFERENCE, PER_ROUND, times, Reach::AtLeast(50))]
}

/// One subscription that everybody gets a license of.
pub fn hot() -> Vec<Row> {
    let database = Database::sqlite();
    let targets = one_subscription(&database, (ROUNDS + 1) * PER_ROUND);
    let times = on_sqlite(&database, &targets);
    let work = "the same, all on one hot subscription";
    vec![Row::of_rates(work, REFERENCE, PER_ROUND, times, Reach::AtLeast(20))]
}

const REFERENCE: &str = "the same statements through bare rusqlite, grouped by 500";

/// One subscription that everybody gets a license of, on PostgreSQL.
pub fn hot_on_postgres() -> Vec<Row> {
    let (Some(database), Some(bare)) = (Database::postgres(), Database::postgres()) else { return Vec::new() };
    let count = (ROUNDS + 1) * PER_ROUND_ON_POSTGRES;
    let targets = one_subscription(&database, count);
    let bare_targets = one_subscription(&bare, count);
    let app = Rig::open(&database).app;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime starts");
    let connections: Vec<_> = (0..CLIENTS_ON_POSTGRES)
        .map(|_| Arc::new(runtime.block_on(bare::Postgres::connect(&bare.address()))))
        .collect();
    let part = |round: usize, of: &[Target]| -> Arc<[Target]> {
        of[round * PER_ROUND_ON_POSTGRES..][..PER_ROUND_ON_POSTGRES].into()
    };
    let times = in_turns(
        ROUNDS,
        |round| through_the_app(&app, part(round, &targets), CLIENTS_ON_POSTGRES),
        |round| one_transaction_each(&runtime, &connections, &part(round, &bare_targets)),
    );
    let work = "assign on one hot subscription, PostgreSQL, 32 clients";
    let reference = "one transaction each, bare driver, same clients and statements";
    vec![Row::of_rates(work, reference, PER_ROUND_ON_POSTGRES, times, Reach::AtLeast(400))]
}

fn one_subscription(database: &Database, people: usize) -> Vec<Target> {
    let rig = Rig::open(database);
    let products = rig.products(1);
    let (organization, users) = rig.organization(people, &products, 1_000_000);
    let mut targets: Vec<_> =
        users.iter().map(|user| Target { organization, user: *user, product: products[0].product }).collect();
    shuffle(&mut targets);
    targets
}

/// Zetel on the database, the reference on a copy of it.
fn on_sqlite(database: &Database, targets: &[Target]) -> (Duration, Duration) {
    let copy = Database::sqlite();
    std::fs::copy(database.address(), copy.address()).expect("the database is copied");
    let app = Rig::open(database).app;
    let connection = bare::connect(&copy.address());
    let part = |round: usize| &targets[round * PER_ROUND..][..PER_ROUND];
    in_turns(
        ROUNDS,
        |round| through_the_app(&app, part(round).into(), CLIENTS),
        |round| bare::assign_on_sqlite(&connection, part(round), GROUP),
    )
}

/// Every client asks for one license, waits for the answer, and asks for the next.
fn through_the_app(app: &App, targets: Arc<[Target]>, clients: usize) -> Duration {
    let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime starts");
    let next = Arc::new(AtomicUsize::new(0));
    time(|| {
        let client = || {
            let (app, targets, next) = (app.clone(), Arc::clone(&targets), Arc::clone(&next));
            runtime.spawn(async move {
                while let Some(target) = targets.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let command = AssignLicenses {
                        product_id: target.product,
                        subscription_id: None,
                        users: vec![target.user],
                        disabled_plans: Vec::new(),
                    };
                    let admin = caller(target.organization, target.user);
                    app.write(&admin, target.organization, command).await.expect("a license is assigned");
                }
            })
        };
        let all: Vec<_> = (0..clients).map(|_| client()).collect();
        runtime.block_on(async {
            for client in all {
                client.await.expect("a client ends");
            }
        });
    })
}

fn one_transaction_each(
    runtime: &tokio::runtime::Runtime,
    connections: &[Arc<bare::Postgres>],
    targets: &Arc<[Target]>,
) -> Duration {
    let next = Arc::new(AtomicUsize::new(0));
    time(|| {
        let client = |connection: &Arc<bare::Postgres>| {
            let (connection, targets, next) = (Arc::clone(connection), Arc::clone(targets), Arc::clone(&next));
            runtime.spawn(async move {
                while let Some(target) = targets.get(next.fetch_add(1, Ordering::Relaxed)) {
                    connection.assign(*target).await.expect("a license is assigned");
                }
            })
        };
        let all: Vec<_> = connections.iter().map(client).collect();
        runtime.block_on(async {
            for client in all {
                client.await.expect("a client ends");
            }
        });
    })
}

/// The same order in every run.
fn shuffle(targets: &mut [Target]) {
    let mut random = Random::new(1);
    for last in (1..targets.len()).rev() {
        targets.swap(last, random.below(last + 1));
    }
}
