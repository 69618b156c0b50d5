//! Import a catalog file from the browser: keep the file, then load it in the background with its progress.

use super::import::{ImportReport, import_catalog};
use super::import_kinds::Said;
use crate::door::{Change, Command, Look, Query};
use crate::failure::Failure;
use crate::job::{Running, Work};
use domain::access::permission::OperateCatalog;
use domain::catalog::import::{CatalogFile, FileRefusal, RefusedRow, parse};
use domain::ids::{JobId, UploadId};
use domain::job::Job;
use domain::refusal::{Field, Refusal};
use domain::spreadsheet::text;
use jiff::SignedDuration;
use serde::{Deserialize, Serialize};
use store::tables::job;
use store::tables::upload::{self, Upload};

/// How long a file is kept, so that its refused rows can be read again.
const KEPT: SignedDuration = SignedDuration::from_hours(24 * 7);

/// Keeps a catalog file and asks for its import.
#[derive(Debug, Clone)]
pub struct UploadCatalog {
    file_name: String,
    content: String,
    said: Said,
}

impl UploadCatalog {
    /// Checks that the bytes are a text with the columns of a catalog.
    ///
    /// # Errors
    /// The refusal of the file as a whole, at [`Field::File`].
    pub fn prepare(file_name: &str, bytes: &[u8]) -> Result<Self, Failure> {
        let content = text(bytes).map_err(|refusal| refusal.at(Field::File))?;
        let said = Said::by(&read(content).map_err(|refusal| refusal.at(Field::File))?);
        let file_name = file_name.chars().filter(|letter| !letter.is_control()).take(200).collect();
        Ok(Self { file_name, content: content.to_owned(), said })
    }
}

fn read(content: &str) -> Result<CatalogFile, Refusal> {
    parse(content).map_err(|refusal| match refusal {
        FileRefusal::Empty => Refusal::FileEmpty,
        FileRefusal::MissingColumns(columns) => {
            Refusal::MissingColumns { columns: columns.iter().map(|column| column.code().to_owned()).collect() }
        }
    })
}

impl Command for UploadCatalog {
    type Permission = OperateCatalog;
    type Outcome = UploadId;
    const NAME: &'static str = "import_catalog";

    fn execute(&self, change: &Change<'_, OperateCatalog>) -> Result<UploadId, Failure> {
        self.said.check(change.write)?;
        upload::delete_older(change.write, change.system_now() - KEPT)?;
        let id = UploadId::from_uuid(change.new_id());
        let new = Upload {
            id,
            file_name: self.file_name.clone(),
            content: self.content.clone(),
            created_by: change.granted.actor().user(),
            created_at: change.system_now(),
        };
        upload::insert(change.write, &new)?;
        change.enqueue_as(job_of(id), &ImportUpload { upload: id }, 0)?;
        Ok(id)
    }
}

/// The work with a file has the file's identity.
fn job_of(upload: UploadId) -> JobId {
    JobId::from_uuid(upload.uuid())
}

/// Loads a kept catalog file; beginning again completes what was done before.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct ImportUpload {
    upload: UploadId,
}

impl Work for ImportUpload {
    const KIND: &'static str = "import_catalog";

    fn run(&self, running: &Running<'_>) -> Result<serde_json::Value, Failure> {
        let (app, caller, organization) = (running.app, &running.caller, running.organization);
        let kept = app.read(caller, organization, &FindUpload(self.upload))?;
        let file = read(&kept.content)?;
        let mut noted = Ok(());
        let report = import_catalog(app, caller, organization, &file, |done, total| {
            let step = NoteProgress { job: running.id, done: done as i64, total: total as i64 };
            if noted.is_ok() {
                noted = app.write(caller, organization, step).wait();
            }
        })?;
        noted?;
        serde_json::to_value(report).map_err(Failure::internal)
    }
}

struct FindUpload(UploadId);

impl Query for FindUpload {
    type Permission = OperateCatalog;
    type Outcome = Upload;

    fn run(&self, look: &Look<'_, OperateCatalog>) -> Result<Upload, Failure> {
        Ok(upload::find(look.read, self.0)?.ok_or(Refusal::NotFound)?)
    }
}

struct NoteProgress {
    job: JobId,
    done: i64,
    total: i64,
}

impl Command for NoteProgress {
    type Permission = OperateCatalog;
    type Outcome = ();
    const NAME: &'static str = "import_catalog";

    fn execute(&self, change: &Change<'_, OperateCatalog>) -> Result<(), Failure> {
        change.progress(self.job, self.done, self.total)
    }
}

/// Asks how the import of a file stands.
#[derive(Debug, Clone, Copy)]
pub struct CatalogImport(pub UploadId);

/// How the import of a file stands.
#[derive(Debug, Clone)]
pub struct CatalogImportView {
    /// What its owner called the file.
    pub file_name: String,
    /// The work with it.
    pub job: Job,
    /// What the import brought, once it is done.
    pub report: Option<ImportReport>,
    /// The rows that cannot be taken, with the reason of each.
    pub refused: Vec<RefusedRow>,
}

impl Query for CatalogImport {
    type Permission = OperateCatalog;
    type Outcome = CatalogImportView;

    fn run(&self, look: &Look<'_, OperateCatalog>) -> Result<CatalogImportView, Failure> {
        let kept = upload::find(look.read, self.0)?.ok_or(Refusal::NotFound)?;
        let job = job::find(look.read, job_of(self.0))?.ok_or(Refusal::NotFound)?;
        let report = job.result.as_deref().and_then(|result| serde_json::from_str(result).ok());
        // While it runs the page asks every second: the rows are read again only at the end.
        let refused = if job.state.is_over() { read(&kept.content)?.refused } else { Vec::new() };
        Ok(CatalogImportView { file_name: kept.file_name, job, report, refused })
    }
}
