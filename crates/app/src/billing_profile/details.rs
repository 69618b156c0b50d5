//! One billing profile: what invoices say, what pays them, and what belongs to it (R36, R37).

use super::list::BillingProfileRow;
use crate::billing::account;
use crate::door::{Look, Query};
use crate::failure::Failure;
use crate::payment_method::usable;
use domain::access::Reach;
use domain::access::permission::{ManageBillingProfiles, ReadInvoices};
use domain::billing::{Agreement, BillingProfile};
use domain::ids::BillingProfileId;
use domain::refusal::Refusal;
use store::tables::billing_account;
use store::tables::payment_method::{self, PaymentMethod};
use store::tables::subscription::{self, ListedSubscription};

/// Subscriptions that the page names; it counts the others.
const SUBSCRIPTIONS_SHOWN: usize = 50;

/// Asks for one billing profile.
#[derive(Debug, Clone, Copy)]
pub struct BillingProfileDetails(pub BillingProfileId);

/// One billing profile.
#[derive(Debug, Clone)]
pub struct BillingProfileView {
    /// As in the list.
    pub row: BillingProfileRow,
    /// The contract: under MOSA the payment method of each subscription pays, under MCA that of its profile.
    pub agreement: Agreement,
    /// The subscriptions that belong to it, by name, fifty at most.
    pub subscriptions: Vec<ListedSubscription>,
    /// The cards that the reader may let pay.
    pub cards: Vec<PaymentMethod>,
    /// Every profile that the reader may edit, for what moves from one to another.
    pub all: Vec<BillingProfile>,
    /// The zone in which its days are counted.
    pub time_zone: String,
    /// Whether the reader may edit it.
    pub may_manage: bool,
}

impl Query for BillingProfileDetails {
    type Permission = ReadInvoices;
    type Outcome = BillingProfileView;

    fn run(&self, look: &Look<'_, ReadInvoices>) -> Result<BillingProfileView, Failure> {
        let profile = billing_account::find_profile(look.read, self.0)?.ok_or(Refusal::NotFound)?;
        if look.granted.reach_in(profile.id) != Reach::All {
            return Err(Refusal::NotFound.into());
        }
        let counts = subscription::count_by_profile(look.read)?;
        let method = profile.payment_method_id.map(|id| payment_method::find(look.read, id)).transpose()?;
        let mut cards = usable(look)?;
        cards.retain(|method| method.expires_on().is_some());
        Ok(BillingProfileView {
            agreement: account(look.read)?.rules.agreement,
            subscriptions: subscription::of_profile(look.read, self.0, SUBSCRIPTIONS_SHOWN)?,
            cards,
            all: manageable(look)?,
            time_zone: look.organization().time_zone.clone(),
            may_manage: look.reach_in::<ManageBillingProfiles>(self.0) == Reach::All,
            row: BillingProfileRow {
                method: method.flatten(),
                subscriptions: counts.iter().find(|(id, _)| *id == self.0).map_or(0, |(_, count)| *count),
                profile,
            },
        })
    }
}

fn manageable(look: &Look<'_, ReadInvoices>) -> Result<Vec<BillingProfile>, Failure> {
    let mut all = billing_account::profiles(look.read)?;
    all.retain(|profile| look.reach_in::<ManageBillingProfiles>(profile.id) == Reach::All);
    Ok(all)
}
