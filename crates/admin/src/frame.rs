//! What stands around every page: top bar, navigation, head of the page, messages. Drawn by `templates/frame.html`.

use crate::parts::{Status, Tone};
use askama::Template;
use askama::filters::HtmlSafe;
use jiff::civil::Date;
use words::Words;

/// The look that a person chose.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// As the device prefers.
    #[default]
    System,
    /// Always light.
    Light,
    /// Always dark.
    Dark,
}

impl Theme {
    /// The value in the cookie and in `data-theme`; empty when the device decides.
    pub fn code(self) -> &'static str {
        match self {
            Self::System => "",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// Reads the cookie's value; anything unknown means that the device decides.
    pub fn from_code(code: &str) -> Self {
        match code {
            "light" => Self::Light,
            "dark" => Self::Dark,
            _ => Self::System,
        }
    }
}

/// An item of the navigation.
#[derive(Clone, Debug)]
pub struct NavigationItem {
    /// What a person reads.
    pub label: String,
    /// Where it leads.
    pub url: String,
    /// Name of the icon in `assets/icons.svg`.
    pub icon: &'static str,
    /// Whether the page shown is this one or below it.
    pub current: bool,
    /// How many things wait there; 0 shows nothing.
    pub count: u64,
    /// The letter that leads there after a G on the keyboard, or empty.
    pub key: &'static str,
}

impl NavigationItem {
    /// An item with nothing waiting, not current.
    pub fn new(label: impl Into<String>, url: impl Into<String>, icon: &'static str) -> Self {
        Self { label: label.into(), url: url.into(), icon, current: false, count: 0, key: "" }
    }
}

/// Items that belong together, with or without a heading.
#[derive(Clone, Debug)]
pub struct NavigationSection {
    /// The heading, or empty.
    pub label: String,
    /// The items.
    pub items: Vec<NavigationItem>,
}

/// A step of the breadcrumb above the title, without the page itself.
pub type Crumb = crate::parts::Link;

/// The signed-in person.
#[derive(Clone, Debug)]
pub struct SignedIn {
    /// Display name.
    pub name: String,
    /// Sign-in name.
    pub mail: String,
    /// Roles in words, or empty.
    pub roles: String,
}

/// A message above the content (stays) or at the bottom (a toast, says what just happened).
#[derive(Clone, Debug)]
pub struct Notice {
    /// Icon, hue and the sentence.
    pub status: Status,
    /// Where more can be read or done.
    pub link: Option<crate::parts::Link>,
}

impl Notice {
    /// A message without a link.
    pub fn new(tone: Tone, text: impl Into<String>) -> Self {
        Self { status: Status::new(tone, text), link: None }
    }

    /// The same message with a link behind it.
    pub fn link(self, label: impl Into<String>, url: impl Into<String>) -> Self {
        Self { link: Some(crate::parts::Link::new(label, url)), ..self }
    }
}

/// Everything around the content of a page.
#[derive(Clone, Debug)]
pub struct Frame {
    /// All sentences in the reader's language; a page's template may use them too.
    pub words: Words,
    /// The look that the person chose.
    pub theme: Theme,
    /// Whether only the pane is wanted (the request carried `Zetel-Pane: 1`): then the page has no frame.
    pub pane_only: bool,
    /// Title of the page: its `h1` and, with the product's name, the browser's title.
    pub title: String,
    /// One sentence that says what the page is for.
    pub lead: Option<String>,
    /// The organization that is being looked at.
    pub organization: Option<String>,
    /// Its cloud, in words, when it is not the ordinary one.
    pub cloud: Option<String>,
    /// The sandbox's day, when the organization has a clock of its own.
    pub clock: Option<Date>,
    /// The signed-in person.
    pub person: Option<SignedIn>,
    /// The sections of the left navigation.
    pub navigation: Vec<NavigationSection>,
    /// The way to this page, without the page itself.
    pub breadcrumbs: Vec<Crumb>,
    /// Messages that stay.
    pub notices: Vec<Notice>,
    /// What just happened.
    pub toast: Option<Notice>,
    /// Whether there is something to search: everywhere but before signing in.
    pub with_search: bool,
    /// Whether single letters are shortcuts, which a person may turn off (WCAG 2.1.4).
    pub with_shortcuts: bool,
    /// Where help is.
    pub help_url: String,
    /// Path and query of this page, to come back to after a change of theme or language.
    pub path: String,
    /// The token that every form carries.
    pub form_token: String,
}

impl Frame {
    /// The browser's title: the page's and the product's name.
    pub fn document_title(&self) -> String {
        format!("{} \u{b7} {}", self.title, words::PRODUCT)
    }

    /// The sandbox's day: the sentence for a wide top bar and the mere date for a narrow one.
    pub fn clock_texts(&self) -> Option<(String, String)> {
        self.clock.map(|day| (self.words.sandbox_clock(day), self.words.date_short(day)))
    }
}

/// Declares the parts of the frame: each is a template of its own, so that it is compiled once and not with each page.
macro_rules! frame_parts {
    ($($(#[$documentation:meta])* $method:ident = $part:ident $path:literal;)+) => {
        $(
            $(#[$documentation])*
            #[derive(Template)]
            #[template(path = $path)]
            pub struct $part<'a> {
                frame: &'a Frame,
            }

            impl HtmlSafe for $part<'_> {}
        )+

        impl Frame {
            $(
                $(#[$documentation])*
                #[must_use]
                pub const fn $method(&self) -> $part<'_> {
                    $part { frame: self }
                }
            )+
        }
    };
}

frame_parts! {
    /// Everything before the content of a page.
    opening = Opening "frame/opening.html";
    /// Everything behind the content of a page.
    closing = Closing "frame/closing.html";
    /// What stands in the head of the document.
    head = Head "frame/head.html";
    /// The sections of the navigation.
    sections = Sections "frame/navigation.html";
    /// The messages that stay.
    messages = Messages "frame/notices.html";
    /// The way to the page.
    breadcrumb = Breadcrumb "frame/breadcrumb.html";
    /// What opens the search of everything.
    search = Search "frame/search.html";
    /// The switches of language and theme.
    preferences = Preferences "frame/preferences.html";
}
