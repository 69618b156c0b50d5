//! People of an organization: parsing what was typed, and the row that Zetel keeps.

pub mod add_many;
pub mod administer;
pub mod change;
pub mod pasted;

use crate::codes::coded;
use crate::country;
use crate::event::Event;
use crate::ids::UserId;
use crate::limits;
use crate::refusal::{Field, FieldRefusal, Refusal};
use crate::typed::{self, is_invisible, turns_text};
use jiff::Timestamp;
use unicode_normalization::UnicodeNormalization;

coded! {
    /// Whether a person may sign in.
    pub enum UserState {
        /// May sign in.
        Active = "active",
        /// May not sign in; keeps licenses.
        Blocked = "blocked",
        /// Gone: licenses are free again, the name stays in the history.
        Deleted = "deleted",
    }
}

/// A person of an organization.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct User {
    /// Identity.
    pub id: UserId,
    /// Sign-in name: an e-mail address in lower case, unique in the organization among those not deleted.
    pub email: String,
    /// The name that people see.
    pub display_name: String,
    /// The department; may be empty.
    pub department: String,
    /// Where the person uses the services, by ISO 3166 code; needed before a license can be assigned (domain 2.3).
    pub usage_location: Option<String>,
    /// Whether the person is a guest, with an account of another organization: guests do not buy (domain 5.1, R179).
    pub is_guest: bool,
    /// Whether the person may sign in.
    pub state: UserState,
    /// How many licenses the person holds.
    pub license_count: u32,
    /// When the person was added.
    pub created_at: Timestamp,
    /// Counts the changes of this person.
    pub revision: i64,
}

impl User {
    /// The facts that can be changed.
    #[must_use]
    pub fn facts(&self) -> UserFacts {
        UserFacts {
            display_name: self.display_name.clone(),
            email: self.email.clone(),
            department: self.department.clone(),
            usage_location: self.usage_location.clone(),
            is_guest: self.is_guest,
        }
    }

    /// Refuses what is asked of a deleted person: for those who ask, the person is not there.
    ///
    /// # Errors
    /// [`Refusal::NotFound`].
    pub fn must_exist(&self) -> Result<(), Refusal> {
        if self.state == UserState::Deleted { Err(Refusal::NotFound) } else { Ok(()) }
    }
}

/// What a page, a file or a program gives about a person, not yet checked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct UserDraft {
    /// The name that people see.
    pub display_name: String,
    /// Sign-in name.
    pub email: String,
    /// The department; may be empty.
    pub department: String,
    /// ISO 3166 code; may be empty.
    pub usage_location: String,
    /// Whether it is a guest, as [`guest`] reads it; may be empty.
    pub guest: String,
}

/// Checked facts about a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UserFacts {
    /// The name that people see: 1 to 200 characters, no control characters.
    pub display_name: String,
    /// An e-mail address in lower case.
    pub email: String,
    /// The department; may be empty.
    pub department: String,
    /// ISO 3166 code of a known country.
    pub usage_location: Option<String>,
    /// Whether the person is a guest.
    pub is_guest: bool,
}

impl UserFacts {
    /// What happened when somebody with these facts was added.
    #[must_use]
    pub fn added(&self) -> Event {
        let (display_name, email) = (self.display_name.clone(), self.email.clone());
        Event::UserAdded { display_name, email, is_guest: self.is_guest }
    }
}

impl From<UserFacts> for UserDraft {
    fn from(facts: UserFacts) -> Self {
        Self {
            display_name: facts.display_name,
            email: facts.email,
            department: facts.department,
            usage_location: facts.usage_location.unwrap_or_default(),
            guest: if facts.is_guest { "yes".to_owned() } else { String::new() },
        }
    }
}

impl UserDraft {
    /// Checks every field, so that a form or a file can show all that is wrong at once.
    ///
    /// # Errors
    /// One refusal for each field that is wrong.
    pub fn check(&self) -> Result<UserFacts, Vec<FieldRefusal>> {
        let display_name = name(&self.display_name).map_err(|refusal| refusal.at(Field::DisplayName));
        let email = email(&self.email).map_err(|refusal| refusal.at(Field::Email));
        let department = match self.department.trim() {
            "" => Ok(String::new()),
            text => name(text).map_err(|refusal| refusal.at(Field::Department)),
        };
        let usage_location = country::code(&self.usage_location).map_err(|refusal| refusal.at(Field::UsageLocation));
        let is_guest = guest(&self.guest).map_err(|refusal| refusal.at(Field::Guest));
        match (display_name, email, department, usage_location, is_guest) {
            (Ok(display_name), Ok(email), Ok(department), Ok(usage_location), Ok(is_guest)) => {
                Ok(UserFacts { display_name, email, department, usage_location, is_guest })
            }
            (display_name, email, department, usage_location, is_guest) => {
                let wrong = [display_name.err(), email.err(), department.err(), usage_location.err(), is_guest.err()];
                Err(wrong.into_iter().flatten().collect())
            }
        }
    }
}

