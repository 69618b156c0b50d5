//! Self-service purchases: the policy, and taking over what people bought (domain 5).

pub mod centralize;
pub mod policy;
pub mod report;
