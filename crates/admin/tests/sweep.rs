//! Every page and every form: as nobody, in every role, as the admin of another organization, and without the form's
//! token. What is expected comes from the table of routes and the matrix of rights; a route that is not covered fails.

#![expect(clippy::unwrap_used, reason = "a helper of a test fails the test")]

mod browser;

use admin::pages::routes;
use admin::web::{Access, RouteRow};
use app::Caller;
use app::api_token::CreateApiToken;
use app::billing::details::InvoiceDetails;
use app::billing::list::{InvoiceDays, ListInvoices};
use app::billing::record_transfer::RecordTransfer;
use app::license::auto_claim::SetAutoClaimPolicy;
use app::license_request::ask::RequestLicenses;
use app::order::place::{Payment, Purchase, new_order_id, place_order};
use app::product_key::StoredKey;
use app::product_key::create::create_now;
use app::product_key::export::KeyFile;
use app::product_key::list::find_typed;
use app::subscription::change_quantity::ChangeQuantity;
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode, header};
use browser::{Browser, house, run};
use domain::access::{Permission, Reach, Role, Scope, reach};
use domain::api_token::ApiTokenDraft;
use domain::catalog::{BillingFrequency, SkuKind, Term};
use domain::event::Event;
use domain::ids::{
    BillingProfileId, GroupId, InvoiceId, LicenseRequestId, MailId, OrderId, OrganizationId, PaymentId,
    PaymentMethodId, ProductId, ProductKeyBatchId, SubscriptionId, UploadId, UserId,
};
use domain::license::auto_claim::AutoClaimPolicy;
use domain::mail::MailState;
use domain::money::{Currency, Money};
use domain::organization::OrganizationKind;
use domain::partner::RelationshipState;
use domain::product_key::create::BatchDraft;
use domain::subscription::Channel;
use jiff::SignedDuration;
use store::tables::mail::{self, MailFilter};
use store::tables::{group, journal, partner, upload};
use testkit::world::World;
use tower::ServiceExt;

/// What the parameters of the paths name: things of the organization Waterland.
struct Things {
    organization: OrganizationId,
    subscription: String,
    product: String,
    user: UserId,
    group: GroupId,
    order: OrderId,
    checked_order: OrderId,
    token: String,
    entry: String,
    upload: UploadId,
    invoice: InvoiceId,
    payment: PaymentId,
    payment_method: PaymentMethodId,
    mail: MailId,
    batch: ProductKeyBatchId,
    key: String,
    request: LicenseRequestId,
    partner: OrganizationId,
}

impl Things {
    fn of(world: &World, admin: &Caller) -> Self {
        Self::of_another(world, admin, "Office")
    }

    fn of_another(world: &World, admin: &Caller, product: &str) -> Self {
        let office = world.product(product);
        let _ = world.sku(office.product_id, SkuKind::SelfService, &format!("{product}_DEPT"));
        let price = Money::new(1_000, Currency::Eur);
        let price = world.price(&office, Term::Annual, BillingFrequency::Monthly, price);
        let by_invoice = Purchase {
            order_id: new_order_id(&world.app),
            price_id: price.id,
            quantity: 1,
            payment: Payment::Invoice { contact_agreed: true },
            trial: None,
            base: None,
            billing_profile: None,
            starts_on: None,
        };
        let checked_order = place_order(&world.app, admin, world.organization, by_invoice).unwrap();
        let subscription_id = world.subscription(&office, 10);
        let user = world.person(&format!("Anna {product}"));
        world.give_license(subscription_id, user);
        let change = ChangeQuantity::now(subscription_id, 11);
        let order = world.write(admin, change).unwrap().order_id;
        let draft = ApiTokenDraft { name: "HR".into(), scopes: vec![Scope::UsersRead], days: None };
        let token = world.write(admin, CreateApiToken::new(draft).unwrap()).unwrap().id;
        let invoice = an_invoice(world, admin, product);
        let payment = a_payment(world, admin, invoice);
        let request = a_request(world, user, office.product_id);
        let claimed =
            AutoClaimPolicy { product_id: office.product_id, disabled_plans: Vec::new(), backups: Vec::new() };
        world.write(admin, SetAutoClaimPolicy(claimed)).unwrap();
        let entries = world.store.read(world.organization, |read| journal::oldest_first(read, None, 1)).unwrap();
        let file = upload::Upload {
            id: UploadId::from_uuid(world.new_id()),
            file_name: "people.csv".into(),
            content: "display_name,email\nBram Bakker,bram@waterland.example\n".into(),
            created_by: admin.actor.user(),
            created_at: world.app.now(),
        };
        let upload = file.id;
        let (batch, key) = a_product_key(world, product);
        let group = GroupId::from_uuid(world.new_id());
        let name = format!("{product} leads");
        world.seed(world.organization, move |write| group::insert(write, group, &name, &[user]));
        world.seed(world.organization, move |write| upload::insert(write, &file));
        Self {
            organization: world.organization,
            subscription: subscription_id.to_string(),
            product: office.product_id.to_string(),
            user,
            group,
            order: order.expect("more licenses make an order"),
            checked_order,
            token: token.to_string(),
            entry: entries[0].id.to_string(),
            upload,
            invoice,
            payment,
            payment_method: world.card(user, "card_succeeds"),
            mail: a_mail(world),
            batch,
            key: key.key_hash.to_string(),
            request,
            partner: a_partner(world, subscription_id, product),
        }
    }

