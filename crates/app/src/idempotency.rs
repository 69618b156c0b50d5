//! A request that is sent twice is carried out once (D29).
//!
//! The answer is kept in the transaction of the write, so it is there when the write is there, also after a crash. A
//! refused request wrote nothing; sent again under the same key, it is looked at anew.

use crate::door::{Change, Command};
use crate::failure::Failure;
use domain::access::{Actor, Principal};
use domain::refusal::Refusal;
use jiff::SignedDuration;
use serde::Serialize;
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};
use store::tables::idempotency::{self, StoredAnswer};
use uuid::Uuid;

/// How long an answer is kept.
pub const KEPT: SignedDuration = SignedDuration::from_hours(24);

/// Most characters of a key.
pub const KEY_MAX: usize = 255;

/// The key of a request, with a hash of everything that must be the same when it comes again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestKey {
    key: String,
    request_hash: [u8; 32],
}

impl RequestKey {
    /// The key of a request that consists of these parts. `None` for a key that is empty, longer than [`KEY_MAX`] or
    /// holds anything but visible characters of ASCII.
    #[must_use]
    pub fn new(key: &str, parts: &[&[u8]]) -> Option<Self> {
        let is_key = (1..=KEY_MAX).contains(&key.len()) && key.bytes().all(|byte| byte.is_ascii_graphic());
        let mut hash = Sha256::new();
        for part in parts {
            // With its length before it, so that no two lists of parts read the same.
            hash.update(part.len().to_be_bytes());
            hash.update(part);
        }
        is_key.then(|| Self { key: key.to_owned(), request_hash: hash.finalize().into() })
    }

    /// The key of one step of a request that takes several commands.
    #[must_use]
    pub fn part(&self, name: &str) -> Self {
        Self { key: format!("{} {name}", self.key), request_hash: self.request_hash }
    }

    /// The identifier of what a principal makes under this key: the same key makes the same thing, once.
    #[must_use]
    pub fn identifier(&self, actor: &Actor) -> Uuid {
        let principal = principal(actor);
        let hash = Sha256::new().chain_update(principal.as_bytes()).chain_update(&self.key).finalize();
        let mut bytes = [0; 16];
        bytes.copy_from_slice(&hash[..16]);
        Uuid::from_bytes(bytes)
    }
}

/// A command that is carried out once per key; without a key, each time.
#[derive(Debug, Clone)]
pub struct Once<C> {
    /// The key of the request, when the client gave one.
    pub key: Option<RequestKey>,
    /// The command.
    pub command: C,
}

/// The answer to a command that may have come twice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer<T> {
    /// What the command gave.
    pub outcome: T,
    /// Whether this is the answer to an earlier request with the same key.
    pub is_repeated: bool,
}

impl<C: Command> Command for Once<C>
where
    C::Outcome: Serialize + DeserializeOwned,
{
    type Permission = C::Permission;
    type Outcome = Answer<C::Outcome>;
    const NAME: &'static str = C::NAME;

    fn execute(&self, change: &Change<'_, C::Permission>) -> Result<Answer<C::Outcome>, Failure> {
        let Some(RequestKey { key, request_hash }) = &self.key else {
            return Ok(Answer { outcome: self.command.execute(change)?, is_repeated: false });
        };
        let principal = principal(change.granted.actor());
        let now = change.system_now();
        if let Some(stored) = idempotency::find(change.write, principal, key, now - KEPT)? {
            if stored.request_hash != *request_hash {
                return Err(Refusal::IdempotencyKeyReused.into());
            }
            let outcome = serde_json::from_str(&stored.answer).map_err(Failure::internal)?;
            return Ok(Answer { outcome, is_repeated: true });
        }
        let outcome = self.command.execute(change)?;
        let answer = serde_json::to_string(&outcome).map_err(Failure::internal)?;
        idempotency::forget(change.write, now - KEPT)?;
        idempotency::insert(change.write, principal, key, &StoredAnswer { request_hash: *request_hash, answer }, now)?;
        Ok(Answer { outcome, is_repeated: false })
    }
}

fn principal(actor: &Actor) -> Uuid {
    match actor.principal {
        Principal::User(user) => user.uuid(),
        Principal::Token(token) => token.uuid(),
        Principal::System => Uuid::nil(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_visible_and_of_bounded_length() {
        assert!(RequestKey::new("8e03978e-40d5-43dd-bc93-6894a57f9324", &[]).is_some());
        assert!(RequestKey::new(&"k".repeat(KEY_MAX), &[]).is_some());
        for wrong in ["", "two words", "line\nbreak", "é", &"k".repeat(KEY_MAX + 1)] {
            assert_eq!(RequestKey::new(wrong, &[]), None, "{wrong}");
        }
    }

    #[test]
    fn another_division_of_the_same_bytes_is_another_request() {
        assert_ne!(RequestKey::new("k", &[b"ab", b"c"]), RequestKey::new("k", &[b"a", b"bc"]));
        assert_eq!(RequestKey::new("k", &[b"ab", b"c"]), RequestKey::new("k", &[b"ab", b"c"]));
    }
}
