//! Export the characters of the keys of a batch, once: only a file that was finished ends it, so one that broke off is
//! simply begun anew.

use crate::door::{App, Caller, Change, Command, Look, Query};
use crate::failure::Failure;
use domain::access::permission::OperateProductKeys;
use domain::event::{Event, Subjects};
use domain::ids::{OrganizationId, ProductKeyBatchId};
use domain::limits::CHUNK_KEYS;
use domain::product_key::code::KeyCode;
use domain::refusal::Refusal;
use store::tables::product_key::{self, Batch};

/// Asks for a batch that can be exported, with what its keys are made from.
struct Exportable(ProductKeyBatchId);

impl Query for Exportable {
    type Permission = OperateProductKeys;
    type Outcome = (Batch, Vec<u8>);

    fn run(&self, look: &Look<'_, OperateProductKeys>) -> Result<(Batch, Vec<u8>), Failure> {
        let batch = product_key::find_batch(look.read, self.0)?.ok_or(Refusal::NotFound)?;
        if batch.revoked_at.is_some() {
            return Err(Refusal::BatchRevoked.into());
        }
        if !batch.is_made() {
            return Err(Refusal::BatchNotReady.into());
        }
        let seed = product_key::seed(look.read, self.0)?.ok_or(Refusal::BatchExported)?;
        Ok((batch, seed))
    }
}

/// A file of keys that is being written.
#[derive(Debug, Clone)]
pub struct KeyFile {
    /// The batch.
    pub batch: Batch,
    seed: Vec<u8>,
}

impl KeyFile {
    /// Begins a file. Nothing changes by that.
    ///
    /// # Errors
    /// [`Refusal::BatchNotReady`], [`Refusal::BatchExported`], [`Refusal::BatchRevoked`], [`Refusal::KeysNotSetUp`].
    pub fn begin(
        app: &App,
        caller: &Caller,
        organization: OrganizationId,
        batch: ProductKeyBatchId,
    ) -> Result<Self, Failure> {
        super::secret(app)?;
        let (batch, seed) = app.read(caller, organization, &Exportable(batch))?;
        Ok(Self { batch, seed })
    }

    /// The next keys from a place on, and the place after them; no keys after the last one.
    ///
    /// # Errors
    /// [`Refusal::KeysNotSetUp`].
    pub fn keys(&self, app: &App, from: u32) -> Result<(Vec<KeyCode>, u32), Failure> {
        let secret = super::secret(app)?;
        let to = self.batch.key_count.min(from.saturating_add(CHUNK_KEYS));
        Ok(((from..to).map(|place| secret.key(&self.seed, place)).collect(), to))
    }
}

/// Notes that a file was finished: from now on Zetel knows no character of these keys but the last five.
#[derive(Debug, Clone, Copy)]
pub struct FinishExport(pub ProductKeyBatchId);

impl Command for FinishExport {
    type Permission = OperateProductKeys;
    type Outcome = ();
    const NAME: &'static str = "export_product_keys";

    fn execute(&self, change: &Change<'_, OperateProductKeys>) -> Result<(), Failure> {
        let batch = product_key::find_batch(change.write, self.0)?.ok_or(Refusal::NotFound)?;
        if batch.exported_at.is_some() {
            return Err(Refusal::BatchExported.into());
        }
        if batch.revoked_at.is_some() {
            return Err(Refusal::BatchRevoked.into());
        }
        product_key::set_exported(change.write, batch.id, change.now())?;
        let subjects = Subjects { product: Some(batch.product_id), ..Subjects::default() };
        let event = Event::ProductKeysExported { part_number: batch.part_number, keys: batch.key_count };
        change.record(subjects, &event)
    }
}
