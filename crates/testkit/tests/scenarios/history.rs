//! The journal as people read it, Home, and background work as the operator sees it.

use app::history::{ActorKind, Audit, AuditActors, AuditEntry, History, HistoryOf};
use app::home::{Home, HomeView, OperatorHome};
use app::job::{ListJobs, ResumeJob};
use app::organization::enter::EnterOrganization;
use app::subscription::change_quantity::ChangeQuantity;
use domain::access::{Actor, Role};
use domain::catalog::BillingFrequency;
use domain::ids::JobId;
use domain::job::{Job, JobState};
use domain::money::{Currency, Money};
use domain::organization::OrganizationKind;
use domain::refusal::Refusal;
use domain::subscription::{Channel, CreditCheck, SubscriptionState};
use jiff::SignedDuration;
use jiff::civil::date;
use store::tables::job;
use testkit::world::in_each_world;

/// R183: who, when, what; filtered by kind, by person and by day; paged by key.
#[test]
fn the_audit_page_filters_and_pages() {
    in_each_world(|world| {
        let office = world.product("Office");
        let subscription_id = world.subscription(&office, 10);
        let (admin, billing) = (world.caller(Role::GlobalAdmin), world.caller(Role::BillingAdmin));
        let to = |total| ChangeQuantity::now(subscription_id, total);
        world.write(&admin, to(11)).unwrap();
        world.write(&billing, to(12)).unwrap();
        world.clock.set_day(date(2020, 1, 20));
        world.write(&admin, to(13)).unwrap();

        let totals = |audit: Audit| {
            let view = world.read(&admin, &audit).unwrap();
            let totals: Vec<_> = view.page.rows.iter().map(|row| after(row.event.as_ref())).collect();
            (totals, view.page.next)
        };
        let all = Audit { limit: 2, ..Audit::default() };
        let (newest, next) = totals(all.clone());
        assert_eq!(newest, [13, 12]);
        assert_eq!(totals(Audit { before: next, ..all.clone() }), (vec![11], None));
        let many = Audit { limit: 10, ..Audit::default() };
        assert_eq!(totals(Audit { actor_name: Some("billing_admin".into()), ..many.clone() }).0, [12]);
        assert_eq!(totals(Audit { kind: Some("quantity_changed".into()), ..many.clone() }).0, [13, 12, 11]);
        assert_eq!(totals(Audit { kind: Some("user_added".into()), ..many.clone() }).0, [0; 0]);
        let both =
            Audit { kind: Some("quantity_changed".into()), actor_name: Some("global_admin".into()), ..many.clone() };
        assert_eq!(totals(both).0, [13, 11]);
        assert_eq!(totals(Audit { from: Some(date(2020, 1, 20)), ..many.clone() }).0, [13]);
        assert_eq!(totals(Audit { until: Some(date(2020, 1, 19)), ..many.clone() }).0, [12, 11]);
        assert_eq!(totals(Audit { until: Some(date(2020, 1, 20)), ..many }).0, [13, 12, 11]);
        assert_eq!(world.read(&admin, &AuditActors).unwrap(), ["billing_admin", "global_admin"]);
    });
}

fn after(event: Option<&domain::event::Event>) -> u32 {
    match event {
        Some(domain::event::Event::QuantityChanged { to, .. }) => *to,
        other => panic!("{other:?}"),
    }
}

