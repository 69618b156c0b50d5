//! A small world for scenarios: an app on a fresh store, an organization, a clock that one sets, identifiers that are
//! the same in every run, and builders for what a scenario begins with.
//!
//! ```no_run
//! use domain::access::Role;
//! use testkit::world::in_each_world;
//!
//! in_each_world(|world| {
//!     let office = world.product("Office");
//!     let subscription = world.subscription(&office, 25);
//!     let admin = world.caller(Role::LicenseAdmin);
//!     let anna = world.person("Anna de Vries");
//!     // world.write(&admin, SomeCommand { .. }); world.read(&admin, SomeQuery(..)); world.new_events()
//! });
//! ```

use crate::documents::PlainDocuments;
use crate::engines::Database;
use crate::gateway::ScriptedGateway;
use crate::mailbox::{PlainMails, ScriptedMailbox};
use adapters::SettableClock;
use app::mail::deliver::Delivery;
use app::ports::{Clock, IdSource, Mailer, OutgoingMail};
use app::product_key::ProductKeySecret;
use app::{App, Caller, Command, Failure, Ports, Query};
use domain::access::{Actor, Principal, Role};
use domain::billing::charge::{self as charging, Charge, ChargeKind};
use domain::billing::party::Address;
use domain::billing::payment_method::{BankAccountDescription, CardDescription, MethodDescription, PaymentMethod};
use domain::billing::{Agreement, BillingAccount, BillingRules, Moment};
use domain::catalog::{BillingFrequency, Category, Price, Product, ProductKind, ServicePlan, Sku, SkuKind, Term};
use domain::event::Event;
use domain::ids::{
    BillingProfileId, ChargeId, InvoiceId, JournalEntryId, OrganizationId, PaymentMethodId, PriceId, ProductId,
    ServicePlanId, SkuId, SubscriptionId, UserId,
};
use domain::license::Assignment;
use domain::money::{Currency, Money};
use domain::organization::{Cloud, Organization, OrganizationKind, OrganizationState};
use domain::subscription::begin::{New, active};
use domain::subscription::{Channel, Subscription, SubscriptionState, first_term_end};
use domain::user::{UserFacts, fold};
use jiff::Timestamp;
use jiff::civil::{Date, date};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use store::tables::subscription::ListedSubscription;
use store::tables::{
    assignment, billing_account, catalog, charge, journal, organization, payment_method, price, subscription, user,
};
use store::{Engine, Store, Write};
use uuid::Uuid;

/// The day on which every world begins.
pub const FIRST_DAY: Date = date(2020, 1, 15);

/// The secret with which a world makes and knows product keys; long enough for a server, which takes it from its
/// environment.
pub const PRODUCT_KEY_SECRET: &str = "the secret of the product keys of a world";

/// Identifiers that rise by one.
#[derive(Debug, Default)]
pub struct SeededIds(AtomicU64);

impl IdSource for SeededIds {
    fn next(&self, _now: Timestamp) -> Uuid {
        let number = self.0.fetch_add(1, Ordering::Relaxed) + 1;
        Uuid::from_u128(0x016f_a7e0_0000_7000_8000_0000_0000_0000 + u128::from(number))
    }
}

/// An app with one organization, Waterland, and nobody in it.
pub struct World {
    /// The app.
    pub app: App,
    /// Its store, for what no use case does.
    pub store: Store,
    /// What time it is.
    pub clock: Arc<SettableClock>,
    /// What takes the money.
    pub gateway: Arc<ScriptedGateway>,
    /// Where mails arrive.
    pub mailbox: Arc<ScriptedMailbox>,
    /// The organization of everything that is not told otherwise.
    pub organization: OrganizationId,
    ids: Arc<SeededIds>,
    last_event: Mutex<Option<JournalEntryId>>,
    engine: Engine,
    /// `None` once the world was left.
    database: Option<Database>,
}

/// Runs a scenario in a fresh world on each engine. Says which engine it was when the scenario panics.
pub fn in_each_world(scenario: impl Fn(&World)) {
    for database in Database::each() {
        scenario(&World::new(database));
    }
}

