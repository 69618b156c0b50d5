//! The two engines behind one face: the only file that knows that there are two.
//!
//! Each engine's own driver is spoken to in a file below this one. Nothing outside this module names a driver.

mod estimates;
mod postgres;
mod sqlite;

use crate::error::{Error, Kind, Result};
use crate::value::{Column, Value};
use postgres::Postgres;
use sqlite::Sqlite;
use std::path::{Path, PathBuf};

/// Whose rows a statement may touch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SqlScope {
    /// One organization's: `$1` is always the organization of the transaction, and nobody else can fill it in.
    Organization,
    /// What all organizations share, such as the catalog; parameters start at `$1`.
    Shared,
}

/// One statement, written once for both engines. Made by [`statements!`](crate::statements).
#[derive(Debug, Clone, Copy)]
pub struct Sql {
    /// The name of its constant, for errors and logs.
    pub name: &'static str,
    /// The text with `$1` for parameters, as it stands in the source.
    pub text: &'static str,
    /// Whose rows it may touch.
    pub scope: SqlScope,
    question_marks: &'static str,
}

impl Sql {
    /// Used by [`statements!`](crate::statements) only: a statement and its text as SQLite numbers parameters.
    #[doc(hidden)]
    #[must_use]
    pub const fn new(name: &'static str, text: &'static str, question_marks: &'static [u8], scope: SqlScope) -> Self {
        let Ok(question_marks) = std::str::from_utf8(question_marks) else { panic!("a statement is UTF-8") };
        Self { name, text, scope, question_marks }
    }
}

/// Turns `$1` into `?1`, which is as long, at compile time.
#[doc(hidden)]
#[must_use]
pub const fn question_marks<const LENGTH: usize>(text: &str) -> [u8; LENGTH] {
    let mut result = [0; LENGTH];
    let mut index = 0;
    while index < LENGTH {
        let byte = text.as_bytes()[index];
        result[index] = if byte == b'$' { b'?' } else { byte };
        index += 1;
    }
    result
}

/// Declares the statements of a table's file, and `STATEMENTS`, the list of them all.
///
/// `organization` statements get the transaction's organization as `$1`; callers pass the rest, from `$2` on.
/// `shared` statements get exactly what the caller passes, from `$1` on.
#[macro_export]
macro_rules! statements {
    ($($(#[$documentation:meta])* $visibility:vis $name:ident: $scope:ident = $text:expr;)+) => {
        $(
            $(#[$documentation])*
            $visibility const $name: $crate::Sql = {
                const TEXT: &str = $text;
                const QUESTION_MARKS: &[u8] = &$crate::question_marks::<{ TEXT.len() }>(TEXT);
                $crate::Sql::new(stringify!($name), TEXT, QUESTION_MARKS, $crate::statements!(@$scope))
            };
        )+

        /// Every statement of this file with its name.
        pub const STATEMENTS: &[(&str, &$crate::Sql)] = &[$((stringify!($name), &$name)),+];
    };
    (@organization) => { $crate::SqlScope::Organization };
    (@shared) => { $crate::SqlScope::Shared };
}

/// One row of a result.
pub struct Row<'r> {
    columns: Columns<'r>,
    statement: &'static str,
}

enum Columns<'r> {
    Sqlite(&'r rusqlite::Row<'r>),
    Postgres(&'r tokio_postgres::Row),
}

impl<'r> Row<'r> {
    /// Reads the column with this index, counted from zero.
    ///
    /// # Errors
    /// [`Kind::Other`] when there is no such column or it holds something else.
    pub fn get<T: Column>(&self, index: usize) -> Result<T> {
        self.value(index).and_then(T::from_value).ok_or_else(|| self.unexpected(index, std::any::type_name::<T>()))
    }

    /// Reads a text without copying it.
    ///
    /// # Errors
    /// [`Kind::Other`] when there is no such column or it holds something else.
    pub fn text(&self, index: usize) -> Result<&'r str> {
        match self.value(index) {
            Some(Value::Text(text)) => Ok(text),
            _ => Err(self.unexpected(index, "text")),
        }
    }

    /// Reads the stable code of an enum: `row.code(2, Status::from_code)`.
    ///
    /// # Errors
    /// [`Kind::Other`] when the column holds no text or a code that `from_code` does not know.
    pub fn code<T>(&self, index: usize, from_code: impl FnOnce(&str) -> Option<T>) -> Result<T> {
        from_code(self.text(index)?).ok_or_else(|| self.unexpected(index, std::any::type_name::<T>()))
    }

    /// Reads the stable code of an enum from a column that may be empty.
    ///
    /// # Errors
    /// As [`code`](Self::code).
    pub fn optional_code<T>(&self, index: usize, from_code: impl FnOnce(&str) -> Option<T>) -> Result<Option<T>> {
        match self.value(index) {
            Some(Value::Null) => Ok(None),
            _ => self.code(index, from_code).map(Some),
        }
    }

    fn value(&self, index: usize) -> Option<Value<'r>> {
        match self.columns {
            Columns::Sqlite(row) => sqlite::value(row, index),
            Columns::Postgres(row) => postgres::value(row, index),
        }
    }

    fn unexpected(&self, index: usize, wanted: &str) -> Error {
        Error::other(format!("column {index} is not {wanted}")).of(self.statement)
    }
}

