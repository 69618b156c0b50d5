//! Invoices and credit notes, with their documents.

pub(crate) mod pay;

use super::schema::{self, Money, Period};
use crate::web::{Access, ApiResult, Client, Id, Page, QueryOf, Reader, Routes, limit};
use app::billing::details::InvoiceDetails;
use app::billing::document;
use app::billing::list::{InvoiceDays, ListInvoices, ListedInvoice};
use app::{App, Caller};
use axum::Json;
use axum::http::{Uri, header};
use axum::response::IntoResponse;
use domain::access::Permission;
use domain::billing::charge::ChargeKind;
use domain::billing::invoice::{InvoiceKind, InvoiceLine as Line, InvoiceState, TaxTotal};
use domain::billing::payment::{Payment as Paid, PaymentKind, PaymentState};
use domain::billing::tax::TaxCategory;
use domain::ids::{BillingProfileId, InvoiceId, PaymentId, SubscriptionId};
use jiff::civil::{Date, date};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

pub(super) fn routes() -> Routes {
    const READ: Access = Access::Needs(Permission::ReadInvoices);
    Routes::default()
        .get("/api/v1/invoices", READ, list)
        .get("/api/v1/invoices/{invoice_id}", READ, details)
        .post("/api/v1/invoices/pay", Access::Needs(Permission::PayInvoices), pay::settle)
        .get("/api/v1/invoices/{invoice_id}/pdf", READ, pdf)
        .post("/api/v1/invoices/{invoice_id}/pay", Access::Needs(Permission::PayInvoices), pay::pay)
        .get("/api/v1/invoices/{invoice_id}/xml", READ, xml)
}

/// An invoice or a credit note.
#[derive(Debug, Serialize, ToSchema)]
pub struct Invoice {
    /// Identity.
    #[schema(value_type = String, example = "inv_01jd55pv3xft7sm2rw5mz4ym31")]
    pub id: InvoiceId,
    /// Its number, without gaps over all organizations.
    pub number: String,
    /// What it is.
    #[schema(schema_with = schema::invoice_kind)]
    pub kind: InvoiceKind,
    /// Where it stands; whether it is overdue follows from `due_on`.
    #[schema(schema_with = schema::invoice_state)]
    pub state: InvoiceState,
    /// Whose it is.
    #[schema(value_type = String)]
    pub billing_profile_id: BillingProfileId,
    /// The one subscription that it is for, under MOSA.
    #[schema(value_type = Option<String>)]
    pub subscription_id: Option<SubscriptionId>,
    /// The civil day of it.
    #[schema(value_type = String, format = Date)]
    pub issued_on: Date,
    /// The civil day by which it has to be paid.
    #[schema(value_type = String, format = Date)]
    pub due_on: Date,
    /// With tax; a credit note is below nothing.
    pub total: Money,
    /// What was paid of it.
    pub paid: Money,
    /// What is left of it.
    pub balance: Money,
}

impl From<ListedInvoice> for Invoice {
    fn from(row: ListedInvoice) -> Self {
        Self {
            balance: row.balance().into(),
            id: row.id,
            number: row.number,
            kind: row.kind,
            state: row.state,
            billing_profile_id: row.billing_profile_id,
            subscription_id: row.subscription_id,
            issued_on: row.issued_on,
            due_on: row.due_on,
            total: row.total.into(),
            paid: row.paid.into(),
        }
    }
}

/// An invoice with its lines and payments.
#[derive(Debug, Serialize, ToSchema)]
pub struct InvoiceWithLines {
    /// The invoice.
    #[serde(flatten)]
    pub invoice: Invoice,
    /// From the last invoice up to the day before this one.
    pub billing_period: Period,
    /// What the customer wanted to read on it.
    pub purchase_order: Option<String>,
    /// What it is for.
    pub lines: Vec<InvoiceLine>,
    /// Without tax.
    pub net: Money,
    /// Tax by category and rate.
    pub taxes: Vec<InvoiceTax>,
    /// Every payment, the oldest first; those that failed too.
    pub payments: Vec<Payment>,
}

