//! The pages, a folder per noun and a file per verb, as in every other layer.

mod api_token;
mod billing_profile;
mod billing_role;
pub mod cards;
mod catalog;
mod credit_check;
mod customer;
mod customer_billing;
mod group;
mod help;
mod history;
mod home;
mod house;
mod invoice;
mod job;
mod license;
pub mod license_request;
mod link;
mod mail;
mod mail_to;
mod operator_billing;
mod order;
mod organization;
mod partner;
mod party;
mod payment_method;
mod preferences;
pub mod present;
mod product_key;
mod product_key_batch;
mod purchase;
mod question;
mod sandbox_bank;
mod search;
mod self_service;
mod shortcuts;
mod sign_in;
mod subscription;
mod user;

use crate::assets;
use crate::web::{Admin, PageError, Routes, around_every_request};
use axum::Router;
use domain::refusal::Refusal;

/// Every page with who may come there.
#[must_use]
pub fn routes() -> Routes {
    Routes::default()
        .merge(home::routes())
        .merge(catalog::routes())
        .merge(credit_check::routes())
        .merge(customer::routes())
        .merge(customer_billing::routes())
        .merge(group::routes())
        .merge(house::routes())
        .merge(invoice::routes())
        .merge(operator_billing::routes())
        .merge(order::routes())
        .merge(product_key::routes())
        .merge(billing_profile::routes())
        .merge(billing_role::routes())
        .merge(product_key_batch::routes())
        .merge(partner::routes())
        .merge(payment_method::routes())
        .merge(purchase::routes())
        .merge(sandbox_bank::routes())
        .merge(history::routes())
        .merge(help::routes())
        .merge(search::routes())
        .merge(self_service::routes())
        .merge(shortcuts::routes())
        .merge(job::routes())
        .merge(mail::routes())
        .merge(organization::routes())
        .merge(api_token::routes())
        .merge(sign_in::routes())
        .merge(preferences::routes())
        .merge(subscription::routes())
        .merge(license::routes())
        .merge(license_request::routes())
        .merge(link::routes())
        .merge(user::routes())
}

/// The admin center, ready to serve.
pub fn router(admin: Admin) -> Router {
    routes()
        .into_router()
        .merge(assets::routes())
        // Of its own, so that it stays when another router is merged into this one.
        .fallback(nothing_here)
        .method_not_allowed_fallback(nothing_here)
        .layer(axum::middleware::from_fn_with_state(admin.clone(), around_every_request))
        .with_state(admin)
}

async fn nothing_here() -> PageError {
    Refusal::NotFound.into()
}
