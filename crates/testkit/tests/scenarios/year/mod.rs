//! A year in the life of many organizations, at random: they buy, change, cancel, go to another product, pay late or
//! never, and the calendar goes on. Then an auditor who knows the rules, but none of their code, reads the history of each organization, works
//! out what it had to be charged for every day, and holds that against charges, invoices, payments and ledger.
//!
//! `ZETEL_TEST_ORGANIZATIONS` says how many organizations there are.

mod audit;

use app::billing::balance::OpenBalances;
use app::billing::forecast::ForecastOrganization;
use app::billing::record_transfer::RecordTransfer;
use app::billing::seller::{ChangeSeller, SellerDetails};
use app::catalog::prepare::PreparePurchase;
use app::credit_check::decide::DecideCreditCheck;
use app::credit_check::list::ListCreditChecks;
use app::doctor;
use app::license::assign::AssignLicenses;
use app::order::place::{Payment, Purchase, new_order_id, place_order};
use app::subscription::cancel::{CancelSubscription, PreviewCancel};
use app::subscription::change_payment_method::ChangePaymentMethod;
use app::subscription::change_plan::{ChangePlan, ChangeStart, PreviewPlanChange, StartPlanChange};
use app::subscription::change_quantity::{ChangeQuantity, PreviewQuantity};
use app::subscription::edit_billing_frequency::{EditBillingFrequency, PreviewBillingFrequency};
use app::subscription::edit_recurring_billing::EditRecurringBilling;
use app::subscription::list::ListSubscriptions;
use app::subscription::reactivate::{PreviewReactivate, ReactivateSubscription};
use app::{Caller, Command, Failure, Query};
use domain::access::Role;
use domain::billing::Agreement;
use domain::billing::forecast::Forecast;
use domain::catalog::{BillingFrequency, Price, Term};
use domain::credit_check::decide::DecideCreditCheck as Decided;
use domain::ids::{OrganizationId, PaymentMethodId, UserId};
use domain::money::{Currency, Money};
use domain::organization::OrganizationKind;
use domain::subscription::cancel::{Cancel, CancelReason};
use domain::subscription::{Subscription, SubscriptionState};
use jiff::ToSpan;
use jiff::civil::Date;
use std::collections::BTreeMap;
use store::tables::order;
use testkit::engines::Database;
use testkit::invoice::seller;
use testkit::random::Random;
use testkit::world::{World, in_each_world};

/// How many organizations there are when nobody says otherwise.
const ORGANIZATIONS: usize = 12;
/// A year and the weeks in which its last invoices become overdue; from January 2020, so 29 February is among them.
const DAYS: usize = 410;
/// An organization does something once in so many days.
const ACTS_EVERY: usize = 6;
/// Ten years, of which 2020, 2024 and 2028 have a 29 February.
const DAYS_OF_TEN_YEARS: usize = 3_653;
const ACTS_EVERY_IN_TEN_YEARS: usize = 25;
/// What is bought starts at once, but for one in so many purchases, which starts within a quarter.
const STARTS_LATER_EVERY: usize = 6;

/// What a dry run says of each day is what the run of that day then does. What a pane says of a command is what its order
/// says, and that is what its lines on invoices come to.
///
/// R79 to R82, R155, R156, R161, R166, D16, D17, D19: every day of use is charged once, to the license; nothing else is.
#[test]
fn a_random_year_agrees_with_its_auditor() {
    let seed = Random::seed_or(3);
    println!("ZETEL_TEST_SEED={seed}");
    let organizations = std::env::var("ZETEL_TEST_ORGANIZATIONS");
    let organizations =
        organizations.map_or(ORGANIZATIONS, |text| text.parse().expect("ZETEL_TEST_ORGANIZATIONS is a number"));
    in_each_world(|world| live(Year::begin(world, seed, organizations, ACTS_EVERY), DAYS).saw_enough());
}

/// R152, D19: ten years of a random organization, with three times a 29 February, keep the same laws.
#[test]
fn ten_random_years_of_an_organization() {
    let seed = Random::seed_or(4);
    println!("ZETEL_TEST_SEED={seed}");
    let world = World::new(Database::sqlite());
    let audited = live(Year::begin(&world, seed, 1, ACTS_EVERY_IN_TEN_YEARS), DAYS_OF_TEN_YEARS);
    assert!(audited.has_days(DAYS_OF_TEN_YEARS), "{audited:?}");
}

