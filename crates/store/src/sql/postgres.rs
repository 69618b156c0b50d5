//! PostgreSQL, through `tokio-postgres`, driven from ordinary threads.
//!
//! A round trip to the server costs more than most statements, so writes are kept back and sent together with the next
//! question, without waiting for an answer between them.

use super::{Columns, Failure, Row, Sql, Touches};
use crate::error::{Error, Kind, Result};
use crate::value::{Value, storable};
use bytes::{BufMut, BytesMut};
use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::future::{Future, poll_fn};
use std::pin::pin;
use std::task::Poll;
use std::time::Duration;
use tokio::runtime::Runtime;
use tokio_postgres::error::SqlState;
use tokio_postgres::types::{FromSql, IsNull, ToSql, Type};
use tokio_postgres::{Client, Config, NoTls, Statement};
use uuid::Uuid;

/// How many requests are kept back at most before they are sent.
const KEPT_BACK: usize = 256;

/// How every connection starts. A wait for a row is short, because who waits may hold others that somebody waits for.
const SESSION: &str = "SET lock_timeout = '100ms'; SET statement_timeout = '60s'; SET TimeZone = 'UTC'; \
                       SET synchronous_commit = on; SET client_min_messages = warning";

/// A command that shares its transaction with no other holds nothing at first, and can wait.
const BEGIN_ALONE: &str = "BEGIN; SET LOCAL lock_timeout = '10s'";

/// Lets one process migrate, however long that takes; the others wait. The number is this lock's name.
pub(super) const LOCK_FOR_MIGRATION: &str =
    "SET lock_timeout = 0; SET statement_timeout = 0; SELECT pg_advisory_lock(8748104)";

/// `zetel_id(microseconds)`: a fresh identifier of version 7. Made by whoever migrates.
pub(super) const FUNCTIONS: &str = "CREATE OR REPLACE FUNCTION zetel_id(microseconds BIGINT) RETURNS UUID \
    LANGUAGE SQL VOLATILE AS $$ SELECT CAST(overlay(overlay(gen_random_uuid()::text \
    PLACING substr(lpad(to_hex(microseconds / 1000), 12, '0'), 1, 8) || '-' || \
    substr(lpad(to_hex(microseconds / 1000), 12, '0'), 9, 4) FROM 1 FOR 13) PLACING '7' FROM 15 FOR 1) AS UUID) $$";

type BoxedError = Box<dyn std::error::Error + Sync + Send>;

pub(crate) struct Postgres {
    runtime: Option<Runtime>,
    client: Client,
    prepared: RefCell<HashMap<(usize, usize), Statement>>,
    kept_back: RefCell<Vec<Request>>,
    command: Cell<u32>,
}

/// Something that is sent later, and the command it belongs to.
struct Request {
    command: u32,
    kind: RequestKind,
}

enum RequestKind {
    Batch(String),
    Change { name: &'static str, statement: Statement, values: Vec<Owned>, touches: Touches },
}

/// A parameter that outlives its caller.
enum Owned {
    Plain(Value<'static>),
    Text(String),
    Bytes(Vec<u8>),
}

pub(super) fn parse(text: &str) -> Result<Config> {
    let mut config: Config = text.parse().map_err(|error: tokio_postgres::Error| {
        Error::new(Kind::Connection, format!("the address of the database: {error}"))
    })?;
    if config.get_connect_timeout().is_none() {
        config.connect_timeout(Duration::from_secs(5));
    }
    if config.get_application_name().is_none() {
        config.application_name("zetel");
    }
    Ok(config)
}

impl Postgres {
    pub(super) fn open(config: &Config) -> Result<Self> {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_io()
            .enable_time()
            .build()
            .map_err(|error| Error::new(Kind::Connection, error.to_string()))?;
        let connecting = runtime.block_on(config.connect(NoTls));
        let (client, connection) = connecting.map_err(|error| describe(&error).with_kind(Kind::Connection))?;
        runtime.spawn(async move {
            if let Err(error) = connection.await {
                tracing::debug!(%error, "the connection to PostgreSQL ended");
            }
        });
        let postgres = Self {
            runtime: Some(runtime),
            client,
            prepared: RefCell::default(),
            kept_back: RefCell::default(),
            command: Cell::new(0),
        };
        postgres.batch(SESSION)?;
        Ok(postgres)
    }

    fn wait<T>(&self, future: impl Future<Output = T>) -> Result<T> {
        let runtime = self.runtime.as_ref().ok_or_else(|| Error::new(Kind::Connection, "the connection was closed"))?;
        Ok(runtime.block_on(future))
    }

