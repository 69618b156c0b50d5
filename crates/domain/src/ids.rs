//! Typed identifiers, all from one list: sixteen bytes inside, a prefix and 26 letters outside.
//!
//! `sub_01jd3h0m5vf8w9k2r7x4q6ta8n` is readable in a log, cannot be mistaken for another kind of thing, and sorts by
//! the time it was made (UUID version 7). The letters are Crockford's base 32, so no two of them look alike.

use std::fmt;
use std::str::FromStr;
use uuid::Uuid;

/// The text was not an identifier of the expected kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvalidId {
    /// The prefix that was expected, without the underscore.
    pub expected_prefix: &'static str,
}

impl fmt::Display for InvalidId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "not an identifier that starts with {}_", self.expected_prefix)
    }
}

impl std::error::Error for InvalidId {}

const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// Writes sixteen bytes as 26 letters, most significant first; the first letter is at most `7`.
fn encode(uuid: Uuid) -> String {
    let value = uuid.as_u128();
    (0..26).rev().map(|position| char::from(ALPHABET[((value >> (position * 5)) & 31) as usize])).collect()
}

fn decode(text: &str) -> Option<Uuid> {
    if text.len() != 26 || text.as_bytes()[0] > b'7' {
        return None;
    }
    let mut value = 0u128;
    for byte in text.bytes() {
        let digit = ALPHABET.iter().position(|letter| *letter == byte.to_ascii_lowercase())?;
        value = (value << 5) | digit as u128;
    }
    Some(Uuid::from_u128(value))
}

macro_rules! ids {
    ($($(#[$documentation:meta])* $name:ident = $prefix:literal;)+) => {$(
        $(#[$documentation])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Uuid);

        impl $name {
            /// What stands before the underscore in the written form.
            pub const PREFIX: &'static str = $prefix;

            /// Wraps a raw identifier, as it comes from the id source, the database or a foreign catalog.
            #[must_use]
            pub const fn from_uuid(uuid: Uuid) -> Self {
                Self(uuid)
            }

            /// The raw identifier, for the database and for clients that speak GUIDs.
            #[must_use]
            pub const fn uuid(self) -> Uuid {
                self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(formatter, "{}_{}", $prefix, encode(self.0))
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(self, formatter)
            }
        }

        impl FromStr for $name {
            type Err = InvalidId;

            fn from_str(text: &str) -> Result<Self, InvalidId> {
                text.strip_prefix(concat!($prefix, "_"))
                    .and_then(decode)
                    .map(Self)
                    .ok_or(InvalidId { expected_prefix: $prefix })
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
                text.parse().map_err(serde::de::Error::custom)
            }
        }
    )+

    /// Every kind of identifier with its prefix, for the test that no two share one.
    #[cfg(test)]
    const PREFIXES: &[&str] = &[$($prefix),+];
    };
}

ids! {
    /// A program's key to the API of one organization.
    ApiTokenId = "tok";
    /// Where a part of an organization's invoices go, and what pays them.
    BillingProfileId = "bpr";
    /// Something that a subscription costs: one line of an invoice.
    ChargeId = "chg";
    /// A credit that was transferred back to the customer.
    CreditPayOutId = "cpo";
    /// A security or Microsoft 365 group of people.
    GroupId = "grp";
    /// An invoice or a credit note.
    InvoiceId = "inv";
    /// An entry of the journal.
    JournalEntryId = "jrn";
    /// A piece of background work.
    JobId = "job";
    /// A request for licenses.
    LicenseRequestId = "req";
    /// A mail to one person.
    MailId = "eml";
    /// A purchase, or a change of quantity, with its own number.
    OrderId = "ord";
    /// A customer, or the operator's own organization.
    OrganizationId = "org";
    /// A card, bank account or invoice agreement that pays.
    PaymentMethodId = "pay";
    /// Money that moved, or should have, between a customer and the seller.
    PaymentId = "pmt";
    /// What a customer transferred beyond its invoices.
    ProfileCreditId = "pcr";
    /// One version of the price of a SKU.
    PriceId = "prc";
    /// What people see as one product (decision D31).
    ProductId = "prd";
    /// Product keys that were made together.
    ProductKeyBatchId = "pkb";
    /// An app or service inside a SKU.
    ServicePlanId = "pln";
    /// A browser that is signed in.
    SessionId = "ses";
    /// What is sold and what programs see (decision D31).
    SkuId = "sku";
    /// One purchase of a product, with its quantity, term and status.
    SubscriptionId = "sub";
    /// A file that a person uploaded and has not confirmed or that a job still reads.
    UploadId = "upl";
    /// A person of an organization.
    UserId = "usr";
}

impl BillingProfileId {
    /// The first billing profile of an organization has its identifier, so that every organization has one.
    #[must_use]
    pub const fn first_of(organization: OrganizationId) -> Self {
        Self(organization.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_reads_back_what_it_wrote() {
        let id = SubscriptionId::from_uuid(Uuid::from_u128(0x0193_4a5b_6c7d_7e8f_9a0b_1c2d_3e4f_5061));
        assert_eq!(id.to_string(), "sub_01jd55pv3xft7sm2rw5mz4ym31");
        assert_eq!("sub_01jd55pv3xft7sm2rw5mz4ym31".parse(), Ok(id));
        assert_eq!("sub_01JD55PV3XFT7SM2RW5MZ4YM31".parse(), Ok(id));
        let largest = UserId::from_uuid(Uuid::from_u128(u128::MAX));
        assert_eq!(largest.to_string().parse(), Ok(largest));
    }

    #[test]
    fn an_id_of_another_kind_or_with_other_letters_is_refused() {
        for text in [
            "usr_01jd55pv3xft7sm2rw5mz4ym31",
            "sub_",
            "sub_01j95bpv3xft7sm2rw5mz4yj3",
            "sub_81jd55pv3xft7sm2rw5mz4ym31",
            "sub_01j95bpv3xfu7sm2rw5mz4yj31",
            "sub_é1j95bpv3xft7sm2rw5mz4yj3",
        ] {
            assert_eq!(text.parse::<SubscriptionId>(), Err(InvalidId { expected_prefix: "sub" }), "{text}");
        }
    }

    #[test]
    fn no_two_kinds_share_a_prefix() {
        let distinct: std::collections::BTreeSet<_> = PREFIXES.iter().collect();
        assert_eq!(distinct.len(), PREFIXES.len());
    }
}
