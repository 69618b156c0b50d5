//! The commands of the command line, a file each.

/// Prints a line. Whoever has stopped reading, such as `head`, ends the program quietly.
macro_rules! out {
    ($($line:tt)*) => { $crate::command::print(format_args!($($line)*)) };
}

pub mod backup;
pub mod bill_run;
pub mod doctor;
pub mod export;
pub mod import;
pub mod migrate;
pub mod policy;
pub mod product_keys;
pub mod restore;
pub mod serve;
pub mod simulate;
pub mod user;
pub mod work;

use app::organization::list::ListOrganizations;
use app::{App, Caller, Failure};
use domain::access::Actor;
use domain::ids::OrganizationId;
use domain::limits::PAGE_ROWS_MAX;
use jiff::civil::Date;
use std::error::Error;
use std::fmt::Arguments;
use std::io::{ErrorKind, Write, stdout};
use std::process::ExitCode;
use words::{Language, Words};

/// What a command gives; the error is printed for the operator.
pub type Outcome = Result<(), Box<dyn Error>>;

/// What a command gives that can come out badly without an error.
pub type Verdict = Result<ExitCode, Box<dyn Error>>;

/// The sentences in the language of the terminal, by the usual variables in their usual order.
pub fn words() -> Words {
    let locale = ["LC_ALL", "LC_MESSAGES", "LANG"].iter().find_map(|name| {
        let value = std::env::var(name).unwrap_or_default();
        (!value.is_empty()).then_some(value)
    });
    Words::from(Language::from_tag(&locale.unwrap_or_default()).unwrap_or_default())
}

/// What makes the first operator.
const FIRST_OPERATOR: &str = "zetel user add --operator EMAIL";

/// The one at the command line of the machine that runs Zetel.
fn operator() -> Caller {
    Caller { actor: Actor::system(), request: "command line".to_owned() }
}

fn print(line: Arguments<'_>) {
    if let Err(error) = writeln!(stdout(), "{line}") {
        match error.kind() {
            ErrorKind::BrokenPipe => std::process::exit(0),
            _ => {
                eprintln!("zetel: {error}");
                std::process::exit(1)
            }
        }
    }
}

/// A day as it is typed.
fn day(typed: &str) -> Result<Date, String> {
    typed.parse().map_err(|_| words().cli_not_a_day(typed))
}

/// A failure in the words of the terminal.
fn say(failure: &Failure) -> String {
    match failure {
        Failure::Invalid(fields) => {
            fields.iter().map(|field| words().field_refusal(field)).collect::<Vec<_>>().join("\n")
        }
        _ => failure.refusal().map_or_else(|| failure.to_string(), |refusal| words().refusal(refusal).to_string()),
    }
}

/// The organization that `--organization` names: by its identifier or by its whole name.
fn organization(app: &App, named: &str) -> Result<OrganizationId, Box<dyn Error>> {
    let not_found = || words().cli_organization_not_found(named);
    if let Ok(id) = named.parse() {
        return app::organization::find(app, id).map(|found| found.id).map_err(|_| not_found().into());
    }
    let house = app::setup::operator_organization(app)?.ok_or_else(|| words().cli_no_operator(FIRST_OPERATOR))?;
    let asked = ListOrganizations { search: named.to_owned(), after: None, limit: PAGE_ROWS_MAX };
    let page = app.read(&operator(), house, &asked)?;
    let found = page.rows.iter().find(|organization| organization.name.to_lowercase() == named.to_lowercase());
    found.map(|organization| organization.id).ok_or_else(|| not_found().into())
}
