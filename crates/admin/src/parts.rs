//! The small values that the macros of `templates/components.html` draw. They carry words that are already chosen;
//! nothing here knows a language or a rule.

/// The four hues of a status. A hue never stands alone: an icon and a word go with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// As it should be.
    Good,
    /// Will need attention.
    Warning,
    /// Needs attention now.
    Severe,
    /// Neither good nor bad.
    Neutral,
}

impl Tone {
    /// The suffix of the style classes.
    pub fn name(self) -> &'static str {
        match self {
            Self::Good => "good",
            Self::Warning => "warning",
            Self::Severe => "severe",
            Self::Neutral => "neutral",
        }
    }

    /// The icon that says the same as the hue.
    pub fn icon(self) -> &'static str {
        match self {
            Self::Good => "check",
            Self::Warning => "warning",
            Self::Severe => "error",
            Self::Neutral => "info",
        }
    }
}

/// A status as a person sees it: icon, word and hue.
#[derive(Clone, Debug)]
pub struct Status {
    /// The hue.
    pub tone: Tone,
    /// Name of the icon in `assets/icons.svg`.
    pub icon: &'static str,
    /// The word, in the reader's language.
    pub word: String,
}

impl Status {
    /// A status with the usual icon of its hue.
    pub fn new(tone: Tone, word: impl Into<String>) -> Self {
        Self { tone, icon: tone.icon(), word: word.into() }
    }

    /// As it should be, with a check mark.
    pub fn good(word: impl Into<String>) -> Self {
        Self::new(Tone::Good, word)
    }

    /// Will need attention, with a warning sign.
    pub fn warning(word: impl Into<String>) -> Self {
        Self::new(Tone::Warning, word)
    }

    /// Needs attention now, with a cross.
    pub fn severe(word: impl Into<String>) -> Self {
        Self::new(Tone::Severe, word)
    }

    /// Neither good nor bad.
    pub fn neutral(word: impl Into<String>) -> Self {
        Self::new(Tone::Neutral, word)
    }

    /// The same status with another icon.
    pub fn icon(self, icon: &'static str) -> Self {
        Self { icon, ..self }
    }
}

/// A link with its text.
#[derive(Clone, Debug)]
pub struct Link {
    /// What a person reads.
    pub label: String,
    /// Where it leads.
    pub url: String,
}

impl Link {
    /// A link.
    pub fn new(label: impl Into<String>, url: impl Into<String>) -> Self {
        Self { label: label.into(), url: url.into() }
    }
}

/// Why an action cannot be done now, and what would open it. Shown as text beside the disabled action.
#[derive(Clone, Debug)]
pub struct Closed {
    /// Why, in a sentence.
    pub reason: String,
    /// What to do instead, if there is a place for it.
    pub remedy: Option<Link>,
}

impl Closed {
    /// A reason without a place to go.
    pub fn new(reason: impl Into<String>) -> Self {
        Self { reason: reason.into(), remedy: None }
    }

    /// The same reason with a way out.
    pub fn remedy(self, label: impl Into<String>, url: impl Into<String>) -> Self {
        Self { remedy: Some(Link::new(label, url)), ..self }
    }
}

/// Messages of a refused form, in the order in which its fields stand.
#[derive(Clone, Debug, Default)]
pub struct FieldErrors {
    pub(crate) messages: Vec<(String, String)>,
}

impl FieldErrors {
    /// No errors.
    pub fn none() -> Self {
        Self::default()
    }

    /// Adds a message at a field; an empty field name means the form as a whole.
    pub fn add(&mut self, field: impl Into<String>, message: impl Into<String>) {
        self.messages.push((field.into(), message.into()));
    }

    /// One message at one field.
    pub fn one(field: impl Into<String>, message: impl Into<String>) -> Self {
        Self { messages: vec![(field.into(), message.into())] }
    }

    /// The first message of a field, or the empty text.
    pub fn message(&self, field: &str) -> &str {
        self.messages.iter().find(|(name, _)| name == field).map_or("", |(_, message)| message)
    }

    /// Whether the form may be accepted.
    pub fn is_empty(&self) -> bool {
        self.messages.is_empty()
    }

