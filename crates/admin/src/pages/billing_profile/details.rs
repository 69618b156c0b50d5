//! One billing profile (R36 to R38): what its invoices say, what pays them, and what belongs to it.

use super::{OWN, own, pays, url_of};
use crate::frame::Frame;
use crate::pages::payment_method;
use crate::pages::present::{one_line, subscription_links};
use crate::parts::Link;
use crate::web::{PageError, PageResult, Section, Visitor, render};
use app::billing_profile::details::{BillingProfileDetails, BillingProfileView};
use askama::Template;
use axum::extract::Path;
use domain::access::Permission;
use domain::billing::Agreement;
use domain::ids::BillingProfileId;
use domain::refusal::Refusal;
use words::Words;

#[derive(Template)]
#[template(path = "billing_profile/details.html")]
pub(super) struct DetailsPage {
    pub frame: Frame,
    pub words: Words,
    pub facts: Vec<(&'static str, String)>,
    pub pays: String,
    pub method_url: Option<String>,
    pub note: &'static str,
    pub edit_url: Option<String>,
    pub replace_url: Option<String>,
    /// What belongs to it, each with what tells it from others of its product.
    pub subscriptions: Vec<(Link, String)>,
    pub more: Option<String>,
}

/// The billing profile whose address holds this id.
pub(super) async fn view(visitor: &Visitor, id: &str) -> Result<BillingProfileView, PageError> {
    let id: BillingProfileId = id.parse().map_err(|_| Refusal::NotFound)?;
    visitor.read(BillingProfileDetails(id)).await
}

pub(super) async fn page(visitor: Visitor, Path(id): Path<String>) -> PageResult {
    if id == OWN && !visitor.may_somewhere(Permission::ReadInvoices) {
        return own::details(&visitor).await;
    }
    let words = visitor.words;
    let view = view(&visitor, &id).await?;
    let profile = &view.row.profile;
    let frame = visitor.frame(Section::Bills, profile.name.clone()).await?;
    let edit_url = view.may_manage.then(|| format!("{}/edit", url_of(profile.id)));
    let more = view.row.subscriptions - view.subscriptions.len() as i64;
    render(&DetailsPage {
        facts: facts(words, &view),
        pays: pays(words, view.row.method.as_ref()),
        method_url: view.row.method.as_ref().map(|method| payment_method::url_of(method.id)),
        note: match view.agreement {
            Agreement::Mosa => words.profile_default_mosa(),
            Agreement::Mca => words.agreement_mca_means(),
        },
        replace_url: edit_url.clone(),
        edit_url,
        subscriptions: subscription_links(words, &view.subscriptions),
        more: (more > 0).then(|| words.and_more(more)),
        words,
        frame,
    })
}

fn facts(words: Words, view: &BillingProfileView) -> Vec<(&'static str, String)> {
    let profile = &view.row.profile;
    let bill_to = format!("{}, {}", profile.bill_to.name, one_line(words, &profile.bill_to.address));
    let mails = if profile.email_invoices { words.on() } else { words.off() };
    let mut facts = vec![
        (words.bill_to(), bill_to),
        (words.profile_invoice_currency(), words.currency_name(profile.currency).to_owned()),
        (words.profile_days_count_in(), view.time_zone.clone()),
        (words.get_invoices_in_email(), mails.to_owned()),
    ];
    facts.extend(profile.bill_to.email.clone().map(|email| (words.email_address(), email)));
    facts.extend(profile.purchase_order.clone().map(|order| (words.purchase_order_number(), order)));
    facts
}
