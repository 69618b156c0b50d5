//! Auto-claim policies (domain 2.8, R177): turn them on, claim a license, and see who did.

use super::{plans_of, subjects, subscriptions_of};
use crate::door::{Change, Command, Look, Query};
use crate::failure::Failure;
use crate::history::{JournalPage, shown};
use domain::access::permission::{AssignLicenses, Granting, ManageAutoClaim};
use domain::catalog::ServicePlan;
use domain::event::{Event, Subjects};
use domain::ids::{JournalEntryId, ProductId, SubscriptionId, UserId};
use domain::license::Assignment;
use domain::license::auto_claim::{Answer, AutoClaimPolicy, Offered, decide};
use domain::limits::PAGE_ROWS_MAX;
use domain::refusal::{Field, Refusal};
use domain::user::UserState;
use jiff::SignedDuration;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};
use store::tables::auto_claim;
use store::tables::journal::{self, JournalFilter};
use store::tables::{assignment, catalog, subscription, take_over, user};

pub use store::tables::auto_claim::Claimable;

/// The days over which the report can be asked (domain 2.8).
pub const REPORT_DAYS: [u16; 4] = [1, 7, 30, 90];

/// The kind of the events that the report is about.
const CLAIMED: &str = "license_claimed";

/// Asks what people can claim.
#[derive(Debug, Clone, Copy)]
pub struct AutoClaimPolicies;

/// What people can claim, and what could be added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AutoClaimView {
    /// Whether people claim licenses at all.
    pub is_on: bool,
    /// Of each policy, what it gives: the product itself, then its backups in their order.
    pub policies: Vec<Vec<Claimable>>,
    /// The products of which the organization has licenses, by name; at most [`PAGE_ROWS_MAX`].
    pub products: Vec<(ProductId, String)>,
    /// Whether the organization has licenses of further products.
    pub has_more: bool,
}

impl Query for AutoClaimPolicies {
    type Permission = ManageAutoClaim;
    type Outcome = AutoClaimView;

    fn run(&self, look: &Look<'_, ManageAutoClaim>) -> Result<AutoClaimView, Failure> {
        let all = auto_claim::all(look.read)?;
        let of_product = all.chunk_by(|one, next| one.product_id == next.product_id);
        let products = take_over::free_of_organization(look.read, PAGE_ROWS_MAX + 1)?;
        Ok(AutoClaimView {
            is_on: auto_claim::setting(look.read)?.unwrap_or(!all.is_empty()),
            policies: of_product.map(<[Claimable]>::to_vec).collect(),
            has_more: products.len() > PAGE_ROWS_MAX,
            products: products.into_iter().take(PAGE_ROWS_MAX).map(|free| (free.product_id, free.name)).collect(),
        })
    }
}

/// Asks for one policy.
#[derive(Debug, Clone, Copy)]
pub struct AutoClaimOf(pub ProductId);

/// One policy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PolicyDetails {
    /// What it gives: the product itself, then its backups in their order.
    pub gives: Vec<Claimable>,
    /// The apps of the product, of which some may be off.
    pub plans: Vec<ServicePlan>,
}

impl Query for AutoClaimOf {
    type Permission = ManageAutoClaim;
    type Outcome = PolicyDetails;

    fn run(&self, look: &Look<'_, ManageAutoClaim>) -> Result<PolicyDetails, Failure> {
        let gives = auto_claim::find(look.read, self.0)?;
        if gives.is_empty() {
            return Err(Refusal::NotFound.into());
        }
        Ok(PolicyDetails { gives, plans: catalog::plans_of_product(look.read, self.0)? })
    }
}

/// Lets people claim a product from now on, or changes what they get.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetAutoClaimPolicy(pub AutoClaimPolicy);

impl Command for SetAutoClaimPolicy {
    type Permission = ManageAutoClaim;
    type Outcome = ();
    const NAME: &'static str = "set_auto_claim_policy";

