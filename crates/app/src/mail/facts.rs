//! What a mail says: the facts of the moment, gathered in the transaction of the event.

use crate::billing::account;
use crate::billing::issue::Issued;
use crate::door::Change;
use crate::failure::Failure;
use domain::access::permission::Granting;
use domain::billing::Agreement;
use domain::billing::invoice::{Invoice, InvoiceKind};
use domain::billing::payment::{Dunning, RETRY_DAYS, dunning};
use domain::billing::payment_method::MethodName;
use domain::event::{Event, Subjects};
use domain::ids::{BillingProfileId, LicenseRequestId, UserId};
use domain::mail::{InvoiceFacts, MailKind, Message, PrepaidFacts, SubscriptionFacts};
use domain::money::Money;
use domain::order::Order;
use domain::subscription::Subscription;
use domain::subscription::remind::ReminderKind;
use jiff::ToSpan;
use jiff::civil::Date;
use store::tables::invoice::StoredInvoice;
use store::tables::{
    catalog, credit_check, invoice, license_request, order, payment_method, product_key, subscription,
};

/// A message, and what decides who gets it.
pub(super) struct Facts {
    /// What it says.
    pub(super) message: Message,
    /// Who ordered.
    pub(super) ordered_by: Option<UserId>,
    /// The buyer of a self-service subscription, or who asked for licenses.
    pub(super) buyer: Option<UserId>,
    /// Whom somebody chose.
    pub(super) chosen: Vec<UserId>,
    /// The billing profile that is charged.
    pub(super) billing_profile: Option<BillingProfileId>,
}

/// The facts of a mail of a kind that an event leads to; nothing when there is nothing to say after all.
pub(super) fn gather<P: Granting>(
    change: &Change<'_, P>,
    kind: MailKind,
    subjects: Subjects,
    event: &Event,
) -> Result<Option<Facts>, Failure> {
    match event {
        Event::OrderPosted { .. }
        | Event::QuantityChanged { .. }
        | Event::CreditCheckRequested { .. }
        | Event::CreditCheckDecided { .. } => of_order(change, kind, subjects, event),
        // Mailed where it is made ([`super::post::post_issued`]).
        Event::InvoiceIssued { .. } => Ok(None),
        Event::InvoiceReminded { number, .. }
        | Event::PaymentToConfirm { number, .. }
        | Event::PaymentFailed { number, .. }
        | Event::InvoiceChargedBack { number, .. } => of_invoice(change, number, event),
        Event::PlanChanged { .. } => of_plan_change(change, subjects, event),
        Event::LicenseRequestDecided { request, .. } => of_request(change, *request),
        Event::LicenseRequestShared { request, with, message, .. } => of_shared(change, *request, with, message),
        Event::ServicesAdded { services } => of_product(change, subjects, services),
        _ => of_subscription(change, subjects, event),
    }
}

fn of_order<P: Granting>(
    change: &Change<'_, P>,
    kind: MailKind,
    subjects: Subjects,
    event: &Event,
) -> Result<Option<Facts>, Failure> {
    let found = subjects.order.map(|id| order::find(change.write, id)).transpose()?.flatten();
    let Some(order::ListedOrder { order, product_name, .. }) = found else { return Ok(None) };
    if kind == MailKind::CreditApplication
        && !credit_check::find(change.write, order.id)?.is_some_and(|check| check.contact_agreed)
    {
        return Ok(None);
    }
    let bought = subscription::find(change.write, order.subscription_id)?.map(|found| found.subscription);
    let of = SubscriptionFacts {
        subscription_id: order.subscription_id,
        product: product_name,
        quantity: order.quantity.unsigned_abs().try_into().unwrap_or(u32::MAX),
        assigned: bought.as_ref().map_or(0, |bought| bought.assigned),
    };
    let message = match redeemed(change, &order, bought.as_ref(), &of)? {
        Some(message) => Some(message),
        None => message_of_order(&order, of, event, order.starts_on.filter(|day| *day > change.today())),
    };
    Ok(message.map(|message| Facts {
        message,
        ordered_by: order.ordered_by,
        chosen: Vec::new(),
        buyer: bought.as_ref().and_then(|bought| bought.holder),
        billing_profile: bought.map(|bought| bought.billing_profile_id),
    }))
}

