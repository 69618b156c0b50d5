//! The sentence and the remedy of everything that Zetel refuses (architecture 3.7).

use crate::Words;
use domain::billing::party::Party;
use domain::billing::tax::TaxCategory;
use domain::catalog::import::{FileRefusal, RowRefusal};
use domain::refusal::{FieldRefusal, Refusal};
use domain::self_service::eligibility::Ineligible;
use domain::subscription::ClosedReason;
use std::fmt;

/// What is the matter and what helps. Written one after the other they read as one message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explanation {
    /// What is the matter.
    pub sentence: String,
    /// What the reader can do; `None` when the sentence already says it.
    pub remedy: Option<&'static str>,
}

impl fmt::Display for Explanation {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.sentence)?;
        self.remedy.map_or(Ok(()), |remedy| write!(formatter, " {remedy}"))
    }
}

impl Explanation {
    fn new(sentence: impl Into<String>, remedy: &'static str) -> Self {
        Self { sentence: sentence.into(), remedy: Some(remedy) }
    }

    /// What is the matter, where the sentence says what helps.
    #[must_use]
    pub fn alone(sentence: impl Into<String>) -> Self {
        Self { sentence: sentence.into(), remedy: None }
    }
}

impl Words {
    /// Why there is no tax on what an invoice says to a customer; nothing where there is, or where its rate is nothing.
    #[must_use]
    pub fn vat_reason(self, category: TaxCategory, customer: &Party) -> Option<String> {
        Some(match (category, &customer.tax_exemption) {
            (TaxCategory::Standard | TaxCategory::ZeroRated, _) => return None,
            (TaxCategory::ReverseCharge, _) => self.vat_reverse_charge_reason().to_owned(),
            (TaxCategory::OutOfScope, _) => self.vat_out_of_scope_reason().to_owned(),
            (TaxCategory::Exempt, Some(certificate)) => self.vat_exempt_by(certificate),
            (TaxCategory::Exempt, None) => self.vat_exempt_reason().to_owned(),
        })
    }

