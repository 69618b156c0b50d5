//! Assign to many or take back from many at once: what is asked, the list of people, and what comes of each.

use crate::codes::coded;
use crate::ids::{GroupId, ProductId, ServicePlanId, SubscriptionId};
use crate::limits::{EMAIL_MAX, UPLOAD_ROWS_MAX};
use crate::refusal::Refusal;
use crate::spreadsheet::{self, Row};
use crate::user::{email, fold, pasted};
use std::collections::HashSet;

coded! {
    /// What is done with a list of people.
    pub enum BulkAction {
        /// Each gets a license.
        Assign = "assign",
        /// The license of each is taken back.
        Unassign = "unassign",
        /// Each gets a license of the organization instead of one that a user bought (R121).
        Centralize = "centralize",
    }
}

coded! {
    /// What came, or will come, of one person of a list.
    pub enum BulkOutcome {
        /// Nothing yet: the person's turn comes.
        Pending = "pending",
        /// Done.
        Done = "done",
        /// Has the product already, and is left as is.
        HasIt = "has_it",
        /// Does not have the product, so there is nothing to take back.
        HasNone = "has_none",
        /// Has no usage location (domain 2.3).
        NoLocation = "no_location",
        /// No license was left.
        NoLicense = "no_license",
        /// Has it from what another user bought (R108).
        NotYours = "not_yours",
        /// Nobody of the organization has this address.
        UnknownUser = "unknown_user",
        /// Not an e-mail address.
        NotAnEmail = "not_an_email",
        /// The address stands earlier in the same file.
        EmailTwice = "email_twice",
    }
}

/// What is done with a list, in one value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BulkRequest {
    /// Assign or take back.
    pub action: BulkAction,
    /// Of what.
    pub product_id: ProductId,
    /// From which subscription; `None` takes the one that ends last (D1).
    pub subscription_id: Option<SubscriptionId>,
    /// Apps that are switched off.
    pub disabled_plans: Vec<ServicePlanId>,
}

/// The people of an organization, all of them or those with something in common.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PeopleFilter {
    /// Only of this department; empty for any.
    pub department: String,
    /// Only members of this group.
    pub group: Option<GroupId>,
    /// Only people who hold no license of anything.
    pub unlicensed: bool,
}

/// An address of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedAddress {
    /// The line in the file, from 1.
    pub line: u32,
    /// The address in lower case, or what stands there instead.
    pub address: String,
    /// [`BulkOutcome::Pending`], or what is wrong with the line alone.
    pub outcome: BulkOutcome,
}

/// Names by which files call the column of addresses.
const COLUMN_NAMES: [&str; 12] = [
    "email",
    "e-mail",
    "mail",
    "email address",
    "e-mail address",
    "e-mailadres",
    "emailadres",
    "user name",
    "username",
    "gebruikersnaam",
    "userprincipalname",
    "user principal name",
];

/// Reads the addresses of a file as spreadsheets write it, with or without a header. Without one the first column with
/// an address counts, and all of a line that holds nothing but addresses.
///
/// # Errors
/// Those of [`spreadsheet::text`], [`Refusal::TooManyRows`], [`Refusal::MissingColumns`].
pub fn read_addresses(bytes: &[u8]) -> Result<Vec<ListedAddress>, Refusal> {
    let mut column = None;
    let mut has_header = false;
    let mut seen = HashSet::new();
    let mut listed = Vec::new();
    for Row { line, cells } in spreadsheet::rows(spreadsheet::text(bytes)?) {
        let whole = cells.iter().filter(|cell| !cell.is_empty()).collect::<Vec<_>>().join(",");
        if pasted::addresses(&whole).is_empty() {
            continue;
        }
        let column = match column {
            Some(column) => column,
            None => {
                let (found, is_header) = find_column(&cells)?;
                column = Some(found);
                has_header = is_header;
                if is_header {
                    continue;
                }
                found
            }
        };
        let addresses = match !has_header && pasted::is_only_addresses(&whole) {
            true => pasted::addresses(&whole),
            false => vec![cells.get(column).unwrap_or_default()],
        };
        if listed.len() + addresses.len() > UPLOAD_ROWS_MAX {
            return Err(Refusal::TooManyRows { maximum: UPLOAD_ROWS_MAX as u32 });
        }
        listed.extend(addresses.into_iter().map(|cell| listed_address(line, cell, &mut seen)));
    }
    if listed.is_empty() { Err(Refusal::FileEmpty) } else { Ok(listed) }
}

