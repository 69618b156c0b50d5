//! Import a catalog file: upload, progress, and the rows that could not be taken.

use crate::frame::Frame;
use crate::parts::{FieldErrors, Progress};
use crate::web::{PageError, PageResult, Section, Upload, Visitor, blocking, redirect, render, render_refused};
use app::Failure;
use app::catalog::import_upload::{CatalogImport, CatalogImportView, UploadCatalog};
use askama::Template;
use axum::extract::Path;
use domain::ids::UploadId;
use domain::job::JobState;
use domain::refusal::{Field, Refusal};
use words::Words;

/// Refused rows that the page shows.
const ROWS_SHOWN: usize = 200;

#[derive(Template)]
#[template(path = "catalog/import.html")]
struct UploadPage {
    frame: Frame,
    words: Words,
    url: String,
    errors: FieldErrors,
}

#[derive(Template)]
#[template(path = "catalog/imported.html")]
struct ImportPage {
    frame: Frame,
    words: Words,
    work: Option<Progress>,
    outcome: Option<(&'static str, &'static str, Vec<String>)>,
    refused: Vec<(String, String)>,
    refused_title: String,
}

fn url() -> String {
    format!("{}/import", Section::Catalog.url())
}

pub(super) async fn page(visitor: Visitor) -> PageResult {
    render(&upload_page(&visitor, FieldErrors::none()).await?)
}

async fn upload_page(visitor: &Visitor, errors: FieldErrors) -> Result<UploadPage, PageError> {
    let words = visitor.words;
    let mut frame = visitor.frame(Section::Catalog, words.catalog_import()).await?;
    frame.lead = Some(words.catalog_import_hint().to_owned());
    Ok(UploadPage { frame, words, url: url(), errors })
}

pub(super) async fn submit(visitor: Visitor, upload: Upload) -> PageResult {
    match keep(&visitor, &upload).await {
        Ok(id) => Ok(redirect(&format!("{}/{id}", url()))),
        Err(failure) => {
            let errors = FieldErrors::of(visitor.words, &failure)?;
            render_refused(&failure, &upload_page(&visitor, errors).await?)
        }
    }
}

async fn keep(visitor: &Visitor, upload: &Upload) -> Result<UploadId, Failure> {
    let bytes = upload.file().map_err(|refusal| refusal.at(Field::File))?.to_vec();
    if bytes.is_empty() {
        return Err(Refusal::Required.at(Field::File).into());
    }
    let file_name = upload.file_name.clone();
    let command = blocking(move || UploadCatalog::prepare(&file_name, &bytes)).await?;
    visitor.write(command).await
}

/// How far the import is, or what it brought.
pub(super) async fn progress(visitor: Visitor, Path(id): Path<String>) -> PageResult {
    let id: UploadId = id.parse().map_err(|_| Refusal::NotFound)?;
    let words = visitor.words;
    let view = visitor.read(CatalogImport(id)).await?;
    let mut frame = visitor.frame(Section::Catalog, words.catalog_import()).await?;
    frame.lead = Some(view.file_name.clone()).filter(|name| !name.is_empty());
    let outcome = outcome(words, &view);
    let job = &view.job;
    let work = outcome.is_none().then(|| Progress {
        done: job.progress_done.unsigned_abs(),
        total: job.progress_total.max(1).unsigned_abs(),
        text: if job.progress_total == 0 {
            words.progress_starting().to_owned()
        } else {
            words.progress_of(job.progress_done, job.progress_total)
        },
        time_left: String::new(),
        note: words.progress_safe_to_leave().to_owned(),
        live_url: Some(format!("{}/{id}", url())),
    });
    let shown = view.refused.iter().take(ROWS_SHOWN);
    render(&ImportPage {
        frame,
        words,
        work,
        outcome,
        refused: shown.map(|row| (row.line.to_string(), words.catalog_row_refusal(&row.reason))).collect(),
        refused_title: words.catalog_rows_refused(view.refused.len() as i64),
    })
}

/// Hue, icon and sentences of what came of the import, when it is over.
fn outcome(words: Words, view: &CatalogImportView) -> Option<(&'static str, &'static str, Vec<String>)> {
    match (view.job.state, view.report) {
        (JobState::Waiting | JobState::Running, _) => None,
        (JobState::Done, Some(report)) => {
            let sentences = vec![
                words.catalog_imported_products(report.products, report.products_new),
                words.catalog_imported_skus(report.skus, report.skus_new, report.skus_changed),
            ];
            Some(("good", "check", sentences))
        }
        _ => Some(("severe", "error", vec![words.internal_error_text().to_owned()])),
    }
}
