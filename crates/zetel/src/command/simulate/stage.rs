//! A throw-away Zetel with a clock of its own, on which a scenario is played.

use super::act::Rules;
use super::mistake::Mistake;
use super::play::zone;
use super::scenario::{Organization, Scenario, Seller, Sold, SoldAt};
use crate::time_lapse::{TimeLapse, settle};
use adapters::{SandboxGateway, SettableClock, TimeOrderedIds};
use app::billing::notice::take_notice;
use app::ports::{Clock, IdSource, SandboxBank};
use app::product_key::ProductKeySecret;
use app::{App, Caller, Failure, Ports};
use documents::Files;
use domain::access::{Actor, Principal, Role};
use domain::billing::party::{Address, Party};
use domain::billing::{BillingAccount, BillingRules};
use domain::catalog::{Category, Price, Product, ProductKind, ServicePlan, Sku, SkuKind};
use domain::ids::{OrganizationId, PriceId, ProductId, ServicePlanId, SkuId, SubscriptionId, UserId};
use domain::limits::{QUANTITY_MAX, UNIT_PRICE_MAX};
use domain::money::{Currency, Money};
use domain::organization::{OrganizationKind, OrganizationState};
use domain::refusal::FieldRefusal;
use domain::user::UserFacts;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use mails::MailTemplates;
use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::sync::Arc;
use store::tables::{billing_account, catalog, organization, price, user};
use store::{Options, Store, Write};
use uuid::Uuid;

/// The admin of the organization that a scenario is about.
const ADMIN: &str = "Admin";

/// Every price with its product and what is sold; what people sign up for at no cost has none.
type Shelf = Vec<(Product, Sku, Option<Price>)>;

/// An organization of the scenario.
#[derive(Debug, Clone)]
pub struct Home {
    /// Which.
    pub id: OrganizationId,
    /// Its name.
    pub name: String,
    /// What it buys in.
    pub currency: Currency,
    /// Where its days begin.
    pub zone: TimeZone,
}

/// Somebody who acts.
#[derive(Clone)]
pub struct Player {
    /// Who.
    pub caller: Caller,
    /// Where that one is at home.
    pub organization: OrganizationId,
}

impl Player {
    fn new(id: UserId, name: &str, organization: OrganizationId, roles: Vec<Role>) -> Self {
        let actor = Actor {
            principal: Principal::User(id),
            home: Some(organization),
            name: name.to_owned(),
            roles,
            billing_roles: Vec::new(),
            billing_admins_assign: false,
            scopes: Vec::new(),
        };
        Self { caller: Caller { actor, request: "simulate".to_owned() }, organization }
    }

    /// Whether this one acts for the organization, and not for the team alone.
    pub const fn is_admin(&self) -> bool {
        !self.caller.actor.roles.is_empty()
    }
}

/// A subscription that has a name.
#[derive(Debug, Clone, Copy)]
pub struct Named {
    /// Whose it is.
    pub organization: OrganizationId,
    /// Which.
    pub id: SubscriptionId,
}

/// A price on the shelf.
#[derive(Debug, Clone)]
pub struct OnShelf {
    /// The name of the product.
    pub product: String,
    /// The product.
    pub product_id: ProductId,
    /// To whom it is sold.
    pub kind: SkuKind,
    /// The price.
    pub price: Price,
}

/// Everything that a scenario needs, and the names that it gives to things.
pub struct Stage {
    /// The door.
    pub app: App,
    /// The database, which goes away with the folder.
    pub store: Store,
    /// The organizations: first the one that the scenario is about.
    pub homes: Vec<Home>,
    /// Its people, by name.
    pub people: BTreeMap<String, UserId>,
    /// Every product, by name.
    pub products: BTreeMap<String, ProductId>,
    /// What is sold.
    pub shelf: Vec<OnShelf>,
    /// Subscriptions, by the name that the scenario gave them.
    pub names: BTreeMap<String, Named>,
    /// The characters of product keys, by the name that the scenario gave them.
    pub keys: BTreeMap<String, String>,
    /// The bank behind the gateway.
    pub bank: Arc<SandboxGateway>,
    players: BTreeMap<String, Player>,
    clock: Arc<SettableClock>,
    ids: TimeOrderedIds,
    _folder: tempfile::TempDir,
}

impl Stage {
    /// Sets the stage at an instant before everything that happens.
    pub fn set(scenario: &Scenario, begins: Timestamp) -> Result<Self, Vec<Mistake>> {
        let mut stage = Self::empty(begins).map_err(|failure| vec![Mistake::at("", failure.to_string())])?;
        stage.fill(scenario, begins).map_err(|mistake| vec![mistake])?;
        Ok(stage)
    }

