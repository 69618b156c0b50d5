//! `zetel export`

use super::{Outcome, operator, organization, say, words};
use crate::file::{Out, Target};
use crate::house::{Database, House};
use app::history::{Audit, JournalEntry};
use app::subscription::list::{ListSubscriptions, ListedSubscription};
use app::user::list::{ListUsers, ListedUser, UserFilter};
use app::{App, Failure};
use clap::{Args, ValueEnum};
use domain::ids::OrganizationId;
use domain::limits::PAGE_ROWS_MAX;
use domain::spreadsheet::Csv;
use std::io::Write;

/// Export people, subscriptions or history of an organization as CSV.
#[derive(Args)]
pub struct Export {
    #[command(flatten)]
    database: Database,
    /// What to export.
    what: What,
    /// The organization, by identifier or by its whole name.
    #[arg(long)]
    organization: String,
    #[command(flatten)]
    target: Target,
}

/// What can be exported.
#[derive(Clone, Copy, ValueEnum)]
enum What {
    /// One row for each person who is not deleted, by name.
    Users,
    /// One row for each subscription.
    Subscriptions,
    /// One row for each entry of the journal, the newest first.
    Journal,
}

impl Export {
    /// Writes the rows and says how many there were, unless they go to standard output.
    pub fn run(self) -> Outcome {
        let house = House::existing(&self.database)?;
        let organization = organization(&house.app, &self.organization)?;
        let mut out = self.target.begin(&self.database)?;
        let rows = match self.what {
            What::Users => users(&house.app, organization, &mut out),
            What::Subscriptions => subscriptions(&house.app, organization, &mut out),
            What::Journal => journal(&house.app, organization, &mut out),
        }?;
        out.finish()?;
        if let Some(file) = self.target.name() {
            out!("{}", words().cli_exported(rows, &file));
        }
        Ok(())
    }
}

/// Asks page after page and writes each row; gives how many there were.
fn pages<Row, Place>(
    out: &mut Out,
    head: &[&str],
    mut page: impl FnMut(Option<Place>) -> Result<(Vec<Row>, Option<Place>), Failure>,
    cells: impl Fn(&Row) -> Vec<String>,
) -> Result<i64, Box<dyn std::error::Error>> {
    let (mut count, mut place, mut csv) = (0, None, Csv::with_head(head));
    loop {
        let (rows, next) = page(place).map_err(|failure| say(&failure))?;
        for row in &rows {
            csv.row(&cells(row).iter().map(String::as_str).collect::<Vec<_>>());
            count += 1;
        }
        out.write_all(std::mem::take(&mut csv).into_text().as_bytes())?;
        if next.is_none() {
            return Ok(count);
        }
        place = next;
    }
}

fn users(app: &App, organization: OrganizationId, out: &mut Out) -> Result<i64, Box<dyn std::error::Error>> {
    let head = ["id", "display_name", "email", "department", "usage_location", "state", "roles", "licenses"];
    let page = |after| {
        let (search, filter) = (String::new(), UserFilter::default());
        let asked = ListUsers { search, filter, after, limit: PAGE_ROWS_MAX };
        app.read(&operator(), organization, &asked).map(|page| (page.rows, page.next))
    };
    pages(out, &head, page, user_cells)
}

fn user_cells(listed: &ListedUser) -> Vec<String> {
    let user = &listed.user;
    vec![
        user.id.to_string(),
        user.display_name.clone(),
        user.email.clone(),
        user.department.clone(),
        user.usage_location.clone().unwrap_or_default(),
        user.state.to_string(),
        listed.roles.iter().map(|role| role.code()).collect::<Vec<_>>().join(","),
        user.license_count.to_string(),
    ]
}

fn subscriptions(app: &App, organization: OrganizationId, out: &mut Out) -> Result<i64, Box<dyn std::error::Error>> {
    let head = [
        "id",
        "product",
        "channel",
        "state",
        "quantity",
        "assigned",
        "available",
        "conflicts",
        "term",
        "billing_frequency",
        "unit_price_minor",
        "currency",
        "started_on",
        "ends_on",
        "recurring_billing",
        "holder",
    ];
    let page = |after| {
        let asked = ListSubscriptions { after, ..ListSubscriptions::by_name(PAGE_ROWS_MAX) };
        app.read(&operator(), organization, &asked).map(|page| (page.rows, page.next))
    };
    pages(out, &head, page, subscription_cells)
}

fn subscription_cells(listed: &ListedSubscription) -> Vec<String> {
    let subscription = &listed.subscription;
    vec![
        subscription.id.to_string(),
        listed.product_name.clone(),
        subscription.channel.to_string(),
        subscription.state.to_string(),
        subscription.quantity.to_string(),
        subscription.assigned.to_string(),
        subscription.available().to_string(),
        subscription.conflicts.to_string(),
        subscription.term.to_string(),
        subscription.billing_frequency.to_string(),
        subscription.unit_price.minor.to_string(),
        subscription.unit_price.currency.to_string(),
        subscription.started_on.to_string(),
        subscription.ends_on.to_string(),
        subscription.recurring_billing.to_string(),
        listed.holder_name.clone().unwrap_or_default(),
    ]
}

fn journal(app: &App, organization: OrganizationId, out: &mut Out) -> Result<i64, Box<dyn std::error::Error>> {
    let head = ["id", "at", "actor", "command", "request", "kind", "user", "product", "subscription", "data"];
    let page = |before| {
        let asked = Audit { before, limit: PAGE_ROWS_MAX, ..Audit::default() };
        app.read(&operator(), organization, &asked).map(|view| (view.page.rows, view.page.next))
    };
    pages(out, &head, page, journal_cells)
}

fn journal_cells(entry: &JournalEntry) -> Vec<String> {
    vec![
        entry.id.to_string(),
        entry.at.to_string(),
        entry.actor_name.clone(),
        entry.command.clone(),
        entry.request.clone(),
        entry.kind.clone(),
        entry.user_name.clone().unwrap_or_default(),
        entry.product_name.clone().unwrap_or_default(),
        entry.subjects.subscription.map(|id| id.to_string()).unwrap_or_default(),
        entry.data.clone(),
    ]
}
