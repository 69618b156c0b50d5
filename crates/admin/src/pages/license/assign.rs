//! The pane that assigns a product to up to twenty people (R26-R30, R174).

use super::product::subscription_choices;
use super::product_url;
use crate::frame::Frame;
use crate::pages::party::countries;
use crate::pages::present::closed;
use crate::parts::{Choice, Closed, FieldErrors};
use crate::web::{Form, PageError, PageResult, Section, Visitor, redirect, render, render_refused};
use app::Failure;
use app::license::assign::AssignLicenses;
use app::license::choose::{Choosable, FindPeople, NamePeople};
use app::license::product::{OverviewOfProduct, ProductOverview};
use app::license::set_location::SetLocationOfMissing;
use app::subscription::details::SubscriptionDetails;
use askama::Template;
use axum::extract::{Path, Query};
use domain::catalog::ServicePlan;
use domain::ids::{ProductId, ServicePlanId, UserId};
use domain::license::Assignment;
use domain::limits::PEOPLE_PER_ACTION;
use domain::refusal::{Field, Refusal};
use domain::subscription::{Action, Offer};
use serde::Deserialize;
use std::collections::HashSet;
use words::Words;

/// People that a search shows.
const FOUND_SHOWN: usize = 10;

#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct Asked {
    subscription: String,
    /// How many were just assigned: the pane then says so and closes (R30).
    done: String,
    /// One person to begin with.
    user: String,
}

/// What is chosen so far; a refused form keeps it.
#[derive(Default)]
struct Chosen {
    users: Vec<UserId>,
    subscription: String,
    disabled_plans: HashSet<ServicePlanId>,
    search: String,
    location: String,
}

struct PersonView {
    id: String,
    name: String,
    note: String,
    /// Why the person cannot be chosen, or empty.
    why_not: &'static str,
}

pub(in crate::pages) struct PlanView {
    pub(in crate::pages) id: String,
    pub(in crate::pages) name: String,
    pub(in crate::pages) on: bool,
}

#[derive(Template)]
#[template(path = "license/assign.html")]
struct AssignPane {
    frame: Frame,
    words: Words,
    url: String,
    close_url: String,
    people_url: String,
    errors: FieldErrors,
    assign_closed: Option<Closed>,
    done: Option<String>,
    available: String,
    maximum: usize,
    hint: String,
    too_many: String,
    chosen: Vec<PersonView>,
    found: Option<Vec<PersonView>>,
    results: String,
    nobody_found: String,
    subscription: String,
    subscriptions: Vec<Choice>,
    plans: Vec<PlanView>,
    some_plan_off: bool,
    /// The countries to choose from, when somebody has no usage location and the reader may set it.
    countries: Vec<Choice>,
    location: String,
}

pub(super) async fn pane(visitor: Visitor, Path(id): Path<String>, Query(asked): Query<Asked>) -> PageResult {
    let id = id.parse().map_err(|_| Refusal::NotFound)?;
    let from = match asked.subscription.parse() {
        Ok(subscription) => visitor.read(SubscriptionDetails(subscription)).await.ok(),
        Err(_) => None,
    };
    let chosen = Chosen {
        users: asked.user.parse().into_iter().collect(),
        subscription: asked.subscription,
        ..Chosen::default()
    };
    let mut pane = assign_pane(&visitor, id, chosen, None, FieldErrors::none()).await?;
    // Others of the product may have licenses free; it is this one that was asked for.
    if let Some(view) = from
        && let Offer::Closed(reason) = view.offer(Action::AssignLicenses)
    {
        pane.assign_closed = Some(closed(visitor.words, reason, &view.listed.subscription));
    }
    pane.done = asked.done.parse().ok().map(|count| visitor.words.licenses_were_assigned(count));
    render(&pane)
}

