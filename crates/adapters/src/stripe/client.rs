//! Talks to Stripe: forms out, JSON back, one idempotency key for each thing that is made, and asked again when that
//! is safe.

use app::ports::GatewayError;
use serde_json::Value;
use std::fmt;
use std::thread::sleep;
use std::time::Duration;
use ureq::http::Response;
use ureq::{Agent, Body};

/// How long one question may take.
const TIMEOUT: Duration = Duration::from_secs(20);

/// The pauses before a question is asked again. Its idempotency key makes that harmless.
const PAUSES: [Duration; 2] = [Duration::from_millis(200), Duration::from_secs(1)];

/// What no log may show.
#[derive(Clone)]
pub(super) struct Secret(pub String);

impl fmt::Debug for Secret {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Secret(..)")
    }
}

/// What Stripe did not do, and why.
#[derive(Debug)]
pub(super) struct Refused {
    /// The status of the answer.
    pub status: u16,
    /// Stripe's code, or its type where there is no code.
    pub code: String,
    /// All that it says.
    pub error: Value,
}

impl Refused {
    /// Whether what was named does not exist.
    pub fn is_unknown(&self) -> bool {
        self.status == 404 || self.code == "resource_missing"
    }
}

impl From<Refused> for GatewayError {
    /// As what it means where nothing more is known. The message stays out: it may repeat what was sent.
    fn from(refused: Refused) -> Self {
        match refused.status {
            _ if refused.is_unknown() => Self::Unknown,
            402 => Self::Declined,
            status => Self::Unreachable(format!("Stripe answered {status} {}", refused.code)),
        }
    }
}

/// What came back: what was asked for, or why not.
pub(super) type Answer = Result<Result<Value, Refused>, GatewayError>;

pub(super) struct Client {
    agent: Agent,
    key: Secret,
    address: String,
}

impl fmt::Debug for Client {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Client({})", self.address)
    }
}

impl Client {
    pub fn new(key: Secret, address: &str) -> Self {
        let settings = Agent::config_builder()
            .timeout_global(Some(TIMEOUT))
            .http_status_as_error(false)
            .max_redirects(0)
            .user_agent("Zetel");
        Self { agent: settings.build().into(), key, address: address.trim_end_matches('/').to_owned() }
    }

    /// Reads something.
    pub fn get(&self, path: &str) -> Answer {
        self.ask(|| {
            self.agent.get(format!("{}{path}", self.address)).header("Authorization", &self.authorization()).call()
        })
    }

    /// Changes something to what it says, which may be done twice.
    pub fn change(&self, path: &str, form: &[(&str, &str)]) -> Answer {
        self.ask(|| {
            self.agent
                .post(format!("{}{path}", self.address))
                .header("Authorization", &self.authorization())
                .send_form(form.iter().copied())
        })
    }

    /// Makes or starts something; the same key does it once.
    pub fn post(&self, path: &str, key: &str, form: &[(&str, &str)]) -> Answer {
        self.ask(|| {
            self.agent
                .post(format!("{}{path}", self.address))
                .header("Authorization", &self.authorization())
                .header("Idempotency-Key", key)
                .send_form(form.iter().copied())
        })
    }

    fn authorization(&self) -> String {
        format!("Bearer {}", self.key.0)
    }

    fn ask(&self, question: impl Fn() -> Result<Response<Body>, ureq::Error>) -> Answer {
        let mut pauses = PAUSES.iter();
        loop {
            let failure = match question() {
                Ok(response) if !is_passing(response.status().as_u16()) => return read(response),
                Ok(response) => format!("Stripe answered {}", response.status().as_u16()),
                Err(error) => error.to_string(),
            };
            match pauses.next() {
                Some(pause) => sleep(*pause),
                None => return Err(GatewayError::Unreachable(failure)),
            }
        }
    }
}

/// Whether the same question may get another answer: two asked at once, too many did, or Stripe is not well.
const fn is_passing(status: u16) -> bool {
    matches!(status, 409 | 429 | 500..)
}

fn read(mut response: Response<Body>) -> Answer {
    let status = response.status().as_u16();
    let text = response.body_mut().read_to_string().map_err(|error| GatewayError::Unreachable(error.to_string()))?;
    let value: Value = serde_json::from_str(&text).unwrap_or_default();
    if status == 200 && value.is_object() {
        return Ok(Ok(value));
    }
    let error = value["error"].clone();
    let code = ["code", "type"].iter().find_map(|name| error[name].as_str()).unwrap_or_default().to_owned();
    Ok(Err(Refused { status, code, error }))
}
