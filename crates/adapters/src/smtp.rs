//! Hands mails to a mail server: SMTP with TLS from the start or by STARTTLS, with a name and a password or without.
//!
//! What goes wrong before a mail is named (no connection, no TLS, no admission, an unwelcome sender) is the server's
//! business or the operator's, and no mail's fault. From the recipient on, the server's reply is about the mail.

use app::ports::{MailError, Mailer, OutgoingMail};
use lettre::address::Envelope;
use lettre::message::header::{ContentType, HeaderName, HeaderValue};
use lettre::message::{Attachment, Mailbox, MessageBuilder, MultiPart};
use lettre::transport::smtp::authentication::{Credentials, Mechanism};
use lettre::transport::smtp::client::{Certificate, SmtpConnection, TlsParameters};
use lettre::transport::smtp::commands::{Data, Mail, Rcpt};
use lettre::transport::smtp::extension::{ClientId, Extension, MailParameter};
use lettre::{Address, Message};
use std::fmt::Display;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, SystemTime};

/// How long a server may take for each answer.
pub const SMTP_TIMEOUT: Duration = Duration::from_secs(30);

/// How the line to a mail server is protected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SmtpSecurity {
    /// TLS from the first byte, usually on port 465.
    Tls,
    /// TLS after a greeting in the clear, usually on port 587; a server without it gets no mail.
    StartTls,
    /// Nothing: for a server on this machine.
    Plain,
}

/// A mail server and who Zetel is there.
#[derive(Clone)]
pub struct SmtpSettings {
    /// The name of the server, which its certificate has to hold.
    pub host: String,
    /// The port.
    pub port: u16,
    /// How the line is protected.
    pub security: SmtpSecurity,
    /// The name and the password that the server asks for.
    pub credentials: Option<(String, String)>,
    /// What mails are from: `Zetel <billing@example.com>`.
    pub from: String,
    /// A certificate in PEM that signs the server's, besides those that every browser knows.
    pub authority: Option<Vec<u8>>,
    /// How long the server may take for each answer.
    pub timeout: Duration,
}

/// Hands mails to one server, over a line that is kept while it works.
pub struct SmtpMailer {
    host: String,
    port: u16,
    security: SmtpSecurity,
    credentials: Option<Credentials>,
    from: Mailbox,
    tls: TlsParameters,
    timeout: Duration,
    line: Mutex<Option<SmtpConnection>>,
}

impl SmtpMailer {
    /// A mailer that has not connected yet.
    ///
    /// # Errors
    /// What is wrong with the address of the sender or with the certificate.
    pub fn new(settings: SmtpSettings) -> Result<Self, String> {
        let mut tls = TlsParameters::builder(settings.host.clone());
        if let Some(authority) = &settings.authority {
            tls = tls.add_root_certificate(Certificate::from_pem(authority).map_err(|error| error.to_string())?);
        }
        Ok(Self {
            from: settings.from.parse().map_err(|error| format!("{}: {error}", settings.from))?,
            tls: tls.build().map_err(|error| error.to_string())?,
            host: settings.host,
            port: settings.port,
            security: settings.security,
            credentials: settings.credentials.map(|(name, password)| Credentials::new(name, password)),
            timeout: settings.timeout,
            line: Mutex::new(None),
        })
    }

    /// A line on which the server takes mails: the one that is kept, when it still works.
    fn connect(&self, kept: Option<SmtpConnection>) -> Result<SmtpConnection, lettre::transport::smtp::Error> {
        if let Some(mut line) = kept
            && line.test_connected()
        {
            return Ok(line);
        }
        let hello = ClientId::Domain(self.from.email.domain().to_owned());
        let tls = (self.security == SmtpSecurity::Tls).then_some(&self.tls);
        let address = (self.host.as_str(), self.port);
        let mut line = SmtpConnection::connect(address, Some(self.timeout), &hello, tls, None)?;
        if self.security == SmtpSecurity::StartTls {
            line.starttls(&self.tls, &hello)?;
        }
        if let Some(credentials) = &self.credentials {
            line.auth(&[Mechanism::Plain, Mechanism::Login], credentials)?;
        }
        Ok(line)
    }

    /// The mail in its form for the line: ASCII throughout, so that every server takes it.
    fn write(&self, mail: &OutgoingMail) -> Result<Message, MailError> {
        let never = |error: &dyn Display| MailError::Never(error.to_string());
        let address = mail.recipient.address.parse().map_err(|error| never(&error))?;
        let name = Some(mail.recipient.name.clone()).filter(|name| !name.is_empty());
        let automatic = HeaderValue::new(HeaderName::new_from_ascii_str("Auto-Submitted"), "auto-generated".to_owned());
        let builder: MessageBuilder = Message::builder()
            .message_id(Some(format!("<{}@{}>", mail.id, self.from.email.domain())))
            .date(SystemTime::from(mail.sent_at))
            .from(self.from.clone())
            .to(Mailbox::new(name, address))
            .subject(mail.written.subject.as_str())
            .raw_header(automatic);
        let text = MultiPart::alternative_plain_html(mail.written.text.clone(), mail.written.html.clone());
        let whole = match &mail.attachment {
            None => builder.multipart(text),
            Some(file) => {
                let kind = ContentType::parse("application/pdf").map_err(|error| never(&error))?;
                let file = Attachment::new(file.file_name.clone()).body(file.bytes.clone(), kind);
                builder.multipart(MultiPart::mixed().multipart(text).singlepart(file))
            }
        };
        whole.map_err(|error| never(&error))
    }
}

impl Mailer for SmtpMailer {
    fn send(&self, mail: &OutgoingMail) -> Result<(), MailError> {
        let message = self.write(mail)?;
        let kept = self.line.lock().unwrap_or_else(PoisonError::into_inner).take();
        let mut line = self.connect(kept).map_err(|error| MailError::Unusable(error.to_string()))?;
        hand_over(&mut line, message.envelope(), &message.formatted()).inspect_err(|_| line.abort())?;
        *self.line.lock().unwrap_or_else(PoisonError::into_inner) = Some(line);
        Ok(())
    }
}

fn hand_over(line: &mut SmtpConnection, envelope: &Envelope, bytes: &[u8]) -> Result<(), MailError> {
    let is_ascii = |address: &Address| AsRef::<str>::as_ref(address).is_ascii();
    let needs_utf8 = !envelope.to().iter().chain(envelope.from()).all(is_ascii);
    if needs_utf8 && !line.server_info().supports_feature(Extension::SmtpUtfEight) {
        return Err(MailError::Never("the mail server takes no address with such letters".to_owned()));
    }
    let parameters = if needs_utf8 { vec![MailParameter::SmtpUtfEight] } else { Vec::new() };
    line.command(Mail::new(envelope.from().cloned(), parameters))
        .map_err(|error| MailError::Unusable(error.to_string()))?;
    for recipient in envelope.to() {
        line.command(Rcpt::new(recipient.clone(), Vec::new())).map_err(about_the_mail)?;
    }
    line.command(Data).map_err(about_the_mail)?;
    line.message(bytes).map_err(about_the_mail)?;
    Ok(())
}

/// What a reply says about a mail; 421 says that the server closes.
fn about_the_mail(error: lettre::transport::smtp::Error) -> MailError {
    let said = error.to_string();
    match error.status() {
        Some(code) if code.to_string() == "421" => MailError::Unusable(said),
        Some(_) if error.is_permanent() => MailError::Never(said),
        Some(_) => MailError::NotNow(said),
        None => MailError::Unusable(said),
    }
}
