//! The pane that adds or edits a billing profile (R37 to R39, R171).

use super::details::view;
use super::{INVOICE, URL, choices, url_of};
use crate::frame::Frame;
use crate::pages::party::{countries, filled, typed_address};
use crate::parts::{Choice, FieldErrors};
use crate::web::{Done, Form, PageError, PageResult, Section, Visitor, notice_and_redirect, render, render_refused};
use app::Failure;
use app::billing_profile::details::BillingProfileView;
use app::billing_profile::save::{AddBillingProfile, EditBillingProfile};
use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use domain::billing::party::Party;
use domain::billing::profile::{ProfileDraft, currencies};
use domain::ids::{BillingProfileId, PaymentMethodId};
use domain::refusal::{Field, Refusal};
use words::Words;

#[derive(Template)]
#[template(path = "billing_profile/edit.html")]
struct EditPane {
    frame: Frame,
    words: Words,
    url: String,
    close_url: String,
    errors: FieldErrors,
    revision: i64,
    draft: ProfileDraft,
    email: String,
    countries: Vec<Choice>,
    /// To choose from for a new profile; none for one that is there.
    currencies: Vec<Choice>,
    currency: String,
    payment: String,
    payments: Vec<Choice>,
}

/// What was filled in.
struct Filled {
    draft: ProfileDraft,
    currency: String,
    payment: String,
    revision: i64,
}

impl Filled {
    fn typed(form: &Form) -> Self {
        let text = |name: &str| form.text(name).to_owned();
        let bill_to = Party {
            name: text("bill_to"),
            address: typed_address(form),
            email: filled(form, "email"),
            ..Party::default()
        };
        let (name, purchase_order) = (text("name"), text("purchase_order"));
        let draft = ProfileDraft { name, bill_to, purchase_order, email_invoices: form.is_on("email_invoices") };
        let revision = form.text("revision").parse().unwrap_or_default();
        Self { draft, currency: text("currency"), payment: text("payment"), revision }
    }

    fn pays(&self) -> Result<Option<PaymentMethodId>, Failure> {
        match self.payment.as_str() {
            INVOICE | "" => Ok(None),
            id => Ok(Some(id.parse().map_err(|_| Refusal::UnknownChoice.at(Field::Payment))?)),
        }
    }
}

pub(super) async fn add_pane(visitor: Visitor) -> PageResult {
    let view = first(&visitor).await?;
    let draft = ProfileDraft { name: String::new(), ..ProfileDraft::of(&view.row.profile) };
    let currency = view.row.profile.currency.code().to_owned();
    let filled = Filled { draft, currency, payment: INVOICE.to_owned(), revision: 0 };
    render(&draw(&visitor, &view, filled, None, FieldErrors::none()).await?)
}

/// The first billing profile of the organization, from which a new one takes what it does not know.
async fn first(visitor: &Visitor) -> Result<BillingProfileView, PageError> {
    view(visitor, &BillingProfileId::first_of(visitor.organization).to_string()).await
}

pub(super) async fn add(visitor: Visitor, form: Form) -> PageResult {
    let (view, filled) = (first(&visitor).await?, Filled::typed(&form));
    match add_profile(&visitor, &form, &filled).await {
        Ok(response) => Ok(response),
        Err(failure) => {
            let errors = FieldErrors::of(visitor.words, &failure)?;
            render_refused(&failure, &draw(&visitor, &view, filled, None, errors).await?)
        }
    }
}

async fn add_profile(visitor: &Visitor, form: &Form, filled: &Filled) -> Result<Response, Failure> {
    let (draft, currency) = (filled.draft.clone(), Some(form.choice(Field::Currency)?));
    let id = visitor.write(AddBillingProfile { draft, currency, payment_method_id: filled.pays()? }).await?;
    Ok(notice_and_redirect(&Done::BillingProfileAdded {}, &url_of(id)))
}

pub(super) async fn pane(visitor: Visitor, Path(id): Path<String>) -> PageResult {
    let view = view(&visitor, &id).await?;
    let profile = &view.row.profile;
    let payment = profile.payment_method_id.map_or_else(|| INVOICE.to_owned(), |id| id.to_string());
    let draft = ProfileDraft::of(profile);
    let filled = Filled { draft, currency: String::new(), payment, revision: profile.revision };
    render(&draw(&visitor, &view, filled, Some(profile.id), FieldErrors::none()).await?)
}

pub(super) async fn submit(visitor: Visitor, Path(id): Path<String>, form: Form) -> PageResult {
    let (view, filled) = (view(&visitor, &id).await?, Filled::typed(&form));
    let id = view.row.profile.id;
    match save(&visitor, id, &filled).await {
        Ok(()) => Ok(notice_and_redirect(&Done::BillingProfileChanged {}, &url_of(id))),
        Err(failure) => {
            let errors = FieldErrors::of(visitor.words, &failure)?;
            render_refused(&failure, &draw(&visitor, &view, filled, Some(id), errors).await?)
        }
    }
}

async fn save(visitor: &Visitor, id: BillingProfileId, filled: &Filled) -> Result<(), Failure> {
    let (draft, revision) = (filled.draft.clone(), filled.revision);
    visitor.write(EditBillingProfile { id, draft, payment_method_id: filled.pays()?, revision }).await
}

async fn draw(
    visitor: &Visitor,
    view: &BillingProfileView,
    filled: Filled,
    id: Option<BillingProfileId>,
    errors: FieldErrors,
) -> Result<EditPane, PageError> {
    let words = visitor.words;
    let title = if id.is_some() { words.edit_billing_profile() } else { words.add_billing_profile() };
    let now = view.row.method.as_ref().filter(|_| id.is_some());
    let currencies = match id {
        Some(_) => Vec::new(),
        None => currencies(view.row.profile.currency),
    };
    Ok(EditPane {
        frame: visitor.frame(Section::Bills, title).await?,
        url: id.map_or_else(|| format!("{URL}/add"), |id| format!("{}/edit", url_of(id))),
        close_url: id.map_or_else(|| URL.to_owned(), url_of),
        errors,
        revision: filled.revision,
        email: filled.draft.bill_to.email.clone().unwrap_or_default(),
        draft: filled.draft,
        countries: countries(words, words.choose_one()),
        currencies: currencies.iter().map(|of| Choice::new(of.code(), words.currency_name(*of))).collect(),
        currency: filled.currency,
        payment: filled.payment,
        payments: choices(words, &view.cards, now),
        words,
    })
}
