//! What the operator sees of one organization.

use crate::door::{Look, Query};
use crate::failure::Failure;
use domain::access::permission::OperateOrganizations;
use domain::limits::RENEWAL_ATTENTION_DAYS;
use domain::organization::Organization;
use jiff::Span;
use jiff::civil::Date;
use store::tables::journal::{self, JournalEntry, JournalFilter};
use store::tables::overview::{self, SubscriptionSummary};
use store::tables::subscription::{self, ListedSubscription, SubscriptionFilter, SubscriptionSort};

/// Subscriptions that the page shows.
const SUBSCRIPTIONS_SHOWN: usize = 50;
/// Entries of history that the page shows.
const HISTORY_SHOWN: usize = 20;

/// Asks for the facts of one organization.
#[derive(Debug, Clone, Copy)]
pub struct OrganizationDetails;

/// One organization with its counts.
#[derive(Debug, Clone)]
pub struct OrganizationView {
    /// The organization.
    pub organization: Organization,
    /// Today, by its own clock and zone.
    pub today: Date,
    /// How many people it has.
    pub people: i64,
    /// Its subscriptions, counted.
    pub summary: SubscriptionSummary,
    /// Its subscriptions by name, the first of them.
    pub subscriptions: Vec<ListedSubscription>,
    /// The newest entries of its journal.
    pub history: Vec<JournalEntry>,
}

impl Query for OrganizationDetails {
    type Permission = OperateOrganizations;
    type Outcome = OrganizationView;

    fn run(&self, look: &Look<'_, OperateOrganizations>) -> Result<OrganizationView, Failure> {
        let filter = SubscriptionFilter {
            state: None,
            channel: None,
            search: "",
            holder: None,
            sort: SubscriptionSort::Name,
            descending: false,
        };
        let soon = look.today().saturating_add(Span::new().days(RENEWAL_ATTENTION_DAYS));
        Ok(OrganizationView {
            organization: look.organization().clone(),
            today: look.today(),
            people: overview::people(look.read)?,
            summary: overview::subscriptions(look.read, look.today(), soon)?,
            subscriptions: subscription::list(look.read, &filter, None, SUBSCRIPTIONS_SHOWN)?,
            history: journal::newest(look.read, &JournalFilter::default(), None, HISTORY_SHOWN)?,
        })
    }
}
