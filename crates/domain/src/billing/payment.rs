//! Payments: money that moved between a customer and the seller, or should have (domain 4.3, 4.6).

use super::Agreement;
use crate::codes::coded;
use crate::ids::{BillingProfileId, CreditPayOutId, InvoiceId, PaymentId, PaymentMethodId, ProfileCreditId, UserId};
use crate::money::Money;
use crate::refusal::Refusal;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan};

coded! {
    /// How money moves.
    pub enum PaymentKind {
        /// The gateway takes it from a card or bank account.
        Charge = "charge",
        /// The customer transferred it to the bank; the operator recorded that.
        Transfer = "transfer",
        /// What a credit note gives settles another invoice.
        Credit = "credit",
        /// It goes back to the customer.
        Refund = "refund",
        /// The customer's bank took it back.
        Chargeback = "chargeback",
    }
}

coded! {
    /// Where a payment stands.
    pub enum PaymentState {
        /// The gateway was not asked yet, or did not answer.
        Pending = "pending",
        /// The payer has to confirm at the bank (domain 4.5).
        ConfirmationRequired = "confirmation_required",
        /// The money moved.
        Succeeded = "succeeded",
        /// It did not.
        Failed = "failed",
    }
}

/// Money that moved, or should have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Payment {
    /// Identity, and what keeps the gateway from taking it twice.
    pub id: PaymentId,
    /// For which invoice, or from which credit note.
    pub invoice_id: InvoiceId,
    /// How it moves.
    pub kind: PaymentKind,
    /// Where it stands.
    pub state: PaymentState,
    /// What pays; none for a transfer.
    pub payment_method_id: Option<PaymentMethodId>,
    /// What it adds to what was paid of the invoice; below nothing for what goes back.
    pub amount: Money,
    /// The gateway's name of the payment, or what the bank statement says.
    pub reference: Option<String>,
    /// Why it failed: the code of a refusal.
    pub reason: Option<String>,
    /// Who recorded it or asked for it; none for what Zetel takes by its plan.
    pub recorded_by: Option<UserId>,
    /// The payment that a refund or a chargeback takes back.
    pub reverses: Option<PaymentId>,
    /// The civil day.
    pub made_on: Date,
    /// When it was begun.
    pub created_at: Timestamp,
    /// When it succeeded or failed.
    pub settled_at: Option<Timestamp>,
    /// Counts its changes.
    pub revision: i64,
}

impl Payment {
    /// Why it failed, as the payer is told.
    #[must_use]
    pub fn refusal(&self) -> Refusal {
        let known = [Refusal::ConfirmationFailed, Refusal::CardBlocked];
        let said = known.into_iter().find(|refusal| self.reason.as_deref() == Some(refusal.code()));
        said.unwrap_or(Refusal::CardDeclined)
    }

    /// Whether it is not known yet how it ends.
    #[must_use]
    pub const fn is_under_way(&self) -> bool {
        matches!(self.state, PaymentState::Pending | PaymentState::ConfirmationRequired)
    }

    /// Whether the payer had enough time to confirm it: until the first retry (domain 4.5).
    #[must_use]
    pub fn waited_long_enough(&self, now: Timestamp) -> bool {
        now.duration_since(self.created_at) >= SignedDuration::from_hours(24 * i64::from(RETRY_DAYS[0]))
    }
}

/// Days after the first attempt on which a failed payment is tried again; after the last one the subscription is
/// disabled (domain 4.6, D24).
pub const RETRY_DAYS: [i32; 6] = [3, 7, 12, 18, 24, 30];

/// The day of the next attempt to collect an invoice, after one of `today` failed; nothing once the plan is through.
/// What could not be tried on its day, because nobody was there to try it, is left out.
#[must_use]
pub fn next_attempt(first_attempt_on: Date, today: Date) -> Option<Date> {
    RETRY_DAYS.iter().map(|days| first_attempt_on.saturating_add(days.days())).find(|day| *day > today)
}

/// What comes after an attempt to collect an invoice that failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dunning {
    /// It is tried again on this day.
    TriedAgain(Date),
    /// Nothing is tried any more: people lose access on this day, unless it is paid before (T6).
    GivenUp(Date),
}

