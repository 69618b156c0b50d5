//! What an admin does with self-service purchases, page by page, with the words of domain 8 in both languages.

#![expect(clippy::unwrap_used, reason = "a helper of a test fails the test")]

use admin::pages::router;
use admin::web::{Admin, Settings};
use app::catalog::retire::RetireProduct;
use app::license::settle::SettleLicenses;
use app::subscription::cancel::CancelSubscription;
use app::subscription::take_over::{StartTakeOver, TakeOver};
use app::user::administer::DeleteUser;
use app::{Caller, session};
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode, header};
use domain::access::{Actor, Role};
use domain::billing::{BillingAccount, Segment};
use domain::catalog::{BillingFrequency, Sku, SkuKind, Term};
use domain::ids::{JobId, SubscriptionId, UserId};
use domain::money::{Currency, Money};
use domain::subscription::cancel::{Cancel, CancelReason};
use domain::subscription::{Channel, SubscriptionState};
use std::sync::Arc;
use store::tables::billing_account;
use testkit::engines::Database;
use testkit::world::World;
use tower::ServiceExt;

/// A product of which Bram bought ten for Anna and Noor, and the organization as many as are said.
struct Bought {
    visio: Sku,
    id: SubscriptionId,
    people: [UserId; 2],
}

impl Bought {
    fn of(world: &World, central: u32) -> Self {
        let visio = world.product("Visio");
        let departmental = world.sku(visio.product_id, SkuKind::SelfService, "VISIO_DEPT");
        let bram = world.person("Bram Bakker");
        let id = world.subscription_with(world.organization, &departmental, 10, |new| {
            (new.channel, new.holder) = (Channel::SelfService, Some(bram));
        });
        let people = ["Anna de Vries", "Noor Vermeer"].map(|name| world.person(name));
        for person in people {
            world.give_license(id, person);
        }
        if central > 0 {
            let _ = world.subscription(&visio, central);
        }
        Self { visio, id, people }
    }

    fn url(&self) -> String {
        format!("/billing/your-products/{}", self.id)
    }
}

/// An admin at the pages, in one language.
struct Browser {
    router: Router,
    cookie: String,
    form_token: String,
}

impl Browser {
    async fn signed_in(world: &World, caller: &Caller, language: &str) -> Self {
        let admin = Admin { app: world.app.clone(), settings: Arc::new(Settings::default()) };
        let (home, user) = (caller.actor.home.unwrap(), caller.actor.user().unwrap());
        let token = tokio::task::block_in_place(|| session::start(&world.app, home, user)).unwrap();
        let cookie = format!("zetel_session={}; language={language}", token.secret());
        let browser = Self { router: router(admin), cookie, form_token: String::new() };
        let html = browser.page("/").await;
        let form_token = html.split("name=\"form_token\" value=\"").nth(1).unwrap().split('"').next().unwrap();
        Self { form_token: form_token.to_owned(), ..browser }
    }

    async fn send(&self, method: &str, path: &str, body: String) -> axum::response::Response {
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header(header::COOKIE, &self.cookie)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(body))
            .unwrap();
        self.router.clone().oneshot(request).await.unwrap()
    }

    async fn page(&self, path: &str) -> String {
        let response = self.send("GET", path, String::new()).await;
        assert_eq!(response.status(), StatusCode::OK, "{path}");
        text(response).await
    }

    /// Sends a form; gives the next step, which the form itself answers.
    async fn step(&self, path: &str, fields: &str) -> String {
        let response = self.send("POST", path, format!("form_token={}&{fields}", self.form_token)).await;
        text(response).await
    }

    /// Sends the last form; gives the path that it leads to.
    async fn finish(&self, path: &str, fields: &str) -> String {
        let response = self.send("POST", path, format!("form_token={}&{fields}", self.form_token)).await;
        assert_eq!(response.status(), StatusCode::SEE_OTHER, "{path} {fields}");
        response.headers()[header::LOCATION].to_str().unwrap().to_owned()
    }
}

async fn text(response: axum::response::Response) -> String {
    let bytes = to_bytes(response.into_body(), usize::MAX).await.unwrap();
    String::from_utf8_lossy(&bytes).replace("&#39;", "'").replace("&#x27;", "'")
}

fn run<T>(steps: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap().block_on(steps)
}

/// The work that the last form began.
fn work(world: &World, progress: &str) {
    let job: JobId = progress.rsplit('/').next().unwrap().parse().unwrap();
    world.app.work_now(world.organization, job).unwrap();
}

