//! Assign to many, or take back from many: choose the people, look at what it comes to, confirm, watch (R126).

use super::assign::{PlanView, disabled_plans, plan_views, usable_choices};
use super::product::buy_url;
use super::product_url;
use crate::frame::Frame;
use crate::pages::group::named_group;
use crate::parts::{Choice, FieldErrors, Progress};
use crate::web::csv::{Csv, download};
use crate::web::{Form, PageError, PageResult, Section, Upload, Visitor, redirect, render, render_refused};
use app::Failure;
use app::license::many::{
    BulkAction, BulkOutcome, BulkRequest, ListDetails, ListProblems, ListView, PeopleFilter, Problem, Source,
    StartList, make_list,
};
use app::license::product::{OverviewOfProduct, ProductOverview};
use app::user::list::UserFilterChoices;
use askama::Template;
use axum::extract::{Path, Query};
use domain::access::Permission;
use domain::ids::{ProductId, UploadId};
use domain::job::JobState;
use domain::limits::{PAGE_ROWS_MAX, UPLOAD_BYTES_MAX, UPLOAD_ROWS_MAX};
use domain::refusal::{Field, Refusal};
use serde::Deserialize;
use words::Words;

/// People left out that the page shows; the file has them all.
const PROBLEMS_SHOWN: usize = 50;

#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct Asked {
    action: String,
    unlicensed: String,
}

#[derive(Template)]
#[template(path = "license/many.html")]
struct ManyPage {
    frame: Frame,
    words: Words,
    url: String,
    close_url: String,
    action: &'static str,
    assigns: bool,
    errors: FieldErrors,
    file_hint: String,
    pasted: String,
    /// Departments and groups, for those who may see all people.
    departments: Vec<Choice>,
    groups: Vec<Choice>,
    /// That there are more groups, one of which is to be named.
    more_groups: Option<String>,
    department: String,
    group: String,
    unlicensed: bool,
    subscriptions: Vec<Choice>,
    subscription: String,
    plans: Vec<PlanView>,
    some_plan_off: bool,
}

pub(super) async fn page(visitor: Visitor, Path(id): Path<String>, Query(asked): Query<Asked>) -> PageResult {
    let id = id.parse().map_err(|_| Refusal::NotFound)?;
    let action = action_of(&asked.action);
    let overview = visitor.read(ProductOverview(id)).await?;
    let mut page = many_page(&visitor, &overview, action, &Form::default(), FieldErrors::none()).await?;
    page.unlicensed = !asked.unlicensed.is_empty();
    render(&page)
}

/// Makes the list of people; nothing else happens.
pub(super) async fn make(visitor: Visitor, Path(id): Path<String>, upload: Upload) -> PageResult {
    let id = id.parse().map_err(|_| Refusal::NotFound)?;
    let overview = visitor.read(ProductOverview(id)).await?;
    let action = action_of(upload.form.text("action"));
    match make_from(&visitor, &overview, action, &upload).await {
        Ok(list) => Ok(redirect(&format!("{}/many/{list}", product_url(id)))),
        Err(failure) => {
            let errors = FieldErrors::of(visitor.words, &failure)?;
            render_refused(&failure, &many_page(&visitor, &overview, action, &upload.form, errors).await?)
        }
    }
}

/// What is done with a list that is made here.
fn action_of(code: &str) -> BulkAction {
    match BulkAction::from_code(code) {
        Some(BulkAction::Unassign) => BulkAction::Unassign,
        _ => BulkAction::Assign,
    }
}

