//! What a check says: state, reason, and the figures that it rests on.

use chrono::NaiveDate;

use crate::assess::Reason;
use crate::project::{Principle, Promise};
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
