//! The words for the enumerations of the domain: a new variant does not compile until it has its words here.
//! `.._name` is a label, `.._means` a sentence that explains it.

use crate::Words;
use domain::access::{BillingRole, Role, Scope};
use domain::billing::charge::ChargeKind;
use domain::billing::forecast::LeftOut;
use domain::billing::ledger::LedgerAccount;
use domain::billing::payment::{PaymentKind, PaymentState};
use domain::billing::payment_method::MethodName;
use domain::billing::{Agreement, FewerLicenses, Proration, Segment, TaxRounding};
use domain::catalog::{BillingFrequency, Category, ProductKind, SkuKind, Term};
use domain::cloud::{ProductsPage, QuantityButtons};
use domain::license::many::BulkOutcome;
use domain::license::request::RequestState;
use domain::mail::{MailKind, MailState};
use domain::money::{Currency, Money, Rounding};
use domain::order::{OrderKind, OrderState};
use domain::organization::{Cloud, OrganizationKind, OrganizationState};
use domain::partner::RelationshipState;
use domain::product_key::{KeyUse, RedeemedKey};
use domain::refusal::Field;
use domain::self_service::policy::SelfServicePolicy;
use domain::subscription::cancel::CancelReason;
use domain::subscription::cancel_scheduled_change::ScheduledChange;
use domain::subscription::end::EndKind;
use domain::subscription::remind::ReminderKind;
use domain::subscription::{Action, Channel, ClosedReason, CreditCheck, SubscriptionState};
use domain::user::UserState;

