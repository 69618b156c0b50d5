//! Zetel is killed in the middle of a partner's sales, of its changes of quantity and plan, and of the work that charges
//! it, many times, on both engines: each is done as a whole or not at all, one that is sent again is done once, and in
//! the end the books of the partner have every charge once (R66, R68, R161, D29).

use app::api_token::CreateApiToken;
use app::partner::appoint::AppointPartner;
use app::partner::relate::{ChangeRelationship, request_relationship};
use domain::access::{Role, Scope};
use domain::api_token::ApiTokenDraft;
use domain::catalog::{BillingFrequency, Term};
use domain::ids::{OrganizationId, PriceId};
use domain::money::{Currency, Money};
use domain::organization::OrganizationKind;
use domain::partner::relate::Step;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};
use store::{Store, params, statements};
use testkit::engines::Database;
use testkit::http::HttpClient;
use testkit::random::Random;
use testkit::victim::{let_leases_end, serve, wait_for_the_end_of};
use testkit::world::World;

/// The program that is killed.
const ZETEL: &str = env!("CARGO_BIN_EXE_zetel");

/// Programs of the partner that ask without pause, each about products of its own.
const CLIENTS: usize = 6;
/// What is sold at first; one more is added until there are as many as the plan is changed with.
const FIRST_QUANTITY: u32 = 5;
const LAST_QUANTITY: u32 = 9;
/// The longest time between the first answer and the kill.
const LOAD_MILLISECONDS_MAX: usize = 400;
/// How long the work in the background may take after the last kill.
const PATIENCE: Duration = Duration::from_secs(60);

statements! {
    // Whether it is active, its licenses, the licenses that the partner is charged for, and how often the journal says
    // that it began.
    SOLD: organization = "SELECT s.state, CAST(s.quantity AS BIGINT), \
        (SELECT CAST(COALESCE(SUM(c.quantity), 0) AS BIGINT) FROM charge c WHERE c.organization_id = $1 \
            AND c.subscription_id = s.id AND c.partner_id IS NOT NULL), \
        (SELECT COUNT(*) FROM journal j WHERE j.organization_id = $1 AND j.subscription_id = s.id \
            AND j.kind = 'subscription_started') FROM subscription s WHERE s.organization_id = $1";
    PLANS_CHANGED: organization = "SELECT COUNT(*) FROM journal WHERE organization_id = $1 AND kind = 'plan_changed'";
    // What is charged at the customer and not in the books of the partner, and the reverse.
    MISSING: shared = "SELECT COUNT(*) FROM charge c WHERE c.organization_id = $1 AND c.partner_id = $2 \
        AND NOT EXISTS (SELECT 1 FROM charge p WHERE p.organization_id = $2 AND p.id = c.id AND p.amount = c.amount)";
    UNFOUNDED: shared = "SELECT COUNT(*) FROM charge p WHERE p.organization_id = $2 \
        AND NOT EXISTS (SELECT 1 FROM charge c WHERE c.organization_id = $1 AND c.id = p.id AND c.amount = p.amount)";
    // What is to be told to the partner, and what its history says.
    TO_NOTE: organization = "SELECT COUNT(*) FROM job WHERE organization_id = $1 AND kind = 'note_at_partner'";
    NOTED: organization = "SELECT COUNT(*) FROM journal WHERE organization_id = $1 AND kind = 'customer_served'";
    WORK_LEFT: organization = "SELECT COUNT(*) FROM job WHERE organization_id = $1 AND state <> 'done'";
}

#[test]
fn sales_of_a_partner_survive_a_kill_on_sqlite() {
    kill_many_times(Database::sqlite(), 10);
}

#[test]
fn sales_of_a_partner_survive_a_kill_on_postgres() {
    if let Some(database) = Database::postgres() {
        kill_many_times(database, 6);
    }
}

fn kill_many_times(database: Database, rounds: usize) {
    let seed = Random::seed_or(20_261_122);
    println!("ZETEL_TEST_SEED={seed}");
    let mut random = Random::new(seed);
    let (database, mut load) = Load::prepare(database);
    for round in 0..rounds {
        let time = Duration::from_millis(random.below(LOAD_MILLISECONDS_MAX) as u64);
        let answers = load.run_until_killed(&database, time);
        let store = database.open();
        wait_for_the_end_of(&store);
        load.check(&store);
        let_leases_end(&store, load.customer);
        println!("round {round}: {answers} answers");
    }
    load.finish(&database);
}

/// The partner's programs, and what they know.
struct Load {
    customer: OrganizationId,
    partner: OrganizationId,
    secret: String,
    clients: Vec<Client>,
}

/// A program that sells, adds licenses one by one, changes the plan, and sells anew.
struct Client {
    number: usize,
    path: String,
    office: PriceId,
    suite: PriceId,
    /// What it sold last and has not changed the plan of: its identifier and licenses.
    now: Option<(String, u32)>,
    asked: usize,
    sold: usize,
    changed: usize,
    /// What was asked and not answered when the server died.
    in_flight: Option<Request>,
}

