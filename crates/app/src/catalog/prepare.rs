//! A product that is about to be bought: its prices, what is inside, and what the purchase will bring.

use crate::billing::{account, tax};
use crate::billing_profile::pays_with::{pays_with, usable_on};
use crate::credit_check;
use crate::door::{Look, Query};
use crate::failure::Failure;
use crate::order::{Sold, profiles_to_buy_on};
use crate::payment_method::usable;
use crate::ports::MethodDescription;
use crate::self_service::policy::right_for;
use crate::subscription::add_on::fitting;
use domain::access::permission::BuySubscription;
use domain::billing::BillingProfile;
use domain::billing::invoice::{Totals, with_tax};
use domain::billing::party::Party;
use domain::billing::profile::PaysWith;
use domain::catalog::{Price, Product, ProductKind, ServicePlan, Sku, SkuKind};
use domain::ids::{PriceId, ProductId, SubscriptionId};
use domain::money::{Currency, Money};
use domain::order::buy::{Buy, PurchasePreview, decide, preview, preview_add_on, start_day};
use domain::organization::Organization;
use domain::refusal::Refusal;
use domain::self_service::policy::SelfServicePolicy;
use domain::subscription::add_on::{base_of, first_charge};
use jiff::civil::Date;
use store::tables::payment_method::PaymentMethod;
use store::tables::subscription::ListedSubscription;
use store::tables::{catalog, price, subscription};

/// Asks for a product and all ways to buy it.
#[derive(Debug, Clone, Copy)]
pub struct ProductForSale(pub ProductId);

/// A product and all ways to buy it.
#[derive(Debug, Clone)]
pub struct ProductOnShelf {
    /// The product.
    pub product: Product,
    /// What is sold of it to organizations, with the prices in the organization's currency.
    pub skus: Vec<(Sku, Vec<Price>)>,
    /// The apps and services inside.
    pub plans: Vec<ServicePlan>,
    /// The subscriptions to which it can belong, or beside which it is sold, when it is an add-on.
    pub bases: Vec<ListedSubscription>,
    /// How many subscriptions of it the organization has.
    pub subscriptions: i64,
    /// Whether the reader may buy it; a user may be allowed to try it only (domain 5.3).
    pub may_buy: bool,
    /// Whether a user buys for the team.
    pub for_oneself: bool,
    /// Whether that user can sign up for it at no cost (R180).
    pub is_free: bool,
    /// The organization's currency.
    pub currency: Currency,
}

impl Query for ProductForSale {
    type Permission = BuySubscription;
    type Outcome = ProductOnShelf;

    fn run(&self, look: &Look<'_, BuySubscription>) -> Result<ProductOnShelf, Failure> {
        let product = catalog::find_product(look.read, self.0)?.ok_or(Refusal::NotFound)?;
        let only = look.granted.oneself();
        let right = only.map(|person| right_for(look.read, look.organization(), person, product.id)).transpose()?;
        let policy = right.transpose().map_err(Refusal::from)?;
        if policy.is_some_and(|policy| !policy.allows_trial()) {
            return Err(Refusal::SelfServiceNotAllowed.into());
        }
        let kind = if only.is_some() { SkuKind::SelfService } else { SkuKind::Central };
        let currency = look.organization().currency;
        let bases = fitting(look.read, &product, &look.granted)?;
        let skus = catalog::skus_of(look.read, product.id)?;
        let is_free = only.is_some() && skus.iter().any(|sku| sku.kind == SkuKind::Free);
        let skus = skus.into_iter().filter(|sku| sku.kind == kind);
        let with_prices = |sku: Sku| {
            let mut prices = price::current_of_sku(look.read, sku.id, currency, look.now())?;
            // What belongs to a subscription has its term.
            let has_term = |price: &Price| bases.iter().any(|base| base.subscription.term == price.term);
            prices.retain(|price| product.kind != ProductKind::TraditionalAddOn || bases.is_empty() || has_term(price));
            Ok::<_, Failure>((sku, prices))
        };
        let owned = if only.is_some() { Vec::new() } else { subscription::count_by_product(look.read)? };
        Ok(ProductOnShelf {
            skus: skus.map(with_prices).collect::<Result<_, _>>()?,
            plans: catalog::plans_of_product(look.read, product.id)?,
            subscriptions: owned.iter().find(|(id, _)| *id == product.id).map_or(0, |(_, count)| *count),
            may_buy: policy.is_none_or(SelfServicePolicy::allows_purchase),
            for_oneself: only.is_some(),
            is_free,
            currency,
            bases,
            product,
        })
    }
}

