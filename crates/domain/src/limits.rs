//! The limit on everything: a number that has no limit here does not exist.

use jiff::civil::{Date, date};

/// Most licenses of one subscription.
pub const QUANTITY_MAX: u32 = 1_000_000;
/// Fewest licenses of a subscription; to reach none, cancel it (D9).
pub const QUANTITY_MIN: u32 = 1;
/// Most people in one assign or unassign action on the Licenses page (R28).
pub const PEOPLE_PER_ACTION: usize = 20;
/// Most rows of an uploaded file.
pub const UPLOAD_ROWS_MAX: usize = 100_000;
/// Most bytes of an uploaded file.
pub const UPLOAD_BYTES_MAX: usize = 32 * 1024 * 1024;
/// Licenses from which on a plan is no longer changed at once (domain 1.10).
pub const PLAN_CHANGE_LICENSES_END: u32 = 3_000;
/// Largest amount of money, in minor units: ten trillion in a currency with cents.
pub const MONEY_MAX: i64 = 1_000_000_000_000_000;
/// Largest price of one license for one billing period, in minor units: a million in a currency with cents. Times the
/// largest quantity it stays within [`MONEY_MAX`].
pub const UNIT_PRICE_MAX: i64 = 100_000_000;
/// Most characters of a name, a department or a group.
pub const NAME_MAX: usize = 200;
/// Most characters of the sentence that says what a product is.
pub const DESCRIPTION_MAX: usize = 300;
/// Most characters of feedback.
pub const FEEDBACK_MAX: usize = 1_000;
/// Most characters of an e-mail address (RFC 5321).
pub const EMAIL_MAX: usize = 254;
/// Fewest characters of a password; longer is what makes it strong.
pub const PASSWORD_MIN: usize = 12;
/// Most characters of a password, so that hashing has a bound.
pub const PASSWORD_MAX: usize = 200;
/// Words of a search that count; more would be ignored.
pub const SEARCH_WORDS_MAX: usize = 4;
/// Rows of one page of a list.
pub const PAGE_ROWS: usize = 50;
/// Most rows that a client of the API may ask for in one page.
pub const PAGE_ROWS_MAX: usize = 500;

/// Self-service subscriptions of a product, or of an organization, that one page sums up; far more than people buy.
pub const PURCHASES_MAX: usize = 10_000;
/// People that one chunk of bulk work handles, so that it holds the writer for tens of milliseconds at most.
pub const CHUNK_PEOPLE: usize = 1_000;
/// Hours that a payer has to confirm a payment at the bank; then the order is voided (domain 4.5).
pub const CONFIRMATION_HOURS: i64 = 24;
/// The last day to which the clock of a sandbox can be moved, so that every term after it still has dates.
pub const CLOCK_LAST_DAY: Date = date(9_000, 12, 31);
/// Days from today on which a subscription that is bought can start at the latest (R163).
pub const START_DAYS_MAX: i32 = 365;
/// Days before a renewal in which Home asks for attention.
pub const RENEWAL_ATTENTION_DAYS: i32 = 30;
/// Days that a conflict may last (domain 2.5).
pub const CONFLICT_DAYS: i32 = 90;
/// Most days that a key for programs lives, when it expires at all.
pub const API_TOKEN_DAYS_MAX: u32 = 3_650;
/// Most product keys of one batch.
pub const KEYS_PER_BATCH_MAX: u32 = 1_000_000;
/// Most product keys that are redeemed at once.
pub const KEYS_PER_REDEMPTION_MAX: usize = 100;
/// Product keys that one chunk makes, so that it holds the writer for tens of milliseconds at most.
pub const CHUNK_KEYS: u32 = 5_000;
/// Subscriptions, or licenses of people, that one step of the calendar's sweep handles.
pub const CHUNK_DUE: usize = 100;
