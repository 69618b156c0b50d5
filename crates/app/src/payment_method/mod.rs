//! Use cases of payment methods: cards and bank accounts on file (domain 4.1; R36 to R44, R164).
//!
//! The gateway is asked outside any transaction, under the identifier of the payment method as idempotency key. A
//! method that was written and not verified pays for nothing and is shown to nobody: whoever adds it again goes on.

pub mod add;
pub mod delete;
pub mod details;
pub mod edit;
pub mod list;
pub mod replace;

use crate::door::{Change, Look};
use crate::failure::Failure;
use domain::access::permission::{Granting, ManagePaymentMethods};
use domain::access::{Actor, Principal, Reach};
use domain::billing::payment_method::{Keeper, check_use};
use domain::ids::{BillingProfileId, OrganizationId, PaymentMethodId};
use domain::refusal::{Field, FieldRefusal, Refusal};
use store::Read;
use store::tables::payment_method::{self, ListedPaymentMethod, PaymentMethod};
use store::tables::{api_token, billing_account};

/// Who touches payment methods: for a program, the person who made its key.
pub(crate) fn keeper(read: &Read<'_>, actor: &Actor, reach: Reach) -> Result<Keeper, Failure> {
    let user = match actor.principal {
        Principal::Token(token) => api_token::maker(read, token)?,
        Principal::User(user) => Some(user),
        Principal::System => None,
    };
    Ok(Keeper { user, reach })
}

/// Who asks, in a query.
pub(crate) fn keeper_who_looks<P: Granting>(look: &Look<'_, P>) -> Result<Keeper, Failure> {
    keeper(look.read, look.granted.actor(), look.reach::<ManagePaymentMethods>())
}

/// Who asks, in a command.
pub(crate) fn keeper_who_changes<P: Granting>(change: &Change<'_, P>) -> Result<Keeper, Failure> {
    keeper(change.write, change.granted.actor(), change.reach::<ManagePaymentMethods>())
}

/// What somebody may let pay today, the default of the organization first, then the newest.
pub(crate) fn usable<P: Granting>(look: &Look<'_, P>) -> Result<Vec<PaymentMethod>, Failure> {
    let (default, keeper) = (default(look.read, look.organization().id)?, keeper_who_looks(look)?);
    let mut methods: Vec<_> = payment_method::on_file(look.read)?.into_iter().map(|listed| listed.method).collect();
    methods.retain(|method| check_use(method, keeper, look.today()).is_ok());
    methods.sort_by_key(|method| Some(method.id) != default);
    Ok(methods)
}

/// A payment method that somebody lets pay from now on. Whoever deletes it at the same time fails at the revision, or
/// this does.
pub(crate) fn method_to_use<P: Granting>(
    change: &Change<'_, P>,
    id: PaymentMethodId,
) -> Result<PaymentMethodId, Failure> {
    let method = payment_method::find(change.write, id)?.ok_or_else(|| at_payment(Refusal::UnknownChoice))?;
    check_use(&method, keeper_who_changes(change)?, change.today())?;
    payment_method::update(change.write, &method)?;
    Ok(method.id)
}

/// What the organization offers first: what pays for its first billing profile.
pub(crate) fn default(read: &Read<'_>, organization: OrganizationId) -> Result<Option<PaymentMethodId>, Failure> {
    let first = billing_account::find_profile(read, BillingProfileId::first_of(organization))?;
    Ok(first.and_then(|profile| profile.payment_method_id))
}

/// A payment method on file that somebody may see: everybody their own, and those who see all invoices all of them.
fn visible(read: &Read<'_>, id: PaymentMethodId, keeper: Keeper) -> Result<ListedPaymentMethod, Failure> {
    let mut on_file = payment_method::on_file(read)?.into_iter();
    let is_seen = |listed: &ListedPaymentMethod| {
        listed.method.id == id && (keeper.reach == Reach::All || keeper.user == Some(listed.method.user_id))
    };
    Ok(on_file.find(is_seen).ok_or(Refusal::NotFound)?)
}

fn at_payment(refusal: Refusal) -> Failure {
    FieldRefusal { field: Field::Payment, refusal }.into()
}