    /// What is so already stays as it is, without an entry in the journal.
    fn execute(&self, change: &Change<'_, ManageAutoClaim>) -> Result<(), Failure> {
        let product_id = self.0.product_id;
        catalog::find_product(change.write, product_id)?.ok_or(Refusal::NotFound)?;
        let policy = self.0.clone().checked(&plans_of(change.write, product_id)?)?;
        let before = auto_claim::find(change.write, product_id)?;
        let is_same = before.iter().map(|given| given.given_id).eq(policy.products());
        if is_same && before[0].disabled_plans == policy.disabled_plans {
            return Ok(());
        }
        let mut backups = Vec::new();
        for backup in &policy.backups {
            let found = catalog::find_product(change.write, *backup)?;
            backups.push(found.ok_or_else(|| Refusal::UnknownChoice.at(Field::Backups))?.name);
        }
        auto_claim::set(change.write, &policy)?;
        let disabled_plans = policy.disabled_plans;
        change.record(of_product(product_id), &Event::AutoClaimChanged { is_on: true, backups, disabled_plans })
    }
}

/// Lets nobody claim a product any more. Who has a license keeps it.
#[derive(Debug, Clone, Copy)]
pub struct RemoveAutoClaimPolicy(pub ProductId);

impl Command for RemoveAutoClaimPolicy {
    type Permission = ManageAutoClaim;
    type Outcome = ();
    const NAME: &'static str = "remove_auto_claim_policy";

    fn execute(&self, change: &Change<'_, ManageAutoClaim>) -> Result<(), Failure> {
        if auto_claim::find(change.write, self.0)?.is_empty() {
            return Err(Refusal::NotFound.into());
        }
        auto_claim::remove(change.write, self.0)?;
        let off = Event::AutoClaimChanged { is_on: false, backups: Vec::new(), disabled_plans: Vec::new() };
        change.record(of_product(self.0), &off)
    }
}

/// Lets people claim licenses at all, or not; the policies stay, and so does what was given. Until somebody decides,
/// they claim as soon as there is a policy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TurnAutoClaim {
    /// Whether they do from now on.
    pub is_on: bool,
}

impl Command for TurnAutoClaim {
    type Permission = ManageAutoClaim;
    type Outcome = ();
    const NAME: &'static str = "turn_auto_claim";

    /// What is so already stays as it is, without an entry in the journal.
    fn execute(&self, change: &Change<'_, ManageAutoClaim>) -> Result<(), Failure> {
        let was_on = match auto_claim::setting(change.write)? {
            Some(is_on) => is_on,
            None => !auto_claim::all(change.write)?.is_empty(),
        };
        auto_claim::set_setting(change.write, self.is_on)?;
        if was_on == self.is_on {
            return Ok(());
        }
        change.record(Subjects::default(), &Event::AutoClaimTurned { is_on: self.is_on })
    }
}

fn of_product(product: ProductId) -> Subjects {
    Subjects { product: Some(product), ..Subjects::default() }
}

/// Gives a person who needs a product a free license of it, or of one of its backups; somebody who holds one of them
/// keeps that. A program asks for anybody when they sign in, people for themselves.
#[derive(Debug, Clone, Copy)]
pub struct ClaimLicense {
    /// Who needs it.
    pub user_id: UserId,
    /// What.
    pub product_id: ProductId,
}

/// The license that a person has now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claimed {
    /// Of what: the product, or one that stands in for it.
    pub product_id: ProductId,
    /// From where.
    pub subscription_id: SubscriptionId,
    /// Whether it was given just now.
    pub is_new: bool,
}

impl Command for ClaimLicense {
    type Permission = AssignLicenses;
    type Outcome = Claimed;
    const NAME: &'static str = "claim_license";

    fn execute(&self, change: &Change<'_, AssignLicenses>) -> Result<Claimed, Failure> {
        if change.granted.only().is_some_and(|oneself| oneself != self.user_id) {
            return Err(Refusal::NotFound.into());
        }
        claim(change, self.user_id, self.product_id)
    }
}

