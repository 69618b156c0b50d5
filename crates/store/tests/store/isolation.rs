//! A statement of an organization reaches no other organization's rows.

use crate::fixture::*;
use store::{Kind, Scope, params};

#[test]
fn the_transaction_fills_in_its_organization() {
    on_each_engine(|store| {
        add(store, organization(1), 1, "anna@example.com").unwrap();
        add(store, organization(2), 2, "bert@example.com").unwrap();
        assert_eq!(emails(store, organization(1)), ["anna@example.com"]);
        assert_eq!(emails(store, organization(2)), ["bert@example.com"]);
        // The id of another organization's person finds nothing.
        assert_eq!(store.read(organization(1), |read| person(read, user(2))).unwrap(), None);
        let changed = store.write(organization(1), |write| write.change(&ADD_LICENSES, params![user(2), 5])).wait();
        assert_eq!(kind(changed), Kind::Stale);
        let all = store.write(organization(1), |write| write.change_any(&ADD_LICENSE_TO_ALL, params![])).wait();
        assert_eq!(all.unwrap(), 1);
        let other = store.read(organization(2), |read| person(read, user(2))).unwrap().unwrap();
        assert_eq!(other.licenses, 0);
    });
}

#[test]
fn a_transaction_of_no_organization_runs_no_statement_of_one() {
    on_each_engine(|store| {
        let error = store.read(Scope::Shared, |read| person(read, user(1))).unwrap_err();
        assert_eq!((error.kind(), error.statement()), (&Kind::Other, Some("PERSON_BY_ID")));
        let written = store.write(Scope::Shared, |write| insert(write, user(1), "anna@example.com")).wait();
        assert_eq!(kind(written), Kind::Other);
        let count = store.glance(Scope::Shared, |read| read.query_one(&PERSONS_OF_ALL, params![], |row| row.get(0)));
        assert_eq!(count.unwrap(), Some(0));
    });
}

#[test]
fn the_same_key_in_two_organizations_is_two_rows() {
    on_each_engine(|store| {
        add(store, organization(1), 1, "anna@example.com").unwrap();
        add(store, organization(2), 1, "anna@example.com").unwrap();
        assert_eq!(
            store.glance(Scope::Shared, |read| read.query_one(&PERSONS_OF_ALL, params![], |row| row.get(0))).unwrap(),
            Some(2)
        );
    });
}
