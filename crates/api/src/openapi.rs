//! The OpenAPI 3.1 document: generated from the handlers and the table of routes, checked in at `docs/openapi.json`.

use crate::v1;
use crate::web::{Access, Problem, RouteRow};
use utoipa::OpenApi;
use utoipa::openapi::header::Header;
use utoipa::openapi::path::{Operation, ParameterBuilder, ParameterIn, PathItem};
use utoipa::openapi::schema::{ObjectBuilder, Type};
use utoipa::openapi::security::{ApiKey, ApiKeyValue, Http, HttpAuthScheme, SecurityRequirement, SecurityScheme};
use utoipa::openapi::{ContentBuilder, Ref, RefOr, Required, ResponseBuilder};

/// What the document says before the paths.
const ABOUT: &str = "Everything is JSON. A token belongs to one organization and is sent as `Authorization: Bearer \
    zetel_…`; things of other organizations are not there (404). Every answer that is not a success is a problem \
    (RFC 9457) in the language of `Accept-Language`. Lists page by key: follow `next` as it is. Every write takes an \
    `Idempotency-Key`: for 24 hours the same request under the same key is carried out once, and answered again with \
    `Idempotency-Replayed: true`; a refused request may be sent again under its key.";

#[derive(OpenApi)]
#[openapi(
    info(title = "Zetel API", version = "1"),
    paths(
        v1::billing_account::details,
        v1::billing_account::change,
        v1::billing_profile::list,
        v1::billing_profile::details,
        v1::billing_profile::add,
        v1::billing_profile::change,
        v1::billing_profile::of_subscription,
        v1::billing_role::list,
        v1::group::list,
        v1::group::details,
        v1::group::add,
        v1::group::rename,
        v1::group::delete,
        v1::group::list_members,
        v1::group::add_members,
        v1::group::remove_member,
        v1::history::everything,
        v1::history::of_subscription,
        v1::history::of_user,
        v1::invoice::list,
        v1::invoice::details,
        v1::invoice::pay::pay,
        v1::invoice::pay::settle,
        v1::invoice::pdf,
        v1::invoice::xml,
        v1::job::details,
        v1::license::assign::assign,
        v1::license::change_apps::change,
        v1::license::holds::holds,
        v1::license::many::assign,
        v1::license::many::unassign,
        v1::license::unassign::unassign,
        v1::license::unassign::unassign_one,
        v1::notification::change,
        v1::notification::details,
        v1::operator::bill_runs::list,
        v1::operator::bill_runs::dry_runs,
        v1::operator::bill_runs::start,
        v1::operator::bill_runs::dry_run,
        v1::operator::cloud::change,
        v1::operator::credits::list,
        v1::operator::credits::refund,
        v1::operator::credits::pay_out_note,
        v1::operator::credits::pay_out,
        v1::order::details,
        v1::order::list,
        v1::order::place::place,
        v1::organization::details,
        v1::organization::move_clock,
        v1::payment_notice::take,
        v1::payment_method::list,
        v1::payment_method::details,
        v1::payment_method::add::add,
        v1::payment_method::change::change,
        v1::payment_method::change::delete,
        v1::payment_method::change::of_subscription,
        v1::payment_method::change::replace,
        v1::order::extend::extend,
        v1::order::extend::list,
        v1::customer::list,
        v1::customer::details,
        v1::customer::sell_to,
        v1::customer::preview_sale,
        v1::customer::set_quantity,
        v1::customer::preview_total,
        v1::customer::plans,
        v1::customer::set_plan,
        v1::customer::preview_plan,
        v1::customer::set_recurring_billing,
        v1::customer::suspend,
        v1::customer::resume,
        v1::product_key::redeem,
        v1::product_key::review,
        v1::product::catalog::details,
        v1::product::catalog::list,
        v1::product::licenses::holders,
        v1::product::licenses::list,
        v1::license_request::decide,
        v1::license_request::share,
        v1::license_request::details,
        v1::license_request::list,
        v1::self_service::policy::list,
        v1::self_service::policy::set_all,
        v1::self_service::policy::set_new,
        v1::self_service::limits::details,
        v1::self_service::limits::set,
        v1::self_service::policy::set_one,
        v1::self_service::report::list,
        v1::subscription::life::cancel,
        v1::subscription::life::cancel_scheduled_change,
        v1::subscription::trial::start,
        v1::subscription::trial::extend,
        v1::subscription::life::delete,
        v1::subscription::life::preview_cancel,
        v1::subscription::life::preview_reactivate,
        v1::subscription::life::reactivate,
        v1::subscription::life::recurring_billing,
        v1::subscription::edit_billing_frequency::choices,
        v1::subscription::edit_billing_frequency::change,
        v1::subscription::list::list,
        v1::subscription::details::details,
        v1::subscription::change_quantity::change,
        v1::subscription::change_quantity::preview,
        v1::subscription::take_over::start,
        v1::subscription::take_over::undo,
        v1::license::replace::replace,
        v1::license::assigners::read,
        v1::license::assigners::set,
        v1::license::auto_claim::list,
        v1::license::auto_claim::set,
        v1::license::auto_claim::remove,
        v1::license::auto_claim::claim,
        v1::license::auto_claim::claims,
        v1::subscription::change_plan::plans,
        v1::subscription::change_plan::preview,
        v1::subscription::change_plan::start,
        v1::user::add::add,
        v1::user::add_many::add_many,
        v1::user::change::change,
        v1::user::delete::delete,
        v1::user::details::details,
        v1::user::list::list,
    ),
    components(schemas(Problem))
)]
struct Document;

