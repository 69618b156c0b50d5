//! Billing > Licenses and the pages of one product.

mod assign;
pub(super) mod assigners;
mod auto_claim;
mod centralize;
mod change_apps;
mod export;
mod list;
mod many;
mod product;
mod unassign;

pub(super) use assign::{PlanView, disabled_plans, plan_views};

use crate::web::{Access, Routes, Section};
use domain::access::Permission;
use domain::ids::ProductId;

pub(super) fn routes() -> Routes {
    let read = Access::Needs(Permission::ReadLicenses);
    let assign = Access::Needs(Permission::AssignLicenses);
    let auto = Access::Needs(Permission::ManageAutoClaim);
    let assigners = Access::Needs(Permission::ManageAssigners);
    let take_over = Access::Needs(Permission::TakeOver);
    Routes::default()
        .get("/billing/licenses", read, list::page)
        .get(assigners::URL, assigners, assigners::pane)
        .post(assigners::URL, assigners, assigners::submit)
        .get("/billing/licenses/auto-claim", auto, auto_claim::page)
        .post("/billing/licenses/auto-claim", auto, auto_claim::turn)
        .get("/billing/licenses/auto-claim/new", auto, auto_claim::pane_of_new)
        .post("/billing/licenses/auto-claim/new", auto, auto_claim::submit_new)
        .get("/billing/licenses/auto-claim/{product_id}", auto, auto_claim::pane)
        .post("/billing/licenses/auto-claim/{product_id}", auto, auto_claim::submit)
        .get("/billing/licenses/{product_id}", read, product::page)
        .get("/billing/licenses/{product_id}/assign", assign, assign::pane)
        .post("/billing/licenses/{product_id}/assign", assign, assign::submit)
        .get("/billing/licenses/{product_id}/people", assign, assign::people)
        .get("/billing/licenses/{product_id}/unassign", assign, unassign::page)
        .post("/billing/licenses/{product_id}/unassign", assign, unassign::submit)
        .get("/billing/licenses/{product_id}/many", assign, many::page)
        .post("/billing/licenses/{product_id}/many", assign, many::make)
        .get("/billing/licenses/{product_id}/many/{list_id}", assign, many::list)
        .post("/billing/licenses/{product_id}/many/{list_id}", assign, many::start)
        .get("/billing/licenses/{product_id}/many/{list_id}/problems.csv", assign, many::problems)
        .get("/billing/licenses/{product_id}/centralize", read, centralize::page)
        .post("/billing/licenses/{product_id}/centralize/assign", assign, centralize::assign)
        .post("/billing/licenses/{product_id}/centralize/ask", take_over, centralize::ask)
        .get("/billing/licenses/{product_id}/users/{user_id}/apps", assign, change_apps::pane)
        .post("/billing/licenses/{product_id}/users/{user_id}/apps", assign, change_apps::submit)
        .get("/billing/licenses/{product_id}/users.csv", read, export::csv)
        .get("/billing/licenses/{product_id}/users.xlsx", read, export::workbook)
}

/// The page of a product's licenses.
fn product_url(product: ProductId) -> String {
    format!("{}/{product}", Section::Licenses.url())
}
