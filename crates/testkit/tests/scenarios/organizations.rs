//! The operator's organizations: made, looked at, suspended, resumed, made a sandbox.

use app::organization::become_sandbox::BecomeSandbox;
use app::organization::change_cloud::ChangeCloud;
use app::organization::change_state::ChangeOrganizationState;
use app::organization::create::create;
use app::organization::details::OrganizationDetails;
use app::organization::enter::EnterOrganization;
use app::organization::list::ListOrganizations;
use app::payment_method::delete::DeletePaymentMethod;
use app::session;
use app::{App, Caller, Failure};
use domain::access::{Role, Scope};
use domain::api_token::ApiTokenDraft;
use domain::billing::payment_method::{CardDescription, MethodDescription};
use domain::event::{Change, Event};
use domain::ids::OrganizationId;
use domain::organization::create::OrganizationDraft;
use domain::organization::{Cloud, OrganizationKind, OrganizationState};
use domain::refusal::{Field, FieldRefusal, Refusal};
use domain::subscription::{Channel, SubscriptionState};
use domain::user::UserDraft;
use jiff::SignedDuration;
use jiff::civil::date;
use store::tables::journal;
use testkit::world::{World, in_each_world};

const PASSWORD: &str = "correct horse battery";

fn operator(world: &World) -> (OrganizationId, Caller) {
    let house = world.organization_with("Zetel", |house| house.kind = OrganizationKind::Operator);
    (house, world.caller_in(house, Role::Operator))
}

fn contoso() -> OrganizationDraft {
    OrganizationDraft { name: "Contoso".into(), country: "GB".into(), ..Default::default() }
}

fn first_admin() -> UserDraft {
    UserDraft { display_name: "Carol Jones".into(), email: "carol@contoso.example".into(), ..Default::default() }
}

fn events(world: &World, organization: OrganizationId) -> Vec<Event> {
    let entries =
        world.store.read(organization, |read| journal::oldest_first(read, None, 100)).expect("the journal is read");
    entries.into_iter().map(|entry| entry.event.expect("its form is known")).collect()
}

fn refusal<T>(outcome: Result<T, Failure>) -> Refusal {
    outcome.err().and_then(|failure| failure.refusal().cloned()).expect("a refusal")
}

fn sign_in(app: &App) -> Result<domain::access::Actor, Failure> {
    let token = session::sign_in(app, "carol@contoso.example", PASSWORD, "127.0.0.1")?;
    session::actor(app, token.secret())
}

#[test]
fn an_organization_begins_with_a_global_admin_who_can_sign_in() {
    in_each_world(|world| {
        let (_, caller) = operator(world);
        let made = create(&world.app, &caller, &contoso(), &first_admin(), PASSWORD).unwrap();
        assert_eq!(
            events(world, made.organization_id),
            [
                Event::OrganizationCreated { name: "Contoso".into(), country: "GB".into(), cloud: Cloud::Worldwide },
                Event::UserAdded {
                    display_name: "Carol Jones".into(),
                    email: "carol@contoso.example".into(),
                    is_guest: false
                },
                Event::RolesChanged { roles: Change { from: Vec::new(), to: vec![Role::GlobalAdmin] } },
                Event::PasswordSet,
            ]
        );
        let carol = sign_in(&world.app).unwrap();
        assert_eq!((carol.home, carol.user()), (Some(made.organization_id), Some(made.admin_id)));
        assert_eq!(carol.roles, [Role::GlobalAdmin]);
    });
}

