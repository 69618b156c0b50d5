//! What the auditor knows: an organization in memory, with rules written a second time from the text of the domain, in
//! the plainest way. It keeps no counters: it counts.

use domain::access::Role;
use domain::ids::{ProductId, ServicePlanId, SubscriptionId, UserId};
use domain::refusal::Refusal;
use domain::subscription::{Channel, ClosedReason, SubscriptionState};
use jiff::civil::Date;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// What is asked of Zetel. People and subscriptions are named by their identifiers, products by their position.
#[derive(Debug, Clone)]
pub enum Request {
    Assign { product: usize, subscription: Option<SubscriptionId>, users: Vec<UserId>, off: Vec<ServicePlanId> },
    Unassign { product: usize, users: Vec<UserId> },
    ChangeApps { product: usize, user: UserId, off: Vec<ServicePlanId> },
    ChangeQuantity { subscription: SubscriptionId, total: u32, expected_revision: Option<i64> },
    Suspend(bool),
}

/// What Zetel answers when it does not refuse.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    Assigned(Vec<(UserId, SubscriptionId)>),
    Unassigned(usize),
    AppsChanged(String),
    QuantityChanged { from: u32, to: u32 },
    StateChanged,
}

/// Who asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asker {
    /// A person of the organization, with a role or without one.
    Person(UserId, Option<Role>),
    /// A global admin of another organization.
    Stranger,
    /// A person who runs Zetel.
    Operator,
    /// A program that may write licenses and nothing else.
    LicenseProgram,
    /// A program that may write subscriptions and nothing else.
    SubscriptionProgram,
}

/// How far somebody may go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum May {
    Everything,
    OnlyOwn(UserId),
}

#[derive(Debug, Clone)]
pub struct Person {
    pub name: String,
    pub has_usage_location: bool,
    /// By the position of the product.
    pub held: BTreeMap<usize, License>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct License {
    pub subscription: SubscriptionId,
    pub off: Vec<ServicePlanId>,
}

#[derive(Debug, Clone)]
pub struct Bought {
    pub product: usize,
    pub channel: Channel,
    pub state: SubscriptionState,
    pub credit_check_is_pending: bool,
    pub holder: Option<UserId>,
    pub quantity: u32,
    pub quantity_max: u32,
    pub started_on: Date,
    pub ends_on: Date,
    pub revision: i64,
}

#[derive(Debug, Clone)]
pub struct Product {
    pub id: ProductId,
    pub plans: Vec<ServicePlanId>,
}

/// The organization as it must be.
#[derive(Debug, Clone, Default)]
pub struct Model {
    pub is_suspended: bool,
    pub products: Vec<Product>,
    pub people: BTreeMap<UserId, Person>,
    pub subscriptions: BTreeMap<SubscriptionId, Bought>,
    /// Entries that the journal must have.
    pub entries: i64,
    /// Orders that must be there.
    pub orders: i64,
}

impl Model {
    /// Foresees the answer, and becomes what the organization is afterwards.
    pub fn foresee(&mut self, asker: Asker, request: &Request) -> Result<Outcome, Refusal> {
        let may = may(asker, request)?;
        if self.is_suspended && asker != Asker::Operator {
            return Err(Refusal::OrganizationSuspended);
        }
        match request {
            Request::Assign { product, subscription, users, off } => {
                self.assign(asker, may, *product, *subscription, users, off)
            }
            Request::Unassign { product, users } => self.unassign(asker, may, *product, users),
            Request::ChangeApps { product, user, off } => self.change_apps(asker, may, *product, *user, off),
            Request::ChangeQuantity { subscription, total, expected_revision } => {
                self.change_quantity(asker, may, *subscription, *total, *expected_revision)
            }
            Request::Suspend(suspend) if *suspend == self.is_suspended => Err(Refusal::NothingToChange),
            Request::Suspend(suspend) => {
                self.is_suspended = *suspend;
                self.entries += 1;
                Ok(Outcome::StateChanged)
            }
        }
    }

    /// Licenses of a subscription that people have.
    pub fn assigned(&self, subscription: SubscriptionId) -> u32 {
        let licenses = self.people.values().flat_map(|person| person.held.values());
        licenses.filter(|license| license.subscription == subscription).count() as u32
    }

