//! Subscriptions.

use crate::{Bind, Read, Result, Row, Sql, Write, params, statements};
use domain::catalog::{BillingFrequency, Term};
use domain::ids::{BillingProfileId, OrganizationId, PaymentMethodId, ProductId, SubscriptionId, UserId};
use domain::money::{Currency, Money};
use domain::organization::Cloud;
use domain::subscription::remind::comes_on;
use domain::subscription::{
    Channel, CreditCheck, PlanAtRenewal, PriceAtRenewal, Sale, Subscription, SubscriptionState,
};
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};

/// The columns of a listed subscription, in the order in which [`listed`] reads them.
macro_rules! select {
    () => {
        concat!("SELECT s.id, s.product_id, s.sku_id, s.channel, s.state, s.holder_id, s.credit_check, s.quantity, s.assigned, \
         s.conflicts, s.quantity_max, s.term, s.billing_frequency, s.currency, s.unit_price, s.recurring_billing, \
         s.started_on, s.ends_on, s.canceled_on, s.payment_method_id, s.partner_name, s.partner_contact, s.order_id, \
         p.retired_at, s.revision, p.name, h.display_name, s.billing_profile_id, s.billed_until, \
         s.quantity_at_renewal, s.unpaid_since, s.billing_frequency_at_renewal, s.unit_price_at_renewal, \
         s.reminded_on, s.plan_price_at_renewal_id, s.plan_quantity_at_renewal, s.plan_change_job_id, \
         s.changed_to_id, (SELECT n.name FROM price f JOIN sku k ON k.id = f.sku_id JOIN product n \
         ON n.id = k.product_id WHERE f.id = s.plan_price_at_renewal_id), s.base_id, (SELECT n.name \
         FROM subscription b JOIN product n ON n.id = b.product_id WHERE b.organization_id = s.organization_id \
         AND b.id = s.base_id), s.partner_id, s.sale_price, ", paid_by!(), " \
         FROM subscription s JOIN product p ON p.id = s.product_id \
         LEFT JOIN \"user\" h ON h.organization_id = s.organization_id AND h.id = s.holder_id \
         WHERE s.organization_id = $1 ")
    };
}

/// One page in one order: the filters, then after the last row of the page before.
macro_rules! page {
    ($key:literal, $compare:literal, $direction:literal) => {
        concat!(
            select!(),
            "AND ($2 = '' OR s.state = $2) AND ($3 = '' OR s.channel = $3 OR ($3 = 'self_service' AND s.channel = 'trial' \
             AND s.holder_id IS NOT NULL)) AND s.sort_name LIKE $4 ESCAPE '\\' \
             AND ($5 OR s.holder_id = $6 OR s.billing_profile_id IN ",
            profiles_of!("$6"),
            ") AND ($7 OR (",
            $key,
            ", s.id) ",
            $compare,
            " ($8, $9)) ORDER BY ",
            $key,
            " ",
            $direction,
            ", s.id ",
            $direction,
            " LIMIT $10"
        )
    };
}