#[track_caller]
fn says(page: &str, expected: &[&str]) {
    for sentence in expected {
        assert!(page.contains(sentence), "{sentence} is not in {page}");
    }
}

/// What a pane is called, and its buttons: `title` is its heading.
#[track_caller]
fn is_pane(page: &str, title: &str, buttons: &[&str]) {
    says(page, &[&format!("id=\"pane-title\" tabindex=\"-1\">{title}</h1>")]);
    for button in buttons {
        assert!(page.contains(&format!(">{button}<")), "{button} is no button of {page}");
    }
}

/// Domain 1.4, 2.5, R121, R173: to whom a buyer left without a license one of the organization is assigned; what can be bought
/// is for those of the organization alone. Each has the day before which it is to be solved: of volume licensing the
/// data is erased after 30 days.
#[test]
fn who_needs_a_license_and_what_helps() {
    let said = [
        (
            "en",
            ["2 users need", "3 users need", "before 14 April 2020", "before 14 February 2020"],
            ["Buy 1", "you assign", "by themselves"],
        ),
        (
            "nl",
            ["2 gebruikers hebben", "3 gebruikers hebben", "vóór 14 april 2020", "vóór 14 februari 2020"],
            ["1 licentie kopen", "wijst u", "gaat vanzelf"],
        ),
    ];
    for (language, [two, three, after_90, after_30], [buy, assign, moves]) in said {
        let world = World::new(Database::sqlite());
        let bought = Bought::of(&world, 0);
        let (admin, product_id) = (world.caller(Role::GlobalAdmin), bought.visio.product_id);
        let page = format!("/billing/licenses/{product_id}");
        let bram = world.see_subscription(bought.id).holder.unwrap();
        let cancel = Cancel { reason: CancelReason::ManagedElsewhere, feedback: String::new() };
        let canceled = CancelSubscription { subscription_id: bought.id, cancel };
        world.write(&world.as_person(bram, &[]), canceled).unwrap();
        run(async {
            let browser = Browser::signed_in(&world, &admin, language).await;
            let html = browser.page(&page).await;
            says(&html, &[two, after_90, assign]);
            assert!(!html.contains(buy) && !html.contains(moves) && !html.contains(after_30), "{html}");
            tokio::task::block_in_place(|| {
                let ended = world.subscription_with(world.organization, &bought.visio, 1, |new| {
                    (new.channel, new.state) = (Channel::VolumePartner, SubscriptionState::Disabled);
                    new.canceled_on = Some(world.today());
                });
                world.give_license(ended, bram);
                world.write(&admin, SettleLicenses { product_id }).unwrap();
            });
            says(&browser.page(&page).await, &[three, after_90, after_30, buy, moves, assign]);
        });
    }
}

/// R101, R107, R133, R134, R135, R136, R137, R138, R139, R140, R141: from the list, filtered, to the details, to "Take
/// control of this subscription", "Move users", the box "Move users to", the progress with its warning, and the pane
/// "Move completed", which is closed. What happens below the pages is in the scenarios `take_over_steps`.
#[test]
fn users_are_moved_step_by_step() {
    struct Said {
        take_control: &'static str,
        section: &'static str,
        move_users: &'static str,
        cancel: &'static str,
        move_to: &'static str,
        warning: &'static str,
        completed: &'static str,
        close: &'static str,
        deleted: &'static str,
    }
    let said = [
        (
            "en",
            Said {
                section: "Subscriptions and settings",
                take_control: "Take control of this subscription",
                move_users: "Move users",
                cancel: "Cancel subscription",
                move_to: "Move users to",
                warning: "Users are being moved. Leave this window open.",
                completed: "Move completed",
                close: "Close",
                deleted: "Deleted",
            },
        ),
        (
            "nl",
            Said {
                section: "Abonnementen en instellingen",
                take_control: "Beheer van dit abonnement overnemen",
                move_users: "Gebruikers verplaatsen",
                cancel: "Abonnement opzeggen",
                move_to: "Gebruikers verplaatsen naar",
                warning: "Gebruikers worden verplaatst. Laat dit venster open.",
                completed: "Verplaatsen voltooid",
                close: "Sluiten",
                deleted: "Verwijderd",
            },
        ),
    ];
    for (language, said) in said {
        let world = World::new(Database::sqlite());
        let bought = Bought::of(&world, 3);
        let (url, product) = (bought.url(), bought.visio.product_id);
        let admin = world.caller(Role::BillingAdmin);
        run(async {
            let browser = Browser::signed_in(&world, &admin, language).await;
            let list = browser.page("/billing/your-products?channel=self_service").await;
            // Also on a phone the price is there (R102).
            let price = if language == "nl" { "Prijs per licentie" } else { "Price per license" };
            says(&list, &["Visio", "Bram Bakker", &url, &format!("<td class=\"number\" data-label=\"{price}\">")]);
            let details = browser.page(&url).await;
            says(&details, &["Bram Bakker", said.section, said.take_control, &format!("{url}/take-over")]);
            let take_over = format!("{url}/take-over");
            is_pane(&browser.page(&take_over).await, said.take_control, &[said.move_users, said.cancel, said.close]);
            let choice = browser.step(&take_over, "way=move").await;
            is_pane(&choice, said.move_users, &[said.move_users, said.close]);
            says(&choice, &[&format!("value=\"{product}\"")]);
            let fields = format!("way=move&chosen=on&product={product}");
            let sure = browser.step(&take_over, &fields).await;
            is_pane(&sure, said.move_to, &[said.move_users, said.close]);
            let progress = browser.finish(&take_over, &format!("{fields}&confirmed=on")).await;
            let moving = browser.page(&progress).await;
            is_pane(&moving, said.move_users, &[]);
            says(&moving, &["<progress ", said.warning, &format!("data-live=\"{progress}\"")]);
            tokio::task::block_in_place(|| work(&world, &progress));
            let done = browser.page(&progress).await;
            is_pane(&done, said.completed, &[said.close]);
            says(&done, &[&format!("href=\"{url}\"")]);
            says(&browser.page(&url).await, &[&format!(">{}<", said.deleted)]);
        });
    }
}

