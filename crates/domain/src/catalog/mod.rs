//! What is sold: products, their SKUs, service plans and prices (domain 1.1, D31).

pub mod coverage;
pub mod import;

use crate::codes::coded;
use crate::ids::{PriceId, ProductId, ServicePlanId, SkuId};
use crate::money::Money;
use jiff::Timestamp;

coded! {
    /// How long the buyer commits (domain 1.2).
    pub enum Term {
        /// One month.
        Monthly = "monthly",
        /// One year.
        Annual = "annual",
    }
}

impl Term {
    /// The length in months.
    #[must_use]
    pub const fn months(self) -> i32 {
        match self {
            Self::Monthly => 1,
            Self::Annual => 12,
        }
    }
}

coded! {
    /// How often the licenses are charged (domain 1.2).
    pub enum BillingFrequency {
        /// Every month.
        Monthly = "monthly",
        /// Once a year.
        Yearly = "yearly",
    }
}

impl BillingFrequency {
    /// The length of a billing period in months.
    #[must_use]
    pub const fn months(self) -> i32 {
        match self {
            Self::Monthly => 1,
            Self::Yearly => 12,
        }
    }
}

coded! {
    /// The shelf of the catalog on which a product stands.
    pub enum Category {
        /// Documents, mail and collaboration.
        Productivity = "productivity",
        /// Identity, threats and compliance.
        Security = "security",
        /// Calls and meetings.
        Communication = "communication",
        /// Sales, service and finance.
        BusinessApps = "business_apps",
        /// Reports and data.
        Analytics = "analytics",
        /// Windows and the management of devices.
        Windows = "windows",
        /// Tools to build with.
        Developer = "developer",
        /// Everything else.
        Other = "other",
    }
}

coded! {
    /// Whether a product is sold alone or comes with another one (domain 1.9).
    pub enum ProductKind {
        /// Sold alone.
        Base = "base",
        /// Belongs to one subscription and lives as long as that one.
        TraditionalAddOn = "traditional_add_on",
        /// Has a term of its own, and is sold to who has a subscription that it fits.
        StandaloneAddOn = "standalone_add_on",
    }
}

impl ProductKind {
    /// Whether it is sold only to who has a subscription that it fits.
    #[must_use]
    pub const fn is_add_on(self) -> bool {
        !matches!(self, Self::Base)
    }
}

/// What people see as one product: one row on Licenses (D31).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Product {
    /// Identity.
    pub id: ProductId,
    /// The name, the same in every language.
    pub name: String,
    /// Its shelf.
    pub category: Category,
    /// Whether it is sold alone.
    pub kind: ProductKind,
    /// One sentence in English; may be empty.
    pub description_en: String,
    /// The same sentence in Dutch; may be empty.
    pub description_nl: String,
    /// When sale ended; existing subscriptions go on (domain 1.8).
    pub retired_at: Option<Timestamp>,
}

coded! {
    /// Who a SKU is for.
    pub enum SkuKind {
        /// Bought by the organization.
        Central = "central",
        /// Bought by a user for the team: the "departmental" SKU of a product.
        SelfService = "self_service",
        /// Costs nothing: a user signs up for it, for oneself (domain 2.10).
        Free = "free",
    }
}

/// What is sold and what programs see: a GUID and a part number (D31).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sku {
    /// Identity; the GUID that programs know.
    pub id: SkuId,
    /// The product that it belongs to.
    pub product_id: ProductId,
    /// The name that programs know, such as `SPE_E5`.
    pub part_number: String,
    /// Who it is for.
    pub kind: SkuKind,
    /// The most licenses of one subscription.
    pub quantity_max: u32,
}

/// An app or service in a SKU, which can be switched on and off per person (R174).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServicePlan {
    /// Identity; the GUID that programs know.
    pub id: ServicePlanId,
    /// The name that programs know, such as `EXCHANGE_S_ENTERPRISE`.
    pub name: String,
    /// The name that people know.
    pub friendly_name: String,
}

/// One version of the price of a SKU: never changed, only followed by a next version, so that a price change never
/// changes what was sold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Price {
    /// Identity of this version.
    pub id: PriceId,
    /// What is sold.
    pub sku_id: SkuId,
    /// How long the buyer commits.
    pub term: Term,
    /// How often it is charged.
    pub billing_frequency: BillingFrequency,
    /// The price of one license for one billing period.
    pub unit_price: Money,
    /// Counts from 1 for each combination of SKU, term, frequency and currency.
    pub version: u32,
    /// When it begins to hold for new purchases.
    pub valid_from: Timestamp,
}
