//! Pay one invoice now, or everything that is open (R9, R166).

use super::url_of;
use crate::frame::Frame;
use crate::pages::cards::{card_choices, chosen_card};
use crate::pages::present::method_name;
use crate::parts::{Choice, FieldErrors};
use crate::web::{
    Done, Form, PageError, PageResult, Section, Visitor, notice_and_redirect, redirect, render, render_refused,
};
use app::Failure;
use app::billing::pay_invoice::{PayInvoice, Paying, new_payment_id, pay_invoice};
use app::billing::settle_balance::{PreparePayment, PreparedPayment, SettleBalance, ToPay, settle_balance};
use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use domain::billing::payment::PaymentState;
use domain::billing::payment_method::PaymentMethod;
use domain::ids::{InvoiceId, PaymentId};
use domain::money::Money;
use domain::refusal::{Field, Refusal};
use words::Words;

#[derive(Template)]
#[template(path = "invoice/pay.html")]
struct PayPane {
    frame: Frame,
    words: Words,
    url: String,
    close_url: String,
    payment_id: String,
    errors: FieldErrors,
    /// What is paid: each invoice, and the sums.
    rows: Vec<(String, String)>,
    sums: Vec<(String, String)>,
    /// That several invoices are several payments.
    one_by_one: Option<String>,
    declined: Vec<String>,
    /// What is collected after it, and what comes back, with what each costs.
    follow: Vec<(String, String)>,
    coming_back: Vec<(String, String)>,
    card: String,
    cards: Vec<Choice>,
    cards_hint: &'static str,
    button: String,
}

/// What is paid, as the address says.
#[derive(Clone, Copy)]
struct What(Option<InvoiceId>);

impl What {
    fn parse(text: &str) -> Result<Self, Refusal> {
        Ok(Self(Some(text.parse().map_err(|_| Refusal::NotFound)?)))
    }

    /// The page under the pane.
    fn close_url(self) -> String {
        self.0.map_or_else(|| Section::Bills.url().to_owned(), url_of)
    }
}

pub(super) async fn pane(visitor: Visitor, Path(id): Path<String>) -> PageResult {
    render(&pay_pane(&visitor, What::parse(&id)?, "", FieldErrors::none()).await?)
}

pub(super) async fn pane_for_all(visitor: Visitor) -> PageResult {
    render(&pay_pane(&visitor, What(None), "", FieldErrors::none()).await?)
}

pub(super) async fn submit(visitor: Visitor, Path(id): Path<String>, form: Form) -> PageResult {
    pay(&visitor, What::parse(&id)?, &form).await
}

pub(super) async fn submit_for_all(visitor: Visitor, form: Form) -> PageResult {
    pay(&visitor, What(None), &form).await
}

async fn pay(visitor: &Visitor, what: What, form: &Form) -> PageResult {
    let failure = match ask(visitor, what, form).await {
        Ok(made) => match answer(what, &made) {
            Ok(response) => return Ok(response),
            Err(failure) => failure,
        },
        Err(failure) => failure,
    };
    let errors = FieldErrors::of(visitor.words, &failure)?;
    render_refused(&failure, &pay_pane(visitor, what, form.text("payment"), errors).await?)
}

async fn ask(visitor: &Visitor, What(invoice): What, form: &Form) -> Result<Vec<Paying>, Failure> {
    let means = chosen_card(form.text("payment"))?;
    let payment_id: PaymentId = form.text("payment_id").parse().map_err(|_| Refusal::NotFound)?;
    let pay = move |app: &app::App, caller: &app::Caller, organization| match invoice {
        Some(invoice_id) => {
            pay_invoice(app, caller, organization, PayInvoice { payment_id, invoice_id, means }).map(|made| vec![made])
        }
        None => settle_balance(app, caller, organization, &SettleBalance { payment_id, means }),
    };
    visitor.run(pay).await
}

/// Where the payer goes from here: on, to the bank, or back to the pane with what went wrong.
fn answer(what: What, made: &[Paying]) -> Result<Response, Failure> {
    let paid = made.iter().filter(|paying| paying.payment.state == PaymentState::Succeeded).count() as i64;
    let Some(last) = made.last() else { return Err(Refusal::InvoiceSettled.into()) };
    let done = match last.payment.state {
        PaymentState::Succeeded if what.0.is_some() => Done::InvoicePaid {},
        PaymentState::Succeeded => Done::BalanceSettled { count: paid },
        PaymentState::Pending => Done::PaymentBegun {},
        PaymentState::ConfirmationRequired => {
            // The page of the invoice leads to the bank as well, when it did not answer now.
            let id = last.payment.invoice_id;
            return Ok(redirect(&last.confirm_at.as_deref().map_or_else(|| url_of(id), |at| bank_url(at, id))));
        }
        PaymentState::Failed => return Err(last.payment.refusal().at(Field::Payment).into()),
    };
    Ok(notice_and_redirect(&done, &what.close_url()))
}

