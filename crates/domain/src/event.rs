//! What happened: the entries of the journal (architecture 3.2, R183).
//!
//! An event is stored as JSON and must stay readable for ever: a field may be added with a default, never renamed or
//! taken away. `crates/domain/golden/events.jsonl` holds a stored form of each.

use crate::access::{BillingRole, Role, Scope};
use crate::billing::party::Party;
use crate::billing::payment_method::MethodName;
use crate::billing::{BillingRules, Segment};
use crate::catalog::{BillingFrequency, Term};
use crate::ids::{LicenseRequestId, OrderId, OrganizationId, ProductId, ServicePlanId, SubscriptionId, UserId};
use crate::money::Money;
use crate::organization::{Cloud, OrganizationKind, OrganizationState};
use crate::partner::RelationshipState;
use crate::self_service::policy::SelfServicePolicy;
use crate::subscription::cancel::CancelReason;
use crate::subscription::cancel_scheduled_change::ScheduledChange;
use crate::subscription::remind::ReminderKind;
use crate::subscription::{Channel, SubscriptionState};
use crate::time::Period;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// The things that an event is about, by which their histories find it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Subjects {
    /// The person.
    pub user: Option<UserId>,
    /// The product.
    pub product: Option<ProductId>,
    /// The subscription.
    pub subscription: Option<SubscriptionId>,
    /// The order.
    pub order: Option<OrderId>,
}

/// A value before and after.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change<T> {
    /// Before.
    pub from: T,
    /// After.
    pub to: T,
}

