//! `zetel demo`: an invented organization with everything it needs to show what Zetel does.

pub mod catalog;
mod credit_check;
mod journal;
mod money;
mod partners;
mod past;
pub mod people;
mod portfolio;
mod product_keys;
mod seed;

use crate::command::Outcome;
use crate::house::{Database, House, Listen, log_to_standard_error};
use crate::place::PlaceSettings;
use crate::post::Post;
use admin::web::Settings;
use clap::Args;
use std::path::PathBuf;

/// Run a demo organization with real catalog data; every start begins anew.
#[derive(Args)]
pub struct Demo {
    #[command(flatten)]
    listen: Listen,
    #[command(flatten)]
    place: PlaceSettings,
    /// Keep the demo's database in this folder; without it the demo leaves nothing behind.
    #[arg(long)]
    data: Option<PathBuf>,
}

impl Demo {
    /// Fills a fresh database and serves it.
    pub fn run(self) -> Outcome {
        log_to_standard_error();
        let folder = Folder::open(self.data)?;
        let post = Post::without_server(Some(format!("http://{}", self.listen.listen)));
        let house = House::open_demo(&Database { database: folder.database() }, post)?;
        let personas = seed::seed(&house, self.place.cloud)?;
        product_keys::make(&house, &personas)?;
        let settings = Settings { personas, sandbox_bank: house.sandbox_bank.clone(), ..self.place.settings() };
        house.serve(&self.listen, settings)
    }
}

/// Where the demo keeps its database: a folder of the user's, or one that goes away with the demo.
enum Folder {
    Kept(PathBuf),
    Temporary(tempfile::TempDir),
}

impl Folder {
    fn open(kept: Option<PathBuf>) -> std::io::Result<Self> {
        let Some(path) = kept else { return Ok(Self::Temporary(tempfile::tempdir()?)) };
        std::fs::create_dir_all(&path)?;
        for file in ["demo.db", "demo.db-wal", "demo.db-shm"] {
            match std::fs::remove_file(path.join(file)) {
                Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error),
                _ => {}
            }
        }
        Ok(Self::Kept(path))
    }

    fn database(&self) -> String {
        let folder = match self {
            Self::Kept(path) => path.as_path(),
            Self::Temporary(folder) => folder.path(),
        };
        folder.join("demo.db").to_string_lossy().into_owned()
    }
}
