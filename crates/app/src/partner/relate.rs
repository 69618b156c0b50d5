//! A partner asks to serve a customer; the customer lets it in, and may end it (domain 1.8).

use super::home;
use crate::billing::account;
use crate::door::{App, Caller, Change, Command, Look, Query};
use crate::failure::Failure;
use crate::partner::serve::{note_at_partner, save, serve_add_ons};
use domain::access::permission::{ManageCustomers, ManagePartners, ReadPartners};
use domain::billing::Footing;
use domain::event::{Event, Subjects};
use domain::ids::OrganizationId;
use domain::limits::PAGE_ROWS_MAX;
use domain::partner::relate::{Step, request, take};
use domain::partner::serve::{Service, decide};
use domain::partner::{Partner, Relationship, RelationshipState};
use domain::refusal::{Field, Refusal};
use store::tables::{organization, partner, subscription};

/// Subscriptions of one partner that an organization has at most; far more than anybody has.
const SOLD_MAX: usize = 100_000;

/// Asks an organization to let one's own in as its partner. The customer says its identifier to the partner, so that
/// nobody learns who else buys here. Blocks.
///
/// # Errors
/// [`Refusal::UnknownCustomer`] at the customer for an identifier of nobody, [`Refusal::NothingToChange`] there when
/// they are related; [`Refusal::NotFound`] for who is no partner.
pub fn request_relationship(app: &App, caller: &Caller, customer: OrganizationId) -> Result<(), Failure> {
    let own = home(&caller.actor)?;
    let of = app.read(caller, own, &OwnPartner)?;
    let at_customer = |failure| match failure {
        Failure::Refused(Refusal::NotFound) => Refusal::UnknownCustomer.at(Field::Customer).into(),
        Failure::Refused(refusal @ (Refusal::UnknownCustomer | Refusal::NothingToChange)) => {
            refusal.at(Field::Customer).into()
        }
        other => other,
    };
    app.write_at_customer(caller, customer, RequestRelationship(of)).wait().map_err(at_customer)
}

/// What the organization is as a partner.
struct OwnPartner;

impl Query for OwnPartner {
    type Permission = ManageCustomers;
    type Outcome = Partner;

    fn run(&self, look: &Look<'_, ManageCustomers>) -> Result<Partner, Failure> {
        Ok(partner::find(look.read)?.ok_or(Refusal::NotFound)?)
    }
}

struct RequestRelationship(Partner);

impl Command for RequestRelationship {
    type Permission = ManageCustomers;
    type Outcome = ();
    const NAME: &'static str = "request_relationship";

    fn execute(&self, change: &Change<'_, ManageCustomers>) -> Result<(), Failure> {
        let asks = organization::find(change.write, self.0.id)?.ok_or(Refusal::NotFound)?;
        let before = partner::relationship_with(change.write, self.0.id)?;
        let state = request(change.organization(), &asks, before.as_ref())?;
        match &before {
            Some(before) => partner::update_relationship(change.write, before, state, change.now())?,
            None => partner::insert_relationship(change.write, self.0.id, state, change.now())?,
        }
        let event = Event::RelationshipChanged { partner: self.0.name.clone(), state };
        note_at_partner(change, self.0.id, None, &event)?;
        change.record(Subjects::default(), &event)
    }
}

/// The partners of the organization, and what it says to one that wants to serve it.
#[derive(Debug, Clone)]
pub struct PartnersView {
    /// By name.
    pub relationships: Vec<Relationship>,
    /// The identifier by which a partner asks.
    pub organization: OrganizationId,
}

/// Asks for the partners of the organization.
#[derive(Debug, Clone, Copy)]
pub struct ListPartners;

impl Query for ListPartners {
    type Permission = ReadPartners;
    type Outcome = PartnersView;

    fn run(&self, look: &Look<'_, ReadPartners>) -> Result<PartnersView, Failure> {
        let relationships = partner::relationships(look.read, PAGE_ROWS_MAX)?;
        Ok(PartnersView { relationships, organization: look.organization().id })
    }
}

/// Lets a partner in, or ends it. What the partner sold stays until its end, and renews no more: nobody could
/// stop that.
#[derive(Debug, Clone, Copy)]
pub struct ChangeRelationship {
    /// The partner.
    pub partner: OrganizationId,
    /// What the customer does.
    pub step: Step,
}

impl Command for ChangeRelationship {
    type Permission = ManagePartners;
    type Outcome = RelationshipState;
    const NAME: &'static str = "change_relationship";

    fn execute(&self, change: &Change<'_, ManagePartners>) -> Result<RelationshipState, Failure> {
        let before = partner::relationship_with(change.write, self.partner)?.ok_or(Refusal::NotFound)?;
        let state = take(before.state, self.step)?;
        partner::update_relationship(change.write, &before, state, change.now())?;
        let event = Event::RelationshipChanged { partner: before.partner.name, state };
        note_at_partner(change, self.partner, None, &event)?;
        change.record(Subjects::default(), &event)?;
        if self.step == Step::End {
            end_renewals(change, self.partner)?;
        }
        Ok(state)
    }
}

/// Lets everything end on its day that a partner sold.
fn end_renewals(change: &Change<'_, ManagePartners>, of: OrganizationId) -> Result<(), Failure> {
    let ground = account(change.write)?;
    let moment = change.moment();
    let footing = Footing { moment: &moment, rules: &ground.rules, charged: &[] };
    for listed in subscription::of_partner(change.write, of, SOLD_MAX)? {
        let off = decide(&listed.subscription, Service::RecurringBilling(false), change.organization().cloud, footing);
        // What renews no more, or is over, is left alone.
        let Ok(decision) = off else { continue };
        save(change, of, &ground, &listed.subscription, decision)?;
        serve_add_ons(change, of, &ground, listed.subscription.id, Service::RecurringBilling(false))?;
    }
    Ok(())
}
