//! Sales of a partner: the customer has the subscription, the partner is charged for it (domain 1.1, 2.2; R66 to R68).

use super::mails::admin;
use super::partners::{Reseller, refusal};
use app::Failure;
use app::billing::details::InvoiceDetails;
use app::billing::list::{InvoiceDays, ListInvoices};
use app::billing::record_transfer::RecordTransfer;
use app::doctor::{Check, examine};
use app::license::product::{Holders, ProductLicenses};
use app::organization::become_sandbox::BecomeSandbox;
use app::partner::relate::ChangeRelationship;
use app::partner::sell::{Sale, new_sale, prepare, sell};
use app::partner::serve::{preview_quantity, serve};
use app::subscription::cancel_scheduled_change::CancelScheduledChange;
use app::subscription::change_quantity::ChangeQuantity;
use app::subscription::details::SubscriptionDetails;
use app::subscription::edit_recurring_billing::EditRecurringBilling;
use domain::access::Role;
use domain::billing::Agreement;
use domain::billing::invoice::{Invoice, InvoiceState};
use domain::catalog::{BillingFrequency, Price, ProductKind, Sku, Term};
use domain::event::Event;
use domain::ids::{BillingProfileId, OrganizationId, SubscriptionId};
use domain::job::JobState;
use domain::money::{Currency, Money};
use domain::order::buy::Buy;
use domain::organization::OrganizationKind;
use domain::partner::relate::Step;
use domain::partner::serve::Service;
use domain::refusal::{Field, Refusal};
use domain::subscription::cancel_scheduled_change::{ScheduledChange, scheduled};
use domain::subscription::{Channel, ClosedReason, SubscriptionState};
use domain::time::Period;
use jiff::ToSpan;
use jiff::civil::{Date, date};
use std::sync::Barrier;
use store::tables::{billing_account, job};
use testkit::world::{World, in_each_world};

pub(crate) fn eur(minor: i64) -> Money {
    Money::new(minor, Currency::Eur)
}

/// A product at 10.00 a license and month, for a year.
pub(crate) fn on_sale(world: &World) -> (Sku, Price) {
    let office = world.product("Office");
    let price = world.price(&office, Term::Annual, BillingFrequency::Monthly, eur(1_000));
    (office, price)
}

pub(crate) fn try_to_sell(
    world: &World,
    reseller: &Reseller,
    price: &Price,
    quantity: u32,
) -> Result<SubscriptionId, Failure> {
    let sale = Sale { subscription_id: new_sale(&world.app), price_id: price.id, quantity, base: None };
    sell(&world.app, &reseller.admin, world.organization, sale).map(|()| sale.subscription_id)
}

pub(crate) fn sold(world: &World, reseller: &Reseller, price: &Price, quantity: u32) -> SubscriptionId {
    try_to_sell(world, reseller, price, quantity).expect("it may sell")
}

/// Every invoice of an organization up to now, the oldest first.
pub(crate) fn invoices(world: &World, of: OrganizationId) -> Vec<Invoice> {
    let admin = world.caller_in(of, Role::GlobalAdmin);
    let days = InvoiceDays::Range { from: date(2020, 1, 1), to: world.today() };
    let list = world.app.read(&admin, of, &ListInvoices { days, after: None, limit: 500 }).expect("the list");
    let whole = |id| world.app.read(&admin, of, &InvoiceDetails(id)).expect("the invoice").invoice;
    list.rows.iter().rev().map(|row| whole(row.id)).collect()
}

/// Customer, licenses and amount without tax of every line.
pub(crate) fn lines(invoice: &Invoice) -> Vec<(Option<&str>, i64, i64)> {
    let line = |line: &domain::billing::invoice::InvoiceLine| line.net.minor;
    invoice.lines.iter().map(|of| (of.customer_name.as_deref(), of.quantity, line(of))).collect()
}

/// Every day up to `until` the calendar takes its steps, and the work is done that they ask for.
pub(crate) fn live_until(world: &World, until: Date) {
    loop {
        world.sweep();
        world.work();
        world.sweep();
        if world.today() >= until {
            return;
        }
        world.clock.set_day(world.today().saturating_add(1.day()));
    }
}

/// What the doctor finds wrong, but that nobody runs this world.
pub(crate) fn wrong(world: &World) -> Vec<Check> {
    let findings = examine(&world.app).expect("the database answers");
    let wrong = findings.iter().filter(|finding| !finding.is_good()).map(|finding| finding.check);
    wrong.filter(|check| *check != Check::Operator).collect()
}

