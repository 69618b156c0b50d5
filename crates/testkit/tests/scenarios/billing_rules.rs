//! The contract of an organization as the operator keeps it (domain 4.7, 4.9; D6, D16 to D18; R170, R171).

use super::billing::seller;
use super::money::books_agree;
use app::Failure;
use app::billing::document::{self, DocumentOf};
use app::billing::list::{InvoiceDays, ListInvoices, ListedInvoice};
use app::billing::rules::{BillingAccountDetails, ChangeBillingRules, ChangeBuyer};
use app::billing::seller::ChangeSeller;
use app::billing_profile::details::BillingProfileDetails;
use app::payment_method::list::ListPaymentMethods;
use app::subscription::cancel::CancelSubscription;
use app::subscription::change_payment_method::PaymentChoices;
use app::subscription::change_quantity::ChangeQuantity;
use app::subscription::details::SubscriptionDetails;
use domain::access::Role;
use domain::billing::party::{Address, Party};
use domain::billing::{Agreement, BillingRules, Segment};
use domain::event::{Change, Event};
use domain::ids::BillingProfileId;
use domain::money::{Currency, Money};
use domain::organization::OrganizationKind;
use domain::refusal::{Field, FieldRefusal, Refusal};
use domain::subscription::cancel::{Cancel, CancelReason};
use domain::subscription::{Channel, Subscription};
use jiff::civil::date;
use testkit::world::{World, in_each_world};

fn refusal<T: std::fmt::Debug>(outcome: Result<T, Failure>) -> Refusal {
    outcome.expect_err("it is refused").refusal().expect("a refusal").clone()
}

fn fields<T: std::fmt::Debug>(outcome: Result<T, Failure>) -> Vec<FieldRefusal> {
    match outcome {
        Err(Failure::Invalid(fields)) => fields,
        other => panic!("fields are wrong, not {other:?}"),
    }
}

fn invoices(world: &World) -> Vec<ListedInvoice> {
    let page = ListInvoices { days: InvoiceDays::SixMonths, after: None, limit: 100 };
    world.read(&world.caller(Role::GlobalReader), &page).expect("the list").rows
}

/// Domain 4.7: for the operator alone, within limits, and not over somebody else's change.
#[test]
fn the_operator_sets_the_rules() {
    in_each_world(|world| {
        let operator = world.caller(Role::Operator);
        let before = world.read(&operator, &BillingAccountDetails).expect("the contract");
        assert_eq!(before.rules, BillingRules::usual(Agreement::Mosa));
        let rules = BillingRules { payment_terms_days: 60, ..BillingRules::usual(Agreement::Mca) };
        let change = |rules, revision| ChangeBillingRules { rules, revision };
        for role in [Role::GlobalAdmin, Role::BillingAdmin] {
            assert_eq!(refusal(world.write(&world.caller(role), change(rules, 1))), Refusal::NotAllowed, "{role}");
        }
        let wrong = BillingRules { payment_terms_days: 181, ..rules };
        let above = [Refusal::AboveMaximum { maximum: 180 }.at(Field::PaymentTerms)];
        assert_eq!(fields(world.write(&operator, change(wrong, before.revision))), above);
        world.write(&operator, change(before.rules, before.revision)).expect("nothing changes");
        assert_eq!(world.new_events(), []);
        world.write(&operator, change(rules, before.revision)).expect("they are set");
        let changed = Event::BillingRulesChanged { rules: Change { from: before.rules, to: rules } };
        assert_eq!(world.new_events(), [changed]);
        let late = world.write(&operator, change(before.rules, before.revision));
        assert_eq!(refusal(late), Refusal::ChangedMeanwhile, "somebody was faster");
        assert_eq!(world.read(&operator, &BillingAccountDetails).expect("the contract").rules, rules);
    });
}

