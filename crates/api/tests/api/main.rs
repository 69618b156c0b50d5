//! The API in process, on both engines: exact answers, exact problems, and the sweep over every route.

mod history;
mod licenses;
mod openapi;
mod orders;
mod problems;
mod products;
mod program;
mod subscriptions;
mod sweep;
mod users;
mod writes;
