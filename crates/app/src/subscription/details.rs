//! Everything that the details page of a subscription shows (domain 8.3).

use super::add_on::add_ons;
use super::offer_to;
use crate::billing::details::{AccessLoss, access};
use crate::billing::{account, statements, tax};
use crate::catalog::browse::add_ons_for;
use crate::door::{Look, Query};
use crate::failure::Failure;
use crate::history::shown_with;
use domain::access::Reach;
use domain::access::permission::{
    BuySubscription, ManageBillingProfiles, ReadHistory, ReadInvoices, ReadPrices, ReadSubscriptions, TakeOver,
};
use domain::billing::invoice::{Billable, InvoiceState, Totals, lines};
use domain::billing::profile::can_move;
use domain::billing::{BillingAccount, BillingProfile};
use domain::credit_check::CreditApplication;
use domain::ids::{InvoiceId, SubscriptionId};
use domain::organization::Cloud;
use domain::refusal::Refusal;
use domain::subscription::change_start::{ChangeStart, starts};
use domain::subscription::due::{next_due, pass};
use domain::subscription::timeline::{Timeline, timeline};
use domain::subscription::{Action, Offer, Subscription, SubscriptionState};
use domain::time::Period;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use std::collections::BTreeSet;
use store::tables::charge::{self, About};
use store::tables::invoice::{self, ListedInvoice};
use store::tables::journal::{self, HistoryOf, JournalEntry};
use store::tables::order::{self, ListedOrder};
use store::tables::payment_method::{self, PaymentMethod};
use store::tables::subscription::{self, ListedSubscription};
use store::tables::{billing_account, credit_check, kept_take_over, partner};

/// Entries of history that the page shows; the rest is a link away.
const HISTORY_SHOWN: usize = 8;

/// Orders that the page shows.
const ORDERS_SHOWN: usize = 5;

/// Invoices that the page shows.
pub const INVOICES_SHOWN: usize = 5;

/// Invoices that the timeline shows: monthly ones of five years.
const INVOICES_ON_TIMELINE: usize = 60;

/// Entries of the history that the timeline looks at.
const ENTRIES_ON_TIMELINE: usize = 600;

/// What a subscription costs next, when nothing changes before.
#[derive(Debug, Clone)]
pub struct NextCharge {
    /// The day.
    pub on: Date,
    /// For how many licenses.
    pub quantity: i64,
    /// For which days.
    pub service_period: Period,
    /// What it comes to.
    pub totals: Totals,
}

/// Asks for one subscription.
#[derive(Debug, Clone, Copy)]
pub struct SubscriptionDetails(pub SubscriptionId);

/// One subscription with all that belongs to it.
#[derive(Debug, Clone)]
pub struct SubscriptionView {
    /// The subscription and its names.
    pub listed: ListedSubscription,
    /// Every action, open or closed with its reason.
    pub offers: Vec<(Action, Offer)>,
    /// The newest entries of its history; none for those who may not see it.
    pub history: Vec<JournalEntry>,
    /// The billing profile that it is charged to, for those who may see all prices; none of what its buyer pays (R17).
    pub profile: Option<BillingProfile>,
    /// Whether the reader may move it to another one, and it can be moved.
    pub may_move: bool,
    /// What pays, for those who may see prices.
    pub method: Option<PaymentMethod>,
    /// Where the partner that sold it sells more (R66); nothing where it says no such place.
    pub partner_link: Option<String>,
    /// Its credit check, if it waits or waited for one.
    pub credit_check: Option<CreditApplication>,
    /// Its newest orders, for those who may see prices.
    pub orders: Vec<ListedOrder>,
    /// Its newest invoices, for those who may see prices: [`INVOICES_SHOWN`] in a list, all of them on the timeline.
    pub invoices: Vec<ListedInvoice>,
    /// Its life, past and to come. What happened is only there for who has the subscription, and for those who may see
    /// the history.
    pub timeline: Timeline,
    /// The invoice whose card was given up, and the day on which people lose access for it (R167).
    pub access_ends: Option<(InvoiceId, Date)>,
    /// What it costs next, for those who may see prices.
    pub next_charge: Option<NextCharge>,
    /// Whether the reader may see prices (D23).
    pub with_prices: bool,
    /// Today, in the organization's zone.
    pub today: Date,
    /// The organization's time zone.
    pub zone: TimeZone,
    /// The present billing period.
    pub billing_period: Period,
    /// The cloud of the organization.
    pub cloud: Cloud,
    /// Its add-ons by name, without deleted ones.
    pub add_ons: Vec<ListedSubscription>,
    /// Whether the reader can buy an add-on for it now.
    pub may_add_on: bool,
    /// From when on it can have another number of licenses.
    pub quantity_starts: &'static [ChangeStart],
    /// The last day on which its take-over can be undone, for those who may do so.
    pub undo_until: Option<Date>,
    /// The subscription from which it took over when the plan was changed, and the name of its product.
    pub upgraded_from: Option<(SubscriptionId, String)>,
}

