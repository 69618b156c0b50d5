//! Groups, page by page: what an admin does, what others see, and the same without script.

#![expect(clippy::unwrap_used, reason = "a helper of a test fails the test")]

mod browser;

use app::group::members::AddMembers;
use app::group::save::AddGroup;
use app::self_service::limits::SetPurchaseLimits;
use axum::body::to_bytes;
use axum::http::{StatusCode, header};
use axum::response::Response;
use browser::{Browser, house, run};
use domain::access::Role;
use domain::ids::{GroupId, UserId};
use domain::self_service::limits::{Buyers, PurchaseLimits};
use testkit::world::World;

fn make(world: &World, name: &str) -> GroupId {
    world.write(&world.caller(Role::UserAdmin), AddGroup { name: name.to_owned() }).unwrap()
}

async fn html(answer: Response) -> (StatusCode, String) {
    let status = answer.status();
    let bytes = to_bytes(answer.into_body(), usize::MAX).await.unwrap();
    (status, String::from_utf8_lossy(&bytes).replace("&#39;", "'").replace("&#38;", "&"))
}

/// Sends a form; gives where it leads, or the page that answers.
async fn send(browser: &Browser, path: &str, fields: &str) -> Result<String, (StatusCode, String)> {
    let answer = browser.send("POST", path, format!("form_token={}&{fields}", browser.form_token)).await;
    match answer.headers().get(header::LOCATION) {
        Some(to) => Ok(to.to_str().unwrap().to_owned()),
        None => Err(html(answer).await),
    }
}

/// Sends the form that may carry a file.
async fn add(browser: &Browser, group: GroupId, fields: &[(&str, &str)]) -> (StatusCode, String) {
    let part = |(name, value): &(&str, &str)| match *name {
        "file" => {
            format!("--b\r\ncontent-disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\n{value}\r\n")
        }
        name => format!("--b\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"),
    };
    let token = [("form_token", browser.form_token.as_str())];
    let body: String = token.iter().chain(fields).map(part).collect::<String>() + "--b--\r\n";
    html(browser.send_as("multipart/form-data; boundary=b", "POST", &format!("/groups/{group}/people"), body).await)
        .await
}

/// Domain 2.7: a group is made, renamed and deleted; two of one name are refused with what was typed.
#[test]
fn an_admin_keeps_groups() {
    let (world, router) = house();
    let caller = world.caller(Role::UserAdmin);
    run(async {
        let browser = Browser::signed_in(&router, &world, &caller).await;
        let (_, empty) = browser.read("/groups").await;
        assert!(empty.contains("There are no groups yet.") && empty.contains("only they may buy for the team"));
        let page = send(&browser, "/groups/add", "name=Finance+leads").await.unwrap();
        assert!(page.starts_with("/groups/grp_"), "{page}");
        let (_, hidden) = send(&browser, "/groups/add", "name=%E2%80%8B%E3%85%A4").await.unwrap_err();
        assert!(hidden.contains("Fill in this field."), "{hidden}");
        for same in ["%EF%BC%A6inance+leads", "Fin%E2%80%8Bance+leads"] {
            let (_, refused) = send(&browser, "/groups/add", &format!("name={same}")).await.unwrap_err();
            assert!(refused.contains("This name is taken."), "{refused}");
        }
        let (_, refused) = send(&browser, "/groups/add", "name=FINANCE+leads").await.unwrap_err();
        assert!(refused.contains("This name is taken.") && refused.contains("value=\"FINANCE leads\""), "{refused}");
        assert!(browser.read(&page).await.1.contains("Nobody is in this group yet."));

        let same = send(&browser, &format!("{page}/rename"), "name=Finance+leads&revision=1").await;
        assert_eq!(same, Ok(page.clone()), "saving what is so already is no mistake");
        assert_eq!(send(&browser, &format!("{page}/rename"), "name=Buyers&revision=1").await, Ok(page.clone()));
        let (status, stale) = send(&browser, &format!("{page}/rename"), "name=Sales&revision=1").await.unwrap_err();
        assert_eq!(status, StatusCode::PRECONDITION_FAILED);
        assert!(stale.contains("value=\"Sales\"") && stale.contains("name=\"revision\" value=\"2\""), "{stale}");
        let (_, list) = browser.read("/groups?q=buy").await;
        assert!(list.contains(&format!("href=\"{page}\">Buyers</a>")) && list.contains("1 group shown"), "{list}");
        assert!(browser.read("/search?q=buyer").await.1.contains(&format!("href=\"{page}\"")));
        assert_eq!(send(&browser, &format!("{page}/delete"), "").await, Ok("/groups".to_owned()));
        assert_eq!(browser.read(&page).await.0, StatusCode::NOT_FOUND);
    });
}

