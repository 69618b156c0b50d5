//! The documents as a site that needs no server: every Markdown file of the repository becomes a page at its own place,
//! with the files that it leads to beside it.

use crate::sources::{self, Source, root};
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd, html};
use std::collections::BTreeSet;
use std::fs;
use std::io::Result;
use std::path::{Component, Path, PathBuf};

const STYLE: &str = include_str!("site.css");
const TOKENS: &str = include_str!("../../admin/assets/css/tokens.css");

/// What a help page leaves open, how it is set there, and the sentence that stands there when nothing is configured.
const NAMES: [(&str, &str, &str); 2] =
    [("{products_page}", "", "your_products"), ("{submit_quantity}", "**", "submit_change")];

/// Where these sentences are.
const SENTENCES: [&str; 2] =
    [include_str!("../../words/src/sentences/navigation.rs"), include_str!("../../words/src/sentences/quantity.rs")];

/// Writes the site into a folder; `target/docs` when none is named.
pub fn write(arguments: &[String]) -> bool {
    let folder = arguments.first().map_or_else(|| root().join("target/docs"), PathBuf::from);
    let pages = pages();
    let broken = broken_links(&pages);
    for link in &broken {
        eprintln!("{link}");
    }
    match write_all(&folder, &pages) {
        Ok(()) => println!("{} pages: {}", pages.len(), folder.join("index.html").display()),
        Err(error) => eprintln!("{}: {error}", folder.display()),
    }
    broken.is_empty()
}

/// The documents, the first one first.
fn pages() -> Vec<Source> {
    let is_page = |source: &Source| {
        source.has_extension("md") && (source.path.starts_with("docs/") || !source.path.contains('/'))
    };
    let mut pages: Vec<_> = sources::read_all().into_iter().filter(is_page).collect();
    pages.sort_by_key(|page| page.path != "README.md");
    pages
}

fn write_all(folder: &Path, pages: &[Source]) -> Result<()> {
    for page in pages {
        put(&folder.join(place(&page.path)), to_page(page, pages).as_bytes())?;
        for linked in links(page).iter().filter_map(|link| target(page, link)) {
            if root().join(&linked).is_file() && linked.extension().is_none_or(|extension| extension != "md") {
                put(&folder.join(&linked), &fs::read(root().join(&linked))?)?;
            }
        }
    }
    put(&folder.join("site.css"), format!("{TOKENS}{STYLE}").as_bytes())
}

fn put(path: &Path, content: &[u8]) -> Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(path, content)
}

/// Where a document stands in the site.
fn place(path: &str) -> String {
    if path == "README.md" { "index.html".to_owned() } else { path.replace(".md", ".html") }
}

fn title(page: &Source) -> &str {
    page.text.lines().find_map(|line| line.strip_prefix("# ")).unwrap_or(&page.path)
}

fn language(page: &Source) -> usize {
    usize::from(page.path.starts_with("docs/help/nl/"))
}

fn to_page(page: &Source, pages: &[Source]) -> String {
    let up = "../".repeat(page.path.matches('/').count());
    let group = |heading: &str, is_in: fn(&Source) -> bool| {
        let entry = |other: &Source| {
            let current = if other.path == page.path { " aria-current=\"page\"" } else { "" };
            format!("<li><a href=\"{up}{}\"{current}>{}</a></li>", place(&other.path), title(other))
        };
        let entries: String = pages.iter().filter(|other| is_in(other)).map(entry).collect();
        format!("<h2>{heading}</h2><ul>{entries}</ul>")
    };
    let navigation = [
        group("Zetel", |page| !page.path.starts_with("docs/help/")),
        group("How to", |page| page.path.starts_with("docs/help/en/")),
        group("Handleidingen", |page| page.path.starts_with("docs/help/nl/")),
    ];
    format!(
        "<!doctype html>\n<html lang=\"{}\">\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n\
         <title>{} – Zetel</title>\n<link rel=\"stylesheet\" href=\"{up}site.css\">\n<main>\n{}</main>\n<nav>{}</nav>\n</html>\n",
        ["en", "nl"][language(page)],
        title(page),
        content(page),
        navigation.concat(),
    )
}

