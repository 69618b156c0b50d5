//! Product keys: batches, the hashes of their keys, and what was redeemed where. Batches and keys are the operator's;
//! a redemption belongs to the organization that redeemed.

use crate::{Read, Result, Row, Write, params, statements};
use domain::catalog::{SkuKind, Term};
use domain::ids::{JobId, OrderId, OrganizationId, ProductId, ProductKeyBatchId, SkuId, SubscriptionId};
use domain::order::Order;
use domain::product_key::{KeyUse, ProductKey, RedeemedKey};
use jiff::Timestamp;
use jiff::civil::Date;
use uuid::Uuid;

/// The columns of a batch, in the order in which [`batch`] reads them.
macro_rules! select_batch {
    () => {
        "SELECT b.id, b.sku_id, s.part_number, s.product_id, p.name, b.quantity, b.term, b.country, b.redeem_by, \
         b.key_count, b.made_count, b.job_id, b.created_by, b.created_at, b.exported_at, b.revoked_at, \
         (SELECT COUNT(*) FROM product_key k WHERE k.batch_id = b.id AND k.redeemed_at IS NOT NULL), \
         (SELECT COUNT(*) FROM product_key k WHERE k.batch_id = b.id AND k.revoked_at IS NOT NULL) \
         FROM product_key_batch b JOIN sku s ON s.id = b.sku_id JOIN product p ON p.id = s.product_id "
    };
}

/// The columns of a key, in the order in which [`key`] reads them.
macro_rules! select_key {
    () => {
        "SELECT k.key_hash, k.batch_id, k.last_five, s.product_id, b.sku_id, s.kind, s.quantity_max, p.retired_at, \
         b.quantity, b.term, b.country, b.redeem_by, k.redeemed_at, k.revoked_at, b.revoked_at, p.name \
         FROM product_key k JOIN product_key_batch b ON b.id = k.batch_id JOIN sku s ON s.id = b.sku_id \
         JOIN product p ON p.id = s.product_id "
    };
}

/// The columns of a redemption, in the order in which [`redemption`] reads them.
macro_rules! select_redemption {
    () => {
        "SELECT r.key_hash, r.last_five, r.organization_id, g.name, r.subscription_id, r.order_id, r.key_use, \
         r.redeemed_by, r.redeemed_at FROM product_key_redemption r JOIN organization g ON g.id = r.organization_id "
    };
}

statements! {
    INSERT_BATCH: shared = "INSERT INTO product_key_batch (id, sku_id, quantity, term, country, redeem_by, key_count, \
        seed, job_id, created_by, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
    BATCH_BY_ID: shared = concat!(select_batch!(), "WHERE b.id = $1");
    BATCHES: shared = concat!(select_batch!(), "WHERE $1 OR b.id < $2 ORDER BY b.id DESC LIMIT $3");
    BATCH_SEED: shared = "SELECT seed FROM product_key_batch WHERE id = $1";
    SET_MADE: shared = "UPDATE product_key_batch SET made_count = $3 WHERE id = $1 AND made_count = $2";
    SET_EXPORTED: shared = "UPDATE product_key_batch SET exported_at = $2, seed = NULL WHERE id = $1 \
        AND exported_at IS NULL AND revoked_at IS NULL";
    REVOKE_BATCH: shared = "UPDATE product_key_batch SET revoked_at = $2, seed = NULL WHERE id = $1 \
        AND revoked_at IS NULL";
    INSERT_KEY: shared = "INSERT INTO product_key (key_hash, batch_id, last_five) VALUES ($1, $2, $3)";
    KEY_BY_HASH: shared = concat!(select_key!(), "WHERE k.key_hash = $1");
    KEYS_BY_LAST_FIVE: shared = concat!(select_key!(), "WHERE k.last_five = $1 ORDER BY b.id DESC, k.key_hash LIMIT $2");
    // One of two who redeem at once finds nothing to write, looks again and learns that the key was used.
    REDEEM_KEY: shared = "UPDATE product_key SET redeemed_at = $2 WHERE key_hash = $1 AND redeemed_at IS NULL \
        AND revoked_at IS NULL";
    REVOKE_KEY: shared = "UPDATE product_key SET revoked_at = $2 WHERE key_hash = $1 AND redeemed_at IS NULL \
        AND revoked_at IS NULL";
    INSERT_REDEMPTION: organization = "INSERT INTO product_key_redemption (organization_id, key_hash, batch_id, \
        last_five, subscription_id, order_id, key_use, redeemed_by, redeemed_at) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    // The operator sees who redeemed what.
    REDEMPTION_OF_KEY: shared = concat!(select_redemption!(), "WHERE r.key_hash = $1");
    REDEMPTIONS_OF_BATCH: shared = concat!(select_redemption!(), "WHERE r.batch_id = $1 \
        ORDER BY r.redeemed_at DESC, r.key_hash DESC LIMIT $2");
    REDEEMED_WITH_ORDER: organization = "SELECT r.last_five, r.key_use, b.quantity, b.term \
        FROM product_key_redemption r JOIN product_key_batch b ON b.id = r.batch_id \
        WHERE r.organization_id = $1 AND r.subscription_id = $2 AND r.order_id = $3 ORDER BY r.key_use, r.last_five";
    KEY_FAILURES: shared = "SELECT count, last_at FROM product_key_failure WHERE subject = $1";
    COUNT_KEY_FAILURES: shared = "INSERT INTO product_key_failure (subject, count, last_at) VALUES ($1, $2, $3) \
        ON CONFLICT (subject) DO UPDATE SET count = CASE WHEN product_key_failure.last_at < $4 THEN $2 \
        ELSE product_key_failure.count + $2 END, last_at = $3";
    RECENT_KEY_FAILURES: shared = "SELECT subject, count, last_at FROM product_key_failure \
        WHERE last_at >= $1 AND count >= $2 ORDER BY last_at DESC, subject LIMIT $3";
}

