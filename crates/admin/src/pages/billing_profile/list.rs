//! The contract, and every billing profile (R36).

use super::{buyer_facts, pays, url_of};
use crate::frame::Frame;
use crate::pages::invoice::{BillsTab, tabs};
use crate::parts::Tab;
use crate::web::{PageResult, Section, Visitor, render};
use app::billing_profile::list::{BillingProfileRow, ListBillingProfiles};
use askama::Template;
use words::Words;

struct RowView {
    name: String,
    url: String,
    bill_to: String,
    currency: &'static str,
    pays: String,
    subscriptions: String,
}

#[derive(Template)]
#[template(path = "billing_profile/list.html")]
struct ListPage {
    frame: Frame,
    words: Words,
    tabs: Vec<Tab>,
    buyer: Vec<(&'static str, String)>,
    rules: Vec<(&'static str, String)>,
    agreement_means: &'static str,
    rows: Vec<RowView>,
    may_add: bool,
}

pub(super) async fn page(visitor: Visitor) -> PageResult {
    let words = visitor.words;
    let view = visitor.read(ListBillingProfiles).await?;
    let mut frame = visitor.frame(Section::Bills, words.billing_profiles()).await?;
    frame.lead = Some(words.billing_profiles_purpose().to_owned());
    render(&ListPage {
        tabs: tabs(&visitor, BillsTab::BillingProfiles),
        buyer: buyer_facts(words, &view.account),
        rules: words.billing_rules_list(&view.account.rules).into(),
        agreement_means: words.agreement_means(view.account.rules.agreement),
        rows: view.rows.iter().map(|row| row_view(words, row)).collect(),
        may_add: view.may_add,
        words,
        frame,
    })
}

fn row_view(words: Words, row: &BillingProfileRow) -> RowView {
    let profile = &row.profile;
    RowView {
        name: profile.name.clone(),
        url: url_of(profile.id),
        bill_to: profile.bill_to.name.clone(),
        currency: profile.currency.code(),
        pays: pays(words, row.method.as_ref()),
        subscriptions: words.subscriptions_count(row.subscriptions),
    }
}
