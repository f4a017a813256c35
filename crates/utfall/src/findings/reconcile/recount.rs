//! Published figures against a register: what an evaluation holds the counts of, counted again.

use super::claim::Claim;
use super::goal::clauses;
use super::scope::{Scope, Source, place_fact};
use super::space::{answer, truth};
use crate::assess::{Evaluation, Figure};
use crate::finding::{Fact, Facts, Finding, FindingCode};
use crate::project::{Clause, Condition, Measure, Project, Statement};

/// What is found in the figures of a scope, counted again.
pub(super) fn recount(
    project: &Project,
    scope: &Scope<'_>,
    evaluation: &Evaluation,
    found: &mut Vec<Finding>,
) {
    let register = Recount { project, register: scope.register, evaluation };
    for (position, grid) in scope.grids.iter().enumerate() {
        let (mut differing, mut unknown) = (Vec::new(), 0_u64);
        if !grid.is_listed() {
            add(scope, Source::Table(position), differing, grid.len() as u64, found);
            continue;
        }
        for margin in grid.margins() {
            let Some(counted) = register.units([grid.table.of.as_ref(), None], &margin.place)
            else {
                unknown += 1;
                continue;
            };
            let number = margin.number;
            if counted < number.low || counted > number.high {
                let counts = [number.printed, counted, number.printed - counted].map(Fact::Count);
                let place = place_fact(&margin.place);
                differing.push(Fact::List([place].into_iter().chain(counts).collect()));
            }
        }
        add(scope, Source::Table(position), differing, unknown, found);
    }
    for (position, statement) in scope.statements.iter().enumerate() {
        let (differing, unknown) = register.statement(statement);
        add(scope, Source::Statement(position), differing, unknown, found);
    }
}

/// Notes the figures of a table or statement that differ, and how many are not known.
fn add(
    scope: &Scope<'_>,
    source: Source,
    differing: Vec<Fact>,
    unknown: u64,
    found: &mut Vec<Finding>,
) {
    let finding = |code, facts| Finding::new(code, scope.subject(source), facts);
    if !differing.is_empty() {
        let count = differing.len() as u64;
        let facts = Facts::from([("figures", Fact::List(differing))]);
        found.push(Finding { count, ..finding(FindingCode::RegisterDiffers, facts) });
    }
    if unknown > 0 {
        let of_unknown = finding(FindingCode::NotRecomputed, Facts::NONE);
        found.push(Finding { count: unknown, ..of_unknown });
    }
}

/// The counts of a register that an evaluation holds.
struct Recount<'p> {
    project: &'p Project,
    register: &'p str,
    evaluation: &'p Evaluation,
}

