//! Brings a database to the schema that this program expects.
//!
//! A migration is one text for both engines, with placeholders for what they call differently
//! ([`Engine::schema`](crate::Engine::schema)). It is applied once, in a transaction, and its checksum is kept: a
//! database on which another text was applied under the same number is refused.

use crate::error::{Error, Kind, Result};
use crate::sql::{Connection, Engine};
use crate::transaction::{Read, Scope, Write};
use crate::{params, statements};
use sha2::{Digest, Sha256};

/// One step of the schema.
#[derive(Debug, Clone, Copy)]
pub struct Migration {
    /// Counted from 1, without gaps.
    pub number: u32,
    /// The name of its file, without `.sql`.
    pub name: &'static str,
    /// Its statements, with placeholders.
    pub text: &'static str,
}

const TABLE: &str = "CREATE TABLE IF NOT EXISTS migration (
    number {integer} NOT NULL PRIMARY KEY,
    name {text} NOT NULL,
    checksum {bytes} NOT NULL
) {table}";

statements! {
    /// What was applied.
    pub APPLIED: shared = "SELECT number, name, checksum FROM migration ORDER BY number";
    /// Notes what was applied.
    pub APPLY: shared = "INSERT INTO migration (number, name, checksum) VALUES ($1, $2, $3)";
}

/// Applies what is missing and gives the names of what it applied. Safe when several processes start together.
pub(crate) fn migrate(connection: &Connection, engine: Engine, migrations: &[Migration]) -> Result<Vec<&'static str>> {
    connection.lock_for_migration()?;
    connection.make_functions()?;
    connection.batch(&engine.schema(TABLE))?;
    let mut applied = Vec::new();
    for (index, migration) in migrations.iter().enumerate() {
        if migration.number as usize != index + 1 {
            return Err(wrong(format!("{} is number {}, not {}", migration.name, index + 1, migration.number)));
        }
        // SQLite admits one writer: whoever begins second finds the migration applied.
        connection.begin_write(false)?;
        let result = apply(connection, engine, *migration);
        match result {
            Ok(true) => {
                applied.push(migration.name);
                if index + 1 == migrations.len() {
                    connection.write_estimates()?;
                }
            }
            Ok(false) => {}
            Err(error) => {
                connection.roll_back()?;
                return Err(error);
            }
        }
        connection.commit()?;
    }
    match schema_version(connection)? {
        version if version as usize > migrations.len() => {
            Err(wrong(format!("the database is at migration {version}, this program knows {}", migrations.len())))
        }
        _ => Ok(applied),
    }
}

/// The number of the last migration that was applied; 0 for none.
pub(crate) fn schema_version(connection: &Connection) -> Result<u32> {
    let read = Read::new(connection, Scope::Shared);
    Ok(read.query(&APPLIED, params![], |row| row.get(0))?.last().copied().unwrap_or(0))
}

fn apply(connection: &Connection, engine: Engine, migration: Migration) -> Result<bool> {
    let write = Write::new(connection, Scope::Shared);
    let checksum: [u8; 32] = Sha256::digest(migration.text.as_bytes()).into();
    let landed = write.query(&APPLIED, params![], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    let landed: Option<&(u32, String, [u8; 32])> = landed.iter().find(|(number, _, _)| *number == migration.number);
    match landed {
        Some((_, _, landed)) if *landed == checksum => Ok(false),
        Some((number, name, _)) => Err(wrong(format!(
            "migration {number} was applied to this database as {name} with another text; \
             a migration that has landed is never edited"
        ))),
        None => {
            connection.batch(&engine.schema(migration.text)).map_err(|error| {
                let cause = std::error::Error::source(&error).map_or_else(String::new, ToString::to_string);
                wrong(format!("{}: {error}: {cause}", migration.name))
            })?;
            write.change_any(&APPLY, params![migration.number, migration.name, checksum])?;
            Ok(true)
        }
    }
}

fn wrong(cause: String) -> Error {
    Error::new(Kind::Migration, cause)
}
