//! Who asks, in which language, with which look; and the frame that is drawn around their page.

use super::answer::{PageError, SESSION_COOKIE, cookie};
use super::notice::{Done, NOTICE_COOKIE};
use super::{Access, Admin, Settings};
use crate::frame::{Crumb, Frame, NavigationItem, NavigationSection, Notice, SignedIn, Theme};
use crate::parts::Tone;
use app::organization::create::{CreatedOrganization, create};
use app::session;
use app::{App, Caller, Command, Failure, Query};
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};
use domain::access::{Actor, Permission, Reach, reach, reaches_a_profile};
use domain::ids::OrganizationId;
use domain::organization::create::OrganizationDraft;
use domain::organization::{Cloud, Organization};
use domain::refusal::Refusal;
use domain::user::UserDraft;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use std::sync::Arc;
use uuid::Uuid;
use words::{Language, Words};

/// What a browser tells about itself before anybody is signed in.
#[derive(Debug, Clone)]
pub struct Browser {
    /// The sentences in the reader's language.
    pub words: Words,
    /// The look.
    pub theme: Theme,
    /// Whether single letters are shortcuts.
    pub with_shortcuts: bool,
    /// Whether only the pane is wanted.
    pub pane_only: bool,
    /// Path and query of the page.
    pub path: String,
    /// What the person did on the page before.
    pub done: Option<Done>,
    /// The name of this request in logs and the journal.
    pub request: String,
    /// The client's address, for rate limits.
    pub client: String,
    /// The token that every form of this browser's session carries; empty without a session.
    pub form_token: String,
}

impl Browser {
    pub(super) fn read(headers: &HeaderMap, path: &str, request: &str, client: &str) -> Self {
        let language = cookie(headers, "language").and_then(Language::from_code).unwrap_or_else(|| {
            let accepted = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
            Language::from_accept_language(accepted.unwrap_or_default())
        });
        Self {
            words: Words::from(language),
            theme: Theme::from_code(cookie(headers, "theme").unwrap_or_default()),
            with_shortcuts: cookie(headers, "shortcuts") != Some("off"),
            pane_only: headers.contains_key("zetel-pane"),
            path: path.to_owned(),
            done: cookie(headers, NOTICE_COOKIE).and_then(Done::from_cookie),
            request: request.to_owned(),
            client: client.to_owned(),
            form_token: cookie(headers, SESSION_COOKIE).map(form_token).unwrap_or_default(),
        }
    }

    /// The frame of a page without navigation: signing in, errors.
    #[must_use]
    pub fn bare_frame(&self, title: impl Into<String>) -> Frame {
        let words = self.words;
        Frame {
            words,
            theme: self.theme,
            pane_only: self.pane_only,
            title: title.into(),
            lead: None,
            organization: None,
            cloud: None,
            clock: None,
            person: None,
            navigation: Vec::new(),
            breadcrumbs: Vec::new(),
            notices: Vec::new(),
            toast: self.done.as_ref().map(|done| done.notice(words)),
            with_search: false,
            with_shortcuts: self.with_shortcuts,
            help_url: "/help".to_owned(),
            path: self.path.clone(),
            form_token: self.form_token.clone(),
        }
    }
}

impl FromRequestParts<Admin> for Browser {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _admin: &Admin) -> Result<Self, Self::Rejection> {
        let path = parts.uri.path_and_query().map_or("/", |path| path.as_str());
        let request = parts.extensions.get::<super::layers::RequestName>().map(|name| name.0.clone());
        let client = parts.extensions.get::<super::layers::ClientAddress>().map(|address| address.0.clone());
        Ok(Self::read(&parts.headers, path, &request.unwrap_or_default(), &client.unwrap_or_default()))
    }
}

/// A signed-in person at a page of their organization.
#[derive(Clone)]
pub struct Visitor {
    /// What the browser tells.
    pub browser: Browser,
    /// The sentences in the reader's language.
    pub words: Words,
    /// Who it is.
    pub actor: Actor,
    /// Where the person is at home; pages are about this organization unless they name another.
    pub organization: OrganizationId,
    /// The token that every form of this session carries.
    pub form_token: String,
    app: App,
    settings: Arc<Settings>,
}

impl FromRequestParts<Admin> for Visitor {
    type Rejection = PageError;

