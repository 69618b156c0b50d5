//! Use cases of partners and their customers (domain 1.8, 2.2, 6; R66 to R68).
//!
//! What a partner does at a customer is one transaction of the customer's organization: there stand the relationship,
//! the subscription and the history. The partner's own history, and what it is charged, follow as work in the
//! background ([`charge`]).

pub mod appoint;
pub mod change_plan;
pub(crate) mod charge;
pub mod customers;
pub mod relate;
pub mod sell;
pub mod serve;

use crate::failure::Failure;
use domain::access::Actor;
use domain::ids::OrganizationId;
use domain::partner::{Partner, RelationshipState};
use domain::refusal::Refusal;
use store::Read;
use store::tables::partner;

/// The partner for whom somebody acts, where the organization that is read let it in. Whoever it did not let in learns
/// nothing of it.
fn let_in(read: &Read<'_>, actor: &Actor) -> Result<Partner, Failure> {
    let related = home(actor).ok().map(|home| partner::relationship_with(read, home)).transpose()?.flatten();
    let active = related.filter(|related| related.state == RelationshipState::Active);
    Ok(active.ok_or(Refusal::NotFound)?.partner)
}

/// Where who acts is at home.
fn home(actor: &Actor) -> Result<OrganizationId, Refusal> {
    actor.home.ok_or(Refusal::NotFound)
}
