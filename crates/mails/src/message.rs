//! What each message says, in four tables: its subject, its sentences, its facts, and where it leads.

use crate::letter::{Fact, Letter, fact};
use domain::ids::{InvoiceId, OrderId, SubscriptionId};
use domain::mail::{InvoiceFacts, Message, PrepaidFacts, SubscriptionFacts};
use domain::money::Money;
use domain::product_key::KeyUse;
use domain::subscription::Channel;
use jiff::civil::Date;
use words::Words;

/// The letter of a message; `is_attached`: the document goes with it.
pub fn letter(words: Words, message: &Message, is_attached: bool) -> Letter {
    let mut paragraphs = sentences(words, message);
    if is_attached {
        paragraphs.push(words.mail_document_attached().to_owned());
    }
    Letter { subject: subject(words, message), paragraphs, facts: facts(words, message), next: next(words, message) }
}

fn subject(words: Words, message: &Message) -> String {
    match message {
        Message::OrderConfirmation { number, of, .. } => words.mail_order_confirmation(*number, &of.product),
        Message::LicensesAdded { of, before, .. } => {
            words.mail_licenses_added(of.quantity.saturating_sub(*before), &of.product)
        }
        Message::CreditApplication { number, .. } => words.mail_credit_application(*number),
        Message::CreditCheckFailed { number, .. } => words.mail_credit_check_failed(*number),
        Message::Invoice { of, total, .. } => words.mail_invoice(&of.number, *total),
        Message::CreditNote { of, total, .. } => words.mail_credit_note(&of.number, *total),
        Message::PaymentFailed { of, .. } => words.mail_payment_failed(&of.number),
        Message::VerifyPayment { of, .. } => words.mail_verify_payment(&of.number),
        Message::PaymentChargedBack { of, .. } => words.mail_payment_charged_back(&of.number),
        Message::InvoiceOverdue { of, .. } => words.mail_invoice_overdue(&of.number),
        Message::ExpiresSoon { of, days, .. } => words.mail_expires_soon(&of.product, &when(words, *days)),
        Message::RenewsSoon { of, days, .. } => words.mail_renews_soon(&of.product, &when(words, *days)),
        Message::BecomesPaidSoon { of, days, .. } => words.mail_becomes_paid_soon(&of.product, &when(words, *days)),
        Message::Expired { of, days, .. } => words.mail_expired(&of.product, &when(words, *days)),
        Message::ErasedSoon { of, days, .. } => words.mail_erased_soon(&of.product, &when(words, *days)),
        Message::Disabled { of, .. } => words.mail_disabled(&of.product),
        Message::Canceled { of, .. } => words.mail_canceled(&of.product),
        Message::TakenOver { of, .. } => words.mail_taken_over(&of.product),
        Message::TakeOverUndone { of, .. } => words.mail_take_over_undone(&of.product),
        Message::SubscriptionStarted { of, .. } => words.mail_subscription_started(&of.product),
        Message::PlanChanged { of, from, .. } => words.mail_plan_changed(from, &of.product),
        Message::CancellationRequested { of, .. } => words.mail_cancellation_requested(&of.product),
        Message::LicenseRequestDecided { product, .. } => words.mail_license_request(product),
        Message::LicenseRequestShared { product, requested_by, .. } => words.mail_request_shared(requested_by, product),
        Message::EndOfSale { of } => words.mail_end_of_sale(&of.product),
        Message::ServicesAdded { product, services, .. } => words.mail_services_added(services.len(), product),
    }
}