    async fn from_request_parts(parts: &mut Parts, admin: &Admin) -> Result<Self, PageError> {
        let Ok(browser) = Browser::from_request_parts(parts, admin).await;
        let token = cookie(&parts.headers, SESSION_COOKIE).ok_or(Refusal::NotSignedIn)?.to_owned();
        let app = admin.app.clone();
        let form_token = form_token(&token);
        let actor = blocking(move || session::actor(&app, &token)).await?;
        let organization = actor.home.ok_or(Refusal::NotSignedIn)?;
        if let Some(Access::Needs(permission)) = parts.extensions.get()
            && reach(&actor, *permission, Some(organization)) == Reach::Nothing
        {
            return Err(Refusal::NotAllowed.into());
        }
        let words = browser.words;
        Ok(Self {
            browser,
            words,
            actor,
            organization,
            form_token,
            app: admin.app.clone(),
            settings: Arc::clone(&admin.settings),
        })
    }
}

/// The token of the forms of a session: whoever does not hold the session's secret cannot make it.
pub(super) fn form_token(session: &str) -> String {
    let hash = session::hash_token(&format!("form {session}"));
    Uuid::from_slice(&hash[..16]).map(|uuid| uuid.simple().to_string()).unwrap_or_default()
}

/// Runs what blocks beside the threads that answer requests. The work is boxed, so that the compiler makes one kind of
/// task and not one for each question.
pub(crate) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Failure> + Send + 'static,
) -> Result<T, Failure> {
    let (sender, answer) = tokio::sync::oneshot::channel();
    let work: Box<dyn FnOnce() + Send> = Box::new(move || drop(sender.send(work())));
    tokio::task::spawn_blocking(work).await.map_err(Failure::internal)?;
    answer.await.map_err(Failure::internal)?
}

impl Visitor {
    /// The caller that the door sees.
    #[must_use]
    pub fn caller(&self) -> Caller {
        Caller { actor: self.actor.clone(), request: self.browser.request.clone() }
    }

    /// What differs from one start of Zetel to another.
    #[must_use]
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// Asks a query about the person's own organization.
    ///
    /// # Errors
    /// The query's refusal, as a page.
    pub async fn read<Q>(&self, query: Q) -> Result<Q::Outcome, PageError>
    where
        Q: Query + Send + 'static,
        Q::Outcome: Send + 'static,
    {
        self.read_of(self.organization, query).await
    }

    /// Asks a query about an organization; only operators get an answer about another than their own.
    ///
    /// # Errors
    /// The query's refusal, as a page.
    pub async fn read_of<Q>(&self, organization: OrganizationId, query: Q) -> Result<Q::Outcome, PageError>
    where
        Q: Query + Send + 'static,
        Q::Outcome: Send + 'static,
    {
        let (app, caller) = (self.app.clone(), self.caller());
        Ok(blocking(move || app.read(&caller, organization, &query)).await?)
    }

    /// Carries a command out for the person's own organization.
    ///
    /// # Errors
    /// The command's refusal: a page that has a form shows it there, others turn it into a page with `?`.
    pub async fn write<C: Command>(&self, command: C) -> Result<C::Outcome, Failure> {
        self.write_for(self.organization, command).await
    }

    /// Carries a command out for an organization; only operators may name another than their own.
    ///
    /// # Errors
    /// The command's refusal.
    pub async fn write_for<C: Command>(&self, organization: OrganizationId, command: C) -> Result<C::Outcome, Failure> {
        self.app.write(&self.caller(), organization, command).await
    }

    /// Makes an organization with its first global admin.
    ///
    /// # Errors
    /// Fields that are wrong, or the refusal of those who are no operators.
    pub async fn create_organization(
        &self,
        draft: OrganizationDraft,
        admin: UserDraft,
        password: String,
    ) -> Result<CreatedOrganization, Failure> {
        let (app, caller) = (self.app.clone(), self.caller());
        blocking(move || create(&app, &caller, &draft, &admin, &password)).await
    }

