//! Order history: every purchase and change of quantity, the newest first.

use crate::door::{Look, Query};
use crate::failure::Failure;
use domain::access::Reach;
use domain::access::permission::{ReadPrices, ReadSubscriptions};

pub use store::tables::order::ListedOrder;

/// Orders from a number downwards.
#[derive(Debug, Clone, Copy)]
pub struct ListOrders {
    /// Only orders with a smaller number.
    pub before: Option<u64>,
    /// How many at most.
    pub limit: usize,
}

/// A page of orders.
#[derive(Debug, Clone)]
pub struct OrderPage {
    /// The rows.
    pub rows: Vec<ListedOrder>,
    /// The number of the last row, when there are more after it.
    pub next: Option<u64>,
    /// Whether the reader may see what they cost (D23).
    pub with_prices: bool,
    /// The zone in which the organization's moments are written.
    pub time_zone: String,
}

impl Query for ListOrders {
    type Permission = ReadSubscriptions;
    type Outcome = OrderPage;

    fn run(&self, look: &Look<'_, ReadSubscriptions>) -> Result<OrderPage, Failure> {
        let mut rows = store::tables::order::list(look.read, look.granted.only(), self.before, self.limit + 1)?;
        let has_more = rows.len() > self.limit;
        rows.truncate(self.limit);
        Ok(OrderPage {
            next: if has_more { rows.last().map(|row| row.order.number) } else { None },
            rows,
            with_prices: look.granted.only().is_some() || look.reach::<ReadPrices>() == Reach::All,
            time_zone: look.organization().time_zone.clone(),
        })
    }
}
