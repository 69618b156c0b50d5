//! One's own account: licenses, roles, another password, signing out everywhere.

use super::details::{LicenseView, facts, license_view};
use crate::frame::Frame;
use crate::parts::FieldErrors;
use crate::web::{
    Admin, Done, Form, PageError, PageResult, SESSION_COOKIE, Section, Visitor, blocking, cookie, notice_and_redirect,
    render, render_refused,
};
use app::Failure;
use app::user::details::UserDetails;
use app::user::own_account::{SignOutEverywhere, change_own_password};
use askama::Template;
use axum::extract::State;
use axum::http::HeaderMap;
use domain::limits::PASSWORD_MIN;
use domain::refusal::{Field, Refusal};
use jiff::tz::TimeZone;
use words::Words;

#[derive(Template)]
#[template(path = "user/account.html")]
struct AccountPage {
    frame: Frame,
    words: Words,
    errors: FieldErrors,
    facts: Vec<(&'static str, String)>,
    roles: Vec<(&'static str, &'static str)>,
    licenses: Vec<LicenseView>,
    may_assign: bool,
    password_hint: String,
}

pub(super) async fn page(visitor: Visitor) -> PageResult {
    render(&account_page(&visitor, FieldErrors::none()).await?)
}

async fn account_page(visitor: &Visitor, errors: FieldErrors) -> Result<AccountPage, PageError> {
    let words = visitor.words;
    let own = visitor.actor.user().ok_or(Refusal::NotFound)?;
    let view = visitor.read(UserDetails(own)).await?;
    let zone = TimeZone::get(&view.time_zone).unwrap_or(TimeZone::UTC);
    let mut frame = visitor.frame(Section::Account, words.my_account()).await?;
    frame.lead = Some(view.user.display_name.clone());
    let mut facts = facts(words, &view, &zone);
    let groups: Vec<_> = view.groups.iter().map(|group| group.name.as_str()).collect();
    if !groups.is_empty() {
        facts.push((words.groups(), words.list(&groups)));
    }
    Ok(AccountPage {
        frame,
        words,
        errors,
        facts,
        roles: view.roles.iter().map(|role| (words.role_name(*role), words.role_means(*role))).collect(),
        licenses: view.licenses.iter().map(|license| license_view(words, &zone, own, license)).collect(),
        may_assign: false,
        password_hint: words.password_hint(PASSWORD_MIN),
    })
}

fn session_token(headers: &HeaderMap) -> Result<String, Refusal> {
    cookie(headers, SESSION_COOKIE).map(str::to_owned).ok_or(Refusal::NotSignedIn)
}

pub(super) async fn change_password(
    visitor: Visitor,
    State(admin): State<Admin>,
    headers: HeaderMap,
    form: Form,
) -> PageResult {
    let (caller, token) = (visitor.caller(), session_token(&headers)?);
    let (current, new) = (form.text("current_password").to_owned(), form.text("password").to_owned());
    let repeated = form.text("password_repeat") == new;
    let changed = if repeated {
        blocking(move || change_own_password(&admin.app, &caller, &token, &current, &new)).await
    } else {
        Err(Refusal::PasswordsDiffer.at(Field::Password).into())
    };
    match changed {
        Ok(()) => Ok(notice_and_redirect(&Done::OwnPasswordChanged {}, "/account")),
        Err(failure) => {
            let errors = match &failure {
                Failure::Refused(Refusal::WrongPassword) => {
                    FieldErrors::one("current_password", visitor.words.current_password_wrong())
                }
                other => FieldErrors::of(visitor.words, other)?,
            };
            render_refused(&failure, &account_page(&visitor, errors).await?)
        }
    }
}

pub(super) async fn sign_out_elsewhere(visitor: Visitor, headers: HeaderMap, _form: Form) -> PageResult {
    visitor.write(SignOutEverywhere::but_here(&session_token(&headers)?)).await?;
    Ok(notice_and_redirect(&Done::SignedOutElsewhere {}, "/account"))
}