/// R183.
#[test]
fn a_thing_has_its_history_and_a_foreign_thing_is_not_there() {
    in_each_world(|world| {
        let office = world.product("Office");
        let subscription_id = world.subscription(&office, 10);
        let admin = world.caller(Role::GlobalAdmin);
        world.write(&admin, ChangeQuantity::now(subscription_id, 12)).unwrap();
        let of = |of| History { of, before: None, limit: 10 };
        let history = world.read(&admin, &of(HistoryOf::Subscription(subscription_id))).unwrap();
        assert_eq!((history.name.as_str(), history.page.rows.len()), ("Office", 1));
        let entry = &history.page.rows[0];
        assert_eq!((entry.actor_name.as_str(), entry.actor_kind), ("global_admin", ActorKind::Person));
        assert_eq!((entry.command.as_str(), entry.request.as_str()), ("change_quantity", "req_test"));
        let product = world.read(&admin, &of(HistoryOf::Product(office.product_id))).unwrap();
        assert_eq!(product.page.rows.len(), 1);
        assert_eq!(world.read(&admin, &AuditEntry(entry.id)).unwrap().0.kind, "quantity_changed");

        let other = world.other_organization("Contoso");
        let stranger = world.caller_in(other, Role::GlobalAdmin);
        let missing = |refused: Result<(), app::Failure>| {
            assert_eq!(refused.unwrap_err().refusal(), Some(&Refusal::NotFound));
        };
        let subscription = of(HistoryOf::Subscription(subscription_id));
        missing(world.app.read(&stranger, other, &subscription).map(drop));
        missing(world.app.read(&stranger, other, &AuditEntry(entry.id)).map(drop));
        missing(world.app.read(&stranger, other, &of(HistoryOf::User(admin.actor.user().unwrap()))).map(drop));
        missing(world.read(&stranger, &subscription).map(drop));
    });
}

#[test]
fn the_history_says_when_an_operator_was_there() {
    in_each_world(|world| {
        let house = world.organization_with("Zetel", |house| house.kind = OrganizationKind::Operator);
        let operator = world.caller_in(house, Role::Operator);
        world.app.write(&operator, world.organization, EnterOrganization).wait().unwrap();
        let admin = world.caller(Role::GlobalReader);
        let view = world.read(&admin, &Audit { limit: 10, ..Audit::default() }).unwrap();
        assert_eq!(view.page.rows[0].actor_kind, ActorKind::Operator);
    });
}

#[test]
fn home_counts_what_needs_attention() {
    in_each_world(|world| {
        let (office, project, visio) = (world.product("Office"), world.product("Project"), world.product("Visio"));
        let of = |sku, quantity, differ: &dyn Fn(&mut domain::subscription::Subscription)| {
            world.subscription_with(world.organization, sku, quantity, differ)
        };
        let used = of(&office, 10, &|new| new.ends_on = date(2020, 2, 13));
        world.give_license(used, world.person("Anna de Vries"));
        of(&office, 5, &|new| {
            (new.recurring_billing, new.ends_on) = (false, date(2020, 1, 16));
            new.billing_frequency = BillingFrequency::Yearly;
        });
        of(&project, 20, &|new| new.ends_on = date(2020, 2, 14));
        of(&project, 7, &|new| {
            (new.channel, new.credit_check) = (Channel::Direct, Some(CreditCheck::Pending));
            new.state = SubscriptionState::Pending;
        });
        // What a partner sold is paid to the partner, what was prepaid is paid, and a buyer pays for what is the buyer's.
        for channel in [Channel::VolumePartner, Channel::Reseller, Channel::ProductKey] {
            of(&visio, 50, &|new| (new.channel, new.ends_on) = (channel, date(2021, 1, 15)));
        }
        let bram = world.person("Bram Bakker");
        of(&visio, 50, &|new| (new.channel, new.holder) = (Channel::SelfService, Some(bram)));
        of(&project, 3, &|new| new.state = SubscriptionState::Disabled);
        of(&project, 2, &|new| new.state = SubscriptionState::Expired);
        of(&project, 1, &|new| new.state = SubscriptionState::Deleted);

        let admin = world.caller(Role::BillingAdmin);
        let HomeView::Organization(home) = world.read(&admin, &Home).unwrap() else { panic!("not an admin") };
        let summary = home.summary;
        assert_eq!((summary.subscriptions, summary.credit_checks, summary.conflicts), (10, 1, 0));
        // Thirty days from 15 January end on 13 February.
        assert_eq!((summary.renewing, summary.expiring), (1, 1));
        assert_eq!((summary.expired, summary.disabled), (1, 1));
        assert_eq!((summary.bought, summary.assigned), (247, 1));
        let unused: Vec<_> =
            home.unused.iter().map(|unused| (unused.billing_frequency, unused.count, unused.cost)).collect();
        assert_eq!(
            unused,
            [
                (BillingFrequency::Monthly, 29, Money::new(29_000, Currency::Eur)),
                (BillingFrequency::Yearly, 5, Money::new(5_000, Currency::Eur)),
            ]
        );
        let usage: Vec<_> =
            home.usage.iter().map(|usage| (usage.product_name.as_str(), usage.assigned, usage.bought)).collect();
        assert_eq!(usage, [("Visio", 0, 200), ("Project", 0, 22), ("Office", 1, 15)]);
        let ending: Vec<_> = home.ending.iter().map(|ending| ending.subscription.ends_on).collect();
        assert_eq!(ending, [date(2020, 1, 16), date(2020, 2, 13), date(2020, 2, 14)]);
        assert!(home.with_prices);
    });
}

