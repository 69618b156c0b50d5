//! The pane that adds one person, with roles, a password and licenses at once (R72).

use super::{list, roles};
use crate::frame::Frame;
use crate::pages::party::countries;
use crate::parts::{Choice, FieldErrors};
use crate::web::{
    Done, Form, PageError, PageResult, Section, Visitor, blocking, notice_and_redirect, render, render_refused,
};
use app::Failure;
use app::user::add::AddUser;
use app::user::list::{ProductToGive, ProductsToGive};
use askama::Template;
use axum::response::Response;
use domain::access::{Permission, Role};
use domain::ids::ProductId;
use domain::organization::OrganizationKind;
use domain::user::UserDraft;
use words::Words;

/// A box that may be ticked.
struct Box {
    choice: Choice,
    checked: bool,
}

#[derive(Template)]
#[template(path = "user/add.html")]
struct AddPane {
    frame: Frame,
    words: Words,
    close_url: &'static str,
    errors: FieldErrors,
    draft: UserDraft,
    departments: Vec<String>,
    countries: Vec<Choice>,
    roles: Vec<Box>,
    licenses: Vec<Box>,
}

/// What was typed, to be shown again.
#[derive(Default)]
struct Typed {
    draft: UserDraft,
    roles: Vec<Role>,
    licenses: Vec<ProductId>,
}

impl Typed {
    fn read(form: &Form) -> Self {
        Self { draft: draft(form), roles: form.parsed("roles"), licenses: form.parsed("licenses") }
    }
}

/// The facts about a person as a form sends them.
pub(super) fn draft(form: &Form) -> UserDraft {
    let text = |name: &str| form.text(name).to_owned();
    UserDraft {
        display_name: text("display_name"),
        email: text("email"),
        department: text("department"),
        usage_location: text("usage_location"),
        guest: text("guest"),
    }
}

pub(super) async fn pane(visitor: Visitor) -> PageResult {
    render(&add_pane(&visitor, Typed::default(), FieldErrors::none()).await?)
}

pub(super) async fn submit(visitor: Visitor, form: Form) -> PageResult {
    let typed = Typed::read(&form);
    match add(&visitor, &typed, form.text("password").to_owned()).await {
        Ok(response) => Ok(response),
        Err(failure) => {
            let errors = FieldErrors::of(visitor.words, &failure)?;
            render_refused(&failure, &add_pane(&visitor, typed, errors).await?)
        }
    }
}

async fn add(visitor: &Visitor, typed: &Typed, password: String) -> Result<Response, Failure> {
    let (draft, roles, licenses) = (typed.draft.clone(), typed.roles.clone(), typed.licenses.clone());
    let command = blocking(move || AddUser::prepare(&draft, roles, &password, licenses)).await?;
    visitor.write(command).await?;
    Ok(notice_and_redirect(&Done::PeopleAdded { count: 1 }, Section::Users.url()))
}

async fn add_pane(visitor: &Visitor, typed: Typed, errors: FieldErrors) -> Result<AddPane, PageError> {
    let words = visitor.words;
    let mut frame = visitor.frame(Section::Users, words.people_add_one()).await?;
    frame.lead = Some(words.people_add_one_purpose().to_owned());
    let roles = match visitor.may(Permission::ManageRoles) {
        true if visitor.actor.is_operator() => roles(words, OrganizationKind::Operator),
        true => roles(words, OrganizationKind::Customer),
        false => Vec::new(),
    };
    let products = match visitor.may(Permission::AssignLicenses) {
        true => visitor.read(ProductsToGive).await?,
        false => Vec::new(),
    };
    let role_box = |choice: Choice| Box {
        checked: Role::from_code(&choice.value).is_some_and(|role| typed.roles.contains(&role)),
        choice,
    };
    Ok(AddPane {
        frame,
        words,
        close_url: Section::Users.url(),
        errors,
        departments: list::departments(visitor).await?,
        countries: countries(words, words.not_set()),
        roles: roles.into_iter().map(role_box).collect(),
        licenses: products.iter().map(|product| license_box(words, product, &typed.licenses)).collect(),
        draft: typed.draft,
    })
}

fn license_box(words: Words, product: &ProductToGive, ticked: &[ProductId]) -> Box {
    let note = words.available_count(i64::from(product.available));
    Box {
        choice: Choice::new(product.id.to_string(), product.name.clone()).note(note),
        checked: ticked.contains(&product.id),
    }
}
