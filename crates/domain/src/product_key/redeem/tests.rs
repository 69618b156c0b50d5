use super::*;
use crate::ids::ProductKeyBatchId;
use crate::product_key::code::KeyCode;
use crate::subscription::tests_support::{admin, subscription};
use jiff::civil::date;
use proptest::prelude::*;
use uuid::Uuid;

const TODAY: Date = date(2020, 7, 15);

/// Five licenses for a year, of the product of the usual subscription.
fn key() -> ProductKey {
    ProductKey {
        batch_id: ProductKeyBatchId::from_uuid(Uuid::from_u128(1)),
        last_five: "HVEJV".to_owned(),
        product_id: subscription(1, 0).product_id,
        sku_id: subscription(1, 0).sku_id,
        sku_kind: SkuKind::Central,
        quantity_max: 300,
        is_end_of_sale: false,
        quantity: 5,
        term: Term::Annual,
        country: None,
        redeem_by: None,
        is_redeemed: false,
        is_revoked: false,
    }
}

fn of(quantity: u32, term: Term) -> ProductKey {
    ProductKey { quantity, term, ..key() }
}

/// Different keys, all for the same use.
fn presented(key_use: KeyUse, keys: &[ProductKey]) -> Vec<Presented> {
    keys.iter()
        .zip(1..)
        .map(|(key, number)| Presented { key_use, code: Ok(KeyCode::from_number(number)), key: Some(key.clone()) })
        .collect()
}

/// A prepaid subscription since 15 January 2020, for a year.
fn prepaid(quantity: u32, assigned: u32) -> Subscription {
    Subscription {
        channel: Channel::ProductKey,
        recurring_billing: false,
        billed_until: None,
        ..subscription(quantity, assigned)
    }
}

fn decide_on(presented: &[Presented], subscription: Option<&Subscription>, today: Date) -> Result<Redemption, Refusal> {
    let actor = admin();
    decide(presented, subscription, Place { country: "NL", today, actor: &actor, reach: Reach::All })
}

/// What is wrong with the only key, when it is used to add, and to start.
fn refusal_of(key: &ProductKey) -> Refusal {
    match decide_on(&presented(KeyUse::Add, std::slice::from_ref(key)), Some(&prepaid(5, 0)), TODAY) {
        Err(Refusal::KeysRefused(mut wrong)) if wrong.len() == 1 && wrong[0].index == 0 => wrong.remove(0).refusal,
        other => panic!("expected one wrong key, got {other:?}"),
    }
}

/// R84: a first key starts a subscription of its licenses and its term, which costs nothing more.
#[test]
fn a_first_key_starts_a_subscription() {
    let redemption = decide_on(&presented(KeyUse::Start, &[key()]), None, TODAY).unwrap();
    let id = subscription(1, 0).id;
    let order = OrderId::from_uuid(Uuid::from_u128(4));
    let started = redemption.start(id, order, subscription(1, 0).billing_profile_id, Currency::Eur).unwrap();
    assert_eq!((started.channel, started.state, started.quantity), (Channel::ProductKey, SubscriptionState::Active, 5));
    assert_eq!((started.started_on, started.ends_on), (TODAY, date(2021, 7, 15)));
    assert_eq!((started.recurring_billing, started.billed_until, started.unit_price.minor), (false, None, 0));
    assert_eq!(
        redemption.event(),
        Event::ProductKeysRedeemed {
            keys: vec!["HVEJV".to_owned()],
            quantity: Change { from: 0, to: 5 },
            ends_on: Change { from: TODAY, to: date(2021, 7, 15) },
        }
    );
}

/// R93: several first keys of one product and term add up; others cannot start together.
#[test]
fn several_first_keys_add_up() {
    let together = decide_on(&presented(KeyUse::Start, &[key(), of(20, Term::Annual)]), None, TODAY).unwrap();
    assert_eq!(together.quantity.to, 25);
    let other = ProductKey { sku_id: crate::ids::SkuId::from_uuid(Uuid::from_u128(77)), ..key() };
    assert_eq!(
        decide_on(&presented(KeyUse::Start, &[key(), of(5, Term::Monthly), other]), None, TODAY),
        Err(Refusal::KeysRefused(vec![
            KeyRefusal { index: 1, refusal: Refusal::KeyOtherTerm },
            KeyRefusal { index: 2, refusal: Refusal::KeyOtherProduct },
        ]))
    );
}

