//! The search of the top bar: people, groups, products, invoices, organizations, pages, help, and what can be done;
//! only what the reader may see, asked as the lists ask. With script it is a palette over every page.

mod actions;

use crate::frame::Frame;
use crate::pages::group::group_url;
use crate::pages::{help, invoice};
use crate::web::{Access, PageError, PageResult, Routes, Section, Visitor, render, section_frame};
use app::billing::list::FindInvoices;
use app::catalog::browse::BrowseProducts;
use app::group::list::ListGroups;
use app::organization::list::ListOrganizations;
use app::subscription::list::ListSubscriptions;
use app::user::list::{ListUsers, UserFilter};
use askama::Template;
use axum::extract::Query;
use domain::access::{Permission, Reach};
use domain::organization::Organization;
use domain::user::fold;
use serde::Deserialize;
use words::Words;

/// Hits of one kind that are shown.
const HITS: usize = 8;

pub(super) fn routes() -> Routes {
    Routes::default().get("/search", Access::SignedIn, page)
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Asked {
    q: String,
}

/// What was found of one kind.
struct Group {
    title: &'static str,
    icon: &'static str,
    hits: Vec<Hit>,
}

/// Something that was found.
struct Hit {
    label: String,
    url: String,
    /// What tells it apart, or empty.
    note: String,
    /// Whether it opens as a pane.
    is_pane: bool,
}

impl Hit {
    fn new(label: impl Into<String>, url: impl Into<String>, note: impl Into<String>) -> Self {
        Self { label: label.into(), url: url.into(), note: note.into(), is_pane: false }
    }
}

#[derive(Template)]
#[template(path = "search/page.html")]
struct SearchPage {
    frame: Frame,
    words: Words,
    q: String,
    /// How many, in words.
    found: String,
    groups: Vec<Group>,
}

async fn page(visitor: Visitor, Query(asked): Query<Asked>) -> PageResult {
    let words = visitor.words;
    let q = asked.q.trim().to_owned();
    let home = visitor.home().await?;
    let mut frame = section_frame(&visitor, &home, Section::Help, words.search().to_owned());
    frame.lead = Some(words.search_hint().to_owned());
    let mut groups = vec![actions::group(&visitor, &home, &q), pages(&visitor, &frame, &q)];
    if !q.is_empty() {
        groups.push(products(&visitor, &home, &q).await?);
        groups.push(people(&visitor, &q).await?);
        groups.push(groups_of_people(&visitor, &q).await?);
        groups.push(shelf(&visitor, &q).await?);
        groups.push(invoices(&visitor, &q).await?);
        groups.push(organizations(&visitor, &q).await?);
        groups.push(how_tos(&visitor, &home, &q));
    }
    groups.retain(|group| !group.hits.is_empty());
    let found = words.results(groups.iter().map(|group| group.hits.len() as i64).sum());
    render(&SearchPage { groups, found, q, words, frame })
}

async fn people(visitor: &Visitor, q: &str) -> Result<Group, PageError> {
    let mut hits = Vec::new();
    if visitor.may(Permission::ReadUsers) {
        let query = ListUsers { search: q.to_owned(), filter: UserFilter::default(), after: None, limit: HITS };
        hits = visitor.read(query).await?.rows;
    }
    let hit = |row: app::user::list::ListedUser| {
        let url = format!("{}/{}", Section::Users.url(), row.user.id);
        Hit::new(row.user.display_name, url, row.user.email)
    };
    Ok(Group { title: visitor.words.organization_people(), icon: "person", hits: hits.into_iter().map(hit).collect() })
}

async fn groups_of_people(visitor: &Visitor, q: &str) -> Result<Group, PageError> {
    let words = visitor.words;
    let mut hits = Vec::new();
    if visitor.may(Permission::ReadUsers) {
        hits = visitor.read(ListGroups { search: q.to_owned(), after: None, limit: HITS }).await?.rows;
    }
    let hit = |group: domain::group::Group| {
        Hit::new(group.name, group_url(group.id), words.people_count(group.member_count.into()))
    };
    Ok(Group { title: words.groups(), icon: "group", hits: hits.into_iter().map(hit).collect() })
}

async fn products(visitor: &Visitor, home: &Organization, q: &str) -> Result<Group, PageError> {
    let words = visitor.words;
    let query = ListSubscriptions { search: q.to_owned(), ..ListSubscriptions::by_name(HITS) };
    let hit = |row: app::subscription::list::ListedSubscription| {
        let note = format!(
            "{} · {}",
            words.subscription_state_name(row.subscription.state),
            words.channel_name(row.subscription.channel)
        );
        Hit::new(row.product_name, format!("{}/{}", Section::YourProducts.url(), row.subscription.id), note)
    };
    let hits = visitor.read(query).await?.rows.into_iter().map(hit).collect();
    Ok(Group { title: visitor.products_page(home), icon: "product", hits })
}

/// What can be bought.
async fn shelf(visitor: &Visitor, q: &str) -> Result<Group, PageError> {
    let mut hits = Vec::new();
    if visitor.reach(Permission::BuySubscription) != Reach::Nothing && !visitor.actor.is_operator() {
        let query = BrowseProducts { search: q.to_owned(), limit: HITS, ..BrowseProducts::default() };
        hits = visitor.read(query).await?.rows;
    }
    let hit = |row: app::catalog::browse::ShelfRow| {
        Hit::new(row.product.name, format!("{}/{}", Section::Purchase.url(), row.product.id), "")
    };
    let hits = hits.into_iter().take(HITS).map(hit).collect();
    Ok(Group { title: visitor.words.purchase_services(), icon: "cart", hits })
}

async fn invoices(visitor: &Visitor, q: &str) -> Result<Group, PageError> {
    let words = visitor.words;
    let mut hits = Vec::new();
    // Numbers are looked for, not products: those lead to their invoices.
    let is_number = q.chars().any(|letter| letter.is_ascii_digit());
    if is_number && visitor.reach(Permission::ReadInvoices) != Reach::Nothing && !visitor.actor.is_operator() {
        let (rows, today) = visitor.read(FindInvoices { number: q.to_owned(), limit: HITS }).await?;
        hits = rows.iter().map(|row| invoice::InvoiceRow::new(words, row, today)).collect();
    }
    let hit = |row: invoice::InvoiceRow| {
        Hit::new(row.title, row.url, format!("{} · {} · {}", row.date, row.total, row.status.word))
    };
    Ok(Group { title: words.invoices(), icon: "bill", hits: hits.into_iter().map(hit).collect() })
}

async fn organizations(visitor: &Visitor, q: &str) -> Result<Group, PageError> {
    let mut hits = Vec::new();
    if visitor.may(Permission::OperateOrganizations) {
        hits = visitor.read(ListOrganizations { search: q.to_owned(), after: None, limit: HITS }).await?.rows;
    }
    let hit = |row: domain::organization::Organization| {
        let url = format!("{}/{}", Section::Organizations.url(), row.id);
        Hit::new(row.name, url, row.country)
    };
    let title = visitor.words.organizations();
    Ok(Group { title, icon: "building", hits: hits.into_iter().map(hit).collect() })
}

/// The pages of the reader's own navigation, and those behind them.
fn pages(visitor: &Visitor, frame: &Frame, q: &str) -> Group {
    let items = frame.navigation.iter().flat_map(|section| &section.items);
    let navigation = items.map(|item| Hit::new(item.label.clone(), item.url.clone(), ""));
    let hits = navigation.chain(actions::further_pages(visitor)).filter(|hit| names(&hit.label, q));
    Group { title: visitor.words.search_pages(), icon: "arrow", hits: hits.collect() }
}

/// Whether each word that was typed begins a word of the label: "vi" is Visio, and not "services".
fn names(label: &str, q: &str) -> bool {
    let label = fold(label);
    fold(q).split_whitespace().all(|typed| label.split_whitespace().any(|word| word.starts_with(typed)))
}

fn how_tos(visitor: &Visitor, home: &Organization, q: &str) -> Group {
    let found = help::find(visitor, home, q).into_iter().take(HITS);
    let hits = found.map(|link| Hit::new(link.label, link.url, "")).collect();
    Group { title: visitor.words.help(), icon: "help", hits }
}