/// Reads what was pasted: cells of a sheet, or addresses in any order that [`pasted::addresses`] knows.
///
/// # Errors
/// [`Refusal::NotAnEmail`] where nothing could be one, and those of [`read_addresses`] but for an empty file and
/// missing columns: who pastes has neither.
pub fn read_pasted(text: &str) -> Result<Vec<ListedAddress>, Refusal> {
    match read_addresses(text.as_bytes()) {
        Err(Refusal::FileEmpty) => Err(Refusal::NotAnEmail),
        Err(Refusal::MissingColumns { .. }) => {
            let mut seen = HashSet::new();
            let lines = (1..).zip(text.lines());
            let pieces = lines.flat_map(|(line, text)| pasted::addresses(text).into_iter().map(move |one| (line, one)));
            Ok(pieces.map(|(line, one)| listed_address(line, one, &mut seen)).collect())
        }
        other => other,
    }
}

/// The column of addresses, and whether the row is a header.
fn find_column(row: &csv::StringRecord) -> Result<(usize, bool), Refusal> {
    let is_address = |cell: &str| pasted::addresses(cell).iter().any(|address| email(address).is_ok());
    if let Some(column) = row.iter().position(is_address) {
        return Ok((column, false));
    }
    let named = row.iter().position(|cell| COLUMN_NAMES.contains(&fold(cell).replace('_', " ").as_str()));
    match named {
        Some(column) => Ok((column, true)),
        // One column without a name: its first line is a wrong address, not a header.
        None if row.len() == 1 => Ok((0, false)),
        None => Err(Refusal::MissingColumns { columns: vec!["email".to_owned()] }),
    }
}

