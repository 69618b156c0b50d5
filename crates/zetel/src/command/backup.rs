//! `zetel backup`

use super::{Outcome, words};
use crate::house::Database;
use clap::Args;
use std::error::Error;
use std::path::PathBuf;
use store::{Engine, Kind, Options, Store};

/// Copy the embedded database into a file, also while Zetel runs.
#[derive(Args)]
pub struct Backup {
    #[command(flatten)]
    database: Database,
    /// The file to write; only its owner can read it.
    file: PathBuf,
    /// Overwrite the file when it is there.
    #[arg(long)]
    force: bool,
}

impl Backup {
    /// Copies, then opens the copy and checks it.
    pub fn run(self) -> Outcome {
        let name = self.file.display().to_string();
        self.database.must_not_own(&self.file)?;
        if self.file.exists() && !self.force {
            return Err(words().cli_would_overwrite(&name).into());
        }
        let store = self.database.open_existing()?;
        if store.engine() == Engine::Postgres {
            return Err(words().cli_backup_only_embedded().into());
        }
        store.backup(&self.file).map_err(|error| match (error.kind(), error.source()) {
            (Kind::File, Some(reason)) => words().cli_cannot_write(&name, &reason.to_string()),
            _ => super::say(&error.into()),
        })?;
        out!("{}", words().cli_backup_done(&name, &words().file_size(self.file.metadata()?.len())));
        let copy = Store::open(&name, Options::default())?;
        let is_whole = copy.damage()?.is_empty() && copy.schema_version()? == store.schema_version()?;
        copy.close();
        if !is_whole {
            return Err(words().cli_not_a_backup(&name).into());
        }
        out!("{}", words().cli_backup_checked());
        Ok(())
    }
}
