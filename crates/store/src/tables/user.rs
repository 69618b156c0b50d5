//! People, their words for search, and their roles.

use super::group;
use crate::{Read, Result, Row, Write, params, statements};
use domain::access::Role;
use domain::ids::{GroupId, ProductId, SubscriptionId, UserId};
use domain::user::{User, UserFacts, UserState, fold, search_words};
use jiff::Timestamp;

/// The columns of a listed person, in the order in which [`listed`] reads them.
macro_rules! select_listed {
    ($from:literal) => {
        concat!(
            "SELECT u.id, u.email, u.display_name, u.department, u.usage_location, u.state, u.license_count, \
             u.created_at, u.revision, u.is_guest, (SELECT string_agg(r.role, ' ') FROM user_role r \
             WHERE r.organization_id = u.organization_id AND r.user_id = u.id) FROM ",
            $from,
            "\"user\" u WHERE u.organization_id = $1 AND u.state <> 'deleted' "
        )
    };
}

/// The first word of a search, for a list that does not begin with it.
macro_rules! first_word {
    () => {
        "AND ($7 = '' OR EXISTS (SELECT 1 FROM user_word w WHERE w.organization_id = u.organization_id \
         AND w.user_id = u.id AND w.word >= $7 AND w.word < $8)) "
    };
}

/// The filters of a list, after the last row of the page before. A word begins with `$7` when it lies between that
/// and `$8`; a word that was not typed is empty.
macro_rules! filtered {
    () => {
        "AND ($2 = '' OR u.state = $2) AND ($3 = '' OR u.department = $3) \
         AND ($4 = '' OR (u.license_count > 0) = ($4 = 'licensed')) \
         AND ($5 = '' OR u.id IN (SELECT r.user_id FROM user_role r WHERE r.organization_id = $1 \
         AND ($5 = 'any' OR r.role = $5))) \
         AND ($6 OR u.id IN (SELECT g.user_id FROM group_member g WHERE g.organization_id = $1 \
         AND g.group_id = $15)) \
         AND ($9 = '' OR EXISTS (SELECT 1 FROM user_word w WHERE w.organization_id = u.organization_id \
         AND w.user_id = u.id AND w.word >= $9 AND w.word < $10)) \
         AND ($11 = '' OR EXISTS (SELECT 1 FROM user_word w WHERE w.organization_id = u.organization_id \
         AND w.user_id = u.id AND w.word >= $11 AND w.word < $12)) \
         AND ($13 = '' OR EXISTS (SELECT 1 FROM user_word w WHERE w.organization_id = u.organization_id \
         AND w.user_id = u.id AND w.word >= $13 AND w.word < $14)) \
         AND (u.sort_name, u.id) > ($16, $17) ORDER BY u.sort_name, u.id LIMIT $18"
    };
}

