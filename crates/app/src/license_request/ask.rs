//! Ask for licenses, for oneself and for others (domain 2.9; R176). What is claimed automatically is given at once
//! (domain 2.8; R177).

use super::{at_the_people, forgotten_before, with_named};
use crate::door::{Change, Command, Look, Query};
use crate::failure::Failure;
use crate::license::auto_claim::{Claimed, claim};
use domain::access::permission::ReadLicenses;
use domain::event::{Event, Subjects};
use domain::ids::{LicenseRequestId, ProductId, UserId};
use domain::license::request::{LicenseRequest, RequestProcess, RequestState, ask, checked};
use domain::limits::PAGE_ROWS_MAX;
use domain::refusal::{Field, Refusal};
use store::tables::license_request;

/// Asks what can be requested, and whether it is done here.
#[derive(Debug, Clone, Copy)]
pub struct WhatToRequest;

/// What can be requested.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Requestable {
    /// Products, by name.
    pub products: Vec<(ProductId, String)>,
    /// What the organization says instead, if it does.
    pub process: RequestProcess,
}

impl Query for WhatToRequest {
    type Permission = ReadLicenses;
    type Outcome = Requestable;

    fn run(&self, look: &Look<'_, ReadLicenses>) -> Result<Requestable, Failure> {
        Ok(Requestable {
            products: license_request::products(look.read, PAGE_ROWS_MAX)?,
            process: license_request::process(look.read)?,
        })
    }
}

/// Asks for a license for each of up to twenty people. Who asks for oneself gets it at once where the product is
/// claimed automatically and a license is free; for the others, and otherwise, the request waits for an admin.
#[derive(Debug, Clone)]
pub struct RequestLicenses {
    /// Of what.
    pub product_id: ProductId,
    /// Whether the caller wants one.
    pub for_oneself: bool,
    /// The sign-in names of others; somebody who is named twice is asked for once.
    pub emails: Vec<String>,
    /// What for.
    pub reason: String,
}

/// What came of asking.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Requested {
    /// The license that the caller has now, where it was claimed.
    pub claimed: Option<Claimed>,
    /// The request that waits, where somebody is left to decide about.
    pub request: Option<LicenseRequestId>,
}

impl Command for RequestLicenses {
    type Permission = ReadLicenses;
    type Outcome = Requested;
    const NAME: &'static str = "request_licenses";

    fn execute(&self, change: &Change<'_, ReadLicenses>) -> Result<Requested, Failure> {
        let asker = change.granted.actor().user().ok_or(Refusal::NotAllowed)?;
        license_request::forget(change.write, forgotten_before(change.today(), change.zone())?)?;
        let products = license_request::products(change.write, PAGE_ROWS_MAX)?;
        let product = products.into_iter().find(|(id, _)| *id == self.product_id);
        let (_, name) = product.ok_or_else(|| Refusal::UnknownChoice.at(Field::Product))?;
        let process = license_request::process(change.write)?;
        let claimed = if self.for_oneself && !process.is_used() { self.claimed(change, asker)? } else { None };
        let oneself = Some(asker).filter(|_| self.for_oneself && claimed.is_none());
        let people = with_named(change.write, &self.emails, oneself.into_iter().collect())?;
        let people: Vec<_> = people.into_iter().filter(|person| claimed.is_none() || *person != asker).collect();
        if claimed.is_some() && people.is_empty() {
            return Ok(Requested { claimed, request: None });
        }
        let waiting = license_request::count_pending(change.write, Some(asker), Some(self.product_id))?;
        ask(&process, waiting, people.len()).map_err(at_the_people)?;
        Ok(Requested { claimed, request: Some(self.request(change, (asker, &name), &people)?) })
    }
}

impl RequestLicenses {
    /// What keeps somebody from claiming leaves the request to an admin.
    fn claimed(&self, change: &Change<'_, ReadLicenses>, asker: UserId) -> Result<Option<Claimed>, Failure> {
        match claim(change, asker, self.product_id) {
            Ok(claimed) => Ok(Some(claimed)),
            Err(Failure::Refused(_)) => Ok(None),
            Err(other) => Err(other),
        }
    }

    fn request(
        &self,
        change: &Change<'_, ReadLicenses>,
        (asker, product): (UserId, &str),
        people: &[UserId],
    ) -> Result<LicenseRequestId, Failure> {
        let new = LicenseRequest {
            id: LicenseRequestId::from_uuid(change.new_id()),
            product_id: self.product_id,
            requested_by: Some(asker),
            requested_at: change.now(),
            reason: checked(&self.reason, Field::Note)?,
            state: RequestState::Pending,
            decided_by: None,
            decided_by_name: String::new(),
            decided_at: None,
            given_id: None,
            message: String::new(),
            revision: 1,
        };
        license_request::insert(change.write, &new, people)?;
        let subjects = Subjects { user: Some(asker), product: Some(self.product_id), ..Subjects::default() };
        let people = u32::try_from(people.len()).unwrap_or(u32::MAX);
        change.record(subjects, &Event::LicensesRequested { product: product.to_owned(), people })?;
        Ok(new.id)
    }
}
