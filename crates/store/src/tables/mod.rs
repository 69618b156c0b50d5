//! One file per table: its statements and the functions that run them. See the [crate's documentation](crate).

use crate::Sql;

/// Every statement of every table, by its name, for the test that prepares each on both engines.
#[must_use]
pub fn all_statements() -> Vec<(&'static str, &'static Sql)> {
    let tables: &[&[(&'static str, &'static Sql)]] = &[crate::migrate::STATEMENTS];
    tables.concat()
}