async fn make_from(
    visitor: &Visitor,
    overview: &OverviewOfProduct,
    action: BulkAction,
    upload: &Upload,
) -> Result<UploadId, Failure> {
    let form = &upload.form;
    let request = BulkRequest {
        action,
        product_id: overview.product_id,
        subscription_id: form.choice_or_any("subscription", Field::Licenses)?,
        disabled_plans: disabled_plans(form, &overview.plans).into_iter().collect(),
    };
    if form.text("source") == "filter" {
        let filter = PeopleFilter {
            department: form.text("department").to_owned(),
            group: named_group(visitor, form.text("group"), Field::Users).await?,
            unlicensed: form.is_on("unlicensed"),
        };
        return visitor
            .run(move |app, caller, organization| {
                make_list(app, caller, organization, &request, &Source::Filter(filter))
            })
            .await;
    }
    let addresses = upload.addresses()?;
    if addresses.is_empty() {
        return Err(Refusal::Required.at(Field::File).into());
    }
    let source = Source::Addresses { file_name: upload.file_name.clone(), addresses: addresses.into() };
    visitor.run(move |app, caller, organization| make_list(app, caller, organization, &request, &source)).await
}

async fn many_page(
    visitor: &Visitor,
    overview: &OverviewOfProduct,
    action: BulkAction,
    form: &Form,
    errors: FieldErrors,
) -> Result<ManyPage, PageError> {
    let words = visitor.words;
    let assigns = action == BulkAction::Assign;
    let (title, lead) = if assigns {
        (words.assign_many(), format!("{}. {}", overview.name, words.assign_many_purpose()))
    } else {
        (words.unassign_many(), words.unassign_many_purpose(&overview.name))
    };
    let mut frame = visitor.frame(Section::Licenses, title).await?;
    frame.lead = Some(lead);
    let (departments, groups, more_groups) = filter_choices(visitor).await?;
    let close_url = product_url(overview.product_id);
    let disabled = disabled_plans(form, &overview.plans);
    Ok(ManyPage {
        frame,
        words,
        url: format!("{close_url}/many"),
        close_url,
        action: action.code(),
        assigns,
        errors,
        file_hint: format!(
            "{} {}",
            words.assign_many_by_file_hint(),
            words.people_file_hint(UPLOAD_ROWS_MAX, &words.file_size(UPLOAD_BYTES_MAX as u64))
        ),
        pasted: form.text("rows").to_owned(),
        departments,
        groups,
        more_groups: (more_groups > 0).then(|| words.groups_more(more_groups)),
        department: form.text("department").to_owned(),
        group: form.text("group").to_owned(),
        unlicensed: form.is_on("unlicensed"),
        subscriptions: if assigns { usable_choices(words, overview) } else { Vec::new() },
        subscription: form.text("subscription").to_owned(),
        some_plan_off: !disabled.is_empty(),
        plans: if assigns { plan_views(&overview.plans, |plan| !disabled.contains(&plan)) } else { Vec::new() },
    })
}

/// Departments and groups to choose from, and how many more groups there are; none for those who do not see everybody.
async fn filter_choices(visitor: &Visitor) -> Result<(Vec<Choice>, Vec<Choice>, i64), PageError> {
    if !visitor.may(Permission::ReadUsers) {
        return Ok((Vec::new(), Vec::new(), 0));
    }
    let words = visitor.words;
    let found = visitor.read(UserFilterChoices).await?;
    let departments = found.departments.iter().map(|name| Choice::new(name.clone(), name.clone()));
    let groups = found.groups.iter().map(|group| {
        Choice::new(group.id.to_string(), format!("{} ({})", group.name, words.people_count(group.member_count.into())))
    });
    Ok((
        std::iter::once(Choice::new("", words.people_filter_department())).chain(departments).collect(),
        std::iter::once(Choice::new("", words.people_all_groups())).chain(groups).collect(),
        found.more_groups,
    ))
}

