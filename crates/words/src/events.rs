//! The journal in words: what happened as a sentence, and what was before and after (R183).

use crate::{Language, Words};
use domain::access::{BillingRole, Role};
use domain::billing::BillingRules;
use domain::billing::party::Party;
use domain::billing::payment_method::MethodName;
use domain::event::{Change, Event};
use domain::money::Money;
use domain::organization::OrganizationState;
use domain::partner::RelationshipState;
use domain::refusal::Field;
use domain::subscription::Channel;
use std::fmt;

/// The names of what an event is about, as far as they are known; the journal keeps only their ids.
#[derive(Debug, Clone, Copy, Default)]
pub struct EventNames<'a> {
    /// The person.
    pub person: Option<&'a str>,
    /// The product.
    pub product: Option<&'a str>,
    /// Whether the reader may see amounts (D23).
    pub with_amounts: bool,
}

/// A value before and after, ready to show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WrittenChange {
    /// What changed.
    pub label: &'static str,
    /// Before; empty when there was nothing.
    pub before: String,
    /// After; empty when nothing is left.
    pub after: String,
}

impl fmt::Display for WrittenChange {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { label, before, after } = self;
        match before.is_empty() {
            true => write!(formatter, "{label}: {after}"),
            false => write!(formatter, "{label}: {before} → {after}"),
        }
    }
}

/// The code of a kind of event and the sentence that labels it.
type Kind = (&'static str, fn(Words) -> &'static str);

/// The kinds of events with their labels, in the order in which a filter shows them.
const KINDS: &[Kind] = &[
    ("subscription_started", |words| words.kind_subscription_started()),
    ("quantity_changed", |words| words.kind_quantity_changed()),
    ("quantity_scheduled", |words| words.kind_quantity_scheduled()),
    ("billing_frequency_changed", |words| words.kind_billing_frequency_changed()),
    ("billing_frequency_scheduled", |words| words.kind_billing_frequency_scheduled()),
    ("invoice_issued", |words| words.kind_invoice_issued()),
    ("invoice_paid", |words| words.kind_invoice_paid()),
    ("payment_failed", |words| words.kind_payment_failed()),
    ("payment_to_confirm", |words| words.mail_kind_verify_payment()),
    ("invoice_reminded", |words| words.mail_kind_invoice_overdue()),
    ("invoice_due_moved", |words| words.kind_invoice_due_moved()),
    ("invoice_charged_back", |words| words.kind_invoice_charged_back()),
    ("refund_ordered", |words| words.kind_refund_ordered()),
    ("credit_refunded", |words| words.kind_credit_refunded()),
    ("product_keys_redeemed", |words| words.kind_product_keys_redeemed()),
    ("product_key_guessing", |words| words.kind_product_key_guessing()),
    ("payment_method_added", |words| words.kind_payment_method_added()),
    ("payment_method_changed", |words| words.kind_payment_method_changed()),
    ("payment_method_replaced", |words| words.kind_payment_method_replaced()),
    ("payment_method_deleted", |words| words.kind_payment_method_deleted()),
    ("subscription_payment_changed", |words| words.kind_subscription_payment_changed()),
    ("billing_rules_changed", |words| words.kind_billing_rules_changed()),
    ("buyer_changed", |words| words.kind_buyer_changed()),
    ("segment_changed", |words| words.kind_segment_changed()),
    ("profile_credit_kept", |words| words.kind_profile_credit_kept()),
    ("profile_credit_paid_out", |words| words.kind_profile_credit_paid_out()),
    ("billing_profile_added", |words| words.kind_billing_profile_added()),
    ("billing_profile_changed", |words| words.kind_billing_profile_changed()),
    ("subscription_profile_changed", |words| words.kind_subscription_profile_changed()),
    ("recurring_billing_changed", |words| words.kind_recurring_billing_changed()),
    ("trial_extended", |words| words.kind_trial_extended()),
    ("subscription_scheduled", |words| words.kind_subscription_scheduled()),
    ("scheduled_subscription_started", |words| words.kind_scheduled_subscription_started()),
    ("trial_became_paid", |words| words.kind_trial_became_paid()),
    ("subscription_canceled", |words| words.kind_subscription_canceled()),
    ("subscription_reactivated", |words| words.kind_subscription_reactivated()),
    ("subscription_renewed", |words| words.kind_subscription_renewed()),
    ("subscription_expired", |words| words.kind_subscription_expired()),
    ("subscription_disabled", |words| words.kind_subscription_disabled()),
    ("subscription_deleted", |words| words.kind_subscription_deleted()),
    ("subscription_reminded", |words| words.kind_subscription_reminded()),
    ("plan_change_requested", |words| words.kind_plan_change_requested()),
    ("plan_change_scheduled", |words| words.kind_plan_change_scheduled()),
    ("plan_changed", |words| words.kind_plan_changed()),
    ("plan_change_refused", |words| words.kind_plan_change_refused()),
    ("scheduled_change_canceled", |words| words.kind_scheduled_change_canceled()),
    ("end_of_sale_announced", |words| words.kind_end_of_sale_announced()),
    ("services_added", |words| words.kind_services_added()),
    ("license_assigned", |words| words.kind_license_assigned()),
    ("license_unassigned", |words| words.kind_license_unassigned()),
    ("apps_changed", |words| words.kind_apps_changed()),
    ("license_moved", |words| words.kind_license_moved()),
    ("license_in_conflict", |words| words.kind_license_in_conflict()),
    ("order_placed", |words| words.kind_order_placed()),
    ("credit_check_requested", |words| words.kind_credit_check_requested()),
    ("credit_check_decided", |words| words.kind_credit_check_decided()),
    ("order_posted", |words| words.kind_order_posted()),
    ("order_voided", |words| words.kind_order_voided()),
    ("user_added", |words| words.kind_user_added()),
    ("user_changed", |words| words.kind_user_changed()),
    ("user_blocked", |words| words.kind_user_blocked()),
    ("user_deleted", |words| words.kind_user_deleted()),
    ("roles_changed", |words| words.kind_roles_changed()),
    ("billing_role_given", |words| words.kind_billing_role_given()),
    ("billing_role_taken", |words| words.kind_billing_role_taken()),
    ("password_set", |words| words.kind_password_set()),
    ("group_added", |words| words.kind_group_added()),
    ("group_renamed", |words| words.kind_group_renamed()),
    ("group_deleted", |words| words.kind_group_deleted()),
    ("group_joined", |words| words.kind_group_joined()),
    ("group_left", |words| words.kind_group_left()),
    ("api_token_created", |words| words.kind_api_token_created()),
    ("api_token_revoked", |words| words.kind_api_token_revoked()),
    ("notifications_changed", |words| words.kind_notifications_changed()),
    ("organization_created", |words| words.kind_organization_created()),
    ("organization_state_changed", |words| words.kind_organization_state_changed()),
    ("organization_cloud_changed", |words| words.kind_organization_cloud_changed()),
    ("organization_became_sandbox", |words| words.kind_organization_became_sandbox()),
    ("subscription_taken_over", |words| words.kind_subscription_taken_over()),
    ("subscription_take_over_undone", |words| words.kind_take_over_undone()),
    ("cancellation_requested", |words| words.kind_cancellation_requested()),
    ("auto_claim_changed", |words| words.kind_auto_claim_changed()),
    ("auto_claim_turned", |words| words.kind_auto_claim_turned()),
    ("billing_admins_assign", |words| words.assigners()),
    ("license_claimed", |words| words.kind_license_claimed()),
    ("licenses_requested", |words| words.kind_licenses_requested()),
    ("license_request_shared", |words| words.kind_license_request_shared()),
    ("license_request_decided", |words| words.kind_license_request_decided()),
    ("request_process_changed", |words| words.kind_request_process_changed()),
    ("self_service_policy_changed", |words| words.kind_self_service_policy_changed()),
    ("self_service_limits_changed", |words| words.kind_self_service_limits_changed()),
    ("clock_moved", |words| words.kind_clock_moved()),
    ("partner_appointed", |words| words.kind_partner_appointed()),
    ("relationship_changed", |words| words.kind_relationship_changed()),
    ("customer_served", |words| words.kind_customer_served()),
    ("operator_entered", |words| words.kind_operator_entered()),
    ("price_published", |words| words.kind_price_published()),
    ("product_retired", |words| words.kind_product_retired()),
    ("product_described", |words| words.kind_product_described()),
    ("product_keys_created", |words| words.kind_product_keys_created()),
    ("product_keys_exported", |words| words.kind_product_keys_exported()),
    ("product_key_batch_revoked", |words| words.kind_product_key_batch_revoked()),
    ("product_key_revoked", |words| words.kind_product_key_revoked()),
    ("seller_changed", |words| words.kind_seller_changed()),
    ("catalog_imported", |words| words.kind_catalog_imported()),
];

