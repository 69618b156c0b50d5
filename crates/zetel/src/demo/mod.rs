//! The demo: an invented organization with everything it needs to show what Zetel does.

pub mod catalog;
pub mod people;
