//! A process that is killed at any moment: whatever it answered is stored, and nothing is stored by halves.

use crate::fixture::*;
use std::io::{BufRead, BufReader, Write as _};
use std::process::{Command, Stdio};
use std::time::Duration;
use store::{Error, Options, Result, Store, Write, params, statements};
use testkit::engines::Database;

/// Tells this same test binary that it is the process to be killed, and where its database is.
const VICTIM: &str = "ZETEL_TEST_VICTIM";

/// How many commands are on their way at any time.
const IN_FLIGHT: u32 = 32;

statements! {
    PRODUCTS: organization = "SELECT product FROM license WHERE organization_id = $1";
}

/// Adds a license to Anna: a row, and one more in her counter.
fn license(write: &Write<'_>, product: &str) -> Result<()> {
    let anna = person(write, user(1))?.unwrap();
    write.change(&INSERT_LICENSE, params![user(1), product])?;
    write.change(&CHANGE_LICENSES, params![user(1), anna.revision, anna.licenses + 1])
}

/// Not a test by itself: the process to be killed. Writes without end and says what was answered.
#[test]
fn victim() {
    let Ok(address) = std::env::var(VICTIM) else { return };
    let store = Store::open(&address, Options::default()).unwrap();
    let start = std::process::id();
    std::thread::scope(|scope| {
        for thread in 0..IN_FLIGHT {
            let store = &store;
            scope.spawn(move || {
                for number in 0.. {
                    let product = format!("{start}-{thread}-{number}");
                    let stored = product.clone();
                    store.write(organization(1), move |write| license(write, &stored)).wait().unwrap();
                    // One call, so that the kill cannot cut a line that counts in two.
                    std::io::stdout().write_all(format!("stored {product}.\n").as_bytes()).unwrap();
                }
            });
        }
    });
}

#[test]
fn whatever_was_answered_survives_a_kill_and_nothing_is_stored_by_halves() {
    for database in Database::each() {
        let store = open(&database);
        add(&store, organization(1), 1, "anna@example.com").unwrap();
        drop(store);
        let mut answered = Vec::new();
        for round in 0..8 {
            answered.extend(answers_until_killed(&database.address(), 20 + round * 37 % 100));
            check(&database, &answered);
        }
        assert!(answered.len() > 8, "the victim hardly got to work: {}", answered.len());
    }
}

/// Starts a victim, lets it answer for a while after its first answer, kills it and gives what it answered.
fn answers_until_killed(address: &str, milliseconds: u64) -> Vec<String> {
    let mut victim = Command::new(std::env::current_exe().unwrap())
        .args(["kill::victim", "--exact", "--nocapture"])
        .env(VICTIM, address)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(victim.stdout.take().unwrap()).lines().map_while(|line| line.ok());
    let mut answers = Vec::new();
    // What the test harness prints may stand before the first answer in the same line.
    let product = |line: &str| Some(line.split_once("stored ")?.1.strip_suffix('.')?.to_owned());
    answers.extend(lines.by_ref().find_map(|line| product(&line)));
    let reader = std::thread::spawn(move || lines.filter_map(|line| product(&line)).collect::<Vec<_>>());
    std::thread::sleep(Duration::from_millis(milliseconds));
    victim.kill().unwrap();
    victim.wait().unwrap();
    answers.extend(reader.join().unwrap());
    answers
}

fn check(database: &Database, answered: &[String]) {
    let store = database.open();
    let (anna, mut products) = store
        .read(organization(1), |read| {
            let anna = person(read, user(1))?.unwrap();
            let products: Vec<String> = read.query(&PRODUCTS, params![], |row| row.get(0))?;
            Ok::<_, Error>((anna, products))
        })
        .unwrap();
    assert_eq!(anna.licenses as usize, products.len(), "a command was stored by halves");
    products.sort_unstable();
    for product in answered {
        assert!(products.binary_search(product).is_ok(), "{product} was answered and is gone");
    }
}
