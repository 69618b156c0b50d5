//! A small writer of XML: elements, one attribute, text.

/// An XML document in the making, indented for people who look into it.
#[derive(Default)]
pub struct Xml {
    text: String,
    depth: usize,
}

impl Xml {
    /// The finished document with a root that declares namespaces.
    pub fn document(root: &str, namespaces: &[(&str, &str)], content: impl FnOnce(&mut Self)) -> String {
        let mut xml = Self { text: "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".to_owned(), depth: 0 };
        let declared: String = namespaces.iter().map(|(name, value)| format!(" {name}=\"{value}\"")).collect();
        xml.wrapped(&format!("{root}{declared}"), root, content);
        xml.text
    }

    /// An element that holds others.
    pub fn element(&mut self, name: &str, content: impl FnOnce(&mut Self)) {
        self.wrapped(name, name, content);
    }

    /// An element that holds text; none at all when the text is empty.
    pub fn text(&mut self, name: &str, text: &str) {
        self.leaf(name, name, text);
    }

    /// An element with an attribute that holds text; none at all when the text is empty.
    pub fn text_with(&mut self, name: &str, (attribute, value): (&str, &str), text: &str) {
        self.leaf(&format!("{name} {attribute}=\"{}\"", escaped(value)), name, text);
    }

    fn wrapped(&mut self, opening: &str, name: &str, content: impl FnOnce(&mut Self)) {
        self.line(&format!("<{opening}>"));
        self.depth += 1;
        content(self);
        self.depth -= 1;
        self.line(&format!("</{name}>"));
    }

    fn leaf(&mut self, opening: &str, name: &str, text: &str) {
        let text = escaped(text.trim());
        if !text.is_empty() {
            self.line(&format!("<{opening}>{text}</{name}>"));
        }
    }

    fn line(&mut self, line: &str) {
        self.text.extend(std::iter::repeat_n("  ", self.depth));
        self.text.push_str(line);
        self.text.push('\n');
    }
}

/// Text as XML holds it. Control characters, which XML cannot hold, are left out.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars().filter(|letter| !letter.is_control() && !matches!(letter, '\u{fffe}' | '\u{ffff}')) {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            letter => escaped.push(letter),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_escaped_and_what_is_empty_is_left_out() {
        let xml = Xml::document("a", &[("xmlns", "urn:a")], |xml| {
            xml.text("b", "R&D <\"x\">\u{1}");
            xml.text("c", " ");
            xml.element("d", |xml| xml.text_with("e", ("f", "g"), "h"));
        });
        let expected = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<a xmlns=\"urn:a\">\n  \
            <b>R&amp;D &lt;&quot;x&quot;&gt;</b>\n  <d>\n    <e f=\"g\">h</e>\n  </d>\n</a>\n";
        assert_eq!(xml, expected);
    }
}