impl Words {
    /// How an organization is charged: each rule with its value, always in the same order.
    #[must_use]
    pub fn billing_rules_list(self, rules: &BillingRules) -> [(&'static str, String); 10] {
        let refund_days = rules
            .refund_days
            .map_or_else(|| self.refund_days_always().to_owned(), |days| self.refund_days_within(i64::from(days)));
        let undo_days = match rules.undo_days {
            0 => self.fewer_licenses_refused().to_owned(),
            days => self.refund_days_within(i64::from(days)),
        };
        let online_cancel = rules
            .online_cancel_max
            .map_or_else(|| self.rule_people_any().to_owned(), |people| self.rule_people_up_to(people));
        let yes_no = if rules.prices_include_tax { self.yes() } else { self.no() };
        [
            (self.agreement(), self.agreement_name(rules.agreement).to_owned()),
            (self.rule_payment_terms(), self.rule_payment_terms_days(i64::from(rules.payment_terms_days))),
            (self.rule_fewer_licenses(), self.fewer_licenses_name(rules.fewer_licenses).to_owned()),
            (self.rule_refund_days(), refund_days),
            (self.rule_proration(), self.proration_name(rules.proration).to_owned()),
            (self.rule_rounding(), self.rounding_name(rules.rounding).to_owned()),
            (self.rule_tax_rounding(), self.tax_rounding_name(rules.tax_rounding).to_owned()),
            (self.rule_prices_include_tax(), yes_no.to_owned()),
            (self.rule_undo_days(), undo_days),
            (self.rule_online_cancel_max(), online_cancel),
        ]
    }

    /// A billing role with its billing profile, as in "invoice manager of Zuid".
    #[must_use]
    pub fn billing_role_of(self, role: BillingRole, profile: Option<&str>) -> String {
        match profile {
            Some(profile) => self.billing_role_of_profile(self.billing_role_name(role), profile),
            None => self.billing_role_name(role).to_owned(),
        }
    }

    /// The kinds of events as code and label, for a filter.
    pub fn event_kinds(self) -> impl Iterator<Item = (&'static str, &'static str)> {
        KINDS.iter().map(move |(code, label)| (*code, label(self)))
    }

    /// The label of the kind of event with this code.
    #[must_use]
    pub fn event_kind_name(self, code: &str) -> Option<&'static str> {
        self.event_kinds().find(|(kind, _)| *kind == code).map(|(_, label)| label)
    }

    /// What happened, as a sentence.
    #[must_use]
    pub fn event(self, event: &Event, names: EventNames<'_>) -> String {
        let sentence = self.event_sentence(event, names);
        if names.person.is_none() { with_capital(&sentence) } else { sentence }
    }

