//! The evaluation of a project: its registers counted, its figures and verdicts drawn from the counts.

use chrono::NaiveDate;
use indexmap::IndexMap;

use super::columns::by_columns;
use super::comparisons::{Comparison, comparisons};
use super::coverage::CoverageCell;
use super::crossed::{Crossed, crossed};
use super::distribution::Distribution;
use super::figure::{Figure, FigureIndicator, Figures};
use super::flow::{self, FlowFigure, FlowReason};
use super::funnel::{FunnelFigure, funnels};
use super::incidence::IncidenceFigure;
use super::money::{self, Cost};
use super::overlap::{Overlap, overlaps};
use super::planned::{self, PlannedFigure};
use super::register::register_figures;
use super::step_tests::{StepTests, step_tests};
use super::steps::{self, StepFigure, Transition};
use super::strata::{StratifiedComparison, strata};
use super::sums::Counted;
use super::survey::{self, SurveyFigure};
use super::verdict::{Verdict, verdicts};
use crate::data::Table;
use crate::error::{Error, RegisterProblem, Result};
use crate::finding::Finding;
use crate::project::Project;
use crate::stats::{ProportionIntervals, ProportionMethod};
use crate::tally::{By, Intake, Piece, Plan, RegisterTally, Tallier, Tally, check_by};

/// A project judged on one day: figures, verdicts and findings.
#[derive(Debug, Clone, PartialEq)]
pub struct Evaluation {
    /// The day on which the world is looked at.
    pub as_of: NaiveDate,
    /// What came out: every indicator, table and group.
    pub figures: Figures,
    /// Persons whom a figure counts in one group and whose enrolments are in several.
    pub overlap: Vec<Overlap>,
    /// What that says of the goals: every version of their targets in force.
    pub verdicts: Vec<Verdict>,
    /// How units have moved: every `change` indicator, group and item, and all items together.
    pub steps: Vec<StepFigure>,
    /// Levels before and after: every `change` indicator, group and item whose columns have levels.
    pub transitions: Vec<Transition>,
    /// What was answered: every `survey` indicator, group and item, and all items together.
    pub survey: Vec<SurveyFigure>,
    /// Time to events: every `incidence` indicator, group, horizon and kind of event, and any event.
    pub incidence: Vec<IncidenceFigure>,
    /// How the numbers behind every `mean` indicator lie, for every group.
    pub distributions: Vec<Distribution>,
    /// Every expected month and part of every `coverage` indicator.
    pub coverage: Vec<CoverageCell>,
    /// How far units have come: every stage of the flow and group.
    pub flow: Vec<FlowFigure>,
    /// Why they went no further: every stage, group and reason.
    pub flow_reasons: Vec<FlowReason>,
    /// What the project costs, in all, for each unit and for each who pays, against every version of the plan in force.
    pub money: Vec<Cost>,
    /// Plans of what indicators count or sum against what came out, for every version in force.
    pub planned: Vec<PlannedFigure>,
    /// What somebody should look at.
    pub findings: Vec<Finding>,
    /// The counts that the project's checks are made of.
    pub(crate) crossed: Vec<Crossed>,
    /// The registers that were handed over.
    pub(crate) given: Vec<String>,
    /// What everything above is made of.
    pub(crate) tally: Tally,
}

/// Evaluates a project, table by table.
///
/// ```
/// use utfall::data::{Table, Values};
/// use utfall::{Evaluator, Project, day};
///
/// let project = Project::from_toml(
///     r#"
///     schema = 1
///     name = "Staff"
///     [registers.staff]
///     unit = "person"
///     weight = "Antal"
///     columns.gender = { header = "Kön", type = "level", levels = ["woman", "man"] }
///     [indicators.men]
///     kind = "share"
///     register = "staff"
///     having = { gender = "man" }
///     "#,
/// )?;
/// let mut evaluator = Evaluator::new(&project, day::parse("2022-06-30").unwrap())?;
/// evaluator.add("staff", &Table::new([
///     ("Kön", Values::from_texts([Some("woman"), Some("man")])),
///     ("Antal", Values::from_integers([Some(17), Some(5)])),
/// ]))?;
/// let evaluation = evaluator.finish()?;
/// let men = evaluation.figure("men").unwrap();
/// assert_eq!(men.counts.unwrap().successes, 5);
/// assert_eq!(evaluation.figures.value(men), Some(5.0 / 22.0));
/// # Ok::<(), utfall::Error>(())
/// ```
#[derive(Debug)]
pub struct Evaluator<'p> {
    project: &'p Project,
    as_of: NaiveDate,
    by: By,
    intervals: ProportionIntervals,
    talliers: IndexMap<String, Tallier<'p>>,
    /// What was found before rows were counted, such as when a file was read.
    noted: Vec<Finding>,
}

