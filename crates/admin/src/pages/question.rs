//! The pane that asks once more: what will happen, and the one button.

use crate::frame::Frame;
use crate::parts::FieldErrors;
use askama::Template;
use words::Words;

/// The question; its title and what it is about stand in the frame.
#[derive(Template)]
#[template(path = "question.html")]
pub(super) struct QuestionPane {
    pub frame: Frame,
    pub words: Words,
    pub close_url: String,
    pub url: String,
    pub errors: FieldErrors,
    /// Why it cannot be done now, so that there is nothing to press.
    pub closed: Option<String>,
    pub consequence: &'static str,
    pub button: &'static str,
    pub button_kind: &'static str,
}