/// The document as HTML. Links to other documents lead to their pages; those into the product are plain text here.
fn content(page: &Source) -> String {
    // As help is worldwide: lines of another cloud are left out.
    let line = |line: &str| match line.strip_prefix("{not in ") {
        Some(others) => others.split_once("} ").map(|(_, text)| text.to_owned()),
        None => (!line.starts_with("{in ")).then(|| line.to_owned()),
    };
    let lines: Vec<_> = page.text.lines().filter_map(line).collect();
    let text = NAMES.iter().fold(lines.join("\n"), |text, (name, mark, sentence)| {
        text.replace(name, &format!("{mark}{}{mark}", worded(sentence, language(page))))
    });
    let mut is_plain = false;
    let events = Parser::new_ext(&text, Options::ENABLE_TABLES).filter_map(|event| match event {
        Event::Start(Tag::Link { dest_url, link_type, title, id }) => {
            is_plain = dest_url.starts_with('/') && !dest_url.starts_with("/help/");
            let dest_url = in_site(&dest_url).into();
            (!is_plain).then_some(Event::Start(Tag::Link { link_type, dest_url, title, id }))
        }
        Event::End(TagEnd::Link) if std::mem::take(&mut is_plain) => None,
        other => Some(other),
    });
    let mut found = String::new();
    html::push_html(&mut found, events);
    found
}

/// A sentence as the product has it: `name: en "In English" nl "In het Nederlands";`.
fn worded(name: &str, language: usize) -> &'static str {
    let start = format!("{name}: en ");
    let line = SENTENCES.iter().flat_map(|file| file.lines()).find(|line| line.trim_start().starts_with(&start));
    line.and_then(|line| line.split('"').nth(1 + 2 * language)).expect("the sentence is there, on a line of its own")
}

fn in_site(url: &str) -> String {
    match url.strip_prefix("/help/") {
        Some(slug) => format!("{slug}.html"),
        None if url.contains("://") => url.to_owned(),
        None => url.replace("README.md", "index.html").replace(".md", ".html"),
    }
}

/// Where the links and pictures of a document lead.
fn links(page: &Source) -> BTreeSet<String> {
    let of = |event| match event {
        Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => Some(dest_url.to_string()),
        _ => None,
    };
    Parser::new_ext(&page.text, Options::ENABLE_TABLES).filter_map(of).collect()
}

/// The file in the repository to which a link of a document leads; none for an address elsewhere or in the product.
fn target(page: &Source, link: &str) -> Option<PathBuf> {
    let folder = Path::new(&page.path).parent()?;
    let path = link.split('#').next().unwrap_or(link);
    let path = match path.strip_prefix("/help/") {
        Some(slug) => folder.join(format!("{slug}.md")),
        None if path.is_empty() || path.starts_with('/') || path.contains(':') => return None,
        None => folder.join(path),
    };
    let mut clean = PathBuf::new();
    for part in path.components() {
        match part {
            Component::ParentDir => drop(clean.pop()),
            part => clean.push(part),
        }
    }
    Some(clean)
}

fn broken_links(pages: &[Source]) -> Vec<String> {
    let of_page = |page: &Source| {
        let broken = |link: &String| target(page, link).is_some_and(|file| !root().join(file).is_file());
        let broken = links(page).into_iter().filter(broken);
        broken.map(|link| format!("{}: {link} leads nowhere", page.path)).collect::<Vec<_>>()
    };
    pages.iter().flat_map(of_page).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_link_of_the_documents_leads_somewhere() {
        let broken = broken_links(&pages());
        assert!(broken.is_empty(), "\n{}", broken.join("\n"));
    }

    #[test]
    fn a_link_that_leads_nowhere_is_found() {
        let page =
            Source { path: "docs/a.md".to_owned(), text: "[b](b.md) [c](../README.md#x) [d](/billing)".to_owned() };
        assert_eq!(broken_links(&[page]), ["docs/a.md: b.md leads nowhere"]);
    }

    /// The documents lead to each other's pages; what is a page of the product is text.
    #[test]
    fn a_document_becomes_a_page() {
        let page = |path: &str, text: &str| Source { path: path.to_owned(), text: text.to_owned() };
        let help = page(
            "docs/help/nl/b.md",
            "# Kopen\n\n{in germany} Nee\n{not in germany} Open [{products_page}](/billing/your-products), \
                zie [op](/help/c).",
        );
        assert_eq!(content(&help), "<h1>Kopen</h1>\n<p>Open Uw producten, zie <a href=\"c.html\">op</a>.</p>\n");
        let readme = page("README.md", "# Zetel\n\n[Why](docs/architecture.md)");
        assert_eq!(content(&readme), "<h1>Zetel</h1>\n<p><a href=\"docs/architecture.html\">Why</a></p>\n");
        let html = to_page(&help, &[help.clone(), readme]);
        assert!(html.contains("<html lang=\"nl\">") && html.contains("href=\"../../../site.css\""), "{html}");
        assert!(html.contains("<a href=\"../../../index.html\">Zetel</a>"), "{html}");
        assert!(html.contains("<a href=\"../../../docs/help/nl/b.html\" aria-current=\"page\">Kopen</a>"), "{html}");
    }
}
