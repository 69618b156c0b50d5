//! What a mail says: the facts as they were when it was written. Its text is drawn from them when it is sent or looked
//! at.
//!
//! A message is stored as JSON and must stay readable for ever, as an event must: a field may be added with a default,
//! never renamed or taken away. `crates/domain/golden/mails.jsonl` holds a stored form of each.

use super::MailKind;
use crate::catalog::{BillingFrequency, Term};
use crate::ids::{InvoiceId, LicenseRequestId, OrderId, ProductId, SubscriptionId};
use crate::money::Money;
use crate::product_key::RedeemedKey;
use crate::subscription::Channel;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A stored form of every kind of mail. Lines are added, never changed.
const GOLDEN: &str = include_str!("../../golden/mails.jsonl");

/// What mails about an invoice say of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InvoiceFacts {
    /// Which.
    pub invoice_id: InvoiceId,
    /// Its number.
    pub number: String,
    /// The products on it.
    pub products: Vec<String>,
    /// The card or account that pays it by itself, such as `Visa •••• 4242`.
    pub method: Option<String>,
}

/// What mails about a subscription say of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SubscriptionFacts {
    /// Which.
    pub subscription_id: SubscriptionId,
    /// Its product.
    pub product: String,
    /// Licenses.
    pub quantity: u32,
    /// People with a license.
    pub assigned: u32,
}

/// What product keys brought.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PrepaidFacts {
    /// The keys.
    pub keys: Vec<RedeemedKey>,
    /// The day on which the subscription expires.
    pub ends_on: Date,
}

