//! What several pages show the same way: statuses, dates of renewal, closed actions, histories.

use crate::parts::{Closed, Link, Status};
use crate::web::Section;
use app::JournalEntry;
use app::history::ActorKind;
use app::subscription::list::ListedSubscription;
use domain::billing::party::Address;
use domain::billing::payment_method::PaymentMethod;
use domain::credit_check::CreditApplication;
use domain::subscription::{ClosedReason, CreditCheck, Subscription, SubscriptionState};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use words::Words;
use words::events::{EventNames, WrittenChange};

/// How more is bought of what a partner sold (R67, R68).
pub const PARTNER_HELP: &str = "/help/buy-more-at-your-partner";

/// The status of a subscription with its icon and hue.
#[must_use]
pub fn subscription_status(words: Words, state: SubscriptionState) -> Status {
    let word = words.subscription_state_name(state);
    match state {
        SubscriptionState::Active => Status::good(word),
        SubscriptionState::Pending | SubscriptionState::Scheduled => Status::neutral(word).icon("clock"),
        SubscriptionState::Expired => Status::warning(word),
        SubscriptionState::Disabled => Status::severe(word),
        SubscriptionState::Deleted => Status::neutral(word),
    }
}

/// The day that stands beside a subscription, and what that day is called (R7).
#[must_use]
pub fn ends(words: Words, subscription: &Subscription) -> (&'static str, Date) {
    let (kind, day) = subscription.end();
    (words.end_name(kind), day)
}

/// The same inside a line, the day as it is `written` there: `renews on 15 January 2021`.
pub fn ends_inside(words: Words, subscription: &Subscription, written: fn(Words, Date) -> String) -> String {
    let (label, day) = ends(words, subscription);
    format!("{} {}", label.to_lowercase(), written(words, day))
}

/// What tells subscriptions of one product apart: how many licenses, and until when.
#[must_use]
pub fn licenses_until(words: Words, subscription: &Subscription) -> String {
    let licenses = words.licenses_count(i64::from(subscription.quantity));
    format!("{licenses}, {}", ends_inside(words, subscription, Words::date))
}

/// Links to subscriptions, each with what tells it from others of its product.
#[must_use]
pub fn subscription_links(words: Words, subscriptions: &[ListedSubscription]) -> Vec<(Link, String)> {
    let link = |listed: &ListedSubscription| {
        let url = format!("{}/{}", Section::YourProducts.url(), listed.subscription.id);
        (Link::new(&listed.product_name, url), licenses_until(words, &listed.subscription))
    };
    subscriptions.iter().map(link).collect()
}

/// An address on one line.
#[must_use]
pub fn one_line(words: Words, address: &Address) -> String {
    let town = format!("{} {}", address.postal_code, address.city);
    let country = words.country(&address.country).unwrap_or_default();
    let parts = [address.line1.as_str(), &address.line2, town.trim(), &address.region, country];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}

/// Where what was tried is bought (R70).
#[must_use]
pub fn buy_trial_url(trial: &Subscription) -> String {
    format!("/billing/purchase/{}?trial={}", trial.product_id, trial.id)
}

/// Why an action is closed, with the link that helps.
#[must_use]
pub fn closed(words: Words, reason: ClosedReason, subscription: &Subscription) -> Closed {
    let closed = Closed::new(words.closed_reason(reason).to_string());
    match reason {
        ClosedReason::AllAssigned => {
            closed.remedy(words.unassign_first_link(), format!("/billing/licenses/{}", subscription.product_id))
        }
        ClosedReason::NoneAvailable => {
            closed.remedy(words.buy_licenses(), format!("/billing/your-products/{}/quantity", subscription.id))
        }
        ClosedReason::PrepaidKey => {
            closed.remedy(words.add_more_licenses(), format!("/billing/your-products/{}/add-licenses", subscription.id))
        }
        ClosedReason::BySupport => by_support(words),
        ClosedReason::FollowsBase => match subscription.base_id {
            Some(base) => closed.remedy(words.open_base(), format!("/billing/your-products/{base}")),
            None => closed,
        },
        ClosedReason::Trial | ClosedReason::TrialEnds => {
            closed.remedy(words.purchase_subscription(), buy_trial_url(subscription))
        }
        ClosedReason::VolumePartner | ClosedReason::Reseller | ClosedReason::PartnerDecides => {
            closed.remedy(words.partner_buy_more_help(), PARTNER_HELP)
        }
        _ => closed,
    }
}