    fn empty(begins: Timestamp) -> Result<Self, Box<dyn Error>> {
        let folder = tempfile::tempdir()?;
        let store = Store::open(&folder.path().join("simulation.db").to_string_lossy(), Options::default())?;
        store.migrate()?;
        let clock = Arc::new(SettableClock::at(begins));
        let bank = Arc::new(SandboxGateway::default());
        let ports = Ports {
            clock: clock.clone(),
            ids: Arc::new(TimeOrderedIds::default()),
            gateway: bank.clone(),
            documents: Arc::new(Files),
            mail_writer: Arc::new(MailTemplates::default()),
            mailer: None,
            product_keys: Some(ProductKeySecret::new(b"simulation")),
        };
        Ok(Self {
            app: App::new(store.clone(), ports),
            store,
            homes: Vec::new(),
            people: BTreeMap::new(),
            products: BTreeMap::new(),
            shelf: Vec::new(),
            names: BTreeMap::new(),
            keys: BTreeMap::new(),
            bank,
            players: BTreeMap::new(),
            clock,
            ids: TimeOrderedIds::default(),
            _folder: folder,
        })
    }

    fn new_id(&self) -> Uuid {
        self.ids.next(self.clock.now())
    }

    fn fill(&mut self, scenario: &Scenario, begins: Timestamp) -> Result<(), Mistake> {
        self.settle_in(&scenario.organization, "organization", ADMIN, &scenario.people)?;
        for (number, other) in scenario.others.iter().enumerate() {
            self.settle_in(other, &format!("others[{number}]"), &other.name, &[])?;
        }
        let shelf = self.shelf_of(scenario, begins)?;
        let apps = self.apps(scenario);
        let names: BTreeMap<String, Vec<String>> =
            scenario.catalog.iter().map(|sold| (sold.product.clone(), sold.apps.clone())).collect();
        let bases = bases(scenario, &shelf)?;
        let on_shelf = |(product, sku, price): &(Product, Sku, Option<Price>)| {
            let (product_id, kind) = (product.id, sku.kind);
            price.clone().map(|price| OnShelf { product: product.name.clone(), product_id, kind, price })
        };
        self.products = shelf.iter().map(|(product, ..)| (product.name.clone(), product.id)).collect();
        self.shelf = shelf.iter().filter_map(on_shelf).collect();
        let seller = seller(&scenario.seller)?;
        let stock = move |write: &Write<'_>| {
            let (_, revision) = billing_account::seller(write)?;
            billing_account::update_seller(write, &seller, revision)?;
            apps.values().try_for_each(|app| catalog::insert_service_plan(write, app))?;
            let (mut products, mut skus) = (BTreeSet::new(), BTreeSet::new());
            for (product, sku, sold_at) in &shelf {
                if products.insert(product.id) {
                    catalog::insert_product(write, product)?;
                }
                if skus.insert(sku.id) {
                    catalog::insert_sku(write, sku)?;
                    for name in &names[&product.name] {
                        catalog::insert_sku_plan(write, sku.id, apps[name].id)?;
                    }
                }
                sold_at.iter().try_for_each(|price| price::insert(write, price))?;
            }
            bases.iter().try_for_each(|(add_on, bases)| catalog::set_bases(write, *add_on, bases))
        };
        self.store.write(self.homes[0].id, stock).wait().map_err(|error| Mistake::at("", error.to_string()))
    }

    /// Adds an organization with its admin and its people.
    fn settle_in(&mut self, buyer: &Organization, place: &str, admin: &str, people: &[String]) -> Result<(), Mistake> {
        let home = Home {
            id: OrganizationId::from_uuid(self.new_id()),
            name: buyer.name.clone(),
            currency: buyer.currency,
            zone: zone(place, &buyer.time_zone)?,
        };
        if self.homes.iter().any(|other| other.name == home.name) {
            return Err(Mistake::at(format!("{place}.name"), format!("{:?} is there already", home.name)));
        }
        let mut everyone = Vec::new();
        let named = people.iter().enumerate().map(|(number, name)| (format!("people[{number}]"), name.as_str()));
        for (place, name) in std::iter::once((format!("{place}.name"), admin)).chain(named) {
            let id = UserId::from_uuid(self.new_id());
            let roles = if everyone.is_empty() { vec![Role::GlobalAdmin] } else { Vec::new() };
            if self.players.insert(name.to_owned(), Player::new(id, name, home.id, roles)).is_some() {
                return Err(Mistake::at(place, format!("{name:?} is there already")));
            }
            everyone.push((name.to_owned(), id));
        }
        if self.homes.is_empty() {
            self.people = everyone.iter().cloned().collect();
        }
        let (new, account, begins) = (customer(home.id, buyer, self.now()), account(buyer, place)?, self.now());
        let (id, first) = (home.id, self.players.len() - everyone.len());
        self.homes.push(home);
        let settle_in = move |write: &Write<'_>| {
            organization::insert(write, &new)?;
            billing_account::update(write, &account)?;
            for (number, (name, id)) in everyone.iter().enumerate() {
                user::insert(write, *id, &person(name, first + number), begins)?;
            }
            user::set_roles(write, everyone[0].1, &[Role::GlobalAdmin])
        };
        self.store.write(id, settle_in).wait().map_err(|error| Mistake::at("", error.to_string()))
    }

    /// Whoever has a name; without one the admin of the organization that the scenario is about.
    pub fn player(&self, name: Option<&str>) -> Result<Player, String> {
        let name = name.unwrap_or(ADMIN);
        self.players.get(name).cloned().ok_or_else(|| format!("nobody is named {name:?}"))
    }

    /// The name of a product.
    pub fn product_name(&self, id: ProductId) -> String {
        let found = self.products.iter().find(|(_, product)| **product == id);
        found.map(|(name, _)| name.clone()).unwrap_or_default()
    }

    /// Every app by its name.
    fn apps(&self, scenario: &Scenario) -> BTreeMap<String, ServicePlan> {
        let app = |name: &String| ServicePlan {
            id: ServicePlanId::from_uuid(self.new_id()),
            name: name.clone(),
            friendly_name: name.clone(),
        };
        scenario.catalog.iter().flat_map(|sold| &sold.apps).map(|name| (name.clone(), app(name))).collect()
    }

    /// Every price with its product.
    fn shelf_of(&self, scenario: &Scenario, begins: Timestamp) -> Result<Shelf, Mistake> {
        let mut shelf = Vec::new();
        for (number, sold) in scenario.catalog.iter().enumerate() {
            let product = product(ProductId::from_uuid(self.new_id()), sold);
            if scenario.catalog[..number].iter().any(|other| other.product == sold.product) {
                let place = format!("catalog[{number}].product");
                return Err(Mistake::at(place, format!("{:?} is there already", sold.product)));
            }
            let kinds = [
                ("prices", &sold.prices, SkuKind::Central, ""),
                ("self_service_prices", &sold.self_service_prices, SkuKind::SelfService, "-SELF"),
            ];
            let sku = |kind, ending: &str| Sku {
                id: SkuId::from_uuid(self.new_id()),
                product_id: product.id,
                part_number: format!("SKU-{}{ending}", number + 1),
                kind,
                quantity_max: QUANTITY_MAX,
            };
            if sold.free {
                shelf.push((product.clone(), sku(SkuKind::Free, "-FREE"), None));
            }
            for (field, prices, kind, ending) in kinds {
                let sku = sku(kind, ending);
                for (row, at) in prices.iter().enumerate() {
                    let place = format!("catalog[{number}].{field}[{row}]");
                    let unit_price = unit_price(at, scenario.organization.currency, &place)?;
                    let is_same = |other: &SoldAt| {
                        (other.term, other.billing_frequency) == (at.term, at.billing_frequency)
                            && other.currency.unwrap_or(scenario.organization.currency) == unit_price.currency
                    };
                    if prices[..row].iter().any(is_same) {
                        return Err(Mistake::at(place, "there is a price for this already"));
                    }
                    let price = Price {
                        id: PriceId::from_uuid(self.new_id()),
                        sku_id: sku.id,
                        term: at.term,
                        billing_frequency: at.billing_frequency,
                        unit_price,
                        version: 1,
                        valid_from: begins,
                    };
                    shelf.push((product.clone(), sku.clone(), Some(price)));
                }
            }
        }
        Ok(shelf)
    }

    /// Lets time pass: everything that is due up to an instant happens at its own, then it is that instant.
    pub fn go_to(&self, instant: Timestamp) -> Result<(), Failure> {
        let organizations: Vec<_> = self.homes.iter().map(|home| (home.id, &home.zone)).collect();
        let Self { app, store, clock, .. } = self;
        TimeLapse { app, store, organizations: &organizations, clock }.live_until(instant)?;
        self.settle()
    }

    /// Takes what is due at this moment and what banks report, and what follows from it.
    pub fn settle(&self) -> Result<(), Failure> {
        settle(&self.app)?;
        for notice in self.bank.take_notices(self.now()) {
            take_notice(&self.app, "simulate", &notice.signature, &notice.body)?;
        }
        settle(&self.app)
    }

    /// What time it is.
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }
}

