//! What was tried, so that nobody tries a product twice (domain 1.7).

use crate::{Read, Result, Write, params, statements};
use domain::ids::{OrganizationId, ProductId, UserId};
use uuid::Uuid;

statements! {
    WAS_TRIED: organization = "SELECT 1 FROM trial WHERE organization_id = $1 AND holder_id = $2 AND product_id = $3";
    INSERT_TRIAL: organization = "INSERT INTO trial (organization_id, holder_id, product_id) VALUES ($1, $2, $3)";
}

/// Who tries something: a user for the team, or the organization itself.
#[derive(Debug, Clone, Copy)]
pub enum Tester {
    /// The organization.
    Organization(OrganizationId),
    /// A user.
    User(UserId),
}

impl Tester {
    fn id(self) -> Uuid {
        match self {
            Self::Organization(id) => id.uuid(),
            Self::User(id) => id.uuid(),
        }
    }
}

/// Whether somebody tried a product before.
///
/// # Errors
/// When the database fails.
pub fn was_tried(read: &Read<'_>, tester: Tester, product: ProductId) -> Result<bool> {
    Ok(read.query_one(&WAS_TRIED, params![tester.id(), product], |row| row.get::<i64>(0))?.is_some())
}

/// Notes that somebody tries a product.
///
/// # Errors
/// When the database fails, or it was tried before.
pub fn insert(write: &Write<'_>, tester: Tester, product: ProductId) -> Result<()> {
    write.change(&INSERT_TRIAL, params![tester.id(), product])
}
