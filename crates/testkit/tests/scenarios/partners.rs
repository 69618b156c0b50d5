//! Partners and resellers: whom a customer lets in, and what they keep of what they sold (R66 to R68).

use super::mails::admin;
use app::history::{ActorKind, Audit};
use app::license::assign::AssignLicenses;
use app::partner::appoint::AppointPartner;
use app::partner::customers::{ListCustomers, customer};
use app::partner::relate::{ChangeRelationship, ListPartners, request_relationship};
use app::partner::serve::serve;
use app::{Caller, Failure};
use domain::access::Role;
use domain::catalog::{Sku, Term};
use domain::event::Event;
use domain::ids::{OrganizationId, SubscriptionId};
use domain::money::{Currency, Money};
use domain::organization::OrganizationKind;
use domain::partner::RelationshipState;
use domain::partner::relate::Step;
use domain::partner::serve::Service;
use domain::refusal::{Field, Refusal};
use domain::subscription::remind::ReminderKind;
use domain::subscription::{Channel, SubscriptionState};
use domain::time::Period;
use jiff::civil::date;
use std::sync::Barrier;
use store::tables::partner;
use store::{params, statements};
use testkit::world::{World, in_each_world};

statements! {
    LET_NOTES_BE_WRITTEN_AGAIN: organization = "UPDATE job SET state = 'waiting', leased_until = NULL, \
        finished_at = NULL, result = NULL WHERE organization_id = $1 AND kind = 'note_at_partner'";
}

/// A reseller with its admin.
pub(crate) struct Reseller {
    pub(crate) id: OrganizationId,
    pub(crate) admin: Caller,
}

impl Reseller {
    pub(crate) fn named(world: &World, name: &str) -> Self {
        Self::appointed(world, name, OrganizationKind::Reseller)
    }

    fn appointed(world: &World, name: &str, kind: OrganizationKind) -> Self {
        let house =
            world.organization_with(&format!("House of {name}"), |house| house.kind = OrganizationKind::Customer);
        let id = world.other_organization(name);
        let operator = world.caller_in(house, Role::Operator);
        let appoint = AppointPartner { kind, contact: "support@noordzee.example".to_owned(), link: String::new() };
        world.app.write(&operator, id, appoint).wait().expect("the operator makes it a partner");
        let reseller = Self { id, admin: world.caller_in(id, Role::GlobalAdmin) };
        let _ = world.new_events();
        reseller
    }

    /// Let in by the organization of the world.
    pub(crate) fn let_in(world: &World, name: &str) -> Self {
        Self::partner_let_in(world, name, OrganizationKind::Reseller)
    }

    /// A partner of any kind, let in by the organization of the world.
    pub(crate) fn partner_let_in(world: &World, name: &str, kind: OrganizationKind) -> Self {
        let reseller = Self::appointed(world, name, kind);
        request_relationship(&world.app, &reseller.admin, world.organization).expect("it asks");
        let accept = ChangeRelationship { partner: reseller.id, step: Step::Accept };
        world.write(&world.caller(Role::GlobalAdmin), accept).expect("it is let in");
        world.work();
        let _ = world.new_events();
        reseller
    }

    /// 25 licenses that it sold to the organization of the world.
    fn sold(&self, world: &World, office: &Sku) -> SubscriptionId {
        let id = world.subscription_with(world.organization, office, 25, |new| new.channel = Channel::Reseller);
        let seller = self.id;
        world.seed(world.organization, move |write| partner::set_seller(write, id, seller));
        id
    }

    pub(crate) fn serve(&self, world: &World, id: SubscriptionId, service: Service) -> Result<(), Failure> {
        serve(&world.app, &self.admin, world.organization, id, service)
    }
}

pub(crate) fn refusal<T: std::fmt::Debug>(outcome: Result<T, Failure>) -> Refusal {
    outcome.expect_err("it is refused").refusal().expect("a refusal").clone()
}