statements! {
    // The first word is common or was not typed: walk the list in its order and look at each person's words.
    LIST_USERS: organization = concat!(select_listed!(""), first_word!(), filtered!());
    // The first word is rare: begin with the people who have it. SQLite takes a cross join in the written order.
    LIST_FEW_USERS: organization = concat!(select_listed!("(SELECT DISTINCT w.user_id FROM user_word w \
        WHERE w.organization_id = $1 AND w.word >= $7 AND w.word < $8) few CROSS JOIN "), "AND u.id = few.user_id ",
        filtered!());
    // The group is small: begin with its people.
    LIST_MEMBERS: organization = concat!(select_listed!("(SELECT g.user_id FROM group_member g \
        WHERE g.organization_id = $1 AND g.group_id = $15) few CROSS JOIN "), "AND u.id = few.user_id ",
        first_word!(), filtered!());
    COUNT_SEARCHED: organization = "SELECT COUNT(*) FROM (SELECT w.user_id FROM user_word w \
        WHERE w.organization_id = $1 AND w.word >= $2 AND w.word < $3 LIMIT $4) few";
    // From one department to the next in the index, whatever number of people are in each.
    DEPARTMENTS: organization = "WITH RECURSIVE found (department) AS ( \
        SELECT (SELECT u.department FROM \"user\" u WHERE u.organization_id = $1 AND u.department > '' \
        AND u.state <> 'deleted' ORDER BY u.department LIMIT 1) \
        UNION ALL SELECT (SELECT u.department FROM \"user\" u WHERE u.organization_id = $1 \
        AND u.department > found.department AND u.state <> 'deleted' ORDER BY u.department LIMIT 1) FROM found \
        WHERE found.department IS NOT NULL) \
        SELECT department FROM found WHERE department IS NOT NULL LIMIT $2";
    EMAILS: organization = "SELECT email FROM \"user\" WHERE organization_id = $1 AND state <> 'deleted'";
    USER_BY_ID: organization = "SELECT id, email, display_name, department, usage_location, state, license_count, \
        created_at, revision, is_guest FROM \"user\" WHERE organization_id = $1 AND id = $2";
    USER_BY_EMAIL: organization = "SELECT id, email, display_name, department, usage_location, state, license_count, \
        created_at, revision, is_guest FROM \"user\" WHERE organization_id = $1 AND email = $2 AND state <> 'deleted'";
    INSERT_USER: organization = "INSERT INTO \"user\" (organization_id, id, email, display_name, sort_name, \
        department, usage_location, state, created_at, is_guest) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, 'active', $8, $9)";
    INSERT_WORD: organization = "INSERT INTO user_word (organization_id, word, user_id) VALUES ($1, $2, $3)";
    ROLES: organization = "SELECT role FROM user_role WHERE organization_id = $1 AND user_id = $2 ORDER BY role";
    INSERT_ROLE: organization = "INSERT INTO user_role (organization_id, user_id, role) VALUES ($1, $2, $3)";
    DELETE_ROLES: organization = "DELETE FROM user_role WHERE organization_id = $1 AND user_id = $2";
    SET_LOCATION_IF_MISSING: organization = "UPDATE \"user\" SET usage_location = $3, revision = revision + 1 \
        WHERE organization_id = $1 AND id = $2 AND usage_location IS NULL AND state <> 'deleted'";
    SET_PASSWORD_HASH: organization = "UPDATE \"user\" SET password_hash = $3, revision = revision + 1 \
        WHERE organization_id = $1 AND id = $2";
    PASSWORD_HASH: organization = "SELECT password_hash FROM \"user\" WHERE organization_id = $1 AND id = $2 \
        AND state = 'active'";
    UPDATE_USER: organization = "UPDATE \"user\" SET email = $4, display_name = $5, sort_name = $6, \
        department = $7, usage_location = $8, is_guest = $9, revision = revision + 1 \
        WHERE organization_id = $1 AND id = $2 AND revision = $3";
    SET_USER_STATE: organization = "UPDATE \"user\" SET state = $4, revision = revision + 1 \
        WHERE organization_id = $1 AND id = $2 AND revision = $3";
    DELETE_USER: organization = "UPDATE \"user\" SET state = 'deleted', password_hash = NULL, deleted_at = $4, \
        revision = revision + 1 WHERE organization_id = $1 AND id = $2 AND revision = $3";
    DELETE_WORDS: organization = "DELETE FROM user_word WHERE organization_id = $1 AND user_id = $2";
    RENAME_ASSIGNMENTS: organization = "UPDATE assignment SET sort_name = $3 WHERE organization_id = $1 \
        AND user_id = $2";
    HOLD_USER: organization = "UPDATE \"user\" SET state = state WHERE organization_id = $1 AND id = $2 \
        AND state <> 'deleted'";
    COUNT_OTHERS_WITH_ROLE: organization = "SELECT COUNT(*) FROM user_role r JOIN \"user\" u \
        ON u.organization_id = r.organization_id AND u.id = r.user_id \
        WHERE r.organization_id = $1 AND r.role = $2 AND r.user_id <> $3 AND u.state = 'active'";
    HELD_BY_USER: organization = "SELECT a.product_id, p.name, a.subscription_id, a.assigned_at, a.conflict_since, \
        a.disabled_plans, (SELECT COUNT(*) FROM sku_plan k WHERE k.sku_id = s.sku_id) FROM assignment a \
        JOIN product p ON p.id = a.product_id \
        JOIN subscription s ON s.organization_id = a.organization_id AND s.id = a.subscription_id \
        WHERE a.organization_id = $1 AND a.user_id = $2 ORDER BY p.sort_name, p.id";
    PRODUCTS_TO_GIVE: organization = "SELECT p.id, p.name, CAST(SUM(s.quantity - s.assigned) AS BIGINT) \
        FROM subscription s JOIN product p ON p.id = s.product_id WHERE s.organization_id = $1 \
        AND s.state IN ('active', 'expired') AND (($2 AND s.holder_id IS NULL) OR s.holder_id = $3) \
        GROUP BY p.id, p.name, p.sort_name ORDER BY p.sort_name, p.id LIMIT $4";
}

