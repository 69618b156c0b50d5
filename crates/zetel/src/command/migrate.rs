//! `zetel migrate`

use super::{Outcome, words};
use crate::house::Database;
use clap::Args;

/// Bring the schema of the database up to date.
#[derive(Args)]
pub struct Migrate {
    #[command(flatten)]
    database: Database,
}

impl Migrate {
    /// Applies what is missing and says what it was.
    pub fn run(self) -> Outcome {
        let applied = self.database.open()?.migrate()?;
        applied.iter().for_each(|name| out!("{name}"));
        match applied.len() {
            0 => out!("{}", words().cli_up_to_date()),
            count => out!("{}", words().cli_migrated(i64::try_from(count)?)),
        }
        Ok(())
    }
}
