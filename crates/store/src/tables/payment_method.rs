//! Cards and bank accounts on file: never a number, only the gateway's token and what a person recognizes them by.

use crate::value::{json, json_text as text};
use crate::{Read, Result, Row, Write, params, statements};
use domain::billing::payment_method::{BankAccountDescription, CardDescription, MethodDescription, Uses};
use domain::ids::{BillingProfileId, PaymentMethodId, UserId};
use domain::user::UserState;
use jiff::Timestamp;

pub use domain::billing::payment_method::PaymentMethod;

macro_rules! select {
    ($more:literal, $rest:literal) => {
        concat!(
            "SELECT m.id, m.user_id, m.kind, m.brand, m.last_four, m.expires_on, m.holder_name, m.address, m.mandate, \
             m.gateway_token, m.created_at, m.verified_at, m.removed_at, m.revision",
            $more,
            " WHERE m.organization_id = $1 ",
            $rest
        )
    };
}

/// Payment methods on file with whose they are, and how many subscriptions, billing profiles, open invoices, orders and
/// payments under way each pays for.
macro_rules! select_on_file {
    ($rest:literal) => {
        concat!(
            "WITH uses AS (SELECT payment_method_id AS id, \
             SUM(CASE kind WHEN 1 THEN 1 ELSE 0 END) AS subscriptions, \
             SUM(CASE kind WHEN 2 THEN 1 ELSE 0 END) AS profiles, \
             SUM(CASE kind WHEN 3 THEN 1 ELSE 0 END) AS invoices, \
             SUM(CASE kind WHEN 4 THEN 1 ELSE 0 END) AS under_way \
             FROM (SELECT ",
            paid_by!(),
            " AS payment_method_id, 1 AS kind FROM subscription s \
                 WHERE s.organization_id = $1 AND s.state <> 'deleted' \
             UNION ALL SELECT payment_method_id, 2 FROM billing_profile WHERE organization_id = $1 \
             UNION ALL SELECT payment_method_id, 3 FROM invoice \
                 WHERE organization_id = $1 AND state IN ('open', 'partly_paid') AND gross > 0 \
             UNION ALL SELECT payment_method_id, 4 FROM payment \
                 WHERE organization_id = $1 AND state IN ('pending', 'confirmation_required') \
             UNION ALL SELECT payment_method_id, 4 FROM \"order\" \
                 WHERE organization_id = $1 AND state IN ('payment_pending', 'confirmation_required')) AS paid \
             WHERE payment_method_id IS NOT NULL GROUP BY payment_method_id) ",
            select!(
                ", u.display_name, u.state, COALESCE(uses.subscriptions, 0), COALESCE(uses.profiles, 0), \
                 COALESCE(uses.invoices, 0), COALESCE(uses.under_way, 0) FROM payment_method m \
                 JOIN \"user\" u ON u.organization_id = m.organization_id AND u.id = m.user_id \
                 LEFT JOIN uses ON uses.id = m.id",
                "AND m.verified_at IS NOT NULL AND m.removed_at IS NULL "
            ),
            $rest
        )
    };
}

