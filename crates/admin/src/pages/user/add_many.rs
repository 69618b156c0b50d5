//! Add many people from a CSV file: upload or paste, preview, confirm, progress (R72).

use crate::frame::Frame;
use crate::parts::{FieldErrors, Progress};
use crate::web::csv::{Csv, download_whole};
use crate::web::{PageError, PageResult, Section, Upload, Visitor, blocking, redirect, render, render_refused};
use app::Failure;
use app::job::JobDetails;
use app::user::add_many::{AddUsers, CheckPeopleFile, CheckedPeopleFile, KeepPeopleFile, PeopleAdded};
use askama::Template;
use axum::extract::Path;
use domain::ids::{JobId, UploadId};
use domain::job::{Job, JobState};
use domain::limits::{UPLOAD_BYTES_MAX, UPLOAD_ROWS_MAX};
use domain::refusal::{Field, FieldRefusal, Refusal};
use domain::user::add_many::{COLUMNS, WrongRow};
use words::Words;

/// Rows of each kind that the preview shows.
const PREVIEW_ROWS: usize = 50;

fn upload_id(text: &str) -> Result<UploadId, Refusal> {
    text.parse().map_err(|_| Refusal::NotFound)
}

#[derive(Template)]
#[template(path = "user/add_many.html")]
struct UploadPage {
    frame: Frame,
    words: Words,
    errors: FieldErrors,
    pasted: String,
    file_hint: String,
}

pub(super) async fn page(visitor: Visitor) -> PageResult {
    render(&upload_page(&visitor, String::new(), FieldErrors::none()).await?)
}

async fn upload_page(visitor: &Visitor, pasted: String, errors: FieldErrors) -> Result<UploadPage, PageError> {
    let words = visitor.words;
    let mut frame = visitor.frame(Section::Users, words.people_add_many_title()).await?;
    frame.lead = Some(words.people_add_many_purpose().to_owned());
    let file_hint = words.people_file_hint(UPLOAD_ROWS_MAX, &words.file_size(UPLOAD_BYTES_MAX as u64));
    Ok(UploadPage { frame, words, errors, pasted, file_hint })
}

/// Keeps the file and shows what it would do; nothing else happens.
pub(super) async fn upload(visitor: Visitor, upload: Upload) -> PageResult {
    match keep(&visitor, &upload).await {
        Ok(id) => Ok(redirect(&format!("/users/add-many/{id}"))),
        Err(failure) => {
            let errors = match &failure {
                Failure::Invalid(fields) => file_errors(visitor.words, fields),
                other => FieldErrors::of(visitor.words, other)?,
            };
            let pasted = upload.form.text("rows").to_owned();
            render_refused(&failure, &upload_page(&visitor, pasted, errors).await?)
        }
    }
}

/// What is wrong with the file, without naming the field before each message: there is but one.
fn file_errors(words: Words, fields: &[FieldRefusal]) -> FieldErrors {
    let mut errors = FieldErrors::none();
    for wrong in fields {
        errors.add(wrong.field.code(), words.refusal(&wrong.refusal).to_string());
    }
    errors
}

async fn keep(visitor: &Visitor, upload: &Upload) -> Result<UploadId, Failure> {
    let file = upload.file().map_err(|refusal| refusal.at(Field::File))?;
    let pasted = upload.form.text("rows");
    let content = if file.is_empty() { pasted.as_bytes() } else { file };
    if content.is_empty() {
        return Err(Refusal::Required.at(Field::File).into());
    }
    let (content, file_name) = (content.to_vec(), upload.file_name.clone());
    let command = blocking(move || KeepPeopleFile::prepare(&file_name, &content)).await?;
    visitor.write(command).await
}

/// The columns with one person who shows how they are filled.
pub(super) async fn template(_visitor: Visitor) -> PageResult {
    let heads: Vec<_> = COLUMNS.iter().map(|column| column.code()).collect();
    let mut csv = Csv::with_head(&heads);
    csv.row(&["Noor de Vries", "noor.devries@example.com", "Finance", "NL", "no"]);
    Ok(download_whole("people-template.csv", csv))
}

struct PersonRow {
    line: u32,
    name: String,
    email: String,
    department: String,
    location: String,
    guest: &'static str,
    problems: Vec<String>,
}

#[derive(Template)]
#[template(path = "user/preview.html")]
struct PreviewPage {
    frame: Frame,
    words: Words,
    errors_url: String,
    url: String,
    right: String,
    wrong: Option<String>,
    ignored: Option<String>,
    start: String,
    rows: Vec<PersonRow>,
    rows_note: Option<String>,
}

/// What the file would do; once it was confirmed, how far the work is.
pub(super) async fn preview(visitor: Visitor, Path(id): Path<String>) -> PageResult {
    let id = upload_id(&id)?;
    let checked = visitor.read(CheckPeopleFile(id)).await?;
    let url = format!("/users/add-many/{id}");
    if checked.job.is_some() {
        return Ok(redirect(&format!("{url}/progress")));
    }
    let mut frame = visitor.frame(Section::Users, visitor.words.people_preview()).await?;
    frame.lead = Some(checked.file_name.clone()).filter(|name| !name.is_empty());
    render(&preview_page(visitor.words, frame, url, &checked))
}

