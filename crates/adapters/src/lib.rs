//! The ports made real.

mod clock;
mod sandbox_gateway;

pub use clock::{SystemClock, TimeOrderedIds};
pub use sandbox_gateway::{SandboxGateway, TEST_CARDS};
