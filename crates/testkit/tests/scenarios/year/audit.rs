//! The auditor. What has to be charged is worked out from the history alone: from day to day, in licenses.

use domain::billing::forecast::Forecast;
use domain::event::Event;
use domain::ids::{InvoiceId, OrganizationId, SubscriptionId};
use domain::subscription::SubscriptionState;
use jiff::ToSpan;
use jiff::civil::Date;
use std::collections::BTreeMap;
use store::tables::journal::{JournalEntry, oldest_first};
use store::{Read, Row, params, statements};
use testkit::world::World;

/// The tax of every invoice, in percent: a Dutch seller and Dutch customers.
const TAX: i64 = 21;

/// What the auditor looked at.
#[derive(Debug, Default)]
pub struct Audited {
    subscriptions: usize,
    days: usize,
    charges: usize,
    credits: usize,
    invoices: usize,
    renewals: usize,
    expirations: usize,
    cancellations: usize,
    plans: usize,
    unpaid: usize,
    reactivations: usize,
    orders: usize,
    /// How often the pane of a command said what its orders then came to.
    agreed: BTreeMap<&'static str, usize>,
}

impl Audited {
    /// How often the panes of commands said what their orders then came to; nothing else was looked at yet.
    pub fn of_panes(agreed: BTreeMap<&'static str, usize>) -> Self {
        Self { agreed, ..Self::default() }
    }

    pub fn add(&mut self, other: Self) {
        self.subscriptions += other.subscriptions;
        self.days += other.days;
        self.charges += other.charges;
        self.credits += other.credits;
        self.invoices += other.invoices;
        self.renewals += other.renewals;
        self.expirations += other.expirations;
        self.cancellations += other.cancellations;
        self.plans += other.plans;
        self.unpaid += other.unpaid;
        self.reactivations += other.reactivations;
        self.orders += other.orders;
    }

    /// Whether every day of some subscription was looked at for so long.
    pub fn has_days(&self, days: usize) -> bool {
        self.days > days
    }

    /// A year in which nothing happens proves nothing.
    pub fn saw_enough(&self) {
        let seen = [
            self.credits,
            self.renewals,
            self.expirations,
            self.cancellations,
            self.plans,
            self.unpaid,
            self.reactivations,
            self.orders,
            self.days / 1_000,
        ];
        assert!(seen.iter().all(|count| *count > 0), "{self:?}");
        let panes =
            ["buy", "more licenses", "fewer licenses", "cancel", "reactivate", "billing frequency", "change the plan"];
        assert!(panes.iter().all(|pane| self.agreed.contains_key(pane)), "{self:?}");
    }
}

/// Licenses that have to be charged for a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Due {
    Exactly(i64),
    /// Disabled because it was not paid: what was charged before stays owed, and nothing is charged any more.
    AtMost(i64),
}

/// What the history says of a subscription so far.
struct Account {
    quantity: i64,
    /// From which day on how many licenses; what is said later goes before what was said earlier.
    due: BTreeMap<Date, Due>,
    at_renewal: Option<(i64, Date)>,
    expired_on: Option<Date>,
    has_ended: bool,
}

impl Account {
    fn begin(quantity: i64, day: Date) -> Self {
        let due = BTreeMap::from([(day, Due::Exactly(quantity))]);
        Self { quantity, due, at_renewal: None, expired_on: None, has_ended: false }
    }

    fn from(&mut self, day: Date, due: Due) {
        self.due.retain(|from, _| *from < day);
        self.due.insert(day, due);
    }

    fn on(&self, day: Date) -> Due {
        self.due.range(..=day).next_back().map_or(Due::Exactly(0), |(_, due)| *due)
    }

    fn note(&mut self, event: &Event, day: Date, audited: &mut Audited) {
        match *event {
            Event::QuantityChanged { from, to, .. } => {
                assert_eq!(self.quantity, i64::from(from), "the history of licenses has a gap");
                (self.quantity, self.at_renewal) = (i64::from(to), None);
                self.from(day, Due::Exactly(self.quantity));
            }
            // The newest wish counts, and what does not renew changes nothing then.
            Event::PlanChangeScheduled { .. } | Event::RecurringBillingChanged { on: false, .. } => {
                self.at_renewal = None;
            }
            Event::QuantityScheduled { to, on, .. } => self.at_renewal = Some((i64::from(to), on)),
            Event::SubscriptionRenewed { term, ref quantity, .. } => {
                audited.renewals += 1;
                let planned = self.at_renewal.take_if(|(_, on)| *on == term.start);
                assert_eq!(planned.is_some(), quantity.is_some(), "what was planned is said when it is done");
                if let Some(total) = quantity {
                    assert_eq!(self.quantity, i64::from(total.from), "the history of licenses has a gap");
                    self.quantity = i64::from(total.to);
                }
                self.from(term.start, Due::Exactly(self.quantity));
            }
            Event::SubscriptionExpired { on, .. } => {
                audited.expirations += 1;
                (self.expired_on, self.has_ended) = (Some(on), true);
                self.from(on, Due::Exactly(0));
            }
            Event::SubscriptionCanceled { .. } => {
                audited.cancellations += 1;
                (self.has_ended, self.at_renewal) = (true, None);
                self.from(day, Due::Exactly(0));
            }
            Event::PlanChanged { on, .. } => {
                audited.plans += 1;
                (self.has_ended, self.at_renewal) = (true, None);
                self.from(on, Due::Exactly(0));
            }
            Event::SubscriptionDisabled { on, .. } if !self.has_ended => {
                audited.unpaid += 1;
                self.from(on, Due::AtMost(self.quantity));
            }
            Event::SubscriptionReactivated { from, ends_on, .. } => {
                audited.reactivations += 1;
                self.has_ended = false;
                // What is wished for the renewal waits for the next one, also where a new term began (T12).
                self.at_renewal = self.at_renewal.map(|(total, _)| (total, ends_on));
                let back = self.expired_on.filter(|_| from == SubscriptionState::Expired).unwrap_or(day);
                self.from(back, Due::Exactly(self.quantity));
            }
            _ => {}
        }
    }
}

