//! What may be published.
mod audit;
mod bounds;
mod canonical;
mod error;
mod exact;
mod greedy;
mod heuristic;
mod proof;
mod protect;
mod rules;
mod shown;
mod simplex;
mod system;
mod table;
mod whole;

pub use audit::{Audit, AuditedCell, Interval, audit};
pub use error::{DisclosureError, Result};
pub use protect::{Found, Limits, Pattern, protect, protect_by};
pub use rules::{CertainShares, Rules, Share, USUAL_THRESHOLD, Zeros, is_certain};
pub use shown::Shown;
pub use system::{Cell, MOST, Need, Relation, Role, System};
pub use table::{Dimension, Table};