/// The confirmation of an order that redeemed product keys: what they brought, and that they were paid before.
fn redeemed<P: Granting>(
    change: &Change<'_, P>,
    order: &Order,
    bought: Option<&Subscription>,
    of: &SubscriptionFacts,
) -> Result<Option<Message>, Failure> {
    let keys = product_key::redeemed_with(change.write, order)?;
    let Some(bought) = bought.filter(|_| !keys.is_empty()) else { return Ok(None) };
    let of = SubscriptionFacts { quantity: bought.quantity, ..of.clone() };
    let prepaid = Some(PrepaidFacts { keys, ends_on: bought.ends_on });
    Ok(Some(confirmation(order, of, None, prepaid)))
}

fn confirmation(
    order: &Order,
    of: SubscriptionFacts,
    starts_on: Option<Date>,
    prepaid: Option<PrepaidFacts>,
) -> Message {
    Message::OrderConfirmation {
        order_id: order.id,
        number: order.number,
        of,
        term: order.term,
        billing_frequency: order.billing_frequency,
        unit_price: order.unit_price,
        amount: order.total(),
        starts_on,
        prepaid,
    }
}

/// `starts_on` is the first day of what was bought, when that is still to come.
fn message_of_order(order: &Order, of: SubscriptionFacts, event: &Event, starts_on: Option<Date>) -> Option<Message> {
    let (order_id, number) = (order.id, order.number);
    Some(match event {
        Event::OrderPosted { .. } => confirmation(order, of, starts_on, None),
        Event::QuantityChanged { from, to, amount, .. } => Message::LicensesAdded {
            order_id,
            number,
            of: SubscriptionFacts { quantity: *to, ..of },
            before: *from,
            amount: *amount,
        },
        Event::CreditCheckRequested { due_on, .. } => {
            Message::CreditApplication { order_id, number, of, amount: order.total(), due_on: *due_on }
        }
        Event::CreditCheckDecided { .. } => Message::CreditCheckFailed { order_id, number, of, amount: order.total() },
        _ => return None,
    })
}

fn of_invoice<P: Granting>(change: &Change<'_, P>, number: &str, event: &Event) -> Result<Option<Facts>, Failure> {
    let Some(stored) = invoice::find_by_number(change.write, number)? else { return Ok(None) };
    let holder = match stored.invoice.subscription_id {
        Some(id) => subscription::find(change.write, id)?.and_then(|found| found.subscription.holder),
        None => None,
    };
    let of = invoice_facts(change, &stored.invoice)?;
    let agreement = account(change.write)?.rules.agreement;
    let message = message_of_invoice(change, &stored, of, event, agreement);
    Ok(message.map(|message| about_invoice(message, &stored.invoice, holder)))
}

/// The facts of the mail about an invoice that was just made.
pub(super) fn of_issued<P: Granting>(
    change: &Change<'_, P>,
    Issued { invoice, holder, .. }: &Issued,
) -> Result<Facts, Failure> {
    let (of, total, issued_on) = (invoice_facts(change, invoice)?, invoice.totals.gross, invoice.issued_on);
    let message = match invoice.kind {
        InvoiceKind::CreditNote => {
            Message::CreditNote { of, total: Money::new(-total.minor, total.currency), issued_on }
        }
        InvoiceKind::Invoice => Message::Invoice { of, total, issued_on, due_on: invoice.due_on },
    };
    Ok(about_invoice(message, invoice, *holder))
}

fn about_invoice(message: Message, of: &Invoice, holder: Option<UserId>) -> Facts {
    let billing_profile = Some(of.billing_profile_id);
    Facts { message, ordered_by: None, chosen: Vec::new(), buyer: holder, billing_profile }
}

fn invoice_facts<P: Granting>(change: &Change<'_, P>, of: &Invoice) -> Result<InvoiceFacts, Failure> {
    let method = of.payment_method_id.map(|id| payment_method::find(change.write, id)).transpose()?.flatten();
    let mut products: Vec<_> = of.lines.iter().map(|line| line.product_name.clone()).collect();
    products.sort_unstable();
    products.dedup();
    let method = method.map(|method| shown(&method.described.name()));
    Ok(InvoiceFacts { invoice_id: of.id, number: of.number.clone(), products, method })
}

