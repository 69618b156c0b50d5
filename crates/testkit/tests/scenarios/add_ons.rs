//! Add-ons (domain 1.9, 1.5, 1.10; R160): bought for a subscription, and living and ending with it, whatever else happens
//! at the same time.

#![expect(clippy::unwrap_used, reason = "a helper of a test fails the test")]

use super::buy_on_a_profile::let_pay;
use super::mails::admin;
use super::purchase::wanted;
use app::billing::settle_balance::{PreparePayment, SettleBalance, settle_balance};
use app::catalog::browse::{AddOnsFor, BrowseProducts};
use app::catalog::describe::DescribeProduct;
use app::catalog::prepare::{PreparePurchase, ProductForSale};
use app::credit_check::decide::DecideCreditCheck;
use app::order::details::OrderDetails;
use app::order::place::{Payment, Purchase, place_order};
use app::ports::SandboxBank;
use app::subscription::cancel::{CancelSubscription, PreviewCancel};
use app::subscription::change_plan::PlanChoices;
use app::subscription::change_quantity::ChangeQuantity;
use app::subscription::delete::DeleteSubscription;
use app::subscription::details::SubscriptionDetails;
use app::subscription::edit_recurring_billing::EditRecurringBilling;
use app::subscription::list::ListSubscriptions;
use app::subscription::reactivate::{PreviewReactivate, ReactivateSubscription};
use app::subscription::start_trial::StartTrial;
use app::{Caller, Failure};
use domain::access::Role;
use domain::billing::Agreement;
use domain::catalog::{BillingFrequency, Category, Price, ProductKind, Sku, Term};
use domain::credit_check::decide::DecideCreditCheck as Decided;
use domain::event::Event;
use domain::ids::{BillingProfileId, OrderId, PaymentId, SubscriptionId};
use domain::money::{Currency, Money};
use domain::order::{Order, OrderState};
use domain::organization::{Cloud, OrganizationKind};
use domain::refusal::{Field, FieldRefusal, Refusal};
use domain::subscription::cancel::{Cancel, CancelReason};
use domain::subscription::{Channel, ClosedReason, Subscription, SubscriptionState};
use domain::time::Period;
use jiff::SignedDuration;
use jiff::civil::{Date, date};
use store::tables::subscription;
use testkit::world::{World, in_each_world};

/// The day on which the add-on is bought.
const DAY: Date = date(2020, 1, 25);

/// Ten licenses of Office at 10.00 a month since the first day, and Audio, an add-on to it at 3.00 a month.
struct Shop {
    office: Sku,
    audio: Sku,
    price: Price,
    base: SubscriptionId,
    admin: Caller,
}

impl Shop {
    fn of(world: &World) -> Self {
        Self::paid_by(world, "card_succeeds")
    }

    /// A card of its own pays for the base.
    fn paid_by(world: &World, token: &str) -> Self {
        let office = world.product("Office");
        let audio = world.add_on("Audio", ProductKind::TraditionalAddOn, &[&office]);
        let price = world.price(&audio, Term::Annual, BillingFrequency::Monthly, eur(300));
        let admin = admin(world, "Noor", Role::GlobalAdmin);
        let card = world.card(admin.actor.user().unwrap(), token);
        let base = world.subscription_with(world.organization, &office, 10, |new| new.payment_method_id = Some(card));
        world.clock.set_day(DAY);
        Self { office, audio, price, base, admin }
    }

    fn wish(&self, world: &World, payment: Payment) -> Purchase {
        wanted(world, &self.price, 10, payment)
    }

    fn order(&self, world: &World, purchase: Purchase) -> Result<Order, Failure> {
        let id = place_order(&world.app, &self.admin, world.organization, purchase)?;
        Ok(self.see(world, id))
    }

    fn see(&self, world: &World, id: OrderId) -> Order {
        world.read(&self.admin, &OrderDetails(id)).unwrap().listed.order
    }

    /// Buys ten licenses of Audio by card.
    fn buy(&self, world: &World) -> SubscriptionId {
        let order = self.order(world, self.wish(world, card("card_succeeds"))).unwrap();
        assert_eq!(order.state, OrderState::Posted);
        order.subscription_id
    }
}

fn card(token: &str) -> Payment {
    Payment::Token(token.to_owned())
}

fn eur(minor: i64) -> Money {
    Money::new(minor, Currency::Eur)
}

fn refused<T: std::fmt::Debug>(result: Result<T, Failure>) -> Refusal {
    match result.unwrap_err() {
        Failure::Invalid(fields) => fields[0].refusal.clone(),
        failure => failure.refusal().unwrap().clone(),
    }
}

fn cancel(subscription_id: SubscriptionId) -> CancelSubscription {
    let cancel = Cancel { reason: CancelReason::SwitchedProduct, feedback: String::new() };
    CancelSubscription { subscription_id, cancel }
}

