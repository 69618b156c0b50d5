//! The panes with the contract of a customer: who buys, and how the customer is charged (domain 4.7, 4.9).

use super::list_url;
use crate::frame::Frame;
use crate::pages::party::{add_saved, countries, typed_party};
use crate::parts::{Choice, FieldErrors};
use crate::web::{Done, Form, PageError, PageResult, Section, Visitor, notice_and_redirect, render, render_refused};
use app::Failure;
use app::billing::rules::{BillingAccountDetails, ChangeBillingRules, ChangeBuyer};
use app::organization::details::OrganizationDetails;
use askama::Template;
use axum::extract::Path;
use domain::billing::party::Party;
use domain::billing::rules::{REFUND_DAYS_MAX, TERMS_DAYS_MAX, UNDO_DAYS_MAX};
use domain::billing::{Agreement, BillingRules, FewerLicenses, Proration, Segment, TaxRounding};
use domain::ids::OrganizationId;
use domain::money::Rounding;
use domain::refusal::{Field, Refusal};
use words::Words;

#[derive(Template)]
#[template(path = "customer_billing/rules.html")]
struct RulesPane {
    frame: Frame,
    words: Words,
    url: String,
    close_url: String,
    errors: FieldErrors,
    revision: i64,
    typed: Typed,
    agreements: Vec<Choice>,
    fewer_licenses: Vec<Choice>,
    prorations: Vec<Choice>,
    roundings: Vec<Choice>,
    tax_roundings: Vec<Choice>,
    terms_max: String,
    refund_max: String,
    undo_max: String,
}

/// What was typed.
struct Typed {
    agreement: String,
    payment_terms_days: String,
    fewer_licenses: String,
    refund_days: String,
    undo_days: String,
    online_cancel_max: String,
    proration: String,
    rounding: String,
    tax_rounding: String,
    prices_include_tax: bool,
}

impl Typed {
    fn of(rules: &BillingRules) -> Self {
        Self {
            agreement: rules.agreement.to_string(),
            payment_terms_days: rules.payment_terms_days.to_string(),
            fewer_licenses: rules.fewer_licenses.to_string(),
            refund_days: rules.refund_days.map(|days| days.to_string()).unwrap_or_default(),
            undo_days: rules.undo_days.to_string(),
            online_cancel_max: rules.online_cancel_max.map(|people| people.to_string()).unwrap_or_default(),
            proration: rules.proration.to_string(),
            rounding: rules.rounding.to_string(),
            tax_rounding: rules.tax_rounding.to_string(),
            prices_include_tax: rules.prices_include_tax,
        }
    }

    fn form(form: &Form) -> Self {
        let text = |field: Field| form.text(field.code()).to_owned();
        Self {
            agreement: text(Field::Agreement),
            payment_terms_days: text(Field::PaymentTerms),
            fewer_licenses: text(Field::FewerLicenses),
            refund_days: text(Field::RefundDays),
            undo_days: text(Field::UndoDays),
            online_cancel_max: text(Field::OnlineCancelMax),
            proration: text(Field::Proration),
            rounding: text(Field::Rounding),
            tax_rounding: text(Field::TaxRounding),
            prices_include_tax: form.is_on(Field::PricesIncludeTax.code()),
        }
    }
}

fn customer(id: &str) -> Result<OrganizationId, Refusal> {
    id.parse().map_err(|_| Refusal::NotFound)
}

pub(super) async fn pane(visitor: Visitor, Path(id): Path<String>) -> PageResult {
    let id = customer(&id)?;
    let account = visitor.read_of(id, BillingAccountDetails).await?;
    render(&draw(&visitor, id, Typed::of(&account.rules), account.revision, FieldErrors::none()).await?)
}

pub(super) async fn submit(visitor: Visitor, Path(id): Path<String>, form: Form) -> PageResult {
    let id = customer(&id)?;
    let revision = form.text("revision").parse().unwrap_or_default();
    match change(&visitor, id, &form, revision).await {
        Ok(()) => Ok(notice_and_redirect(&Done::BillingRulesChanged {}, &list_url(id))),
        Err(failure) => {
            let errors = FieldErrors::of(visitor.words, &failure)?;
            render_refused(&failure, &draw(&visitor, id, Typed::form(&form), revision, errors).await?)
        }
    }
}

async fn change(visitor: &Visitor, id: OrganizationId, form: &Form, revision: i64) -> Result<(), Failure> {
    let days = |field: Field| {
        let days = form.number(field)?;
        u16::try_from(days).map_err(|_| Refusal::AboveMaximum { maximum: u32::from(u16::MAX) }.at(field))
    };
    let refund_days = match form.text(Field::RefundDays.code()) {
        "" => None,
        _ => Some(days(Field::RefundDays)?),
    };
    let online_cancel_max = match form.text(Field::OnlineCancelMax.code()) {
        "" => None,
        _ => Some(form.number(Field::OnlineCancelMax)?),
    };
    let rules = BillingRules {
        agreement: form.choice(Field::Agreement)?,
        proration: form.choice(Field::Proration)?,
        rounding: form.choice(Field::Rounding)?,
        tax_rounding: form.choice(Field::TaxRounding)?,
        prices_include_tax: form.is_on(Field::PricesIncludeTax.code()),
        fewer_licenses: form.choice(Field::FewerLicenses)?,
        refund_days,
        payment_terms_days: days(Field::PaymentTerms)?,
        undo_days: days(Field::UndoDays)?,
        online_cancel_max,
    };
    visitor.write_for(id, ChangeBillingRules { rules, revision }).await
}