impl Drop for World {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("this was on {:?}", self.engine);
        }
    }
}

impl World {
    /// A world on an empty database, at nine in the morning of [`FIRST_DAY`].
    ///
    /// # Panics
    /// When the database cannot be used.
    #[must_use]
    pub fn new(database: Database) -> Self {
        let store = database.open_migrated();
        let clock = Arc::new(SettableClock::at(Timestamp::UNIX_EPOCH));
        clock.set_day(FIRST_DAY);
        let (ids, gateway) = (Arc::new(SeededIds::default()), Arc::new(ScriptedGateway::default()));
        let mailbox = Arc::new(ScriptedMailbox::default());
        let ports = Ports {
            clock: Arc::clone(&clock) as Arc<dyn Clock>,
            ids: Arc::clone(&ids) as Arc<dyn IdSource>,
            gateway: Arc::clone(&gateway) as Arc<dyn app::ports::PaymentGateway>,
            documents: Arc::new(PlainDocuments),
            mail_writer: Arc::new(PlainMails),
            mailer: Some(Arc::clone(&mailbox) as Arc<dyn Mailer>),
            product_keys: Some(ProductKeySecret::new(PRODUCT_KEY_SECRET.as_bytes())),
        };
        let mut world = Self {
            app: App::new(store.clone(), ports),
            store,
            clock,
            gateway,
            mailbox,
            organization: OrganizationId::from_uuid(Uuid::nil()),
            ids,
            last_event: Mutex::new(None),
            engine: database.engine(),
            database: Some(database),
        };
        world.organization = world.other_organization("Waterland");
        world
    }

    /// Closes the app and gives the database, for a program that goes on with it.
    ///
    /// # Panics
    /// Never: a world is left once.
    #[must_use]
    pub fn leave(mut self) -> Database {
        self.store.close();
        self.database.take().expect("a world is left once")
    }

    /// A fresh identifier.
    #[must_use]
    pub fn new_id(&self) -> Uuid {
        self.ids.next(self.clock.now())
    }

    /// The same organization in another process: an app of its own on the same database, with the same clock.
    ///
    /// # Panics
    /// When the database cannot be opened.
    #[must_use]
    pub fn another_process(&self) -> (App, Store) {
        let store = self.database.as_ref().expect("a world has a database").open();
        let ports = Ports {
            clock: Arc::clone(&self.clock) as Arc<dyn Clock>,
            ids: Arc::clone(&self.ids) as Arc<dyn IdSource>,
            gateway: Arc::clone(&self.gateway) as Arc<dyn app::ports::PaymentGateway>,
            documents: Arc::new(PlainDocuments),
            mail_writer: Arc::new(PlainMails),
            mailer: Some(Arc::clone(&self.mailbox) as Arc<dyn Mailer>),
            product_keys: Some(ProductKeySecret::new(PRODUCT_KEY_SECRET.as_bytes())),
        };
        (App::new(store.clone(), ports), store)
    }