/// A price of the catalog, which is no larger than what can be multiplied by licenses.
fn unit_price(at: &SoldAt, usual: Currency, place: &str) -> Result<Money, Mistake> {
    let place = format!("{place}.unit_price");
    match Money::parse(&at.unit_price, at.currency.unwrap_or(usual)) {
        Ok(price) if price.minor <= UNIT_PRICE_MAX => Ok(price),
        Ok(price) => {
            let most = Money::new(UNIT_PRICE_MAX, price.currency).decimal();
            Err(Mistake::at(place, format!("{:?} is above {most}", at.unit_price)))
        }
        Err(_) => Err(Mistake::at(place, format!("{:?} is no amount", at.unit_price))),
    }
}

fn product(id: ProductId, sold: &Sold) -> Product {
    Product {
        id,
        name: sold.product.clone(),
        category: Category::Other,
        description_en: String::new(),
        description_nl: String::new(),
        kind: match (sold.add_on_to.is_empty(), sold.standalone) {
            (true, _) => ProductKind::Base,
            (false, false) => ProductKind::TraditionalAddOn,
            (false, true) => ProductKind::StandaloneAddOn,
        },
        retired_at: None,
    }
}

/// Each add-on with the products to which it is added.
fn bases(scenario: &Scenario, shelf: &Shelf) -> Result<Vec<(ProductId, Vec<ProductId>)>, Mistake> {
    let id = |name: &str| shelf.iter().find(|(product, ..)| product.name == name).map(|(product, ..)| product.id);
    let mut all = Vec::new();
    for (number, sold) in scenario.catalog.iter().enumerate().filter(|(_, sold)| !sold.add_on_to.is_empty()) {
        let mut of = Vec::new();
        for (place, base) in sold.add_on_to.iter().enumerate() {
            let unknown = || {
                Mistake::at(format!("catalog[{number}].add_on_to[{place}]"), format!("no product is named {base:?}"))
            };
            of.push(id(base).ok_or_else(unknown)?);
        }
        all.extend(id(&sold.product).map(|add_on| (add_on, of)));
    }
    Ok(all)
}