    /// Why an action of a subscription is closed, and what helps (domain 2.2, 8.6, R60 to R70).
    #[must_use]
    pub fn closed_reason(self, reason: ClosedReason) -> Explanation {
        let (sentence, remedy) = match reason {
            ClosedReason::CreditCheckPending => (self.closed_credit_check(), self.remedy_credit_check()),
            ClosedReason::PrepaidKey => (self.closed_prepaid(), self.remedy_prepaid()),
            ClosedReason::PrepaidPlan => (self.closed_prepaid(), self.remedy_buy_the_other()),
            ClosedReason::NotPrepaid => (self.closed_not_prepaid(), self.remedy_not_prepaid()),
            ClosedReason::VolumePartner => (self.closed_volume_partner(), self.remedy_partner()),
            ClosedReason::Reseller => (self.closed_reseller(), self.remedy_reseller()),
            ClosedReason::Trial => (self.closed_trial(), self.remedy_trial()),
            ClosedReason::EndOfSale => (self.closed_end_of_sale(), self.remedy_end_of_sale()),
            ClosedReason::NotStarted => (self.closed_not_started(), self.remedy_wait_for_start()),
            ClosedReason::NotActive => (self.closed_not_active(), self.remedy_reactivate()),
            ClosedReason::Disabled => (self.closed_disabled(), self.remedy_reactivate()),
            ClosedReason::Deleted => (self.closed_deleted(), self.remedy_buy_again()),
            ClosedReason::RoleNotAllowed => (self.closed_role(), self.remedy_ask_admin()),
            ClosedReason::SelfServiceOfOther => (self.closed_self_service_of_other(), self.remedy_take_control()),
            ClosedReason::AllAssigned => (self.closed_all_assigned(), self.remedy_unassign_first()),
            ClosedReason::OneLicense => (self.closed_one_license(), self.remedy_cancel_instead()),
            ClosedReason::NoneAvailable => (self.closed_none_available(), self.remedy_buy_or_unassign()),
            ClosedReason::NobodyAssigned => return Explanation::alone(self.closed_nobody_assigned()),
            ClosedReason::PrepaidEnds => return Explanation::alone(self.closed_prepaid_ends()),
            ClosedReason::TrialEnds => (self.closed_trial_ends(), self.remedy_buy_to_keep()),
            ClosedReason::NotTrial => return Explanation::alone(self.closed_not_trial()),
            ClosedReason::TrialExtended => (self.closed_trial_extended(), self.remedy_buy_to_keep()),
            ClosedReason::TrialOver => (self.closed_trial_over(), self.remedy_buy_to_keep()),
            ClosedReason::PartnerDecides => (self.closed_partner_decides(), self.remedy_contact_partner()),
            ClosedReason::SoldElsewhere => return Explanation::alone(self.closed_sold_elsewhere()),
            ClosedReason::Ended => return Explanation::alone(self.closed_ended()),
            ClosedReason::Unpaid => (self.closed_unpaid(), self.remedy_settle_balance()),
            ClosedReason::StillActive => return Explanation::alone(self.closed_still_active()),
            ClosedReason::NotSelfService => return Explanation::alone(self.closed_not_self_service()),
            ClosedReason::Free => (self.closed_free(), self.remedy_free()),
            ClosedReason::SelfService => (self.closed_self_service(), self.remedy_buy_the_other()),
            ClosedReason::PlanChangeRunning => (self.closed_plan_change_running(), self.remedy_try_later()),
            ClosedReason::PlanChangeScheduled => (self.closed_plan_change_scheduled(), self.remedy_cancel_scheduled()),
            ClosedReason::TooManyLicenses => (self.closed_too_many_licenses(), self.remedy_by_hand()),
            ClosedReason::FollowsBase => (self.closed_follows_base(), self.remedy_open_base()),
            ClosedReason::BySupport => (self.closed_by_support(), self.remedy_contact_support()),
            ClosedReason::NotDisabled => (self.closed_not_disabled(), self.remedy_cancel_first()),
        };
        Explanation::new(sentence, remedy)
    }

    /// Why something was refused, and what helps.
    #[must_use]
    pub fn refusal(self, refusal: &Refusal) -> Explanation {
        match refusal {
            Refusal::Closed(reason) => self.closed_reason(*reason),
            _ => Explanation { sentence: self.refusal_sentence(refusal), remedy: self.refusal_remedy(refusal) },
        }
    }

