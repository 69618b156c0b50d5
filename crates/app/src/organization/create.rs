//! Make an organization with its first global admin.

use crate::door::{App, Caller, Change, Command};
use crate::failure::Failure;
use crate::session::hash_password;
use domain::access::permission::OperateOrganizations;
use domain::access::{BillingGrant, BillingRole, Permission, Reach, Role, reach};
use domain::event::{self, Event, Subjects};
use domain::ids::{OrganizationId, UserId};
use domain::organization::create::{OrganizationDraft, created};
use domain::refusal::{Field, Refusal};
use domain::user::{UserDraft, UserFacts};
use store::tables::{billing_role, organization, user};

/// The people of an organization that begins: one global admin, who signs in with a password.
#[derive(Debug, Clone)]
struct CreateOrganization {
    admin: UserFacts,
    password_hash: String,
}

/// What came to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CreatedOrganization {
    /// The organization.
    pub organization_id: OrganizationId,
    /// Its first global admin.
    pub admin_id: UserId,
}

/// Makes an organization and its first global admin, who signs in with this password. Blocks for one password hash.
///
/// # Errors
/// Every field that is wrong, [`Refusal::NameTaken`] at the name, or [`Refusal::NotAllowed`].
pub fn create(
    app: &App,
    caller: &Caller,
    draft: &OrganizationDraft,
    admin: &UserDraft,
    password: &str,
) -> Result<CreatedOrganization, Failure> {
    if reach(&caller.actor, Permission::OperateOrganizations, None) != Reach::All {
        return Err(Refusal::NotAllowed.into());
    }
    let now = app.now();
    let organization = draft.check(OrganizationId::from_uuid(app.ports().ids.next(now)), now);
    let admin = admin.check();
    let password = domain::user::password(password).map_err(|refusal| refusal.at(Field::Password));
    let (new, admin, password) = match (organization, admin, password) {
        (Ok(new), Ok(admin), Ok(password)) => (new, admin, password),
        (new, admin, password) => {
            let mut wrong = new.err().unwrap_or_default();
            wrong.extend(admin.err().unwrap_or_default());
            wrong.extend(password.err());
            return Err(wrong.into());
        }
    };
    let password_hash = hash_password(password)?;
    app.write_first(caller, new, CreateOrganization { admin, password_hash }).wait()
}

impl Command for CreateOrganization {
    type Permission = OperateOrganizations;
    type Outcome = CreatedOrganization;
    const NAME: &'static str = "create_organization";

    fn execute(&self, change: &Change<'_, OperateOrganizations>) -> Result<CreatedOrganization, Failure> {
        let new = change.organization();
        // The row of the new one is there by now; an older one of that name means a form that was sent twice.
        if organization::find_by_name(change.write, &new.name)?.is_some_and(|named| named.id != new.id) {
            return Err(Refusal::NameTaken.at(Field::Name).into());
        }
        change.record(Subjects::default(), &created(new))?;
        let admin_id = UserId::from_uuid(change.new_id());
        let roles = vec![Role::GlobalAdmin];
        user::insert(change.write, admin_id, &self.admin, change.now())?;
        user::set_roles(change.write, admin_id, &roles)?;
        user::set_password_hash(change.write, admin_id, &self.password_hash)?;
        // Who signs up owns the billing account (domain 4.7); that counts once the contract is MCA.
        let owner = BillingGrant { role: BillingRole::AccountOwner, profile: None };
        billing_role::insert(change.write, new.id, admin_id, owner)?;
        let subjects = Subjects { user: Some(admin_id), ..Subjects::default() };
        change.record(subjects, &self.admin.added())?;
        change.record(subjects, &Event::RolesChanged { roles: event::Change { from: Vec::new(), to: roles } })?;
        change.record(subjects, &Event::PasswordSet)?;
        Ok(CreatedOrganization { organization_id: new.id, admin_id })
    }
}
