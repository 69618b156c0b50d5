//! Which crate may use which: the table of `docs/architecture.md`, held against `cargo metadata`.

use crate::finding::Finding;
use crate::sources::root;
use serde_json::Value;
use std::process::Command;

/// Each crate with those it may use.
const MAY_USE: [(&str, &[&str]); 13] = [
    ("domain", &[]),
    ("words", &["domain"]),
    ("store", &["domain"]),
    ("app", &["domain", "store", "words"]),
    ("adapters", &["app", "domain", "words"]),
    ("documents", &["app", "domain", "words"]),
    ("mails", &["app", "domain", "words"]),
    ("admin", &["app", "domain", "words"]),
    ("api", &["app", "domain", "words"]),
    ("zetel", &["app", "adapters", "admin", "api", "documents", "domain", "mails", "store", "words"]),
    ("testkit", &["app", "adapters", "admin", "api", "domain", "store", "words"]),
    ("bench", &["app", "adapters", "documents", "domain", "mails", "store", "testkit", "words"]),
    ("xtask", &[]),
];

/// The crates that no test may use either: they are programs.
const PROGRAMS: [&str; 3] = ["zetel", "bench", "xtask"];

/// Every arrow between crates that is not in the table. Tests may use `testkit` and, with it, any library.
pub fn check() -> Vec<Finding> {
    let Some(packages) = packages() else {
        return vec![Finding::new("Cargo.toml", 1, "cargo metadata failed")];
    };
    packages.iter().flat_map(arrows).filter_map(refuse).collect()
}

/// One crate uses another, in its code or only in its tests.
struct Arrow {
    from: String,
    to: String,
    tests_only: bool,
}

fn packages() -> Option<Vec<Value>> {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--no-deps", "--offline", "--format-version", "1"])
        .current_dir(root())
        .output()
        .ok()?;
    let metadata: Value = serde_json::from_slice(&output.stdout).ok()?;
    metadata["packages"].as_array().cloned()
}

/// The arrows from a package to others of this repository, which are those that have a path.
fn arrows(package: &Value) -> Vec<Arrow> {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let dependencies = package["dependencies"].as_array().map_or(&[][..], Vec::as_slice);
    dependencies
        .iter()
        .filter(|dependency| dependency["path"].is_string())
        .map(|dependency| Arrow {
            from: text(&package["name"]),
            to: text(&dependency["name"]),
            tests_only: dependency["kind"].as_str() == Some("dev"),
        })
        .collect()
}

fn refuse(arrow: Arrow) -> Option<Finding> {
    let Arrow { from, to, tests_only } = arrow;
    let path = format!("crates/{from}/Cargo.toml");
    let Some((_, allowed)) = MAY_USE.iter().find(|(name, _)| *name == from) else {
        return Some(Finding::new(
            &path,
            1,
            format!("{from} is not in the table of crates (crates/xtask/src/arrows.rs)"),
        ));
    };
    let fine = if tests_only { !PROGRAMS.contains(&to.as_str()) } else { allowed.contains(&to.as_str()) };
    (!fine).then(|| Finding::new(&path, 1, format!("{from} must not use {to} (architecture, section 2)")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(from: &str, to: &str, tests_only: bool) -> Option<String> {
        refuse(Arrow { from: from.into(), to: to.into(), tests_only }).map(|finding| finding.message)
    }

    #[test]
    fn an_arrow_outside_the_table_is_refused() {
        assert_eq!(message("domain", "store", false).unwrap(), "domain must not use store (architecture, section 2)");
        assert_eq!(message("api", "admin", false).unwrap(), "api must not use admin (architecture, section 2)");
        assert_eq!(message("app", "testkit", false).unwrap(), "app must not use testkit (architecture, section 2)");
        assert_eq!(message("app", "domain", false), None);
    }

    #[test]
    fn tests_may_use_the_testkit_but_no_program() {
        assert_eq!(message("domain", "testkit", true), None);
        assert_eq!(message("testkit", "zetel", true).unwrap(), "testkit must not use zetel (architecture, section 2)");
    }

    #[test]
    fn a_new_crate_needs_a_place_in_the_table() {
        assert_eq!(
            message("reports", "domain", false).unwrap(),
            "reports is not in the table of crates (crates/xtask/src/arrows.rs)"
        );
    }
}
