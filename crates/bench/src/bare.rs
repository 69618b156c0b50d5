//! The reference for assigning: the statements that one command runs, with the same texts, through the bare drivers.

use crate::rig::Target;
use adapters::{SystemClock, TimeOrderedIds};
use app::ports::{Clock, IdSource};
use bytes::BytesMut;
use rusqlite::config::DbConfig;
use rusqlite::{CachedStatement, Connection, params};
use std::error::Error;
use std::time::Duration;
use store::Sql;
use store::tables::{assignment, journal, organization, subscription};
use tokio_postgres::types::{FromSql, IsNull, ToSql, Type, to_sql_checked};
use uuid::Uuid;

const EVENT: &str = r#"{"kind":"license_assigned","disabled_plans":[]}"#;

/// The texts of one command, in the order in which it runs them.
pub struct Texts {
    organization: &'static str,
    person: &'static str,
    subscriptions: &'static str,
    insert: &'static str,
    count: &'static str,
    journal: &'static str,
    take: &'static str,
}

impl Texts {
    /// The texts as the store has them.
    pub fn of_store() -> Self {
        Self {
            organization: text(organization::STATEMENTS, "ORGANIZATION_BY_ID"),
            person: text(assignment::STATEMENTS, "ONE_PERSON"),
            subscriptions: text(subscription::STATEMENTS, "SUBSCRIPTIONS_OF_PRODUCT"),
            insert: text(assignment::STATEMENTS, "INSERT_ASSIGNMENT"),
            count: text(assignment::STATEMENTS, "COUNT_USER_LICENSES"),
            journal: text(journal::STATEMENTS, "INSERT_ENTRY"),
            take: text(subscription::STATEMENTS, "TAKE_LICENSES"),
        }
    }

    fn all(&self) -> [&'static str; 7] {
        [self.organization, self.person, self.subscriptions, self.insert, self.count, self.journal, self.take]
    }
}