/// A line: quantity × unit price × numerator ÷ denominator, rounded once.
#[derive(Debug, Serialize, ToSchema)]
pub struct InvoiceLine {
    /// Why.
    #[schema(schema_with = schema::charge_kind)]
    pub kind: ChargeKind,
    /// For what.
    #[schema(value_type = String)]
    pub subscription_id: SubscriptionId,
    /// The product, as it was called then.
    pub product_name: String,
    /// What was sold.
    pub part_number: String,
    /// The customer to whom the organization sold it as a partner; null for what it has itself.
    pub customer_name: Option<String>,
    /// The order that caused it.
    pub order_number: Option<u64>,
    /// Licenses; below nothing for a credit.
    pub quantity: i64,
    /// What one license costs for a whole billing period.
    pub unit_price: Money,
    /// Whether that includes tax.
    pub includes_tax: bool,
    /// The days of use that it is for.
    pub service_period: Period,
    /// The billing period that divides the price.
    pub billing_period: Period,
    /// The days, or seconds, that are charged.
    pub numerator: i64,
    /// Those of the whole billing period.
    pub denominator: i64,
    /// Without tax.
    pub net: Money,
    /// How it is taxed, by the codes of UNTDID 5305.
    #[schema(schema_with = schema::tax_category)]
    pub tax_category: TaxCategory,
    /// The rate in hundredths of a percent: 2100 is 21 %.
    pub tax_rate: u32,
}

impl From<Line> for InvoiceLine {
    fn from(line: Line) -> Self {
        Self {
            kind: line.kind,
            subscription_id: line.subscription_id,
            product_name: line.product_name,
            part_number: line.part_number,
            customer_name: line.customer_name,
            order_number: line.order_number,
            quantity: line.quantity,
            unit_price: line.unit_price.into(),
            includes_tax: line.includes_tax,
            service_period: line.service_period.into(),
            billing_period: line.billing_period.into(),
            numerator: line.share.numerator,
            denominator: line.share.denominator,
            net: line.net.into(),
            tax_category: line.tax.category,
            tax_rate: line.tax.rate,
        }
    }
}

/// What a category of tax comes to.
#[derive(Debug, Serialize, ToSchema)]
pub struct InvoiceTax {
    /// The category, by the codes of UNTDID 5305.
    #[schema(schema_with = schema::tax_category)]
    pub category: TaxCategory,
    /// The rate in hundredths of a percent.
    pub rate: u32,
    /// What it is on.
    pub net: Money,
    /// The tax.
    pub amount: Money,
}

impl From<TaxTotal> for InvoiceTax {
    fn from(total: TaxTotal) -> Self {
        let TaxTotal { tax, net, amount } = total;
        Self { category: tax.category, rate: tax.rate, net: net.into(), amount: amount.into() }
    }
}

/// Money that moved, or should have.
#[derive(Debug, Serialize, ToSchema)]
pub struct Payment {
    /// Identity.
    #[schema(value_type = String)]
    pub id: PaymentId,
    /// How it moves.
    #[schema(schema_with = schema::payment_kind)]
    pub kind: PaymentKind,
    /// Where it stands.
    #[schema(schema_with = schema::payment_state)]
    pub state: PaymentState,
    /// What it adds to what was paid; below nothing for what goes back.
    pub amount: Money,
    /// Why it failed: the code of a problem.
    pub reason: Option<String>,
    /// The civil day.
    #[schema(value_type = String, format = Date)]
    pub made_on: Date,
}

impl From<Paid> for Payment {
    fn from(paid: Paid) -> Self {
        Self {
            id: paid.id,
            kind: paid.kind,
            state: paid.state,
            amount: paid.amount.into(),
            reason: paid.reason,
            made_on: paid.made_on,
        }
    }
}

/// Which invoices.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct InvoicesQuery {
    /// The first day; with `to`. The past three months when both are left out.
    #[param(value_type = Option<String>, format = Date)]
    from: Option<Date>,
    /// The last day.
    #[param(value_type = Option<String>, format = Date)]
    to: Option<Date>,
    /// Rows of a page, 1 to 500; 50 when it is left out.
    limit: Option<usize>,
    /// Where the page before ended, as `next` has it.
    #[param(value_type = Option<String>)]
    after: Option<InvoiceId>,
}

