//! The policy AllowSelfServicePurchase: read it, and decide (domain 5.3; R103, R115-R119, R178).

use crate::billing::account;
use crate::door::{Change, Command, Look, Query};
use crate::failure::Failure;
use domain::access::permission::{ManageSelfServicePolicy, ReadSelfServicePolicy};
use domain::event::{self, Event, Subjects};
use domain::ids::{ProductId, UserId};
use domain::organization::Organization;
use domain::refusal::Refusal;
use domain::self_service::commerce_id::{self, CommerceProduct};
use domain::self_service::eligibility::{self, Applicant, Ineligible, Right};
use domain::self_service::policy::{OfferType, PolicyScope, SelfServicePolicy, check};
use std::collections::BTreeMap;
use store::Read;
use store::tables::self_service::{self, DecidedProduct};
use store::tables::{catalog, purchase_limits, user};

/// The subject of the rule for products that come into the catalog later.
const NEW_PRODUCTS: &str = "new_products";

/// Asks for the policy of every product that people can buy by self-service.
#[derive(Debug, Clone, Default)]
pub struct SelfServicePolicies {
    /// Only products whose name contains this.
    pub search: String,
}

/// The policies of an organization.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PolicyList {
    /// What will hold for products that come into the catalog later.
    pub new_products: SelfServicePolicy,
    /// Why the seller lets nobody of the organization buy, whatever it decides (R179).
    pub ineligible: Option<Ineligible>,
    /// The products, by name.
    pub products: Vec<ProductPolicy>,
    /// The offers of third parties.
    pub offers: Vec<(OfferType, SelfServicePolicy)>,
}

/// The policy of a product.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProductPolicy {
    /// Which.
    pub product_id: ProductId,
    /// Its name.
    pub name: String,
    /// What scripts of the field call it, when they know it.
    pub commerce: Option<&'static CommerceProduct>,
    /// What people may do.
    pub value: SelfServicePolicy,
}

impl ProductPolicy {
    /// The identifier that scripts see: the one that they know, else our own.
    #[must_use]
    pub fn script_id(&self) -> String {
        self.commerce.map_or_else(|| self.product_id.to_string(), |product| product.id.to_owned())
    }
}

impl PolicyList {
    /// The product that a person or a script means: by our identifier, by theirs, or by its whole name.
    #[must_use]
    pub fn find(&self, named: &str) -> Option<&ProductPolicy> {
        let by_id: Option<ProductId> = named.parse().ok();
        let is_meant = |product: &&ProductPolicy| {
            by_id == Some(product.product_id)
                || product.commerce.is_some_and(|known| known.is_called(named))
                || product.name.to_lowercase() == named.to_lowercase()
        };
        self.products.iter().find(is_meant)
    }

    /// Whether people may buy or try any product, now or later.
    #[must_use]
    pub fn is_on(&self) -> bool {
        is_on(self.new_products, self.products.iter().map(|product| product.value))
    }

    /// The policy of an offer type.
    #[must_use]
    pub fn of_offers(&self, offer_type: OfferType) -> SelfServicePolicy {
        self.offers.iter().find(|(known, _)| *known == offer_type).map_or(SelfServicePolicy::USUAL, |(_, value)| *value)
    }
}

impl Query for SelfServicePolicies {
    type Permission = ReadSelfServicePolicy;
    type Outcome = PolicyList;

    fn run(&self, look: &Look<'_, ReadSelfServicePolicy>) -> Result<PolicyList, Failure> {
        let rules = rules(look.read)?;
        let new_products = rule(&rules, NEW_PRODUCTS);
        let numbers = part_numbers(look.read)?;
        let policy = |decided: DecidedProduct| {
            let numbers = numbers.get(&decided.product_id).into_iter().flatten().map(String::as_str);
            ProductPolicy {
                commerce: commerce_id::of_part_numbers(numbers),
                value: decided.value.unwrap_or(new_products),
                product_id: decided.product_id,
                name: decided.name,
            }
        };
        let products = self_service::products(look.read, &self.search)?.into_iter().map(policy).collect();
        let offers = OfferType::ALL.iter().map(|offers| (*offers, rule(&rules, offers.code()))).collect();
        let ineligible = check_anybody(look.read, look.organization(), false)?.err();
        Ok(PolicyList { new_products, ineligible, products, offers })
    }
}

