//! What can be done with a subscription now, or why not: the one truth for the button and for the rule.
//!
//! The table "why don't I see the add/remove link" (domain 2.2, R60-R70) is this function.

use super::extend_trial::is_extended;
use super::{Channel, CreditCheck, Subscription, SubscriptionState};
use crate::access::{Actor, Reach};
use crate::codes::coded;
use crate::limits::PLAN_CHANGE_LICENSES_END;
use crate::organization::Cloud;

coded! {
    /// Something that can be done with a subscription.
    pub enum Action {
        /// Buy more licenses.
        AddLicenses = "add_licenses",
        /// Give licenses back to the seller.
        RemoveLicenses = "remove_licenses",
        /// Give licenses to people.
        AssignLicenses = "assign_licenses",
        /// Take licenses back from people.
        UnassignLicenses = "unassign_licenses",
        /// Add licenses with a product key (R90).
        AddByKey = "add_by_key",
        /// Move the end date with a product key, or let a card pay from then on (R96).
        ExtendEndDate = "extend_end_date",
        /// Let it renew by itself, or not (domain 1.3).
        EditRecurringBilling = "edit_recurring_billing",
        /// Be charged monthly or yearly (domain 1.2).
        EditBillingFrequency = "edit_billing_frequency",
        /// Let its people use another product from now on (domain 1.10, R161).
        ChangePlan = "change_plan",
        /// Let something else pay for it (R11).
        ChangePaymentMethod = "change_payment_method",
        /// End it before its term ends (domain 1.5).
        Cancel = "cancel",
        /// Bring it back (domain 1.6).
        Reactivate = "reactivate",
        /// Erase it at once (domain 1.4, T10).
        Delete = "delete",
        /// Take it over from the user who bought it (domain 5.4).
        TakeOver = "take_over",
        /// Try it longer (domain 1.7).
        ExtendTrial = "extend_trial",
        /// Buy what was tried (R70).
        BuyTrial = "buy_trial",
    }
}

impl Action {
    /// Whether it is about licenses; the others are about the subscription itself (domain 8.3).
    #[must_use]
    pub const fn is_about_licenses(self) -> bool {
        matches!(
            self,
            Self::AddLicenses
                | Self::AddByKey
                | Self::BuyTrial
                | Self::RemoveLicenses
                | Self::AssignLicenses
                | Self::UnassignLicenses
        )
    }
}

coded! {
    /// Why an action is closed.
    pub enum ClosedReason {
        /// The credit check of its order is under way (R61).
        CreditCheckPending = "credit_check_pending",
        /// Paid with a product key (R64).
        PrepaidKey = "prepaid_key",
        /// It was not bought with a product key, so keys neither add to it nor extend it.
        NotPrepaid = "not_prepaid",
        /// Bought through a volume licensing partner (R66).
        VolumePartner = "volume_partner",
        /// Bought through a CSP reseller (R68).
        Reseller = "reseller",
        /// It is a trial (R69).
        Trial = "trial",
        /// The product is no longer sold (domain 1.8).
        EndOfSale = "end_of_sale",
        /// Its first day is still to come (T11).
        NotStarted = "not_started",
        /// It is not active.
        NotActive = "not_active",
        /// It is disabled: nothing can be assigned (domain 1.4).
        Disabled = "disabled",
        /// It is over.
        Deleted = "deleted",
        /// The role does not allow it.
        RoleNotAllowed = "role_not_allowed",
        /// Bought by a user: an admin can only look (R19, R108).
        SelfServiceOfOther = "self_service_of_other",
        /// Every license is in use, so none can be given back.
        AllAssigned = "all_assigned",
        /// One license is the least; cancel to have none (D9).
        OneLicense = "one_license",
        /// Every license is in use, so none can be assigned.
        NoneAvailable = "none_available",
        /// Nobody has a license.
        NobodyAssigned = "nobody_assigned",
        /// Prepaid: nothing was charged for it, and nothing is until it ends.
        PrepaidEnds = "prepaid_ends",
        /// Licenses come from product keys, which bring no credit for the rest, so it stays with its product.
        PrepaidPlan = "prepaid_plan",
        /// A trial ends by itself.
        TrialEnds = "trial_ends",
        /// It is no trial.
        NotTrial = "not_trial",
        /// The trial was extended before.
        TrialExtended = "trial_extended",
        /// The trial is over.
        TrialOver = "trial_over",
        /// The partner or reseller that sold it decides.
        PartnerDecides = "partner_decides",
        /// A partner sold it outside Zetel, where nobody knows what it costs.
        SoldElsewhere = "sold_elsewhere",
        /// It has ended already.
        Ended = "ended",
        /// It was not paid: it comes back when the balance is settled (domain 4.6).
        Unpaid = "unpaid",
        /// It is active, so there is nothing to bring back.
        StillActive = "still_active",
        /// It is not disabled, so it cannot be deleted.
        NotDisabled = "not_disabled",
        /// The organization bought it, so there is nobody to take it over from.
        NotSelfService = "not_self_service",
        /// A user bought it: whoever wants another product buys that one.
        SelfService = "self_service",
        /// A user signed up for it, for oneself: it costs nothing, and there is nothing to change (domain 2.10).
        Free = "free",
        /// It is being changed to another product.
        PlanChangeRunning = "plan_change_running",
        /// It is going to be changed to another product when it renews.
        PlanChangeScheduled = "plan_change_scheduled",
        /// It has more licenses than one change of plan moves (domain 1.10).
        TooManyLicenses = "too_many_licenses",
        /// It belongs to another subscription, with which it lives and ends (domain 1.9).
        FollowsBase = "follows_base",
        /// In this cloud only support does it (domain 7).
        BySupport = "by_support",
    }
}

