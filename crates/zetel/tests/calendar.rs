//! A server that was off for years starts and is killed while it catches up, many times, on both engines: every billing
//! period is charged once and without a gap, every renewal and every mail is there once (T1, R152, domain 4.10).

use domain::access::Role;
use domain::catalog::Term;
use domain::ids::{OrganizationId, SubscriptionId};
use domain::subscription::{Channel, first_term_end};
use domain::time::months_after;
use jiff::civil::{Date, date};
use jiff::tz::TimeZone;
use std::time::{Duration, Instant};
use store::{Store, params, statements};
use testkit::engines::Database;
use testkit::random::Random;
use testkit::victim::{let_leases_end, serve, wait_for_the_end_of};
use testkit::world::World;

/// The program that is killed.
const ZETEL: &str = env!("CARGO_BIN_EXE_zetel");

/// Subscriptions that renew every month and are paid by invoice.
const SUBSCRIPTIONS: usize = 5;
/// The day on which they began and the server went off.
const BEGAN: Date = date(2020, 1, 15);
/// Kills before the calendar is left in peace.
const ROUNDS: usize = 8;
/// The longest time between the start of the server and the kill.
const MILLISECONDS_MAX: usize = 900;
/// How long catching up may take in peace.
const PATIENCE: Duration = Duration::from_secs(120);

statements! {
    // Of a subscription: its charges, on how many invoices, the first day and the last one that they cover, how many of
    // them begin where another one ends, and how often the journal says that it renewed.
    CAUGHT_UP: organization = "SELECT (SELECT COUNT(*) FROM charge WHERE organization_id = $1 AND subscription_id = $2), \
        (SELECT COUNT(DISTINCT invoice_id) FROM charge WHERE organization_id = $1 AND subscription_id = $2), \
        (SELECT MIN(service_start) FROM charge WHERE organization_id = $1 AND subscription_id = $2), \
        (SELECT MAX(service_end) FROM charge WHERE organization_id = $1 AND subscription_id = $2), \
        (SELECT COUNT(*) FROM charge c WHERE c.organization_id = $1 AND c.subscription_id = $2 AND EXISTS \
            (SELECT 1 FROM charge b WHERE b.organization_id = $1 AND b.subscription_id = $2 \
            AND b.service_end = c.service_start)), \
        (SELECT COUNT(*) FROM journal WHERE organization_id = $1 AND subscription_id = $2 \
            AND kind = 'subscription_renewed')";
    // Invoices, the numbers that they have, mails about them, reminders, and mails about those.
    SAID: organization = "SELECT (SELECT COUNT(*) FROM invoice WHERE organization_id = $1), \
        (SELECT COUNT(DISTINCT number) FROM invoice WHERE organization_id = $1), \
        (SELECT COUNT(*) FROM mail WHERE organization_id = $1 AND kind = 'invoice'), \
        (SELECT COUNT(*) FROM journal WHERE organization_id = $1 AND kind = 'invoice_reminded'), \
        (SELECT COUNT(*) FROM mail WHERE organization_id = $1 AND kind = 'invoice_overdue')";
}

#[test]
fn a_calendar_that_catches_up_survives_a_kill_on_sqlite() {
    kill_while_catching_up(Database::sqlite());
}

#[test]
fn a_calendar_that_catches_up_survives_a_kill_on_postgres() {
    if let Some(database) = Database::postgres() {
        kill_while_catching_up(database);
    }
}

/// What was there when the server went off.
struct Left {
    organization: OrganizationId,
    subscriptions: Vec<SubscriptionId>,
}

impl Left {
    fn by(database: Database) -> (Database, Self) {
        let world = World::new(database);
        let admin = world.person("Carla");
        world.give_roles(world.organization, admin, &[Role::BillingAdmin]);
        let office = world.product("Office");
        let bought = |_| {
            world.subscription_with(world.organization, &office, 3, |new| {
                (new.channel, new.term) = (Channel::DirectInvoice, Term::Monthly);
                new.ends_on = first_term_end(BEGAN, Term::Monthly);
            })
        };
        let left = Self { organization: world.organization, subscriptions: (0..SUBSCRIPTIONS).map(bought).collect() };
        (world.leave(), left)
    }

    /// What holds at every moment: nothing is charged twice or leaves a gap, and whatever is said is said once.
    /// Gives the day up to which everything is charged.
    fn check(&self, store: &Store) -> Date {
        let mut until = Date::MAX;
        for id in &self.subscriptions {
            let seen = store.read(self.organization, |read| {
                read.query_one(&CAUGHT_UP, params![id], |row| {
                    let counts = [row.get::<i64>(0)?, row.get(1)?, row.get(4)?, row.get(5)?];
                    Ok((counts, row.get::<Option<Date>>(2)?, row.get::<Option<Date>>(3)?))
                })
            });
            let (counts, first, last) = seen.expect("the database answers").expect("a row");
            let [charges, invoices, following, renewals] = counts;
            assert_eq!(first, Some(BEGAN));
            let last = last.expect("the first month was paid");
            let months = (0..).take_while(|months| months_after(BEGAN, *months) < last).count() as i64;
            assert_eq!((charges, following, renewals), (months, months - 1, months - 1), "up to {last}");
            // The last charge may wait for the invoice of its day.
            assert!((charges - 1..=charges).contains(&invoices), "{invoices} invoices for {charges} charges");
            until = until.min(last);
        }
        until
    }

    /// Invoices and their reminders; each has its mail.
    fn said(&self, store: &Store) -> [i64; 2] {
        let seen = store.read(self.organization, |read| {
            read.query_one(&SAID, params![], |row| {
                Ok([row.get::<i64>(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?])
            })
        });
        let [invoices, numbers, mails, reminders, overdue] = seen.expect("the database answers").expect("a row");
        assert_eq!((numbers, mails, overdue), (invoices, invoices, reminders));
        [invoices, reminders]
    }
}

fn kill_while_catching_up(database: Database) {
    let seed = Random::seed_or(20_261_123);
    println!("ZETEL_TEST_SEED={seed}");
    let mut random = Random::new(seed);
    let (database, left) = Left::by(database);
    for round in 0..ROUNDS {
        let mut server = serve(ZETEL.as_ref(), &database);
        server.kill_after(Duration::from_millis(random.below(MILLISECONDS_MAX) as u64));
        let store = database.open();
        wait_for_the_end_of(&store);
        let until = left.check(&store);
        println!("round {round}: up to {until}, {:?}", left.said(&store));
        let_leases_end(&store, left.organization);
    }
    let _server = serve(ZETEL.as_ref(), &database);
    let store = database.open();
    let begin = Instant::now();
    let today = app::ports::Clock::now(&adapters::SystemClock).to_zoned(TimeZone::UTC).date();
    // The zone of the organization may be a day away.
    let caught_up = || left.check(&store) >= today.saturating_sub(jiff::Span::new().days(1));
    let mut said = [0, 0];
    loop {
        let now = left.said(&store);
        if caught_up() && now == said {
            break;
        }
        said = now;
        assert!(begin.elapsed() < PATIENCE, "{:?} after {said:?}", left.check(&store));
        std::thread::sleep(Duration::from_secs(2));
    }
    let months = SUBSCRIPTIONS as i64 * (0..).take_while(|months| months_after(BEGAN, *months) <= today).count() as i64;
    // The invoice of the first month is older than the world.
    assert_eq!(said[0], months - SUBSCRIPTIONS as i64, "an invoice for every month since");
    assert!(said[1] > 0, "nobody paid");
    println!("caught up {} ms after the start: {said:?}", begin.elapsed().as_millis());
}