/// People who have a word, or are in a group, are few up to this number; a list then begins with them.
const FEW: i64 = 20_000;

/// A person as lists show them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedUser {
    /// The person.
    pub user: User,
    /// The person's roles.
    pub roles: Vec<Role>,
}

/// Whether people hold licenses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Licensed {
    /// At least one.
    Yes,
    /// None.
    No,
}

/// Which roles people have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WithRole {
    /// Any role at all.
    Any,
    /// This one.
    Only(Role),
}

/// Which people a list shows; deleted ones never.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct UserFilter {
    /// Folded beginnings of words, at most [`domain::limits::SEARCH_WORDS_MAX`]; each must begin a word of the person.
    pub words: Vec<String>,
    /// Only with or without licenses.
    pub licensed: Option<Licensed>,
    /// Only of this department; all when empty.
    pub department: String,
    /// Only in this state.
    pub state: Option<UserState>,
    /// Only with a role.
    pub role: Option<WithRole>,
    /// Only members of this group.
    pub group: Option<GroupId>,
}

/// A license of a person with the names that a page shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldLicense {
    /// What.
    pub product_id: ProductId,
    /// Its name.
    pub product_name: String,
    /// From which subscription.
    pub subscription_id: SubscriptionId,
    /// Since when.
    pub assigned_at: Timestamp,
    /// Since when it is in conflict.
    pub conflict_since: Option<Timestamp>,
    /// Apps that are switched off.
    pub disabled_plans: Vec<domain::ids::ServicePlanId>,
    /// How many apps the product has.
    pub app_count: u32,
}

/// Reads a row with the columns of [`USER_BY_ID`].
pub(crate) fn user(row: &Row<'_>) -> Result<User> {
    Ok(User {
        id: row.get(0)?,
        email: row.get(1)?,
        display_name: row.get(2)?,
        department: row.get(3)?,
        usage_location: row.get(4)?,
        state: row.code(5, UserState::from_code)?,
        license_count: row.get(6)?,
        created_at: row.get(7)?,
        revision: row.get(8)?,
        is_guest: row.get(9)?,
    })
}

/// The person, deleted or not.
///
/// # Errors
/// When the database fails.
pub fn find(read: &Read<'_>, id: UserId) -> Result<Option<User>> {
    read.query_one(&USER_BY_ID, params![id], user)
}

/// The person with this sign-in name who is not deleted.
///
/// # Errors
/// When the database fails.
pub fn find_by_email(read: &Read<'_>, email: &str) -> Result<Option<User>> {
    read.query_one(&USER_BY_EMAIL, params![email], user)
}

/// Adds a person with the words by which search finds them.
///
/// # Errors
/// When the database fails, or the address is taken.
pub fn insert(write: &Write<'_>, id: UserId, facts: &UserFacts, created_at: Timestamp) -> Result<()> {
    let sort_name = fold(&facts.display_name);
    let (department, location) = (&facts.department, &facts.usage_location);
    write.change(
        &INSERT_USER,
        params![id, facts.email, facts.display_name, sort_name, department, location, created_at, facts.is_guest],
    )?;
    insert_words(write, id, facts)
}

/// Adds the words of a person.
pub(crate) fn insert_words(write: &Write<'_>, id: UserId, facts: &UserFacts) -> Result<()> {
    search_words(&facts.display_name, &facts.email)
        .iter()
        .try_for_each(|word| write.change(&INSERT_WORD, params![word, id]))
}

/// The roles of a person.
///
/// # Errors
/// When the database fails.
pub fn roles(read: &Read<'_>, id: UserId) -> Result<Vec<Role>> {
    read.query(&ROLES, params![id], |row| row.code(0, Role::from_code))
}

/// Replaces the roles of a person.
///
/// # Errors
/// When the database fails.
pub fn set_roles(write: &Write<'_>, id: UserId, roles: &[Role]) -> Result<()> {
    write.change_any(&DELETE_ROLES, params![id])?;
    roles.iter().try_for_each(|role| write.change(&INSERT_ROLE, params![id, role.code()]))
}

