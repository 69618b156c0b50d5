//! Payment methods: put on file, edited, replaced, deleted, and what they pay for (domain 4.1).

use super::purchase::{by_card, wanted};
use app::api_token::{CreateApiToken, actor_by_token};
use app::billing::details::InvoiceDetails;
use app::billing::pay_invoice::{PayInvoice, new_payment_id, pay_invoice};
use app::billing::settle_balance::PreparePayment;
use app::order::place::{Payment, place_order};
use app::payment_method::add::{
    Adding, NewMeans, NewPaymentMethod, add_payment_method, confirm, new_payment_method_id,
};
use app::payment_method::delete::DeletePaymentMethod;
use app::payment_method::details::PaymentMethodDetails;
use app::payment_method::edit::{EditPaymentMethod, edit_payment_method};
use app::payment_method::list::ListPaymentMethods;
use app::payment_method::replace::ReplacePaymentMethod;
use app::ports::SandboxBank;
use app::subscription::cancel::CancelSubscription;
use app::subscription::change_payment_method::{ChangePaymentMethod, PaymentChoices};
use app::subscription::reactivate::{PreviewReactivate, ReactivateSubscription};
use app::user::administer::DeleteUser;
use app::{Caller, Failure};
use domain::access::{Role, Scope};
use domain::api_token::ApiTokenDraft;
use domain::billing::party::Address;
use domain::billing::payment_method::{BankAccountDescription, CardDescription, MethodDescription, MethodName, Uses};
use domain::catalog::{BillingFrequency, Term};
use domain::event::{Change, Event};
use domain::ids::{PaymentMethodId, SubscriptionId, UserId};
use domain::money::{Currency, Money};
use domain::organization::Cloud;
use domain::refusal::{Field, FieldRefusal, Refusal};
use domain::subscription::cancel::{Cancel, CancelReason};
use domain::subscription::{Channel, ClosedReason, Subscription, SubscriptionState};
use jiff::civil::date;
use std::thread;
use store::tables::subscription;
use testkit::world::{World, in_each_world};

pub(crate) fn address() -> Address {
    Address {
        line1: "Kade 1".to_owned(),
        postal_code: "1011 AB".to_owned(),
        city: "Amsterdam".to_owned(),
        country: "NL".to_owned(),
        ..Address::default()
    }
}

fn new(world: &World, means: NewMeans) -> NewPaymentMethod {
    let id = new_payment_method_id(&world.app);
    NewPaymentMethod { id, means, holder: " Anna de Vries ".to_owned(), address: address() }
}

fn card(world: &World, token: &str) -> NewPaymentMethod {
    new(world, NewMeans::Card { token: token.to_owned() })
}

fn account(world: &World, iban: &str, mandate: bool) -> NewPaymentMethod {
    new(world, NewMeans::BankAccount { iban: iban.to_owned(), mandate })
}

fn add(world: &World, caller: &Caller, new: &NewPaymentMethod) -> Result<Adding, Failure> {
    add_payment_method(&world.app, caller, world.organization, new, |id| format!("/back/{id}"))
}

fn refusal<T: std::fmt::Debug>(outcome: Result<T, Failure>) -> Refusal {
    outcome.expect_err("it is refused").refusal().expect("a refusal").clone()
}

fn fields<T: std::fmt::Debug>(outcome: Result<T, Failure>) -> Vec<FieldRefusal> {
    match outcome.expect_err("it is refused") {
        Failure::Invalid(fields) => fields,
        other => panic!("fields are wrong, not {other:?}"),
    }
}

fn visa(last_four: &str) -> MethodName {
    MethodName { brand: Some("Visa".to_owned()), last_four: last_four.to_owned() }
}

fn person(caller: &Caller) -> UserId {
    caller.actor.user().expect("a person")
}

/// Ten licenses at €10.00 a month that a payment method pays for.
fn paid_by(world: &World, method: PaymentMethodId) -> SubscriptionId {
    let office = world.product(&format!("Office {}", world.new_id()));
    world.subscription_with(world.organization, &office, 10, |new| {
        (new.channel, new.payment_method_id) = (Channel::Direct, Some(method));
    })
}

fn pays(world: &World, id: SubscriptionId) -> Option<PaymentMethodId> {
    world.see_subscription(id).payment_method_id
}

