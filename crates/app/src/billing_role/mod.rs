//! Use cases of billing roles: who may do what with the billing account and its profiles, under MCA (domain 4.7, 4.8,
//! 6; R171).

pub mod give;
pub mod list;
pub mod take;

use crate::billing::account;
use crate::door::Change;
use crate::failure::Failure;
use domain::access::BillingGrant;
use domain::access::billing_role::BillingRoles;
use domain::access::permission::ManageBillingRoles;
use domain::billing::Agreement;
use domain::event::{Event, Subjects};
use domain::ids::UserId;
use domain::refusal::{Field, Refusal};
use domain::user::UserState;
use store::tables::{billing_account, billing_role, user};
use store::{Read, Write};

/// Every role that the organization gave, with whose it is.
fn all(read: &Read<'_>) -> Result<Vec<(UserId, BillingGrant)>, Failure> {
    Ok(billing_role::list(read)?.into_iter().map(|listed| (listed.user_id, listed.grant)).collect())
}

/// Takes every billing role from a person who leaves.
///
/// # Errors
/// [`Refusal::LastBillingOwner`] under MCA, and the failure of the database.
pub(crate) fn leave(write: &Write<'_>, of: UserId) -> Result<(), Failure> {
    if account(write)?.rules.agreement == Agreement::Mca {
        domain::access::billing_role::leave(of, &all(write)?)?;
    }
    Ok(billing_role::delete_of_user(write, of)?)
}

/// Loads what a decision about a billing role stands on, decides, and writes it in the journal.
fn decide(
    change: &Change<'_, ManageBillingRoles>,
    of: UserId,
    grant: BillingGrant,
    decision: impl FnOnce(&BillingRoles<'_>, Option<String>) -> Result<Event, Refusal>,
) -> Result<(), Failure> {
    let person = user::find(change.write, of)?.filter(|person| person.state != UserState::Deleted);
    person.ok_or(Refusal::NotFound)?;
    let profile = grant.profile.map(|id| billing_account::find_profile(change.write, id)).transpose()?;
    if matches!(profile, Some(None)) {
        return Err(Refusal::UnknownChoice.at(Field::BillingProfile).into());
    }
    let all = all(change.write)?;
    let granted = &change.granted;
    let facts = BillingRoles {
        agreement: account(change.write)?.rules.agreement,
        actor: granted.actor(),
        reach: grant.profile.map_or(granted.reach(), |profile| granted.reach_in(profile)),
        of,
        all: &all,
    };
    let event = decision(&facts, profile.flatten().map(|profile| profile.name))?;
    change.record(Subjects { user: Some(of), ..Subjects::default() }, &event)
}