    /// Runs a use case of several steps for the person's own organization.
    ///
    /// # Errors
    /// The refusal of a step.
    pub async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce(&App, &Caller, OrganizationId) -> Result<T, Failure> + Send + 'static,
    ) -> Result<T, Failure> {
        let (app, caller, organization) = (self.app.clone(), self.caller(), self.organization);
        blocking(move || work(&app, &caller, organization)).await
    }

    /// How far the person may use a permission at home.
    #[must_use]
    pub fn reach(&self, permission: Permission) -> Reach {
        reach(&self.actor, permission, Some(self.organization))
    }

    /// Whether what the visitor buys is for oneself and the team, and not for the organization or one of its billing
    /// profiles.
    #[must_use]
    pub fn buys_for_oneself(&self) -> bool {
        let permission = Permission::BuySubscription;
        self.reach(permission) == Reach::Own && !self.may_somewhere(permission)
    }

    /// Whether the person may use a permission for all of the organization, or for one of its billing profiles.
    #[must_use]
    pub fn may_somewhere(&self, permission: Permission) -> bool {
        self.may(permission) || reaches_a_profile(&self.actor, permission, Some(self.organization))
    }

    /// The door, for use cases that do more than one command.
    #[must_use]
    pub const fn app(&self) -> &App {
        &self.app
    }

    /// Whether the person may use a permission for all of the organization.
    #[must_use]
    pub fn may(&self, permission: Permission) -> bool {
        self.reach(permission) == Reach::All
    }

    /// The system's own time, by which sessions and keys live.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.app.now()
    }

    /// The time zone of the person's organization.
    ///
    /// # Errors
    /// The failure of the database.
    pub async fn zone(&self) -> Result<TimeZone, PageError> {
        Ok(TimeZone::get(&self.home().await?.time_zone).map_err(Failure::internal)?)
    }

    /// The person's organization.
    ///
    /// # Errors
    /// The failure of the database.
    pub async fn home(&self) -> Result<Organization, PageError> {
        let (app, organization) = (self.app.clone(), self.organization);
        Ok(blocking(move || app::organization::find(&app, organization)).await?)
    }

    /// The frame of a page in a section: navigation with the current item, breadcrumb, person.
    pub async fn frame(&self, section: Section, title: impl Into<String>) -> Result<Frame, PageError> {
        Ok(section_frame(self, &self.home().await?, section, title.into()))
    }

    /// The name of the page with the subscriptions in the organization's cloud.
    #[must_use]
    pub fn products_page(&self, organization: &Organization) -> &'static str {
        self.words.products_page_name(organization.cloud.products_page(self.settings.page_names))
    }
}

/// The place of a page in the navigation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Section {
    /// Home.
    Home,
    /// Users > Active users.
    Users,
    /// Users > Groups.
    Groups,
    /// One's own account, reached from the person menu.
    Account,
    /// Help, reached from the top bar.
    Help,
    /// Billing > Your products.
    YourProducts,
    /// Billing > Licenses.
    Licenses,
    /// Billing > Purchase services.
    Purchase,
    /// Billing > Bills & payments.
    Bills,
    /// Billing > Order history.
    Orders,
    /// Settings > Self-service purchases.
    SelfService,
    /// Settings > Partners.
    Partners,
    /// The customers of a partner.
    Customers,
    /// Settings > Notifications.
    Notifications,
    /// Settings > API tokens.
    ApiTokens,
    /// Settings > Audit log.
    Audit,
    /// Settings > Clock, in a sandbox.
    Clock,
    /// Operator: organizations.
    Organizations,
    /// Operator: catalog.
    Catalog,
    /// Operator: product keys.
    ProductKeys,
    /// Operator: billing.
    OperatorBilling,
    /// Operator: credit checks.
    CreditChecks,
    /// Operator: mails.
    Mails,
    /// Operator: background work.
    Jobs,
}