fn preview_page(words: Words, frame: Frame, url: String, checked: &CheckedPeopleFile) -> PreviewPage {
    let file = &checked.file;
    let (right, wrong) = (file.people.len() as i64, file.wrong.len() as i64);
    let rows: Vec<_> = if wrong > 0 {
        file.wrong.iter().take(PREVIEW_ROWS).map(|row| wrong_row(words, row)).collect()
    } else {
        let people = file.people.iter().take(PREVIEW_ROWS);
        let row = |person: &domain::user::add_many::NewPerson| PersonRow {
            line: person.line,
            name: person.facts.display_name.clone(),
            email: person.facts.email.clone(),
            department: person.facts.department.clone(),
            location: super::country(words, person.facts.usage_location.as_deref()),
            guest: if person.facts.is_guest { words.yes() } else { words.no() },
            problems: Vec::new(),
        };
        people.map(row).collect()
    };
    let is_cut = file.wrong.len().max(if wrong > 0 { 0 } else { file.people.len() }) > PREVIEW_ROWS;
    let shown = rows.len() as i64;
    PreviewPage {
        frame,
        words,
        errors_url: format!("{url}/errors"),
        url,
        right: words.people_preview_good(if wrong > 0 { 0 } else { right }),
        wrong: (wrong > 0).then(|| words.people_preview_errors(wrong)),
        ignored: (!file.ignored_columns.is_empty())
            .then(|| words.people_columns_ignored(&words.list(&file.ignored_columns))),
        start: words.people_add_many_start(right),
        rows_note: is_cut.then(|| {
            if wrong > 0 { words.people_first_wrong_rows(shown) } else { words.people_first_right_rows(shown) }
        }),
        rows,
    }
}

fn wrong_row(words: Words, row: &WrongRow) -> PersonRow {
    PersonRow {
        line: row.line,
        name: row.draft.display_name.clone(),
        email: row.draft.email.clone(),
        department: row.draft.department.clone(),
        location: row.draft.usage_location.clone(),
        guest: "",
        problems: row.refusals.iter().map(|refusal| problem(words, refusal)).collect(),
    }
}

/// A problem at its column; one of the whole row names none.
fn problem(words: Words, wrong: &FieldRefusal) -> String {
    match wrong.field {
        Field::File => words.refusal(&wrong.refusal).to_string(),
        _ => words.field_refusal(wrong),
    }
}

/// Every wrong row as it was, with what is wrong with it.
pub(super) async fn errors(visitor: Visitor, Path(id): Path<String>) -> PageResult {
    let words = visitor.words;
    let checked = visitor.read(CheckPeopleFile(upload_id(&id)?)).await?;
    let heads: Vec<_> = COLUMNS.iter().map(|column| column.code()).collect();
    let mut csv = Csv::with_head(&[&heads[..], &[words.people_preview_row(), words.people_preview_problem()]].concat());
    for row in &checked.file.wrong {
        let problems: Vec<_> = row.refusals.iter().map(|refusal| problem(words, refusal)).collect();
        let draft = &row.draft;
        csv.row(&[
            &draft.display_name,
            &draft.email,
            &draft.department,
            &draft.usage_location,
            &draft.guest,
            &row.line.to_string(),
            &problems.join(" "),
        ]);
    }
    Ok(download_whole("people-errors.csv", csv))
}

/// Starts the work, once, however often the form is sent.
pub(super) async fn confirm(visitor: Visitor, Path(id): Path<String>, _form: crate::web::Form) -> PageResult {
    let id = upload_id(&id)?;
    let checked = visitor.read(CheckPeopleFile(id)).await?;
    if checked.job.is_none() && !checked.file.wrong.is_empty() {
        return Ok(redirect(&format!("/users/add-many/{id}")));
    }
    visitor.write(AddUsers(id)).await?;
    Ok(redirect(&format!("/users/add-many/{id}/progress")))
}

#[derive(Template)]
#[template(path = "user/progress.html")]
struct ProgressPage {
    frame: Frame,
    words: Words,
    url: String,
    work: Option<Progress>,
    outcome: Option<(&'static str, &'static str, Vec<String>)>,
}

pub(super) async fn progress(visitor: Visitor, Path(id): Path<String>) -> PageResult {
    let id = upload_id(&id)?;
    let words = visitor.words;
    let job = visitor.read(JobDetails(JobId::from_uuid(id.uuid()))).await?;
    let frame = visitor.frame(Section::Users, words.people_add_many_title()).await?;
    let url = format!("/users/add-many/{id}");
    let outcome = outcome(words, &job);
    let work = outcome.is_none().then(|| Progress {
        done: job.progress_done.unsigned_abs(),
        total: job.progress_total.max(1).unsigned_abs(),
        text: if job.progress_total == 0 {
            words.progress_starting().to_owned()
        } else {
            words.progress_people(job.progress_done, job.progress_total)
        },
        time_left: String::new(),
        note: if job.error.is_some() { words.people_add_waits() } else { words.progress_safe_to_leave() }.to_owned(),
        live_url: Some(format!("{url}/progress")),
    });
    render(&ProgressPage { frame, words, url, work, outcome })
}

/// Hue, icon and sentences of what came of the work, when it is over.
fn outcome(words: Words, job: &Job) -> Option<(&'static str, &'static str, Vec<String>)> {
    match job.state {
        JobState::Waiting | JobState::Running => None,
        JobState::Done => {
            let added: Option<PeopleAdded> = job.result.as_deref().and_then(|text| serde_json::from_str(text).ok());
            let added = added.unwrap_or(PeopleAdded { added: job.progress_done, taken_meanwhile: 0 });
            let mut sentences = vec![words.people_were_added(added.added)];
            if added.taken_meanwhile > 0 {
                sentences.push(words.people_left_out(added.taken_meanwhile));
            }
            Some(if added.taken_meanwhile > 0 {
                ("warning", "warning", sentences)
            } else {
                ("good", "check", sentences)
            })
        }
        JobState::Refused => Some(("severe", "error", vec![words.people_not_added().to_owned()])),
        JobState::Parked => Some(("severe", "error", vec![words.internal_error_text().to_owned()])),
    }
}
