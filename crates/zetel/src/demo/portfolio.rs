//! What the demo organization has bought: a subscription for every state and every channel (domain 1.1, 1.4).

use domain::catalog::{BillingFrequency, Term};
use domain::subscription::{Channel, CreditCheck, SubscriptionState};

/// A subscription of the demo.
pub struct DemoSubscription {
    /// Part number of the product's central SKU.
    pub product: &'static str,
    /// Part number of the product to whose subscription it belongs as an add-on.
    pub base: Option<&'static str>,
    /// How it was bought.
    pub channel: Channel,
    /// Its place in life.
    pub state: SubscriptionState,
    /// Licenses bought.
    pub quantity: u32,
    /// Licenses in use.
    pub assigned: u32,
    /// Months since it began.
    pub months_old: i32,
    /// Days until it renews or expires; negative when that day is past.
    pub ends_in_days: i32,
    /// Commitment.
    pub term: Term,
    /// How often it is charged.
    pub billing_frequency: BillingFrequency,
    /// Whether it renews by itself.
    pub recurring_billing: bool,
    /// Its credit check.
    pub credit_check: Option<CreditCheck>,
    /// The partner that sold it, with its address.
    pub partner: Option<(&'static str, &'static str)>,
    /// Position of the person who bought it by self-service.
    pub buyer: Option<usize>,
    /// What happened to it later, and how many days ago.
    pub later: Option<(i32, Later)>,
    /// How its last invoice was paid.
    pub pays: Pays,
}

/// What happened to a subscription later.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Later {
    /// So many of its licenses were added.
    Adds(u32),
    /// It was canceled.
    IsCanceled,
    /// Another card pays from then on, which the bank declines.
    CardFails,
}

/// How an invoice is paid.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub enum Pays {
    /// All of it.
    #[default]
    OnTime,
    /// The first half.
    InPart,
}

impl DemoSubscription {
    /// Whether its billing periods were invoiced: bought here, and not with a key that was paid for elsewhere.
    pub fn is_invoiced(&self) -> bool {
        matches!(self.channel, Channel::Direct | Channel::DirectInvoice | Channel::SelfService)
            && self.state != SubscriptionState::Pending
    }
}

/// An ordinary one: bought by card for a year, charged monthly, renewing by itself.
const ORDINARY: DemoSubscription = DemoSubscription {
    product: "",
    base: None,
    channel: Channel::Direct,
    state: SubscriptionState::Active,
    quantity: 0,
    assigned: 0,
    months_old: 8,
    ends_in_days: 120,
    term: Term::Annual,
    billing_frequency: BillingFrequency::Monthly,
    recurring_billing: true,
    credit_check: None,
    partner: None,
    buyer: None,
    later: None,
    pays: Pays::OnTime,
};

/// The position of the persona who buys by self-service.
pub const BUYER: usize = 5;

