//! Workbooks for spreadsheets (D25).

use app::ports::Cell;
use rust_xlsxwriter::{Format, Workbook, Worksheet, XlsxError};

/// A workbook with one sheet.
pub fn write(head: &[&str], rows: &[Vec<Cell>]) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    fill(book.add_worksheet(), head, rows)?;
    book.save_to_buffer()
}

fn fill(sheet: &mut Worksheet, head: &[&str], rows: &[Vec<Cell>]) -> Result<(), XlsxError> {
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
                Cell::Amount(money) => sheet.write_number(row, column, number(&money.decimal()))?,
            };
        }
    }
    Ok(())
}

/// A number as spreadsheets keep all of theirs. Nothing is calculated with it here.
fn number(text: &str) -> f64 {
    text.parse().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::money::{Currency, Money};

    /// A workbook is a zip file; its names are those of the standard.
    #[test]
    fn it_is_a_workbook() {
        let rows = [vec![Cell::from("=1+1"), Cell::Count(3), Cell::Amount(Money::new(1_050, Currency::Eur))]];
        let book = write(&["Name", "Licenses", "Amount"], &rows).expect("a workbook");
        assert!(book.starts_with(b"PK"));
        let names = String::from_utf8_lossy(&book);
        assert!(names.contains("xl/worksheets/sheet1.xml"));
    }
}
