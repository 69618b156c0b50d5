//! Revoke a key, or all keys of a batch that nobody redeemed. What was redeemed stays what it is.

use crate::door::{App, Caller, Change, Command};
use crate::failure::Failure;
use domain::access::permission::OperateProductKeys;
use domain::event::{Event, Subjects};
use domain::ids::{OrganizationId, ProductKeyBatchId};
use domain::product_key::code::KeyCode;
use domain::refusal::{Field, Refusal};
use store::tables::product_key;
use uuid::Uuid;

/// Revokes the keys of a batch that nobody redeemed; gives how many those are.
#[derive(Debug, Clone, Copy)]
pub struct RevokeBatch(pub ProductKeyBatchId);

impl Command for RevokeBatch {
    type Permission = OperateProductKeys;
    type Outcome = i64;
    const NAME: &'static str = "revoke_product_keys";

    fn execute(&self, change: &Change<'_, OperateProductKeys>) -> Result<i64, Failure> {
        let batch = product_key::find_batch(change.write, self.0)?.ok_or(Refusal::NotFound)?;
        if batch.revoked_at.is_some() {
            return Err(Refusal::BatchRevoked.into());
        }
        let unused = batch.unused_count();
        product_key::revoke_batch(change.write, batch.id, change.now())?;
        let subjects = Subjects { product: Some(batch.product_id), ..Subjects::default() };
        let keys = u32::try_from(unused).unwrap_or_default();
        change.record(subjects, &Event::ProductKeyBatchRevoked { part_number: batch.part_number, keys })?;
        Ok(unused)
    }
}

/// Revokes the key with these characters, as somebody who was to have it, or should not, reads them out.
///
/// # Errors
/// As [`RevokeKey`]; what is wrong with the characters, at [`Field::ProductKeys`].
pub fn revoke_typed(app: &App, caller: &Caller, organization: OrganizationId, typed: &str) -> Result<(), Failure> {
    let code = KeyCode::read(typed).map_err(|refusal| refusal.at(Field::ProductKeys))?;
    let key_hash = super::secret(app)?.hash(&code);
    app.write(caller, organization, RevokeKey(key_hash)).wait()
}

/// Revokes a key that was found before, by its hash.
#[derive(Debug, Clone, Copy)]
pub struct RevokeKey(pub Uuid);

impl Command for RevokeKey {
    type Permission = OperateProductKeys;
    type Outcome = ();
    const NAME: &'static str = "revoke_product_keys";

    fn execute(&self, change: &Change<'_, OperateProductKeys>) -> Result<(), Failure> {
        let refused = |refusal: Refusal| Failure::from(refusal.at(Field::ProductKeys));
        let found = product_key::find(change.write, self.0)?.ok_or_else(|| refused(Refusal::KeyUnknown))?;
        if found.key.is_redeemed {
            return Err(refused(Refusal::KeyUsed));
        }
        if found.key.is_revoked {
            return Err(refused(Refusal::KeyRevoked));
        }
        product_key::revoke(change.write, self.0, change.now())?;
        let subjects = Subjects { product: Some(found.key.product_id), ..Subjects::default() };
        change.record(subjects, &Event::ProductKeyRevoked { last_five: found.key.last_five })
    }
}