pub(super) async fn submit(visitor: Visitor, Path(id): Path<String>, form: Form) -> PageResult {
    let id: ProductId = id.parse().map_err(|_| Refusal::NotFound)?;
    let overview = visitor.read(ProductOverview(id)).await?;
    let chosen = chosen(&form, &overview.plans);
    // Without script the button beside the search box finds people, and nothing is assigned yet.
    if form.is_on("find") {
        let search = FindPeople { product_id: id, search: chosen.search.clone(), limit: FOUND_SHOWN };
        let found = visitor.read(search).await?;
        return render(&assign_pane(&visitor, id, chosen, Some(found), FieldErrors::none()).await?);
    }
    match assign(&visitor, id, &chosen).await {
        Ok(count) => Ok(redirect(&format!("{}/assign?done={count}", product_url(id)))),
        Err(failure) => {
            let failure = at_users(failure);
            let errors = FieldErrors::of(visitor.words, &failure)?;
            render_refused(&failure, &assign_pane(&visitor, id, chosen, None, errors).await?)
        }
    }
}

async fn assign(visitor: &Visitor, product_id: ProductId, chosen: &Chosen) -> Result<usize, Failure> {
    if !chosen.location.is_empty() {
        let command = SetLocationOfMissing { users: chosen.users.clone(), usage_location: chosen.location.clone() };
        visitor.write(command).await?;
    }
    let subscription_id = match chosen.subscription.as_str() {
        "" => None,
        text => Some(text.parse().map_err(|_| Refusal::NotFound)?),
    };
    let command = AssignLicenses {
        product_id,
        subscription_id,
        users: chosen.users.clone(),
        disabled_plans: chosen.disabled_plans.iter().copied().collect(),
    };
    Ok(visitor.write(command).await?.len())
}

/// What was wrong with the people is said at the people.
fn at_users(failure: Failure) -> Failure {
    match failure {
        Failure::Refused(refusal) if !matches!(refusal, Refusal::NotFound | Refusal::NotAllowed) => {
            refusal.at(Field::Users).into()
        }
        other => other,
    }
}

/// Every app is on but those whose switch was not sent; a form without switches leaves all on.
pub(in crate::pages) fn disabled_plans(form: &Form, plans: &[ServicePlan]) -> HashSet<ServicePlanId> {
    let on: HashSet<ServicePlanId> = form.parsed("plans_on").into_iter().collect();
    let all = plans.iter().map(|plan| plan.id);
    all.filter(|plan| form.is_on("with_plans") && !on.contains(plan)).collect()
}

fn chosen(form: &Form, plans: &[ServicePlan]) -> Chosen {
    Chosen {
        users: form.parsed(Field::Users.code()),
        subscription: form.text("subscription").to_owned(),
        disabled_plans: disabled_plans(form, plans),
        search: form.text("users_search").to_owned(),
        location: form.text(Field::UsageLocation.code()).to_owned(),
    }
}

