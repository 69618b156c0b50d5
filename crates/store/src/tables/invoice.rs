//! Invoices and credit notes, with their lines.

use super::charge::{charge, columns};
use crate::value::{json, json_text};
use crate::{Read, Result, Row, Write, params, statements};
use domain::billing::invoice::{Invoice, InvoiceKind, InvoiceLine, InvoiceState, Totals};
use domain::billing::tax::{TaxCategory, TaxTreatment};
use domain::ids::{BillingProfileId, InvoiceId, OrderId, OrganizationId, PaymentMethodId, SubscriptionId, UserId};
use domain::money::{Currency, Money};
use domain::time::Period;
use jiff::civil::Date;

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT i.id, i.number, i.kind, i.state, i.billing_profile_id, i.subscription_id, i.issued_on, i.due_on, \
             i.period_start, i.period_end, i.currency, i.seller, i.sold_to, i.bill_to, i.purchase_order, \
             i.payment_method_id, i.net, i.taxes, i.gross, i.paid, i.attempts, i.revision, i.first_attempt_on, \
             i.due_step_on FROM invoice i \
             WHERE i.organization_id = $1 ",
            $rest
        )
    };
}

/// An invoice in a list, with the first product by name and how many there are.
macro_rules! listed {
    () => {
        "SELECT i.id, i.number, i.kind, i.state, i.billing_profile_id, i.subscription_id, i.issued_on, i.due_on, \
         i.currency, i.gross, i.paid, (SELECT MIN(l.product_name) FROM invoice_line l \
         WHERE l.organization_id = i.organization_id AND l.invoice_id = i.id), \
         (SELECT COUNT(DISTINCT l.product_name) FROM invoice_line l \
         WHERE l.organization_id = i.organization_id AND l.invoice_id = i.id) \
         FROM invoice i WHERE i.organization_id = $1 "
    };
}

/// Only those that one person's own subscriptions or billing profiles are for, unless `$2`.
macro_rules! held_by {
    () => {
        concat!(
            "AND ($2 OR EXISTS (SELECT 1 FROM subscription s WHERE s.organization_id = i.organization_id \
             AND s.id = i.subscription_id AND s.holder_id = $3) OR i.billing_profile_id IN ",
            profiles_of!("$3"),
            ") "
        )
    };
}

