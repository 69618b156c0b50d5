//! Who may do what: roles, permissions and the matrix between them (domain 6, D7, D22, D23, R171).

pub mod billing_role;
mod matrix;

pub use billing_role::{BillingGrant, BillingRole};
pub use matrix::{reach, reach_in_profile, reaches_a_profile};

use crate::codes::coded;
use crate::ids::{ApiTokenId, OrganizationId, UserId};
use serde::{Deserialize, Serialize};

coded! {
    /// A role that an administrator gives to a person. Everyone without one is an ordinary user.
    pub enum Role {
        /// Everything in the organization.
        GlobalAdmin = "global_admin",
        /// Purchases, subscriptions and money; assigns no licenses unless the organization lets it (D22).
        BillingAdmin = "billing_admin",
        /// Assigns and unassigns licenses; buys nothing.
        LicenseAdmin = "license_admin",
        /// Keeps people and groups and assigns licenses; buys nothing.
        UserAdmin = "user_admin",
        /// Sees what a global admin sees, changes nothing.
        GlobalReader = "global_reader",
        /// Runs Zetel; given only in the operator's own organization.
        Operator = "operator",
    }
}

/// How far a permission reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reach {
    /// Not at all.
    Nothing,
    /// Only what the person bought by self-service, is about the person, or belongs to a billing profile for which the
    /// person has a billing role ([`reach_in_profile`]).
    Own,
    /// The whole organization.
    All,
}