/// D5, domain 5.4: where everybody has a license of the product already, none is needed, and that is said.
#[test]
fn who_has_the_other_product_already_needs_no_license_of_it() {
    for (language, none_needed, keep) in [
        (
            "en",
            "No license is needed: everybody already has one",
            "2 people already have a license of Office and keep it.",
        ),
        (
            "nl",
            "Er is geen licentie nodig: iedereen heeft er al een",
            "2 personen hebben al een licentie van Office en houden die.",
        ),
    ] {
        let world = World::new(Database::sqlite());
        let bought = Bought::of(&world, 0);
        let office = world.product("Office");
        let central = world.subscription(&office, 2);
        for person in bought.people {
            world.give_license(central, person);
        }
        let (take_over, admin) = (format!("{}/take-over", bought.url()), world.caller(Role::BillingAdmin));
        run(async {
            let browser = Browser::signed_in(&world, &admin, language).await;
            says(&browser.step(&take_over, "way=move").await, &[none_needed]);
            let sure = browser.step(&take_over, &format!("way=move&chosen=on&product={}", office.product_id)).await;
            says(&sure, &[keep]);
        });
    }
}

/// R144, R145, R146, R147, R148, R149: the other way: a reason from a list, "Are you sure you want to cancel?", and the
/// pane is closed, which is a matter of the page alone (R148). What happens below is in the scenarios `take_over_steps`.
#[test]
fn or_it_is_canceled_step_by_step() {
    let said = [
        ("en", ["Cancel subscription", "Reason", "Are you sure you want to cancel?", "Close", "Deleted"]),
        ("nl", ["Abonnement opzeggen", "Reden", "Weet u zeker dat u wilt opzeggen?", "Sluiten", "Verwijderd"]),
    ];
    for (language, [cancel, reason, sure, close, deleted]) in said {
        let world = World::new(Database::sqlite());
        let bought = Bought::of(&world, 0);
        let (url, take_over) = (bought.url(), format!("{}/take-over", bought.url()));
        let admin = world.caller(Role::GlobalAdmin);
        run(async {
            let browser = Browser::signed_in(&world, &admin, language).await;
            is_pane(&browser.page(&take_over).await, labels(language), &[cancel]);
            let choice = browser.step(&take_over, "way=cancel").await;
            is_pane(&choice, cancel, &[cancel, close]);
            says(&choice, &[reason, "<select", "value=\"managed_elsewhere\""]);
            // Without a reason it goes no further.
            let again = browser.step(&take_over, "way=cancel&chosen=on&reason=").await;
            is_pane(&again, cancel, &[cancel]);
            says(&again, &["error-summary"]);
            let fields = "way=cancel&chosen=on&reason=managed_elsewhere&feedback=";
            let question = browser.step(&take_over, fields).await;
            is_pane(&question, sure, &[cancel, close]);
            let progress = browser.finish(&take_over, &format!("{fields}&confirmed=on")).await;
            tokio::task::block_in_place(|| work(&world, &progress));
            let done = browser.page(&progress).await;
            says(&done, &[&format!("href=\"{url}\""), &format!(">{close}<")]);
            says(&browser.page(&url).await, &[&format!(">{deleted}<")]);
        });
    }
}

