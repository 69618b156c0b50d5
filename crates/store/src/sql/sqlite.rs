//! SQLite, through `rusqlite`.

use super::{Checkpoint, Columns, Log, Role, Row, Sql, estimates};
use crate::error::{Error, Kind, Result};
use crate::value::{Value, storable};
use rusqlite::config::DbConfig;
use rusqlite::ffi;
use rusqlite::functions::FunctionFlags;
use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{CachedStatement, OpenFlags};
use std::borrow::Cow;
use std::fs::OpenOptions;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;
use uuid::{ContextV7, Uuid};

/// How many statements a connection keeps prepared: more than there are.
const STATEMENTS_KEPT: usize = 1024;

/// How long a writer waits for another process, such as a backup, before it gives up.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);

/// How long a checkpoint that holds the writer up waits for somebody who reads.
const CHECKPOINT_TIMEOUT: Duration = Duration::from_millis(250);

pub(crate) struct Sqlite {
    connection: rusqlite::Connection,
}

/// Makes an empty file that only its owner can read, unless there is one already.
pub(super) fn create(path: &Path) -> Result<()> {
    OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(false)
        .mode(0o600)
        .open(path)
        .map(|_| ())
        .map_err(|error| Error::new(Kind::Connection, format!("{}: {error}", path.display())))
}

/// Adds `zetel_id(microseconds)`: a fresh identifier of version 7; later ones of a connection sort after earlier ones.
fn add_functions(connection: &rusqlite::Connection) -> rusqlite::Result<()> {
    let context = Mutex::new(ContextV7::new());
    connection.create_scalar_function("zetel_id", 1, FunctionFlags::SQLITE_UTF8, move |arguments| {
        let microseconds: i64 = arguments.get(0)?;
        let seconds = u64::try_from(microseconds / 1_000_000).unwrap_or(0);
        let nanoseconds = u32::try_from(microseconds % 1_000_000 * 1_000).unwrap_or(0);
        let context = context.lock().unwrap_or_else(PoisonError::into_inner);
        let id = Uuid::new_v7(uuid::Timestamp::from_unix(&*context, seconds, nanoseconds));
        Ok(id.as_bytes().to_vec())
    })
}

