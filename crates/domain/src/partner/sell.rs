//! A partner sells a product of the catalog to a customer that let it in (domain 1.1, 2.2): the customer gets the
//! subscription, and the partner is charged for it.

use super::Partner;
use crate::billing::charge::ChargeKind;
use crate::billing::{BillingRules, Moment};
use crate::catalog::{Price, Sku};
use crate::ids::{BillingProfileId, SubscriptionId};
use crate::money::Money;
use crate::refusal::Refusal;
use crate::subscription::begin::{self, New};
use crate::subscription::{Decision, Sale, Subscription};

/// Who sells what to whom. Whether it can be sold is decided as for every purchase ([`crate::order::buy::decide`]).
#[derive(Debug, Clone, Copy)]
pub struct Sold<'a> {
    /// The subscription that comes to be.
    pub id: SubscriptionId,
    /// Who sells.
    pub partner: &'a Partner,
    /// What.
    pub sku: &'a Sku,
    /// For how much, for how long, and how often it is charged.
    pub price: &'a Price,
    /// Licenses.
    pub quantity: u32,
    /// The subscription to which it belongs as an add-on.
    pub base: Option<&'a Subscription>,
    /// The first billing profile of the customer, on which nothing of it is charged.
    pub billing_profile_id: BillingProfileId,
}

impl Sold<'_> {
    /// The subscription from now on, what happened, and what the partner pays for its first billing period: under its
    /// own contract, in days where the customer is. The day of the sale is charged whole, whatever the hour.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] for who is no partner.
    pub fn start(&self, moment: &Moment, rules: &BillingRules) -> Result<Decision, Refusal> {
        self.begin(ChargeKind::Purchase, &Moment::start_of(moment.today, moment.zone.clone()), rules)
    }

    /// Likewise from a moment on, for another reason.
    pub(super) fn begin(&self, kind: ChargeKind, from: &Moment, rules: &BillingRules) -> Result<Decision, Refusal> {
        let Self { partner, sku, price, .. } = *self;
        let new = New {
            id: self.id,
            product_id: sku.product_id,
            sku_id: sku.id,
            channel: partner.kind.sells_by().ok_or(Refusal::NotFound)?,
            quantity: self.quantity,
            quantity_max: sku.quantity_max,
            term: price.term,
            billing_frequency: price.billing_frequency,
            unit_price: price.unit_price,
            billing_profile_id: self.billing_profile_id,
        };
        let begun = begin::charged(new, self.base, kind, from, rules);
        let subscription = Subscription {
            // The customer is charged by the partner.
            unit_price: Money::zero(price.unit_price.currency),
            partner_name: Some(partner.name.clone()),
            partner_contact: Some(partner.contact.clone()),
            sale: Some(Sale { partner_id: partner.id, unit_price: price.unit_price }),
            ..begun.subscription
        };
        Ok(Decision { subscription, ..begun })
    }
}

#[cfg(test)]
pub(super) mod tests_support {
    use super::*;
    use crate::catalog::{BillingFrequency, SkuKind, Term};
    use crate::ids::{OrganizationId, PriceId, ProductId, SkuId};
    use crate::money::Currency;
    use crate::organization::OrganizationKind;
    use jiff::Timestamp;
    use uuid::Uuid;

    /// At 10.00 a month, for a year.
    pub fn shelf() -> (Sku, Price) {
        let (product_id, sku_id) = (ProductId::from_uuid(Uuid::from_u128(1)), SkuId::from_uuid(Uuid::from_u128(2)));
        let sku =
            Sku { id: sku_id, product_id, part_number: "OFFICE".into(), kind: SkuKind::Central, quantity_max: 300 };
        let price = Price {
            id: PriceId::from_uuid(Uuid::from_u128(3)),
            sku_id,
            term: Term::Annual,
            billing_frequency: BillingFrequency::Monthly,
            unit_price: Money::new(1000, Currency::Eur),
            version: 1,
            valid_from: Timestamp::UNIX_EPOCH,
        };
        (sku, price)
    }

    pub fn partner(kind: OrganizationKind) -> Partner {
        let id = OrganizationId::from_uuid(Uuid::from_u128(4));
        let (name, contact) = ("Noordzee".to_owned(), "support@noordzee.example".to_owned());
        Partner { id, name, kind, contact, link: String::new() }
    }
}

