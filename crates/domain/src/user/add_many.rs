//! Add many people from a CSV file: reading it, checking every row, and saying of each wrong row what is wrong.
//!
//! [`read`] changes nothing and knows no database, so it can be run as a preview. Nobody is added unless every row is
//! right (all or nothing).

use super::{UserDraft, UserFacts, fold};
use crate::limits::UPLOAD_ROWS_MAX;
use crate::refusal::{Field, FieldRefusal, Refusal};
use crate::spreadsheet;
use std::collections::{HashMap, HashSet};

/// The columns of a file, in the order of the template. The first two are needed.
pub const COLUMNS: [Field; 5] =
    [Field::DisplayName, Field::Email, Field::Department, Field::UsageLocation, Field::Guest];

/// What a spreadsheet may call a column, besides its own name.
const OTHER_NAMES: [(&str, Field); 16] = [
    ("name", Field::DisplayName),
    ("naam", Field::DisplayName),
    ("weergavenaam", Field::DisplayName),
    ("e_mail", Field::Email),
    ("e_mailadres", Field::Email),
    ("email_address", Field::Email),
    ("e_mail_address", Field::Email),
    ("user_name", Field::Email),
    ("gebruikersnaam", Field::Email),
    ("afdeling", Field::Department),
    ("country", Field::UsageLocation),
    ("gebruikslocatie", Field::UsageLocation),
    ("land", Field::UsageLocation),
    ("gast", Field::Guest),
    ("user_type", Field::Guest),
    ("usertype", Field::Guest),
];

/// What a file of people says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PeopleFile {
    /// Rows that can be added, in the order of the file.
    pub people: Vec<NewPerson>,
    /// Rows that are wrong, in the order of the file.
    pub wrong: Vec<WrongRow>,
    /// Columns of the file that were not read, as the file calls them: unknown ones and those that come twice.
    pub ignored_columns: Vec<String>,
}

/// A row that can be added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewPerson {
    /// Line in the file on which the row starts; the header is line 1.
    pub line: u32,
    /// The checked facts.
    pub facts: UserFacts,
}

/// A row that cannot be added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WrongRow {
    /// Line in the file on which the row starts.
    pub line: u32,
    /// What the row says.
    pub draft: UserDraft,
    /// Everything that is wrong with it, each at its column; at [`Field::File`] when the row cannot be read at all.
    pub refusals: Vec<FieldRefusal>,
}

impl PeopleFile {
    /// How many rows the file has, without its header and its blank lines.
    #[must_use]
    pub const fn row_count(&self) -> usize {
        self.people.len() + self.wrong.len()
    }

    /// Moves the rows whose address belongs to somebody already to the wrong ones.
    #[must_use]
    pub fn without_taken(mut self, taken: &HashSet<String>) -> Self {
        let (free, taken): (Vec<_>, Vec<_>) =
            self.people.into_iter().partition(|person| !taken.contains(&person.facts.email));
        self.people = free;
        self.wrong.extend(taken.into_iter().map(|person| WrongRow {
            line: person.line,
            draft: person.facts.into(),
            refusals: vec![Refusal::EmailTaken.at(Field::Email)],
        }));
        self.wrong.sort_by_key(|row| row.line);
        self
    }

    /// The people, when every row is right.
    ///
    /// # Errors
    /// [`Refusal::RowsRefused`] with the number of wrong rows.
    pub fn all_or_nothing(self) -> Result<Vec<NewPerson>, Refusal> {
        match u32::try_from(self.wrong.len()).unwrap_or(u32::MAX) {
            0 => Ok(self.people),
            count => Err(Refusal::RowsRefused { count }),
        }
    }
}

/// Reads a file of people as spreadsheets write it, with a header. Neither the order nor the case of the columns
/// matters.
///
/// # Errors
/// [`Refusal::FileEmpty`], [`Refusal::MissingColumns`], [`Refusal::TooManyRows`].
pub fn read(text: &str) -> Result<PeopleFile, Refusal> {
    let mut rows = spreadsheet::rows(text);
    let header = rows.next().ok_or(Refusal::FileEmpty)?.cells;
    let (columns, ignored_columns) = find_columns(&header)?;
    let mut reader = Reader { columns, width: header.len(), lines: HashMap::new(), file: PeopleFile::default() };
    reader.file.ignored_columns = ignored_columns;
    for row in rows {
        if reader.file.row_count() == UPLOAD_ROWS_MAX {
            return Err(Refusal::TooManyRows { maximum: UPLOAD_ROWS_MAX as u32 });
        }
        reader.take(row.line, &row.cells);
    }
    if reader.file.row_count() == 0 {
        return Err(Refusal::FileEmpty);
    }
    Ok(reader.file)
}

