//! Partners, the customers that they serve, and what they sold.

use crate::{Read, Result, Row, Write, params, statements};
use domain::ids::{OrganizationId, SubscriptionId};
use domain::organization::OrganizationKind;
use domain::partner::{Partner, Relationship, RelationshipState};
use domain::user::fold;
use jiff::Timestamp;

statements! {
    PARTNER: organization = "SELECT o.id, o.name, o.kind, p.contact, p.link FROM partner p \
        JOIN organization o ON o.id = p.organization_id WHERE p.organization_id = $1";
    SET_PARTNER: organization = "INSERT INTO partner (organization_id, contact, link) VALUES ($1, $2, $3) \
        ON CONFLICT (organization_id) DO UPDATE SET contact = excluded.contact, link = excluded.link";
    // A customer sees what its own partners say of themselves.
    RELATIONSHIPS: organization = "SELECT o.id, o.name, o.kind, p.contact, p.link, r.state, r.changed_at, r.revision \
        FROM partner_relationship r JOIN organization o ON o.id = r.partner_id \
        JOIN partner p ON p.organization_id = r.partner_id \
        WHERE r.organization_id = $1 ORDER BY o.sort_name, o.id LIMIT $2";
    RELATIONSHIP: organization = "SELECT o.id, o.name, o.kind, p.contact, p.link, r.state, r.changed_at, r.revision \
        FROM partner_relationship r JOIN organization o ON o.id = r.partner_id \
        JOIN partner p ON p.organization_id = r.partner_id WHERE r.organization_id = $1 AND r.partner_id = $2";
    INSERT_RELATIONSHIP: organization = "INSERT INTO partner_relationship (organization_id, partner_id, state, \
        changed_at) VALUES ($1, $2, $3, $4)";
    UPDATE_RELATIONSHIP: organization = "UPDATE partner_relationship SET state = $4, changed_at = $5, \
        revision = revision + 1 WHERE organization_id = $1 AND partner_id = $2 AND revision = $3";
    CUSTOMERS_OF_PARTNER: shared = "SELECT o.id, o.name, o.country, r.state, r.changed_at, (SELECT COUNT(*) \
        FROM subscription s WHERE s.organization_id = o.id AND s.partner_id = r.partner_id AND s.state <> 'deleted') \
        FROM partner_relationship r JOIN organization o ON o.id = r.organization_id WHERE r.partner_id = $1 \
        AND r.state <> 'ended' AND o.sort_name LIKE $2 ESCAPE '\\' AND (o.sort_name, o.id) > ($3, $4) \
        ORDER BY o.sort_name, o.id LIMIT $5";
    PARTNER_OF_SUBSCRIPTION: organization = "SELECT partner_id FROM subscription WHERE organization_id = $1 AND id = $2";
    SET_PARTNER_OF_SUBSCRIPTION: organization = "UPDATE subscription SET partner_id = $3 WHERE organization_id = $1 \
        AND id = $2";
}

fn partner(row: &Row<'_>) -> Result<Partner> {
    Ok(Partner {
        id: row.get(0)?,
        name: row.get(1)?,
        kind: row.code(2, OrganizationKind::from_code)?,
        contact: row.get(3)?,
        link: row.get(4)?,
    })
}

fn relationship(row: &Row<'_>) -> Result<Relationship> {
    Ok(Relationship {
        partner: partner(row)?,
        state: row.code(5, RelationshipState::from_code)?,
        changed_at: row.get(6)?,
        revision: row.get(7)?,
    })
}

/// What the organization says of itself as a partner, when it is one.
///
/// # Errors
/// When the database fails.
pub fn find(read: &Read<'_>) -> Result<Option<Partner>> {
    read.query_one(&PARTNER, params![], partner)
}

/// Saves how customers reach the organization, and where they buy more.
///
/// # Errors
/// When the database fails.
pub fn set(write: &Write<'_>, contact: &str, link: &str) -> Result<()> {
    write.change(&SET_PARTNER, params![contact, link])
}

/// The partners of the organization by name, those it no longer has included.
///
/// # Errors
/// When the database fails.
pub fn relationships(read: &Read<'_>, limit: usize) -> Result<Vec<Relationship>> {
    read.query(&RELATIONSHIPS, params![limit as i64], relationship)
}

/// How the organization stands with a partner.
///
/// # Errors
/// When the database fails.
pub fn relationship_with(read: &Read<'_>, partner: OrganizationId) -> Result<Option<Relationship>> {
    read.query_one(&RELATIONSHIP, params![partner], relationship)
}

/// Adds a relationship with a partner.
///
/// # Errors
/// When the database fails.
pub fn insert_relationship(
    write: &Write<'_>,
    partner: OrganizationId,
    state: RelationshipState,
    at: Timestamp,
) -> Result<()> {
    write.change(&INSERT_RELATIONSHIP, params![partner, state.code(), at])
}

/// Gives a relationship that was read at its revision another state.
///
/// # Errors
/// When the database fails, or somebody changed it meanwhile.
pub fn update_relationship(
    write: &Write<'_>,
    read: &Relationship,
    state: RelationshipState,
    at: Timestamp,
) -> Result<()> {
    write.change(&UPDATE_RELATIONSHIP, params![read.partner.id, read.revision, state.code(), at])
}

/// A customer as its partner sees it in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedCustomer {
    /// Its organization.
    pub id: OrganizationId,
    /// Its name.
    pub name: String,
    /// Its country.
    pub country: String,
    /// How they stand.
    pub state: RelationshipState,
    /// Since when.
    pub changed_at: Timestamp,
    /// How many subscriptions the partner sold to it.
    pub subscriptions: i64,
}

/// The customers of a partner by name, whose name contains `search`, after the last one of the page before.
///
/// # Errors
/// When the database fails.
pub fn customers(
    read: &Read<'_>,
    partner: OrganizationId,
    search: &str,
    after: Option<(&str, OrganizationId)>,
    limit: usize,
) -> Result<Vec<ListedCustomer>> {
    let (name, id) = after.map_or(("", uuid::Uuid::nil()), |(name, id)| (name, id.uuid()));
    let pattern = format!("%{}%", crate::tables::escape_like(&fold(search)));
    read.query(&CUSTOMERS_OF_PARTNER, params![partner, pattern, fold(name), id, limit as i64], |row| {
        Ok(ListedCustomer {
            id: row.get(0)?,
            name: row.get(1)?,
            country: row.get(2)?,
            state: row.code(3, RelationshipState::from_code)?,
            changed_at: row.get(4)?,
            subscriptions: row.get(5)?,
        })
    })
}

/// The partner that sold a subscription, when one did.
///
/// # Errors
/// When the database fails.
pub fn seller_of(read: &Read<'_>, subscription: SubscriptionId) -> Result<Option<OrganizationId>> {
    Ok(read.query_one(&PARTNER_OF_SUBSCRIPTION, params![subscription], |row| row.get(0))?.flatten())
}

/// Notes which partner sold a subscription.
///
/// # Errors
/// When the database fails.
pub fn set_seller(write: &Write<'_>, subscription: SubscriptionId, partner: OrganizationId) -> Result<()> {
    write.change(&SET_PARTNER_OF_SUBSCRIPTION, params![subscription, partner])
}
