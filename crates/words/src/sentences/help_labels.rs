//! Help cannot name what no page shows: everything that a help page says in bold is a label of these sentences.

use super::AREAS;
use std::collections::BTreeSet;
use std::fs;

/// The bold parts of a page, each step of a path for itself, without the addresses of links.
fn labels(markdown: &str) -> Vec<String> {
    let bold = markdown.split("**").skip(1).step_by(2).flat_map(|bold| bold.split('>'));
    let words = bold.map(|part| part.split_whitespace().collect::<Vec<_>>().join(" "));
    words.map(|part| link_text(&part).unwrap_or(&part).to_owned()).collect()
}

fn link_text(part: &str) -> Option<&str> {
    part.strip_prefix('[')?.split_once("](").map(|(label, _)| label)
}

/// R2: what the steps of help name is what pages say, in both languages.
#[test]
fn every_bold_word_of_help_is_a_label() {
    for language in ["en", "nl"] {
        let sentences = AREAS.iter().copied().flatten();
        let forms = sentences.flat_map(|sentence| if language == "en" { sentence.english } else { sentence.dutch });
        let known: BTreeSet<&str> = forms.copied().collect();
        let folder = format!("{}/../../docs/help/{language}", env!("CARGO_MANIFEST_DIR"));
        let mut unknown = Vec::new();
        for file in fs::read_dir(folder).expect("the folder of help").map(|file| file.expect("a file").path()) {
            let text = fs::read_to_string(&file).expect("a page");
            assert!(text.matches("**").count() % 2 == 0, "{}: a bold part is not closed", file.display());
            let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let is_known = |label: &String| known.contains(label.as_str()) || label == "{products_page}";
            let missing = labels(&text).into_iter().filter(|label| !is_known(label));
            unknown.extend(missing.map(|label| format!("{language}/{name}: {label}")));
        }
        assert_eq!(unknown, Vec::<String>::new());
    }
}

#[test]
fn labels_are_found_in_paths_and_links() {
    let page = "1. Go to **Billing > [Licenses](/billing/licenses)**, then **Assign licenses**.";
    assert_eq!(labels(page), ["Billing", "Licenses", "Assign licenses"]);
}
