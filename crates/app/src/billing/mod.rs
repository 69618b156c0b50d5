//! Use cases of money: what is charged, and the invoices that say so.

pub mod balance;
pub mod bill_run;
pub mod collect;
mod credit;
pub mod details;
pub mod document;
pub mod forecast;
pub(crate) mod issue;
pub mod list;
pub mod notice;
pub mod operate;
pub(crate) mod pay;
pub mod pay_invoice;
pub mod pay_out;
pub mod record_chargeback;
pub mod record_transfer;
pub mod refund;
pub mod rules;
pub mod seller;
pub mod settle_balance;
pub mod spend;

use crate::door::{Change, Look};
use crate::failure::Failure;
use crate::partner::charge::charge_partner;
use domain::access::permission::Granting;
use domain::billing::charge::{Charge, NewCharge, Statements};
use domain::billing::tax::{TaxTreatment, treat};
use domain::billing::{Agreement, BillingAccount, BillingProfile, Footing, Moment};
use domain::ids::{BillingProfileId, ChargeId, OrderId, OrganizationId, SubscriptionId};
use domain::money::Money;
use domain::subscription::Subscription;
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use store::Read;
use store::tables::{billing_account, charge, profile_credit};

/// What decisions about the money of an organization stand on.
pub(crate) struct Ground {
    /// Its contract.
    pub(crate) account: BillingAccount,
    /// When.
    pub(crate) moment: Moment,
    /// What was charged for the subscription in question.
    charged: Vec<Charge>,
}

impl Ground {
    /// The ground of a command; `subscription` is the one in question, if there is one.
    pub(crate) fn of<P: Granting>(
        change: &Change<'_, P>,
        subscription: Option<SubscriptionId>,
    ) -> Result<Self, Failure> {
        Self::load(change.write, change.moment(), subscription)
    }

    /// Likewise of a query.
    pub(crate) fn seen<P: Granting>(look: &Look<'_, P>, subscription: SubscriptionId) -> Result<Self, Failure> {
        Self::load(look.read, look.moment(), Some(subscription))
    }

    fn load(read: &Read<'_>, moment: Moment, subscription: Option<SubscriptionId>) -> Result<Self, Failure> {
        let charged = match subscription {
            Some(id) => charge::to_take_back(read, id, moment.today)?,
            None => Vec::new(),
        };
        Ok(Self { account: account(read)?, moment, charged })
    }

    /// The ground of what a partner does with what it sold: its own contract, where it pays for it.
    pub(crate) fn of_sale(read: &Read<'_>, moment: Moment, sold: &Subscription) -> Result<Self, Failure> {
        let charged = charge::to_take_back(read, sold.id, moment.today)?;
        let account = match sold.sale {
            Some(sale) => account_of_partner(read, sale.partner_id)?,
            None => account(read)?,
        };
        Ok(Self { account, moment, charged })
    }

    /// What a rule needs of it.
    pub(crate) fn footing(&self) -> Footing<'_> {
        Footing { moment: &self.moment, rules: &self.account.rules, charged: &self.charged }
    }
}

/// The contract of the organization.
pub(crate) fn account(read: &Read<'_>) -> Result<BillingAccount, Failure> {
    billing_account::find(read)?.ok_or_else(|| Failure::internal("an organization without a billing account"))
}

/// The contract of a partner, seen from a customer.
pub(crate) fn account_of_partner(read: &Read<'_>, partner: OrganizationId) -> Result<BillingAccount, Failure> {
    let found = billing_account::of_partner(read, partner)?;
    found.ok_or_else(|| Failure::internal("a partner without a billing account"))
}

pub(crate) fn profile(read: &Read<'_>, id: BillingProfileId) -> Result<BillingProfile, Failure> {
    billing_account::find_profile(read, id)?.ok_or_else(|| Failure::internal("a billing profile that is not there"))
}

/// Billing profiles that were looked up in one transaction: each is read once.
#[derive(Default)]
pub(crate) struct Profiles(BTreeMap<BillingProfileId, BillingProfile>);

impl Profiles {
    pub(crate) fn find(&mut self, read: &Read<'_>, id: BillingProfileId) -> Result<&BillingProfile, Failure> {
        Ok(match self.0.entry(id) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(unknown) => unknown.insert(profile(read, id)?),
        })
    }
}

/// What is left of credits, by billing profile and currency, in the order in which they are used.
fn credits_left(read: &Read<'_>) -> Result<Vec<(BillingProfile, Money)>, Failure> {
    let mut sums: Vec<(BillingProfile, Money)> = Vec::new();
    for credit in profile_credit::open(read)? {
        let (id, left) = (credit.billing_profile_id, credit.left());
        match sums.iter_mut().find(|(of, sum)| of.id == id && sum.currency == left.currency) {
            Some((_, sum)) => sum.minor += left.minor,
            None => sums.push((profile(read, id)?, left)),
        }
    }
    Ok(sums)
}

/// How what the organization buys on a day is taxed.
pub(crate) fn tax(read: &Read<'_>, account: &BillingAccount, day: Date) -> Result<TaxTreatment, Failure> {
    let (seller, _) = billing_account::seller(read)?;
    Ok(treat(&seller.party, &account.sold_to, day))
}

/// Writes down what was paid at a checkout, for an invoice of the same day.
pub(crate) fn post_charge_for<P: Granting>(
    change: &Change<'_, P>,
    subscription: &Subscription,
    order_id: OrderId,
    line: NewCharge,
    day: Date,
) -> Result<(), Failure> {
    let id = ChargeId::from_uuid(change.new_id());
    let new = Charge::new(id, line, subscription.id, Some(order_id), day, day);
    Ok(charge::insert(change.write, subscription.billing_profile_id, &new)?)
}

/// Writes down what a subscription costs, for the invoice of its day: of the organization, or of the partner that sold
/// it.
pub(crate) fn post_charges<P: Granting>(
    change: &Change<'_, P>,
    account: &BillingAccount,
    subscription: &Subscription,
    order_id: Option<OrderId>,
    charges: Vec<NewCharge>,
    charged_on: Date,
) -> Result<(), Failure> {
    if charges.is_empty() {
        return Ok(());
    }
    if let Some(sale) = subscription.sale {
        return charge_partner(change, subscription, sale, charges, charged_on);
    }
    let statements = statements(change.write, account, subscription)?;
    for line in charges {
        let (id, invoice_on) = (ChargeId::from_uuid(change.new_id()), statements.invoice_on(&line, charged_on));
        let new = Charge::new(id, line, subscription.id, order_id, charged_on, invoice_on);
        charge::insert(change.write, subscription.billing_profile_id, &new)?;
    }
    Ok(())
}

/// When invoices take up what a subscription costs.
pub(crate) fn statements(
    read: &Read<'_>,
    account: &BillingAccount,
    subscription: &Subscription,
) -> Result<Statements, Failure> {
    Ok(match account.rules.agreement {
        Agreement::Mosa => Statements::of_subscription(subscription),
        Agreement::Mca => Statements::of_profile(&profile(read, subscription.billing_profile_id)?),
    })
}
