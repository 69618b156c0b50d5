//! Make a key for a program.

use super::SECRET_PREFIX;
use crate::door::{Change, Command};
use crate::failure::Failure;
use crate::session::SecretToken;
use domain::access::permission::ManageApiTokens;
use domain::api_token::ApiTokenDraft;
use domain::event::{Event, Subjects};
use domain::ids::ApiTokenId;
use domain::organization::OrganizationKind;
use store::tables::api_token;

/// Makes a key. The secret exists before the command runs, so that running again gives the same one.
#[derive(Debug, Clone)]
pub struct CreateApiToken {
    draft: ApiTokenDraft,
    secret: SecretToken,
}

/// A key that was just made; its secret is shown now and never again.
#[derive(Debug, Clone)]
pub struct CreatedApiToken {
    /// The key.
    pub id: ApiTokenId,
    /// What the program sends as its bearer token.
    pub secret: String,
}

impl CreateApiToken {
    /// Prepares a key with a fresh secret.
    ///
    /// # Errors
    /// When the system gives no randomness.
    pub fn new(draft: ApiTokenDraft) -> Result<Self, Failure> {
        Ok(Self { draft, secret: SecretToken::generate()? })
    }
}

impl Command for CreateApiToken {
    type Permission = ManageApiTokens;
    type Outcome = CreatedApiToken;
    const NAME: &'static str = "create_api_token";

    fn execute(&self, change: &Change<'_, ManageApiTokens>) -> Result<CreatedApiToken, Failure> {
        // Keys live by the system's clock, as sessions do: a sandbox's clock must not open or close doors.
        let is_operators = change.organization().kind == OrganizationKind::Operator;
        let token = self.draft.check(ApiTokenId::from_uuid(change.new_id()), change.system_now(), is_operators)?;
        api_token::insert(change.write, &token, &self.secret.hash(), change.granted.actor().user())?;
        let event = Event::ApiTokenCreated { name: token.name, scopes: token.scopes };
        change.record(Subjects::default(), &event)?;
        Ok(CreatedApiToken { id: token.id, secret: format!("{SECRET_PREFIX}{}", self.secret.secret()) })
    }
}
