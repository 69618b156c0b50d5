//! Texts that a person typed: what is taken of them, and what no text may have in it.

use crate::refusal::Refusal;

/// A text on one line: without space around it, at most so many characters, any script. What shows nothing is empty.
///
/// # Errors
/// [`Refusal::TooLong`], [`Refusal::ControlCharacter`].
pub fn line(text: &str, maximum: usize) -> Result<String, Refusal> {
    checked(text, maximum, char::is_control)
}

/// As [`line`], but there must be something.
///
/// # Errors
/// Those of [`line`], and [`Refusal::Required`].
pub fn required_line(text: &str, maximum: usize) -> Result<String, Refusal> {
    match line(text, maximum)? {
        text if text.is_empty() => Err(Refusal::Required),
        text => Ok(text),
    }
}

/// A text that may have several lines.
///
/// # Errors
/// As [`line`].
pub fn lines(text: &str, maximum: usize) -> Result<String, Refusal> {
    checked(text, maximum, |letter| letter.is_control() && !matches!(letter, '\t' | '\n' | '\r'))
}

fn checked(text: &str, maximum: usize, is_refused: impl Fn(char) -> bool) -> Result<String, Refusal> {
    let text = text.trim();
    if text.chars().all(|letter| letter.is_whitespace() || is_invisible(letter)) {
        return Ok(String::new());
    }
    if text.chars().count() > maximum {
        return Err(Refusal::TooLong { maximum: u32::try_from(maximum).unwrap_or(u32::MAX) });
    }
    if text.chars().any(|letter| is_refused(letter) || turns_text(letter)) {
        return Err(Refusal::ControlCharacter);
    }
    Ok(text.to_owned())
}

/// Whether a character turns the direction of all the text after it. In a name it could make a sentence of the history
/// read as another; names that are written from right to left do not need it.
pub(crate) const fn turns_text(letter: char) -> bool {
    matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Whether a character shows nothing by itself: joiners, marks of direction, fillers and selectors of variants. Between
/// letters some have a meaning (emoji, Persian), so they stay there, but no text is made of them.
pub(crate) const fn is_invisible(letter: char) -> bool {
    matches!(letter,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{2065}' | '\u{206a}'..='\u{206f}' | '\u{2800}' | '\u{3164}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Any script is taken, and what holds an emoji or a Persian word together stays.
    #[test]
    fn people_write_as_they_do() {
        for text in ["Jan-Willem O'Brien", "علی‌رضا", "👩‍💻 team ❤️", "株式会社", "Łukasz & Co. (2)"]
        {
            assert_eq!(line(&format!(" {text}\n"), 30), Ok(text.to_owned()));
        }
        assert_eq!(lines("One\r\n\ttwo\n", 30), Ok("One\r\n\ttwo".to_owned()));
    }

    /// What nobody sees is no text: of joiners, a filler, a blank of Braille, a mark of byte order.
    #[test]
    fn what_shows_nothing_is_empty() {
        for text in ["", " \t", "\u{200b}", "\u{200e} \u{2060}", "\u{3164}", "\u{2800}", "\u{feff}", "\u{fe0f}"] {
            assert_eq!(line(text, 30), Ok(String::new()), "{text:?}");
            assert_eq!(lines(text, 30), Ok(String::new()), "{text:?}");
            assert_eq!(required_line(text, 30), Err(Refusal::Required), "{text:?}");
        }
    }

    /// Neither what steers a terminal nor what turns the text after it; a new line only where there may be some.
    #[test]
    fn what_no_text_may_have() {
        for text in ["a\u{7}b", "a\0b", "a\u{85}b", "a\u{202e}b", "a\u{2066}b"] {
            assert_eq!(line(text, 30), Err(Refusal::ControlCharacter), "{text:?}");
            assert_eq!(lines(text, 30), Err(Refusal::ControlCharacter), "{text:?}");
        }
        assert_eq!(line("a\nb", 30), Err(Refusal::ControlCharacter));
        assert_eq!(line("aaaa", 3), Err(Refusal::TooLong { maximum: 3 }));
        assert_eq!(lines("a\na\na", 4), Err(Refusal::TooLong { maximum: 4 }));
    }
}
