//! What a command and a page see of the database: one organization's rows, in one transaction.

use crate::error::{Error, Result};
use crate::sql::{Connection, Failure, Row, Sql, SqlScope, Touches};
use crate::value::{Bind, Value};
use domain::ids::OrganizationId;
use std::cell::RefCell;
use std::ops::Deref;

/// Whose rows a transaction may touch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Scope {
    /// Only what all organizations share.
    Shared,
    /// One organization's rows, and what all organizations share.
    Organization(OrganizationId),
}

impl From<OrganizationId> for Scope {
    fn from(organization: OrganizationId) -> Self {
        Self::Organization(organization)
    }
}

/// A view of one state of the database.
pub struct Read<'c> {
    connection: &'c Connection,
    scope: Scope,
    failure: RefCell<Option<Failure>>,
}

/// A transaction that may write. Everything a [`Read`] can do, it can.
pub struct Write<'c> {
    read: Read<'c>,
}

impl<'c> Read<'c> {
    pub(crate) fn new(connection: &'c Connection, scope: Scope) -> Self {
        Self { connection, scope, failure: RefCell::new(None) }
    }

    /// The organization whose rows this transaction sees.
    ///
    /// # Errors
    /// [`Kind::Other`](crate::Kind::Other) in a transaction of [`Scope::Shared`].
    pub fn organization(&self) -> Result<OrganizationId> {
        match self.scope {
            Scope::Organization(organization) => Ok(organization),
            Scope::Shared => Err(Error::other("this transaction belongs to no organization")),
        }
    }

    /// Reads all rows. An `organization` statement gets the organization as `$1`, so `parameters` start at `$2`.
    ///
    /// # Errors
    /// Those of the engine, and those of `read`.
    pub fn query<T>(
        &self,
        sql: &Sql,
        parameters: &[&dyn Bind],
        mut read: impl FnMut(&Row<'_>) -> Result<T>,
    ) -> Result<Vec<T>> {
        let mut rows = Vec::new();
        let mut unreadable = None;
        self.each(sql, parameters, &mut |row| match read(row) {
            Ok(value) => {
                rows.push(value);
                true
            }
            Err(error) => {
                unreadable = Some(error.of(sql.name));
                false
            }
        })?;
        unreadable.map_or(Ok(rows), Err)
    }

    /// Reads the only row, or `None` where there is none.
    ///
    /// # Errors
    /// Those of the engine, those of `read`, and [`Kind::Other`](crate::Kind::Other) when there is more than one row.
    pub fn query_one<T>(
        &self,
        sql: &Sql,
        parameters: &[&dyn Bind],
        read: impl FnOnce(&Row<'_>) -> Result<T>,
    ) -> Result<Option<T>> {
        let mut read = Some(read);
        let mut found = None;
        self.each(sql, parameters, &mut |row| {
            found = Some(match read.take() {
                Some(read) => read(row),
                None => Err(Error::other("more than one row")),
            });
            found.as_ref().is_some_and(Result::is_ok)
        })?;
        found.transpose().map_err(|error| error.of(sql.name))
    }

    fn each(&self, sql: &Sql, parameters: &[&dyn Bind], each: &mut dyn FnMut(&Row<'_>) -> bool) -> Result<()> {
        self.run(sql, parameters, |values| self.connection.query(sql, values, each))
    }

    /// Binds the organization where the statement wants it. After a failure nothing more reaches the engine: on
    /// PostgreSQL it could not, and both engines behave alike.
    fn run<T>(
        &self,
        sql: &Sql,
        parameters: &[&dyn Bind],
        run: impl FnOnce(&[Value<'_>]) -> Result<T, Failure>,
    ) -> Result<T> {
        if let Some(failure) = &*self.failure.borrow() {
            return Err(failure.error.clone());
        }
        let mut values = Vec::with_capacity(parameters.len() + 1);
        if sql.scope == SqlScope::Organization {
            values.push(Value::Id(self.organization().map_err(|error| error.of(sql.name))?.uuid()));
        }
        values.extend(parameters.iter().map(|parameter| parameter.value()));
        run(&values).map_err(|failure| {
            let error = failure.error.clone();
            self.failure.replace(Some(failure));
            error
        })
    }
}

impl<'c> Write<'c> {
    pub(crate) fn new(connection: &'c Connection, scope: Scope) -> Self {
        Self { read: Read::new(connection, scope) }
    }

    /// Writes exactly one row. On PostgreSQL the statement is sent with the next question or at the end of the command,
    /// and a failure shows there.
    ///
    /// # Errors
    /// [`Kind::Stale`](crate::Kind::Stale) when another number of rows was touched, and those of the engine.
    pub fn change(&self, sql: &Sql, parameters: &[&dyn Bind]) -> Result<()> {
        self.run(sql, parameters, |values| self.connection.execute_later(sql, values, Touches::One))
    }

    /// Writes any number of rows, at once, and says how many.
    ///
    /// # Errors
    /// Those of the engine.
    pub fn change_any(&self, sql: &Sql, parameters: &[&dyn Bind]) -> Result<u64> {
        self.run(sql, parameters, |values| self.connection.execute(sql, values))
    }

    /// Writes any number of rows and does not ask how many, so that the statement can be sent like one of
    /// [`change`](Self::change).
    ///
    /// # Errors
    /// Those of the engine.
    pub fn change_some(&self, sql: &Sql, parameters: &[&dyn Bind]) -> Result<()> {
        self.run(sql, parameters, |values| self.connection.execute_later(sql, values, Touches::Any))
    }

    /// The first failure of the engine, whatever the command made of it.
    pub(crate) fn into_failure(self) -> Option<Failure> {
        self.read.failure.into_inner()
    }
}

impl<'c> Deref for Write<'c> {
    type Target = Read<'c>;

    fn deref(&self) -> &Read<'c> {
        &self.read
    }
}
