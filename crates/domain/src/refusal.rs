//! Every way in which Zetel says no, with a stable code; `words` holds the sentence and the remedy of each.

use crate::money::Money;
use crate::product_key::KeyRefusal;
use crate::self_service::eligibility::Ineligible;
use crate::subscription::ClosedReason;
use jiff::civil::Date;

/// A "no" with what a sentence about it needs to know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    // What was typed.
    /// A field that must be filled is empty.
    Required,
    /// More characters than the field takes.
    TooLong {
        /// The most that it takes.
        maximum: u32,
    },
    /// A control character, such as a line break in a name.
    ControlCharacter,
    /// Not an e-mail address.
    NotAnEmail,
    /// Not a telephone number.
    NotATelephone,
    /// Not a country that Zetel knows.
    UnknownCountry,
    /// Not a time zone that Zetel knows.
    UnknownTimeZone,
    /// Not an address of the web that begins with `https://`.
    NotALink,
    /// Not one of the values that can be chosen.
    UnknownChoice,
    /// No organization that is a customer has this identifier (R66-R68).
    UnknownCustomer,
    /// A day before the first or after the last.
    DayOutOfRange {
        /// The first.
        first: Date,
        /// The last.
        last: Date,
    },
    /// A day that is yet to come, of something that has happened.
    DayToCome,
    /// Another character than a letter, a digit or a hyphen in what stands before invoice numbers.
    PrefixShape,
    /// Not a whole number.
    NotANumber,
    /// A whole number below nothing, where at least one is meant.
    BelowOne,
    /// What stands on a line of a list of addresses is none.
    NotAnEmailOnLine {
        /// Which line, from 1 on.
        line: u32,
        /// What stands there.
        address: String,
    },
    /// A number below the least or above the most.
    OutOfRange {
        /// The least.
        minimum: i64,
        /// The most.
        maximum: i64,
    },
    /// Not an amount of money in this currency.
    NotAnAmount,
    /// A password with too few characters.
    PasswordTooShort {
        /// The fewest.
        minimum: u32,
    },
    /// The two passwords differ.
    PasswordsDiffer,
    /// Not the code that the server printed at its first start.
    WrongSetupCode,
    /// No product that is sold alone has this name.
    UnknownProduct {
        /// The name.
        name: String,
    },
    /// Another person of the organization has this address.
    EmailTaken,
    /// The same address stands earlier in the same file.
    EmailTwice {
        /// The line where it stands first.
        first_line: u32,
    },
    /// No person of the organization has this address.
    UnknownUser,
    /// The name is taken.
    NameTaken,
    /// Not written as the VAT numbers of its country are.
    TaxNumberShape {
        /// One that is.
        example: &'static str,
    },
    /// The check digits of a VAT number do not fit.
    TaxNumberMistyped,
    /// Not an IBAN.
    IbanShape,
    /// Not a BIC.
    BicShape,
    /// Not as long as an IBAN of its country.
    IbanLength {
        /// Characters that it needs.
        expected: u32,
        /// Characters that it has.
        found: u32,
    },
    /// The check digits of an IBAN do not fit.
    IbanMistyped,
    /// The bank is in a country where no mandate lets the gateway debit an account.
    IbanOutsideSepa,

    // Files.
    /// The file is empty.
    FileEmpty,
    /// The file is larger than Zetel takes.
    FileTooLarge {
        /// The most megabytes.
        maximum_megabytes: u32,
    },
    /// The file has more rows than Zetel takes.
    TooManyRows {
        /// The most.
        maximum: u32,
    },
    /// Columns are missing.
    MissingColumns {
        /// Their names.
        columns: Vec<String>,
    },
    /// The row cannot be read: a quote that is not closed, or another number of columns.
    UnreadableRow,
    /// The file is not text in UTF-8.
    NotUtf8,
    /// Some rows are wrong, so none were taken.
    RowsRefused {
        /// How many.
        count: u32,
    },

    // Subscriptions and licenses.
    /// An action of a subscription is closed.
    Closed(ClosedReason),
    /// The new total is below the number of licenses in use (R50, R51).
    BelowAssigned {
        /// Licenses in use.
        assigned: u32,
    },
    /// The new total is the present one.
    SameQuantity,
    /// The organization has several subscriptions of the product, so that its people do not belong to one of them.
    SeveralSubscriptions,
    /// Plans of public authorities and nonprofits are not changed here (domain 1.10).
    PlanOfSegment,
    /// The subscription has add-ons, which another product may not fit (domain 1.10).
    HasAddOns,
    /// An add-on fits the product, so that it cannot be one itself (domain 1.9).
    FittedByAddOn {
        /// The name of the add-on.
        name: String,
    },
    /// A SKU that was sold stays with those for whom it is (D31).
    SkuSold {
        /// The SKU's part number.
        part_number: String,
    },
    /// No subscription of the organization can have this add-on (domain 1.9).
    NoBaseSubscription,
    /// The add-on does not fit the subscription, or that one is not active any more.
    BaseDoesNotFit,
    /// The add-on would have another term than the subscription to which it belongs.
    BaseTermDiffers,
    /// The subscription was not paid (domain 1.10).
    BalanceUnpaid,
    /// The product does not keep what people made with the present one (domain 1.10).
    PlanTooLow,
    /// The agreement does not let licenses be given back during a term.
    FewerLicensesRefused,
    /// What begins with the renewal waits for one that does not come (domain 1.3).
    NoRenewal,
    /// The agreement lets a subscription be canceled in its first days only (D6).
    CancelWindowOver {
        /// How many days.
        days: u32,
    },
    /// More people have a license of it than may lose access without support (D8).
    CancelBySupport {
        /// The most.
        maximum: u32,
    },
    /// The new total is above what the offer allows.
    AboveMaximum {
        /// The most.
        maximum: u32,
    },
    /// The organization lets each buyer have fewer licenses of a product (domain 5.3).
    AboveBuyerLimit {
        /// The most.
        maximum: u32,
        /// What the buyer bought or ordered before.
        licenses: u32,
    },
    /// There is no take-over that can be undone: none was made, or what it changed is no longer kept (domain 5.4).
    NothingToUndo,
    /// The days in which the take-over could be undone are over.
    UndoTimeOver {
        /// The last of them.
        until: Date,
    },
    /// Somebody undid the take-over before.
    AlreadyUndone,
    /// Who bought the subscription is no longer of the organization.
    BuyerGone,
    /// What paid for the subscription is no longer on file.
    PaymentMethodGone,
    /// People do not claim licenses of the product by themselves (domain 2.8).
    AutoClaimOff,
    /// Not enough free licenses.
    NotEnoughLicenses {
        /// How many more are needed.
        missing: u32,
    },
    /// More addresses than mails go to.
    TooManyAddresses {
        /// The most.
        maximum: u32,
    },
    /// More people than one action takes (R28).
    TooManyPeople {
        /// The most.
        maximum: u32,
    },
    /// Nobody was chosen.
    NobodyChosen,
    /// The person already has a license of this product.
    AlreadyAssigned {
        /// The person.
        name: String,
    },
    /// The person has no license of this product.
    NotAssigned {
        /// The person.
        name: String,
    },
    /// The person has no usage location (domain 2.3).
    NoUsageLocation {
        /// The person.
        name: String,
    },
    /// Only people of the own organization can have a license (R29).
    OutsideOrganization,
    /// A chosen app is not in the product, or every app was switched off.
    NoAppsLeft,

    /// The organization has a process of its own for requests of licenses.
    RequestsElsewhere,
    /// The person asked for the product before, and that request waits.
    AlreadyRequested,

    // Buying.
    /// The organization does not let people buy this product for themselves (domain 5.3).
    SelfServiceNotAllowed,
    /// The seller does not let the person buy by self-service (domain 5.1, R179).
    NotEligible(Ineligible),
    /// The product was tried before (domain 1.7).
    TrialTwice,
    /// A trial is extended in its last days only.
    TrialExtendsFrom {
        /// The first of them.
        from: Date,
    },
    /// Somebody is buying this trial: another order of it is not settled.
    TrialBeingBought,
    /// The product is no longer sold.
    EndOfSale,
    /// The product has no price for this term, billing frequency and currency.
    NoPrice,
    /// The price changed while the buyer looked at it.
    PriceChanged,
    /// The bank declined the card.
    CardDeclined,
    /// The bank does not let the card pay any more: fraud, or a card that is lost or closed.
    CardBlocked,
    /// The bank wants the payer to confirm, and the payer did not.
    ConfirmationFailed,
    /// The order was already settled.
    OrderSettled,
    /// No card is on file that could pay.
    PaymentMethodNeeded,
    /// The card belongs to the person who added it (R164).
    CardOfOther,
    /// The card has expired.
    CardExpired,
    /// The cloud takes cards of one brand only (domain 4.1).
    CardNotOffered {
        /// The brand.
        brand: &'static str,
    },
    /// A security code has three digits, or four.
    SecurityCodeShape,
    /// A month that is not written as `YYYY-MM`.
    ExpiryShape,
    /// The account holder did not allow direct debit.
    MandateNeeded,
    /// The payment method pays for something (R164).
    PaymentMethodInUse {
        /// For how many things.
        items: u32,
    },
    /// A payment with the payment method is under way.
    PaymentMethodBusy,
    /// It is the only payment method (R164).
    LastPaymentMethod,
    /// Under MCA the billing profile says what pays (domain 4.8).
    PaidByBillingProfile,
    /// A bank account pays for no billing profile (domain 4.1).
    AccountPaysNoProfile,
    /// A bank account pays for nothing that somebody bought for oneself or the team (R38, domain 5.1).
    AccountPaysNoSelfService,
    /// Billing roles count under a Microsoft Customer Agreement only (domain 6).
    BillingRolesNeedMca,
    /// The last owner of a billing account or profile stays (domain 6).
    LastBillingOwner,
    /// The invoices of a billing profile are in another currency.
    OtherCurrency {
        /// In which.
        currency: &'static str,
    },
    /// What is to be paid by invoice needs a credit check first (domain 4.2).
    CreditCheckNeeded,
    /// New bank accounts are not taken in this country (R75).
    BankAccountNotOffered,
    /// The order comes to less than what can be paid by invoice (D14).
    BelowInvoiceMinimum {
        /// The least that it must come to.
        minimum: Money,
    },
    /// The credit check of the order was not passed.
    CreditCheckFailed,

    // Product keys.
    /// It is not 25 letters and digits.
    KeyFormat,
    /// Its check says that a character is wrong (D13).
    KeyMistyped,
    /// There is no such key.
    KeyUnknown,
    /// The key stands for something that organizations cannot use.
    KeyOtherLine,
    /// The same key stands earlier among those that were given.
    KeyTwice,
    /// The key was redeemed before.
    KeyUsed,
    /// The seller revoked the key.
    KeyRevoked,
    /// The last day of the key is past.
    KeyExpired,
    /// The key is of another product than the subscription, or than the first key.
    KeyOtherProduct,
    /// The key is for another country (D12).
    KeyRegion,
    /// The product of the key is no longer sold, so that it starts nothing.
    KeyOfferGone,
    /// First keys that are redeemed together run equally long.
    KeyOtherTerm,
    /// Only a global or billing admin redeems keys.
    KeyRole,
    /// Nobody can redeem a key for the moment.
    KeyBusy,
    /// The secret of product keys is not set on this server.
    KeysNotSetUp,
    /// The keys of the batch are still being made.
    BatchNotReady,
    /// The keys of the batch were exported before.
    BatchExported,
    /// The batch was revoked before.
    BatchRevoked,
    /// The day lies in the past.
    DayPast,
    /// With the key there would be more licenses than the offer allows.
    KeyTooMany {
        /// The most.
        maximum: u32,
    },
    /// The key has more licenses than the subscription that it is to extend (D11).
    KeyMoreLicenses {
        /// Licenses of the subscription.
        total: u32,
    },
    /// More keys than one redemption takes.
    TooManyKeys {
        /// The most.
        maximum: u32,
    },
    /// Some keys are wrong, so none was redeemed.
    KeysRefused(Vec<KeyRefusal>),

    // Invoices.
    /// The invoice is settled already.
    InvoiceSettled,
    /// More than is still to be paid, or to be given back.
    AboveBalance {
        /// What is left.
        balance: Money,
    },
    /// A payment of the invoice, or of an order for the subscription, is under way.
    PaymentUnderWay,
    /// This transfer was recorded for the invoice before.
    TransferRecorded,

    // People and organizations.
    /// The last global admin cannot be deleted, blocked or lose the role.
    LastGlobalAdmin,
    /// The last operator who can sign in cannot be deleted, blocked or lose the role.
    LastOperator,
    /// One cannot delete or block oneself.
    NotOneself,
    /// Only a global admin may give this role, and only operators have the role operator.
    RoleNotGrantable,
    /// Only the members of the group may buy for the team (domain 5.3).
    GroupOfBuyers,
    /// The organization is suspended.
    OrganizationSuspended,
    /// The operator's own organization cannot be suspended or become a sandbox.
    OperatorOrganization,
    /// The other cloud does not take some of the payment methods on file (domain 4.1).
    MethodsNotInCloud {
        /// How many.
        methods: u32,
    },
    /// The other cloud counts the days of subscriptions that have ended otherwise than people were told (D21).
    DaysOfOtherCloud {
        /// How many.
        subscriptions: u32,
    },
    /// What was typed is no civil day.
    NotADate,
    /// What is bought starts on one of these days (R163).
    StartsBetween {
        /// The first day: today.
        from: Date,
        /// The last day.
        until: Date,
    },
    /// What is bought here starts as soon as it is bought: an add-on, what was tried, or what a user buys (R163).
    StartsAtOnce,
    /// Only a sandbox has a clock that can be moved (D30).
    NotASandbox,
    /// A sandbox has a clock of its own: it buys from a partner that is one, and that partner sells to no other.
    SandboxSale,
    /// The partner has to pay what is overdue before it sells more.
    PartnerOwes,
    /// The clock of a sandbox goes forward only, and not for ever.
    ClockGoesForward {
        /// The day that it is there.
        after: Date,
        /// The last day to which it can be moved.
        until: Date,
    },
    /// The organization is already in that state.
    NothingToChange,

    // Access.
    /// Address or password are wrong.
    WrongPassword,
    /// Too many tries; wait.
    TooManyTries {
        /// Seconds until the next try.
        wait_seconds: u32,
    },
    /// Nobody is signed in, or the key is unknown or revoked.
    NotSignedIn,
    /// The role does not allow it.
    NotAllowed,
    /// There is no such thing here, or it belongs to another organization.
    NotFound,

    // Two at once.
    /// Somebody changed it meanwhile; the client's `If-Match` does not hold.
    ChangedMeanwhile,
    /// The same idempotency key came with another request (D29).
    IdempotencyKeyReused,
    /// Zetel is too busy; try again.
    Busy,
}

