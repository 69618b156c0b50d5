//! How long a document takes.

use crate::measure::{Row, median, readable, time};
use ::documents::Files;
use app::ports::{Documents, InvoiceDocument};
use domain::billing::charge::ChargeKind;
use domain::money::Currency;
use std::time::Duration;
use testkit::invoice::{JANUARY, STANDARD, billable, charged, document, eur};
use words::Language;

/// Longest that a usual invoice may take.
const LIMIT: Duration = Duration::from_millis(50);

/// An invoice of five lines against the limit, and one of two hundred for information.
pub fn invoices() -> Vec<Row> {
    let (usual, long) = (median_time(5), median_time(200));
    vec![
        Row::of_limit("an invoice of five lines as PDF, warm", readable(usual), "50 ms", usual < LIMIT),
        Row::of_figure("an invoice of 200 lines as PDF", readable(long)),
    ]
}

fn median_time(lines: u32) -> Duration {
    let document = invoice(lines);
    let write = || time(|| drop(Files.invoice_pdf(&document, Language::Dutch).expect("it is written")));
    write();
    median((0..20).map(|_| write()).collect())
}

fn invoice(lines: u32) -> InvoiceDocument {
    let lines = (1..=lines).map(|number| {
        let line = charged(ChargeKind::Purchase, number, eur(1_299), JANUARY, JANUARY.start);
        billable(u128::from(number), &format!("Product {number}"), Some(u64::from(number)), line)
    });
    document(Currency::Eur, vec![(STANDARD, lines.collect())])
}