/// R85, D10: licenses are added to the end date that there is; the review says what of the key's term is lost.
#[test]
fn added_licenses_run_to_the_end_date() {
    let before = prepaid(5, 5);
    let redemption = decide_on(&presented(KeyUse::Add, &[of(10, Term::Annual)]), Some(&before), TODAY).unwrap();
    assert_eq!(redemption.quantity, Change { from: 5, to: 15 });
    assert_eq!(redemption.ends_on, Change { from: date(2021, 1, 15), to: date(2021, 1, 15) });
    // From 15 January to 15 July 2021.
    assert_eq!((redemption.lines[0].until, redemption.lines[0].days_lost), (date(2021, 1, 15), 181));
    assert_eq!(redemption.applied_to(&before), Subscription { quantity: 15, ..before });
    let monthly = decide_on(&presented(KeyUse::Add, &[of(10, Term::Monthly)]), Some(&prepaid(5, 5)), TODAY).unwrap();
    // From 15 August 2020 to 15 January 2021 comes on top.
    assert_eq!(monthly.lines[0].days_lost, -153);
}

/// R86, D11: the key's term is added to the end date; several one after another.
#[test]
fn the_end_date_moves_by_the_terms_of_the_keys() {
    let one = decide_on(&presented(KeyUse::Extend, &[key()]), Some(&prepaid(5, 5)), TODAY).unwrap();
    assert_eq!(one.ends_on, Change { from: date(2021, 1, 15), to: date(2022, 1, 15) });
    assert_eq!((one.quantity.clone(), one.lines[0].days_lost), (Change { from: 5, to: 5 }, 0));
    let two = decide_on(&presented(KeyUse::Extend, &[key(), of(5, Term::Monthly)]), Some(&prepaid(5, 5)), TODAY);
    let two = two.unwrap();
    assert_eq!(two.lines.iter().map(|line| line.until).collect::<Vec<_>>(), [date(2022, 1, 15), date(2022, 2, 15)]);
    assert_eq!(two.ends_on.to, date(2022, 2, 15));
}

/// D19: the 31st comes back after a short month.
#[test]
fn an_extension_counts_from_the_first_day() {
    let mut january = prepaid(5, 0);
    (january.started_on, january.ends_on) = (date(2020, 1, 31), date(2020, 2, 29));
    let month = of(5, Term::Monthly);
    let after = decide_on(&presented(KeyUse::Extend, &[month]), Some(&january), date(2020, 2, 10)).unwrap();
    assert_eq!(after.ends_on.to, date(2020, 3, 31));
}

/// R159, D11: a smaller key makes the total smaller; first the people must fit.
#[test]
fn a_smaller_key_reduces_the_licenses() {
    let smaller = presented(KeyUse::Extend, &[of(30, Term::Annual), of(50, Term::Annual)]);
    let redemption = decide_on(&smaller, Some(&prepaid(50, 30)), TODAY).unwrap();
    assert_eq!(redemption.quantity, Change { from: 50, to: 30 });
    assert_eq!(redemption.lines.iter().map(|line| line.licenses_lost).collect::<Vec<_>>(), [0, 20]);
    assert_eq!(
        decide_on(&smaller, Some(&prepaid(50, 31)), TODAY),
        Err(Refusal::KeysRefused(vec![KeyRefusal { index: 0, refusal: Refusal::BelowAssigned { assigned: 31 } }]))
    );
}

/// D11: a key for more licenses cannot extend.
#[test]
fn a_larger_key_does_not_extend() {
    assert_eq!(
        decide_on(&presented(KeyUse::Extend, &[key(), of(6, Term::Annual)]), Some(&prepaid(5, 0)), TODAY),
        Err(Refusal::KeysRefused(vec![KeyRefusal { index: 1, refusal: Refusal::KeyMoreLicenses { total: 5 } }]))
    );
}

