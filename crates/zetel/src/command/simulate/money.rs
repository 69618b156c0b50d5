//! The acts of a scenario that are about money: what pays, what banks do, and what the operator records.

use super::play::{Names, Wrong, mistaken, named, priced, write};
use super::report::invoices;
use super::scenario::{Act, PayWith};
use super::stage::Stage;
use app::billing::pay_invoice::{PayInvoice, new_payment_id, pay_invoice};
use app::billing::pay_out::PayOutCredit;
use app::billing::record_transfer::RecordTransfer;
use app::billing::refund::RefundCredit;
use app::billing::settle_balance::{SettleBalance, settle_balance};
use app::catalog::publish_price::PublishPrice;
use app::credit_check::decide::DecideCreditCheck;
use app::order::place::Payment;
use app::payment_method::add::{Adding, NewMeans, NewPaymentMethod, add_payment_method, new_payment_method_id};
use app::ports::SandboxBank;
use app::subscription::change_payment_method::ChangePaymentMethod;
use app::{Caller, Command, Failure};
use domain::access::Actor;
use domain::billing::invoice::Invoice;
use domain::billing::party::Address;
use domain::billing::payment::{Payment as Paid, PaymentKind, PaymentState};
use domain::credit_check::decide::DecideCreditCheck as Decided;
use domain::ids::{BillingProfileId, InvoiceId, OrderId, PaymentMethodId, SubscriptionId};
use domain::money::Money;
use domain::order::OrderState;
use domain::refusal::Refusal;
use jiff::civil::Date;
use store::Read;
use store::tables::{order, payment};

/// More rows than a scenario makes.
const ALL: usize = 1_000_000;

/// A bank account in the Netherlands; the sandbox debits it.
const ACCOUNT: &str = "NL91ABNA0417164300";

/// Carries out an act about money.
pub(super) fn act(stage: &mut Stage, names: &Names, act: &Act) -> Result<(), Wrong> {
    match act {
        Act::ChangePaymentMethod { subscription, pay_with } => {
            let subscription_id = named(names, subscription)?;
            let to = if *pay_with == PayWith::Invoice { None } else { Some(put_on_file(stage, *pay_with)?) };
            write(stage, ChangePaymentMethod { subscription_id, to })
        }
        Act::CreditCheck { subscription, passed } => {
            let order_id = waiting_order(stage, named(names, subscription)?)?;
            operate(stage, DecideCreditCheck { order_id, decided: decided(*passed)? })
        }
        Act::AnswerBank { accepted } => answer_bank(stage, *accepted),
        Act::PayInvoice { invoice, pay_with } => {
            let pay = PayInvoice {
                payment_id: new_payment_id(&stage.app),
                invoice_id: numbered(stage, invoice)?.id,
                means: means(stage, *pay_with)?,
            };
            pay_invoice(&stage.app, &stage.admin, stage.organization, pay)?;
            Ok(())
        }
        Act::SettleBalance { pay_with } => {
            let settle = SettleBalance { payment_id: new_payment_id(&stage.app), means: means(stage, *pay_with)? };
            settle_balance(&stage.app, &stage.admin, stage.organization, &settle)?;
            Ok(())
        }
        Act::RecordTransfer { invoices, amount, reference, keep_rest } => {
            let ids = invoices.iter().map(|number| Ok(numbered(stage, number)?.id));
            let transfer = RecordTransfer {
                invoice_ids: ids.collect::<Result<Vec<InvoiceId>, Wrong>>()?,
                amount: money(stage, amount)?,
                day: today(stage),
                reference: reference.clone(),
                keep_rest: *keep_rest,
            };
            operate(stage, transfer)
        }
        Act::ChargeBack { invoice } => charge_back(stage, invoice),
        Act::Refund { credit_note, amount, reason } => {
            let (invoice_id, amount) = (numbered(stage, credit_note)?.id, money(stage, amount)?);
            operate(stage, RefundCredit { invoice_id, amount, reason: reason.clone() })
        }
        Act::PayOutCredit { amount, reference } => {
            let pay_out = PayOutCredit {
                billing_profile_id: BillingProfileId::first_of(stage.organization),
                amount: money(stage, amount)?,
                day: today(stage),
                reference: reference.clone(),
            };
            operate(stage, pay_out)
        }
        Act::PublishPrice { product, term, billing_frequency, unit_price } => {
            publish(stage, product, (*term, *billing_frequency), unit_price)
        }
        _ => mistaken("it is not about money".to_owned()),
    }
}

/// What the operator does.
fn operate<C: Command>(stage: &Stage, command: C) -> Result<(), Wrong> {
    let operator = Caller { actor: Actor::system(), ..stage.admin.clone() };
    stage.app.write(&operator, stage.organization, command).wait()?;
    Ok(())
}

fn decided(passed: bool) -> Result<Decided, Wrong> {
    Decided::new(passed, "").map_err(|wrong| Failure::from(wrong).into())
}

fn today(stage: &Stage) -> Date {
    stage.now().to_zoned(stage.zone.clone()).date()
}

fn money(stage: &Stage, amount: &str) -> Result<Money, Wrong> {
    Money::parse(amount, stage.currency).or_else(|_| mistaken(format!("amount: {amount:?} is no amount")))
}

