//! The participant flow: how many reached each stage, and why the others did not.

use std::sync::Arc;

use super::figure::Group;
use super::sums::{Counted, share};
use crate::project::{ColumnType, Flow, Project, UNKNOWN};
use crate::tally::{Halt, Signature, Stages};

/// How many units of a group have reached a stage of the flow, having reached every stage before it.
///
/// Ordered by stage as declared, then by group as [`crate::Figures`] are.
///
/// ```
/// use utfall::data::{Table, Values};
/// use utfall::{Evaluator, Project, day};
///
/// let project = Project::from_toml(
///     r#"
///     schema = 1
///     name = "Flow"
///     [registers.participants]
///     unit = "person"
///     columns.completed = { header = "Fullföljd", type = "flag" }
///     columns.left_for = { header = "Orsak", type = "level", levels = ["moved", "ill"] }
///     [flow]
///     register = "participants"
///     stages = [{ id = "enrolled", of = {} }, { id = "completed", of = { completed = true } }]
///     reasons = "left_for"
///     "#,
/// )?;
/// let mut evaluator = Evaluator::new(&project, day::parse("2022-06-30").unwrap())?;
/// evaluator.add("participants", &Table::new([
///     ("Fullföljd", Values::from_flags([Some(true), Some(false), None])),
///     ("Orsak", Values::from_texts([None, Some("ill"), None])),
/// ]))?;
/// let evaluation = evaluator.finish()?;
/// let completed = evaluation.flow[1].counts.unwrap();
/// assert_eq!((completed.reached, completed.unknown, completed.lost), (1, 1, 1));
/// let mut reasons = evaluation.flow_reasons.iter().filter(|row| &*row.stage == "completed");
/// assert_eq!(reasons.find(|row| &*row.reason == "ill").unwrap().units, Some(1));
/// # Ok::<(), utfall::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct FlowFigure {
    /// The register that the flow is counted in.
    pub register: Arc<str>,
    /// The stage, by its id.
    pub stage: Arc<str>,
    pub(crate) group: Group,
    /// Who has reached it; `None` where nothing could be counted.
    pub counts: Option<FlowCounts>,
}

/// Units at one stage of the flow.
///
/// ```
/// use utfall::FlowCounts;
///
/// let counts = FlowCounts { units: 50, first: 40, reached: 12, unknown: 3, lost: 5 };
/// assert_eq!(counts.previous(), 20);
/// assert_eq!((counts.share_of_previous(), counts.share_of_first()), (Some(0.6), Some(0.3)));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub struct FlowCounts {
    /// All units of the group.
    pub units: u64,
    /// Those who reached the first stage.
    pub first: u64,
    /// Those who reached this stage and every one before it.
    pub reached: u64,
    /// Those who reached the previous stage, and of whom it is not known whether they reached this one.
    pub unknown: u64,
    /// Those who reached the previous stage and not this one.
    pub lost: u64,
}

impl FlowCounts {
    /// Those who reached the previous stage; of the first stage all units.
    pub const fn previous(&self) -> u64 {
        self.reached + self.unknown + self.lost
    }

    /// The share of those who reached the previous stage (of the first: of all units) that reached this one. The
    /// unknown count as not having reached it.
    pub fn share_of_previous(&self) -> Option<f64> {
        share(self.reached, self.previous())
    }

    /// The share of those who reached the first stage that reached this one.
    pub fn share_of_first(&self) -> Option<f64> {
        share(self.reached, self.first)
    }
}

/// For how many units of a group that a stage lost a reason is given.
///
/// Every declared reason has its row, zeros too, unknown last; the rows of a stage add up to its lost.
#[derive(Debug, Clone, PartialEq)]
pub struct FlowReason {
    /// The register that the flow is counted in.
    pub register: Arc<str>,
    /// The stage that was not reached, by its id.
    pub stage: Arc<str>,
    pub(crate) group: Group,
    /// The code of the reason; `(unknown)` where none is given.
    pub reason: Arc<str>,
    /// The units; `None` where nothing could be counted.
    pub units: Option<u64>,
}

impl FlowFigure {
    /// For each column of [`crate::Figures::columns`] the level of this group; `None` where it is not crossed by it.
    pub fn group(&self) -> &[Option<u32>] {
        &self.group
    }
}

impl FlowReason {
    /// For each column of [`crate::Figures::columns`] the level of this group; `None` where it is not crossed by it.
    pub fn group(&self) -> &[Option<u32>] {
        &self.group
    }
}

