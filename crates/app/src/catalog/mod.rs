//! Use cases of the catalog: products, SKUs, service plans and prices, which all organizations share (D31).
//! Operators change it in the name of their own organization, whose journal holds what they did.

pub(crate) mod announce_services;
pub mod browse;
pub mod describe;
pub mod details;
pub mod import;
mod import_kinds;
pub mod import_upload;
pub mod list;
pub mod prepare;
pub mod publish_price;
pub mod retire;
mod tell;