impl<'p> Evaluator<'p> {
    /// The level of confidence of intervals, unless another is asked for.
    pub const LEVEL: f64 = 0.95;

    /// Evaluates a project on a day, each register crossed by the columns that it names.
    ///
    /// # Errors
    ///
    /// None yet; a project whose figures cannot be crossed as it declares would be one.
    pub fn new(project: &'p Project, as_of: NaiveDate) -> Result<Self> {
        Self::by(project, as_of, By::Declared)
    }

    /// Evaluates a project on a day, crossed by other columns.
    ///
    /// # Errors
    ///
    /// If `by` names a column that no register can be crossed by.
    pub fn by(project: &'p Project, as_of: NaiveDate, by: By) -> Result<Self> {
        check_by(project, &by)?;
        let intervals = intervals(Self::LEVEL)?;
        Ok(Self { project, as_of, by, intervals, talliers: IndexMap::new(), noted: Vec::new() })
    }

    /// Asks for intervals of another level of confidence.
    ///
    /// # Errors
    ///
    /// If the level does not lie between 0 and 1.
    pub fn with_level(mut self, level: f64) -> Result<Self> {
        self.intervals = intervals(level)?;
        Ok(self)
    }

    /// The project that is evaluated.
    pub fn project(&self) -> &'p Project {
        self.project
    }

    /// Counts a table of a register; a register may come in any number of tables.
    ///
    /// # Errors
    ///
    /// If the register is not declared, a declared header is absent or stands twice, a column holds another type, or
    /// a weight is not a whole number of 0 or more.
    pub fn add(&mut self, register: &str, table: &Table<'_>) -> Result<()> {
        self.add_pieces(register, std::slice::from_ref(table))
    }

    /// Counts pieces of a register, which follow each other, in as many threads as there are processors. Neither
    /// figures nor findings depend on how a register is divided.
    ///
    /// # Errors
    ///
    /// As [`Evaluator::add`]: the error of the first piece that has one.
    pub fn add_pieces<P: Piece>(&mut self, register: &str, pieces: &[P]) -> Result<()> {
        if let Some(tallier) = self.talliers.get_mut(register) {
            return tallier.add_pieces(pieces);
        }
        let mut tallier = Tallier::new(self.project, register, self.as_of, &self.by)?;
        tallier.add_pieces(pieces)?;
        self.talliers.insert(register.to_owned(), tallier);
        Ok(())
    }

    /// Adds a finding about a register, such as what was assumed when its file was read. It stands before those of the
    /// register's rows; a tally holds none.
    pub fn note(&mut self, finding: Finding) {
        self.noted.push(finding);
    }

    /// The evaluation. Indicators of registers that were not given are `not_computable`; the others stand.
    ///
    /// # Errors
    ///
    /// If a person stands in two rows of a register whose unit is the person, or more columns are crossed than all
    /// margins can be listed of.
    pub fn finish(self) -> Result<Evaluation> {
        let (project, intervals) = (self.project, self.intervals);
        let (tally, findings) = self.counted()?;
        Evaluation::new(project, tally, intervals, findings)
    }

    /// The counts alone, to be merged with those of other parts and evaluated later.
    ///
    /// # Errors
    ///
    /// If a person stands in two rows of a register whose unit is the person.
    pub fn tally(self) -> Result<Tally> {
        self.counted().map(|(tally, _)| tally)
    }

    fn counted(self) -> Result<(Tally, Vec<Finding>)> {
        let (mut registers, mut findings) = (Vec::new(), self.noted);
        for (_, tallier) in self.talliers {
            let (register, found) = tallier.finish()?;
            registers.push(register);
            findings.extend(found);
        }
        Ok((Tally::new(self.project, self.as_of, self.by, registers), findings))
    }
}