impl SubscriptionView {
    /// The offer of one action.
    #[must_use]
    pub fn offer(&self, action: Action) -> Offer {
        let found = self.offers.iter().find(|(of, _)| *of == action);
        found.map_or(Offer::Closed(domain::subscription::ClosedReason::RoleNotAllowed), |(_, offer)| *offer)
    }
}

impl Query for SubscriptionDetails {
    type Permission = ReadSubscriptions;
    type Outcome = SubscriptionView;

    fn run(&self, look: &Look<'_, ReadSubscriptions>) -> Result<SubscriptionView, Failure> {
        let listed = subscription::find(look.read, self.0)?.ok_or(Refusal::NotFound)?;
        let is_own = listed.subscription.holder.is_some() && listed.subscription.holder == look.granted.actor().user();
        let profile = listed.subscription.billing_profile_id;
        if look.granted.reach_in(profile) != Reach::All && !is_own {
            return Err(Refusal::NotFound.into());
        }
        let with_prices = is_own || look.reach_in::<ReadPrices>(profile) == Reach::All;
        let history = match look.reach::<ReadHistory>() {
            Reach::All => journal::history(look.read, HistoryOf::Subscription(self.0), None, HISTORY_SHOWN)?,
            Reach::Own | Reach::Nothing => Vec::new(),
        };
        let history = shown_with(with_prices, history);
        let method = listed.paid_by.filter(|_| with_prices);
        let check = listed.subscription.order_id.filter(|_| listed.subscription.credit_check.is_some());
        let orders = if with_prices { order::of_subscription(look.read, self.0, ORDERS_SHOWN)? } else { Vec::new() };
        let invoices = match with_prices {
            true => invoice::of_subscription(look.read, self.0, None, INVOICES_ON_TIMELINE)?,
            false => Vec::new(),
        };
        let past = match is_own || look.reach::<ReadHistory>() == Reach::All {
            true => journal::life_of_subscription(look.read, self.0, ENTRIES_ON_TIMELINE)?,
            false => Vec::new(),
        };
        let past = past.into_iter().map(|(at, event)| (at.to_zoned(look.zone().clone()).date(), event));
        let offer = |action| offer_to(look.granted.actor(), look.organization(), &listed.subscription, action);
        let next_charge = if with_prices { next_charge(look, &listed.subscription)? } else { None };
        Ok(SubscriptionView {
            invoices,
            next_charge,
            access_ends: access_ends(look, self.0)?,
            profile: match look.reach_in::<ReadInvoices>(profile) {
                Reach::All if listed.subscription.holder.is_none() => {
                    billing_account::find_profile(look.read, profile)?
                }
                Reach::All | Reach::Own | Reach::Nothing => None,
            },
            may_move: look.reach_in::<ManageBillingProfiles>(profile) == Reach::All && can_move(&listed.subscription),
            method: method.map(|id| payment_method::find(look.read, id)).transpose()?.flatten(),
            partner_link: partner_link(look, self.0)?,
            credit_check: check.map(|order| credit_check::find(look.read, order)).transpose()?.flatten(),
            orders,
            offers: Action::ALL.iter().map(|action| (*action, offer(*action))).collect(),
            history,
            with_prices,
            today: look.today(),
            zone: look.zone().clone(),
            billing_period: listed.subscription.billing_period(look.today()),
            timeline: timeline(&listed.subscription, look.organization().cloud, past),
            cloud: look.organization().cloud,
            add_ons: add_ons(look.read, self.0)?,
            may_add_on: may_add_on(look, &listed.subscription)?,
            quantity_starts: starts(&listed.subscription, account(look.read)?.rules.agreement),
            undo_until: undo_until(look, &listed.subscription)?,
            upgraded_from: subscription::changed_from(look.read, self.0)?,
            listed,
        })
    }
}

