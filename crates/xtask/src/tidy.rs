//! House style as a test: what a reviewer would otherwise say again and again.

use crate::finding::Finding;
use crate::sources::{Source, root};
use std::fs;

/// Most characters of a line of code; rustfmt leaves strings and comments to us.
const LINE_MAX: usize = 120;

/// Most characters of a line that holds a string. Tests may quote longer texts.
const LINE_WITH_STRING_MAX: usize = 160;

/// Most lines of a function, so that it fits on one screen.
const FUNCTION_LINES_MAX: usize = 75;

/// Longer functions that are tolerated, as `path name`; the list may only shrink.
const LONG_FUNCTIONS: &str = "crates/xtask/long-functions.txt";

/// Spellings that we do not use in English, with ours (decision D28).
const SPELLINGS: [(&str, &str); 12] = [
    ("licence", "license"),
    ("cancelled", "canceled"),
    ("cancelling", "canceling"),
    ("organisation", "organization"),
    ("authoris", "authoriz"),
    ("initialis", "initializ"),
    ("serialis", "serializ"),
    ("normalis", "normaliz"),
    ("summaris", "summariz"),
    ("colour", "color"),
    ("behaviour", "behavior"),
    ("catalogue", "catalog"),
];

/// What an unfinished line says.
const LEFTOVERS: [&str; 4] = ["TODO", "FIXME", "dbg!(", "console.log("];

/// How SQL begins.
const SQL: [&str; 5] = ["SELECT ", "INSERT INTO ", "UPDATE ", "DELETE FROM ", "CREATE TABLE "];

/// Hosts that code may name: standards, documentation names and this machine.
const HOSTS: [&str; 6] = ["www.w3.org", "127.0.0.1", "localhost", "[::1]", "example.", "{"];

/// Everything in the sources that is not in house style.
pub fn check(sources: &[Source]) -> Vec<Finding> {
    let tolerated = fs::read_to_string(root().join(LONG_FUNCTIONS)).unwrap_or_default();
    let mut findings = long_functions(sources, &tolerated);
    for source in sources.iter().filter(|source| source.path != "crates/xtask/src/tidy.rs") {
        findings.extend(check_lines(source));
        if source.path.starts_with("crates/admin/templates/") && source.has_extension("html") {
            findings.extend(loose_text(source));
        }
    }
    findings
}

fn check_lines(source: &Source) -> Vec<Finding> {
    let tests_from = source.first_test_line();
    let mut findings = Vec::new();
    for (index, line) in source.text.lines().enumerate() {
        let place = Line { source, text: line, in_tests: index + 1 >= tests_from };
        let messages = [long_line, spelling, leftover, inline_code, foreign_host, stray_sql, hidden_clock, manners];
        for message in messages.iter().filter_map(|rule| rule(&place)) {
            findings.push(Finding::new(&source.path, index + 1, message));
        }
    }
    findings
}

/// A line with what a rule needs to know about it.
struct Line<'source> {
    source: &'source Source,
    text: &'source str,
    in_tests: bool,
}

impl Line<'_> {
    fn is_code(&self) -> bool {
        ["rs", "mjs", "js", "css"].iter().any(|extension| self.source.has_extension(extension))
    }

    fn is_comment(&self) -> bool {
        self.text.trim_start().starts_with("//")
    }

    fn is_in(&self, folders: &[&str]) -> bool {
        folders.iter().any(|folder| self.source.path.starts_with(folder))
    }
}

fn long_line(line: &Line) -> Option<String> {
    let length = line.text.chars().count();
    let limit = if line.text.contains('"') { LINE_WITH_STRING_MAX } else { LINE_MAX };
    let is_measured =
        ["rs", "js", "mjs"].iter().any(|extension| line.source.has_extension(extension)) && !line.in_tests;
    (is_measured && length > limit).then(|| format!("{length} characters; break the line at {LINE_MAX}"))
}

fn spelling(line: &Line) -> Option<String> {
    let lists_them = line.in_tests && line.is_in(&["crates/words/"]);
    let text = if lists_them { String::new() } else { line.text.to_lowercase() };
    let (theirs, ours) = SPELLINGS.iter().find(|(theirs, _)| text.contains(theirs))?;
    Some(format!("write \"{ours}\", not \"{theirs}\""))
}

