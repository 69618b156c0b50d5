//! A partner keeps what it sold: quantity, renewal, access (domain 1.12, 2.2; R66, R68). It pays for what it sold here.

use super::charge::zetel;
use super::sell::Standing;
use super::{home, let_in};
use crate::billing::{Ground, post_charges};
use crate::door::{App, Caller, Change, Command, Look, Query};
use crate::failure::Failure;
use crate::job::{Running, Work};
use crate::license::settle::{make_room, solve_conflicts};
use crate::subscription::add_on::add_ons;
use crate::subscription::sweep::caught_up;
use crate::subscription::{about, record_dropped};
use domain::access::Actor;
use domain::access::permission::{Granting, ManageCustomers};
use domain::billing::BillingAccount;
use domain::event::{Event, Subjects};
use domain::ids::{JobId, OrganizationId, ProductId, SubscriptionId};
use domain::partner::for_customer;
use domain::partner::serve::{Service, decide, follow};
use domain::refusal::Refusal;
use domain::subscription::change_quantity::{self, ChangeQuantity, QuantityPreview};
use domain::subscription::{Decision, Subscription};
use serde::{Deserialize, Serialize};
use store::Read;
use store::tables::{partner, subscription};

/// Does something with a subscription that one's own organization sold to a customer. Blocks.
///
/// # Errors
/// Those of [`decide`]; [`Refusal::PartnerOwes`] for more of what it pays for; [`Refusal::NotFound`] for
/// what another one sold, and for whoever did not let the partner in.
pub fn serve(
    app: &App,
    caller: &Caller,
    customer: OrganizationId,
    subscription_id: SubscriptionId,
    service: Service,
) -> Result<(), Failure> {
    let owes = app.read(caller, home(&caller.actor)?, &Standing)?.owes;
    app.write_at_customer(caller, customer, ServeCustomer { subscription_id, service, owes }).wait()
}

/// Says what another total would do and cost one's own organization, by what [`serve`] decides by; the refusal that it
/// would meet. Blocks.
///
/// # Errors
/// [`Refusal::NotFound`] as [`serve`].
pub fn preview_quantity(
    app: &App,
    caller: &Caller,
    customer: OrganizationId,
    subscription_id: SubscriptionId,
    total: u32,
) -> Result<Result<QuantityPreview, Refusal>, Failure> {
    let owes = app.read(caller, home(&caller.actor)?, &Standing)?.owes;
    app.read_at_customer(caller, customer, &PreviewTotal { subscription_id, total, owes })
}

struct PreviewTotal {
    subscription_id: SubscriptionId,
    total: u32,
    owes: bool,
}

impl Query for PreviewTotal {
    type Permission = ManageCustomers;
    type Outcome = Result<QuantityPreview, Refusal>;

    fn run(&self, look: &Look<'_, ManageCustomers>) -> Result<Self::Outcome, Failure> {
        let before = sold(look.read, look.granted.actor(), self.subscription_id)?;
        let ground = Ground::of_sale(look.read, look.moment(), &before)?;
        let service = Service::Quantity(self.total);
        let decided = check_owed(&before, service, self.owes)
            .and_then(|()| decide(&before, service, look.organization().cloud, ground.footing()));
        let command = ChangeQuantity::now(self.total);
        Ok(decided.map(|_| change_quantity::preview(&before, command, ground.footing())))
    }
}

/// A subscription that the partner sold for whom somebody acts.
pub(super) fn sold(read: &Read<'_>, actor: &Actor, id: SubscriptionId) -> Result<Subscription, Failure> {
    let partner = let_in(read, actor)?;
    let is_sold = partner::seller_of(read, id)? == Some(partner.id);
    let found = subscription::find(read, id)?.filter(|_| is_sold).ok_or(Refusal::NotFound)?;
    Ok(found.subscription)
}

/// Nobody who owes takes on more of what is charged here.
fn check_owed(before: &Subscription, service: Service, owes: bool) -> Result<(), Refusal> {
    let is_more = match service {
        Service::Quantity(total) => total > before.quantity,
        Service::Resume => true,
        Service::RecurringBilling(_) | Service::Suspend => false,
    };
    if owes && is_more && before.sale.is_some() { Err(Refusal::PartnerOwes) } else { Ok(()) }
}