fn read<T>(stage: &Stage, read: impl Fn(&Read<'_>) -> store::Result<T>) -> Result<T, Wrong> {
    Ok(stage.store.read(stage.organization, read).map_err(Failure::from)?)
}

/// The invoice or credit note with a number.
fn numbered(stage: &Stage, number: &str) -> Result<Invoice, Wrong> {
    let found = read(stage, invoices)?.into_iter().find(|invoice| invoice.number == number);
    found.ok_or_else(|| Wrong::Mistaken(format!("invoice: none has the number {number:?} by now")))
}

/// The order of a subscription that waits for its credit check.
fn waiting_order(stage: &Stage, id: SubscriptionId) -> Result<OrderId, Wrong> {
    let orders = read(stage, |read| order::of_subscription(read, id, ALL))?;
    let waits = orders.into_iter().find(|listed| listed.order.state == OrderState::CreditCheckPending);
    Ok(waits.ok_or_else(|| Failure::from(Refusal::NothingToChange))?.order.id)
}

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
pub(super) fn means(stage: &Stage, pay_with: PayWith) -> Result<Payment, Wrong> {
    match (pay_with, token(pay_with)) {
        (_, Some(token)) => Ok(Payment::Token(token.to_owned())),
        (PayWith::Invoice, None) => Ok(Payment::Invoice { contact_agreed: false }),
        (_, None) => Ok(Payment::OnFile(put_on_file(stage, pay_with)?)),
    }
}

/// Puts on file what shall pay later. A card that is there already is the same one.
pub(super) fn put_on_file(stage: &Stage, pay_with: PayWith) -> Result<PaymentMethodId, Wrong> {
    let text = str::to_owned;
    let means = match token(pay_with) {
        Some(token) => NewMeans::Card { token: text(token) },
        None if pay_with == PayWith::Invoice => return mistaken("pay_with: an invoice is not put on file".to_owned()),
        None => NewMeans::BankAccount { iban: text(ACCOUNT), mandate: true },
    };
    let new = NewPaymentMethod {
        id: new_payment_method_id(&stage.app),
        means,
        holder: text("Admin"),
        address: Address { line1: text("Kade 1"), city: text("Amsterdam"), country: text("NL"), ..Address::default() },
    };
    match add_payment_method(&stage.app, &stage.admin, stage.organization, &new, |_| String::new())? {
        Adding::Added(id) => Ok(id),
        Adding::WaitsForOwner { .. } => mistaken("pay_with: this card has to be confirmed first".to_owned()),
    }
}

/// What waits longest: an order, then a payment of an invoice. The bank reports how it ended.
fn answer_bank(stage: &Stage, accepted: bool) -> Result<(), Wrong> {
    let orders = read(stage, |read| order::list(read, None, None, ALL))?;
    let ordered = orders.into_iter().rev().map(|listed| listed.order);
    let waiting = ordered.filter(|order| order.state == OrderState::ConfirmationRequired);
    let mut references: Vec<_> = waiting.filter_map(|order| order.payment_reference).collect();
    for invoice in read(stage, invoices)? {
        let payments = read(stage, |read| payment::of_invoice(read, invoice.id))?;
        references.extend(payments.into_iter().filter(Paid::is_under_way).filter_map(|payment| payment.reference));
    }
    match references.iter().any(|reference| stage.bank.confirm(reference, accepted)) {
        true => Ok(()),
        false => mistaken("answer_bank: no payment waits for the bank".to_owned()),
    }
}

/// The bank takes back what paid an invoice, and reports it.
fn charge_back(stage: &Stage, number: &str) -> Result<(), Wrong> {
    let id = numbered(stage, number)?.id;
    let payments = read(stage, |read| payment::of_invoice(read, id))?;
    let is_paid = |paid: &&Paid| paid.kind == PaymentKind::Charge && paid.state == PaymentState::Succeeded;
    let reference = payments.iter().rev().find(is_paid).and_then(|paid| paid.reference.as_deref());
    match reference.is_some_and(|reference| stage.bank.charge_back(reference)) {
        true => Ok(()),
        false => mistaken(format!("charge_back: no card or account paid {number}")),
    }
}

/// Sells a product at another price from now on; what was bought keeps its own.
fn publish(
    stage: &mut Stage,
    product: &str,
    (term, billing_frequency): (domain::catalog::Term, domain::catalog::BillingFrequency),
    unit_price: &str,
) -> Result<(), Wrong> {
    let unit_price = money(stage, unit_price)?;
    let sku_id = priced(stage, product, (term, billing_frequency))?.sku_id;
    let operator = Caller { actor: Actor::system(), ..stage.admin.clone() };
    let publish = PublishPrice { sku_id, term, billing_frequency, unit_price };
    let id = stage.app.write(&operator, stage.organization, publish).wait()?;
    let is_it = |price: &domain::catalog::Price| {
        (price.sku_id, price.term, price.billing_frequency) == (sku_id, term, billing_frequency)
    };
    for (_, price, _) in stage.prices.iter_mut().filter(|(_, price, _)| is_it(price)) {
        (price.id, price.unit_price) = (id, unit_price);
    }
    Ok(())
}