/// Invoices of the organization, the newest first
#[utoipa::path(get, path = "/api/v1/invoices", tag = "Invoices", operation_id = "listInvoices", params(InvoicesQuery),
    responses((status = 200, description = "A page", body = Page<Invoice>)))]
pub(crate) async fn list(
    client: Client,
    uri: Uri,
    QueryOf(query): QueryOf<InvoicesQuery>,
) -> ApiResult<Json<Page<Invoice>>> {
    let days = match (query.from, query.to) {
        (None, None) => InvoiceDays::ThreeMonths,
        (from, to) => InvoiceDays::Range { from: from.unwrap_or(date(1, 1, 1)), to: to.unwrap_or(Date::MAX) },
    };
    let page = client.read(ListInvoices { days, after: query.after, limit: limit(query.limit)? }).await?;
    Ok(Page::new(&uri, page.rows.into_iter().map(Invoice::from).collect(), page.next))
}

/// One invoice with its lines and payments
#[utoipa::path(get, path = "/api/v1/invoices/{invoice_id}", tag = "Invoices", operation_id = "getInvoice",
    params(("invoice_id" = String, Path)),
    responses((status = 200, description = "The invoice", body = InvoiceWithLines)))]
pub(crate) async fn details(client: Client, Id(id): Id<InvoiceId>) -> ApiResult<Json<InvoiceWithLines>> {
    let view = client.read(InvoiceDetails(id)).await?;
    let (invoice, payments) = (view.invoice, view.payments);
    Ok(Json(InvoiceWithLines {
        billing_period: invoice.billing_period.into(),
        net: invoice.totals.net.into(),
        invoice: Invoice {
            balance: invoice.balance().into(),
            id: invoice.id,
            number: invoice.number,
            kind: invoice.kind,
            state: invoice.state,
            billing_profile_id: invoice.billing_profile_id,
            subscription_id: invoice.subscription_id,
            issued_on: invoice.issued_on,
            due_on: invoice.due_on,
            total: invoice.totals.gross.into(),
            paid: invoice.paid.into(),
        },
        purchase_order: invoice.purchase_order,
        lines: invoice.lines.into_iter().map(InvoiceLine::from).collect(),
        taxes: invoice.totals.taxes.into_iter().map(InvoiceTax::from).collect(),
        payments: payments.into_iter().map(Payment::from).collect(),
    }))
}

/// The invoice on paper: PDF/A-3 with the XML inside
#[utoipa::path(get, path = "/api/v1/invoices/{invoice_id}/pdf", tag = "Invoices", operation_id = "getInvoicePdf",
    params(("invoice_id" = String, Path)),
    responses((status = 200, description = "The document", body = Vec<u8>, content_type = "application/pdf")))]
pub(crate) async fn pdf(client: Client, Reader(words): Reader, Id(id): Id<InvoiceId>) -> ApiResult<impl IntoResponse> {
    let language = words.language;
    let write = move |app: &App, caller: &Caller, home| document::pdf(app, caller, home, id, language);
    let made = client.act(Permission::ReadInvoices, write).await?;
    Ok(([(header::CONTENT_TYPE, "application/pdf")], made.bytes))
}

/// The invoice for bookkeeping programs: UBL 2.1 after EN 16931
#[utoipa::path(get, path = "/api/v1/invoices/{invoice_id}/xml", tag = "Invoices", operation_id = "getInvoiceXml",
    params(("invoice_id" = String, Path)),
    responses((status = 200, description = "The document", body = String, content_type = "application/xml")))]
pub(crate) async fn xml(client: Client, Reader(words): Reader, Id(id): Id<InvoiceId>) -> ApiResult<impl IntoResponse> {
    let language = words.language;
    let write = move |app: &App, caller: &Caller, home| document::xml(app, caller, home, id, language);
    let made = client.act(Permission::ReadInvoices, write).await?;
    Ok(([(header::CONTENT_TYPE, "application/xml")], made.bytes))
}
