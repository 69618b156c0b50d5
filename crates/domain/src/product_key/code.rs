//! The 25 characters of a product key (D13): no two of the alphabet look alike, and two of them check the others.

use crate::refusal::Refusal;
use std::fmt;

/// Characters of a key.
pub const KEY_LENGTH: usize = 25;

/// Characters of a group.
const GROUP: usize = 5;

/// Digits and letters of which no two look alike: O, I, L, Z, S, B and U are read as 0, 1, 1, 2, 5, 8 and V. Their
/// number is a prime, so that the two check equations find every one or two wrong characters and every two that
/// changed places.
const ALPHABET: &[u8; 29] = b"0123456789ACDEFGHJKMNPQRTVWXY";

/// The size of the alphabet, in the arithmetic of the check.
const PRIME: u32 = 29;

/// Characters that carry the key; the last two check them.
const DATA: usize = KEY_LENGTH - 2;

/// The characters of a key, as numbers of their places in the alphabet.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KeyCode([u8; KEY_LENGTH]);

impl KeyCode {
    /// The key of a random number: 29 to the power of 23 of them, more than 2 to the power of 111.
    #[must_use]
    pub fn from_number(mut number: u128) -> Self {
        let mut digits = [0; KEY_LENGTH];
        for digit in &mut digits[..DATA] {
            *digit = (number % u128::from(PRIME)) as u8;
            number /= u128::from(PRIME);
        }
        let (sum, weighted) = checks(&digits);
        // The two last characters, of weights 24 and 25, bring both sums to nothing.
        let last = (PRIME * PRIME - weighted + 24 * sum) % PRIME;
        digits[DATA] = ((2 * PRIME - sum - last) % PRIME) as u8;
        digits[DATA + 1] = last as u8;
        Self(digits)
    }

    /// Reads what a person typed or pasted: groups with or without dashes and spaces of any kind, in any case, in full
    /// width, with look-alike letters.
    ///
    /// # Errors
    /// [`Refusal::KeyFormat`] when it is not 25 letters and digits, [`Refusal::KeyMistyped`] when the check says that
    /// one of them is wrong.
    pub fn read(text: &str) -> Result<Self, Refusal> {
        let mut digits = [0; KEY_LENGTH];
        let mut length = 0;
        for character in text.chars().filter(|character| !is_separator(*character)) {
            let digit = digit(character).ok_or(Refusal::KeyFormat)?;
            *digits.get_mut(length).ok_or(Refusal::KeyFormat)? = digit;
            length += 1;
        }
        match (length, checks(&digits)) {
            (KEY_LENGTH, (0, 0)) => Ok(Self(digits)),
            (KEY_LENGTH, _) => Err(Refusal::KeyMistyped),
            _ => Err(Refusal::KeyFormat),
        }
    }

    /// The characters without dashes.
    #[must_use]
    pub fn characters(&self) -> String {
        self.0.iter().map(|digit| char::from(ALPHABET[usize::from(*digit)])).collect()
    }

    /// The last five characters, by which people recognize it.
    #[must_use]
    pub fn last_five(&self) -> String {
        self.characters().split_off(KEY_LENGTH - GROUP)
    }
}

impl fmt::Display for KeyCode {
    /// Five groups of five.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, digit) in self.0.iter().enumerate() {
            if index > 0 && index % GROUP == 0 {
                formatter.write_str("-")?;
            }
            write!(formatter, "{}", char::from(ALPHABET[usize::from(*digit)]))?;
        }
        Ok(())
    }
}

impl fmt::Debug for KeyCode {
    /// A key is worth money, so no log shows more of it than people need to recognize it.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "KeyCode(…-{})", self.last_five())
    }
}

/// The keys of a text that holds several: one on a line, or with commas, semicolons or tabs between them, or one after
/// the other. Each as it was typed, so that what is wrong with it can be said beside it.
#[must_use]
pub fn split(text: &str) -> Vec<String> {
    let pieces = text.split(['\n', '\r', ',', ';', '|', '\t']).map(str::trim).filter(|piece| !piece.is_empty());
    pieces.flat_map(split_run).collect()
}