    /// Whether the server has gone. Nobody listens to a connection that rests, so this first reads what has come in.
    pub(super) fn is_closed(&self) -> bool {
        let listened = self.wait(async {
            tokio::task::yield_now().await;
            tokio::task::yield_now().await;
        });
        listened.is_err() || self.client.is_closed()
    }

    /// Runs a text at once, after everything that was kept back.
    pub(super) fn batch(&self, text: &str) -> Result<()> {
        self.settle().map_err(|failure| failure.error)?;
        self.wait(self.client.batch_execute(text))?.map_err(|error| describe(&error))
    }

    /// Runs a text with the next question.
    pub(super) fn later(&self, text: impl Into<String>) {
        self.keep_back(RequestKind::Batch(text.into()));
    }

    fn keep_back(&self, kind: RequestKind) {
        self.kept_back.borrow_mut().push(Request { command: self.command.get(), kind });
    }

    pub(super) fn begin_write(&self, alone: bool) {
        self.command.set(0);
        self.later(if alone { BEGIN_ALONE } else { "BEGIN" });
    }

    pub(super) fn begin_command(&self, number: u32) {
        self.command.set(number);
        self.later(format!("SAVEPOINT command_{number}"));
    }

    pub(super) fn undo_command(&self, number: u32) {
        let unsent = {
            let mut kept_back = self.kept_back.borrow_mut();
            let first = kept_back.iter().position(|request| request.command >= number);
            let unsent = first.is_some_and(|first| kept_back[first].starts_command());
            let kept = first.unwrap_or(kept_back.len());
            kept_back.truncate(kept);
            unsent
        };
        if !unsent {
            self.command.set(number);
            self.later(format!("ROLLBACK TO SAVEPOINT command_{number}"));
        }
    }

    pub(super) fn roll_back(&self) -> Result<()> {
        self.kept_back.borrow_mut().clear();
        self.command.set(0);
        self.batch("ROLLBACK")
    }

    pub(super) fn check(&self, sql: &Sql) -> Result<()> {
        self.wait(self.client.prepare(sql.text))?.map(|_| ()).map_err(|error| describe(&error).of(sql.name))
    }

    /// The prepared form of a statement. The first time it asks the server, after all that was kept back, so that
    /// a text the server does not take cannot hurt an earlier command.
    fn prepared(&self, sql: &Sql, given: usize) -> Result<Statement, Failure> {
        let key = (sql.text.as_ptr().addr(), sql.text.len());
        let known = self.prepared.borrow().get(&key).cloned();
        let statement = match known {
            Some(statement) => statement,
            None => {
                self.settle()?;
                let prepared = self.wait(self.client.prepare(sql.text)).map_err(Failure::here)?;
                let statement = prepared.map_err(|error| Failure::here(describe(&error).of(sql.name)))?;
                self.prepared.borrow_mut().insert(key, statement.clone());
                statement
            }
        };
        let wanted = statement.params().len();
        if wanted != given {
            let error = Error::other(format!("{wanted} parameters wanted, {given} given")).of(sql.name);
            return Err(Failure::here(error));
        }
        Ok(statement)
    }