/// Domain 5.3: the pane says why the group of buyers stays, and what helps; nothing is to be pressed.
#[test]
fn the_group_of_buyers_cannot_be_deleted() {
    let (world, router) = house();
    let leads = make(&world, "Finance leads");
    let limits = PurchaseLimits { buyers: Buyers::Group(leads), licenses_max: None };
    world.write(&world.caller(Role::BillingAdmin), SetPurchaseLimits(limits)).unwrap();
    let caller = world.caller(Role::UserAdmin);
    run(async {
        let browser = Browser::signed_in(&router, &world, &caller).await;
        let path = format!("/groups/{leads}/delete");
        let (_, closed) = browser.read(&path).await;
        let why = "Only this group may buy for the team. Say under Self-service purchases that others may";
        assert!(closed.contains(why) && !closed.contains("button-severe"), "{closed}");
        let (status, refused) = send(&browser, &path, "").await.unwrap_err();
        assert_eq!((status, refused.contains(why)), (StatusCode::CONFLICT, true));
    });
}

/// Domain 2.7: by name, pasted or from a file; what came of it is said, and whom nobody knows is named.
#[test]
fn people_are_added_and_taken_out() {
    let (world, router) = house();
    let leads = make(&world, "Finance leads");
    let [anna, bram] = ["Anna de Vries", "Bram Bakker"].map(|name| world.person(name));
    let caller = world.caller(Role::UserAdmin);
    run(async {
        let browser = Browser::signed_in(&router, &world, &caller).await;
        let (anna_id, page) = (anna.to_string(), format!("/groups/{leads}"));
        let pasted = "bram.bakker@waterland.example, <b>zoe@waterland.example";
        let (status, added) = add(&browser, leads, &[("users", &anna_id), ("rows", pasted)]).await;
        assert_eq!(status, StatusCode::OK, "{added}");
        assert!(added.contains("2 people were added to the group.") && !added.contains("already"), "{added}");
        assert!(added.contains("2 addresses belong to nobody in your organization:"), "{added}");
        assert!(added.contains("zoe@waterland.example") && !added.contains("<b>zoe"), "{added}");
        let mixed = "De Vries, Anna <anna.de.vries@waterland.example>; bram.bakker@waterland.example\n";
        let (_, mixed) = add(&browser, leads, &[("rows", mixed)]).await;
        assert!(mixed.contains("2 people were in it already.") && !mixed.contains("nobody"), "{mixed}");
        let (status, nothing) = add(&browser, leads, &[("rows", ",;")]).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(nothing.contains("Enter an e-mail address, such as name@example.com."), "{nothing}");
        let file = "name;email\nAnna;anna.de.vries@waterland.example\n";
        let (_, again) = add(&browser, leads, &[("file", file)]).await;
        let says = "0 people were added to the group. 1 person was in it already.";
        assert!(again.contains(says), "{again}");
        let (status, nobody) = add(&browser, leads, &[]).await;
        assert_eq!((status, nobody.contains("Choose at least one person.")), (StatusCode::UNPROCESSABLE_ENTITY, true));

        let details = browser.read(&page).await.1;
        assert!(details.contains("2 people shown") && details.contains("Bram Bakker"), "{details}");
        assert!(!browser.read(&format!("{page}?q=bram")).await.1.contains("Anna de Vries"));
        let of_person = browser.read(&format!("/users/{anna}")).await.1;
        assert!(of_person.contains(&format!("<a href=\"{page}\">Finance leads</a>")), "{of_person}");

        assert_eq!(send(&browser, &format!("{page}/remove"), &format!("selected={bram}")).await, Ok(page.clone()));
        assert!(!browser.read(&page).await.1.contains("Bram Bakker"));
        let (status, nobody) = send(&browser, &format!("{page}/remove"), "").await.unwrap_err();
        assert_eq!((status, nobody.contains("Choose at least one person.")), (StatusCode::UNPROCESSABLE_ENTITY, true));
    });
}