statements! {
    SUBSCRIPTION_BY_ID: organization = concat!(select!(), "AND s.id = $2");
    SUBSCRIPTIONS_OF_PRODUCT: organization = concat!(select!(), "AND s.product_id = $2 AND s.state <> 'deleted' \
        ORDER BY s.ends_on DESC, s.id");
    ADD_ONS_OF_SUBSCRIPTION: organization = concat!(select!(), "AND s.base_id = $2 ORDER BY s.sort_name, s.id");
    HAS_ADD_ONS: organization = "SELECT 1 FROM subscription WHERE organization_id = $1 AND base_id IS NOT NULL LIMIT 1";
    // What an add-on may belong to, or be sold beside, as far as products say.
    SUBSCRIPTIONS_THAT_FIT: organization = concat!(select!(), "AND s.product_id IN \
        (SELECT f.base_product_id FROM add_on_base f WHERE f.product_id = $2) AND s.state = 'active' \
        ORDER BY s.sort_name, s.id");
    SUBSCRIPTIONS_OF_PARTNER: organization = concat!(select!(), "AND s.partner_id = $2 AND s.state <> 'deleted' \
        ORDER BY s.sort_name, s.id LIMIT $3");
    // Whoever has a product is told in a transaction of the organization.
    ORGANIZATIONS_WITH_PRODUCT: shared = "SELECT o.id FROM organization o WHERE o.id > $2 AND EXISTS (SELECT 1 \
        FROM subscription s WHERE s.organization_id = o.id AND s.product_id = $1 AND s.state <> 'deleted') \
        ORDER BY o.id LIMIT $3";
    SUBSCRIPTIONS_ENDING: organization = concat!(select!(), "AND s.ends_on >= $2 AND s.ends_on < $3 \
        AND s.state = 'active' ORDER BY s.ends_on, s.id LIMIT $4");
    SUBSCRIPTIONS_NEEDING_ATTENTION: organization = concat!(select!(), "AND (s.credit_check = 'pending' OR \
        s.conflicts > 0) AND s.state <> 'deleted' ORDER BY s.sort_name, s.id LIMIT $2");
    TOTALS: organization = concat!("SELECT CAST(COALESCE(SUM(quantity), 0) AS BIGINT), \
        CAST(COALESCE(SUM(assigned), 0) AS BIGINT), CAST(COALESCE(SUM(CASE WHEN state IN ('active', 'expired') \
        THEN quantity - assigned ELSE 0 END), 0) AS BIGINT) FROM subscription \
        WHERE organization_id = $1 AND state <> 'deleted' AND ($2 OR holder_id = $3 OR billing_profile_id IN ", profiles_of!("$3"), ")");
    BY_NAME: organization = page!("s.sort_name", ">", "ASC");
    BY_NAME_DOWN: organization = page!("s.sort_name", "<", "DESC");
    BY_STATE: organization = page!("s.state", ">", "ASC");
    BY_STATE_DOWN: organization = page!("s.state", "<", "DESC");
    BY_CHANNEL: organization = page!("s.channel", ">", "ASC");
    BY_CHANNEL_DOWN: organization = page!("s.channel", "<", "DESC");
    BY_END: organization = page!("s.ends_on", ">", "ASC");
    BY_END_DOWN: organization = page!("s.ends_on", "<", "DESC");
    BY_QUANTITY: organization = page!("s.quantity", ">", "ASC");
    BY_QUANTITY_DOWN: organization = page!("s.quantity", "<", "DESC");
    BY_ASSIGNED: organization = page!("s.assigned", ">", "ASC");
    BY_ASSIGNED_DOWN: organization = page!("s.assigned", "<", "DESC");
    BY_AVAILABLE: organization = page!("(s.quantity - s.assigned)", ">", "ASC");
    BY_AVAILABLE_DOWN: organization = page!("(s.quantity - s.assigned)", "<", "DESC");
    // Which subscriptions took over from another product, and the name of that product.
    CHANGED_SINCE: organization = "SELECT s.changed_to_id, p.name FROM subscription s JOIN product p \
        ON p.id = s.product_id WHERE s.organization_id = $1 AND s.changed_to_id IS NOT NULL AND s.canceled_on >= $2";
    CHANGED_FROM: organization = "SELECT s.id, p.name FROM subscription s JOIN product p ON p.id = s.product_id \
        WHERE s.organization_id = $1 AND s.changed_to_id = $2 ORDER BY s.id LIMIT 1";
    COUNT_BY_PRODUCT: organization = "SELECT product_id, COUNT(*) FROM subscription WHERE organization_id = $1 \
        AND state <> 'deleted' GROUP BY product_id";
    INSERT_SUBSCRIPTION: organization = "INSERT INTO subscription (organization_id, id, product_id, sku_id, \
        sort_name, channel, state, holder_id, credit_check, quantity, quantity_max, term, billing_frequency, \
        currency, unit_price, recurring_billing, started_on, ends_on, canceled_on, payment_method_id, partner_name, \
        partner_contact, order_id, created_at, due_on, billing_profile_id, billed_until, quantity_at_renewal, \
        unpaid_since, billing_frequency_at_renewal, unit_price_at_renewal, reminded_on, base_id, partner_id, \
        sale_price) \
        SELECT $1, $2, p.id, $4, p.sort_name, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, \
        $20, $21, $22, $23, $24, $25, $26, $27, $28, $29, $30, $31, $32, $33, $34 FROM product p WHERE p.id = $3";
    // Whoever takes a license meanwhile changes no revision; a total below what is in use is read again.
    UPDATE_LIFE: organization = "UPDATE subscription SET state = $4, recurring_billing = $5, ends_on = $6, \
        canceled_on = $7, due_on = $8, payment_method_id = $9, billed_until = $10, quantity = $11, \
        quantity_at_renewal = $12, unpaid_since = $13, billing_frequency = $14, unit_price = $15, \
        billing_frequency_at_renewal = $16, unit_price_at_renewal = $17, reminded_on = $18, \
        plan_price_at_renewal_id = $19, plan_quantity_at_renewal = $20, plan_change_job_id = $21, changed_to_id = $22, \
        started_on = $23, channel = $24, revision = revision + 1 \
        WHERE organization_id = $1 AND id = $2 AND revision = $3 AND assigned <= $11";
    SETTLE_CREDIT_CHECK: organization = "UPDATE subscription SET state = $4, credit_check = $5, started_on = $6, \
        ends_on = $7, billed_until = $8, due_on = $9, revision = revision + 1 \
        WHERE organization_id = $1 AND id = $2 AND revision = $3";
    BEGIN_PAID: organization = "UPDATE subscription SET sku_id = $4, channel = $5, state = 'active', quantity = $6, \
        quantity_max = $7, term = $8, billing_frequency = $9, currency = $10, unit_price = $11, \
        recurring_billing = $12, started_on = $13, ends_on = $14, credit_check = $15, \
        payment_method_id = $16, billing_profile_id = $17, \
        billed_until = $18, order_id = $19, due_on = $20, reminded_on = NULL, revision = revision + 1 \
        WHERE organization_id = $1 AND id = $2 AND revision = $3 AND channel = 'trial'";
    // All that is due on the earliest day, so that steps are taken in their order.
    SUBSCRIPTIONS_DUE_FIRST: organization = concat!(select!(), "AND s.due_on = (SELECT MIN(due_on) FROM subscription \
        WHERE organization_id = $1 AND due_on IS NOT NULL) AND s.due_on <= $2 ORDER BY s.id LIMIT $3");
    // An add-on has no day of its own for what it does with its base.
    SUBSCRIPTIONS_DUE_BY: organization = concat!(select!(), "AND (s.due_on <= $2 OR (s.due_on IS NULL \
        AND s.base_id IS NOT NULL AND s.state = 'active' AND s.ends_on <= $2)) AND s.id > $3 ORDER BY s.id LIMIT $4");
    COUNT_CREDIT_CHECKS: organization = "SELECT COUNT(*) FROM subscription WHERE organization_id = $1 \
        AND credit_check = 'pending' AND state <> 'deleted'";
    COUNT_ENDING: organization = "SELECT COUNT(*) FROM subscription WHERE organization_id = $1 \
        AND channel = $2 AND state IN ('expired', 'disabled')";
    // The calendar looks across organizations; whoever takes a step opens a transaction of the organization.
    FIRST_DUE: shared = "SELECT o.id, o.time_zone, o.sandbox_ahead, (SELECT MIN(s.due_on) FROM subscription s \
        WHERE s.organization_id = o.id AND s.due_on IS NOT NULL), (SELECT MIN(c.invoice_on) FROM charge c \
        WHERE c.organization_id = o.id AND c.invoice_id IS NULL AND c.partner_id IS NULL), \
        (SELECT MIN(i.due_step_on) FROM invoice i WHERE i.organization_id = o.id AND i.due_step_on IS NOT NULL), \
        (SELECT r.day FROM bill_run_organization r WHERE r.organization_id = o.id) \
        FROM organization o WHERE o.id > $1 \
        ORDER BY o.id LIMIT $2";
    DUE_DAYS: organization = "SELECT (SELECT MIN(due_on) FROM subscription WHERE organization_id = $1 \
        AND due_on IS NOT NULL), (SELECT MIN(invoice_on) FROM charge WHERE organization_id = $1 \
        AND invoice_id IS NULL AND partner_id IS NULL), \
        (SELECT MIN(due_step_on) FROM invoice WHERE organization_id = $1 AND due_step_on IS NOT NULL)";
    // A bank account takes over nothing that somebody bought for oneself.
    REPLACE_PAYMENT_METHOD: organization = "UPDATE subscription SET payment_method_id = $3, revision = revision + 1 \
        WHERE organization_id = $1 AND payment_method_id = $2 AND state <> 'deleted' AND (channel <> 'self_service' \
        OR EXISTS (SELECT 1 FROM payment_method m WHERE m.organization_id = $1 AND m.id = $3 AND m.kind = 'card'))";
    // Who leaves MCA goes on with what paid under it.
    KEEP_WHAT_PROFILES_PAID_WITH: organization = "UPDATE subscription SET payment_method_id = COALESCE((SELECT \
        f.payment_method_id FROM billing_profile f WHERE f.organization_id = subscription.organization_id \
        AND f.id = subscription.billing_profile_id), payment_method_id), revision = revision + 1 \
        WHERE organization_id = $1 AND holder_id IS NULL AND channel = 'direct' AND state <> 'deleted'";
    COUNT_BY_PROFILE: organization = "SELECT billing_profile_id, COUNT(*) FROM subscription WHERE organization_id = $1 \
        AND state <> 'deleted' AND billing_profile_id IS NOT NULL GROUP BY billing_profile_id";
    IS_BOUGHT_ON: organization = "SELECT 1 FROM subscription WHERE organization_id = $1 AND billing_profile_id = $2 \
        AND channel IN ('direct', 'direct_invoice') AND state <> 'deleted' LIMIT 1";
    SUBSCRIPTIONS_OF_PROFILE: organization = concat!(select!(), "AND s.billing_profile_id = $2 \
        AND s.state <> 'deleted' ORDER BY s.sort_name, s.id LIMIT $3");
    SUBSCRIPTIONS_PAID_BY: organization = concat!(select!(), "AND ", paid_by!(), " = $2 \
        AND s.state <> 'deleted' ORDER BY s.sort_name, s.id LIMIT $3");
    BOUGHT_FOR_THE_TEAM: organization = concat!(select!(), "AND s.holder_id = $2 AND s.channel = 'self_service' \
        AND s.state <> 'deleted' ORDER BY s.sort_name, s.id LIMIT $3");
    COUNT_BOUGHT_FOR_THE_TEAM: organization = "SELECT COUNT(*) FROM subscription WHERE organization_id = $1 \
        AND holder_id = $2 AND channel = 'self_service' AND state <> 'deleted'";
    SET_SUBSCRIPTION_PROFILE: organization = "UPDATE subscription SET billing_profile_id = $4, revision = revision + 1 \
        WHERE organization_id = $1 AND id = $2 AND revision = $3";
    SET_SUBSCRIPTION_PAYMENT: organization = "UPDATE subscription SET payment_method_id = $4, channel = $5, due_on = $6, \
        revision = revision + 1 WHERE organization_id = $1 AND id = $2 AND revision = $3";
    SET_QUANTITY: organization = "UPDATE subscription SET quantity = $4, revision = revision + 1 \
        WHERE organization_id = $1 AND id = $2 AND revision = $3 AND assigned <= $4";
    TAKE_LICENSES: organization = "UPDATE subscription SET assigned = assigned + $3 WHERE organization_id = $1 \
        AND id = $2 AND assigned + $3 <= quantity AND state IN ('active', 'expired')";
    ADD_ASSIGNED: organization = "UPDATE subscription SET assigned = assigned + $3 WHERE organization_id = $1 \
        AND id = $2";
    ADD_CONFLICTS: organization = "UPDATE subscription SET conflicts = conflicts + $3 WHERE organization_id = $1 \
        AND id = $2";
}

