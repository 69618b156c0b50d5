//! What must hold between rows, counted: how many were looked at, and how many do not hold.

use crate::{Read, Result, Sql, params, statements};

statements! {
    // D2: never a license more than was bought.
    OVERASSIGNED: organization = "SELECT COUNT(*), \
        CAST(COALESCE(SUM(CASE WHEN s.assigned > s.quantity OR s.assigned < 0 THEN 1 ELSE 0 END), 0) AS BIGINT) \
        FROM subscription s WHERE s.organization_id = $1";
    SUBSCRIPTION_COUNTERS: organization = "SELECT COUNT(*), CAST(COALESCE(SUM(CASE \
        WHEN s.assigned = (SELECT COUNT(*) FROM assignment a WHERE a.organization_id = s.organization_id \
        AND a.subscription_id = s.id AND a.conflict_since IS NULL) \
        AND s.conflicts = (SELECT COUNT(*) FROM assignment a WHERE a.organization_id = s.organization_id \
        AND a.subscription_id = s.id AND a.conflict_since IS NOT NULL) THEN 0 ELSE 1 END), 0) AS BIGINT) \
        FROM subscription s WHERE s.organization_id = $1";
    USER_COUNTERS: organization = "SELECT COUNT(*), CAST(COALESCE(SUM(CASE \
        WHEN u.license_count = (SELECT COUNT(*) FROM assignment a WHERE a.organization_id = u.organization_id \
        AND a.user_id = u.id) THEN 0 ELSE 1 END), 0) AS BIGINT) FROM \"user\" u WHERE u.organization_id = $1";
    GROUP_COUNTERS: organization = "SELECT COUNT(*), CAST(COALESCE(SUM(CASE \
        WHEN g.member_count = (SELECT COUNT(*) FROM group_member m WHERE m.organization_id = g.organization_id \
        AND m.group_id = g.id) THEN 0 ELSE 1 END), 0) AS BIGINT) FROM \"group\" g WHERE g.organization_id = $1";
    LICENSE_HOLDERS: organization = "SELECT COUNT(*), \
        CAST(COALESCE(SUM(CASE WHEN u.state = 'deleted' OR s.product_id <> a.product_id THEN 1 ELSE 0 END), 0) \
        AS BIGINT) FROM assignment a JOIN \"user\" u ON u.organization_id = a.organization_id AND u.id = a.user_id \
        JOIN subscription s ON s.organization_id = a.organization_id AND s.id = a.subscription_id \
        WHERE a.organization_id = $1";
    SEARCH_WORDS: organization = "SELECT COUNT(*), \
        CAST(COALESCE(SUM(CASE WHEN u.id IS NULL OR u.state = 'deleted' THEN 1 ELSE 0 END), 0) AS BIGINT) \
        FROM user_word w LEFT JOIN \"user\" u ON u.organization_id = w.organization_id AND u.id = w.user_id \
        WHERE w.organization_id = $1";
    // Numbers count from 1 without gaps, up to the count that the organization keeps.
    ORDER_NUMBERS: organization = "SELECT COUNT(*), CASE WHEN COUNT(*) = COALESCE(MAX(o.number), 0) \
        AND COUNT(*) = (SELECT order_count FROM organization WHERE id = $1) THEN CAST(0 AS BIGINT) \
        ELSE CAST(1 AS BIGINT) END FROM \"order\" o WHERE o.organization_id = $1";
    LEDGER_ENTRIES: organization = "SELECT COUNT(*), \
        CAST(COALESCE(SUM(CASE WHEN e.total = 0 THEN 0 ELSE 1 END), 0) AS BIGINT) FROM (SELECT SUM(amount) AS total \
        FROM ledger_posting WHERE organization_id = $1 GROUP BY entry_id, currency) e";
    LEDGER_BALANCES: organization = "SELECT COUNT(*), CAST(COALESCE(SUM(CASE WHEN b.debit - b.credit = \
        (SELECT COALESCE(SUM(p.amount), 0) FROM ledger_posting p WHERE p.organization_id = b.organization_id \
        AND p.account = b.account AND p.currency = b.currency) THEN 0 ELSE 1 END), 0) AS BIGINT) \
        FROM ledger_balance b WHERE b.organization_id = $1";
    RECEIVABLES: organization = "SELECT COUNT(*), CAST(COALESCE(SUM(CASE WHEN o.open = COALESCE((SELECT b.debit - \
        b.credit FROM ledger_balance b WHERE b.organization_id = $1 AND b.account = 'receivable' AND b.currency = \
        o.currency), 0) THEN 0 ELSE 1 END), 0) AS BIGINT) FROM (SELECT e.currency, SUM(e.owed) AS open \
        FROM (SELECT currency, CASE WHEN state = 'void' THEN 0 ELSE gross - paid END AS owed \
        FROM invoice WHERE organization_id = $1 \
        UNION ALL SELECT currency, used - amount FROM profile_credit WHERE organization_id = $1) e \
        GROUP BY e.currency) o";
    INVOICE_LINE_SUMS: organization = "SELECT COUNT(*), CAST(COALESCE(SUM(CASE WHEN i.net = (SELECT \
        COALESCE(SUM(l.net), 0) FROM invoice_line l WHERE l.organization_id = i.organization_id AND l.invoice_id = \
        i.id) THEN 0 ELSE 1 END), 0) AS BIGINT) FROM invoice i WHERE i.organization_id = $1";
    INVOICE_PAYMENTS: organization = "SELECT COUNT(*), CAST(COALESCE(SUM(CASE WHEN i.paid = (SELECT \
        COALESCE(SUM(p.amount), 0) FROM payment p WHERE p.organization_id = i.organization_id AND p.invoice_id = \
        i.id AND p.state = 'succeeded') THEN 0 ELSE 1 END), 0) AS BIGINT) FROM invoice i WHERE i.organization_id = \
        $1";
    CREDITED_CHARGES: organization = "SELECT COUNT(*), CAST(COALESCE(SUM(CASE WHEN c.credited = (SELECT \
        COALESCE(-SUM(r.amount), 0) FROM charge r WHERE r.organization_id = c.organization_id AND r.reverses_id = \
        c.id) THEN 0 ELSE 1 END), 0) AS BIGINT) FROM charge c WHERE c.organization_id = $1";
    // What a partner sold is charged at the customer and stands in the books of the partner; work that waits may still
    // bring it there.
    SOLD_CHARGES: organization = "SELECT COUNT(*), CAST(COALESCE(SUM(CASE WHEN EXISTS (SELECT 1 FROM charge t \
        WHERE t.organization_id = COALESCE(c.partner_id, c.subscriber_id) AND t.id = c.id \
        AND COALESCE(t.partner_id, t.subscriber_id) = c.organization_id AND t.subscription_id = c.subscription_id \
        AND t.amount = c.amount AND t.currency = c.currency AND t.quantity = c.quantity \
        AND t.quantity_left = c.quantity_left AND t.credited = c.credited) OR EXISTS (SELECT 1 FROM job j \
        WHERE j.organization_id = c.subscriber_id AND j.kind = 'charge_partner' \
        AND j.state IN ('waiting', 'running')) THEN 0 ELSE 1 END), 0) AS BIGINT) FROM charge c \
        WHERE c.organization_id = $1 AND (c.partner_id IS NOT NULL OR c.subscriber_id <> c.organization_id)";
    // The seller counts its invoices over all organizations.
    INVOICE_NUMBERS: shared = "SELECT COUNT(*), CASE WHEN COUNT(*) = (SELECT invoice_count FROM seller \
        WHERE code = 'zetel') THEN CAST(0 AS BIGINT) ELSE CAST(1 AS BIGINT) END FROM invoice";
}

