//! Find and name the people to whom licenses are to be assigned (R27, R29).

use crate::door::{Look, Query};
use crate::failure::Failure;
use domain::access::permission::AssignLicenses;
use domain::ids::{ProductId, UserId};
use domain::limits::PEOPLE_PER_ACTION;
use store::tables::assignment::{self, Person};
use store::tables::assignment_list;

pub use store::tables::assignment_list::Choosable;

/// Finds people by what was typed; only those of the organization are ever found (R29).
#[derive(Debug, Clone)]
pub struct FindPeople {
    /// For which product.
    pub product_id: ProductId,
    /// What was typed: the beginnings of names or of an address.
    pub search: String,
    /// How many at most.
    pub limit: usize,
}

impl Query for FindPeople {
    type Permission = AssignLicenses;
    type Outcome = Vec<Choosable>;

    fn run(&self, look: &Look<'_, AssignLicenses>) -> Result<Vec<Choosable>, Failure> {
        if self.search.trim().is_empty() {
            return Ok(Vec::new());
        }
        Ok(assignment_list::choosable(look.read, self.product_id, &self.search, self.limit)?)
    }
}

/// Names people who were chosen; those who are not of the organization are left out.
#[derive(Debug, Clone)]
pub struct NamePeople {
    /// For which product.
    pub product_id: ProductId,
    /// Who; beyond twenty they are left out (R28).
    pub users: Vec<UserId>,
}

impl Query for NamePeople {
    type Permission = AssignLicenses;
    type Outcome = Vec<Person>;

    fn run(&self, look: &Look<'_, AssignLicenses>) -> Result<Vec<Person>, Failure> {
        let users = &self.users[..self.users.len().min(PEOPLE_PER_ACTION)];
        Ok(assignment::people(look.read, self.product_id, users)?)
    }
}
