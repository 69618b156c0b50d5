//! What a person can begin from anywhere, and the pages that stand behind those of the navigation.

use super::{Group, Hit, names};
use crate::pages::invoice::{BillsTab, tabs};
use crate::pages::license::assigners;
use crate::pages::license_request;
use crate::web::{Section, Visitor};
use domain::access::{Permission, Reach};
use domain::organization::Organization;

/// The actions whose name contains what was typed, and that the person may begin.
pub(super) fn group(visitor: &Visitor, home: &Organization, q: &str) -> Group {
    let all = if visitor.actor.is_operator() { of_an_operator(visitor) } else { of_a_customer(visitor, home) };
    let shown = all.into_iter().filter(|(may, hit)| *may && names(&hit.label, q));
    Group { title: visitor.words.search_actions(), icon: "add", hits: shown.map(|(_, hit)| hit).collect() }
}

fn pane(label: &str, url: impl Into<String>) -> Hit {
    Hit { is_pane: true, ..Hit::new(label, url, "") }
}

fn of_a_customer(visitor: &Visitor, home: &Organization) -> Vec<(bool, Hit)> {
    let words = visitor.words;
    let manages_people = visitor.may(Permission::ManageUsers);
    let buys = visitor.may(Permission::BuySubscription);
    let asks = !buys && visitor.reach(Permission::ReadLicenses) != Reach::Nothing;
    let pays = visitor.reach(Permission::ManagePaymentMethods) != Reach::Nothing;
    let sells = home.kind.sells_by().is_some() && visitor.may(Permission::ManageCustomers);
    vec![
        (manages_people, pane(words.people_add_one(), "/users/add")),
        (manages_people, Hit::new(words.people_add_many(), "/users/add-many", "")),
        (manages_people, pane(words.group_add(), "/groups/add")),
        (buys, Hit::new(words.redeem_a_product_key(), "/billing/purchase/product-key", "")),
        (asks, pane(words.request_licenses(), format!("{}/new", license_request::URL))),
        (pays, pane(words.add_payment_method(), "/billing/payment-methods/add")),
        (visitor.may(Permission::PayInvoices), pane(words.settle_balance(), "/billing/invoices/pay")),
        (visitor.may(Permission::ManageBillingProfiles), pane(words.add_billing_profile(), "/billing/profiles/add")),
        (visitor.may(Permission::ManageApiTokens), pane(words.api_token_create(), "/settings/api-tokens/create")),
        (sells, pane(words.customer_request(), "/customers/request")),
    ]
}

fn of_an_operator(visitor: &Visitor) -> Vec<(bool, Hit)> {
    let words = visitor.words;
    let may = |permission| visitor.may(permission);
    vec![
        (may(Permission::OperateOrganizations), pane(words.organization_create(), "/operator/organizations/create")),
        (may(Permission::OperateProductKeys), pane(words.make_product_keys(), "/operator/product-keys/create")),
        (may(Permission::OperateCatalog), Hit::new(words.catalog_import(), "/operator/catalog/import", "")),
        (may(Permission::OperateJobs), Hit::new(words.mail_previews(), "/operator/mails/kinds", "")),
    ]
}

/// Pages behind those of the navigation that the person may see.
pub(super) fn further_pages(visitor: &Visitor) -> Vec<Hit> {
    let words = visitor.words;
    let mut pages = Vec::new();
    if visitor.may(Permission::ReadInvoices) && !visitor.actor.is_operator() {
        let behind = tabs(visitor, BillsTab::Invoices).into_iter().filter(|tab| !tab.current);
        pages.extend(behind.map(|tab| Hit::new(tab.label, tab.url, "")));
    }
    if visitor.reach(Permission::ReadLicenses) != Reach::Nothing && !visitor.actor.is_operator() {
        pages.push(Hit::new(words.requests(), license_request::URL, ""));
    }
    if visitor.may(Permission::ManageAssigners) {
        pages.push(pane(words.assigners(), assigners::URL));
    }
    if visitor.may(Permission::ReadPrices) && !visitor.actor.is_operator() {
        pages.push(Hit::new(words.self_service_report(), license_request::REPORT_URL, ""));
    }
    pages.extend(
        [(words.my_account(), Section::Account), (words.help(), Section::Help)]
            .map(|(label, section)| Hit::new(label, section.url(), "")),
    );
    pages.push(pane(words.keyboard_shortcuts(), "/shortcuts"));
    pages
}