statements! {
    INVOICE_BY_ID: organization = select!("AND i.id = $2");
    INVOICE_ID_BY_NUMBER: organization = "SELECT id FROM invoice WHERE organization_id = $1 AND number = $2";
    INVOICE_LINES: organization = concat!("SELECT ", columns!(), ", l.ordinal, l.product_name, l.part_number, \
        l.order_number, l.net, l.tax_category, l.tax_rate, l.tax_amount, l.customer_name FROM invoice_line l \
        JOIN charge c ON c.organization_id = l.organization_id AND c.id = l.charge_id WHERE l.organization_id = $1 \
        AND l.invoice_id = $2 ORDER BY l.ordinal");
    INVOICES: organization = concat!(listed!(), held_by!(),
        "AND i.issued_on >= $4 AND i.issued_on <= $5 AND ($6 OR (i.issued_on, i.id) < ($7, $8)) \
        ORDER BY i.issued_on DESC, i.id DESC LIMIT $9");
    INVOICES_NUMBERED: organization = concat!(listed!(), held_by!(),
        "AND i.number LIKE $4 ESCAPE '\\' ORDER BY i.issued_on DESC, i.id DESC LIMIT $5");
    // An order belongs to one subscription; its invoices are among those of the subscription.
    INVOICES_OF_SUBSCRIPTION: organization = concat!(listed!(), "AND i.id IN (SELECT c.invoice_id FROM charge c \
        WHERE c.organization_id = $1 AND c.subscription_id = $2 AND ($3 OR c.order_id = $4)) \
        ORDER BY i.issued_on DESC, i.id DESC LIMIT $5");
    INVOICES_UNSETTLED: organization = concat!(listed!(), held_by!(), "AND i.state IN ('open', 'partly_paid') \
        ORDER BY i.due_on, i.id LIMIT $4");
    OPEN_BALANCES: organization = concat!("SELECT i.currency, \
        CAST(SUM(CASE WHEN i.gross > 0 THEN i.gross - i.paid ELSE 0 END) AS BIGINT), \
        CAST(SUM(CASE WHEN i.gross > 0 AND i.due_on < $4 THEN i.gross - i.paid ELSE 0 END) AS BIGINT), \
        CAST(SUM(CASE WHEN i.gross < 0 THEN i.paid - i.gross ELSE 0 END) AS BIGINT) \
        FROM invoice i WHERE i.organization_id = $1 ", held_by!(),
        "AND i.state IN ('open', 'partly_paid') GROUP BY i.currency ORDER BY i.currency");
    OVERDUE_TRANSFERS: organization = "SELECT currency, CAST(SUM(gross - paid) AS BIGINT) FROM invoice \
        WHERE organization_id = $1 AND gross > 0 AND due_on < $2 AND payment_method_id IS NULL \
        AND state IN ('open', 'partly_paid') GROUP BY currency ORDER BY currency";
    CORRECTED_INVOICES: organization = "SELECT DISTINCT i.number, i.issued_on FROM invoice_line l \
        JOIN charge c ON c.organization_id = l.organization_id AND c.id = l.charge_id \
        JOIN charge r ON r.organization_id = c.organization_id AND r.id = c.reverses_id \
        JOIN invoice i ON i.organization_id = r.organization_id AND i.id = r.invoice_id \
        WHERE l.organization_id = $1 AND l.invoice_id = $2 ORDER BY i.issued_on, i.number";
    LAST_INVOICED: organization = "SELECT MAX(period_end) FROM invoice WHERE organization_id = $1 \
        AND billing_profile_id = $2";
    LAST_INVOICED_ALONE: organization = "SELECT MAX(period_end) FROM invoice WHERE organization_id = $1 \
        AND billing_profile_id = $2 AND subscription_id = $3";
    INVOICES_TO_COLLECT: organization = select!("AND i.due_step_on = (SELECT MIN(due_step_on) FROM invoice \
        WHERE organization_id = $1 AND due_step_on IS NOT NULL) AND i.due_step_on <= $2 ORDER BY i.id LIMIT $3");
    INVOICES_TO_COLLECT_BY: organization = select!("AND i.due_step_on <= $2 AND i.kind = 'invoice' AND i.id > $3 \
        ORDER BY i.id LIMIT $4");
    // What has no holder is the organization's; a user who bought for the team pays, and gets back, alone (R17).
    INVOICES_TO_SETTLE_WITH: organization = select!("AND i.billing_profile_id = $2 AND i.currency = $3 \
        AND i.kind = $4 AND i.state IN ('open', 'partly_paid') \
        AND (SELECT s.holder_id FROM subscription s WHERE s.organization_id = $1 AND s.id = i.subscription_id) \
        IS NOT DISTINCT FROM \
        (SELECT s.holder_id FROM subscription s WHERE s.organization_id = $1 AND s.id = $5) \
        AND NOT EXISTS (SELECT 1 FROM payment p WHERE p.organization_id = i.organization_id \
        AND p.invoice_id = i.id AND p.state IN ('pending', 'confirmation_required')) ORDER BY i.issued_on, i.id");
    INVOICES_UNSETTLED_OF_KIND: organization = select!("AND i.kind = $2 AND i.state IN ('open', 'partly_paid') \
        ORDER BY i.issued_on, i.id LIMIT $3");
    UNPAID_OF_SUBSCRIPTION: organization = "SELECT i.id FROM invoice i WHERE i.organization_id = $1 \
        AND i.state IN ('open', 'partly_paid') AND i.gross > 0 AND i.payment_method_id IS NOT NULL \
        AND i.due_step_on IS NULL AND i.due_on < $3 AND NOT EXISTS (SELECT 1 FROM payment p \
        WHERE p.organization_id = i.organization_id AND p.invoice_id = i.id \
        AND p.state IN ('pending', 'confirmation_required')) AND EXISTS (SELECT 1 FROM invoice_line l \
        JOIN charge c ON c.organization_id = l.organization_id AND c.id = l.charge_id \
        WHERE l.organization_id = i.organization_id AND l.invoice_id = i.id AND c.subscription_id = $2)";
    // What was due, or was tried and declined, and is not being paid at this moment.
    OWED_OF_SUBSCRIPTION: organization = "SELECT COUNT(*) FROM invoice i WHERE i.organization_id = $1 \
        AND i.state IN ('open', 'partly_paid') AND i.gross > 0 AND (i.due_on < $3 OR i.attempts > 0) \
        AND NOT EXISTS (SELECT 1 FROM payment p WHERE p.organization_id = i.organization_id AND p.invoice_id = i.id \
        AND p.state IN ('pending', 'confirmation_required')) AND EXISTS (SELECT 1 FROM invoice_line l \
        JOIN charge c ON c.organization_id = l.organization_id AND c.id = l.charge_id \
        WHERE l.organization_id = i.organization_id AND l.invoice_id = i.id AND c.subscription_id = $2)";
    // What a partner sold to its customers.
    SALES_ON_INVOICE: organization = "SELECT DISTINCT c.subscriber_id, c.subscription_id FROM invoice_line l \
        JOIN charge c ON c.organization_id = l.organization_id AND c.id = l.charge_id WHERE l.organization_id = $1 \
        AND l.invoice_id = $2 AND c.subscriber_id <> c.organization_id ORDER BY c.subscriber_id, c.subscription_id";
    // What a declined payment method left unpaid is tried with the one that replaced it.
    FAILED_OF_METHOD: organization = select!("AND i.payment_method_id = $2 AND i.state IN ('open', 'partly_paid') \
        AND i.attempts > 0 AND i.gross > 0 AND NOT EXISTS (SELECT 1 FROM payment p \
        WHERE p.organization_id = i.organization_id AND p.invoice_id = i.id \
        AND p.state IN ('pending', 'confirmation_required')) ORDER BY i.due_on, i.id");
    COLLECT_AGAIN: organization = "UPDATE invoice SET due_step_on = $3, revision = revision + 1 \
        WHERE organization_id = $1 AND payment_method_id = $2 AND state IN ('open', 'partly_paid') AND attempts > 0 \
        AND gross > 0";
    // Except those of which a payment is under way: how it ends, decides.
    REPLACE_INVOICE_PAYMENT_METHOD: organization = "UPDATE invoice SET payment_method_id = $3, revision = revision + 1 \
        WHERE organization_id = $1 AND payment_method_id = $2 AND state IN ('open', 'partly_paid') AND gross > 0 \
        AND NOT EXISTS (SELECT 1 FROM payment p WHERE p.organization_id = invoice.organization_id \
        AND p.invoice_id = invoice.id AND p.state IN ('pending', 'confirmation_required'))";
    INSERT_INVOICE: organization = "INSERT INTO invoice (organization_id, id, number, kind, state, billing_profile_id, \
        subscription_id, issued_on, due_on, period_start, period_end, currency, seller, sold_to, bill_to, \
        purchase_order, payment_method_id, net, taxes, gross, paid, due_step_on) VALUES ($1, $2, $3, $4, $5, $6, $7, \
        $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22)";
    INSERT_INVOICE_LINE: organization = "INSERT INTO invoice_line (organization_id, invoice_id, ordinal, charge_id, \
        product_name, part_number, order_number, net, tax_category, tax_rate, tax_amount, customer_name) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";
    UPDATE_INVOICE: organization = "UPDATE invoice SET state = $4, paid = $5, payment_method_id = $6, attempts = $7, \
        due_step_on = $8, first_attempt_on = $9, due_on = $10, revision = revision + 1 WHERE organization_id = $1 AND id = $2 AND revision = $3";
}

