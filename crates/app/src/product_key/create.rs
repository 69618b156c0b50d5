//! Make a batch of product keys: at once its row, then in the background its keys, chunk by chunk.

use super::ProductKeySecret;
use crate::door::{App, Caller, Change, Command, Look, Query};
use crate::failure::Failure;
use crate::job::{Running, Work};
use domain::access::permission::OperateProductKeys;
use domain::event::{Event, Subjects};
use domain::ids::{JobId, OrganizationId, ProductKeyBatchId, SkuId};
use domain::limits::CHUNK_KEYS;
use domain::product_key::create::BatchDraft;
use domain::refusal::{Field, Refusal};
use serde::{Deserialize, Serialize};
use store::Scope;
use store::tables::{catalog, product_key};
use uuid::Uuid;

/// Random bytes that distinguish a batch from all others.
const SEED_BYTES: usize = 32;
/// Keys that are sorted by their hashes before they are stored chunk by chunk: a chunk then changes one part of the
/// table, and not a row on each of its pages. They take a few megabytes.
const SORTED_KEYS: u32 = 100_000;

/// Asks for what keys can be made of.
#[derive(Debug, Clone, Copy)]
pub struct SkusForKeys;

/// Something that keys can be made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SkuForKeys {
    /// Which.
    pub sku_id: SkuId,
    /// Its part number.
    pub part_number: String,
    /// The name of its product.
    pub product_name: String,
}

impl Query for SkusForKeys {
    type Permission = OperateProductKeys;
    type Outcome = Vec<SkuForKeys>;

    fn run(&self, look: &Look<'_, OperateProductKeys>) -> Result<Vec<SkuForKeys>, Failure> {
        let sku = |(sku_id, part_number, product_name)| SkuForKeys { sku_id, part_number, product_name };
        Ok(catalog::skus_on_sale(look.read)?.into_iter().map(sku).collect())
    }
}

/// Makes product keys. About the operator's own organization.
#[derive(Debug, Clone)]
pub struct CreateBatch {
    /// What they stand for.
    pub sku_id: SkuId,
    /// How many, of what, until when.
    pub draft: BatchDraft,
    seed: [u8; SEED_BYTES],
}

/// A batch and the work that makes its keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CreatedBatch {
    /// The batch.
    pub batch_id: ProductKeyBatchId,
    /// The work.
    pub job_id: JobId,
}

impl CreateBatch {
    /// A batch with fresh randomness.
    ///
    /// # Errors
    /// [`Refusal::KeysNotSetUp`]; when the system gives no randomness.
    pub fn prepare(app: &App, sku_id: SkuId, draft: BatchDraft) -> Result<Self, Failure> {
        super::secret(app)?;
        let mut seed = [0; SEED_BYTES];
        getrandom::fill(&mut seed).map_err(Failure::internal)?;
        Ok(Self { sku_id, draft, seed })
    }
}

impl Command for CreateBatch {
    type Permission = OperateProductKeys;
    type Outcome = CreatedBatch;
    const NAME: &'static str = "create_product_keys";

    fn execute(&self, change: &Change<'_, OperateProductKeys>) -> Result<CreatedBatch, Failure> {
        let unknown = || Failure::from(Refusal::UnknownChoice.at(Field::Sku));
        let sku = catalog::find_sku(change.write, self.sku_id)?.ok_or_else(unknown)?;
        let product = catalog::find_product(change.write, sku.product_id)?.ok_or_else(unknown)?;
        let country = self.draft.check(&product, &sku, change.today())?;
        let batch_id = ProductKeyBatchId::from_uuid(change.new_id());
        let job_id = change.enqueue(&MakeKeys { batch_id }, i64::from(self.draft.key_count))?;
        let new = product_key::NewBatch {
            id: batch_id,
            sku_id: sku.id,
            quantity: self.draft.quantity,
            term: self.draft.term,
            country: country.as_deref(),
            redeem_by: self.draft.redeem_by,
            key_count: self.draft.key_count,
            seed: &self.seed,
            job_id,
            created_by: &change.granted.actor().name,
            created_at: change.now(),
        };
        product_key::insert_batch(change.write, &new)?;
        let event = Event::ProductKeysCreated {
            part_number: sku.part_number,
            quantity: self.draft.quantity,
            term: self.draft.term,
            keys: self.draft.key_count,
        };
        change.record(Subjects { product: Some(product.id), ..Subjects::default() }, &event)?;
        Ok(CreatedBatch { batch_id, job_id })
    }
}