/// Whether the seller lets a person buy for the team at all (R179).
fn check_person(
    read: &Read<'_>,
    organization: &Organization,
    person: UserId,
) -> Result<Result<(), Ineligible>, Failure> {
    check_anybody(read, organization, user::find(read, person)?.ok_or(Refusal::NotFound)?.is_guest)
}

/// Likewise anybody who is a guest of the organization, or is not.
fn check_anybody(
    read: &Read<'_>,
    organization: &Organization,
    is_guest: bool,
) -> Result<Result<(), Ineligible>, Failure> {
    let segment = account(read)?.segment;
    Ok(eligibility::check(Applicant { is_guest, segment, country: &organization.country }))
}

/// What a person may do with a product: nothing with one that is not sold to people, nor who may not buy for the team.
/// Whom the seller rules out learns that first.
pub(crate) fn right_for(
    read: &Read<'_>,
    organization: &Organization,
    person: UserId,
    product: ProductId,
) -> Result<Right, Failure> {
    let skus = catalog::skus_of(read, product)?;
    let part_numbers = skus.iter().map(|sku| sku.part_number.as_str());
    let eligible = check_person(read, organization, person)?
        .and_then(|()| eligibility::check_product(&organization.country, part_numbers));
    if let Err(reason) = eligible {
        return Ok(Err(reason));
    }
    let Some(decided) = self_service::product(read, product)? else { return Ok(Ok(SelfServicePolicy::Disabled)) };
    if !is_buyer(read, person)? {
        return Ok(Ok(SelfServicePolicy::Disabled));
    }
    match decided.value {
        Some(value) => Ok(Ok(value)),
        None => Ok(Ok(rule(&rules(read)?, NEW_PRODUCTS))),
    }
}

fn is_buyer(read: &Read<'_>, person: UserId) -> Result<bool, Failure> {
    Ok(purchase_limits::is_among(read, &purchase_limits::find(read)?.buyers, person)?)
}

/// The products that a person may buy for the team, or at least try, whose name contains `search`, by name; or why the
/// seller lets the person buy nothing.
pub(crate) fn allowed(
    read: &Read<'_>,
    organization: &Organization,
    person: UserId,
    search: &str,
) -> Result<Result<Vec<ProductId>, Ineligible>, Failure> {
    if let Err(reason) = check_person(read, organization, person)? {
        return Ok(Err(reason));
    }
    if !is_buyer(read, person)? {
        return Ok(Ok(Vec::new()));
    }
    let (new_products, numbers) = (rule(&rules(read)?, NEW_PRODUCTS), part_numbers(read)?);
    let is_sold = |product: ProductId| {
        let numbers = numbers.get(&product).into_iter().flatten().map(String::as_str);
        eligibility::check_product(&organization.country, numbers).is_ok()
    };
    let mut products = self_service::products(read, search)?;
    products.retain(|product| product.value.unwrap_or(new_products).allows_trial() && is_sold(product.product_id));
    Ok(Ok(products.into_iter().map(|product| product.product_id).collect()))
}

/// The part numbers of each product that people can buy.
fn part_numbers(read: &Read<'_>) -> Result<BTreeMap<ProductId, Vec<String>>, Failure> {
    let mut numbers: BTreeMap<ProductId, Vec<String>> = BTreeMap::new();
    for (product, part_number) in self_service::part_numbers(read)? {
        numbers.entry(product).or_default().push(part_number);
    }
    Ok(numbers)
}

type Rules = BTreeMap<String, SelfServicePolicy>;

fn rules(read: &Read<'_>) -> Result<Rules, Failure> {
    Ok(self_service::rules(read)?.into_iter().collect())
}

fn rule(rules: &Rules, subject: &str) -> SelfServicePolicy {
    rules.get(subject).copied().unwrap_or(SelfServicePolicy::USUAL)
}

/// Decides what people may do from now on. What is so already stays as it is, without an entry in the journal.
#[derive(Debug, Clone, Copy)]
pub struct SetSelfServicePolicy {
    /// About what.
    pub scope: PolicyScope,
    /// What holds then.
    pub value: SelfServicePolicy,
}

