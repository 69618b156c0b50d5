//! The outside world as Zetel needs it. `adapters` makes the ports real; each passes the port's contract.

use domain::billing::iban::Iban;
use domain::billing::invoice::Invoice;
use domain::ids::MailId;
use domain::mail::{Message, Recipient};
use domain::money::Money;
use jiff::Timestamp;
use jiff::civil::Date;
use std::fmt;
use uuid::Uuid;
use words::Language;

pub use domain::billing::payment_method::{BankAccountDescription, CardDescription, CardUpdate, MethodDescription};

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

/// Takes money. Numbers of cards and accounts never pass here: the payer gives them to the gateway, which gives a
/// token.
///
/// What a gateway reports by itself ([`Self::notice`]) only says which payment to look at, so it may come twice,
/// late, early or not at all. How a payment stands, [`Self::outcome`] says.
pub trait PaymentGateway: Send + Sync + 'static {
    /// What a token stands for, for people to recognize it.
    ///
    /// # Errors
    /// [`GatewayError`] when the token is unknown or the gateway cannot be reached.
    fn describe(&self, token: &str) -> Result<MethodDescription, GatewayError>;

    /// Gives a bank account to the gateway; what stands for it from then on. The same idempotency key gives the same.
    ///
    /// # Errors
    /// [`GatewayError`]; [`GatewayError::Declined`] when the gateway does not take it.
    fn open_account(&self, key: &str, account: &NewAccount<'_>) -> Result<String, GatewayError>;

    /// Keeps what a token stands for, so that it can be charged while its owner is away; a bank account gets its
    /// mandate. The same idempotency key gives the same answer again, or what became of it meanwhile; what waited for
    /// its owner too long is asked for anew. Whoever confirms at the bank comes back to `return_path` of Zetel.
    ///
    /// # Errors
    /// [`GatewayError`]; [`GatewayError::Declined`] when the bank, or its owner there, does not allow it.
    fn keep(&self, key: &str, token: &str, return_path: &str) -> Result<KeepOutcome, GatewayError>;

    /// Whether cards are typed into a form of the gateway itself, so that Zetel asks for nothing that stands on one.
    fn has_card_form(&self) -> bool;

    /// Opens a form of the gateway for a card that is to be kept; what stands for the card. Its owner fills it at the
    /// address that [`Self::keep`] says. The same idempotency key opens one.
    ///
    /// # Errors
    /// [`GatewayError`]; [`GatewayError::Unknown`] when the gateway has none.
    fn open_card_form(&self, key: &str, return_path: &str) -> Result<String, GatewayError>;

    /// Notes what changed on a card whose number stays (domain 4.1).
    ///
    /// # Errors
    /// [`GatewayError`]; [`GatewayError::Declined`] when the gateway does not take it, as for a bank account.
    fn update_card(&self, token: &str, update: &CardUpdate) -> Result<MethodDescription, GatewayError>;

    /// Takes an amount. The same idempotency key never takes twice: it gives the same answer again, or what
    /// became of the payment meanwhile.
    ///
    /// # Errors
    /// [`GatewayError`] when the gateway cannot be reached: the outcome is unknown, and asking again is safe.
    fn charge(&self, key: &str, token: &str, amount: Money, payer: Payer) -> Result<ChargeOutcome, GatewayError>;

    /// How a payment stands now.
    ///
    /// # Errors
    /// [`GatewayError`] when the reference is unknown or the gateway cannot be reached.
    fn outcome(&self, reference: &str) -> Result<ChargeOutcome, GatewayError>;

    /// Gives up a charge that waits for its payer, unless it is too late for that; gives how it ended.
    ///
    /// # Errors
    /// [`GatewayError`] when the reference is unknown or the gateway cannot be reached.
    fn cancel(&self, reference: &str) -> Result<ChargeOutcome, GatewayError>;

    /// Gives back a part of a payment or all of it, to what paid it. The same idempotency key never gives
    /// back twice.
    ///
    /// # Errors
    /// [`GatewayError`] when the reference is unknown or the gateway cannot be reached: asking again is safe.
    fn refund(&self, key: &str, reference: &str, amount: Money) -> Result<RefundOutcome, GatewayError>;

    /// Reads what the gateway reports, with the signature that came with it; `None` for what does not concern Zetel.
    ///
    /// # Errors
    /// [`NoticeRefused`] for what the gateway did not say, or not now.
    fn notice(&self, signature: &str, body: &[u8], now: Timestamp) -> Result<Option<Notice>, NoticeRefused>;
}

