//! Add-ons that a partner sells (domain 1.9, 2.2; R66 to R68, R160): to what it sold itself, with which they live, end,
//! and are paid.

use super::partner_sales::{eur, invoices, lines, live_until, on_sale, sold, try_to_sell, wrong};
use super::partners::{Reseller, refusal};
use app::Failure;
use app::billing::record_transfer::RecordTransfer;
use app::partner::relate::ChangeRelationship;
use app::partner::sell::{Sale, add_ons_to_sell, new_sale, offer_to_sell, prepare, sell};
use domain::access::Role;
use domain::catalog::{BillingFrequency, Price, ProductKind, Sku, Term};
use domain::event::Event;
use domain::ids::{BillingProfileId, SubscriptionId};
use domain::order::buy::{Buy, PurchasePreview};
use domain::partner::relate::Step;
use domain::partner::serve::Service;
use domain::refusal::{Field, Refusal};
use domain::subscription::{ClosedReason, SubscriptionState};
use domain::time::Period;
use jiff::civil::{Date, date};
use store::tables::billing_account;
use testkit::world::{World, in_each_world};

/// The day on which the add-on is sold.
const DAY: Date = date(2020, 1, 25);

/// Audio, an add-on to Office at 3.00 a license and month, for a term.
fn audio(world: &World, office: &Sku, kind: ProductKind, term: Term) -> (Sku, Price) {
    let audio = world.add_on("Audio", kind, &[office]);
    let price = world.price(&audio, term, BillingFrequency::Monthly, eur(300));
    (audio, price)
}

fn states(world: &World, ids: [SubscriptionId; 2]) -> [SubscriptionState; 2] {
    ids.map(|id| world.see_subscription(id).state)
}

/// Licenses and amount of every line of the newest invoice, the largest first.
fn newest(world: &World, reseller: &Reseller) -> Vec<(i64, i64)> {
    let made = invoices(world, reseller.id);
    let newest = made.last().map(lines).unwrap_or_default();
    let mut all: Vec<_> = newest.into_iter().map(|(_, quantity, net)| (quantity, net)).collect();
    all.sort_by_key(|(_, net)| -net);
    all
}

/// R160: it has the anchor and the term of its base, costs the days that are left, and is changed with its base.
#[test]
fn a_partner_sells_an_add_on_to_what_it_sold() {
    in_each_world(|world| {
        let reseller = Reseller::let_in(world, "Noordzee");
        let (office, price) = on_sale(world);
        let (audio, small) = audio(world, &office, ProductKind::TraditionalAddOn, Term::Annual);
        let _ = world.subscription(&office, 10);
        assert_eq!(refusal(try_to_sell(world, &reseller, &small, 10)), Refusal::NoBaseSubscription);
        let shelf = || add_ons_to_sell(&world.app, &reseller.admin, world.organization).expect("it is let in");
        assert!(shelf().is_empty(), "what the customer bought itself the partner does not see");
        let base = sold(world, &reseller, &price, 10);
        live_until(world, DAY);
        assert_eq!(shelf().iter().map(|row| row.product.name.as_str()).collect::<Vec<_>>(), ["Audio"]);
        let offered = offer_to_sell(&world.app, &reseller.admin, world.organization, audio.product_id);
        let offered = offered.expect("it is on sale");
        assert_eq!(offered.bases.iter().map(|of| of.subscription.id).collect::<Vec<_>>(), [base]);

        let buy = Buy { quantity: 10, price_id: small.id };
        let prepared = prepare(&world.app, &reseller.admin, world.organization, buy, None).expect("it is let in");
        let expected = PurchasePreview {
            amount: eur(2_032),
            service_period: Period { start: DAY, end: date(2020, 2, 15) },
            per_period: eur(3_000),
            renews_on: date(2021, 1, 15),
        };
        assert_eq!(prepared.preview, Ok(expected), "10 × 3.00 × 21/31");
        let _ = world.new_events();
        let id = sold(world, &reseller, &small, 10);
        assert_eq!(world.new_events().iter().map(Event::kind).collect::<Vec<_>>(), ["subscription_started"]);
        let seen = world.see_subscription(id);
        assert_eq!((seen.base_id, seen.unit_price), (Some(base), eur(0)));
        assert_eq!((seen.started_on, seen.ends_on), (date(2020, 1, 15), date(2021, 1, 15)));

        for service in [Service::Suspend, Service::Resume, Service::RecurringBilling(false)] {
            let closed = Refusal::Closed(ClosedReason::FollowsBase);
            assert_eq!(refusal(reseller.serve(world, id, service)), closed);
        }
        reseller.serve(world, id, Service::Quantity(12)).expect("its licenses are its own");
        reseller.serve(world, base, Service::RecurringBilling(false)).expect("it sold it");
        assert!([base, id].iter().all(|id| !world.see_subscription(*id).recurring_billing));
        reseller.serve(world, base, Service::Suspend).expect("it sold it");
        assert_eq!(states(world, [base, id]), [SubscriptionState::Disabled; 2]);
        reseller.serve(world, base, Service::Resume).expect("it sold it");
        assert_eq!(states(world, [base, id]), [SubscriptionState::Active; 2]);

        live_until(world, date(2020, 1, 26));
        assert_eq!(newest(world, &reseller), [(10, 2_032)]);
        live_until(world, date(2020, 2, 16));
        assert_eq!(newest(world, &reseller), [(10, 10_000), (12, 3_600), (2, 406)]);
        assert_eq!(invoices(world, world.organization).len(), 1, "what the customer bought itself");
        assert_eq!(wrong(world), []);
    });
}

