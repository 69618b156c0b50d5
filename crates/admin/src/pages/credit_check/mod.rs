//! Credit checks, which the operator decides.

mod decide;
mod list;

use crate::web::{Access, Routes};
use domain::access::Permission;

pub(super) fn routes() -> Routes {
    let operate = Access::Needs(Permission::OperateBilling);
    Routes::default()
        .get("/operator/credit-checks", operate, list::page)
        .get("/operator/credit-checks/{organization}/{order}", operate, decide::pane)
        .post("/operator/credit-checks/{organization}/{order}", operate, decide::submit)
}
