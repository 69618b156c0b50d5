//! Start a trial of a product (domain 1.7, R157).

use super::begin::{New, active, started};
use super::{Channel, Decision, Subscription};
use crate::catalog::{Price, Product, ProductKind, Sku, SkuKind};
use crate::ids::{BillingProfileId, PaymentMethodId, PriceId, ProductId, SubscriptionId, UserId};
use crate::order::buy::{Buy, amount_of};
use crate::organization::Cloud;
use crate::refusal::Refusal;
use crate::self_service::eligibility::Right;
use jiff::civil::Date;

/// The licenses of a trial (domain 1.7).
pub const LICENSES: u32 = 25;

/// The longest that a trial lasts which was not extended, in days.
pub(super) const DAYS_AT_MOST: i64 = 31;

/// What a trial of a SKU is like.
#[derive(Debug, Clone, Copy)]
pub struct NewTrial<'a> {
    /// Its identity.
    pub id: SubscriptionId,
    /// What is tried, and what it costs once it is paid.
    pub price: &'a Price,
    /// Its product.
    pub product_id: ProductId,
    /// The most licenses of the offer.
    pub quantity_max: u32,
    /// The user who tries it for the team; nobody when the organization does.
    pub holder: Option<UserId>,
    /// What will pay once the trial is over; without it the trial just ends (D20).
    pub payment_method_id: Option<PaymentMethodId>,
    /// Whose invoices it will be on.
    pub billing_profile_id: BillingProfileId,
}

/// How many licenses a trial has: as many as there are in any, or as the offer allows.
#[must_use]
pub fn licenses(quantity_max: u32) -> u32 {
    LICENSES.min(quantity_max)
}

/// Whether what a price sells can be tried: as it can be bought, and a user for the team tries what the organization
/// lets people try (domain 5.3). `right` is that of a user; an organization tries what it likes.
///
/// # Errors
/// [`Refusal::NotEligible`], [`Refusal::SelfServiceNotAllowed`], and those of a purchase
/// ([`crate::order::buy::decide`]).
pub fn check(
    product: &Product,
    sku: &Sku,
    current_price: Option<&Price>,
    price_id: PriceId,
    right: Option<Right>,
) -> Result<(), Refusal> {
    let policy = right.transpose()?;
    if policy.is_some_and(|policy| !policy.allows_trial()) {
        return Err(Refusal::SelfServiceNotAllowed);
    }
    // What belongs to another subscription has no life of its own to try (domain 1.9).
    if product.kind == ProductKind::TraditionalAddOn {
        return Err(Refusal::UnknownChoice);
    }
    let kind = if policy.is_some() { SkuKind::SelfService } else { SkuKind::Central };
    let buy = Buy { quantity: licenses(sku.quantity_max), price_id };
    amount_of(kind, product, sku, current_price, buy).map(drop)
}

/// Decides on a trial. `was_tried`: the organization, or the user for the team, had one of this product before.
///
/// # Errors
/// [`Refusal::TrialTwice`].
pub fn decide(new: NewTrial<'_>, was_tried: bool, today: Date, cloud: Cloud) -> Result<Decision, Refusal> {
    if was_tried {
        return Err(Refusal::TrialTwice);
    }
    let subscription = begin(new, today, cloud);
    Ok(Decision { event: started(&subscription), subscription, charges: Vec::new() })
}

fn begin(new: NewTrial<'_>, today: Date, cloud: Cloud) -> Subscription {
    let trial = New {
        id: new.id,
        product_id: new.product_id,
        sku_id: new.price.sku_id,
        channel: Channel::Trial,
        quantity: licenses(new.quantity_max),
        quantity_max: new.quantity_max,
        term: new.price.term,
        billing_frequency: new.price.billing_frequency,
        unit_price: new.price.unit_price,
        billing_profile_id: new.billing_profile_id,
    };
    Subscription {
        holder: new.holder,
        recurring_billing: new.payment_method_id.is_some(),
        payment_method_id: new.payment_method_id,
        ..active(trial, today, cloud.facts().trial_length.end(today))
    }
}

