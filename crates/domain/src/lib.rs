//! The rules of Zetel: types and pure functions that decide on commands. No I/O, no async, no clock, no randomness, no floats.

pub mod ids;
