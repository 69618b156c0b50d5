//! The customers of a partner, and what it sold to each: nothing else of them (R66 to R68).

use super::{home, let_in};
use crate::door::{App, Caller, Look, Query};
use crate::failure::Failure;
use domain::access::permission::ManageCustomers;
use domain::ids::{OrganizationId, SubscriptionId};
use domain::limits::PAGE_ROWS_MAX;
use domain::partner::Partner;
use domain::refusal::Refusal;
use jiff::civil::Date;
use store::tables::subscription::{self, ListedSubscription};
use store::tables::{organization, partner};

pub use store::tables::partner::ListedCustomer;

/// Asks for the customers of one's own organization, by name.
#[derive(Debug, Clone, Default)]
pub struct ListCustomers {
    /// Only whose name contains this.
    pub search: String,
    /// The last one of the page before.
    pub after: Option<OrganizationId>,
    /// How many at most.
    pub limit: usize,
}

/// A page of customers.
#[derive(Debug, Clone)]
pub struct CustomersPage {
    /// What the organization is as a partner.
    pub partner: Partner,
    /// The customers.
    pub rows: Vec<ListedCustomer>,
    /// The last row, when there are more.
    pub next: Option<OrganizationId>,
}

impl Query for ListCustomers {
    type Permission = ManageCustomers;
    type Outcome = CustomersPage;

    fn run(&self, look: &Look<'_, ManageCustomers>) -> Result<CustomersPage, Failure> {
        let own = partner::find(look.read)?.ok_or(Refusal::NotFound)?;
        let last = self.after.map(|id| organization::find(look.read, id)).transpose()?.flatten();
        let after = last.as_ref().map(|last| (last.name.as_str(), last.id));
        let mut rows = partner::customers(look.read, own.id, &self.search, after, self.limit + 1)?;
        let has_more = rows.len() > self.limit;
        rows.truncate(self.limit);
        let next = if has_more { rows.last().map(|row| row.id) } else { None };
        Ok(CustomersPage { partner: own, rows, next })
    }
}

/// A customer as its partner sees it.
#[derive(Debug, Clone)]
pub struct CustomerView {
    /// Its organization.
    pub id: OrganizationId,
    /// Its name.
    pub name: String,
    /// Its country.
    pub country: String,
    /// The day there.
    pub today: Date,
    /// What the partner sold to it.
    pub subscriptions: Vec<ListedSubscription>,
}

impl CustomerView {
    /// One of the subscriptions.
    ///
    /// # Errors
    /// [`Refusal::NotFound`].
    pub fn subscription(&self, id: SubscriptionId) -> Result<&ListedSubscription, Refusal> {
        self.subscriptions.iter().find(|listed| listed.subscription.id == id).ok_or(Refusal::NotFound)
    }
}

/// What one's own organization sold to a customer. Blocks.
///
/// # Errors
/// [`Refusal::NotFound`] for whoever did not let it in.
pub fn customer(app: &App, caller: &Caller, customer: OrganizationId) -> Result<CustomerView, Failure> {
    app.read_at_customer(caller, customer, &Customer)
}

struct Customer;

impl Query for Customer {
    type Permission = ManageCustomers;
    type Outcome = CustomerView;

    fn run(&self, look: &Look<'_, ManageCustomers>) -> Result<CustomerView, Failure> {
        let_in(look.read, look.granted.actor())?;
        let here = look.organization();
        Ok(CustomerView {
            id: here.id,
            name: here.name.clone(),
            country: here.country.clone(),
            today: look.today(),
            subscriptions: subscription::of_partner(look.read, home(look.granted.actor())?, PAGE_ROWS_MAX)?,
        })
    }
}
