//! Your products: one row per subscription (R1-R7, domain 8.2).

use crate::chart::{self, Picture};
use crate::frame::Frame;
use crate::pages::help;
use crate::pages::present::{closed, ends, subscription_status};
use crate::parts::{Choice, Closed, Link, Paging, Status, Tab};
use crate::web::{PageResult, Section, Visitor, address, render, section_frame};
use app::subscription::list::{ListSubscriptions, ListedSubscription, SubscriptionSort};
use app::subscription::offer_to;
use askama::Template;
use axum::extract::Query;
use domain::access::{Permission, Reach};
use domain::ids::SubscriptionId;
use domain::limits::PAGE_ROWS;
use domain::organization::Organization;
use domain::subscription::{Action, Channel, Offer, Subscription, SubscriptionState};
use serde::Deserialize;
use words::Words;

/// What the address asks for; what it does not know it leaves out.
#[derive(Deserialize, Default, Clone)]
#[serde(default)]
pub(super) struct Asked {
    q: String,
    status: String,
    channel: String,
    sort: String,
    after: String,
}

impl Asked {
    /// The address of the same list with another order or from another row on.
    fn url(&self, sort: &str, after: &str) -> String {
        address(
            Section::YourProducts.url(),
            [
                ("q", self.q.as_str()),
                ("status", &self.status),
                ("channel", &self.channel),
                ("sort", sort),
                ("after", after),
            ],
        )
    }
}

/// Help about each feature of the page: counts, date, reactivating, what pays and how often, canceling, buying (R2).
const RELATED: &[&str] = &[
    "add-or-remove-licenses",
    "assign-licenses",
    "recurring-billing",
    "reactivate",
    "payment-methods",
    "billing-frequency",
    "cancel",
    "buy",
    "subscriptions-and-licenses",
];

/// The columns that sort, by their name in the address.
const SORTS: [(&str, SubscriptionSort); 7] = [
    ("name", SubscriptionSort::Name),
    ("assigned", SubscriptionSort::Assigned),
    ("quantity", SubscriptionSort::Quantity),
    ("available", SubscriptionSort::Available),
    ("ends", SubscriptionSort::End),
    ("status", SubscriptionSort::State),
    ("channel", SubscriptionSort::Channel),
];

struct Head {
    label: &'static str,
    url: String,
    direction: &'static str,
    class: &'static str,
}

/// An action of the row menu (domain 8.2).
struct MenuEntry {
    label: &'static str,
    icon: &'static str,
    url: String,
    closed: Option<Closed>,
}

struct RowView {
    url: String,
    quantity_url: String,
    life: MenuEntry,
    menu_label: String,
    product: String,
    note: String,
    usage: Picture,
    quantity: String,
    available: String,
    ends_label: &'static str,
    ends_on: String,
    status: Status,
    channel: &'static str,
    price: String,
    price_note: &'static str,
}