/// Where each of [`COLUMNS`] stands, and the columns that are not read.
fn find_columns(header: &csv::StringRecord) -> Result<([Option<usize>; COLUMNS.len()], Vec<String>), Refusal> {
    let mut columns = [None; COLUMNS.len()];
    let mut ignored = Vec::new();
    for (position, name) in header.iter().enumerate() {
        match column(name) {
            Some(index) if columns[index].is_none() => columns[index] = Some(position),
            _ if name.is_empty() => {}
            _ => ignored.push(name.to_owned()),
        }
    }
    let missing: Vec<_> = (0..2).filter(|index| columns[*index].is_none()).map(|index| COLUMNS[index].code()).collect();
    if missing.is_empty() {
        return Ok((columns, ignored));
    }
    Err(Refusal::MissingColumns { columns: missing.into_iter().map(str::to_owned).collect() })
}

fn column(name: &str) -> Option<usize> {
    let name = fold(name).replace([' ', '-'], "_");
    let known = |field: &Field| {
        field.code() == name || OTHER_NAMES.iter().any(|(other, of)| *other == name && of.code() == field.code())
    };
    COLUMNS.iter().position(known)
}

struct Reader {
    columns: [Option<usize>; COLUMNS.len()],
    width: usize,
    /// The line on which each address stands first.
    lines: HashMap<String, u32>,
    file: PeopleFile,
}

impl Reader {
    fn take(&mut self, line: u32, record: &csv::StringRecord) {
        let text = |index: usize| self.columns[index].and_then(|at| record.get(at)).unwrap_or_default().to_owned();
        let draft = UserDraft {
            display_name: text(0),
            email: text(1),
            department: text(2),
            usage_location: text(3),
            guest: text(4),
        };
        match self.check(line, &draft, record.len()) {
            Ok(facts) => self.file.people.push(NewPerson { line, facts }),
            Err(refusals) => self.file.wrong.push(WrongRow { line, draft, refusals }),
        }
    }

