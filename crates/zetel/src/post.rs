//! What draws mails and sends them: over a mail server when its address is there; without one they wait in the outbox.

use adapters::{SMTP_TIMEOUT, SmtpMailer, SmtpSecurity, SmtpSettings};
use app::ports::{MailWriter, Mailer};
use clap::{Args, ValueEnum};
use mails::MailTemplates;
use std::path::PathBuf;
use std::sync::Arc;

/// The settings of a mail server. Its password comes from the environment only (`ZETEL_SMTP_PASSWORD`), so that no list
/// of processes shows it.
#[derive(Args, Clone, Default)]
pub struct MailServer {
    /// The mail server by name and port, such as smtp.example.com:587. Without one mails wait in the outbox.
    #[arg(long, env = "ZETEL_SMTP_ADDRESS")]
    smtp_address: Option<String>,
    /// How the line to it is protected; by default tls on port 465, and starttls on any other.
    #[arg(long, env = "ZETEL_SMTP_SECURITY")]
    smtp_security: Option<Security>,
    /// The name under which it knows Zetel, when it asks for one.
    #[arg(long, env = "ZETEL_SMTP_USER")]
    smtp_user: Option<String>,
    #[arg(skip = std::env::var("ZETEL_SMTP_PASSWORD").ok().filter(|value| !value.is_empty()))]
    smtp_password: Option<String>,
    /// A file in PEM with the certificate that vouches for it, when browsers do not know that.
    #[arg(long, env = "ZETEL_SMTP_AUTHORITY")]
    smtp_authority: Option<PathBuf>,
    /// Whom mails are from, such as "Zetel <billing@example.com>".
    #[arg(long, env = "ZETEL_MAIL_FROM")]
    mail_from: Option<String>,
}

/// How the line to a mail server is protected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Security {
    /// TLS from the start.
    Tls,
    /// TLS after a greeting in the clear.
    Starttls,
    /// Not at all: only for a server on this machine.
    Plain,
}

/// What draws mails and what sends them.
pub struct Post {
    /// What draws them.
    pub writer: Arc<dyn MailWriter>,
    /// What sends them; without it they wait.
    pub mailer: Option<Arc<dyn Mailer>>,
}

impl Post {
    /// Mails that wait; their links lead to the public address.
    pub fn without_server(public_address: Option<String>) -> Self {
        Self { writer: Arc::new(MailTemplates { public_address }), mailer: None }
    }
}

impl MailServer {
    /// What the settings ask for.
    ///
    /// # Errors
    /// A sentence that says which setting is missing beside the address of the server, or what is wrong with one.
    pub fn post(&self, public_address: Option<&str>) -> Result<Post, String> {
        let post = Post::without_server(public_address.map(str::to_owned));
        let Some(address) = &self.smtp_address else { return Ok(post) };
        let words = crate::command::words();
        let missing = |name: &str| words.cli_smtp_needs(name);
        public_address.ok_or_else(|| missing("ZETEL_PUBLIC_ADDRESS"))?;
        let from = self.mail_from.clone().ok_or_else(|| missing("ZETEL_MAIL_FROM"))?;
        let parts = address.rsplit_once(':').and_then(|(host, port)| Some((host.to_owned(), port.parse().ok()?)));
        let (host, port) = parts.ok_or_else(|| words.cli_smtp_address_wrong(address))?;
        let credentials = match (self.smtp_user.clone(), self.smtp_password.clone()) {
            (None, _) => None,
            (Some(_), None) => return Err(missing("ZETEL_SMTP_PASSWORD")),
            (Some(user), Some(password)) => Some((user, password)),
        };
        let authority = match &self.smtp_authority {
            Some(path) => Some(std::fs::read(path).map_err(|error| format!("{}: {error}", path.display()))?),
            None => None,
        };
        let security = self.security(port);
        let settings = SmtpSettings { host, port, security, credentials, from, authority, timeout: SMTP_TIMEOUT };
        Ok(Post { mailer: Some(Arc::new(SmtpMailer::new(settings)?)), ..post })
    }

    fn security(&self, port: u16) -> SmtpSecurity {
        match self.smtp_security {
            Some(Security::Tls) => SmtpSecurity::Tls,
            Some(Security::Starttls) => SmtpSecurity::StartTls,
            Some(Security::Plain) => SmtpSecurity::Plain,
            None if port == 465 => SmtpSecurity::Tls,
            None => SmtpSecurity::StartTls,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PUBLIC: Option<&str> = Some("https://zetel.example.com");

    fn settings() -> MailServer {
        MailServer {
            smtp_address: Some("smtp.example.com:587".to_owned()),
            mail_from: Some("Zetel <billing@example.com>".to_owned()),
            ..MailServer::default()
        }
    }

    fn wrong(settings: &MailServer) -> String {
        settings.post(PUBLIC).map(drop).unwrap_err()
    }

    #[test]
    fn mails_wait_without_a_server() {
        assert!(MailServer::default().post(None).is_ok_and(|post| post.mailer.is_none()));
        assert!(settings().post(PUBLIC).is_ok_and(|post| post.mailer.is_some()));
    }

    #[test]
    fn what_is_missing_is_named() {
        assert!(settings().post(None).map(drop).unwrap_err().contains("ZETEL_PUBLIC_ADDRESS"));
        assert!(wrong(&MailServer { mail_from: None, ..settings() }).contains("ZETEL_MAIL_FROM"));
        let smtp_user = Some("zetel".to_owned());
        assert!(wrong(&MailServer { smtp_user, ..settings() }).contains("ZETEL_SMTP_PASSWORD"));
        for address in ["smtp.example.com", "smtp.example.com:mail", ":70000"] {
            let smtp_address = Some(address.to_owned());
            assert!(wrong(&MailServer { smtp_address, ..settings() }).contains(address));
        }
        assert!(wrong(&MailServer { mail_from: Some("nobody".to_owned()), ..settings() }).contains("nobody"));
        let smtp_authority = Some(PathBuf::from("/nowhere.pem"));
        assert!(wrong(&MailServer { smtp_authority, ..settings() }).contains("/nowhere.pem"));
    }

    #[test]
    fn the_port_says_how_the_line_is_protected() {
        assert_eq!(settings().security(587), SmtpSecurity::StartTls);
        assert_eq!(settings().security(25), SmtpSecurity::StartTls);
        assert_eq!(settings().security(465), SmtpSecurity::Tls);
        let plain = MailServer { smtp_security: Some(Security::Plain), ..settings() };
        assert_eq!(plain.security(465), SmtpSecurity::Plain);
    }
}
