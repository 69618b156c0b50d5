//! Connections that only read. They never wait for a writer.

use crate::error::{Error, Kind, Result};
use crate::sql::{Address, Connection, Role};
use crate::transaction::{Read, Scope};
use std::sync::{Condvar, Mutex, PoisonError};
use std::time::Duration;

/// How long a reader waits for a connection before it says that the database is busy.
const PATIENCE: Duration = Duration::from_secs(10);

/// Connections that are handed out, one to a thread at a time. Grows as it is used, to a limit.
pub(crate) struct Pool {
    address: Address,
    limit: usize,
    state: Mutex<State>,
    returned: Condvar,
}

#[derive(Default)]
struct State {
    idle: Vec<Connection>,
    open: usize,
}

impl Pool {
    pub(crate) fn new(address: Address, limit: usize) -> Self {
        Self { address, limit: limit.max(1), state: Mutex::default(), returned: Condvar::new() }
    }

    /// Everything `work` reads belongs to one state of the database.
    pub(crate) fn read<T, E: From<Error>>(
        &self,
        scope: Scope,
        work: impl FnOnce(&Read<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        self.lend(|connection| {
            let result = connection.begin_read().map_err(E::from).and_then(|()| work(&Read::new(connection, scope)));
            (result, connection.roll_back().is_ok())
        })?
    }

    /// One statement, without a transaction around it.
    pub(crate) fn glance<T, E: From<Error>>(
        &self,
        scope: Scope,
        work: impl FnOnce(&Read<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        self.with(|connection| work(&Read::new(connection, scope)))?
    }

    /// Runs `work` on a connection, without a transaction.
    pub(crate) fn with<T>(&self, work: impl FnOnce(&Connection) -> T) -> Result<T> {
        self.lend(|connection| (work(connection), true))
    }

    /// Lends a connection to `work`, which says whether it can be used again.
    fn lend<T>(&self, work: impl FnOnce(&Connection) -> (T, bool)) -> Result<T> {
        let (mut place, idle) = self.take()?;
        let connection = match idle {
            Some(connection) => connection,
            None => self.address.connect(Role::Reader)?,
        };
        let (result, usable) = work(&connection);
        if usable && !connection.is_closed() {
            place.connection = Some(connection);
        }
        Ok(result)
    }

    /// Takes a place among the open connections, and the connection that was there.
    fn take(&self) -> Result<(Place<'_>, Option<Connection>)> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            let idle = state.idle.pop();
            if idle.is_some() || state.open < self.limit {
                state.open += usize::from(idle.is_none());
                let idle = idle.filter(|connection| !connection.is_closed());
                return Ok((Place { pool: self, connection: None }, idle));
            }
            let waited = self.returned.wait_timeout(state, PATIENCE);
            let (guard, waited) = waited.unwrap_or_else(PoisonError::into_inner);
            state = guard;
            if waited.timed_out() && state.idle.is_empty() && state.open >= self.limit {
                return Err(Error::new(Kind::Busy, "no connection became free to read"));
            }
        }
    }
}

/// One of the pool's places, given up at the end: with its connection, or empty, as after a panic.
struct Place<'p> {
    pool: &'p Pool,
    connection: Option<Connection>,
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        let mut state = self.pool.state.lock().unwrap_or_else(PoisonError::into_inner);
        match self.connection.take() {
            Some(connection) => state.idle.push(connection),
            None => state.open -= 1,
        }
        drop(state);
        self.pool.returned.notify_one();
    }
}
