//! Every product that people can buy by self-service, and what they may do with it.

use super::limits;
use crate::frame::Frame;
use crate::parts::Status;
use crate::web::{PageResult, Section, Visitor, render};
use app::self_service::limits::ReadPurchaseLimits;
use app::self_service::policy::{ProductPolicy, SelfServicePolicies};
use askama::Template;
use axum::extract::Query;
use domain::access::Permission;
use domain::refusal::Refusal;
use domain::self_service::policy::SelfServicePolicy;
use serde::Deserialize;
use words::Words;

/// What the address asks for.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct Asked {
    q: String,
}

struct RowView {
    name: String,
    script_id: String,
    policy: Status,
    url: String,
    menu_label: String,
}

#[derive(Template)]
#[template(path = "self_service/list.html")]
struct ListPage {
    frame: Frame,
    words: Words,
    search: String,
    rows: Vec<RowView>,
    summary: String,
    new_products: Status,
    new_products_means: &'static str,
    buyers: String,
    licenses_max: String,
    /// Why nobody can buy, whatever is chosen (R179).
    ineligible: Option<String>,
    may_change: bool,
    history_url: Option<&'static str>,
}

pub(super) async fn page(visitor: Visitor, Query(asked): Query<Asked>) -> PageResult {
    let words = visitor.words;
    let list = visitor.read(SelfServicePolicies { search: asked.q.clone() }).await?;
    let limits = visitor.read(ReadPurchaseLimits).await?;
    let mut frame = visitor.frame(Section::SelfService, words.self_service_purchases()).await?;
    frame.lead = Some(words.self_service_purpose().to_owned());
    let may_change = visitor.may(Permission::ManageSelfServicePolicy);
    let may_read_history = visitor.may(Permission::ReadHistory);
    render(&ListPage {
        search: asked.q,
        summary: words.products_count(list.products.len() as i64),
        rows: list.products.iter().map(|product| row_view(words, product)).collect(),
        new_products: status(words, list.new_products),
        new_products_means: words.self_service_policy_means(list.new_products),
        buyers: limits::name(words, &limits),
        licenses_max: words.purchase_limit(limits.limits.licenses_max),
        ineligible: list.ineligible.map(|reason| words.refusal(&Refusal::NotEligible(reason)).sentence),
        may_change,
        history_url: may_read_history.then_some("/settings/audit?kind=self_service_policy_changed"),
        words,
        frame,
    })
}

fn row_view(words: Words, product: &ProductPolicy) -> RowView {
    RowView {
        script_id: product.script_id(),
        policy: status(words, product.value),
        url: format!("{}/products/{}", Section::SelfService.url(), product.product_id),
        menu_label: words.more_actions_for(&product.name),
        name: product.name.clone(),
    }
}

fn status(words: Words, policy: SelfServicePolicy) -> Status {
    let name = words.self_service_policy_name(policy);
    match policy {
        SelfServicePolicy::Enabled => Status::good(name),
        SelfServicePolicy::OnlyTrialsWithoutPaymentMethod => Status::warning(name),
        SelfServicePolicy::Disabled => Status::neutral(name).icon("lock"),
    }
}