    /// One arm per refusal and no catch-all, so that a new refusal does not compile without its sentence.
    fn refusal_sentence(self, refusal: &Refusal) -> String {
        use Refusal as R;
        match refusal {
            R::TooLong { maximum } => self.refused_too_long(*maximum),
            R::PasswordsDiffer => self.field_passwords_differ().to_owned(),
            R::WrongSetupCode => self.setup_token_wrong().to_owned(),
            R::OutOfRange { minimum, maximum } => self.refused_out_of_range(*minimum, *maximum),
            R::DayOutOfRange { first, last } => self.refused_day_out_of_range(&self.date(*first), &self.date(*last)),
            R::PasswordTooShort { minimum } => self.refused_password_too_short(*minimum),
            R::EmailTwice { first_line } => self.refused_email_twice(&first_line.to_string()),
            R::FileTooLarge { maximum_megabytes } => self.refused_file_too_large(*maximum_megabytes),
            R::TooManyRows { maximum } => self.refused_too_many_rows(*maximum),
            R::MissingColumns { columns } => self.refused_missing_columns(&self.list(columns)),
            R::RowsRefused { count } => self.refused_rows(*count),
            R::Closed(reason) => self.closed_reason(*reason).sentence,
            R::BelowAssigned { assigned } => self.refused_below_assigned(*assigned),
            R::AboveMaximum { maximum } => self.refused_above_maximum(*maximum),
            R::AboveBuyerLimit { maximum, licenses } => self.refused_above_buyer_limit(*maximum, *licenses),
            R::AutoClaimOff => self.refused_auto_claim_off().into(),
            R::NothingToUndo => self.refused_nothing_to_undo().into(),
            R::UndoTimeOver { until } => self.refused_undo_time_over(*until),
            R::AlreadyUndone => self.refused_already_undone().into(),
            R::BuyerGone => self.refused_buyer_gone().into(),
            R::PaymentMethodGone => self.refused_payment_method_gone().into(),
            R::NotEnoughLicenses { missing } => self.refused_not_enough_licenses(*missing),
            R::TooManyAddresses { maximum } => self.refused_too_many_addresses(*maximum),
            R::TooManyPeople { maximum } => self.refused_too_many_people(*maximum),
            R::AlreadyAssigned { name } => self.refused_already_assigned(name),
            R::NotAssigned { name } => self.refused_not_assigned(name),
            R::NoUsageLocation { name } => self.refused_no_usage_location(name),
            R::TooManyTries { wait_seconds } => self.refused_too_many_tries(&self.duration(u64::from(*wait_seconds))),
            R::Required => self.refused_required().into(),
            R::ControlCharacter => self.refused_control_character().into(),
            R::NotAnEmail => self.refused_not_an_email().into(),
            R::NotATelephone => self.refused_not_a_telephone().into(),
            R::NotALink => self.refused_not_a_link().into(),
            R::UnknownCountry => self.refused_unknown_country().into(),
            R::UnknownTimeZone => self.refused_unknown_time_zone().into(),
            R::UnknownChoice => self.refused_unknown_choice().into(),
            R::UnknownCustomer => self.refused_unknown_customer().into(),
            R::DayToCome => self.refused_day_to_come().into(),
            R::PrefixShape => self.refused_prefix_shape().into(),
            R::NotANumber => self.refused_not_a_number().into(),
            R::BelowOne => self.refused_below_one().into(),
            R::NotAnEmailOnLine { line, address } => self.refused_address_on_line(*line, address),
            R::NotAnAmount => self.refused_not_an_amount().into(),
            R::EmailTaken => self.refused_email_taken().into(),
            R::UnknownProduct { name } => self.refused_unknown_product(name),
            R::UnknownUser => self.refused_unknown_user().into(),
            R::NameTaken => self.refused_name_taken().into(),
            R::TaxNumberShape { example } => self.refused_tax_number_shape(example),
            R::TaxNumberMistyped => self.refused_tax_number_mistyped().into(),
            R::IbanShape => self.refused_iban_shape().into(),
            R::BicShape => self.refused_bic_shape().into(),
            R::IbanLength { expected, found } => self.refused_iban_length(*expected, *found),
            R::IbanMistyped => self.refused_iban_mistyped().into(),
            R::IbanOutsideSepa => self.refused_iban_outside_sepa().into(),
            R::FileEmpty => self.refused_file_empty().into(),
            R::UnreadableRow => self.refused_unreadable_row().into(),
            R::NotUtf8 => self.refused_not_utf8().into(),
            R::SameQuantity => self.refused_same_quantity().into(),
            R::SeveralSubscriptions => self.refused_several_subscriptions().into(),
            R::PlanOfSegment => self.refused_plan_of_segment().into(),
            R::HasAddOns => self.refused_has_add_ons().into(),
            R::FittedByAddOn { name } => self.refused_fitted_by_add_on(name),
            R::SkuSold { part_number } => self.refused_sku_sold(part_number),
            R::NoBaseSubscription => self.refused_no_base().into(),
            R::BaseDoesNotFit => self.refused_base_does_not_fit().into(),
            R::BaseTermDiffers => self.refused_base_term().into(),
            R::BalanceUnpaid => self.refused_balance_unpaid().into(),
            R::PlanTooLow => self.refused_plan_too_low().into(),
            R::FewerLicensesRefused => self.refused_fewer_licenses().into(),
            R::NoRenewal => self.refused_no_renewal().into(),
            R::CancelWindowOver { days } => self.refused_cancel_window(*days),
            R::CancelBySupport { maximum } => self.refused_cancel_by_support(*maximum),
            R::NobodyChosen => self.refused_nobody_chosen().into(),
            R::OutsideOrganization => self.refused_outside_organization().into(),
            R::NoAppsLeft => self.refused_no_apps_left().into(),
            R::RequestsElsewhere => self.refused_requests_elsewhere().into(),
            R::AlreadyRequested => self.refused_already_requested().into(),
            R::SelfServiceNotAllowed => self.refused_self_service().into(),
            R::NotEligible(reason) => self.ineligible(*reason),
            R::TrialTwice => self.refused_trial_twice().into(),
            R::TrialExtendsFrom { from } => self.refused_trial_extends_from(*from),
            R::TrialBeingBought => self.refused_trial_being_bought().into(),
            R::EndOfSale => self.closed_end_of_sale().into(),
            R::NoPrice => self.refused_no_price().into(),
            R::PriceChanged => self.refused_price_changed().into(),
            R::CardDeclined => self.refused_card_declined().into(),
            R::CardBlocked => self.refused_card_blocked().into(),
            R::ConfirmationFailed => self.refused_confirmation_failed().into(),
            R::OrderSettled => self.refused_order_settled().into(),
            R::InvoiceSettled => self.refused_invoice_settled().into(),
            R::AboveBalance { balance } => self.refused_above_balance(*balance),
            R::PaymentUnderWay => self.refused_payment_under_way().into(),
            R::TransferRecorded => self.refused_transfer_recorded().into(),
            R::KeyFormat => self.key_format().into(),
            R::KeyMistyped => self.key_mistyped().into(),
            R::KeyUnknown => self.key_invalid().into(),
            R::KeyOtherLine => self.key_consumer().into(),
            R::KeyTwice => self.key_duplicate().into(),
            R::KeyUsed => self.key_used().into(),
            R::KeyRevoked => self.key_revoked().into(),
            R::KeyExpired => self.key_expired().into(),
            R::KeyOtherProduct => self.key_wrong_product().into(),
            R::KeyRegion => self.key_region().into(),
            R::KeyOfferGone => self.key_offer_gone().into(),
            R::KeyOtherTerm => self.key_other_term().into(),
            R::KeyRole => self.key_role().into(),
            R::KeyBusy => self.key_busy().into(),
            R::KeysNotSetUp => self.keys_not_set_up().into(),
            R::BatchNotReady => self.batch_not_ready().into(),
            R::BatchExported => self.batch_exported().into(),
            R::BatchRevoked => self.batch_revoked().into(),
            R::DayPast => self.day_past().into(),
            R::KeyTooMany { maximum } => self.key_too_many(*maximum),
            R::KeyMoreLicenses { total } => self.key_more_licenses(*total),
            R::TooManyKeys { maximum } => self.too_many_keys(*maximum),
            R::KeysRefused(keys) => self.keys_refused(u32::try_from(keys.len()).unwrap_or(u32::MAX)),
            R::BelowInvoiceMinimum { minimum } => self.refused_below_invoice_minimum(*minimum),
            R::CreditCheckFailed => self.voided_credit_check_failed().into(),
            R::PaymentMethodNeeded => self.payment_not_chosen().into(),
            R::BankAccountNotOffered => self.refused_bank_account_not_offered().into(),
            R::CardOfOther => self.refused_card_of_other().into(),
            R::CardExpired => self.refused_card_expired().into(),
            R::CardNotOffered { brand } => self.refused_card_not_offered(brand),
            R::SecurityCodeShape => self.refused_security_code_shape().into(),
            R::ExpiryShape => self.refused_expiry_shape().into(),
            R::MandateNeeded => self.refused_mandate_needed().into(),
            R::PaymentMethodInUse { items } => self.refused_payment_method_in_use(i64::from(*items)),
            R::PaymentMethodBusy => self.refused_payment_method_busy().into(),
            R::LastPaymentMethod => self.refused_last_payment_method().into(),
            R::PaidByBillingProfile => self.refused_paid_by_profile().into(),
            R::CreditCheckNeeded => self.refused_credit_check_needed().into(),
            R::AccountPaysNoProfile => self.refused_account_pays_no_profile().into(),
            R::AccountPaysNoSelfService => self.refused_account_pays_no_self_service().into(),
            R::OtherCurrency { currency } => self.refused_other_currency(currency),
            R::BillingRolesNeedMca => self.refused_billing_roles_need_mca().into(),
            R::LastBillingOwner => self.refused_last_billing_owner().into(),
            R::GroupOfBuyers => self.refused_group_of_buyers().into(),
            R::LastGlobalAdmin => self.refused_last_global_admin().into(),
            R::LastOperator => self.refused_last_operator().into(),
            R::NotOneself => self.refused_not_oneself().into(),
            R::RoleNotGrantable => self.refused_role_not_grantable().into(),
            R::OrganizationSuspended => self.refused_organization_suspended().into(),
            R::OperatorOrganization => self.refused_operator_organization().into(),
            R::MethodsNotInCloud { methods } => self.refused_methods_not_in_cloud(i64::from(*methods)),
            R::DaysOfOtherCloud { subscriptions } => self.refused_days_of_other_cloud(i64::from(*subscriptions)),
            R::NotADate => self.refused_not_a_date().into(),
            R::StartsBetween { from, until } => self.refused_starts_between(*from, *until),
            R::StartsAtOnce => self.refused_starts_at_once().into(),
            R::NotASandbox => self.refused_not_a_sandbox().into(),
            R::SandboxSale => self.refused_sandbox_sale().into(),
            R::PartnerOwes => self.refused_partner_owes().into(),
            R::ClockGoesForward { after, until } => self.refused_clock_goes_forward(*after, *until),
            R::NothingToChange => self.refused_nothing_to_change().into(),
            R::WrongPassword => self.refused_wrong_password().into(),
            R::NotSignedIn => self.refused_not_signed_in().into(),
            R::NotAllowed => self.closed_role().into(),
            R::NotFound => self.refused_not_found().into(),
            R::ChangedMeanwhile => self.refused_changed_meanwhile().into(),
            R::IdempotencyKeyReused => self.refused_idempotency_key_reused().into(),
            R::Busy => self.refused_busy().into(),
        }
    }