fn labels(language: &str) -> &'static str {
    if language == "nl" { "Beheer van dit abonnement overnemen" } else { "Take control of this subscription" }
}

/// Domain 5.1, R127, R131: of a buyer who has left the panes do not say that a mail is sent, nor offer to write one.
#[test]
fn a_buyer_who_has_left_gets_no_mail() {
    let said = [
        ("en", ["Bram Bakker has left the organization and gets no e-mail.", "gets an e-mail"]),
        ("nl", ["Bram Bakker heeft de organisatie verlaten en krijgt geen e-mail.", "krijgt een e-mail"]),
    ];
    for (language, [none, some]) in said {
        let world = World::new(Database::sqlite());
        let bought = Bought::of(&world, 3);
        let take_over = format!("{}/take-over", bought.url());
        let admin = world.caller(Role::GlobalAdmin);
        let bram = world.see_subscription(bought.id).holder.unwrap();
        run(async {
            let browser = Browser::signed_in(&world, &admin, language).await;
            let here = browser.page(&take_over).await;
            assert!(here.contains(some) && here.contains("mailto:bram.bakker@") && !here.contains(none), "{here}");
            tokio::task::block_in_place(|| world.write(&admin, DeleteUser(bram)).unwrap());
            let fields = format!("way=move&chosen=on&product={}", bought.visio.product_id);
            let canceled = "way=cancel&chosen=on&reason=managed_elsewhere&feedback=";
            let panes = [
                browser.page(&take_over).await,
                browser.step(&take_over, &fields).await,
                browser.step(&take_over, canceled).await,
            ];
            for pane in panes {
                assert!(pane.contains(none) && !pane.contains(some) && !pane.contains("mailto:bram"), "{pane}");
            }
        });
    }
}

/// Domain 5.4: the details page says until when a take-over can be undone, the pane what will be true then; it is done in
/// the background, and the buyer has the subscription again.
#[test]
fn a_take_over_is_undone_step_by_step() {
    let said = [
        (
            "en",
            [
                "This take-over can be undone up to and including 29 January 2020.",
                "Undo the take-over",
                "Bram Bakker gets the subscription back, as if it had never been taken over.",
                "Its status becomes Active.",
                "2 people have a license of it again.",
                "2 licenses of Visio that the organization bought are free again.",
                "Bram Bakker is charged the €100.00 that came back, without tax.",
                "Bram Bakker (bram.bakker@waterland.example) gets an e-mail.",
                "The take-over is being undone.",
                "Take-over undone",
                "Somebody undid this take-over already.",
            ],
        ),
        (
            "nl",
            [
                "Deze overname kan tot en met 29 januari 2020 ongedaan worden gemaakt.",
                "Overname ongedaan maken",
                "Bram Bakker krijgt het abonnement terug, alsof het nooit is overgenomen.",
                "De status wordt Actief.",
                "2 personen hebben er weer een licentie van.",
                "2 licenties van Visio die de organisatie heeft gekocht, zijn weer vrij.",
                "Bram Bakker betaalt de €\u{a0}100,00 die terugkwam opnieuw, exclusief belasting.",
                "Bram Bakker (bram.bakker@waterland.example) krijgt een e-mail.",
                "De overname wordt ongedaan gemaakt.",
                "Overname ongedaan gemaakt",
                "Iemand heeft deze overname al ongedaan gemaakt.",
            ],
        ),
    ];
    for (language, [until, title, about, state, people, free, charge, mail, running, done, over]) in said {
        let world = World::new(Database::sqlite());
        let bought = Bought::of(&world, 3);
        let (url, undo) = (bought.url(), format!("{}/undo-take-over", bought.url()));
        let admin = world.caller(Role::GlobalAdmin);
        let take_over = TakeOver::Move { to: bought.visio.product_id };
        world.write(&admin, StartTakeOver { subscription_id: bought.id, take_over }).unwrap();
        world.work();
        run(async {
            let browser = Browser::signed_in(&world, &admin, language).await;
            says(&browser.page(&url).await, &[until, &format!("href=\"{undo}\""), title]);
            let pane = browser.page(&undo).await;
            is_pane(&pane, title, &[title]);
            says(&pane, &[about, state, people, free, charge, mail]);
            let progress = browser.finish(&undo, "").await;
            says(&browser.page(&progress).await, &["<progress ", running, &format!("data-live=\"{progress}\"")]);
            tokio::task::block_in_place(|| work(&world, &progress));
            let finished = browser.page(&progress).await;
            is_pane(&finished, done, &[]);
            let details = browser.page(&url).await;
            assert!(!details.contains(&undo), "{details}");
            says(&browser.page(&undo).await, &[over]);
        });
    }
}

