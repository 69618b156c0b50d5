//! One invoice: what it is for, what it comes to, and how it was paid (R45, R169).

use super::pay::bank_url;
use super::{invoice_status, url_of};
use crate::frame::Frame;
use crate::pages::customer_billing::chargeback_url;
use crate::parts::Status;
use crate::web::{PageResult, Section, Visitor, render};
use app::billing::details::{AccessLoss, InvoiceDetails, InvoiceView};
use app::billing::pay_invoice::stands;
use askama::Template;
use axum::extract::Path;
use domain::billing::charge::Share;
use domain::billing::invoice::{Invoice, InvoiceKind, InvoiceLine, InvoiceState, TaxTotal};
use domain::billing::party::Party;
use domain::billing::payment::{Payment, PaymentKind, PaymentState};
use domain::billing::tax::TaxCategory;
use domain::ids::{InvoiceId, OrganizationId};
use domain::refusal::Refusal;
use words::Words;

#[derive(Template)]
#[template(path = "invoice/details.html")]
struct DetailsPage {
    frame: Frame,
    words: Words,
    status: Status,
    commands: Vec<Command>,
    confirm_at: Option<String>,
    is_credit: bool,
    total: String,
    balance: String,
    issued_on: String,
    due_on: String,
    due_when: String,
    how_to_pay: String,
    /// Whether people lose access: then that stands above everything.
    is_urgent: bool,
    transfer: Vec<(&'static str, String)>,
    lines: Vec<LineView>,
    totals: Vec<(String, String)>,
    notes: Vec<String>,
    facts: Vec<(&'static str, String)>,
    parties: Vec<(&'static str, PartyView)>,
    payments: Vec<PaymentView>,
}

/// A line that explains itself.
struct LineView {
    product: String,
    url: Option<String>,
    note: String,
    service_period: String,
    formula: String,
    tax: String,
    net: String,
}

/// Somebody whom the invoice names.
struct PartyView {
    name: String,
    lines: Vec<String>,
}

/// Money that moved, or did not.
struct PaymentView {
    date: String,
    how: &'static str,
    notes: Vec<String>,
    status: Status,
    amount: String,
    chargeback_url: Option<String>,
}

/// What stands around an invoice: it differs for its customer and for the operator.
pub struct Around {
    /// What can be done.
    pub commands: Vec<Command>,
    /// Where the payer confirms a payment that waits for it.
    pub confirm_at: Option<String>,
    /// Whose invoice it is, when an operator looks at it.
    pub customer: Option<OrganizationId>,
}

/// Something that can be done with an invoice.
pub struct Command {
    label: &'static str,
    url: String,
    icon: &'static str,
    kind: &'static str,
    is_pane: bool,
}

impl Command {
    /// A quiet link.
    #[must_use]
    pub const fn new(label: &'static str, url: String, icon: &'static str) -> Self {
        Self { label, url, icon, kind: "quiet", is_pane: false }
    }

    /// One that stands out.
    #[must_use]
    pub fn primary(self) -> Self {
        Self { kind: "primary", ..self }
    }

    /// One that opens a pane.
    #[must_use]
    pub fn pane(self) -> Self {
        Self { is_pane: true, ..self }
    }
}

pub(super) async fn page(visitor: Visitor, Path(id): Path<String>) -> PageResult {
    let id: InvoiceId = id.parse().map_err(|_| Refusal::NotFound)?;
    let mut view = visitor.read(InvoiceDetails(id)).await?;
    let mut confirm_at = None;
    if let Some(payment) = view.waits_for_payer() {
        // The gateway may not answer now; the job asks again, and the page says that the payment is under way.
        let asked = visitor.run(move |app, caller, organization| stands(app, caller, organization, payment)).await;
        if let Ok(paying) = asked {
            confirm_at = paying.confirm_at.map(|address| bank_url(&address, id));
            view = visitor.read(InvoiceDetails(id)).await?;
        }
    }
    let words = visitor.words;
    let frame = visitor.frame(Section::Bills, title(words, &view.invoice)).await?;
    let around = Around { commands: commands(words, &view), confirm_at, customer: None };
    render(&details_page(words, frame, &view, around))
}

/// What the customer can do with it.
fn commands(words: Words, view: &InvoiceView) -> Vec<Command> {
    let url = url_of(view.invoice.id);
    let pay = Command::new(words.pay_now(), format!("{url}/pay"), "card").primary().pane();
    let pdf = Command::new(words.download_pdf(), format!("{url}/pdf"), "download");
    let pdf = if view.may_pay { pdf } else { pdf.primary() };
    let xml = Command::new(words.download_xml(), format!("{url}/xml"), "download");
    view.may_pay.then_some(pay).into_iter().chain([pdf, xml]).collect()
}

/// What an invoice is called.
#[must_use]
pub fn title(words: Words, invoice: &Invoice) -> String {
    match invoice.kind {
        InvoiceKind::Invoice => words.invoice_titled(&invoice.number),
        InvoiceKind::CreditNote => words.credit_note_titled(&invoice.number),
    }
}

/// The page of an invoice.
#[must_use]
pub fn details_page(words: Words, frame: Frame, view: &InvoiceView, around: Around) -> impl Template {
    let invoice = &view.invoice;
    let is_credit = invoice.kind == InvoiceKind::CreditNote;
    let is_open = invoice.balance().minor > 0;
    DetailsPage {
        status: invoice_status(words, invoice.kind, invoice.state, view.is_overdue()),
        confirm_at: around.confirm_at,
        is_credit,
        total: words.money(invoice.totals.gross),
        balance: words.money(invoice.balance()),
        issued_on: words.date(invoice.issued_on),
        due_on: words.date(invoice.due_on),
        due_when: if is_open { words.relative_day(invoice.due_on, view.today) } else { String::new() },
        how_to_pay: how_to_pay(words, view, around.commands.iter().any(|command| command.label == words.pay_now())),
        is_urgent: view.access.is_some(),
        transfer: if is_open && view.method.is_none() { transfer(words, invoice) } else { Vec::new() },
        lines: invoice.lines.iter().map(|line| line_view(words, line, around.customer.is_none())).collect(),
        totals: totals(words, invoice),
        notes: notes(words, view),
        facts: facts(words, invoice),
        parties: vec![
            (words.seller(), party(words, &invoice.seller.party)),
            (words.sold_to(), party(words, &invoice.sold_to)),
            (words.bill_to(), party(words, &invoice.bill_to)),
        ],
        payments: view.payments.iter().map(|payment| payment_view(words, view, payment, around.customer)).collect(),
        commands: around.commands,
        words,
        frame,
    }
}

/// What the customer has to do, in a sentence; `can_pay`: the page offers to pay it now.
fn how_to_pay(words: Words, view: &InvoiceView, can_pay: bool) -> String {
    let (invoice, balance) = (&view.invoice, view.invoice.balance());
    match view.access {
        Some(AccessLoss::EndsOn(day)) => return words.invoice_access_ends(day),
        Some(AccessLoss::Ended) => return words.invoice_access_ended().to_owned(),
        None => {}
    }
    match (invoice.state, invoice.kind, &view.method) {
        (InvoiceState::Void, ..) => words.invoice_is_void().to_owned(),
        (InvoiceState::Paid, InvoiceKind::CreditNote, _) => words.credit_is_settled().to_owned(),
        (InvoiceState::Paid, InvoiceKind::Invoice, _) if invoice.totals.gross.minor == 0 => {
            words.invoice_asks_nothing().to_owned()
        }
        (InvoiceState::Paid, InvoiceKind::Invoice, _) => words.invoice_is_paid().to_owned(),
        (_, InvoiceKind::CreditNote, _) => {
            words.credit_is_open(domain::money::Money::new(-balance.minor, balance.currency))
        }
        (.., Some(method)) if view.today <= invoice.due_on && can_pay => words.invoice_charged_by_itself(
            balance,
            &words.method_in_sentence(&method.described.name()),
            invoice.due_on,
        ),
        (.., Some(method)) if view.today <= invoice.due_on => {
            words.invoice_charged_to(balance, &words.method_in_sentence(&method.described.name()), invoice.due_on)
        }
        (.., Some(_)) => match view.next_attempt_on {
            Some(day) => words.next_attempt_on(day),
            None => words.invoice_card_failed().to_owned(),
        },
        (.., None) => words.invoice_transfer(balance, invoice.due_on),
    }
}

/// Where to transfer the money to.
fn transfer(words: Words, invoice: &Invoice) -> Vec<(&'static str, String)> {
    let seller = &invoice.seller;
    let Some(iban) = &seller.iban else { return Vec::new() };
    let grouped: Vec<_> = iban.as_bytes().chunks(4).map(|group| String::from_utf8_lossy(group)).collect();
    let mut rows = vec![("IBAN", grouped.join(" "))];
    rows.extend(seller.bic.clone().map(|bic| ("BIC", bic)));
    rows.push((words.account_holder(), seller.party.name.clone()));
    rows.push((words.payment_reference(), invoice.number.clone()));
    rows
}

fn line_view(words: Words, line: &InvoiceLine, is_own: bool) -> LineView {
    let price = words.money(line.unit_price);
    let Share { numerator, denominator } = line.share;
    // Shares of days are as large as the days of the billing period; others count seconds.
    let part = match denominator == line.billing_period.days() {
        true => words.part_in_days(numerator, denominator),
        false => words.part_in_seconds(numerator, denominator),
    };
    let order = line.order_number.map(|number| words.order_number(&number.to_string()));
    let customer = line.customer_name.as_deref().map(|name| words.customer_of_line(name));
    let kind = Some(words.charge_kind_name(line.kind).to_owned());
    let with_vat = line.includes_tax.then(|| words.line_price_with_vat().to_owned());
    let note = [customer, kind, with_vat, order].into_iter().flatten().collect::<Vec<_>>();
    LineView {
        product: line.product_name.clone(),
        url: (is_own && line.customer_name.is_none())
            .then(|| format!("{}/{}", Section::YourProducts.url(), line.subscription_id)),
        note: note.join(" · "),
        service_period: words.date_range(line.service_period.start, line.service_period.last_day()),
        formula: match line.share.is_whole() {
            true => words.line_formula(line.quantity, &price),
            false => words.line_formula_part(line.quantity, &price, &part),
        },
        tax: match line.tax.category {
            TaxCategory::Standard => words.tax_rate(line.tax.rate),
            TaxCategory::ReverseCharge => words.vat_reverse_charged().to_owned(),
            TaxCategory::ZeroRated | TaxCategory::Exempt | TaxCategory::OutOfScope => words.tax_rate(0),
        },
        net: words.money(line.net),
    }
}

fn totals(words: Words, invoice: &Invoice) -> Vec<(String, String)> {
    let totals = &invoice.totals;
    let mut rows = vec![(words.total_without_vat().to_owned(), words.money(totals.net))];
    rows.extend(totals.taxes.iter().map(|tax| (tax_label(words, tax), words.money(tax.amount))));
    rows.push((words.total_with_vat().to_owned(), words.money(totals.gross)));
    rows
}

/// What a category of tax is called beside its amount.
pub fn tax_label(words: Words, total: &TaxTotal) -> String {
    match total.tax.category {
        TaxCategory::Standard | TaxCategory::ZeroRated => words.vat_on(&words.tax_rate(total.tax.rate), total.net),
        TaxCategory::ReverseCharge => words.vat_reverse_charge_on(total.net),
        TaxCategory::Exempt => words.vat_exempt_on(total.net),
        TaxCategory::OutOfScope => words.vat_out_of_scope_on(total.net),
    }
}

/// Why there is no tax where there is none, and who has to pay what was bought for a team (R17).
fn notes(words: Words, view: &InvoiceView) -> Vec<String> {
    let invoice = &view.invoice;
    let reason = |tax: &TaxTotal| match tax.tax.category {
        // Its name has said it.
        TaxCategory::OutOfScope => None,
        category => words.vat_reason(category, &invoice.sold_to),
    };
    let buyer = view.is_of_buyer.then(|| words.invoice_buyer_pays(&invoice.bill_to.name));
    invoice.totals.taxes.iter().filter_map(reason).chain(buyer).collect()
}

fn facts(words: Words, invoice: &Invoice) -> Vec<(&'static str, String)> {
    let (number, date) = match invoice.kind {
        InvoiceKind::Invoice => (words.invoice_number(), words.invoice_date()),
        InvoiceKind::CreditNote => (words.credit_note_number(), words.credit_note_date()),
    };
    let period = invoice.billing_period;
    let mut facts = vec![
        (number, invoice.number.clone()),
        (date, words.date(invoice.issued_on)),
        (words.billing_period(), words.date_range(period.start, period.last_day())),
    ];
    facts.extend(invoice.purchase_order.clone().map(|order| (words.purchase_order_number(), order)));
    facts
}

fn party(words: Words, party: &Party) -> PartyView {
    let address = &party.address;
    let town = format!("{} {}", address.postal_code, address.city);
    let country = words.country(&address.country).unwrap_or(&address.country).to_owned();
    let lines = [
        Some(address.line1.clone()),
        Some(address.line2.clone()),
        Some(town.trim().to_owned()),
        Some(address.region.clone()),
        Some(country),
        party.tax_number.as_deref().map(|number| words.vat_number(number)),
        party.registration_number.as_deref().map(|number| words.registration_number(number)),
    ];
    PartyView { name: party.name.clone(), lines: lines.into_iter().flatten().filter(|line| !line.is_empty()).collect() }
}

fn payment_view(words: Words, view: &InvoiceView, payment: &Payment, customer: Option<OrganizationId>) -> PaymentView {
    let word = words.payment_state_name(payment.state);
    let card = view.cards.iter().find(|card| Some(card.id) == payment.payment_method_id);
    let person = view.people.iter().find(|(id, _)| Some(*id) == payment.recorded_by);
    let shows_reference = matches!(payment.kind, PaymentKind::Transfer | PaymentKind::Credit);
    let notes = [
        card.map(|card| words.paid_with(&words.method_in_sentence(&card.described.name()))),
        person.map(|(_, name)| words.paid_by(name)),
        payment.reference.clone().filter(|_| shows_reference),
        payment.reason.as_deref().map(|code| words.void_reason(code)),
    ];
    PaymentView {
        date: words.date_short(payment.made_on),
        how: words.payment_kind_name(payment.kind),
        notes: notes.into_iter().flatten().collect(),
        status: match payment.state {
            PaymentState::Succeeded => Status::good(word),
            PaymentState::Failed => Status::severe(word),
            PaymentState::Pending => Status::neutral(word).icon("clock"),
            PaymentState::ConfirmationRequired => Status::warning(word),
        },
        amount: words.money(payment.amount),
        chargeback_url: customer.and_then(|customer| chargeback_url(customer, payment)),
    }
}
