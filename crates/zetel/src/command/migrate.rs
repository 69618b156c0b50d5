//! `zetel migrate`

use super::Outcome;
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
        let store = self.database.open()?;
        let applied = store.migrate()?;
        applied.iter().for_each(|name| println!("{name}"));
        println!("schema version {}", store.schema_version()?);
        Ok(())
    }
}
