//! Billing profiles: several, what they say and who pays them (domain 4.8; R36 to R39, R171).

use super::billing::seller;
use super::money::books_agree;
use app::Failure;
use app::billing::details::InvoiceDetails;
use app::billing::list::{InvoiceDays, ListInvoices};
use app::billing::rules::{BillingAccountDetails, ChangeBuyer};
use app::billing::seller::ChangeSeller;
use app::billing_profile::details::BillingProfileDetails;
use app::billing_profile::list::ListBillingProfiles;
use app::billing_profile::move_subscription::MoveToBillingProfile;
use app::billing_profile::save::{AddBillingProfile, EditBillingProfile};
use app::payment_method::delete::DeletePaymentMethod;
use app::subscription::change_quantity::ChangeQuantity;
use domain::access::Role;
use domain::billing::Agreement;
use domain::billing::invoice::{Invoice, Totals};
use domain::billing::party::{Address, Party};
use domain::billing::profile::ProfileDraft;
use domain::event::{Change, Event};
use domain::ids::{BillingProfileId, PaymentMethodId};
use domain::money::Currency;
use domain::organization::OrganizationKind;
use domain::refusal::{Field, FieldRefusal, Refusal};
use domain::subscription::{Channel, Subscription};
use jiff::civil::{Date, date};
use testkit::world::{World, in_each_world};

fn draft(name: &str) -> ProfileDraft {
    let address = Address {
        line1: "Kade 1".to_owned(),
        city: "Amsterdam".to_owned(),
        country: "NL".to_owned(),
        ..Address::default()
    };
    ProfileDraft {
        name: name.to_owned(),
        bill_to: Party { name: "Waterland Zuid".to_owned(), address, ..Party::default() },
        purchase_order: "PO-7".to_owned(),
        email_invoices: true,
    }
}

fn new(name: &str, payment_method_id: Option<PaymentMethodId>) -> AddBillingProfile {
    AddBillingProfile { draft: draft(name), currency: None, payment_method_id }
}

fn refusal<T: std::fmt::Debug>(outcome: Result<T, Failure>) -> Refusal {
    outcome.expect_err("it is refused").refusal().expect("a refusal").clone()
}

fn fields<T: std::fmt::Debug>(outcome: Result<T, Failure>) -> Vec<FieldRefusal> {
    match outcome.expect_err("it is refused") {
        Failure::Invalid(fields) => fields,
        other => panic!("fields are wrong, not {other:?}"),
    }
}

fn names(world: &World, role: Role) -> Vec<String> {
    let view = world.read(&world.caller(role), &ListBillingProfiles).expect("the list");
    view.rows.into_iter().map(|row| row.profile.name).collect()
}

/// R36, R37, R38, R39, R171: several profiles, each with a card of its own; the name is there once.
#[test]
fn profiles_are_added_and_edited() {
    in_each_world(|world| {
        let admin = world.caller(Role::BillingAdmin);
        let owner = admin.actor.user().expect("a person");
        let card = world.card(owner, "card_succeeds");
        assert_eq!(names(world, Role::GlobalReader), ["Waterland"]);
        let id = world.write(&admin, new("Zuid", Some(card))).expect("it is added");
        assert_eq!(names(world, Role::GlobalReader), ["Waterland", "Zuid"]);
        assert_eq!(world.new_events(), [Event::BillingProfileAdded { name: "Zuid".to_owned() }]);
        let profile = world.read(&admin, &BillingProfileDetails(id)).expect("the profile").row.profile;
        assert_eq!((profile.currency, profile.payment_method_id), (Currency::Eur, Some(card)));
        assert_eq!((profile.purchase_order.as_deref(), profile.anchored_on), (Some("PO-7"), world.today()));
        assert_eq!(fields(world.write(&admin, new(" Zuid ", None))), [Refusal::NameTaken.at(Field::Name)]);

        let edit = |payment_method_id, revision| EditBillingProfile {
            id,
            draft: draft("Zuidoost"),
            payment_method_id,
            revision,
        };
        world.write(&admin, edit(Some(card), 1)).expect("it is edited");
        assert_eq!(world.new_events(), [Event::BillingProfileChanged { name: "Zuidoost".to_owned() }]);
        assert_eq!(refusal(world.write(&admin, edit(None, 1))), Refusal::ChangedMeanwhile, "somebody was faster");
        world.write(&admin, edit(Some(card), 2)).expect("nothing changes");
        assert_eq!(world.new_events(), []);
        // R164: what pays for a profile is not deleted.
        let _ = world.card(owner, "card_succeeds");
        let in_use = Refusal::PaymentMethodInUse { items: 1 };
        assert_eq!(refusal(world.write(&admin, DeletePaymentMethod(card))), in_use);
        // Somebody else keeps the card that pays, and does not put one there.
        let other = world.caller(Role::GlobalAdmin);
        world.write(&other, edit(Some(card), 2)).expect("it stays");
        let unknown = [Refusal::UnknownChoice.at(Field::Payment)];
        assert_eq!(fields(world.write(&other, new("Noord", Some(card)))), unknown);
    });
}

