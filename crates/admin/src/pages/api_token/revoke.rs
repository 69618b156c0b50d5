//! Revoke a key, after one question.

use crate::frame::Frame;
use crate::web::{Done, Form, PageResult, Section, Visitor, notice_and_redirect, render};
use app::api_token::{FindApiToken, RevokeApiToken};
use askama::Template;
use axum::extract::Path;
use domain::ids::ApiTokenId;
use domain::refusal::Refusal;
use words::Words;

#[derive(Template)]
#[template(path = "api_token/revoke.html")]
struct RevokePane {
    frame: Frame,
    words: Words,
    close_url: &'static str,
    url: String,
}

pub(super) async fn pane(visitor: Visitor, Path(id): Path<String>) -> PageResult {
    let id: ApiTokenId = id.parse().map_err(|_| Refusal::NotFound)?;
    let words = visitor.words;
    let found = visitor.read(FindApiToken(id)).await?;
    let frame = visitor.frame(Section::ApiTokens, words.api_token_revoke_question(&found.token.name)).await?;
    let url = format!("{}/{id}/revoke", Section::ApiTokens.url());
    render(&RevokePane { frame, words, close_url: Section::ApiTokens.url(), url })
}

pub(super) async fn submit(visitor: Visitor, Path(id): Path<String>, _form: Form) -> PageResult {
    visitor.write(RevokeApiToken(id.parse().map_err(|_| Refusal::NotFound)?)).await?;
    Ok(notice_and_redirect(&Done::ApiTokenRevoked {}, Section::ApiTokens.url()))
}