/// R68, domain 1.8: a partner asks by the identifier of the customer, the customer lets it in, and ends it.
#[test]
fn a_customer_lets_a_partner_in_and_ends_it() {
    in_each_world(|world| {
        let reseller = Reseller::named(world, "Noordzee");
        let sold = reseller.sold(world, &world.product("Office"));
        assert_eq!(refusal(customer(&world.app, &reseller.admin, world.organization)), Refusal::NotFound);
        request_relationship(&world.app, &reseller.admin, world.organization).expect("it asks");
        assert_eq!(refusal(reseller.serve(world, sold, Service::Quantity(30))), Refusal::NotFound, "not yet let in");
        let again = request_relationship(&world.app, &reseller.admin, world.organization);
        assert!(
            matches!(again, Err(Failure::Invalid(wrong)) if wrong[0] == Refusal::NothingToChange.at(Field::Customer))
        );
        let nobody = OrganizationId::from_uuid(world.new_id());
        let nobody = request_relationship(&world.app, &reseller.admin, nobody);
        assert!(
            matches!(nobody, Err(Failure::Invalid(wrong)) if wrong[0] == Refusal::UnknownCustomer.at(Field::Customer))
        );

        let admin = world.caller(Role::GlobalAdmin);
        let seen = world.read(&admin, &ListPartners).expect("the list").relationships.remove(0);
        assert_eq!((seen.partner.name.as_str(), seen.state), ("Noordzee", RelationshipState::Requested));
        for role in [Role::BillingAdmin, Role::LicenseAdmin, Role::GlobalReader] {
            let change = ChangeRelationship { partner: reseller.id, step: Step::Accept };
            assert_eq!(refusal(world.write(&world.caller(role), change)), Refusal::NotAllowed, "{role}");
        }
        let step = |step| world.write(&admin, ChangeRelationship { partner: reseller.id, step });
        assert_eq!(step(Step::Accept).expect("it asked"), RelationshipState::Active);
        reseller.serve(world, sold, Service::Quantity(30)).expect("it is let in");
        assert_eq!(step(Step::End).expect("it is active"), RelationshipState::Ended);
        assert_eq!(refusal(reseller.serve(world, sold, Service::Quantity(31))), Refusal::NotFound);
        let after = world.see_subscription(sold);
        assert_eq!((after.quantity, after.state), (30, SubscriptionState::Active), "what was sold stays");
        let list = ListCustomers { limit: 50, ..ListCustomers::default() };
        let page = world.app.read(&reseller.admin, reseller.id, &list).expect("its own list");
        assert_eq!(page.rows, [], "who ended it is no customer any more");
        assert_eq!(refusal(step(Step::End)), Refusal::NothingToChange);
        request_relationship(&world.app, &reseller.admin, world.organization).expect("it may ask again");
    });
}

/// R66, R68: quantity, renewal and access by the partner; both histories say so, and the customer is charged nothing.
#[test]
fn a_partner_keeps_what_it_sold() {
    in_each_world(|world| {
        let reseller = Reseller::let_in(world, "Noordzee");
        let office = world.product("Office");
        let sold = reseller.sold(world, &office);
        let own = world.subscription(&office, 10);
        let view = customer(&world.app, &reseller.admin, world.organization).expect("it is let in");
        let seen: Vec<_> = view.subscriptions.iter().map(|listed| listed.subscription.id).collect();
        assert_eq!((view.name.as_str(), seen), ("Waterland", vec![sold]), "what it sold, and nothing else");

        reseller.serve(world, sold, Service::Quantity(30)).expect("it sold it");
        reseller.serve(world, sold, Service::RecurringBilling(false)).expect("it sold it");
        reseller.serve(world, sold, Service::Suspend).expect("it sold it");
        assert_eq!(world.see_subscription(sold).state, SubscriptionState::Disabled);
        reseller.serve(world, sold, Service::Resume).expect("it sold it");
        let (today, ends_on) = (date(2020, 1, 15), date(2021, 1, 15));
        let (amount, service_period) = (Money::new(0, Currency::Eur), Period { start: today, end: ends_on });
        let happened = [
            Event::QuantityChanged { from: 25, to: 30, amount, service_period },
            Event::RecurringBillingChanged { on: false, ends_on },
            Event::SubscriptionDisabled { on: today, deleted_on: date(2021, 5, 15) },
            Event::SubscriptionReactivated { from: SubscriptionState::Disabled, ends_on, amount, service_period },
        ];
        assert_eq!(world.new_events(), happened);
        world.work();
        let reader = world.caller_in(reseller.id, Role::GlobalReader);
        let noted = world.app.read(&reader, reseller.id, &Audit { limit: 4, ..Audit::default() }).expect("its history");
        let noted: Vec<_> = noted.page.rows.into_iter().rev().filter_map(|entry| entry.event).collect();
        let at_waterland =
            |event: &Event| Event::CustomerServed { customer: "Waterland".to_owned(), event: Box::new(event.clone()) };
        assert_eq!(noted, happened.iter().map(at_waterland).collect::<Vec<_>>());

        assert_eq!(refusal(reseller.serve(world, own, Service::Quantity(11))), Refusal::NotFound, "bought elsewhere");
        let other = Reseller::let_in(world, "Zuiderzee");
        assert_eq!(refusal(other.serve(world, sold, Service::Quantity(31))), Refusal::NotFound, "another one sold it");
        for role in [Role::BillingAdmin, Role::GlobalReader] {
            let colleague = world.caller_in(reseller.id, role);
            let refused = serve(&world.app, &colleague, world.organization, sold, Service::Quantity(31));
            assert_eq!(refusal(refused), Refusal::NotAllowed, "{role}");
        }
        let findings = app::doctor::examine(&world.app).expect("the database answers");
        let wrong: Vec<_> = findings.iter().filter(|finding| !finding.is_good()).collect();
        assert!(wrong.iter().all(|finding| finding.check == app::doctor::Check::Operator), "{wrong:?}");
    });
}

