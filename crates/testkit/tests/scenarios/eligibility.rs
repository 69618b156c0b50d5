//! Whom the seller lets buy by self-service at all (domain 5.1; R179).

use super::purchase::{by_card, wanted};
use app::catalog::browse::BrowseProducts;
use app::catalog::prepare::{PreparePurchase, ProductForSale};
use app::license_request::ask::RequestLicenses;
use app::order::details::OrderDetails;
use app::order::place::{Purchase, place_order};
use app::self_service::policy::SelfServicePolicies;
use app::subscription::change_quantity::ChangeQuantity;
use app::subscription::start_trial::{PrepareTrial, StartTrial};
use app::user::change::ChangeUser;
use app::user::details::UserDetails;
use app::{Caller, Failure};
use domain::access::Role;
use domain::billing::{BillingAccount, Segment};
use domain::catalog::{BillingFrequency, Price, SkuKind, Term};
use domain::ids::{OrderId, OrganizationId, ProductId, UserId};
use domain::money::{Currency, Money};
use domain::refusal::Refusal;
use domain::self_service::eligibility::Ineligible;
use domain::subscription::SubscriptionState;
use domain::user::UserDraft;
use store::tables::billing_account;
use testkit::world::{World, in_each_world};

/// A product that users buy for their team at 15.00 a month.
struct Shop {
    product: ProductId,
    price: Price,
}

impl Shop {
    fn of(world: &World, name: &str, part_number: &str) -> Self {
        let central = world.product(name);
        let team = world.sku(central.product_id, SkuKind::SelfService, part_number);
        let price = Money::new(1_500, Currency::Eur);
        let price = world.price(&team, Term::Monthly, BillingFrequency::Monthly, price);
        Self { product: central.product_id, price }
    }

    fn purchase(&self, world: &World) -> Purchase {
        wanted(world, &self.price, 2, by_card())
    }

    fn buy(&self, world: &World, caller: &Caller) -> Result<OrderId, Failure> {
        place_order(&world.app, caller, caller.actor.home.expect("somebody of an organization"), self.purchase(world))
    }

    fn trial(&self) -> StartTrial {
        StartTrial { price_id: self.price.id, payment_method_id: None }
    }
}

#[track_caller]
fn refused<T: std::fmt::Debug>(result: Result<T, Failure>) -> Refusal {
    result.expect_err("it is refused").refusal().expect("a refusal").clone()
}

/// How many products somebody sees to buy, and why none.
fn shelf(world: &World, organization: OrganizationId, caller: &Caller) -> (usize, Option<Ineligible>) {
    let shelf = world.app.read(caller, organization, &BrowseProducts { limit: 10, ..BrowseProducts::default() });
    let shelf = shelf.expect("the shelf");
    (shelf.rows.len(), shelf.ineligible)
}

/// Holds everywhere where somebody buys or tries: the checkout, the order, the product, the trial.
#[track_caller]
fn is_closed(world: &World, organization: OrganizationId, caller: &Caller, shop: &Shop, reason: Ineligible) {
    let refusal = Refusal::NotEligible(reason);
    let asked = PreparePurchase { price_id: shop.price.id, quantity: 2, base: None, starts_on: None };
    let prepared = world.app.read(caller, organization, &asked).expect("the checkout");
    assert_eq!(prepared.preview, Err(refusal.clone()));
    assert_eq!(refused(world.app.read(caller, organization, &ProductForSale(shop.product))), refusal);
    assert_eq!(refused(world.app.read(caller, organization, &PrepareTrial(shop.product))), refusal);
    assert_eq!(refused(world.app.write(caller, organization, shop.trial()).wait()), refusal);
    assert_eq!(refused(shop.buy(world, caller)), refusal);
}

fn set_segment(world: &World, segment: Segment) {
    world.seed(world.organization, move |write| {
        let account = billing_account::find(write)?.expect("a contract");
        billing_account::update(write, &BillingAccount { segment, ..account })
    });
}

fn make_guest(world: &World, person: UserId) {
    let admin = world.caller(Role::UserAdmin);
    let found = world.read(&admin, &UserDetails(person)).expect("somebody").user;
    let draft = UserDraft { guest: "yes".to_owned(), ..found.facts().into() };
    world.write(&admin, ChangeUser { user_id: person, draft, expected_revision: None }).expect("a guest from now on");
}

