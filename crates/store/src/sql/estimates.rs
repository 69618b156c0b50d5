//! What SQLite's planner is told about how much there is.
//!
//! Nearly every table is kept by organization. Knowing nothing, SQLite supposes that the first column of an index
//! leaves ten rows, and reads all rows of an organization where another index leads to the few that are wanted.
//! `ANALYZE` would count, but then a plan depends on the day of the count. So the estimates are fixed by what a
//! column is: every statement has one plan on every database, and the tests know it.

use rusqlite::{Connection, Result, Row};

/// Every column of every index in its place. The key of a table without row ids goes by the name of the table.
const INDEX_COLUMNS: &str = "SELECT t.name, CASE WHEN i.origin = 'pk' AND t.wr THEN t.name ELSE i.name END, i.\"unique\", \
    i.partial, c.name FROM pragma_table_list t JOIN pragma_index_list(t.name) i JOIN pragma_index_info(i.name) c \
    WHERE t.schema = 'main' AND t.type = 'table' ORDER BY 1, 2, c.seqno";

/// Rows of a table.
const TABLE_ROWS: u32 = 1_000_000;

struct Index {
    table: String,
    name: String,
    is_unique: bool,
    is_partial: bool,
    columns: Vec<String>,
}

/// Writes the estimates for the schema as it is now, and lets this connection plan by them; others read them when they
/// open. Needs a transaction.
pub(super) fn write(connection: &Connection) -> Result<()> {
    // Of any table with a row: ANALYZE makes the table of estimates.
    connection.execute_batch("ANALYZE migration; DELETE FROM sqlite_stat1")?;
    let mut insert = connection.prepare("INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES (?1, ?2, ?3)")?;
    for index in indexes(connection)? {
        insert.execute([&index.table, &index.name, &index.estimate()])?;
    }
    connection.execute_batch("ANALYZE sqlite_schema")
}

fn indexes(connection: &Connection) -> Result<Vec<Index>> {
    let mut found: Vec<Index> = Vec::new();
    let mut statement = connection.prepare(INDEX_COLUMNS)?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let next = Index::read(row)?;
        match found.last_mut() {
            Some(last) if last.table == next.table && last.name == next.name => last.columns.extend(next.columns),
            _ => found.push(next),
        }
    }
    Ok(found)
}

impl Index {
    fn read(row: &Row<'_>) -> Result<Self> {
        Ok(Self {
            table: row.get(0)?,
            name: row.get(1)?,
            is_unique: row.get(2)?,
            is_partial: row.get(3)?,
            columns: vec![row.get(4)?],
        })
    }

    /// As `sqlite_stat1` has it: the rows of the index, then how many agree in the first column, in the first two, and
    /// so on.
    fn estimate(&self) -> String {
        let mut rows = if self.is_partial { TABLE_ROWS / 2 } else { TABLE_ROWS };
        let mut estimate = rows.to_string();
        for (index, column) in self.columns.iter().enumerate() {
            let is_whole_key = self.is_unique && index + 1 == self.columns.len();
            rows = if is_whole_key { 1 } else { left(rows, column) };
            estimate += &format!(" {rows}");
        }
        estimate
    }
}

/// How many of some rows agree in a column.
fn left(rows: u32, column: &str) -> u32 {
    match column {
        "organization_id" => rows / 100,
        "id" => 1,
        reference if reference.ends_with("_id") => rows.min(10),
        _ => rows / 10,
    }
    .max(1)
}
