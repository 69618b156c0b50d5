//! The licenses of one product: its subscriptions, who holds it, conflicts and history (R111, R173).

use super::product_url;
use crate::chart::{self, Picture};
use crate::frame::Frame;
use crate::pages::present::{HistoryLine, closed, ends, ends_inside, history, subscription_status};
use crate::parts::{Choice, Closed, Paging, Status};
use crate::web::{PageResult, Section, Visitor, address, render};
use app::license::product::{Holder, HolderPage, Holders, LicensesOfProduct, OverviewOfProduct, ProductLicenses};
use app::subscription::list::ListedSubscription;
use askama::Template;
use axum::extract::{Path, Query};
use domain::access::{Permission, Reach};
use domain::ids::{ProductId, SubscriptionId};
use domain::limits::PAGE_ROWS;
use domain::refusal::Refusal;
use domain::subscription::{Channel, Offer, SubscriptionState};
use jiff::Timestamp;
use jiff::civil::Date;
use serde::Deserialize;
use words::Words;

/// What the address asks for; what it does not know it leaves out.
#[derive(Deserialize, Default, Clone)]
#[serde(default)]
pub(super) struct Asked {
    q: String,
    subscription: String,
    after: String,
}

impl Asked {
    fn url(&self, page: &str, after: &str) -> String {
        address(page, [("q", self.q.as_str()), ("subscription", &self.subscription), ("after", after)])
    }

    /// Whether it asks for what users bought, under their names (R113).
    pub(super) fn is_by_buyer(&self) -> bool {
        self.subscription == Channel::SelfService.code()
    }

    /// The holders that it asks for.
    pub(super) fn holders(&self, product_id: ProductId) -> Holders {
        Holders {
            product_id,
            subscription_id: self.subscription.parse().ok(),
            search: self.q.clone(),
            after: self.after.parse().ok(),
            limit: PAGE_ROWS,
        }
    }
}

/// People under the name of who bought for them, or all without a name.
struct Group {
    heading: Option<String>,
    note: String,
    url: String,
    /// What leads to the rest of them.
    more: Option<&'static str>,
    rows: Vec<HolderRow>,
}

struct SubscriptionRow {
    id: String,
    select_label: String,
    url: String,
    name: String,
    note: String,
    usage: Picture,
    ends: String,
    status: Status,
}

struct HolderRow {
    id: String,
    select_label: String,
    menu_label: String,
    name: String,
    email: String,
    user_url: String,
    department: String,
    source: String,
    source_url: String,
    assigned_on: String,
    apps: String,
    apps_url: String,
    unassign_url: String,
    /// Since when it is in conflict, and before when that is to be solved.
    conflict: Option<(String, String)>,
    /// Whether the reader may change it: not what somebody else bought (R108).
    may_change: bool,
}

#[derive(Template)]
#[template(path = "license/product.html")]
struct ProductPage {
    frame: Frame,
    words: Words,
    asked: Asked,
    url: String,
    assign_url: String,
    many_url: String,
    unassign_many_url: String,
    export_url: String,
    workbook_url: String,
    /// The page that leads through centralizing, where users bought it and the reader may see that.
    centralize_url: Option<String>,
    usage: Picture,
    available: String,
    sum: String,
    selected: String,
    badge: Option<Status>,
    in_conflict: Status,
    conflict_count: u32,
    conflict_until: String,
    /// Where as many as the organization lacks can be bought, for those who may, and what leads there.
    conflict_buy: Option<(String, String)>,
    /// Whether people had it of a user: the organization's licenses are assigned to them.
    conflicts_of_buyers: bool,
    /// Whether people move by themselves to licenses that become free; not when all had it of a user.
    conflicts_move: bool,
    conflicts: Vec<HolderRow>,
    subscriptions: Vec<SubscriptionRow>,
    choices: Vec<Choice>,
    groups: Vec<Group>,
    /// Whether nobody is listed.
    has_nobody: bool,
    /// How many columns the list has.
    columns: usize,
    with_apps: bool,
    /// Whether people have it from different subscriptions.
    with_source: bool,
    may_assign: bool,
    /// Whether more than twenty at a time (R28).
    may_assign_many: bool,
    assign_closed: Option<Closed>,
    paging: Paging,
    is_filtered: bool,
    history: Vec<HistoryLine>,
}

pub(super) async fn page(visitor: Visitor, Path(id): Path<String>, Query(asked): Query<Asked>) -> PageResult {
    let id: ProductId = id.parse().map_err(|_| Refusal::NotFound)?;
    let view = visitor.read(ProductLicenses { holders: asked.holders(id), by_buyer: asked.is_by_buyer() }).await?;
    let mut frame = visitor.frame(Section::Licenses, view.overview.name.clone()).await?;
    frame.lead = Some(visitor.words.product_page_purpose().to_owned());
    render(&product_page(&visitor, frame, asked, &view))
}