fn shown(world: &World, caller: &Caller) -> Vec<(MethodName, bool)> {
    let view = world.read(caller, &ListPaymentMethods).expect("the list");
    view.rows.into_iter().map(|row| (row.listed.method.described.name(), row.may_change)).collect()
}

/// R43, R44, R164: a card is on file once the gateway keeps it; everybody who sees invoices sees it, and only its owner
/// changes it.
#[test]
fn a_card_is_put_on_file() {
    in_each_world(|world| {
        let (anna, bram) = (world.caller(Role::GlobalAdmin), world.caller(Role::BillingAdmin));
        let wanted = card(world, "card_succeeds");
        assert_eq!(add(world, &anna, &wanted).expect("it is kept"), Adding::Added(wanted.id));
        assert_eq!(add(world, &anna, &wanted).expect("again"), Adding::Added(wanted.id), "one card, one row");
        assert_eq!(world.new_events(), [Event::PaymentMethodAdded { method: visa("4242") }]);
        assert_eq!(shown(world, &anna), [(visa("4242"), true)]);
        assert_eq!(shown(world, &bram), [(visa("4242"), false)]);
        assert_eq!(shown(world, &world.caller(Role::GlobalReader)), [(visa("4242"), false)]);
        assert_eq!(shown(world, &world.as_person(world.person("Chris"), &[])), []);
        let view = world.read(&anna, &PaymentMethodDetails(wanted.id)).expect("the card");
        let method = view.row.listed.method;
        assert_eq!((method.holder.as_str(), method.address), ("Anna de Vries", address()));
        assert_eq!(refusal(world.write(&bram, DeletePaymentMethod(wanted.id))), Refusal::CardOfOther);

        assert_eq!(fields(add(world, &anna, &card(world, "nobody"))), [Refusal::UnknownChoice.at(Field::Payment)]);
        assert_eq!(
            fields(add(world, &anna, &card(world, "card_declined"))),
            [Refusal::CardDeclined.at(Field::Payment)]
        );
        let empty = NewPaymentMethod { holder: String::new(), address: Address::default(), ..card(world, "") };
        let missing = [Field::Payment, Field::Name, Field::Line1, Field::City, Field::Country];
        assert_eq!(fields(add(world, &anna, &empty)), missing.map(|field| Refusal::Required.at(field)));
        assert_eq!(shown(world, &anna).len(), 1, "what was declined is not on file");
        assert_eq!(
            refusal(add(world, &world.caller(Role::Operator), &card(world, "card_succeeds"))),
            Refusal::NotAllowed
        );
    });
}

/// R168, domain 4.5: the bank asks before a card is kept; what is not confirmed pays nothing.
#[test]
fn its_owner_confirms_a_card_at_the_bank() {
    in_each_world(|world| {
        let anna = world.caller(Role::BillingAdmin);
        let ask = |new: &NewPaymentMethod| match add(world, &anna, new).expect("it asks") {
            Adding::WaitsForOwner { id, address } => {
                assert_eq!(address, format!("/sandbox/bank/sandbox_keep_{id}?back=%2Fback%2F{id}"));
                id
            }
            other => panic!("its owner is to confirm first, not {other:?}"),
        };
        let id = ask(&card(world, "card_confirms"));
        assert_eq!((shown(world, &anna), world.new_events()), (vec![], vec![]));
        let price = world.price(&world.product("Office"), Term::Annual, BillingFrequency::Monthly, eur(1_000));
        let purchase = wanted(world, &price, 1, Payment::OnFile(id));
        let early = place_order(&world.app, &anna, world.organization, purchase);
        assert_eq!(fields(early), [Refusal::UnknownChoice.at(Field::Payment)]);

        let settle = || confirm(&world.app, &anna, world.organization, id, "/back");
        assert!(matches!(settle(), Ok(Adding::WaitsForOwner { .. })));
        let stranger = world.caller(Role::GlobalAdmin);
        assert_eq!(refusal(confirm(&world.app, &stranger, world.organization, id, "/back")), Refusal::NotFound);
        assert!(world.gateway.confirm(&format!("sandbox_keep_{id}"), true));
        assert_eq!(settle().expect("it is kept"), Adding::Added(id));
        assert_eq!(settle().expect("again"), Adding::Added(id));
        assert_eq!(world.new_events(), [Event::PaymentMethodAdded { method: visa("3155") }]);
    });
}

