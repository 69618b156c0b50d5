//! Product keys: made by the operator, redeemed by organizations (domain 3).

use super::purchase::{by_card, wanted};
use app::doctor::{Check, examine};
use app::mail::operate::{ListMails, MailFilter};
use app::order::place::{new_order_id, place_order};
use app::product_key::create::{CreateBatch, create_now};
use app::product_key::export::{FinishExport, KeyFile};
use app::product_key::list::{BatchDetails, ListBatches, find_typed};
use app::product_key::redeem::{Redeem, Redeemed, Reviewed, TypedKey, redeem, review};
use app::product_key::revoke::{RevokeBatch, RevokeKey, revoke_typed};
use app::subscription::change_payment_method::ChangePaymentMethod;
use app::subscription::edit_recurring_billing::EditRecurringBilling;
use app::{App, Caller, Failure};
use domain::access::Role;
use domain::catalog::{BillingFrequency, Sku, Term};
use domain::event::{Change, Event};
use domain::ids::{OrganizationId, ProductKeyBatchId, SubscriptionId};
use domain::mail::Message;
use domain::money::{Currency, Money};
use domain::organization::OrganizationKind;
use domain::product_key::create::BatchDraft;
use domain::product_key::{KeyRefusal, KeyUse, RedeemedKey};
use domain::refusal::{Field, FieldRefusal, Refusal};
use domain::subscription::{Channel, SubscriptionState};
use domain::time::Period;
use jiff::SignedDuration;
use jiff::civil::date;
use std::collections::BTreeSet;
use std::sync::Barrier;
use store::tables::product_key::insert_keys;
use testkit::world::{World, in_each_world};

/// The operator's house in a world.
pub(super) struct House {
    pub(super) id: OrganizationId,
    pub(super) operator: Caller,
}

impl House {
    pub(super) fn of(world: &World) -> Self {
        let id = world.organization_with("House", |house| house.kind = OrganizationKind::Operator);
        Self { id, operator: world.caller_in(id, Role::Operator) }
    }

    fn batch_with(&self, world: &World, sku: &Sku, differ: impl FnOnce(&mut BatchDraft)) -> ProductKeyBatchId {
        let mut draft =
            BatchDraft { quantity: 5, term: Term::Annual, key_count: 1, country: String::new(), redeem_by: None };
        differ(&mut draft);
        create_now(&world.app, &self.operator, self.id, sku.id, draft).expect("keys are made")
    }

    /// The characters of the keys of a batch, which is then exported.
    fn export(&self, world: &World, batch: ProductKeyBatchId) -> Vec<String> {
        let keys = self.peek(world, batch);
        world.app.write(&self.operator, self.id, FinishExport(batch)).wait().expect("it was not exported before");
        keys
    }

    /// The characters of the keys of a batch, as far as a file that broke off knows them.
    fn peek(&self, world: &World, batch: ProductKeyBatchId) -> Vec<String> {
        let file = KeyFile::begin(&world.app, &self.operator, self.id, batch).expect("it was not exported before");
        let (mut keys, mut place) = (Vec::new(), 0);
        while place < file.batch.key_count {
            let (next, after) = file.keys(&world.app, place).expect("the secret is there");
            keys.extend(next.iter().map(ToString::to_string));
            place = after;
        }
        keys
    }

    /// A fresh key of so many licenses.
    pub(super) fn key(&self, world: &World, sku: &Sku, quantity: u32, term: Term) -> String {
        let batch = self.batch_with(world, sku, |draft| (draft.quantity, draft.term) = (quantity, term));
        self.export(world, batch).remove(0)
    }
}

pub(super) fn typed(subscription_id: Option<SubscriptionId>, key_use: KeyUse, keys: &[&str]) -> Redeem {
    let key = |text: &&str| TypedKey { key_use, text: (*text).to_owned() };
    Redeem { subscription_id, keys: keys.iter().map(key).collect() }
}

pub(super) fn redeem_at(world: &World, caller: &Caller, keys: &Redeem) -> Result<Redeemed, Failure> {
    redeem(&world.app, caller, world.organization, "192.0.2.7", new_order_id(&world.app), keys)
}

