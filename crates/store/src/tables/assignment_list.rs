//! Who holds what, as lists that page by key: products on Licenses, people of a product, people to choose from.

use super::assignment::plans;
use crate::{Bind, Read, Result, Row, Sql, params, statements};
use domain::ids::{ProductId, SubscriptionId, UserId};
use domain::license::Assignment;
use domain::user::fold;
use jiff::Timestamp;

/// A word that more people than this have is common: then the list is read in its order until the page is full.
/// The people of a rarer word are found by the word and sorted.
const COMMON_WORD: i64 = 2_000;

/// How many words of a search count.
const WORDS: usize = 3;

/// What [`held`] reads.
macro_rules! select_held {
    () => {
        "SELECT a.user_id, a.product_id, a.subscription_id, a.assigned_at, a.disabled_plans, a.conflict_since, \
         a.sort_name, u.display_name, u.email, u.department, h.display_name, \
         u.last_sign_in_at "
    };
}

/// The names around an assignment `a`.
macro_rules! names {
    () => {
        "JOIN \"user\" u ON u.organization_id = a.organization_id AND u.id = a.user_id \
         JOIN subscription s ON s.organization_id = a.organization_id AND s.id = a.subscription_id \
         LEFT JOIN \"user\" h ON h.organization_id = s.organization_id AND h.id = s.holder_id "
    };
}

/// Whether somebody has three words that begin with what was typed; an empty one is no question.
macro_rules! has_words {
    ($user:literal) => {
        concat!(has_words!($user, "$2", "$3"), has_words!($user, "$4", "$5"), has_words!($user, "$6", "$7"))
    };
    ($user:literal, $from:literal, $to:literal) => {
        concat!(
            "AND (",
            $from,
            " = '' OR EXISTS (SELECT 1 FROM user_word w WHERE w.organization_id = $1 AND w.user_id = ",
            $user,
            " AND w.word >= ",
            $from,
            " AND w.word < ",
            $to,
            ")) "
        )
    };
}

/// The people of the first word, each once. What is joined to it comes after it, which the word CROSS tells SQLite.
macro_rules! of_first_word {
    () => {
        "FROM (SELECT DISTINCT w.user_id FROM user_word w WHERE w.organization_id = $1 AND w.word >= $2 \
         AND w.word < $3) m CROSS JOIN "
    };
}

/// The end of a list of holders: whose subscriptions, after which row, how many.
macro_rules! page_of_holders {
    () => {
        "AND ($8 OR s.holder_id = $9) AND (a.sort_name, a.user_id) > ($10, $11) ORDER BY a.sort_name, a.user_id LIMIT $12"
    };
}

statements! {
    PRODUCTS: organization = "SELECT s.product_id, MIN(p.name), \
        CAST(SUM(CASE WHEN s.state IN ('active', 'expired') THEN s.quantity ELSE 0 END) AS BIGINT), \
        CAST(SUM(CASE WHEN s.state IN ('active', 'expired') THEN s.assigned ELSE 0 END) AS BIGINT), \
        CAST(SUM(s.conflicts) AS BIGINT), COUNT(*), COUNT(s.holder_id), s.sort_name \
        FROM subscription s JOIN product p ON p.id = s.product_id \
        WHERE s.organization_id = $1 AND s.state <> 'deleted' AND ($2 OR s.holder_id = $3) \
        AND ($4 OR s.holder_id IS NOT NULL) AND s.sort_name LIKE $5 ESCAPE '\\' \
        AND (s.sort_name, s.product_id) > ($6, $7) \
        GROUP BY s.sort_name, s.product_id ORDER BY s.sort_name, s.product_id LIMIT $8";
    HOLDERS_OF_PRODUCT: organization = concat!(select_held!(), "FROM assignment a ", names!(),
        "WHERE a.organization_id = $1 AND a.product_id = $13 ", has_words!("a.user_id"), page_of_holders!());
    HOLDERS_OF_SUBSCRIPTION: organization = concat!(select_held!(), "FROM assignment a ", names!(),
        "WHERE a.organization_id = $1 AND a.product_id = $13 AND a.subscription_id = $14 ", has_words!("a.user_id"),
        page_of_holders!());
    HOLDERS_WITH_WORD: organization = concat!(select_held!(), of_first_word!(), "assignment a ", names!(),
        "WHERE a.organization_id = $1 AND a.user_id = m.user_id AND a.product_id = $13 \
        AND ($15 OR a.subscription_id = $14) ", has_words!("a.user_id"), page_of_holders!());
    CONFLICTS_OF_PRODUCT: organization = concat!(select_held!(), "FROM assignment a ", names!(),
        "WHERE a.organization_id = $1 AND a.product_id = $2 AND a.conflict_since IS NOT NULL \
        AND ($3 OR s.holder_id = $4) ORDER BY a.conflict_since, a.user_id LIMIT $5");
    PEOPLE_BY_NAME: organization = concat!("SELECT u.id, u.display_name, u.email, u.department, \
        u.usage_location, a.user_id IS NOT NULL FROM \"user\" u \
        LEFT JOIN assignment a ON a.organization_id = u.organization_id AND a.user_id = u.id AND a.product_id = $8 \
        AND a.conflict_since IS NULL WHERE u.organization_id = $1 AND u.state <> 'deleted' ", has_words!("u.id"),
        "ORDER BY u.sort_name, u.id LIMIT $9");
    PEOPLE_WITH_WORD: organization = concat!("SELECT u.id, u.display_name, u.email, u.department, \
        u.usage_location, a.user_id IS NOT NULL ", of_first_word!(), "\"user\" u \
        LEFT JOIN assignment a ON a.organization_id = u.organization_id AND a.user_id = u.id AND a.product_id = $8 \
        AND a.conflict_since IS NULL WHERE u.organization_id = $1 AND u.id = m.user_id AND u.state <> 'deleted' ", has_words!("u.id"),
        "ORDER BY u.sort_name, u.id LIMIT $9");
    COUNT_WORD: organization = "SELECT COUNT(*) FROM (SELECT 1 FROM user_word WHERE organization_id = $1 \
        AND word >= $2 AND word < $3 LIMIT $4) few";
}

