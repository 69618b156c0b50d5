//! A payment gateway that takes no money: for demos, trials of Zetel and tests. Its cards behave as their names say.

use crate::signature;
use app::ports::{
    BankAccountDescription, CardBehavior, CardDescription, CardUpdate, ChargeOutcome, GatewayError, KeepOutcome,
    MethodDescription, NewAccount, Notice, NoticeKind, NoticeRefused, Payer, PaymentGateway, RefundOutcome,
    SandboxBank, SandboxCard, SignedNotice, Waiting,
};
use domain::money::Money;
use jiff::Timestamp;
use serde_json::{Value, json};
use std::collections::{HashMap, HashSet};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Every card that people can choose.
pub const TEST_CARDS: [SandboxCard; 5] = [
    SandboxCard { token: "card_succeeds", brand: "Visa", last_four: "4242", behavior: CardBehavior::Succeeds },
    SandboxCard { token: "card_declined", brand: "Mastercard", last_four: "0002", behavior: CardBehavior::Declines },
    SandboxCard { token: "card_confirms", brand: "Visa", last_four: "3155", behavior: CardBehavior::AsksToConfirm },
    SandboxCard { token: "card_absent", brand: "Visa", last_four: "0341", behavior: CardBehavior::DeclinesWhenAway },
    SandboxCard { token: "card_unionpay", brand: "UnionPay", last_four: "0005", behavior: CardBehavior::Succeeds },
];

/// Cards that only tests ask for.
const TROUBLE_CARDS: [(&str, &str, Behavior); 4] = [
    ("card_blocked", "9979", Behavior::Blocked),
    ("card_confirms_absent", "3184", Behavior::AsksWhenAway),
    ("card_times_out", "0119", Behavior::TimesOut),
    ("card_reports_twice", "0077", Behavior::ReportsTwice),
];

/// A bank account that only tests ask for; a payment from it is pending until [`SandboxBank::confirm`] decides.
pub const TEST_ACCOUNT: &str = "account_NL_4300";

/// Signs what the sandbox reports. It is no secret: a report only says which payment to look at.
const SECRET: &str = "sandbox";

/// What a token does when it is charged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Behavior {
    /// What a card for people does.
    Card(CardBehavior),
    /// Its bank does not let it pay any more.
    Blocked,
    /// It pays while its owner is there, and asks for a confirmation at every renewal.
    AsksWhenAway,
    /// It pays, but the first answer is lost.
    TimesOut,
    /// It pays, and the gateway reports it twice.
    ReportsTwice,
    /// A bank account: the bank takes until [`SandboxBank::confirm`].
    WaitsForBank,
    /// A bank account that a person put on file: the bank has the money when it is asked again.
    PaysWhenAskedAgain,
}

/// The gateway: remembers what it answered, so that asking twice takes once.
#[derive(Default)]
pub struct SandboxGateway {
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    payments: HashMap<String, Payment>,
    refunds: HashMap<String, RefundOutcome>,
    /// Cards that wait to be kept, and how that ended.
    keeps: HashMap<String, Option<bool>>,
    /// Tokens of bank accounts that have a mandate.
    kept: HashSet<String>,
    updates: HashMap<String, CardUpdate>,
    reported: u64,
    notices: Vec<Notice>,
}

/// What was asked, and how it stands.
#[derive(Debug, Clone)]
struct Payment {
    amount: Money,
    refunded: i64,
    behavior: Behavior,
    outcome: ChargeOutcome,
}

impl Payment {
    const fn is_open(&self) -> bool {
        matches!(self.outcome, ChargeOutcome::ConfirmationRequired { .. } | ChargeOutcome::Pending { .. })
    }
}

impl State {
    fn report(&mut self, kind: NoticeKind, reference: &str) {
        self.reported += 1;
        let id = format!("sandbox_notice_{}", self.reported);
        self.notices.push(Notice { id, kind, reference: reference.to_owned() });
    }

    /// Reports how a payment ended; nothing while it is open.
    fn report_end(&mut self, reference: &str) {
        match self.payments.get(reference).map(|payment| &payment.outcome) {
            Some(ChargeOutcome::Succeeded { .. }) => self.report(NoticeKind::Succeeded, reference),
            Some(ChargeOutcome::Declined | ChargeOutcome::DeclinedForGood) => {
                self.report(NoticeKind::Failed, reference);
            }
            _ => {}
        }
    }

    fn describe(&self, token: &str) -> Result<MethodDescription, GatewayError> {
        behavior(token)?;
        if let Some((country, last_four, _)) = account(token) {
            let mandate = self.kept.contains(token).then(|| format!("SANDBOX-{country}-{last_four}"));
            let (country, last_four) = (country.to_owned(), last_four.to_owned());
            return Ok(MethodDescription::BankAccount(BankAccountDescription { country, last_four, mandate }));
        }
        let chosen = TEST_CARDS.iter().map(|card| (card.token, card.brand, card.last_four));
        let trouble = TROUBLE_CARDS.iter().map(|(token, last_four, _)| (*token, "Visa", *last_four));
        let card = chosen.chain(trouble).find(|(known, ..)| *known == token);
        let (_, brand, last_four) = card.ok_or(GatewayError::Unknown)?;
        let expires_on = self.updates.get(token).map_or("2030-12", |update| update.expires_on.as_str());
        Ok(MethodDescription::Card(CardDescription {
            brand: brand.to_owned(),
            last_four: last_four.to_owned(),
            expires_on: expires_on.to_owned(),
        }))
    }
}

