//! Product keys: 25 characters that stand for licenses which were paid before (domain 3, D10 to D13).

pub mod code;
pub mod create;
pub mod redeem;

use crate::catalog::{SkuKind, Term};
use crate::codes::coded;
use crate::ids::{ProductId, ProductKeyBatchId, SkuId};
use crate::refusal::Refusal;
use code::KeyCode;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

coded! {
    /// What a key is redeemed for.
    pub enum KeyUse {
        /// A new subscription.
        Start = "start",
        /// More licenses of a subscription, to its end date (D10).
        Add = "add",
        /// A later end date of a subscription (D11).
        Extend = "extend",
    }
}

/// A key as Zetel keeps it: what it stands for and what became of it, but not its characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProductKey {
    /// The batch that it was made with.
    pub batch_id: ProductKeyBatchId,
    /// The last five characters, by which people recognize it.
    pub last_five: String,
    /// The product.
    pub product_id: ProductId,
    /// What is sold.
    pub sku_id: SkuId,
    /// Who that is for.
    pub sku_kind: SkuKind,
    /// The most licenses of one subscription.
    pub quantity_max: u32,
    /// Whether the product is no longer sold.
    pub is_end_of_sale: bool,
    /// Licenses.
    pub quantity: u32,
    /// For how long.
    pub term: Term,
    /// The only country where it can be redeemed, if there is one (D12).
    pub country: Option<String>,
    /// The last day on which it can be redeemed, if there is one.
    pub redeem_by: Option<Date>,
    /// Whether it was redeemed.
    pub is_redeemed: bool,
    /// Whether the operator revoked it.
    pub is_revoked: bool,
}

/// What a key brought that was redeemed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RedeemedKey {
    /// The last five characters, by which people recognize it.
    pub last_five: String,
    /// For what it was redeemed.
    pub key_use: KeyUse,
    /// Its licenses.
    pub quantity: u32,
    /// For how long.
    pub term: Term,
}

/// A key that somebody wants to redeem.
#[derive(Debug, Clone)]
pub struct Presented {
    /// For what.
    pub key_use: KeyUse,
    /// Its characters, or why they are none.
    pub code: Result<KeyCode, Refusal>,
    /// The key, when there is one with these characters.
    pub key: Option<ProductKey>,
}

/// What is wrong with one of the keys that somebody wants to redeem.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyRefusal {
    /// Its place among them, from 0.
    pub index: usize,
    /// What is wrong.
    pub refusal: Refusal,
}