/// A subscription with the names that a page shows beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedSubscription {
    /// The subscription.
    pub subscription: Subscription,
    /// The name of its product.
    pub product_name: String,
    /// The name of the user who bought it by self-service.
    pub holder_name: Option<String>,
    /// The name of the product that takes over at the renewal.
    pub plan_at_renewal: Option<String>,
    /// The name of the product of the subscription to which it belongs as an add-on.
    pub base_name: Option<String>,
    /// What pays for it by itself: of its own, or under MCA of its billing profile (decision 24).
    pub paid_by: Option<PaymentMethodId>,
}

/// By what a list of subscriptions is sorted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SubscriptionSort {
    /// The name of the product.
    Name,
    /// Status.
    State,
    /// Purchase channel.
    Channel,
    /// Renewal or expiry.
    End,
    /// Licenses bought.
    Quantity,
    /// Licenses in use.
    Assigned,
    /// Licenses free.
    Available,
}

/// Which subscriptions a list shows, in which order.
#[derive(Debug, Clone, Copy)]
pub struct SubscriptionFilter<'a> {
    /// Only in this state.
    pub state: Option<SubscriptionState>,
    /// Only bought this way.
    pub channel: Option<Channel>,
    /// Only of products whose folded name contains this.
    pub search: &'a str,
    /// Only bought by this user.
    pub holder: Option<UserId>,
    /// The order.
    pub sort: SubscriptionSort,
    /// Whether the order is turned round.
    pub descending: bool,
}

