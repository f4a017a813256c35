//! What a check says: state, reason, and the figures that it rests on.

use chrono::NaiveDate;

use crate::assess::Reason;
use crate::project::{Decimal, GroundName, Principle, Promise};
use crate::stats::{Estimate, Interval};

/// One result of a check: of one part, pair of groups, version of a target or criterion.
#[derive(Debug, Clone, PartialEq)]
pub struct CheckResult {
    /// The check, by its name in the project file; `plan` for the action plan and `grounds` for the seven grounds.
    pub check: String,
    /// The principle that it serves; `None` for activities and grounds that serve none or all.
    pub principle: Option<Principle>,
    /// The kind of the check, as the project file writes it.
    pub kind: &'static str,
    /// What is looked at.
    pub aspect: Aspect,
    /// The part of the project, or the group; empty: all of it.
    pub part: Vec<PartLevel>,
    /// Whether it counts in what the check comes to: earlier versions of a target do not.
    pub current: bool,
    /// The figures.
    pub figures: Box<CheckFigures>,
    /// What they come to.
    pub state: CheckState,
    /// Why, where the state does not say it.
    pub reason: Option<CheckReason>,
    /// What is missing: columns that a check would need, or what an activity of the plan does not say.
    pub lacks: Vec<String>,
    /// The figures that the result rests on, such as `men(subproject=Viadidakt)`.
    pub rests_on: Vec<String>,
}

/// A level of a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartLevel {
    /// The column.
    pub column: String,
    /// The code of the level.
    pub code: String,
}

/// What a result looks at.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Aspect {
    /// A share against a version of its target.
    Target {
        /// The day from which the version holds.
        from: NaiveDate,
        /// What it promises.
        promise: Promise,
    },
    /// A share against the 40/60 rule.
    Balance,
    /// A share against one found elsewhere.
    Reference {
        /// Where that one comes from.
        source: String,
    },
    /// A share that nothing is promised of.
    Share,
    /// A group against another: the first one is the result's part.
    Gap {
        /// The group that it is set against.
        other: Vec<PartLevel>,
    },
    /// Groups that are too small to be set against another, of many.
    SmallGroups,
    /// Something done rather than counted.
    Evidence,
    /// Who of a group that reached the stage before reached this one, against everybody else.
    Stage {
        /// The stage, by its id.
        stage: String,
    },
    /// The share of due follow-ups that are missing, against everybody else.
    MissingFollowUp,
    /// Whether a goal has its figures by a column.
    Goal {
        /// The goal.
        goal: String,
        /// The column.
        by: String,
    },
    /// Adaptations given, of those asked for.
    Given,
    /// Whether something is done as often as it should be.
    Cadence {
        /// The smallest share that is accepted.
        at_least: Decimal,
    },
    /// How long it is between meetings.
    Interval {
        /// How many days there are at most from one to the next.
        at_most_days: u32,
    },
    /// A criterion of the European Social Fund: `competence`, `problem_analysis`, `goals`, `activities`, `follow_up`.
    Criterion {
        /// The criterion.
        criterion: &'static str,
    },
    /// How many activities of the plan have `dates`, a `responsible` or a `follow_up`.
    PlanPart {
        /// What they have.
        part: &'static str,
    },
    /// An activity of the plan.
    Activity {
        /// Its position in the plan, from 1.
        position: usize,
        /// How far it has come.
        progress: ActivityProgress,
    },
    /// Whether the plan has an activity for the principle, in a phase or at all.
    PlanCoverage {
        /// The phase.
        phase: Option<String>,
    },
    /// One of the seven grounds.
    Ground {
        /// The ground.
        ground: GroundName,
        /// How it is covered.
        cover: GroundCover,
    },
    /// A default check that the project's columns do not allow.
    Lacking,
}

/// How far an activity has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ActivityProgress {
    /// It begins later.
    Planned,
    /// It has begun, or has no day to begin on, and its last day has not passed.
    Ongoing,
    /// It was done, in time where it has a last day.
    Done,
    /// It was done after its last day.
    Late,
    /// Its last day has passed, and it is not done.
    Overdue,
    /// It has no days, so nothing can be said.
    Undated,
}

/// How a ground of discrimination is covered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum GroundCover {
    /// A column measures it.
    Measured(String),
    /// A check covers it without measuring.
    Process(String),
    /// It may not be collected, for a reason.
    NotCollected(String),
    /// The project file does not say.
    Undeclared,
}