/// Lets days pass, and gives what the auditor and the doctor found good.
fn live(mut year: Year<'_>, days: usize) -> audit::Audited {
    let world = year.world;
    for _ in 0..days {
        year.day();
    }
    world.sweep();
    world.work();
    println!("{:?}", year.done);
    let mut audited = audit::Audited::of_panes(std::mem::take(&mut year.agreed));
    for customer in &year.customers {
        audited.add(audit::audit(world, customer.organization));
    }
    println!("{audited:?}");
    let findings = doctor::examine(&world.app).expect("the database answers");
    // The house has no operator who could sign in; nothing else may be wrong.
    let wrong: Vec<_> =
        findings.iter().filter(|finding| !finding.is_good() && finding.check != doctor::Check::Operator).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
    audited
}

/// A product with its apps, and its prices by term and billing frequency.
fn on_sale(world: &World, name: &str, apps: &[&str], monthly: i64) -> [Price; 3] {
    use {BillingFrequency as F, Term as T};
    let sku = world.product(name);
    let _ = world.apps(&sku, apps);
    let forms = [
        (T::Monthly, F::Monthly, monthly * 6 / 5 + 1),
        (T::Annual, F::Monthly, monthly),
        (T::Annual, F::Yearly, monthly * 12 - 7),
    ];
    forms.map(|(term, frequency, minor)| world.price(&sku, term, frequency, Money::new(minor, Currency::Eur)))
}

struct Customer {
    organization: OrganizationId,
    admin: Caller,
    people: Vec<UserId>,
    /// One that pays and one that the bank declines.
    cards: [PaymentMethodId; 2],
}

struct Year<'w> {
    world: &'w World,
    random: Random,
    house: OrganizationId,
    operator: Caller,
    prices: Vec<Price>,
    /// Of a product that has all that the others have.
    suite: [Price; 3],
    customers: Vec<Customer>,
    acts_every: usize,
    /// What was tried, and how often it was done and refused.
    done: BTreeMap<&'static str, (usize, usize)>,
    /// How often the pane of a command said what its orders then came to.
    agreed: BTreeMap<&'static str, usize>,
}

impl<'w> Year<'w> {
    fn begin(world: &'w World, seed: u64, organizations: usize, acts_every: usize) -> Self {
        let house = world.organization_with("Zetel", |house| house.kind = OrganizationKind::Operator);
        let operator = world.caller_in(house, Role::Operator);
        let revision = world.app.read(&operator, house, &SellerDetails).expect("the seller").revision;
        let mut sells = ChangeSeller { seller: seller(), revision };
        sells.seller.party.tax_number = Some("NL004495445B01".to_owned());
        world.app.write(&operator, house, sells).wait().expect("the seller has a VAT number");
        let apps = ["Documents", "Plans", "Drawings"];
        let own = |app: usize| &apps[app..=app];
        // Prices that no month and no year divides.
        let one = [("Office", own(0), 1_170), ("Project", own(1), 3_333), ("Visio", own(2), 1)];
        let prices = one.into_iter().flat_map(|(name, apps, monthly)| on_sale(world, name, apps, monthly)).collect();
        let suite = on_sale(world, "Suite", &apps, 4_999);
        let customers = (0..organizations).map(|number| {
            let organization = world.other_organization(&format!("Customer {number:04}"));
            if number % 2 == 1 {
                world.agreement_of(organization, Agreement::Mca);
            }
            let admin = world.caller_in(organization, Role::GlobalAdmin);
            let people = (0..10).map(|person| {
                world.person_with(organization, &format!("Person {person}"), |facts| {
                    facts.email = format!("{person}@customer{number}.example");
                })
            });
            let cards = ["card_succeeds", "card_declined"].map(|token| {
                let owner = admin.actor.user().expect("a person");
                world.payment_method_in(organization, owner, |new| token.clone_into(&mut new.gateway_token))
            });
            Customer { people: people.collect(), organization, admin, cards }
        });
        Self {
            random: Random::new(seed),
            operator,
            house,
            prices,
            suite,
            customers: customers.collect(),
            acts_every,
            done: BTreeMap::new(),
            agreed: BTreeMap::new(),
            world,
        }
    }

    /// The calendar takes its steps, then organizations do what they like.
    fn day(&mut self) {
        let world = self.world;
        let tomorrow = world.today().saturating_add(1.day());
        let foreseen: Vec<_> = self.customers.iter().map(|one| self.foreseen(one.organization, tomorrow)).collect();
        world.clock.set_day(tomorrow);
        world.sweep();
        for (customer, (before, forecast)) in self.customers.iter().zip(foreseen) {
            audit::check_forecast(world, customer.organization, before, &forecast);
        }
        world.work();
        self.decide_credit_checks();
        for customer in 0..self.customers.len() {
            if self.random.once_in(self.acts_every) {
                self.act(customer);
            }
        }
        world.work();
    }

    /// What was invoiced so far, and what a dry run says of the next day.
    fn foreseen(&self, organization: OrganizationId, through: Date) -> (audit::Invoiced, Forecast) {
        let asked = ForecastOrganization { through };
        let forecast = self.world.app.read(&self.operator, organization, &asked).expect("it can be foreseen");
        (audit::invoiced(self.world, organization), forecast)
    }