    /// Why the seller does not let somebody buy by self-service (domain 5.1, R179).
    fn ineligible(self, reason: Ineligible) -> String {
        let country = |code| self.country(code).unwrap_or(code);
        match reason {
            Ineligible::Guest => self.ineligible_guest().to_owned(),
            Ineligible::Education => self.ineligible_education().to_owned(),
            Ineligible::Government => self.ineligible_government().to_owned(),
            Ineligible::Country(code) => self.ineligible_country(country(code)),
            Ineligible::ProductInCountry(code) => self.ineligible_product(country(code)),
        }
    }

    /// What helps; most sentences about a field say it themselves.
    const fn refusal_remedy(self, refusal: &Refusal) -> Option<&'static str> {
        use Refusal as R;
        Some(match refusal {
            R::FileTooLarge { .. } | R::TooManyRows { .. } => self.remedy_split_the_file(),
            R::MissingColumns { .. } => self.remedy_use_the_template(),
            R::NotUtf8 => self.remedy_save_as_utf8(),
            R::RowsRefused { .. } => self.remedy_correct_the_rows(),
            R::TaxNumberMistyped => self.remedy_compare_with_tax_office(),
            R::IbanMistyped => self.remedy_compare_with_bank(),
            R::IbanOutsideSepa => self.remedy_other_bank_account(),
            R::BankAccountNotOffered => self.remedy_use_a_card(),
            R::CardOfOther => self.remedy_replace_by_own(),
            R::CardExpired => self.remedy_edit_or_other_card(),
            R::PaymentMethodInUse { .. } => self.remedy_replace_first(),
            R::LastPaymentMethod => self.remedy_add_another_first(),
            R::PaidByBillingProfile => self.remedy_change_profile(),
            R::CreditCheckNeeded => self.remedy_buy_again_by_invoice(),
            R::AccountPaysNoProfile | R::AccountPaysNoSelfService => self.remedy_use_a_card(),
            R::OtherCurrency { .. } => self.remedy_other_profile(),
            R::BillingRolesNeedMca => self.remedy_contact_operator(),
            R::BelowAssigned { .. } => self.remedy_unassign_first(),
            R::SameQuantity => self.remedy_new_total(),
            R::SeveralSubscriptions | R::PlanOfSegment | R::HasAddOns | R::PlanTooLow => self.remedy_by_hand(),
            R::FittedByAddOn { .. } => self.remedy_take_base_out(),
            R::SkuSold { .. } => self.remedy_leave_sku_kind(),
            R::NoBaseSubscription => self.remedy_buy_base(),
            R::BaseDoesNotFit => self.remedy_other_base(),
            R::BaseTermDiffers => self.remedy_other_term_or_base(),
            R::BalanceUnpaid => self.remedy_pay_first(),
            R::NoRenewal => self.remedy_turn_on_recurring_billing(),
            R::FewerLicensesRefused | R::CancelWindowOver { .. } => self.remedy_turn_off_recurring_billing(),
            R::CancelBySupport { .. } => self.remedy_call_or_unassign(),
            R::NothingToUndo | R::UndoTimeOver { .. } | R::PaymentMethodGone => self.remedy_buyer_buys_again(),
            R::AutoClaimOff => self.remedy_ask_admin(),
            R::BuyerGone => self.remedy_give_own_licenses(),
            R::AlreadyUndone => self.remedy_look_again(),
            R::NotEnoughLicenses { .. } => self.remedy_buy_or_unassign(),
            R::TooManyPeople { .. } => self.remedy_use_bulk(),
            R::NoUsageLocation { .. } => self.remedy_set_usage_location(),
            R::NoAppsLeft => self.remedy_unassign_instead(),
            R::NotEligible(Ineligible::Guest) => self.remedy_guest(),
            R::NotEligible(_) => self.remedy_request_license(),
            R::KeyRole => self.remedy_ask_admin(),
            R::KeyBusy => self.remedy_key_busy(),
            R::TrialTwice => self.remedy_buy_instead(),
            R::TrialBeingBought => self.remedy_look_at_history(),
            R::EndOfSale => self.remedy_other_product(),
            R::NoPrice => self.remedy_other_term(),
            R::PriceChanged => self.remedy_check_price(),
            R::CardDeclined => self.remedy_other_card(),
            R::CardBlocked => self.remedy_not_this_card(),
            R::ConfirmationFailed => self.remedy_order_again(),
            R::OrderSettled => self.remedy_look_at_history(),
            R::PaymentMethodNeeded => self.remedy_buy_with_card(),
            R::LastGlobalAdmin | R::LastOperator | R::LastBillingOwner => self.remedy_other_global_admin(),
            R::NotOneself => self.remedy_other_admin(),
            R::GroupOfBuyers => self.remedy_other_buyers(),
            R::RoleNotGrantable | R::NotAllowed => self.remedy_ask_admin(),
            R::OrganizationSuspended => self.remedy_contact_operator(),
            R::NotSignedIn => self.remedy_sign_in(),
            R::NotFound => self.remedy_check_address(),
            R::ChangedMeanwhile => self.remedy_look_again(),
            R::IdempotencyKeyReused => self.remedy_new_key(),
            R::Busy | R::PaymentUnderWay | R::PaymentMethodBusy => self.remedy_try_later(),
            _ => return None,
        })
    }

    /// A refusal at its field, for a summary or a row of a file: `E-mail address: Fill in this field.`
    #[must_use]
    pub fn field_refusal(self, refusal: &FieldRefusal) -> String {
        format!("{}: {}", self.field_name(refusal.field), self.refusal(&refusal.refusal))
    }

    /// Why an order was voided, by the code that the order keeps.
    #[must_use]
    pub fn void_reason(self, code: &str) -> String {
        let known = [
            Refusal::CardDeclined,
            Refusal::CardBlocked,
            Refusal::ConfirmationFailed,
            Refusal::PriceChanged,
            Refusal::EndOfSale,
            Refusal::CreditCheckFailed,
            Refusal::BaseDoesNotFit,
        ];
        match known.iter().find(|refusal| refusal.code() == code) {
            Some(refusal) => self.refusal_sentence(refusal),
            None => self.voided_other().to_owned(),
        }
    }

    /// Why another product could not take over, by the code of the refusal, and what helps.
    #[must_use]
    pub fn plan_refusal(self, code: &str) -> Explanation {
        let known = [
            Refusal::Closed(ClosedReason::NotActive),
            Refusal::Closed(ClosedReason::EndOfSale),
            Refusal::SeveralSubscriptions,
            Refusal::PlanOfSegment,
            Refusal::HasAddOns,
            Refusal::BalanceUnpaid,
            Refusal::PlanTooLow,
            Refusal::EndOfSale,
            Refusal::CreditCheckNeeded,
        ];
        let found = known.iter().find(|refusal| refusal.code() == code);
        self.refusal(found.unwrap_or(&Refusal::ChangedMeanwhile))
    }

    /// Why a catalog file could not be read at all.
    #[must_use]
    pub fn catalog_file_refusal(self, refusal: &FileRefusal) -> String {
        match refusal {
            FileRefusal::Empty => self.refused_file_empty().to_owned(),
            FileRefusal::MissingColumns(columns) => {
                let names: Vec<_> = columns.iter().map(|column| column.code()).collect();
                self.refused_missing_columns(&self.list(&names))
            }
        }
    }

    /// Why a row of a catalog file was left out.
    #[must_use]
    pub fn catalog_row_refusal(self, refusal: &RowRefusal) -> String {
        match refusal {
            RowRefusal::WrongFieldCount { expected, found } => self.refused_row_field_count(*expected, *found),
            RowRefusal::Empty(column) => self.refused_row_empty(column.code()),
            RowRefusal::TooLong(column) => self.refused_row_too_long(column.code()),
            RowRefusal::NotAGuid(column) => self.refused_row_not_a_guid(column.code()),
            RowRefusal::Impossible(column) => self.refused_row_impossible(column.code()),
            RowRefusal::Contradicts(column) => self.refused_row_contradicts(column.code()),
            RowRefusal::OtherProductName { kept, first_line } => {
                self.refused_row_other_product_name(kept, &first_line.to_string())
            }
            RowRefusal::OtherPartNumber { kept, first_line } => {
                self.refused_row_other_part_number(kept, &first_line.to_string())
            }
            RowRefusal::Repeated { first_line } => self.refused_row_repeated(&first_line.to_string()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Language;
    use domain::refusal::Field;

    const EN: Words = Words { language: Language::English };
    const NL: Words = Words { language: Language::Dutch };

    /// R50, R51; domain 8.6.
    #[test]
    fn a_total_below_the_assigned_says_how_many_are_in_use() {
        let refusal = Refusal::BelowAssigned { assigned: 1_250 };
        assert_eq!(EN.refusal(&refusal).to_string(), "1,250 licenses are in use. Unassign licenses first.");
        assert_eq!(NL.refusal(&refusal).to_string(), "Er zijn 1.250 licenties in gebruik. Hef eerst toewijzingen op.");
        let one = Refusal::BelowAssigned { assigned: 1 };
        assert_eq!(NL.refusal(&one).to_string(), "Er is 1 licentie in gebruik. Hef eerst toewijzingen op.");
    }

    /// What is typed cannot be chosen: the message says where it is found.
    #[test]
    fn what_is_typed_and_known_to_nobody_says_what_to_do() {
        let customer = Refusal::UnknownCustomer.at(Field::Customer);
        assert_eq!(
            EN.field_refusal(&customer),
            "Identifier of the customer: No customer has this identifier. Ask the customer to copy it from Settings > Partners."
        );
        let person = Refusal::UnknownUser.at(Field::Email);
        assert_eq!(
            NL.field_refusal(&person),
            "E-mailadres: Niemand in uw organisatie heeft dit e-mailadres. Controleer het, of voeg de persoon eerst toe."
        );
    }

    /// R61, R62, R64, R65, R69, R70; domain 8.6.
    #[test]
    fn a_closed_action_says_why_and_what_helps() {
        for (reason, english, dutch) in [
            (
                ClosedReason::CreditCheckPending,
                "Pending credit check. This takes up to two working days as a rule.",
                "Kredietcontrole in behandeling. Dit duurt doorgaans hooguit twee werkdagen.",
            ),
            (
                ClosedReason::PrepaidKey,
                "Prepaid. Use a product key, or add a card or bank account.",
                "Vooruitbetaald (PrePaid). Gebruik een productcode of voeg een kaart of bankrekening toe.",
            ),
            (
                ClosedReason::Trial,
                "Trial. Buy the subscription before you add licenses.",
                "Proefversie. Koop eerst het abonnement en voeg daarna licenties toe.",
            ),
        ] {
            assert_eq!(EN.closed_reason(reason).to_string(), english);
            assert_eq!(NL.closed_reason(reason).to_string(), dutch);
        }
    }

    /// R75, R170.
    #[test]
    fn a_wrong_number_says_what_a_right_one_is() {
        for (refusal, english, dutch) in [
            (
                Refusal::TaxNumberShape { example: "ATU13585627" },
                "A VAT number of this country looks like ATU13585627.",
                "Een btw-nummer van dit land ziet eruit als ATU13585627.",
            ),
            (
                Refusal::TaxNumberMistyped,
                "The check digits of this VAT number do not fit. Compare it with the letter of the tax office.",
                "De controlecijfers van dit btw-nummer kloppen niet. Vergelijk het met de brief van de Belastingdienst.",
            ),
            (
                Refusal::IbanLength { expected: 18, found: 17 },
                "An IBAN of this country has 18 characters; this one has 17.",
                "Een IBAN van dit land heeft 18 tekens; deze heeft er 17.",
            ),
            (
                Refusal::IbanMistyped,
                "The check digits of this IBAN do not fit. Compare it with your bank statement.",
                "De controlecijfers van deze IBAN kloppen niet. Vergelijk hem met uw bankafschrift.",
            ),
            (
                Refusal::BankAccountNotOffered,
                "New bank accounts are not accepted in your country or region. Use a card.",
                "Nieuwe bankrekeningen worden in uw land of regio niet aangenomen. Gebruik een kaart.",
            ),
        ] {
            assert_eq!(EN.refusal(&refusal).to_string(), english);
            assert_eq!(NL.refusal(&refusal).to_string(), dutch);
        }
    }

    /// R28; domain 8.6.
    #[test]
    fn too_many_people_at_once() {
        let refusal = Refusal::TooManyPeople { maximum: 20 };
        assert_eq!(EN.refusal(&refusal).sentence, "Choose at most 20 users at a time.");
        assert_eq!(NL.refusal(&refusal).sentence, "Kies maximaal 20 gebruikers tegelijk.");
    }

    #[test]
    fn an_order_says_why_it_was_voided() {
        assert_eq!(EN.void_reason("card_declined"), "The bank declined the card. Nothing was charged.");
        assert_eq!(NL.void_reason("credit_check_failed"), "De kredietcontrole is afgekeurd.");
        assert_eq!(EN.void_reason("something_new"), "The order could not be completed.");
    }
}
