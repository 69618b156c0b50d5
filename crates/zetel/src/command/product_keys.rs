//! `zetel product-keys`

use super::{FIRST_OPERATOR, Outcome, day, operator, organization, say, words};
use crate::file::Target;
use crate::house::{Database, House};
use app::App;
use app::order::place::new_order_id;
use app::product_key::Batch;
use app::product_key::create::create_now;
use app::product_key::export::{FinishExport, KeyFile};
use app::product_key::list::{BatchDetails, FoundKey, ListBatches, find_typed};
use app::product_key::redeem::{Redeem, TypedKey, redeem, review};
use app::product_key::revoke::{RevokeBatch, revoke_typed};
use clap::{Args, Subcommand, ValueEnum};
use domain::catalog::Term;
use domain::ids::{OrganizationId, ProductKeyBatchId, SkuId, SubscriptionId};
use domain::limits::PAGE_ROWS;
use domain::product_key::KeyUse;
use domain::product_key::create::BatchDraft;
use domain::refusal::Refusal;
use domain::spreadsheet::Csv;
use jiff::civil::Date;
use serde_json::json;
use std::error::Error;
use std::io::{Write, stdout};
use store::Scope;

/// Make, revoke, look up and redeem product keys.
#[derive(Args)]
pub struct ProductKeys {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// Make keys and write them into a file, once: they cannot be written again.
    Create(Create),
    /// Revoke a key, or every key of a batch that nobody redeemed.
    Revoke(Named),
    /// Show the batches, a batch, or keys by their last five characters or in full.
    Show(Show),
    /// Redeem keys for an organization: all of them or none.
    Redeem(RedeemThem),
}

#[derive(Args)]
struct Create {
    #[command(flatten)]
    database: Database,
    /// The part number of what the keys stand for, such as SPE_E3.
    #[arg(long)]
    sku: String,
    /// Licenses of each key.
    #[arg(long)]
    quantity: u32,
    /// For how long: monthly or annual.
    #[arg(long, default_value = "annual")]
    term: Term,
    /// How many keys, 1 to 1,000,000.
    #[arg(long, default_value_t = 1)]
    keys: u32,
    /// The only country where they can be redeemed, by its two-letter code.
    #[arg(long, default_value = "")]
    country: String,
    /// The last day on which they can be redeemed, as YYYY-MM-DD.
    #[arg(long, value_parser = day)]
    redeem_by: Option<Date>,
    #[command(flatten)]
    target: Target,
}

#[derive(Args)]
struct Named {
    #[command(flatten)]
    database: Database,
    /// A key, or the identifier of a batch.
    named: String,
}

#[derive(Args)]
struct Show {
    #[command(flatten)]
    database: Database,
    /// A key, its last five characters, or the identifier of a batch; left out, the newest batches.
    named: Option<String>,
    /// How to write it.
    #[arg(long, value_enum, default_value_t = Output::Table)]
    output: Output,
}

#[derive(Args)]
struct RedeemThem {
    #[command(flatten)]
    database: Database,
    /// The organization, by identifier or by its whole name.
    #[arg(long)]
    organization: String,
    /// The subscription; left out, the keys start one.
    #[arg(long)]
    subscription: Option<SubscriptionId>,
    /// Move the end date instead of adding licenses.
    #[arg(long)]
    extend: bool,
    /// Only say what would be true afterwards.
    #[arg(long)]
    review: bool,
    /// The keys.
    #[arg(required = true)]
    keys: Vec<String>,
}

/// How a list is written.
#[derive(Clone, Copy, ValueEnum)]
enum Output {
    /// Columns for people.
    Table,
    /// A list of objects for programs.
    Json,
    /// For spreadsheets.
    Csv,
}

impl ProductKeys {
    /// Does what was asked.
    pub fn run(self) -> Outcome {
        match self.what {
            What::Create(create) => create.run(),
            What::Revoke(named) => named.revoke(),
            What::Show(show) => show.run(),
            What::Redeem(keys) => keys.run(),
        }
    }
}

/// The operator's own organization, which keeps the history of keys.
fn open(database: &Database) -> Result<(App, OrganizationId), Box<dyn Error>> {
    let app = House::existing(database)?.app;
    let own = app::setup::operator_organization(&app)?.ok_or_else(|| words().cli_no_operator(FIRST_OPERATOR))?;
    Ok((app, own))
}

