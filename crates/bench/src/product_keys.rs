//! Product keys: a million made in the background, and what redeeming one costs however many are stored.

use crate::bare;
use crate::measure::{Reach, Row, in_turns, peak_kib, readable, time};
use crate::rig::{Rig, Sold, caller};
use app::Caller;
use app::order::place::new_order_id;
use app::product_key::create::create_now;
use app::product_key::export::KeyFile;
use app::product_key::redeem::{Redeem, TypedKey, redeem};
use domain::access::Role;
use domain::catalog::Term;
use domain::ids::{OrganizationId, ProductKeyBatchId, SubscriptionId};
use domain::product_key::KeyUse;
use domain::product_key::create::BatchDraft;
use std::time::Duration;
use testkit::engines::Database;

const MANY: u32 = 1_000_000;
const SOME: u32 = 100_000;
const MAKE_LIMIT: Duration = Duration::from_secs(30);
/// How much more memory a million keys may take than a tenth of them, where both work on more pages than are kept in
/// memory.
const GROWTH_LIMIT_KIB: u64 = 16 * 1024;

const STORED_BEFORE: u32 = 4_000_000;
const STORED_FEW: u32 = 1_000;
const STORED_MANY: u32 = 10_000_000;
const ROUNDS: usize = 5;
const PER_ROUND: usize = 100;

/// Keys of an earlier batch, in the order of their hashes, so that ten million of them come in a minute.
const STORE: &str = "DROP INDEX product_key_by_last_five;
    WITH RECURSIVE place (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM place WHERE n + 1 < {count})
    INSERT INTO product_key (key_hash, batch_id, last_five)
    SELECT CAST(unhex(printf('%08x', n * (4294967296 / {count}))) || randomblob(12) AS BLOB), randomblob(16),
        substr(hex(randomblob(3)), 1, 5) FROM place;
    CREATE INDEX product_key_by_last_five ON product_key (last_five)";

/// A batch of a million keys, made and stored.
pub fn make() -> Vec<Row> {
    let empty = Database::sqlite();
    let (rig, house, operator, sold) = maker(&empty);
    let took = time(|| {
        batch(&rig, house, &operator, sold, MANY);
    });
    drop(rig);
    let full = with_keys(STORED_BEFORE);
    let (rig, house, operator, sold) = maker(&full);
    batch(&rig, house, &operator, sold, SOME);
    let before = peak_kib();
    batch(&rig, house, &operator, sold, MANY);
    let growth = peak_kib().saturating_sub(before);
    let memory = format!("{}.{} MiB", growth / 1024, growth % 1024 * 10 / 1024);
    vec![
        Row::of_limit("1,000,000 product keys made and stored, SQLite", readable(took), "30 s", took < MAKE_LIMIT),
        Row::of_limit("memory beyond that of 100,000", memory, "16 MiB", growth < GROWTH_LIMIT_KIB),
    ]
}

/// Redeeming one key after the other, with ten million stored and with a thousand.
pub fn redeem_one() -> Vec<Row> {
    let (few, many) = (Shop::open(STORED_FEW), Shop::open(STORED_MANY));
    let times = in_turns(ROUNDS, |round| few.redeem(round), |round| many.redeem(round));
    let each = |total: Duration| total / PER_ROUND as u32;
    let work = "redeem a product key with 10,000,000 stored, SQLite";
    vec![Row::of_times(work, "the same with 1,000 stored", (each(times.1), each(times.0)), Reach::AtMost(125))]
}

/// An organization with a prepaid subscription and keys for it, among so many others.
struct Shop {
    rig: Rig,
    organization: OrganizationId,
    admin: Caller,
    subscription_id: SubscriptionId,
    keys: Vec<String>,
    _database: Database,
}

impl Shop {
    fn open(stored: u32) -> Self {
        let database = with_keys(stored);
        let (rig, house, operator, sold) = maker(&database);
        let count = 1 + (ROUNDS + 1) * PER_ROUND;
        let batch = batch(&rig, house, &operator, sold, count as u32);
        let file = KeyFile::begin(&rig.app, &operator, house, batch).expect("it was not exported before");
        let (keys, _) = file.keys(&rig.app, 0).expect("the secret is there");
        let mut keys: Vec<_> = keys.iter().map(ToString::to_string).collect();
        let (organization, users) = rig.organization(1, &[], 1);
        let admin = caller(organization, users[0]);
        let first = keys.pop().expect("a key");
        let subscription_id = redeem_at(&rig, organization, &admin, None, first);
        Self { rig, organization, admin, subscription_id, keys, _database: database }
    }

    fn redeem(&self, round: usize) -> Duration {
        let keys = self.keys[round * PER_ROUND..][..PER_ROUND].to_vec();
        time(|| {
            for key in keys {
                redeem_at(&self.rig, self.organization, &self.admin, Some(self.subscription_id), key);
            }
        })
    }
}

fn redeem_at(
    rig: &Rig,
    organization: OrganizationId,
    admin: &Caller,
    subscription_id: Option<SubscriptionId>,
    text: String,
) -> SubscriptionId {
    let order_id = new_order_id(&rig.app);
    let redeemed = Redeem { subscription_id, keys: vec![TypedKey { key_use: KeyUse::Add, text }] };
    let redeemed = redeem(&rig.app, admin, organization, "127.0.0.1", order_id, &redeemed);
    redeemed.expect("the key is good").subscription_id
}

/// A database in which so many keys of an earlier batch are stored.
fn with_keys(count: u32) -> Database {
    let database = Database::sqlite();
    drop(Rig::open(&database));
    let store = STORE.replace("{count}", &count.to_string());
    bare::connect(&database.address()).execute_batch(&store).expect("keys are stored");
    database
}

/// An organization whose operator makes keys of something.
fn maker(database: &Database) -> (Rig, OrganizationId, Caller, Sold) {
    let rig = Rig::open(database);
    let sold = rig.products(1)[0];
    let (house, users) = rig.organization(1, &[sold], 1);
    let mut operator = caller(house, users[0]);
    operator.actor.roles = vec![Role::Operator];
    (rig, house, operator, sold)
}

fn batch(rig: &Rig, house: OrganizationId, operator: &Caller, sold: Sold, key_count: u32) -> ProductKeyBatchId {
    let draft = BatchDraft { quantity: 1, term: Term::Annual, key_count, country: String::new(), redeem_by: None };
    create_now(&rig.app, operator, house, sold.sku, draft).expect("keys are made")
}
