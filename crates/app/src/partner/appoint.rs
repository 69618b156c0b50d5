//! The operator lets an organization sell to others, as a volume-licensing partner or as a reseller.

use crate::door::{Change, Command, Look, Query};
use crate::failure::Failure;
use domain::access::permission::OperateOrganizations;
use domain::event::{Event, Subjects};
use domain::limits::NAME_MAX;
use domain::organization::OrganizationKind;
use domain::partner::Partner;
use domain::refusal::{Field, FieldRefusal, Refusal};
use domain::typed;
use store::tables::{organization, partner};

/// Makes an organization a partner, or changes what customers see of it.
#[derive(Debug, Clone)]
pub struct AppointPartner {
    /// A volume-licensing partner or a reseller.
    pub kind: OrganizationKind,
    /// How customers reach it.
    pub contact: String,
    /// Where customers buy more; may be empty.
    pub link: String,
}

impl AppointPartner {
    fn check(&self) -> Result<(), Failure> {
        let mut wrong: Vec<FieldRefusal> = Vec::new();
        if self.kind.sells_by().is_none() {
            wrong.push(Refusal::UnknownChoice.at(Field::PartnerKind));
        }
        if let Err(refusal) = typed::required_line(&self.contact, NAME_MAX) {
            wrong.push(refusal.at(Field::Contact));
        }
        let link = self.link.trim();
        if !link.is_empty() && !link.starts_with("https://") {
            wrong.push(Refusal::NotALink.at(Field::Link));
        }
        if wrong.is_empty() { Ok(()) } else { Err(wrong.into()) }
    }
}

impl Command for AppointPartner {
    type Permission = OperateOrganizations;
    type Outcome = ();
    const NAME: &'static str = "appoint_partner";

    fn execute(&self, change: &Change<'_, OperateOrganizations>) -> Result<(), Failure> {
        self.check()?;
        if change.organization().kind == OrganizationKind::Operator {
            return Err(Refusal::OperatorOrganization.into());
        }
        organization::set_kind(change.write, change.organization(), self.kind)?;
        partner::set(change.write, self.contact.trim(), self.link.trim())?;
        change.record(Subjects::default(), &Event::PartnerAppointed { as_kind: self.kind })
    }
}

/// Asks what an organization says of itself as a partner.
#[derive(Debug, Clone, Copy)]
pub struct AppointedPartner;

impl Query for AppointedPartner {
    type Permission = OperateOrganizations;
    type Outcome = (String, Option<Partner>);

    /// The name of the organization, and the partner that it is.
    fn run(&self, look: &Look<'_, OperateOrganizations>) -> Result<Self::Outcome, Failure> {
        Ok((look.organization().name.clone(), partner::find(look.read)?))
    }
}
