//! Every mail in both languages, as text and as HTML, as people reviewed them (domain 4.10). `ZETEL_WRITE_EXPECTED`
//! writes the expected files anew, for people to look at.

#![expect(clippy::unwrap_used, reason = "helpers of a test fail the test")]

use app::ports::{Letterhead, MailWriter, WrittenMail};
use domain::mail::{MailKind, Message};
use mails::MailTemplates;
use std::fs;
use std::path::Path;
use words::Language;

fn templates() -> MailTemplates {
    MailTemplates { public_address: Some("https://zetel.example.com/".to_owned()) }
}

fn letterhead(language: Language, message: &Message) -> Letterhead {
    Letterhead {
        language,
        recipient: "Anna de Vries".to_owned(),
        organization: "Gemeente Waterland".to_owned(),
        seller: "Zetel B.V.".to_owned(),
        has_attachment: message.document().is_some(),
    }
}

fn each(mut look: impl FnMut(&Message, Language, WrittenMail)) {
    for message in Message::samples() {
        for language in Language::ALL {
            let written = templates().write(&message, &letterhead(language, &message));
            look(&message, language, written);
        }
    }
}

fn assert_expected(name: &str, content: &str) {
    let expected = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/expected").join(name);
    if std::env::var_os("ZETEL_WRITE_EXPECTED").is_some() {
        fs::write(&expected, content).unwrap();
    }
    assert_eq!(content, fs::read_to_string(&expected).unwrap(), "{name}; ZETEL_WRITE_EXPECTED=1 writes it anew");
}

/// Every kind of mail, some in several ways, word for word.
#[test]
fn what_every_mail_says() {
    for language in Language::ALL {
        let mut all = String::new();
        each(|message, of, written| {
            if of == language {
                all += &format!("=== {}\nSubject: {}\n\n{}\n", message.kind().code(), written.subject, written.text);
            }
        });
        assert_expected(&format!("mails.{}.txt", language.code()), &all);
    }
}

/// All are drawn by one template, so one of each language shows how they look.
#[test]
fn how_a_mail_looks() {
    let invoice = Message::samples().into_iter().find(|message| message.kind() == MailKind::Invoice).unwrap();
    for language in Language::ALL {
        let written = templates().write(&invoice, &letterhead(language, &invoice));
        assert_expected(&format!("invoice.{}.html", language.code()), &written.html);
    }
}

/// Text and HTML say the same: every line of the text stands in the HTML.
#[test]
fn text_and_html_say_the_same() {
    each(|message, _, written| {
        let read = written.html.replace("&#38;", "&").replace("&#39;", "'").replace("&#34;", "\"");
        for line in written.text.lines().filter(|line| *line != "-- ") {
            let parts = line.split_once(": ").map_or(vec![line], |(label, value)| vec![label, value]);
            let is_there = read.contains(line) || parts.iter().all(|part| read.contains(part));
            assert!(is_there || line.contains("Gemeente Waterland"), "{} lacks {line:?}", message.kind());
        }
    });
}

/// A mail loads nothing from anywhere, has no script, and fits mail programs that cut what is long (102 kB).
#[test]
fn a_mail_loads_nothing() {
    each(|message, _, written| {
        for foreign in ["<img", "<script", "<link", "url(", "@import", "@font-face"] {
            assert!(!written.html.contains(foreign), "{} has {foreign}", message.kind());
        }
        assert!(written.html.len() < 20_000, "{}: {} bytes", message.kind(), written.html.len());
        assert!(!written.subject.contains(['\r', '\n']) && written.subject.chars().count() <= 120);
    });
}

/// What people typed stays text: it is no markup in HTML and adds no line to a subject.
#[test]
fn what_people_typed_stays_text() {
    let invoice = Message::samples().into_iter().find(|message| message.kind() == MailKind::Invoice).unwrap();
    let hostile = Letterhead {
        recipient: "<b>Anna</b>".to_owned(),
        organization: "<script>".to_owned(),
        seller: String::new(),
        ..letterhead(Language::English, &invoice)
    };
    let written = MailTemplates::default().write(&invoice, &hostile);
    assert!(!written.html.contains("<script>") && !written.html.contains("<b>"), "{}", written.html);
    assert!(written.html.contains("Sent by Zetel") && !written.html.contains("href"), "no address, no links");
}