    /// The path of a route with the identifiers of these things in it.
    ///
    /// # Panics
    /// When a route has a parameter that nothing here fills: the sweep must cover it.
    fn path(&self, row: &RouteRow) -> String {
        let id = match row.path {
            path if path.starts_with("/billing/your-products/") => self.subscription.clone(),
            path if path.starts_with("/billing/purchase/") => self.product.clone(),
            path if path.starts_with("/billing/orders/") => self.order.to_string(),
            path if path.starts_with("/billing/profiles/") => BillingProfileId::first_of(self.organization).to_string(),
            path if path.starts_with("/billing/payment-methods/") => self.payment_method.to_string(),
            path if path.starts_with("/billing/invoices/") => self.invoice.to_string(),
            path if path.starts_with("/settings/api-tokens/") => self.token.clone(),
            path if path.starts_with("/settings/audit/") => self.entry.clone(),
            path if path.starts_with("/operator/organizations/") => self.organization.to_string(),
            path if path.starts_with("/operator/catalog/") => self.product.clone(),
            // A number that no written steps have.
            path if path.starts_with("/link/") => "1".to_owned(),
            _ => "{id}".to_owned(),
        };
        let path = row
            .path
            .replace("{id}", &id)
            .replace("{organization}", &self.organization.to_string())
            .replace("{invoice}", &self.invoice.to_string())
            .replace("{payment}", &self.payment.to_string())
            .replace("{order}", &self.checked_order.to_string())
            .replace("{product_id}", &self.product)
            .replace("{user_id}", &self.user.to_string())
            .replace("{group}", &self.group.to_string())
            .replace("{user}", &self.user.to_string())
            .replace("{request_id}", &self.request.to_string())
            .replace("{upload}", &self.upload.to_string())
            .replace("{job}", &self.upload.to_string())
            .replace("{list_id}", &self.upload.to_string())
            .replace("{mail}", &self.mail.to_string())
            .replace("{profile}", &BillingProfileId::first_of(self.organization).to_string())
            .replace("{batch}", &self.batch.to_string())
            .replace("{key}", &self.key)
            .replace("{partner}", &self.partner.to_string())
            .replace("{customer}", &self.organization.to_string())
            .replace("{product}", &self.product)
            .replace("{sold}", &self.subscription)
            .replace("{service}", "suspend")
            .replace("{change}", "quantity")
            .replace("{kind}", "invoice")
            .replace("{language}", "nl")
            .replace("{number}", "0")
            .replace("{slug}", "buy")
            .replace("{sample}", "list")
            .replace("{reference}", "nothing");
        assert!(!path.contains('{'), "the sweep has nothing for {}", row.path);
        path
    }
}

