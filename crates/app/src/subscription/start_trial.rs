//! Start a trial of a product (domain 1.7, R157).

use super::about;
use super::add_on::{base_for, fitting};
use crate::access::Granted;
use crate::billing_profile::pays_with::{keep_first_choice, method_to_use_on, pays_with_on, usable_on};
use crate::door::{Change, Command, Look, Query};
use crate::failure::Failure;
use crate::license::settle::solve_conflicts;
use crate::order::{Sold, profiles_to_buy_on};
use crate::payment_method::{at_payment, method_to_use};
use crate::self_service::policy::right_for;
use domain::access::permission::BuySubscription;
use domain::billing::payment_method::check_self_service;
use domain::billing::profile::PaysWith;
use domain::catalog::{Price, Product, ProductKind, Sku, SkuKind, Term};
use domain::ids::{BillingProfileId, OrganizationId, PaymentMethodId, PriceId, ProductId, SubscriptionId, UserId};
use domain::organization::Organization;
use domain::refusal::Refusal;
use domain::self_service::eligibility::Right;
use domain::self_service::policy::SelfServicePolicy;
use domain::subscription::Decision;
use domain::subscription::start_trial::{NewTrial, check, decide, licenses};
use jiff::civil::Date;
use store::Read;
use store::tables::payment_method::{self, PaymentMethod};
use store::tables::trial::Tester;
use store::tables::{catalog, price, purchase_limits, subscription, trial};

/// Starts a trial of what a price sells.
#[derive(Debug, Clone, Copy)]
pub struct StartTrial {
    /// The price that the person saw: what it costs once it is paid.
    pub price_id: PriceId,
    /// What pays when the trial ends; without it the trial just ends (D20).
    pub payment_method_id: Option<PaymentMethodId>,
}

impl Command for StartTrial {
    type Permission = BuySubscription;
    type Outcome = SubscriptionId;
    const NAME: &'static str = "start_trial";

    fn execute(&self, change: &Change<'_, BuySubscription>) -> Result<SubscriptionId, Failure> {
        let (organization, holder) = (change.organization(), change.granted.oneself());
        let Sold { sku, product, current, .. } =
            Sold::find(change.write, self.price_id, organization.currency, change.now())?;
        let right = holder.map(|person| right_for(change.write, organization, person, product.id)).transpose()?;
        check(&product, &sku, current.as_ref(), self.price_id, right)?;
        if let (Some(person), Some(_)) = (holder, self.payment_method_id) {
            may_go_on(change.write, right, person, &product, &sku)?.map_err(at_payment)?;
        }
        base_for(change.write, &product, Term::Monthly, None, &change.granted)?;
        let profile = profile_of_trial(change.write, &change.granted, change.organization())?;
        let new = NewTrial {
            id: SubscriptionId::from_uuid(change.new_id()),
            price: &current.ok_or(Refusal::NoPrice)?,
            product_id: product.id,
            quantity_max: sku.quantity_max,
            holder,
            payment_method_id: self.payment_method(change, profile)?,
            billing_profile_id: profile,
        };
        let tester = tester(organization.id, holder);
        let was_tried = trial::was_tried(change.write, tester, product.id)?;
        let Decision { subscription: started, event, .. } = decide(new, was_tried, change.today(), organization.cloud)?;
        trial::insert(change.write, tester, product.id)?;
        subscription::insert(change.write, &started, organization.cloud, change.now())?;
        change.record(about(&started, None), &event)?;
        solve_conflicts(change, started.product_id)?;
        Ok(started.id)
    }
}

/// The first billing profile on which whoever starts it may buy; for oneself the organization's first.
fn profile_of_trial(
    read: &Read<'_>,
    granted: &Granted<BuySubscription>,
    organization: &Organization,
) -> Result<BillingProfileId, Failure> {
    let profiles = profiles_to_buy_on(read, granted, organization)?;
    Ok(profiles.first().map_or_else(|| BillingProfileId::first_of(organization.id), |profile| profile.id))
}

fn tester(organization: OrganizationId, holder: Option<UserId>) -> Tester {
    holder.map_or(Tester::Organization(organization), Tester::User)
}

