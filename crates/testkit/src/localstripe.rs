//! localstripe, a server that others wrote and that answers as Stripe does: it takes payments, and signs what it
//! reports. It runs on the loopback address, forgets everything when it stops, and reports a second after the fact.

use crate::http::HttpClient;
use std::io::{BufRead, BufReader};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{sleep, spawn};
use std::time::Duration;

/// Set by `cargo xtask test` once it has installed localstripe, so that a test that cannot reach it fails.
const REQUIRED: &str = "ZETEL_TEST_LOCALSTRIPE_REQUIRED";

/// What it has to take for a secret key.
pub const KEY: &str = "sk_test_12345";

/// How it behaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Manner {
    /// As it is.
    Usual,
    /// It takes a payment at once, and says so three seconds later: after its report.
    AnswersLate,
    /// Its clock is six minutes late, and so is what it signs.
    ClockIsLate,
}

impl Manner {
    /// What changes it, as Python between the imports and the start.
    const fn script(self) -> &'static str {
        match self {
            Self::Usual => "",
            Self::AnswersLate => {
                "@web.middleware\n\
                 async def late(request, handler):\n\
                 \x20   answer = await handler(request)\n\
                 \x20   if request.method == 'POST' and request.path == '/v1/payment_intents':\n\
                 \x20       await asyncio.sleep(3)\n\
                 \x20   return answer\n\
                 server.app.middlewares.append(late)\n"
            }
            Self::ClockIsLate => "now = time.time\ntime.time = lambda: now() - 360\n",
        }
    }
}

/// A server of its own, gone when it is dropped.
pub struct LocalStripe {
    process: Child,
    port: u16,
    log: Arc<Mutex<Vec<String>>>,
}

impl LocalStripe {
    /// Starts one; `None`, with a note, where it is not installed.
    ///
    /// # Panics
    /// When it does not start, or is not there although it was installed.
    #[must_use]
    pub fn start(manner: Manner) -> Option<Self> {
        let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../target/localstripe");
        let python = folder.join("bin/python");
        if !python.is_file() {
            assert!(std::env::var_os(REQUIRED).is_none(), "{} is missing", python.display());
            println!("left out: localstripe is not installed (cargo xtask test does that)");
            return None;
        }
        let port = free_port();
        let script = format!(
            "import asyncio, time\nfrom aiohttp import web\nfrom localstripe import server\n{}server.start()\n",
            manner.script()
        );
        let mut process = Command::new(python)
            .args(["-c", &script, "--from-scratch", "--port", &port.to_string()])
            .env("TMPDIR", &folder)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .expect("localstripe starts");
        let log = Arc::new(Mutex::new(Vec::new()));
        let (lines, kept) = (BufReader::new(process.stderr.take().expect("it was asked for")), Arc::clone(&log));
        spawn(move || {
            for line in lines.lines().map_while(Result::ok) {
                kept.lock().unwrap_or_else(PoisonError::into_inner).push(line);
            }
        });
        let server = Self { process, port, log };
        let answers = (0..300).any(|_| {
            sleep(Duration::from_millis(100));
            TcpStream::connect(("127.0.0.1", port)).is_ok()
        });
        assert!(answers, "localstripe did not start");
        Some(server)
    }

    /// Where it is.
    #[must_use]
    pub fn address(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// What the payer's browser does with a card: a number for a token.
    #[must_use]
    pub fn card(&self, number: &str) -> String {
        let form = format!("type=card&card[number]={number}&card[exp_month]=12&card[exp_year]=2031&card[cvc]=123");
        self.payment_method(&form)
    }

    /// The same with a bank account.
    #[must_use]
    pub fn account(&self, iban: &str) -> String {
        self.payment_method(&format!("type=sepa_debit&sepa_debit[iban]={iban}"))
    }

    fn payment_method(&self, form: &str) -> String {
        let answer = self.post("/v1/payment_methods", "application/x-www-form-urlencoded", form);
        let method: serde_json::Value = serde_json::from_str(&answer).expect("it answers in JSON");
        method["id"].as_str().unwrap_or_else(|| panic!("a payment method, not {answer}")).to_owned()
    }

    /// Lets it report to an address under a name, signed with a secret; under two names it reports twice.
    pub fn report_to(&self, name: &str, address: &str, secret: &str) {
        let body = serde_json::json!({ "url": address, "secret": secret }).to_string();
        self.post(&format!("/_config/webhooks/{name}"), "application/json", &body);
    }

    fn post(&self, path: &str, kind: &str, body: &str) -> String {
        let address = SocketAddr::from(([127, 0, 0, 1], self.port));
        let authorization = format!("Bearer {KEY}");
        let headers = [("Authorization", authorization.as_str()), ("Content-Type", kind)];
        let mut client = HttpClient::connect(address, &headers).expect("localstripe listens");
        let answer = client.send("POST", path, &[], body).expect("localstripe answers");
        assert_eq!(answer.status, 200, "{path}: {}", answer.body);
        answer.body
    }

    /// What became of its reports of a kind, such as `payment_intent.succeeded`, in its own words.
    #[must_use]
    pub fn reported(&self, kind: &str) -> Vec<String> {
        let log = self.log.lock().unwrap_or_else(PoisonError::into_inner);
        let of = format!("webhook \"{kind}\" ");
        log.iter().filter_map(|line| line.strip_prefix(&of)).map(str::to_owned).collect()
    }
}

impl Drop for LocalStripe {
    fn drop(&mut self) {
        // It may be gone already.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// A port of the loopback address that nobody listens on.
///
/// # Panics
/// When there is none.
#[must_use]
pub fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    listener.local_addr().expect("it has an address").port()
}