/// A reseller that the organization let in, and that sold the subscription.
fn a_partner(world: &World, sold: SubscriptionId, name: &str) -> OrganizationId {
    let id = world.organization_with(&format!("Reseller of {name}"), |new| new.kind = OrganizationKind::Reseller);
    let now = world.clock_now();
    world.seed(id, |write| partner::set(write, "support@reseller.example", "https://reseller.example"));
    world.seed(world.organization, move |write| {
        partner::insert_relationship(write, id, RelationshipState::Active, now)?;
        partner::set_seller(write, sold, id)
    });
    id
}

/// A request for a license.
fn a_request(world: &World, user: UserId, product_id: ProductId) -> LicenseRequestId {
    let command = RequestLicenses { product_id, for_oneself: true, emails: Vec::new(), reason: String::new() };
    world.write(&world.as_person(user, &[]), command).unwrap().request.unwrap()
}

/// The invoice of a billing period that is paid by invoice.
fn an_invoice(world: &World, admin: &Caller, product: &str) -> InvoiceId {
    let by_invoice = world.product(&format!("{product} by invoice"));
    let _ = world.subscription_with(world.organization, &by_invoice, 10, |new| new.channel = Channel::DirectInvoice);
    world.clock.advance(SignedDuration::from_hours(24 * 40));
    world.sweep();
    world.read(admin, &ListInvoices { days: InvoiceDays::default(), after: None, limit: 1 }).unwrap().rows[0].id
}

/// A part of an invoice, by bank transfer.
fn a_payment(world: &World, admin: &Caller, invoice: InvoiceId) -> PaymentId {
    let (amount, day) = (Money::new(100, Currency::Eur), world.today());
    let transfer =
        RecordTransfer { invoice_ids: vec![invoice], amount, day, reference: "NL-1".into(), keep_rest: false };
    world.write(&world.caller(Role::Operator), transfer).unwrap();
    world.read(admin, &InvoiceDetails(invoice)).unwrap().payments[0].id
}

/// The oldest mail of the organization: it follows from what was done.
fn a_mail(world: &World) -> MailId {
    let all =
        world.store.read(store::Scope::Shared, |read| mail::list(read, &MailFilter::default(), None, 1_000)).unwrap();
    all.iter().rfind(|mail| mail.organization_id == world.organization).unwrap().id
}

/// A batch of two product keys that were not exported, and one of them.
fn a_product_key(world: &World, product: &str) -> (ProductKeyBatchId, StoredKey) {
    let bought = world.product(&format!("{product} by key"));
    let sku = world.sku(bought.product_id, SkuKind::Central, &format!("{product}_KEY"));
    let draft = BatchDraft { quantity: 5, term: Term::Annual, key_count: 2, country: String::new(), redeem_by: None };
    let operator = world.caller(Role::Operator);
    let batch = create_now(&world.app, &operator, world.organization, sku.id, draft).unwrap();
    let file = KeyFile::begin(&world.app, &operator, world.organization, batch).unwrap();
    let typed = file.keys(&world.app, 0).unwrap().0[0].to_string();
    let found = find_typed(&world.app, &operator, world.organization, &typed).unwrap();
    (batch, found[0].stored.clone())
}

/// Whether a path names something of the organization, so that it is not there for anybody else. Products are everybody's.
fn names_something_own(row: &RouteRow) -> bool {
    ["{id}", "{user}", "{user_id}", "{group}", "{upload}", "{list_id}", "{organization}", "{partner}", "{customer}"]
        .iter()
        .any(|parameter| row.path.contains(parameter))
        && !row.path.starts_with("/billing/purchase/")
        && !row.path.starts_with("/operator/catalog/")
}

/// What a page answers to those who may see all: a page, unless it needs what no thing of the sweep has.
fn what_it_has(row: &RouteRow) -> u16 {
    match row.path {
        // Nothing was chosen in the address.
        path if path.ends_with("/checkout") => 422,
        // No work was begun with the file, and there is no credit to pay out.
        path if path.ends_with("/progress")
            || path.ends_with("/dry-runs/{job}")
            || path.ends_with("/{profile}/pay-out")
            || path == "/operator/catalog/import/{upload}" =>
        {
            404
        }
        // It is the card of somebody else.
        "/billing/payment-methods/{id}/confirm" => 404,
        // It is no partner of anybody.
        path if path.starts_with("/customers") => 404,
        // Nothing was taken over.
        path if path.ends_with("/take-over/{job}") => 404,
        path if path.ends_with("/undo-take-over/{job}") => 404,
        // Nothing was upgraded.
        path if path.ends_with("/upgrade/{job}") => 404,
        // It is not prepaid: the pane before says why it is not extended, or added to, in this way.
        path if path.ends_with("{id}/extend/pay") || path == "/billing/your-products/{id}/product-keys" => 303,
        // No list of people was made.
        path if path.contains("{list_id}") => 404,
        _ => 200,
    }
}

