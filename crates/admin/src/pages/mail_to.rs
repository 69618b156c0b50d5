//! A mail that is written already, for the reader's own mail program.

/// The address of the mail; nothing without somebody to send it to.
pub fn mail_to(address: &str, subject: &str, text: &str) -> String {
    let written = |text: &str| form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>().replace('+', "%20");
    match address.is_empty() {
        true => String::new(),
        false => format!("mailto:{address}?subject={}&body={}", written(subject), written(text)),
    }
}
