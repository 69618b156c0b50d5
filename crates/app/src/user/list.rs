//! The people of an organization: the list, what it can be filtered by, and search as one types.

use crate::door::{Look, Query};
use crate::failure::Failure;
use crate::group::list::first;
use domain::access::permission::{AssignLicenses, ReadUsers};
use domain::group::Group;
use domain::ids::UserId;
use domain::limits::PEOPLE_PER_ACTION;
use domain::user::{User, searched_words};
use store::tables::user;

pub use store::tables::user::{Licensed, ListedUser, ProductToGive, UserFilter, WithRole};

/// Most departments or groups that a filter offers.
const CHOICES_MAX: usize = 200;

/// People that search as one types shows.
const FOUND_MAX: usize = 10;

/// Which people, from where. Sorted by name.
#[derive(Debug, Clone)]
pub struct ListUsers {
    /// What was typed: each word must begin a word of the name or the address.
    pub search: String,
    /// The other filters; its words are made from `search`.
    pub filter: UserFilter,
    /// The last one of the page before.
    pub after: Option<UserId>,
    /// How many at most.
    pub limit: usize,
}

/// A page of people.
#[derive(Debug, Clone)]
pub struct UserPage {
    /// The rows.
    pub rows: Vec<ListedUser>,
    /// The last row, when there are more after it.
    pub next: Option<UserId>,
}

impl Query for ListUsers {
    type Permission = ReadUsers;
    type Outcome = UserPage;

    fn run(&self, look: &Look<'_, ReadUsers>) -> Result<UserPage, Failure> {
        look.granted.everything()?;
        let filter = UserFilter { words: searched_words(&self.search), ..self.filter.clone() };
        let after = self.after.map(|id| user::find(look.read, id)).transpose()?.flatten();
        let mut rows = user::list(look.read, &filter, after.as_ref(), self.limit + 1)?;
        let has_more = rows.len() > self.limit;
        rows.truncate(self.limit);
        let next = if has_more { rows.last().map(|row| row.user.id) } else { None };
        Ok(UserPage { rows, next })
    }
}

/// Asks by what the list can be filtered.
#[derive(Debug, Clone, Copy)]
pub struct UserFilterChoices;

/// By what the list can be filtered.
#[derive(Debug, Clone)]
pub struct FilterChoices {
    /// Departments that people are in, by name; at most 200.
    pub departments: Vec<String>,
    /// Groups by name; at most 200.
    pub groups: Vec<Group>,
    /// How many groups there are besides.
    pub more_groups: i64,
}

impl Query for UserFilterChoices {
    type Permission = ReadUsers;
    type Outcome = FilterChoices;

    fn run(&self, look: &Look<'_, ReadUsers>) -> Result<FilterChoices, Failure> {
        look.granted.everything()?;
        let (groups, more_groups) = first(look.read, CHOICES_MAX)?;
        Ok(FilterChoices { departments: user::departments(look.read, CHOICES_MAX)?, groups, more_groups })
    }
}

/// Finds people to give a license to, at most ten. Whoever assigns licenses may search, also buyers for their own.
#[derive(Debug, Clone)]
pub struct SearchUsers(pub String);

impl Query for SearchUsers {
    type Permission = AssignLicenses;
    type Outcome = Vec<ListedUser>;

    fn run(&self, look: &Look<'_, AssignLicenses>) -> Result<Vec<ListedUser>, Failure> {
        let words = searched_words(&self.0);
        if words.is_empty() {
            return Ok(Vec::new());
        }
        Ok(user::list(look.read, &UserFilter { words, ..UserFilter::default() }, None, FOUND_MAX)?)
    }
}

/// Names people who were chosen; those who are not of the organization are left out.
#[derive(Debug, Clone)]
pub struct NameUsers(pub Vec<UserId>);

impl Query for NameUsers {
    type Permission = ReadUsers;
    type Outcome = Vec<User>;

    fn run(&self, look: &Look<'_, ReadUsers>) -> Result<Vec<User>, Failure> {
        look.granted.everything()?;
        let chosen = self.0.iter().take(PEOPLE_PER_ACTION);
        let found: Vec<_> = chosen.map(|id| user::find(look.read, *id)).collect::<Result<_, _>>()?;
        Ok(found.into_iter().flatten().filter(|user| user.must_exist().is_ok()).collect())
    }
}

/// Most products that a form offers.
const PRODUCTS_MAX: usize = 500;

/// Asks for the products of which the caller may give licenses, with how many are available.
#[derive(Debug, Clone, Copy)]
pub struct ProductsToGive;

impl Query for ProductsToGive {
    type Permission = AssignLicenses;
    type Outcome = Vec<ProductToGive>;

    fn run(&self, look: &Look<'_, AssignLicenses>) -> Result<Vec<ProductToGive>, Failure> {
        let central = look.granted.only().is_none();
        Ok(user::products_to_give(look.read, central, look.granted.actor().user(), PRODUCTS_MAX)?)
    }
}
