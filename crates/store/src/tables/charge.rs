//! Charges: what subscriptions cost, before and after an invoice says so.

use crate::{Read, Result, Row, Write, params, statements};
use domain::billing::charge::{Charge, ChargeKind, NewCharge, Share};
use domain::billing::invoice::Billable;
use domain::billing::tax::{TaxCategory, TaxTreatment};
use domain::ids::{
    BillingProfileId, ChargeId, InvoiceId, OrderId, OrganizationId, PaymentMethodId, SubscriptionId, UserId,
};
use domain::money::{Currency, Money};
use domain::subscription::undo_take_over::Credit;
use domain::time::Period;
use jiff::civil::Date;

macro_rules! columns {
    () => {
        "c.id, c.subscription_id, c.order_id, c.kind, c.quantity, c.currency, c.unit_price, c.service_start, \
         c.service_end, c.billing_start, c.billing_end, c.share_numerator, c.share_denominator, c.amount, \
         c.reverses_id, c.charged_on, c.invoice_on, c.quantity_left, c.credited, c.includes_tax"
    };
}
pub(super) use columns;

macro_rules! to_invoice {
    ($rest:literal) => {
        concat!(
            "SELECT ",
            columns!(),
            ", p.name, k.part_number, o.number, b.name, t.tax_category, t.tax_rate FROM charge c JOIN subscription s \
             ON s.organization_id = c.subscriber_id AND s.id = c.subscription_id \
             JOIN product p ON p.id = s.product_id JOIN sku k ON k.id = s.sku_id \
             LEFT JOIN organization b ON b.id = c.subscriber_id AND c.subscriber_id <> c.organization_id \
             LEFT JOIN \"order\" o ON o.organization_id = c.organization_id AND o.id = c.order_id \
             LEFT JOIN invoice_line t ON t.organization_id = c.organization_id AND t.charge_id = c.reverses_id \
             WHERE c.organization_id = $1 AND c.invoice_id IS NULL AND c.partner_id IS NULL ",
            $rest
        )
    };
}

statements! {
    // What a credit can take back: of a billing period that is not over. The purchase also says when it was.
    CHARGES_TO_TAKE_BACK: organization = concat!("SELECT ", columns!(), " FROM charge c WHERE c.organization_id = $1 \
        AND c.subscription_id = $2 AND c.reverses_id IS NULL AND c.quantity_left > 0 \
        AND (c.billing_end > $3 OR c.kind = 'purchase') ORDER BY c.id DESC");
    CHARGES_TO_INVOICE: organization = to_invoice!("AND c.billing_profile_id = $2 \
        AND ($3 AND s.holder_id IS NULL OR c.subscriber_id <> c.organization_id) AND c.invoice_on <= $4 \
        ORDER BY c.service_start, c.id");
    // Where every subscription has an invoice of its own, none of them reads what is due for the others.
    CHARGES_TO_INVOICE_ALONE: organization = to_invoice!("AND c.billing_profile_id = $2 AND c.subscription_id = $3 \
        AND c.invoice_on <= $4 ORDER BY c.service_start, c.id");
    FIRST_TO_INVOICE: organization = "SELECT c.billing_profile_id, c.subscription_id, c.invoice_on, \
        s.holder_id, s.payment_method_id, c.subscriber_id <> c.organization_id FROM charge c JOIN subscription s \
        ON s.organization_id = c.subscriber_id AND s.id = c.subscription_id \
        WHERE c.organization_id = $1 AND c.invoice_id IS NULL AND c.partner_id IS NULL AND c.invoice_on = \
        (SELECT MIN(invoice_on) FROM charge WHERE organization_id = $1 AND invoice_id IS NULL AND partner_id IS NULL) \
        AND c.invoice_on <= $2 ORDER BY c.id LIMIT $3";
    TO_INVOICE_BY: organization = "SELECT DISTINCT c.billing_profile_id, c.subscription_id, c.invoice_on, \
        s.holder_id, s.payment_method_id, c.subscriber_id <> c.organization_id FROM charge c JOIN subscription s \
        ON s.organization_id = c.subscriber_id AND s.id = c.subscription_id \
        WHERE c.organization_id = $1 AND c.invoice_id IS NULL AND c.partner_id IS NULL AND c.invoice_on <= $2 \
        ORDER BY c.invoice_on, c.subscription_id";
    // What the partner is to be charged for a subscription that it sold: what takes back after what it takes from.
    CHARGES_FOR_PARTNER: organization = concat!("SELECT ", columns!(), " FROM charge c WHERE c.organization_id = $1 \
        AND c.subscription_id = $2 AND c.partner_id IS NOT NULL \
        ORDER BY CASE WHEN c.reverses_id IS NULL THEN 0 ELSE 1 END, c.id");
    CHARGES_OF_SALE: organization = "SELECT id FROM charge WHERE organization_id = $1 AND subscription_id = $2 \
        AND subscriber_id = $3";
    HAS_SALES: organization = "SELECT EXISTS (SELECT 1 FROM charge WHERE organization_id = $1 \
        AND (partner_id IS NOT NULL OR subscriber_id <> $1))";
    CREDITS_OF_ORDER: organization = concat!("SELECT ", columns!(), ", c.invoice_id IS NOT NULL FROM charge c \
        WHERE c.organization_id = $1 AND c.subscription_id = $2 AND c.order_id = $3 AND c.reverses_id IS NOT NULL \
        ORDER BY c.id");
    INSERT_CHARGE: organization = "INSERT INTO charge (organization_id, id, subscription_id, billing_profile_id, order_id, \
        kind, quantity, currency, unit_price, service_start, service_end, billing_start, billing_end, share_numerator, \
        share_denominator, amount, reverses_id, charged_on, invoice_on, quantity_left, subscriber_id, partner_id, \
        includes_tax) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, \
        $20, $21, $22, $23)";
    // A credit counts its licenses and its amount below nothing.
    TAKE_BACK: organization = "UPDATE charge SET quantity_left = quantity_left + $3, credited = credited - $4 \
        WHERE organization_id = $1 AND id = $2";
    SET_INVOICE: organization = "UPDATE charge SET invoice_id = $3 WHERE organization_id = $1 AND id = $2 \
        AND invoice_id IS NULL";
}