/// The document as it is served and checked in.
#[must_use]
pub fn document(table: &[RouteRow]) -> utoipa::openapi::OpenApi {
    let mut document = Document::openapi();
    document.info.description = Some(ABOUT.to_owned());
    document.info.license = None;
    document.info.contact = None;
    let components = document.components.get_or_insert_default();
    let mut bearer = Http::new(HttpAuthScheme::Bearer);
    bearer.description = Some("A token of one organization, made under Settings > API tokens.".to_owned());
    components.add_security_scheme("token", SecurityScheme::Http(bearer));
    let mut signature = ApiKeyValue::new("Stripe-Signature");
    signature.description = Some("What the payment gateway signs, by the secret of its webhook.".to_owned());
    components.add_security_scheme("signature", SecurityScheme::ApiKey(ApiKey::Header(signature)));
    for row in table {
        if let Some(operation) = document.paths.paths.get_mut(row.path).and_then(|item| operation(item, row.method)) {
            complete(operation, row);
        }
    }
    document
}

/// The operation of a method on a path.
fn operation<'a>(item: &'a mut PathItem, method: &str) -> Option<&'a mut Operation> {
    match method {
        "GET" => item.get.as_mut(),
        "POST" => item.post.as_mut(),
        "PUT" => item.put.as_mut(),
        "PATCH" => item.patch.as_mut(),
        "DELETE" => item.delete.as_mut(),
        _ => None,
    }
}

/// Adds what holds for every operation, from the table of routes.
fn complete(operation: &mut Operation, row: &RouteRow) {
    if let Access::Needs(_) = row.access {
        let scopes = row.access.scopes().into_iter();
        let security = scopes.map(|scope| SecurityRequirement::new("token", [scope.code()]));
        operation.security = Some(security.collect());
    }
    if row.access == Access::Signed {
        operation.security = Some(vec![SecurityRequirement::new("signature", Vec::<String>::new())]);
    } else if row.method != "GET" {
        let key = ParameterBuilder::new()
            .name("Idempotency-Key")
            .parameter_in(ParameterIn::Header)
            .required(Required::False)
            .description(Some("Carries the request out once per key, for 24 hours."))
            .schema(Some(ObjectBuilder::new().schema_type(Type::String).max_length(Some(255))))
            .build();
        operation.parameters.get_or_insert_default().push(RefOr::T(key));
    }
    let problem = ResponseBuilder::new()
        .description("A problem (RFC 9457)")
        .content(
            "application/problem+json",
            ContentBuilder::new().schema(Some(Ref::from_schema_name("Problem"))).build(),
        )
        .header("X-Request-Id", Header::default())
        .build();
    operation.responses.responses.insert("default".to_owned(), RefOr::T(problem));
}

/// The document as text, with a line break at its end.
#[must_use]
pub fn text(table: &[RouteRow]) -> String {
    // A document of utoipa is text, numbers and lists, which are always JSON.
    document(table).to_pretty_json().unwrap_or_default() + "\n"
}
