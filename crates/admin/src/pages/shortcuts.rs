//! The shortcuts of the keyboard: what they are, and turning off those that are single characters (WCAG 2.1.4).

use crate::frame::Frame;
use crate::web::{Access, PageResult, Routes, Section, Visitor, render};
use askama::Template;
use words::Words;

pub(super) const URL: &str = "/shortcuts";

pub(super) fn routes() -> Routes {
    Routes::default().get(URL, Access::SignedIn, pane)
}

#[derive(Template)]
#[template(path = "shortcuts/list.html")]
struct ShortcutsPane {
    frame: Frame,
    words: Words,
    close_url: &'static str,
    /// What is done from everywhere, with the keys that are pressed together.
    everywhere: Vec<(&'static str, Vec<&'static str>)>,
    /// Pages with their letter.
    pages: Vec<(String, String)>,
}

async fn pane(visitor: Visitor) -> PageResult {
    let words = visitor.words;
    let mut frame = visitor.frame(Section::Account, words.keyboard_shortcuts()).await?;
    frame.lead = Some(words.shortcuts_purpose().to_owned());
    let items = frame.navigation.iter().flat_map(|section| &section.items).filter(|item| !item.key.is_empty());
    let pages = items.map(|item| (item.label.clone(), item.key.to_uppercase())).collect();
    let everywhere = vec![
        (words.command_palette(), vec![words.key_control(), "K"]),
        (words.shortcut_to_list(), vec!["/"]),
        (words.keyboard_shortcuts(), vec!["?"]),
        (words.shortcut_close(), vec!["Esc"]),
    ];
    render(&ShortcutsPane { close_url: Section::Account.url(), everywhere, pages, words, frame })
}
