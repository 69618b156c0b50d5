//! Requests for licenses: a person asks for some people, an admin says for whom (domain 2.9; R176).

use super::assign::check_count;
use crate::codes::coded;
use crate::ids::{LicenseRequestId, ProductId, UserId};
use crate::limits::FEEDBACK_MAX;
use crate::refusal::{Field, FieldRefusal, Refusal};
use crate::time::months_after;
use crate::typed;
use jiff::Timestamp;
use jiff::civil::Date;

/// Months for which a request is kept.
pub const KEPT_MONTHS: i32 = 12;

coded! {
    /// Where a request stands.
    pub enum RequestState {
        /// It waits for an admin.
        Pending = "pending",
        /// Everybody who was named got a license.
        Approved = "approved",
        /// Some did.
        PartlyApproved = "partly_approved",
        /// Nobody did.
        Rejected = "rejected",
    }
}

/// A request for licenses of one product.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LicenseRequest {
    /// Identity.
    pub id: LicenseRequestId,
    /// Of what.
    pub product_id: ProductId,
    /// Who asked; `None` when the person is gone for good.
    pub requested_by: Option<UserId>,
    /// When.
    pub requested_at: Timestamp,
    /// What for, in the asker's words; at most [`FEEDBACK_MAX`] characters.
    pub reason: String,
    /// Where it stands.
    pub state: RequestState,
    /// Who decided; `None` also when it was a program.
    pub decided_by: Option<UserId>,
    /// The name of who decided, or of the key of the program, as it was then; empty while it waits.
    pub decided_by_name: String,
    /// When that was.
    pub decided_at: Option<Timestamp>,
    /// The product that was given instead, if another one was.
    pub given_id: Option<ProductId>,
    /// What the admin said to the asker; at most [`FEEDBACK_MAX`] characters.
    pub message: String,
    /// Counts its changes.
    pub revision: i64,
}

/// What an organization says instead of taking requests: how people ask for licenses there.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RequestProcess {
    /// The text; empty while requests are taken here. At most [`FEEDBACK_MAX`] characters.
    pub text: String,
    /// Where that is done; empty, or an address that begins with `https://`.
    pub link: String,
}

impl RequestProcess {
    /// Reads what was typed.
    ///
    /// # Errors
    /// [`Refusal::TooLong`], [`Refusal::NotALink`] at the link, [`Refusal::Required`] for a link without a text.
    pub fn new(text: &str, link: &str) -> Result<Self, FieldRefusal> {
        let (text, link) = (checked(text, Field::Note)?, checked(link, Field::Link)?);
        if !link.is_empty() && (!link.starts_with("https://") || link.contains(char::is_whitespace)) {
            return Err(Refusal::NotALink.at(Field::Link));
        }
        if text.is_empty() && !link.is_empty() {
            return Err(Refusal::Required.at(Field::Note));
        }
        Ok(Self { text, link })
    }

    /// Whether it takes the place of requests here.
    #[must_use]
    pub const fn is_used(&self) -> bool {
        !self.text.is_empty()
    }
}

/// Text as somebody typed it, without space around it.
///
/// # Errors
/// What [`typed::lines`] says, at its field.
pub fn checked(text: &str, field: Field) -> Result<String, FieldRefusal> {
    typed::lines(text, FEEDBACK_MAX).map_err(|refusal| refusal.at(field))
}

/// Whether a request for so many people can be made, while `waiting` of the same person for the product wait.
///
/// # Errors
/// [`Refusal::RequestsElsewhere`], [`Refusal::AlreadyRequested`], [`Refusal::NobodyChosen`],
/// [`Refusal::TooManyPeople`].
pub fn ask(process: &RequestProcess, waiting: i64, people: usize) -> Result<(), Refusal> {
    if process.is_used() {
        return Err(Refusal::RequestsElsewhere);
    }
    if waiting > 0 {
        return Err(Refusal::AlreadyRequested);
    }
    check_count(people)
}

/// Whether a request can be shown to so many people: while it waits, so that they can say what they think of it.
///
/// # Errors
/// [`Refusal::NothingToChange`] when it was decided before, [`Refusal::NobodyChosen`], [`Refusal::TooManyPeople`].
pub fn share(request: &LicenseRequest, people: usize) -> Result<(), Refusal> {
    if request.state != RequestState::Pending {
        return Err(Refusal::NothingToChange);
    }
    check_count(people)
}