/// The status of a route; a form is sent with its token and nothing else.
async fn status_of(browser: &Browser, row: &RouteRow, path: &str) -> u16 {
    let body = if row.method == "POST" { format!("form_token={}", browser.form_token) } else { String::new() };
    browser.send(row.method, path, body).await.status().as_u16()
}

fn table() -> Vec<RouteRow> {
    routes().table().to_vec()
}

/// Also as the whole program serves it, where the API is merged in.
#[test]
fn what_does_not_exist_is_said_on_a_page() {
    let (_world, router) = house();
    let stranger = Browser::stranger(&router.merge(Router::new()));
    let nowhere = [
        ("GET", "/nothing"),
        ("POST", "/nothing"),
        ("GET", "/assets/nothing"),
        ("GET", "/sign-out"),
        ("DELETE", "/sign-in"),
        ("GET", "/styleguide/%ff"),
        ("GET", "/sign-in?next=a&next=b"),
    ];
    run(async {
        for (method, path) in nowhere {
            let response = stranger.send(method, path, String::new()).await;
            let status = response.status();
            let page = to_bytes(response.into_body(), usize::MAX).await.unwrap();
            let page = String::from_utf8_lossy(&page);
            assert_eq!(status, StatusCode::NOT_FOUND, "{method} {path}");
            assert!(page.contains("<h1>This page does not exist</h1>"), "{method} {path}: {page}");
        }
    });
}

/// Whoever watches over Zetel hears when the calendar went through, how late it was, and what waits or is parked.
#[test]
fn health_says_when_the_calendar_went_through_and_what_waits() {
    let (world, router) = house();
    let _ = Things::of(&world, &world.caller(Role::GlobalAdmin));
    world.clock.set_day(world.today().tomorrow().unwrap());
    world.sweep();
    let waiting = world.app.condition().unwrap();
    let stranger = Browser::stranger(&router);
    run(async {
        let response = stranger.send("GET", "/health/live", String::new()).await;
        assert_eq!(response.status(), StatusCode::OK);
        let response = stranger.send("GET", "/health", String::new()).await;
        assert_eq!(response.status(), StatusCode::OK);
        let body = to_bytes(response.into_body(), usize::MAX).await.unwrap();
        let health: serde_json::Value = serde_json::from_slice(&body).unwrap();
        let calendar = waiting.calendar.unwrap();
        let said = &health["sweeps"]["calendar"];
        assert_eq!(said["last_success"], world.clock_now().to_string());
        assert_eq!(said["lag_seconds"], calendar.lag_seconds);
        for (state, count) in &waiting.jobs {
            assert_eq!(health["jobs"][state.code()], *count);
        }
        let mails = waiting.mails.iter().find(|(state, _)| *state == MailState::Waiting).unwrap().1;
        assert!(mails > 0, "an invoice was made and told");
        assert_eq!(health["mails"], serde_json::json!({ "waiting": mails }));
    });
}

#[test]
fn nobody_sees_anything_but_the_way_in() {
    let (world, router) = house();
    let things = Things::of(&world, &world.caller(Role::GlobalAdmin));
    run(async {
        let stranger = Browser::stranger(&router);
        for row in table().iter().filter(|row| row.access != Access::Public) {
            let status = status_of(&stranger, row, &things.path(row)).await;
            let expected = if row.method == "GET" { 303 } else { 401 };
            assert_eq!(status, expected, "{row:?}");
        }
    });
}