/// What a partner sold to the organization, by the name of the product.
///
/// # Errors
/// When the database fails.
pub fn of_partner(read: &Read<'_>, partner: OrganizationId, limit: usize) -> Result<Vec<ListedSubscription>> {
    read.query(&SUBSCRIPTIONS_OF_PARTNER, params![partner, limit as i64], listed)
}

fn listed(row: &Row<'_>) -> Result<ListedSubscription> {
    let currency = row.code(13, Currency::from_code)?;
    let subscription = Subscription {
        id: row.get(0)?,
        product_id: row.get(1)?,
        sku_id: row.get(2)?,
        channel: row.code(3, Channel::from_code)?,
        state: row.code(4, SubscriptionState::from_code)?,
        holder: row.get(5)?,
        credit_check: row.optional_code(6, CreditCheck::from_code)?,
        quantity: row.get(7)?,
        assigned: row.get(8)?,
        conflicts: row.get(9)?,
        quantity_max: row.get(10)?,
        term: row.code(11, Term::from_code)?,
        billing_frequency: row.code(12, BillingFrequency::from_code)?,
        unit_price: Money::new(row.get(14)?, currency),
        recurring_billing: row.get(15)?,
        started_on: row.get(16)?,
        ends_on: row.get(17)?,
        canceled_on: row.get(18)?,
        payment_method_id: row.get(19)?,
        partner_name: row.get(20)?,
        partner_contact: row.get(21)?,
        order_id: row.get(22)?,
        is_end_of_sale: row.get::<Option<i64>>(23)?.is_some(),
        revision: row.get(24)?,
        billing_profile_id: row.get(27)?,
        billed_until: row.get(28)?,
        quantity_at_renewal: row.get(29)?,
        unpaid_since: row.get(30)?,
        reminded_on: row.get(33)?,
        price_at_renewal: price_at_renewal(row, currency)?,
        plan_at_renewal: plan_at_renewal(row)?,
        plan_change: row.get(36)?,
        changed_to: row.get(37)?,
        base_id: row.get(39)?,
        sale: sale(row, currency)?,
    };
    let (product_name, holder_name, plan_at_renewal) = (row.get(25)?, row.get(26)?, row.get(38)?);
    let (base_name, paid_by) = (row.get(40)?, row.get(43)?);
    Ok(ListedSubscription { subscription, product_name, holder_name, plan_at_renewal, base_name, paid_by })
}

fn price_at_renewal(row: &Row<'_>, currency: Currency) -> Result<Option<PriceAtRenewal>> {
    let Some(billing_frequency) = row.optional_code(31, BillingFrequency::from_code)? else { return Ok(None) };
    Ok(Some(PriceAtRenewal { billing_frequency, unit_price: Money::new(row.get(32)?, currency) }))
}

fn sale(row: &Row<'_>, currency: Currency) -> Result<Option<Sale>> {
    let Some(partner_id) = row.get(41)? else { return Ok(None) };
    let price: Option<i64> = row.get(42)?;
    Ok(price.map(|minor| Sale { partner_id, unit_price: Money::new(minor, currency) }))
}