/// Asks what a purchase would bring, before it is ordered.
#[derive(Debug, Clone, Copy)]
pub struct PreparePurchase {
    /// The price that the buyer saw.
    pub price_id: PriceId,
    /// Licenses.
    pub quantity: u32,
    /// The subscription to which an add-on will belong, when the buyer chose one.
    pub base: Option<SubscriptionId>,
    /// The first day; today when the buyer chose none.
    pub starts_on: Option<Date>,
}

/// Whether paying an amount by invoice waits for a credit check, or why it cannot be.
fn by_invoice(look: &Look<'_, BuySubscription>, amount: Money) -> Result<Result<bool, Refusal>, Failure> {
    match credit_check::waits(look.read, look.organization(), &look.moment(), amount) {
        Ok(waits) => Ok(Ok(waits)),
        Err(Failure::Refused(refusal)) => Ok(Err(refusal)),
        Err(failure) => Err(failure),
    }
}

/// A purchase before it is ordered.
#[derive(Debug, Clone)]
pub struct PreparedPurchase {
    /// The product.
    pub product: Product,
    /// What is sold.
    pub sku: Sku,
    /// The subscription to which it will belong as an add-on.
    pub base: Option<ListedSubscription>,
    /// The price that the buyer saw.
    pub seen: Price,
    /// The price of the same today; another version than the one seen when it changed meanwhile.
    pub current: Option<Price>,
    /// What the purchase brings at today's price, or why it cannot be made.
    pub preview: Result<PurchasePreview, Refusal>,
    /// What the first billing period comes to with tax; nothing when the purchase cannot be made.
    pub totals: Option<Totals>,
    /// Who buys, as the invoice will say.
    pub sold_to: Party,
    /// What the buyer may let pay, the default first (domain 4.1).
    pub methods: Vec<PaymentMethod>,
    /// Whether paying by invoice waits for a credit check, or why it cannot be (domain 4.2).
    pub by_invoice: Result<bool, Refusal>,
    /// Whether a user buys for the team and pays it personally (R17).
    pub for_oneself: bool,
    /// Days that the customer has to pay an invoice.
    pub payment_terms_days: u16,
    /// The billing profiles that the buyer may choose from, the first one first; that of a subscription beside which it
    /// goes alone.
    pub profiles: Vec<ProfileOnOffer>,
    /// Who buys.
    pub organization: Organization,
}

/// A billing profile on which somebody may buy.
#[derive(Debug, Clone)]
pub struct ProfileOnOffer {
    /// The profile.
    pub profile: BillingProfile,
    /// What pays for everything on it; nothing under MOSA, where each purchase has what pays for it.
    pub pays_with: Option<PaysWith>,
    /// What the buyer may let pay there, the default first.
    pub methods: Vec<PaymentMethod>,
}

impl ProfileOnOffer {
    const fn pays_by_card(&self) -> bool {
        matches!(self.pays_with, Some(PaysWith::Card(_)))
    }

    /// Whether the buyer chooses what pays.
    #[must_use]
    pub const fn leaves_choice(&self) -> bool {
        matches!(self.pays_with, None | Some(PaysWith::FirstChoice))
    }
}

