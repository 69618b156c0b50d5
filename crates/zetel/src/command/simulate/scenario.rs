//! What a scenario file can say. Its schema is `docs/simulate.schema.json`.

use domain::billing::{Agreement, FewerLicenses, Proration, TaxRounding};
use domain::catalog::{BillingFrequency, Term};
use domain::money::{Currency, Rounding};
use domain::subscription::SubscriptionState;
use domain::subscription::cancel::CancelReason;
use domain::subscription::cancel_scheduled_change::ScheduledChange;
use domain::subscription::change_plan::PlanStart;
use jiff::Timestamp;
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Deserializer};

/// A scenario: who buys what, and what happens to it, day by day.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Scenario {
    /// Who buys.
    #[serde(default)]
    pub organization: Organization,
    /// Who sells.
    #[serde(default)]
    pub seller: Seller,
    /// What is sold.
    pub catalog: Vec<Sold>,
    /// Names of people to whom licenses can be assigned.
    #[serde(default)]
    pub people: Vec<String>,
    /// What happens, in the order of its days and instants.
    pub steps: Vec<Step>,
    /// The civil day up to which time goes on after the last step.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    pub until: Option<Date>,
}

/// Who buys, and how it is charged.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Organization {
    /// The name.
    pub name: String,
    /// The country, by ISO 3166 code; it decides the tax.
    pub country: String,
    /// The VAT or other tax number.
    pub tax_number: Option<String>,
    /// The currency to buy in.
    #[schemars(with = "String")]
    pub currency: Currency,
    /// Where its days begin, by IANA name.
    pub time_zone: String,
    /// The contract: `mosa` or `mca`.
    #[schemars(with = "String")]
    pub agreement: Agreement,
    /// What divides a price: `day` or `second`. What the agreement says when it is left out, like all that follow.
    #[schemars(with = "Option<String>")]
    pub proration: Option<Proration>,
    /// `half_up`, `half_even` or `truncate`.
    #[schemars(with = "Option<String>")]
    pub rounding: Option<Rounding>,
    /// `per_category` or `per_line`.
    #[schemars(with = "Option<String>")]
    pub tax_rounding: Option<TaxRounding>,
    /// Whether prices include tax.
    pub prices_include_tax: Option<bool>,
    /// What fewer licenses bring: `credit_now`, `at_renewal` or `refused`.
    #[schemars(with = "Option<String>")]
    pub fewer_licenses: Option<FewerLicenses>,
    /// Days after a purchase or renewal in which all can be undone for money.
    pub refund_days: Option<u16>,
    /// Days to pay an invoice.
    pub payment_terms_days: Option<u16>,
}

impl Default for Organization {
    fn default() -> Self {
        Self {
            name: "Waterland".to_owned(),
            country: "NL".to_owned(),
            tax_number: None,
            currency: Currency::Eur,
            time_zone: "UTC".to_owned(),
            agreement: Agreement::Mosa,
            proration: None,
            rounding: None,
            tax_rounding: None,
            prices_include_tax: None,
            fewer_licenses: None,
            refund_days: None,
            payment_terms_days: None,
        }
    }
}

/// Who sells. Without a tax number no tax is charged.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Seller {
    /// The country, by ISO 3166 code.
    pub country: String,
    /// The VAT number.
    pub tax_number: Option<String>,
    /// What stands before the number of an invoice.
    pub invoice_prefix: String,
}

impl Default for Seller {
    fn default() -> Self {
        Self { country: "NL".to_owned(), tax_number: None, invoice_prefix: String::new() }
    }
}

/// A product on the shelf.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Sold {
    /// The name of the product.
    pub product: String,
    /// Its apps and services, by the names that programs know, which say to which products a subscription can go.
    #[serde(default)]
    pub apps: Vec<String>,
    /// The products to which it is added, by names that stand above it; nothing for what is sold alone.
    #[serde(default)]
    pub add_on_to: Vec<String>,
    /// Whether an add-on has a subscription of its own instead of belonging to one.
    #[serde(default)]
    pub standalone: bool,
    /// Its prices, each for one license and one billing period.
    pub prices: Vec<SoldAt>,
}

/// A price.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SoldAt {
    /// The commitment: `monthly` or `annual`.
    #[schemars(with = "String")]
    pub term: Term,
    /// How often it is charged: `monthly` or `yearly`.
    #[schemars(with = "String")]
    pub billing_frequency: BillingFrequency,
    /// The amount in the organization's currency, such as `10.00`.
    pub unit_price: String,
}

