//! Fills a fresh database with the demo.

use super::catalog;
use super::journal::Past;
use super::money;
use super::partners;
use super::past::{self, Bought};
use super::people::{self, DemoPeople};
use super::portfolio::{BUYER, DemoSubscription, IN_CONFLICT, SUBSCRIPTIONS};
use crate::house::House;
use adapters::TimeOrderedIds;
use admin::web::Persona;
use app::Caller;
use app::ports::IdSource;
use domain::access::{Actor, Principal, Role};
use domain::billing::party::Address;
use domain::billing::payment_method::{BankAccountDescription, CardDescription, MethodDescription, PaymentMethod};
use domain::catalog::{Price, Product, ProductKind, ServicePlan, Sku, SkuKind};
use domain::cloud;
use domain::event::{Event, Subjects};
use domain::ids::{
    BillingProfileId, GroupId, OrderId, OrganizationId, PaymentMethodId, PriceId, ProductId, ServicePlanId, SkuId,
    SubscriptionId, UserId,
};
use domain::license::Assignment;
use domain::limits::QUANTITY_MAX;
use domain::money::{Currency, Money};
use domain::organization::{Cloud, Organization, OrganizationKind, OrganizationState};
use domain::subscription::begin::{New, active};
use domain::subscription::{Channel, CreditCheck, Subscription};
use domain::user::{UserFacts, fold};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::error::Error;
use store::tables::catalog as catalog_table;
use store::tables::{assignment, billing_account, group, organization, payment_method, price, subscription, user};
use store::{Scope, Write};

/// How many people the demo organization has.
const PEOPLE: usize = 2_000;
/// What makes the people the same in every demo.
const SEED: u64 = 2_026;
/// Months since the demo organization was made.
const MONTHS_OLD: i32 = 26;

/// The personas of the demo organization: a role, or none, for the person at a position.
const PERSONAS: [(&str, Option<Role>, usize); 7] = [
    ("global_admin", Some(Role::GlobalAdmin), 0),
    ("billing_admin", Some(Role::BillingAdmin), 1),
    ("license_admin", Some(Role::LicenseAdmin), 2),
    ("user_admin", Some(Role::UserAdmin), 3),
    ("global_reader", Some(Role::GlobalReader), 4),
    ("buyer", None, BUYER),
    ("user", None, 6),
];

/// The position of the persona who looks after billing.
pub const ADMIN: usize = 1;

/// Where the demo organization is.
pub const TIME_ZONE: &str = "Europe/Amsterdam";

/// Everything that filling needs to know.
pub struct Seeding {
    ids: TimeOrderedIds,
    /// The moment at which the demo begins.
    pub now: Timestamp,
    /// The day on which the demo begins.
    pub today: Date,
    /// The cloud of the demo organization.
    pub cloud: Cloud,
    /// The demo organization.
    pub home: OrganizationId,
    house: OrganizationId,
    operator: UserId,
    population: DemoPeople,
    user_ids: Vec<UserId>,
    shelf: Vec<ShelfProduct>,
}

/// Cards on file, by the position of who added them.
type Cards = BTreeMap<usize, PaymentMethodId>;

/// A product of the catalog with what the portfolio needs of it.
struct ShelfProduct {
    product: Product,
    central: Sku,
    self_service: Option<Sku>,
    plans: Vec<(SkuId, ServicePlan)>,
    prices: Vec<Price>,
}

/// Fills the database and gives the people whom anybody may become.
pub fn seed(house: &House, cloud: Cloud) -> Result<Vec<Persona>, Box<dyn Error>> {
    let seeding = Seeding::new(house.app.now(), cloud);
    let mut personas: Vec<_> = PERSONAS.iter().map(|(code, _, position)| seeding.persona(code, *position)).collect();
    personas.push(Persona {
        code: "operator",
        organization_id: seeding.house,
        user_id: seeding.operator,
        name: "Olivia Operator".to_owned(),
    });
    let (home, operators) = (seeding.home, seeding.house);
    let seeding = std::sync::Arc::new(seeding);
    let shared = seeding.clone();
    house.store.write(Scope::Shared, move |write| shared.fill_shared(write)).wait()?;
    let shared = seeding.clone();
    house.store.write(operators, move |write| shared.fill_operator(write)).wait()?;
    let shared = seeding.clone();
    let cards = house.store.write(home, move |write| shared.fill_organization(write)).wait()?;
    let mut bought: Vec<_> = SUBSCRIPTIONS.iter().map(|demo| (demo, seeding.subscription(demo, &cards))).collect();
    connect(&mut bought);
    past::live(house, &seeding, &bought)?;
    let by_partner = |(demo, subscription): &Bought| Some((demo.partner?.0, subscription.id));
    let sold: Vec<_> = bought.iter().filter_map(by_partner).collect();
    personas.extend(partners::fill(house, &seeding, &sold)?);
    house.store.write(home, move |write| seeding.fill_licenses(write, &bought)).wait()?;
    Ok(personas)
}