    /// Writes rows past the door, as a scenario's beginning.
    ///
    /// # Panics
    /// When they cannot be written.
    pub fn seed(
        &self,
        organization: OrganizationId,
        rows: impl FnMut(&Write<'_>) -> store::Result<()> + Send + 'static,
    ) {
        self.store.write(organization, rows).wait().expect("the beginning of a scenario is written");
    }

    // --- organizations and people ---

    /// Another organization, in the Netherlands.
    #[must_use]
    pub fn other_organization(&self, name: &str) -> OrganizationId {
        self.organization_with(name, |_| ())
    }

    /// Another organization that differs from the usual one.
    #[must_use]
    pub fn organization_with(&self, name: &str, differ: impl FnOnce(&mut Organization)) -> OrganizationId {
        let id = OrganizationId::from_uuid(self.new_id());
        let mut new = Organization {
            id,
            name: name.to_owned(),
            kind: OrganizationKind::Customer,
            state: OrganizationState::Active,
            country: "NL".to_owned(),
            currency: Currency::Eur,
            cloud: Cloud::Worldwide,
            language: "nl".to_owned(),
            time_zone: "Europe/Amsterdam".to_owned(),
            sandbox_ahead: None,
            created_at: self.clock.now(),
            revision: 1,
        };
        differ(&mut new);
        self.seed(id, move |write| organization::insert(write, &new));
        id
    }

    /// A person who uses the services in the Netherlands, with the address `anna.de.vries@waterland.example`.
    #[must_use]
    pub fn person(&self, name: &str) -> UserId {
        self.person_with(self.organization, name, |_| ())
    }

    /// A person of any organization who differs from the usual one.
    #[must_use]
    pub fn person_with(&self, organization: OrganizationId, name: &str, differ: impl FnOnce(&mut UserFacts)) -> UserId {
        let (id, now) = (UserId::from_uuid(self.new_id()), self.clock.now());
        let mut facts = usual_person(name);
        differ(&mut facts);
        self.seed(organization, move |write| user::insert(write, id, &facts, now));
        id
    }

    /// Many people at once: `Person 00001` and so on, with addresses `person.00001@waterland.example`.
    #[must_use]
    pub fn people(&self, count: usize) -> Vec<UserId> {
        let now = self.clock.now();
        let all: Vec<_> = (1..=count)
            .map(|number| (UserId::from_uuid(self.new_id()), usual_person(&format!("Person {number:05}"))))
            .collect();
        for chunk in all.chunks(1_000) {
            let chunk = chunk.to_vec();
            self.seed(self.organization, move |write| {
                chunk.iter().try_for_each(|(id, facts)| user::insert(write, *id, facts, now))
            });
        }
        all.into_iter().map(|(id, _)| id).collect()
    }

    /// A card on file that stands for a token of the sandbox.
    #[must_use]
    pub fn card(&self, owner: UserId, token: &str) -> PaymentMethodId {
        self.payment_method(owner, |new| token.clone_into(&mut new.gateway_token))
    }

    /// A bank account on file that debits.
    #[must_use]
    pub fn bank_account(&self, owner: UserId) -> PaymentMethodId {
        let (country, last_four, mandate) = ("NL".to_owned(), "4300".to_owned(), Some("mandate_1".to_owned()));
        let account = BankAccountDescription { country, last_four, mandate };
        self.payment_method(owner, |new| new.described = MethodDescription::BankAccount(account))
    }

    /// A payment method on file that differs from the usual one: a Visa that ends in 4242 and pays.
    #[must_use]
    pub fn payment_method(&self, owner: UserId, differ: impl FnOnce(&mut PaymentMethod)) -> PaymentMethodId {
        self.payment_method_in(self.organization, owner, differ)
    }

    /// A payment method on file of somebody of any organization.
    #[must_use]
    pub fn payment_method_in(
        &self,
        organization: OrganizationId,
        owner: UserId,
        differ: impl FnOnce(&mut PaymentMethod),
    ) -> PaymentMethodId {
        let now = self.clock.now();
        let mut new = PaymentMethod {
            id: PaymentMethodId::from_uuid(self.new_id()),
            user_id: owner,
            described: MethodDescription::Card(CardDescription {
                brand: "Visa".to_owned(),
                last_four: "4242".to_owned(),
                expires_on: "2030-12".to_owned(),
            }),
            holder: "Anna de Vries".to_owned(),
            address: Address { country: "NL".to_owned(), ..Address::default() },
            gateway_token: "card_succeeds".to_owned(),
            created_at: now,
            verified_at: Some(now),
            removed_at: None,
            revision: 1,
        };
        differ(&mut new);
        let id = new.id;
        self.seed(organization, move |write| payment_method::insert(write, &new));
        id
    }

    /// Gives a person roles.
    pub fn give_roles(&self, organization: OrganizationId, person: UserId, roles: &[Role]) {
        let roles = roles.to_vec();
        self.seed(organization, move |write| user::set_roles(write, person, &roles));
    }

    /// Somebody of the organization with one role, added for the occasion, named as the role is: `global_admin`.
    #[must_use]
    pub fn caller(&self, role: Role) -> Caller {
        self.caller_in(self.organization, role)
    }

    /// Somebody of another organization with one role.
    #[must_use]
    pub fn caller_in(&self, organization: OrganizationId, role: Role) -> Caller {
        let name = format!("{} {}", role.code(), self.new_id().as_u128() & 0xffff);
        let person = self.person_with(organization, &name, |_| ());
        self.give_roles(organization, person, &[role]);
        let caller = self.as_person(person, &[role]);
        Caller { actor: Actor { home: Some(organization), name: role.code().to_owned(), ..caller.actor }, ..caller }
    }

    /// A person of the organization as the one who asks.
    #[must_use]
    pub fn as_person(&self, person: UserId, roles: &[Role]) -> Caller {
        Caller {
            actor: Actor {
                principal: Principal::User(person),
                home: Some(self.organization),
                name: "Somebody".to_owned(),
                roles: roles.to_vec(),
                billing_roles: Vec::new(),
                billing_admins_assign: false,
                scopes: Vec::new(),
            },
            request: "req_test".to_owned(),
        }
    }

    /// A person as their session tells: with the roles and billing roles that have effect now.
    #[must_use]
    pub fn signed_in(&self, person: UserId) -> Caller {
        let token = app::session::start(&self.app, self.organization, person).expect("a session");
        let actor = app::session::actor(&self.app, token.secret()).expect("somebody is signed in");
        Caller { actor, request: "req_test".to_owned() }
    }

    /// Another contract for the organization.
    pub fn agreement(&self, agreement: Agreement) {
        self.agreement_of(self.organization, agreement);
    }

    /// Another contract for an organization.
    pub fn agreement_of(&self, organization: OrganizationId, agreement: Agreement) {
        self.seed(organization, move |write| {
            let account = billing_account::find(write)?.expect("an organization has a contract");
            billing_account::update(write, &BillingAccount { rules: BillingRules::usual(agreement), ..account })
        });
    }

    // --- the catalog ---

    /// A product with one central SKU of at most 300 licenses a subscription.
    #[must_use]
    pub fn product(&self, name: &str) -> Sku {
        let product_id = ProductId::from_uuid(self.new_id());
        let product = Product {
            id: product_id,
            name: name.to_owned(),
            category: Category::Productivity,
            description_en: String::new(),
            description_nl: String::new(),
            kind: ProductKind::Base,
            retired_at: None,
        };
        self.seed(self.organization, move |write| catalog::insert_product(write, &product));
        self.sku(product_id, SkuKind::Central, &name.to_uppercase().replace(' ', "_"))
    }

    /// An add-on that fits products, with one central SKU.
    #[must_use]
    pub fn add_on(&self, name: &str, kind: ProductKind, fits: &[&Sku]) -> Sku {
        let sku = self.product(name);
        let (id, bases) = (sku.product_id, fits.iter().map(|base| base.product_id).collect::<Vec<_>>());
        self.seed(self.organization, move |write| {
            let product = catalog::find_product(write, id)?.expect("the product is there");
            catalog::describe_product(write, &Product { kind, ..product })?;
            catalog::set_bases(write, id, &bases)
        });
        sku
    }

    /// Another SKU of a product.
    #[must_use]
    pub fn sku(&self, product_id: ProductId, kind: SkuKind, part_number: &str) -> Sku {
        let sku = Sku {
            id: SkuId::from_uuid(self.new_id()),
            product_id,
            part_number: part_number.to_owned(),
            kind,
            quantity_max: 300,
        };
        let row = sku.clone();
        self.seed(self.organization, move |write| catalog::insert_sku(write, &row));
        sku
    }

    /// Puts apps into a SKU.
    #[must_use]
    pub fn apps(&self, sku: &Sku, names: &[&str]) -> Vec<ServicePlanId> {
        let plans: Vec<_> = names
            .iter()
            .map(|name| ServicePlan {
                id: ServicePlanId::from_uuid(self.new_id()),
                name: name.to_uppercase().replace(' ', "_"),
                friendly_name: (*name).to_owned(),
            })
            .collect();
        let (ids, sku) = (plans.iter().map(|plan| plan.id).collect(), sku.id);
        self.seed(self.organization, move |write| {
            plans.iter().try_for_each(|plan| {
                catalog::insert_service_plan(write, plan)?;
                catalog::insert_sku_plan(write, sku, plan.id)
            })
        });
        ids
    }

    /// The first version of a price, valid from now on.
    #[must_use]
    pub fn price(&self, sku: &Sku, term: Term, billing_frequency: BillingFrequency, unit_price: Money) -> Price {
        let price = Price {
            id: PriceId::from_uuid(self.new_id()),
            sku_id: sku.id,
            term,
            billing_frequency,
            unit_price,
            version: 1,
            valid_from: self.clock.now(),
        };
        let row = price.clone();
        self.seed(self.organization, move |write| price::insert(write, &row));
        price
    }

    // --- subscriptions and licenses ---

    /// An active subscription by card, annual, billed monthly at €10.00, that began today.
    #[must_use]
    pub fn subscription(&self, sku: &Sku, quantity: u32) -> SubscriptionId {
        self.subscription_with(self.organization, sku, quantity, |_| ())
    }

    /// A subscription that differs from the usual one.
    #[must_use]
    pub fn subscription_with(
        &self,
        organization: OrganizationId,
        sku: &Sku,
        quantity: u32,
        differ: impl FnOnce(&mut Subscription),
    ) -> SubscriptionId {
        let (now, today) = (self.clock.now(), self.today());
        let like = New {
            id: SubscriptionId::from_uuid(self.new_id()),
            product_id: sku.product_id,
            sku_id: sku.id,
            channel: Channel::Direct,
            quantity,
            quantity_max: sku.quantity_max,
            term: Term::Annual,
            billing_frequency: BillingFrequency::Monthly,
            unit_price: Money::new(1_000, Currency::Eur),
            billing_profile_id: BillingProfileId::first_of(organization),
        };
        let mut new = active(like, today, first_term_end(today, Term::Annual));
        differ(&mut new);
        if new.channel.is_charged() && new.state == SubscriptionState::Active {
            new.billed_until = new.billed_until.or(Some(new.billing_period(today).end));
        }
        let (id, paid) = (new.id, self.paid_period(&new, today));
        self.seed(organization, move |write| {
            subscription::insert(write, &new, Cloud::Worldwide, now)?;
            let Some((charge, invoice_id)) = &paid else { return Ok(()) };
            charge::insert(write, new.billing_profile_id, charge)?;
            charge::set_invoice(write, charge.id, *invoice_id)
        });
        id
    }

    /// What was charged for the billing period that runs, on an invoice that is older than the world.
    fn paid_period(&self, bought: &Subscription, today: Date) -> Option<(Charge, InvoiceId)> {
        bought.billed_until.filter(|until| *until > today)?;
        let period = bought.billing_period(today);
        let rules = BillingRules::usual(Agreement::Mosa);
        let start = Moment::start_of(period.start, jiff::tz::TimeZone::UTC);
        let line = charging::charge(ChargeKind::Purchase, bought.quantity, bought.unit_price, period, &start, &rules);
        let id = ChargeId::from_uuid(self.new_id());
        let charge = Charge::new(id, line, bought.id, None, period.start, period.start);
        Some((charge, InvoiceId::from_uuid(self.new_id())))
    }

    /// Gives a person a license, with nothing in the journal.
    ///
    /// # Panics
    /// When the subscription has none left.
    pub fn give_license(&self, subscription: SubscriptionId, person: UserId) {
        let now = self.clock.now();
        self.seed(self.organization, move |write| {
            let product_id =
                subscription::find(write, subscription)?.expect("the subscription is there").subscription.product_id;
            let person = user::find(write, person)?.expect("the person is there");
            let license = Assignment {
                user_id: person.id,
                product_id,
                subscription_id: subscription,
                assigned_at: now,
                disabled_plans: Vec::new(),
                conflict_since: None,
            };
            assignment::insert(write, &license, &fold(&person.display_name))?;
            subscription::add_assigned(write, subscription, 1)
        });
    }

    /// The subscription as it stands.
    ///
    /// # Panics
    /// When it is not there.
    #[must_use]
    pub fn see_subscription(&self, id: SubscriptionId) -> Subscription {
        self.see_listed(id).subscription
    }

    /// A subscription as lists show it, with the name of its product.
    ///
    /// # Panics
    /// When there is none.
    #[must_use]
    pub fn see_listed(&self, id: SubscriptionId) -> ListedSubscription {
        let found = self.store.read(self.organization, |read| subscription::find(read, id));
        found.expect("the database answers").expect("the subscription is there")
    }

    // --- what a scenario does ---

    /// Carries a command out for the organization.
    ///
    /// # Errors
    /// The command's refusal.
    pub fn write<C: Command>(&self, caller: &Caller, command: C) -> Result<C::Outcome, Failure> {
        self.app.write(caller, self.organization, command).wait()
    }

    /// Asks about the organization.
    ///
    /// # Errors
    /// The query's refusal.
    pub fn read<Q: Query>(&self, caller: &Caller, query: &Q) -> Result<Q::Outcome, Failure> {
        self.app.read(caller, self.organization, query)
    }

    /// Does all background work that is due.
    ///
    /// # Panics
    /// When the database fails.
    pub fn work(&self) {
        while self.app.work_once().expect("the database answers") {}
    }

    /// Lets the calendar take every step that is due.
    ///
    /// # Panics
    /// When the database fails.
    pub fn sweep(&self) -> u64 {
        self.app.sweep().expect("the database answers")
    }

    /// Sends every mail that is due, as far as the server can be used.
    ///
    /// # Panics
    /// When the database fails.
    pub fn deliver(&self) {
        while self.app.deliver_once().expect("the database answers") == Delivery::Settled {}
    }

    /// The mails that arrive now, as their kind and the name before the `@`, in order.
    ///
    /// # Panics
    /// When the database fails.
    #[must_use]
    pub fn new_mails(&self) -> Vec<String> {
        self.deliver();
        let line = |mail: OutgoingMail| {
            let subject = mail.written.subject.split(' ').next().unwrap_or_default().to_owned();
            format!("{subject} to {}", mail.recipient.address.split('@').next().unwrap_or_default())
        };
        self.mailbox.take().into_iter().map(line).collect()
    }

    /// What the journal of the organization got since this was last asked, the oldest first.
    ///
    /// # Panics
    /// When the database fails, or the journal holds an unknown event.
    pub fn new_events(&self) -> Vec<Event> {
        let mut last = self.last_event.lock().unwrap_or_else(PoisonError::into_inner);
        let entries = self
            .store
            .read(self.organization, |read| journal::oldest_first(read, *last, 1_000_000))
            .expect("the database answers");
        *last = entries.last().map(|entry| entry.id).or(*last);
        entries.into_iter().map(|entry| entry.event.expect("a known event")).collect()
    }

    /// What time it is.
    #[must_use]
    pub fn clock_now(&self) -> Timestamp {
        self.clock.now()
    }

    /// The civil day where the organization is.
    #[must_use]
    pub fn today(&self) -> Date {
        let zone = jiff::tz::TimeZone::get("Europe/Amsterdam").expect("the zone is known");
        self.clock.now().to_zoned(zone).date()
    }
}

fn usual_person(name: &str) -> UserFacts {
    UserFacts {
        display_name: name.to_owned(),
        email: format!("{}@waterland.example", fold(name).replace([' ', '_'], ".")),
        department: String::new(),
        usage_location: Some("NL".to_owned()),
        is_guest: false,
    }
}
