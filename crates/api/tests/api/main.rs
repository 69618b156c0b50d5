//! The API in process, on both engines: exact answers, exact problems, and the sweep over every route.

mod history;
mod licenses;
mod openapi;
mod orders;
mod problems;
mod program;
mod subscriptions;
mod sweep;
mod writes;
