//! Edit what may change on a payment method: the expiration date, the name and the address (R37, R41, R42).

use super::{keeper_who_changes, keeper_who_looks, visible};
use crate::door::{App, Caller, Change, Command, Look, Query};
use crate::failure::Failure;
use crate::ports::{CardUpdate, GatewayError, MethodDescription};
use domain::access::permission::ManagePaymentMethods;
use domain::billing::party::Address;
use domain::billing::payment_method::{SecurityCode, check_change, checked_holder, expiry_month};
use domain::event::{Event, Subjects};
use domain::ids::{OrganizationId, PaymentMethodId};
use domain::refusal::{Field, Refusal};
use store::tables::invoice;
use store::tables::payment_method::{self, PaymentMethod};

/// What is to stand on a payment method, as it was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EditPaymentMethod {
    /// Which.
    pub id: PaymentMethodId,
    /// The name on the card or of the account.
    pub holder: String,
    /// Where the holder is.
    pub address: Address,
    /// The month in which the card expires, as `YYYY-MM`; not read for a bank account.
    pub expires_on: String,
    /// The security code; not read for a bank account, or where the gateway does not take it.
    pub security_code: String,
    /// The revision that was read.
    pub revision: i64,
}

/// Whether the security code of a card is asked for. A gateway that has its own form for it does not want it here.
#[must_use]
pub fn asks_security_code(app: &App) -> bool {
    !app.ports().gateway.has_card_form()
}

/// Edits a payment method, at the gateway first. Blocks.
///
/// # Errors
/// Fields that are wrong; [`Refusal::CardOfOther`]; [`Refusal::ChangedMeanwhile`]; [`Refusal::CardDeclined`] at the
/// expiration date; [`Refusal::Busy`] when the gateway does not answer; the failure of the database.
pub fn edit_payment_method(
    app: &App,
    caller: &Caller,
    organization: OrganizationId,
    edit: &EditPaymentMethod,
) -> Result<(), Failure> {
    let (mut changed, update) = app.read(caller, organization, &Check { edit, with_code: asks_security_code(app) })?;
    if let Some(update) = update {
        let updated = app.ports().gateway.update_card(&changed.gateway_token, &update);
        changed.described = updated.map_err(|error| match error {
            GatewayError::Unreachable(_) => Failure::from(Refusal::Busy),
            GatewayError::Unknown | GatewayError::Declined => Refusal::CardDeclined.at(Field::ExpiresOn).into(),
        })?;
    }
    app.write(caller, organization, Save(changed)).wait()
}

/// Checks what was typed, before the gateway is asked.
struct Check<'a> {
    edit: &'a EditPaymentMethod,
    with_code: bool,
}

impl Query for Check<'_> {
    type Permission = ManagePaymentMethods;
    /// The method as it is to be, and what the gateway has to know of a card.
    type Outcome = (PaymentMethod, Option<CardUpdate>);

    fn run(&self, look: &Look<'_, ManagePaymentMethods>) -> Result<Self::Outcome, Failure> {
        let keeper = keeper_who_looks(look)?;
        let listed = visible(look.read, self.edit.id, keeper)?;
        check_change(&listed.method, keeper, listed.owner_is_gone)?;
        if listed.method.revision != self.edit.revision {
            return Err(Refusal::ChangedMeanwhile.into());
        }
        let mut wrong = Vec::new();
        let is_card = matches!(listed.method.described, MethodDescription::Card(_));
        let code = match is_card && self.with_code {
            true => SecurityCode::parse(&self.edit.security_code)
                .map_err(|refusal| wrong.push(refusal.at(Field::SecurityCode)))
                .ok(),
            false => None,
        };
        let month = match is_card {
            true => expiry_month(&self.edit.expires_on, look.today())
                .map_err(|refusal| wrong.push(refusal.at(Field::ExpiresOn)))
                .ok(),
            false => None,
        };
        let holder = checked_holder(&self.edit.holder, &self.edit.address);
        wrong.extend(holder.as_ref().err().cloned().unwrap_or_default());
        let Ok((holder, address)) = holder else { return Err(wrong.into()) };
        if !wrong.is_empty() {
            return Err(wrong.into());
        }
        let update = month.map(|expires_on| CardUpdate { expires_on, holder: holder.clone(), security_code: code });
        Ok((PaymentMethod { holder, address, ..listed.method }, update))
    }
}

/// Saves what the gateway took.
struct Save(PaymentMethod);

impl Command for Save {
    type Permission = ManagePaymentMethods;
    type Outcome = ();
    const NAME: &'static str = "edit_payment_method";

    fn execute(&self, change: &Change<'_, ManagePaymentMethods>) -> Result<(), Failure> {
        let now = visible(change.write, self.0.id, keeper_who_changes(change)?)?.method;
        if now.revision != self.0.revision {
            return Err(Refusal::ChangedMeanwhile.into());
        }
        payment_method::update(change.write, &self.0)?;
        // What the card could not pay before, it may pay now.
        invoice::collect_again(change.write, self.0.id, change.today())?;
        change.record(Subjects::default(), &Event::PaymentMethodChanged { method: self.0.described.name() })
    }
}
