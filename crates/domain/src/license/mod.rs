//! Licenses in use: which person holds which product, from which subscription (D1).

pub mod assign;
pub mod change_apps;
pub mod unassign;

use crate::ids::{ProductId, ServicePlanId, SubscriptionId, UserId};
use jiff::Timestamp;

/// A person's license of a product. A person holds a product at most once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assignment {
    /// Who.
    pub user_id: UserId,
    /// Of what.
    pub product_id: ProductId,
    /// The subscription that it belongs to.
    pub subscription_id: SubscriptionId,
    /// Since when.
    pub assigned_at: Timestamp,
    /// Apps that are switched off.
    pub disabled_plans: Vec<ServicePlanId>,
    /// Since when it is in conflict; it then counts for no subscription (D1).
    pub conflict_since: Option<Timestamp>,
}