/// A charge as it stands in the database.
struct Charged {
    subscription: SubscriptionId,
    quantity: i64,
    unit_price: i64,
    service: (Date, Date),
    billing: (Date, Date),
    amount: i64,
    invoice_on: Date,
    invoice: Option<InvoiceId>,
}

/// Holds what was charged, invoiced and paid against the history of an organization.
pub fn audit(world: &World, organization: OrganizationId) -> Audited {
    let today = world.today();
    let zone = jiff::tz::TimeZone::get("Europe/Amsterdam").expect("the zone is known");
    world
        .store
        .read(organization, |read| {
            let mut audited = Audited::default();
            let history = oldest_first(read, None, 1_000_000)?;
            let accounts = accounts(&history, |entry| entry.at.to_zoned(zone.clone()).date(), &mut audited);
            let charges = read.query(&CHARGES, params![], charged)?;
            audited.subscriptions = accounts.len();
            audited.charges = charges.len();
            audited.credits = charges.iter().filter(|charge| charge.quantity < 0).count();
            for (id, account) in &accounts {
                let own: Vec<_> = charges.iter().filter(|charge| charge.subscription == *id).collect();
                audited.days += check_days(*id, account, &own, today);
                check_amounts(*id, &own);
            }
            audited.invoices = check_invoices(read, &charges, today)?;
            audited.orders = check_orders(read)?;
            Ok::<_, store::Error>(audited)
        })
        .expect("the database answers")
}

fn accounts(
    history: &[JournalEntry],
    day: impl Fn(&JournalEntry) -> Date,
    audited: &mut Audited,
) -> BTreeMap<SubscriptionId, Account> {
    let mut accounts = BTreeMap::new();
    for entry in history {
        let (Some(id), Some(event)) = (entry.subjects.subscription, &entry.event) else { continue };
        match event {
            Event::SubscriptionStarted { quantity, .. } => {
                accounts.insert(id, Account::begin(i64::from(*quantity), day(entry)));
            }
            Event::SubscriptionScheduled { quantity, starts_on, .. } => {
                accounts.insert(id, Account::begin(i64::from(*quantity), *starts_on));
            }
            event => {
                if let Some(account) = accounts.get_mut(&id) {
                    account.note(event, day(entry), audited);
                }
            }
        }
    }
    accounts
}

/// D16, D17: every day is charged for the licenses of that day, credits taken off; gives how many days.
fn check_days(id: SubscriptionId, account: &Account, charges: &[&Charged], today: Date) -> usize {
    let first = *account.due.keys().next().expect("it began");
    let mut day = first.saturating_sub(40.days());
    let mut days = 0;
    while day <= today {
        let licenses: i64 = charges
            .iter()
            .filter(|charge| charge.service.0 <= day && day < charge.service.1)
            .map(|charge| charge.quantity)
            .sum();
        let due = account.on(day);
        let is_right = match due {
            Due::Exactly(quantity) => licenses == quantity,
            Due::AtMost(quantity) => licenses == quantity || licenses == 0,
        };
        assert!(is_right, "{id} on {day}: charged for {licenses}, should be {due:?}; {:?}", account.due);
        days += 1;
        day = day.saturating_add(1.day());
    }
    days
}

/// D16, D18: within a billing period the amounts come to licenses × days × price, rounded once for each charge.
fn check_amounts(id: SubscriptionId, charges: &[&Charged]) {
    let mut periods: BTreeMap<_, (i128, i128, i128)> = BTreeMap::new();
    for charge in charges {
        let days = |(from, until): (Date, Date)| i128::from((until - from).get_days());
        let whole = days(charge.billing);
        let exact = i128::from(charge.quantity) * days(charge.service) * i128::from(charge.unit_price);
        let sums = periods.entry((charge.billing, charge.unit_price)).or_default();
        sums.0 += exact;
        sums.1 += i128::from(charge.amount) * whole;
        sums.2 += whole;
    }
    for (period, (exact, charged, roundings)) in periods {
        assert!((exact - charged).abs() * 2 <= roundings, "{id} in {period:?}: {charged} is not {exact}");
    }
}

