//! The operator's money: what is open, the books, revenue, and who sells.

mod bill_runs;
mod dry_run;
mod overview;
mod seller;

use crate::web::{Access, Routes};
use domain::access::Permission;

pub(super) fn routes() -> Routes {
    let operate = Access::Needs(Permission::OperateBilling);
    Routes::default()
        .get("/operator/billing", operate, overview::page)
        .get("/operator/billing/runs", operate, bill_runs::page)
        .post("/operator/billing/runs/dry-runs", operate, bill_runs::start)
        .get("/operator/billing/runs/dry-runs/{job}", operate, dry_run::page)
        .get("/operator/billing/seller", operate, seller::pane)
        .post("/operator/billing/seller", operate, seller::submit)
}
