//! What the organization says instead of taking requests.

use super::URL;
use crate::frame::Frame;
use crate::parts::FieldErrors;
use crate::web::{Done, Form, PageError, PageResult, Section, Visitor, notice_and_redirect, render, render_refused};
use app::Failure;
use app::license_request::process::{ReadRequestProcess, SetRequestProcess};
use askama::Template;
use domain::license::request::RequestProcess;
use words::Words;

#[derive(Template)]
#[template(path = "license_request/process.html")]
struct ProcessPane {
    frame: Frame,
    words: Words,
    close_url: &'static str,
    url: String,
    text: String,
    link: String,
    errors: FieldErrors,
}

pub(super) async fn pane(visitor: Visitor) -> PageResult {
    let process = visitor.read(ReadRequestProcess).await?;
    render(&process_pane(&visitor, process, FieldErrors::none()).await?)
}

pub(super) async fn submit(visitor: Visitor, form: Form) -> PageResult {
    match set(&visitor, &form).await {
        Ok(()) => Ok(notice_and_redirect(&Done::RequestProcessChanged {}, URL)),
        Err(failure) => {
            let errors = FieldErrors::of(visitor.words, &failure)?;
            let typed = RequestProcess { text: form.text("note").to_owned(), link: form.text("link").to_owned() };
            render_refused(&failure, &process_pane(&visitor, typed, errors).await?)
        }
    }
}

async fn set(visitor: &Visitor, form: &Form) -> Result<(), Failure> {
    visitor.write(SetRequestProcess(RequestProcess::new(form.text("note"), form.text("link"))?)).await
}

async fn process_pane(
    visitor: &Visitor,
    process: RequestProcess,
    errors: FieldErrors,
) -> Result<ProcessPane, PageError> {
    let words = visitor.words;
    Ok(ProcessPane {
        frame: visitor.frame(Section::Licenses, words.request_process()).await?,
        words,
        close_url: URL,
        url: format!("{URL}/process"),
        text: process.text,
        link: process.link,
        errors,
    })
}
