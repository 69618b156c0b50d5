//! `zetel policy`: what people may buy for themselves, for scripts and for people (domain 5.3; R103, R116-R119).

use super::{Outcome, operator, organization, say, words};
use crate::house::{Database, House};
use app::App;
use app::self_service::policy::{PolicyList, ProductPolicy, SelfServicePolicies, SetSelfServicePolicy};
use clap::{Args, Subcommand, ValueEnum};
use domain::ids::OrganizationId;
use domain::self_service::policy::{PolicyScope, SelfServicePolicy};
use domain::spreadsheet::Csv;
use std::error::Error;
use std::io::{Write, stdout};

/// See and decide what people may buy for themselves.
#[derive(Args)]
pub struct Policy {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// Every product that people can buy by self-service, with its policy; last, that of products that come later.
    List(List),
    /// The policy of one product, or of products that come later.
    Get(Get),
    /// Decide about a product, all products, or products that come later.
    Set(Set),
}

#[derive(Args)]
struct Where {
    #[command(flatten)]
    database: Database,
    /// The organization, by identifier or by its whole name.
    #[arg(long)]
    organization: String,
    /// How to write what comes out.
    #[arg(long, default_value = "table")]
    output: Output,
}

/// Ways to write it.
#[derive(Clone, Copy, ValueEnum)]
enum Output {
    /// Objects.
    Json,
    /// Columns, for people.
    Table,
    /// Rows, for spreadsheets.
    Csv,
}

#[derive(Args)]
struct List {
    #[command(flatten)]
    place: Where,
}

#[derive(Args)]
struct Get {
    #[command(flatten)]
    place: Where,
    /// The product: its whole name, its identifier, or that of the module MSCommerce (the old one counts as well);
    /// `new` for products that come into the catalog later.
    product: String,
}

#[derive(Args)]
struct Set {
    #[command(flatten)]
    place: Where,
    /// The product: its whole name, its identifier, or that of the module MSCommerce; `all` for every product, `new`
    /// for those that come into the catalog later.
    product: String,
    /// What people may do: enabled, only_trials_without_payment_method or disabled; so is it as MSCommerce writes it.
    #[arg(value_parser = value)]
    value: SelfServicePolicy,
}

const COLUMNS: [&str; 4] = ["product_name", "product_id", "policy_id", "policy_value"];
const POLICY: &str = "AllowSelfServicePurchase";
/// Stands for the products that come into the catalog later.
const NEW: &str = "new";

/// What stands in the columns.
type Row = [String; 4];

impl Policy {
    /// Runs what was asked.
    pub fn run(self) -> Outcome {
        match self.what {
            What::List(list) => {
                let (app, organization) = list.place.open()?;
                list.place.print(&all_rows(&policies(&app, organization)?))
            }
            What::Get(get) => {
                let (app, organization) = get.place.open()?;
                let list = policies(&app, organization)?;
                get.place.print(&[match get.product.as_str() {
                    NEW => row_of_new(&list),
                    named => row(product(&list, named)?),
                }])
            }
            What::Set(set) => set.run(),
        }
    }
}

impl Set {
    fn run(self) -> Outcome {
        let (app, organization) = self.place.open()?;
        let list = policies(&app, organization)?;
        let scope = match self.product.as_str() {
            "all" => PolicyScope::AllProducts,
            NEW => PolicyScope::NewProducts,
            named => PolicyScope::Product(product(&list, named)?.product_id),
        };
        let command = SetSelfServicePolicy { scope, value: self.value };
        app.write(&operator(), organization, command).wait().map_err(|failure| say(&failure))?;
        let list = policies(&app, organization)?;
        self.place.print(&match scope {
            PolicyScope::Product(id) => {
                list.products.iter().filter(|product| product.product_id == id).map(row).collect()
            }
            PolicyScope::NewProducts => vec![row_of_new(&list)],
            _ => list.products.iter().map(row).collect::<Vec<_>>(),
        })
    }
}

/// The value, also as the module MSCommerce writes it: `OnlyTrialsWithoutPaymentMethod`.
fn value(typed: &str) -> Result<SelfServicePolicy, String> {
    let plain = |text: &str| text.replace('_', "").to_lowercase();
    let found = SelfServicePolicy::ALL.iter().find(|value| plain(value.code()) == plain(typed));
    let known = || SelfServicePolicy::ALL.iter().map(|value| value.code()).collect::<Vec<_>>().join(", ");
    found.copied().ok_or_else(|| words().cli_no_such_policy(typed, &known()))
}

fn policies(app: &App, organization: OrganizationId) -> Result<PolicyList, String> {
    app.read(&operator(), organization, &SelfServicePolicies::default()).map_err(|failure| say(&failure))
}

fn product<'a>(list: &'a PolicyList, named: &str) -> Result<&'a ProductPolicy, String> {
    list.find(named).ok_or_else(|| words().refused_policy_product_unknown(named))
}

impl Where {
    fn open(&self) -> Result<(App, OrganizationId), Box<dyn Error>> {
        let app = House::existing(&self.database)?.app;
        let id = organization(&app, &self.organization)?;
        Ok((app, id))
    }

    fn print(&self, rows: &[Row]) -> Outcome {
        match self.output {
            Output::Json => {
                let objects: Vec<serde_json::Value> = rows.iter().map(object).collect();
                out!("{}", serde_json::to_string_pretty(&objects)?);
            }
            Output::Csv => {
                let mut csv = Csv::default();
                csv.row(&COLUMNS);
                rows.iter().for_each(|row| csv.row(&row.each_ref().map(String::as_str)));
                stdout().write_all(csv.into_text().as_bytes())?;
            }
            Output::Table => print_table(rows),
        }
        Ok(())
    }
}

/// Every product, then those that come later.
fn all_rows(list: &PolicyList) -> Vec<Row> {
    list.products.iter().map(row).chain([row_of_new(list)]).collect()
}

fn row_of_new(list: &PolicyList) -> Row {
    [words().policy_new_products().to_owned(), NEW.to_owned(), POLICY.to_owned(), list.new_products.to_string()]
}

fn row(product: &ProductPolicy) -> Row {
    [product.name.clone(), product.script_id(), POLICY.to_owned(), product.value.to_string()]
}

fn object(row: &Row) -> serde_json::Value {
    COLUMNS.iter().zip(row).map(|(name, value)| ((*name).to_owned(), serde_json::Value::from(value.clone()))).collect()
}

fn print_table(rows: &[Row]) {
    let head = COLUMNS.map(str::to_owned);
    let lines = || std::iter::once(&head).chain(rows);
    let width = |column: usize| lines().map(|line| line[column].chars().count()).max().unwrap_or_default();
    let widths = [width(0), width(1), width(2)];
    for [name, id, policy, value] in lines() {
        out!("{name:0$}  {id:1$}  {policy:2$}  {value}", widths[0], widths[1], widths[2]);
    }
}
