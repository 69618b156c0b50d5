//! A partner sells to a customer that let it in (domain 1.1, 1.9, 2.2; R66 to R68, R160).

use super::charge::record_of_sale;
use super::{home, let_in};
use crate::billing::{account, account_of_partner, post_charges, tax};
use crate::catalog::browse::{ShelfRow, shelf_row};
use crate::door::{App, Caller, Change, Command, Look, Query};
use crate::failure::Failure;
use crate::license::settle::solve_conflicts;
use crate::order::Sold;
use crate::subscription::add_on::choose_base;
use crate::subscription::sweep::chosen_today;
use domain::access::permission::ManageCustomers;
use domain::billing::BillingAccount;
use domain::billing::charge::ChargeKind;
use domain::billing::invoice::{Totals, with_tax};
use domain::billing::tax::TaxTreatment;
use domain::catalog::{Price, Product, ProductKind, Sku, SkuKind};
use domain::ids::{BillingProfileId, OrganizationId, PriceId, ProductId, SubscriptionId};
use domain::limits::PAGE_ROWS_MAX;
use domain::money::Currency;
use domain::order::buy::{Buy, PurchasePreview, decide, preview, preview_add_on};
use domain::organization::Organization;
use domain::partner::sell;
use domain::refusal::{Field, FieldRefusal, Refusal};
use domain::subscription::add_on::{base_of, can_have_of_partner, first_charge};
use domain::subscription::{Decision, Subscription};
use domain::user::fold;
use store::Read;
use store::tables::subscription::ListedSubscription;
use store::tables::{catalog, charge, invoice, partner, price, subscription};

/// What a partner sells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sale {
    /// The subscription that comes to be, made before the button is pressed ([`new_sale`]), so that pressing it twice
    /// sells once.
    pub subscription_id: SubscriptionId,
    /// The version of the price that the partner saw; it says what is sold, for how long and how often it is charged.
    pub price_id: PriceId,
    /// Licenses.
    pub quantity: u32,
    /// The subscription to which an add-on will belong; where only one fits it may be left out (domain 1.9).
    pub base: Option<SubscriptionId>,
}

/// An identifier for a sale that is about to be made.
#[must_use]
pub fn new_sale(app: &App) -> SubscriptionId {
    SubscriptionId::from_uuid(app.ports().ids.next(app.now()))
}

/// Sells to a customer: it has the subscription at once, and one's own organization is charged for it. Making the same
/// sale again changes nothing. Blocks.
///
/// # Errors
/// Those of [`decide`] and [`base_of`]; [`Refusal::PartnerOwes`], [`Refusal::SandboxSale`];
/// [`Refusal::IdempotencyKeyReused`] for another sale under the identifier; [`Refusal::NotFound`] for whoever did not
/// let the partner in.
pub fn sell(app: &App, caller: &Caller, customer: OrganizationId, sale: Sale) -> Result<(), Failure> {
    let of = app.read(caller, home(&caller.actor)?, &Standing)?;
    app.write_at_customer(caller, customer, SellToCustomer { sale, of }).wait()
}

struct SellToCustomer {
    sale: Sale,
    of: PartnerStanding,
}

impl Command for SellToCustomer {
    type Permission = ManageCustomers;
    type Outcome = ();
    const NAME: &'static str = "sell_to_customer";

    fn execute(&self, change: &Change<'_, ManageCustomers>) -> Result<(), Failure> {
        let partner = let_in(change.write, change.granted.actor())?;
        let Sale { subscription_id: id, price_id, quantity, base } = self.sale;
        let buy = Buy { quantity, price_id };
        if let Some(before) = subscription::find(change.write, id)? {
            let is_based = base.is_none_or(|base| before.subscription.base_id == Some(base));
            let began = began_with(change.write, partner.id, &before.subscription, ChargeKind::Purchase, buy)?;
            return if began && is_based { Ok(()) } else { Err(Refusal::IdempotencyKeyReused.into()) };
        }
        let Sold { sku, product, current, seen } =
            Sold::find(change.write, price_id, self.of.currency(), change.now())?;
        let find = || choose_base(&product, seen.term, &fitting(change.write, &product, partner.id)?, base);
        let base = chosen_today(change, find)?;
        decide(&product, &sku, current.as_ref(), buy).map_err(at_its_field)?;
        self.of.may_sell_to(change.organization())?;
        if let Some(base) = &base {
            // Whoever ends the base at the same time fails at its revision, or this does.
            subscription::update_life(change.write, base, change.organization().cloud)?;
        }
        let price = current.ok_or(Refusal::NoPrice)?;
        let billing_profile_id = BillingProfileId::first_of(change.organization().id);
        let base = base.as_ref();
        let sold = sell::Sold { id, partner: &partner, sku: &sku, price: &price, quantity, base, billing_profile_id };
        let account = account_of_partner(change.write, partner.id)?;
        let Decision { subscription: begun, event, charges } = sold.start(&change.moment(), &account.rules)?;
        subscription::insert(change.write, &begun, change.organization().cloud, change.now())?;
        post_charges(change, &account, &begun, None, charges, change.today())?;
        if let Some(sale) = begun.sale {
            record_of_sale(change, &begun, sale, &event)?;
        }
        solve_conflicts(change, begun.product_id).map(drop)
    }
}