#[test]
fn what_is_wrong_with_a_new_organization_is_said_at_once_and_nothing_is_kept() {
    in_each_world(|world| {
        let (house, caller) = operator(world);
        let empty = (OrganizationDraft::default(), UserDraft::default());
        let Err(Failure::Invalid(wrong)) = create(&world.app, &caller, &empty.0, &empty.1, "short") else {
            panic!("taken");
        };
        let fields: Vec<_> = wrong.iter().map(|wrong| wrong.field).collect();
        assert_eq!(fields, [Field::Name, Field::Country, Field::DisplayName, Field::Email, Field::Password]);

        create(&world.app, &caller, &contoso(), &first_admin(), PASSWORD).unwrap();
        // The same form sent twice does no harm.
        let again = create(&world.app, &caller, &contoso(), &first_admin(), PASSWORD);
        assert_eq!(refusal(again), Refusal::NameTaken);
        let all = ListOrganizations { search: String::new(), after: None, limit: 10 };
        let names: Vec<_> =
            world.app.read(&caller, house, &all).unwrap().rows.into_iter().map(|row| row.name).collect();
        assert_eq!(names, ["Contoso", "Waterland", "Zetel"]);
        let admin = world.caller(Role::GlobalAdmin);
        let denied = create(&world.app, &admin, &contoso(), &first_admin(), PASSWORD);
        assert_eq!(refusal(denied), Refusal::NotAllowed);
    });
}

#[test]
fn the_list_of_organizations_pages_by_name() {
    in_each_world(|world| {
        let (house, caller) = operator(world);
        for name in ["Alfa", "Émile", "beta"] {
            let _ = world.other_organization(name);
        }
        let page = |search: &str, after| {
            let query = ListOrganizations { search: search.into(), after, limit: 2 };
            let page = world.app.read(&caller, house, &query).unwrap();
            (page.rows.into_iter().map(|row| row.name).collect::<Vec<_>>(), page.next)
        };
        let (names, next) = page("", None);
        assert_eq!(names, ["Alfa", "beta"]);
        let (names, next) = page("", next);
        assert_eq!(names, ["Émile", "Waterland"]);
        assert_eq!(page("", next), (vec!["Zetel".to_owned()], None));
        assert_eq!(page("EMI", None), (vec!["Émile".to_owned()], None));
    });
}

#[test]
fn a_suspended_organization_is_closed_at_once_and_nothing_is_lost() {
    in_each_world(|world| {
        let (house, caller) = operator(world);
        let made = create(&world.app, &caller, &contoso(), &first_admin(), PASSWORD).unwrap();
        let (app, id) = (&world.app, made.organization_id);
        let token = session::sign_in(app, "carol@contoso.example", PASSWORD, "127.0.0.1").unwrap();
        let carol = Caller { actor: session::actor(app, token.secret()).unwrap(), request: "req_test".into() };
        let draft = ApiTokenDraft { name: "HR".into(), scopes: vec![Scope::UsersRead], days: None };
        let key = app::api_token::CreateApiToken::new(draft).unwrap();
        let key = app.write(&carol, id, key).wait().unwrap();
        assert!(app::api_token::actor_by_token(app, &key.secret).is_ok());

        let set = |state| app.write(&caller, id, ChangeOrganizationState(state)).wait();
        set(OrganizationState::Suspended).unwrap();
        assert_eq!(refusal(session::actor(app, token.secret())), Refusal::NotSignedIn);
        assert_eq!(refusal(sign_in(app)), Refusal::OrganizationSuspended);
        assert_eq!(refusal(app::api_token::actor_by_token(app, &key.secret)), Refusal::NotSignedIn);
        assert_eq!(refusal(app.read(&carol, id, &app::home::Home)), Refusal::OrganizationSuspended);
        assert_eq!(refusal(set(OrganizationState::Suspended)), Refusal::NothingToChange);
        // The operator still sees it.
        assert_eq!(app.read(&caller, id, &OrganizationDetails).unwrap().people, 1);

        set(OrganizationState::Active).unwrap();
        assert!(sign_in(app).is_ok());
        assert!(app::api_token::actor_by_token(app, &key.secret).is_ok());
        let (active, suspended) = (OrganizationState::Active, OrganizationState::Suspended);
        assert_eq!(
            events(world, id)[5..],
            [
                Event::OrganizationStateChanged { state: Change { from: active, to: suspended } },
                Event::OrganizationStateChanged { state: Change { from: suspended, to: active } },
            ]
        );
        let own = app.write(&caller, house, ChangeOrganizationState(suspended)).wait();
        assert_eq!(refusal(own), Refusal::OperatorOrganization);
    });
}