fn plan_at_renewal(row: &Row<'_>) -> Result<Option<PlanAtRenewal>> {
    let Some(price_id) = row.get(34)? else { return Ok(None) };
    Ok(Some(PlanAtRenewal { price_id, quantity: row.get(35)? }))
}

/// The subscription, with its names.
///
/// # Errors
/// When the database fails.
pub fn find(read: &Read<'_>, id: SubscriptionId) -> Result<Option<ListedSubscription>> {
    read.query_one(&SUBSCRIPTION_BY_ID, params![id], listed)
}

/// The subscriptions of a product that are not deleted, the one that ends last first.
///
/// # Errors
/// When the database fails.
pub fn of_product(read: &Read<'_>, product: ProductId) -> Result<Vec<ListedSubscription>> {
    read.query(&SUBSCRIPTIONS_OF_PRODUCT, params![product], listed)
}

/// The add-ons of a subscription by name, deleted ones too.
///
/// # Errors
/// When the database fails.
pub fn add_ons_of(read: &Read<'_>, base: SubscriptionId) -> Result<Vec<ListedSubscription>> {
    read.query(&ADD_ONS_OF_SUBSCRIPTION, params![base], listed)
}

/// Whether any subscription of the organization belongs to another one.
///
/// # Errors
/// When the database fails.
pub fn has_add_ons(read: &Read<'_>) -> Result<bool> {
    Ok(read.query_one(&HAS_ADD_ONS, params![], |row| row.get::<i64>(0))?.is_some())
}

/// The active subscriptions of the products that an add-on fits, by name.
///
/// # Errors
/// When the database fails.
pub fn that_fit(read: &Read<'_>, add_on: ProductId) -> Result<Vec<ListedSubscription>> {
    read.query(&SUBSCRIPTIONS_THAT_FIT, params![add_on], listed)
}

/// Organizations with a subscription of a product, by their id from `after` on.
///
/// # Errors
/// When the database fails.
pub fn organizations_with(
    read: &Read<'_>,
    product: ProductId,
    after: Option<OrganizationId>,
    limit: usize,
) -> Result<Vec<OrganizationId>> {
    let after = after.map_or(uuid::Uuid::nil(), OrganizationId::uuid);
    read.query(&ORGANIZATIONS_WITH_PRODUCT, params![product, after, limit as i64], |row| row.get(0))
}

/// Active subscriptions that renew or expire from `from` up to the day before `to`, the first first.
///
/// # Errors
/// When the database fails.
pub fn ending(read: &Read<'_>, from: Date, to: Date, limit: usize) -> Result<Vec<ListedSubscription>> {
    read.query(&SUBSCRIPTIONS_ENDING, params![from, to, limit as i64], listed)
}

/// Subscriptions with a pending credit check or with people in conflict.
///
/// # Errors
/// When the database fails.
pub fn needing_attention(read: &Read<'_>, limit: usize) -> Result<Vec<ListedSubscription>> {
    read.query(&SUBSCRIPTIONS_NEEDING_ATTENTION, params![limit as i64], listed)
}

/// One page of a list: the filter, after the last subscription of the page before.
///
/// # Errors
/// When the database fails.
pub fn list(
    read: &Read<'_>,
    filter: &SubscriptionFilter<'_>,
    after: Option<&ListedSubscription>,
    limit: usize,
) -> Result<Vec<ListedSubscription>> {
    let pattern = format!("%{}%", super::escape_like(filter.search));
    let (sql, key) = sorted(filter, after);
    let state = filter.state.map_or("", SubscriptionState::code);
    let channel = filter.channel.map_or("", Channel::code);
    let last = after.map_or(uuid::Uuid::nil(), |after| after.subscription.id.uuid());
    let rows = params![
        state,
        channel,
        pattern,
        filter.holder.is_none(),
        filter.holder,
        after.is_none(),
        key,
        last,
        limit as i64
    ];
    read.query(sql, rows, listed)
}

/// The statement of an order, and where the page before ended in it.
fn sorted(filter: &SubscriptionFilter<'_>, after: Option<&ListedSubscription>) -> (&'static Sql, Key) {
    let text = |value: fn(&ListedSubscription) -> String| Key::Text(after.map(value).unwrap_or_default());
    let number =
        |value: fn(&Subscription) -> u32| Key::Number(after.map_or(0, |after| i64::from(value(&after.subscription))));
    let (up, down, key) = match filter.sort {
        SubscriptionSort::Name => (&BY_NAME, &BY_NAME_DOWN, text(|after| domain::user::fold(&after.product_name))),
        SubscriptionSort::State => {
            (&BY_STATE, &BY_STATE_DOWN, text(|after| after.subscription.state.code().to_owned()))
        }
        SubscriptionSort::Channel => {
            (&BY_CHANNEL, &BY_CHANNEL_DOWN, text(|after| after.subscription.channel.code().to_owned()))
        }
        SubscriptionSort::End => (&BY_END, &BY_END_DOWN, text(|after| after.subscription.ends_on.to_string())),
        SubscriptionSort::Quantity => (&BY_QUANTITY, &BY_QUANTITY_DOWN, number(|after| after.quantity)),
        SubscriptionSort::Assigned => (&BY_ASSIGNED, &BY_ASSIGNED_DOWN, number(|after| after.assigned)),
        SubscriptionSort::Available => {
            (&BY_AVAILABLE, &BY_AVAILABLE_DOWN, number(|after| after.quantity - after.assigned))
        }
    };
    (if filter.descending { down } else { up }, key)
}

