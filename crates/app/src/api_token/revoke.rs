//! Revoke the key of a program.

use crate::door::{Change, Command};
use crate::failure::Failure;
use domain::access::permission::ManageApiTokens;
use domain::event::{Event, Subjects};
use domain::ids::ApiTokenId;
use domain::refusal::Refusal;
use store::tables::api_token;

/// Revokes a key, from now on; revoking it again changes nothing.
#[derive(Debug, Clone, Copy)]
pub struct RevokeApiToken(pub ApiTokenId);

impl Command for RevokeApiToken {
    type Permission = ManageApiTokens;
    type Outcome = ();
    const NAME: &'static str = "revoke_api_token";

    fn execute(&self, change: &Change<'_, ManageApiTokens>) -> Result<(), Failure> {
        let found = api_token::find(change.write, self.0)?.ok_or(Refusal::NotFound)?.token;
        if found.revoked_at.is_some() {
            return Ok(());
        }
        api_token::revoke(change.write, self.0, change.system_now())?;
        change.record(Subjects::default(), &Event::ApiTokenRevoked { name: found.name })
    }
}
