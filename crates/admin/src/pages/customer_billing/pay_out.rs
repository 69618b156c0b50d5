//! Record that credit of a billing profile was transferred back.

use super::{list_url, pay_out_url};
use crate::frame::Frame;
use crate::parts::FieldErrors;
use crate::web::{Done, Form, PageError, PageResult, Section, Visitor, notice_and_redirect, render, render_refused};
use app::Failure;
use app::billing::pay_out::{OwedCredit, OwedToCustomer, PayOutCredit};
use askama::Template;
use axum::extract::{Path, Query};
use domain::ids::{BillingProfileId, OrganizationId};
use domain::money::{Currency, Money};
use domain::refusal::{Field, Refusal};
use serde::Deserialize;
use words::Words;

#[derive(Template)]
#[template(path = "customer_billing/pay_out.html")]
struct PayOutPane {
    frame: Frame,
    words: Words,
    url: String,
    close_url: String,
    errors: FieldErrors,
    hint: String,
    currency: &'static str,
    typed: Typed,
}

/// What was typed.
struct Typed {
    amount: String,
    day: String,
    reference: String,
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct Asked {
    /// The currency of the credit; the first one of the profile when it is left out.
    currency: String,
}

type Place = Path<(String, String)>;

fn parse(Path((organization, profile)): &Place) -> Result<(OrganizationId, BillingProfileId), Refusal> {
    let organization = organization.parse().map_err(|_| Refusal::NotFound)?;
    Ok((organization, profile.parse().map_err(|_| Refusal::NotFound)?))
}

/// The credit that is meant, and today at the customer.
async fn find(
    visitor: &Visitor,
    (organization, profile): (OrganizationId, BillingProfileId),
    currency: &str,
) -> Result<(OwedCredit, String), PageError> {
    let view = visitor.read_of(organization, OwedToCustomer).await?;
    let currency = Currency::from_code(currency);
    let is_meant = |credit: &OwedCredit| {
        credit.billing_profile_id == profile && currency.is_none_or(|currency| credit.left.currency == currency)
    };
    let credit = view.credits.into_iter().find(is_meant).ok_or(Refusal::NotFound)?;
    Ok((credit, view.today.to_string()))
}

pub(super) async fn pane(visitor: Visitor, place: Place, Query(asked): Query<Asked>) -> PageResult {
    let place = parse(&place)?;
    let (credit, day) = find(&visitor, place, &asked.currency).await?;
    let typed = Typed { amount: visitor.words.bare_amount(credit.left), day, reference: String::new() };
    render(&draw(&visitor, place.0, &credit, typed, FieldErrors::none()).await?)
}

pub(super) async fn submit(visitor: Visitor, place: Place, form: Form) -> PageResult {
    let place = parse(&place)?;
    let (credit, _) = find(&visitor, place, form.text("currency")).await?;
    match pay_out(&visitor, place.0, &credit, &form).await {
        Ok(()) => Ok(notice_and_redirect(&Done::CreditPaidOut {}, &list_url(place.0))),
        Err(failure) => {
            let errors = FieldErrors::of(visitor.words, &failure)?;
            let text = |name: &str| form.text(name).to_owned();
            let typed = Typed { amount: text("amount"), day: text("day"), reference: text("reference") };
            render_refused(&failure, &draw(&visitor, place.0, &credit, typed, errors).await?)
        }
    }
}

/// Every wrong field is said at once.
async fn pay_out(
    visitor: &Visitor,
    organization: OrganizationId,
    credit: &OwedCredit,
    form: &Form,
) -> Result<(), Failure> {
    let amount = Money::parse(form.text("amount"), credit.left.currency).map_err(|refusal| refusal.at(Field::Amount));
    let day = form.choice(Field::Day);
    let mut wrong: Vec<_> = amount.as_ref().err().cloned().into_iter().chain(day.as_ref().err().cloned()).collect();
    if form.text("reference").is_empty() {
        wrong.push(Refusal::Required.at(Field::Reference));
    }
    let (Ok(amount), Ok(day), true) = (amount, day, wrong.is_empty()) else { return Err(wrong.into()) };
    let (billing_profile_id, reference) = (credit.billing_profile_id, form.text("reference").to_owned());
    visitor.write_for(organization, PayOutCredit { billing_profile_id, amount, day, reference }).await.map(drop)
}

async fn draw(
    visitor: &Visitor,
    organization: OrganizationId,
    credit: &OwedCredit,
    typed: Typed,
    errors: FieldErrors,
) -> Result<PayOutPane, PageError> {
    let words = visitor.words;
    let mut frame = visitor.frame(Section::Organizations, words.pay_out_credit()).await?;
    frame.lead = Some(words.profile_credit_of(&credit.name));
    Ok(PayOutPane {
        url: pay_out_url(organization, credit.billing_profile_id),
        close_url: list_url(organization),
        errors,
        hint: words.pay_out_amount_hint(credit.left),
        currency: credit.left.currency.code(),
        typed,
        words,
        frame,
    })
}