fn sentences(words: Words, message: &Message) -> Vec<String> {
    match message {
        Message::OrderConfirmation { prepaid: Some(prepaid), .. } => {
            let brings_licenses = prepaid.keys.iter().any(|key| key.key_use != KeyUse::Extend);
            let assign = brings_licenses.then(|| words.review_assign_after().to_owned());
            std::iter::once(words.mail_keys_redeemed_text(prepaid.ends_on)).chain(assign).collect()
        }
        Message::OrderConfirmation { starts_on: Some(day), .. } => vec![words.mail_order_starts_later(*day)],
        Message::OrderConfirmation { .. } => vec![words.mail_order_confirmation_text().to_owned()],
        Message::LicensesAdded { of, .. } => vec![words.mail_licenses_added_text(of.quantity)],
        Message::CreditApplication { due_on, .. } => {
            vec![words.mail_credit_application_text(*due_on), words.mail_credit_application_data().to_owned()]
        }
        Message::CreditCheckFailed { .. } => vec![words.mail_credit_check_failed_text().to_owned()],
        Message::Invoice { of, total, due_on, .. } => vec![match &of.method {
            Some(method) => words.mail_invoice_charged(method),
            None => words.mail_invoice_to_pay(*total, *due_on, &of.number),
        }],
        Message::CreditNote { total, .. } => vec![words.mail_credit_note_text(*total)],
        Message::PaymentFailed { of, amount, reason, next_attempt_on, last_attempt_on, given_up_on } => vec![
            words.mail_payment_failed_text(*amount, of.method.as_deref().unwrap_or(words.payment_charge())),
            words.mail_payment_failed_cause(&words.void_reason(reason)),
            match (given_up_on, next_attempt_on.zip(*last_attempt_on)) {
                (Some(day), _) => words.mail_payment_given_up(*day),
                (None, Some((next, last))) => words.mail_payment_next(next, last),
                (None, None) => words.mail_payment_last().to_owned(),
            },
        ],
        Message::VerifyPayment { amount, .. } => vec![words.mail_verify_payment_text(*amount)],
        Message::PaymentChargedBack { amount, balance, .. } => {
            vec![words.mail_payment_charged_back_text(*amount, *balance)]
        }
        Message::InvoiceOverdue { balance, due_on, days, .. } => {
            vec![words.mail_invoice_overdue_text(*balance, *due_on, *days)]
        }
        Message::ExpiresSoon { on, of, channel, .. } => vec![
            words.mail_expires_soon_text(*on),
            words.mail_people_with_license(of.assigned),
            how_to_keep(words, *channel).to_owned(),
        ],
        Message::RenewsSoon { on, .. } => vec![words.mail_renews_soon_text(*on)],
        Message::BecomesPaidSoon { on, .. } => vec![words.mail_becomes_paid_soon_text(*on)],
        Message::Expired { of, expired_on, on, channel, .. } => vec![
            format!("{} {}", words.mail_expired_text(*expired_on, *on), how_to_bring_back(words, *channel)),
            words.mail_people_with_license(of.assigned),
        ],
        Message::ErasedSoon { on, .. } => vec![words.mail_erased_soon_text(*on)],
        Message::Disabled { partner: Some(partner), .. } => vec![words.mail_disabled_by_partner(partner)],
        Message::Disabled { unpaid: true, .. } => vec![words.mail_disabled_unpaid().to_owned()],
        Message::Disabled { unpaid: false, .. } => vec![words.mail_disabled_expired().to_owned()],
        Message::Canceled { deleted_on, .. } => vec![words.mail_canceled_text(*deleted_on)],
        Message::TakenOver { people: 0, .. } => vec![words.mail_taken_over_nobody().to_owned()],
        Message::TakenOver { moved_to: Some(product), people, .. } => {
            vec![words.mail_taken_over_moved(product, *people)]
        }
        Message::TakenOver { moved_to: None, people, .. } => vec![words.mail_taken_over_canceled(*people)],
        Message::TakeOverUndone { people, amount, .. } => {
            let people = (*people > 0).then(|| words.undo_people(i64::from(*people)));
            let charged = (amount.minor > 0).then(|| words.mail_take_over_undone_charge().to_owned());
            std::iter::once(words.mail_take_over_undone_text().to_owned()).chain(people).chain(charged).collect()
        }
        Message::SubscriptionStarted { on, .. } => vec![words.mail_subscription_started_text(*on)],
        Message::PlanChanged { people: 0, from, on, .. } => vec![words.mail_plan_changed_nobody(from, *on)],
        Message::PlanChanged { people, from, on, .. } => {
            vec![words.mail_plan_changed_text(i64::from(*people), from, *on)]
        }
        Message::CancellationRequested { of, .. } => {
            vec![
                words.mail_cancellation_requested_why(&of.product),
                words.mail_cancellation_requested_how().to_owned(),
                words.mail_cancellation_requested_thanks().to_owned(),
            ]
        }
        Message::LicenseRequestDecided { product, given, approved, rejected, message, by, .. } => {
            let given = given.as_deref().unwrap_or(product);
            let got = (!approved.is_empty()).then(|| words.mail_license_request_approved(&words.list(approved), given));
            let not = (!rejected.is_empty()).then(|| words.mail_license_request_rejected(&words.list(rejected)));
            let said = (!message.is_empty()).then(|| words.mail_license_request_message(by, message));
            [got, not, said].into_iter().flatten().collect()
        }
        Message::LicenseRequestShared { message, by, .. } => {
            let said = (!message.is_empty()).then(|| words.mail_license_request_message(by, message));
            std::iter::once(words.mail_request_shared_text(by)).chain(said).collect()
        }
        Message::EndOfSale { .. } => vec![words.mail_end_of_sale_text().to_owned()],
        Message::ServicesAdded { services, .. } => {
            vec![words.mail_services_added_text(&words.list(services)), words.mail_services_added_off().to_owned()]
        }
    }
}

