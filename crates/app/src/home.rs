//! Home: what needs attention, how licenses are used, what is one's own.

use crate::billing::details::{AccessLoss, access};
use crate::door::{Look, Query};
use crate::failure::Failure;
use crate::history::shown;
use domain::access::Reach;
use domain::access::permission::{OperateOrganizations, ReadHistory, ReadInvoices, ReadOrganization, ReadPrices};
use domain::billing::invoice::InvoiceKind;
use domain::job::JobState;
use domain::limits::RENEWAL_ATTENTION_DAYS;
use domain::money::Money;
use jiff::Span;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use store::tables::credit_check;
use store::tables::invoice::{self, OpenBalance};
use store::tables::journal::{self, JournalEntry, JournalFilter};
use store::tables::overview;
use store::tables::subscription::{self, ListedSubscription, SubscriptionFilter, SubscriptionSort};
use store::tables::{job, organization};

pub use store::tables::overview::{PersonLicense, ProductUsage, SubscriptionSummary, UnusedLicenses};

/// Days that the time line of renewals looks ahead.
pub const TIMELINE_DAYS: i32 = 90;
/// Bars or marks in a picture; the rest is a link away.
pub const PICTURE_ROWS: usize = 12;
/// Open invoices of which Home looks whether access ends.
const OPEN_LOOKED_AT: usize = 100;
/// Entries of the journal that Home shows.
const RECENT_SHOWN: usize = 8;
/// Own licenses that Home shows.
const OWN_LICENSES_SHOWN: usize = 100;

/// Asks for Home of an organization, for one of its people.
#[derive(Debug, Clone, Copy)]
pub struct Home;

/// Home, as it is for the reader.
#[derive(Debug, Clone)]
pub enum HomeView {
    /// For admins and readers: the whole organization.
    Organization(Box<OrganizationHome>),
    /// For everybody else: what is their own.
    Person(PersonHome),
}

/// Home of an admin.
#[derive(Debug, Clone)]
pub struct OrganizationHome {
    /// Today, in the organization's zone.
    pub today: Date,
    /// The organization's zone.
    pub zone: TimeZone,
    /// What is going on among the subscriptions.
    pub summary: SubscriptionSummary,
    /// Licenses that nobody uses; with a cost only for those who may see prices (D23).
    pub unused: Vec<UnusedLicenses>,
    /// Whether the reader may see prices.
    pub with_prices: bool,
    /// The products with the most licenses.
    pub usage: Vec<ProductUsage>,
    /// Subscriptions that renew or end in the next 90 days, the first first.
    pub ending: Vec<ListedSubscription>,
    /// How many people there are.
    pub people: i64,
    /// What is open by currency, for those who may see invoices.
    pub open: Vec<OpenBalance>,
    /// The part of what is overdue that is transferred, by currency: it is reminded, and nothing is disabled (T6).
    pub overdue_transfers: Vec<Money>,
    /// The next day on which people lose access because a card was given up, for those who may see invoices (R167).
    pub access_ends_on: Option<Date>,
    /// Whether people lost access for an invoice that is still open, likewise (T6).
    pub access_ended: bool,
    /// What happened last, for those who may read the history.
    pub recent: Vec<JournalEntry>,
}

/// Home of an ordinary user.
#[derive(Debug, Clone)]
pub struct PersonHome {
    /// Today, in the organization's zone.
    pub today: Date,
    /// The organization's zone.
    pub zone: TimeZone,
    /// What the person holds.
    pub licenses: Vec<PersonLicense>,
    /// What the person bought.
    pub bought: Vec<ListedSubscription>,
}

impl Query for Home {
    type Permission = ReadOrganization;
    type Outcome = HomeView;

