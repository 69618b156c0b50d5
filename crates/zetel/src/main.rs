//! The binary of Zetel.

#[cfg_attr(not(test), expect(dead_code, reason = "the command that fills the demo comes next"))]
mod demo;

fn main() {}
