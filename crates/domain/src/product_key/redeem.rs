//! Redeem product keys: all of them or none (domain 3, D10, D11; R84 to R100, R158, R159).

use super::{KeyRefusal, KeyUse, Presented, ProductKey};
use crate::access::{Actor, Reach};
use crate::catalog::{BillingFrequency, SkuKind, Term};
use crate::event::{Change, Event};
use crate::ids::{BillingProfileId, OrderId, SubscriptionId};
use crate::limits::KEYS_PER_REDEMPTION_MAX;
use crate::money::{Currency, Money};
use crate::refusal::Refusal;
use crate::subscription::begin::{New, active};
use crate::subscription::extend_end_date::{beginning, ending_on, ends_after};
use crate::subscription::{Action, Channel, ClosedReason, Offer, Subscription, SubscriptionState, offer};
use crate::time::{days_between, months_after};
use jiff::civil::Date;

/// Where keys are redeemed, and when.
#[derive(Debug, Clone, Copy)]
pub struct Place<'a> {
    /// The country of the organization.
    pub country: &'a str,
    /// The day there.
    pub today: Date,
    /// Who redeems.
    pub actor: &'a Actor,
    /// How far that one may change the number of licenses.
    pub reach: Reach,
}

/// What one key brings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyLine {
    /// For what it is redeemed.
    pub key_use: KeyUse,
    /// The key.
    pub key: ProductKey,
    /// The first day that it no longer covers here.
    pub until: Date,
    /// Days of its term that are lost, or that come on top of it when negative.
    pub days_lost: i64,
    /// Licenses of it that are lost because the total becomes a smaller one (D11).
    pub licenses_lost: u32,
}

/// What will be true afterwards: the review, and the decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Redemption {
    /// What each key brings, in the order in which they were given.
    pub lines: Vec<KeyLine>,
    /// Licenses before and after; nothing before for a new subscription.
    pub quantity: Change<u32>,
    /// The end date before and after; today before for a new subscription.
    pub ends_on: Change<Date>,
    /// The state before, when the keys bring back what had ended.
    pub brings_back: Option<SubscriptionState>,
}

impl Redemption {
    /// What happened, for the journal.
    #[must_use]
    pub fn event(&self) -> Event {
        Event::ProductKeysRedeemed {
            keys: self.lines.iter().map(|line| line.key.last_five.clone()).collect(),
            quantity: self.quantity.clone(),
            ends_on: self.ends_on.clone(),
        }
    }

    /// The subscription with what the keys bring.
    #[must_use]
    pub fn applied_to(&self, subscription: &Subscription) -> Subscription {
        let after = Subscription { quantity: self.quantity.to, ..subscription.clone() };
        let has_later_end = self.ends_on.to > self.ends_on.from;
        if has_later_end { ending_on(&after, self.ends_on.to) } else { after }
    }

    /// The subscription that a first key starts: prepaid, so it costs nothing more and ends by itself.
    #[must_use]
    pub fn start(
        &self,
        id: SubscriptionId,
        order_id: OrderId,
        billing_profile_id: BillingProfileId,
        currency: Currency,
    ) -> Option<Subscription> {
        let key = &self.lines.first()?.key;
        let new = New {
            id,
            product_id: key.product_id,
            sku_id: key.sku_id,
            channel: Channel::ProductKey,
            quantity: self.quantity.to,
            quantity_max: key.quantity_max,
            term: key.term,
            billing_frequency: match key.term {
                Term::Monthly => BillingFrequency::Monthly,
                Term::Annual => BillingFrequency::Yearly,
            },
            unit_price: Money::zero(currency),
            billing_profile_id,
        };
        Some(Subscription {
            recurring_billing: false,
            order_id: Some(order_id),
            ..active(new, self.ends_on.from, self.ends_on.to)
        })
    }
}

