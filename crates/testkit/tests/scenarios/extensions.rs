//! A prepaid subscription is extended by card or bank account instead of a key (R87).

use super::billing::seller;
use super::product_keys::{House, prepaid, redeem_at, typed};
use app::billing::seller::{ChangeSeller, SellerDetails};
use app::order::details::OrderDetails;
use app::order::extend::{ExtensionChoices, OrderedExtension, extend_end_date};
use app::order::place::{Payment, new_order_id};
use app::ports::SandboxBank;
use app::subscription::details::SubscriptionDetails;
use app::{Caller, Failure};
use domain::access::Role;
use domain::billing::Agreement;
use domain::billing::payment_method::{BankAccountDescription, MethodDescription};
use domain::catalog::{BillingFrequency, Price, Sku, Term};
use domain::event::Event;
use domain::ids::{OrderId, SubscriptionId};
use domain::money::{Currency, Money};
use domain::order::OrderState;
use domain::product_key::KeyUse;
use domain::refusal::{Field, Refusal};
use domain::subscription::{ClosedReason, SubscriptionState};
use domain::time::Period;
use jiff::civil::date;
use testkit::world::{World, in_each_world};

fn eur(minor: i64) -> Money {
    Money::new(minor, Currency::Eur)
}

/// Five prepaid licenses until 15 January 2021, one more year of which costs €120.00 a license.
struct Prepaid {
    house: House,
    office: Sku,
    admin: Caller,
    id: SubscriptionId,
    year: Price,
}

impl Prepaid {
    fn of(world: &World) -> Self {
        let (house, office, admin) = (House::of(world), world.product("Office"), world.caller(Role::BillingAdmin));
        let year = world.price(&office, Term::Annual, BillingFrequency::Yearly, eur(12_000));
        let _ = world.price(&office, Term::Annual, BillingFrequency::Monthly, eur(1_100));
        let id = prepaid(world, &house, &office, &admin);
        Self { house, office, admin, id, year }
    }

    fn ordered(&self, world: &World, token: &str) -> OrderedExtension {
        OrderedExtension {
            order_id: new_order_id(&world.app),
            subscription_id: self.id,
            price_id: self.year.id,
            payment: Payment::Token(token.to_owned()),
        }
    }

    fn extend(&self, world: &World, token: &str) -> Result<OrderId, Failure> {
        extend_end_date(&world.app, &self.admin, world.organization, self.ordered(world, token))
    }
}

fn refusal<T: std::fmt::Debug>(outcome: Result<T, Failure>) -> Refusal {
    outcome.expect_err("it is refused").refusal().expect("a refusal").clone()
}