fn message_of_invoice<P: Granting>(
    change: &Change<'_, P>,
    stored: &StoredInvoice,
    of: InvoiceFacts,
    event: &Event,
    agreement: Agreement,
) -> Option<Message> {
    Some(match event {
        Event::PaymentFailed { amount, reason, .. } => {
            let first = stored.first_attempt_on.unwrap_or_else(|| change.today());
            let last_day = RETRY_DAYS.last().copied().unwrap_or_default();
            let (next_attempt_on, given_up_on) = match dunning(agreement, Some(reason.as_str()), first, change.today())
            {
                Dunning::TriedAgain(day) => (Some(day), None),
                Dunning::GivenUp(day) => (None, Some(day).filter(|day| *day > change.today())),
            };
            let last_attempt_on = Some(first.saturating_add(last_day.days())).filter(|_| given_up_on.is_none());
            let (amount, reason) = (*amount, reason.clone());
            Message::PaymentFailed { of, amount, reason, next_attempt_on, last_attempt_on, given_up_on }
        }
        Event::PaymentToConfirm { amount, .. } => Message::VerifyPayment { of, amount: *amount },
        Event::InvoiceReminded { balance, days, .. } => {
            Message::InvoiceOverdue { of, balance: *balance, due_on: stored.invoice.due_on, days: *days }
        }
        Event::InvoiceChargedBack { amount, balance, .. } => {
            Message::PaymentChargedBack { of, amount: *amount, balance: *balance }
        }
        _ => return None,
    })
}

fn of_request<P: Granting>(change: &Change<'_, P>, id: LicenseRequestId) -> Result<Option<Facts>, Failure> {
    let Some(found) = license_request::find(change.write, id)? else { return Ok(None) };
    let people = license_request::people(change.write, id)?;
    let names = |wanted: bool| {
        let of = people.iter().filter(|person| person.is_approved == Some(wanted));
        of.map(|person| person.display_name.clone()).collect()
    };
    let message = Message::LicenseRequestDecided {
        request_id: id,
        given: found.given_name,
        product: found.product_name,
        approved: names(true),
        rejected: names(false),
        message: found.request.message,
        by: change.granted.actor().name.clone(),
    };
    Ok(Some(Facts {
        message,
        ordered_by: None,
        chosen: Vec::new(),
        buyer: found.request.requested_by,
        billing_profile: None,
    }))
}

fn of_shared<P: Granting>(
    change: &Change<'_, P>,
    id: LicenseRequestId,
    with: &[UserId],
    message: &str,
) -> Result<Option<Facts>, Failure> {
    let Some(found) = license_request::find(change.write, id)? else { return Ok(None) };
    let people = license_request::people(change.write, id)?;
    let message = Message::LicenseRequestShared {
        request_id: id,
        product: found.product_name,
        requested_by: found.requested_by_name,
        people: people.into_iter().map(|person| person.display_name).collect(),
        reason: found.request.reason,
        message: message.to_owned(),
        by: change.granted.actor().name.clone(),
    };
    Ok(Some(Facts { message, ordered_by: None, buyer: None, chosen: with.to_vec(), billing_profile: None }))
}

fn of_product<P: Granting>(
    change: &Change<'_, P>,
    subjects: Subjects,
    services: &[String],
) -> Result<Option<Facts>, Failure> {
    let found = subjects.product.map(|id| catalog::find_product(change.write, id)).transpose()?.flatten();
    Ok(found.map(|product| Facts {
        message: Message::ServicesAdded { product_id: product.id, product: product.name, services: services.to_vec() },
        ordered_by: None,
        chosen: Vec::new(),
        buyer: None,
        billing_profile: None,
    }))
}

fn of_plan_change<P: Granting>(
    change: &Change<'_, P>,
    subjects: Subjects,
    event: &Event,
) -> Result<Option<Facts>, Failure> {
    let Event::PlanChanged { to_subscription, people, credit, amount, on, .. } = event else { return Ok(None) };
    let find = |id| subscription::find(change.write, id);
    let before = subjects.subscription.map(find).transpose()?.flatten();
    let Some((before, after)) = before.zip(find(*to_subscription)?) else { return Ok(None) };
    let begun = after.subscription;
    let of = SubscriptionFacts {
        subscription_id: begun.id,
        product: after.product_name,
        quantity: begun.quantity,
        assigned: begun.assigned,
    };
    let message = Message::PlanChanged {
        of,
        from: before.product_name,
        people: *people,
        on: *on,
        credit: given_back(*credit),
        amount: *amount,
        billing_frequency: begun.billing_frequency,
    };
    let billing_profile = Some(begun.billing_profile_id);
    Ok(Some(Facts { message, ordered_by: None, buyer: begun.holder, billing_profile, chosen: Vec::new() }))
}

