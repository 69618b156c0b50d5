//! The edge of the admin center: routes with their rights, who asks, forms, answers. No page has another way in or out.

mod address;
mod answer;
pub(crate) mod compress;
pub mod csv;
mod form;
mod layers;
mod notice;
mod routes;
mod visitor;
pub mod workbook;

pub use address::address;
pub use answer::{PageError, PageResult, notice_and_redirect, redirect, render, render_refused};
pub(crate) use answer::{SESSION_COOKIE, cookie, set_cookie};
pub(crate) use form::number;
pub use form::{Form, Upload};
pub use layers::around_every_request;
pub use notice::Done;
pub use routes::{Access, RouteRow, Routes};
pub(crate) use visitor::blocking;
pub use visitor::{Browser, Section, Visitor, section_frame};

use app::App;
use app::ports::SandboxBank;
use domain::cloud::PageNames;
use domain::ids::{OrganizationId, UserId};
use domain::organization::Cloud;
use std::net::IpAddr;
use std::sync::Arc;

/// A person of the demo whom anybody may become with one click.
#[derive(Debug, Clone)]
pub struct Persona {
    /// The stable name, which the sign-in form sends.
    pub code: &'static str,
    /// Where the person is at home.
    pub organization_id: OrganizationId,
    /// The person.
    pub user_id: UserId,
    /// The person's name.
    pub name: String,
}

/// What the pages work with.
#[derive(Clone)]
pub struct Admin {
    /// The door.
    pub app: App,
    /// What differs from one start of Zetel to another.
    pub settings: Arc<Settings>,
}

/// What differs from one start of Zetel to another.
#[derive(Default)]
pub struct Settings {
    /// Whether cookies are sent over encrypted connections only: yes, unless Zetel listens on this machine alone.
    pub secure_cookies: bool,
    /// The proxies whose word about the client's address is taken; without them the client is who connects.
    pub trusted_proxies: Vec<IpAddr>,
    /// The people of the demo; empty outside it, and then nobody signs in without a password.
    pub personas: Vec<Persona>,
    /// The code that the server printed, while nobody runs this Zetel; without one nobody can set it up on a page.
    pub setup_code: Option<String>,
    /// The cloud that new organizations are in, unless the operator chooses another one.
    pub cloud: Cloud,
    /// Whose names pages have.
    pub page_names: PageNames,
    /// Where people get help beyond the pages: `https:`, `mailto:` or `tel:` (R48, R150).
    pub support_url: Option<String>,
    /// The bank of the sandbox gateway, when that takes the payments.
    pub sandbox_bank: Option<Arc<dyn SandboxBank>>,
}

impl Settings {
    /// Whether this is the demo.
    #[must_use]
    pub fn is_demo(&self) -> bool {
        !self.personas.is_empty()
    }
}
