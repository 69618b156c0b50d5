//! A product that is about to be bought: its prices, what is inside, and what the purchase will bring.

use crate::billing::{account, tax};
use crate::credit_check;
use crate::door::{Look, Query};
use crate::failure::Failure;
use crate::order::Sold;
use crate::payment_method::usable;
use crate::ports::MethodDescription;
use crate::self_service::policy::policy_for;
use domain::access::permission::BuySubscription;
use domain::billing::invoice::{Totals, with_tax};
use domain::billing::party::Party;
use domain::catalog::{Price, Product, ServicePlan, Sku, SkuKind};
use domain::ids::{PriceId, ProductId};
use domain::money::{Currency, Money};
use domain::order::buy::{Buy, PurchasePreview, decide, preview};
use domain::organization::Organization;
use domain::refusal::Refusal;
use domain::self_service::policy::SelfServicePolicy;
use store::tables::payment_method::PaymentMethod;
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
    /// How many subscriptions of it the organization has.
    pub subscriptions: i64,
    /// Whether the reader may buy it; a user may be allowed to try it only (domain 5.3).
    pub may_buy: bool,
    /// The organization's currency.
    pub currency: Currency,
}

impl Query for ProductForSale {
    type Permission = BuySubscription;
    type Outcome = ProductOnShelf;

    fn run(&self, look: &Look<'_, BuySubscription>) -> Result<ProductOnShelf, Failure> {
        let product = catalog::find_product(look.read, self.0)?.ok_or(Refusal::NotFound)?;
        let only = look.granted.only();
        let policy = only.map(|person| policy_for(look.read, person, product.id)).transpose()?;
        if policy.is_some_and(|policy| !policy.allows_trial()) {
            return Err(Refusal::NotFound.into());
        }
        let kind = if only.is_some() { SkuKind::SelfService } else { SkuKind::Central };
        let currency = look.organization().currency;
        let skus = catalog::skus_of(look.read, product.id)?.into_iter().filter(|sku| sku.kind == kind);
        let with_prices =
            |sku: Sku| Ok::<_, Failure>((sku.clone(), price::current_of_sku(look.read, sku.id, currency, look.now())?));
        let owned = if only.is_some() { Vec::new() } else { subscription::count_by_product(look.read)? };
        Ok(ProductOnShelf {
            skus: skus.map(with_prices).collect::<Result<_, _>>()?,
            plans: catalog::plans_of_product(look.read, product.id)?,
            subscriptions: owned.iter().find(|(id, _)| *id == product.id).map_or(0, |(_, count)| *count),
            may_buy: policy.is_none_or(SelfServicePolicy::allows_purchase),
            currency,
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
    /// Who buys.
    pub organization: Organization,
}

impl Query for PreparePurchase {
    type Permission = BuySubscription;
    type Outcome = PreparedPurchase;

    fn run(&self, look: &Look<'_, BuySubscription>) -> Result<PreparedPurchase, Failure> {
        let (currency, now) = (look.organization().currency, look.now());
        let sold = Sold::find(look.read, self.price_id, currency, now)?;
        let price_id = sold.current.as_ref().map_or(sold.seen.id, |current| current.id);
        let buy = Buy { quantity: self.quantity, price_id };
        let for_oneself = look.granted.only().is_some();
        let decided = match look.granted.only() {
            Some(person) => sold.amount_for_oneself(look.read, person, buy)?,
            None => decide(&sold.product, &sold.sku, sold.current.as_ref(), buy),
        };
        let Sold { seen, sku, product, current } = sold;
        let mut methods = usable(look)?;
        methods.retain(|method| !for_oneself || matches!(method.described, MethodDescription::Card(_)));
        let by_invoice = match &decided {
            Ok(_) if for_oneself => Err(Refusal::UnknownChoice),
            Ok(amount) => by_invoice(look, *amount)?,
            Err(refusal) => Err(refusal.clone()),
        };
        let account = account(look.read)?;
        let treatment = tax(look.read, &account, look.today())?;
        Ok(PreparedPurchase {
            by_invoice,
            for_oneself,
            payment_terms_days: account.rules.payment_terms_days,
            totals: decided.as_ref().ok().map(|amount| with_tax(*amount, treatment, &account.rules)),
            sold_to: account.sold_to,
            preview: decided.map(|amount| preview(current.as_ref().unwrap_or(&seen), amount, look.today())),
            product,
            sku,
            seen,
            current,
            methods,
            organization: look.organization().clone(),
        })
    }
}
