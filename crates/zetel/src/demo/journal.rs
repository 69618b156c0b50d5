//! The demo's past: entries as they would have been written at the time.

use adapters::TimeOrderedIds;
use app::ports::IdSource;
use domain::event::{Event, Subjects};
use domain::ids::{JournalEntryId, UserId};
use jiff::Timestamp;
use store::tables::journal::{NewEntry, append};
use store::{Result, Write};

/// Somebody who did something in the demo's past.
pub struct Past<'a> {
    /// Who; none for Zetel itself.
    pub who: Option<UserId>,
    /// The name that the journal keeps.
    pub name: &'a str,
}

impl Past<'_> {
    /// Appends what this person did at a time in the past.
    pub fn record(
        &self,
        write: &Write<'_>,
        at: Timestamp,
        command: &str,
        subjects: Subjects,
        event: &Event,
    ) -> Result<()> {
        let entry = NewEntry {
            // A source of its own for each: one that has given a later time does not go back.
            id: JournalEntryId::from_uuid(TimeOrderedIds::default().next(at)),
            at,
            principal: if self.who.is_some() { "user" } else { "system" },
            principal_id: self.who.map(UserId::uuid),
            actor_name: self.name,
            command,
            request: "demo",
            subjects,
            event,
        };
        append(write, &entry)
    }
}