/// An invoice as it stands in the database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredInvoice {
    /// The invoice.
    pub invoice: Invoice,
    /// How often it was tried to collect it.
    pub attempts: u32,
    /// The day on which that was tried first.
    pub first_attempt_on: Option<Date>,
    /// The day of the next attempt, or of the next step; nothing when nothing is to be done.
    pub due_step_on: Option<Date>,
}

impl StoredInvoice {
    /// An invoice that was just made: nobody tried to collect it.
    #[must_use]
    pub fn new(invoice: Invoice) -> Self {
        Self { attempts: 0, first_attempt_on: None, due_step_on: invoice.first_step_on(), invoice }
    }
}

/// An invoice as a list shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedInvoice {
    /// Identity.
    pub id: InvoiceId,
    /// The number.
    pub number: String,
    /// What it is.
    pub kind: InvoiceKind,
    /// Where it stands.
    pub state: InvoiceState,
    /// Whose.
    pub billing_profile_id: BillingProfileId,
    /// The one subscription that it is for, under MOSA.
    pub subscription_id: Option<SubscriptionId>,
    /// The civil day of the invoice.
    pub issued_on: Date,
    /// The civil day on which it has to be paid.
    pub due_on: Date,
    /// With tax.
    pub total: Money,
    /// What was paid of it.
    pub paid: Money,
    /// A product that it is for; the first by name.
    pub product_name: String,
    /// How many products it is for.
    pub products: u32,
}

