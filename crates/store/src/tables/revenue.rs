//! Sums of what was invoiced: by month, and over all organizations.

use super::invoice::OpenBalance;
use crate::{Read, Result, Row, params, statements};
use domain::ids::{OrganizationId, UserId};
use domain::money::{Currency, Money};
use jiff::civil::Date;

statements! {
    SPEND_BY_MONTH: organization = concat!("SELECT substr(i.issued_on, 1, 7), i.currency, CAST(SUM(i.gross) AS BIGINT) \
        FROM invoice i WHERE i.organization_id = $1 AND ($2 OR EXISTS (SELECT 1 FROM subscription s \
        WHERE s.organization_id = i.organization_id AND s.id = i.subscription_id AND s.holder_id = $3) \
        OR i.billing_profile_id IN ", profiles_of!("$3"), ") AND i.issued_on >= $4 AND i.state <> 'void' GROUP BY substr(i.issued_on, 1, 7), i.currency \
        ORDER BY substr(i.issued_on, 1, 7), i.currency");
    REVENUE_BY_MONTH: shared = "SELECT substr(issued_on, 1, 7), currency, CAST(SUM(net) AS BIGINT) FROM invoice \
        WHERE issued_on >= $1 AND state <> 'void' GROUP BY substr(issued_on, 1, 7), currency \
        ORDER BY substr(issued_on, 1, 7), currency";
    OPEN_EVERYWHERE: shared = "SELECT currency, \
        CAST(SUM(CASE WHEN gross > 0 THEN gross - paid ELSE 0 END) AS BIGINT), \
        CAST(SUM(CASE WHEN gross > 0 AND due_on < $1 THEN gross - paid ELSE 0 END) AS BIGINT), \
        CAST(SUM(CASE WHEN gross < 0 THEN paid - gross ELSE 0 END) AS BIGINT) \
        FROM invoice WHERE state IN ('open', 'partly_paid') GROUP BY currency ORDER BY currency";
    WAITING_CHARGES: shared = "SELECT c.organization_id, o.name, c.invoice_on, c.currency, COUNT(*), \
        CAST(SUM(c.amount) AS BIGINT) FROM charge c JOIN organization o ON o.id = c.organization_id \
        WHERE c.invoice_id IS NULL AND c.partner_id IS NULL AND c.invoice_on <= $1 \
        GROUP BY c.organization_id, o.name, c.invoice_on, c.currency \
        ORDER BY c.invoice_on, o.name, c.organization_id, c.currency LIMIT $2";
}

/// What was invoiced in a month in one currency, credit notes taken off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MonthSum {
    /// The first day of the month.
    pub month: Date,
    /// The sum.
    pub amount: Money,
}

fn month_sum(row: &Row<'_>) -> Result<MonthSum> {
    let month = format!("{}-01", row.get::<String>(0)?);
    let month = month.parse().map_err(|_| crate::Error::other(format!("{month} is no day")))?;
    let currency = row.code(1, Currency::from_code)?;
    Ok(MonthSum { month, amount: Money::new(row.get(2)?, currency) })
}

/// What the organization, or one person for own subscriptions, was invoiced with tax since a day, by month.
///
/// # Errors
/// When the database fails.
pub fn spend_by_month(read: &Read<'_>, holder: Option<UserId>, since: Date) -> Result<Vec<MonthSum>> {
    read.query(&SPEND_BY_MONTH, params![holder.is_none(), holder, since], month_sum)
}

/// What all organizations were invoiced without tax since a day, by month.
///
/// # Errors
/// When the database fails.
pub fn by_month(read: &Read<'_>, since: Date) -> Result<Vec<MonthSum>> {
    read.query(&REVENUE_BY_MONTH, params![since], month_sum)
}

/// What is open in all organizations on `today`, by currency.
///
/// # Errors
/// When the database fails.
pub fn open_everywhere(read: &Read<'_>, today: Date) -> Result<Vec<OpenBalance>> {
    read.query(&OPEN_EVERYWHERE, params![today], |row| {
        let currency = row.code(0, Currency::from_code)?;
        let money = |index| Ok::<_, crate::Error>(Money::new(row.get(index)?, currency));
        Ok(OpenBalance { owed: money(1)?, overdue: money(2)?, credit: money(3)? })
    })
}

/// Charges of an organization that an invoice of a day takes up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WaitingCharges {
    /// Whose.
    pub organization_id: OrganizationId,
    /// Its name.
    pub organization_name: String,
    /// The day of the invoice.
    pub invoice_on: Date,
    /// How many charges.
    pub charges: i64,
    /// What they come to without tax.
    pub amount: Money,
}

/// Charges that invoices up to a day take up, the first day first; at most `limit` rows.
///
/// # Errors
/// When the database fails.
pub fn waiting(read: &Read<'_>, until: Date, limit: usize) -> Result<Vec<WaitingCharges>> {
    read.query(&WAITING_CHARGES, params![until, limit as i64], |row| {
        let currency = row.code(3, Currency::from_code)?;
        Ok(WaitingCharges {
            organization_id: row.get(0)?,
            organization_name: row.get(1)?,
            invoice_on: row.get(2)?,
            charges: row.get(4)?,
            amount: Money::new(row.get(5)?, currency),
        })
    })
}