/// Reads a charge from the first columns of a row, as `columns!` names them.
pub(super) fn charge(row: &Row<'_>) -> Result<Charge> {
    let currency = row.code(5, Currency::from_code)?;
    let line = NewCharge {
        kind: row.code(3, ChargeKind::from_code)?,
        quantity: row.get(4)?,
        unit_price: Money::new(row.get(6)?, currency),
        service_period: Period { start: row.get(7)?, end: row.get(8)? },
        billing_period: Period { start: row.get(9)?, end: row.get(10)? },
        share: Share { numerator: row.get(11)?, denominator: row.get(12)? },
        amount: Money::new(row.get(13)?, currency),
        includes_tax: row.get(19)?,
        reverses: row.get(14)?,
    };
    Ok(Charge {
        id: row.get(0)?,
        subscription_id: row.get(1)?,
        order_id: row.get(2)?,
        line,
        charged_on: row.get(15)?,
        invoice_on: row.get(16)?,
        quantity_left: row.get(17)?,
        credited: Money::new(row.get(18)?, currency),
    })
}

/// What a credit on `today` can take back of a subscription, the newest charge first.
///
/// # Errors
/// When the database fails.
pub fn to_take_back(read: &Read<'_>, subscription: SubscriptionId, today: Date) -> Result<Vec<Charge>> {
    read.query(&CHARGES_TO_TAKE_BACK, params![subscription, today], charge)
}

/// Whether anything was charged between the organization and a partner, or a customer of it.
///
/// # Errors
/// When the database fails.
pub fn has_sales(read: &Read<'_>) -> Result<bool> {
    Ok(read.query_one(&HAS_SALES, params![], |row| row.get(0))?.unwrap_or_default())
}

/// What an order of a subscription gave back.
///
/// # Errors
/// When the database fails.
pub fn credits_of_order(read: &Read<'_>, subscription: SubscriptionId, order: OrderId) -> Result<Vec<Credit>> {
    read.query(&CREDITS_OF_ORDER, params![subscription, order], |row| {
        Ok(Credit { charge: charge(row)?, is_invoiced: row.get(20)? })
    })
}

/// Adds a charge; a credit counts at what it takes back.
///
/// # Errors
/// When the database fails, or a credit takes back more than is left.
pub fn insert(write: &Write<'_>, profile: BillingProfileId, new: &Charge) -> Result<()> {
    insert_row(write, profile, new, write.organization()?, None)
}

/// Adds a charge that the partner pays that sold the subscription: it is on no invoice of this organization.
///
/// # Errors
/// As [`insert`].
pub fn insert_for_partner(
    write: &Write<'_>,
    profile: BillingProfileId,
    new: &Charge,
    partner: OrganizationId,
) -> Result<()> {
    insert_row(write, profile, new, write.organization()?, Some(partner))
}

/// Adds the same charge to the books of the partner, for its invoices.
///
/// # Errors
/// As [`insert`].
pub fn insert_of_sale(
    write: &Write<'_>,
    profile: BillingProfileId,
    new: &Charge,
    customer: OrganizationId,
) -> Result<()> {
    insert_row(write, profile, new, customer, None)
}