/// The flow of a register, and the reasons of those it lost; empty where another register or none has it.
pub(super) fn flow(
    project: &Project,
    register: &str,
    counted: &Counted<'_>,
) -> (Vec<FlowFigure>, Vec<FlowReason>) {
    let declared = project.flow.as_ref().filter(|flow| flow.register == register);
    let Some(flow) = declared else { return Default::default() };
    let through = Through {
        counted,
        register: register.into(),
        ids: flow.stages.iter().map(|stage| stage.id.as_str().into()).collect(),
        reasons: reasons(project, flow),
    };
    (through.figures(), through.reasons())
}

/// The codes of the reasons with that of unknown; none where the flow declares no column of reasons.
fn reasons(project: &Project, flow: &Flow) -> Vec<Arc<str>> {
    let columns = project.columns(&flow.register);
    let column = flow.reasons.as_ref().and_then(|name| columns?.get(name));
    let codes = column.map(|column| match column.column_type() {
        ColumnType::Flag => vec!["false", "true", UNKNOWN],
        _ => column.levels.codes().chain([UNKNOWN]).collect(),
    });
    codes.unwrap_or_default().into_iter().map(Arc::from).collect()
}

/// The flow through its register.
struct Through<'a> {
    counted: &'a Counted<'a>,
    register: Arc<str>,
    ids: Vec<Arc<str>>,
    reasons: Vec<Arc<str>>,
}

/// The parts of a stage: reached, unknown, lost.
const PARTS: usize = 3;

impl Through<'_> {
    fn stages(&self) -> Option<&Stages> {
        self.counted.plan.flow.as_ref()
    }

    /// Whether the source has everything that this stage and those before it ask for.
    fn is_published(&self, stage: usize) -> bool {
        self.stages().is_some_and(|stages| stage < stages.reached.len())
    }

    fn figures(&self) -> Vec<FlowFigure> {
        let size = self.ids.len() * PARTS;
        let groups = self.counted.sums(self.ids.len(), size, |signature| self.parts(signature));
        let mut figures = Vec::new();
        for (stage, id) in self.ids.iter().enumerate() {
            figures.extend(groups.iter().map(|group| {
                let sums = group.sums.as_ref().filter(|_| self.is_published(stage));
                let counts = sums.map(|sums| FlowCounts {
                    units: sums[..PARTS].iter().sum(),
                    first: sums[0],
                    reached: sums[stage * PARTS],
                    unknown: sums[stage * PARTS + 1],
                    lost: sums[stage * PARTS + 2],
                });
                let (register, stage) = (self.register.clone(), id.clone());
                FlowFigure { register, stage, group: group.group.clone(), counts }
            }));
        }
        figures
    }

    /// The parts of all stages that units with a signature are in.
    fn parts(&self, signature: &Signature<'_>) -> Vec<usize> {
        let Some(stages) = self.stages() else { return Vec::new() };
        let passage = stages.passage(signature);
        let halt = passage.next.map(|halt| match halt {
            Halt::Unknown => passage.reached * PARTS + 1,
            Halt::Lost => passage.reached * PARTS + 2,
        });
        (0..passage.reached).map(|stage| stage * PARTS).chain(halt).collect()
    }

    fn reasons(&self) -> Vec<FlowReason> {
        let codes = self.reasons.len();
        if codes == 0 {
            return Vec::new();
        }
        let rows = self.ids.len() * codes;
        let parts = |signature: &Signature<'_>| {
            let lost = self.stages().and_then(|stages| {
                let passage = stages.passage(signature);
                let reason = stages.reason(signature)? as usize;
                (passage.next == Some(Halt::Lost)).then_some(passage.reached * codes + reason)
            });
            lost.into_iter().collect()
        };
        let groups = self.counted.sums(rows, rows, parts);
        let has_reasons = self.stages().is_some_and(|stages| stages.reasons.is_some());
        let mut reasons = Vec::new();
        for (stage, id) in self.ids.iter().enumerate() {
            let is_counted = has_reasons && self.is_published(stage);
            for group in &groups {
                let sums = group.sums.as_ref().filter(|_| is_counted);
                reasons.extend(self.reasons.iter().enumerate().map(|(code, reason)| FlowReason {
                    register: self.register.clone(),
                    stage: id.clone(),
                    group: group.group.clone(),
                    reason: reason.clone(),
                    units: sums.map(|sums| sums[stage * codes + code]),
                }));
            }
        }
        reasons
    }
}
