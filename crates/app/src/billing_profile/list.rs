//! The billing profiles of the organization (R36).

use crate::billing::account;
use crate::door::{Look, Query};
use crate::failure::Failure;
use domain::access::Reach;
use domain::access::permission::{ManageBillingProfiles, ReadInvoices};
use domain::billing::{BillingAccount, BillingProfile};
use domain::organization::Organization;
use store::tables::payment_method::{self, PaymentMethod};
use store::tables::{billing_account, subscription};

/// Asks for the contract and every billing profile.
#[derive(Debug, Clone, Copy)]
pub struct ListBillingProfiles;

/// A billing profile of the list.
#[derive(Debug, Clone)]
pub struct BillingProfileRow {
    /// The profile.
    pub profile: BillingProfile,
    /// What pays its invoices by itself.
    pub method: Option<PaymentMethod>,
    /// How many subscriptions belong to it, without deleted ones.
    pub subscriptions: i64,
}

/// The contract and its profiles.
#[derive(Debug, Clone)]
pub struct BillingProfilesView {
    /// The contract.
    pub account: BillingAccount,
    /// The organization that has it.
    pub organization: Organization,
    /// The profiles that the reader may see, by name.
    pub rows: Vec<BillingProfileRow>,
    /// Whether the reader may add one, and change what the customer keeps of who buys.
    pub may_manage: bool,
}

impl Query for ListBillingProfiles {
    type Permission = ReadInvoices;
    type Outcome = BillingProfilesView;

    fn run(&self, look: &Look<'_, ReadInvoices>) -> Result<BillingProfilesView, Failure> {
        let mut profiles = billing_account::profiles(look.read)?;
        profiles.retain(|profile| look.granted.reach_in(profile.id) == Reach::All);
        // Whoever reaches neither everything nor a profile has nothing to see here.
        if profiles.is_empty() {
            look.granted.everything()?;
        }
        let counts = subscription::count_by_profile(look.read)?;
        let row = |profile: BillingProfile| {
            let count = counts.iter().find(|(id, _)| *id == profile.id).map_or(0, |(_, count)| *count);
            let method = profile.payment_method_id.map(|id| payment_method::find(look.read, id)).transpose()?;
            Ok(BillingProfileRow { method: method.flatten(), subscriptions: count, profile })
        };
        Ok(BillingProfilesView {
            account: account(look.read)?,
            organization: look.organization().clone(),
            rows: profiles.into_iter().map(row).collect::<Result<_, Failure>>()?,
            may_manage: look.reach::<ManageBillingProfiles>() == Reach::All,
        })
    }
}
