//! One payment method: what it pays for, and what could take its place.

use super::list::{PaymentMethodRow, Reader};
use super::{keeper, usable, visible};
use crate::door::{Look, Query};
use crate::failure::Failure;
use domain::access::permission::ReadInvoices;
use domain::billing::payment_method::{MethodDescription, check_delete, check_replace};
use domain::ids::{BillingProfileId, PaymentMethodId};
use domain::refusal::Refusal;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use store::tables::payment_method::{self, PaymentMethod};
use store::tables::subscription::{self, ListedSubscription};

/// Subscriptions and billing profiles that the page names; it counts the others.
const ITEMS_SHOWN: usize = 50;

/// Asks for one payment method.
#[derive(Debug, Clone, Copy)]
pub struct PaymentMethodDetails(pub PaymentMethodId);

/// One payment method.
#[derive(Debug, Clone)]
pub struct PaymentMethodView {
    /// As in the list.
    pub row: PaymentMethodRow,
    /// The subscriptions that it pays for, by name, fifty at most.
    pub subscriptions: Vec<ListedSubscription>,
    /// The billing profiles that it pays for, fifty at most.
    pub profiles: Vec<(BillingProfileId, String)>,
    /// What the reader may let take over.
    pub others: Vec<PaymentMethod>,
    /// Whether another one can take its place, or why not.
    pub replace: Result<(), Refusal>,
    /// Whether it can be deleted, or why not.
    pub delete: Result<(), Refusal>,
    /// The civil day.
    pub today: Date,
    /// The zone in which the organization's moments are written.
    pub zone: TimeZone,
}

impl Query for PaymentMethodDetails {
    type Permission = ReadInvoices;
    type Outcome = PaymentMethodView;

    fn run(&self, look: &Look<'_, ReadInvoices>) -> Result<PaymentMethodView, Failure> {
        let sees = keeper(look.read, look.granted.actor(), look.granted.reach())?;
        let row = Reader::of(look)?.row(visible(look.read, self.0, sees)?);
        let mut others = usable(look)?;
        others.retain(|method| method.id != self.0);
        // A bank account pays for no billing profile, and for nothing that somebody bought for oneself.
        if row.listed.uses.billing_profiles > 0 || payment_method::pays_self_service(look.read, self.0)? {
            others.retain(|method| matches!(method.described, MethodDescription::Card(_)));
        }
        Ok(PaymentMethodView {
            replace: check_replace(&row.listed.uses, look.organization().cloud),
            delete: check_delete(&row.listed.uses, payment_method::count_on_file(look.read)? > 1),
            row,
            subscriptions: subscription::paid_by(look.read, self.0, ITEMS_SHOWN)?,
            profiles: payment_method::paid_profiles(look.read, self.0, ITEMS_SHOWN)?,
            others,
            today: look.today(),
            zone: look.zone().clone(),
        })
    }
}
