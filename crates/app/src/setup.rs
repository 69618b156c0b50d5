//! The first start: the operator's own organization and its first operator.

use crate::door::App;
use crate::failure::Failure;
use crate::session::hash_password;
use domain::access::Role;
use domain::ids::{OrganizationId, UserId};
use domain::money::Currency;
use domain::organization::{Cloud, Organization, OrganizationKind, OrganizationState};
use domain::refusal::Refusal;
use domain::user::UserDraft;
use store::Scope;
use store::tables::{organization, user};

/// Whether an operator was set up.
///
/// # Errors
/// When the database fails.
pub fn is_done(app: &App) -> Result<bool, Failure> {
    Ok(app.store().glance(Scope::Shared, organization::find_operator)?.is_some())
}

/// The operator's own organization, once it was set up.
///
/// # Errors
/// When the database fails.
pub fn operator_organization(app: &App) -> Result<Option<OrganizationId>, Failure> {
    Ok(app.store().glance(Scope::Shared, organization::find_operator)?.map(|operator| operator.id))
}

/// Makes the operator's organization and its first operator, who signs in with this password.
///
/// # Errors
/// Fields that are wrong, or [`Refusal::NothingToChange`] when it was done before.
pub fn first_operator(app: &App, draft: &UserDraft, password: &str) -> Result<(OrganizationId, UserId), Failure> {
    let facts = draft.check()?;
    let hash = hash_password(password)?;
    let now = app.now();
    let id = OrganizationId::from_uuid(app.ports().ids.next(now));
    let user_id = UserId::from_uuid(app.ports().ids.next(now));
    let house = Organization {
        id,
        name: "Zetel".to_owned(),
        kind: OrganizationKind::Operator,
        state: OrganizationState::Active,
        country: facts.usage_location.clone().unwrap_or_else(|| "NL".to_owned()),
        currency: Currency::Eur,
        cloud: Cloud::Worldwide,
        language: "en".to_owned(),
        time_zone: "Europe/Amsterdam".to_owned(),
        sandbox_ahead: None,
        created_at: now,
        revision: 1,
    };
    app.store()
        .write(id, move |write| {
            if organization::find_operator(write)?.is_some() {
                return Err(Failure::from(Refusal::NothingToChange));
            }
            organization::insert(write, &house)?;
            user::insert(write, user_id, &facts, now)?;
            user::set_roles(write, user_id, &[Role::Operator])?;
            user::set_password_hash(write, user_id, &hash)?;
            Ok((id, user_id))
        })
        .wait()
}
