//! Evaluations: what came out, and what that says of what was promised, on one day.

mod columns;
mod comparisons;
mod coverage;
mod crossed;
mod distribution;
mod evaluation;
mod evidence;
mod family;
mod figure;
mod flow;
mod funnel;
mod groups;
mod incidence;
mod money;
mod overlap;
mod planned;
mod process;
mod quantity;
mod register;
mod settled;
mod step_tests;
mod steps;
mod sums;
mod survey;
mod verdict;

pub use comparisons::{ComparedGroup, Comparison};
pub use coverage::{CellState, CoverageCell};
pub use distribution::Distribution;
pub use evaluation::{Evaluation, Evaluator};
pub use figure::{ByColumn, Figure, Figures, Reason, State};
pub use flow::{FlowCounts, FlowFigure, FlowReason};
pub use funnel::{FunnelFigure, FunnelPlace};
pub use incidence::{IncidenceCounts, IncidenceFigure};
pub use money::{Cost, CostPart};
pub use overlap::Overlap;
pub use planned::{PlannedFigure, PlannedReason};
pub use process::{Process, ProcessState};
pub use quantity::Quantity;
pub use step_tests::StepTests;
pub use steps::{StepCounts, StepFigure, Transition};
pub use survey::{SurveyCounts, SurveyFigure};
pub use verdict::{Basis, GoalReason, Judgement, Verdict};

pub(crate) use crossed::{Crossed, CrossedCell};
pub(crate) use family::adjusted;
pub(crate) use sums::share;
