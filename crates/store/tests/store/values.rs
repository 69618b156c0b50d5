//! What is bound comes back as it was, on both engines.

use crate::fixture::on_each_engine;
use domain::ids::OrganizationId;
use jiff::Timestamp;
use jiff::civil::{Date, date};
use store::{Bind, Column, Kind, Result, Scope, Sql, Store, params, statements};
use uuid::Uuid;

statements! {
    INSERT_INTEGER: shared = "INSERT INTO anything (name, an_integer) VALUES ($1, $2)";
    INSERT_BOOLEAN: shared = "INSERT INTO anything (name, a_boolean) VALUES ($1, $2)";
    INSERT_TEXT: shared = "INSERT INTO anything (name, a_text) VALUES ($1, $2)";
    INSERT_ID: shared = "INSERT INTO anything (name, an_id) VALUES ($1, $2)";
    INSERT_BYTES: shared = "INSERT INTO anything (name, some_bytes) VALUES ($1, $2)";
    INTEGER: shared = "SELECT an_integer FROM anything WHERE name = $1";
    BOOLEAN: shared = "SELECT a_boolean FROM anything WHERE name = $1";
    TEXT: shared = "SELECT a_text FROM anything WHERE name = $1";
    ID: shared = "SELECT an_id FROM anything WHERE name = $1";
    BYTES: shared = "SELECT some_bytes FROM anything WHERE name = $1";
    IN_ORDER: shared = "SELECT name FROM anything ORDER BY name";
    TAKE_ANY_ORDER: shared = "SELECT $2 || ', ' || $1";
    NUMBERS: shared = "SELECT COUNT(*), CAST(SUM(an_integer) AS BIGINT), 7 FROM anything";
}

/// Stores `value` and gives back what is stored then.
fn through<T, U>(store: &Store, insert: &'static Sql, select: &'static Sql, value: T) -> Result<U>
where
    T: Bind + Clone + Send + 'static,
    U: Column,
{
    let name = format!("{:?}", std::time::Instant::now());
    let key = name.clone();
    store.write(Scope::Shared, move |write| write.change(insert, params![key, value])).wait()?;
    store.glance(Scope::Shared, |read| read.query_one(select, params![name], |row| row.get(0))).map(Option::unwrap)
}

#[test]
fn integers_come_back() {
    on_each_engine(|store| {
        for value in [i64::MIN, -1, 0, 1, i64::MAX] {
            assert_eq!(through::<i64, i64>(store, &INSERT_INTEGER, &INTEGER, value).unwrap(), value);
        }
        assert_eq!(through::<u32, u32>(store, &INSERT_INTEGER, &INTEGER, u32::MAX).unwrap(), u32::MAX);
        assert_eq!(through::<i32, i32>(store, &INSERT_INTEGER, &INTEGER, i32::MIN).unwrap(), i32::MIN);
        assert_eq!(through::<u8, i64>(store, &INSERT_INTEGER, &INTEGER, 255).unwrap(), 255);
        assert_eq!(through::<Option<i64>, Option<i64>>(store, &INSERT_INTEGER, &INTEGER, None).unwrap(), None);
        assert_eq!(through::<Option<i64>, Option<i64>>(store, &INSERT_INTEGER, &INTEGER, Some(3)).unwrap(), Some(3));
    });
}

#[test]
fn a_number_that_does_not_fit_is_refused() {
    on_each_engine(|store| {
        let error = through::<i64, u32>(store, &INSERT_INTEGER, &INTEGER, -1).unwrap_err();
        assert_eq!((error.kind(), error.statement()), (&Kind::Other, Some("INTEGER")));
        assert_eq!(std::error::Error::source(&error).unwrap().to_string(), "column 0 is not u32");
    });
}

#[test]
fn flags_come_back() {
    on_each_engine(|store| {
        assert!(through::<bool, bool>(store, &INSERT_BOOLEAN, &BOOLEAN, true).unwrap());
        assert!(!through::<bool, bool>(store, &INSERT_BOOLEAN, &BOOLEAN, false).unwrap());
        assert_eq!(through::<Option<bool>, Option<bool>>(store, &INSERT_BOOLEAN, &BOOLEAN, None).unwrap(), None);
    });
}

#[test]
fn texts_come_back() {
    on_each_engine(|store| {
        for value in ["", "Zoë", "O'Brien; -- $1 ?1", "企业版", "\u{1F600}\n\t"] {
            assert_eq!(through::<&str, String>(store, &INSERT_TEXT, &TEXT, value).unwrap(), value);
        }
        assert_eq!(through::<Option<String>, Option<String>>(store, &INSERT_TEXT, &TEXT, None).unwrap(), None);
    });
}

