//! Mails over SMTP to a server that others wrote (aiosmtpd): every mail in both languages arrives and reads as it was
//! written; and what a server can do wrong.
#![expect(clippy::unwrap_used, reason = "a helper of a test that cannot go on fails it")]

mod server;

use adapters::{SmtpMailer, SmtpSecurity, SmtpSettings};
use app::ports::{Attachment, Letterhead, MailError, MailWriter, Mailer, OutgoingMail, WrittenMail};
use domain::ids::MailId;
use domain::mail::{Message, Recipient};
use jiff::Timestamp;
use mails::MailTemplates;
use server::MailServer;
use std::time::{Duration, Instant};
use uuid::Uuid;
use words::Language;

fn mail(number: u128, address: &str) -> OutgoingMail {
    let written = WrittenMail {
        subject: "Bestelling 12: € 33,87".to_owned(),
        text: "Één regel.\n.\nNog een regel, die lang is. ".to_owned() + &"woord ".repeat(60) + "\n",
        html: "<p>Één regel.</p>".to_owned(),
    };
    let recipient = Recipient { name: "Zoë de Vries".to_owned(), address: address.to_owned() };
    let id = MailId::from_uuid(Uuid::from_u128(number));
    OutgoingMail { id, recipient, written, attachment: None, sent_at: Timestamp::UNIX_EPOCH }
}

fn settings(server: &MailServer, security: SmtpSecurity) -> SmtpSettings {
    SmtpSettings {
        host: "localhost".to_owned(),
        port: server.port,
        security,
        credentials: None,
        from: "Zetel <zetel@waterland.example>".to_owned(),
        authority: Some(server.authority.clone()),
        timeout: Duration::from_secs(2),
    }
}

fn mailer(server: &MailServer, security: SmtpSecurity) -> SmtpMailer {
    SmtpMailer::new(settings(server, security)).unwrap()
}

fn unusable(outcome: &Result<(), MailError>) -> bool {
    matches!(outcome, Err(MailError::Unusable(_)))
}

/// Domain 4.10: every mail in both languages, invoices with their PDF, arrives and reads as it was written.
#[test]
fn every_mail_arrives_in_both_languages() {
    let Some(server) = MailServer::start("starttls", &[]) else { return };
    let mailer = mailer(&server, SmtpSecurity::StartTls);
    let templates = MailTemplates { public_address: Some("https://zetel.example.com".to_owned()) };
    let mut expected = Vec::new();
    for (number, message) in Message::samples().into_iter().enumerate() {
        for language in Language::ALL {
            let letterhead = Letterhead {
                language,
                recipient: "Zoë de Vries".to_owned(),
                organization: "Gemeente Waterland".to_owned(),
                seller: "Zetel B.V.".to_owned(),
                has_attachment: message.document().is_some(),
            };
            let pdf = || Attachment { file_name: "Z-0000042.pdf".to_owned(), bytes: b"%PDF-1.7 \xff\x00".to_vec() };
            let written = templates.write(&message, &letterhead);
            let attachment = message.document().map(|_| pdf());
            let of = mail(number as u128, "zoe@waterland.example");
            mailer.send(&OutgoingMail { written: written.clone(), attachment, ..of }).unwrap();
            expected.push((written, message.document().is_some()));
        }
    }
    let received = server.received();
    assert_eq!(received.len(), expected.len());
    for (got, (written, has_pdf)) in received.iter().zip(&expected) {
        assert_eq!((&got.subject, &got.text, &got.html), (&written.subject, &written.text, &written.html));
        let pdf = has_pdf.then(|| ("Z-0000042.pdf".to_owned(), "255044462d312e3720ff00".to_owned()));
        assert_eq!(got.attachment, pdf);
        assert_eq!(got.to, "Zoë de Vries <zoe@waterland.example>");
        assert_eq!(got.from, "Zetel <zetel@waterland.example>");
        assert_eq!(got.automatic, "auto-generated");
    }
}

/// The same mail again has the same Message-ID, another one another.
#[test]
fn a_mail_keeps_its_identity() {
    let Some(server) = MailServer::start("plain", &[]) else { return };
    let mailer = mailer(&server, SmtpSecurity::Plain);
    for number in [1, 1, 2] {
        mailer.send(&mail(number, "anna@waterland.example")).unwrap();
    }
    let ids: Vec<_> = server.received().into_iter().map(|mail| mail.message_id).collect();
    assert_eq!(ids[0], format!("<{}@waterland.example>", MailId::from_uuid(Uuid::from_u128(1))));
    assert!(ids[0] == ids[1] && ids[1] != ids[2], "{ids:?}");
}