/// R179: a guest sees nothing to buy and why, and is refused wherever one buys or tries; nothing is charged or written.
/// A license can be asked for all the same.
#[test]
fn a_guest_buys_and_tries_nothing() {
    in_each_world(|world| {
        let shop = Shop::of(world, "Power BI Pro", "POWER_BI_PRO_DEPT");
        let guest = world.person_with(world.organization, "Gita Gast", |new| new.is_guest = true);
        let (gita, anna) = (world.as_person(guest, &[]), world.as_person(world.person("Anna de Vries"), &[]));
        let _ = world.new_events();
        assert_eq!(shelf(world, world.organization, &gita), (0, Some(Ineligible::Guest)));
        is_closed(world, world.organization, &gita, &shop, Ineligible::Guest);
        assert_eq!((world.new_events(), world.gateway.charged().len()), (Vec::new(), 0));
        // A role in the organization changes nothing: what a license admin buys is for oneself too.
        let with_role = world.as_person(guest, &[Role::LicenseAdmin]);
        is_closed(world, world.organization, &with_role, &shop, Ineligible::Guest);

        let (product_id, emails, reason) = (shop.product, Vec::new(), String::new());
        let ask = RequestLicenses { product_id, for_oneself: true, emails, reason };
        assert!(world.write(&gita, ask).expect("guests ask for licenses").request.is_some());
        assert_eq!(shelf(world, world.organization, &anna), (1, None));
        shop.buy(world, &anna).expect("a colleague buys");
    });
}

/// R179: who bought something and becomes a guest keeps it and manages it, and buys nothing else.
#[test]
fn what_a_guest_bought_before_stays() {
    in_each_world(|world| {
        let shop = Shop::of(world, "Power BI Pro", "POWER_BI_PRO_DEPT");
        let person = world.person("Bram Bakker");
        let bram = world.as_person(person, &[]);
        let order = shop.buy(world, &bram).expect("bought");
        let subscription_id = world.read(&bram, &OrderDetails(order)).expect("it").listed.order.subscription_id;
        // The order that was placed before is the same order, whatever became of its buyer.
        let again = Purchase { order_id: order, ..shop.purchase(world) };
        make_guest(world, person);
        assert_eq!(place_order(&world.app, &bram, world.organization, again).expect("the first one"), order);
        is_closed(world, world.organization, &bram, &shop, Ineligible::Guest);
        let more = ChangeQuantity::now(subscription_id, 3);
        world.write(&bram, more).expect("its buyer manages it");
        let kept = world.see_subscription(subscription_id);
        assert_eq!((kept.quantity, kept.state), (3, SubscriptionState::Active));
    });
}

/// R179: people of schools and public authorities buy nothing; those of businesses and of nonprofits do. The admin is
/// told that no policy changes it, and the organization itself buys as before.
#[test]
fn the_kind_of_customer_decides() {
    in_each_world(|world| {
        let shop = Shop::of(world, "Power BI Pro", "POWER_BI_PRO_DEPT");
        let anna = world.as_person(world.person("Anna de Vries"), &[]);
        let admin = world.caller(Role::GlobalAdmin);
        for (segment, reason) in [
            (Segment::Education, Some(Ineligible::Education)),
            (Segment::Government, Some(Ineligible::Government)),
            (Segment::Nonprofit, None),
            (Segment::Commercial, None),
        ] {
            set_segment(world, segment);
            let seen = usize::from(reason.is_none());
            assert_eq!(shelf(world, world.organization, &anna), (seen, reason), "{segment:?}");
            let policies = world.read(&admin, &SelfServicePolicies::default()).expect("the policies");
            assert_eq!(policies.ineligible, reason, "{segment:?}");
            assert_eq!(shelf(world, world.organization, &admin), (0, None), "{segment:?}");
            if let Some(reason) = reason {
                is_closed(world, world.organization, &anna, &shop, reason);
            }
        }
        shop.buy(world, &anna).expect("a business");
    });
}

/// R179: nothing in India, and neither Visio nor Project in Brazil; the same buyer at home elsewhere buys both.
#[test]
fn the_country_decides() {
    in_each_world(|world| {
        let visio = Shop::of(world, "Visio Plan 2", "VISIO_PLAN2_DEPT");
        let power_bi = Shop::of(world, "Power BI Pro", "POWER_BI_PRO_DEPT");
        let somebody_in = |country: &str| {
            let organization = world.organization_with(country, |new| new.country = country.to_owned());
            (organization, world.caller_in(organization, Role::LicenseAdmin))
        };
        let (india, ines) = somebody_in("IN");
        assert_eq!(shelf(world, india, &ines), (0, Some(Ineligible::Country("IN"))));
        is_closed(world, india, &ines, &power_bi, Ineligible::Country("IN"));
        let (brazil, ines) = somebody_in("BR");
        assert_eq!(shelf(world, brazil, &ines), (1, None));
        is_closed(world, brazil, &ines, &visio, Ineligible::ProductInCountry("BR"));
        power_bi.buy(world, &ines).expect("Power BI is sold there");
        let anna = world.as_person(world.person("Anna de Vries"), &[]);
        assert_eq!(shelf(world, world.organization, &anna), (2, None));
        visio.buy(world, &anna).expect("sold here");
    });
}