/// Lets each add-on belong to the first subscription of its base.
fn connect(bought: &mut [Bought]) {
    for position in 0..bought.len() {
        let Some(base) = bought[position].0.base else { continue };
        let found = bought.iter().find(|(demo, _)| demo.product == base);
        bought[position].1.base_id = found.map(|(_, subscription)| subscription.id);
    }
}

impl Seeding {
    fn new(now: Timestamp, cloud: Cloud) -> Self {
        let ids = TimeOrderedIds::default();
        let today = now.to_zoned(TimeZone::UTC).date();
        let made_at = start_of(today.saturating_sub(MONTHS_OLD.months()));
        let population = people::generate(PEOPLE, SEED);
        Self {
            user_ids: population.people.iter().map(|_| UserId::from_uuid(ids.next(made_at))).collect(),
            home: OrganizationId::from_uuid(ids.next(made_at)),
            house: OrganizationId::from_uuid(ids.next(made_at)),
            operator: UserId::from_uuid(ids.next(made_at)),
            shelf: catalog_shelf(&ids, made_at),
            population,
            cloud,
            today,
            now,
            ids,
        }
    }

    fn persona(&self, code: &'static str, position: usize) -> Persona {
        Persona {
            code,
            organization_id: self.home,
            user_id: self.user_ids[position],
            name: self.population.people[position].display_name.clone(),
        }
    }

    /// A fresh identifier.
    pub fn new_id(&self) -> uuid::Uuid {
        self.ids.next(self.now)
    }

    /// An organization of the demo.
    pub fn organization(&self, id: OrganizationId, name: &str, kind: OrganizationKind) -> Organization {
        Organization {
            id,
            name: name.to_owned(),
            kind,
            state: OrganizationState::Active,
            country: "NL".to_owned(),
            currency: Currency::Eur,
            cloud: self.cloud,
            language: "nl".to_owned(),
            time_zone: TIME_ZONE.to_owned(),
            sandbox_ahead: None,
            created_at: start_of(self.today.saturating_sub(MONTHS_OLD.months())),
            revision: 1,
        }
    }

    fn fill_shared(&self, write: &Write<'_>) -> store::Result<()> {
        let (_, revision) = billing_account::seller(write)?;
        billing_account::update_seller(write, &money::seller(), revision)?;
        organization::insert(write, &self.organization(self.house, "Zetel", OrganizationKind::Operator))?;
        organization::insert(write, &self.organization(self.home, "Waterland Group", OrganizationKind::Customer))?;
        let mut known_plans = HashSet::new();
        for shelved in &self.shelf {
            catalog_table::insert_product(write, &shelved.product)?;
            for sku in std::iter::once(&shelved.central).chain(&shelved.self_service) {
                catalog_table::insert_sku(write, sku)?;
            }
            for (sku, plan) in &shelved.plans {
                if known_plans.insert(plan.id) {
                    catalog_table::insert_service_plan(write, plan)?;
                }
                catalog_table::insert_sku_plan(write, *sku, plan.id)?;
            }
            shelved.prices.iter().try_for_each(|price| price::insert(write, price))?;
        }
        for (part_number, _, fits) in catalog::ADD_ONS {
            let bases: Vec<_> = fits.iter().map(|base| self.product_of(base)).collect();
            catalog_table::set_bases(write, self.product_of(part_number), &bases)?;
        }
        Ok(())
    }

    /// The product whose central SKU has this part number.
    fn product_of(&self, part_number: &str) -> ProductId {
        let shelved = self.shelf.iter().find(|shelved| shelved.central.part_number == part_number);
        shelved.expect("the catalog names what is on the shelf").product.id
    }