/// The values of an enumeration with their names.
fn choices<T: Copy + ToString>(all: &[T], name: impl Fn(T) -> &'static str) -> Vec<Choice> {
    all.iter().map(|value| Choice::new(value.to_string(), name(*value))).collect()
}

async fn draw(
    visitor: &Visitor,
    id: OrganizationId,
    typed: Typed,
    revision: i64,
    errors: FieldErrors,
) -> Result<RulesPane, PageError> {
    let words = visitor.words;
    let mut frame = visitor.frame(Section::Organizations, words.edit_billing_rules()).await?;
    frame.lead = Some(visitor.read_of(id, OrganizationDetails).await?.organization.name);
    let agreement = |agreement: &Agreement| {
        Choice::new(agreement.code(), words.agreement_name(*agreement)).note(words.agreement_means(*agreement))
    };
    Ok(RulesPane {
        url: format!("{}/{id}/billing-rules", Section::Organizations.url()),
        close_url: list_url(id),
        errors,
        revision,
        typed,
        agreements: Agreement::ALL.iter().map(agreement).collect(),
        fewer_licenses: choices(FewerLicenses::ALL, |value| words.fewer_licenses_name(value)),
        prorations: choices(Proration::ALL, |value| words.proration_name(value)),
        roundings: choices(Rounding::ALL, |value| words.rounding_name(value)),
        tax_roundings: choices(TaxRounding::ALL, |value| words.tax_rounding_name(value)),
        terms_max: TERMS_DAYS_MAX.to_string(),
        refund_max: REFUND_DAYS_MAX.to_string(),
        undo_max: UNDO_DAYS_MAX.to_string(),
        words,
        frame,
    })
}

#[derive(Template)]
#[template(path = "customer_billing/buyer.html")]
struct BuyerPane {
    frame: Frame,
    words: Words,
    url: String,
    close_url: String,
    errors: FieldErrors,
    revision: i64,
    buyer: Party,
    countries: Vec<Choice>,
    segment: String,
    segments: Vec<Choice>,
}

pub(super) async fn buyer_pane(visitor: Visitor, Path(id): Path<String>) -> PageResult {
    let id = customer(&id)?;
    let account = visitor.read_of(id, BillingAccountDetails).await?;
    let (buyer, segment) = (account.sold_to, account.segment.to_string());
    render(&draw_buyer(&visitor, id, (buyer, segment), account.revision, FieldErrors::none()).await?)
}

pub(super) async fn submit_buyer(visitor: Visitor, Path(id): Path<String>, form: Form) -> PageResult {
    let id = customer(&id)?;
    let revision = form.text("revision").parse().unwrap_or_default();
    let sold_to = typed_party(&form);
    match change_buyer(&visitor, id, &form, sold_to.clone(), revision).await {
        Ok(()) => Ok(notice_and_redirect(&Done::BuyerChanged {}, &list_url(id))),
        Err(failure) => {
            let mut errors = FieldErrors::of(visitor.words, &failure)?;
            let mut revision = revision;
            if matches!(failure.refusal(), Some(Refusal::ChangedMeanwhile)) {
                let account = visitor.read_of(id, BillingAccountDetails).await?;
                revision = account.revision;
                add_saved(visitor.words, &mut errors, &account.sold_to, &sold_to);
            }
            let typed = (sold_to, form.text(Field::Segment.code()).to_owned());
            render_refused(&failure, &draw_buyer(&visitor, id, typed, revision, errors).await?)
        }
    }
}

async fn change_buyer(
    visitor: &Visitor,
    id: OrganizationId,
    form: &Form,
    sold_to: Party,
    revision: i64,
) -> Result<(), Failure> {
    let segment = form.choice(Field::Segment)?;
    visitor.write_for(id, ChangeBuyer { sold_to, segment, revision }).await
}

async fn draw_buyer(
    visitor: &Visitor,
    id: OrganizationId,
    (buyer, segment): (Party, String),
    revision: i64,
    errors: FieldErrors,
) -> Result<BuyerPane, PageError> {
    let words = visitor.words;
    let mut frame = visitor.frame(Section::Organizations, words.sold_to_edit()).await?;
    frame.lead = Some(visitor.read_of(id, OrganizationDetails).await?.organization.name);
    Ok(BuyerPane {
        url: format!("{}/{id}/buyer", Section::Organizations.url()),
        close_url: list_url(id),
        errors,
        revision,
        buyer,
        countries: countries(words, words.choose_one()),
        segment,
        segments: choices(Segment::ALL, |segment| words.segment_name(segment)),
        words,
        frame,
    })
}
