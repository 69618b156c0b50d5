//! A private PostgreSQL for tests: started when the first test of a process asks, gone when the process ends.
//!
//! A shell owns the cluster and waits for the end of its standard input, which this process holds open. However the
//! process ends, even by a kill, the pipe closes, and the shell stops the server and removes its files.

use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

/// The address of a server to use instead of a private one. Tests make databases on it, and drop them.
const ADDRESS_VARIABLE: &str = "ZETEL_TEST_POSTGRES";

/// Set it to anything, and tests fail where they would otherwise be left out.
const REQUIRED_VARIABLE: &str = "ZETEL_TEST_POSTGRES_REQUIRED";

/// Makes, announces and in the end removes a cluster. `$1` is the folder of the server's programs.
const OWN_A_CLUSTER: &str = r#"
trap '' INT HUP
folder=$(mktemp -d "${TMPDIR:-/tmp}/zetel-postgres.XXXXXX") || exit 1
trap '"$1/pg_ctl" -D "$folder/data" -m immediate stop >/dev/null 2>&1; rm -rf "$folder"' EXIT
cd "$folder" || exit 1
"$1/initdb" -D data -U zetel -A trust -E UTF8 --locale=C --no-sync >"$folder/log" 2>&1 || { cat log >&2; exit 1; }
"$1/pg_ctl" -D data -w -l log -o "-k '$folder' -c listen_addresses='' -c max_connections=300" start >/dev/null </dev/null \
    || { cat log >&2; exit 1; }
echo "$folder"
cat >/dev/null
"#;

/// A server that tests may fill with databases.
struct Server {
    programs: PathBuf,
    /// Up to and without the name of the database, as `postgres://zetel@host/`.
    address: Address,
    /// The shell that owns a private cluster, with the pipe that keeps it alive.
    _owner: Option<Child>,
}

/// An address in two parts, between which the name of a database goes.
struct Address {
    before: String,
    after: String,
}

/// A database of one test, empty and in UTF-8. Dropped with this value where the server outlives the process.
pub struct Database {
    name: String,
    server: &'static Server,
}

impl Database {
    /// Makes a database; `None`, with a note on standard error, where PostgreSQL is not installed.
    ///
    /// # Panics
    /// When the server cannot be started or refuses, and when PostgreSQL is missing though it was declared required.
    #[must_use]
    pub fn create() -> Option<Self> {
        static COUNTER: AtomicU32 = AtomicU32::new(1);
        let server = server()?;
        let name = format!("test_{}_{}", std::process::id(), COUNTER.fetch_add(1, Ordering::Relaxed));
        server.run(&format!("CREATE DATABASE {name} ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0"));
        Some(Self { name, server })
    }

    /// Where it is, as the store takes it.
    #[must_use]
    pub fn address(&self) -> String {
        self.server.address.of(&self.name)
    }

    /// Ends every connection to this database, as a server does that stops.
    ///
    /// # Panics
    /// When the server refuses.
    pub fn disconnect_all(&self) {
        let name = &self.name;
        self.server.run(&format!("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'"));
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        if self.server._owner.is_none() && !std::thread::panicking() {
            self.server.run(&format!("DROP DATABASE {} WITH (FORCE)", self.name));
        }
    }
}

impl Address {
    fn of(&self, database: &str) -> String {
        format!("{}{database}{}", self.before, self.after)
    }
}

impl Server {
    /// Runs one statement with the server's own client, on the database that every server has.
    fn run(&self, statement: &str) {
        let output = Command::new(self.programs.join("psql"))
            .args(["--no-psqlrc", "--quiet", "--set", "ON_ERROR_STOP=1", "--command", statement])
            .arg(self.address.of("postgres"))
            .output()
            .expect("psql runs");
        assert!(output.status.success(), "{statement}: {}", String::from_utf8_lossy(&output.stderr));
    }
}

fn server() -> Option<&'static Server> {
    static SERVER: OnceLock<Option<Server>> = OnceLock::new();
    SERVER.get_or_init(find).as_ref()
}

fn find() -> Option<Server> {
    let Some(programs) = programs() else {
        assert!(std::env::var_os(REQUIRED_VARIABLE).is_none(), "PostgreSQL is required and not installed");
        // Written past the test harness, which keeps the output of tests that pass to itself.
        let _ = writeln!(std::io::stderr(), "left out: PostgreSQL is not installed");
        return None;
    };
    Some(match std::env::var(ADDRESS_VARIABLE) {
        Ok(address) => Server { programs, address: split(&address), _owner: None },
        Err(_) => start(programs),
    })
}

/// The folder that holds `postgres` and its tools: the newest of Debian's, or one in the search path.
fn programs() -> Option<PathBuf> {
    let versions = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let mut folders: Vec<_> = versions.map(|version| version.path().join("bin")).collect();
    folders.sort();
    let path = std::env::var_os("PATH").unwrap_or_default();
    folders.into_iter().rev().chain(std::env::split_paths(&path)).find(|folder| folder.join("initdb").exists())
}

fn split(address: &str) -> Address {
    let (before, after) = match address.split_once('?') {
        Some((before, after)) => (before, format!("?{after}")),
        None => (address, String::new()),
    };
    let host = before.find("://").map_or(0, |scheme| scheme + 3);
    let end = before[host..].find('/').map_or(before.len(), |slash| host + slash);
    Address { before: format!("{}/", &before[..end]), after }
}

fn start(programs: PathBuf) -> Server {
    let mut owner = shell()
        .args(["-c", OWN_A_CLUSTER, "sh"])
        .arg(&programs)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("a shell starts");
    let mut folder = String::new();
    let output = owner.stdout.take().expect("the output was asked for");
    BufReader::new(output).read_line(&mut folder).expect("the shell's output is text");
    assert!(!folder.is_empty(), "PostgreSQL did not start");
    let address =
        Address { before: format!("postgres://zetel@{}/", folder.trim().replace('/', "%2F")), after: String::new() };
    Server { programs, address, _owner: Some(owner) }
}

/// PostgreSQL refuses to run as root, so root becomes the user that its package made.
fn shell() -> Command {
    let is_root = std::fs::metadata("/proc/self").is_ok_and(|process| {
        use std::os::unix::fs::MetadataExt;
        process.uid() == 0
    });
    if !is_root {
        return Command::new("sh");
    }
    let mut command = Command::new("setpriv");
    command.args(["--reuid=postgres", "--regid=postgres", "--clear-groups", "--", "sh"]);
    command.current_dir(Path::new("/"));
    command
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_a_database_goes_into_an_address() {
        for (address, expected) in [
            ("postgres://me@host", "postgres://me@host/test"),
            ("postgres://me@host:5433/other", "postgres://me@host:5433/test"),
            ("postgres://me@host/other?sslmode=disable", "postgres://me@host/test?sslmode=disable"),
        ] {
            assert_eq!(split(address).of("test"), expected);
        }
    }
}