    fn fill_operator(&self, write: &Write<'_>) -> store::Result<()> {
        let facts = UserFacts {
            display_name: "Olivia Operator".to_owned(),
            email: "olivia@zetel.example".to_owned(),
            department: String::new(),
            usage_location: Some("NL".to_owned()),
            is_guest: false,
        };
        user::insert(write, self.operator, &facts, self.now)?;
        user::set_roles(write, self.operator, &[Role::Operator])
    }

    /// Adds people, groups and cards; gives the cards by the position of who added them.
    fn fill_organization(&self, write: &Write<'_>) -> store::Result<Cards> {
        let made_at = start_of(self.today.saturating_sub(MONTHS_OLD.months()));
        for (person, id) in self.population.people.iter().zip(&self.user_ids) {
            let facts = UserFacts {
                display_name: person.display_name.clone(),
                email: person.email.clone(),
                department: person.department.to_owned(),
                usage_location: person.country.map(str::to_owned),
                is_guest: false,
            };
            user::insert(write, *id, &facts, made_at)?;
        }
        for (_, role, position) in PERSONAS {
            user::set_roles(write, self.user_ids[position], role.as_slice())?;
        }
        for demo_group in &self.population.groups {
            let id = GroupId::from_uuid(self.ids.next(made_at));
            let members: Vec<_> = demo_group.members.iter().map(|position| self.user_ids[*position]).collect();
            group::insert(write, id, demo_group.name, &members)?;
        }
        money::fill_billing_account(write)?;
        self.fill_cards(write)
    }

    fn fill_cards(&self, write: &Write<'_>) -> store::Result<Cards> {
        let buyers: BTreeSet<_> = SUBSCRIPTIONS.iter().map(|bought| bought.buyer.unwrap_or(ADMIN)).collect();
        let mut cards = Cards::new();
        for (nth, position) in buyers.into_iter().enumerate() {
            let last_four = ["4242", "1881", "0077"][nth % 3];
            let expires_on = format!("{}-12", i32::from(self.today.year()) + 4);
            let card = self.method(position, "card_succeeds", self.card(last_four, expires_on));
            payment_method::insert(write, &card)?;
            cards.insert(position, card.id);
        }
        if self.cloud.facts().bank_accounts {
            let (country, last_four) = ("NL".to_owned(), "4300".to_owned());
            let mandate = Some("SANDBOX-NL-4300".to_owned());
            let account = MethodDescription::BankAccount(BankAccountDescription { country, last_four, mandate });
            payment_method::insert(write, &self.method(ADMIN, "account_NL_4300_demo", account))?;
        }
        Ok(cards)
    }

    /// A card of a brand that the cloud takes.
    fn card(&self, last_four: &str, expires_on: String) -> MethodDescription {
        let brand = match self.cloud.facts().cards {
            cloud::Cards::Any => "Visa",
            cloud::Cards::OfBrand(brand) => brand,
        };
        let (brand, last_four) = (brand.to_owned(), last_four.to_owned());
        MethodDescription::Card(CardDescription { brand, last_four, expires_on })
    }

    /// What a person has on file, by a token of the sandbox.
    fn method(&self, position: usize, token: &str, described: MethodDescription) -> PaymentMethod {
        PaymentMethod {
            id: PaymentMethodId::from_uuid(self.ids.next(self.now)),
            user_id: self.user_ids[position],
            described,
            holder: self.population.people[position].display_name.clone(),
            address: Address {
                line1: "Oostzeedijk 14".to_owned(),
                postal_code: "3063 BD".to_owned(),
                city: "Rotterdam".to_owned(),
                country: "NL".to_owned(),
                ..Address::default()
            },
            gateway_token: token.to_owned(),
            created_at: self.now,
            verified_at: Some(self.now),
            removed_at: None,
            revision: 1,
        }
    }

    /// Lets another card of the admin pay for a subscription: one that the bank declines while its owner is away.
    pub fn replace_card(&self, write: &Write<'_>, subscription_id: SubscriptionId) -> store::Result<()> {
        // It expires soon, too.
        let month = self.today.saturating_add(1.month()).strftime("%Y-%m").to_string();
        let card = self.method(ADMIN, "card_absent", self.card("0341", month));
        payment_method::insert(write, &card)?;
        let Some(mut found) = subscription::find(write, subscription_id)? else { return Ok(()) };
        found.subscription.payment_method_id = Some(card.id);
        subscription::update_life(write, &found.subscription, self.cloud)
    }

