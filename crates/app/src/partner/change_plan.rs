//! A partner changes the plan of what it sold (domain 1.10, R161): one transaction of the customer, so that nobody is
//! without a license for a moment.

use super::charge::record_of_sale;
use super::sell::{PartnerStanding, Standing, began_with};
use super::serve::sold;
use super::{home, let_in};
use crate::billing::{Ground, post_charges};
use crate::door::{App, Caller, Change, Command, Look, Query};
use crate::failure::Failure;
use crate::license::settle::solve_conflicts;
use crate::subscription::change_plan::{Plan, PlanChangePreview, Wanted, at_its_field, plans, put_in_place, refused};
use crate::subscription::sweep::caught_up;
use domain::access::permission::ManageCustomers;
use domain::billing::charge::ChargeKind;
use domain::ids::{OrganizationId, PriceId, SubscriptionId};
use domain::order::buy::Buy;
use domain::partner::change_plan::{check, closed, replace};
use domain::partner::sell::Sold;
use domain::refusal::Refusal;
use domain::subscription::change_plan::{Replaced, preview};
use domain::subscription::change_start::ChangeStart;
use domain::subscription::{ClosedReason, Subscription};
use store::tables::subscription;

/// Another product in the place of one that was sold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NewPlan {
    /// The subscription that comes to be, made before the button is pressed ([`super::sell::new_sale`]), so that
    /// pressing it twice changes the plan once.
    pub subscription_id: SubscriptionId,
    /// The version of the price that the partner saw.
    pub price_id: PriceId,
    /// Licenses: at least as many as people.
    pub quantity: u32,
}

/// Where something that was sold can go.
#[derive(Debug, Clone)]
pub struct SoldPlans {
    /// Why it can go nowhere, where that does not depend on the other product.
    pub refused: Option<Refusal>,
    /// The products, by name.
    pub plans: Vec<Plan>,
}

/// Asks to which products something that one's own organization sold can go. Blocks.
///
/// # Errors
/// [`Refusal::NotFound`] for what another one sold, and for whoever did not let the partner in.
pub fn plans_of_sold(
    app: &App,
    caller: &Caller,
    customer: OrganizationId,
    sold: SubscriptionId,
) -> Result<SoldPlans, Failure> {
    let of = app.read(caller, home(&caller.actor)?, &Standing)?;
    app.read_at_customer(caller, customer, &PlansOfSold { sold, of })
}

struct PlansOfSold {
    sold: SubscriptionId,
    of: PartnerStanding,
}

impl Query for PlansOfSold {
    type Permission = ManageCustomers;
    type Outcome = SoldPlans;

    fn run(&self, look: &Look<'_, ManageCustomers>) -> Result<SoldPlans, Failure> {
        let before = sold(look.read, look.granted.actor(), self.sold)?;
        let refused = match closed(&before) {
            Some(reason) => Some(Refusal::Closed(reason)),
            None => match self.of.may_sell_to(look.organization()) {
                Err(refusal) => Some(refusal),
                Ok(()) => refused(look.read, &before, look.today())?,
            },
        };
        let is_open = refused.is_none();
        Ok(SoldPlans { plans: if is_open { plans(look.read, look.now(), &before)? } else { Vec::new() }, refused })
    }
}

/// Says what another product would do and cost one's own organization; refuses what [`change_plan`] would. Blocks.
///
/// # Errors
/// As [`change_plan`].
pub fn preview_plan(
    app: &App,
    caller: &Caller,
    customer: OrganizationId,
    sold: SubscriptionId,
    buy: Buy,
) -> Result<PlanChangePreview, Failure> {
    let of = app.read(caller, home(&caller.actor)?, &Standing)?;
    app.read_at_customer(caller, customer, &PreviewPlan { sold, buy, of })
}

struct PreviewPlan {
    sold: SubscriptionId,
    buy: Buy,
    of: PartnerStanding,
}

impl Query for PreviewPlan {
    type Permission = ManageCustomers;
    type Outcome = PlanChangePreview;