/// Stores the hash of a password; the password itself never comes here.
///
/// # Errors
/// When the database fails, or there is no such person.
pub fn set_password_hash(write: &Write<'_>, id: UserId, hash: &str) -> Result<()> {
    write.change(&SET_PASSWORD_HASH, params![id, hash])
}

/// Gives a person who has no usage location one; gives whether there was none.
///
/// # Errors
/// When the database fails.
pub fn set_location_if_missing(write: &Write<'_>, id: UserId, location: &str) -> Result<bool> {
    write.change_any(&SET_LOCATION_IF_MISSING, params![id, location]).map(|count| count == 1)
}

/// A product of which licenses can be given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProductToGive {
    /// Which.
    pub id: ProductId,
    /// Its name.
    pub name: String,
    /// Licenses that are available, over all subscriptions that may be used.
    pub available: u32,
}

fn listed(row: &Row<'_>) -> Result<ListedUser> {
    let roles = row.get::<Option<String>>(10)?.unwrap_or_default();
    let mut roles: Vec<_> = roles.split_whitespace().filter_map(Role::from_code).collect();
    roles.sort_unstable();
    Ok(ListedUser { user: user(row)?, roles })
}

/// The end of the range of words that begin with `word`: after every one of them, before every other.
fn after_prefix(word: &str) -> String {
    format!("{word}\u{10ffff}")
}

/// One page of people by name: the filter, after the last person of the page before.
///
/// # Errors
/// When the database fails.
pub fn list(read: &Read<'_>, filter: &UserFilter, after: Option<&User>, limit: usize) -> Result<Vec<ListedUser>> {
    let (words, is_rare) = rarest_first(read, &filter.words)?;
    let word = |index: usize| words.get(index).map_or("", String::as_str);
    let end = |index: usize| words.get(index).map_or(String::new(), |word| after_prefix(word));
    let licensed = match filter.licensed {
        None => "",
        Some(Licensed::Yes) => "licensed",
        Some(Licensed::No) => "unlicensed",
    };
    let role = match filter.role {
        None => "",
        Some(WithRole::Any) => "any",
        Some(WithRole::Only(role)) => role.code(),
    };
    let group_id = filter.group.map_or(uuid::Uuid::nil(), GroupId::uuid);
    let last = after.map_or((String::new(), uuid::Uuid::nil()), |user| (fold(&user.display_name), user.id.uuid()));
    let parameters = params![
        filter.state.map_or("", UserState::code),
        filter.department,
        licensed,
        role,
        filter.group.is_none(),
        word(0),
        end(0),
        word(1),
        end(1),
        word(2),
        end(2),
        word(3),
        end(3),
        group_id,
        last.0,
        last.1,
        limit as i64
    ];
    let statement = match filter.group {
        Some(id) if group::find(read, id)?.is_some_and(|group| i64::from(group.member_count) <= FEW) => &LIST_MEMBERS,
        _ if is_rare => &LIST_FEW_USERS,
        _ => &LIST_USERS,
    };
    read.query(statement, parameters, listed)
}

/// The words with the one that fewest people have first, and whether those are few.
fn rarest_first(read: &Read<'_>, words: &[String]) -> Result<(Vec<String>, bool)> {
    let count = |word: &String| {
        let found =
            read.query_one(&COUNT_SEARCHED, params![word, after_prefix(word), FEW + 1], |row| row.get::<i64>(0))?;
        Ok((found.unwrap_or_default(), word.clone()))
    };
    let mut counted = words.iter().map(count).collect::<Result<Vec<_>>>()?;
    counted.sort();
    let is_rare = counted.first().is_some_and(|(count, _)| *count <= FEW);
    Ok((counted.into_iter().map(|(_, word)| word).collect(), is_rare))
}

/// The departments that people are in, by name.
///
/// # Errors
/// When the database fails.
pub fn departments(read: &Read<'_>, limit: usize) -> Result<Vec<String>> {
    read.query(&DEPARTMENTS, params![limit as i64], |row| row.get(0))
}