/// What happened to subscriptions, without what is charged and collected.
fn life(world: &World) -> Vec<Event> {
    let kinds = ["subscription_renewed", "subscription_expired", "subscription_disabled", "subscription_deleted"];
    let more = ["subscription_canceled", "subscription_reactivated", "recurring_billing_changed"];
    let is_life = |event: &Event| kinds.contains(&event.kind()) || more.contains(&event.kind());
    world.new_events().into_iter().filter(is_life).collect()
}

fn states(world: &World, ids: [SubscriptionId; 2]) -> [SubscriptionState; 2] {
    ids.map(|id| world.see_subscription(id).state)
}

/// Lets everything of a day happen.
fn on(world: &World, day: Date) {
    world.clock.set_day(day);
    world.sweep();
    world.work();
}

/// Lets every day up to one pass.
fn live_until(world: &World, last: Date) {
    while world.today() < last {
        on(world, world.today().tomorrow().unwrap());
    }
}

fn settle(world: &World, shop: &Shop) {
    let settle = SettleBalance { payment_id: PaymentId::from_uuid(world.new_id()), means: card("card_succeeds") };
    settle_balance(&world.app, &shop.admin, world.organization, &settle).unwrap();
}

/// R160, domain 1.9, 4.9: an add-on has the anchor and the end of its base; 10 × 3.00 × 21/31 is paid for what is left of
/// the base's billing period, as the preview says.
#[test]
fn an_add_on_has_the_term_of_its_base() {
    in_each_world(|world| {
        let shop = Shop::of(world);
        let asked = PreparePurchase { price_id: shop.price.id, quantity: 10, base: None, starts_on: None };
        let prepared = world.read(&shop.admin, &asked).unwrap();
        let preview = prepared.preview.unwrap();
        assert_eq!(
            (preview.amount, preview.per_period, preview.renews_on),
            (eur(2_032), eur(3_000), date(2021, 1, 15))
        );
        assert_eq!(preview.service_period, Period { start: DAY, end: date(2020, 2, 15) });
        assert_eq!(prepared.base.map(|base| base.subscription.id), Some(shop.base));
        let _ = world.new_events();

        let order = shop.order(world, shop.wish(world, card("card_succeeds"))).unwrap();
        assert_eq!((order.state, order.base_id, order.amount), (OrderState::Posted, Some(shop.base), eur(2_032)));
        let number = || "0000001".to_owned();
        let started = Event::SubscriptionStarted {
            quantity: 10,
            term: Term::Annual,
            billing_frequency: BillingFrequency::Monthly,
            unit_price: eur(300),
            channel: Channel::Direct,
            ends_on: date(2021, 1, 15),
        };
        let happened = [
            Event::OrderPlaced { number: 1, amount: eur(2_032) },
            Event::OrderPosted { number: 1 },
            started,
            Event::InvoiceIssued { number: number(), total: eur(2_032), due_on: date(2020, 1, 26) },
            Event::InvoicePaid { number: number(), amount: eur(2_032), balance: eur(0) },
        ];
        assert_eq!(world.new_events(), happened);
        assert_eq!(world.new_mails(), ["order_confirmation to noor", "invoice to noor"]);
        assert_eq!(world.gateway.charged().into_iter().collect::<Vec<_>>(), [(order.id.to_string(), eur(2_032))]);
        let bought = world.see_subscription(order.subscription_id);
        assert_eq!((bought.base_id, bought.started_on), (Some(shop.base), date(2020, 1, 15)));
        assert_eq!((bought.ends_on, bought.billed_until), (date(2021, 1, 15), Some(date(2020, 2, 15))));

        let view = world.read(&shop.admin, &SubscriptionDetails(shop.base)).unwrap();
        let names: Vec<_> = view.add_ons.iter().map(|add_on| add_on.product_name.as_str()).collect();
        assert_eq!((names, view.may_add_on), (vec!["Audio"], true));
        let listed = ListSubscriptions { search: "audio".to_owned(), ..ListSubscriptions::by_name(10) };
        let page = world.read(&shop.admin, &listed).unwrap();
        assert_eq!(page.rows[0].base_name.as_deref(), Some("Office"));
    });
}

/// R160, T1, D19: both renew on the same day, each at its own price; the months in between are charged like those of any
/// subscription.
#[test]
fn an_add_on_renews_with_its_base() {
    in_each_world(|world| {
        let shop = Shop::of(world);
        let add_on = shop.buy(world);
        let _ = world.new_mails();
        on(world, date(2020, 2, 15));
        assert_eq!(world.new_mails(), ["invoice to noor"; 2]);
        assert_eq!(world.see_subscription(add_on).billed_until, Some(date(2020, 3, 15)));
        assert_eq!(life(world), []);
        on(world, date(2021, 1, 14));
        let _ = world.new_mails();
        on(world, date(2021, 1, 15));
        assert_eq!(world.new_mails(), ["invoice to noor"; 2]);
        let renewed = |minor| Event::SubscriptionRenewed {
            term: Period { start: date(2021, 1, 15), end: date(2022, 1, 15) },
            amount: eur(minor),
            service_period: Period { start: date(2021, 1, 15), end: date(2021, 2, 15) },
            quantity: None,
        };
        assert_eq!(life(world), [renewed(10_000), renewed(3_000)]);
        let after = [shop.base, add_on].map(|id| world.see_subscription(id));
        for subscription in after {
            assert_eq!(subscription.ends_on, date(2022, 1, 15));
            assert_eq!(subscription.billed_until, Some(date(2021, 2, 15)));
        }
    });
}