/// R75, D15: a bank account by mandate, for everybody who keeps the payment methods, where they are taken.
#[test]
fn a_bank_account_is_put_on_file() {
    in_each_world(|world| {
        let (anna, bram) = (world.caller(Role::GlobalAdmin), world.caller(Role::BillingAdmin));
        let wanted = account(world, "NL91 ABNA 0417 1643 00", true);
        assert_eq!(add(world, &anna, &wanted).expect("it is kept"), Adding::Added(wanted.id));
        let method = MethodName { brand: None, last_four: "4300".to_owned() };
        assert_eq!(world.new_events(), [Event::PaymentMethodAdded { method: method.clone() }]);
        assert_eq!(shown(world, &bram), [(method, true)]);
        let view = world.read(&bram, &PaymentMethodDetails(wanted.id)).expect("the account");
        let MethodDescription::BankAccount(kept) = view.row.listed.method.described else { panic!("an account") };
        assert_eq!((kept.country.as_str(), kept.mandate.as_deref()), ("NL", Some("SANDBOX-NL-4300")));
        assert!(!format!("{:?}", view.row.listed.method.gateway_token).contains("ABNA"), "its number is nowhere");

        let wrong = account(world, "NL91 ABNA 0417 1643 01", false);
        let expected = [Refusal::IbanMistyped.at(Field::Iban), Refusal::MandateNeeded.at(Field::Mandate)];
        assert_eq!(fields(add(world, &anna, &wrong)), expected);
        assert_eq!(shown(world, &anna).len(), 1);
    });
}

/// R75; domain 4.1, 7: by country and cloud.
#[test]
fn what_is_taken_depends_on_country_and_cloud() {
    in_each_world(|world| {
        world.clock.set_day(date(2021, 2, 1));
        let belgium = world.organization_with("België", |new| new.country = "BE".to_owned());
        let china =
            world.organization_with("China", |new| (new.country, new.cloud) = ("CN".to_owned(), Cloud::Vianet21));
        let ask = |home, new: &NewPaymentMethod| {
            add_payment_method(&world.app, &world.caller_in(home, Role::GlobalAdmin), home, new, |_| String::new())
        };
        let iban = account(world, "BE68 5390 0754 7034", true);
        let not_offered = [Refusal::BankAccountNotOffered.at(Field::Payment)];
        assert_eq!(fields(ask(belgium, &iban)), not_offered);
        assert_eq!(fields(ask(china, &iban)), not_offered);
        assert!(ask(belgium, &card(world, "card_succeeds")).is_ok());
        let brand = "UnionPay";
        let refused = [Refusal::CardNotOffered { brand }.at(Field::Payment)];
        assert_eq!(fields(ask(china, &card(world, "card_succeeds"))), refused);

        // A card that is typed at the checkout is held to the same.
        let price = world.price(&world.product("Office"), Term::Annual, BillingFrequency::Monthly, eur(1_000));
        let purchase = wanted(world, &price, 1, by_card());
        let buyer = world.caller_in(china, Role::GlobalAdmin);
        assert_eq!(fields(place_order(&world.app, &buyer, china, purchase)), refused);
    });
}

fn eur(minor: i64) -> Money {
    Money::new(minor, Currency::Eur)
}

/// R41, R42: security code, expiration date, name and address; the code is asked each time.
#[test]
fn a_card_is_edited() {
    in_each_world(|world| {
        let anna = world.caller(Role::BillingAdmin);
        let id = world.card(person(&anna), "card_succeeds");
        let edit = EditPaymentMethod {
            id,
            holder: "A. de Vries".to_owned(),
            address: address(),
            expires_on: "2033-04".to_owned(),
            security_code: "123".to_owned(),
            revision: 1,
        };
        let save = |caller: &Caller, edit: &EditPaymentMethod| {
            edit_payment_method(&world.app, caller, world.organization, edit)
        };
        save(&anna, &edit).expect("it is saved");
        let method = world.read(&anna, &PaymentMethodDetails(id)).expect("the card").row.listed.method;
        assert_eq!((method.expires_on(), method.holder.as_str()), (Some("2033-04"), "A. de Vries"));
        assert_eq!((&method.address, method.revision), (&address(), 2));
        assert_eq!(world.new_events(), [Event::PaymentMethodChanged { method: visa("4242") }]);
        assert_eq!(refusal(save(&anna, &edit)), Refusal::ChangedMeanwhile, "somebody was faster");

        let now = EditPaymentMethod { revision: 2, ..edit };
        let other = world.caller(Role::GlobalAdmin);
        assert_eq!(refusal(save(&other, &now)), Refusal::CardOfOther);
        let (security_code, expires_on) = (String::new(), "2019-12".to_owned());
        let wrong = EditPaymentMethod { security_code, expires_on, holder: String::new(), ..now };
        let expected = [
            Refusal::Required.at(Field::SecurityCode),
            Refusal::CardExpired.at(Field::ExpiresOn),
            Refusal::Required.at(Field::Name),
        ];
        assert_eq!(fields(save(&anna, &wrong)), expected);
        assert_eq!(world.new_events(), []);
    });
}