/// The SKU with a part number.
fn sku(database: &Database, part_number: &str) -> Result<SkuId, Box<dyn Error>> {
    let store = database.open_existing()?;
    let all = store.glance(Scope::Shared, store::tables::catalog::all_skus)?;
    let found = all.into_iter().find(|sku| sku.part_number.eq_ignore_ascii_case(part_number));
    found.map(|sku| sku.id).ok_or_else(|| words().cli_no_such_sku(part_number).into())
}

impl Create {
    fn run(self) -> Outcome {
        let (app, own) = open(&self.database)?;
        let sku_id = sku(&self.database, &self.sku)?;
        let draft = BatchDraft {
            quantity: self.quantity,
            term: self.term,
            key_count: self.keys,
            country: self.country,
            redeem_by: self.redeem_by,
        };
        let mut out = self.target.begin(&self.database)?;
        let batch = create_now(&app, &operator(), own, sku_id, draft).map_err(|failure| say(&failure))?;
        let file = KeyFile::begin(&app, &operator(), own, batch).map_err(|failure| say(&failure))?;
        let mut csv = Csv::with_head(&["product_key", "part_number", "quantity", "term"]);
        let (quantity, term) = (self.quantity.to_string(), self.term.code());
        let mut place = 0;
        while place < file.batch.key_count {
            let (keys, next) = file.keys(&app, place)?;
            for key in keys {
                csv.row(&[&key.to_string(), &file.batch.part_number, &quantity, term]);
            }
            out.write_all(std::mem::take(&mut csv).into_text().as_bytes())?;
            place = next;
        }
        out.finish()?;
        app.write(&operator(), own, FinishExport(batch)).wait().map_err(|failure| say(&failure))?;
        if self.target.name().is_some() {
            out!("{}", words().cli_keys_made(self.keys, &batch.to_string()));
        }
        Ok(())
    }
}

impl Named {
    fn revoke(self) -> Outcome {
        let (app, own) = open(&self.database)?;
        let revoked = match self.named.parse::<ProductKeyBatchId>() {
            Ok(batch) => app.write(&operator(), own, RevokeBatch(batch)).wait(),
            Err(_) => revoke_typed(&app, &operator(), own, &self.named).map(|()| 1),
        };
        out!("{}", words().keys_were_revoked(revoked.map_err(|failure| say(&failure))?));
        Ok(())
    }
}

impl Show {
    fn run(self) -> Outcome {
        let (app, own) = open(&self.database)?;
        let (heads, rows) = match &self.named {
            None => batches(&app.read(&operator(), own, &ListBatches { before: None, limit: PAGE_ROWS })?.rows),
            Some(named) => match named.parse::<ProductKeyBatchId>() {
                Ok(id) => {
                    let view = app.read(&operator(), own, &BatchDetails(id)).map_err(|failure| say(&failure))?;
                    batches(&[view.batch])
                }
                Err(_) => {
                    let found = find_typed(&app, &operator(), own, named).map_err(|failure| say(&failure))?;
                    if found.is_empty() {
                        return Err(words().cli_no_such_key().into());
                    }
                    keys(&found)
                }
            },
        };
        write_rows(self.output, heads, &rows)
    }
}

type Table = (&'static [&'static str], Vec<Vec<String>>);

fn batches(all: &[Batch]) -> Table {
    let heads = &[
        "id",
        "part_number",
        "quantity",
        "term",
        "country",
        "redeem_by",
        "keys",
        "made",
        "redeemed",
        "exported_at",
        "revoked_at",
    ];
    let text = |value: Option<String>| value.unwrap_or_default();
    let row = |batch: &Batch| {
        vec![
            batch.id.to_string(),
            batch.part_number.clone(),
            batch.quantity.to_string(),
            batch.term.to_string(),
            text(batch.country.clone()),
            text(batch.redeem_by.map(|day| day.to_string())),
            batch.key_count.to_string(),
            batch.made_count.to_string(),
            batch.redeemed_count.to_string(),
            text(batch.exported_at.map(|at| at.to_string())),
            text(batch.revoked_at.map(|at| at.to_string())),
        ]
    };
    (heads, all.iter().map(row).collect())
}

