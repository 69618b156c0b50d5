//! Change what pays for one subscription: another payment method, or an invoice (R11, R75, R165).

use super::about;
use super::change_quantity::visible;
use crate::billing::account;
use crate::billing::collect::let_customer_pay;
use crate::credit_check;
use crate::door::{Change, Command, Look, Query};
use crate::failure::Failure;
use crate::payment_method::{keeper_who_changes, usable_for};
use domain::access::permission::{ManageSubscription, ReadSubscriptions};
use domain::billing::Moment;
use domain::billing::payment_method::MethodName;
use domain::event::{self, Event};
use domain::ids::{BillingProfileId, PaymentMethodId, SubscriptionId};
use domain::organization::Organization;
use domain::refusal::{Field, Refusal};
use domain::subscription::change_payment_method::{Asker, decide, is_paid_by_profile};
use domain::subscription::{Channel, Subscription};
use store::Read;
use store::tables::payment_method::{self, PaymentMethod};
use store::tables::subscription;

/// Lets something else pay for a subscription from now on.
#[derive(Debug, Clone, Copy)]
pub struct ChangePaymentMethod {
    /// Which.
    pub subscription_id: SubscriptionId,
    /// What pays; `None`: the customer pays each invoice.
    pub to: Option<PaymentMethodId>,
}

impl Command for ChangePaymentMethod {
    type Permission = ManageSubscription;
    type Outcome = ();
    const NAME: &'static str = "change_payment_method";

    fn execute(&self, change: &Change<'_, ManageSubscription>) -> Result<(), Failure> {
        let before = visible(subscription::find(change.write, self.subscription_id)?, &change.granted)?;
        let find = |id: PaymentMethodId| payment_method::find(change.write, id);
        let to = match self.to {
            Some(id) => Some(find(id)?.ok_or_else(|| Refusal::UnknownChoice.at(Field::Payment))?),
            None => None,
        };
        let (actor, reach) = (change.granted.actor(), change.granted.reach_in(before.billing_profile_id));
        let asker = Asker { actor, reach, keeper: keeper_who_changes(change)? };
        let agreement = account(change.write)?.rules.agreement;
        let cloud = change.organization().cloud;
        let after = decide(&before, to.as_ref(), agreement, asker, cloud, change.today()).map_err(at_its_field)?;
        match &to {
            // Whoever deletes it at the same time fails at the revision, or this does.
            Some(method) => payment_method::update(change.write, method)?,
            None => by_invoice(change.write, change.organization(), &change.moment(), &before).map_err(at_its_field)?,
        }
        subscription::set_payment(change.write, &after, cloud)?;
        let from = before.payment_method_id.map(find).transpose()?.flatten();
        let name = |method: Option<PaymentMethod>| method.map(|method| -> MethodName { method.described.name() });
        let method = event::Change { from: name(from), to: name(to) };
        let is_first = method.from.is_none() && (before.is_prepaid() || before.is_trial());
        change.record(about(&after, None), &Event::SubscriptionPaymentChanged { method, is_first })?;
        let_customer_pay(change)
    }
}

/// Whether a subscription can be paid by invoice from now on (domain 4.2).
///
/// # Errors
/// [`Refusal::BelowInvoiceMinimum`], [`Refusal::CreditCheckNeeded`]; the failure of the database.
fn by_invoice(
    read: &Read<'_>,
    organization: &Organization,
    moment: &Moment,
    subscription: &Subscription,
) -> Result<(), Failure> {
    let quantity = i64::from(subscription.quantity);
    let amount = subscription.unit_price.times(quantity).unwrap_or(subscription.unit_price);
    match credit_check::waits(read, organization, moment, amount)? {
        true => Err(Refusal::CreditCheckNeeded.into()),
        false => Ok(()),
    }
}

/// What is wrong with what pays is said there.
fn at_its_field(failure: impl Into<Failure>) -> Failure {
    match failure.into() {
        Failure::Refused(
            refusal @ (Refusal::UnknownChoice
            | Refusal::AccountPaysNoSelfService
            | Refusal::CardExpired
            | Refusal::NothingToChange
            | Refusal::BelowInvoiceMinimum { .. }
            | Refusal::CreditCheckNeeded),
        ) => refusal.at(Field::Payment).into(),
        other => other,
    }
}

/// Asks what could pay for a subscription.
#[derive(Debug, Clone, Copy)]
pub struct PaymentChoices(pub SubscriptionId);

/// What the pane shows.
#[derive(Debug, Clone)]
pub struct PaymentChoicesView {
    /// What the reader may use, the default first.
    pub methods: Vec<PaymentMethod>,
    /// What pays now, also that of somebody else.
    pub current: Option<PaymentMethod>,
    /// Whether it can be paid by invoice, or why not; nothing for what no invoice is sent for.
    pub by_invoice: Option<Result<(), Refusal>>,
    /// Days that a customer has to pay an invoice.
    pub payment_terms_days: u16,
    /// The billing profile that decides instead, under MCA.
    pub profile: Option<BillingProfileId>,
}

impl Query for PaymentChoices {
    type Permission = ReadSubscriptions;
    type Outcome = PaymentChoicesView;

    fn run(&self, look: &Look<'_, ReadSubscriptions>) -> Result<PaymentChoicesView, Failure> {
        let found = subscription::find(look.read, self.0)?;
        let current = found.as_ref().and_then(|found| found.paid_by);
        let subscription = visible(found, &look.granted)?;
        let rules = account(look.read)?.rules;
        let by_invoice = match subscription.channel {
            Channel::SelfService | Channel::Trial | Channel::ProductKey => None,
            Channel::DirectInvoice => Some(Ok(())),
            _ => match by_invoice(look.read, look.organization(), &look.moment(), &subscription) {
                Ok(()) => Some(Ok(())),
                Err(Failure::Refused(refusal)) => Some(Err(refusal)),
                Err(other) => return Err(other),
            },
        };
        Ok(PaymentChoicesView {
            methods: usable_for(look, &subscription)?,
            current: current.map(|id| payment_method::find(look.read, id)).transpose()?.flatten(),
            by_invoice,
            payment_terms_days: rules.payment_terms_days,
            profile: is_paid_by_profile(&subscription, rules.agreement).then_some(subscription.billing_profile_id),
        })
    }
}
