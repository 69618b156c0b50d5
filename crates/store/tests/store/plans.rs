//! How SQLite finds the rows of every statement: the plan hangs on fixed estimates, so it is known here.

use rusqlite::functions::FunctionFlags;
use rusqlite::types::Null;
use rusqlite::{Connection, params_from_iter};
use store::{Sql, SqlScope, tables};
use testkit::engines::Database;

/// Tables of which an organization keeps few rows: contract, settings, and what its admins name themselves.
const SMALL: &[&str] = &[
    "api_token",
    "auto_claim",
    "auto_claim_setting",
    "bill_run_failure",
    "bill_run_organization",
    "billing_account",
    "billing_profile",
    "billing_role",
    "bulk_list",
    "credit_pay_out",
    "group",
    "license_request",
    "license_request_process",
    "license_setting",
    "notification_setting",
    "partner",
    "partner_relationship",
    "payment_method",
    "purchase_limits",
    "self_service_rule",
    "user_role",
];

/// Statements that go through what an organization has in a larger table, by the reason.
const MAY_READ_ALL: &[(&str, &[&str])] = &[
    (
        "a list in the order of an index, until a page is full",
        &["BY_NAME", "BY_NAME_DOWN", "BY_END", "BY_END_DOWN", "INVOICES_NUMBERED", "OPEN_JOBS", "PEOPLE_BY_NAME"],
    ),
    (
        "subscriptions in an order that changes with every assignment, or by few values, have no index",
        &[
            "BY_STATE",
            "BY_STATE_DOWN",
            "BY_CHANNEL",
            "BY_CHANNEL_DOWN",
            "BY_QUANTITY",
            "BY_QUANTITY_DOWN",
            "BY_ASSIGNED",
            "BY_ASSIGNED_DOWN",
            "BY_AVAILABLE",
            "BY_AVAILABLE_DOWN",
        ],
    ),
    (
        "sums and choices over all subscriptions of an organization: hundreds, not the people who use them",
        &[
            "COUNT_BY_PRODUCT",
            "COUNT_BY_PROFILE",
            "COUNT_CREDIT_CHECKS",
            "COUNT_ENDING",
            "IS_BOUGHT_ON",
            "PAID_SELF_SERVICE",
            "SUBSCRIPTIONS_PAID_BY",
            "SELF_SERVICE_PURCHASES",
            "SUBSCRIPTIONS_NEEDING_ATTENTION",
            "SUBSCRIPTIONS_OF_PROFILE",
            "SUBSCRIPTION_SUMMARY",
            "TOTALS",
            "USAGE_BY_PRODUCT",
        ],
    ),
    ("time that passes on a clock that is set: demos, sandboxes and simulations", &["BRING_FORWARD", "NEXT_JOB"]),
    (
        "the doctor counts everything",
        &[
            "CREDITED_CHARGES",
            "INVOICE_LINE_SUMS",
            "INVOICE_PAYMENTS",
            "LEDGER_BALANCES",
            "LEDGER_ENTRIES",
            "LICENSE_HOLDERS",
            "ORDER_NUMBERS",
            "OVERASSIGNED",
            "RECEIVABLES",
            "SEARCH_WORDS",
            "SOLD_CHARGES",
            "SUBSCRIPTION_COUNTERS",
            "USER_COUNTERS",
        ],
    ),
    ("the first of a partial index", &["DUE_DAYS", "FIRST_TO_INVOICE"]),
    ("from name to next name along an index", &["ACTOR_NAMES"]),
    ("one count along an index", &["COUNT_PEOPLE"]),
    ("every address, when many people are added", &["EMAILS"]),
    ("balances: one for each account and currency", &["BALANCES", "OPEN_PROFILE_CREDITS"]),
    (
        "what pays for what, when a payment method is shown, replaced or removed, and what is paid back",
        &["PAYMENTS_TO_REFUND", "PAYMENT_METHODS_ON_FILE", "PAYMENT_METHOD_ON_FILE", "REPLACE_PAYMENT_METHOD"],
    ),
    (
        "seldom, and for everybody: a sandbox, a clean-up, a standing",
        &["CREDIT_STANDING", "DELETE_ALL_SESSIONS", "DELETE_OLD_UPLOADS", "HAS_SALES"],
    ),
];

#[test]
fn every_statement_finds_its_rows_by_more_than_the_organization() {
    let database = Database::sqlite();
    drop(database.open_migrated());
    let connection = Connection::open(database.address()).unwrap();
    connection.create_scalar_function("zetel_id", 1, FunctionFlags::SQLITE_UTF8, |_| Ok(0)).unwrap();
    let mut known: Vec<_> = MAY_READ_ALL.iter().flat_map(|(_, names)| names.iter().copied()).collect();
    let mut wrong = Vec::new();
    for (name, sql) in tables::all_statements().into_iter().filter(|(_, sql)| sql.scope == SqlScope::Organization) {
        let reads_all = plan(&connection, sql).into_iter().find(|step| reads_all_of_a_large_table(sql.text, step));
        match (reads_all, known.iter().position(|known| *known == name)) {
            (Some(_), Some(place)) => drop(known.remove(place)),
            (Some(step), None) => wrong.push(format!("{name}: {step}")),
            (None, _) => {}
        }
    }
    assert_eq!(wrong, Vec::<String>::new(), "these read all rows of an organization");
    assert_eq!(known, Vec::<&str>::new(), "these find their rows and need no reason");
}

/// How SQLite goes about a statement, step by step.
fn plan(connection: &Connection, sql: &Sql) -> Vec<String> {
    let mut statement = connection.prepare(&format!("EXPLAIN QUERY PLAN {}", sql.text.replace('$', "?"))).unwrap();
    let nothing = params_from_iter(vec![Null; statement.parameter_count()]);
    let steps = statement.query_map(nothing, |row| row.get(3)).unwrap();
    steps.map(Result::unwrap).collect()
}

/// Whether a step as "SEARCH s USING INDEX subscription_by_end (organization_id=?)" does; `s` is named in the text.
fn reads_all_of_a_large_table(text: &str, step: &str) -> bool {
    let name = step.split(' ').nth(1).unwrap_or_default();
    step.ends_with(" (organization_id=?)") && !SMALL.contains(&table_called(text, name))
}

/// The table that a statement calls so: it stands before its short name.
fn table_called<'a>(text: &'a str, name: &'a str) -> &'a str {
    let words: Vec<_> = text.split([' ', '(', ')', ',', '"']).filter(|word| !word.is_empty()).collect();
    let named = words.windows(3).find(|three| matches!(three[0], "FROM" | "JOIN" | "UPDATE") && three[2] == name);
    named.map_or(name, |three| three[1])
}
