//! The system's time and identifiers that sort by it.

use app::ports::{Clock, IdSource};
use jiff::Timestamp;
use std::sync::Mutex;
use uuid::{ContextV7, Uuid};

/// The system's clock, to the microsecond.
#[derive(Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "this is the app's clock")]
    fn now(&self) -> Timestamp {
        let now = Timestamp::now();
        Timestamp::from_microsecond(now.as_microsecond()).unwrap_or(now)
    }
}

/// UUIDs of version 7: unique on every node, and those of one process strictly rising.
pub struct TimeOrderedIds {
    context: Mutex<ContextV7>,
}

impl Default for TimeOrderedIds {
    fn default() -> Self {
        Self { context: Mutex::new(ContextV7::new()) }
    }
}

impl IdSource for TimeOrderedIds {
    fn next(&self, now: Timestamp) -> Uuid {
        let context = self.context.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let seconds = u64::try_from(now.as_second()).unwrap_or(0);
        let nanoseconds = u32::try_from(now.subsec_nanosecond()).unwrap_or(0);
        Uuid::new_v7(uuid::Timestamp::from_unix(&*context, seconds, nanoseconds))
    }
}
