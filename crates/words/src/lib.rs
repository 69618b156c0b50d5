//! Every sentence that a person reads, in Dutch and English, and how money, numbers and dates are written.
//!
//! A page holds a [`Words`] and calls a method per sentence: `words.your_products()`, `words.licenses(12)`. A sentence
//! that does not exist, lacks a language or gets the wrong arguments does not compile. The sentences live in
//! `src/sentences/`, one file per area; [`format`](mod@format) writes numbers, money and dates; [`names`] turns the
//! enumerations of the domain into words, [`explanations`] its refusals and [`events`] its journal; [`search`] holds
//! what people type when they look for help.

mod countries;
pub mod events;
pub mod explanations;
pub mod format;
mod language;
mod macros;
pub mod names;
pub mod search;
mod sentences;

pub use language::{Language, Words};

/// The name of the product, the same in every language.
pub const PRODUCT: &str = "Zetel";
