#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

mod assess;
pub mod compare;
pub mod data;
pub mod day;
#[cfg(feature = "disclosure")]
pub mod disclosure;
mod error;
mod finding;
mod findings;
mod identity_number;
pub mod principles;
pub mod project;
pub mod stats;
mod tally;
pub mod text;
mod threads;
pub mod wording;

pub use assess::{
    Basis, ByColumn, CellState, ComparedGroup, Comparison, Cost, CostPart, CoverageCell,
    Distribution, Evaluation, Evaluator, Figure, Figures, FlowCounts, FlowFigure, FlowReason,
    FunnelFigure, FunnelPlace, GoalReason, IncidenceCounts, IncidenceFigure, Judgement, Overlap,
    PlannedFigure, PlannedReason, Process, ProcessState, Quantity, Reason, State, StepCounts,
    StepFigure, StepTests, StratifiedComparison, SurveyCounts, SurveyFigure, Transition, Verdict,
};
pub use error::{Error, RegisterProblem, Result, RowNumbers};
pub use finding::{Fact, Facts, Family, Finding, FindingCode, Severity, Subject};
pub use findings::{Checker, Missing, Quality, Soundness};
pub use project::Project;
pub use tally::{Accounting, By, Intake, Piece, Tally};

/// The examples of the repository's README.
#[cfg(doctest)]
#[doc = include_str!("../../../README.md")]
struct Readme;