    /// Every message with its field.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.messages.iter().map(|(field, message)| (field.as_str(), message.as_str()))
    }
}

/// One of several values to choose from: an option of a select, or a radio card.
#[derive(Clone, Debug)]
pub struct Choice {
    /// What the form sends.
    pub value: String,
    /// What a person reads.
    pub label: String,
    /// A second line, or empty.
    pub note: String,
    /// What stands at the end of a radio card (a price), or empty.
    pub end: String,
    /// Whether it cannot be chosen; `note` then says why.
    pub disabled: bool,
}

impl Choice {
    /// A choice with nothing but its name.
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self { value: value.into(), label: label.into(), note: String::new(), end: String::new(), disabled: false }
    }

    /// With a second line.
    pub fn note(self, note: impl Into<String>) -> Self {
        Self { note: note.into(), ..self }
    }

    /// With a text at the end, such as a price.
    pub fn end(self, end: impl Into<String>) -> Self {
        Self { end: end.into(), ..self }
    }

    /// Whether it is the one with this value.
    pub fn is(&self, value: &str) -> bool {
        self.value == value
    }

    /// Not to be chosen, and why.
    pub fn closed(self, reason: impl Into<String>) -> Self {
        Self { note: reason.into(), disabled: true, ..self }
    }
}

/// A link among its equals: a tab or a filter chip.
#[derive(Clone, Debug)]
pub struct Tab {
    /// What a person reads.
    pub label: String,
    /// Where it leads.
    pub url: String,
    /// Whether it is the one being shown.
    pub current: bool,
}

impl Tab {
    /// A tab.
    pub fn new(label: impl Into<String>, url: impl Into<String>, current: bool) -> Self {
        Self { label: label.into(), url: url.into(), current }
    }
}

/// The ways to the neighboring pages of a list that pages by key.
#[derive(Clone, Debug, Default)]
pub struct Paging {
    /// Address of the page before, if any.
    pub previous: Option<String>,
    /// Address of the page after, if any.
    pub next: Option<String>,
}

impl Paging {
    /// The pages around the one that was asked for as beginning after `asked`, which is empty for the first. `url` is
    /// the address of the page that begins after something; back leads to the first.
    pub fn of<T: ToString>(asked: &str, next: Option<T>, url: impl Fn(&str) -> String) -> Self {
        Self { previous: (!asked.is_empty()).then(|| url("")), next: next.map(|last| url(&last.to_string())) }
    }
}

/// How far long work has come.
#[derive(Clone, Debug)]
pub struct Progress {
    /// How much is done.
    pub done: u64,
    /// How much there is.
    pub total: u64,
    /// As a sentence: "312 of 1,000 people moved".
    pub text: String,
    /// Time left, in words, or empty when unknown.
    pub time_left: String,
    /// What happens when the person leaves, or empty.
    pub note: String,
    /// Where to fetch it again; none when the work is over.
    pub live_url: Option<String>,
}

/// The initials for a person's round mark: of the first and the last word, at most two letters.
pub fn initials(name: &str) -> String {
    let mut words = name.split_whitespace().filter_map(|word| word.chars().find(|letter| letter.is_alphanumeric()));
    let first = words.next();
    first.into_iter().chain(words.next_back()).flat_map(char::to_uppercase).collect()
}

/// The hue of a person's mark, 1 to 5: always the same for the same name.
pub fn avatar_hue(name: &str) -> u32 {
    name.chars().fold(0_u32, |sum, letter| sum.wrapping_mul(33).wrapping_add(u32::from(letter))) % 5 + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn initials_are_of_the_first_and_the_last_word() {
        assert_eq!(initials("Anna de Vries"), "AV");
        assert_eq!(initials("operator"), "O");
        assert_eq!(initials("  \u{e9}milie (HR) zola "), "\u{c9}Z");
        assert_eq!(initials(""), "");
    }

    #[test]
    fn a_field_without_an_error_has_an_empty_message() {
        let mut errors = FieldErrors::none();
        assert!(errors.is_empty());
        errors.add("total", "Type a whole number.");
        assert_eq!(errors.message("total"), "Type a whole number.");
        assert_eq!(errors.message("reason"), "");
    }
}
