//! Billing > Licenses > Requests: people ask for licenses, admins decide (domain 2.9; R176).

mod ask;
mod decide;
mod list;
mod process;
mod share;

use crate::parts::{Status, Tab};
use crate::web::{Access, Routes, Section, Visitor};
use domain::access::Permission;
use domain::license::request::RequestState;
use words::Words;

/// Where the list is.
pub const URL: &str = "/billing/license-requests";

/// Where licenses that people claim are decided about.
pub const AUTO_CLAIM_URL: &str = "/billing/licenses/auto-claim";

/// Where the report of self-service purchases is.
pub const REPORT_URL: &str = "/billing/self-service";

pub(super) fn routes() -> Routes {
    let read = Access::Needs(Permission::ReadLicenses);
    let assign = Access::Needs(Permission::AssignLicenses);
    Routes::default()
        .get("/billing/license-requests", read, list::page)
        .get("/billing/license-requests/new", read, ask::pane)
        .post("/billing/license-requests/new", read, ask::submit)
        .get("/billing/license-requests/process", assign, process::pane)
        .post("/billing/license-requests/process", assign, process::submit)
        .get("/billing/license-requests/{request_id}", read, decide::pane)
        .post("/billing/license-requests/{request_id}", assign, decide::submit)
        .get("/billing/license-requests/{request_id}/share", assign, share::pane)
        .post("/billing/license-requests/{request_id}/share", assign, share::submit)
}

/// The tabs of Licenses, of which the one with this address is open.
pub(crate) fn tabs(visitor: &Visitor, open: &str) -> Vec<Tab> {
    let words = visitor.words;
    let mut tabs = vec![(words.licenses(), Section::Licenses.url()), (words.requests(), URL)];
    if visitor.may(Permission::ManageAutoClaim) {
        tabs.push((words.auto_claim(), AUTO_CLAIM_URL));
    }
    if visitor.may(Permission::ReadPrices) {
        tabs.push((words.self_service_report(), REPORT_URL));
    }
    tabs.into_iter().map(|(name, url)| Tab::new(name, url, url == open)).collect()
}

/// Where a request stands, as the lists show it.
fn status(words: Words, state: RequestState) -> Status {
    let name = words.request_state_name(state);
    match state {
        RequestState::Pending => Status::warning(name),
        RequestState::Approved => Status::good(name),
        RequestState::PartlyApproved => Status::neutral(name).icon("check"),
        RequestState::Rejected => Status::neutral(name).icon("close"),
    }
}