/// R25, R35, R36, R37, R38: the panes of a buyer end with "Save", and Billing profiles leads to what pays, with "Edit"
/// and "Replace".
#[test]
fn the_written_steps_of_a_buyer_are_there() {
    let world = World::new(Database::sqlite());
    let departmental = world.sku(world.product("Visio").product_id, SkuKind::SelfService, "VISIO_DEPT");
    let bram = world.person("Bram Bakker");
    let card = world.card(bram, "card_succeeds");
    let id = world.subscription_with(world.organization, &departmental, 10, |new| {
        (new.channel, new.holder, new.payment_method_id) = (Channel::SelfService, Some(bram), Some(card));
    });
    let (buyer, other) = (world.as_person(bram, &[]), world.as_person(world.person("Anna de Vries"), &[]));
    let admin = world.caller(Role::GlobalAdmin);
    run(async {
        for (language, save, profile, none) in [
            ("en", "Save", "Your own purchases", "No payment method yet"),
            ("nl", "Opslaan", "Uw eigen aankopen", "Nog geen betalingsmethode"),
        ] {
            let browser = Browser::signed_in(&world, &buyer, language).await;
            for pane in ["quantity", "cancel"] {
                let pane = browser.page(&format!("/billing/your-products/{id}/{pane}")).await;
                assert!(pane.contains(&format!(">{save}<")), "{save} is no button of {pane}");
            }
            says(&browser.page("/billing/invoices").await, &["href=\"/billing/profiles\""]);
            let row = format!("href=\"/billing/profiles/own\">{profile}</a>");
            says(&browser.page("/billing/profiles").await, &[&row, "4242"]);
            let method = format!("href=\"/billing/payment-methods/{card}");
            let product = format!("href=\"/billing/your-products/{id}\">Visio</a>");
            let (edit, replace) = (format!("{method}/edit\""), format!("{method}/replace\""));
            says(&browser.page("/billing/profiles/own").await, &[&edit, &replace, &product]);

            let without = Browser::signed_in(&world, &other, language).await;
            says(&without.page("/billing/profiles").await, &[none]);
            says(&without.page("/billing/profiles/own").await, &[none, "href=\"/billing/payment-methods/add\""]);
        }
        let admin = Browser::signed_in(&world, &admin, "en").await;
        let not_theirs = admin.send("GET", "/billing/profiles/own", String::new()).await;
        assert_eq!(not_theirs.status(), StatusCode::NOT_FOUND);
    });
}

/// R36, R37: what one bought oneself is counted whole, also where not everything is named, and told apart; what others
/// bought is not among it, whatever one sees elsewhere.
#[test]
fn own_purchases_are_counted_and_told_apart() {
    let world = World::new(Database::sqlite());
    let departmental = world.sku(world.product("Visio").product_id, SkuKind::SelfService, "VISIO_DEPT");
    let (bram, anna) = (world.person("Bram Bakker"), world.person("Anna de Vries"));
    let buy = |holder, quantity| {
        world.subscription_with(world.organization, &departmental, quantity, |new| {
            (new.channel, new.holder) = (Channel::SelfService, Some(holder));
        })
    };
    for quantity in 1..=22 {
        buy(bram, quantity);
    }
    buy(anna, 99);
    let callers = [world.as_person(bram, &[]), world.as_person(bram, &[Role::LicenseAdmin])];
    run(async {
        for (caller, language, count, two, more) in [
            (&callers[0], "en", ">22 subscriptions<", "2 licenses, renews on 15 January 2021", "and 2 more"),
            (&callers[1], "nl", ">22 abonnementen<", "2 licenties, wordt verlengd op 15 januari 2021", "en nog 2"),
        ] {
            let browser = Browser::signed_in(&world, caller, language).await;
            says(&browser.page("/billing/profiles").await, &[count]);
            let own = browser.page("/billing/profiles/own").await;
            says(&own, &[two, more]);
            assert_eq!(own.matches(">Visio</a>").count(), 20, "{own}");
            assert!(!own.contains("99 "), "{own}");
        }
    });
}

