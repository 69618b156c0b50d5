//! The mail server of a test, and what arrived there as a mail program reads it.

use serde_json::Value;
use std::io::Write;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::Duration;

/// Set by `cargo xtask test` once it has installed aiosmtpd, so that a test that cannot reach it fails.
const REQUIRED: &str = "ZETEL_TEST_AIOSMTPD_REQUIRED";

/// Reads the mails of a folder with Python's own parser, which knows what mail programs know.
const READER: &str = r#"
import email, email.policy, json, pathlib, sys
found = []
for path in sorted(pathlib.Path(sys.argv[1]).glob("*.eml")):
    mail = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    body = lambda kind: mail.get_body((kind,)).get_content().replace("\r\n", "\n")
    files = [[part.get_filename(), part.get_content().hex()] for part in mail.iter_attachments()]
    found.append({"subject": mail["subject"], "from": str(mail["from"]), "to": str(mail["to"]), "id": mail["message-id"],
        "automatic": mail["auto-submitted"], "text": body("plain"), "html": body("html"), "files": files})
print(json.dumps(found))
"#;

/// A server of its own, gone when it is dropped.
pub struct MailServer {
    /// Where it listens.
    pub port: u16,
    /// What vouches for its certificate.
    pub authority: Vec<u8>,
    process: Child,
    python: PathBuf,
    folder: tempfile::TempDir,
}

/// A mail that arrived.
pub struct Received {
    pub subject: String,
    pub from: String,
    pub to: String,
    pub message_id: String,
    pub automatic: String,
    pub text: String,
    pub html: String,
    /// The name of the file, and its bytes as hexadecimal digits.
    pub attachment: Option<(String, String)>,
}

impl MailServer {
    /// A server with a protection (`plain`, `starttls`, `tls`) and an account; `None` where aiosmtpd is not installed.
    pub fn start(protection: &str, account: &[&str]) -> Option<Self> {
        let here = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
        let python = here.join("../../target/aiosmtpd/bin/python");
        if !python.is_file() {
            assert!(std::env::var_os(REQUIRED).is_none(), "{} is missing", python.display());
            println!("left out: aiosmtpd is not installed (cargo xtask test does that)");
            return None;
        }
        let folder = tempfile::tempdir().unwrap();
        let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let mut command = Command::new(&python);
        command.arg(here.join("tests/mailer/server.py")).args([protection.as_ref(), folder.path().as_os_str()]);
        let mut process = command.args(account).stdin(Stdio::piped()).spawn().unwrap();
        writeln!(process.stdin.as_mut().unwrap(), "{port}").unwrap();
        let is_up = (0..300).any(|_| {
            sleep(Duration::from_millis(100));
            folder.path().join("port").is_file()
        });
        assert!(is_up, "aiosmtpd did not start");
        let authority = std::fs::read(folder.path().join("authority.pem")).unwrap();
        Some(Self { port, authority, process, python, folder })
    }

    /// What arrived, in its order.
    pub fn received(&self) -> Vec<Received> {
        let output = Command::new(&self.python).args(["-c", READER]).arg(self.folder.path()).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let all: Vec<Value> = serde_json::from_slice(&output.stdout).unwrap();
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        all.iter()
            .map(|mail| Received {
                subject: text(&mail["subject"]),
                from: text(&mail["from"]),
                to: text(&mail["to"]),
                message_id: text(&mail["id"]),
                automatic: text(&mail["automatic"]),
                text: text(&mail["text"]),
                html: text(&mail["html"]),
                attachment: mail["files"].get(0).map(|file| (text(&file[0]), text(&file[1]))),
            })
            .collect()
    }
}

impl Drop for MailServer {
    fn drop(&mut self) {
        drop(self.process.kill());
        drop(self.process.wait());
    }
}
