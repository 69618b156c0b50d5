//! Zetel is killed while programs redeem several product keys at once, many times, on both engines. Of each request all keys
//! are redeemed or none, a request that is sent again has one answer, and of two who redeem the same keys one gets them:
//! no license is given twice (R93, R94, R158).

#![expect(clippy::unwrap_used, reason = "a helper of a test fails the test")]

use app::api_token::CreateApiToken;
use app::product_key::create::create_now;
use app::product_key::export::KeyFile;
use domain::access::{Role, Scope};
use domain::api_token::ApiTokenDraft;
use domain::catalog::{Sku, Term};
use domain::ids::{OrganizationId, SubscriptionId};
use domain::limits::QUANTITY_MAX;
use domain::organization::OrganizationKind;
use domain::product_key::create::BatchDraft;
use domain::subscription::Channel;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;
use store::{Store, params, statements};
use testkit::engines::Database;
use testkit::http::{Answer, HttpClient};
use testkit::random::Random;
use testkit::victim::{serve, wait_for_the_end_of};
use testkit::world::World;

/// The program that is killed.
const ZETEL: &str = env!("CARGO_BIN_EXE_zetel");

/// Programs, each with a subscription of its own; all of them redeem the same keys in the same order.
const PROGRAMS: usize = 2;
/// Requests of each program, in all rounds.
const REQUESTS: usize = 300;
/// Keys of each request.
const KEYS: usize = 5;
/// Licenses of each key.
const LICENSES: u32 = 2;
/// Licenses that each subscription has before.
const FIRST: u32 = 3;
/// Kills before the programs are left in peace.
const ROUNDS: usize = 8;
/// The longest time between the first answer and the kill.
const MILLISECONDS_MAX: usize = 120;

statements! {
    // Of a subscription: its licenses, keys redeemed for it, orders of these, orders with as many keys as a request has,
    // entries of the journal about them, and what orders added.
    SEEN: organization = "SELECT CAST(s.quantity AS BIGINT), \
        (SELECT COUNT(*) FROM product_key_redemption r WHERE r.organization_id = $1 AND r.subscription_id = s.id), \
        (SELECT COUNT(DISTINCT order_id) FROM product_key_redemption r WHERE r.organization_id = $1 \
            AND r.subscription_id = s.id), \
        (SELECT COUNT(*) FROM (SELECT order_id FROM product_key_redemption r WHERE r.organization_id = $1 \
            AND r.subscription_id = s.id GROUP BY order_id HAVING COUNT(*) = $3) whole), \
        (SELECT COUNT(*) FROM journal j WHERE j.organization_id = $1 AND j.subscription_id = s.id \
            AND j.kind = 'product_keys_redeemed'), \
        (SELECT CAST(COALESCE(SUM(o.quantity), 0) AS BIGINT) FROM \"order\" o WHERE o.organization_id = $1 \
            AND o.subscription_id = s.id) FROM subscription s WHERE s.organization_id = $1 AND s.id = $2";
    // Keys that are used up, and keys that somebody redeemed.
    USED: organization = "SELECT (SELECT COUNT(*) FROM product_key WHERE redeemed_at IS NOT NULL), \
        (SELECT COUNT(DISTINCT key_hash) FROM product_key_redemption WHERE organization_id = $1)";
}

#[test]
fn several_keys_are_redeemed_or_none_on_sqlite() {
    kill_while_redeeming(Database::sqlite());
}

#[test]
fn several_keys_are_redeemed_or_none_on_postgres() {
    if let Some(database) = Database::postgres() {
        kill_while_redeeming(database);
    }
}

/// What all programs know.
struct Keys {
    organization: OrganizationId,
    /// The secret of the programs' token.
    secret: String,
    /// The keys of each request.
    requests: Vec<Vec<String>>,
}