impl ActivityProgress {
    /// The word as tables write it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Planned => "planned",
            Self::Ongoing => "ongoing",
            Self::Done => "done",
            Self::Late => "late",
            Self::Overdue => "overdue",
            Self::Undated => "undated",
        }
    }
}

impl Aspect {
    /// As the table `checks` writes it.
    pub fn text(&self) -> String {
        match self {
            Self::Target { promise, .. } => promise.to_string(),
            Self::Balance => "40/60".to_owned(),
            Self::Reference { .. } => "reference".to_owned(),
            Self::Share => "share".to_owned(),
            Self::Gap { .. } => "gap".to_owned(),
            Self::SmallGroups => "small_groups".to_owned(),
            Self::Evidence => "evidence".to_owned(),
            Self::Stage { stage } => stage.clone(),
            Self::MissingFollowUp => "missing_follow_up".to_owned(),
            Self::Goal { goal, .. } => goal.clone(),
            Self::Given => "given".to_owned(),
            Self::Cadence { at_least } => format!("at_least {at_least}"),
            Self::Interval { at_most_days } => format!("at_most {at_most_days} days"),
            Self::Criterion { criterion } => (*criterion).to_owned(),
            Self::PlanPart { part } => (*part).to_owned(),
            Self::Activity { progress, .. } => progress.word().to_owned(),
            Self::PlanCoverage { phase } => {
                phase.as_ref().map_or_else(|| "plan".to_owned(), |phase| format!("phase {phase}"))
            }
            Self::Ground { ground, .. } => ground.word().to_owned(),
            Self::Lacking => "lacking".to_owned(),
        }
    }
}

/// The figures of a result; shares are fractions. What a result does not have is `None`.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct CheckFigures {
    /// Successes of the part or the first group.
    pub successes: Option<u64>,
    /// Units of it that are observed.
    pub n: Option<u64>,
    /// Its share, with Wilson's interval.
    pub value: Option<Estimate>,
    /// Units whose outcome is still open: missing, not due or unclassified, of either group.
    pub open: Option<u64>,
    /// Units of whom the part or group is not known: they could belong to any.
    pub unknown: Option<u64>,
    /// Successes of the group that it is set against.
    pub other_successes: Option<u64>,
    /// Units of that group that are observed.
    pub other_n: Option<u64>,
    /// What the share is set against: the other group's share, a share found elsewhere, a declared limit.
    pub reference: Option<f64>,
    /// The share less what it is set against, with Newcombe's interval (for a share found elsewhere: that of the share).
    pub difference: Option<Estimate>,
    /// The largest difference that is accepted.
    pub limit: Option<f64>,
    /// What the difference (without one: the share) could be, however the open cases turn out.
    pub bounds: Option<Interval>,
    /// The share divided by what it is set against, with Koopman's interval.
    pub ratio: Option<Estimate>,
    /// Whether one group's share is less than four fifths of the other's, by whole numbers: a reason to look closer.
    pub below_four_fifths: Option<bool>,
    /// The difference adjusted for other columns.
    pub adjusted: Option<Adjusted>,
    /// Fisher's exact test of the two groups.
    pub p_value: Option<f64>,
    /// The same adjusted by Holm for all pairs of groups in which the indicator is checked.
    pub p_adjusted: Option<f64>,
    /// The longest time between meetings, in days.
    pub longest_days: Option<u64>,
    /// The longest that is accepted.
    pub limit_days: Option<u64>,
    /// The part's share of all successes: 0.68 where 34 of 50 men are in one part.
    pub part_of_successes: Option<f64>,
    /// The share of everybody without this part.
    pub value_without: Option<f64>,
}

/// A difference between two groups as if they were alike in other columns.
#[derive(Debug, Clone, PartialEq)]
pub struct Adjusted {
    /// The columns.
    pub columns: Vec<String>,
    /// The difference, first group minus second.
    pub difference: Estimate,
    /// Units that do not count in it: of strata where one group has nobody, or of unknown stratum.
    pub left_out: u64,
    /// Whether it points the other way than the crude difference.
    pub is_reversed: bool,
    /// Woolf's test of whether strata have one odds ratio in common; `None` where it cannot be made.
    pub strata_p_value: Option<f64>,
    /// Whether strata differ among themselves by that test, at the level of the intervals.
    pub strata_differ: bool,
}