/// R66, R183: the partner reads that it was let in, that the relationship was ended, and what that ended; Zetel says so,
/// because nobody of the customer acts at the partner.
#[test]
fn a_partner_reads_what_the_customer_did() {
    in_each_world(|world| {
        let reseller = Reseller::let_in(world, "Noordzee");
        let _ = reseller.sold(world, &world.product("Office"));
        let end = ChangeRelationship { partner: reseller.id, step: Step::End };
        world.write(&world.caller(Role::GlobalAdmin), end).expect("it is active");
        world.work();
        let list = Audit { kind: Some("customer_served".to_owned()), limit: 10, ..Audit::default() };
        let rows = world.app.read(&reseller.admin, reseller.id, &list).expect("its history").page.rows;
        let at_waterland =
            |event| Some(Event::CustomerServed { customer: "Waterland".to_owned(), event: Box::new(event) });
        let related = |state| at_waterland(Event::RelationshipChanged { partner: "Noordzee".to_owned(), state });
        let ended = at_waterland(Event::RecurringBillingChanged { on: false, ends_on: date(2021, 1, 15) });
        assert_eq!(
            rows.iter().rev().map(|entry| (entry.event.clone(), entry.actor_kind)).collect::<Vec<_>>(),
            [
                (related(RelationshipState::Requested), ActorKind::Person),
                (related(RelationshipState::Active), ActorKind::System),
                (related(RelationshipState::Ended), ActorKind::System),
                (ended, ActorKind::System),
            ]
        );
    });
}

/// R66, R183: a worker dies after it wrote into the partner's history and before it said so: the next one writes nothing.
#[test]
fn a_partner_reads_once_what_was_done() {
    in_each_world(|world| {
        let reseller = Reseller::let_in(world, "Noordzee");
        let sold = reseller.sold(world, &world.product("Office"));
        reseller.serve(world, sold, Service::Quantity(30)).expect("it sold it");
        reseller.serve(world, sold, Service::Quantity(30)).expect_err("it is 30 already");
        reseller.serve(world, sold, Service::Quantity(35)).expect("it sold it");
        let read = || {
            let list = Audit { kind: Some("customer_served".to_owned()), limit: 10, ..Audit::default() };
            let rows = world.app.read(&reseller.admin, reseller.id, &list).expect("its history").page.rows;
            rows.into_iter().rev().map(|entry| (entry.id, entry.data)).collect::<Vec<_>>()
        };
        assert_eq!(read().len(), 2, "that it asked, and was let in");
        world.work();
        let noted = read();
        assert_eq!(noted.len(), 4, "and two changes");
        for _ in 0..2 {
            world.seed(world.organization, |write| write.change_some(&LET_NOTES_BE_WRITTEN_AGAIN, params![]));
            world.work();
            assert_eq!(read(), noted);
        }
    });
}