/// A form of somebody whose session has ended leads to signing in, and from there back to the page of the form; never to
/// another site, whatever the browser says.
#[test]
fn a_form_after_the_end_of_a_session_leads_back_to_its_page() {
    let (world, router) = house();
    let _ = world.organization_with("Zetel", |house| house.kind = OrganizationKind::Operator);
    let send = async |page: &str| {
        let request = Request::post("/users/add")
            .header(header::HOST, "zetel.example")
            .header(header::COOKIE, "zetel_session=ended")
            .header(header::REFERER, page);
        let response = router.clone().oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
        let to = response.headers().get(header::LOCATION).map(|to| to.to_str().unwrap().to_owned());
        (response.status().as_u16(), to)
    };
    run(async {
        let back = "/sign-in?next=%2Fusers%2Fadd%3Fq%3Da%26b%3D1";
        assert_eq!(send("https://zetel.example/users/add?q=a&b=1").await, (303, Some(back.to_owned())));
        for elsewhere in ["https://zetel.example.evil.example/users", "https://evil.example/users", "nonsense"] {
            assert_eq!(send(elsewhere).await, (401, None), "{elsewhere}");
        }
        let ended = Browser::stranger(&router).with_cookie("zetel_session=ended");
        let says = "Sign in again, and you are back where you were.";
        assert!(ended.read(back).await.1.contains(says));
        assert!(!Browser::stranger(&router).read(back).await.1.contains(says));
        assert!(!ended.read("/sign-in").await.1.contains(says));
    });
}

/// A form that was opened before somebody signed in again is not carried out, and leads to its page as if this session had
/// ended, too, where what was typed comes back; that of signing in leads to a form of today.
#[test]
fn a_form_of_an_older_session_does_nothing_and_leads_back_to_its_page() {
    let (world, router) = house();
    let admin = world.caller(Role::GlobalAdmin);
    let _ = world.organization_with("Zetel", |house| house.kind = OrganizationKind::Operator);
    run(async {
        let older = Browser::signed_in(&router, &world, &admin).await;
        let browser = Browser::signed_in(&router, &world, &admin).await;
        let send = async |path: &str, page: &str, token: &str| {
            let request = Request::post(path)
                .header(header::HOST, "zetel.example")
                .header(header::COOKIE, &browser.cookie)
                .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
                .header(header::REFERER, format!("https://zetel.example{page}"));
            let form = format!("form_token={token}&display_name=Zo&email=zo@waterland.example");
            let response = router.clone().oneshot(request.body(Body::from(form)).unwrap()).await.unwrap();
            assert_eq!(response.status(), 303, "{path}");
            response.headers()[header::LOCATION].to_str().unwrap().to_owned()
        };
        let is_there = async || browser.read("/users?q=zo").await.1.contains("zo@waterland.example");
        assert_eq!(send("/users/add", "/users/add", &older.form_token).await, "/sign-in?next=%2Fusers%2Fadd");
        assert!(!is_there().await);
        // Of two windows in which somebody signs in, the second one's form knows no session, or an older one.
        for token in [&older.form_token, ""] {
            assert_eq!(send("/sign-in", "/sign-in?next=%2Fusers", token).await, "/sign-in?next=%2Fusers");
        }
        assert!(send("/users/add", "/users/add", &browser.form_token).await.starts_with("/users"));
        assert!(is_there().await);
        assert_eq!(send("/sign-out", "/users", &older.form_token).await, "/sign-in");
        assert!(!is_there().await);
    });
}

#[test]
fn a_form_without_its_token_is_refused() {
    let (world, router) = house();
    let admin = world.caller(Role::GlobalAdmin);
    let things = Things::of(&world, &admin);
    run(async {
        let browser = Browser::signed_in(&router, &world, &admin).await;
        // Whoever wants out gets out, whatever form says so.
        for row in table().iter().filter(|row| row.method == "POST" && row.path != "/sign-out") {
            // A form of another session, or of none, is answered as if nobody were signed in, where one may come at all.
            for token in ["", "form_token=0123456789abcdef0123456789abcdef"] {
                let status = browser.send("POST", &things.path(row), token.to_owned()).await.status().as_u16();
                assert!([401, 403].contains(&status), "{row:?}: {status}");
            }
        }
    });
}

