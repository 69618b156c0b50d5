//! Let a payment method take over everything that another one pays for (R38, R164).
//!
//! What the old one could not collect is tried with the new one on the same day. A payment that is under way ends with
//! the old one.

use super::{at_payment, keeper_who_changes, visible};
use crate::door::{Change, Command};
use crate::failure::Failure;
use domain::access::permission::ManagePaymentMethods;
use domain::billing::payment_method::{check_replace, check_self_service, check_use};
use domain::billing::profile::check_method;
use domain::event::{self, Event, Subjects};
use domain::ids::PaymentMethodId;
use domain::refusal::Refusal;
use store::tables::payment_method::{self, ListedPaymentMethod};
use store::tables::{billing_account, invoice, subscription};

/// Lets one payment method take the place of another.
#[derive(Debug, Clone, Copy)]
pub struct ReplacePaymentMethod {
    /// What paid until now.
    pub from: PaymentMethodId,
    /// What pays from now on.
    pub to: PaymentMethodId,
}

impl Command for ReplacePaymentMethod {
    type Permission = ManagePaymentMethods;
    /// How many things moved.
    type Outcome = u32;
    const NAME: &'static str = "replace_payment_method";

    fn execute(&self, change: &Change<'_, ManagePaymentMethods>) -> Result<u32, Failure> {
        let keeper = keeper_who_changes(change)?;
        let ListedPaymentMethod { method: from, uses, .. } = visible(change.write, self.from, keeper)?;
        check_replace(&uses, change.organization().cloud)?;
        let to = payment_method::find(change.write, self.to)?.filter(|to| to.id != from.id);
        let to = to.ok_or_else(|| at_payment(Refusal::UnknownChoice))?;
        check_use(&to, keeper, change.today())?;
        if uses.billing_profiles > 0 {
            check_method(&to, keeper, change.today())?;
        }
        if payment_method::pays_self_service(change.write, from.id)? {
            check_self_service(&to)?;
        }
        let items = uses.items();
        // Whoever deletes either at the same time fails at the revision, or this does.
        payment_method::update(change.write, &from)?;
        payment_method::update(change.write, &to)?;
        let moved = subscription::paid_by(change.write, from.id, uses.subscriptions as usize)?;
        invoice::collect_again(change.write, from.id, change.today())?;
        invoice::replace_payment_method(change.write, from.id, to.id)?;
        subscription::replace_payment_method(change.write, from.id, to.id)?;
        billing_account::replace_payment_method(change.write, from.id, to.id)?;
        let (from, to) = (from.described.name(), to.described.name());
        for listed in moved {
            let subjects = Subjects { subscription: Some(listed.subscription.id), ..Subjects::default() };
            let method = event::Change { from: Some(from.clone()), to: Some(to.clone()) };
            change.record(subjects, &Event::SubscriptionPaymentChanged { method, is_first: false })?;
        }
        let method = event::Change { from, to };
        change.record(Subjects::default(), &Event::PaymentMethodReplaced { method, items })?;
        Ok(items)
    }
}
