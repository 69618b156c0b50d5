//! What customers paid beyond their invoices.

use crate::{Read, Result, Row, Write, params, statements};
use domain::billing::payment::{CreditPayOut, ProfileCredit};
use domain::ids::BillingProfileId;
use domain::money::{Currency, Money};

statements! {
    OPEN_PROFILE_CREDITS: organization = "SELECT id, billing_profile_id, currency, amount, used, reference, recorded_by, \
        made_on FROM profile_credit WHERE organization_id = $1 AND used < amount ORDER BY made_on, id";
    HAS_PROFILE_CREDIT: organization = "SELECT EXISTS (SELECT 1 FROM profile_credit WHERE organization_id = $1 \
        AND billing_profile_id = $2 AND reference = $3)";
    INSERT_PROFILE_CREDIT: organization = "INSERT INTO profile_credit (organization_id, id, billing_profile_id, \
        currency, amount, used, reference, recorded_by, made_on) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    IS_PAID_OUT: organization = "SELECT EXISTS (SELECT 1 FROM credit_pay_out WHERE organization_id = $1 \
        AND billing_profile_id = $2 AND reference = $3)";
    INSERT_PAY_OUT: organization = "INSERT INTO credit_pay_out (organization_id, id, billing_profile_id, currency, \
        amount, reference, recorded_by, made_on) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    PAY_OUTS: organization = "SELECT id, billing_profile_id, currency, amount, reference, recorded_by, made_on \
        FROM credit_pay_out WHERE organization_id = $1 ORDER BY id DESC LIMIT $2";
    USE_PROFILE_CREDIT: organization = "UPDATE profile_credit SET used = used + $4 WHERE organization_id = $1 \
        AND id = $2 AND used = $3";
}

fn profile_credit(row: &Row<'_>) -> Result<ProfileCredit> {
    let currency = row.code(2, Currency::from_code)?;
    Ok(ProfileCredit {
        id: row.get(0)?,
        billing_profile_id: row.get(1)?,
        amount: Money::new(row.get(3)?, currency),
        used: Money::new(row.get(4)?, currency),
        reference: row.get(5)?,
        recorded_by: row.get(6)?,
        made_on: row.get(7)?,
    })
}

/// The credits of which something is left, the oldest first.
///
/// # Errors
/// When the database fails.
pub fn open(read: &Read<'_>) -> Result<Vec<ProfileCredit>> {
    read.query(&OPEN_PROFILE_CREDITS, params![], profile_credit)
}

/// Whether a transfer with this reference became credit of a billing profile before.
///
/// # Errors
/// When the database fails.
pub fn is_known(read: &Read<'_>, profile: BillingProfileId, reference: &str) -> Result<bool> {
    let known = read.query_one(&HAS_PROFILE_CREDIT, params![profile, reference], |row| row.get(0))?;
    Ok(known.unwrap_or_default())
}

/// Adds a credit.
///
/// # Errors
/// When the database fails, or the billing profile has one with the reference.
pub fn insert(write: &Write<'_>, new: &ProfileCredit) -> Result<()> {
    let currency = new.amount.currency.code();
    write.change(
        &INSERT_PROFILE_CREDIT,
        params![
            new.id,
            new.billing_profile_id,
            currency,
            new.amount.minor,
            new.used.minor,
            new.reference,
            new.recorded_by,
            new.made_on
        ],
    )
}

/// Notes that an invoice used a part of a credit that was read.
///
/// # Errors
/// When the database fails, or somebody used a part of it meanwhile.
pub fn use_part(write: &Write<'_>, credit: &ProfileCredit, part: Money) -> Result<()> {
    write.change(&USE_PROFILE_CREDIT, params![credit.id, credit.used.minor, part.minor])
}

/// Whether a transfer with this reference paid credit of a billing profile out before.
///
/// # Errors
/// When the database fails.
pub fn is_paid_out(read: &Read<'_>, profile: BillingProfileId, reference: &str) -> Result<bool> {
    let known = read.query_one(&IS_PAID_OUT, params![profile, reference], |row| row.get(0))?;
    Ok(known.unwrap_or_default())
}

/// Adds what was paid out.
///
/// # Errors
/// When the database fails, or the billing profile has one with the reference.
pub fn insert_pay_out(write: &Write<'_>, new: &CreditPayOut) -> Result<()> {
    let (currency, minor) = (new.amount.currency.code(), new.amount.minor);
    write.change(
        &INSERT_PAY_OUT,
        params![new.id, new.billing_profile_id, currency, minor, new.reference, new.recorded_by, new.made_on],
    )
}

/// What was paid out, the newest first.
///
/// # Errors
/// When the database fails.
pub fn pay_outs(read: &Read<'_>, limit: usize) -> Result<Vec<CreditPayOut>> {
    read.query(&PAY_OUTS, params![limit as i64], |row| {
        Ok(CreditPayOut {
            id: row.get(0)?,
            billing_profile_id: row.get(1)?,
            amount: Money::new(row.get(3)?, row.code(2, Currency::from_code)?),
            reference: row.get(4)?,
            recorded_by: row.get(5)?,
            made_on: row.get(6)?,
        })
    })
}