struct ServeCustomer {
    subscription_id: SubscriptionId,
    service: Service,
    owes: bool,
}

impl Command for ServeCustomer {
    type Permission = ManageCustomers;
    type Outcome = ();
    const NAME: &'static str = "serve_customer";

    fn execute(&self, change: &Change<'_, ManageCustomers>) -> Result<(), Failure> {
        let partner = home(change.granted.actor())?;
        let before = caught_up(change, sold(change.write, change.granted.actor(), self.subscription_id)?)?;
        check_owed(&before, self.service, self.owes)?;
        let cloud = change.organization().cloud;
        let ground = Ground::of_sale(change.write, change.moment(), &before)?;
        let decision = decide(&before, self.service, cloud, ground.footing())?;
        save(change, partner, &ground.account, &before, decision)?;
        serve_add_ons(change, partner, &ground.account, before.id, self.service)
    }
}

/// Saves what was decided, with what the partner pays for it, and lets both histories say so.
pub(super) fn save<P: Granting>(
    change: &Change<'_, P>,
    partner: OrganizationId,
    account: &BillingAccount,
    before: &Subscription,
    decision: Decision,
) -> Result<(), Failure> {
    let Decision { subscription: after, event, charges } = decision;
    if after.quantity < after.assigned {
        make_room(change, &after)?;
    }
    // Whoever assigns the last license at the same time fails at the revision, or this does.
    subscription::update_life(change.write, &after, change.organization().cloud)?;
    post_charges(change, account, &after, None, charges, change.today())?;
    change.record(about(&after, None), &for_customer(&event))?;
    note_at_partner(change, partner, Some(after.product_id), &event)?;
    record_dropped(change, before, &after)?;
    solve_conflicts(change, after.product_id).map(drop)
}

/// Lets the add-ons of a subscription follow what was done with it (domain 1.9).
pub(super) fn serve_add_ons<P: Granting>(
    change: &Change<'_, P>,
    partner: OrganizationId,
    account: &BillingAccount,
    base: SubscriptionId,
    service: Service,
) -> Result<(), Failure> {
    for add_on in add_ons(change.write, base)? {
        let followed = follow(&add_on.subscription, service, change.organization().cloud, change.today());
        followed.map_or(Ok(()), |decision| save(change, partner, account, &add_on.subscription, decision))?;
    }
    Ok(())
}

/// Lets the partner's own history say what was done at the customer, once that is on disk.
pub(super) fn note_at_partner<P: Granting>(
    change: &Change<'_, P>,
    partner: OrganizationId,
    product: Option<ProductId>,
    event: &Event,
) -> Result<(), Failure> {
    let customer = change.organization().name.clone();
    change.enqueue(&NoteAtPartner { partner, customer, product, event: event.clone() }, 1).map(drop)
}

/// Writes what was done at a customer into the history of the partner.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct NoteAtPartner {
    partner: OrganizationId,
    customer: String,
    product: Option<ProductId>,
    event: Event,
}

impl Work for NoteAtPartner {
    const KIND: &'static str = "note_at_partner";

    fn run(&self, job: &Running<'_>) -> Result<serde_json::Value, Failure> {
        // What the customer or Zetel did is nothing that somebody of the partner is asked about.
        let is_of_partner = job.caller.actor.home == Some(self.partner);
        let caller = if is_of_partner { job.caller.clone() } else { zetel(job) };
        job.app.write(&caller, self.partner, WriteNote { job: job.id, note: self.clone() }).wait()?;
        Ok(serde_json::Value::Null)
    }
}

/// The note, in the transaction of the partner. The worker may die between it and the end of its job.
struct WriteNote {
    job: JobId,
    note: NoteAtPartner,
}

impl Command for WriteNote {
    type Permission = ManageCustomers;
    type Outcome = ();
    const NAME: &'static str = "serve_customer";

    fn execute(&self, change: &Change<'_, ManageCustomers>) -> Result<(), Failure> {
        let NoteAtPartner { customer, product, event, .. } = self.note.clone();
        let event = Event::CustomerServed { customer, event: Box::new(event) };
        change.record_once(self.job, Subjects { product, ..Subjects::default() }, &event)
    }
}
