//! The doctor of an installation: what must hold, looked at for every organization. It only looks.

use crate::door::App;
use crate::failure::Failure;
use domain::access::Role;
use domain::ids::{OrganizationId, UserId};
use domain::job::JobState;
use domain::limits::PAGE_ROWS_MAX;
use store::tables::doctor::{Invariant, count, count_invoice_numbers};
use store::tables::{job, organization, user};
use store::{MIGRATIONS, Scope};
use uuid::Uuid;

pub use store::tables::doctor::Counted;

/// A log longer than this, in bytes, means that nothing moves it.
const LOG_BYTES_MAX: u64 = 1 << 30;

/// Something that the doctor looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Check {
    /// The schema is the one of this program.
    Schema,
    /// The database's file is whole.
    File,
    /// The write-ahead log is not overlong; counted in bytes.
    Log,
    /// Somebody runs this Zetel.
    Operator,
    /// No background work is parked.
    Jobs,
    /// No subscription has more licenses in use than were bought (D2).
    WithinQuantity,
    /// Subscriptions count their licenses in use and their conflicts.
    SubscriptionCounters,
    /// People count their licenses.
    UserCounters,
    /// Groups count their members.
    GroupCounters,
    /// Whoever has a license is not deleted, and it is of the product of its subscription.
    LicenseHolders,
    /// Words of search lead to people who are there.
    SearchWords,
    /// Order numbers have no gaps.
    OrderNumbers,
    /// The sides of every entry of the ledger come to nothing.
    LedgerEntries,
    /// The sums that the ledger keeps are those of its postings.
    LedgerBalances,
    /// What customers owe in the ledger is what is open of their invoices, less their credit.
    Receivables,
    /// Invoices come to what their lines do.
    InvoiceLines,
    /// What was paid of invoices is what their payments come to.
    InvoicePayments,
    /// Charges know what credits took back of them.
    CreditedCharges,
    /// What partners sold is charged to them as it is at their customers.
    SoldCharges,
    /// Invoice numbers have no gaps.
    InvoiceNumbers,
}

/// What the doctor saw.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What was looked at.
    pub check: Check,
    /// How much of it, and how much is wrong.
    pub counted: Counted,
    /// Where it is wrong: names of organizations, or the database's own words.
    pub places: Vec<String>,
}

impl Finding {
    /// Whether all is well.
    #[must_use]
    pub fn is_good(&self) -> bool {
        self.counted.wrong == 0
    }

    fn of(check: Check, looked_at: i64, wrong: i64) -> Self {
        Self { check, counted: Counted { looked_at, wrong }, places: Vec::new() }
    }
}

/// Looks at everything.
///
/// # Errors
/// When the database cannot be read; a schema of another version is a finding, after which nothing else is looked at.
pub fn examine(app: &App) -> Result<Vec<Finding>, Failure> {
    let version = app.store().schema_version()?;
    let is_present = version as usize == MIGRATIONS.len();
    let schema = Finding::of(Check::Schema, i64::from(version), i64::from(!is_present));
    if !is_present {
        return Ok(vec![schema]);
    }
    let mut findings = vec![schema, file(app)?, log(app), operator(app)?, jobs(app)?];
    let organizations = organizations(app)?;
    for invariant in Invariant::ALL {
        findings.push(invariant_of(app, invariant, &organizations)?);
    }
    let counted = app.store().glance(Scope::Shared, count_invoice_numbers)?;
    findings.push(Finding::of(Check::InvoiceNumbers, counted.looked_at, counted.wrong));
    Ok(findings)
}

fn file(app: &App) -> Result<Finding, Failure> {
    let places = app.store().damage()?;
    Ok(Finding { places: places.clone(), ..Finding::of(Check::File, 1, places.len() as i64) })
}

fn log(app: &App) -> Finding {
    let bytes = app.store().log_bytes();
    Finding::of(Check::Log, i64::try_from(bytes).unwrap_or(i64::MAX), i64::from(bytes > LOG_BYTES_MAX))
}

fn operator(app: &App) -> Result<Finding, Failure> {
    let nobody = UserId::from_uuid(Uuid::nil());
    let count = match crate::setup::operator_organization(app)? {
        Some(house) => app.store().glance(house, |read| user::count_others_with_role(read, Role::Operator, nobody))?,
        None => 0,
    };
    Ok(Finding::of(Check::Operator, count, i64::from(count == 0)))
}

fn jobs(app: &App) -> Result<Finding, Failure> {
    let counts = app.store().glance(Scope::Shared, job::counts)?;
    let parked: i64 = counts.iter().filter(|(state, _)| *state == JobState::Parked).map(|(_, count)| count).sum();
    Ok(Finding::of(Check::Jobs, counts.iter().map(|(_, count)| count).sum(), parked))
}

fn organizations(app: &App) -> Result<Vec<(OrganizationId, String)>, Failure> {
    let mut all: Vec<(OrganizationId, String)> = Vec::new();
    loop {
        let after = all.last().map(|(id, name)| (name.as_str(), *id));
        let page = app.store().glance(Scope::Shared, |read| organization::list(read, "", after, PAGE_ROWS_MAX))?;
        let is_last = page.len() < PAGE_ROWS_MAX;
        all.extend(page.into_iter().map(|organization| (organization.id, organization.name)));
        if is_last {
            return Ok(all);
        }
    }
}

fn invariant_of(
    app: &App,
    invariant: Invariant,
    organizations: &[(OrganizationId, String)],
) -> Result<Finding, Failure> {
    let check = match invariant {
        Invariant::WithinQuantity => Check::WithinQuantity,
        Invariant::SubscriptionCounters => Check::SubscriptionCounters,
        Invariant::UserCounters => Check::UserCounters,
        Invariant::GroupCounters => Check::GroupCounters,
        Invariant::LicenseHolders => Check::LicenseHolders,
        Invariant::SearchWords => Check::SearchWords,
        Invariant::OrderNumbers => Check::OrderNumbers,
        Invariant::LedgerEntries => Check::LedgerEntries,
        Invariant::LedgerBalances => Check::LedgerBalances,
        Invariant::Receivables => Check::Receivables,
        Invariant::InvoiceLines => Check::InvoiceLines,
        Invariant::InvoicePayments => Check::InvoicePayments,
        Invariant::CreditedCharges => Check::CreditedCharges,
        Invariant::SoldCharges => Check::SoldCharges,
    };
    let mut finding = Finding::of(check, 0, 0);
    for (id, name) in organizations {
        let counted = app.store().glance(*id, |read| count(read, invariant))?;
        finding.counted.looked_at += counted.looked_at;
        finding.counted.wrong += counted.wrong;
        if counted.wrong > 0 {
            finding.places.push(name.clone());
        }
    }
    Ok(finding)
}