struct Request {
    wish: Wish,
    method: &'static str,
    path: String,
    body: String,
    key: String,
}

#[derive(Clone, Copy)]
enum Wish {
    Sell,
    SetQuantity(u32),
    ChangePlan,
}

impl Load {
    fn prepare(database: Database) -> (Database, Self) {
        let world = World::new(database);
        world.clock.set(app::ports::Clock::now(&adapters::SystemClock));
        let (partner, house) = (world.other_organization("Noordzee"), world.other_organization("House"));
        let contact = "support@noordzee.example".to_owned();
        let appoint = AppointPartner { kind: OrganizationKind::Reseller, contact, link: String::new() };
        let operator = world.caller_in(house, Role::Operator);
        world.app.write(&operator, partner, appoint).wait().expect("the operator makes it a partner");
        let seller = world.caller_in(partner, Role::GlobalAdmin);
        request_relationship(&world.app, &seller, world.organization).expect("it asks");
        let accept = ChangeRelationship { partner, step: Step::Accept };
        world.write(&world.caller(Role::GlobalAdmin), accept).expect("it is let in");
        let draft = ApiTokenDraft { name: "Sales".to_owned(), scopes: vec![Scope::CustomersWrite], days: None };
        let token = CreateApiToken::new(draft).expect("there is randomness");
        let secret = world.app.write(&seller, partner, token).wait().expect("the key is made").secret;
        let clients = (0..CLIENTS).map(|number| Client::new(&world, number)).collect();
        let load = Self { customer: world.organization, partner, secret, clients };
        (world.leave(), load)
    }

    /// Gives how many answers there were.
    fn run_until_killed(&mut self, database: &Database, time: Duration) -> usize {
        let mut server = serve(ZETEL.as_ref(), database);
        let (address, authorization) = (server.address, format!("Bearer {}", self.secret));
        let headers = [("Authorization", authorization.as_str()), ("Content-Type", "application/json")];
        let answers = AtomicUsize::new(0);
        std::thread::scope(|scope| {
            for client in &mut self.clients {
                let (headers, answers) = (&headers, &answers);
                scope.spawn(move || client.ask_until_the_server_dies(address, headers, answers));
            }
            while answers.load(Ordering::Relaxed) == 0 {
                std::thread::sleep(Duration::from_millis(1));
            }
            server.kill_after(time);
        });
        answers.into_inner()
    }

    /// What holds at every moment: what was sold is charged whole, and what was answered is there.
    fn check(&self, store: &Store) {
        let rows = |read: &store::Read<'_>| {
            read.query(&SOLD, params![], |row| {
                Ok((row.get::<String>(0)?, row.get::<i64>(1)?, row.get::<i64>(2)?, row.get::<i64>(3)?))
            })
        };
        let sold = store.read(self.customer, rows).expect("the database answers");
        for (state, quantity, charged, began) in &sold {
            let expected = if state == "active" { *quantity } else { 0 };
            assert_eq!((*charged, *began), (expected, 1), "what is {state} with {quantity} licenses");
        }
        let count = |statement, parameters: &[OrganizationId; 2]| {
            let [customer, partner] = *parameters;
            let read =
                |read: &store::Read<'_>| read.query_one(statement, params![customer, partner], |row| row.get::<i64>(0));
            store.read(store::Scope::Shared, read).expect("the database answers").unwrap_or_default()
        };
        assert_eq!(count(&UNFOUNDED, &[self.customer, self.partner]), 0, "charged to the partner without a reason");
        let over = sold.iter().filter(|(state, ..)| state == "disabled").count();
        let changed = self.changed(store);
        assert_eq!(over, changed, "what was replaced is over");
        let (known_sales, known_changes) = (self.sum(|client| client.sold), self.sum(|client| client.changed));
        let open = |wish: fn(&Wish) -> bool| self.sum(|client| client.is_open(wish));
        let sales = sold.len() - changed;
        let (open_sales, open_changes) =
            (open(|wish| matches!(wish, Wish::Sell)), open(|wish| matches!(wish, Wish::ChangePlan)));
        assert!((known_sales..=known_sales + open_sales).contains(&sales), "{sales} sales, {known_sales} answered");
        let may_be = known_changes..=known_changes + open_changes;
        assert!(may_be.contains(&changed), "{changed} changes of plan, {known_changes} answered");
    }

    fn changed(&self, store: &Store) -> usize {
        let read = |read: &store::Read<'_>| read.query_one(&PLANS_CHANGED, params![], |row| row.get::<i64>(0));
        let count = store.read(self.customer, read).expect("the database answers").unwrap_or_default();
        usize::try_from(count).expect("a count")
    }

    fn sum(&self, of: impl Fn(&Client) -> usize) -> usize {
        self.clients.iter().map(of).sum()
    }

    /// What is open is sent once more, and the rest of the work is done in peace: everything is charged once.
    fn finish(&mut self, database: &Database) {
        let mut server = serve(ZETEL.as_ref(), database);
        let authorization = format!("Bearer {}", self.secret);
        let headers = [("Authorization", authorization.as_str()), ("Content-Type", "application/json")];
        for client in &mut self.clients {
            let mut connection = HttpClient::connect(server.address, &headers).expect("the server listens");
            if let Some(request) = client.in_flight.take() {
                client.ask(&mut connection, request).expect("the server answers");
            }
        }
        let store = database.open();
        let begin = Instant::now();
        let left = || {
            let work = |read: &store::Read<'_>| read.query_one(&WORK_LEFT, params![], |row| row.get::<i64>(0));
            store.read(self.customer, work).expect("the database answers").unwrap_or_default()
        };
        while left() > 0 {
            assert!(begin.elapsed() < PATIENCE, "{} jobs are left", left());
            std::thread::sleep(Duration::from_millis(100));
        }
        self.check(&store);
        let (customer, partner) = (self.customer, self.partner);
        let read =
            |read: &store::Read<'_>| read.query_one(&MISSING, params![customer, partner], |row| row.get::<i64>(0));
        let missing = store.read(store::Scope::Shared, read).expect("the database answers");
        assert_eq!(missing, Some(0), "charges that the partner does not know of");
        let count = |of, statement| {
            let read = |read: &store::Read<'_>| read.query_one(statement, params![], |row| row.get::<i64>(0));
            store.read(of, read).expect("the database answers")
        };
        assert_eq!(count(partner, &NOTED), count(customer, &TO_NOTE), "what the partner's history says");
        assert_eq!(self.sum(|client| client.changed), self.changed(&store));
        println!("{} sales, {} changes of plan", self.sum(|client| client.sold), self.sum(|client| client.changed));
        server.kill_after(Duration::ZERO);
    }
}

