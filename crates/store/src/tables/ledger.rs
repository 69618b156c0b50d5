//! The ledger: balanced postings, only ever added to, and their sums.

use crate::{Read, Result, Write, params, statements};
use domain::billing::ledger::{LedgerAccount, Posting};
use domain::ids::{InvoiceId, PaymentId};
use domain::money::{Currency, Money};
use jiff::civil::Date;
use uuid::Uuid;

statements! {
    INSERT_POSTING: organization = "INSERT INTO ledger_posting (organization_id, entry_id, ordinal, posted_on, account, \
        amount, currency, invoice_id, payment_id) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    ADD_TO_BALANCE: organization = "INSERT INTO ledger_balance (organization_id, account, currency, debit, credit) \
        VALUES ($1, $2, $3, $4, $5) ON CONFLICT (organization_id, account, currency) DO UPDATE \
        SET debit = ledger_balance.debit + excluded.debit, credit = ledger_balance.credit + excluded.credit";
    TRIAL_BALANCE: shared = "SELECT account, currency, CAST(SUM(debit) AS BIGINT), CAST(SUM(credit) AS BIGINT) \
        FROM ledger_balance GROUP BY account, currency ORDER BY currency, account";
    BALANCES: organization = "SELECT account, currency, debit, credit FROM ledger_balance WHERE organization_id = $1 \
        ORDER BY currency, account";
}

/// Adds a movement of money.
///
/// # Errors
/// When the database fails, or the sides do not balance.
pub fn post(
    write: &Write<'_>,
    entry: Uuid,
    day: Date,
    postings: &[Posting],
    invoice: Option<InvoiceId>,
    payment: Option<PaymentId>,
) -> Result<()> {
    if postings.iter().map(|posting| i128::from(posting.amount.minor)).sum::<i128>() != 0 {
        return Err(crate::Error::other("the sides of a ledger entry do not balance"));
    }
    for (ordinal, Posting { account, amount }) in (1i64..).zip(postings) {
        let (debit, credit) = (amount.minor.max(0), (-amount.minor).max(0));
        let currency = amount.currency.code();
        write.change(
            &INSERT_POSTING,
            params![entry, ordinal, day, account.code(), amount.minor, currency, invoice, payment],
        )?;
        write.change(&ADD_TO_BALANCE, params![account.code(), currency, debit, credit])?;
    }
    Ok(())
}

/// What was posted to an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Balance {
    /// The account.
    pub account: LedgerAccount,
    /// All debits.
    pub debit: Money,
    /// All credits, not below nothing.
    pub credit: Money,
}

fn balance(row: &crate::Row<'_>) -> Result<Balance> {
    let currency = row.code(1, Currency::from_code)?;
    let (debit, credit) = (Money::new(row.get(2)?, currency), Money::new(row.get(3)?, currency));
    Ok(Balance { account: row.code(0, LedgerAccount::from_code)?, debit, credit })
}

/// The sums of every account over all organizations, by currency.
///
/// # Errors
/// When the database fails.
pub fn trial_balance(read: &Read<'_>) -> Result<Vec<Balance>> {
    read.query(&TRIAL_BALANCE, params![], balance)
}

/// The sums of every account of the organization, by currency.
///
/// # Errors
/// When the database fails.
pub fn balances(read: &Read<'_>) -> Result<Vec<Balance>> {
    read.query(&BALANCES, params![], balance)
}
