//! Mails as they are read: text and HTML of the same content, for programs that show little and those that show much.
//!
//! Every mail is a [`Letter`]: a subject, some sentences, facts, and where to go next. One template draws them all, so
//! that all look the same. It loads nothing, has its styles inline, and says for dark screens what differs there.

mod letter;
mod message;

use app::ports::{Letterhead, MailWriter, WrittenMail};
use askama::Template;
use domain::mail::Message;
use letter::{Fact, Letter};
use words::{PRODUCT, Words};

/// Draws mails.
#[derive(Debug, Clone, Default)]
pub struct MailTemplates {
    /// Where people reach Zetel, such as `https://zetel.example.com`; without it mails have no links.
    pub public_address: Option<String>,
}

impl MailWriter for MailTemplates {
    fn write(&self, message: &Message, letterhead: &Letterhead) -> WrittenMail {
        let words = Words::from(letterhead.language);
        let Letter { subject, paragraphs, facts, next: (label, path) } =
            message::letter(words, message, letterhead.has_attachment);
        let page = Page {
            words,
            subject: &subject,
            hello: Some(&letterhead.recipient).filter(|name| !name.is_empty()).map(|name| words.mail_hello(name)),
            paragraphs: &paragraphs,
            facts: &facts,
            next: self.address(&path).map(|address| (label, address)),
            footer: words.mail_footer(&letterhead.organization),
            settings: self.address("/settings/notifications"),
            seller: if letterhead.seller.is_empty() { PRODUCT } else { &letterhead.seller },
        };
        WrittenMail { text: Text { page: &page }.to_string().trim().to_owned() + "\n", html: page.to_string(), subject }
    }
}

impl MailTemplates {
    fn address(&self, path: &str) -> Option<String> {
        self.public_address.as_ref().map(|public| format!("{}{path}", public.trim_end_matches('/')))
    }
}

#[derive(Template)]
#[template(path = "mail.html")]
struct Page<'a> {
    words: Words,
    subject: &'a str,
    hello: Option<String>,
    paragraphs: &'a [String],
    facts: &'a [Fact],
    next: Option<(&'static str, String)>,
    footer: String,
    settings: Option<String>,
    seller: &'a str,
}

#[derive(Template)]
#[template(path = "mail.txt")]
struct Text<'a> {
    page: &'a Page<'a>,
}
