//! What pays: cards and bank accounts on file (domain 4.1; R36 to R44, R75, R164).

use super::bank_account::bank_account_offered;
use super::party::{Address, Party};
use super::payment::Payment;
use crate::access::Reach;
use crate::cloud::Cards;
use crate::ids::{PaymentMethodId, UserId};
use crate::organization::Cloud;
use crate::refusal::{Field, FieldRefusal, Refusal};
use crate::subscription::{Action, ClosedReason};
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use serde::{Deserialize, Serialize};
use std::fmt;

/// Days before the end of a card's last month in which people are warned.
pub const EXPIRES_SOON_DAYS: i32 = 60;

/// What people recognize a payment method by; all that Zetel stores of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MethodDescription {
    /// A credit or debit card.
    Card(CardDescription),
    /// A bank account that the gateway debits.
    BankAccount(BankAccountDescription),
}

/// What people recognize a card by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CardDescription {
    /// The brand, such as `Visa`.
    pub brand: String,
    /// The last four digits.
    pub last_four: String,
    /// The month in which it expires, as `YYYY-MM`.
    pub expires_on: String,
}

impl CardDescription {
    /// A card whose owner has yet to type it into the form of the gateway.
    #[must_use]
    pub const fn not_typed_yet() -> Self {
        Self { brand: String::new(), last_four: String::new(), expires_on: String::new() }
    }
}

/// What people recognize a bank account by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BankAccountDescription {
    /// The country of the bank.
    pub country: String,
    /// The last four characters of the IBAN.
    pub last_four: String,
    /// The reference of the mandate that lets the gateway debit it; `None` until it is kept.
    pub mandate: Option<String>,
}

/// A payment method as the journal names it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MethodName {
    /// The brand of a card; `None` for a bank account.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub brand: Option<String>,
    /// The last four digits of the card, or characters of the IBAN.
    pub last_four: String,
}

/// How near the end of a card is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expiry {
    /// It does not expire, or not soon.
    Later,
    /// Within [`EXPIRES_SOON_DAYS`].
    Soon,
    /// It has.
    Past,
}

impl MethodDescription {
    /// As the journal names it.
    #[must_use]
    pub fn name(&self) -> MethodName {
        let (brand, last_four) = match self {
            Self::Card(card) => (Some(card.brand.clone()), &card.last_four),
            Self::BankAccount(account) => (None, &account.last_four),
        };
        MethodName { brand, last_four: last_four.clone() }
    }

    /// How near its end is on a day. A card is good through the last day of its month.
    #[must_use]
    pub fn expiry(&self, today: Date) -> Expiry {
        let Self::Card(card) = self else { return Expiry::Later };
        let Some(last_day) = month(&card.expires_on).map(Date::last_of_month) else { return Expiry::Later };
        if last_day < today {
            Expiry::Past
        } else if last_day <= today.saturating_add(EXPIRES_SOON_DAYS.days()) {
            Expiry::Soon
        } else {
            Expiry::Later
        }
    }

    /// Whether it can be put on file in a cloud.
    ///
    /// # Errors
    /// [`Refusal::CardExpired`]; those of [`Self::offered_in`].
    pub fn check(&self, cloud: Cloud, today: Date) -> Result<(), Refusal> {
        if self.expiry(today) == Expiry::Past {
            return Err(Refusal::CardExpired);
        }
        self.offered_in(cloud)
    }

    /// Whether a cloud takes its kind (domain 4.1).
    ///
    /// # Errors
    /// [`Refusal::CardNotOffered`], [`Refusal::BankAccountNotOffered`].
    pub fn offered_in(&self, cloud: Cloud) -> Result<(), Refusal> {
        let facts = cloud.facts();
        match (self, facts.cards) {
            (Self::BankAccount(_), _) if !facts.bank_accounts => Err(Refusal::BankAccountNotOffered),
            (Self::Card(card), Cards::OfBrand(brand)) if card.brand != brand => Err(Refusal::CardNotOffered { brand }),
            _ => Ok(()),
        }
    }
}

/// The first day of a month that is written as `YYYY-MM`.
fn month(text: &str) -> Option<Date> {
    if text.len() == 7 { format!("{text}-01").parse().ok() } else { None }
}

/// Whether a customer of a country can put a new bank account on file in a cloud on a day (R75, D15).
#[must_use]
pub fn accounts_offered(cloud: Cloud, country: &str, day: Date) -> bool {
    cloud.facts().bank_accounts && bank_account_offered(country, day)
}

