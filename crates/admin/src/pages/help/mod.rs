//! Help: how-to pages in both languages, part of the binary, so that each version brings its own.

mod find;
mod markdown;

use crate::frame::{Crumb, Frame};
use crate::parts::Link;
use crate::web::{Access, PageResult, RouteRow, Routes, Section, Visitor, render, section_frame};
use askama::Template;
use askama::filters::HtmlSafe;
use axum::extract::{Path, Query};
use domain::access::Reach;
use domain::cloud::QuantityButtons;
use domain::organization::{Cloud, Organization};
use domain::refusal::Refusal;
use domain::subscription::Action;
use serde::Deserialize;
use std::fmt;
use std::sync::LazyLock;
use words::{Language, Words};

/// A page of help, in both languages.
pub(super) struct HelpPage {
    slug: &'static str,
    /// What it is about, as the index says it.
    group: fn(Words) -> &'static str,
    english: &'static str,
    dutch: &'static str,
}

macro_rules! help {
    ($($group:ident: [$($slug:literal),+ $(,)?]),+ $(,)?) => {
        /// Every page, in the order of the index.
        pub(super) const PAGES: &[HelpPage] = &[$($(HelpPage {
            slug: $slug,
            group: Words::$group,
            english: include_str!(concat!("../../../../../docs/help/en/", $slug, ".md")),
            dutch: include_str!(concat!("../../../../../docs/help/nl/", $slug, ".md")),
        }),+),+];
    };
}

help!(
    help_of_products: [
        "see-your-products",
        "subscriptions-and-licenses",
        "add-or-remove-licenses",
        "assign-licenses",
        "unassign-licenses",
        "assign-to-many",
        "request-licenses",
        "auto-claim",
        "yammer-licenses",
    ],
    help_of_buying: [
        "buy",
        "try-a-product",
        "free-sign-up",
        "product-keys",
        "add-ons",
        "upgrade",
        "buy-more-at-your-partner",
    ],
    help_of_renewing: [
        "recurring-billing",
        "billing-frequency",
        "cancel",
        "reactivate",
    ],
    help_of_paying: [
        "pay-invoices",
        "payment-methods",
        "billing-profiles",
        "billing-roles",
        "who-gets-which-mail",
        "fapiaos",
    ],
    help_of_self_service: [
        "buy-for-your-team",
        "self-service-policy",
        "take-over",
        "centralize",
        "self-service-faq",
    ],
    help_of_people: [
        "add-people",
        "groups",
        "roles",
        "history",
        "find-quickly",
        "api-tokens",
        "admin-center-changes",
        "support",
    ],
    help_of_selling: [
        "make-product-keys",
        "bill-runs",
        "pay-credit-back",
        "serve-customers",
    ],
);

impl HelpPage {
    /// The part of the admin center that it is about, where not everybody has that.
    fn section(&self) -> Option<Section> {
        match self.slug {
            "make-product-keys" => Some(Section::ProductKeys),
            "bill-runs" | "pay-credit-back" => Some(Section::OperatorBilling),
            "serve-customers" => Some(Section::Customers),
            _ => None,
        }
    }
}

/// Pages about all of the organization, where own things are not enough.
const ABOUT_ALL: &[&str] = &["/billing/roles", "/billing/self-service", "/groups"];

/// Whether a link of a page leads the reader to a page that opens.
fn opens(visitor: &Visitor, home: &Organization, url: &str) -> bool {
    static PAGES: LazyLock<Vec<RouteRow>> = LazyLock::new(|| super::routes().table().to_vec());
    let path = url.split(['?', '#']).next().unwrap_or_default();
    if path == Section::Customers.url() {
        return Section::Customers.shows(visitor, home);
    }
    match PAGES.iter().find(|row| row.method == "GET" && row.path == path) {
        Some(RouteRow { access: Access::Needs(permission), .. }) if ABOUT_ALL.contains(&path) => {
            visitor.may_somewhere(*permission)
        }
        Some(RouteRow { access: Access::Needs(permission), .. }) => visitor.reach(*permission) != Reach::Nothing,
        _ => true,
    }
}

