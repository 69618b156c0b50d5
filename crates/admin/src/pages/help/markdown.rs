//! The help pages are written in Markdown; a page shows them as HTML.

use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag, TagEnd, html};

/// The text behind the first `# `, which is the title of a page.
pub(super) fn title(markdown: &str) -> &str {
    markdown.lines().find_map(|line| line.strip_prefix("# ")).unwrap_or_default().trim()
}

/// Everything below the title as HTML. HTML inside is shown as it was typed; a link leads nowhere but into Zetel, and
/// only where it `opens`.
pub(super) fn to_html(markdown: &str, opens: impl Fn(&str) -> bool) -> String {
    let below_title =
        if markdown.starts_with("# ") { markdown.split_once('\n').map_or("", |(_, rest)| rest) } else { markdown };
    let mut leads_elsewhere = false;
    let events = Parser::new(below_title).filter_map(|event| match event {
        Event::Html(text) | Event::InlineHtml(text) => Some(Event::Text(text)),
        Event::Start(Tag::Link { dest_url, .. }) if !(is_ours(&dest_url) && opens(&dest_url)) => {
            leads_elsewhere = true;
            None
        }
        Event::End(TagEnd::Link) if std::mem::take(&mut leads_elsewhere) => None,
        Event::Start(Tag::CodeBlock(CodeBlockKind::Indented)) => Some(Event::Html("<pre class=\"code\">".into())),
        Event::End(TagEnd::CodeBlock) => Some(Event::Html("</pre>\n".into())),
        other => Some(other),
    });
    let mut page = String::new();
    html::push_html(&mut page, events);
    page
}

fn is_ours(url: &str) -> bool {
    url.starts_with('/') && !url.starts_with("//")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn to_html(markdown: &str) -> String {
        super::to_html(markdown, |_| true)
    }

    #[test]
    fn a_page_becomes_html() {
        let page = "# Title\n\nSay **how many > 5** and `a<b`, see [Your *products*](/billing/your-products).\n\n\
                    ## Part\n\n1. One\n2. Two\n\n- a\n- b\n\nAnd\n\n    code & more\n";
        assert_eq!(title(page), "Title");
        assert_eq!(
            to_html(page),
            "<p>Say <strong>how many &gt; 5</strong> and <code>a&lt;b</code>, see \
             <a href=\"/billing/your-products\">Your <em>products</em></a>.</p>\n<h2>Part</h2>\n\
             <ol>\n<li>One</li>\n<li>Two</li>\n</ol>\n<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n<p>And</p>\n\
             <pre class=\"code\">code &amp; more\n</pre>\n"
        );
    }

    #[test]
    fn nothing_gets_out_as_html_and_no_link_leads_elsewhere() {
        assert_eq!(to_html("A <script>x</script> **open"), "<p>A &lt;script&gt;x&lt;/script&gt; **open</p>\n");
        assert_eq!(to_html("<script>x</script>"), "&lt;script&gt;x&lt;/script&gt;");
        assert_eq!(to_html("[a](https://evil.example) [b](/billing)"), "<p>a <a href=\"/billing\">b</a></p>\n");
        for link in ["[a](//evil.example)", "[a](javascript:x)", "[a](https://evil.example)"] {
            assert!(!to_html(link).contains("href"), "{link}");
        }
        let some = |url: &str| url != "/closed";
        assert_eq!(super::to_html("[a](/closed) [b](/open)", some), "<p>a <a href=\"/open\">b</a></p>\n");
    }
}