    fn decide_credit_checks(&mut self) {
        let world = self.world;
        let pending = world.app.read(&self.operator, self.house, &ListCreditChecks);
        for check in pending.expect("the database answers") {
            if self.random.once_in(2) {
                let decided = Decided::new(!self.random.once_in(4), "Looked at.").expect("a note");
                let decide = DecideCreditCheck { order_id: check.application.order_id, decided };
                let answer = world.app.write(&self.operator, check.organization_id, decide).wait();
                self.note("decide a credit check", answer);
            }
        }
    }

    fn act(&mut self, customer: usize) {
        let subscription = self.subscription(customer);
        match (self.random.below(22), subscription) {
            (0..4, _) | (_, None) => self.buy(customer),
            (4..10, Some(one)) => {
                let total = 1 + self.random.below(30) as u32;
                let start = if self.random.once_in(6) { ChangeStart::AtRenewal } else { ChangeStart::Now };
                let asked = PreviewQuantity { subscription_id: one.id, total, start };
                let said = self.ask(customer, &asked).and_then(Result::ok).map(|said| said.cost_now);
                let command = ChangeQuantity { start, ..ChangeQuantity::now(one.id, total) };
                let name = if total > one.quantity { "more licenses" } else { "fewer licenses" };
                self.run(name, customer, command, said);
            }
            (10, Some(one)) => {
                let said = self.ask(customer, &PreviewCancel(one.id)).map(|said| said.preview.credit);
                let cancel = Cancel { reason: CancelReason::TooExpensive, feedback: String::new() };
                self.run("cancel", customer, CancelSubscription { subscription_id: one.id, cancel }, said);
            }
            (11..13, Some(one)) => self.reactivate(customer, one),
            (16..18, Some(one)) => {
                let card = *self.random.pick(&self.customers[customer].cards);
                let command = ChangePaymentMethod { subscription_id: one.id, to: Some(card) };
                self.run("payment method", customer, command, None);
            }
            (13, Some(one)) => {
                let command = EditRecurringBilling {
                    subscription_id: one.id,
                    on: !one.recurring_billing,
                    billing_frequency: None,
                };
                self.run("recurring billing", customer, command, None);
            }
            (14, Some(one)) => {
                let billing_frequency = match one.billing_frequency {
                    BillingFrequency::Monthly => BillingFrequency::Yearly,
                    BillingFrequency::Yearly => BillingFrequency::Monthly,
                };
                let choices = self.ask(customer, &PreviewBillingFrequency(one.id)).unwrap_or_default();
                let said = choices.into_iter().find_map(|choice| choice.preview).map(|said| said.cost_now);
                let command = EditBillingFrequency { subscription_id: one.id, billing_frequency };
                self.run("billing frequency", customer, command, said);
            }
            (15, Some(one)) => {
                let users = vec![*self.random.pick(&self.customers[customer].people)];
                let (product_id, disabled_plans) = (one.product_id, Vec::new());
                let command = AssignLicenses { product_id, subscription_id: Some(one.id), users, disabled_plans };
                self.run("assign", customer, command, None);
            }
            (20..22, Some(one)) => {
                let (price_id, quantity) = (self.random.pick(&self.suite).id, 1 + self.random.below(30) as u32);
                let start = *self.random.pick(ChangeStart::ALL);
                let change = ChangePlan { price_id, quantity, start };
                let asked = PreviewPlanChange { subscription_id: one.id, change };
                let said = self.ask(customer, &asked).map(|said| said.preview.cost);
                let command = StartPlanChange { subscription_id: one.id, change };
                self.run("change the plan", customer, command, said);
            }
            _ => self.pay(customer),
        }
    }

    /// One that has ended where there is one, with the card that pays.
    fn reactivate(&mut self, customer: usize, other: Subscription) {
        let all = self.subscriptions(customer);
        let ended =
            all.iter().find(|one| matches!(one.state, SubscriptionState::Expired | SubscriptionState::Disabled));
        let one = ended.unwrap_or(&other);
        let card = one.payment_method_id.map(|_| self.customers[customer].cards[0]);
        let said = self.ask(customer, &PreviewReactivate(one.id)).map(|said| said.preview.cost_now);
        let command = ReactivateSubscription { subscription_id: one.id, payment_method_id: card };
        self.run("reactivate", customer, command, said);
    }

    /// One of those that the organization has.
    fn subscription(&mut self, customer: usize) -> Option<Subscription> {
        let all = self.subscriptions(customer);
        (!all.is_empty()).then(|| self.random.pick(&all).clone())
    }

