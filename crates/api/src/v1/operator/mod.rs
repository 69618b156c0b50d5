//! What the operator's programs do: everything here needs a key of the operator's own organization.

pub(crate) mod bill_runs;
pub(crate) mod cloud;
pub(crate) mod credits;

use crate::web::{Access, Routes};
use domain::access::Permission;

pub(super) fn routes() -> Routes {
    let operate = Access::Needs(Permission::OperateBilling);
    let organizations = Access::Needs(Permission::OperateOrganizations);
    Routes::default()
        .put("/api/v1/operator/organizations/{organization_id}/cloud", organizations, cloud::change)
        .get("/api/v1/operator/bill-runs", operate, bill_runs::list)
        .get("/api/v1/operator/dry-runs", operate, bill_runs::dry_runs)
        .post("/api/v1/operator/dry-runs", operate, bill_runs::start)
        .get("/api/v1/operator/dry-runs/{dry_run_id}", operate, bill_runs::dry_run)
        .get("/api/v1/operator/organizations/{organization_id}/credits", operate, credits::list)
        .post(
            "/api/v1/operator/organizations/{organization_id}/credit-notes/{invoice_id}/refund",
            operate,
            credits::refund,
        )
        .post(
            "/api/v1/operator/organizations/{organization_id}/credit-notes/{invoice_id}/pay-out",
            operate,
            credits::pay_out_note,
        )
        .post(
            "/api/v1/operator/organizations/{organization_id}/billing-profiles/{billing_profile_id}/pay-out",
            operate,
            credits::pay_out,
        )
}
