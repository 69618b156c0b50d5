//! Make a key; its secret is on the page that answers, and never again.

use crate::frame::Frame;
use crate::parts::{Choice, FieldErrors};
use crate::web::{Form, PageError, PageResult, Section, Visitor, render, render_refused};
use app::Failure;
use app::api_token::{CreateApiToken, CreatedApiToken};
use askama::Template;
use domain::access::Scope;
use domain::api_token::ApiTokenDraft;
use domain::refusal::{Field, Refusal};
use words::Words;

/// The lifetimes that the form offers, in days.
const LIFETIMES: [u32; 4] = [30, 90, 365, 730];
/// The lifetime that is chosen at first.
const USUAL_LIFETIME: &str = "365";

struct ScopeChoice {
    code: &'static str,
    label: &'static str,
    checked: bool,
}

#[derive(Template)]
#[template(path = "api_token/create.html")]
struct CreatePane {
    frame: Frame,
    words: Words,
    close_url: &'static str,
    errors: FieldErrors,
    token_name: String,
    scopes: Vec<ScopeChoice>,
    days: String,
    lifetimes: Vec<Choice>,
}

#[derive(Template)]
#[template(path = "api_token/created.html")]
struct CreatedPane {
    frame: Frame,
    words: Words,
    close_url: &'static str,
    ready: String,
    secret: String,
}

pub(super) async fn pane(visitor: Visitor) -> PageResult {
    let draft = ApiTokenDraft::default();
    render(&create_pane(&visitor, &draft, USUAL_LIFETIME, FieldErrors::none()).await?)
}

pub(super) async fn submit(visitor: Visitor, form: Form) -> PageResult {
    let days = form.text("days").to_owned();
    let draft = ApiTokenDraft {
        name: form.text("name").to_owned(),
        scopes: form.parsed::<Scope>("scopes"),
        days: days.parse().ok(),
    };
    match create(&visitor, &draft, &days).await {
        Ok(made) => created(&visitor, draft.name.trim(), made).await,
        Err(failure) => {
            let errors = FieldErrors::of(visitor.words, &failure)?;
            render_refused(&failure, &create_pane(&visitor, &draft, &days, errors).await?)
        }
    }
}

async fn create(visitor: &Visitor, draft: &ApiTokenDraft, days: &str) -> Result<CreatedApiToken, Failure> {
    // Something that is no number must not mean "never".
    if draft.days.is_none() && !days.is_empty() {
        return Err(Refusal::NotANumber.at(Field::Days).into());
    }
    visitor.write(CreateApiToken::new(draft.clone())?).await
}

async fn create_pane(
    visitor: &Visitor,
    draft: &ApiTokenDraft,
    days: &str,
    errors: FieldErrors,
) -> Result<CreatePane, PageError> {
    let words = visitor.words;
    let mut frame = visitor.frame(Section::ApiTokens, words.api_token_create()).await?;
    frame.lead = Some(words.api_tokens_purpose().to_owned());
    let lifetimes = LIFETIMES.iter().map(|days| Choice::new(days.to_string(), words.days(u64::from(*days))));
    let choice = |scope: &Scope| ScopeChoice {
        code: scope.code(),
        label: words.scope_name(*scope),
        checked: draft.scopes.contains(scope),
    };
    Ok(CreatePane {
        close_url: Section::ApiTokens.url(),
        token_name: draft.name.clone(),
        // An operator's key is for what only operators may; nobody else is offered that.
        scopes: Scope::ALL
            .iter()
            .filter(|scope| scope.is_of_operator() == visitor.actor.is_operator())
            .map(choice)
            .collect(),
        days: days.to_owned(),
        lifetimes: lifetimes.chain([Choice::new("", words.api_token_never_expires())]).collect(),
        errors,
        words,
        frame,
    })
}

async fn created(visitor: &Visitor, name: &str, made: CreatedApiToken) -> PageResult {
    let words = visitor.words;
    let frame = visitor.frame(Section::ApiTokens, words.api_token_create()).await?;
    render(&CreatedPane {
        ready: words.api_token_is_ready(name),
        secret: made.secret,
        close_url: Section::ApiTokens.url(),
        words,
        frame,
    })
}
