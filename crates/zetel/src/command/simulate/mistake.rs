//! What keeps a scenario from being played, and where it stands in the file.

use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use std::fmt;

/// Something that is wrong in a scenario, or goes otherwise than it says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    /// Where, such as `steps[0].do.buy.product`; empty when it is about no place in particular.
    pub path: String,
    /// What is wrong.
    pub sentence: String,
}

impl Mistake {
    /// A mistake at a place.
    pub fn at(path: impl Into<String>, sentence: impl Into<String>) -> Self {
        Self { path: path.into(), sentence: sentence.into() }
    }

    /// The mistake as one of a larger part of the scenario.
    pub fn within(self, place: &str) -> Self {
        let path = if self.path.is_empty() { place.to_owned() } else { format!("{place}.{}", self.path) };
        Self { path, ..self }
    }

    /// The mistake with its line in the text of the scenario.
    pub fn said(&self, text: &str) -> String {
        match (line_of(text, &self.path), self.path.as_str()) {
            (_, "") => self.sentence.clone(),
            (Some(line), path) => format!("line {line}, {path}: {}", self.sentence),
            (None, path) => format!("{path}: {}", self.sentence),
        }
    }
}

/// The line of what a path names; of what is around it, where the file leaves it out.
fn line_of(text: &str, path: &str) -> Option<usize> {
    let whole: Vec<&str> = path.split(['.', '[']).collect();
    (1..=whole.len()).rev().find_map(|depth| {
        let found = Place(&whole[..depth]).deserialize(&mut serde_json::Deserializer::from_str(text));
        found.err().map(|stopped| stopped.line())
    })
}

/// Reads up to a place and stops there with an error, which knows its line.
struct Place<'a>(&'a [&'a str]);

const HERE: &str = "here";

impl<'de> DeserializeSeed<'de> for Place<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Place<'_> {
    type Value = ();

    fn expecting(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str(HERE)
    }

    fn visit_str<E: Error>(self, _: &str) -> Result<(), E> {
        Err(E::custom(HERE))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let Some((wanted, rest)) = self.0.split_first() else { return Err(A::Error::custom(HERE)) };
        while let Some(key) = map.next_key::<String>()? {
            match key == *wanted {
                // The line of the name, also where what it names begins on the next one.
                true if rest.is_empty() => return Err(A::Error::custom(HERE)),
                true => map.next_value_seed(Place(rest))?,
                false => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        let Some((index, rest)) = self.0.split_first() else { return Err(A::Error::custom(HERE)) };
        let wanted: Option<usize> = index.trim_end_matches(']').parse().ok();
        for number in 0.. {
            let next = match Some(number) == wanted {
                true => list.next_element_seed(Place(rest))?,
                false => list.next_element::<IgnoredAny>()?.map(drop),
            };
            if next.is_none() {
                break;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_has_a_line() {
        let text =
            "{\n \"people\": [\"Anna\",\n  \"Bo\"],\n \"steps\": [{\"at\": 1},\n  {\"do\":\n   {\"buy\":\n    {}}}]\n}";
        let lines = [
            ("people", Some(2)),
            ("people[1]", Some(3)),
            ("steps[0].at", Some(4)),
            ("steps[1].do", Some(5)),
            ("steps[1].do.buy", Some(6)),
            // What the file leaves out is around there.
            ("steps[1].do.buy.product", Some(6)),
            ("steps[1].by", Some(5)),
            ("catalog", None),
        ];
        for (path, line) in lines {
            assert_eq!(line_of(text, path), line, "{path}");
        }
        assert_eq!(Mistake::at("", "no").said(text), "no");
        assert_eq!(Mistake::at("catalog", "no").said(text), "catalog: no");
        assert_eq!(Mistake::at("people[1]", "no").said(text), "line 3, people[1]: no");
    }
}
