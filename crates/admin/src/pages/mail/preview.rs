//! How every mail looks, in both languages, with invented facts.

use super::{framed, framing};
use crate::frame::Frame;
use crate::parts::Link;
use crate::web::{PageError, PageResult, Section, Visitor, render};
use app::billing::seller::SellerDetails;
use app::mail::operate::preview;
use app::ports::WrittenMail;
use askama::Template;
use axum::extract::Path;
use domain::mail::MailKind;
use domain::refusal::Refusal;
use words::{Language, Words};

#[derive(Template)]
#[template(path = "mail/previews.html")]
struct PreviewsPage {
    frame: Frame,
    words: Words,
    kinds: Vec<Link>,
}

pub(super) async fn page(visitor: Visitor) -> PageResult {
    let words = visitor.words;
    let mut frame = visitor.frame(Section::Mails, words.mail_previews()).await?;
    frame.lead = Some(words.mail_previews_purpose().to_owned());
    let link = |kind: &MailKind| Link::new(words.mail_kind_name(*kind), format!("{PREVIEWS}/{kind}"));
    render(&PreviewsPage { kinds: MailKind::ALL.iter().map(link).collect(), words, frame })
}

const PREVIEWS: &str = "/operator/mails/kinds";

struct SampleView {
    language: Language,
    url: String,
    letter: WrittenMail,
}

#[derive(Template)]
#[template(path = "mail/preview.html")]
struct PreviewPage {
    frame: Frame,
    words: Words,
    samples: Vec<SampleView>,
}

pub(super) async fn page_of_kind(visitor: Visitor, Path(kind): Path<String>) -> PageResult {
    let words = visitor.words;
    let kind = MailKind::from_code(&kind).ok_or(Refusal::NotFound)?;
    let frame = visitor.frame(Section::Mails, words.mail_kind_name(kind)).await?;
    let mut samples = Vec::new();
    for language in [words.language, words.language.other()] {
        for (number, letter) in samples_of(&visitor, kind, language).await?.into_iter().enumerate() {
            let url = format!("{PREVIEWS}/{kind}/{}/{number}", language.code());
            samples.push(SampleView { language, url, letter });
        }
    }
    framing(render(&PreviewPage { frame, words, samples })?)
}

pub(super) async fn html(visitor: Visitor, Path(path): Path<(String, String, usize)>) -> PageResult {
    let (kind, language, number) = path;
    let kind = MailKind::from_code(&kind).ok_or(Refusal::NotFound)?;
    let language = Language::from_code(&language).ok_or(Refusal::NotFound)?;
    let mut samples = samples_of(&visitor, kind, language).await?;
    if number >= samples.len() {
        return Err(Refusal::NotFound.into());
    }
    Ok(framed(samples.swap_remove(number).html))
}

async fn samples_of(visitor: &Visitor, kind: MailKind, language: Language) -> Result<Vec<WrittenMail>, PageError> {
    let seller = visitor.read(SellerDetails).await?.seller.party.name;
    Ok(preview(visitor.app(), kind, language, &seller))
}
