//! The resources of version 1. The same verb has the same file name as in the other layers.

pub(crate) mod billing_account;
pub(crate) mod billing_profile;
pub(crate) mod billing_role;
pub(crate) mod customer;
pub(crate) mod group;
pub(crate) mod history;
pub(crate) mod invoice;
pub(crate) mod job;
pub(crate) mod license;
pub(crate) mod license_request;
pub(crate) mod notification;
pub(crate) mod operator;
pub(crate) mod order;
pub(crate) mod organization;
pub(crate) mod payment_method;
pub(crate) mod payment_notice;
pub(crate) mod product;
pub(crate) mod product_key;
mod schema;
pub(crate) mod self_service;
pub(crate) mod subscription;
pub(crate) mod user;

use crate::web::Routes;

/// Every resource.
#[must_use]
pub fn routes() -> Routes {
    Routes::default()
        .merge(billing_account::routes())
        .merge(billing_profile::routes())
        .merge(billing_role::routes())
        .merge(customer::routes())
        .merge(group::routes())
        .merge(history::routes())
        .merge(invoice::routes())
        .merge(job::routes())
        .merge(license::routes())
        .merge(license_request::routes())
        .merge(notification::routes())
        .merge(operator::routes())
        .merge(order::routes())
        .merge(organization::routes())
        .merge(payment_notice::routes())
        .merge(payment_method::routes())
        .merge(product::routes())
        .merge(product_key::routes())
        .merge(self_service::routes())
        .merge(subscription::routes())
        .merge(user::routes())
}