    fn assign(
        &mut self,
        asker: Asker,
        may: May,
        product: usize,
        named: Option<SubscriptionId>,
        users: &[UserId],
        off: &[ServicePlanId],
    ) -> Result<Outcome, Refusal> {
        let users = self.chosen(users)?;
        let off = sorted(off);
        if !off.is_empty() {
            self.check_apps(product, &off)?;
        }
        let mut candidates = self.of_product(product, may);
        candidates.retain(|(id, _)| named.is_none_or(|named| named == *id));
        if candidates.is_empty() {
            return Err(Refusal::NotFound);
        }
        if let Some(person) = users.iter().map(|user| &self.people[user]).find(|one| one.held.contains_key(&product)) {
            return Err(Refusal::AlreadyAssigned { name: person.name.clone() });
        }
        if let Some(person) = users.iter().map(|user| &self.people[user]).find(|one| !one.has_usage_location) {
            return Err(Refusal::NoUsageLocation { name: person.name.clone() });
        }
        let closed = |bought: &Bought| untouchable(bought, asker).or_else(|| without_access(bought));
        let first_reason = candidates.iter().find_map(|(_, bought)| closed(bought));
        candidates.retain(|(_, bought)| closed(bought).is_none());
        if let (true, Some(reason)) = (candidates.is_empty(), first_reason) {
            return Err(Refusal::Closed(reason));
        }
        // D1: from what ends last, of equals the oldest.
        candidates.sort_by_key(|(id, bought)| (Reverse(bought.ends_on), bought.started_on, *id));
        let free: Vec<SubscriptionId> = candidates
            .iter()
            .flat_map(|(id, bought)| std::iter::repeat_n(*id, (bought.quantity - self.assigned(*id)) as usize))
            .collect();
        if free.len() < users.len() {
            return Err(Refusal::NotEnoughLicenses { missing: (users.len() - free.len()) as u32 });
        }
        let placements: Vec<_> = users.into_iter().zip(free).collect();
        for (user, subscription) in &placements {
            let license = License { subscription: *subscription, off: off.clone() };
            self.people.get_mut(user).expect("a member").held.insert(product, license);
            self.entries += 1;
        }
        Ok(Outcome::Assigned(placements))
    }

    fn unassign(&mut self, asker: Asker, may: May, product: usize, users: &[UserId]) -> Result<Outcome, Refusal> {
        let users = self.chosen(users)?;
        let visible = self.of_product(product, may);
        for user in &users {
            let person = &self.people[user];
            let license = person.held.get(&product);
            let bought = license.and_then(|held| visible.iter().find(|(id, _)| *id == held.subscription));
            let (_, bought) = bought.ok_or_else(|| Refusal::NotAssigned { name: person.name.clone() })?;
            if let Some(reason) = untouchable(bought, asker) {
                return Err(Refusal::Closed(reason));
            }
        }
        for user in &users {
            self.people.get_mut(user).expect("a member").held.remove(&product);
            self.entries += 1;
        }
        Ok(Outcome::Unassigned(users.len()))
    }

    fn change_apps(
        &mut self,
        asker: Asker,
        may: May,
        product: usize,
        user: UserId,
        off: &[ServicePlanId],
    ) -> Result<Outcome, Refusal> {
        let person = self.people.get(&user).ok_or(Refusal::NotFound)?;
        let name = person.name.clone();
        let license = person.held.get(&product).ok_or_else(|| Refusal::NotAssigned { name: name.clone() })?;
        let bought = self.visible(license.subscription, may)?;
        if let Some(reason) = untouchable(bought, asker) {
            return Err(Refusal::Closed(reason));
        }
        if !matches!(bought.state, SubscriptionState::Active | SubscriptionState::Expired) {
            return Err(Refusal::Closed(ClosedReason::NotActive));
        }
        self.check_apps(product, off)?;
        let off = sorted(off);
        if license.off != off {
            let person = self.people.get_mut(&user).expect("a member");
            person.held.get_mut(&product).expect("a license").off = off;
            self.entries += 1;
        }
        Ok(Outcome::AppsChanged(name))
    }

    fn change_quantity(
        &mut self,
        asker: Asker,
        may: May,
        subscription: SubscriptionId,
        total: u32,
        expected_revision: Option<i64>,
    ) -> Result<Outcome, Refusal> {
        let bought = self.visible(subscription, may)?;
        if expected_revision.is_some_and(|expected| expected != bought.revision) {
            return Err(Refusal::ChangedMeanwhile);
        }
        let (from, assigned) = (bought.quantity, self.assigned(subscription));
        let closed = untouchable(bought, asker).or_else(|| without_sale(bought));
        match closed {
            Some(reason) => return Err(Refusal::Closed(reason)),
            None if total < assigned => return Err(Refusal::BelowAssigned { assigned }),
            None if total < from && from == 1 => return Err(Refusal::Closed(ClosedReason::OneLicense)),
            None if total < from && from == assigned => return Err(Refusal::Closed(ClosedReason::AllAssigned)),
            None if total == 0 => {
                return Err(Refusal::OutOfRange { minimum: 1, maximum: i64::from(bought.quantity_max) });
            }
            None if total == from => return Err(Refusal::SameQuantity),
            None if total > bought.quantity_max => return Err(Refusal::AboveMaximum { maximum: bought.quantity_max }),
            None => {}
        }
        let bought = self.subscriptions.get_mut(&subscription).expect("it was there");
        bought.quantity = total;
        bought.revision += 1;
        self.entries += 1;
        self.orders += 1;
        Ok(Outcome::QuantityChanged { from, to: total })
    }

