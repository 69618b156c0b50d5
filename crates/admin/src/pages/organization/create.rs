//! Make an organization with its first global admin.

use crate::frame::Frame;
use crate::pages::party::countries;
use crate::parts::{Choice, FieldErrors};
use crate::web::{Done, Form, PageError, PageResult, Section, Visitor, notice_and_redirect, render, render_refused};
use askama::Template;
use domain::country::time_zones;
use domain::money::Currency;
use domain::organization::Cloud;
use domain::organization::create::OrganizationDraft;
use domain::user::UserDraft;
use words::{Language, Words};

#[derive(Template)]
#[template(path = "organization/create.html")]
struct CreatePane {
    frame: Frame,
    words: Words,
    close_url: &'static str,
    errors: FieldErrors,
    draft: OrganizationDraft,
    admin: UserDraft,
    countries: Vec<Choice>,
    clouds: Vec<Choice>,
    currencies: Vec<Choice>,
    languages: Vec<Choice>,
    time_zones: Vec<Choice>,
}

pub(super) async fn pane(visitor: Visitor) -> PageResult {
    let draft = OrganizationDraft { cloud: visitor.settings().cloud.code().to_owned(), ..OrganizationDraft::default() };
    render(&create_pane(&visitor, draft, UserDraft::default(), FieldErrors::none()).await?)
}

pub(super) async fn submit(visitor: Visitor, form: Form) -> PageResult {
    let text = |name: &str| form.text(name).to_owned();
    let draft = OrganizationDraft {
        name: text("name"),
        country: text("country"),
        cloud: text("cloud"),
        currency: text("currency"),
        language: text("language"),
        time_zone: text("time_zone"),
    };
    let admin = UserDraft {
        display_name: text("display_name"),
        email: text("email"),
        usage_location: text("country"),
        ..UserDraft::default()
    };
    match visitor.create_organization(draft.clone(), admin.clone(), text("password")).await {
        Ok(made) => {
            let url = format!("{}/{}", Section::Organizations.url(), made.organization_id);
            Ok(notice_and_redirect(&Done::OrganizationCreated {}, &url))
        }
        Err(failure) => {
            let errors = FieldErrors::of(visitor.words, &failure)?;
            render_refused(&failure, &create_pane(&visitor, draft, admin, errors).await?)
        }
    }
}

async fn create_pane(
    visitor: &Visitor,
    draft: OrganizationDraft,
    admin: UserDraft,
    errors: FieldErrors,
) -> Result<CreatePane, PageError> {
    let words = visitor.words;
    let mut frame = visitor.frame(Section::Organizations, words.organization_create()).await?;
    frame.lead = Some(words.organization_create_purpose().to_owned());
    let usual = || std::iter::once(Choice::new("", words.organization_as_usual()));
    let clouds = Cloud::ALL.iter().map(|cloud| Choice::new(cloud.code(), words.cloud_name(*cloud)));
    let currencies = Currency::ALL.iter().map(|currency| Choice::new(currency.code(), words.currency_name(*currency)));
    let languages = [Language::English, Language::Dutch];
    let languages = languages.iter().map(|language| Choice::new(language.code(), language.own_name()));
    Ok(CreatePane {
        close_url: Section::Organizations.url(),
        countries: countries(words, words.choose_one()),
        clouds: clouds.collect(),
        currencies: usual().chain(currencies).collect(),
        languages: usual().chain(languages).collect(),
        time_zones: usual().chain(time_zones().into_iter().map(|zone| Choice::new(zone, zone))).collect(),
        errors,
        draft,
        admin,
        words,
        frame,
    })
}
