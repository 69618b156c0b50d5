//! Users buy for their team (domain 5.1, 5.3; R16-R18, R33-R35, R105, R115).

#![expect(clippy::unwrap_used, reason = "a helper of a test fails the test")]

use super::purchase::{by_card, wanted};
use app::billing::details::InvoiceDetails;
use app::billing::list::{InvoiceDays, ListInvoices};
use app::catalog::browse::BrowseProducts;
use app::catalog::prepare::{PreparePurchase, ProductForSale};
use app::license::assign::AssignLicenses;
use app::order::details::OrderDetails;
use app::order::place::{Payment, place_order};
use app::self_service::policy::SetSelfServicePolicy;
use app::subscription::cancel::CancelSubscription;
use app::subscription::change_payment_method::{ChangePaymentMethod, PaymentChoices};
use app::subscription::change_quantity::ChangeQuantity;
use app::subscription::details::SubscriptionDetails;
use app::subscription::list::ListSubscriptions;
use app::subscription::take_over::{StartTakeOver, TakeOver};
use app::user::administer::DeleteUser;
use app::{Caller, Failure};
use domain::access::Role;
use domain::billing::Agreement;
use domain::catalog::{BillingFrequency, Price, SkuKind, Term};
use domain::event::Event;
use domain::ids::{OrderId, SubscriptionId, UserId};
use domain::money::{Currency, Money};
use domain::refusal::{Field, Refusal};
use domain::self_service::policy::{PolicyScope, SelfServicePolicy};
use domain::subscription::cancel::{Cancel, CancelReason};
use domain::subscription::{Action, Channel, Offer, SubscriptionState};
use jiff::ToSpan;
use jiff::civil::{Date, date};
use store::tables::billing_account;
use testkit::world::{World, in_each_world};

/// Visio at 12.00 for the organization and 15.00 for users who buy it for their team, a month at a time.
struct Shop {
    central: Price,
    team: Price,
}

impl Shop {
    fn of(world: &World) -> Self {
        let visio = world.product("Visio");
        let departmental = world.sku(visio.product_id, SkuKind::SelfService, "VISIO_DEPT");
        let price =
            |sku, minor| world.price(sku, Term::Monthly, BillingFrequency::Monthly, Money::new(minor, Currency::Eur));
        Self { central: price(&visio, 1_200), team: price(&departmental, 1_500) }
    }
}

fn buy(world: &World, caller: &Caller, price: &Price, payment: Payment) -> Result<OrderId, Failure> {
    place_order(&world.app, caller, world.organization, wanted(world, price, 3, payment))
}

fn refused<T: std::fmt::Debug>(result: Result<T, Failure>) -> Refusal {
    result.expect_err("it is refused").refusal().expect("a refusal").clone()
}

/// R16-R18: a user sees what users may buy, pays by an own card, holds it, assigns it and cancels it; an admin of the
/// organization only looks on.
#[test]
fn a_user_buys_for_the_team() {
    in_each_world(|world| {
        let shop = Shop::of(world);
        let anna = world.person("Anna de Vries");
        let user = world.as_person(anna, &[]);
        let shelf = world.read(&user, &BrowseProducts { limit: 10, ..BrowseProducts::default() }).unwrap();
        let from: Vec<_> = shelf.rows.iter().map(|row| row.from.as_ref().unwrap().id).collect();
        assert_eq!(from, [shop.team.id]);
        let prepared = world
            .read(&user, &PreparePurchase { price_id: shop.team.id, quantity: 3, base: None, starts_on: None })
            .unwrap();
        assert!(prepared.for_oneself && prepared.by_invoice.is_err());
        assert_eq!(prepared.preview.unwrap().amount, Money::new(4_500, Currency::Eur));

        let id = buy(world, &user, &shop.team, by_card()).unwrap();
        let view = world.read(&user, &OrderDetails(id)).unwrap();
        assert!(view.may_assign && view.with_prices);
        let bought = world.see_subscription(view.listed.order.subscription_id);
        assert_eq!((bought.channel, bought.holder, bought.quantity), (Channel::SelfService, Some(anna), 3));
        let started = world.new_events().into_iter().find(|event| event.kind() == "subscription_started");
        assert!(matches!(started, Some(Event::SubscriptionStarted { channel: Channel::SelfService, quantity: 3, .. })));

        let assign = |caller: &Caller| {
            let users = vec![anna];
            let subscription_id = Some(bought.id);
            let product_id = bought.product_id;
            world.write(caller, AssignLicenses { product_id, subscription_id, users, disabled_plans: Vec::new() })
        };
        assert!(assign(&world.caller(Role::LicenseAdmin)).is_err());
        assign(&user).unwrap();
        let cancel = Cancel { reason: CancelReason::TooExpensive, feedback: String::new() };
        world.write(&user, CancelSubscription { subscription_id: bought.id, cancel }).unwrap();
        assert_eq!(world.see_subscription(bought.id).state, SubscriptionState::Disabled);
        // Nobody else of the organization sees the order.
        let other = world.as_person(world.person("Noor Vermeer"), &[]);
        assert_eq!(refused(world.read(&other, &OrderDetails(id))), Refusal::NotFound);
    });
}