/// R160, domain 1.5: an add-on is canceled with its base, with its own credit, and comes back with it; by itself neither.
#[test]
fn an_add_on_is_canceled_and_reactivated_with_its_base() {
    in_each_world(|world| {
        let shop = Shop::of(world);
        let add_on = shop.buy(world);
        let closed = Refusal::Closed(ClosedReason::FollowsBase);
        assert_eq!(refused(world.write(&shop.admin, cancel(add_on))), closed);
        let off = EditRecurringBilling { subscription_id: add_on, on: false, billing_frequency: None };
        assert_eq!(refused(world.write(&shop.admin, off)), closed);
        assert_eq!(refused(world.write(&shop.admin, DeleteSubscription(add_on))), closed);
        let total = |total| ChangeQuantity::now(add_on, total);
        assert_eq!(world.write(&shop.admin, total(12)).unwrap().to, 12, "its licenses are its own");
        let _ = (world.new_events(), world.new_mails());

        let said = world.read(&shop.admin, &PreviewCancel(shop.base)).unwrap();
        assert_eq!((said.preview.credit, said.add_ons), (eur(-6_774), vec![("Audio".to_owned(), eur(-2_438))]));
        world.write(&shop.admin, cancel(shop.base)).unwrap();
        let canceled = |minor| Event::SubscriptionCanceled {
            reason: CancelReason::SwitchedProduct,
            feedback: String::new(),
            amount: eur(minor),
            service_period: Period { start: DAY, end: date(2020, 2, 15) },
            deleted_on: date(2020, 4, 24),
        };
        // 10 × 10.00 × 21/31; 10 × 3.00 and 2 × 3.00 for the same days, each as it was charged.
        assert_eq!(world.new_events(), [canceled(-6_774), canceled(-2_438)]);
        assert_eq!(world.new_mails(), ["canceled to noor"; 2]);
        assert_eq!(states(world, [shop.base, add_on]), [SubscriptionState::Disabled; 2]);
        let back = |subscription_id| ReactivateSubscription { subscription_id, payment_method_id: None };
        assert_eq!(refused(world.write(&shop.admin, back(add_on))), closed);

        world.clock.set_day(date(2020, 2, 4));
        let said = world.read(&shop.admin, &PreviewReactivate(shop.base)).unwrap();
        assert_eq!((said.preview.cost_now, said.add_ons), (eur(3_548), vec![("Audio".to_owned(), eur(1_277))]));
        let _ = world.new_events();
        world.write(&shop.admin, back(shop.base)).unwrap();
        let reactivated = |minor| Event::SubscriptionReactivated {
            from: SubscriptionState::Disabled,
            ends_on: date(2021, 1, 15),
            amount: eur(minor),
            service_period: Period { start: date(2020, 2, 4), end: date(2020, 2, 15) },
        };
        assert_eq!(world.new_events(), [reactivated(3_548), reactivated(1_277)]);
        assert_eq!(world.new_mails(), Vec::<String>::new());
        assert_eq!(states(world, [shop.base, add_on]), [SubscriptionState::Active; 2]);
    });
}

/// R160, T2 to T4: where the base does not renew, both expire, are disabled and are erased on the same days.
#[test]
fn an_add_on_expires_with_its_base() {
    in_each_world(|world| {
        let shop = Shop::of(world);
        let add_on = shop.buy(world);
        let _ = (world.new_events(), world.new_mails());
        world
            .write(&shop.admin, EditRecurringBilling { subscription_id: shop.base, on: false, billing_frequency: None })
            .unwrap();
        let off = Event::RecurringBillingChanged { on: false, ends_on: date(2021, 1, 15) };
        assert_eq!(world.new_events(), [off.clone(), off]);
        assert_eq!(world.new_mails(), Vec::<String>::new());
        on(world, date(2021, 1, 14));
        let _ = world.new_mails();
        on(world, date(2021, 1, 15));
        let expired = Event::SubscriptionExpired { on: date(2021, 1, 15), disabled_on: date(2021, 2, 14) };
        assert_eq!(life(world), [expired.clone(), expired]);
        assert_eq!(world.new_mails(), Vec::<String>::new());
        // One warning for both, on the days of domain 4.10.
        for day in [date(2021, 1, 16), date(2021, 1, 30)] {
            on(world, day);
            assert_eq!(world.new_mails(), ["expired to noor"], "{day}");
        }
        on(world, date(2021, 2, 14));
        let disabled = Event::SubscriptionDisabled { on: date(2021, 2, 14), deleted_on: date(2021, 5, 15) };
        assert_eq!(life(world), [disabled.clone(), disabled]);
        assert_eq!(world.new_mails(), ["disabled to noor"; 2]);
        for day in [date(2021, 3, 16), date(2021, 4, 15), date(2021, 5, 5)] {
            on(world, day);
            assert_eq!(world.new_mails(), ["erased_soon to noor"], "{day}");
        }
        on(world, date(2021, 5, 15));
        let deleted = Event::SubscriptionDeleted { on: date(2021, 5, 15), licenses_freed: 0 };
        assert_eq!(life(world), [deleted.clone(), deleted]);
        assert_eq!(world.new_mails(), Vec::<String>::new());
        assert_eq!(states(world, [shop.base, add_on]), [SubscriptionState::Deleted; 2]);
    });
}

