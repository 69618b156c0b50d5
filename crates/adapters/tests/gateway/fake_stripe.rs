//! A server that answers as Stripe does, in the shapes of its documentation, and can be told to misbehave.

use app::ports::{SandboxBank, SandboxCard, SignedNotice, Waiting};
use domain::money::{Currency, Money};
use hmac::{Hmac, KeyInit, Mac};
use jiff::Timestamp;
use serde_json::{Value, json};
use sha2::Sha256;
use std::collections::HashMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex, MutexGuard};
use std::thread;

pub const KEY: &str = "sk_test_only_here";
pub const WEBHOOK_SECRET: &str = "whsec_only_here";

/// How the server misbehaves at the next question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    /// It answers with this status and does nothing.
    Status(u16),
    /// It does what was asked, and closes without an answer.
    LosesAnswer,
    /// It does what was asked, and its answer is no JSON.
    Gibberish,
}

/// What was asked.
#[derive(Debug, Clone)]
pub struct Asked {
    pub line: String,
    pub key: Option<String>,
    pub authorization: Option<String>,
    pub form: HashMap<String, String>,
}

#[derive(Default)]
pub struct State {
    objects: HashMap<String, Value>,
    answered: HashMap<String, (u16, Value)>,
    events: Vec<Value>,
    pub trouble: Vec<Trouble>,
    pub asked: Vec<Asked>,
}

#[derive(Clone)]
pub struct FakeStripe {
    pub address: String,
    state: Arc<Mutex<State>>,
}

type Outcome = Result<Value, (u16, Value)>;

fn refused(status: u16, code: &str) -> (u16, Value) {
    (status, json!({ "error": { "type": "invalid_request_error", "code": code, "message": "As documented." } }))
}

fn declined(code: &str, payment: &Value) -> (u16, Value) {
    (402, json!({ "error": { "type": "card_error", "code": code, "decline_code": code, "payment_intent": payment } }))
}