/// R19, R20, R21, R22, R101, R102, R106, R107: buyers list what they bought themselves, and admins what everybody did, with product,
/// buyer, licenses, end, price and people; they look on.
#[test]
fn each_purchase_is_listed_with_its_facts() {
    in_each_world(|world| {
        let shop = Shop::of(world);
        let [anna, bram] = ["Anna de Vries", "Bram Bakker"].map(|name| world.person(name));
        let (herself, himself) = (world.as_person(anna, &[]), world.as_person(bram, &[]));
        let central = world.subscription(&world.product("Office"), 5);
        for buyer in [&herself, &himself] {
            buy(world, buyer, &shop.team, by_card()).unwrap();
        }
        let list = |caller: &Caller, channel| {
            let asked = ListSubscriptions { channel, ..ListSubscriptions::by_name(10) };
            let mut rows = world.read(caller, &asked).unwrap().rows;
            rows.sort_by(|one, other| one.holder_name.cmp(&other.holder_name));
            rows
        };
        let own = list(&herself, None);
        assert_eq!(own.len(), 1, "hers alone");
        world.give_license(own[0].subscription.id, bram);
        for role in [Role::GlobalAdmin, Role::BillingAdmin, Role::GlobalReader] {
            let admin = world.caller(role);
            let seen: Vec<_> = list(&admin, Some(Channel::SelfService))
                .into_iter()
                .map(|row| {
                    let it = row.subscription;
                    (row.product_name, row.holder_name, it.quantity, it.ends_on, it.unit_price.minor, it.assigned)
                })
                .collect();
            let row = |buyer: &str, assigned| {
                ("Visio".to_owned(), Some(buyer.to_owned()), 3, date(2020, 2, 15), 1_500, assigned)
            };
            assert_eq!(seen, [row("Anna de Vries", 1), row("Bram Bakker", 0)], "{role}");
            assert_eq!(list(&admin, None).len(), 3, "{role}: with what the organization bought");
            let view = world.read(&admin, &SubscriptionDetails(own[0].subscription.id)).unwrap();
            let looks = [Action::AddLicenses, Action::RemoveLicenses, Action::Cancel];
            assert!(looks.iter().all(|action| matches!(view.offer(*action), Offer::Closed(_))), "{role}");
        }
        assert!(list(&himself, None).iter().all(|row| row.holder_name.as_deref() == Some("Bram Bakker")));
        assert!(refused(world.read(&himself, &SubscriptionDetails(central))) == Refusal::NotFound);
    });
}

/// R105, R115: the policy that holds when the order is placed decides, also when the checkout was open before.
#[test]
fn the_policy_changes_between_checkout_and_order() {
    in_each_world(|world| {
        let shop = Shop::of(world);
        let admin = world.caller(Role::BillingAdmin);
        let user = world.as_person(world.person("Anna de Vries"), &[]);
        let asked = PreparePurchase { price_id: shop.team.id, quantity: 3, base: None, starts_on: None };
        let product = world.read(&user, &asked).unwrap().product;
        let scope = PolicyScope::Product(product.id);
        world.write(&admin, SetSelfServicePolicy { scope, value: SelfServicePolicy::Disabled }).unwrap();
        let _ = world.new_events();
        assert_eq!(refused(buy(world, &user, &shop.team, by_card())), Refusal::SelfServiceNotAllowed);
        assert_eq!(world.read(&user, &asked).unwrap().preview, Err(Refusal::SelfServiceNotAllowed));
        assert_eq!(refused(world.read(&user, &ProductForSale(product.id))), Refusal::SelfServiceNotAllowed);
        let shelf = world.read(&user, &BrowseProducts { limit: 10, ..BrowseProducts::default() }).unwrap();
        assert!(shelf.rows.is_empty() && shelf.counts.is_empty());
        assert_eq!((world.new_events(), world.gateway.charged().len()), (Vec::new(), 0));
    });
}

