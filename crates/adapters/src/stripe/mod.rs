//! Stripe as payment gateway, through its HTTP interface.
//!
//! A token is the name of a payment method (`pm_...`) that the payer's browser made with Stripe; numbers never pass
//! here. Each payment method that is kept gets a customer of its own at Stripe, so that nothing has to be remembered
//! here. Stripe forgets idempotency keys after a day, so a charge is first looked for among the payments of its
//! customer.

mod amount;
mod client;

use crate::signature;
use amount::in_stripes_units;
use app::ports::{
    BankAccountDescription, CardDescription, CardUpdate, ChargeOutcome, GatewayError, KeepOutcome, MethodDescription,
    NewAccount, Notice, NoticeKind, NoticeRefused, Payer, PaymentGateway, RefundOutcome,
};
use client::{Client, Secret};
use domain::money::Money;
use jiff::Timestamp;
use serde_json::Value;

/// The code with which a bank asks for the payer.
const ASKED: &str = "authentication_required";

/// Why a bank declines and always will: asking it again with the same card is of no use, or costs the seller.
const FOR_GOOD: [&str; 9] = [
    "do_not_try_again",
    "fraudulent",
    "invalid_account",
    "lost_card",
    "pickup_card",
    "revocation_of_all_authorizations",
    "revocation_of_authorization",
    "stolen_card",
    "stop_payment_order",
];

/// How the name of a form begins.
const FORM: &str = "cs_";

/// Where Stripe is.
pub const STRIPE_ADDRESS: &str = "https://api.stripe.com";

/// Stripe.
#[derive(Debug)]
pub struct StripeGateway {
    client: Client,
    webhook_secret: Secret,
    public_address: String,
    payer_returns_to: String,
}

impl StripeGateway {
    /// A gateway by its secret key and the secret of its webhook. Payers who confirmed at their bank come back to Zetel
    /// at `public_address`.
    #[must_use]
    pub fn new(key: String, webhook_secret: String, address: &str, public_address: &str) -> Self {
        let public_address = public_address.trim_end_matches('/').to_owned();
        Self {
            client: Client::new(Secret(key), address),
            webhook_secret: Secret(webhook_secret),
            payer_returns_to: format!("{public_address}/billing/orders"),
            public_address,
        }
    }

    /// The payment method, by the name that the payer's browser sent: anything may stand there.
    fn method(&self, token: &str) -> Result<Value, GatewayError> {
        Ok(self.client.get(&format!("/v1/payment_methods/{}", name(token)?))??)
    }

    /// The customer that owns a payment method; made when there is none yet.
    fn customer(&self, token: &str, method: &Value) -> Result<String, GatewayError> {
        if let Some(customer) = method["customer"].as_str() {
            return Ok(customer.to_owned());
        }
        let made = self.client.post("/v1/customers", &format!("customer-{token}"), &[("metadata[token]", token)])??;
        let customer = text(&made["id"])?;
        let attach = format!("/v1/payment_methods/{}/attach", name(token)?);
        self.client.post(&attach, &format!("attach-{token}"), &[("customer", &customer)])??;
        Ok(customer)
    }

    /// The reference of the mandate that lets Stripe debit a bank account. It is noted on the account, so that there is
    /// one.
    fn mandate(&self, token: &str, customer: &str) -> Result<String, GatewayError> {
        let form = [
            ("customer", customer),
            ("payment_method", token),
            ("payment_method_types[0]", "sepa_debit"),
            ("usage", "off_session"),
            ("confirm", "true"),
            ("mandate_data[customer_acceptance][type]", "offline"),
        ];
        let setup = self.client.post("/v1/setup_intents", &format!("mandate-{token}"), &form)??;
        let mandate = text(&setup["mandate"])?;
        let mandate = self.client.get(&format!("/v1/mandates/{}", name(&mandate)?))??;
        let reference = text(&mandate["payment_method_details"]["sepa_debit"]["reference"])?;
        let note = [("metadata[mandate]", reference.as_str())];
        self.client.change(&format!("/v1/payment_methods/{token}"), &note)??;
        Ok(reference)
    }

    /// Asks the bank whether a card may be charged later. The answer may be a repetition of the first one; how it
    /// stands now is asked anew.
    fn keep_card(&self, key: &str, token: &str, customer: &str, return_path: &str) -> Result<Value, GatewayError> {
        let return_url = format!("{}{return_path}", self.public_address);
        let form = [
            ("customer", customer),
            ("payment_method", token),
            ("payment_method_types[0]", "card"),
            ("usage", "off_session"),
            ("confirm", "true"),
            ("return_url", &return_url),
        ];
        let setup = self.client.post("/v1/setup_intents", &format!("keep-{key}"), &form)??;
        Ok(self.client.get(&format!("/v1/setup_intents/{}", name(&text(&setup["id"])?)?))??)
    }

