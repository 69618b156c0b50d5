//! Groups of people (domain 2.7): a group has people, and no groups in it.

use crate::event::{Change, Event};
use crate::ids::GroupId;
use crate::refusal::Refusal;
use crate::self_service::limits::Buyers;

/// People of an organization who are treated alike.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// Identity.
    pub id: GroupId,
    /// Its name, of which the organization has one: case, accents and surrounding space make no other.
    pub name: String,
    /// How many people it has.
    pub member_count: u32,
    /// Counts the changes of its name.
    pub revision: i64,
}

impl Group {
    /// Decides on another name, which is free and was read by [`crate::user::name`].
    ///
    /// # Errors
    /// [`Refusal::NothingToChange`].
    pub fn rename(&self, name: &str) -> Result<Event, Refusal> {
        if name == self.name {
            return Err(Refusal::NothingToChange);
        }
        Ok(Event::GroupRenamed { name: Change { from: self.name.clone(), to: name.to_owned() } })
    }

    /// Decides on deleting it, where these people may buy for the team.
    ///
    /// # Errors
    /// [`Refusal::GroupOfBuyers`].
    pub fn delete(&self, buyers: &Buyers) -> Result<Event, Refusal> {
        if *buyers == Buyers::Group(self.id) {
            return Err(Refusal::GroupOfBuyers);
        }
        Ok(Event::GroupDeleted { name: self.name.clone(), people: self.member_count })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn leads() -> Group {
        let id = GroupId::from_uuid(Uuid::from_u128(1));
        Group { id, name: "Finance leads".to_owned(), member_count: 12, revision: 1 }
    }

    /// Domain 2.7: another way to write it is another name; the same is none.
    #[test]
    fn a_group_gets_another_name() {
        let renamed = Change { from: "Finance leads".to_owned(), to: "Finance Leads".to_owned() };
        assert_eq!(leads().rename("Finance Leads"), Ok(Event::GroupRenamed { name: renamed }));
        assert_eq!(leads().rename("Finance leads"), Err(Refusal::NothingToChange));
    }

    /// Domain 5.3: the group whose members alone may buy stays; otherwise everybody might, or nobody.
    #[test]
    fn the_group_of_buyers_stays() {
        let deleted = Event::GroupDeleted { name: "Finance leads".to_owned(), people: 12 };
        let other = GroupId::from_uuid(Uuid::from_u128(2));
        for buyers in [Buyers::Everybody, Buyers::Department("Finance leads".to_owned()), Buyers::Group(other)] {
            assert_eq!(leads().delete(&buyers), Ok(deleted.clone()));
        }
        assert_eq!(leads().delete(&Buyers::Group(leads().id)), Err(Refusal::GroupOfBuyers));
    }
}
