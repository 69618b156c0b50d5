//! Which event leads to which mail, to whom: the whole table (domain 4.10, 4.4, 4.6, D24).

use super::MailKind;
use crate::event::Event;
use crate::subscription::remind::ReminderKind;

/// Who gets a mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Audience {
    /// Who ordered; for an order of a program, those who keep the money.
    Orderer,
    /// Those who keep the money: the recipients that the organization set, or the buyer of a self-service subscription.
    Billing,
    /// Only the person whom it concerns: the buyer of a self-service subscription, or who asked for licenses.
    Concerned,
    /// The people whom somebody chose.
    Chosen,
    /// Those who keep subscriptions: Global and Billing admins, or the buyer of a self-service subscription.
    Admins,
}

/// The mail that an event leads to. `by_itself`: Zetel did it, and nobody watched.
#[must_use]
pub fn caused_by(event: &Event, by_itself: bool) -> Option<(MailKind, Audience)> {
    Some(match event {
        Event::OrderPosted { .. } => (MailKind::OrderConfirmation, Audience::Orderer),
        Event::QuantityChanged { from, to, .. } if to > from => (MailKind::LicensesAdded, Audience::Orderer),
        Event::CreditCheckRequested { .. } => (MailKind::CreditApplication, Audience::Orderer),
        // When it passed, the order is posted and confirmed.
        Event::CreditCheckDecided { passed: false, .. } => (MailKind::CreditCheckFailed, Audience::Orderer),
        Event::InvoiceIssued { total, .. } if total.minor > 0 => (MailKind::Invoice, Audience::Billing),
        Event::InvoiceIssued { total, .. } if total.minor < 0 => (MailKind::CreditNote, Audience::Billing),
        // Whoever pays in person sees it on the screen.
        Event::PaymentFailed { .. } if by_itself => (MailKind::PaymentFailed, Audience::Billing),
        Event::PaymentToConfirm { .. } => (MailKind::VerifyPayment, Audience::Billing),
        Event::InvoiceReminded { .. } => (MailKind::InvoiceOverdue, Audience::Billing),
        Event::InvoiceChargedBack { .. } => (MailKind::PaymentChargedBack, Audience::Billing),
        Event::SubscriptionReminded { reminder, .. } => {
            let kind = match reminder {
                ReminderKind::ExpiresSoon => MailKind::ExpiresSoon,
                ReminderKind::RenewsSoon => MailKind::RenewsSoon,
                ReminderKind::BecomesPaidSoon => MailKind::BecomesPaidSoon,
                ReminderKind::Expired => MailKind::Expired,
                ReminderKind::ErasedSoon => MailKind::ErasedSoon,
            };
            (kind, Audience::Admins)
        }
        // Of a trial nothing is left to be saved on that day.
        Event::SubscriptionDisabled { on, deleted_on } if deleted_on > on => (MailKind::Disabled, Audience::Admins),
        Event::SubscriptionCanceled { .. } => (MailKind::Canceled, Audience::Admins),
        Event::SubscriptionTakenOver { .. } => (MailKind::TakenOver, Audience::Concerned),
        Event::SubscriptionTakeOverUndone { .. } => (MailKind::TakeOverUndone, Audience::Admins),
        Event::ScheduledSubscriptionStarted { .. } => (MailKind::SubscriptionStarted, Audience::Admins),
        Event::PlanChanged { .. } => (MailKind::PlanChanged, Audience::Admins),
        Event::CancellationRequested { .. } => (MailKind::CancellationRequested, Audience::Concerned),
        Event::LicenseRequestDecided { .. } => (MailKind::LicenseRequestDecided, Audience::Concerned),
        Event::LicenseRequestShared { .. } => (MailKind::LicenseRequestShared, Audience::Chosen),
        Event::EndOfSaleAnnounced => (MailKind::EndOfSale, Audience::Admins),
        Event::ServicesAdded { .. } => (MailKind::ServicesAdded, Audience::Admins),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The rule as people review it: every stored form of an event that leads to a mail, with the mail and who gets it.
    /// `alone`: only when nobody watched.
    #[test]
    fn which_event_leads_to_which_mail() {
        let events = include_str!("../../golden/events.jsonl").lines();
        let mut picture = String::new();
        for event in events.map(|line| serde_json::from_str::<Event>(line).expect("a stored form")) {
            let (watched, alone) = (caused_by(&event, false), caused_by(&event, true));
            assert!(watched.is_none() || watched == alone, "{event:?}");
            if let Some((kind, audience)) = alone {
                let when = if watched.is_none() { " alone" } else { "" };
                picture += &format!("{:24} {:22} {audience:?}{when}\n", event.kind(), kind.code());
            }
        }
        let expected = "\
order_posted             order_confirmation     Orderer
quantity_changed         licenses_added         Orderer
subscription_canceled    canceled               Admins
subscription_disabled    disabled               Admins
invoice_issued           invoice                Billing
payment_failed           payment_failed         Billing alone
invoice_charged_back     payment_charged_back   Billing
credit_check_requested   credit_application     Orderer
subscription_taken_over  taken_over             Concerned
subscription_reminded    expires_soon           Admins
invoice_reminded         invoice_overdue        Billing
payment_to_confirm       verify_payment         Billing
end_of_sale_announced    end_of_sale            Admins
license_request_decided  license_request_decided Concerned
license_request_decided  license_request_decided Concerned
cancellation_requested   cancellation_requested Concerned
services_added           services_added         Admins
license_request_shared   license_request_shared Chosen
plan_changed             plan_changed           Admins
subscription_take_over_undone take_over_undone       Admins
scheduled_subscription_started subscription_started   Admins
";
        assert_eq!(picture, expected);
    }

    #[test]
    fn what_the_stored_forms_do_not_show() {
        let event = |line: &str| serde_json::from_str::<Event>(line).expect("an event");
        let issued = |minor: i64| {
            event(&format!(
                "{{\"kind\":\"invoice_issued\",\"number\":\"Z-1\",\"total\":{{\"minor\":{minor},\"currency\":\"EUR\"}},\
                 \"due_on\":\"2020-02-14\"}}"
            ))
        };
        assert_eq!(caused_by(&issued(-1), false), Some((MailKind::CreditNote, Audience::Billing)));
        assert_eq!(caused_by(&issued(0), true), None, "what asks for nothing needs no mail");
        let disabled = |deleted_on: &str| {
            let on = "\"on\":\"2020-03-30\"";
            event(&format!("{{\"kind\":\"subscription_disabled\",{on},\"deleted_on\":\"{deleted_on}\"}}"))
        };
        assert_eq!(caused_by(&disabled("2020-06-28"), true), Some((MailKind::Disabled, Audience::Admins)));
        assert_eq!(caused_by(&disabled("2020-03-30"), true), None, "a trial is erased on that day");
        let decided =
            |passed: bool| event(&format!("{{\"kind\":\"credit_check_decided\",\"number\":7,\"passed\":{passed}}}"));
        assert_eq!(caused_by(&decided(false), false), Some((MailKind::CreditCheckFailed, Audience::Orderer)));
        assert_eq!(caused_by(&decided(true), false), None, "the order is confirmed then");
        let fewer = event(
            "{\"kind\":\"quantity_changed\",\"from\":105,\"to\":100,\"amount\":{\"minor\":-1,\"currency\":\"EUR\"},\
             \"service_period\":{\"start\":\"2020-01-25\",\"end\":\"2020-02-15\"}}",
        );
        assert_eq!(caused_by(&fewer, false), None);
    }
}