/// A product with the sum of its subscriptions: one row of Licenses (R112).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LicensedProduct {
    /// The product.
    pub product_id: ProductId,
    /// Its name.
    pub name: String,
    /// Licenses of all subscriptions that can be assigned.
    pub quantity: i64,
    /// Those in use.
    pub assigned: i64,
    /// People whose license is in conflict.
    pub conflicts: i64,
    /// How many subscriptions there are that are not deleted.
    pub subscriptions: i64,
    /// How many of them users bought.
    pub self_service: i64,
}

impl LicensedProduct {
    /// Licenses that can be given to someone.
    #[must_use]
    pub const fn available(&self) -> i64 {
        self.quantity - self.assigned
    }
}

/// Which products a list shows.
#[derive(Debug, Clone, Copy)]
pub struct ProductFilter<'a> {
    /// Only of subscriptions that this user bought.
    pub holder: Option<UserId>,
    /// Only of subscriptions that users bought.
    pub self_service: bool,
    /// Only products whose folded name contains this.
    pub search: &'a str,
}

/// The products of which the organization has subscriptions, by name, after the last one of the page before.
///
/// # Errors
/// When the database fails.
pub fn products(
    read: &Read<'_>,
    filter: ProductFilter<'_>,
    after: Option<(&str, ProductId)>,
    limit: usize,
) -> Result<Vec<LicensedProduct>> {
    let pattern = format!("%{}%", super::escape_like(filter.search));
    let (name, id) = after.map_or(("", uuid::Uuid::nil()), |(name, id)| (name, id.uuid()));
    let parameters =
        params![filter.holder.is_none(), filter.holder, !filter.self_service, pattern, name, id, limit as i64];
    read.query(&PRODUCTS, parameters, |row| {
        Ok(LicensedProduct {
            product_id: row.get(0)?,
            name: row.get(1)?,
            quantity: row.get(2)?,
            assigned: row.get(3)?,
            conflicts: row.get(4)?,
            subscriptions: row.get(5)?,
            self_service: row.get(6)?,
        })
    })
}

/// A license in use with the names that a page shows beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holder {
    /// The license.
    pub license: Assignment,
    /// The folded name of the person, by which the list is sorted.
    pub sort_name: String,
    /// The name of the person.
    pub display_name: String,
    /// The sign-in name.
    pub email: String,
    /// The department; may be empty.
    pub department: String,
    /// The name of the user who bought the subscription by self-service.
    pub buyer: Option<String>,
    /// When the person last signed in, to the hour; `None` when it is not known.
    pub last_sign_in_at: Option<Timestamp>,
}

/// Which holders of a product a list shows.
#[derive(Debug, Clone, Copy)]
pub struct HolderFilter<'a> {
    /// Of what.
    pub product: ProductId,
    /// Only from this subscription.
    pub subscription: Option<SubscriptionId>,
    /// Only from subscriptions that this user bought.
    pub holder: Option<UserId>,
    /// Only people with words that begin with those typed.
    pub search: &'a str,
}

