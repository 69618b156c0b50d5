//! Who sells, the contract of each organization, and its billing profiles.

use crate::value::{json, json_text as text};
use crate::{Read, Result, Row, Write, params, statements};
use domain::billing::party::Seller;
use domain::billing::{
    Agreement, BillingAccount, BillingProfile, BillingRules, FewerLicenses, Proration, Segment, TaxRounding,
};
use domain::ids::{BillingProfileId, OrganizationId, PaymentMethodId};
use domain::money::{Currency, Rounding};

macro_rules! profile {
    ($rest:literal) => {
        concat!(
            "SELECT id, name, bill_to, currency, payment_method_id, purchase_order, email_invoices, anchored_on, \
             revision FROM billing_profile WHERE organization_id = $1 ",
            $rest
        )
    };
}

macro_rules! account {
    () => {
        "SELECT sold_to, agreement, proration, rounding, tax_rounding, prices_include_tax, fewer_licenses, refund_days, \
         payment_terms_days, revision, undo_days, segment, online_cancel_max FROM billing_account WHERE organization_id = $1"
    };
}

statements! {
    SELLER: shared = "SELECT details, revision FROM seller WHERE code = 'zetel'";
    UPDATE_SELLER: shared = "UPDATE seller SET details = $2, revision = revision + 1 WHERE code = 'zetel' \
        AND revision = $1";
    NEXT_INVOICE_NUMBER: shared = "UPDATE seller SET invoice_count = invoice_count + 1 WHERE code = 'zetel' \
        RETURNING invoice_count";
    BILLING_ACCOUNT: organization = account!();
    // What a partner sold is charged by its contract, wherever the subscription is.
    ACCOUNT_OF_PARTNER: shared = account!();
    INSERT_BILLING_ACCOUNT: shared = "INSERT INTO billing_account (organization_id, sold_to, agreement, \
        proration, rounding, tax_rounding, prices_include_tax, fewer_licenses, refund_days, payment_terms_days, \
        undo_days, segment, online_cancel_max) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)";
    UPDATE_BILLING_ACCOUNT: organization = "UPDATE billing_account SET sold_to = $3, agreement = $4, proration = $5, \
        rounding = $6, tax_rounding = $7, prices_include_tax = $8, fewer_licenses = $9, refund_days = $10, \
        payment_terms_days = $11, undo_days = $12, segment = $13, online_cancel_max = $14, \
        revision = revision + 1 WHERE organization_id = $1 AND revision = $2";
    BILLING_PROFILE_BY_ID: organization = profile!("AND id = $2");
    BILLING_PROFILES: organization = profile!("ORDER BY name, id");
    INSERT_BILLING_PROFILE: shared = "INSERT INTO billing_profile (organization_id, id, name, bill_to, currency, \
        payment_method_id, purchase_order, email_invoices, anchored_on) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    UPDATE_BILLING_PROFILE: organization = "UPDATE billing_profile SET name = $4, bill_to = $5, payment_method_id = $6, \
        purchase_order = $7, email_invoices = $8, revision = revision + 1 \
        WHERE organization_id = $1 AND id = $2 AND revision = $3";
    // A bank account pays for no billing profile.
    REPLACE_PROFILE_PAYMENT_METHOD: organization = "UPDATE billing_profile SET payment_method_id = $3, \
        revision = revision + 1 WHERE organization_id = $1 AND payment_method_id = $2 AND EXISTS (SELECT 1 \
        FROM payment_method m WHERE m.organization_id = $1 AND m.id = $3 AND m.kind = 'card')";
}

/// Who sells, and the revision of what is known about it.
///
/// # Errors
/// When the database fails.
pub fn seller(read: &Read<'_>) -> Result<(Seller, i64)> {
    let found = read.query_one(&SELLER, params![], |row| Ok((json(row, 0)?, row.get(1)?)))?;
    Ok(found.unwrap_or_default())
}

/// Saves who sells, read at `revision`.
///
/// # Errors
/// When the database fails, or somebody changed it meanwhile.
pub fn update_seller(write: &Write<'_>, seller: &Seller, revision: i64) -> Result<()> {
    write.change(&UPDATE_SELLER, params![revision, text(seller)])
}

/// Takes the next number for an invoice: without gaps, because a transaction that is undone gives it back. Whoever
/// comes next waits for the end of this transaction.
///
/// # Errors
/// When the database fails.
pub fn next_invoice_number(write: &Write<'_>) -> Result<i64> {
    Ok(write.query_one(&NEXT_INVOICE_NUMBER, params![], |row| row.get(0))?.unwrap_or_default())
}

/// The contract of the organization.
///
/// # Errors
/// When the database fails.
pub fn find(read: &Read<'_>) -> Result<Option<BillingAccount>> {
    read.query_one(&BILLING_ACCOUNT, params![], account)
}

/// The contract of the partner that pays for what it sold to the organization.
///
/// # Errors
/// When the database fails.
pub fn of_partner(read: &Read<'_>, partner: OrganizationId) -> Result<Option<BillingAccount>> {
    read.query_one(&ACCOUNT_OF_PARTNER, params![partner], account)
}

