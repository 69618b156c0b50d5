//! Keys of programs.

use app::api_token::{ApiTokens, CreateApiToken, RevokeApiToken, actor_by_token};
use domain::access::{Principal, Role, Scope};
use domain::api_token::ApiTokenDraft;
use domain::event::Event;
use domain::refusal::Refusal;
use jiff::SignedDuration;
use testkit::world::in_each_world;

fn draft(days: Option<u32>) -> ApiTokenDraft {
    ApiTokenDraft { name: "HR".into(), scopes: vec![Scope::UsersRead, Scope::LicensesRead], days }
}

#[test]
fn a_key_opens_its_organization_until_it_is_revoked() {
    in_each_world(|world| {
        let admin = world.caller(Role::GlobalAdmin);
        let made = world.write(&admin, CreateApiToken::new(draft(None)).unwrap()).unwrap();
        assert_eq!(made.secret.len(), "zetel_".len() + 43);
        assert_eq!(&made.secret[..6], "zetel_");

        let program = actor_by_token(&world.app, &made.secret).unwrap();
        assert_eq!(program.principal, Principal::Token(made.id));
        assert_eq!((program.home, program.name.as_str()), (Some(world.organization), "HR"));
        assert_eq!(program.scopes, [Scope::LicensesRead, Scope::UsersRead]);
        assert_eq!(program.roles, []);

        world.write(&admin, RevokeApiToken(made.id)).unwrap();
        world.write(&admin, RevokeApiToken(made.id)).unwrap();
        let refused = actor_by_token(&world.app, &made.secret).unwrap_err();
        assert_eq!(refused.refusal(), Some(&Refusal::NotSignedIn));
        let listed = world.read(&admin, &ApiTokens).unwrap();
        assert_eq!(listed.len(), 1);
        assert_eq!(listed[0].token.revoked_at, Some(app_now(world)));
        assert!(listed[0].created_by.as_deref().is_some_and(|name| name.starts_with("global_admin")));
        let scopes = vec![Scope::LicensesRead, Scope::UsersRead];
        assert_eq!(
            world.new_events(),
            [Event::ApiTokenCreated { name: "HR".into(), scopes }, Event::ApiTokenRevoked { name: "HR".into() }]
        );
    });
}

#[test]
fn an_expired_or_invented_key_opens_nothing() {
    in_each_world(|world| {
        let admin = world.caller(Role::GlobalAdmin);
        let made = world.write(&admin, CreateApiToken::new(draft(Some(1))).unwrap()).unwrap();
        assert!(actor_by_token(&world.app, &made.secret).is_ok());
        world.clock.advance(SignedDuration::from_hours(24));
        for secret in [made.secret.as_str(), "zetel_", "", &made.secret[6..], "zetel_AAAA"] {
            let refused = actor_by_token(&world.app, secret).unwrap_err();
            assert_eq!(refused.refusal(), Some(&Refusal::NotSignedIn), "{secret}");
        }
    });
}

#[test]
fn a_key_of_another_organization_is_not_there() {
    in_each_world(|world| {
        let admin = world.caller(Role::GlobalAdmin);
        let made = world.write(&admin, CreateApiToken::new(draft(None)).unwrap()).unwrap();
        let other = world.other_organization("Contoso");
        let stranger = world.caller_in(other, Role::GlobalAdmin);
        let refused = world.app.write(&stranger, other, RevokeApiToken(made.id)).wait().unwrap_err();
        assert_eq!(refused.refusal(), Some(&Refusal::NotFound));
        let refused = world.write(&world.caller(Role::BillingAdmin), RevokeApiToken(made.id)).unwrap_err();
        assert_eq!(refused.refusal(), Some(&Refusal::NotAllowed));
        assert!(actor_by_token(&world.app, &made.secret).is_ok());
    });
}

fn app_now(world: &testkit::world::World) -> jiff::Timestamp {
    world.app.now()
}