/// The database engine behind a store.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    /// Embedded, one file, one process.
    Sqlite,
    /// A server that any number of processes share.
    Postgres,
}

impl Engine {
    /// Writes a migration in this engine's own words. Placeholders: `{id}`, `{text}`, `{integer}`, `{boolean}`,
    /// `{bytes}`, and after a table's closing parenthesis `{table}`, or `{keyed_table}` for a table stored in the order
    /// of its primary key.
    #[must_use]
    pub fn schema(self, text: &str) -> String {
        let words: [(&str, &str); 7] = match self {
            Self::Sqlite => [
                ("{id}", "BLOB"),
                ("{text}", "TEXT"),
                ("{integer}", "INTEGER"),
                ("{boolean}", "INTEGER"),
                ("{bytes}", "BLOB"),
                ("{table}", "STRICT"),
                ("{keyed_table}", "STRICT, WITHOUT ROWID"),
            ],
            Self::Postgres => [
                ("{id}", "UUID"),
                ("{text}", "TEXT COLLATE \"C\""),
                ("{integer}", "BIGINT"),
                ("{boolean}", "BOOLEAN"),
                ("{bytes}", "BYTEA"),
                ("{table}", ""),
                ("{keyed_table}", ""),
            ],
        };
        words.iter().fold(text.to_owned(), |text, (placeholder, word)| text.replace(placeholder, word))
    }

    /// How many writer threads there are: SQLite has one writer by nature.
    pub(crate) fn writers(self, wanted: usize) -> usize {
        match self {
            Self::Sqlite => 1,
            Self::Postgres => wanted.max(1),
        }
    }
}

/// What a connection is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    /// Commands and migrations.
    Writer,
    /// Reads only.
    Reader,
    /// Moves the write-ahead log.
    Checkpoints,
}

/// Where a database is.
#[derive(Clone)]
pub(crate) enum Address {
    Sqlite(PathBuf),
    Postgres(Box<tokio_postgres::Config>),
}

impl Address {
    /// Reads `postgres://…` or a path of a file.
    pub(crate) fn parse(text: &str) -> Result<Self> {
        if text.starts_with("postgres://") || text.starts_with("postgresql://") {
            Ok(Self::Postgres(Box::new(postgres::parse(text)?)))
        } else {
            Ok(Self::Sqlite(PathBuf::from(text)))
        }
    }

    pub(crate) fn engine(&self) -> Engine {
        match self {
            Self::Sqlite(_) => Engine::Sqlite,
            Self::Postgres(_) => Engine::Postgres,
        }
    }

    /// The file of an embedded database.
    pub(crate) fn file(&self) -> Option<&Path> {
        match self {
            Self::Sqlite(path) => Some(path),
            Self::Postgres(_) => None,
        }
    }

    /// Makes the file of an embedded database where there is none yet. Only its owner may read it.
    pub(crate) fn create(&self) -> Result<()> {
        match self {
            Self::Sqlite(path) => sqlite::create(path),
            Self::Postgres(_) => Ok(()),
        }
    }

    pub(crate) fn connect(&self, role: Role) -> Result<Connection> {
        match self {
            Self::Sqlite(path) => Ok(Connection::Sqlite(Sqlite::open(path, role)?)),
            Self::Postgres(config) => Ok(Connection::Postgres(Box::new(Postgres::open(config)?))),
        }
    }
}

