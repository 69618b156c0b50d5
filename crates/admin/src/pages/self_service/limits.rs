//! Decide who may buy for the team, and how much.

use crate::frame::Frame;
use crate::pages::group::named_group;
use crate::parts::{Choice, FieldErrors};
use crate::web::{Done, Form, PageError, PageResult, Section, Visitor, notice_and_redirect, render, render_refused};
use app::Failure;
use app::self_service::limits::{PurchaseLimitsView, ReadPurchaseLimits, SetPurchaseLimits};
use askama::Template;
use domain::access::Permission;
use domain::refusal::{Field, FieldRefusal, Refusal};
use domain::self_service::limits::{Buyers, PurchaseLimits};
use words::Words;

/// What stands before the identifier of a group, and before the name of a department, in the value of a choice.
const GROUP: &str = "group:";
const DEPARTMENT: &str = "department:";

#[derive(Template)]
#[template(path = "self_service/limits.html")]
struct LimitsPane {
    frame: Frame,
    words: Words,
    close_url: &'static str,
    url: String,
    buyers: String,
    choices: Vec<Choice>,
    /// That there are more groups, one of which can be named.
    more_groups: Option<String>,
    group: String,
    licenses_max: String,
    errors: FieldErrors,
    may_add_group: bool,
}

pub(super) async fn pane(visitor: Visitor) -> PageResult {
    let view = visitor.read(ReadPurchaseLimits).await?;
    let licenses_max = view.limits.licenses_max.map_or(String::new(), |maximum| maximum.to_string());
    let typed = [value(&view.limits.buyers), String::new(), licenses_max];
    render(&limits_pane(&visitor, &view, typed, FieldErrors::none()).await?)
}

pub(super) async fn submit(visitor: Visitor, form: Form) -> PageResult {
    match set(&visitor, &form).await {
        Ok(()) => Ok(notice_and_redirect(&Done::PurchaseLimitsChanged {}, Section::SelfService.url())),
        Err(failure) => {
            let errors = FieldErrors::of(visitor.words, &failure)?.called(
                visitor.words,
                Field::Quantity,
                visitor.words.limits_licenses(),
            );
            let view = visitor.read(ReadPurchaseLimits).await?;
            let typed = ["buyers", "group", "quantity"].map(|name| form.text(name).to_owned());
            render_refused(&failure, &limits_pane(&visitor, &view, typed, errors).await?)
        }
    }
}

async fn set(visitor: &Visitor, form: &Form) -> Result<(), Failure> {
    let licenses_max = match form.text(Field::Quantity.code()) {
        "" => None,
        _ => Some(form.number(Field::Quantity)?),
    };
    let buyers = match named_group(visitor, form.text("group"), Field::Buyers).await? {
        Some(group) => Buyers::Group(group),
        None => read(form.text(Field::Buyers.code()))?,
    };
    visitor.write(SetPurchaseLimits(PurchaseLimits { buyers, licenses_max })).await
}

fn read(chosen: &str) -> Result<Buyers, FieldRefusal> {
    let unknown = || Refusal::UnknownChoice.at(Field::Buyers);
    match (chosen.strip_prefix(GROUP), chosen.strip_prefix(DEPARTMENT)) {
        (Some(group), _) => group.parse().map(Buyers::Group).map_err(|_| unknown()),
        (_, Some(department)) => Ok(Buyers::Department(department.to_owned())),
        _ if chosen.is_empty() => Ok(Buyers::Everybody),
        _ => Err(unknown()),
    }
}

fn value(buyers: &Buyers) -> String {
    match buyers {
        Buyers::Everybody => String::new(),
        Buyers::Group(group) => format!("{GROUP}{group}"),
        Buyers::Department(name) => format!("{DEPARTMENT}{name}"),
    }
}

/// Who may buy, as a person reads it.
pub(super) fn name(words: Words, view: &PurchaseLimitsView) -> String {
    match (&view.limits.buyers, view.group_name()) {
        (Buyers::Department(name), _) => words.limits_department(name),
        (Buyers::Group(_), Some(name)) => words.limits_group(name),
        _ => words.limits_everybody().to_owned(),
    }
}

async fn limits_pane(
    visitor: &Visitor,
    view: &PurchaseLimitsView,
    [buyers, group, licenses_max]: [String; 3],
    errors: FieldErrors,
) -> Result<LimitsPane, PageError> {
    let words = visitor.words;
    let groups = view.groups.iter();
    let of_groups = groups.map(|group| Choice::new(value(&Buyers::Group(group.id)), words.limits_group(&group.name)));
    let departments = view.departments.iter();
    let of_departments =
        departments.map(|name| Choice::new(value(&Buyers::Department(name.clone())), words.limits_department(name)));
    let everybody = std::iter::once(Choice::new("", words.limits_everybody()));
    Ok(LimitsPane {
        frame: visitor.frame(Section::SelfService, words.limits_title()).await?,
        close_url: Section::SelfService.url(),
        url: format!("{}/limits", Section::SelfService.url()),
        choices: everybody.chain(of_groups).chain(of_departments).collect(),
        buyers,
        more_groups: (view.more_groups > 0).then(|| words.groups_more(view.more_groups)),
        group,
        licenses_max,
        errors,
        may_add_group: visitor.may(Permission::ManageUsers),
        words,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every choice is read as what was written, whatever a department is called.
    #[test]
    fn a_choice_is_read_as_it_was_written() {
        let group = domain::ids::GroupId::from_uuid(uuid::Uuid::from_u128(7));
        let department = |name: &str| Buyers::Department(name.to_owned());
        for buyers in [Buyers::Everybody, Buyers::Group(group), department("R&D: Noord"), department("group:Finance")] {
            assert_eq!(read(&value(&buyers)), Ok(buyers));
        }
        for wrong in ["everybody", "group:", "group:7"] {
            assert_eq!(read(wrong), Err(Refusal::UnknownChoice.at(Field::Buyers)), "{wrong}");
        }
    }
}
