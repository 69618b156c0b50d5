//! Zetel is killed under load, many times, on both engines. Every answered write is there, no unanswered one is half
//! there, one that is sent again is done once, nobody has a license that was not bought, and what the dead process was
//! doing in the background goes on where it was.

use app::Caller;
use app::api_token::CreateApiToken;
use app::license::many::{BulkAction, BulkRequest, PeopleFilter, Source, StartList, make_list};
use domain::access::{Role, Scope};
use domain::api_token::ApiTokenDraft;
use domain::ids::{JobId, OrganizationId, ProductId, SubscriptionId, UserId};
use std::collections::{HashMap, HashSet};
use std::net::SocketAddr;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};
use store::{Read, params, statements};
use testkit::engines::Database;
use testkit::http::{Answer, HttpClient};
use testkit::random::Random;
use testkit::victim::{let_leases_end, serve, wait_for_the_end_of};
use testkit::world::World;

/// The program that is killed.
const ZETEL: &str = env!("CARGO_BIN_EXE_zetel");

/// Programs that ask without pause, each about people of its own.
const CLIENTS: usize = 16;
const PEOPLE_PER_CLIENT: usize = 12;
/// Products with a subscription each; the first clients keep a subscription's quantity each.
const PRODUCTS: usize = 3;
/// Fewer than all people want, so that licenses run out.
const FIRST_QUANTITY: u32 = 80;
/// People who all get a license of one more product in the background, in several chunks, once per round.
const EVERYBODY: usize = 2_500;
/// How long the background work may take after the last kill.
const PATIENCE: Duration = Duration::from_secs(60);
/// The longest time between the first answer and the kill.
const LOAD_MILLISECONDS_MAX: usize = 500;

#[test]
fn every_answered_write_survives_a_kill_on_sqlite() {
    kill_many_times(Database::sqlite(), 15);
}

#[test]
fn every_answered_write_survives_a_kill_on_postgres() {
    if let Some(database) = Database::postgres() {
        kill_many_times(database, 8);
    }
}

fn kill_many_times(database: Database, rounds: usize) {
    let seed = Random::seed_or(20_261_120);
    println!("ZETEL_TEST_SEED={seed}");
    let mut random = Random::new(seed);
    let (database, mut load) = Load::prepare(database, &mut random, rounds);
    for round in 0..rounds {
        let answered_before = load.answered();
        load.run_until_killed(&database, Duration::from_millis(random.below(LOAD_MILLISECONDS_MAX) as u64));
        load.check(&database);
        println!("round {round}: {} answers", load.answered() - answered_before);
    }
    load.finish(&database);
}

/// What all programs do, and what they know.
struct Load {
    organization: OrganizationId,
    /// The secret of the programs' key.
    secret: String,
    clients: Vec<Client>,
    /// Background work, and the subscription from which it gives licenses to everybody.
    jobs: Vec<(JobId, SubscriptionId)>,
}

/// A program with what it knows from the answers that it got.
struct Client {
    random: Random,
    licenses: Vec<License>,
    quantity: Option<Quantity>,
    /// What was asked and not answered when the server died: it may have happened, or not.
    in_flight: Option<Request>,
    asked: usize,
    answered: usize,
}

/// Whether a person holds a product.
struct License {
    user: UserId,
    product: ProductId,
    is_held: bool,
    changes: i64,
}

/// How many licenses a subscription has.
struct Quantity {
    subscription: SubscriptionId,
    total: u32,
    changes: i64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wish {
    /// Assigns the license at this position, or takes it back.
    Toggle(usize),
    /// Sets the total.
    SetQuantity(u32),
}

/// A wish as it goes over the wire.
struct Request {
    wish: Wish,
    method: &'static str,
    path: String,
    body: String,
    /// Sent again under this key, it is done once (D29).
    key: String,
    /// Whether an earlier server did it and died before it said so.
    is_done: bool,
}

impl Load {
    fn prepare(database: Database, random: &mut Random, rounds: usize) -> (Database, Self) {
        let world = World::new(database);
        world.clock.set(app::ports::Clock::now(&adapters::SystemClock));
        let products: Vec<_> = (0..PRODUCTS).map(|number| world.product(&format!("Product {number}"))).collect();
        let mut quantities = products.iter().map(|product| Quantity {
            subscription: world.subscription(product, FIRST_QUANTITY),
            total: FIRST_QUANTITY,
            changes: 0,
        });
        let people = world.people(EVERYBODY);
        let client = |people: &[UserId]| Client {
            random: Random::new(random.next_u64()),
            licenses: products
                .iter()
                .flat_map(|product| people.iter().map(|user| (*user, product.product_id)))
                .map(|(user, product)| License { user, product, is_held: false, changes: 0 })
                .collect(),
            quantity: quantities.next(),
            in_flight: None,
            asked: 0,
            answered: 0,
        };
        let clients = people.chunks(PEOPLE_PER_CLIENT).take(CLIENTS).map(client).collect();
        let admin = world.caller(Role::GlobalAdmin);
        let secret = make_key(&world, &admin);
        let jobs = (0..rounds).map(|round| license_everybody(&world, &admin, round)).collect();
        let load = Self { organization: world.organization, secret, clients, jobs };
        (world.leave(), load)
    }

