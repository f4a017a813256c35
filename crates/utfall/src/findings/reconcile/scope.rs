//! What is published about one register at one time: its tables and statements, and who they speak of.

use indexmap::{IndexMap, IndexSet};

use super::printed::{Grid, Number};
use super::space::{Region, Space};
use crate::finding::{Fact, Subject};
use crate::project::{Condition, Named, PrintedTable, Project, Statement};

/// The tables and statements about one register at one time.
#[derive(Debug)]
pub(super) struct Scope<'p> {
    pub(super) register: &'p str,
    pub(super) grids: Vec<Grid<'p>>,
    pub(super) statements: Vec<&'p Statement>,
    /// Who they speak of; `None` where there are too many combinations.
    pub(super) known: Option<Known<'p>>,
}

/// Who published numbers speak of.
#[derive(Debug)]
pub(super) struct Known<'p> {
    pub(super) space: Space,
    /// The cells that nobody is in, if tables leave nobody out: what their columns print no level for.
    pub(super) nobody: Region,
    /// The numbers of each region, without the cells of `nobody`.
    numbers: IndexMap<Region, Vec<Published<'p>>>,
}

/// A number that is published, or follows from published ones.
#[derive(Debug, Clone)]
pub(super) struct Published<'p> {
    pub(super) number: Number,
    pub(super) source: Source,
    pub(super) place: Vec<(&'p str, &'p str)>,
}

/// Where a number is published, by its position in the scope.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Source {
    Table(usize),
    Statement(usize),
}

/// The time that figures speak of that name none.
const PROJECT_END: &str = "project_end";

fn time(at: Option<&String>) -> &str {
    at.map_or(PROJECT_END, String::as_str)
}

impl<'p> Scope<'p> {
    /// The scopes of a project: one for each register and time.
    pub(super) fn all(project: &'p Project) -> Vec<Self> {
        let Some(published) = &project.published else { return Vec::new() };
        let mut scopes = Vec::new();
        for register in project.registers.keys() {
            let tables: Vec<&PrintedTable> =
                published.tables.iter().filter(|table| table.register == *register).collect();
            let statements: Vec<&Statement> = published
                .statements
                .iter()
                .filter(|statement| statement.register.as_ref() == Some(register))
                .collect();
            let tables_at = tables.iter().map(|table| time(table.at.as_ref()));
            let statements_at = statements.iter().map(|statement| time(statement.at.as_ref()));
            let times: IndexSet<&str> = tables_at.chain(statements_at).collect();
            for then in times {
                let tables: Vec<_> =
                    tables.iter().copied().filter(|one| time(one.at.as_ref()) == then).collect();
                let statements: Vec<_> = statements
                    .iter()
                    .copied()
                    .filter(|one| time(one.at.as_ref()) == then)
                    .collect();
                scopes.extend(Self::of(project, register, &tables, statements));
            }
        }
        scopes
    }

    fn of(
        project: &'p Project,
        register: &'p str,
        tables: &[&'p PrintedTable],
        statements: Vec<&'p Statement>,
    ) -> Option<Self> {
        if tables.is_empty() && statements.is_empty() {
            return None;
        }
        let grids: Vec<Grid<'p>> = tables.iter().map(|table| Grid::new(table)).collect();
        let none = Named::new();
        let columns = project.columns(register).unwrap_or(&none);
        let of_statements = statements
            .iter()
            .flat_map(|statement| [&statement.of, &statement.having, &statement.per])
            .flatten();
        let conditions: Vec<&Condition> =
            tables.iter().filter_map(|table| table.of.as_ref()).chain(of_statements).collect();
        let space = Space::of(columns, &conditions, tables);
        let space = space.filter(|_| grids.iter().all(Grid::is_listed));
        let known = space.map(|space| Known::of(space, &grids, &statements));
        Some(Self { register, grids, statements, known })
    }

    /// The part of the project file that a source stands in.
    pub(super) fn subject(&self, source: Source) -> Subject {
        Subject::part(self.part(source))
    }

    pub(super) fn part(&self, source: Source) -> String {
        match source {
            Source::Table(table) => {
                let id = self.grids.get(table).map_or("", |grid| &grid.table.id);
                format!("published.tables.{id}")
            }
            Source::Statement(statement) => {
                let id = self.statements.get(statement).map_or("", |one| &one.id);
                format!("published.statements.{id}")
            }
        }
    }
}

impl<'p> Known<'p> {
    fn of(space: Space, grids: &[Grid<'p>], statements: &[&'p Statement]) -> Self {
        let mut nobody = space.at(&[]);
        nobody = nobody.without(&nobody);
        for grid in grids {
            let of = space.region(&grid.table.of);
            for (column, levels) in grid.table.by.iter().zip(&grid.levels) {
                if !grid.table.partial.contains(column) && !grid.table.overlap.contains(column) {
                    nobody.add(&of.and(&space.beside(column, levels)));
                }
            }
        }
        let mut known = Self { space, nobody, numbers: IndexMap::new() };
        for (position, grid) in grids.iter().enumerate() {
            let of = known.space.region(&grid.table.of);
            for margin in grid.margins() {
                if margin
                    .place
                    .iter()
                    .any(|(column, _)| grid.table.overlap.iter().any(|one| one == column))
                {
                    continue;
                }
                let region = of.and(&known.space.at(&margin.place));
                let source = Source::Table(position);
                known
                    .add(&region, Published { number: margin.number, source, place: margin.place });
            }
        }
        for (position, statement) in statements.iter().enumerate() {
            let source = Source::Statement(position);
            for (region, number, _) in known.said(statement) {
                known.add(&region, Published { number, source, place: Vec::new() });
            }
        }
        known
    }

