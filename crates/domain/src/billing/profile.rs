//! What people keep of billing profiles (domain 4.8; R36 to R39, R171).

use super::BillingProfile;
use super::party::{LINE_MAX, Party};
use super::payment_method::{Keeper, MethodDescription, PaymentMethod, check_use};
use crate::ids::PaymentMethodId;
use crate::money::Currency;
use crate::refusal::{Field, FieldRefusal, Refusal};
use crate::subscription::{Channel, Subscription, SubscriptionState};
use crate::{typed, user};
use jiff::civil::Date;
use std::collections::BTreeMap;

/// A billing profile as somebody fills it in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ProfileDraft {
    /// The name, such as that of a department; each is there once.
    pub name: String,
    /// Whom the invoice is addressed to.
    pub bill_to: Party,
    /// What the customer wants to read on later invoices; may be empty.
    pub purchase_order: String,
    /// Whether invoices are mailed.
    pub email_invoices: bool,
}

impl ProfileDraft {
    /// The draft of a profile, for a form.
    #[must_use]
    pub fn of(profile: &BillingProfile) -> Self {
        Self {
            name: profile.name.clone(),
            bill_to: profile.bill_to.clone(),
            purchase_order: profile.purchase_order.clone().unwrap_or_default(),
            email_invoices: profile.email_invoices,
        }
    }

    /// What was typed, trimmed and checked, as a change of `profile`.
    ///
    /// # Errors
    /// Every field that is wrong. The name of whom the invoice is addressed to is [`Field::BillTo`].
    pub fn applied_to(&self, profile: BillingProfile) -> Result<BillingProfile, Vec<FieldRefusal>> {
        let name = user::name(&self.name).map_err(|refusal| refusal.at(Field::Name));
        let order = purchase_order(&self.purchase_order).map_err(|refusal| refusal.at(Field::PurchaseOrder));
        let bill_to = self.bill_to.checked().map_err(|fields| {
            let at_bill_to = |wrong: FieldRefusal| match wrong.field {
                Field::Name => wrong.refusal.at(Field::BillTo),
                _ => wrong,
            };
            fields.into_iter().map(at_bill_to).collect::<Vec<_>>()
        });
        match (name, bill_to, order) {
            (Ok(name), Ok(bill_to), Ok(purchase_order)) => {
                Ok(BillingProfile { name, bill_to, purchase_order, email_invoices: self.email_invoices, ..profile })
            }
            (name, bill_to, order) => {
                let mut wrong: Vec<_> = name.err().into_iter().collect();
                wrong.extend(bill_to.err().unwrap_or_default());
                wrong.extend(order.err());
                Err(wrong)
            }
        }
    }
}

fn purchase_order(text: &str) -> Result<Option<String>, Refusal> {
    Ok(Some(typed::line(text, LINE_MAX)?).filter(|order| !order.is_empty()))
}

/// What pays for everything that the organization buys on a billing profile (domain 4.1, 4.8; decision 24).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PaysWith {
    /// What whoever buys first on it chooses.
    FirstChoice,
    /// Its card.
    Card(PaymentMethodId),
    /// The customer pays each invoice.
    Invoice,
}

impl PaysWith {
    /// What pays on a profile; `is_bought_on`: the organization bought something on it.
    #[must_use]
    pub const fn of(profile: &BillingProfile, is_bought_on: bool) -> Self {
        match profile.payment_method_id {
            Some(card) => Self::Card(card),
            None if is_bought_on => Self::Invoice,
            None => Self::FirstChoice,
        }
    }

    /// Whether something can pay for what is bought on the profile; `None` is paying by invoice.
    ///
    /// # Errors
    /// [`Refusal::AccountPaysNoProfile`]; [`Refusal::PaidByBillingProfile`] for what does not pay for the rest of it.
    pub fn check(self, chosen: Option<&PaymentMethod>) -> Result<(), FieldRefusal> {
        if let Some(method) = chosen {
            check_kind(method)?;
        }
        match (self, chosen.map(|method| method.id)) {
            (Self::FirstChoice, _) | (Self::Invoice, None) => Ok(()),
            (Self::Card(card), Some(chosen)) if card == chosen => Ok(()),
            _ => Err(Refusal::PaidByBillingProfile.at(Field::Payment)),
        }
    }
}

/// What pays most in a year of what an organization bought on a profile for itself; nothing where that is the customer,
/// by invoice (decision 27). Of two that pay as much, an invoice before a card, and the older card.
#[must_use]
pub fn pays_most(bought: &[Subscription]) -> Option<PaymentMethodId> {
    let mut in_a_year = BTreeMap::new();
    for paid in bought.iter().filter(|paid| paid.holder.is_none() && paid.sale.is_none()) {
        if matches!(paid.channel, Channel::Direct | Channel::DirectInvoice) {
            let a_year = i128::from(paid.price_per_period(paid.quantity).minor) * 12
                / i128::from(paid.billing_frequency.months());
            *in_a_year.entry(paid.payment_method_id).or_insert(0) += a_year;
        }
    }
    let most = in_a_year.into_iter().reduce(|one, other| if other.1 > one.1 { other } else { one })?;
    most.0
}