fn review_at(world: &World, caller: &Caller, keys: &Redeem) -> Result<Reviewed, Failure> {
    review(&world.app, caller, world.organization, "192.0.2.7", keys)
}

/// A prepaid subscription that a first key of five licenses for a year started today.
pub(super) fn prepaid(world: &World, house: &House, office: &Sku, admin: &Caller) -> SubscriptionId {
    let first = house.key(world, office, 5, Term::Annual);
    let started = redeem_at(world, admin, &typed(None, KeyUse::Start, &[&first])).expect("a first key");
    world.new_events();
    started.subscription_id
}

fn wrong(failure: &Failure) -> Vec<(usize, Refusal)> {
    match failure {
        Failure::Refused(Refusal::KeysRefused(wrong)) => {
            wrong.iter().map(|KeyRefusal { index, refusal }| (*index, refusal.clone())).collect()
        }
        other => panic!("expected keys that are wrong, got {other:?}"),
    }
}

/// R84: a first key starts a prepaid subscription, which costs nothing and expires at the end of its term.
#[test]
fn a_first_key_starts_a_subscription() {
    in_each_world(|world| {
        let (house, office, admin) = (House::of(world), world.product("Office"), world.caller(Role::BillingAdmin));
        let key = house.key(world, &office, 5, Term::Annual);
        let reviewed = review_at(world, &admin, &typed(None, KeyUse::Start, &[&key])).expect("a good key");
        assert_eq!((reviewed.product_name.as_str(), reviewed.redemption.quantity.to), ("Office", 5));
        assert_eq!(world.new_events(), [], "a review changes nothing");

        let redeemed =
            redeem_at(world, &admin, &typed(None, KeyUse::Start, &[&key.to_lowercase()])).expect("it is new");
        let last_five = key[24..].to_owned();
        let ends_on = date(2021, 1, 15);
        assert_eq!(
            world.new_events(),
            [
                Event::OrderPosted { number: 1 },
                Event::SubscriptionStarted {
                    quantity: 5,
                    term: Term::Annual,
                    billing_frequency: BillingFrequency::Yearly,
                    unit_price: Money::new(0, Currency::Eur),
                    channel: Channel::ProductKey,
                    ends_on,
                },
                Event::ProductKeysRedeemed {
                    keys: vec![last_five],
                    quantity: Change { from: 0, to: 5 },
                    ends_on: Change { from: date(2020, 1, 15), to: ends_on },
                },
            ]
        );
        world.clock.set_day(ends_on);
        world.sweep();
        assert_eq!(world.see_subscription(redeemed.subscription_id).state, SubscriptionState::Expired);
        assert!(matches!(world.new_events()[..], [Event::SubscriptionExpired { .. }]), "and nothing was charged");
    });
}

/// R85, R86, R93: keys add licenses and extend the end date, several at once.
#[test]
fn keys_add_and_extend() {
    in_each_world(|world| {
        let (house, office, admin) = (House::of(world), world.product("Office"), world.caller(Role::GlobalAdmin));
        let id = prepaid(world, &house, &office, &admin);
        let (ten, three) = (house.key(world, &office, 10, Term::Annual), house.key(world, &office, 3, Term::Monthly));
        redeem_at(world, &admin, &typed(Some(id), KeyUse::Add, &[&ten, &three])).expect("both are good");
        let after = world.see_subscription(id);
        assert_eq!((after.quantity, after.ends_on), (18, date(2021, 1, 15)));

        let year = house.key(world, &office, 18, Term::Annual);
        let month = house.key(world, &office, 18, Term::Monthly);
        redeem_at(world, &admin, &typed(Some(id), KeyUse::Extend, &[&year, &month])).expect("both are good");
        let after = world.see_subscription(id);
        assert_eq!((after.quantity, after.ends_on), (18, date(2022, 2, 15)));
        let redeemed = |event: &Event| matches!(event, Event::ProductKeysRedeemed { keys, .. } if keys.len() == 2);
        assert_eq!(world.new_events().iter().filter(|event| redeemed(event)).count(), 2);
    });
}