#[derive(Template)]
#[template(path = "subscription/list.html")]
struct ListPage {
    frame: Frame,
    words: Words,
    tabs: Vec<Tab>,
    asked: Asked,
    states: Vec<Choice>,
    channels: Vec<Choice>,
    heads: Vec<Head>,
    rows: Vec<RowView>,
    totals: [(&'static str, String); 3],
    paging: Paging,
    summary: String,
    with_prices: bool,
    may_buy: bool,
    /// Whether the self-service view leads to its report.
    with_report: bool,
    is_filtered: bool,
    is_self_service: bool,
    related: Vec<Link>,
    /// What the page says when it is empty.
    empty: (&'static str, &'static str),
}

pub(super) async fn page(visitor: Visitor, Query(asked): Query<Asked>) -> PageResult {
    let words = visitor.words;
    let (sort_name, descending) =
        asked.sort.strip_prefix('-').map_or((asked.sort.as_str(), false), |name| (name, true));
    let sort = SORTS.iter().find(|(name, _)| *name == sort_name).map_or(SubscriptionSort::Name, |(_, sort)| *sort);
    let query = ListSubscriptions {
        state: SubscriptionState::from_code(&asked.status),
        channel: Channel::from_code(&asked.channel),
        search: asked.q.clone(),
        sort,
        descending,
        after: asked.after.parse().ok(),
        limit: PAGE_ROWS,
    };
    let found = visitor.read(query).await?;
    let home = visitor.home().await?;
    let rows: Vec<_> = found.rows.iter().map(|row| row_view(&visitor, &home, row, &found.upgraded_from)).collect();
    let mut frame = section_frame(&visitor, &home, Section::YourProducts, visitor.products_page(&home).to_owned());
    let sees_all = visitor.may_somewhere(Permission::ReadSubscriptions);
    let purpose = if sees_all { words.your_products_purpose() } else { words.your_products_purpose_own() };
    frame.lead = Some(purpose.to_owned());
    let heads = heads(words, &asked, sort, descending);
    let page = ListPage {
        frame,
        words,
        tabs: tabs(&visitor),
        states: choices(words.subscription_status(), SubscriptionState::ALL, |state| {
            (state.code(), words.subscription_state_name(state))
        }),
        channels: choices(words.purchase_channel(), Channel::ALL, |channel| {
            (channel.code(), words.channel_name(channel))
        }),
        heads,
        totals: [
            (words.total_bought(), words.number(found.totals.quantity)),
            (words.total_assigned(), words.number(found.totals.assigned)),
            (words.available(), words.number(found.totals.available)),
        ],
        paging: Paging::of(&asked.after, found.next, |at| asked.url(&asked.sort, at)),
        summary: words.subscriptions_count(rows.len() as i64),
        rows,
        with_prices: found.with_prices,
        may_buy: visitor.reach(Permission::BuySubscription) != Reach::Nothing,
        with_report: asked.channel == Channel::SelfService.code() && visitor.may(Permission::ReadPrices),
        is_self_service: asked.channel == Channel::SelfService.code()
            || visitor.reach(Permission::ReadSubscriptions) == Reach::Own,
        related: help::links(words, RELATED),
        is_filtered: !(asked.q.is_empty() && asked.status.is_empty() && asked.channel.is_empty()),
        empty: if visitor.reach(Permission::ReadSubscriptions) == Reach::All {
            (words.your_products_empty(), words.your_products_empty_hint())
        } else {
            (words.own_products_empty(), words.own_products_empty_hint())
        },
        asked,
    };
    render(&page)
}

/// The tabs of the page (R22, R89, R106).
fn tabs(visitor: &Visitor) -> Vec<Tab> {
    let words = visitor.words;
    let orders = visitor.may(Permission::ReadPrices).then(|| Tab::new(words.order_history(), "/billing/orders", false));
    std::iter::once(Tab::new(words.products_tab(), Section::YourProducts.url(), true)).chain(orders).collect()
}

fn choices<T: Copy>(label: &str, all: &[T], name: impl Fn(T) -> (&'static str, &'static str)) -> Vec<Choice> {
    let values = all.iter().map(|value| name(*value)).map(|(code, name)| Choice::new(code, name));
    std::iter::once(Choice::new("", label)).chain(values).collect()
}

fn heads(words: Words, asked: &Asked, current: SubscriptionSort, descending: bool) -> Vec<Head> {
    let labels = [
        words.product_name(),
        words.assigned_licenses(),
        words.purchased_quantity(),
        words.available(),
        words.renews_or_expires_on(),
        words.subscription_status(),
        words.purchase_channel(),
    ];
    let head = |((name, sort), label): (&(&str, SubscriptionSort), &'static str)| {
        let is_current = *sort == current;
        let next = if is_current && !descending { format!("-{name}") } else { (*name).to_owned() };
        Head {
            label,
            url: asked.url(&next, ""),
            direction: match (is_current, descending) {
                (false, _) => "",
                (true, false) => "ascending",
                (true, true) => "descending",
            },
            class: match sort {
                SubscriptionSort::Quantity | SubscriptionSort::Available => "number",
                SubscriptionSort::Assigned => "cell-usage",
                SubscriptionSort::Channel => "roomy-only",
                _ => "",
            },
        }
    };
    SORTS.iter().zip(labels).map(head).collect()
}

/// Cancel, or reactivate when it has ended.
fn life_entry(visitor: &Visitor, home: &Organization, subscription: &Subscription) -> MenuEntry {
    let words = visitor.words;
    let (action, path, icon) = match subscription.state {
        SubscriptionState::Expired | SubscriptionState::Disabled => (Action::Reactivate, "reactivate", "renew"),
        _ => (Action::Cancel, "cancel", "close"),
    };
    MenuEntry {
        label: words.action_name(action),
        icon,
        url: format!("{}/{}/{path}", Section::YourProducts.url(), subscription.id),
        closed: match offer_to(&visitor.actor, home, subscription, action) {
            Offer::Open => None,
            Offer::Closed(reason) => Some(closed(words, reason, subscription)),
        },
    }
}

/// Who bought it or sold it (R66, R68), to what it belongs as an add-on (domain 1.9), or what it was upgraded from
/// (domain 1.10).
fn note(words: Words, row: &ListedSubscription, upgraded_from: &[(SubscriptionId, String)]) -> String {
    let from = upgraded_from.iter().find(|(id, _)| *id == row.subscription.id);
    let from = from.map(|(_, product)| words.plan_upgraded_from(product));
    let buyer = row.holder_name.as_deref().map(|buyer| format!("{}: {buyer}", words.purchaser_name()));
    let base = row.base_name.as_deref().map(|base| words.add_on_to(base));
    let partner = row.subscription.partner_name.as_deref().map(|partner| words.sold_by(partner));
    buyer.or(partner).or(base).or(from).unwrap_or_default()
}

fn row_view(
    visitor: &Visitor,
    home: &Organization,
    row: &ListedSubscription,
    upgraded_from: &[(SubscriptionId, String)],
) -> RowView {
    let words = visitor.words;
    let subscription = &row.subscription;
    let (assigned, bought) = (i64::from(subscription.assigned), i64::from(subscription.quantity));
    let (ends_label, ends_on) = ends(words, subscription);
    // What a partner sold is paid to the partner, and for what is over nothing is.
    let price = subscription.paid_price().filter(|_| subscription.is_running());
    RowView {
        quantity_url: format!("{}/{}/quantity", Section::YourProducts.url(), subscription.id),
        life: life_entry(visitor, home, subscription),
        menu_label: words.more_actions_for(&row.product_name),
        url: format!("{}/{}", Section::YourProducts.url(), subscription.id),
        product: row.product_name.clone(),
        note: note(words, row, upgraded_from),
        usage: chart::usage_bar(assigned.unsigned_abs(), bought.unsigned_abs(), &words.part_of(assigned, bought)),
        quantity: words.number(bought),
        available: words.number(subscription.available()),
        ends_label,
        ends_on: words.date_short(ends_on),
        status: subscription_status(words, subscription.state),
        channel: words.channel_name(subscription.channel),
        price: match price {
            None if subscription.is_free() => words.channel_free().to_owned(),
            None => String::new(),
            Some(price) => words.money(price),
        },
        price_note: price.map_or("", |_| words.per_period(subscription.billing_frequency)),
    }
}
