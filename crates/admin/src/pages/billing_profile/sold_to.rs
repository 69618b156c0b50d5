//! The pane with what a customer changes of who buys (domain 4.7).

use super::URL;
use crate::frame::Frame;
use crate::pages::party::{add_saved, typed_party};
use crate::parts::FieldErrors;
use crate::web::{Done, Form, PageError, PageResult, Section, Visitor, notice_and_redirect, render, render_refused};
use app::billing::rules::ChangeSoldTo;
use app::billing_profile::list::ListBillingProfiles;
use askama::Template;
use domain::billing::BillingAccount;
use domain::billing::party::Party;
use domain::refusal::Refusal;
use words::Words;

#[derive(Template)]
#[template(path = "billing_profile/sold_to.html")]
struct SoldToPane {
    frame: Frame,
    words: Words,
    url: &'static str,
    close_url: &'static str,
    errors: FieldErrors,
    revision: i64,
    name: String,
    country: String,
    typed: Party,
}

/// The contract, for who may change what stands in it of the customer.
async fn account(visitor: &Visitor) -> Result<BillingAccount, PageError> {
    let view = visitor.read(ListBillingProfiles).await?;
    if view.may_manage { Ok(view.account) } else { Err(Refusal::NotAllowed.into()) }
}

pub(super) async fn pane(visitor: Visitor) -> PageResult {
    let account = account(&visitor).await?;
    let typed = account.sold_to.clone();
    render(&draw(&visitor, &account, typed, account.revision, FieldErrors::none()).await?)
}

pub(super) async fn submit(visitor: Visitor, form: Form) -> PageResult {
    let account = account(&visitor).await?;
    let revision = form.text("revision").parse().unwrap_or_default();
    let sold_to = typed_party(&form);
    match visitor.write(ChangeSoldTo { sold_to: sold_to.clone(), revision }).await {
        Ok(()) => Ok(notice_and_redirect(&Done::SoldToChanged {}, URL)),
        Err(failure) => {
            let mut errors = FieldErrors::of(visitor.words, &failure)?;
            let mut revision = revision;
            // Whoever was told of the change of somebody else, and sees what it is, may save over it.
            if matches!(failure.refusal(), Some(Refusal::ChangedMeanwhile)) {
                revision = account.revision;
                let mut typed = Party { name: account.sold_to.name.clone(), ..sold_to.clone() };
                typed.tax_exemption.clone_from(&account.sold_to.tax_exemption);
                typed.address.country.clone_from(&account.sold_to.address.country);
                add_saved(visitor.words, &mut errors, &account.sold_to, &typed);
            }
            render_refused(&failure, &draw(&visitor, &account, sold_to, revision, errors).await?)
        }
    }
}

async fn draw(
    visitor: &Visitor,
    account: &BillingAccount,
    typed: Party,
    revision: i64,
    errors: FieldErrors,
) -> Result<SoldToPane, PageError> {
    let words = visitor.words;
    Ok(SoldToPane {
        frame: visitor.frame(Section::Bills, words.edit_billing_account()).await?,
        words,
        url: "/billing/account/sold-to",
        close_url: URL,
        errors,
        revision,
        name: account.sold_to.name.clone(),
        country: words.country(&account.sold_to.address.country).unwrap_or_default().to_owned(),
        typed,
    })
}