    /// The counts that a statement says, of whom.
    pub(super) fn said(&self, statement: &Statement) -> Vec<(Region, Number, bool)> {
        let number = |count| Number::of(count, statement.tolerance, None);
        let of = self.space.region(&statement.of);
        let part = self.space.region(statement.of.iter().chain(&statement.having));
        let count = statement.says.count.map(|count| (part, number(count), false));
        // Without a property there is nothing that so many would be a part of.
        let n = statement.says.n.filter(|_| statement.having.is_some());
        count.into_iter().chain(n.map(|n| (of, number(n), true))).collect()
    }

    fn add(&mut self, region: &Region, published: Published<'p>) {
        self.numbers.entry(region.without(&self.nobody)).or_default().push(published);
    }

    /// Every number that is published of exactly these units.
    pub(super) fn numbers(&self, region: &Region) -> &[Published<'p>] {
        self.numbers.get(&region.without(&self.nobody)).map_or(&[], Vec::as_slice)
    }

    /// Every region with its numbers.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&Region, &[Published<'p>])> {
        self.numbers.iter().map(|(region, numbers)| (region, numbers.as_slice()))
    }

    /// The number of some units in a table: printed, or the sum of cells that make them up.
    pub(super) fn in_table(
        &self,
        grid: &Grid<'_>,
        table: usize,
        region: &Region,
    ) -> Option<Number> {
        let source = Source::Table(table);
        if let Some(found) = self.numbers(region).iter().find(|one| one.source == source) {
            return Some(found.number);
        }
        if !grid.table.overlap.is_empty() {
            return None;
        }
        let of = self.space.region(&grid.table.of);
        let region = region.without(&self.nobody);
        let mut covered = region.without(&region);
        let mut sum: Option<Number> = None;
        for cell in grid.margins().iter().filter(|margin| margin.is_cell) {
            let own = of.and(&self.space.at(&cell.place)).without(&self.nobody);
            if own.is_within(&region) {
                covered.add(&own);
                sum = Some(sum.map_or(cell.number, |sum| sum.plus(cell.number)));
            } else if own.meets(&region) {
                return None;
            }
        }
        sum.filter(|_| region.is_within(&covered))
    }

    /// Every number of some units that stands before a source: in tables, and in earlier statements.
    pub(super) fn others(
        &self,
        grids: &[Grid<'p>],
        region: &Region,
        own: Source,
    ) -> Vec<Published<'p>> {
        let tables = grids.iter().enumerate().filter_map(|(table, grid)| {
            let number = self.in_table(grid, table, region)?;
            let (source, place) = (Source::Table(table), Vec::new());
            Some(Published { number, source, place })
        });
        let is_earlier =
            |one: &&Published<'p>| matches!(one.source, Source::Statement(_)) && one.source < own;
        let statements = self.numbers(region).iter().filter(is_earlier).cloned();
        tables.chain(statements).collect()
    }

    /// The number of some units anywhere else: in a table, in a statement, or as the sum of cells of a table.
    pub(super) fn elsewhere(
        &self,
        grids: &[Grid<'p>],
        region: &Region,
        but: Source,
    ) -> Option<Published<'p>> {
        if let Some(found) = self.numbers(region).iter().find(|one| one.source != but) {
            return Some(found.clone());
        }
        grids.iter().enumerate().find_map(|(table, grid)| {
            let number = self.in_table(grid, table, region)?;
            let (source, place) = (Source::Table(table), Vec::new());
            Some(Published { number, source, place })
        })
    }
}

/// The levels that a number stands for, as findings write them: `subproject=Viadidakt, gender=man`; `total` for all.
pub(super) fn place_text(place: &[(&str, &str)]) -> String {
    if place.is_empty() {
        return "total".to_owned();
    }
    let levels: Vec<String> =
        place.iter().map(|(column, code)| format!("{column}={code}")).collect();
    levels.join(", ")
}

/// The same as a fact.
pub(super) fn place_fact(place: &[(&str, &str)]) -> Fact {
    Fact::Text(place_text(place))
}