/// What happened to one thing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Event {
    /// An organization was made.
    OrganizationCreated {
        /// Its name.
        name: String,
        /// Its country.
        country: String,
        /// Its cloud.
        cloud: Cloud,
    },
    /// An organization was suspended or works again.
    OrganizationStateChanged {
        /// Before and after.
        state: Change<OrganizationState>,
    },
    /// The operator put an organization into another cloud.
    OrganizationCloudChanged {
        /// Before and after.
        cloud: Change<Cloud>,
    },
    /// An organization became a sandbox.
    OrganizationBecameSandbox,
    /// Somebody lets the time of a sandbox pass (D30).
    ClockMoved {
        /// The day that it was there.
        from: Date,
        /// The day that it shall be.
        to: Date,
    },
    /// A person was added.
    UserAdded {
        /// The name.
        display_name: String,
        /// The sign-in name.
        email: String,
        /// Whether the person is a guest.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        is_guest: bool,
    },
    /// Facts about a person changed; only what changed is there.
    UserChanged {
        /// The name.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        display_name: Option<Change<String>>,
        /// The sign-in name.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        email: Option<Change<String>>,
        /// The department.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        department: Option<Change<String>>,
        /// The country of use.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        usage_location: Option<Change<Option<String>>>,
        /// Whether the person is a guest.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        is_guest: Option<Change<bool>>,
    },
    /// A person was blocked or may sign in again.
    UserBlocked {
        /// Whether the person is blocked now.
        blocked: bool,
    },
    /// The roles of a person changed.
    RolesChanged {
        /// Before and after.
        roles: Change<Vec<Role>>,
    },
    /// A person was given a billing role.
    BillingRoleGiven {
        /// Which.
        role: BillingRole,
        /// The name of its billing profile; none for a role of the billing account.
        profile: Option<String>,
    },
    /// A billing role was taken from a person.
    BillingRoleTaken {
        /// Which.
        role: BillingRole,
        /// The name of its billing profile; none for a role of the billing account.
        profile: Option<String>,
    },
    /// A person chose or was given a password.
    PasswordSet,
    /// A person was deleted; the licenses are free.
    UserDeleted {
        /// The name.
        display_name: String,
        /// The sign-in name.
        email: String,
        /// How many licenses became free.
        licenses_freed: u32,
    },
    /// A group of people was added.
    GroupAdded {
        /// Its name.
        name: String,
    },
    /// A group of people has another name.
    GroupRenamed {
        /// Before and after.
        name: Change<String>,
    },
    /// A group was deleted; its people stay.
    GroupDeleted {
        /// Its name.
        name: String,
        /// How many people it had.
        people: u32,
    },
    /// A person was put into a group.
    GroupJoined {
        /// The name of the group.
        group: String,
    },
    /// A person was taken out of a group.
    GroupLeft {
        /// The name of the group.
        group: String,
    },
    /// An order was placed and waits for its payment.
    OrderPlaced {
        /// Its number.
        number: u64,
        /// What it costs.
        amount: Money,
    },
    /// An order waits until it is known whether the customer may pay by invoice.
    CreditCheckRequested {
        /// The number of the order.
        number: u64,
        /// The working day by which that is decided.
        due_on: Date,
    },
    /// It was decided whether the customer may pay an order by invoice.
    CreditCheckDecided {
        /// The number of the order.
        number: u64,
        /// Whether so.
        passed: bool,
    },
    /// The order was paid: what it orders exists.
    OrderPosted {
        /// Its number.
        number: u64,
    },
    /// The order was given up; nothing was bought.
    OrderVoided {
        /// Its number.
        number: u64,
        /// Why: the code of a refusal.
        reason: String,
    },
    /// A subscription began.
    SubscriptionStarted {
        /// Licenses.
        quantity: u32,
        /// Commitment.
        term: Term,
        /// How often it is charged.
        billing_frequency: BillingFrequency,
        /// The price of one license for one billing period.
        unit_price: Money,
        /// How it was bought.
        channel: Channel,
        /// The first day after its term.
        ends_on: Date,
    },
    /// A subscription was bought that begins on a later day.
    SubscriptionScheduled {
        /// Licenses.
        quantity: u32,
        /// Commitment.
        term: Term,
        /// How often it is charged.
        billing_frequency: BillingFrequency,
        /// The price of one license for one billing period.
        unit_price: Money,
        /// How it was bought.
        channel: Channel,
        /// Its first day.
        starts_on: Date,
    },
    /// The first day came of a subscription that was bought to begin then.
    ScheduledSubscriptionStarted {
        /// Its first term.
        term: Period,
        /// What its first billing period costs, without tax.
        amount: Money,
        /// The days of that billing period.
        service_period: Period,
    },
    /// A trial lasts longer.
    TrialExtended {
        /// The first day after it before.
        from: Date,
        /// The first day after it now.
        to: Date,
    },
    /// A trial became a paid subscription: it was bought, or it ended with a payment method on file.
    TrialBecamePaid {
        /// Licenses.
        quantity: u32,
        /// Commitment.
        term: Term,
        /// How often it is charged.
        billing_frequency: BillingFrequency,
        /// The price of one license for one billing period.
        unit_price: Money,
        /// How it is paid.
        channel: Channel,
        /// The first day after its first term.
        ends_on: Date,
    },
    /// The number of licenses changed.
    QuantityChanged {
        /// Before.
        from: u32,
        /// After.
        to: u32,
        /// What it costs for the rest of the billing period; negative is a credit.
        amount: Money,
        /// The days that the amount covers.
        service_period: Period,
    },
    /// Fewer licenses from the next term on.
    QuantityScheduled {
        /// Now.
        from: u32,
        /// From then on.
        to: u32,
        /// The first day of the next term.
        on: Date,
    },
    /// An invoice or a credit note was made.
    InvoiceIssued {
        /// Its number.
        number: String,
        /// What it comes to, with tax; below nothing for a credit note.
        total: Money,
        /// The day by which it has to be paid.
        due_on: Date,
    },
    /// An invoice was paid, in whole or in part, or a credit note was used.
    InvoicePaid {
        /// Its number.
        number: String,
        /// What came in.
        amount: Money,
        /// What is still to be paid.
        balance: Money,
    },
    /// It was changed who gets mails of the organization, and how; only what changed is there.
    NotificationsChanged {
        /// The language.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        language: Option<Change<String>>,
        /// Whether the PDF of an invoice goes with its mail.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        attach_documents: Option<Change<bool>>,
        /// The address of the organization.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        contact: Option<Change<String>>,
        /// Further addresses.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        extra_addresses: Option<Change<Vec<String>>>,
    },
    /// What invoices say of the seller was changed.
    SellerChanged {
        /// Its name in law.
        name: String,
    },
    /// A payment of an invoice failed.
    PaymentFailed {
        /// The number of the invoice.
        number: String,
        /// What was to be paid.
        amount: Money,
        /// Why: the code of a refusal.
        reason: String,
    },
    /// The customer was told that an invoice is overdue.
    InvoiceReminded {
        /// Its number.
        number: String,
        /// What is still to be paid.
        balance: Money,
        /// Days since it had to be paid.
        days: i32,
    },
    /// An invoice that nothing pays by itself any more has the days of whoever pays invoices (domain 4.2).
    InvoiceDueMoved {
        /// Its number.
        number: String,
        /// The day on which it has to be paid.
        due_on: Change<Date>,
    },
    /// The bank wants the payer to confirm a payment, and nobody is there (domain 4.5).
    PaymentToConfirm {
        /// The number of the invoice.
        number: String,
        /// What is to be confirmed.
        amount: Money,
    },
    /// The bank took a payment back: the invoice is unpaid again.
    InvoiceChargedBack {
        /// The number of the invoice.
        number: String,
        /// What went back.
        amount: Money,
        /// What is to be paid again.
        balance: Money,
    },
    /// An operator asked for what a credit note gives to be paid back.
    RefundOrdered {
        /// The number of the credit note.
        number: String,
        /// What is on its way back.
        amount: Money,
        /// Why.
        reason: String,
    },
    /// What a credit note gives went back to the customer.
    CreditRefunded {
        /// The number of the credit note.
        number: String,
        /// What went back.
        amount: Money,
    },
    /// A subscription is charged monthly or yearly from now on.
    BillingFrequencyChanged {
        /// How often it was charged.
        from: BillingFrequency,
        /// How often it is charged now.
        to: BillingFrequency,
        /// What that costs now; a credit is negative.
        amount: Money,
        /// The days that are charged anew.
        service_period: Period,
    },
    /// A subscription will be charged monthly or yearly from its next term on; as before when a plan was dropped.
    BillingFrequencyScheduled {
        /// How often it is charged.
        from: BillingFrequency,
        /// How often it will be.
        to: BillingFrequency,
        /// The first day of the next term.
        on: Date,
    },
    /// Product keys were made.
    ProductKeysCreated {
        /// What they stand for, by its part number.
        part_number: String,
        /// Licenses of each.
        quantity: u32,
        /// For how long.
        term: Term,
        /// How many.
        keys: u32,
    },
    /// The characters of the keys of a batch were written into a file; they cannot be any more.
    ProductKeysExported {
        /// What they stand for, by its part number.
        part_number: String,
        /// How many.
        keys: u32,
    },
    /// The keys of a batch that nobody had redeemed were revoked.
    ProductKeyBatchRevoked {
        /// What they stood for, by its part number.
        part_number: String,
        /// How many.
        keys: u32,
    },
    /// A key was revoked.
    ProductKeyRevoked {
        /// Its last five characters.
        last_five: String,
    },
    /// Product keys were redeemed.
    ProductKeysRedeemed {
        /// The last five characters of each.
        keys: Vec<String>,
        /// Licenses before and after.
        quantity: Change<u32>,
        /// The end date before and after.
        ends_on: Change<Date>,
    },
    /// So many unknown product keys were tried that nobody may try for a while.
    ProductKeyGuessing {
        /// How many, one after another.
        tries: u32,
        /// The address of the client.
        client: String,
    },
    /// A card or bank account was put on file.
    PaymentMethodAdded {
        /// Which.
        method: MethodName,
    },
    /// Facts about a payment method changed.
    PaymentMethodChanged {
        /// Which.
        method: MethodName,
    },
    /// A payment method took over everything that another one paid for.
    PaymentMethodReplaced {
        /// Before and after.
        method: Change<MethodName>,
        /// How many things moved.
        items: u32,
    },
    /// A payment method was taken off file.
    PaymentMethodDeleted {
        /// Which.
        method: MethodName,
    },
    /// Something else pays for a subscription.
    SubscriptionPaymentChanged {
        /// Before and after; `None`: the customer pays each invoice.
        method: Change<Option<MethodName>>,
        /// Whether nothing was to be paid before, so that nothing had been chosen: prepaid, or a trial.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        is_first: bool,
    },
    /// The operator changed how the organization is charged.
    BillingRulesChanged {
        /// Before and after.
        rules: Change<BillingRules>,
    },
    /// The operator, or the customer itself, changed who buys.
    BuyerChanged {
        /// The name afterwards.
        name: String,
        /// What invoices say of it, before and after; entries from before this was kept have none.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        party: Option<Box<Change<Party>>>,
    },
    /// The operator changed what kind of customer the organization is.
    SegmentChanged {
        /// Before and after.
        segment: Change<Segment>,
    },
    /// A customer transferred more than its invoices: the rest is credit of a billing profile.
    ProfileCreditKept {
        /// The name of the billing profile.
        name: String,
        /// How much.
        amount: Money,
    },
    /// Credit of a billing profile was transferred back to the customer.
    ProfileCreditPaidOut {
        /// The name of the billing profile.
        name: String,
        /// How much.
        amount: Money,
    },
    /// A billing profile was added.
    BillingProfileAdded {
        /// Its name.
        name: String,
    },
    /// A billing profile was changed.
    BillingProfileChanged {
        /// Its name.
        name: String,
    },
    /// A subscription belongs to another billing profile.
    SubscriptionProfileChanged {
        /// The names before and after.
        profile: Change<String>,
    },
    /// Recurring billing was turned on or off.
    RecurringBillingChanged {
        /// Whether it is on now.
        on: bool,
        /// The day on which the subscription renews or expires.
        ends_on: Date,
    },
    /// A subscription was canceled: people have no access, licenses stay recorded.
    SubscriptionCanceled {
        /// Why.
        reason: CancelReason,
        /// What else was said.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        feedback: String,
        /// The credit for the unused days; negative.
        amount: Money,
        /// The unused days.
        service_period: Period,
        /// The day on which the data is erased.
        deleted_on: Date,
    },
    /// An expired or disabled subscription was brought back.
    SubscriptionReactivated {
        /// Where it was.
        from: SubscriptionState,
        /// The next day on which it renews or expires.
        ends_on: Date,
        /// What it costs now.
        amount: Money,
        /// The days that the amount covers.
        service_period: Period,
    },
    /// A term ended and the next began.
    SubscriptionRenewed {
        /// The new term.
        term: Period,
        /// What its first billing period costs; zero when a partner charges for it.
        amount: Money,
        /// The days that the amount covers.
        service_period: Period,
        /// Licenses from then on, where fewer were planned (R163): as many as were planned, or as are in use by then.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        quantity: Option<Change<u32>>,
    },
    /// A term ended, and no other began.
    SubscriptionExpired {
        /// The day.
        on: Date,
        /// The day on which people lose access.
        disabled_on: Date,
    },
    /// A subscription was not reactivated in time: people have no access.
    SubscriptionDisabled {
        /// The day.
        on: Date,
        /// The day on which the data is erased.
        deleted_on: Date,
    },
    /// A subscription is over, its data erased.
    SubscriptionDeleted {
        /// The day.
        on: Date,
        /// How many licenses people lost.
        licenses_freed: u32,
    },
    /// Somebody asked for another product; people are going to be moved at once.
    PlanChangeRequested {
        /// The name of the product.
        to: String,
        /// Licenses of the new subscription.
        quantity: u32,
    },
    /// Another product will take over when the subscription renews.
    PlanChangeScheduled {
        /// The name of the product.
        to: String,
        /// Licenses of the new subscription.
        quantity: u32,
        /// The day of the renewal.
        on: Date,
    },
    /// Another product took over: everybody moved to a new subscription, and this one is canceled.
    PlanChanged {
        /// The name of the product.
        to: String,
        /// The new subscription.
        to_subscription: SubscriptionId,
        /// Its licenses.
        quantity: u32,
        /// How many people moved.
        people: u32,
        /// The credit for the unused days of the old one; below nothing.
        credit: Money,
        /// What the first billing period of the new one costs.
        amount: Money,
        /// The day.
        on: Date,
    },
    /// Another product could not take over; nothing changed.
    PlanChangeRefused {
        /// The name of the product.
        to: String,
        /// Why: the code of a refusal.
        reason: String,
    },
    /// What was planned for the renewal was dropped.
    ScheduledChangeCanceled {
        /// What.
        change: ScheduledChange,
        /// The day of the renewal.
        on: Date,
    },
    /// People were told what time is going to do to a subscription.
    SubscriptionReminded {
        /// What.
        reminder: ReminderKind,
        /// The day on which it happens.
        on: Date,
        /// Days until then.
        days: i32,
    },
    /// Whoever has a subscription was told that its product is no longer sold.
    EndOfSaleAnnounced,
    /// Apps and services came into what an organization has of a product; everybody with a license has them.
    ServicesAdded {
        /// Their names.
        services: Vec<String>,
    },
    /// A person got a license.
    LicenseAssigned {
        /// Apps that are switched off.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        disabled_plans: Vec<ServicePlanId>,
    },
    /// A person lost a license.
    LicenseUnassigned,
    /// Apps of a person's license were switched on or off.
    AppsChanged {
        /// Apps that are switched off, before and after.
        disabled_plans: Change<Vec<ServicePlanId>>,
    },
    /// A license moved to another subscription of the product (D1).
    LicenseMoved {
        /// Where it was.
        from: SubscriptionId,
    },
    /// A license is in conflict: its subscription is no longer usable and no other has one free (D1).
    LicenseInConflict,
    /// A price got its next version.
    PricePublished {
        /// What is sold, by its part number.
        part_number: String,
        /// Commitment.
        term: Term,
        /// How often it is charged.
        billing_frequency: BillingFrequency,
        /// Before; `None` for the first version.
        before: Option<Money>,
        /// After.
        after: Money,
    },
    /// A product is no longer sold, or is sold again.
    ProductRetired {
        /// The product.
        name: String,
        /// Whether it is no longer sold.
        retired: bool,
    },
    /// A product stands on another shelf, or its sentences changed.
    ProductDescribed {
        /// The product.
        name: String,
    },
    /// The catalog was loaded from a file.
    CatalogImported {
        /// Products that are new.
        products: u32,
        /// SKUs that are new.
        skus: u32,
        /// Rows that could not be taken.
        refused_rows: u32,
    },
    /// A key for programs was made.
    ApiTokenCreated {
        /// Its name.
        name: String,
        /// What it may be used for.
        scopes: Vec<Scope>,
    },
    /// A key for programs was revoked.
    ApiTokenRevoked {
        /// Its name.
        name: String,
    },
    /// An admin took over what a user bought by self-service; it is over. The person it is about is the buyer.
    SubscriptionTakenOver {
        /// The product to whose licenses people moved; none when they lost access.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        moved_to: Option<String>,
        /// Why it was canceled, when people were not moved.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<CancelReason>,
        /// What else was said.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        feedback: String,
        /// How many people had a license.
        people: u32,
        /// The credit for the unused days; negative.
        amount: Money,
        /// The day.
        on: Date,
    },
    /// A take-over was undone: the buyer has the subscription again.
    SubscriptionTakeOverUndone {
        /// The status that it has again.
        state: SubscriptionState,
        /// How many people have their license again.
        people: u32,
        /// How many have not: they were deleted since then, or have the product from elsewhere.
        skipped: u32,
        /// What came back, charged again.
        amount: Money,
        /// The day.
        on: Date,
    },
    /// The buyer of a self-service subscription was asked to cancel it. The person it is about is the buyer.
    CancellationRequested {
        /// The name of the buyer.
        buyer: String,
    },
    /// Licenses of a product are claimed by people who need it from now on, or no longer.
    AutoClaimChanged {
        /// Whether they are.
        is_on: bool,
        /// The names of the products that stand in for it, in order.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        backups: Vec<String>,
        /// The apps that are off in the licenses that are given.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        disabled_plans: Vec<ServicePlanId>,
    },
    /// People claim licenses at all from now on, or no longer.
    AutoClaimTurned {
        /// Whether they do.
        is_on: bool,
    },
    /// Billing admins assign licenses from now on, or no longer (D22).
    BillingAdminsAssign {
        /// Whether they do.
        is_on: bool,
    },
    /// A person who needed a license got a free one by the policy of the organization.
    LicenseClaimed {
        /// The name of the product that was needed, when this one stands in for it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        instead_of: Option<String>,
        /// The apps that are off.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        disabled_plans: Vec<ServicePlanId>,
    },
    /// Somebody asked for licenses. The person it is about is who asked.
    LicensesRequested {
        /// The name of the product.
        product: String,
        /// How many people are meant.
        people: u32,
    },
    /// An admin decided about a request for licenses. The person it is about is who asked.
    LicenseRequestDecided {
        /// Which.
        request: LicenseRequestId,
        /// The name of the product.
        product: String,
        /// How many people got a license.
        approved: u32,
        /// How many did not.
        rejected: u32,
        /// The name of the product that was given, where it is another one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        given: Option<String>,
        /// The apps of it that are off.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        disabled_plans: Vec<ServicePlanId>,
        /// The names of those who got none.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        declined: Vec<String>,
    },
    /// An admin showed a request for licenses to others. The person it is about is who asked.
    LicenseRequestShared {
        /// Which.
        request: LicenseRequestId,
        /// The name of the product.
        product: String,
        /// With whom.
        with: Vec<UserId>,
        /// What the admin said to them.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        message: String,
    },
    /// What the organization says instead of taking requests for licenses was changed.
    RequestProcessChanged {
        /// The text; empty when requests are taken again.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        text: String,
    },
    /// Whether people may buy something for themselves was decided.
    SelfServicePolicyChanged {
        /// The name of the product, or the code of an offer type; empty for products that come into the catalog later.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        of: String,
        /// Before and after.
        value: Change<SelfServicePolicy>,
    },
    /// Who may buy for the team, and how much, was decided.
    SelfServiceLimitsChanged {
        /// The name of the group or department whose people may buy; empty for everybody.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        buyers: String,
        /// Most licenses of one product for each buyer; none for no limit.
        licenses_max: Change<Option<u32>>,
    },
    /// The operator let the organization sell to others.
    PartnerAppointed {
        /// As what.
        as_kind: OrganizationKind,
    },
    /// A customer and a partner stand otherwise.
    RelationshipChanged {
        /// The name of the partner.
        partner: String,
        /// How they stand.
        state: RelationshipState,
    },
    /// The partner did something at a customer, whose history has it too.
    CustomerServed {
        /// The name of the customer.
        customer: String,
        /// What it did.
        event: Box<Event>,
    },
    /// Somebody looked at another organization as operator.
    OperatorEntered {
        /// The operator's home.
        home: OrganizationId,
    },
}