/// Where a request stands after `approved` of the people who were named got a license.
///
/// # Errors
/// [`Refusal::ChangedMeanwhile`] when it was decided before, [`Refusal::OutsideOrganization`] at the people for
/// somebody who was not named.
pub fn decide(before: &LicenseRequest, named: &[UserId], approved: &[UserId]) -> Result<RequestState, FieldRefusal> {
    if before.state != RequestState::Pending {
        return Err(Refusal::ChangedMeanwhile.at(Field::Users));
    }
    if approved.iter().any(|person| !named.contains(person)) {
        return Err(Refusal::OutsideOrganization.at(Field::Users));
    }
    Ok(match named.iter().filter(|person| approved.contains(person)).count() {
        0 => RequestState::Rejected,
        all if all == named.len() => RequestState::Approved,
        _ => RequestState::PartlyApproved,
    })
}

/// The last day of which decided requests are forgotten.
#[must_use]
pub fn forgotten_on(today: Date) -> Date {
    months_after(today, -KEPT_MONTHS)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use uuid::Uuid;

    fn person(number: u128) -> UserId {
        UserId::from_uuid(Uuid::from_u128(number))
    }

    fn request(state: RequestState) -> LicenseRequest {
        LicenseRequest {
            id: LicenseRequestId::from_uuid(Uuid::from_u128(1)),
            product_id: ProductId::from_uuid(Uuid::from_u128(2)),
            requested_by: Some(person(1)),
            requested_at: Timestamp::UNIX_EPOCH,
            reason: String::new(),
            state,
            decided_by: None,
            decided_by_name: String::new(),
            decided_at: None,
            given_id: None,
            message: String::new(),
            revision: 1,
        }
    }

    /// R176: for all, for some, for nobody; once.
    #[test]
    fn who_gets_one_says_where_it_stands() {
        let (named, pending) = ([person(1), person(2)], request(RequestState::Pending));
        assert_eq!(decide(&pending, &named, &named), Ok(RequestState::Approved));
        assert_eq!(decide(&pending, &named, &named[..1]), Ok(RequestState::PartlyApproved));
        assert_eq!(decide(&pending, &named, &[]), Ok(RequestState::Rejected));
        assert_eq!(decide(&pending, &named, &[person(3)]), Err(Refusal::OutsideOrganization.at(Field::Users)));
        let decided = request(RequestState::Rejected);
        assert_eq!(decide(&decided, &named, &named), Err(Refusal::ChangedMeanwhile.at(Field::Users)));
    }

    /// R176: an own process takes the place of requests; nobody asks twice for the same while it waits.
    #[test]
    fn when_somebody_can_ask() {
        let (here, own) = (RequestProcess::default(), RequestProcess::new(" Call 1234. ", "").expect("a process"));
        assert_eq!(ask(&here, 0, 1), Ok(()));
        assert_eq!(ask(&own, 0, 1), Err(Refusal::RequestsElsewhere));
        assert_eq!(ask(&here, 1, 1), Err(Refusal::AlreadyRequested));
        assert_eq!(ask(&here, 0, 0), Err(Refusal::NobodyChosen));
        assert_eq!(ask(&here, 0, 21), Err(Refusal::TooManyPeople { maximum: 20 }));
    }

    #[test]
    fn what_a_process_says() {
        let link = |text, link| RequestProcess::new(text, link).map(|process| process.link);
        assert_eq!(link("Ask us.", "https://help.example/licenses"), Ok("https://help.example/licenses".to_owned()));
        for wrong in ["http://help.example", "help.example", "https://a b", "javascript:alert(1)"] {
            assert_eq!(link("Ask us.", wrong), Err(Refusal::NotALink.at(Field::Link)), "{wrong}");
        }
        assert_eq!(link("", "https://help.example"), Err(Refusal::Required.at(Field::Note)));
        assert!(!RequestProcess::new(" ", "").expect("nothing").is_used());
        let long = "x".repeat(FEEDBACK_MAX + 1);
        assert_eq!(link(&long, ""), Err(Refusal::TooLong { maximum: 1_000 }.at(Field::Note)));
    }

    #[test]
    fn a_request_is_kept_for_twelve_months() {
        assert_eq!(forgotten_on(date(2021, 3, 31)), date(2020, 3, 31));
    }
}