impl ListedInvoice {
    /// What is still to be paid; below nothing for what a credit note still gives.
    #[must_use]
    pub fn balance(&self) -> Money {
        let left = if self.state == InvoiceState::Void { 0 } else { self.total.minor - self.paid.minor };
        Money::new(left, self.total.currency)
    }
}

fn stored(row: &Row<'_>) -> Result<StoredInvoice> {
    let currency = row.code(10, Currency::from_code)?;
    let money = |index: usize| Ok::<_, crate::Error>(Money::new(row.get(index)?, currency));
    let invoice = Invoice {
        id: row.get(0)?,
        number: row.get(1)?,
        kind: row.code(2, InvoiceKind::from_code)?,
        state: row.code(3, InvoiceState::from_code)?,
        billing_profile_id: row.get(4)?,
        subscription_id: row.get(5)?,
        issued_on: row.get(6)?,
        due_on: row.get(7)?,
        billing_period: Period { start: row.get(8)?, end: row.get(9)? },
        currency,
        seller: json(row, 11)?,
        sold_to: json(row, 12)?,
        bill_to: json(row, 13)?,
        purchase_order: row.get(14)?,
        payment_method_id: row.get(15)?,
        lines: Vec::new(),
        totals: Totals { net: money(16)?, taxes: json(row, 17)?, gross: money(18)? },
        paid: money(19)?,
        revision: row.get(21)?,
    };
    Ok(StoredInvoice { invoice, attempts: row.get(20)?, first_attempt_on: row.get(22)?, due_step_on: row.get(23)? })
}

fn line(row: &Row<'_>) -> Result<InvoiceLine> {
    let charge = charge(row)?;
    let currency = charge.line.amount.currency;
    Ok(InvoiceLine {
        ordinal: row.get(20)?,
        charge_id: charge.id,
        kind: charge.line.kind,
        subscription_id: charge.subscription_id,
        product_name: row.get(21)?,
        part_number: row.get(22)?,
        order_number: row.get::<Option<i64>>(23)?.map(i64::unsigned_abs),
        quantity: charge.line.quantity,
        unit_price: charge.line.unit_price,
        includes_tax: charge.line.includes_tax,
        service_period: charge.line.service_period,
        billing_period: charge.line.billing_period,
        share: charge.line.share,
        net: Money::new(row.get(24)?, currency),
        tax: TaxTreatment { category: row.code(25, TaxCategory::from_code)?, rate: row.get(26)? },
        tax_amount: Money::new(row.get(27)?, currency),
        customer_name: row.get(28)?,
    })
}