/// What comes after an attempt of `today` that failed for a reason, the code of a refusal (domain 4.6, R167).
#[must_use]
pub fn dunning(agreement: Agreement, reason: Option<&str>, first_attempt_on: Date, today: Date) -> Dunning {
    match refused_for_good(agreement, reason) {
        Some(days) => Dunning::GivenUp(today.saturating_add(days.days())),
        None => next_attempt(first_attempt_on, today).map_or(Dunning::GivenUp(today), Dunning::TriedAgain),
    }
}

/// The days in which people keep access once the bank refused for good what pays by itself (accelerated dunning):
/// fraud, or a card that is lost or closed. The documents name two to thirty days by the kind of customer, and no table
/// of them; these are the fewest. Nothing for what may be tried again, and under MOSA, where it is a decline like
/// others.
#[must_use]
pub fn refused_for_good(agreement: Agreement, reason: Option<&str>) -> Option<i32> {
    match agreement {
        Agreement::Mca if reason == Some(Refusal::CardBlocked.code()) => Some(2),
        Agreement::Mca | Agreement::Mosa => None,
    }
}

/// The day on which an invoice is given up, once the bank refused for good what would be asked for it: it is not asked
/// again, whatever is corrected of it (domain 4.6, R167). The invoice's payments, in their order.
#[must_use]
pub fn given_up_on(
    agreement: Agreement,
    payments: &[Payment],
    method: PaymentMethodId,
    zone: &TimeZone,
) -> Option<Date> {
    let by_plan = |payment: &&Payment| payment.payment_method_id == Some(method) && payment.recorded_by.is_none();
    let failed = payments.iter().rfind(by_plan)?;
    let days = refused_for_good(agreement, failed.reason.as_deref())?;
    Some(failed.settled_at?.to_zoned(zone.clone()).date().saturating_add(days.days()))
}

/// Days after it had to be paid on which the customer is reminded of an invoice (domain 4.10 M5; the documents name
/// none).
pub const REMINDER_DAYS: [i32; 4] = [3, 10, 20, 30];

/// The day of the next reminder of an invoice, after `today`; nothing once the plan is through.
#[must_use]
pub fn next_reminder(due_on: Date, today: Date) -> Option<Date> {
    REMINDER_DAYS.iter().map(|days| due_on.saturating_add(days.days())).find(|day| *day > today)
}

/// What a customer paid beyond its invoices: credit of a billing profile, for its next invoices (domain 4.3).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProfileCredit {
    /// Identity.
    pub id: ProfileCreditId,
    /// Whose it is.
    pub billing_profile_id: BillingProfileId,
    /// How much it was; above nothing.
    pub amount: Money,
    /// What invoices used of it.
    pub used: Money,
    /// What the bank statement says, or the name that the gateway has for the payment.
    pub reference: String,
    /// Who recorded it; nobody, where the gateway took it.
    pub recorded_by: Option<UserId>,
    /// The day of the bank statement, or of the payment.
    pub made_on: Date,
}

impl ProfileCredit {
    /// What is left of it.
    #[must_use]
    pub const fn left(&self) -> Money {
        Money::new(self.amount.minor - self.used.minor, self.amount.currency)
    }
}

/// Credit of a billing profile that was transferred back to the customer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreditPayOut {
    /// Identity.
    pub id: CreditPayOutId,
    /// Whose credit it was.
    pub billing_profile_id: BillingProfileId,
    /// How much; above nothing.
    pub amount: Money,
    /// What the bank statement says.
    pub reference: String,
    /// Who recorded it.
    pub recorded_by: Option<UserId>,
    /// The day of the bank statement.
    pub made_on: Date,
}

