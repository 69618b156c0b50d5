//! The operator's catalog: importing, publishing prices, ending a sale.

use super::product_keys::House;
use super::purchase::wanted;
use app::catalog::describe::DescribeProduct;
use app::catalog::import::{ImportReport, import_catalog};
use app::catalog::import_upload::{CatalogImport, UploadCatalog};
use app::catalog::publish_price::PublishPrice;
use app::catalog::retire::RetireProduct;
use app::license::assign::AssignLicenses;
use app::order::details::OrderDetails;
use app::order::place::{Payment, place_order};
use app::subscription::change_quantity::ChangeQuantity;
use app::{Caller, Failure};
use domain::access::{Actor, Role};
use domain::catalog::import::parse;
use domain::catalog::{BillingFrequency, Category, ProductKind, SkuKind, Term};
use domain::event::Event;
use domain::job::JobState;
use domain::money::{Currency, Money};
use domain::order::OrderState;
use domain::refusal::{Field, FieldRefusal, Refusal};
use domain::subscription::{ClosedReason, SubscriptionState};
use jiff::SignedDuration;
use store::tables::catalog::ProductFilter;
use store::tables::{catalog, price};
use testkit::world::{World, in_each_world};

fn operator(world: &World) -> Caller {
    let caller = world.caller(Role::Operator);
    Caller { actor: Actor { roles: vec![Role::Operator], ..caller.actor }, ..caller }
}

/// The whole published table, twice: the second time nothing is new.
#[test]
fn the_whole_catalog_is_imported_twice_without_harm() {
    let file = parse(include_str!("../../../../data/products.csv")).expect("the file is a catalog");
    in_each_world(|world| {
        let operator = operator(world);
        let mut steps = Vec::new();
        let first =
            import_catalog(&world.app, &operator, world.organization, &file, |done, total| steps.push((done, total)));
        let expected = ImportReport {
            products: 604,
            products_new: 604,
            skus: 619,
            skus_new: 619,
            skus_changed: 0,
            rows: 5_974,
            rows_refused: 15,
        };
        assert_eq!(first.expect("it is taken"), expected);
        assert_eq!((steps.len(), steps.last()), (11, Some(&(604, 604))));

        let second = import_catalog(&world.app, &operator, world.organization, &file, |_, _| ());
        assert_eq!(second.expect("it is taken"), ImportReport { products_new: 0, skus_new: 0, ..expected });

        let (products, skus, sku_plans) = world
            .store
            .read(world.organization, |read| {
                Ok::<_, store::Error>((
                    catalog::all_products(read)?.len(),
                    catalog::all_skus(read)?,
                    catalog::all_sku_plans(read)?.len(),
                ))
            })
            .expect("the database answers");
        assert_eq!((products, skus.len(), sku_plans), (604, 619, 5_959));
        assert_eq!(skus.iter().filter(|sku| sku.kind == SkuKind::SelfService).count(), 8);
        let imported = |products, skus| Event::CatalogImported { products, skus, refused_rows: 15 };
        assert_eq!(world.new_events(), [imported(604, 619), imported(0, 0)]);
    });
}

/// A file from the browser is loaded in the background; once more begins again without harm.
#[test]
fn an_uploaded_catalog_is_imported_in_the_background() {
    let published = include_bytes!("../../../../data/products.csv");
    in_each_world(|world| {
        let operator = operator(world);
        let upload = || world.write(&operator, UploadCatalog::prepare("products.csv", published).expect("a catalog"));
        let first = upload().expect("it is kept");
        let waiting = world.read(&operator, &CatalogImport(first)).expect("it is there");
        assert_eq!((waiting.job.state, waiting.report), (JobState::Waiting, None));
        world.work();
        let done = world.read(&operator, &CatalogImport(first)).expect("it is there");
        assert_eq!((done.job.state, done.job.progress_done, done.job.progress_total), (JobState::Done, 604, 604));
        assert_eq!((done.file_name.as_str(), done.refused.len()), ("products.csv", 15));
        assert_eq!(done.report.map(|report| (report.products_new, report.skus_new)), Some((604, 619)));
        let second = upload().expect("it is kept");
        world.work();
        let done = world.read(&operator, &CatalogImport(second)).expect("it is there");
        assert_eq!(
            done.report.map(|report| (report.products, report.products_new, report.skus_new)),
            Some((604, 0, 0))
        );
        let imported = |products, skus| Event::CatalogImported { products, skus, refused_rows: 15 };
        assert_eq!(world.new_events(), [imported(604, 619), imported(0, 0)]);

        let refused = |bytes: &[u8]| match UploadCatalog::prepare("x.csv", bytes) {
            Err(Failure::Invalid(fields)) => fields[0].refusal.clone(),
            other => panic!("refused, not {other:?}"),
        };
        assert_eq!(refused(b""), Refusal::FileEmpty);
        let others = ["product_name", "sku_id", "service_plan_name", "service_plan_id", "service_plan_friendly_name"];
        let columns = others.map(str::to_owned).into();
        assert_eq!(refused(b"name,part_number\nA,B\n"), Refusal::MissingColumns { columns });
    });
}

