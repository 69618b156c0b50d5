//! The keys of an organization.

use crate::door::{Look, Query};
use crate::failure::Failure;
use domain::access::permission::{ManageApiTokens, ReadApiTokens};
use domain::ids::ApiTokenId;
use domain::refusal::Refusal;
use store::tables::api_token::{self, ListedApiToken};

/// Asks for every key, the newest first, revoked ones too.
#[derive(Debug, Clone, Copy)]
pub struct ApiTokens;

impl Query for ApiTokens {
    type Permission = ReadApiTokens;
    type Outcome = Vec<ListedApiToken>;

    fn run(&self, look: &Look<'_, ReadApiTokens>) -> Result<Self::Outcome, Failure> {
        Ok(api_token::list(look.read)?)
    }
}

/// Asks for one key.
#[derive(Debug, Clone, Copy)]
pub struct FindApiToken(pub ApiTokenId);

impl Query for FindApiToken {
    type Permission = ManageApiTokens;
    type Outcome = ListedApiToken;

    fn run(&self, look: &Look<'_, ManageApiTokens>) -> Result<ListedApiToken, Failure> {
        Ok(api_token::find(look.read, self.0)?.ok_or(Refusal::NotFound)?)
    }
}