/// R66, R68: the customer has the subscription with the partner's name and no price; the invoice is the partner's and
/// names the customer; the customer gets none.
#[test]
fn a_sale_is_on_the_invoice_of_the_partner() {
    in_each_world(|world| {
        let reseller = Reseller::let_in(world, "Noordzee");
        let (_, price) = on_sale(world);
        let buy = Buy { quantity: 25, price_id: price.id };
        let prepared = prepare(&world.app, &reseller.admin, world.organization, buy, None).expect("it is let in");
        assert_eq!(prepared.customer, "Waterland");
        assert_eq!(prepared.preview.map(|preview| preview.amount), Ok(eur(25_000)));
        assert_eq!(prepared.totals.map(|totals| totals.net), Some(eur(25_000)));
        let id = sold(world, &reseller, &price, 25);
        let ends_on = date(2021, 1, 15);
        let started = |minor| Event::SubscriptionStarted {
            quantity: 25,
            term: Term::Annual,
            billing_frequency: BillingFrequency::Monthly,
            unit_price: eur(minor),
            channel: Channel::Reseller,
            ends_on,
        };
        assert_eq!(world.new_events(), [started(0)]);
        let admin = world.caller(Role::GlobalAdmin);
        let view = world.read(&admin, &SubscriptionDetails(id)).expect("its own");
        let seen = &view.listed.subscription;
        assert_eq!((seen.channel, seen.state, seen.quantity), (Channel::Reseller, SubscriptionState::Active, 25));
        assert_eq!((seen.unit_price, seen.ends_on), (eur(0), ends_on));
        assert_eq!(seen.partner_name.as_deref(), Some("Noordzee"));
        assert_eq!(seen.partner_contact.as_deref(), Some("support@noordzee.example"));
        assert!(view.next_charge.is_none() && view.orders.is_empty(), "the customer is charged nothing");

        live_until(world, date(2020, 1, 16));
        let made = invoices(world, reseller.id);
        assert_eq!(made.len(), 1);
        assert_eq!(lines(&made[0]), [(Some("Waterland"), 25, 25_000)]);
        assert_eq!((made[0].sold_to.name.as_str(), made[0].issued_on), ("Noordzee", date(2020, 1, 16)));
        assert_eq!((made[0].state, made[0].due_on), (InvoiceState::Open, date(2020, 2, 15)));
        assert_eq!(invoices(world, world.organization), []);
        assert_eq!(wrong(world), []);
    });
}

/// Pressing the button twice sells once; what cannot be sold is refused with its reason.
#[test]
fn what_cannot_be_sold_is_refused() {
    in_each_world(|world| {
        let reseller = Reseller::named(world, "Noordzee");
        let (office, price) = on_sale(world);
        assert_eq!(refusal(try_to_sell(world, &reseller, &price, 1)), Refusal::NotFound, "not yet let in");
        let other = Reseller::let_in(world, "Zuiderzee");
        let sale = Sale { subscription_id: new_sale(&world.app), price_id: price.id, quantity: 5, base: None };
        let press = |by: &Reseller, sale| sell(&world.app, &by.admin, world.organization, sale);
        press(&other, sale).expect("it is let in");
        press(&other, sale).expect("it was sold before");
        let third = Reseller::let_in(world, "Waddenzee");
        assert_eq!(refusal(press(&third, sale)), Refusal::NotFound, "another one sold it");
        live_until(world, date(2020, 1, 16));
        assert_eq!(invoices(world, other.id).iter().map(lines).collect::<Vec<_>>(), [[(Some("Waterland"), 5, 5_000)]]);

        for (quantity, says) in
            [(0, Refusal::OutOfRange { minimum: 1, maximum: 300 }), (301, Refusal::AboveMaximum { maximum: 300 })]
        {
            let outcome = try_to_sell(world, &other, &price, quantity);
            assert!(matches!(&outcome, Err(Failure::Invalid(wrong)) if wrong[0] == says.clone().at(Field::Quantity)));
        }
        let copilot = world.add_on("Copilot", ProductKind::TraditionalAddOn, &[&office]);
        let add_on = world.price(&copilot, Term::Annual, BillingFrequency::Monthly, eur(500));
        assert_eq!(refusal(try_to_sell(world, &third, &add_on, 1)), Refusal::NoBaseSubscription, "it sold nothing");
        for role in [Role::BillingAdmin, Role::GlobalReader] {
            let colleague = world.caller_in(other.id, role);
            let sale = Sale { subscription_id: new_sale(&world.app), price_id: price.id, quantity: 1, base: None };
            let refused = sell(&world.app, &colleague, world.organization, sale);
            assert_eq!(refusal(refused), Refusal::NotAllowed, "{role}");
        }
        let customer = world.caller(Role::GlobalAdmin);
        let refused = sell(&world.app, &customer, world.organization, Sale { quantity: 1, ..sale });
        assert_eq!(refusal(refused), Refusal::NotFound, "a customer is no partner");
        let operator = world.caller_in(world.other_organization("House"), Role::Operator);
        for of in [world.organization, other.id] {
            let outcome = world.app.write(&operator, of, BecomeSandbox).wait();
            assert_eq!(refusal(outcome), Refusal::SandboxSale, "what was sold is paid in the time of the others");
        }
        world.app.write(&operator, third.id, BecomeSandbox).wait().expect("it sold nothing");
        assert_eq!(refusal(try_to_sell(world, &third, &price, 1)), Refusal::SandboxSale);
    });
}