/// Every charge whose day has come is on one invoice, and invoices come to their charges with tax; gives how many.
fn check_invoices(read: &Read<'_>, charges: &[Charged], today: Date) -> store::Result<usize> {
    let mut sums: BTreeMap<InvoiceId, i64> = BTreeMap::new();
    for charge in charges {
        match charge.invoice {
            Some(invoice) => *sums.entry(invoice).or_default() += charge.amount,
            None => assert!(charge.invoice_on > today, "a charge for {} is on no invoice", charge.invoice_on),
        }
    }
    let invoices =
        read.query(&INVOICES, params![], |row| Ok((row.get::<InvoiceId>(0)?, row.get::<i64>(1)?, row.get::<i64>(2)?)))?;
    assert_eq!(invoices.len(), sums.len(), "every invoice has charges");
    for (id, net, gross) in &invoices {
        assert_eq!(sums.get(id), Some(net), "the charges of {id}");
        let tax = (net.abs() * TAX * 2 + 100) / 200 * net.signum();
        assert_eq!(*gross, net + tax, "{id} with tax");
    }
    Ok(invoices.len())
}

/// What an order says without tax is what its lines come to, once all are on invoices; gives how many orders.
fn check_orders(read: &Read<'_>) -> store::Result<usize> {
    let number = |row: &Row<'_>, index| row.get::<i64>(index);
    let orders = read.query(&ORDERS, params![], |row| Ok((number(row, 0)?, number(row, 1)?, number(row, 2)?)))?;
    for (order, said, invoiced) in &orders {
        assert_eq!(said, invoiced, "order {order}");
    }
    Ok(orders.len())
}

/// Invoices and credit notes of an organization: how many, and what they come to with tax.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Invoiced {
    invoices: u64,
    invoiced: i64,
    credit_notes: u64,
    credited: i64,
}

/// What was invoiced so far.
pub fn invoiced(world: &World, organization: OrganizationId) -> Invoiced {
    let all = world.store.read(organization, |read| read.query(&INVOICES, params![], |row| row.get::<i64>(2)));
    all.expect("the database answers").into_iter().fold(Invoiced::default(), |mut sum, gross| {
        if gross < 0 {
            (sum.credit_notes, sum.credited) = (sum.credit_notes + 1, sum.credited - gross);
        } else {
            (sum.invoices, sum.invoiced) = (sum.invoices + 1, sum.invoiced + gross);
        }
        sum
    })
}

/// What a dry run said is what the run did since `before`.
pub fn check_forecast(world: &World, organization: OrganizationId, before: Invoiced, said: &Forecast) {
    let after = invoiced(world, organization);
    let did = Invoiced {
        invoices: after.invoices - before.invoices,
        invoiced: after.invoiced - before.invoiced,
        credit_notes: after.credit_notes - before.credit_notes,
        credited: after.credited - before.credited,
    };
    let said = said.sums.iter().fold(Invoiced::default(), |all, sum| Invoiced {
        invoices: all.invoices + sum.invoices,
        invoiced: all.invoiced + sum.invoiced,
        credit_notes: all.credit_notes + sum.credit_notes,
        credited: all.credited + sum.credited,
    });
    // A credit note may settle what was unpaid, and so bring back what is then charged on the same day.
    let is_more = did.credit_notes > 0 && did.invoices > said.invoices;
    let said = if is_more { Invoiced { invoices: did.invoices, invoiced: did.invoiced, ..said } } else { said };
    assert_eq!(said, did, "the dry run of {organization} for {}", world.today());
}

fn charged(row: &Row<'_>) -> store::Result<Charged> {
    Ok(Charged {
        subscription: row.get(0)?,
        quantity: row.get(1)?,
        unit_price: row.get(2)?,
        service: (row.get(3)?, row.get(4)?),
        billing: (row.get(5)?, row.get(6)?),
        amount: row.get(7)?,
        invoice_on: row.get(8)?,
        invoice: row.get(9)?,
    })
}

statements! {
    CHARGES: organization = "SELECT subscription_id, quantity, unit_price, service_start, service_end, billing_start, \
        billing_end, amount, invoice_on, invoice_id FROM charge WHERE organization_id = $1";
    INVOICES: organization = "SELECT id, net, gross FROM invoice WHERE organization_id = $1";
    ORDERS: organization = "SELECT o.number, o.amount, CAST(SUM(l.net) AS BIGINT) FROM \"order\" o \
        JOIN charge c ON c.organization_id = o.organization_id AND c.order_id = o.id \
        LEFT JOIN invoice_line l ON l.organization_id = c.organization_id AND l.charge_id = c.id \
        WHERE o.organization_id = $1 GROUP BY o.number, o.amount HAVING COUNT(*) = COUNT(l.charge_id)";
}
