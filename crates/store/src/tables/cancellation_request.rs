//! Buyers of self-service subscriptions, and whether they were asked to cancel (domain 5.5; R122, R127).

use crate::{Read, Result, Row, Write, params, statements};
use domain::ids::{ProductId, SubscriptionId, UserId};
use domain::subscription::{Channel, SubscriptionState};
use jiff::Timestamp;
use jiff::civil::Date;

/// What users bought of the product `$2`. What is deleted is shown when its buyer was asked to cancel it.
macro_rules! bought_of_product {
    () => {
        "FROM subscription s JOIN \"user\" h ON h.organization_id = s.organization_id AND h.id = s.holder_id \
         LEFT JOIN cancellation_request r ON r.organization_id = s.organization_id AND r.subscription_id = s.id \
         LEFT JOIN \"user\" b ON b.organization_id = s.organization_id AND b.id = r.requested_by \
         WHERE s.organization_id = $1 AND s.product_id = $2 AND (s.state <> 'deleted' OR r.requested_at IS NOT NULL) "
    };
}

statements! {
    BUYERS_OF_PRODUCT: organization = concat!("SELECT s.id, s.holder_id, h.display_name, h.email, s.state, \
        s.canceled_on, s.ends_on, s.quantity, CAST(s.assigned + s.conflicts AS BIGINT), r.requested_at, \
        COALESCE(b.display_name, ''), s.channel, h.state = 'deleted' ", bought_of_product!(), "AND ($4 OR (h.sort_name, s.id) > \
        (SELECT u.sort_name, l.id FROM subscription l \
        JOIN \"user\" u ON u.organization_id = l.organization_id AND u.id = l.holder_id \
        WHERE l.organization_id = $1 AND l.id = $5)) ORDER BY h.sort_name, s.id LIMIT $3");
    BUYERS_SUMMED: organization = concat!("SELECT s.state, MAX(s.canceled_on), COUNT(*), \
        CAST(SUM(s.assigned + s.conflicts) AS BIGINT), \
        COUNT(CASE WHEN r.requested_at IS NULL AND h.state <> 'deleted' AND s.assigned + s.conflicts = 0 THEN 1 END), s.channel ", bought_of_product!(),
        "GROUP BY s.state, s.channel, s.canceled_on IS NULL");
    SET_CANCELLATION_REQUEST: organization = "INSERT INTO cancellation_request (organization_id, subscription_id, \
        requested_at, requested_by) VALUES ($1, $2, $3, $4) ON CONFLICT (organization_id, subscription_id) \
        DO UPDATE SET requested_at = excluded.requested_at, requested_by = excluded.requested_by";
}

/// A subscription that a user bought, with the buyer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BoughtByUser {
    /// Which.
    pub subscription_id: SubscriptionId,
    /// Who bought it.
    pub buyer_id: UserId,
    /// The name of the buyer.
    pub buyer: String,
    /// The address of the buyer.
    pub email: String,
    /// Whether the buyer has left the organization, so that nobody can be asked.
    pub has_left: bool,
    /// Whether it was bought, is tried, or costs nothing.
    pub channel: Channel,
    /// Its state.
    pub state: SubscriptionState,
    /// The day on which it was canceled.
    pub canceled_on: Option<Date>,
    /// The day on which it renews or expires.
    pub ends_on: Date,
    /// Its licenses.
    pub quantity: u32,
    /// People who have one, with those in conflict.
    pub people: i64,
    /// When the buyer was last asked to cancel.
    pub asked_at: Option<Timestamp>,
    /// By whom; empty when nobody did, or the person is gone for good.
    pub asked_by: String,
}

fn bought(row: &Row<'_>) -> Result<BoughtByUser> {
    Ok(BoughtByUser {
        subscription_id: row.get(0)?,
        buyer_id: row.get(1)?,
        buyer: row.get(2)?,
        email: row.get(3)?,
        state: row.code(4, SubscriptionState::from_code)?,
        canceled_on: row.get(5)?,
        ends_on: row.get(6)?,
        quantity: row.get(7)?,
        people: row.get(8)?,
        asked_at: row.get(9)?,
        asked_by: row.get(10)?,
        channel: row.code(11, Channel::from_code)?,
        has_left: row.get(12)?,
    })
}

/// The subscriptions of a product that users bought, by the name of the buyer, after the last one of the page before.
///
/// # Errors
/// When the database fails.
pub fn of_product(
    read: &Read<'_>,
    product: ProductId,
    after: Option<SubscriptionId>,
    limit: usize,
) -> Result<Vec<BoughtByUser>> {
    read.query(&BUYERS_OF_PRODUCT, params![product, limit as i64, after.is_none(), after], bought)
}

/// What users bought of a product, summed by where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BoughtByUsers {
    /// Whether these were bought, are tried, or cost nothing.
    pub channel: Channel,
    /// The state of these subscriptions.
    pub state: SubscriptionState,
    /// The last day on which one of them was canceled; none when none was.
    pub canceled_on: Option<Date>,
    /// How many there are.
    pub count: i64,
    /// People who have a license of them, with those in conflict.
    pub people: i64,
    /// Of how many the buyer is here and was never asked to cancel, and nobody has a license of it.
    pub never_asked: i64,
}

/// The sums over what users bought of a product, by what it is, its state and whether it was canceled.
///
/// # Errors
/// When the database fails.
pub fn sums_of_product(read: &Read<'_>, product: ProductId) -> Result<Vec<BoughtByUsers>> {
    read.query(&BUYERS_SUMMED, params![product], |row| {
        Ok(BoughtByUsers {
            state: row.code(0, SubscriptionState::from_code)?,
            canceled_on: row.get(1)?,
            count: row.get(2)?,
            people: row.get(3)?,
            never_asked: row.get(4)?,
            channel: row.code(5, Channel::from_code)?,
        })
    })
}

/// Notes that the buyer of a subscription is asked to cancel it.
///
/// # Errors
/// When the database fails.
pub fn set(write: &Write<'_>, subscription: SubscriptionId, at: Timestamp, by: Option<UserId>) -> Result<()> {
    write.change(&SET_CANCELLATION_REQUEST, params![subscription, at, by])
}
