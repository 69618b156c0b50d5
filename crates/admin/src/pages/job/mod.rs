//! Background work, for operators.

mod list;

use crate::web::{Access, Routes};
use domain::access::Permission;

pub(super) fn routes() -> Routes {
    let operate = Access::Needs(Permission::OperateJobs);
    Routes::default().get("/operator/jobs", operate, list::page).post("/operator/jobs/resume", operate, list::resume)
}
