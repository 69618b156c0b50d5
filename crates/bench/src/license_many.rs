//! Licensing 60,000 people at once.

use crate::bare;
use crate::measure::{Reach, Row, in_turns, readable, time};
use crate::rig::{Rig, Sold, caller};
use app::license::many::{BulkAction, BulkRequest, PeopleFilter, Source, StartList, make_list};
use domain::ids::{OrganizationId, UploadId};
use rusqlite::params;
use std::time::Duration;
use testkit::engines::Database;

const PEOPLE: usize = 60_000;
const ROUNDS: usize = 3;

/// The reference: the same licenses in one statement; no journal, no counters of people, no list of who was left out.
const INSERT: &str = "INSERT INTO assignment (organization_id, user_id, product_id, subscription_id, sort_name, \
    assigned_at, disabled_plans) SELECT u.organization_id, u.id, s.product_id, s.id, u.sort_name, 0, '' \
    FROM \"user\" u JOIN subscription s ON s.organization_id = u.organization_id AND s.product_id = ?2 \
    WHERE u.organization_id = ?1";

/// Everybody of an organization of 60,000: confirmed, then done in the background.
pub fn sixty_thousand() -> Vec<Row> {
    let database = Database::sqlite();
    let rig = Rig::open(&database);
    let products = rig.products(ROUNDS + 1);
    let (organization, users) = rig.organization(PEOPLE, &products, PEOPLE as u32);
    drop(rig);
    let copy = Database::sqlite();
    std::fs::copy(database.address(), copy.address()).expect("the database is copied");
    let rig = Rig::open(&database);
    let connection = bare::connect(&copy.address());
    let admin = caller(organization, users[0]);
    let mut listing = Vec::new();
    let times = in_turns(
        ROUNDS,
        |round| {
            let mut list = None;
            listing.push(time(|| list = Some(list_everybody(&rig, organization, products[round], &admin))));
            let list = list.expect("the list was made");
            time(|| {
                let job = rig.app.write(&admin, organization, StartList(list)).wait().expect("the work is confirmed");
                rig.app.work_now(organization, job).expect("the work is done");
            })
        },
        |round| insert(&connection, organization, products[round]),
    );
    let work = "license 60,000 users at once, journal and counters included, SQLite";
    vec![
        Row::of_times(work, "the bare set-based INSERT of the licenses alone", times, Reach::AtMost(400)),
        Row::of_figure(
            "the list of those 60,000, made before it is confirmed",
            readable(crate::measure::median(listing)),
        ),
    ]
}

fn list_everybody(rig: &Rig, organization: OrganizationId, sold: Sold, admin: &app::Caller) -> UploadId {
    let request = BulkRequest {
        action: BulkAction::Assign,
        product_id: sold.product,
        subscription_id: None,
        disabled_plans: Vec::new(),
    };
    let everybody = Source::Filter(PeopleFilter::default());
    make_list(&rig.app, admin, organization, &request, &everybody).expect("the list is made")
}

fn insert(connection: &rusqlite::Connection, organization: OrganizationId, sold: Sold) -> Duration {
    let (home, product) = (organization.uuid(), sold.product.uuid());
    time(|| {
        let count = connection.execute(INSERT, params![home.as_bytes(), product.as_bytes()]);
        assert_eq!(count, Ok(PEOPLE), "everybody gets a license");
    })
}
