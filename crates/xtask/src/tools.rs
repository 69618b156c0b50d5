//! The programs that tests need beside Rust, and how to get them.

use std::path::Path;
use std::process::{Command, Stdio};

/// A program from outside that some tests need.
pub struct Tool {
    /// What people call it.
    pub name: &'static str,
    /// Debian packages that bring it.
    packages: &'static [&'static str],
    /// What cannot be tested without it.
    pub left_out: &'static str,
    is_present: fn() -> bool,
}

/// Needed by the tests of the second database engine.
pub const POSTGRESQL: Tool =
    Tool { name: "PostgreSQL", packages: &["postgresql"], left_out: "tests on PostgreSQL", is_present: has_postgresql };

/// Needed by the browser journeys.
pub const CHROMIUM: Tool = Tool {
    name: "Chromium",
    packages: &["chromium"],
    left_out: "browser journeys",
    is_present: || Path::new("/usr/bin/chromium").exists(),
};

/// Needed by the browser journeys. The packages of other sources bring npm inside nodejs; Debian has it apart.
pub const NODE: Tool = Tool {
    name: "Node.js with npm",
    packages: &["nodejs", "npm"],
    left_out: "browser journeys",
    is_present: || succeeds("node", &["--version"]) && succeeds("npm", &["--version"]),
};

/// Needed by the tests that read documents back.
pub const POPPLER: Tool = Tool {
    name: "pdftotext",
    packages: &["poppler-utils"],
    left_out: "the text of documents",
    is_present: || succeeds("pdftotext", &["-v"]),
};

/// Needed by the validator of invoices, by localstripe and by aiosmtpd.
pub const PYTHON: Tool = Tool {
    name: "Python with venv",
    packages: &["python3", "python3-venv"],
    left_out: "validation of invoices against EN 16931",
    is_present: || succeeds("python3", &["-c", "import venv, ensurepip"]),
};

impl Tool {
    /// Whether it is installed.
    pub fn is_present(&self) -> bool {
        (self.is_present)()
    }
}

/// Installs what is missing when we are root on Debian, and says what is left out when it cannot be had.
pub fn install_missing(tools: &[&Tool]) {
    let missing: Vec<&Tool> = tools.iter().copied().filter(|tool| !tool.is_present()).collect();
    if missing.is_empty() {
        return;
    }
    if is_root() && succeeds("apt-get", &["--version"]) {
        let packages: Vec<&str> = missing.iter().flat_map(|tool| tool.packages).copied().collect();
        println!("installing {}", packages.join(" "));
        run_apt(&["update", "-qq"]);
        run_apt(&[&["install", "-y", "-qq", "--no-install-recommends"], packages.as_slice()].concat());
    }
    for tool in missing.into_iter().filter(|tool| !tool.is_present()) {
        println!(
            "LEFT OUT: {}, for want of {} (apt-get install {})",
            tool.left_out,
            tool.name,
            tool.packages.join(" ")
        );
    }
}

fn run_apt(arguments: &[&str]) {
    let status = Command::new("apt-get")
        .args(arguments)
        .env("DEBIAN_FRONTEND", "noninteractive")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .status();
    if !status.is_ok_and(|status| status.success()) {
        println!("apt-get {} failed", arguments[0]);
    }
}

fn is_root() -> bool {
    Command::new("id").arg("-u").output().is_ok_and(|output| output.stdout == b"0\n")
}

fn has_postgresql() -> bool {
    let debian = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    debian.into_iter().any(|version| version.path().join("bin/initdb").exists()) || succeeds("initdb", &["--version"])
}

fn succeeds(program: &str, arguments: &[&str]) -> bool {
    let quiet =
        Command::new(program).args(arguments).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status();
    quiet.is_ok_and(|status| status.success())
}
