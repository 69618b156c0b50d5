//! Keys with which programs use the API of one organization.

use crate::access::Scope;
use crate::ids::ApiTokenId;
use crate::limits;
use crate::refusal::{Field, FieldRefusal, Refusal};
use crate::user;
use jiff::{SignedDuration, Timestamp};

/// A key of a program. Its secret is shown once, when it is made; only its hash is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiToken {
    /// Identity.
    pub id: ApiTokenId,
    /// Which program uses it.
    pub name: String,
    /// What the program may do.
    pub scopes: Vec<Scope>,
    /// When it was made.
    pub created_at: Timestamp,
    /// From when on it opens nothing; `None` when it never expires.
    pub expires_at: Option<Timestamp>,
    /// When it was revoked.
    pub revoked_at: Option<Timestamp>,
}

impl ApiToken {
    /// Whether the key opens something at `now`.
    #[must_use]
    pub fn works(&self, now: Timestamp) -> bool {
        self.revoked_at.is_none() && self.expires_at.is_none_or(|expires_at| now < expires_at)
    }
}

/// What a page or the command line gives about a new key, not yet checked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ApiTokenDraft {
    /// Which program uses it.
    pub name: String,
    /// What the program may do; at least one.
    pub scopes: Vec<Scope>,
    /// In how many days it expires, 1 to 3,650; `None` for never.
    pub days: Option<u32>,
}

impl ApiTokenDraft {
    /// Checks every field; `is_operators` says whether the key is of the operator's own organization.
    ///
    /// # Errors
    /// One refusal for each field that is wrong.
    pub fn check(&self, id: ApiTokenId, now: Timestamp, is_operators: bool) -> Result<ApiToken, Vec<FieldRefusal>> {
        let name = user::name(&self.name).map_err(|refusal| refusal.at(Field::Name));
        let mut scopes = self.scopes.clone();
        scopes.sort_unstable();
        scopes.dedup();
        let scopes = match scopes.as_slice() {
            [] => Err(Refusal::Required.at(Field::Scopes)),
            some if some.iter().any(|scope| scope.is_of_operator() && !is_operators) => {
                Err(Refusal::UnknownChoice.at(Field::Scopes))
            }
            _ => Ok(scopes),
        };
        let maximum = limits::API_TOKEN_DAYS_MAX;
        let expires_at = match self.days {
            None => Ok(None),
            Some(days) if (1..=maximum).contains(&days) => {
                Ok(Some(now + SignedDuration::from_hours(24 * i64::from(days))))
            }
            Some(_) => Err(Refusal::OutOfRange { minimum: 1, maximum: i64::from(maximum) }.at(Field::Days)),
        };
        match (name, scopes, expires_at) {
            (Ok(name), Ok(scopes), Ok(expires_at)) => {
                Ok(ApiToken { id, name, scopes, created_at: now, expires_at, revoked_at: None })
            }
            (name, scopes, expires_at) => {
                Err([name.err(), scopes.err(), expires_at.err()].into_iter().flatten().collect())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn id() -> ApiTokenId {
        ApiTokenId::from_uuid(Uuid::from_u128(7))
    }

    fn now() -> Timestamp {
        "2026-11-20T10:00:00Z".parse().unwrap()
    }

    fn draft() -> ApiTokenDraft {
        ApiTokenDraft {
            name: "  HR synchronization ".into(),
            scopes: vec![Scope::UsersRead, Scope::LicensesRead, Scope::UsersRead],
            days: Some(30),
        }
    }

    #[test]
    fn a_key_has_a_trimmed_name_each_scope_once_and_an_end() {
        let token = draft().check(id(), now(), false).unwrap();
        assert_eq!(token.name, "HR synchronization");
        assert_eq!(token.scopes, [Scope::LicensesRead, Scope::UsersRead]);
        assert_eq!(token.expires_at, Some("2026-12-20T10:00:00Z".parse().unwrap()));
    }

    #[test]
    fn every_wrong_field_is_said_at_once() {
        let wrong = ApiTokenDraft { name: " ".into(), scopes: Vec::new(), days: Some(0) };
        assert_eq!(
            wrong.check(id(), now(), false),
            Err(vec![
                Refusal::Required.at(Field::Name),
                Refusal::Required.at(Field::Scopes),
                Refusal::OutOfRange { minimum: 1, maximum: 3_650 }.at(Field::Days),
            ])
        );
    }

    /// What reaches every organization is for keys of the operator's own one.
    #[test]
    fn a_customer_gets_no_scope_of_the_operator() {
        let draft = ApiTokenDraft { scopes: vec![Scope::BillingRead, Scope::OperateBilling], ..draft() };
        let refused = vec![Refusal::UnknownChoice.at(Field::Scopes)];
        assert_eq!(draft.check(id(), now(), false), Err(refused));
        assert_eq!(draft.check(id(), now(), true).map(|token| token.scopes), Ok(draft.scopes));
    }

    #[test]
    fn a_key_works_until_it_expires_or_is_revoked() {
        let token = draft().check(id(), now(), false).unwrap();
        let expiry = token.expires_at.unwrap();
        assert!(token.works(now()));
        assert!(!token.works(expiry));
        assert!(token.works(expiry - SignedDuration::from_micros(1)));
        let revoked = ApiToken { revoked_at: Some(now()), ..token.clone() };
        assert!(!revoked.works(now()));
        let endless = ApiToken { expires_at: None, ..token };
        assert!(endless.works(expiry));
    }
}