/// Product keys that were made together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Batch {
    /// Identity.
    pub id: ProductKeyBatchId,
    /// What the keys stand for.
    pub sku_id: SkuId,
    /// Its part number.
    pub part_number: String,
    /// The product.
    pub product_id: ProductId,
    /// Its name.
    pub product_name: String,
    /// Licenses of each key.
    pub quantity: u32,
    /// For how long.
    pub term: Term,
    /// The only country where they can be redeemed, if there is one.
    pub country: Option<String>,
    /// The last day on which they can be redeemed, if there is one.
    pub redeem_by: Option<Date>,
    /// How many keys.
    pub key_count: u32,
    /// How many are made by now.
    pub made_count: u32,
    /// The work that makes them.
    pub job_id: JobId,
    /// Who asked for them.
    pub created_by: String,
    /// When.
    pub created_at: Timestamp,
    /// When they were exported: from then on nobody knows their characters but who has the file.
    pub exported_at: Option<Timestamp>,
    /// When all that were not redeemed were revoked.
    pub revoked_at: Option<Timestamp>,
    /// How many were redeemed.
    pub redeemed_count: i64,
    /// How many were revoked one by one.
    pub revoked_count: i64,
}

impl Batch {
    /// Whether every key is there.
    #[must_use]
    pub const fn is_made(&self) -> bool {
        self.made_count == self.key_count
    }

    /// How many keys can still be redeemed, as far as the batch decides that.
    #[must_use]
    pub fn unused_count(&self) -> i64 {
        if self.revoked_at.is_some() {
            return 0;
        }
        i64::from(self.made_count) - self.redeemed_count - self.revoked_count
    }
}

/// What a batch is made from.
#[derive(Debug)]
pub struct NewBatch<'a> {
    /// Identity.
    pub id: ProductKeyBatchId,
    /// What the keys stand for.
    pub sku_id: SkuId,
    /// Licenses of each key.
    pub quantity: u32,
    /// For how long.
    pub term: Term,
    /// The only country where they can be redeemed, if there is one.
    pub country: Option<&'a str>,
    /// The last day on which they can be redeemed, if there is one.
    pub redeem_by: Option<Date>,
    /// How many keys.
    pub key_count: u32,
    /// What they are made from, with the server's secret.
    pub seed: &'a [u8],
    /// The work that makes them.
    pub job_id: JobId,
    /// Who asked for them.
    pub created_by: &'a str,
    /// When.
    pub created_at: Timestamp,
}

/// A key with what identifies it and the name of its product.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredKey {
    /// The keyed hash of its characters.
    pub key_hash: Uuid,
    /// The key.
    pub key: ProductKey,
    /// The name of its product.
    pub product_name: String,
}

/// A key that was redeemed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyRedemption {
    /// The keyed hash of its characters.
    pub key_hash: Uuid,
    /// Its last five characters.
    pub last_five: String,
    /// By which organization.
    pub organization_id: OrganizationId,
    /// The name of the organization; empty where the organization itself writes.
    pub organization_name: String,
    /// For which subscription.
    pub subscription_id: SubscriptionId,
    /// With which order.
    pub order_id: OrderId,
    /// For what.
    pub key_use: KeyUse,
    /// Who did it.
    pub redeemed_by: String,
    /// When.
    pub redeemed_at: Timestamp,
}

