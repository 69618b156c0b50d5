//! From empty to today's schema, once and only once.

use crate::fixture::{self, SECOND, kind};
use std::sync::Barrier;
use store::{Kind, MIGRATIONS, Migration};
use testkit::engines::Database;

#[test]
fn todays_schema_is_made_from_empty_and_then_left_alone() {
    for database in Database::each() {
        let store = database.open();
        let names: Vec<_> = MIGRATIONS.iter().map(|migration| migration.name).collect();
        assert_eq!(store.migrate().unwrap(), names);
        assert_eq!(store.schema_version().unwrap() as usize, MIGRATIONS.len());
        assert_eq!(store.migrate().unwrap(), [""; 0]);
    }
}

#[test]
fn todays_schema_is_made_step_by_step() {
    for database in Database::each() {
        let store = database.open();
        for end in 1..=MIGRATIONS.len() {
            assert_eq!(store.migrate_with(&MIGRATIONS[..end]).unwrap(), [MIGRATIONS[end - 1].name]);
        }
    }
}

#[test]
fn names_and_numbers_agree_and_nothing_is_deferred() {
    for (index, migration) in MIGRATIONS.iter().enumerate() {
        assert_eq!(migration.number as usize, index + 1);
        assert!(migration.name.starts_with(&format!("{:04}_", migration.number)), "{}", migration.name);
        // A deferred constraint would fail the commit of everybody's commands.
        assert!(!migration.text.to_uppercase().contains("DEFERR"), "{}", migration.name);
        for line in migration.text.lines() {
            assert!(!line.contains("TIMESTAMP") && !line.contains("NUMERIC"), "{}: {line}", migration.name);
        }
    }
}

#[test]
fn an_edited_migration_is_refused() {
    for database in Database::each() {
        let store = fixture::open(&database);
        let edited = [Migration { text: "CREATE TABLE other (id {id} NOT NULL) {table}", ..fixture::MIGRATIONS[0] }];
        let error = store.migrate_with(&edited).unwrap_err();
        assert_eq!(error.kind(), &Kind::Migration);
        assert_eq!(
            std::error::Error::source(&error).unwrap().to_string(),
            "migration 1 was applied to this database as 0001_test with another text; \
             a migration that has landed is never edited"
        );
        assert_eq!(store.schema_version().unwrap(), 1);
    }
}

#[test]
fn a_database_that_is_newer_than_the_program_is_refused() {
    for database in Database::each() {
        let store = fixture::open(&database);
        assert_eq!(store.migrate_with(&[fixture::MIGRATIONS[0], SECOND]).unwrap(), ["0002_second"]);
        assert_eq!(kind(store.migrate_with(fixture::MIGRATIONS)), Kind::Migration);
    }
}

#[test]
fn a_migration_that_fails_leaves_nothing() {
    for database in Database::each() {
        let store = fixture::open(&database);
        let text = "CREATE TABLE half (id {id} NOT NULL) {table}; CREATE TABLE half (id {id} NOT NULL) {table};";
        let broken = Migration { number: 2, name: "0002_broken", text };
        assert_eq!(kind(store.migrate_with(&[fixture::MIGRATIONS[0], broken])), Kind::Migration);
        assert_eq!(store.schema_version().unwrap(), 1);
        // The table is not there, so making it works.
        let text = "CREATE TABLE half (id {id} NOT NULL) {table};";
        store.migrate_with(&[fixture::MIGRATIONS[0], Migration { number: 2, name: "0002_mended", text }]).unwrap();
    }
}

#[test]
fn processes_that_start_together_migrate_once() {
    for database in Database::each() {
        let stores: Vec<_> = (0..4).map(|_| database.open()).collect();
        let barrier = Barrier::new(stores.len());
        let applied: usize = std::thread::scope(|scope| {
            let threads: Vec<_> = stores
                .iter()
                .map(|store| {
                    scope.spawn(|| {
                        barrier.wait();
                        store.migrate_with(&[fixture::MIGRATIONS[0], SECOND]).unwrap().len()
                    })
                })
                .collect();
            threads.into_iter().map(|thread| thread.join().unwrap()).sum()
        });
        assert_eq!(applied, 2);
    }
}
