//! Group commit: one thread takes every command that is waiting, runs each in its own savepoint inside one transaction,
//! commits once and then answers them all. One flush of the disk serves many, and nobody waits for a row's lock.

use crate::Options;
use crate::checkpoint::{Checkpoints, Gate};
use crate::error::{Error, Kind, Result};
use crate::sql::{Address, Connection, Failure, Role};
use crate::transaction::{Scope, Write};
use std::collections::VecDeque;
use std::future::Future;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender, TrySendError, sync_channel};
use std::task::{Context, Poll};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};
use tokio::sync::oneshot;

/// How often a command runs before its last failure is its answer.
const TRIES: u8 = 3;

/// The first pause after an attempt to reach the database again; each is twice as long as the one before.
const FIRST_PAUSE: Duration = Duration::from_millis(50);

/// The longest such pause.
const LONGEST_PAUSE: Duration = Duration::from_secs(2);

/// What a command may fail with: its own refusals, and this crate's errors.
pub trait CommandError: From<Error> + Send + 'static {
    /// The store's error inside, if that is what this is. A retryable one makes the command run again.
    fn store_error(&self) -> Option<&Error>;
}

impl CommandError for Error {
    fn store_error(&self) -> Option<&Error> {
        Some(self)
    }
}

/// The answer to a command that waits for its turn and its commit. A future for asynchronous callers;
/// [`wait`](Self::wait) for others. A command runs even when nobody waits for its answer.
#[must_use = "a command that was refused says so only here"]
pub struct Pending<T, E> {
    answer: oneshot::Receiver<Result<T, E>>,
}

impl<T, E: From<Error>> Pending<T, E> {
    /// An answer that is there already, for a command that is refused before it waits.
    pub fn answered(result: Result<T, E>) -> Self {
        let (sender, answer) = oneshot::channel();
        // The receiver is alive, so the answer arrives.
        let _ = sender.send(result);
        Self { answer }
    }

    /// Blocks until the answer is there. `Ok` means that it is on disk.
    ///
    /// # Errors
    /// The command's refusal or the store's error.
    ///
    /// # Panics
    /// In an asynchronous task, which must await instead.
    pub fn wait(self) -> Result<T, E> {
        self.answer.blocking_recv().unwrap_or_else(|_| Err(stopped().into()))
    }
}

impl<T, E: From<Error>> Future for Pending<T, E> {
    type Output = Result<T, E>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        Pin::new(&mut self.answer).poll(context).map(|answer| answer.unwrap_or_else(|_| Err(stopped().into())))
    }
}

fn stopped() -> Error {
    Error::new(Kind::Connection, "the store is closed")
}

/// How a command came out of one run.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Verdict {
    Accepted,
    Refused,
    Again,
}

/// A command with its caller, whatever its types.
trait Command: Send {
    fn run(&mut self, connection: &Connection) -> (Verdict, Option<Failure>);

    /// Makes a failure the answer, unless the command already found its own words for it.
    fn fail(&mut self, error: Error) -> Verdict;

    /// Makes an error the answer, because the transaction it ran in was lost.
    fn lose(&mut self, error: Error);

    fn answer(&mut self);
}

struct Task<F, T, E> {
    scope: Scope,
    work: F,
    result: Option<Result<T, E>>,
    caller: Option<oneshot::Sender<Result<T, E>>>,
}

