//! One customer as its partner sees it: what the partner sold to it.

use crate::frame::{Crumb, Frame};
use crate::pages::present::{ends, subscription_status};
use crate::parts::{Link, Status};
use crate::web::{PageError, PageResult, Section, Visitor, blocking, render};
use app::partner::customers::{CustomerView, customer};
use app::subscription::list::ListedSubscription;
use askama::Template;
use axum::extract::Path;
use domain::ids::OrganizationId;
use domain::partner::change_plan::closed;
use domain::partner::serve::{Service, check};
use domain::refusal::Refusal;
use domain::subscription::Subscription;
use jiff::civil::Date;
use words::Words;

struct SoldRow {
    product: String,
    id: String,
    /// To what it belongs as an add-on.
    belongs_to: Option<String>,
    assigned: String,
    quantity: String,
    ends_label: &'static str,
    ends_on: String,
    status: Status,
    /// What it costs the partner for a billing period; nothing for what was sold outside Zetel.
    cost: Option<String>,
    actions: Vec<Link>,
}

#[derive(Template)]
#[template(path = "customer/details.html")]
struct DetailsPage {
    frame: Frame,
    words: Words,
    sell_url: String,
    rows: Vec<SoldRow>,
}

/// What the partner sold to the customer.
pub(super) async fn find(visitor: &Visitor, id: &str) -> Result<CustomerView, PageError> {
    let id: OrganizationId = id.parse().map_err(|_| Refusal::NotFound)?;
    let (app, caller) = (visitor.app().clone(), visitor.caller());
    Ok(blocking(move || customer(&app, &caller, id)).await?)
}

pub(super) async fn page(visitor: Visitor, Path(id): Path<String>) -> PageResult {
    let words = visitor.words;
    let view = find(&visitor, &id).await?;
    let mut frame = visitor.frame(Section::Customers, view.name.clone()).await?;
    frame.lead = Some(words.country(&view.country).unwrap_or(&view.country).to_owned());
    frame.breadcrumbs = vec![Crumb::new(words.customers(), Section::Customers.url())];
    let url = format!("{}/{}", Section::Customers.url(), view.id);
    let rows = with_add_ons(&view.subscriptions).map(|listed| {
        let id = listed.subscription.id;
        let has_add_ons = view.subscriptions.iter().any(|other| other.subscription.base_id == Some(id));
        let actions = actions(words, &format!("{url}/{id}"), &listed.subscription, has_add_ons, view.today);
        row(words, listed, actions)
    });
    render(&DetailsPage { rows: rows.collect(), sell_url: format!("{url}/sell"), words, frame })
}

/// Each subscription before its add-ons (domain 1.9).
fn with_add_ons(sold: &[ListedSubscription]) -> impl Iterator<Item = &ListedSubscription> {
    let bases = sold.iter().filter(|listed| listed.subscription.base_id.is_none());
    bases.flat_map(move |base| {
        let belongs = move |listed: &&ListedSubscription| listed.subscription.base_id == Some(base.subscription.id);
        std::iter::once(base).chain(sold.iter().filter(belongs))
    })
}

fn row(words: Words, listed: &ListedSubscription, actions: Vec<Link>) -> SoldRow {
    let subscription = &listed.subscription;
    let (ends_label, ends_on) = ends(words, subscription);
    SoldRow {
        product: listed.product_name.clone(),
        id: subscription.id.to_string(),
        belongs_to: listed.base_name.as_deref().map(|base| words.add_on_to(base)),
        assigned: words.number(subscription.assigned),
        quantity: words.number(subscription.quantity),
        ends_label,
        ends_on: words.date_short(ends_on),
        status: subscription_status(words, subscription.state),
        cost: subscription.sale.map(|_| {
            let all = subscription.price_per_period(subscription.quantity);
            words.price_per_period_of(all, subscription.billing_frequency)
        }),
        actions,
    }
}

/// What can be done with it now. What has add-ons keeps its product.
fn actions(words: Words, url: &str, subscription: &Subscription, has_add_ons: bool, today: Date) -> Vec<Link> {
    let link = |is_open: bool, label, code| is_open.then(|| Link::new(label, format!("{url}/{code}")));
    let serve = |service, label, code| link(check(subscription, service, today).is_ok(), label, code);
    let links = [
        serve(Service::Quantity(subscription.quantity), words.customer_change_quantity(), "quantity"),
        link(closed(subscription).is_none() && !has_add_ons, words.change_plan(), "upgrade"),
        serve(Service::RecurringBilling(false), words.customer_renew_off(), "renewal-off"),
        serve(Service::RecurringBilling(true), words.customer_renew_on(), "renewal-on"),
        serve(Service::Suspend, words.customer_suspend(), "suspend"),
        serve(Service::Resume, words.customer_resume(), "resume"),
    ];
    links.into_iter().flatten().collect()
}