/// Whether an action is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Offer {
    /// It can be done.
    Open,
    /// It cannot be done, and why.
    Closed(ClosedReason),
}

/// Whether one action is open for this actor in a cloud: what the cloud leaves to support is closed (domain 7).
#[must_use]
pub fn offer_in(cloud: Cloud, action: Action, subscription: &Subscription, actor: &Actor, reach: Reach) -> Offer {
    match offer(action, subscription, actor, reach) {
        Offer::Open if cloud.facts().by_support.contains(&action) => Offer::Closed(ClosedReason::BySupport),
        offer => offer,
    }
}

/// Whether one action is open for this actor, where every cloud offers it; [`offer_in`] also asks the cloud.
#[must_use]
pub fn offer(action: Action, subscription: &Subscription, actor: &Actor, reach: Reach) -> Offer {
    let closed = match action {
        // What somebody signed up for is deleted by an admin, and nothing else is done with it (domain 2.10).
        Action::Delete if subscription.is_free() => (reach != Reach::All).then_some(ClosedReason::RoleNotAllowed),
        _ if subscription.is_free() && reach != Reach::Nothing => Some(ClosedReason::Free),
        // What somebody else bought is what this is about (D7).
        Action::TakeOver => (reach != Reach::All).then_some(ClosedReason::RoleNotAllowed),
        _ => closed_for(subscription, actor, reach),
    };
    // Nobody can take control of what is deleted, to change it then.
    let is_gone = subscription.state == SubscriptionState::Deleted;
    let closed = closed.filter(|reason| !(is_gone && *reason == ClosedReason::SelfServiceOfOther));
    match closed.or_else(|| closed_by_state(action, subscription)) {
        Some(reason) => Offer::Closed(reason),
        None => Offer::Open,
    }
}

/// Why the actor may not touch the subscription, whatever its state. Rights come first: a person who may not do it
/// learns that, not how the subscription was paid (D3, R108).
#[must_use]
pub fn closed_for(subscription: &Subscription, actor: &Actor, reach: Reach) -> Option<ClosedReason> {
    match (subscription.holder, reach) {
        (_, Reach::Nothing) | (None, Reach::Own) => Some(ClosedReason::RoleNotAllowed),
        (Some(holder), _) if actor.user() != Some(holder) => Some(ClosedReason::SelfServiceOfOther),
        (Some(_), Reach::Own | Reach::All) | (None, Reach::All) => None,
    }
}

