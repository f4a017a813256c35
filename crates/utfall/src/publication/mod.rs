//! What leaves the house: an evaluation that no longer holds what may not be known.
//!
//! All counts that are printed of a register, over its indicators, the steps of the accounting, the stages of the flow,
//! tables and groups, are sums of the same unknown counts: how many units of each kind there are in each group. They make
//! one linear system, which is protected and audited as a whole; what is hidden is then taken out of the evaluation, and
//! everything that is made of figures is made anew of what is left. So nothing that comes later can forget a mask: verdict,
//! gap, check, plot and sentence are made by the code that makes them for everybody, of an evaluation that does not hold the
//! hidden numbers.
//!
//! | file | what it holds |
//! |---|---|
//! | `counts` | the counts that are printed of a register, and who is in each |
//! | `classes` | the kinds of units that a reader has to reckon with |
//! | `ledger` | the kinds and the printed counts as cells and relations |
//! | `printed` | all registers and tables together |
//! | `pattern` | which counts are hidden |
//! | `told` | what is known already: printed tables of the project file, earlier releases |
//! | `masked` | the evaluation without what is hidden |
//! | `merging` | instead of hiding: levels that could be merged |

mod classes;
mod counts;
mod ledger;
mod masked;
mod merging;
mod pattern;
mod printed;
mod told;

use chrono::NaiveDate;

use crate::assess::Evaluation;
use crate::disclosure::{
    AuditedCell, CertainShares, Found, Interval, Limits, Protection, Rules, System, Zeros,
};
use crate::error::Result;
use crate::project::Project;
use pattern::{Pattern, pattern};
use printed::Printed;

pub use masked::Protected;
pub use merging::{ProposedMerging, propose_merging};

/// What is published, and how it is protected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicationRules {
    /// Which counts are hidden. Counts of 0 may be hidden where that hides others ([`Zeros::Secondary`]), so that every
    /// register can be protected.
    pub rules: Rules,
    /// The tables that are published beside everybody's figures, by their columns; each must be a table of the evaluation.
    /// `None`: one for each column that figures are crossed by, with the columns that it lies within. The more columns a
    /// table has, the more of it has to be hidden.
    pub tables: Option<Vec<Vec<String>>>,
    /// Registers whose units are no persons, such as meetings or articles: they are published as they are.
    pub open: Vec<String>,
    /// What is done with shares of exactly 0 or 100 % of fewer than twice the threshold: they tell of each one in the group.
    pub certain_shares: CertainShares,
    /// Whether tables that the project file says are published (`[published]`) are reckoned with: what they tell cannot be taken
    /// back, and more is hidden, so that who has them as well learns nothing that they did not tell.
    pub printed_tables: bool,
    /// How long the cheapest pattern is looked for.
    pub limits: Limits,
}

impl PublicationRules {
    /// Groups of fewer are small: whoever knows that somebody is in one learns what all of it has in common.
    pub const fn smallest_group(&self) -> u64 {
        self.rules.threshold.saturating_mul(2)
    }
}

impl Default for PublicationRules {
    fn default() -> Self {
        Self {
            rules: Rules { zeros: Zeros::Secondary, ..Rules::default() },
            tables: None,
            open: Vec::new(),
            certain_shares: CertainShares::default(),
            printed_tables: true,
            limits: Limits::default(),
        }
    }
}

/// An evaluation of which nothing can be computed that its rules hide: what reports are made from.
///
/// Published are the figures of everybody and of the groups of the published tables, the verdicts, steps, flow, money, plans,
/// comparisons and checks that can be made of them. Of everybody only: matrices of steps, reasons for leaving, single items,
/// incidences, sums, means and ratios, which of groups would tell of single persons what their counts do not. Not published:
/// how numbers lie (the smallest is one person's), who is in several groups, and what was found in the rows.
///
/// ```
/// use utfall::data::{Table, Values};
/// use utfall::publication::{Publication, PublicationRules};
/// use utfall::{Evaluator, Project, day};
///
/// let project = Project::from_toml(
///     r#"
///     schema = 1
///     name = "Small"
///     [registers.participants]
///     unit = "person"
///     by = ["gender"]
///     columns.gender = { header = "Kön", type = "level", levels = ["woman", "man"] }
///     columns.work = { header = "Arbete", type = "flag" }
///     [indicators.work]
///     kind = "share"
///     register = "participants"
///     having = { work = true }
///     "#,
/// )?;
/// let genders = (0..30).map(|unit| Some(if unit < 20 { "woman" } else { "man" }));
/// let works = (0..30).map(|unit| Some(unit % 20 < 12 && unit != 20));
/// let mut evaluator = Evaluator::new(&project, day::parse("2022-06-30").unwrap())?;
/// evaluator.add("participants", &Table::new([
///     ("Kön", Values::from_texts(genders)),
///     ("Arbete", Values::from_flags(works)),
/// ]))?;
/// let evaluation = evaluator.finish()?;
/// let publication =
///     Publication::new(&project, &evaluation, &PublicationRules::default(), &[])?;
/// // One man of ten has no work: neither that nor his nine fellows are told, nor what women's would tell of them.
/// assert!(publication.attack()?.is_empty());
/// assert!(publication.hidden() > 0);
/// # Ok::<(), utfall::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Publication {
    /// What is published, as an evaluation that holds nothing else.
    pub evaluation: Evaluation,
    /// Which rows hold less than they did.
    pub protected: Protected,
    /// The figures, by row, that are shown and tell of everybody in a small group: all of them succeeded, or nobody did.
    pub certain: Vec<usize>,
    /// The rules that it keeps.
    pub rules: PublicationRules,
    /// How the pattern was found.
    pub found: Found,
    /// Every count of the system that is printed, shown or hidden.
    pub counts: Vec<PublishedCount>,
    as_of: NaiveDate,
    protection: Protection,
}