    fn check(&mut self, line: u32, draft: &UserDraft, width: usize) -> Result<UserFacts, Vec<FieldRefusal>> {
        if width != self.width {
            return Err(vec![Refusal::UnreadableRow.at(Field::File)]);
        }
        let checked = draft.check();
        let Ok(email) = super::email(&draft.email) else { return checked };
        match (self.lines.get(&email).copied(), checked) {
            (None, checked) => {
                self.lines.insert(email, line);
                checked
            }
            (Some(first_line), checked) => {
                let mut refusals = checked.err().unwrap_or_default();
                refusals.push(Refusal::EmailTwice { first_line }.at(Field::Email));
                Err(refusals)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const HEADER: &str = "display_name,email,department,usage_location\n";

    fn rows(text: &str) -> PeopleFile {
        read(&format!("{HEADER}{text}")).expect("the file can be read")
    }

    fn person(line: u32, name: &str, email: &str, department: &str, country: Option<&str>) -> NewPerson {
        let facts = UserFacts {
            display_name: name.to_owned(),
            email: email.to_owned(),
            department: department.to_owned(),
            usage_location: country.map(str::to_owned),
            is_guest: false,
        };
        NewPerson { line, facts }
    }

    fn wrong(file: &PeopleFile) -> Vec<(u32, Vec<FieldRefusal>)> {
        file.wrong.iter().map(|row| (row.line, row.refusals.clone())).collect()
    }

    /// R72.
    #[test]
    fn a_file_is_a_list_of_people() {
        let file = rows("Noor de Vries,Noor@Waterland.example,Sales,nl\n李明,li.ming@waterland.example,,\n");
        assert_eq!(
            file.people,
            [
                person(2, "Noor de Vries", "noor@waterland.example", "Sales", Some("NL")),
                person(3, "李明", "li.ming@waterland.example", "", None),
            ]
        );
        assert_eq!((file.wrong.len(), file.row_count()), (0, 2));
    }

    #[test]
    fn spreadsheets_write_marks_semicolons_quotes_and_carriage_returns() {
        let text = "\u{feff}E-mailadres;Weergavenaam;Afdeling;Gebruikslocatie\r\n\
                    noor@waterland.example;\"Vries, Noor \"\"Nora\"\" de\";\"R;D\";NL\r\n;;;\r\n\r\n\
                    bram@waterland.example;Bram;;\r\n";
        let file = read(text).expect("the file can be read");
        assert_eq!(
            file.people,
            [
                person(2, "Vries, Noor \"Nora\" de", "noor@waterland.example", "R;D", Some("NL")),
                person(5, "Bram", "bram@waterland.example", "", None),
            ]
        );
        let marked = read("sep=;\r\nname;email\r\nBram;bram@waterland.example\r\n").expect("the file can be read");
        assert_eq!(marked.people, [person(3, "Bram", "bram@waterland.example", "", None)]);
        let pasted = read("Display name\tEmail\nBram\tbram@waterland.example").expect("the file can be read");
        assert_eq!(pasted.people, [person(2, "Bram", "bram@waterland.example", "", None)]);
    }

    /// R179: a column says who is a guest; without one nobody is.
    #[test]
    fn a_file_says_who_is_a_guest() {
        let file =
            read("name,email,userType\nNoor,noor@w.example,Guest\nBram,bram@w.example,Member\nEls,e@w.example,?\n")
                .expect("the file can be read");
        let guests: Vec<_> = file.people.iter().map(|person| person.facts.is_guest).collect();
        assert_eq!(guests, [true, false]);
        assert_eq!(wrong(&file), [(4, vec![Refusal::UnknownChoice.at(Field::Guest)])]);
        assert_eq!(file.wrong[0].draft.guest, "?");
        assert_eq!(file.ignored_columns, [""; 0]);
    }

    #[test]
    fn every_wrong_row_is_named_with_all_that_is_wrong() {
        let file = rows(
            "Noor,noor@waterland.example,Sales,NL\n\
             ,no address,Sales,Holland\n\
             Noor again,NOOR@waterland.example,,\n\
             Too,many@waterland.example,Sales,NL,columns\n\
             Bram,bram@waterland.example,,BE\n",
        );
        assert_eq!(
            wrong(&file),
            [
                (
                    3,
                    vec![
                        Refusal::Required.at(Field::DisplayName),
                        Refusal::NotAnEmail.at(Field::Email),
                        Refusal::UnknownCountry.at(Field::UsageLocation),
                    ]
                ),
                (4, vec![Refusal::EmailTwice { first_line: 2 }.at(Field::Email)]),
                (5, vec![Refusal::UnreadableRow.at(Field::File)]),
            ]
        );
        let lines: Vec<_> = file.people.iter().map(|person| person.line).collect();
        assert_eq!(lines, [2, 6]);
        assert_eq!(file.all_or_nothing(), Err(Refusal::RowsRefused { count: 3 }));
    }

    #[test]
    fn addresses_that_are_taken_are_wrong_rows() {
        let file = rows("Noor,noor@waterland.example,Sales,NL\nx,y,,\nBram,bram@waterland.example,,BE\n");
        let file = file.without_taken(&HashSet::from(["noor@waterland.example".to_owned()]));
        assert_eq!(
            wrong(&file),
            [(2, vec![Refusal::EmailTaken.at(Field::Email)]), (3, vec![Refusal::NotAnEmail.at(Field::Email)]),]
        );
        assert_eq!(file.people, [person(4, "Bram", "bram@waterland.example", "", Some("BE"))]);
    }

    #[test]
    fn a_quote_that_is_not_closed_spoils_what_follows_it() {
        let file = rows("Noor,noor@waterland.example,Sales,NL\n\"Bram,bram@waterland.example,,BE\nEls,e@w.example,,\n");
        assert_eq!(wrong(&file), [(3, vec![Refusal::UnreadableRow.at(Field::File)])]);
    }

    #[test]
    fn columns_may_stand_anywhere_but_two_are_needed() {
        let file =
            read("badge, EMAIL ,Name,Name\n7,bram@waterland.example,Bram,Other\n").expect("the file can be read");
        assert_eq!(file.people, [person(2, "Bram", "bram@waterland.example", "", None)]);
        assert_eq!(file.ignored_columns, ["badge", "Name"]);
        let missing = |columns: &[&str]| {
            Err(Refusal::MissingColumns { columns: columns.iter().map(ToString::to_string).collect() })
        };
        assert_eq!(read("name,department\nBram,Sales\n"), missing(&["email"]));
        assert_eq!(read("Bram;Sales\n"), missing(&["display_name", "email"]));
    }

    #[test]
    fn what_is_no_file_of_people_is_refused_as_a_whole() {
        for empty in ["", "\u{feff}", " \r\n\r\n", ",,,\n"] {
            assert_eq!(read(empty), Err(Refusal::FileEmpty), "{empty:?}");
        }
        assert_eq!(read(HEADER), Err(Refusal::FileEmpty));
    }

    #[test]
    fn a_hundred_thousand_rows_and_not_one_more() {
        let mut text = HEADER.to_owned();
        for number in 1..=100_000 {
            text += &format!("Person {number},person.{number}@waterland.example,Department {},NL\n", number % 20);
        }
        let file = read(&text).expect("the file can be read");
        assert_eq!((file.people.len(), file.wrong.len()), (100_000, 0));
        assert_eq!(file.people[99_999].line, 100_001);
        text += "One more,one.more@waterland.example,,\n";
        assert_eq!(read(&text), Err(Refusal::TooManyRows { maximum: 100_000 }));
    }

    proptest! {
        /// Whatever a file says, every row is either added or named, once.
        #[test]
        fn no_row_is_lost(text in "(name|email|é|,|;|\"|\r\n|\n| |a@b\\.nl|=){0,60}") {
            if let Ok(file) = read(&format!("{HEADER}{text}")) {
                let mut lines: Vec<_> = file.people.iter().map(|person| person.line).collect();
                lines.extend(file.wrong.iter().map(|row| row.line));
                let count = lines.len();
                lines.sort_unstable();
                lines.dedup();
                prop_assert_eq!(lines.len(), count);
                prop_assert!(lines.iter().all(|line| *line >= 2));
            }
        }
    }
}
