//! Add or edit a billing profile, and what pays its invoices (R37, R38, R39, R171).

use crate::billing::collect::let_customer_pay;
use crate::door::{Change, Command};
use crate::failure::Failure;
use crate::payment_method::keeper_who_changes;
use domain::access::Reach;
use domain::access::permission::{Granting, ManageBillingProfiles};
use domain::billing::BillingProfile;
use domain::billing::profile::{ProfileDraft, check_method};
use domain::event::{Event, Subjects};
use domain::ids::{BillingProfileId, PaymentMethodId};
use domain::money::Currency;
use domain::refusal::{Field, Refusal};
use store::tables::{billing_account, payment_method};

/// Most billing profiles of an organization.
pub const PROFILES_MAX: usize = 200;

/// Adds a billing profile.
#[derive(Debug, Clone)]
pub struct AddBillingProfile {
    /// What was filled in.
    pub draft: ProfileDraft,
    /// The currency of its invoices, which stays; `None` for that of the organization.
    pub currency: Option<Currency>,
    /// What pays its invoices by itself; `None`: the customer pays each invoice.
    pub payment_method_id: Option<PaymentMethodId>,
}

impl Command for AddBillingProfile {
    type Permission = ManageBillingProfiles;
    type Outcome = BillingProfileId;
    const NAME: &'static str = "add_billing_profile";

    fn execute(&self, change: &Change<'_, ManageBillingProfiles>) -> Result<BillingProfileId, Failure> {
        change.granted.everything()?;
        let empty = BillingProfile {
            id: BillingProfileId::from_uuid(change.new_id()),
            name: String::new(),
            bill_to: self.draft.bill_to.clone(),
            currency: self.currency.unwrap_or(change.organization().currency),
            payment_method_id: None,
            purchase_order: None,
            email_invoices: true,
            anchored_on: change.today(),
            revision: 1,
        };
        let mut new = self.draft.applied_to(empty)?;
        if billing_account::profiles(change.write)?.len() >= PROFILES_MAX {
            return Err(Refusal::AboveMaximum { maximum: PROFILES_MAX as u32 }.at(Field::Name).into());
        }
        refuse_name_taken(change, &new)?;
        new.payment_method_id = to_pay(change, self.payment_method_id, None)?;
        billing_account::insert_profile(change.write, change.organization().id, &new)?;
        change.record(Subjects::default(), &Event::BillingProfileAdded { name: new.name })?;
        Ok(new.id)
    }
}

/// Edits a billing profile. Invoices that were made keep what they say.
#[derive(Debug, Clone)]
pub struct EditBillingProfile {
    /// Which.
    pub id: BillingProfileId,
    /// What is to stand there.
    pub draft: ProfileDraft,
    /// What pays its invoices by itself; `None`: the customer pays each invoice.
    pub payment_method_id: Option<PaymentMethodId>,
    /// The revision that was read.
    pub revision: i64,
}

impl Command for EditBillingProfile {
    type Permission = ManageBillingProfiles;
    type Outcome = ();
    const NAME: &'static str = "edit_billing_profile";

    fn execute(&self, change: &Change<'_, ManageBillingProfiles>) -> Result<(), Failure> {
        let before = billing_account::find_profile(change.write, self.id)?.ok_or(Refusal::NotFound)?;
        must_reach(change, before.id)?;
        if before.revision != self.revision {
            return Err(Refusal::ChangedMeanwhile.into());
        }
        let mut after = self.draft.applied_to(before.clone())?;
        refuse_name_taken(change, &after)?;
        after.payment_method_id = to_pay(change, self.payment_method_id, before.payment_method_id)?;
        if after == before {
            return Ok(());
        }
        billing_account::update_profile(change.write, &after)?;
        change.record(Subjects::default(), &Event::BillingProfileChanged { name: after.name })?;
        let_customer_pay(change)
    }
}

/// Refuses those who may not edit the profile.
pub(super) fn must_reach(change: &Change<'_, ManageBillingProfiles>, profile: BillingProfileId) -> Result<(), Refusal> {
    if change.granted.reach_in(profile) == Reach::All { Ok(()) } else { Err(Refusal::NotFound) }
}

/// What pays from now on. What paid before may stay, whoever's it is.
fn to_pay<P: Granting>(
    change: &Change<'_, P>,
    chosen: Option<PaymentMethodId>,
    before: Option<PaymentMethodId>,
) -> Result<Option<PaymentMethodId>, Failure> {
    let Some(id) = chosen.filter(|_| chosen != before) else { return Ok(chosen) };
    let unknown = || Refusal::UnknownChoice.at(Field::Payment);
    let method = payment_method::find(change.write, id)?.ok_or_else(unknown)?;
    check_method(&method, keeper_who_changes(change)?, change.today())?;
    // Whoever deletes it at the same time fails at the revision, or this does.
    payment_method::update(change.write, &method)?;
    Ok(Some(id))
}

fn refuse_name_taken<P: Granting>(change: &Change<'_, P>, new: &BillingProfile) -> Result<(), Failure> {
    let all = billing_account::profiles(change.write)?;
    match all.iter().any(|profile| profile.name == new.name && profile.id != new.id) {
        true => Err(Refusal::NameTaken.at(Field::Name).into()),
        false => Ok(()),
    }
}
