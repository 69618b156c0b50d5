//! Put a card or a bank account on file (R43, R44, R75, R164, R168).

use super::{at_payment, keeper_who_changes, keeper_who_looks, not_taken};
use crate::door::{App, Caller, Change, Command, Look, Query};
use crate::failure::Failure;
use crate::ports::{CardDescription, KeepOutcome, MethodDescription, NewAccount};
use domain::access::permission::ManagePaymentMethods;
use domain::billing::bank_account;
use domain::billing::iban::Iban;
use domain::billing::party::Address;
use domain::billing::payment_method::{accounts_offered, checked_holder};
use domain::event::{Event, Subjects};
use domain::ids::{OrganizationId, PaymentMethodId, UserId};
use domain::organization::Cloud;
use domain::refusal::{Field, Refusal};
use store::tables::payment_method::{self, PaymentMethod};
use store::tables::{billing_account, user};

/// A payment method as somebody adds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewPaymentMethod {
    /// Made before the button is pressed ([`new_payment_method_id`]), so that pressing it twice adds one.
    pub id: PaymentMethodId,
    /// The card or the account.
    pub means: NewMeans,
    /// The name on the card or of the account.
    pub holder: String,
    /// Where the holder is.
    pub address: Address,
}

/// What is put on file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NewMeans {
    /// A card that was given to the gateway; what stands for it.
    Card {
        /// The token.
        token: String,
    },
    /// A card that its owner types into the form of the gateway.
    CardForm,
    /// A bank account.
    BankAccount {
        /// Its IBAN, as it was typed. It goes to the gateway and nowhere else.
        iban: String,
        /// Whether its holder allows direct debit.
        mandate: bool,
    },
}

/// How far the adding came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Adding {
    /// It can pay.
    Added(PaymentMethodId),
    /// The bank wants its owner to confirm first (domain 4.5).
    WaitsForOwner {
        /// Which one waits.
        id: PaymentMethodId,
        /// Where.
        address: String,
    },
}

/// An identifier for a payment method that is about to be added.
#[must_use]
pub fn new_payment_method_id(app: &App) -> PaymentMethodId {
    PaymentMethodId::from_uuid(app.ports().ids.next(app.now()))
}

/// Whether cards are typed into a form of the gateway.
#[must_use]
pub fn has_card_form(app: &App) -> bool {
    app.ports().gateway.has_card_form()
}

/// Asks whether bank accounts can be added, and whom their holders authorize.
#[derive(Debug, Clone, Copy)]
pub struct AddingOffered;

/// What the pane offers.
#[derive(Debug, Clone)]
pub struct AddingView {
    /// Whether new bank accounts are taken (R75).
    pub accounts: bool,
    /// The name of the seller, for the mandate.
    pub seller: String,
    /// What the reader has on file, so that it is not offered again.
    pub own: Vec<PaymentMethod>,
    /// The country of the organization.
    pub country: String,
}

impl Query for AddingOffered {
    type Permission = ManagePaymentMethods;
    type Outcome = AddingView;

    fn run(&self, look: &Look<'_, ManagePaymentMethods>) -> Result<AddingView, Failure> {
        let organization = look.organization();
        let (seller, _) = billing_account::seller(look.read)?;
        let owner = keeper_who_looks(look)?.user;
        let mut own = owner.map(|user| payment_method::of_user(look.read, user)).transpose()?.unwrap_or_default();
        own.retain(PaymentMethod::is_on_file);
        Ok(AddingView {
            accounts: accounts_offered(organization.cloud, &organization.country, look.today()),
            seller: seller.party.name,
            own,
            country: organization.country.clone(),
        })
    }
}