    fn run(&self, look: &Look<'_, ReadOrganization>) -> Result<HomeView, Failure> {
        let zone = look.zone().clone();
        let today = look.today();
        if let Some(person) = look.granted.only() {
            let filter = SubscriptionFilter {
                state: None,
                channel: None,
                search: "",
                holder: Some(person),
                sort: SubscriptionSort::Name,
                descending: false,
            };
            let mut bought = subscription::list(look.read, &filter, None, OWN_LICENSES_SHOWN)?;
            // The list also has what belongs to billing profiles that the person looks after.
            bought.retain(|row| row.subscription.holder == Some(person));
            return Ok(HomeView::Person(PersonHome {
                today,
                zone,
                licenses: overview::licenses_of(look.read, person, OWN_LICENSES_SHOWN)?,
                bought,
            }));
        }
        let ahead = |days| today.saturating_add(Span::new().days(days));
        let recent = match look.reach::<ReadHistory>() {
            Reach::All => shown(look, journal::newest(look.read, &JournalFilter::default(), None, RECENT_SHOWN)?),
            Reach::Own | Reach::Nothing => Vec::new(),
        };
        let (open, overdue_transfers) = match look.reach::<ReadInvoices>() {
            Reach::All => {
                (invoice::open_balances(look.read, None, today)?, invoice::overdue_transfers(look.read, today)?)
            }
            Reach::Own | Reach::Nothing => (Vec::new(), Vec::new()),
        };
        let (access_ends_on, access_ended) = if open.is_empty() { (None, false) } else { access_of_all(look)? };
        Ok(HomeView::Organization(Box::new(OrganizationHome {
            access_ends_on,
            access_ended,
            open,
            overdue_transfers,
            today,
            zone,
            summary: overview::subscriptions(look.read, today, ahead(RENEWAL_ATTENTION_DAYS))?,
            unused: overview::unused(look.read)?,
            with_prices: look.reach::<ReadPrices>() == Reach::All,
            usage: overview::usage(look.read, PICTURE_ROWS)?,
            ending: subscription::ending(look.read, today, ahead(TIMELINE_DAYS), PICTURE_ROWS)?,
            people: overview::people(look.read)?,
            recent,
        })))
    }
}

/// The next day on which people lose access for an open invoice, and whether they have lost it for one.
fn access_of_all(look: &Look<'_, ReadOrganization>) -> Result<(Option<Date>, bool), Failure> {
    let (mut ends_on, mut ended) = (None, false);
    for open in invoice::unsettled_of_kind(look.read, InvoiceKind::Invoice, OPEN_LOOKED_AT)? {
        match access(look.read, &open, look.today(), look.zone())? {
            Some(AccessLoss::EndsOn(day)) => ends_on = ends_on.into_iter().chain([day]).min(),
            Some(AccessLoss::Ended) => ended = true,
            None => {}
        }
    }
    Ok((ends_on, ended))
}

/// Asks for the operator's Home, about the operator's own organization.
#[derive(Debug, Clone, Copy)]
pub struct OperatorHome;

/// What the operator counts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct OperatorHomeView {
    /// Organizations, the operator's own included.
    pub organizations: i64,
    /// Products of the catalog.
    pub products: i64,
    /// Orders that wait for a credit check.
    pub credit_checks: i64,
    /// Work that waits.
    pub jobs_waiting: i64,
    /// Work that runs.
    pub jobs_running: i64,
    /// Work that failed too often.
    pub jobs_parked: i64,
}

impl Query for OperatorHome {
    type Permission = OperateOrganizations;
    type Outcome = OperatorHomeView;

    fn run(&self, look: &Look<'_, OperateOrganizations>) -> Result<OperatorHomeView, Failure> {
        let jobs = job::counts(look.read)?;
        let count = |state| jobs.iter().find(|(of, _)| *of == state).map_or(0, |(_, count)| *count);
        Ok(OperatorHomeView {
            organizations: organization::count(look.read)?,
            products: overview::products(look.read)?,
            credit_checks: credit_check::count_pending(look.read)?,
            jobs_waiting: count(JobState::Waiting),
            jobs_running: count(JobState::Running),
            jobs_parked: count(JobState::Parked),
        })
    }
}