fn batch(row: &Row<'_>) -> Result<Batch> {
    Ok(Batch {
        id: row.get(0)?,
        sku_id: row.get(1)?,
        part_number: row.get(2)?,
        product_id: row.get(3)?,
        product_name: row.get(4)?,
        quantity: row.get(5)?,
        term: row.code(6, Term::from_code)?,
        country: row.get(7)?,
        redeem_by: row.get(8)?,
        key_count: row.get(9)?,
        made_count: row.get(10)?,
        job_id: row.get(11)?,
        created_by: row.get(12)?,
        created_at: row.get(13)?,
        exported_at: row.get(14)?,
        revoked_at: row.get(15)?,
        redeemed_count: row.get(16)?,
        revoked_count: row.get(17)?,
    })
}

fn key(row: &Row<'_>) -> Result<StoredKey> {
    let revoked = [row.get::<Option<i64>>(13)?, row.get::<Option<i64>>(14)?];
    let key = ProductKey {
        batch_id: row.get(1)?,
        last_five: row.get(2)?,
        product_id: row.get(3)?,
        sku_id: row.get(4)?,
        sku_kind: row.code(5, SkuKind::from_code)?,
        quantity_max: row.get(6)?,
        is_end_of_sale: row.get::<Option<i64>>(7)?.is_some(),
        quantity: row.get(8)?,
        term: row.code(9, Term::from_code)?,
        country: row.get(10)?,
        redeem_by: row.get(11)?,
        is_redeemed: row.get::<Option<i64>>(12)?.is_some(),
        is_revoked: revoked.iter().any(Option::is_some),
    };
    Ok(StoredKey { key_hash: row.get(0)?, key, product_name: row.get(15)? })
}

fn redemption(row: &Row<'_>) -> Result<KeyRedemption> {
    Ok(KeyRedemption {
        key_hash: row.get(0)?,
        last_five: row.get(1)?,
        organization_id: row.get(2)?,
        organization_name: row.get(3)?,
        subscription_id: row.get(4)?,
        order_id: row.get(5)?,
        key_use: row.code(6, KeyUse::from_code)?,
        redeemed_by: row.get(7)?,
        redeemed_at: row.get(8)?,
    })
}

/// Adds a batch of which no key is made yet.
///
/// # Errors
/// When the database fails.
pub fn insert_batch(write: &Write<'_>, new: &NewBatch<'_>) -> Result<()> {
    write.change(
        &INSERT_BATCH,
        params![
            new.id,
            new.sku_id,
            new.quantity,
            new.term.code(),
            new.country,
            new.redeem_by,
            new.key_count,
            new.seed,
            new.job_id,
            new.created_by,
            new.created_at
        ],
    )
}

/// The batch with this identity.
///
/// # Errors
/// When the database fails.
pub fn find_batch(read: &Read<'_>, id: ProductKeyBatchId) -> Result<Option<Batch>> {
    read.query_one(&BATCH_BY_ID, params![id], batch)
}

/// A page of batches, the newest first, after the last one of the page before.
///
/// # Errors
/// When the database fails.
pub fn batches(read: &Read<'_>, before: Option<ProductKeyBatchId>, limit: usize) -> Result<Vec<Batch>> {
    let after = before.map_or(Uuid::nil(), ProductKeyBatchId::uuid);
    read.query(&BATCHES, params![before.is_none(), after, limit as i64], batch)
}

/// What the keys of a batch are made from; `None` once they were exported or revoked.
///
/// # Errors
/// When the database fails.
pub fn seed(read: &Read<'_>, id: ProductKeyBatchId) -> Result<Option<Vec<u8>>> {
    Ok(read.query_one(&BATCH_SEED, params![id], |row| row.get(0))?.flatten())
}

/// Adds the next keys of a batch, of which `made` were made before. In the order of their hashes they cost least.
///
/// # Errors
/// When the database fails, or somebody made them meanwhile.
pub fn insert_keys(write: &Write<'_>, id: ProductKeyBatchId, made: u32, keys: &[(Uuid, String)]) -> Result<()> {
    write.change(&SET_MADE, params![id, made, made + keys.len() as u32])?;
    keys.iter().try_for_each(|(hash, last_five)| write.change_some(&INSERT_KEY, params![*hash, id, last_five]))
}