#[derive(Template)]
#[template(path = "license/list_of_people.html")]
struct ListPage {
    frame: Frame,
    words: Words,
    url: String,
    again_url: String,
    close_url: String,
    /// What is going to happen, in a sentence; before the work.
    foreseen: Option<String>,
    start: String,
    may_start: bool,
    missing: Option<String>,
    /// Where more can be bought, for those who may.
    buy_url: Option<String>,
    work: Option<Progress>,
    /// Hue, icon and sentence of what came of it.
    outcome: Option<(&'static str, &'static str, String)>,
    /// How many are left out for which reason.
    left_out: Vec<(&'static str, String)>,
    problems: Vec<ProblemRow>,
    problems_note: Option<String>,
    problems_url: Option<String>,
    with_lines: bool,
}

struct ProblemRow {
    line: String,
    name: String,
    email: String,
    why: &'static str,
}

/// Before the work what it comes to, then how far it is, then what came of it.
pub(super) async fn list(visitor: Visitor, Path(ids): Path<(String, String)>) -> PageResult {
    let (product_id, id) = parse(&ids)?;
    render(&list_page(&visitor, product_id, id, None).await?)
}

/// Begins the work, once, however often the form is sent.
pub(super) async fn start(visitor: Visitor, Path(ids): Path<(String, String)>, _form: Form) -> PageResult {
    let (product_id, id) = parse(&ids)?;
    match visitor.write(StartList(id)).await {
        Ok(_) => Ok(redirect(&format!("{}/many/{id}", product_url(product_id)))),
        Err(failure) => {
            let refusal = failure.refusal().cloned().ok_or_else(|| PageError(failure.clone()))?;
            let sentence = visitor.words.refusal(&refusal).to_string();
            render_refused(&failure, &list_page(&visitor, product_id, id, Some(sentence)).await?)
        }
    }
}

fn parse((product, list): &(String, String)) -> Result<(ProductId, UploadId), PageError> {
    let product = product.parse().map_err(|_| Refusal::NotFound)?;
    Ok((product, list.parse().map_err(|_| Refusal::NotFound)?))
}

async fn list_page(
    visitor: &Visitor,
    product_id: ProductId,
    id: UploadId,
    refused: Option<String>,
) -> Result<ListPage, PageError> {
    let words = visitor.words;
    let view = visitor.read(ListDetails { id, problems: PROBLEMS_SHOWN }).await?;
    let overview = visitor.read(ProductOverview(product_id)).await?;
    if view.list.request.product_id != product_id {
        return Err(Refusal::NotFound.into());
    }
    let action = view.list.request.action;
    let title = match action {
        BulkAction::Assign => words.assign_many(),
        BulkAction::Unassign => words.unassign_many(),
        BulkAction::Centralize => words.centralize(),
    };
    let mut frame = visitor.frame(Section::Licenses, title).await?;
    frame.lead = Some([overview.name.as_str(), &view.list.source].join(" · ").trim_end_matches(" · ").to_owned());
    let product_url = product_url(product_id);
    let url = format!("{product_url}/many/{id}");
    let centralize_url = format!("{product_url}/centralize");
    let (again_url, close_url) = match action {
        BulkAction::Centralize => (centralize_url.clone(), centralize_url),
        _ => (format!("{product_url}/many?action={}", action.code()), product_url),
    };
    let pending = view.count(BulkOutcome::Pending);
    let is_before = view.job.is_none();
    let missing = (view.missing > 0).then_some(Refusal::NotEnoughLicenses { missing: view.missing });
    let problems: Vec<_> = view.problems.iter().map(|problem| problem_row(words, problem)).collect();
    let is_cut = left_out(&view) > problems.len() as i64;
    let outcome = outcome(words, &view);
    Ok(ListPage {
        frame,
        words,
        again_url,
        foreseen: (is_before && missing.is_none()).then(|| match (pending, action) {
            (0, _) => words.assign_many_nobody().to_owned(),
            (_, BulkAction::Assign) => words.assign_many_preview(pending, &overview.name),
            (_, BulkAction::Unassign) => words.unassign_many_preview(pending, &overview.name),
            (_, BulkAction::Centralize) => words.centralize_preview(pending, &overview.name),
        }),
        start: match action {
            BulkAction::Unassign => words.unassign_many_start(pending),
            BulkAction::Assign | BulkAction::Centralize => words.assign_many_start(pending),
        },
        may_start: is_before && pending > 0 && missing.is_none(),
        missing: refused.or_else(|| missing.map(|refusal| words.refusal(&refusal).to_string())),
        buy_url: visitor.may(Permission::ManageQuantity).then(|| buy_url(&overview)),
        work: progress(words, &view, &url).filter(|_| outcome.is_none()),
        outcome,
        left_out: view
            .outcomes
            .iter()
            .filter(|(outcome, _)| !matches!(outcome, BulkOutcome::Pending | BulkOutcome::Done))
            .map(|(outcome, count)| (words.bulk_outcome_name(*outcome), words.number(*count)))
            .collect(),
        with_lines: view.problems.iter().any(|problem| problem.line > 0),
        problems_note: is_cut.then(|| words.assign_many_first_rows(problems.len() as i64)),
        problems_url: view
            .job
            .as_ref()
            .filter(|job| job.state.is_over() && !problems.is_empty())
            .map(|_| format!("{url}/problems.csv")),
        problems,
        url,
        close_url,
    })
}

fn left_out(view: &ListView) -> i64 {
    let over = |(outcome, _): &&(BulkOutcome, i64)| !matches!(outcome, BulkOutcome::Pending | BulkOutcome::Done);
    view.outcomes.iter().filter(over).map(|(_, count)| count).sum()
}

fn problem_row(words: Words, problem: &Problem) -> ProblemRow {
    ProblemRow {
        line: problem.line.to_string(),
        name: problem.display_name.clone().unwrap_or_default(),
        email: problem.email.clone(),
        why: words.bulk_outcome_name(problem.outcome),
    }
}

fn progress(words: Words, view: &ListView, url: &str) -> Option<Progress> {
    let job = view.job.as_ref()?;
    let text = if job.state == JobState::Waiting {
        words.progress_starting().to_owned()
    } else {
        words.progress_people(job.progress_done, job.progress_total)
    };
    Some(Progress {
        done: job.progress_done.unsigned_abs(),
        total: job.progress_total.max(1).unsigned_abs(),
        text,
        time_left: String::new(),
        note: words.progress_safe_to_leave().to_owned(),
        live_url: Some(url.to_owned()),
    })
}

fn outcome(words: Words, view: &ListView) -> Option<(&'static str, &'static str, String)> {
    let job = view.job.as_ref()?;
    match job.state {
        JobState::Waiting | JobState::Running => None,
        JobState::Done => {
            let (done, total) = (view.count(BulkOutcome::Done), view.list.row_count);
            let sentence = match view.list.request.action {
                BulkAction::Assign => words.assign_many_done(done, total),
                BulkAction::Unassign => words.unassign_many_done(done, total),
                BulkAction::Centralize => words.centralize_done(done, total),
            };
            Some(if done == total { ("good", "check", sentence) } else { ("warning", "warning", sentence) })
        }
        JobState::Refused | JobState::Parked => {
            Some(("severe", "error", format!("{}. {}", words.work_stopped(), words.internal_error_text())))
        }
    }
}

/// Everybody to whom it was not done, and why, as a file.
pub(super) async fn problems(visitor: Visitor, Path(ids): Path<(String, String)>) -> PageResult {
    let (_, id) = parse(&ids)?;
    let words = visitor.words;
    visitor.read(ListDetails { id, problems: 0 }).await?;
    let head = [words.email_address(), words.name(), words.bulk_line(), words.work_failure_reason()];
    let first = ListProblems { id, after: 0, limit: PAGE_ROWS_MAX };
    Ok(download(&format!("left-out-{id}.csv"), &head, first, move |query| problems_piece(visitor.clone(), query)))
}

async fn problems_piece(visitor: Visitor, query: ListProblems) -> Result<(Csv, Option<ListProblems>), PageError> {
    let found = visitor.read(query).await?;
    let mut csv = Csv::default();
    for problem in &found {
        let row = problem_row(visitor.words, problem);
        csv.row(&[&row.email, &row.name, &row.line, row.why]);
    }
    let next = found.last().filter(|_| found.len() == query.limit);
    Ok((csv, next.map(|last| ListProblems { after: last.ordinal, ..query })))
}
