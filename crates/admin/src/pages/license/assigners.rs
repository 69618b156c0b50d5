//! The pane with who assigns licenses, and whether Billing admins do (D22).

use crate::frame::Frame;
use crate::web::{Done, Form, PageResult, Section, Visitor, notice_and_redirect, render};
use app::license::assigners::{DoBillingAdminsAssign, LetBillingAdminsAssign};
use askama::Template;
use words::Words;

/// Where the pane is.
pub(crate) const URL: &str = "/billing/licenses/assigners";

#[derive(Template)]
#[template(path = "license/assigners.html")]
struct AssignersPane {
    frame: Frame,
    words: Words,
    url: &'static str,
    close_url: &'static str,
    is_on: bool,
}

pub(super) async fn pane(visitor: Visitor) -> PageResult {
    let is_on = visitor.read(DoBillingAdminsAssign).await?;
    let words = visitor.words;
    let frame = visitor.frame(Section::Licenses, words.assigners()).await?;
    render(&AssignersPane { frame, words, url: URL, close_url: Section::Licenses.url(), is_on })
}

pub(super) async fn submit(visitor: Visitor, form: Form) -> PageResult {
    let is_on = form.is_on("billing_admins");
    visitor.write(LetBillingAdminsAssign { is_on }).await?;
    let done = if is_on { Done::BillingAdminsAssign {} } else { Done::BillingAdminsDoNotAssign {} };
    Ok(notice_and_redirect(&done, Section::Licenses.url()))
}
