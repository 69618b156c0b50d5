//! The small part of Markdown that the help pages are written in: headings, paragraphs, lists, code, bold, links.

/// The text behind the first `# `, which is the title of a page.
pub(super) fn title(markdown: &str) -> &str {
    markdown.lines().find_map(|line| line.strip_prefix("# ")).unwrap_or_default().trim()
}

/// Everything below the title as HTML. Every text is escaped; a link leads nowhere but into Zetel.
pub(super) fn to_html(markdown: &str) -> String {
    let mut html = String::new();
    for block in markdown.split("\n\n").map(str::trim_end).filter(|block| !block.trim().is_empty()) {
        let block = block.trim_start_matches('\n');
        if block.starts_with("# ") {
            continue;
        }
        if let Some(heading) = block.strip_prefix("## ") {
            html += &format!("<h2>{}</h2>\n", inline(heading));
        } else if block.starts_with("    ") {
            let code: Vec<_> = block.lines().map(|line| escape(line.strip_prefix("    ").unwrap_or(line))).collect();
            html += &format!("<pre class=\"code\">{}</pre>\n", code.join("\n"));
        } else if block.starts_with("- ") {
            html += &list("ul", items(block).iter().filter_map(|item| item.strip_prefix("- ")));
        } else if block.starts_with("1. ") {
            html += &list("ol", items(block).iter().filter_map(|item| item.split_once(". ").map(|(_, text)| text)));
        } else {
            html += &format!("<p>{}</p>\n", inline(block));
        }
    }
    html
}

/// The items of a list: a line that is indented goes on with the item before it.
fn items(block: &str) -> Vec<String> {
    let mut items: Vec<String> = Vec::new();
    for line in block.lines() {
        match items.last_mut() {
            Some(item) if line.starts_with(' ') => *item += &format!(" {}", line.trim_start()),
            _ => items.push(line.to_owned()),
        }
    }
    items
}

fn list<'a>(kind: &str, items: impl Iterator<Item = &'a str>) -> String {
    let items: String = items.map(|item| format!("<li>{}</li>", inline(item))).collect();
    format!("<{kind}>{items}</{kind}>\n")
}

/// Bold, code and links inside a line; whatever is not closed stays as it was typed.
fn inline(text: &str) -> String {
    let mut html = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(['*', '`', '[']) {
        html += &escape(&rest[..at]);
        rest = &rest[at..];
        let (element, after) = element(rest).unwrap_or_else(|| (escape(&rest[..1]), &rest[1..]));
        html += &element;
        rest = after;
    }
    html + &escape(rest)
}

/// The element that begins here, and what stands after it.
fn element(text: &str) -> Option<(String, &str)> {
    if let Some(bold) = text.strip_prefix("**") {
        let (bold, after) = bold.split_once("**")?;
        return Some((format!("<strong>{}</strong>", inline(bold)), after));
    }
    if let Some(code) = text.strip_prefix('`') {
        let (code, after) = code.split_once('`')?;
        return Some((format!("<code>{}</code>", escape(code)), after));
    }
    let (label, after) = text.strip_prefix('[')?.split_once("](")?;
    let (url, after) = after.split_once(')')?;
    let is_ours = url.starts_with('/') && !url.starts_with("//");
    is_ours.then(|| (format!("<a href=\"{}\">{}</a>", escape(url), inline(label)), after))
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_becomes_html() {
        let page = "# Title\n\nSay **how many > 5** and `a<b`, see [Your *products*](/billing/your-products).\n\n\
                    ## Part\n\n1. One\n2. Two\n\n- a\n- b\n\n    code & more\n";
        assert_eq!(title(page), "Title");
        assert_eq!(
            to_html(page),
            "<p>Say <strong>how many &gt; 5</strong> and <code>a&lt;b</code>, see \
             <a href=\"/billing/your-products\">Your *products*</a>.</p>\n<h2>Part</h2>\n\
             <ol><li>One</li><li>Two</li></ol>\n<ul><li>a</li><li>b</li></ul>\n\
             <pre class=\"code\">code &amp; more</pre>\n"
        );
    }

    #[test]
    fn an_item_goes_on_in_lines_that_are_indented() {
        assert_eq!(to_html("1. One\n   goes on. So\n2. Two\n"), "<ol><li>One goes on. So</li><li>Two</li></ol>\n");
        assert_eq!(to_html("- **a\n  b**\n- c"), "<ul><li><strong>a b</strong></li><li>c</li></ul>\n");
    }

    #[test]
    fn nothing_gets_out_as_html_and_no_link_leads_elsewhere() {
        assert_eq!(to_html("<script>x</script> **open"), "<p>&lt;script&gt;x&lt;/script&gt; **open</p>\n");
        for link in ["[a](//evil.example)", "[a](javascript:x)", "[a](https://evil.example)"] {
            assert!(!to_html(link).contains("href"), "{link}");
        }
    }
}
