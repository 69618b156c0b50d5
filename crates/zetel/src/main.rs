//! Zetel: a self-hosted commerce system for seat-based subscriptions, in one program.

mod command;
mod demo;
mod file;
mod house;
mod metrics;
mod password;
mod payments;
mod place;
mod post;
mod time_lapse;

use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};
use std::error::Error;
use std::io;
use std::process::ExitCode;

/// Sells, bills and hands out software by the seat.
#[derive(Parser)]
#[command(name = "zetel", version, about, arg_required_else_help = true)]
struct CommandLine {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Run the admin center, the API and the background work.
    Serve(command::serve::Serve),
    /// Run a demo organization with real catalog data; every start begins anew.
    Demo(demo::Demo),
    /// Run the background work only, beside other processes that serve.
    Work(command::work::Work),
    /// Bring the schema of the database up to date.
    Migrate(command::migrate::Migrate),
    /// Import a catalog or people from a CSV file.
    Import(command::import::Import),
    /// Export people, subscriptions or history of an organization as CSV.
    Export(command::export::Export),
    /// Add a person, list people, set a password, give roles.
    User(command::user::User),
    /// See and decide what people may buy for themselves.
    Policy(command::policy::Policy),
    /// Make, revoke, look up and redeem product keys.
    ProductKeys(command::product_keys::ProductKeys),
    /// See what bill runs did and are going to charge. It only looks.
    BillRun(command::bill_run::BillRun),
    /// Check this installation: the database, its counters, orders and background work. It only looks.
    Doctor(command::doctor::Doctor),
    /// Play a scenario of purchases and changes on a clock of its own, and print what comes of it as JSON.
    Simulate(command::simulate::Simulate),
    /// Copy the embedded database into a file, also while Zetel runs.
    Backup(command::backup::Backup),
    /// Put a backup in the place of the embedded database, while Zetel does not run.
    Restore(command::restore::Restore),
}

/// Reads the command line; its help is in the language of the terminal.
fn parse() -> CommandLine {
    let words = command::words();
    let abouts = [
        ("serve", words.cli_about_serve()),
        ("demo", words.cli_about_demo()),
        ("work", words.cli_about_work()),
        ("migrate", words.cli_about_migrate()),
        ("import", words.cli_about_import()),
        ("export", words.cli_about_export()),
        ("user", words.cli_about_user()),
        ("policy", words.cli_about_policy()),
        ("product-keys", words.cli_about_product_keys()),
        ("bill-run", words.cli_about_bill_run()),
        ("doctor", words.cli_about_doctor()),
        ("simulate", words.cli_about_simulate()),
        ("backup", words.cli_about_backup()),
        ("restore", words.cli_about_restore()),
    ];
    let whole = CommandLine::command().about(words.cli_about());
    let whole = abouts
        .into_iter()
        .fold(whole, |whole, (name, about)| whole.mut_subcommand(name, |command| command.about(about)));
    CommandLine::from_arg_matches(&whole.get_matches()).unwrap_or_else(|error| error.exit())
}

fn main() -> ExitCode {
    let outcome = match parse().command {
        Command::Serve(serve) => serve.run(),
        Command::Demo(demo) => demo.run(),
        Command::Work(work) => work.run(),
        Command::Migrate(migrate) => migrate.run(),
        Command::Import(import) => import.run(),
        Command::Export(export) => export.run(),
        Command::User(user) => user.run(),
        Command::Policy(policy) => policy.run(),
        Command::ProductKeys(keys) => keys.run(),
        Command::BillRun(bill_run) => bill_run.run(),
        Command::Doctor(doctor) => return verdict(doctor.run()),
        Command::Simulate(simulate) => simulate.run(),
        Command::Backup(backup) => backup.run(),
        Command::Restore(restore) => restore.run(),
    };
    verdict(outcome.map(|()| ExitCode::SUCCESS))
}

fn verdict(outcome: command::Verdict) -> ExitCode {
    match outcome {
        Ok(code) => code,
        // Whoever has stopped reading what is written wants no more, and no complaint.
        Err(error) if is_of_a_closed_pipe(error.as_ref()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("zetel: {}", with_causes(error.as_ref()));
            ExitCode::FAILURE
        }
    }
}

fn is_of_a_closed_pipe(error: &(dyn Error + 'static)) -> bool {
    error.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
}

/// An error and what caused it, in one line.
fn with_causes(error: &dyn Error) -> String {
    match error.source() {
        Some(cause) => format!("{error}: {}", with_causes(cause)),
        None => error.to_string(),
    }
}
