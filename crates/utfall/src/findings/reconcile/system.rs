//! All published figures of a scope as one system: the cells of the space are unknown whole numbers of 0 or more, every
//! figure is a sum of some of them.

use indexmap::IndexMap;

use super::claim::Claim;
use super::linear::{Outcome, Relation, Row, range, solve};
use super::printed::Number;
use super::scope::{Known, Scope, Source, place_text};
use super::space::Region;
use crate::finding::{Fact, Facts, Finding, FindingCode};

/// A figure of the system: what can be left out as a whole.
#[derive(Debug)]
struct Figure {
    source: Source,
    text: String,
    /// The levels of a table's number, as findings write them.
    place: String,
    /// The units that it counts, with the number printed, where it is one.
    number: Option<(Region, i64)>,
}

/// The figures, and the conditions that they make.
#[derive(Debug, Default)]
struct System {
    figures: Vec<Figure>,
    conditions: Vec<Condition>,
}

/// Regions with their factors, the relation, the number and the position of the figure.
type Condition = (Vec<(Region, i128)>, Relation, i128, usize);

/// How many contradictions are looked for, told before or not.
const MOST_ROUNDS: usize = 40;
/// How many repairs are offered.
const MOST_REPAIRS: usize = 3;

/// What cannot hold together and was not found one by one: a set of figures of which none can be left out.
pub(super) fn contradictions(scope: &Scope<'_>, told: &[Vec<Source>], found: &mut Vec<Finding>) {
    let Some(known) = &scope.known else { return };
    let system = System::of(scope, known);
    let (rows, unknowns) = system.rows(known);
    let mut active: Vec<bool> = vec![true; system.figures.len()];
    for _ in 0..MOST_ROUNDS {
        let core = match solve(&chosen(&rows, &active), unknowns.len()) {
            Outcome::Possible => return,
            Outcome::Undecided => return found.push(not_decided(scope)),
            Outcome::Impossible(core) => smallest(&rows, unknowns.len(), core),
        };
        let mut sources: Vec<Source> =
            core.iter().filter_map(|figure| Some(system.figures.get(*figure)?.source)).collect();
        sources.sort_unstable();
        sources.dedup();
        // A table that does not add up contradicts whatever it meets.
        let is_told = told.iter().any(|set| match set[..] {
            [one] => sources.contains(&one),
            _ => sources.iter().all(|source| set.contains(source)),
        });
        if !is_told {
            found.push(system.finding(scope, (&rows, &unknowns), &active, &core));
        }
        // The last of them is set aside, so that what else cannot hold is found too.
        let Some(last) = sources.last() else { return };
        for figure in core {
            let is_last = system.figures.get(figure).is_some_and(|figure| figure.source == *last);
            if let Some(active) = active.get_mut(figure).filter(|_| is_last) {
                *active = false;
            }
        }
    }
}

/// The rows of a table of which one alone would have to be another for it to agree with an earlier table, and with every
/// count that statements say: for each the levels, what is printed and what it would have to be. A hint: the numbers do
/// not tell which row it is, nor that it is only one.
pub(super) fn row_repairs(
    scope: &Scope<'_>,
    known: &Known<'_>,
    first: usize,
    second: usize,
) -> Vec<Fact> {
    let Some(grid) = scope.grids.get(second) else { return Vec::new() };
    let system = System::of(scope, known);
    let (rows, unknowns) = system.rows(known);
    let is_used = |figure: &Figure| match figure.source {
        Source::Table(table) => table == first || table == second,
        // Of statements the counts: a share that is wrong says nothing of a table.
        Source::Statement(_) => figure.number.is_some(),
    };
    let naming = grid.table.by.iter().zip(&grid.levels).rev().skip(1).rev();
    let mut found = Vec::new();
    for (column, levels) in naming {
        let of_column = format!("{column}=");
        for level in levels {
            let own = format!("{of_column}{level}");
            let is_of_row = |figure: &Figure| figure.places().any(|place| place == own);
            // The row, and the totals that it is part of.
            let is_free = |figure: &Figure| {
                let is_total = !figure.places().any(|place| place.starts_with(&of_column));
                let is_number = figure.source == Source::Table(second) && figure.number.is_some();
                is_number && (is_total || is_of_row(figure))
            };
            let figures = system.figures.iter();
            let active: Vec<bool> =
                figures.map(|figure| is_used(figure) && !is_free(figure)).collect();
            let chosen = chosen(&rows, &active);
            let changes =
                system.figures.iter().filter(|figure| is_free(figure) && is_of_row(figure));
            let changes = changes.map(|figure| figure.only_value(&chosen, &unknowns));
            let changes: Option<Vec<Fact>> = changes.collect();
            if let Some(changes) = changes.filter(|all| !all.is_empty()) {
                found.push(Fact::List(vec![Fact::Text(own), Fact::List(changes)]));
            }
        }
    }
    found
}