    /// What happened to the billing account, its invoices, what pays them, and who may do what with them.
    fn account_sentence(self, event: &Event, person: &str, product: &str) -> String {
        match event {
            Event::BillingRoleGiven { role, profile } => {
                self.event_billing_role_given(person, &self.billing_role_of(*role, profile.as_deref()))
            }
            Event::BillingRoleTaken { role, profile } => {
                self.event_billing_role_taken(person, &self.billing_role_of(*role, profile.as_deref()))
            }
            Event::PaymentMethodAdded { method } => self.event_payment_method_added(&self.method_name(method)),
            Event::PaymentMethodChanged { method } => self.event_payment_method_changed(&self.method_name(method)),
            Event::PaymentMethodReplaced { method, items } => {
                self.event_payment_method_replaced(&self.method_name(&method.to), i64::from(*items))
            }
            Event::PaymentMethodDeleted { method } => self.event_payment_method_deleted(&self.method_name(method)),
            Event::SubscriptionPaymentChanged { method, .. } => {
                self.event_subscription_payment_changed(product, &self.method_or_invoice(method.to.as_ref()))
            }
            Event::BillingRulesChanged { .. } => self.billing_rules_were_changed().to_owned(),
            Event::BuyerChanged { name, party } => self.buyer_sentence(event, name, party.as_deref()),
            Event::SegmentChanged { segment } => {
                self.event_segment_changed(&self.segment_name(segment.to).to_lowercase())
            }
            Event::ProfileCreditKept { name, amount } => self.event_profile_credit_kept(*amount, name),
            Event::ProfileCreditPaidOut { name, amount } => self.event_profile_credit_paid_out(*amount, name),
            Event::BillingProfileAdded { name } => self.event_billing_profile_added(name),
            Event::BillingProfileChanged { name } => self.event_billing_profile_changed(name),
            Event::SubscriptionProfileChanged { profile } => {
                self.event_subscription_profile_changed(product, &profile.to)
            }
            Event::InvoiceIssued { number, total, .. } if total.minor < 0 => {
                self.event_credit_note_issued(number, *total)
            }
            Event::InvoiceIssued { number, total, .. } => self.event_invoice_issued(number, *total),
            Event::InvoicePaid { number, amount, .. } if amount.minor < 0 => {
                self.event_credit_used(number, Money::new(-amount.minor, amount.currency))
            }
            Event::InvoicePaid { number, amount, .. } => self.event_invoice_paid(number, *amount),
            Event::InvoiceReminded { number, balance, .. } => self.event_invoice_reminded(number, *balance),
            Event::PaymentToConfirm { number, amount } => self.event_payment_to_confirm(number, *amount),
            Event::InvoiceDueMoved { number, due_on } => self.event_invoice_due_moved(number, due_on.from, due_on.to),
            Event::InvoiceChargedBack { number, amount, .. } => self.event_invoice_charged_back(number, *amount),
            Event::RefundOrdered { number, amount, reason } => self.event_refund_ordered(number, *amount, reason),
            Event::CreditRefunded { number, amount } => self.event_credit_refunded(number, *amount),
            Event::PaymentFailed { number, amount, .. } => self.event_payment_failed(number, *amount),
            Event::BillingFrequencyChanged { to, .. } => {
                self.event_billing_frequency_changed(product, &self.billing_frequency_name(*to).to_lowercase())
            }
            Event::BillingFrequencyScheduled { to, on, .. } => {
                let frequency = self.billing_frequency_name(*to).to_lowercase();
                self.event_billing_frequency_scheduled(product, &frequency, *on)
            }
            _ => self.group_sentence(event, person),
        }
    }

    /// What happened to product keys.
    fn key_sentence(self, event: &Event, product: &str) -> String {
        match event {
            Event::ProductKeysCreated { part_number, quantity, keys, .. } => {
                self.event_product_keys_created(*keys, part_number, *quantity)
            }
            Event::ProductKeysExported { part_number, keys } => self.event_product_keys_exported(*keys, part_number),
            Event::ProductKeyBatchRevoked { part_number, keys } => {
                self.event_product_key_batch_revoked(*keys, part_number)
            }
            Event::ProductKeyRevoked { last_five } => self.event_product_key_revoked(last_five),
            Event::ProductKeysRedeemed { keys, .. } => {
                let count = u32::try_from(keys.len()).unwrap_or(u32::MAX);
                self.event_product_keys_redeemed(count, &self.list(keys), product)
            }
            Event::ProductKeyGuessing { tries, client } => self.event_product_key_guessing(*tries, client),
            _ => String::new(),
        }
    }

    /// What happened to a subscription in its life; nothing for other events.
    fn life_event(self, event: &Event, product: &str) -> String {
        match event {
            Event::RecurringBillingChanged { on: true, ends_on } => self.event_recurring_billing_on(product, *ends_on),
            Event::RecurringBillingChanged { on: false, ends_on } => {
                self.event_recurring_billing_off(product, *ends_on)
            }
            Event::SubscriptionCanceled { reason, deleted_on, .. } => {
                self.event_subscription_canceled(product, &self.cancel_reason_name(*reason).to_lowercase(), *deleted_on)
            }
            Event::SubscriptionReactivated { amount, .. } if amount.minor != 0 => {
                self.event_subscription_reactivated(product, *amount)
            }
            Event::SubscriptionReactivated { .. } => self.event_subscription_reactivated_unpriced(product),
            Event::SubscriptionRenewed { term, .. } => self.event_subscription_renewed(product, term.end),
            Event::SubscriptionExpired { on, .. } => self.event_subscription_expired(product, *on),
            Event::SubscriptionDisabled { on, .. } => self.event_subscription_disabled(product, *on),
            Event::SubscriptionDeleted { on, .. } => self.event_subscription_deleted(product, *on),
            Event::SubscriptionReminded { reminder, on, .. } => {
                self.event_subscription_reminded(product, self.reminder_name(*reminder), *on)
            }
            Event::ScheduledChangeCanceled { change, on } => {
                self.event_scheduled_change_canceled(product, self.scheduled_change_name(*change), *on)
            }
            Event::EndOfSaleAnnounced => self.event_end_of_sale_announced(product),
            Event::SubscriptionScheduled { quantity, starts_on, .. } => {
                self.event_subscription_scheduled(*quantity, product, *starts_on)
            }
            Event::ScheduledSubscriptionStarted { term, .. } => {
                self.event_scheduled_subscription_started(product, term.end)
            }
            Event::TrialExtended { to, .. } => self.event_trial_extended(product, *to),
            Event::TrialBecamePaid { quantity, channel, .. } => {
                self.event_trial_became_paid(product, *quantity, self.channel_name(*channel))
            }
            _ => String::new(),
        }
    }

    /// What happened to an order, and what it made.
    fn order_sentence(self, event: &Event, product: &str) -> String {
        match event {
            Event::OrderPlaced { number, amount } => self.event_order_placed(&number.to_string(), *amount),
            Event::CreditCheckRequested { number, due_on } => self.event_check_requested(&number.to_string(), *due_on),
            Event::CreditCheckDecided { number, passed } => self.event_check_decided(&number.to_string(), *passed),
            Event::OrderPosted { number } => self.event_order_posted(&number.to_string()),
            Event::OrderVoided { number, reason } => {
                self.event_order_voided(&number.to_string(), &self.void_reason(reason))
            }
            Event::SubscriptionStarted { channel: Channel::Free, .. } => self.event_signed_up(product),
            Event::SubscriptionStarted { quantity, channel: Channel::Trial, .. } => {
                self.event_trial_started(*quantity, product)
            }
            Event::SubscriptionStarted { quantity, channel, .. } => {
                self.event_subscription_started(*quantity, product, self.channel_name(*channel))
            }
            _ => String::new(),
        }
    }