/// R16, R18: an ordinary user sees what is theirs and nothing else.
#[test]
fn home_of_an_ordinary_user_is_their_own() {
    in_each_world(|world| {
        let office = world.product("Office");
        let subscription_id = world.subscription(&office, 10);
        let (anna, bram) = (world.person("Anna de Vries"), world.person("Bram Bakker"));
        world.give_license(subscription_id, anna);
        let own = world.subscription_with(world.organization, &office, 3, |new| {
            (new.channel, new.holder) = (Channel::SelfService, Some(bram));
        });
        let home = |person| match world.read(&world.as_person(person, &[]), &Home).unwrap() {
            HomeView::Person(home) => home,
            HomeView::Organization(_) => panic!("not an ordinary user"),
        };
        let (of_anna, of_bram) = (home(anna), home(bram));
        assert_eq!(of_anna.licenses.iter().map(|held| held.product_name.as_str()).collect::<Vec<_>>(), ["Office"]);
        assert!(of_anna.bought.is_empty() && of_bram.licenses.is_empty());
        assert_eq!(of_bram.bought.iter().map(|row| row.subscription.id).collect::<Vec<_>>(), [own]);
    });
}

#[test]
fn parked_work_is_seen_across_organizations_and_resumed() {
    in_each_world(|world| {
        let house = world.organization_with("Zetel", |house| house.kind = OrganizationKind::Operator);
        let operator = world.caller_in(house, Role::Operator);
        let (id, now, organization_id) = (JobId::from_uuid(world.new_id()), world.app.now(), world.organization);
        let new = Job {
            id,
            organization_id,
            kind: "unheard_of".into(),
            payload: "{}".into(),
            state: JobState::Waiting,
            due_at: now,
            attempts: 0,
            progress_done: 0,
            progress_total: 0,
            result: None,
            error: None,
            actor: serde_json::to_string(&Actor::system()).unwrap(),
            created_at: now,
            finished_at: None,
        };
        world.seed(organization_id, move |write| job::insert(write, &new));
        let list = |state| {
            let page = world.app.read(&operator, house, &ListJobs { state, before: None, limit: 10 }).unwrap();
            assert!(page.rows.iter().all(|row| page.organizations[&row.organization_id] == "Waterland"));
            page.rows
        };
        assert_eq!(list(JobState::Waiting).len(), 1);
        for _ in 0..7 {
            world.work();
            world.clock.advance(SignedDuration::from_hours(1));
        }
        let parked = list(JobState::Parked);
        assert_eq!((parked[0].id, parked[0].attempts), (id, 7));
        let view = world.app.read(&operator, house, &OperatorHome).unwrap();
        assert_eq!((view.organizations, view.jobs_waiting, view.jobs_parked), (2, 0, 1));

        world.app.write(&operator, organization_id, ResumeJob(id)).wait().unwrap();
        world.app.write(&operator, organization_id, ResumeJob(id)).wait().unwrap();
        let waiting = list(JobState::Waiting);
        assert_eq!((waiting[0].attempts, waiting[0].error.as_deref()), (0, None));
        let elsewhere = world.app.write(&operator, house, ResumeJob(id)).wait().unwrap_err();
        assert_eq!(elsewhere.refusal(), Some(&Refusal::NotFound));
        let admin = world.caller(Role::GlobalAdmin);
        let denied = world.write(&admin, ResumeJob(id)).unwrap_err();
        assert_eq!(denied.refusal(), Some(&Refusal::NotAllowed));
    });
}
