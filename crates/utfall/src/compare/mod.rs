//! Two evaluations compared: what changed in definition, data or target, and what that did to figures and verdicts.
//!
//! A figure changes because it is defined otherwise, because the data are others, or because the world is looked at on
//! another day. What each of these did is found by changing one at a time: all mixtures of the two sides are evaluated,
//! and a cause's part is its mean over the orders in which the causes can be changed (`separate`). Where a mixture
//! cannot be counted, because the rows are not at hand, nothing is guessed: what could have done it is told, and that it
//! is not separated.

mod causes;
mod figures;
mod mixture;
mod separate;
mod verdicts;

use crate::assess::{Evaluation, Figure, Verdict};
use crate::error::Result;
use crate::project::{DeclaredChange, Project};
use crate::tally::Tally;

pub use mixture::{Mixture, Which};

use mixture::Mixtures;

/// An evaluation with the project that it was made of.
#[derive(Debug, Clone, Copy)]
pub struct Side<'a> {
    /// The project.
    pub project: &'a Project,
    /// Its evaluation.
    pub evaluation: &'a Evaluation,
}

/// What can change a figure or a verdict.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Cause {
    /// How it is counted: indicator, register, columns, the first and last day of the project.
    Definition,
    /// What was counted.
    Data,
    /// The day on which the world is looked at.
    AsOf,
    /// What is promised: the goal's indicator, targets and scale.
    Target,
    /// The ratings of a goal that no register can compute.
    Evidence,
}

impl Cause {
    /// All causes.
    pub const ALL: [Self; 5] =
        [Self::Definition, Self::Data, Self::AsOf, Self::Target, Self::Evidence];

    /// The word as tables write it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Definition => "definition",
            Self::Data => "data",
            Self::AsOf => "as_of",
            Self::Target => "target",
            Self::Evidence => "evidence",
        }
    }
}

/// What two evaluations differ in. Of an evaluation and itself there is nothing.
///
/// ```
/// use utfall::compare::{Cause, Difference, Side};
/// use utfall::data::{Table, Values};
/// use utfall::{Evaluator, Project, day};
///
/// let project = Project::from_toml(
///     r#"
///     schema = 1
///     name = "Staff"
///     [registers.staff]
///     unit = "member"
///     columns.gender = { header = "Kön", type = "level", levels = ["woman", "man"] }
///     [indicators.men]
///     kind = "share"
///     register = "staff"
///     having = { gender = "man" }
///     "#,
/// )?;
/// let evaluation = |genders: &[&'static str]| {
///     let mut evaluator = Evaluator::new(&project, day::parse("2022-06-30").unwrap())?;
///     let genders = Values::from_texts(genders.iter().map(|gender| Some(*gender)));
///     evaluator.add("staff", &Table::new([("Kön", genders)]))?;
///     evaluator.finish()
/// };
/// let (before, after) = (evaluation(&["woman", "man"])?, evaluation(&["woman", "man", "woman", "woman"])?);
/// let side = |evaluation| Side { project: &project, evaluation };
/// let difference = Difference::between(side(&before), side(&after));
/// let men = &difference.figures[0];
/// assert_eq!((men.change, men.causes.as_slice()), (Some(-0.25), [Cause::Data].as_slice()));
/// assert!(Difference::between(side(&before), side(&before)).is_empty());
/// # Ok::<(), utfall::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Difference {
    /// What changed.
    pub causes: Vec<Changed>,
    /// Every figure that changed, in the order of the project.
    pub figures: Vec<FigureDifference>,
    /// Every verdict that changed, against the versions of targets in force.
    pub verdicts: Vec<VerdictDifference>,
}

/// Something that changed.
#[derive(Debug, Clone, PartialEq)]
pub enum Changed {
    /// A key of the project file.
    Declared(DeclaredChange),
    /// What was asked for: the day, the crossing, the level of intervals.
    Setting {
        /// `as_of`, `by` or `level`.
        name: &'static str,
        /// What it was.
        before: String,
        /// What it is.
        after: String,
    },
    /// The counts of a register, or of a group of it.
    Data(DataChange),
}

/// How many units of a register or a group there were and are. Who came and who left cannot be told: counts hold nobody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DataChange {
    /// The register.
    pub register: String,
    /// The crossed columns with the level of the group; empty: everybody.
    pub group: Vec<(String, String)>,
    /// The units before; `None` where the register was not given, or the number is protected.
    pub before: Option<u64>,
    /// The units after.
    pub after: Option<u64>,
    /// Whether other things than the number of units changed; `None` where that cannot be told, since the two were counted
    /// by other definitions or on other days.
    pub counts_differ: Option<bool>,
}

/// A figure that is another one.
#[derive(Debug, Clone, PartialEq)]
pub struct FigureDifference {
    /// The indicator.
    pub indicator: String,
    /// The crossed columns with the level of the group; empty: everybody.
    pub group: Vec<(String, String)>,
    /// The figure before; `None` where there was none.
    pub before: Option<Figure>,
    /// Its value.
    pub value_before: Option<f64>,
    /// The figure after.
    pub after: Option<Figure>,
    /// Its value.
    pub value_after: Option<f64>,
    /// The value after less that before; `None` where one of them is not known or is protected.
    pub change: Option<f64>,
    /// What of the change definition, data and day did; they add up to it. `None` where they are not separated.
    pub parts: Option<[f64; 3]>,
    /// What did it; where it is not separated, what could have.
    pub causes: Vec<Cause>,
    /// Whether the causes are those that did it.
    pub is_separated: bool,
    /// Whether one of the figures is protected, so that no change may be told.
    pub is_protected: bool,
}

/// A verdict on a goal that is another one, against the version of its target in force.
#[derive(Debug, Clone, PartialEq)]
pub struct VerdictDifference {
    /// The goal.
    pub goal: String,
    /// The verdict before; `None` where there was no such goal.
    pub before: Option<Verdict>,
    /// The verdict after.
    pub after: Option<Verdict>,
    /// What made the verdict another one; empty where it is the same and only its figure or target changed. Where causes
    /// are not separated, what could have.
    pub causes: Vec<Cause>,
    /// Whether the causes are those that did it.
    pub is_separated: bool,
}

impl Difference {
    /// What two evaluations differ in, by themselves. Definition, data and day are separated where only one of them can have
    /// changed a figure.
    pub fn between(before: Side<'_>, after: Side<'_>) -> Self {
        Self::of(before, after, &Mixtures::none(before, after))
    }

    /// What two evaluations differ in, causes separated by counts of the [mixtures](Mixture::needed) of both.
    ///
    /// # Errors
    ///
    /// If a tally was not counted for the project, the day or the crossing of its mixture.
    pub fn with_counts(
        before: Side<'_>,
        after: Side<'_>,
        counts: &[(Mixture, Tally)],
    ) -> Result<Self> {
        Ok(Self::of(before, after, &Mixtures::new(before, after, counts)?))
    }

    /// Whether there is nothing that changed.
    pub fn is_empty(&self) -> bool {
        self.causes.is_empty() && self.figures.is_empty() && self.verdicts.is_empty()
    }

    fn of(before: Side<'_>, after: Side<'_>, mixtures: &Mixtures<'_>) -> Self {
        Self {
            causes: causes::causes(before, after, mixtures),
            figures: figures::figures(before, after, mixtures),
            verdicts: verdicts::verdicts(before, after, mixtures),
        }
    }
}