/// Where the payer is while a method is charged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Payer {
    /// In front of the screen, and can answer the bank.
    Present,
    /// Away, as at a renewal. A bank that asks gets its answer later (domain 4.5).
    Away,
}

/// A bank account on its way to the gateway. Its number goes nowhere else.
#[derive(Debug, Clone, Copy)]
pub struct NewAccount<'a> {
    /// The account.
    pub iban: &'a Iban,
    /// Whose it is.
    pub holder: &'a str,
    /// Where the holder is told before money is taken.
    pub email: &'a str,
}

/// Whether a payment method is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KeepOutcome {
    /// It is.
    Kept {
        /// What stands for it from now on.
        token: String,
        /// What people recognize it by.
        described: MethodDescription,
    },
    /// Its owner has to confirm at the bank first, or to fill the gateway's form (domain 4.5).
    ConfirmationRequired {
        /// The gateway's name of the question.
        reference: String,
        /// Where.
        address: String,
    },
}

/// How a payment stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ChargeOutcome {
    /// The money is taken; the gateway's name of the payment.
    Succeeded {
        /// The gateway's name of the payment.
        reference: String,
    },
    /// The bank was told and takes some days, as for a bank account.
    Pending {
        /// The gateway's name of the payment.
        reference: String,
    },
    /// The bank said no.
    Declined,
    /// The bank said no and will not say anything else: fraud, or a card that is lost or closed (domain 4.6).
    DeclinedForGood,
    /// The bank wants the payer to confirm at an address first (domain 4.5).
    ConfirmationRequired {
        /// The gateway's name of the payment.
        reference: String,
        /// Where the payer confirms.
        address: String,
    },
    /// The bank took the money back after it was paid (domain 4.6).
    ChargedBack {
        /// The gateway's name of the payment.
        reference: String,
    },
}

/// How a refund went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RefundOutcome {
    /// The money is on its way back.
    Made {
        /// The gateway's name of the refund.
        reference: String,
    },
    /// The gateway does not give it back: more than is left, or of a payment that was not made.
    Refused,
}

/// What a gateway reports: only which payment to look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// The gateway's name of the report, the same when it comes again.
    pub id: String,
    /// What happened.
    pub kind: NoticeKind,
    /// The gateway's name of the payment.
    pub reference: String,
}

/// What happened to a payment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoticeKind {
    /// It was paid.
    Succeeded,
    /// It failed.
    Failed,
    /// A part of it or all was given back.
    Refunded,
    /// The bank took it back.
    ChargedBack,
}

/// Why a report is not believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoticeRefused {
    /// It is not signed by the gateway.
    Forged,
    /// It was signed too long ago, or later than now.
    Stale,
    /// It is signed, and yet no report.
    Unreadable,
}

/// The gateway did not do what was asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum GatewayError {
    /// It does not know the token or the reference.
    Unknown,
    /// The bank, or the gateway itself, does not allow it.
    Declined,
    /// It did not answer; try again.
    Unreachable(String),
}

/// The bank of a gateway that takes no money: where a payer of the demo confirms.
pub trait SandboxBank: Send + Sync + 'static {
    /// The payer confirmed a payment, or that a card is kept, or refused to; gives whether it was waiting for that.
    fn confirm(&self, reference: &str, accepted: bool) -> bool;

    /// The bank takes back what was paid; gives whether there was something to take.
    fn charge_back(&self, reference: &str) -> bool;

    /// What waits for its payer.
    fn waiting(&self, reference: &str) -> Option<Waiting>;

    /// The cards that people can choose.
    fn cards(&self) -> Vec<SandboxCard>;

    /// What the gateway has to report since the last time it was asked, each with its signature.
    fn take_notices(&self, now: Timestamp) -> Vec<SignedNotice>;
}

/// What a bank asks a payer to confirm.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Waiting {
    /// A payment.
    Payment(Money),
    /// That a card is kept for later payments.
    Keeping,
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
    /// It pays while its owner is there, and is declined at every renewal (domain 4.6).
    DeclinesWhenAway,
}

