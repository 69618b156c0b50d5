//! When a mail is tried again.

use jiff::{SignedDuration, Timestamp};

/// Minutes before the next try of a mail that the server refuses for the moment: four days in all, as RFC 5321
/// (4.5.4.1) asks for. After the last one it is parked.
pub const PAUSES_MINUTES: [i64; 9] = [5, 15, 60, 240, 480, 720, 1_440, 1_440, 1_440];

/// When a mail is tried again that was refused for the moment so many times; `None`: it is parked.
#[must_use]
pub fn next_try(attempts: u32, now: Timestamp) -> Option<Timestamp> {
    let pause = PAUSES_MINUTES.get(attempts.checked_sub(1)? as usize)?;
    Some(now + SignedDuration::from_mins(*pause))
}

/// How long all mail rests after a server could not be used so many times one after the other: from 5 seconds to
/// 5 minutes. That is no mail's fault, so none is parked for it, however long it lasts.
#[must_use]
pub fn pause_of_server(failures: u32) -> SignedDuration {
    SignedDuration::from_secs(5 << failures.saturating_sub(1).min(6)).min(SignedDuration::from_mins(5))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refused_mail_is_tried_for_four_days() {
        let mut now = Timestamp::UNIX_EPOCH;
        let mut tries = 0;
        while let Some(next) = next_try(tries + 1, now) {
            assert!(next > now);
            (now, tries) = (next, tries + 1);
        }
        assert_eq!(tries, 9);
        assert_eq!(now.duration_since(Timestamp::UNIX_EPOCH), SignedDuration::from_mins(5_840));
        assert_eq!(next_try(0, now), None);
    }

    #[test]
    fn a_server_that_is_down_is_asked_ever_less_often() {
        let pauses: Vec<_> = (1..=9).map(|failures| pause_of_server(failures).as_secs()).collect();
        assert_eq!(pauses, [5, 10, 20, 40, 80, 160, 300, 300, 300]);
        assert_eq!(pause_of_server(u32::MAX).as_secs(), 300);
    }
}
