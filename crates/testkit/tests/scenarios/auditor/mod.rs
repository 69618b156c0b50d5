//! A random workload with an independent auditor: it foresees every answer, to the last word of a refusal, and in the
//! end every row. Requests come in bursts, so that many share a commit and refused ones are undone among them.

mod model;

use app::license::assign::AssignLicenses;
use app::license::change_apps::ChangeApps;
use app::license::unassign::UnassignLicenses;
use app::organization::change_state::ChangeOrganizationState;
use app::subscription::change_quantity::ChangeQuantity;
use app::{Caller, Command, Failure};
use domain::access::{Actor, Principal, Role, Scope};
use domain::ids::{ApiTokenId, ServicePlanId, SubscriptionId, UserId};
use domain::organization::OrganizationState;
use domain::refusal::Refusal;
use domain::subscription::{Channel, CreditCheck, SubscriptionState};
use model::{Asker, Bought, Model, Outcome, Person, Product, Request};
use std::collections::BTreeMap;
use store::tables::subscription::find as find_subscription;
use store::{Pending, Read, params, statements};
use testkit::random::Random;
use testkit::world::{World, in_each_world};

const REQUESTS: usize = 2_000;
const BURST_MAX: usize = 60;
const PEOPLE: usize = 40;

/// D1, D2, R28, R29, R50, R108, R174: whoever asks whatever in whatever order gets the answer of the rules.
#[test]
fn every_answer_is_foreseen() {
    let seed = Random::seed_or(7);
    println!("ZETEL_TEST_SEED={seed}");
    in_each_world(|world| Workload::begin(world, seed).run());
}

/// Waits for the answer to a request that was put in the queue.
type Answer = Box<dyn FnOnce() -> Result<Outcome, Refusal>>;

/// A request on its way.
struct Asked {
    question: String,
    expected: Result<Outcome, Refusal>,
    answer: Answer,
}

struct Workload<'w> {
    world: &'w World,
    random: Random,
    model: Model,
    askers: Vec<(Asker, Caller)>,
    /// People of the organization, and two who are not.
    people: Vec<UserId>,
    /// Subscriptions of the organization, one of another, and one of nobody.
    subscriptions: Vec<SubscriptionId>,
}

impl<'w> Workload<'w> {
    fn begin(world: &'w World, seed: u64) -> Self {
        let mut workload = Self {
            world,
            random: Random::new(seed),
            model: Model::default(),
            askers: Vec::new(),
            people: Vec::new(),
            subscriptions: Vec::new(),
        };
        workload.people_and_askers();
        workload.products_and_subscriptions();
        workload
    }

    fn people_and_askers(&mut self) {
        let world = self.world;
        for (number, id) in world.people(PEOPLE).into_iter().enumerate() {
            self.join(id, format!("Person {:05}", number + 1), true);
        }
        for name in ["Nowhere One", "Nowhere Two"] {
            let id = world.person_with(world.organization, name, |facts| facts.usage_location = None);
            self.join(id, name.to_owned(), false);
        }
        let roles = [Role::GlobalAdmin, Role::BillingAdmin, Role::LicenseAdmin, Role::UserAdmin, Role::GlobalReader];
        for (person, role) in self.people.clone().into_iter().zip(roles) {
            self.askers.push((Asker::Person(person, Some(role)), world.as_person(person, &[role])));
        }
        for person in [self.people[5], self.people[6]] {
            self.askers.push((Asker::Person(person, None), world.as_person(person, &[])));
        }
        let other = world.other_organization("Other");
        self.askers.push((Asker::Stranger, world.caller_in(other, Role::GlobalAdmin)));
        self.askers.push((Asker::Operator, world.caller_in(other, Role::Operator)));
        self.askers.push((Asker::LicenseProgram, program(world, Scope::LicensesWrite)));
        self.askers.push((Asker::SubscriptionProgram, program(world, Scope::SubscriptionsWrite)));
        self.people.push(world.person_with(other, "Somebody Else", |_| ()));
        self.people.push(UserId::from_uuid(world.new_id()));
    }

