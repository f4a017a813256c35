//! The evaluation of a project: its registers counted, its figures and verdicts drawn from the counts.

use chrono::NaiveDate;
use indexmap::IndexMap;

use super::figure::{ByColumn, Figure, FigureIndicator, Figures, Group, Reason};
use super::groups::{Groups, groups};
use super::overlap::{Overlap, overlaps};
use super::verdict::{Verdict, verdicts};
use crate::data::Table;
use crate::error::{Error, Result};
use crate::finding::Finding;
use crate::project::{Column, ColumnType, Labels, Level, Project};
use crate::stats::{ProportionIntervals, ProportionMethod};
use crate::tally::{
    Accounting, By, Computable, Piece, Plan, RegisterTally, Tallier, Tally, check_by,
};

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
    /// What somebody should look at.
    pub findings: Vec<Finding>,
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
        Ok(Self { project, as_of, by, intervals, talliers: IndexMap::new() })
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

    /// The evaluation. Indicators of registers that were not given are `not_computable`; the others stand.
    ///
    /// # Errors
    ///
    /// If a person stands in two rows of a register whose unit is the person, or more columns are crossed than all
    /// margins can be listed of.
    pub fn finish(self) -> Result<Evaluation> {
        let (project, intervals) = (self.project, self.intervals);
        let (tally, findings) = self.counted()?;
        Evaluation::new(project, &tally, intervals, findings)
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
        let (mut registers, mut findings) = (Vec::new(), Vec::new());
        for (_, tallier) in self.talliers {
            let (register, found) = tallier.finish()?;
            registers.push(register);
            findings.extend(found);
        }
        Ok((Tally::new(self.project, self.as_of, self.by, registers), findings))
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
        Self::new(project, tally, intervals, findings)
    }

    fn new(
        project: &Project,
        tally: &Tally,
        intervals: ProportionIntervals,
        mut findings: Vec<Finding>,
    ) -> Result<Self> {
        tally.check_project(project)?;
        let of_register =
            |finding: &Finding| project.registers.get_index_of(&finding.subject.register);
        findings.sort_by_key(of_register);
        let plans = plans(project, tally)?;
        let figures = figures(project, &plans, tally, intervals)?;
        let overlap = plans
            .iter()
            .filter_map(|(name, plan)| Some(overlaps(name, plan, tally_of(tally, name)?)))
            .flatten()
            .collect();
        let as_of = tally.as_of();
        let verdicts = verdicts(project, &figures, as_of);
        Ok(Self { as_of, figures, overlap, verdicts, findings })
    }

    /// The figure of everybody for an indicator.
    pub fn figure(&self, indicator: &str) -> Option<&Figure> {
        let mut of_indicator = self.figures.iter().filter(|figure| figure.is_overall());
        of_indicator.find(|figure| self.figures.indicator(figure) == indicator)
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

/// What is counted in each register, by its name.
fn plans<'p>(project: &'p Project, tally: &Tally) -> Result<Vec<(&'p String, Plan)>> {
    let registers = project.registers.iter();
    registers
        .map(|(name, register)| {
            Ok((name, Plan::new(project, name, register, tally.as_of(), tally.by())?))
        })
        .collect()
}

/// The tally of a register, if it was given.
fn tally_of<'t>(tally: &'t Tally, name: &str) -> Option<&'t RegisterTally> {
    tally.registers().iter().find(|register| register.name() == name)
}

fn figures(
    project: &Project,
    plans: &[(&String, Plan)],
    tally: &Tally,
    intervals: ProportionIntervals,
) -> Result<Figures> {
    let columns = by_columns(project, plans);
    let mut by_indicator = Vec::new();
    for (name, plan) in plans {
        let tally = tally_of(tally, name);
        if tally.is_some_and(|tally| !tally.is_of(plan)) {
            return Err(Error::UnlikeTallies { what: "project file" });
        }
        by_indicator.extend(register_figures(project, plan, tally, &columns));
    }
    by_indicator.sort_by_key(|(indicator, _)| *indicator);
    let rows = by_indicator.into_iter().flat_map(|(_, figures)| figures).collect();
    let indicators = project
        .indicators
        .iter()
        .map(|(name, indicator)| FigureIndicator {
            name: name.clone(),
            register: indicator.register.clone(),
            measure: indicator.measure.clone(),
        })
        .collect();
    Ok(Figures { indicators, columns, rows, intervals })
}