/// Where a payer confirms. Only the bank of the sandbox has to be told where to come back to.
pub(super) fn bank_url(address: &str, invoice: InvoiceId) -> String {
    if address.starts_with('/') { format!("{address}?back={}", url_of(invoice)) } else { address.to_owned() }
}

async fn pay_pane(visitor: &Visitor, what: What, card: &str, errors: FieldErrors) -> Result<PayPane, PageError> {
    let words = visitor.words;
    let prepared = visitor.read(PreparePayment(what.0)).await?;
    let title = if what.0.is_some() { words.pay_now() } else { words.settle_balance() };
    let (cards, cards_hint) = card_choices(visitor, &prepared.methods).await?;
    let sums = sums(&prepared.invoices);
    let button = match sums.as_slice() {
        [one] => words.pay_amount(*one),
        _ => words.pay_now().to_owned(),
    };
    let url = what.0.map_or_else(|| format!("{}/pay", Section::Bills.url()), |id| format!("{}/pay", url_of(id)));
    Ok(PayPane {
        frame: visitor.frame(Section::Bills, title).await?,
        words,
        url,
        close_url: what.close_url(),
        payment_id: new_payment_id(visitor.app()).to_string(),
        errors,
        rows: prepared.invoices.iter().map(|open| row(words, open)).collect(),
        sums: sums.iter().map(|sum| (words.total().to_owned(), words.money(*sum))).collect(),
        one_by_one: Some(prepared.invoices.len()).filter(|count| *count > 1).map(|count| words.paid_one_by_one(count)),
        declined: declined(words, &prepared),
        follow: prepared.follow.iter().map(|open| row(words, open)).collect(),
        coming_back: coming_back(words, &prepared),
        card: chosen(&prepared, card).unwrap_or_else(|| first(&prepared, &cards)),
        cards,
        cards_hint,
        button,
    })
}

fn row(words: Words, open: &ToPay) -> (String, String) {
    (words.invoice_due_by(&open.number, open.due_on), words.money(open.balance))
}

/// What the invoices come to, by currency.
fn sums(invoices: &[ToPay]) -> Vec<Money> {
    let mut sums: Vec<Money> = Vec::new();
    for open in invoices {
        match sums.iter_mut().find(|sum| sum.currency == open.balance.currency) {
            Some(sum) => *sum = sum.plus(open.balance).unwrap_or(*sum),
            None => sums.push(open.balance),
        }
    }
    sums
}

fn declined(words: Words, prepared: &PreparedPayment) -> Vec<String> {
    let said = |card: &PaymentMethod| match card.gives_way_to(prepared.payer) {
        true => words.method_did_not_pay(&method_name(words, card)),
        false => words.method_of_other_did_not_pay(&method_name(words, card)),
    };
    prepared.declined.iter().map(said).collect()
}

fn coming_back(words: Words, prepared: &PreparedPayment) -> Vec<(String, String)> {
    let cost = |now: Money| match now.minor {
        0 => words.comes_back_for_nothing().to_owned(),
        _ => words.money(now),
    };
    prepared.coming_back.iter().map(|(name, now)| (name.clone(), cost(*now))).collect()
}

/// The card that was chosen, by its identifier once it is on file.
fn chosen(prepared: &PreparedPayment, card: &str) -> Option<String> {
    let on_file = prepared.methods.iter().find(|known| known.gateway_token == card);
    let card = on_file.map_or_else(|| card.to_owned(), |known| known.id.to_string());
    (!card.is_empty()).then_some(card)
}

/// The first card that did not fail.
fn first(prepared: &PreparedPayment, cards: &[Choice]) -> String {
    let failed = |choice: &&Choice| prepared.declined.iter().any(|card| choice.is(&card.id.to_string()));
    cards.iter().find(|choice| !failed(choice)).or(cards.first()).map(|card| card.value.clone()).unwrap_or_default()
}
