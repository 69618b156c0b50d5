//! The contract, and every billing profile (R36).

use super::{buyer_facts, own, pays, url_of};
use crate::frame::Frame;
use crate::pages::invoice::{BillsTab, tabs};
use crate::parts::Tab;
use crate::web::{PageResult, Section, Visitor, render};
use app::billing_profile::list::{BillingProfileRow, ListBillingProfiles};
use askama::Template;
use domain::access::Permission;
use words::Words;

pub(super) struct RowView {
    pub name: String,
    pub url: String,
    pub bill_to: String,
    pub currency: &'static str,
    pub pays: String,
    pub subscriptions: String,
}

/// Who has the contract with the seller, and what it says.
pub(super) struct Contract {
    buyer: Vec<(&'static str, String)>,
    rules: Vec<(&'static str, String)>,
    agreement_means: &'static str,
}

#[derive(Template)]
#[template(path = "billing_profile/list.html")]
pub(super) struct ListPage {
    pub frame: Frame,
    pub words: Words,
    pub tabs: Vec<Tab>,
    /// Only for those who see more than own purchases.
    pub contract: Option<Contract>,
    pub rows: Vec<RowView>,
    pub may_manage: bool,
}

pub(super) async fn page(visitor: Visitor) -> PageResult {
    if !visitor.may_somewhere(Permission::ReadInvoices) {
        return own::list(&visitor).await;
    }
    let words = visitor.words;
    let view = visitor.read(ListBillingProfiles).await?;
    let mut frame = visitor.frame(Section::Bills, words.billing_profiles()).await?;
    frame.lead = Some(words.billing_profiles_purpose().to_owned());
    let contract = Contract {
        buyer: buyer_facts(words, &view.account),
        rules: words.billing_rules_list(&view.account.rules).into(),
        agreement_means: words.agreement_means(view.account.rules.agreement),
    };
    render(&ListPage {
        tabs: tabs(&visitor, BillsTab::BillingProfiles),
        contract: Some(contract),
        rows: view.rows.iter().map(|row| row_view(words, row)).collect(),
        may_manage: view.may_manage,
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
