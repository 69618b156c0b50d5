//! End the sale of a product, or begin it again (domain 1.8). What was sold goes on; whoever has it is told (M14).

use super::tell::tell_holders;
use crate::door::{Change, Command};
use crate::failure::Failure;
use crate::job::{Running, Work};
use crate::subscription::about;
use domain::access::permission::{OperateCatalog, OperateJobs};
use domain::event::{Event, Subjects};
use domain::ids::{ProductId, SubscriptionId};
use domain::refusal::Refusal;
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::tables::journal::{self, HistoryOf};
use store::tables::{catalog, subscription};

/// Entries of a subscription among which an announcement is looked for that an earlier try made.
const RECENT: usize = 50;

/// Ends the sale of a product, or begins it again. Asking for what is so already does nothing.
#[derive(Debug, Clone, Copy)]
pub struct RetireProduct {
    /// Which.
    pub product_id: ProductId,
    /// Whether it is no longer sold.
    pub retired: bool,
}

impl Command for RetireProduct {
    type Permission = OperateCatalog;
    type Outcome = ();
    const NAME: &'static str = "retire_product";

    fn execute(&self, change: &Change<'_, OperateCatalog>) -> Result<(), Failure> {
        let product = catalog::find_product(change.write, self.product_id)?.ok_or(Refusal::NotFound)?;
        if product.retired_at.is_some() == self.retired {
            return Ok(());
        }
        catalog::set_retired(change.write, product.id, self.retired.then(|| change.now()))?;
        let subjects = Subjects { product: Some(product.id), ..Subjects::default() };
        change.record(subjects, &Event::ProductRetired { name: product.name, retired: self.retired })?;
        match self.retired {
            true => change.enqueue(&AnnounceEndOfSale { product_id: product.id }, 0).map(drop),
            false => Ok(()),
        }
    }
}

/// Tells every organization that has the product what the end of its sale means for its subscriptions.
#[derive(Serialize, Deserialize)]
pub(crate) struct AnnounceEndOfSale {
    product_id: ProductId,
}

impl Work for AnnounceEndOfSale {
    const KIND: &'static str = "announce_end_of_sale";

    fn run(&self, job: &Running<'_>) -> Result<serde_json::Value, Failure> {
        let mut told = 0;
        tell_holders(job, self.product_id, &mut told, || TellEndOfSale(self.product_id))?;
        Ok(json!({ "organizations": told }))
    }
}

/// Tells one organization, once for each subscription whatever dies when, unless the sale began again meanwhile.
struct TellEndOfSale(ProductId);

impl Command for TellEndOfSale {
    type Permission = OperateJobs;
    type Outcome = ();
    const NAME: &'static str = "announce_end_of_sale";

    fn execute(&self, change: &Change<'_, OperateJobs>) -> Result<(), Failure> {
        if catalog::find_product(change.write, self.0)?.is_none_or(|product| product.retired_at.is_none()) {
            return Ok(());
        }
        for found in subscription::of_product(change.write, self.0)? {
            if !was_told(change, found.subscription.id)? {
                change.record(about(&found.subscription, None), &Event::EndOfSaleAnnounced)?;
            }
        }
        Ok(())
    }
}

/// Whether an earlier try of this very work told about the subscription.
fn was_told(change: &Change<'_, OperateJobs>, id: SubscriptionId) -> Result<bool, Failure> {
    let recent = journal::history(change.write, HistoryOf::Subscription(id), None, RECENT)?;
    let request = &change.caller().request;
    Ok(recent.iter().any(|entry| entry.kind == Event::EndOfSaleAnnounced.kind() && entry.request == *request))
}
