//! What the operator sets of the way in which an organization is charged (domain 4.7, 4.9; D6, D16 to D18).

use super::BillingRules;
use crate::event::Change;
use crate::limits::QUANTITY_MAX;
use crate::refusal::{Field, FieldRefusal, Refusal};

/// Most days that a customer has for an invoice.
pub const TERMS_DAYS_MAX: u16 = 180;
/// Most days in which canceling brings a credit whatever the rest says.
pub const REFUND_DAYS_MAX: u16 = 366;
/// Most days in which a take-over can be undone.
pub const UNDO_DAYS_MAX: u16 = 90;

impl BillingRules {
    /// Whether they are what is usual under their agreement.
    #[must_use]
    pub fn are_usual(&self) -> bool {
        *self == Self::usual(self.agreement)
    }

    /// Whether the numbers of days and of people are within their limits.
    ///
    /// # Errors
    /// [`Refusal::AboveMaximum`] at each field that is not.
    pub fn check(&self) -> Result<(), Vec<FieldRefusal>> {
        let above = |maximum: u16| Refusal::AboveMaximum { maximum: u32::from(maximum) };
        let mut wrong = Vec::new();
        if self.payment_terms_days > TERMS_DAYS_MAX {
            wrong.push(above(TERMS_DAYS_MAX).at(Field::PaymentTerms));
        }
        if self.refund_days.is_some_and(|days| days > REFUND_DAYS_MAX) {
            wrong.push(above(REFUND_DAYS_MAX).at(Field::RefundDays));
        }
        if self.undo_days > UNDO_DAYS_MAX {
            wrong.push(above(UNDO_DAYS_MAX).at(Field::UndoDays));
        }
        if self.online_cancel_max.is_some_and(|people| people > QUANTITY_MAX) {
            wrong.push(Refusal::AboveMaximum { maximum: QUANTITY_MAX }.at(Field::OnlineCancelMax));
        }
        if wrong.is_empty() { Ok(()) } else { Err(wrong) }
    }
}

/// Decides on other rules; nothing when they are the same. They count for what is charged from now on. With another
/// agreement goes what is usual under it, wherever what is usual under the one before was left as it was (decision 27).
///
/// # Errors
/// Fields that are wrong.
pub fn change(before: &BillingRules, wanted: &BillingRules) -> Result<Option<Change<BillingRules>>, Vec<FieldRefusal>> {
    wanted.check()?;
    let mut after = *wanted;
    if before.agreement != after.agreement {
        let (was, is) = (BillingRules::usual(before.agreement), BillingRules::usual(after.agreement));
        if after.fewer_licenses == was.fewer_licenses {
            after.fewer_licenses = is.fewer_licenses;
        }
        if after.refund_days == was.refund_days {
            after.refund_days = is.refund_days;
        }
    }
    Ok((*before != after).then_some(Change { from: *before, to: after }))
}

#[cfg(test)]
mod tests {
    use super::super::Agreement;
    use super::*;

    /// D8, D16, D17, D18, domain 5.4: each can be set; days and people have their limits.
    #[test]
    fn rules_are_set_within_limits() {
        let before = BillingRules::usual(Agreement::Mosa);
        assert_eq!(change(&before, &before), Ok(None));
        let after = BillingRules { payment_terms_days: 60, ..BillingRules::usual(Agreement::Mca) };
        let rules = Change { from: before, to: after };
        assert_eq!(change(&before, &after), Ok(Some(rules)));
        assert!(before.are_usual() && !after.are_usual());
        let (payment_terms_days, refund_days, undo_days) = (181, Some(367), 91);
        let online_cancel_max = Some(1_000_001);
        let wrong = BillingRules { payment_terms_days, refund_days, undo_days, online_cancel_max, ..before };
        let expected = vec![
            Refusal::AboveMaximum { maximum: 180 }.at(Field::PaymentTerms),
            Refusal::AboveMaximum { maximum: 366 }.at(Field::RefundDays),
            Refusal::AboveMaximum { maximum: 90 }.at(Field::UndoDays),
            Refusal::AboveMaximum { maximum: 1_000_000 }.at(Field::OnlineCancelMax),
        ];
        assert_eq!(change(&before, &wrong), Err(expected));
    }

    /// D6, domain 4.9, decision 27: with the agreement alone go the rules of credits that are usual under it; what was
    /// agreed otherwise, before or now, stays.
    #[test]
    fn what_is_usual_goes_with_the_agreement() {
        let (mosa, mca) = (BillingRules::usual(Agreement::Mosa), BillingRules::usual(Agreement::Mca));
        let to = |before: &BillingRules, wanted| change(before, &wanted).map(|rules| rules.expect("they change").to);
        assert_eq!(to(&mosa, BillingRules { agreement: Agreement::Mca, ..mosa }), Ok(mca));
        assert_eq!(to(&mca, BillingRules { agreement: Agreement::Mosa, ..mca }), Ok(mosa));
        let agreed = BillingRules { refund_days: Some(14), payment_terms_days: 60, ..mosa };
        let expected = BillingRules { refund_days: Some(14), payment_terms_days: 60, ..mca };
        assert_eq!(to(&agreed, BillingRules { agreement: Agreement::Mca, ..agreed }), Ok(expected));
        let kept = BillingRules { fewer_licenses: mosa.fewer_licenses, refund_days: mosa.refund_days, ..mca };
        assert_eq!(to(&mca, kept), Ok(kept), "set by itself");
    }
}