fn facts(words: Words, message: &Message) -> Vec<Fact> {
    let day = |label, day: Date| fact(label, words.date(day));
    let money = |label, amount: Money| fact(label, words.money(amount));
    match message {
        Message::OrderConfirmation { number, of, prepaid: Some(prepaid), .. } => redeemed(words, *number, of, prepaid),
        Message::OrderConfirmation { number, of, term, billing_frequency, unit_price, amount, starts_on, .. } => {
            let starts = starts_on.map(|on| day(words.starts_on(), on));
            let price = words.price_per_license_of(*unit_price, *billing_frequency);
            let price = [fact(words.price(), price), fact(words.term(), words.term_name(*term))];
            let total = money(words.total_first_period_with_vat(), *amount);
            order(words, *number, of).into_iter().chain(starts).chain(price).chain([total]).collect()
        }
        Message::LicensesAdded { number, of, before, amount, .. } => {
            licenses_added(words, *number, of, of.quantity.saturating_sub(*before), *amount)
        }
        Message::CreditApplication { number, of, amount, .. }
        | Message::CreditCheckFailed { number, of, amount, .. } => {
            let amount = money(words.total_first_period_with_vat(), *amount);
            order(words, *number, of).into_iter().chain([amount]).collect()
        }
        Message::Invoice { of, total, issued_on, due_on } => {
            let due = of.method.is_none().then(|| day(words.due_date(), *due_on));
            let all = [fact(words.invoice_number(), of.number.as_str()), day(words.invoice_date(), *issued_on)];
            let amount = [products(words, of), money(words.total_with_vat(), *total)];
            all.into_iter().chain(due).chain(amount).collect()
        }
        Message::CreditNote { of, total, issued_on } => vec![
            fact(words.credit_note_number(), of.number.as_str()),
            day(words.credit_note_date(), *issued_on),
            products(words, of),
            money(words.total_with_vat(), *total),
        ],
        Message::PaymentFailed { of, amount, .. } | Message::VerifyPayment { of, amount } => {
            invoice(words, of, *amount)
        }
        Message::PaymentChargedBack { of, balance, .. } => invoice(words, of, *balance),
        Message::InvoiceOverdue { of, balance, due_on, .. } => {
            invoice(words, of, *balance).into_iter().chain([day(words.due_date(), *due_on)]).collect()
        }
        Message::ExpiresSoon { of, on, .. } => subscription(words, of, [day(words.expires_on(), *on)]),
        Message::RenewsSoon { .. }
        | Message::BecomesPaidSoon { .. }
        | Message::SubscriptionStarted { .. }
        | Message::PlanChanged { .. } => future_cost(words, message),
        Message::Expired { of, on, .. } => subscription(words, of, [day(words.cancel_loses_access(), *on)]),
        Message::ErasedSoon { of, on, .. } => subscription(words, of, [day(words.cancel_data_erased(), *on)]),
        Message::Disabled { of, deleted_on, .. } => {
            subscription(words, of, [day(words.cancel_data_erased(), *deleted_on)])
        }
        Message::Canceled { of, credit, deleted_on } => {
            let days = [day(words.cancel_can_be_reactivated(), *deleted_on)];
            subscription(words, of, days.into_iter().chain(back(words, *credit)))
        }
        Message::TakenOver { of, credit, .. } => subscription(words, of, back(words, *credit)),
        Message::TakeOverUndone { of, amount, .. } => {
            let charged = || fact(words.mail_charged_again(), words.mail_without_tax(&words.money(*amount)));
            subscription(words, of, (amount.minor > 0).then(charged))
        }
        Message::CancellationRequested { of, by } => {
            subscription(words, of, [fact(words.mail_asked_by(), by.as_str())])
        }
        Message::LicenseRequestDecided { product, by, .. } => {
            vec![fact(words.product(), product.as_str()), fact(words.request_decided_by(), by.as_str())]
        }
        Message::LicenseRequestShared { product, requested_by, people, reason, .. } => {
            request(words, product, requested_by, people, reason)
        }
        Message::EndOfSale { of } => subscription(words, of, []),
        Message::ServicesAdded { product, .. } => vec![fact(words.product(), product.as_str())],
    }
}