/// TLS from the first byte and by STARTTLS; nothing is said to a server whose certificate nobody vouches for, or that
/// does not offer what was asked for.
#[test]
fn the_line_is_protected() {
    let Some(server) = MailServer::start("tls", &[]) else { return };
    mailer(&server, SmtpSecurity::Tls).send(&mail(1, "anna@waterland.example")).unwrap();
    let stranger = SmtpSettings { authority: None, ..settings(&server, SmtpSecurity::Tls) };
    assert!(unusable(&SmtpMailer::new(stranger).unwrap().send(&mail(1, "anna@waterland.example"))));
    let other_name = SmtpSettings { host: "127.0.0.1".to_owned(), ..settings(&server, SmtpSecurity::Tls) };
    assert!(unusable(&SmtpMailer::new(other_name).unwrap().send(&mail(1, "anna@waterland.example"))));
    assert_eq!(server.received().len(), 1);

    let Some(clear) = MailServer::start("plain", &[]) else { return };
    assert!(unusable(&mailer(&clear, SmtpSecurity::StartTls).send(&mail(1, "anna@waterland.example"))));
    let Some(starttls) = MailServer::start("starttls", &[]) else { return };
    assert!(unusable(&mailer(&starttls, SmtpSecurity::Plain).send(&mail(1, "anna@waterland.example"))));
    assert_eq!(clear.received().len() + starttls.received().len(), 0);
}

#[test]
fn the_server_asks_for_a_password() {
    let Some(server) = MailServer::start("starttls", &["zetel", "s3cret"]) else { return };
    let with = |password: Option<&str>| {
        let credentials = password.map(|password| ("zetel".to_owned(), password.to_owned()));
        let settings = SmtpSettings { credentials, ..settings(&server, SmtpSecurity::StartTls) };
        SmtpMailer::new(settings).unwrap().send(&mail(1, "anna@waterland.example"))
    };
    assert_eq!(with(Some("s3cret")), Ok(()));
    for refused in [with(Some("wrong")), with(None)] {
        assert!(unusable(&refused), "no mail's fault: {refused:?}");
        assert!(!format!("{refused:?}").contains("wrong"));
    }
}

/// What the server says of a mail is told apart from what is wrong with the server; the next mail goes through.
#[test]
fn what_a_server_can_do_wrong() {
    let Some(server) = MailServer::start("starttls", &[]) else { return };
    let mailer = mailer(&server, SmtpSecurity::StartTls);
    let send = |name: &str| mailer.send(&mail(1, &format!("{name}@waterland.example")));
    let good = || assert_eq!(send("anna"), Ok(()));
    let later = send("later");
    assert!(matches!(&later, Err(MailError::NotNow(said)) if said.contains("greylisted")), "{later:?}");
    good();
    let never = send("never");
    assert!(matches!(&never, Err(MailError::Never(said)) if said.contains("no such user")), "{never:?}");
    let too_large = send("toolarge");
    assert!(matches!(&too_large, Err(MailError::Never(said)) if said.contains("too large")), "{too_large:?}");
    let no_address = mailer.send(&mail(1, "nobody"));
    assert!(matches!(no_address, Err(MailError::Never(_))), "{no_address:?}");
    good();
    assert!(unusable(&send("closing")), "421 is the server's");
    good();
    let begun = Instant::now();
    assert!(unusable(&send("hangs")), "it does not answer");
    assert!(begun.elapsed() < Duration::from_secs(10), "{:?}", begun.elapsed());
    good();
    let before = server.received().len();
    assert!(unusable(&send("drops")), "it took the mail, and the line broke before it said so");
    assert_eq!(server.received().len(), before + 1, "which nobody can know");
    good();
    let unwelcome =
        SmtpSettings { from: "unwelcome@waterland.example".to_owned(), ..settings(&server, SmtpSecurity::StartTls) };
    assert!(unusable(&SmtpMailer::new(unwelcome).unwrap().send(&mail(1, "anna@waterland.example"))));
}

/// Nobody listens; and one listens and never says a word.
#[test]
fn a_server_that_is_not_there() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let silent = SmtpSettings {
        host: "localhost".to_owned(),
        port: listener.local_addr().unwrap().port(),
        security: SmtpSecurity::Plain,
        credentials: None,
        from: "zetel@waterland.example".to_owned(),
        authority: None,
        timeout: Duration::from_millis(300),
    };
    let mailer = SmtpMailer::new(silent.clone()).unwrap();
    assert!(unusable(&mailer.send(&mail(1, "anna@waterland.example"))));
    drop(listener);
    assert!(unusable(&mailer.send(&mail(1, "anna@waterland.example"))));
    let wrong = |differ: SmtpSettings| SmtpMailer::new(differ).map(drop).unwrap_err();
    assert!(wrong(SmtpSettings { from: "nobody".to_owned(), ..silent.clone() }).contains("nobody"));
    wrong(SmtpSettings { authority: Some(b"-----BEGIN CERTIFICATE-----\nx\n".to_vec()), ..silent });
}
