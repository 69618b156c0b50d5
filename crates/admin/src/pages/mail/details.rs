//! One mail: to whom, where it stands, and how it reads.

use super::list::status;
use super::{framed, framing};
use crate::frame::Frame;
use crate::parts::Status;
use crate::web::{Done, Form, PageError, PageResult, Section, Visitor, notice_and_redirect, render};
use app::mail::operate::{DropMail, ResumeMail, open};
use app::ports::WrittenMail;
use askama::Template;
use axum::extract::Path;
use domain::ids::{MailId, OrganizationId};
use domain::mail::{Mail, MailState};
use domain::refusal::Refusal;
use words::Words;

#[derive(Template)]
#[template(path = "mail/details.html")]
struct DetailsPage {
    frame: Frame,
    words: Words,
    url: String,
    status: Status,
    attempts: String,
    to: String,
    name: String,
    written_at: String,
    when: Option<(&'static str, String)>,
    error: String,
    attachment: Option<&'static str>,
    letter: Option<WrittenMail>,
    may_resume: bool,
    may_drop: bool,
}

async fn find(visitor: &Visitor, path: (String, String)) -> Result<(Mail, Option<WrittenMail>), PageError> {
    let organization: OrganizationId = path.0.parse().map_err(|_| Refusal::NotFound)?;
    let id: MailId = path.1.parse().map_err(|_| Refusal::NotFound)?;
    Ok(visitor.run(move |app, caller, _| open(app, caller, organization, id)).await?)
}

fn url(mail: &Mail) -> String {
    format!("{}/{}/{}", Section::Mails.url(), mail.organization_id, mail.id)
}

pub(super) async fn page(visitor: Visitor, Path(path): Path<(String, String)>) -> PageResult {
    let words = visitor.words;
    let (mail, letter) = find(&visitor, path).await?;
    let zone = visitor.zone().await?;
    let title = letter.as_ref().map_or(words.mail_kind_name(mail.kind), |letter| letter.subject.as_str());
    let frame = visitor.frame(Section::Mails, title).await?;
    let when = match mail.state {
        MailState::Waiting if mail.attempts > 0 => Some((words.mail_next_try(), mail.due_at)),
        _ => mail.sent_at.map(|at| (words.mail_sent(), at)),
    };
    framing(render(&DetailsPage {
        url: url(&mail),
        status: status(words, mail.state),
        attempts: if mail.attempts > 0 { words.job_attempts(i64::from(mail.attempts)) } else { String::new() },
        written_at: words.date_time(mail.created_at, &zone),
        when: when.map(|(label, at)| (label, words.date_time(at, &zone))),
        attachment: mail.attached.map(|_| words.mail_attached_invoice()),
        may_resume: matches!(mail.state, MailState::Parked | MailState::Dropped),
        may_drop: matches!(mail.state, MailState::Parked | MailState::Waiting),
        to: mail.recipient.address,
        name: mail.recipient.name,
        error: mail.error.unwrap_or_default(),
        letter,
        words,
        frame,
    })?)
}

pub(super) async fn html(visitor: Visitor, Path(path): Path<(String, String)>) -> PageResult {
    let (_, letter) = find(&visitor, path).await?;
    Ok(framed(letter.ok_or(Refusal::NotFound)?.html))
}

pub(super) async fn resume(visitor: Visitor, Path(path): Path<(String, String)>, _form: Form) -> PageResult {
    let (mail, _) = find(&visitor, path).await?;
    visitor.write_for(mail.organization_id, ResumeMail(mail.id)).await?;
    Ok(notice_and_redirect(&Done::MailResumed {}, &url(&mail)))
}

pub(super) async fn drop(visitor: Visitor, Path(path): Path<(String, String)>, _form: Form) -> PageResult {
    let (mail, _) = find(&visitor, path).await?;
    visitor.write_for(mail.organization_id, DropMail(mail.id)).await?;
    Ok(notice_and_redirect(&Done::MailDropped {}, &url(&mail)))
}
