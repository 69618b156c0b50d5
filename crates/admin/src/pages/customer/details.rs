//! One customer as its partner sees it: what the partner sold to it.

use crate::frame::{Crumb, Frame};
use crate::pages::present::{ends_label, subscription_status};
use crate::parts::{Link, Status};
use crate::web::{PageError, PageResult, Section, Visitor, blocking, render};
use app::partner::customers::{CustomerView, customer};
use app::subscription::list::ListedSubscription;
use askama::Template;
use axum::extract::Path;
use domain::ids::OrganizationId;
use domain::partner::change_plan::closed;
use domain::partner::serve::is_suspended;
use domain::refusal::Refusal;
use domain::subscription::{Subscription, SubscriptionState};
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
    let rows = with_add_ons(&view.subscriptions).map(|listed| row(words, &url, listed, view.today));
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

fn row(words: Words, url: &str, listed: &ListedSubscription, today: Date) -> SoldRow {
    let subscription = &listed.subscription;
    SoldRow {
        product: listed.product_name.clone(),
        id: subscription.id.to_string(),
        belongs_to: listed.base_name.as_deref().map(|base| words.add_on_to(base)),
        assigned: words.number(subscription.assigned),
        quantity: words.number(subscription.quantity),
        ends_label: ends_label(words, subscription),
        ends_on: words.date_short(subscription.ends_on),
        status: subscription_status(words, subscription.state),
        cost: subscription.sale.map(|_| {
            let all = subscription.price_per_period(subscription.quantity);
            words.price_per_period_of(all, subscription.billing_frequency)
        }),
        actions: actions(words, &format!("{url}/{}", subscription.id), subscription, today),
    }
}

/// What can be done with it now; an add-on follows what it belongs to.
fn actions(words: Words, url: &str, subscription: &Subscription, today: Date) -> Vec<Link> {
    let is_add_on = subscription.base_id.is_some();
    if is_suspended(subscription, today) && !is_add_on {
        return vec![Link::new(words.customer_resume(), format!("{url}/resume"))];
    }
    if subscription.state != SubscriptionState::Active {
        return Vec::new();
    }
    let quantity = Link::new(words.customer_change_quantity(), format!("{url}/quantity"));
    if is_add_on {
        return vec![quantity];
    }
    let renewal = match subscription.recurring_billing {
        true => Link::new(words.customer_renew_off(), format!("{url}/renewal-off")),
        false => Link::new(words.customer_renew_on(), format!("{url}/renewal-on")),
    };
    let upgrade = closed(subscription).is_none().then(|| Link::new(words.change_plan(), format!("{url}/upgrade")));
    let suspend = Link::new(words.customer_suspend(), format!("{url}/suspend"));
    [Some(quantity), upgrade, Some(renewal), Some(suspend)].into_iter().flatten().collect()
}