/// Whether what is there under an identifier began as somebody wants it now, whatever became of it since. Its first
/// charge says so.
pub(super) fn began_with(
    read: &Read<'_>,
    partner: OrganizationId,
    there: &Subscription,
    kind: ChargeKind,
    wanted: Buy,
) -> Result<bool, Failure> {
    if there.sale.map(|sale| sale.partner_id) != Some(partner) {
        return Err(Refusal::NotFound.into());
    }
    let seen = price::find(read, wanted.price_id)?.ok_or(Refusal::NotFound)?;
    let is_it = (there.sku_id, there.term, there.billing_frequency) == (seen.sku_id, seen.term, seen.billing_frequency);
    let charged = charge::for_partner(read, there.id)?;
    let first = charged.first().map(|first| (first.line.kind, first.line.quantity, first.line.unit_price));
    Ok(is_it && first == Some((kind, i64::from(wanted.quantity), seen.unit_price)))
}

/// What an add-on could belong to, or be sold beside: of what the partner sold here, by name.
fn fitting(read: &Read<'_>, product: &Product, partner: OrganizationId) -> Result<Vec<ListedSubscription>, Failure> {
    if !product.kind.is_add_on() {
        return Ok(Vec::new());
    }
    let mut found = subscription::that_fit(read, product.id)?;
    found.retain(|listed| can_have_of_partner(&listed.subscription, partner));
    Ok(found)
}

/// What is wrong with the quantity is said at the quantity.
fn at_its_field(refusal: Refusal) -> Failure {
    match refusal {
        Refusal::OutOfRange { .. } | Refusal::AboveMaximum { .. } => {
            FieldRefusal { field: Field::Quantity, refusal }.into()
        }
        other => other.into(),
    }
}

/// How a partner stands with the seller: what it needs to sell.
#[derive(Debug, Clone)]
pub(super) struct PartnerStanding {
    /// Its organization.
    organization: Organization,
    /// Its contract.
    account: BillingAccount,
    /// How it is taxed today.
    treatment: TaxTreatment,
    /// Whether something of it is overdue.
    pub(super) owes: bool,
}

impl PartnerStanding {
    /// The currency in which it buys, and is charged for what it sells.
    pub(super) const fn currency(&self) -> Currency {
        self.organization.currency
    }

    /// Whether it may sell to a customer that let it in.
    pub(super) fn may_sell_to(&self, customer: &Organization) -> Result<(), Refusal> {
        if customer.sandbox_ahead.is_some() != self.organization.sandbox_ahead.is_some() {
            return Err(Refusal::SandboxSale);
        }
        if self.owes { Err(Refusal::PartnerOwes) } else { Ok(()) }
    }
}

/// Asks how one's own organization stands as a partner.
pub(super) struct Standing;

impl Query for Standing {
    type Permission = ManageCustomers;
    type Outcome = PartnerStanding;

    fn run(&self, look: &Look<'_, ManageCustomers>) -> Result<PartnerStanding, Failure> {
        partner::find(look.read)?.ok_or(Refusal::NotFound)?;
        let account = account(look.read)?;
        let balances = invoice::open_balances(look.read, None, look.today())?;
        Ok(PartnerStanding {
            treatment: tax(look.read, &account, look.today())?,
            owes: balances.iter().any(|balance| balance.overdue.minor > 0),
            organization: look.organization().clone(),
            account,
        })
    }
}

/// A product that a partner can sell to a customer, with all ways to sell it.
#[derive(Debug, Clone)]
pub struct ProductToSell {
    /// The product.
    pub product: Product,
    /// What is sold of it, with the prices that the partner pays.
    pub skus: Vec<(Sku, Vec<Price>)>,
    /// What it can belong to as an add-on.
    pub bases: Vec<ListedSubscription>,
}

/// A product as one's own organization could sell it to a customer. Blocks.
///
/// # Errors
/// [`Refusal::NotFound`] for what is no longer sold, and for whoever did not let the partner in.
pub fn offer_to_sell(
    app: &App,
    caller: &Caller,
    customer: OrganizationId,
    product: ProductId,
) -> Result<ProductToSell, Failure> {
    let currency = app.read(caller, home(&caller.actor)?, &Standing)?.currency();
    app.read_at_customer(caller, customer, &OfferToSell { product, currency })
}

struct OfferToSell {
    product: ProductId,
    /// In which the partner buys.
    currency: Currency,
}

impl Query for OfferToSell {
    type Permission = ManageCustomers;
    type Outcome = ProductToSell;

