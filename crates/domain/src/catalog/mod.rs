//! What can be bought: products, their SKUs and the service plans inside (decision D31).

pub mod import;
