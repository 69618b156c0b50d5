//! The text files of the repository.

use std::fs;
use std::path::{Path, PathBuf};

/// A text file.
#[derive(Clone)]
pub struct Source {
    /// Relative to the root of the repository, with forward slashes.
    pub path: String,
    /// What it says.
    pub text: String,
}

impl Source {
    /// Whether the file name ends so.
    pub fn has_extension(&self, extension: &str) -> bool {
        self.path.rsplit_once('.').is_some_and(|(_, found)| found == extension)
    }

    /// The line, counted from 1, from which a Rust file holds tests only; files of tests are tests from line 1.
    pub fn first_test_line(&self) -> usize {
        let is_test_file = ["/tests/", "/benches/", "crates/testkit/", "journeys/"];
        if is_test_file.iter().any(|part| self.path.contains(part)) || self.path.ends_with("/tests.rs") {
            return 1;
        }
        self.text.lines().position(|line| line.starts_with("#[cfg(test)]")).map_or(usize::MAX, |index| index + 1)
    }
}

/// The root of the repository.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

const EXTENSIONS: [&str; 7] = ["rs", "html", "css", "js", "mjs", "md", "txt"];
const SKIPPED: [&str; 4] = ["target", "node_modules", ".git", "data"];

/// Every file that people write, in the order of its path.
pub fn read_all() -> Vec<Source> {
    let mut sources = Vec::new();
    collect(&root(), "", &mut sources);
    sources.sort_by(|a, b| a.path.cmp(&b.path));
    sources
}

fn collect(folder: &Path, prefix: &str, sources: &mut Vec<Source>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = if prefix.is_empty() { name.clone() } else { format!("{prefix}/{name}") };
        if entry.path().is_dir() {
            if !SKIPPED.contains(&name.as_str()) {
                collect(&entry.path(), &path, sources);
            }
        } else if EXTENSIONS.iter().any(|extension| name.ends_with(&format!(".{extension}")))
            && let Ok(text) = fs::read_to_string(entry.path())
        {
            sources.push(Source { path, text });
        }
    }
}
