//! A throw-away Zetel with a clock of its own, on which a scenario is played.

use super::scenario::{Organization, Scenario, Seller};
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
use domain::ids::{OrganizationId, PriceId, ProductId, ServicePlanId, SkuId, UserId};
use domain::limits::QUANTITY_MAX;
use domain::money::{Currency, Money};
use domain::organization::{Cloud, OrganizationKind, OrganizationState};
use domain::user::UserFacts;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use mails::MailTemplates;
use std::collections::BTreeMap;
use std::error::Error;
use std::sync::Arc;
use store::tables::{billing_account, catalog, organization, price, user};
use store::{Options, Store};
use uuid::Uuid;

/// Every price with its product and what is sold.
type Shelf = Vec<(Product, Sku, Price)>;

/// Everything that a scenario needs, and the names that it gives to things.
pub struct Stage {
    /// The door.
    pub app: App,
    /// The database, which goes away with the folder.
    pub store: Store,
    /// Who buys.
    pub organization: OrganizationId,
    /// Their global admin.
    pub admin: Caller,
    /// What they buy in.
    pub currency: Currency,
    /// Where their days begin.
    pub zone: TimeZone,
    /// People by name.
    pub people: BTreeMap<String, UserId>,
    /// The shelf: prices by the name of their product.
    pub prices: Vec<(String, Price, ProductId)>,
    /// The bank behind the gateway.
    pub bank: Arc<SandboxGateway>,
    clock: Arc<SettableClock>,
    ids: TimeOrderedIds,
    _folder: tempfile::TempDir,
}

impl Stage {
    /// Sets the stage at an instant before everything that happens.
    pub fn set(scenario: &Scenario, begins: Timestamp, zone: TimeZone) -> Result<Self, Box<dyn Error>> {
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
        let ids = TimeOrderedIds::default();
        let (organization, admin) = (OrganizationId::from_uuid(ids.next(begins)), UserId::from_uuid(ids.next(begins)));
        let actor = Actor {
            principal: Principal::User(admin),
            home: Some(organization),
            name: "Admin".to_owned(),
            roles: vec![Role::GlobalAdmin],
            billing_roles: Vec::new(),
            scopes: Vec::new(),
        };
        let mut stage = Self {
            app: App::new(store.clone(), ports),
            store,
            organization,
            admin: Caller { actor, request: "simulate".to_owned() },
            currency: scenario.organization.currency,
            zone,
            people: BTreeMap::new(),
            prices: Vec::new(),
            bank,
            clock,
            ids,
            _folder: folder,
        };
        stage.fill(scenario, admin, begins)?;
        Ok(stage)
    }

    fn new_id(&self, begins: Timestamp) -> Uuid {
        self.ids.next(begins)
    }

    fn fill(&mut self, scenario: &Scenario, admin: UserId, begins: Timestamp) -> Result<(), Box<dyn Error>> {
        let buyer = &scenario.organization;
        let new = customer(self.organization, buyer, begins);
        let account = account(buyer);
        let seller = seller(&scenario.seller);
        let everyone: Vec<_> = std::iter::once(("Admin", admin))
            .chain(scenario.people.iter().map(|name| (name.as_str(), UserId::from_uuid(self.new_id(begins)))))
            .map(|(name, id)| (name.to_owned(), id))
            .collect();
        self.people = everyone.iter().cloned().collect();
        let shelf = self.shelf(scenario, begins)?;
        let apps = self.apps(scenario, begins);
        let names: BTreeMap<String, Vec<String>> =
            scenario.catalog.iter().map(|sold| (sold.product.clone(), sold.apps.clone())).collect();
        let bases = bases(scenario, &shelf)?;
        self.prices =
            shelf.iter().map(|(product, _, price)| (product.name.clone(), price.clone(), product.id)).collect();
        self.store
            .write(self.organization, move |write| {
                organization::insert(write, &new)?;
                let (_, revision) = billing_account::seller(write)?;
                billing_account::update_seller(write, &seller, revision)?;
                billing_account::update(write, &account)?;
                for (number, (name, id)) in everyone.iter().enumerate() {
                    user::insert(write, *id, &person(name, number), begins)?;
                }
                user::set_roles(write, admin, &[Role::GlobalAdmin])?;
                apps.values().try_for_each(|app| catalog::insert_service_plan(write, app))?;
                let mut known = Vec::new();
                for (product, sku, sold_at) in &shelf {
                    if !known.contains(&product.id) {
                        known.push(product.id);
                        catalog::insert_product(write, product)?;
                        catalog::insert_sku(write, sku)?;
                        for name in &names[&product.name] {
                            catalog::insert_sku_plan(write, sku.id, apps[name].id)?;
                        }
                    }
                    price::insert(write, sold_at)?;
                }
                bases.iter().try_for_each(|(add_on, bases)| catalog::set_bases(write, *add_on, bases))?;
                Ok::<_, store::Error>(())
            })
            .wait()?;
        Ok(())
    }

