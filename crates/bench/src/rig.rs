//! What a benchmark begins with: a database with organizations, people and subscriptions, and an app on it.

use adapters::{SandboxGateway, SettableClock, SystemClock, TimeOrderedIds};
use app::ports::{Clock, IdSource};
use app::product_key::ProductKeySecret;
use app::{App, Caller, Ports};
use documents::Files;
use domain::access::{Actor, Principal, Role};
use domain::catalog::{BillingFrequency, Category, Product, ProductKind, Sku, SkuKind, Term};
use domain::ids::{BillingProfileId, OrganizationId, ProductId, SkuId, SubscriptionId, UserId};
use domain::limits::QUANTITY_MAX;
use domain::money::{Currency, Money};
use domain::organization::{Cloud, Organization, OrganizationKind, OrganizationState};
use domain::subscription::begin::{New, active};
use domain::subscription::{Channel, Subscription, first_term_end};
use domain::user::UserFacts;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use mails::MailTemplates;
use std::sync::Arc;
use store::tables::{catalog, organization, subscription, user};
use store::{Pending, Store};
use testkit::engines::Database;
use uuid::Uuid;

/// People that one transaction adds.
const CHUNK: usize = 5_000;

/// A person who is to get a license of a product.
#[derive(Debug, Clone, Copy)]
pub struct Target {
    pub organization: OrganizationId,
    pub user: UserId,
    pub product: ProductId,
}

/// A product with its only SKU.
#[derive(Debug, Clone, Copy)]
pub struct Sold {
    pub product: ProductId,
    pub sku: SkuId,
}

/// An app on a database.
pub struct Rig {
    pub app: App,
    pub store: Store,
    ids: Arc<TimeOrderedIds>,
    pub now: Timestamp,
}

impl Rig {
    /// Opens a database as `zetel serve` would.
    pub fn open(database: &Database) -> Self {
        Self::open_by(database, Arc::new(SystemClock))
    }

    /// Opens a database at an instant at which time stands still.
    pub fn open_at(database: &Database, now: Timestamp) -> Self {
        Self::open_by(database, Arc::new(SettableClock::at(now)))
    }

    fn open_by(database: &Database, clock: Arc<dyn Clock>) -> Self {
        let now = clock.now();
        let store = database.open_migrated();
        let ids = Arc::new(TimeOrderedIds::default());
        let ports = Ports {
            clock,
            ids: ids.clone(),
            gateway: Arc::new(SandboxGateway::default()),
            documents: Arc::new(Files),
            mail_writer: Arc::new(MailTemplates::default()),
            mailer: None,
            product_keys: Some(ProductKeySecret::new(b"benchmark")),
        };
        Self { app: App::new(store.clone(), ports), store, ids, now }
    }

    /// Writes everything to the database's file and closes it; gives the time that it was.
    pub fn leave(self) -> Timestamp {
        self.store.close();
        self.now
    }

    /// The civil day of its time, in UTC.
    pub fn today(&self) -> Date {
        self.now.to_zoned(TimeZone::UTC).date()
    }

    /// A fresh identifier.
    pub fn new_id(&self) -> Uuid {
        self.ids.next(self.now)
    }

    /// Products, each with one SKU.
    pub fn products(&self, count: usize) -> Vec<Sold> {
        let sold: Vec<_> = (0..count)
            .map(|_| Sold { product: ProductId::from_uuid(self.new_id()), sku: SkuId::from_uuid(self.new_id()) })
            .collect();
        let rows = sold.clone();
        let written = self.store.write(store::Scope::Shared, move |write| {
            rows.iter().enumerate().try_for_each(|(number, sold)| {
                catalog::insert_product(write, &product(sold.product, number))?;
                catalog::insert_sku(write, &sku(*sold))
            })
        });
        written.wait().expect("products are written");
        sold
    }

    /// An organization with people, `Person 000001` and so on, and a subscription of each product.
    pub fn organization(&self, people: usize, products: &[Sold], quantity: u32) -> (OrganizationId, Vec<UserId>) {
        self.organizations(1, people, products, quantity).remove(0)
    }

    /// So many such organizations.
    pub fn organizations(
        &self,
        count: usize,
        people: usize,
        products: &[Sold],
        quantity: u32,
    ) -> Vec<(OrganizationId, Vec<UserId>)> {
        let begun: Vec<_> = (0..count).map(|_| self.begin_organization(people, products, quantity)).collect();
        let written = begun.into_iter().map(|(id, users, pending)| {
            pending.into_iter().for_each(|pending| pending.wait().expect("an organization is written"));
            (id, users)
        });
        written.collect()
    }

