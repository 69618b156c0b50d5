//! The outbox: every mail of every organization, by where it stands, by kind and by address.

use crate::frame::Frame;
use crate::parts::{Choice, Paging, Status};
use crate::web::{PageResult, Section, Visitor, address, render};
use app::mail::operate::{ListMails, MailFilter, MailPage, has_server};
use askama::Template;
use axum::extract::Query;
use domain::limits::PAGE_ROWS;
use domain::mail::{Mail, MailKind, MailState};
use jiff::tz::TimeZone;
use serde::Deserialize;
use words::Words;

/// What the address asks for; what it does not know it leaves out.
#[derive(Deserialize, Default, Clone)]
#[serde(default)]
pub(super) struct Asked {
    state: String,
    kind: String,
    q: String,
    before: String,
}

impl Asked {
    fn filter(&self) -> MailFilter {
        MailFilter {
            state: MailState::from_code(&self.state),
            kind: MailKind::from_code(&self.kind),
            address: self.q.clone(),
        }
    }

    fn url(&self, before: &str) -> String {
        address(
            Section::Mails.url(),
            [("state", self.state.as_str()), ("kind", &self.kind), ("q", &self.q), ("before", before)],
        )
    }
}

struct RowView {
    url: String,
    kind: &'static str,
    to: String,
    organization: String,
    organization_url: String,
    status: Status,
    attempts: String,
    error: String,
    when: String,
}

#[derive(Template)]
#[template(path = "mail/list.html")]
struct ListPage {
    frame: Frame,
    words: Words,
    asked: Asked,
    is_filtered: bool,
    has_server: bool,
    parked: bool,
    states: Vec<Choice>,
    kinds: Vec<Choice>,
    rows: Vec<RowView>,
    paging: Paging,
}

pub(super) async fn page(visitor: Visitor, Query(asked): Query<Asked>) -> PageResult {
    let words = visitor.words;
    let query = ListMails { filter: asked.filter(), before: asked.before.parse().ok(), limit: PAGE_ROWS };
    let found = visitor.read(query).await?;
    let zone = visitor.zone().await?;
    let mut frame = visitor.frame(Section::Mails, words.mails()).await?;
    frame.lead = Some(words.mails_purpose().to_owned());
    let states = MailState::ALL.iter().map(|state| Choice::new(state.code(), state_label(words, *state, &found)));
    let kinds = MailKind::ALL.iter().map(|kind| Choice::new(kind.code(), words.mail_kind_name(*kind)));
    render(&ListPage {
        is_filtered: !(asked.state.is_empty() && asked.kind.is_empty() && asked.q.is_empty()),
        has_server: has_server(visitor.app()),
        parked: found.rows.iter().any(|mail| mail.state == MailState::Parked),
        states: std::iter::once(Choice::new("", words.mails_every_state())).chain(states).collect(),
        kinds: std::iter::once(Choice::new("", words.mails_every_kind())).chain(kinds).collect(),
        rows: found.rows.iter().map(|mail| row_view(words, mail, &found, &zone)).collect(),
        paging: Paging::of(&asked.before, found.next, |at| asked.url(at)),
        asked,
        words,
        frame,
    })
}

/// The state, with how many there are where that is counted.
fn state_label(words: Words, state: MailState, found: &MailPage) -> String {
    let label = words.mail_state_name(state);
    match found.counts.iter().find(|(of, _)| *of == state) {
        Some((_, count)) => format!("{label} ({})", words.number(*count)),
        None => label.to_owned(),
    }
}

/// Where a mail stands, as icon and word.
pub(super) fn status(words: Words, state: MailState) -> Status {
    let word = words.mail_state_name(state);
    match state {
        MailState::Waiting => Status::neutral(word).icon("clock"),
        MailState::Sent => Status::good(word),
        MailState::Parked => Status::severe(word),
        MailState::Dropped | MailState::Kept => Status::neutral(word),
    }
}

fn row_view(words: Words, mail: &Mail, found: &MailPage, zone: &TimeZone) -> RowView {
    RowView {
        url: format!("{}/{}/{}", Section::Mails.url(), mail.organization_id, mail.id),
        kind: words.mail_kind_name(mail.kind),
        to: mail.recipient.address.clone(),
        organization: found.organizations.get(&mail.organization_id).cloned().unwrap_or_default(),
        organization_url: format!("{}/{}", Section::Organizations.url(), mail.organization_id),
        status: status(words, mail.state),
        attempts: if mail.attempts > 0 { words.job_attempts(i64::from(mail.attempts)) } else { String::new() },
        error: mail.error.clone().unwrap_or_default(),
        when: words.date_time(mail.created_at, zone),
    }
}
