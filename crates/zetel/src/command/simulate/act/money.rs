//! What pays, what banks do, and what the operator records of it.

use super::{Play, Wrong};
use crate::command::simulate::find::ALL;
use crate::command::simulate::scenario::PayWith;
use crate::command::simulate::stage::{Player, Stage, address};
use app::Failure;
use app::billing::pay_invoice::{self, new_payment_id};
use app::billing::{pay_out, record_transfer, refund, settle_balance};
use app::credit_check::decide::DecideCreditCheck;
use app::order::place::Payment;
use app::payment_method::add::{Adding, NewMeans, NewPaymentMethod, add_payment_method, new_payment_method_id};
use app::payment_method::{delete, replace};
use app::ports::SandboxBank;
use app::subscription::change_payment_method;
use domain::billing::payment::{Payment as Paid, PaymentKind, PaymentState};
use domain::credit_check::decide::DecideCreditCheck as Decided;
use domain::ids::PaymentMethodId;
use domain::order::OrderState;
use domain::refusal::Refusal;
use schemars::JsonSchema;
use serde::Deserialize;
use store::tables::{order, payment};

/// A bank account in the Netherlands; the sandbox debits it.
const ACCOUNT: &str = "NL91ABNA0417164300";

/// What stands for a card at the gateway; none for what is no card.
const fn token(pay_with: PayWith) -> Option<&'static str> {
    match pay_with {
        PayWith::Succeeds => Some("card_succeeds"),
        PayWith::Declined => Some("card_declined"),
        PayWith::Confirms => Some("card_confirms"),
        PayWith::DeclinedWhenAway => Some("card_absent"),
        PayWith::ConfirmsWhenAway => Some("card_confirms_absent"),
        PayWith::TimesOut => Some("card_times_out"),
        PayWith::BankAccount | PayWith::Invoice => None,
    }
}

/// What pays for a purchase or for an invoice.
pub(super) fn means(stage: &Stage, by: &Player, pay_with: PayWith) -> Result<Payment, Wrong> {
    match (pay_with, token(pay_with)) {
        (_, Some(token)) => Ok(Payment::Token(token.to_owned())),
        (PayWith::Invoice, None) => Ok(Payment::Invoice { contact_agreed: false }),
        (_, None) => Ok(Payment::OnFile(put_on_file(stage, by, pay_with)?)),
    }
}

/// Puts on file what shall pay later. A card that is there already is the same one.
pub(super) fn put_on_file(stage: &Stage, by: &Player, pay_with: PayWith) -> Result<PaymentMethodId, Wrong> {
    let means = match token(pay_with) {
        Some(token) => NewMeans::Card { token: token.to_owned() },
        None if pay_with == PayWith::Invoice => return Err(Wrong::at("pay_with", "an invoice is not put on file")),
        None => NewMeans::BankAccount { iban: ACCOUNT.to_owned(), mandate: true },
    };
    let new = NewPaymentMethod {
        id: new_payment_method_id(&stage.app),
        means,
        holder: by.caller.actor.name.clone(),
        address: address("NL"),
    };
    match add_payment_method(&stage.app, &by.caller, by.organization, &new, |_| String::new())? {
        Adding::Added(id) => Ok(id),
        Adding::WaitsForOwner { .. } => Err(Wrong::at("pay_with", "this card has to be confirmed first")),
    }
}

/// What shall pay by itself; nothing where the customer pays each invoice.
pub(super) fn method(stage: &Stage, by: &Player, pay_with: PayWith) -> Result<Option<PaymentMethodId>, Wrong> {
    match pay_with {
        PayWith::Invoice => Ok(None),
        pay_with => put_on_file(stage, by, pay_with).map(Some),
    }
}

/// Lets something else pay for a subscription, or the customer each invoice.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangePaymentMethod {
    /// For which.
    subscription: String,
    /// What pays from now on.
    pay_with: PayWith,
}

impl Play for ChangePaymentMethod {
    fn play(&self, stage: &mut Stage, by: &Player) -> Result<(), Wrong> {
        let subscription_id = stage.named(&self.subscription)?.id;
        let to = method(stage, by, self.pay_with)?;
        stage.write(by, change_payment_method::ChangePaymentMethod { subscription_id, to })
    }
}

