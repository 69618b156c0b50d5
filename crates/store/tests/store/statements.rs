//! Every statement there is: understood by both engines, and confined to its organization.

use store::{MIGRATIONS, Sql, SqlScope, tables};
use testkit::engines::Database;

/// Shared statements that may touch tables with an organization's rows, each with its reason. Keep it short.
const MAY_CROSS: &[(&str, &str)] = &[];

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
    for (name, sql) in tables::all_statements() {
        let allowed = MAY_CROSS.iter().any(|(allowed, _)| *allowed == name);
        let touches = sql.scope == SqlScope::Shared && words(sql.text).any(|word| tables.contains(&word));
        assert!(!touches || allowed, "{name} is shared and touches rows of organizations");
        assert!(touches || !allowed, "{name} does not need its exception");
    }
}

#[test]
fn no_exception_is_stale_and_no_name_is_used_twice() {
    let mut names: Vec<_> = tables::all_statements().iter().map(|(name, _)| *name).collect();
    for (name, _) in MAY_CROSS {
        assert!(names.contains(name), "{name} is gone");
    }
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
    text.split(|character: char| !character.is_alphanumeric() && character != '_')
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
