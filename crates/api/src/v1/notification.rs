//! Who gets mails of the organization, and how (R172).

use super::user::Done;
use crate::web::{Access, ApiResult, Client, IfMatch, Revised, Routes, Sent, Written};
use app::mail::settings::{ChangeNotifications, NotificationDetails};
use axum::http::StatusCode;
use domain::access::Permission;
use domain::mail::NotificationSettings;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

pub(super) fn routes() -> Routes {
    Routes::default().get("/api/v1/notifications", Access::Needs(Permission::ReadNotifications), details).put(
        "/api/v1/notifications",
        Access::Needs(Permission::ManageNotifications),
        change,
    )
}

/// Who gets mails of the organization, and how.
#[derive(Debug, Serialize, ToSchema)]
pub struct Notifications {
    /// The language of mails: `en` or `nl`.
    pub language: String,
    /// Whether the PDF of an invoice goes with its mail.
    pub attach_documents: bool,
    /// The address of the organization itself; empty when there is none.
    pub contact: String,
    /// Further addresses for what concerns money.
    pub extra_addresses: Vec<String>,
    /// The addresses of those who get mail because of their role.
    pub admins: Vec<String>,
    /// Counts the changes.
    pub revision: i64,
}

/// Who shall get mails of the organization, and how.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangedNotifications {
    /// The language of mails: `en` or `nl`.
    #[schema(example = "nl")]
    pub language: String,
    /// Whether the PDF of an invoice goes with its mail.
    pub attach_documents: bool,
    /// The address of the organization itself; left out, there is none.
    #[serde(default)]
    #[schema(required = false)]
    pub contact: String,
    /// At most twenty further addresses for what concerns money.
    #[serde(default)]
    #[schema(required = false)]
    pub extra_addresses: Vec<String>,
}

/// Who gets mails of the organization, and how
#[utoipa::path(get, path = "/api/v1/notifications", tag = "Organization", operation_id = "getNotifications",
    responses((status = 200, description = "Who gets mails", body = Notifications)))]
pub(crate) async fn details(client: Client) -> ApiResult<Revised<Notifications>> {
    let view = client.read(NotificationDetails).await?;
    let NotificationSettings { contact, extra_addresses, attach_documents, revision } = view.settings;
    let admins = view.admins.into_iter().map(|admin| admin.address).collect();
    let language = view.language;
    Ok(Revised(revision, Notifications { language, attach_documents, contact, extra_addresses, admins, revision }))
}

/// Changes who gets mails of the organization, and how
///
/// What is left out is empty afterwards.
#[utoipa::path(put, path = "/api/v1/notifications", tag = "Organization", operation_id = "changeNotifications",
    params(("If-Match" = Option<String>, Header, description = "The revision in quotes; refused when it has changed.")),
    request_body = ChangedNotifications,
    responses((status = 204, description = "Changed")))]
pub(crate) async fn change(
    client: Client,
    IfMatch(expected): IfMatch,
    Sent { body, key }: Sent<ChangedNotifications>,
) -> ApiResult<Written<Done>> {
    let revision = match expected {
        Some(revision) => revision,
        None => client.read(NotificationDetails).await?.settings.revision,
    };
    let ChangedNotifications { language, attach_documents, contact, extra_addresses } = body;
    let settings = NotificationSettings { contact, extra_addresses, attach_documents, revision };
    client.write(StatusCode::NO_CONTENT, key, ChangeNotifications { language, settings }).await
}