fn insert_row(
    write: &Write<'_>,
    profile: BillingProfileId,
    new: &Charge,
    subscriber: OrganizationId,
    partner: Option<OrganizationId>,
) -> Result<()> {
    let line = &new.line;
    write.change(
        &INSERT_CHARGE,
        params![
            new.id,
            new.subscription_id,
            profile,
            new.order_id,
            line.kind.code(),
            line.quantity,
            line.amount.currency.code(),
            line.unit_price.minor,
            line.service_period.start,
            line.service_period.end,
            line.billing_period.start,
            line.billing_period.end,
            line.share.numerator,
            line.share.denominator,
            line.amount.minor,
            line.reverses,
            new.charged_on,
            new.invoice_on,
            new.quantity_left,
            subscriber,
            partner,
            line.includes_tax
        ],
    )?;
    match line.reverses {
        Some(charge) => write.change(&TAKE_BACK, params![charge, line.quantity, line.amount.minor]),
        None => Ok(()),
    }
}

/// A billing profile, or one subscription of it, that has charges for an invoice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ToInvoice {
    /// The profile.
    pub billing_profile_id: BillingProfileId,
    /// The subscription of the charge.
    pub subscription_id: SubscriptionId,
    /// The day of the invoice.
    pub invoice_on: Date,
    /// Who bought it for the team, and has to pay it (R17).
    pub holder: Option<UserId>,
    /// What pays for the subscription by itself.
    pub payment_method_id: Option<PaymentMethodId>,
    /// Whether it was sold to a customer of the organization, which is a partner.
    pub is_sale: bool,
}

/// Charges that are due to be on an invoice by `today`: those of the earliest such day, as many as `limit`.
///
/// # Errors
/// When the database fails.
pub fn first_to_invoice(read: &Read<'_>, today: Date, limit: usize) -> Result<Vec<ToInvoice>> {
    read.query(&FIRST_TO_INVOICE, params![today, limit as i64], to_invoice_of)
}

/// What has charges that are due to be on an invoice by a day, the first day first.
///
/// # Errors
/// When the database fails.
pub fn to_invoice_by(read: &Read<'_>, through: Date) -> Result<Vec<ToInvoice>> {
    read.query(&TO_INVOICE_BY, params![through], to_invoice_of)
}

fn to_invoice_of(row: &Row<'_>) -> Result<ToInvoice> {
    Ok(ToInvoice {
        billing_profile_id: row.get(0)?,
        subscription_id: row.get(1)?,
        invoice_on: row.get(2)?,
        holder: row.get(3)?,
        payment_method_id: row.get(4)?,
        is_sale: row.get(5)?,
    })
}

/// What an invoice is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum About {
    /// All that the organization bought under the billing profile, and sold as a partner.
    Profile,
    /// What it sold as a partner; what it bought has invoices of its own.
    Sales,
    /// One subscription.
    Subscription(SubscriptionId),
}

impl About {
    /// The one subscription that it is about.
    #[must_use]
    pub const fn subscription(self) -> Option<SubscriptionId> {
        match self {
            Self::Subscription(id) => Some(id),
            Self::Profile | Self::Sales => None,
        }
    }
}

/// What an invoice of `day` under a billing profile says, in the order of use.
///
/// # Errors
/// When the database fails.
pub fn to_invoice(read: &Read<'_>, profile: BillingProfileId, about: About, day: Date) -> Result<Vec<Billable>> {
    match about {
        About::Subscription(id) => read.query(&CHARGES_TO_INVOICE_ALONE, params![profile, id, day], billable),
        About::Profile | About::Sales => {
            read.query(&CHARGES_TO_INVOICE, params![profile, about == About::Profile, day], billable)
        }
    }
}

fn billable(row: &Row<'_>) -> Result<Billable> {
    let taxed = match row.optional_code(24, TaxCategory::from_code)? {
        Some(category) => Some(TaxTreatment { category, rate: row.get(25)? }),
        None => None,
    };
    Ok(Billable {
        charge: charge(row)?,
        product_name: row.get(20)?,
        part_number: row.get(21)?,
        order_number: row.get::<Option<i64>>(22)?.map(i64::unsigned_abs),
        customer_name: row.get(23)?,
        taxed,
    })
}

/// What the partner is to be charged for a subscription that it sold, as it was when it was charged: credits last.
///
/// # Errors
/// When the database fails.
pub fn for_partner(read: &Read<'_>, subscription: SubscriptionId) -> Result<Vec<Charge>> {
    read.query(&CHARGES_FOR_PARTNER, params![subscription], |row| {
        let Charge { id, subscription_id, line, charged_on, invoice_on, .. } = charge(row)?;
        Ok(Charge::new(id, line, subscription_id, None, charged_on, invoice_on))
    })
}

/// The charges of a subscription that was sold to a customer, which stand in the books of the partner.
///
/// # Errors
/// When the database fails.
pub fn of_sale(read: &Read<'_>, customer: OrganizationId, subscription: SubscriptionId) -> Result<Vec<ChargeId>> {
    read.query(&CHARGES_OF_SALE, params![subscription, customer], |row| row.get(0))
}

/// Notes that a charge is on an invoice.
///
/// # Errors
/// When the database fails, or it is on one already.
pub fn set_invoice(write: &Write<'_>, id: ChargeId, invoice: InvoiceId) -> Result<()> {
    write.change(&SET_INVOICE, params![id, invoice])
}
