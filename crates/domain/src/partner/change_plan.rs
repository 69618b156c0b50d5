//! A partner lets another product take the place of one that it sold (domain 1.10, 1.12): everybody moves, the old one
//! ends, and both are on the invoice of the partner.

use super::sell::Sold;
use crate::billing::Footing;
use crate::billing::charge::ChargeKind;
use crate::catalog::Price;
use crate::order::buy::Buy;
use crate::refusal::Refusal;
use crate::subscription::change_plan::{Replaced, Standing, Target, check_target, replace_by};
use crate::subscription::{ClosedReason, Subscription, closed_to_another_plan};

/// Why the partner that sold a subscription cannot let another product take its place now.
#[must_use]
pub fn closed(before: &Subscription) -> Option<ClosedReason> {
    let sold_elsewhere = before.sale.is_none().then_some(ClosedReason::SoldElsewhere);
    sold_elsewhere
        .or_else(|| before.base_id.map(|_| ClosedReason::FollowsBase))
        .or_else(|| closed_to_another_plan(before))
}

/// Whether another product can take its place, and the price at which.
///
/// # Errors
/// [`Refusal::Closed`] with its reason, and those of [`check_target`].
pub fn check<'a>(
    before: &Subscription,
    buy: Buy,
    target: Target<'a>,
    standing: Standing,
) -> Result<&'a Price, Refusal> {
    match closed(before) {
        Some(reason) => Err(Refusal::Closed(reason)),
        None => check_target(buy, target, standing),
    }
}

/// Replaces what a partner sold by what it sells now, on the same day.
///
/// # Errors
/// [`Refusal::NotFound`] for who is no partner.
pub fn replace(before: &Subscription, sold: &Sold<'_>, footing: Footing<'_>) -> Result<Replaced, Refusal> {
    let begun = sold.begin(ChargeKind::Conversion, footing.moment, footing.rules)?;
    Ok(replace_by(before, begun, footing))
}

#[cfg(test)]
mod tests {
    use super::super::sell::tests_support::{partner, shelf};
    use super::*;
    use crate::ids::{BillingProfileId, SubscriptionId};
    use crate::money::{Currency, Money};
    use crate::organization::OrganizationKind;
    use crate::subscription::tests_support::{charged, footing, on, subscription};
    use crate::subscription::{Channel, Sale, SubscriptionState};
    use jiff::civil::date;
    use uuid::Uuid;

    /// What a reseller sold: 10 licenses at 8.00 a month since 15 January 2020, all in use.
    fn sold_before() -> Subscription {
        let partner_id = partner(OrganizationKind::Reseller).id;
        let sale = Sale { partner_id, unit_price: Money::new(800, Currency::Eur) };
        let unit_price = Money::zero(Currency::Eur);
        Subscription { channel: Channel::Reseller, sale: Some(sale), unit_price, ..subscription(10, 10) }
    }

    /// R161, domain 1.10: on 25 January 10 × 8.00 × 21/31 = 54.19 comes back, and the new month costs 12 × 10.00; the
    /// partner pays both, and the customer reads no price.
    #[test]
    fn another_product_takes_over_at_the_cost_of_the_partner() {
        let (partner, (sku, price)) = (partner(OrganizationKind::Reseller), shelf());
        let (before, day) = (Subscription { recurring_billing: false, ..sold_before() }, date(2020, 1, 25));
        let sold = Sold {
            id: SubscriptionId::from_uuid(Uuid::from_u128(5)),
            partner: &partner,
            sku: &sku,
            price: &price,
            quantity: 12,
            base: None,
            billing_profile_id: BillingProfileId::from_uuid(Uuid::from_u128(6)),
        };
        let (moment, made) = (on(day), charged(&before, day));
        let Replaced { ended, credits, begun } =
            replace(&before, &sold, footing(&moment, &made)).expect("a partner sells");
        let amounts = |lines: &[crate::billing::charge::NewCharge]| {
            lines.iter().map(|line| (line.kind, line.amount.minor)).collect::<Vec<_>>()
        };
        assert_eq!(amounts(&credits), [(ChargeKind::Conversion, -5_419)]);
        assert_eq!(amounts(&begun.charges), [(ChargeKind::Conversion, 12_000)]);
        assert_eq!((ended.state, ended.canceled_on), (SubscriptionState::Disabled, Some(day)));
        assert_eq!((ended.changed_to, ended.assigned), (Some(sold.id), 0));
        let new = begun.subscription;
        assert_eq!((new.channel, new.unit_price.minor, new.charged_price().minor), (Channel::Reseller, 0, 1_000));
        assert_eq!((new.started_on, new.ends_on, new.recurring_billing), (day, date(2021, 1, 25), false));
    }

    #[test]
    fn a_partner_changes_the_plan_only_of_what_it_sold_here_and_is_in_use() {
        let reason = |change: fn(&mut Subscription)| {
            let mut before = sold_before();
            change(&mut before);
            closed(&before)
        };
        assert_eq!(reason(|_| ()), None);
        assert_eq!(reason(|before| before.sale = None), Some(ClosedReason::SoldElsewhere));
        assert_eq!(reason(|before| before.base_id = Some(before.id)), Some(ClosedReason::FollowsBase));
        assert_eq!(reason(|before| before.state = SubscriptionState::Disabled), Some(ClosedReason::NotActive));
        assert_eq!(reason(|before| before.is_end_of_sale = true), Some(ClosedReason::EndOfSale));
        assert_eq!(reason(|before| before.quantity = 3_000), Some(ClosedReason::TooManyLicenses));
    }
}
