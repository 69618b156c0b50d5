//! Use cases of billing profiles: where a part of the invoices go, and what pays them (domain 4.8; R36 to R39, R171).

pub mod details;
pub mod list;
pub mod move_subscription;
pub mod own;
pub(crate) mod pays_with;
pub mod save;