    fn subscriptions(&self, customer: usize) -> Vec<Subscription> {
        let Customer { organization, admin, .. } = &self.customers[customer];
        let query = ListSubscriptions::by_name(50);
        let rows = self.world.app.read(admin, *organization, &query).expect("the list").rows;
        rows.into_iter().map(|row| row.subscription).collect()
    }

    fn buy(&mut self, customer: usize) {
        let world = self.world;
        let payment = if self.random.once_in(2) {
            Payment::Token("card_succeeds".to_owned())
        } else {
            Payment::Invoice { contact_agreed: true }
        };
        let (price_id, quantity) = (self.random.pick(&self.prices).id, 1 + self.random.below(30) as u32);
        let starts_later = self.random.once_in(STARTS_LATER_EVERY);
        let starts_on = starts_later.then(|| world.today().saturating_add((1 + self.random.below(90) as i64).days()));
        let asked = PreparePurchase { price_id, quantity, base: None, starts_on };
        let said = self.ask(customer, &asked).and_then(|said| said.totals).map(|totals| totals.gross);
        let orders = self.orders(customer);
        let purchase = Purchase {
            order_id: new_order_id(&world.app),
            price_id,
            quantity,
            payment,
            trial: None,
            base: None,
            billing_profile: None,
            starts_on,
        };
        let Customer { organization, admin, .. } = &self.customers[customer];
        let answer = place_order(&world.app, admin, *organization, purchase);
        self.hold_to(said, "buy", customer, &orders);
        self.note("buy", answer);
    }

    /// The bank statement shows a transfer: the whole of an invoice, a part, or more.
    fn pay(&mut self, customer: usize) {
        let Customer { organization, admin, .. } = &self.customers[customer];
        let open = self.world.app.read(admin, *organization, &OpenBalances).expect("the balance").unsettled;
        let invoices: Vec<_> = open.iter().filter(|invoice| invoice.balance().minor > 0).collect();
        if invoices.is_empty() {
            return;
        }
        let invoice = *self.random.pick(&invoices);
        let balance = invoice.balance();
        let minor = match self.random.below(4) {
            0 => 1 + balance.minor / 3,
            1 => balance.minor + 1_000,
            _ => balance.minor,
        };
        let transfer = RecordTransfer {
            invoice_ids: vec![invoice.id],
            amount: Money::new(minor, balance.currency),
            day: self.world.today(),
            reference: format!("NL-{}", self.random.next_u64()),
            keep_rest: true,
        };
        let answer = self.world.app.write(&self.operator, *organization, transfer).wait();
        self.note("transfer", answer);
    }

    /// Gives a command of which a pane said what it costs now.
    fn run<C: Command>(&mut self, name: &'static str, customer: usize, command: C, said: Option<Money>) {
        let orders = self.orders(customer);
        let Customer { organization, admin, .. } = &self.customers[customer];
        let answer = self.world.app.write(admin, *organization, command).wait();
        // A change of plan is work in the background.
        self.world.work();
        self.hold_to(said, name, customer, &orders);
        self.note(name, answer);
    }

    /// What a pane says before its button is pressed.
    fn ask<Q: Query>(&self, customer: usize, query: &Q) -> Option<Q::Outcome> {
        let Customer { organization, admin, .. } = &self.customers[customer];
        self.world.app.read(admin, *organization, query).ok()
    }

    /// The newest orders of a customer, with their numbers and what they come to.
    fn orders(&self, customer: usize) -> Vec<(u64, Money)> {
        let organization = self.customers[customer].organization;
        let newest = self.world.store.read(organization, |read| order::list(read, None, None, 10));
        let newest = newest.expect("the database answers").into_iter().map(|listed| listed.order);
        newest.map(|order| (order.number, order.total())).collect()
    }

    /// A command that made orders costs what the pane said; `before` are those that were there.
    fn hold_to(&mut self, said: Option<Money>, name: &'static str, customer: usize, before: &[(u64, Money)]) {
        let last = before.first().map_or(0, |(number, _)| *number);
        let made: Vec<_> = self.orders(customer).into_iter().filter(|(number, _)| *number > last).collect();
        if let Some(said) = said.filter(|_| !made.is_empty()) {
            let sum: i64 = made.iter().map(|(_, amount)| amount.minor).sum();
            assert_eq!(sum, said.minor, "{name} on {}: the pane said otherwise", self.world.today());
            *self.agreed.entry(name).or_default() += 1;
        }
    }

    /// Anything may be refused; nothing may fail.
    fn note<T>(&mut self, name: &'static str, answer: Result<T, Failure>) {
        let (done, refused) = self.done.entry(name).or_default();
        match answer {
            Ok(_) => *done += 1,
            Err(failure) if failure.refusal().is_some() => *refused += 1,
            Err(failure) => panic!("{name}: {failure}"),
        }
    }
}
