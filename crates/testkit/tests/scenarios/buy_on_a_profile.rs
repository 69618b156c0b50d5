//! Buying on a billing profile under MCA: owners and contributors of a profile buy there, and nowhere else (R171; domain
//! 4.8 and 6).

use super::purchase::{by_card, wanted};
use app::billing::details::InvoiceDetails;
use app::billing::list::{InvoiceDays, ListInvoices};
use app::billing_profile::details::BillingProfileDetails;
use app::billing_profile::save::AddBillingProfile;
use app::billing_role::give::GiveBillingRole;
use app::billing_role::take::TakeBillingRole;
use app::catalog::browse::BrowseProducts;
use app::catalog::prepare::PreparePurchase;
use app::order::details::OrderDetails;
use app::order::place::{Payment, Purchase, place_order};
use app::subscription::cancel::CancelSubscription;
use app::subscription::start_trial::{PrepareTrial, StartTrial};
use app::{Caller, Failure};
use domain::access::{BillingGrant, BillingRole, Role};
use domain::billing::payment_method::{BankAccountDescription, MethodDescription, PaymentMethod};
use domain::billing::profile::ProfileDraft;
use domain::billing::{Agreement, BillingProfile};
use domain::catalog::{BillingFrequency, Price, ProductKind, SkuKind, Term};
use domain::event::Event;
use domain::ids::{BillingProfileId, OrderId, PaymentMethodId, ProductId, SubscriptionId, UserId};
use domain::money::{Currency, Money};
use domain::order::OrderState;
use domain::refusal::{Field, FieldRefusal, Refusal};
use domain::subscription::cancel::{Cancel, CancelReason};
use domain::subscription::{Channel, SubscriptionState};
use jiff::ToSpan;
use jiff::civil::{Date, date};
use store::tables::billing_account;
use testkit::world::{World, in_each_world};