/// A card or bank account on file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaymentMethod {
    /// Identity.
    pub id: PaymentMethodId,
    /// Who added it.
    pub user_id: UserId,
    /// What people recognize it by.
    pub described: MethodDescription,
    /// The name on the card or of the account; empty for a card that was only used at a checkout.
    pub holder: String,
    /// Where the holder is.
    pub address: Address,
    /// What stands for it at the gateway.
    pub gateway_token: String,
    /// When it was added.
    pub created_at: Timestamp,
    /// When the gateway kept it or first took money from it; until then it is not offered again.
    pub verified_at: Option<Timestamp>,
    /// When it was taken off file; what it paid still names it.
    pub removed_at: Option<Timestamp>,
    /// Counts its changes.
    pub revision: i64,
}

impl PaymentMethod {
    /// Whether it can pay.
    #[must_use]
    pub const fn is_on_file(&self) -> bool {
        self.verified_at.is_some() && self.removed_at.is_none()
    }

    /// The month in which a card expires, as `YYYY-MM`.
    #[must_use]
    pub fn expires_on(&self) -> Option<&str> {
        match &self.described {
            MethodDescription::Card(card) => Some(&card.expires_on),
            MethodDescription::BankAccount(_) => None,
        }
    }

    /// Whether a person may let it pay: a card is for the person who added it, a bank account for everybody who keeps
    /// the payment methods of the organization (domain 4.1).
    #[must_use]
    pub fn may_be_used_by(&self, user: Option<UserId>, reach: Reach) -> bool {
        self.is_on_file() && (user == Some(self.user_id) || (self.is_shared() && reach == Reach::All))
    }

    /// Whether another one takes its place once somebody pays with that what this one failed to pay: only who added it
    /// decides so (domain 4.6; R166).
    #[must_use]
    pub fn gives_way_to(&self, payer: Option<UserId>) -> bool {
        payer == Some(self.user_id)
    }

    /// Whether what paid an invoice that this one failed to pay takes its place from then on.
    #[must_use]
    pub fn is_replaced_by(&self, paid: &Payment) -> bool {
        self.gives_way_to(paid.recorded_by) && paid.payment_method_id != Some(self.id)
    }

    const fn is_shared(&self) -> bool {
        matches!(self.described, MethodDescription::BankAccount(_))
    }
}

/// Who touches a payment method.
#[derive(Debug, Clone, Copy)]
pub struct Keeper {
    /// The person; none for Zetel itself.
    pub user: Option<UserId>,
    /// How far the right to manage payment methods reaches.
    pub reach: Reach,
}

impl Keeper {
    /// Whether the person sees a payment method: everybody their own, and those who see all of them all.
    #[must_use]
    pub fn sees(self, method: &PaymentMethod) -> bool {
        self.reach == Reach::All || self.user == Some(method.user_id)
    }
}

/// Whether a person may change a payment method: those who may use it, and every admin once its owner is gone.
///
/// # Errors
/// [`Refusal::NotFound`] for one that is not on file, [`Refusal::CardOfOther`].
pub fn check_change(method: &PaymentMethod, keeper: Keeper, owner_is_gone: bool) -> Result<(), Refusal> {
    if !method.is_on_file() {
        return Err(Refusal::NotFound);
    }
    let stands_in = owner_is_gone && keeper.reach == Reach::All;
    if method.may_be_used_by(keeper.user, keeper.reach) || stands_in { Ok(()) } else { Err(Refusal::CardOfOther) }
}

/// What a payment method pays for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Uses {
    /// Subscriptions that are not deleted.
    pub subscriptions: u32,
    /// Billing profiles.
    pub billing_profiles: u32,
    /// Invoices that are not settled.
    pub invoices: u32,
    /// Payments and orders of which it is not known yet how they end.
    pub under_way: u32,
}

impl Uses {
    /// Everything that another one would take over.
    #[must_use]
    pub const fn items(&self) -> u32 {
        self.subscriptions + self.billing_profiles + self.invoices
    }
}

/// Whether a payment method can be taken off file (domain 4.1, R164).
///
/// # Errors
/// [`Refusal::PaymentMethodBusy`], [`Refusal::PaymentMethodInUse`], [`Refusal::LastPaymentMethod`].
pub const fn check_delete(uses: &Uses, others_on_file: bool) -> Result<(), Refusal> {
    match (uses.under_way, uses.items()) {
        (1.., _) => Err(Refusal::PaymentMethodBusy),
        (0, items @ 1..) => Err(Refusal::PaymentMethodInUse { items }),
        (0, 0) if others_on_file => Ok(()),
        (0, 0) => Err(Refusal::LastPaymentMethod),
    }
}