    fn begin_organization(
        &self,
        people: usize,
        products: &[Sold],
        quantity: u32,
    ) -> (OrganizationId, Vec<UserId>, Vec<Pending<(), store::Error>>) {
        let id = OrganizationId::from_uuid(self.new_id());
        let today = self.today();
        let ids: Vec<_> = products.iter().map(|_| SubscriptionId::from_uuid(self.new_id())).collect();
        let (now, products) = (self.now, products.to_vec());
        let mut pending = vec![self.store.write(id, move |write| {
            organization::insert(write, &customer(id, now))?;
            products.iter().zip(&ids).try_for_each(|(sold, subscription_id)| {
                subscription::insert(
                    write,
                    &bought(id, *subscription_id, *sold, quantity, today),
                    Cloud::Worldwide,
                    now,
                )
            })
        })];
        let users: Vec<_> = (0..people).map(|_| UserId::from_uuid(self.new_id())).collect();
        pending.extend(users.chunks(CHUNK).zip((1..).step_by(CHUNK)).map(|(chunk, first)| {
            let chunk = chunk.to_vec();
            self.store.write(id, move |write| {
                (first..).zip(&chunk).try_for_each(|(number, user)| user::insert(write, *user, &facts(number), now))
            })
        }));
        (id, users, pending)
    }

    /// Customers with a global admin and ten licenses of each product by the month, paid by invoice and charged up to a
    /// day.
    pub fn customers_by_invoice(
        &self,
        count: usize,
        products: &[Sold],
        billed_until: Date,
    ) -> Vec<(OrganizationId, UserId)> {
        let today = self.today();
        let ends_on = first_term_end(today, Term::Monthly);
        let customers = (0..count).map(|number| {
            let (id, user) = (OrganizationId::from_uuid(self.new_id()), UserId::from_uuid(self.new_id()));
            let ids: Vec<_> = products.iter().map(|_| SubscriptionId::from_uuid(self.new_id())).collect();
            let (now, products) = (self.now, products.to_vec());
            let written = self.store.write(id, move |write| {
                organization::insert(write, &customer(id, now))?;
                user::insert(write, user, &facts(number), now)?;
                user::set_roles(write, user, &[Role::GlobalAdmin])?;
                products.iter().zip(&ids).try_for_each(|(sold, subscription_id)| {
                    let new = Subscription {
                        channel: Channel::DirectInvoice,
                        term: Term::Monthly,
                        ends_on,
                        billed_until: Some(billed_until),
                        ..bought(id, *subscription_id, *sold, 10, today)
                    };
                    subscription::insert(write, &new, Cloud::Worldwide, now)
                })
            });
            ((id, user), written)
        });
        let begun: Vec<_> = customers.collect();
        let done = |(customer, written): (_, Pending<(), store::Error>)| {
            written.wait().expect("a customer is written");
            customer
        };
        begun.into_iter().map(done).collect()
    }

    /// A global admin of an organization, who can sign in.
    pub fn admin(&self, organization: OrganizationId, user: UserId) -> Caller {
        let written = self.store.write(organization, move |write| user::set_roles(write, user, &[Role::GlobalAdmin]));
        written.wait().expect("a role is given");
        caller(organization, user)
    }
}

/// A global admin, as the door sees one.
pub fn caller(organization: OrganizationId, user: UserId) -> Caller {
    Caller {
        actor: Actor {
            principal: Principal::User(user),
            home: Some(organization),
            name: "Ada Admin".to_owned(),
            roles: vec![Role::GlobalAdmin],
            billing_roles: Vec::new(),
            billing_admins_assign: false,
            scopes: Vec::new(),
        },
        request: "req_0123456789abcdef".to_owned(),
    }
}

fn product(id: ProductId, number: usize) -> Product {
    Product {
        id,
        name: format!("Product {number:04} {id}"),
        category: Category::Productivity,
        description_en: String::new(),
        description_nl: String::new(),
        kind: ProductKind::Base,
        retired_at: None,
    }
}

fn sku(sold: Sold) -> Sku {
    Sku {
        id: sold.sku,
        product_id: sold.product,
        part_number: "PRODUCT".to_owned(),
        kind: SkuKind::Central,
        quantity_max: QUANTITY_MAX,
    }
}

fn customer(id: OrganizationId, now: Timestamp) -> Organization {
    Organization {
        id,
        name: format!("Organization {id}"),
        kind: OrganizationKind::Customer,
        state: OrganizationState::Active,
        country: "NL".to_owned(),
        currency: Currency::Eur,
        cloud: Cloud::Worldwide,
        language: "nl".to_owned(),
        time_zone: "Europe/Amsterdam".to_owned(),
        sandbox_ahead: None,
        created_at: now,
        revision: 1,
    }
}

fn facts(number: usize) -> UserFacts {
    UserFacts {
        display_name: format!("Person {number:06}"),
        email: format!("person.{number:06}@example.org"),
        department: "Department".to_owned(),
        usage_location: Some("NL".to_owned()),
        is_guest: false,
    }
}

/// A subscription by card, annual, billed monthly, that began on a day and is charged up to the end of its term.
pub fn bought(
    organization: OrganizationId,
    id: SubscriptionId,
    sold: Sold,
    quantity: u32,
    today: Date,
) -> Subscription {
    let ends_on = first_term_end(today, Term::Annual);
    let new = New {
        id,
        product_id: sold.product,
        sku_id: sold.sku,
        channel: Channel::Direct,
        quantity,
        quantity_max: QUANTITY_MAX,
        term: Term::Annual,
        billing_frequency: BillingFrequency::Monthly,
        unit_price: Money::new(1_000, Currency::Eur),
        billing_profile_id: BillingProfileId::first_of(organization),
    };
    Subscription { billed_until: Some(ends_on), ..active(new, today, ends_on) }
}
