//! Everything Zetel stores: schema, statements, transactions and group commit, on SQLite or PostgreSQL.
//!
//! A table's file holds its statements and a function for each thing that is done with them. A statement of an
//! organization names `$1` for it, and the transaction fills it in: code cannot reach another organization's rows, not
//! even by mistake. Functions take [`Read`] or [`Write`], which hide the engine.
//!
//! ```
//! use domain::ids::UserId;
//! use store::{Read, Result, Write, params, statements};
//!
//! statements! {
//!     /// A person with the revision that a change must name.
//!     pub PERSON_BY_ID: organization =
//!         "SELECT id, name, revision FROM person WHERE organization_id = $1 AND id = $2";
//!     /// Adds a person.
//!     pub INSERT_PERSON: organization =
//!         "INSERT INTO person (organization_id, id, name, revision) VALUES ($1, $2, $3, 1)";
//!     /// Touches no row when somebody else was first.
//!     pub RENAME_PERSON: organization =
//!         "UPDATE person SET name = $4, revision = revision + 1
//!          WHERE organization_id = $1 AND id = $2 AND revision = $3";
//! }
//!
//! pub struct Person {
//!     pub id: UserId,
//!     pub name: String,
//!     pub revision: i64,
//! }
//!
//! /// The person with this id, or `None`.
//! pub fn person(read: &Read<'_>, id: UserId) -> Result<Option<Person>> {
//!     read.query_one(&PERSON_BY_ID, params![id], |row| {
//!         Ok(Person { id: row.get(0)?, name: row.get(1)?, revision: row.get(2)? })
//!     })
//! }
//!
//! /// Adds a person.
//! pub fn insert_person(write: &Write<'_>, id: UserId, name: &str) -> Result<()> {
//!     write.change(&INSERT_PERSON, params![id, name])
//! }
//!
//! /// Gives a person another name; `Kind::Stale` when it is not at the revision that was read.
//! pub fn rename_person(write: &Write<'_>, person: &Person, name: &str) -> Result<()> {
//!     write.change(&RENAME_PERSON, params![person.id, person.revision, name])
//! }
//! ```
//!
//! A command is a closure that gets a [`Write`]. It may run more than once, each time on what is stored then:
//!
//! ```no_run
//! # use domain::ids::OrganizationId;
//! # use store::{Kind, Options, Result, Store, Write};
//! # fn add_person(_: &Write<'_>) -> Result<()> { Ok(()) }
//! # fn example(organization: OrganizationId) -> Result<()> {
//! let store = Store::open("zetel.db", Options::default())?;
//! store.migrate()?;
//! let pending = store.write(organization, move |write| add_person(write));
//! pending.wait() // or `.await`
//! # }
//! ```
//!
//! What holds on both engines:
//! - Integers are BIGINT: write `CAST(SUM(x) AS BIGINT)`, because PostgreSQL's sum is not one.
//! - Name every CHECK and every unique index; their names arrive in [`Kind::Check`] and [`Kind::Unique`].
//! - No deferred constraints: they would fail the commit of a whole group.
//! - After a statement fails, the command is over; use `ON CONFLICT` where a conflict is expected.

mod backup;
mod checkpoint;
mod error;
mod migrate;
mod migrations;
mod reader;
mod sql;
pub mod tables;
mod transaction;
mod value;
mod writer;

pub use error::{Error, Kind, Result};
pub use migrate::Migration;
pub use migrations::MIGRATIONS;
pub use sql::{Engine, Row, Sql, SqlScope};
pub use transaction::{Read, Scope, Write};
pub use value::{Bind, Column, Value};
pub use writer::{CommandError, Pending};

#[doc(hidden)]
pub use sql::question_marks;

use reader::Pool;
use sql::{Address, Role};
use std::path::Path;
use std::sync::{Arc, PoisonError, RwLock};
use std::thread::JoinHandle;
use std::time::Duration;
use writer::Writers;

/// How a store uses its engine. The defaults suit one process on a small server.
#[derive(Debug, Clone)]
pub struct Options {
    /// How many connections read at most. Opened as they are needed.
    pub readers: usize,
    /// How many threads write, on PostgreSQL; an organization is always with the same one. SQLite has one.
    pub writers: usize,
    /// How many commands may wait for each writer; beyond that the answer is [`Kind::Busy`] at once.
    pub waiting_commands: usize,
    /// How many commands share a commit at most.
    pub group_commands: u32,
    /// A commit waits for no further command after this time.
    pub group_time: Duration,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            readers: 16,
            writers: 4,
            waiting_commands: 10_000,
            group_commands: 500,
            group_time: Duration::from_millis(20),
        }
    }
}

/// A database that is open. Cheap to clone; the last one that is dropped, or [`close`](Self::close), ends its threads
/// after they have finished what was waiting.
///
/// On PostgreSQL, functions that read wait for the server and must not be called in an asynchronous task.
#[derive(Clone)]
pub struct Store {
    inner: Arc<Inner>,
}

struct Inner {
    address: Address,
    readers: Pool,
    writers: RwLock<Writers>,
    checkpoints: RwLock<Option<JoinHandle<()>>>,
}

impl Store {
    /// Opens `postgres://user:password@host/database`, or the file at a path, which is made where there is none.
    /// The schema is brought up to date by [`migrate`](Self::migrate).
    ///
    /// # Errors
    /// [`Kind::Connection`] when the database cannot be reached.
    pub fn open(address: &str, options: Options) -> Result<Self> {
        let address = Address::parse(address)?;
        address.create()?;
        let checkpoints = checkpoint::start(&address)?;
        let writers = Writers::start(&address, &options, checkpoints.as_ref())?;
        let thread = checkpoints.map(|checkpoints| checkpoints.thread);
        let readers = Pool::new(address.clone(), options.readers);
        let inner = Inner { address, readers, writers: RwLock::new(writers), checkpoints: RwLock::new(thread) };
        Ok(Self { inner: Arc::new(inner) })
    }

