//! What must be so at a moment.

use super::{Play, Wrong};
use crate::command::simulate::mistake::Mistake;
use crate::command::simulate::report::{mail_kinds, payments};
use crate::command::simulate::stage::{Player, Stage};
use domain::money::Money;
use domain::subscription::SubscriptionState;
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Deserialize;

/// Something that must be so at that moment.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Expect {
    /// About which subscription; without it only what concerns a whole organization can be expected.
    #[serde(default)]
    subscription: Option<String>,
    /// Where it stands.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    state: Option<SubscriptionState>,
    /// Its licenses.
    #[serde(default)]
    quantity: Option<u32>,
    /// Its licenses in use.
    #[serde(default)]
    assigned: Option<u32>,
    /// Its first day.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    started_on: Option<Date>,
    /// The day on which it renews or ends.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    ends_on: Option<Date>,
    /// The first day that is not charged yet.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    billed_until: Option<Date>,
    /// Whether it renews by itself.
    #[serde(default)]
    recurring_billing: Option<bool>,
    /// Whose invoices and mails, when those of one of `others` are meant.
    #[serde(default)]
    organization: Option<String>,
    /// Of which billing profile, when only its invoices are meant.
    #[serde(default)]
    billing_profile: Option<String>,
    /// The totals of all invoices so far, with tax, in their order, such as `1000.00`.
    #[serde(default)]
    invoices: Option<Vec<String>>,
    /// What is still to be paid of all invoices.
    #[serde(default)]
    open_balance: Option<String>,
    /// Every payment so far by invoice, the oldest first, such as `charge succeeded 1000.00`.
    #[serde(default)]
    payments: Option<Vec<String>>,
    /// The kinds of all mails so far, in their order, such as `order_confirmation`.
    #[serde(default)]
    mails: Option<Vec<String>>,
}

/// What is otherwise than expected.
#[derive(Default)]
struct Differences(Vec<Mistake>);

impl Differences {
    fn compare(&mut self, field: &str, expected: Option<String>, found: String) {
        if let Some(expected) = expected.filter(|expected| *expected != found) {
            self.0.push(Mistake::at(field, format!("it is {found}, and {expected} was expected")));
        }
    }
}

impl Play for Expect {
    const BY_SOMEBODY: bool = false;

    fn play(&self, stage: &mut Stage, _: &Player) -> Result<(), Wrong> {
        let mut differences = Differences::default();
        self.compare_subscription(stage, &mut differences)?;
        self.compare_organization(stage, &mut differences)?;
        if differences.0.is_empty() { Ok(()) } else { Err(Wrong::Mistaken(differences.0)) }
    }
}

impl Expect {
    fn compare_subscription(&self, stage: &Stage, differences: &mut Differences) -> Result<(), Wrong> {
        let expected = [
            ("state", self.state.map(|state| state.code().to_owned())),
            ("quantity", self.quantity.map(|count| count.to_string())),
            ("assigned", self.assigned.map(|count| count.to_string())),
            ("started_on", self.started_on.map(|day| day.to_string())),
            ("ends_on", self.ends_on.map(|day| day.to_string())),
            ("billed_until", self.billed_until.map(|day| day.to_string())),
            ("recurring_billing", self.recurring_billing.map(|on| on.to_string())),
        ];
        let Some(name) = &self.subscription else {
            return match expected.iter().find(|(_, expected)| expected.is_some()) {
                Some((field, _)) => Err(Wrong::at(*field, "say of which subscription")),
                None => Ok(()),
            };
        };
        let of = stage.subscription(name)?;
        let found = [
            of.state.code().to_owned(),
            of.quantity.to_string(),
            of.assigned.to_string(),
            of.started_on.to_string(),
            of.ends_on.to_string(),
            of.billed_until.map_or_else(|| "nothing".to_owned(), |day| day.to_string()),
            of.recurring_billing.to_string(),
        ];
        for ((field, expected), found) in expected.into_iter().zip(found) {
            differences.compare(field, expected, found);
        }
        Ok(())
    }

    fn compare_organization(&self, stage: &Stage, differences: &mut Differences) -> Result<(), Wrong> {
        let home = stage.home("organization", self.organization.as_deref())?;
        let mut made = stage.invoices(home.id)?;
        if let Some(name) = &self.billing_profile {
            let profile = stage.profile(home.id, "billing_profile", Some(name))?.id;
            made.retain(|invoice| invoice.billing_profile_id == profile);
        }
        let all = |list: &Option<Vec<String>>| list.as_ref().map(|list| list.join(", "));
        let totals: Vec<_> = made.iter().map(|invoice| invoice.totals.gross.decimal()).collect();
        differences.compare("invoices", all(&self.invoices), totals.join(", "));
        let open = made.iter().map(|invoice| invoice.balance().minor).sum();
        let currency = made.first().map_or(home.currency, |invoice| invoice.currency);
        differences.compare("open_balance", self.open_balance.clone(), Money::new(open, currency).decimal());
        if self.payments.is_some() {
            differences.compare("payments", all(&self.payments), payments(stage, home.id, &made)?.join(", "));
        }
        if self.mails.is_some() {
            differences.compare("mails", all(&self.mails), mail_kinds(stage, home.id)?.join(", "));
        }
        Ok(())
    }
}
