//! Choices: random numbers that a case is made from.
//!
//! A case is made by plain code that asks for one choice after the other. Proptest makes the numbers and makes them
//! smaller when a law fails; 0 is always the simplest choice, and so are all that come after the last number.

use std::fmt;

use proptest::collection::vec;
use proptest::prelude::{Strategy, any};

/// How many numbers a case may use.
const MOST: usize = 900;

/// Numbers to choose by.
#[derive(Clone)]
pub(crate) struct Choices {
    numbers: Vec<u16>,
    next: usize,
}

/// Any choices.
pub(crate) fn choices() -> impl Strategy<Value = Choices> {
    vec(any::<u16>(), MOST).prop_map(|numbers| Choices { numbers, next: 0 })
}

impl Choices {
    /// The simplest choices.
    pub(crate) const fn none() -> Self {
        Self { numbers: Vec::new(), next: 0 }
    }

    /// A number below `limit`, which must not be 0.
    pub(crate) fn below(&mut self, limit: usize) -> usize {
        let number = self.numbers.get(self.next).copied().unwrap_or(0);
        self.next += 1;
        usize::from(number) * limit / (usize::from(u16::MAX) + 1)
    }

    /// A number from `low` to `high`, both included.
    pub(crate) fn between(&mut self, low: i64, high: i64) -> i64 {
        let size = usize::try_from(high - low + 1).unwrap();
        low + i64::try_from(self.below(size)).unwrap()
    }

    /// True this often of a hundred times; false is simpler.
    pub(crate) fn percent(&mut self, often: usize) -> bool {
        self.below(100) >= 100 - often
    }

    /// One of a list; the first is simplest.
    pub(crate) fn pick<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        &list[self.below(list.len())]
    }

    /// Something this often of a hundred times.
    pub(crate) fn some<T>(&mut self, often: usize, make: impl FnOnce(&mut Self) -> T) -> Option<T> {
        self.percent(often).then(|| make(self))
    }

    /// A list of `low` to `high` things.
    pub(crate) fn list<T>(
        &mut self,
        low: usize,
        high: usize,
        mut make: impl FnMut(&mut Self) -> T,
    ) -> Vec<T> {
        let length = low + self.below(high - low + 1);
        (0..length).map(|_| make(self)).collect()
    }

    /// Puts a list in another order; 0s leave it as it is.
    pub(crate) fn shuffle<T>(&mut self, list: &mut [T]) {
        for first in 0..list.len() {
            let other = first + self.below(list.len() - first);
            list.swap(first, other);
        }
    }
}

impl fmt::Debug for Choices {
    /// The numbers tell a reader of a broken law nothing; what was made of them does.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Choices").finish_non_exhaustive()
    }
}
