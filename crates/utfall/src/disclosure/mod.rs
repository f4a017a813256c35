//! What may be published: counts to masks, so that an attacker with a solver learns nothing that he should not. Nothing
//! here knows of projects.
//!
//! Everything that is published about the same units is one linear [`System`] of [`Cell`]s: the finest joint table, its
//! margins, successes and failures, populations in each other, several tables, earlier releases. [`Rules`] say which
//! cells must be hidden, and what must remain possible for them. [`protect_by`] finds the others to hide, and
//! [`audit()`] what an outsider can compute all the same. [`Shown`] carries a figure or its mask to wherever it is laid out.
//!
//! | step | how |
//! |---|---|
//! | which cells must be hidden | [`Rules`], [`CertainShares`]; for amounts [`dominates`] and [`p_percent`] |
//! | which others | [`protect()`]: the cheapest, proven (Fischetti and Salazar 2001), or a heuristic for large systems |
//! | what can be computed | [`audit()`]: an interval for each hidden cell, by linear programming |
//! | what counts as proof | whole tables that agree with everything published, checked in whole numbers |
//! | instead of hiding | [`merge_levels`], [`round`], [`CellKey`] |
//!
//! Limits count steps, never seconds, and cells are put in an order of their own first, so the same system gives the same
//! pattern everywhere. The feature `disclosure` (on by default) brings this module and its solver.
//!
//! ```
//! use utfall::disclosure::{Limits, Rules, Table, protect_by};
//!
//! let table = Table::of(&[4, 2], &[49, 17, 24, 0, 15, 4, 2, 27])?;
//! let pattern = protect_by(table.system(), Rules::default(), Limits::default())?;
//! for cell in pattern.audit.cells.iter().filter(|cell| cell.need.is_some()) {
//!     assert!(cell.interval.low <= 1 && cell.interval.high >= Some(5));
//! }
//! # Ok::<(), utfall::disclosure::DisclosureError>(())
//! ```

mod attainable;
mod audit;
mod bounds;
mod canonical;
mod cell_key;
mod error;
mod exact;
mod greedy;
mod heuristic;
mod magnitude;
mod merging;
mod near;
mod proof;
mod protect;
mod rounding;
mod rules;
mod shown;
mod simplex;
mod system;
mod table;
mod tidy;
mod whole;

pub use audit::{Audit, AuditedCell, Interval, audit};
pub use cell_key::{CellKey, Noisy};
pub use error::{DisclosureError, Result};
pub use magnitude::{dominates, p_percent};
pub(crate) use merging::merge_groups;
pub use merging::{Merging, merge_levels};
pub(crate) use protect::{Asked, Protection, hidden_by};
pub use protect::{Found, Limits, Pattern, protect, protect_by};
pub use rounding::{Rounding, round};
pub use rules::{CertainShares, Rules, Share, USUAL_THRESHOLD, Zeros, is_certain};
pub use shown::Shown;
pub use system::{Cell, MOST, Need, Relation, Role, System};
pub use table::{Dimension, Table};
