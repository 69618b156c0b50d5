//! Let something else pay for a subscription (R11, R75, R165; domain 4.2).

use super::{Action, Channel, Offer, Subscription, offer_in};
use crate::access::{Actor, Reach};
use crate::billing::Agreement;
use crate::billing::payment_method::{Keeper, PaymentMethod, check_self_service, check_use};
use crate::organization::Cloud;
use crate::refusal::Refusal;
use jiff::civil::Date;

/// Who asks for it.
#[derive(Debug, Clone, Copy)]
pub struct Asker<'a> {
    /// Who.
    pub actor: &'a Actor,
    /// How far the right to manage the subscription reaches.
    pub reach: Reach,
    /// Whose payment methods may be used.
    pub keeper: Keeper,
}

/// Decides what pays for a subscription from now on; `to` is a payment method, or nothing for an invoice. Gives the
/// subscription afterwards.
///
/// # Errors
/// [`Refusal::Closed`]; [`Refusal::PaidByBillingProfile`]; [`Refusal::UnknownChoice`] for what the asker may not use
/// and for an invoice of a self-service purchase, a trial or what was prepaid; [`Refusal::AccountPaysNoSelfService`];
/// [`Refusal::CardExpired`]; [`Refusal::NothingToChange`].
pub fn decide(
    subscription: &Subscription,
    to: Option<&PaymentMethod>,
    agreement: Agreement,
    asker: Asker<'_>,
    cloud: Cloud,
    today: Date,
) -> Result<Subscription, Refusal> {
    let offer = offer_in(cloud, Action::ChangePaymentMethod, subscription, asker.actor, asker.reach);
    if let Offer::Closed(reason) = offer {
        return Err(Refusal::Closed(reason));
    }
    if is_paid_by_profile(subscription, agreement) {
        return Err(Refusal::PaidByBillingProfile);
    }
    let is_self_service = subscription.channel == Channel::SelfService;
    // What it is does not change before its end.
    let is_kept = is_self_service || subscription.is_trial() || subscription.is_prepaid();
    match to {
        Some(method) => {
            check_use(method, asker.keeper, today).map_err(|wrong| wrong.refusal)?;
            if is_self_service {
                check_self_service(method).map_err(|wrong| wrong.refusal)?;
            }
        }
        None if is_kept => return Err(Refusal::UnknownChoice),
        None => {}
    }
    let channel = match to {
        _ if is_kept => subscription.channel,
        Some(_) => Channel::Direct,
        None => Channel::DirectInvoice,
    };
    let payment_method_id = to.map(|method| method.id);
    if (channel, payment_method_id) == (subscription.channel, subscription.payment_method_id) {
        return Err(Refusal::NothingToChange);
    }
    Ok(Subscription { channel, payment_method_id, ..subscription.clone() })
}

/// Whether the billing profile says what pays for a subscription: under MCA, but for what somebody bought for the team,
/// which has invoices of its own (domain 4.8; R17).
#[must_use]
pub fn is_paid_by_profile(subscription: &Subscription, agreement: Agreement) -> bool {
    agreement == Agreement::Mca && subscription.holder.is_none()
}

#[cfg(test)]
mod tests {
    use super::super::tests_support::{admin, subscription};
    use super::super::{ClosedReason, SubscriptionState};
    use super::*;
    use crate::billing::party::Address;
    use crate::billing::payment_method::{BankAccountDescription, CardDescription, MethodDescription};
    use crate::ids::{PaymentMethodId, UserId};
    use jiff::civil::date;
    use uuid::Uuid;

    const TODAY: Date = date(2020, 1, 25);

    fn card(number: u128, owner: Option<UserId>) -> PaymentMethod {
        let now = "2020-01-15T09:00:00Z".parse().expect("a time");
        PaymentMethod {
            id: PaymentMethodId::from_uuid(Uuid::from_u128(number)),
            user_id: owner.expect("the admin is a person"),
            described: MethodDescription::Card(CardDescription {
                brand: "Visa".to_owned(),
                last_four: "4242".to_owned(),
                expires_on: "2020-12".to_owned(),
            }),
            holder: String::new(),
            address: Address::default(),
            gateway_token: "card_succeeds".to_owned(),
            created_at: now,
            verified_at: Some(now),
            removed_at: None,
            revision: 1,
        }
    }

    fn ask(subscription: &Subscription, to: Option<&PaymentMethod>) -> Result<Subscription, Refusal> {
        ask_under(Agreement::Mosa, subscription, to, TODAY)
    }

    /// Domain 7: in the cloud of 21Vianet support does it.
    #[test]
    fn one_cloud_leaves_it_to_support() {
        let mut before = subscription(100, 60);
        let (first, second) = (card(1, admin().user()), card(2, admin().user()));
        (before.channel, before.payment_method_id) = (Channel::Direct, Some(first.id));
        let actor = admin();
        let keeper = Keeper { user: actor.user(), reach: Reach::All };
        let asker = Asker { actor: &actor, reach: Reach::All, keeper };
        let ask = |cloud| {
            let after = decide(&before, Some(&second), Agreement::Mosa, asker, cloud, TODAY);
            after.map(|after| after.payment_method_id)
        };
        assert_eq!(ask(Cloud::Worldwide), Ok(Some(second.id)));
        assert_eq!(ask(Cloud::Germany), Ok(Some(second.id)));
        assert_eq!(ask(Cloud::Vianet21), Err(Refusal::Closed(ClosedReason::BySupport)));
    }

