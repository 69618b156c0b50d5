//! A partner sells a product of the catalog to a customer that let it in (domain 1.1, 2.2): the customer gets the
//! subscription, and the partner is charged for it.

use super::Partner;
use crate::billing::charge::{ChargeKind, charge};
use crate::billing::{BillingRules, Moment};
use crate::catalog::{Price, Product, Sku};
use crate::event::Event;
use crate::ids::{BillingProfileId, SubscriptionId};
use crate::money::Money;
use crate::order::buy::{self, Buy};
use crate::refusal::Refusal;
use crate::subscription::{Decision, Sale, Subscription, SubscriptionState, first_term_end};
use crate::time::period_containing;

/// What the sale costs the partner for its first billing period, or why it cannot be made.
///
/// # Errors
/// As [`buy::decide`]; [`Refusal::UnknownChoice`] for add-ons, which belong to what a customer buys itself.
pub fn decide(product: &Product, sku: &Sku, current_price: Option<&Price>, command: Buy) -> Result<Money, Refusal> {
    if product.kind.is_add_on() {
        return Err(Refusal::UnknownChoice);
    }
    buy::decide(product, sku, current_price, command)
}

/// Who sells what to whom.
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
    /// The first billing profile of the customer, on which nothing of it is charged.
    pub billing_profile_id: BillingProfileId,
}

impl Sold<'_> {
    /// The subscription from now on, what happened, and what the partner pays for its first billing period: under its
    /// own contract, in days where the customer is.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] for who is no partner.
    pub fn start(&self, moment: &Moment, rules: &BillingRules) -> Result<Decision, Refusal> {
        let Self { partner, sku, price, quantity, .. } = *self;
        let channel = partner.kind.sells_by().ok_or(Refusal::NotFound)?;
        let (today, unit_price) = (moment.today, price.unit_price);
        let billing_period = period_containing(today, price.billing_frequency.months(), today);
        let subscription = Subscription {
            id: self.id,
            product_id: sku.product_id,
            sku_id: sku.id,
            channel,
            state: SubscriptionState::Active,
            holder: None,
            credit_check: None,
            quantity,
            assigned: 0,
            conflicts: 0,
            quantity_max: sku.quantity_max,
            term: price.term,
            billing_frequency: price.billing_frequency,
            // The customer is charged by the partner.
            unit_price: Money::zero(unit_price.currency),
            recurring_billing: true,
            started_on: today,
            ends_on: first_term_end(today, price.term),
            canceled_on: None,
            unpaid_since: None,
            reminded_on: None,
            payment_method_id: None,
            partner_name: Some(partner.name.clone()),
            partner_contact: Some(partner.contact.clone()),
            sale: Some(Sale { partner_id: partner.id, unit_price }),
            billing_profile_id: self.billing_profile_id,
            billed_until: Some(billing_period.end),
            quantity_at_renewal: None,
            price_at_renewal: None,
            plan_at_renewal: None,
            plan_change: None,
            changed_to: None,
            base_id: None,
            order_id: None,
            is_end_of_sale: false,
            revision: 1,
        };
        let event = Event::SubscriptionStarted {
            quantity,
            term: price.term,
            billing_frequency: price.billing_frequency,
            unit_price,
            channel,
            ends_on: subscription.ends_on,
        };
        // The day of the sale is charged whole, whatever the hour.
        let from_midnight = Moment::start_of(today, moment.zone.clone());
        let line = charge(ChargeKind::Purchase, quantity, unit_price, billing_period, &from_midnight, rules);
        Ok(Decision { subscription, event, charges: vec![line] })
    }
}

#[cfg(test)]
mod tests {
    use super::super::for_customer;
    use super::*;
    use crate::billing::Agreement;
    use crate::catalog::{BillingFrequency, Category, ProductKind, SkuKind, Term};
    use crate::ids::{OrganizationId, PriceId, ProductId, SkuId};
    use crate::money::Currency;
    use crate::organization::OrganizationKind;
    use crate::subscription::Channel;
    use crate::time::Period;
    use jiff::Timestamp;
    use jiff::civil::date;
    use jiff::tz::TimeZone;
    use uuid::Uuid;

    fn shelf() -> (Product, Sku, Price) {
        let (product_id, sku_id) = (ProductId::from_uuid(Uuid::from_u128(1)), SkuId::from_uuid(Uuid::from_u128(2)));
        let product = Product {
            id: product_id,
            name: "Office".into(),
            category: Category::Productivity,
            description_en: String::new(),
            description_nl: String::new(),
            kind: ProductKind::Base,
            retired_at: None,
        };
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
        (product, sku, price)
    }

    fn partner(kind: OrganizationKind) -> Partner {
        let id = OrganizationId::from_uuid(Uuid::from_u128(4));
        let (name, contact) = ("Noordzee".to_owned(), "support@noordzee.example".to_owned());
        Partner { id, name, kind, contact, link: String::new() }
    }

    /// Domain 1.1, 2.2: 25 licenses at 10.00 a month cost the partner 250.00; the customer has the partner's name, and
    /// no price.
    #[test]
    fn a_sale_is_charged_to_the_partner() {
        let (product, sku, price) = shelf();
        let command = Buy { quantity: 25, price_id: price.id };
        assert_eq!(decide(&product, &sku, Some(&price), command), Ok(Money::new(25_000, Currency::Eur)));
        let partner = partner(OrganizationKind::Reseller);
        let sold = Sold {
            id: SubscriptionId::from_uuid(Uuid::from_u128(5)),
            partner: &partner,
            sku: &sku,
            price: &price,
            quantity: 25,
            billing_profile_id: BillingProfileId::from_uuid(Uuid::from_u128(6)),
        };
        let moment = Moment::start_of(date(2020, 1, 15), TimeZone::UTC);
        let rules = BillingRules::usual(Agreement::Mosa);
        let Decision { subscription, event, charges } = sold.start(&moment, &rules).expect("a partner sells");
        assert_eq!((subscription.channel, subscription.ends_on), (Channel::Reseller, date(2021, 1, 15)));
        assert_eq!(subscription.unit_price, Money::new(0, Currency::Eur));
        assert_eq!(subscription.charged_price(), price.unit_price);
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

    #[test]
    fn who_is_no_partner_sells_nothing_and_nobody_sells_add_ons() {
        let (product, sku, price) = shelf();
        let customer = partner(OrganizationKind::Customer);
        let id = SubscriptionId::from_uuid(Uuid::from_u128(5));
        let billing_profile_id = BillingProfileId::from_uuid(Uuid::from_u128(6));
        let sold = Sold { id, partner: &customer, sku: &sku, price: &price, quantity: 1, billing_profile_id };
        let moment = Moment::start_of(date(2020, 1, 15), TimeZone::UTC);
        let rules = BillingRules::usual(Agreement::Mosa);
        assert_eq!(sold.start(&moment, &rules).map(drop), Err(Refusal::NotFound));
        let add_on = Product { kind: ProductKind::TraditionalAddOn, ..product };
        let command = Buy { quantity: 1, price_id: price.id };
        assert_eq!(decide(&add_on, &sku, Some(&price), command), Err(Refusal::UnknownChoice));
    }
}