fn of_subscription<P: Granting>(
    change: &Change<'_, P>,
    subjects: Subjects,
    event: &Event,
) -> Result<Option<Facts>, Failure> {
    let found = subjects.subscription.map(|id| subscription::find(change.write, id)).transpose()?.flatten();
    let Some(subscription::ListedSubscription { subscription: about, product_name, .. }) = found else {
        return Ok(None);
    };
    let of = SubscriptionFacts {
        subscription_id: about.id,
        product: product_name,
        quantity: about.quantity,
        assigned: about.assigned,
    };
    let by = &change.granted.actor().name;
    Ok(message_of_subscription(&about, of, event, by).map(|message| Facts {
        message,
        ordered_by: None,
        chosen: Vec::new(),
        buyer: about.holder,
        billing_profile: Some(about.billing_profile_id),
    }))
}

fn message_of_subscription(about: &Subscription, of: SubscriptionFacts, event: &Event, by: &str) -> Option<Message> {
    Some(match event {
        Event::SubscriptionReminded { reminder, on, days } => warning(about, of, *reminder, *on, *days),
        Event::ScheduledSubscriptionStarted { term, amount, .. } => Message::SubscriptionStarted {
            of,
            on: term.start,
            ends_on: term.end,
            amount: *amount,
            billing_frequency: about.billing_frequency,
        },
        Event::SubscriptionDisabled { deleted_on, .. } => {
            let partner = about.partner_name.as_ref().map(|name| match &about.partner_contact {
                Some(contact) => format!("{name} ({contact})"),
                None => name.clone(),
            });
            Message::Disabled { of, deleted_on: *deleted_on, unpaid: about.unpaid_since.is_some(), partner }
        }
        Event::SubscriptionCanceled { amount, deleted_on, .. } => {
            Message::Canceled { of, credit: given_back(*amount), deleted_on: *deleted_on }
        }
        Event::SubscriptionTakenOver { moved_to, people, amount, .. } => {
            Message::TakenOver { of, moved_to: moved_to.clone(), people: *people, credit: given_back(*amount) }
        }
        Event::SubscriptionTakeOverUndone { people, amount, .. } => {
            Message::TakeOverUndone { of, people: *people, amount: *amount }
        }
        Event::CancellationRequested { .. } => Message::CancellationRequested { of, by: by.to_owned() },
        Event::EndOfSaleAnnounced => Message::EndOfSale { of },
        _ => return None,
    })
}

/// What a change costs, as what it brings: nothing or more.
fn given_back(amount: Money) -> Money {
    Money::new(amount.minor.saturating_neg().max(0), amount.currency)
}

/// A payment method in any language.
fn shown(name: &MethodName) -> String {
    format!("{} •••• {}", name.brand.as_deref().unwrap_or("IBAN"), name.last_four)
}

/// What a reminder warns of, `days` before the day.
fn warning(about: &Subscription, of: SubscriptionFacts, reminder: ReminderKind, on: Date, days: i32) -> Message {
    match reminder {
        ReminderKind::ExpiresSoon => Message::ExpiresSoon { of, on, days, channel: about.channel },
        ReminderKind::BecomesPaidSoon => {
            let (term, billing_frequency) = (about.term, about.billing_frequency);
            let amount = about.price_per_period(about.quantity);
            Message::BecomesPaidSoon { of, on, days, term, amount, billing_frequency }
        }
        ReminderKind::Expired => {
            Message::Expired { of, expired_on: about.ends_on, on, days, channel: Some(about.channel) }
        }
        ReminderKind::ErasedSoon => Message::ErasedSoon { of, on, days },
        ReminderKind::RenewsSoon => {
            let quantity_then = about.quantity_then();
            let agreed = about.price_at_renewal;
            let unit_price = agreed.map_or(about.unit_price, |agreed| agreed.unit_price);
            let billing_frequency = agreed.map_or(about.billing_frequency, |agreed| agreed.billing_frequency);
            let amount = Subscription { unit_price, ..about.clone() }.price_per_period(quantity_then);
            Message::RenewsSoon { of, on, days, quantity_then, amount, billing_frequency }
        }
    }
}