    fn join(&mut self, id: UserId, name: String, has_usage_location: bool) {
        self.people.push(id);
        self.model.people.insert(id, Person { name, has_usage_location, held: Default::default() });
    }

    fn products_and_subscriptions(&mut self) {
        use {Channel as C, SubscriptionState as S};
        let (world, buyer, license_admin) = (self.world, self.people[5], self.people[2]);
        let skus = ["Office", "Project", "Visio"].map(|name| world.product(name));
        let names: [&[&str]; 3] = [&["Mail", "Chat", "Files"], &["Plan"], &[]];
        for (sku, names) in skus.iter().zip(names) {
            self.model.products.push(Product { id: sku.product_id, plans: world.apps(sku, names) });
        }
        // Product, quantity, channel, state, the credit check, who bought it, years that it lasts.
        let bought = [
            (0, 10, C::Direct, S::Active, None, None, 1),
            (0, 6, C::DirectInvoice, S::Active, None, None, 2),
            (0, 8, C::Direct, S::Disabled, None, None, 3),
            (1, 8, C::Reseller, S::Active, None, None, 1),
            (1, 4, C::Trial, S::Active, None, None, 1),
            (1, 10, C::DirectInvoice, S::Pending, Some(CreditCheck::Pending), None, 1),
            (1, 3, C::Direct, S::Expired, None, None, 1),
            (1, 1, C::ProductKey, S::Active, None, None, 1),
            (2, 3, C::SelfService, S::Active, None, Some(buyer), 1),
            (2, 4, C::SelfService, S::Active, None, Some(license_admin), 1),
            (2, 5, C::Direct, S::Deleted, None, None, 3),
            (2, 1, C::Direct, S::Active, None, None, 1),
        ];
        for (product, quantity, channel, state, credit_check, holder, years) in bought {
            let id = world.subscription_with(world.organization, &skus[product], quantity, |new| {
                (new.channel, new.state, new.credit_check, new.holder) = (channel, state, credit_check, holder);
                new.quantity_max = 20;
                new.ends_on = new.started_on.saturating_add(jiff::Span::new().years(years));
            });
            let stored = world.see_subscription(id);
            self.subscriptions.push(id);
            self.model.subscriptions.insert(
                id,
                Bought {
                    product,
                    channel,
                    state,
                    credit_check_is_pending: credit_check == Some(CreditCheck::Pending),
                    holder,
                    quantity,
                    quantity_max: 20,
                    started_on: stored.started_on,
                    ends_on: stored.ends_on,
                    revision: stored.revision,
                },
            );
        }
        // Some people held licenses before their subscription was disabled.
        let disabled = self.subscriptions[2];
        for user in &self.people[10..15] {
            world.give_license(disabled, *user);
            let license = model::License { subscription: disabled, off: Vec::new() };
            self.model.people.get_mut(user).expect("a member").held.insert(0, license);
        }
        let other = world.other_organization("Another");
        self.subscriptions.push(world.subscription_with(other, &skus[0], 10, |_| ()));
        self.subscriptions.push(SubscriptionId::from_uuid(world.new_id()));
    }

    fn run(mut self) {
        let mut asked = 0;
        let mut met: BTreeMap<&str, usize> = BTreeMap::new();
        while asked < REQUESTS {
            let burst: Vec<_> = (0..1 + self.random.below(BURST_MAX)).map(|_| self.ask()).collect();
            for Asked { question, expected, answer } in burst {
                asked += 1;
                *met.entry(expected.as_ref().map_or_else(Refusal::code, |_| "done")).or_default() += 1;
                assert_eq!(answer(), expected, "request {asked}: {question}");
            }
            self.check();
        }
        println!("{met:?}");
    }

