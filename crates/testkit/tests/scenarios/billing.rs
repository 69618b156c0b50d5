//! What pages say of money: what comes next, what was spent, who sells (domain 4.7, 4.9).

use app::billing::operate::BillingOverview;
use app::billing::seller::{ChangeSeller, SellerDetails};
use app::billing::spend::{MonthSum, SpendByMonth};
use app::subscription::change_quantity::ChangeQuantity;
use app::subscription::details::SubscriptionDetails;
use app::subscription::edit_billing_frequency::EditBillingFrequency;
use domain::access::Role;
use domain::billing::party::{Address, Party, Seller};
use domain::catalog::{BillingFrequency, Term};
use domain::event::Event;
use domain::money::{Currency, Money};
use domain::organization::OrganizationKind;
use domain::refusal::Refusal;
use domain::subscription::{Channel, Subscription};
use jiff::civil::date;
use testkit::world::in_each_world;

fn eur(minor: i64) -> Money {
    Money::new(minor, Currency::Eur)
}

pub(super) fn seller() -> Seller {
    Seller {
        party: Party {
            name: "Zetel B.V.".to_owned(),
            address: Address {
                line1: "Stoelmakersgracht 12".to_owned(),
                city: "Amsterdam".to_owned(),
                country: "NL".to_owned(),
                ..Address::default()
            },
            tax_number: Some("NL004495445B01".to_owned()),
            tax_exemption: None,
            ..Party::default()
        },
        iban: Some("NL91ABNA0417164300".to_owned()),
        bic: None,
        invoice_prefix: "Z-".to_owned(),
    }
}

/// R170: once the seller has a VAT number, what comes next is said with VAT, and the next invoice has it.
#[test]
fn what_comes_next_is_said_as_the_invoice_will_say_it() {
    in_each_world(|world| {
        let house = world.organization_with("Zetel", |house| house.kind = OrganizationKind::Operator);
        let operator = world.caller_in(house, Role::Operator);
        let office = world.product("Office");
        let id = world.subscription_with(world.organization, &office, 10, |new| new.channel = Channel::DirectInvoice);
        let admin = world.caller(Role::BillingAdmin);
        let sell = |change| world.write(&operator, change);
        let revision = world.read(&operator, &SellerDetails).expect("the seller").revision;

        let _ = world.new_events();
        sell(ChangeSeller { seller: seller(), revision }).expect("it is changed");
        assert_eq!(world.new_events(), [Event::SellerChanged { name: "Zetel B.V.".to_owned() }]);
        let stale = sell(ChangeSeller { seller: seller(), revision }).expect_err("somebody was first");
        assert_eq!(stale.refusal(), Some(&Refusal::ChangedMeanwhile));
        let foreign = world.write(&admin, ChangeSeller { seller: seller(), revision }).expect_err("not an operator");
        assert_eq!(foreign.refusal(), Some(&Refusal::NotAllowed));

        let before = world.read(&admin, &SubscriptionDetails(id)).expect("the subscription");
        let next = before.next_charge.expect("it goes on");
        assert_eq!((next.on, next.quantity, next.totals.gross), (date(2020, 2, 15), 10, eur(12_100)));
        world.clock.set_day(date(2020, 2, 15));
        world.sweep();
        let after = world.read(&admin, &SubscriptionDetails(id)).expect("the subscription");
        let made = &after.invoices[0];
        assert_eq!((made.number.as_str(), made.issued_on, made.total), ("Z-0000001", next.on, eur(12_100)));
        assert_eq!((made.product_name.as_str(), made.products), ("Office", 1));

        let spend = world.read(&admin, &SpendByMonth).expect("the months");
        assert_eq!(spend.since, date(2019, 3, 1));
        assert_eq!(spend.sums.last(), Some(&MonthSum { month: date(2020, 2, 1), amount: eur(12_100) }));
        let money = world.read(&operator, &BillingOverview).expect("the overview");
        assert_eq!(money.revenue.last(), Some(&MonthSum { month: date(2020, 2, 1), amount: eur(10_000) }));
        let (debit, credit): (Vec<_>, Vec<_>) =
            money.books.iter().map(|sum| (sum.debit.minor, sum.credit.minor)).unzip();
        assert_eq!(debit.iter().sum::<i64>(), credit.iter().sum::<i64>());
    });
}

/// R12, R79, R170: what is charged next is what the next invoice says: that of today for who goes from monthly to yearly,
/// until it is made; and what waits for the next statement, after licenses were added to what is paid by invoice.
#[test]
fn what_waits_for_an_invoice_is_charged_next() {
    in_each_world(|world| {
        let office = world.product("Office");
        for (frequency, price) in [(BillingFrequency::Monthly, 1_000), (BillingFrequency::Yearly, 11_000)] {
            let _ = world.price(&office, Term::Annual, frequency, eur(price));
        }
        let by_invoice = |new: &mut Subscription| new.channel = Channel::DirectInvoice;
        let id = world.subscription_with(world.organization, &office, 10, by_invoice);
        let admin = world.caller(Role::BillingAdmin);
        let seen = || world.read(&admin, &SubscriptionDetails(id)).expect("the subscription");
        let next = || seen().next_charge.map(|next| (next.on, next.quantity, next.totals.gross));
        world.clock.set_day(date(2020, 1, 25));
        world.sweep();
        let more = ChangeQuantity::now(id, 12);
        world.write(&admin, more).expect("two more");
        // 2 × 10.00 × 21/31 for what is left of the month, and 12 × 10.00.
        assert_eq!(next(), Some((date(2020, 2, 15), 12, eur(1_355 + 12_000))));
        world.clock.set_day(date(2020, 2, 15));
        world.sweep();
        assert_eq!(seen().invoices[0].total, eur(13_355), "as it was said");

        let yearly = EditBillingFrequency { subscription_id: id, billing_frequency: BillingFrequency::Yearly };
        world.write(&admin, yearly).expect("it is sold so");
        let (on, quantity, amount) = next().expect("what the rest of the year costs");
        assert_eq!((on, quantity), (date(2020, 2, 15), 12));
        world.sweep();
        assert_eq!(seen().invoices[0].total, amount, "as it was said");
        assert_eq!(next().map(|(on, ..)| on), Some(seen().listed.subscription.ends_on), "then the next term");
    });
}
