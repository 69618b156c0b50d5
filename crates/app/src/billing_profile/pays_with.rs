//! What pays on a billing profile is one thing for everything on it (domain 4.1, 4.8; decision 24).

use crate::billing::{account, profile};
use crate::door::{Change, Look};
use crate::failure::Failure;
use crate::payment_method::{at_payment, method_to_use, usable};
use domain::access::permission::Granting;
use domain::billing::payment_method::{Expiry, MethodDescription};
use domain::billing::profile::{PaysWith, pays_most};
use domain::billing::{Agreement, BillingProfile};
use domain::event::{Event, Subjects};
use domain::ids::{BillingProfileId, PaymentMethodId};
use domain::refusal::Refusal;
use store::Read;
use store::tables::payment_method::{self, PaymentMethod};
use store::tables::{billing_account, subscription};

/// Most subscriptions of a profile that are looked at for what pays for them.
const PAID_MAX: usize = 10_000;

/// What pays on a profile; nothing under MOSA, where each purchase has what pays for it.
pub(crate) fn pays_with(read: &Read<'_>, profile: &BillingProfile) -> Result<Option<PaysWith>, Failure> {
    match account(read)?.rules.agreement {
        Agreement::Mosa => Ok(None),
        Agreement::Mca => Ok(Some(PaysWith::of(profile, subscription::is_bought_on(read, profile.id)?))),
    }
}

/// Likewise, by the identifier of the profile.
pub(crate) fn pays_with_on(read: &Read<'_>, id: BillingProfileId) -> Result<Option<PaysWith>, Failure> {
    pays_with(read, &profile(read, id)?)
}

/// What somebody may let pay today for what is bought on a profile, the default first.
pub(crate) fn usable_on<P: Granting>(
    look: &Look<'_, P>,
    pays_with: Option<PaysWith>,
) -> Result<Vec<PaymentMethod>, Failure> {
    match pays_with {
        // Whoever buys on the profile uses its card, whoever added that (domain 4.1).
        Some(PaysWith::Card(card)) => Ok(payment_method::find(look.read, card)?.into_iter().collect()),
        _ => {
            let mut methods = usable(look)?;
            methods.retain(|method| pays_with.is_none_or(|pays_with| pays_with.check(Some(method)).is_ok()));
            Ok(methods)
        }
    }
}

/// A payment method on file that somebody lets pay for what is bought on a profile.
pub(crate) fn method_to_use_on<P: Granting>(
    change: &Change<'_, P>,
    pays_with: Option<PaysWith>,
    id: PaymentMethodId,
) -> Result<PaymentMethodId, Failure> {
    if pays_with != Some(PaysWith::Card(id)) {
        let id = method_to_use(change, id)?;
        check_on(change.write, pays_with, Some(id))?;
        return Ok(id);
    }
    let card = payment_method::find(change.write, id)?.filter(PaymentMethod::is_on_file);
    let card = card.ok_or_else(|| at_payment(Refusal::UnknownChoice))?;
    match card.described.expiry(change.today()) {
        Expiry::Past => Err(at_payment(Refusal::CardExpired)),
        _ => Ok(id),
    }
}

/// Refuses what cannot pay for what is bought on a profile.
pub(crate) fn check_on(
    read: &Read<'_>,
    pays_with: Option<PaysWith>,
    chosen: Option<PaymentMethodId>,
) -> Result<(), Failure> {
    let Some(pays_with) = pays_with else { return Ok(()) };
    let find = |id| payment_method::find(read, id)?.ok_or_else(|| at_payment(Refusal::UnknownChoice));
    let method: Option<PaymentMethod> = chosen.map(find).transpose()?;
    Ok(pays_with.check(method.as_ref())?)
}

/// The card that pays for the first thing that is bought on a profile pays for everything on it from then on.
pub(crate) fn keep_first_choice<P: Granting>(
    change: &Change<'_, P>,
    id: BillingProfileId,
    card: PaymentMethodId,
) -> Result<(), Failure> {
    let before = profile(change.write, id)?;
    if pays_with(change.write, &before)? != Some(PaysWith::FirstChoice) {
        return Ok(());
    }
    let after = BillingProfile { payment_method_id: Some(card), ..before };
    billing_account::update_profile(change.write, &after)?;
    change.record(Subjects::default(), &Event::BillingProfileChanged { name: after.name })
}

/// An organization that comes under MCA: each profile on which it bought something, and that has no card, takes the one
/// that pays most of that by now; none where most of it is paid by invoice (decision 27).
pub(crate) fn keep_what_pays_most<P: Granting>(change: &Change<'_, P>) -> Result<(), Failure> {
    let mut on_file = payment_method::on_file(change.write)?;
    on_file.retain(|listed| matches!(listed.method.described, MethodDescription::Card(_)));
    let is_card = |id| on_file.iter().any(|listed| listed.method.id == id);
    for before in billing_account::profiles(change.write)? {
        if pays_with(change.write, &before)? != Some(PaysWith::Invoice) {
            continue;
        }
        let listed = subscription::of_profile(change.write, before.id, PAID_MAX)?;
        let mut all: Vec<_> = listed.into_iter().map(|listed| listed.subscription).collect();
        all.retain(|paid| paid.payment_method_id.is_none_or(is_card));
        if let Some(most) = pays_most(&all) {
            let after = BillingProfile { payment_method_id: Some(most), ..before };
            billing_account::update_profile(change.write, &after)?;
            change.record(Subjects::default(), &Event::BillingProfileChanged { name: after.name })?;
        }
    }
    Ok(())
}
