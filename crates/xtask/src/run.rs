//! The commands that run other programs, with one count at the end.

use crate::sources::root;
use crate::tools::{self, CHROMIUM, NODE, POPPLER, POSTGRESQL, PYTHON, Tool};
use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Command, Stdio};

/// Set for tests when PostgreSQL is there, so that a test that cannot reach it fails instead of being left out.
const REQUIRE_POSTGRESQL: &str = "ZETEL_TEST_POSTGRES_REQUIRED";

/// The same for `pdftotext`.
const REQUIRE_PDFTOTEXT: &str = "ZETEL_TEST_PDFTOTEXT_REQUIRED";

/// Set for tests when localstripe is installed, likewise.
const REQUIRE_LOCALSTRIPE: &str = "ZETEL_TEST_LOCALSTRIPE_REQUIRED";

/// A server from PyPI that answers as Stripe does.
const LOCALSTRIPE: &str = "localstripe==1.15.10";

/// Set for tests when aiosmtpd is installed, likewise.
const REQUIRE_AIOSMTPD: &str = "ZETEL_TEST_AIOSMTPD_REQUIRED";

/// A mail server from PyPI, and what makes its certificates.
const AIOSMTPD: &[&str] = &["aiosmtpd==1.4.6", "trustme==1.2.1"];

/// A validator of invoices from PyPI, without dependencies.
const INVOICE_VALIDATOR: &str = "verifyhash-einvoice==0.2.9";

/// A folder in memory, and how many GiB must be free there and of the machine's memory, for the databases of tests.
const IN_MEMORY: (&str, u64) = ("/dev/shm", 8);

/// Everything CI runs. The last line is the count.
pub fn test() -> bool {
    tools::install_missing(&[&POSTGRESQL, &CHROMIUM, &NODE, &POPPLER, &PYTHON]);
    if PYTHON.is_present() {
        install_from_pypi("localstripe", &[LOCALSTRIPE], "payments before localstripe");
        install_from_pypi("aiosmtpd", AIOSMTPD, "mails to a mail server");
    }
    let mut tally = checks();
    if PYTHON.is_present() {
        tally.add(invoices());
    }
    if can_browse() {
        tally.add(journeys());
    }
    tally.report()
}

/// Everything that cargo alone can run.
pub fn check() -> bool {
    checks().report()
}

/// The benchmarks.
pub fn bench(arguments: &[String]) -> bool {
    succeeds(&mut cargo(&["build", "--release", "--package", "zetel"]))
        && succeeds(cargo(&["run", "--release", "--package", "bench", "--"]).args(arguments))
}

/// Pictures of every page, in the folder that is named first.
pub fn screenshots(arguments: &[String]) -> bool {
    tools::install_missing(&[&CHROMIUM, &NODE]);
    can_browse()
        && succeeds(&mut cargo(&["build", "--package", "zetel"]))
        && succeeds(&mut install_journeys())
        && succeeds(node("screenshots.mjs").args(arguments))
}

/// Where tests keep what is thrown away: in memory where there is room, so that nothing waits for a disk.
fn scratch() -> PathBuf {
    if std::env::var_os("TMPDIR").is_some() {
        return std::env::temp_dir();
    }
    let (folder, needed) = IN_MEMORY;
    let memory = std::fs::read_to_string("/proc/meminfo").unwrap_or_default();
    let available = memory.lines().find_map(|line| line.strip_prefix("MemAvailable:")?.trim().strip_suffix(" kB"));
    let has_memory = available.and_then(|kib| kib.parse::<u64>().ok()) >= Some(needed << 20);
    let free = Command::new("df").args(["--output=avail", "--block-size=1G", folder]).stderr(Stdio::null()).output();
    let free =
        free.ok().and_then(|said| String::from_utf8(said.stdout).ok()?.lines().last()?.trim().parse::<u64>().ok());
    if has_memory && free >= Some(needed) { PathBuf::from(folder) } else { std::env::temp_dir() }
}

fn can_browse() -> bool {
    let needed: [&Tool; 2] = [&CHROMIUM, &NODE];
    needed.iter().all(|tool| tool.is_present())
}

fn checks() -> Tally {
    let mut tally = Tally::default();
    tally.step("formatting", &mut cargo(&["fmt", "--all", "--check"]));
    tally.step("lints", &mut cargo(&["clippy", "--workspace", "--all-targets", "--quiet", "--", "-D", "warnings"]));
    let mut tests = cargo(&["test", "--workspace", "--no-fail-fast"]);
    tests.env("TMPDIR", scratch());
    if POSTGRESQL.is_present() {
        tests.env(REQUIRE_POSTGRESQL, "1");
    }
    if POPPLER.is_present() {
        tests.env(REQUIRE_PDFTOTEXT, "1");
    }
    if root().join("target/localstripe/bin/localstripe").exists() {
        tests.env(REQUIRE_LOCALSTRIPE, "1");
    }
    if root().join("target/aiosmtpd/bin/aiosmtpd").exists() {
        tests.env(REQUIRE_AIOSMTPD, "1");
    }
    tally.add(counted("cargo test", &mut tests));
    tally
}