/// Pages without a frame carry the token too: somebody who is signed in may sign in as somebody else.
#[test]
fn the_way_in_stays_open_to_those_who_are_signed_in() {
    let (world, router) = house();
    let admin = world.caller(Role::GlobalAdmin);
    // Until somebody runs this Zetel, the way in leads to the setup.
    let _ = world.organization_with("Zetel", |house| house.kind = OrganizationKind::Operator);
    run(async {
        let browser = Browser::signed_in(&router, &world, &admin).await;
        for path in ["/sign-in", "/nothing-here"] {
            let (_, html) = browser.read(path).await;
            let token = format!("name=\"form_token\" value=\"{}\"", browser.form_token);
            assert!(html.contains(&token), "{path}: {html}");
        }
    });
}

#[test]
fn a_form_of_another_site_is_refused() {
    let (world, router) = house();
    let admin = world.caller(Role::GlobalAdmin);
    let things = Things::of(&world, &admin);
    run(async {
        for row in table().iter().filter(|row| row.method == "POST") {
            let request = Request::post(things.path(row))
                .header(header::HOST, "zetel.example")
                .header(header::ORIGIN, "https://evil.example")
                .body(Body::empty())
                .unwrap();
            let response = router.clone().oneshot(request).await.unwrap();
            assert_eq!(response.status(), StatusCode::FORBIDDEN, "{row:?}");
        }
    });
}

/// Domain 6: what each role may do is the matrix, on every page.
#[test]
fn every_role_gets_what_the_matrix_says() {
    let (world, router) = house();
    let admin = world.caller(Role::GlobalAdmin);
    let things = Things::of(&world, &admin);
    let mut callers: Vec<_> =
        Role::ALL.iter().filter(|role| **role != Role::Operator).map(|role| world.caller(*role)).collect();
    callers.push(world.as_person(world.person("Bram Bakker"), &[]));
    run(async {
        for caller in &callers {
            let browser = Browser::signed_in(&router, &world, caller).await;
            for row in table().iter().filter(|row| row.method == "GET") {
                let status = status_of(&browser, row, &things.path(row)).await;
                let name = &caller.actor.name;
                let Access::Needs(permission) = row.access else { continue };
                match reach(&caller.actor, permission, caller.actor.home) {
                    Reach::Nothing => assert_eq!(status, 403, "{name} {row:?}"),
                    Reach::All => assert_eq!(status, what_it_has(row), "{name} {row:?}"),
                    Reach::Own => assert!([200, 303, 403, 404, 422].contains(&status), "{name} {row:?}: {status}"),
                }
            }
        }
    });
}

/// Domain 6: an empty form of those who may is a mistake or a question answered yes; of all others it is refused.
#[test]
fn every_role_sends_what_the_matrix_lets_it() {
    let (world, router) = house();
    let admin = world.caller(Role::GlobalAdmin);
    for role in Role::ALL.iter().filter(|role| **role != Role::Operator) {
        let things = Things::of_another(&world, &admin, role.code());
        let caller = world.caller(*role);
        run(async {
            let browser = Browser::signed_in(&router, &world, &caller).await;
            for row in table().iter().filter(|row| row.method == "POST") {
                let Access::Needs(permission) = row.access else { continue };
                let status = status_of(&browser, row, &things.path(row)).await;
                assert!(status < 500 && status != 401, "{role} {row:?}: {status}");
                if reach(&caller.actor, permission, caller.actor.home) == Reach::Nothing {
                    assert_eq!(status, 403, "{role} {row:?}");
                }
            }
        });
    }
}