fn closed_by_state(action: Action, subscription: &Subscription) -> Option<ClosedReason> {
    use ClosedReason as C;
    if subscription.state == SubscriptionState::Deleted {
        return Some(C::Deleted);
    }
    // What a user bought is never scheduled, and always taken over (T9).
    if subscription.state == SubscriptionState::Scheduled && action != Action::TakeOver {
        return Some(C::NotStarted);
    }
    if subscription.base_id.is_some() && follows_base(action) {
        return Some(C::FollowsBase);
    }
    match action {
        Action::AddLicenses => {
            closed_by_sale(subscription).or_else(|| subscription.is_end_of_sale.then_some(C::EndOfSale))
        }
        Action::AddByKey => closed_by_no_key(subscription)
            .or_else(|| (subscription.state != SubscriptionState::Active).then_some(C::NotActive))
            .or_else(|| subscription.is_end_of_sale.then_some(C::EndOfSale)),
        Action::ExtendEndDate => closed_by_no_key(subscription),
        Action::RemoveLicenses => closed_by_sale(subscription)
            .or_else(|| closed_by_plan_change(subscription))
            .or_else(|| (subscription.quantity == 1).then_some(C::OneLicense))
            .or_else(|| (subscription.assigned == subscription.quantity).then_some(C::AllAssigned)),
        Action::AssignLicenses => {
            closed_by_access(subscription).or_else(|| (subscription.available() == 0).then_some(C::NoneAvailable))
        }
        Action::UnassignLicenses => (subscription.assigned + subscription.conflicts == 0).then_some(C::NobodyAssigned),
        Action::EditRecurringBilling => closed_by_credit_check(subscription)
            .or_else(|| closed_by_payer(subscription))
            .or_else(|| (subscription.state != SubscriptionState::Active).then_some(closed_by_end(subscription))),
        Action::EditBillingFrequency => closed_by_credit_check(subscription)
            .or_else(|| closed_by_seller(subscription, C::PrepaidEnds))
            .or_else(|| (subscription.state != SubscriptionState::Active).then_some(C::NotActive))
            .or_else(|| subscription.is_end_of_sale.then_some(C::EndOfSale))
            .or_else(|| closed_by_plan_change(subscription)),
        Action::ChangePlan => closed_by_credit_check(subscription)
            .or_else(|| subscription.holder.is_some().then_some(C::SelfService))
            .or_else(|| closed_by_seller(subscription, C::PrepaidPlan))
            .or_else(|| closed_to_another_plan(subscription)),
        Action::ChangePaymentMethod => closed_by_credit_check(subscription).or_else(|| closed_by_payer(subscription)),
        Action::Cancel => closed_by_credit_check(subscription)
            .or_else(|| closed_by_seller(subscription, C::PrepaidEnds))
            .or_else(|| (subscription.state != SubscriptionState::Active).then_some(C::Ended)),
        Action::Reactivate => closed_by_credit_check(subscription)
            .or_else(|| {
                let can_come_back =
                    matches!(subscription.state, SubscriptionState::Expired | SubscriptionState::Disabled);
                (!can_come_back).then_some(C::StillActive)
            })
            .or_else(|| closed_by_seller(subscription, C::PrepaidKey))
            .or_else(|| subscription.unpaid_since.is_some().then_some(C::Unpaid)),
        Action::TakeOver => subscription.holder.is_none().then_some(C::NotSelfService),
        Action::ExtendTrial => (!subscription.is_trial())
            .then_some(C::NotTrial)
            .or_else(|| (subscription.state != SubscriptionState::Active).then_some(C::TrialOver))
            .or_else(|| is_extended(subscription).then_some(C::TrialExtended)),
        Action::BuyTrial => (!subscription.is_trial())
            .then_some(C::NotTrial)
            .or_else(|| (!subscription.state.is_assignable()).then_some(C::TrialOver))
            .or_else(|| subscription.is_end_of_sale.then_some(C::EndOfSale)),
        Action::Delete if subscription.is_free() => None,
        // What a partner suspended has a term that goes on, and may come back (domain 2.2).
        Action::Delete => subscription
            .channel
            .is_of_partner()
            .then_some(C::PartnerDecides)
            .or_else(|| (subscription.state != SubscriptionState::Disabled).then_some(C::NotDisabled)),
    }
}

/// What a traditional add-on does only together with the subscription to which it belongs (domain 1.9).
const fn follows_base(action: Action) -> bool {
    matches!(
        action,
        Action::EditRecurringBilling | Action::ChangePlan | Action::Cancel | Action::Reactivate | Action::Delete
    )
}

/// Why no other product can take its place now, whoever asks for it (domain 1.10).
pub(crate) fn closed_to_another_plan(subscription: &Subscription) -> Option<ClosedReason> {
    use ClosedReason as C;
    (subscription.state != SubscriptionState::Active)
        .then_some(C::NotActive)
        .or_else(|| subscription.is_end_of_sale.then_some(C::EndOfSale))
        .or_else(|| closed_by_plan_change(subscription))
        .or_else(|| (subscription.quantity >= PLAN_CHANGE_LICENSES_END).then_some(C::TooManyLicenses))
}

/// Why Zetel does not decide when the subscription ends (domain 1.3, 1.5, 1.6); `prepaid` is what a key means for it.
const fn closed_by_seller(subscription: &Subscription, prepaid: ClosedReason) -> Option<ClosedReason> {
    match subscription.channel {
        Channel::ProductKey => Some(prepaid),
        Channel::VolumePartner | Channel::Reseller => Some(ClosedReason::PartnerDecides),
        Channel::Trial => Some(ClosedReason::TrialEnds),
        Channel::Free => Some(ClosedReason::Free),
        Channel::Direct | Channel::DirectInvoice | Channel::SelfService => None,
    }
}

/// Why what another product is about to take over stays as it is (domain 1.10, 1.12).
fn closed_by_plan_change(subscription: &Subscription) -> Option<ClosedReason> {
    let running = subscription.plan_change.map(|_| ClosedReason::PlanChangeRunning);
    running.or_else(|| subscription.plan_at_renewal.map(|_| ClosedReason::PlanChangeScheduled))
}

