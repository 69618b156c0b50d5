//! What was just done, carried to the next page in a cookie that holds a name and numbers, never a text.

use crate::frame::Notice;
use crate::parts::Tone;
use words::Words;

/// The cookie.
pub(super) const NOTICE_COOKIE: &str = "zetel_notice";

macro_rules! done {
    ($(
        $(#[$documentation:meta])*
        $variant:ident($($argument:ident),*) = $code:literal => |$words:ident| $sentence:expr;
    )+) => {
        /// What a person just did.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Done { $($(#[$documentation])* $variant { $(#[doc = "A number of the sentence."] $argument: i64),* }),+ }

        impl Done {
            /// The written form: a name and numbers.
            #[must_use]
            pub fn to_cookie(self) -> String {
                match self {
                    $(Self::$variant { $($argument),* } => [$code.to_owned() $(, $argument.to_string())*].join("."),)+
                }
            }

            /// Reads the written form; anything else says nothing.
            #[must_use]
            pub fn from_cookie(text: &str) -> Option<Self> {
                let mut parts = text.split('.');
                match parts.next()? {
                    $($code => Some(Self::$variant { $($argument: parts.next()?.parse().ok()?),* }),)+
                    _ => None,
                }
            }

            /// The sentence.
            #[must_use]
            pub fn notice(self, words: Words) -> Notice {
                let sentence: String = match self {
                    $(Self::$variant { $($argument),* } => { let $words = words; $sentence.into() })+
                };
                Notice::new(Tone::Good, sentence)
            }
        }
    };
}

done! {
    /// Licenses were added to a subscription.
    LicensesAdded(count) = "licenses_added" => |words| words.licenses_were_added(count);
    /// Licenses were removed from a subscription.
    LicensesRemoved(count) = "licenses_removed" => |words| words.licenses_were_removed(count);
    /// More licenses were scheduled for the next term.
    MoreLicensesScheduled(count) = "more_licenses_scheduled" => |words| words.more_licenses_were_scheduled(count);
    /// Fewer licenses were scheduled for the next term.
    LicensesScheduled(count) = "licenses_scheduled" => |words| words.licenses_were_scheduled(count);
    /// Licenses were taken back.
    LicensesUnassigned(count) = "licenses_unassigned" => |words| words.licenses_were_unassigned(count);
    /// Apps of a license were switched on or off.
    AppsChanged() = "apps_changed" => |words| words.apps_of_license_were_changed();
    /// A key of a program was revoked.
    ApiTokenRevoked() = "api_token_revoked" => |words| words.api_token_now_revoked();
    /// Product keys are being made.
    ProductKeysBegun() = "product_keys_begun" => |words| words.product_keys_begun();
    /// The file with product keys has arrived.
    ProductKeysExported() = "product_keys_exported" => |words| words.product_keys_are_exported();
    /// Product keys were revoked.
    ProductKeysRevoked(count) = "product_keys_revoked" => |words| words.keys_were_revoked(count);
    /// An organization was made a partner.
    PartnerAppointed() = "partner_appointed" => |words| words.partner_was_appointed();
    /// A partner was let in.
    PartnerLetIn() = "partner_let_in" => |words| words.partner_was_let_in();
    /// A relationship with a partner was ended.
    PartnerEnded() = "partner_ended" => |words| words.partner_was_ended();
    /// A customer was asked for access.
    CustomerAsked() = "customer_asked" => |words| words.customer_was_asked();
    /// Something was sold to a customer.
    SoldToCustomer() = "sold_to_customer" => |words| words.customer_was_sold();
    /// Something was done at a customer.
    CustomerServed() = "customer_served" => |words| words.customer_was_served();
    /// Parked work was begun anew.
    JobResumed() = "job_resumed" => |words| words.job_was_resumed();
    /// Credit was paid out.
    CreditPaidOut() = "credit_paid_out" => |words| words.pay_out_was_recorded();
    /// A dry run was started.
    DryRunStarted() = "dry_run_started" => |words| words.dry_run_was_started();
    /// A mail waits to be sent again.
    MailResumed() = "mail_resumed" => |words| words.mail_was_resumed();
    /// A mail will not be sent.
    MailDropped() = "mail_dropped" => |words| words.mail_was_dropped();
    /// It was changed who gets which mail.
    NotificationsChanged() = "notifications_changed" => |words| words.notifications_were_changed();
    /// An organization was made.
    OrganizationCreated() = "organization_created" => |words| words.organization_was_created();
    /// An organization was suspended.
    OrganizationSuspended() = "organization_suspended" => |words| words.event_organization_suspended();
    /// An organization works again.
    OrganizationResumed() = "organization_resumed" => |words| words.event_organization_resumed();
    /// An organization went into another cloud.
    CloudChanged() = "cloud_changed" => |words| words.cloud_was_changed();
    /// An organization became a sandbox.
    OrganizationBecameSandbox() = "organization_became_sandbox" => |words| words.event_organization_became_sandbox();
    /// People were added.
    PeopleAdded(count) = "people_added" => |words| words.people_were_added(count);
    /// Facts about a person were changed.
    PersonChanged() = "person_changed" => |words| words.person_was_changed();
    /// The operator changed how an organization is charged.
    BillingRulesChanged() = "billing_rules_changed" => |words| words.billing_rules_were_changed();
    /// The customer changed its address or its numbers.
    SoldToChanged() = "sold_to_changed" => |words| words.sold_to_was_changed();
    /// The operator changed who buys.
    BuyerChanged() = "buyer_changed" => |words| words.buyer_was_changed();
    /// A billing role was given.
    BillingRoleGiven() = "billing_role_given" => |words| words.billing_role_was_given();
    /// A billing role was taken.
    BillingRoleTaken() = "billing_role_taken" => |words| words.billing_role_was_taken();
    /// The roles of a person were changed.
    RolesChanged() = "roles_changed" => |words| words.person_roles_were_changed();
    /// A person got a password.
    PasswordSet() = "password_set" => |words| words.person_password_was_set();
    /// A person was blocked.
    PersonBlocked() = "person_blocked" => |words| words.person_was_blocked();
    /// A person may sign in again.
    PersonUnblocked() = "person_unblocked" => |words| words.person_was_unblocked();
    /// A person was deleted.
    PersonDeleted(count) = "person_deleted" => |words| words.person_was_deleted(count);
    /// A group was made.
    GroupAdded() = "group_added" => |words| words.group_was_added();
    /// A group has another name.
    GroupRenamed() = "group_renamed" => |words| words.group_was_renamed();
    /// A group was deleted.
    GroupDeleted() = "group_deleted" => |words| words.group_was_deleted();
    /// People were taken out of a group.
    GroupPeopleRemoved(count) = "group_people_removed" => |words| words.group_people_removed(count);
    /// One's own password was changed.
    OwnPasswordChanged() = "own_password_changed" => |words| words.password_changed();
    /// The person is signed out in other browsers.
    SignedOutElsewhere() = "signed_out_elsewhere" => |words| words.signed_out_elsewhere();
    /// Licenses were assigned to so many people at once.
    PeopleLicensed(count) = "people_licensed" => |words| words.people_were_licensed(count);
    /// The licenses of people were replaced.
    LicensesReplaced(count) = "licenses_replaced" => |words| words.people_were_replaced(count);
    /// A price got its next version.
    PricePublished() = "price_published" => |words| words.price_was_published();
    /// Category or sentences of a product changed.
    ProductDescribed() = "product_described" => |words| words.catalog_was_described();
    /// The sale of a product ended.
    ProductRetired() = "product_retired" => |words| words.catalog_was_retired();
    /// A product is sold again.
    ProductSoldAgain() = "product_sold_again" => |words| words.catalog_is_sold_again();
    /// A subscription renews by itself from now on.
    RecurringBillingOn() = "recurring_billing_on" => |words| words.recurring_billing_turned_on();
    /// A subscription will expire.
    RecurringBillingOff() = "recurring_billing_off" => |words| words.recurring_billing_turned_off();
    /// A subscription is charged monthly or yearly from now on.
    BillingFrequencyChanged() = "billing_frequency_changed" => |words| words.frequency_was_changed();
    /// A subscription is charged monthly or yearly from its renewal on.
    BillingFrequencyScheduled() = "billing_frequency_scheduled" => |words| words.frequency_was_scheduled();
    /// Another product takes over when a subscription renews.
    PlanChangeScheduled() = "plan_change_scheduled" => |words| words.plan_scheduled_done();
    /// What was planned for the renewal was dropped.
    ScheduledChangeCanceled() = "scheduled_change_canceled" => |words| words.scheduled_change_was_canceled();
    /// A subscription was canceled.
    SubscriptionCanceled() = "subscription_canceled" => |words| words.subscription_was_canceled();
    /// Somebody signed up for what costs nothing.
    SignedUp() = "signed_up" => |words| words.signed_up();
    /// A trial began.
    TrialStarted() = "trial_started" => |words| words.trial_started();
    /// A trial lasts longer.
    TrialExtended() = "trial_extended" => |words| words.trial_was_extended();
    /// A subscription was brought back.
    SubscriptionReactivated() = "subscription_reactivated" => |words| words.subscription_was_reactivated();
    /// A subscription was brought back, and does not renew (domain 1.6).
    SubscriptionReactivatedOnce() = "subscription_reactivated_once" => |words|
        words.subscription_was_reactivated_once();
    /// A card or bank account can pay.
    PaymentMethodAdded() = "payment_method_added" => |words| words.method_was_added();
    /// Facts about a payment method changed.
    PaymentMethodChanged() = "payment_method_changed" => |words| words.method_was_changed();
    /// A payment method took over so many things.
    PaymentMethodReplaced(count) = "payment_method_replaced" => |words| words.method_was_replaced(count);
    /// A payment method was taken off file.
    PaymentMethodDeleted() = "payment_method_deleted" => |words| words.method_was_deleted();
    /// A billing profile was added.
    BillingProfileAdded() = "billing_profile_added" => |words| words.profile_was_added();
    /// A billing profile was changed.
    BillingProfileChanged() = "billing_profile_changed" => |words| words.profile_was_changed();
    /// A subscription belongs to another billing profile.
    SubscriptionProfileChanged() = "subscription_profile_changed" => |words| words.subscription_profile_was_changed();
    /// Something else pays for a subscription.
    SubscriptionPaymentChanged() = "subscription_payment_changed" => |words| words.subscription_payment_was_changed();
    /// A subscription was erased.
    SubscriptionDeleted() = "subscription_deleted" => |words| words.closed_deleted();
    /// What invoices say of the seller was changed.
    SellerChanged() = "seller_changed" => |words| words.seller_was_changed();
    /// An invoice was paid.
    InvoicePaid() = "invoice_paid" => |words| words.invoice_was_paid();
    /// So many open invoices were paid.
    BalanceSettled(count) = "balance_settled" => |words| words.balance_was_settled(count);
    /// The bank was asked for a payment.
    PaymentBegun() = "payment_begun" => |words| words.payment_was_begun();
    /// A transfer was recorded.
    TransferRecorded() = "transfer_recorded" => |words| words.transfer_was_recorded();
    /// A chargeback was recorded.
    ChargebackRecorded() = "chargeback_recorded" => |words| words.chargeback_was_recorded();
    /// Money goes back.
    RefundBegun() = "refund_begun" => |words| words.refund_was_begun();
    /// The customer may pay an order by invoice.
    CreditCheckApproved() = "credit_check_approved" => |words| words.credit_check_was_approved();
    /// The customer may not.
    CreditCheckDeclined() = "credit_check_declined" => |words| words.credit_check_was_declined();
    /// Licenses were asked for.
    LicensesRequested() = "licenses_requested" => |words| words.licenses_were_requested();
    /// A request for licenses was approved for some people.
    LicenseRequestApproved(count) = "license_request_approved" => |words| words.request_was_approved(count);
    /// A request for licenses was rejected.
    LicenseRequestRejected() = "license_request_rejected" => |words| words.request_was_rejected();
    /// A request for licenses was sent to others.
    LicenseRequestShared() = "license_request_shared" => |words| words.request_was_shared();
    /// People claim a product from now on, or what they get was changed.
    AutoClaimSet() = "auto_claim_set" => |words| words.auto_claim_was_set();
    /// Nobody claims a product any more.
    AutoClaimOff() = "auto_claim_off" => |words| words.auto_claim_was_turned_off();
    /// People claim licenses at all from now on.
    AutoClaimTurnedOn() = "auto_claim_turned_on" => |words| words.auto_claim_turned_on();
    /// They no longer do.
    AutoClaimTurnedOff() = "auto_claim_turned_off" => |words| words.auto_claim_turned_off();
    /// Billing admins assign licenses from now on.
    BillingAdminsAssign() = "billing_admins_assign" => |words| words.billing_admins_may_assign();
    /// They no longer do.
    BillingAdminsDoNotAssign() = "billing_admins_do_not_assign" => |words| words.billing_admins_may_not_assign();
    /// Somebody asked for a license and has it.
    LicenseClaimed() = "license_claimed" => |words| words.license_was_claimed();
    /// Likewise, and others were named for whom an admin decides.
    LicenseClaimedAndRequested() = "license_claimed_and_requested" => |words| words.license_was_claimed_and_requested();
    /// How people ask for licenses was changed.
    RequestProcessChanged() = "request_process_changed" => |words| words.request_process_was_changed();
    /// What people may buy for themselves was decided.
    PolicyChanged(count) = "policy_changed" => |words| words.policy_was_changed(count);
    /// Who may buy for the team was decided.
    PurchaseLimitsChanged() = "purchase_limits_changed" => |words| words.limits_were_changed();
    /// It was so already.
    PolicyStayed() = "policy_stayed" => |words| words.policy_stayed();
    /// Buyers were asked to cancel.
    BuyersAsked(count) = "buyers_asked" => |words| words.buyers_were_asked(count);
    /// Every buyer who was meant had been asked that day.
    BuyersAskedBefore() = "buyers_asked_before" => |words| words.buyers_were_asked_before();
    /// Product keys were redeemed.
    ProductKeysRedeemed(count) = "product_keys_redeemed" => |words| words.product_keys_were_redeemed(count);
    /// The person signed out.
    SignedOut() = "signed_out" => |words| words.signed_out();
}