/// The first day on which people lose access because a card was given up, and the invoice.
fn access_ends(look: &Look<'_, ReadSubscriptions>, id: SubscriptionId) -> Result<Option<(InvoiceId, Date)>, Failure> {
    let mut first: Option<(InvoiceId, Date)> = None;
    for listed in invoice::of_subscription(look.read, id, None, INVOICES_SHOWN)? {
        let open = matches!(listed.state, InvoiceState::Open | InvoiceState::PartlyPaid).then_some(listed.id);
        let Some(stored) = open.map(|id| invoice::find(look.read, id)).transpose()?.flatten() else { continue };
        if let Some(AccessLoss::EndsOn(day)) = access(look.read, &stored, look.today(), look.zone())? {
            first = first.into_iter().chain([(stored.invoice.id, day)]).min_by_key(|(_, day)| *day);
        }
    }
    Ok(first)
}

/// Where the partner that sold a subscription sells more.
fn partner_link(look: &Look<'_, ReadSubscriptions>, id: SubscriptionId) -> Result<Option<String>, Failure> {
    let Some(seller) = partner::seller_of(look.read, id)? else { return Ok(None) };
    let relationship = partner::relationship_with(look.read, seller)?;
    Ok(relationship.map(|with| with.partner.link).filter(|link| !link.is_empty()))
}

/// Whether the reader may buy, and there is an add-on to buy.
fn may_add_on(look: &Look<'_, ReadSubscriptions>, base: &Subscription) -> Result<bool, Failure> {
    if look.reach_in::<BuySubscription>(base.billing_profile_id) != Reach::All {
        return Ok(false);
    }
    Ok(!add_ons_for(look.read, base, look.organization().currency, look.now())?.is_empty())
}

/// Until when the take-over of a subscription can be undone.
fn undo_until(look: &Look<'_, ReadSubscriptions>, subscription: &Subscription) -> Result<Option<Date>, Failure> {
    if subscription.state != SubscriptionState::Deleted || look.reach::<TakeOver>() != Reach::All {
        return Ok(None);
    }
    let kept = kept_take_over::find(look.read, subscription.id)?;
    Ok(kept.filter(|kept| kept.is_open(look.today())).map(|kept| kept.undo_until))
}

/// What a subscription is charged next, as the invoice is going to say it: what waits for one already, and what the
/// calendar charges by then. A day that only gives back is no charge.
fn next_charge(look: &Look<'_, ReadSubscriptions>, subscription: &Subscription) -> Result<Option<NextCharge>, Failure> {
    // What a partner sold is charged to the partner.
    if subscription.sale.is_some() {
        return Ok(None);
    }
    let account = account(look.read)?;
    let (profile, about) = (subscription.billing_profile_id, About::Subscription(subscription.id));
    let mut ahead = charge::to_invoice(look.read, profile, about, Date::MAX)?;
    ahead.extend(begins_next(look, &account, subscription)?);
    let days: BTreeSet<_> = ahead.iter().map(|billable| billable.charge.invoice_on).collect();
    for on in days {
        let of_day: Vec<_> = ahead.iter().filter(|billable| billable.charge.invoice_on == on).cloned().collect();
        let last = of_day.iter().map(|billable| &billable.charge.line).filter(|line| line.amount.minor > 0);
        let last = last.max_by_key(|line| line.service_period.end);
        let Some((quantity, service_period)) = last.map(|line| (line.quantity, line.service_period)) else { continue };
        let currency = subscription.unit_price.currency;
        let (_, totals) = lines(of_day, tax(look.read, &account, on)?, &account.rules, currency);
        if totals.gross.minor > 0 {
            return Ok(Some(NextCharge { on, quantity, service_period, totals }));
        }
    }
    Ok(None)
}

/// What the calendar charges next for a subscription, on the invoice that takes it up.
fn begins_next(
    look: &Look<'_, ReadSubscriptions>,
    account: &BillingAccount,
    subscription: &Subscription,
) -> Result<Option<Billable>, Failure> {
    let cloud = look.organization().cloud;
    let Some(due) = next_due(subscription, cloud) else { return Ok(None) };
    let Some(line) = pass(subscription, due, cloud, &account.rules, look.zone()).charge else { return Ok(None) };
    let invoice_on = statements(look.read, account, subscription)?.invoice_on(&line, due.on);
    Ok(Some(Billable::planned(line, subscription.id, due.on, invoice_on)))
}
