//! Customers and the operator's own house.

pub mod become_sandbox;
pub mod change_cloud;
pub mod change_state;
pub mod create;
pub mod move_clock;

use crate::codes::coded;
use crate::ids::OrganizationId;
use crate::money::Currency;
use crate::subscription::Channel;
use jiff::{SignedDuration, Timestamp};

coded! {
    /// What the organization is to Zetel.
    pub enum OrganizationKind {
        /// Buys and uses licenses.
        Customer = "customer",
        /// Sells to customers as a volume-licensing partner (domain 1.1).
        VolumePartner = "volume_partner",
        /// Sells to customers as a CSP reseller.
        Reseller = "reseller",
        /// Runs this Zetel; there is one.
        Operator = "operator",
    }
}

impl OrganizationKind {
    /// How customers buy from it, when it sells to them.
    #[must_use]
    pub const fn sells_by(self) -> Option<Channel> {
        match self {
            Self::VolumePartner => Some(Channel::VolumePartner),
            Self::Reseller => Some(Channel::Reseller),
            Self::Customer | Self::Operator => None,
        }
    }
}

coded! {
    /// Whether the organization may work.
    pub enum OrganizationState {
        /// Works.
        Active = "active",
        /// Closed by the operator: its people cannot sign in and its programs are refused; nothing is lost.
        Suspended = "suspended",
    }
}

coded! {
    /// The cloud that an organization is in; it decides page names, buttons, payment kinds and periods (domain 7).
    #[derive(Default)]
    pub enum Cloud {
        /// The worldwide cloud.
        #[default]
        Worldwide = "worldwide",
        /// The cloud of Germany.
        Germany = "germany",
        /// The cloud operated by 21Vianet in China.
        Vianet21 = "21vianet",
    }
}

/// A customer, or the operator's own organization.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Organization {
    /// Identity.
    pub id: OrganizationId,
    /// The name.
    pub name: String,
    /// What it is to Zetel.
    pub kind: OrganizationKind,
    /// Whether it may work.
    pub state: OrganizationState,
    /// Where it is at home, by ISO 3166 code.
    pub country: String,
    /// The currency that it buys in.
    pub currency: Currency,
    /// The cloud that it is in.
    pub cloud: Cloud,
    /// The language of its mails: `en` or `nl`.
    pub language: String,
    /// Its time zone by IANA name; civil days are days there.
    pub time_zone: String,
    /// How far its clock runs ahead, when it is a sandbox (D30); `None` for the system's own time.
    pub sandbox_ahead: Option<SignedDuration>,
    /// When it was made.
    pub created_at: Timestamp,
    /// Counts its changes.
    pub revision: i64,
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    pub(super) fn organization(kind: OrganizationKind) -> Organization {
        Organization {
            id: OrganizationId::from_uuid(Uuid::from_u128(1)),
            name: "Waterland".to_owned(),
            kind,
            state: OrganizationState::Active,
            country: "NL".to_owned(),
            currency: Currency::Eur,
            cloud: Cloud::Worldwide,
            language: "nl".to_owned(),
            time_zone: "Europe/Amsterdam".to_owned(),
            sandbox_ahead: None,
            created_at: Timestamp::UNIX_EPOCH,
            revision: 1,
        }
    }
}