fn listed(row: &Row<'_>) -> Result<ListedInvoice> {
    let currency = row.code(8, Currency::from_code)?;
    Ok(ListedInvoice {
        id: row.get(0)?,
        number: row.get(1)?,
        kind: row.code(2, InvoiceKind::from_code)?,
        state: row.code(3, InvoiceState::from_code)?,
        billing_profile_id: row.get(4)?,
        subscription_id: row.get(5)?,
        issued_on: row.get(6)?,
        due_on: row.get(7)?,
        total: Money::new(row.get(9)?, currency),
        paid: Money::new(row.get(10)?, currency),
        product_name: row.get::<Option<String>>(11)?.unwrap_or_default(),
        products: row.get(12)?,
    })
}

/// The invoice with its lines.
///
/// # Errors
/// When the database fails.
pub fn find(read: &Read<'_>, id: InvoiceId) -> Result<Option<StoredInvoice>> {
    let Some(mut found) = read.query_one(&INVOICE_BY_ID, params![id], stored)? else { return Ok(None) };
    found.invoice.lines = read.query(&INVOICE_LINES, params![id], line)?;
    Ok(Some(found))
}

/// The invoice of the organization with this number, with its lines.
///
/// # Errors
/// When the database fails.
pub fn find_by_number(read: &Read<'_>, number: &str) -> Result<Option<StoredInvoice>> {
    let id = read.query_one(&INVOICE_ID_BY_NUMBER, params![number], |row| row.get(0))?;
    id.map_or(Ok(None), |id| find(read, id))
}

/// Invoices of some days, the newest first, after the last one of the page before; only those for the subscriptions of
/// one person when `holder` says whose.
///
/// # Errors
/// When the database fails.
pub fn list(
    read: &Read<'_>,
    holder: Option<UserId>,
    from: Date,
    to: Date,
    after: Option<(Date, InvoiceId)>,
    limit: usize,
) -> Result<Vec<ListedInvoice>> {
    let (day, id) = after.map_or((to, uuid::Uuid::nil()), |(day, id)| (day, id.uuid()));
    let rows = params![holder.is_none(), holder, from, to, after.is_none(), day, id, limit as i64];
    read.query(&INVOICES, rows, listed)
}

/// Invoices whose number contains what was typed, the newest first; likewise only one person's.
///
/// # Errors
/// When the database fails.
pub fn numbered(read: &Read<'_>, holder: Option<UserId>, typed: &str, limit: usize) -> Result<Vec<ListedInvoice>> {
    let pattern = format!("%{}%", super::escape_like(&typed.to_uppercase()));
    read.query(&INVOICES_NUMBERED, params![holder.is_none(), holder, pattern, limit as i64], listed)
}

/// Invoices that are not settled, the first due first; likewise only one person's.
///
/// # Errors
/// When the database fails.
pub fn unsettled(read: &Read<'_>, holder: Option<UserId>, limit: usize) -> Result<Vec<ListedInvoice>> {
    read.query(&INVOICES_UNSETTLED, params![holder.is_none(), holder, limit as i64], listed)
}

/// What is open in one currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OpenBalance {
    /// What is still to be paid.
    pub owed: Money,
    /// The part of it that should have been paid before today.
    pub overdue: Money,
    /// What credit notes still give; not below nothing.
    pub credit: Money,
}

/// What is open on `today` in each currency; likewise only one person's.
///
/// # Errors
/// When the database fails.
pub fn open_balances(read: &Read<'_>, holder: Option<UserId>, today: Date) -> Result<Vec<OpenBalance>> {
    read.query(&OPEN_BALANCES, params![holder.is_none(), holder, today], |row| {
        let currency = row.code(0, Currency::from_code)?;
        let money = |index| Ok::<_, crate::Error>(Money::new(row.get(index)?, currency));
        Ok(OpenBalance { owed: money(1)?, overdue: money(2)?, credit: money(3)? })
    })
}

/// What should have been paid before `today` by a transfer of the customer, in each currency.
///
/// # Errors
/// When the database fails.
pub fn overdue_transfers(read: &Read<'_>, today: Date) -> Result<Vec<Money>> {
    read.query(&OVERDUE_TRANSFERS, params![today], |row| Ok(Money::new(row.get(1)?, row.code(0, Currency::from_code)?)))
}

