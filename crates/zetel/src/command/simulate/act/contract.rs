//! What the operator decides: prices, what is sold, and how an organization is charged.

use super::{Play, Wrong};
use crate::command::simulate::find::operator;
use crate::command::simulate::stage::{OnShelf, Player, Stage};
use app::billing::rules::{self, BillingAccountDetails};
use app::catalog::publish_price;
use app::catalog::retire::RetireProduct;
use domain::billing::{Agreement, BillingRules, FewerLicenses, Proration, Segment, TaxRounding};
use domain::catalog::{BillingFrequency, SkuKind, Term};
use domain::money::{Currency, Rounding};
use schemars::JsonSchema;
use serde::Deserialize;

/// The operator sells a product at another price from now on; what was bought keeps its own.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PublishPrice {
    /// The product.
    product: String,
    /// Whether the price is that of people who buy for the team.
    #[serde(default)]
    self_service: bool,
    /// The commitment.
    #[schemars(with = "String")]
    term: Term,
    /// How often it is charged.
    #[schemars(with = "String")]
    billing_frequency: BillingFrequency,
    /// The amount for one license and one billing period.
    unit_price: String,
    /// Its currency; that of the organization when it is left out.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    currency: Option<Currency>,
}

impl Play for PublishPrice {
    const BY_SOMEBODY: bool = false;

    fn play(&self, stage: &mut Stage, _: &Player) -> Result<(), Wrong> {
        let (here, product_id) = (stage.homes[0].id, stage.product("product", &self.product)?);
        let unit_price =
            stage.money("unit_price", &self.unit_price, self.currency.unwrap_or(stage.homes[0].currency))?;
        let kind = if self.self_service { SkuKind::SelfService } else { SkuKind::Central };
        let sku = stage.shelf.iter().find(|sold| (sold.product_id, sold.kind) == (product_id, kind));
        let sku_id = sku.ok_or_else(|| Wrong::at("self_service", "nothing is sold so"))?.price.sku_id;
        let Self { term, billing_frequency, .. } = *self;
        let publish = publish_price::PublishPrice { sku_id, term, billing_frequency, unit_price };
        let id = stage.operate(here, publish)?;
        let price = domain::catalog::Price {
            id,
            sku_id,
            term,
            billing_frequency,
            unit_price,
            version: 1,
            valid_from: stage.now(),
        };
        let is_other = |sold: &OnShelf| {
            (sold.price.sku_id, sold.price.term, sold.price.billing_frequency, sold.price.unit_price.currency)
                != (sku_id, term, billing_frequency, unit_price.currency)
        };
        stage.shelf.retain(is_other);
        stage.shelf.push(OnShelf { product: self.product.clone(), product_id, kind, price });
        Ok(())
    }
}

/// The operator sells a product no longer; what was sold goes on.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EndSale {
    /// Which.
    product: String,
}

impl Play for EndSale {
    const BY_SOMEBODY: bool = false;

    fn play(&self, stage: &mut Stage, _: &Player) -> Result<(), Wrong> {
        let product_id = stage.product("product", &self.product)?;
        stage.operate(stage.homes[0].id, RetireProduct { product_id, retired: true })
    }
}

/// The operator charges an organization otherwise from now on; what is left out stays.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeBillingRules {
    /// The organization, when it is one of `others`.
    #[serde(default)]
    organization: Option<String>,
    /// What is otherwise from now on.
    rules: Rules,
}

/// How an organization is charged; what is left out stays as it is.
#[derive(Debug, Clone, Copy, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Rules {
    /// The contract: `mosa` or `mca`.
    #[schemars(with = "Option<String>")]
    pub agreement: Option<Agreement>,
    /// What divides a price: `day` or `second`.
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

impl Rules {
    /// The rules of a contract with what is said here.
    pub fn applied_to(self, before: BillingRules) -> BillingRules {
        BillingRules {
            agreement: self.agreement.unwrap_or(before.agreement),
            proration: self.proration.unwrap_or(before.proration),
            rounding: self.rounding.unwrap_or(before.rounding),
            tax_rounding: self.tax_rounding.unwrap_or(before.tax_rounding),
            prices_include_tax: self.prices_include_tax.unwrap_or(before.prices_include_tax),
            fewer_licenses: self.fewer_licenses.unwrap_or(before.fewer_licenses),
            refund_days: self.refund_days.or(before.refund_days),
            payment_terms_days: self.payment_terms_days.unwrap_or(before.payment_terms_days),
            undo_days: self.undo_days.unwrap_or(before.undo_days),
            online_cancel_max: before.online_cancel_max,
        }
    }
}

impl Play for ChangeBillingRules {
    const BY_SOMEBODY: bool = false;

    fn play(&self, stage: &mut Stage, _: &Player) -> Result<(), Wrong> {
        let organization = stage.home("organization", self.organization.as_deref())?.id;
        let before = stage.app.read(&operator(), organization, &BillingAccountDetails)?;
        let (rules, revision) = (self.rules.applied_to(before.rules), before.revision);
        let change = rules::ChangeBillingRules { rules, revision };
        stage.operate(organization, change).map_err(|wrong: Wrong| wrong.within("rules"))
    }
}

/// The operator changes where an organization is, or by which number it is known, which decides the tax from now on;
/// and what kind of customer it is, which decides whether its people may buy for the team.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeBuyer {
    /// The organization, when it is one of `others`.
    #[serde(default)]
    organization: Option<String>,
    /// The country, by ISO 3166 code; left out it stays.
    #[serde(default)]
    country: Option<String>,
    /// The VAT or other tax number; left out there is none.
    #[serde(default)]
    tax_number: Option<String>,
    /// The certificate by which it is exempt from tax; left out there is none.
    #[serde(default)]
    tax_exemption: Option<String>,
    /// What kind of customer it is: `commercial`, `education`, `government` or `nonprofit`; left out it stays.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    segment: Option<Segment>,
}

impl Play for ChangeBuyer {
    const BY_SOMEBODY: bool = false;

    fn play(&self, stage: &mut Stage, _: &Player) -> Result<(), Wrong> {
        let organization = stage.home("organization", self.organization.as_deref())?.id;
        let before = stage.app.read(&operator(), organization, &BillingAccountDetails)?;
        let mut sold_to = before.sold_to;
        (sold_to.tax_number, sold_to.tax_exemption) = (self.tax_number.clone(), self.tax_exemption.clone());
        if let Some(country) = &self.country {
            sold_to.address.country.clone_from(country);
        }
        let segment = self.segment.unwrap_or(before.segment);
        stage.operate(organization, rules::ChangeBuyer { sold_to, segment, revision: before.revision })
    }
}
