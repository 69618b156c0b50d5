//! What stands for a billing profile where people buy by self-service: their own purchases, and what pays them (R36 to
//! R39).

use super::details::DetailsPage;
use super::list::{ListPage, RowView};
use super::{URL, url_of_own};
use crate::pages::invoice::{BillsTab, tabs};
use crate::pages::payment_method;
use crate::pages::present::{method_name, subscription_links};
use crate::web::{PageError, PageResult, Section, Visitor, render};
use app::billing_profile::own::OwnPurchases;
use app::payment_method::list::{ListPaymentMethods, PaymentMethodRow};

/// What pays most of the purchases, or would be offered for the next one.
async fn pays(visitor: &Visitor) -> Result<Option<PaymentMethodRow>, PageError> {
    let rows = visitor.read(ListPaymentMethods).await?.rows;
    Ok(rows.into_iter().rev().max_by_key(|row| row.listed.uses.items()))
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
        subscriptions: words.subscriptions_count(visitor.read(OwnPurchases).await?.count),
    };
    render(&ListPage {
        tabs: tabs(visitor, BillsTab::BillingProfiles),
        contract: None,
        rows: vec![row],
        may_manage: false,
        words,
        frame,
    })
}

pub(super) async fn details(visitor: &Visitor) -> PageResult {
    let words = visitor.words;
    let method = pays(visitor).await?;
    let mut frame = visitor.frame(Section::Bills, words.own_profile().to_owned()).await?;
    frame.breadcrumbs.push(crate::frame::Crumb::new(words.billing_profiles(), URL));
    let method_url = method.as_ref().map(|row| payment_method::url_of(row.listed.method.id));
    let replace = match (&method, &method_url) {
        (Some(row), Some(url)) if row.listed.uses.items() > 0 => format!("{url}/replace"),
        _ => format!("{}/add", payment_method::URL),
    };
    let purchases = visitor.read(OwnPurchases).await?;
    let more = purchases.count - purchases.named.len() as i64;
    render(&DetailsPage {
        facts: vec![(words.bill_to(), visitor.actor.name.clone())],
        pays: name_of(visitor, method.as_ref()),
        method_url,
        note: words.own_profile_purpose(),
        edit_url: None,
        replace_url: Some(replace),
        subscriptions: subscription_links(words, &purchases.named),
        more: (more > 0).then(|| words.and_more(more)),
        words,
        frame,
    })
}
