//! Addresses as people paste them: from a mail program, a list, or the cells of a sheet.

/// What stands between addresses, besides space.
const SEPARATORS: [char; 4] = [',', ';', '\t', '\n'];

/// What stands for addresses in a text: `anna@a.example; Bram <bram@a.example>` has two. A name beside an address in
/// angle brackets is left out, with a comma in it too. All else is given as it stands, so that somebody can be told of
/// it.
#[must_use]
pub fn addresses(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    // Without an address so far: a name when one in angle brackets follows.
    let mut perhaps_name = Vec::new();
    for part in parts(text) {
        if part.contains('<') {
            perhaps_name.clear();
            in_brackets(part, &mut found);
        } else if part.contains('@') {
            found.append(&mut perhaps_name);
            found.extend(part.split_whitespace().filter_map(bare));
        } else {
            perhaps_name.extend(bare(part));
        }
    }
    found.append(&mut perhaps_name);
    found
}

/// Whether a text is nothing but addresses, perhaps with names, and not a row of something else.
#[must_use]
pub fn is_only_addresses(text: &str) -> bool {
    text.contains('@') && (text.contains('<') || addresses(text).iter().all(|address| address.contains('@')))
}

/// What stands between separators; one inside quotes separates nothing.
fn parts(text: &str) -> impl Iterator<Item = &str> {
    let has_quotes = text.matches('"').count().is_multiple_of(2);
    let mut is_quoted = false;
    text.split(move |letter| {
        is_quoted ^= has_quotes && letter == '"';
        !is_quoted && SEPARATORS.contains(&letter)
    })
}

/// The addresses in angle brackets, and what follows the last one.
fn in_brackets<'t>(part: &'t str, found: &mut Vec<&'t str>) {
    let mut rest = part;
    while let Some((_, opened)) = rest.split_once('<') {
        let (address, after) = opened.split_once('>').unwrap_or((opened, ""));
        found.extend(bare(address));
        rest = after;
    }
    found.extend(rest.split_whitespace().filter_map(bare));
}

/// Without space and quotes around it; nothing when nothing is left.
fn bare(text: &str) -> Option<&str> {
    let text = text.trim_matches(|letter: char| letter.is_whitespace() || matches!(letter, '"' | '\'' | '>'));
    Some(text).filter(|text| !text.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    const ANNA: &str = "anna@waterland.example";
    const BRAM: &str = "bram@waterland.example";

    /// R126: whatever stands between addresses, and with the names that mail programs write.
    #[test]
    fn whatever_separates_them() {
        for between in [",", ";", " ", "\t", "\n", ", ", "; \r\n", ",;", " , ; \t\n"] {
            assert_eq!(addresses(&format!("{ANNA}{between}{BRAM}{between}")), [ANNA, BRAM], "{between:?}");
        }
        let text = format!("Anna de Vries <{ANNA}>; <{BRAM}>, c@waterland.example d@waterland.example");
        assert_eq!(addresses(&text), [ANNA, BRAM, "c@waterland.example", "d@waterland.example"]);
        assert_eq!(addresses(&format!("Anna <{ANNA}> Bram <{BRAM}>")), [ANNA, BRAM]);
        assert_eq!(addresses(&format!("\"{ANNA}\" <{ANNA}>, '{BRAM}'")), [ANNA, BRAM]);
    }

    /// Names with a comma, in quotes and without them.
    #[test]
    fn names_with_a_comma() {
        assert_eq!(addresses(&format!("\"Vries, Anna de\" <{ANNA}>,\"Smit; Bram\" <{BRAM}>")), [ANNA, BRAM]);
        assert_eq!(addresses(&format!("Vries, Anna de <{ANNA}>; Smit, Bram <{BRAM}>")), [ANNA, BRAM]);
    }

    /// What is no address is not lost: somebody meant somebody by it.
    #[test]
    fn what_is_none_stays() {
        assert_eq!(addresses(&format!("{ANNA}, bram; chris")), [ANNA, "bram", "chris"]);
        assert_eq!(addresses(&format!("bram, {ANNA}")), ["bram", ANNA]);
        assert_eq!(addresses(&format!("Anna <{ANNA}>, bram")), [ANNA, "bram"]);
        assert_eq!(addresses(&format!("{ANNA} \"bram")), [ANNA, "bram"]);
        assert_eq!(addresses("Anna <anna"), ["anna"]);
        for nothing in ["", " ", ",;", "<>", "\"\""] {
            assert!(addresses(nothing).is_empty(), "{nothing:?}");
        }
        assert!(is_only_addresses(&format!("{ANNA} {BRAM}")));
        assert!(is_only_addresses(&format!("Anna <{ANNA}>, bram")));
        assert!(!is_only_addresses(&format!("Anna,{ANNA},{BRAM}")));
        assert!(!is_only_addresses("Anna, Bram"));
    }
}
