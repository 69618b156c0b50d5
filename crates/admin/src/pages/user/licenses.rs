//! Give licenses of products to the people who were selected in the list, or those products instead of what they have
//! (domain 1.11, 2.3; R28, R162).

use super::user_url;
use crate::frame::Frame;
use crate::parts::{Choice, FieldErrors};
use crate::web::{Done, Form, PageError, PageResult, Section, Visitor, notice_and_redirect, render, render_refused};
use app::Failure;
use app::license::assign::AssignProducts;
use app::license::replace::{PreviewReplace, ReplaceLicenses, ReplacePreview};
use app::user::details::UserDetails;
use app::user::list::ProductsToGive;
use askama::Template;
use axum::extract::RawQuery;
use axum::response::Response;
use domain::ids::{ProductId, UserId};
use domain::limits::PEOPLE_PER_ACTION;
use domain::refusal::{Field, Refusal};
use std::collections::BTreeSet;
use words::Words;

#[derive(Template)]
#[template(path = "user/licenses.html")]
struct LicensesPane {
    frame: Frame,
    words: Words,
    close_url: String,
    errors: FieldErrors,
    people: Vec<(String, String)>,
    products: Vec<Choice>,
    chosen: Vec<String>,
    /// What replacing does, before it is done.
    review: Vec<(&'static str, String)>,
}

/// The people of the address, each once.
fn selected(query: Option<&str>) -> Vec<UserId> {
    let pairs = form_urlencoded::parse(query.unwrap_or_default().as_bytes());
    let mut ids: Vec<UserId> =
        pairs.filter(|(name, _)| name == "selected").filter_map(|(_, value)| value.parse().ok()).collect();
    let mut seen = std::collections::HashSet::new();
    ids.retain(|id| seen.insert(*id));
    ids
}

pub(super) async fn pane(visitor: Visitor, RawQuery(query): RawQuery) -> PageResult {
    let people = selected(query.as_deref());
    let mut errors = FieldErrors::none();
    if let Err(refusal) = domain::license::assign::check_count(people.len()) {
        errors.add("", visitor.words.refusal(&refusal).to_string());
    }
    render(&licenses_pane(&visitor, &people, Vec::new(), errors).await?)
}

pub(super) async fn submit(visitor: Visitor, form: Form) -> PageResult {
    let users: Vec<UserId> = form.parsed("selected");
    let outcome = match form.text("way") {
        "replace" => replace(&visitor, &form, users.clone()).await,
        _ => assign(&visitor, &form, users.clone()).await.map_err(PageError::from),
    };
    match outcome {
        Ok(response) => Ok(response),
        Err(PageError(failure)) => {
            let errors = FieldErrors::of(visitor.words, &failure)?;
            let chosen = form.all(Field::Licenses.code()).map(str::to_owned).collect();
            render_refused(&failure, &licenses_pane(&visitor, &users, chosen, errors).await?)
        }
    }
}

/// The products that were switched on, each once.
fn products(form: &Form) -> Result<Vec<ProductId>, Failure> {
    let chosen = form.all(Field::Licenses.code()).map(str::parse).collect::<Result<BTreeSet<ProductId>, _>>();
    let chosen = chosen.map_err(|_| Refusal::UnknownChoice.at(Field::Licenses))?;
    Ok(chosen.into_iter().collect())
}

async fn assign(visitor: &Visitor, form: &Form, users: Vec<UserId>) -> Result<Response, Failure> {
    let products = products(form)?;
    let count = users.len() as i64;
    let back = if users.len() == 1 { user_url(users[0]) } else { Section::Users.url().to_owned() };
    visitor.write(AssignProducts { products, users }).await.map_err(|failure| match failure {
        Failure::Refused(Refusal::NotFound) => Refusal::UnknownChoice.at(Field::Licenses).into(),
        other => other,
    })?;
    Ok(notice_and_redirect(&Done::PeopleLicensed { count }, &back))
}

/// Says what replacing does, and does it once that was read.
async fn replace(visitor: &Visitor, form: &Form, users: Vec<UserId>) -> PageResult {
    let words = visitor.words;
    let products = products(form)?;
    let chosen = products.iter().map(ProductId::to_string).collect();
    let command = ReplaceLicenses { products, users: users.clone() };
    if form.is_on("confirmed") {
        visitor.write(command).await?;
        let back = if let [one] = users[..] { user_url(one) } else { Section::Users.url().to_owned() };
        return Ok(notice_and_redirect(&Done::LicensesReplaced { count: users.len() as i64 }, &back));
    }
    let ReplacePreview { taken, given, kept } = visitor.read(PreviewReplace(command)).await?;
    let mut pane = licenses_pane(visitor, &users, chosen, FieldErrors::none()).await?;
    words.replace_title().clone_into(&mut pane.frame.title);
    let gives = given.iter().map(|(name, count)| ("add", words.assign_many_preview(*count, name)));
    let takes = taken.iter().map(|(name, count)| ("remove", words.replace_takes(name, *count)));
    pane.review = gives.chain(takes).collect();
    if kept > 0 {
        pane.review.push(("info", words.replace_keeps(kept)));
    }
    if pane.review.is_empty() {
        return Err(Failure::from(Refusal::NothingToChange.at(Field::Licenses)).into());
    }
    render(&pane)
}

async fn licenses_pane(
    visitor: &Visitor,
    people: &[UserId],
    chosen: Vec<String>,
    errors: FieldErrors,
) -> Result<LicensesPane, PageError> {
    let words = visitor.words;
    let mut named = Vec::new();
    for id in people.iter().take(PEOPLE_PER_ACTION) {
        named.push((id.to_string(), visitor.read(UserDetails(*id)).await?.user.display_name));
    }
    let mut frame = visitor.frame(Section::Users, words.manage_product_licenses()).await?;
    frame.lead = Some(words.people_choose_product(people.len() as i64));
    let products = visitor.read(ProductsToGive).await?.into_iter().map(|product| {
        let note = words.available_count(i64::from(product.available));
        let choice = Choice::new(product.id.to_string(), product.name).note(note);
        if product.available == 0 { choice.closed(words.closed_none_available()) } else { choice }
    });
    let close_url = match people {
        [one] => user_url(*one),
        _ => Section::Users.url().to_owned(),
    };
    let products = products.collect();
    Ok(LicensesPane { frame, words, close_url, errors, people: named, products, chosen, review: Vec::new() })
}
