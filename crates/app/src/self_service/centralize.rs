//! Centralize a product that users bought for themselves: what is missing, who has it from whom, and which buyers were
//! asked to cancel (domain 5.5; R121-R127). The licenses are given by a list of [`crate::license::many`].

use crate::door::{Change, Command, Look, Query};
use crate::failure::Failure;
use domain::access::permission::{AssignLicenses, ReadLicenses, TakeOver};
use domain::access::{Actor, Reach};
use domain::event::{Event, Subjects};
use domain::ids::{ProductId, SubscriptionId, UploadId};
use domain::license::assign::usable;
use domain::license::many::BulkAction;
use domain::limits::PURCHASES_MAX;
use domain::refusal::Refusal;
use domain::self_service::centralize::{Standing, may_ask, standing};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use std::collections::BTreeSet;
use store::tables::cancellation_request::{self, BoughtByUser, BoughtByUsers};
use store::tables::{bulk, catalog, subscription};

/// Asks how far a product is, with a page of its buyers.
#[derive(Debug, Clone, Copy)]
pub struct CentralizeProduct {
    /// Which product.
    pub product_id: ProductId,
    /// The last buyer's subscription of the page before.
    pub after: Option<SubscriptionId>,
    /// How many buyers at most.
    pub limit: usize,
}

/// How far a product is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Centralization {
    /// The product.
    pub product_id: ProductId,
    /// Its name.
    pub name: String,
    /// A page of what users bought of it, by the name of the buyer.
    pub buyers: Vec<Buyer>,
    /// The last one of the page, when there are more.
    pub next: Option<SubscriptionId>,
    /// How many of all that users bought stand where, in the order of [`Standing`]; none of what nobody is at.
    pub standings: Vec<(Standing, i64)>,
    /// How many buyers are here, pay, and were never asked to cancel.
    pub never_asked: i64,
    /// People who still have it from what users bought.
    pub people: i64,
    /// Free licenses of the organization.
    pub free: i64,
    /// How many more are needed.
    pub missing: i64,
    /// The organization's own subscription that can grow, and its licenses.
    pub grows: Option<(SubscriptionId, u32)>,
    /// The newest list by which licenses were given.
    pub list: Option<UploadId>,
}

/// A subscription that a user bought.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Buyer {
    /// Which, and who.
    pub bought: BoughtByUser,
    /// Where it stands.
    pub standing: Standing,
    /// The day on which its buyer was last asked, in the organization's zone.
    pub asked_on: Option<Date>,
    /// Whether its buyer may be asked today.
    pub may_ask: bool,
}

impl Query for CentralizeProduct {
    type Permission = ReadLicenses;
    type Outcome = Centralization;

    fn run(&self, look: &Look<'_, ReadLicenses>) -> Result<Centralization, Failure> {
        look.granted.everything()?;
        let product = catalog::find_product(look.read, self.product_id)?.ok_or(Refusal::NotFound)?;
        let mut found = cancellation_request::of_product(look.read, product.id, self.after, self.limit + 1)?;
        let has_more = found.len() > self.limit;
        found.truncate(self.limit);
        let sums = cancellation_request::sums_of_product(look.read, product.id)?;
        let people = sums.iter().map(|sum| sum.people).sum();
        let central: Vec<_> = subscription::of_product(look.read, product.id)?
            .into_iter()
            .map(|listed| listed.subscription)
            .filter(|found| found.holder.is_none())
            .collect();
        let free = usable(&central, &Actor::system(), Reach::All).unwrap_or_default();
        let free: i64 = free.iter().map(|(_, count)| i64::from(*count)).sum();
        let grows = central.iter().find(|found| found.state == domain::subscription::SubscriptionState::Active);
        Ok(Centralization {
            people,
            free,
            missing: (people - free).max(0),
            grows: grows.map(|found| (found.id, found.quantity)),
            list: match look.reach::<AssignLicenses>() {
                Reach::All => bulk::latest(look.read, product.id, BulkAction::Centralize)?,
                Reach::Own | Reach::Nothing => None,
            },
            next: if has_more { found.last().map(|last| last.subscription_id) } else { None },
            never_asked: sums.iter().filter(|sum| stands(sum).can_be_asked()).map(|sum| sum.never_asked).sum(),
            standings: standings(&sums),
            product_id: product.id,
            name: product.name,
            buyers: buyers(found, look.zone(), look.today()),
        })
    }
}

fn stands(sum: &BoughtByUsers) -> Standing {
    standing(sum.channel, sum.state, sum.canceled_on)
}

fn standings(sums: &[BoughtByUsers]) -> Vec<(Standing, i64)> {
    let count = |standing: &Standing| sums.iter().filter(|sum| stands(sum) == *standing).map(|sum| sum.count).sum();
    Standing::ALL.iter().map(|standing| (*standing, count(standing))).filter(|(_, count)| *count > 0).collect()
}

fn buyers(found: Vec<BoughtByUser>, zone: &TimeZone, today: Date) -> Vec<Buyer> {
    let buyer = |bought: BoughtByUser| {
        let standing = standing(bought.channel, bought.state, bought.canceled_on);
        let asked_on = bought.asked_at.map(|at| at.to_zoned(zone.clone()).date());
        let may_ask = !bought.has_left && may_ask(standing, bought.people, asked_on, today);
        Buyer { may_ask, standing, asked_on, bought }
    };
    found.into_iter().map(buyer).collect()
}

/// Asks buyers to cancel whose people have licenses of the organization: each gets a mail, at most one a day.
#[derive(Debug, Clone)]
pub struct AskToCancel {
    /// Of what.
    pub product_id: ProductId,
    /// Which subscriptions; none for all whose buyers were never asked.
    pub subscriptions: Vec<SubscriptionId>,
}

impl Command for AskToCancel {
    type Permission = TakeOver;
    /// How many were asked.
    type Outcome = u32;
    const NAME: &'static str = "ask_to_cancel";

    fn execute(&self, change: &Change<'_, TakeOver>) -> Result<u32, Failure> {
        change.granted.everything()?;
        let found = cancellation_request::of_product(change.write, self.product_id, None, PURCHASES_MAX)?;
        let buyers = buyers(found, change.zone(), change.today());
        let named: BTreeSet<_> = self.subscriptions.iter().collect();
        let known: BTreeSet<_> = buyers.iter().map(|buyer| &buyer.bought.subscription_id).collect();
        if !named.is_subset(&known) {
            return Err(Refusal::NotFound.into());
        }
        let mut count = 0;
        for Buyer { bought, asked_on, may_ask, .. } in &buyers {
            let is_meant = if named.is_empty() { asked_on.is_none() } else { named.contains(&bought.subscription_id) };
            if !is_meant || !may_ask {
                continue;
            }
            cancellation_request::set(
                change.write,
                bought.subscription_id,
                change.now(),
                change.granted.actor().user(),
            )?;
            let subjects = Subjects {
                user: Some(bought.buyer_id),
                product: Some(self.product_id),
                subscription: Some(bought.subscription_id),
                order: None,
            };
            change.record(subjects, &Event::CancellationRequested { buyer: bought.buyer.clone() })?;
            count += 1;
        }
        Ok(count)
    }
}
