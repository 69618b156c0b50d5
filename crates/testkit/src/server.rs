//! The real program, serving on a free port, until it is killed.

use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// How `zetel` says where it is.
const ANNOUNCEMENT: &str = "Zetel is at http://";

/// A `zetel` that serves. Killed when this value goes.
pub struct Server {
    process: Child,
    /// Where it listens.
    pub address: SocketAddr,
}

impl Server {
    /// Starts a program with a command and its arguments, such as `serve`, and waits until it says where it is.
    ///
    /// # Panics
    /// When it does not start.
    #[must_use]
    pub fn start(program: &Path, arguments: &[&str]) -> Self {
        let mut command = Command::new(program);
        command.args(arguments).args(["--listen", "127.0.0.1:0"]);
        Self::start_by(command)
    }

    /// Starts it by a command that says all by itself.
    ///
    /// # Panics
    /// When it does not start.
    #[must_use]
    pub fn start_by(mut command: Command) -> Self {
        let mut process =
            command.env("RUST_LOG", "error").stdin(Stdio::null()).stdout(Stdio::piped()).spawn().expect("zetel starts");
        let output = BufReader::new(process.stdout.take().expect("the output was asked for"));
        let mut lines = output.lines().map_while(Result::ok);
        let address = lines.find_map(|line| line.strip_prefix(ANNOUNCEMENT)?.parse().ok());
        Self { process, address: address.expect("zetel says where it is") }
    }

    /// Its number among the processes of this machine.
    #[must_use]
    pub fn process_id(&self) -> u32 {
        self.process.id()
    }

    /// Kills it after a while, so that it has no time to finish anything (SIGKILL), and waits until it is gone.
    ///
    /// # Panics
    /// When it cannot be killed.
    pub fn kill_after(&mut self, time: Duration) {
        std::thread::sleep(time);
        self.process.kill().expect("the process can be killed");
        self.process.wait().expect("the process ends");
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may be gone already.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