    /// What happened to the number of licenses.
    fn quantity_sentence(self, event: &Event, product: &str) -> String {
        match event {
            Event::QuantityChanged { from, to, .. } if to >= from => self.licenses_added(i64::from(to - from), product),
            Event::QuantityChanged { from, to, .. } => self.licenses_removed(i64::from(from - to), product),
            Event::QuantityScheduled { to, on, .. } => self.event_quantity_scheduled(*to, product, *on),
            _ => String::new(),
        }
    }

    /// How many licenses of a product each buyer may have.
    #[must_use]
    pub fn purchase_limit(self, licenses_max: Option<u32>) -> String {
        licenses_max.map_or_else(|| self.limits_no_limit().to_owned(), |maximum| self.limits_at_most(maximum))
    }

    /// What happened when another product was to take over.
    fn plan_sentence(self, event: &Event, product: &str) -> String {
        match event {
            Event::PlanChangeRequested { to, quantity } => {
                self.event_plan_change_requested(product, to, i64::from(*quantity))
            }
            Event::PlanChangeScheduled { to, quantity, on } => {
                self.event_plan_change_scheduled(product, to, i64::from(*quantity), *on)
            }
            Event::PlanChanged { to, people, .. } => self.event_plan_changed(product, to, i64::from(*people)),
            Event::PlanChangeRefused { to, .. } => self.event_plan_change_refused(product, to),
            _ => String::new(),
        }
    }

    /// What happened to what people buy for themselves, and to what they ask for instead.
    fn self_service_sentence(self, event: &Event, product: &str) -> String {
        match event {
            Event::SubscriptionTakenOver { moved_to: Some(to), people, .. } => {
                self.event_taken_over_moved(product, i64::from(*people), to)
            }
            Event::SubscriptionTakenOver { moved_to: None, .. } => self.event_taken_over_canceled(product),
            Event::SubscriptionTakeOverUndone { people, .. } => {
                self.event_take_over_undone(product, i64::from(*people))
            }
            Event::SelfServicePolicyChanged { of, value } => {
                let of = if of.is_empty() { self.policy_new_products().to_lowercase() } else { of.clone() };
                self.event_policy_changed(&of, &self.self_service_policy_name(value.to).to_lowercase())
            }
            Event::SelfServiceLimitsChanged { buyers, licenses_max } => {
                let buyers = if buyers.is_empty() { self.limits_everybody() } else { buyers };
                self.event_self_service_limits_changed(buyers, &self.purchase_limit(licenses_max.to))
            }
            Event::CancellationRequested { buyer } => self.event_cancellation_requested(buyer, product),
            Event::AutoClaimTurned { is_on: true } => self.auto_claim_turned_on().to_owned(),
            Event::AutoClaimTurned { is_on: false } => self.auto_claim_turned_off().to_owned(),
            Event::BillingAdminsAssign { is_on: true } => self.billing_admins_may_assign().to_owned(),
            Event::BillingAdminsAssign { is_on: false } => self.billing_admins_may_not_assign().to_owned(),
            Event::AutoClaimChanged { is_on: false, .. } => self.event_auto_claim_off(product),
            Event::AutoClaimChanged { backups, disabled_plans, .. } => {
                let what = match backups.as_slice() {
                    [] => self.event_auto_claim_on(product),
                    backups => self.event_auto_claim_backups(product, &self.list(backups)),
                };
                self.with_apps_off(what, disabled_plans.len())
            }
            Event::LicensesRequested { product, people } => self.event_licenses_requested(i64::from(*people), product),
            Event::LicenseRequestDecided { product, approved, rejected, given, disabled_plans, declined, .. } => {
                let decided = self.event_license_request_decided(product, *approved, *rejected);
                let given = given.as_ref().map(|given| self.event_request_given(given));
                let declined = (!declined.is_empty()).then(|| self.event_request_declined(&self.list(declined)));
                let all: Vec<_> = std::iter::once(decided).chain(given).chain(declined).collect();
                self.with_apps_off(all.join(" "), disabled_plans.len())
            }
            Event::LicenseRequestShared { product, with, .. } => self.event_license_request_shared(with.len(), product),
            Event::RequestProcessChanged { text } if text.is_empty() => self.event_request_process_off().to_owned(),
            Event::RequestProcessChanged { .. } => self.event_request_process_changed().to_owned(),
            _ => String::new(),
        }
    }

    fn organization_sentence(self, event: &Event) -> String {
        match event {
            Event::OrganizationCreated { name, country, cloud } => {
                self.event_organization_created(name, self.country(country).unwrap_or(country), self.cloud_name(*cloud))
            }
            Event::OrganizationStateChanged { state } => match state.to {
                OrganizationState::Suspended => self.event_organization_suspended().to_owned(),
                OrganizationState::Active => self.event_organization_resumed().to_owned(),
            },
            Event::OrganizationCloudChanged { cloud } => {
                self.event_organization_cloud_changed(self.cloud_name(cloud.to))
            }
            Event::ClockMoved { from, to } => self.event_clock_moved(*from, *to),
            Event::OrganizationBecameSandbox => self.event_organization_became_sandbox().to_owned(),
            _ => String::new(),
        }
    }

    /// What happened that has an amount, for who may not see it (D23); nothing for other events.
    fn without_amount(self, event: &Event, product: &str) -> Option<String> {
        let sentence = match event {
            Event::OrderPlaced { number, .. } => self.event_order_placed_unpriced(&number.to_string()),
            Event::SubscriptionReactivated { .. } => self.event_subscription_reactivated_unpriced(product),
            Event::InvoiceIssued { number, total, .. } if total.minor < 0 => {
                self.event_credit_note_issued_unpriced(number)
            }
            Event::InvoiceIssued { number, .. } => self.event_invoice_issued_unpriced(number),
            Event::InvoicePaid { number, amount, .. } if amount.minor < 0 => self.event_credit_used_unpriced(number),
            Event::InvoicePaid { number, .. } => self.event_invoice_paid_unpriced(number),
            Event::InvoiceReminded { number, .. } => self.event_invoice_reminded_unpriced(number),
            Event::PaymentToConfirm { number, .. } => self.event_payment_to_confirm_unpriced(number),
            Event::InvoiceChargedBack { number, .. } => self.event_invoice_charged_back_unpriced(number),
            Event::RefundOrdered { number, reason, .. } => self.event_refund_ordered_unpriced(number, reason),
            Event::CreditRefunded { number, .. } => self.event_credit_refunded_unpriced(number),
            Event::PaymentFailed { number, .. } => self.event_payment_failed_unpriced(number),
            Event::ProfileCreditKept { name, .. } => self.event_profile_credit_kept_unpriced(name),
            Event::ProfileCreditPaidOut { name, .. } => self.event_profile_credit_paid_out_unpriced(name),
            Event::PricePublished { part_number, term, billing_frequency, .. } => {
                let frequency = self.billing_frequency_choice(*billing_frequency);
                self.event_price_published_unpriced(part_number, self.term_name(*term), frequency)
            }
            _ => return None,
        };
        Some(sentence)
    }

