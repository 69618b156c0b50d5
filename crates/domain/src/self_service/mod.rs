//! Self-service purchases: what people may buy for themselves, and how an admin takes over what they bought (domain 5).

pub mod centralize;
pub mod commerce_id;
pub mod eligibility;
pub mod limits;
pub mod policy;
pub mod report;
