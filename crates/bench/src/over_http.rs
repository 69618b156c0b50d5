//! Assigning over HTTP, from the first byte of the request to the last of the answer.

use crate::measure::{Reach, Row, in_turns, time};
use crate::rig::{Rig, Target, caller};
use app::api_token::CreateApiToken;
use domain::access::Scope;
use domain::api_token::ApiTokenDraft;
use domain::ids::UserId;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;
use testkit::engines::Database;
use testkit::server::Server;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::runtime::Runtime;

const ROUNDS: usize = 5;
const PER_ROUND: usize = 6_000;
const CONNECTIONS: usize = 64;

/// The program that was built beside this one.
pub fn zetel() -> PathBuf {
    let path = std::env::current_exe().expect("this program has a path").with_file_name("zetel");
    assert!(path.exists(), "build zetel first: cargo build --release --package zetel");
    path
}

/// Twenty subscriptions, and everybody gets a license of each.
pub fn assign() -> Vec<Row> {
    let database = Database::sqlite();
    let rig = Rig::open(&database);
    let products = rig.products(20);
    let (organization, users) = rig.organization((ROUNDS + 1) * PER_ROUND / 20, &products, 100_000);
    let secret = make_key(&rig, organization, users[0]);
    drop(rig);
    let requests: Vec<String> = users
        .iter()
        .flat_map(|user| products.iter().map(|sold| Target { organization, user: *user, product: sold.product }))
        .map(|target| assign_request(target, &secret))
        .collect();
    let nothing: Arc<[String]> = vec![NOTHING.to_owned(); PER_ROUND].into();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime starts");
    let server = Server::start(&zetel(), &["serve", "--database", &database.address()]);
    let times = in_turns(
        ROUNDS,
        |round| send_all(&runtime, server.address, requests[round * PER_ROUND..][..PER_ROUND].into(), "200"),
        |_| send_all(&runtime, server.address, Arc::clone(&nothing), "404"),
    );
    let work = "assign over HTTP, 64 connections, SQLite";
    let reference = "a POST to no address (404) of the same server";
    vec![Row::of_rates(work, reference, PER_ROUND, times, Reach::AtLeast(16))]
}

/// What costs a server least: it finds no such address.
const NOTHING: &str = "POST /api/nothing HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n\
                       Content-Length: 2\r\n\r\n{}";

fn make_key(rig: &Rig, organization: domain::ids::OrganizationId, user: UserId) -> String {
    let draft = ApiTokenDraft { name: "Bench".to_owned(), scopes: vec![Scope::LicensesWrite], days: None };
    let command = CreateApiToken::new(draft).expect("there is randomness");
    rig.app.write(&caller(organization, user), organization, command).wait().expect("a key is made").secret
}

fn assign_request(target: Target, secret: &str) -> String {
    let body = format!(r#"{{"users":["{}"]}}"#, target.user);
    format!(
        "POST /api/v1/products/{}/licenses/assign HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {secret}\r\n\
         Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
        target.product,
        body.len()
    )
}

/// Sends every request over one of the connections, each of which waits for an answer before it sends the next.
fn send_all(runtime: &Runtime, address: SocketAddr, requests: Arc<[String]>, status: &'static str) -> Duration {
    let streams: Vec<_> =
        (0..CONNECTIONS).map(|_| runtime.block_on(TcpStream::connect(address)).expect("the server listens")).collect();
    let next = Arc::new(AtomicUsize::new(0));
    time(|| {
        let connection = |stream: TcpStream| {
            let (requests, next) = (Arc::clone(&requests), Arc::clone(&next));
            runtime.spawn(async move { ask(stream, &requests, &next, status).await.expect("the server answers") })
        };
        let all: Vec<_> = streams.into_iter().map(connection).collect();
        runtime.block_on(async {
            for connection in all {
                connection.await.expect("a connection ends");
            }
        });
    })
}

async fn ask(mut stream: TcpStream, requests: &[String], next: &AtomicUsize, status: &str) -> std::io::Result<()> {
    stream.set_nodelay(true)?;
    let mut answer = vec![0; 16 * 1024];
    while let Some(request) = requests.get(next.fetch_add(1, Ordering::Relaxed)) {
        stream.write_all(request.as_bytes()).await?;
        let mut length = 0;
        while !is_whole(&answer[..length]) {
            match stream.read(&mut answer[length..]).await? {
                0 => return Err(std::io::ErrorKind::UnexpectedEof.into()),
                count => length += count,
            }
        }
        let text = String::from_utf8_lossy(&answer[..length]);
        assert!(text[9..].starts_with(status), "{text}");
    }
    Ok(())
}

/// Whether an answer has come to its end.
fn is_whole(answer: &[u8]) -> bool {
    let text = std::str::from_utf8(answer).unwrap_or_default();
    let Some((head, body)) = text.split_once("\r\n\r\n") else { return false };
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
    body.len() >= length.and_then(|length| length.trim().parse().ok()).unwrap_or(0)
}
