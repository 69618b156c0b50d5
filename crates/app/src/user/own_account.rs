//! What everybody does with their own account: another password, and signing out everywhere.

use crate::door::{App, Caller, Change, Command};
use crate::failure::Failure;
use crate::session::{TRIES, hash_password, hash_token, is_password, wait_after};
use domain::access::permission::ReadUsers;
use domain::event::Event;
use domain::ids::UserId;
use domain::refusal::{Field, Refusal};
use store::Scope;
use store::tables::{session, sign_in_failure, user};

/// Gives the caller another password and signs them out everywhere but in the browser that holds `session_token`.
/// Blocks for the time of two password hashes.
///
/// # Errors
/// [`Refusal::WrongPassword`] when `current` is not the caller's password, [`Refusal::TooManyTries`] after five wrong
/// ones, or the refusal of the new one at [`Field::Password`].
pub fn change_own_password(
    app: &App,
    caller: &Caller,
    session_token: &str,
    current: &str,
    new: &str,
) -> Result<(), Failure> {
    domain::user::password(new).map_err(|refusal| refusal.at(Field::Password))?;
    let (home, own) = (caller.actor.home.ok_or(Refusal::NotSignedIn)?, own_id(caller)?);
    let (subject, now) = (format!("password:{own}"), app.now());
    let failures = app.store().glance(Scope::Shared, |read| sign_in_failure::find(read, &subject))?;
    if let Some(wait_seconds) = failures.and_then(|(count, last_at)| wait_after(count - TRIES, last_at, now)) {
        return Err(Refusal::TooManyTries { wait_seconds }.into());
    }
    let hash = app.store().glance(home, |read| user::password_hash(read, own))?;
    if !hash.is_some_and(|hash| is_password(&hash, current)) {
        let free_since = now - crate::session::WAIT;
        app.store()
            .write(Scope::Shared, move |write| {
                Ok::<_, Failure>(sign_in_failure::count(write, &subject, now, free_since)?)
            })
            .wait()?;
        return Err(Refusal::WrongPassword.into());
    }
    let command = ChangeOwnPassword { hash: hash_password(new)?, kept: hash_token(session_token) };
    app.write(caller, home, command).wait()
}

fn own_id(caller: &Caller) -> Result<UserId, Refusal> {
    caller.actor.user().ok_or(Refusal::NotAllowed)
}

/// Saves the password that was checked.
struct ChangeOwnPassword {
    hash: String,
    kept: [u8; 32],
}

impl Command for ChangeOwnPassword {
    type Permission = ReadUsers;
    type Outcome = ();
    const NAME: &'static str = "change_own_password";

    fn execute(&self, change: &Change<'_, ReadUsers>) -> Result<(), Failure> {
        let own = own_id(change.caller())?;
        user::set_password_hash(change.write, own, &self.hash)?;
        session::delete_others_of_user(change.write, own, &self.kept)?;
        change.record_of(own, &Event::PasswordSet)
    }
}

/// Signs the caller out everywhere but in one browser.
#[derive(Debug, Clone, Copy)]
pub struct SignOutEverywhere {
    kept: [u8; 32],
}

impl SignOutEverywhere {
    /// Everywhere but in the browser that holds this token.
    #[must_use]
    pub fn but_here(session_token: &str) -> Self {
        Self { kept: hash_token(session_token) }
    }
}

impl Command for SignOutEverywhere {
    type Permission = ReadUsers;
    type Outcome = ();
    const NAME: &'static str = "sign_out_everywhere";

    fn execute(&self, change: &Change<'_, ReadUsers>) -> Result<(), Failure> {
        Ok(session::delete_others_of_user(change.write, own_id(change.caller())?, &self.kept)?)
    }
}
