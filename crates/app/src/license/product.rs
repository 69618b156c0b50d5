//! The licenses of one product: its subscriptions, who holds it, what is in conflict (R111, R173, domain 2.6).

use super::subscriptions_of_listed;
use crate::door::{Look, Query};
use crate::failure::Failure;
use crate::history::shown;
use domain::access::Reach;
use domain::access::permission::{AssignLicenses, ReadHistory, ReadLicenses, SetUsageLocation};
use domain::catalog::ServicePlan;
use domain::ids::{ProductId, ServicePlanId, SubscriptionId, UserId};
use domain::license::assign::offer_of_product;
use domain::license::{Assignment, conflict_ends};
use domain::organization::Cloud;
use domain::refusal::Refusal;
use domain::subscription::{Offer, Subscription};
use domain::user::fold;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use store::tables::assignment_list::{self, HolderFilter};
use store::tables::journal::{self, HistoryOf, JournalEntry};
use store::tables::subscription::{self, ListedSubscription};
use store::tables::{catalog, user};

pub use store::tables::assignment_list::{Choosable, Holder};

/// Entries of history that the page shows; the rest is a link away.
const HISTORY_SHOWN: usize = 10;

/// Subscriptions of users that the page shows, and people of each; the rest is a link away.
const BUYERS_SHOWN: usize = 50;
const PEOPLE_OF_BUYER_SHOWN: usize = 20;

/// Conflicts that the page shows.
const CONFLICTS_SHOWN: usize = 50;

/// Asks for a product with its subscriptions and apps, as every page about its licenses needs it.
#[derive(Debug, Clone, Copy)]
pub struct ProductOverview(pub ProductId);

/// A product with its subscriptions and apps.
#[derive(Debug, Clone)]
pub struct OverviewOfProduct {
    /// The product.
    pub product_id: ProductId,
    /// Its name.
    pub name: String,
    /// Its subscriptions that are not deleted; only own ones for those who see no others (D27).
    pub subscriptions: Vec<ListedSubscription>,
    /// Its apps.
    pub plans: Vec<ServicePlan>,
    /// Whether a license can be assigned now.
    pub assign: Offer,
    /// Whether the reader may set the usage location of people.
    pub may_set_location: bool,
    /// Today, in the organization's zone.
    pub today: Date,
    /// The organization's zone.
    pub zone: TimeZone,
    /// The organization's cloud.
    pub cloud: Cloud,
}

impl OverviewOfProduct {
    /// Licenses of the subscriptions that can be assigned.
    #[must_use]
    pub fn quantity(&self) -> u32 {
        self.assignable().map(|subscription| subscription.quantity).sum()
    }

    /// Those of them that are in use.
    #[must_use]
    pub fn assigned(&self) -> u32 {
        self.assignable().map(|subscription| subscription.assigned).sum()
    }

    /// Those of them that are free.
    #[must_use]
    pub fn available(&self) -> u32 {
        self.quantity() - self.assigned()
    }

    /// People whose license is in conflict.
    #[must_use]
    pub fn conflicts(&self) -> u32 {
        self.subscriptions.iter().map(|listed| listed.subscription.conflicts).sum()
    }

    /// Those of them who had it of the organization: they move to its licenses as soon as some are free (D1).
    #[must_use]
    pub fn central_conflicts(&self) -> u32 {
        let central = self.subscriptions.iter().filter(|listed| listed.subscription.holder.is_none());
        central.map(|listed| listed.subscription.conflicts).sum()
    }

    /// The day before which the conflict of a license has to be solved.
    #[must_use]
    pub fn conflict_ends(&self, license: &Assignment) -> Option<Date> {
        let since = license.conflict_since?.to_zoned(self.zone.clone()).date();
        let of = self.subscriptions.iter().find(|listed| listed.subscription.id == license.subscription_id)?;
        Some(conflict_ends(since, &of.subscription, self.cloud))
    }

    fn assignable(&self) -> impl Iterator<Item = &Subscription> {
        let all = self.subscriptions.iter().map(|listed| &listed.subscription);
        all.filter(|subscription| subscription.state.is_assignable())
    }
}

impl Query for ProductOverview {
    type Permission = ReadLicenses;
    type Outcome = OverviewOfProduct;

    fn run(&self, look: &Look<'_, ReadLicenses>) -> Result<OverviewOfProduct, Failure> {
        overview(look, self.0)
    }
}

fn overview(look: &Look<'_, ReadLicenses>, product_id: ProductId) -> Result<OverviewOfProduct, Failure> {
    let listed = subscription::of_product(look.read, product_id)?;
    let subscriptions = subscriptions_of_listed(listed, look.granted.only());
    let name = subscriptions.first().ok_or(Refusal::NotFound)?.product_name.clone();
    let plain: Vec<_> = subscriptions.iter().map(|listed| listed.subscription.clone()).collect();
    Ok(OverviewOfProduct {
        product_id,
        name,
        assign: offer_of_product(&plain, look.granted.actor(), look.reach::<AssignLicenses>()),
        may_set_location: look.reach::<SetUsageLocation>() == Reach::All,
        subscriptions,
        plans: catalog::plans_of_product(look.read, product_id)?,
        today: look.today(),
        zone: TimeZone::get(&look.organization().time_zone).map_err(Failure::internal)?,
        cloud: look.organization().cloud,
    })
}

