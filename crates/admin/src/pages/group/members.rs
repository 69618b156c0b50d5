//! The pane that puts people into a group, by name or from a list of addresses, and the form that takes them out.

use super::details::{Asked, details_page};
use super::{group_id, group_url};
use crate::frame::Frame;
use crate::parts::FieldErrors;
use crate::web::{
    Done, Form, PageError, PageResult, Section, Upload, Visitor, notice_and_redirect, render, render_refused,
};
use app::Failure;
use app::group::list::GroupDetails;
use app::group::members::{MembersAdded, RemoveMembers, add_listed};
use app::user::list::{NameUsers, SearchUsers};
use askama::Template;
use axum::extract::Path;
use domain::ids::{GroupId, UserId};
use domain::limits::{PEOPLE_PER_ACTION, UPLOAD_BYTES_MAX, UPLOAD_ROWS_MAX};
use domain::refusal::{Field, Refusal};
use domain::user::User;
use words::Words;

/// Unknown addresses that the pane shows.
const UNKNOWN_SHOWN: usize = 20;

struct PersonView {
    id: String,
    name: String,
    email: String,
}

#[derive(Template)]
#[template(path = "group/people.html")]
struct PeoplePane {
    frame: Frame,
    words: Words,
    url: String,
    close_url: String,
    errors: FieldErrors,
    maximum: usize,
    hint: String,
    too_many: String,
    chosen: Vec<PersonView>,
    found: Option<Vec<PersonView>>,
    results: String,
    nobody_found: String,
    pasted: String,
    file_hint: String,
}

#[derive(Template)]
#[template(path = "group/people_added.html")]
struct AddedPane {
    frame: Frame,
    words: Words,
    url: String,
    close_url: String,
    added: String,
    already: Option<String>,
    /// How many addresses belong to nobody, the first of them, and how many more there are.
    unknown: Option<(String, Vec<String>, Option<String>)>,
}

pub(super) async fn pane(visitor: Visitor, Path(id): Path<String>) -> PageResult {
    render(&people_pane(&visitor, group_id(&id)?, &Form::default(), None, FieldErrors::none()).await?)
}

pub(super) async fn add(visitor: Visitor, Path(id): Path<String>, upload: Upload) -> PageResult {
    let (id, form) = (group_id(&id)?, &upload.form);
    // Without script the button beside the search box finds people, and nobody is added yet.
    if form.is_on("find") {
        let found = visitor.read(SearchUsers(form.text("users_search").to_owned())).await?;
        let found = found.into_iter().map(|row| row.user).collect();
        return render(&people_pane(&visitor, id, form, Some(found), FieldErrors::none()).await?);
    }
    match add_people(&visitor, id, &upload).await {
        Ok(added) => render(&added_pane(&visitor, id, &added).await?),
        Err(failure) => {
            let errors = FieldErrors::of(visitor.words, &failure)?;
            render_refused(&failure, &people_pane(&visitor, id, form, None, errors).await?)
        }
    }
}

async fn add_people(visitor: &Visitor, id: GroupId, upload: &Upload) -> Result<MembersAdded, Failure> {
    let users: Vec<UserId> = upload.form.parsed(Field::Users.code());
    let listed = upload.addresses()?;
    visitor.run(move |app, caller, organization| add_listed(app, caller, organization, id, users, &listed)).await
}

async fn people_pane(
    visitor: &Visitor,
    id: GroupId,
    form: &Form,
    found: Option<Vec<User>>,
    errors: FieldErrors,
) -> Result<PeoplePane, PageError> {
    let words = visitor.words;
    let group = visitor.read(GroupDetails(id)).await?.group;
    let chosen = visitor.read(NameUsers(form.parsed(Field::Users.code()))).await?;
    let mut frame = visitor.frame(Section::Groups, words.group_add_people()).await?;
    frame.lead = Some(group.name);
    let close_url = group_url(id);
    let is_new = |user: &User| chosen.iter().all(|other| other.id != user.id);
    Ok(PeoplePane {
        frame,
        words,
        url: format!("{close_url}/people"),
        close_url,
        errors,
        maximum: PEOPLE_PER_ACTION,
        hint: words.assign_search_hint(PEOPLE_PER_ACTION),
        too_many: words.refusal(&Refusal::TooManyPeople { maximum: PEOPLE_PER_ACTION as u32 }).to_string(),
        results: words.results(found.as_ref().map_or(0, Vec::len) as i64),
        nobody_found: words.assign_nobody_found(form.text("users_search")),
        found: found.map(|found| found.into_iter().filter(is_new).map(person_view).collect()),
        pasted: form.text("rows").to_owned(),
        file_hint: words.people_file_hint(UPLOAD_ROWS_MAX, &words.file_size(UPLOAD_BYTES_MAX as u64)),
        chosen: chosen.into_iter().map(person_view).collect(),
    })
}

fn person_view(user: User) -> PersonView {
    PersonView { id: user.id.to_string(), name: user.display_name, email: user.email }
}

async fn added_pane(visitor: &Visitor, id: GroupId, outcome: &MembersAdded) -> Result<AddedPane, PageError> {
    let words = visitor.words;
    let group = visitor.read(GroupDetails(id)).await?.group;
    let mut frame = visitor.frame(Section::Groups, words.group_add_people()).await?;
    frame.lead = Some(group.name);
    let close_url = group_url(id);
    let unknown = &outcome.unknown;
    let more = unknown.len().saturating_sub(UNKNOWN_SHOWN) as i64;
    Ok(AddedPane {
        frame,
        words,
        url: format!("{close_url}/people"),
        close_url,
        added: words.group_people_added(outcome.added.into()),
        already: (outcome.already > 0).then(|| words.group_people_already(outcome.already.into())),
        unknown: (!unknown.is_empty()).then(|| {
            let shown = unknown.iter().take(UNKNOWN_SHOWN).cloned().collect();
            let more = (more > 0).then(|| words.group_addresses_more(more));
            (words.group_addresses_unknown(unknown.len() as i64), shown, more)
        }),
    })
}

pub(super) async fn remove(visitor: Visitor, Path(id): Path<String>, form: Form) -> PageResult {
    let group_id = group_id(&id)?;
    match visitor.write(RemoveMembers { group_id, users: form.parsed("selected") }).await {
        Ok(removed) => {
            Ok(notice_and_redirect(&Done::GroupPeopleRemoved { count: removed.into() }, &group_url(group_id)))
        }
        Err(failure) => match failure.refusal() {
            Some(refusal) if *refusal != Refusal::NotFound => {
                let sentence = visitor.words.refusal(refusal).to_string();
                render_refused(&failure, &details_page(&visitor, group_id, Asked::default(), Some(sentence)).await?)
            }
            _ => Err(failure.into()),
        },
    }
}