/// R38, R164: everything moves, of everybody, and the old one stays on file until it is deleted.
#[test]
fn one_takes_the_place_of_another() {
    in_each_world(|world| {
        let (anna, bram) = (world.caller(Role::BillingAdmin), world.caller(Role::GlobalAdmin));
        let (old, new) = (world.card(person(&anna), "card_succeeds"), world.card(person(&bram), "card_succeeds"));
        let (first, second) = (paid_by(world, old), paid_by(world, old));
        let gone = paid_by(world, old);
        world.seed(world.organization, move |write| {
            let mut found = subscription::find(write, gone)?.expect("it is there").subscription;
            found.state = SubscriptionState::Deleted;
            subscription::update_life(write, &found, Cloud::Worldwide)
        });
        let uses = world.read(&anna, &PaymentMethodDetails(old)).expect("the card").row.listed.uses;
        assert_eq!(uses, Uses { subscriptions: 2, ..Uses::default() });
        let in_use = Refusal::PaymentMethodInUse { items: 2 };
        assert_eq!(refusal(world.write(&anna, DeletePaymentMethod(old))), in_use);

        let replace = |from, to| ReplacePaymentMethod { from, to };
        let unknown = [Refusal::UnknownChoice.at(Field::Payment)];
        assert_eq!(fields(world.write(&anna, replace(old, new))), unknown, "not hers to use");
        assert_eq!(fields(world.write(&anna, replace(old, old))), unknown);
        assert_eq!(world.write(&bram, replace(old, new)).expect("it moves"), 2);
        assert_eq!((pays(world, first), pays(world, second)), (Some(new), Some(new)));
        assert_eq!(pays(world, gone), Some(old), "what is over stays as it was");
        let moved = || Event::SubscriptionPaymentChanged {
            method: Change { from: Some(visa("4242")), to: Some(visa("4242")) },
            is_first: false,
        };
        let replaced =
            Event::PaymentMethodReplaced { method: Change { from: visa("4242"), to: visa("4242") }, items: 2 };
        assert_eq!(world.new_events(), [moved(), moved(), replaced]);
        assert_eq!(refusal(world.write(&bram, replace(old, new))), Refusal::NothingToChange);

        world.write(&anna, DeletePaymentMethod(old)).expect("it pays for nothing");
        assert_eq!(world.new_events(), [Event::PaymentMethodDeleted { method: visa("4242") }]);
        assert_eq!(refusal(world.write(&anna, DeletePaymentMethod(old))), Refusal::NotFound);
        assert_eq!(fields(world.write(&bram, replace(new, old))), unknown, "what is off file pays nothing");
        assert_eq!(refusal(world.write(&bram, DeletePaymentMethod(new))), Refusal::PaymentMethodInUse { items: 2 });
    });
}

/// Domain 4.1 and 7: in 21Vianet only support changes what pays, for one subscription and for all of them.
#[test]
fn in_21vianet_support_replaces_what_pays() {
    in_each_world(|world| {
        let china = world.organization_with("China", |new| new.cloud = Cloud::Vianet21);
        let anna = world.caller_in(china, Role::GlobalAdmin);
        let card = || world.payment_method_in(china, person(&anna), |_| {});
        let (old, new) = (card(), card());
        let _ = world.subscription_with(china, &world.product("Office"), 10, |new| new.payment_method_id = Some(old));
        let by_support = Refusal::Closed(ClosedReason::BySupport);
        let look = || world.app.read(&anna, china, &PaymentMethodDetails(old)).expect("the card");
        assert_eq!((look().row.listed.uses.items(), look().replace), (1, Err(by_support.clone())));
        let replace = ReplacePaymentMethod { from: old, to: new };
        assert_eq!(refusal(world.app.write(&anna, china, replace).wait()), by_support);
        assert_eq!(look().row.listed.uses.items(), 1, "nothing moved");
    });
}