/// R87: what is shown before, the order, the invoice and the payment are the same to the cent, and the year that was
/// bought begins where the prepaid one ends.
#[test]
fn a_card_pays_for_one_more_year() {
    in_each_world(|world| {
        let bought = Prepaid::of(world);
        let operator = &bought.house.operator;
        let revision = world.app.read(operator, bought.house.id, &SellerDetails).expect("the seller").revision;
        let sell = ChangeSeller { seller: seller(), revision };
        world.app.write(operator, bought.house.id, sell).wait().expect("the seller has a VAT number");
        let _ = world.new_events();

        let view = world.read(&bought.admin, &ExtensionChoices(bought.id)).expect("it is prepaid");
        let choices = view.choices.expect("there is a price");
        let [choice] = &choices[..] else { panic!("what is paid by the month does not extend: {choices:?}") };
        let term = Period { start: date(2021, 1, 15), end: date(2022, 1, 15) };
        assert_eq!((choice.extension.term, choice.extension.days_over), (term, 0));
        assert_eq!((choice.totals.net, choice.totals.gross), (eur(60_000), eur(72_600)));

        let order_id = bought.extend(world, "card_succeeds").expect("the card pays");
        let number = "Z-0000001".to_owned();
        assert_eq!(
            world.new_events(),
            [
                Event::OrderPlaced { number: 2, amount: eur(72_600) },
                Event::OrderPosted { number: 2 },
                Event::SubscriptionRenewed { term, amount: eur(60_000), service_period: term, quantity: None },
                Event::InvoiceIssued { number: number.clone(), total: eur(72_600), due_on: date(2020, 1, 16) },
                Event::InvoicePaid { number, amount: eur(72_600), balance: eur(0) },
            ]
        );
        let after = world.see_subscription(bought.id);
        assert_eq!((after.quantity, after.ends_on, after.state), (5, term.end, SubscriptionState::Active));
        assert_eq!((after.payment_method_id, after.recurring_billing), (None, false), "it stays prepaid");
        let order = world.read(&bought.admin, &OrderDetails(order_id)).expect("the order");
        let invoice = order.invoice.expect("it is on an invoice");
        assert_eq!((order.listed.order.total(), invoice.total, invoice.balance()), (eur(72_600), eur(72_600), eur(0)));
        let details = world.read(&bought.admin, &SubscriptionDetails(bought.id)).expect("it is there");
        assert!(details.next_charge.is_none(), "nothing more is charged");
        let findings = app::doctor::examine(&world.app).expect("the database answers");
        assert!(findings.iter().all(app::doctor::Finding::is_good), "{findings:?}");

        // Time goes over both years without another charge.
        world.clock.set_day(date(2022, 1, 14));
        world.sweep();
        assert_eq!(world.see_subscription(bought.id).state, SubscriptionState::Active);
        world.clock.set_day(date(2022, 1, 15));
        world.sweep();
        assert_eq!(world.see_subscription(bought.id).state, SubscriptionState::Expired);
        let charged = |event: &Event| matches!(event, Event::InvoiceIssued { .. });
        assert!(!world.new_events().iter().any(charged));
    });
}

/// R87: a card that is declined changes nothing; the order says why.
#[test]
fn a_declined_card_changes_nothing() {
    in_each_world(|world| {
        let bought = Prepaid::of(world);
        let before = world.see_subscription(bought.id);
        let order_id = bought.extend(world, "card_declined").expect("the order says how it went");
        let reason = "card_declined".to_owned();
        assert_eq!(
            world.new_events(),
            [Event::OrderPlaced { number: 2, amount: eur(60_000) }, Event::OrderVoided { number: 2, reason }]
        );
        let after = world.see_subscription(bought.id);
        assert_eq!((after.quantity, after.ends_on, after.state), (before.quantity, before.ends_on, before.state));
        let order = world.read(&bought.admin, &OrderDetails(order_id)).expect("the order");
        assert_eq!((order.listed.order.state, order.invoice), (OrderState::Voided, None));
        bought.extend(world, "card_succeeds").expect("another card pays");
        assert_eq!(world.see_subscription(bought.id).ends_on, date(2022, 1, 15));
    });
}

/// Domain 4.5: while the payer has to confirm, neither a key nor another payment changes what was ordered.
#[test]
fn what_waits_for_the_bank_is_extended_once() {
    in_each_world(|world| {
        let bought = Prepaid::of(world);
        let key = bought.house.key(world, &bought.office, 10, Term::Annual);
        let ordered = bought.ordered(world, "card_confirms");
        let order_id = ordered.order_id;
        extend_end_date(&world.app, &bought.admin, world.organization, ordered.clone()).expect("the bank asks");
        assert_eq!(world.see_subscription(bought.id).ends_on, date(2021, 1, 15));
        assert_eq!(refusal(bought.extend(world, "card_succeeds")), Refusal::PaymentUnderWay);
        let by_key = typed(Some(bought.id), KeyUse::Add, &[&key]);
        assert_eq!(refusal(redeem_at(world, &bought.admin, &by_key)), Refusal::PaymentUnderWay);
        let view = world.read(&bought.admin, &ExtensionChoices(bought.id)).expect("it is prepaid");
        assert_eq!(view.choices.map(|choices| choices.len()), Err(Refusal::PaymentUnderWay));

        let order = world.read(&bought.admin, &OrderDetails(order_id)).expect("the order").listed.order;
        assert!(world.gateway.confirm(order.payment_reference.as_deref().expect("its name"), true));
        world.clock.advance(jiff::SignedDuration::from_mins(1));
        world.work();
        assert_eq!(world.see_subscription(bought.id).ends_on, date(2022, 1, 15));
        extend_end_date(&world.app, &bought.admin, world.organization, ordered).expect("it is the first order");
        assert_eq!(world.see_subscription(bought.id).ends_on, date(2022, 1, 15), "ordered once");
        redeem_at(world, &bought.admin, &by_key).expect("now the key adds");
        assert_eq!(world.see_subscription(bought.id).quantity, 15);
    });
}