/// Notes that the keys of a batch were exported, and forgets what they were made from.
///
/// # Errors
/// When the database fails, or they were exported or revoked meanwhile.
pub fn set_exported(write: &Write<'_>, id: ProductKeyBatchId, at: Timestamp) -> Result<()> {
    write.change(&SET_EXPORTED, params![id, at])
}

/// Revokes all keys of a batch that were not redeemed.
///
/// # Errors
/// When the database fails, or they were revoked meanwhile.
pub fn revoke_batch(write: &Write<'_>, id: ProductKeyBatchId, at: Timestamp) -> Result<()> {
    write.change(&REVOKE_BATCH, params![id, at])
}

/// The key whose characters have this hash.
///
/// # Errors
/// When the database fails.
pub fn find(read: &Read<'_>, key_hash: Uuid) -> Result<Option<StoredKey>> {
    read.query_one(&KEY_BY_HASH, params![key_hash], key)
}

/// Keys that end in these five characters, the newest first.
///
/// # Errors
/// When the database fails.
pub fn by_last_five(read: &Read<'_>, last_five: &str, limit: usize) -> Result<Vec<StoredKey>> {
    read.query(&KEYS_BY_LAST_FIVE, params![last_five, limit as i64], key)
}

/// Uses a key up for the organization.
///
/// # Errors
/// When the database fails, or somebody redeemed or revoked the key meanwhile.
pub fn redeem(write: &Write<'_>, redeemed: &KeyRedemption, batch_id: ProductKeyBatchId) -> Result<()> {
    write.change(&REDEEM_KEY, params![redeemed.key_hash, redeemed.redeemed_at])?;
    write.change(
        &INSERT_REDEMPTION,
        params![
            redeemed.key_hash,
            batch_id,
            redeemed.last_five,
            redeemed.subscription_id,
            redeemed.order_id,
            redeemed.key_use.code(),
            redeemed.redeemed_by,
            redeemed.redeemed_at
        ],
    )
}

/// Revokes a key.
///
/// # Errors
/// When the database fails, or somebody redeemed or revoked the key meanwhile.
pub fn revoke(write: &Write<'_>, key_hash: Uuid, at: Timestamp) -> Result<()> {
    write.change(&REVOKE_KEY, params![key_hash, at])
}

/// Who redeemed a key, and for what.
///
/// # Errors
/// When the database fails.
pub fn redemption_of(read: &Read<'_>, key_hash: Uuid) -> Result<Option<KeyRedemption>> {
    read.query_one(&REDEMPTION_OF_KEY, params![key_hash], redemption)
}

/// Who redeemed keys of a batch, the newest first.
///
/// # Errors
/// When the database fails.
pub fn redemptions(read: &Read<'_>, batch: ProductKeyBatchId, limit: usize) -> Result<Vec<KeyRedemption>> {
    read.query(&REDEMPTIONS_OF_BATCH, params![batch, limit as i64], redemption)
}

/// What the keys brought that an order redeemed; none for what was bought otherwise.
///
/// # Errors
/// When the database fails.
pub fn redeemed_with(read: &Read<'_>, order: &Order) -> Result<Vec<RedeemedKey>> {
    read.query(&REDEEMED_WITH_ORDER, params![order.subscription_id, order.id], |row| {
        Ok(RedeemedKey {
            last_five: row.get(0)?,
            key_use: row.code(1, KeyUse::from_code)?,
            quantity: row.get(2)?,
            term: row.code(3, Term::from_code)?,
        })
    })
}

/// How many unknown keys this person, organization or address tried, and when last.
///
/// # Errors
/// When the database fails.
pub fn failures(read: &Read<'_>, subject: &str) -> Result<Option<(i64, Timestamp)>> {
    read.query_one(&KEY_FAILURES, params![subject], |row| Ok((row.get(0)?, row.get(1)?)))
}

/// Counts unknown keys that were tried; begins anew when the last one was before `free_since`.
///
/// # Errors
/// When the database fails.
pub fn count_failures(
    write: &Write<'_>,
    subject: &str,
    count: i64,
    now: Timestamp,
    free_since: Timestamp,
) -> Result<()> {
    write.change(&COUNT_KEY_FAILURES, params![subject, count, now, free_since])
}

/// Those who tried at least so many unknown keys since a moment, the last one first.
///
/// # Errors
/// When the database fails.
pub fn recent_failures(
    read: &Read<'_>,
    since: Timestamp,
    at_least: i64,
    limit: usize,
) -> Result<Vec<(String, i64, Timestamp)>> {
    read.query(&RECENT_KEY_FAILURES, params![since, at_least, limit as i64], |row| {
        Ok((row.get(0)?, row.get(1)?, row.get(2)?))
    })
}
