//! One subscription, with what can be done with it.

use super::super::schema::{self, Period};
use super::Subscription;
use crate::web::{ApiResult, Client, Id, Reader, Revised};
use app::subscription::details::SubscriptionDetails;
use domain::ids::SubscriptionId;
use domain::subscription::{Action, ClosedReason, Offer as DomainOffer};
use serde::Serialize;
use utoipa::ToSchema;
use words::Words;

/// A subscription with its present billing period and its offers.
#[derive(Debug, Serialize, ToSchema)]
pub struct SubscriptionWithOffers {
    /// The subscription.
    #[serde(flatten)]
    pub subscription: Subscription,
    /// The present billing period.
    pub billing_period: Period,
    /// The add-ons that belong to it, by name.
    pub add_ons: Vec<Subscription>,
    /// Every action: open, or closed with its reason and what helps.
    pub offers: Vec<Offer>,
}

/// Whether something can be done with a subscription now.
#[derive(Debug, Serialize, ToSchema)]
pub struct Offer {
    /// What can be done.
    #[schema(schema_with = schema::action)]
    pub action: Action,
    /// Whether it can be done.
    pub open: bool,
    /// Why not; null when it can be done.
    #[schema(schema_with = schema::optional_closed_reason)]
    pub reason: Option<ClosedReason>,
    /// The reason as a sentence, in the reader's language.
    pub sentence: Option<String>,
    /// What helps, in the reader's language.
    pub remedy: Option<&'static str>,
}

impl Offer {
    fn new(words: Words, action: Action, offer: DomainOffer) -> Self {
        match offer {
            DomainOffer::Open => Self { action, open: true, reason: None, sentence: None, remedy: None },
            DomainOffer::Closed(reason) => {
                let explanation = words.closed_reason(reason);
                Self {
                    action,
                    open: false,
                    reason: Some(reason),
                    sentence: Some(explanation.sentence),
                    remedy: explanation.remedy,
                }
            }
        }
    }
}

/// One subscription with its offers
///
/// Sentences come in the language of `Accept-Language`: `en` or `nl`. The answer has an `ETag` for `If-Match`.
#[utoipa::path(get, path = "/api/v1/subscriptions/{subscription_id}", tag = "Subscriptions",
    operation_id = "getSubscription", params(("subscription_id" = String, Path)),
    responses((status = 200, description = "The subscription", body = SubscriptionWithOffers)))]
pub(crate) async fn details(
    client: Client,
    Reader(words): Reader,
    Id(id): Id<SubscriptionId>,
) -> ApiResult<Revised<SubscriptionWithOffers>> {
    let view = client.read(SubscriptionDetails(id)).await?;
    let revision = view.listed.subscription.revision;
    let body = SubscriptionWithOffers {
        offers: view.offers.iter().map(|(action, offer)| Offer::new(words, *action, *offer)).collect(),
        billing_period: view.billing_period.into(),
        add_ons: view.add_ons.into_iter().map(|add_on| Subscription::new(add_on, view.with_prices)).collect(),
        subscription: Subscription::new(view.listed, view.with_prices),
    };
    Ok(Revised(revision, body))
}