/// M1, R94: the confirmation says what each key brought, how many licenses there are until when, and nothing of a price.
#[test]
fn the_confirmation_of_keys_says_what_they_brought() {
    in_each_world(|world| {
        let (house, office) = (House::of(world), world.product("Office"));
        let dirk = world.person("Dirk");
        world.give_roles(world.organization, dirk, &[Role::GlobalAdmin]);
        let admin = world.as_person(dirk, &[Role::GlobalAdmin]);
        let id = prepaid(world, &house, &office, &admin);
        let (ten, year) = (house.key(world, &office, 10, Term::Annual), house.key(world, &office, 5, Term::Annual));
        let _ = world.new_mails();
        let both = [(KeyUse::Add, &ten), (KeyUse::Extend, &year)];
        let keys = both.map(|(key_use, text)| TypedKey { key_use, text: text.clone() }).to_vec();
        let redeemed = redeem_at(world, &admin, &Redeem { subscription_id: Some(id), keys }).expect("both are good");
        assert_eq!(world.new_mails(), ["order_confirmation to dirk"]);
        let asked = ListMails { filter: MailFilter::default(), before: None, limit: 1 };
        let newest = world.read(&world.caller(Role::Operator), &asked).expect("the outbox").rows.remove(0);
        let Some(Message::OrderConfirmation { order_id, of, prepaid: Some(prepaid), .. }) = newest.message else {
            panic!("no confirmation of keys")
        };
        assert_eq!((order_id, of.quantity, prepaid.ends_on), (redeemed.order_id, 15, date(2022, 1, 15)));
        let brought = |key: &RedeemedKey| (key.key_use, key.quantity, key.last_five.clone());
        assert_eq!(
            prepaid.keys.iter().map(brought).collect::<Vec<_>>(),
            [(KeyUse::Add, 10, ten[24..].to_owned()), (KeyUse::Extend, 5, year[24..].to_owned())]
        );
    });
}

/// R159: fewer licenses by renewing with a smaller key, once they are free.
#[test]
fn a_smaller_key_reduces() {
    in_each_world(|world| {
        let (house, office, admin) = (House::of(world), world.product("Office"), world.caller(Role::GlobalAdmin));
        let id = prepaid(world, &house, &office, &admin);
        let people = world.people(4);
        people.iter().for_each(|person| world.give_license(id, *person));
        let smaller = house.key(world, &office, 3, Term::Annual);
        let refused = redeem_at(world, &admin, &typed(Some(id), KeyUse::Extend, &[&smaller])).expect_err("four use it");
        assert_eq!(wrong(&refused), [(0, Refusal::BelowAssigned { assigned: 4 })]);
        let command =
            app::license::unassign::UnassignLicenses { product_id: office.product_id, users: vec![people[0]] };
        world.write(&world.caller(Role::LicenseAdmin), command).expect("one is freed");
        redeem_at(world, &admin, &typed(Some(id), KeyUse::Extend, &[&smaller])).expect("three use it");
        let after = world.see_subscription(id);
        assert_eq!((after.quantity, after.assigned, after.ends_on), (3, 3, date(2022, 1, 15)));
    });
}

/// R76, R77, R78: five prepaid licenses and ten by card are two subscriptions, of five and of ten.
#[test]
fn five_prepaid_and_ten_by_card_are_two_subscriptions() {
    in_each_world(|world| {
        let (house, office, admin) = (House::of(world), world.product("Office"), world.caller(Role::BillingAdmin));
        let price = world.price(&office, Term::Annual, BillingFrequency::Monthly, Money::new(1_170, Currency::Eur));
        let five = prepaid(world, &house, &office, &admin);
        let purchase = wanted(world, &price, 10, by_card());
        place_order(&world.app, &admin, world.organization, purchase).expect("the card pays");
        let all = world
            .store
            .read(world.organization, |read| store::tables::subscription::of_product(read, office.product_id));
        let all: BTreeSet<_> = all
            .expect("the database answers")
            .into_iter()
            .map(|listed| (listed.subscription.quantity, listed.subscription.channel))
            .collect();
        assert_eq!(all, BTreeSet::from([(5, Channel::ProductKey), (10, Channel::Direct)]));
        assert_eq!(world.see_subscription(five).quantity, 5);
    });
}

