//! `zetel import`

use super::{FIRST_OPERATOR, Outcome, operator, organization, say, words};
use crate::house::{Database, House};
use app::App;
use app::catalog::import::{ImportReport, import_catalog};
use app::job::JobDetails;
use app::user::add_many::{AddUsers, CheckPeopleFile, KeepPeopleFile};
use clap::{Args, Subcommand};
use domain::catalog::import::{CatalogFile, parse};
use domain::ids::{JobId, OrganizationId};
use domain::job::{Job, JobState};
use domain::refusal::Refusal;
use domain::user::add_many::WrongRow;
use indicatif::{ProgressBar, ProgressStyle};
use std::error::Error;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// Rows that were left out that are shown without `--all`.
const ROWS_SHOWN: usize = 20;

/// How long to wait before looking again how far the work is.
const PAUSE: Duration = Duration::from_millis(50);

/// Import a catalog or people from a CSV file.
#[derive(Args)]
pub struct Import {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// Products, SKUs and service plans; what is there already is kept, so that twice does no harm.
    Catalog(Catalog),
    /// People of an organization: all rows are checked first, then everybody is added or nobody.
    Users(Users),
}

#[derive(Args)]
struct Users {
    #[command(flatten)]
    database: Database,
    /// A CSV file in UTF-8 with a header: display name, e-mail address, department, usage location.
    file: PathBuf,
    /// The organization, by identifier or by its whole name.
    #[arg(long)]
    organization: String,
    /// Show every row that is wrong.
    #[arg(long)]
    all: bool,
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
            What::Users(users) => users.run(),
        }
    }
}

impl Catalog {
    fn run(self) -> Outcome {
        let started = Instant::now();
        let text = read(&self.file)?;
        let file = parse(&text).map_err(|refusal| words().catalog_file_refusal(&refusal))?;
        let house = House::existing(&self.database)?;
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
        out!("{}", words().cli_rows_left_out(file.refused.len() as i64));
        let shown = if self.all { file.refused.len() } else { ROWS_SHOWN };
        for row in file.refused.iter().take(shown) {
            let reason = words().catalog_row_refusal(&row.reason);
            out!("  {}", words().cli_line(&row.line.to_string(), &reason));
        }
        if file.refused.len() > shown {
            out!("  {}", words().cli_and_more((file.refused.len() - shown) as i64));
        }
    }
}

impl Users {
    fn run(self) -> Outcome {
        let text = read(&self.file)?;
        let house = House::existing(&self.database)?;
        let organization = organization(&house.app, &self.organization)?;
        let name = self.file.file_name().unwrap_or_default().to_string_lossy();
        let kept = KeepPeopleFile::prepare(&name, text.as_bytes()).map_err(|failure| say(&failure))?;
        let upload = house.app.write(&operator(), organization, kept).wait().map_err(|failure| say(&failure))?;
        let checked = house.app.read(&operator(), organization, &CheckPeopleFile(upload));
        let file = checked.map_err(|failure| say(&failure))?.file;
        if !file.wrong.is_empty() {
            return Err(self.wrong_rows(&file.wrong).into());
        }
        let job =
            house.app.write(&operator(), organization, AddUsers(upload)).wait().map_err(|failure| say(&failure))?;
        let done = work(&house.app, organization, job, file.people.len())?;
        match done.state {
            JobState::Done => out!("{}", words().cli_people_added(done.progress_done)),
            _ => return Err(done.error.unwrap_or_default().into()),
        }
        Ok(())
    }

    fn wrong_rows(&self, wrong: &[WrongRow]) -> String {
        let shown = if self.all { wrong.len() } else { ROWS_SHOWN };
        let mut lines = vec![words().refusal(&Refusal::RowsRefused { count: wrong.len() as u32 }).to_string()];
        for row in wrong.iter().take(shown) {
            let reasons: Vec<_> = row.refusals.iter().map(|refusal| words().field_refusal(refusal)).collect();
            lines.push(format!("  {}", words().cli_line(&row.line.to_string(), &reasons.join(" "))));
        }
        if wrong.len() > shown {
            lines.push(format!("  {}", words().cli_and_more((wrong.len() - shown) as i64)));
        }
        lines.join("\n")
    }
}

/// Does a piece of background work now and shows how far it is; a worker may have taken it first.
fn work(app: &App, organization: OrganizationId, id: JobId, total: usize) -> Result<Job, Box<dyn Error>> {
    let bar = bar(total);
    let look = || app.read(&operator(), organization, &JobDetails(id)).map_err(|failure| say(&failure));
    let worked = std::thread::scope(|scope| {
        let worker = scope.spawn(|| app.work_now(organization, id));
        while !worker.is_finished() {
            std::thread::sleep(PAUSE);
            if let Ok(job) = look() {
                bar.set_position(job.progress_done.unsigned_abs());
            }
        }
        worker.join()
    });
    worked.map_err(|_| "the work panicked")?.map_err(|failure| say(&failure))?;
    let mut job = look()?;
    while !job.state.is_over() {
        std::thread::sleep(PAUSE);
        job = look()?;
    }
    bar.finish_and_clear();
    Ok(job)
}

fn print_report(report: &ImportReport, started: Instant) {
    let words = words();
    out!("{}", words.cli_imported(i64::from(report.rows), &words.duration(started.elapsed().as_secs().max(1))));
    out!("{}", words.cli_imported_products(i64::from(report.products_new), i64::from(report.products)));
    out!("{}", words.cli_imported_skus(i64::from(report.skus_new), i64::from(report.skus)));
    if report.products_new + report.skus_new + report.skus_changed == 0 {
        out!("{}", words.cli_nothing_new());
    }
}

fn read(file: &Path) -> Result<String, String> {
    let name = file.display().to_string();
    let bytes = std::fs::read(file).map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound => words().cli_file_not_found(&name),
        _ => format!("{name}: {error}"),
    })?;
    String::from_utf8(bytes).map_err(|_| words().refusal(&Refusal::NotUtf8).to_string())
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
