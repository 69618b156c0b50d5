//! `zetel doctor`

use super::{Verdict, words};
use crate::house::{Database, House};
use app::doctor::{Check, Finding, examine};
use clap::Args;
use std::process::ExitCode;
use words::Words;

/// Check this installation: the database, its counters, orders and background work. It only looks.
#[derive(Args)]
pub struct Doctor {
    #[command(flatten)]
    database: Database,
}

impl Doctor {
    /// Prints a line for each check; fails when one does.
    pub fn run(self) -> Verdict {
        let house = House::on(self.database.open_existing()?);
        let words = words();
        out!("{}: {}", words.cli_doctor_title(), self.database.shown());
        let findings = examine(&house.app)?;
        findings.iter().for_each(|finding| out!("{}", line(words, finding)));
        let problems = findings.iter().filter(|finding| !finding.is_good()).count();
        if problems == 0 {
            out!("{}", words.cli_doctor_good());
            return Ok(ExitCode::SUCCESS);
        }
        if findings.iter().any(|finding| finding.check == Check::Schema && !finding.is_good()) {
            out!("{}", words.cli_migration_needed());
        }
        out!("{}", words.cli_doctor_problems(i64::try_from(problems)?));
        Ok(ExitCode::FAILURE)
    }
}

/// `problem   People count their licenses: 2 wrong, 41 looked at (Waterland)`
fn line(words: Words, finding: &Finding) -> String {
    let verdict = if finding.is_good() { words.cli_good() } else { words.cli_problem() };
    let counted = finding.counted;
    let numbers = match finding.check {
        Check::Schema => format!("{}", counted.looked_at),
        Check::Log => words.file_size(counted.looked_at.unsigned_abs()),
        _ if finding.is_good() => words.cli_looked_at(counted.looked_at),
        _ => words.cli_wrong(counted.wrong, counted.looked_at),
    };
    let places = if finding.places.is_empty() { String::new() } else { format!(" ({})", finding.places.join(", ")) };
    format!("{verdict:9} {}: {numbers}{places}", name(words, finding.check))
}

const fn name(words: Words, check: Check) -> &'static str {
    match check {
        Check::Schema => words.cli_check_schema(),
        Check::File => words.cli_check_file(),
        Check::Log => words.cli_check_log(),
        Check::Operator => words.cli_check_operator(),
        Check::Jobs => words.cli_check_jobs(),
        Check::WithinQuantity => words.cli_check_within_quantity(),
        Check::SubscriptionCounters => words.cli_check_subscription_counters(),
        Check::UserCounters => words.cli_check_user_counters(),
        Check::GroupCounters => words.cli_check_group_counters(),
        Check::LicenseHolders => words.cli_check_license_holders(),
        Check::SearchWords => words.cli_check_search_words(),
        Check::OrderNumbers => words.cli_check_order_numbers(),
        Check::LedgerEntries => words.cli_check_ledger_entries(),
        Check::LedgerBalances => words.cli_check_ledger_balances(),
        Check::Receivables => words.cli_check_receivables(),
        Check::InvoiceLines => words.cli_check_invoice_lines(),
        Check::InvoicePayments => words.cli_check_invoice_payments(),
        Check::CreditedCharges => words.cli_check_credited_charges(),
        Check::SoldCharges => words.cli_check_sold_charges(),
        Check::InvoiceNumbers => words.cli_check_invoice_numbers(),
    }
}