impl Event {
    /// The stable name of the kind of event, the same as in the stored form.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::OrganizationCreated { .. } => "organization_created",
            Self::OrganizationStateChanged { .. } => "organization_state_changed",
            Self::OrganizationCloudChanged { .. } => "organization_cloud_changed",
            Self::OrganizationBecameSandbox => "organization_became_sandbox",
            Self::ClockMoved { .. } => "clock_moved",
            Self::UserAdded { .. } => "user_added",
            Self::UserChanged { .. } => "user_changed",
            Self::UserBlocked { .. } => "user_blocked",
            Self::RolesChanged { .. } => "roles_changed",
            Self::BillingRoleGiven { .. } => "billing_role_given",
            Self::BillingRoleTaken { .. } => "billing_role_taken",
            Self::PasswordSet => "password_set",
            Self::UserDeleted { .. } => "user_deleted",
            Self::GroupAdded { .. } => "group_added",
            Self::GroupRenamed { .. } => "group_renamed",
            Self::GroupDeleted { .. } => "group_deleted",
            Self::GroupJoined { .. } => "group_joined",
            Self::GroupLeft { .. } => "group_left",
            Self::OrderPlaced { .. } => "order_placed",
            Self::CreditCheckRequested { .. } => "credit_check_requested",
            Self::CreditCheckDecided { .. } => "credit_check_decided",
            Self::OrderPosted { .. } => "order_posted",
            Self::OrderVoided { .. } => "order_voided",
            Self::SubscriptionStarted { .. } => "subscription_started",
            Self::TrialExtended { .. } => "trial_extended",
            Self::SubscriptionScheduled { .. } => "subscription_scheduled",
            Self::ScheduledSubscriptionStarted { .. } => "scheduled_subscription_started",
            Self::TrialBecamePaid { .. } => "trial_became_paid",
            Self::QuantityChanged { .. } => "quantity_changed",
            Self::QuantityScheduled { .. } => "quantity_scheduled",
            Self::BillingFrequencyChanged { .. } => "billing_frequency_changed",
            Self::BillingFrequencyScheduled { .. } => "billing_frequency_scheduled",
            Self::InvoiceIssued { .. } => "invoice_issued",
            Self::InvoicePaid { .. } => "invoice_paid",
            Self::PaymentFailed { .. } => "payment_failed",
            Self::InvoiceReminded { .. } => "invoice_reminded",
            Self::InvoiceDueMoved { .. } => "invoice_due_moved",
            Self::PaymentToConfirm { .. } => "payment_to_confirm",
            Self::InvoiceChargedBack { .. } => "invoice_charged_back",
            Self::RefundOrdered { .. } => "refund_ordered",
            Self::CreditRefunded { .. } => "credit_refunded",
            Self::NotificationsChanged { .. } => "notifications_changed",
            Self::SellerChanged { .. } => "seller_changed",
            Self::ProductKeysCreated { .. } => "product_keys_created",
            Self::ProductKeysExported { .. } => "product_keys_exported",
            Self::ProductKeyBatchRevoked { .. } => "product_key_batch_revoked",
            Self::ProductKeyRevoked { .. } => "product_key_revoked",
            Self::ProductKeysRedeemed { .. } => "product_keys_redeemed",
            Self::ProductKeyGuessing { .. } => "product_key_guessing",
            Self::PaymentMethodAdded { .. } => "payment_method_added",
            Self::PaymentMethodChanged { .. } => "payment_method_changed",
            Self::PaymentMethodReplaced { .. } => "payment_method_replaced",
            Self::PaymentMethodDeleted { .. } => "payment_method_deleted",
            Self::SubscriptionPaymentChanged { .. } => "subscription_payment_changed",
            Self::BillingRulesChanged { .. } => "billing_rules_changed",
            Self::BuyerChanged { .. } => "buyer_changed",
            Self::SegmentChanged { .. } => "segment_changed",
            Self::ProfileCreditKept { .. } => "profile_credit_kept",
            Self::ProfileCreditPaidOut { .. } => "profile_credit_paid_out",
            Self::BillingProfileAdded { .. } => "billing_profile_added",
            Self::BillingProfileChanged { .. } => "billing_profile_changed",
            Self::SubscriptionProfileChanged { .. } => "subscription_profile_changed",
            Self::RecurringBillingChanged { .. } => "recurring_billing_changed",
            Self::SubscriptionCanceled { .. } => "subscription_canceled",
            Self::SubscriptionReactivated { .. } => "subscription_reactivated",
            Self::SubscriptionRenewed { .. } => "subscription_renewed",
            Self::SubscriptionExpired { .. } => "subscription_expired",
            Self::SubscriptionDisabled { .. } => "subscription_disabled",
            Self::SubscriptionDeleted { .. } => "subscription_deleted",
            Self::PlanChangeRequested { .. } => "plan_change_requested",
            Self::PlanChangeScheduled { .. } => "plan_change_scheduled",
            Self::PlanChanged { .. } => "plan_changed",
            Self::PlanChangeRefused { .. } => "plan_change_refused",
            Self::ScheduledChangeCanceled { .. } => "scheduled_change_canceled",
            Self::SubscriptionReminded { .. } => "subscription_reminded",
            Self::EndOfSaleAnnounced => "end_of_sale_announced",
            Self::ServicesAdded { .. } => "services_added",
            Self::LicenseAssigned { .. } => "license_assigned",
            Self::LicenseUnassigned => "license_unassigned",
            Self::AppsChanged { .. } => "apps_changed",
            Self::LicenseMoved { .. } => "license_moved",
            Self::LicenseInConflict => "license_in_conflict",
            Self::PricePublished { .. } => "price_published",
            Self::ProductRetired { .. } => "product_retired",
            Self::ProductDescribed { .. } => "product_described",
            Self::CatalogImported { .. } => "catalog_imported",
            Self::ApiTokenCreated { .. } => "api_token_created",
            Self::ApiTokenRevoked { .. } => "api_token_revoked",
            Self::SubscriptionTakenOver { .. } => "subscription_taken_over",
            Self::SubscriptionTakeOverUndone { .. } => "subscription_take_over_undone",
            Self::CancellationRequested { .. } => "cancellation_requested",
            Self::AutoClaimChanged { .. } => "auto_claim_changed",
            Self::AutoClaimTurned { .. } => "auto_claim_turned",
            Self::BillingAdminsAssign { .. } => "billing_admins_assign",
            Self::LicenseClaimed { .. } => "license_claimed",
            Self::LicensesRequested { .. } => "licenses_requested",
            Self::LicenseRequestShared { .. } => "license_request_shared",
            Self::LicenseRequestDecided { .. } => "license_request_decided",
            Self::RequestProcessChanged { .. } => "request_process_changed",
            Self::SelfServicePolicyChanged { .. } => "self_service_policy_changed",
            Self::SelfServiceLimitsChanged { .. } => "self_service_limits_changed",
            Self::PartnerAppointed { .. } => "partner_appointed",
            Self::RelationshipChanged { .. } => "relationship_changed",
            Self::CustomerServed { .. } => "customer_served",
            Self::OperatorEntered { .. } => "operator_entered",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    /// One stored form of every kind of event, as some version of Zetel wrote it. Lines are added, never changed.
    const GOLDEN: &str = include_str!("../golden/events.jsonl");

    #[test]
    fn every_stored_form_is_still_read_and_written_the_same() {
        for line in GOLDEN.lines() {
            let event: Event = serde_json::from_str(line).unwrap_or_else(|error| panic!("{line}: {error}"));
            assert_eq!(serde_json::to_string(&event).expect("an event is JSON"), line);
            assert!(line.starts_with(&format!("{{\"kind\":\"{}\"", event.kind())), "{line}");
        }
    }

    #[test]
    fn every_kind_has_a_stored_form() {
        let stored: BTreeSet<_> =
            GOLDEN.lines().map(|line| serde_json::from_str::<Event>(line).expect("it is read above").kind()).collect();
        let source = include_str!("event.rs");
        let kinds: BTreeSet<_> = source
            .lines()
            .filter_map(|line| line.trim().strip_prefix("Self::")?.split_once("=> \"")?.1.strip_suffix("\","))
            .collect();
        assert_eq!(stored, kinds);
    }
}