fn leftover(line: &Line) -> Option<String> {
    let journeys_may_print = line.is_in(&["journeys/"]);
    let marker = LEFTOVERS.iter().find(|marker| line.text.contains(**marker))?;
    (!(journeys_may_print && *marker == "console.log(")).then(|| format!("\"{marker}\" is left over: finish it"))
}

/// The content security policy refuses script and style inside a page.
fn inline_code(line: &Line) -> Option<String> {
    // A mail brings its styles along: mail programs load nothing and drop what stands elsewhere.
    if !line.source.has_extension("html") || line.is_in(&["crates/mails/"]) {
        return None;
    }
    let text = line.text.to_lowercase();
    let inline = [" style=", "<style", "<script>", " onclick=", " onchange=", " onsubmit=", " onload=", "javascript:"];
    let found = inline.iter().find(|found| text.contains(**found))?;
    Some(format!("\"{}\" inside a page: the content security policy refuses it", found.trim()))
}

fn foreign_host(line: &Line) -> Option<String> {
    let may_name_hosts = line.in_tests
        || line.is_comment()
        || line.is_in(&["crates/domain/src/cloud", "crates/adapters/src/stripe/", "crates/xtask/"]);
    if may_name_hosts || !(line.is_code() || line.source.has_extension("html")) {
        return None;
    }
    let host = line.text.split("http://").skip(1).chain(line.text.split("https://").skip(1)).find(|host| {
        host.starts_with(|letter: char| letter.is_ascii_alphanumeric())
            && !HOSTS.iter().any(|known| host.contains(known))
    })?;
    let host = host.split(['/', '"', '\'', ' ', '<']).next().unwrap_or_default();
    Some(format!("the host {host} belongs into domain::cloud or a setting"))
}

fn stray_sql(line: &Line) -> Option<String> {
    let may_hold_sql =
        line.in_tests || line.is_comment() || line.is_in(&["crates/store/", "crates/bench/", "crates/xtask/"]);
    let text = line.text.trim_start().trim_start_matches(['r', '#', '"']);
    let found = SQL.iter().find(|start| text.starts_with(**start) || line.text.contains(&format!("\"{start}")))?;
    (!may_hold_sql && line.source.has_extension("rs"))
        .then(|| format!("{}: SQL lives in crates/store only", found.trim()))
}

/// Clippy bans the wall clock and random ids; only the ports that are the clock and the id source are excepted.
fn hidden_clock(line: &Line) -> Option<String> {
    let may_ask = line.in_tests || line.is_in(&["crates/adapters/src/clock.rs", "crates/xtask/"]);
    (!may_ask && line.text.contains("clippy::disallowed_methods"))
        .then(|| "only adapters::clock asks for the time or a new id".to_owned())
}

fn manners(line: &Line) -> Option<String> {
    if !line.is_in(&["crates/words/src/"]) || line.is_comment() || line.in_tests {
        return None;
    }
    let text = line.text.to_lowercase();
    let words = ["please", "oops", "sorry", "alstublieft", "!\"", "! "];
    let found = words.iter().find(|found| text.contains(**found) && text.contains('"'))?;
    Some(format!("\"{}\" does not belong into what we say to people", found.trim_end_matches('"').trim()))
}

/// Functions that do not fit on one screen, and tolerated ones that by now do.
fn long_functions(sources: &[Source], tolerated: &str) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut still_long = Vec::new();
    for source in sources.iter().filter(|source| source.has_extension("rs")) {
        for (line, name, length) in functions(source).into_iter().filter(|(_, _, length)| *length > FUNCTION_LINES_MAX)
        {
            let entry = format!("{} {name}", source.path);
            if !tolerated.lines().any(|known| known == entry) {
                let message = format!("{name} has {length} lines, more than the {FUNCTION_LINES_MAX} of one screen");
                findings.push(Finding::new(&source.path, line, message));
            }
            still_long.push(entry);
        }
    }
    for (index, entry) in
        tolerated.lines().enumerate().filter(|(_, entry)| !still_long.iter().any(|long| long == entry))
    {
        findings.push(Finding::new(LONG_FUNCTIONS, index + 1, format!("{entry} is no longer too long: take it off")));
    }
    findings
}

