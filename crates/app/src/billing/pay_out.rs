//! Pay back what a customer is owed (domain 4.9, D6): what credit notes still give goes to what paid
//! ([`super::refund`]) or is transferred ([`super::record_transfer`]), and credit of a billing profile is transferred.

use super::record_transfer::check_statement;
use super::refund::refundable;
use super::{credits_left, profile};
use crate::door::{Change, Command, Look, Query};
use crate::failure::Failure;
use domain::access::permission::OperateBilling;
use domain::billing::BillingProfile;
use domain::billing::invoice::InvoiceKind;
use domain::billing::ledger::{LedgerAccount, movement};
use domain::billing::payment::{CreditPayOut, Payment, ProfileCredit, offset};
use domain::event::{Event, Subjects};
use domain::ids::{BillingProfileId, CreditPayOutId, InvoiceId};
use domain::limits::PAGE_ROWS_MAX;
use domain::money::Money;
use domain::refusal::{Field, Refusal};
use jiff::civil::Date;
use store::tables::ledger::{self, Entry};
use store::tables::{billing_account, invoice, payment, profile_credit};

/// Records that credit of a billing profile was transferred back to the customer: in whole or in part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PayOutCredit {
    /// Of which billing profile.
    pub billing_profile_id: BillingProfileId,
    /// How much; above nothing, and at most what is left of the credit in its currency.
    pub amount: Money,
    /// The day of the bank statement; not later than today.
    pub day: Date,
    /// What the bank statement says of it: the same is not recorded twice for a billing profile.
    pub reference: String,
}

impl Command for PayOutCredit {
    type Permission = OperateBilling;
    /// What is left of the credit.
    type Outcome = Money;
    const NAME: &'static str = "pay_out_credit";

    fn execute(&self, change: &Change<'_, OperateBilling>) -> Result<Money, Failure> {
        let of = billing_account::find_profile(change.write, self.billing_profile_id)?.ok_or(Refusal::NotFound)?;
        let reference = check_statement(self.amount, self.day, &self.reference, change.today())?;
        if profile_credit::is_paid_out(change.write, of.id, reference)? {
            return Err(Refusal::TransferRecorded.at(Field::Reference).into());
        }
        let is_meant = |credit: &ProfileCredit| {
            credit.billing_profile_id == of.id && credit.amount.currency == self.amount.currency
        };
        let open: Vec<_> = profile_credit::open(change.write)?.into_iter().filter(is_meant).collect();
        let owed: Vec<_> = open.iter().map(ProfileCredit::left).collect();
        let left = Money::new(owed.iter().map(|owed| owed.minor).sum(), self.amount.currency);
        if self.amount.minor > left.minor {
            return Err(Refusal::AboveBalance { balance: left }.at(Field::Amount).into());
        }
        // Whoever uses the same credit at the same time fails at what was used of it.
        for (credit, part) in open.iter().zip(offset(self.amount, &owed)).filter(|(_, part)| part.minor > 0) {
            profile_credit::use_part(change.write, credit, part)?;
        }
        let new = CreditPayOut {
            id: CreditPayOutId::from_uuid(change.new_id()),
            billing_profile_id: of.id,
            amount: self.amount,
            reference: reference.to_owned(),
            recorded_by: change.granted.actor().user(),
            made_on: self.day,
        };
        profile_credit::insert_pay_out(change.write, &new)?;
        let postings = movement(LedgerAccount::Receivable, LedgerAccount::Bank, self.amount);
        let entry = Entry { id: change.new_id(), day: self.day, postings, invoice: None, payment: None };
        ledger::post(change.write, &[entry])?;
        change.record(Subjects::default(), &Event::ProfileCreditPaidOut { name: of.name, amount: self.amount })?;
        Ok(Money::new(left.minor - self.amount.minor, left.currency))
    }
}

/// Asks what the organization is owed, and what of its credit was paid out.
#[derive(Debug, Clone, Copy)]
pub struct OwedToCustomer;

/// What an organization is owed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwedView {
    /// Today, where the organization is.
    pub today: Date,
    /// Credit notes that still give something, the oldest first.
    pub notes: Vec<OwedNote>,
    /// Credit of billing profiles, by profile and currency.
    pub credits: Vec<OwedCredit>,
    /// What was transferred back of such credit, the newest first, with the names of the profiles.
    pub paid_out: Vec<(CreditPayOut, String)>,
}

/// A credit note that still gives something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwedNote {
    /// Which.
    pub id: InvoiceId,
    /// Its number.
    pub number: String,
    /// What it still gives.
    pub left: Money,
    /// What of that can go back to the cards and bank accounts that paid; the rest has to be transferred.
    pub refundable: Money,
    /// Whether some of it is on its way back at this moment.
    pub is_under_way: bool,
}

/// What is left of the credit of a billing profile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwedCredit {
    /// Which billing profile.
    pub billing_profile_id: BillingProfileId,
    /// Its name.
    pub name: String,
    /// How much is left.
    pub left: Money,
}

impl Query for OwedToCustomer {
    type Permission = OperateBilling;
    type Outcome = OwedView;

    fn run(&self, look: &Look<'_, OperateBilling>) -> Result<OwedView, Failure> {
        let mut paid_out = Vec::new();
        for made in profile_credit::pay_outs(look.read, PAGE_ROWS_MAX)? {
            let name = profile(look.read, made.billing_profile_id)?.name;
            paid_out.push((made, name));
        }
        Ok(OwedView { today: look.today(), notes: notes(look)?, credits: credits(look)?, paid_out })
    }
}

fn notes(look: &Look<'_, OperateBilling>) -> Result<Vec<OwedNote>, Failure> {
    let mut notes = Vec::new();
    for stored in invoice::unsettled_of_kind(look.read, InvoiceKind::CreditNote, PAGE_ROWS_MAX)? {
        let note = stored.invoice;
        let left = super::credit::given(&note);
        let paid: i64 = refundable(look.read, &note)?.iter().map(|(_, left)| left.minor).sum();
        notes.push(OwedNote {
            id: note.id,
            left,
            refundable: Money::new(paid.clamp(0, left.minor), left.currency),
            is_under_way: payment::of_invoice(look.read, note.id)?.iter().any(Payment::is_under_way),
            number: note.number,
        });
    }
    Ok(notes)
}

fn credits(look: &Look<'_, OperateBilling>) -> Result<Vec<OwedCredit>, Failure> {
    let owed = |(of, left): (BillingProfile, Money)| OwedCredit { billing_profile_id: of.id, name: of.name, left };
    Ok(credits_left(look.read)?.into_iter().map(owed).collect())
}