/// R85, R86: some keys extend and others add, in one go; what is added runs to the new end date.
#[test]
fn keys_extend_and_add_together() {
    let mut both = presented(KeyUse::Extend, &[of(10, Term::Annual), key()]);
    both[0].key_use = KeyUse::Add;
    let redemption = decide_on(&both, Some(&prepaid(5, 5)), TODAY).unwrap();
    assert_eq!(redemption.quantity, Change { from: 5, to: 15 });
    assert_eq!(redemption.ends_on.to, date(2022, 1, 15));
    assert_eq!(redemption.lines[0].until, date(2022, 1, 15));
}

/// R86: keys bring back what has ended; an expired one goes on without a gap, one that was without access from the
/// month that runs now.
#[test]
fn keys_bring_back_what_has_ended() {
    let mut expired = prepaid(5, 5);
    expired.state = SubscriptionState::Expired;
    let after = decide_on(&presented(KeyUse::Extend, &[key()]), Some(&expired), date(2021, 2, 1)).unwrap();
    assert_eq!((after.ends_on.to, after.brings_back), (date(2022, 1, 15), Some(SubscriptionState::Expired)));
    assert_eq!(after.lines[0].days_lost, 17);
    assert_eq!(after.applied_to(&expired).state, SubscriptionState::Active);

    let disabled = Subscription { state: SubscriptionState::Disabled, ..expired };
    let month = presented(KeyUse::Extend, &[of(5, Term::Monthly)]);
    let after = decide_on(&month, Some(&disabled), date(2021, 4, 20)).unwrap();
    assert_eq!((after.ends_on.to, after.lines[0].days_lost), (date(2021, 5, 15), 5));

    let add = decide_on(&presented(KeyUse::Add, &[key()]), Some(&disabled), date(2021, 4, 20));
    assert_eq!(add, Err(Refusal::Closed(ClosedReason::NotActive)));
    let mut both = presented(KeyUse::Add, &[key(), key()]);
    both[1].key_use = KeyUse::Extend;
    assert_eq!(decide_on(&both, Some(&disabled), date(2021, 4, 20)).unwrap().quantity.to, 10);
}

/// R158: each reason of domain 3 for one key.
#[test]
fn each_wrong_key_says_what_is_wrong() {
    let other_sku = crate::ids::SkuId::from_uuid(Uuid::from_u128(77));
    for (wrong, refusal) in [
        (ProductKey { is_redeemed: true, ..key() }, Refusal::KeyUsed),
        (ProductKey { is_revoked: true, ..key() }, Refusal::KeyRevoked),
        (ProductKey { redeem_by: Some(date(2020, 7, 14)), ..key() }, Refusal::KeyExpired),
        (ProductKey { sku_kind: SkuKind::SelfService, ..key() }, Refusal::KeyOtherLine),
        (ProductKey { sku_id: other_sku, ..key() }, Refusal::KeyOtherProduct),
        (ProductKey { country: Some("DE".to_owned()), ..key() }, Refusal::KeyRegion),
        (ProductKey { quantity: 296, ..key() }, Refusal::KeyTooMany { maximum: 300 }),
    ] {
        assert_eq!(refusal_of(&wrong), refusal);
    }
    let mut typed = presented(KeyUse::Add, &[key(), key(), key()]);
    typed[0].code = Err(Refusal::KeyMistyped);
    typed[1].key = None;
    typed.push(typed[2].clone());
    assert_eq!(
        decide_on(&typed, Some(&prepaid(5, 0)), TODAY),
        Err(Refusal::KeysRefused(vec![
            KeyRefusal { index: 0, refusal: Refusal::KeyMistyped },
            KeyRefusal { index: 1, refusal: Refusal::KeyUnknown },
            KeyRefusal { index: 3, refusal: Refusal::KeyTwice },
        ]))
    );
}

