//! The ports made real.

mod clock;
mod sandbox_gateway;
mod signature;

pub use clock::{SystemClock, TimeOrderedIds};
pub use sandbox_gateway::{SandboxGateway, TEST_ACCOUNT, TEST_CARDS};