fn account(row: &Row<'_>) -> Result<BillingAccount> {
    let rules = BillingRules {
        agreement: row.code(1, Agreement::from_code)?,
        proration: row.code(2, Proration::from_code)?,
        rounding: row.code(3, Rounding::from_code)?,
        tax_rounding: row.code(4, TaxRounding::from_code)?,
        prices_include_tax: row.get(5)?,
        fewer_licenses: row.code(6, FewerLicenses::from_code)?,
        refund_days: row.get::<Option<i64>>(7)?.and_then(|days| u16::try_from(days).ok()),
        payment_terms_days: u16::try_from(row.get::<i64>(8)?).unwrap_or(u16::MAX),
        undo_days: u16::try_from(row.get::<i64>(10)?).unwrap_or(u16::MAX),
        online_cancel_max: row.get::<Option<i64>>(12)?.and_then(|people| u32::try_from(people).ok()),
    };
    let segment = row.code(11, Segment::from_code)?;
    Ok(BillingAccount { sold_to: json(row, 0)?, segment, rules, revision: row.get(9)? })
}

/// Adds the contract of an organization that is being added.
///
/// # Errors
/// When the database fails, or it has one.
pub(super) fn insert(write: &Write<'_>, organization: OrganizationId, new: &BillingAccount) -> Result<()> {
    let rules = &new.rules;
    write.change(
        &INSERT_BILLING_ACCOUNT,
        params![
            organization,
            text(&new.sold_to),
            rules.agreement.code(),
            rules.proration.code(),
            rules.rounding.code(),
            rules.tax_rounding.code(),
            rules.prices_include_tax,
            rules.fewer_licenses.code(),
            rules.refund_days.map(i64::from),
            i64::from(rules.payment_terms_days),
            i64::from(rules.undo_days),
            new.segment.code(),
            rules.online_cancel_max.map(i64::from)
        ],
    )
}

/// Saves the contract, read at `changed.revision`.
///
/// # Errors
/// When the database fails, or somebody changed it meanwhile.
pub fn update(write: &Write<'_>, changed: &BillingAccount) -> Result<()> {
    let rules = &changed.rules;
    write.change(
        &UPDATE_BILLING_ACCOUNT,
        params![
            changed.revision,
            text(&changed.sold_to),
            rules.agreement.code(),
            rules.proration.code(),
            rules.rounding.code(),
            rules.tax_rounding.code(),
            rules.prices_include_tax,
            rules.fewer_licenses.code(),
            rules.refund_days.map(i64::from),
            i64::from(rules.payment_terms_days),
            i64::from(rules.undo_days),
            changed.segment.code(),
            rules.online_cancel_max.map(i64::from)
        ],
    )
}

fn profile(row: &Row<'_>) -> Result<BillingProfile> {
    Ok(BillingProfile {
        id: row.get(0)?,
        name: row.get(1)?,
        bill_to: json(row, 2)?,
        currency: row.code(3, Currency::from_code)?,
        payment_method_id: row.get(4)?,
        purchase_order: row.get(5)?,
        email_invoices: row.get(6)?,
        anchored_on: row.get(7)?,
        revision: row.get(8)?,
    })
}

/// The billing profile.
///
/// # Errors
/// When the database fails.
pub fn find_profile(read: &Read<'_>, id: BillingProfileId) -> Result<Option<BillingProfile>> {
    read.query_one(&BILLING_PROFILE_BY_ID, params![id], profile)
}

/// Every billing profile of the organization, by name.
///
/// # Errors
/// When the database fails.
pub fn profiles(read: &Read<'_>) -> Result<Vec<BillingProfile>> {
    read.query(&BILLING_PROFILES, params![], profile)
}

/// Adds a billing profile of an organization.
///
/// # Errors
/// When the database fails, or another one has the name.
pub fn insert_profile(write: &Write<'_>, organization: OrganizationId, new: &BillingProfile) -> Result<()> {
    write.change(
        &INSERT_BILLING_PROFILE,
        params![
            organization,
            new.id,
            new.name,
            text(&new.bill_to),
            new.currency.code(),
            new.payment_method_id,
            new.purchase_order,
            new.email_invoices,
            new.anchored_on
        ],
    )
}

/// Saves a billing profile, read at `changed.revision`; its currency and its day stay.
///
/// # Errors
/// When the database fails, somebody changed it meanwhile, or another one has the name.
pub fn update_profile(write: &Write<'_>, changed: &BillingProfile) -> Result<()> {
    write.change(
        &UPDATE_BILLING_PROFILE,
        params![
            changed.id,
            changed.revision,
            changed.name,
            text(&changed.bill_to),
            changed.payment_method_id,
            changed.purchase_order,
            changed.email_invoices
        ],
    )
}

/// Lets a payment method pay for every billing profile that another one paid for.
///
/// # Errors
/// When the database fails.
pub fn replace_payment_method(write: &Write<'_>, from: PaymentMethodId, to: PaymentMethodId) -> Result<()> {
    write.change_some(&REPLACE_PROFILE_PAYMENT_METHOD, params![from, to])
}