/// Adds a payment method; whoever has to confirm at the bank comes back to `return_path`. Blocks. Adding the same one
/// again goes on where it was.
///
/// # Errors
/// Fields that are wrong; [`Refusal::BankAccountNotOffered`], [`Refusal::CardNotOffered`], [`Refusal::CardExpired`],
/// [`Refusal::CardDeclined`]; [`Refusal::Busy`] when the gateway does not answer; the failure of the database.
pub fn add_payment_method(
    app: &App,
    caller: &Caller,
    organization: OrganizationId,
    new: &NewPaymentMethod,
    return_path: impl Fn(PaymentMethodId) -> String,
) -> Result<Adding, Failure> {
    let checked = app.read(caller, organization, &Check(new))?;
    let (token, described) = at_the_gateway(app, new, &checked, &return_path(new.id))?;
    let Checked { holder, address, .. } = checked;
    let register = Register { id: new.id, described, token, holder, address };
    let id = app.write(caller, organization, register).wait()?;
    confirm(app, caller, organization, id, &return_path(id))
}

/// What stands at the gateway for what was typed, and what people recognize it by.
fn at_the_gateway(
    app: &App,
    new: &NewPaymentMethod,
    checked: &Checked,
    return_path: &str,
) -> Result<(String, MethodDescription), Failure> {
    let (gateway, key) = (&app.ports().gateway, new.id.to_string());
    let token = match (&new.means, &checked.iban) {
        (NewMeans::CardForm, _) => {
            let form = gateway.open_card_form(&key, return_path).map_err(not_taken)?;
            return Ok((form, MethodDescription::Card(CardDescription::not_typed_yet())));
        }
        (NewMeans::BankAccount { .. }, Some(iban)) => {
            let account = NewAccount { iban, holder: &checked.holder, email: &checked.email };
            gateway.open_account(&key, &account).map_err(not_taken)?
        }
        (NewMeans::Card { token }, _) => token.clone(),
        (NewMeans::BankAccount { .. }, None) => return Err(Failure::internal("an account without its number")),
    };
    let described = gateway.describe(&token).map_err(not_taken)?;
    let is_card = matches!(described, MethodDescription::Card(_));
    if is_card != matches!(new.means, NewMeans::Card { .. }) {
        return Err(at_payment(Refusal::UnknownChoice));
    }
    described.check(checked.cloud, checked.today).map_err(at_payment)?;
    Ok((token, described))
}

/// Asks the gateway whether a payment method that was added can pay by now. Safe to repeat. Blocks.
///
/// # Errors
/// [`Refusal::NotFound`]; [`Refusal::CardDeclined`] when the bank, or its owner there, said no; [`Refusal::Busy`]; the
/// failure of the database.
pub fn confirm(
    app: &App,
    caller: &Caller,
    organization: OrganizationId,
    id: PaymentMethodId,
    return_path: &str,
) -> Result<Adding, Failure> {
    let Some(token) = app.read(caller, organization, &FindUnverified(id))? else { return Ok(Adding::Added(id)) };
    match app.ports().gateway.keep(&id.to_string(), &token, return_path).map_err(not_taken)? {
        KeepOutcome::Kept { token, described } => {
            app.write(caller, organization, Verify { id, token, described }).wait()?;
            Ok(Adding::Added(id))
        }
        KeepOutcome::ConfirmationRequired { address, .. } => Ok(Adding::WaitsForOwner { id, address }),
    }
}

/// Checks what was typed, before anything goes to the gateway.
struct Check<'a>(&'a NewPaymentMethod);

/// What was typed, in order.
struct Checked {
    holder: String,
    address: Address,
    iban: Option<Iban>,
    email: String,
    cloud: Cloud,
    today: jiff::civil::Date,
}