impl Section {
    /// Where the section begins.
    #[must_use]
    pub const fn url(self) -> &'static str {
        match self {
            Self::Home => "/",
            Self::Users => "/users",
            Self::Groups => "/groups",
            Self::Account => "/account",
            Self::Help => "/help",
            Self::YourProducts => "/billing/your-products",
            Self::Licenses => "/billing/licenses",
            Self::Purchase => "/billing/purchase",
            Self::Bills => "/billing/invoices",
            Self::Orders => "/billing/orders",
            Self::SelfService => "/settings/self-service",
            Self::Partners => "/settings/partners",
            Self::Customers => "/customers",
            Self::Notifications => "/settings/notifications",
            Self::ApiTokens => "/settings/api-tokens",
            Self::Audit => "/settings/audit",
            Self::Clock => "/settings/clock",
            Self::Organizations => "/operator/organizations",
            Self::Catalog => "/operator/catalog",
            Self::ProductKeys => "/operator/product-keys",
            Self::OperatorBilling => "/operator/billing",
            Self::CreditChecks => "/operator/credit-checks",
            Self::Mails => "/operator/mails",
            Self::Jobs => "/operator/jobs",
        }
    }

    const fn icon(self) -> &'static str {
        match self {
            Self::Home => "home",
            Self::Users => "people",
            Self::Groups => "group",
            Self::Account => "person",
            Self::Help => "help",
            Self::YourProducts => "product",
            Self::Licenses => "license",
            Self::Purchase => "cart",
            Self::Bills => "bill",
            Self::Orders => "list",
            Self::SelfService => "person",
            Self::Notifications | Self::Mails => "mail",
            Self::ApiTokens | Self::ProductKeys => "key",
            Self::Audit => "history",
            Self::Clock => "clock",
            Self::Organizations | Self::Partners | Self::Customers => "building",
            Self::Catalog => "catalog",
            Self::OperatorBilling => "chart",
            Self::CreditChecks => "shield",
            Self::Jobs => "jobs",
        }
    }

    /// The letter that leads there after a G; no two that one person sees have the same.
    const fn key(self) -> &'static str {
        match self {
            Self::Home => "h",
            Self::Users => "u",
            Self::Groups => "g",
            Self::Account | Self::Help => "",
            Self::YourProducts | Self::ProductKeys => "p",
            Self::Licenses => "l",
            Self::Purchase => "s",
            Self::Bills | Self::OperatorBilling => "b",
            Self::Orders | Self::Organizations => "o",
            Self::SelfService => "v",
            Self::Partners => "r",
            Self::Customers => "e",
            Self::Notifications => "n",
            Self::ApiTokens => "t",
            Self::Audit => "a",
            Self::Clock => "k",
            Self::Catalog => "c",
            Self::CreditChecks => "d",
            Self::Mails => "m",
            Self::Jobs => "j",
        }
    }

    /// What the section is named; the one with the subscriptions has a name of its own in each cloud.
    fn label(self, visitor: &Visitor, organization: &Organization) -> &'static str {
        let words = visitor.words;
        match self {
            Self::Home => words.home(),
            Self::Users => words.active_users(),
            Self::Groups => words.groups(),
            Self::Account => words.my_account(),
            Self::Help => words.help(),
            Self::YourProducts => visitor.products_page(organization),
            Self::Licenses => words.licenses(),
            Self::Purchase => words.purchase_services(),
            Self::Bills => words.bills_and_payments(),
            Self::Orders => words.order_history(),
            Self::SelfService => words.self_service_purchases(),
            Self::Partners => words.partners(),
            Self::Customers => words.customers(),
            Self::Notifications => words.notifications(),
            Self::ApiTokens => words.api_tokens(),
            Self::Audit => words.audit(),
            Self::Clock => words.organization_clock(),
            Self::Organizations => words.organizations(),
            Self::Catalog => words.catalog(),
            Self::ProductKeys => words.product_keys(),
            Self::OperatorBilling => words.billing(),
            Self::CreditChecks => words.credit_checks(),
            Self::Mails => words.mails(),
            Self::Jobs => words.background_work(),
        }
    }

    /// Whether the person sees the section in the navigation.
    #[must_use]
    pub fn shows(self, visitor: &Visitor, organization: &Organization) -> bool {
        let runs_the_house = visitor.actor.is_operator();
        // Own is enough where people buy for themselves.
        let reaches = |permission| visitor.reach(permission) != Reach::Nothing;
        match self {
            Self::Home | Self::Account | Self::Help => true,
            Self::Users | Self::Groups => visitor.may(Permission::ReadUsers) && !runs_the_house,
            Self::YourProducts | Self::Licenses => !runs_the_house,
            Self::Purchase => reaches(Permission::BuySubscription) && !runs_the_house,
            Self::Bills => reaches(Permission::ReadInvoices) && !runs_the_house,
            Self::Orders => visitor.may(Permission::ReadPrices) && !runs_the_house,
            Self::SelfService => visitor.may(Permission::ReadSelfServicePolicy) && !runs_the_house,
            Self::Partners => visitor.may(Permission::ReadPartners),
            Self::Customers => organization.kind.sells_by().is_some() && visitor.may(Permission::ManageCustomers),
            Self::Notifications => visitor.may(Permission::ReadNotifications) && !runs_the_house,
            Self::ApiTokens => visitor.may(Permission::ReadApiTokens),
            Self::Audit => visitor.may(Permission::ReadHistory),
            Self::Clock => visitor.may(Permission::MoveClock) && organization.sandbox_ahead.is_some(),
            Self::Organizations => visitor.may(Permission::OperateOrganizations),
            Self::Catalog => visitor.may(Permission::OperateCatalog),
            Self::ProductKeys => visitor.may(Permission::OperateProductKeys),
            Self::OperatorBilling => visitor.may(Permission::OperateBilling),
            Self::CreditChecks => visitor.may(Permission::OperateBilling),
            Self::Mails | Self::Jobs => visitor.may(Permission::OperateJobs),
        }
    }
}

