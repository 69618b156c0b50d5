//! The secret from which keys are made and with which they are hashed. Whoever has only the database can neither make
//! a key nor test a guess.

use domain::product_key::code::KeyCode;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use std::fmt;
use uuid::Uuid;

/// A secret of the server, the same for all its processes.
#[derive(Clone)]
pub struct ProductKeySecret(Hmac<Sha256>);

impl ProductKeySecret {
    /// A secret of any length; at least 32 random bytes are wise.
    ///
    /// # Panics
    /// Never: HMAC takes a key of any length.
    #[must_use]
    pub fn new(secret: &[u8]) -> Self {
        Self(Hmac::new_from_slice(secret).expect("HMAC takes a key of any length"))
    }

    /// The key of a place in a batch. The same batch always gives the same key, so that work that died goes on, and a
    /// file that broke off can be made anew.
    pub(super) fn key(&self, seed: &[u8], place: u32) -> KeyCode {
        KeyCode::from_number(u128::from_be_bytes(self.sixteen_bytes(&[b"key", seed, &place.to_be_bytes()])))
    }

    /// What is stored of a key.
    pub(super) fn hash(&self, key: &KeyCode) -> Uuid {
        Uuid::from_bytes(self.sixteen_bytes(&[b"hash", key.characters().as_bytes()]))
    }

    fn sixteen_bytes(&self, parts: &[&[u8]]) -> [u8; 16] {
        let mut mac = self.0.clone();
        parts.iter().for_each(|part| mac.update(part));
        let code = mac.finalize().into_bytes();
        std::array::from_fn(|index| code[index])
    }
}

impl fmt::Debug for ProductKeySecret {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("ProductKeySecret(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    /// D13: without the secret neither keys nor hashes follow from what is stored.
    #[test]
    fn keys_follow_from_secret_seed_and_place() {
        let (one, other) = (ProductKeySecret::new(b"one"), ProductKeySecret::new(b"other"));
        let key = one.key(b"seed", 7);
        assert_eq!(key, one.key(b"seed", 7));
        let different = [key, one.key(b"seed", 8), one.key(b"weed", 7), other.key(b"seed", 7)];
        assert_eq!(different.iter().collect::<BTreeSet<_>>().len(), 4);
        assert_ne!(one.hash(&key), other.hash(&key));
        assert_ne!(one.hash(&key).as_bytes(), &one.sixteen_bytes(&[b"key", b"seed", &7u32.to_be_bytes()]));
    }
}
