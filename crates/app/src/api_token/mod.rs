//! Keys of programs: who made them, what they may do, and who holds one.

mod create;
mod list;
mod revoke;

pub use create::{CreateApiToken, CreatedApiToken};
pub use list::{ApiTokens, FindApiToken};
pub use revoke::RevokeApiToken;
pub use store::tables::api_token::ListedApiToken;

use crate::door::App;
use crate::failure::Failure;
use crate::session::hash_token;
use domain::access::Actor;
use domain::refusal::Refusal;
use store::Scope;
use store::tables::api_token;

/// What every secret of a program begins with, so that people and scanners recognize one.
pub const SECRET_PREFIX: &str = "zetel_";

/// The program that holds this secret, `zetel_…`. Comes before anybody is known, so it passes beside the door.
///
/// # Errors
/// [`Refusal::NotSignedIn`] when the key is unknown, revoked or expired, or its organization is suspended.
pub fn actor_by_token(app: &App, secret: &str) -> Result<Actor, Failure> {
    let secret = secret.strip_prefix(SECRET_PREFIX).ok_or(Refusal::NotSignedIn)?;
    let hash = hash_token(secret);
    let found = app.store().glance(Scope::Shared, |read| api_token::actor(read, &hash, app.now()))?;
    found.ok_or_else(|| Refusal::NotSignedIn.into())
}
