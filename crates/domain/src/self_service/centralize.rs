//! Centralize: give the people of self-service subscriptions licenses of the organization, then ask the buyers to
//! cancel (domain 5.5; R121-R127).

use crate::codes::coded;
use crate::subscription::SubscriptionState;
use jiff::civil::Date;

coded! {
    /// Where a subscription that a user bought stands on the way.
    pub enum Standing {
        /// Its buyer pays for it.
        Active = "active",
        /// Its buyer canceled it.
        Canceled = "canceled",
        /// Its term ended, or it was not paid.
        Expired = "expired",
        /// It is gone; an admin took it over, or its time ran out.
        Deleted = "deleted",
    }
}

impl Standing {
    /// Whether its buyer can still be asked to cancel.
    #[must_use]
    pub const fn can_be_asked(self) -> bool {
        matches!(self, Self::Active)
    }
}

/// Where a subscription stands.
#[must_use]
pub fn standing(state: SubscriptionState, canceled_on: Option<Date>) -> Standing {
    match state {
        SubscriptionState::Deleted => Standing::Deleted,
        SubscriptionState::Disabled if canceled_on.is_some() => Standing::Canceled,
        SubscriptionState::Disabled | SubscriptionState::Expired => Standing::Expired,
        _ => Standing::Active,
    }
}

/// Whether a buyer who was asked on `asked_on` may be asked again: nobody gets two mails on one day.
#[must_use]
pub fn may_ask(standing: Standing, asked_on: Option<Date>, today: Date) -> bool {
    standing.can_be_asked() && asked_on.is_none_or(|day| day < today)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    /// R122: the states that say that a buyer has canceled, and those that do not.
    #[test]
    fn where_a_subscription_stands() {
        let day = Some(date(2020, 1, 15));
        assert_eq!(standing(SubscriptionState::Active, None), Standing::Active);
        assert_eq!(standing(SubscriptionState::Expired, None), Standing::Expired);
        assert_eq!(standing(SubscriptionState::Disabled, day), Standing::Canceled);
        assert_eq!(standing(SubscriptionState::Disabled, None), Standing::Expired);
        assert_eq!(standing(SubscriptionState::Deleted, day), Standing::Deleted);
    }

    /// R122, R127: who pays can be asked, once a day.
    #[test]
    fn nobody_is_asked_twice_a_day() {
        let (yesterday, today) = (date(2020, 1, 14), date(2020, 1, 15));
        assert!(may_ask(Standing::Active, None, today));
        assert!(may_ask(Standing::Active, Some(yesterday), today));
        assert!(!may_ask(Standing::Active, Some(today), today));
        for standing in [Standing::Canceled, Standing::Expired, Standing::Deleted] {
            assert!(!may_ask(standing, None, today), "{standing}");
        }
    }
}
