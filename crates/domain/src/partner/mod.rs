//! Volume-licensing partners and CSP resellers: organizations that sell to customers and keep what they sold (domain
//! 1.1, 1.8, 2.2, 6; R66 to R68). A customer decides whom it lets in, and may end it; what was sold stays until its
//! end.

pub mod change_plan;
pub mod relate;
pub mod sell;
pub mod serve;

use crate::codes::coded;
use crate::event::Event;
use crate::ids::OrganizationId;
use crate::organization::OrganizationKind;
use jiff::Timestamp;

coded! {
    /// Where a customer and a partner stand.
    pub enum RelationshipState {
        /// The partner asked; the customer has not answered.
        Requested = "requested",
        /// The partner serves the customer.
        Active = "active",
        /// One of them ended it.
        Ended = "ended",
    }
}

/// What customers see of a partner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Partner {
    /// Its organization.
    pub id: OrganizationId,
    /// Its name.
    pub name: String,
    /// Whether it is a volume-licensing partner or a reseller.
    pub kind: OrganizationKind,
    /// How customers reach it: an address of mail or a telephone number.
    pub contact: String,
    /// Where customers buy more; empty when there is no such place.
    pub link: String,
}

/// A customer's relationship with a partner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Relationship {
    /// The partner.
    pub partner: Partner,
    /// Where they stand.
    pub state: RelationshipState,
    /// When that changed.
    pub changed_at: Timestamp,
    /// Counts the changes of this relationship.
    pub revision: i64,
}

/// What a customer reads of something that happened to what a partner sold to it: not what the partner pays for it.
#[must_use]
pub fn for_customer(event: &Event) -> Event {
    let mut shown = event.clone();
    match &mut shown {
        Event::SubscriptionStarted { unit_price: paid, .. }
        | Event::QuantityChanged { amount: paid, .. }
        | Event::SubscriptionRenewed { amount: paid, .. }
        | Event::SubscriptionReactivated { amount: paid, .. } => paid.minor = 0,
        Event::PlanChanged { credit, amount, .. } => (credit.minor, amount.minor) = (0, 0),
        _ => {}
    }
    shown
}
