//! What a bill run is going to do, before it does it (domain 4.3, 4.9).

use crate::codes::coded;
use crate::ids::OrganizationId;
use crate::money::{Currency, Money};
use crate::refusal::{Field, FieldRefusal, Refusal};
use jiff::ToSpan;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Days that a dry run looks ahead at most.
pub const FORECAST_DAYS_MAX: i32 = 366;
/// Organizations that could not be foreseen and are named at most.
const FAILED_MAX: usize = 100;

coded! {
    /// Why something that is due is not charged, or not collected.
    pub enum LeftOut {
        /// Subscriptions that end, because recurring billing is off.
        Ending = "ending",
        /// Trials that somebody is buying: they are paid when that order is.
        BeingBought = "being_bought",
        /// Subscriptions whose credit check is not decided.
        CreditCheck = "credit_check",
        /// Subscriptions that a partner or a product key pays for.
        PaidElsewhere = "paid_elsewhere",
        /// Billing periods that a partner is charged for: they are on its own invoices.
        ChargedToPartner = "charged_to_partner",
        /// Invoices that the customer pays by transfer.
        PaidByTransfer = "paid_by_transfer",
        /// Invoices whose payment is under way.
        PaymentUnderWay = "payment_under_way",
        /// Organizations whose time is not that of the others.
        Sandbox = "sandbox",
    }
}

/// Checks the last day of a dry run: from today on, at most [`FORECAST_DAYS_MAX`] days ahead.
///
/// # Errors
/// [`Refusal::DayOutOfRange`] at the day.
pub fn check_through(through: Date, today: Date) -> Result<Date, FieldRefusal> {
    let last = today.saturating_add(FORECAST_DAYS_MAX.days());
    if (today..=last).contains(&through) {
        Ok(through)
    } else {
        Err(Refusal::DayOutOfRange { first: today, last }.at(Field::Day))
    }
}

/// What is going to be charged in one currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ForecastSum {
    /// The currency of the amounts.
    pub currency: Currency,
    /// How many invoices.
    pub invoices: u64,
    /// What they come to with tax, in minor units.
    pub invoiced: i64,
    /// How many credit notes.
    pub credit_notes: u64,
    /// What they give with tax, in minor units; not below nothing.
    pub credited: i64,
    /// How many payments are asked for at cards and bank accounts.
    pub payments: u64,
    /// What they come to, in minor units, before credit that settles a part.
    pub collected: i64,
}

/// What a bill run is going to do.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Forecast {
    /// Organizations in which something is due.
    pub organizations: u64,
    /// Orders of renewals, of trials that become paid, and of plans that change.
    pub orders: u64,
    /// By currency.
    pub sums: Vec<ForecastSum>,
    /// What is left out, and why.
    pub left_out: BTreeMap<LeftOut, u64>,
    /// Organizations in which the run is going to fail, the first ones, with the reason.
    pub failed: Vec<(OrganizationId, String)>,
}

impl Forecast {
    /// Counts an invoice with this total, or a credit note when it is below nothing.
    pub fn invoice(&mut self, total: Money) {
        let sum = self.sum(total.currency);
        if total.minor < 0 {
            (sum.credit_notes, sum.credited) = (sum.credit_notes + 1, sum.credited.saturating_sub(total.minor));
        } else {
            (sum.invoices, sum.invoiced) = (sum.invoices + 1, sum.invoiced.saturating_add(total.minor));
        }
    }

    /// Counts a payment that is asked for.
    pub fn payment(&mut self, amount: Money) {
        let sum = self.sum(amount.currency);
        (sum.payments, sum.collected) = (sum.payments + 1, sum.collected.saturating_add(amount.minor));
    }

    /// Counts what is left out.
    pub fn leave_out(&mut self, why: LeftOut, count: u64) {
        if count > 0 {
            *self.left_out.entry(why).or_default() += count;
        }
    }

    /// Notes an organization in which the run is going to fail.
    pub fn fail(&mut self, organization: OrganizationId, reason: String) {
        if self.failed.len() < FAILED_MAX {
            self.failed.push((organization, reason));
        }
    }

    /// Adds what another organization comes to.
    pub fn add(&mut self, other: Self) {
        self.organizations += other.organizations;
        self.orders += other.orders;
        for of in other.sums {
            let sum = self.sum(of.currency);
            sum.invoices += of.invoices;
            sum.invoiced = sum.invoiced.saturating_add(of.invoiced);
            sum.credit_notes += of.credit_notes;
            sum.credited = sum.credited.saturating_add(of.credited);
            sum.payments += of.payments;
            sum.collected = sum.collected.saturating_add(of.collected);
        }
        other.left_out.into_iter().for_each(|(why, count)| self.leave_out(why, count));
        other.failed.into_iter().for_each(|(organization, reason)| self.fail(organization, reason));
    }

    fn sum(&mut self, currency: Currency) -> &mut ForecastSum {
        let empty =
            ForecastSum { currency, invoices: 0, invoiced: 0, credit_notes: 0, credited: 0, payments: 0, collected: 0 };
        let at = self.sums.iter().position(|sum| sum.currency == currency).unwrap_or_else(|| {
            self.sums.push(empty);
            self.sums.len() - 1
        });
        &mut self.sums[at]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    /// Amounts of two currencies are never added up; what is below nothing is a credit note.
    #[test]
    fn sums_are_by_currency() {
        let (eur, usd) = (|minor| Money::new(minor, Currency::Eur), |minor| Money::new(minor, Currency::Usd));
        let (mut all, mut other) =
            (Forecast::default(), Forecast { organizations: 1, orders: 2, ..Default::default() });
        all.invoice(eur(12_100));
        other.invoice(usd(500));
        other.invoice(eur(-100));
        other.invoice(eur(0));
        other.payment(eur(12_100));
        other.leave_out(LeftOut::Ending, 3);
        other.leave_out(LeftOut::Sandbox, 0);
        all.add(other);
        let sums = [
            ForecastSum {
                currency: Currency::Eur,
                invoices: 2,
                invoiced: 12_100,
                credit_notes: 1,
                credited: 100,
                payments: 1,
                collected: 12_100,
            },
            ForecastSum {
                currency: Currency::Usd,
                invoices: 1,
                invoiced: 500,
                credit_notes: 0,
                credited: 0,
                payments: 0,
                collected: 0,
            },
        ];
        assert_eq!(all.sums, sums);
        assert_eq!((all.organizations, all.orders), (1, 2));
        assert_eq!(all.left_out, BTreeMap::from([(LeftOut::Ending, 3)]));
    }

    #[test]
    fn a_dry_run_looks_ahead_for_a_year() {
        let today = date(2020, 1, 15);
        for (through, is_good) in
            [(date(2020, 1, 14), false), (today, true), (date(2021, 1, 15), true), (date(2021, 1, 16), false)]
        {
            assert_eq!(check_through(through, today).is_ok(), is_good, "{through}");
        }
    }
}
