//! The benchmarks: what Zetel reaches, as ratios to a reference that runs in the same minute on the same machine, in
//! turns with Zetel. `cargo xtask bench`, or `cargo xtask bench -- assign pages` for those whose name contains a word.
//!
//! They listen on the loopback address only, write to temporary folders, and stop by themselves.

mod assign;
mod bare;
mod bill_run;
mod clicks;
mod documents;
mod idle;
mod license_many;
mod measure;
mod over_http;
mod pages;
mod preview;
mod product_keys;
mod rig;
mod sweep;
mod take_over;

use measure::Row;

/// A benchmark's name and what it does.
type Benchmark = (&'static str, fn() -> Vec<Row>);

const BENCHMARKS: [Benchmark; 15] = [
    ("assign", assign::spread),
    ("assign-hot", assign::hot),
    ("assign-postgres", assign::hot_on_postgres),
    ("assign-http", over_http::assign),
    ("license-many", license_many::sixty_thousand),
    ("holds", pages::holds),
    ("pages", pages::long_lists),
    ("preview", preview::pane),
    ("sweep", sweep::sweep),
    ("bill-run", bill_run::bill_run),
    ("keys-made", product_keys::make),
    ("keys-redeemed", product_keys::redeem_one),
    ("take-over", take_over::move_users),
    ("pdf", documents::invoices),
    ("idle", idle::idle),
];

fn main() {
    let wanted: Vec<String> = std::env::args().skip(1).collect();
    println!("{}", Row::HEADER);
    for (name, run) in BENCHMARKS {
        if wanted.is_empty() || wanted.iter().any(|word| name.contains(word.as_str())) {
            for row in run() {
                println!("{row}");
            }
        }
    }
}
