//! International bank account numbers (ISO 13616): the length of each country's and the check digits.

use crate::refusal::Refusal;
use std::fmt;

/// Characters of an IBAN by country, from the registry of SWIFT.
const LENGTHS: &[(&str, usize)] = &[
    ("AD", 24),
    ("AE", 23),
    ("AL", 28),
    ("AT", 20),
    ("AZ", 28),
    ("BA", 20),
    ("BE", 16),
    ("BG", 22),
    ("BH", 22),
    ("BR", 29),
    ("BY", 28),
    ("CH", 21),
    ("CR", 22),
    ("CY", 28),
    ("CZ", 24),
    ("DE", 22),
    ("DK", 18),
    ("DO", 28),
    ("EE", 20),
    ("EG", 29),
    ("ES", 24),
    ("FI", 18),
    ("FO", 18),
    ("FR", 27),
    ("GB", 22),
    ("GE", 22),
    ("GI", 23),
    ("GL", 18),
    ("GR", 27),
    ("GT", 28),
    ("HR", 21),
    ("HU", 28),
    ("IE", 22),
    ("IL", 23),
    ("IS", 26),
    ("IT", 27),
    ("JO", 30),
    ("KW", 30),
    ("KZ", 20),
    ("LB", 28),
    ("LI", 21),
    ("LT", 20),
    ("LU", 20),
    ("LV", 21),
    ("MC", 27),
    ("MD", 24),
    ("ME", 22),
    ("MK", 19),
    ("MT", 31),
    ("MU", 30),
    ("NL", 18),
    ("NO", 15),
    ("PK", 24),
    ("PL", 28),
    ("PT", 25),
    ("QA", 29),
    ("RO", 24),
    ("RS", 22),
    ("SA", 24),
    ("SE", 24),
    ("SI", 19),
    ("SK", 24),
    ("SM", 27),
    ("TN", 24),
    ("TR", 26),
    ("UA", 29),
    ("VA", 22),
    ("XK", 20),
];

/// A bank account by its IBAN, in capitals without spaces. People see only its end; the gateway and documents that ask
/// for a transfer get all of it.
#[derive(Clone, PartialEq, Eq)]
pub struct Iban(String);

impl Iban {
    /// Reads an IBAN as people type it: any case, with spaces, dots or hyphens.
    ///
    /// # Errors
    /// [`Refusal::Required`]; [`Refusal::IbanShape`] for what does not begin with a country that has them
    /// and two digits; [`Refusal::IbanLength`]; [`Refusal::IbanMistyped`] when the check digits do not fit.
    pub fn parse(text: &str) -> Result<Self, Refusal> {
        let is_kept = |letter: &char| !letter.is_whitespace() && !".-".contains(*letter);
        let text = text.chars().filter(is_kept).collect::<String>().to_uppercase();
        if text.is_empty() {
            return Err(Refusal::Required);
        }
        let expected = LENGTHS.iter().find(|(country, _)| text.starts_with(country)).map(|(_, length)| *length);
        let has_shape = text.bytes().all(|letter| letter.is_ascii_alphanumeric())
            && text.bytes().skip(2).take(2).all(|letter| letter.is_ascii_digit());
        let expected = expected.filter(|_| has_shape).ok_or(Refusal::IbanShape)?;
        if text.len() != expected {
            return Err(Refusal::IbanLength { expected: expected as u32, found: text.len() as u32 });
        }
        let (head, account) = text.split_at(4);
        if remainder_97(&format!("{account}{head}")) == 1 { Ok(Self(text)) } else { Err(Refusal::IbanMistyped) }
    }

    /// The whole number, for the gateway.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The country of the bank.
    #[must_use]
    pub fn country(&self) -> &str {
        &self.0[..2]
    }

    /// What people recognize it by.
    #[must_use]
    pub fn last_four(&self) -> &str {
        &self.0[self.0.len() - 4..]
    }
}

impl fmt::Debug for Iban {
    /// Its end only, so that no log holds a whole one.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Iban({}..{})", self.country(), self.last_four())
    }
}

/// What is left of digits and letters, of which A counts 10 and Z 35, as one number after division by 97.
pub(super) fn remainder_97(text: &str) -> u32 {
    text.chars().filter_map(|letter| letter.to_digit(36)).fold(0, |rest, value| {
        let shifted = if value < 10 { rest * 10 } else { rest * 100 };
        (shifted + value) % 97
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const KNOWN: [&str; 8] = [
        "NL91ABNA0417164300",
        "DE89370400440532013000",
        "BE68539007547034",
        "FR1420041010050500013M02606",
        "GB29NWBK60161331926819",
        "MT84MALT011000012345MTLCAST001S",
        "NO9386011117947",
        "CH9300762011623852957",
    ];

    #[test]
    fn an_iban_is_read_as_people_type_it() {
        for text in KNOWN {
            assert_eq!(Iban::parse(text).expect(text).as_str(), text);
        }
        let iban = Iban::parse(" nl91 abna 0417-1643.00").expect("an IBAN");
        assert_eq!((iban.as_str(), iban.country(), iban.last_four()), ("NL91ABNA0417164300", "NL", "4300"));
        assert_eq!(format!("{iban:?}"), "Iban(NL..4300)");
    }

    #[test]
    fn what_is_no_iban_says_why() {
        assert_eq!(Iban::parse("  "), Err(Refusal::Required));
        for text in ["0417164300", "NLX1ABNA0417164300", "ZZ91ABNA0417164300", "NL91ABNA04171643é0", "NL9é1A"] {
            assert_eq!(Iban::parse(text), Err(Refusal::IbanShape), "{text}");
        }
        assert_eq!(Iban::parse("NL"), Err(Refusal::IbanLength { expected: 18, found: 2 }));
        assert_eq!(Iban::parse("NL91ABNA041716430"), Err(Refusal::IbanLength { expected: 18, found: 17 }));
        assert_eq!(Iban::parse("NL91ABNA0417164301"), Err(Refusal::IbanMistyped));
    }

    proptest! {
        #[test]
        fn one_wrong_character_or_two_exchanged_are_noticed(chosen in 0..KNOWN.len(), at in 4usize..30, by in 1u8..10) {
            let known = KNOWN[chosen].as_bytes();
            prop_assume!(at + 1 < known.len());
            let mut exchanged = known.to_vec();
            exchanged.swap(at, at + 1);
            if exchanged != known {
                prop_assert_eq!(Iban::parse(&String::from_utf8(exchanged).unwrap()), Err(Refusal::IbanMistyped));
            }
            if known[at].is_ascii_digit() {
                let mut mistyped = known.to_vec();
                mistyped[at] = b'0' + (known[at] - b'0' + by) % 10;
                prop_assert_eq!(Iban::parse(&String::from_utf8(mistyped).unwrap()), Err(Refusal::IbanMistyped));
            }
        }

        #[test]
        fn nothing_typed_panics(text in "\\PC{0,40}") {
            let _ = Iban::parse(&text);
        }
    }
}
