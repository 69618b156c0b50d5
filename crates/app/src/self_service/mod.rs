//! Self-service purchases: the policy and the limits, and taking over what people bought (domain 5).

pub mod centralize;
pub mod limits;
pub mod policy;
pub mod report;
