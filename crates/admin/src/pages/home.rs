//! Home: what needs attention with the way there, pictures of use and renewals, and for ordinary users what is theirs.

use crate::chart::{self, ChartText, Due, DueKind, Picture, UsageBar};
use crate::frame::Frame;
use crate::pages::present::{HistoryLine, ends, history, subscription_status};
use crate::parts::{Status, Tone};
use crate::web::{Access, PageResult, Routes, Section, Visitor, render};
use app::billing::balance::OpenBalance;
use app::home::{Home, HomeView, OperatorHome, OperatorHomeView, OrganizationHome, PersonHome, UnusedLicenses};
use askama::Template;
use domain::access::Permission;
use domain::money::Money;
use jiff::civil::Date;
use words::Words;

pub(super) fn routes() -> Routes {
    Routes::default().get("/", Access::SignedIn, page)
}

async fn page(visitor: Visitor) -> PageResult {
    if visitor.actor.is_operator() {
        return operator(&visitor, visitor.read(OperatorHome).await?).await;
    }
    match visitor.read(Home).await? {
        HomeView::Organization(view) => organization(&visitor, &view).await,
        HomeView::Person(view) => person(&visitor, &view).await,
    }
}

/// Something that asks for something, with the way there.
struct Attention {
    tone: Tone,
    title: String,
    what: String,
    url: &'static str,
}

/// A first step of an organization that has nothing yet.
struct Step {
    label: &'static str,
    note: &'static str,
    url: &'static str,
    icon: &'static str,
}

#[derive(Template)]
#[template(path = "home/organization.html")]
struct OrganizationPage {
    frame: Frame,
    words: Words,
    figures: Vec<(&'static str, String, &'static str)>,
    attention: Vec<Attention>,
    usage: Option<Picture>,
    renewals: Option<Picture>,
    steps: Vec<Step>,
    recent: Vec<HistoryLine>,
}

async fn organization(visitor: &Visitor, view: &OrganizationHome) -> PageResult {
    let words = visitor.words;
    let mut frame = visitor.frame(Section::Home, words.home()).await?;
    frame.title = words.home_title(frame.organization.as_deref().unwrap_or_default());
    frame.lead = Some(words.home_purpose().to_owned());
    let summary = &view.summary;
    let is_empty = summary.subscriptions == 0;
    let products = Section::YourProducts.url();
    render(&OrganizationPage {
        figures: vec![
            (words.subscriptions(), words.number(summary.subscriptions), products),
            (words.purchased_quantity(), words.number(summary.bought), products),
            (words.assigned_licenses(), words.number(summary.assigned), Section::Licenses.url()),
            (words.organization_people(), words.number(view.people), Section::Users.url()),
        ],
        attention: attention(words, view, |permission| visitor.may(permission)),
        usage: (!view.usage.is_empty()).then(|| usage(words, view)),
        renewals: (!view.ending.is_empty()).then(|| renewals(words, view)),
        steps: if is_empty { first_steps(visitor) } else { Vec::new() },
        recent: history(words, &view.zone, &view.recent),
        words,
        frame,
    })
}

fn attention(words: Words, view: &OrganizationHome, may: impl Fn(Permission) -> bool) -> Vec<Attention> {
    // Whoever may not reactivate is told whom to ask.
    let (disabled_what, expired_what) = match may(Permission::ManageSubscription) {
        true => (words.attention_disabled_what(), words.attention_expired_what()),
        false => (words.status_disabled_means_ask(), words.status_expired_means_ask()),
    };
    let summary = &view.summary;
    let unused: i64 = view.unused.iter().map(|unused| unused.count).sum();
    let unused_what = match unused_cost(words, view) {
        Some(cost) => format!("{cost} {}", words.attention_unused_what()),
        None => words.attention_unused_what().to_owned(),
    };
    let item = |count: i64, tone, title: fn(Words, i64) -> String, what: &str, url| {
        (count > 0).then(|| Attention { tone, title: title(words, count), what: what.to_owned(), url })
    };
    let counted = [
        item(
            summary.disabled,
            Tone::Severe,
            Words::attention_disabled,
            disabled_what,
            "/billing/your-products?status=disabled",
        ),
        item(
            summary.conflicts,
            Tone::Severe,
            Words::attention_conflicts,
            words.attention_conflicts_what(),
            "/billing/licenses",
        ),
        item(
            summary.expired,
            Tone::Warning,
            Words::attention_expired,
            expired_what,
            "/billing/your-products?status=expired",
        ),
        item(
            summary.expiring,
            Tone::Warning,
            Words::attention_expiring,
            words.attention_expiring_what(),
            "/billing/your-products?status=active&sort=ends",
        ),
        item(
            summary.credit_checks,
            Tone::Neutral,
            Words::attention_credit_checks,
            words.attention_credit_checks_what(),
            "/billing/your-products?status=pending",
        ),
        item(
            summary.renewing,
            Tone::Neutral,
            Words::attention_renewals,
            words.attention_renewals_what(),
            "/billing/your-products?status=active&sort=ends",
        ),
        item(unused, Tone::Neutral, Words::attention_unused, &unused_what, "/billing/your-products?sort=-available"),
    ];
    let mut items: Vec<_> =
        counted.into_iter().flatten().chain(money_to_pay(words, view, may(Permission::PayInvoices))).collect();
    // What is severe stands first, each in the order above.
    items.sort_by_key(|item| match item.tone {
        Tone::Severe => 0,
        Tone::Warning => 1,
        Tone::Neutral | Tone::Good => 2,
    });
    items
}