impl Figure {
    /// The levels of a table's number, one by one.
    fn places(&self) -> impl Iterator<Item = &str> {
        self.place.split(", ")
    }

    /// What the number would have to be under conditions, where only one is possible.
    fn only_value(&self, rows: &[Row], unknowns: &[usize]) -> Option<Fact> {
        let (region, printed) = self.number.as_ref()?;
        let (low, high) = range(rows, unknowns.len(), &cells_in(region, unknowns))?;
        let value = low.filter(|low| Some(*low) == high)?;
        let counts = [Fact::Count(*printed), Fact::Count(i64::try_from(value).ok()?)];
        Some(Fact::List([Fact::Text(self.place.clone())].into_iter().chain(counts).collect()))
    }
}

fn not_decided(scope: &Scope<'_>) -> Finding {
    let subject = crate::finding::Subject::register(scope.register);
    Finding::new(FindingCode::NotCompared, subject, Facts::NONE)
}

/// The rows of the figures that are not set aside.
fn chosen(rows: &[Row], active: &[bool]) -> Vec<Row> {
    let is_active =
        |row: &&Row| row.origin.and_then(|origin| active.get(origin)).copied() == Some(true);
    rows.iter().filter(is_active).cloned().collect()
}

/// A set of figures within `core` that cannot hold together, of which none can be left out.
fn smallest(rows: &[Row], unknowns: usize, core: Vec<usize>) -> Vec<usize> {
    let mut kept = core.clone();
    for figure in core.into_iter().rev() {
        if !kept.contains(&figure) {
            continue;
        }
        let without: Vec<Row> = rows
            .iter()
            .filter(|row| {
                row.origin.is_some_and(|origin| origin != figure && kept.contains(&origin))
            })
            .cloned()
            .collect();
        if let Outcome::Impossible(smaller) = solve(&without, unknowns) {
            kept = smaller;
        }
    }
    kept
}

impl System {
    fn of(scope: &Scope<'_>, known: &Known<'_>) -> Self {
        let mut system = Self::default();
        for (position, grid) in scope.grids.iter().enumerate() {
            let source = Source::Table(position);
            let of = known.space.region(&grid.table.of);
            let overlap = &grid.table.overlap;
            for margin in grid.margins().iter().filter(|margin| margin.is_printed) {
                if margin.place.iter().any(|(column, _)| overlap.iter().any(|one| one == column)) {
                    continue;
                }
                let region = of.and(&known.space.at(&margin.place));
                let text = format!("{}: {}", scope.part(source), place_text(&margin.place));
                system.add_number(source, text, region, margin.number);
            }
            for (column, levels) in grid.table.by.iter().zip(&grid.levels) {
                if !grid.table.partial.contains(column) && !overlap.contains(column) {
                    let rest = of.and(&known.space.beside(column, levels));
                    let text = format!("{}: {column} complete", scope.part(source));
                    let figure = system.add_figure(source, text, None);
                    system.conditions.push((vec![(rest, 1)], Relation::AtMost, 0, figure));
                }
            }
        }
        for (position, statement) in scope.statements.iter().enumerate() {
            let source = Source::Statement(position);
            for (region, number, is_whole) in known.said(statement) {
                let what = if is_whole { "n" } else { "count" };
                system.add_number(
                    source,
                    format!("{}: {what}", scope.part(source)),
                    region,
                    number,
                );
            }
            let of = known.space.region(&statement.of);
            let part = known.space.region(statement.of.iter().chain(&statement.having));
            let per = known.space.region(statement.of.iter().chain(&statement.per));
            for claim in Claim::shares(&statement.says) {
                system.add_claim(source, &scope.part(source), &claim, &part, &of);
            }
            if let Some(claim) = Claim::ratio(&statement.says) {
                system.add_claim(source, &scope.part(source), &claim, &part, &per);
            }
        }
        system
    }

    fn add_figure(&mut self, source: Source, text: String, number: Option<(Region, i64)>) -> usize {
        let place = text.split_once(": ").map_or("", |(_, place)| place).to_owned();
        self.figures.push(Figure { source, text, place, number });
        self.figures.len() - 1
    }

    fn add_number(&mut self, source: Source, text: String, region: Region, number: Number) {
        let figure = self.add_figure(source, text, Some((region.clone(), number.printed)));
        let (low, high) = (i128::from(number.low), i128::from(number.high));
        if low == high {
            return self.conditions.push((vec![(region, 1)], Relation::Equal, low, figure));
        }
        self.conditions.push((vec![(region.clone(), 1)], Relation::AtLeast, low, figure));
        self.conditions.push((vec![(region, 1)], Relation::AtMost, high, figure));
    }