/// First line, name and length of every function outside tests; formatted code closes one with a brace below its start.
fn functions(source: &Source) -> Vec<(usize, &str, usize)> {
    let lines: Vec<&str> = source.text.lines().take(source.first_test_line().saturating_sub(1)).collect();
    let mut found = Vec::new();
    for (start, line) in lines.iter().enumerate() {
        let Some(name) = function_name(line) else { continue };
        let end = format!("{}}}", &line[..line.len() - line.trim_start().len()]);
        if let Some(length) = lines[start..].iter().position(|line| *line == end || *line == format!("{end},")) {
            let rows = lines[start..start + length].iter().filter(|line| is_row(line)).count();
            found.push((start + 1, name, length + 1 - rows));
        }
    }
    found
}

/// A row of a table: an arm of a match on one line. However many there are, they read at a glance.
fn is_row(line: &str) -> bool {
    line.contains(" => ") && line.ends_with(',')
}

fn function_name(line: &str) -> Option<&str> {
    if line.ends_with(';') || line.ends_with('}') || line.trim_start().starts_with("//") {
        return None;
    }
    let words = line.trim_start();
    let (qualifiers, rest) = words.split_once("fn ")?;
    let only_qualifiers =
        qualifiers.split_whitespace().all(|word| ["const", "async", "pub"].contains(&word) || word.starts_with("pub("));
    let name = rest.split(|letter: char| !(letter.is_alphanumeric() || letter == '_')).next()?;
    (only_qualifiers && !name.is_empty()).then_some(name)
}

/// Text in a template that a person would read but that does not come from `words`.
fn loose_text(source: &Source) -> Vec<Finding> {
    if source.path.contains("styleguide") {
        return Vec::new();
    }
    let message = |text: &str| format!("\"{}\" does not come from words", text.trim());
    let code_free = blank_out(&blank_out(&blank_out(&source.text, "{#", "#}"), "{%", "%}"), "{{", "}}");
    let code_free = blank_out(&code_free, "<!--", "-->");
    let read_aloud = [" aria-label=\"", " title=\"", " placeholder=\"", " alt=\"", " content=\""];
    let mut findings = Vec::new();
    for (index, line) in code_free.lines().enumerate() {
        for value in read_aloud.iter().filter_map(|name| line.split(name).nth(1)?.split('"').next()) {
            let is_viewport = value.contains("width=") || value.contains("light dark");
            if has_word(value) && !is_viewport {
                findings.push(Finding::new(&source.path, index + 1, message(value)));
            }
        }
    }
    for (index, line) in blank_out(&code_free, "<", ">").lines().enumerate().filter(|(_, line)| has_word(line)) {
        findings.push(Finding::new(&source.path, index + 1, message(line)));
    }
    findings
}

/// Two letters in a row that are neither an entity nor the product's name.
fn has_word(text: &str) -> bool {
    let text = blank_out(text, "&", ";").replace("Zetel", "");
    text.as_bytes().windows(2).any(|pair| pair.iter().all(u8::is_ascii_alphabetic))
}