/// What stands in the texts for what differs between clouds.
struct Names {
    language: Language,
    /// The pages that are for the reader, in the order of the index; others open by their address alone.
    listed: Vec<&'static HelpPage>,
    cloud: Cloud,
    products_page: &'static str,
    submit_quantity: String,
}

impl Names {
    fn of(visitor: &Visitor, home: &Organization) -> Self {
        let (words, buttons) = (visitor.words, home.cloud.facts().quantity_buttons);
        let send = words.quantity_button_name(buttons);
        Self {
            language: words.language,
            listed: {
                let is_for = |page: &&HelpPage| page.section().is_none_or(|section| section.shows(visitor, home));
                PAGES.iter().filter(is_for).collect()
            },
            cloud: home.cloud,
            products_page: visitor.products_page(home),
            submit_quantity: match buttons {
                QuantityButtons::SubmitChange => format!("**{send}**"),
                QuantityButtons::SubmitThenClose => words.help_send_then_close(send, words.close()),
            },
        }
    }

    /// The text of a page as people of this cloud read it.
    fn text(&self, page: &HelpPage) -> String {
        let lines: Vec<_> = page.text(self.language).lines().filter_map(|line| in_cloud(line, self.cloud)).collect();
        let text = lines.join("\n").replace("{products_page}", self.products_page);
        text.replace("{submit_quantity}", &self.submit_quantity)
    }

    fn link(&self, page: &HelpPage) -> Link {
        Link::new(markdown::title(page.text(self.language)), format!("/help/{}", page.slug))
    }

    /// The pages for the reader, under what they are about.
    fn by_group(&self, words: Words) -> Vec<(&'static str, Vec<Link>)> {
        let alike = |one: &&HelpPage, next: &&HelpPage| (one.group)(words) == (next.group)(words);
        let groups = self.listed.chunk_by(alike);
        groups.map(|pages| ((pages[0].group)(words), pages.iter().map(|page| self.link(page)).collect())).collect()
    }

    /// The pages that fit what was typed, the best first.
    fn find(&self, search: &str) -> Vec<Link> {
        let texts: Vec<String> = self.listed.iter().map(|page| self.text(page)).collect();
        find::find(&texts, search).into_iter().map(|place| self.link(self.listed[place])).collect()
    }
}

/// A line of a page where it is for this cloud: `{in CLOUD} text` is for that one alone, `{not in CLOUD} text` for the
/// others.
fn in_cloud(line: &str, cloud: Cloud) -> Option<&str> {
    let only = line.strip_prefix("{in ").map(|rest| (rest, true));
    let Some((rest, is_only)) = only.or_else(|| line.strip_prefix("{not in ").map(|rest| (rest, false))) else {
        return Some(line);
    };
    let (code, text) = rest.split_once("} ")?;
    ((code == cloud.code()) == is_only).then_some(text)
}

impl HelpPage {
    const fn text(&self, language: Language) -> &'static str {
        match language {
            Language::English => self.english,
            Language::Dutch => self.dutch,
        }
    }
}

/// The pages that fit what was typed, the best first.
pub(super) fn find(visitor: &Visitor, home: &Organization, search: &str) -> Vec<Link> {
    Names::of(visitor, home).find(search)
}

/// The link to a page, named by its title. A slug that is no page leads to the index.
pub(super) fn link(words: Words, slug: &str) -> Link {
    match PAGES.iter().find(|page| page.slug == slug) {
        Some(page) => Link::new(markdown::title(page.text(words.language)), format!("/help/{slug}")),
        None => Link::new(words.help(), "/help"),
    }
}

/// Links to several pages.
pub(super) fn links(words: Words, slugs: &[&str]) -> Vec<Link> {
    slugs.iter().map(|slug| link(words, slug)).collect()
}