/// What a mail says, by kind. Amounts of orders are with tax where it is known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Message {
    /// [`MailKind::OrderConfirmation`].
    OrderConfirmation {
        /// Which order.
        order_id: OrderId,
        /// Its number.
        number: u64,
        /// What was bought.
        #[serde(flatten)]
        of: SubscriptionFacts,
        /// Commitment.
        term: Term,
        /// How often it is charged.
        billing_frequency: BillingFrequency,
        /// The price of one license for one billing period.
        unit_price: Money,
        /// What is paid for the first billing period.
        amount: Money,
        /// Its first day, when that is still to come.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        starts_on: Option<Date>,
        /// Where product keys were redeemed, which were paid before; with all licenses of the subscription.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        prepaid: Option<PrepaidFacts>,
    },
    /// [`MailKind::LicensesAdded`].
    LicensesAdded {
        /// Which order.
        order_id: OrderId,
        /// Its number.
        number: u64,
        /// Of what; with the new total.
        #[serde(flatten)]
        of: SubscriptionFacts,
        /// Licenses before.
        before: u32,
        /// What they cost for the rest of the billing period, without tax.
        amount: Money,
    },
    /// [`MailKind::CreditApplication`].
    CreditApplication {
        /// Which order.
        order_id: OrderId,
        /// Its number.
        number: u64,
        /// What was ordered.
        #[serde(flatten)]
        of: SubscriptionFacts,
        /// What it comes to.
        amount: Money,
        /// The working day by which it is decided.
        due_on: Date,
    },
    /// [`MailKind::CreditCheckFailed`].
    CreditCheckFailed {
        /// Which order.
        order_id: OrderId,
        /// Its number.
        number: u64,
        /// What was ordered.
        #[serde(flatten)]
        of: SubscriptionFacts,
        /// What it came to.
        amount: Money,
    },
    /// [`MailKind::Invoice`].
    Invoice {
        /// Which.
        #[serde(flatten)]
        of: InvoiceFacts,
        /// What it comes to, with tax.
        total: Money,
        /// The day of it.
        issued_on: Date,
        /// The day by which it has to be paid.
        due_on: Date,
    },
    /// [`MailKind::CreditNote`].
    CreditNote {
        /// Which.
        #[serde(flatten)]
        of: InvoiceFacts,
        /// What comes back, with tax; above nothing.
        total: Money,
        /// The day of it.
        issued_on: Date,
    },
    /// [`MailKind::PaymentFailed`].
    PaymentFailed {
        /// Of which invoice.
        #[serde(flatten)]
        of: InvoiceFacts,
        /// What was to be paid.
        amount: Money,
        /// Why: the code of a refusal.
        reason: String,
        /// The day of the next attempt; `None` after the last one.
        next_attempt_on: Option<Date>,
        /// The day of the last attempt of the plan, after which people lose access.
        last_attempt_on: Option<Date>,
        /// The day on which people lose access, where the bank refused for good and nothing is tried again.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        given_up_on: Option<Date>,
    },
    /// [`MailKind::VerifyPayment`].
    VerifyPayment {
        /// Of which invoice.
        #[serde(flatten)]
        of: InvoiceFacts,
        /// What is to be confirmed.
        amount: Money,
    },
    /// [`MailKind::PaymentChargedBack`].
    PaymentChargedBack {
        /// Of which invoice.
        #[serde(flatten)]
        of: InvoiceFacts,
        /// What went back.
        amount: Money,
        /// What is to be paid again.
        balance: Money,
    },
    /// [`MailKind::InvoiceOverdue`].
    InvoiceOverdue {
        /// Which.
        #[serde(flatten)]
        of: InvoiceFacts,
        /// What is still to be paid.
        balance: Money,
        /// The day by which it had to be paid.
        due_on: Date,
        /// Days since then.
        days: i32,
    },
    /// [`MailKind::ExpiresSoon`].
    ExpiresSoon {
        /// Which.
        #[serde(flatten)]
        of: SubscriptionFacts,
        /// The day.
        on: Date,
        /// Days until then.
        days: i32,
        /// How it was bought, which says how it can be kept.
        channel: Channel,
    },
    /// [`MailKind::RenewsSoon`].
    RenewsSoon {
        /// Which.
        #[serde(flatten)]
        of: SubscriptionFacts,
        /// The day.
        on: Date,
        /// Days until then.
        days: i32,
        /// Licenses from then on.
        quantity_then: u32,
        /// What the first billing period comes to, without tax.
        amount: Money,
        /// How often it is charged.
        billing_frequency: BillingFrequency,
    },
    /// [`MailKind::BecomesPaidSoon`].
    BecomesPaidSoon {
        /// Which.
        #[serde(flatten)]
        of: SubscriptionFacts,
        /// The day.
        on: Date,
        /// Days until then.
        days: i32,
        /// Commitment.
        term: Term,
        /// What each billing period comes to, without tax.
        amount: Money,
        /// How often it is charged.
        billing_frequency: BillingFrequency,
    },
    /// [`MailKind::Expired`].
    Expired {
        /// Which.
        #[serde(flatten)]
        of: SubscriptionFacts,
        /// The day on which its term ended.
        expired_on: Date,
        /// The day on which people lose access.
        on: Date,
        /// Days until then.
        days: i32,
        /// How it was bought; unknown in mails of before.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        channel: Option<Channel>,
    },
    /// [`MailKind::ErasedSoon`].
    ErasedSoon {
        /// Which.
        #[serde(flatten)]
        of: SubscriptionFacts,
        /// The day on which the data is erased.
        on: Date,
        /// Days until then.
        days: i32,
    },
    /// [`MailKind::Disabled`].
    Disabled {
        /// Which.
        #[serde(flatten)]
        of: SubscriptionFacts,
        /// The day on which the data is erased.
        deleted_on: Date,
        /// Whether it is because it was not paid.
        unpaid: bool,
        /// The partner that sold it and gives access back, with its contact; nothing for what the organization bought.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        partner: Option<String>,
    },
    /// [`MailKind::Canceled`].
    Canceled {
        /// Which.
        #[serde(flatten)]
        of: SubscriptionFacts,
        /// What comes back, without tax; above nothing or nothing.
        credit: Money,
        /// The day on which the data is erased.
        deleted_on: Date,
    },
    /// [`MailKind::TakenOver`].
    TakenOver {
        /// Which.
        #[serde(flatten)]
        of: SubscriptionFacts,
        /// The product of whose licenses its users have one now; `None` when they lost access.
        moved_to: Option<String>,
        /// How many users it had.
        people: u32,
        /// What comes back, without tax; above nothing or nothing.
        credit: Money,
    },
    /// [`MailKind::TakeOverUndone`].
    TakeOverUndone {
        /// Which.
        #[serde(flatten)]
        of: SubscriptionFacts,
        /// How many users have their license again.
        people: u32,
        /// What came back and is charged again, without tax; above nothing or nothing.
        amount: Money,
    },
    /// [`MailKind::SubscriptionStarted`].
    SubscriptionStarted {
        /// Which.
        #[serde(flatten)]
        of: SubscriptionFacts,
        /// Its first day.
        on: Date,
        /// The first day after its first term.
        ends_on: Date,
        /// What the first billing period costs, without tax.
        amount: Money,
        /// How often it is charged.
        billing_frequency: BillingFrequency,
    },
    /// [`MailKind::PlanChanged`].
    PlanChanged {
        /// The new subscription.
        #[serde(flatten)]
        of: SubscriptionFacts,
        /// The product that people had before.
        from: String,
        /// How many people moved.
        people: u32,
        /// The day on which the old one stopped and the new one started.
        on: Date,
        /// What comes back of the old one, without tax; above nothing or nothing.
        credit: Money,
        /// What the first billing period of the new one costs, without tax.
        amount: Money,
        /// How often it is charged.
        billing_frequency: BillingFrequency,
    },
    /// [`MailKind::CancellationRequested`].
    CancellationRequested {
        /// Which.
        #[serde(flatten)]
        of: SubscriptionFacts,
        /// The name of the admin who asks.
        by: String,
    },
    /// [`MailKind::LicenseRequestDecided`].
    LicenseRequestDecided {
        /// Which.
        request_id: LicenseRequestId,
        /// Of which product.
        product: String,
        /// Which product was given instead, if another one was.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        given: Option<String>,
        /// The names of those who got a license.
        approved: Vec<String>,
        /// The names of those who did not.
        rejected: Vec<String>,
        /// What the admin said; may be empty.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        message: String,
        /// The name of the admin.
        by: String,
    },
    /// [`MailKind::LicenseRequestShared`].
    LicenseRequestShared {
        /// Which.
        request_id: LicenseRequestId,
        /// Of which product.
        product: String,
        /// The name of who asked.
        requested_by: String,
        /// The names of those for whom a license is asked.
        people: Vec<String>,
        /// What for; may be empty.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        reason: String,
        /// What the admin said; may be empty.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        message: String,
        /// The name of the admin.
        by: String,
    },
    /// [`MailKind::EndOfSale`].
    EndOfSale {
        /// Of what the organization has.
        #[serde(flatten)]
        of: SubscriptionFacts,
    },
    /// [`MailKind::ServicesAdded`].
    ServicesAdded {
        /// Which product.
        product_id: ProductId,
        /// Its name.
        product: String,
        /// The names of what came in.
        services: Vec<String>,
    },
}

