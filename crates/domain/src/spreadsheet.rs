//! Files as spreadsheets write them: CSV (RFC 4180) with or without a byte order mark, separated by commas, by the
//! semicolons that Excel writes in Dutch and other languages, or by the tabs of cells that were pasted.

use crate::limits::UPLOAD_BYTES_MAX;
use crate::refusal::Refusal;

/// What separates fields. Of those that come equally often the last one wins, so the comma comes last.
const SEPARATORS: [u8; 3] = [b'\t', b';', b','];

/// The text of an uploaded file, without its byte order mark.
///
/// # Errors
/// [`Refusal::FileEmpty`], [`Refusal::FileTooLarge`], [`Refusal::NotUtf8`].
pub fn text(bytes: &[u8]) -> Result<&str, Refusal> {
    if bytes.len() > UPLOAD_BYTES_MAX {
        return Err(Refusal::FileTooLarge { maximum_megabytes: (UPLOAD_BYTES_MAX / 1024 / 1024) as u32 });
    }
    let text = std::str::from_utf8(bytes).map_err(|_| Refusal::NotUtf8)?;
    // No file of rows has a NUL; what has one is another kind of file.
    if text.contains('\0') {
        return Err(Refusal::NotUtf8);
    }
    let text = without_mark(text);
    if text.trim().is_empty() { Err(Refusal::FileEmpty) } else { Ok(text) }
}

fn without_mark(text: &str) -> &str {
    text.strip_prefix('\u{feff}').unwrap_or(text)
}

/// A row of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The line on which it starts, from 1.
    pub line: u32,
    /// What stands in it, without whitespace around each; rows may have more or fewer cells than others.
    pub cells: csv::StringRecord,
}

/// The rows of a text, those in which nothing stands left out.
pub fn rows(text: &str) -> impl Iterator<Item = Row> {
    let (body, separator, lines_before) = dialect(without_mark(text));
    let records = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .trim(csv::Trim::All)
        .delimiter(separator)
        .from_reader(body.as_bytes());
    // The text is UTF-8 and rows of any width are taken, so that none can fail.
    records.into_records().map_while(Result::ok).filter(|cells| !cells.iter().all(str::is_empty)).map(move |cells| {
        let line = lines_before.saturating_add(line_of(body, &cells));
        Row { line, cells }
    })
}

/// The body after Excel's `sep=;`, what separates its fields, and how many lines came before it.
fn dialect(text: &str) -> (&str, u8, u32) {
    let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
    if let Some(&[separator]) = first.trim_end().strip_prefix("sep=").map(str::as_bytes) {
        return (rest, separator, 1);
    }
    let count = |separator: &u8| first.bytes().filter(|byte| byte == separator).count();
    (text, SEPARATORS.into_iter().max_by_key(count).unwrap_or(b','), 0)
}

/// The line on which a row starts. The reader gives the place after the row before, blank lines not yet passed.
fn line_of(body: &str, cells: &csv::StringRecord) -> u32 {
    let Some(position) = cells.position() else { return 0 };
    let from = body.as_bytes().get(position.byte() as usize..).unwrap_or_default();
    let blank = from.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).filter(|byte| **byte == b'\n').count();
    u32::try_from(position.line()).unwrap_or(u32::MAX).saturating_add(blank as u32)
}

/// Rows of a file for spreadsheets (RFC 4180).
#[derive(Debug, Default)]
pub struct Csv(String);

impl Csv {
    /// A file with its column heads, which begins with a byte order mark (D25).
    #[must_use]
    pub fn with_head(head: &[&str]) -> Self {
        let mut csv = Self("\u{feff}".to_owned());
        csv.row(head);
        csv
    }

    /// Adds a row.
    pub fn row(&mut self, cells: &[&str]) {
        for (index, cell) in cells.iter().enumerate() {
            if index > 0 {
                self.0.push(',');
            }
            self.cell(cell);
        }
        self.0.push_str("\r\n");
    }

    /// The text of the rows.
    #[must_use]
    pub fn into_text(self) -> String {
        self.0
    }

    /// A cell that a spreadsheet would take for a formula begins with an apostrophe instead.
    fn cell(&mut self, text: &str) {
        let is_formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
        if !is_formula && !text.contains([',', '"', '\r', '\n', ';']) {
            return self.0.push_str(text);
        }
        self.0.push('"');
        if is_formula {
            self.0.push('\'');
        }
        self.0.push_str(&text.replace('"', "\"\""));
        self.0.push('"');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(u32, Vec<String>)> {
        rows(text).map(|row| (row.line, row.cells.iter().map(str::to_owned).collect())).collect()
    }

    fn row(line: u32, cells: &[&str]) -> (u32, Vec<String>) {
        (line, cells.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn what_separates_cells_is_found() {
        for text in ["a,b\n1,2", "a;b\r\n1;2\r\n", "\u{feff}a\tb\n1\t2\n", "a , b\n 1 ,2"] {
            assert_eq!(read(text), [row(1, &["a", "b"]), row(2, &["1", "2"])], "{text:?}");
        }
        assert_eq!(read("sep=;\r\na,b;c\r\n"), [row(2, &["a,b", "c"])]);
        assert_eq!(read("a;b,c"), [row(1, &["a;b", "c"])]);
    }

    #[test]
    fn every_row_knows_its_line() {
        assert_eq!(
            read("a,b\n\n,,\r\n\"two\nlines\",x\nlast"),
            [row(1, &["a", "b"]), row(4, &["two\nlines", "x"]), row(6, &["last"])]
        );
    }

    #[test]
    fn what_is_no_text_of_rows_is_refused() {
        for empty in ["", "\u{feff}", " \r\n\r\n"] {
            assert_eq!(text(empty.as_bytes()), Err(Refusal::FileEmpty), "{empty:?}");
        }
        assert_eq!(text(b"name,email\nZo\xeb,zoe@waterland.example\n"), Err(Refusal::NotUtf8));
        assert_eq!(text(b"PK\x03\x04\0\0"), Err(Refusal::NotUtf8));
        assert_eq!(text(&vec![b'x'; UPLOAD_BYTES_MAX + 1]), Err(Refusal::FileTooLarge { maximum_megabytes: 32 }));
    }

    /// D25, and no cell that a spreadsheet would run.
    #[test]
    fn cells_are_quoted_where_they_must_be() {
        let mut csv = Csv::with_head(&["name"]);
        csv.row(&["Anna", "de \"Vries\"", "a,b", "=1+1", "=cmd|\"/C calc\"!A1", ""]);
        let expected = "\u{feff}name\r\nAnna,\"de \"\"Vries\"\"\",\"a,b\",\"'=1+1\",\"'=cmd|\"\"/C calc\"\"!A1\",\r\n";
        assert_eq!(csv.into_text(), expected);
    }
}
