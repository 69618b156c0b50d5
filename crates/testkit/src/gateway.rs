//! A payment gateway that can be told how to behave, and what every gateway must do.

use adapters::SandboxGateway;
use app::ports::{
    CardDescription, CardUpdate, ChargeOutcome, GatewayError, KeepOutcome, MethodDescription, NewAccount, Notice,
    NoticeKind, NoticeRefused, Payer, PaymentGateway, RefundOutcome, SandboxBank, SandboxCard, SignedNotice, Waiting,
};
use domain::billing::iban::Iban;
use domain::money::{Currency, Money};
use jiff::{SignedDuration, Timestamp};
use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

/// The sandbox gateway, which can lose its answers and says what it took.
#[derive(Default)]
pub struct ScriptedGateway {
    sandbox: SandboxGateway,
    loses_answers: AtomicBool,
    charged: Mutex<HashMap<String, Money>>,
}

impl ScriptedGateway {
    /// From now on charges happen but nobody hears of it, as when a process dies right after it asked.
    pub fn lose_answers(&self, lose: bool) {
        self.loses_answers.store(lose, Ordering::Relaxed);
    }

    /// What was charged, by idempotency key; declined charges too.
    #[must_use]
    pub fn charged(&self) -> HashMap<String, Money> {
        self.charged.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl PaymentGateway for ScriptedGateway {
    fn describe(&self, token: &str) -> Result<MethodDescription, GatewayError> {
        self.sandbox.describe(token)
    }

    fn open_account(&self, key: &str, account: &NewAccount<'_>) -> Result<String, GatewayError> {
        self.sandbox.open_account(key, account)
    }

    fn keep(&self, key: &str, token: &str, return_path: &str) -> Result<KeepOutcome, GatewayError> {
        self.sandbox.keep(key, token, return_path)
    }

    fn has_card_form(&self) -> bool {
        self.sandbox.has_card_form()
    }

    fn open_card_form(&self, key: &str, return_path: &str) -> Result<String, GatewayError> {
        self.sandbox.open_card_form(key, return_path)
    }

    fn update_card(&self, token: &str, update: &CardUpdate) -> Result<MethodDescription, GatewayError> {
        self.sandbox.update_card(token, update)
    }

    fn charge(&self, key: &str, token: &str, amount: Money, payer: Payer) -> Result<ChargeOutcome, GatewayError> {
        let outcome = self.sandbox.charge(key, token, amount, payer)?;
        let mut charged = self.charged.lock().unwrap_or_else(PoisonError::into_inner);
        let before = charged.insert(key.to_owned(), amount);
        assert!(before.is_none_or(|before| before == amount), "one key, two amounts");
        if self.loses_answers.load(Ordering::Relaxed) {
            return Err(GatewayError::Unreachable("the answer was lost".to_owned()));
        }
        Ok(outcome)
    }

    fn outcome(&self, reference: &str) -> Result<ChargeOutcome, GatewayError> {
        self.sandbox.outcome(reference)
    }

    fn cancel(&self, reference: &str) -> Result<ChargeOutcome, GatewayError> {
        self.sandbox.cancel(reference)
    }

    fn refund(&self, key: &str, reference: &str, amount: Money) -> Result<RefundOutcome, GatewayError> {
        let outcome = self.sandbox.refund(key, reference, amount)?;
        if self.loses_answers.load(Ordering::Relaxed) {
            return Err(GatewayError::Unreachable("the answer was lost".to_owned()));
        }
        Ok(outcome)
    }

    fn notice(&self, signature: &str, body: &[u8], now: Timestamp) -> Result<Option<Notice>, NoticeRefused> {
        self.sandbox.notice(signature, body, now)
    }
}

impl SandboxBank for ScriptedGateway {
    fn confirm(&self, reference: &str, accepted: bool) -> bool {
        self.sandbox.confirm(reference, accepted)
    }

    fn charge_back(&self, reference: &str) -> bool {
        self.sandbox.charge_back(reference)
    }

    fn waiting(&self, reference: &str) -> Option<Waiting> {
        self.sandbox.waiting(reference)
    }

    fn cards(&self) -> Vec<SandboxCard> {
        self.sandbox.cards()
    }

    fn take_notices(&self, now: Timestamp) -> Vec<SignedNotice> {
        self.sandbox.take_notices(now)
    }
}

/// The tokens by which a gateway's contract is tried.
#[derive(Debug, Clone, Copy)]
pub struct ContractMethods<'a> {
    /// A card that pays.
    pub succeeds: &'a str,
    /// A card that the bank declines.
    pub declines: &'a str,
    /// A card that the bank declines for good.
    pub blocked: &'a str,
    /// A card that asks the payer to confirm.
    pub asks_to_confirm: &'a str,
    /// A card that pays while its owner is there and is declined otherwise.
    pub declines_when_away: &'a str,
    /// A card that pays while its owner is there and asks otherwise.
    pub asks_when_away: &'a str,
    /// A bank account.
    pub account: &'a str,
}

impl ContractMethods<'_> {
    /// Those of the sandbox.
    pub const SANDBOX: ContractMethods<'static> = ContractMethods {
        succeeds: "card_succeeds",
        declines: "card_declined",
        blocked: "card_blocked",
        asks_to_confirm: "card_confirms",
        declines_when_away: "card_absent",
        asks_when_away: "card_confirms_absent",
        account: adapters::TEST_ACCOUNT,
    };
}

