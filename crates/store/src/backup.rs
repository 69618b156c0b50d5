//! A copy of an embedded database while it is in use.

use crate::error::{Error, Result};
use crate::sql::{Address, Role};
use std::fs::File;
use std::path::Path;

/// Copies into a file beside the target, flushes it, and only then gives it the target's name: whoever finds a backup
/// finds a whole one.
pub(crate) fn backup(address: &Address, target: &Path) -> Result<()> {
    let mut unfinished = target.as_os_str().to_owned();
    unfinished.push(".unfinished");
    let unfinished = Path::new(&unfinished);
    let connection = address.connect(Role::Writer)?;
    connection.copy_to(unfinished)?;
    publish(unfinished, target).map_err(|error| Error::other(format!("{}: {error}", target.display())))
}

fn publish(unfinished: &Path, target: &Path) -> std::io::Result<()> {
    File::open(unfinished)?.sync_all()?;
    std::fs::rename(unfinished, target)?;
    let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    File::open(folder)?.sync_all()
}