/// Domain 4.1: a program lets the cards of the person pay who made its key, as long as that person may sign in.
#[test]
fn the_key_of_somebody_who_left_pays_nothing() {
    in_each_world(|world| {
        let (anna, bram) = (world.caller(Role::GlobalAdmin), world.caller(Role::GlobalAdmin));
        let (old, new) = (world.card(person(&anna), "card_succeeds"), world.card(person(&anna), "card_succeeds"));
        let paid = paid_by(world, old);
        let scopes = vec![Scope::BillingRead, Scope::BillingWrite, Scope::SubscriptionsWrite];
        let draft = ApiTokenDraft { name: "HR".to_owned(), scopes, days: None };
        let made = world.write(&anna, CreateApiToken::new(draft).expect("a good key")).expect("it is made");
        let program = Caller { actor: actor_by_token(&world.app, &made.secret).expect("it opens"), ..anna.clone() };
        assert_eq!(world.write(&program, ReplacePaymentMethod { from: old, to: new }).expect("it moves"), 1);
        world.write(&bram, DeleteUser(person(&anna))).expect("Anna leaves");
        let replace = ReplacePaymentMethod { from: new, to: old };
        let unknown = [Refusal::UnknownChoice.at(Field::Payment)];
        assert_eq!(fields(world.write(&program, replace)), unknown);
        let change = ChangePaymentMethod { subscription_id: paid, to: Some(old) };
        assert_eq!(fields(world.write(&program, change)), unknown);
        assert_eq!(pays(world, paid), Some(new));
    });
}

/// R164: the only one stays; another organization's is not there.
#[test]
fn the_last_one_is_not_deleted() {
    in_each_world(|world| {
        let anna = world.caller(Role::BillingAdmin);
        let only = world.card(person(&anna), "card_succeeds");
        assert_eq!(refusal(world.write(&anna, DeletePaymentMethod(only))), Refusal::LastPaymentMethod);
        let elsewhere = world.other_organization("Elsewhere");
        let stranger = world.caller_in(elsewhere, Role::GlobalAdmin);
        let try_it = world.app.write(&stranger, elsewhere, DeletePaymentMethod(only)).wait();
        assert_eq!(refusal(try_it), Refusal::NotFound);
        let second = world.payment_method(person(&anna), |new| {
            new.gateway_token = "account_NL_4300_x".to_owned();
        });
        world.write(&anna, DeletePaymentMethod(only)).expect("there is another");
        assert_eq!(refusal(world.write(&anna, DeletePaymentMethod(second))), Refusal::LastPaymentMethod);
    });
}

/// R164: what could not be collected is tried with the new one at once; a payment that is under way ends with the old one.
#[test]
fn a_replacement_meets_invoices() {
    in_each_world(|world| {
        let anna = world.caller(Role::BillingAdmin);
        let declined = world.card(person(&anna), "card_declined");
        let asks = world.card(person(&anna), "card_confirms_absent");
        let good = world.card(person(&anna), "card_succeeds");
        let (first, second) = (paid_by(world, declined), paid_by(world, asks));
        world.clock.set_day(date(2020, 2, 16));
        world.sweep();
        world.work();
        let uses = |id| world.read(&anna, &PaymentMethodDetails(id)).expect("the card").row.listed.uses;
        let waiting = Uses { subscriptions: 1, invoices: 1, under_way: 1, ..Uses::default() };
        assert_eq!((uses(declined).under_way, uses(asks)), (0, waiting));
        let _ = world.new_events();

        world.write(&anna, ReplacePaymentMethod { from: declined, to: good }).expect("it moves");
        world.write(&anna, ReplacePaymentMethod { from: asks, to: good }).expect("it moves");
        assert_eq!((pays(world, first), pays(world, second)), (Some(good), Some(good)));
        assert_eq!(refusal(world.write(&anna, DeletePaymentMethod(asks))), Refusal::PaymentMethodBusy);
        let _ = world.new_events();
        world.sweep();
        world.work();
        let paid =
            |number: &str| Event::InvoicePaid { number: number.to_owned(), amount: eur(10_000), balance: eur(0) };
        assert_eq!(world.new_events(), [paid("0000001")], "the declined one is tried at once with the new card");
        let waits = world.gateway.charged().into_keys().map(|key| format!("sandbox_{key}"));
        assert!(waits.into_iter().any(|reference| world.gateway.confirm(&reference, true)));
        world.clock.advance(jiff::SignedDuration::from_hours(1));
        world.work();
        assert_eq!(world.new_events(), [paid("0000002")], "with the old card");
        assert_eq!(pays(world, second), Some(good), "what pays from now on stays");
        world.write(&anna, DeletePaymentMethod(asks)).expect("nothing is under way any more");
    });
}

