//! The payment methods of the organization, and what each pays for (R40).

use super::{default, keeper, keeper_who_looks};
use crate::door::{Look, Query};
use crate::failure::Failure;
use domain::access::Reach;
use domain::access::permission::ReadInvoices;
use domain::billing::payment_method::{Expiry, Keeper, check_change};
use domain::ids::PaymentMethodId;
use jiff::civil::Date;
use store::tables::payment_method;

pub use store::tables::payment_method::ListedPaymentMethod;

/// Asks for every payment method that somebody sees: a buyer the own ones, an admin all.
#[derive(Debug, Clone, Copy)]
pub struct ListPaymentMethods;

/// A payment method of the list.
#[derive(Debug, Clone)]
pub struct PaymentMethodRow {
    /// The method, whose it is and what it pays for.
    pub listed: ListedPaymentMethod,
    /// Whether it is offered first.
    pub is_default: bool,
    /// How near its end is.
    pub expiry: Expiry,
    /// Whether the reader may edit and delete it (R164).
    pub may_change: bool,
    /// Whether the reader may let another one take over what it pays for.
    pub may_replace: bool,
}

/// The list.
#[derive(Debug, Clone)]
pub struct PaymentMethodsView {
    /// The newest first.
    pub rows: Vec<PaymentMethodRow>,
    /// Whether the reader may add one.
    pub may_add: bool,
    /// The civil day.
    pub today: Date,
}

impl Query for ListPaymentMethods {
    type Permission = ReadInvoices;
    type Outcome = PaymentMethodsView;

    fn run(&self, look: &Look<'_, ReadInvoices>) -> Result<PaymentMethodsView, Failure> {
        let sees = keeper(look.read, look.granted.actor(), look.granted.reach())?;
        let mut seen = payment_method::on_file(look.read)?;
        seen.retain(|listed| sees.sees(&listed.method));
        let reader = Reader::of(look)?;
        let may_add = reader.keeper.reach != Reach::Nothing;
        Ok(PaymentMethodsView {
            rows: seen.into_iter().map(|listed| reader.row(listed)).collect(),
            may_add,
            today: look.today(),
        })
    }
}

/// Who reads, and what is the same for each row.
pub(super) struct Reader {
    keeper: Keeper,
    default: Option<PaymentMethodId>,
    today: Date,
}

impl Reader {
    pub(super) fn of(look: &Look<'_, ReadInvoices>) -> Result<Self, Failure> {
        let default = default(look.read, look.organization().id)?;
        Ok(Self { keeper: keeper_who_looks(look)?, default, today: look.today() })
    }

    pub(super) fn row(&self, listed: ListedPaymentMethod) -> PaymentMethodRow {
        let (method, keeper) = (&listed.method, self.keeper);
        let is_own = keeper.user == Some(method.user_id);
        PaymentMethodRow {
            is_default: self.default == Some(method.id),
            expiry: method.described.expiry(self.today),
            may_change: keeper.reach != Reach::Nothing && check_change(method, keeper, listed.owner_is_gone).is_ok(),
            may_replace: keeper.reach == Reach::All || (keeper.reach == Reach::Own && is_own),
            listed,
        }
    }
}
