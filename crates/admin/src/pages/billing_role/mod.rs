//! Billing > Bills & payments > Billing roles: who may do what with the billing account and its profiles (R171).

mod export;
mod give;
mod list;
mod take;

use crate::web::{Access, Routes};
use app::billing_role::list::ListedBillingRole;
use domain::access::Permission;
use words::Words;

/// Where the list is.
const URL: &str = "/billing/roles";

pub(super) fn routes() -> Routes {
    let read = Access::Needs(Permission::ReadInvoices);
    let manage = Access::Needs(Permission::ManageBillingRoles);
    Routes::default()
        .get("/billing/roles", read, list::page)
        .get("/billing/roles/export", read, export::csv)
        .get("/billing/roles/give", manage, give::pane)
        .post("/billing/roles/give", manage, give::submit)
        .get("/billing/roles/{user}/remove", manage, take::pane)
        .post("/billing/roles/{user}/remove", manage, take::submit)
}

/// For what a role counts: the billing account, or the name of a billing profile.
fn scope(words: Words, row: &ListedBillingRole) -> String {
    row.profile_name.clone().unwrap_or_else(|| words.billing_account().to_owned())
}
