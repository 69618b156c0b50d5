//! A copy of the database while it is in use.

use crate::fixture::*;
use std::os::unix::fs::PermissionsExt;
use store::{Engine, Options, Store};
use testkit::engines::Database;

#[test]
fn a_backup_is_a_whole_database_that_only_its_owner_reads() {
    let database = Database::sqlite();
    let store = open(&database);
    add(&store, organization(1), 1, "anna@example.com").unwrap();
    let folder = tempfile::tempdir().unwrap();
    let copy = folder.path().join("copy.db");
    store.backup(&copy).unwrap();
    add(&store, organization(1), 2, "bert@example.com").unwrap();
    let opened = Store::open(copy.to_str().unwrap(), Options::default()).unwrap();
    assert_eq!(opened.schema_version().unwrap(), 1);
    assert_eq!(emails(&opened, organization(1)), ["anna@example.com"]);
    for file in [copy.to_str().unwrap(), &database.address()] {
        assert_eq!(std::fs::metadata(file).unwrap().permissions().mode() & 0o777, 0o600, "{file}");
    }
    drop(opened);
    // Once more over the old one.
    store.backup(&copy).unwrap();
    let opened = Store::open(copy.to_str().unwrap(), Options::default()).unwrap();
    assert_eq!(emails(&opened, organization(1)).len(), 2);
}

#[test]
fn a_backup_during_writes_is_a_state_that_was() {
    let database = Database::sqlite();
    let store = open(&database);
    let folder = tempfile::tempdir().unwrap();
    add(&store, organization(1), 1, "anna@example.com").unwrap();
    add(&store, organization(1), 2, "bert@example.com").unwrap();
    let writes: Vec<_> = (0..2000)
        .map(|_| {
            store.write(organization(1), |write| write.change_any(&ADD_LICENSE_TO_ALL, store::params![]).map(|_| ()))
        })
        .collect();
    let copy = folder.path().join("copy.db");
    store.backup(&copy).unwrap();
    for write in writes {
        write.wait().unwrap();
    }
    let opened = Store::open(copy.to_str().unwrap(), Options::default()).unwrap();
    let [anna, bert] =
        [1, 2].map(|number| opened.read(organization(1), |read| person(read, user(number))).unwrap().unwrap().licenses);
    assert_eq!(anna, bert);
}

#[test]
fn postgresql_has_its_own_tools() {
    let Some(database) = Database::postgres() else { return };
    let store = open(&database);
    assert_eq!(store.engine(), Engine::Postgres);
    let error = store.backup(std::path::Path::new("/nowhere")).unwrap_err();
    assert_eq!(
        std::error::Error::source(&error).unwrap().to_string(),
        "a PostgreSQL database is backed up with pg_dump or a base backup"
    );
}
