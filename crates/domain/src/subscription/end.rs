//! Which day stands beside a subscription, and what that day is (R7).

use super::{Subscription, SubscriptionState};
use crate::codes::coded;
use jiff::civil::Date;

coded! {
    /// What the day is that stands beside a subscription.
    pub enum EndKind {
        /// It renews on that day.
        Renews = "renews",
        /// A trial is paid from that day on (D20).
        BecomesPaid = "becomes_paid",
        /// It expires on that day.
        Expires = "expires",
        /// It expired on that day.
        Expired = "expired",
        /// A partner took access away: the term that it sold ends on that day all the same, and so it may be ahead.
        TermEnds = "term_ends",
        /// It was canceled on that day, also because its people went to another product.
        Canceled = "canceled",
        /// It was disabled on that day, because it was not paid.
        Disabled = "disabled",
        /// It was over on that day, before its term.
        Ended = "ended",
    }
}

impl Subscription {
    /// The day that stands beside the subscription: the end of its term, unless something else ended it before.
    #[must_use]
    pub fn end(&self) -> (EndKind, Date) {
        use SubscriptionState as S;
        let kind = match (self.state, self.canceled_on, self.unpaid_since) {
            (S::Deleted, Some(day), _) | (S::Deleted, None, Some(day)) => return (EndKind::Ended, day),
            (S::Disabled, Some(day), _) => return (EndKind::Canceled, day),
            (S::Disabled, None, Some(day)) => return (EndKind::Disabled, day),
            (S::Disabled, None, None) if self.sale.is_some() => EndKind::TermEnds,
            (S::Expired | S::Disabled | S::Deleted, ..) => EndKind::Expired,
            (S::Pending | S::Scheduled | S::Active, ..) if self.renews() => EndKind::Renews,
            (S::Pending | S::Scheduled | S::Active, ..) if self.becomes_paid() => EndKind::BecomesPaid,
            (S::Pending | S::Scheduled | S::Active, ..) => EndKind::Expires,
        };
        (kind, self.ends_on)
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests_support::subscription;
    use super::super::{Channel, Sale};
    use super::*;
    use crate::ids::{OrganizationId, PaymentMethodId};
    use crate::money::{Currency, Money};
    use jiff::civil::date;
    use uuid::Uuid;

    /// What may stand behind a state.
    #[derive(Debug, Clone, Copy, PartialEq)]
    enum Why {
        /// Its time.
        Time,
        Canceled,
        Unpaid,
        /// Its partner suspended it.
        Suspended,
    }

    fn in_state(state: SubscriptionState, why: Why, differ: impl Fn(&mut Subscription)) -> Subscription {
        let mut found = subscription(10, 0);
        found.state = state;
        match why {
            Why::Time => {}
            Why::Canceled => found.canceled_on = Some(date(2020, 1, 25)),
            Why::Unpaid => found.unpaid_since = Some(date(2020, 1, 26)),
            Why::Suspended => {
                let partner_id = OrganizationId::from_uuid(Uuid::from_u128(9));
                found.sale = Some(Sale { partner_id, unit_price: Money::new(900, Currency::Eur) });
            }
        }
        differ(&mut found);
        found
    }

    /// R7: every state with everything that can stand behind it. Only what is active looks ahead; what was stopped says
    /// when, and never that it expires on a day on which its data is long gone.
    #[test]
    fn the_day_of_every_state_and_reason() {
        use SubscriptionState as S;
        let (term, canceled, unpaid) = (subscription(10, 0).ends_on, date(2020, 1, 25), date(2020, 1, 26));
        for (state, why, expected) in [
            (S::Pending, Why::Time, (EndKind::Renews, term)),
            (S::Scheduled, Why::Time, (EndKind::Renews, term)),
            (S::Active, Why::Time, (EndKind::Renews, term)),
            (S::Active, Why::Suspended, (EndKind::Renews, term)),
            (S::Expired, Why::Time, (EndKind::Expired, term)),
            (S::Expired, Why::Suspended, (EndKind::Expired, term)),
            (S::Disabled, Why::Time, (EndKind::Expired, term)),
            (S::Disabled, Why::Canceled, (EndKind::Canceled, canceled)),
            (S::Disabled, Why::Unpaid, (EndKind::Disabled, unpaid)),
            (S::Disabled, Why::Suspended, (EndKind::TermEnds, term)),
            (S::Deleted, Why::Time, (EndKind::Expired, term)),
            (S::Deleted, Why::Canceled, (EndKind::Ended, canceled)),
            (S::Deleted, Why::Unpaid, (EndKind::Ended, unpaid)),
            (S::Deleted, Why::Suspended, (EndKind::Expired, term)),
        ] {
            assert_eq!(in_state(state, why, |_| {}).end(), expected, "{state} {why:?}");
        }
    }

    /// R7, D20: what does not renew expires, and a trial that will be paid says so.
    #[test]
    fn recurring_billing_decides_what_comes() {
        let active =
            |differ: &dyn Fn(&mut Subscription)| in_state(SubscriptionState::Active, Why::Time, differ).end().0;
        assert_eq!(active(&|off| off.recurring_billing = false), EndKind::Expires);
        let trial = |with: &mut Subscription| with.channel = Channel::Trial;
        assert_eq!(active(&|of| (trial(of), of.payment_method_id = None).0), EndKind::Expires);
        let card = Some(PaymentMethodId::from_uuid(Uuid::from_u128(4)));
        assert_eq!(active(&|of| (trial(of), of.payment_method_id = card).0), EndKind::BecomesPaid);
    }
}