/// R114, R125: subscriptions are ticked, and "Export users" gives their users and nobody else.
#[test]
fn the_users_of_ticked_subscriptions_are_exported() {
    let world = World::new(Database::sqlite());
    let bought = Bought::of(&world, 0);
    let central = world.subscription(&bought.visio, 3);
    world.give_license(central, world.person("Zoë Jansen"));
    // D25: the last sign-in stands there where one is known.
    let _ = world.signed_in(bought.people[0]);
    let admin = world.caller(Role::LicenseAdmin);
    run(async {
        for (language, export) in [("en", "Export users"), ("nl", "Gebruikers exporteren")] {
            let browser = Browser::signed_in(&world, &admin, language).await;
            let product = format!("/billing/licenses/{}", bought.visio.product_id);
            says(&browser.page(&product).await, &[&format!("value=\"{}\"", bought.id), export]);
            let file = browser.page(&format!("{product}/users.csv?selected={}", bought.id)).await;
            let rows: Vec<Vec<&str>> = file.lines().skip(1).map(|line| line.split(',').collect()).collect();
            let id = bought.id.to_string();
            let expected = |name: &'static str, email: &'static str, signed_in: &'static str| {
                vec![name, email, "", "Visio", id.as_str(), "Bram Bakker", "2020-01-15", signed_in]
            };
            assert_eq!(
                rows,
                [
                    expected("Anna de Vries", "anna.de.vries@waterland.example", "2020-01-15"),
                    expected("Noor Vermeer", "noor.vermeer@waterland.example", ""),
                ]
            );
        }
    });
}

/// Domain 5.2, R102: who bought what, what it costs a month, and what could be saved; as a page, a CSV file and a workbook.
#[test]
fn the_report_says_what_could_be_saved() {
    let world = World::new(Database::sqlite());
    let bought = Bought::of(&world, 1);
    let price = Money::new(14_400, Currency::Eur);
    let _ = world.price(&bought.visio, Term::Annual, BillingFrequency::Yearly, price);
    let admin = world.caller(Role::BillingAdmin);
    run(async {
        for (language, saved, report) in
            [("en", "€88.00 of €100.00", "€"), ("nl", "€\u{a0}88,00 van €\u{a0}100,00", "€")]
        {
            let browser = Browser::signed_in(&world, &admin, language).await;
            let page = browser.page("/billing/self-service").await;
            let centralize = format!("/billing/licenses/{}/centralize", bought.visio.product_id);
            says(&page, &[saved, "Bram Bakker", "bram.bakker@waterland.example", &centralize, &bought.url(), report]);
            let file = browser.page("/billing/self-service/purchases.csv").await;
            let row = "Visio,Bram Bakker,bram.bakker@waterland.example,10,2,2021-01-15,";
            assert!(file.lines().nth(1).unwrap().starts_with(row), "{file}");
            assert!(file.lines().nth(1).unwrap().ends_with(",EUR,100.00"), "{file}");
            let book = browser.page("/billing/self-service/purchases.xlsx").await;
            let row = "Visio|Bram Bakker|bram.bakker@waterland.example|10|2|2021-01-15|";
            assert!(book.lines().nth(1).unwrap().starts_with(row), "{book}");
            assert!(book.lines().nth(1).unwrap().ends_with("|EUR|EUR 100.00"), "{book}");
            let people = browser.page(&centralize.replace("centralize", "users.xlsx")).await;
            assert_eq!(people.lines().count(), 3, "{people}");
            assert!(people.lines().all(|row| row.split('|').count() == 8), "{people}");
        }
    });
}

