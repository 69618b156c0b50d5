//! Mails: written by what happens ([`post`]), sent by a thread of each process that works ([`deliver`]), watched over
//! by the operator ([`operate`]).

pub mod deliver;
mod facts;
pub mod operate;
pub(crate) mod post;
pub mod settings;
