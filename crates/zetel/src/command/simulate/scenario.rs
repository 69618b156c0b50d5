//! What a scenario file can say. Its schema is `docs/simulate.schema.json`.

use super::act::Act;
use domain::billing::{Agreement, FewerLicenses, Proration, Segment, TaxRounding};
use domain::catalog::{BillingFrequency, Term};
use domain::money::{Currency, Rounding};
use domain::organization::Cloud;
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
    /// Other organizations: each buys for itself, and sells to others once it was made a partner.
    #[serde(default)]
    pub others: Vec<Organization>,
    /// Who sells.
    #[serde(default)]
    pub seller: Seller,
    /// What is sold.
    pub catalog: Vec<Sold>,
    /// Names of people of the organization: licenses can be assigned to them, and they can buy for the team.
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
    /// The certificate by which it is exempt from tax.
    pub tax_exemption: Option<String>,
    /// What kind of customer it is: `commercial`, `education`, `government` or `nonprofit`; it decides whether its
    /// people may buy for the team.
    #[schemars(with = "String")]
    pub segment: Segment,
    /// The currency to buy in.
    #[schemars(with = "String")]
    pub currency: Currency,
    /// Where its days begin, by IANA name.
    pub time_zone: String,
    /// The cloud: `worldwide`, `germany` or `21vianet`; it decides how long what has ended is kept.
    #[schemars(with = "String")]
    pub cloud: Cloud,
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
    /// Days in which a take-over can be undone.
    pub undo_days: Option<u16>,
}

impl Default for Organization {
    fn default() -> Self {
        Self {
            name: "Waterland".to_owned(),
            country: "NL".to_owned(),
            tax_number: None,
            tax_exemption: None,
            segment: Segment::default(),
            currency: Currency::Eur,
            time_zone: "UTC".to_owned(),
            cloud: Cloud::default(),
            agreement: Agreement::Mosa,
            proration: None,
            rounding: None,
            tax_rounding: None,
            prices_include_tax: None,
            fewer_licenses: None,
            refund_days: None,
            payment_terms_days: None,
            undo_days: None,
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
    /// Whether people sign up for it at no cost.
    #[serde(default)]
    pub free: bool,
    /// Its prices, each for one license and one billing period; without them it is not sold to organizations.
    #[serde(default)]
    pub prices: Vec<SoldAt>,
    /// Its prices for people who buy for the team; without them it is not sold to people.
    #[serde(default)]
    pub self_service_prices: Vec<SoldAt>,
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
    /// The amount, such as `10.00`.
    pub unit_price: String,
    /// Its currency; that of the organization when it is left out.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    pub currency: Option<Currency>,
}

/// Something that happens.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// A civil day, for its first instant where the organization is, or an instant.
    #[schemars(with = "String")]
    pub at: When,
    /// Who does it: somebody of `people`, or the admin of one of `others`; without it the admin of the organization.
    #[serde(default)]
    pub by: Option<String>,
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