fn customer(id: OrganizationId, buyer: &Organization, begins: Timestamp) -> domain::organization::Organization {
    domain::organization::Organization {
        id,
        name: buyer.name.clone(),
        kind: OrganizationKind::Customer,
        state: OrganizationState::Active,
        country: buyer.country.clone(),
        currency: buyer.currency,
        cloud: buyer.cloud,
        language: "en".to_owned(),
        time_zone: buyer.time_zone.clone(),
        sandbox_ahead: None,
        created_at: begins,
        revision: 1,
    }
}

fn account(buyer: &Organization, place: &str) -> Result<BillingAccount, Mistake> {
    let rules = Rules {
        agreement: None,
        proration: buyer.proration,
        rounding: buyer.rounding,
        tax_rounding: buyer.tax_rounding,
        prices_include_tax: buyer.prices_include_tax,
        fewer_licenses: buyer.fewer_licenses,
        refund_days: buyer.refund_days,
        payment_terms_days: buyer.payment_terms_days,
        undo_days: buyer.undo_days,
    };
    let rules = rules.applied_to(BillingRules::usual(buyer.agreement));
    rules.check().map_err(|wrong| first(&wrong, place))?;
    let tax_exemption = buyer.tax_exemption.clone();
    let sold_to = Party { tax_exemption, ..party(&buyer.name, &buyer.country, buyer.tax_number.as_deref()) };
    let sold_to = sold_to.checked().map_err(|wrong| first(&wrong, place))?;
    Ok(BillingAccount { sold_to, segment: buyer.segment, rules, revision: 1 })
}

fn seller(seller: &Seller) -> Result<domain::billing::party::Seller, Mistake> {
    let seller = domain::billing::party::Seller {
        party: party("Seller", &seller.country, seller.tax_number.as_deref()),
        invoice_prefix: seller.invoice_prefix.clone(),
        ..domain::billing::party::Seller::default()
    };
    seller.checked().map_err(|wrong| first(&wrong, "seller"))
}

/// The first field that is wrong; the scenario calls them as forms do.
fn first(wrong: &[FieldRefusal], place: &str) -> Mistake {
    let of = |FieldRefusal { field, refusal }: &FieldRefusal| {
        Mistake::at(format!("{place}.{}", field.code()), format!("refused with {}", refusal.code()))
    };
    wrong.first().map_or_else(|| Mistake::at(place, "it is wrong"), of)
}

fn party(name: &str, country: &str, tax_number: Option<&str>) -> Party {
    let tax_number = tax_number.map(str::to_owned);
    Party { name: name.to_owned(), address: address(country), tax_number, ..Party::default() }
}

/// Somewhere in a country.
pub fn address(country: &str) -> Address {
    let (line1, city, country) = ("Kade 1".to_owned(), "Amsterdam".to_owned(), country.to_owned());
    Address { line1, city, country, ..Address::default() }
}

fn person(name: &str, number: usize) -> UserFacts {
    UserFacts {
        display_name: name.to_owned(),
        email: format!("person.{number}@simulation.example"),
        department: String::new(),
        usage_location: Some("NL".to_owned()),
        is_guest: false,
    }
}
