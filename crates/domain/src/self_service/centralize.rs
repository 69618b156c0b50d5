//! Centralize: give the people of self-service subscriptions licenses of the organization, then ask the buyers to
//! cancel (domain 5.5; R121-R127).

use crate::codes::coded;
use crate::subscription::{Channel, SubscriptionState};
use jiff::civil::Date;

coded! {
    /// Where a subscription that a user bought stands on the way.
    pub enum Standing {
        /// Its buyer pays for it.
        Active = "active",
        /// Somebody tries it: it ends by itself, or is paid from a day on (D20).
        Trial = "trial",
        /// Somebody signed up for it at no cost; only an admin ends it (R180).
        Free = "free",
        /// Its buyer canceled it.
        Canceled = "canceled",
        /// Its term ended, or it was not paid.
        Expired = "expired",
        /// It is gone; an admin took it over, or its time ran out.
        Deleted = "deleted",
    }
}

impl Standing {
    /// Whether its buyer can still be asked to cancel: whoever pays can.
    #[must_use]
    pub const fn can_be_asked(self) -> bool {
        matches!(self, Self::Active)
    }

    /// Whether somebody pays or paid for it, so that it is on the way from the buyer to the organization.
    #[must_use]
    pub const fn is_purchase(self) -> bool {
        !matches!(self, Self::Trial | Self::Free)
    }
}

/// Where a subscription stands.
#[must_use]
pub fn standing(channel: Channel, state: SubscriptionState, canceled_on: Option<Date>) -> Standing {
    match (state, channel) {
        (SubscriptionState::Deleted, _) => Standing::Deleted,
        (SubscriptionState::Disabled, _) if canceled_on.is_some() => Standing::Canceled,
        (SubscriptionState::Disabled | SubscriptionState::Expired, _) => Standing::Expired,
        (_, Channel::Trial) => Standing::Trial,
        (_, Channel::Free) => Standing::Free,
        _ => Standing::Active,
    }
}

/// Whether a buyer may be asked: when the people of the subscription, those in conflict included, have licenses of the
/// organization, because they lose these with it (R122); nobody who was asked on `asked_on` gets two mails on one day.
#[must_use]
pub fn may_ask(standing: Standing, people: i64, asked_on: Option<Date>, today: Date) -> bool {
    standing.can_be_asked() && people == 0 && asked_on.is_none_or(|day| day < today)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    /// R122: the states that say that a buyer has canceled, and those that do not.
    #[test]
    fn where_a_subscription_stands() {
        let day = Some(date(2020, 1, 15));
        let stands = |state, canceled_on| standing(Channel::SelfService, state, canceled_on);
        assert_eq!(stands(SubscriptionState::Active, None), Standing::Active);
        assert_eq!(stands(SubscriptionState::Expired, None), Standing::Expired);
        assert_eq!(stands(SubscriptionState::Disabled, day), Standing::Canceled);
        assert_eq!(stands(SubscriptionState::Disabled, None), Standing::Expired);
        assert_eq!(stands(SubscriptionState::Deleted, day), Standing::Deleted);
    }

    /// R122, R180: what nobody pays for is not for its holder to cancel.
    #[test]
    fn what_costs_nothing_is_no_purchase() {
        for (channel, expected) in [(Channel::Trial, Standing::Trial), (Channel::Free, Standing::Free)] {
            assert_eq!(standing(channel, SubscriptionState::Active, None), expected);
            assert!(!expected.is_purchase() && !expected.can_be_asked());
            assert_eq!(standing(channel, SubscriptionState::Deleted, None), Standing::Deleted);
        }
        assert_eq!(standing(Channel::Trial, SubscriptionState::Expired, None), Standing::Expired);
        assert!(Standing::Active.is_purchase() && Standing::Canceled.is_purchase());
    }

    /// R122, R127: who pays can be asked, once a day, after the people of the subscription have other licenses.
    #[test]
    fn nobody_is_asked_too_early_or_twice_a_day() {
        let (yesterday, today) = (date(2020, 1, 14), date(2020, 1, 15));
        assert!(may_ask(Standing::Active, 0, None, today));
        assert!(may_ask(Standing::Active, 0, Some(yesterday), today));
        assert!(!may_ask(Standing::Active, 0, Some(today), today));
        assert!(!may_ask(Standing::Active, 1, None, today));
        for standing in Standing::ALL.iter().copied().filter(|standing| *standing != Standing::Active) {
            assert!(!may_ask(standing, 0, None, today), "{standing}");
        }
    }
}