/// The family of a refusal, from which the API takes its status.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RefusalKind {
    /// What was sent is wrong: 422.
    Invalid,
    /// It is right but the state of things forbids it: 409.
    Conflict,
    /// Nobody is signed in: 401.
    Unauthenticated,
    /// The role does not allow it: 403.
    Forbidden,
    /// There is no such thing: 404.
    NotFound,
    /// The condition of the request does not hold: 412.
    PreconditionFailed,
    /// Too often: 429.
    TooManyRequests,
    /// The file is too large: 413.
    TooLarge,
    /// Payment failed: 402.
    PaymentFailed,
    /// Not now: 503.
    Unavailable,
}

impl From<Ineligible> for Refusal {
    fn from(reason: Ineligible) -> Self {
        Self::NotEligible(reason)
    }
}

impl Refusal {
    /// The stable code, for programs and the documentation.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Required => "required",
            Self::TooLong { .. } => "too_long",
            Self::ControlCharacter => "control_character",
            Self::NotAnEmail => "not_an_email",
            Self::NotATelephone => "not_a_telephone",
            Self::NotALink => "not_a_link",
            Self::UnknownCountry => "unknown_country",
            Self::UnknownTimeZone => "unknown_time_zone",
            Self::UnknownChoice => "unknown_choice",
            Self::UnknownCustomer => "unknown_customer",
            Self::DayOutOfRange { .. } => "day_out_of_range",
            Self::DayToCome => "day_to_come",
            Self::PrefixShape => "prefix_shape",
            Self::NotANumber => "not_a_number",
            Self::BelowOne => "below_one",
            Self::NotAnEmailOnLine { .. } => "not_an_email_on_line",
            Self::OutOfRange { .. } => "out_of_range",
            Self::NotAnAmount => "not_an_amount",
            Self::PasswordTooShort { .. } => "password_too_short",
            Self::PasswordsDiffer => "passwords_differ",
            Self::WrongSetupCode => "wrong_setup_code",
            Self::UnknownProduct { .. } => "unknown_product",
            Self::EmailTaken => "email_taken",
            Self::EmailTwice { .. } => "email_twice",
            Self::UnknownUser => "unknown_user",
            Self::NameTaken => "name_taken",
            Self::TaxNumberShape { .. } => "tax_number_shape",
            Self::TaxNumberMistyped => "tax_number_mistyped",
            Self::IbanShape => "iban_shape",
            Self::BicShape => "bic_shape",
            Self::IbanLength { .. } => "iban_length",
            Self::IbanMistyped => "iban_mistyped",
            Self::IbanOutsideSepa => "iban_outside_sepa",
            Self::FileEmpty => "file_empty",
            Self::FileTooLarge { .. } => "file_too_large",
            Self::TooManyRows { .. } => "too_many_rows",
            Self::MissingColumns { .. } => "missing_columns",
            Self::UnreadableRow => "unreadable_row",
            Self::NotUtf8 => "not_utf8",
            Self::RowsRefused { .. } => "rows_refused",
            Self::Closed(reason) => reason.code(),
            Self::BelowAssigned { .. } => "below_assigned",
            Self::SameQuantity => "same_quantity",
            Self::SeveralSubscriptions => "several_subscriptions",
            Self::PlanOfSegment => "plan_of_segment",
            Self::HasAddOns => "has_add_ons",
            Self::FittedByAddOn { .. } => "fitted_by_add_on",
            Self::SkuSold { .. } => "sku_sold",
            Self::NoBaseSubscription => "no_base_subscription",
            Self::BaseDoesNotFit => "base_does_not_fit",
            Self::BaseTermDiffers => "base_term_differs",
            Self::BalanceUnpaid => "balance_unpaid",
            Self::PlanTooLow => "plan_too_low",
            Self::FewerLicensesRefused => "fewer_licenses_refused",
            Self::NoRenewal => "no_renewal",
            Self::CancelWindowOver { .. } => "cancel_window_over",
            Self::CancelBySupport { .. } => "cancel_by_support",
            Self::AboveMaximum { .. } => "above_maximum",
            Self::AboveBuyerLimit { .. } => "above_buyer_limit",
            Self::NothingToUndo => "nothing_to_undo",
            Self::UndoTimeOver { .. } => "undo_time_over",
            Self::AlreadyUndone => "already_undone",
            Self::BuyerGone => "buyer_gone",
            Self::PaymentMethodGone => "payment_method_gone",
            Self::AutoClaimOff => "auto_claim_off",
            Self::NotEnoughLicenses { .. } => "not_enough_licenses",
            Self::TooManyAddresses { .. } => "too_many_addresses",
            Self::TooManyPeople { .. } => "too_many_people",
            Self::NobodyChosen => "nobody_chosen",
            Self::AlreadyAssigned { .. } => "already_assigned",
            Self::NotAssigned { .. } => "not_assigned",
            Self::NoUsageLocation { .. } => "no_usage_location",
            Self::OutsideOrganization => "outside_organization",
            Self::NoAppsLeft => "no_apps_left",
            Self::RequestsElsewhere => "requests_elsewhere",
            Self::AlreadyRequested => "already_requested",
            Self::SelfServiceNotAllowed => "self_service_not_allowed",
            Self::NotEligible(reason) => reason.code(),
            Self::TrialTwice => "trial_twice",
            Self::TrialExtendsFrom { .. } => "trial_extends_later",
            Self::TrialBeingBought => "trial_being_bought",
            Self::EndOfSale => "end_of_sale",
            Self::NoPrice => "no_price",
            Self::PriceChanged => "price_changed",
            Self::CardDeclined => "card_declined",
            Self::CardBlocked => "card_blocked",
            Self::ConfirmationFailed => "confirmation_failed",
            Self::OrderSettled => "order_settled",
            Self::PaymentMethodNeeded => "payment_method_needed",
            Self::CardOfOther => "card_of_other",
            Self::CardExpired => "card_expired",
            Self::CardNotOffered { .. } => "card_not_offered",
            Self::SecurityCodeShape => "security_code_shape",
            Self::ExpiryShape => "expiry_shape",
            Self::MandateNeeded => "mandate_needed",
            Self::PaymentMethodInUse { .. } => "payment_method_in_use",
            Self::PaymentMethodBusy => "payment_method_busy",
            Self::LastPaymentMethod => "last_payment_method",
            Self::PaidByBillingProfile => "paid_by_billing_profile",
            Self::CreditCheckNeeded => "credit_check_needed",
            Self::AccountPaysNoProfile => "account_pays_no_profile",
            Self::AccountPaysNoSelfService => "account_pays_no_self_service",
            Self::BillingRolesNeedMca => "billing_roles_need_mca",
            Self::LastBillingOwner => "last_billing_owner",
            Self::OtherCurrency { .. } => "other_currency",
            Self::BankAccountNotOffered => "bank_account_not_offered",
            Self::KeyFormat => "key_format",
            Self::KeyMistyped => "key_mistyped",
            Self::KeyUnknown => "key_invalid",
            Self::KeyOtherLine => "key_consumer",
            Self::KeyTwice => "key_duplicate",
            Self::KeyUsed => "key_used",
            Self::KeyRevoked => "key_revoked",
            Self::KeyExpired => "key_expired",
            Self::KeyOtherProduct => "key_wrong_product",
            Self::KeyRegion => "key_region",
            Self::KeyOfferGone => "key_offer_gone",
            Self::KeyOtherTerm => "key_other_term",
            Self::KeyRole => "key_role",
            Self::KeyBusy => "key_busy",
            Self::KeysNotSetUp => "keys_not_set_up",
            Self::BatchNotReady => "batch_not_ready",
            Self::BatchExported => "batch_exported",
            Self::BatchRevoked => "batch_revoked",
            Self::DayPast => "day_past",
            Self::KeyTooMany { .. } => "key_too_many",
            Self::KeyMoreLicenses { .. } => "key_more_licenses",
            Self::TooManyKeys { .. } => "too_many_keys",
            Self::KeysRefused(_) => "keys_refused",
            Self::InvoiceSettled => "invoice_settled",
            Self::AboveBalance { .. } => "above_balance",
            Self::PaymentUnderWay => "payment_under_way",
            Self::TransferRecorded => "transfer_recorded",
            Self::BelowInvoiceMinimum { .. } => "below_invoice_minimum",
            Self::CreditCheckFailed => "credit_check_failed",
            Self::LastGlobalAdmin => "last_global_admin",
            Self::LastOperator => "last_operator",
            Self::NotOneself => "not_oneself",
            Self::RoleNotGrantable => "role_not_grantable",
            Self::GroupOfBuyers => "group_of_buyers",
            Self::OrganizationSuspended => "organization_suspended",
            Self::OperatorOrganization => "operator_organization",
            Self::MethodsNotInCloud { .. } => "methods_not_in_cloud",
            Self::DaysOfOtherCloud { .. } => "days_of_other_cloud",
            Self::NotADate => "not_a_date",
            Self::StartsBetween { .. } => "starts_between",
            Self::StartsAtOnce => "starts_at_once",
            Self::NotASandbox => "not_a_sandbox",
            Self::SandboxSale => "sandbox_sale",
            Self::PartnerOwes => "partner_owes",
            Self::ClockGoesForward { .. } => "clock_goes_forward",
            Self::NothingToChange => "nothing_to_change",
            Self::WrongPassword => "wrong_password",
            Self::TooManyTries { .. } => "too_many_tries",
            Self::NotSignedIn => "not_signed_in",
            Self::NotAllowed => "not_allowed",
            Self::NotFound => "not_found",
            Self::ChangedMeanwhile => "changed_meanwhile",
            Self::IdempotencyKeyReused => "idempotency_key_reused",
            Self::Busy => "busy",
        }
    }

    /// The family of the refusal.
    #[must_use]
    pub const fn kind(&self) -> RefusalKind {
        match self {
            Self::NotSignedIn | Self::WrongPassword => RefusalKind::Unauthenticated,
            Self::NotAllowed
            | Self::SelfServiceNotAllowed
            | Self::NotEligible(_)
            | Self::OrganizationSuspended
            | Self::RoleNotGrantable
            | Self::KeyRole
            | Self::CardOfOther => RefusalKind::Forbidden,
            Self::NotFound => RefusalKind::NotFound,
            Self::ChangedMeanwhile => RefusalKind::PreconditionFailed,
            Self::TooManyTries { .. } => RefusalKind::TooManyRequests,
            Self::FileTooLarge { .. } => RefusalKind::TooLarge,
            Self::CardDeclined | Self::CardBlocked | Self::ConfirmationFailed => RefusalKind::PaymentFailed,
            Self::Busy | Self::KeyBusy | Self::KeysNotSetUp => RefusalKind::Unavailable,
            Self::Closed(_)
            | Self::BelowAssigned { .. }
            | Self::SeveralSubscriptions
            | Self::PlanOfSegment
            | Self::HasAddOns
            | Self::FittedByAddOn { .. }
            | Self::SkuSold { .. }
            | Self::NoBaseSubscription
            | Self::BaseDoesNotFit
            | Self::BalanceUnpaid
            | Self::AutoClaimOff
            | Self::NothingToUndo
            | Self::UndoTimeOver { .. }
            | Self::AlreadyUndone
            | Self::BuyerGone
            | Self::PaymentMethodGone
            | Self::NotEnoughLicenses { .. }
            | Self::AlreadyAssigned { .. }
            | Self::NotAssigned { .. }
            | Self::NoUsageLocation { .. }
            | Self::TrialTwice
            | Self::TrialExtendsFrom { .. }
            | Self::TrialBeingBought
            | Self::EndOfSale
            | Self::NoPrice
            | Self::PriceChanged
            | Self::OrderSettled
            | Self::InvoiceSettled
            | Self::PaymentUnderWay
            | Self::KeyUsed
            | Self::KeyRevoked
            | Self::KeyOfferGone
            | Self::BatchNotReady
            | Self::BatchExported
            | Self::BatchRevoked
            | Self::TransferRecorded
            | Self::PaymentMethodNeeded
            | Self::PaymentMethodInUse { .. }
            | Self::PaymentMethodBusy
            | Self::LastPaymentMethod
            | Self::PaidByBillingProfile
            | Self::CreditCheckNeeded
            | Self::OtherCurrency { .. }
            | Self::BillingRolesNeedMca
            | Self::LastBillingOwner
            | Self::BankAccountNotOffered
            | Self::BelowInvoiceMinimum { .. }
            | Self::CreditCheckFailed
            | Self::LastGlobalAdmin
            | Self::LastOperator
            | Self::NotOneself
            | Self::GroupOfBuyers
            | Self::OperatorOrganization
            | Self::MethodsNotInCloud { .. }
            | Self::DaysOfOtherCloud { .. }
            | Self::NotASandbox
            | Self::SandboxSale
            | Self::PartnerOwes
            | Self::NothingToChange
            | Self::EmailTaken
            | Self::NameTaken => RefusalKind::Conflict,
            _ => RefusalKind::Invalid,
        }
    }

    /// The refusal, at the field that it is about.
    #[must_use]
    pub const fn at(self, field: Field) -> FieldRefusal {
        FieldRefusal { field, refusal: self }
    }
}