async fn assign_pane(
    visitor: &Visitor,
    id: ProductId,
    chosen: Chosen,
    found: Option<Vec<Choosable>>,
    errors: FieldErrors,
) -> Result<AssignPane, PageError> {
    let words = visitor.words;
    let overview = visitor.read(ProductOverview(id)).await?;
    let people = visitor.read(NamePeople { product_id: id, users: chosen.users.clone() }).await?;
    let lacks_location = people
        .iter()
        .any(|person| !person.has_usage_location && !person.held.as_ref().is_some_and(Assignment::is_covered));
    let mut frame = visitor.frame(Section::Licenses, words.assign_licenses_to_users()).await?;
    frame.lead = Some(overview.name.clone());
    let close_url = product_url(id);
    let picked: HashSet<UserId> = people.iter().map(|person| person.user_id).collect();
    Ok(AssignPane {
        frame,
        words,
        url: format!("{close_url}/assign"),
        people_url: format!("{close_url}/people"),
        errors,
        assign_closed: assign_closed(words, &overview),
        done: None,
        available: words.licenses_available_count(overview.available().into()),
        maximum: PEOPLE_PER_ACTION,
        hint: words.assign_search_hint(PEOPLE_PER_ACTION),
        too_many: words.refusal(&Refusal::TooManyPeople { maximum: PEOPLE_PER_ACTION as u32 }).to_string(),
        chosen: people
            .iter()
            .map(|person| PersonView {
                id: person.user_id.to_string(),
                name: person.display_name.clone(),
                note: String::new(),
                why_not: "",
            })
            .collect(),
        nobody_found: words.assign_nobody_found(&chosen.search),
        results: words.results(found.as_ref().map_or(0, Vec::len) as i64),
        found: found.map(|found| {
            found.iter().filter(|one| !picked.contains(&one.user_id)).map(|one| person_view(words, one)).collect()
        }),
        subscriptions: usable_choices(words, &overview),
        subscription: chosen.subscription,
        some_plan_off: !chosen.disabled_plans.is_empty(),
        plans: plan_views(&overview.plans, |plan| !chosen.disabled_plans.contains(&plan)),
        countries: if lacks_location && overview.may_set_location {
            countries(words, words.choose_one())
        } else {
            Vec::new()
        },
        location: chosen.location,
        close_url,
    })
}

fn assign_closed(words: Words, overview: &OverviewOfProduct) -> Option<Closed> {
    let Offer::Closed(reason) = overview.assign else { return None };
    overview.subscriptions.first().map(|listed| closed(words, reason, &listed.subscription))
}

/// The subscriptions that have licenses free; nothing to choose when there is only one.
pub(super) fn usable_choices(words: Words, overview: &OverviewOfProduct) -> Vec<Choice> {
    let mut choices = subscription_choices(words, overview, words.assign_from_automatic());
    let free = |choice: &Choice| {
        let id = choice.value.parse().ok();
        overview
            .subscriptions
            .iter()
            .find(|listed| Some(listed.subscription.id) == id)
            .map(|listed| listed.subscription.available())
    };
    choices.retain(|choice| free(choice) != Some(0));
    for choice in &mut choices {
        if let Some(count) = free(choice) {
            choice.label = format!("{} · {}", choice.label, words.licenses_available_count(count.into()));
        }
    }
    if choices.len() > 2 { choices } else { Vec::new() }
}

pub(in crate::pages) fn plan_views(plans: &[ServicePlan], is_on: impl Fn(ServicePlanId) -> bool) -> Vec<PlanView> {
    let view =
        |plan: &ServicePlan| PlanView { id: plan.id.to_string(), name: plan.friendly_name.clone(), on: is_on(plan.id) };
    plans.iter().map(view).collect()
}

fn person_view(words: Words, one: &Choosable) -> PersonView {
    let mut notes = vec![one.email.as_str(), one.department.as_str()];
    if one.usage_location.is_none() {
        notes.push(words.no_usage_location());
    }
    notes.retain(|note| !note.is_empty());
    PersonView {
        id: one.user_id.to_string(),
        name: one.display_name.clone(),
        note: notes.join(" · "),
        why_not: if one.holds_it { words.assign_has_it() } else { "" },
    }
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct Typed {
    q: String,
}

#[derive(Template)]
#[template(path = "license/people.html")]
struct PeopleList {
    found: Vec<PersonView>,
    nobody_found: String,
}

/// The people whose names begin with what was typed, as rows of the list under the box (R27).
pub(super) async fn people(visitor: Visitor, Path(id): Path<String>, Query(typed): Query<Typed>) -> PageResult {
    let product_id = id.parse().map_err(|_| Refusal::NotFound)?;
    let found = visitor.read(FindPeople { product_id, search: typed.q.clone(), limit: FOUND_SHOWN }).await?;
    render(&PeopleList {
        found: found.iter().map(|one| person_view(visitor.words, one)).collect(),
        nobody_found: visitor.words.assign_nobody_found(&typed.q),
    })
}
