//! Suspend, resume, make a sandbox: each asked once, with what will happen.

use crate::pages::question::QuestionPane;
use crate::parts::FieldErrors;
use crate::web::{Done, Form, PageError, PageResult, Section, Visitor, notice_and_redirect, render, render_refused};
use app::Command;
use app::organization::become_sandbox::BecomeSandbox;
use app::organization::change_state::ChangeOrganizationState;
use app::organization::details::OrganizationDetails;
use axum::extract::Path;
use domain::ids::OrganizationId;
use domain::organization::OrganizationState;
use domain::refusal::Refusal;
use words::Words;

/// What is asked.
#[derive(Clone, Copy)]
enum Question {
    Suspend,
    Resume,
    Sandbox,
}

impl Question {
    const fn path(self) -> &'static str {
        match self {
            Self::Suspend => "suspend",
            Self::Resume => "resume",
            Self::Sandbox => "sandbox",
        }
    }

    fn title(self, words: Words, name: &str) -> String {
        match self {
            Self::Suspend => words.organization_suspend_question(name),
            Self::Resume => words.organization_resume_question(name),
            Self::Sandbox => words.organization_make_sandbox_question(name),
        }
    }

    const fn consequence(self, words: Words) -> &'static str {
        match self {
            Self::Suspend => words.organization_suspend_consequence(),
            Self::Resume => words.organization_resume_consequence(),
            Self::Sandbox => words.organization_make_sandbox_consequence(),
        }
    }

    const fn button(self, words: Words) -> &'static str {
        match self {
            Self::Suspend => words.organization_suspend(),
            Self::Resume => words.organization_resume(),
            Self::Sandbox => words.organization_make_sandbox(),
        }
    }

    const fn button_kind(self) -> &'static str {
        match self {
            Self::Suspend | Self::Sandbox => "severe",
            Self::Resume => "primary",
        }
    }
}

pub(super) async fn suspend_pane(visitor: Visitor, Path(id): Path<String>) -> PageResult {
    render(&pane(&visitor, Question::Suspend, parse(&id)?, FieldErrors::none()).await?)
}

pub(super) async fn resume_pane(visitor: Visitor, Path(id): Path<String>) -> PageResult {
    render(&pane(&visitor, Question::Resume, parse(&id)?, FieldErrors::none()).await?)
}

pub(super) async fn sandbox_pane(visitor: Visitor, Path(id): Path<String>) -> PageResult {
    render(&pane(&visitor, Question::Sandbox, parse(&id)?, FieldErrors::none()).await?)
}

pub(super) async fn suspend(visitor: Visitor, Path(id): Path<String>, _form: Form) -> PageResult {
    let command = ChangeOrganizationState(OrganizationState::Suspended);
    submit(&visitor, Question::Suspend, parse(&id)?, command, Done::OrganizationSuspended {}).await
}

pub(super) async fn resume(visitor: Visitor, Path(id): Path<String>, _form: Form) -> PageResult {
    let command = ChangeOrganizationState(OrganizationState::Active);
    submit(&visitor, Question::Resume, parse(&id)?, command, Done::OrganizationResumed {}).await
}

pub(super) async fn sandbox(visitor: Visitor, Path(id): Path<String>, _form: Form) -> PageResult {
    submit(&visitor, Question::Sandbox, parse(&id)?, BecomeSandbox, Done::OrganizationBecameSandbox {}).await
}

fn parse(id: &str) -> Result<OrganizationId, Refusal> {
    id.parse().map_err(|_| Refusal::NotFound)
}

async fn submit(
    visitor: &Visitor,
    question: Question,
    id: OrganizationId,
    command: impl Command<Outcome = ()>,
    done: Done,
) -> PageResult {
    match visitor.write_for(id, command).await {
        Ok(()) => Ok(notice_and_redirect(&done, &format!("{}/{id}", Section::Organizations.url()))),
        Err(failure) => {
            let errors = FieldErrors::of(visitor.words, &failure)?;
            render_refused(&failure, &pane(visitor, question, id, errors).await?)
        }
    }
}

async fn pane(
    visitor: &Visitor,
    question: Question,
    id: OrganizationId,
    errors: FieldErrors,
) -> Result<QuestionPane, PageError> {
    let words = visitor.words;
    let name = visitor.read_of(id, OrganizationDetails).await?.organization.name;
    let frame = visitor.frame(Section::Organizations, question.title(words, &name)).await?;
    let close_url = format!("{}/{id}", Section::Organizations.url());
    Ok(QuestionPane {
        url: format!("{close_url}/{}", question.path()),
        close_url,
        errors,
        closed: None,
        consequence: question.consequence(words),
        button: question.button(words),
        button_kind: question.button_kind(),
        words,
        frame,
    })
}