fn listed_address(line: u32, cell: &str, seen: &mut HashSet<String>) -> ListedAddress {
    match email(cell) {
        Err(_) => ListedAddress {
            line,
            address: cell.chars().take(EMAIL_MAX).filter(|letter| !letter.is_control()).collect(),
            outcome: BulkOutcome::NotAnEmail,
        },
        Ok(address) => {
            let is_first = seen.insert(address.clone());
            let outcome = if is_first { BulkOutcome::Pending } else { BulkOutcome::EmailTwice };
            ListedAddress { line, address, outcome }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(u32, String, BulkOutcome)> {
        let listed = read_addresses(text.as_bytes()).expect("the file is read");
        listed.into_iter().map(|one| (one.line, one.address, one.outcome)).collect()
    }

    fn pending(line: u32, address: &str) -> (u32, String, BulkOutcome) {
        (line, address.to_owned(), BulkOutcome::Pending)
    }

    /// R126: what spreadsheets write, with and without a header and a byte order mark.
    #[test]
    fn files_as_spreadsheets_write_them() {
        let anna = "anna@waterland.example";
        assert_eq!(
            read("\u{feff}Name;E-mail;Department\r\n\"de Vries; Anna\";Anna@Waterland.example;Sales\r\n"),
            [pending(2, anna)]
        );
        assert_eq!(
            read("anna@waterland.example\n\nbram@waterland.example"),
            [pending(1, anna), pending(3, "bram@waterland.example")]
        );
        assert_eq!(read("Anna,anna@waterland.example\nBram,bram@waterland.example")[1].1, "bram@waterland.example");
        assert_eq!(read("sep=;\nName;E-mail\nAnna;anna@waterland.example"), [pending(3, anna)]);
        assert_eq!(read("user_name\tx\nanna@waterland.example\ty"), [pending(2, anna)]);
    }

    /// What mail programs write: all addresses on one line, with another line or without.
    #[test]
    fn a_line_of_addresses() {
        let [anna, bram] = ["anna@waterland.example", "bram@waterland.example"];
        let both = [pending(1, anna), pending(1, bram)];
        for text in ["anna@waterland.example; bram@waterland.example;", "anna@waterland.example,bram@waterland.example"]
        {
            assert_eq!(read(text), both, "{text}");
        }
        let chris = "chris@waterland.example";
        let (first, second) = (format!("{anna},{bram}\n{chris}"), format!("{anna},{bram}\n{chris},{chris}"));
        assert_eq!(read(&first), [pending(1, anna), pending(1, bram), pending(2, chris)]);
        let twice = (2, chris.to_owned(), BulkOutcome::EmailTwice);
        assert_eq!(read(&second)[2..], [pending(2, chris), twice]);
        let mistyped = (1, "bram@waterland".to_owned(), BulkOutcome::NotAnEmail);
        assert_eq!(read(&format!("{anna},bram@waterland")), [pending(1, anna), mistyped]);
        // The address of a manager, in a file that names its columns, is not asked for.
        assert_eq!(read(&format!("email,manager\n{anna},{bram}")), [pending(2, anna)]);
    }

    #[test]
    fn every_wrong_line_is_named() {
        assert_eq!(
            read("email\nanna@waterland.example\nnobody\nANNA@waterland.example\n"),
            [
                pending(2, "anna@waterland.example"),
                (3, "nobody".to_owned(), BulkOutcome::NotAnEmail),
                (4, "anna@waterland.example".to_owned(), BulkOutcome::EmailTwice),
            ]
        );
        assert_eq!(read("nobody"), [(1, "nobody".to_owned(), BulkOutcome::NotAnEmail)]);
    }

    /// What people paste is read whatever stands between addresses, with the names that mail programs write; and who
    /// pastes hears nothing of files.
    #[test]
    fn what_was_pasted() {
        let read = |text: &str| {
            let listed = read_pasted(text).expect("there are some");
            listed.into_iter().map(|one| (one.line, one.address, one.outcome)).collect::<Vec<_>>()
        };
        let [anna, bram] = ["anna@waterland.example", "bram@waterland.example"];
        let both = [pending(1, anna), pending(1, bram)];
        for between in [",", ";", " ", "\t", ", ", "; ", ",;"] {
            assert_eq!(read(&format!("{anna}{between}{bram}")), both, "{between:?}");
            assert_eq!(read(&format!("Vries, Anna de <{anna}>{between}\"Smit, Bram\" <{bram}>")), both, "{between:?}");
        }
        let chris = "chris@waterland.example";
        let three = [pending(1, anna), pending(1, bram), pending(2, chris)];
        assert_eq!(read(&format!("Anna <{anna}>; {bram}\r\n{chris},\n")), three);
        assert_eq!(read(&format!("Name\tE-mail\nAnna\t{anna}")), [pending(2, anna)]);
        let wrong = |line, text: &str| (line, text.to_owned(), BulkOutcome::NotAnEmail);
        assert_eq!(read("Anna, Bram\nChris"), [wrong(1, "Anna"), wrong(1, "Bram"), wrong(2, "Chris")]);
        for nothing in [",;", "\n;\n", " "] {
            assert_eq!(read_pasted(nothing), Err(Refusal::NotAnEmail), "{nothing:?}");
        }
    }

    #[test]
    fn files_that_cannot_be_read() {
        assert_eq!(read_addresses(b",;\n"), Err(Refusal::FileEmpty));
        assert_eq!(read_addresses(b""), Err(Refusal::FileEmpty));
        assert_eq!(read_addresses(b"email\n"), Err(Refusal::FileEmpty));
        assert_eq!(read_addresses(&[0xff, 0xfe, 0x61]), Err(Refusal::NotUtf8));
        assert_eq!(
            read_addresses(b"name,department\nAnna,Sales\n"),
            Err(Refusal::MissingColumns { columns: vec!["email".to_owned()] })
        );
        let rows = "anna@waterland.example\n".repeat(UPLOAD_ROWS_MAX + 1);
        assert_eq!(read_addresses(rows.as_bytes()), Err(Refusal::TooManyRows { maximum: 100_000 }));
    }
}