    /// Asks something at random; foresees the answer and does not wait for it.
    fn ask(&mut self) -> Asked {
        // The first is the global admin, who can do most.
        let asker = if self.random.once_in(2) { 0 } else { self.random.below(self.askers.len()) };
        let (asker, caller) = self.askers[asker].clone();
        let is_suspended = self.model.is_suspended;
        let (asker, caller, request) = if self.random.once_in(if is_suspended { 6 } else { 50 }) {
            let operator = self.askers.iter().find(|(asker, _)| *asker == Asker::Operator).expect("an operator");
            (operator.0, operator.1.clone(), Request::Suspend(!is_suspended))
        } else {
            (asker, caller, self.request())
        };
        let expected = self.model.foresee(asker, &request);
        Asked { question: format!("{asker:?} asks {request:?}"), expected, answer: self.send(&caller, request) }
    }

    fn request(&mut self) -> Request {
        let product = self.random.below(3);
        match self.random.below(100) {
            0..40 => {
                let named = self.random.once_in(4).then(|| *self.random.pick(&self.subscriptions));
                let off = if self.random.once_in(4) { self.apps(product) } else { Vec::new() };
                Request::Assign { product, subscription: named, users: self.users(), off }
            }
            40..60 => Request::Unassign { product, users: self.holders(product) },
            60..72 => {
                let user = self.holders(product).pop().unwrap_or(self.people[0]);
                Request::ChangeApps { product, user, off: self.apps(product) }
            }
            72..98 => {
                let subscription = *self.random.pick(&self.subscriptions);
                let revision = self.model.subscriptions.get(&subscription).map_or(1, |bought| bought.revision);
                let expected_revision = match self.random.below(4) {
                    0 => Some(revision),
                    1 => Some(revision - self.random.below(2) as i64),
                    _ => None,
                };
                Request::ChangeQuantity { subscription, total: self.random.below(23) as u32, expected_revision }
            }
            _ => Request::Suspend(self.random.once_in(2)),
        }
    }

    /// Mostly few people, sometimes nobody, somebody twice, too many, or somebody from elsewhere.
    fn users(&mut self) -> Vec<UserId> {
        let count = match self.random.below(20) {
            0 => 0,
            1 => 18 + self.random.below(8),
            _ => 1 + self.random.below(4),
        };
        let members = if self.random.once_in(10) { self.people.len() } else { self.people.len() - 4 };
        (0..count).map(|_| self.people[self.random.below(members)]).collect()
    }

    /// Mostly people who hold the product.
    fn holders(&mut self, product: usize) -> Vec<UserId> {
        if self.random.once_in(5) {
            return self.users();
        }
        let people = self.model.people.iter();
        let holders: Vec<_> =
            people.filter(|(_, person)| person.held.contains_key(&product)).map(|(id, _)| *id).collect();
        let count = if holders.is_empty() { 0 } else { 1 + self.random.below(3) };
        (0..count).map(|_| *self.random.pick(&holders)).collect()
    }

    fn apps(&mut self, product: usize) -> Vec<ServicePlanId> {
        let mut all = self.model.products[product].plans.clone();
        if self.random.once_in(8) {
            all.push(ServicePlanId::from_uuid(self.world.new_id()));
        }
        all.retain(|_| self.random.once_in(2));
        all
    }

    fn send(&self, caller: &Caller, request: Request) -> Answer {
        let product = |position: usize| self.model.products[position].id;
        match request {
            Request::Assign { product: position, subscription, users, off } => {
                let product_id = product(position);
                let command = AssignLicenses { product_id, subscription_id: subscription, users, disabled_plans: off };
                self.put(caller, command, |placements| {
                    Outcome::Assigned(
                        placements.iter().map(|placed| (placed.user_id, placed.subscription_id)).collect(),
                    )
                })
            }
            Request::Unassign { product: position, users } => {
                self.put(caller, UnassignLicenses { product_id: product(position), users }, Outcome::Unassigned)
            }
            Request::ChangeApps { product: position, user, off } => {
                let command = ChangeApps { user_id: user, product_id: product(position), disabled_plans: off };
                self.put(caller, command, Outcome::AppsChanged)
            }
            Request::ChangeQuantity { subscription, total, expected_revision } => {
                let command = ChangeQuantity { expected_revision, ..ChangeQuantity::now(subscription, total) };
                self.put(caller, command, |changed| Outcome::QuantityChanged { from: changed.from, to: changed.to })
            }
            Request::Suspend(suspend) => {
                let state = if suspend { OrganizationState::Suspended } else { OrganizationState::Active };
                self.put(caller, ChangeOrganizationState(state), |()| Outcome::StateChanged)
            }
        }
    }

