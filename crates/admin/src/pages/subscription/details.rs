//! Everything about one subscription (domain 8.3).

use super::cancel_scheduled_change::planned;
use super::life::details_url;
use super::timeline;
use crate::chart::{self, Picture};
use crate::frame::Frame;
use crate::pages::help;
use crate::pages::invoice::{InvoiceRow, tax_label};
use crate::pages::present::{
    HistoryLine, PARTNER_HELP, buy_trial_url, closed, credit_check_words, ends, history, method_name, method_note,
    subscription_status,
};
use crate::parts::{Closed, Link, Status};
use crate::web::{PageResult, Section, Visitor, render};
use app::order::list::ListedOrder;
use app::subscription::details::{INVOICES_SHOWN, NextCharge, SubscriptionDetails, SubscriptionView};
use app::subscription::list::ListedSubscription;
use askama::Template;
use axum::extract::Path;
use domain::cloud::RecurringBillingControl;
use domain::ids::SubscriptionId;
use domain::refusal::Refusal;
use domain::subscription::due::{deleted_on, disabled_on};
use domain::subscription::{Action, Channel, ClosedReason, Offer, Subscription, SubscriptionState};
use jiff::tz::TimeZone;
use words::Words;

/// Where the page says that somebody else bought the subscription, so that it can only be looked at.
const BOUGHT_BY_OTHER: &str = "bought-by-other";

/// Where it says that the product is no longer sold (domain 2.2).
const END_OF_SALE: &str = "end-of-sale";

struct ActionView {
    label: &'static str,
    url: String,
    /// Whether it opens beside the page.
    is_pane: bool,
    icon: &'static str,
    closed: Option<Closed>,
}

/// Actions of a card that are open, or that one reason closes. A reason that closes several is said once, above them.
struct ActionGroup {
    /// Where the reason of all of them stands; empty when none is shared.
    reason_at: String,
    /// The shared reason, unless the notice at the top of the page says it.
    reason: Option<Closed>,
    actions: Vec<ActionView>,
}

impl ActionGroup {
    /// `said_above` is where the page says a reason already, and that reason.
    fn all(card: &str, actions: Vec<ActionView>, said_above: Option<&(&str, String)>) -> Vec<Self> {
        let mut groups: Vec<(Option<String>, Vec<ActionView>)> = vec![(None, Vec::new())];
        for action in actions {
            let reason = action.closed.as_ref().map(|closed| closed.reason.clone());
            match groups.iter_mut().find(|(known, _)| *known == reason) {
                Some((_, same)) => same.push(action),
                None => groups.push((reason, vec![action])),
            }
        }
        let group = |(place, (reason, actions)): (usize, (Option<String>, Vec<ActionView>))| {
            let above = said_above.filter(|(_, said)| reason.as_deref() == Some(said));
            let is_shared = reason.is_some() && actions.len() > 1;
            let closed = actions.first().and_then(|first| first.closed.clone());
            let reason_at = match (above, is_shared) {
                (Some((at, _)), _) => (*at).to_owned(),
                (None, true) => format!("{card}-closed-{place}"),
                (None, false) => String::new(),
            };
            Self { reason_at, reason: closed.filter(|_| is_shared && above.is_none()), actions }
        };
        groups.into_iter().enumerate().map(group).collect()
    }
}

/// Recurring billing, switched without a pane where the cloud has it so (domain 7).
struct Toggle {
    url: String,
    label: &'static str,
    value: &'static str,
    effect: String,
}

impl Toggle {
    fn new(words: Words, subscription: &Subscription, url: String) -> Self {
        let ends_on = subscription.ends_on;
        let (label, value, effect) = match subscription.recurring_billing {
            true => (words.turn_off(), "off", words.recurring_billing_off_effect(ends_on)),
            false => (words.turn_on(), "on", words.recurring_billing_on_effect(ends_on)),
        };
        Self { url, label, value, effect }
    }
}

/// What is charged next.
struct NextChargeView {
    sentence: String,
    note: String,
}

