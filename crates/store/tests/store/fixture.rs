//! A small schema of the tests' own, so that they speak of the engine and not of today's tables.

use domain::ids::{OrganizationId, UserId};
use store::{Kind, Migration, Read, Result, Store, Write, params, statements};
use testkit::engines::Database;
use uuid::Uuid;

pub const MIGRATIONS: &[Migration] = &[Migration { number: 1, name: "0001_test", text: SCHEMA }];

const SCHEMA: &str = "
CREATE TABLE person (
    organization_id {id} NOT NULL,
    id {id} NOT NULL,
    email {text} NOT NULL,
    licenses {integer} NOT NULL,
    revision {integer} NOT NULL,
    PRIMARY KEY (organization_id, id),
    CONSTRAINT licenses_are_not_negative CHECK (licenses >= 0)
) {keyed_table};
CREATE UNIQUE INDEX person_by_email ON person (organization_id, email);
CREATE TABLE license (
    organization_id {id} NOT NULL,
    person_id {id} NOT NULL,
    product {text} NOT NULL UNIQUE,
    FOREIGN KEY (organization_id, person_id) REFERENCES person (organization_id, id)
) {table};
CREATE TABLE anything (
    name {text} NOT NULL PRIMARY KEY,
    an_integer {integer},
    a_boolean {boolean},
    a_text {text},
    an_id {id},
    some_bytes {bytes}
) {keyed_table};
";

statements! {
    pub INSERT_PERSON: organization =
        "INSERT INTO person (organization_id, id, email, licenses, revision) VALUES ($1, $2, $3, 0, 1)";
    pub PERSON_BY_ID: organization =
        "SELECT email, licenses, revision FROM person WHERE organization_id = $1 AND id = $2";
    pub EMAILS: organization = "SELECT email FROM person WHERE organization_id = $1 ORDER BY email";
    pub COUNT_PERSONS: organization = "SELECT COUNT(*) FROM person WHERE organization_id = $1";
    pub CHANGE_LICENSES: organization = "UPDATE person SET licenses = $4, revision = revision + 1
        WHERE organization_id = $1 AND id = $2 AND revision = $3";
    pub ADD_LICENSES: organization =
        "UPDATE person SET licenses = licenses + $3 WHERE organization_id = $1 AND id = $2";
    pub ADD_LICENSE_TO_ALL: organization = "UPDATE person SET licenses = licenses + 1 WHERE organization_id = $1";
    pub INSERT_LICENSE: organization = "INSERT INTO license (organization_id, person_id, product) VALUES ($1, $2, $3)";
    pub PERSONS_OF_ALL: shared = "SELECT COUNT(*) FROM person";
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    pub email: String,
    pub licenses: i64,
    pub revision: i64,
}

pub fn organization(number: u128) -> OrganizationId {
    OrganizationId::from_uuid(Uuid::from_u128(number))
}

pub fn user(number: u128) -> UserId {
    UserId::from_uuid(Uuid::from_u128(number))
}

pub fn insert(write: &Write<'_>, id: UserId, email: &str) -> Result<()> {
    write.change(&INSERT_PERSON, params![id, email])
}

pub fn person(read: &Read<'_>, id: UserId) -> Result<Option<Person>> {
    read.query_one(&PERSON_BY_ID, params![id], |row| {
        Ok(Person { email: row.get(0)?, licenses: row.get(1)?, revision: row.get(2)? })
    })
}

pub fn emails(store: &Store, organization: OrganizationId) -> Vec<String> {
    store.read(organization, |read| read.query(&EMAILS, params![], |row| row.get(0))).unwrap()
}

/// Adds a person through the store and waits until it is stored.
pub fn add(store: &Store, organization: OrganizationId, number: u128, email: &'static str) -> Result<()> {
    store.write(organization, move |write| insert(write, user(number), email)).wait()
}

/// Opens a database with the tests' schema.
pub fn open(database: &Database) -> Store {
    let store = database.open();
    store.migrate_with(MIGRATIONS).unwrap();
    store
}

/// Runs a test on each engine.
pub fn on_each_engine(test: impl Fn(&Store)) {
    for database in Database::each() {
        println!("on {:?}", database.engine());
        test(&open(&database));
    }
}

pub fn kind<T>(result: Result<T>) -> Kind {
    match result {
        Ok(_) => panic!("accepted"),
        Err(error) => error.kind().clone(),
    }
}

pub fn unique(constraint: &str) -> Kind {
    Kind::Unique { constraint: constraint.to_owned() }
}

pub const SECOND: Migration = Migration {
    number: 2,
    name: "0002_second",
    text: "CREATE TABLE second (id {id} NOT NULL PRIMARY KEY) {keyed_table};",
};