/// Lets a card or account take over everything that another one pays for.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReplacePaymentMethod {
    /// What paid until now.
    from: PayWith,
    /// What pays from now on.
    to: PayWith,
}

impl Play for ReplacePaymentMethod {
    fn play(&self, stage: &mut Stage, by: &Player) -> Result<(), Wrong> {
        let (from, to) = (put_on_file(stage, by, self.from)?, put_on_file(stage, by, self.to)?);
        stage.write(by, replace::ReplacePaymentMethod { from, to }).map(drop)
    }
}

/// Takes a card or account off file.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DeletePaymentMethod {
    /// Which.
    pay_with: PayWith,
}

impl Play for DeletePaymentMethod {
    fn play(&self, stage: &mut Stage, by: &Player) -> Result<(), Wrong> {
        stage.write(by, delete::DeletePaymentMethod(put_on_file(stage, by, self.pay_with)?))
    }
}

/// Pays what is left of an invoice now.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PayInvoice {
    /// Its number, such as `0000001`.
    invoice: String,
    /// What pays.
    #[serde(default)]
    pay_with: PayWith,
}

impl Play for PayInvoice {
    fn play(&self, stage: &mut Stage, by: &Player) -> Result<(), Wrong> {
        let pay = pay_invoice::PayInvoice {
            payment_id: new_payment_id(&stage.app),
            invoice_id: stage.numbered("invoice", &self.invoice)?.1.id,
            means: means(stage, by, self.pay_with)?,
        };
        pay_invoice::pay_invoice(&stage.app, &by.caller, by.organization, pay)?;
        Ok(())
    }
}

/// Pays everything that is open now.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SettleBalance {
    /// What pays; it takes over what the declined one paid for.
    #[serde(default)]
    pay_with: PayWith,
}

impl Play for SettleBalance {
    fn play(&self, stage: &mut Stage, by: &Player) -> Result<(), Wrong> {
        let payment_id = new_payment_id(&stage.app);
        let settle = settle_balance::SettleBalance { payment_id, means: means(stage, by, self.pay_with)? };
        settle_balance::settle_balance(&stage.app, &by.caller, by.organization, &settle)?;
        Ok(())
    }
}

/// The payer answers the bank that asked, or the bank decides about a debit: of what waits longest, an order before an
/// invoice.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AnswerBank {
    /// Whether it is paid.
    accepted: bool,
}

impl Play for AnswerBank {
    const BY_SOMEBODY: bool = false;

    fn play(&self, stage: &mut Stage, _: &Player) -> Result<(), Wrong> {
        let mut references: Vec<String> = Vec::new();
        for home in &stage.homes {
            let orders = stage.read(home.id, |read| order::list(read, None, None, ALL))?;
            let ordered = orders.into_iter().rev().map(|listed| listed.order);
            let waiting = ordered.filter(|order| order.state == OrderState::ConfirmationRequired);
            references.extend(waiting.filter_map(|order| order.payment_reference));
        }
        for home in &stage.homes {
            for invoice in stage.invoices(home.id)? {
                let payments = stage.read(home.id, |read| payment::of_invoice(read, invoice.id))?;
                references.extend(payments.into_iter().filter(Paid::is_under_way).filter_map(|paid| paid.reference));
            }
        }
        match references.iter().any(|reference| stage.bank.confirm(reference, self.accepted)) {
            true => Ok(()),
            false => Err(Wrong::at("", "no payment waits for the bank")),
        }
    }
}

/// The bank takes back what a card or account paid of an invoice.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ChargeBack {
    /// Its number.
    invoice: String,
}

impl Play for ChargeBack {
    const BY_SOMEBODY: bool = false;

    fn play(&self, stage: &mut Stage, _: &Player) -> Result<(), Wrong> {
        let (organization, invoice) = stage.numbered("invoice", &self.invoice)?;
        let payments = stage.read(organization, |read| payment::of_invoice(read, invoice.id))?;
        let is_paid = |paid: &&Paid| paid.kind == PaymentKind::Charge && paid.state == PaymentState::Succeeded;
        let reference = payments.iter().rev().find(is_paid).and_then(|paid| paid.reference.as_deref());
        match reference.is_some_and(|reference| stage.bank.charge_back(reference)) {
            true => Ok(()),
            false => Err(Wrong::at("invoice", format!("no card or account paid {}", self.invoice))),
        }
    }
}

