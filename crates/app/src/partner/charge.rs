//! What a partner pays for what it sold (domain 1.1, 2.2).
//!
//! It is charged in the transaction of the customer that decides on it, since that is where the subscription and what
//! was charged for it stand. Work in the background writes the same charges, under the same identifiers, into the books
//! of the partner, for its invoices: it looks what is missing there, so that it may die anywhere, run twice, and in any
//! order. `doctor` proves that both sides agree.

use super::serve::note_at_partner;
use crate::billing::{Ground, post_charges, profile};
use crate::door::{App, Caller, Change, Command, Look, Query};
use crate::failure::Failure;
use crate::job::{Running, Work};
use crate::license::settle::solve_conflicts;
use crate::subscription::about;
use crate::subscription::add_on::{add_ons, disable_with};
use crate::subscription::sweep::settle_licenses;
use crate::subscription::unpaid::with_its_base;
use domain::access::Actor;
use domain::access::permission::{Granting, OperateJobs};
use domain::billing::charge::{Charge, NewCharge, Statements};
use domain::event::Event;
use domain::ids::{BillingProfileId, ChargeId, InvoiceId, OrganizationId, SubscriptionId};
use domain::partner::for_customer;
use domain::subscription::{Decision, Sale, Subscription, unpaid};
use jiff::ToSpan;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use store::tables::{charge, invoice, subscription};

/// Writes down what the partner pays for a subscription that it sold.
pub(crate) fn charge_partner<P: Granting>(
    change: &Change<'_, P>,
    sold: &Subscription,
    sale: Sale,
    charges: Vec<NewCharge>,
    charged_on: Date,
) -> Result<(), Failure> {
    for line in charges {
        let id = ChargeId::from_uuid(change.new_id());
        let new = Charge::new(id, line, sold.id, None, charged_on, charged_on);
        charge::insert_for_partner(change.write, sold.billing_profile_id, &new, sale.partner_id)?;
    }
    change.enqueue(&ChargePartner { partner: sale.partner_id, subscription_id: sold.id }, 1).map(drop)
}

/// Lets both histories say what happened to what a partner sold: the customer's does not say what the partner pays.
pub(crate) fn record_of_sale<P: Granting>(
    change: &Change<'_, P>,
    sold: &Subscription,
    sale: Sale,
    event: &Event,
) -> Result<(), Failure> {
    change.record(about(sold, None), &for_customer(event))?;
    note_at_partner(change, sale.partner_id, Some(sold.product_id), event)
}

/// Who carries out what crosses organizations.
pub(super) fn zetel(job: &Running<'_>) -> Caller {
    Caller { actor: Actor::system(), request: job.caller.request.clone() }
}

/// Brings the charges of a subscription into the books of the partner that sold it.
#[derive(Debug, Serialize, Deserialize)]
pub struct ChargePartner {
    partner: OrganizationId,
    subscription_id: SubscriptionId,
}

impl Work for ChargePartner {
    const KIND: &'static str = "charge_partner";

    fn run(&self, job: &Running<'_>) -> Result<serde_json::Value, Failure> {
        let (customer, zetel) = (job.organization, zetel(job));
        let charged = job.app.read(&zetel, customer, &ChargesForPartner(self.subscription_id))?;
        let post = PostSale { customer, subscription_id: self.subscription_id, charged };
        job.app.write(&zetel, self.partner, post).wait()?;
        Ok(serde_json::Value::Null)
    }
}

struct ChargesForPartner(SubscriptionId);

impl Query for ChargesForPartner {
    type Permission = OperateJobs;
    type Outcome = Vec<Charge>;

    fn run(&self, look: &Look<'_, OperateJobs>) -> Result<Vec<Charge>, Failure> {
        Ok(charge::for_partner(look.read, self.0)?)
    }
}

/// Adds what is missing in the books of the partner.
struct PostSale {
    customer: OrganizationId,
    subscription_id: SubscriptionId,
    charged: Vec<Charge>,
}

impl Command for PostSale {
    type Permission = OperateJobs;
    type Outcome = ();
    const NAME: &'static str = "charge_partner";

    fn execute(&self, change: &Change<'_, OperateJobs>) -> Result<(), Failure> {
        let known = charge::of_sale(change.write, self.customer, self.subscription_id)?;
        let profile = profile(change.write, BillingProfileId::first_of(change.organization().id))?;
        let statements = Statements::of_profile(&profile);
        for charged in self.charged.iter().filter(|charged| !known.contains(&charged.id)) {
            // The invoice is made the day after, so that it has all of a day; none is made for a day that is over.
            let day = statements.invoice_on(&charged.line, charged.charged_on).max(change.today());
            let new = Charge { invoice_on: day.saturating_add(1.day()), ..charged.clone() };
            charge::insert_of_sale(change.write, profile.id, &new, self.customer)?;
        }
        Ok(())
    }
}