impl Query for Check<'_> {
    type Permission = ManagePaymentMethods;
    type Outcome = Checked;

    fn run(&self, look: &Look<'_, ManagePaymentMethods>) -> Result<Checked, Failure> {
        let organization = look.organization();
        let mut wrong = Vec::new();
        let iban = match &self.0.means {
            NewMeans::CardForm => None,
            NewMeans::Card { token } => {
                wrong.extend(token.is_empty().then(|| Refusal::Required.at(Field::Payment)));
                None
            }
            NewMeans::BankAccount { iban, mandate } => {
                if !accounts_offered(organization.cloud, &organization.country, look.today()) {
                    return Err(at_payment(Refusal::BankAccountNotOffered));
                }
                let iban = bank_account::check(iban, &organization.country, look.today());
                wrong.extend(iban.as_ref().err().map(|refusal| refusal.clone().at(Field::Iban)));
                wrong.extend((!mandate).then(|| Refusal::MandateNeeded.at(Field::Mandate)));
                iban.ok()
            }
        };
        let holder = checked_holder(&self.0.holder, &self.0.address);
        wrong.extend(holder.as_ref().err().cloned().unwrap_or_default());
        let Ok((holder, address)) = holder else { return Err(wrong.into()) };
        if !wrong.is_empty() {
            return Err(wrong.into());
        }
        let owner = owner(keeper_who_looks(look)?.user)?;
        let email = user::find(look.read, owner)?.map(|user| user.email).unwrap_or_default();
        Ok(Checked { holder, address, iban, email, cloud: organization.cloud, today: look.today() })
    }
}

fn owner(user: Option<UserId>) -> Result<UserId, Failure> {
    user.ok_or_else(|| Refusal::NotAllowed.into())
}

/// Writes a payment method that pays nothing yet.
struct Register {
    id: PaymentMethodId,
    described: MethodDescription,
    token: String,
    holder: String,
    address: Address,
}

impl Command for Register {
    type Permission = ManagePaymentMethods;
    /// The one with this token that is there by now.
    type Outcome = PaymentMethodId;
    const NAME: &'static str = "add_payment_method";

    fn execute(&self, change: &Change<'_, ManagePaymentMethods>) -> Result<PaymentMethodId, Failure> {
        let user_id = owner(keeper_who_changes(change)?.user)?;
        let own = payment_method::of_user(change.write, user_id)?;
        if let Some(known) = own.into_iter().find(|method| method.gateway_token == self.token) {
            let (holder, address) = (self.holder.clone(), self.address.clone());
            payment_method::update(change.write, &PaymentMethod { holder, address, ..known.clone() })?;
            return Ok(known.id);
        }
        if payment_method::find(change.write, self.id)?.is_some() {
            return Err(Refusal::IdempotencyKeyReused.into());
        }
        let new = PaymentMethod {
            id: self.id,
            user_id,
            described: self.described.clone(),
            holder: self.holder.clone(),
            address: self.address.clone(),
            gateway_token: self.token.clone(),
            created_at: change.now(),
            verified_at: None,
            removed_at: None,
            revision: 1,
        };
        payment_method::insert(change.write, &new)?;
        Ok(new.id)
    }
}

/// Asks for the token of a payment method of the one who asks, as long as the gateway does not keep it.
struct FindUnverified(PaymentMethodId);

impl Query for FindUnverified {
    type Permission = ManagePaymentMethods;
    type Outcome = Option<String>;

    fn run(&self, look: &Look<'_, ManagePaymentMethods>) -> Result<Option<String>, Failure> {
        let owner = keeper_who_looks(look)?.user;
        let found = payment_method::find(look.read, self.0)?;
        let own = found.filter(|method| Some(method.user_id) == owner && method.removed_at.is_none());
        let own = own.ok_or(Refusal::NotFound)?;
        Ok(own.verified_at.is_none().then_some(own.gateway_token))
    }
}

/// The gateway keeps it: it can pay from now on.
struct Verify {
    id: PaymentMethodId,
    token: String,
    described: MethodDescription,
}

impl Command for Verify {
    type Permission = ManagePaymentMethods;
    type Outcome = ();
    const NAME: &'static str = "add_payment_method";

    fn execute(&self, change: &Change<'_, ManagePaymentMethods>) -> Result<(), Failure> {
        let before = payment_method::find(change.write, self.id)?.ok_or(Refusal::NotFound)?;
        if before.verified_at.is_some() {
            return Ok(());
        }
        self.described.check(change.organization().cloud, change.today()).map_err(at_payment)?;
        let (gateway_token, described) = (self.token.clone(), self.described.clone());
        let (method, verified_at) = (described.name(), Some(change.now()));
        payment_method::update(change.write, &PaymentMethod { gateway_token, described, verified_at, ..before })?;
        change.record(Subjects::default(), &Event::PaymentMethodAdded { method })
    }
}