impl<F, T, E> Command for Task<F, T, E>
where
    F: FnMut(&Write<'_>) -> Result<T, E> + Send + 'static,
    T: Send + 'static,
    E: CommandError,
{
    fn run(&mut self, connection: &Connection) -> (Verdict, Option<Failure>) {
        let write = Write::new(connection, self.scope);
        let result = catch_unwind(AssertUnwindSafe(|| (self.work)(&write)));
        let result = result.unwrap_or_else(|_| Err(Error::other("the command panicked").into()));
        let verdict = verdict(&result);
        self.result = Some(result);
        (verdict, write.into_failure())
    }

    fn fail(&mut self, error: Error) -> Verdict {
        if !matches!(self.result, Some(Err(_))) {
            self.result = Some(Err(error.into()));
        }
        self.result.as_ref().map_or(Verdict::Refused, verdict)
    }

    fn lose(&mut self, error: Error) {
        self.result = Some(Err(error.into()));
    }

    fn answer(&mut self) {
        if let (Some(caller), Some(result)) = (self.caller.take(), self.result.take()) {
            // Nobody listens any more when the caller gave up waiting; what was committed stays committed.
            let _ = caller.send(result);
        }
    }
}

fn verdict<T, E: CommandError>(result: &Result<T, E>) -> Verdict {
    match result {
        Ok(_) => Verdict::Accepted,
        Err(error) if error.store_error().is_some_and(Error::retryable) => Verdict::Again,
        Err(_) => Verdict::Refused,
    }
}

/// A command on its way through the writer.
struct Entry {
    command: Box<dyn Command>,
    tries: u8,
    /// To be run in a transaction with no other, because it met somebody else's.
    alone: bool,
}

/// The writer threads and the queues before them.
pub(crate) struct Writers {
    queues: Vec<SyncSender<Entry>>,
    threads: Vec<JoinHandle<()>>,
}

impl Writers {
    pub(crate) fn start(address: &Address, options: &Options, checkpoints: Option<&Checkpoints>) -> Result<Self> {
        let mut writers = Self { queues: Vec::new(), threads: Vec::new() };
        for number in 0..address.engine().writers(options.writers) {
            let (queue, waiting) = sync_channel(options.waiting_commands);
            let writer = Writer {
                address: address.clone(),
                connection: Some(address.connect(Role::Writer)?),
                waiting,
                ahead: VecDeque::new(),
                group_commands: options.group_commands,
                group_time: options.group_time,
                after_commit: checkpoints.map(|to| (to.committed.clone(), Arc::clone(&to.gate))),
                pause: Duration::ZERO,
            };
            let thread = std::thread::Builder::new().name(format!("writer {number}")).spawn(|| writer.work());
            writers.threads.push(thread.map_err(|error| Error::other(error.to_string()))?);
            writers.queues.push(queue);
        }
        Ok(writers)
    }

    /// Puts a command in its queue. Commands of one organization run in the order in which they came.
    pub(crate) fn submit<T, E, F>(&self, scope: Scope, work: F) -> Pending<T, E>
    where
        F: FnMut(&Write<'_>) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: CommandError,
    {
        let (caller, answer) = oneshot::channel();
        let task = Task { scope, work, result: None, caller: Some(caller) };
        let entry = Entry { command: Box::new(task), tries: 0, alone: false };
        let refused = match self.queue(scope) {
            Some(queue) => queue.try_send(entry),
            None => Err(TrySendError::Disconnected(entry)),
        };
        if let Err(refused) = refused {
            let (mut entry, error) = match refused {
                TrySendError::Full(entry) => (entry, Error::new(Kind::Busy, "too many commands are waiting")),
                TrySendError::Disconnected(entry) => (entry, stopped()),
            };
            entry.command.lose(error);
            entry.command.answer();
        }
        Pending { answer }
    }

    fn queue(&self, scope: Scope) -> Option<&SyncSender<Entry>> {
        let number = match scope {
            Scope::Shared => 0,
            // The last bytes of an identifier are random.
            Scope::Organization(organization) => {
                (organization.uuid().as_u128() % self.queues.len().max(1) as u128) as usize
            }
        };
        self.queues.get(number)
    }

    /// Lets the threads finish what is waiting, and waits for them. Gives false when one of them is asking: a command
    /// may hold the last reference to its store, and its thread cannot wait for itself.
    pub(crate) fn stop(&mut self) -> bool {
        self.queues.clear();
        let current = std::thread::current().id();
        let (own, others): (Vec<_>, Vec<_>) =
            self.threads.drain(..).partition(|thread| thread.thread().id() == current);
        for thread in others {
            // Its panic was reported where it happened.
            let _ = thread.join();
        }
        own.is_empty()
    }
}

struct Writer {
    address: Address,
    connection: Option<Connection>,
    waiting: Receiver<Entry>,
    /// What runs before everything that is waiting: commands that have to run again.
    ahead: VecDeque<Entry>,
    group_commands: u32,
    group_time: Duration,
    /// Where there is a write-ahead log to look after: who does it, and the gate where this thread waits for that.
    after_commit: Option<(SyncSender<()>, Arc<Gate>)>,
    pause: Duration,
}

/// The commands of the open transaction, with their numbers. All are answered together, after the commit.
struct Group {
    commands: Vec<(u32, Entry)>,
    last_number: u32,
    /// Whether the first command is to be the only one.
    alone: bool,
    /// Whether the transaction takes no more commands.
    closed: bool,
}

impl Group {
    fn of(first: Entry) -> Self {
        let alone = first.alone;
        let mut group = Self { commands: Vec::new(), last_number: 0, alone, closed: alone };
        group.push(first);
        group
    }

    fn push(&mut self, entry: Entry) {
        self.last_number += 1;
        self.commands.push((self.last_number, entry));
    }
}

impl Writer {
    fn work(mut self) {
        while let Some(first) = self.ahead.pop_front().or_else(|| self.waiting.recv().ok()) {
            let mut group = Group::of(first);
            let result = self.commit(&mut group);
            for (_, entry) in &mut group.commands {
                if let Err(error) = &result {
                    entry.command.lose(error.clone());
                }
                entry.command.answer();
            }
            if let (Ok(()), Some((committed, gate))) = (result, &self.after_commit) {
                // A full channel means that the checkpoint thread has work already.
                let _ = committed.try_send(());
                gate.pass();
            }
        }
    }

    /// Runs a group in one transaction. After an error none of its commands may be taken for stored.
    fn commit(&mut self, group: &mut Group) -> Result<()> {
        let connection = self.connected()?;
        let result = self.run(&connection, group);
        if result.is_ok() || (connection.roll_back().is_ok() && !connection.is_closed()) {
            self.connection = Some(connection);
        }
        result
    }

    fn connected(&mut self) -> Result<Connection> {
        if let Some(connection) = self.connection.take().filter(|connection| !connection.is_closed()) {
            return Ok(connection);
        }
        let connection = self.address.connect(Role::Writer);
        if connection.is_ok() {
            self.pause = Duration::ZERO;
        } else {
            self.pause = (self.pause * 2).clamp(FIRST_PAUSE, LONGEST_PAUSE);
            std::thread::sleep(self.pause);
        }
        connection
    }

    fn run(&mut self, connection: &Connection, group: &mut Group) -> Result<()> {
        let started = Instant::now();
        connection.begin_write(group.alone)?;
        loop {
            self.run_last(connection, group)?;
            if group.closed || group.last_number >= self.group_commands || started.elapsed() >= self.group_time {
                break;
            }
            match self.ahead.pop_front().or_else(|| self.waiting.try_recv().ok()) {
                Some(entry) if entry.alone => {
                    self.ahead.push_front(entry);
                    break;
                }
                Some(entry) => group.push(entry),
                None => break,
            }
        }
        while let Err(failure) = connection.settle() {
            self.undo(connection, group, failure)?;
        }
        connection.commit()
    }

    /// Runs the command that joined the group last.
    fn run_last(&mut self, connection: &Connection, group: &mut Group) -> Result<()> {
        let Some((number, entry)) = group.commands.last_mut() else { return Ok(()) };
        let number = *number;
        connection.begin_command(number)?;
        entry.tries += 1;
        match entry.command.run(connection) {
            (_, Some(Failure { command, error })) => {
                self.undo(connection, group, Failure { command: command.or(Some(number)), error })
            }
            (Verdict::Accepted, None) => connection.keep_command(),
            (Verdict::Refused | Verdict::Again, None) => connection.undo_command(number),
        }
    }

    /// Undoes the command that failed, and those after it, which saw what it wrote. They run again, and so does it if
    /// that may help.
    fn undo(&mut self, connection: &Connection, group: &mut Group, failure: Failure) -> Result<()> {
        let failed = group.commands.iter().position(|(number, _)| Some(*number) == failure.command);
        let lost = *failure.error.kind() == Kind::Connection || !connection.transaction_is_open();
        let Some(failed) = failed.filter(|_| !lost) else { return Err(failure.error) };
        for (_, mut entry) in group.commands.drain(failed + 1..).rev() {
            entry.tries -= 1;
            self.ahead.push_front(entry);
        }
        let Some((number, mut entry)) = group.commands.pop() else { return Err(failure.error) };
        connection.undo_command(number)?;
        let met_another = matches!(failure.error.kind(), Kind::Serialization | Kind::Busy);
        if entry.command.fail(failure.error) == Verdict::Again && entry.tries < TRIES {
            entry.alone = met_another || entry.tries + 1 == TRIES;
            group.closed |= entry.alone;
            self.ahead.push_front(entry);
        } else {
            group.commands.push((number, entry));
        }
        Ok(())
    }
}