    pub(super) fn query(
        &self,
        sql: &Sql,
        values: &[Value<'_>],
        each: &mut dyn FnMut(&Row<'_>) -> bool,
    ) -> Result<(), Failure> {
        let statement = self.prepared(sql, values.len())?;
        let parameters: Vec<&(dyn ToSql + Sync)> = values.iter().map(|value| value as _).collect();
        let rows = self.send(sql.name, self.client.query(&statement, &parameters))?;
        for row in &rows {
            if !each(&Row { columns: Columns::Postgres(row), statement: sql.name }) {
                break;
            }
        }
        Ok(())
    }

    pub(super) fn execute(&self, sql: &Sql, values: &[Value<'_>]) -> Result<u64, Failure> {
        let statement = self.prepared(sql, values.len())?;
        self.send(sql.name, self.client.execute_raw(&statement, values))
    }

    pub(super) fn execute_later(&self, sql: &Sql, values: &[Value<'_>], touches: Touches) -> Result<(), Failure> {
        let statement = self.prepared(sql, values.len())?;
        let values = values.iter().map(Owned::new).collect();
        self.keep_back(RequestKind::Change { name: sql.name, statement, values, touches });
        if self.kept_back.borrow().len() >= KEPT_BACK { self.settle() } else { Ok(()) }
    }

    pub(super) fn settle(&self) -> Result<(), Failure> {
        if self.kept_back.borrow().is_empty() {
            return Ok(());
        }
        self.send("", std::future::ready(Ok(())))
    }

    /// Sends what was kept back and then `last`, all in one go, and waits for every answer. Gives the first failure.
    fn send<T>(
        &self,
        name: &'static str,
        last: impl Future<Output = Result<T, tokio_postgres::Error>>,
    ) -> Result<T, Failure> {
        let requests = self.kept_back.take();
        let answers = self.wait(in_one_go(&self.client, &requests, last)).map_err(Failure::here)?;
        let (counts, last) = answers;
        for (request, count) in requests.iter().zip(counts) {
            request.verify(count).map_err(|error| Failure { command: Some(request.command), error })?;
        }
        last.map_err(|error| Failure::here(describe(&error).of(name)))
    }
}

/// Polls all futures in order, so that all are sent before the first answer is awaited.
async fn in_one_go<T>(
    client: &Client,
    requests: &[Request],
    last: impl Future<Output = Result<T, tokio_postgres::Error>>,
) -> (Vec<Result<u64, tokio_postgres::Error>>, Result<T, tokio_postgres::Error>) {
    let mut futures: Vec<_> = requests.iter().map(|request| Box::pin(request.send(client))).collect();
    let mut counts: Vec<_> = requests.iter().map(|_| None).collect();
    let mut last = pin!(last);
    let mut answer = None;
    let mut sent = false;
    let last = poll_fn(|context| {
        let mut complete = true;
        for (future, count) in futures.iter_mut().zip(&mut counts).filter(|(_, count)| count.is_none()) {
            match future.as_mut().poll(context) {
                Poll::Ready(result) => *count = Some(result),
                // Answers come in order: once everything is sent, the first that is missing is the one to wait for.
                Poll::Pending if sent => return Poll::Pending,
                Poll::Pending => complete = false,
            }
        }
        sent = true;
        if answer.is_none()
            && let Poll::Ready(result) = last.as_mut().poll(context)
        {
            answer = Some(result);
        }
        match answer.take() {
            Some(result) if complete => Poll::Ready(result),
            other => {
                answer = other;
                Poll::Pending
            }
        }
    })
    .await;
    drop(futures);
    (counts.into_iter().flatten().collect(), last)
}

impl Request {
    fn starts_command(&self) -> bool {
        matches!(&self.kind, RequestKind::Batch(text) if text.starts_with("SAVEPOINT"))
    }

    async fn send(&self, client: &Client) -> Result<u64, tokio_postgres::Error> {
        match &self.kind {
            RequestKind::Batch(text) => client.batch_execute(text).await.map(|()| 1),
            RequestKind::Change { statement, values, .. } => {
                client.execute_raw(statement, values.iter().map(Owned::value)).await
            }
        }
    }

    fn verify(&self, count: Result<u64, tokio_postgres::Error>) -> Result<()> {
        match &self.kind {
            RequestKind::Batch(_) => count.map(|_| ()).map_err(|error| describe(&error)),
            RequestKind::Change { name, touches, .. } => {
                touches.verify(count.map_err(|error| describe(&error).of(name))?, name)
            }
        }
    }
}

impl Owned {
    fn new(value: &Value<'_>) -> Self {
        match *value {
            Value::Null => Self::Plain(Value::Null),
            Value::Integer(integer) => Self::Plain(Value::Integer(integer)),
            Value::Boolean(flag) => Self::Plain(Value::Boolean(flag)),
            Value::Text(text) => Self::Text(text.to_owned()),
            Value::Day(day) => Self::Plain(Value::Day(day)),
            Value::Id(uuid) => Self::Plain(Value::Id(uuid)),
            Value::Bytes(bytes) => Self::Bytes(bytes.to_vec()),
        }
    }

    fn value(&self) -> Value<'_> {
        match self {
            Self::Plain(value) => *value,
            Self::Text(text) => Value::Text(text),
            Self::Bytes(bytes) => Value::Bytes(bytes),
        }
    }
}

impl Drop for Postgres {
    /// A runtime that is merely dropped would panic where the last user of a store is an asynchronous task.
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

/// Takes the kind and the message, and leaves the details: those repeat what was to be stored.
fn describe(error: &tokio_postgres::Error) -> Error {
    let Some(failure) = error.as_db_error() else {
        let io = std::error::Error::source(error).and_then(|source| source.downcast_ref::<std::io::Error>());
        let kind = if io.is_some() || error.is_closed() { Kind::Connection } else { Kind::Other };
        let cause = std::error::Error::source(error).map_or_else(String::new, |source| format!(": {source}"));
        return Error::new(kind, format!("{error}{cause}"));
    };
    let constraint = || failure.constraint().unwrap_or_default().to_owned();
    let kind = match *failure.code() {
        SqlState::UNIQUE_VIOLATION => Kind::Unique { constraint: constraint() },
        SqlState::CHECK_VIOLATION => Kind::Check { constraint: constraint() },
        SqlState::FOREIGN_KEY_VIOLATION | SqlState::RESTRICT_VIOLATION => Kind::ForeignKey,
        SqlState::NOT_NULL_VIOLATION => Kind::NotNull,
        SqlState::LOCK_NOT_AVAILABLE | SqlState::QUERY_CANCELED => Kind::Busy,
        SqlState::T_R_SERIALIZATION_FAILURE | SqlState::T_R_DEADLOCK_DETECTED => Kind::Serialization,
        SqlState::ADMIN_SHUTDOWN
        | SqlState::CRASH_SHUTDOWN
        | SqlState::CANNOT_CONNECT_NOW
        | SqlState::TOO_MANY_CONNECTIONS
        | SqlState::IDLE_IN_TRANSACTION_SESSION_TIMEOUT => Kind::Connection,
        ref code if code.code().starts_with("08") => Kind::Connection,
        _ => Kind::Other,
    };
    Error::new(kind, failure.message())
}

pub(super) fn value(row: &tokio_postgres::Row, index: usize) -> Option<Value<'_>> {
    row.try_get::<_, Stored<'_>>(index).ok().map(|stored| stored.0)
}

/// A column as it comes from the server.
struct Stored<'a>(Value<'a>);

impl<'a> FromSql<'a> for Stored<'a> {
    fn from_sql(column: &Type, raw: &'a [u8]) -> Result<Self, BoxedError> {
        Ok(Self(match *column {
            Type::INT8 => Value::Integer(i64::from_be_bytes(raw.try_into()?)),
            Type::INT4 => Value::Integer(i32::from_be_bytes(raw.try_into()?).into()),
            Type::INT2 => Value::Integer(i16::from_be_bytes(raw.try_into()?).into()),
            Type::BOOL => Value::Boolean(raw != [0]),
            Type::UUID => Value::Id(Uuid::from_slice(raw)?),
            Type::BYTEA => Value::Bytes(raw),
            _ => Value::Text(std::str::from_utf8(raw)?),
        }))
    }

    fn from_sql_null(_: &Type) -> Result<Self, BoxedError> {
        Ok(Self(Value::Null))
    }

    fn accepts(column: &Type) -> bool {
        is_known(column)
    }
}

fn is_known(column: &Type) -> bool {
    matches!(
        *column,
        Type::INT8
            | Type::INT4
            | Type::INT2
            | Type::BOOL
            | Type::UUID
            | Type::BYTEA
            | Type::TEXT
            | Type::VARCHAR
            | Type::NAME
    )
}

impl std::fmt::Debug for Value<'_> {
    /// The kind of the value and never the value: it may be somebody's address, and drivers log what they send.
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(match self {
            Value::Null => "null",
            Value::Integer(_) => "integer",
            Value::Boolean(_) => "boolean",
            Value::Text(_) => "text",
            Value::Day(_) => "day",
            Value::Id(_) => "id",
            Value::Bytes(_) => "bytes",
        })
    }
}

impl ToSql for Value<'_> {
    fn to_sql(&self, parameter: &Type, out: &mut BytesMut) -> Result<IsNull, BoxedError> {
        match (*self, parameter) {
            (Value::Null, _) => return Ok(IsNull::Yes),
            (Value::Integer(integer), &Type::INT8) => out.put_i64(integer),
            (Value::Integer(integer), &Type::INT4) => out.put_i32(integer.try_into()?),
            (Value::Integer(integer), &Type::INT2) => out.put_i16(integer.try_into()?),
            (Value::Boolean(flag), &Type::BOOL) => out.put_u8(flag.into()),
            (Value::Id(uuid), &Type::UUID) => out.put_slice(uuid.as_bytes()),
            (Value::Bytes(bytes), &Type::BYTEA) => out.put_slice(bytes),
            (Value::Text(text), &(Type::TEXT | Type::VARCHAR | Type::NAME)) => {
                out.put_slice(storable(text).as_bytes());
            }
            (Value::Day(day), &(Type::TEXT | Type::VARCHAR)) => out.put_slice(day.to_string().as_bytes()),
            (value, parameter) => return Err(format!("{value:?} given for a parameter of type {parameter}").into()),
        }
        Ok(IsNull::No)
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    fn to_sql_checked(&self, parameter: &Type, out: &mut BytesMut) -> Result<IsNull, BoxedError> {
        self.to_sql(parameter, out)
    }
}
