//! The language, the look and the shortcuts that a reader chose, kept in cookies for a year.

use crate::frame::Theme;
use crate::web::{Access, Form, Routes, redirect, set_cookie};
use axum::response::Response;
use words::Language;

const FOR_A_YEAR: &str = "; Max-Age=31536000";

pub(super) fn routes() -> Routes {
    Routes::default()
        .post("/preferences/language", Access::Public, language)
        .post("/preferences/theme", Access::Public, theme)
        .post("/preferences/shortcuts", Access::Public, shortcuts)
}

async fn language(form: Form) -> Response {
    let mut response = redirect(local(form.text("return_to")));
    if let Some(language) = Language::from_code(form.text("language")) {
        set_cookie(&mut response, "language", language.code(), FOR_A_YEAR);
    }
    response
}

async fn theme(form: Form) -> Response {
    let mut response = redirect(local(form.text("return_to")));
    set_cookie(&mut response, "theme", Theme::from_code(form.text("theme")).code(), FOR_A_YEAR);
    response
}

async fn shortcuts(form: Form) -> Response {
    let mut response = redirect(local(form.text("return_to")));
    let chosen = if form.text("shortcuts") == "off" { "off" } else { "on" };
    set_cookie(&mut response, "shortcuts", chosen, FOR_A_YEAR);
    response
}

/// A path on this site; anything else leads home, so that no link can send a reader elsewhere. Browsers read a
/// backslash as a slash and leave out tabs and line ends.
pub(super) fn local(path: &str) -> &str {
    let is_local = path.starts_with('/')
        && !path.starts_with("//")
        && !path.contains(|letter: char| letter == '\\' || letter.is_control());
    if is_local { path } else { "/" }
}

#[cfg(test)]
mod tests {
    use super::local;

    #[test]
    fn only_paths_of_this_site_are_followed() {
        assert_eq!(local("/billing/your-products?q=a"), "/billing/your-products?q=a");
        for foreign in
            ["//evil.example", "https://evil.example", "/\\evil.example", "/\t/evil.example", "", "/a\r\nSet-Cookie: x"]
        {
            assert_eq!(local(foreign), "/", "{foreign}");
        }
    }
}