/// R158: all or none; every key that is wrong is named with what is wrong.
#[test]
fn one_wrong_key_lets_none_be_redeemed() {
    in_each_world(|world| {
        let (house, office, admin) = (House::of(world), world.product("Office"), world.caller(Role::GlobalAdmin));
        let id = prepaid(world, &house, &office, &admin);
        let good = house.key(world, &office, 10, Term::Annual);
        let other = house.key(world, &world.product("Project"), 10, Term::Annual);
        let of = |differ: fn(&mut BatchDraft)| {
            let batch = house.batch_with(world, &office, differ);
            house.export(world, batch).remove(0)
        };
        let german = of(|draft| draft.country = "DE".to_owned());
        let late = of(|draft| draft.redeem_by = Some(date(2020, 1, 15)));
        let large = of(|draft| draft.quantity = 300);
        let revoked = of(|draft| draft.quantity = 7);
        revoke_typed(&world.app, &house.operator, house.id, &revoked).expect("nobody redeemed it");
        let mut mistyped = good.clone();
        let last = mistyped.pop().expect("a key has characters");
        mistyped.push(if last == '7' { '9' } else { '7' });
        let unknown = domain::product_key::code::KeyCode::from_number(42).to_string();
        world.clock.set_day(date(2020, 1, 16));
        let keys: Vec<&str> = vec![&good, &other, &german, &late, &revoked, &mistyped, &unknown, &good, "12345"];
        let refused = redeem_at(world, &admin, &typed(Some(id), KeyUse::Add, &keys)).expect_err("most are wrong");
        let expected = [
            (1, Refusal::KeyOtherProduct),
            (2, Refusal::KeyRegion),
            (3, Refusal::KeyExpired),
            (4, Refusal::KeyRevoked),
            (5, Refusal::KeyMistyped),
            (6, Refusal::KeyUnknown),
            (7, Refusal::KeyTwice),
            (8, Refusal::KeyFormat),
        ];
        assert_eq!(wrong(&refused), expected);
        assert_eq!(wrong(&review_at(world, &admin, &typed(Some(id), KeyUse::Add, &keys)).expect_err("too")), expected);
        let refused = redeem_at(world, &admin, &typed(Some(id), KeyUse::Add, &[&good, &large])).expect_err("too many");
        assert_eq!(wrong(&refused), [(1, Refusal::KeyTooMany { maximum: 300 })]);
        assert_eq!((world.see_subscription(id).quantity, world.new_events()), (5, vec![]));

        redeem_at(world, &admin, &typed(Some(id), KeyUse::Add, &[&good])).expect("the good one is still good");
        let refused = redeem_at(world, &admin, &typed(Some(id), KeyUse::Add, &[&good])).expect_err("it is used");
        assert_eq!(wrong(&refused), [(0, Refusal::KeyUsed)]);
    });
}

/// D29: the same order twice redeems once.
#[test]
fn pressing_redeem_twice_redeems_once() {
    in_each_world(|world| {
        let (house, office, admin) = (House::of(world), world.product("Office"), world.caller(Role::GlobalAdmin));
        let key = house.key(world, &office, 5, Term::Annual);
        let (order, keys) = (new_order_id(&world.app), typed(None, KeyUse::Start, &[&key]));
        let once = redeem(&world.app, &admin, world.organization, "client", order, &keys).expect("it is new");
        let twice = redeem(&world.app, &admin, world.organization, "client", order, &keys).expect("it was this order");
        assert_eq!(once, twice);
        assert_eq!(world.new_events().len(), 3);
    });
}

