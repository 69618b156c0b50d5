//! What a buyer finds in the limited admin center (S1): people by name, invoices by period, and what pays.

use super::take_over::{Bought, eur, holds, refused};
use app::billing::list::{InvoiceDays, ListInvoices};
use app::license::assign::AssignLicenses;
use app::license::choose::{FindPeople, NamePeople};
use app::license::unassign::UnassignLicenses;
use app::payment_method::details::PaymentMethodDetails;
use app::payment_method::list::ListPaymentMethods;
use app::subscription::cancel::CancelSubscription;
use app::user::administer::DeleteUser;
use domain::access::Role;
use domain::billing::payment_method::{CardDescription, Expiry, MethodDescription};
use domain::event::Event;
use domain::ids::{SubscriptionId, UserId};
use domain::refusal::Refusal;
use domain::subscription::cancel::{Cancel, CancelReason};
use jiff::SignedDuration;
use jiff::civil::{Date, date};
use testkit::world::{World, in_each_world};

/// R26, R27, R29, R30, R31, R32: a buyer finds people of the organization by the beginnings of their names, whatever
/// the accents, gathers them, gives licenses of the own subscription, and takes one back: from everybody who is named
/// or from nobody.
#[test]
fn people_are_found_by_name_and_a_license_is_taken_back() {
    in_each_world(|world| {
        let bought = Bought::of(world, &[]);
        let central = world.subscription(&bought.visio, 5);
        let [zoe, anna, lukasz, annabel] =
            ["Zoë de Graaff", "Anna de Vries", "Łukasz Öztürk", "Annabel Smit"].map(|name| world.person(name));
        let gone = world.person("Anneke Weg");
        world.write(&world.caller(Role::UserAdmin), DeleteUser(gone)).unwrap();
        let stranger = world.person_with(world.other_organization("Bergen"), "Anna Elders", |_| ());
        let (buyer, product_id) = (world.as_person(bought.bram, &[]), bought.visio.product_id);
        let find = |typed: &str| {
            let found = world.read(&buyer, &FindPeople { product_id, search: typed.to_owned(), limit: 10 }).unwrap();
            found.into_iter().map(|person| (person.display_name, person.holds_it)).collect::<Vec<_>>()
        };
        let free = |names: &[&str]| names.iter().map(|name| ((*name).to_owned(), false)).collect::<Vec<_>>();
        assert_eq!(find("ann"), free(&["Anna de Vries", "Annabel Smit"]));
        assert_eq!(find("GRAAF zoe"), free(&["Zoë de Graaff"]));
        assert_eq!(find("ozturk"), free(&["Łukasz Öztürk"]));
        assert_eq!(find("annabel.smit@"), free(&["Annabel Smit"]));
        assert_eq!([find(" "), find("nna"), find("weg"), find("elders")], [vec![], vec![], vec![], vec![]]);

        let picked = NamePeople { product_id, users: vec![zoe, stranger, gone, anna] };
        let picked = world.read(&buyer, &picked).unwrap();
        assert_eq!(picked.iter().map(|person| person.user_id).collect::<Vec<_>>(), [zoe, anna]);
        let _ = world.new_events();
        let assign =
            AssignLicenses { product_id, subscription_id: None, users: vec![zoe, anna], disabled_plans: Vec::new() };
        world.write(&buyer, assign).unwrap();
        let assigned = Event::LicenseAssigned { disabled_plans: Vec::new() };
        assert_eq!(world.new_events(), [assigned.clone(), assigned]);
        assert_eq!(find("anna d"), [("Anna de Vries".to_owned(), true)]);

        let take_back = |users: &[UserId]| world.write(&buyer, UnassignLicenses { product_id, users: users.to_vec() });
        let not_assigned = |name: &str| Refusal::NotAssigned { name: name.to_owned() };
        assert_eq!(refused(take_back(&[zoe, annabel])), not_assigned("Annabel Smit"));
        assert_eq!(holds(world, zoe, &bought.visio), (Some(bought.id), 1));
        // A license of the organization is nothing that a buyer sees.
        world.give_license(central, lukasz);
        assert_eq!(refused(take_back(&[lukasz])), not_assigned("Łukasz Öztürk"));
        assert_eq!(take_back(&[anna]).unwrap(), 1);
        assert_eq!(world.new_events(), [Event::LicenseUnassigned]);
        assert_eq!(refused(take_back(&[anna])), not_assigned("Anna de Vries"));
        assert_eq!(holds(world, anna, &bought.visio), (None, 0));
        assert_eq!((in_use(world, bought.id), in_use(world, central)), (1, 1));
    });
}

/// What Bram bought for his team and pays by an own card.
fn by_card(world: &World) -> Bought {
    Bought::with(world, &[], |bram, new| new.payment_method_id = Some(world.card(bram, "card_succeeds")))
}

fn in_use(world: &World, id: SubscriptionId) -> u32 {
    world.see_subscription(id).assigned
}

