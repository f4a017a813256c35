//! Everything that is printed, of all registers and tables, as cells of one system.

use std::collections::{HashMap, HashSet};

use indexmap::IndexMap;

use super::classes::Classes;
use super::counts::{Count, Scope, counts};
use super::ledger::{Ledger, Place, Unknowns};
use super::{Publication, PublicationRules, told};
use crate::assess::{Evaluation, Figures};
use crate::disclosure::{CertainShares, DisclosureError, Need, Role, System, is_certain};
use crate::error::{Error, Result};
use crate::project::{Indicator, Measure, Project};
use crate::tally::{Plan, RegisterTally};

/// For each column of figures the level of a group.
pub(super) type Group = Vec<Option<u32>>;

/// The counts that are printed, as cells of one system.
#[derive(Debug)]
pub(super) struct Printed {
    pub(super) system: System,
    /// The published tables, by position among the columns of figures; everybody first.
    pub(super) tables: Vec<Vec<usize>>,
    /// What each cell is called; one that was printed in an earlier release only is not among them.
    pub(super) named: IndexMap<usize, Named>,
    /// The indicators, by position in the project, whose number of everybody may not leave.
    pub(super) withheld: Vec<usize>,
    /// The cell of each printed count; `None` where nobody could be in it.
    cells: HashMap<(String, Group), Option<usize>>,
    /// The groups of each register that occur.
    groups: HashSet<(String, Group)>,
    open: Vec<String>,
}

/// What a cell is called.
#[derive(Debug)]
pub(super) struct Named {
    pub(super) register: String,
    pub(super) names: Vec<String>,
    pub(super) group: Group,
}

impl Printed {
    pub(super) fn of(
        project: &Project,
        evaluation: &Evaluation,
        asked: &PublicationRules,
        earlier: &[&Publication],
    ) -> Result<Self> {
        let tally = evaluation.tally();
        let tables = published_tables(project, &evaluation.figures, asked.tables.as_deref())?;
        let mut printed = Self {
            system: System::new(Vec::new(), Vec::new())?,
            named: IndexMap::new(),
            withheld: Vec::new(),
            cells: HashMap::new(),
            groups: HashSet::new(),
            open: asked.open.clone(),
            tables,
        };
        let mut all_tables = printed.tables.clone();
        all_tables.extend(told::tables(project, evaluation, asked, earlier)?);
        all_tables.sort();
        all_tables.dedup();
        let told = told::counts(project, evaluation, asked, earlier);
        let mut ledger = Ledger::default();
        for (name, register) in &project.registers {
            let counted = tally.registers().iter().find(|register| register.name() == name);
            let Some(counted) = counted.filter(|_| !asked.open.contains(name)) else { continue };
            let plan = Plan::new(project, name, register, tally.as_of(), tally.by())?;
            let counts = counts(project, name, &plan);
            let register = Register::new(name, &plan, &evaluation.figures);
            let tables = register.own(&all_tables);
            let classes = Classes::of(&plan, counted, &counts);
            let mut unknowns = ledger.unknowns((&plan, counted), &counts, &classes, &tables)?;
            let places = register.places(&plan, counted, &tables);
            for place in &places {
                let group = register.group(place, evaluation.figures.columns().len());
                printed.print(name, (place, &group), (&told, &mut ledger, &mut unknowns))?;
            }
            ledger.add_differences(&unknowns, asked.rules.threshold);
            printed.withhold(project, &plan, (&counts, &unknowns, &ledger), asked);
        }
        if asked.certain_shares == CertainShares::Hidden {
            printed.hide_certain_shares(project, evaluation, asked, &mut ledger);
        }
        if asked.printed_tables {
            told::tell(project, evaluation, &printed, &mut ledger);
        }
        for publication in earlier {
            told::link(publication, evaluation, &printed, asked, &mut ledger)?;
        }
        printed.system = ledger.finish()?;
        Ok(printed)
    }

