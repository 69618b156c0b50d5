//! The pane with who sells: what every later invoice says.

use crate::frame::Frame;
use crate::pages::party::{countries, filled, typed_party};
use crate::parts::{Choice, FieldErrors};
use crate::web::{Done, Form, PageError, PageResult, Section, Visitor, notice_and_redirect, render, render_refused};
use app::billing::seller::{ChangeSeller, SellerDetails};
use askama::Template;
use domain::billing::party::Seller;
use words::Words;

#[derive(Template)]
#[template(path = "operator_billing/seller.html")]
struct SellerPane {
    frame: Frame,
    words: Words,
    close_url: &'static str,
    errors: FieldErrors,
    seller: Seller,
    revision: i64,
    countries: Vec<Choice>,
}

pub(super) async fn pane(visitor: Visitor) -> PageResult {
    let view = visitor.read(SellerDetails).await?;
    render(&draw(&visitor, view.seller, view.revision, FieldErrors::none()).await?)
}

pub(super) async fn submit(visitor: Visitor, form: Form) -> PageResult {
    let seller = typed(&form);
    let revision = form.text("revision").parse().unwrap_or_default();
    match visitor.write(ChangeSeller { seller: seller.clone(), revision }).await {
        Ok(()) => Ok(notice_and_redirect(&Done::SellerChanged {}, Section::OperatorBilling.url())),
        Err(failure) => {
            let errors = FieldErrors::of(visitor.words, &failure)?;
            render_refused(&failure, &draw(&visitor, seller, revision, errors).await?)
        }
    }
}

fn typed(form: &Form) -> Seller {
    Seller {
        party: typed_party(form),
        iban: filled(form, "iban"),
        bic: filled(form, "bic"),
        invoice_prefix: form.text("invoice_prefix").to_owned(),
    }
}

async fn draw(visitor: &Visitor, seller: Seller, revision: i64, errors: FieldErrors) -> Result<SellerPane, PageError> {
    let words = visitor.words;
    let mut frame = visitor.frame(Section::OperatorBilling, words.seller()).await?;
    frame.lead = Some(words.seller_purpose().to_owned());
    Ok(SellerPane {
        frame,
        words,
        close_url: Section::OperatorBilling.url(),
        errors,
        seller,
        revision,
        countries: countries(words, words.choose_one()),
    })
}
