//! Your products: one row per subscription (R1-R7, domain 8.2).

use crate::door::{Look, Query};
use crate::failure::Failure;
use domain::access::Reach;
use domain::access::permission::{ReadPrices, ReadSubscriptions};
use domain::ids::SubscriptionId;
use domain::subscription::{Channel, SubscriptionState};
use domain::user::fold;
use jiff::ToSpan;
use store::tables::subscription::{self, SubscriptionFilter};

pub use store::tables::subscription::{ListedSubscription, SubscriptionSort, Totals};

/// Which subscriptions, in which order, from where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListSubscriptions {
    /// Only in this state.
    pub state: Option<SubscriptionState>,
    /// Only bought this way.
    pub channel: Option<Channel>,
    /// Only of products whose name contains this.
    pub search: String,
    /// The order.
    pub sort: SubscriptionSort,
    /// Whether the order is turned round.
    pub descending: bool,
    /// The last one of the page before.
    pub after: Option<SubscriptionId>,
    /// How many at most.
    pub limit: usize,
}

impl ListSubscriptions {
    /// The first of all subscriptions by the name of their products, so many at most.
    #[must_use]
    pub const fn by_name(limit: usize) -> Self {
        Self {
            state: None,
            channel: None,
            search: String::new(),
            sort: SubscriptionSort::Name,
            descending: false,
            after: None,
            limit,
        }
    }
}

/// A page of subscriptions.
#[derive(Debug, Clone)]
pub struct SubscriptionPage {
    /// The rows.
    pub rows: Vec<ListedSubscription>,
    /// Of all subscriptions that the reader may see, whatever the filter.
    pub totals: Totals,
    /// The last row, when there are more after it.
    pub next: Option<SubscriptionId>,
    /// Whether the reader may see prices (D23).
    pub with_prices: bool,
    /// Which subscriptions took over from another product lately, and the name of that product.
    pub upgraded_from: Vec<(SubscriptionId, String)>,
}

/// Days for which Your products says what a subscription was upgraded from.
pub const UPGRADE_SHOWN_DAYS: i32 = 30;

impl Query for ListSubscriptions {
    type Permission = ReadSubscriptions;
    type Outcome = SubscriptionPage;

    fn run(&self, look: &Look<'_, ReadSubscriptions>) -> Result<SubscriptionPage, Failure> {
        let filter = SubscriptionFilter {
            state: self.state,
            channel: self.channel,
            search: &fold(&self.search),
            holder: look.granted.only(),
            sort: self.sort,
            descending: self.descending,
        };
        let after = self.after.map(|id| subscription::find(look.read, id)).transpose()?.flatten();
        let mut rows = subscription::list(look.read, &filter, after.as_ref(), self.limit + 1)?;
        let has_more = rows.len() > self.limit;
        rows.truncate(self.limit);
        let next = if has_more { rows.last().map(|row| row.subscription.id) } else { None };
        Ok(SubscriptionPage {
            totals: subscription::totals(look.read, look.granted.only())?,
            upgraded_from: subscription::changed_since(
                look.read,
                look.today().saturating_sub(UPGRADE_SHOWN_DAYS.days()),
            )?,
            rows,
            next,
            with_prices: look.reach::<ReadPrices>() == Reach::All || look.granted.only().is_some(),
        })
    }
}
