//! The parts behind a share that answers a goal: a total can meet a target that its parts miss.

use super::goal::{Answer, clauses, meets, promised};
use super::printed::Grid;
use super::scope::{Known, Scope, Source};
use super::statements::Counts;
use crate::finding::{Fact, Facts, Finding, FindingCode};
use crate::project::{CheckKind, Project, Promise, Statement};

/// A part with its numbers: the level, those with the property, and everybody.
type Part<'p> = (&'p str, i64, i64);

/// What is found in the parts of answers that are shares.
pub(super) fn parts(project: &Project, scope: &Scope<'_>, found: &mut Vec<Finding>) {
    let Some(known) = &scope.known else { return };
    for (position, statement) in scope.statements.iter().enumerate() {
        let answer = Answer::of(project, statement)
            .filter(|answer| answer.is_share() && answer.indicator.register == scope.register)
            .filter(|answer| answer.differences(statement).is_empty());
        let Some(answer) = answer else { continue };
        let Counts { part, whole, .. } = Counts::of(scope, known, position);
        let (Some(k), Some(n)) = (part.number, whole.number) else { continue };
        let of_answer = OfAnswer {
            source: scope.part(Source::Statement(position)),
            answer,
            total: (k.printed, n.printed),
            is_balance_asked: is_balance_asked(project, answer.goal.indicator.as_deref()),
        };
        for (table, grid) in scope.grids.iter().enumerate() {
            for (column, levels) in grid.table.by.iter().zip(&grid.levels) {
                let parts = parts_of(known, (grid, table), statement, column, levels);
                let subject = || scope.subject(Source::Table(table));
                let mut add = |(code, count, facts)| {
                    found.push(Finding { count, ..Finding::new(code, subject(), facts) });
                };
                of_answer.against_target(column, &parts).into_iter().for_each(&mut add);
                of_answer.balance(column, &parts).into_iter().for_each(&mut add);
                of_answer.dominance(column, &parts).into_iter().for_each(&mut add);
            }
        }
    }
}

/// Whether a check asks for the 40/60 rule of an indicator.
fn is_balance_asked(project: &Project, indicator: Option<&str>) -> bool {
    project.checks.values().any(|check| match &check.kind {
        CheckKind::Representation(check) => {
            check.balance == Some(true) && Some(check.indicator.as_str()) == indicator
        }
        _ => false,
    })
}

/// The levels of a table's column with the numbers of an answer, if the table has them all.
fn parts_of<'p>(
    known: &Known<'_>,
    (grid, table): (&Grid<'_>, usize),
    statement: &Statement,
    column: &str,
    levels: &[&'p str],
) -> Vec<Part<'p>> {
    let Some(having) = &statement.having else { return Vec::new() };
    let mut reads = false;
    having.visit_columns(&mut |name| reads |= name == column);
    let same_people = clauses([grid.table.of.as_ref()]) == clauses([statement.of.as_ref()]);
    if reads || !same_people {
        return Vec::new();
    }
    let of = known.space.region(&statement.of);
    let with = known.space.region([having]);
    let part = |level: &&'p str| {
        let own = of.and(&known.space.at(&[(column, *level)]));
        let k = known.in_table(grid, table, &own.and(&with))?.printed;
        Some((*level, k, known.in_table(grid, table, &own)?.printed))
    };
    levels.iter().map(part).collect::<Option<_>>().unwrap_or_default()
}

/// An answer to a goal, and what its parts are held against.
struct OfAnswer<'p> {
    source: String,
    answer: Answer<'p>,
    total: (i64, i64),
    is_balance_asked: bool,
}

type Found = Option<(FindingCode, u64, Facts)>;

impl OfAnswer<'_> {
    fn facts(&self, column: &str) -> Facts {
        let (part, whole) = self.total;
        Facts::from([
            ("goal", Fact::Text(self.answer.name.to_owned())),
            ("answer", Fact::Text(self.source.clone())),
            ("column", Fact::Text(column.to_owned())),
            ("share", Fact::Share { part, whole }),
        ])
    }

    fn promise(&self) -> Option<&Promise> {
        Some(&self.answer.targets().last()?.promise)
    }

    /// Parts that stand otherwise to the target than the total does.
    fn against_target(&self, column: &str, parts: &[Part<'_>]) -> Found {
        let promise = self.promise()?;
        let total = meets(promise, self.total.0, self.total.1)?;
        let judged = |(_, k, n): &Part<'_>| meets(promise, *k, *n);
        let others = parts.iter().filter(|part| judged(part) == Some(!total)).count();
        if others == 0 {
            return None;
        }
        let parts = parts.iter().map(|part| told(part, judged(part).map(met)));
        let facts = self
            .facts(column)
            .with("target", Some(promised(promise, true)))
            .with("verdict", Some(Fact::Text(met(total).to_owned())))
            .with("parts", Some(Fact::List(parts.collect())));
        Some((FindingCode::PartsAgainstTarget, others as u64, facts))
    }

    /// The 40/60 rule, in total and in parts.
    fn balance(&self, column: &str, parts: &[Part<'_>]) -> Found {
        let word = |k, n| if is_balanced(k, n) { "balanced" } else { "not_balanced" };
        let others = parts.iter().filter(|(_, k, n)| *n > 0 && !is_balanced(*k, *n)).count();
        let (k, n) = self.total;
        if !self.is_balance_asked || parts.is_empty() || (others == 0 && is_balanced(k, n)) {
            return None;
        }
        let parts = parts.iter().map(|part| told(part, (part.2 > 0).then(|| word(part.1, part.2))));
        let facts = self
            .facts(column)
            .with("verdict", Some(Fact::Text(word(k, n).to_owned())))
            .with("parts", Some(Fact::List(parts.collect())));
        Some((FindingCode::NotBalanced, others as u64, facts))
    }

    /// A part that has half or more of all with the property, and what the share is without it.
    fn dominance(&self, column: &str, parts: &[Part<'_>]) -> Found {
        let (all, everybody) =
            parts.iter().fold((0, 0), |sum, part| (sum.0 + part.1, sum.1 + part.2));
        let (level, k, n) = parts.iter().max_by_key(|part| part.1)?;
        if parts.len() < 3 || all == 0 || 2 * k < all {
            return None;
        }
        let (without, of_answer) = ((all - k, everybody - n), (self.total.0 - k, self.total.1 - n));
        let share = |(part, whole)| Fact::Share { part, whole };
        let verdict = self.promise().and_then(|promise| meets(promise, without.0, without.1));
        let facts = self
            .facts(column)
            .with("level", Some(Fact::Text((*level).to_owned())))
            .with("part", Some(share((*k, all))))
            .with("without", Some(share(without)))
            .with("without_of_answer", (of_answer != without).then(|| share(of_answer)))
            .with("target", self.promise().map(|promise| promised(promise, true)))
            .with("verdict", verdict.map(|is_met| Fact::Text(met(is_met).to_owned())));
        Some((FindingCode::PartDominates, 1, facts))
    }
}

/// Both sides are 40 % or more.
const fn is_balanced(part: i64, whole: i64) -> bool {
    let other = whole - part;
    let smaller = if part < other { part } else { other };
    5 * smaller >= 2 * whole
}

const fn met(is_met: bool) -> &'static str {
    if is_met { "met" } else { "not_met" }
}

fn told((level, part, whole): &Part<'_>, word: Option<&str>) -> Fact {
    let share = Fact::Share { part: *part, whole: *whole };
    let word = word.map(|word| Fact::Text(word.to_owned()));
    Fact::List([Fact::Text((*level).to_owned()), share].into_iter().chain(word).collect())
}