/// PostgreSQL keeps no NUL; what somebody types into a search must not be a fault of the server.
#[test]
fn a_nul_in_a_text_is_replaced() {
    on_each_engine(|store| {
        assert_eq!(through::<&str, String>(store, &INSERT_TEXT, &TEXT, "a\0b").unwrap(), "a\u{fffd}b");
        let found = store.glance(Scope::Shared, |read| {
            read.query_one(&TEXT, params!["no\0body"], |row| row.get::<Option<String>>(0))
        });
        assert_eq!(found.unwrap(), None);
    });
}

#[test]
fn days_and_instants_come_back() {
    on_each_engine(|store| {
        for day in [date(2028, 2, 29), date(1, 1, 1), date(9999, 12, 31)] {
            assert_eq!(through::<Date, Date>(store, &INSERT_TEXT, &TEXT, day).unwrap(), day);
            assert_eq!(through::<Date, String>(store, &INSERT_TEXT, &TEXT, day).unwrap(), day.to_string());
        }
        let instant: Timestamp = "2026-11-20T21:15:00.123456Z".parse().unwrap();
        assert_eq!(through::<Timestamp, Timestamp>(store, &INSERT_INTEGER, &INTEGER, instant).unwrap(), instant);
        let microseconds = instant.as_microsecond();
        assert_eq!(through::<Timestamp, i64>(store, &INSERT_INTEGER, &INTEGER, instant).unwrap(), microseconds);
    });
}

#[test]
fn ids_and_bytes_come_back() {
    on_each_engine(|store| {
        let id = OrganizationId::from_uuid(Uuid::from_u128(0x0193_4a5b_6c7d_7e8f_9a0b_1c2d_3e4f_5061));
        assert_eq!(through::<OrganizationId, OrganizationId>(store, &INSERT_ID, &ID, id).unwrap(), id);
        assert_eq!(through::<Uuid, Uuid>(store, &INSERT_ID, &ID, id.uuid()).unwrap(), id.uuid());
        assert_eq!(through::<Option<Uuid>, Option<Uuid>>(store, &INSERT_ID, &ID, None).unwrap(), None);
        let bytes = vec![0, 255, 10, 0];
        assert_eq!(through::<Vec<u8>, Vec<u8>>(store, &INSERT_BYTES, &BYTES, bytes.clone()).unwrap(), bytes);
        assert_eq!(through::<[u8; 3], [u8; 3]>(store, &INSERT_BYTES, &BYTES, [1, 2, 3]).unwrap(), [1, 2, 3]);
        assert!(through::<[u8; 3], [u8; 4]>(store, &INSERT_BYTES, &BYTES, [1, 2, 3]).is_err());
    });
}

#[test]
fn texts_sort_by_their_bytes() {
    on_each_engine(|store| {
        for name in ["b", "a", "B", "é", "_"] {
            store.write(Scope::Shared, move |write| write.change(&INSERT_INTEGER, params![name, 1])).wait().unwrap();
        }
        let names: Vec<String> =
            store.glance(Scope::Shared, |read| read.query(&IN_ORDER, params![], |row| row.get(0))).unwrap();
        assert_eq!(names, ["B", "_", "a", "b", "é"]);
    });
}

#[test]
fn parameters_go_by_their_numbers() {
    on_each_engine(|store| {
        let text: Option<String> = store
            .glance(Scope::Shared, |read| read.query_one(&TAKE_ANY_ORDER, params!["first", "second"], |row| row.get(0)))
            .unwrap();
        assert_eq!(text.unwrap(), "second, first");
        let error = store
            .glance(Scope::Shared, |read| read.query_one(&TAKE_ANY_ORDER, params!["only"], |row| row.get::<String>(0)))
            .unwrap_err();
        assert_eq!(std::error::Error::source(&error).unwrap().to_string(), "2 parameters wanted, 1 given");
    });
}

#[test]
fn counts_and_sums_are_integers() {
    on_each_engine(|store| {
        let numbers = |store: &Store| -> (i64, Option<i64>, i64) {
            let read = |row: &store::Row<'_>| Ok((row.get(0)?, row.get(1)?, row.get(2)?));
            store.glance(Scope::Shared, |snapshot| snapshot.query_one(&NUMBERS, params![], read)).unwrap().unwrap()
        };
        assert_eq!(numbers(store), (0, None, 7));
        store.write(Scope::Shared, move |write| write.change(&INSERT_INTEGER, params!["a", 5])).wait().unwrap();
        assert_eq!(numbers(store), (1, Some(5), 7));
    });
}