/// The text with everything between the marks, and the marks, gone; line ends stay, so that line numbers hold.
fn blank_out(text: &str, open: &str, close: &str) -> String {
    let mut kept = String::new();
    let mut rest = text;
    while let Some((before, inside)) = rest.split_once(open) {
        kept.push_str(before);
        let (gone, after) = inside.split_once(close).unwrap_or((inside, ""));
        kept.extend(gone.chars().filter(|letter| *letter == '\n'));
        rest = after;
    }
    kept.push_str(rest);
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    fn findings(path: &str, text: &str) -> Vec<String> {
        check(&[Source { path: path.into(), text: text.into() }]).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn long_lines_of_code_are_found_and_those_of_documents_are_not() {
        let long = "x".repeat(121);
        assert_eq!(
            findings("crates/app/src/a.rs", &long),
            ["crates/app/src/a.rs:1: 121 characters; break the line at 120"]
        );
        assert_eq!(findings("docs/a.md", &long), [""; 0]);
    }

    #[test]
    fn foreign_spellings_and_leftovers_are_found_everywhere() {
        assert_eq!(findings("docs/a.md", "\nThe Licence"), ["docs/a.md:2: write \"license\", not \"licence\""]);
        assert_eq!(
            findings("crates/app/src/a.rs", "// TODO"),
            ["crates/app/src/a.rs:1: \"TODO\" is left over: finish it"]
        );
        assert_eq!(findings("journeys/run.mjs", "console.log(1)"), [""; 0]);
    }

    #[test]
    fn a_page_holds_no_script_or_style() {
        let page = "crates/admin/templates/a.html";
        for (line, found) in
            [("<p style=\"x\">", "style="), ("<script>", "<script>"), ("<a onclick=\"x\">", "onclick=")]
        {
            let expected = format!("{page}:1: \"{found}\" inside a page: the content security policy refuses it");
            assert_eq!(findings(page, line), [expected]);
        }
        assert_eq!(findings(page, "<script src=\"/assets/a.js\" type=\"module\"></script>"), [""; 0]);
    }

    #[test]
    fn hosts_sql_and_clocks_stay_in_their_rooms() {
        let app = "crates/app/src/a.rs";
        let expected = "crates/app/src/a.rs:1: the host aka.ms belongs into domain::cloud or a setting";
        assert_eq!(findings(app, "let a = \"https://aka.ms/x\";"), [expected]);
        assert_eq!(findings(app, "let a = \"http://127.0.0.1:8080\"; // https://example.org"), [""; 0]);
        let expected = "crates/app/src/a.rs:1: SELECT: SQL lives in crates/store only";
        assert_eq!(findings(app, "let a = \"SELECT 1\";"), [expected]);
        assert_eq!(findings("crates/store/src/a.rs", "let a = \"SELECT 1\";"), [""; 0]);
        let expected = "crates/api/src/a.rs:1: only adapters::clock asks for the time or a new id";
        assert_eq!(findings("crates/api/src/a.rs", "#[expect(clippy::disallowed_methods, reason = \"\")]"), [expected]);
    }

    #[test]
    fn we_do_not_beg_or_shout() {
        let words = "crates/words/src/a.rs";
        let expected = "crates/words/src/a.rs:1: \"!\" does not belong into what we say to people";
        assert_eq!(findings(words, "done: \"Done!\""), [expected]);
        let expected = "crates/words/src/a.rs:1: \"please\" does not belong into what we say to people";
        assert_eq!(findings(words, "done: \"Please wait\""), [expected]);
    }

    #[test]
    fn text_of_a_template_comes_from_words() {
        let page = "crates/admin/templates/a.html";
        let text = "{# note #}\n<p class=\"lead\">{{ words.lead() }} Hello</p>\n<a\n  href=\"/x\" aria-label=\"Close\">&nbsp;Zetel</a>";
        assert_eq!(
            findings(page, text),
            [
                "crates/admin/templates/a.html:4: \"Close\" does not come from words",
                "crates/admin/templates/a.html:2: \"Hello\" does not come from words",
            ]
        );
        assert_eq!(findings("crates/admin/templates/styleguide.html", "<p>Hello</p>"), [""; 0]);
    }

    #[test]
    fn a_function_fits_on_one_screen_or_stands_on_the_list() {
        let body = "    x();\n".repeat(FUNCTION_LINES_MAX);
        let source = || {
            vec![Source {
                path: "crates/app/src/a.rs".into(),
                text: format!("\npub(crate) fn long(a: u8) {{\n{body}}}\n"),
            }]
        };
        let table = "        A::B => 1,\n".repeat(FUNCTION_LINES_MAX);
        let text = format!("fn table(a: A) {{\n    match a {{\n{table}    }}\n}}\n");
        assert!(long_functions(&[Source { path: "crates/app/src/a.rs".into(), text }], "").is_empty());
        let messages = |tolerated: &str| -> Vec<String> {
            long_functions(&source(), tolerated).iter().map(ToString::to_string).collect()
        };
        assert_eq!(messages(""), ["crates/app/src/a.rs:2: long has 77 lines, more than the 75 of one screen"]);
        assert_eq!(messages("crates/app/src/a.rs long\n"), [""; 0]);
        assert_eq!(
            messages("crates/app/src/a.rs long\ncrates/app/src/b.rs short\n"),
            ["crates/xtask/long-functions.txt:2: crates/app/src/b.rs short is no longer too long: take it off"]
        );
    }
}