/// Lets what a partner sold follow whether its invoice is paid, at each customer that is on it (T6, T8).
pub(crate) fn follow_sales<P: Granting>(change: &Change<'_, P>, invoice_id: InvoiceId) -> Result<(), Failure> {
    match invoice::sales_on(change.write, invoice_id)?.len() {
        0 => Ok(()),
        sales => change.enqueue(&FollowPayment { invoice_id }, sales as i64).map(drop),
    }
}

/// Takes away at its customers what the partner left unpaid, or gives it back once that is settled.
#[derive(Debug, Serialize, Deserialize)]
pub struct FollowPayment {
    invoice_id: InvoiceId,
}

impl Work for FollowPayment {
    const KIND: &'static str = "follow_payment";

    fn run(&self, job: &Running<'_>) -> Result<serde_json::Value, Failure> {
        let zetel = zetel(job);
        for (customer, sold) in job.app.read(&zetel, job.organization, &SalesOn(self.invoice_id))? {
            follow(job.app, &zetel, job.organization, customer, sold)?;
            // What was taken away with its base comes back after it, unless it is unpaid itself.
            for add_on in job.app.read(&zetel, customer, &AddOnsOf(sold))? {
                follow(job.app, &zetel, job.organization, customer, add_on)?;
            }
        }
        Ok(serde_json::Value::Null)
    }
}

/// Brings one subscription at its customer to where the books of the partner have it.
fn follow(
    app: &App,
    zetel: &Caller,
    partner: OrganizationId,
    customer: OrganizationId,
    sold: SubscriptionId,
) -> Result<(), Failure> {
    let look = || app.read(zetel, partner, &IsUnpaid(sold));
    let mut is_unpaid = look()?;
    while is_unpaid || app.read(zetel, customer, &IsDisabled(sold))? {
        app.write(zetel, customer, SetUnpaid { sold, is_unpaid }).wait()?;
        // Another payment may have come through meanwhile, and the work that follows it before this.
        let by_now = look()?;
        if by_now == is_unpaid {
            break;
        }
        is_unpaid = by_now;
    }
    Ok(())
}

struct SalesOn(InvoiceId);

impl Query for SalesOn {
    type Permission = OperateJobs;
    type Outcome = Vec<(OrganizationId, SubscriptionId)>;

    fn run(&self, look: &Look<'_, OperateJobs>) -> Result<Self::Outcome, Failure> {
        Ok(invoice::sales_on(look.read, self.0)?)
    }
}

/// Asks a customer for the add-ons of a subscription.
struct AddOnsOf(SubscriptionId);

impl Query for AddOnsOf {
    type Permission = OperateJobs;
    type Outcome = Vec<SubscriptionId>;

    fn run(&self, look: &Look<'_, OperateJobs>) -> Result<Self::Outcome, Failure> {
        Ok(add_ons(look.read, self.0)?.iter().map(|listed| listed.subscription.id).collect())
    }
}

/// Asks a customer whether a subscription is disabled because its partner did not pay.
struct IsDisabled(SubscriptionId);

impl Query for IsDisabled {
    type Permission = OperateJobs;
    type Outcome = bool;

    fn run(&self, look: &Look<'_, OperateJobs>) -> Result<bool, Failure> {
        let found = subscription::find(look.read, self.0)?;
        Ok(found.is_some_and(|listed| listed.subscription.unpaid_since.is_some()))
    }
}

/// Asks a partner whether a subscription that it sold is on an invoice that it left unpaid.
struct IsUnpaid(SubscriptionId);

impl Query for IsUnpaid {
    type Permission = OperateJobs;
    type Outcome = bool;

    fn run(&self, look: &Look<'_, OperateJobs>) -> Result<bool, Failure> {
        Ok(invoice::is_unpaid(look.read, self.0, look.today())?)
    }
}

struct SetUnpaid {
    sold: SubscriptionId,
    is_unpaid: bool,
}

impl Command for SetUnpaid {
    type Permission = OperateJobs;
    type Outcome = ();
    const NAME: &'static str = "follow_payment";

    fn execute(&self, change: &Change<'_, OperateJobs>) -> Result<(), Failure> {
        let Some(before) = subscription::find(change.write, self.sold)?.map(|listed| listed.subscription) else {
            return Ok(());
        };
        let Some(sale) = before.sale else { return Ok(()) };
        let cloud = change.organization().cloud;
        if self.is_unpaid {
            let Some((after, event)) = unpaid::disable(&before, change.today(), cloud) else { return Ok(()) };
            subscription::update_life(change.write, &after, cloud)?;
            record_of_sale(change, &after, sale, &event)?;
            settle_licenses(change, after.id)?;
            return disable_with(change, after.id);
        }
        let Some(before) = with_its_base(change.write, before)? else { return Ok(()) };
        let ground = Ground::of_sale(change.write, change.moment(), &before)?;
        let Some(back) = unpaid::bring_back(&before, ground.footing()) else { return Ok(()) };
        let Decision { subscription: after, event, charges } = back;
        subscription::update_life(change.write, &after, cloud)?;
        post_charges(change, &ground.account, &after, None, charges, change.today())?;
        record_of_sale(change, &after, sale, &event)?;
        solve_conflicts(change, after.product_id).map(drop)
    }
}
