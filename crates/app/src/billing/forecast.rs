//! A dry run: what a bill run is going to charge up to a day, computed by what the run computes it by, and written
//! nowhere.
//!
//! Steps of the calendar are [`pass`], charges wait for the day that [`super::statements`] says, and invoices are what
//! [`compose`] makes of them. How banks answer, what people do meanwhile, and what comes back because a credit note
//! settles what was unpaid, is not foreseen.

use super::collect::{day_given_up, paying_method};
use super::issue::{Addressee, PaidBy, Parties, compose};
use super::pay::is_being_paid;
use super::{Profiles, statements};
use crate::door::{App, Caller, Look, Query};
use crate::failure::Failure;
use crate::subscription::change_plan::foresee_at_renewal;
use domain::access::permission::OperateBilling;
use domain::billing::Moment;
use domain::billing::charge::NewCharge;
use domain::billing::forecast::{Forecast, LeftOut};
use domain::billing::invoice::{Billable, Invoice};
use domain::ids::{BillingProfileId, InvoiceId, OrganizationId, SubscriptionId};
use domain::limits::PAGE_ROWS_MAX;
use domain::subscription::due::{Due, Transition, next_due, pass};
use domain::subscription::{Decision, Subscription};
use jiff::civil::Date;
use std::collections::BTreeMap;
use store::Scope;
use store::tables::charge::About;
use store::tables::{charge, invoice, order, subscription};
use uuid::Uuid;

/// Steps of one subscription that are foreseen at most; far more than a year has.
const STEPS_MAX: usize = 1_000;

/// Foresees every organization. `progress` learns how many are done, and of how many. Blocks.
///
/// # Errors
/// When the caller does not operate billing, or the database fails. What cannot be foreseen in one organization keeps
/// no other from it.
pub fn foresee(
    app: &App,
    caller: &Caller,
    house: OrganizationId,
    through: Date,
    mut progress: impl FnMut(usize, usize) -> Result<(), Failure>,
) -> Result<Forecast, Failure> {
    app.admit::<OperateBilling>(caller, house)?;
    let mut all = Forecast::default();
    let due = organizations_due(app, through, &mut all)?;
    for (done, organization) in due.iter().enumerate() {
        if done % PAGE_ROWS_MAX == 0 {
            progress(done, due.len())?;
        }
        match app.read(caller, *organization, &ForecastOrganization { through }) {
            Ok(forecast) => all.add(forecast),
            Err(failure) => all.fail(*organization, failure.to_string()),
        }
    }
    progress(due.len(), due.len())?;
    Ok(all)
}

/// Organizations with something due up to a day; sandboxes live in a time of their own.
fn organizations_due(app: &App, through: Date, all: &mut Forecast) -> Result<Vec<OrganizationId>, Failure> {
    let (mut due, mut after) = (Vec::new(), None);
    loop {
        let page = app
            .store()
            .read(Scope::Shared, |read| Ok::<_, Failure>(subscription::first_due(read, after, PAGE_ROWS_MAX)?))?;
        let Some(last) = page.last() else { return Ok(due) };
        after = Some(last.organization_id);
        for found in page.iter().filter(|found| found.due.first().is_some_and(|first| first <= through)) {
            if found.sandbox_ahead.is_some() {
                all.leave_out(LeftOut::Sandbox, 1);
            } else {
                due.push(found.organization_id);
            }
        }
    }
}

/// Asks what the bill run is going to charge in the organization up to a day.
#[derive(Debug, Clone, Copy)]
pub struct ForecastOrganization {
    /// The last day.
    pub through: Date,
}

impl Query for ForecastOrganization {
    type Permission = OperateBilling;
    type Outcome = Forecast;

    fn run(&self, look: &Look<'_, OperateBilling>) -> Result<Forecast, Failure> {
        let mut ahead = Ahead {
            look,
            through: self.through,
            parties: Parties::load(look.read)?,
            planned: BTreeMap::new(),
            forecast: Forecast { organizations: 1, ..Forecast::default() },
        };
        ahead.forecast.leave_out(LeftOut::CreditCheck, subscription::count_credit_checks(look.read)?);
        ahead.follow_up()?;
        ahead.take_up_what_waits()?;
        ahead.pass_time()?;
        ahead.invoice()?;
        Ok(ahead.forecast)
    }
}

/// The day of an invoice, and whose it is.
type Group = (Date, BillingProfileId, About);

/// What is ahead of an organization.
struct Ahead<'a> {
    look: &'a Look<'a, OperateBilling>,
    through: Date,
    parties: Parties,
    /// What each invoice takes up, and who pays for its subscription.
    planned: BTreeMap<Group, (PaidBy, Vec<Billable>)>,
    forecast: Forecast,
}

