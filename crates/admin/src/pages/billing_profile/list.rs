//! The contract, and every billing profile (R36).

use super::{one_line, pays, url_of};
use crate::frame::Frame;
use crate::pages::invoice::{BillsTab, tabs};
use crate::parts::Tab;
use crate::web::{PageResult, Section, Visitor, render};
use app::billing_profile::list::{BillingProfileRow, BillingProfilesView, ListBillingProfiles};
use askama::Template;
use domain::billing::Agreement;
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
    account: Vec<(&'static str, String)>,
    agreement_means: &'static str,
    rows: Vec<RowView>,
    may_manage: bool,
}

pub(super) async fn page(visitor: Visitor) -> PageResult {
    let words = visitor.words;
    let view = visitor.read(ListBillingProfiles).await?;
    let mut frame = visitor.frame(Section::Bills, words.billing_profiles()).await?;
    frame.lead = Some(words.billing_profiles_purpose().to_owned());
    render(&ListPage {
        tabs: tabs(words, BillsTab::BillingProfiles),
        account: account(words, &view),
        agreement_means: match view.account.rules.agreement {
            Agreement::Mosa => words.agreement_mosa_means(),
            Agreement::Mca => words.agreement_mca_means(),
        },
        rows: view.rows.iter().map(|row| row_view(words, row)).collect(),
        may_manage: view.may_manage,
        words,
        frame,
    })
}

fn account(words: Words, view: &BillingProfilesView) -> Vec<(&'static str, String)> {
    let sold_to = &view.account.sold_to;
    let agreement = match view.account.rules.agreement {
        Agreement::Mosa => words.agreement_mosa(),
        Agreement::Mca => words.agreement_mca(),
    };
    let mut facts = vec![
        (words.agreement(), agreement.to_owned()),
        (words.sold_to(), format!("{}, {}", sold_to.name, one_line(words, &sold_to.address))),
    ];
    facts.extend(sold_to.tax_number.clone().map(|number| (words.tax_number(), number)));
    facts.extend(sold_to.registration_number.clone().map(|number| (words.company_register_number(), number)));
    facts
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