/// What a credit settles of what is owed, in the order of `owed`; `credit` and `owed` are not below nothing.
#[must_use]
pub fn offset(credit: Money, owed: &[Money]) -> Vec<Money> {
    let mut left = credit.minor;
    owed.iter()
        .map(|amount| {
            let part = left.min(amount.minor).max(0);
            left -= part;
            Money::new(part, credit.currency)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::money::Currency;
    use jiff::civil::date;
    use uuid::Uuid;

    /// D24, domain 4.6: on day 0, 3, 7, 12, 18, 24 and 30, and then no more.
    #[test]
    fn a_failed_payment_is_tried_for_thirty_days() {
        let first = date(2020, 2, 16);
        let (mut days, mut today) = (Vec::new(), first);
        while let Some(next) = next_attempt(first, today) {
            days.push(next);
            today = next;
        }
        let expected = [(2, 19), (2, 23), (2, 28), (3, 5), (3, 11), (3, 17)];
        assert_eq!(days, expected.map(|(month, day)| date(2020, month, day)));
        assert_eq!(next_attempt(first, date(2020, 3, 1)), Some(date(2020, 3, 5)), "missed days are not made up for");
    }

    /// R167, domain 4.6: what the bank refused for good is not tried again under MCA; people lose access two days later.
    #[test]
    fn what_the_bank_refused_for_good_is_given_up() {
        let (first, today) = (date(2020, 2, 16), date(2020, 2, 19));
        let after = |agreement, reason| dunning(agreement, Some(reason), first, today);
        assert_eq!(after(Agreement::Mca, "card_blocked"), Dunning::GivenUp(date(2020, 2, 21)));
        assert_eq!(after(Agreement::Mca, "card_declined"), Dunning::TriedAgain(date(2020, 2, 23)));
        assert_eq!(after(Agreement::Mosa, "card_blocked"), Dunning::TriedAgain(date(2020, 2, 23)));
        let last = dunning(Agreement::Mca, Some("card_declined"), first, date(2020, 3, 17));
        assert_eq!(last, Dunning::GivenUp(date(2020, 3, 17)), "at once");
    }

    /// R167: what was asked by the plan and refused for good is given up two days after it, by the days of the zone;
    /// what somebody paid by hand, or with something else, does not count.
    #[test]
    fn only_the_last_payment_by_the_plan_gives_an_invoice_up() {
        let [method, another] = [1, 2].map(|number| PaymentMethodId::from_uuid(Uuid::from_u128(number)));
        let at = "2020-02-16T23:30:00Z".parse().expect("an instant");
        let refused = |reason: &str, paid_with, recorded_by| Payment {
            id: PaymentId::from_uuid(Uuid::nil()),
            invoice_id: InvoiceId::from_uuid(Uuid::nil()),
            kind: PaymentKind::Charge,
            state: PaymentState::Failed,
            payment_method_id: Some(paid_with),
            amount: Money::new(10_000, Currency::Eur),
            reference: None,
            reason: Some(reason.to_owned()),
            recorded_by,
            reverses: None,
            made_on: date(2020, 2, 17),
            created_at: at,
            settled_at: Some(at),
            revision: 1,
        };
        let zone = TimeZone::get("Europe/Amsterdam").expect("a zone");
        let day = |payments: &[Payment]| given_up_on(Agreement::Mca, payments, method, &zone);
        let for_good = refused("card_blocked", method, None);
        assert_eq!(day(std::slice::from_ref(&for_good)), Some(date(2020, 2, 19)));
        assert_eq!(given_up_on(Agreement::Mosa, std::slice::from_ref(&for_good), method, &zone), None);
        let by_hand = refused("card_declined", method, Some(UserId::from_uuid(Uuid::nil())));
        let with_another = refused("card_declined", another, None);
        assert_eq!(day(&[for_good.clone(), by_hand, with_another]), Some(date(2020, 2, 19)));
        assert_eq!(day(&[for_good, refused("card_declined", method, None)]), None);
        assert_eq!(day(&[]), None);
        // Whoever pays by hand is told why it failed.
        let said = ["card_blocked", "confirmation_failed", "card_declined", ""];
        let told = [Refusal::CardBlocked, Refusal::ConfirmationFailed, Refusal::CardDeclined, Refusal::CardDeclined];
        assert_eq!(said.map(|reason| refused(reason, method, None).refusal()), told);
    }

    /// The oldest first, and never more than there is.
    #[test]
    fn a_credit_settles_what_it_can() {
        let eur = |minor| Money::new(minor, Currency::Eur);
        let owed = [eur(300), eur(500), eur(200)];
        assert_eq!(offset(eur(700), &owed), [eur(300), eur(400), eur(0)]);
        assert_eq!(offset(eur(5_000), &owed), owed);
        assert_eq!(offset(eur(0), &owed), [eur(0); 3]);
    }
}
