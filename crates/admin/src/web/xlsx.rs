//! Workbooks for spreadsheets (D25). Text is written as text, so that no cell becomes a formula, whatever it begins
//! with.

use app::Failure;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use domain::money::Money;
use rust_xlsxwriter::{Format, Workbook, Worksheet, XlsxError};

/// The content type of a workbook.
const TYPE: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// Rows that a sheet can hold under its head.
pub const ROWS_MAX: usize = 1_048_575;

/// A cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// Text, whatever it looks like.
    Text(String),
    /// A count.
    Count(i64),
    /// An amount, as a number with its decimals.
    Amount(Money),
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

/// A workbook with one sheet: a head in bold that stays in sight, and the rows under it.
///
/// # Errors
/// When there are more rows than a sheet can hold.
pub fn workbook(head: &[&str], rows: &[Vec<Cell>]) -> Result<Vec<u8>, Failure> {
    let mut book = Workbook::new();
    write(book.add_worksheet(), head, rows).map_err(Failure::internal)?;
    book.save_to_buffer().map_err(Failure::internal)
}

fn write(sheet: &mut Worksheet, head: &[&str], rows: &[Vec<Cell>]) -> Result<(), XlsxError> {
    let bold = Format::new().set_bold();
    for (column, name) in (0u16..).zip(head) {
        sheet.write_string_with_format(0, column, *name, &bold)?;
        sheet.set_column_width(column, 24)?;
    }
    sheet.set_freeze_panes(1, 0)?;
    for (row, cells) in (1u32..).zip(rows) {
        for (column, cell) in (0u16..).zip(cells) {
            match cell {
                Cell::Text(text) => sheet.write_string(row, column, text)?,
                Cell::Count(count) => sheet.write_number(row, column, number(&count.to_string()))?,
                Cell::Amount(money) => sheet.write_number(row, column, number(&decimal(*money)))?,
            };
        }
    }
    Ok(())
}

/// A number as spreadsheets keep all of theirs. Nothing is calculated with it here.
fn number(text: &str) -> f64 {
    text.parse().unwrap_or_default()
}

/// An amount as programs write it: `-1234.50`.
#[must_use]
pub fn decimal(money: Money) -> String {
    let decimals = usize::from(money.currency.decimals());
    let scale = 10u64.pow(u32::from(money.currency.decimals()));
    let (sign, magnitude) = (if money.minor < 0 { "-" } else { "" }, money.minor.unsigned_abs());
    match decimals {
        0 => format!("{sign}{magnitude}"),
        _ => format!("{sign}{}.{:0decimals$}", magnitude / scale, magnitude % scale),
    }
}

/// Sends a workbook as a file.
#[must_use]
pub fn send(file_name: &str, book: Vec<u8>) -> Response {
    let headers = [
        (header::CONTENT_TYPE, TYPE.to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{file_name}\"")),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    (headers, book).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::money::Currency;

    #[test]
    fn amounts_are_written_for_programs() {
        let written = |minor, currency| decimal(Money::new(minor, currency));
        assert_eq!(written(123_450, Currency::Eur), "1234.50");
        assert_eq!(written(-5, Currency::Eur), "-0.05");
        assert_eq!(written(1_205, Currency::Jpy), "1205");
        assert_eq!(written(1_205, Currency::Kwd), "1.205");
    }

    /// A workbook is a zip file; its names are those of the standard.
    #[test]
    fn it_is_a_workbook() {
        let rows = [vec![Cell::from("=1+1"), Cell::Count(3), Cell::Amount(Money::new(1_050, Currency::Eur))]];
        let book = workbook(&["Name", "Licenses", "Amount"], &rows).expect("a workbook");
        assert!(book.starts_with(b"PK"));
        let names = String::from_utf8_lossy(&book);
        assert!(names.contains("xl/worksheets/sheet1.xml"));
    }
}