fn product_page(visitor: &Visitor, frame: Frame, asked: Asked, view: &LicensesOfProduct) -> ProductPage {
    let words = visitor.words;
    let overview = &view.overview;
    let url = product_url(overview.product_id);
    let (assigned, bought) = (i64::from(overview.assigned()), i64::from(overview.quantity()));
    let row = |holder: &Holder| holder_row(visitor, overview, holder);
    let groups = groups(visitor, view, &url);
    let (with_source, with_apps) =
        (overview.subscriptions.len() > 1 && !asked.is_by_buyer(), !overview.plans.is_empty());
    let may_assign = visitor.reach(Permission::AssignLicenses) != Reach::Nothing;
    let conflict_ends = view.conflicts.iter().filter_map(|holder| overview.conflict_ends(&holder.license)).min();
    let lacking = overview.central_conflicts();
    let conflicts_of_buyers = visitor.may(Permission::AssignLicenses) && overview.conflicts() > lacking;
    ProductPage {
        assign_url: format!("{url}/assign"),
        many_url: format!("{url}/many"),
        unassign_many_url: format!("{url}/many?action=unassign"),
        export_url: asked.url(&format!("{url}/users.csv"), ""),
        workbook_url: asked.url(&format!("{url}/users.xlsx"), ""),
        centralize_url: (visitor.may(Permission::ReadLicenses) && has_buyers(overview))
            .then(|| format!("{url}/centralize")),
        usage: chart::usage_bar(
            assigned.unsigned_abs(),
            bought.unsigned_abs(),
            &words.assigned_of_bought(assigned, bought),
        ),
        available: words.number(overview.available()),
        sum: words.sum_of_subscriptions(overview.subscriptions.len() as i64),
        selected: words.selected(0),
        badge: (overview.conflicts() > 0)
            .then(|| Status::warning(words.licenses_in_conflict(overview.conflicts().into()))),
        in_conflict: Status::warning(words.in_conflict()),
        conflict_count: overview.conflicts(),
        conflict_until: conflict_ends.map(|day| words.conflict_until(day)).unwrap_or_default(),
        conflict_buy: (lacking > 0 && visitor.may(Permission::ManageQuantity))
            .then(|| (buy_url(overview), words.buy_so_many(lacking.into()))),
        conflicts_of_buyers,
        conflicts_move: lacking > 0 || !conflicts_of_buyers,
        conflicts: view.conflicts.iter().map(row).collect(),
        subscriptions: overview.subscriptions.iter().map(|listed| subscription_row(words, listed)).collect(),
        choices: choices(words, overview),
        has_nobody: groups.iter().all(|group| group.rows.is_empty()),
        columns: 4 + usize::from(may_assign) + usize::from(with_source) + usize::from(with_apps),
        groups,
        with_source,
        with_apps,
        may_assign,
        may_assign_many: visitor.may(Permission::AssignLicenses),
        assign_closed: match overview.assign {
            Offer::Open => None,
            Offer::Closed(reason) => {
                overview.subscriptions.first().map(|listed| closed(words, reason, &listed.subscription))
            }
        },
        paging: Paging::of(&asked.after, view.holders.next, |at| asked.url(&url, at)),
        is_filtered: !asked.q.is_empty() || !asked.subscription.is_empty(),
        history: history(words, &overview.zone, &view.history),
        asked,
        url,
        words,
        frame,
    }
}

/// Where licenses of a product are bought: at the organization's own subscription that can grow, or in the catalog.
pub(super) fn buy_url(overview: &OverviewOfProduct) -> String {
    let grows = |listed: &&ListedSubscription| {
        listed.subscription.holder.is_none() && listed.subscription.state == SubscriptionState::Active
    };
    overview.subscriptions.iter().find(grows).map_or_else(
        || Section::Purchase.url().to_owned(),
        |listed| format!("{}/{}/quantity", Section::YourProducts.url(), listed.subscription.id),
    )
}

fn groups(visitor: &Visitor, view: &LicensesOfProduct, url: &str) -> Vec<Group> {
    let words = visitor.words;
    let rows = |page: &HolderPage| page.rows.iter().map(|holder| holder_row(visitor, &view.overview, holder)).collect();
    let of = |(id, page): &(SubscriptionId, HolderPage)| {
        let listed = view.overview.subscriptions.iter().find(|listed| listed.subscription.id == *id)?;
        let subscription = &listed.subscription;
        Some(Group {
            heading: Some(source(words, listed)),
            note: words.assigned_of_bought(subscription.assigned.into(), subscription.quantity.into()),
            url: format!("{url}?subscription={id}"),
            more: page.next.map(|_| words.show_all()),
            rows: rows(page),
        })
    };
    match view.by_buyer.is_empty() {
        true => vec![Group {
            heading: None,
            note: String::new(),
            url: String::new(),
            more: None,
            rows: rows(&view.holders),
        }],
        false => view.by_buyer.iter().filter_map(of).collect(),
    }
}

