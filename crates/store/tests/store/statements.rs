//! Every statement there is: understood by both engines, and confined to its organization.

use store::{MIGRATIONS, Sql, SqlScope, tables};
use testkit::engines::Database;

/// Shared statements that may touch tables with an organization's rows, each with its reason, by name. Keep it short.
const MAY_CROSS: &[(&str, &str)] = &[
    ("ACCOUNT_OF_PARTNER", "what a partner sold is charged by its contract, in the transaction of the customer"),
    ("ACTOR_BY_SESSION", "the session's secret tells whose it is"),
    ("ACTOR_BY_TOKEN", "the program's secret tells whose it is"),
    ("ANY_DUE", "an idle runner asks whether anybody has work, and learns nothing else"),
    ("ANY_MAIL_DUE", "an idle sender asks whether anybody has mail, and learns nothing else"),
    ("BILLING_ROLES_OF_ACTOR", "the session's secret tells whose they are"),
    ("BILL_RUN_FAILURES", "the operator sees where the bill run fails, and why"),
    ("CLAIM_DUE", "the runner works for every organization; each job then runs in its own"),
    ("CLAIM_MAIL", "the sender works for every organization; what a mail says is then read in its own"),
    ("COUNT_JOBS", "the operator sees how much is waiting, without a row of anybody's"),
    ("COUNT_MAILS", "the operator sees how much is waiting, without a row of anybody's"),
    ("COUNT_PENDING_CREDIT_CHECKS", "the operator sees how many wait, without a row of anybody's"),
    ("CUSTOMERS_OF_PARTNER", "a partner sees who let it in, and what it sold to them"),
    ("DELETE_SESSION", "the session's secret tells whose it is"),
    ("FIRST_DUE", "the calendar asks which organizations have something due, and learns only the day"),
    ("INSERT_BILLING_ACCOUNT", "an organization is added with its contract, before anything is bound to it"),
    ("INSERT_BILLING_PROFILE", "likewise; any other is added by name of its organization"),
    ("INVOICE_NUMBERS", "the doctor counts invoices over all organizations, and learns nothing else"),
    ("JOBS_IN_STATE", "the operator sees what is parked"),
    ("KEEPING_LONGER", "the sweep asks who keeps copies too long, and learns nothing else; each forgets its own"),
    ("MAILS", "the operator sees the outbox of all organizations"),
    ("MAILS_IN_STATE", "likewise"),
    ("MAILS_OF_KIND", "likewise"),
    ("NOTE_ORGANIZATION_OF_BILL_RUN", "the calendar notes where it took steps, a page of organizations at once"),
    ("OPEN_EVERYWHERE", "the operator sees sums over all organizations"),
    ("ORDER_BY_PAYMENT", "a gateway's notice names a payment, and learns nothing"),
    ("ORGANIZATIONS_WITH_PRODUCT", "the end of a sale is announced to every one, each in its own transaction"),
    ("PASSWORDS_BY_EMAIL", "signing in finds the organization by the address"),
    ("PAYMENT_BY_REFERENCE", "a gateway's notice names a payment, and learns nothing"),
    ("PENDING_CREDIT_CHECKS", "the operator decides for every organization; each decision is then made in its own"),
    ("REDEMPTIONS_OF_BATCH", "the operator sees who redeemed the keys that the operator made"),
    ("REDEMPTION_OF_KEY", "likewise, for one key"),
    ("REVENUE_BY_MONTH", "the operator sees sums over all organizations"),
    ("SOLD_SKUS", "the operator's import asks what was sold at all, and learns nothing else"),
    ("TRIAL_BALANCE", "the operator sees sums over all organizations"),
    ("WAITING_CHARGES", "the operator sees which organizations get an invoice next, and for how much"),
];

#[test]
fn both_engines_understand_every_statement() {
    for database in Database::each() {
        let store = database.open_migrated();
        for (name, sql) in tables::all_statements() {
            if let Err(error) = store.prepare(sql) {
                panic!("{name} on {:?}: {:?}", database.engine(), error);
            }
        }
    }
}

#[test]
fn every_statement_of_an_organization_names_it() {
    for (name, sql) in tables::all_statements() {
        if sql.scope == SqlScope::Organization {
            assert!(sql.text.contains("organization_id"), "{name} does not mention organization_id");
            assert!(has_parameter(sql, 1), "{name} does not use $1");
        }
    }
}

#[test]
fn no_shared_statement_touches_an_organizations_rows() {
    let tables = tables_of_organizations();
    assert!(tables.contains(&"subscription"), "{tables:?}");
    let mut crossing: Vec<_> = tables::all_statements()
        .into_iter()
        .filter(|(_, sql)| sql.scope == SqlScope::Shared && words(sql.text).any(|word| tables.contains(&word)))
        .map(|(name, _)| name)
        .collect();
    crossing.sort_unstable();
    assert_eq!(crossing, MAY_CROSS.iter().map(|(name, _)| *name).collect::<Vec<_>>());
}

#[test]
fn no_two_statements_share_a_name() {
    let mut names: Vec<_> = tables::all_statements().iter().map(|(name, _)| *name).collect();
    names.sort_unstable();
    for pair in names.windows(2) {
        assert_ne!(pair[0], pair[1]);
    }
}

fn has_parameter(sql: &Sql, number: u32) -> bool {
    sql.text.split('$').skip(1).any(|rest| {
        let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
        digits == number.to_string()
    })
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|character: char| !character.is_alphanumeric() && character != '_').filter(|word| !word.is_empty())
}

/// The tables whose definition has a column `organization_id`.
fn tables_of_organizations() -> Vec<&'static str> {
    let mut tables = Vec::new();
    for migration in MIGRATIONS {
        for definition in migration.text.split("CREATE TABLE ").skip(1) {
            let columns = definition.split(';').next().unwrap_or_default();
            if words(columns).any(|word| word == "organization_id") {
                tables.extend(words(columns).next());
            }
        }
    }
    tables
}
