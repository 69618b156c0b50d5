//! Signing in, staying signed in, and trying too often.

use app::license::product::Holders;
use app::{Failure, session, setup};
use domain::access::Role;
use domain::refusal::Refusal;
use domain::user::UserDraft;
use jiff::SignedDuration;
use testkit::world::{World, in_each_world};

const PASSWORD: &str = "vier woorden zijn genoeg";

fn with_operator(world: &World) {
    let draft = UserDraft {
        display_name: "Olivia".to_owned(),
        email: "olivia@zetel.example".to_owned(),
        ..UserDraft::default()
    };
    setup::first_operator(&world.app, &draft, PASSWORD).expect("nobody is there yet");
    let again = setup::first_operator(&world.app, &draft, PASSWORD).expect_err("there is one operator to begin with");
    assert!(matches!(again, Failure::Refused(Refusal::NothingToChange)), "{again}");
}

fn try_with(world: &World, password: &str, client: &str) -> Result<(), Refusal> {
    session::sign_in(&world.app, " Olivia@Zetel.Example", password, client)
        .map(|_| ())
        .map_err(|failure| failure.refusal().cloned().expect("a refusal"))
}

#[test]
fn a_session_lasts_twelve_hours_or_until_one_signs_out() {
    in_each_world(|world| {
        with_operator(world);
        let sign_in =
            || session::sign_in(&world.app, "olivia@zetel.example", PASSWORD, "192.0.2.1").expect("it is right");
        let token = sign_in();
        let actor = session::actor(&world.app, token.secret()).expect("she is signed in");
        assert!(actor.is_operator() && actor.name == "Olivia");
        world.clock.advance(SignedDuration::from_secs(12 * 3600));
        assert!(session::actor(&world.app, token.secret()).is_err());

        let token = sign_in();
        session::sign_out(&world.app, token.secret()).expect("signing out");
        let gone = session::actor(&world.app, token.secret()).expect_err("she is gone");
        assert!(matches!(gone, Failure::Refused(Refusal::NotSignedIn)), "{gone}");
    });
}

/// D25: the last sign-in is known to the hour; signing in again within it writes nothing.
#[test]
fn the_last_sign_in_is_known() {
    in_each_world(|world| {
        let visio = world.product("Visio");
        let anna = world.person("Anna de Vries");
        world.give_license(world.subscription(&visio, 1), anna);
        let admin = world.caller(Role::LicenseAdmin);
        let first = world.app.now();
        let last = || {
            let (product_id, search) = (visio.product_id, String::new());
            let holders = Holders { product_id, subscription_id: None, search, after: None, limit: 10 };
            world.read(&admin, &holders).expect("the people").rows[0].last_sign_in_at
        };
        assert_eq!(last(), None);
        for (minutes, expected) in [(0, 0), (59, 0), (2, 61)] {
            world.clock.advance(SignedDuration::from_mins(minutes));
            let _ = world.signed_in(anna);
            assert_eq!(last(), Some(first + SignedDuration::from_mins(expected)), "{minutes}");
        }
    });
}

/// Guessing stops after five tries, for the guesser only; everybody else may go on.
#[test]
fn five_wrong_passwords_make_one_wait() {
    in_each_world(|world| {
        with_operator(world);
        for _ in 0..5 {
            assert_eq!(try_with(world, "not this one at all", "192.0.2.66"), Err(Refusal::WrongPassword));
        }
        assert_eq!(try_with(world, PASSWORD, "192.0.2.66"), Err(Refusal::TooManyTries { wait_seconds: 300 }));
        assert_eq!(try_with(world, PASSWORD, "192.0.2.1"), Ok(()));
        world.clock.advance(SignedDuration::from_secs(301));
        assert_eq!(try_with(world, PASSWORD, "192.0.2.66"), Ok(()));
    });
}

#[test]
fn an_unknown_address_is_told_the_same() {
    in_each_world(|world| {
        with_operator(world);
        let refused = session::sign_in(&world.app, "nobody@zetel.example", PASSWORD, "192.0.2.1").expect_err("nobody");
        assert!(matches!(refused, Failure::Refused(Refusal::WrongPassword)), "{refused}");
    });
}
