//! The outside world as Zetel needs it. `adapters` makes the ports real; each passes the port's contract.

use domain::billing::invoice::Invoice;
use domain::money::Money;
use jiff::Timestamp;
use jiff::civil::Date;
use std::fmt;
use uuid::Uuid;
use words::Language;

/// What time it is.
pub trait Clock: Send + Sync + 'static {
    /// The present instant, to the microsecond.
    fn now(&self) -> Timestamp;
}

/// Where identifiers come from: unique, and later ones sort after earlier ones.
pub trait IdSource: Send + Sync + 'static {
    /// A fresh identifier for something that is made at `now`.
    fn next(&self, now: Timestamp) -> Uuid;
}

/// Takes money. Card numbers never pass here: the payer gives them to the gateway, which gives a token.
pub trait PaymentGateway: Send + Sync + 'static {
    /// What a token stands for, for people to recognize it.
    ///
    /// # Errors
    /// [`GatewayError`] when the token is unknown or the gateway cannot be reached.
    fn describe(&self, token: &str) -> Result<CardDescription, GatewayError>;

    /// Takes an amount. The same `idempotency_key` never takes twice and gives the same answer again.
    ///
    /// # Errors
    /// [`GatewayError`] when the gateway cannot be reached: the outcome is unknown, and asking again is safe.
    fn charge(&self, idempotency_key: &str, token: &str, amount: Money) -> Result<ChargeOutcome, GatewayError>;

    /// How a charge that waited for its payer stands now.
    ///
    /// # Errors
    /// [`GatewayError`] when the gateway cannot be reached.
    fn outcome(&self, reference: &str) -> Result<ChargeOutcome, GatewayError>;

    /// Gives up a charge that waits for its payer, unless it is too late for that; gives how it ended.
    ///
    /// # Errors
    /// [`GatewayError`] when the reference is unknown or the gateway cannot be reached.
    fn cancel(&self, reference: &str) -> Result<ChargeOutcome, GatewayError>;
}

/// What people recognize a card by; all that Zetel stores of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CardDescription {
    /// The brand, such as `Visa`.
    pub brand: String,
    /// The last four digits.
    pub last_four: String,
    /// The month in which it expires, as `YYYY-MM`.
    pub expires_on: String,
}

/// How a charge went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ChargeOutcome {
    /// The money is taken; the gateway's name of the payment.
    Succeeded {
        /// The gateway's name of the payment.
        reference: String,
    },
    /// The bank said no.
    Declined,
    /// The bank wants the payer to confirm at an address first (domain 4.5).
    ConfirmationRequired {
        /// The gateway's name of the payment.
        reference: String,
        /// Where the payer confirms.
        address: String,
    },
}

/// The gateway could not be asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum GatewayError {
    /// It does not know the token or the reference.
    Unknown,
    /// It did not answer; try again.
    Unreachable(String),
}

/// The bank of a gateway that takes no money: where a payer of the demo confirms.
pub trait SandboxBank: Send + Sync + 'static {
    /// The payer confirmed a payment, or refused to; gives whether it was waiting for that.
    fn confirm(&self, reference: &str, accepted: bool) -> bool;

    /// The amount of a payment that waits for its payer.
    fn waiting(&self, reference: &str) -> Option<Money>;

    /// The cards that the bank gave out.
    fn cards(&self) -> Vec<SandboxCard>;
}

/// A card of the sandbox: chosen, never typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SandboxCard {
    /// What stands for the card.
    pub token: &'static str,
    /// The brand.
    pub brand: &'static str,
    /// The last four digits.
    pub last_four: &'static str,
    /// What happens when it pays.
    pub behavior: CardBehavior,
}

/// What a card of the sandbox does when it pays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CardBehavior {
    /// It pays.
    Succeeds,
    /// The bank declines it.
    Declines,
    /// The bank asks the payer to confirm (domain 4.5).
    AsksToConfirm,
}

/// Writes invoices and credit notes, for people and for their bookkeeping programs. The same document in the same
/// language always gives the same bytes.
pub trait Documents: Send + Sync + 'static {
    /// The document on paper: PDF/A-3 with the XML inside.
    ///
    /// # Errors
    /// [`DocumentError`] when the page cannot be made, which is a mistake of ours.
    fn invoice_pdf(&self, document: &InvoiceDocument, language: Language) -> Result<Vec<u8>, DocumentError>;

    /// The document for programs: UBL 2.1 after EN 16931. The language is that of its notes.
    fn invoice_xml(&self, document: &InvoiceDocument, language: Language) -> String;
}

/// An invoice with what else its page says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvoiceDocument {
    /// The invoice or credit note.
    pub invoice: Invoice,
    /// Whether its unit prices include tax, as the billing rules said when it was made.
    pub prices_include_tax: bool,
    /// The card that pays it by itself; `None`: the customer transfers the money.
    pub card: Option<CardDescription>,
    /// For a credit note, the invoices of which it takes back a part.
    pub corrects: Vec<CorrectedInvoice>,
}

/// An earlier invoice that a credit note names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CorrectedInvoice {
    /// Its number.
    pub number: String,
    /// The civil day of it.
    pub issued_on: Date,
}

/// A document could not be made; what went wrong, for the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentError(pub String);

impl fmt::Display for DocumentError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "the document could not be made: {}", self.0)
    }
}

impl std::error::Error for DocumentError {}