    /// How the form stands in which a card is typed. Stripe keeps the card, and asks its bank, before it is complete.
    fn keep_from_form(&self, form: &str) -> Result<KeepOutcome, GatewayError> {
        let path = format!("/v1/checkout/sessions/{}?expand[]=setup_intent", name(form)?);
        let session = self.client.get(&path)??;
        match session["status"].as_str().unwrap_or_default() {
            "complete" => {
                let token = text(&session["setup_intent"]["payment_method"])?;
                let described = describe(&self.method(&token)?)?;
                Ok(KeepOutcome::Kept { token, described })
            }
            "open" => Ok(KeepOutcome::ConfirmationRequired {
                reference: text(&session["id"])?,
                address: text(&session["url"])?,
            }),
            _ => Err(GatewayError::Declined),
        }
    }

    fn payment(&self, reference: &str) -> Result<Value, GatewayError> {
        Ok(self.client.get(&format!("/v1/payment_intents/{}?expand[]=latest_charge", name(reference)?))??)
    }

    /// The payment that was asked for by this key, among the last hundred of a customer.
    fn payment_by_key(&self, customer: &str, key: &str) -> Result<Option<Value>, GatewayError> {
        let payments = self.client.get(&format!("/v1/payment_intents?customer={}&limit=100", name(customer)?))??;
        let payments = payments["data"].as_array();
        Ok(payments.into_iter().flatten().find(|payment| payment["metadata"]["key"] == key).cloned())
    }

    /// Makes a payment and confirms it at once.
    fn pay<'a>(
        &self,
        key: &'a str,
        token: &str,
        mut form: Vec<(&'a str, &'a str)>,
    ) -> Result<ChargeOutcome, GatewayError> {
        form.extend([("metadata[key]", key), ("confirm", "true")]);
        match self.client.post("/v1/payment_intents", &format!("charge-{key}"), &form)? {
            // The answer may be a repetition of the first one; how it stands now is asked anew.
            Ok(payment) => self.outcome(&text(&payment["id"])?),
            Err(refused) if refused.code == ASKED => self.ask_later(key, token, &refused.error["payment_intent"]),
            Err(refused) if refused.status == 402 => Ok(declined(&refused.error)),
            Err(refused) if refused.code == "amount_too_small" => Ok(ChargeOutcome::Declined),
            Err(refused) => Err(refused.into()),
        }
    }

    /// A bank that asked while the payer was away: the payer gets an address to answer at later (domain 4.5).
    fn ask_later(&self, key: &str, token: &str, payment: &Value) -> Result<ChargeOutcome, GatewayError> {
        let payment = text(&payment["id"])?;
        let form = [("payment_method", token), ("return_url", self.payer_returns_to.as_str())];
        let confirm = format!("/v1/payment_intents/{}/confirm", name(&payment)?);
        // How it went stands in the payment, whatever this answers: it may be a repetition.
        self.client.post(&confirm, &format!("ask-{key}"), &form)?.ok();
        self.outcome(&payment)
    }

    /// Whether the bank took a disputed payment back, and the seller did not win it.
    fn is_charged_back(&self, payment: &Value) -> Result<bool, GatewayError> {
        if payment["latest_charge"]["disputed"] != true {
            return Ok(false);
        }
        let reference = text(&payment["id"])?;
        let disputes = self.client.get(&format!("/v1/disputes?payment_intent={reference}"))??;
        let statuses =
            disputes["data"].as_array().into_iter().flatten().filter_map(|dispute| dispute["status"].as_str());
        Ok(statuses.into_iter().any(|status| status != "won" && !status.starts_with("warning_")))
    }

    fn read(&self, payment: &Value) -> Result<ChargeOutcome, GatewayError> {
        let reference = text(&payment["id"])?;
        match payment["status"].as_str().unwrap_or_default() {
            "succeeded" if self.is_charged_back(payment)? => Ok(ChargeOutcome::ChargedBack { reference }),
            "succeeded" => Ok(ChargeOutcome::Succeeded { reference }),
            "processing" => Ok(ChargeOutcome::Pending { reference }),
            "requires_action" => {
                let address = text(&payment["next_action"]["redirect_to_url"]["url"])?;
                Ok(ChargeOutcome::ConfirmationRequired { reference, address })
            }
            "requires_payment_method" => Ok(declined(&payment["last_payment_error"])),
            "canceled" => Ok(ChargeOutcome::Declined),
            status => Err(GatewayError::Unreachable(format!("the payment {reference} is {status}"))),
        }
    }
}

impl PaymentGateway for StripeGateway {
    fn describe(&self, token: &str) -> Result<MethodDescription, GatewayError> {
        describe(&self.method(token)?)
    }

