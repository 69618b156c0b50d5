//! What goes into a statement and what comes out of a row.

use domain::ids;
use jiff::Timestamp;
use jiff::civil::Date;
use std::borrow::Cow;
use uuid::Uuid;

/// One parameter of a statement or one column of a row.
#[derive(Clone, Copy)]
pub enum Value<'a> {
    /// Nothing.
    Null,
    /// A whole number: a count, minor units of money, microseconds.
    Integer(i64),
    /// A flag.
    Boolean(bool),
    /// A text.
    Text(&'a str),
    /// A civil day; stored as the text YYYY-MM-DD.
    Day(Date),
    /// Sixteen bytes that name a row.
    Id(Uuid),
    /// Raw bytes.
    Bytes(&'a [u8]),
}

/// A text as both engines can keep it: PostgreSQL takes no NUL, so a replacement character (U+FFFD) stands for it, as
/// it does for bytes that are not UTF-8. Whoever searches for one finds nothing.
pub(crate) fn storable(text: &str) -> Cow<'_, str> {
    if text.contains('\0') { Cow::Owned(text.replace('\0', "\u{fffd}")) } else { Cow::Borrowed(text) }
}

/// What can be a parameter of a statement.
pub trait Bind {
    /// The value to bind.
    fn value(&self) -> Value<'_>;
}

/// What can be read from a column.
pub trait Column: Sized {
    /// Reads a stored value; `None` when it is of another type or out of range.
    fn from_value(value: Value<'_>) -> Option<Self>;
}

/// The parameters of a statement after the organization, in the order of their numbers: `params![id, name, &address]`.
#[macro_export]
macro_rules! params {
    ($($parameter:expr),* $(,)?) => { &[$(&$parameter as &dyn $crate::Bind),*] as &[&dyn $crate::Bind] };
}

impl<T: Bind + ?Sized> Bind for &T {
    fn value(&self) -> Value<'_> {
        (**self).value()
    }
}

impl<T: Bind> Bind for Option<T> {
    fn value(&self) -> Value<'_> {
        self.as_ref().map_or(Value::Null, Bind::value)
    }
}

impl<T: Column> Column for Option<T> {
    fn from_value(value: Value<'_>) -> Option<Self> {
        match value {
            Value::Null => Some(None),
            value => T::from_value(value).map(Some),
        }
    }
}

macro_rules! integers {
    ($($integer:ty),+) => {$(
        impl Bind for $integer {
            fn value(&self) -> Value<'_> {
                Value::Integer(i64::from(*self))
            }
        }

        impl Column for $integer {
            fn from_value(value: Value<'_>) -> Option<Self> {
                match value {
                    Value::Integer(integer) => integer.try_into().ok(),
                    _ => None,
                }
            }
        }
    )+};
}

integers!(i64, i32, i16, i8, u32, u16, u8);

impl Bind for bool {
    fn value(&self) -> Value<'_> {
        Value::Boolean(*self)
    }
}

impl Column for bool {
    fn from_value(value: Value<'_>) -> Option<Self> {
        match value {
            Value::Boolean(flag) => Some(flag),
            Value::Integer(0) => Some(false),
            Value::Integer(1) => Some(true),
            _ => None,
        }
    }
}

impl Bind for str {
    fn value(&self) -> Value<'_> {
        Value::Text(self)
    }
}

impl Bind for String {
    fn value(&self) -> Value<'_> {
        Value::Text(self)
    }
}

impl Column for String {
    fn from_value(value: Value<'_>) -> Option<Self> {
        match value {
            Value::Text(text) => Some(text.to_owned()),
            _ => None,
        }
    }
}

impl Bind for [u8] {
    fn value(&self) -> Value<'_> {
        Value::Bytes(self)
    }
}

impl<const LENGTH: usize> Bind for [u8; LENGTH] {
    fn value(&self) -> Value<'_> {
        Value::Bytes(self)
    }
}

impl<const LENGTH: usize> Column for [u8; LENGTH] {
    fn from_value(value: Value<'_>) -> Option<Self> {
        match value {
            Value::Bytes(bytes) => bytes.try_into().ok(),
            _ => None,
        }
    }
}

impl Bind for Vec<u8> {
    fn value(&self) -> Value<'_> {
        Value::Bytes(self)
    }
}

impl Column for Vec<u8> {
    fn from_value(value: Value<'_>) -> Option<Self> {
        match value {
            Value::Bytes(bytes) => Some(bytes.to_vec()),
            _ => None,
        }
    }
}

impl Bind for Timestamp {
    fn value(&self) -> Value<'_> {
        Value::Integer(self.as_microsecond())
    }
}

impl Column for Timestamp {
    fn from_value(value: Value<'_>) -> Option<Self> {
        match value {
            Value::Integer(microseconds) => Timestamp::from_microsecond(microseconds).ok(),
            _ => None,
        }
    }
}

impl Bind for Date {
    fn value(&self) -> Value<'_> {
        Value::Day(*self)
    }
}

impl Column for Date {
    fn from_value(value: Value<'_>) -> Option<Self> {
        match value {
            Value::Text(text) => text.parse().ok(),
            _ => None,
        }
    }
}

impl Bind for Uuid {
    fn value(&self) -> Value<'_> {
        Value::Id(*self)
    }
}

impl Column for Uuid {
    fn from_value(value: Value<'_>) -> Option<Self> {
        match value {
            Value::Id(uuid) => Some(uuid),
            Value::Bytes(bytes) => Uuid::from_slice(bytes).ok(),
            _ => None,
        }
    }
}

macro_rules! typed_ids {
    ($($id:ident),+ $(,)?) => {$(
        impl Bind for ids::$id {
            fn value(&self) -> Value<'_> {
                Value::Id(self.uuid())
            }
        }

        impl Column for ids::$id {
            fn from_value(value: Value<'_>) -> Option<Self> {
                Uuid::from_value(value).map(Self::from_uuid)
            }
        }
    )+};
}

// A kind of identifier that is missing here is a line away; Rust does not let a crate do this for types of another.
typed_ids!(
    ApiTokenId,
    GroupId,
    JobId,
    LicenseRequestId,
    JournalEntryId,
    MailId,
    OrderId,
    OrganizationId,
    BillingProfileId,
    ChargeId,
    InvoiceId,
    PaymentId,
    CreditPayOutId,
    ProfileCreditId,
    PaymentMethodId,
    PriceId,
    ProductId,
    ProductKeyBatchId,
    ServicePlanId,
    SessionId,
    SkuId,
    SubscriptionId,
    UploadId,
    UserId,
);

/// Reads a value that is kept whole, as JSON.
pub(crate) fn json<T: serde::de::DeserializeOwned>(row: &crate::sql::Row<'_>, index: usize) -> crate::Result<T> {
    serde_json::from_str(row.text(index)?).map_err(|error| crate::Error::other(format!("unreadable JSON: {error}")))
}

/// Writes a value to keep it whole, as JSON.
pub(crate) fn json_text(value: &impl serde::Serialize) -> String {
    serde_json::to_string(value).expect("what is kept whole has text for keys")
}