/// R11, R75, R165: one subscription, both ways.
#[test]
fn what_pays_for_a_subscription_is_changed() {
    in_each_world(|world| {
        let anna = world.caller(Role::BillingAdmin);
        let (old, new) = (world.card(person(&anna), "card_succeeds"), world.card(person(&anna), "card_succeeds"));
        let (subscription_id, other) = (paid_by(world, old), paid_by(world, old));
        let change = |to| world.write(&anna, ChangePaymentMethod { subscription_id, to });
        change(Some(new)).expect("another card");
        assert_eq!((pays(world, subscription_id), pays(world, other)), (Some(new), Some(old)));
        let method = Change { from: Some(visa("4242")), to: Some(visa("4242")) };
        assert_eq!(world.new_events(), [Event::SubscriptionPaymentChanged { method, is_first: false }]);
        assert_eq!(fields(change(Some(new))), [Refusal::NothingToChange.at(Field::Payment)]);
        let stranger = world.card(world.person("Chris"), "card_succeeds");
        assert_eq!(fields(change(Some(stranger))), [Refusal::UnknownChoice.at(Field::Payment)]);
        // D14: a customer whose credit was never checked buys again by invoice instead.
        assert_eq!(fields(change(None)), [Refusal::CreditCheckNeeded.at(Field::Payment)]);
        let expired = world.payment_method(person(&anna), |card| {
            card.described = MethodDescription::Card(CardDescription {
                brand: "Visa".to_owned(),
                last_four: "1881".to_owned(),
                expires_on: "2019-12".to_owned(),
            });
        });
        assert_eq!(fields(change(Some(expired))), [Refusal::CardExpired.at(Field::Payment)]);
        assert_eq!(
            refusal(
                world.write(&world.caller(Role::LicenseAdmin), ChangePaymentMethod { subscription_id, to: Some(new) })
            ),
            Refusal::NotFound
        );
    });
}

/// A bank account of the organization, which every billing admin may use.
fn bank_account(world: &World, owner: UserId) -> PaymentMethodId {
    world.payment_method(owner, |new| {
        let (country, last_four, mandate) = ("NL".to_owned(), "4300".to_owned(), Some("M-1".to_owned()));
        new.described = MethodDescription::BankAccount(BankAccountDescription { country, last_four, mandate });
        adapters::TEST_ACCOUNT.clone_into(&mut new.gateway_token);
    })
}

