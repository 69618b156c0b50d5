//! What stands for a billing profile where people buy by self-service: their own purchases, and what pays them (R36 to
//! R39).

use super::details::DetailsPage;
use super::list::{ListPage, RowView};
use super::{URL, url_of_own};
use crate::pages::invoice::{BillsTab, tabs};
use crate::pages::present::method_name;
use crate::parts::Link;
use crate::web::{PageError, PageResult, Section, Visitor, render};
use app::payment_method::list::{ListPaymentMethods, PaymentMethodRow};
use app::subscription::list::{ListSubscriptions, ListedSubscription};
use domain::subscription::Channel;

/// The purchases that are named.
const NAMED: usize = 20;

/// What pays most of the purchases, or would be offered for the next one.
async fn pays(visitor: &Visitor) -> Result<Option<PaymentMethodRow>, PageError> {
    let rows = visitor.read(ListPaymentMethods).await?.rows;
    Ok(rows.into_iter().rev().max_by_key(|row| row.listed.uses.items()))
}

async fn purchases(visitor: &Visitor) -> Result<Vec<ListedSubscription>, PageError> {
    let query = ListSubscriptions { channel: Some(Channel::SelfService), ..ListSubscriptions::by_name(NAMED) };
    Ok(visitor.read(query).await?.rows)
}

fn name_of(visitor: &Visitor, row: Option<&PaymentMethodRow>) -> String {
    let words = visitor.words;
    row.map_or_else(|| words.own_profile_no_method().to_owned(), |row| method_name(words, &row.listed.method))
}

pub(super) async fn list(visitor: &Visitor) -> PageResult {
    let words = visitor.words;
    let mut frame = visitor.frame(Section::Bills, words.billing_profiles()).await?;
    frame.lead = Some(words.own_profile_purpose().to_owned());
    let row = RowView {
        name: words.own_profile().to_owned(),
        url: url_of_own(),
        bill_to: visitor.actor.name.clone(),
        currency: visitor.home().await?.currency.code(),
        pays: name_of(visitor, pays(visitor).await?.as_ref()),
        subscriptions: words.subscriptions_count(purchases(visitor).await?.len() as i64),
    };
    render(&ListPage {
        tabs: tabs(visitor, BillsTab::BillingProfiles),
        contract: None,
        rows: vec![row],
        may_add: false,
        words,
        frame,
    })
}

pub(super) async fn details(visitor: &Visitor) -> PageResult {
    let words = visitor.words;
    let method = pays(visitor).await?;
    let mut frame = visitor.frame(Section::Bills, words.own_profile().to_owned()).await?;
    frame.breadcrumbs.push(crate::frame::Crumb::new(words.billing_profiles(), URL));
    let method_url = method.as_ref().map(|row| format!("/billing/payment-methods/{}", row.listed.method.id));
    let replace = match (&method, &method_url) {
        (Some(row), Some(url)) if row.listed.uses.items() > 0 => format!("{url}/replace"),
        _ => "/billing/payment-methods/add".to_owned(),
    };
    let link = |row: ListedSubscription| {
        Link::new(row.product_name, format!("{}/{}", Section::YourProducts.url(), row.subscription.id))
    };
    render(&DetailsPage {
        facts: vec![(words.bill_to(), visitor.actor.name.clone())],
        pays: name_of(visitor, method.as_ref()),
        method_url,
        note: words.own_profile_purpose(),
        edit_url: None,
        replace_url: Some(replace),
        subscriptions: purchases(visitor).await?.into_iter().map(link).collect(),
        more: None,
        words,
        frame,
    })
}