impl FakeStripe {
    pub fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let server = Self { address, state: Arc::default() };
        for (id, last4) in [
            ("pm_card_visa", "4242"),
            ("pm_card_visa_chargeDeclined", "0002"),
            ("pm_card_visa_chargeDeclinedStolenCard", "9979"),
            ("pm_card_threeDSecureRequired", "3220"),
            ("pm_card_chargeCustomerFail", "0341"),
            ("pm_card_authenticationRequired", "3184"),
        ] {
            let card = json!({ "brand": "visa", "last4": last4, "exp_month": 8, "exp_year": 2031 });
            server.keep(json!({ "id": id, "type": "card", "card": card, "customer": null, "metadata": {} }));
        }
        let account = json!({ "country": "NL", "last4": "4300", "bank_code": "ABNA" });
        server.keep(json!({ "id": "pm_sepa", "type": "sepa_debit", "sepa_debit": account, "metadata": {} }));
        let serving = server.clone();
        thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let serving = serving.clone();
                thread::spawn(move || serving.serve(stream));
            }
        });
        server
    }

    pub fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap()
    }

    pub fn payments(&self) -> usize {
        self.state().objects.keys().filter(|id| id.starts_with("pi_")).count()
    }

    fn keep(&self, object: Value) -> Value {
        self.state().objects.insert(object["id"].as_str().unwrap().to_owned(), object.clone());
        object
    }

    fn make(&self, prefix: &str, mut object: Value) -> Value {
        let count = self.state().objects.len();
        object["id"] = json!(format!("{prefix}_{count}"));
        self.keep(object)
    }

    fn find(&self, id: &str) -> Outcome {
        self.state().objects.get(id).cloned().ok_or_else(|| refused(404, "resource_missing"))
    }

    fn report(&self, kind: &str, object: Value) {
        let mut state = self.state();
        let id = format!("evt_{}", state.events.len());
        state.events.push(json!({ "id": id, "object": "event", "type": kind, "data": { "object": object } }));
    }

    fn serve(&self, mut stream: TcpStream) {
        let asked = read(&stream);
        let trouble = {
            let mut state = self.state();
            state.asked.push(asked.clone());
            if state.trouble.is_empty() { None } else { Some(state.trouble.remove(0)) }
        };
        let (status, body) = match trouble {
            Some(Trouble::Status(status)) => (status, refused(status, "api_error").1),
            _ => self.answer(&asked),
        };
        let body = if trouble == Some(Trouble::Gibberish) { "<html>".to_owned() } else { body.to_string() };
        if trouble != Some(Trouble::LosesAnswer) {
            let length = body.len();
            let head = format!("HTTP/1.1 {status} Said\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n");
            stream.write_all((head + &body).as_bytes()).unwrap();
        }
    }

    /// The same key gives the same answer, and with other contents none.
    fn answer(&self, asked: &Asked) -> (u16, Value) {
        if asked.authorization.as_deref() != Some(&format!("Bearer {KEY}")) {
            return refused(401, "");
        }
        if let Some(before) = asked.key.as_ref().and_then(|key| self.state().answered.get(key).cloned()) {
            return before;
        }
        let answer = self.act(asked).map_or_else(|refused| refused, |value| (200, value));
        if let Some(key) = &asked.key {
            self.state().answered.insert(key.clone(), answer.clone());
        }
        answer
    }

    fn act(&self, asked: &Asked) -> Outcome {
        let field = |name: &str| asked.form.get(name).cloned().unwrap_or_default();
        let (method, path) = asked.line.split_once(' ').unwrap();
        let path = path.split('?').next().unwrap();
        let parts: Vec<&str> = path.trim_start_matches("/v1/").split('/').collect();
        match (method, parts.as_slice()) {
            ("GET", ["payment_intents"]) => Ok(json!({ "data": self.payments_of(path_query(&asked.line)) })),
            ("GET", ["disputes"]) => Ok(json!({ "data": self.disputes() })),
            ("GET", [_, id] | ["checkout", "sessions", id]) => self.find(id),
            ("POST", ["checkout", "sessions"]) => {
                let session = self.make("cs_test", json!({ "status": "open", "setup_intent": null }));
                let url = format!("https://checkout.example.com/{}", session["id"].as_str().unwrap());
                Ok(self.keep(json!({ "id": session["id"], "status": "open", "setup_intent": null, "url": url })))
            }
            ("POST", ["customers"]) => Ok(self.make("cus", json!({ "object": "customer" }))),
            ("POST", ["payment_methods", id, "attach"]) => self.attach(id, &field("customer")),
            ("POST", ["payment_methods", id]) => self.update(id, &asked.form),
            ("POST", ["payment_methods"]) => {
                let iban = field("sepa_debit[iban]");
                let account = json!({ "country": iban[..2], "last4": iban[iban.len() - 4..] });
                Ok(self.make("pm", json!({ "type": field("type"), "sepa_debit": account, "metadata": {} })))
            }
            ("POST", ["setup_intents"]) if field("payment_method_types[0]") == "card" => self.set_up(&asked.form),
            ("POST", ["setup_intents"]) => {
                assert_eq!(field("mandate_data[customer_acceptance][type]"), "offline");
                let details = json!({ "sepa_debit": { "reference": "ABCDEFG123" } });
                let mandate = self.make("mandate", json!({ "payment_method_details": details }));
                Ok(self.make("seti", json!({ "status": "succeeded", "mandate": mandate["id"] })))
            }
            ("POST", ["payment_intents"]) => self.pay(&asked.form),
            ("POST", ["payment_intents", id, "confirm"]) => self.ask(id, &field("return_url")),
            ("POST", ["payment_intents", id, "cancel"]) => self.cancel(id),
            ("POST", ["refunds"]) => self.refund(&field("payment_intent"), field("amount").parse().unwrap()),
            _ => Err(refused(404, "")),
        }
    }

    fn payments_of(&self, query: &str) -> Vec<Value> {
        let customer = query.strip_prefix("customer=").and_then(|rest| rest.split('&').next()).unwrap();
        self.state()
            .objects
            .values()
            .filter(|object| object["object"] == "payment_intent" && object["customer"] == customer)
            .cloned()
            .collect()
    }

    /// The keys that were given are forgotten, as after a day.
    pub fn forget_keys(&self) {
        self.state().answered.clear();
    }

    /// The owner of a card filled the form, or let it expire.
    pub fn fill_form(&self, form: &str, token: Option<&str>) {
        let setup = json!({ "status": "succeeded", "payment_method": token });
        let (status, setup) = if token.is_some() { ("complete", setup) } else { ("expired", Value::Null) };
        self.keep(json!({ "id": form, "status": status, "setup_intent": setup, "url": null }));
    }

    fn disputes(&self) -> Vec<Value> {
        self.state().objects.values().filter(|object| object["object"] == "dispute").cloned().collect()
    }

    fn attach(&self, id: &str, customer: &str) -> Outcome {
        let mut method = self.find(id)?;
        if id == "pm_card_visa_chargeDeclined" {
            return Err(declined("card_declined", &Value::Null));
        }
        method["customer"] = json!(customer);
        Ok(self.keep(method))
    }

    fn update(&self, id: &str, form: &HashMap<String, String>) -> Outcome {
        let mut method = self.find(id)?;
        let number = |name: &str| form.get(name).map(|number| json!(number.parse::<i64>().unwrap()));
        for (name, value) in [("exp_month", number("card[exp_month]")), ("exp_year", number("card[exp_year]"))] {
            if let Some(value) = value {
                method["card"][name] = value;
            }
        }
        if let Some(mandate) = form.get("metadata[mandate]") {
            method["metadata"]["mandate"] = json!(mandate);
        }
        Ok(self.keep(method))
    }

    fn pay(&self, form: &HashMap<String, String>) -> Outcome {
        let token = form["payment_method"].as_str();
        assert_eq!(self.find(token)?["customer"], json!(form["customer"]), "only a kept method pays");
        let (amount, away) = (form["amount"].parse::<i64>().unwrap(), form.contains_key("off_session"));
        let new = json!({ "object": "payment_intent", "amount": amount, "currency": form["currency"], "refunded": 0,
            "customer": form["customer"], "metadata": { "key": form["metadata[key]"] },
            "payment_method": token, "status": "requires_payment_method", "latest_charge": { "disputed": false } });
        let payment = self.make("pi", new);
        let id = payment["id"].as_str().unwrap();
        match (token, away) {
            ("pm_card_visa_chargeDeclined", _) | ("pm_card_chargeCustomerFail", true) => {
                self.report("payment_intent.payment_failed", payment.clone());
                Err(declined("card_declined", &payment))
            }
            ("pm_card_visa_chargeDeclinedStolenCard", _) => {
                let mut payment = payment.clone();
                let why = json!({ "code": "card_declined", "decline_code": "stolen_card" });
                payment["last_payment_error"] = why.clone();
                self.keep(payment);
                Err((402, json!({ "error": why })))
            }
            ("pm_card_authenticationRequired", true) => {
                let mut payment = payment.clone();
                payment["last_payment_error"] = json!({ "code": "authentication_required" });
                Err(declined("authentication_required", &self.keep(payment)))
            }
            ("pm_card_threeDSecureRequired", _) => self.ask(id, &form["return_url"]),
            ("pm_sepa", _) => Ok(self.set(id, "processing")),
            _ => {
                let paid = self.set(id, "succeeded");
                self.report("payment_intent.succeeded", paid.clone());
                Ok(paid)
            }
        }
    }

    /// Whether a card may be charged later, as its bank says.
    fn set_up(&self, form: &HashMap<String, String>) -> Outcome {
        let token = form["payment_method"].as_str();
        assert_eq!(self.find(token)?["customer"], json!(form["customer"]), "only a kept method is set up");
        let setup = self.make("seti", json!({ "object": "setup_intent", "status": "succeeded" }));
        match token {
            "pm_card_threeDSecureRequired" => self.ask(setup["id"].as_str().unwrap(), &form["return_url"]),
            _ => Ok(setup),
        }
    }

    fn set(&self, id: &str, status: &str) -> Value {
        let mut payment = self.find(id).unwrap();
        payment["status"] = json!(status);
        self.keep(payment)
    }

    fn ask(&self, id: &str, return_url: &str) -> Outcome {
        let mut payment = self.set(id, "requires_action");
        let url = format!("https://hooks.example.com/redirect/{id}");
        payment["next_action"] =
            json!({ "type": "redirect_to_url", "redirect_to_url": { "url": url, "return_url": return_url } });
        Ok(self.keep(payment))
    }

    fn cancel(&self, id: &str) -> Outcome {
        match self.find(id)?["status"].as_str() {
            Some("succeeded" | "canceled" | "processing") => Err(refused(400, "payment_intent_unexpected_state")),
            _ => Ok(self.set(id, "canceled")),
        }
    }

    fn refund(&self, id: &str, amount: i64) -> Outcome {
        let mut payment = self.find(id)?;
        let left = payment["amount"].as_i64().unwrap() - payment["refunded"].as_i64().unwrap();
        if payment["status"] != "succeeded" || amount > left {
            return Err(refused(400, "charge_already_refunded"));
        }
        payment["refunded"] = json!(payment["refunded"].as_i64().unwrap() + amount);
        self.keep(payment);
        self.report("charge.refunded", json!({ "object": "charge", "payment_intent": id }));
        Ok(self.make("re", json!({ "object": "refund", "status": "succeeded", "payment_intent": id })))
    }

    pub fn sign(body: &[u8], now: Timestamp) -> SignedNotice {
        let at = now.as_second();
        let mut code = Hmac::<Sha256>::new_from_slice(WEBHOOK_SECRET.as_bytes()).unwrap();
        code.update(&[format!("{at}.").as_bytes(), body].concat());
        let hex: String = code.finalize().into_bytes().iter().map(|byte| format!("{byte:02x}")).collect();
        SignedNotice { signature: format!("t={at},v1={hex},v0=00"), body: body.to_vec() }
    }

    /// A dispute ends for the seller, or for the bank.
    pub fn close_disputes(&self, status: &str) {
        for mut dispute in self.disputes() {
            dispute["status"] = json!(status);
            self.keep(dispute);
        }
    }
}