/// What every [`PaymentGateway`] must do (domain 4.5, 4.6). `bank` is what stands behind it.
///
/// # Panics
/// When the gateway breaks its contract.
pub fn keeps_contract(gateway: &impl PaymentGateway, bank: &impl SandboxBank, methods: ContractMethods<'_>) {
    let contract = Contract { gateway, bank, methods };
    contract.describes_methods();
    contract.keeps_methods();
    contract.takes_once();
    contract.waits_for_the_payer();
    contract.charges_while_the_payer_is_away();
    contract.debits_accounts();
    contract.gives_back();
    contract.reports_what_happened();
}

const UNKNOWN: &str = "pm_nobody_has_this";

fn eur(minor: i64) -> Money {
    Money::new(minor, Currency::Eur)
}

fn reference_of(outcome: Result<ChargeOutcome, GatewayError>) -> String {
    match outcome {
        Ok(ChargeOutcome::Succeeded { reference } | ChargeOutcome::Pending { reference }) => reference,
        other => panic!("it pays, not {other:?}"),
    }
}

struct Contract<'a, Gateway, Bank> {
    gateway: &'a Gateway,
    bank: &'a Bank,
    methods: ContractMethods<'a>,
}

impl<Gateway: PaymentGateway, Bank: SandboxBank> Contract<'_, Gateway, Bank> {
    fn charge(&self, key: &str, token: &str) -> Result<ChargeOutcome, GatewayError> {
        self.gateway.charge(key, token, eur(29_250), Payer::Present)
    }

    fn renew(&self, key: &str, token: &str) -> Result<ChargeOutcome, GatewayError> {
        self.gateway.charge(key, token, eur(29_250), Payer::Away)
    }

    fn waiting(outcome: Result<ChargeOutcome, GatewayError>) -> (String, String) {
        match outcome {
            Ok(ChargeOutcome::ConfirmationRequired { reference, address }) => (reference, address),
            other => panic!("the payer is to confirm first, not {other:?}"),
        }
    }

    fn describes_methods(&self) {
        let described = self.gateway.describe(self.methods.succeeds);
        let Ok(MethodDescription::Card(card)) = &described else { panic!("a card, not {described:?}") };
        assert_eq!(card.last_four.len(), 4);
        assert!(card.expires_on.parse::<jiff::civil::Date>().is_err() && card.expires_on.len() == 7, "YYYY-MM");
        assert_eq!(self.gateway.describe(UNKNOWN), Err(GatewayError::Unknown));

        let (expires_on, holder) = ("2033-04".to_owned(), "A. Payer".to_owned());
        let update = CardUpdate { expires_on, holder, security_code: None };
        let updated = Ok(MethodDescription::Card(CardDescription { expires_on: "2033-04".to_owned(), ..card.clone() }));
        assert_eq!(self.gateway.update_card(self.methods.succeeds, &update), updated);
        assert_eq!(self.gateway.describe(self.methods.succeeds), updated);
        assert_eq!(self.gateway.update_card(self.methods.account, &update), Err(GatewayError::Declined));
        assert_eq!(self.gateway.update_card(UNKNOWN, &update), Err(GatewayError::Unknown));
    }

    fn keep(&self, key: &str, token: &str) -> Result<KeepOutcome, GatewayError> {
        self.gateway.keep(key, token, "/back")
    }

    fn kept(&self, token: &str) -> Result<KeepOutcome, GatewayError> {
        self.gateway.describe(token).map(|described| KeepOutcome::Kept { token: token.to_owned(), described })
    }

    /// Domain 4.5: a bank asks its owner before a card is kept.
    fn keeps_methods(&self) {
        let succeeds = self.methods.succeeds;
        assert_eq!(self.keep("keep one", succeeds), self.kept(succeeds));
        assert_eq!(self.keep("keep one", succeeds), self.kept(succeeds), "keeping it again changes nothing");
        assert_eq!(self.keep("keep two", self.methods.declines), Err(GatewayError::Declined));
        assert_eq!(self.keep("keep three", UNKNOWN), Err(GatewayError::Unknown));

        let asks = self.methods.asks_to_confirm;
        let asked = |key: &str| match self.keep(key, asks) {
            Ok(KeepOutcome::ConfirmationRequired { reference, address }) => (reference, address),
            other => panic!("its owner is to confirm first, not {other:?}"),
        };
        let (confirmed, address) = asked("keep four");
        assert!(!address.is_empty());
        assert_eq!(asked("keep four"), (confirmed.clone(), address), "asking again changes nothing");
        assert_eq!(self.bank.waiting(&confirmed), Some(Waiting::Keeping));
        assert!(self.bank.confirm(&confirmed, true));
        assert_eq!(self.keep("keep four", asks), self.kept(asks));
        let (refused, _) = asked("keep five");
        assert!(self.bank.confirm(&refused, false));
        assert_eq!(self.keep("keep five", asks), Err(GatewayError::Declined));
        assert_eq!(self.bank.waiting(&refused), None);
    }

    fn takes_once(&self) {
        let succeeds = self.methods.succeeds;
        let first = self.charge("one", succeeds).expect("it answers");
        assert!(matches!(&first, ChargeOutcome::Succeeded { .. }), "{first:?}");
        assert_eq!(self.charge("one", succeeds), Ok(first.clone()), "the same key never takes twice");
        assert_ne!(self.charge("two", succeeds), Ok(first), "another key is another payment");
        assert_eq!(self.charge("three", self.methods.declines), Ok(ChargeOutcome::Declined));
        assert_eq!(self.charge("three", self.methods.declines), Ok(ChargeOutcome::Declined));
        for _ in 0..2 {
            assert_eq!(self.charge("blocked", self.methods.blocked), Ok(ChargeOutcome::DeclinedForGood));
        }
        assert_eq!(self.charge("unknown", UNKNOWN), Err(GatewayError::Unknown));
    }

    fn waits_for_the_payer(&self) {
        let (gateway, asks) = (self.gateway, self.methods.asks_to_confirm);
        let (confirmed, address) = Self::waiting(self.charge("four", asks));
        assert!(!address.is_empty());
        let again = Self::waiting(self.charge("four", asks));
        assert_eq!(again, (confirmed.clone(), address), "asking again changes nothing");
        assert!(matches!(gateway.outcome(&confirmed), Ok(ChargeOutcome::ConfirmationRequired { .. })));
        assert!(self.bank.confirm(&confirmed, true));
        let paid = Ok(ChargeOutcome::Succeeded { reference: confirmed.clone() });
        assert_eq!(gateway.outcome(&confirmed), paid);
        assert_eq!(self.charge("four", asks), paid, "the key knows how it ended");
        assert_eq!(gateway.cancel(&confirmed), paid, "too late to give up");

        let (refused, _) = Self::waiting(self.charge("five", asks));
        assert!(self.bank.confirm(&refused, false));
        assert_eq!(gateway.outcome(&refused), Ok(ChargeOutcome::Declined));

        let (given_up, _) = Self::waiting(self.charge("six", asks));
        assert_eq!(gateway.cancel(&given_up), Ok(ChargeOutcome::Declined));
        assert!(!self.bank.confirm(&given_up, true));
        assert_eq!(gateway.outcome(&given_up), Ok(ChargeOutcome::Declined), "what was given up takes nothing");
        assert_eq!(gateway.outcome("pi_nobody_has_this"), Err(GatewayError::Unknown));
        assert_eq!(gateway.cancel("pi_nobody_has_this"), Err(GatewayError::Unknown));
    }

    fn charges_while_the_payer_is_away(&self) {
        reference_of(self.renew("seven", self.methods.succeeds));
        reference_of(self.charge("eight", self.methods.declines_when_away));
        assert_eq!(self.renew("nine", self.methods.declines_when_away), Ok(ChargeOutcome::Declined));
        reference_of(self.charge("ten", self.methods.asks_when_away));
        let (later, address) = Self::waiting(self.renew("eleven", self.methods.asks_when_away));
        assert!(!address.is_empty(), "the payer comes back later");
        assert!(self.bank.confirm(&later, true));
        assert_eq!(self.gateway.outcome(&later), Ok(ChargeOutcome::Succeeded { reference: later }));
    }

    fn debits_accounts(&self) {
        let iban = Iban::parse("BE68 5390 0754 7034").expect("an IBAN");
        let account = NewAccount { iban: &iban, holder: "A. Payer", email: "payer@example.com" };
        let opened = self.gateway.open_account("account", &account).expect("it is taken");
        assert_eq!(self.gateway.open_account("account", &account), Ok(opened.clone()), "the same key opens one");
        let account = |kept: Result<KeepOutcome, GatewayError>| match kept {
            Ok(KeepOutcome::Kept { described: MethodDescription::BankAccount(account), .. }) => account,
            other => panic!("a bank account, not {other:?}"),
        };
        let belgian = account(self.keep("keep six", &opened));
        assert_eq!((belgian.country.as_str(), belgian.last_four.as_str()), ("BE", "7034"));
        let kept = account(self.keep("keep seven", self.methods.account));
        assert_eq!((kept.country.len(), kept.last_four.len()), (2, 4));
        assert!(kept.mandate.as_deref().is_some_and(|mandate| !mandate.is_empty()));
        assert_eq!(account(self.keep("keep seven", self.methods.account)), kept, "one account, one mandate");
        for (key, accepted) in [("twelve", true), ("thirteen", false)] {
            let reference = reference_of(self.renew(key, self.methods.account));
            assert_eq!(self.gateway.outcome(&reference), Ok(ChargeOutcome::Pending { reference: reference.clone() }));
            assert!(self.bank.confirm(&reference, accepted));
            let paid = ChargeOutcome::Succeeded { reference: reference.clone() };
            assert_eq!(self.gateway.outcome(&reference), Ok(if accepted { paid } else { ChargeOutcome::Declined }));
        }
    }

    fn gives_back(&self) {
        let reference = reference_of(self.charge("fourteen", self.methods.succeeds));
        let refund = |key: &str, minor: i64| self.gateway.refund(key, &reference, eur(minor));
        let part = refund("part", 10_000).expect("it answers");
        assert!(matches!(part, RefundOutcome::Made { .. }), "{part:?}");
        assert_eq!(refund("part", 10_000), Ok(part.clone()), "the same key never gives back twice");
        assert_eq!(refund("too much", 19_251), Ok(RefundOutcome::Refused));
        let rest = refund("rest", 19_250);
        assert!(matches!(&rest, Ok(RefundOutcome::Made { .. })), "{rest:?}");
        assert_ne!(rest, Ok(part));
        assert_eq!(refund("more", 1), Ok(RefundOutcome::Refused));
        let (waiting, _) = Self::waiting(self.charge("fifteen", self.methods.asks_to_confirm));
        assert_eq!(self.gateway.refund("unpaid", &waiting, eur(1)), Ok(RefundOutcome::Refused));
        assert_eq!(self.gateway.refund("unknown", "pi_nobody_has_this", eur(1)), Err(GatewayError::Unknown));
    }

    fn reports_what_happened(&self) {
        let now = Timestamp::from_second(1_579_082_400).expect("a time");
        drop(self.bank.take_notices(now));
        let reference = reference_of(self.charge("sixteen", self.methods.succeeds));
        self.gateway.refund("noticed", &reference, eur(1)).expect("it answers");
        let (failed, _) = Self::waiting(self.charge("seventeen", self.methods.asks_to_confirm));
        assert!(self.bank.confirm(&failed, false));
        assert!(self.bank.charge_back(&reference));
        let charged_back = ChargeOutcome::ChargedBack { reference: reference.clone() };
        assert_eq!(self.gateway.outcome(&reference), Ok(charged_back));

        let signed = self.bank.take_notices(now);
        let read = |at: Timestamp| {
            let notices = signed.iter().map(|signed| self.gateway.notice(&signed.signature, &signed.body, at));
            notices.collect::<Result<Vec<_>, _>>()
        };
        let notices: Vec<Notice> = read(now).expect("the gateway signed them").into_iter().flatten().collect();
        let said: Vec<_> = notices.iter().map(|notice| (notice.kind, notice.reference.as_str())).collect();
        let expected = [
            (NoticeKind::Succeeded, reference.as_str()),
            (NoticeKind::Refunded, &reference),
            (NoticeKind::Failed, &failed),
            (NoticeKind::ChargedBack, &reference),
        ];
        assert_eq!(said, expected);
        assert_eq!(read(now + SignedDuration::from_mins(6)), Err(NoticeRefused::Stale));
        let SignedNotice { signature, body } = &signed[0];
        let changed = [body.as_slice(), b" "].concat();
        assert_eq!(self.gateway.notice(signature, &changed, now), Err(NoticeRefused::Forged));
        assert_eq!(self.gateway.notice("", body, now), Err(NoticeRefused::Forged));
    }
}
