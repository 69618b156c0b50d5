//! The pane that switches the apps of one person's license on and off (R174).

use super::product_url;
use crate::frame::Frame;
use crate::parts::FieldErrors;
use crate::web::{Done, Form, PageError, PageResult, Section, Visitor, notice_and_redirect, render, render_refused};
use app::license::change_apps::ChangeApps;
use app::license::product::{LicenseDetails, LicenseView};
use askama::Template;
use axum::extract::Path;
use domain::ids::{ProductId, ServicePlanId, UserId};
use domain::refusal::Refusal;
use words::Words;

#[derive(Template)]
#[template(path = "license/change_apps.html")]
struct AppsPane {
    frame: Frame,
    words: Words,
    url: String,
    close_url: String,
    errors: FieldErrors,
    /// Identifier, name, and whether it is on.
    plans: Vec<(String, String, bool)>,
}

pub(super) async fn pane(visitor: Visitor, Path(ids): Path<(String, String)>) -> PageResult {
    let (product_id, user_id) = parse(&ids)?;
    let view = visitor.read(LicenseDetails { product_id, user_id }).await?;
    let disabled = view.disabled_plans.clone();
    render(&apps_pane(&visitor, &view, user_id, &disabled, FieldErrors::none()).await?)
}

pub(super) async fn submit(visitor: Visitor, Path(ids): Path<(String, String)>, form: Form) -> PageResult {
    let (product_id, user_id) = parse(&ids)?;
    let view = visitor.read(LicenseDetails { product_id, user_id }).await?;
    let on: Vec<ServicePlanId> = form.parsed("plans_on");
    let plans = view.overview.plans.iter().map(|plan| plan.id);
    let disabled_plans: Vec<_> = plans.filter(|plan| !on.contains(plan)).collect();
    match visitor.write(ChangeApps { user_id, product_id, disabled_plans: disabled_plans.clone() }).await {
        Ok(_) => Ok(notice_and_redirect(&Done::AppsChanged {}, &product_url(product_id))),
        Err(failure) => {
            let errors = FieldErrors::of(visitor.words, &failure)?;
            render_refused(&failure, &apps_pane(&visitor, &view, user_id, &disabled_plans, errors).await?)
        }
    }
}

fn parse((product, user): &(String, String)) -> Result<(ProductId, UserId), PageError> {
    let product = product.parse().map_err(|_| Refusal::NotFound)?;
    Ok((product, user.parse().map_err(|_| Refusal::NotFound)?))
}

async fn apps_pane(
    visitor: &Visitor,
    view: &LicenseView,
    user_id: UserId,
    disabled: &[ServicePlanId],
    errors: FieldErrors,
) -> Result<AppsPane, PageError> {
    let words = visitor.words;
    let mut frame = visitor.frame(Section::Licenses, words.turn_apps_on_or_off()).await?;
    frame.lead = Some(words.apps_of_person(&view.overview.name, &view.display_name));
    let close_url = product_url(view.overview.product_id);
    let plans = view.overview.plans.iter();
    Ok(AppsPane {
        frame,
        words,
        url: format!("{close_url}/users/{user_id}/apps"),
        close_url,
        errors,
        plans: plans
            .map(|plan| (plan.id.to_string(), plan.friendly_name.clone(), !disabled.contains(&plan.id)))
            .collect(),
    })
}