impl StartTrial {
    /// What pays afterwards; what a user tries for the team is paid by card (R38). What the first trial of a billing
    /// profile is given pays for all of it (decision 24).
    fn payment_method(
        &self,
        change: &Change<'_, BuySubscription>,
        profile: BillingProfileId,
    ) -> Result<Option<PaymentMethodId>, Failure> {
        let Some(chosen) = self.payment_method_id else { return Ok(None) };
        if change.granted.oneself().is_some() {
            if let Some(method) = payment_method::find(change.write, chosen)? {
                check_self_service(&method)?;
            }
            return method_to_use(change, chosen).map(Some);
        }
        let id = method_to_use_on(change, pays_with_on(change.write, profile)?, chosen)?;
        keep_first_choice(change, profile, id)?;
        Ok(Some(id))
    }
}

/// Whether what a user tries for the team can go on paid: that is a purchase, of what people may buy, within their
/// limit (domain 5.1, 5.3).
fn may_go_on(
    read: &Read<'_>,
    right: Option<Right>,
    person: UserId,
    product: &Product,
    sku: &Sku,
) -> Result<Result<(), Refusal>, Failure> {
    if !right.is_some_and(|right| right.is_ok_and(SelfServicePolicy::allows_purchase)) {
        return Ok(Err(Refusal::SelfServiceNotAllowed));
    }
    Ok(purchase_limits::allowance(read, person, product.id)?.check(licenses(sku.quantity_max)))
}

/// Asks what a trial of a product would be.
#[derive(Debug, Clone, Copy)]
pub struct PrepareTrial(pub ProductId);

/// A trial before it is started.
#[derive(Debug, Clone)]
pub struct PreparedTrial {
    /// The product.
    pub product: Product,
    /// What is sold of it, with what it costs once it is paid.
    pub skus: Vec<(Sku, Vec<Price>)>,
    /// Whether it was tried before.
    pub was_tried: bool,
    /// Its licenses.
    pub licenses: u32,
    /// The first day after it.
    pub ends_on: Date,
    /// What could pay afterwards, the default first.
    pub methods: Vec<PaymentMethod>,
    /// Whether it can go on paid; a user for the team may try more than buy.
    pub may_go_on: bool,
    /// The billing profile that says what pays, if one does (decision 24).
    pub profile: Option<BillingProfileId>,
}

impl Query for PrepareTrial {
    type Permission = BuySubscription;
    /// Nothing where the reader may not try the product.
    type Outcome = Option<PreparedTrial>;

    fn run(&self, look: &Look<'_, BuySubscription>) -> Result<Option<PreparedTrial>, Failure> {
        let product = catalog::find_product(look.read, self.0)?.ok_or(Refusal::NotFound)?;
        let (holder, organization) = (look.granted.oneself(), look.organization());
        let kind = if holder.is_some() { SkuKind::SelfService } else { SkuKind::Central };
        let right = holder.map(|person| right_for(look.read, organization, person, product.id)).transpose()?;
        let policy = right.transpose().map_err(Refusal::from)?;
        let is_allowed = policy.is_none_or(SelfServicePolicy::allows_trial)
            && match product.kind {
                ProductKind::Base => true,
                ProductKind::TraditionalAddOn => false,
                ProductKind::StandaloneAddOn => !fitting(look.read, &product, &look.granted)?.is_empty(),
            };
        let mut skus = Vec::new();
        for sku in catalog::skus_of(look.read, product.id)?.into_iter().filter(|sku| sku.kind == kind) {
            let prices = price::current_of_sku(look.read, sku.id, organization.currency, look.now())?;
            if !prices.is_empty() {
                skus.push((sku, prices));
            }
        }
        let (true, None, Some((first, _))) = (is_allowed, product.retired_at, skus.first()) else { return Ok(None) };
        let profile = profile_of_trial(look.read, &look.granted, organization)?;
        let pays_with = if holder.is_some() { None } else { pays_with_on(look.read, profile)? };
        let (mut methods, mut is_going_on) = (usable_on(look, pays_with)?, true);
        if let Some(person) = holder {
            methods.retain(|method| check_self_service(method).is_ok());
            is_going_on = may_go_on(look.read, right, person, &product, first)?.is_ok();
        }
        Ok(Some(PreparedTrial {
            was_tried: trial::was_tried(look.read, tester(organization.id, holder), product.id)?,
            licenses: licenses(first.quantity_max),
            ends_on: organization.cloud.facts().trial_length.end(look.today()),
            methods,
            may_go_on: is_going_on,
            profile: pays_with.filter(|with| *with != PaysWith::FirstChoice).map(|_| profile),
            product,
            skus,
        }))
    }
}