/// The page that explains an action of a subscription (R2).
pub(super) const fn about(action: Action) -> &'static str {
    match action {
        Action::AddLicenses | Action::RemoveLicenses => "add-or-remove-licenses",
        Action::AddByKey | Action::ExtendEndDate => "product-keys",
        Action::AssignLicenses => "assign-licenses",
        Action::UnassignLicenses => "unassign-licenses",
        Action::EditRecurringBilling => "recurring-billing",
        Action::EditBillingFrequency => "billing-frequency",
        Action::ChangePlan => "upgrade",
        Action::ChangePaymentMethod => "payment-methods",
        Action::Cancel | Action::Delete => "cancel",
        Action::Reactivate => "reactivate",
        Action::TakeOver => "take-over",
        Action::ExtendTrial | Action::BuyTrial => "try-a-product",
    }
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
    /// What it is about, empty for what was found; and the pages.
    groups: Vec<(&'static str, Vec<Link>)>,
}

async fn index(visitor: Visitor, Query(asked): Query<Asked>) -> PageResult {
    let words = visitor.words;
    let home = visitor.home().await?;
    let mut frame = section_frame(&visitor, &home, Section::Help, words.help().to_owned());
    frame.lead = Some(words.help_purpose().to_owned());
    let names = Names::of(&visitor, &home);
    let groups = if asked.q.trim().is_empty() { names.by_group(words) } else { vec![("", names.find(&asked.q))] };
    render(&IndexPage { groups, q: asked.q, words, frame })
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
    is_support: bool,
    support: Option<Link>,
    others: Vec<Link>,
}

async fn page(visitor: Visitor, Path(slug): Path<String>) -> PageResult {
    let page = PAGES.iter().find(|page| page.slug == slug).ok_or(Refusal::NotFound)?;
    let home = visitor.home().await?;
    let names = Names::of(&visitor, &home);
    let text = names.text(page);
    let mut frame = section_frame(&visitor, &home, Section::Help, markdown::title(&text).to_owned());
    frame.breadcrumbs = vec![Crumb::new(visitor.words.help(), "/help")];
    let others = names.listed.iter().filter(|other| other.slug != slug).map(|other| names.link(other));
    render(&TextPage {
        text: Html(markdown::to_html(&text, |url| opens(&visitor, &home, url))),
        is_support: slug == "support",
        support: visitor.settings().support_url.as_deref().map(|url| support_link(visitor.words, url)),
        others: others.collect(),
        words: visitor.words,
        frame,
    })
}

