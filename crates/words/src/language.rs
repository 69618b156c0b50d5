//! The languages that Zetel speaks, and how a reader's language is found.

/// A language that every sentence exists in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Language {
    /// English, in US spelling (decision D28). The language when nothing else is known.
    #[default]
    English,
    /// Dutch, formal.
    Dutch,
}

impl Language {
    /// Every language, in the order in which a reader chooses.
    pub const ALL: [Self; 2] = [Self::English, Self::Dutch];

    /// The stable written form: the `lang` attribute, the cookie, the stored preference.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Dutch => "nl",
        }
    }

    /// The language with this written form.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|language| language.code() == code)
    }

    /// The name of the language in that language, for the switch in the top bar.
    #[must_use]
    pub const fn own_name(self) -> &'static str {
        match self {
            Self::English => "English",
            Self::Dutch => "Nederlands",
        }
    }

    /// The language that the switch in the top bar leads to.
    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Self::English => Self::Dutch,
            Self::Dutch => Self::English,
        }
    }

    /// The language of a tag such as `nl-BE`, or of a locale such as `nl_NL.UTF-8` (the `LANG` of a command line).
    #[must_use]
    pub fn from_tag(tag: &str) -> Option<Self> {
        let primary = tag.trim().split(['-', '_', '.']).next().unwrap_or_default();
        Self::from_code(&primary.to_ascii_lowercase())
    }

    /// The first choice of a browser among the languages that exist here, by the header `Accept-Language`; among equal
    /// choices the first one. English when it names none of them.
    #[must_use]
    pub fn from_accept_language(header: &str) -> Self {
        let mut best = (Self::default(), 0);
        for choice in header.split(',') {
            let mut parts = choice.split(';');
            let language = parts.next().and_then(Self::from_tag);
            let weight = parts.find_map(|part| part.trim().strip_prefix("q=")).map_or(1000, thousandths);
            if let Some(language) = language.filter(|_| weight > best.1) {
                best = (language, weight);
            }
        }
        best.0
    }
}

/// The weight `0.85` as 850; a weight that is not a number counts as nothing.
fn thousandths(weight: &str) -> u32 {
    let (whole, decimals) = weight.trim().split_once('.').unwrap_or((weight.trim(), ""));
    let digits: String = decimals.chars().chain("000".chars()).take(3).collect();
    whole.parse::<u32>().unwrap_or(0).saturating_mul(1000).saturating_add(digits.parse().unwrap_or(0)).min(1000)
}

/// All sentences in one language: `Words::from(Language::Dutch).your_products()`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Words {
    /// The language of the reader.
    pub language: Language,
}

impl From<Language> for Words {
    fn from(language: Language) -> Self {
        Self { language }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_gets_its_first_choice_that_exists() {
        let choices = [
            ("nl-NL,nl;q=0.9,en;q=0.8", Language::Dutch),
            ("en;q=0.3, nl;q=0.7", Language::Dutch),
            ("de,en;q=0.5,nl;q=0.4", Language::English),
            ("fr-FR", Language::English),
            ("", Language::English),
            ("nl;q=0", Language::English),
            ("NL", Language::Dutch),
            ("nl;q=rubbish,en;q=0.1", Language::English),
        ];
        for (header, language) in choices {
            assert_eq!(Language::from_accept_language(header), language, "{header}");
        }
    }

    #[test]
    fn a_command_line_says_its_language_as_a_locale() {
        assert_eq!(Language::from_tag("nl_NL.UTF-8"), Some(Language::Dutch));
        assert_eq!(Language::from_tag("en_US.UTF-8"), Some(Language::English));
        assert_eq!(Language::from_tag("C.UTF-8"), None);
    }

    #[test]
    fn every_language_is_found_by_its_code() {
        for language in Language::ALL {
            assert_eq!(Language::from_code(language.code()), Some(language));
            assert_eq!(language.other().other(), language);
        }
    }
}