/// Why only support does something in this cloud, with the way to support.
#[must_use]
pub fn by_support(words: Words) -> Closed {
    let reason = words.closed_reason(ClosedReason::BySupport).to_string();
    Closed::new(reason).remedy(words.contact_support(), "/help/support")
}

/// The month in which a card expires (`2030-12`), as people write it.
#[must_use]
pub fn card_month(words: Words, expires_on: &str) -> String {
    format!("{expires_on}-01").parse().map_or_else(|_| expires_on.to_owned(), |first_day| words.month(first_day))
}

/// A payment method as people recognize it: `Visa ending in 4242`.
#[must_use]
pub fn method_name(words: Words, method: &PaymentMethod) -> String {
    words.method_name(&method.described.name())
}

/// When a card expires, or how a bank account is debited.
#[must_use]
pub fn method_note(words: Words, method: &PaymentMethod) -> String {
    match method.expires_on() {
        Some(month) => words.card_expires(&card_month(words, month)),
        None => words.account_debited_short().to_owned(),
    }
}

/// A line of a history.
#[derive(Debug, Clone)]
pub struct HistoryLine {
    /// When, for people.
    pub when: String,
    /// When, for programs.
    pub iso: String,
    /// Who.
    pub who: String,
    /// What happened.
    pub what: String,
    /// Before and after, or empty.
    pub change: String,
}

/// A history as people read it.
#[must_use]
pub fn history(words: Words, zone: &TimeZone, entries: &[JournalEntry]) -> Vec<HistoryLine> {
    let line = |entry: &JournalEntry| HistoryLine {
        when: words.date_time(entry.at, zone),
        iso: entry.at.to_string(),
        who: who(words, entry),
        what: happened(words, entry).unwrap_or_else(|| entry.command.clone()),
        change: changes(words, entry).iter().map(ToString::to_string).collect::<Vec<_>>().join(", "),
    };
    entries.iter().map(line).collect()
}

/// What an entry says that happened, as far as the reader may see it; nothing for what this version cannot read.
#[must_use]
pub fn happened(words: Words, entry: &JournalEntry) -> Option<String> {
    let names = EventNames {
        person: entry.user_name.as_deref(),
        product: entry.product_name.as_deref(),
        with_amounts: entry.with_amounts,
    };
    entry.event.as_ref().map(|event| words.event(event, names))
}

/// What an entry changed, as far as the reader may see it.
#[must_use]
pub fn changes(words: Words, entry: &JournalEntry) -> Vec<WrittenChange> {
    entry.event.as_ref().map(|event| words.event_changes(event, entry.with_amounts)).unwrap_or_default()
}

/// Who acted, and what that one is to the organization when it is not one of its people.
#[must_use]
pub fn who(words: Words, entry: &JournalEntry) -> String {
    match entry.actor_kind {
        ActorKind::Person => entry.actor_name.clone(),
        ActorKind::Operator => words.history_by_operator(&entry.actor_name),
        ActorKind::Partner => words.history_by_partner(&entry.actor_name),
        ActorKind::Program => words.history_by_program(&entry.actor_name),
        ActorKind::System => words.history_by_system().to_owned(),
    }
}

/// Where a credit check stands, and by when it is decided.
pub fn credit_check_words(words: Words, check: &CreditApplication) -> String {
    match check.state {
        CreditCheck::Pending => words.credit_check_decided_by(check.due_on),
        decided => words.credit_check_name(decided).to_owned(),
    }
}