/// D6, domain 4.1, 4.8, decision 27: with the agreement alone go its rules of credits, and the billing profile takes the card
/// that pays most of what is on it: 30 licenses a month against 10, and one bank account, which pays for no profile.
#[test]
fn an_organization_comes_under_mca() {
    in_each_world(|world| {
        let operator = world.caller(Role::Operator);
        let anna = world.person("Anna");
        let [less, most] = ["card_succeeds", "card_succeeds"].map(|token| world.card(anna, token));
        let paid_by = |name, quantity, method| {
            let pays = |new: &mut Subscription| new.payment_method_id = Some(method);
            world.subscription_with(world.organization, &world.product(name), quantity, pays)
        };
        let office = paid_by("Office", 10, less);
        let _ = (paid_by("Visio", 20, most), paid_by("Project", 10, most));
        let _ = paid_by("Teams", 50, world.bank_account(anna));
        let before = world.read(&operator, &BillingAccountDetails).expect("the contract");
        let rules = BillingRules { agreement: Agreement::Mca, ..before.rules };
        let _ = world.new_events();
        world.write(&operator, ChangeBillingRules { rules, revision: before.revision }).expect("MCA");
        let rules = Change { from: before.rules, to: BillingRules::usual(Agreement::Mca) };
        let profile = BillingProfileId::first_of(world.organization);
        let seen = world.read(&world.caller(Role::GlobalAdmin), &BillingProfileDetails(profile)).expect("a profile");
        let changed = Event::BillingProfileChanged { name: seen.row.profile.name.clone() };
        assert_eq!(world.new_events(), [Event::BillingRulesChanged { rules }, changed]);
        assert_eq!(seen.row.profile.payment_method_id, Some(most));
        // Decision 24: now this card pays for all of it, and that is what every page says.
        let admin = world.caller(Role::GlobalAdmin);
        let pays_for = || {
            let view = world.read(&admin, &ListPaymentMethods).expect("the list");
            let uses = |id| view.rows.iter().find(|row| row.listed.method.id == id).expect("on file").listed.uses;
            [uses(less).subscriptions, uses(most).subscriptions]
        };
        assert_eq!(pays_for(), [0, 4]);
        assert_eq!(world.see_listed(office).paid_by, Some(most));
        let shown = world.read(&admin, &SubscriptionDetails(office)).expect("its page");
        assert_eq!(shown.method.map(|method| method.id), Some(most));
        assert_eq!(world.read(&admin, &PaymentChoices(office)).expect("the pane").current.map(|it| it.id), Some(most));
        // Whoever goes back goes on with what paid.
        let rules = BillingRules { agreement: Agreement::Mosa, ..BillingRules::usual(Agreement::Mca) };
        let revision = world.read(&operator, &BillingAccountDetails).expect("the contract").revision;
        world.write(&operator, ChangeBillingRules { rules, revision }).expect("MOSA");
        assert_eq!((pays_for(), world.see_listed(office).paid_by), ([0, 4], Some(most)));
    });
}

/// Domain 4.9: what was charged under MOSA and is on no invoice yet is invoiced under MCA, exactly once; later periods are
/// on the invoice of the profile; the new terms count for invoices from then on.
#[test]
fn an_agreement_changes_in_mid_period() {
    in_each_world(|world| {
        let (operator, admin) = (world.caller(Role::Operator), world.caller(Role::GlobalAdmin));
        let office = world.product("Office");
        let id = world.subscription_with(world.organization, &office, 10, |new| new.channel = Channel::DirectInvoice);
        world.clock.set_day(date(2020, 2, 20));
        world.sweep();
        assert_eq!(invoices(world).iter().map(|row| row.total.minor).collect::<Vec<_>>(), [10_000]);
        // Five more for 24 of the 29 days until 15 March: 50.00 × 24/29 = 41.38, which waits for the next invoice.
        let more = ChangeQuantity::now(id, 15);
        world.write(&admin, more).expect("five more");
        let revision = world.read(&operator, &BillingAccountDetails).expect("the contract").revision;
        let rules = BillingRules { payment_terms_days: 14, ..BillingRules::usual(Agreement::Mca) };
        world.write(&operator, ChangeBillingRules { rules, revision }).expect("MCA");
        world.clock.set_day(date(2020, 4, 20));
        world.sweep();
        let mut after = invoices(world);
        after.sort_by(|one, other| one.number.cmp(&other.number));
        let all: i64 = after.iter().map(|row| row.total.minor).sum();
        assert_eq!(all, 10_000 + 4_138 + 15_000 + 15_000, "{after:?}");
        for row in &after[1..] {
            assert_eq!((row.due_on - row.issued_on).get_days(), 14, "{row:?}");
        }
        books_agree(world);
    });
}