fn eur(minor: i64) -> Money {
    Money::new(minor, Currency::Eur)
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

/// Office at €10.00 a month, an organization under MCA with two billing profiles, and who owns its billing account.
pub(super) struct Place {
    product: ProductId,
    office: Price,
    team: Price,
    pub(super) owner: Caller,
    pub(super) north: BillingProfileId,
    pub(super) south: BillingProfileId,
}

impl Place {
    pub(super) fn of(world: &World) -> Self {
        world.agreement(Agreement::Mca);
        let owner = world.person("Noor Owner");
        world.give_roles(world.organization, owner, &[Role::GlobalAdmin]);
        give(world, &world.signed_in(owner), owner, BillingRole::AccountOwner, None);
        let owner = world.signed_in(owner);
        let north = BillingProfileId::first_of(world.organization);
        let first = world.read(&owner, &BillingProfileDetails(north)).expect("the first").row.profile;
        let mut bill_to = first.bill_to.clone();
        (bill_to.address.line1, bill_to.address.city) = ("Kade 1".to_owned(), "Amsterdam".to_owned());
        let add = |name: &str, currency| {
            let draft = ProfileDraft { name: name.to_owned(), bill_to: bill_to.clone(), ..ProfileDraft::of(&first) };
            world.write(&owner, AddBillingProfile { draft, currency, payment_method_id: None }).expect("it is added")
        };
        let south = add("Zuid", None);
        // Nobody buys in euros on a profile whose invoices are in pounds.
        let _ = add("Abroad", Some(Currency::Gbp));
        let sku = world.product("Office");
        let departmental = world.sku(sku.product_id, SkuKind::SelfService, "OFFICE_DEPT");
        let price = |sku, minor| world.price(sku, Term::Annual, BillingFrequency::Monthly, eur(minor));
        Self {
            product: sku.product_id,
            office: price(&sku, 1_000),
            team: price(&departmental, 1_200),
            owner,
            north,
            south,
        }
    }

    fn with(&self, world: &World, role: BillingRole, profile: Option<BillingProfileId>) -> (UserId, Caller) {
        let person = world.person(&format!("{role} {}", world.new_id().as_u128() & 0xffff));
        give(world, &self.owner, person, role, profile);
        (person, world.signed_in(person))
    }
}

pub(super) fn give(world: &World, by: &Caller, to: UserId, role: BillingRole, profile: Option<BillingProfileId>) {
    let reader = world.caller(Role::GlobalReader);
    let email = world.read(&reader, &app::user::details::UserDetails(to)).expect("the person").user.email;
    world.write(by, GiveBillingRole { email, role, profile }).expect("it is given");
}

fn wish(world: &World, price: &Price, billing_profile: Option<BillingProfileId>) -> Purchase {
    Purchase { billing_profile, ..wanted(world, price, 10, by_card()) }
}

fn place(world: &World, buyer: &Caller, purchase: Purchase) -> Result<OrderId, Failure> {
    place_order(&world.app, buyer, world.organization, purchase)
}

fn bought(world: &World, buyer: &Caller, id: OrderId) -> SubscriptionId {
    let order = world.read(buyer, &OrderDetails(id)).expect("the order").listed.order;
    assert_eq!(order.state, OrderState::Posted);
    order.subscription_id
}

/// The billing profiles that somebody may choose from.
fn offered(world: &World, buyer: &Caller, price: &Price) -> Vec<BillingProfileId> {
    let asked = PreparePurchase { price_id: price.id, quantity: 10, base: None, starts_on: None };
    let prepared = world.read(buyer, &asked).expect("the checkout");
    prepared.profiles.iter().map(|on| on.profile.id).collect()
}

/// R171, domain 6: owner and contributor of a billing profile buy on it for the organization, at the price of the
/// organization, and on no other; its subscription and its invoice belong to it.
#[test]
fn owners_and_contributors_of_a_profile_buy_on_it() {
    in_each_world(|world| {
        let shop = Place::of(world);
        for role in [BillingRole::ProfileOwner, BillingRole::ProfileContributor] {
            let (_, buyer) = shop.with(world, role, Some(shop.south));
            assert_eq!(offered(world, &buyer, &shop.office), [shop.south], "{role}");
            let shelf = world.read(&buyer, &BrowseProducts { limit: 10, ..BrowseProducts::default() }).expect("it");
            assert_eq!(shelf.rows[0].from.as_ref().map(|price| price.id), Some(shop.office.id), "{role}");
            let elsewhere = place(world, &buyer, wish(world, &shop.office, Some(shop.north)));
            assert_eq!(fields(elsewhere), [Refusal::UnknownChoice.at(Field::BillingProfile)], "{role}");
            assert_eq!(refusal(place(world, &buyer, wish(world, &shop.team, None))), Refusal::UnknownChoice, "{role}");

            // What the first one bought with pays for the profile.
            let payment = pays(world, &shop, shop.south).map_or_else(by_card, Payment::OnFile);
            let order = Purchase { payment, ..wish(world, &shop.office, None) };
            let id = place(world, &buyer, order.clone()).expect("it is bought");
            let subscription = world.see_subscription(bought(world, &buyer, id));
            let is_of = (subscription.billing_profile_id, subscription.channel, subscription.holder);
            assert_eq!(is_of, (shop.south, Channel::Direct, None), "{role}");
            let page = ListInvoices { days: InvoiceDays::default(), after: None, limit: 1 };
            let newest = world.read(&buyer, &page).expect("the invoices").rows[0].id;
            let invoice = world.read(&buyer, &InvoiceDetails(newest)).expect("the invoice").invoice;
            let amounts = (invoice.billing_profile_id, invoice.totals.gross, invoice.balance());
            assert_eq!(amounts, (shop.south, eur(10_000), eur(0)), "{role}");
            // The same button again orders nothing more; under another profile it is another order.
            assert_eq!(place(world, &buyer, order.clone()).expect("the first one"), id, "{role}");
            let other = Purchase { billing_profile: Some(shop.north), ..order };
            assert_eq!(refusal(place(world, &buyer, other)), Refusal::IdempotencyKeyReused, "{role}");
            // R163: it may start later, which nobody who buys for oneself can choose.
            let payment = Payment::OnFile(pays(world, &shop, shop.south).expect("the card"));
            let later = Purchase { payment, starts_on: Some(date(2020, 3, 1)), ..wish(world, &shop.office, None) };
            let id = place(world, &buyer, later).expect("it is bought");
            let scheduled = world.see_subscription(bought(world, &buyer, id)).state;
            assert_eq!(scheduled, SubscriptionState::Scheduled, "{role}");
        }
        assert_eq!(world.gateway.charged().len(), 2);
    });
}

/// Domain 6: a reader and an invoice manager buy for themselves only, as everybody, and never on a profile. Whoever
/// reaches the whole account chooses among all in the organization's currency, and buys on the first without a choice.
#[test]
fn others_buy_for_themselves_or_on_all() {
    in_each_world(|world| {
        let shop = Place::of(world);
        for role in [BillingRole::ProfileReader, BillingRole::InvoiceManager, BillingRole::AccountReader] {
            let profile = (!role.is_of_account()).then_some(shop.south);
            let (person, buyer) = shop.with(world, role, profile);
            assert_eq!(offered(world, &buyer, &shop.team), [], "{role}");
            assert_eq!(
                refusal(place(world, &buyer, wish(world, &shop.office, None))),
                Refusal::UnknownChoice,
                "{role}"
            );
            let chosen = place(world, &buyer, wish(world, &shop.team, Some(shop.south)));
            assert_eq!(fields(chosen), [Refusal::UnknownChoice.at(Field::BillingProfile)], "{role}");
            let id = place(world, &buyer, wish(world, &shop.team, None)).expect("for the team");
            let own = world.see_subscription(bought(world, &buyer, id));
            assert_eq!((own.channel, own.holder), (Channel::SelfService, Some(person)), "{role}");
        }
        let contributor = shop.with(world, BillingRole::AccountContributor, None).1;
        let card = world.card(shop.owner.actor.user().expect("a person"), "card_succeeds");
        let_pay(world, shop.north, card);
        let_pay(world, shop.south, card);
        let admin = world.caller(Role::BillingAdmin);
        for buyer in [&shop.owner, &contributor, &admin] {
            assert_eq!(offered(world, buyer, &shop.office), [shop.north, shop.south]);
            let profile_of = |chosen| {
                let payment = Payment::OnFile(card);
                let wish = Purchase { payment, ..wish(world, &shop.office, chosen) };
                let id = place(world, buyer, wish).expect("it is bought");
                world.see_subscription(bought(world, buyer, id)).billing_profile_id
            };
            assert_eq!((profile_of(None), profile_of(Some(shop.south))), (shop.north, shop.south));
        }
        let elsewhere = BillingProfileId::first_of(world.other_organization("Elsewhere"));
        let foreign = place(world, &admin, wish(world, &shop.office, Some(elsewhere)));
        assert_eq!(fields(foreign), [Refusal::UnknownChoice.at(Field::BillingProfile)]);
    });
}

/// A role that is taken, and one that rests under MOSA, buys on no profile any more.
#[test]
fn a_role_that_is_gone_buys_nothing() {
    in_each_world(|world| {
        let shop = Place::of(world);
        let (person, buyer) = shop.with(world, BillingRole::ProfileContributor, Some(shop.south));
        assert_eq!(offered(world, &buyer, &shop.office), [shop.south]);
        world.agreement(Agreement::Mosa);
        let resting = world.signed_in(person);
        assert_eq!(refusal(place(world, &resting, wish(world, &shop.office, None))), Refusal::UnknownChoice);
        world.agreement(Agreement::Mca);
        let grant = BillingGrant { role: BillingRole::ProfileContributor, profile: Some(shop.south) };
        world.write(&shop.owner, TakeBillingRole { user_id: person, grant }).expect("it is taken");
        let former = world.signed_in(person);
        assert_eq!(refusal(place(world, &former, wish(world, &shop.office, None))), Refusal::UnknownChoice);
        assert_eq!(world.gateway.charged().len(), 0);
    });
}

/// An order that waits for its credit check keeps the profile, and an add-on goes where its base is: nobody adds to what
/// another profile pays.
#[test]
fn the_profile_stays_with_a_credit_check_an_add_on_and_a_trial() {
    in_each_world(|world| {
        let shop = Place::of(world);
        let (person, buyer) = shop.with(world, BillingRole::ProfileOwner, Some(shop.south));
        let payment = Payment::Invoice { contact_agreed: true };
        let id = place(world, &buyer, Purchase { payment, ..wish(world, &shop.office, None) }).expect("it waits");
        let order = world.read(&buyer, &OrderDetails(id)).expect("the order").listed.order;
        assert_eq!((order.state, order.billing_profile_id), (OrderState::CreditCheckPending, Some(shop.south)));
        assert_eq!(world.see_subscription(order.subscription_id).billing_profile_id, shop.south);

        let base = world.product("Phone");
        let fits = world.subscription(&base, 10);
        let add_on = world.add_on("Minutes", ProductKind::TraditionalAddOn, &[&base]);
        let minutes = world.price(&add_on, Term::Annual, BillingFrequency::Monthly, eur(500));
        let refused = place(world, &buyer, wish(world, &minutes, None));
        assert_eq!(refusal(refused), Refusal::NoBaseSubscription, "its base is paid by another profile");
        let beside =
            place(world, &shop.owner, Purchase { base: Some(fits), ..wish(world, &minutes, Some(shop.south)) });
        assert_eq!(fields(beside), [Refusal::UnknownChoice.at(Field::BillingProfile)]);
        let card = world.card(person, "card_succeeds");
        let_pay(world, shop.north, card);
        let_pay(world, shop.south, card);
        let by_card = |price| Purchase { payment: Payment::OnFile(card), ..wish(world, price, None) };
        let id = place(world, &shop.owner, by_card(&minutes)).expect("beside its base");
        assert_eq!(world.see_subscription(bought(world, &shop.owner, id)).billing_profile_id, shop.north);

        let visio = world.product("Visio");
        let price = world.price(&visio, Term::Annual, BillingFrequency::Monthly, eur(700));
        let trial = StartTrial { price_id: price.id, payment_method_id: None };
        let trial = world.write(&buyer, trial).expect("it is tried");
        assert_eq!(world.see_subscription(trial).billing_profile_id, shop.south);
        let id = place(world, &buyer, Purchase { trial: Some(trial), ..by_card(&price) }).expect("it is bought");
        assert_eq!(bought(world, &buyer, id), trial);
        let paid = world.see_subscription(trial);
        assert_eq!((paid.billing_profile_id, paid.holder), (shop.south, None));
        // What one buys one keeps: the role manages it, too.
        let cancel = Cancel { reason: CancelReason::TooExpensive, feedback: String::new() };
        world.write(&buyer, CancelSubscription { subscription_id: trial, cancel }).expect("within the first days");
    });
}

/// What pays for a billing profile.
fn pays(world: &World, shop: &Place, profile: BillingProfileId) -> Option<PaymentMethodId> {
    world.read(&shop.owner, &BillingProfileDetails(profile)).expect("the profile").row.profile.payment_method_id
}

/// Lets a card pay for a billing profile.
pub(super) fn let_pay(world: &World, profile: BillingProfileId, card: PaymentMethodId) {
    world.seed(world.organization, move |write| {
        let before = billing_account::find_profile(write, profile)?.expect("it is there");
        billing_account::update_profile(write, &BillingProfile { payment_method_id: Some(card), ..before })
    });
}

/// Every day up to `until` the calendar takes its steps, and the work is done that they ask for.
fn live_until(world: &World, until: Date) {
    while world.today() < until {
        world.clock.set_day(world.today().saturating_add(1.day()));
        world.sweep();
        world.work();
    }
}

/// Domain 4.1, 4.8; decision 24: what pays for the first purchase on a billing profile pays for everything on it, also for
/// the periods after the first; whoever buys on it later lets that pay, and nothing else.
#[test]
fn the_card_of_the_first_purchase_pays_for_the_profile() {
    in_each_world(|world| {
        let shop = Place::of(world);
        let (_, buyer) = shop.with(world, BillingRole::ProfileContributor, Some(shop.south));
        let declined = Payment::Token("card_declined".to_owned());
        let id = place(world, &buyer, Purchase { payment: declined, ..wish(world, &shop.office, None) }).expect("it");
        assert_eq!(world.read(&buyer, &OrderDetails(id)).expect("it").listed.order.state, OrderState::Voided);
        assert_eq!(pays(world, &shop, shop.south), None, "it did not pay");
        let _ = world.new_events();
        let id = place(world, &buyer, wish(world, &shop.office, None)).expect("it is bought");
        let card = world.see_subscription(bought(world, &buyer, id)).payment_method_id;
        assert_eq!((pays(world, &shop, shop.south), pays(world, &shop, shop.north)), (card, None));
        let changed = Event::BillingProfileChanged { name: "Zuid".to_owned() };
        assert_eq!(world.new_events().iter().filter(|event| **event == changed).count(), 1);

        live_until(world, date(2020, 3, 14));
        // The one that declined, the first period, and the second.
        assert_eq!(world.gateway.charged().into_values().collect::<Vec<_>>(), [eur(10_000); 3]);
        let asked = PreparePurchase { price_id: shop.office.id, quantity: 10, base: None, starts_on: None };
        let (person, other) = shop.with(world, BillingRole::ProfileOwner, Some(shop.south));
        let own = world.card(person, "card_succeeds");
        let prepared = world.read(&other, &asked).expect("the checkout");
        let offered: Vec<_> = prepared.methods.iter().map(|method| Some(method.id)).collect();
        assert_eq!((offered, prepared.by_invoice), (vec![card], Err(Refusal::PaidByBillingProfile)));
        let with = |payment| place(world, &other, Purchase { payment, ..wish(world, &shop.office, None) });
        let refused = [Refusal::PaidByBillingProfile.at(Field::Payment)];
        assert_eq!(fields(with(Payment::OnFile(own))), refused);
        assert_eq!(fields(with(by_card())), refused);
        assert_eq!(fields(with(Payment::Invoice { contact_agreed: true })), refused);
        let id = with(Payment::OnFile(card.expect("a card"))).expect("the card of the profile");
        assert_eq!(world.see_subscription(bought(world, &other, id)).payment_method_id, card);
    });
}

/// Domain 4.8; decision 24: where the first purchase is paid by invoice, everything is: no card is asked for any of it,
/// until somebody gives one to the profile.
#[test]
fn an_invoice_of_the_first_purchase_pays_for_the_profile() {
    in_each_world(|world| {
        let shop = Place::of(world);
        let (person, buyer) = shop.with(world, BillingRole::ProfileOwner, Some(shop.south));
        let card = world.card(person, "card_succeeds");
        let with = |payment| place(world, &buyer, Purchase { payment, ..wish(world, &shop.office, None) });
        with(Payment::Invoice { contact_agreed: true }).expect("it waits for its credit check");
        assert_eq!(fields(with(Payment::OnFile(card))), [Refusal::PaidByBillingProfile.at(Field::Payment)]);
        let asked = PreparePurchase { price_id: shop.office.id, quantity: 10, base: None, starts_on: None };
        let prepared = world.read(&buyer, &asked).expect("the checkout");
        assert_eq!((prepared.methods, prepared.by_invoice), (vec![], Ok(true)));
        assert_eq!(pays(world, &shop, shop.south), None);
        let_pay(world, shop.south, card);
        let by_invoice = with(Payment::Invoice { contact_agreed: true });
        assert_eq!(fields(by_invoice), [Refusal::PaidByBillingProfile.at(Field::Payment)]);
        with(Payment::OnFile(card)).expect("it is bought");
    });
}

/// Domain 4.1: a bank account pays for no billing profile: it is neither offered nor taken, for a purchase, a trial or
/// one more term.
#[test]
fn a_bank_account_pays_for_nothing_on_a_profile() {
    in_each_world(|world| {
        let shop = Place::of(world);
        let person = world.person("Anna de Vries");
        let admin = world.as_person(person, &[Role::BillingAdmin]);
        let account = world.payment_method(person, |new| {
            let (country, last_four) = ("NL".to_owned(), "4300".to_owned());
            let mandate = Some("M-1".to_owned());
            new.described = MethodDescription::BankAccount(BankAccountDescription { country, last_four, mandate });
        });
        let card = world.card(person, "card_succeeds");
        let refused = [Refusal::AccountPaysNoProfile.at(Field::Payment)];
        let ids = |methods: &[PaymentMethod]| methods.iter().map(|method| method.id).collect::<Vec<_>>();
        let asked = PreparePurchase { price_id: shop.office.id, quantity: 10, base: None, starts_on: None };
        assert_eq!(ids(&world.read(&admin, &asked).expect("the checkout").methods), [card]);
        let payment = Payment::OnFile(account);
        assert_eq!(fields(place(world, &admin, Purchase { payment, ..wish(world, &shop.office, None) })), refused);
        let trial = world.read(&admin, &PrepareTrial(shop.product)).expect("it").expect("it can be tried");
        assert_eq!(ids(&trial.methods), [card]);
        let trial = StartTrial { price_id: shop.office.id, payment_method_id: Some(account) };
        assert_eq!(fields(world.write(&admin, trial)), refused);
    });
}
