//! A copy of an embedded database while it is in use, and the way back.

use crate::error::{Error, Kind, Result};
use crate::sql::{Address, Connection, Role};
use crate::{MIGRATIONS, migrate};
use std::fs::File;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

/// Copies into a file beside the target, flushes it, and only then gives it the target's name: whoever finds a backup
/// finds a whole one.
pub(crate) fn backup(address: &Address, target: &Path) -> Result<()> {
    let unfinished = beside(target, ".unfinished");
    if is_own(address, target) || is_own(address, &unfinished) {
        return Err(Error::other(format!("{} belongs to the database itself", target.display())));
    }
    let connection = address.connect(Role::Writer)?;
    let copied = connection.copy_to(&unfinished);
    copied.and_then(|()| publish(&unfinished, target).map_err(|error| on_disk(target, &error))).inspect_err(|_| {
        let _ = std::fs::remove_file(&unfinished);
    })
}

/// Copies and checks beside the target, makes sure that nobody has the target open, and only then replaces it.
pub(crate) fn restore(address: &Address, backup: &Path) -> Result<()> {
    let Some(target) = address.file() else {
        return Err(Error::other("a PostgreSQL database is restored with its own tools"));
    };
    // Its log would be lost: what was committed last is not in the file yet.
    if is_own(address, backup) {
        return Err(Error::new(Kind::Migration, format!("{} belongs to the database itself", backup.display())));
    }
    let unfinished = beside(target, ".unfinished");
    let copy = Address::Sqlite(unfinished.clone());
    copy.create()?;
    std::fs::copy(backup, &unfinished).map_err(|error| on_disk(backup, &error))?;
    // What is not a database at all cannot even be connected to.
    let opened = copy.connect(Role::Writer).map_err(|error| error.with_kind(Kind::Migration));
    let checked = opened.and_then(|connection| check(&connection));
    if let Err(error) = checked.and_then(|()| nobody_has_open(target)) {
        for file in [unfinished.clone(), log_of(&unfinished), beside(&unfinished, "-shm")] {
            let _ = std::fs::remove_file(file);
        }
        return Err(error);
    }
    publish(&unfinished, target).map_err(|error| on_disk(target, &error))
}

/// Whether a path leads to a file of an embedded database, under whatever name: another link to it, or the place where
/// the engine puts its log.
pub(crate) fn is_own(address: &Address, path: &Path) -> bool {
    let Some(database) = address.file() else { return false };
    let database = std::fs::canonicalize(database).unwrap_or_else(|_| database.to_owned());
    ["", "-wal", "-shm", "-journal"].iter().any(|ending| is_same(&beside(&database, ending), path))
}

fn is_same(one: &Path, other: &Path) -> bool {
    let is_one_file = match (one.metadata(), other.metadata()) {
        (Ok(one), Ok(other)) => (one.dev(), one.ino()) == (other.dev(), other.ino()),
        _ => false,
    };
    is_one_file || place(one).is_some_and(|one| Some(one) == place(other))
}

/// The folder without its links, and the name in it.
fn place(file: &Path) -> Option<PathBuf> {
    Some(std::fs::canonicalize(folder_of(file)).ok()?.join(file.file_name()?))
}

fn folder_of(file: &Path) -> &Path {
    file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// A backup is whole, and of this program or an older one.
fn check(connection: &Connection) -> Result<()> {
    let strange = |cause: String| Error::new(Kind::Migration, cause);
    let version = migrate::schema_version(connection).map_err(|error| strange(error.to_string()))?;
    if version == 0 || version as usize > MIGRATIONS.len() {
        return Err(strange(format!("schema version {version}; this program knows {}", MIGRATIONS.len())));
    }
    match connection.damage()?.first() {
        Some(damage) => Err(strange(damage.clone())),
        None => connection.end_log(),
    }
}

fn nobody_has_open(target: &Path) -> Result<()> {
    let is_there = target.metadata().is_ok_and(|metadata| metadata.len() > 0);
    if !is_there {
        return Ok(());
    }
    let open = Address::Sqlite(target.to_owned()).connect(Role::Writer)?;
    open.end_log().map_err(|error| error.with_kind(Kind::Busy))
}

/// The write-ahead log of a database's file.
pub(crate) fn log_of(file: &Path) -> PathBuf {
    beside(file, "-wal")
}

fn beside(file: &Path, ending: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}

fn on_disk(file: &Path, error: &std::io::Error) -> Error {
    Error::new(Kind::File, format!("{}: {error}", file.display()))
}

fn publish(unfinished: &Path, target: &Path) -> std::io::Result<()> {
    File::open(unfinished)?.sync_all()?;
    std::fs::rename(unfinished, target)?;
    File::open(folder_of(target))?.sync_all()
}