impl<'p> Intake<'p> for Evaluator<'p> {
    fn project(&self) -> &'p Project {
        self.project
    }

    fn add_pieces<P: Piece>(&mut self, register: &str, pieces: &[P]) -> Result<()> {
        Evaluator::add_pieces(self, register, pieces)
    }

    fn note(&mut self, finding: Finding) {
        Evaluator::note(self, finding);
    }
}

impl Evaluation {
    /// The evaluation of a tally, its intervals at 95 %. Its findings name no rows: a tally holds none.
    ///
    /// # Errors
    ///
    /// If the tally was counted for another project.
    pub fn of_tally(project: &Project, tally: &Tally) -> Result<Self> {
        Self::of_tally_at(project, tally, Evaluator::LEVEL)
    }

    /// The evaluation of a tally with intervals of another level of confidence.
    ///
    /// # Errors
    ///
    /// If the tally was counted for another project, or the level does not lie between 0 and 1.
    pub fn of_tally_at(project: &Project, tally: &Tally, level: f64) -> Result<Self> {
        let intervals = intervals(level)?;
        let findings = tally.registers().iter().flat_map(RegisterTally::findings).collect();
        Self::new(project, tally.clone(), intervals, findings)
    }

    fn new(
        project: &Project,
        tally: Tally,
        intervals: ProportionIntervals,
        mut findings: Vec<Finding>,
    ) -> Result<Self> {
        tally.check_project(project)?;
        let of_register = |finding: &Finding| {
            finding.subject.register.as_ref().map(|name| project.registers.get_index_of(name))
        };
        findings.sort_by_key(of_register);
        let evaluation = evaluated(project, tally, intervals)?;
        let verdicts = verdicts(project, &evaluation.figures, evaluation.as_of);
        let (money, planned) =
            (money::costs(project, &evaluation), planned::planned(project, &evaluation));
        Ok(Self { verdicts, money, planned, findings, ..evaluation })
    }

    /// The counts that the evaluation is made of: to be stored, hashed or compared.
    pub const fn tally(&self) -> &Tally {
        &self.tally
    }

    /// The figure of everybody for an indicator.
    pub fn figure(&self, indicator: &str) -> Option<&Figure> {
        let mut of_indicator = self.figures.iter().filter(|figure| figure.is_overall());
        of_indicator.find(|figure| self.figures.indicator(figure) == indicator)
    }

    /// Whether a register was handed over.
    pub(crate) fn is_given(&self, register: &str) -> bool {
        self.given.iter().any(|given| given == register)
    }

    /// How far the groups of a table lie apart: every `share` and `change` indicator and table with two groups or more.
    /// Made when it is asked for: of many groups it takes longer than the figures.
    pub fn comparisons(&self) -> Vec<Comparison> {
        comparisons(&self.figures)
    }

    /// Tests on the matrices of levels before and after: every `change` indicator, group and item whose columns have
    /// levels. Made when they are asked for.
    pub fn step_tests(&self) -> Vec<StepTests> {
        step_tests(&self.transitions, &self.figures)
    }

    /// Two groups compared within the levels of another column: every `share` and `change` indicator and table of two
    /// columns, one of which has two levels. Made when they are asked for.
    pub fn strata(&self) -> Vec<StratifiedComparison> {
        strata(&self.figures)
    }

    /// Which groups lie beyond chance from everybody: every `share` and `change` indicator and group of one column. Made
    /// when they are asked for.
    pub fn funnels(&self) -> Vec<FunnelFigure> {
        funnels(&self.figures)
    }

    /// The verdicts on a goal, one for each version of its target in force.
    pub fn goal<'e>(&'e self, goal: &'e str) -> impl Iterator<Item = &'e Verdict> {
        self.verdicts.iter().filter(move |verdict| verdict.goal == goal)
    }
}