/// R179: whoever may not buy at all is told why and what to do, in place of the shelf and at a product's own address, in
/// both languages; the admin of such an organization is told that no policy changes it.
#[test]
fn who_may_not_buy_is_told_why() {
    let world = World::new(Database::sqlite());
    let bought = Bought::of(&world, 1);
    let guest = world.person_with(world.organization, "Gita Gast", |new| new.is_guest = true);
    let (gita, anna) = (world.as_person(guest, &[]), world.as_person(world.person("Anna Bos"), &[]));
    let admin = world.caller(Role::BillingAdmin);
    run(async {
        let product = format!("/billing/purchase/{}", bought.visio.product_id);
        for (language, title, why, what_to_do) in [
            (
                "en",
                "You cannot buy here yourself",
                "You are a guest of this organization, and guests cannot buy here.",
                "Ask for a license here, or buy in your own organization.",
            ),
            (
                "nl",
                "U kunt hier zelf niet kopen",
                "U bent te gast bij deze organisatie, en gasten kunnen hier niet kopen.",
                "Vraag hier een licentie aan, of koop in uw eigen organisatie.",
            ),
        ] {
            let browser = Browser::signed_in(&world, &gita, language).await;
            let page = browser.page("/billing/purchase").await;
            let links = ["/billing/license-requests/new", "/help/self-service-faq"];
            says(&page, &[title, why, what_to_do, links[0], links[1]]);
            assert!(!page.contains("name=\"q\" "), "there is nothing to search: {page}");
            for path in [product.clone(), format!("{product}/trial")] {
                let answer = browser.send("GET", &path, String::new()).await;
                assert_eq!(answer.status(), StatusCode::FORBIDDEN, "{path}");
                says(&text(answer).await, &[why, what_to_do, links[0], links[1]]);
            }
        }
        tokio::task::block_in_place(|| {
            world.seed(world.organization, |write| {
                let account = billing_account::find(write)?.expect("a contract");
                billing_account::update(write, &BillingAccount { segment: Segment::Government, ..account })
            });
        });
        for (language, why, no_effect) in [
            (
                "en",
                "Self-service purchases are not offered to public authorities such as yours.",
                "Nobody can buy here, whatever you choose below.",
            ),
            (
                "nl",
                "Selfserviceaankopen worden niet aangeboden aan overheidsorganisaties zoals de uwe.",
                "Niemand kan hier kopen, wat u hieronder ook kiest.",
            ),
        ] {
            says(&Browser::signed_in(&world, &anna, language).await.page("/billing/purchase").await, &[why]);
            let settings = Browser::signed_in(&world, &admin, language).await.page("/settings/self-service").await;
            says(&settings, &[why, no_effect]);
        }
    });
}

/// R180: from the shelf to the license of what costs nothing; then an admin filters, opens it, ticks the box and deletes
/// it, in both languages.
#[test]
fn what_costs_nothing_is_signed_up_for_and_deleted() {
    let world = World::new(Database::sqlite());
    let fabric = world.product("Microsoft Fabric");
    let _ = world.sku(fabric.product_id, SkuKind::Free, "POWER_BI_STANDARD");
    let anna = world.as_person(world.person("Anna de Vries"), &[]);
    let admin = world.caller(Role::BillingAdmin);
    run(async {
        for (language, free, sign_up, delete, tick, loses) in [
            (
                "en",
                "Free",
                "Sign up for free",
                "Delete subscription",
                "I know that all data of this subscription is erased",
                "Anna de Vries loses the license, and with it access to data and e-mail of this product.",
            ),
            (
                "nl",
                "Gratis",
                "Gratis aanmelden",
                "Abonnement verwijderen",
                "Ik weet dat alle gegevens van dit abonnement worden gewist",
                "Anna de Vries verliest de licentie, en daarmee de toegang tot gegevens en e-mail van dit product.",
            ),
        ] {
            let browser = Browser::signed_in(&world, &anna, language).await;
            says(&browser.page("/billing/purchase").await, &["Microsoft Fabric", free]);
            let product = format!("/billing/purchase/{}", fabric.product_id);
            let page = browser.page(&product).await;
            says(&page, &[sign_up, &format!("{product}/sign-up"), ">Microsoft Fabric</h1>"]);
            assert!(!page.contains("name=\"quantity\""), "there is nothing to buy: {page}");
            let url = browser.finish(&format!("{product}/sign-up"), "").await;
            says(&browser.page(&url).await, &["Microsoft Fabric", free]);
            let twice = browser.step(&format!("{product}/sign-up"), "").await;
            says(&twice, &["Anna de Vries"]);

            let browser = Browser::signed_in(&world, &admin, language).await;
            let list = browser.page("/billing/your-products?channel=free").await;
            says(&list, &["Anna de Vries", &url, free]);
            let pane = browser.page(&format!("{url}/delete")).await;
            is_pane(&pane, delete, &[delete]);
            says(&pane, &[tick, loses, "name=\"confirmation\""]);
            says(&browser.step(&format!("{url}/delete"), "").await, &["field-invalid", tick]);
            assert_eq!(browser.finish(&format!("{url}/delete"), "confirmation=on").await, url);
            assert!(!browser.page("/billing/your-products?channel=free&status=active").await.contains(&url));
        }
    });
}