/// The frame of a page in a section of an organization.
#[must_use]
pub fn section_frame(visitor: &Visitor, organization: &Organization, current: Section, title: String) -> Frame {
    let words = visitor.words;
    const BILLING: &[Section] =
        &[Section::YourProducts, Section::Licenses, Section::Purchase, Section::Bills, Section::Orders];
    const SETTINGS: &[Section] = &[
        Section::SelfService,
        Section::Partners,
        Section::Notifications,
        Section::ApiTokens,
        Section::Audit,
        Section::Clock,
    ];
    const OPERATOR: &[Section] = &[
        Section::Organizations,
        Section::Catalog,
        Section::ProductKeys,
        Section::OperatorBilling,
        Section::CreditChecks,
        Section::Mails,
        Section::Jobs,
    ];
    let groups = [
        ("", &[Section::Home, Section::Customers] as &[_]),
        (words.users(), &[Section::Users, Section::Groups]),
        (words.billing(), BILLING),
        (words.operator_console(), OPERATOR),
        (words.settings(), SETTINGS),
    ];
    let navigation = groups.into_iter().map(|(label, sections)| NavigationSection {
        label: label.to_owned(),
        items: sections
            .iter()
            .filter(|section| section.shows(visitor, organization))
            .map(|section| NavigationItem {
                current: *section == current,
                key: section.key(),
                ..NavigationItem::new(section.label(visitor, organization), section.url(), section.icon())
            })
            .collect(),
    });
    let name = current.label(visitor, organization);
    let is_start = title == name;
    let breadcrumbs = match groups.iter().find(|(label, sections)| !label.is_empty() && sections.contains(&current)) {
        Some(_) if !is_start => vec![Crumb::new(name, current.url())],
        _ => Vec::new(),
    };
    let clock = organization.sandbox_ahead.and_then(|ahead| {
        let zone = TimeZone::get(&organization.time_zone).ok()?;
        Some((visitor.app.now() + ahead).to_zoned(zone).date())
    });
    Frame {
        organization: (organization.name != words::PRODUCT).then(|| organization.name.clone()),
        cloud: (organization.cloud != Cloud::Worldwide).then(|| words.cloud_name(organization.cloud).to_owned()),
        clock,
        person: Some(SignedIn {
            name: visitor.actor.name.clone(),
            mail: String::new(),
            roles: words.role_list(&visitor.actor.roles),
        }),
        navigation: navigation.filter(|section| !section.items.is_empty()).collect(),
        breadcrumbs,
        notices: notices(visitor, organization, current),
        form_token: visitor.form_token.clone(),
        with_search: true,
        ..visitor.browser.bare_frame(title)
    }
}

/// What stands above a page: on Home that this is a demo; everywhere that the admin center is changing (R15).
fn notices(visitor: &Visitor, organization: &Organization, current: Section) -> Vec<Notice> {
    let words = visitor.words;
    let demo = visitor.settings.is_demo() && current == Section::Home;
    let changes = organization.cloud.facts().says_that_it_changes;
    let note = |text| Notice::new(Tone::Neutral, text);
    let of_demo = demo.then(|| note(words.demo_notice()));
    let of_cloud = changes
        .then(|| note(words.center_is_changing()).link(words.center_is_changing_link(), "/help/admin-center-changes"));
    of_demo.into_iter().chain(of_cloud).collect()
}