/// Why nothing is going to be charged for it. What an organization tries or was prepaid can become paid by itself (D20,
/// domain 1.3); what a user tries has no payment method (domain 5.3).
fn closed_by_payer(subscription: &Subscription) -> Option<ClosedReason> {
    let may_become_paid = (subscription.is_trial() || subscription.is_prepaid()) && subscription.holder.is_none();
    if may_become_paid { None } else { closed_by_seller(subscription, ClosedReason::PrepaidEnds) }
}

/// The reasons of the table in domain 2.2, in its order, then the state.
fn closed_by_sale(subscription: &Subscription) -> Option<ClosedReason> {
    closed_by_credit_check(subscription)
        .or_else(|| closed_by_channel(subscription))
        .or_else(|| (subscription.state != SubscriptionState::Active).then_some(ClosedReason::NotActive))
}

fn closed_by_credit_check(subscription: &Subscription) -> Option<ClosedReason> {
    (subscription.credit_check == Some(CreditCheck::Pending)).then_some(ClosedReason::CreditCheckPending)
}

const fn closed_by_channel(subscription: &Subscription) -> Option<ClosedReason> {
    match subscription.channel {
        Channel::ProductKey => Some(ClosedReason::PrepaidKey),
        Channel::VolumePartner => Some(ClosedReason::VolumePartner),
        Channel::Reseller => Some(ClosedReason::Reseller),
        Channel::Trial => Some(ClosedReason::Trial),
        Channel::Free => Some(ClosedReason::Free),
        Channel::Direct | Channel::DirectInvoice | Channel::SelfService => None,
    }
}

fn closed_by_no_key(subscription: &Subscription) -> Option<ClosedReason> {
    (subscription.channel != Channel::ProductKey).then_some(ClosedReason::NotPrepaid)
}

/// Why what is over stays as it is: a trial cannot be reactivated, only bought (domain 1.7).
const fn closed_by_end(subscription: &Subscription) -> ClosedReason {
    if subscription.is_trial() { ClosedReason::TrialOver } else { ClosedReason::NotActive }
}

fn closed_by_access(subscription: &Subscription) -> Option<ClosedReason> {
    if subscription.state.is_assignable() {
        return None;
    }
    closed_by_credit_check(subscription).or(Some(match subscription.state {
        // Only the partner brings back what it suspended.
        SubscriptionState::Disabled if subscription.channel.is_of_partner() => ClosedReason::PartnerDecides,
        SubscriptionState::Disabled => ClosedReason::Disabled,
        _ => ClosedReason::NotActive,
    }))
}

#[cfg(test)]
mod tests {
    use super::super::tests_support::{admin, subscription};
    use super::*;
    use crate::ids::UserId;

    /// D3, T9: of what another bought an admin learns that it can only be looked at; of what is deleted, that it is.
    #[test]
    fn nobody_takes_control_of_what_is_deleted() {
        let buyer = Some(UserId::from_uuid(uuid::Uuid::from_u128(77)));
        let bought = Subscription { channel: Channel::SelfService, holder: buyer, ..subscription(25, 0) };
        let gone = Subscription { state: SubscriptionState::Deleted, ..bought.clone() };
        for action in Action::ALL.iter().filter(|action| **action != Action::TakeOver) {
            let of = |subscription| offer(*action, subscription, &admin(), Reach::All);
            assert_eq!(of(&bought), Offer::Closed(ClosedReason::SelfServiceOfOther), "{action}");
            assert_eq!(of(&gone), Offer::Closed(ClosedReason::Deleted), "{action}");
        }
    }

    /// Domain 2.2, 2.3: what a partner suspended cannot be reactivated here, so that nobody is told to.
    #[test]
    fn a_partner_brings_back_what_it_suspended() {
        let state = SubscriptionState::Disabled;
        for channel in [Channel::VolumePartner, Channel::Reseller] {
            let suspended = Subscription { channel, state, ..subscription(25, 0) };
            let offered = offer(Action::AssignLicenses, &suspended, &admin(), Reach::All);
            assert_eq!(offered, Offer::Closed(ClosedReason::PartnerDecides));
        }
        let canceled = Subscription { state, ..subscription(25, 0) };
        let offered = offer(Action::AssignLicenses, &canceled, &admin(), Reach::All);
        assert_eq!(offered, Offer::Closed(ClosedReason::Disabled));
    }

    /// T11: before its start nothing can be done with it, whatever the cloud and the agreement; what a user bought is taken
    /// over, and never waits.
    #[test]
    fn nothing_is_done_before_the_start() {
        let waiting = Subscription { state: SubscriptionState::Scheduled, ..subscription(25, 0) };
        for action in Action::ALL {
            let reason = match action {
                Action::TakeOver => ClosedReason::NotSelfService,
                _ => ClosedReason::NotStarted,
            };
            assert_eq!(offer(*action, &waiting, &admin(), Reach::All), Offer::Closed(reason), "{action}");
        }
    }
}