    /// R28, R29: one to twenty people of the organization, each once.
    fn chosen(&self, users: &[UserId]) -> Result<Vec<UserId>, Refusal> {
        let mut chosen = Vec::new();
        for user in users {
            if !chosen.contains(user) {
                chosen.push(*user);
            }
        }
        match chosen.len() {
            0 => Err(Refusal::NobodyChosen),
            21.. => Err(Refusal::TooManyPeople { maximum: 20 }),
            _ if chosen.iter().any(|user| !self.people.contains_key(user)) => Err(Refusal::OutsideOrganization),
            _ => Ok(chosen),
        }
    }

    /// R174.
    fn check_apps(&self, product: usize, off: &[ServicePlanId]) -> Result<(), Refusal> {
        let plans = &self.products[product].plans;
        if off.iter().any(|plan| !plans.contains(plan)) {
            return Err(Refusal::UnknownChoice);
        }
        if !plans.is_empty() && plans.iter().all(|plan| off.contains(plan)) {
            return Err(Refusal::NoAppsLeft);
        }
        Ok(())
    }

    /// The subscriptions of a product that somebody sees, those that end last first.
    fn of_product(&self, product: usize, may: May) -> Vec<(SubscriptionId, Bought)> {
        let of_product = self.subscriptions.iter().filter(|(_, bought)| bought.product == product);
        let mut seen: Vec<_> = of_product
            .filter(|(_, bought)| bought.state != SubscriptionState::Deleted && sees(may, bought))
            .map(|(id, bought)| (*id, bought.clone()))
            .collect();
        seen.sort_by_key(|(id, bought)| (Reverse(bought.ends_on), *id));
        seen
    }

    fn visible(&self, subscription: SubscriptionId, may: May) -> Result<&Bought, Refusal> {
        self.subscriptions.get(&subscription).filter(|bought| sees(may, bought)).ok_or(Refusal::NotFound)
    }
}

/// The roles of domain 6: who may ask this at all, and about what.
fn may(asker: Asker, request: &Request) -> Result<May, Refusal> {
    use Role::{BillingAdmin, GlobalAdmin, LicenseAdmin, UserAdmin};
    let is_about_licenses =
        matches!(request, Request::Assign { .. } | Request::Unassign { .. } | Request::ChangeApps { .. });
    let is_about_quantity = matches!(request, Request::ChangeQuantity { .. });
    match asker {
        Asker::Stranger => Err(Refusal::NotFound),
        Asker::Operator if is_about_quantity => Err(Refusal::NotAllowed),
        Asker::Operator => Ok(May::Everything),
        Asker::LicenseProgram if is_about_licenses => Ok(May::Everything),
        Asker::SubscriptionProgram if is_about_quantity => Ok(May::Everything),
        Asker::Person(_, Some(GlobalAdmin | LicenseAdmin | UserAdmin)) if is_about_licenses => Ok(May::Everything),
        Asker::Person(_, Some(GlobalAdmin | BillingAdmin)) if is_about_quantity => Ok(May::Everything),
        Asker::Person(user, _) if is_about_licenses || is_about_quantity => Ok(May::OnlyOwn(user)),
        _ => Err(Refusal::NotAllowed),
    }
}

fn sees(may: May, bought: &Bought) -> bool {
    match may {
        May::Everything => true,
        May::OnlyOwn(user) => bought.holder == Some(user),
    }
}

/// R108: what a user bought is that user's alone.
fn untouchable(bought: &Bought, asker: Asker) -> Option<ClosedReason> {
    let is_holder = matches!(asker, Asker::Person(user, _) if bought.holder == Some(user));
    (bought.holder.is_some() && !is_holder).then_some(ClosedReason::SelfServiceOfOther)
}

/// Domain 1.4: licenses are given while active or expired.
fn without_access(bought: &Bought) -> Option<ClosedReason> {
    match bought.state {
        SubscriptionState::Active | SubscriptionState::Expired => None,
        _ if bought.credit_check_is_pending => Some(ClosedReason::CreditCheckPending),
        SubscriptionState::Disabled => Some(ClosedReason::Disabled),
        _ => Some(ClosedReason::NotActive),
    }
}

/// Domain 2.2: the table "why don't I see the add/remove link", then the state.
fn without_sale(bought: &Bought) -> Option<ClosedReason> {
    if bought.state == SubscriptionState::Deleted {
        return Some(ClosedReason::Deleted);
    }
    if bought.credit_check_is_pending {
        return Some(ClosedReason::CreditCheckPending);
    }
    match bought.channel {
        Channel::ProductKey => Some(ClosedReason::PrepaidKey),
        Channel::VolumePartner => Some(ClosedReason::VolumePartner),
        Channel::Reseller => Some(ClosedReason::Reseller),
        Channel::Trial => Some(ClosedReason::Trial),
        _ if bought.state != SubscriptionState::Active => Some(ClosedReason::NotActive),
        _ => None,
    }
}

fn sorted(plans: &[ServicePlanId]) -> Vec<ServicePlanId> {
    let mut plans = plans.to_vec();
    plans.sort_unstable();
    plans.dedup();
    plans
}