/// R158, R71: who may not change licenses may not redeem; another organization's subscription is not there.
#[test]
fn only_global_and_billing_admins_redeem() {
    in_each_world(|world| {
        let (house, office, admin) = (House::of(world), world.product("Office"), world.caller(Role::GlobalAdmin));
        let id = prepaid(world, &house, &office, &admin);
        let key = house.key(world, &office, 5, Term::Annual);
        for role in [Role::LicenseAdmin, Role::UserAdmin, Role::GlobalReader] {
            let refused = redeem_at(world, &world.caller(role), &typed(Some(id), KeyUse::Add, &[&key]));
            assert!(matches!(refused, Err(Failure::Refused(Refusal::KeyRole))), "{role}");
            let refused = review_at(world, &world.caller(role), &typed(None, KeyUse::Start, &[&key]));
            assert!(matches!(refused, Err(Failure::Refused(Refusal::KeyRole))), "{role}");
        }
        let elsewhere = world.other_organization("Polder");
        let stranger = world.caller_in(elsewhere, Role::GlobalAdmin);
        let keys = typed(Some(id), KeyUse::Add, &[&key]);
        let refused = redeem(&world.app, &stranger, elsewhere, "client", new_order_id(&world.app), &keys);
        assert!(matches!(refused, Err(Failure::Refused(Refusal::NotFound))));
        let by_card = world.subscription(&office, 5);
        let refused = redeem_at(world, &admin, &typed(Some(by_card), KeyUse::Add, &[&key])).expect_err("not prepaid");
        assert_eq!(refused.refusal().map(Refusal::code), Some("not_prepaid"));
    });
}

/// Of two who redeem one key at the same instant, on two nodes and for two organizations, one wins.
#[test]
fn one_of_two_at_once_wins() {
    in_each_world(|world| {
        let (house, office, admin) = (House::of(world), world.product("Office"), world.caller(Role::GlobalAdmin));
        let elsewhere = world.other_organization("Polder");
        let stranger = world.caller_in(elsewhere, Role::GlobalAdmin);
        let (other_app, other_store) = world.another_process();
        for _ in 0..20 {
            let keys = [house.key(world, &office, 5, Term::Annual), house.key(world, &office, 5, Term::Annual)];
            let start = Barrier::new(2);
            let race = |app: &App, caller: &Caller, organization: OrganizationId, keys: [&str; 2]| {
                let keys = typed(None, KeyUse::Start, &keys);
                let order = new_order_id(app);
                start.wait();
                // Who is told that it is busy tries again, as a person does.
                let once = || redeem(app, caller, organization, "client", order, &keys);
                let is_busy = |outcome: &Result<Redeemed, Failure>| {
                    outcome.as_ref().err().and_then(Failure::refusal) == Some(&Refusal::KeyBusy)
                };
                std::iter::repeat_with(once).take(5).find(|outcome| !is_busy(outcome)).expect("not busy five times")
            };
            let outcomes = std::thread::scope(|scope| {
                let here = scope.spawn(|| race(&world.app, &admin, world.organization, [&keys[0], &keys[1]]));
                let there = scope.spawn(|| race(&other_app, &stranger, elsewhere, [&keys[1], &keys[0]]));
                [here.join().expect("no panic"), there.join().expect("no panic")]
            });
            let lost: Vec<_> = outcomes.iter().filter_map(|outcome| outcome.as_ref().err()).collect();
            assert_eq!(lost.len(), 1, "{outcomes:?}");
            // The loser may have looked at one key before the winner was done, and at the other one afterwards.
            let used = wrong(lost[0]);
            assert!(!used.is_empty() && used.iter().all(|(_, refusal)| *refusal == Refusal::KeyUsed), "{used:?}");
        }
        other_store.close();
    });
}