    /// Prints the counts of a group: those of a published table, and of another those of which something is known already.
    fn print(
        &mut self,
        register: &str,
        (place, group): (&Place, &Group),
        (told, ledger, unknowns): (&HashSet<(String, Group)>, &mut Ledger, &mut Unknowns<'_>),
    ) -> Result<()> {
        self.groups.insert((register.to_owned(), group.clone()));
        let is_published = self.tables.contains(&crossed(group));
        for (number, count) in unknowns.counts.iter().enumerate() {
            let is_asked = if is_published {
                place.table.is_empty() || count.scope == Scope::Groups
            } else {
                told.contains(&(key(register, &count.name), group.clone()))
            };
            if !is_asked {
                continue;
            }
            let cell = ledger.print(unknowns, place, number)?;
            self.note(register, count, group, cell);
            if let Some(cell) = cell.filter(|_| !is_published) {
                ledger.change(cell, |cell| (cell.role, cell.cost) = (Role::Unprinted, 0));
            }
        }
        Ok(())
    }

    fn note(&mut self, register: &str, count: &Count<'_>, group: &Group, cell: Option<usize>) {
        self.cells.insert((key(register, &count.name), group.clone()), cell);
        let table: Vec<usize> = crossed(group);
        let Some(cell) = cell.filter(|_| self.tables.contains(&table)) else { return };
        let named = self.named.entry(cell).or_insert_with(|| Named {
            register: register.to_owned(),
            names: Vec::new(),
            group: group.clone(),
        });
        named.names.push(count.name.clone());
    }

    /// The cell of a count of a group; `None` if it is not printed, or nobody could be in it.
    pub(super) fn cell(&self, register: &str, name: &str, group: &[Option<u32>]) -> Option<usize> {
        self.cells.get(&(key(register, name), group.to_vec())).copied().flatten()
    }

    /// Whether a count of a group is shown if these cells are hidden; not if it was never to be printed.
    pub(super) fn shows(
        &self,
        hidden: &[bool],
        (register, name): (&str, &str),
        group: &[Option<u32>],
    ) -> bool {
        if self.is_open(register) {
            return true;
        }
        match self.cells.get(&(key(register, name), group.to_vec())) {
            Some(cell) => cell.is_none_or(|cell| hidden.get(cell).is_some_and(|hidden| !hidden)),
            // In a group that does not occur nobody is, which everybody is taken to know.
            None => !self.groups.contains(&(register.to_owned(), group.to_vec())),
        }
    }

    /// For each cell of another system of the same counts whether it is hidden here.
    pub(super) fn hidden_in(&self, hidden: &[bool], other: &Self) -> Vec<bool> {
        let mut theirs = vec![false; other.system.cells().len()];
        for (count, cell) in &self.cells {
            let is_hidden = cell.is_some_and(|cell| hidden.get(cell).copied().unwrap_or_default());
            let cell = other.cells.get(count).copied().flatten();
            if let Some(theirs) = cell.filter(|_| is_hidden).and_then(|cell| theirs.get_mut(cell)) {
                *theirs = true;
            }
        }
        theirs
    }

    /// Says of which count a cell that cannot be protected is, or a part.
    pub(super) fn cannot_be_protected(&self, cell: usize, figures: &Figures) -> Error {
        let beside = self
            .system
            .relations()
            .iter()
            .filter(|relation| relation.iter().any(|(part, _)| *part == cell));
        let mut near = [cell].into_iter().chain(beside.flatten().map(|(part, _)| *part));
        let Some(named) = near.find_map(|cell| self.named.get(&cell)) else {
            return DisclosureError::CannotBeProtected { cell }.into();
        };
        let group: Vec<String> =
            figures.codes(&named.group).map(|(column, code)| format!("{column}={code}")).collect();
        Error::CannotBePublished {
            register: named.register.clone(),
            count: named.names.first().map(|name| format!("`{name}`")).unwrap_or_default(),
            group: if group.is_empty() { "everybody".to_owned() } else { group.join(", ") },
        }
    }

    /// Whether the units of a register are no persons.
    pub(super) fn is_open(&self, register: &str) -> bool {
        self.open.iter().any(|open| open == register)
    }

    /// Two sums of one column over populations that differ by a few persons tell the numbers of these: the later one is
    /// withheld.
    fn withhold(
        &mut self,
        project: &Project,
        plan: &Plan,
        (counts, unknowns, ledger): (&[Count<'_>], &Unknowns<'_>, &Ledger),
        asked: &PublicationRules,
    ) {
        let mut published: Vec<(&Indicator, usize)> = Vec::new();
        for (position, _) in plan.steps() {
            let Some((name, indicator)) = project.indicators.get_index(position) else { continue };
            let columns = summed(indicator);
            let observed = format!("{name}.observed");
            let count = counts.iter().position(|count| count.name == observed);
            let Some(observed) = count.filter(|_| !columns.is_empty()) else { continue };
            let is_few = |pair| {
                let units = unknowns.units_of_one_only(ledger, pair);
                units.is_some_and(|units| (1..asked.rules.threshold).contains(&units))
            };
            let is_close = |(other, of_other): &(&Indicator, usize)| {
                let shares_column = summed(other).iter().any(|column| columns.contains(column));
                shares_column && (is_few((observed, *of_other)) || is_few((*of_other, observed)))
            };
            if published.iter().any(is_close) {
                self.withheld.push(position);
            } else {
                published.push((indicator, observed));
            }
        }
    }

    /// Everything from nobody to the whole group must remain possible where a share tells of everybody in a small group.
    fn hide_certain_shares(
        &self,
        project: &Project,
        evaluation: &Evaluation,
        asked: &PublicationRules,
        ledger: &mut Ledger,
    ) {
        let figures = &evaluation.figures;
        for figure in figures.iter() {
            let (register, name) = (figures.register(figure), figures.indicator(figure));
            let measure = project.indicators.get(name).map(|indicator| &indicator.measure);
            if !measure.is_some_and(Measure::counts_units) {
                continue;
            }
            let Some((successes, observed)) = figure.outcome() else { continue };
            let name = format!("{name}.successes");
            if let Some(cell) = self.cell(register, &name, figure.group())
                && is_certain(successes, observed, asked.smallest_group())
            {
                ledger.change(cell, |cell| cell.need = Some(Need { low: 0, high: observed }));
            }
        }
    }
}

pub(super) fn key(register: &str, name: &str) -> String {
    format!("{register}/{name}")
}

/// A register among the columns of all figures.
struct Register {
    name: String,
    /// For each crossed column its position among all columns of figures.
    columns: Vec<usize>,
}

impl Register {
    fn new(name: &str, plan: &Plan, figures: &Figures) -> Self {
        let position = |name: &str| figures.columns().iter().position(|known| known.name == name);
        let columns = plan.crossing.columns.iter().filter_map(|column| position(&column.name));
        Self { name: name.to_owned(), columns: columns.collect() }
    }

    /// The tables that the register has all columns of, by its own numbers.
    fn own(&self, tables: &[Vec<usize>]) -> Vec<Vec<usize>> {
        let own = |table: &Vec<usize>| -> Option<Vec<usize>> {
            let place = |place: &usize| self.columns.iter().position(|own| own == place);
            let mut own: Vec<usize> = table.iter().map(place).collect::<Option<_>>()?;
            own.sort_unstable();
            Some(own)
        };
        tables.iter().filter_map(own).collect()
    }

    /// Every group of these tables that occurs, everybody first.
    fn places(&self, plan: &Plan, tally: &RegisterTally, tables: &[Vec<usize>]) -> Vec<Place> {
        debug_assert_eq!(tally.name(), self.name);
        let mut places = std::collections::BTreeSet::new();
        places.insert(Place { table: Vec::new(), levels: Vec::new() });
        tally.visit(plan, |cell, _, _| {
            for table in tables {
                let levels = table.iter().filter_map(|column| cell.get(*column).copied()).collect();
                places.insert(Place { table: table.clone(), levels });
            }
        });
        places.into_iter().collect()
    }

    fn group(&self, place: &Place, columns: usize) -> Group {
        let mut group = vec![None; columns];
        for (column, level) in place.table.iter().zip(&place.levels) {
            let position = self.columns.get(*column).copied().unwrap_or_default();
            if let Some(known) = group.get_mut(position) {
                *known = Some(*level);
            }
        }
        group
    }
}

/// The columns whose numbers an indicator adds up.
fn summed(indicator: &Indicator) -> Vec<&str> {
    match &indicator.measure {
        Measure::Sum(total) | Measure::Mean(total) => vec![&total.column],
        Measure::Ratio(ratio) => [Some(&ratio.of_sum), ratio.per.sum.as_ref()]
            .into_iter()
            .flatten()
            .map(String::as_str)
            .collect(),
        _ => Vec::new(),
    }
}

/// The columns that a group is crossed by.
pub(super) fn crossed(group: &[Option<u32>]) -> Vec<usize> {
    let levels = group.iter().enumerate();
    levels.filter(|(_, level)| level.is_some()).map(|(column, _)| column).collect()
}

/// The tables that are published, by position among the columns of figures; everybody first.
fn published_tables(
    project: &Project,
    figures: &Figures,
    asked: Option<&[Vec<String>]>,
) -> Result<Vec<Vec<usize>>> {
    let mut existing: Vec<Vec<usize>> =
        figures.iter().map(|figure| crossed(figure.group())).collect();
    existing.sort();
    existing.dedup();
    let columns = figures.columns();
    let position = |name: &String| columns.iter().position(|column| column.name == *name);
    let Some(asked) = asked else {
        // A column within another stands with that one.
        let is_simple = |table: &Vec<usize>| {
            let names = table.iter().filter_map(|column| columns.get(*column));
            let names: Vec<&str> = names.map(|column| column.name.as_str()).collect();
            table.len() < 2 || is_one_branch(project, &names)
        };
        existing.retain(is_simple);
        return Ok(existing);
    };
    let mut tables = vec![Vec::new()];
    for names in asked {
        let table = names.iter().map(position).collect::<Option<Vec<usize>>>();
        let mut table = table.unwrap_or_else(|| vec![usize::MAX]);
        table.sort_unstable();
        table.dedup();
        if !existing.contains(&table) {
            return Err(Error::TableNotEvaluated { columns: names.clone() });
        }
        tables.push(table);
    }
    tables.sort();
    tables.dedup();
    Ok(tables)
}

/// Whether each of some columns but one lies within another of them.
fn is_one_branch(project: &Project, names: &[&str]) -> bool {
    let parent = |name: &str| {
        let columns = project.registers.keys().filter_map(|register| project.columns(register));
        columns.filter_map(|columns| columns.get(name)).find_map(|column| column.parent.clone())
    };
    let within = names
        .iter()
        .filter(|name| parent(name).is_some_and(|parent| names.contains(&parent.as_str())));
    within.count() + 1 == names.len()
}
