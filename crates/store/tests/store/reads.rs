//! Reading: one state of the database, and as many readers as there are places.

use crate::fixture::*;
use std::sync::Barrier;
use store::{Kind, Options, Result, Store, params, statements};
use testkit::engines::Database;

statements! {
    UNKNOWN: organization = "SELECT nothing FROM nowhere WHERE organization_id = $1";
    ALL: organization = "SELECT id FROM person WHERE organization_id = $1";
    DELETE_ALL: organization = "DELETE FROM person WHERE organization_id = $1";
}

fn count(read: &store::Read<'_>) -> Result<i64> {
    Ok(read.query_one(&COUNT_PERSONS, params![], |row| row.get(0))?.unwrap())
}

#[test]
fn a_read_sees_one_state_and_a_glance_each_time_the_last() {
    on_each_engine(|store| {
        let organization = organization(1);
        store
            .read(organization, |read| {
                assert_eq!(count(read)?, 0);
                add(store, organization, 1, "anna@example.com")?;
                assert_eq!(count(read)?, 0);
                Ok::<_, store::Error>(())
            })
            .unwrap();
        store
            .glance(organization, |read| {
                assert_eq!(count(read)?, 1);
                add(store, organization, 2, "bert@example.com")?;
                assert_eq!(count(read)?, 2);
                Ok::<_, store::Error>(())
            })
            .unwrap();
    });
}

#[test]
fn a_reader_does_not_see_what_is_not_committed() {
    on_each_engine(|store| {
        let reader = store.clone();
        let seen = store.write(organization(1), move |write| {
            insert(write, user(1), "anna@example.com")?;
            assert_eq!(count(write)?, 1);
            reader.read(organization(1), count)
        });
        assert_eq!(seen.wait().unwrap(), 0);
    });
}

#[test]
fn a_reader_cannot_write() {
    on_each_engine(|store| {
        add(store, organization(1), 1, "anna@example.com").unwrap();
        let result = store.read(organization(1), |read| read.query(&DELETE_ALL, params![], |_| Ok(())));
        assert_eq!(kind(result), Kind::Other);
        assert_eq!(emails(store, organization(1)).len(), 1);
    });
}

#[test]
fn more_rows_than_one_are_an_error_where_one_was_expected() {
    on_each_engine(|store| {
        for (number, email) in [(1, "anna@example.com"), (2, "bert@example.com")] {
            add(store, organization(1), number, email).unwrap();
        }
        let result = store.glance(organization(1), |read| read.query_one(&ALL, params![], |_| Ok(())));
        assert_eq!(std::error::Error::source(&result.unwrap_err()).unwrap().to_string(), "more than one row");
    });
}

#[test]
fn a_failure_and_a_panic_leave_the_pool_usable() {
    for database in Database::each() {
        open(&database);
        let store = Store::open(&database.address(), Options { readers: 1, ..Options::default() }).unwrap();
        for _ in 0..3 {
            let unknown = store.read(organization(1), |read| read.query(&UNKNOWN, params![], |_| Ok(())));
            assert_eq!(unknown.unwrap_err().statement(), Some("UNKNOWN"));
            let panicked = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
                store.read(organization(1), |_| -> Result<()> { panic!("on purpose") })
            }));
            assert!(panicked.is_err());
            assert_eq!(store.read(organization(1), count).unwrap(), 0);
        }
    }
}

#[test]
fn readers_beyond_the_limit_wait_for_a_place() {
    for database in Database::each() {
        open(&database);
        let store = Store::open(&database.address(), Options { readers: 2, ..Options::default() }).unwrap();
        let barrier = Barrier::new(6);
        std::thread::scope(|scope| {
            for _ in 0..6 {
                scope.spawn(|| {
                    barrier.wait();
                    for _ in 0..20 {
                        assert_eq!(store.read(organization(1), count).unwrap(), 0);
                    }
                });
            }
        });
    }
}
