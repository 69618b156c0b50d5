//! What every mail consists of.

use std::borrow::Cow;

/// A mail before it is drawn.
pub struct Letter {
    /// The subject, which is also its heading.
    pub subject: String,
    /// What it says.
    pub paragraphs: Vec<String>,
    /// What it is about, to look up.
    pub facts: Vec<Fact>,
    /// What to do next: the words of the button, and the page that it leads to.
    pub next: (&'static str, String),
}

/// A label and its value.
pub struct Fact {
    /// The label.
    pub label: Cow<'static, str>,
    /// The value.
    pub value: String,
}

/// A fact.
pub fn fact(label: impl Into<Cow<'static, str>>, value: impl Into<String>) -> Fact {
    Fact { label: label.into(), value: value.into() }
}