/// What a result comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CheckState {
    /// It holds, and nothing that is still open could change that.
    Met,
    /// It does not hold, and nothing that is still open could change that.
    NotMet,
    /// What is still open could change it.
    Open,
    /// There is too little to tell by, or nothing to judge against.
    CannotTell,
    /// Nothing measures it.
    NotMeasured,
    /// Somebody has declared it.
    Declared,
}

/// Why a result is what it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum CheckReason {
    /// Fewer are observed than the smallest group that is judged; without a declared one: fewer than five, which is told
    /// and not held against the result.
    SmallGroup,
    /// Nobody is there.
    Empty,
    /// Nothing is promised: no target, rule, reference or largest difference.
    NoLimit,
    /// No version of the target is in force yet.
    NoTargetYet,
    /// There is no evidence yet.
    NoEvidence,
    /// A goal is measured by nothing.
    NoIndicator,
    /// A column that is needed is not there.
    NoColumn,
    /// An activity does not say all that it should.
    Incomplete,
    /// The last day of an activity has passed, and it is not done.
    Overdue,
    /// No activity serves the principle.
    NoActivity,
    /// It may not be collected.
    NotCollected,
    /// The project file says nothing of it.
    Undeclared,
    /// The figure cannot be computed.
    Figure(Reason),
}

impl CheckState {
    /// All of them, what weighs most first: that is what a check with several results comes to.
    pub const ALL: [Self; 6] =
        [Self::NotMet, Self::Open, Self::CannotTell, Self::NotMeasured, Self::Declared, Self::Met];

    /// The word as tables write it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Met => "met",
            Self::NotMet => "not_met",
            Self::Open => "open",
            Self::CannotTell => "cannot_tell",
            Self::NotMeasured => "not_measured",
            Self::Declared => "declared",
        }
    }
}

impl CheckReason {
    /// The word as tables write it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::SmallGroup => "small_group",
            Self::Empty => "empty",
            Self::NoLimit => "no_limit",
            Self::NoTargetYet => "no_target_yet",
            Self::NoEvidence => "no_evidence",
            Self::NoIndicator => "no_indicator",
            Self::NoColumn => "no_column",
            Self::Incomplete => "incomplete",
            Self::Overdue => "overdue",
            Self::NoActivity => "no_activity",
            Self::NotCollected => "not_collected",
            Self::Undeclared => "undeclared",
            Self::Figure(reason) => reason.word(),
        }
    }
}

impl CheckResult {
    pub(super) fn blank(check: &str, principle: Option<Principle>, kind: &'static str) -> Self {
        Self {
            check: check.to_owned(),
            principle,
            kind,
            aspect: Aspect::Share,
            part: Vec::new(),
            current: true,
            figures: Box::default(),
            state: CheckState::NotMeasured,
            reason: None,
            lacks: Vec::new(),
            rests_on: Vec::new(),
        }
    }

    /// The same where nothing could be counted.
    pub(super) fn not_measured(self, reason: Reason) -> Self {
        let reason = Some(CheckReason::Figure(reason));
        Self { state: CheckState::NotMeasured, reason, ..self }
    }
}

/// What the results of one check come to: the state that weighs most, in the order of [`CheckState::ALL`].
///
/// Earlier versions of a target and parts where nobody is do not count. So a balanced total does not hide a part that is
/// not, and the results say which. `None` where there is no result.
///
/// ```
/// use utfall::principles::{CheckState, combined_state};
///
/// assert_eq!(combined_state(&[]), None);
/// assert_eq!(CheckState::ALL[0], CheckState::NotMet);
/// ```
pub fn combined_state<'r>(
    results: impl IntoIterator<Item = &'r CheckResult>,
) -> Option<CheckState> {
    let results: Vec<&CheckResult> = results.into_iter().collect();
    let counts =
        |result: &&&CheckResult| result.current && result.reason != Some(CheckReason::Empty);
    let states: Vec<CheckState> =
        results.iter().filter(counts).map(|result| result.state).collect();
    let found = CheckState::ALL.into_iter().find(|state| states.contains(state));
    found.or_else(|| results.first().map(|_| CheckState::CannotTell))
}
