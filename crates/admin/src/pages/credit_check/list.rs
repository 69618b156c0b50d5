//! The checks that wait, those that are due first.

use crate::frame::Frame;
use crate::parts::Status;
use crate::web::{PageResult, Section, Visitor, render};
use app::credit_check::list::{ListCreditChecks, PendingCheck};
use askama::Template;
use jiff::civil::Date;
use words::Words;

struct RowView {
    url: String,
    organization: String,
    organization_url: String,
    items: String,
    order: String,
    amount: String,
    due_on: String,
    overdue: Option<Status>,
    contact: &'static str,
}

#[derive(Template)]
#[template(path = "credit_check/list.html")]
struct ListPage {
    frame: Frame,
    words: Words,
    rows: Vec<RowView>,
}

pub(super) async fn page(visitor: Visitor) -> PageResult {
    let words = visitor.words;
    let found = visitor.read(ListCreditChecks).await?;
    let mut frame = visitor.frame(Section::CreditChecks, words.credit_checks()).await?;
    frame.lead = Some(words.credit_checks_purpose().to_owned());
    let today = visitor.now().to_zoned(visitor.zone().await?).date();
    render(&ListPage { frame, words, rows: found.iter().map(|check| row_view(words, check, today)).collect() })
}

fn row_view(words: Words, check: &PendingCheck, today: Date) -> RowView {
    let application = &check.application;
    RowView {
        url: format!("{}/{}/{}", Section::CreditChecks.url(), check.organization_id, application.order_id),
        organization: check.organization_name.clone(),
        organization_url: format!("{}/{}", Section::Organizations.url(), check.organization_id),
        items: words.order_items(check.quantity, &check.product_name),
        order: words.order_number(&check.order_number.to_string()),
        amount: words.money(check.amount),
        due_on: words.date_short(application.due_on),
        overdue: (application.due_on < today).then(|| Status::warning(words.overdue())),
        contact: if application.contact_agreed { words.yes() } else { words.no() },
    }
}