/// The subscriptions. No two central ones of a product together give more licenses than there are people.
pub const SUBSCRIPTIONS: &[DemoSubscription] = &[
    DemoSubscription {
        product: "SPE_E3",
        quantity: 1_200,
        assigned: 1_130,
        months_old: 22,
        ends_in_days: 41,
        ..ORDINARY
    },
    DemoSubscription {
        product: "SPE_E3",
        quantity: 60,
        assigned: 24,
        months_old: 3,
        ends_in_days: 285,
        later: Some((24, Later::CardFails)),
        ..ORDINARY
    },
    // It began with its base, and ends with it.
    DemoSubscription {
        product: "MCOMEETADV",
        base: Some("SPE_E3"),
        quantity: 300,
        assigned: 240,
        months_old: 22,
        ends_in_days: 41,
        ..ORDINARY
    },
    DemoSubscription { product: "SPE_E5", quantity: 250, assigned: 250, months_old: 15, ends_in_days: 85, ..ORDINARY },
    DemoSubscription {
        product: "SPE_F1",
        quantity: 420,
        assigned: 388,
        ends_in_days: 18,
        later: Some((50, Later::Adds(20))),
        ..ORDINARY
    },
    DemoSubscription {
        product: "SPB",
        channel: Channel::DirectInvoice,
        state: SubscriptionState::Pending,
        quantity: 100,
        months_old: 0,
        ends_in_days: 365,
        credit_check: Some(CreditCheck::Pending),
        ..ORDINARY
    },
    DemoSubscription {
        product: "AAD_PREMIUM_P2",
        channel: Channel::DirectInvoice,
        quantity: 400,
        assigned: 310,
        ends_in_days: 9,
        billing_frequency: BillingFrequency::Yearly,
        credit_check: Some(CreditCheck::Passed),
        ..ORDINARY
    },
    DemoSubscription {
        product: "VISIOCLIENT",
        channel: Channel::ProductKey,
        quantity: 50,
        assigned: 38,
        ends_in_days: 74,
        recurring_billing: false,
        ..ORDINARY
    },
    DemoSubscription {
        product: "PROJECTPROFESSIONAL",
        channel: Channel::VolumePartner,
        quantity: 120,
        assigned: 96,
        ends_in_days: 200,
        partner: Some(("Polder Licensing", "licenties@polder-licensing.example")),
        ..ORDINARY
    },
    DemoSubscription {
        product: "Microsoft_Teams_Premium",
        channel: Channel::Reseller,
        quantity: 200,
        assigned: 143,
        ends_in_days: 26,
        partner: Some(("Noordzee Cloud", "support@noordzee-cloud.example")),
        ..ORDINARY
    },
    DemoSubscription {
        product: "Microsoft_365_Copilot",
        channel: Channel::Trial,
        quantity: 25,
        assigned: 17,
        months_old: 0,
        ends_in_days: 12,
        term: Term::Monthly,
        recurring_billing: false,
        ..ORDINARY
    },
    DemoSubscription {
        product: "POWER_BI_PRO",
        channel: Channel::SelfService,
        quantity: 8,
        assigned: 5,
        months_old: 4,
        ends_in_days: 13,
        term: Term::Monthly,
        buyer: Some(BUYER),
        ..ORDINARY
    },
    DemoSubscription {
        product: "PROJECT_P1",
        channel: Channel::SelfService,
        quantity: 3,
        assigned: 3,
        months_old: 6,
        ends_in_days: 22,
        term: Term::Monthly,
        buyer: Some(37),
        ..ORDINARY
    },
    DemoSubscription {
        product: "POWER_BI_PRO",
        channel: Channel::DirectInvoice,
        quantity: 90,
        assigned: 61,
        ends_in_days: 160,
        pays: Pays::InPart,
        ..ORDINARY
    },
    DemoSubscription {
        product: "POWERAPPS_PER_USER",
        state: SubscriptionState::Expired,
        quantity: 30,
        assigned: 21,
        months_old: 12,
        ends_in_days: -15,
        recurring_billing: false,
        ..ORDINARY
    },
    DemoSubscription {
        product: "VISIOONLINE_PLAN1",
        state: SubscriptionState::Disabled,
        quantity: 20,
        months_old: 14,
        ends_in_days: -48,
        recurring_billing: false,
        ..ORDINARY
    },
    DemoSubscription {
        product: "WIN_DEF_ATP",
        state: SubscriptionState::Disabled,
        quantity: 60,
        ends_in_days: 130,
        later: Some((45, Later::IsCanceled)),
        ..ORDINARY
    },
    DemoSubscription { product: "DYN365_SALES_PREMIUM", quantity: 45, assigned: 44, ends_in_days: 60, ..ORDINARY },
    DemoSubscription {
        product: "FLOW_PER_USER",
        state: SubscriptionState::Deleted,
        quantity: 15,
        months_old: 20,
        ends_in_days: -240,
        recurring_billing: false,
        ..ORDINARY
    },
];

/// How many people of the disabled subscription could not be moved elsewhere: they are in conflict (D1).
pub const IN_CONFLICT: (&str, u32) = ("VISIOONLINE_PLAN1", 4);