/// A program with what it was answered.
struct Program {
    subscription: SubscriptionId,
    /// The answer to each request that it sent, in their order: the order that was made, or nothing where the other
    /// program was first.
    answers: Vec<Option<String>>,
    /// Whether the next request was sent to a server that died before it answered.
    is_unanswered: bool,
}

impl Keys {
    fn prepare(database: Database) -> (Database, Self, Vec<Program>) {
        let world = World::new(database);
        world.clock.set(app::ports::Clock::now(&adapters::SystemClock));
        let office = world.product("Office");
        let subscription = |_| {
            world.subscription_with(world.organization, &office, FIRST, |new| {
                (new.channel, new.quantity_max) = (Channel::ProductKey, QUANTITY_MAX);
            })
        };
        let programs = (0..PROGRAMS).map(subscription);
        let programs = programs.map(|subscription| Program { subscription, answers: vec![], is_unanswered: false });
        let programs = programs.collect();
        let scopes = vec![Scope::SubscriptionsRead, Scope::SubscriptionsWrite];
        let draft = ApiTokenDraft { name: "Load".to_owned(), scopes, days: None };
        let token = world.write(&world.caller(Role::GlobalAdmin), CreateApiToken::new(draft).unwrap());
        let keys =
            Self { organization: world.organization, secret: token.unwrap().secret, requests: make(&world, &office) };
        (world.leave(), keys, programs)
    }

    /// What holds at every moment: each order has all of its keys, and every license came with a key that nobody else
    /// redeemed.
    fn check(&self, store: &Store, programs: &[Program]) {
        let mut redeemed = 0;
        for program in programs {
            let seen = store.read(self.organization, |read| {
                read.query_one(&SEEN, params![program.subscription, KEYS as i64], |row| {
                    Ok([row.get::<i64>(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?, row.get(5)?])
                })
            });
            let [licenses, keys, orders, whole, entries, added] = seen.unwrap().unwrap();
            assert_eq!((whole, entries, keys), (orders, orders, orders * KEYS as i64));
            assert_eq!(added, keys * i64::from(LICENSES));
            assert_eq!(licenses, i64::from(FIRST) + added);
            let won = program.answers.iter().flatten().count() as i64;
            let unanswered = i64::from(program.is_unanswered);
            assert!((won..=won + unanswered).contains(&orders), "{orders} orders after {won} answers");
            redeemed += keys;
        }
        let used = store.read(self.organization, |read| {
            read.query_one(&USED, params![], |row| Ok((row.get::<i64>(0)?, row.get::<i64>(1)?)))
        });
        assert_eq!(used.unwrap().unwrap(), (redeemed, redeemed));
    }
}

/// Keys of the operator, by request.
fn make(world: &World, office: &Sku) -> Vec<Vec<String>> {
    let house = world.organization_with("House", |house| house.kind = OrganizationKind::Operator);
    let operator = world.caller_in(house, Role::Operator);
    let key_count = (REQUESTS * KEYS) as u32;
    let draft =
        BatchDraft { quantity: LICENSES, term: Term::Annual, key_count, country: String::new(), redeem_by: None };
    let batch = create_now(&world.app, &operator, house, office.id, draft).unwrap();
    let file = KeyFile::begin(&world.app, &operator, house, batch).unwrap();
    let (mut keys, mut place) = (Vec::new(), 0);
    while place < key_count {
        let (next, after) = file.keys(&world.app, place).unwrap();
        keys.extend(next.iter().map(ToString::to_string));
        place = after;
    }
    keys.chunks(KEYS).map(<[_]>::to_vec).collect()
}

impl Program {
    fn redeem_until_the_server_dies(&mut self, keys: &Keys, address: SocketAddr, answered: &AtomicUsize) {
        let authorization = format!("Bearer {}", keys.secret);
        let headers = [("Authorization", authorization.as_str()), ("Content-Type", "application/json")];
        let Ok(mut connection) = HttpClient::connect(address, &headers) else { return };
        while self.answers.len() < keys.requests.len() {
            let number = self.answers.len();
            let Ok(answer) = self.send(&mut connection, keys, number) else {
                self.is_unanswered = true;
                return;
            };
            match answer.status {
                201 => self.answers.push(Some(answer.body)),
                422 => {
                    assert!(answer.body.contains("key_used"), "{answer:?}");
                    self.answers.push(None);
                }
                // The other one redeems them right now.
                503 => continue,
                _ => panic!("{answer:?}"),
            }
            self.is_unanswered = false;
            answered.fetch_add(1, Ordering::Relaxed);
        }
    }

