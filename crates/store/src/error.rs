//! What goes wrong in a database, by kind, so that no caller has to read an engine's texts.

use std::fmt;

/// What this crate's functions give.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// The kind of an [`Error`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// A row with the same key exists.
    Unique {
        /// The name of the unique index or constraint, the same on both engines: the index's own name, `TABLE_pkey` for
        /// a primary key, `TABLE_COLUMN_key` for a constraint without a name.
        constraint: String,
    },
    /// A row breaks a rule that the schema keeps.
    Check {
        /// The name of the constraint.
        constraint: String,
    },
    /// A row refers to one that does not exist, or is still referred to.
    ForeignKey,
    /// A column that must hold something was left empty.
    NotNull,
    /// Somebody else holds what is needed, or more is waiting than the queue takes.
    Busy,
    /// Two transactions met in a way that the engine could not put in order, such as a deadlock.
    Serialization,
    /// A write that had to touch exactly one row touched another number: the row changed since it was read.
    Stale,
    /// The database is not there, or went away before it confirmed.
    Connection,
    /// A file of a backup cannot be read or written.
    File,
    /// The schema is not what this program expects.
    Migration,
    /// A fault in this program, its schema or the engine.
    Other,
}

/// A failure of the database: its kind, and the statement's name where it is known. Never holds a parameter's value.
#[derive(Debug, Clone)]
pub struct Error {
    kind: Kind,
    statement: Option<&'static str>,
    cause: Option<Cause>,
}

/// The engine's own words. Only the message, never its details, because those repeat what was stored.
#[derive(Debug, Clone)]
struct Cause(String);

impl Error {
    pub(crate) fn new(kind: Kind, cause: impl Into<String>) -> Self {
        Self { kind, statement: None, cause: Some(Cause(cause.into())) }
    }

    pub(crate) fn other(cause: impl Into<String>) -> Self {
        Self::new(Kind::Other, cause)
    }

    pub(crate) fn of(mut self, statement: &'static str) -> Self {
        self.statement.get_or_insert(statement);
        self
    }

    pub(crate) fn with_kind(mut self, kind: Kind) -> Self {
        self.kind = kind;
        self
    }

    /// What kind of failure this is.
    #[must_use]
    pub fn kind(&self) -> &Kind {
        &self.kind
    }

    /// The name of the statement that failed, where it is known.
    #[must_use]
    pub fn statement(&self) -> Option<&'static str> {
        self.statement
    }

    /// Whether the same command, run again on what is stored now, may succeed or come to a proper refusal.
    #[must_use]
    pub fn retryable(&self) -> bool {
        matches!(self.kind, Kind::Unique { .. } | Kind::Busy | Kind::Serialization | Kind::Stale)
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unique { constraint } => write!(formatter, "a row with the same key exists ({constraint})"),
            Self::Check { constraint } => write!(formatter, "the row breaks the rule {constraint}"),
            Self::ForeignKey => formatter.write_str("a row refers to one that does not exist"),
            Self::NotNull => formatter.write_str("a column that must hold something is empty"),
            Self::Busy => formatter.write_str("the database is busy"),
            Self::Serialization => formatter.write_str("two transactions met"),
            Self::Stale => formatter.write_str("the row changed since it was read"),
            Self::Connection => formatter.write_str("the database is out of reach"),
            Self::File => formatter.write_str("a file cannot be read or written"),
            Self::Migration => formatter.write_str("the schema is not what this program expects"),
            Self::Other => formatter.write_str("the database refused"),
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.statement {
            Some(statement) => write!(formatter, "{}, in {statement}", self.kind),
            None => write!(formatter, "{}", self.kind),
        }
    }
}

impl fmt::Display for Cause {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl std::error::Error for Cause {}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.cause.as_ref().map(|cause| cause as _)
    }
}