/// What a subscription is going to cost.
fn future_cost(words: Words, message: &Message) -> Vec<Fact> {
    match message {
        Message::RenewsSoon { of, on, quantity_then, amount, billing_frequency, .. } => {
            let price = words.price_per_period_of(*amount, *billing_frequency);
            let then = [
                fact(words.renews_on(), words.date(*on)),
                fact(words.mail_licenses_then(), words.number(*quantity_then)),
                fact(words.after_first_period(), words.mail_without_tax(&price)),
            ];
            subscription(words, of, then)
        }
        Message::BecomesPaidSoon { of, on, term, amount, billing_frequency, .. } => {
            let price = words.price_per_period_of(*amount, *billing_frequency);
            let then = [
                fact(words.trial_becomes_paid_on(), words.date(*on)),
                fact(words.term(), words.term_name(*term)),
                fact(words.price(), words.mail_without_tax(&price)),
            ];
            subscription(words, of, then)
        }
        Message::SubscriptionStarted { of, ends_on, amount, billing_frequency, .. } => {
            let price = words.price_per_period_of(*amount, *billing_frequency);
            let first = fact(words.first_billing_period(), words.mail_without_tax(&price));
            subscription(words, of, [first, fact(words.renews_on(), words.date(*ends_on))])
        }
        Message::PlanChanged { of, credit, amount, billing_frequency, .. } => {
            let price = words.price_per_period_of(*amount, *billing_frequency);
            // Of what a partner sold nothing is paid here.
            let first = (amount.minor != 0).then(|| fact(words.first_billing_period(), words.mail_without_tax(&price)));
            subscription(words, of, first.into_iter().chain(back(words, *credit)))
        }
        _ => Vec::new(),
    }
}

fn next(words: Words, message: &Message) -> (&'static str, String) {
    match message {
        Message::OrderConfirmation { order_id, .. }
        | Message::LicensesAdded { order_id, .. }
        | Message::CreditApplication { order_id, .. }
        | Message::CreditCheckFailed { order_id, .. } => (words.mail_view_order(), order_page(*order_id)),
        Message::Invoice { of, .. } => (words.mail_view_invoice(), invoice_page(of.invoice_id)),
        Message::CreditNote { of, .. } => (words.mail_view_credit_note(), invoice_page(of.invoice_id)),
        Message::PaymentFailed { of, .. } | Message::PaymentChargedBack { of, .. } => {
            (words.pay_now(), invoice_page(of.invoice_id))
        }
        Message::VerifyPayment { of, .. } => (words.mail_confirm_payment(), invoice_page(of.invoice_id)),
        Message::InvoiceOverdue { of, .. } => (words.mail_view_invoice(), invoice_page(of.invoice_id)),
        // Whoever may not see all requests sees own ones there.
        Message::LicenseRequestShared { .. } => (words.mail_view_request(), "/billing/license-requests".to_owned()),
        Message::LicenseRequestDecided { request_id, .. } => {
            (words.mail_view_request(), format!("/billing/license-requests/{request_id}"))
        }
        Message::ServicesAdded { product_id, .. } => {
            (words.mail_view_licenses(), format!("/billing/licenses/{product_id}"))
        }
        Message::ExpiresSoon { of, .. }
        | Message::RenewsSoon { of, .. }
        | Message::BecomesPaidSoon { of, .. }
        | Message::Expired { of, .. }
        | Message::ErasedSoon { of, .. }
        | Message::Disabled { of, .. }
        | Message::Canceled { of, .. }
        | Message::TakenOver { of, .. }
        | Message::TakeOverUndone { of, .. }
        | Message::SubscriptionStarted { of, .. }
        | Message::PlanChanged { of, .. }
        | Message::CancellationRequested { of, .. }
        | Message::EndOfSale { of } => (words.mail_view_subscription(), subscription_page(of.subscription_id)),
    }
}