/// Invoices that should have been paid, and those that may still wait, by currency.
fn money_to_pay(words: Words, view: &OrganizationHome, may_pay: bool) -> Vec<Attention> {
    let item = |amount: Money, tone, title: fn(Words, Money) -> String, what: &str, url| {
        (amount.minor > 0).then(|| Attention { tone, title: title(words, amount), what: what.to_owned(), url })
    };
    let bills = Section::Bills.url();
    let pay = if may_pay { "/billing/invoices/pay" } else { bills };
    let collected_what = match view.access_ended {
        true => words.attention_access_ended_what(),
        false => words.attention_invoices_overdue_what(),
    };
    let ends = view.access_ends_on.map(|day| Attention {
        tone: Tone::Severe,
        title: words.attention_access_ends(day),
        what: words.attention_access_ends_what().to_owned(),
        url: pay,
    });
    let of_currency = |open: &OpenBalance| {
        let not_due = Money::new(open.owed.minor - open.overdue.minor, open.owed.currency);
        let currency = open.owed.currency;
        let late = view.overdue_transfers.iter().find(|late| late.currency == currency);
        let late = late.copied().unwrap_or(Money::zero(currency));
        let collected = Money::new(open.overdue.minor - late.minor, currency);
        let (overdue, open_title) = (Words::attention_invoices_overdue, Words::attention_invoices_open);
        let transfer = words.attention_invoices_transfer_what();
        [
            item(collected, Tone::Severe, overdue, collected_what, pay),
            item(late, Tone::Severe, overdue, transfer, bills),
            item(not_due, Tone::Neutral, open_title, words.attention_invoices_open_what(), bills),
        ]
    };
    ends.into_iter().chain(view.open.iter().flat_map(of_currency).flatten()).collect()
}

/// What the unused licenses cost, for those who may see prices (D23).
fn unused_cost(words: Words, view: &OrganizationHome) -> Option<String> {
    let written = |unused: &UnusedLicenses| words.price_per_period_of(unused.cost, unused.billing_frequency);
    let costs: Vec<_> = view.unused.iter().filter(|unused| unused.cost.minor > 0).map(written).collect();
    (view.with_prices && !costs.is_empty()).then(|| words.attention_unused_cost(&words.list(&costs)))
}

fn usage(words: Words, view: &OrganizationHome) -> Picture {
    let bars: Vec<_> = view
        .usage
        .iter()
        .map(|usage| UsageBar {
            label: usage.product_name.clone(),
            url: format!("{}/{}", Section::Licenses.url(), usage.product_id),
            assigned: usage.assigned.unsigned_abs(),
            bought: usage.bought.unsigned_abs(),
            value: words.part_of(usage.assigned, usage.bought),
        })
        .collect();
    let described: Vec<_> = view
        .usage
        .iter()
        .map(|usage| words.usage_of_product(&usage.product_name, usage.assigned, usage.bought))
        .collect();
    let text = ChartText {
        id: "usage",
        title: words.usage_picture().to_owned(),
        description: described.join(". "),
        numbers: words.view_as_table().to_owned(),
        heads: vec![words.product_name().to_owned(), words.assigned_licenses().to_owned()],
    };
    chart::usage_bars(&text, &bars)
}

fn renewals(words: Words, view: &OrganizationHome) -> Picture {
    let (mut dues, mut described) = (Vec::new(), Vec::new());
    for ending in &view.ending {
        let subscription = &ending.subscription;
        let (on, name) = (subscription.ends_on, &ending.product_name);
        let goes_on = subscription.renews() || subscription.becomes_paid();
        let kind = if goes_on { DueKind::Renews } else { DueKind::Expires };
        described.push(match kind {
            DueKind::Renews => words.renewal_of_product(name, on),
            DueKind::Expires => words.expiry_of_product(name, on),
        });
        dues.push(Due {
            label: name.clone(),
            url: format!("{}/{}", Section::YourProducts.url(), subscription.id),
            on,
            kind,
            value: format!("{} {}", ends(words, subscription).0, words.date_short(on)),
        });
    }
    let text = ChartText {
        id: "renewals",
        title: words.renewals_picture().to_owned(),
        description: described.join(". "),
        numbers: words.view_as_table().to_owned(),
        heads: vec![words.product_name().to_owned(), words.renews_or_expires_on().to_owned()],
    };
    chart::renewal_timeline(&text, view.today, &dues, |first: Date| words.month(first))
}

