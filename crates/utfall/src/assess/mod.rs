//! Evaluations: what came out, and what that says of what was promised, on one day.

mod evaluation;
mod evidence;
mod figure;
mod groups;
mod overlap;
mod settled;
mod verdict;

pub use evaluation::{Evaluation, Evaluator};
pub use figure::{ByColumn, Figure, Figures, Reason, State};
pub use overlap::Overlap;
pub use verdict::{Basis, GoalReason, Judgement, Verdict};
