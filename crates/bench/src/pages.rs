//! Reads of a large organization: one with 1,000 subscriptions, 100,000 people and 1,000,000 licenses, beside one with
//! ten of each, in the same database.

use crate::bare;
use crate::measure::{Reach, Row, at_percent, in_turns, readable, time};
use crate::over_http::zetel;
use crate::rig::{Rig, Sold, caller};
use app::license::holds::Holds;
use app::session;
use domain::ids::{OrganizationId, UserId};
use domain::license::Assignment;
use rusqlite::params;
use std::time::Duration;
use store::tables::{assignment, subscription};
use testkit::engines::Database;
use testkit::http::HttpClient;
use testkit::random::Random;
use testkit::server::Server;

const PEOPLE: usize = 100_000;
const PRODUCTS_IN_USE: usize = 10;
const SUBSCRIPTIONS: usize = 1_000;
const FEW: usize = 10;
const ROUNDS: usize = 7;
const QUESTIONS: usize = 20_000;
const VIEWS: usize = 40;
/// Licenses that one transaction adds.
const CHUNK: usize = 10_000;

/// An organization of any size.
struct Place {
    organization: OrganizationId,
    users: Vec<UserId>,
    products: Vec<Sold>,
}

/// "Does this person hold this product?", a million licenses in the database.
pub fn holds() -> Vec<Row> {
    let database = Database::sqlite();
    let rig = Rig::open(&database);
    let place = large(&rig);
    let asker = caller(place.organization, place.users[0]);
    let mut random = Random::new(2);
    let questions: Vec<_> = (0..QUESTIONS)
        .map(|_| Holds { user_id: *random.pick(&place.users), product_id: random.pick(&place.products[..15]).product })
        .collect();
    let connection = bare::connect(&database.address());
    let text = bare::text(assignment::STATEMENTS, "ASSIGNMENT").replace('$', "?");
    let times = in_turns(
        ROUNDS,
        |_| {
            time(|| {
                for question in &questions {
                    rig.app.point(&asker, place.organization, question).expect("the database answers");
                }
            })
        },
        |_| {
            let mut statement = connection.prepare_cached(&text).expect("it is understood");
            let home = place.organization.uuid();
            time(|| {
                for question in &questions {
                    let (user, product) = (question.user_id.uuid(), question.product_id.uuid());
                    let mut rows = statement
                        .query(params![home.as_bytes(), user.as_bytes(), product.as_bytes()])
                        .expect("the database answers");
                    while rows.next().expect("a row is read").is_some() {}
                }
            })
        },
    );
    let each = |total: Duration| total / QUESTIONS as u32;
    let work = "\"does this user hold this product?\", 1,000,000 licenses, SQLite";
    vec![Row::of_times(work, "bare point query", (each(times.0), each(times.1)), Reach::AtMost(200))]
}

/// The first pages of long lists, and how long the server takes for every page.
pub fn long_lists() -> Vec<Row> {
    let database = Database::sqlite();
    let rig = Rig::open(&database);
    let (many, few) = (large(&rig), small(&rig));
    let cookies = [&many, &few].map(|place| sign_in(&rig, place));
    drop(rig);
    let server = Server::start(&zetel(), &["serve", "--database", &database.address()]);
    let [mut at_many, mut at_few] =
        cookies.map(|cookie| HttpClient::connect(server.address, &[("Cookie", &cookie)]).expect("it listens"));
    let product_page = |place: &Place| format!("/billing/licenses/{}", place.products[0].product);
    let lists = [
        (
            "Your products, 1,000 subscriptions",
            "/billing/your-products".to_owned(),
            "/billing/your-products".to_owned(),
        ),
        ("Licenses, 1,000,000 assignments", "/billing/licenses".to_owned(), "/billing/licenses".to_owned()),
        ("Licenses of a product, 100,000 people", product_page(&many), product_page(&few)),
    ];
    let mut rows = Vec::new();
    for (work, large, small) in &lists {
        let times = in_turns(ROUNDS, |_| view(&mut at_many, large), |_| view(&mut at_few, small));
        rows.push(Row::of_times(work, "the same page with 10 rows", times, Reach::AtMost(200)));
    }
    let subscription = format!("/billing/licenses/{}/assign", many.products[0].product);
    let pages =
        ["/", "/users", "/billing/your-products", "/billing/licenses", "/settings/audit", &lists[2].1, &subscription];
    rows.extend(pages.iter().map(|page| slowest(&mut at_many, page)));
    rows
}

/// The middle time of some views of a page.
fn view(client: &mut HttpClient, page: &str) -> Duration {
    crate::measure::median(views(client, page))
}

fn views(client: &mut HttpClient, page: &str) -> Vec<Duration> {
    let one = |_| {
        time(|| {
            let answer = client.get(page).expect("the server answers");
            assert_eq!(answer.status, 200, "{page}: {}", answer.body);
        })
    };
    (0..VIEWS).map(one).collect()
}

fn slowest(client: &mut HttpClient, page: &str) -> Row {
    let times: Vec<_> = (0..5).flat_map(|_| views(client, page)).collect();
    let page =
        page.split('/').map(|part| if part.starts_with("prd_") { "…" } else { part }).collect::<Vec<_>>().join("/");
    let figure = format!("{}, 99% {}", readable(at_percent(times.clone(), 50)), readable(at_percent(times, 99)));
    Row::of_figure(&format!("page {page} of the large organization"), figure)
}

fn large(rig: &Rig) -> Place {
    let products = rig.products(SUBSCRIPTIONS);
    let (organization, users) = rig.organization(PEOPLE, &products, PEOPLE as u32 * 2);
    let place = Place { organization, users, products };
    give_licenses(rig, &place, PRODUCTS_IN_USE);
    place
}

fn small(rig: &Rig) -> Place {
    let products = rig.products(FEW);
    let (organization, users) = rig.organization(FEW, &products, FEW as u32 * 2);
    let place = Place { organization, users, products };
    give_licenses(rig, &place, FEW);
    place
}

/// Everybody gets a license of each of the first products.
fn give_licenses(rig: &Rig, place: &Place, products: usize) {
    for sold in &place.products[..products] {
        for (chunk, first) in place.users.chunks(CHUNK).zip((1..).step_by(CHUNK)) {
            let (chunk, product_id, now) = (chunk.to_vec(), sold.product, rig.app.now());
            let written = rig.store.write(place.organization, move |write| {
                let subscription_id = subscription::of_product(write, product_id)?[0].subscription.id;
                for (number, user) in (first..).zip(&chunk) {
                    let new = Assignment {
                        user_id: *user,
                        product_id,
                        subscription_id,
                        assigned_at: now,
                        disabled_plans: Vec::new(),
                        conflict_since: None,
                    };
                    assignment::insert(write, &new, &format!("person {number:06}"))?;
                }
                subscription::add_assigned(write, subscription_id, chunk.len() as i64)
            });
            written.wait().expect("licenses are written");
        }
    }
}

fn sign_in(rig: &Rig, place: &Place) -> String {
    rig.admin(place.organization, place.users[0]);
    let token = session::start(&rig.app, place.organization, place.users[0]).expect("the admin signs in");
    format!("zetel_session={}", token.secret())
}
