//! A partner keeps what it sold: quantity, renewal, access (domain 1.12, 2.2; R66, R68).

use super::let_in;
use crate::door::{App, Caller, Change, Command};
use crate::failure::Failure;
use crate::job::{Running, Work};
use crate::license::settle::solve_conflicts;
use crate::subscription::about;
use domain::access::permission::{Granting, ManageCustomers};
use domain::event::{Event, Subjects};
use domain::ids::{OrganizationId, ProductId, SubscriptionId};
use domain::partner::serve::{Service, decide};
use domain::refusal::Refusal;
use serde::{Deserialize, Serialize};
use store::tables::{partner, subscription};

/// Does something with a subscription that one's own organization sold to a customer. Blocks.
///
/// # Errors
/// Those of [`decide`]; [`Refusal::NotFound`] for what another one sold, and for whoever did not let the partner in.
pub fn serve(
    app: &App,
    caller: &Caller,
    customer: OrganizationId,
    subscription_id: SubscriptionId,
    service: Service,
) -> Result<(), Failure> {
    app.write_at_customer(caller, customer, ServeCustomer { subscription_id, service }).wait()
}

struct ServeCustomer {
    subscription_id: SubscriptionId,
    service: Service,
}

impl Command for ServeCustomer {
    type Permission = ManageCustomers;
    type Outcome = ();
    const NAME: &'static str = "serve_customer";

    fn execute(&self, change: &Change<'_, ManageCustomers>) -> Result<(), Failure> {
        let partner = let_in(change.write, change.granted.actor())?;
        if partner::seller_of(change.write, self.subscription_id)? != Some(partner.id) {
            return Err(Refusal::NotFound.into());
        }
        let found = subscription::find(change.write, self.subscription_id)?.ok_or(Refusal::NotFound)?;
        let cloud = change.organization().cloud;
        let decision = decide(&found.subscription, self.service, cloud, change.today())?;
        let after = decision.subscription;
        // Whoever assigns the last license at the same time fails at the revision, or this does.
        subscription::update_life(change.write, &after, cloud)?;
        change.record(about(&after, None), &decision.event)?;
        note_at_partner(change, partner.id, Some(after.product_id), &decision.event)?;
        solve_conflicts(change, after.product_id).map(drop)
    }
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
        job.app.write(&job.caller, self.partner, self.clone()).wait()?;
        Ok(serde_json::Value::Null)
    }
}

impl Command for NoteAtPartner {
    type Permission = ManageCustomers;
    type Outcome = ();
    const NAME: &'static str = "serve_customer";

    fn execute(&self, change: &Change<'_, ManageCustomers>) -> Result<(), Failure> {
        let event = Event::CustomerServed { customer: self.customer.clone(), event: Box::new(self.event.clone()) };
        change.record(Subjects { product: self.product, ..Subjects::default() }, &event)
    }
}