/// D30.
#[test]
fn a_sandbox_has_a_clock_of_its_own_and_stays_one() {
    in_each_world(|world| {
        let (_, caller) = operator(world);
        let become_sandbox = || world.app.write(&caller, world.organization, BecomeSandbox).wait();
        become_sandbox().unwrap();
        let view = world.app.read(&caller, world.organization, &OrganizationDetails).unwrap();
        assert_eq!(view.organization.sandbox_ahead, Some(SignedDuration::ZERO));
        assert_eq!(view.today, date(2020, 1, 15));
        assert_eq!(refusal(become_sandbox()), Refusal::NothingToChange);
        assert_eq!(world.new_events(), [Event::OrganizationBecameSandbox]);
        let admin = world.caller(Role::GlobalAdmin);
        assert_eq!(refusal(world.write(&admin, BecomeSandbox)), Refusal::NotAllowed);
    });
}

fn at_its_field(outcome: Result<(), Failure>) -> Vec<FieldRefusal> {
    let Err(Failure::Invalid(wrong)) = outcome else { panic!("not at a field") };
    wrong
}

/// Domain 7, R184: what the other cloud does not take, or would do on other days than people were told, comes first.
#[test]
fn the_cloud_is_changed_where_nothing_breaks() {
    in_each_world(|world| {
        let (_, caller) = operator(world);
        let change = |to| world.app.write(&caller, world.organization, ChangeCloud(to)).wait();
        let at_cloud = |refusal: Refusal| [refusal.at(Field::Cloud)];
        let admin = world.caller(Role::GlobalAdmin);
        let owner = admin.actor.user().unwrap();
        let visa = world.card(owner, "card_succeeds");
        let _ = world.payment_method(owner, |new| {
            let (last_four, expires_on) = ("0005".to_owned(), "2030-12".to_owned());
            new.described =
                MethodDescription::Card(CardDescription { brand: "UnionPay".to_owned(), last_four, expires_on });
        });
        let office = world.product("Office");
        let ended = world.subscription_with(world.organization, &office, 10, |new| {
            (new.channel, new.state, new.ends_on) =
                (Channel::VolumePartner, SubscriptionState::Expired, date(2020, 1, 10));
        });
        let (worldwide, germany, china) = (Cloud::Worldwide, Cloud::Germany, Cloud::Vianet21);
        change(germany).unwrap();
        assert_eq!(at_its_field(change(germany)), at_cloud(Refusal::NothingToChange));
        assert_eq!(at_its_field(change(china)), at_cloud(Refusal::MethodsNotInCloud { methods: 1 }));
        world.write(&admin, DeletePaymentMethod(visa)).unwrap();
        assert_eq!(at_its_field(change(china)), at_cloud(Refusal::DaysOfOtherCloud { subscriptions: 1 }));
        assert_eq!(refusal(world.write(&admin, ChangeCloud(worldwide))), Refusal::NotAllowed);

        // 90 days and then 30 were told, and are kept.
        world.clock.set_day(date(2020, 5, 9));
        world.sweep();
        assert_eq!(world.see_subscription(ended).state, SubscriptionState::Deleted);
        change(china).unwrap();
        let view = world.app.read(&caller, world.organization, &OrganizationDetails).unwrap();
        assert_eq!(view.organization.cloud, china);
        let changed = |from, to| Event::OrganizationCloudChanged { cloud: Change { from, to } };
        let mut events = world.new_events();
        events.retain(|event| matches!(event, Event::OrganizationCloudChanged { .. }));
        assert_eq!(events, [changed(worldwide, germany), changed(germany, china)]);
    });
}

#[test]
fn an_operator_who_looks_in_is_in_the_history_once_an_hour() {
    in_each_world(|world| {
        let (house, caller) = operator(world);
        let enter = |organization| world.app.write(&caller, organization, EnterOrganization).wait().unwrap();
        enter(world.organization);
        enter(world.organization);
        assert_eq!(world.new_events(), [Event::OperatorEntered { home: house }]);
        world.clock.advance(SignedDuration::from_hours(1));
        enter(world.organization);
        assert_eq!(world.new_events(), [Event::OperatorEntered { home: house }]);
        enter(house);
        assert_eq!(events(world, house), []);
    });
}
