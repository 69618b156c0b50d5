//! The pane in which the life of a subscription changes: what will happen, what it asks, and the one button.

use crate::frame::Frame;
use crate::pages::help;
use crate::pages::present::closed;
use crate::parts::{Choice, Closed, FieldErrors, Link};
use crate::web::{PageError, Section, Visitor};
use app::subscription::details::{SubscriptionDetails, SubscriptionView};
use askama::Template;
use domain::ids::SubscriptionId;
use domain::refusal::Refusal;
use domain::subscription::{Action, Offer};
use words::Words;

/// A choice that the pane asks for: cards to choose from.
pub(super) struct Asks {
    pub name: &'static str,
    pub label: &'static str,
    pub value: String,
    pub choices: Vec<Choice>,
}

/// The reason and the feedback.
pub(super) struct Explains {
    pub reason: String,
    pub reasons: Vec<Choice>,
    pub feedback: String,
}

/// The pane. A closed action shows why, and nothing to press.
#[derive(Template)]
#[template(path = "subscription/life.html")]
pub(super) struct LifePane {
    frame: Frame,
    words: Words,
    pub close_url: String,
    url: String,
    pub closed: Option<Closed>,
    pub errors: FieldErrors,
    /// What the form sends along.
    pub hidden: Vec<(&'static str, String)>,
    /// What will happen, each with its icon.
    pub consequences: Vec<(&'static str, String)>,
    /// Above the facts.
    pub facts_title: &'static str,
    pub facts: Vec<(String, String)>,
    /// Whether it names amounts, to which tax comes.
    pub without_tax: bool,
    pub asks: Option<Asks>,
    pub explains: Option<Explains>,
    /// What somebody has to tick before it is done.
    pub confirm: Option<&'static str>,
    /// Where more is said.
    pub help: Option<Link>,
    /// Why there is nothing to press, when that is not for the rules but for what is missing.
    pub missing: Option<Closed>,
    pub button: &'static str,
    pub is_severe: bool,
    pub leave: &'static str,
}

impl LifePane {
    /// Names the step that the pane is.
    pub(super) fn retitle(&mut self, title: &str) {
        title.clone_into(&mut self.frame.title);
    }
}

/// The subscription whose address holds this id.
pub(super) async fn view(visitor: &Visitor, id: &str) -> Result<(SubscriptionId, SubscriptionView), PageError> {
    let id = id.parse().map_err(|_| Refusal::NotFound)?;
    Ok((id, visitor.read(SubscriptionDetails(id)).await?))
}

/// The address of the details page.
pub(super) fn details_url(id: SubscriptionId) -> String {
    format!("{}/{id}", Section::YourProducts.url())
}

/// An empty pane for one action.
pub(super) async fn pane(
    visitor: &Visitor,
    view: &SubscriptionView,
    action: Action,
    path: &str,
    errors: FieldErrors,
) -> Result<LifePane, PageError> {
    let words = visitor.words;
    let subscription = &view.listed.subscription;
    let mut frame = visitor.frame(Section::YourProducts, words.action_name(action)).await?;
    frame.lead = Some(view.listed.product_name.clone());
    let close_url = details_url(subscription.id);
    Ok(LifePane {
        frame,
        words,
        url: format!("{close_url}/{path}"),
        close_url,
        closed: match view.offer(action) {
            Offer::Open => None,
            Offer::Closed(reason) => Some(closed(words, reason, subscription)),
        },
        errors,
        hidden: Vec::new(),
        consequences: Vec::new(),
        facts_title: "",
        facts: Vec::new(),
        without_tax: false,
        asks: None,
        explains: None,
        confirm: None,
        help: Some(help::link(words, help::about(action))),
        missing: None,
        button: words.action_name(action),
        is_severe: false,
        leave: words.close(),
    })
}
