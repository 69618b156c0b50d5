//! The confirmation before licenses are taken back (R31-R32, domain 8.4).

use super::product_url;
use crate::frame::Frame;
use crate::parts::FieldErrors;
use crate::web::{Done, Form, PageError, PageResult, Section, Visitor, notice_and_redirect, render, render_refused};
use app::license::choose::NamePeople;
use app::license::product::ProductOverview;
use app::license::unassign::UnassignLicenses;
use askama::Template;
use axum::extract::{Path, RawQuery};
use domain::ids::{ProductId, UserId};
use domain::license::assign::check_count;
use domain::refusal::Refusal;
use words::Words;

#[derive(Template)]
#[template(path = "license/unassign.html")]
struct Confirmation {
    frame: Frame,
    words: Words,
    url: String,
    close_url: String,
    question: String,
    people: Vec<(String, String)>,
    /// Why it cannot be done, such as more than twenty people.
    errors: FieldErrors,
    is_possible: bool,
}

/// Asks once more, with the names of those who were ticked: `?selected=usr_…&selected=usr_…`.
pub(super) async fn page(visitor: Visitor, Path(id): Path<String>, RawQuery(query): RawQuery) -> PageResult {
    let id = id.parse().map_err(|_| Refusal::NotFound)?;
    let query = query.unwrap_or_default();
    let ticked = form_urlencoded::parse(query.as_bytes()).filter(|(name, _)| name == "selected");
    let users: Vec<UserId> = ticked.filter_map(|(_, value)| value.parse().ok()).collect();
    let mut errors = FieldErrors::none();
    if let Err(refusal) = check_count(users.len()) {
        errors.add("", visitor.words.refusal(&refusal).to_string());
    }
    render(&confirmation(&visitor, id, users, errors).await?)
}

pub(super) async fn submit(visitor: Visitor, Path(id): Path<String>, form: Form) -> PageResult {
    let product_id: ProductId = id.parse().map_err(|_| Refusal::NotFound)?;
    let users: Vec<UserId> = form.parsed("selected");
    match visitor.write(UnassignLicenses { product_id, users: users.clone() }).await {
        Ok(count) => {
            let done = Done::LicensesUnassigned { count: count as i64 };
            Ok(notice_and_redirect(&done, &product_url(product_id)))
        }
        Err(failure) => {
            let errors = FieldErrors::of(visitor.words, &failure)?;
            render_refused(&failure, &confirmation(&visitor, product_id, users, errors).await?)
        }
    }
}

async fn confirmation(
    visitor: &Visitor,
    product_id: ProductId,
    users: Vec<UserId>,
    errors: FieldErrors,
) -> Result<Confirmation, PageError> {
    let words = visitor.words;
    let overview = visitor.read(ProductOverview(product_id)).await?;
    let people = visitor.read(NamePeople { product_id, users }).await?;
    let frame = visitor.frame(Section::Licenses, words.unassign_licenses()).await?;
    let close_url = product_url(product_id);
    Ok(Confirmation {
        frame,
        words,
        url: format!("{close_url}/unassign"),
        close_url,
        question: words.unassign_question(people.len() as i64, &overview.name),
        is_possible: errors.is_empty() && !people.is_empty(),
        people: people.iter().map(|person| (person.user_id.to_string(), person.display_name.clone())).collect(),
        errors,
    })
}
