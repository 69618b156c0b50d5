//! The commands of the command line, a file each.

pub mod migrate;
pub mod serve;
pub mod work;

use std::error::Error;

/// What a command gives; the error is printed for the operator.
pub type Outcome = Result<(), Box<dyn Error>>;
