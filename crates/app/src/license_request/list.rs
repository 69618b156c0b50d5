//! Requests for licenses: those that wait, those that were decided in the past twelve months, and one of them.

use super::{forgotten_before, visible};
use crate::door::{Look, Query};
use crate::failure::Failure;
use domain::access::Reach;
use domain::access::permission::{AssignLicenses, ReadLicenses};
use domain::catalog::ServicePlan;
use domain::ids::LicenseRequestId;
use domain::license::request::{RequestProcess, RequestState};
use domain::limits::PAGE_ROWS_MAX;
use jiff::tz::TimeZone;
use store::tables::license_request::{self, RequestFilter};
use store::tables::{catalog, subscription, take_over};

pub use store::tables::license_request::{ListedRequest, RequestedPerson};
pub use store::tables::take_over::FreeLicenses;

/// Asks for a page of requests; somebody who sees only own licenses gets the own requests.
#[derive(Debug, Clone, Copy)]
pub struct ListRequests {
    /// Those that wait, or those that were decided.
    pub pending: bool,
    /// The last one of the page before.
    pub after: Option<LicenseRequestId>,
    /// How many at most.
    pub limit: usize,
}

/// A page of requests.
#[derive(Debug, Clone)]
pub struct RequestPage {
    /// The rows, the newest first.
    pub rows: Vec<ListedRequest>,
    /// The last row, when there are more after it.
    pub next: Option<LicenseRequestId>,
    /// What the organization says instead of taking requests, if it does.
    pub process: RequestProcess,
    /// The organization's zone.
    pub zone: TimeZone,
}

impl Query for ListRequests {
    type Permission = ReadLicenses;
    type Outcome = RequestPage;

    fn run(&self, look: &Look<'_, ReadLicenses>) -> Result<RequestPage, Failure> {
        let since = forgotten_before(look.today(), look.zone())?;
        let filter = RequestFilter { pending: self.pending, only: look.granted.only(), since };
        let mut rows = license_request::list(look.read, filter, self.after, self.limit + 1)?;
        let has_more = rows.len() > self.limit;
        rows.truncate(self.limit);
        let next = if has_more { rows.last().map(|row| row.request.id) } else { None };
        Ok(RequestPage { rows, next, process: license_request::process(look.read)?, zone: look.zone().clone() })
    }
}

/// Asks for one request.
#[derive(Debug, Clone, Copy)]
pub struct RequestDetails(pub LicenseRequestId);

/// One request.
#[derive(Debug, Clone)]
pub struct RequestView {
    /// The request.
    pub listed: ListedRequest,
    /// The people whom it names, by name.
    pub people: Vec<RequestedPerson>,
    /// Free licenses of the organization for them.
    pub available: i64,
    /// The apps of the product, for who may decide.
    pub plans: Vec<ServicePlan>,
    /// What else could be given, for who may decide: the products of which a license is free, by name; at most
    /// [`PAGE_ROWS_MAX`].
    pub others: Vec<FreeLicenses>,
    /// Whether the reader may decide it now.
    pub may_decide: bool,
    /// The organization's zone.
    pub zone: TimeZone,
}

impl Query for RequestDetails {
    type Permission = ReadLicenses;
    type Outcome = RequestView;

    fn run(&self, look: &Look<'_, ReadLicenses>) -> Result<RequestView, Failure> {
        let since = forgotten_before(look.today(), look.zone())?;
        let listed = visible(look.read, self.0, look.granted.only(), since)?;
        let central = subscription::of_product(look.read, listed.request.product_id)?;
        let usable = central.iter().map(|found| &found.subscription);
        let usable = usable.filter(|found| found.holder.is_none() && found.state.is_assignable());
        let asked = listed.request.product_id;
        let may_decide = look.reach::<AssignLicenses>() == Reach::All && listed.request.state == RequestState::Pending;
        let (mut plans, mut others) = (Vec::new(), Vec::new());
        if may_decide {
            plans = catalog::plans_of_product(look.read, asked)?;
            others = take_over::free_of_organization(look.read, PAGE_ROWS_MAX)?;
            others.retain(|free| free.product_id != asked && free.count > 0);
        }
        Ok(RequestView {
            available: usable.map(|found| i64::from(found.available())).sum(),
            people: license_request::people(look.read, self.0)?,
            plans,
            others,
            may_decide,
            zone: look.zone().clone(),
            listed,
        })
    }
}