/// Which base is chosen where several fit; another term and another partner's do not.
#[test]
fn the_base_is_one_that_the_partner_sold() {
    in_each_world(|world| {
        let (reseller, other) = (Reseller::let_in(world, "Noordzee"), Reseller::let_in(world, "Zuiderzee"));
        let (office, price) = on_sale(world);
        let (_, small) = audio(world, &office, ProductKind::TraditionalAddOn, Term::Annual);
        let monthly = world.price(&office, Term::Monthly, BillingFrequency::Monthly, eur(1_200));
        let (first, second) = (sold(world, &reseller, &price, 10), sold(world, &reseller, &monthly, 10));
        let of_other = sold(world, &other, &price, 10);
        let ask = |base| {
            let sale = Sale { subscription_id: new_sale(&world.app), price_id: small.id, quantity: 5, base };
            sell(&world.app, &reseller.admin, world.organization, sale).map(|()| sale)
        };
        let at_base = |outcome: Result<Sale, Failure>| match outcome {
            Err(Failure::Invalid(wrong)) if wrong[0].field == Field::BaseSubscription => wrong[0].refusal.clone(),
            other => panic!("{other:?}"),
        };
        assert_eq!(at_base(ask(None)), Refusal::Required);
        assert_eq!(at_base(ask(Some(second))), Refusal::BaseTermDiffers);
        assert_eq!(at_base(ask(Some(of_other))), Refusal::BaseDoesNotFit);
        let sale = ask(Some(first)).expect("it fits");
        assert_eq!(world.see_subscription(sale.subscription_id).base_id, Some(first));
        let again = |base| sell(&world.app, &reseller.admin, world.organization, Sale { base, ..sale });
        again(Some(first)).expect("it is that sale");
        again(None).expect("it need not be named");
        assert_eq!(refusal(again(Some(second))), Refusal::IdempotencyKeyReused);
    });
}

/// R160: one that is sold beside others has a life of its own.
#[test]
fn a_standalone_add_on_is_sold_beside_what_was_sold() {
    in_each_world(|world| {
        let reseller = Reseller::let_in(world, "Noordzee");
        let (office, price) = on_sale(world);
        let (_, small) = audio(world, &office, ProductKind::StandaloneAddOn, Term::Annual);
        assert_eq!(refusal(try_to_sell(world, &reseller, &small, 1)), Refusal::NoBaseSubscription);
        let _ = sold(world, &reseller, &price, 10);
        live_until(world, DAY);
        let seen = world.see_subscription(sold(world, &reseller, &small, 10));
        assert_eq!((seen.base_id, seen.started_on, seen.ends_on), (None, DAY, date(2021, 1, 25)));
        live_until(world, date(2020, 1, 26));
        assert_eq!(newest(world, &reseller), [(10, 3_000)]);
        assert_eq!(wrong(world), []);
    });
}