/// A failure of the engine. A statement that was sent late may fail while a later command is running.
#[derive(Debug, Clone)]
pub(crate) struct Failure {
    /// The command that caused it, by its number in the group; `None` is the one that is running.
    pub(crate) command: Option<u32>,
    pub(crate) error: Error,
}

/// What a write expects of the number of rows it touches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Touches {
    One,
    Any,
}

/// What to do with a write-ahead log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Checkpoint {
    /// Only say how long it is.
    Look,
    /// Move what can be moved without anybody waiting.
    Move,
    /// Move everything and begin again at the start of the log, for which writers wait.
    StartAnew,
}

/// The state of a write-ahead log.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Log {
    /// Its length.
    pub(crate) pages: i64,
    /// How much of it is in the database's file by now.
    pub(crate) moved: i64,
    /// Whether what was asked for was done; somebody who reads may be in the way.
    pub(crate) complete: bool,
}

/// One connection to either engine. Used by one thread at a time.
pub(crate) enum Connection {
    Sqlite(Sqlite),
    Postgres(Box<Postgres>),
}

impl Connection {
    /// Runs one or more statements without parameters, at once.
    pub(crate) fn batch(&self, text: &str) -> Result<()> {
        match self {
            Self::Sqlite(sqlite) => sqlite.batch(text),
            Self::Postgres(postgres) => postgres.batch(text),
        }
    }

    /// Prepares a statement, to see that the engine understands it.
    pub(crate) fn prepare(&self, sql: &Sql) -> Result<()> {
        match self {
            Self::Sqlite(sqlite) => sqlite.check(sql),
            Self::Postgres(postgres) => postgres.check(sql),
        }
    }