crate::codes::coded! {
    /// A field that a person fills or a program sends.
    pub enum Field {
        /// The name of a person.
        DisplayName = "display_name",
        /// A sign-in name.
        Email = "email",
        /// A department.
        Department = "department",
        /// The country of use.
        UsageLocation = "usage_location",
        /// Whether a person is a guest.
        Guest = "guest",
        /// Roles of a person.
        Roles = "roles",
        /// A password.
        Password = "password",
        /// The new total of licenses.
        Quantity = "quantity",
        /// Whether a product is sold alone, or is an add-on.
        ProductKind = "kind",
        /// The products that an add-on fits.
        Bases = "bases",
        /// The subscription to which an add-on will belong.
        BaseSubscription = "base_id",
        /// The first day of what is bought.
        StartsOn = "starts_on",
        /// People to assign to or unassign from.
        Users = "users",
        /// Products to give licenses of.
        Licenses = "licenses",
        /// Apps and services.
        ServicePlans = "service_plans",
        /// The file.
        File = "file",
        /// Addresses that were pasted.
        Rows = "rows",
        /// Commitment.
        Term = "term",
        /// How often it is charged.
        BillingFrequency = "billing_frequency",
        /// When something begins.
        Start = "start",
        /// What pays.
        Payment = "payment",
        /// The identifier of a customer.
        Customer = "customer",
        /// What a partner is.
        PartnerKind = "partner_kind",
        /// A name of an organization, product or key.
        Name = "name",
        /// A country.
        Country = "country",
        /// A currency.
        Currency = "currency",
        /// A cloud.
        Cloud = "cloud",
        /// A language.
        Language = "language",
        /// A time zone.
        TimeZone = "time_zone",
        /// A price.
        UnitPrice = "unit_price",
        /// Scopes of a key.
        Scopes = "scopes",
        /// A number of days.
        Days = "days",
        /// The code that the server printed at its first start.
        SetupCode = "setup_code",
        /// The shelf of the catalog.
        Category = "category",
        /// What a product is, in English.
        DescriptionEn = "description_en",
        /// What a product is, in Dutch.
        DescriptionNl = "description_nl",
        /// Why a subscription is canceled.
        Reason = "reason",
        /// What else there is to say.
        Feedback = "feedback",
        /// What was transferred, or is paid back.
        Amount = "amount",
        /// For which invoices.
        Invoices = "invoices",
        /// The day on which it was transferred.
        Day = "day",
        /// What the bank statement says of it.
        Reference = "reference",
        /// Whether a subscription renews by itself.
        RecurringBilling = "recurring_billing",
        /// Street and number.
        Line1 = "line1",
        /// What else a letter needs.
        Line2 = "line2",
        /// The postal code.
        PostalCode = "postal_code",
        /// The town.
        City = "city",
        /// State or province.
        Region = "region",
        /// A VAT or other tax number.
        TaxNumber = "tax_number",
        /// A certificate by which a customer is exempt from tax.
        TaxExemption = "tax_exemption",
        /// The number in the register of companies.
        RegistrationNumber = "registration_number",
        /// A telephone number.
        Telephone = "telephone",
        /// A bank account.
        Iban = "iban",
        /// The bank of it.
        Bic = "bic",
        /// What stands before the number of an invoice.
        InvoicePrefix = "invoice_prefix",
        /// Whom an invoice is addressed to.
        BillTo = "bill_to",
        /// What a customer wants to read on invoices.
        PurchaseOrder = "purchase_order",
        /// A billing profile.
        BillingProfile = "billing_profile",
        /// A billing role.
        BillingRole = "billing_role",
        /// Days in which a take-over can be undone.
        UndoDays = "undo_days",
        /// Most people who may have a license of what is canceled without support.
        OnlineCancelMax = "online_cancel_max",
        /// The kind of contract.
        Agreement = "agreement",
        /// What kind of customer an organization is.
        Segment = "segment",
        /// What divides a price.
        Proration = "proration",
        /// How a line is rounded.
        Rounding = "rounding",
        /// How tax is rounded.
        TaxRounding = "tax_rounding",
        /// Whether prices include tax.
        PricesIncludeTax = "prices_include_tax",
        /// What fewer licenses bring.
        FewerLicenses = "fewer_licenses",
        /// Days in which canceling brings a credit.
        RefundDays = "refund_days",
        /// Days that a customer has for an invoice.
        PaymentTerms = "payment_terms_days",
        /// The month in which a card expires.
        ExpiresOn = "expires_on",
        /// The code on a card.
        SecurityCode = "security_code",
        /// Whether the holder of a bank account allows direct debit.
        Mandate = "mandate",
        /// What an operator notes.
        Note = "note",
        /// Where on the web.
        Link = "link",
        /// The address of an organization.
        Contact = "contact",
        /// Further addresses that get mail.
        ExtraAddresses = "extra_addresses",
        /// Product keys to redeem.
        ProductKeys = "product_keys",
        /// What is sold.
        Sku = "sku",
        /// Licenses of each key of a batch.
        LicensesPerKey = "licenses_per_key",
        /// Keys of a batch.
        KeyCount = "key_count",
        /// The last day on which keys can be redeemed.
        RedeemBy = "redeem_by",
        /// What people may do with a product by self-service.
        Policy = "policy",
        /// Who may buy for the team.
        Buyers = "buyers",
        /// Products that stand in for another one.
        Backups = "backups",
        /// That somebody knows what will happen.
        Confirmation = "confirmation",
        /// A product to choose.
        Product = "product",
        /// What is to be done.
        Action = "action",
    }
}

/// A refusal at the field that it is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldRefusal {
    /// The field.
    pub field: Field,
    /// What is wrong with it.
    pub refusal: Refusal,
}
