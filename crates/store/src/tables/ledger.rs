//! The ledger: balanced postings, only ever added to, and their sums.

use crate::{Read, Result, Write, params, statements};
use domain::billing::ledger::{LedgerAccount, Posting};
use domain::ids::{InvoiceId, PaymentId};
use domain::money::{Currency, Money};
use jiff::civil::Date;
use std::collections::BTreeMap;
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

/// A movement of money.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Identity.
    pub id: Uuid,
    /// The civil day on which it is posted.
    pub day: Date,
    /// Its sides.
    pub postings: Vec<Posting>,
    /// The invoice that it is about.
    pub invoice: Option<InvoiceId>,
    /// The payment that it is.
    pub payment: Option<PaymentId>,
}

/// Adds movements of money; the balance of an account is changed once for all of them.
///
/// # Errors
/// When the database fails, the sides of an entry do not balance, or a balance leaves 64 bits.
pub fn post(write: &Write<'_>, entries: &[Entry]) -> Result<()> {
    let mut sums: BTreeMap<_, (i64, i64)> = BTreeMap::new();
    for Entry { id, day, postings, invoice, payment } in entries {
        if postings.iter().map(|posting| i128::from(posting.amount.minor)).sum::<i128>() != 0 {
            return Err(crate::Error::other("the sides of a ledger entry do not balance"));
        }
        for (ordinal, Posting { account, amount }) in (1i64..).zip(postings) {
            let currency = amount.currency.code();
            let row = params![*id, ordinal, *day, account.code(), amount.minor, currency, *invoice, *payment];
            write.change(&INSERT_POSTING, row)?;
            let sum = sums.entry((account.code(), currency)).or_default();
            *sum = add(*sum, *amount).ok_or_else(|| crate::Error::other("a balance of the ledger leaves 64 bits"))?;
        }
    }
    sums.into_iter().try_for_each(|((account, currency), (debit, credit))| {
        write.change(&ADD_TO_BALANCE, params![account, currency, debit, credit])
    })
}

/// Debits and credits, not below nothing, with one more side.
fn add((debit, credit): (i64, i64), side: Money) -> Option<(i64, i64)> {
    Some((debit.checked_add(side.minor.max(0))?, credit.checked_sub(side.minor.min(0))?))
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
