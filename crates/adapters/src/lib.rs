//! The ports made real.

mod clock;
mod sandbox_gateway;
mod signature;
mod stripe;

pub use clock::{SystemClock, TimeOrderedIds};
pub use sandbox_gateway::{SandboxGateway, TEST_ACCOUNT, TEST_CARDS};
pub use stripe::{STRIPE_ADDRESS, StripeGateway};