/// R160, R180: a file says what costs nothing, what is an add-on and to what, products further down and of files before
/// among them; once more changes nothing. What cannot be is refused before anything is taken.
#[test]
fn a_file_says_what_is_free_and_what_is_an_add_on() {
    /// Name, the last digit of the SKU, and kind of SKU, kind of product, and what it fits.
    type Row<'a> = (&'a str, u8, &'a str);
    let text = |rows: &[Row<'_>]| {
        let mut text = "product_name,part_number,sku_id,service_plan_name,service_plan_id,service_plan_friendly_name,\
             sku_kind,product_kind,fits\n"
            .to_owned();
        for (name, digit, kinds) in rows {
            let id = |last: u8| format!("f8a1db68-be16-40ed-86d5-cb42ce7015{last:02}");
            text += &format!("{name},SKU_{digit},{},PLAN,{},Plan,{kinds}\n", id(*digit), id(99));
        }
        text
    };
    in_each_world(|world| {
        let operator = operator(world);
        let import = |rows: &[Row<'_>]| {
            let file = parse(&text(rows)).expect("the file is a catalog");
            assert_eq!(file.refused, []);
            import_catalog(&world.app, &operator, world.organization, &file, |_, _| ())
        };
        let seen = || {
            let found = world.store.read(world.organization, |read| {
                let mut all = catalog::all_products(read)?;
                all.sort_by(|one, other| one.name.cmp(&other.name));
                let about = |product: domain::catalog::Product| {
                    let kinds: Vec<_> = catalog::skus_of(read, product.id)?.iter().map(|sku| sku.kind).collect();
                    let fits = catalog::bases_of(read, product.id)?.into_iter().map(|base| base.name);
                    Ok((product.name, product.kind, kinds, fits.collect::<Vec<_>>()))
                };
                all.into_iter().map(about).collect::<store::Result<Vec<_>>>()
            });
            found.expect("the database answers")
        };
        let row = |name: &str, kind, sku, fits: &[&str]| {
            let fits: Vec<_> = fits.iter().map(ToString::to_string).collect();
            (name.to_owned(), kind, vec![sku], fits)
        };
        let first = [("Storage", 1, ",traditional_add_on,Office"), ("Notes", 2, "free,,"), ("Office", 3, ",,")];
        import(&first).expect("it is taken");
        let mut expected = vec![
            row("Notes", ProductKind::Base, SkuKind::Free, &[]),
            row("Office", ProductKind::Base, SkuKind::Central, &[]),
            row("Storage", ProductKind::TraditionalAddOn, SkuKind::Central, &["Office"]),
        ];
        assert_eq!(seen(), expected);
        let described = Event::ProductDescribed { name: "Storage".to_owned() };
        let ended = |products| Event::CatalogImported { products, skus: products, refused_rows: 0 };
        assert_eq!(world.new_events(), [described, ended(3)]);
        import(&first).expect("it is taken");
        assert_eq!((seen(), world.new_events()), (expected.clone(), vec![ended(0)]));

        // A later file may name what is there, and a silent one leaves it.
        import(&[("Archive", 4, "central,standalone_add_on,Office; Notes"), ("Storage", 1, ",,")])
            .expect("it is taken");
        expected.insert(0, row("Archive", ProductKind::StandaloneAddOn, SkuKind::Central, &["Notes", "Office"]));
        assert_eq!(seen(), expected);

        let unknown = |name: &str| Refusal::UnknownProduct { name: name.to_owned() };
        for (rows, refusal) in [
            ([("New", 5, ",,"), ("Cloud", 6, ",standalone_add_on,Nothing")], unknown("Nothing")),
            ([("New", 5, ",,"), ("Cloud", 6, ",standalone_add_on,Storage")], unknown("Storage")),
            ([("New", 5, ",standalone_add_on,Cloud"), ("Cloud", 6, ",standalone_add_on,Office")], unknown("Cloud")),
            (
                [("New", 5, ",,"), ("Office", 3, ",standalone_add_on,New")],
                Refusal::FittedByAddOn { name: "Archive".to_owned() },
            ),
        ] {
            let refused = refusal.at(Field::File);
            let upload = UploadCatalog::prepare("x.csv", text(&rows).as_bytes()).expect("a catalog");
            for outcome in [import(&rows).map(drop), world.write(&operator, upload).map(drop)] {
                assert!(
                    matches!(&outcome, Err(Failure::Invalid(fields)) if *fields == [refused.clone()]),
                    "{outcome:?}"
                );
            }
            assert_eq!(seen(), expected);
        }
    });
}