    fn run(&self, look: &Look<'_, ManageCustomers>) -> Result<PlanChangePreview, Failure> {
        let before = sold(look.read, look.granted.actor(), self.sold)?;
        let wanted = Wanted::find(look.read, &before, self.buy.price_id, look.now(), look.today())?;
        let price = check(&before, self.buy, wanted.target(), wanted.standing).map_err(at_its_field)?;
        self.of.may_sell_to(look.organization())?;
        let ground = Ground::of_sale(look.read, look.moment(), &before)?;
        let preview = preview(&before, price, self.buy.quantity, ChangeStart::Now, ground.footing());
        let (name, people) = (wanted.sold.product.name.clone(), wanted.standing.people);
        Ok(PlanChangePreview { name, price: price.clone(), people, preview })
    }
}

/// Lets another product take the place of one that one's own organization sold: everybody moves, the old subscription
/// ends, and what that gives back and costs is on the partner's invoice. Making the same change again changes nothing.
/// Blocks.
///
/// # Errors
/// Those of [`check`]; [`Refusal::PartnerOwes`], [`Refusal::SandboxSale`]; [`Refusal::IdempotencyKeyReused`] for
/// another change under the identifier; [`Refusal::NotFound`] for what another one sold, and for whoever did not let
/// the partner in.
pub fn change_plan(
    app: &App,
    caller: &Caller,
    customer: OrganizationId,
    sold: SubscriptionId,
    plan: NewPlan,
) -> Result<(), Failure> {
    let of = app.read(caller, home(&caller.actor)?, &Standing)?;
    app.write_at_customer(caller, customer, ChangePlanOfSold { sold, plan, of }).wait()
}

struct ChangePlanOfSold {
    sold: SubscriptionId,
    plan: NewPlan,
    of: PartnerStanding,
}

impl Command for ChangePlanOfSold {
    type Permission = ManageCustomers;
    type Outcome = ();
    const NAME: &'static str = "change_plan_of_customer";

    fn execute(&self, change: &Change<'_, ManageCustomers>) -> Result<(), Failure> {
        let NewPlan { subscription_id: id, price_id, quantity } = self.plan;
        let partner = let_in(change.write, change.granted.actor())?;
        let before = caught_up(change, sold(change.write, change.granted.actor(), self.sold)?)?;
        let buy = Buy { quantity, price_id };
        if let Some(there) = subscription::find(change.write, id)? {
            let began = began_with(change.write, partner.id, &there.subscription, ChargeKind::Conversion, buy)?;
            let is_it = began && before.changed_to == Some(id);
            return if is_it { Ok(()) } else { Err(Refusal::IdempotencyKeyReused.into()) };
        }
        let wanted = Wanted::find(change.write, &before, price_id, change.now(), change.today())?;
        let price = check(&before, buy, wanted.target(), wanted.standing).map_err(at_its_field)?;
        self.of.may_sell_to(change.organization())?;
        let (sku, billing_profile_id) = (&wanted.sold.sku, before.billing_profile_id);
        let sold = Sold { id, partner: &partner, sku, price, quantity, base: None, billing_profile_id };
        let ground = Ground::of_sale(change.write, change.moment(), &before)?;
        let replaced = replace(&before, &sold, ground.footing())?;
        save(change, &ground, &before, replaced, &wanted.sold.product.name)
    }
}

fn save(
    change: &Change<'_, ManageCustomers>,
    ground: &Ground,
    before: &Subscription,
    replaced: Replaced,
    name: &str,
) -> Result<(), Failure> {
    let sale = before.sale.ok_or(Refusal::Closed(ClosedReason::SoldElsewhere))?;
    let today = change.today();
    let (event, _) = put_in_place(change, before, &replaced, name, today)?;
    let Replaced { ended, credits, begun } = replaced;
    post_charges(change, &ground.account, &ended, None, credits, today)?;
    post_charges(change, &ground.account, &begun.subscription, None, begun.charges, today)?;
    record_of_sale(change, &begun.subscription, sale, &begun.event)?;
    record_of_sale(change, before, sale, &event)?;
    solve_conflicts(change, begun.subscription.product_id).map(drop)
}