/// Whether another one may take over what a payment method pays for. Where only support changes what pays for a
/// subscription, only support changes it for all of them (domain 4.1 and 7: 21Vianet).
///
/// # Errors
/// [`Refusal::Closed`] because of support, [`Refusal::NothingToChange`] when it pays for nothing.
pub fn check_replace(uses: &Uses, cloud: Cloud) -> Result<(), Refusal> {
    if cloud.facts().by_support.contains(&Action::ChangePaymentMethod) {
        return Err(Refusal::Closed(ClosedReason::BySupport));
    }
    if uses.items() == 0 { Err(Refusal::NothingToChange) } else { Ok(()) }
}

/// Whether a person may let a payment method pay from now on (domain 4.1, R164).
///
/// # Errors
/// [`Refusal::UnknownChoice`] or [`Refusal::CardExpired`], at the payment method.
pub fn check_use(method: &PaymentMethod, keeper: Keeper, today: Date) -> Result<(), FieldRefusal> {
    if !method.may_be_used_by(keeper.user, keeper.reach) {
        return Err(Refusal::UnknownChoice.at(Field::Payment));
    }
    if method.described.expiry(today) == Expiry::Past {
        return Err(Refusal::CardExpired.at(Field::Payment));
    }
    Ok(())
}

/// Whether a payment method can pay for what somebody bought for oneself or the team: a card, whoever pays and whatever
/// else that person may do (R38, R179; domain 5.1).
///
/// # Errors
/// [`Refusal::AccountPaysNoSelfService`], at the payment method.
pub fn check_self_service(method: &PaymentMethod) -> Result<(), FieldRefusal> {
    match method.described {
        MethodDescription::Card(_) => Ok(()),
        MethodDescription::BankAccount(_) => Err(Refusal::AccountPaysNoSelfService.at(Field::Payment)),
    }
}

/// The code on a card that proves that it is at hand. It goes to the gateway and is never stored or logged.
#[derive(Clone, PartialEq, Eq)]
pub struct SecurityCode(String);

impl SecurityCode {
    /// Three digits, or four.
    ///
    /// # Errors
    /// [`Refusal::Required`], [`Refusal::SecurityCodeShape`].
    pub fn parse(text: &str) -> Result<Self, Refusal> {
        match text.trim() {
            "" => Err(Refusal::Required),
            code if (3..=4).contains(&code.len()) && code.bytes().all(|digit| digit.is_ascii_digit()) => {
                Ok(Self(code.to_owned()))
            }
            _ => Err(Refusal::SecurityCodeShape),
        }
    }

    /// The code, for the gateway.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for SecurityCode {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("SecurityCode(..)")
    }
}

/// What may change on a card: its number never does (domain 4.1).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CardUpdate {
    /// The month in which it expires, as `YYYY-MM`.
    pub expires_on: String,
    /// The name on the card.
    pub holder: String,
    /// The security code, where the gateway takes it.
    pub security_code: Option<SecurityCode>,
}

/// Reads the month in which a card expires, as `YYYY-MM`.
///
/// # Errors
/// [`Refusal::Required`], [`Refusal::ExpiryShape`], [`Refusal::CardExpired`].
pub fn expiry_month(text: &str, today: Date) -> Result<String, Refusal> {
    let text = text.trim();
    if text.is_empty() {
        return Err(Refusal::Required);
    }
    let first_day = month(text).ok_or(Refusal::ExpiryShape)?;
    if first_day.last_of_month() < today { Err(Refusal::CardExpired) } else { Ok(text.to_owned()) }
}

