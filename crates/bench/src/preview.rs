//! The pane that says what another number of licenses costs, as it is drawn while somebody types, in an organization
//! with 1,000 subscriptions that were charged and invoiced ten days ago.

use crate::measure::{Row, at_percent, readable, time};
use crate::over_http::zetel;
use crate::rig::Rig;
use adapters::SystemClock;
use app::ports::Clock;
use app::session;
use jiff::SignedDuration;
use std::time::Duration;
use store::tables::subscription;
use testkit::engines::Database;
use testkit::http::HttpClient;
use testkit::server::Server;

const SUBSCRIPTIONS: usize = 1_000;
const PREVIEW_MAX: Duration = Duration::from_millis(20);

/// The preview of each of the subscriptions, once.
pub fn pane() -> Vec<Row> {
    let database = Database::sqlite();
    let rig = Rig::open_at(&database, SystemClock.now() - SignedDuration::from_hours(24 * 10));
    let products = rig.products(SUBSCRIPTIONS);
    let (organization, user) = rig.customers_by_invoice(1, &products, rig.today())[0];
    rig.app.sweep().expect("the calendar goes on");
    rig.leave();
    let rig = Rig::open(&database);
    let token = session::start(&rig.app, organization, user).expect("the admin signs in");
    let address = |product| {
        let found = rig.store.read(organization, |read| subscription::of_product(read, product));
        let id = found.expect("the database answers")[0].subscription.id;
        format!("/billing/your-products/{id}/quantity?quantity=11")
    };
    let addresses: Vec<_> = products.iter().map(|sold| address(sold.product)).collect();
    drop(rig);
    let server = Server::start(&zetel(), &["serve", "--database", &database.address()]);
    let cookie = format!("zetel_session={}", token.secret());
    let headers = [("Cookie", cookie.as_str()), ("Zetel-Pane", "1"), ("Accept-Language", "en")];
    let mut client = HttpClient::connect(server.address, &headers).expect("it listens");
    let mut view = |address: &String| {
        time(|| {
            let answer = client.get(address).expect("the server answers");
            assert_eq!(answer.status, 200, "{address}: {}", answer.body);
            assert!(answer.body.contains("class=\"preview\" id=\"preview\""), "no preview: {}", answer.body);
        })
    };
    let warm_up = addresses.iter().take(50).map(&mut view).count();
    assert_eq!(warm_up, 50);
    let times: Vec<_> = addresses.iter().map(view).collect();
    let (middle, slow) = (at_percent(times.clone(), 50), at_percent(times, 99));
    let figure = format!("{}, 99% {}", readable(middle), readable(slow));
    let title = "preview of a change of quantity, 1,000 subscriptions, 99th percentile";
    vec![Row::of_limit(title, figure, &readable(PREVIEW_MAX), slow <= PREVIEW_MAX)]
}