/// R66, R68: a partner sees the customer that let it in, and what it sold; a partner of others finds nothing there.
#[test]
fn a_partner_of_another_customer_finds_nothing() {
    let (world, router) = house();
    let things = Things::of(&world, &world.caller(Role::GlobalAdmin));
    let other = world.organization_with("Another reseller", |new| new.kind = OrganizationKind::Reseller);
    world.seed(other, |write| partner::set(write, "support@another.example", ""));
    let is_customers = |row: &RouteRow| row.path.starts_with("/customers/{customer}");
    let (seller, other) =
        (world.caller_in(things.partner, Role::GlobalAdmin), world.caller_in(other, Role::GlobalAdmin));
    run(async {
        let own = Browser::signed_in(&router, &world, &seller).await;
        let stranger = Browser::signed_in(&router, &world, &other).await;
        for row in table().iter().filter(|row| is_customers(row)) {
            let path = things.path(row);
            assert!([404, 422].contains(&status_of(&stranger, row, &path).await), "{row:?}");
            if row.method == "GET" {
                assert_eq!(status_of(&own, row, &path).await, 200, "{row:?}");
            }
        }
        for path in ["/customers", "/customers/request"] {
            assert_eq!(own.read(path).await.0, StatusCode::OK);
            assert_eq!(stranger.read(path).await.0, StatusCode::OK);
        }
    });
}

/// Architecture 5.2: what belongs to another organization is simply not there.
#[test]
fn an_admin_of_another_organization_finds_nothing_and_changes_nothing() {
    let (world, router) = house();
    let admin = world.caller(Role::GlobalAdmin);
    let things = Things::of(&world, &admin);
    let other = world.other_organization("Contoso");
    let stranger = world.caller_in(other, Role::GlobalAdmin);
    let _ = world.new_events();
    run(async {
        let browser = Browser::signed_in(&router, &world, &stranger).await;
        for row in table() {
            if !names_something_own(&row) {
                continue;
            }
            let status = status_of(&browser, &row, &things.path(&row)).await;
            let is_operators = row.path.starts_with("/operator/");
            match (is_operators, row.method) {
                (true, _) => assert!([403, 404].contains(&status), "{row:?}: {status}"),
                (false, "GET") => assert_eq!(status, 404, "{row:?}"),
                (false, _) => assert!([404, 422].contains(&status), "{row:?}: {status}"),
            }
        }
    });
    assert_eq!(world.new_events(), Vec::<Event>::new());
}

#[test]
fn an_operator_runs_the_house_and_is_nobody_in_the_organizations_pages() {
    let (world, router) = house();
    let things = Things::of(&world, &world.caller(Role::GlobalAdmin));
    let house = world.organization_with("Zetel", |house| house.kind = OrganizationKind::Operator);
    let operator = world.caller_in(house, Role::Operator);
    run(async {
        let browser = Browser::signed_in(&router, &world, &operator).await;
        for row in table().iter().filter(|row| row.method == "GET") {
            let status = status_of(&browser, row, &things.path(row)).await;
            let operates = matches!(
                row.access,
                Access::Needs(
                    Permission::OperateOrganizations
                        | Permission::OperateBilling
                        | Permission::OperateCatalog
                        | Permission::OperateJobs
                )
            );
            if operates {
                assert_eq!(status, what_it_has(row), "{row:?}");
            } else if names_something_own(row) {
                assert!([403, 404].contains(&status), "{row:?}: {status}");
            }
        }
    });
}

#[test]
fn every_page_carries_the_headers_that_protect_its_reader() {
    let (world, router) = house();
    let admin = world.caller(Role::GlobalAdmin);
    let things = Things::of(&world, &admin);
    run(async {
        let browser = Browser::signed_in(&router, &world, &admin).await;
        for row in table().iter().filter(|row| row.method == "GET") {
            let response = browser.send("GET", &things.path(row), String::new()).await;
            let value = |name: &str| response.headers().get(name).and_then(|value| value.to_str().ok());
            let policy = value("content-security-policy").unwrap_or_default();
            assert!(policy.starts_with("default-src 'none'") && !policy.contains("unsafe"), "{row:?}: {policy}");
            assert_eq!(value("x-content-type-options"), Some("nosniff"), "{row:?}");
            assert_eq!(value("x-frame-options"), Some("DENY"), "{row:?}");
            assert_eq!(value("referrer-policy"), Some("same-origin"), "{row:?}");
            assert!(value("cache-control").is_some(), "{row:?}");
        }
    });
}

#[test]
fn no_route_stands_twice_in_the_table() {
    let mut names: Vec<_> = table().iter().map(|row| (row.path, row.method)).collect();
    names.sort_unstable();
    for pair in names.windows(2) {
        assert_ne!(pair[0], pair[1]);
    }
}