/// Makes a batch and waits until all its keys are there. Blocks.
///
/// # Errors
/// Fields that are wrong, [`Refusal::KeysNotSetUp`], or the failure of the database.
pub fn create_now(
    app: &App,
    caller: &Caller,
    organization: OrganizationId,
    sku_id: SkuId,
    draft: BatchDraft,
) -> Result<ProductKeyBatchId, Failure> {
    let command = CreateBatch::prepare(app, sku_id, draft)?;
    let created = app.write(caller, organization, command).wait()?;
    app.work_now(organization, created.job_id)?;
    let batch = app.store().glance(Scope::Shared, |read| product_key::find_batch(read, created.batch_id))?;
    match batch {
        Some(batch) if batch.is_made() => Ok(batch.id),
        // It failed, or another process has it: it goes on by itself.
        _ => Err(Refusal::BatchNotReady.into()),
    }
}

/// The work that makes the keys of a batch. It may die anywhere: the batch knows how many are made.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct MakeKeys {
    batch_id: ProductKeyBatchId,
}

impl Work for MakeKeys {
    const KIND: &'static str = "make_product_keys";

    fn run(&self, job: &Running<'_>) -> Result<serde_json::Value, Failure> {
        let secret = super::secret(job.app)?;
        let id = self.batch_id;
        let (batch, seed) = job.app.store().read(Scope::Shared, |read| {
            let batch = product_key::find_batch(read, id)?.ok_or(Refusal::NotFound)?;
            Ok::<_, Failure>((batch, product_key::seed(read, id)?))
        })?;
        // Revoked meanwhile: then nobody needs the rest.
        let Some(seed) = seed else { return Ok(serde_json::json!({ "keys": batch.made_count })) };
        let (mut made, total) = (batch.made_count, batch.key_count);
        while made < total {
            let begin = made - made % SORTED_KEYS;
            let sorted = sorted(secret, &seed, begin..total.min(begin + SORTED_KEYS));
            for keys in sorted[(made - begin) as usize..].chunks(CHUNK_KEYS as usize) {
                let next = MakeChunk { batch_id: id, job_id: job.id, made, total, keys: keys.to_vec() };
                job.app.write(&job.caller, job.organization, next).wait()?;
                made += keys.len() as u32;
            }
        }
        Ok(serde_json::json!({ "keys": made }))
    }
}

/// Hashes and last characters of the keys of some places, in the order of the hashes.
fn sorted(secret: &ProductKeySecret, seed: &[u8], places: std::ops::Range<u32>) -> Vec<(Uuid, String)> {
    let keys = places.map(|place| secret.key(seed, place));
    let mut rows: Vec<_> = keys.map(|key| (secret.hash(&key), key.last_five())).collect();
    rows.sort_unstable();
    rows
}

/// Adds the next keys of a batch.
struct MakeChunk {
    batch_id: ProductKeyBatchId,
    job_id: JobId,
    made: u32,
    total: u32,
    keys: Vec<(Uuid, String)>,
}

impl Command for MakeChunk {
    type Permission = OperateProductKeys;
    type Outcome = ();
    const NAME: &'static str = "create_product_keys";

    fn execute(&self, change: &Change<'_, OperateProductKeys>) -> Result<(), Failure> {
        product_key::insert_keys(change.write, self.batch_id, self.made, &self.keys)?;
        let done = i64::from(self.made) + self.keys.len() as i64;
        change.progress(self.job_id, done, i64::from(self.total))
    }
}
