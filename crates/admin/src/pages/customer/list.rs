//! The list of a partner's customers, and asking another one for access.

use crate::frame::Frame;
use crate::pages::partner::status;
use crate::parts::{FieldErrors, Paging, Status};
use crate::web::{
    Done, Form, PageError, PageResult, Section, Visitor, address, notice_and_redirect, render, render_refused,
};
use app::partner::customers::{ListCustomers, ListedCustomer};
use app::partner::relate::request_relationship;
use askama::Template;
use axum::extract::Query;
use domain::ids::OrganizationId;
use domain::limits::PAGE_ROWS;
use domain::partner::RelationshipState;
use domain::refusal::{Field, Refusal};
use serde::Deserialize;
use words::Words;

#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct Asked {
    q: String,
    after: String,
}

impl Asked {
    fn url(&self, after: &str) -> String {
        address(Section::Customers.url(), [("q", self.q.as_str()), ("after", after)])
    }
}

struct RowView {
    name: String,
    country: String,
    /// Where its subscriptions are; nothing while it has not let the partner in.
    url: Option<String>,
    status: Status,
    subscriptions: String,
}

#[derive(Template)]
#[template(path = "customer/list.html")]
struct ListPage {
    frame: Frame,
    words: Words,
    q: String,
    rows: Vec<RowView>,
    paging: Paging,
    summary: String,
}

#[derive(Template)]
#[template(path = "customer/request.html")]
struct RequestPane {
    frame: Frame,
    words: Words,
    close_url: &'static str,
    errors: FieldErrors,
    customer: String,
}

pub(super) async fn page(visitor: Visitor, Query(asked): Query<Asked>) -> PageResult {
    let words = visitor.words;
    let query = ListCustomers { search: asked.q.clone(), after: asked.after.parse().ok(), limit: PAGE_ROWS };
    let found = visitor.read(query).await?;
    let mut frame = visitor.frame(Section::Customers, words.customers()).await?;
    frame.lead = Some(words.customers_purpose().to_owned());
    let rows: Vec<_> = found.rows.iter().map(|row| row_view(words, row)).collect();
    render(&ListPage {
        paging: Paging::of(&asked.after, found.next, |at| asked.url(at)),
        summary: words.customers_count(rows.len() as i64),
        q: asked.q,
        rows,
        words,
        frame,
    })
}

fn row_view(words: Words, row: &ListedCustomer) -> RowView {
    RowView {
        name: row.name.clone(),
        country: words.country(&row.country).unwrap_or(&row.country).to_owned(),
        url: (row.state == RelationshipState::Active).then(|| format!("{}/{}", Section::Customers.url(), row.id)),
        status: status(words, row.state),
        subscriptions: words.number(row.subscriptions),
    }
}

pub(super) async fn request_pane(visitor: Visitor) -> PageResult {
    render(&ask(&visitor, String::new(), FieldErrors::none()).await?)
}

pub(super) async fn request(visitor: Visitor, form: Form) -> PageResult {
    let customer = form.text("customer").trim().to_owned();
    let outcome = match customer.parse::<OrganizationId>() {
        Ok(id) => visitor.run(move |app, caller, _| request_relationship(app, caller, id)).await,
        Err(_) => Err(Refusal::UnknownCustomer.at(Field::Customer).into()),
    };
    match outcome {
        Ok(()) => Ok(notice_and_redirect(&Done::CustomerAsked {}, Section::Customers.url())),
        Err(failure) => {
            let errors = FieldErrors::of(visitor.words, &failure)?;
            render_refused(&failure, &ask(&visitor, customer, errors).await?)
        }
    }
}

async fn ask(visitor: &Visitor, customer: String, errors: FieldErrors) -> Result<RequestPane, PageError> {
    let words = visitor.words;
    // Only a partner asks; whoever is none finds no such page.
    let _ = visitor.read(ListCustomers { limit: 1, ..ListCustomers::default() }).await?;
    let frame = visitor.frame(Section::Customers, words.customer_request()).await?;
    Ok(RequestPane { frame, words, close_url: Section::Customers.url(), errors, customer })
}