/// The newest invoices that are for a subscription, or for one of its orders.
///
/// # Errors
/// When the database fails.
pub fn of_subscription(
    read: &Read<'_>,
    subscription: SubscriptionId,
    order: Option<OrderId>,
    limit: usize,
) -> Result<Vec<ListedInvoice>> {
    let rows = params![subscription, order.is_none(), order, limit as i64];
    read.query(&INVOICES_OF_SUBSCRIPTION, rows, listed)
}

/// The earlier invoices of which an invoice takes back a part, with their days.
///
/// # Errors
/// When the database fails.
pub fn corrected_by(read: &Read<'_>, id: InvoiceId) -> Result<Vec<(String, Date)>> {
    read.query(&CORRECTED_INVOICES, params![id], |row| Ok((row.get(0)?, row.get(1)?)))
}

/// The first day that no invoice of a billing profile, or of one of its subscriptions, covers yet.
///
/// # Errors
/// When the database fails.
pub fn last_invoiced(
    read: &Read<'_>,
    profile: BillingProfileId,
    subscription: Option<SubscriptionId>,
) -> Result<Option<Date>> {
    let last = |row: &Row<'_>| row.get(0);
    let found = match subscription {
        Some(id) => read.query_one(&LAST_INVOICED_ALONE, params![profile, id], last),
        None => read.query_one(&LAST_INVOICED, params![profile], last),
    };
    Ok(found?.flatten())
}

/// Invoices, without their lines, whose next attempt or reminder is due by `today`: all of the earliest such day, as
/// many as `limit`.
///
/// # Errors
/// When the database fails.
pub fn to_collect(read: &Read<'_>, today: Date, limit: usize) -> Result<Vec<StoredInvoice>> {
    read.query(&INVOICES_TO_COLLECT, params![today, limit as i64], stored)
}

/// Invoices that are to be followed up by a day, by their id from `after` on.
///
/// # Errors
/// When the database fails.
pub fn to_collect_by(
    read: &Read<'_>,
    through: Date,
    after: Option<InvoiceId>,
    limit: usize,
) -> Result<Vec<StoredInvoice>> {
    let after = after.map_or(uuid::Uuid::nil(), InvoiceId::uuid);
    read.query(&INVOICES_TO_COLLECT_BY, params![through, after, limit as i64], stored)
}

/// Invoices, or credit notes, that can be settled with a document, the oldest first, without their lines: those of its
/// billing profile, payer and currency of which no payment is under way.
///
/// # Errors
/// When the database fails.
pub fn to_settle_with(read: &Read<'_>, document: &Invoice, kind: InvoiceKind) -> Result<Vec<StoredInvoice>> {
    let Invoice { billing_profile_id, currency, subscription_id, .. } = document;
    let params = params![*billing_profile_id, currency.code(), kind.code(), *subscription_id];
    read.query(&INVOICES_TO_SETTLE_WITH, params, stored)
}

/// Invoices, or credit notes, that are not settled, the oldest first, without their lines.
///
/// # Errors
/// When the database fails.
pub fn unsettled_of_kind(read: &Read<'_>, kind: InvoiceKind, limit: usize) -> Result<Vec<StoredInvoice>> {
    read.query(&INVOICES_UNSETTLED_OF_KIND, params![kind.code(), limit as i64], stored)
}

/// What an invoice of a partner is for that it sold: each customer with the subscription.
///
/// # Errors
/// When the database fails.
pub fn sales_on(read: &Read<'_>, id: InvoiceId) -> Result<Vec<(OrganizationId, SubscriptionId)>> {
    read.query(&SALES_ON_INVOICE, params![id], |row| Ok((row.get(0)?, row.get(1)?)))
}