/// Whether a payment method can pay the invoices of a billing profile: a card, never a bank account (domain 4.1).
///
/// # Errors
/// As [`check_use`]; [`Refusal::AccountPaysNoProfile`] at the payment method.
pub fn check_method(method: &PaymentMethod, keeper: Keeper, today: Date) -> Result<(), FieldRefusal> {
    check_use(method, keeper, today)?;
    check_kind(method)
}

fn check_kind(method: &PaymentMethod) -> Result<(), FieldRefusal> {
    match method.described {
        MethodDescription::Card(_) => Ok(()),
        MethodDescription::BankAccount(_) => Err(Refusal::AccountPaysNoProfile.at(Field::Payment)),
    }
}

/// Whether a subscription can go to a billing profile whose invoices are in `currency`. What was charged before stays
/// where it was.
///
/// # Errors
/// [`Refusal::NothingToChange`]; [`Refusal::OtherCurrency`]; [`Refusal::NotFound`] for what is over or nobody charges
/// for.
pub fn check_move(subscription: &Subscription, to: &BillingProfile) -> Result<(), Refusal> {
    if !can_move(subscription) {
        return Err(Refusal::NotFound);
    }
    if subscription.billing_profile_id == to.id {
        return Err(Refusal::NothingToChange);
    }
    match (subscription.unit_price.currency, to.currency) {
        (of_price, of_profile) if of_price == of_profile => Ok(()),
        (_, currency) => Err(Refusal::OtherCurrency { currency: currency.code() }),
    }
}

/// Whether a subscription can stand on another profile of its organization: what is over, and what nobody charges to
/// one, cannot.
#[must_use]
pub const fn can_move(subscription: &Subscription) -> bool {
    !matches!(subscription.state, SubscriptionState::Deleted) && is_charged(subscription.channel)
}

/// Whether an organization charges the subscription to a profile at all; a buyer pays for self-service alone.
const fn is_charged(channel: Channel) -> bool {
    matches!(channel, Channel::Direct | Channel::DirectInvoice | Channel::ProductKey)
}

/// The currencies in which a new profile's invoices can be: those in which the organization buys.
#[must_use]
pub fn currencies(of_organization: Currency) -> Vec<Currency> {
    let others = Currency::ALL.iter().copied().filter(|currency| *currency != of_organization);
    std::iter::once(of_organization).chain(others).collect()
}

#[cfg(test)]
mod tests {
    use super::super::party::Address;
    use super::*;
    use crate::access::Reach;
    use crate::billing::payment_method::{BankAccountDescription, CardDescription};
    use crate::catalog::BillingFrequency;
    use crate::ids::{BillingProfileId, UserId};
    use crate::money::Money;
    use crate::subscription::tests_support::subscription;
    use jiff::civil::date;
    use uuid::Uuid;

    fn party() -> Party {
        let address = Address {
            line1: "Kade 1".to_owned(),
            city: "Amsterdam".to_owned(),
            country: "NL".to_owned(),
            ..Address::default()
        };
        Party { name: "Waterland Zuid".to_owned(), address, ..Party::default() }
    }

    fn profile(currency: Currency) -> BillingProfile {
        BillingProfile {
            id: BillingProfileId::from_uuid(Uuid::from_u128(77)),
            name: "Waterland".to_owned(),
            bill_to: Party::default(),
            currency,
            payment_method_id: None,
            purchase_order: None,
            email_invoices: true,
            anchored_on: date(2020, 1, 15),
            revision: 1,
        }
    }

    /// R171: the name, whom it is addressed to, the purchase order and the mails change; currency and day stay.
    #[test]
    fn a_draft_becomes_a_profile() {
        let draft = ProfileDraft {
            name: " Zuid ".to_owned(),
            bill_to: party(),
            purchase_order: " PO-7 ".to_owned(),
            email_invoices: false,
        };
        let after = draft.applied_to(profile(Currency::Eur)).expect("nothing is wrong");
        assert_eq!((after.name.as_str(), after.purchase_order.as_deref()), ("Zuid", Some("PO-7")));
        assert_eq!((after.bill_to, after.email_invoices, after.currency), (party(), false, Currency::Eur));
        assert_eq!(
            ProfileDraft { purchase_order: String::new(), ..draft.clone() }
                .applied_to(profile(Currency::Eur))
                .expect("nothing is wrong")
                .purchase_order,
            None
        );

        let wrong = ProfileDraft { purchase_order: "x".repeat(101), ..ProfileDraft::default() };
        let expected = [
            Refusal::Required.at(Field::Name),
            Refusal::Required.at(Field::BillTo),
            Refusal::Required.at(Field::Line1),
            Refusal::Required.at(Field::City),
            Refusal::Required.at(Field::Country),
            Refusal::TooLong { maximum: 100 }.at(Field::PurchaseOrder),
        ];
        assert_eq!(wrong.applied_to(profile(Currency::Eur)), Err(expected.to_vec()));
    }