impl SandboxGateway {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn behavior(token: &str) -> Result<Behavior, GatewayError> {
    let chosen = TEST_CARDS.iter().map(|card| (card.token, Behavior::Card(card.behavior)));
    let trouble = TROUBLE_CARDS.iter().map(|(token, _, behavior)| (*token, *behavior));
    if let Some((.., key)) = account(token) {
        return Ok(if key.is_none() { Behavior::WaitsForBank } else { Behavior::PaysWhenAskedAgain });
    }
    chosen.chain(trouble).find(|(known, _)| *known == token).map(|(_, behavior)| behavior).ok_or(GatewayError::Unknown)
}

/// Country, last four characters and key of an account, which its token holds: nothing has to be remembered over a
/// restart.
fn account(token: &str) -> Option<(&str, &str, Option<&str>)> {
    let mut parts = token.strip_prefix("account_")?.splitn(3, '_');
    let (country, last_four) = (parts.next()?, parts.next()?);
    (country.len() == 2 && last_four.len() == 4).then(|| (country, last_four, parts.next()))
}

/// How a charge goes at first.
fn first_outcome(behavior: Behavior, payer: Payer, reference: &str) -> ChargeOutcome {
    let reference = reference.to_owned();
    match (behavior, payer) {
        (Behavior::Card(CardBehavior::Declines), _) | (Behavior::Card(CardBehavior::DeclinesWhenAway), Payer::Away) => {
            ChargeOutcome::Declined
        }
        (Behavior::Blocked, _) => ChargeOutcome::DeclinedForGood,
        (Behavior::Card(CardBehavior::AsksToConfirm), _) | (Behavior::AsksWhenAway, Payer::Away) => {
            let address = format!("/sandbox/bank/{reference}");
            ChargeOutcome::ConfirmationRequired { reference, address }
        }
        (Behavior::WaitsForBank | Behavior::PaysWhenAskedAgain, _) => ChargeOutcome::Pending { reference },
        _ => ChargeOutcome::Succeeded { reference },
    }
}

impl PaymentGateway for SandboxGateway {
    fn describe(&self, token: &str) -> Result<MethodDescription, GatewayError> {
        self.state().describe(token)
    }

    fn open_account(&self, key: &str, account: &NewAccount<'_>) -> Result<String, GatewayError> {
        Ok(format!("account_{}_{}_{key}", account.iban.country(), account.iban.last_four()))
    }

    fn keep(&self, key: &str, token: &str, return_path: &str) -> Result<KeepOutcome, GatewayError> {
        match behavior(token)? {
            Behavior::Card(CardBehavior::Declines) => return Err(GatewayError::Declined),
            Behavior::Card(CardBehavior::AsksToConfirm) => {
                let reference = format!("sandbox_keep_{key}");
                match *self.state().keeps.entry(reference.clone()).or_default() {
                    None => {
                        let back: String = form_urlencoded::byte_serialize(return_path.as_bytes()).collect();
                        let address = format!("/sandbox/bank/{reference}?back={back}");
                        return Ok(KeepOutcome::ConfirmationRequired { reference, address });
                    }
                    Some(true) => {}
                    Some(false) => return Err(GatewayError::Declined),
                }
            }
            Behavior::WaitsForBank | Behavior::PaysWhenAskedAgain => {
                self.state().kept.insert(token.to_owned());
            }
            _ => {}
        }
        self.describe(token).map(|described| KeepOutcome::Kept { token: token.to_owned(), described })
    }

    fn has_card_form(&self) -> bool {
        false
    }

    fn open_card_form(&self, _key: &str, _return_path: &str) -> Result<String, GatewayError> {
        Err(GatewayError::Unknown)
    }

    fn update_card(&self, token: &str, update: &CardUpdate) -> Result<MethodDescription, GatewayError> {
        behavior(token)?;
        if account(token).is_some() {
            return Err(GatewayError::Declined);
        }
        self.state().updates.insert(token.to_owned(), update.clone());
        self.describe(token)
    }

    fn charge(&self, key: &str, token: &str, amount: Money, payer: Payer) -> Result<ChargeOutcome, GatewayError> {
        let behavior = behavior(token)?;
        let reference = format!("sandbox_{key}");
        let mut state = self.state();
        if let Some(before) = state.payments.get(&reference) {
            return Ok(before.outcome.clone());
        }
        let outcome = first_outcome(behavior, payer, &reference);
        state.payments.insert(reference.clone(), Payment { amount, refunded: 0, behavior, outcome: outcome.clone() });
        state.report_end(&reference);
        match behavior {
            Behavior::TimesOut => return Err(GatewayError::Unreachable("the answer took too long".to_owned())),
            Behavior::ReportsTwice => {
                let again = state.notices.last().cloned();
                state.notices.extend(again);
            }
            _ => {}
        }
        Ok(outcome)
    }