    fn event_sentence(self, event: &Event, names: EventNames<'_>) -> String {
        let (person, product) = (names.person.unwrap_or(self.somebody()), names.product.unwrap_or(self.a_product()));
        let unpriced = if names.with_amounts { None } else { self.without_amount(event, product) };
        unpriced.unwrap_or_else(|| self.whole_sentence(event, names, person, product))
    }

    fn whole_sentence(self, event: &Event, names: EventNames<'_>, person: &str, product: &str) -> String {
        match event {
            Event::OrganizationCreated { .. }
            | Event::OrganizationStateChanged { .. }
            | Event::OrganizationCloudChanged { .. }
            | Event::ClockMoved { .. }
            | Event::OrganizationBecameSandbox => self.organization_sentence(event),
            Event::UserAdded { display_name, email, is_guest: true } => self.event_guest_added(display_name, email),
            Event::UserAdded { display_name, email, .. } => self.event_user_added(display_name, email),
            Event::UserChanged { .. } => self.event_user_changed(person, &self.list(&self.changed_labels(event))),
            Event::UserBlocked { blocked } => self.event_blocked(person, *blocked),
            Event::RolesChanged { .. } => self.event_roles_changed(person),
            Event::PasswordSet => self.event_password_set(person),
            Event::UserDeleted { display_name, email, .. } => self.event_user_deleted(display_name, email),
            Event::OrderPlaced { .. }
            | Event::CreditCheckRequested { .. }
            | Event::CreditCheckDecided { .. }
            | Event::OrderPosted { .. }
            | Event::OrderVoided { .. }
            | Event::SubscriptionStarted { .. } => self.order_sentence(event, product),
            Event::QuantityChanged { .. } | Event::QuantityScheduled { .. } => self.quantity_sentence(event, product),
            Event::ProductKeysCreated { .. }
            | Event::ProductKeysExported { .. }
            | Event::ProductKeyBatchRevoked { .. }
            | Event::ProductKeyRevoked { .. }
            | Event::ProductKeysRedeemed { .. }
            | Event::ProductKeyGuessing { .. } => self.key_sentence(event, product),
            Event::RecurringBillingChanged { .. }
            | Event::SubscriptionCanceled { .. }
            | Event::SubscriptionReactivated { .. }
            | Event::SubscriptionRenewed { .. }
            | Event::SubscriptionExpired { .. }
            | Event::SubscriptionDisabled { .. }
            | Event::SubscriptionDeleted { .. }
            | Event::SubscriptionReminded { .. }
            | Event::ScheduledChangeCanceled { .. }
            | Event::SubscriptionScheduled { .. }
            | Event::ScheduledSubscriptionStarted { .. }
            | Event::TrialExtended { .. }
            | Event::TrialBecamePaid { .. }
            | Event::EndOfSaleAnnounced => self.life_event(event, product),
            Event::LicenseAssigned { .. }
            | Event::LicenseUnassigned
            | Event::LicenseClaimed { .. }
            | Event::AppsChanged { .. }
            | Event::LicenseMoved { .. }
            | Event::LicenseInConflict => self.license_sentence(event, person, product),
            Event::PricePublished { .. }
            | Event::ProductRetired { .. }
            | Event::ServicesAdded { .. }
            | Event::ProductDescribed { .. }
            | Event::CatalogImported { .. } => self.catalog_sentence(event, product),
            Event::NotificationsChanged { .. } => self.event_notifications_changed().to_owned(),
            Event::SellerChanged { name } => self.event_seller_changed(name),
            Event::ApiTokenCreated { .. } | Event::ApiTokenRevoked { .. } => self.token_sentence(event),
            Event::PlanChangeRequested { .. }
            | Event::PlanChangeScheduled { .. }
            | Event::PlanChanged { .. }
            | Event::PlanChangeRefused { .. } => self.plan_sentence(event, product),
            Event::SubscriptionTakenOver { .. }
            | Event::SubscriptionTakeOverUndone { .. }
            | Event::CancellationRequested { .. }
            | Event::LicensesRequested { .. }
            | Event::AutoClaimChanged { .. }
            | Event::AutoClaimTurned { .. }
            | Event::BillingAdminsAssign { .. }
            | Event::LicenseRequestDecided { .. }
            | Event::LicenseRequestShared { .. }
            | Event::RequestProcessChanged { .. }
            | Event::SelfServiceLimitsChanged { .. }
            | Event::SelfServicePolicyChanged { .. } => self.self_service_sentence(event, product),
            Event::PartnerAppointed { .. } | Event::RelationshipChanged { .. } | Event::CustomerServed { .. } => {
                self.partner_sentence(event, names)
            }
            Event::OperatorEntered { .. } => self.event_operator_entered().to_owned(),
            // What is left is about money or groups; a test sees to it that every event has a sentence.
            _ => self.account_sentence(event, person, product),
        }
    }

    /// What happened to a group, or to who is in it.
    fn group_sentence(self, event: &Event, person: &str) -> String {
        match event {
            Event::GroupAdded { name } => self.event_group_added(name),
            Event::GroupRenamed { name } => self.event_group_renamed(&name.from, &name.to),
            Event::GroupDeleted { name, people } => {
                self.event_group_deleted(name, &self.people_count(i64::from(*people)))
            }
            Event::GroupJoined { group } => self.event_group_joined(person, group),
            Event::GroupLeft { group } => self.event_group_left(person, group),
            _ => String::new(),
        }
    }

    /// What happened to a key of a program.
    fn token_sentence(self, event: &Event) -> String {
        match event {
            Event::ApiTokenCreated { name, .. } => self.event_api_token_created(name),
            Event::ApiTokenRevoked { name } => self.event_api_token_revoked(name),
            _ => String::new(),
        }
    }

