//! A partner sells to a customer that let it in (domain 1.1, 2.2; R66 to R68).

use super::charge::record_of_sale;
use super::{home, let_in};
use crate::billing::{account, account_of_partner, post_charges, tax};
use crate::door::{App, Caller, Change, Command, Look, Query};
use crate::failure::Failure;
use crate::license::settle::solve_conflicts;
use crate::order::Sold;
use domain::access::permission::ManageCustomers;
use domain::billing::BillingAccount;
use domain::billing::invoice::{Totals, with_tax};
use domain::billing::tax::TaxTreatment;
use domain::catalog::{Price, Product, Sku, SkuKind};
use domain::ids::{BillingProfileId, OrganizationId, PriceId, ProductId, SubscriptionId};
use domain::money::Currency;
use domain::order::buy::{Buy, PurchasePreview, preview};
use domain::organization::Organization;
use domain::partner::sell::{self, decide};
use domain::refusal::{Field, FieldRefusal, Refusal};
use domain::subscription::{Decision, Subscription};
use store::tables::{catalog, invoice, partner, price, subscription};

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
/// Those of [`decide`]; [`Refusal::PartnerOwes`], [`Refusal::SandboxSale`]; [`Refusal::IdempotencyKeyReused`] for
/// another sale under the identifier; [`Refusal::NotFound`] for whoever did not let the partner in.
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
        let Sale { subscription_id: id, price_id, quantity } = self.sale;
        if let Some(before) = subscription::find(change.write, id)? {
            return self.was_made(change, partner.id, &before.subscription);
        }
        let Sold { sku, product, current, .. } = Sold::find(change.write, price_id, self.of.currency(), change.now())?;
        decide(&product, &sku, current.as_ref(), Buy { quantity, price_id }).map_err(at_its_field)?;
        self.of.may_sell_to(change.organization())?;
        let price = current.ok_or(Refusal::NoPrice)?;
        let billing_profile_id = BillingProfileId::first_of(change.organization().id);
        let sold = sell::Sold { id, partner: &partner, sku: &sku, price: &price, quantity, billing_profile_id };
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

impl SellToCustomer {
    /// Whether what is there under the identifier is this sale.
    fn was_made(
        &self,
        change: &Change<'_, ManageCustomers>,
        partner: OrganizationId,
        before: &Subscription,
    ) -> Result<(), Failure> {
        if before.sale.map(|sale| sale.partner_id) != Some(partner) {
            return Err(Refusal::NotFound.into());
        }
        let seen = price::find(change.write, self.sale.price_id)?.ok_or(Refusal::NotFound)?;
        // The number of licenses may have changed since.
        let is_same = (before.sku_id, before.term) == (seen.sku_id, seen.term)
            && before.billing_frequency == seen.billing_frequency
            && (before.quantity == self.sale.quantity || before.revision > 1);
        if is_same { Ok(()) } else { Err(Refusal::IdempotencyKeyReused.into()) }
    }
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
    const fn currency(&self) -> Currency {
        self.organization.currency
    }

    /// Whether it may sell to a customer that let it in.
    fn may_sell_to(&self, customer: &Organization) -> Result<(), Refusal> {
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

/// A product that a partner can sell, with all ways to sell it.
#[derive(Debug, Clone)]
pub struct ProductToSell {
    /// The product.
    pub product: Product,
    /// What is sold of it, with the prices that the partner pays.
    pub skus: Vec<(Sku, Vec<Price>)>,
}

/// Asks for a product that one's own organization could sell.
#[derive(Debug, Clone, Copy)]
pub struct OfferToSell(pub ProductId);

impl Query for OfferToSell {
    type Permission = ManageCustomers;
    type Outcome = ProductToSell;

    fn run(&self, look: &Look<'_, ManageCustomers>) -> Result<ProductToSell, Failure> {
        partner::find(look.read)?.ok_or(Refusal::NotFound)?;
        let product = catalog::find_product(look.read, self.0)?.ok_or(Refusal::NotFound)?;
        if product.kind.is_add_on() || product.retired_at.is_some() {
            return Err(Refusal::NotFound.into());
        }
        let skus = catalog::skus_of(look.read, product.id)?.into_iter().filter(|sku| sku.kind == SkuKind::Central);
        let currency = look.organization().currency;
        let with_prices = |sku: Sku| {
            let prices = price::current_of_sku(look.read, sku.id, currency, look.now())?;
            Ok::<_, Failure>((sku, prices))
        };
        Ok(ProductToSell { skus: skus.map(with_prices).collect::<Result<_, _>>()?, product })
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
    price_id: PriceId,
    quantity: u32,
) -> Result<PreparedSale, Failure> {
    let of = app.read(caller, home(&caller.actor)?, &Standing)?;
    app.read_at_customer(caller, customer, &PrepareSale { of, price_id, quantity })
}

struct PrepareSale {
    of: PartnerStanding,
    price_id: PriceId,
    quantity: u32,
}

impl Query for PrepareSale {
    type Permission = ManageCustomers;
    type Outcome = PreparedSale;

    fn run(&self, look: &Look<'_, ManageCustomers>) -> Result<PreparedSale, Failure> {
        let_in(look.read, look.granted.actor())?;
        let Sold { seen, sku, product, current } =
            Sold::find(look.read, self.price_id, self.of.currency(), look.now())?;
        let price_id = current.as_ref().map_or(seen.id, |current| current.id);
        let decided = decide(&product, &sku, current.as_ref(), Buy { quantity: self.quantity, price_id });
        let decided = decided.and_then(|amount| self.of.may_sell_to(look.organization()).map(|()| amount));
        let price = current.as_ref().unwrap_or(&seen);
        let preview = decided.map(|amount| preview(price, amount, look.today()));
        let PartnerStanding { account, treatment, .. } = &self.of;
        Ok(PreparedSale {
            customer: look.organization().name.clone(),
            totals: preview.as_ref().ok().map(|preview| with_tax(preview.amount, *treatment, &account.rules)),
            preview,
            current,
        })
    }
}