/// Where a page ended, in the type of the column that sorts it.
enum Key {
    Text(String),
    Number(i64),
}

impl Bind for Key {
    fn value(&self) -> crate::Value<'_> {
        match self {
            Self::Text(text) => text.value(),
            Self::Number(number) => number.value(),
        }
    }
}

/// Licenses bought, in use and free, over all subscriptions, or over those of one buyer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Totals {
    /// Licenses bought, deleted subscriptions left out.
    pub quantity: i64,
    /// Licenses in use.
    pub assigned: i64,
    /// Licenses that can be assigned now.
    pub available: i64,
}

/// The totals of the organization, or of what one user bought.
///
/// # Errors
/// When the database fails.
pub fn totals(read: &Read<'_>, holder: Option<UserId>) -> Result<Totals> {
    let totals = read.query_one(&TOTALS, params![holder.is_none(), holder], |row| {
        Ok(Totals { quantity: row.get(0)?, assigned: row.get(1)?, available: row.get(2)? })
    })?;
    Ok(totals.unwrap_or(Totals { quantity: 0, assigned: 0, available: 0 }))
}

/// The subscription that this one took over from, with the name of its product.
///
/// # Errors
/// When the database fails.
pub fn changed_from(read: &Read<'_>, to: SubscriptionId) -> Result<Option<(SubscriptionId, String)>> {
    read.query_one(&CHANGED_FROM, params![to], |row| Ok((row.get(0)?, row.get(1)?)))
}

/// The subscriptions that took over from another product since a day, with the name of that product.
///
/// # Errors
/// When the database fails.
pub fn changed_since(read: &Read<'_>, day: Date) -> Result<Vec<(SubscriptionId, String)>> {
    read.query(&CHANGED_SINCE, params![day], |row| Ok((row.get(0)?, row.get(1)?)))
}

/// How many subscriptions the organization has of each product that it has any of, without deleted ones.
///
/// # Errors
/// When the database fails.
pub fn count_by_product(read: &Read<'_>) -> Result<Vec<(ProductId, i64)>> {
    read.query(&COUNT_BY_PRODUCT, params![], |row| Ok((row.get(0)?, row.get(1)?)))
}

/// Adds a subscription of an organization in a cloud; `assigned` and `conflicts` begin at nothing.
///
/// # Errors
/// When the database fails.
pub fn insert(write: &Write<'_>, new: &Subscription, cloud: Cloud, created_at: Timestamp) -> Result<()> {
    write.change(
        &INSERT_SUBSCRIPTION,
        params![
            new.id,
            new.product_id,
            new.sku_id,
            new.channel.code(),
            new.state.code(),
            new.holder,
            new.credit_check.map(CreditCheck::code),
            new.quantity,
            new.quantity_max,
            new.term.code(),
            new.billing_frequency.code(),
            new.unit_price.currency.code(),
            new.unit_price.minor,
            new.recurring_billing,
            new.started_on,
            new.ends_on,
            new.canceled_on,
            new.payment_method_id,
            new.partner_name,
            new.partner_contact,
            new.order_id,
            created_at,
            comes_on(new, cloud),
            new.billing_profile_id,
            new.billed_until,
            new.quantity_at_renewal,
            new.unpaid_since,
            new.price_at_renewal.map(|agreed| agreed.billing_frequency.code()),
            new.price_at_renewal.map(|agreed| agreed.unit_price.minor),
            new.reminded_on,
            new.base_id,
            new.sale.map(|sale| sale.partner_id),
            new.sale.map(|sale| sale.unit_price.minor)
        ],
    )
}

/// Saves state, renewal, dates, billing and payment of a subscription that was read at `changed.revision`, and with
/// them when the calendar comes to it next.
///
/// # Errors
/// When the database fails, or somebody changed it meanwhile.
pub fn update_life(write: &Write<'_>, changed: &Subscription, cloud: Cloud) -> Result<()> {
    write.change(
        &UPDATE_LIFE,
        params![
            changed.id,
            changed.revision,
            changed.state.code(),
            changed.recurring_billing,
            changed.ends_on,
            changed.canceled_on,
            comes_on(changed, cloud),
            changed.payment_method_id,
            changed.billed_until,
            changed.quantity,
            changed.quantity_at_renewal,
            changed.unpaid_since,
            changed.billing_frequency.code(),
            changed.unit_price.minor,
            changed.price_at_renewal.map(|agreed| agreed.billing_frequency.code()),
            changed.price_at_renewal.map(|agreed| agreed.unit_price.minor),
            changed.reminded_on,
            changed.plan_at_renewal.map(|agreed| agreed.price_id),
            changed.plan_at_renewal.map(|agreed| agreed.quantity),
            changed.plan_change,
            changed.changed_to,
            changed.started_on,
            changed.channel.code()
        ],
    )
}