/// D29: a sale that is sent again is the same one only with the number that was sold, whatever became of it meanwhile.
#[test]
fn a_sale_that_is_sent_again_is_the_one_that_was_made() {
    in_each_world(|world| {
        let reseller = Reseller::let_in(world, "Noordzee");
        let (_, price) = on_sale(world);
        let id = sold(world, &reseller, &price, 5);
        reseller.serve(world, id, Service::Quantity(8)).expect("it sold it");
        let again = |quantity| {
            let sale = Sale { subscription_id: id, price_id: price.id, quantity, base: None };
            sell(&world.app, &reseller.admin, world.organization, sale)
        };
        again(5).expect("it is that sale");
        for other in [8, 6] {
            assert_eq!(refusal(again(other)), Refusal::IdempotencyKeyReused, "{other} were not sold");
        }
        assert_eq!(world.see_subscription(id).quantity, 8);
    });
}

/// Domain 4.9, D17: more and fewer licenses are charged to the partner, by the day, whatever order the work is done in.
#[test]
fn changes_of_quantity_are_charged_to_the_partner() {
    in_each_world(|world| {
        let reseller = Reseller::let_in(world, "Noordzee");
        let (_, price) = on_sale(world);
        let id = sold(world, &reseller, &price, 100);
        live_until(world, date(2020, 1, 25));
        let _ = world.new_events();
        let total = |total| preview_quantity(&world.app, &reseller.admin, world.organization, id, total);
        assert_eq!(total(105).expect("it sold it").map(|preview| preview.cost_now), Ok(eur(3_387)));
        assert_eq!(total(100).expect("it sold it").map(drop), Err(Refusal::SameQuantity));
        reseller.serve(world, id, Service::Quantity(105)).expect("it sold it");
        assert_eq!(total(95).expect("it sold it").map(|preview| preview.cost_now), Ok(eur(-6_774)));
        reseller.serve(world, id, Service::Quantity(95)).expect("it sold it");
        let service_period = Period { start: date(2020, 1, 25), end: date(2020, 2, 15) };
        let changed = |from, to| Event::QuantityChanged { from, to, amount: eur(0), service_period };
        assert_eq!(world.new_events(), [changed(100, 105), changed(105, 95)], "the customer is charged nothing");
        live_until(world, date(2020, 2, 16));
        let made = invoices(world, reseller.id);
        let all: Vec<_> = made.iter().map(lines).collect();
        let w = Some("Waterland");
        let second = vec![(w, 5, 3_387), (w, -5, -3_387), (w, -5, -3_387), (w, 95, 95_000)];
        assert_eq!(all, [vec![(w, 100, 100_000)], second]);
        assert_eq!(invoices(world, world.organization), []);
        assert_eq!(wrong(world), []);
    });
}