fn keys(found: &[FoundKey]) -> Table {
    let heads = &[
        "last_five",
        "batch",
        "product",
        "quantity",
        "term",
        "state",
        "organization",
        "subscription",
        "redeemed_by",
        "redeemed_at",
    ];
    let row = |found: &FoundKey| {
        let (stored, redemption) = (&found.stored, found.redemption.as_ref());
        let state = match (stored.key.is_redeemed, stored.key.is_revoked) {
            (true, _) => "redeemed",
            (false, true) => "revoked",
            (false, false) => "unused",
        };
        vec![
            stored.key.last_five.clone(),
            stored.key.batch_id.to_string(),
            stored.product_name.clone(),
            stored.key.quantity.to_string(),
            stored.key.term.to_string(),
            state.to_owned(),
            redemption.map(|one| one.organization_name.clone()).unwrap_or_default(),
            redemption.map(|one| one.subscription_id.to_string()).unwrap_or_default(),
            redemption.map(|one| one.redeemed_by.clone()).unwrap_or_default(),
            redemption.map(|one| one.redeemed_at.to_string()).unwrap_or_default(),
        ]
    };
    (heads, found.iter().map(row).collect())
}

fn write_rows(output: Output, heads: &[&str], rows: &[Vec<String>]) -> Outcome {
    match output {
        Output::Csv => {
            let mut csv = Csv::default();
            csv.row(heads);
            rows.iter().for_each(|row| csv.row(&row.iter().map(String::as_str).collect::<Vec<_>>()));
            stdout().write_all(csv.into_text().as_bytes())?;
        }
        Output::Json => {
            let object = |row: &Vec<String>| -> serde_json::Map<String, serde_json::Value> {
                heads.iter().zip(row).map(|(head, cell)| ((*head).to_owned(), json!(cell))).collect()
            };
            let all: Vec<_> = rows.iter().map(object).collect();
            out!("{}", serde_json::to_string_pretty(&all)?);
        }
        Output::Table => {
            let width = |column: usize| {
                let cells = rows.iter().map(|row| row[column].chars().count());
                cells.chain([heads[column].len()]).max().unwrap_or_default()
            };
            let widths: Vec<_> = (0..heads.len()).map(width).collect();
            let line = |cells: &[&str]| {
                let padded: Vec<_> = cells.iter().zip(&widths).map(|(cell, width)| format!("{cell:<width$}")).collect();
                out!("{}", padded.join("  ").trim_end());
            };
            line(heads);
            rows.iter().for_each(|row| line(&row.iter().map(String::as_str).collect::<Vec<_>>()));
        }
    }
    Ok(())
}

impl RedeemThem {
    fn run(self) -> Outcome {
        if self.extend && self.subscription.is_none() {
            return Err(words().cli_extend_needs_subscription("--extend", "--subscription").into());
        }
        let (app, _) = open(&self.database)?;
        let customer = organization(&app, &self.organization)?;
        let key_use = if self.extend { KeyUse::Extend } else { KeyUse::Add };
        let keys = self.keys.iter().map(|text| TypedKey { key_use, text: text.clone() }).collect();
        let wanted = Redeem { subscription_id: self.subscription, keys };
        let (caller, client) = (operator(), "command line");
        let said = |failure: &app::Failure| match failure.refusal() {
            Some(Refusal::KeysRefused(wrong)) => {
                let line = |wrong: &domain::product_key::KeyRefusal| {
                    format!("{}: {}", self.keys[wrong.index], words().refusal(&wrong.refusal))
                };
                wrong.iter().map(line).collect::<Vec<_>>().join("\n")
            }
            _ => say(failure),
        };
        let reviewed = review(&app, &caller, customer, client, &wanted).map_err(|failure| said(&failure))?;
        let (quantity, ends_on) = (&reviewed.redemption.quantity, &reviewed.redemption.ends_on);
        let mut answer = json!({
            "product": reviewed.product_name,
            "quantity": { "from": quantity.from, "to": quantity.to },
            "ends_on": { "from": ends_on.from, "to": ends_on.to },
        });
        if !self.review {
            let order_id = new_order_id(&app);
            let redeemed =
                redeem(&app, &caller, customer, client, order_id, &wanted).map_err(|failure| said(&failure))?;
            answer["subscription_id"] = json!(redeemed.subscription_id);
            answer["order_id"] = json!(redeemed.order_id);
        }
        out!("{}", serde_json::to_string_pretty(&answer)?);
        Ok(())
    }
}
