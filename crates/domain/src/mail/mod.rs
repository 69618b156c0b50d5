//! Mails: which event leads to which mail, to whom, what it says, and what becomes of it (domain 4.10).

mod delivery;
mod message;
mod recipients;
mod rule;
mod settings;

pub use delivery::{PAUSES_MINUTES, next_try, pause_of_server};
pub use message::{InvoiceFacts, Message, PrepaidFacts, SubscriptionFacts};
pub use recipients::{Directory, Recipient, recipients};
pub use rule::{Audience, caused_by};
pub use settings::{EXTRA_ADDRESSES_MAX, NotificationSettings};

use crate::codes::coded;
use crate::ids::{InvoiceId, MailId, OrganizationId};
use jiff::Timestamp;

coded! {
    /// A kind of mail. M1 to M17 are those of domain 4.10.
    pub enum MailKind {
        /// M1: an order was accepted.
        OrderConfirmation = "order_confirmation",
        /// M1: licenses were added to a subscription.
        LicensesAdded = "licenses_added",
        /// M8: an order waits until it is known whether the customer may pay by invoice.
        CreditApplication = "credit_application",
        /// Domain 4.4: the customer may not pay by invoice, and nothing was bought.
        CreditCheckFailed = "credit_check_failed",
        /// M2, M3: an invoice was made.
        Invoice = "invoice",
        /// M2, M3: a credit note was made.
        CreditNote = "credit_note",
        /// M4: a payment failed.
        PaymentFailed = "payment_failed",
        /// M9: the bank asks the payer to confirm a payment (domain 4.5).
        VerifyPayment = "verify_payment",
        /// The bank took a payment back (domain 4.6).
        PaymentChargedBack = "payment_charged_back",
        /// M5: an invoice that the customer pays is overdue.
        InvoiceOverdue = "invoice_overdue",
        /// M6: a subscription is about to expire.
        ExpiresSoon = "expires_soon",
        /// A subscription with a long term is about to renew.
        RenewsSoon = "renews_soon",
        /// A trial is about to be paid (D20).
        BecomesPaidSoon = "becomes_paid_soon",
        /// M6: a subscription expired, and people lose access soon.
        Expired = "expired",
        /// M6: people have no access, and the data is erased soon.
        ErasedSoon = "erased_soon",
        /// A subscription was disabled: people lost access.
        Disabled = "disabled",
        /// A subscription was canceled.
        Canceled = "canceled",
        /// M7: an admin took a self-service subscription over, so that it is over for its buyer.
        TakenOver = "taken_over",
        /// A take-over was undone, so that its buyer has the subscription again.
        TakeOverUndone = "take_over_undone",
        /// M16: another product took over, and everybody moved to it.
        PlanChanged = "plan_changed",
        /// M12: what was bought to start on a later day started.
        SubscriptionStarted = "subscription_started",
        /// The organization asks the buyer of a self-service subscription to cancel it (R122, R127).
        CancellationRequested = "cancellation_requested",
        /// An admin decided about a request for licenses (R176).
        LicenseRequestDecided = "license_request_decided",
        /// M11: an admin showed a request for licenses to somebody.
        LicenseRequestShared = "license_request_shared",
        /// M14: a product is no longer sold.
        EndOfSale = "end_of_sale",
        /// M15: apps and services came into a product.
        ServicesAdded = "services_added",
    }
}

coded! {
    /// Where a mail stands.
    pub enum MailState {
        /// Waits to be sent.
        Waiting = "waiting",
        /// The mail server took it.
        Sent = "sent",
        /// It was refused, for good or too often; the operator resumes or drops it.
        Parked = "parked",
        /// The operator gave it up.
        Dropped = "dropped",
        /// It is of a sandbox, whose mails are only looked at (D30).
        Kept = "kept",
    }
}

/// A mail to one person, as it stands in the outbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mail {
    /// Identity, from which its Message-ID is made: it is the same at every try.
    pub id: MailId,
    /// Whose.
    pub organization_id: OrganizationId,
    /// To whom.
    pub recipient: Recipient,
    /// In which language: `en` or `nl`.
    pub language: String,
    /// What kind of mail it is.
    pub kind: MailKind,
    /// What it says; `None` when this version of Zetel does not know the stored form.
    pub message: Option<Message>,
    /// The invoice that goes with it as PDF.
    pub attached: Option<InvoiceId>,
    /// Where it stands.
    pub state: MailState,
    /// How often the server refused it for the moment.
    pub attempts: u32,
    /// When it is due; while somebody sends it, until when.
    pub due_at: Timestamp,
    /// What the server last said.
    pub error: Option<String>,
    /// When it was written.
    pub created_at: Timestamp,
    /// When the server took it.
    pub sent_at: Option<Timestamp>,
}