statements! {
    PAYMENT_METHOD_BY_ID: organization = select!(" FROM payment_method m", "AND m.id = $2");
    PAYMENT_METHODS_OF_USER: organization = select!(" FROM payment_method m",
        "AND m.user_id = $2 AND m.removed_at IS NULL ORDER BY m.created_at DESC, m.id");
    PAYMENT_METHODS_OFFERED: organization = select!(" FROM payment_method m",
        "AND (m.user_id = $2 OR m.kind = 'bank_account') AND m.verified_at IS NOT NULL AND m.removed_at IS NULL \
         ORDER BY m.created_at DESC, m.id");
    PAYMENT_METHODS_ON_FILE: organization = select_on_file!("ORDER BY m.created_at DESC, m.id");
    PAYMENT_METHOD_ON_FILE: organization = select_on_file!("AND m.id = $2");
    PAYMENT_METHODS_COUNT: organization = "SELECT COUNT(*) FROM payment_method \
        WHERE organization_id = $1 AND verified_at IS NOT NULL AND removed_at IS NULL";
    INSERT_PAYMENT_METHOD: organization = "INSERT INTO payment_method (organization_id, id, user_id, kind, brand, \
        last_four, expires_on, holder_name, address, mandate, gateway_token, created_at, verified_at) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)";
    UPDATE_PAYMENT_METHOD: organization = "UPDATE payment_method SET brand = $4, last_four = $5, expires_on = $6, \
        mandate = $7, holder_name = $8, address = $9, gateway_token = $10, verified_at = $11, removed_at = $12, \
        revision = revision + 1 WHERE organization_id = $1 AND id = $2 AND revision = $3";
    SET_VERIFIED: organization = "UPDATE payment_method SET verified_at = $3, revision = revision + 1 \
        WHERE organization_id = $1 AND id = $2 AND verified_at IS NULL";
    PAID_SELF_SERVICE: organization = "SELECT EXISTS (SELECT 1 FROM subscription WHERE organization_id = $1 \
        AND payment_method_id = $2 AND channel = 'self_service' AND state <> 'deleted')";
    PAID_PROFILES: organization = "SELECT id, name FROM billing_profile WHERE organization_id = $1 \
        AND payment_method_id = $2 ORDER BY name, id LIMIT $3";
}

/// A payment method with whose it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedPaymentMethod {
    /// The payment method.
    pub method: PaymentMethod,
    /// The name of the person who added it.
    pub owner_name: String,
    /// Whether that person was deleted.
    pub owner_is_gone: bool,
    /// What it pays for.
    pub uses: Uses,
}

fn payment_method(row: &Row<'_>) -> Result<PaymentMethod> {
    let described = match row.get::<String>(2)?.as_str() {
        "bank_account" => MethodDescription::BankAccount(BankAccountDescription {
            country: row.get(3)?,
            last_four: row.get(4)?,
            mandate: row.get(8)?,
        }),
        _ => MethodDescription::Card(CardDescription {
            brand: row.get(3)?,
            last_four: row.get(4)?,
            expires_on: row.get(5)?,
        }),
    };
    Ok(PaymentMethod {
        id: row.get(0)?,
        user_id: row.get(1)?,
        described,
        holder: row.get(6)?,
        address: json(row, 7)?,
        gateway_token: row.get(9)?,
        created_at: row.get(10)?,
        verified_at: row.get(11)?,
        removed_at: row.get(12)?,
        revision: row.get(13)?,
    })
}

/// The payment method, whether or not it is still on file.
///
/// # Errors
/// When the database fails.
pub fn find(read: &Read<'_>, id: PaymentMethodId) -> Result<Option<PaymentMethod>> {
    read.query_one(&PAYMENT_METHOD_BY_ID, params![id], payment_method)
}

/// What a person added and nobody took off file, the newest first.
///
/// # Errors
/// When the database fails.
pub fn of_user(read: &Read<'_>, user: UserId) -> Result<Vec<PaymentMethod>> {
    read.query(&PAYMENT_METHODS_OF_USER, params![user], payment_method)
}

/// What a person may let pay, the newest first: the own cards and accounts, and the accounts of the organization.
///
/// # Errors
/// When the database fails.
pub fn offered(read: &Read<'_>, user: Option<UserId>) -> Result<Vec<PaymentMethod>> {
    read.query(&PAYMENT_METHODS_OFFERED, params![user], payment_method)
}

/// Every payment method that can pay, the newest first.
///
/// # Errors
/// When the database fails.
pub fn on_file(read: &Read<'_>) -> Result<Vec<ListedPaymentMethod>> {
    read.query(&PAYMENT_METHODS_ON_FILE, params![], listed)
}

/// A payment method that can pay.
///
/// # Errors
/// When the database fails.
pub fn find_on_file(read: &Read<'_>, id: PaymentMethodId) -> Result<Option<ListedPaymentMethod>> {
    read.query_one(&PAYMENT_METHOD_ON_FILE, params![id], listed)
}