/// R152, domain 1.12: billing periods and renewals are charged to the partner, suspended or not; once the customer ended
/// the relationship the term is paid to its end, and does not renew.
#[test]
fn periods_and_renewals_are_charged_to_the_partner() {
    in_each_world(|world| {
        let reseller = Reseller::let_in(world, "Noordzee");
        let office = world.product("Office");
        let monthly = world.price(&office, Term::Monthly, BillingFrequency::Monthly, eur(1_000));
        let yearly = world.price(&office, Term::Annual, BillingFrequency::Monthly, eur(800));
        let (renews, suspended) = (sold(world, &reseller, &monthly, 10), sold(world, &reseller, &yearly, 1));
        reseller.serve(world, suspended, Service::Suspend).expect("it sold it");
        live_until(world, date(2020, 3, 16));
        let w = Some("Waterland");
        let month = vec![(w, 10, 10_000), (w, 1, 800)];
        let of_partner = || invoices(world, reseller.id);
        let all = of_partner();
        let mut all: Vec<_> = all.iter().map(lines).collect();
        all.iter_mut().for_each(|lines| lines.sort_by_key(|line| -line.2));
        assert_eq!(all, [month.clone(), month.clone(), month]);

        let end = ChangeRelationship { partner: reseller.id, step: Step::End };
        let _ = world.new_events();
        world.write(&world.caller(Role::GlobalAdmin), end).expect("it is active");
        let off = Event::RecurringBillingChanged { on: false, ends_on: date(2020, 4, 15) };
        assert_eq!(world.new_events()[1..], [off], "what is suspended does not renew anyway");
        live_until(world, date(2020, 5, 16));
        assert_eq!(world.see_subscription(renews).state, SubscriptionState::Disabled);
        let all = of_partner();
        let later: Vec<_> = all[3..].iter().map(lines).collect();
        assert_eq!(later, [vec![(w, 1, 800)], vec![(w, 1, 800)]], "its year is paid for");
        assert_eq!(wrong(world), []);
    });
}

/// Domain 1.12: suspending drops what was planned for the renewal, under the contract of the partner; billing goes on, and
/// what is resumed renews with the licenses that it has.
#[test]
fn suspending_drops_what_was_planned() {
    in_each_world(|world| {
        let reseller = Reseller::let_in(world, "Noordzee");
        world.agreement_of(reseller.id, Agreement::Mca);
        let (_, price) = on_sale(world);
        let id = sold(world, &reseller, &price, 10);
        world.clock.set_day(date(2020, 1, 25));
        let _ = world.new_events();
        let renewal = date(2021, 1, 15);
        reseller.serve(world, id, Service::Quantity(8)).expect("the first days are over");
        assert_eq!(world.see_subscription(id).quantity_at_renewal, Some(8));
        reseller.serve(world, id, Service::Suspend).expect("it sold it");
        let after = world.see_subscription(id);
        assert_eq!((after.state, after.quantity_at_renewal), (SubscriptionState::Disabled, None));
        reseller.serve(world, id, Service::Resume).expect("it suspended it");
        let suspended = Event::SubscriptionDisabled { on: date(2020, 1, 25), deleted_on: date(2021, 5, 15) };
        let events = world.new_events();
        let dropped = Event::ScheduledChangeCanceled { change: ScheduledChange::Quantity, on: renewal };
        assert_eq!(events[..3], [Event::QuantityScheduled { from: 10, to: 8, on: renewal }, suspended, dropped]);
        assert_eq!(events[3].kind(), "subscription_reactivated");
        world.clock.set_day(renewal);
        world.sweep();
        let renewed = world.see_subscription(id);
        assert_eq!((renewed.quantity, renewed.ends_on), (10, date(2022, 1, 15)));
    });
}

/// T6, T8, R166: what the partner leaves unpaid is taken away at its customer, and nothing more can be sold; paying
/// brings it back.
#[test]
fn what_the_partner_does_not_pay_is_disabled() {
    in_each_world(|world| {
        let reseller = Reseller::let_in(world, "Noordzee");
        let (office, price) = on_sale(world);
        let own = world.subscription(&office, 10);
        let owner = world.person_with(reseller.id, "Rens Noordzee", |_| ());
        let card =
            world.payment_method_in(reseller.id, owner, |new| "card_declined".clone_into(&mut new.gateway_token));
        world.seed(reseller.id, move |write| {
            let id = BillingProfileId::first_of(write.organization()?);
            let profile = billing_account::find_profile(write, id)?.expect("the first profile");
            let paid = domain::billing::BillingProfile { payment_method_id: Some(card), ..profile };
            billing_account::update_profile(write, &paid)
        });
        let id = sold(world, &reseller, &price, 10);
        live_until(world, date(2020, 1, 20));
        assert_eq!(refusal(try_to_sell(world, &reseller, &price, 1)), Refusal::PartnerOwes);
        assert_eq!(refusal(reseller.serve(world, id, Service::Quantity(11))), Refusal::PartnerOwes);
        reseller.serve(world, id, Service::Quantity(9)).expect("fewer may be");
        assert_eq!(world.see_subscription(id).state, SubscriptionState::Active, "it is tried for thirty days");
        live_until(world, date(2020, 2, 20));
        let seen = world.see_subscription(id);
        assert_eq!((seen.state, seen.unpaid_since.is_some()), (SubscriptionState::Disabled, true));
        assert_ne!(world.see_subscription(own).state, SubscriptionState::Disabled, "the customer's own is its own");
        assert_eq!(refusal(reseller.serve(world, id, Service::Resume)), Refusal::PartnerOwes);

        let operator = world.caller_in(world.other_organization("House"), Role::Operator);
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
        let back = world.see_subscription(id);
        assert_eq!((back.state, back.unpaid_since), (SubscriptionState::Active, None));
        assert!(try_to_sell(world, &reseller, &price, 1).is_ok());
        world.work();
        assert_eq!(wrong(world), []);
    });
}

