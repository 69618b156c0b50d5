//! The contract of an organization as the operator keeps it: who buys, and how it is charged (domain 4.7, 4.9).

use super::account;
use crate::door::{Change, Command, Look, Query};
use crate::failure::Failure;
use domain::access::permission::OperateBilling;
use domain::billing::party::Party;
use domain::billing::{BillingAccount, BillingRules, Segment, rules};
use domain::event::{self, Event, Subjects};
use domain::refusal::Refusal;
use store::tables::billing_account;

/// Asks for the contract.
#[derive(Debug, Clone, Copy)]
pub struct BillingAccountDetails;

impl Query for BillingAccountDetails {
    type Permission = OperateBilling;
    type Outcome = BillingAccount;

    fn run(&self, look: &Look<'_, OperateBilling>) -> Result<BillingAccount, Failure> {
        account(look.read)
    }
}

/// Changes how the organization is charged from now on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ChangeBillingRules {
    /// The rules afterwards.
    pub rules: BillingRules,
    /// The revision that was read.
    pub revision: i64,
}

impl Command for ChangeBillingRules {
    type Permission = OperateBilling;
    type Outcome = ();
    const NAME: &'static str = "change_billing_rules";

    fn execute(&self, change: &Change<'_, OperateBilling>) -> Result<(), Failure> {
        let before = of_revision(change, self.revision)?;
        let Some(event) = rules::change(&before.rules, &self.rules)? else { return Ok(()) };
        billing_account::update(change.write, &BillingAccount { rules: self.rules, ..before })?;
        change.record(Subjects::default(), &event)
    }
}

/// Changes who buys: what decides the tax, what later invoices say, and whether people may buy for themselves (R179).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangeBuyer {
    /// Who buys, as it was typed.
    pub sold_to: Party,
    /// What kind of customer it is.
    pub segment: Segment,
    /// The revision that was read.
    pub revision: i64,
}

impl Command for ChangeBuyer {
    type Permission = OperateBilling;
    type Outcome = ();
    const NAME: &'static str = "change_buyer";

    fn execute(&self, change: &Change<'_, OperateBilling>) -> Result<(), Failure> {
        let sold_to = self.sold_to.checked()?;
        let before = of_revision(change, self.revision)?;
        let buyer = (sold_to != before.sold_to).then(|| Event::BuyerChanged { name: sold_to.name.clone() });
        let segment = event::Change { from: before.segment, to: self.segment };
        let segment = (segment.from != segment.to).then_some(Event::SegmentChanged { segment });
        if buyer.is_none() && segment.is_none() {
            return Ok(());
        }
        billing_account::update(change.write, &BillingAccount { sold_to, segment: self.segment, ..before })?;
        buyer.iter().chain(&segment).try_for_each(|event| change.record(Subjects::default(), event))
    }
}

/// The contract, when nobody changed it since.
fn of_revision(change: &Change<'_, OperateBilling>, revision: i64) -> Result<BillingAccount, Failure> {
    let before = account(change.write)?;
    if before.revision == revision { Ok(before) } else { Err(Refusal::ChangedMeanwhile.into()) }
}