/// Guessing is closed after ten unknown keys of a person; the journal says so, and the operator sees it.
#[test]
fn guessing_is_closed_after_some_tries() {
    in_each_world(|world| {
        let (house, office, admin) = (House::of(world), world.product("Office"), world.caller(Role::GlobalAdmin));
        let good = house.key(world, &office, 5, Term::Annual);
        let guess = |number: u128| domain::product_key::code::KeyCode::from_number(number).to_string();
        let try_one = |number| redeem_at(world, &admin, &typed(None, KeyUse::Start, &[&guess(number)]));
        for number in 0..10 {
            assert_eq!(wrong(&try_one(number).expect_err("a guess")), [(0, Refusal::KeyUnknown)]);
        }
        assert_eq!(world.new_events(), [Event::ProductKeyGuessing { tries: 10, client: "192.0.2.7".to_owned() }]);
        let closed = |outcome: Result<Redeemed, Failure>| match outcome {
            Err(Failure::Refused(Refusal::TooManyTries { wait_seconds })) => wait_seconds,
            other => panic!("expected to wait, got {other:?}"),
        };
        assert_eq!(closed(try_one(11)), 900);
        assert_eq!(closed(redeem_at(world, &admin, &typed(None, KeyUse::Start, &[&good]))), 900);
        let page = world.app.read(&house.operator, house.id, &ListBatches { before: None, limit: 50 });
        assert_eq!(page.expect("an operator").guessing.len(), 3);

        // Somebody else of the organization may, until the organization has tried too often.
        let colleague = world.caller(Role::BillingAdmin);
        for _ in 0..4 {
            let keys: Vec<_> = (100..105).map(guess).collect();
            let keys: Vec<_> = keys.iter().map(String::as_str).collect();
            let caller = world.caller(Role::BillingAdmin);
            let refused = redeem_at(world, &caller, &typed(None, KeyUse::Start, &keys)).expect_err("guesses");
            assert_eq!(wrong(&refused).len(), 5);
        }
        assert_eq!(closed(redeem_at(world, &colleague, &typed(None, KeyUse::Start, &[&good]))), 900);
        // So may nobody of another organization at the same address; from another address they may.
        let elsewhere = world.other_organization("Polder");
        let stranger = world.caller_in(elsewhere, Role::GlobalAdmin);
        let keys = typed(None, KeyUse::Start, &[&guess(500)]);
        let from = |client: &str| redeem(&world.app, &stranger, elsewhere, client, new_order_id(&world.app), &keys);
        assert_eq!(closed(from("192.0.2.7")), 900);
        assert_eq!(wrong(&from("192.0.2.8").expect_err("a guess")), [(0, Refusal::KeyUnknown)]);
        world.clock.advance(SignedDuration::from_mins(15));
        redeem_at(world, &admin, &typed(None, KeyUse::Start, &[&good])).expect("the wait is over");
    });
}

/// A file that broke off is begun anew and holds the same keys; a finished one cannot be written again.
#[test]
fn keys_are_exported_once() {
    in_each_world(|world| {
        let (house, office) = (House::of(world), world.product("Office"));
        let batch = house.batch_with(world, &office, |draft| draft.key_count = 12_000);
        let broken_off = house.peek(world, batch);
        let keys = house.export(world, batch);
        assert_eq!(broken_off, keys);
        assert_eq!(keys.iter().collect::<BTreeSet<_>>().len(), 12_000);
        let again = KeyFile::begin(&world.app, &house.operator, house.id, batch).expect_err("it is finished");
        assert!(matches!(again, Failure::Refused(Refusal::BatchExported)));
        let again = world.app.write(&house.operator, house.id, FinishExport(batch)).wait();
        assert!(matches!(again, Err(Failure::Refused(Refusal::BatchExported))));
    });
}