    /// What happened to the catalog.
    fn catalog_sentence(self, event: &Event, product: &str) -> String {
        match event {
            Event::PricePublished { part_number, term, billing_frequency, after, .. } => {
                let frequency = self.billing_frequency_choice(*billing_frequency);
                self.event_price_published(part_number, self.term_name(*term), frequency, *after)
            }
            Event::ProductRetired { name, retired } => self.event_retired(name, *retired),
            Event::ServicesAdded { services } => self.event_services_added(product, &self.list(services)),
            Event::ProductDescribed { name } => self.event_product_described(name),
            Event::CatalogImported { products, skus, refused_rows } => {
                self.event_catalog_imported(*products, *skus, *refused_rows)
            }
            _ => String::new(),
        }
    }

    fn with_apps_off(self, what: String, off: usize) -> String {
        if off == 0 { what } else { format!("{what} {}", self.event_auto_claim_apps_off(off)) }
    }

    /// What happened to a license that somebody had.
    fn license_sentence(self, event: &Event, person: &str, product: &str) -> String {
        match event {
            Event::LicenseAssigned { disabled_plans } if disabled_plans.is_empty() => {
                self.event_license_assigned(person, product)
            }
            Event::LicenseAssigned { disabled_plans } => {
                self.event_license_assigned_without_apps(person, product, disabled_plans.len())
            }
            Event::LicenseUnassigned => self.event_license_unassigned(person, product),
            Event::LicenseClaimed { instead_of, disabled_plans } => {
                let what = match instead_of {
                    None => self.event_license_claimed(person, product),
                    Some(needed) => self.event_license_claimed_instead(person, product, needed),
                };
                self.with_apps_off(what, disabled_plans.len())
            }
            Event::AppsChanged { .. } => self.event_apps_changed(person, product),
            Event::LicenseMoved { .. } => self.event_license_moved(person, product),
            Event::LicenseInConflict => self.event_license_in_conflict(person, product),
            _ => String::new(),
        }
    }

    /// What happened between a customer and a partner.
    fn partner_sentence(self, event: &Event, names: EventNames<'_>) -> String {
        match event {
            Event::PartnerAppointed { as_kind } => self.event_partner_appointed(self.partner_kind_name(*as_kind)),
            Event::RelationshipChanged { partner, state } => match state {
                RelationshipState::Requested => self.event_relationship_requested(partner),
                RelationshipState::Active => self.event_relationship_accepted(partner),
                RelationshipState::Ended => self.event_relationship_ended(partner),
            },
            Event::CustomerServed { customer, event } => {
                self.event_customer_served(customer, &self.event_sentence(event, names))
            }
            _ => String::new(),
        }
    }

    /// A payment method, or the invoice that is paid by hand.
    fn method_or_invoice(self, method: Option<&MethodName>) -> String {
        method.map_or_else(|| self.invoice().to_lowercase(), |method| self.method_name(method))
    }

    fn event_blocked(self, person: &str, blocked: bool) -> String {
        if blocked { self.event_user_blocked(person) } else { self.event_user_unblocked(person) }
    }

    fn event_retired(self, name: &str, retired: bool) -> String {
        if retired { self.event_product_retired(name) } else { self.event_product_sold_again(name) }
    }

    fn event_check_decided(self, number: &str, passed: bool) -> String {
        if passed { self.event_check_passed(number) } else { self.event_check_failed(number) }
    }

    /// What was before and after, for events that change something that was there; amounts for who may see them.
    #[must_use]
    pub fn event_changes(self, event: &Event, with_amounts: bool) -> Vec<WrittenChange> {
        match event {
            Event::OrganizationStateChanged { state } => {
                vec![written(self.status(), named(state, |state| self.organization_state_name(state)))]
            }
            Event::OrganizationCloudChanged { cloud } => {
                vec![written(self.cloud(), named(cloud, |cloud| self.cloud_name(cloud)))]
            }
            Event::UserChanged { .. } => self.user_changes(event),
            Event::PaymentMethodReplaced { method, .. } => {
                let names = (self.method_name(&method.from), self.method_name(&method.to));
                vec![written(self.payment_method(), names)]
            }
            Event::SubscriptionPaymentChanged { method, is_first } => {
                let name = |method: &Option<MethodName>| with_capital(&self.method_or_invoice(method.as_ref()));
                let before = if *is_first { String::new() } else { name(&method.from) };
                vec![written(self.payment_method(), (before, name(&method.to)))]
            }
            Event::SegmentChanged { segment } => {
                let name = |segment| self.segment_name(segment).to_owned();
                vec![written(self.segment(), (name(segment.from), name(segment.to)))]
            }
            Event::BuyerChanged { party: Some(party), .. } => self.party_changes(party),
            Event::BillingRulesChanged { rules } => {
                let (from, to) = (self.billing_rules_list(&rules.from), self.billing_rules_list(&rules.to));
                let changed = from.into_iter().zip(to).filter(|(from, to)| from.1 != to.1);
                changed.map(|((label, from), (_, to))| written(label, (from, to))).collect()
            }
            Event::NotificationsChanged { .. } => self.notification_changes(event),
            Event::SubscriptionProfileChanged { profile } => {
                vec![written(self.billing_profile(), (profile.from.clone(), profile.to.clone()))]
            }
            Event::RolesChanged { roles } => {
                vec![written(self.roles(), (self.role_list(&roles.from), self.role_list(&roles.to)))]
            }
            Event::QuantityChanged { from, to, .. }
            | Event::SubscriptionRenewed { quantity: Some(Change { from, to }), .. } => {
                vec![written(self.total_licenses(), (self.number(*from), self.number(*to)))]
            }
            Event::ProductKeysRedeemed { quantity, ends_on, .. } => {
                let total = written(self.total_licenses(), (self.number(quantity.from), self.number(quantity.to)));
                let end = written(self.expires_on(), (self.date(ends_on.from), self.date(ends_on.to)));
                [(quantity.from != quantity.to, total), (ends_on.from != ends_on.to, end)]
                    .into_iter()
                    .filter_map(|(changed, change)| changed.then_some(change))
                    .collect()
            }
            Event::AppsChanged { disabled_plans } => {
                let count = |plans: &Vec<_>| self.number(plans.len());
                vec![written(self.change_apps_off(), (count(&disabled_plans.from), count(&disabled_plans.to)))]
            }
            Event::SelfServicePolicyChanged { value, .. } => {
                vec![written(self.self_service_policy(), named(value, |policy| self.self_service_policy_name(policy)))]
            }
            Event::SelfServiceLimitsChanged { licenses_max, .. } if licenses_max.from != licenses_max.to => {
                let (from, to) = (self.purchase_limit(licenses_max.from), self.purchase_limit(licenses_max.to));
                vec![written(self.limits_licenses(), (from, to))]
            }
            Event::PricePublished { before, after, .. } if with_amounts => {
                let before = before.map_or(String::new(), |price| self.money(price));
                vec![written(self.price_per_license(), (before, self.money(*after)))]
            }
            _ => Vec::new(),
        }
    }