/// D31, R180: a file that says so gives a SKU to others, where nothing of it was sold; what was sold stays, and the file
/// is refused before anything of it is taken, uploaded or not. A silent file changes nothing.
#[test]
fn a_sku_is_for_somebody_else_until_it_was_sold() {
    let text = |rows: &[(&str, u8, &str)]| {
        let mut text = "product_name,part_number,sku_id,service_plan_name,service_plan_id,service_plan_friendly_name,\
             sku_kind\n"
            .to_owned();
        for (name, digit, kind) in rows {
            let id = |last: u8| format!("f8a1db68-be16-40ed-86d5-cb42ce7015{last:02}");
            text += &format!("{name},SKU_{digit},{},PLAN,{},Plan,{kind}\n", id(*digit), id(99));
        }
        text
    };
    in_each_world(|world| {
        let operator = operator(world);
        let import = |rows: &[(&str, u8, &str)]| {
            let file = parse(&text(rows)).expect("the file is a catalog");
            import_catalog(&world.app, &operator, world.organization, &file, |_, _| ())
        };
        let skus = || world.store.read(world.organization, catalog::all_skus).expect("it answers");
        let kinds = || skus().iter().map(|sku| (sku.part_number.clone(), sku.kind)).collect::<Vec<_>>();
        let are = |one, two, three| {
            [(1, one), (2, two), (3, three)].map(|(digit, kind)| (format!("SKU_{digit}"), kind)).to_vec()
        };
        use SkuKind::{Central, Free, SelfService};
        let all = |kinds: [&'static str; 3]| [("Notes", 1, kinds[0]), ("Visio", 2, kinds[1]), ("Cards", 3, kinds[2])];
        import(&all(["", "central", ""])).expect("it is taken");
        assert_eq!(kinds(), are(Central, Central, Central));
        let report = import(&all(["free", "self_service", ""])).expect("nothing was sold");
        assert_eq!((report.skus_new, report.skus_changed), (0, 2));
        assert_eq!(kinds(), are(Free, SelfService, Central));
        let again = import(&all(["free", "self_service", ""])).expect("it is so already");
        let silent = import(&all(["", "", ""])).expect("a silent file");
        assert_eq!((again.skus_changed, silent.skus_changed, kinds()), (0, 0, are(Free, SelfService, Central)));

        // Whatever became of what was sold: it counts for prices, policies and limits.
        let visio = skus().into_iter().find(|sku| sku.part_number == "SKU_2").expect("it is there");
        let _ = world.subscription_with(world.organization, &visio, 1, |new| new.state = SubscriptionState::Deleted);
        let refused = Refusal::SkuSold { part_number: "SKU_2".to_owned() }.at(Field::File);
        let rows = [("Other", 4, ""), ("Cards", 3, "free"), ("Visio", 2, "central")];
        let upload = UploadCatalog::prepare("x.csv", text(&rows).as_bytes()).expect("a catalog");
        for outcome in [import(&rows).map(drop), world.write(&operator, upload).map(drop)] {
            assert!(matches!(&outcome, Err(Failure::Invalid(fields)) if *fields == [refused.clone()]), "{outcome:?}");
        }
        assert_eq!(kinds(), are(Free, SelfService, Central));
        let report = import(&[("Cards", 3, "free"), ("Visio", 2, "self_service")]).expect("what was not sold");
        assert_eq!((report.skus_changed, kinds()), (1, are(Free, SelfService, Free)));
    });
}

/// D31: an order that waits and a batch of keys are sales too; one that was given up is none.
#[test]
fn what_counts_as_sold() {
    in_each_world(|world| {
        let sold = || {
            let mut sold = world.store.read(world.organization, catalog::sold_skus).expect("it answers");
            sold.sort_unstable();
            sold
        };
        let [waiting, given_up, never, keyed] =
            ["Waiting", "Given up", "Never", "Keyed"].map(|name| world.product(name));
        let _ = House::of(world).key(world, &keyed, 5, Term::Annual);
        let price = |sku| world.price(sku, Term::Monthly, BillingFrequency::Monthly, Money::new(1_000, Currency::Eur));
        let (first, second) = (price(&waiting), price(&given_up));
        let _ = price(&never);
        let admin = world.caller(Role::GlobalAdmin);
        let order = |price: &domain::catalog::Price, payment| {
            let purchase = wanted(world, price, 3, payment);
            let order_id = purchase.order_id;
            let _ = place_order(&world.app, &admin, world.organization, purchase);
            world.read(&admin, &OrderDetails(order_id)).expect("it is there").listed.order.state
        };
        assert_eq!(order(&first, Payment::Invoice { contact_agreed: true }), OrderState::CreditCheckPending);
        assert_eq!(order(&second, Payment::Token("card_declined".to_owned())), OrderState::Voided);
        assert_eq!(sold(), [waiting.id, keyed.id]);
    });
}

store::statements! {
    FORGET_THAT_IT_WAS_TOLD: organization = "UPDATE job SET state = 'waiting', leased_until = NULL, finished_at = NULL, \
        result = NULL WHERE organization_id = $1 AND kind = 'announce_services'";
}

/// M15: what comes into a SKU is announced to whoever has it, once whatever dies when: not to who has another SKU of the
/// product, not for a SKU that is new, and not for what has another name only. Nobody's license has it turned off.
#[test]
fn new_services_are_announced() {
    let file = |rows: &[(&str, &str, &str)]| {
        let mut text =
            "product_name,part_number,sku_id,service_plan_name,service_plan_id,service_plan_friendly_name\n".to_owned();
        for (sku, plan, name) in rows {
            let id = |last: &str| format!("f8a1db68-be16-40ed-86d5-cb42ce7015{last}");
            text += &format!("Power BI Pro,PBI_{sku},{},P{plan},{},{name}\n", id(sku), id(plan));
        }
        parse(&text).expect("the file is a catalog")
    };
    in_each_world(|world| {
        let operator = operator(world);
        let import = |rows: &[(&str, &str, &str)]| {
            let report = import_catalog(&world.app, &operator, world.organization, &file(rows), |_, _| ());
            world.work();
            report.expect("it is taken")
        };
        let admin = world.person("Bram");
        world.give_roles(world.organization, admin, &[Role::GlobalAdmin]);
        let (reports, loops, goals) = (("60", "01", "Reports"), ("60", "02", "Loop"), ("60", "03", "Goals"));
        import(&[reports, ("61", "01", "Reports")]);
        let skus = world.store.read(world.organization, catalog::all_skus).expect("it answers");
        let held = skus.iter().find(|sku| sku.part_number == "PBI_60").expect("it was imported");
        let _ = world.subscription(held, 5);
        let _ = world.new_events();
        assert_eq!(world.new_mails(), [""; 0]);

        // Another SKU gets something, and a service gets another name: nobody who is here has to know.
        import(&[
            ("60", "01", "Reports and more"),
            ("61", "01", "Reports"),
            ("61", "02", "Loop"),
            ("62", "01", "Reports"),
        ]);
        assert_eq!(world.new_mails(), [""; 0]);
        let report = import(&[reports, loops, goals]);
        assert_eq!((report.skus_new, report.skus_changed), (0, 1));
        assert_eq!(world.new_mails(), ["services_added to bram"]);
        let added = Event::ServicesAdded { services: vec!["Goals".to_owned(), "Loop".to_owned()] };
        let told = || world.new_events().into_iter().filter(|event| matches!(event, Event::ServicesAdded { .. }));
        assert_eq!(told().collect::<Vec<_>>(), [added]);
        import(&[reports, loops, goals]);
        world.seed(world.organization, |write| write.change_some(&FORGET_THAT_IT_WAS_TOLD, store::params![]));
        world.work();
        assert_eq!((world.new_mails(), told().count()), (Vec::new(), 0));
    });
}

/// An import leaves what the operator decided: the product of a SKU, its shelf and its sentences.
#[test]
fn an_import_keeps_what_the_operator_decided() {
    let file = |name: &str, plan: &str| {
        let header = "product_name,part_number,sku_id,service_plan_name,service_plan_id,service_plan_friendly_name";
        let sku = "f8a1db68-be16-40ed-86d5-cb42ce701560";
        let text = format!("{header}\n{name},POWER_BI_PRO,{sku},BI,70d33638-9c74-4d01-bfd3-562de28bd4ba,{plan}\n");
        parse(&text).expect("the file is a catalog")
    };
    in_each_world(|world| {
        let operator = operator(world);
        let import = |file| import_catalog(&world.app, &operator, world.organization, &file, |_, _| ());
        import(file("Power BI Pro", "Power BI")).expect("it is taken");
        let product = world.store.read(world.organization, catalog::all_products).expect("it answers").remove(0);
        assert_eq!(product.category, Category::Analytics);
        let describe = |english: &str| DescribeProduct {
            kind: ProductKind::Base,
            bases: Vec::new(),
            product_id: product.id,
            category: Category::BusinessApps,
            description_en: english.to_owned(),
            description_nl: "Rapporten.".to_owned(),
        };
        world.write(&operator, describe(" Reports. ")).expect("it is described");
        world.write(&operator, describe("Reports.")).expect("nothing changes");

        let report = import(file("Power BI Pro (new name)", "Power BI service")).expect("it is taken");
        assert_eq!((report.products_new, report.skus_new, report.skus_changed), (0, 0, 0));
        let after = world.store.read(world.organization, |read| {
            let products = catalog::all_products(read)?;
            let plans = catalog::plans_of_product(read, product.id)?;
            Ok::<_, store::Error>((products, plans))
        });
        let (products, plans) = after.expect("it answers");
        assert_eq!(products.len(), 1);
        assert_eq!(
            (products[0].name.as_str(), products[0].category, products[0].description_en.as_str()),
            ("Power BI Pro", Category::BusinessApps, "Reports.")
        );
        assert_eq!(plans[0].friendly_name, "Power BI service");
        let imported = |products, skus| Event::CatalogImported { products, skus, refused_rows: 0 };
        let described = Event::ProductDescribed { name: "Power BI Pro".to_owned() };
        assert_eq!(world.new_events(), [imported(1, 1), described, imported(0, 0)]);
        assert!(matches!(
            world.write(&operator, describe(&"x".repeat(301))),
            Err(Failure::Invalid(fields)) if fields == [FieldRefusal {
                field: Field::DescriptionEn,
                refusal: Refusal::TooLong { maximum: 300 }
            }]
        ));
    });
}

/// A price is never changed, only followed; each instant has its version.
#[test]
fn a_price_gets_versions() {
    in_each_world(|world| {
        let operator = operator(world);
        let sku = world.product("Office");
        let publish = |minor, billing_frequency| PublishPrice {
            sku_id: sku.id,
            term: Term::Annual,
            billing_frequency,
            unit_price: Money::new(minor, Currency::Eur),
        };
        let begin = world.clock_now();
        let first = world.write(&operator, publish(1_000, BillingFrequency::Monthly)).expect("published");
        world.clock.advance(SignedDuration::from_hours(24));
        let second = world.write(&operator, publish(1_250, BillingFrequency::Monthly)).expect("published");
        let again = world.write(&operator, publish(1_250, BillingFrequency::Monthly)).expect("nothing changes");
        assert_eq!(second, again);

        let at = |instant| {
            let prices = world
                .store
                .read(world.organization, |read| price::current_of_sku(read, sku.id, Currency::Eur, instant));
            prices.expect("it answers").into_iter().map(|price| (price.id, price.version)).collect::<Vec<_>>()
        };
        assert_eq!(at(begin - SignedDuration::from_secs(1)), []);
        assert_eq!(at(begin), [(first, 1)]);
        assert_eq!(at(world.clock_now()), [(second, 2)]);
        let published = |before: Option<i64>, after| Event::PricePublished {
            part_number: "OFFICE".to_owned(),
            term: Term::Annual,
            billing_frequency: BillingFrequency::Monthly,
            before: before.map(|minor| Money::new(minor, Currency::Eur)),
            after: Money::new(after, Currency::Eur),
        };
        assert_eq!(world.new_events(), [published(None, 1_000), published(Some(1_000), 1_250)]);

        let too_much = world.write(&operator, publish(100_000_001, BillingFrequency::Monthly));
        assert!(matches!(too_much, Err(Failure::Invalid(_))));
        let yearly_in_a_month = PublishPrice { term: Term::Monthly, ..publish(1_000, BillingFrequency::Yearly) };
        assert!(matches!(world.write(&operator, yearly_in_a_month), Err(Failure::Invalid(_))));
        let admin = world.caller(Role::GlobalAdmin);
        let not_hers = world.write(&admin, publish(1, BillingFrequency::Monthly));
        assert!(matches!(not_hers, Err(Failure::Refused(Refusal::NotAllowed))));
    });
}

#[test]
fn only_products_with_a_price_in_the_currency_are_on_sale() {
    in_each_world(|world| {
        let operator = operator(world);
        let (office, visio) = (world.product("Office"), world.product("Visio"));
        let _ = world.product("Without price");
        let eur = Money::new(1_000, Currency::Eur);
        let _ = world.price(&office, Term::Annual, BillingFrequency::Monthly, eur);
        let _ = world.price(&visio, Term::Annual, BillingFrequency::Monthly, eur);
        let on_sale = |currency| {
            let filter = ProductFilter { on_sale: Some((currency, world.clock_now())), ..ProductFilter::default() };
            let products = world.store.read(world.organization, |read| catalog::list(read, &filter, None, 10));
            products.expect("it answers").into_iter().map(|product| product.name).collect::<Vec<_>>()
        };
        assert_eq!(on_sale(Currency::Eur), ["Office", "Visio"]);
        assert_eq!(on_sale(Currency::Usd), Vec::<String>::new());

        let retire = |retired| RetireProduct { product_id: visio.product_id, retired };
        world.write(&operator, retire(true)).expect("retired");
        world.write(&operator, retire(true)).expect("nothing changes");
        assert_eq!(on_sale(Currency::Eur), ["Office"]);
        world.write(&operator, retire(false)).expect("sold again");
        assert_eq!(on_sale(Currency::Eur), ["Office", "Visio"]);
        let retired = |retired| Event::ProductRetired { name: "Visio".to_owned(), retired };
        assert_eq!(world.new_events(), [retired(true), retired(false)]);
    });
}

/// Domain 1.8, 2.2: what was bought of a product that is no longer sold gets no more licenses; fewer are possible, people get
/// those that there are, and it renews.
#[test]
fn what_was_bought_outlives_the_sale() {
    in_each_world(|world| {
        let (visio, anna) = (world.product("Visio"), world.person("Anna de Vries"));
        let id = world.subscription(&visio, 5);
        let retire = RetireProduct { product_id: visio.product_id, retired: true };
        world.write(&operator(world), retire).expect("the operator may");
        let (billing, admin) = (world.caller(Role::BillingAdmin), world.caller(Role::LicenseAdmin));
        let change = |total| world.write(&billing, ChangeQuantity::now(id, total)).map(drop);
        let more = change(6).expect_err("it is no longer sold");
        assert_eq!(more.refusal(), Some(&Refusal::Closed(ClosedReason::EndOfSale)));
        change(4).expect("fewer are possible");
        let (product_id, users) = (visio.product_id, vec![anna]);
        let assign = AssignLicenses { product_id, subscription_id: Some(id), users, disabled_plans: Vec::new() };
        world.write(&admin, assign).expect("licenses are free");
        world.clock.set_day(world.see_subscription(id).ends_on);
        world.sweep();
        let renewed = world.see_subscription(id);
        assert_eq!(renewed.ends_on, jiff::civil::date(2022, 1, 15));
        assert_eq!((renewed.state, renewed.quantity, renewed.assigned), (SubscriptionState::Active, 4, 1));
    });
}