/// A count of a publication.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublishedCount {
    /// The register.
    pub register: String,
    /// What is counted: `work.successes`, `flow.completed.reached`; one count under several names stands once.
    pub names: Vec<String>,
    /// The columns that the group is crossed by, with its code in each; empty: everybody.
    pub group: Vec<(String, String)>,
    /// The count; `None` where it is hidden.
    pub value: Option<u64>,
    cell: usize,
}

/// A hidden count, and what an outsider can compute of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AuditedCount<'p> {
    /// The count.
    pub count: &'p PublishedCount,
    /// The smallest and the largest number that it could be for somebody who has the whole publication.
    pub interval: Interval,
    /// Whether everything that must be possible is. What must be is not told: it would tell which counts are small.
    pub passes: bool,
}

impl Publication {
    /// An evaluation, protected; also against the difference from what was published
    /// `earlier` of the same project: what was shown stays shown where the day is the same, what was hidden stays hidden, and
    /// a count that differs from an earlier one by fewer than the threshold is hidden.
    ///
    /// # Errors
    ///
    /// If the evaluation is of another project, if a table is asked for that the evaluation does not have, if the threshold is
    /// out of range, if there are more counts than can be protected together (ask for fewer tables then), or if zeros are
    /// always to be printed and a hidden count follows from them.
    pub fn new(
        project: &Project,
        evaluation: &Evaluation,
        asked: &PublicationRules,
        earlier: &[&Self],
    ) -> Result<Self> {
        evaluation.tally().check_project(project)?;
        let Pattern { printed, protection, masked: hidden } =
            pattern(project, evaluation, asked, earlier)?;
        let (masked, protected) = masked::masked(project, evaluation, &printed, &hidden, asked);
        Ok(Self {
            certain: masked::certain(project, &masked, asked),
            evaluation: masked,
            protected,
            rules: asked.clone(),
            found: protection.found,
            counts: counts(evaluation, &printed, (protection.system(), &hidden)),
            as_of: evaluation.as_of,
            protection,
        })
    }

    /// How many counts are hidden.
    pub fn hidden(&self) -> usize {
        self.counts.iter().filter(|count| count.value.is_none()).count()
    }

    /// Every hidden count, with what an outsider can compute of it from everything that is published. Made when it is asked
    /// for: that they are protected was proven before.
    ///
    /// # Errors
    ///
    /// None that a caller could cause.
    pub fn audit(&self) -> Result<Vec<AuditedCount<'_>>> {
        let audited = self.protection.audit().cells;
        let of_count = |count: &'_ PublishedCount| -> Option<AuditedCell> {
            let place = audited.binary_search_by_key(&count.cell, |audited| audited.cell).ok()?;
            audited.get(place).copied()
        };
        let hidden = self.counts.iter().filter(|count| count.value.is_none());
        let told = hidden.filter_map(|count| {
            let Some(found) = of_count(count) else {
                // It was told before, and nobody can take that back.
                let value = self.protection.system().cells().get(count.cell)?.value;
                let interval = Interval { low: value, high: Some(value) };
                return Some(AuditedCount { count, interval, passes: true });
            };
            Some(AuditedCount { count, interval: found.interval, passes: found.passes() })
        });
        Ok(told.collect())
    }

    /// Tries to compute what is hidden, from everything that is published and nothing else: the counts of which more can be
    /// told than may. There are none; whoever doubts it can try again.
    ///
    /// # Errors
    ///
    /// None that a caller could cause.
    pub fn attack(&self) -> Result<Vec<AuditedCount<'_>>> {
        Ok(self.audit()?.into_iter().filter(|audited| !audited.passes).collect())
    }
}

/// All printed counts, in the order in which they are printed.
fn counts(
    evaluation: &Evaluation,
    printed: &Printed,
    (system, hidden): (&System, &[bool]),
) -> Vec<PublishedCount> {
    let count = |(cell, named): (&usize, &printed::Named)| {
        let known = system.cells().get(*cell)?;
        let is_hidden = hidden.get(*cell).copied().unwrap_or(true);
        let codes = evaluation.figures.codes(&named.group);
        Some(PublishedCount {
            register: named.register.clone(),
            names: named.names.clone(),
            group: codes.map(|(column, code)| (column.to_owned(), code.to_owned())).collect(),
            value: (!is_hidden).then_some(known.value),
            cell: *cell,
        })
    };
    printed.named.iter().filter_map(count).collect()
}
