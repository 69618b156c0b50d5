//! Change facts about a person: name, address, department, usage location.

use super::{User, UserFacts};
use crate::event::{Change, Event};
use crate::refusal::Refusal;

/// Decides on new facts; the event names only what changes.
///
/// # Errors
/// [`Refusal::NotFound`] for a deleted person, [`Refusal::NothingToChange`].
pub fn decide(user: &User, facts: &UserFacts) -> Result<Event, Refusal> {
    user.must_exist()?;
    let event = Event::UserChanged {
        display_name: changed(&user.display_name, &facts.display_name),
        email: changed(&user.email, &facts.email),
        department: changed(&user.department, &facts.department),
        usage_location: changed(&user.usage_location, &facts.usage_location),
        is_guest: changed(&user.is_guest, &facts.is_guest),
    };
    if user.facts() == *facts { Err(Refusal::NothingToChange) } else { Ok(event) }
}

fn changed<T: Clone + PartialEq>(from: &T, to: &T) -> Option<Change<T>> {
    (from != to).then(|| Change { from: from.clone(), to: to.clone() })
}

#[cfg(test)]
mod tests {
    use super::super::tests_support::anna;
    use super::*;

    #[test]
    fn only_what_changes_is_named() {
        let user = anna();
        let facts = UserFacts { usage_location: Some("BE".to_owned()), is_guest: true, ..user.facts() };
        assert_eq!(
            decide(&user, &facts),
            Ok(Event::UserChanged {
                display_name: None,
                email: None,
                department: None,
                usage_location: Some(Change { from: Some("NL".to_owned()), to: Some("BE".to_owned()) }),
                is_guest: Some(Change { from: false, to: true }),
            })
        );
        assert_eq!(decide(&user, &user.facts()), Err(Refusal::NothingToChange));
    }
}