/// R45, R46: the invoices of the past three months, of six, or of days that are chosen, the first and the last included;
/// never those of somebody else. Ten licenses at 10.00 a month from 15 January, canceled on 1 April.
#[test]
fn invoices_of_three_months_of_six_and_of_chosen_days() {
    in_each_world(|world| {
        let bought = by_card(world);
        let stranger = world.as_person(world.person("Zoë Zwart"), &[]);
        let buyer = world.as_person(bought.bram, &[]);
        world.clock.set_day(date(2020, 4, 1));
        while world.sweep() > 0 {}
        world.work();
        let cancel = Cancel { reason: CancelReason::TooExpensive, feedback: String::new() };
        world.write(&buyer, CancelSubscription { subscription_id: bought.id, cancel }).unwrap();
        // The credit is on the next statement.
        world.clock.set_day(date(2020, 4, 15));
        while world.sweep() > 0 {}
        world.work();
        let list = |day: Date, days| {
            world.clock.set_day(day);
            let page = world.read(&buyer, &ListInvoices { days, after: None, limit: 9 }).unwrap();
            let rows: Vec<_> = page.rows.into_iter().map(|row| (row.issued_on, row.total)).collect();
            ((page.from, page.to), rows)
        };
        let (february, march) = ((date(2020, 2, 15), eur(10_000)), (date(2020, 3, 15), eur(10_000)));
        // 14 of the 31 days from 15 March on were not used: 10 × 10.00 × 14/31 = 45.16.
        let credit = (date(2020, 4, 15), eur(-4_516));
        let three = InvoiceDays::default();
        let may = date(2020, 5, 15);
        assert_eq!(list(may, three), ((date(2020, 2, 15), may), vec![credit, march, february]));
        let june = date(2020, 6, 15);
        assert_eq!(list(june, three), ((date(2020, 3, 15), june), vec![credit, march]));
        // Nothing in three months; six months have something, and days of one's own have the rest.
        let september = date(2020, 9, 1);
        assert_eq!(list(september, three), ((date(2020, 6, 1), september), vec![]));
        assert_eq!(list(september, InvoiceDays::SixMonths), ((date(2020, 3, 1), september), vec![credit, march]));
        let range = |from, to| InvoiceDays::Range { from, to };
        let (first, last) = (date(2020, 2, 15), date(2020, 3, 15));
        assert_eq!(list(september, range(first, last)), ((first, last), vec![march, february]));
        let between = (date(2020, 2, 16), date(2020, 3, 14));
        assert_eq!(list(september, range(between.0, between.1)), (between, vec![]));
        let asked = ListInvoices { days: range(first, september), after: None, limit: 9 };
        assert_eq!(world.read(&stranger, &asked).unwrap().rows.len(), 0);
        assert_eq!(world.read(&world.caller(Role::BillingAdmin), &asked).unwrap().rows.len(), 3);
    });
}

/// R40: a buyer chooses among the own payment methods, the newest first, and reads what each pays for and whether it
/// ends soon; an admin sees them and changes none; to another user they are not there.
#[test]
fn own_payment_methods_are_chosen_from_a_list() {
    in_each_world(|world| {
        let bought = by_card(world);
        let first = world.see_subscription(bought.id).payment_method_id.unwrap();
        world.clock.advance(SignedDuration::from_mins(1));
        let ending = CardDescription {
            brand: "Mastercard".to_owned(),
            last_four: "5454".to_owned(),
            expires_on: "2020-02".to_owned(),
        };
        let second = world.payment_method(bought.bram, |new| new.described = MethodDescription::Card(ending));
        let (buyer, admin) = (world.as_person(bought.bram, &[]), world.caller(Role::BillingAdmin));
        let stranger = world.as_person(world.person("Zoë Zwart"), &[]);
        let list = |caller| {
            let rows = world.read(caller, &ListPaymentMethods).unwrap().rows.into_iter();
            let row = |row: app::payment_method::list::PaymentMethodRow| {
                (row.listed.method.id, row.listed.uses.subscriptions, row.expiry, row.may_change)
            };
            rows.map(row).collect::<Vec<_>>()
        };
        assert_eq!(list(&buyer), [(second, 0, Expiry::Soon, true), (first, 1, Expiry::Later, true)]);
        assert_eq!(list(&admin), [(second, 0, Expiry::Soon, false), (first, 1, Expiry::Later, false)]);
        assert_eq!(list(&stranger), []);
        let chosen = world.read(&buyer, &PaymentMethodDetails(first)).unwrap();
        let paid: Vec<_> = chosen.subscriptions.iter().map(|listed| listed.subscription.id).collect();
        assert_eq!(paid, [bought.id]);
        assert_eq!(chosen.others.iter().map(|other| other.id).collect::<Vec<_>>(), [second]);
        assert!(matches!(chosen.delete, Err(Refusal::PaymentMethodInUse { .. })), "{:?}", chosen.delete);
        assert_eq!(world.read(&buyer, &PaymentMethodDetails(second)).unwrap().delete, Ok(()));
        assert_eq!(refused(world.read(&stranger, &PaymentMethodDetails(first))), Refusal::NotFound);
    });
}