/// A report as it arrives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedNotice {
    /// The signature.
    pub signature: String,
    /// What is signed.
    pub body: Vec<u8>,
}

/// Writes files: invoices and credit notes, for people and for their bookkeeping programs, and workbooks. The same
/// document in the same language always gives the same bytes.
pub trait Documents: Send + Sync + 'static {
    /// The document on paper: PDF/A-3 with the XML inside.
    ///
    /// # Errors
    /// [`DocumentError`] when the page cannot be made, which is a mistake of ours.
    fn invoice_pdf(&self, document: &InvoiceDocument, language: Language) -> Result<Vec<u8>, DocumentError>;

    /// The document for programs: UBL 2.1 after EN 16931. The language is that of its notes.
    fn invoice_xml(&self, document: &InvoiceDocument, language: Language) -> String;

    /// A workbook for spreadsheets with one sheet: a head that stays in sight, and the rows under it (D25). Text stays
    /// text, so that no cell becomes a formula, whatever it begins with.
    ///
    /// # Errors
    /// [`DocumentError`] when there are more than [`SHEET_ROWS_MAX`] rows.
    fn workbook(&self, head: &[&str], rows: &[Vec<Cell>]) -> Result<Vec<u8>, DocumentError>;
}

/// Rows that a sheet can hold under its head.
pub const SHEET_ROWS_MAX: usize = 1_048_575;

/// A cell of a sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// Text, whatever it looks like.
    Text(String),
    /// A count.
    Count(i64),
    /// An amount, as a number with its decimals.
    Amount(Money),
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

/// An invoice with what else its page says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvoiceDocument {
    /// The invoice or credit note.
    pub invoice: Invoice,
    /// What pays it by itself; `None`: the customer transfers the money.
    pub method: Option<MethodDescription>,
    /// Whether a user bought it for the team, whom it is billed to and who alone has to pay it (R17).
    pub is_of_buyer: bool,
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

/// Draws what a mail says: text and HTML of the same content.
pub trait MailWriter: Send + Sync + 'static {
    /// Draws a mail. The same facts on the same letterhead always give the same text.
    fn write(&self, message: &Message, letterhead: &Letterhead) -> WrittenMail;
}

/// What a mail says besides its message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letterhead {
    /// The language of the reader.
    pub language: Language,
    /// The name of the reader; empty for an address without a person.
    pub recipient: String,
    /// The organization that it concerns.
    pub organization: String,
    /// Who sells; empty before the operator said so.
    pub seller: String,
    /// Whether a document goes with it.
    pub has_attachment: bool,
}

/// A mail as it is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WrittenMail {
    /// The subject, one line.
    pub subject: String,
    /// For readers of plain text.
    pub text: String,
    /// For everybody else: a whole page that loads nothing.
    pub html: String,
}

/// Hands mails to a mail server. A mail that the server took may still come back; that is not known here.
pub trait Mailer: Send + Sync + 'static {
    /// Hands one mail over. Blocks, but not for ever.
    ///
    /// The same mail handed over again has the same Message-ID, so that mail programs can tell. When the line breaks
    /// after the server took it and before it said so, nobody can know, and the mail is handed over once more.
    ///
    /// # Errors
    /// [`MailError`].
    fn send(&self, mail: &OutgoingMail) -> Result<(), MailError>;
}

/// A mail on its way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutgoingMail {
    /// What its Message-ID is made of.
    pub id: MailId,
    /// To whom.
    pub recipient: Recipient,
    /// What it says.
    pub written: WrittenMail,
    /// The document that goes with it.
    pub attachment: Option<Attachment>,
    /// When it is sent.
    pub sent_at: Timestamp,
}

/// A PDF that goes with a mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    /// The name of the file.
    pub file_name: String,
    /// The file.
    pub bytes: Vec<u8>,
}

/// Why a mail was not handed over; each with what the server said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MailError {
    /// The server cannot be used at all: it does not answer, breaks off, or does not let Zetel in. No mail's fault.
    Unusable(String),
    /// It does not take this mail now (a reply of 4xx).
    NotNow(String),
    /// It will never take this mail (a reply of 5xx, or an address that no server understands).
    Never(String),
}