fn journeys() -> Tally {
    let mut tally = Tally::default();
    tally.step("build", &mut cargo(&["build", "--package", "zetel"]));
    tally.step("browser driver", &mut install_journeys());
    if tally.failed == 0 {
        tally.add(counted("browser journeys", node("run.mjs").env("TMPDIR", scratch())));
    }
    tally
}

/// The invoices that the tests compare with, before a public validator of EN 16931 that is installed into `target`.
fn invoices() -> Tally {
    let Some(program) = install_from_pypi("einvoice", &[INVOICE_VALIDATOR], PYTHON.left_out) else {
        return Tally::default();
    };
    let mut tally = Tally::default();
    for path in files_in("crates/documents/tests/expected", "xml") {
        tally.step(
            &format!("EN 16931: {}", path.display()),
            Command::new(&program).args(["validate", "--quiet"]).arg(path),
        );
    }
    tally
}

/// A program of PyPI in an environment of its own under `target`, named as the program; says what is left out without.
fn install_from_pypi(name: &str, packages: &[&str], left_out: &str) -> Option<PathBuf> {
    let environment = root().join("target").join(name);
    let program = environment.join("bin").join(name);
    let is_installed = program.exists()
        || (succeeds(Command::new("python3").args(["-m", "venv"]).arg(&environment))
            && succeeds(Command::new(environment.join("bin/pip")).args(["install", "--quiet"]).args(packages)));
    if !is_installed {
        println!("LEFT OUT: {left_out}, for want of {} (pip install)", packages.join(" "));
    }
    is_installed.then_some(program)
}

fn files_in(folder: &str, extension: &str) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(root().join(folder)).into_iter().flatten().flatten();
    let mut files: Vec<_> = entries.map(|entry| entry.path()).collect();
    files.retain(|path| path.extension().is_some_and(|found| found == extension));
    files.sort();
    files
}

/// Cargo, in the root of the repository.
pub fn cargo(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO"));
    command.args(arguments).current_dir(root());
    command
}

fn node(script: &str) -> Command {
    let mut command = Command::new("node");
    command.arg(script).current_dir(root().join("journeys"));
    command
}

fn install_journeys() -> Command {
    let mut command = Command::new("npm");
    command.args(["ci", "--no-audit", "--no-fund", "--loglevel=error"]).current_dir(root().join("journeys"));
    command
}

/// Whether a command runs well; it shows what it prints and reads nothing.
pub fn succeeds(command: &mut Command) -> bool {
    command.stdin(Stdio::null()).status().is_ok_and(|status| status.success())
}

/// How many checks passed and failed.
#[derive(Debug, Default, PartialEq, Eq)]
struct Tally {
    passed: u32,
    failed: u32,
}

impl Tally {
    /// Runs a command that counts as one check.
    fn step(&mut self, name: &str, command: &mut Command) {
        println!("== {name}");
        let succeeded = succeeds(command);
        self.add(if succeeded { Self { passed: 1, failed: 0 } } else { Self { passed: 0, failed: 1 } });
        if !succeeded {
            println!("FAILED: {name}");
        }
    }

    fn add(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
    }

    fn report(&self) -> bool {
        println!("{} passed, {} failed", self.passed, self.failed);
        self.failed == 0
    }
}

/// Runs a command, shows what it prints and adds up the counts it gives. One that fails without a count, as when it
/// does not compile, counts as one failure.
fn counted(name: &str, command: &mut Command) -> Tally {
    println!("== {name}");
    let mut tally = Tally::default();
    let Ok(mut child) = command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn() else {
        println!("FAILED: {name} did not start");
        return Tally { passed: 0, failed: 1 };
    };
    for line in child.stdout.take().into_iter().flat_map(|output| BufReader::new(output).lines().map_while(Result::ok))
    {
        println!("{line}");
        tally.add(count(&line));
    }
    let succeeded = child.wait().is_ok_and(|status| status.success());
    if !succeeded && tally.failed == 0 {
        println!("FAILED: {name}");
        tally.failed = 1;
    }
    tally
}

/// Reads `test result: ok. 12 passed; 0 failed; ...` and `12 passed, 0 failed`.
fn count(line: &str) -> Tally {
    let counts =
        line.strip_prefix("test result: ").and_then(|rest| rest.split_once(". ")).map_or(line, |(_, counts)| counts);
    let number = |part: &str, unit: &str| part.trim().strip_suffix(unit)?.trim().parse::<u32>().ok();
    let mut parts = counts.split([';', ',']);
    let passed = parts.next().and_then(|part| number(part, "passed"));
    let failed = parts.next().and_then(|part| number(part, "failed"));
    match (passed, failed) {
        (Some(passed), Some(failed)) => Tally { passed, failed },
        _ => Tally::default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_of_cargo_and_of_journeys_are_read() {
        let line =
            "test result: FAILED. 10 passed; 1 failed; 0 ignored; 0 measured; 10 filtered out; finished in 0.16s";
        assert_eq!(count(line), Tally { passed: 10, failed: 1 });
        assert_eq!(count("12 passed, 3 failed"), Tally { passed: 12, failed: 3 });
        assert_eq!(count("running 3 tests"), Tally::default());
        assert_eq!(count("a passed, b failed"), Tally::default());
    }
}
