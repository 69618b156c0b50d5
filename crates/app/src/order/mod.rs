//! Use cases of orders: buying, paying, and looking back (domain 1.8, 4.5).
//!
//! An order is written before its payment is asked, together with the job that asks it. The money is taken outside any
//! transaction, under the order's id as idempotency key, so that a process may die anywhere: the job asks again, the
//! gateway answers the same, and the order is posted once.

pub mod charge;
pub mod details;
pub mod extend;
pub mod list;
pub mod place;
pub(crate) mod post;

use domain::event::Subjects;
use domain::ids::UserId;
use domain::order::Order;
use domain::refusal::Refusal;
use store::tables::order::ListedOrder;

/// What an event of an order is about while nothing is bought.
fn subjects(order: &Order) -> Subjects {
    Subjects { product: Some(order.product_id), order: Some(order.id), ..Subjects::default() }
}

/// What an event of an order is about once its subscription is there.
pub(crate) fn subjects_with_subscription(order: &Order) -> Subjects {
    Subjects { subscription: Some(order.subscription_id), ..subjects(order) }
}

/// Those whose right reaches only what is their own see the orders that they placed.
pub(crate) fn visible(order: Option<ListedOrder>, only: Option<UserId>) -> Result<ListedOrder, Refusal> {
    order.filter(|listed| only.is_none() || listed.order.ordered_by == only).ok_or(Refusal::NotFound)
}