/// The billing profiles on which the buyer may buy, with what pays there; beside a subscription its own.
fn on_offer(
    look: &Look<'_, BuySubscription>,
    base: Option<&ListedSubscription>,
) -> Result<Vec<ProfileOnOffer>, Failure> {
    let mut profiles = profiles_to_buy_on(look.read, &look.granted, look.organization())?;
    profiles.retain(|profile| base.is_none_or(|base| profile.id == base.subscription.billing_profile_id));
    let on_offer = |profile| {
        let pays_with = pays_with(look.read, &profile)?;
        Ok(ProfileOnOffer { methods: usable_on(look, pays_with)?, pays_with, profile })
    };
    profiles.into_iter().map(on_offer).collect()
}

/// What pays on any of these billing profiles; who buys for the team pays by card (domain 5.1).
fn methods(
    look: &Look<'_, BuySubscription>,
    for_oneself: bool,
    profiles: &[ProfileOnOffer],
) -> Result<Vec<PaymentMethod>, Failure> {
    if for_oneself {
        let mut cards = usable(look)?;
        cards.retain(|method| matches!(method.described, MethodDescription::Card(_)));
        return Ok(cards);
    }
    let mut methods: Vec<PaymentMethod> = Vec::new();
    for method in profiles.iter().flat_map(|on| &on.methods) {
        if methods.iter().all(|known| known.id != method.id) {
            methods.push(method.clone());
        }
    }
    Ok(methods)
}

impl Query for PreparePurchase {
    type Permission = BuySubscription;
    type Outcome = PreparedPurchase;

    fn run(&self, look: &Look<'_, BuySubscription>) -> Result<PreparedPurchase, Failure> {
        let (currency, now) = (look.organization().currency, look.now());
        let sold = Sold::find(look.read, self.price_id, currency, now)?;
        let price_id = sold.current.as_ref().map_or(sold.seen.id, |current| current.id);
        let buy = Buy { quantity: self.quantity, price_id };
        let for_oneself = look.granted.oneself().is_some();
        let decided = match look.granted.oneself() {
            Some(person) => sold.amount_for_oneself(look.read, look.organization(), person, buy)?,
            None => decide(&sold.product, &sold.sku, sold.current.as_ref(), buy),
        };
        let Sold { seen, sku, product, current } = sold;
        let account = account(look.read)?;
        let bases = fitting(look.read, &product, &look.granted)?;
        let subscriptions: Vec<_> = bases.iter().map(|listed| listed.subscription.clone()).collect();
        let price = current.as_ref().unwrap_or(&seen);
        let preview = decided.and_then(|per_period| {
            let Some(base) = base_of(product.kind, price.term, &subscriptions, self.base)? else {
                let starts_on = start_day(self.starts_on, look.today(), for_oneself)?;
                return Ok((None, preview(price, per_period, starts_on)));
            };
            start_day(self.starts_on, look.today(), true)?;
            let bought = (self.quantity, price.unit_price, price.billing_frequency);
            let first = first_charge(base, bought, look.today(), look.zone(), &account.rules);
            Ok((Some(base.id), preview_add_on(base, &first, per_period)))
        });
        let belongs_to = preview.as_ref().ok().and_then(|(base, _)| *base);
        let base = bases.into_iter().find(|listed| Some(listed.subscription.id) == belongs_to);
        let profiles = on_offer(look, base.as_ref())?;
        let methods = methods(look, for_oneself, &profiles)?;
        let by_invoice = match &preview {
            Ok(_) if for_oneself => Err(Refusal::UnknownChoice),
            Ok(_) if profiles.iter().all(ProfileOnOffer::pays_by_card) => Err(Refusal::PaidByBillingProfile),
            Ok((_, preview)) => by_invoice(look, preview.per_period)?,
            Err(refusal) => Err(refusal.clone()),
        };
        let preview = preview.map(|(_, preview)| preview);
        let treatment = tax(look.read, &account, look.today())?;
        Ok(PreparedPurchase {
            by_invoice,
            for_oneself,
            payment_terms_days: account.rules.payment_terms_days,
            totals: preview.as_ref().ok().map(|preview| with_tax(preview.amount, treatment, &account.rules)),
            sold_to: account.sold_to,
            preview,
            base,
            profiles,
            product,
            sku,
            seen,
            current,
            methods,
            organization: look.organization().clone(),
        })
    }
}
