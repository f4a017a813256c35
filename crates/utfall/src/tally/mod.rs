//! Tallies: sufficient counts of a register. After this point no row, id or date of a person exists any more.
//!
//! A row is looked at once. Each crossed column gives its level, each axis ([`axis`]) a class; together they are a
//! place in a [`histogram`] that is increased by one. All indicators are sums over that histogram: their conditions
//! are evaluated once for each signature that occurs, not for each row ([`accounting`]).

mod accounting;
mod axis;
mod count;
mod crossing;
mod histogram;
mod plan;
mod predicate;
mod reader;
mod tallier;
mod truth;

pub use accounting::Accounting;
pub use crossing::By;
pub use tallier::{Piece, Tallier};

pub(crate) use crossing::{CrossedColumn, check_by};
pub(crate) use plan::{Computable, Plan};
pub(crate) use predicate::Signature;

use histogram::Histogram;

/// The counts of one register, crossed and classified: everything that figures are made of.
#[derive(Debug, Clone, PartialEq)]
pub struct Tally {
    register: String,
    histogram: Histogram,
}

impl Tally {
    /// The register that was counted.
    pub fn register(&self) -> &str {
        &self.register
    }

    /// Calls `visit` with the levels of the crossed columns, the classes of the axes, and the units.
    pub(crate) fn visit(&self, plan: &Plan, mut visit: impl FnMut(&[u32], &[u32], u64)) {
        let crossed = plan.crossing.columns.len();
        self.histogram.visit(&mut |classes, units| {
            let (cell, signature) = classes.split_at(crossed);
            visit(cell, signature, units);
        });
    }
}