    fn fill_licenses(&self, write: &Write<'_>, bought: &[Bought]) -> store::Result<()> {
        let mut next_person: HashMap<&str, usize> = HashMap::new();
        for (position, (demo, subscription)) in bought.iter().enumerate() {
            // Products begin at different people, so that the demo's people differ in what they hold.
            let first = next_person.entry(demo.product).or_insert(position * 67 % 300);
            let in_conflict = if IN_CONFLICT.0 == demo.product { IN_CONFLICT.1 } else { 0 };
            let holders = self.holders(first, demo.assigned + in_conflict);
            self.assign(write, subscription, &holders[..demo.assigned as usize], None)?;
            self.assign(write, subscription, &holders[demo.assigned as usize..], Some(self.now))?;
        }
        Ok(())
    }

    /// The persona who looks after billing, as the door sees it.
    pub fn billing_admin(&self) -> Caller {
        let actor = Actor {
            principal: Principal::User(self.user_ids[ADMIN]),
            home: Some(self.home),
            name: self.population.people[ADMIN].display_name.clone(),
            roles: vec![Role::BillingAdmin],
            billing_roles: Vec::new(),
            billing_admins_assign: false,
            scopes: Vec::new(),
        };
        Caller { actor, request: "demo".to_owned() }
    }

    /// The person at a position, as the journal names who did something.
    pub fn past(&self, position: usize) -> Past<'_> {
        Past { who: Some(self.user_ids[position]), name: &self.population.people[position].display_name }
    }

    /// The next people with a usage location, from a position on, which moves behind them.
    fn holders(&self, first: &mut usize, count: u32) -> Vec<usize> {
        let located = (*first..)
            .map(|position| position % PEOPLE)
            .filter(|position| self.population.people[*position].country.is_some());
        let holders: Vec<_> = located.take(count as usize).collect();
        *first = holders.last().map_or(*first, |last| last + 1);
        holders
    }

    fn assign(
        &self,
        write: &Write<'_>,
        subscription: &Subscription,
        holders: &[usize],
        conflict_since: Option<Timestamp>,
    ) -> store::Result<()> {
        let admin = self.past(2);
        for (nth, position) in holders.iter().enumerate() {
            let assigned_at = start_of(subscription.started_on) + (nth as i64 * 7).minutes();
            let license = Assignment {
                user_id: self.user_ids[*position],
                product_id: subscription.product_id,
                subscription_id: subscription.id,
                assigned_at,
                disabled_plans: Vec::new(),
                conflict_since,
            };
            assignment::insert(write, &license, &fold(&self.population.people[*position].display_name))?;
            let event = Event::LicenseAssigned { disabled_plans: Vec::new() };
            admin.record(write, assigned_at, "assign_licenses", about(subscription, Some(license.user_id)), &event)?;
        }
        let count = holders.len() as i64;
        match conflict_since {
            None => subscription::add_assigned(write, subscription.id, count),
            Some(_) => subscription::add_conflicts(write, subscription.id, count),
        }
    }

    fn subscription(&self, bought: &DemoSubscription, cards: &Cards) -> Subscription {
        let shelved = self.shelf.iter().find(|shelved| shelved.central.part_number == bought.product);
        let shelved = shelved.expect("the portfolio sells what is on the shelf");
        let is_trial = bought.channel == Channel::Trial;
        let is_prepaid = bought.channel == Channel::ProductKey;
        let price = shelved.prices.iter().find(|price| {
            price.term == bought.term
                && price.billing_frequency == bought.billing_frequency
                && price.unit_price.currency == Currency::Eur
        });
        let unit_price = price.filter(|_| !is_prepaid).map_or(Money::zero(Currency::Eur), |price| price.unit_price);
        let ends_on = self.today.saturating_add(bought.ends_in_days.days());
        let sku = shelved.self_service.as_ref().filter(|_| bought.buyer.is_some()).unwrap_or(&shelved.central);
        let waits = bought.credit_check == Some(CreditCheck::Pending);
        let new = New {
            id: SubscriptionId::from_uuid(self.ids.next(self.now)),
            product_id: shelved.product.id,
            sku_id: sku.id,
            channel: bought.channel,
            quantity: bought.quantity,
            quantity_max: if is_trial { 25 } else { QUANTITY_MAX },
            term: bought.term,
            billing_frequency: bought.billing_frequency,
            unit_price,
            billing_profile_id: BillingProfileId::first_of(self.home),
        };
        let mut subscription = Subscription {
            state: bought.state,
            holder: bought.buyer.map(|position| self.user_ids[position]),
            credit_check: bought.credit_check,
            recurring_billing: bought.recurring_billing,
            payment_method_id: bought.channel.needs_payment_method().then(|| cards[&bought.buyer.unwrap_or(ADMIN)]),
            partner_name: bought.partner.map(|(name, _)| name.to_owned()),
            partner_contact: bought.partner.map(|(_, contact)| contact.to_owned()),
            order_id: waits.then(|| OrderId::from_uuid(self.ids.next(self.now))),
            ..active(new, started_on(bought, ends_on), ends_on)
        };
        if subscription.channel.is_charged() && !waits {
            // The past charges what is invoiced; a key was paid for.
            subscription.billed_until = Some(ends_on);
        }
        subscription
    }
}