#[cfg(test)]
mod tests {
    use super::super::for_customer;
    use super::tests_support::{partner, shelf};
    use super::*;
    use crate::catalog::{BillingFrequency, Term};
    use crate::event::Event;
    use crate::money::Currency;
    use crate::organization::OrganizationKind;
    use crate::subscription::Channel;
    use crate::subscription::tests_support::{RULES, on, subscription};
    use crate::time::Period;
    use jiff::civil::date;
    use uuid::Uuid;

    fn sold<'a>(partner: &'a Partner, shelf: &'a (Sku, Price), base: Option<&'a Subscription>) -> Sold<'a> {
        Sold {
            id: SubscriptionId::from_uuid(Uuid::from_u128(5)),
            partner,
            sku: &shelf.0,
            price: &shelf.1,
            quantity: 25,
            base,
            billing_profile_id: BillingProfileId::from_uuid(Uuid::from_u128(6)),
        }
    }

    /// Domain 1.1, 2.2: 25 licenses at 10.00 a month cost the partner 250.00; the customer has the partner's name, and
    /// no price.
    #[test]
    fn a_sale_is_charged_to_the_partner() {
        let (partner, shelf) = (partner(OrganizationKind::Reseller), shelf());
        let decided = sold(&partner, &shelf, None).start(&on(date(2020, 1, 15)), &RULES);
        let Decision { subscription, event, charges } = decided.expect("a partner sells");
        assert_eq!((subscription.channel, subscription.ends_on), (Channel::Reseller, date(2021, 1, 15)));
        assert_eq!(subscription.unit_price, Money::new(0, Currency::Eur));
        assert_eq!(subscription.charged_price(), shelf.1.unit_price);
        assert_eq!(subscription.billed_until, Some(date(2020, 2, 15)));
        assert_eq!(subscription.partner_name.as_deref(), Some("Noordzee"));
        let month = Period { start: date(2020, 1, 15), end: date(2020, 2, 15) };
        let lines: Vec<_> = charges.iter().map(|line| (line.kind, line.service_period, line.amount.minor)).collect();
        assert_eq!(lines, [(ChargeKind::Purchase, month, 25_000)]);
        let started = |minor| Event::SubscriptionStarted {
            quantity: 25,
            term: Term::Annual,
            billing_frequency: BillingFrequency::Monthly,
            unit_price: Money::new(minor, Currency::Eur),
            channel: Channel::Reseller,
            ends_on: date(2021, 1, 15),
        };
        assert_eq!((for_customer(&event), event), (started(0), started(1000)));
    }

    /// R160, domain 1.9: an add-on has the anchor, the term and the renewal of its base, and costs what is left of the
    /// billing period: 25 × 10.00 × 21/31 = 169.35.
    #[test]
    fn an_add_on_has_the_term_of_its_base() {
        let (partner, shelf) = (partner(OrganizationKind::VolumePartner), shelf());
        let base = Subscription { recurring_billing: false, ..subscription(10, 0) };
        let decided = sold(&partner, &shelf, Some(&base)).start(&on(date(2020, 1, 25)), &RULES);
        let Decision { subscription, charges, .. } = decided.expect("a partner sells");
        assert_eq!((subscription.base_id, subscription.channel), (Some(base.id), Channel::VolumePartner));
        assert_eq!((subscription.started_on, subscription.ends_on), (base.started_on, base.ends_on));
        assert_eq!((subscription.recurring_billing, subscription.billed_until), (false, Some(date(2020, 2, 15))));
        let rest = Period { start: date(2020, 1, 25), end: date(2020, 2, 15) };
        let lines: Vec<_> = charges.iter().map(|line| (line.service_period, line.amount.minor)).collect();
        assert_eq!(lines, [(rest, 16_935)]);
    }

    #[test]
    fn who_is_no_partner_sells_nothing() {
        let (customer, shelf) = (partner(OrganizationKind::Customer), shelf());
        let refused = sold(&customer, &shelf, None).start(&on(date(2020, 1, 15)), &RULES);
        assert_eq!(refused.map(drop), Err(Refusal::NotFound));
    }
}
