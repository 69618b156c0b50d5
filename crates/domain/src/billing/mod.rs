//! Money that customers owe: what is charged, and the invoices that say so (domain 4, D14 to D19).

pub mod bank_account;
pub mod charge;
pub mod forecast;
pub mod iban;
pub mod invoice;
pub mod ledger;
pub mod party;
pub mod payment;
pub mod payment_method;
pub mod profile;
pub mod rules;
pub mod tax;
pub mod tax_number;
pub mod tax_rate;

use crate::codes::coded;
use crate::ids::{BillingProfileId, PaymentMethodId};
use crate::money::{Currency, Rounding};
use crate::organization::Organization;
use charge::Charge;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use party::{Address, Party};
use serde::{Deserialize, Serialize};

coded! {
    /// The kind of contract between seller and customer (domain 4.7).
    pub enum Agreement {
        /// Microsoft Online Services Agreement: an invoice for each subscription, on its monthly day.
        Mosa = "mosa",
        /// Microsoft Customer Agreement: one monthly invoice for each billing profile.
        Mca = "mca",
    }
}

coded! {
    /// What kind of customer an organization is (domain 1.1, 4.7); it decides whether its people may buy by
    /// self-service.
    #[derive(Default)]
    pub enum Segment {
        /// A business.
        #[default]
        Commercial = "commercial",
        /// A school or university.
        Education = "education",
        /// A public authority.
        Government = "government",
        /// A charity or another body that works for no profit.
        Nonprofit = "nonprofit",
    }
}

coded! {
    /// What divides the price when only a part of a billing period is charged (D16).
    pub enum Proration {
        /// Civil days; the day of a change counts for the new quantity.
        Day = "day",
        /// Seconds from the change on.
        Second = "second",
    }
}

coded! {
    /// How tax is rounded (D18).
    pub enum TaxRounding {
        /// Once for each category and rate, on the sum of its lines, as EN 16931 demands.
        PerCategory = "per_category",
        /// On every line.
        PerLine = "per_line",
    }
}

coded! {
    /// What it brings to have fewer licenses during a term (domain 2.1, 4.9).
    pub enum FewerLicenses {
        /// A credit for the unused time.
        CreditNow = "credit_now",
        /// Nothing until the term ends; the next one begins with fewer.
        AtRenewal = "at_renewal",
        /// It cannot be done.
        Refused = "refused",
    }
}

/// How an organization is charged; each can be set otherwise by the operator.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct BillingRules {
    /// The contract.
    pub agreement: Agreement,
    /// What divides the price.
    pub proration: Proration,
    /// How a line is rounded.
    pub rounding: Rounding,
    /// How tax is rounded.
    pub tax_rounding: TaxRounding,
    /// Whether the prices of the catalog include tax.
    pub prices_include_tax: bool,
    /// What fewer licenses bring once [`Self::refund_days`] are over.
    pub fewer_licenses: FewerLicenses,
    /// Days after a purchase or a renewal in which canceling, or fewer licenses, bring a credit whatever the rest says
    /// (D6: 7 under MCA); `None`: as long as it lasts.
    pub refund_days: Option<u16>,
    /// Days that a customer who pays by invoice has for it.
    pub payment_terms_days: u16,
    /// Days in which a take-over of what a user bought can be undone (domain 5.4); 0: it cannot.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub undo_days: u16,
    /// Most people who may have a license of a subscription that is canceled without support (D8); `None`: any number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub online_cancel_max: Option<u32>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "this is how serde asks")]
const fn is_zero(days: &u16) -> bool {
    *days == 0
}

impl BillingRules {
    /// What is usual under an agreement (domain 1.5, 4.9, D6, D16 to D18).
    #[must_use]
    pub const fn usual(agreement: Agreement) -> Self {
        let (fewer_licenses, refund_days) = match agreement {
            Agreement::Mosa => (FewerLicenses::CreditNow, None),
            Agreement::Mca => (FewerLicenses::AtRenewal, Some(7)),
        };
        Self {
            agreement,
            proration: Proration::Day,
            rounding: Rounding::HalfUp,
            tax_rounding: TaxRounding::PerCategory,
            prices_include_tax: false,
            fewer_licenses,
            refund_days,
            payment_terms_days: 30,
            undo_days: 14,
            online_cancel_max: None,
        }
    }
}