/// Where people get help beyond the pages, as the operator set it (R48, R150).
fn support_link(words: Words, url: &str) -> Link {
    match url.split_once(':') {
        Some(("mailto", address)) => Link::new(words.support_by_mail(address), url),
        Some(("tel", number)) => Link::new(words.support_by_phone(number), url),
        _ => Link::new(words.support_link(), url),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_page_has_a_title_in_both_languages_and_its_links_lead_to_pages() {
        for page in PAGES {
            for language in [Language::English, Language::Dutch] {
                assert!(!markdown::title(page.text(language)).is_empty(), "{}", page.slug);
                let html = markdown::to_html(page.text(language), |_| true);
                for link in html.split("href=\"/help/").skip(1) {
                    let slug = link.split('"').next().unwrap();
                    assert!(PAGES.iter().any(|other| other.slug == slug), "{} links to {slug}", page.slug);
                }
            }
        }
    }

    fn names(language: Language) -> Names {
        let submit_quantity = "**Submit change**".to_owned();
        let listed = PAGES.iter().collect();
        Names { language, listed, cloud: Cloud::Worldwide, products_page: "Your products", submit_quantity }
    }

    /// Domain 7: lines of one cloud, and of all but one; every cloud that is named exists.
    #[test]
    fn lines_are_for_their_clouds() {
        let shown = |line| Cloud::ALL.iter().filter_map(|cloud| in_cloud(line, *cloud)).collect::<Vec<_>>();
        assert_eq!(shown("1. Buy"), ["1. Buy"; 3]);
        assert_eq!(shown("{in germany} 1. Buy"), ["1. Buy"]);
        assert_eq!(shown("{not in germany}    by card"), ["   by card"; 2]);
        for line in PAGES.iter().flat_map(|page| [page.english, page.dutch]).flat_map(str::lines) {
            assert!([1, 2, 3].contains(&shown(line).len()), "{line}");
            assert!(!line.starts_with("{in ") || shown(line).len() == 1, "{line}");
        }
    }

    #[test]
    fn help_is_found_by_the_words_on_its_pages() {
        let titles =
            |language, search| names(language).find(search).into_iter().map(|link| link.label).collect::<Vec<_>>();
        assert_eq!(titles(Language::English, "product key reseller"), ["Add or remove licenses"]);
        assert_eq!(titles(Language::Dutch, "VLSC"), ["Meer kopen bij uw partner"]);
        assert_eq!(titles(Language::English, "Submit change 105"), ["Add or remove licenses"]);
        assert_eq!(names(Language::English).find("").len(), PAGES.len());
    }

    /// What people type who never read the pages, also in a hurry, leads to the page that answers it.
    #[test]
    fn help_is_found_by_what_people_type() {
        let english = [
            ("how do I get a refund", "pay-credit-back"),
            ("cancle subscription", "cancel"),
            ("unsubscribe", "cancel"),
            ("fewer seats", "add-or-remove-licenses"),
            ("delete credit card", "payment-methods"),
            ("recieve invoice", "pay-invoices"),
            ("add user", "add-people"),
            ("auto-renew off", "recurring-billing"),
            ("monthly or yearly", "billing-frequency"),
        ];
        let dutch = [
            ("abonement opzeggen", "cancel"),
            ("stopzetten", "cancel"),
            ("hoe krijg ik geld terug", "pay-credit-back"),
            ("creditcard vervangen", "payment-methods"),
            ("rekening betalen", "pay-invoices"),
            ("minder licenties", "add-or-remove-licenses"),
            ("medewerker toevoegen", "add-people"),
            ("licentie toewijzen aan collega", "assign-licenses"),
            ("maandelijks of jaarlijks", "billing-frequency"),
            ("facutren bekijken", "pay-invoices"),
        ];
        let asked = english.map(|asked| (Language::English, asked));
        for (language, (typed, slug)) in asked.into_iter().chain(dutch.map(|asked| (Language::Dutch, asked))) {
            let found: Vec<_> = names(language).find(typed).into_iter().map(|link| link.url).take(5).collect();
            assert!(found.contains(&format!("/help/{slug}")), "{typed}: {found:?}");
        }
    }

    /// What stands for a name of a cloud is always filled in.
    #[test]
    fn no_page_shows_a_placeholder() {
        let clouds = Cloud::ALL.iter();
        for (cloud, language) in clouds.flat_map(|cloud| [(*cloud, Language::English), (*cloud, Language::Dutch)]) {
            for page in PAGES {
                let text = Names { cloud, ..names(language) }.text(page);
                assert!(!text.contains(['{', '}']), "{}: {text}", page.slug);
            }
        }
    }

    /// R2: each action of a subscription has a page that explains it; titles need no names of a cloud.
    #[test]
    fn every_action_has_its_page() {
        let words = Words::from(Language::English);
        for action in Action::ALL {
            assert!(PAGES.iter().any(|page| page.slug == about(*action)), "{action}");
        }
        let Link { label, url } = link(words, "cancel");
        assert_eq!((label.as_str(), url.as_str()), ("Cancel a subscription", "/help/cancel"));
        for page in PAGES {
            assert!(!markdown::title(page.english).contains('{') && !markdown::title(page.dutch).contains('{'));
        }
    }

    /// R48, R150.
    #[test]
    fn support_is_a_link_that_says_how() {
        let words = Words::from(Language::English);
        let label = |url: &str| support_link(words, url).label;
        assert_eq!(label("https://support.example"), "Go to support");
        assert_eq!(label("mailto:help@example.com"), "Write to help@example.com");
        assert_eq!(label("tel:+31201234567"), "Call +31201234567");
    }
}