/// D2: the partner lowers the total while the customer assigns the last license: one of them learns of the other, and
/// never more licenses are in use than there are.
#[test]
fn a_partner_lowers_while_the_customer_assigns() {
    in_each_world(|world| {
        let reseller = Reseller::let_in(world, "Noordzee");
        let office = world.product("Office");
        let (other_app, other_store) = world.another_process();
        for pair in world.people(20).chunks_exact(2) {
            let (holder, person) = (pair[0], pair[1]);
            let sold = reseller.sold(world, &office);
            let admin = world.caller(Role::LicenseAdmin);
            reseller.serve(world, sold, Service::Quantity(2)).expect("it sold it");
            world.give_license(sold, holder);
            let start = Barrier::new(2);
            let (lowered, assigned) = std::thread::scope(|scope| {
                let lowers = scope.spawn(|| {
                    start.wait();
                    serve(&other_app, &reseller.admin, world.organization, sold, Service::Quantity(1))
                });
                let assigns = scope.spawn(|| {
                    start.wait();
                    let command = AssignLicenses {
                        product_id: office.product_id,
                        subscription_id: Some(sold),
                        users: vec![person],
                        disabled_plans: Vec::new(),
                    };
                    world.write(&admin, command).map(drop)
                });
                (lowers.join().expect("no panic"), assigns.join().expect("no panic"))
            });
            let after = world.see_subscription(sold);
            assert!(after.assigned <= after.quantity, "{after:?}");
            assert_ne!(lowered.is_ok(), assigned.is_ok(), "{lowered:?} {assigned:?}");
            if let Err(failure) = lowered {
                assert_eq!(failure.refusal(), Some(&Refusal::BelowAssigned { assigned: 2 }));
            }
        }
        other_store.close();
    });
}

/// Domain 1.4, T4: what a reseller suspended does not expire when its term ends on 15 February; it stays disabled for 30
/// and then 90 days, in which not even the reseller resumes it, and is erased on 14 June.
#[test]
fn what_stays_suspended_is_erased_after_its_term() {
    in_each_world(|world| {
        let reseller = Reseller::let_in(world, "Noordzee");
        let _ = admin(world, "Noor", Role::GlobalAdmin);
        let (seller, office) = (reseller.id, world.product("Office"));
        let id = world.subscription_with(world.organization, &office, 10, |new| {
            (new.channel, new.term, new.ends_on) = (Channel::Reseller, Term::Monthly, date(2020, 2, 15));
        });
        world.seed(world.organization, move |write| partner::set_seller(write, id, seller));
        world.give_license(id, world.person("Anna de Vries"));
        world.clock.set_day(date(2020, 1, 25));
        reseller.serve(world, id, Service::Suspend).expect("it sold it");
        let (mut events, mut mails) = (Vec::new(), Vec::new());
        loop {
            world.sweep();
            world.work();
            let today = world.today();
            events.extend(world.new_events().into_iter().map(|event| (today, event)));
            mails.extend(world.new_mails().into_iter().map(|mail| (today, mail)));
            if today == date(2020, 2, 15) {
                assert_eq!(world.see_subscription(id).state, SubscriptionState::Disabled, "it does not expire");
                assert_eq!(refusal(reseller.serve(world, id, Service::Resume)), Refusal::NothingToChange);
            }
            if today == date(2020, 6, 15) {
                break;
            }
            world.clock.set_day(today.tomorrow().expect("a next day"));
        }
        let erased_on = date(2020, 6, 14);
        let soon = |days| Event::SubscriptionReminded { reminder: ReminderKind::ErasedSoon, on: erased_on, days };
        let expected = [
            (date(2020, 1, 25), Event::SubscriptionDisabled { on: date(2020, 1, 25), deleted_on: erased_on }),
            (date(2020, 3, 16), Event::LicenseInConflict),
            (date(2020, 4, 15), soon(60)),
            (date(2020, 5, 15), soon(30)),
            (date(2020, 6, 4), soon(10)),
            (erased_on, Event::SubscriptionDeleted { on: erased_on, licenses_freed: 1 }),
            (erased_on, Event::LicenseUnassigned),
        ];
        assert_eq!(events, expected);
        let soon =
            [(4, 15), (5, 15), (6, 4)].map(|(month, day)| (date(2020, month, day), "erased_soon to noor".to_owned()));
        let mut expected = vec![(date(2020, 1, 25), "disabled to noor".to_owned())];
        expected.extend(soon);
        // The other global admin gets the same.
        mails.retain(|(_, mail)| mail.ends_with(" to noor"));
        assert_eq!(mails, expected);
    });
}