    fn ask_under(
        agreement: Agreement,
        subscription: &Subscription,
        to: Option<&PaymentMethod>,
        today: Date,
    ) -> Result<Subscription, Refusal> {
        let actor = admin();
        let keeper = Keeper { user: actor.user(), reach: Reach::All };
        let asker = Asker { actor: &actor, reach: Reach::All, keeper };
        decide(subscription, to, agreement, asker, Cloud::Worldwide, today)
    }

    /// R11, R165: card to card, card to invoice and back.
    #[test]
    fn what_pays_can_be_changed_both_ways() {
        let mut before = subscription(100, 60);
        let (first, second) = (card(1, admin().user()), card(2, admin().user()));
        (before.channel, before.payment_method_id) = (Channel::Direct, Some(first.id));
        let other = ask(&before, Some(&second)).expect("another card");
        assert_eq!((other.channel, other.payment_method_id), (Channel::Direct, Some(second.id)));
        let invoice = ask(&before, None).expect("by invoice");
        assert_eq!((invoice.channel, invoice.payment_method_id), (Channel::DirectInvoice, None));
        let back = ask(&invoice, Some(&first)).expect("by card again");
        assert_eq!(back, before);
        assert_eq!(ask(&before, Some(&first)), Err(Refusal::NothingToChange));
        assert_eq!(ask(&invoice, None), Err(Refusal::NothingToChange));
    }

    /// R164: not with the card of somebody else, nor with an expired one; R179: self-service pays by card.
    #[test]
    fn only_what_can_pay_and_may_be_used() {
        let before = subscription(100, 60);
        let stranger = card(3, Some(UserId::from_uuid(Uuid::from_u128(99))));
        assert_eq!(ask(&before, Some(&stranger)), Err(Refusal::UnknownChoice));
        let own = card(1, admin().user());
        let later = ask_under(Agreement::Mosa, &before, Some(&own), date(2021, 1, 1));
        assert_eq!(later, Err(Refusal::CardExpired));
        assert_eq!(ask_under(Agreement::Mca, &before, Some(&own), TODAY), Err(Refusal::PaidByBillingProfile));
        let mut bought_by_admin = before.clone();
        (bought_by_admin.channel, bought_by_admin.holder) = (Channel::SelfService, admin().user());
        assert_eq!(ask(&bought_by_admin, None), Err(Refusal::UnknownChoice));
        let paid = ask(&bought_by_admin, Some(&own)).expect("by card");
        assert_eq!((paid.channel, paid.payment_method_id), (Channel::SelfService, Some(own.id)));
        // R17: its invoices are the buyer's own, whatever the agreement of the organization.
        assert_eq!(ask_under(Agreement::Mca, &bought_by_admin, Some(&own), TODAY), Ok(paid));
        let account = PaymentMethod {
            described: MethodDescription::BankAccount(BankAccountDescription {
                country: "NL".to_owned(),
                last_four: "4300".to_owned(),
                mandate: Some("M-1".to_owned()),
            }),
            ..card(4, admin().user())
        };
        // R38: also who keeps the bank accounts of the organization pays by card what is theirs.
        assert_eq!(ask(&bought_by_admin, Some(&account)), Err(Refusal::AccountPaysNoSelfService));
        assert!(ask(&before, Some(&account)).is_ok(), "what the organization bought");
    }

    /// In any state but the last; not where a partner or a key pays, nor while the credit check is under way.
    #[test]
    fn each_reason_closes_it() {
        let own = card(1, admin().user());
        let asked = |edit: &dyn Fn(&mut Subscription)| {
            let mut subscription = subscription(100, 60);
            edit(&mut subscription);
            ask(&subscription, Some(&own)).map(|after| after.state)
        };
        let reason = |reason| Err(Refusal::Closed(reason));
        assert_eq!(asked(&|s| s.state = SubscriptionState::Expired), Ok(SubscriptionState::Expired));
        assert_eq!(asked(&|s| s.state = SubscriptionState::Disabled), Ok(SubscriptionState::Disabled));
        assert_eq!(asked(&|s| s.state = SubscriptionState::Deleted), reason(ClosedReason::Deleted));
        // D20: what pays once the trial of an organization ends; what a user tries has nothing that pays.
        assert_eq!(asked(&|s| s.channel = Channel::Trial), Ok(SubscriptionState::Active));
        let own_trial = |s: &mut Subscription| (s.channel, s.holder) = (Channel::Trial, admin().user());
        assert_eq!(asked(&own_trial), reason(ClosedReason::TrialEnds));
        assert_eq!(asked(&|s| s.channel = Channel::Reseller), reason(ClosedReason::PartnerDecides));
        // Domain 1.3: what pays once the keys are used up.
        for channel in [Channel::Trial, Channel::ProductKey] {
            let free = Subscription { channel, ..subscription(25, 17) };
            assert_eq!(ask(&free, None), Err(Refusal::UnknownChoice), "it has no invoice");
            assert_eq!(ask(&free, Some(&own)).map(|after| after.channel), Ok(channel));
        }
        let pending = |s: &mut Subscription| s.credit_check = Some(super::super::CreditCheck::Pending);
        assert_eq!(asked(&pending), reason(ClosedReason::CreditCheckPending));
    }
}
