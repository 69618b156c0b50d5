//! `zetel restore`

use super::{Outcome, words};
use crate::house::Database;
use clap::Args;
use std::path::{Path, PathBuf};
use store::{Kind, Store};

/// Put a backup in the place of the embedded database, while Zetel does not run.
#[derive(Args)]
pub struct Restore {
    #[command(flatten)]
    database: Database,
    /// The backup.
    file: PathBuf,
    /// Replace the database that is there.
    #[arg(long)]
    force: bool,
}

impl Restore {
    /// Checks the backup, then puts it in place.
    pub fn run(self) -> Outcome {
        let (name, address) = (self.file.display().to_string(), self.database.database.as_str());
        if self.database.is_postgres() {
            return Err(words().cli_backup_only_embedded().into());
        }
        if !self.file.is_file() {
            return Err(words().cli_file_not_found(&name).into());
        }
        self.database.must_not_own(&self.file)?;
        let holds_something = Path::new(address).metadata().is_ok_and(|metadata| metadata.len() > 0);
        if holds_something && !self.force {
            return Err(words().cli_would_overwrite(address).into());
        }
        Store::restore(address, &self.file).map_err(|error| match error.kind() {
            Kind::Migration => words().cli_not_a_backup(&name),
            Kind::Busy => words().cli_restore_stop_first().to_owned(),
            _ => super::say(&error.into()),
        })?;
        out!("{}", words().cli_restore_done(&name));
        Ok(())
    }
}
