//! Zetel serves, localstripe takes its payments, and reports by itself how they went, signed as Stripe signs (domain
//! 4.5, 4.6): before its own answer, twice, with a signature that another made, or of six minutes ago.

use app::ports::{BankAccountDescription, Clock, MethodDescription};
use domain::billing::payment::{Payment, PaymentKind, PaymentState};
use domain::event::Event;
use domain::ids::OrganizationId;
use domain::money::{Currency, Money};
use jiff::civil::Date;
use jiff::{SignedDuration, ToSpan};
use std::path::Path;
use std::process::Command;
use std::thread::sleep;
use std::time::{Duration, Instant};
use store::tables::invoice::{self, StoredInvoice};
use store::tables::{journal, payment};
use store::{Read, Store};
use testkit::engines::Database;
use testkit::localstripe::{KEY, LocalStripe, Manner, free_port};
use testkit::server::Server;
use testkit::world::World;

const SECRET: &str = "whsec_of_this_shop";
/// Whose debits localstripe refuses, half a second after it was asked.
const REFUSED: &str = "DE62370400440532013001";
const PATIENCE: Duration = Duration::from_secs(60);

fn eur(minor: i64) -> Money {
    Money::new(minor, Currency::Eur)
}

/// What pays.
enum Means {
    Card,
    /// A bank account of which the bank refuses the debit.
    Account,
}

/// A Zetel that collects an invoice of €100.00 of yesterday through localstripe.
struct Shop {
    stripe: LocalStripe,
    store: Store,
    organization: OrganizationId,
    /// The number that the journal had before.
    events_before: usize,
    _server: Server,
    _database: Database,
}

impl Shop {
    /// Opens it; localstripe reports under each of these names, signed with each secret.
    fn open(database: Database, stripe: LocalStripe, means: &Means, reports: &[(&str, &str)]) -> Self {
        let world = World::new(database);
        world.clock.set(adapters::SystemClock.now() - SignedDuration::from_hours(24));
        let anna = world.person("Anna de Vries");
        let method = world.payment_method(anna, |new| match means {
            Means::Card => new.gateway_token = stripe.card("4242424242424242"),
            Means::Account => {
                new.gateway_token = stripe.account(REFUSED);
                let (country, last_four, mandate) = ("DE".to_owned(), "3001".to_owned(), Some("M-1".to_owned()));
                new.described = MethodDescription::BankAccount(BankAccountDescription { country, last_four, mandate });
            }
        });
        let yesterday = world.today();
        let _ = world.subscription_with(world.organization, &world.product("Office"), 10, |new| {
            (new.payment_method_id, new.billed_until) = (Some(method), Some(yesterday));
        });
        world.sweep();
        let (organization, events_before) = (world.organization, world.new_events().len());
        let database = world.leave();
        let address = format!("127.0.0.1:{}", free_port());
        for (name, secret) in reports {
            stripe.report_to(name, &format!("http://{address}/api/v1/payment-notices"), secret);
        }
        let mut command = Command::new(Path::new(env!("CARGO_BIN_EXE_zetel")));
        command
            .args(["serve", "--database", &database.address(), "--listen", &address])
            .env("ZETEL_STRIPE_KEY", KEY)
            .env("ZETEL_STRIPE_WEBHOOK_SECRET", SECRET)
            .env("ZETEL_STRIPE_ADDRESS", stripe.address())
            .env("ZETEL_PUBLIC_ADDRESS", "https://zetel.example.com");
        let server = Server::start_by(command);
        let store = database.open();
        Self { stripe, store, organization, events_before, _server: server, _database: database }
    }

    /// Waits until localstripe has reported so often, and gives what became of it in its words.
    fn wait_for_reports(&self, kind: &str, count: usize) -> Vec<String> {
        wait_for(kind, || Some(self.stripe.reported(kind)).filter(|reports| reports.len() >= count))
    }

    /// Waits until the payment stands so.
    fn wait_for_payment(&self, state: PaymentState) -> Payment {
        wait_for(state.code(), || Some(self.payment()).filter(|payment| payment.state == state))
    }

    /// The only invoice.
    fn invoice(&self) -> StoredInvoice {
        let found = self.store.read(self.organization, |read| {
            let listed = invoice::list(read, None, Date::MIN, Date::MAX, None, 10)?;
            assert_eq!(listed.len(), 1, "one invoice");
            Ok::<_, store::Error>(invoice::find(read, listed[0].id)?.expect("it was listed"))
        });
        found.expect("the database answers")
    }

    /// The only payment.
    fn payment(&self) -> Payment {
        let id = self.invoice().invoice.id;
        wait_for("payment", || {
            let all = self.store.read(self.organization, |read| payment::of_invoice(read, id));
            let all = all.expect("the database answers");
            assert!(all.len() <= 1, "it is taken once: {all:?}");
            all.into_iter().next()
        })
    }

