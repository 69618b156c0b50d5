//! One order: what was bought, what it costs, what pays and where it stands (R55, R73).

use crate::door::{Look, Query};
use crate::failure::Failure;
use domain::access::Reach;
use domain::access::permission::{AssignLicenses, BuySubscription, ReadPrices, ReadSubscriptions};
use domain::credit_check::CreditApplication;
use domain::ids::OrderId;
use domain::product_key::RedeemedKey;
use domain::refusal::Refusal;
use jiff::civil::Date;
use store::tables::credit_check;
use store::tables::invoice::{self, ListedInvoice};
use store::tables::order::{self, ListedOrder};
use store::tables::payment_method;
use store::tables::product_key;
use store::tables::subscription;

pub use store::tables::payment_method::PaymentMethod;

/// Asks for one order.
#[derive(Debug, Clone, Copy)]
pub struct OrderDetails(pub OrderId);

/// One order with what belongs to it.
#[derive(Debug, Clone)]
pub struct OrderView {
    /// The order and its names.
    pub listed: ListedOrder,
    /// What pays.
    pub method: Option<PaymentMethod>,
    /// The invoice that it is on, for those who may see prices.
    pub invoice: Option<ListedInvoice>,
    /// Its credit check, if it waits or waited for one.
    pub credit_check: Option<CreditApplication>,
    /// Whether its subscription exists.
    pub has_subscription: bool,
    /// The first day of what was bought, when that is still to come (T11).
    pub starts_on: Option<Date>,
    /// Whether the reader may see prices (D23).
    pub with_prices: bool,
    /// Whether the reader may buy, and so try again.
    pub may_buy: bool,
    /// Whether the reader may assign the licenses.
    pub may_assign: bool,
    /// Whether it adds to what people have.
    pub is_add_on: bool,
    /// What the product keys brought that it redeemed.
    pub keys: Vec<RedeemedKey>,
    /// The zone in which the organization's moments are written.
    pub time_zone: String,
}

impl Query for OrderDetails {
    type Permission = ReadSubscriptions;
    type Outcome = OrderView;

    fn run(&self, look: &Look<'_, ReadSubscriptions>) -> Result<OrderView, Failure> {
        let listed = order::find(look.read, self.0)?.ok_or(Refusal::NotFound)?;
        let is_own = listed.order.ordered_by.is_some() && listed.order.ordered_by == look.granted.actor().user();
        if look.granted.only().is_some() && !is_own {
            return Err(Refusal::NotFound.into());
        }
        let method =
            listed.order.payment_method_id.map(|id| payment_method::find(look.read, id)).transpose()?.flatten();
        let with_prices = is_own || look.reach::<ReadPrices>() == Reach::All;
        let order = &listed.order;
        let invoices = match with_prices {
            true => invoice::of_subscription(look.read, order.subscription_id, Some(order.id), 1)?,
            false => Vec::new(),
        };
        let bought = subscription::find(look.read, order.subscription_id)?;
        let holder = bought.as_ref().and_then(|bought| bought.subscription.holder);
        let is_held = holder.is_some() && holder == look.granted.actor().user();
        Ok(OrderView {
            method,
            invoice: invoices.into_iter().next(),
            credit_check: credit_check::find(look.read, self.0)?,
            has_subscription: bought.is_some(),
            starts_on: order.starts_on.filter(|day| *day > look.today()),
            with_prices,
            may_buy: is_own || look.reach::<BuySubscription>() == Reach::All,
            is_add_on: bought.as_ref().is_some_and(|bought| bought.subscription.base_id.is_some()),
            may_assign: is_held || look.reach::<AssignLicenses>() == Reach::All,
            keys: product_key::redeemed_with(look.read, order)?,
            time_zone: look.organization().time_zone.clone(),
            listed,
        })
    }
}