fn path_query(line: &str) -> &str {
    line.split_once('?').unwrap().1
}

fn read(stream: &TcpStream) -> Asked {
    let mut reader = BufReader::new(stream);
    let mut lines = Vec::new();
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line).unwrap() == 0 || line.trim().is_empty() {
            break;
        }
        lines.push(line.trim().to_owned());
    }
    let header = |name: &str| {
        let mut pairs = lines.iter().filter_map(|line| line.split_once(": "));
        pairs.find(|(found, _)| found.eq_ignore_ascii_case(name)).map(|(_, value)| value.to_owned())
    };
    let mut body = vec![0; header("content-length").map_or(0, |length| length.parse().unwrap())];
    reader.read_exact(&mut body).unwrap();
    let line = lines.first().map(|line| line.trim_end_matches(" HTTP/1.1").to_owned()).unwrap_or_default();
    let form = form_urlencoded::parse(&body).into_owned().collect();
    Asked { line, key: header("idempotency-key"), authorization: header("authorization"), form }
}

impl SandboxBank for FakeStripe {
    fn confirm(&self, reference: &str, accepted: bool) -> bool {
        let status = self.find(reference).unwrap()["status"].clone();
        if status != "requires_action" && status != "processing" {
            return false;
        }
        let (status, event) = if accepted {
            ("succeeded", "payment_intent.succeeded")
        } else {
            ("requires_payment_method", "payment_intent.payment_failed")
        };
        let payment = self.set(reference, status);
        if payment["object"] == "payment_intent" {
            self.report(event, payment);
        }
        true
    }

    fn charge_back(&self, reference: &str) -> bool {
        let mut payment = self.find(reference).unwrap();
        payment["latest_charge"]["disputed"] = json!(true);
        self.keep(payment);
        let dispute = json!({ "object": "dispute", "status": "needs_response", "payment_intent": reference });
        let dispute = self.make("du", dispute);
        self.report("charge.dispute.created", dispute);
        true
    }

    fn waiting(&self, reference: &str) -> Option<Waiting> {
        let waiting = self.find(reference).ok().filter(|found| found["status"] == "requires_action")?;
        let amount = waiting["amount"].as_i64();
        Some(amount.map_or(Waiting::Keeping, |minor| Waiting::Payment(Money::new(minor, Currency::Eur))))
    }

    fn cards(&self) -> Vec<SandboxCard> {
        Vec::new()
    }

    fn take_notices(&self, now: Timestamp) -> Vec<SignedNotice> {
        std::mem::take(&mut self.state().events)
            .iter()
            .map(|event| Self::sign(event.to_string().as_bytes(), now))
            .collect()
    }
}
