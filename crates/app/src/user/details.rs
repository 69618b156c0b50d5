//! Everything that the page of a person shows.

use super::LoadedAccount;
use crate::door::{Look, Query};
use crate::failure::Failure;
use crate::history::shown;
use domain::access::permission::{ManageUsers, ReadHistory, ReadUsers};
use domain::access::{Reach, Role};
use domain::group::Group;
use domain::ids::UserId;
use domain::refusal::Refusal;
use domain::user::{User, UserState, administer};
use store::tables::journal::{self, HistoryOf, JournalEntry};
use store::tables::{group, user};

pub use store::tables::user::HeldLicense;

/// Entries of history that the page shows.
const HISTORY_SHOWN: usize = 20;

/// Asks for one person. Those who may only see themselves see nobody else.
#[derive(Debug, Clone, Copy)]
pub struct UserDetails(pub UserId);

/// One person with all that belongs to them.
#[derive(Debug, Clone)]
pub struct UserView {
    /// The person.
    pub user: User,
    /// The person's roles.
    pub roles: Vec<Role>,
    /// The person's groups, by name.
    pub groups: Vec<Group>,
    /// The person's licenses by product.
    pub licenses: Vec<HeldLicense>,
    /// The newest entries of the history; none for those who may not see it.
    pub history: Vec<JournalEntry>,
    /// What the reader may do to the account.
    pub offers: AccountOffers,
    /// The zone of the organization's days, by its IANA name.
    pub time_zone: String,
}

/// What the reader may do to an account: `None` when it is not for the reader at all, otherwise open or refused.
#[derive(Debug, Clone)]
pub struct AccountOffers {
    /// Set a password.
    pub set_password: Option<Result<(), Refusal>>,
    /// Block, or let sign in again.
    pub block: Option<Result<(), Refusal>>,
    /// Delete.
    pub delete: Option<Result<(), Refusal>>,
}

impl Query for UserDetails {
    type Permission = ReadUsers;
    type Outcome = UserView;

    fn run(&self, look: &Look<'_, ReadUsers>) -> Result<UserView, Failure> {
        if look.granted.only().is_some_and(|own| own != self.0) {
            return Err(Refusal::NotFound.into());
        }
        let loaded = LoadedAccount::load(look.read, self.0)?;
        loaded.user.must_exist()?;
        let history = match look.reach::<ReadHistory>() {
            Reach::All => shown(look, journal::history(look.read, HistoryOf::User(self.0), None, HISTORY_SHOWN)?),
            Reach::Own | Reach::Nothing => Vec::new(),
        };
        Ok(UserView {
            offers: offers(look, &loaded),
            groups: group::of_user(look.read, self.0)?,
            licenses: user::held(look.read, self.0)?,
            history,
            time_zone: look.organization().time_zone.clone(),
            user: loaded.user,
            roles: loaded.roles,
        })
    }
}

/// The same decisions as the commands make.
fn offers(look: &Look<'_, ReadUsers>, loaded: &LoadedAccount) -> AccountOffers {
    if look.reach::<ManageUsers>() != Reach::All {
        return AccountOffers { set_password: None, block: None, delete: None };
    }
    let (account, administrator) = (loaded.account(), look.administrator());
    let is_active = loaded.user.state == UserState::Active;
    AccountOffers {
        set_password: Some(account.must_be_open_to(administrator)),
        block: Some(administer::block(account, is_active, administrator).map(|_| ())),
        delete: Some(administer::delete(account, administrator).map(|_| ())),
    }
}