/// Claims a license for a person. The caller may do so.
///
/// Of two who claim the last license at once, one fails where it is counted, and looks again.
///
/// # Errors
/// [`Refusal::NotFound`] for somebody who is not of this organization, and those of [`decide`].
pub(crate) fn claim<P: Granting>(
    change: &Change<'_, P>,
    user_id: UserId,
    product_id: ProductId,
) -> Result<Claimed, Failure> {
    let person = user::find(change.write, user_id)?.filter(|found| found.state != UserState::Deleted);
    let person = person.ok_or(Refusal::NotFound)?;
    let is_off = auto_claim::setting(change.write)? == Some(false);
    let gives = if is_off { Vec::new() } else { auto_claim::find(change.write, product_id)? };
    let mut offered = Vec::new();
    for product in &gives {
        let held = assignment::find(change.write, user_id, product.given_id)?;
        let subscriptions = subscriptions_of(change.write, product.given_id, None)?;
        offered.push(Offered { subscriptions, held: held.map(|held| held.subscription_id) });
    }
    match decide(&person, &offered)? {
        Answer::Keeps { place, subscription_id } => {
            Ok(Claimed { product_id: gives[place].given_id, subscription_id, is_new: false })
        }
        Answer::Gets { place, subscription_id } => give(change, user_id, &gives, place, subscription_id),
    }
}

fn give<P: Granting>(
    change: &Change<'_, P>,
    user_id: UserId,
    gives: &[Claimable],
    place: usize,
    subscription_id: SubscriptionId,
) -> Result<Claimed, Failure> {
    let Claimable { given_id: product_id, disabled_plans, .. } = &gives[place];
    let person = assignment::people(change.write, *product_id, &[user_id])?.pop().ok_or(Refusal::NotFound)?;
    let license = Assignment {
        user_id,
        product_id: *product_id,
        subscription_id,
        assigned_at: change.now(),
        disabled_plans: disabled_plans.clone(),
        conflict_since: None,
    };
    super::give(change.write, &person, &license)?;
    subscription::take(change.write, subscription_id, 1)?;
    let instead_of = (place > 0).then(|| gives[0].name.clone());
    let event = Event::LicenseClaimed { instead_of, disabled_plans: license.disabled_plans };
    change.record(subjects(user_id, *product_id, subscription_id), &event)?;
    Ok(Claimed { product_id: *product_id, subscription_id, is_new: true })
}

/// Asks who claimed a license in the last days.
#[derive(Debug, Clone, Copy)]
pub struct LicenseClaims {
    /// How many days, up to now.
    pub days: u16,
    /// The last one of the page before.
    pub before: Option<JournalEntryId>,
    /// How many at most.
    pub limit: usize,
}

/// Who claimed a license.
#[derive(Debug, Clone)]
pub struct ClaimsView {
    /// How many licenses were claimed of each product, by its name.
    pub counts: Vec<(String, i64)>,
    /// The claims.
    pub page: JournalPage,
    /// The zone in which times are shown.
    pub zone: TimeZone,
}

impl Query for LicenseClaims {
    type Permission = ManageAutoClaim;
    type Outcome = ClaimsView;

    fn run(&self, look: &Look<'_, ManageAutoClaim>) -> Result<ClaimsView, Failure> {
        let since = look.now() - SignedDuration::from_hours(24 * i64::from(self.days));
        let filter = JournalFilter { kind: Some(CLAIMED.to_owned()), actor_name: None, from: Some(since), until: None };
        let rows = shown(look, journal::newest(look.read, &filter, self.before, self.limit + 1)?);
        Ok(ClaimsView {
            counts: journal::count_of_kind(look.read, CLAIMED, since)?,
            page: JournalPage::of(rows, self.limit),
            zone: look.zone().clone(),
        })
    }
}