/// The day on which a subscription began: whole terms before the day on which it renews or expires.
fn started_on(bought: &DemoSubscription, ends_on: Date) -> Date {
    let terms = (bought.months_old + bought.term.months() - 1) / bought.term.months();
    ends_on.saturating_sub((terms.max(1) * bought.term.months()).months())
}

/// The morning of a day.
pub fn start_of(day: Date) -> Timestamp {
    day.at(9, 0, 0, 0).to_zoned(TimeZone::UTC).map_or(Timestamp::UNIX_EPOCH, |moment| moment.timestamp())
}

/// What an event of a subscription, and perhaps of a person, is about.
pub fn about(subscription: &Subscription, user: Option<UserId>) -> Subjects {
    Subjects { user, product: Some(subscription.product_id), subscription: Some(subscription.id), order: None }
}

/// The demo's catalog with identifiers, as the operator of the demo would have loaded it at `made_at`.
fn catalog_shelf(ids: &TimeOrderedIds, made_at: Timestamp) -> Vec<ShelfProduct> {
    let facts = catalog::skus();
    let shelve = |demo: &catalog::DemoProduct| {
        let product_id = ProductId::from_uuid(ids.next(made_at));
        let sku = |part_number: &str, kind| Sku {
            id: SkuId::from_uuid(facts[part_number].guid),
            product_id,
            part_number: part_number.to_owned(),
            kind,
            quantity_max: QUANTITY_MAX,
        };
        let central = sku(demo.central, facts[demo.central].kind());
        let self_service = demo.self_service.map(|part_number| sku(part_number, SkuKind::SelfService));
        let price = |sku_id, price: &catalog::DemoPrice| Price {
            id: PriceId::from_uuid(ids.next(made_at)),
            sku_id,
            term: price.term,
            billing_frequency: price.billing_frequency,
            unit_price: price.unit_price,
            version: 1,
            valid_from: made_at,
        };
        let sold = || std::iter::once(&central).chain(&self_service);
        let plans = sold().flat_map(|sku| {
            facts[&sku.part_number].plans.iter().map(|plan| {
                let id = ServicePlanId::from_uuid(plan.guid);
                (sku.id, ServicePlan { id, name: plan.name.clone(), friendly_name: plan.friendly_name.clone() })
            })
        });
        let prices = sold().flat_map(|sku| demo.prices().iter().map(|of| price(sku.id, of)).collect::<Vec<_>>());
        let product = Product {
            id: product_id,
            name: demo.name.to_owned(),
            category: demo.category,
            description_en: demo.description_en.to_owned(),
            description_nl: demo.description_nl.to_owned(),
            kind: kind(demo.central),
            retired_at: None,
        };
        ShelfProduct { plans: plans.collect(), prices: prices.collect(), product, central, self_service }
    };
    catalog::PRODUCTS.iter().map(shelve).collect()
}

/// Whether a product is sold alone, by the part number of its central SKU.
fn kind(central: &str) -> ProductKind {
    let add_on = catalog::ADD_ONS.iter().find(|(part_number, ..)| *part_number == central);
    add_on.map_or(ProductKind::Base, |(_, kind, _)| *kind)
}
