//! Money that customers owe: invoices, and what is paid of them (domain 4).

use app::billing::balance::{OpenBalance, OpenBalances, TrialBalance};
use app::billing::details::InvoiceDetails;
use app::billing::list::{InvoiceDays, ListInvoices};
use app::{Caller, Failure};
use domain::access::Role;
use domain::billing::invoice::InvoiceState;
use domain::ids::{InvoiceId, SubscriptionId};
use domain::money::{Currency, Money};
use domain::refusal::Refusal;
use domain::subscription::{Channel, Subscription};
use jiff::civil::date;
use testkit::world::{World, in_each_world};

fn eur(minor: i64) -> Money {
    Money::new(minor, Currency::Eur)
}

fn refusal<T: std::fmt::Debug>(outcome: Result<T, Failure>) -> Refusal {
    outcome.expect_err("it is refused").refusal().expect("a refusal").clone()
}

/// Ten licenses at €10.00 a month, paid by invoice.
fn by_invoice(world: &World, differ: impl FnOnce(&mut Subscription)) -> SubscriptionId {
    let office = world.product(&format!("Office {}", world.new_id()));
    world.subscription_with(world.organization, &office, 10, |new| {
        new.channel = Channel::DirectInvoice;
        differ(new);
    })
}

fn list(world: &World, caller: &Caller, days: InvoiceDays, after: Option<InvoiceId>) -> Vec<(String, Money)> {
    let page = world.read(caller, &ListInvoices { days, after, limit: 2 }).expect("the list");
    page.rows.into_iter().map(|row| (row.number, row.total)).collect()
}

/// R169, R79: the invoices of three months, or of others; a buyer sees those of own subscriptions, and nobody else's.
#[test]
fn invoices_are_looked_at() {
    in_each_world(|world| {
        let anna = world.person("Anna de Vries");
        let _ = by_invoice(world, |_| ());
        let _ = by_invoice(world, |new| new.holder = Some(anna));
        let admin = world.caller(Role::BillingAdmin);
        world.clock.set_day(date(2020, 5, 15));
        world.sweep();

        let page = world.read(&admin, &ListInvoices { days: InvoiceDays::default(), after: None, limit: 5 });
        let page = page.expect("the list");
        assert_eq!((page.from, page.to), (date(2020, 2, 15), date(2020, 5, 15)));
        let days: Vec<_> = page.rows.iter().map(|row| (row.issued_on, row.due_on)).collect();
        let (may, april) = ((date(2020, 5, 15), date(2020, 6, 14)), (date(2020, 4, 15), date(2020, 5, 15)));
        assert_eq!(days, [may, may, april, april, (date(2020, 3, 15), date(2020, 4, 14))]);
        assert!(page.next.is_some());
        let march = InvoiceDays::Range { from: date(2020, 3, 1), to: date(2020, 3, 31) };
        let all = list(world, &admin, march, None);
        assert_eq!(all, [("0000004".to_owned(), eur(10_000)), ("0000003".to_owned(), eur(10_000))]);
        let first = world.read(&admin, &ListInvoices { days: march, after: None, limit: 1 }).expect("the list");
        assert_eq!(list(world, &admin, march, first.next), all[1..]);

        let view = world.read(&admin, &InvoiceDetails(page.rows[4].id)).expect("the invoice");
        assert_eq!((view.invoice.lines.len(), view.invoice.balance(), view.is_overdue()), (1, eur(10_000), true));
        assert_eq!((view.invoice.state, view.may_pay, view.may_operate), (InvoiceState::Open, true, false));
        let open = world.read(&admin, &OpenBalances).expect("the balance");
        let whole = OpenBalance { owed: eur(80_000), overdue: eur(40_000), credit: eur(0) };
        assert_eq!((open.balances, open.unsettled.len()), (vec![whole], 8));

        let buyer = world.as_person(anna, &[]);
        assert_eq!(list(world, &buyer, march, None).len(), 1);
        let own = OpenBalance { owed: eur(40_000), overdue: eur(20_000), credit: eur(0) };
        assert_eq!(world.read(&buyer, &OpenBalances).expect("the balance").balances, [own]);
        let bram = world.as_person(world.person("Bram Bakker"), &[]);
        assert_eq!(list(world, &bram, march, None), []);
        assert_eq!(refusal(world.read(&bram, &InvoiceDetails(page.rows[4].id))), Refusal::NotFound);
        // D23: whoever assigns licenses has no business with invoices.
        assert_eq!(list(world, &world.caller(Role::LicenseAdmin), march, None), []);
        assert_eq!(refusal(world.read(&admin, &TrialBalance)), Refusal::NotAllowed);
        let operator = world.caller(Role::Operator);
        let sums = world.read(&operator, &TrialBalance).expect("the books");
        assert_eq!(
            sums.iter().map(|sum| (sum.debit.minor, sum.credit.minor)).collect::<Vec<_>>(),
            [(80_000, 0), (0, 80_000)]
        );
    });
}
