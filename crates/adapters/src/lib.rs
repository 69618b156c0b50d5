//! The ports made real.

mod clock;
mod sandbox_gateway;
mod settable_clock;
mod signature;
mod smtp;
mod stripe;

pub use clock::{SystemClock, TimeOrderedIds};
pub use sandbox_gateway::{SandboxGateway, TEST_ACCOUNT, TEST_CARDS};
pub use settable_clock::SettableClock;
pub use smtp::{SMTP_TIMEOUT, SmtpMailer, SmtpSecurity, SmtpSettings};
pub use stripe::{STRIPE_ADDRESS, StripeGateway};