#[derive(Template)]
#[template(path = "subscription/details.html")]
struct DetailsPage {
    frame: Frame,
    words: Words,
    status: Status,
    status_means: &'static str,
    bought_by_other: Option<String>,
    is_end_of_sale: bool,
    history_url: String,
    licenses_url: String,
    usage: Picture,
    available: String,
    conflicts: u32,
    /// When people lose access because a card was given up, and where that is paid, for who may read invoices.
    access_ends: Option<(String, Option<String>)>,
    ends_label: &'static str,
    ends_on: String,
    ends_when: String,
    price: Option<String>,
    price_note: String,
    channel: &'static str,
    /// Where more is bought of what a volume-licensing partner sold.
    channel_url: Option<String>,
    channel_means: &'static str,
    facts: Vec<(&'static str, String)>,
    /// Whether licenses that nobody has cost something too: not what is free, or was paid in advance.
    bills_unassigned: bool,
    settings_title: &'static str,
    settings: Vec<(&'static str, String)>,
    /// What is planned for the renewal, and where it is dropped.
    planned: Vec<(String, String)>,
    actions: Vec<ActionGroup>,
    life_actions: Vec<ActionGroup>,
    timeline: Picture,
    profile: Option<Link>,
    move_url: Option<String>,
    edit_renewal_url: Option<String>,
    toggle: Option<Toggle>,
    orders: Vec<(String, String, String, String)>,
    next_charge: Option<NextChargeView>,
    invoices: Vec<InvoiceRow>,
    history: Vec<HistoryLine>,
    is_self_service: bool,
    related: Vec<Link>,
    /// Where an upgrade that runs is looked at.
    upgrade_url: Option<String>,
    /// The subscription to which its people moved.
    changed_to_url: Option<String>,
    /// Until when its take-over can be undone, and where.
    undo: Option<(String, String)>,
    /// What was upgraded to this one.
    upgraded_from: Vec<Link>,
    /// The subscription to which it belongs as an add-on.
    base: Option<Link>,
    add_ons: Vec<AddOnRow>,
    /// Where more of them are found; nothing where there are none, or for who may not buy.
    find_add_ons_url: Option<String>,
}

/// An add-on of the subscription.
struct AddOnRow {
    url: String,
    name: String,
    quantity: String,
    assigned: String,
    status: Status,
    quantity_url: String,
    quantity_label: String,
}

impl AddOnRow {
    fn all(words: Words, add_ons: &[ListedSubscription]) -> Vec<Self> {
        add_ons.iter().map(|listed| Self::new(words, listed)).collect()
    }

    fn new(words: Words, listed: &ListedSubscription) -> Self {
        let subscription = &listed.subscription;
        let url = details_url(subscription.id);
        Self {
            name: listed.product_name.clone(),
            quantity: words.number(subscription.quantity),
            assigned: words.number(subscription.assigned),
            status: subscription_status(words, subscription.state),
            quantity_url: format!("{url}/quantity"),
            quantity_label: words.change_quantity_of(&listed.product_name),
            url,
        }
    }
}

pub(super) async fn page(visitor: Visitor, Path(id): Path<String>) -> PageResult {
    let id: SubscriptionId = id.parse().map_err(|_| Refusal::NotFound)?;
    let view = visitor.read(SubscriptionDetails(id)).await?;
    let frame = visitor.frame(Section::YourProducts, view.listed.product_name.clone()).await?;
    render(&details_page(visitor.words, frame, &view))
}

/// What all licenses cost per billing period. Nothing is charged for what is over, was prepaid, or is paid to a
/// partner.
fn price(words: Words, view: &SubscriptionView) -> Option<String> {
    let of = &view.listed.subscription;
    let has_price = view.with_prices && of.is_running() && of.paid_price().is_some();
    has_price.then(|| match of.is_trial() {
        true => words.trial_free_price().to_owned(),
        false => words.price_per_period_of(of.price_per_period(of.quantity), of.billing_frequency),
    })
}

/// Where the top of the page says why actions are closed, and the reason that it says.
fn said_above(words: Words, is_view_only: bool, is_end_of_sale: bool) -> Option<(&'static str, String)> {
    let (at, reason) = match (is_view_only, is_end_of_sale) {
        (true, _) => (BOUGHT_BY_OTHER, ClosedReason::SelfServiceOfOther),
        (false, true) => (END_OF_SALE, ClosedReason::EndOfSale),
        (false, false) => return None,
    };
    Some((at, words.closed_reason(reason).to_string()))
}

fn details_page(words: Words, frame: Frame, view: &SubscriptionView) -> DetailsPage {
    let subscription = &view.listed.subscription;
    let url = details_url(subscription.id);
    let (assigned, bought) = (i64::from(subscription.assigned), i64::from(subscription.quantity));
    let usage = words.assigned_of_bought(assigned, bought);
    let recurs = view.offer(Action::EditRecurringBilling) == Offer::Open;
    let has_toggle =
        recurs && !subscription.is_prepaid() && view.cloud.facts().recurring_billing == RecurringBillingControl::Toggle;
    let (ends_label, ends_on) = ends(words, subscription);
    let is_closed_to_reader = view.offer(Action::AddLicenses) == Offer::Closed(ClosedReason::SelfServiceOfOther);
    let buyer = view.listed.holder_name.as_deref();
    let bought_by_other = match buyer.filter(|_| subscription.state != SubscriptionState::Deleted) {
        Some(person) if subscription.is_free() => Some(words.signed_up_by(person)),
        Some(buyer) if is_closed_to_reader => Some(words.bought_by(buyer)),
        _ => None,
    };
    let is_end_of_sale = subscription.is_end_of_sale && subscription.state.is_assignable();
    let said_above = said_above(words, bought_by_other.is_some() && is_closed_to_reader, is_end_of_sale);
    DetailsPage {
        status: subscription_status(words, subscription.state),
        status_means: status_means(words, view),
        bought_by_other,
        is_end_of_sale,
        licenses_url: format!(
            "{}/{}?subscription={}",
            Section::Licenses.url(),
            subscription.product_id,
            subscription.id
        ),
        usage: chart::usage_bar(assigned.unsigned_abs(), bought.unsigned_abs(), &usage),
        available: format!("{} {}", words.number(subscription.available()), words.available().to_lowercase()),
        conflicts: subscription.conflicts,
        ends_label,
        ends_on: words.date(ends_on),
        ends_when: words.relative_day(ends_on, view.today),
        price: price(words, view),
        price_note: price_note(words, subscription),
        channel: words.channel_name(subscription.channel),
        channel_url: (subscription.channel == Channel::VolumePartner)
            .then(|| view.partner_link.clone().unwrap_or_else(|| PARTNER_HELP.to_owned())),
        channel_means: words.channel_means(subscription.channel),
        facts: license_facts(words, view),
        bills_unassigned: subscription.bills_unassigned(),
        // An admin finds "Take control of this subscription" under the heading that is known for it (R134).
        settings_title: match is_closed_to_reader {
            true => words.section_subscriptions_and_settings(),
            false => words.section_subscription_and_payment_settings(),
        },
        settings: setting_facts(words, view),
        planned: planned(words, &view.listed),
        actions: ActionGroup::all("licenses", actions(words, view, &url, true), said_above.as_ref()),
        life_actions: ActionGroup::all("settings", actions(words, view, &url, false), said_above.as_ref()),
        timeline: timeline::picture(words, view),
        profile: view.profile.as_ref().map(|of| Link::new(&of.name, format!("/billing/profiles/{}", of.id))),
        move_url: view.may_move.then(|| format!("{url}/billing-profile")),
        edit_renewal_url: recurs.then(|| format!("{url}/recurring-billing")),
        toggle: has_toggle.then(|| Toggle::new(words, subscription, format!("{url}/recurring-billing"))),
        orders: view.orders.iter().map(|row| order_line(words, &view.zone, row)).collect(),
        next_charge: view.next_charge.as_ref().map(|next| next_charge(words, next)),
        invoices: {
            let newest = view.invoices.iter().take(INVOICES_SHOWN);
            newest.map(|row| InvoiceRow::new(words, row, view.today)).collect()
        },
        history: history(words, &view.zone, &view.history),
        history_url: format!("{url}/history"),
        access_ends: access_ends(words, view),
        is_self_service: subscription.holder.is_some(),
        related: help::links(words, &related(view)),
        upgrade_url: subscription.plan_change.map(|job| format!("{url}/upgrade/{job}")),
        changed_to_url: subscription.changed_to.map(details_url),
        upgraded_from: upgraded_from(words, view),
        base: base_link(view),
        add_ons: AddOnRow::all(words, &view.add_ons),
        find_add_ons_url: view.may_add_on.then(|| format!("{}?base_id={}", Section::Purchase.url(), subscription.id)),
        undo: view.undo_until.map(|until| (words.undo_until(until), format!("{url}/undo-take-over"))),
        words,
        frame,
    }
}

/// When people lose access for want of payment, and the invoice for who may read it.
fn access_ends(words: Words, view: &SubscriptionView) -> Option<(String, Option<String>)> {
    let (invoice, day) = view.access_ends?;
    let url = view.with_prices.then(|| format!("{}/{invoice}", Section::Bills.url()));
    Some((words.subscription_access_ends(day), url))
}

/// What the status means; that it can be reactivated only where it can.
fn status_means(words: Words, view: &SubscriptionView) -> &'static str {
    let comes_back = matches!(
        view.offer(Action::Reactivate),
        Offer::Open | Offer::Closed(ClosedReason::Unpaid | ClosedReason::FollowsBase)
    );
    let is_for_others = view.offer(Action::Reactivate) == Offer::Closed(ClosedReason::RoleNotAllowed);
    let subscription = &view.listed.subscription;
    match subscription.state {
        _ if view.undo_until.is_some() => words.undo_means(),
        SubscriptionState::Expired if subscription.is_trial() => words.status_trial_expired_means(),
        SubscriptionState::Disabled if is_for_others => words.status_disabled_means_ask(),
        SubscriptionState::Expired if is_for_others => words.status_expired_means_ask(),
        SubscriptionState::Disabled if !comes_back => words.status_disabled_means_alone(),
        SubscriptionState::Expired if !comes_back => words.status_expired_means_alone(),
        state => words.subscription_state_means(state),
    }
}

fn upgraded_from(words: Words, view: &SubscriptionView) -> Vec<Link> {
    let link = |(id, name): &(SubscriptionId, String)| Link::new(words.plan_upgraded_from(name), details_url(*id));
    view.upgraded_from.iter().map(link).collect()
}

/// The subscription to which it belongs.
fn base_link(view: &SubscriptionView) -> Option<Link> {
    let name = view.listed.base_name.as_deref()?;
    Some(Link::new(name, details_url(view.listed.subscription.base_id?)))
}

/// What a license costs; of a trial, once it is paid.
fn price_note(words: Words, subscription: &Subscription) -> String {
    let price = words.price_per_license_of(subscription.unit_price, subscription.billing_frequency);
    if subscription.is_trial() { words.trial_price_then(&price) } else { price }
}

fn license_facts(words: Words, view: &SubscriptionView) -> Vec<(&'static str, String)> {
    let subscription = &view.listed.subscription;
    vec![
        (words.licenses_bought(), words.licenses_count(i64::from(subscription.quantity))),
        (words.licenses_assigned(), words.licenses_count(i64::from(subscription.assigned))),
        (words.licenses_available(), words.licenses_count(i64::from(subscription.available()))),
    ]
}

fn setting_facts(words: Words, view: &SubscriptionView) -> Vec<(&'static str, String)> {
    let subscription = &view.listed.subscription;
    let billing_period = view.billing_period;
    let mut facts = vec![(words.term(), words.term_name(subscription.term).to_owned())];
    if subscription.paid_price().is_some() {
        let frequency = words.billing_frequency_name(subscription.billing_frequency);
        facts.push((words.billing_frequency(), frequency.to_owned()));
    }
    let has_started = subscription.state != SubscriptionState::Scheduled;
    if has_started && subscription.bills_unassigned() {
        facts.push((words.current_period(), words.date_range(billing_period.start, billing_period.last_day())));
    }
    let label = if has_started { words.started_on() } else { words.starts_on() };
    facts.push((label, words.date(subscription.started_on)));
    if let Some(method) = &view.method {
        let (name, note) = (method_name(words, method), method_note(words, method));
        let pays = if note.is_empty() { name } else { format!("{name} · {note}") };
        facts.push((words.payment_method(), pays));
    }
    if let Some(check) = &view.credit_check {
        facts.push((words.credit_check(), credit_check_words(words, check)));
    }
    if subscription.state == SubscriptionState::Active {
        facts.push(match (&subscription.partner_name, subscription.recurring_billing) {
            // Whoever sold it decides, and pays.
            (Some(partner), true) => (words.order_kind_renewal(), words.renewed_by_partner(partner)),
            (Some(partner), false) => (words.order_kind_renewal(), words.not_renewed_by_partner(partner)),
            (None, true) => (words.recurring_billing(), words.on().to_owned()),
            (None, false) => (words.recurring_billing(), words.off().to_owned()),
        });
    }
    if subscription.state == SubscriptionState::Expired {
        facts.push((words.cancel_loses_access(), words.date(disabled_on(subscription, view.cloud))));
    }
    if matches!(subscription.state, SubscriptionState::Expired | SubscriptionState::Disabled) {
        facts.push((words.cancel_data_erased(), words.date(deleted_on(subscription, view.cloud))));
    }
    if let Some(partner) = &subscription.partner_name {
        let contact = subscription.partner_contact.as_deref().unwrap_or_default();
        facts.push((words.reseller_name(), format!("{partner} {contact}").trim().to_owned()));
    }
    if let Some(buyer) = &view.listed.holder_name {
        facts.push((words.buyer(), buyer.clone()));
    }
    facts.push((words.subscription_id(), subscription.id.to_string()));
    facts
}

fn next_charge(words: Words, next: &NextCharge) -> NextChargeView {
    let period = words.date_range(next.service_period.start, next.service_period.last_day());
    let taxes = next.totals.taxes.iter().map(|tax| tax_label(words, tax));
    let notes = [words.licenses_count(next.quantity), period].into_iter().chain(taxes);
    NextChargeView {
        sentence: words.next_charge_of(next.on, next.totals.gross),
        note: notes.collect::<Vec<_>>().join(" · "),
    }
}

/// Address, what was ordered, when, and what it cost.
fn order_line(words: Words, zone: &TimeZone, row: &ListedOrder) -> (String, String, String, String) {
    let order = &row.order;
    let kind = words.order_kind_name(order.kind);
    (
        format!("{}/{}", Section::Orders.url(), order.id),
        format!("{}: {kind} ({})", words.order_number(&order.number.to_string()), words.number(order.quantity.abs())),
        words.date_short(order.ordered_at.to_zoned(zone.clone()).date()),
        words.money(order.amount),
    )
}

fn actions(words: Words, view: &SubscriptionView, url: &str, about_licenses: bool) -> Vec<ActionView> {
    let licenses = format!("{}/{}", Section::Licenses.url(), view.listed.subscription.product_id);
    let of = |(action, offer): &(Action, Offer)| {
        let (label, url, icon) = match action {
            Action::AddLicenses => (words.buy_licenses(), format!("{url}/quantity"), "add"),
            Action::AddByKey => (words.add_more_licenses(), format!("{url}/add-licenses"), "key"),
            Action::ExtendEndDate => (words.extend_end_date(), format!("{url}/extend"), "calendar"),
            Action::ExtendTrial => (words.extend_end_date(), format!("{url}/extend-trial"), "calendar"),
            Action::BuyTrial => (words.purchase_subscription(), buy_trial_url(&view.listed.subscription), "cart"),
            Action::RemoveLicenses => (words.remove_licenses(), format!("{url}/quantity"), "remove"),
            Action::AssignLicenses => (
                words.assign_licenses(),
                format!("{licenses}/assign?subscription={}", view.listed.subscription.id),
                "people",
            ),
            Action::UnassignLicenses => (words.unassign_licenses(), licenses.clone(), "person"),
            Action::EditRecurringBilling => {
                (words.edit_recurring_billing(), format!("{url}/recurring-billing"), "renew")
            }
            Action::EditBillingFrequency => {
                (words.edit_billing_frequency(), format!("{url}/billing-frequency"), "calendar")
            }
            Action::ChangePlan => (words.change_plan(), format!("{url}/upgrade"), "arrow"),
            Action::ChangePaymentMethod => (words.replace_payment_method(), format!("{url}/payment-method"), "card"),
            Action::Cancel => (words.cancel_subscription(), format!("{url}/cancel"), "close"),
            Action::Reactivate => (words.reactivate_this_subscription(), format!("{url}/reactivate"), "check"),
            Action::TakeOver => (words.take_control(), format!("{url}/take-over"), "shield"),
            Action::Delete => (words.delete_subscription(), format!("{url}/delete"), "delete"),
        };
        let closed = match offer {
            Offer::Open => None,
            Offer::Closed(reason) => Some(closed(words, *reason, &view.listed.subscription)),
        };
        let is_pane = !about_licenses || url.starts_with(Section::YourProducts.url());
        ActionView { label, url, is_pane, icon, closed }
    };
    shown(view).filter(|(action, _)| action.is_about_licenses() == about_licenses).map(of).collect()
}

/// The actions that the page shows: what only keys do where keys were used, and taking over where somebody bought by
/// self-service.
fn shown(view: &SubscriptionView) -> impl Iterator<Item = &(Action, Offer)> {
    view.offers.iter().filter(|(action, offer)| match action {
        Action::TakeOver => view.listed.subscription.holder.is_some(),
        Action::ExtendTrial | Action::BuyTrial => view.listed.subscription.is_trial(),
        _ => *offer != Offer::Closed(ClosedReason::NotPrepaid),
    })
}

/// Help about every action that the page shows (R2).
fn related(view: &SubscriptionView) -> Vec<&'static str> {
    let mut slugs: Vec<_> = shown(view).map(|(action, _)| help::about(*action)).collect();
    slugs.sort_unstable();
    slugs.dedup();
    slugs
}
