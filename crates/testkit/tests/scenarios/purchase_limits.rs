//! Who may buy for the team, and how much (domain 5.3).

use super::purchase::wanted;
use app::catalog::browse::BrowseProducts;
use app::catalog::prepare::PreparePurchase;
use app::order::details::OrderDetails;
use app::order::place::{Payment, place_order};
use app::self_service::limits::{ReadPurchaseLimits, SetPurchaseLimits};
use app::subscription::cancel::CancelSubscription;
use app::subscription::change_quantity::{ChangeQuantity, PreviewQuantity};
use app::subscription::reactivate::ReactivateSubscription;
use app::{Caller, Failure};
use domain::access::Role;
use domain::catalog::{BillingFrequency, Price, SkuKind, Term};
use domain::event::{Change, Event};
use domain::ids::{GroupId, OrderId, SubscriptionId, UserId};
use domain::money::{Currency, Money};
use domain::order::OrderState;
use domain::refusal::{Field, Refusal};
use domain::self_service::limits::{Buyers, PurchaseLimits};
use domain::subscription::SubscriptionState;
use domain::subscription::cancel::{Cancel, CancelReason};
use domain::subscription::change_start::ChangeStart;
use store::tables::group;
use testkit::world::{World, in_each_world};
use uuid::Uuid;

/// Visio for users who buy it for their team, 15.00 a month.
fn shop(world: &World) -> Price {
    let visio = world.product("Visio");
    let team = world.sku(visio.product_id, SkuKind::SelfService, "VISIO_DEPT");
    world.price(&team, Term::Monthly, BillingFrequency::Monthly, Money::new(1_500, Currency::Eur))
}

fn buy(world: &World, caller: &Caller, price: &Price, quantity: u32, card: &str) -> Result<OrderId, Failure> {
    let purchase = wanted(world, price, quantity, Payment::Token(card.to_owned()));
    place_order(&world.app, caller, world.organization, purchase)
}

fn bought(world: &World, order_id: OrderId) -> SubscriptionId {
    let view = world.read(&world.caller(Role::BillingAdmin), &OrderDetails(order_id)).expect("the order is there");
    assert_eq!(view.listed.order.state, OrderState::Posted);
    view.listed.order.subscription_id
}

/// What is refused, at its field when it has one.
fn refused<T: std::fmt::Debug>(result: Result<T, Failure>) -> (Refusal, Option<Field>) {
    match result.expect_err("it is refused") {
        Failure::Invalid(fields) => (fields[0].refusal.clone(), Some(fields[0].field)),
        failure => (failure.refusal().expect("a refusal").clone(), None),
    }
}

fn above(maximum: u32, licenses: u32) -> Refusal {
    Refusal::AboveBuyerLimit { maximum, licenses }
}

fn limit(world: &World, buyers: Buyers, licenses_max: Option<u32>) -> Result<(), Failure> {
    world.write(&world.caller(Role::BillingAdmin), SetPurchaseLimits(PurchaseLimits { buyers, licenses_max }))
}

fn finance(world: &World, members: Vec<UserId>) -> GroupId {
    let id = GroupId::from_uuid(Uuid::from_u128(0x6f));
    world.seed(world.organization, move |write| group::insert(write, id, "Finance leads", &members));
    id
}

/// Domain 5.3: only members of a group, or people of a department; to all others it is as if nothing were sold.
#[test]
fn only_those_who_are_named_may_buy() {
    in_each_world(|world| {
        let price = shop(world);
        let anna = world.person_with(world.organization, "Anna de Vries", |new| new.department = "Sales".to_owned());
        let bram = world.person_with(world.organization, "Bram Bakker", |new| new.department = "R&D".to_owned());
        let leads = finance(world, vec![anna]);
        let (anna, bram) = (world.as_person(anna, &[]), world.as_person(bram, &[]));
        let may_buy = |caller: &Caller| {
            let shelf = world.read(caller, &BrowseProducts { limit: 10, ..BrowseProducts::default() }).unwrap();
            let preview = world
                .read(caller, &PreparePurchase { price_id: price.id, quantity: 1, base: None, starts_on: None })
                .unwrap()
                .preview;
            assert_eq!(shelf.rows.is_empty(), preview.is_err());
            preview.is_ok()
        };
        let who = || (may_buy(&anna), may_buy(&bram));
        assert_eq!(who(), (true, true));
        limit(world, Buyers::Group(leads), None).unwrap();
        assert_eq!(who(), (true, false));
        let none = refused(buy(world, &bram, &price, 1, "card_succeeds"));
        assert_eq!(none, (Refusal::SelfServiceNotAllowed, None));
        limit(world, Buyers::Department("R&D".to_owned()), None).unwrap();
        assert_eq!(who(), (false, true));
        let kept = bought(world, buy(world, &bram, &price, 2, "card_succeeds").unwrap());
        limit(world, Buyers::Department("Sales".to_owned()), None).unwrap();
        // What was bought stays, and can grow: its buyer is a buyer.
        let more = ChangeQuantity::now(kept, 3);
        world.write(&bram, more).unwrap();
        limit(world, Buyers::Everybody, None).unwrap();
        assert_eq!(who(), (true, true));
    });
}

