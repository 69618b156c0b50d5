//! One entry of the journal with all that is stored of it.

use crate::frame::Frame;
use crate::pages::present::{changes, happened, who};
use crate::parts::Link;
use crate::web::{PageResult, Section, Visitor, render};
use app::history::{AuditEntry, JournalEntry};
use askama::Template;
use axum::extract::Path;
use domain::refusal::Refusal;
use words::Words;
use words::events::WrittenChange;

#[derive(Template)]
#[template(path = "history/entry.html")]
struct EntryPane {
    frame: Frame,
    words: Words,
    close_url: &'static str,
    sentence: String,
    facts: Vec<(&'static str, String)>,
    links: Vec<Link>,
    changes: Vec<WrittenChange>,
    stored: String,
}

pub(super) async fn pane(visitor: Visitor, Path(id): Path<String>) -> PageResult {
    let words = visitor.words;
    let (entry, zone) = visitor.read(AuditEntry(id.parse().map_err(|_| Refusal::NotFound)?)).await?;
    let title = words.event_kind_name(&entry.kind).unwrap_or(words.audit());
    let frame = visitor.frame(Section::Audit, title).await?;
    let stored: Option<serde_json::Value> = serde_json::from_str(&entry.data).ok();
    render(&EntryPane {
        sentence: happened(words, &entry).unwrap_or_default(),
        facts: vec![
            (words.history_when(), words.date_time_with_zone(entry.at, &zone)),
            (words.history_who(), who(words, &entry)),
            (words.history_command(), entry.command.clone()),
            (words.history_request(), entry.request.clone()),
            (words.history_entry(), entry.id.to_string()),
        ],
        links: links(&entry),
        changes: changes(words, &entry),
        stored: stored
            .and_then(|stored| serde_json::to_string_pretty(&stored).ok())
            .unwrap_or_else(|| entry.data.clone()),
        close_url: Section::Audit.url(),
        words,
        frame,
    })
}

/// What the entry is about.
fn links(entry: &JournalEntry) -> Vec<Link> {
    let about = entry.subjects;
    let product = entry.product_name.clone().unwrap_or_default();
    let person = about.user.zip(entry.user_name.clone());
    let person = person.map(|(id, name)| Link::new(name, format!("{}/{id}", Section::Users.url())));
    let subscription = about.subscription.map(|id| {
        let label = if product.is_empty() { id.to_string() } else { product.clone() };
        Link::new(label, format!("{}/{id}", Section::YourProducts.url()))
    });
    let licenses = about.product.filter(|_| about.subscription.is_none());
    let licenses = licenses.map(|id| Link::new(product, format!("{}/{id}", Section::Licenses.url())));
    [person, subscription, licenses].into_iter().flatten().collect()
}
