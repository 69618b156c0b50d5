//! Batches, what became of their keys, and a key by its last five characters or in full.

use super::guessing;
use crate::door::{App, Caller, Look, Query};
use crate::failure::Failure;
use domain::access::permission::OperateProductKeys;
use domain::ids::{OrganizationId, ProductKeyBatchId};
use domain::limits::PAGE_ROWS;
use domain::product_key::code::{KEY_LENGTH, KeyCode, read_last_five};
use domain::refusal::{Field, Refusal};
use jiff::Timestamp;
use store::tables::product_key::{self, Batch, KeyRedemption, StoredKey};
use uuid::Uuid;

/// Asks for a page of batches. About the operator's own organization, as everything here.
#[derive(Debug, Clone, Copy)]
pub struct ListBatches {
    /// The last one of the page before.
    pub before: Option<ProductKeyBatchId>,
    /// How many at most.
    pub limit: usize,
}

/// A page of batches, the newest first.
#[derive(Debug, Clone)]
pub struct BatchPage {
    /// The batches.
    pub rows: Vec<Batch>,
    /// The last one, when there are older ones.
    pub next: Option<ProductKeyBatchId>,
    /// Who tried so many unknown keys lately that they may not go on.
    pub guessing: Vec<(String, i64, Timestamp)>,
}

impl Query for ListBatches {
    type Permission = OperateProductKeys;
    type Outcome = BatchPage;

    fn run(&self, look: &Look<'_, OperateProductKeys>) -> Result<BatchPage, Failure> {
        let mut rows = product_key::batches(look.read, self.before, self.limit + 1)?;
        let has_more = rows.len() > self.limit;
        rows.truncate(self.limit);
        let next = if has_more { rows.last().map(|row| row.id) } else { None };
        Ok(BatchPage { rows, next, guessing: guessing::recent(look.read, look.now())? })
    }
}

/// Asks for a batch with what was redeemed of it.
#[derive(Debug, Clone, Copy)]
pub struct BatchDetails(pub ProductKeyBatchId);

/// A batch with the newest redemptions of its keys.
#[derive(Debug, Clone)]
pub struct BatchView {
    /// The batch.
    pub batch: Batch,
    /// The newest redemptions, one page of them.
    pub redemptions: Vec<KeyRedemption>,
}

impl Query for BatchDetails {
    type Permission = OperateProductKeys;
    type Outcome = BatchView;

    fn run(&self, look: &Look<'_, OperateProductKeys>) -> Result<BatchView, Failure> {
        let batch = product_key::find_batch(look.read, self.0)?.ok_or(Refusal::NotFound)?;
        Ok(BatchView { batch, redemptions: product_key::redemptions(look.read, self.0, PAGE_ROWS)? })
    }
}

/// A key with who redeemed it.
#[derive(Debug, Clone)]
pub struct FoundKey {
    /// The key.
    pub stored: StoredKey,
    /// Who redeemed it, if somebody did.
    pub redemption: Option<KeyRedemption>,
}

/// Looks a key up by its last five characters or in full; several may end alike.
///
/// # Errors
/// What is wrong with the characters, at [`Field::ProductKeys`].
pub fn find_typed(
    app: &App,
    caller: &Caller,
    organization: OrganizationId,
    typed: &str,
) -> Result<Vec<FoundKey>, Failure> {
    let refused = |refusal: Refusal| Failure::from(refusal.at(Field::ProductKeys));
    let wanted = if typed.chars().filter(|character| character.is_alphanumeric()).count() < KEY_LENGTH {
        FindKeys::LastFive(read_last_five(typed).map_err(refused)?)
    } else {
        FindKeys::Hash(super::secret(app)?.hash(&KeyCode::read(typed).map_err(refused)?))
    };
    app.read(caller, organization, &wanted)
}

/// Asks for keys.
#[derive(Debug, Clone)]
pub enum FindKeys {
    /// Those that end so.
    LastFive(String),
    /// The one whose characters have this hash.
    Hash(Uuid),
}

impl Query for FindKeys {
    type Permission = OperateProductKeys;
    type Outcome = Vec<FoundKey>;

    fn run(&self, look: &Look<'_, OperateProductKeys>) -> Result<Vec<FoundKey>, Failure> {
        let found = match self {
            Self::LastFive(last_five) => product_key::by_last_five(look.read, last_five, PAGE_ROWS)?,
            Self::Hash(hash) => product_key::find(look.read, *hash)?.into_iter().collect(),
        };
        let with_redemption = |stored: StoredKey| {
            Ok(FoundKey { redemption: product_key::redemption_of(look.read, stored.key_hash)?, stored })
        };
        found.into_iter().map(with_redemption).collect()
    }
}