/// Saves a trial that was read at `changed.revision` as the paid subscription that it is from now on.
///
/// # Errors
/// When the database fails, somebody changed it meanwhile, or more licenses are in use than there are.
pub fn begin_paid(write: &Write<'_>, changed: &Subscription, cloud: Cloud) -> Result<()> {
    write.change(
        &BEGIN_PAID,
        params![
            changed.id,
            changed.revision,
            changed.sku_id,
            changed.channel.code(),
            changed.quantity,
            changed.quantity_max,
            changed.term.code(),
            changed.billing_frequency.code(),
            changed.unit_price.currency.code(),
            changed.unit_price.minor,
            changed.recurring_billing,
            changed.started_on,
            changed.ends_on,
            changed.credit_check.map(CreditCheck::code),
            changed.payment_method_id,
            changed.billing_profile_id,
            changed.billed_until,
            changed.order_id,
            comes_on(changed, cloud)
        ],
    )
}

/// Saves how the credit check of a pending subscription went: it begins, or is gone. Read at `changed.revision`.
///
/// # Errors
/// When the database fails, or somebody changed it meanwhile.
pub fn settle_credit_check(write: &Write<'_>, changed: &Subscription, cloud: Cloud) -> Result<()> {
    write.change(
        &SETTLE_CREDIT_CHECK,
        params![
            changed.id,
            changed.revision,
            changed.state.code(),
            changed.credit_check.map(CreditCheck::code),
            changed.started_on,
            changed.ends_on,
            changed.billed_until,
            comes_on(changed, cloud)
        ],
    )
}

/// Subscriptions whose next step is due by `today`: all of the earliest such day, as many as `limit`.
///
/// # Errors
/// When the database fails.
pub fn due_first(read: &Read<'_>, today: Date, limit: usize) -> Result<Vec<ListedSubscription>> {
    read.query(&SUBSCRIPTIONS_DUE_FIRST, params![today, limit as i64], listed)
}

/// Subscriptions with something due up to a day, by their id from `after` on.
///
/// # Errors
/// When the database fails.
pub fn due_by(
    read: &Read<'_>,
    through: Date,
    after: Option<SubscriptionId>,
    limit: usize,
) -> Result<Vec<ListedSubscription>> {
    let after = after.map_or(uuid::Uuid::nil(), SubscriptionId::uuid);
    read.query(&SUBSCRIPTIONS_DUE_BY, params![through, after, limit as i64], listed)
}

/// Subscriptions whose credit check is not decided.
///
/// # Errors
/// When the database fails.
pub fn count_credit_checks(read: &Read<'_>) -> Result<u64> {
    let count = read.query_one(&COUNT_CREDIT_CHECKS, params![], |row| row.get::<i64>(0))?;
    Ok(count.unwrap_or_default().unsigned_abs())
}

/// How many subscriptions of a channel have ended and are not erased yet.
///
/// # Errors
/// When the database fails.
pub fn count_ending(read: &Read<'_>, channel: Channel) -> Result<u32> {
    let count = read.query_one(&COUNT_ENDING, params![channel.code()], |row| row.get::<i64>(0))?;
    Ok(count.unwrap_or_default() as u32)
}

/// An organization and the earliest days on which something of it is due.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FirstDue {
    /// Which.
    pub organization_id: OrganizationId,
    /// Where its days begin.
    pub time_zone: String,
    /// How far its clock runs ahead, when it is a sandbox.
    pub sandbox_ahead: Option<SignedDuration>,
    /// The earliest days.
    pub due: DueDays,
    /// The last day, in UTC, on which steps were taken in it.
    pub last_steps_on: Option<Date>,
}

/// The earliest days on which something is due, in the order in which it happens on one day.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct DueDays {
    /// The calendar comes to a subscription.
    pub step: Option<Date>,
    /// Charges are to be on an invoice.
    pub invoice: Option<Date>,
    /// An invoice is to be collected.
    pub payment: Option<Date>,
}

impl DueDays {
    /// The first of them.
    #[must_use]
    pub fn first(self) -> Option<Date> {
        [self.step, self.invoice, self.payment].into_iter().flatten().min()
    }
}

/// The earliest due days of every organization, by its id, after one. Three searches of an index for each.
///
/// # Errors
/// When the database fails.
pub fn first_due(read: &Read<'_>, after: Option<OrganizationId>, limit: usize) -> Result<Vec<FirstDue>> {
    let after = after.map_or(uuid::Uuid::nil(), OrganizationId::uuid);
    read.query(&FIRST_DUE, params![after, limit as i64], |row| {
        Ok(FirstDue {
            organization_id: row.get(0)?,
            time_zone: row.get(1)?,
            sandbox_ahead: row.get::<Option<i64>>(2)?.map(SignedDuration::from_micros),
            due: due_days(row, 3)?,
            last_steps_on: row.get(6)?,
        })
    })
}

/// When something of the organization is due next.
///
/// # Errors
/// When the database fails.
pub fn next_days(read: &Read<'_>) -> Result<DueDays> {
    Ok(read.query_one(&DUE_DAYS, params![], |row| due_days(row, 0))?.unwrap_or_default())
}

