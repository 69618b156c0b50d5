//! The contract of an organization: who buys, of which the customer keeps a part, and how it is charged, which the
//! operator keeps (domain 4.7, 4.9).

use super::account;
use crate::billing_profile::pays_with::keep_what_pays_most;
use crate::door::{Change, Command, Look, Query};
use crate::failure::Failure;
use domain::access::permission::{ManageBillingProfiles, OperateBilling};
use domain::billing::party::Party;
use domain::billing::{Agreement, BillingAccount, BillingRules, Segment, rules};
use domain::event::{self, Event, Subjects};
use domain::refusal::Refusal;
use store::Read;
use store::tables::{billing_account, subscription};

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
        let before = of_revision(change.write, self.revision)?;
        let Some(rules) = rules::change(&before.rules, &self.rules)? else { return Ok(()) };
        billing_account::update(change.write, &BillingAccount { rules: rules.to, ..before })?;
        let agreements = (rules.from.agreement, rules.to.agreement);
        change.record(Subjects::default(), &Event::BillingRulesChanged { rules })?;
        match agreements {
            (Agreement::Mosa, Agreement::Mca) => keep_what_pays_most(change),
            (Agreement::Mca, Agreement::Mosa) => Ok(subscription::keep_what_profiles_paid_with(change.write)?),
            _ => Ok(()),
        }
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
        let before = of_revision(change.write, self.revision)?;
        let buyer = (sold_to != before.sold_to).then(|| buyer_changed(&before, &sold_to));
        let segment = event::Change { from: before.segment, to: self.segment };
        let segment = (segment.from != segment.to).then_some(Event::SegmentChanged { segment });
        if buyer.is_none() && segment.is_none() {
            return Ok(());
        }
        billing_account::update(change.write, &BillingAccount { sold_to, segment: self.segment, ..before })?;
        buyer.iter().chain(&segment).try_for_each(|event| change.record(Subjects::default(), event))
    }
}

/// Changes what the customer keeps of who buys: the address within its country, its numbers and how it is reached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangeSoldTo {
    /// What was typed; its name, country and exemption are not looked at.
    pub sold_to: Party,
    /// The revision that was read.
    pub revision: i64,
}

impl Command for ChangeSoldTo {
    type Permission = ManageBillingProfiles;
    type Outcome = ();
    const NAME: &'static str = "change_sold_to";

    fn execute(&self, change: &Change<'_, ManageBillingProfiles>) -> Result<(), Failure> {
        // The billing account stands above the billing profiles (domain 6).
        change.granted.everything()?;
        let before = of_revision(change.write, self.revision)?;
        let sold_to = before.sold_to.changed_by_customer(self.sold_to.clone())?;
        if sold_to == before.sold_to {
            return Ok(());
        }
        let event = buyer_changed(&before, &sold_to);
        billing_account::update(change.write, &BillingAccount { sold_to, ..before })?;
        change.record(Subjects::default(), &event)
    }
}

fn buyer_changed(before: &BillingAccount, after: &Party) -> Event {
    let party = event::Change { from: before.sold_to.clone(), to: after.clone() };
    Event::BuyerChanged { name: after.name.clone(), party: Some(Box::new(party)) }
}

/// The contract, when nobody changed it since.
fn of_revision(read: &Read<'_>, revision: i64) -> Result<BillingAccount, Failure> {
    let before = account(read)?;
    if before.revision == revision { Ok(before) } else { Err(Refusal::ChangedMeanwhile.into()) }
}