/// Domain 5.1: by card only; and what the organization buys is not for users, nor the other way round.
#[test]
fn what_a_user_cannot_buy() {
    in_each_world(|world| {
        let shop = Shop::of(world);
        let user = world.as_person(world.person("Anna de Vries"), &[]);
        let _ = world.new_events();
        let by_invoice = buy(world, &user, &shop.team, Payment::Invoice { contact_agreed: true }).unwrap_err();
        assert!(
            matches!(&by_invoice, Failure::Invalid(fields)
            if fields[..] == [Refusal::UnknownChoice.at(Field::Payment)]),
            "{by_invoice:?}"
        );
        assert_eq!(refused(buy(world, &user, &shop.central, by_card())), Refusal::UnknownChoice);
        let admin = world.caller(Role::GlobalAdmin);
        assert_eq!(refused(buy(world, &admin, &shop.team, by_card())), Refusal::UnknownChoice);
        // A bank account of one's own does not do either (domain 5.1).
        let account = world.bank_account(user.actor.user().unwrap());
        let asked = PreparePurchase { price_id: shop.team.id, quantity: 3, base: None, starts_on: None };
        assert!(world.read(&user, &asked).unwrap().methods.is_empty());
        let by_bank = buy(world, &user, &shop.team, Payment::OnFile(account)).unwrap_err();
        assert!(
            matches!(&by_bank, Failure::Invalid(fields)
            if fields[..] == [Refusal::AccountPaysNoSelfService.at(Field::Payment)]),
            "{by_bank:?}"
        );
        assert_eq!(world.gateway.charged().len(), 0);
    });
}

/// R17, R23, R24, R25, R45: what a user buys and adds is on invoices to that user alone, also where the organization
/// gets one for everything; nobody else of the organization but its admins sees them or the subscription.
#[test]
fn a_user_is_billed_for_what_the_user_bought() {
    in_each_world(|world| {
        let shop = Shop::of(world);
        world.seed(world.organization, |write| {
            let mut account = billing_account::find(write)?.expect("an account");
            account.rules.agreement = Agreement::Mca;
            billing_account::update(write, &account)
        });
        let user = world.as_person(world.person("Anna de Vries"), &[]);
        let admin = world.caller(Role::BillingAdmin);
        let _ = world.read(&admin, &OrderDetails(buy(world, &admin, &shop.central, by_card()).unwrap())).unwrap();
        let id = buy(world, &user, &shop.team, by_card()).unwrap();
        let subscription_id = world.read(&user, &OrderDetails(id)).unwrap().listed.order.subscription_id;
        let more = ChangeQuantity::now(subscription_id, 5);
        world.write(&user, more).unwrap();
        let _ = world.sweep();

        let asked = ListInvoices { days: InvoiceDays::ThreeMonths, after: None, limit: 10 };
        let own = world.read(&user, &asked).unwrap().rows;
        let view = world.read(&user, &InvoiceDetails(own.last().unwrap().id)).unwrap();
        assert_eq!((view.invoice.bill_to.name.as_str(), view.is_of_buyer), ("Anna de Vries", true));
        assert_eq!(view.invoice.lines.iter().map(|line| line.net.minor).collect::<Vec<_>>(), [4_500]);
        for listed in &own {
            let invoice = world.read(&user, &InvoiceDetails(listed.id)).unwrap().invoice;
            assert!(invoice.lines.iter().all(|line| line.subscription_id == subscription_id));
        }
        let all = world.read(&admin, &asked).unwrap().rows;
        assert_eq!(all.len(), own.len() + 1);
        let of_all = all.iter().find(|listed| own.iter().all(|mine| mine.id != listed.id)).unwrap();
        assert_eq!(refused(world.read(&user, &InvoiceDetails(of_all.id))), Refusal::NotFound);
        assert!(!world.read(&admin, &InvoiceDetails(of_all.id)).unwrap().is_of_buyer);
        // R38, domain 4.1: what pays for it is the buyer's to change, too.
        let choices = world.read(&user, &PaymentChoices(subscription_id)).unwrap();
        let to = Some(world.card(user.actor.user().unwrap(), "card_succeeds"));
        assert_eq!(choices.profile, None);
        world.write(&user, ChangePaymentMethod { subscription_id, to }).unwrap();
        assert_eq!(world.see_subscription(subscription_id).payment_method_id, to);
        let other = world.as_person(world.person("Noor Vermeer"), &[]);
        assert_eq!(refused(world.read(&other, &InvoiceDetails(own[0].id))), Refusal::NotFound);
        assert_eq!(refused(world.read(&other, &SubscriptionDetails(subscription_id))), Refusal::NotFound);
        assert_eq!(refused(world.write(&other, more)), Refusal::NotFound);
    });
}

