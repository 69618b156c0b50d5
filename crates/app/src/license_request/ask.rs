//! Ask for licenses, for oneself and for others (domain 2.9; R176).

use super::{at_the_people, forgotten_before, with_named};
use crate::door::{Change, Command, Look, Query};
use crate::failure::Failure;
use domain::access::permission::ReadLicenses;
use domain::event::{Event, Subjects};
use domain::ids::{LicenseRequestId, ProductId};
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

/// Asks for a license for each of up to twenty people.
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

impl Command for RequestLicenses {
    type Permission = ReadLicenses;
    type Outcome = LicenseRequestId;
    const NAME: &'static str = "request_licenses";

    fn execute(&self, change: &Change<'_, ReadLicenses>) -> Result<LicenseRequestId, Failure> {
        let asker = change.granted.actor().user().ok_or(Refusal::NotAllowed)?;
        license_request::forget(change.write, forgotten_before(change.today(), change.zone())?)?;
        let products = license_request::products(change.write, PAGE_ROWS_MAX)?;
        let product = products.into_iter().find(|(id, _)| *id == self.product_id);
        let (product_id, product) = product.ok_or_else(|| Refusal::UnknownChoice.at(Field::Product))?;
        let process = license_request::process(change.write)?;
        let waiting = license_request::count_pending(change.write, Some(asker), Some(product_id))?;
        let oneself = Some(asker).filter(|_| self.for_oneself);
        let people = with_named(change.write, &self.emails, oneself.into_iter().collect())?;
        ask(&process, waiting, people.len()).map_err(at_the_people)?;
        let new = LicenseRequest {
            id: LicenseRequestId::from_uuid(change.new_id()),
            product_id,
            requested_by: Some(asker),
            requested_at: change.now(),
            reason: checked(&self.reason, Field::Note)?,
            state: RequestState::Pending,
            decided_by: None,
            decided_at: None,
            message: String::new(),
            revision: 1,
        };
        license_request::insert(change.write, &new, &people)?;
        let subjects = Subjects { user: Some(asker), product: Some(product_id), ..Subjects::default() };
        let people = u32::try_from(people.len()).unwrap_or(u32::MAX);
        change.record(subjects, &Event::LicensesRequested { product, people })?;
        Ok(new.id)
    }
}
