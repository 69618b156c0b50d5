//! The store's tests, in one binary, each on both engines. Do not add another binary: each costs a link and a cluster.

#![expect(clippy::unwrap_used, reason = "a test that meets the unexpected has failed")]

mod backup;
mod fixture;
mod isolation;
mod kill;
mod migrations;
mod plans;
mod reads;
mod statements;
mod values;
mod writes;