impl Message {
    /// What kind of mail it is.
    #[must_use]
    pub const fn kind(&self) -> MailKind {
        match self {
            Self::OrderConfirmation { .. } => MailKind::OrderConfirmation,
            Self::LicensesAdded { .. } => MailKind::LicensesAdded,
            Self::CreditApplication { .. } => MailKind::CreditApplication,
            Self::CreditCheckFailed { .. } => MailKind::CreditCheckFailed,
            Self::Invoice { .. } => MailKind::Invoice,
            Self::CreditNote { .. } => MailKind::CreditNote,
            Self::PaymentFailed { .. } => MailKind::PaymentFailed,
            Self::VerifyPayment { .. } => MailKind::VerifyPayment,
            Self::PaymentChargedBack { .. } => MailKind::PaymentChargedBack,
            Self::InvoiceOverdue { .. } => MailKind::InvoiceOverdue,
            Self::ExpiresSoon { .. } => MailKind::ExpiresSoon,
            Self::RenewsSoon { .. } => MailKind::RenewsSoon,
            Self::BecomesPaidSoon { .. } => MailKind::BecomesPaidSoon,
            Self::Expired { .. } => MailKind::Expired,
            Self::ErasedSoon { .. } => MailKind::ErasedSoon,
            Self::Disabled { .. } => MailKind::Disabled,
            Self::Canceled { .. } => MailKind::Canceled,
            Self::TakenOver { .. } => MailKind::TakenOver,
            Self::TakeOverUndone { .. } => MailKind::TakeOverUndone,
            Self::SubscriptionStarted { .. } => MailKind::SubscriptionStarted,
            Self::PlanChanged { .. } => MailKind::PlanChanged,
            Self::CancellationRequested { .. } => MailKind::CancellationRequested,
            Self::LicenseRequestDecided { .. } => MailKind::LicenseRequestDecided,
            Self::LicenseRequestShared { .. } => MailKind::LicenseRequestShared,
            Self::EndOfSale { .. } => MailKind::EndOfSale,
            Self::ServicesAdded { .. } => MailKind::ServicesAdded,
        }
    }

    /// A mail of every kind, some in several ways, for previews and tests.
    #[must_use]
    pub fn samples() -> Vec<Self> {
        GOLDEN.lines().filter_map(|line| serde_json::from_str(line).ok()).collect()
    }

    /// The invoice that the organization may have attached: that of an invoice or a credit note (M3).
    #[must_use]
    pub const fn document(&self) -> Option<InvoiceId> {
        match self {
            Self::Invoice { of, .. } | Self::CreditNote { of, .. } => Some(of.invoice_id),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_stored_form_is_still_read_and_written_the_same() {
        let mut kinds = Vec::new();
        for line in GOLDEN.lines() {
            let message: Message = serde_json::from_str(line).unwrap_or_else(|error| panic!("{line}: {error}"));
            assert_eq!(serde_json::to_string(&message).expect("a message is JSON"), line);
            assert!(line.starts_with(&format!("{{\"kind\":\"{}\"", message.kind().code())), "{line}");
            kinds.push(message.kind());
        }
        kinds.sort_unstable();
        kinds.dedup();
        assert_eq!(kinds, MailKind::ALL, "every kind has a stored form");
    }
}
