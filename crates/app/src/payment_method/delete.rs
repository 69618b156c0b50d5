//! Take a payment method off file (R164): not while it pays for something.

use super::{keeper_who_changes, visible};
use crate::door::{Change, Command};
use crate::failure::Failure;
use domain::access::permission::ManagePaymentMethods;
use domain::billing::payment_method::{check_change, check_delete};
use domain::event::{Event, Subjects};
use domain::ids::PaymentMethodId;
use store::tables::payment_method::{self, PaymentMethod};

/// Takes a payment method off file.
#[derive(Debug, Clone, Copy)]
pub struct DeletePaymentMethod(pub PaymentMethodId);

impl Command for DeletePaymentMethod {
    type Permission = ManagePaymentMethods;
    type Outcome = ();
    const NAME: &'static str = "delete_payment_method";

    fn execute(&self, change: &Change<'_, ManagePaymentMethods>) -> Result<(), Failure> {
        let keeper = keeper_who_changes(change)?;
        let listed = visible(change.write, self.0, keeper)?;
        check_change(&listed.method, keeper, listed.owner_is_gone)?;
        check_delete(&listed.uses, payment_method::count_on_file(change.write)? > 1)?;
        let method = listed.method.described.name();
        // Whoever lets it pay for something at the same time fails at the revision, or this does.
        payment_method::update(change.write, &PaymentMethod { removed_at: Some(change.now()), ..listed.method })?;
        change.record(Subjects::default(), &Event::PaymentMethodDeleted { method })
    }
}