    /// What documents say of who buys.
    fn buyer_sentence(self, event: &Event, name: &str, party: Option<&Change<Party>>) -> String {
        match party {
            Some(party) if party.from.name != party.to.name => self.event_buyer_renamed(&party.from.name, name),
            Some(_) => self.event_buyer_facts_changed(name, &self.list(&self.changed_labels(event))),
            None => self.event_buyer_changed(name),
        }
    }

    fn party_changes(self, party: &Change<Party>) -> Vec<WrittenChange> {
        let text = |field, text: &str| match field {
            Field::Country => self.country(text).unwrap_or(text).to_owned(),
            _ => text.to_owned(),
        };
        let facts = party.from.facts().into_iter().zip(party.to.facts());
        let changed = facts.filter(|((_, from), (_, to))| from != to);
        changed
            .map(|((field, from), (_, to))| written(self.field_name(field), (text(field, from), text(field, to))))
            .collect()
    }

    fn user_changes(self, event: &Event) -> Vec<WrittenChange> {
        let Event::UserChanged { display_name, email, department, usage_location, is_guest } = event else {
            return Vec::new();
        };
        let text =
            |label: &'static str, change: &Change<String>| written(label, (change.from.clone(), change.to.clone()));
        let country = |code: &Option<String>| {
            code.as_deref().map_or(String::new(), |code| self.country(code).unwrap_or(code).to_owned())
        };
        let answer = |is_guest: bool| if is_guest { self.yes() } else { self.no() }.to_owned();
        let location = usage_location.as_ref().map(|change| (country(&change.from), country(&change.to)));
        let guest = is_guest.as_ref().map(|change| (answer(change.from), answer(change.to)));
        [
            display_name.as_ref().map(|change| text(self.people_display_name(), change)),
            email.as_ref().map(|change| text(self.email_address(), change)),
            department.as_ref().map(|change| text(self.people_department(), change)),
            location.map(|names| written(self.people_usage_location(), names)),
            guest.map(|names| written(self.guest(), names)),
        ]
        .into_iter()
        .flatten()
        .collect()
    }

    fn notification_changes(self, event: &Event) -> Vec<WrittenChange> {
        let Event::NotificationsChanged { language, attach_documents, contact, extra_addresses } = event else {
            return Vec::new();
        };
        let name = |code: &String| match Language::from_code(code) {
            Some(language) => language.own_name().to_owned(),
            None => code.clone(),
        };
        let yes_no = |on: bool| if on { self.yes() } else { self.no() }.to_owned();
        let language = language
            .as_ref()
            .map(|change| written(self.notifications_language(), (name(&change.from), name(&change.to))));
        let attach = attach_documents
            .as_ref()
            .map(|change| written(self.notifications_attach(), (yes_no(change.from), yes_no(change.to))));
        let contact = contact
            .as_ref()
            .map(|change| written(self.notifications_contact(), (change.from.clone(), change.to.clone())));
        let extra = extra_addresses
            .as_ref()
            .map(|change| written(self.notifications_extra(), (self.list(&change.from), self.list(&change.to))));
        [language, attach, contact, extra].into_iter().flatten().collect()
    }

    /// Roles as one text, `Global admin and License admin`; empty for none.
    #[must_use]
    pub fn role_list(self, roles: &[Role]) -> String {
        let names: Vec<_> = roles.iter().map(|role| self.role_name(*role)).collect();
        self.list(&names)
    }

    fn changed_labels(self, event: &Event) -> Vec<String> {
        self.event_changes(event, true).iter().map(|change| change.label.to_lowercase()).collect()
    }
}

/// `somebody` may begin the sentence.
fn with_capital(sentence: &str) -> String {
    let mut characters = sentence.chars();
    characters.next().map_or(String::new(), |first| first.to_uppercase().chain(characters).collect())
}

fn written(label: &'static str, (before, after): (String, String)) -> WrittenChange {
    WrittenChange { label, before, after }
}