/// T7, T10: an add-on comes back from Expired with its base, and a base that is deleted at once takes it along.
#[test]
fn an_add_on_comes_back_and_is_deleted_with_its_base() {
    in_each_world(|world| {
        let shop = Shop::of(world);
        let add_on = shop.buy(world);
        world
            .write(&shop.admin, EditRecurringBilling { subscription_id: shop.base, on: false, billing_frequency: None })
            .unwrap();
        on(world, date(2021, 1, 25));
        let _ = (world.new_events(), world.new_mails());
        let back = ReactivateSubscription { subscription_id: shop.base, payment_method_id: None };
        world.write(&shop.admin, back).unwrap();
        let reactivated = |minor| Event::SubscriptionReactivated {
            from: SubscriptionState::Expired,
            ends_on: date(2022, 1, 15),
            amount: eur(minor),
            service_period: Period { start: date(2021, 1, 15), end: date(2021, 2, 15) },
        };
        assert_eq!(life(world), [reactivated(10_000), reactivated(3_000)]);
        assert_eq!(world.new_mails(), Vec::<String>::new());
        world.write(&shop.admin, cancel(shop.base)).unwrap();
        assert_eq!(world.new_mails(), ["canceled to noor"; 2]);
        let _ = world.new_events();
        world.write(&shop.admin, DeleteSubscription(shop.base)).unwrap();
        let deleted = Event::SubscriptionDeleted { on: date(2021, 1, 25), licenses_freed: 0 };
        assert_eq!(world.new_events(), [deleted.clone(), deleted]);
        assert_eq!(world.new_mails(), Vec::<String>::new());
        assert_eq!(states(world, [shop.base, add_on]), [SubscriptionState::Deleted; 2]);
        assert_eq!(world.read(&shop.admin, &SubscriptionDetails(shop.base)).unwrap().add_ons, []);
    });
}

/// T6, T8, R166: whoever does not pay the base loses the add-on too, and gets both back.
#[test]
fn an_add_on_goes_with_an_unpaid_base() {
    in_each_world(|world| {
        let shop = Shop::paid_by(world, "card_declined");
        let add_on = shop.buy(world);
        live_until(world, date(2020, 3, 16));
        let _ = world.new_mails();
        live_until(world, date(2020, 3, 17));
        assert_eq!(world.new_mails(), ["payment_failed to noor", "disabled to noor", "disabled to noor"]);
        assert_eq!(states(world, [shop.base, add_on]), [SubscriptionState::Disabled; 2]);
        let disabled = Event::SubscriptionDisabled { on: date(2020, 3, 17), deleted_on: date(2020, 6, 15) };
        assert_eq!(life(world), [disabled.clone(), disabled]);
        let prepared = world.read(&shop.admin, &PreparePayment(None)).unwrap();
        let names: Vec<_> = [shop.base, add_on].map(|id| world.see_listed(id).product_name).into();
        assert_eq!(prepared.coming_back.into_iter().map(|(name, _)| name).collect::<Vec<_>>(), names);
        settle(world, &shop);
        assert_eq!(states(world, [shop.base, add_on]), [SubscriptionState::Active; 2]);
        let kinds: Vec<_> = life(world).iter().map(Event::kind).collect();
        assert_eq!(kinds, ["subscription_reactivated"; 2]);
        assert_eq!(world.new_mails(), Vec::<String>::new());
    });
}