/// Domain 4.9, D17: prices begin to include 21% of tax while 41.38 waits for its invoice. What was charged without tax is
/// invoiced and comes back with it: 41.38 − 24.14 − 48.28 = −31.04, and −6.52 of tax. The next period is 100.00 with tax.
/// An invoice that was made says what it said.
#[test]
fn prices_begin_to_include_tax() {
    in_each_world(|world| {
        let house = world.organization_with("Zetel", |house| house.kind = OrganizationKind::Operator);
        let (operator, admin) = (world.caller(Role::Operator), world.caller(Role::GlobalAdmin));
        let sell = ChangeSeller { seller: seller(), revision: 1 };
        world.write(&world.caller_in(house, Role::Operator), sell).expect("the seller");
        let office = world.product("Office");
        let by_invoice = |new: &mut Subscription| new.channel = Channel::DirectInvoice;
        let id = world.subscription_with(world.organization, &office, 10, by_invoice);
        world.clock.set_day(date(2020, 2, 20));
        world.sweep();
        let first = invoices(world).remove(0);
        let includes_tax = |id| {
            let lines = world.read(&admin, &DocumentOf(id)).expect("the document").invoice.lines;
            lines.iter().map(|line| line.includes_tax).collect::<Vec<_>>()
        };
        let more = ChangeQuantity::now(id, 15);
        world.write(&admin, more).expect("five more");
        let account = world.read(&operator, &BillingAccountDetails).expect("the contract");
        let rules = BillingRules { prices_include_tax: true, ..account.rules };
        world.write(&operator, ChangeBillingRules { rules, revision: account.revision }).expect("it is set");
        world.clock.set_day(date(2020, 3, 1));
        let cancel = Cancel { reason: CancelReason::TooExpensive, feedback: String::new() };
        world.write(&admin, CancelSubscription { subscription_id: id, cancel }).expect("it is canceled");
        let _ = world.subscription_with(world.organization, &world.product("Visio"), 10, by_invoice);
        world.clock.set_day(date(2020, 4, 1));
        world.sweep();
        let mut made: Vec<_> = invoices(world).iter().map(|row| (row.number.clone(), row.total.minor)).collect();
        made.sort();
        let made: Vec<_> = made.iter().map(|(number, total)| (number.as_str(), *total)).collect();
        assert_eq!(made, [("Z-0000001", 12_100), ("Z-0000002", -3_756), ("Z-0000003", 10_000)]);
        let of = |number: &str| invoices(world).into_iter().find(|row| row.number == number).expect("the invoice").id;
        assert_eq!(includes_tax(first.id), [false], "it says what it said");
        assert_eq!((includes_tax(of("Z-0000002")), includes_tax(of("Z-0000003"))), (vec![false; 3], vec![true]));
        books_agree(world);
    });
}

/// R170: who buys decides the tax of later invoices; what is wrong is said at its field.
#[test]
fn the_operator_says_who_buys() {
    in_each_world(|world| {
        let operator = world.caller(Role::Operator);
        let revision = world.read(&operator, &BillingAccountDetails).expect("the contract").revision;
        let address = Address {
            line1: "Kade 1".to_owned(),
            city: "Amsterdam".to_owned(),
            country: "NL".to_owned(),
            ..Address::default()
        };
        let sold_to = Party { name: " Waterland Groep ".to_owned(), address, ..Party::default() };
        let change = |sold_to: &Party, revision| ChangeBuyer {
            sold_to: sold_to.clone(),
            segment: Segment::Commercial,
            revision,
        };
        let nameless = Party { name: String::new(), ..sold_to.clone() };
        assert_eq!(fields(world.write(&operator, change(&nameless, revision))), [Refusal::Required.at(Field::Name)]);
        let admin = world.caller(Role::GlobalAdmin);
        assert_eq!(refusal(world.write(&admin, change(&sold_to, revision))), Refusal::NotAllowed);
        let before = world.read(&operator, &BillingAccountDetails).expect("the contract").sold_to;
        world.write(&operator, change(&sold_to, revision)).expect("it is changed");
        let party = Change { from: before, to: sold_to.checked().expect("it is right") };
        let changed = Event::BuyerChanged { name: "Waterland Groep".to_owned(), party: Some(Box::new(party)) };
        assert_eq!(world.new_events(), [changed]);
        assert_eq!(refusal(world.write(&operator, change(&sold_to, revision))), Refusal::ChangedMeanwhile);
        // R179: the kind of customer alone is an entry of its own, and what is so already is none.
        let school = ChangeBuyer { segment: Segment::Education, ..change(&sold_to, revision + 1) };
        world.write(&operator, school.clone()).expect("it is changed");
        let segment = Change { from: Segment::Commercial, to: Segment::Education };
        assert_eq!(world.new_events(), [Event::SegmentChanged { segment }]);
        world.write(&operator, ChangeBuyer { revision: revision + 2, ..school }).expect("nothing to change");
        assert_eq!(world.new_events(), []);
    });
}

/// R169: the operator opens an invoice of a customer as a bookkeeper does; another customer does not find it.
#[test]
fn the_operator_opens_a_document() {
    in_each_world(|world| {
        let office = world.product("Office");
        let _ = world.subscription_with(world.organization, &office, 10, |new| new.channel = Channel::DirectInvoice);
        world.clock.set_day(date(2020, 3, 1));
        world.sweep();
        let invoice = invoices(world).remove(0);
        assert_eq!(invoice.total, Money::new(10_000, Currency::Eur));
        let operator = world.caller(Role::Operator);
        let (home, language) = (world.organization, words::Language::Dutch);
        let pdf = document::pdf(&world.app, &operator, home, invoice.id, language).expect("the PDF");
        let xml = document::xml(&world.app, &operator, home, invoice.id, language).expect("the XML");
        assert_eq!((pdf.number.as_str(), xml.number.as_str()), ("0000001", "0000001"));
        let elsewhere = world.caller_in(world.other_organization("Elsewhere"), Role::GlobalAdmin);
        let hidden = document::pdf(&world.app, &elsewhere, home, invoice.id, language);
        assert_eq!(refusal(hidden), Refusal::NotFound);
    });
}