    /// Every app by its name.
    fn apps(&self, scenario: &Scenario, begins: Timestamp) -> BTreeMap<String, ServicePlan> {
        let app = |name: &String| ServicePlan {
            id: ServicePlanId::from_uuid(self.new_id(begins)),
            name: name.clone(),
            friendly_name: name.clone(),
        };
        scenario.catalog.iter().flat_map(|sold| &sold.apps).map(|name| (name.clone(), app(name))).collect()
    }

    /// Every price with its product.
    fn shelf(&self, scenario: &Scenario, begins: Timestamp) -> Result<Shelf, Box<dyn Error>> {
        let mut shelf = Vec::new();
        for (number, sold) in scenario.catalog.iter().enumerate() {
            let product = Product {
                id: ProductId::from_uuid(self.new_id(begins)),
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
            };
            let sku = Sku {
                id: SkuId::from_uuid(self.new_id(begins)),
                product_id: product.id,
                part_number: format!("SKU-{}", number + 1),
                kind: SkuKind::Central,
                quantity_max: QUANTITY_MAX,
            };
            for (row, at) in sold.prices.iter().enumerate() {
                let unit_price = Money::parse(&at.unit_price, scenario.organization.currency).map_err(|_| {
                    format!("catalog[{number}].prices[{row}].unit_price: {:?} is no amount", at.unit_price)
                })?;
                let price = Price {
                    id: PriceId::from_uuid(self.new_id(begins)),
                    sku_id: sku.id,
                    term: at.term,
                    billing_frequency: at.billing_frequency,
                    unit_price,
                    version: 1,
                    valid_from: begins,
                };
                shelf.push((product.clone(), sku.clone(), price));
            }
        }
        Ok(shelf)
    }

    /// Lets time pass: everything that is due up to an instant happens at its own, then it is that instant.
    pub fn go_to(&self, instant: Timestamp) -> Result<(), Failure> {
        let Self { app, store, organization, zone, clock, .. } = self;
        TimeLapse { app, store, organization: *organization, zone, clock }.live_until(instant)?;
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

    /// The first instant of a civil day where the organization is.
    pub fn start_of(&self, day: Date) -> Option<Timestamp> {
        day.to_zoned(self.zone.clone()).ok().map(|start| start.timestamp())
    }
}

/// Each add-on with the products to which it is added.
fn bases(scenario: &Scenario, shelf: &Shelf) -> Result<Vec<(ProductId, Vec<ProductId>)>, String> {
    let id = |name: &str| shelf.iter().find(|(product, ..)| product.name == name).map(|(product, ..)| product.id);
    let mut all = Vec::new();
    for (number, sold) in scenario.catalog.iter().enumerate().filter(|(_, sold)| !sold.add_on_to.is_empty()) {
        let mut of = Vec::new();
        for base in &sold.add_on_to {
            of.push(id(base).ok_or_else(|| format!("catalog[{number}].add_on_to: nothing is named {base:?}"))?);
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
        cloud: Cloud::Worldwide,
        language: "en".to_owned(),
        time_zone: buyer.time_zone.clone(),
        sandbox_ahead: None,
        created_at: begins,
        revision: 1,
    }
}

fn account(buyer: &Organization) -> BillingAccount {
    let usual = BillingRules::usual(buyer.agreement);
    let rules = BillingRules {
        agreement: buyer.agreement,
        proration: buyer.proration.unwrap_or(usual.proration),
        rounding: buyer.rounding.unwrap_or(usual.rounding),
        tax_rounding: buyer.tax_rounding.unwrap_or(usual.tax_rounding),
        prices_include_tax: buyer.prices_include_tax.unwrap_or(usual.prices_include_tax),
        fewer_licenses: buyer.fewer_licenses.unwrap_or(usual.fewer_licenses),
        refund_days: buyer.refund_days.or(usual.refund_days),
        payment_terms_days: buyer.payment_terms_days.unwrap_or(usual.payment_terms_days),
        ..usual
    };
    BillingAccount { sold_to: party(&buyer.name, &buyer.country, buyer.tax_number.as_deref()), rules, revision: 1 }
}

fn seller(seller: &Seller) -> domain::billing::party::Seller {
    domain::billing::party::Seller {
        party: party("Seller", &seller.country, seller.tax_number.as_deref()),
        invoice_prefix: seller.invoice_prefix.clone(),
        ..domain::billing::party::Seller::default()
    }
}

fn party(name: &str, country: &str, tax_number: Option<&str>) -> Party {
    let address = Address { country: country.to_owned(), ..Address::default() };
    Party { name: name.to_owned(), address, tax_number: tax_number.map(str::to_owned), ..Party::default() }
}

fn person(name: &str, number: usize) -> UserFacts {
    UserFacts {
        display_name: name.to_owned(),
        email: format!("person.{number}@simulation.example"),
        department: String::new(),
        usage_location: Some("NL".to_owned()),
    }
}