/// T6, T8: an add-on that is not paid is disabled alone, comes back alone, and not without its base.
#[test]
fn an_unpaid_add_on_is_disabled_alone() {
    in_each_world(|world| {
        let shop = Shop::of(world);
        let declined = world.card(shop.admin.actor.user().unwrap(), "card_declined");
        let unpaid = || {
            world.subscription_with(world.organization, &shop.audio, 10, |new| {
                (new.base_id, new.payment_method_id) = (Some(shop.base), Some(declined));
                (new.started_on, new.ends_on) = (date(2020, 1, 15), date(2021, 1, 15));
            })
        };
        let add_on = unpaid();
        live_until(world, date(2020, 3, 16));
        let _ = world.new_mails();
        live_until(world, date(2020, 3, 17));
        assert_eq!(world.new_mails(), ["payment_failed to noor", "disabled to noor"]);
        assert_eq!(states(world, [shop.base, add_on]), [SubscriptionState::Active, SubscriptionState::Disabled]);
        settle(world, &shop);
        assert_eq!(states(world, [shop.base, add_on]), [SubscriptionState::Active; 2]);

        let declined = world.card(shop.admin.actor.user().unwrap(), "card_declined");
        let mut again = world.see_subscription(add_on);
        again.payment_method_id = Some(declined);
        world.seed(world.organization, move |write| subscription::update_life(write, &again, Cloud::Worldwide));
        live_until(world, date(2020, 5, 17));
        assert_eq!(states(world, [shop.base, add_on]), [SubscriptionState::Active, SubscriptionState::Disabled]);
        world.write(&shop.admin, cancel(shop.base)).unwrap();
        settle(world, &shop);
        assert_eq!(states(world, [shop.base, add_on]), [SubscriptionState::Disabled; 2]);
        let back = ReactivateSubscription { subscription_id: shop.base, payment_method_id: None };
        world.write(&shop.admin, back).unwrap();
        assert_eq!(states(world, [shop.base, add_on]), [SubscriptionState::Active; 2]);
    });
}

/// R155, R160: the preview of reactivating counts what comes back with it, and not an add-on that stays away because it
/// is not paid itself.
#[test]
fn an_unpaid_add_on_is_not_in_the_preview() {
    in_each_world(|world| {
        let shop = Shop::of(world);
        let declined = world.card(shop.admin.actor.user().unwrap(), "card_declined");
        let add_on = world.subscription_with(world.organization, &shop.audio, 10, |new| {
            (new.base_id, new.payment_method_id) = (Some(shop.base), Some(declined));
            (new.started_on, new.ends_on) = (date(2020, 1, 15), date(2021, 1, 15));
        });
        live_until(world, date(2020, 3, 17));
        world.write(&shop.admin, cancel(shop.base)).unwrap();
        assert_eq!(states(world, [shop.base, add_on]), [SubscriptionState::Disabled; 2]);
        let said = || world.read(&shop.admin, &PreviewReactivate(shop.base)).unwrap().add_ons;
        assert_eq!(said(), []);
        settle(world, &shop);
        assert_eq!(said(), [("Audio".to_owned(), eur(0))], "these days were charged before");
    });
}

/// Domain 1.5, D6: under MCA an add-on can be given back for seven days after it was bought, also when its first billing
/// period is over by then.
#[test]
fn an_add_on_can_be_given_back_in_its_own_first_days() {
    in_each_world(|world| {
        world.agreement(Agreement::Mca);
        let shop = Shop::of(world);
        let card = world.see_subscription(shop.base).payment_method_id.unwrap();
        let_pay(world, BillingProfileId::first_of(world.organization), card);
        live_until(world, date(2020, 2, 10));
        let add_on = shop.buy(world);
        live_until(world, date(2020, 2, 16));
        let fewer = |total| world.write(&shop.admin, ChangeQuantity::now(add_on, total)).unwrap();
        let _ = fewer(6);
        let seen = world.see_subscription(add_on);
        assert_eq!((seen.quantity, seen.quantity_at_renewal), (6, None));
        live_until(world, date(2020, 2, 17));
        let _ = fewer(5);
        let seen = world.see_subscription(add_on);
        assert_eq!((seen.quantity, seen.quantity_at_renewal), (6, Some(5)));
    });
}

/// T8, domain 1.9: the base went on to another end while the add-on was disabled; what comes back ends with it, and
/// its next period is charged.
#[test]
fn what_was_unpaid_comes_back_to_the_end_of_its_base() {
    in_each_world(|world| {
        let shop = Shop::of(world);
        let declined = world.card(shop.admin.actor.user().unwrap(), "card_declined");
        let add_on = world.subscription_with(world.organization, &shop.audio, 10, |new| {
            (new.base_id, new.payment_method_id) = (Some(shop.base), Some(declined));
            (new.started_on, new.ends_on) = (date(2020, 1, 15), date(2021, 1, 15));
        });
        live_until(world, date(2020, 3, 17));
        let mut stale = world.see_subscription(add_on);
        assert_eq!(stale.state, SubscriptionState::Disabled);
        (stale.ends_on, stale.recurring_billing) = (date(2020, 3, 15), false);
        world.seed(world.organization, move |write| subscription::update_life(write, &stale, Cloud::Worldwide));
        settle(world, &shop);
        let back = world.see_subscription(add_on);
        assert_eq!((back.state, back.ends_on), (SubscriptionState::Active, date(2021, 1, 15)));
        assert_eq!(back.billed_until, Some(date(2020, 4, 15)), "these days were charged before");
        live_until(world, date(2020, 4, 15));
        assert_eq!(world.see_subscription(add_on).billed_until, Some(date(2020, 5, 15)));
    });
}