    fn answered(&self) -> usize {
        self.clients.iter().map(|client| client.answered).sum()
    }

    fn run_until_killed(&mut self, database: &Database, time: Duration) {
        let mut server = serve(ZETEL.as_ref(), database);
        let address = server.address;
        let authorization = format!("Bearer {}", self.secret);
        let headers = [("Authorization", authorization.as_str()), ("Content-Type", "application/json")];
        let has_begun = AtomicBool::new(false);
        std::thread::scope(|scope| {
            for client in &mut self.clients {
                let (headers, has_begun) = (&headers, &has_begun);
                scope.spawn(move || client.ask_until_the_server_dies(address, headers, has_begun));
            }
            while !has_begun.load(Ordering::Relaxed) {
                std::thread::sleep(Duration::from_millis(1));
            }
            server.kill_after(time);
        });
    }

    /// Holds what is stored against what the programs know, and against itself.
    fn check(&mut self, database: &Database) {
        let store = database.open();
        wait_for_the_end_of(&store);
        let facts = store.read(self.organization, Facts::read).expect("the database answers");
        facts.check_laws();
        for (job, subscription) in &self.jobs {
            let (progress, licenses) = (facts.jobs[job].progress_done, facts.subscriptions[subscription].licenses);
            assert_eq!(progress, licenses, "the progress of {job} is not what it did");
        }
        for client in &mut self.clients {
            client.learn(&facts);
            client.check(&facts);
        }
        let_leases_end(&store, self.organization);
    }

    /// Lets a last server do what is left in the background.
    fn finish(&mut self, database: &Database) {
        let mut server = serve(ZETEL.as_ref(), database);
        let store = database.open();
        let begin = Instant::now();
        loop {
            let facts = store.read(self.organization, Facts::read).expect("the database answers");
            if facts.jobs.values().all(|job| job.state == "done") {
                assert!(facts.jobs.values().all(|job| job.progress_done == job.progress_total));
                break;
            }
            assert!(begin.elapsed() < PATIENCE, "background work did not go on after the kills");
            std::thread::sleep(Duration::from_millis(100));
        }
        drop(store);
        server.kill_after(Duration::ZERO);
        self.check(database);
    }
}

/// Confirms that everybody gets a license of one more product.
fn license_everybody(world: &World, admin: &Caller, round: usize) -> (JobId, SubscriptionId) {
    let product = world.product(&format!("Everybody {round}"));
    let subscription = world.subscription(&product, EVERYBODY as u32 + 100);
    let request = BulkRequest {
        action: BulkAction::Assign,
        product_id: product.product_id,
        subscription_id: None,
        disabled_plans: Vec::new(),
    };
    let everybody = Source::Filter(PeopleFilter::default());
    let list = make_list(&world.app, admin, world.organization, &request, &everybody).expect("the list is made");
    (world.write(admin, StartList(list)).expect("the work is confirmed"), subscription)
}

impl Request {
    fn send(&self, connection: &mut HttpClient) -> std::io::Result<Answer> {
        connection.send(self.method, &self.path, &[("Idempotency-Key", &self.key)], &self.body)
    }
}

impl Client {
    fn ask_until_the_server_dies(&mut self, address: SocketAddr, headers: &[(&str, &str)], has_begun: &AtomicBool) {
        let Ok(mut connection) = HttpClient::connect(address, headers) else { return };
        loop {
            // First again what had no answer from the server before.
            let request = self.in_flight.take().unwrap_or_else(|| self.choose());
            let answer = request.send(&mut connection);
            match answer.as_ref().map(|answer| answer.status) {
                Err(_) => {
                    self.in_flight = Some(request);
                    return;
                }
                Ok(200) if request.is_done => {}
                Ok(200) => self.note(request.wish),
                // Too few licenses, or more in use than the new total.
                Ok(409) if !request.is_done => {}
                Ok(_) => panic!("{} {} {}: {answer:?}", request.method, request.path, request.body),
            }
            self.answered += 1;
            has_begun.store(true, Ordering::Relaxed);
        }
    }