    fn run(&self, look: &Look<'_, ManageCustomers>) -> Result<ProductToSell, Failure> {
        let partner = let_in(look.read, look.granted.actor())?;
        let product = catalog::find_product(look.read, self.product)?.ok_or(Refusal::NotFound)?;
        if product.retired_at.is_some() {
            return Err(Refusal::NotFound.into());
        }
        let mut bases = fitting(look.read, &product, partner.id)?;
        // One that is sold beside others belongs to none of them.
        bases.retain(|_| product.kind == ProductKind::TraditionalAddOn);
        let skus = catalog::skus_of(look.read, product.id)?.into_iter().filter(|sku| sku.kind == SkuKind::Central);
        let with_prices = |sku: Sku| {
            let mut prices = price::current_of_sku(look.read, sku.id, self.currency, look.now())?;
            // What belongs to a subscription has its term.
            let has_term = |price: &Price| bases.iter().any(|base| base.subscription.term == price.term);
            prices.retain(|price| bases.is_empty() || has_term(price));
            Ok::<_, Failure>((sku, prices))
        };
        Ok(ProductToSell { skus: skus.map(with_prices).collect::<Result<_, _>>()?, bases, product })
    }
}

/// The add-ons on sale that fit what one's own organization sold to a customer, by name (domain 1.9). Blocks.
///
/// # Errors
/// [`Refusal::NotFound`] for whoever did not let the partner in.
pub fn add_ons_to_sell(app: &App, caller: &Caller, customer: OrganizationId) -> Result<Vec<ShelfRow>, Failure> {
    let currency = app.read(caller, home(&caller.actor)?, &Standing)?.currency();
    app.read_at_customer(caller, customer, &AddOnsToSell { currency })
}

struct AddOnsToSell {
    currency: Currency,
}

impl Query for AddOnsToSell {
    type Permission = ManageCustomers;
    type Outcome = Vec<ShelfRow>;

    fn run(&self, look: &Look<'_, ManageCustomers>) -> Result<Vec<ShelfRow>, Failure> {
        let partner = let_in(look.read, look.granted.actor())?;
        let (currency, now) = (self.currency, look.now());
        let mut bases: Vec<_> = subscription::of_partner(look.read, partner.id, PAGE_ROWS_MAX)?
            .into_iter()
            .filter(|listed| can_have_of_partner(&listed.subscription, partner.id))
            .map(|listed| listed.subscription.product_id)
            .collect();
        bases.sort_unstable();
        bases.dedup();
        let mut products = Vec::new();
        for base in bases {
            products.extend(catalog::add_ons_for(look.read, base, currency, now)?);
        }
        products.sort_by_key(|product| (fold(&product.name), product.id));
        products.dedup_by_key(|product| product.id);
        products.into_iter().map(|product| shelf_row(look.read, product, currency, now)).collect()
    }
}

/// A sale before it is made.
#[derive(Debug, Clone)]
pub struct PreparedSale {
    /// The name of the customer.
    pub customer: String,
    /// The price of today; another version than the one seen when it changed meanwhile.
    pub current: Option<Price>,
    /// What the sale brings at today's price, or why it cannot be made.
    pub preview: Result<PurchasePreview, Refusal>,
    /// What the first billing period comes to on the partner's invoice, with its tax; nothing when it cannot be sold.
    pub totals: Option<Totals>,
}

/// Says what a sale would bring and cost one's own organization, by what [`sell`] decides by. Blocks.
///
/// # Errors
/// [`Refusal::NotFound`] for whoever did not let the partner in, and for an unknown price.
pub fn prepare(
    app: &App,
    caller: &Caller,
    customer: OrganizationId,
    buy: Buy,
    base: Option<SubscriptionId>,
) -> Result<PreparedSale, Failure> {
    let of = app.read(caller, home(&caller.actor)?, &Standing)?;
    app.read_at_customer(caller, customer, &PrepareSale { of, buy, base })
}

struct PrepareSale {
    of: PartnerStanding,
    buy: Buy,
    base: Option<SubscriptionId>,
}

impl Query for PrepareSale {
    type Permission = ManageCustomers;
    type Outcome = PreparedSale;

    fn run(&self, look: &Look<'_, ManageCustomers>) -> Result<PreparedSale, Failure> {
        let partner = let_in(look.read, look.granted.actor())?;
        let Sold { seen, sku, product, current } =
            Sold::find(look.read, self.buy.price_id, self.of.currency(), look.now())?;
        let (price, quantity) = (current.as_ref().unwrap_or(&seen), self.buy.quantity);
        let fitting = fitting(look.read, &product, partner.id)?;
        let PartnerStanding { account, treatment, .. } = &self.of;
        let decided = decide(&product, &sku, current.as_ref(), Buy { quantity, price_id: price.id });
        let preview = decided.and_then(|per_period| {
            self.of.may_sell_to(look.organization())?;
            let bases: Vec<_> = fitting.into_iter().map(|listed| listed.subscription).collect();
            let Some(base) = base_of(product.kind, price.term, &bases, self.base)? else {
                return Ok(preview(price, per_period, look.today()));
            };
            let sold = (quantity, price.unit_price, price.billing_frequency);
            let first = first_charge(base, sold, look.today(), look.zone(), &account.rules);
            Ok(preview_add_on(base, &first, per_period))
        });
        Ok(PreparedSale {
            customer: look.organization().name.clone(),
            totals: preview.as_ref().ok().map(|preview| with_tax(preview.amount, *treatment, &account.rules)),
            preview,
            current,
        })
    }
}
