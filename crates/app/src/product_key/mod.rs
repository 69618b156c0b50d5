//! Product keys: the operator makes, exports and revokes them, organizations redeem them (domain 3).

pub mod create;
pub mod export;
mod guessing;
pub mod list;
pub mod redeem;
pub mod revoke;
mod secret;

pub use secret::ProductKeySecret;
pub use store::tables::product_key::{Batch, KeyRedemption, StoredKey};

use crate::door::App;
use crate::failure::Failure;
use domain::refusal::Refusal;

/// The secret of this server's keys.
fn secret(app: &App) -> Result<&ProductKeySecret, Failure> {
    app.ports().product_keys.as_ref().ok_or_else(|| Refusal::KeysNotSetUp.into())
}

/// Whether this server has the secret without which there are no product keys.
#[must_use]
pub fn is_set_up(app: &App) -> bool {
    app.ports().product_keys.is_some()
}