impl Recount<'_> {
    /// What a statement says otherwise than the register, and how much of it is not known.
    fn statement(&self, statement: &Statement) -> (Vec<Fact>, u64) {
        let Statement { says, of, having, per, .. } = statement;
        let (mut differing, mut unknown) = (Vec::new(), 0);
        let part = self.units([of.as_ref(), having.as_ref()], &[]);
        let whole = self.units([of.as_ref(), None], &[]);
        let n = says.n.filter(|_| having.is_some());
        for (name, said, counted) in [("count", says.count, part), ("n", n, whole)] {
            let Some(said) = said.map(i64::from) else { continue };
            let slack = statement.tolerance.map_or(0, i64::from);
            match counted {
                None => unknown += 1,
                Some(counted) if (said - counted).abs() > slack => {
                    let counts = [said, counted, said - counted].map(Fact::Count);
                    let name = Fact::Text(name.to_owned());
                    differing.push(Fact::List([name].into_iter().chain(counts).collect()));
                }
                Some(_) => {}
            }
        }
        let ratio = Claim::ratio(says);
        let per = ratio.as_ref().and_then(|_| self.units([of.as_ref(), per.as_ref()], &[]));
        let shares = Claim::shares(says).into_iter().map(|claim| (claim, whole));
        for (claim, whole) in shares.chain(ratio.map(|claim| (claim, per))) {
            let (Some(part), Some(whole)) = (part, whole) else {
                unknown += 1;
                continue;
            };
            if !claim.holds(part, whole) {
                let name = Fact::Text(claim.said.0.to_owned());
                differing.push(Fact::List(vec![name, claim.said.1, Fact::Share { part, whole }]));
            }
        }
        (differing, unknown)
    }

    /// How many units of the register meet conditions and lie in some levels; `None` where the evaluation does not hold
    /// that count.
    fn units(&self, conditions: [Option<&Condition>; 2], place: &[(&str, &str)]) -> Option<i64> {
        let crossed: Vec<&str> =
            self.evaluation.figures.columns().iter().map(|column| column.name.as_str()).collect();
        // Questions about crossed columns choose groups; the others must be those of an indicator.
        let (of_groups, others): (Vec<Condition>, Vec<Condition>) = conditions
            .into_iter()
            .flatten()
            .flat_map(|condition| condition.0.iter().map(|clause| Condition(vec![clause.clone()])))
            .partition(|condition| {
                let mut is_crossed = true;
                condition.visit_columns(&mut |column| is_crossed &= crossed.contains(&column));
                let is_change =
                    condition.0.iter().any(|clause| matches!(clause, Clause::Change(_)));
                is_crossed && !is_change
            });
        let mut by: Vec<&str> = place.iter().map(|(column, _)| *column).collect();
        of_groups
            .iter()
            .for_each(|condition| condition.visit_columns(&mut |column| by.push(column)));
        by = self.with_parents(by);
        let is_wanted = |figure: &&Figure| self.is_in(figure, &of_groups, place);
        let others = clauses(others.iter().map(Some));
        self.project.indicators.iter().find_map(|(name, indicator)| {
            if indicator.register != self.register {
                return None;
            }
            let of = clauses([indicator.of.as_ref()]);
            let of_success = match &indicator.measure {
                Measure::Share(share)
                    if share.follow_up.is_none() && indicator.exclude.is_none() =>
                {
                    Some(clauses([indicator.of.as_ref(), Some(&share.having)]))
                }
                _ => None,
            };
            let figures = || self.evaluation.figures.table(name, &by);
            if figures().next().is_none()
                || matches!(indicator.measure, Measure::Survey(_) | Measure::Coverage(_))
            {
                return None;
            }
            let mut sum = 0_u64;
            for figure in figures().filter(is_wanted) {
                let counts = figure.counts?;
                sum += if others.is_empty() {
                    counts.units()
                } else if others == of {
                    counts.population()
                } else if Some(&others) == of_success.as_ref() {
                    counts.successes
                } else {
                    return None;
                };
            }
            i64::try_from(sum).ok()
        })
    }

    /// The columns in the order of the figures, with those that they lie within.
    fn with_parents<'c>(&'c self, mut by: Vec<&'c str>) -> Vec<&'c str> {
        let columns = self.project.columns(self.register);
        let mut position = 0;
        while let Some(column) = by.get(position) {
            let parent = columns.and_then(|columns| columns.get(*column)?.parent.as_deref());
            by.extend(parent);
            position += 1;
        }
        by.sort_unstable();
        by.dedup();
        by
    }

    /// Whether a figure is that of a group in some levels that meets conditions on its levels.
    fn is_in(&self, figure: &Figure, conditions: &[Condition], place: &[(&str, &str)]) -> bool {
        let figures = &self.evaluation.figures;
        let group: Vec<(&str, &str)> = figures.group(figure).collect();
        let ask = |clause: &Clause| {
            let Clause::Column(name, test) = clause else { return None };
            let (_, code) = group.iter().find(|(column, _)| column == name)?;
            let column = figures.columns().iter().find(|column| column.name == *name)?;
            let level = column.codes.iter().position(|own| own == code);
            answer(test, &column.codes, level.unwrap_or(column.codes.len()))
        };
        place.iter().all(|level| group.contains(level))
            && conditions.iter().all(|condition| truth(condition, &ask) == Some(true))
    }
}