/// Whether users bought some of it.
fn has_buyers(overview: &OverviewOfProduct) -> bool {
    overview.subscriptions.iter().any(|listed| listed.holder_name.is_some())
}

/// What the list may be of: one subscription, all of them, or what users bought, by buyer.
fn choices(words: Words, overview: &OverviewOfProduct) -> Vec<Choice> {
    let mut choices = subscription_choices(words, overview, words.all_subscriptions());
    if has_buyers(overview) {
        choices.insert(1, Choice::new(Channel::SelfService.code(), words.self_service_by_buyer()));
    }
    choices
}

/// The subscriptions of a product as the values of a select, after one that stands for all of them.
pub(super) fn subscription_choices(words: Words, overview: &OverviewOfProduct, all: &str) -> Vec<Choice> {
    let one =
        |listed: &ListedSubscription| Choice::new(listed.subscription.id.to_string(), subscription_name(words, listed));
    std::iter::once(Choice::new("", all)).chain(overview.subscriptions.iter().map(one)).collect()
}

/// What tells the subscriptions of one product apart: the buyer or the channel, and the end.
fn subscription_name(words: Words, listed: &ListedSubscription) -> String {
    let ends = ends_inside(words, &listed.subscription, Words::date_short);
    format!("{} · {ends}", source(words, listed))
}

fn source(words: Words, listed: &ListedSubscription) -> String {
    match &listed.holder_name {
        Some(buyer) => words.bought_by_heading(buyer),
        None => words.channel_name(listed.subscription.channel).to_owned(),
    }
}

fn subscription_row(words: Words, listed: &ListedSubscription) -> SubscriptionRow {
    let subscription = &listed.subscription;
    let (assigned, bought) = (i64::from(subscription.assigned), i64::from(subscription.quantity));
    let conflicts = (subscription.conflicts > 0).then(|| words.licenses_in_conflict(subscription.conflicts.into()));
    let (ends_label, ends_on) = ends(words, subscription);
    SubscriptionRow {
        id: subscription.id.to_string(),
        select_label: words.select_row(&subscription_name(words, listed)),
        url: format!("{}/{}", Section::YourProducts.url(), subscription.id),
        name: source(words, listed),
        note: conflicts.unwrap_or_default(),
        usage: chart::usage_bar(assigned.unsigned_abs(), bought.unsigned_abs(), &words.part_of(assigned, bought)),
        ends: format!("{ends_label} {}", words.date_short(ends_on)),
        status: subscription_status(words, subscription.state),
    }
}

fn holder_row(visitor: &Visitor, overview: &OverviewOfProduct, holder: &Holder) -> HolderRow {
    let words = visitor.words;
    let license = &holder.license;
    let url = product_url(overview.product_id);
    let of = |id: SubscriptionId| overview.subscriptions.iter().find(move |listed| listed.subscription.id == id);
    let listed = of(license.subscription_id);
    let may_change = listed.is_some_and(|listed| match listed.subscription.holder {
        None => visitor.may(Permission::AssignLicenses),
        buyer => buyer == visitor.actor.user(),
    });
    let (on, total) =
        (overview.plans.len() - license.disabled_plans.len().min(overview.plans.len()), overview.plans.len());
    HolderRow {
        id: license.user_id.to_string(),
        select_label: words.select_row(&holder.display_name),
        menu_label: words.more_actions_for(&holder.display_name),
        name: holder.display_name.clone(),
        email: holder.email.clone(),
        user_url: if visitor.may(Permission::ReadUsers) {
            format!("{}/{}", Section::Users.url(), license.user_id)
        } else {
            String::new()
        },
        department: holder.department.clone(),
        source: listed.map(|listed| source(words, listed)).unwrap_or_default(),
        source_url: format!("{}/{}", Section::YourProducts.url(), license.subscription_id),
        assigned_on: words.date_short(day(overview, license.assigned_at)),
        apps: if on == total { words.all_apps_on().to_owned() } else { words.apps_on(on as i64, total as i64) },
        apps_url: format!("{url}/users/{}/apps", license.user_id),
        unassign_url: format!("{url}/unassign?selected={}", license.user_id),
        conflict: license
            .conflict_since
            .zip(overview.conflict_ends(license))
            .map(|(since, ends)| (words.date_short(day(overview, since)), words.conflict_until(ends))),
        may_change,
    }
}

fn day(overview: &OverviewOfProduct, at: Timestamp) -> Date {
    at.to_zoned(overview.zone.clone()).date()
}
