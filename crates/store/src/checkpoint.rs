//! Moves what was committed from SQLite's write-ahead log to its file, in a thread of its own, so that no command pays.

use crate::sql::{Address, Connection, Role};
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::JoinHandle;
use std::time::Duration;

/// The log is moved once it has grown by this many bytes, or after a pause.
const MOVE_AFTER_BYTES: u64 = 4 << 20;

/// A log longer than this, in bytes, is started anew, for which writers wait a moment.
const RESTART_AFTER_BYTES: u64 = 256 << 20;

/// How long the thread rests between two looks.
const REST: Duration = Duration::from_millis(100);

/// The thread and what wakes it: one message after each commit, or none when it has yet to look at the last one.
pub(crate) struct Checkpoints {
    pub(crate) committed: SyncSender<()>,
    pub(crate) thread: JoinHandle<()>,
}

/// Starts the thread where the database is a file.
pub(crate) fn start(address: &Address) -> crate::Result<Option<Checkpoints>> {
    let Some(file) = address.file() else { return Ok(None) };
    let mut log = file.as_os_str().to_owned();
    log.push("-wal");
    let connection = address.connect(Role::Writer)?;
    let (committed, commits) = sync_channel(1);
    let thread = std::thread::Builder::new()
        .name("checkpoint".to_owned())
        .spawn(move || work(&connection, PathBuf::from(log), &commits))
        .map_err(|error| crate::Error::other(error.to_string()))?;
    Ok(Some(Checkpoints { committed, thread }))
}

fn work(connection: &Connection, log: PathBuf, commits: &Receiver<()>) {
    while commits.recv().is_ok() {
        std::thread::sleep(REST);
        let bytes = log.metadata().map_or(0, |metadata| metadata.len());
        if bytes < MOVE_AFTER_BYTES {
            continue;
        }
        // The cheap one first, so that the one that writers wait for has little left to do.
        let mut result = connection.checkpoint(false);
        if bytes > RESTART_AFTER_BYTES && result.is_ok() {
            result = connection.checkpoint(true);
        }
        if let Err(error) = result {
            tracing::warn!(%error, "the write-ahead log could not be moved; it will be tried again");
        }
    }
}