/// A name of a person, department, group or organization: trimmed, 1 to 200 characters, any script.
///
/// # Errors
/// [`Refusal::Required`], [`Refusal::TooLong`], [`Refusal::ControlCharacter`].
pub fn name(text: &str) -> Result<String, Refusal> {
    typed::required_line(text, limits::NAME_MAX)
}

/// An e-mail address, in lower case. Only what every mail system demands is checked: one `@` with something before it
/// and a name with a dot behind it, no spaces.
///
/// # Errors
/// [`Refusal::Required`], [`Refusal::TooLong`], [`Refusal::NotAnEmail`].
pub fn email(text: &str) -> Result<String, Refusal> {
    let text = text.trim().to_lowercase();
    if text.is_empty() {
        return Err(Refusal::Required);
    }
    if text.len() > limits::EMAIL_MAX {
        return Err(Refusal::TooLong { maximum: limits::EMAIL_MAX as u32 });
    }
    let well_formed = text.split_once('@').is_some_and(|(local, host)| {
        let labels_are_full = host.split('.').all(|label| !label.is_empty());
        !local.is_empty() && host.contains('.') && labels_are_full && !host.contains('@')
    });
    if !well_formed
        || text.chars().any(|letter| letter.is_whitespace() || letter.is_control() || "<>,;\"()".contains(letter))
        || text.chars().any(|letter| turns_text(letter) || is_invisible(letter))
    {
        return Err(Refusal::NotAnEmail);
    }
    Ok(text)
}

/// Whether somebody is a guest, as a form, a file in either language or the directory of the field says it; nothing
/// typed is a member.
///
/// # Errors
/// [`Refusal::UnknownChoice`].
pub fn guest(text: &str) -> Result<bool, Refusal> {
    match fold(text).as_str() {
        "" | "no" | "nee" | "false" | "0" | "member" | "lid" => Ok(false),
        "yes" | "ja" | "true" | "1" | "guest" | "gast" => Ok(true),
        _ => Err(Refusal::UnknownChoice),
    }
}

/// A password that a person chooses: length is its only rule.
///
/// # Errors
/// [`Refusal::PasswordTooShort`], [`Refusal::TooLong`].
pub fn password(text: &str) -> Result<&str, Refusal> {
    let length = text.chars().count();
    if length < limits::PASSWORD_MIN {
        return Err(Refusal::PasswordTooShort { minimum: limits::PASSWORD_MIN as u32 });
    }
    if length > limits::PASSWORD_MAX {
        return Err(Refusal::TooLong { maximum: limits::PASSWORD_MAX as u32 });
    }
    Ok(text)
}

/// The first words of what is searched for, folded: each must begin a word of a person's name or address.
#[must_use]
pub fn searched_words(text: &str) -> Vec<String> {
    let mut words: Vec<_> = fold(text).split_whitespace().map(str::to_owned).collect();
    words.truncate(limits::SEARCH_WORDS_MAX);
    words
}

/// The letters of a name by which it is sorted, found and told from others: in lower case and in one width, accents of
/// Latin letters and what shows nothing taken off.
#[must_use]
pub fn fold(text: &str) -> String {
    let letters = text.trim().nfkc().filter(|letter| !is_invisible(*letter));
    letters.flat_map(char::to_lowercase).map(base_letter).collect()
}

/// The words by which a person is found as someone types: of the name and of the address.
#[must_use]
pub fn search_words(display_name: &str, email: &str) -> Vec<String> {
    let folded = format!("{} {} {}", fold(display_name), fold(email), email.replace(['@', '.', '-', '_'], " "));
    let mut words: Vec<String> = folded.split_whitespace().map(str::to_owned).collect();
    words.sort_unstable();
    words.dedup();
    words
}

