//! The pane that gives somebody a billing role.

use super::URL;
use crate::frame::Frame;
use crate::parts::{Choice, FieldErrors};
use crate::web::{Done, Form, PageError, PageResult, Section, Visitor, notice_and_redirect, render, render_refused};
use app::Failure;
use app::billing_role::give::GiveBillingRole;
use app::billing_role::list::{BillingRolesView, ListBillingRoles};
use app::user::details::UserDetails;
use askama::Template;
use domain::access::BillingRole;
use domain::billing::Agreement;
use domain::refusal::{Field, Refusal};
use words::Words;

#[derive(Template)]
#[template(path = "billing_role/give.html")]
struct GivePane {
    frame: Frame,
    words: Words,
    url: String,
    close_url: &'static str,
    errors: FieldErrors,
    /// Whether the contract lets the roles count.
    counts: bool,
    /// Whether only becoming owner of the billing account is open.
    becomes_owner: bool,
    typed: Typed,
    roles: Vec<Choice>,
    profiles: Vec<Choice>,
}

/// What was filled in.
#[derive(Default)]
struct Typed {
    email: String,
    role: String,
    profile: String,
}

pub(super) async fn pane(visitor: Visitor) -> PageResult {
    render(&draw(&visitor, Typed::default(), FieldErrors::none()).await?)
}

pub(super) async fn submit(visitor: Visitor, form: Form) -> PageResult {
    match give(&visitor, &form).await {
        Ok(()) => Ok(notice_and_redirect(&Done::BillingRoleGiven {}, URL)),
        Err(failure) => {
            let text = |field: Field| form.text(field.code()).to_owned();
            let (email, role, profile) = (text(Field::Email), text(Field::BillingRole), text(Field::BillingProfile));
            let errors = FieldErrors::of(visitor.words, &failure)?;
            render_refused(&failure, &draw(&visitor, Typed { email, role, profile }, errors).await?)
        }
    }
}

/// Every wrong field is said at once.
async fn give(visitor: &Visitor, form: &Form) -> Result<(), Failure> {
    let role = form.choice(Field::BillingRole);
    let profile = form.choice_or_any(Field::BillingProfile.code(), Field::BillingProfile);
    let email = form.text(Field::Email.code()).to_owned();
    let mut wrong = Vec::new();
    wrong.extend(role.as_ref().err().cloned());
    wrong.extend(profile.as_ref().err().cloned());
    if email.is_empty() {
        wrong.push(Refusal::Required.at(Field::Email));
    }
    let (Ok(role), Ok(profile), true) = (role, profile, wrong.is_empty()) else { return Err(wrong.into()) };
    visitor.write(GiveBillingRole { email, role, profile }).await
}

async fn draw(visitor: &Visitor, typed: Typed, errors: FieldErrors) -> Result<GivePane, PageError> {
    let words = visitor.words;
    let view = visitor.read(ListBillingRoles).await?;
    let becomes_owner = view.may_become_owner && view.profiles.is_empty();
    let title = if becomes_owner { words.become_billing_owner() } else { words.give_billing_role() };
    let roles = offered(&view)
        .map(|role| Choice::new(role.code(), words.billing_role_name(role)).note(words.billing_role_means(role)));
    let profiles = view.profiles.iter().map(|profile| Choice::new(profile.id.to_string(), &profile.name));
    let typed = match becomes_owner {
        true => Typed { email: own_email(visitor).await?, role: BillingRole::AccountOwner.code().to_owned(), ..typed },
        false => typed,
    };
    Ok(GivePane {
        url: format!("{URL}/give"),
        close_url: URL,
        errors,
        counts: view.agreement == Agreement::Mca,
        becomes_owner,
        typed,
        roles: roles.collect(),
        profiles: std::iter::once(Choice::new("", words.choose_one())).chain(profiles).collect(),
        frame: visitor.frame(Section::Bills, title).await?,
        words,
    })
}

/// The roles that the reader may give.
fn offered(view: &BillingRolesView) -> impl Iterator<Item = BillingRole> {
    let (account, profiles) = (view.may_give_account, !view.profiles.is_empty());
    let is_open = move |role: &BillingRole| if role.is_of_account() { account } else { profiles };
    BillingRole::ALL.iter().copied().filter(is_open)
}

/// The sign-in name of the reader.
async fn own_email(visitor: &Visitor) -> Result<String, PageError> {
    let own = visitor.actor.user().ok_or(Refusal::NotFound)?;
    Ok(visitor.read(UserDetails(own)).await?.user.email)
}