    fn open_account(&self, key: &str, account: &NewAccount<'_>) -> Result<String, GatewayError> {
        let form = [
            ("type", "sepa_debit"),
            ("sepa_debit[iban]", account.iban.as_str()),
            ("billing_details[name]", account.holder),
            ("billing_details[email]", account.email),
        ];
        match self.client.post("/v1/payment_methods", &format!("account-{key}"), &form)? {
            Ok(method) => text(&method["id"]),
            Err(refused) if refused.status == 400 => Err(GatewayError::Declined),
            Err(refused) => Err(refused.into()),
        }
    }

    fn keep(&self, key: &str, token: &str, return_path: &str) -> Result<KeepOutcome, GatewayError> {
        if token.starts_with(FORM) {
            return self.keep_from_form(token);
        }
        let method = self.method(token)?;
        let described = describe(&method)?;
        let customer = self.customer(token, &method)?;
        let token = token.to_owned();
        match described {
            MethodDescription::BankAccount(account) if account.mandate.is_none() => {
                let mandate = Some(self.mandate(&token, &customer)?);
                let described = MethodDescription::BankAccount(BankAccountDescription { mandate, ..account });
                Ok(KeepOutcome::Kept { token, described })
            }
            MethodDescription::BankAccount(_) => Ok(KeepOutcome::Kept { token, described }),
            MethodDescription::Card(_) => {
                let setup = self.keep_card(key, &token, &customer, return_path)?;
                match setup["status"].as_str().unwrap_or_default() {
                    "succeeded" => Ok(KeepOutcome::Kept { token, described }),
                    "requires_action" => Ok(KeepOutcome::ConfirmationRequired {
                        reference: text(&setup["id"])?,
                        address: text(&setup["next_action"]["redirect_to_url"]["url"])?,
                    }),
                    "requires_payment_method" | "canceled" => Err(GatewayError::Declined),
                    status => Err(GatewayError::Unreachable(format!("the card is {status}"))),
                }
            }
        }
    }

    fn has_card_form(&self) -> bool {
        true
    }

    fn open_card_form(&self, key: &str, return_path: &str) -> Result<String, GatewayError> {
        let return_url = format!("{}{return_path}", self.public_address);
        let form = [
            ("mode", "setup"),
            ("payment_method_types[0]", "card"),
            ("customer_creation", "always"),
            ("success_url", return_url.as_str()),
            ("cancel_url", return_url.as_str()),
        ];
        text(&self.client.post("/v1/checkout/sessions", &format!("form-{key}"), &form)??["id"])
    }

    fn update_card(&self, token: &str, update: &CardUpdate) -> Result<MethodDescription, GatewayError> {
        let MethodDescription::Card(_) = self.describe(token)? else { return Err(GatewayError::Declined) };
        let (year, month) = update.expires_on.split_once('-').ok_or(GatewayError::Declined)?;
        let form =
            [("card[exp_month]", month), ("card[exp_year]", year), ("billing_details[name]", update.holder.as_str())];
        match self.client.change(&format!("/v1/payment_methods/{}", name(token)?), &form)? {
            Ok(method) => describe(&method),
            Err(refused) if refused.status == 400 => Err(GatewayError::Declined),
            Err(refused) => Err(refused.into()),
        }
    }

    fn charge(&self, key: &str, token: &str, amount: Money, payer: Payer) -> Result<ChargeOutcome, GatewayError> {
        let Some(minor) = in_stripes_units(amount) else { return Ok(ChargeOutcome::Declined) };
        let method = self.method(token)?;
        let customer = match self.customer(token, &method) {
            Err(GatewayError::Declined) => return Ok(ChargeOutcome::Declined),
            known => known?,
        };
        // What had no customer until now has paid nothing.
        let before = if method["customer"].is_string() { self.payment_by_key(&customer, key)? } else { None };
        match before {
            Some(payment) if payment["last_payment_error"]["code"] == ASKED => self.ask_later(key, token, &payment),
            Some(payment) => self.outcome(&text(&payment["id"])?),
            None => {
                let (minor, currency) = (minor.to_string(), amount.currency.code().to_lowercase());
                let mut form = vec![
                    ("amount", minor.as_str()),
                    ("currency", currency.as_str()),
                    ("customer", customer.as_str()),
                    ("payment_method", token),
                    ("payment_method_types[0]", method["type"].as_str().unwrap_or_default()),
                ];
                match payer {
                    Payer::Present => {
                        form.extend([("setup_future_usage", "off_session"), ("return_url", &self.payer_returns_to)]);
                    }
                    Payer::Away => form.push(("off_session", "true")),
                }
                self.pay(key, token, form)
            }
        }
    }

