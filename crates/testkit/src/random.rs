//! Random choices that are the same for the same seed.

/// The variable that gives another seed than the usual one: the seed of a run that failed, to see it fail again.
const SEED_VARIABLE: &str = "ZETEL_TEST_SEED";

/// A stream of random choices (splitmix64).
#[derive(Debug, Clone)]
pub struct Random(u64);

impl Random {
    /// The choices that belong to a seed.
    #[must_use]
    pub const fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The seed that the environment asks for, or the usual one.
    ///
    /// # Panics
    /// When the variable holds no number.
    #[must_use]
    pub fn seed_or(usual: u64) -> u64 {
        match std::env::var(SEED_VARIABLE) {
            Ok(text) => text.parse().expect("ZETEL_TEST_SEED is a number"),
            Err(_) => usual,
        }
    }

    /// Any number.
    pub fn next_u64(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number from 0 up to, but without, `limit`.
    pub fn below(&mut self, limit: usize) -> usize {
        (self.next_u64() % limit.max(1) as u64) as usize
    }

    /// One of them.
    pub fn pick<'list, T>(&mut self, list: &'list [T]) -> &'list T {
        &list[self.below(list.len())]
    }

    /// True once in so many times.
    pub fn once_in(&mut self, times: usize) -> bool {
        self.below(times) == 0
    }
}