/// Without script a button finds people, who can be ticked; who was chosen before stays.
#[test]
fn people_are_found_without_script() {
    let (world, router) = house();
    let leads = make(&world, "Finance leads");
    let [anna, bram]: [UserId; 2] = ["Anna de Vries", "Bram Bakker"].map(|name| world.person(name));
    let caller = world.caller(Role::GlobalAdmin);
    run(async {
        let browser = Browser::signed_in(&router, &world, &caller).await;
        let anna_id = anna.to_string();
        let chosen = [("users", anna_id.as_str()), ("users_search", "b"), ("find", "1"), ("rows", "zoe@x.example")];
        let (status, found) = add(&browser, leads, &chosen).await;
        assert_eq!(status, StatusCode::OK);
        for kept in
            [format!("name=\"users\" value=\"{anna}\""), format!("value=\"{bram}\""), "zoe@x.example".to_owned()]
        {
            assert!(found.contains(&kept), "{kept}: {found}");
        }
        assert!(browser.read(&format!("/groups/{leads}")).await.1.contains("Nobody is in this group yet."));
    });
}

/// Domain 6: a global reader reads; whoever buys for the team sees no groups.
#[test]
fn others_read_or_see_nothing() {
    let (world, router) = house();
    let leads = make(&world, "Finance leads");
    let buyer = world.as_person(world.person("Bram Bakker"), &[]);
    let caller = world.caller(Role::GlobalReader);
    run(async {
        let reader = Browser::signed_in(&router, &world, &caller).await;
        for path in ["/groups".to_owned(), format!("/groups/{leads}")] {
            let (status, page) = reader.read(&path).await;
            assert_eq!((status, page.contains("Finance leads")), (StatusCode::OK, true));
            for action in ["/groups/add", "/people\"", "/rename\"", "/delete\""] {
                assert!(!page.contains(action), "{path}: {action}");
            }
        }
        let buyer = Browser::signed_in(&router, &world, &buyer).await;
        for path in ["/groups".to_owned(), format!("/groups/{leads}")] {
            assert_eq!(buyer.read(&path).await.0, StatusCode::FORBIDDEN, "{path}");
        }
        assert!(!buyer.read("/").await.1.contains("href=\"/groups\""));
        assert!(!buyer.read("/search?q=finance").await.1.contains("/groups/"));
    });
}

/// The choices have the first two hundred groups; any other is found by its name, without script, and a name that nobody
/// uses is said or shows nobody.
#[test]
fn more_groups_than_a_list_holds_are_named() {
    let (world, router) = house();
    for number in 0..200 {
        let _ = make(&world, &format!("Group {number:03}"));
    }
    let zeta = make(&world, "Zeta");
    let anna = world.person("Anna de Vries");
    let _ = world.person("Bram Bakker");
    let members = AddMembers { group_id: zeta, users: vec![anna], emails: Vec::new() };
    world.write(&world.caller(Role::UserAdmin), members).unwrap();
    let visio = world.product("Visio");
    let _ = world.subscription(&visio, 5);
    let caller = world.caller(Role::GlobalAdmin);
    run(async {
        let browser = Browser::signed_in(&router, &world, &caller).await;
        let (_, all) = browser.read("/users").await;
        assert!(all.contains("list=\"group-choices\"") && all.contains("<option value=\"Group 199\">"), "{all}");
        let (_, found) = browser.read("/users?group=zeta").await;
        assert!(found.contains("Anna de Vries") && !found.contains("Bram Bakker"), "{found}");
        assert!(found.contains("name=\"group\" value=\"Zeta\""), "{found}");
        assert!(browser.read(&format!("/users?group={zeta}")).await.1.contains("value=\"Zeta\""));
        let (_, nobody) = browser.read("/users?group=Nobodys").await;
        assert!(!nobody.contains("Anna de Vries") && nobody.contains("value=\"Nobodys\""), "{nobody}");

        let limits = "/settings/self-service/limits";
        let (_, pane) = browser.read(limits).await;
        assert!(pane.contains("1 more group is not in the list. Type its name."), "{pane}");
        let (status, unknown) = send(&browser, limits, "buyers=&group=Nobodys&quantity=").await.unwrap_err();
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(unknown.contains("value=\"Nobodys\""), "{unknown}");
        assert!(send(&browser, limits, "buyers=&group=zeta&quantity=").await.is_ok());
        let (_, pane) = browser.read(limits).await;
        assert!(pane.contains(&format!("value=\"group:{zeta}\" selected")), "{pane}");
    });
}
