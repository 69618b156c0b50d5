//! Add one person, with roles, a password and licenses at once (R72).

use super::must_be_free;
use crate::door::{Change, Command};
use crate::failure::Failure;
use crate::session::hash_password;
use domain::access::permission::{AssignLicenses, ManageRoles, ManageUsers};
use domain::access::{Reach, Role};
use domain::event::{self, Event, Subjects};
use domain::ids::{ProductId, UserId};
use domain::license::Assignment;
use domain::license::assign::{Candidate, decide};
use domain::refusal::{Field, Refusal};
use domain::user::administer::check_roles;
use domain::user::{UserDraft, UserFacts, fold};
use store::tables::{assignment, subscription, user};

/// Adds a person; made by [`AddUser::prepare`], so that every field is checked.
#[derive(Debug, Clone)]
pub struct AddUser {
    facts: UserFacts,
    roles: Vec<Role>,
    password_hash: Option<String>,
    licenses: Vec<ProductId>,
}

impl AddUser {
    /// Checks everything that needs no database, all fields at once, and hashes the password; an empty one is none.
    /// Blocks for as long as hashing takes.
    ///
    /// # Errors
    /// One refusal for each field that is wrong.
    pub fn prepare(
        draft: &UserDraft,
        roles: Vec<Role>,
        password: &str,
        mut licenses: Vec<ProductId>,
    ) -> Result<Self, Failure> {
        let facts = draft.check();
        let hash = if password.is_empty() { Ok(None) } else { hash_password(password).map(Some) };
        licenses.sort_unstable();
        licenses.dedup();
        match (facts, hash) {
            (Ok(facts), Ok(password_hash)) => Ok(Self { facts, roles, password_hash, licenses }),
            (Err(mut wrong), Err(Failure::Invalid(also))) => {
                wrong.extend(also);
                Err(Failure::Invalid(wrong))
            }
            (Err(wrong), _) => Err(Failure::Invalid(wrong)),
            (_, Err(failure)) => Err(failure),
        }
    }
}

impl Command for AddUser {
    type Permission = ManageUsers;
    type Outcome = UserId;
    const NAME: &'static str = "add_user";

    fn execute(&self, change: &Change<'_, ManageUsers>) -> Result<UserId, Failure> {
        must_be_free(change.write, &self.facts, None)?;
        let id = UserId::from_uuid(change.new_id());
        user::insert(change.write, id, &self.facts, change.now())?;
        change.record_of(id, &self.facts.added())?;
        self.give_roles(change, id)?;
        if let Some(hash) = &self.password_hash {
            user::set_password_hash(change.write, id, hash)?;
            change.record_of(id, &Event::PasswordSet)?;
        }
        self.licenses.iter().try_for_each(|product| self.give_license(change, id, *product))?;
        Ok(id)
    }
}

impl AddUser {
    fn give_roles(&self, change: &Change<'_, ManageUsers>, id: UserId) -> Result<(), Failure> {
        if self.roles.is_empty() {
            return Ok(());
        }
        if change.reach::<ManageRoles>() != Reach::All {
            return Err(Refusal::RoleNotGrantable.at(Field::Roles).into());
        }
        let roles = check_roles(&self.roles, change.granted.actor(), change.organization().kind)
            .map_err(|refusal| refusal.at(Field::Roles))?;
        user::set_roles(change.write, id, &roles)?;
        change.record_of(id, &Event::RolesChanged { roles: event::Change { from: Vec::new(), to: roles } })
    }

    fn give_license(&self, change: &Change<'_, ManageUsers>, id: UserId, product: ProductId) -> Result<(), Failure> {
        let subscriptions: Vec<_> =
            subscription::of_product(change.write, product)?.into_iter().map(|found| found.subscription).collect();
        let candidate = Candidate {
            user_id: id,
            display_name: self.facts.display_name.clone(),
            has_usage_location: self.facts.usage_location.is_some(),
            already_assigned: false,
        };
        let placed = decide(&subscriptions, &[candidate], change.granted.actor(), change.reach::<AssignLicenses>());
        let placed = placed.map_err(|refusal| match refusal {
            Refusal::NoUsageLocation { .. } => refusal.at(Field::UsageLocation),
            Refusal::NotFound => Refusal::UnknownChoice.at(Field::Licenses),
            other => other.at(Field::Licenses),
        })?;
        for placement in placed {
            let license = Assignment {
                user_id: id,
                product_id: product,
                subscription_id: placement.subscription_id,
                assigned_at: change.now(),
                disabled_plans: Vec::new(),
                conflict_since: None,
            };
            assignment::insert(change.write, &license, &fold(&self.facts.display_name))?;
            subscription::add_assigned(change.write, placement.subscription_id, 1)?;
            let subjects = Subjects {
                user: Some(id),
                product: Some(product),
                subscription: Some(placement.subscription_id),
                order: None,
            };
            change.record(subjects, &Event::LicenseAssigned { disabled_plans: Vec::new() })?;
        }
        Ok(())
    }
}