/// The name and the address of a holder, trimmed and checked.
///
/// # Errors
/// Every field that is wrong, as [`Party::checked`] says.
pub fn checked_holder(holder: &str, address: &Address) -> Result<(String, Address), Vec<FieldRefusal>> {
    let party = Party { name: holder.to_owned(), address: address.clone(), ..Party::default() }.checked()?;
    Ok((party.name, party.address))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use uuid::Uuid;

    fn user(number: u128) -> UserId {
        UserId::from_uuid(Uuid::from_u128(number))
    }

    fn card(expires_on: &str) -> MethodDescription {
        MethodDescription::Card(CardDescription {
            brand: "Visa".to_owned(),
            last_four: "4242".to_owned(),
            expires_on: expires_on.to_owned(),
        })
    }

    fn account() -> MethodDescription {
        let (country, last_four) = ("NL".to_owned(), "4300".to_owned());
        MethodDescription::BankAccount(BankAccountDescription { country, last_four, mandate: Some("M-1".to_owned()) })
    }

    fn on_file(described: MethodDescription) -> PaymentMethod {
        let now = "2020-01-15T09:00:00Z".parse().expect("a time");
        PaymentMethod {
            id: PaymentMethodId::from_uuid(Uuid::from_u128(1)),
            user_id: user(7),
            described,
            holder: "Anna de Vries".to_owned(),
            address: Address::default(),
            gateway_token: "card_succeeds".to_owned(),
            created_at: now,
            verified_at: Some(now),
            removed_at: None,
            revision: 1,
        }
    }

    const ALL: Reach = Reach::All;

    fn keeper(number: u128, reach: Reach) -> Keeper {
        Keeper { user: Some(user(number)), reach }
    }

    /// A card is good through the last day of its month, and warned about 60 days before that.
    #[test]
    fn a_card_expires_with_its_month() {
        let of = |expires_on: &str, day| card(expires_on).expiry(day);
        assert_eq!(of("2020-03", date(2020, 1, 30)), Expiry::Later);
        assert_eq!(of("2020-03", date(2020, 1, 31)), Expiry::Soon);
        assert_eq!(of("2020-03", date(2020, 3, 31)), Expiry::Soon);
        assert_eq!(of("2020-03", date(2020, 4, 1)), Expiry::Past);
        assert_eq!(of("2020-02", date(2020, 2, 29)), Expiry::Soon, "a leap year");
        assert_eq!(of("unknown", date(2020, 4, 1)), Expiry::Later);
        assert_eq!(account().expiry(date(2020, 4, 1)), Expiry::Later);
    }

    /// R164: a card is for the person who added it; a bank account for everybody who keeps the payment methods.
    #[test]
    fn a_card_belongs_to_who_added_it() {
        let (card, account) = (on_file(card("2030-12")), on_file(account()));
        let uses = |method: &PaymentMethod, number, reach| method.may_be_used_by(Some(user(number)), reach);
        assert!(uses(&card, 7, ALL) && uses(&card, 7, Reach::Own) && !uses(&card, 8, ALL));
        assert!(uses(&account, 7, Reach::Own) && uses(&account, 8, ALL) && !uses(&account, 8, Reach::Own));
        assert!(!card.may_be_used_by(None, ALL));
        let unverified = PaymentMethod { verified_at: None, ..card.clone() };
        let removed = PaymentMethod { removed_at: card.verified_at, ..card };
        assert!(!uses(&unverified, 7, ALL) && !uses(&removed, 7, ALL));
    }

    /// R164: others may see a card but not change it, until its owner is gone.
    #[test]
    fn others_do_not_change_a_card() {
        let (card, account) = (on_file(card("2030-12")), on_file(account()));
        assert_eq!(check_change(&card, keeper(7, ALL), false), Ok(()));
        assert_eq!(check_change(&card, keeper(8, ALL), false), Err(Refusal::CardOfOther));
        assert_eq!(check_change(&card, keeper(8, ALL), true), Ok(()));
        assert_eq!(check_change(&card, keeper(8, Reach::Own), true), Err(Refusal::CardOfOther));
        assert_eq!(check_change(&account, keeper(8, ALL), false), Ok(()));
        let removed = PaymentMethod { removed_at: card.verified_at, ..card };
        assert_eq!(check_change(&removed, keeper(7, ALL), false), Err(Refusal::NotFound));
    }

    /// R164: not while it pays for something, not while money is on its way, and never the only one.
    #[test]
    fn what_pays_for_something_is_not_deleted() {
        let uses = |subscriptions, billing_profiles, invoices, under_way| Uses {
            subscriptions,
            billing_profiles,
            invoices,
            under_way,
        };
        assert_eq!(check_delete(&uses(0, 0, 0, 0), true), Ok(()));
        assert_eq!(check_delete(&uses(0, 0, 0, 0), false), Err(Refusal::LastPaymentMethod));
        assert_eq!(check_delete(&uses(2, 1, 1, 0), true), Err(Refusal::PaymentMethodInUse { items: 4 }));
        assert_eq!(check_delete(&uses(0, 1, 0, 0), true), Err(Refusal::PaymentMethodInUse { items: 1 }));
        assert_eq!(check_delete(&uses(2, 0, 0, 1), true), Err(Refusal::PaymentMethodBusy));
        assert_eq!(check_delete(&uses(0, 0, 0, 1), false), Err(Refusal::PaymentMethodBusy));
    }

    /// R164: what pays for nothing is replaced by nothing; in 21Vianet the method changes only through support.
    #[test]
    fn what_pays_is_replaced_except_where_support_does_it() {
        let two = Uses { subscriptions: 2, ..Uses::default() };
        let by_support = Err(Refusal::Closed(ClosedReason::BySupport));
        for (cloud, of_two, of_none) in [
            (Cloud::Worldwide, Ok(()), Err(Refusal::NothingToChange)),
            (Cloud::Germany, Ok(()), Err(Refusal::NothingToChange)),
            (Cloud::Vianet21, by_support.clone(), by_support),
        ] {
            assert_eq!(check_replace(&two, cloud), of_two, "{cloud}");
            assert_eq!(check_replace(&Uses::default(), cloud), of_none, "{cloud}");
        }
    }

    /// R164: an expired card takes over nothing, and neither does that of somebody else.
    #[test]
    fn what_takes_over_must_be_able_to_pay() {
        let today = date(2020, 1, 15);
        let expired = Err(Refusal::CardExpired.at(Field::Payment));
        let unknown = Err(Refusal::UnknownChoice.at(Field::Payment));
        assert_eq!(check_use(&on_file(card("2020-01")), keeper(7, ALL), today), Ok(()));
        assert_eq!(check_use(&on_file(card("2019-12")), keeper(7, ALL), today), expired);
        assert_eq!(check_use(&on_file(card("2030-12")), keeper(8, ALL), today), unknown);
        assert_eq!(check_use(&on_file(account()), keeper(8, ALL), today), Ok(()));
    }

    /// R75, D15; domain 7: what each cloud and country takes.
    #[test]
    fn clouds_differ_in_what_they_take() {
        let today = date(2021, 2, 1);
        for cloud in [Cloud::Worldwide, Cloud::Germany] {
            assert_eq!(card("2030-12").check(cloud, today), Ok(()));
            assert!(accounts_offered(cloud, "NL", today) && !accounts_offered(cloud, "BE", today));
        }
        let of_china = Err(Refusal::CardNotOffered { brand: "UnionPay" });
        assert_eq!(card("2030-12").check(Cloud::Vianet21, today), of_china);
        let MethodDescription::Card(visa) = card("2030-12") else { unreachable!("it is a card") };
        let union_pay = MethodDescription::Card(CardDescription { brand: "UnionPay".to_owned(), ..visa });
        assert_eq!(union_pay.check(Cloud::Vianet21, today), Ok(()));
        assert_eq!(account().check(Cloud::Germany, today), Ok(()));
        assert_eq!(account().check(Cloud::Vianet21, today), Err(Refusal::BankAccountNotOffered));
        assert_eq!(card("2021-01").check(Cloud::Worldwide, today), Err(Refusal::CardExpired));
        assert!(!accounts_offered(Cloud::Vianet21, "CN", today) && !accounts_offered(Cloud::Vianet21, "NL", today));
    }

    /// R41: the security code and the month.
    #[test]
    fn what_is_typed_of_a_card_is_checked() {
        assert_eq!(SecurityCode::parse(" 123 ").expect("a code").as_str(), "123");
        assert_eq!(format!("{:?}", SecurityCode::parse("1234")), "Ok(SecurityCode(..))");
        assert_eq!(SecurityCode::parse(""), Err(Refusal::Required));
        for wrong in ["12", "12345", "12a", "１２３"] {
            assert_eq!(SecurityCode::parse(wrong), Err(Refusal::SecurityCodeShape), "{wrong}");
        }
        let today = date(2020, 1, 15);
        assert_eq!(expiry_month(" 2020-01 ", today), Ok("2020-01".to_owned()));
        assert_eq!(expiry_month("2019-12", today), Err(Refusal::CardExpired));
        assert_eq!(expiry_month("", today), Err(Refusal::Required));
        for wrong in ["2020-13", "12/2020", "2020-1", "20-01"] {
            assert_eq!(expiry_month(wrong, today), Err(Refusal::ExpiryShape), "{wrong}");
        }
    }
}