/// Domain 4.1: backed by a card or an invoice; R171, domain 6: for those who keep the money; 404 for others.
#[test]
fn what_pays_and_who_may() {
    in_each_world(|world| {
        let admin = world.caller(Role::BillingAdmin);
        let account = world.bank_account(admin.actor.user().expect("a person"));
        let refused = [Refusal::AccountPaysNoProfile.at(Field::Payment)];
        assert_eq!(fields(world.write(&admin, new("Zuid", Some(account)))), refused);
        for role in [Role::LicenseAdmin, Role::UserAdmin, Role::GlobalReader, Role::Operator] {
            assert_eq!(refusal(world.write(&world.caller(role), new("Zuid", None))), Refusal::NotAllowed, "{role}");
        }
        assert_eq!(refusal(world.read(&world.caller(Role::LicenseAdmin), &ListBillingProfiles)), Refusal::NotAllowed);
        let elsewhere = world.other_organization("Elsewhere");
        let stranger = world.caller_in(elsewhere, Role::GlobalAdmin);
        let first = BillingProfileId::first_of(world.organization);
        let seen = world.app.read(&stranger, elsewhere, &BillingProfileDetails(first));
        assert_eq!(refusal(seen), Refusal::NotFound);
    });
}

/// R171: a subscription goes to another profile in its currency, and its later invoices with it.
#[test]
fn a_subscription_moves() {
    in_each_world(|world| {
        let admin = world.caller(Role::GlobalAdmin);
        let office = world.product("Office");
        let moving =
            world.subscription_with(world.organization, &office, 10, |new| new.channel = Channel::DirectInvoice);
        let south = world.write(&admin, new("Zuid", None)).expect("it is added");
        let dollars = AddBillingProfile { currency: Some(Currency::Usd), ..new("America", None) };
        let america = world.write(&admin, dollars).expect("it is added");
        let _ = world.new_events();
        let go = |to| world.write(&admin, MoveToBillingProfile { subscription_id: moving, to });
        assert_eq!(refusal(go(america)), Refusal::OtherCurrency { currency: "USD" });
        go(south).expect("it moves");
        let profile = Change { from: "Waterland".to_owned(), to: "Zuid".to_owned() };
        assert_eq!(world.new_events(), [Event::SubscriptionProfileChanged { profile }]);
        assert_eq!(refusal(go(south)), Refusal::NothingToChange);
        let view = world.read(&admin, &BillingProfileDetails(south)).expect("the profile");
        let named: Vec<_> = view.subscriptions.into_iter().map(|row| (row.subscription.id, row.product_name)).collect();
        assert_eq!((view.row.subscriptions, named), (1, vec![(moving, "Office".to_owned())]));
        let of = |id| world.read(&admin, &BillingProfileDetails(id)).expect("the profile").row.subscriptions;
        assert_eq!(of(BillingProfileId::first_of(world.organization)), 0);
    });
}

