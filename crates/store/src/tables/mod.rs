//! One file per table: its statements and the functions that run them. See the [crate's documentation](crate).

/// The billing profiles for which the person in a parameter has a role that has effect: under MCA.
macro_rules! profiles_of {
    ($user:literal) => {
        concat!(
            "(SELECT b.scope_id FROM billing_role b JOIN billing_account a ON a.organization_id = b.organization_id \
             AND a.agreement = 'mca' WHERE b.organization_id = $1 AND b.role NOT LIKE 'account%' AND b.user_id = ",
            $user,
            ")"
        )
    };
}

/// What pays for a subscription `s` by itself: under MCA what its billing profile pays with, except for what a user
/// bought for the team; what is not charged yet may have a choice of its own (decision 24).
macro_rules! paid_by {
    () => {
        "CASE WHEN s.holder_id IS NOT NULL OR NOT EXISTS (SELECT 1 FROM billing_account a \
         WHERE a.organization_id = s.organization_id AND a.agreement = 'mca') THEN s.payment_method_id \
         WHEN s.channel NOT IN ('direct', 'direct_invoice') AND s.payment_method_id IS NULL THEN NULL \
         ELSE COALESCE((SELECT f.payment_method_id FROM billing_profile f \
         WHERE f.organization_id = s.organization_id AND f.id = s.billing_profile_id), \
         CASE WHEN s.channel IN ('direct', 'direct_invoice') THEN NULL ELSE s.payment_method_id END) END"
    };
}

pub mod api_token;
pub mod assignment;
pub mod assignment_list;
pub mod auto_claim;
pub mod bill_run;
pub mod billing_account;
pub mod billing_role;
pub mod bulk;
pub mod cancellation_request;
pub mod catalog;
pub mod charge;
pub mod credit_check;
pub mod doctor;
pub mod group;
pub mod idempotency;
pub mod invoice;
pub mod job;
pub mod journal;
pub mod kept_take_over;
pub mod ledger;
pub mod license_request;
pub mod license_setting;
pub mod mail;
pub mod notification_setting;
pub mod order;
pub mod organization;
pub mod overview;
pub mod partner;
pub mod payment;
pub mod payment_method;
pub mod price;
pub mod product_key;
pub mod profile_credit;
pub mod purchase_limits;
pub mod revenue;
pub mod self_service;
pub mod session;
pub mod sign_in_failure;
pub mod subscription;
pub mod sweep;
pub mod take_over;
pub mod trial;
pub mod upload;
pub mod user;

use crate::Sql;

/// Every statement of every table, by its name, for the test that prepares each on both engines.
#[must_use]
pub fn all_statements() -> Vec<(&'static str, &'static Sql)> {
    let tables: &[&[(&'static str, &'static Sql)]] = &[
        crate::migrate::STATEMENTS,
        api_token::STATEMENTS,
        assignment::STATEMENTS,
        assignment_list::STATEMENTS,
        bill_run::STATEMENTS,
        auto_claim::STATEMENTS,
        billing_account::STATEMENTS,
        billing_role::STATEMENTS,
        bulk::STATEMENTS,
        cancellation_request::STATEMENTS,
        catalog::STATEMENTS,
        charge::STATEMENTS,
        credit_check::STATEMENTS,
        doctor::STATEMENTS,
        group::STATEMENTS,
        idempotency::STATEMENTS,
        invoice::STATEMENTS,
        job::STATEMENTS,
        journal::STATEMENTS,
        kept_take_over::STATEMENTS,
        ledger::STATEMENTS,
        license_request::STATEMENTS,
        mail::STATEMENTS,
        notification_setting::STATEMENTS,
        order::STATEMENTS,
        organization::STATEMENTS,
        overview::STATEMENTS,
        partner::STATEMENTS,
        payment::STATEMENTS,
        payment_method::STATEMENTS,
        price::STATEMENTS,
        product_key::STATEMENTS,
        profile_credit::STATEMENTS,
        purchase_limits::STATEMENTS,
        revenue::STATEMENTS,
        self_service::STATEMENTS,
        session::STATEMENTS,
        sign_in_failure::STATEMENTS,
        subscription::STATEMENTS,
        sweep::STATEMENTS,
        take_over::STATEMENTS,
        trial::STATEMENTS,
        upload::STATEMENTS,
        user::STATEMENTS,
    ];
    tables.concat()
}

/// Escapes what `LIKE ... ESCAPE '\'` would take for a wildcard.
pub(crate) fn escape_like(text: &str) -> String {
    text.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_")
}