/// Anna buys three by card for Noor, a month at a time from the first day, and Carla looks after the organization's
/// purchases.
fn anna_bought(world: &World) -> (UserId, Caller, SubscriptionId) {
    let shop = Shop::of(world);
    let [anna, noor, carla] = ["Anna de Vries", "Noor Vermeer", "Carla Admin"].map(|name| world.person(name));
    world.give_roles(world.organization, carla, &[Role::GlobalAdmin]);
    let user = world.as_person(anna, &[]);
    let id = buy(world, &user, &shop.team, by_card()).unwrap();
    let id = world.read(&user, &OrderDetails(id)).unwrap().listed.order.subscription_id;
    world.give_license(id, noor);
    world.sweep();
    world.work();
    let _ = (world.new_events(), world.new_mails());
    (anna, world.as_person(carla, &[Role::GlobalAdmin]), id)
}

/// Every day up to `until` the calendar takes its steps, and the work is done that they ask for.
fn live_until(world: &World, until: Date) {
    while world.today() < until {
        world.clock.set_day(world.today().saturating_add(1.day()));
        world.sweep();
        world.work();
    }
}

/// What the buyer's card was charged, each time.
fn charged(world: &World) -> Vec<i64> {
    world.gateway.charged().values().map(|amount| amount.minor).collect()
}

/// Domain 5.1 "auto-renews", "buyer is billed and liable": at the end of the term the buyer's own card pays for the next
/// one, and of all people only the buyer is told.
#[test]
fn a_purchase_of_a_user_renews_by_itself() {
    in_each_world(|world| {
        let (anna, _, id) = anna_bought(world);
        let card = world.see_subscription(id).payment_method_id;
        assert_eq!((charged(world).len(), card.is_some()), (1, true));
        live_until(world, date(2020, 2, 16));
        let renewed = world.see_subscription(id);
        assert_eq!(
            (renewed.state, renewed.ends_on, renewed.holder),
            (SubscriptionState::Active, date(2020, 3, 15), Some(anna))
        );
        assert_eq!((renewed.payment_method_id, renewed.assigned), (card, 1));
        let [first, second] = charged(world)[..] else { panic!("charged twice") };
        assert_eq!(first, second);
        let mails = world.new_mails();
        assert!(!mails.is_empty() && mails.iter().all(|mail| mail.ends_with(" to anna.de.vries")), "{mails:?}");
    });
}

/// Domain 5.1 "buyer leaves": the team keeps it through the term and the next one, until an admin ends it.
#[test]
fn what_a_user_bought_outlives_the_user() {
    in_each_world(|world| {
        let (anna, admin, id) = anna_bought(world);
        world.write(&admin, DeleteUser(anna)).unwrap();
        live_until(world, date(2020, 2, 16));
        let renewed = world.see_subscription(id);
        assert_eq!(
            (renewed.state, renewed.ends_on, renewed.assigned),
            (SubscriptionState::Active, date(2020, 3, 15), 1)
        );
        assert_eq!(charged(world).len(), 2);
        let cancel = TakeOver::Cancel { reason: CancelReason::NotUsedEnough, feedback: String::new() };
        let job = world.write(&admin, StartTakeOver { subscription_id: id, take_over: cancel }).unwrap();
        world.app.work_now(world.organization, job).unwrap();
        let state = world.store.read(world.organization, |read| store::tables::subscription::find(read, id));
        assert_eq!(state.unwrap().unwrap().subscription.state, SubscriptionState::Deleted);
    });
}
