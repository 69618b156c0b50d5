//! What the payment gateway reports by itself (domain 4.5, 4.6): it only says which payment to look at, and how that
//! stands the gateway is asked. So a report may come twice, late, before the gateway's own answer or never.

use super::collect;
use super::record_chargeback::RecordChargeback;
use crate::door::{App, Caller};
use crate::failure::Failure;
use crate::gateway::unreachable;
use crate::order;
use crate::ports::{ChargeOutcome, GatewayError, NoticeKind, NoticeRefused};
use domain::access::Actor;
use domain::ids::{OrderId, OrganizationId, PaymentId};
use domain::refusal::Refusal;
use store::tables::{order as orders, payment};
use store::{Read, Scope};

/// What came of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Taken {
    /// Its payment stands here as it stands at the gateway.
    Followed,
    /// It is about no payment of this Zetel, or none that is known yet: whoever asked for it follows it.
    Unknown,
    /// It concerns no payment.
    NotConcerned,
    /// The gateway did not say that, or not now. Nothing was looked at.
    Refused(NoticeRefused),
}

/// Takes what the gateway reports, with its signature. `request` names it in the journal. Blocks.
///
/// # Errors
/// The failure of the database or of the gateway, which then reports it again.
pub fn take_notice(app: &App, request: &str, signature: &str, body: &[u8]) -> Result<Taken, Failure> {
    let notice = match app.ports().gateway.notice(signature, body, app.now()) {
        Ok(Some(notice)) => notice,
        Ok(None) => return Ok(Taken::NotConcerned),
        Err(refused) => return Ok(Taken::Refused(refused)),
    };
    let caller = Caller { actor: Actor::system(), request: request.to_owned() };
    match app.store().read(Scope::Shared, |read| find(read, &notice.reference))? {
        Some(Place::Payment(organization, id)) => {
            collect::settle(app, &caller, organization, id)?;
            if notice.kind == NoticeKind::ChargedBack {
                take_back(app, &caller, organization, id, &notice.reference)?;
            }
            Ok(Taken::Followed)
        }
        Some(Place::Order(organization, id)) => {
            order::charge::settle(app, &caller, organization, id)?;
            Ok(Taken::Followed)
        }
        None => {
            tracing::info!(notice = notice.id, payment = notice.reference, "the gateway reports an unknown payment");
            Ok(Taken::Unknown)
        }
    }
}

/// Where a payment stands that the gateway names.
enum Place {
    Payment(OrganizationId, PaymentId),
    /// The payment of an order that is not posted yet.
    Order(OrganizationId, OrderId),
}

fn find(read: &Read<'_>, reference: &str) -> Result<Option<Place>, Failure> {
    if let Some((organization, id)) = payment::find_by_reference(read, reference)? {
        return Ok(Some(Place::Payment(organization, id)));
    }
    let ordered = orders::find_by_payment_reference(read, reference)?;
    Ok(ordered.map(|(organization, id)| Place::Order(organization, id)))
}

/// Records a chargeback that the gateway confirms, once. A payment that was never counted has nothing to take back.
fn take_back(
    app: &App,
    caller: &Caller,
    organization: OrganizationId,
    payment_id: PaymentId,
    reference: &str,
) -> Result<(), Failure> {
    match app.ports().gateway.outcome(reference) {
        Ok(ChargeOutcome::ChargedBack { .. }) => {}
        Err(error @ GatewayError::Unreachable(_)) => return Err(unreachable(error)),
        _ => return Ok(()),
    }
    match app.write(caller, organization, RecordChargeback { payment_id }).wait() {
        Err(Failure::Refused(Refusal::NothingToChange | Refusal::NotFound)) => Ok(()),
        recorded => recorded,
    }
}