/// Under MCA too the term is on an invoice of the same day, whatever the day of the statements.
#[test]
fn under_mca_it_is_invoiced_the_same_day() {
    in_each_world(|world| {
        world.agreement(Agreement::Mca);
        let bought = Prepaid::of(world);
        world.clock.set_day(date(2020, 1, 25));
        let account = world.payment_method(bought.admin.actor.user().expect("a person"), |new| {
            let (country, last_four) = ("NL".to_owned(), "4300".to_owned());
            let mandate = Some("M-1".to_owned());
            new.described = MethodDescription::BankAccount(BankAccountDescription { country, last_four, mandate });
            new.gateway_token = "account_4300".to_owned();
        });
        let by_bank = OrderedExtension { payment: Payment::OnFile(account), ..bought.ordered(world, "card_succeeds") };
        let refused = extend_end_date(&world.app, &bought.admin, world.organization, by_bank);
        assert!(matches!(refused, Err(Failure::Invalid(fields))
            if fields == [Refusal::AccountPaysNoProfile.at(Field::Payment)]));
        let _ = bought.extend(world, "card_succeeds").expect("the card pays");
        let issued = world.new_events().into_iter().find_map(|event| match event {
            Event::InvoiceIssued { total, .. } => Some(total),
            _ => None,
        });
        assert_eq!(issued, Some(eur(60_000)));
    });
}

/// What had ended comes back; who may not buy, and other organizations, cannot.
#[test]
fn who_may_extend_and_when() {
    in_each_world(|world| {
        let bought = Prepaid::of(world);
        // Who buys for the team only sees what was bought for it.
        let caller = world.caller(Role::LicenseAdmin);
        let refused = extend_end_date(&world.app, &caller, world.organization, bought.ordered(world, "card_succeeds"));
        assert_eq!(refusal(refused), Refusal::NotFound);
        let elsewhere = world.other_organization("Polder");
        let stranger = world.caller_in(elsewhere, Role::GlobalAdmin);
        let refused = extend_end_date(&world.app, &stranger, elsewhere, bought.ordered(world, "card_succeeds"));
        assert_eq!(refusal(refused), Refusal::NotFound);
        let by_card = OrderedExtension {
            subscription_id: world.subscription(&bought.office, 5),
            ..bought.ordered(world, "card_succeeds")
        };
        let refused = extend_end_date(&world.app, &bought.admin, world.organization, by_card);
        assert_eq!(refusal(refused), Refusal::Closed(ClosedReason::NotPrepaid));

        world.clock.set_day(date(2021, 1, 25));
        world.sweep();
        assert_eq!(world.see_subscription(bought.id).state, SubscriptionState::Expired);
        let view = world.read(&bought.admin, &ExtensionChoices(bought.id)).expect("it is prepaid");
        assert_eq!(view.choices.expect("there is a price")[0].extension.days_over, 10);
        bought.extend(world, "card_succeeds").expect("the card pays");
        let after = world.see_subscription(bought.id);
        assert_eq!((after.state, after.ends_on), (SubscriptionState::Active, date(2022, 1, 15)));
    });
}