    /// Puts a command in the queue; commands of one organization run in the order in which they came.
    fn put<C: Command>(
        &self,
        caller: &Caller,
        command: C,
        outcome: impl FnOnce(C::Outcome) -> Outcome + 'static,
    ) -> Answer {
        let pending: Pending<C::Outcome, Failure> = self.world.app.write(caller, self.world.organization, command);
        Box::new(move || match pending.wait() {
            Ok(answer) => Ok(outcome(answer)),
            Err(failure) => Err(failure.refusal().unwrap_or_else(|| panic!("{failure}")).clone()),
        })
    }

    /// Holds every row against the model, and the laws against the rows.
    fn check(&self) {
        let world = self.world;
        world.store.read(world.organization, |read| self.check_rows(read)).expect("the database answers");
    }

    fn check_rows(&self, read: &Read<'_>) -> store::Result<()> {
        let mut licenses =
            read.query(&LICENSES, params![], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get::<String>(3)?)))?;
        let mut expected: Vec<_> = self
            .model
            .people
            .iter()
            .flat_map(|(user, person)| {
                person.held.iter().map(|(product, license)| {
                    let off: Vec<_> = license.off.iter().map(ToString::to_string).collect();
                    (*user, self.model.products[*product].id, license.subscription, off.join(" "))
                })
            })
            .collect();
        licenses.sort();
        expected.sort();
        assert_eq!(licenses, expected, "the licenses that people hold");
        for (id, bought) in &self.model.subscriptions {
            let stored = find_subscription(read, *id)?.expect("a subscription stays").subscription;
            let assigned = self.model.assigned(*id);
            assert_eq!((stored.quantity, stored.assigned), (bought.quantity, assigned), "licenses of {id}");
            assert!(assigned <= bought.quantity, "the auditor itself gave more than there is");
            assert_eq!(stored.revision, bought.revision);
        }
        let counts = read.query_one(&COUNTS, params![], |row| Ok([row.get(0)?, row.get(1)?, row.get(2)?]))?;
        assert_eq!(counts, Some([self.model.entries, self.model.orders, 0]), "entries, orders, people miscounted");
        Ok(())
    }
}

statements! {
    LICENSES: organization = "SELECT user_id, product_id, subscription_id, disabled_plans FROM assignment \
        WHERE organization_id = $1";
    COUNTS: organization = "SELECT (SELECT COUNT(*) FROM journal WHERE organization_id = $1), \
        (SELECT COUNT(*) FROM \"order\" WHERE organization_id = $1), \
        (SELECT COUNT(*) FROM \"user\" u WHERE u.organization_id = $1 AND u.license_count <> \
            (SELECT COUNT(*) FROM assignment a WHERE a.organization_id = $1 AND a.user_id = u.id))";
}

/// A program whose key has one scope.
fn program(world: &World, scope: Scope) -> Caller {
    Caller {
        actor: Actor {
            principal: Principal::Token(ApiTokenId::from_uuid(world.new_id())),
            home: Some(world.organization),
            name: "Program".to_owned(),
            roles: Vec::new(),
            billing_roles: Vec::new(),
            billing_admins_assign: false,
            scopes: vec![scope],
        },
        request: "req_program".to_owned(),
    }
}