/// The work that makes keys goes on where it died: only what is missing is made.
#[test]
fn making_keys_goes_on_where_it_died() {
    in_each_world(|world| {
        let (house, office, admin) = (House::of(world), world.product("Office"), world.caller(Role::GlobalAdmin));
        let draft =
            BatchDraft { quantity: 5, term: Term::Annual, key_count: 3, country: String::new(), redeem_by: None };
        let command = CreateBatch::prepare(&world.app, office.id, draft).expect("there is a secret");
        let created = world.app.write(&house.operator, house.id, command).wait().expect("it is asked for");
        let early = KeyFile::begin(&world.app, &house.operator, house.id, created.batch_id).expect_err("not made yet");
        assert!(matches!(early, Failure::Refused(Refusal::BatchNotReady)));
        let made = [(world.new_id(), "AAAAA".to_owned()), (world.new_id(), "CCCCC".to_owned())];
        world.seed(house.id, move |write| insert_keys(write, created.batch_id, 0, &made));
        world.work();
        let keys = house.export(world, created.batch_id);
        let refused = redeem_at(world, &admin, &typed(None, KeyUse::Start, &[&keys[0], &keys[1], &keys[2]]));
        let wrong = wrong(&refused.expect_err("two were made otherwise"));
        let refusals: Vec<_> = wrong.into_iter().map(|(_, refusal)| refusal).collect();
        assert_eq!(refusals, [Refusal::KeyUnknown, Refusal::KeyUnknown]);
    });
}

/// Revoking: a key that was redeemed stays redeemed; a batch loses only what nobody redeemed.
#[test]
fn a_redeemed_key_is_not_revoked() {
    in_each_world(|world| {
        let (house, office, admin) = (House::of(world), world.product("Office"), world.caller(Role::GlobalAdmin));
        let batch = house.batch_with(world, &office, |draft| draft.key_count = 3);
        let keys = house.export(world, batch);
        redeem_at(world, &admin, &typed(None, KeyUse::Start, &[&keys[0]])).expect("it is new");
        let at_key = |refusal: Refusal| vec![FieldRefusal { field: Field::ProductKeys, refusal }];
        let revoke = |key: &str| match revoke_typed(&world.app, &house.operator, house.id, key) {
            Err(Failure::Invalid(wrong)) => wrong,
            other => panic!("expected a refusal, got {other:?}"),
        };
        assert_eq!(revoke(&keys[0]), at_key(Refusal::KeyUsed));
        assert_eq!(revoke("12345"), at_key(Refusal::KeyFormat));
        let found = find_typed(&world.app, &house.operator, house.id, &keys[1][24..]).expect("five characters");
        world.app.write(&house.operator, house.id, RevokeKey(found[0].stored.key_hash)).wait().expect("it is unused");
        assert_eq!(revoke(&keys[1]), at_key(Refusal::KeyRevoked));

        let revoked = world.app.write(&house.operator, house.id, RevokeBatch(batch)).wait().expect("not before");
        assert_eq!(revoked, 1);
        let again = world.app.write(&house.operator, house.id, RevokeBatch(batch)).wait();
        assert!(matches!(again, Err(Failure::Refused(Refusal::BatchRevoked))));
        let refused = redeem_at(world, &admin, &typed(None, KeyUse::Start, &[&keys[2]])).expect_err("it is revoked");
        assert_eq!(wrong(&refused), [(0, Refusal::KeyRevoked)]);
    });
}

/// The operator looks a key up by its last five characters or in full, and sees who redeemed it.
#[test]
fn the_operator_finds_a_key_and_who_redeemed_it() {
    in_each_world(|world| {
        let (house, office, admin) = (House::of(world), world.product("Office"), world.caller(Role::GlobalAdmin));
        let key = house.key(world, &office, 5, Term::Annual);
        let find = |typed: &str| find_typed(&world.app, &house.operator, house.id, typed).expect("it can be read");
        assert!(find(&key)[0].redemption.is_none());
        let redeemed = redeem_at(world, &admin, &typed(None, KeyUse::Start, &[&key])).expect("it is new");
        for typed in [key.as_str(), &key[24..]] {
            let found = find(typed);
            let redemption = found[0].redemption.as_ref().expect("it is redeemed");
            assert_eq!(
                (redemption.organization_name.as_str(), redemption.subscription_id),
                ("Waterland", redeemed.subscription_id)
            );
            assert_eq!((redemption.key_use, redemption.redeemed_by.as_str()), (KeyUse::Start, "global_admin"));
        }
        let batch = find(&key)[0].stored.key.batch_id;
        let view = world.app.read(&house.operator, house.id, &BatchDetails(batch)).expect("it is there");
        assert_eq!((view.batch.redeemed_count, view.redemptions.len()), (1, 1));
        for role in [Role::GlobalAdmin, Role::BillingAdmin] {
            let refused = world.app.read(&world.caller(role), world.organization, &BatchDetails(batch));
            assert!(matches!(refused, Err(Failure::Refused(Refusal::NotAllowed))), "{role}");
        }
    });
}