    fn add_claim(
        &mut self,
        source: Source,
        part: &str,
        claim: &Claim,
        top: &Region,
        bottom: &Region,
    ) {
        let figure = self.add_figure(source, format!("{part}: {}", claim.said.0), None);
        for (a, b, is_strict) in claim.comparisons() {
            let terms = vec![(top.clone(), a), (bottom.clone(), b)];
            self.conditions.push((terms, Relation::AtLeast, i128::from(is_strict), figure));
        }
    }

    /// The conditions over unknowns: cells that no condition tells apart are one. With the cells of each unknown.
    fn rows(&self, known: &Known<'_>) -> (Vec<Row>, Vec<usize>) {
        let mut unknowns: IndexMap<Vec<(usize, i128)>, usize> = IndexMap::new();
        for cell in 0..known.space.len() {
            let mut signature = Vec::new();
            for (row, (terms, ..)) in self.conditions.iter().enumerate() {
                let factors = terms.iter().filter(|(region, _)| region.has(cell));
                let factor: i128 = factors.map(|(_, factor)| factor).sum();
                if factor != 0 {
                    signature.push((row, factor));
                }
            }
            unknowns.entry(signature).or_insert(cell);
        }
        let mut rows: Vec<Row> = self
            .conditions
            .iter()
            .map(|(_, relation, number, origin)| Row {
                terms: Vec::new(),
                relation: *relation,
                number: *number,
                origin: Some(*origin),
            })
            .collect();
        for (unknown, signature) in unknowns.keys().enumerate() {
            for (row, factor) in signature {
                if let Some(row) = rows.get_mut(*row) {
                    row.terms.push((unknown, *factor));
                }
            }
        }
        (rows, unknowns.into_values().collect())
    }

    fn finding(
        &self,
        scope: &Scope<'_>,
        (rows, unknowns): (&[Row], &[usize]),
        active: &[bool],
        core: &[usize],
    ) -> Finding {
        let figures: Vec<&Figure> = core.iter().filter_map(|one| self.figures.get(*one)).collect();
        let told = |figure: &&Figure| {
            let text = Fact::Text(figure.text.clone());
            match figure.number {
                Some((_, number)) => Fact::List(vec![text, Fact::Count(number)]),
                None => Fact::List(vec![text]),
            }
        };
        let facts = Facts::from([("figures", Fact::List(figures.iter().map(told).collect()))]);
        let repairs = self.repairs((rows, unknowns), active, core);
        let facts = facts.with("repairs", (!repairs.is_empty()).then_some(Fact::List(repairs)));
        let last = figures.iter().map(|figure| figure.source).max();
        let subject = last.map(|source| scope.subject(source)).unwrap_or_default();
        let finding = Finding::new(FindingCode::Contradiction, subject, facts);
        Finding { count: core.len() as u64, ..finding }
    }

    /// The smallest changes of one number that let everything hold that is not set aside.
    fn repairs(
        &self,
        (rows, unknowns): (&[Row], &[usize]),
        active: &[bool],
        core: &[usize],
    ) -> Vec<Fact> {
        let mut found: Vec<(i128, Fact)> = Vec::new();
        for figure in core {
            let Some((text, region, number)) = self.figures.get(*figure).and_then(|one| {
                let (region, number) = one.number.as_ref()?;
                Some((&one.text, region, *number))
            }) else {
                continue;
            };
            let mut others = active.to_vec();
            if let Some(own) = others.get_mut(*figure) {
                *own = false;
            }
            let sum = cells_in(region, unknowns);
            let Some((low, high)) = range(&chosen(rows, &others), unknowns.len(), &sum) else {
                continue;
            };
            let own = i128::from(number);
            let nearest = own.max(low.unwrap_or(own)).min(high.unwrap_or(own));
            let Ok(to) = i64::try_from(nearest) else { continue };
            let counts = [Fact::Count(number), Fact::Count(to)];
            let fact = Fact::List([Fact::Text(text.clone())].into_iter().chain(counts).collect());
            found.push(((nearest - own).abs(), fact));
        }
        found.sort_by_key(|(change, _)| *change);
        let least = found.first().map(|(change, _)| *change);
        found.retain(|(change, _)| Some(*change) == least);
        found.into_iter().take(MOST_REPAIRS).map(|(_, fact)| fact).collect()
    }
}

/// The unknowns that a region is the sum of.
fn cells_in(region: &Region, unknowns: &[usize]) -> Vec<usize> {
    let cells = unknowns.iter().enumerate().filter(|(_, cell)| region.has(**cell));
    cells.map(|(unknown, _)| unknown).collect()
}