impl Sqlite {
    pub(super) fn open(path: &Path, role: Role) -> Result<Self> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = rusqlite::Connection::open_with_flags(path, flags)
            .map_err(|error| Error::new(Kind::Connection, format!("{}: {error}", path.display())))?;
        connection.set_prepared_statement_cache_capacity(STATEMENTS_KEPT);
        let timeout = if role == Role::Checkpoints { CHECKPOINT_TIMEOUT } else { BUSY_TIMEOUT };
        connection.busy_timeout(timeout).map_err(plain)?;
        // One plan for each statement. Without this SQLite may look at what is bound and plan a prepared statement
        // again each time it runs, which takes longer than most statements do.
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true).map_err(plain)?;
        add_functions(&connection).map_err(plain)?;
        let sqlite = Self { connection };
        sqlite.batch(match role {
            // Every answered command is on disk: FULL flushes the log at each commit. Checkpoints have a thread.
            Role::Writer | Role::Checkpoints => {
                "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; \
                 PRAGMA wal_autocheckpoint = 0; PRAGMA journal_size_limit = 67108864; \
                 PRAGMA temp_store = MEMORY; PRAGMA cache_size = -32768"
            }
            Role::Reader => "PRAGMA query_only = ON; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -8192",
        })?;
        Ok(sqlite)
    }

    pub(super) fn batch(&self, text: &str) -> Result<()> {
        self.connection.execute_batch(text).map_err(|error| self.describe(error))
    }

    /// Runs one statement without parameters and keeps it prepared.
    pub(super) fn run(&self, text: &'static str) -> Result<()> {
        let run = || self.connection.prepare_cached(text)?.raw_execute();
        run().map(|_| ()).map_err(|error| self.describe(error))
    }

    pub(super) fn check(&self, sql: &Sql) -> Result<()> {
        self.connection.prepare(sql.question_marks).map(|_| ()).map_err(|error| self.describe(error).of(sql.name))
    }

    pub(super) fn query(&self, sql: &Sql, values: &[Value<'_>], each: &mut dyn FnMut(&Row<'_>) -> bool) -> Result<()> {
        let describe = |error| self.describe(error).of(sql.name);
        let mut statement = self.bound(sql, values)?;
        let mut rows = statement.raw_query();
        while let Some(row) = rows.next().map_err(describe)? {
            if !each(&Row { columns: Columns::Sqlite(row), statement: sql.name }) {
                break;
            }
        }
        Ok(())
    }

    pub(super) fn execute(&self, sql: &Sql, values: &[Value<'_>]) -> Result<u64> {
        let count = self.bound(sql, values)?.raw_execute().map_err(|error| self.describe(error).of(sql.name))?;
        Ok(count as u64)
    }

    fn bound(&self, sql: &Sql, values: &[Value<'_>]) -> Result<CachedStatement<'_>> {
        let describe = |error| self.describe(error).of(sql.name);
        let mut statement = self.connection.prepare_cached(sql.question_marks).map_err(describe)?;
        let wanted = statement.parameter_count();
        if wanted != values.len() {
            return Err(Error::other(format!("{wanted} parameters wanted, {} given", values.len())).of(sql.name));
        }
        for (index, value) in values.iter().enumerate() {
            statement.raw_bind_parameter(index + 1, *value).map_err(describe)?;
        }
        Ok(statement)
    }

    pub(super) fn write_estimates(&self) -> Result<()> {
        estimates::write(&self.connection).map_err(|error| self.describe(error))
    }

    pub(super) fn transaction_is_open(&self) -> bool {
        !self.connection.is_autocommit()
    }

    /// Copies into a file that only its owner can read. What an interrupted copy left there is thrown away.
    pub(super) fn copy_to(&self, path: &Path) -> Result<()> {
        let _ = std::fs::remove_file(path);
        create(path).map_err(|error| error.with_kind(Kind::File))?;
        let path = path.to_str().ok_or_else(|| Error::other("the path of a backup is UTF-8"))?;
        self.connection.execute("VACUUM INTO ?1", [path]).map(|_| ()).map_err(|error| self.describe(error))
    }

    /// What is wrong with the file, in SQLite's own words; rows that refer to nothing count too.
    pub(super) fn damage(&self) -> Result<Vec<String>> {
        let mut found = Vec::new();
        for check in ["PRAGMA integrity_check", "PRAGMA foreign_key_check"] {
            let mut statement = self.connection.prepare(check).map_err(plain)?;
            let mut rows = statement.raw_query();
            while let Some(row) = rows.next().map_err(plain)? {
                found.push(row.get::<_, String>(0).map_err(plain)?);
            }
        }
        found.retain(|line| line != "ok");
        Ok(found)
    }

    /// Fails as busy while another process has the database open.
    pub(super) fn end_log(&self) -> Result<()> {
        self.connection.busy_timeout(CHECKPOINT_TIMEOUT).map_err(plain)?;
        self.connection.query_row("PRAGMA journal_mode = DELETE", [], |_| Ok(())).map_err(|error| self.describe(error))
    }

    pub(super) fn checkpoint(&self, how: Checkpoint) -> Result<Log> {
        let text = match how {
            Checkpoint::Look => "PRAGMA wal_checkpoint(NOOP)",
            Checkpoint::Move => "PRAGMA wal_checkpoint(PASSIVE)",
            Checkpoint::StartAnew => "PRAGMA wal_checkpoint(RESTART)",
        };
        let pages = |row: &rusqlite::Row<'_>| {
            Ok(Log { complete: row.get::<_, i64>(0)? == 0, pages: row.get(1)?, moved: row.get(2)? })
        };
        self.connection.query_row(text, [], pages).map_err(plain)
    }

    fn describe(&self, error: rusqlite::Error) -> Error {
        let code = error.sqlite_error().map(|failure| failure.extended_code);
        let message = message(&error);
        let kind = match code {
            Some(ffi::SQLITE_CONSTRAINT_UNIQUE | ffi::SQLITE_CONSTRAINT_PRIMARYKEY | ffi::SQLITE_CONSTRAINT_ROWID) => {
                Kind::Unique { constraint: self.unique_constraint(&message) }
            }
            _ => return plain(error),
        };
        Error::new(kind, message)
    }

    /// SQLite names the columns of the key, `person.organization_id, person.email`; this finds the index over them and
    /// names it the way PostgreSQL does.
    fn unique_constraint(&self, message: &str) -> String {
        let columns = message.split_once(": ").map_or(message, |(_, columns)| columns);
        if let Some(index) = columns.strip_prefix("index '") {
            return index.trim_end_matches('\'').to_owned();
        }
        let table = columns.split('.').next().unwrap_or_default();
        let columns: Vec<&str> = columns.split(", ").filter_map(|column| column.split('.').nth(1)).collect();
        let find = "SELECT list.name, list.origin FROM pragma_index_list(?1) list WHERE list.\"unique\" = 1 AND ?2 = \
                    (SELECT group_concat(name, ' ')
                     FROM (SELECT name FROM pragma_index_info(list.name) ORDER BY seqno))";
        let found = self.connection.query_row(find, [table, &columns.join(" ")], |row| {
            Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?))
        });
        match found {
            Ok((name, origin)) if origin == "c" => name,
            Ok((_, origin)) if origin == "u" => format!("{table}_{}_key", columns.join("_")),
            _ => format!("{table}_pkey"),
        }
    }
}