/// The words of a search, each with the first text that no longer begins with it.
struct Words([(String, String); WORDS]);

impl Words {
    /// The longest first: it leaves the fewest people.
    fn new(search: &str) -> Self {
        let mut typed: Vec<String> = fold(search).split_whitespace().map(str::to_owned).collect();
        typed.sort_by_key(|word| std::cmp::Reverse(word.len()));
        let mut typed = typed.into_iter();
        Self(std::array::from_fn(|_| {
            typed.next().map_or_else(Default::default, |word| {
                let end = format!("{word}{}", char::MAX);
                (word, end)
            })
        }))
    }

    fn is_rare(&self, read: &Read<'_>) -> Result<bool> {
        let (from, to) = &self.0[0];
        if from.is_empty() {
            return Ok(false);
        }
        let count = read.query_one(&COUNT_WORD, params![from, to, COMMON_WORD + 1], |row| row.get::<i64>(0))?;
        Ok(count.is_some_and(|count| count <= COMMON_WORD))
    }

    fn parameters(&self) -> impl Iterator<Item = &dyn Bind> {
        self.0.iter().flat_map(|(from, to)| [from as &dyn Bind, to as &dyn Bind])
    }
}

fn holder(row: &Row<'_>) -> Result<Holder> {
    Ok(Holder {
        license: Assignment {
            user_id: row.get(0)?,
            product_id: row.get(1)?,
            subscription_id: row.get(2)?,
            assigned_at: row.get(3)?,
            disabled_plans: plans(row.text(4)?),
            conflict_since: row.get(5)?,
        },
        sort_name: row.get(6)?,
        display_name: row.get(7)?,
        email: row.get(8)?,
        department: row.get(9)?,
        buyer: row.get(10)?,
        last_sign_in_at: row.get(11)?,
    })
}

/// The people who hold a product, by name, after the last one of the page before.
///
/// # Errors
/// When the database fails.
pub fn holders(
    read: &Read<'_>,
    filter: HolderFilter<'_>,
    after: Option<(&str, UserId)>,
    limit: usize,
) -> Result<Vec<Holder>> {
    let words = Words::new(filter.search);
    let (product, subscription, any_subscription) =
        (filter.product, filter.subscription, filter.subscription.is_none());
    let (sql, count): (&Sql, usize) = match (words.is_rare(read)?, any_subscription) {
        (true, _) => (&HOLDERS_WITH_WORD, 3),
        (false, false) => (&HOLDERS_OF_SUBSCRIPTION, 2),
        (false, true) => (&HOLDERS_OF_PRODUCT, 1),
    };
    let of: [&dyn Bind; 3] = [&product, &subscription, &any_subscription];
    let (name, id) = after.map_or(("", uuid::Uuid::nil()), |(name, id)| (name, id.uuid()));
    let page = params![filter.holder.is_none(), filter.holder, name, id, limit as i64];
    let parameters: Vec<&dyn Bind> =
        words.parameters().chain(page.iter().copied()).chain(of.into_iter().take(count)).collect();
    read.query(sql, &parameters, holder)
}

/// The people whose license of a product is in conflict, the longest first.
///
/// # Errors
/// When the database fails.
pub fn conflicts(read: &Read<'_>, product: ProductId, only: Option<UserId>, limit: usize) -> Result<Vec<Holder>> {
    read.query(&CONFLICTS_OF_PRODUCT, params![product, only.is_none(), only, limit as i64], holder)
}

/// Somebody who can be chosen for a license.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choosable {
    /// Who.
    pub user_id: UserId,
    /// The name.
    pub display_name: String,
    /// The sign-in name.
    pub email: String,
    /// The department; may be empty.
    pub department: String,
    /// Where the person uses the services.
    pub usage_location: Option<String>,
    /// Whether the person holds the product already; not in conflict.
    pub holds_it: bool,
}

/// People with words that begin with those typed, by name.
///
/// # Errors
/// When the database fails.
pub fn choosable(read: &Read<'_>, product: ProductId, search: &str, limit: usize) -> Result<Vec<Choosable>> {
    let words = Words::new(search);
    let sql = if words.is_rare(read)? { &PEOPLE_WITH_WORD } else { &PEOPLE_BY_NAME };
    let page = params![product, limit as i64];
    let parameters: Vec<&dyn Bind> = words.parameters().chain(page.iter().copied()).collect();
    read.query(sql, &parameters, |row| {
        Ok(Choosable {
            user_id: row.get(0)?,
            display_name: row.get(1)?,
            email: row.get(2)?,
            department: row.get(3)?,
            usage_location: row.get(4)?,
            holds_it: row.get(5)?,
        })
    })
}
