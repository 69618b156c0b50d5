//! Use cases, queries and jobs: the only way to the store. See [`App`] for the door.

mod access;
pub mod api_token;
pub mod billing;
pub mod billing_profile;
pub mod billing_role;
pub mod catalog;
pub mod credit_check;
pub mod doctor;
mod door;
mod failure;
pub mod gateway;
pub mod group;
pub mod history;
pub mod home;
pub mod idempotency;
pub mod job;
pub mod license;
pub mod license_request;
pub mod mail;
pub mod order;
pub mod organization;
pub mod partner;
pub mod payment_method;
pub mod ports;
pub mod product_key;
pub mod self_service;
pub mod session;
pub mod setup;
pub mod subscription;
pub mod user;
pub mod watch;

pub use access::Granted;
pub use door::{App, Caller, Change, Command, Look, PointQuery, Ports, Query};
pub use failure::Failure;
pub use store::tables::journal::JournalEntry;