/// The names of what was before and after.
fn named<T: Copy>(change: &Change<T>, name: impl Fn(T) -> &'static str) -> (String, String) {
    (name(change.from).to_owned(), name(change.to).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::money::{Currency, Money};
    use domain::time::Period;
    use jiff::civil::date;

    const EN: Words = Words { language: Language::English };
    const NL: Words = Words { language: Language::Dutch };
    const NAMES: EventNames<'_> =
        EventNames { person: Some("Noor de Vries"), product: Some("Office"), with_amounts: true };

    fn added_five() -> Event {
        let service_period = Period { start: date(2020, 1, 11), end: date(2020, 2, 1) };
        Event::QuantityChanged { from: 100, to: 105, amount: Money::new(3_387, Currency::Eur), service_period }
    }

    /// Domain 2.9, 4.7: from whom to whom, what of it, and what came of a request.
    #[test]
    fn what_was_changed_is_said_whole() {
        let before = Party { name: "Waterland B.V.".to_owned(), ..Party::default() };
        let mut after = Party { telephone: Some("015 555 0100".to_owned()), ..before.clone() };
        after.address.city = "Delft".to_owned();
        let changed = |from: &Party, to: &Party| Event::BuyerChanged {
            name: to.name.clone(),
            party: Some(Box::new(Change { from: from.clone(), to: to.clone() })),
        };
        let facts = changed(&before, &after);
        assert_eq!(EN.event(&facts, NAMES), "What invoices say of Waterland B.V. was changed: city and telephone.");
        let dutch = "Wat facturen over Waterland B.V. zeggen, is gewijzigd: plaats en telefoon.";
        assert_eq!(NL.event(&facts, NAMES), dutch);
        let written: Vec<_> = EN.event_changes(&facts, true).iter().map(ToString::to_string).collect();
        assert_eq!(written, ["City: Delft", "Telephone: 015 555 0100"]);
        let renamed = changed(&before, &Party { name: "Waterland Groep".to_owned(), ..before.clone() });
        let from_to = "Who buys, as invoices say it, was changed from Waterland B.V. to Waterland Groep.";
        assert_eq!(EN.event(&renamed, NAMES), from_to);
        let old = Event::BuyerChanged { name: "Waterland Groep".to_owned(), party: None };
        assert_eq!(EN.event(&old, NAMES), "Who buys, as invoices say it, was changed: Waterland Groep.");

        let decided = Event::LicenseRequestDecided {
            request: "req_01jd55pv3xft7sm2rw5mz4ym31".parse().expect("an identifier"),
            product: "Visio".to_owned(),
            approved: 2,
            rejected: 1,
            given: Some("Project".to_owned()),
            disabled_plans: vec!["pln_01jd55pv3xft7sm2rw5mz4ym31".parse().expect("an identifier")],
            declined: vec!["Noor Vermeer".to_owned()],
        };
        let says = "The request for Visio was decided: 2 approved, 1 rejected. Given instead: Project. \
                    Rejected: Noor Vermeer. Apps that are off: 1.";
        assert_eq!(EN.event(&decided, NAMES), says);
        let says = "Over de aanvraag voor Visio is beslist: 2 goedgekeurd, 1 afgewezen. In plaats daarvan gegeven: \
                    Project. Afgewezen: Noor Vermeer. Apps die uit staan: 1.";
        assert_eq!(NL.event(&decided, NAMES), says);
    }

    #[test]
    fn an_event_is_a_sentence() {
        for (event, english, dutch) in [
            (added_five(), "5 licenses were added to Office.", "5 licenties zijn toegevoegd aan Office."),
            (
                Event::LicenseUnassigned,
                "The license of Noor de Vries for Office was unassigned.",
                "De licentietoewijzing van Noor de Vries voor Office is opgeheven.",
            ),
            (
                Event::OrderVoided { number: 12_345, reason: "card_declined".into() },
                "Order 12345 was voided. The bank declined the card. Nothing was charged.",
                "Bestelling 12345 is vervallen. De bank heeft de kaart geweigerd. Er is niets afgeschreven.",
            ),
            (
                Event::OrderPlaced { number: 7, amount: Money::new(29_250, Currency::Eur) },
                "Order 7 was placed: €292.50.",
                "Bestelling 7 is geplaatst: €\u{a0}292,50.",
            ),
        ] {
            assert_eq!((EN.event(&event, NAMES).as_str(), NL.event(&event, NAMES).as_str()), (english, dutch));
        }
    }

    #[test]
    fn every_event_has_a_sentence() {
        for line in include_str!("../../domain/golden/events.jsonl").lines() {
            let event: Event = serde_json::from_str(line).expect("a stored form");
            for words in [EN, NL] {
                let sentence = words.event(&event, EventNames::default());
                assert!(sentence.chars().count() > 5, "{line}: {sentence:?}");
            }
        }
    }

    /// D23: who may not see prices reads of every event without its amount, in a sentence that is whole.
    #[test]
    fn an_event_without_its_amount_is_still_a_sentence() {
        let unpriced = EventNames { with_amounts: false, ..NAMES };
        for line in include_str!("../../domain/golden/events.jsonl").lines() {
            let event: Event = serde_json::from_str(line).expect("a stored form");
            for words in [EN, NL] {
                let sentence = words.event(&event, unpriced);
                assert!(sentence.chars().count() > 5, "{line}: {sentence:?}");
                assert!(!sentence.contains(['€', '$', '£', '¥']), "{sentence}");
                let changes = words.event_changes(&event, false);
                assert!(!format!("{changes:?}").contains(['€', '$', '£', '¥']), "{changes:?}");
            }
        }
        let amount = Money::new(5_990, Currency::Eur);
        let service_period = Period { start: date(2020, 1, 11), end: date(2020, 2, 1) };
        let from = domain::subscription::SubscriptionState::Expired;
        for (event, english, dutch) in [
            (Event::OrderPlaced { number: 7, amount }, "Order 7 was placed.", "Bestelling 7 is geplaatst."),
            (
                Event::SubscriptionReactivated { from, ends_on: date(2020, 2, 1), amount, service_period },
                "Office was reactivated.",
                "Office is opnieuw geactiveerd.",
            ),
            (
                Event::InvoicePaid { number: "G001".into(), amount, balance: amount },
                "A payment for invoice G001 came in.",
                "Er is een betaling voor factuur G001 ontvangen.",
            ),
        ] {
            assert_eq!((EN.event(&event, unpriced).as_str(), NL.event(&event, unpriced).as_str()), (english, dutch));
            let customer = "Contoso".to_owned();
            let served = Event::CustomerServed { customer, event: Box::new(event) };
            assert!(!EN.event(&served, unpriced).contains('€'));
        }
    }

    #[test]
    fn an_event_without_known_names_is_still_a_sentence() {
        let names = EventNames::default();
        assert_eq!(EN.event(&Event::LicenseInConflict, names), "Somebody has no valid license of a product any more.");
    }

    #[test]
    fn a_change_shows_before_and_after() {
        let location = Change { from: None, to: Some("NL".into()) };
        let department = Change { from: "Sales".into(), to: "Finance".into() };
        let event = Event::UserChanged {
            display_name: None,
            email: None,
            department: Some(department),
            usage_location: Some(location),
            is_guest: None,
        };
        let change = |label, before: &str, after: &str| written(label, (before.into(), after.into()));
        assert_eq!(
            NL.event_changes(&event, true),
            [change("Afdeling", "Sales", "Finance"), change("Gebruikslocatie", "", "Nederland")]
        );
        assert_eq!(EN.event(&event, NAMES), "Changed for Noor de Vries: department and usage location.");
        assert_eq!(EN.event_changes(&added_five(), true), [change("Total licenses", "100", "105")]);
    }

    #[test]
    fn roles_read_as_a_list() {
        assert_eq!(
            NL.role_list(&[Role::BillingAdmin, Role::LicenseAdmin]),
            "Factureringsbeheerder en Licentiebeheerder"
        );
    }

    #[test]
    fn every_kind_has_a_label() {
        assert_eq!(EN.event_kind_name(added_five().kind()), Some("Number of licenses changed"));
        assert_eq!(EN.event_kind_name("unheard_of"), None);
        // One stored form of each kind there is.
        let stored = include_str!("../../domain/golden/events.jsonl").lines();
        let kinds: std::collections::BTreeSet<_> =
            stored.map(|line| line.split('"').nth(3).expect("a stored form begins with its kind")).collect();
        assert_eq!(EN.event_kinds().map(|(kind, _)| kind).collect::<std::collections::BTreeSet<_>>(), kinds);
    }
}
