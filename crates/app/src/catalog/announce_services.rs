//! Say to whoever has a product that apps and services came into it (M15). Nobody needs to do anything: what is new is
//! on in every license, because a license only knows what is off.

use super::tell::tell_holders;
use crate::door::{Change, Command};
use crate::failure::Failure;
use crate::job::{Running, Work};
use domain::access::permission::OperateJobs;
use domain::event::{Event, Subjects};
use domain::ids::{ProductId, SkuId};
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::collections::BTreeSet;
use store::tables::journal::{self, HistoryOf};
use store::tables::subscription;

/// Entries of a product among which an announcement is looked for that an earlier try made.
const RECENT: usize = 50;

/// What came into a SKU that was there before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct AddedServices {
    pub(super) product_id: ProductId,
    pub(super) sku_id: SkuId,
    /// The names of the apps and services.
    pub(super) services: Vec<String>,
}

/// Tells every organization that has one of the SKUs.
#[derive(Serialize, Deserialize)]
pub(crate) struct AnnounceServices {
    added: Vec<AddedServices>,
}

impl AnnounceServices {
    pub(super) const fn new(added: Vec<AddedServices>) -> Self {
        Self { added }
    }
}

impl Work for AnnounceServices {
    const KIND: &'static str = "announce_services";

    fn run(&self, job: &Running<'_>) -> Result<serde_json::Value, Failure> {
        let products: BTreeSet<ProductId> = self.added.iter().map(|added| added.product_id).collect();
        let mut told = 0;
        for product in products {
            let of_product = || self.added.iter().filter(|added| added.product_id == product).cloned().collect();
            tell_holders(job, product, &mut told, || TellServices { product, added: of_product() })?;
        }
        Ok(json!({ "organizations": told }))
    }
}

/// Tells one organization of one product, once whatever dies when.
struct TellServices {
    product: ProductId,
    added: Vec<AddedServices>,
}

impl Command for TellServices {
    type Permission = OperateJobs;
    type Outcome = ();
    const NAME: &'static str = "announce_services";

    fn execute(&self, change: &Change<'_, OperateJobs>) -> Result<(), Failure> {
        let held = subscription::of_product(change.write, self.product)?;
        let has = |sku: SkuId| held.iter().any(|found| found.subscription.sku_id == sku);
        let services: BTreeSet<&String> =
            self.added.iter().filter(|added| has(added.sku_id)).flat_map(|added| &added.services).collect();
        if services.is_empty() || self.was_told(change)? {
            return Ok(());
        }
        let subjects = Subjects { product: Some(self.product), ..Subjects::default() };
        change.record(subjects, &Event::ServicesAdded { services: services.into_iter().cloned().collect() })
    }
}

impl TellServices {
    /// Whether an earlier try of this very work told about the product.
    fn was_told(&self, change: &Change<'_, OperateJobs>) -> Result<bool, Failure> {
        let recent = journal::history(change.write, HistoryOf::Product(self.product), None, RECENT)?;
        let request = &change.caller().request;
        Ok(recent.iter().any(|entry| entry.kind == "services_added" && entry.request == *request))
    }
}
