//! The same test on every database engine.

use crate::postgres;
use store::{Engine, Options, Store};
use tempfile::TempDir;

/// An empty database of one test. It goes when this value goes.
pub struct Database {
    engine: Engine,
    place: Place,
}

enum Place {
    Folder(TempDir),
    Server(postgres::Database),
}

impl Database {
    /// A new file that SQLite has yet to fill.
    ///
    /// # Panics
    /// When no temporary folder can be made.
    #[must_use]
    pub fn sqlite() -> Self {
        let folder = tempfile::Builder::new().prefix("zetel-test.").tempdir().expect("a temporary folder");
        Self { engine: Engine::Sqlite, place: Place::Folder(folder) }
    }

    /// A new database of a private PostgreSQL; `None`, with a note, where PostgreSQL is not installed.
    #[must_use]
    pub fn postgres() -> Option<Self> {
        let database = postgres::Database::create()?;
        Some(Self { engine: Engine::Postgres, place: Place::Server(database) })
    }

    /// One of each.
    #[must_use]
    pub fn each() -> Vec<Self> {
        std::iter::once(Self::sqlite()).chain(Self::postgres()).collect()
    }

    /// Its engine.
    #[must_use]
    pub fn engine(&self) -> Engine {
        self.engine
    }

    /// Where it is, as [`Store::open`] takes it.
    ///
    /// # Panics
    /// When the path of the temporary folder is not UTF-8.
    #[must_use]
    pub fn address(&self) -> String {
        match &self.place {
            Place::Folder(folder) => folder.path().join("zetel.db").to_str().expect("a path in UTF-8").to_owned(),
            Place::Server(database) => database.address(),
        }
    }

    /// Opens it as it is.
    ///
    /// # Panics
    /// When it cannot be opened.
    #[must_use]
    pub fn open(&self) -> Store {
        Store::open(&self.address(), Options::default()).expect("the test's database opens")
    }

    /// Opens it with today's schema.
    ///
    /// # Panics
    /// When it cannot be opened or migrated.
    #[must_use]
    pub fn open_migrated(&self) -> Store {
        let store = self.open();
        store.migrate().expect("the test's database is migrated");
        store
    }

    /// Ends every connection to a PostgreSQL database, as a server does that stops; nothing on SQLite.
    pub fn disconnect_all(&self) {
        if let Place::Server(database) = &self.place {
            database.disconnect_all();
        }
    }
}

/// Runs a test on a fresh store with today's schema, once per engine. Says which engine it was when the test panics.
pub fn on_each_engine(test: impl Fn(&Store)) {
    for database in Database::each() {
        let _engine = Announced(database.engine());
        test(&database.open_migrated());
    }
}

/// Names the engine when a test ends in a panic.
struct Announced(Engine);

impl Drop for Announced {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("this was on {:?}", self.0);
        }
    }
}
