//! `zetel import`

use super::{FIRST_OPERATOR, Outcome, operator, say, words};
use crate::house::{Database, House};
use app::catalog::import::{ImportReport, import_catalog};
use clap::{Args, Subcommand};
use domain::catalog::import::{CatalogFile, parse};
use indicatif::{ProgressBar, ProgressStyle};
use std::path::{Path, PathBuf};
use std::time::Instant;

/// Rows that were left out that are shown without `--all`.
const ROWS_SHOWN: usize = 20;

/// Import a catalog from a CSV file.
#[derive(Args)]
pub struct Import {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// Products, SKUs and service plans; what is there already is kept, so that twice does no harm.
    Catalog(Catalog),
}

#[derive(Args)]
struct Catalog {
    #[command(flatten)]
    database: Database,
    /// A CSV file in UTF-8 with a header.
    file: PathBuf,
    /// Show every row that was left out.
    #[arg(long)]
    all: bool,
}

impl Import {
    /// Imports and says what it found.
    pub fn run(self) -> Outcome {
        match self.what {
            What::Catalog(catalog) => catalog.run(),
        }
    }
}

impl Catalog {
    fn run(self) -> Outcome {
        let started = Instant::now();
        let text = read(&self.file)?;
        let file = parse(&text).map_err(|refusal| words().catalog_file_refusal(&refusal))?;
        let house = House::open(&self.database)?;
        let organization =
            app::setup::operator_organization(&house.app)?.ok_or_else(|| words().cli_no_operator(FIRST_OPERATOR))?;
        let bar = bar(file.products.len());
        let report = import_catalog(&house.app, &operator(), organization, &file, |done, _| {
            bar.set_position(done as u64);
        });
        bar.finish_and_clear();
        let report = report.map_err(|failure| say(&failure))?;
        print_report(&report, started);
        self.print_refused(&file);
        Ok(())
    }

    fn print_refused(&self, file: &CatalogFile) {
        if file.refused.is_empty() {
            return;
        }
        println!("{}", words().cli_rows_left_out(file.refused.len() as i64));
        let shown = if self.all { file.refused.len() } else { ROWS_SHOWN };
        for row in file.refused.iter().take(shown) {
            let reason = words().catalog_row_refusal(&row.reason);
            println!("  {}", words().cli_line(&row.line.to_string(), &reason));
        }
        if file.refused.len() > shown {
            println!("  {}", words().cli_and_more((file.refused.len() - shown) as i64));
        }
    }
}

fn print_report(report: &ImportReport, started: Instant) {
    let words = words();
    println!("{}", words.cli_imported(i64::from(report.rows), &words.duration(started.elapsed().as_secs().max(1))));
    println!("{}", words.cli_imported_products(i64::from(report.products_new), i64::from(report.products)));
    println!("{}", words.cli_imported_skus(i64::from(report.skus_new), i64::from(report.skus)));
    if report.products_new + report.skus_new + report.skus_changed == 0 {
        println!("{}", words.cli_nothing_new());
    }
}

fn read(file: &Path) -> Result<String, String> {
    let name = file.display().to_string();
    let bytes = std::fs::read(file).map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound => words().cli_file_not_found(&name),
        _ => format!("{name}: {error}"),
    })?;
    String::from_utf8(bytes).map_err(|_| words().refusal(&domain::refusal::Refusal::NotUtf8).to_string())
}

/// Shown on a terminal only.
fn bar(total: usize) -> ProgressBar {
    let style = ProgressStyle::with_template("{msg} {wide_bar} {pos}/{len}");
    let bar = ProgressBar::new(total as u64).with_message(words().cli_importing());
    match style {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}