/// Exactly once: work that ran before and is run again charges nothing more; two processes that run it at once neither.
#[test]
fn work_that_is_done_again_charges_once() {
    in_each_world(|world| {
        let reseller = Reseller::let_in(world, "Noordzee");
        let (_, price) = on_sale(world);
        let (other_app, other_store) = world.another_process();
        for quantity in [3, 4, 5] {
            let id = sold(world, &reseller, &price, quantity);
            serve(&world.app, &reseller.admin, world.organization, id, Service::Quantity(quantity + 1)).expect("more");
        }
        let start = Barrier::new(2);
        std::thread::scope(|scope| {
            for app in [&world.app, &other_app] {
                let start = &start;
                scope.spawn(move || {
                    start.wait();
                    while app.work_once().expect("the database answers") {}
                });
            }
        });
        other_store.close();
        let again = world.store.read(world.organization, |read| job::of_kind(read, "charge_partner", None, 100));
        let again = again.expect("the database answers");
        assert_eq!(again.len(), 6);
        let now = world.clock_now();
        for done in again {
            assert_eq!(done.state, JobState::Done);
            world.seed(done.organization_id, move |write| job::try_again(write, done.id, now, "the process died"));
        }
        live_until(world, date(2020, 1, 16));
        let made = invoices(world, reseller.id);
        assert_eq!(made.len(), 1, "what was sold in a day is on one invoice");
        let mut all: Vec<_> = made.iter().flat_map(lines).map(|(_, quantity, net)| (quantity, net)).collect();
        all.sort_unstable();
        assert_eq!(all, [(3, 3_000), (4, 4_000), (5, 5_000)], "more licenses are on the next statement");
        live_until(world, date(2020, 2, 16));
        let made = invoices(world, reseller.id);
        let all: i64 = made.iter().map(|invoice| invoice.totals.net.minor).sum();
        assert_eq!(all, 12_000 + 3_000 + 15_000);
        assert_eq!(wrong(world), []);
    });
}