impl Ahead<'_> {
    /// Invoices that are there already.
    fn follow_up(&mut self) -> Result<(), Failure> {
        let (read, mut after) = (self.look.read, None);
        loop {
            let page = invoice::to_collect_by(read, self.through, after, PAGE_ROWS_MAX)?;
            let Some(last) = page.last() else { return Ok(()) };
            after = Some(last.invoice.id);
            for stored in &page {
                let (found, method) = (&stored.invoice, paying_method(read, &stored.invoice)?);
                if is_being_paid(read, found.id)? {
                    self.forecast.leave_out(LeftOut::PaymentUnderWay, 1);
                    continue;
                }
                // What the bank refused for good is given up, not asked for.
                let day_given_up = |method| day_given_up(read, stored, method, self.look.zone());
                if method.map(day_given_up).transpose()?.flatten().is_none() {
                    self.collect(found, method.is_some());
                }
            }
        }
    }

    fn collect(&mut self, invoice: &Invoice, is_paid_by_itself: bool) {
        if is_paid_by_itself {
            self.forecast.payment(invoice.balance());
        } else {
            self.forecast.leave_out(LeftOut::PaidByTransfer, 1);
        }
    }

    /// Charges that wait for an invoice already.
    fn take_up_what_waits(&mut self) -> Result<(), Failure> {
        for due in charge::to_invoice_by(self.look.read, self.through)? {
            let (profile, day) = (due.billing_profile_id, due.invoice_on);
            let about = self.parties.about(&due);
            if self.planned.contains_key(&(day, profile, about)) {
                continue;
            }
            let mut charges = charge::to_invoice(self.look.read, profile, about, day)?;
            // An invoice of an earlier day takes the others up.
            charges.retain(|billable| billable.charge.invoice_on == day);
            self.planned.insert((day, profile, about), (PaidBy::of_due(&due), charges));
        }
        Ok(())
    }

    /// Subscriptions whose next billing period or term begins.
    fn pass_time(&mut self) -> Result<(), Failure> {
        let mut after = None;
        loop {
            let page = subscription::due_by(self.look.read, self.through, after, PAGE_ROWS_MAX)?;
            let Some(last) = page.last() else { return Ok(()) };
            after = Some(last.subscription.id);
            for found in page {
                self.pass_time_of(found.subscription)?;
            }
        }
    }

    fn pass_time_of(&mut self, mut now: Subscription) -> Result<(), Failure> {
        let cloud = self.look.organization().cloud;
        for _ in 0..STEPS_MAX {
            let Some(due) = next_due(&now, cloud).filter(|due| due.on <= self.through) else { break };
            let on = due.on;
            now = match due.transition {
                // Nothing is charged for it any more.
                Transition::Disable | Transition::Settle | Transition::Delete | Transition::Erase => break,
                Transition::ChangePlan => self.change_plan(&now, on)?,
                Transition::BecomePaid if order::is_ordered(self.look.read, now.id)? => {
                    self.forecast.leave_out(LeftOut::BeingBought, 1);
                    break;
                }
                Transition::Expire => {
                    self.forecast.leave_out(LeftOut::Ending, 1);
                    break;
                }
                Transition::Start | Transition::Bill | Transition::Renew | Transition::BecomePaid => {
                    self.begin_period(&now, due)?
                }
            };
        }
        Ok(())
    }

    /// A billing period, or a term, that begins.
    fn begin_period(&mut self, now: &Subscription, due: Due) -> Result<Subscription, Failure> {
        let passed = pass(now, due, self.look.organization().cloud, &self.parties.account.rules, self.look.zone());
        match passed.charge {
            // The invoice of the partner says so, under its own contract.
            Some(_) if now.sale.is_some() => self.forecast.leave_out(LeftOut::ChargedToPartner, 1),
            Some(line) => {
                let makes_order = !matches!(due.transition, Transition::Start | Transition::Bill);
                self.forecast.orders += u64::from(makes_order);
                self.plan(&passed.subscription, line, due.on)?;
            }
            None => self.forecast.leave_out(LeftOut::PaidElsewhere, 1),
        }
        Ok(passed.subscription)
    }

    /// Another product that takes over: an order for what ends, and one for what begins.
    fn change_plan(&mut self, now: &Subscription, on: Date) -> Result<Subscription, Failure> {
        let to = SubscriptionId::from_uuid(Uuid::from_u128(!now.id.uuid().as_u128()));
        let moment = Moment::start_of(on, self.look.zone().clone());
        let Decision { subscription: begun, charges, .. } =
            foresee_at_renewal(self.look.read, now, to, &moment, &self.parties.account.rules)?;
        self.forecast.orders += 2;
        for line in charges {
            self.plan(&begun, line, on)?;
        }
        Ok(begun)
    }

    /// A charge, on the invoice that is going to take it up.
    fn plan(&mut self, of: &Subscription, line: NewCharge, day: Date) -> Result<(), Failure> {
        let invoice_on = statements(self.look.read, &self.parties.account, of)?.invoice_on(&line, day);
        if invoice_on > self.through {
            return Ok(());
        }
        let about = self.parties.about_bought(of.id, of.holder.is_some());
        let (paid_by, charges) = self.planned.entry((invoice_on, of.billing_profile_id, about)).or_default();
        *paid_by = PaidBy::of(of);
        charges.push(Billable::planned(line, of.id, day, invoice_on));
        Ok(())
    }

    fn invoice(&mut self) -> Result<(), Failure> {
        let mut profiles = Profiles::default();
        for ((day, profile_id, about), (paid_by, charges)) in std::mem::take(&mut self.planned) {
            let of = Addressee { profile: profiles.find(self.look.read, profile_id)?, about, paid_by };
            let identity = (InvoiceId::from_uuid(Uuid::nil()), 0);
            let new = compose(self.look.read, &self.parties, of, day, charges, identity)?;
            self.forecast.invoice(new.totals.gross);
            let is_followed_up = new.first_step_on().is_some_and(|step| step <= self.through);
            if is_followed_up && new.totals.gross.minor > 0 {
                self.collect(&new, new.payment_method_id.is_some());
            }
        }
        Ok(())
    }
}
