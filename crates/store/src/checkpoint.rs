//! Moves what was committed from SQLite's write-ahead log to its file, in a thread of its own, so that no command pays.

use crate::sql::{Address, Checkpoint, Connection, Role};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

/// The log is moved once it has grown by this many pages of 4 KiB: 16 MiB.
const MOVE_AFTER: i64 = 4_000;

/// A log of this many pages, 64 MiB, is started anew, for which the writer waits a moment. Under a load that never
/// pauses it would grow forever, and writing over an old log costs two thirds of what it costs to let a file grow.
const START_ANEW_AFTER: i64 = 16_384;

/// How often the log is moved before the writer has to wait for the rest, which is less each time.
const MOVES_BEFORE: u32 = 3;

/// How long the thread rests between two looks.
const REST: Duration = Duration::from_millis(100);

/// How long after somebody still read the old log it is tried again to start it anew.
const READER_REST: Duration = Duration::from_secs(5);

/// The thread, what wakes it, and where it holds the writer up.
pub(crate) struct Checkpoints {
    /// One message after each commit, or none when the thread has yet to look at the last one.
    pub(crate) committed: SyncSender<()>,
    pub(crate) gate: Arc<Gate>,
    pub(crate) thread: JoinHandle<()>,
}

/// Where the writer waits between two groups while the log is started anew. A lock alone would not do: a writer that
/// takes it again at once leaves nobody else a chance.
#[derive(Default)]
pub(crate) struct Gate {
    closed: Mutex<bool>,
    opened: Condvar,
}

impl Gate {
    /// Goes through, as soon as the gate is open.
    pub(crate) fn pass(&self) {
        let closed = self.closed.lock().unwrap_or_else(PoisonError::into_inner);
        drop(self.opened.wait_while(closed, |closed| *closed).unwrap_or_else(PoisonError::into_inner));
    }

    fn set_closed(&self, closed: bool) {
        *self.closed.lock().unwrap_or_else(PoisonError::into_inner) = closed;
        self.opened.notify_all();
    }
}

/// Starts the thread where the database is a file.
pub(crate) fn start(address: &Address) -> crate::Result<Option<Checkpoints>> {
    if address.file().is_none() {
        return Ok(None);
    }
    let connection = address.connect(Role::Checkpoints)?;
    let (committed, commits) = sync_channel(1);
    let gate = Arc::new(Gate::default());
    let writers_gate = Arc::clone(&gate);
    let thread = std::thread::Builder::new()
        .name("checkpoints".to_owned())
        .spawn(move || work(&connection, &commits, &gate))
        .map_err(|error| crate::Error::other(error.to_string()))?;
    Ok(Some(Checkpoints { committed, gate: writers_gate, thread }))
}

fn work(connection: &Connection, commits: &Receiver<()>, gate: &Gate) {
    let mut start_anew_at = Instant::now();
    while commits.recv().is_ok() {
        std::thread::sleep(REST);
        let may_start_anew = Instant::now() >= start_anew_at;
        match look_after(connection, gate, may_start_anew) {
            Ok(true) => {}
            Ok(false) => start_anew_at = Instant::now() + READER_REST,
            Err(error) => tracing::warn!(%error, "the write-ahead log could not be moved; it will be tried again"),
        }
    }
}

/// Gives false when somebody who reads kept the log from being started anew.
fn look_after(connection: &Connection, gate: &Gate, may_start_anew: bool) -> crate::Result<bool> {
    let mut log = connection.checkpoint(Checkpoint::Look)?;
    for _ in 0..MOVES_BEFORE {
        if log.pages - log.moved < MOVE_AFTER {
            break;
        }
        connection.checkpoint(Checkpoint::Move)?;
        log = connection.checkpoint(Checkpoint::Look)?;
    }
    if log.pages < START_ANEW_AFTER || !may_start_anew {
        return Ok(true);
    }
    gate.set_closed(true);
    let started = connection.checkpoint(Checkpoint::StartAnew);
    gate.set_closed(false);
    started.map(|log| log.complete)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_writer_waits_at_a_closed_gate() {
        let gate = Gate::default();
        gate.pass();
        gate.set_closed(true);
        let (passed, through) = sync_channel(1);
        std::thread::scope(|scope| {
            scope.spawn(|| {
                gate.pass();
                passed.send(()).unwrap();
            });
            assert!(through.recv_timeout(Duration::from_millis(20)).is_err());
            gate.set_closed(false);
            through.recv_timeout(Duration::from_secs(10)).unwrap();
        });
    }
}