/// Decides what keys bring: a new subscription without `subscription`, else what each is to be used for.
///
/// # Errors
/// [`Refusal::KeyRole`], [`Refusal::Closed`], [`Refusal::Required`] without a key and [`Refusal::TooManyKeys`]; what is
/// wrong with each key as one [`Refusal::KeysRefused`].
pub fn decide(
    presented: &[Presented],
    subscription: Option<&Subscription>,
    place: Place<'_>,
) -> Result<Redemption, Refusal> {
    if place.reach != Reach::All {
        return Err(Refusal::KeyRole);
    }
    if presented.is_empty() {
        return Err(Refusal::Required);
    }
    if presented.len() > KEYS_PER_REDEMPTION_MAX {
        return Err(Refusal::TooManyKeys { maximum: KEYS_PER_REDEMPTION_MAX as u32 });
    }
    if let Some(reason) = subscription.and_then(|subscription| closed(presented, subscription, place)) {
        return Err(Refusal::Closed(reason));
    }
    let keys = judge_each(presented, subscription, place)?;
    match subscription {
        None => begin(&keys, place.today),
        Some(subscription) => change(&keys, subscription, place.today),
    }
}

/// Why the subscription takes no keys of these uses now. Licenses can be added to one that the same keys bring back.
fn closed(presented: &[Presented], subscription: &Subscription, place: Place<'_>) -> Option<ClosedReason> {
    let has = |key_use| presented.iter().any(|key| key.key_use == key_use);
    let (extends, adds) = (has(KeyUse::Extend), has(KeyUse::Add));
    let closed_for = |action| match offer(action, subscription, place.actor, place.reach) {
        Offer::Closed(reason) => Some(reason),
        Offer::Open => None,
    };
    match (extends, adds) {
        (true, true) if subscription.is_end_of_sale => Some(ClosedReason::EndOfSale),
        (true, _) => closed_for(Action::ExtendEndDate),
        (false, _) => closed_for(Action::AddByKey),
    }
}

/// Every key by itself; all that are wrong are named.
fn judge_each(
    presented: &[Presented],
    subscription: Option<&Subscription>,
    place: Place<'_>,
) -> Result<Vec<(KeyUse, ProductKey)>, Refusal> {
    let mut keys = Vec::with_capacity(presented.len());
    let mut wrong = Vec::new();
    for (index, one) in presented.iter().enumerate() {
        let is_twice = one.code.is_ok() && presented[..index].iter().any(|before| before.code == one.code);
        let judged = if is_twice { Err(Refusal::KeyTwice) } else { judge(one, subscription, place) };
        match judged {
            Ok(key) => keys.push((one.key_use, key)),
            Err(refusal) => wrong.push(KeyRefusal { index, refusal }),
        }
    }
    if wrong.is_empty() { Ok(keys) } else { Err(Refusal::KeysRefused(wrong)) }
}

fn judge(one: &Presented, subscription: Option<&Subscription>, place: Place<'_>) -> Result<ProductKey, Refusal> {
    one.code.clone()?;
    let key = one.key.as_ref().ok_or(Refusal::KeyUnknown)?;
    let is_of_other_sku = subscription.is_some_and(|subscription| subscription.sku_id != key.sku_id);
    if key.is_redeemed {
        Err(Refusal::KeyUsed)
    } else if key.is_revoked {
        Err(Refusal::KeyRevoked)
    } else if key.redeem_by.is_some_and(|day| day < place.today) {
        Err(Refusal::KeyExpired)
    } else if key.sku_kind != SkuKind::Central {
        Err(Refusal::KeyOtherLine)
    } else if is_of_other_sku {
        Err(Refusal::KeyOtherProduct)
    } else if key.country.as_ref().is_some_and(|country| country != place.country) {
        Err(Refusal::KeyRegion)
    } else if subscription.is_none() && key.is_end_of_sale {
        Err(Refusal::KeyOfferGone)
    } else {
        Ok(key.clone())
    }
}

