//! The chores of this repository: `cargo xtask help` lists them.

mod arrows;
mod finding;
mod package;
mod requirements;
mod run;
mod site;
mod sources;
mod tidy;
mod tools;

use finding::Finding;
use std::process::ExitCode;

const HELP: &str = "cargo xtask COMMAND

  test          everything CI runs: installs what is missing (as root), checks, tests, browser journeys
  check         formatting, lints, house style and all cargo tests; installs nothing
  tidy          house style, crate arrows and requirement coverage, as file:line messages
  requirements  takes the requirements that a test now names off docs/uncovered-requirements.txt
  package       a Debian package and a container image; deb or image builds one of them
  docs          the documents and the help as pages that need no server; the argument is the folder, else target/docs
  bench         the benchmarks, as ratios; arguments are passed on
  screenshots   every page in both languages, themes and widths; the argument is the folder to fill
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (command, rest) = match arguments.split_first() {
        Some((command, rest)) => (command.as_str(), rest),
        None => ("help", &[][..]),
    };
    let succeeded = match command {
        "test" => run::test(),
        "check" => run::check(),
        "tidy" => report(&house_style()),
        "requirements" => requirements::shrink_list(),
        "package" => package::package(rest),
        "docs" => site::write(rest),
        "bench" => run::bench(rest),
        "screenshots" => run::screenshots(rest),
        "help" | "--help" | "-h" => {
            print!("{HELP}");
            true
        }
        _ => {
            eprint!("There is no command {command}.\n\n{HELP}");
            false
        }
    };
    if succeeded { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Everything that a look at the sources alone can tell.
fn house_style() -> Vec<Finding> {
    let sources = sources::read_all();
    let mut findings = tidy::check(&sources);
    findings.extend(arrows::check());
    findings.extend(requirements::check(&sources));
    findings
}

fn report(findings: &[Finding]) -> bool {
    for finding in findings {
        println!("{finding}");
    }
    println!("tidy: {} findings", findings.len());
    findings.is_empty()
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_repository_is_in_house_style() {
        let findings: Vec<String> = super::house_style().iter().map(ToString::to_string).collect();
        assert!(findings.is_empty(), "\n{}", findings.join("\n"));
    }
}