    /// The engine behind this store.
    #[must_use]
    pub fn engine(&self) -> Engine {
        self.inner.address.engine()
    }

    /// Applies the migrations that are missing and gives their names. Safe when several processes start together.
    ///
    /// # Errors
    /// [`Kind::Migration`] when one fails, when one that was applied has another text now, and when the database is
    /// newer than this program.
    pub fn migrate(&self) -> Result<Vec<&'static str>> {
        self.migrate_with(MIGRATIONS)
    }

    /// Applies the missing ones of a list of migrations, as [`migrate`](Self::migrate) does with Zetel's own.
    ///
    /// # Errors
    /// As [`migrate`](Self::migrate).
    pub fn migrate_with(&self, migrations: &[Migration]) -> Result<Vec<&'static str>> {
        migrate::migrate(&self.inner.address.connect(Role::Writer)?, self.engine(), migrations)
    }

    /// The number of the last migration that was applied.
    ///
    /// # Errors
    /// Those of the engine, as when the database was never migrated.
    pub fn schema_version(&self) -> Result<u32> {
        self.inner.readers.with(migrate::schema_version)?
    }

    /// Asks the engine whether it understands a statement.
    ///
    /// # Errors
    /// Those of the engine.
    pub fn prepare(&self, sql: &Sql) -> Result<()> {
        self.inner.readers.with(|connection| connection.prepare(sql))?
    }

    /// Puts a command in the queue of its writer. Commands of one organization run one after the other, in the order in
    /// which they came. The answer comes after the commit that made it durable.
    ///
    /// The command runs again, up to three times in all, when it fails with a retryable error of the store
    /// ([`Error::retryable`]), so it must not have effects other than those on `write`. When it fails, or panics, only
    /// its own writes are undone. When the database goes away, the answer is [`Kind::Connection`], and the command may
    /// or may not be stored.
    pub fn write<T, E, F>(&self, scope: impl Into<Scope>, command: F) -> Pending<T, E>
    where
        F: FnMut(&Write<'_>) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: CommandError,
    {
        self.inner.writers.read().unwrap_or_else(PoisonError::into_inner).submit(scope.into(), command)
    }

    /// Reads one state of the database, on this thread. Never waits for a writer.
    ///
    /// # Errors
    /// Those of `work` and of the engine.
    pub fn read<T, E: From<Error>>(
        &self,
        scope: impl Into<Scope>,
        work: impl FnOnce(&Read<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        self.inner.readers.read(scope.into(), work)
    }

    /// Reads with one statement, without the cost of a transaction. With several statements each sees its own moment.
    ///
    /// # Errors
    /// Those of `work` and of the engine.
    pub fn glance<T, E: From<Error>>(
        &self,
        scope: impl Into<Scope>,
        work: impl FnOnce(&Read<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        self.inner.readers.glance(scope.into(), work)
    }

    /// Writes a consistent copy of the database into a new file, while everybody goes on working. The copy is whole and
    /// on disk when this returns; a file that was there before is replaced.
    ///
    /// # Errors
    /// [`Kind::Other`] on PostgreSQL, which has its own tools, and where the file belongs to the database itself;
    /// [`Kind::File`] where it cannot be written, and those of the engine.
    pub fn backup(&self, path: &Path) -> Result<()> {
        backup::backup(&self.inner.address, path)
    }

    /// Puts a backup in the place of the embedded database at an address, which nobody may have open. The backup is
    /// copied and checked first: its file must be whole and its schema known to this program.
    ///
    /// # Errors
    /// [`Kind::Migration`] when the file is not a backup of this program or an older one, or belongs to the database
    /// itself; [`Kind::Busy`] when somebody has the database open; [`Kind::Other`] on PostgreSQL; [`Kind::File`].
    pub fn restore(address: &str, backup: &Path) -> Result<()> {
        backup::restore(&Address::parse(address)?, backup)
    }

    /// Whether a file belongs to the embedded database at an address, under whatever name: the file itself through a
    /// link, or its log. Nothing else may be written there.
    ///
    /// # Errors
    /// [`Kind::Connection`] for an address that is none.
    pub fn owns(address: &str, file: &Path) -> Result<bool> {
        Ok(backup::is_own(&Address::parse(address)?, file))
    }

    /// What an embedded database finds wrong with its own file; nothing on PostgreSQL, which looks after its own.
    ///
    /// # Errors
    /// Those of the engine.
    pub fn damage(&self) -> Result<Vec<String>> {
        self.inner.readers.with(|connection| connection.damage())?
    }

    /// How many bytes the write-ahead log of an embedded database has; 0 on PostgreSQL.
    #[must_use]
    pub fn log_bytes(&self) -> u64 {
        let log = self.inner.address.file().map(backup::log_of);
        log.and_then(|log| log.metadata().ok()).map_or(0, |metadata| metadata.len())
    }

    /// Finishes every command that is waiting and ends the threads. Commands that come later are refused.
    pub fn close(&self) {
        self.inner.close();
    }
}

impl Inner {
    fn close(&self) {
        let stopped = self.writers.write().unwrap_or_else(PoisonError::into_inner).stop();
        let checkpoints = self.checkpoints.write().unwrap_or_else(PoisonError::into_inner).take();
        // The thread of the checkpoints ends with the last writer.
        if let (true, Some(thread)) = (stopped, checkpoints) {
            let _ = thread.join();
        }
    }
}

impl Drop for Inner {
    fn drop(&mut self) {
        self.close();
    }
}