/// The invoices with this subscription on them that should have been paid by themselves before `today`, are not tried
/// again, and that nobody is paying at this moment: they keep it disabled.
///
/// # Errors
/// When the database fails.
pub fn unpaid_of(read: &Read<'_>, subscription: SubscriptionId, today: Date) -> Result<Vec<InvoiceId>> {
    read.query(&UNPAID_OF_SUBSCRIPTION, params![subscription, today], |row| row.get(0))
}

/// Whether there are such invoices.
///
/// # Errors
/// When the database fails.
pub fn is_unpaid(read: &Read<'_>, subscription: SubscriptionId, today: Date) -> Result<bool> {
    Ok(!unpaid_of(read, subscription, today)?.is_empty())
}

/// Whether something of a subscription was due before `today`, or was declined, and is not paid.
///
/// # Errors
/// When the database fails.
pub fn is_owed(read: &Read<'_>, subscription: SubscriptionId, today: Date) -> Result<bool> {
    let count = read.query_one(&OWED_OF_SUBSCRIPTION, params![subscription, today], |row| row.get::<i64>(0))?;
    Ok(count.unwrap_or_default() > 0)
}

/// The invoices that a payment method failed to pay and that nobody is paying at this moment, the first due first,
/// without their lines.
///
/// # Errors
/// When the database fails.
pub fn failed_of_method(read: &Read<'_>, failed: PaymentMethodId) -> Result<Vec<StoredInvoice>> {
    read.query(&FAILED_OF_METHOD, params![failed], stored)
}

/// Lets every invoice that a payment method failed to pay be collected again on a day.
///
/// # Errors
/// When the database fails.
pub fn collect_again(write: &Write<'_>, failed: PaymentMethodId, on: Date) -> Result<()> {
    write.change_some(&COLLECT_AGAIN, params![failed, on])
}

/// Lets a payment method pay for every unsettled invoice that another one was to pay, except where a payment is under
/// way.
///
/// # Errors
/// When the database fails.
pub fn replace_payment_method(write: &Write<'_>, from: PaymentMethodId, to: PaymentMethodId) -> Result<()> {
    write.change_some(&REPLACE_INVOICE_PAYMENT_METHOD, params![from, to])
}

/// Adds an invoice with its lines, and the day of the first step that it needs.
///
/// # Errors
/// When the database fails, or the number is taken.
pub fn insert(write: &Write<'_>, new: &Invoice) -> Result<()> {
    write.change(
        &INSERT_INVOICE,
        params![
            new.id,
            new.number,
            new.kind.code(),
            new.state.code(),
            new.billing_profile_id,
            new.subscription_id,
            new.issued_on,
            new.due_on,
            new.billing_period.start,
            new.billing_period.end,
            new.currency.code(),
            json_text(&new.seller),
            json_text(&new.sold_to),
            json_text(&new.bill_to),
            new.purchase_order,
            new.payment_method_id,
            new.totals.net.minor,
            json_text(&new.totals.taxes),
            new.totals.gross.minor,
            new.paid.minor,
            new.first_step_on()
        ],
    )?;
    new.lines.iter().try_for_each(|line| {
        write.change(
            &INSERT_INVOICE_LINE,
            params![
                new.id,
                line.ordinal,
                line.charge_id,
                line.product_name,
                line.part_number,
                line.order_number.map(|number| number as i64),
                line.net.minor,
                line.tax.category.code(),
                line.tax.rate,
                line.tax_amount.minor,
                line.customer_name
            ],
        )
    })
}

/// Saves what was paid of an invoice that was read at its revision, what pays it until when, and its next step.
///
/// # Errors
/// When the database fails, or somebody changed it meanwhile.
pub fn update(write: &Write<'_>, changed: &StoredInvoice) -> Result<()> {
    let StoredInvoice { invoice, attempts, first_attempt_on, due_step_on } = changed;
    write.change(
        &UPDATE_INVOICE,
        params![
            invoice.id,
            invoice.revision,
            invoice.state.code(),
            invoice.paid.minor,
            invoice.payment_method_id,
            *attempts,
            *due_step_on,
            *first_attempt_on,
            invoice.due_on
        ],
    )
}
