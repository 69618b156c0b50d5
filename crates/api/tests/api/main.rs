//! The API in process, on both engines: exact answers, exact problems, and the sweep over every route.

mod openapi;
mod problems;
mod program;
mod subscriptions;
mod sweep;
mod writes;