/// Domain 5.3: up to the limit with all that a person bought, ordered and adds; never above.
#[test]
fn a_buyer_has_no_more_than_the_limit() {
    in_each_world(|world| {
        let price = shop(world);
        let anna = world.as_person(world.person("Anna de Vries"), &[]);
        let bram = world.as_person(world.person("Bram Bakker"), &[]);
        limit(world, Buyers::Everybody, Some(5)).unwrap();
        let at_quantity = |licenses| (above(5, licenses), Some(Field::Quantity));
        assert_eq!(refused(buy(world, &anna, &price, 6, "card_succeeds")), at_quantity(0));
        let first = bought(world, buy(world, &anna, &price, 3, "card_succeeds").unwrap());
        assert_eq!(refused(buy(world, &anna, &price, 3, "card_succeeds")), at_quantity(3));
        let preview = world
            .read(&anna, &PreparePurchase { price_id: price.id, quantity: 3, base: None, starts_on: None })
            .unwrap()
            .preview;
        assert_eq!(preview, Err(above(5, 3)));
        let change = |total| ChangeQuantity::now(first, total);
        let asked = |total| PreviewQuantity { subscription_id: first, total, start: ChangeStart::Now };
        let preview = |total| world.read(&anna, &asked(total)).unwrap();
        assert_eq!(refused(world.write(&anna, change(6))), (above(5, 3), None));
        assert_eq!((preview(6).unwrap_err(), preview(5).is_ok()), (above(5, 3), true));
        world.write(&anna, change(5)).unwrap();
        // A colleague has a limit of one's own.
        bought(world, buy(world, &bram, &price, 5, "card_succeeds").unwrap());
        // Once it is lowered nobody loses anything, and fewer is always possible.
        limit(world, Buyers::Everybody, Some(2)).unwrap();
        assert_eq!(refused(buy(world, &anna, &price, 1, "card_succeeds")), (above(2, 5), Some(Field::Quantity)));
        world.write(&anna, change(4)).unwrap();
        assert_eq!(world.see_subscription(first).quantity, 4);
    });
}

/// What waits for the payer's bank counts, and what was canceled does not, until it shall come back.
#[test]
fn what_is_ordered_counts_and_what_is_canceled_does_not() {
    in_each_world(|world| {
        let price = shop(world);
        let anna = world.as_person(world.person("Anna de Vries"), &[]);
        limit(world, Buyers::Everybody, Some(5)).unwrap();
        buy(world, &anna, &price, 4, "card_confirms").unwrap();
        let second = refused(buy(world, &anna, &price, 2, "card_succeeds"));
        assert_eq!(second, (above(5, 4), Some(Field::Quantity)));
        let one = bought(world, buy(world, &anna, &price, 1, "card_succeeds").unwrap());
        let cancel = Cancel { reason: CancelReason::TooExpensive, feedback: String::new() };
        world.write(&anna, CancelSubscription { subscription_id: one, cancel }).unwrap();
        bought(world, buy(world, &anna, &price, 1, "card_succeeds").unwrap());
        let again = ReactivateSubscription { subscription_id: one, payment_method_id: None };
        assert_eq!(refused(world.write(&anna, again)), (above(5, 5), None));
        assert_eq!(world.see_subscription(one).state, SubscriptionState::Disabled);
        limit(world, Buyers::Everybody, Some(6)).unwrap();
        world.write(&anna, again).unwrap();
    });
}

/// Admins of purchases decide, among what is there; each change is one entry, and what is so already is none.
#[test]
fn who_sets_limits_and_to_what() {
    in_each_world(|world| {
        let _ = shop(world);
        let leads = finance(world, Vec::new());
        let _ = world.new_events();
        let unknown = (Refusal::UnknownChoice, Some(Field::Buyers));
        assert_eq!(refused(limit(world, Buyers::Department("Finance".to_owned()), None)), unknown);
        assert_eq!(refused(limit(world, Buyers::Group(GroupId::from_uuid(Uuid::from_u128(8))), None)), unknown);
        let range = Refusal::OutOfRange { minimum: 1, maximum: 1_000_000 };
        assert_eq!(refused(limit(world, Buyers::Everybody, Some(0))), (range, Some(Field::Quantity)));
        let none = SetPurchaseLimits(PurchaseLimits::default());
        for role in [Role::LicenseAdmin, Role::UserAdmin, Role::GlobalReader] {
            assert_eq!(
                refused(world.write(&world.caller(role), none.clone())),
                (Refusal::NotAllowed, None),
                "{role:?}"
            );
        }
        assert_eq!(world.new_events(), []);
        limit(world, Buyers::Everybody, None).unwrap();
        assert_eq!(world.new_events(), []);
        limit(world, Buyers::Group(leads), Some(5)).unwrap();
        let set = |buyers: &str, from, to| {
            let licenses_max = Change { from, to };
            vec![Event::SelfServiceLimitsChanged { buyers: buyers.to_owned(), licenses_max }]
        };
        assert_eq!(world.new_events(), set("Finance leads", None, Some(5)));
        let view = world.read(&world.caller(Role::GlobalReader), &ReadPurchaseLimits).unwrap();
        let limits = PurchaseLimits { buyers: Buyers::Group(leads), licenses_max: Some(5) };
        assert_eq!((view.group_name(), &view.limits), (Some("Finance leads"), &limits));
        limit(world, Buyers::Everybody, Some(5)).unwrap();
        assert_eq!(world.new_events(), set("", Some(5), Some(5)));
    });
}
