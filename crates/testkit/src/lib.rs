//! What tests share: databases on either engine, and more as the crates above grow. Never part of the product.

pub mod documents;
pub mod engines;
pub mod gateway;
pub mod http;
pub mod invoice;
pub mod localstripe;
pub mod mailbox;
pub mod postgres;
pub mod random;
pub mod server;
pub mod victim;
pub mod world;