/// Declares methods that choose a sentence without arguments by a variant.
macro_rules! names {
    ($(
        $(#[$documentation:meta])*
        $method:ident($kind:ty) { $($($variant:ident)|+ => $sentence:ident),+ $(,)? }
    )+) => {
        impl Words {
            $(
                $(#[$documentation])*
                #[must_use]
                pub const fn $method(self, value: $kind) -> &'static str {
                    match value { $($(<$kind>::$variant)|+ => self.$sentence(),)+ }
                }
            )+
        }
    };
}

names! {
    /// The transaction type of an invoice's line (domain 4.9).
    charge_kind_name(ChargeKind) {
        Purchase => charge_purchase,
        PeriodicPayment => charge_periodic_payment,
        Renewal => order_kind_renewal,
        Reactivation => order_kind_reactivation,
        AddQuantity => charge_add_quantity,
        RemoveQuantity => charge_remove_quantity,
        Cancellation => order_kind_cancellation,
        Conversion => charge_conversion,
        Credit => charge_credit,
    }
    /// How money of an invoice moved.
    payment_kind_name(PaymentKind) {
        Charge => payment_charge,
        Transfer => payment_transfer,
        Credit => payment_credit,
        Refund => payment_refund,
        Chargeback => payment_chargeback,
    }
    /// Whether it moved.
    payment_state_name(PaymentState) {
        Pending => order_payment_pending,
        ConfirmationRequired => order_confirmation_required,
        Succeeded => payment_succeeded,
        Failed => payment_failed,
    }
    /// What an organization is as a partner.
    partner_kind_name(OrganizationKind) {
        VolumePartner => partner_kind_volume,
        Reseller => partner_kind_reseller,
        Customer | Operator => customer,
    }
    /// How a customer and a partner stand.
    relationship_state_name(RelationshipState) {
        Requested => relationship_requested,
        Active => status_active,
        Ended => relationship_ended,
    }
    /// The status of a subscription (domain 1.4).
    subscription_state_name(SubscriptionState) {
        Pending => status_pending,
        Scheduled => status_scheduled,
        Active => status_active,
        Expired => status_expired,
        Disabled => status_disabled,
        Deleted => status_deleted,
    }
    /// What the day is that stands beside a subscription (R7).
    end_name(EndKind) {
        Renews => renews_on,
        BecomesPaid => trial_becomes_paid_on,
        Expires => expires_on,
        Expired => expired_on,
        TermEnds => term_ends_on,
        Canceled => canceled_on,
        Disabled => disabled_on,
        Ended => ended_on,
    }
    /// What the status means for the people who use it.
    subscription_state_means(SubscriptionState) {
        Pending => status_pending_means,
        Scheduled => status_scheduled_means,
        Active => status_active_means,
        Expired => status_expired_means,
        Disabled => status_disabled_means,
        Deleted => status_deleted_means,
    }
    /// A kind of mail.
    mail_kind_name(MailKind) {
        OrderConfirmation => mail_kind_order_confirmation,
        LicensesAdded => mail_kind_licenses_added,
        CreditApplication => mail_kind_credit_application,
        CreditCheckFailed => mail_kind_credit_check_failed,
        Invoice => invoice,
        CreditNote => credit_note,
        PaymentFailed => kind_payment_failed,
        VerifyPayment => mail_kind_verify_payment,
        PaymentChargedBack => kind_invoice_charged_back,
        InvoiceOverdue => mail_kind_invoice_overdue,
        ExpiresSoon => mail_kind_expires_soon,
        RenewsSoon => mail_kind_renews_soon,
        BecomesPaidSoon => mail_kind_becomes_paid_soon,
        Expired => mail_kind_expired,
        ErasedSoon => mail_kind_erased_soon,
        Disabled => kind_subscription_disabled,
        Canceled => kind_subscription_canceled,
        TakenOver => kind_subscription_taken_over,
        TakeOverUndone => kind_take_over_undone,
        PlanChanged => kind_plan_changed,
        SubscriptionStarted => kind_subscription_started,
        CancellationRequested => kind_cancellation_requested,
        LicenseRequestDecided => kind_license_request_decided,
        LicenseRequestShared => kind_license_request_shared,
        EndOfSale => mail_kind_end_of_sale,
        ServicesAdded => mail_kind_services_added,
    }
    /// What is planned for a renewal, within a sentence.
    scheduled_change_name(ScheduledChange) {
        Quantity => scheduled_change_of_licenses,
        BillingFrequency => scheduled_change_of_frequency,
        Plan => scheduled_change_of_plan,
    }
    /// What a reminder warns of, within a sentence.
    reminder_name(ReminderKind) {
        ExpiresSoon => reminder_expires_soon,
        RenewsSoon => reminder_renews_soon,
        BecomesPaidSoon => reminder_becomes_paid_soon,
        Expired => reminder_expired,
        ErasedSoon => reminder_erased_soon,
    }
    /// Where a request for licenses stands.
    request_state_name(RequestState) {
        Pending => request_pending,
        Approved => request_approved,
        PartlyApproved => request_partly_approved,
        Rejected => request_rejected,
    }
    /// Where a mail stands.
    mail_state_name(MailState) {
        Waiting => mail_waiting,
        Sent => mail_sent,
        Parked => mail_parked,
        Dropped => mail_dropped,
        Kept => mail_kept,
    }
    /// The purchase channel (domain 8.2).
    channel_name(Channel) {
        Direct => channel_card,
        DirectInvoice => invoice,
        ProductKey => channel_prepaid,
        VolumePartner => channel_volume_partner,
        Reseller => channel_reseller,
        Trial => channel_trial,
        SelfService => channel_self_service,
        Free => channel_free,
    }
    /// How a subscription of the channel was bought.
    channel_means(Channel) {
        Direct => channel_card_means,
        DirectInvoice => channel_invoice_means,
        ProductKey => channel_prepaid_means,
        VolumePartner => channel_volume_partner_means,
        Reseller => channel_reseller_means,
        Trial => channel_trial_means,
        SelfService => channel_self_service_means,
        Free => channel_free_means,
    }
    /// The commitment.
    term_name(Term) { Monthly => term_monthly, Annual => term_annual }
    /// How often it is billed.
    billing_frequency_name(BillingFrequency) { Monthly => frequency_monthly, Yearly => frequency_annual }
    /// How often it is billed, as a choice.
    billing_frequency_choice(BillingFrequency) { Monthly => pay_monthly, Yearly => pay_yearly }
    /// The shelf of the catalog.
    category_name(Category) {
        Productivity => category_productivity,
        Security => category_security,
        Communication => category_communication,
        BusinessApps => category_business_apps,
        Analytics => category_data_analytics,
        Windows => category_windows_devices,
        Developer => category_developer,
        Other => category_other,
    }
    /// Whether a product is sold alone.
    product_kind_name(ProductKind) {
        Base => product_kind_base,
        TraditionalAddOn => product_kind_traditional,
        StandaloneAddOn => product_kind_standalone,
    }
    /// Who a SKU is for.
    sku_kind_name(SkuKind) {
        Central => catalog_sku_central,
        SelfService => catalog_sku_self_service,
        Free => channel_free,
    }
    /// What came, or will come, of one person of a list.
    bulk_outcome_name(BulkOutcome) {
        Pending => bulk_pending,
        Done => jobs_done,
        HasIt => assign_has_it,
        HasNone => bulk_has_none,
        NoLocation => no_usage_location,
        NoLicense => bulk_no_license,
        NotYours => bulk_not_yours,
        UnknownUser => bulk_unknown_user,
        NotAnEmail => bulk_not_an_email,
        EmailTwice => bulk_email_twice,
    }
    /// What people may do by self-service.
    self_service_policy_name(SelfServicePolicy) {
        Enabled => policy_enabled,
        OnlyTrialsWithoutPaymentMethod => policy_trials,
        Disabled => policy_disabled,
    }
    /// What that means for them.
    self_service_policy_means(SelfServicePolicy) {
        Enabled => policy_enabled_means,
        OnlyTrialsWithoutPaymentMethod => policy_trials_means,
        Disabled => policy_disabled_means,
    }
    /// The currency.
    currency_name(Currency) {
        Eur => currency_eur,
        Usd => currency_usd,
        Gbp => currency_gbp,
        Cny => currency_cny,
        Jpy => currency_jpy,
        Kwd => currency_kwd,
    }
    /// Where an order stands.
    order_state_name(OrderState) {
        PaymentPending => order_payment_pending,
        ConfirmationRequired => order_confirmation_required,
        CreditCheckPending => order_credit_check_pending,
        Posted => order_posted,
        Voided => order_voided,
    }
    /// What an order does.
    order_kind_name(OrderKind) {
        Purchase => order_kind_purchase,
        AddQuantity => order_kind_add,
        RemoveQuantity => order_kind_remove,
        Renewal => order_kind_renewal,
        Cancellation => order_kind_cancellation,
        Reactivation => order_kind_reactivation,
        Conversion => order_kind_conversion,
    }
    /// Where a credit check stands.
    credit_check_name(CreditCheck) {
        Pending => credit_check_pending,
        Passed => credit_check_passed,
        Failed => credit_check_failed,
    }
    /// Whether a person may sign in.
    user_state_name(UserState) {
        Active => user_status_active,
        Blocked => user_status_blocked,
        Deleted => user_status_deleted,
    }
    /// Whether an organization may work.
    organization_state_name(OrganizationState) {
        Active => organization_status_active,
        Suspended => organization_status_suspended,
    }
    /// The cloud.
    cloud_name(Cloud) { Worldwide => cloud_worldwide, Germany => cloud_germany, Vianet21 => cloud_china }
    /// The name of the page with the subscriptions.
    products_page_name(ProductsPage) {
        YourProducts => your_products,
        ProductsAndServices => products_and_services,
        Subscriptions => subscriptions,
    }
    /// The button that sends the total of licenses (R54, R57, R59).
    quantity_button_name(QuantityButtons) { SubmitChange => submit_change, SubmitThenClose => submit }
    /// The role.
    role_name(Role) {
        GlobalAdmin => role_global_admin,
        BillingAdmin => role_billing_admin,
        LicenseAdmin => role_license_admin,
        UserAdmin => role_user_admin,
        GlobalReader => role_global_reader,
        Operator => role_operator,
    }
    /// What the role may do.
    role_means(Role) {
        GlobalAdmin => role_global_admin_means,
        BillingAdmin => role_billing_admin_means,
        LicenseAdmin => role_license_admin_means,
        UserAdmin => role_user_admin_means,
        GlobalReader => role_global_reader_means,
        Operator => role_operator_means,
    }
    /// What kind of customer an organization is.
    segment_name(Segment) {
        Commercial => segment_commercial,
        Education => segment_education,
        Government => segment_government,
        Nonprofit => segment_nonprofit,
    }
    /// The contract.
    agreement_name(Agreement) { Mosa => agreement_mosa, Mca => agreement_mca }
    /// What the contract means for invoices.
    agreement_means(Agreement) { Mosa => agreement_mosa_means, Mca => agreement_mca_means }
    /// What divides a price.
    proration_name(Proration) { Day => proration_day, Second => proration_second }
    /// How a line is rounded.
    rounding_name(Rounding) {
        HalfUp => rounding_half_up,
        HalfEven => rounding_half_even,
        Truncate => rounding_truncate,
    }
    /// How tax is rounded.
    tax_rounding_name(TaxRounding) { PerCategory => tax_rounding_per_category, PerLine => tax_rounding_per_line }
    /// What fewer licenses bring.
    fewer_licenses_name(FewerLicenses) {
        CreditNow => fewer_licenses_credit_now,
        AtRenewal => fewer_licenses_at_renewal,
        Refused => fewer_licenses_refused,
    }
    /// The billing role.
    billing_role_name(BillingRole) {
        AccountOwner => billing_role_account_owner,
        AccountContributor => billing_role_account_contributor,
        AccountReader => billing_role_account_reader,
        ProfileOwner => billing_role_profile_owner,
        ProfileContributor => billing_role_profile_contributor,
        ProfileReader => billing_role_profile_reader,
        InvoiceManager => billing_role_invoice_manager,
    }
    /// What the billing role may do.
    billing_role_means(BillingRole) {
        AccountOwner => billing_role_account_owner_means,
        AccountContributor => billing_role_account_contributor_means,
        AccountReader => billing_role_account_reader_means,
        ProfileOwner => billing_role_profile_owner_means,
        ProfileContributor => billing_role_profile_contributor_means,
        ProfileReader => billing_role_profile_reader_means,
        InvoiceManager => billing_role_invoice_manager_means,
    }
    /// What a program may do.
    scope_name(Scope) {
        SubscriptionsRead => scope_subscriptions_read,
        SubscriptionsWrite => scope_subscriptions_write,
        LicensesRead => scope_licenses_read,
        LicensesWrite => scope_licenses_write,
        UsersRead => scope_users_read,
        UsersWrite => scope_users_write,
        BillingRead => scope_billing_read,
        BillingWrite => scope_billing_write,
        CustomersWrite => scope_customers_write,
        ClockWrite => scope_clock_write,
        HistoryRead => scope_history_read,
        OperateBilling => scope_operate_billing,
        OperateOrganizations => scope_operate_organizations,
    }
    /// Why a bill run leaves something out.
    left_out_name(LeftOut) {
        Ending => left_out_ending,
        BeingBought => left_out_being_bought,
        CreditCheck => left_out_credit_check,
        PaidElsewhere => left_out_paid_elsewhere,
        ChargedToPartner => left_out_charged_to_partner,
        PaidByTransfer => left_out_paid_by_transfer,
        PaymentUnderWay => left_out_payment_under_way,
        Sandbox => left_out_sandbox,
    }
    /// An action of a subscription, as on its button.
    action_name(Action) {
        AddLicenses => buy_licenses,
        AddByKey => add_more_licenses,
        ExtendEndDate => extend_end_date,
        RemoveLicenses => remove_licenses,
        AssignLicenses => assign_licenses,
        UnassignLicenses => unassign_licenses,
        EditRecurringBilling => edit_recurring_billing,
        EditBillingFrequency => edit_billing_frequency,
        ChangePlan => change_plan,
        Cancel => cancel_subscription,
        ChangePaymentMethod => replace_payment_method,
        Reactivate => reactivate_this_subscription,
        Delete => delete_subscription,
        TakeOver => take_control,
        ExtendTrial => extend_end_date,
        BuyTrial => purchase_subscription,
    }
    /// Why somebody cancels.
    cancel_reason_name(CancelReason) {
        TooExpensive => cancel_too_expensive,
        MissingFeatures => cancel_missing_features,
        NotUsedEnough => cancel_not_used_enough,
        SwitchedProduct => cancel_switched_product,
        BoughtByMistake => cancel_bought_by_mistake,
        TechnicalProblems => cancel_technical_problems,
        OrganizationChanged => cancel_organization_changed,
        ManagedElsewhere => cancel_managed_elsewhere,
        Other => cancel_other,
    }
    /// The label of a field.
    field_name(Field) {
        DisplayName => people_display_name,
        Email => email_address,
        Department => people_department,
        UsageLocation => people_usage_location,
        Guest => guest,
        Roles => roles,
        Password => password,
        Quantity => total_licenses,
        ProductKind => product_kind,
        Bases => product_fits,
        BaseSubscription => connect_to_subscription,
        StartsOn => start_day,
        Users => users,
        Licenses => licenses,
        ServicePlans => section_apps_and_services,
        File => people_file,
        Rows => pasted_addresses,
        Term => term,
        BillingFrequency => billing_frequency,
        Start => history_when,
        Payment => payment_method,
        Name => name,
        Country => organization_country,
        Currency => currency,
        Cloud => cloud,
        Language => language,
        TimeZone => organization_time_zone,
        UnitPrice => price_per_license,
        Scopes => api_token_scopes,
        Days => api_token_expiry,
        SetupCode => setup_token,
        Category => catalog_category,
        DescriptionEn => catalog_description_en,
        DescriptionNl => catalog_description_nl,
        Reason => reasons_reason,
        Feedback => feedback,
        Amount => amount,
        Invoices => invoices,
        Day => day,
        Reference => transfer_reference,
        RecurringBilling => recurring_billing,
        Line1 => address_line1,
        Line2 => address_line2,
        PostalCode => postal_code,
        City => city,
        Region => region,
        TaxNumber => tax_number,
        TaxExemption => tax_exemption,
        RegistrationNumber => company_register_number,
        Telephone => telephone,
        Iban => iban,
        Bic => bic,
        InvoicePrefix => invoice_prefix,
        BillTo => bill_to_name,
        PurchaseOrder => purchase_order_number,
        BillingProfile => billing_profile,
        BillingRole => billing_role,
        Agreement => agreement,
        Proration => rule_proration,
        Rounding => rule_rounding,
        TaxRounding => rule_tax_rounding,
        PricesIncludeTax => rule_prices_include_tax,
        FewerLicenses => rule_fewer_licenses,
        RefundDays => rule_refund_days,
        UndoDays => rule_undo_days,
        OnlineCancelMax => rule_online_cancel_max,
        Segment => segment,
        PaymentTerms => rule_payment_terms,
        ExpiresOn => card_expiration_date,
        SecurityCode => security_code,
        Mandate => mandate,
        Note => credit_check_note,
        Link => request_process_link,
        Contact => notifications_contact,
        Customer => customer_identifier,
        PartnerKind => partner_kind,
        ExtraAddresses => notifications_extra,
        ProductKeys => product_keys,
        Sku => sku,
        LicensesPerKey => licenses_per_key,
        KeyCount => key_count,
        RedeemBy => redeem_by,
        Confirmation => confirmation,
        Policy => self_service_policy,
        Buyers => limits_buyers,
        Backups => auto_claim_backups,
        Product => product,
        Action => what_to_do,
    }
    /// An account of the ledger.
    ledger_account_name(LedgerAccount) {
        Receivable => ledger_receivable,
        Revenue => ledger_revenue,
        Tax => vat,
        Gateway => ledger_gateway,
        Bank => ledger_bank,
        WriteOff => ledger_write_off,
    }
}

/// A row of the table that explains why licenses cannot be added or removed (R60).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReasonRow {
    /// The reason that the row explains.
    pub reason: ClosedReason,
    /// Its name.
    pub title: &'static str,
    /// What the page shows in that case.
    pub description: &'static str,
    /// What to do.
    pub solution: &'static str,
}