/// The contract of an organization with the seller: each has one (domain 4.7).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BillingAccount {
    /// Who buys: its name, the address that decides the tax, its tax number.
    pub sold_to: Party,
    /// What kind of customer it is.
    pub segment: Segment,
    /// How it is charged.
    pub rules: BillingRules,
    /// Counts its changes.
    pub revision: i64,
}

impl BillingAccount {
    /// The contract with which an organization begins.
    #[must_use]
    pub fn first(organization: &Organization) -> Self {
        let rules = BillingRules::usual(Agreement::Mosa);
        Self { sold_to: party(organization), segment: Segment::default(), rules, revision: 1 }
    }
}

fn party(organization: &Organization) -> Party {
    let address = Address { country: organization.country.clone(), ..Address::default() };
    Party { name: organization.name.clone(), address, ..Party::default() }
}

/// Where a part of an organization's invoices go, and what pays them (domain 4.8).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BillingProfile {
    /// Identity.
    pub id: BillingProfileId,
    /// The name, such as that of a department.
    pub name: String,
    /// Whom the invoice is addressed to.
    pub bill_to: Party,
    /// The currency of its invoices.
    pub currency: Currency,
    /// What pays its invoices by itself; `None`: the customer pays each invoice. Under MOSA the method of a
    /// subscription pays instead.
    pub payment_method_id: Option<PaymentMethodId>,
    /// What the customer wants to read on later invoices.
    pub purchase_order: Option<String>,
    /// Whether invoices are mailed.
    pub email_invoices: bool,
    /// Its day of the month is the day of its monthly invoice (D19).
    pub anchored_on: Date,
    /// Counts its changes.
    pub revision: i64,
}

impl BillingProfile {
    /// The billing profile with which an organization begins.
    #[must_use]
    pub fn first(organization: &Organization) -> Self {
        let zone = TimeZone::get(&organization.time_zone).unwrap_or(TimeZone::UTC);
        Self {
            id: BillingProfileId::first_of(organization.id),
            name: organization.name.clone(),
            bill_to: party(organization),
            currency: organization.currency,
            payment_method_id: None,
            purchase_order: None,
            email_invoices: true,
            anchored_on: organization.created_at.to_zoned(zone).date(),
            revision: 1,
        }
    }
}

/// What a decision about money stands on.
#[derive(Debug, Clone, Copy)]
pub struct Footing<'a> {
    /// When.
    pub moment: &'a Moment,
    /// How the organization is charged.
    pub rules: &'a BillingRules,
    /// What was charged for the subscription and a credit can take back, the newest first.
    pub charged: &'a [Charge],
}

impl Footing<'_> {
    /// The civil day.
    #[must_use]
    pub const fn today(&self) -> Date {
        self.moment.today
    }
}

/// When something is charged: the instant, and the civil day that it is where the customer is (D16, D30).
#[derive(Debug, Clone)]
pub struct Moment {
    /// The instant.
    pub now: Timestamp,
    /// The civil day.
    pub today: Date,
    /// The customer's time zone.
    pub zone: TimeZone,
}

impl Moment {
    /// An instant where the customer is.
    #[must_use]
    pub fn new(now: Timestamp, zone: TimeZone) -> Self {
        Self { now, today: now.to_zoned(zone.clone()).date(), zone }
    }

    /// The first instant of a civil day.
    #[must_use]
    pub fn start_of(day: Date, zone: TimeZone) -> Self {
        let now = day.to_zoned(zone.clone()).map_or(Timestamp::UNIX_EPOCH, |start| start.timestamp());
        Self { now, today: day, zone }
    }
}