/// Domain 1.3, R154, T1: a card is put on what was prepaid and recurring billing is turned on, monthly. Nothing is charged
/// before the keys are used up; from that day on 5 × 11.70 is, and the admins hear of it before.
#[test]
fn what_was_prepaid_goes_on_by_card() {
    in_each_world(|world| {
        let (house, office) = (House::of(world), world.product("Office"));
        let price = Money::new(1_170, Currency::Eur);
        let _ = world.price(&office, Term::Annual, BillingFrequency::Monthly, price);
        let dirk = world.person("Dirk");
        world.give_roles(world.organization, dirk, &[Role::BillingAdmin]);
        let admin = world.as_person(dirk, &[Role::BillingAdmin]);
        let subscription_id = prepaid(world, &house, &office, &admin);
        let recurring = |on, billing_frequency| {
            let edit = EditRecurringBilling { subscription_id, on, billing_frequency };
            world.write(&admin, edit).map_err(|failure| failure.refusal().expect("a refusal").clone())
        };
        let monthly = Some(BillingFrequency::Monthly);
        assert_eq!(recurring(true, monthly), Err(Refusal::PaymentMethodNeeded));
        let card = world.card(dirk, "card_succeeds");
        world.write(&admin, ChangePaymentMethod { subscription_id, to: Some(card) }).expect("a card");
        // Nothing was chosen before, an invoice neither.
        let chosen = world.new_events();
        assert!(matches!(&chosen[..], [Event::SubscriptionPaymentChanged { is_first: true, .. }]), "{chosen:?}");
        assert_eq!(recurring(true, Some(BillingFrequency::Yearly)), Err(Refusal::NoPrice), "it is not sold so");
        let _ = (world.new_events(), world.new_mails());
        recurring(true, monthly).expect("something pays");
        assert_eq!(recurring(true, monthly), Err(Refusal::NothingToChange));
        let on = Event::RecurringBillingChanged { on: true, ends_on: date(2021, 1, 15) };
        assert_eq!(world.new_events(), [on]);
        let waits = world.see_subscription(subscription_id);
        assert_eq!((waits.channel, waits.renews(), waits.billed_until), (Channel::ProductKey, true, None));

        world.clock.set_day(date(2021, 1, 14));
        world.sweep();
        world.work();
        assert_eq!(world.gateway.charged().len(), 0);
        assert!(world.new_mails().contains(&"renews_soon to dirk".to_owned()));
        let _ = world.new_events();
        world.clock.set_day(date(2021, 1, 15));
        world.sweep();
        let term = Period { start: date(2021, 1, 15), end: date(2022, 1, 15) };
        let (service_period, amount) = (Period { end: date(2021, 2, 15), ..term }, Money::new(5_850, Currency::Eur));
        let renewed = Event::SubscriptionRenewed { term, amount, service_period, quantity: None };
        assert_eq!(world.new_events().first(), Some(&renewed));
        let paid = world.see_subscription(subscription_id);
        assert_eq!((paid.state, paid.channel, paid.quantity), (SubscriptionState::Active, Channel::Direct, 5));
        assert_eq!((paid.unit_price, paid.billed_until), (price, Some(date(2021, 2, 15))));
        world.clock.set_day(date(2021, 2, 16));
        world.sweep();
        world.work();
        assert_eq!(world.gateway.charged().values().copied().collect::<Vec<_>>(), [amount; 2]);
        let findings = examine(&world.app).expect("it looks");
        assert!(findings.iter().all(|finding| finding.is_good() || finding.check == Check::Operator), "{findings:?}");
    });
}