/// A new subscription with the licenses of all keys together.
fn begin(keys: &[(KeyUse, ProductKey)], today: Date) -> Result<Redemption, Refusal> {
    let first = &keys[0].1;
    let (sku_id, term) = (first.sku_id, first.term);
    let mut quantity = 0;
    let wrong = find_wrong(keys, |_, key| {
        if key.sku_id != sku_id {
            return Some(Refusal::KeyOtherProduct);
        }
        if key.term != term {
            return Some(Refusal::KeyOtherTerm);
        }
        quantity += key.quantity;
        (quantity > key.quantity_max).then_some(Refusal::KeyTooMany { maximum: key.quantity_max })
    });
    if let Some(wrong) = wrong {
        return Err(wrong);
    }
    let until = months_after(today, term.months());
    let line = |(_, key): &(KeyUse, ProductKey)| KeyLine {
        key_use: KeyUse::Start,
        key: key.clone(),
        until,
        days_lost: 0,
        licenses_lost: 0,
    };
    Ok(Redemption {
        lines: keys.iter().map(line).collect(),
        quantity: Change { from: 0, to: quantity },
        ends_on: Change { from: today, to: until },
        brings_back: None,
    })
}

/// First the keys that extend, so that what is added runs to the new end date.
fn change(keys: &[(KeyUse, ProductKey)], subscription: &Subscription, today: Date) -> Result<Redemption, Refusal> {
    let extends = || keys.iter().filter(|(key_use, _)| *key_use == KeyUse::Extend).map(|(_, key)| key);
    let kept = extends().map(|key| key.quantity).min().unwrap_or(subscription.quantity).min(subscription.quantity);
    let mut total = kept;
    let wrong = find_wrong(keys, |key_use, key| match key_use {
        KeyUse::Extend if key.quantity > subscription.quantity => {
            Some(Refusal::KeyMoreLicenses { total: subscription.quantity })
        }
        KeyUse::Extend if key.quantity < subscription.assigned => {
            Some(Refusal::BelowAssigned { assigned: subscription.assigned })
        }
        KeyUse::Extend => None,
        KeyUse::Add | KeyUse::Start => {
            total += key.quantity;
            let maximum = subscription.quantity_max;
            (total > maximum).then_some(Refusal::KeyTooMany { maximum })
        }
    });
    if let Some(wrong) = wrong {
        return Err(wrong);
    }
    let ends = ends_after(subscription, extends().map(|key| key.term.months()), today);
    let ends_on = ends.last().copied().unwrap_or(subscription.ends_on);
    let begins = if extends().next().is_some() { beginning(subscription, today) } else { today };
    let mut ends = ends.into_iter();
    let line = |(key_use, key): &(KeyUse, ProductKey)| match key_use {
        KeyUse::Extend => KeyLine {
            key_use: KeyUse::Extend,
            key: key.clone(),
            until: ends.next().unwrap_or(ends_on),
            // What lies before today is over already.
            days_lost: days_between(begins, today).clamp(0, days_between(begins, ends_on)),
            licenses_lost: key.quantity - kept,
        },
        KeyUse::Add | KeyUse::Start => KeyLine {
            key_use: KeyUse::Add,
            key: key.clone(),
            until: ends_on,
            days_lost: days_between(ends_on, months_after(today, key.term.months())),
            licenses_lost: 0,
        },
    };
    let mut lines: Vec<_> = keys.iter().map(line).collect();
    // The days before today are lost once, with the first key that extends.
    lines.iter_mut().filter(|line| line.key_use == KeyUse::Extend).skip(1).for_each(|line| line.days_lost = 0);
    let had_ended = subscription.state != SubscriptionState::Active && extends().next().is_some();
    Ok(Redemption {
        lines,
        quantity: Change { from: subscription.quantity, to: total },
        ends_on: Change { from: subscription.ends_on, to: ends_on },
        brings_back: had_ended.then_some(subscription.state),
    })
}

/// The keys that are wrong together, as one refusal.
fn find_wrong(
    keys: &[(KeyUse, ProductKey)],
    mut judge: impl FnMut(KeyUse, &ProductKey) -> Option<Refusal>,
) -> Option<Refusal> {
    let wrong: Vec<_> = keys
        .iter()
        .enumerate()
        .filter_map(|(index, (key_use, key))| Some(KeyRefusal { index, refusal: judge(*key_use, key)? }))
        .collect();
    (!wrong.is_empty()).then_some(Refusal::KeysRefused(wrong))
}

#[cfg(test)]
mod tests;