const fn base_letter(letter: char) -> char {
    match letter {
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' | 'ā' | 'ą' => 'a',
        'ç' | 'ć' | 'č' => 'c',
        'ď' => 'd',
        'è' | 'é' | 'ê' | 'ë' | 'ē' | 'ę' | 'ě' => 'e',
        'ğ' => 'g',
        'ì' | 'í' | 'î' | 'ï' | 'ı' => 'i',
        'ł' => 'l',
        'ñ' | 'ń' | 'ň' => 'n',
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' | 'ő' => 'o',
        'ř' => 'r',
        'ś' | 'š' | 'ş' => 's',
        'ť' => 't',
        'ù' | 'ú' | 'û' | 'ü' | 'ů' | 'ű' => 'u',
        'ý' | 'ÿ' => 'y',
        'ź' | 'ż' | 'ž' => 'z',
        other => other,
    }
}

#[cfg(test)]
pub(crate) mod tests_support {
    use super::*;
    use uuid::Uuid;

    /// Somebody with three licenses.
    pub fn anna() -> User {
        User {
            id: UserId::from_uuid(Uuid::from_u128(1)),
            email: "anna@waterland.example".to_owned(),
            display_name: "Anna de Vries".to_owned(),
            department: "Sales".to_owned(),
            usage_location: Some("NL".to_owned()),
            is_guest: false,
            state: UserState::Active,
            license_count: 3,
            created_at: Timestamp::UNIX_EPOCH,
            revision: 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_wrong_field_is_named_at_once() {
        let draft = UserDraft {
            display_name: " ".into(),
            email: "anna@".into(),
            department: "x".repeat(201),
            usage_location: "XX".into(),
            guest: "perhaps".into(),
        };
        assert_eq!(
            draft.check(),
            Err(vec![
                Refusal::Required.at(Field::DisplayName),
                Refusal::NotAnEmail.at(Field::Email),
                Refusal::TooLong { maximum: 200 }.at(Field::Department),
                Refusal::UnknownCountry.at(Field::UsageLocation),
                Refusal::UnknownChoice.at(Field::Guest),
            ])
        );
    }

    #[test]
    fn facts_are_trimmed_and_in_one_case() {
        let draft = UserDraft {
            display_name: "  Łukasz Öztürk ".into(),
            email: " Lukasz@Waterland.Example".into(),
            department: String::new(),
            usage_location: "nl".into(),
            guest: " Ja".into(),
        };
        let facts = draft.check().expect("the draft is right");
        assert_eq!(
            (facts.display_name.as_str(), facts.email.as_str(), facts.usage_location.as_deref()),
            ("Łukasz Öztürk", "lukasz@waterland.example", Some("NL"))
        );
        assert!(facts.is_guest);
    }

    #[test]
    fn addresses() {
        for wrong in [
            "a",
            "a@b",
            "a\u{200b}@b.example",
            "a\u{202e}@b.example",
            "@b.example",
            "a@b..example",
            "a b@c.example",
            "a@b@c.example",
            "<a@b.example>",
            "a@.example",
        ] {
            assert_eq!(email(wrong), Err(Refusal::NotAnEmail), "{wrong}");
        }
        assert_eq!(email("o'neil+x@sub.example.nl").as_deref(), Ok("o'neil+x@sub.example.nl"));
    }

    /// R179: files of either language, and those of the directory of the field.
    #[test]
    fn who_is_a_guest() {
        for text in ["yes", "JA", "true", "1", "Guest", "gast"] {
            assert_eq!(guest(text), Ok(true), "{text}");
        }
        for text in ["", " ", "no", "Nee", "FALSE", "0", "Member", "lid"] {
            assert_eq!(guest(text), Ok(false), "{text}");
        }
        assert_eq!(guest("maybe"), Err(Refusal::UnknownChoice));
    }

    /// A name may be written from right to left; it may not turn what is written after it.
    #[test]
    fn a_name_does_not_turn_the_text_around_it() {
        for written in ["مريم حداد", "מיכאל בן־דוד", "Ana\u{200d}", "Lea\u{200f}"] {
            assert_eq!(name(written), Ok(written.to_owned()));
        }
        for turning in ["\u{202e}live", "a\u{2066}b", "a\u{2069}", "a\nb"] {
            assert_eq!(name(turning), Err(Refusal::ControlCharacter), "{turning:?}");
        }
    }

    #[test]
    fn names_are_found_without_accents() {
        assert_eq!(
            search_words("Zoë de Graaff", "zoe.degraaff@waterland.example"),
            ["de", "degraaff", "example", "graaff", "waterland", "zoe", "zoe.degraaff@waterland.example"]
        );
        assert_eq!(fold("İpek"), "i\u{307}pek");
        for other in ["ＺＯＥ", "Zoe\u{308}", "Z\u{200b}oë"] {
            assert_eq!(fold(other), "zoe", "{other}");
        }
        assert_eq!(fold("王秀英"), "王秀英");
    }
}
