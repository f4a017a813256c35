//! Watching a long count: how far it is, and whether to go on.

use utfall::{Error, Result};

/// Somebody who is told how far a count is, and may stop it.
pub struct Watch<'w> {
    tell: &'w mut dyn FnMut(Progress<'_>) -> bool,
}

/// How far a count is.
#[derive(Debug, Clone, Copy)]
pub struct Progress<'p> {
    /// The register that is counted.
    pub register: &'p str,
    /// How many of its rows are counted.
    pub rows: u64,
    /// How many there are, where the source says so.
    pub total: Option<u64>,
}

impl std::fmt::Debug for Watch<'_> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Watch").finish_non_exhaustive()
    }
}

impl<'w> Watch<'w> {
    /// A watch that calls `tell` every now and then; the count stops where it gives false.
    pub fn new(tell: &'w mut dyn FnMut(Progress<'_>) -> bool) -> Self {
        Self { tell }
    }

    pub(crate) fn rows(&mut self, register: &str, rows: u64, total: Option<u64>) -> Result<()> {
        if (self.tell)(Progress { register, rows, total }) { Ok(()) } else { Err(Error::Stopped) }
    }
}