/// The last five characters that a person typed to look a key up by.
///
/// # Errors
/// [`Refusal::KeyFormat`] when it is not five letters and digits.
pub fn read_last_five(text: &str) -> Result<String, Refusal> {
    let digits: Option<Vec<_>> = text.chars().filter(|character| !is_separator(*character)).map(digit).collect();
    let digits = digits.filter(|digits| digits.len() == GROUP).ok_or(Refusal::KeyFormat)?;
    Ok(digits.into_iter().map(|digit| char::from(ALPHABET[usize::from(digit)])).collect())
}

/// Keys that stand one after the other are cut apart; anything else stays as it is.
fn split_run(piece: &str) -> Vec<String> {
    let characters: Vec<char> = piece.chars().filter(|character| !is_separator(*character)).collect();
    if characters.len() <= KEY_LENGTH || !characters.len().is_multiple_of(KEY_LENGTH) {
        return vec![piece.to_owned()];
    }
    let grouped = |key: &[char]| key.chunks(GROUP).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>();
    characters.chunks(KEY_LENGTH).map(|key| grouped(key).join("-")).collect()
}

/// The sum of the characters and the sum weighted by their places; both are nothing in a key.
fn checks(digits: &[u8; KEY_LENGTH]) -> (u32, u32) {
    let weighted = digits.iter().zip(1..).fold((0, 0), |(sum, weighted), (digit, place): (&u8, u32)| {
        (sum + u32::from(*digit), weighted + place * u32::from(*digit))
    });
    (weighted.0 % PRIME, weighted.1 % PRIME)
}

/// Spaces, dashes of every language, and what cannot be seen.
fn is_separator(character: char) -> bool {
    let is_dash = matches!(
        character,
        '-' | '_' | '\u{ad}' | '\u{2010}'
            ..='\u{2015}' | '\u{2043}' | '\u{2212}' | '\u{30fc}' | '\u{fe58}' | '\u{fe63}' | '\u{ff0d}' | '\u{ff70}'
    );
    let is_invisible = matches!(character, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}');
    character.is_whitespace() || is_dash || is_invisible
}