/// A statement of the store by its name.
pub fn text(statements: &[(&str, &'static Sql)], name: &str) -> &'static str {
    statements.iter().find(|(found, _)| *found == name).expect("the statement has this name").1.text
}

/// A bare connection to SQLite, as durable as the store's.
pub fn connect(path: &str) -> Connection {
    let connection = Connection::open(path).expect("the database opens");
    connection.set_prepared_statement_cache_capacity(64);
    // As in the store: what is prepared is planned once.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true).expect("plans can be kept");
    connection
        .execute_batch(
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; \
             PRAGMA wal_autocheckpoint = 4000; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -32768",
        )
        .expect("the connection is set up");
    connection
}

/// Assigns a license to each, so many in one transaction, and gives the time it took.
pub fn assign_on_sqlite(connection: &Connection, targets: &[Target], group: usize) -> Duration {
    let texts = Texts::of_store().all().map(question_marks);
    let ids = TimeOrderedIds::default();
    crate::measure::time(|| {
        for targets in targets.chunks(group) {
            connection.execute_batch("BEGIN IMMEDIATE").expect("a transaction begins");
            let statements = texts.each_ref().map(|text| connection.prepare_cached(text).expect("it is understood"));
            assign_group(statements, targets, &ids).expect("licenses are assigned");
            connection.execute_batch("COMMIT").expect("a transaction commits");
        }
    })
}

/// SQLite numbers parameters with question marks.
fn question_marks(text: &str) -> String {
    text.replace('$', "?")
}

fn assign_group(
    statements: [CachedStatement<'_>; 7],
    targets: &[Target],
    ids: &TimeOrderedIds,
) -> rusqlite::Result<()> {
    let [mut organization, mut person, mut subscriptions, mut insert, mut count, mut journal, mut take] = statements;
    for target in targets {
        let now = SystemClock.now();
        let at = now.as_microsecond();
        let (entry, home, user, product) =
            (ids.next(now), target.organization.uuid(), target.user.uuid(), target.product.uuid());
        let (entry, home, user, product) = (entry.as_bytes(), home.as_bytes(), user.as_bytes(), product.as_bytes());
        organization.query_row([home], |row| row.get::<_, String>(1))?;
        let sort_name: String = person.query_row(params![home, product, user], |row| row.get(2))?;
        let subscription: [u8; 16] = subscriptions.query_row(params![home, product], |row| row.get(0))?;
        insert.execute(params![home, user, product, subscription, sort_name, at, "", None::<i64>])?;
        count.execute(params![home, user, 1])?;
        let (command, request) = ("assign_licenses", "req_0123456789abcdef");
        let none: Option<[u8; 16]> = None;
        journal.execute(params![
            home,
            entry,
            at,
            "user",
            user,
            "Ada Admin",
            command,
            request,
            "license_assigned",
            EVENT,
            user,
            product,
            subscription,
            none
        ])?;
        take.execute(params![home, subscription, 1])?;
    }
    Ok(())
}

/// A bare connection to PostgreSQL with the statements prepared.
pub struct Postgres {
    client: tokio_postgres::Client,
    statements: Vec<tokio_postgres::Statement>,
    ids: TimeOrderedIds,
}

impl Postgres {
    /// Connects; on the runtime of the caller.
    pub async fn connect(address: &str) -> Self {
        let (client, connection) =
            tokio_postgres::connect(address, tokio_postgres::NoTls).await.expect("the server answers");
        tokio::spawn(connection);
        let mut statements = Vec::new();
        for text in Texts::of_store().all() {
            statements.push(client.prepare(text).await.expect("it is understood"));
        }
        Self { client, statements, ids: TimeOrderedIds::default() }
    }

    /// Assigns one license in a transaction of its own.
    pub async fn assign(&self, target: Target) -> Result<(), tokio_postgres::Error> {
        let [organization, person, subscriptions, insert, count, journal, take] = &self.statements[..] else {
            unreachable!("there are seven statements");
        };
        let now = SystemClock.now();
        let (at, entry) = (now.as_microsecond(), Id(self.ids.next(now)));
        let (home, user, product) = (Id(target.organization.uuid()), Id(target.user.uuid()), Id(target.product.uuid()));
        let client = &self.client;
        client.batch_execute("BEGIN").await?;
        client.query_one(organization, &[&home]).await?;
        let sort_name: String = client.query_one(person, &[&home, &product, &user]).await?.get(2);
        let subscription: Id = client.query_one(subscriptions, &[&home, &product]).await?.get(0);
        let nothing: Option<i64> = None;
        client.execute(insert, &[&home, &user, &product, &subscription, &sort_name, &at, &"", &nothing]).await?;
        client.execute(count, &[&home, &user, &1i64]).await?;
        let (command, request, none) = ("assign_licenses", "req_0123456789abcdef", None::<Id>);
        let values: [&(dyn ToSql + Sync); 14] = [
            &home,
            &entry,
            &at,
            &"user",
            &user,
            &"Ada Admin",
            &command,
            &request,
            &"license_assigned",
            &EVENT,
            &user,
            &product,
            &subscription,
            &none,
        ];
        client.execute(journal, &values).await?;
        client.execute(take, &[&home, &subscription, &1i64]).await?;
        client.batch_execute("COMMIT").await
    }
}

/// An identifier, as PostgreSQL takes it.
#[derive(Debug)]
struct Id(Uuid);

impl ToSql for Id {
    fn to_sql(&self, _: &Type, out: &mut BytesMut) -> Result<IsNull, Box<dyn Error + Sync + Send>> {
        out.extend_from_slice(self.0.as_bytes());
        Ok(IsNull::No)
    }

    fn accepts(kind: &Type) -> bool {
        *kind == Type::UUID
    }

    to_sql_checked!();
}

impl<'a> FromSql<'a> for Id {
    fn from_sql(_: &Type, raw: &'a [u8]) -> Result<Self, Box<dyn Error + Sync + Send>> {
        Ok(Self(Uuid::from_slice(raw)?))
    }

    fn accepts(kind: &Type) -> bool {
        *kind == Type::UUID
    }
}