/// R38, R179, domain 5.1: what somebody bought for the team is paid by card, also when the buyer is a billing admin who
/// keeps the bank accounts of the organization: neither at the subscription, nor by what takes a card's place, nor when
/// it comes back, nor for its invoice.
#[test]
fn a_bank_account_pays_for_nothing_that_users_bought() {
    in_each_world(|world| {
        let anna = world.caller(Role::BillingAdmin);
        let declined = world.card(person(&anna), "card_declined");
        let (card, account) = (world.card(person(&anna), "card_succeeds"), bank_account(world, person(&anna)));
        let bought = |differ: &dyn Fn(&mut Subscription)| {
            let office = world.product(&format!("Office {}", world.new_id()));
            world.subscription_with(world.organization, &office, 10, |new| {
                new.payment_method_id = Some(declined);
                differ(new);
            })
        };
        let own = bought(&|new| (new.channel, new.holder) = (Channel::SelfService, Some(person(&anna))));
        let central = bought(&|_| ());
        let needs_card = || vec![Refusal::AccountPaysNoSelfService.at(Field::Payment)];

        let to_account = |subscription_id| ChangePaymentMethod { subscription_id, to: Some(account) };
        assert_eq!(fields(world.write(&anna, to_account(own))), needs_card());
        let offered = |id| {
            let methods = world.read(&anna, &PaymentChoices(id)).expect("what could pay").methods;
            methods.iter().any(|method| method.id == account)
        };
        assert_eq!((offered(own), offered(central)), (false, true));
        let replace = ReplacePaymentMethod { from: declined, to: account };
        assert_eq!(fields(world.write(&anna, replace)), needs_card());
        let others = world.read(&anna, &PaymentMethodDetails(declined)).expect("the card").others;
        assert_eq!(others.iter().map(|other| other.id).collect::<Vec<_>>(), [card]);

        // Both are billed on 15 February, and the card is declined.
        world.clock.set_day(date(2020, 2, 16));
        world.sweep();
        world.work();
        let open = world.read(&anna, &PreparePayment(None)).expect("what is open");
        let methods: Vec<_> = open.methods.iter().map(|method| method.id).collect();
        assert_eq!(methods, [declined, card], "one invoice is of self-service");
        let invoice_of = |subscription| {
            let of = |id| world.read(&anna, &InvoiceDetails(id)).expect("the invoice").invoice.subscription_id;
            open.invoices.iter().map(|open| open.id).find(|id| of(*id) == Some(subscription)).expect("an invoice")
        };
        let pay = |invoice_id| {
            let (payment_id, means) = (new_payment_id(&world.app), Payment::OnFile(account));
            pay_invoice(&world.app, &anna, world.organization, PayInvoice { payment_id, invoice_id, means })
        };
        assert_eq!(fields(pay(invoice_of(own))), needs_card());
        // R166: what pays the balance takes over what the declined one paid, as far as it can.
        let waits = pay(invoice_of(central)).expect("the bank is told").payment;
        assert!(world.gateway.confirm(waits.reference.as_deref().expect("its name"), true));
        world.clock.advance(jiff::SignedDuration::from_hours(1));
        world.work();
        assert_eq!((pays(world, own), pays(world, central)), (Some(declined), Some(account)));

        let cancel = Cancel { reason: CancelReason::TooExpensive, feedback: String::new() };
        world.write(&anna, CancelSubscription { subscription_id: own, cancel }).expect("it is canceled");
        let reactivate = |method| {
            world.write(&anna, ReactivateSubscription { subscription_id: own, payment_method_id: Some(method) })
        };
        assert_eq!(fields(reactivate(account)), needs_card());
        let methods = world.read(&anna, &PreviewReactivate(own)).expect("the preview").methods;
        assert_eq!(methods.iter().map(|method| method.id).collect::<Vec<_>>(), [declined, card]);
        reactivate(card).expect("by card");
        assert_eq!(pays(world, own), Some(card));
    });
}

/// R164, two at once: one is deleted while it takes over. Whoever comes first wins, and nothing pays that is off file.
#[test]
fn delete_meets_replace() {
    in_each_world(|world| {
        for _ in 0..8 {
            let anna = world.caller(Role::BillingAdmin);
            let (old, new) = (world.card(person(&anna), "card_succeeds"), world.card(person(&anna), "card_succeeds"));
            let subscription = paid_by(world, old);
            let (replaced, deleted) = thread::scope(|scope| {
                let replaces = scope.spawn(|| world.write(&anna, ReplacePaymentMethod { from: old, to: new }));
                let deletes = scope.spawn(|| world.write(&anna, DeletePaymentMethod(new)));
                (replaces.join().expect("no panic"), deletes.join().expect("no panic"))
            });
            match (replaced, deleted) {
                (Ok(1), Err(failure)) => {
                    assert_eq!(refusal::<()>(Err(failure)), Refusal::PaymentMethodInUse { items: 1 });
                    assert_eq!(pays(world, subscription), Some(new));
                }
                (Err(failure), Ok(())) => {
                    assert_eq!(fields::<()>(Err(failure)), [Refusal::UnknownChoice.at(Field::Payment)]);
                    assert_eq!(pays(world, subscription), Some(old));
                }
                other => panic!("one of them wins, not {other:?}"),
            }
        }
    });
}
