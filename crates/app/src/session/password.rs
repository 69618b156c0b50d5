//! Passwords are hashed with argon2id; the default work takes about twenty milliseconds.

use crate::failure::Failure;
use argon2::Argon2;
use argon2::password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash};
use domain::user;
use store::tables::session::PasswordRow;

/// Hashes a password that a person chose.
///
/// # Errors
/// When it is too short or too long.
pub fn hash_password(password: &str) -> Result<String, Failure> {
    let password = user::password(password).map_err(|refusal| refusal.at(domain::refusal::Field::Password))?;
    Argon2::default().hash_password(password.as_bytes()).map(|hash| hash.to_string()).map_err(Failure::internal)
}

/// The first person whose password this is. With nobody to compare, a hash is made all the same.
pub(super) fn first_match<'a>(candidates: &'a [PasswordRow], password: &str) -> Option<&'a PasswordRow> {
    if candidates.is_empty() {
        let _ = Argon2::default().hash_password(password.as_bytes());
    }
    candidates.iter().find(|candidate| is_password(&candidate.password_hash, password))
}

/// Whether a stored hash is the hash of this password.
pub(crate) fn is_password(hash: &str, password: &str) -> bool {
    PasswordHash::new(hash).is_ok_and(|hash| Argon2::default().verify_password(password.as_bytes(), &hash).is_ok())
}