    /// Decision 27: what pays most in a year. 10 × 110.00 a year is less than 10 × 10.00 a month; what a user bought for the
    /// team, and what is prepaid, does not count.
    #[test]
    fn what_pays_most_pays_for_all() {
        let [one, other] = [1, 2].map(|number| PaymentMethodId::from_uuid(Uuid::from_u128(number)));
        let paid = |payment_method_id: Option<PaymentMethodId>, billing_frequency, minor| Subscription {
            channel: if payment_method_id.is_none() { Channel::DirectInvoice } else { Channel::Direct },
            payment_method_id,
            billing_frequency,
            unit_price: Money::new(minor, Currency::Eur),
            ..subscription(10, 0)
        };
        let yearly = paid(Some(one), BillingFrequency::Yearly, 11_000);
        let monthly = paid(Some(other), BillingFrequency::Monthly, 1_000);
        assert_eq!(pays_most(&[yearly.clone(), monthly.clone()]), Some(other));
        let by_invoice = paid(None, BillingFrequency::Monthly, 1_100);
        assert_eq!(pays_most(&[yearly.clone(), monthly.clone(), by_invoice]), None);
        let own = Subscription { holder: Some(UserId::from_uuid(Uuid::from_u128(7))), ..monthly.clone() };
        assert_eq!(pays_most(&[yearly.clone(), own]), Some(one));
        let prepaid = Subscription { channel: Channel::ProductKey, ..monthly };
        assert_eq!(pays_most(&[yearly, prepaid]), Some(one));
        assert_eq!(pays_most(&[]), None);
    }

    /// Domain 4.1: backed by a card or an invoice, never by a bank account.
    #[test]
    fn a_bank_account_pays_no_profile() {
        let now = "2020-01-15T09:00:00Z".parse().expect("a time");
        let user_id = UserId::from_uuid(Uuid::from_u128(7));
        let method = |described| PaymentMethod {
            id: PaymentMethodId::from_uuid(Uuid::from_u128(1)),
            user_id,
            described,
            holder: String::new(),
            address: Address::default(),
            gateway_token: String::new(),
            created_at: now,
            verified_at: Some(now),
            removed_at: None,
            revision: 1,
        };
        let (brand, last_four, expires_on) = ("Visa".to_owned(), "4242".to_owned(), "2030-12".to_owned());
        let card = method(MethodDescription::Card(CardDescription { brand, last_four, expires_on }));
        let (country, last_four) = ("NL".to_owned(), "4300".to_owned());
        let account = BankAccountDescription { country, last_four, mandate: None };
        let account = method(MethodDescription::BankAccount(account));
        let keeper = Keeper { user: Some(user_id), reach: Reach::All };
        let check = |method| check_method(method, keeper, date(2020, 1, 15));
        assert_eq!(check(&card), Ok(()));
        assert_eq!(check(&account), Err(Refusal::AccountPaysNoProfile.at(Field::Payment)));
        let stranger = PaymentMethod { user_id: UserId::from_uuid(Uuid::from_u128(8)), ..card.clone() };
        assert_eq!(check(&stranger), Err(Refusal::UnknownChoice.at(Field::Payment)));
    }

    /// R171: only where the invoices are in its currency, and not what others pay for.
    #[test]
    fn a_subscription_goes_to_another_profile() {
        let moving = subscription(100, 60);
        assert_eq!(check_move(&moving, &profile(Currency::Eur)), Ok(()));
        let other = Err(Refusal::OtherCurrency { currency: "USD" });
        assert_eq!(check_move(&moving, &profile(Currency::Usd)), other);
        let own = BillingProfile { id: moving.billing_profile_id, ..profile(Currency::Eur) };
        assert_eq!(check_move(&moving, &own), Err(Refusal::NothingToChange));
        for channel in [Channel::Reseller, Channel::VolumePartner, Channel::Trial, Channel::SelfService] {
            let other = Subscription { channel, ..moving.clone() };
            assert_eq!(check_move(&other, &profile(Currency::Eur)), Err(Refusal::NotFound), "{channel}");
        }
    }
}