/// Something that happens.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// A civil day, for its first instant where the organization is, or an instant.
    #[schemars(with = "String")]
    pub at: When,
    /// What happens.
    #[serde(rename = "do")]
    pub act: Act,
    /// The code of the refusal that it must meet; without it the step must succeed.
    #[serde(default)]
    pub refused: Option<String>,
}

/// When something happens.
#[derive(Debug, Clone, Copy)]
pub enum When {
    /// The first instant of a day.
    Day(Date),
    /// An instant.
    Instant(Timestamp),
}

impl<'de> Deserialize<'de> for When {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let day = (text.len() == 10).then(|| text.parse().map(Self::Day));
        day.unwrap_or_else(|| text.parse().map(Self::Instant)).map_err(serde::de::Error::custom)
    }
}

/// What can happen. `subscription` is the name that the scenario gave it when it was bought.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Act {
    /// Buys a subscription.
    Buy {
        /// The name for later steps.
        subscription: String,
        /// The product.
        product: String,
        /// Licenses.
        quantity: u32,
        /// The commitment.
        #[schemars(with = "String")]
        term: Term,
        /// How often it is charged.
        #[schemars(with = "String")]
        billing_frequency: BillingFrequency,
        /// What pays.
        #[serde(default)]
        pay_with: PayWith,
        /// The subscription to which an add-on will belong; where only one fits it may be left out.
        #[serde(default)]
        add_to: Option<String>,
    },
    /// Starts a trial.
    StartTrial {
        /// The name for later steps.
        subscription: String,
        /// The product.
        product: String,
        /// The commitment once it is paid.
        #[schemars(with = "String")]
        term: Term,
        /// How often it is charged then.
        #[schemars(with = "String")]
        billing_frequency: BillingFrequency,
        /// What pays when it ends; without it the trial just ends.
        #[serde(default)]
        pay_with: Option<PayWith>,
    },
    /// Lets a trial last longer.
    ExtendTrial {
        /// Which.
        subscription: String,
    },
    /// Buys what was tried: the trial becomes the subscription.
    BuyTrial {
        /// Which.
        subscription: String,
        /// Licenses.
        quantity: u32,
        /// The commitment.
        #[schemars(with = "String")]
        term: Term,
        /// How often it is charged.
        #[schemars(with = "String")]
        billing_frequency: BillingFrequency,
        /// What pays.
        #[serde(default)]
        pay_with: PayWith,
    },
    /// Sets the number of licenses.
    SetQuantity {
        /// Of which.
        subscription: String,
        /// The new total.
        total: u32,
    },
    /// Assigns licenses to people.
    Assign {
        /// Of which.
        subscription: String,
        /// To whom, by name.
        people: Vec<String>,
    },
    /// Takes licenses back.
    Unassign {
        /// Of which.
        subscription: String,
        /// From whom, by name.
        people: Vec<String>,
    },
    /// Cancels a subscription.
    Cancel {
        /// Which.
        subscription: String,
        /// Why.
        #[schemars(with = "String")]
        reason: CancelReason,
        /// What else there is to say.
        #[serde(default)]
        feedback: String,
    },
    /// Brings an expired or disabled subscription back.
    Reactivate {
        /// Which.
        subscription: String,
    },
    /// Turns recurring billing on or off.
    RecurringBilling {
        /// Of which.
        subscription: String,
        /// On or off.
        on: bool,
    },
    /// Drops what is planned for the renewal.
    CancelScheduledChange {
        /// Of which.
        subscription: String,
        /// What: `quantity`, `billing_frequency` or `plan`.
        #[schemars(with = "String")]
        change: ScheduledChange,
    },
    /// Lets a subscription be charged monthly or yearly, at the price of the catalog.
    EditBillingFrequency {
        /// Which.
        subscription: String,
        /// How often it shall be charged.
        #[schemars(with = "String")]
        billing_frequency: BillingFrequency,
    },
    /// Lets another product take the place of a subscription's: everybody moves, and the old one is canceled.
    ChangePlan {
        /// Which.
        subscription: String,
        /// The name by which later steps know the new one; of one that begins at the renewal nothing is known yet.
        to: String,
        /// The product, which has every app of the present one.
        product: String,
        /// Licenses of the new one.
        quantity: u32,
        /// The commitment.
        #[schemars(with = "String")]
        term: Term,
        /// How often it is charged.
        #[schemars(with = "String")]
        billing_frequency: BillingFrequency,
        /// `now`, or `at_renewal` under MCA.
        #[serde(default = "now")]
        #[schemars(with = "String")]
        start: PlanStart,
    },
    /// Deletes a disabled subscription.
    Delete {
        /// Which.
        subscription: String,
    },
    /// Lets something else pay for a subscription, or the customer each invoice.
    ChangePaymentMethod {
        /// For which.
        subscription: String,
        /// What pays from now on.
        pay_with: PayWith,
    },
    /// The operator decides the credit check of what was bought by invoice.
    CreditCheck {
        /// Of which.
        subscription: String,
        /// Whether it may be paid by invoice; otherwise nothing was bought.
        passed: bool,
    },
    /// The payer answers the bank that asked, or the bank decides about a debit: of what waits longest.
    AnswerBank {
        /// Whether it is paid.
        accepted: bool,
    },
    /// Pays what is left of an invoice now.
    PayInvoice {
        /// Its number, such as `0000001`.
        invoice: String,
        /// What pays.
        #[serde(default)]
        pay_with: PayWith,
    },
    /// Pays everything that is open now.
    SettleBalance {
        /// What pays; it takes over what the declined one paid for.
        #[serde(default)]
        pay_with: PayWith,
    },
    /// The operator records what the customer transferred, or what went back by transfer for credit notes.
    RecordTransfer {
        /// For which, by number.
        invoices: Vec<String>,
        /// How much, such as `100.00`.
        amount: String,
        /// What the bank statement says of it.
        reference: String,
        /// Whether what is too much is kept as credit.
        #[serde(default)]
        keep_rest: bool,
    },
    /// The bank takes back what a card or account paid of an invoice.
    ChargeBack {
        /// Its number.
        invoice: String,
    },
    /// The operator gives back what a credit note gives, to what paid.
    Refund {
        /// The number of the credit note.
        credit_note: String,
        /// How much.
        amount: String,
        /// Why.
        reason: String,
    },
    /// The operator records that credit was transferred back to the customer.
    PayOutCredit {
        /// How much.
        amount: String,
        /// What the bank statement says of it.
        reference: String,
    },
    /// The operator sells a product at another price from now on; what was bought keeps its own.
    PublishPrice {
        /// The product.
        product: String,
        /// The commitment.
        #[schemars(with = "String")]
        term: Term,
        /// How often it is charged.
        #[schemars(with = "String")]
        billing_frequency: BillingFrequency,
        /// The amount for one license and one billing period.
        unit_price: String,
    },
    /// Something that must be so at that moment.
    Expect {
        /// About which subscription; without it only what concerns the whole organization can be expected.
        #[serde(default)]
        subscription: Option<String>,
        /// Where it stands.
        #[serde(default)]
        #[schemars(with = "Option<String>")]
        state: Option<SubscriptionState>,
        /// Its licenses.
        #[serde(default)]
        quantity: Option<u32>,
        /// Its licenses in use.
        #[serde(default)]
        assigned: Option<u32>,
        /// The totals of all invoices so far, with tax, in their order, such as `1000.00`.
        #[serde(default)]
        invoices: Option<Vec<String>>,
        /// What is still to be paid of all invoices.
        #[serde(default)]
        open_balance: Option<String>,
        /// Every payment so far by invoice, the oldest first, such as `charge succeeded 1000.00`.
        #[serde(default)]
        payments: Option<Vec<String>>,
        /// The kinds of all mails so far, in their order, such as `order_confirmation`.
        #[serde(default)]
        mails: Option<Vec<String>>,
    },
}

const fn now() -> PlanStart {
    PlanStart::Now
}

/// What pays: a card or bank account of the sandbox, or the customer later.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum PayWith {
    /// A card that pays.
    #[default]
    Succeeds,
    /// A card that the bank declines.
    Declined,
    /// A card whose bank asks its owner first; `answer_bank` says how that ends.
    Confirms,
    /// A card that pays at the checkout and is declined at every renewal.
    DeclinedWhenAway,
    /// A card that pays at the checkout and whose bank asks at every renewal.
    ConfirmsWhenAway,
    /// A card that pays, but the first answer of the gateway is lost.
    TimesOut,
    /// A bank account, which the bank debits a little later.
    BankAccount,
    /// Nothing: the customer pays each invoice, after a credit check where one is needed.
    Invoice,
}
