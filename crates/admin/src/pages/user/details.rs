//! The page of one person: facts, licenses and apps, roles, account, history.

use super::{country, user_id, user_status, user_url};
use crate::frame::Frame;
use crate::pages::group::group_url;
use crate::pages::present::{HistoryLine, history};
use crate::parts::{Closed, Link, Status};
use crate::web::{PageResult, Section, Visitor, redirect, render};
use app::user::details::{HeldLicense, UserDetails, UserView};
use askama::Template;
use axum::extract::Path;
use domain::access::{Permission, Reach};
use domain::ids::UserId;
use domain::refusal::Refusal;
use domain::user::UserState;
use jiff::tz::TimeZone;
use words::Words;

/// A license of the person.
pub(super) struct LicenseView {
    pub(super) product: String,
    pub(super) apps_url: String,
    pub(super) unassign_url: String,
    pub(super) menu_label: String,
    pub(super) since: String,
    pub(super) apps: String,
    pub(super) conflict: Option<Status>,
}

/// Something that can be done with the account.
struct AccountAction {
    label: &'static str,
    url: String,
    icon: &'static str,
    pane: bool,
    severe: bool,
    closed: Option<Closed>,
}

#[derive(Template)]
#[template(path = "user/details.html")]
struct DetailsPage {
    frame: Frame,
    words: Words,
    status: Status,
    is_you: bool,
    url: String,
    assign_url: String,
    edit: Option<(&'static str, String)>,
    facts: Vec<(&'static str, String)>,
    groups: Vec<Link>,
    licenses: Vec<LicenseView>,
    may_assign: bool,
    without_location: bool,
    roles: Vec<(&'static str, &'static str)>,
    may_give_roles: bool,
    actions: Vec<AccountAction>,
    history: Vec<HistoryLine>,
}

/// Those who may only see themselves have their own account page.
pub(super) async fn page(visitor: Visitor, Path(id): Path<String>) -> PageResult {
    let id = user_id(&id)?;
    if visitor.reach(Permission::ReadUsers) == Reach::Own && visitor.actor.user() == Some(id) {
        return Ok(redirect("/account"));
    }
    let view = visitor.read(UserDetails(id)).await?;
    let frame = visitor.frame(Section::Users, view.user.display_name.clone()).await?;
    render(&details_page(&visitor, frame, view))
}

fn details_page(visitor: &Visitor, frame: Frame, view: UserView) -> DetailsPage {
    let (words, user) = (visitor.words, &view.user);
    let zone = TimeZone::get(&view.time_zone).unwrap_or(TimeZone::UTC);
    let url = user_url(user.id);
    let edit = if visitor.may(Permission::ManageUsers) {
        Some((words.person_edit(), format!("{url}/edit")))
    } else if visitor.may(Permission::SetUsageLocation) {
        Some((words.person_set_location(), format!("{url}/location")))
    } else {
        None
    };
    DetailsPage {
        words,
        status: user_status(words, user.state),
        is_you: visitor.actor.user() == Some(user.id),
        assign_url: format!("/users/licenses?selected={}", user.id),
        edit,
        facts: facts(words, &view, &zone),
        groups: view.groups.iter().map(|group| Link::new(group.name.clone(), group_url(group.id))).collect(),
        licenses: view.licenses.iter().map(|license| license_view(words, &zone, user.id, license)).collect(),
        may_assign: visitor.may(Permission::AssignLicenses),
        without_location: user.usage_location.is_none(),
        roles: view.roles.iter().map(|role| (words.role_name(*role), words.role_means(*role))).collect(),
        may_give_roles: visitor.may(Permission::ManageRoles),
        actions: actions(words, &view, &url),
        history: history(words, &zone, &view.history),
        url,
        frame,
    }
}

pub(super) fn facts(words: Words, view: &UserView, zone: &TimeZone) -> Vec<(&'static str, String)> {
    let user = &view.user;
    let or_none = |text: String| if text.is_empty() { words.not_set().to_owned() } else { text };
    let mut facts = vec![
        (words.people_user_name(), user.email.clone()),
        (words.people_department(), or_none(user.department.clone())),
        (words.people_usage_location(), country(words, user.usage_location.as_deref())),
    ];
    if user.is_guest {
        facts.push((words.guest(), words.guest_means().to_owned()));
    }
    facts.push((words.people_added_on(), words.date(user.created_at.to_zoned(zone.clone()).date())));
    facts
}

pub(super) fn license_view(words: Words, zone: &TimeZone, user: UserId, held: &HeldLicense) -> LicenseView {
    let url = format!("{}/{}", Section::Licenses.url(), held.product_id);
    let all = i64::from(held.app_count);
    let on = all - held.disabled_plans.len() as i64;
    LicenseView {
        product: held.product_name.clone(),
        apps_url: format!("{url}/users/{user}/apps"),
        unassign_url: format!("{url}/unassign?selected={user}"),
        menu_label: words.more_actions_for(&held.product_name),
        since: words.date(held.assigned_at.to_zoned(zone.clone()).date()),
        apps: if on == all { words.all_apps_on().to_owned() } else { words.apps_on(on, all) },
        conflict: held.conflict_since.map(|_| Status::warning(words.person_conflict())),
    }
}

fn actions(words: Words, view: &UserView, url: &str) -> Vec<AccountAction> {
    let is_active = view.user.state == UserState::Active;
    let block = if is_active { words.person_block() } else { words.person_unblock() };
    let offers = &view.offers;
    let all = [
        (words.person_set_password(), "password", "key", true, false, &offers.set_password),
        (block, "block", "lock", false, false, &offers.block),
        (words.person_delete(), "delete", "delete", false, true, &offers.delete),
    ];
    let shown = all.into_iter().filter_map(|(label, path, icon, pane, severe, offer)| {
        let closed = match offer.as_ref()? {
            Ok(()) => None,
            Err(refusal) => Some(closed(words, refusal)),
        };
        Some(AccountAction { label, url: format!("{url}/{path}"), icon, pane, severe, closed })
    });
    shown.collect()
}

fn closed(words: Words, refusal: &Refusal) -> Closed {
    Closed::new(words.refusal(refusal).to_string())
}
