//! One organization as the operator sees it.

use crate::frame::Frame;
use crate::pages::present::{HistoryLine, ends, history, subscription_status};
use crate::parts::{Closed, Status};
use crate::web::{PageResult, Section, Visitor, render};
use app::organization::details::{OrganizationDetails, OrganizationView};
use app::organization::enter::EnterOrganization;
use app::subscription::list::ListedSubscription;
use askama::Template;
use axum::extract::Path;
use domain::ids::OrganizationId;
use domain::organization::{Organization, OrganizationKind, OrganizationState};
use domain::refusal::Refusal;
use jiff::tz::TimeZone;
use words::Words;

/// Whether the organization may work.
pub(super) fn status(words: Words, organization: &Organization) -> Status {
    let word = words.organization_state_name(organization.state);
    match organization.state {
        OrganizationState::Active => Status::good(word),
        OrganizationState::Suspended => Status::severe(word).icon("lock"),
    }
}

struct ActionView {
    label: &'static str,
    note: &'static str,
    url: String,
    icon: &'static str,
    closed: Option<Closed>,
}

struct SubscriptionRow {
    product: String,
    note: String,
    quantity: String,
    assigned: String,
    ends_label: &'static str,
    ends_on: String,
    status: Status,
    channel: &'static str,
}

#[derive(Template)]
#[template(path = "organization/details.html")]
struct DetailsPage {
    frame: Frame,
    words: Words,
    status: Status,
    figures: Vec<(&'static str, String)>,
    facts: Vec<(&'static str, String)>,
    actions: Vec<ActionView>,
    people_url: String,
    billing_url: String,
    subscriptions: Vec<SubscriptionRow>,
    more_subscriptions: Option<String>,
    history: Vec<HistoryLine>,
    history_url: String,
}

pub(super) async fn page(visitor: Visitor, Path(id): Path<String>) -> PageResult {
    let id: OrganizationId = id.parse().map_err(|_| Refusal::NotFound)?;
    visitor.write_for(id, EnterOrganization).await?;
    let view = visitor.read_of(id, OrganizationDetails).await?;
    let words = visitor.words;
    let frame = visitor.frame(Section::Organizations, view.organization.name.clone()).await?;
    let summary = &view.summary;
    let url = format!("{}/{id}", Section::Organizations.url());
    let shown = view.subscriptions.len() as i64;
    let zone = TimeZone::get(&view.organization.time_zone).unwrap_or(TimeZone::UTC);
    render(&DetailsPage {
        status: status(words, &view.organization),
        figures: vec![
            (words.organization_people(), words.number(view.people)),
            (words.subscriptions(), words.number(summary.subscriptions)),
            (words.purchased_quantity(), words.number(summary.bought)),
            (words.assigned_licenses(), words.number(summary.assigned)),
        ],
        facts: facts(words, &view),
        actions: actions(words, &view.organization, &url),
        subscriptions: view.subscriptions.iter().map(|row| subscription_row(words, row)).collect(),
        more_subscriptions: (summary.subscriptions > shown).then(|| words.first_by_name(shown)),
        history: history(words, &zone, &view.history),
        history_url: format!("{url}/history"),
        people_url: format!("{url}/users"),
        billing_url: format!("{url}/invoices"),
        words,
        frame,
    })
}

fn facts(words: Words, view: &OrganizationView) -> Vec<(&'static str, String)> {
    let organization = &view.organization;
    let clock = match organization.sandbox_ahead {
        None => words.organization_clock_system().to_owned(),
        Some(_) => words.organization_clock_own(view.today),
    };
    let language = words::Language::from_code(&organization.language);
    vec![
        (words.organization_country(), words.country(&organization.country).unwrap_or_default().to_owned()),
        (words.cloud(), words.cloud_name(organization.cloud).to_owned()),
        (words.currency(), words.currency_name(organization.currency).to_owned()),
        (words.language(), language.map(words::Language::own_name).unwrap_or_default().to_owned()),
        (words.organization_time_zone(), organization.time_zone.clone()),
        (words.organization_clock(), clock),
        (words.organization_made_on(), words.date(organization.created_at.to_zoned(TimeZone::UTC).date())),
        (words.organization_id(), organization.id.to_string()),
    ]
}

fn actions(words: Words, organization: &Organization, url: &str) -> Vec<ActionView> {
    let own = organization.kind == OrganizationKind::Operator;
    let closed_at_home = || own.then(|| Closed::new(words.organization_own_stays_open()));
    let state = match organization.state {
        OrganizationState::Active => ActionView {
            label: words.organization_suspend(),
            note: words.organization_suspend_consequence(),
            url: format!("{url}/suspend"),
            icon: "lock",
            closed: closed_at_home(),
        },
        OrganizationState::Suspended => ActionView {
            label: words.organization_resume(),
            note: words.organization_resume_consequence(),
            url: format!("{url}/resume"),
            icon: "renew",
            closed: None,
        },
    };
    let is_sandbox = organization.sandbox_ahead.is_some();
    let sandbox = ActionView {
        label: words.organization_make_sandbox(),
        note: words.organization_make_sandbox_consequence(),
        url: format!("{url}/sandbox"),
        icon: "clock",
        closed: closed_at_home().or_else(|| is_sandbox.then(|| Closed::new(words.organization_is_sandbox_already()))),
    };
    let partner = ActionView {
        label: words.partner_appoint(),
        note: words.partner_appoint_consequence(),
        url: format!("{url}/partner"),
        icon: "building",
        closed: closed_at_home(),
    };
    let cloud = ActionView {
        label: words.organization_change_cloud(),
        note: words.settings_cloud_hint(),
        url: format!("{url}/cloud"),
        icon: "cloud",
        closed: None,
    };
    vec![partner, cloud, state, sandbox]
}

fn subscription_row(words: Words, row: &ListedSubscription) -> SubscriptionRow {
    let subscription = &row.subscription;
    let (ends_label, ends_on) = ends(words, subscription);
    SubscriptionRow {
        product: row.product_name.clone(),
        note: subscription.id.to_string(),
        quantity: words.number(subscription.quantity),
        assigned: words.number(subscription.assigned),
        ends_label,
        ends_on: words.date_short(ends_on),
        status: subscription_status(words, subscription.state),
        channel: words.channel_name(subscription.channel),
    }
}