impl Client {
    fn new(world: &World, number: usize) -> Self {
        let (office, suite) = (world.product(&format!("Office {number}")), world.product(&format!("Suite {number}")));
        let _ = world.apps(&office, &["Documents"]);
        let _ = world.apps(&suite, &["Documents", "Telephone"]);
        let price = |sku, minor| {
            let amount = Money::new(minor, Currency::Eur);
            world.price(sku, Term::Annual, BillingFrequency::Monthly, amount).id
        };
        Self {
            number,
            path: format!("/api/v1/customers/{}/subscriptions", world.organization),
            office: price(&office, 1_000),
            suite: price(&suite, 2_500),
            now: None,
            asked: 0,
            sold: 0,
            changed: 0,
            in_flight: None,
        }
    }

    /// Whether such a wish has no answer yet: one, or none.
    fn is_open(&self, wish: fn(&Wish) -> bool) -> usize {
        usize::from(self.in_flight.as_ref().is_some_and(|request| wish(&request.wish)))
    }

    fn ask_until_the_server_dies(&mut self, address: SocketAddr, headers: &[(&str, &str)], answers: &AtomicUsize) {
        let Ok(mut connection) = HttpClient::connect(address, headers) else { return };
        loop {
            // First again what had no answer from the server before.
            let request = self.in_flight.take().unwrap_or_else(|| self.choose());
            if self.ask(&mut connection, request).is_err() {
                return;
            }
            answers.fetch_add(1, Ordering::Relaxed);
        }
    }

    fn ask(&mut self, connection: &mut HttpClient, request: Request) -> std::io::Result<()> {
        let Request { method, path, body, key, .. } = &request;
        let answer = match connection.send(method, path, &[("Idempotency-Key", key)], body) {
            Ok(answer) => answer,
            Err(error) => {
                self.in_flight = Some(request);
                return Err(error);
            }
        };
        assert!([200, 201].contains(&answer.status), "{method} {path} {body}: {answer:?}");
        let answered: serde_json::Value = serde_json::from_str(&answer.body).expect("an answer is JSON");
        let id = answered["id"].as_str().expect("a subscription").to_owned();
        match request.wish {
            Wish::Sell => {
                self.sold += 1;
                self.now = Some((id, FIRST_QUANTITY));
            }
            Wish::SetQuantity(total) => {
                assert_eq!(answered["quantity"], total);
                self.now = Some((id, total));
            }
            Wish::ChangePlan => {
                self.changed += 1;
                self.now = None;
            }
        }
        Ok(())
    }

    fn choose(&mut self) -> Request {
        self.asked += 1;
        let (key, path) = (format!("{}-{}", self.number, self.asked), &self.path);
        let order = |price: PriceId, quantity: u32| format!(r#"{{"price_id":"{price}","quantity":{quantity}}}"#);
        match &self.now {
            None => {
                let body = order(self.office, FIRST_QUANTITY);
                Request { wish: Wish::Sell, method: "POST", path: path.clone(), body, key }
            }
            Some((id, LAST_QUANTITY)) => {
                let (path, body) = (format!("{path}/{id}/change-plan"), order(self.suite, LAST_QUANTITY));
                Request { wish: Wish::ChangePlan, method: "POST", path, body, key }
            }
            Some((id, total)) => {
                let (path, total) = (format!("{path}/{id}/quantity"), total + 1);
                let body = format!(r#"{{"total":{total}}}"#);
                Request { wish: Wish::SetQuantity(total), method: "PUT", path, body, key }
            }
        }
    }
}