/// Wilson intervals of a level.
fn intervals(level: f64) -> Result<ProportionIntervals> {
    Ok(ProportionIntervals::new(ProportionMethod::Wilson, level)?)
}

/// The evaluation without verdicts and findings.
fn evaluated(
    project: &Project,
    tally: Tally,
    intervals: ProportionIntervals,
) -> Result<Evaluation> {
    let as_of = tally.as_of();
    let mut plans = Vec::new();
    for (name, register) in &project.registers {
        plans.push((name, Plan::new(project, name, register, tally.as_of(), tally.by())?));
    }
    let columns = by_columns(project, &plans);
    let (mut by_indicator, mut steps, mut survey) = (Vec::new(), Vec::new(), Vec::new());
    let (mut flow, mut flow_reasons, mut overlap) = (Vec::new(), Vec::new(), Vec::new());
    let mut tables = Vec::new();
    for (name, plan) in &plans {
        let tally = counted_by(name, plan, &tally)?;
        tables.extend(crossed(project, name, plan, tally));
        overlap.extend(tally.iter().flat_map(|tally| overlaps(name, plan, tally)));
        let counted = Counted { plan, tally, columns: &columns, intervals };
        by_indicator.extend(register_figures(project, name, &counted, as_of));
        steps.extend(steps::steps(project, &counted));
        survey.extend(survey::survey(project, &counted));
        let (stages, reasons) = flow::flow(project, name, &counted);
        flow.extend(stages);
        flow_reasons.extend(reasons);
    }
    by_indicator.sort_by_key(|figures| figures.indicator);
    steps.sort_by_key(|(indicator, ..)| *indicator);
    survey.sort_by_key(|(indicator, _)| *indicator);
    // Of many groups they are most of an evaluation: they are moved once.
    let size = by_indicator.iter().map(|figures| figures.figures.len()).sum();
    let (mut rows, mut incidence) = (Vec::with_capacity(size), Vec::new());
    let (mut coverage, mut distributions) = (Vec::new(), Vec::new());
    for figures in by_indicator {
        rows.extend(figures.figures);
        incidence.extend(figures.incidence);
        coverage.extend(figures.coverage);
        distributions.extend(figures.distributions);
    }
    let (steps, transitions): (Vec<_>, Vec<_>) =
        steps.into_iter().map(|(_, steps, transitions)| (steps, transitions)).unzip();
    let figures = Figures { indicators: indicators(project), columns, rows, intervals };
    Ok(Evaluation {
        as_of,
        figures,
        overlap,
        verdicts: Vec::new(),
        steps: steps.into_iter().flatten().collect(),
        transitions: transitions.into_iter().flatten().collect(),
        survey: survey.into_iter().flat_map(|(_, figures)| figures).collect(),
        incidence,
        coverage,
        distributions,
        flow,
        flow_reasons,
        money: Vec::new(),
        planned: Vec::new(),
        findings: Vec::new(),
        crossed: tables,
        given: tally.registers().iter().map(|register| register.name().to_owned()).collect(),
        tally,
    })
}

/// The counts of a register, if it was given; refused where they are of another plan, or too many.
fn counted_by<'t>(name: &str, plan: &Plan, tally: &'t Tally) -> Result<Option<&'t RegisterTally>> {
    let tally = tally.registers().iter().find(|register| register.name() == name);
    if tally.is_some_and(|tally| !tally.is_of(plan)) {
        return Err(Error::UnlikeTallies { what: "project file" });
    }
    if tally.is_some_and(|tally| tally.units() > plan.most_units()) {
        return Err(Error::register(name, RegisterProblem::TooManyUnits));
    }
    Ok(tally)
}

fn indicators(project: &Project) -> Vec<FigureIndicator> {
    let known = project.indicators.iter().map(|(name, indicator)| FigureIndicator {
        name: name.clone(),
        register: indicator.register.clone(),
        measure: indicator.measure.clone(),
    });
    known.collect()
}