/// Products of which licenses can be given, by name, with how many are available: those that the organization holds
/// when `central`, and those that `holder` bought.
///
/// # Errors
/// When the database fails.
pub fn products_to_give(
    read: &Read<'_>,
    central: bool,
    holder: Option<UserId>,
    limit: usize,
) -> Result<Vec<ProductToGive>> {
    let holder = holder.map_or(uuid::Uuid::nil(), UserId::uuid);
    read.query(&PRODUCTS_TO_GIVE, params![central, holder, limit as i64], |row| {
        Ok(ProductToGive { id: row.get(0)?, name: row.get(1)?, available: row.get(2)? })
    })
}

/// Shows `each` the address of everybody who is not deleted.
///
/// # Errors
/// When the database fails.
pub fn each_email(read: &Read<'_>, mut each: impl FnMut(&str)) -> Result<()> {
    read.query(&EMAILS, params![], |row| row.text(0).map(&mut each)).map(|_| ())
}

/// The licenses of a person by the name of the product.
///
/// # Errors
/// When the database fails.
pub fn held(read: &Read<'_>, id: UserId) -> Result<Vec<HeldLicense>> {
    read.query(&HELD_BY_USER, params![id], |row| {
        Ok(HeldLicense {
            product_id: row.get(0)?,
            product_name: row.get(1)?,
            subscription_id: row.get(2)?,
            assigned_at: row.get(3)?,
            conflict_since: row.get(4)?,
            disabled_plans: super::assignment::plans(row.text(5)?),
            app_count: row.get(6)?,
        })
    })
}

/// How many others who can sign in have a role.
///
/// # Errors
/// When the database fails.
pub fn count_others_with_role(read: &Read<'_>, role: Role, id: UserId) -> Result<i64> {
    let found = read.query_one(&COUNT_OTHERS_WITH_ROLE, params![role.code(), id], |row| row.get(0))?;
    Ok(found.unwrap_or_default())
}

/// The hash of the password of a person who may sign in; `None` when there is none.
///
/// # Errors
/// When the database fails.
pub fn password_hash(read: &Read<'_>, id: UserId) -> Result<Option<String>> {
    Ok(read.query_one(&PASSWORD_HASH, params![id], |row| row.get::<Option<String>>(0))?.flatten())
}

/// Saves facts of a person who was read as `old`, with the words by which search finds them and the name by which
/// their licenses are sorted.
///
/// # Errors
/// When the database fails, the address is taken, or somebody changed the person meanwhile.
pub fn update(write: &Write<'_>, old: &User, facts: &UserFacts) -> Result<()> {
    let sort_name = fold(&facts.display_name);
    let (department, location) = (&facts.department, &facts.usage_location);
    write.change(
        &UPDATE_USER,
        params![old.id, old.revision, facts.email, facts.display_name, sort_name, department, location, facts.is_guest],
    )?;
    if facts.email == old.email && facts.display_name == old.display_name {
        return Ok(());
    }
    write.change_some(&DELETE_WORDS, params![old.id])?;
    insert_words(write, old.id, facts)?;
    write.change_some(&RENAME_ASSIGNMENTS, params![old.id, sort_name])
}

/// Blocks a person who was read as `old`, or lets them sign in again.
///
/// # Errors
/// When the database fails, or somebody changed the person meanwhile.
pub fn set_state(write: &Write<'_>, old: &User, state: UserState) -> Result<()> {
    write.change(&SET_USER_STATE, params![old.id, old.revision, state.code()])
}

/// Deletes a person who was read as `old`: nobody finds them any more, they are in no group and have no role. Their
/// licenses and sessions are the caller's to end; the row stays for the history.
///
/// # Errors
/// When the database fails, or somebody changed the person meanwhile.
pub fn delete(write: &Write<'_>, old: &User, at: Timestamp) -> Result<()> {
    write.change(&DELETE_USER, params![old.id, old.revision, at])?;
    write.change_some(&DELETE_WORDS, params![old.id])?;
    write.change_some(&DELETE_ROLES, params![old.id])?;
    for group in group::of_user(write, old.id)? {
        if group::hold(write, group.id)?.is_some() {
            group::remove(write, group.id, &[old.id])?;
        }
    }
    Ok(())
}

/// Keeps a person from being deleted until this transaction is over; gives whether they are there.
///
/// # Errors
/// When the database fails.
pub fn hold(write: &Write<'_>, id: UserId) -> Result<bool> {
    Ok(write.change_any(&HOLD_USER, params![id])? == 1)
}
