//! Decide what people may buy for themselves: one product, all at once, or what comes later.

use crate::frame::Frame;
use crate::parts::{Choice, FieldErrors};
use crate::web::{Done, Form, PageError, PageResult, Section, Visitor, notice_and_redirect, render, render_refused};
use app::Failure;
use app::self_service::policy::{PolicyList, SelfServicePolicies, SetSelfServicePolicy};
use askama::Template;
use axum::extract::Path;
use domain::ids::ProductId;
use domain::refusal::{Field, Refusal};
use domain::self_service::policy::{PolicyScope, SelfServicePolicy};
use words::Words;

#[derive(Template)]
#[template(path = "self_service/change.html")]
struct ChangePane {
    frame: Frame,
    words: Words,
    close_url: &'static str,
    url: String,
    note: String,
    value: String,
    choices: Vec<Choice>,
    errors: FieldErrors,
}

pub(super) async fn pane_of_one(visitor: Visitor, Path(id): Path<String>) -> PageResult {
    render(&pane(&visitor, product(&id)?, None, FieldErrors::none()).await?)
}

pub(super) async fn submit_one(visitor: Visitor, Path(id): Path<String>, form: Form) -> PageResult {
    submit(&visitor, product(&id)?, &form).await
}

pub(super) async fn pane_of_all(visitor: Visitor) -> PageResult {
    render(&pane(&visitor, PolicyScope::AllProducts, None, FieldErrors::none()).await?)
}

pub(super) async fn submit_all(visitor: Visitor, form: Form) -> PageResult {
    submit(&visitor, PolicyScope::AllProducts, &form).await
}

pub(super) async fn pane_of_new(visitor: Visitor) -> PageResult {
    render(&pane(&visitor, PolicyScope::NewProducts, None, FieldErrors::none()).await?)
}

pub(super) async fn submit_new(visitor: Visitor, form: Form) -> PageResult {
    submit(&visitor, PolicyScope::NewProducts, &form).await
}

fn product(id: &str) -> Result<PolicyScope, Refusal> {
    id.parse().map(PolicyScope::Product).map_err(|_| Refusal::NotFound)
}

async fn submit(visitor: &Visitor, scope: PolicyScope, form: &Form) -> PageResult {
    match decide(visitor, scope, form).await {
        Ok(0) => Ok(notice_and_redirect(&Done::PolicyStayed {}, Section::SelfService.url())),
        Ok(count) => {
            let done = Done::PolicyChanged { count: i64::from(count) };
            Ok(notice_and_redirect(&done, Section::SelfService.url()))
        }
        Err(failure) => {
            let errors = FieldErrors::of(visitor.words, &failure)?;
            render_refused(&failure, &pane(visitor, scope, Some(form.text("policy")), errors).await?)
        }
    }
}

async fn decide(visitor: &Visitor, scope: PolicyScope, form: &Form) -> Result<u32, Failure> {
    visitor.write(SetSelfServicePolicy { scope, value: form.choice(Field::Policy)? }).await
}

/// The pane with what was chosen, else with what holds now.
async fn pane(
    visitor: &Visitor,
    scope: PolicyScope,
    chosen: Option<&str>,
    errors: FieldErrors,
) -> Result<ChangePane, PageError> {
    let words = visitor.words;
    let list = visitor.read(SelfServicePolicies::default()).await?;
    let (title, path, note, value) = match scope {
        PolicyScope::Product(id) => {
            let (name, value) = of_product(&list, id)?;
            (
                words.policy_change_of(name),
                format!("products/{id}"),
                words.self_service_purpose().to_owned(),
                Some(value),
            )
        }
        PolicyScope::NewProducts => (
            words.policy_new_products().to_owned(),
            "new-products".to_owned(),
            words.policy_new_products_note().to_owned(),
            Some(list.new_products),
        ),
        PolicyScope::AllProducts | PolicyScope::Offers(_) => (
            words.policy_change_all().to_owned(),
            "all".to_owned(),
            words.policy_all_note(list.products.len() as i64),
            None,
        ),
    };
    Ok(ChangePane {
        frame: visitor.frame(Section::SelfService, title).await?,
        close_url: Section::SelfService.url(),
        url: format!("{}/{path}", Section::SelfService.url()),
        note,
        value: chosen.unwrap_or(value.map_or("", SelfServicePolicy::code)).to_owned(),
        choices: SelfServicePolicy::ALL.iter().map(|policy| choice(words, *policy)).collect(),
        errors,
        words,
    })
}

fn of_product(list: &PolicyList, id: ProductId) -> Result<(&str, SelfServicePolicy), Refusal> {
    let found = list.products.iter().find(|product| product.product_id == id).ok_or(Refusal::NotFound)?;
    Ok((&found.name, found.value))
}

fn choice(words: Words, policy: SelfServicePolicy) -> Choice {
    Choice::new(policy.code(), words.self_service_policy_name(policy)).note(words.self_service_policy_means(policy))
}