/// T13, D1, D2, domain 2.5: volume licensing takes three of five licenses away, four of which are in use. The newest one
/// moves to a free license, the next is in conflict for 90 days, with its apps; one more license solves it. 3 × 10.00 ×
/// 21/31 comes back, 10.00 × 5/31 is charged.
#[test]
fn volume_licensing_takes_licenses_away_that_are_in_use() {
    in_each_world(|world| {
        let partner = Reseller::partner_let_in(world, "Noordzee", OrganizationKind::VolumePartner);
        let noor = admin(world, "Noor", Role::GlobalAdmin);
        let (office, price) = on_sale(world);
        let id = sold(world, &partner, &price, 5);
        let own = world.subscription_with(world.organization, &office, 1, |new| new.channel = Channel::DirectInvoice);
        let people = world.people(4);
        for person in &people {
            world.clock.set_day(world.today().saturating_add(1.day()));
            world.give_license(id, *person);
        }
        live_until(world, date(2020, 1, 25));
        let _ = (world.new_events(), world.new_mails());
        partner.serve(world, id, Service::Quantity(2)).expect("it sold it");
        let changed = |from, to, end| {
            let service_period = Period { start: world.today(), end };
            Event::QuantityChanged { from, to, amount: eur(0), service_period }
        };
        let moved = || Event::LicenseMoved { from: id };
        let fewer = changed(5, 2, date(2020, 2, 15));
        assert_eq!(world.new_events(), [moved(), Event::LicenseInConflict, fewer]);
        assert_eq!(world.new_mails(), Vec::<String>::new());
        let see = |id| {
            let seen = world.see_subscription(id);
            (seen.state, seen.quantity, seen.assigned, seen.conflicts)
        };
        assert_eq!((see(id), see(own)), ((SubscriptionState::Active, 2, 2, 1), (SubscriptionState::Active, 1, 1, 0)));
        let conflicts = || {
            let (product_id, search) = (office.product_id, String::new());
            let holders = Holders { product_id, subscription_id: None, search, after: None, limit: 10 };
            let found = world.read(&noor, &ProductLicenses { holders, by_buyer: false }).expect("the product");
            let ends = |held: &app::license::product::Holder| {
                (held.license.user_id, found.overview.conflict_ends(&held.license))
            };
            found.conflicts.iter().map(ends).collect::<Vec<_>>()
        };
        assert_eq!(conflicts(), [(people[2], Some(date(2020, 4, 24)))]);

        live_until(world, date(2020, 2, 10));
        assert_eq!(conflicts().len(), 1, "nobody takes it away meanwhile");
        let _ = (world.new_events(), world.new_mails());
        partner.serve(world, id, Service::Quantity(3)).expect("it sold it");
        assert_eq!(world.new_events(), [changed(2, 3, date(2020, 2, 15)), moved()]);
        assert_eq!((see(id), conflicts()), ((SubscriptionState::Active, 3, 3, 0), vec![]));
        live_until(world, date(2020, 2, 16));
        let made = invoices(world, partner.id);
        let w = Some("Waterland");
        let second = vec![(w, -3, -2_032), (w, 1, 161), (w, 3, 3_000)];
        assert_eq!(made.iter().map(lines).collect::<Vec<_>>(), [vec![(w, 5, 5_000)], second]);
        assert_eq!(wrong(world), []);
    });
}

/// R163, domain 1.12: what a seller scheduled is shown to the customer, who can neither drop nor replace it; the renewal
/// has it.
#[test]
fn the_customer_sees_what_its_seller_scheduled() {
    in_each_world(|world| {
        let reseller = Reseller::let_in(world, "Noordzee");
        world.agreement_of(reseller.id, Agreement::Mca);
        let noor = admin(world, "Noor", Role::GlobalAdmin);
        let (_, price) = on_sale(world);
        let id = sold(world, &reseller, &price, 10);
        world.clock.set_day(date(2020, 1, 25));
        let _ = (world.new_events(), world.new_mails());
        reseller.serve(world, id, Service::Quantity(8)).expect("the first days are over");
        let renewal = date(2021, 1, 15);
        assert_eq!(world.new_events(), [Event::QuantityScheduled { from: 10, to: 8, on: renewal }]);
        assert_eq!(world.new_mails(), Vec::<String>::new());
        let seen = || world.read(&noor, &SubscriptionDetails(id)).expect("its own").listed.subscription;
        assert_eq!((scheduled(&seen()), seen().quantity_then()), (vec![ScheduledChange::Quantity], 8));
        assert_eq!((seen().quantity, seen().ends_on), (10, renewal));

        let drop = CancelScheduledChange { subscription_id: id, change: ScheduledChange::Quantity };
        assert_eq!(refusal(world.write(&noor, drop)), Refusal::Closed(ClosedReason::PartnerDecides));
        let off = EditRecurringBilling { subscription_id: id, on: false, billing_frequency: None };
        assert_eq!(refusal(world.write(&noor, off)), Refusal::Closed(ClosedReason::PartnerDecides));
        let more = ChangeQuantity::now(id, 9);
        assert_eq!(refusal(world.write(&noor, more)), Refusal::Closed(ClosedReason::Reseller));
        assert_eq!(scheduled(&seen()), [ScheduledChange::Quantity]);

        world.clock.set_day(renewal);
        world.sweep();
        let renewed = Event::SubscriptionRenewed {
            term: Period { start: renewal, end: date(2022, 1, 15) },
            amount: eur(0),
            service_period: Period { start: renewal, end: date(2021, 2, 15) },
            quantity: Some(domain::event::Change { from: 10, to: 8 }),
        };
        assert_eq!((world.new_events(), world.new_mails()), (vec![renewed], vec![]));
        assert_eq!((scheduled(&seen()), seen().quantity, seen().ends_on), (vec![], 8, date(2022, 1, 15)));
    });
}
