//! Every organization on this Zetel.

use crate::door::{Look, Query};
use crate::failure::Failure;
use domain::access::permission::OperateOrganizations;
use domain::ids::OrganizationId;
use domain::organization::Organization;
use store::tables::organization;

/// Asks for organizations by name. About the operator's own organization.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListOrganizations {
    /// Only those whose name contains this.
    pub search: String,
    /// The last one of the page before.
    pub after: Option<OrganizationId>,
    /// How many at most.
    pub limit: usize,
}

/// A page of organizations.
#[derive(Debug, Clone)]
pub struct OrganizationPage {
    /// The rows.
    pub rows: Vec<Organization>,
    /// The last row, when there are more after it.
    pub next: Option<OrganizationId>,
}

impl Query for ListOrganizations {
    type Permission = OperateOrganizations;
    type Outcome = OrganizationPage;

    fn run(&self, look: &Look<'_, OperateOrganizations>) -> Result<OrganizationPage, Failure> {
        let after = self.after.map(|id| organization::find(look.read, id)).transpose()?.flatten();
        let after = after.as_ref().map(|after| (after.name.as_str(), after.id));
        let mut rows = organization::list(look.read, &self.search, after, self.limit + 1)?;
        let has_more = rows.len() > self.limit;
        rows.truncate(self.limit);
        let next = if has_more { rows.last().map(|row| row.id) } else { None };
        Ok(OrganizationPage { rows, next })
    }
}
