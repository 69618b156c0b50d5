//! The keys of the organization.

use crate::frame::Frame;
use crate::parts::Status;
use crate::web::{PageResult, Section, Visitor, render};
use app::api_token::{ApiTokens, ListedApiToken};
use askama::Template;
use domain::access::Permission;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use words::Words;

struct RowView {
    name: String,
    scopes: Vec<&'static str>,
    status: Status,
    created: String,
    expires: String,
    revoke_url: Option<String>,
    menu_label: String,
}

#[derive(Template)]
#[template(path = "api_token/list.html")]
struct ListPage {
    frame: Frame,
    words: Words,
    rows: Vec<RowView>,
    may_manage: bool,
}

pub(super) async fn page(visitor: Visitor) -> PageResult {
    let words = visitor.words;
    let tokens = visitor.read(ApiTokens).await?;
    let zone = visitor.zone().await?;
    let mut frame = visitor.frame(Section::ApiTokens, words.api_tokens()).await?;
    frame.lead = Some(words.api_tokens_purpose().to_owned());
    let may_manage = visitor.may(Permission::ManageApiTokens);
    let mut rows: Vec<_> = tokens.iter().map(|token| row_view(words, &zone, visitor.now(), token)).collect();
    if !may_manage {
        rows.iter_mut().for_each(|row| row.revoke_url = None);
    }
    render(&ListPage { rows, may_manage, words, frame })
}

fn row_view(words: Words, zone: &TimeZone, now: Timestamp, listed: &ListedApiToken) -> RowView {
    let token = &listed.token;
    let works = token.works(now);
    let on = |at: Timestamp| words.date(at.to_zoned(zone.clone()).date());
    RowView {
        name: token.name.clone(),
        scopes: token.scopes.iter().map(|scope| words.scope_name(*scope)).collect(),
        status: match token.revoked_at {
            None if works => Status::good(words.organization_status_active()),
            None => Status::warning(words.api_token_is_expired()),
            Some(_) => Status::neutral(words.api_token_is_revoked()).icon("lock"),
        },
        created: match &listed.created_by {
            Some(person) => format!("{}, {person}", on(token.created_at)),
            None => on(token.created_at),
        },
        expires: token.expires_at.map_or_else(|| words.api_token_never_expires().to_owned(), on),
        revoke_url: works.then(|| format!("{}/{}/revoke", Section::ApiTokens.url(), token.id)),
        menu_label: words.more_actions_for(&token.name),
    }
}