    /// Hands every row to `each` until it gives false.
    pub(crate) fn query(
        &self,
        sql: &Sql,
        values: &[Value<'_>],
        each: &mut dyn FnMut(&Row<'_>) -> bool,
    ) -> Result<(), Failure> {
        match self {
            Self::Sqlite(sqlite) => sqlite.query(sql, values, each).map_err(Failure::here),
            Self::Postgres(postgres) => postgres.query(sql, values, each),
        }
    }

    /// Writes and says how many rows it touched.
    pub(crate) fn execute(&self, sql: &Sql, values: &[Value<'_>]) -> Result<u64, Failure> {
        match self {
            Self::Sqlite(sqlite) => sqlite.execute(sql, values).map_err(Failure::here),
            Self::Postgres(postgres) => postgres.execute(sql, values),
        }
    }

    /// Writes, where the engine is in another process at the latest with the next question, [`settle`](Self::settle).
    pub(crate) fn execute_later(&self, sql: &Sql, values: &[Value<'_>], touches: Touches) -> Result<(), Failure> {
        match self {
            Self::Sqlite(sqlite) => {
                let count = sqlite.execute(sql, values).map_err(Failure::here)?;
                touches.verify(count, sql.name).map_err(Failure::here)
            }
            Self::Postgres(postgres) => postgres.execute_later(sql, values, touches),
        }
    }

    /// Opens a transaction that reads one state of the database.
    pub(crate) fn begin_read(&self) -> Result<()> {
        match self {
            Self::Sqlite(sqlite) => sqlite.run("BEGIN"),
            Self::Postgres(postgres) => {
                postgres.later("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
                Ok(())
            }
        }
    }

    /// Opens the transaction of a group of commands. On PostgreSQL a group that holds rows waits only briefly for more,
    /// so that the groups of two processes cannot hold each other up; a command that is `alone` waits its turn.
    pub(crate) fn begin_write(&self, alone: bool) -> Result<()> {
        match self {
            Self::Sqlite(sqlite) => sqlite.run("BEGIN IMMEDIATE"),
            Self::Postgres(postgres) => {
                postgres.begin_write(alone);
                Ok(())
            }
        }
    }

    /// Starts a command of the group.
    pub(crate) fn begin_command(&self, number: u32) -> Result<()> {
        match self {
            Self::Sqlite(sqlite) => sqlite.run("SAVEPOINT command"),
            Self::Postgres(postgres) => {
                postgres.begin_command(number);
                Ok(())
            }
        }
    }

    /// Ends a command of the group whose writes stay. On PostgreSQL its savepoint stays until the commit, because its
    /// last writes may not have been sent yet and may still have to be rolled back.
    pub(crate) fn keep_command(&self) -> Result<()> {
        match self {
            Self::Sqlite(sqlite) => sqlite.run("RELEASE command"),
            Self::Postgres(_) => Ok(()),
        }
    }

    /// Undoes a command and every later one of the group.
    pub(crate) fn undo_command(&self, number: u32) -> Result<()> {
        match self {
            Self::Sqlite(sqlite) => {
                sqlite.run("ROLLBACK TO command")?;
                sqlite.run("RELEASE command")
            }
            Self::Postgres(postgres) => {
                postgres.undo_command(number);
                Ok(())
            }
        }
    }

    /// Waits until everything that was sent later has its answer.
    pub(crate) fn settle(&self) -> Result<(), Failure> {
        match self {
            Self::Sqlite(_) => Ok(()),
            Self::Postgres(postgres) => postgres.settle(),
        }
    }

    /// Whether the transaction is still open; a full disk, for one, ends it.
    pub(crate) fn transaction_is_open(&self) -> bool {
        match self {
            Self::Sqlite(sqlite) => sqlite.transaction_is_open(),
            Self::Postgres(postgres) => !postgres.is_closed(),
        }
    }

    pub(crate) fn commit(&self) -> Result<()> {
        match self {
            Self::Sqlite(sqlite) => sqlite.run("COMMIT"),
            Self::Postgres(postgres) => postgres.batch("COMMIT"),
        }
    }

    /// Rolls the whole transaction back, whatever state it is in.
    pub(crate) fn roll_back(&self) -> Result<()> {
        match self {
            Self::Sqlite(sqlite) if sqlite.transaction_is_open() => sqlite.run("ROLLBACK"),
            Self::Sqlite(_) => Ok(()),
            Self::Postgres(postgres) => postgres.roll_back(),
        }
    }

    /// Whether the other side has gone.
    pub(crate) fn is_closed(&self) -> bool {
        match self {
            Self::Sqlite(_) => false,
            Self::Postgres(postgres) => postgres.is_closed(),
        }
    }

    /// Lets one node at a time migrate; ends with the connection.
    pub(crate) fn lock_for_migration(&self) -> Result<()> {
        match self {
            Self::Sqlite(_) => Ok(()),
            Self::Postgres(postgres) => postgres.batch(postgres::LOCK_FOR_MIGRATION),
        }
    }

    /// Tells the planner how much there is, where the engine does not find out by itself. Needs a transaction.
    pub(crate) fn write_estimates(&self) -> Result<()> {
        match self {
            Self::Sqlite(sqlite) => sqlite.write_estimates(),
            Self::Postgres(_) => Ok(()),
        }
    }

    /// Makes the functions that statements use where the engine keeps them in the database.
    pub(crate) fn make_functions(&self) -> Result<()> {
        match self {
            Self::Sqlite(_) => Ok(()),
            Self::Postgres(postgres) => postgres.batch(postgres::FUNCTIONS),
        }
    }

    /// Copies a consistent state of the database into a new file.
    pub(crate) fn copy_to(&self, path: &Path) -> Result<()> {
        match self {
            Self::Sqlite(sqlite) => sqlite.copy_to(path),
            Self::Postgres(_) => Err(Error::other("a PostgreSQL database is backed up with pg_dump or a base backup")),
        }
    }

    /// What an embedded database finds wrong with its own file; a server looks after its own.
    pub(crate) fn damage(&self) -> Result<Vec<String>> {
        match self {
            Self::Sqlite(sqlite) => sqlite.damage(),
            Self::Postgres(_) => Ok(Vec::new()),
        }
    }

    /// Brings everything into the database's file and ends its log, which only the last one who has it open can.
    pub(crate) fn end_log(&self) -> Result<()> {
        match self {
            Self::Sqlite(sqlite) => sqlite.end_log(),
            Self::Postgres(_) => Ok(()),
        }
    }

    /// Moves what was committed from the write-ahead log to the database's file, or looks how much there is to move.
    pub(crate) fn checkpoint(&self, how: Checkpoint) -> Result<Log> {
        match self {
            Self::Sqlite(sqlite) => sqlite.checkpoint(how),
            Self::Postgres(_) => Ok(Log::default()),
        }
    }
}

impl Failure {
    fn here(error: Error) -> Self {
        Self { command: None, error }
    }
}

impl Touches {
    fn verify(self, count: u64, statement: &'static str) -> Result<()> {
        match self {
            Self::One if count != 1 => {
                Err(Error::new(Kind::Stale, format!("{count} rows were touched, not one")).of(statement))
            }
            _ => Ok(()),
        }
    }
}