/// How many rows were looked at, and how many of them are wrong.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counted {
    /// Rows that were looked at.
    pub looked_at: i64,
    /// Rows that are wrong.
    pub wrong: i64,
}

/// What must hold between rows of one organization.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Invariant {
    /// No subscription has more licenses in use than were bought (D2).
    WithinQuantity,
    /// Subscriptions count their licenses in use and their conflicts.
    SubscriptionCounters,
    /// People count their licenses.
    UserCounters,
    /// Groups count their members.
    GroupCounters,
    /// Whoever has a license is not deleted, and the license is of the product of its subscription.
    LicenseHolders,
    /// Words of search lead to people who are there.
    SearchWords,
    /// Order numbers have no gaps.
    OrderNumbers,
    /// The sides of every entry of the ledger come to nothing.
    LedgerEntries,
    /// The sums that the ledger keeps are those of its postings.
    LedgerBalances,
    /// What customers owe in the ledger is what is open of their invoices, less their credit.
    Receivables,
    /// Invoices come to what their lines do.
    InvoiceLines,
    /// What was paid of invoices is what their payments come to.
    InvoicePayments,
    /// Charges know what credits took back of them.
    CreditedCharges,
    /// What partners sold is charged to them as it is at their customers.
    SoldCharges,
}

impl Invariant {
    /// All of them.
    pub const ALL: [Self; 14] = [
        Self::WithinQuantity,
        Self::SubscriptionCounters,
        Self::UserCounters,
        Self::GroupCounters,
        Self::LicenseHolders,
        Self::SearchWords,
        Self::OrderNumbers,
        Self::LedgerEntries,
        Self::LedgerBalances,
        Self::Receivables,
        Self::InvoiceLines,
        Self::InvoicePayments,
        Self::CreditedCharges,
        Self::SoldCharges,
    ];

    const fn statement(self) -> &'static Sql {
        match self {
            Self::WithinQuantity => &OVERASSIGNED,
            Self::SubscriptionCounters => &SUBSCRIPTION_COUNTERS,
            Self::UserCounters => &USER_COUNTERS,
            Self::GroupCounters => &GROUP_COUNTERS,
            Self::LicenseHolders => &LICENSE_HOLDERS,
            Self::SearchWords => &SEARCH_WORDS,
            Self::OrderNumbers => &ORDER_NUMBERS,
            Self::LedgerEntries => &LEDGER_ENTRIES,
            Self::LedgerBalances => &LEDGER_BALANCES,
            Self::Receivables => &RECEIVABLES,
            Self::InvoiceLines => &INVOICE_LINE_SUMS,
            Self::InvoicePayments => &INVOICE_PAYMENTS,
            Self::CreditedCharges => &CREDITED_CHARGES,
            Self::SoldCharges => &SOLD_CHARGES,
        }
    }
}

/// Looks whether something holds in one organization.
///
/// # Errors
/// When the database fails.
pub fn count(read: &Read<'_>, invariant: Invariant) -> Result<Counted> {
    counted(read, invariant.statement())
}

/// Looks whether the invoices of all organizations are numbered without gaps.
///
/// # Errors
/// When the database fails.
pub fn count_invoice_numbers(read: &Read<'_>) -> Result<Counted> {
    counted(read, &INVOICE_NUMBERS)
}

fn counted(read: &Read<'_>, statement: &Sql) -> Result<Counted> {
    let counted =
        read.query_one(statement, params![], |row| Ok(Counted { looked_at: row.get(0)?, wrong: row.get(1)? }))?;
    Ok(counted.unwrap_or_default())
}
