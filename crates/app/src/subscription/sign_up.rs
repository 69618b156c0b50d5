//! Sign up for a product that costs nothing, for oneself (domain 2.10, R180).

use super::about;
use crate::door::{Change, Command};
use crate::failure::Failure;
use crate::self_service::policy::right_for;
use domain::access::permission::BuySubscription;
use domain::catalog::SkuKind;
use domain::event::{Event, Subjects};
use domain::ids::{BillingProfileId, ProductId, SubscriptionId, UserId};
use domain::license::Assignment;
use domain::refusal::{Field, Refusal};
use domain::subscription::sign_up::{SignUp, decide};
use domain::subscription::{Decision, Subscription};
use domain::user::fold;
use store::tables::{assignment, catalog, subscription, user};

/// Signs the caller up for a product, with a license at once.
#[derive(Debug, Clone, Copy)]
pub struct SignUpForFree(pub ProductId);

impl Command for SignUpForFree {
    type Permission = BuySubscription;
    type Outcome = SubscriptionId;
    const NAME: &'static str = "sign_up_for_free";

    /// A person holds a product at most once, so nobody signs up twice.
    fn execute(&self, change: &Change<'_, BuySubscription>) -> Result<SubscriptionId, Failure> {
        let organization = change.organization();
        let person = change.granted.actor().user().ok_or(Refusal::NotAllowed)?;
        let product = catalog::find_product(change.write, self.0)?.ok_or(Refusal::NotFound)?;
        let skus = catalog::skus_of(change.write, product.id)?;
        let sku = skus.iter().find(|sku| sku.kind == SkuKind::Free).ok_or(Refusal::UnknownChoice)?;
        let wish = SignUp {
            id: SubscriptionId::from_uuid(change.new_id()),
            person,
            right: right_for(change.write, organization, person, product.id)?,
            currency: organization.currency,
            billing_profile_id: BillingProfileId::first_of(organization.id),
        };
        let Decision { subscription: started, event, .. } = decide(&product, sku, wish, change.today())?;
        subscription::insert(change.write, &started, organization.cloud, change.now())?;
        change.record(about(&started, None), &event)?;
        give_license(change, person, &started)?;
        Ok(started.id)
    }
}

fn give_license(change: &Change<'_, BuySubscription>, user_id: UserId, started: &Subscription) -> Result<(), Failure> {
    let person = user::find(change.write, user_id)?.ok_or(Refusal::NotFound)?;
    let name = person.display_name.clone();
    if assignment::find(change.write, user_id, started.product_id)?.is_some() {
        return Err(Refusal::AlreadyAssigned { name }.into());
    }
    if person.usage_location.is_none() {
        return Err(Refusal::NoUsageLocation { name }.at(Field::UsageLocation).into());
    }
    let license = Assignment {
        user_id,
        product_id: started.product_id,
        subscription_id: started.id,
        assigned_at: change.now(),
        disabled_plans: Vec::new(),
        conflict_since: None,
    };
    assignment::insert(change.write, &license, &fold(&person.display_name))?;
    subscription::add_assigned(change.write, started.id, 1)?;
    let subjects = Subjects { user: Some(user_id), ..about(started, None) };
    change.record(subjects, &Event::LicenseAssigned { disabled_plans: Vec::new() })
}
