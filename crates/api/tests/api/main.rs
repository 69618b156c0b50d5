//! The API in process, on both engines: exact answers, exact problems, and the sweep over every route.

#![recursion_limit = "256"]
#![expect(clippy::unwrap_used, reason = "a helper of a test fails the test")]

mod commerce;
mod customers;
mod groups;
mod history;
mod invoices;
mod licenses;
mod life;
mod notifications;
mod openapi;
mod operator;
mod orders;
mod payment_notices;
mod problems;
mod product_keys;
mod products;
mod program;
mod self_service;
mod subscriptions;
mod sweep;
mod trials;
mod users;
mod writes;
