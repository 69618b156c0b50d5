//! The search box of the top bar: people, products, organizations, pages and help; only what the reader may see.

use crate::frame::Frame;
use crate::pages::help;
use crate::parts::Link;
use crate::web::{Access, PageError, PageResult, Routes, Section, Visitor, render, section_frame};
use app::organization::list::ListOrganizations;
use app::subscription::list::{ListSubscriptions, SubscriptionSort};
use app::user::list::{ListUsers, UserFilter};
use askama::Template;
use axum::extract::Query;
use domain::access::Permission;
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
    hits: Vec<(Link, String)>,
}

#[derive(Template)]
#[template(path = "search/page.html")]
struct SearchPage {
    frame: Frame,
    words: Words,
    q: String,
    groups: Vec<Group>,
}

async fn page(visitor: Visitor, Query(asked): Query<Asked>) -> PageResult {
    let words = visitor.words;
    let q = asked.q.trim().to_owned();
    let home = visitor.home().await?;
    let frame = section_frame(&visitor, &home, Section::Help, words.search().to_owned());
    let mut groups = Vec::new();
    if !q.is_empty() {
        groups.push(people(&visitor, &q).await?);
        groups.push(products(&visitor, &home, &q).await?);
        groups.push(organizations(&visitor, &q).await?);
    }
    groups.push(pages(words, &frame, &q));
    let found = help::find(&visitor, &home, &q).into_iter().take(HITS).map(|link| (link, String::new()));
    groups.push(Group { title: words.help(), icon: "help", hits: found.collect() });
    groups.retain(|group| !group.hits.is_empty());
    render(&SearchPage { groups, q, words, frame })
}

async fn people(visitor: &Visitor, q: &str) -> Result<Group, PageError> {
    let mut hits = Vec::new();
    if visitor.may(Permission::ReadUsers) {
        let query = ListUsers { search: q.to_owned(), filter: UserFilter::default(), after: None, limit: HITS };
        hits = visitor.read(query).await?.rows;
    }
    let hit = |row: app::user::list::ListedUser| {
        let url = format!("{}/{}", Section::Users.url(), row.user.id);
        (Link::new(row.user.display_name, url), row.user.email)
    };
    Ok(Group { title: visitor.words.organization_people(), icon: "person", hits: hits.into_iter().map(hit).collect() })
}

async fn products(visitor: &Visitor, home: &Organization, q: &str) -> Result<Group, PageError> {
    let words = visitor.words;
    let query = ListSubscriptions {
        state: None,
        channel: None,
        search: q.to_owned(),
        sort: SubscriptionSort::Name,
        descending: false,
        after: None,
        limit: HITS,
    };
    let hit = |row: app::subscription::list::ListedSubscription| {
        let note = format!(
            "{} · {}",
            words.subscription_state_name(row.subscription.state),
            words.channel_name(row.subscription.channel)
        );
        (Link::new(row.product_name, format!("{}/{}", Section::YourProducts.url(), row.subscription.id)), note)
    };
    let hits = visitor.read(query).await?.rows.into_iter().map(hit).collect();
    Ok(Group { title: visitor.products_page(home), icon: "product", hits })
}

async fn organizations(visitor: &Visitor, q: &str) -> Result<Group, PageError> {
    let mut hits = Vec::new();
    if visitor.may(Permission::OperateOrganizations) {
        hits = visitor.read(ListOrganizations { search: q.to_owned(), after: None, limit: HITS }).await?.rows;
    }
    let hit = |row: domain::organization::Organization| {
        let url = format!("{}/{}", Section::Organizations.url(), row.id);
        (Link::new(row.name, url), row.country)
    };
    let title = visitor.words.organizations();
    Ok(Group { title, icon: "building", hits: hits.into_iter().map(hit).collect() })
}

/// The pages of the reader's own navigation.
fn pages(words: Words, frame: &Frame, q: &str) -> Group {
    let wanted = fold(q);
    let items = frame.navigation.iter().flat_map(|section| &section.items);
    let hits = items
        .filter(|item| fold(&item.label).contains(&wanted))
        .map(|item| (Link::new(item.label.clone(), item.url.clone()), String::new()));
    Group { title: words.search_pages(), icon: "arrow", hits: hits.collect() }
}