/// T12, domain 1.9: under MCA a base that was canceled comes back with a term that begins that day; what was not paid by
/// then has its anchor and its end too, whether it is paid before or after. 10 × 3.00 × 10/31 are left of the month.
#[test]
fn under_mca_what_was_unpaid_has_the_new_term_of_its_base() {
    for paid_on in [date(2020, 3, 20), date(2020, 3, 28)] {
        in_each_world(|world| {
            let shop = Shop::of(world);
            let [accepted, declined] =
                ["card_succeeds", "card_declined"].map(|token| world.card(shop.admin.actor.user().unwrap(), token));
            let monthly = |sku: &Sku, base: Option<SubscriptionId>, card| {
                world.subscription_with(world.organization, sku, 10, |new| {
                    (new.term, new.base_id, new.payment_method_id) = (Term::Monthly, base, Some(card));
                    (new.started_on, new.ends_on) = (date(2020, 1, 15), date(2020, 2, 15));
                    new.unit_price = eur(if base.is_some() { 300 } else { 1_000 });
                })
            };
            let base = monthly(&shop.office, None, accepted);
            let add_on = monthly(&shop.audio, Some(base), declined);
            live_until(world, date(2020, 3, 17));
            assert_eq!(states(world, [base, add_on]), [SubscriptionState::Active, SubscriptionState::Disabled]);
            // Up to here each has a payment method of its own; under MCA the billing profile would pay for both.
            world.agreement(Agreement::Mca);
            world.write(&shop.admin, cancel(base)).unwrap();
            let steps = [(date(2020, 3, 25), true), (paid_on, false)];
            let in_order = if paid_on < steps[0].0 { [steps[1], steps[0]] } else { steps };
            for (day, is_back) in in_order {
                live_until(world, day);
                match is_back {
                    true => {
                        let back = ReactivateSubscription { subscription_id: base, payment_method_id: None };
                        world.write(&shop.admin, back).unwrap();
                    }
                    false => settle(world, &shop),
                }
            }
            for id in [base, add_on] {
                let seen = world.see_subscription(id);
                assert_eq!((seen.state, seen.started_on), (SubscriptionState::Active, date(2020, 3, 25)), "{paid_on}");
                assert_eq!((seen.ends_on, seen.billed_until), (date(2020, 4, 25), Some(date(2020, 4, 25))));
            }
            let came_back = life(world).into_iter().filter_map(|event| match event {
                Event::SubscriptionReactivated { amount, service_period, .. } => Some((amount, service_period.start)),
                _ => None,
            });
            let expected = [(eur(10_000), date(2020, 3, 25)), (eur(968), date(2020, 4, 15))];
            assert_eq!(came_back.collect::<Vec<_>>(), expected);
            live_until(world, date(2020, 4, 25));
            for id in [base, add_on] {
                assert_eq!(world.see_subscription(id).ends_on, date(2020, 5, 25));
            }
        });
    }
}

/// Two at once, domain 1.9: whoever cancels the base while the bank asks the payer of the add-on gets all of it back.
#[test]
fn an_add_on_whose_base_ends_meanwhile_is_withdrawn() {
    in_each_world(|world| {
        let shop = Shop::of(world);
        let order = shop.order(world, shop.wish(world, card("card_confirms"))).unwrap();
        assert_eq!(order.state, OrderState::ConfirmationRequired);
        world.write(&shop.admin, cancel(shop.base)).unwrap();
        let _ = (world.new_events(), world.new_mails());
        assert!(world.gateway.confirm(order.payment_reference.as_deref().unwrap(), true));
        world.clock.advance(SignedDuration::from_secs(5));
        world.work();
        assert_eq!(shop.see(world, order.id).state, OrderState::Posted);
        let kinds: Vec<_> = world.new_events().iter().map(Event::kind).collect();
        let posted = ["order_posted", "subscription_started", "invoice_issued", "invoice_paid", "subscription_deleted"];
        assert_eq!(kinds, posted);
        assert_eq!(world.new_mails(), ["order_confirmation to noor", "invoice to noor"]);
        assert_eq!(world.see_subscription(order.subscription_id).state, SubscriptionState::Deleted);
        let view = world.read(&shop.admin, &SubscriptionDetails(order.subscription_id)).unwrap();
        let amounts: Vec<_> = view.orders.iter().map(|listed| listed.order.amount).collect();
        assert_eq!(amounts, [eur(-2_032), eur(2_032)]);
        // Like every credit, with the next statement.
        on(world, date(2020, 2, 25));
        let view = world.read(&shop.admin, &SubscriptionDetails(order.subscription_id)).unwrap();
        let totals: Vec<_> = view.invoices.iter().map(|invoice| invoice.total).collect();
        assert_eq!(totals, [eur(-2_032), eur(2_032)]);
    });
}