/// The invoices of a profile: day, purchase order, addressee, what it comes to and its tax.
fn said_by(world: &World, profile: BillingProfileId) -> Vec<(Date, String, String, i64, i64)> {
    let reader = world.caller(Role::GlobalReader);
    let list = ListInvoices { days: InvoiceDays::SixMonths, after: None, limit: 100 };
    let rows = world.read(&reader, &list).expect("the list").rows;
    let mut invoices: Vec<_> = rows
        .iter()
        .map(|row| world.read(&reader, &InvoiceDetails(row.id)).expect("the invoice").invoice)
        .filter(|invoice| invoice.billing_profile_id == profile)
        .collect();
    invoices.sort_by(|one, other| one.number.cmp(&other.number));
    let said = |invoice: Invoice| {
        let Totals { net, gross, .. } = invoice.totals;
        let order = invoice.purchase_order.unwrap_or_default();
        (invoice.issued_on, order, invoice.bill_to.name, gross.minor, gross.minor - net.minor)
    };
    invoices.into_iter().map(said).collect()
}

/// R169 to R171, domain 4.8: what the profile and the buyer say on the day of an invoice stands on it, also for what was
/// charged before: 5 × 10.00 × 24/29 = 41.38 and 150.00 without tax for a German business. What was charged to a profile
/// is on its invoice though the subscription moved: 10.00 × 26/31 = 8.39; the next period is on that of the other one.
#[test]
fn an_invoice_says_what_its_profile_says_that_day() {
    in_each_world(|world| {
        let house = world.organization_with("Zetel", |house| house.kind = OrganizationKind::Operator);
        let (operator, admin) = (world.caller(Role::Operator), world.caller(Role::GlobalAdmin));
        let sell = ChangeSeller { seller: seller(), revision: 1 };
        world.write(&world.caller_in(house, Role::Operator), sell).expect("the seller");
        world.agreement(Agreement::Mca);
        let first = BillingProfileId::first_of(world.organization);
        let by_invoice = |new: &mut Subscription| new.channel = Channel::DirectInvoice;
        let id = world.subscription_with(world.organization, &world.product("Office"), 10, by_invoice);
        let until = |day| {
            world.clock.set_day(day);
            world.sweep();
        };
        let edit = |name: &str, order: &str, revision| {
            let draft = draft(name);
            let draft = ProfileDraft {
                purchase_order: order.to_owned(),
                bill_to: Party { name: name.to_owned(), ..draft.bill_to.clone() },
                ..draft
            };
            let edit = EditBillingProfile { id: first, draft, payment_method_id: None, revision };
            world.write(&admin, edit).expect("it is edited");
        };
        let seats = |total| {
            let change = ChangeQuantity::now(id, total);
            world.write(&admin, change).expect("more licenses");
        };
        edit("Noord", "PO-1", 1);
        until(date(2020, 2, 20));
        seats(15);
        edit("Oost", "PO-2", 2);
        let account = world.read(&operator, &BillingAccountDetails).expect("the contract");
        let address = Address { country: "DE".to_owned(), ..draft("Oost").bill_to.address };
        let sold_to = Party { address, tax_number: Some("DE136695976".to_owned()), ..account.sold_to };
        let buyer = ChangeBuyer { sold_to, segment: account.segment, revision: account.revision };
        world.write(&operator, buyer).expect("the buyer");
        until(date(2020, 3, 20));
        let said = |day, order: &str, name: &str, gross, tax| (day, order.to_owned(), name.to_owned(), gross, tax);
        let expected = [
            said(date(2020, 2, 15), "PO-1", "Noord", 12_100, 2_100),
            said(date(2020, 3, 15), "PO-2", "Oost", 19_138, 0),
        ];
        assert_eq!(said_by(world, first), expected);
        seats(16);
        let south = world.write(&admin, new("Zuid", None)).expect("it is added");
        world.write(&admin, MoveToBillingProfile { subscription_id: id, to: south }).expect("it moves");
        until(date(2020, 4, 25));
        assert_eq!(said_by(world, first)[2..], [said(date(2020, 4, 15), "PO-2", "Oost", 839, 0)]);
        assert_eq!(said_by(world, south), [said(date(2020, 4, 20), "PO-7", "Waterland Zuid", 16_000, 0)]);
        books_agree(world);
    });
}