macro_rules! permissions {
    ($($(#[$documentation:meta])* $name:ident = $code:literal;)+) => {
        coded! {
            /// Something that a person or program may do.
            pub enum Permission { $($(#[$documentation])* $name = $code,)+ }
        }

        /// Each permission as a type, so that proof of one is not proof of another.
        pub mod permission {
            /// A permission that a function can ask proof of.
            pub trait Granting: Send + Sync + 'static {
                /// The permission.
                const PERMISSION: super::Permission;
            }
            $(
                $(#[$documentation])*
                #[derive(Debug, Clone, Copy)]
                pub struct $name;
                impl Granting for $name {
                    const PERMISSION: super::Permission = super::Permission::$name;
                }
            )+
        }
    };
}

permissions! {
    /// Home of the organization: what needs attention.
    ReadOrganization = "read_organization";
    /// The list of people and their pages; `Own`: one's own page.
    ReadUsers = "read_users";
    /// Add, change and delete people.
    ManageUsers = "manage_users";
    /// Give and take roles.
    ManageRoles = "manage_roles";
    /// Set the country in which a person uses the services.
    SetUsageLocation = "set_usage_location";
    /// Your products and subscription details.
    ReadSubscriptions = "read_subscriptions";
    /// What subscriptions cost; without it the pages leave prices out (D23).
    ReadPrices = "read_prices";
    /// Invoices, payments and the open balance; `Own`: those of what one bought by self-service.
    ReadInvoices = "read_invoices";
    /// Pay an invoice, and choose what pays.
    PayInvoices = "pay_invoices";
    /// Put cards and bank accounts on file, and take them off; `Own`: one's own.
    ManagePaymentMethods = "manage_payment_methods";
    /// Add and edit billing profiles, and move subscriptions between them.
    ManageBillingProfiles = "manage_billing_profiles";
    /// Give and take billing roles; `Own`: become owner of the billing account, or those of one's own profiles.
    ManageBillingRoles = "manage_billing_roles";
    /// Buy a subscription; `Own`: for oneself and one's team, where the policy allows it.
    BuySubscription = "buy_subscription";
    /// Change the number of licenses.
    ManageQuantity = "manage_quantity";
    /// Redeem product keys.
    RedeemProductKeys = "redeem_product_keys";
    /// Recurring billing, canceling and reactivating.
    ManageSubscription = "manage_subscription";
    /// Delete a disabled subscription.
    DeleteSubscription = "delete_subscription";
    /// Delete what a user signed up for at no cost.
    DeleteFreeSubscription = "delete_free_subscription";
    /// Whether people may buy for themselves, product by product.
    ReadSelfServicePolicy = "read_self_service_policy";
    /// Decide whether they may.
    ManageSelfServicePolicy = "manage_self_service_policy";
    /// Take over what a person bought by self-service: move its users, or cancel it.
    TakeOver = "take_over";
    /// The Licenses page and who has what.
    ReadLicenses = "read_licenses";
    /// Give licenses to people and take them back.
    AssignLicenses = "assign_licenses";
    /// Decide which licenses people claim by themselves, and see who did.
    ManageAutoClaim = "manage_auto_claim";
    /// Decide whether Billing admins assign licenses (D22).
    ManageAssigners = "manage_assigners";
    /// History of things and the audit page.
    ReadHistory = "read_history";
    /// How background work stands; `Own`: what one started.
    ReadJobs = "read_jobs";
    /// The keys of programs: what they are for and who made them, never what they are.
    ReadApiTokens = "read_api_tokens";
    /// Make and revoke keys for programs.
    ManageApiTokens = "manage_api_tokens";
    /// Let the time of a sandbox pass (D30).
    MoveClock = "move_clock";
    /// Who gets mails of the organization, and how.
    ReadNotifications = "read_notifications";
    /// Choose the language of mails, and whether a PDF goes with them.
    ManageNotifications = "manage_notifications";
    /// Choose which further addresses get mails.
    ManageRecipients = "manage_recipients";
    /// Which partners serve the organization, and which ask to.
    ReadPartners = "read_partners";
    /// Let partners in and end it.
    ManagePartners = "manage_partners";
    /// See one's customers as a partner, and what was sold to them, and keep it.
    ManageCustomers = "manage_customers";
    /// See and change organizations: operators only.
    OperateOrganizations = "operate_organizations";
    /// Change the catalog and its prices: operators only.
    OperateCatalog = "operate_catalog";
    /// Record what customers transfer, give money back, see the books: operators only.
    OperateBilling = "operate_billing";
    /// Make product keys, export and revoke them: operators only.
    OperateProductKeys = "operate_product_keys";
    /// See background work and resume what is parked: operators only.
    OperateJobs = "operate_jobs";
}

coded! {
    /// What a program's key may be used for.
    pub enum Scope {
        /// See subscriptions, products and orders.
        SubscriptionsRead = "subscriptions:read",
        /// Buy, and change the number of licenses.
        SubscriptionsWrite = "subscriptions:write",
        /// See who has which license.
        LicensesRead = "licenses:read",
        /// Assign and unassign licenses.
        LicensesWrite = "licenses:write",
        /// See people.
        UsersRead = "users:read",
        /// Add, change and delete people.
        UsersWrite = "users:write",
        /// See invoices and payments.
        BillingRead = "billing:read",
        /// Pay invoices, and keep what pays and where invoices go.
        BillingWrite = "billing:write",
        /// See customers as a partner, sell to them, and keep what was sold.
        CustomersWrite = "customers:write",
        /// Move the clock of a sandbox.
        ClockWrite = "clock:write",
        /// Read the journal.
        HistoryRead = "history:read",
        /// Watch bill runs, start dry runs and pay credit back, in every organization: for keys of the operator.
        OperateBilling = "operate:billing",
        /// Change the cloud of organizations: for keys of the operator.
        OperateOrganizations = "operate:organizations",
    }
}

impl Scope {
    /// The permissions that the scope gives.
    #[must_use]
    pub const fn permissions(self) -> &'static [Permission] {
        match self {
            Self::SubscriptionsRead => &[
                Permission::ReadSubscriptions,
                Permission::ReadPrices,
                Permission::ReadOrganization,
                Permission::ReadJobs,
                Permission::ReadSelfServicePolicy,
            ],
            Self::SubscriptionsWrite => &[
                Permission::BuySubscription,
                Permission::ManageQuantity,
                Permission::RedeemProductKeys,
                Permission::ManageSubscription,
                Permission::DeleteSubscription,
                Permission::DeleteFreeSubscription,
                Permission::ReadSelfServicePolicy,
                Permission::ManageSelfServicePolicy,
                Permission::TakeOver,
            ],
            Self::LicensesRead => &[Permission::ReadLicenses],
            Self::LicensesWrite => &[
                Permission::AssignLicenses,
                Permission::ManageAutoClaim,
                Permission::ManageAssigners,
                Permission::ReadJobs,
            ],
            Self::UsersRead => &[Permission::ReadUsers],
            Self::UsersWrite => &[Permission::ManageUsers, Permission::SetUsageLocation, Permission::ReadJobs],
            Self::BillingRead => &[Permission::ReadInvoices, Permission::ReadNotifications],
            Self::BillingWrite => &[
                Permission::PayInvoices,
                Permission::ManagePaymentMethods,
                Permission::ManageBillingProfiles,
                Permission::ReadNotifications,
                Permission::ManageNotifications,
                Permission::ManageRecipients,
            ],
            Self::CustomersWrite => &[Permission::ManageCustomers],
            Self::ClockWrite => &[Permission::MoveClock, Permission::ReadJobs],
            Self::HistoryRead => &[Permission::ReadHistory],
            Self::OperateBilling => &[Permission::OperateBilling],
            Self::OperateOrganizations => &[Permission::OperateOrganizations],
        }
    }

    /// Whether only keys of the operator's own organization may have it: it reaches every organization.
    #[must_use]
    pub const fn is_of_operator(self) -> bool {
        matches!(self, Self::OperateBilling | Self::OperateOrganizations)
    }
}

/// Who acts: a person at a page, a program with a key, or Zetel itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Principal {
    /// A signed-in person.
    User(UserId),
    /// A program, with the person who made its key.
    Token(ApiTokenId),
    /// Background work and the command line of the machine that runs Zetel.
    System,
}

/// Who acts, in which organization they are at home, and what was given to them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Actor {
    /// Person, program or Zetel itself.
    pub principal: Principal,
    /// Where the actor is at home; `None` only for [`Principal::System`].
    pub home: Option<OrganizationId>,
    /// The name that the journal shows.
    pub name: String,
    /// Roles of a person; none for a program.
    pub roles: Vec<Role>,
    /// Billing roles of a person that have effect: under MCA.
    #[serde(default)]
    pub billing_roles: Vec<BillingGrant>,
    /// Whether the organization lets its Billing admins assign licenses (D22).
    #[serde(default)]
    pub billing_admins_assign: bool,
    /// Scopes of a program's key; none for a person.
    pub scopes: Vec<Scope>,
}

impl Actor {
    /// Zetel itself: background work and the operator's command line.
    #[must_use]
    pub fn system() -> Self {
        Self {
            principal: Principal::System,
            home: None,
            name: "Zetel".to_owned(),
            roles: Vec::new(),
            billing_roles: Vec::new(),
            billing_admins_assign: false,
            scopes: Vec::new(),
        }
    }

    /// The person, when the actor is one.
    #[must_use]
    pub const fn user(&self) -> Option<UserId> {
        match self.principal {
            Principal::User(user) => Some(user),
            Principal::Token(_) | Principal::System => None,
        }
    }

    /// Whether the person, or whose key it is, runs this Zetel.
    #[must_use]
    pub fn is_operator(&self) -> bool {
        self.roles.contains(&Role::Operator) || self.scopes.iter().any(|scope| scope.is_of_operator())
    }
}