/// Which holders of a product, from where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holders {
    /// Of what.
    pub product_id: ProductId,
    /// Only from this subscription.
    pub subscription_id: Option<SubscriptionId>,
    /// Only people with words that begin with those typed.
    pub search: String,
    /// The last one of the page before.
    pub after: Option<UserId>,
    /// How many at most.
    pub limit: usize,
}

/// A page of holders.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HolderPage {
    /// The rows, by name.
    pub rows: Vec<Holder>,
    /// The last row, when there are more after it.
    pub next: Option<UserId>,
}

impl Query for Holders {
    type Permission = ReadLicenses;
    type Outcome = HolderPage;

    fn run(&self, look: &Look<'_, ReadLicenses>) -> Result<HolderPage, Failure> {
        let filter = HolderFilter {
            product: self.product_id,
            subscription: self.subscription_id,
            holder: look.granted.only(),
            search: &self.search,
        };
        let after = match self.after {
            Some(id) => user::find(look.read, id)?.map(|user| (fold(&user.display_name), id)),
            None => None,
        };
        let after = after.as_ref().map(|(name, id)| (name.as_str(), *id));
        let mut rows = assignment_list::holders(look.read, filter, after, self.limit + 1)?;
        let has_more = rows.len() > self.limit;
        rows.truncate(self.limit);
        let next = if has_more { rows.last().map(|row| row.license.user_id) } else { None };
        Ok(HolderPage { rows, next })
    }
}

/// Asks for everything that the page of a product shows.
#[derive(Debug, Clone)]
pub struct ProductLicenses {
    /// Which holders it lists.
    pub holders: Holders,
    /// Whether it lists them under the names of the users who bought for them instead (R113).
    pub by_buyer: bool,
}

/// Everything that the page of a product shows.
#[derive(Debug, Clone)]
pub struct LicensesOfProduct {
    /// The product, its subscriptions and apps.
    pub overview: OverviewOfProduct,
    /// Who holds it; nobody when they are listed by buyer.
    pub holders: HolderPage,
    /// The first people of each subscription that a user bought, by the name of the buyer; only when asked for.
    pub by_buyer: Vec<(SubscriptionId, HolderPage)>,
    /// Whose license is in conflict, the longest first.
    pub conflicts: Vec<Holder>,
    /// The newest entries of its history; none for those who may not see it.
    pub history: Vec<JournalEntry>,
}

impl Query for ProductLicenses {
    type Permission = ReadLicenses;
    type Outcome = LicensesOfProduct;

    fn run(&self, look: &Look<'_, ReadLicenses>) -> Result<LicensesOfProduct, Failure> {
        let product = self.holders.product_id;
        let overview = overview(look, product)?;
        let conflicts = if overview.conflicts() == 0 {
            Vec::new()
        } else {
            assignment_list::conflicts(look.read, product, look.granted.only(), CONFLICTS_SHOWN)?
        };
        let history = match look.reach::<ReadHistory>() {
            Reach::All => shown(look, journal::history(look.read, HistoryOf::Product(product), None, HISTORY_SHOWN)?),
            Reach::Own | Reach::Nothing => Vec::new(),
        };
        let (holders, by_buyer) = match self.by_buyer {
            true => (HolderPage { rows: Vec::new(), next: None }, by_buyer(look, &overview, &self.holders)?),
            false => (self.holders.run(look)?, Vec::new()),
        };
        Ok(LicensesOfProduct { overview, holders, by_buyer, conflicts, history })
    }
}

fn by_buyer(
    look: &Look<'_, ReadLicenses>,
    overview: &OverviewOfProduct,
    asked: &Holders,
) -> Result<Vec<(SubscriptionId, HolderPage)>, Failure> {
    let mut bought: Vec<_> = overview.subscriptions.iter().filter(|listed| listed.holder_name.is_some()).collect();
    bought.sort_by_cached_key(|listed| (fold(listed.holder_name.as_deref().unwrap_or("")), listed.subscription.id));
    let people_of = |listed: &ListedSubscription| {
        let subscription_id = Some(listed.subscription.id);
        let asked = Holders { subscription_id, after: None, limit: PEOPLE_OF_BUYER_SHOWN, ..asked.clone() };
        Ok((listed.subscription.id, asked.run(look)?))
    };
    bought.into_iter().take(BUYERS_SHOWN).map(people_of).collect()
}

/// Asks for the license of one person, for the pane that changes its apps.
#[derive(Debug, Clone, Copy)]
pub struct LicenseDetails {
    /// Of what.
    pub product_id: ProductId,
    /// Whose.
    pub user_id: UserId,
}

/// The license of one person.
#[derive(Debug, Clone)]
pub struct LicenseView {
    /// The product with its apps.
    pub overview: OverviewOfProduct,
    /// The name of the person.
    pub display_name: String,
    /// Apps that are off.
    pub disabled_plans: Vec<ServicePlanId>,
}

impl Query for LicenseDetails {
    type Permission = ReadLicenses;
    type Outcome = LicenseView;

    fn run(&self, look: &Look<'_, ReadLicenses>) -> Result<LicenseView, Failure> {
        let overview = overview(look, self.product_id)?;
        let (person, held, _) = super::license_of(look.read, self.product_id, self.user_id, look.granted.only())?;
        Ok(LicenseView { overview, display_name: person.display_name, disabled_plans: held.disabled_plans })
    }
}