    /// The same request has the same key, whenever it is sent (D29).
    fn send(&self, connection: &mut HttpClient, keys: &Keys, number: usize) -> std::io::Result<Answer> {
        let list: Vec<_> = keys.requests[number].iter().map(|key| format!(r#"{{"product_key":"{key}"}}"#)).collect();
        let body = format!(r#"{{"subscription_id":"{}","keys":[{}]}}"#, self.subscription, list.join(","));
        let once = format!("{}-{number}", self.subscription);
        connection.send("POST", "/api/v1/product-keys/redeem", &[("Idempotency-Key", &once)], &body)
    }
}

/// Lets all programs redeem until the server is killed, or until all is redeemed.
fn redeem(keys: &Keys, programs: &mut [Program], database: &Database, kill_after: Option<Duration>) {
    let mut server = serve(ZETEL.as_ref(), database);
    let (address, answered) = (server.address, AtomicUsize::new(0));
    std::thread::scope(|scope| {
        let redeem = |program| {
            let answered = &answered;
            scope.spawn(move || Program::redeem_until_the_server_dies(program, keys, address, answered))
        };
        let running: Vec<_> = programs.iter_mut().map(redeem).collect();
        if let Some(time) = kill_after {
            while answered.load(Ordering::Relaxed) == 0 && running.iter().any(|thread| !thread.is_finished()) {
                std::thread::sleep(Duration::from_millis(1));
            }
            server.kill_after(time);
        }
    });
    println!("{} answers", answered.into_inner());
}

fn kill_while_redeeming(database: Database) {
    let seed = Random::seed_or(20_261_124);
    println!("ZETEL_TEST_SEED={seed}");
    let mut random = Random::new(seed);
    let (database, keys, mut programs) = Keys::prepare(database);
    let mut unanswered = 0;
    for _ in 0..ROUNDS {
        let time = Duration::from_millis(random.below(MILLISECONDS_MAX) as u64);
        redeem(&keys, &mut programs, &database, Some(time));
        let store = database.open();
        wait_for_the_end_of(&store);
        keys.check(&store, &programs);
        unanswered += programs.iter().filter(|program| program.is_unanswered).count();
    }
    assert!(unanswered > 0, "nobody was interrupted");
    redeem(&keys, &mut programs, &database, None);
    keys.check(&database.open(), &programs);
    for number in 0..REQUESTS {
        let winners = programs.iter().filter(|program| program.answers[number].is_some()).count();
        assert_eq!(winners, 1, "request {number}");
    }
    ask_once_more(&keys, &programs, &database);
}

/// Whoever asks again long afterwards gets the first answer, and nothing is redeemed.
fn ask_once_more(keys: &Keys, programs: &[Program], database: &Database) {
    let server = serve(ZETEL.as_ref(), database);
    let authorization = format!("Bearer {}", keys.secret);
    let headers = [("Authorization", authorization.as_str()), ("Content-Type", "application/json")];
    let mut connection = HttpClient::connect(server.address, &headers).unwrap();
    for program in programs {
        for (number, first) in program.answers.iter().enumerate() {
            let again = program.send(&mut connection, keys, number).unwrap();
            let expected = if first.is_some() { 201 } else { 422 };
            assert_eq!(again.status, expected, "{again:?}");
            assert!(first.as_ref().is_none_or(|first| *first == again.body), "{again:?}");
        }
    }
    keys.check(&database.open(), programs);
}
