//! The pane that takes billing roles from somebody.

use super::{URL, scope};
use crate::frame::Frame;
use crate::parts::{Choice, FieldErrors};
use crate::web::{Done, Form, PageError, PageResult, Section, Visitor, notice_and_redirect, render, render_refused};
use app::Failure;
use app::billing_role::list::{ListBillingRoles, ListedBillingRole};
use app::billing_role::take::TakeBillingRole;
use askama::Template;
use axum::extract::Path;
use domain::access::BillingGrant;
use domain::ids::UserId;
use domain::refusal::{Field, Refusal};
use words::Words;

#[derive(Template)]
#[template(path = "billing_role/take.html")]
struct TakePane {
    frame: Frame,
    words: Words,
    url: String,
    close_url: &'static str,
    errors: FieldErrors,
    chosen: String,
    roles: Vec<Choice>,
}

/// What the form sends for a role.
fn code(grant: BillingGrant) -> String {
    grant.profile.map_or_else(|| grant.role.code().to_owned(), |profile| format!("{}.{profile}", grant.role))
}

fn parse(text: &str) -> Option<BillingGrant> {
    let (role, profile) = match text.split_once('.') {
        Some((role, profile)) => (role, Some(profile.parse().ok()?)),
        None => (text, None),
    };
    BillingGrant::new(role.parse().ok()?, profile).ok()
}

pub(super) async fn pane(visitor: Visitor, Path(user): Path<String>) -> PageResult {
    let user_id = user.parse().map_err(|_| Refusal::NotFound)?;
    render(&draw(&visitor, user_id, String::new(), FieldErrors::none()).await?)
}

pub(super) async fn submit(visitor: Visitor, Path(user): Path<String>, form: Form) -> PageResult {
    let user_id = user.parse().map_err(|_| Refusal::NotFound)?;
    match take(&visitor, user_id, &form).await {
        Ok(()) => Ok(notice_and_redirect(&Done::BillingRoleTaken {}, URL)),
        Err(failure) => {
            let chosen = form.text(Field::BillingRole.code()).to_owned();
            let errors = FieldErrors::of(visitor.words, &failure)?;
            render_refused(&failure, &draw(&visitor, user_id, chosen, errors).await?)
        }
    }
}

async fn take(visitor: &Visitor, user_id: UserId, form: &Form) -> Result<(), Failure> {
    let text: String = form.choice(Field::BillingRole)?;
    let grant = parse(&text).ok_or_else(|| Refusal::UnknownChoice.at(Field::BillingRole))?;
    visitor.write(TakeBillingRole { user_id, grant }).await
}

async fn draw(visitor: &Visitor, user_id: UserId, chosen: String, errors: FieldErrors) -> Result<TakePane, PageError> {
    let words = visitor.words;
    let view = visitor.read(ListBillingRoles).await?;
    let rows: Vec<_> = view.rows.iter().filter(|row| row.user_id == user_id && view.may_take(row)).collect();
    let first = rows.first().ok_or(Refusal::NotFound)?;
    let title = words.take_billing_role_title(&first.display_name);
    let choice = |row: &&ListedBillingRole| {
        Choice::new(code(row.grant), words.billing_role_name(row.grant.role)).note(scope(words, row))
    };
    Ok(TakePane {
        url: format!("{URL}/{user_id}/remove"),
        close_url: URL,
        errors,
        chosen: if chosen.is_empty() { code(first.grant) } else { chosen },
        roles: rows.iter().map(choice).collect(),
        frame: visitor.frame(Section::Bills, title).await?,
        words,
    })
}
