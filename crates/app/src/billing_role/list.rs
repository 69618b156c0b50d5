//! Who has which billing role, for a page, a program and an export (domain 4.7).

use crate::billing::account;
use crate::door::{Look, Query};
use crate::failure::Failure;
use domain::access::permission::{ManageBillingRoles, ReadInvoices};
use domain::access::{Reach, Role};
use domain::billing::{Agreement, BillingProfile};
use store::tables::billing_account;

pub use store::tables::billing_role::ListedBillingRole;

/// Asks for every billing role that the caller may see: those of the billing account, and those of the billing profiles
/// that the caller sees.
#[derive(Debug, Clone, Copy)]
pub struct ListBillingRoles;

/// Who has which billing role.
#[derive(Debug, Clone)]
pub struct BillingRolesView {
    /// The contract: the roles count under MCA only.
    pub agreement: Agreement,
    /// The roles, by the names of people.
    pub rows: Vec<ListedBillingRole>,
    /// The billing profiles whose roles the reader may give.
    pub profiles: Vec<BillingProfile>,
    /// Whether the reader may give roles of the billing account.
    pub may_give_account: bool,
    /// Whether the reader may become owner of the billing account and is not.
    pub may_become_owner: bool,
}

impl BillingRolesView {
    /// Whether the reader may take this role away.
    #[must_use]
    pub fn may_take(&self, row: &ListedBillingRole) -> bool {
        match row.grant.profile {
            Some(id) => self.profiles.iter().any(|profile| profile.id == id),
            None => self.may_give_account,
        }
    }
}

impl Query for ListBillingRoles {
    type Permission = ReadInvoices;
    type Outcome = BillingRolesView;

    fn run(&self, look: &Look<'_, ReadInvoices>) -> Result<BillingRolesView, Failure> {
        let mut profiles = billing_account::profiles(look.read)?;
        profiles.retain(|profile| look.granted.reach_in(profile.id) == Reach::All);
        if profiles.is_empty() {
            look.granted.everything()?;
        }
        let is_seen =
            |row: &ListedBillingRole| row.grant.profile.is_none_or(|id| profiles.iter().any(|seen| seen.id == id));
        let mut rows = store::tables::billing_role::list(look.read)?;
        rows.retain(is_seen);
        profiles.retain(|profile| look.reach_in::<ManageBillingRoles>(profile.id) == Reach::All);
        let agreement = account(look.read)?.rules.agreement;
        let may_give_account = look.reach::<ManageBillingRoles>() == Reach::All;
        let may_become_owner =
            agreement == Agreement::Mca && !may_give_account && look.granted.actor().roles.contains(&Role::GlobalAdmin);
        Ok(BillingRolesView { agreement, rows, profiles, may_give_account, may_become_owner })
    }
}
