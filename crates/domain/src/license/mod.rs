//! Licenses in use: which person holds which product, from which subscription (D1).

pub mod assign;
pub mod auto_claim;
pub mod change_apps;
pub mod many;
pub mod request;
pub mod settle;
pub mod unassign;

use crate::ids::{ProductId, ServicePlanId, SubscriptionId, UserId};
use crate::limits::CONFLICT_DAYS;
use crate::organization::Cloud;
use crate::subscription::due::deleted_on;
use crate::subscription::{Subscription, SubscriptionState};
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};

/// A person's license of a product. A person holds a product at most once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assignment {
    /// Who.
    pub user_id: UserId,
    /// Of what.
    pub product_id: ProductId,
    /// The subscription that it belongs to.
    pub subscription_id: SubscriptionId,
    /// Since when.
    pub assigned_at: Timestamp,
    /// Apps that are switched off.
    pub disabled_plans: Vec<ServicePlanId>,
    /// Since when it is in conflict; it then counts for no subscription (D1).
    pub conflict_since: Option<Timestamp>,
}

impl Assignment {
    /// Whether a subscription covers it: who has one in conflict is without a valid license (domain 2.5).
    #[must_use]
    pub const fn is_covered(&self) -> bool {
        self.conflict_since.is_none()
    }
}

/// The day before which a conflict that began on a day has to be solved (domain 2.5), or, where that is earlier, the
/// day on which the data of its subscription is erased (domain 1.4).
#[must_use]
pub fn conflict_ends(since: Date, of: &Subscription, cloud: Cloud) -> Date {
    let ends = since.saturating_add(CONFLICT_DAYS.days());
    if of.state == SubscriptionState::Active { ends } else { ends.min(deleted_on(of, cloud)) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::subscription::Channel;
    use crate::subscription::tests_support::subscription;
    use jiff::civil::date;

    /// R173, domain 1.4: ninety days, and never longer than there is data.
    #[test]
    fn a_conflict_lasts_ninety_days() {
        let ends = |of: &Subscription, since| conflict_ends(since, of, Cloud::Worldwide);
        let mut of = subscription(5, 5);
        assert_eq!(ends(&of, date(2020, 1, 15)), date(2020, 4, 14));
        assert_eq!(ends(&of, Date::MAX), Date::MAX);
        (of.state, of.canceled_on) = (SubscriptionState::Disabled, Some(date(2020, 1, 15)));
        assert_eq!(ends(&of, date(2020, 1, 15)), date(2020, 4, 14));
        assert_eq!(ends(&of, date(2020, 2, 1)), date(2020, 4, 14));
        of.channel = Channel::VolumePartner;
        assert_eq!(ends(&of, date(2020, 1, 15)), date(2020, 2, 14));
    }
}
