//! What one process costs before anybody asks anything.

use crate::measure::{Row, median, readable, resident_kib, time};
use crate::over_http::zetel;
use std::time::Duration;
use testkit::engines::Database;
use testkit::http::HttpClient;
use testkit::server::Server;

const STARTS: usize = 11;
const MEMORY_LIMIT_KIB: u64 = 64 * 1024;
const START_LIMIT: Duration = Duration::from_millis(200);

/// The time from the start of the program to its first answer, and its memory a while later.
pub fn idle() -> Vec<Row> {
    let database = Database::sqlite();
    drop(database.open_migrated());
    let mut memory = 0;
    let starts = (0..STARTS).map(|start| {
        let mut server = None;
        let took = time(|| {
            let started = Server::start(&zetel(), &["serve", "--database", &database.address()]);
            let mut client = HttpClient::connect(started.address, &[]).expect("it listens");
            assert_eq!(client.get("/health").expect("it answers").status, 200);
            server = Some(started);
        });
        if start == STARTS - 1 {
            std::thread::sleep(Duration::from_secs(2));
            memory = server.as_ref().map_or(0, |server| resident_kib(server.process_id()));
        }
        took
    });
    let start = median(starts.collect());
    let mebibytes = format!("{}.{} MiB", memory / 1024, memory % 1024 * 10 / 1024);
    vec![
        Row::of_limit("memory of an idle process", mebibytes, "64 MiB", (1..MEMORY_LIMIT_KIB).contains(&memory)),
        Row::of_limit("start to first answer", readable(start), "200 ms", start < START_LIMIT),
    ]
}
