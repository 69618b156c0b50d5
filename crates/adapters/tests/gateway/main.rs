//! Every payment gateway keeps the contract.
#![expect(clippy::unwrap_used, reason = "a helper of a test that cannot go on fails it")]

mod fake_stripe;
mod localstripe;
mod sandbox;
mod stripe;