impl Command for SetSelfServicePolicy {
    type Permission = ManageSelfServicePolicy;
    /// How many decisions changed.
    type Outcome = u32;
    const NAME: &'static str = "set_self_service_policy";

    fn execute(&self, change: &Change<'_, ManageSelfServicePolicy>) -> Result<u32, Failure> {
        change.granted.everything()?;
        check(self.scope, self.value)?;
        let rules = rules(change.write)?;
        let new_products = rule(&rules, NEW_PRODUCTS);
        match self.scope {
            PolicyScope::Product(id) => {
                let product = self_service::product(change.write, id)?.ok_or(Refusal::NotFound)?;
                self.decide(change, &product, new_products)
            }
            PolicyScope::AllProducts => {
                let products = self_service::products(change.write, "")?;
                products.iter().map(|product| self.decide(change, product, new_products)).sum()
            }
            PolicyScope::NewProducts => {
                if self.value != new_products {
                    self_service::keep_policies(change.write, new_products)?;
                }
                self.rule(change, NEW_PRODUCTS, "", new_products)
            }
            PolicyScope::Offers(offers) => self.rule(change, offers.code(), offers.code(), rule(&rules, offers.code())),
        }
    }
}

/// Disables every product, those that come later included; or enables them all where everything was disabled: the one
/// switch that scripts of the admin portal know (wire 3.3). What is so already stays as it is.
#[derive(Debug, Clone, Copy)]
pub struct TurnSelfService {
    /// Whether people may buy or try anything.
    pub is_on: bool,
}

impl Command for TurnSelfService {
    type Permission = ManageSelfServicePolicy;
    /// How many decisions changed.
    type Outcome = u32;
    const NAME: &'static str = SetSelfServicePolicy::NAME;

    fn execute(&self, change: &Change<'_, ManageSelfServicePolicy>) -> Result<u32, Failure> {
        let new_products = rule(&rules(change.write)?, NEW_PRODUCTS);
        let products = self_service::products(change.write, "")?;
        let values = products.iter().map(|product| product.value.unwrap_or(new_products));
        if self.is_on && is_on(new_products, values) {
            return Ok(0);
        }
        let value = if self.is_on { SelfServicePolicy::Enabled } else { SelfServicePolicy::Disabled };
        let scopes = [PolicyScope::AllProducts, PolicyScope::NewProducts];
        scopes.into_iter().map(|scope| SetSelfServicePolicy { scope, value }.execute(change)).sum()
    }
}

/// Whether people may buy or try anything, now or later.
fn is_on(new_products: SelfServicePolicy, mut values: impl Iterator<Item = SelfServicePolicy>) -> bool {
    new_products.allows_trial() || values.any(SelfServicePolicy::allows_trial)
}

impl SetSelfServicePolicy {
    fn decide(
        &self,
        change: &Change<'_, ManageSelfServicePolicy>,
        product: &DecidedProduct,
        new_products: SelfServicePolicy,
    ) -> Result<u32, Failure> {
        let before = product.value.unwrap_or(new_products);
        self_service::set_policy(change.write, product.product_id, self.value)?;
        let subjects = Subjects { product: Some(product.product_id), ..Subjects::default() };
        self.record(change, subjects, &product.name, before)
    }

    fn rule(
        &self,
        change: &Change<'_, ManageSelfServicePolicy>,
        subject: &str,
        of: &str,
        before: SelfServicePolicy,
    ) -> Result<u32, Failure> {
        self_service::set_rule(change.write, subject, self.value)?;
        self.record(change, Subjects::default(), of, before)
    }

    fn record(
        &self,
        change: &Change<'_, ManageSelfServicePolicy>,
        subjects: Subjects,
        of: &str,
        before: SelfServicePolicy,
    ) -> Result<u32, Failure> {
        if before == self.value {
            return Ok(0);
        }
        let value = event::Change { from: before, to: self.value };
        change.record(subjects, &Event::SelfServicePolicyChanged { of: of.to_owned(), value })?;
        Ok(1)
    }
}
