//! Signing in with a password, in the demo with one click, and signing out.

use super::preferences::local;
use crate::frame::Frame;
use crate::parts::FieldErrors;
use crate::web::{
    Access, Admin, Browser, Done, Form, PageError, PageResult, Routes, SESSION_COOKIE, blocking, cookie,
    notice_and_redirect, redirect, render, render_refused, set_cookie,
};
use app::session::{self, SecretToken};
use app::setup;
use askama::Template;
use axum::extract::{Query, State};
use axum::http::HeaderMap;
use axum::response::Response;
use domain::organization::OrganizationKind;
use domain::refusal::{Field, Refusal};
use domain::user::UserDraft;
use serde::Deserialize;
use words::Words;

pub(super) fn routes() -> Routes {
    Routes::default()
        .get("/sign-in", Access::Public, page)
        .post("/sign-in", Access::Public, sign_in)
        .post("/demo/sign-in", Access::Public, sign_in_as)
        .post("/sign-out", Access::Public, sign_out)
        .get("/setup", Access::Public, setup_page)
        .post("/setup", Access::Public, set_up)
}

#[derive(Deserialize)]
struct Next {
    #[serde(default)]
    next: String,
}

struct PersonaCard {
    code: &'static str,
    name: String,
    role: &'static str,
    means: &'static str,
}

#[derive(Template)]
#[template(path = "sign_in/page.html")]
struct SignInPage {
    frame: Frame,
    words: Words,
    errors: FieldErrors,
    email: String,
    next: String,
    sign_in_again: bool,
    personas: Vec<PersonaCard>,
}

fn sign_in_page(admin: &Admin, browser: &Browser, email: &str, next: &str, errors: FieldErrors) -> SignInPage {
    let words = browser.words;
    let personas = admin.settings.personas.iter().map(|persona| {
        let (role, means) = match domain::access::Role::from_code(persona.code) {
            Some(role) => (words.role_name(role), words.role_means(role)),
            None if persona.code == "buyer" => (words.persona_buyer(), words.persona_buyer_means()),
            None => match OrganizationKind::from_code(persona.code) {
                Some(kind) => (words.partner_kind_name(kind), words.persona_partner_means()),
                None => (words.persona_ordinary_user(), words.persona_ordinary_user_means()),
            },
        };
        PersonaCard { code: persona.code, name: persona.name.clone(), role, means }
    });
    SignInPage {
        frame: browser.bare_frame(words.sign_in()),
        words,
        errors,
        email: email.to_owned(),
        next: next.to_owned(),
        // Whoever is led here with a cookie has a session that ended, or sent a form of an older one.
        sign_in_again: !next.is_empty() && !browser.form_token.is_empty(),
        personas: personas.collect(),
    }
}

async fn page(State(admin): State<Admin>, browser: Browser, Query(query): Query<Next>) -> PageResult {
    let app = admin.app.clone();
    if !blocking(move || setup::is_done(&app)).await? {
        return Ok(redirect("/setup"));
    }
    render(&sign_in_page(&admin, &browser, "", &query.next, FieldErrors::none()))
}

async fn sign_in(State(admin): State<Admin>, browser: Browser, form: Form) -> PageResult {
    let (app, client) = (admin.app.clone(), browser.client.clone());
    let (email, password) = (form.text("email").to_owned(), form.text("password").to_owned());
    match blocking(move || session::sign_in(&app, &email, &password, &client)).await {
        Ok(token) => Ok(signed_in(&admin, &token, form.text("next"))),
        Err(failure) => {
            let errors = FieldErrors::of(browser.words, &failure)?;
            render_refused(&failure, &sign_in_page(&admin, &browser, form.text("email"), form.text("next"), errors))
        }
    }
}

/// One click makes anybody a person of the demo; outside it there is no such person, so the route finds none.
async fn sign_in_as(State(admin): State<Admin>, form: Form) -> PageResult {
    let persona = admin.settings.personas.iter().find(|persona| persona.code == form.text("persona"));
    let persona = persona.ok_or(Refusal::NotFound)?.clone();
    let app = admin.app.clone();
    let token = blocking(move || session::start(&app, persona.organization_id, persona.user_id)).await?;
    Ok(signed_in(&admin, &token, form.text("next")))
}

fn signed_in(admin: &Admin, token: &SecretToken, next: &str) -> Response {
    let mut response = redirect(local(next));
    let secure = if admin.settings.secure_cookies { "; Secure" } else { "" };
    set_cookie(&mut response, SESSION_COOKIE, token.secret(), &format!("; HttpOnly{secure}"));
    response
}

/// Signs out, also by a form of an older session: one of a foreign page is refused by its `Origin`.
async fn sign_out(State(admin): State<Admin>, headers: HeaderMap) -> PageResult {
    if let Some(token) = cookie(&headers, SESSION_COOKIE).map(str::to_owned) {
        let app = admin.app.clone();
        blocking(move || session::sign_out(&app, &token)).await?;
    }
    let mut response = notice_and_redirect(&Done::SignedOut {}, "/sign-in");
    set_cookie(&mut response, SESSION_COOKIE, "", "; Max-Age=0; HttpOnly");
    Ok(response)
}

#[derive(Template)]
#[template(path = "sign_in/setup.html")]
struct SetupPage {
    frame: Frame,
    words: Words,
    errors: FieldErrors,
    draft: UserDraft,
}

/// Before the first operator is there this is the only page; afterwards it does not exist.
async fn setup_page(State(admin): State<Admin>, browser: Browser) -> PageResult {
    only_before_setup(&admin).await?;
    let frame = browser.bare_frame(browser.words.setup_title(words::PRODUCT));
    render(&SetupPage { frame, words: browser.words, errors: FieldErrors::none(), draft: UserDraft::default() })
}

async fn set_up(State(admin): State<Admin>, browser: Browser, form: Form) -> PageResult {
    only_before_setup(&admin).await?;
    let draft = UserDraft {
        display_name: form.text("display_name").to_owned(),
        email: form.text("email").to_owned(),
        ..UserDraft::default()
    };
    let (app, wanted, password) = (admin.app.clone(), draft.clone(), form.text("password").to_owned());
    let made = if admin.settings.setup_code.as_deref() != Some(form.text("setup_code")) {
        Err(Refusal::WrongSetupCode.at(Field::SetupCode).into())
    } else if form.text("password_repeat") != password {
        Err(Refusal::PasswordsDiffer.at(Field::Password).into())
    } else {
        blocking(move || setup::first_operator(&app, &wanted, &password)).await
    };
    match made {
        Ok((home, user)) => {
            let app = admin.app.clone();
            let token = blocking(move || session::start(&app, home, user)).await?;
            Ok(signed_in(&admin, &token, "/"))
        }
        Err(failure) => {
            let errors = FieldErrors::of(browser.words, &failure)?;
            let frame = browser.bare_frame(browser.words.setup_title(words::PRODUCT));
            render_refused(&failure, &SetupPage { frame, words: browser.words, errors, draft })
        }
    }
}

async fn only_before_setup(admin: &Admin) -> Result<(), PageError> {
    let app = admin.app.clone();
    if blocking(move || setup::is_done(&app)).await? { Err(Refusal::NotFound.into()) } else { Ok(()) }
}