/// R63, domain 1.9: when the credit check is decided, the base is looked at again; the days since the order are not
/// charged.
#[test]
fn an_add_on_by_invoice_waits_for_its_credit_check() {
    in_each_world(|world| {
        let shop = Shop::of(world);
        let house = world.organization_with("Zetel", |house| house.kind = OrganizationKind::Operator);
        let operator = world.caller_in(house, Role::Operator);
        let decide = |order_id| {
            let decided = Decided::new(true, "Known for years.").unwrap();
            world.write(&operator, DecideCreditCheck { order_id, decided }).unwrap();
        };
        // A price that is above the minimum of an invoice.
        let price = world.price(&shop.audio, Term::Annual, BillingFrequency::Yearly, eur(36_600));
        let invoice = || Purchase { price_id: price.id, ..shop.wish(world, Payment::Invoice { contact_agreed: true }) };
        let first = shop.order(world, invoice()).unwrap();
        assert_eq!((first.state, first.amount), (OrderState::CreditCheckPending, eur(356_000)));
        assert_eq!(world.new_mails(), ["credit_application to noor"]);
        let second = shop.order(world, invoice()).unwrap();
        assert_eq!(second.state, OrderState::CreditCheckPending);
        let waiting = world.see_subscription(first.subscription_id);
        assert_eq!((waiting.state, waiting.base_id), (SubscriptionState::Pending, Some(shop.base)));
        let _ = world.new_mails();
        world.clock.set_day(date(2020, 1, 28));
        decide(first.id);
        assert_eq!(world.new_mails(), ["order_confirmation to noor"]);
        let posted = shop.see(world, first.id);
        assert_eq!((posted.state, posted.amount), (OrderState::Posted, eur(353_000)));
        let bought = world.see_subscription(first.subscription_id);
        assert_eq!((bought.state, bought.started_on), (SubscriptionState::Active, date(2020, 1, 15)));

        world.write(&shop.admin, cancel(shop.base)).unwrap();
        let _ = world.new_mails();
        decide(second.id);
        assert_eq!(world.new_mails(), Vec::<String>::new());
        let voided = shop.see(world, second.id);
        assert_eq!((voided.state, voided.void_reason.as_deref()), (OrderState::Voided, Some("base_does_not_fit")));
        assert_eq!(world.see_subscription(second.subscription_id).state, SubscriptionState::Deleted);
    });
}

/// Domain 1.9: "Connect to subscription" where several fit; none of another organization, of another product or term.
#[test]
fn the_base_is_chosen() {
    in_each_world(|world| {
        let shop = Shop::of(world);
        let other = world.subscription(&shop.office, 5);
        let at_base = |refusal: Refusal| Failure::Invalid(vec![refusal.at(Field::BaseSubscription)]);
        let place = |base| shop.order(world, Purchase { base, ..shop.wish(world, card("card_succeeds")) });
        let wrong = |base| match place(base).unwrap_err() {
            Failure::Invalid(fields) => fields,
            failure => panic!("{failure:?} is not about the field"),
        };
        let expected = |refusal: Refusal| -> Vec<FieldRefusal> {
            let Failure::Invalid(fields) = at_base(refusal) else { unreachable!("it is") };
            fields
        };
        assert_eq!(wrong(None), expected(Refusal::Required));
        let elsewhere = world.other_organization("Elsewhere");
        let theirs = world.subscription_with(elsewhere, &shop.office, 5, |_| ());
        assert_eq!(wrong(Some(theirs)), expected(Refusal::BaseDoesNotFit));
        let monthly = world.subscription_with(world.organization, &shop.office, 5, |new| new.term = Term::Monthly);
        assert_eq!(wrong(Some(monthly)), expected(Refusal::BaseTermDiffers));
        let bought = place(Some(other)).unwrap();
        assert_eq!(bought.base_id, Some(other));
        assert_eq!(world.see_subscription(bought.subscription_id).base_id, Some(other));
        // An add-on has no add-ons.
        assert_eq!(wrong(Some(bought.subscription_id)), expected(Refusal::BaseDoesNotFit));
    });
}