fn due_days(row: &Row<'_>, first: usize) -> Result<DueDays> {
    Ok(DueDays { step: row.get(first)?, invoice: row.get(first + 1)?, payment: row.get(first + 2)? })
}

/// Lets a payment method pay for every subscription that another one paid for.
///
/// # Errors
/// When the database fails.
pub fn replace_payment_method(write: &Write<'_>, from: PaymentMethodId, to: PaymentMethodId) -> Result<()> {
    write.change_some(&REPLACE_PAYMENT_METHOD, params![from, to])
}

/// How many subscriptions belong to each billing profile that has any, without deleted ones.
///
/// # Errors
/// When the database fails.
pub fn count_by_profile(read: &Read<'_>) -> Result<Vec<(BillingProfileId, i64)>> {
    read.query(&COUNT_BY_PROFILE, params![], |row| Ok((row.get(0)?, row.get(1)?)))
}

/// Whether there is anything that the organization bought on a billing profile and pays for: not what it tries, what
/// keys or partners pay, or what users bought for their team.
///
/// # Errors
/// When the database fails.
pub fn is_bought_on(read: &Read<'_>, profile: BillingProfileId) -> Result<bool> {
    Ok(read.query_one(&IS_BOUGHT_ON, params![profile], |row| row.get::<i64>(0))?.is_some())
}

/// The subscriptions of a billing profile, by name.
///
/// # Errors
/// When the database fails.
pub fn of_profile(read: &Read<'_>, profile: BillingProfileId, limit: usize) -> Result<Vec<ListedSubscription>> {
    read.query(&SUBSCRIPTIONS_OF_PROFILE, params![profile, limit as i64], listed)
}

/// The subscriptions that a payment method pays for and are not deleted, by name.
///
/// # Errors
/// When the database fails.
pub fn paid_by(read: &Read<'_>, method: PaymentMethodId, limit: usize) -> Result<Vec<ListedSubscription>> {
    read.query(&SUBSCRIPTIONS_PAID_BY, params![method, limit as i64], listed)
}

/// Lets every card of a billing profile pay for what the organization bought on it by card, each for itself.
///
/// # Errors
/// When the database fails.
pub fn keep_what_profiles_paid_with(write: &Write<'_>) -> Result<()> {
    write.change_some(&KEEP_WHAT_PROFILES_PAID_WITH, params![])
}

/// What a user bought for the team and is not deleted, by name.
///
/// # Errors
/// When the database fails.
pub fn bought_for_the_team(read: &Read<'_>, holder: UserId, limit: usize) -> Result<Vec<ListedSubscription>> {
    read.query(&BOUGHT_FOR_THE_TEAM, params![holder, limit as i64], listed)
}

/// How many those are.
///
/// # Errors
/// When the database fails.
pub fn count_bought_for_the_team(read: &Read<'_>, holder: UserId) -> Result<i64> {
    Ok(read.query_one(&COUNT_BOUGHT_FOR_THE_TEAM, params![holder], |row| row.get(0))?.unwrap_or_default())
}

/// Lets a subscription that was read at `revision` belong to another billing profile.
///
/// # Errors
/// When the database fails, or somebody changed it meanwhile.
pub fn set_profile(write: &Write<'_>, id: SubscriptionId, revision: i64, profile: BillingProfileId) -> Result<()> {
    write.change(&SET_SUBSCRIPTION_PROFILE, params![id, revision, profile])
}

/// Saves what pays for a subscription that was read at `changed.revision`.
///
/// # Errors
/// When the database fails, or somebody changed it meanwhile.
pub fn set_payment(write: &Write<'_>, changed: &Subscription, cloud: Cloud) -> Result<()> {
    let due_on = comes_on(changed, cloud);
    let (id, revision, channel) = (changed.id, changed.revision, changed.channel.code());
    write.change(&SET_SUBSCRIPTION_PAYMENT, params![id, revision, changed.payment_method_id, channel, due_on])
}

/// Sets the total of a subscription that was read at `revision`.
///
/// # Errors
/// When the database fails, somebody changed it meanwhile, or more licenses are in use than `quantity`.
pub fn set_quantity(write: &Write<'_>, id: SubscriptionId, revision: i64, quantity: u32) -> Result<()> {
    write.change(&SET_QUANTITY, params![id, revision, quantity])
}

/// Takes free licenses of a subscription that can be assigned.
///
/// # Errors
/// When the database fails, or somebody took the last ones or ended the subscription meanwhile.
pub fn take(write: &Write<'_>, id: SubscriptionId, count: i64) -> Result<()> {
    write.change(&TAKE_LICENSES, params![id, count])
}

/// Counts licenses that came into use, or are free again when negative.
///
/// # Errors
/// When the database fails, or the count would leave `0 <= assigned <= quantity`.
pub fn add_assigned(write: &Write<'_>, id: SubscriptionId, count: i64) -> Result<()> {
    write.change(&ADD_ASSIGNED, params![id, count])
}

/// Counts conflicts that came up, or were solved when negative.
///
/// # Errors
/// When the database fails.
pub fn add_conflicts(write: &Write<'_>, id: SubscriptionId, count: i64) -> Result<()> {
    write.change(&ADD_CONFLICTS, params![id, count])
}
