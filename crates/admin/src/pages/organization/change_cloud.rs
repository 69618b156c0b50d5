//! The operator puts an organization into another cloud.

use crate::frame::Frame;
use crate::parts::{Choice, FieldErrors};
use crate::web::{Done, Form, PageError, PageResult, Section, Visitor, notice_and_redirect, render, render_refused};
use app::organization::change_cloud::ChangeCloud;
use app::organization::details::OrganizationDetails;
use askama::Template;
use axum::extract::Path;
use domain::ids::OrganizationId;
use domain::organization::Cloud;
use domain::refusal::{Field, Refusal};
use words::Words;

#[derive(Template)]
#[template(path = "organization/change_cloud.html")]
struct CloudPane {
    frame: Frame,
    words: Words,
    close_url: String,
    url: String,
    errors: FieldErrors,
    cloud: String,
    clouds: Vec<Choice>,
}

pub(super) async fn pane(visitor: Visitor, Path(id): Path<String>) -> PageResult {
    render(&cloud_pane(&visitor, parse(&id)?, None, FieldErrors::none()).await?)
}

pub(super) async fn submit(visitor: Visitor, Path(id): Path<String>, form: Form) -> PageResult {
    let (id, typed) = (parse(&id)?, form.text("cloud"));
    let cloud = Cloud::from_code(typed).ok_or_else(|| Refusal::UnknownChoice.at(Field::Cloud).into());
    let outcome = match cloud {
        Ok(cloud) => visitor.write_for(id, ChangeCloud(cloud)).await,
        Err(unknown) => Err(unknown),
    };
    match outcome {
        Ok(()) => Ok(notice_and_redirect(&Done::CloudChanged {}, &format!("{}/{id}", Section::Organizations.url()))),
        Err(failure) => {
            let errors = FieldErrors::of(visitor.words, &failure)?;
            render_refused(&failure, &cloud_pane(&visitor, id, Some(typed), errors).await?)
        }
    }
}

fn parse(id: &str) -> Result<OrganizationId, Refusal> {
    id.parse().map_err(|_| Refusal::NotFound)
}

async fn cloud_pane(
    visitor: &Visitor,
    id: OrganizationId,
    typed: Option<&str>,
    errors: FieldErrors,
) -> Result<CloudPane, PageError> {
    let words = visitor.words;
    let organization = visitor.read_of(id, OrganizationDetails).await?.organization;
    let mut frame = visitor.frame(Section::Organizations, words.organization_change_cloud()).await?;
    frame.lead = Some(organization.name);
    let close_url = format!("{}/{id}", Section::Organizations.url());
    Ok(CloudPane {
        url: format!("{close_url}/cloud"),
        close_url,
        errors,
        cloud: typed.unwrap_or(organization.cloud.code()).to_owned(),
        clouds: Cloud::ALL.iter().map(|cloud| Choice::new(cloud.code(), words.cloud_name(*cloud))).collect(),
        words,
        frame,
    })
}