/// T1, T2, R160: it renews with its base; once the customer ended the relationship both end on their day.
#[test]
fn an_add_on_renews_and_ends_with_its_base() {
    in_each_world(|world| {
        let reseller = Reseller::let_in(world, "Noordzee");
        let office = world.product("Office");
        let monthly = world.price(&office, Term::Monthly, BillingFrequency::Monthly, eur(1_000));
        let (_, small) = audio(world, &office, ProductKind::TraditionalAddOn, Term::Monthly);
        let ids = [sold(world, &reseller, &monthly, 10), sold(world, &reseller, &small, 10)];
        live_until(world, date(2020, 2, 16));
        assert_eq!(newest(world, &reseller), [(10, 10_000), (10, 3_000)]);
        assert_eq!(ids.map(|id| world.see_subscription(id).ends_on), [date(2020, 3, 15); 2]);
        let _ = world.new_events();
        let end = ChangeRelationship { partner: reseller.id, step: Step::End };
        world.write(&world.caller(Role::GlobalAdmin), end).expect("it is active");
        let off = Event::RecurringBillingChanged { on: false, ends_on: date(2020, 3, 15) };
        assert_eq!(world.new_events()[1..], [off.clone(), off]);
        live_until(world, date(2020, 3, 16));
        assert_eq!(states(world, ids), [SubscriptionState::Expired; 2]);
        assert_eq!(invoices(world, reseller.id).len(), 2, "nothing is charged for what ended");
        assert_eq!(wrong(world), []);
    });
}

/// T6, T8, R160, R166: it is taken away with a base that the partner does not pay, and comes back with it.
#[test]
fn an_add_on_goes_and_comes_back_with_a_base_that_is_not_paid() {
    in_each_world(|world| {
        let reseller = Reseller::let_in(world, "Noordzee");
        let (office, price) = on_sale(world);
        let (_, small) = audio(world, &office, ProductKind::TraditionalAddOn, Term::Annual);
        let owner = world.person_with(reseller.id, "Rens Noordzee", |_| ());
        let card =
            world.payment_method_in(reseller.id, owner, |new| "card_declined".clone_into(&mut new.gateway_token));
        let base = sold(world, &reseller, &price, 10);
        // The add-on is on an invoice of its own, which is paid by transfer.
        live_until(world, date(2020, 1, 16));
        let id = sold(world, &reseller, &small, 10);
        live_until(world, date(2020, 1, 17));
        world.seed(reseller.id, move |write| {
            let id = BillingProfileId::first_of(write.organization()?);
            let profile = billing_account::find_profile(write, id)?.expect("the first profile");
            let paid = domain::billing::BillingProfile { payment_method_id: Some(card), ..profile };
            billing_account::update_profile(write, &paid)
        });
        let operator = world.caller_in(world.other_organization("House"), Role::Operator);
        let settle = || {
            for invoice in invoices(world, reseller.id).iter().filter(|invoice| invoice.balance().minor > 0) {
                let transfer = RecordTransfer {
                    invoice_ids: vec![invoice.id],
                    amount: invoice.balance(),
                    day: world.today(),
                    reference: format!("NL-{}", invoice.number),
                    keep_rest: false,
                };
                world.app.write(&operator, reseller.id, transfer).wait().expect("it is recorded");
            }
            world.work();
        };
        settle();
        // Of the invoice of 16 February both are unpaid.
        live_until(world, date(2020, 3, 22));
        assert_eq!(states(world, [base, id]), [SubscriptionState::Disabled; 2]);
        assert!([base, id].iter().all(|id| world.see_subscription(*id).unpaid_since.is_some()));
        settle();
        assert_eq!(states(world, [base, id]), [SubscriptionState::Active; 2]);
        assert_eq!(wrong(world), []);
    });
}