/// R158: the last day still counts, and the right country.
#[test]
fn a_key_works_on_its_last_day_and_in_its_country() {
    let limited = ProductKey { redeem_by: Some(TODAY), country: Some("NL".to_owned()), ..key() };
    assert!(decide_on(&presented(KeyUse::Add, &[limited]), Some(&prepaid(5, 0)), TODAY).is_ok());
}

/// R158, domain 1.8: what is no longer sold is not started and not added to, but what runs goes on.
#[test]
fn the_end_of_sale_leaves_extending() {
    let gone = ProductKey { is_end_of_sale: true, ..key() };
    let wrong = Err(Refusal::KeysRefused(vec![KeyRefusal { index: 0, refusal: Refusal::KeyOfferGone }]));
    assert_eq!(decide_on(&presented(KeyUse::Start, std::slice::from_ref(&gone)), None, TODAY), wrong);
    let ending = Subscription { is_end_of_sale: true, ..prepaid(5, 0) };
    let add = decide_on(&presented(KeyUse::Add, std::slice::from_ref(&gone)), Some(&ending), TODAY);
    assert_eq!(add, Err(Refusal::Closed(ClosedReason::EndOfSale)));
    assert!(decide_on(&presented(KeyUse::Extend, &[gone]), Some(&ending), TODAY).is_ok());
}

/// R158, key_role; and what a subscription that was not prepaid says.
#[test]
fn who_may_and_where() {
    let actor = admin();
    let keys = presented(KeyUse::Add, &[key()]);
    for reach in [Reach::Own, Reach::Nothing] {
        let place = Place { country: "NL", today: TODAY, actor: &actor, reach };
        assert_eq!(decide(&keys, None, place), Err(Refusal::KeyRole));
    }
    let by_card = decide_on(&keys, Some(&subscription(5, 0)), TODAY);
    assert_eq!(by_card, Err(Refusal::Closed(ClosedReason::NotPrepaid)));
    assert_eq!(decide_on(&[], None, TODAY), Err(Refusal::Required));
    let many = presented(KeyUse::Start, &vec![key(); KEYS_PER_REDEMPTION_MAX + 1]);
    assert_eq!(decide_on(&many, None, TODAY), Err(Refusal::TooManyKeys { maximum: 100 }));
}

proptest! {
    /// Whatever keys are accepted: no license in use is lost, the end date never comes nearer, terms are whole.
    #[test]
    fn redeeming_keeps_the_laws(
        quantity in 1..200u32,
        assigned in 0..200u32,
        uses in prop::collection::vec((any::<bool>(), 1..200u32, any::<bool>()), 1..6),
        anchor in 1..=31i8,
        days_on in 0..500i32,
    ) {
        let mut before = prepaid(quantity, assigned.min(quantity));
        before.started_on = date(2020, 1, anchor);
        before.ends_on = months_after(before.started_on, 12);
        let today = before.started_on.saturating_add(jiff::ToSpan::days(days_on));
        if before.ends_on <= today {
            before.state = SubscriptionState::Expired;
        }
        let keys: Vec<_> = uses
            .iter()
            .zip(1..)
            .map(|((extends, quantity, monthly), number)| Presented {
                key_use: if *extends { KeyUse::Extend } else { KeyUse::Add },
                code: Ok(KeyCode::from_number(number)),
                key: Some(of(*quantity, if *monthly { Term::Monthly } else { Term::Annual })),
            })
            .collect();
        if let Ok(redemption) = decide_on(&keys, Some(&before), today) {
            let after = redemption.applied_to(&before);
            prop_assert!(after.assigned <= after.quantity && after.quantity <= after.quantity_max);
            prop_assert!(after.ends_on >= before.ends_on && after.ends_on > today);
            prop_assert_eq!(after.state, SubscriptionState::Active);
            let months = (0..).map(|months| months_after(before.started_on, months));
            prop_assert!(months.take_while(|day| *day <= after.ends_on).any(|day| day == after.ends_on), "D19");
            prop_assert_eq!(redemption.lines.len(), keys.len());
        }
    }
}