    fn outcome(&self, reference: &str) -> Result<ChargeOutcome, GatewayError> {
        let payment = self.state().payments.get(reference).cloned().ok_or(GatewayError::Unknown)?;
        if payment.behavior == Behavior::PaysWhenAskedAgain && self.confirm(reference, true) {
            return self.outcome(reference);
        }
        Ok(payment.outcome)
    }

    fn cancel(&self, reference: &str) -> Result<ChargeOutcome, GatewayError> {
        if matches!(self.outcome(reference)?, ChargeOutcome::ConfirmationRequired { .. }) {
            self.confirm(reference, false);
        }
        self.outcome(reference)
    }

    fn refund(&self, key: &str, reference: &str, amount: Money) -> Result<RefundOutcome, GatewayError> {
        let mut state = self.state();
        if let Some(before) = state.refunds.get(key) {
            return Ok(before.clone());
        }
        let payment = state.payments.get_mut(reference).ok_or(GatewayError::Unknown)?;
        let is_paid = matches!(payment.outcome, ChargeOutcome::Succeeded { .. });
        let fits = amount.currency == payment.amount.currency
            && (1..=payment.amount.minor - payment.refunded).contains(&amount.minor);
        let outcome = if is_paid && fits {
            payment.refunded += amount.minor;
            state.report(NoticeKind::Refunded, reference);
            RefundOutcome::Made { reference: format!("sandbox_refund_{key}") }
        } else {
            RefundOutcome::Refused
        };
        state.refunds.insert(key.to_owned(), outcome.clone());
        Ok(outcome)
    }

    fn notice(&self, signature: &str, body: &[u8], now: Timestamp) -> Result<Option<Notice>, NoticeRefused> {
        signature::verify(SECRET, signature, body, now)?;
        let said: Value = serde_json::from_slice(body).map_err(|_| NoticeRefused::Unreadable)?;
        let text = |name: &str| said[name].as_str().map(str::to_owned).ok_or(NoticeRefused::Unreadable);
        let kind = match text("kind")?.as_str() {
            "succeeded" => NoticeKind::Succeeded,
            "failed" => NoticeKind::Failed,
            "refunded" => NoticeKind::Refunded,
            "charged_back" => NoticeKind::ChargedBack,
            _ => return Ok(None),
        };
        Ok(Some(Notice { id: text("id")?, kind, reference: text("reference")? }))
    }
}

impl SandboxBank for SandboxGateway {
    fn confirm(&self, reference: &str, accepted: bool) -> bool {
        let mut state = self.state();
        if let Some(open) = state.keeps.get_mut(reference).filter(|answer| answer.is_none()) {
            *open = Some(accepted);
            return true;
        }
        let open = state.payments.get_mut(reference).filter(|payment| payment.is_open());
        let Some(payment) = open else { return false };
        payment.outcome = if accepted {
            ChargeOutcome::Succeeded { reference: reference.to_owned() }
        } else {
            ChargeOutcome::Declined
        };
        state.report_end(reference);
        true
    }

    fn charge_back(&self, reference: &str) -> bool {
        let mut state = self.state();
        let Some(payment) = state.payments.get_mut(reference) else { return false };
        if !matches!(payment.outcome, ChargeOutcome::Succeeded { .. }) {
            return false;
        }
        payment.outcome = ChargeOutcome::ChargedBack { reference: reference.to_owned() };
        state.report(NoticeKind::ChargedBack, reference);
        true
    }

    fn waiting(&self, reference: &str) -> Option<Waiting> {
        let state = self.state();
        if state.keeps.get(reference) == Some(&None) {
            return Some(Waiting::Keeping);
        }
        let payment = state.payments.get(reference)?;
        let waits = matches!(payment.outcome, ChargeOutcome::ConfirmationRequired { .. });
        waits.then_some(Waiting::Payment(payment.amount))
    }

    fn cards(&self) -> Vec<SandboxCard> {
        TEST_CARDS.to_vec()
    }

    fn take_notices(&self, now: Timestamp) -> Vec<SignedNotice> {
        let written = |notice: Notice| {
            let kind = match notice.kind {
                NoticeKind::Succeeded => "succeeded",
                NoticeKind::Failed => "failed",
                NoticeKind::Refunded => "refunded",
                NoticeKind::ChargedBack => "charged_back",
            };
            let body = json!({ "id": notice.id, "kind": kind, "reference": notice.reference }).to_string().into_bytes();
            SignedNotice { signature: signature::sign(SECRET, &body, now), body }
        };
        std::mem::take(&mut self.state().notices).into_iter().map(written).collect()
    }
}