/// The operator decides the credit check of what was bought by invoice.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CreditCheck {
    /// Of which.
    subscription: String,
    /// Whether it may be paid by invoice; otherwise nothing was bought.
    passed: bool,
}

impl Play for CreditCheck {
    const BY_SOMEBODY: bool = false;

    fn play(&self, stage: &mut Stage, _: &Player) -> Result<(), Wrong> {
        let of = stage.named(&self.subscription)?;
        let orders = stage.read(of.organization, |read| order::of_subscription(read, of.id, ALL))?;
        let waits = orders.into_iter().find(|listed| listed.order.state == OrderState::CreditCheckPending);
        let order_id = waits.ok_or(Refusal::NothingToChange)?.order.id;
        let decided = Decided::new(self.passed, "").map_err(Failure::from)?;
        stage.operate(of.organization, DecideCreditCheck { order_id, decided })
    }
}

/// The operator records what the customer transferred, or what went back by transfer for credit notes.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RecordTransfer {
    /// For which, by number.
    invoices: Vec<String>,
    /// How much, such as `100.00`.
    amount: String,
    /// What the bank statement says of it.
    reference: String,
    /// Whether what is too much is kept as credit.
    #[serde(default)]
    keep_rest: bool,
}

impl Play for RecordTransfer {
    const BY_SOMEBODY: bool = false;

    fn play(&self, stage: &mut Stage, _: &Player) -> Result<(), Wrong> {
        let numbered = |(place, number): (usize, &String)| stage.numbered(&format!("invoices[{place}]"), number);
        let paid = self.invoices.iter().enumerate().map(numbered).collect::<Result<Vec<_>, _>>()?;
        let Some((organization, first)) = paid.first() else {
            return Err(Wrong::at("invoices", "say for which"));
        };
        let transfer = record_transfer::RecordTransfer {
            amount: stage.money("amount", &self.amount, first.currency)?,
            invoice_ids: paid.iter().map(|(_, invoice)| invoice.id).collect(),
            day: stage.today(*organization),
            reference: self.reference.clone(),
            keep_rest: self.keep_rest,
        };
        stage.operate(*organization, transfer).map(drop)
    }
}

/// The operator gives back what a credit note gives, to what paid.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Refund {
    /// The number of the credit note.
    credit_note: String,
    /// How much.
    amount: String,
    /// Why.
    reason: String,
}

impl Play for Refund {
    const BY_SOMEBODY: bool = false;

    fn play(&self, stage: &mut Stage, _: &Player) -> Result<(), Wrong> {
        let (organization, note) = stage.numbered("credit_note", &self.credit_note)?;
        let amount = stage.money("amount", &self.amount, note.currency)?;
        let refund = refund::RefundCredit { invoice_id: note.id, amount, reason: self.reason.clone() };
        stage.operate(organization, refund).map(drop)
    }
}

/// The operator records that credit was transferred back to the customer.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PayOutCredit {
    /// The customer, when it is one of `others`.
    #[serde(default)]
    organization: Option<String>,
    /// The billing profile whose credit it is; without it the first.
    #[serde(default)]
    billing_profile: Option<String>,
    /// How much.
    amount: String,
    /// What the bank statement says of it.
    reference: String,
}

impl Play for PayOutCredit {
    const BY_SOMEBODY: bool = false;

    fn play(&self, stage: &mut Stage, _: &Player) -> Result<(), Wrong> {
        let organization = stage.home("organization", self.organization.as_deref())?.id;
        let profile = stage.profile(organization, "billing_profile", self.billing_profile.as_deref())?;
        let pay_out = pay_out::PayOutCredit {
            billing_profile_id: profile.id,
            amount: stage.money("amount", &self.amount, profile.currency)?,
            day: stage.today(organization),
            reference: self.reference.clone(),
        };
        stage.operate(organization, pay_out).map(drop)
    }
}
