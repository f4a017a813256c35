//! The figures of one register, and the tables that are made with them.

use chrono::NaiveDate;

use super::coverage::{CoverageCell, Expected};
use super::distribution::Distribution;
use super::figure::{Figure, Group, Reason};
use super::groups::{Groups, groups};
use super::incidence::IncidenceFigure;
use super::quantity::{ByGroup, Found};
use super::sums::Counted;
use crate::project::{Indicator, Measure, Named, Project};
use crate::tally::{Accounting, Computable, Items, Measured, Steps};

/// What came out of one indicator.
#[derive(Debug, Default)]
pub(super) struct IndicatorFigures {
    /// Its position in the project.
    pub(super) indicator: usize,
    pub(super) figures: Vec<Figure>,
    pub(super) incidence: Vec<IncidenceFigure>,
    pub(super) coverage: Vec<CoverageCell>,
    pub(super) distributions: Vec<Distribution>,
}

/// What is made of sums or marks, beside the counts.
#[derive(Debug, Default)]
struct Beside {
    quantities: ByGroup<Found>,
    incidence: Vec<IncidenceFigure>,
    /// Cells instead of units.
    cells: Option<ByGroup<Accounting>>,
    coverage: Vec<CoverageCell>,
    distributions: Vec<Distribution>,
    /// Why there is nothing at all.
    reason: Option<Reason>,
}

impl Beside {
    /// Most indicators have no quantities, and then there is nothing to look for.
    fn quantity_of(&mut self, listed: &Listed) -> Option<Found> {
        if self.quantities.is_empty() { None } else { self.quantities.remove(&listed.crossed) }
    }
}

/// A group: its levels in the crossing, among all columns, whether it is crossed by an absent one, and its counts.
struct Listed {
    crossed: Vec<Option<u32>>,
    group: Group,
    is_absent: bool,
    counts: Option<Vec<Accounting>>,
}

/// What came out of each indicator of a register, for every group.
pub(super) fn register_figures(
    project: &Project,
    name: &str,
    counted: &Counted<'_>,
    as_of: NaiveDate,
) -> Vec<IndicatorFigures> {
    let groups = listed(counted);
    let mut positions = 0..;
    let of_indicator = |(position, computable): &(usize, Computable)| {
        let Some((indicator_name, indicator)) = project.indicators.get_index(*position) else {
            return IndicatorFigures::default();
        };
        let (counts_at, mut beside) = match computable {
            Computable::Yes(steps) => {
                let made = Making { project, register: name, counted, groups: &groups, as_of };
                (positions.next(), made.beside(indicator_name, indicator, steps))
            }
            Computable::NotPublished => (None, Beside::default()),
        };
        let figures = groups.iter().map(|listed| {
            let group = Group::clone(&listed.group);
            let reason = match (computable, &listed.counts) {
                (Computable::NotPublished, _) => Reason::NotPublished,
                (Computable::Yes(_), _) if listed.is_absent => Reason::NotPublished,
                (_, None) => Reason::RegisterNotGiven,
                (Computable::Yes(_), Some(counts)) => {
                    if let Some(reason) = beside.reason {
                        return Figure::without(*position, group, reason);
                    }
                    let counts = match &beside.cells {
                        Some(cells) => cells.get(&listed.crossed),
                        None => counts_at.and_then(|at: usize| counts.get(at)),
                    };
                    let counts = counts.copied().unwrap_or_default();
                    let found = beside.quantity_of(listed);
                    return Figure::computed(*position, group, counts, &indicator.measure, found);
                }
            };
            Figure::without(*position, group, reason)
        });
        IndicatorFigures {
            indicator: *position,
            figures: figures.collect(),
            incidence: beside.incidence,
            coverage: beside.coverage,
            distributions: beside.distributions,
        }
    };
    counted.plan.indicators.iter().map(of_indicator).collect()
}

fn listed(counted: &Counted<'_>) -> Vec<Listed> {
    let listed = |Groups { group: crossed, counts }| {
        let (group, is_absent) = counted.among_all(&crossed);
        Listed { crossed, group, is_absent, counts }
    };
    groups(counted.plan, counted.tally).into_iter().map(listed).collect()
}

/// Makes what is beside the counts of one indicator.
struct Making<'a> {
    project: &'a Project,
    register: &'a str,
    counted: &'a Counted<'a>,
    groups: &'a [Listed],
    as_of: NaiveDate,
}

impl Making<'_> {
    fn groups(&self) -> impl Iterator<Item = (Vec<Option<u32>>, Group)> {
        self.groups.iter().map(|listed| (listed.crossed.clone(), Group::clone(&listed.group)))
    }

    fn beside(&self, name: &str, indicator: &Indicator, steps: &Steps) -> Beside {
        let Items::Beside(measured) = steps.items else { return Beside::default() };
        let none = Named::new();
        let columns = self.project.columns(self.register).unwrap_or(&none);
        match (measured, &indicator.measure) {
            (Measured::Coverage { months }, _) => {
                let expected = Expected::new(self.project, columns, indicator, self.as_of);
                let Some(expected) = expected else {
                    return Beside { reason: Some(Reason::NoPeriod), ..Beside::default() };
                };
                let groups = self.groups.iter().map(|listed| listed.crossed.clone());
                let (cells, of_everybody) = self.counted.coverage(steps, months, &expected, groups);
                let cell = |(month, part, state)| CoverageCell {
                    indicator: name.to_owned(),
                    register: self.register.to_owned(),
                    month,
                    part,
                    state,
                };
                let is_given = self.counted.tally.is_some();
                let coverage = of_everybody.into_iter().filter(|_| is_given).map(cell).collect();
                Beside { cells: Some(cells), coverage, ..Beside::default() }
            }
            (Measured::Incidence { spells }, Measure::Incidence(incidence)) => {
                let made = self.counted.incidence(
                    (self.register, name),
                    incidence,
                    (steps, spells),
                    self.groups(),
                );
                let mut beside = Beside::default();
                for (crossed, rows, found) in made {
                    beside.incidence.extend(rows);
                    beside.quantities.insert(crossed, found);
                }
                beside
            }
            (measured, measure) => {
                let totals = self.counted.totals(steps, measured);
                let distributions = match measure {
                    Measure::Mean(total) => self.counted.distributions(
                        (self.register, name),
                        (steps, measured),
                        (&totals, columns.get(&total.column).and_then(|column| column.decimals)),
                        self.groups(),
                    ),
                    _ => Vec::new(),
                };
                let quantities = self.counted.quantities(steps, measured, &totals);
                Beside { quantities, distributions, ..Beside::default() }
            }
        }
    }
}