/// How many payment methods can pay.
///
/// # Errors
/// When the database fails.
pub fn count_on_file(read: &Read<'_>) -> Result<i64> {
    Ok(read.query_one(&PAYMENT_METHODS_COUNT, params![], |row| row.get(0))?.unwrap_or_default())
}

fn listed(row: &Row<'_>) -> Result<ListedPaymentMethod> {
    let count = |at| Ok(u32::try_from(row.get::<i64>(at)?).unwrap_or(u32::MAX));
    Ok(ListedPaymentMethod {
        method: payment_method(row)?,
        owner_name: row.get(14)?,
        owner_is_gone: row.code(15, UserState::from_code)? == UserState::Deleted,
        uses: Uses {
            subscriptions: count(16)?,
            billing_profiles: count(17)?,
            invoices: count(18)?,
            under_way: count(19)?,
        },
    })
}

/// Puts a payment method on file.
///
/// # Errors
/// When the database fails.
pub fn insert(write: &Write<'_>, new: &PaymentMethod) -> Result<()> {
    let kind = match &new.described {
        MethodDescription::Card(_) => "card",
        MethodDescription::BankAccount(_) => "bank_account",
    };
    let described = Described::of(new);
    write.change(
        &INSERT_PAYMENT_METHOD,
        params![
            new.id,
            new.user_id,
            kind,
            described.brand,
            described.last_four,
            described.expires_on,
            new.holder,
            text(&new.address),
            described.mandate,
            new.gateway_token,
            new.created_at,
            new.verified_at
        ],
    )
}

/// How the columns hold a description.
struct Described<'a> {
    brand: &'a str,
    last_four: &'a str,
    expires_on: &'a str,
    mandate: Option<&'a str>,
}

impl<'a> Described<'a> {
    fn of(method: &'a PaymentMethod) -> Self {
        let expires_on = method.expires_on().unwrap_or_default();
        let (brand, last_four, mandate) = match &method.described {
            MethodDescription::Card(card) => (&card.brand, &card.last_four, None),
            MethodDescription::BankAccount(account) => {
                (&account.country, &account.last_four, account.mandate.as_deref())
            }
        };
        Self { brand, last_four, expires_on, mandate }
    }
}

/// Saves a payment method that was read at `changed.revision`. Saving it unchanged says that something begins to use
/// it: whoever takes it off file at the same time fails.
///
/// # Errors
/// When the database fails, or somebody changed it meanwhile.
pub fn update(write: &Write<'_>, changed: &PaymentMethod) -> Result<()> {
    let described = Described::of(changed);
    write.change(
        &UPDATE_PAYMENT_METHOD,
        params![
            changed.id,
            changed.revision,
            described.brand,
            described.last_four,
            described.expires_on,
            described.mandate,
            changed.holder,
            text(&changed.address),
            changed.gateway_token,
            changed.verified_at,
            changed.removed_at
        ],
    )
}

/// Notes that a payment method can pay, the first time that it does.
///
/// # Errors
/// When the database fails.
pub fn set_verified(write: &Write<'_>, id: PaymentMethodId, at: Timestamp) -> Result<()> {
    write.change_some(&SET_VERIFIED, params![id, at])
}

/// Whether a payment method pays for something that somebody bought for oneself or the team.
///
/// # Errors
/// When the database fails.
pub fn pays_self_service(read: &Read<'_>, id: PaymentMethodId) -> Result<bool> {
    Ok(read.query_one(&PAID_SELF_SERVICE, params![id], |row| row.get(0))?.unwrap_or_default())
}

/// The billing profiles that a payment method pays for, by name.
///
/// # Errors
/// When the database fails.
pub fn paid_profiles(read: &Read<'_>, id: PaymentMethodId, limit: usize) -> Result<Vec<(BillingProfileId, String)>> {
    read.query(&PAID_PROFILES, params![id, limit as i64], |row| Ok((row.get(0)?, row.get(1)?)))
}