    /// What happened since the shop opened, and in the name of which request or job.
    fn happened(&self) -> Vec<(Event, String)> {
        let read = |read: &Read<'_>| journal::oldest_first(read, None, 1_000);
        let entries = self.store.read(self.organization, read).expect("the database answers");
        let new = entries.into_iter().skip(self.events_before);
        new.map(|entry| (entry.event.expect("a known event"), entry.request)).collect()
    }
}

fn wait_for<T>(what: &str, mut found: impl FnMut() -> Option<T>) -> T {
    let begin = Instant::now();
    loop {
        if let Some(found) = found() {
            return found;
        }
        assert!(begin.elapsed() < PATIENCE, "waited in vain for {what}");
        sleep(Duration::from_millis(50));
    }
}

/// The scenario on each engine, where localstripe is installed.
fn in_each_shop(manner: Manner, means: &Means, reports: &[(&str, &str)], scenario: impl Fn(&Shop)) {
    for database in Database::each() {
        let Some(stripe) = LocalStripe::start(manner) else { return };
        let shop = Shop::open(database, stripe, means, reports);
        scenario(&shop);
        shop.store.close();
    }
}

fn declined() -> Event {
    Event::PaymentFailed { number: "0000001".to_owned(), amount: eur(10_000), reason: "card_declined".to_owned() }
}

/// Stripe took the money and says so before it answers who asked: the report is taken and changes nothing, since nobody
/// knows the payment's name yet, and the answer counts it, once.
#[test]
fn a_report_may_come_before_the_answer() {
    in_each_shop(Manner::AnswersLate, &Means::Card, &[("shop", SECRET)], |shop| {
        assert_eq!(shop.wait_for_reports("payment_intent.succeeded", 1), ["successfully delivered"]);
        let waiting = shop.payment();
        assert_eq!((waiting.state, waiting.reference), (PaymentState::Pending, None), "the answer is not there yet");
        assert_eq!(shop.happened(), []);
        let paid = shop.wait_for_payment(PaymentState::Succeeded);
        assert_eq!((paid.kind, paid.amount), (PaymentKind::Charge, eur(10_000)));
        assert_eq!(shop.invoice().invoice.balance(), eur(0));
        let (events, by): (Vec<_>, Vec<_>) = shop.happened().into_iter().unzip();
        let number = "0000001".to_owned();
        assert_eq!(events, [Event::InvoicePaid { number, amount: eur(10_000), balance: eur(0) }]);
        assert!(by[0].starts_with("job_"), "{by:?}");
    });
}

/// R166, domain 4.6: a debit that the bank refuses fails by the report of it, before anybody asks again. The report
/// comes twice and fails it once; the next attempt is three days after the first.
#[test]
fn a_failed_debit_is_reported_twice_and_fails_once() {
    in_each_shop(Manner::Usual, &Means::Account, &[("shop", SECRET), ("again", SECRET)], |shop| {
        let delivered = shop.wait_for_reports("payment_intent.payment_failed", 2);
        assert_eq!(delivered, ["successfully delivered"; 2]);
        let failed = shop.wait_for_payment(PaymentState::Failed);
        let reason = Some("card_declined".to_owned());
        assert_eq!((failed.kind, failed.amount, failed.reason), (PaymentKind::Charge, eur(10_000), reason));
        let (events, by): (Vec<_>, Vec<_>) = shop.happened().into_iter().unzip();
        assert_eq!(events, [declined()]);
        assert!(by[0].starts_with("req_"), "it was the report: {by:?}");
        let StoredInvoice { invoice, attempts, first_attempt_on, due_step_on } = shop.invoice();
        assert_eq!((invoice.balance(), attempts), (eur(10_000), 1));
        assert_eq!(due_step_on, first_attempt_on.map(|first| first.saturating_add(3.days())));
        // What concerns no payment is taken, too.
        assert_eq!(shop.stripe.reported("customer.created"), ["successfully delivered"; 2]);
    });
}

/// A report that another signed, or that is older than five minutes, is refused with 400 and changes nothing: what was
/// reported is learned by asking, later.
fn is_refused(manner: Manner, secret: &str) {
    in_each_shop(manner, &Means::Account, &[("shop", secret)], |shop| {
        let refused = shop.wait_for_reports("payment_intent.payment_failed", 1);
        assert_eq!(refused, ["failed with response code 400"]);
        let failed = shop.wait_for_payment(PaymentState::Failed);
        assert_eq!(failed.amount, eur(10_000));
        let (events, by): (Vec<_>, Vec<_>) = shop.happened().into_iter().unzip();
        assert_eq!(events, [declined()]);
        assert!(by[0].starts_with("job_"), "the report changed nothing: {by:?}");
    });
}

#[test]
fn a_report_with_a_forged_signature_changes_nothing() {
    is_refused(Manner::Usual, "whsec_of_another");
}

#[test]
fn a_report_of_six_minutes_ago_changes_nothing() {
    is_refused(Manner::ClockIsLate, SECRET);
}
