//! When a change of a subscription begins: today, or when it renews (domain 1.10, 1.12, R163).

use super::Subscription;
use crate::billing::Agreement;
use crate::codes::coded;
use crate::refusal::Refusal;

coded! {
    /// When a change begins; today, when nothing is said.
    #[derive(Default)]
    pub enum ChangeStart {
        /// Today.
        #[default]
        Now = "now",
        /// When the subscription renews (MCA).
        AtRenewal = "at_renewal",
    }
}

/// When a change can begin: at once, and under MCA also when the subscription renews by itself.
#[must_use]
pub fn starts(subscription: &Subscription, agreement: Agreement) -> &'static [ChangeStart] {
    match agreement {
        Agreement::Mca if subscription.renews() => ChangeStart::ALL,
        _ => &[ChangeStart::Now],
    }
}

/// Checks when it shall be.
///
/// # Errors
/// [`Refusal::UnknownChoice`] where an agreement knows no such start; [`Refusal::NoRenewal`] where there is none.
pub fn check_start(subscription: &Subscription, start: ChangeStart, agreement: Agreement) -> Result<(), Refusal> {
    match agreement {
        _ if starts(subscription, agreement).contains(&start) => Ok(()),
        Agreement::Mca => Err(Refusal::NoRenewal),
        Agreement::Mosa => Err(Refusal::UnknownChoice),
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests_support::subscription;
    use super::*;
    use ChangeStart::{AtRenewal, Now};

    /// Domain 1.12: only MCA knows the renewal as a start, for what renews.
    #[test]
    fn the_renewal_is_a_start_under_mca() {
        let mut before = subscription(100, 60);
        assert_eq!(starts(&before, Agreement::Mosa), [Now]);
        assert_eq!(starts(&before, Agreement::Mca), [Now, AtRenewal]);
        let check = check_start;
        assert_eq!(check(&before, AtRenewal, Agreement::Mosa), Err(Refusal::UnknownChoice));
        assert_eq!(check(&before, AtRenewal, Agreement::Mca), Ok(()));
        before.recurring_billing = false;
        assert_eq!(starts(&before, Agreement::Mca), [Now]);
        assert_eq!(check(&before, AtRenewal, Agreement::Mca), Err(Refusal::NoRenewal));
        assert_eq!(check(&before, Now, Agreement::Mca), Ok(()));
    }
}