#[cfg(test)]
mod tests {
    use super::super::SubscriptionState;
    use super::super::due::{Transition, next_due, pass};
    use super::super::tests_support::RULES;
    use super::*;
    use crate::billing::charge::ChargeKind;
    use crate::catalog::{BillingFrequency, Term};
    use crate::ids::SkuId;
    use crate::money::{Currency, Money};
    use jiff::Timestamp;
    use jiff::civil::date;
    use jiff::tz::TimeZone;
    use uuid::Uuid;

    fn price() -> Price {
        Price {
            id: PriceId::from_uuid(Uuid::from_u128(3)),
            sku_id: SkuId::from_uuid(Uuid::from_u128(2)),
            term: Term::Annual,
            billing_frequency: BillingFrequency::Monthly,
            unit_price: Money::new(1170, Currency::Eur),
            version: 1,
            valid_from: Timestamp::UNIX_EPOCH,
        }
    }

    fn started(today: Date, cloud: Cloud, card: Option<u128>) -> Subscription {
        let price = price();
        let new = NewTrial {
            id: SubscriptionId::from_uuid(Uuid::from_u128(1)),
            price: &price,
            product_id: ProductId::from_uuid(Uuid::from_u128(4)),
            quantity_max: 300,
            holder: None,
            payment_method_id: card.map(|number| PaymentMethodId::from_uuid(Uuid::from_u128(number))),
            billing_profile_id: BillingProfileId::from_uuid(Uuid::from_u128(7)),
        };
        assert_eq!(decide(new, true, today, cloud), Err(Refusal::TrialTwice));
        let decided = decide(new, false, today, cloud).expect("nobody tried it");
        assert_eq!(decided.charges, []);
        decided.subscription
    }

    /// R157: 25 licenses and one month, also from the 31st; thirty days where 21Vianet sells; no more than are offered.
    #[test]
    fn a_month_with_25_licenses() {
        let end = |today, cloud| started(today, cloud, None).ends_on;
        assert_eq!(end(date(2020, 1, 15), Cloud::Worldwide), date(2020, 2, 15));
        assert_eq!(end(date(2020, 1, 31), Cloud::Germany), date(2020, 2, 29));
        assert_eq!(end(date(2021, 1, 31), Cloud::Worldwide), date(2021, 2, 28));
        assert_eq!(end(date(2020, 1, 31), Cloud::Vianet21), date(2020, 3, 1));
        let trial = started(date(2020, 1, 31), Cloud::Worldwide, None);
        assert_eq!((trial.quantity, trial.channel, trial.recurring_billing), (25, Channel::Trial, false));
        assert_eq!((licenses(300), licenses(10)), (25, 10));
    }

    /// D20: without a payment method it expires on its end date; with one it is paid from that day, which is the anchor
    /// of its billing periods (D19).
    #[test]
    fn how_it_ends() {
        let alone = started(date(2020, 1, 31), Cloud::Worldwide, None);
        let end = date(2020, 2, 29);
        let next = |trial: &Subscription| next_due(trial, Cloud::Worldwide).map(|due| (due.transition, due.on));
        assert_eq!(next(&alone), Some((Transition::Expire, end)));
        let paid = started(date(2020, 1, 31), Cloud::Worldwide, Some(8));
        assert_eq!(next(&paid), Some((Transition::BecomePaid, end)));
        let off = Subscription { recurring_billing: false, ..paid.clone() };
        assert_eq!(next(&off), Some((Transition::Expire, end)));
        let withdrawn = Subscription { is_end_of_sale: true, ..paid.clone() };
        assert_eq!(next(&withdrawn), Some((Transition::Expire, end)));

        let due = next_due(&paid, Cloud::Worldwide).expect("it ends");
        let passed = pass(&paid, due, Cloud::Worldwide, &RULES, &TimeZone::UTC);
        let after = passed.subscription;
        assert_eq!((after.channel, after.state, after.quantity), (Channel::Direct, SubscriptionState::Active, 25));
        assert_eq!((after.started_on, after.ends_on), (end, date(2021, 2, 28)));
        assert_eq!(after.billed_until, Some(date(2020, 3, 29)));
        let charged = passed.charge.map(|line| (line.kind, line.amount.minor, line.service_period.start));
        assert_eq!(charged, Some((ChargeKind::Purchase, 29_250, end)));
    }
}