    fn outcome(&self, reference: &str) -> Result<ChargeOutcome, GatewayError> {
        self.read(&self.payment(reference)?)
    }

    fn cancel(&self, reference: &str) -> Result<ChargeOutcome, GatewayError> {
        let path = format!("/v1/payment_intents/{}/cancel", name(reference)?);
        match self.client.post(&path, &format!("cancel-{reference}"), &[])? {
            Err(refused) if refused.is_unknown() => Err(GatewayError::Unknown),
            // Canceled, or too late for that.
            _ => self.outcome(reference),
        }
    }

    fn refund(&self, key: &str, reference: &str, amount: Money) -> Result<RefundOutcome, GatewayError> {
        let Some(minor) = in_stripes_units(amount) else { return Ok(RefundOutcome::Refused) };
        let minor = minor.to_string();
        let form = [("payment_intent", name(reference)?), ("amount", minor.as_str())];
        match self.client.post("/v1/refunds", &format!("refund-{key}"), &form)? {
            Ok(refund) if matches!(refund["status"].as_str(), Some("failed" | "canceled")) => {
                Ok(RefundOutcome::Refused)
            }
            Ok(refund) => Ok(RefundOutcome::Made { reference: text(&refund["id"])? }),
            Err(refused) if !refused.is_unknown() && matches!(refused.status, 400 | 402) => Ok(RefundOutcome::Refused),
            Err(refused) => Err(refused.into()),
        }
    }

    fn notice(&self, signature: &str, body: &[u8], now: Timestamp) -> Result<Option<Notice>, NoticeRefused> {
        signature::verify(&self.webhook_secret.0, signature, body, now)?;
        let event: Value = serde_json::from_slice(body).map_err(|_| NoticeRefused::Unreadable)?;
        let (kind, place) = match event["type"].as_str().ok_or(NoticeRefused::Unreadable)? {
            "payment_intent.succeeded" => (NoticeKind::Succeeded, "id"),
            "payment_intent.payment_failed" | "payment_intent.canceled" => (NoticeKind::Failed, "id"),
            "charge.refunded" => (NoticeKind::Refunded, "payment_intent"),
            "charge.dispute.created" | "charge.dispute.closed" => (NoticeKind::ChargedBack, "payment_intent"),
            _ => return Ok(None),
        };
        let read = |value: &Value| value.as_str().map(str::to_owned).ok_or(NoticeRefused::Unreadable);
        Ok(Some(Notice { id: read(&event["id"])?, kind, reference: read(&event["data"]["object"][place])? }))
    }
}

/// What people recognize a payment method by.
fn describe(method: &Value) -> Result<MethodDescription, GatewayError> {
    let (card, account) = (&method["card"], &method["sepa_debit"]);
    match method["type"].as_str() {
        Some("card") => {
            let number = |value: &Value| value.as_i64().ok_or_else(|| unexpected(value));
            let (year, month) = (number(&card["exp_year"])?, number(&card["exp_month"])?);
            Ok(MethodDescription::Card(CardDescription {
                brand: brand(&text(&card["brand"])?),
                last_four: text(&card["last4"])?,
                expires_on: format!("{year:04}-{month:02}"),
            }))
        }
        Some("sepa_debit") => Ok(MethodDescription::BankAccount(BankAccountDescription {
            country: text(&account["country"])?,
            last_four: text(&account["last4"])?,
            mandate: method["metadata"]["mandate"].as_str().map(str::to_owned),
        })),
        // Zetel offers no other kind.
        _ => Err(GatewayError::Unknown),
    }
}

/// A brand as it is written.
fn brand(code: &str) -> String {
    match code {
        "amex" => "American Express".to_owned(),
        "diners" => "Diners Club".to_owned(),
        "jcb" => "JCB".to_owned(),
        "unionpay" => "UnionPay".to_owned(),
        _ => {
            let mut letters = code.chars();
            letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
        }
    }
}

/// What an error of a payment says: that the bank declined it, for good perhaps.
fn declined(error: &Value) -> ChargeOutcome {
    match error["decline_code"].as_str() {
        Some(code) if FOR_GOOD.contains(&code) => ChargeOutcome::DeclinedForGood,
        _ => ChargeOutcome::Declined,
    }
}

/// A name of Stripe's as a part of an address: letters, digits and underlines, or nobody has it.
fn name(text: &str) -> Result<&str, GatewayError> {
    let is_name = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    if is_name { Ok(text) } else { Err(GatewayError::Unknown) }
}

fn text(value: &Value) -> Result<String, GatewayError> {
    value.as_str().filter(|text| !text.is_empty()).map(str::to_owned).ok_or_else(|| unexpected(value))
}

fn unexpected(value: &Value) -> GatewayError {
    GatewayError::Unreachable(format!("Stripe answered in a way that is not understood: {value}"))
}