fn order_page(id: OrderId) -> String {
    format!("/billing/orders/{id}")
}

fn invoice_page(id: InvoiceId) -> String {
    format!("/billing/invoices/{id}")
}

fn subscription_page(id: SubscriptionId) -> String {
    format!("/billing/your-products/{id}")
}

/// `tomorrow`, `in 30 days`.
fn when(words: Words, days: i32) -> String {
    match days {
        0 => words.today().to_owned(),
        1 => words.tomorrow().to_owned(),
        days => words.in_days(i64::from(days)),
    }
}

const fn how_to_keep(words: Words, channel: Channel) -> &'static str {
    match channel {
        Channel::Trial => words.mail_keep_by_buying(),
        Channel::VolumePartner | Channel::Reseller => words.mail_keep_by_partner(),
        Channel::Direct | Channel::DirectInvoice | Channel::ProductKey | Channel::SelfService | Channel::Free => {
            words.mail_keep_by_recurring_billing()
        }
    }
}

/// What keeps people at work before an expired subscription is disabled.
const fn how_to_bring_back(words: Words, channel: Option<Channel>) -> &'static str {
    match channel {
        Some(Channel::Trial) => words.mail_bring_back_trial(),
        Some(Channel::VolumePartner | Channel::Reseller) => words.mail_keep_by_partner(),
        Some(Channel::ProductKey) => words.mail_bring_back_prepaid(),
        None | Some(Channel::Direct | Channel::DirectInvoice | Channel::SelfService | Channel::Free) => {
            words.mail_bring_back()
        }
    }
}

fn order(words: Words, number: u64, of: &SubscriptionFacts) -> Vec<Fact> {
    vec![
        fact(words.order(), number.to_string()),
        fact(words.product(), of.product.as_str()),
        fact(words.licenses(), words.number(of.quantity)),
    ]
}

/// An order that redeemed product keys.
fn redeemed(words: Words, number: u64, of: &SubscriptionFacts, prepaid: &PrepaidFacts) -> Vec<Fact> {
    let first = [fact(words.order(), number.to_string()), fact(words.product(), of.product.as_str())];
    let keys = prepaid.keys.iter().map(|key| {
        let (name, brought) = words.redeemed_key(key);
        fact(name, brought)
    });
    let then = [
        fact(words.total_licenses(), words.number(of.quantity)),
        fact(words.expires_on(), words.date(prepaid.ends_on)),
        fact(words.cost_now(), words.review_costs_nothing()),
    ];
    first.into_iter().chain(keys).chain(then).collect()
}

fn licenses_added(words: Words, number: u64, of: &SubscriptionFacts, added: u32, amount: Money) -> Vec<Fact> {
    vec![
        fact(words.order(), number.to_string()),
        fact(words.product(), of.product.as_str()),
        fact(words.mail_added(), words.licenses_count(i64::from(added))),
        fact(words.mail_for_the_rest(), words.mail_without_tax(&words.money(amount))),
    ]
}

/// A request for licenses: of what, by whom, for whom, and what for when that was said.
fn request(words: Words, product: &str, requested_by: &str, people: &[String], reason: &str) -> Vec<Fact> {
    let all = [
        fact(words.product(), product),
        fact(words.requested_by(), requested_by),
        fact(words.request_people(), words.list(people)),
    ];
    let reason = (!reason.is_empty()).then(|| fact(words.request_reason(), reason));
    all.into_iter().chain(reason).collect()
}

/// What comes back, when something does.
fn back(words: Words, credit: Money) -> Option<Fact> {
    (credit.minor > 0).then(|| fact(words.cancel_credit(), words.mail_without_tax(&words.money(credit))))
}

fn products(words: Words, of: &InvoiceFacts) -> Fact {
    fact(words.invoice_for(), words.list(&of.products))
}

fn invoice(words: Words, of: &InvoiceFacts, amount: Money) -> Vec<Fact> {
    vec![
        fact(words.invoice_number(), of.number.as_str()),
        products(words, of),
        fact(words.amount_due(), words.money(amount)),
    ]
}

fn subscription(words: Words, of: &SubscriptionFacts, more: impl IntoIterator<Item = Fact>) -> Vec<Fact> {
    let all = [fact(words.product(), of.product.as_str()), fact(words.licenses(), words.number(of.quantity))];
    all.into_iter().chain(more).collect()
}
