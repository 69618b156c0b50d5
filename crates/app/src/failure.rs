//! Why a use case did not happen.

use domain::refusal::{FieldRefusal, Refusal};
use std::error::Error as _;
use std::fmt;

/// What a use case fails with.
#[derive(Debug, Clone)]
pub enum Failure {
    /// A "no" with a sentence and a remedy.
    Refused(Refusal),
    /// Fields that are wrong, all of them.
    Invalid(Vec<FieldRefusal>),
    /// The database failed.
    Store(store::Error),
    /// A fault of Zetel's own; the text is for the log, never for a page.
    Internal(String),
}

impl Failure {
    /// The refusal that a program or page shows for the whole request.
    #[must_use]
    pub fn refusal(&self) -> Option<&Refusal> {
        match self {
            Self::Refused(refusal) => Some(refusal),
            Self::Invalid(fields) => fields.first().map(|field| &field.refusal),
            Self::Store(error) if matches!(error.kind(), store::Kind::Busy) => Some(&Refusal::Busy),
            // Three tries met three changes by others: the reader looks again and repeats.
            Self::Store(error) if error.retryable() => Some(&Refusal::ChangedMeanwhile),
            Self::Store(_) | Self::Internal(_) => None,
        }
    }

    /// A fault of Zetel's own.
    pub fn internal(cause: impl fmt::Display) -> Self {
        Self::Internal(cause.to_string())
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused(refusal) => write!(formatter, "refused: {}", refusal.code()),
            Self::Invalid(fields) => {
                let fields: Vec<_> =
                    fields.iter().map(|wrong| format!("{} {}", wrong.field, wrong.refusal.code())).collect();
                write!(formatter, "invalid: {}", fields.join(", "))
            }
            Self::Store(error) => match error.source() {
                Some(cause) => write!(formatter, "the database failed: {error}: {cause}"),
                None => write!(formatter, "the database failed: {error}"),
            },
            Self::Internal(cause) => formatter.write_str(cause),
        }
    }
}

impl std::error::Error for Failure {}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<FieldRefusal> for Failure {
    fn from(refusal: FieldRefusal) -> Self {
        Self::Invalid(vec![refusal])
    }
}

impl From<Vec<FieldRefusal>> for Failure {
    fn from(refusals: Vec<FieldRefusal>) -> Self {
        Self::Invalid(refusals)
    }
}

impl From<store::Error> for Failure {
    fn from(error: store::Error) -> Self {
        Self::Store(error)
    }
}

impl store::CommandError for Failure {
    fn store_error(&self) -> Option<&store::Error> {
        match self {
            Self::Store(error) => Some(error),
            Self::Refused(_) | Self::Invalid(_) | Self::Internal(_) => None,
        }
    }
}