/// The place of a character in the alphabet, however it was typed.
fn digit(character: char) -> Option<u8> {
    let narrow = match character {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(character) - 0xfee0)?,
        _ => character,
    };
    let canonical = match narrow.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        'Z' => '2',
        'S' => '5',
        'B' => '8',
        'U' => 'V',
        other => other,
    };
    let place = ALPHABET.iter().position(|letter| char::from(*letter) == canonical)?;
    u8::try_from(place).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const KEY: &str = "4D9GR-70QE8-XKT05-1A5C2-HVEF6";

    fn key() -> KeyCode {
        KeyCode::from_number(0x1234_5678_9abc_def0_0fed_cba9_8765_4321)
    }

    /// R84, D13: 25 letters and digits, shown in five groups of five.
    #[test]
    fn a_key_is_25_characters_in_groups_of_five() {
        let shown = key().to_string();
        assert_eq!(shown.split('-').map(str::len).collect::<Vec<_>>(), [5; 5]);
        assert_eq!(key().characters().len(), KEY_LENGTH);
        assert!(shown.ends_with(&key().last_five()));
        assert_eq!(format!("{:?}", key()), format!("KeyCode(…-{})", key().last_five()));
    }

    /// D13: no two characters of the alphabet are taken for one another.
    #[test]
    fn the_alphabet_has_no_look_alikes() {
        for alike in ["0O", "1IL", "2Z", "5S", "8B", "UV"] {
            let there = alike.chars().filter(|letter| ALPHABET.contains(&(*letter as u8))).count();
            assert_eq!(there, 1, "{alike}");
        }
    }

    /// D13, R92: spaces, small letters, look-alikes, other dashes and full width are forgiven.
    #[test]
    fn reading_forgives_how_it_was_typed() {
        let code = KeyCode::read(KEY).unwrap();
        assert_eq!(code.to_string(), KEY);
        for typed in [
            "4d9gr-70qe8-xkt05-1a5c2-hvef6",
            "4D9GR70QE8XKT051A5C2HVEF6",
            " 4D9GR 70QE8 XKT05 1A5C2 HVEF6\n",
            "4D9GR\u{2013}70QE8\u{2212}XKT05\u{2011}1A5C2\u{2014}HVEF6",
            "4D9GR-7OQEB-XKTOS-IASCZ-HUEF6",
            "4D9GR-70QE8-XKT05-lA5C2-HVEF6",
            "\u{ff14}\u{ff24}\u{ff19}\u{ff27}\u{ff32}\u{ff0d}70QE8-XKT05-1A5C2-HVEF6",
            "4D9GR\u{a0}70QE8\u{3000}XKT05\u{200b}1A5C2\u{30fc}HVEF6\u{feff}",
        ] {
            assert_eq!(KeyCode::read(typed), Ok(code), "{typed}");
        }
    }

    /// R158, key_format: what is not 25 letters and digits is no key.
    #[test]
    fn another_length_or_other_characters_are_no_key() {
        for typed in [
            "",
            "4D9GR",
            "4D9GR-70QE8-XKT05-1A5C2-HVEF",
            "4D9GR-70QE8-XKT05-1A5C2-HVEF60",
            "4D9GR-70QE8-XKT05-1A5C2-HVEF?",
            "é",
        ] {
            assert_eq!(KeyCode::read(typed), Err(Refusal::KeyFormat), "{typed}");
        }
    }

    #[test]
    fn pasted_keys_are_told_apart() {
        let run = KEY.replace('-', " ");
        assert_eq!(split(&format!("{KEY}\r\n\n {KEY} ; {KEY},{run}\t4D9GR")), [KEY, KEY, KEY, &run, "4D9GR"]);
        assert_eq!(split(&format!("{run} {run}")), [KEY, KEY]);
        assert!(split(" \n ").is_empty());
    }

    #[test]
    fn a_key_is_looked_up_by_its_last_five() {
        assert_eq!(read_last_five(" huef-6"), Ok("HVEF6".to_owned()));
        assert_eq!(read_last_five("HVEF"), Err(Refusal::KeyFormat));
        assert_eq!(read_last_five(KEY), Err(Refusal::KeyFormat));
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(number in any::<u128>()) {
            let code = KeyCode::from_number(number);
            prop_assert_eq!(KeyCode::read(&code.to_string()), Ok(code));
        }

        /// D13: one or two wrong characters are told apart from an unknown key without a look-up.
        #[test]
        fn one_or_two_wrong_characters_are_found(
            number in any::<u128>(), first in 0..KEY_LENGTH, second in 0..KEY_LENGTH, by in 1..29u8, and_by in 0..29u8
        ) {
            let mut digits = KeyCode::from_number(number).0;
            digits[first] = (digits[first] + by) % 29;
            if second != first {
                digits[second] = (digits[second] + and_by) % 29;
            }
            prop_assert_eq!(KeyCode::read(&KeyCode(digits).to_string()), Err(Refusal::KeyMistyped));
        }

        #[test]
        fn characters_that_changed_places_are_found(number in any::<u128>(), first in 0..KEY_LENGTH, second in 0..KEY_LENGTH) {
            let mut digits = KeyCode::from_number(number).0;
            prop_assume!(digits[first] != digits[second]);
            digits.swap(first, second);
            prop_assert_eq!(KeyCode::read(&KeyCode(digits).to_string()), Err(Refusal::KeyMistyped));
        }

        #[test]
        fn reading_never_panics(text in ".{0,80}") {
            let _ = KeyCode::read(&text);
            let _ = split(&text);
        }
    }
}
