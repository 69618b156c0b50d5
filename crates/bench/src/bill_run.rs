//! The bill run: a month passes, and every subscription renews, with its charge, invoice, postings and mails.

use crate::measure::{Reach, Row, time};
use crate::rig::Rig;
use crate::{bare, clicks};
use domain::catalog::Term;
use domain::subscription::first_term_end;
use jiff::SignedDuration;
use rusqlite::Connection;
use std::time::Duration;
use testkit::engines::Database;

/// Subscriptions of each organization.
const EACH: usize = 100;
const FEW: usize = 10_000;
const MANY: usize = 100_000;

/// What one bill run came to.
struct Run {
    took: Duration,
    /// The same rows, inserted through a bare connection in one transaction.
    bare: Duration,
    /// How long an admin waited for each click meanwhile.
    clicks: Vec<Duration>,
}

/// A bill run of 100,000 subscriptions, beside one of 10,000.
pub fn bill_run() -> Vec<Row> {
    let (few, many) = (run(FEW), run(MANY));
    let each = |took: Duration, count: usize| took / u32::try_from(count).unwrap_or(u32::MAX);
    vec![
        Row::of_times(
            "bill run of 100,000 subscriptions: renewal, invoice, ledger, mails, SQLite",
            "bare INSERT of the same rows",
            (many.took, many.bare),
            Reach::AtMost(500),
        ),
        Row::of_times(
            "a subscription in a bill run of 100,000",
            "a subscription in one of 10,000",
            (each(many.took, MANY), each(few.took, FEW)),
            Reach::AtMost(150),
        ),
        clicks::row("bill run", many.clicks),
    ]
}

fn run(subscriptions: usize) -> Run {
    let database = Database::sqlite();
    let rig = Rig::open(&database);
    let products = rig.products(EACH);
    let paid_until = first_term_end(rig.today(), Term::Monthly);
    let customers = rig.customers_by_invoice(subscriptions / EACH, &products, paid_until);
    // Everybody leaves, so that the copy is whole.
    let later = rig.leave();
    let before = Database::sqlite();
    std::fs::copy(database.address(), before.address()).expect("the database is copied");
    let rig = Rig::open_at(&database, later + SignedDuration::from_hours(24 * 32));
    let (took, clicks) = clicks::meanwhile(&rig, customers[0], products[0], || {
        rig.app.sweep().expect("the calendar goes on");
        while rig.app.work_once().expect("the work is done") {}
    });
    drop(rig);
    let bare = insert_the_same(&bare::connect(&before.address()), &database.address(), subscriptions);
    Run { took, bare, clicks }
}

/// Inserts every row that the bill run added, table by table; what it changed in place is left out.
fn insert_the_same(connection: &Connection, after: &str, subscriptions: usize) -> Duration {
    connection.execute("ATTACH ?1 AS after", [after]).expect("the other database is there");
    let count = |table: &str| -> i64 {
        let text = format!("SELECT COUNT(*) FROM {table}");
        connection.query_row(&text, [], |row| row.get(0)).expect("the table is counted")
    };
    let mut names = connection
        .prepare("SELECT name FROM main.sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'")
        .expect("the tables are known");
    let names: Vec<String> =
        names.query_map([], |row| row.get(0)).expect("they are listed").map(|name| name.expect("a name")).collect();
    let grown: Vec<_> =
        names.iter().filter(|name| count(&format!("after.\"{name}\"")) > count(&format!("main.\"{name}\""))).collect();
    for needed in ["charge", "invoice", "invoice_line", "ledger_posting", "journal", "mail"] {
        assert!(grown.iter().any(|name| *name == needed), "{needed} did not grow: {grown:?}");
    }
    assert_eq!(count("after.invoice"), subscriptions as i64, "every subscription has an invoice");
    time(|| {
        connection.execute_batch("BEGIN IMMEDIATE").expect("a transaction begins");
        for name in grown {
            let text = format!("INSERT OR IGNORE INTO main.\"{name}\" SELECT * FROM after.\"{name}\"");
            connection.execute(&text, []).expect("the rows are inserted");
        }
        connection.execute_batch("COMMIT").expect("a transaction commits");
    })
}