impl Words {
    /// The five reasons why the link to add or remove licenses may be missing, in their order (domain 2.2, R60 to R70).
    #[must_use]
    pub const fn reasons_table(self) -> [ReasonRow; 5] {
        [
            ReasonRow {
                reason: ClosedReason::CreditCheckPending,
                title: self.reason_credit_check(),
                description: self.reason_credit_check_description(),
                solution: self.reason_credit_check_solution(),
            },
            ReasonRow {
                reason: ClosedReason::PrepaidKey,
                title: self.reason_prepaid(),
                description: self.reason_prepaid_description(),
                solution: self.reason_prepaid_solution(),
            },
            ReasonRow {
                reason: ClosedReason::VolumePartner,
                title: self.reason_volume_partner(),
                description: self.reason_volume_partner_description(),
                solution: self.reason_volume_partner_solution(),
            },
            ReasonRow {
                reason: ClosedReason::Reseller,
                title: self.reason_reseller(),
                description: self.reason_reseller_description(),
                solution: self.reason_reseller_solution(),
            },
            ReasonRow {
                reason: ClosedReason::Trial,
                title: self.reason_trial(),
                description: self.reason_trial_description(),
                solution: self.reason_trial_solution(),
            },
        ]
    }

    /// The kind of a piece of background work, by its stored name.
    #[must_use]
    pub fn job_kind_name(self, kind: &str) -> Option<&'static str> {
        match kind {
            "make_product_keys" => Some(self.make_product_keys()),
            "charge_order" => Some(self.job_take_payment()),
            "note_at_partner" => Some(self.job_note_at_partner()),
            "charge_partner" => Some(self.job_charge_partner()),
            "follow_payment" => Some(self.job_follow_payment()),
            "collect_payment" => Some(self.job_collect_payment()),
            "dry_bill_run" => Some(self.dry_bill_run()),
            "refund_payment" => Some(self.job_refund_payment()),
            "assign_many" => Some(self.job_assign_many()),
            "unassign_many" => Some(self.job_unassign_many()),
            "move_clock" => Some(self.job_move_clock()),
            "take_over" => Some(self.job_take_over()),
            "undo_take_over" => Some(self.job_undo_take_over()),
            "change_plan" => Some(self.job_change_plan()),
            "centralize_many" => Some(self.job_centralize_many()),
            "announce_end_of_sale" => Some(self.job_announce_end_of_sale()),
            "announce_services" => Some(self.job_announce_services()),
            "add_people" => Some(self.job_add_people()),
            "import_catalog" => Some(self.job_import_catalog()),
            _ => None,
        }
    }

    /// For how long a product key is.
    #[must_use]
    pub const fn key_term(self, term: Term) -> &'static str {
        match term {
            Term::Monthly => self.key_month(),
            Term::Annual => self.key_year(),
        }
    }

    /// A product key that was redeemed, and what it brought.
    #[must_use]
    pub fn redeemed_key(self, key: &RedeemedKey) -> (String, String) {
        let brought = match key.key_use {
            KeyUse::Extend => self.key_extends(self.key_term(key.term)),
            KeyUse::Add | KeyUse::Start => self.licenses_count(i64::from(key.quantity)),
        };
        (self.key_ends_in(&key.last_five), brought)
    }

    /// A payment method as people recognize it: `Visa ending in 4242`.
    #[must_use]
    pub fn method_name(self, name: &MethodName) -> String {
        match &name.brand {
            Some(brand) => self.card_ending_in(brand, &name.last_four),
            None => self.bank_account_ending_in(&name.last_four),
        }
    }

    /// The same inside a sentence: `the bank account ending in 4300`.
    #[must_use]
    pub fn method_in_sentence(self, name: &MethodName) -> String {
        match &name.brand {
            Some(_) => self.method_name(name),
            None => self.the_bank_account_ending_in(&name.last_four),
        }
    }

    /// What a subscription costs in each billing period: `€120.00 per month`.
    #[must_use]
    pub fn price_per_period_of(self, price: Money, frequency: BillingFrequency) -> String {
        match frequency {
            BillingFrequency::Monthly => self.price_per_month(price),
            BillingFrequency::Yearly => self.price_per_year(price),
        }
    }

    /// The billing period behind a price: `per month`.
    #[must_use]
    pub const fn per_period(self, frequency: BillingFrequency) -> &'static str {
        match frequency {
            BillingFrequency::Monthly => self.per_month(),
            BillingFrequency::Yearly => self.per_year(),
        }
    }

    /// What one license costs in each billing period: `€11.70 per license per month`.
    #[must_use]
    pub fn price_per_license_of(self, price: Money, frequency: BillingFrequency) -> String {
        match frequency {
            BillingFrequency::Monthly => self.price_per_license_month(price),
            BillingFrequency::Yearly => self.price_per_license_year(price),
        }
    }
}