/// The engine's message without the statement's text around it.
fn message(error: &rusqlite::Error) -> String {
    match error {
        rusqlite::Error::SqliteFailure(_, Some(message)) => message.clone(),
        rusqlite::Error::SqlInputError { msg, .. } => msg.clone(),
        other => other.to_string(),
    }
}

/// Describes an error for which the connection need not be asked.
fn plain(error: rusqlite::Error) -> Error {
    let message = message(&error);
    let Some(failure) = error.sqlite_error() else { return Error::other(message) };
    let kind = match failure.extended_code {
        ffi::SQLITE_CONSTRAINT_CHECK => {
            let constraint = message.split_once(": ").map_or(message.as_str(), |(_, name)| name);
            Kind::Check { constraint: constraint.to_owned() }
        }
        ffi::SQLITE_CONSTRAINT_FOREIGNKEY => Kind::ForeignKey,
        ffi::SQLITE_CONSTRAINT_NOTNULL => Kind::NotNull,
        code => match code & 0xff {
            ffi::SQLITE_BUSY | ffi::SQLITE_LOCKED => Kind::Busy,
            ffi::SQLITE_CANTOPEN | ffi::SQLITE_IOERR | ffi::SQLITE_NOTADB | ffi::SQLITE_FULL => Kind::Connection,
            _ => Kind::Other,
        },
    };
    Error::new(kind, message)
}

pub(super) fn value<'r>(row: &'r rusqlite::Row<'r>, index: usize) -> Option<Value<'r>> {
    match row.get_ref(index).ok()? {
        ValueRef::Null => Some(Value::Null),
        ValueRef::Integer(integer) => Some(Value::Integer(integer)),
        ValueRef::Real(_) => None,
        ValueRef::Text(text) => std::str::from_utf8(text).ok().map(Value::Text),
        ValueRef::Blob(bytes) => Some(Value::Bytes(bytes)),
    }
}

impl rusqlite::ToSql for Value<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(match *self {
            Value::Null => ToSqlOutput::Borrowed(ValueRef::Null),
            Value::Integer(integer) => ToSqlOutput::Borrowed(ValueRef::Integer(integer)),
            Value::Boolean(flag) => ToSqlOutput::Borrowed(ValueRef::Integer(i64::from(flag))),
            Value::Text(text) => match storable(text) {
                Cow::Borrowed(text) => ToSqlOutput::Borrowed(ValueRef::Text(text.as_bytes())),
                Cow::Owned(text) => ToSqlOutput::Owned(text.into()),
            },
            Value::Day(day) => ToSqlOutput::Owned(day.to_string().into()),
            Value::Id(ref uuid) => ToSqlOutput::Borrowed(ValueRef::Blob(uuid.as_bytes())),
            Value::Bytes(bytes) => ToSqlOutput::Borrowed(ValueRef::Blob(bytes)),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sql::SqlScope;
    use rusqlite::StatementStatus;

    #[test]
    fn a_statement_is_planned_once_whatever_is_bound() {
        const TEXT: &str = "SELECT 1 FROM person WHERE id = ?1 AND state = ?2";
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("zetel.db");
        create(&path).unwrap();
        let sqlite = Sqlite::open(&path, Role::Writer).unwrap();
        sqlite.batch("CREATE TABLE person (id INTEGER, state TEXT)").unwrap();
        sqlite.batch("CREATE INDEX person_alive ON person (id) WHERE state = 'alive'").unwrap();
        let sql = Sql::new("PERSON", TEXT, TEXT.as_bytes(), SqlScope::Shared);
        for id in 1..=3 {
            sqlite.query(&sql, &[Value::Integer(id), Value::Text("alive")], &mut |_| true).unwrap();
        }
        let statement = sqlite.connection.prepare_cached(TEXT).unwrap();
        assert_eq!(statement.get_status(StatementStatus::RePrepare), 0);
        assert_eq!(statement.get_status(StatementStatus::Run), 3);
    }
}