fn first_steps(visitor: &Visitor) -> Vec<Step> {
    let words = visitor.words;
    let steps = [
        (
            Permission::ManageUsers,
            Step { label: words.people_add_one(), note: words.home_step_people(), url: "/users", icon: "people" },
        ),
        (
            Permission::BuySubscription,
            Step {
                label: words.purchase_services(),
                note: words.home_step_buy(),
                url: Section::Purchase.url(),
                icon: "cart",
            },
        ),
        (
            Permission::AssignLicenses,
            Step {
                label: words.assign_licenses(),
                note: words.home_step_assign(),
                url: Section::Licenses.url(),
                icon: "license",
            },
        ),
    ];
    steps.into_iter().filter(|(needed, _)| visitor.may(*needed)).map(|(_, step)| step).collect()
}

/// Licenses or purchases of the person.
struct OwnSection {
    title: &'static str,
    link_label: &'static str,
    url: String,
    rows: Vec<OwnRow>,
}

/// A license or a purchase of the person.
struct OwnRow {
    name: String,
    url: String,
    status: Status,
    note: String,
    when: String,
}

#[derive(Template)]
#[template(path = "home/person.html")]
struct PersonPage {
    frame: Frame,
    words: Words,
    sections: Vec<OwnSection>,
}

async fn person(visitor: &Visitor, view: &PersonHome) -> PageResult {
    let words = visitor.words;
    let mut frame = visitor.frame(Section::Home, words.home()).await?;
    frame.title = words.home_title(frame.organization.as_deref().unwrap_or_default());
    frame.lead = Some(words.home_user_purpose().to_owned());
    let own_url = visitor.actor.user().map(|user| format!("{}/{user}", Section::Users.url())).unwrap_or_default();
    let licenses = view.licenses.iter().map(|held| OwnRow {
        name: held.product_name.clone(),
        url: own_url.clone(),
        status: match held.conflict_since {
            None => Status::good(words.organization_status_active()),
            Some(_) => Status::severe(words.home_license_conflict()),
        },
        note: words.people_added_on().to_owned(),
        when: words.date(held.assigned_at.to_zoned(view.zone.clone()).date()),
    });
    let bought = view.bought.iter().map(|row| {
        let (label, day) = ends(words, &row.subscription);
        OwnRow {
            name: row.product_name.clone(),
            url: format!("{}/{}", Section::YourProducts.url(), row.subscription.id),
            status: subscription_status(words, row.subscription.state),
            note: label.to_owned(),
            when: words.date(day),
        }
    });
    let (licenses, bought): (Vec<_>, Vec<_>) = (licenses.collect(), bought.collect());
    let mut sections =
        vec![OwnSection { title: words.person_licenses(), link_label: words.details(), url: own_url, rows: licenses }];
    if !bought.is_empty() {
        let url = Section::YourProducts.url().to_owned();
        let (title, link_label) = (words.home_own_purchases(), words.show_all());
        sections.push(OwnSection { title, link_label, url, rows: bought });
    }
    render(&PersonPage { sections, words, frame })
}

#[derive(Template)]
#[template(path = "home/operator.html")]
struct OperatorPage {
    frame: Frame,
    words: Words,
    figures: Vec<(&'static str, String, String)>,
    parked: Option<String>,
    credit_checks: Option<String>,
}

async fn operator(visitor: &Visitor, view: OperatorHomeView) -> PageResult {
    let words = visitor.words;
    let mut frame = visitor.frame(Section::Home, words.home()).await?;
    frame.title = words.operator_console().to_owned();
    frame.lead = Some(words.operator_console_purpose().to_owned());
    let jobs = |state: &str| format!("{}?state={state}", Section::Jobs.url());
    render(&OperatorPage {
        figures: vec![
            (words.organizations(), words.number(view.organizations), Section::Organizations.url().to_owned()),
            (words.catalog_products(), words.number(view.products), Section::Catalog.url().to_owned()),
            (words.credit_checks(), words.number(view.credit_checks), Section::CreditChecks.url().to_owned()),
            (words.jobs_waiting_and_running(), words.number(view.jobs_waiting + view.jobs_running), jobs("waiting")),
            (words.jobs_parked(), words.number(view.jobs_parked), jobs("parked")),
        ],
        credit_checks: (view.credit_checks > 0).then(|| words.credit_checks_wait(view.credit_checks)),
        parked: (view.jobs_parked > 0).then(|| words.jobs_parked_count(view.jobs_parked)),
        words,
        frame,
    })
}
