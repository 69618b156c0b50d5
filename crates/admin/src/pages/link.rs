//! The links of written steps, by their numbers, so that bookmarks of their readers keep working (domain 7).

use crate::web::{Access, PageResult, Routes, Section, redirect};
use axum::extract::Path;
use domain::cloud::{Place, place_of_link};
use domain::refusal::Refusal;

pub(super) fn routes() -> Routes {
    Routes::default().get("/link/{id}", Access::Public, follow)
}

async fn follow(Path(id): Path<String>) -> PageResult {
    let place = id.parse().ok().and_then(place_of_link).ok_or(Refusal::NotFound)?;
    let section = match place {
        Place::Home => Section::Home,
        Place::Products => Section::YourProducts,
        Place::Licenses => Section::Licenses,
        Place::PurchaseServices => Section::Purchase,
        Place::Invoices => Section::Bills,
        Place::Notifications => Section::Notifications,
        Place::ActiveUsers => Section::Users,
        Place::BillingProfiles => return Ok(redirect("/billing/profiles")),
        Place::Help(page) => return Ok(redirect(&format!("/help/{page}"))),
    };
    Ok(redirect(section.url()))
}
