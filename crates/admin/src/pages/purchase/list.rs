//! The shelves: products with their price "from", by category or found by name.

use crate::frame::Frame;
use crate::parts::Tab;
use crate::web::{PageResult, Section, Visitor, address, render};
use app::catalog::browse::{AddOnsFor, BrowseProducts, BrowseShelves, ShelfRow};
use askama::Template;
use axum::extract::Query;
use domain::catalog::Category;
use domain::ids::SubscriptionId;
use domain::refusal::Refusal;
use serde::Deserialize;
use words::explanations::Explanation;
use words::{Language, Words};

/// Products of each shelf while all are shown.
const PER_SHELF: usize = 6;

/// Products of one page of a shelf or a search.
const PER_PAGE: usize = 24;

/// What the address asks for; what it does not know it leaves out.
#[derive(Deserialize, Default, Clone)]
#[serde(default)]
pub(super) struct Asked {
    q: String,
    category: String,
    after: String,
    /// The subscription whose add-ons are looked for.
    base_id: String,
}

impl Asked {
    /// The address with another shelf or from another product on.
    fn url(&self, category: &str, after: &str) -> String {
        address(Section::Purchase.url(), [("q", self.q.as_str()), ("category", category), ("after", after)])
    }
}

/// A product as shelves show it.
pub(in crate::pages) struct Card {
    pub(in crate::pages) url: String,
    pub(in crate::pages) name: String,
    pub(in crate::pages) sentence: String,
    pub(in crate::pages) category: &'static str,
    pub(in crate::pages) price: Option<String>,
    pub(in crate::pages) owned: Option<String>,
}

struct ShelfView {
    title: &'static str,
    more: Option<(String, String)>,
    cards: Vec<Card>,
}

#[derive(Template)]
#[template(path = "purchase/list.html")]
struct ListPage {
    /// Whether a user looks for the team; keys are then not offered.
    for_oneself: bool,
    frame: Frame,
    words: Words,
    asked: Asked,
    chips: Vec<Tab>,
    shelves: Vec<ShelfView>,
    found: Vec<Card>,
    more_url: Option<String>,
    back_url: Option<String>,
    nothing_found: Option<Explanation>,
    /// Whether the seller lets the reader buy nothing (R179).
    is_ineligible: bool,
}

pub(super) async fn page(visitor: Visitor, Query(asked): Query<Asked>) -> PageResult {
    if !asked.base_id.is_empty() {
        return add_ons(visitor, &asked.base_id).await;
    }
    let words = visitor.words;
    let category = Category::from_code(&asked.category);
    let mut frame = visitor.frame(Section::Purchase, words.purchase_services()).await?;
    let for_oneself = visitor.buys_for_oneself();
    let query = BrowseProducts { search: asked.q.clone(), category, after: asked.after.parse().ok(), limit: PER_PAGE };
    let is_filtered = category.is_some() || !asked.q.trim().is_empty();
    let found = visitor.read(query).await?;
    let lead = match (for_oneself, found.ineligible) {
        (_, Some(_)) => words.ineligible_title(),
        (true, None) => words.purchase_for_yourself(),
        (false, None) => words.purchase_purpose(),
    };
    frame.lead = Some(lead.to_owned());
    let shelves = if is_filtered { Vec::new() } else { visitor.read(BrowseShelves { limit: PER_SHELF }).await? };
    let shelf = |(category, count, rows): (Category, i64, Vec<ShelfRow>)| ShelfView {
        title: words.category_name(category),
        more: (count > rows.len() as i64).then(|| (words.purchase_show_shelf(count), asked.url(category.code(), ""))),
        cards: rows.iter().map(|row| card(words, row)).collect(),
    };
    let shelves: Vec<_> = shelves.into_iter().map(shelf).collect();
    let has_nothing = if is_filtered { found.rows.is_empty() } else { shelves.is_empty() };
    let page = ListPage {
        for_oneself,
        frame,
        words,
        chips: chips(words, &asked, &found.counts),
        shelves,
        more_url: found.next.filter(|_| is_filtered).map(|last| asked.url(&asked.category, &last.to_string())),
        back_url: (!asked.after.is_empty()).then(|| asked.url(&asked.category, "")),
        found: found.rows.iter().filter(|_| is_filtered).map(|row| card(words, row)).collect(),
        nothing_found: has_nothing.then(|| match (found.ineligible, asked.q.trim()) {
            (Some(reason), _) => words.refusal(&Refusal::NotEligible(reason)),
            (None, "") if for_oneself => Explanation::alone(words.purchase_ask_administrator()),
            (None, "") => Explanation::alone(words.purchase_catalog_empty()),
            (None, text) => Explanation::alone(words.purchase_nothing_found(text)),
        }),
        is_ineligible: found.ineligible.is_some(),
        asked,
    };
    render(&page)
}

#[derive(Template)]
#[template(path = "purchase/add_ons.html")]
struct AddOnsPage {
    frame: Frame,
    words: Words,
    cards: Vec<Card>,
    base_url: String,
}

/// The add-ons that fit one subscription (domain 1.9).
async fn add_ons(visitor: Visitor, base: &str) -> PageResult {
    let words = visitor.words;
    let id: SubscriptionId = base.parse().map_err(|_| Refusal::NotFound)?;
    let (name, rows) = visitor.read(AddOnsFor(id)).await?;
    let mut cards: Vec<_> = rows.iter().map(|row| card(words, row)).collect();
    for card in &mut cards {
        card.url = format!("{}?base_id={id}", card.url);
    }
    let mut frame = visitor.frame(Section::Purchase, words.add_ons_for(&name)).await?;
    frame.lead = Some(words.connect_to_subscription_hint().to_owned());
    render(&AddOnsPage { frame, words, cards, base_url: format!("{}/{id}", Section::YourProducts.url()) })
}

fn chips(words: Words, asked: &Asked, counts: &[(Category, i64)]) -> Vec<Tab> {
    let all: i64 = counts.iter().map(|(_, count)| count).sum();
    let chip = |label: &str, count: i64, code: &str| {
        Tab::new(format!("{label} ({})", words.number(count)), asked.url(code, ""), asked.category == code)
    };
    let count_of = |category: Category| counts.iter().find(|(of, _)| *of == category).map(|(_, count)| *count);
    let filled = Category::ALL.iter().filter_map(|category| {
        let is_shown = asked.category == category.code();
        let count = count_of(*category).or(is_shown.then_some(0))?;
        Some(chip(words.category_name(*category), count, category.code()))
    });
    std::iter::once(chip(words.purchase_all_categories(), all, "")).chain(filled).collect()
}

pub(in crate::pages) fn card(words: Words, row: &ShelfRow) -> Card {
    let sentence = match words.language {
        Language::English => &row.product.description_en,
        Language::Dutch => &row.product.description_nl,
    };
    Card {
        url: format!("{}/{}", Section::Purchase.url(), row.product.id),
        name: row.product.name.clone(),
        sentence: sentence.clone(),
        category: words.category_name(row.product.category),
        price: match &row.from {
            Some(price) => {
                let price = words.price_per_license_of(price.unit_price, price.billing_frequency);
                Some(words.purchase_from(&price))
            }
            None => row.is_free.then(|| words.channel_free().to_owned()),
        },
        owned: (row.subscriptions > 0).then(|| words.purchase_you_have_subscriptions(row.subscriptions)),
    }
}
