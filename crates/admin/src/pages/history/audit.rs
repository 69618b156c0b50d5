//! The audit page: everything that happened, filtered (R183).

use crate::frame::Frame;
use crate::pages::present::{HistoryLine, history};
use crate::parts::{Choice, Paging};
use crate::web::{PageResult, Section, Visitor, address, render};
use app::history::{Audit, AuditActors};
use askama::Template;
use axum::extract::Query;
use domain::limits::PAGE_ROWS;
use serde::Deserialize;
use words::Words;

/// What the address asks for; what it does not know it leaves out.
#[derive(Deserialize, Default, Clone)]
#[serde(default)]
pub(super) struct Asked {
    kind: String,
    who: String,
    from: String,
    until: String,
    before: String,
}

impl Asked {
    pub(super) fn audit(&self, limit: usize) -> Audit {
        let filled = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        Audit {
            kind: filled(&self.kind),
            actor_name: filled(&self.who),
            from: self.from.parse().ok(),
            until: self.until.parse().ok(),
            before: self.before.parse().ok(),
            limit,
        }
    }

    fn is_filtered(&self) -> bool {
        !(self.kind.is_empty() && self.who.is_empty() && self.from.is_empty() && self.until.is_empty())
    }

    /// The same filter at another address, from another entry on.
    fn url(&self, path: &str, before: &str) -> String {
        address(
            path,
            [
                ("kind", self.kind.as_str()),
                ("who", &self.who),
                ("from", &self.from),
                ("until", &self.until),
                ("before", before),
            ],
        )
    }
}

struct RowView {
    url: String,
    line: HistoryLine,
    kind: &'static str,
}

#[derive(Template)]
#[template(path = "history/audit.html")]
struct AuditPage {
    frame: Frame,
    words: Words,
    asked: Asked,
    kinds: Vec<Choice>,
    actors: Vec<Choice>,
    rows: Vec<RowView>,
    paging: Paging,
    export_url: String,
    is_filtered: bool,
}

pub(super) async fn page(visitor: Visitor, Query(asked): Query<Asked>) -> PageResult {
    let words = visitor.words;
    let view = visitor.read(asked.audit(PAGE_ROWS)).await?;
    let actors = visitor.read(AuditActors).await?;
    let mut frame = visitor.frame(Section::Audit, words.audit()).await?;
    frame.lead = Some(words.history_purpose().to_owned());
    let lines = history(words, &view.zone, &view.page.rows);
    let rows = view.page.rows.iter().zip(lines).map(|(entry, line)| RowView {
        url: format!("{}/{}", Section::Audit.url(), entry.id),
        kind: words.event_kind_name(&entry.kind).unwrap_or_default(),
        line,
    });
    let kinds = words.event_kinds().map(|(code, label)| Choice::new(code, label));
    let actors = actors.into_iter().map(|name| Choice::new(name.clone(), name));
    render(&AuditPage {
        rows: rows.collect(),
        kinds: std::iter::once(Choice::new("", words.history_filter_kind())).chain(kinds).collect(),
        actors: std::iter::once(Choice::new("", words.history_filter_who())).chain(actors).collect(),
        paging: Paging::of(&asked.before, view.page.next, |at| asked.url(Section::Audit.url(), at)),
        export_url: asked.url("/settings/audit/export", ""),
        is_filtered: asked.is_filtered(),
        asked,
        words,
        frame,
    })
}
