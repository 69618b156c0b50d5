//! Help: how-to pages in both languages, part of the binary, so that each version brings its own.

mod markdown;

use crate::frame::{Crumb, Frame};
use crate::parts::Link;
use crate::web::{Access, PageError, PageResult, Routes, Section, Visitor, render};
use askama::Template;
use askama::filters::HtmlSafe;
use axum::extract::{Path, Query};
use domain::refusal::Refusal;
use serde::Deserialize;
use std::fmt;
use words::{Language, Words};

/// A page of help, in both languages.
pub(super) struct HelpPage {
    slug: &'static str,
    english: &'static str,
    dutch: &'static str,
}

macro_rules! help {
    ($($slug:literal),+ $(,)?) => {
        /// Every page, in the order of the index.
        pub(super) const PAGES: &[HelpPage] = &[$(HelpPage {
            slug: $slug,
            english: include_str!(concat!("../../../../../docs/help/en/", $slug, ".md")),
            dutch: include_str!(concat!("../../../../../docs/help/nl/", $slug, ".md")),
        }),+];
    };
}

help!(
    "see-your-products",
    "add-or-remove-licenses",
    "assign-licenses",
    "unassign-licenses",
    "assign-to-many",
    "buy",
    "pay-invoices",
    "product-keys",
    "make-product-keys",
    "recurring-billing",
    "billing-frequency",
    "self-service-policy",
    "payment-methods",
    "buy-for-your-team",
    "take-over",
    "centralize",
    "request-licenses",
    "who-gets-which-mail",
    "billing-profiles",
    "billing-roles",
    "add-people",
    "roles",
    "history",
    "api-tokens",
);

impl HelpPage {
    const fn text(&self, language: Language) -> &'static str {
        match language {
            Language::English => self.english,
            Language::Dutch => self.dutch,
        }
    }

    fn link(&self, language: Language) -> Link {
        Link::new(markdown::title(self.text(language)), format!("/help/{}", self.slug))
    }

    /// Whether every word that was typed is somewhere on the page.
    fn matches(&self, language: Language, search: &str) -> bool {
        let text = domain::user::fold(self.text(language));
        domain::user::fold(search).split_whitespace().all(|word| text.contains(word))
    }
}

/// The pages on which every word that was typed stands.
pub(super) fn find(language: Language, search: &str) -> Vec<Link> {
    PAGES.iter().filter(|page| page.matches(language, search)).map(|page| page.link(language)).collect()
}

pub(super) fn routes() -> Routes {
    Routes::default().get("/help", Access::SignedIn, index).get("/help/{slug}", Access::SignedIn, page)
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Asked {
    q: String,
}

#[derive(Template)]
#[template(path = "help/index.html")]
struct IndexPage {
    frame: Frame,
    words: Words,
    q: String,
    pages: Vec<Link>,
}

async fn index(visitor: Visitor, Query(asked): Query<Asked>) -> PageResult {
    let words = visitor.words;
    let mut frame = help_frame(&visitor, words.help()).await?;
    frame.lead = Some(words.help_purpose().to_owned());
    render(&IndexPage { pages: find(words.language, &asked.q), q: asked.q, words, frame })
}

/// HTML that `markdown` made: every text in it is escaped.
struct Html(String);

impl fmt::Display for Html {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl HtmlSafe for Html {}

#[derive(Template)]
#[template(path = "help/page.html")]
struct TextPage {
    frame: Frame,
    words: Words,
    text: Html,
    others: Vec<Link>,
}

async fn page(visitor: Visitor, Path(slug): Path<String>) -> PageResult {
    let language = visitor.words.language;
    let page = PAGES.iter().find(|page| page.slug == slug).ok_or(Refusal::NotFound)?;
    let text = page.text(language);
    let mut frame = help_frame(&visitor, markdown::title(text)).await?;
    frame.breadcrumbs = vec![Crumb::new(visitor.words.help(), "/help")];
    let others = PAGES.iter().filter(|other| other.slug != slug).map(|other| other.link(language));
    render(&TextPage { text: Html(markdown::to_html(text)), others: others.collect(), words: visitor.words, frame })
}

/// Help stands in no section of the navigation.
async fn help_frame(visitor: &Visitor, title: &str) -> Result<Frame, PageError> {
    let mut frame = visitor.frame(Section::Home, title).await?;
    frame.notices.clear();
    for section in &mut frame.navigation {
        for item in &mut section.items {
            item.current = false;
        }
    }
    Ok(frame)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_page_has_a_title_in_both_languages_and_its_links_lead_to_pages() {
        for page in PAGES {
            for language in [Language::English, Language::Dutch] {
                assert!(!markdown::title(page.text(language)).is_empty(), "{}", page.slug);
                let html = markdown::to_html(page.text(language));
                for link in html.split("href=\"/help/").skip(1) {
                    let slug = link.split('"').next().unwrap();
                    assert!(PAGES.iter().any(|other| other.slug == slug), "{} links to {slug}", page.slug);
                }
            }
        }
    }

    #[test]
    fn help_is_found_by_the_words_on_its_pages() {
        let titles = |language, search| find(language, search).into_iter().map(|link| link.label).collect::<Vec<_>>();
        assert_eq!(titles(Language::English, "product key reseller"), ["Add or remove licenses"]);
        assert_eq!(titles(Language::Dutch, "VLSC"), Vec::<String>::new());
        assert_eq!(
            titles(Language::Dutch, "proefversie partner"),
            ["Uw producten bekijken", "Licenties toevoegen of verwijderen", "Factureringsfrequentie"]
        );
        assert_eq!(find(Language::English, "").len(), PAGES.len());
    }
}
