//! Scenarios: use cases through the door, on both engines, with exact outcomes and the exact list of events.
//! A module per area.

mod api_tokens;
mod auditor;
mod bill_runs;
mod billing;
mod billing_profiles;
mod billing_roles;
mod billing_rules;
mod catalog;
mod centralize;
mod credit_check;
mod extensions;
mod history;
mod license_requests;
mod licenses;
mod life;
mod mails;
mod many_licenses;
mod money;
mod organizations;
mod partners;
mod payment_methods;
mod payments;
mod people;
mod plan_change;
mod product_keys;
mod purchase;
mod purchase_limits;
mod quantity;
mod replace_licenses;
mod self_service;
mod sign_in;
mod take_over;
mod timeline;
mod trials;
mod year;