/// The columns that any register is crossed by, in declared order over all registers.
fn by_columns(project: &Project, plans: &[(&String, Plan)]) -> Vec<ByColumn> {
    let is_crossed = |name: &str| {
        plans.iter().any(|(_, plan)| plan.crossing.columns.iter().any(|column| column.name == name))
    };
    let mut columns: Vec<ByColumn> = Vec::new();
    for (name, column) in
        project.registers.keys().filter_map(|name| project.columns(name)).flatten()
    {
        if is_crossed(name) && !columns.iter().any(|known| known.name == *name) {
            columns.push(by_column(name, column));
        }
    }
    columns
}

fn by_column(name: &str, column: &Column) -> ByColumn {
    let level =
        |code: &str| -> Option<&Level> { column.levels.0.iter().find(|level| level.code == code) };
    let codes: Vec<String> = match column.column_type() {
        ColumnType::Flag => vec!["false".to_owned(), "true".to_owned()],
        _ => column.levels.codes().map(str::to_owned).collect(),
    };
    let labels = codes
        .iter()
        .map(|code| level(code).map_or_else(Labels::default, |level| level.labels.clone()))
        .collect();
    ByColumn { name: name.to_owned(), codes, labels }
}

/// The figures of one register: for each of its indicators, by position in the project, those of every group.
fn register_figures(
    project: &Project,
    plan: &Plan,
    tally: Option<&RegisterTally>,
    columns: &[ByColumn],
) -> Vec<(usize, Vec<Figure>)> {
    let crossed = &plan.crossing.columns;
    let place = |name: &str| columns.iter().position(|column| column.name == name);
    let places: Vec<Option<usize>> = crossed.iter().map(|column| place(&column.name)).collect();
    // For each group its levels among all columns, whether it is crossed by an absent one, and its counts.
    let groups: Vec<(Group, bool, Option<Vec<Accounting>>)> = groups(plan, tally)
        .into_iter()
        .map(|Groups { group, counts }| {
            let mut levels = vec![None; columns.len()];
            for (place, level) in places.iter().zip(&group) {
                if let Some(place) = place {
                    levels[*place] = *level;
                }
            }
            let is_absent =
                group.iter().zip(crossed).any(|(level, column)| level.is_some() && column.absent);
            (levels.into(), is_absent, counts)
        })
        .collect();
    let mut counted = 0..;
    plan.indicators
        .iter()
        .map(|(indicator, computable)| {
            let measure = &project.indicators[*indicator].measure;
            let position = match computable {
                Computable::Yes(_) => counted.next(),
                Computable::NotPublished | Computable::NotImplemented => None,
            };
            let figures = groups.iter().map(|(group, is_absent, counts)| {
                let group = Group::clone(group);
                let reason = match (computable, counts) {
                    (Computable::NotPublished, _) => Reason::NotPublished,
                    (Computable::Yes(_), _) if *is_absent => Reason::NotPublished,
                    (_, None) => Reason::RegisterNotGiven,
                    (Computable::NotImplemented, _) => Reason::NotImplemented,
                    (Computable::Yes(_), Some(counts)) => {
                        let counts = position.and_then(|position: usize| counts.get(position));
                        let counts = counts.copied().unwrap_or_default();
                        return Figure::computed(*indicator, group, counts, measure);
                    }
                };
                Figure::without(*indicator, group, reason)
            });
            (*indicator, figures.collect())
        })
        .collect()
}