/// Domain 1.9: the shelf has only the add-ons that fit active subscriptions, as the purchase does; a standalone one has a
/// term of its own.
#[test]
fn the_shelf_has_what_fits() {
    in_each_world(|world| {
        let shop = Shop::of(world);
        let visio = world.product("Visio");
        let _ = world.price(&visio, Term::Annual, BillingFrequency::Monthly, eur(500));
        let calls = world.add_on("Calls", ProductKind::StandaloneAddOn, &[&shop.office]);
        let price = world.price(&calls, Term::Annual, BillingFrequency::Monthly, eur(700));
        let strange = world.add_on("Strange", ProductKind::TraditionalAddOn, &[&visio]);
        let _ = world.price(&strange, Term::Annual, BillingFrequency::Monthly, eur(700));
        let shelf = || {
            let asked = BrowseProducts { limit: 10, ..BrowseProducts::default() };
            let shelf = world.read(&shop.admin, &asked).unwrap();
            let names: Vec<_> = shelf.rows.into_iter().map(|row| row.product.name).collect();
            assert_eq!(shelf.counts, [(Category::Productivity, names.len() as i64)]);
            names
        };
        let found = || {
            let (name, rows) = world.read(&shop.admin, &AddOnsFor(shop.base)).unwrap();
            assert_eq!(name, "Office");
            rows.into_iter().map(|row| row.product.name).collect::<Vec<_>>()
        };
        assert_eq!(
            (shelf(), found()),
            (vec!["Audio".into(), "Calls".into(), "Visio".into()], vec!["Audio".to_owned(), "Calls".into()])
        );

        let order =
            shop.order(world, Purchase { price_id: price.id, ..shop.wish(world, card("card_succeeds")) }).unwrap();
        let alone = world.see_subscription(order.subscription_id);
        assert_eq!((order.amount, alone.base_id), (eur(7_000), None));
        assert_eq!((alone.started_on, alone.ends_on), (DAY, date(2021, 1, 25)));

        // What is prepaid has standalone ones only; what is not active has none.
        let change = |differ: fn(&mut Subscription)| {
            let mut base = world.see_subscription(shop.base);
            differ(&mut base);
            world.seed(world.organization, move |write| subscription::update_life(write, &base, Cloud::Worldwide));
        };
        change(|base| base.state = SubscriptionState::Expired);
        assert_eq!((shelf(), found()), (vec!["Visio".into()], Vec::new()));
        for price_id in [shop.price.id, price.id] {
            let late = Purchase { price_id, ..shop.wish(world, card("card_succeeds")) };
            assert_eq!(refused(shop.order(world, late)), Refusal::NoBaseSubscription);
            let trial = StartTrial { price_id, payment_method_id: None };
            assert!(world.write(&shop.admin, trial).is_err(), "and there is nothing to try");
        }
        let shown = world.read(&shop.admin, &ProductForSale(shop.audio.product_id)).unwrap();
        assert!(shown.bases.is_empty());
    });
}

/// Domain 1.10: a subscription with add-ons keeps its product; one that another product is about to take over gets none.
#[test]
fn a_base_keeps_its_product() {
    in_each_world(|world| {
        let shop = Shop::of(world);
        let choices = || world.read(&shop.admin, &PlanChoices(shop.base)).unwrap().refused;
        assert_eq!(choices(), None);
        let _ = shop.buy(world);
        assert_eq!(choices(), Some(Refusal::HasAddOns));
    });
}

/// An operator says what a product is and what it fits, by name.
#[test]
fn an_operator_makes_a_product_an_add_on() {
    in_each_world(|world| {
        let shop = Shop::of(world);
        let house = world.organization_with("Zetel", |house| house.kind = OrganizationKind::Operator);
        let operator = world.caller_in(house, Role::Operator);
        let phone = world.product("Phone");
        let describe = |kind, bases: &[&str]| DescribeProduct {
            product_id: phone.product_id,
            category: Category::Communication,
            kind,
            bases: bases.iter().map(|name| (*name).to_owned()).collect(),
            description_en: String::new(),
            description_nl: String::new(),
        };
        let ask = |kind, bases: &[&str]| refused(world.app.write(&operator, house, describe(kind, bases)).wait());
        use ProductKind::{Base, TraditionalAddOn};
        assert_eq!(ask(TraditionalAddOn, &[]), Refusal::Required);
        assert_eq!(ask(Base, &["Office"]), Refusal::UnknownChoice);
        for name in ["Nothing", "Audio", "Phone"] {
            assert_eq!(ask(TraditionalAddOn, &[name]), Refusal::UnknownProduct { name: name.to_owned() });
        }
        let office = DescribeProduct { product_id: shop.office.product_id, ..describe(TraditionalAddOn, &["Phone"]) };
        let of_office = refused(world.app.write(&operator, house, office).wait());
        assert_eq!(of_office, Refusal::FittedByAddOn { name: "Audio".to_owned() }, "no add-on fits an add-on");
        world.app.write(&operator, house, describe(TraditionalAddOn, &[" Office", "", "Office"])).wait().unwrap();
        let shown = world.read(&shop.admin, &ProductForSale(phone.product_id)).unwrap();
        assert_eq!(shown.bases.iter().map(|base| base.subscription.id).collect::<Vec<_>>(), [shop.base]);
        world.app.write(&operator, house, describe(Base, &[])).wait().unwrap();
        assert_eq!(world.read(&shop.admin, &ProductForSale(phone.product_id)).unwrap().product.kind, Base);
    });
}
