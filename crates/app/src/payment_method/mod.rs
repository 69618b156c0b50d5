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
use crate::ports::GatewayError;
use domain::access::permission::{Granting, ManagePaymentMethods};
use domain::access::{Actor, Principal, Reach};
use domain::billing::payment_method::{Keeper, check_self_service, check_use};
use domain::ids::{BillingProfileId, OrganizationId, PaymentMethodId, UserId};
use domain::refusal::{Field, Refusal};
use domain::subscription::{Channel, Subscription};
use domain::user::UserState;
use store::Read;
use store::tables::payment_method::{self, ListedPaymentMethod, PaymentMethod};
use store::tables::{api_token, billing_account, user};

/// Whose cards are meant: those of the person who acts, and for a program of the one who made its key, while that
/// person may sign in.
pub(crate) fn person(read: &Read<'_>, actor: &Actor) -> Result<Option<UserId>, Failure> {
    match actor.principal {
        Principal::Token(token) => {
            let maker = api_token::maker(read, token)?;
            let maker = maker.map(|id| user::find(read, id)).transpose()?.flatten();
            Ok(maker.filter(|maker| maker.state == UserState::Active).map(|maker| maker.id))
        }
        Principal::User(user) => Ok(Some(user)),
        Principal::System => Ok(None),
    }
}

/// Who touches payment methods.
fn keeper(read: &Read<'_>, actor: &Actor, reach: Reach) -> Result<Keeper, Failure> {
    Ok(Keeper { user: person(read, actor)?, reach })
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
    let mut methods = payment_method::offered(look.read, keeper.user)?;
    methods.retain(|method| check_use(method, keeper, look.today()).is_ok());
    methods.sort_by_key(|method| Some(method.id) != default);
    Ok(methods)
}

/// What somebody may let pay today for a subscription: only cards for self-service.
pub(crate) fn usable_for<P: Granting>(
    look: &Look<'_, P>,
    subscription: &Subscription,
) -> Result<Vec<PaymentMethod>, Failure> {
    let mut methods = usable(look)?;
    if subscription.channel == Channel::SelfService {
        methods.retain(|method| check_self_service(method).is_ok());
    }
    Ok(methods)
}

/// Whether a payment method can pay for a subscription: what somebody bought for oneself is paid by card (R38).
pub(crate) fn check_pays_for(read: &Read<'_>, id: PaymentMethodId, subscription: &Subscription) -> Result<(), Failure> {
    if subscription.channel != Channel::SelfService {
        return Ok(());
    }
    let method = payment_method::find(read, id)?.ok_or_else(|| at_payment(Refusal::UnknownChoice))?;
    Ok(check_self_service(&method)?)
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

/// A payment method on file that somebody may see: everybody their own, and those who see all of them all.
fn visible(read: &Read<'_>, id: PaymentMethodId, keeper: Keeper) -> Result<ListedPaymentMethod, Failure> {
    let found = payment_method::find_on_file(read, id)?;
    Ok(found.filter(|listed| keeper.sees(&listed.method)).ok_or(Refusal::NotFound)?)
}

pub(crate) fn at_payment(refusal: Refusal) -> Failure {
    refusal.at(Field::Payment).into()
}

/// Why the gateway did not take a payment method.
pub(crate) fn not_taken(error: GatewayError) -> Failure {
    match error {
        GatewayError::Unknown => at_payment(Refusal::UnknownChoice),
        GatewayError::Declined => at_payment(Refusal::CardDeclined),
        GatewayError::Unreachable(_) => Refusal::Busy.into(),
    }
}