    fn choose(&mut self) -> Request {
        self.asked += 1;
        let key = format!("{}-{}", self.licenses[0].user, self.asked);
        if let Some(quantity) = self.quantity.as_ref().filter(|_| self.random.once_in(3)) {
            let total = 40 + self.random.below(100) as u32;
            let total = if total == quantity.total { total + 1 } else { total };
            let path = format!("/api/v1/subscriptions/{}/quantity", quantity.subscription);
            let body = format!(r#"{{"total":{total}}}"#);
            return Request { wish: Wish::SetQuantity(total), method: "PUT", path, body, key, is_done: false };
        }
        let position = self.random.below(self.licenses.len());
        let License { user, product, is_held, .. } = self.licenses[position];
        let verb = if is_held { "unassign" } else { "assign" };
        let path = format!("/api/v1/products/{product}/licenses/{verb}");
        let body = format!(r#"{{"users":["{user}"]}}"#);
        Request { wish: Wish::Toggle(position), method: "POST", path, body, key, is_done: false }
    }

    /// The wish came true.
    fn note(&mut self, wish: Wish) {
        match wish {
            Wish::Toggle(position) => {
                let license = &mut self.licenses[position];
                license.is_held = !license.is_held;
                license.changes += 1;
            }
            Wish::SetQuantity(total) => {
                let quantity = self.quantity.as_mut().expect("only its keeper changes it");
                quantity.total = total;
                quantity.changes += 1;
            }
        }
    }

    /// Finds out whether the request without an answer was carried out.
    fn learn(&mut self, facts: &Facts) {
        let Some(request) = &mut self.in_flight else { return };
        let was_done_before = request.is_done;
        request.is_done |= match request.wish {
            Wish::Toggle(position) => {
                let License { user, product, is_held, .. } = self.licenses[position];
                facts.held.contains(&(user, product)) != is_held
            }
            Wish::SetQuantity(total) => {
                let quantity = self.quantity.as_ref().expect("only its keeper changes it");
                facts.subscriptions[&quantity.subscription].quantity == i64::from(total)
            }
        };
        let (wish, is_done) = (request.wish, request.is_done);
        if is_done && !was_done_before {
            self.note(wish);
        }
    }

    fn check(&self, facts: &Facts) {
        for license in &self.licenses {
            let key = (license.user, license.product);
            assert_eq!(facts.held.contains(&key), license.is_held, "the license of {key:?} is not as it was answered");
            let entries = facts.license_entries.get(&key).copied().unwrap_or(0);
            assert_eq!(entries, license.changes, "changes of the license of {key:?} in the journal");
        }
        if let Some(quantity) = &self.quantity {
            let stored = &facts.subscriptions[&quantity.subscription];
            assert_eq!(stored.quantity, i64::from(quantity.total), "the quantity is not as it was answered");
            assert_eq!(stored.entries, quantity.changes, "changes of quantity in the journal");
            assert_eq!(stored.quantity, i64::from(FIRST_QUANTITY) + stored.ordered, "its orders add up");
        }
    }
}

statements! {
    HELD: organization = "SELECT user_id, product_id FROM assignment WHERE organization_id = $1";
    LICENSE_ENTRIES: organization = "SELECT user_id, product_id, COUNT(*) FROM journal WHERE organization_id = $1 \
        AND kind IN ('license_assigned', 'license_unassigned') GROUP BY user_id, product_id";
    SUBSCRIPTIONS: organization = "SELECT s.id, s.quantity, s.assigned, \
        (SELECT COUNT(*) FROM assignment a WHERE a.organization_id = $1 AND a.subscription_id = s.id), \
        (SELECT COUNT(*) FROM journal j WHERE j.organization_id = $1 AND j.subscription_id = s.id \
            AND j.kind = 'quantity_changed'), \
        (SELECT COUNT(*) FROM \"order\" o WHERE o.organization_id = $1 AND o.subscription_id = s.id), \
        (SELECT CAST(COALESCE(SUM(o.quantity), 0) AS BIGINT) FROM \"order\" o \
            WHERE o.organization_id = $1 AND o.subscription_id = s.id) \
        FROM subscription s WHERE s.organization_id = $1";
    PEOPLE_MISCOUNTED: organization = "SELECT COUNT(*) FROM \"user\" u WHERE u.organization_id = $1 AND \
        u.license_count <> (SELECT COUNT(*) FROM assignment a WHERE a.organization_id = $1 AND a.user_id = u.id)";
    ORDER_NUMBERS: organization = "SELECT order_count, \
        (SELECT COUNT(*) FROM \"order\" o WHERE o.organization_id = $1), \
        (SELECT COALESCE(MAX(o.number), 0) FROM \"order\" o WHERE o.organization_id = $1) \
        FROM organization WHERE id = $1";
    JOBS: organization = "SELECT id, state, progress_done, progress_total FROM job WHERE organization_id = $1";
}

/// All that is stored about the load.
struct Facts {
    held: HashSet<(UserId, ProductId)>,
    /// How often each license was assigned or taken back, by the journal.
    license_entries: HashMap<(UserId, ProductId), i64>,
    subscriptions: HashMap<SubscriptionId, StoredSubscription>,
    jobs: HashMap<JobId, StoredJob>,
    people_miscounted: i64,
    /// Orders by their counter, by their rows and by the highest number.
    orders: (i64, i64, i64),
}

struct StoredJob {
    state: String,
    progress_done: i64,
    progress_total: i64,
}

struct StoredSubscription {
    quantity: i64,
    assigned: i64,
    licenses: i64,
    entries: i64,
    orders: i64,
    ordered: i64,
}

impl Facts {
    fn read(read: &Read<'_>) -> store::Result<Self> {
        let held = read.query(&HELD, params![], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let entries = read.query(&LICENSE_ENTRIES, params![], |row| Ok(((row.get(0)?, row.get(1)?), row.get(2)?)))?;
        let subscriptions = read.query(&SUBSCRIPTIONS, params![], |row| {
            let stored = StoredSubscription {
                quantity: row.get(1)?,
                assigned: row.get(2)?,
                licenses: row.get(3)?,
                entries: row.get(4)?,
                orders: row.get(5)?,
                ordered: row.get(6)?,
            };
            Ok((row.get(0)?, stored))
        })?;
        let jobs = read.query(&JOBS, params![], |row| {
            let job = StoredJob { state: row.get(1)?, progress_done: row.get(2)?, progress_total: row.get(3)? };
            Ok((row.get(0)?, job))
        })?;
        let orders = read.query_one(&ORDER_NUMBERS, params![], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
        Ok(Self {
            held: held.into_iter().collect(),
            license_entries: entries.into_iter().collect(),
            subscriptions: subscriptions.into_iter().collect(),
            jobs: jobs.into_iter().collect(),
            people_miscounted: read.query_one(&PEOPLE_MISCOUNTED, params![], |row| row.get(0))?.unwrap_or_default(),
            orders: orders.expect("the organization is there"),
        })
    }

    /// What holds at every moment, whatever was asked.
    fn check_laws(&self) {
        for (id, stored) in &self.subscriptions {
            assert_eq!(stored.assigned, stored.licenses, "licenses in use of {id}");
            assert!(stored.assigned <= stored.quantity, "{id} gave more licenses than it has");
            assert_eq!(stored.entries, stored.orders, "a change of quantity of {id} without its order, or the reverse");
        }
        assert_eq!(self.people_miscounted, 0, "people whose counter and licenses differ");
        let (counted, rows, highest) = self.orders;
        assert_eq!((counted, rows), (highest, highest), "orders are numbered without gaps");
        let given = self.subscriptions.values().map(|stored| stored.licenses).sum::<i64>();
        assert_eq!(given, self.held.len() as i64, "every license belongs to a subscription of the load");
    }
}

/// A key with which programs may write licenses and subscriptions.
fn make_key(world: &World, admin: &Caller) -> String {
    let scopes = vec![Scope::LicensesWrite, Scope::SubscriptionsWrite];
    let draft = ApiTokenDraft { name: "Load".to_owned(), scopes, days: None };
    let command = CreateApiToken::new(draft).expect("there is randomness");
    world.write(admin, command).expect("the key is made").secret
}