/// Domain 2.2, 1.8: the end of a sale is a warning at the top, once, to which the actions that it closes refer; what has no
/// licenses any more does not have it.
#[test]
fn the_end_of_a_sale_is_a_warning() {
    let said = [
        ("en", "This product is no longer sold. Assignments and renewals go on;"),
        ("nl", "Dit product wordt niet meer verkocht. Toewijzingen en verlengingen gaan door;"),
    ];
    for (language, warning) in said {
        let world = World::new(Database::sqlite());
        let office = world.product("Office");
        let [sold, disabled] = [SubscriptionState::Active, SubscriptionState::Disabled].map(|state| {
            let id = world.subscription_with(world.organization, &office, 10, |new| new.state = state);
            format!("/billing/your-products/{id}")
        });
        let operator = world.caller(Role::Operator);
        let operator = Caller { actor: Actor { roles: vec![Role::Operator], ..operator.actor }, ..operator };
        let admin = world.caller(Role::GlobalAdmin);
        run(async {
            let browser = Browser::signed_in(&world, &admin, language).await;
            assert!(!browser.page(&sold).await.contains("end-of-sale"));
            let retire = RetireProduct { product_id: office.product_id, retired: true };
            tokio::task::block_in_place(|| world.write(&operator, retire)).unwrap();
            let page = browser.page(&sold).await;
            assert_eq!(page.matches(&format!("<p id=\"end-of-sale\">{warning}")).count(), 1, "{page}");
            assert_eq!(page.matches(warning).count(), 1, "{page}");
            assert!(page.contains("aria-describedby=\"end-of-sale\""), "{page}");
            assert!(!browser.page(&disabled).await.contains("id=\"end-of-sale\""));
        });
    }
}

/// R108: what a user bought is for looking only. The page says why once, at the top, and each closed action refers to it;
/// a reason that closes several actions of the organization's own stands above them, once.
#[test]
fn why_actions_are_closed_is_said_once() {
    let world = World::new(Database::sqlite());
    let bought = Bought::of(&world, 0);
    let disabled = world.subscription_with(world.organization, &world.product("Office"), 10, |new| {
        new.state = SubscriptionState::Disabled;
    });
    let admin = world.caller(Role::GlobalAdmin);
    run(async {
        let browser = Browser::signed_in(&world, &admin, "en").await;
        let page = browser.page(&bought.url()).await;
        assert_eq!(page.matches("<p id=\"bought-by-other\">Bought by Bram Bakker. View only").count(), 1);
        assert!(!page.contains("Bought by somebody else"), "{page}");
        assert!(page.matches("aria-disabled=\"true\" aria-describedby=\"bought-by-other\"").count() >= 5, "{page}");
        let page = browser.page(&format!("/billing/your-products/{disabled}")).await;
        let reason = "The subscription is disabled.";
        let closed = page.matches("aria-describedby=\"licenses-closed-").count();
        assert!(closed >= 2, "{page}");
        assert_eq!(page.matches(reason).count(), 1, "{page}");
    });
}

/// R17, R101: what a user pays for belongs to no billing profile of the organization, so that an admin reads of none.
#[test]
fn what_a_buyer_pays_has_no_billing_profile() {
    let world = World::new(Database::sqlite());
    let bought = Bought::of(&world, 3);
    let central = world.subscription(&bought.visio, 3);
    let admin = world.caller(Role::GlobalAdmin);
    run(async {
        let browser = Browser::signed_in(&world, &admin, "en").await;
        assert!(!browser.page(&bought.url()).await.contains("href=\"/billing/profiles/"));
        let own = browser.page(&format!("/billing/your-products/{central}")).await;
        assert!(own.contains("href=\"/billing/profiles/"), "{own}");
    });
}

/// R138, R140, T9: who sends a take-over twice, in two windows, learns that it was done, and what came of it; the page of
/// what is deleted then offers nothing that is for one in use.
#[test]
fn a_take_over_that_is_sent_twice_was_done_already() {
    let said = [
        ("en", "It was done already", "Visio was taken over: 2 people moved to Visio.", "take control"),
        ("nl", "Het is al gedaan", "Visio is overgenomen: 2 personen zijn verplaatst naar Visio.", "neem het beheer"),
    ];
    for (language, done, result, take_control) in said {
        let world = World::new(Database::sqlite());
        let bought = Bought::of(&world, 3);
        let (take_over, admin) = (format!("{}/take-over", bought.url()), world.caller(Role::BillingAdmin));
        let fields = format!("way=move&chosen=on&product={}&confirmed=on", bought.visio.product_id);
        run(async {
            let browser = Browser::signed_in(&world, &admin, language).await;
            let windows = [browser.finish(&take_over, &fields).await, browser.finish(&take_over, &fields).await];
            for window in &windows {
                tokio::task::block_in_place(|| work(&world, window));
            }
            let second = browser.page(&windows[1]).await;
            says(&second, &[done, result]);
            assert!(!second.contains(&format!("href=\"{take_over}\"")), "{second}");
            let late = browser.step(&take_over, &fields).await;
            says(&late, &[done, result]);
            let details = browser.page(&bought.url()).await;
            assert!(!details.contains(take_control), "{details}");
        });
    }
}
