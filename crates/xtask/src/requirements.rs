//! Which requirements a test names: every *must* of `docs/requirements.csv` is named by a test, or stands on the list
//! of those that are not yet, which may only shrink.

use crate::finding::Finding;
use crate::sources::{Source, read_all, root};
use std::collections::BTreeSet;
use std::fs;

const REQUIREMENTS: &str = "docs/requirements.csv";
const UNCOVERED: &str = "docs/uncovered-requirements.txt";

/// A must that neither a test nor the list names, and a number on the list that a test names by now.
pub fn check(sources: &[Source]) -> Vec<Finding> {
    compare(&musts(&read(REQUIREMENTS)), &read(UNCOVERED), &named_by_tests(sources))
}

/// Rewrites the list without the requirements that a test names. It never adds one.
pub fn shrink_list() -> bool {
    let named = named_by_tests(&read_all());
    let musts = musts(&read(REQUIREMENTS));
    let listed = numbers(&read(UNCOVERED)).collect();
    let left: Vec<u32> = musts.intersection(&listed).copied().filter(|number| !named.contains(number)).collect();
    let text: String = left.iter().map(|number| format!("R{number}\n")).collect();
    let covered = musts.intersection(&named).count();
    println!("{covered} of {} must-requirements are named by a test, {} are not", musts.len(), left.len());
    fs::write(root().join(UNCOVERED), text).is_ok()
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_default()
}

fn musts(requirements: &str) -> BTreeSet<u32> {
    requirements.lines().filter(|line| line.contains(",must,")).flat_map(numbers).collect()
}

fn compare(musts: &BTreeSet<u32>, list: &str, named: &BTreeSet<u32>) -> Vec<Finding> {
    let listed: BTreeSet<u32> = numbers(list).collect();
    let mut findings: Vec<Finding> = musts
        .difference(&(named | &listed))
        .map(|number| Finding::new(REQUIREMENTS, 1, format!("R{number} is a must and no test names it")))
        .collect();
    for (index, line) in list.lines().enumerate() {
        for number in numbers(line).filter(|number| named.contains(number) || !musts.contains(number)) {
            let message = format!("R{number} has a test, or is no must: run `cargo xtask requirements`");
            findings.push(Finding::new(UNCOVERED, index + 1, message));
        }
    }
    findings
}

/// Numbers in the names and comments of Rust tests, and anywhere in a journey.
fn named_by_tests(sources: &[Source]) -> BTreeSet<u32> {
    let mut named = BTreeSet::new();
    for source in sources.iter().filter(|source| !source.path.starts_with("crates/xtask/")) {
        if source.path.ends_with(".journey.mjs") {
            named.extend(numbers(&source.text));
        }
        if source.has_extension("rs") {
            let tests = source.text.lines().skip(source.first_test_line().saturating_sub(1));
            let naming = tests.filter(|line| line.trim_start().starts_with("//") || line.contains("fn "));
            named.extend(naming.flat_map(numbers));
        }
    }
    named
}

/// The numbers written as `R25`, or as `r25_` in the name of a function.
fn numbers(text: &str) -> impl Iterator<Item = u32> {
    text.split(|letter: char| !letter.is_ascii_alphanumeric())
        .filter_map(|word| word.strip_prefix(['R', 'r'])?.parse().ok())
        .filter(|number| *number > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(path: &str, text: &str) -> Source {
        Source { path: path.into(), text: text.into() }
    }

    #[test]
    fn names_and_comments_of_tests_count_and_nothing_else_does() {
        let code = "/// R1 is a rule\nfn rule() {}\n#[cfg(test)]\nmod tests {\n    /// R2, R3\n    fn r4_and_r5_hold() {\n        \
                    let r6 = \"R7\";\n";
        let sources = [
            source("crates/domain/src/rule.rs", code),
            source("crates/app/tests/buying.rs", "fn r8_is_bought() {}"),
            source("journeys/buy.journey.mjs", "export const name = 'buy (R9)'"),
            source("docs/notes.md", "R10"),
        ];
        assert_eq!(named_by_tests(&sources).into_iter().collect::<Vec<_>>(), [2, 3, 4, 5, 8, 9]);
    }

    #[test]
    fn the_list_may_only_shrink() {
        let messages: Vec<String> = compare(&BTreeSet::from([1, 2, 3]), "R2\nR3\nR4\n", &BTreeSet::from([3]))
            .iter()
            .map(ToString::to_string)
            .collect();
        assert_eq!(
            messages,
            [
                "docs/requirements.csv:1: R1 is a must and no test names it",
                "docs/uncovered-requirements.txt:2: R3 has a test, or is no must: run `cargo xtask requirements`",
                "docs/uncovered-requirements.txt:3: R4 has a test, or is no must: run `cargo xtask requirements`",
            ]
        );
    }
}
