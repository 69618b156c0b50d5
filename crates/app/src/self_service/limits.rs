//! Who may buy for the team, and how much: read it, decide, and ask what it leaves a person (domain 5.3).

use crate::door::{Change, Command, Look, Query};
use crate::failure::Failure;
use crate::group::list::first;
use domain::access::permission::{ManageSelfServicePolicy, ReadSelfServicePolicy};
use domain::event::{self, Event, Subjects};
use domain::group::Group;
use domain::refusal::{Field, Refusal};
use domain::self_service::limits::{Buyers, PurchaseLimits};
use store::Read;
use store::tables::{group, purchase_limits, user};

/// Most departments or groups among which an admin chooses.
const CHOICES_MAX: usize = 200;

/// Asks for the limits.
#[derive(Debug, Clone, Copy)]
pub struct ReadPurchaseLimits;

/// The limits, and among what they are chosen.
#[derive(Debug, Clone)]
pub struct PurchaseLimitsView {
    /// What holds.
    pub limits: PurchaseLimits,
    /// Groups by name, at most 200, and the one that may buy.
    pub groups: Vec<Group>,
    /// How many groups there are besides.
    pub more_groups: i64,
    /// Departments that people are in, by name; at most 200.
    pub departments: Vec<String>,
}

impl PurchaseLimitsView {
    /// The name of the group that may buy, when it is one.
    #[must_use]
    pub fn group_name(&self) -> Option<&str> {
        match &self.limits.buyers {
            Buyers::Group(id) => self.groups.iter().find(|group| group.id == *id).map(|group| group.name.as_str()),
            Buyers::Everybody | Buyers::Department(_) => None,
        }
    }
}

impl Query for ReadPurchaseLimits {
    type Permission = ReadSelfServicePolicy;
    type Outcome = PurchaseLimitsView;

    fn run(&self, look: &Look<'_, ReadSelfServicePolicy>) -> Result<PurchaseLimitsView, Failure> {
        Ok(view(look.read, purchase_limits::find(look.read)?)?)
    }
}

fn view(read: &Read<'_>, limits: PurchaseLimits) -> Result<PurchaseLimitsView, store::Error> {
    let departments = user::departments(read, CHOICES_MAX)?;
    let (mut groups, more_groups) = first(read, CHOICES_MAX)?;
    if let Buyers::Group(id) = limits.buyers
        && !groups.iter().any(|group| group.id == id)
    {
        groups.extend(group::find(read, id)?);
    }
    Ok(PurchaseLimitsView { limits, groups, more_groups, departments })
}

/// Decides who may buy for the team from now on, and how much.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetPurchaseLimits(pub PurchaseLimits);

impl Command for SetPurchaseLimits {
    type Permission = ManageSelfServicePolicy;
    type Outcome = ();
    const NAME: &'static str = "set_purchase_limits";

    /// What is so already stays as it is, without an entry in the journal.
    fn execute(&self, change: &Change<'_, ManageSelfServicePolicy>) -> Result<(), Failure> {
        change.granted.everything()?;
        let after = self.0.clone().checked()?;
        let before = purchase_limits::find(change.write)?;
        if after == before {
            return Ok(());
        }
        if let Buyers::Group(id) = after.buyers {
            // Whoever deletes it at the same time waits and finds that it is needed, or this finds that it is gone.
            group::hold(change.write, id)?;
        }
        let licenses_max = event::Change { from: before.licenses_max, to: after.licenses_max };
        let view = view(change.write, after)?;
        let buyers = match (&view.limits.buyers, view.group_name()) {
            (Buyers::Everybody, _) => String::new(),
            (Buyers::Department(name), _) if view.departments.contains(name) => name.clone(),
            (Buyers::Group(_), Some(name)) => name.to_owned(),
            _ => return Err(Refusal::UnknownChoice.at(Field::Buyers).into()),
        };
        purchase_limits::set(change.write, &view.limits)?;
        change.record(Subjects::default(), &Event::SelfServiceLimitsChanged { buyers, licenses_max })
    }
}
