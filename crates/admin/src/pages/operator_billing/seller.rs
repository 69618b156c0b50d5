//! The pane with who sells: what every later invoice says.

use crate::frame::Frame;
use crate::parts::{Choice, FieldErrors};
use crate::web::{Done, Form, PageError, PageResult, Section, Visitor, notice_and_redirect, render, render_refused};
use app::billing::seller::{ChangeSeller, SellerDetails};
use askama::Template;
use domain::billing::party::{Address, Party, Seller};
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

impl SellerPane {
    /// What a field that may be empty shows.
    fn shown(text: &Option<String>) -> &str {
        text.as_deref().unwrap_or_default()
    }
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
    let text = |name: &str| form.text(name).to_owned();
    let filled = |name: &str| Some(text(name)).filter(|text| !text.is_empty());
    Seller {
        party: Party {
            name: text("name"),
            address: Address {
                line1: text("line1"),
                line2: text("line2"),
                postal_code: text("postal_code"),
                city: text("city"),
                region: text("region"),
                country: text("country"),
            },
            tax_number: filled("tax_number"),
            registration_number: filled("registration_number"),
            email: filled("email"),
            telephone: filled("telephone"),
        },
        iban: filled("iban"),
        bic: filled("bic"),
        invoice_prefix: text("invoice_prefix"),
    }
}

async fn draw(visitor: &Visitor, seller: Seller, revision: i64, errors: FieldErrors) -> Result<SellerPane, PageError> {
    let words = visitor.words;
    let mut frame = visitor.frame(Section::OperatorBilling, words.seller()).await?;
    frame.lead = Some(words.seller_purpose().to_owned());
    let countries = words.countries().into_iter().map(|(code, name)| Choice::new(code, name));
    Ok(SellerPane {
        frame,
        words,
        close_url: Section::OperatorBilling.url(),
        errors,
        seller,
        revision,
        countries: std::iter::once(Choice::new("", words.choose_one())).chain(countries).collect(),
    })
}
