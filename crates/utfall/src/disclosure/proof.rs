//! Proofs that a hidden cell cannot be pinned: whole tables that agree with everything that is published.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};

use super::simplex::{Push, Simplex};
use super::system::{Relation, Role, System};
use super::whole::whole_table;

/// Pivots for one question, after which it counts as answered by no: more is hidden then.
pub(super) const PIVOTS_OF_A_QUESTION: u64 = 10_000;

/// A table by where it deviates from the true one: cells, ascending, each with the deviation.
pub(super) type Table = Vec<(usize, i64)>;

/// Why a cell counts as protected.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Proof {
    /// A table in which the cell is as low as its protection asks for.
    pub(super) low: Option<Table>,
    /// A table in which it is as high.
    pub(super) high: Option<Table>,
    /// For a single unit that `high` moves: a table that leaves it alone and moves the cell by one.
    pub(super) insiders: Vec<(usize, Table)>,
}

impl Proof {
    /// The same of a system whose cells stand elsewhere.
    pub(super) fn renumbered(&self, order: &[usize]) -> Self {
        let table = |table: &Table| {
            let mut table: Table = table.iter().map(|(cell, by)| (order[*cell], *by)).collect();
            table.sort_unstable();
            table
        };
        let insiders = self.insiders.iter().map(|(who, known)| (order[*who], table(known)));
        Self {
            low: self.low.as_ref().map(table),
            high: self.high.as_ref().map(table),
            insiders: insiders.collect(),
        }
    }

    pub(super) fn tables(&self) -> impl Iterator<Item = &Table> {
        let outsiders = self.low.iter().chain(&self.high);
        outsiders.chain(self.insiders.iter().map(|(_, table)| table))
    }
}

/// What could not be proven.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Question {
    /// The cell that is asked for.
    pub(super) cell: usize,
    /// The deviation that must be possible.
    pub(super) goal: i64,
    /// The single unit that asks, if it is not an outsider.
    pub(super) insider: Option<usize>,
}

/// A proof, or the first question that has no answer, with what is proven.
pub(super) type Proven = Result<Proof, (Question, Proof)>;

/// A system with what is looked up in it again and again.
#[derive(Debug)]
pub(super) struct Engine<'a> {
    pub(super) system: &'a System,
    pub(super) relations_of: Vec<Vec<usize>>,
    /// Whether single units are asked too.
    pub(super) insiders: bool,
    /// Cells of one class count the same units: a total of which only one part is not 0.
    class: Vec<usize>,
    /// The parts of each single unit's cell, and their parts.
    parts: BTreeMap<usize, BTreeSet<usize>>,
    /// Pairs of a single unit and a cell, and whether her question has no answer at all.
    moot: Mutex<BTreeMap<(usize, usize), bool>>,
    nothing_published: OnceLock<Simplex>,
}

impl<'a> Engine<'a> {
    pub(super) fn new(system: &'a System) -> Self {
        let mut relations_of = vec![Vec::new(); system.cells().len()];
        for (number, relation) in system.relations().iter().enumerate() {
            relation.iter().for_each(|(cell, _)| relations_of[*cell].push(number));
        }
        let insiders = system.cells().iter().any(|cell| cell.lone);
        let lone = (0..system.cells().len()).filter(|cell| system.cells()[*cell].lone);
        let parts = lone.map(|cell| (cell, parts(system, &relations_of, cell))).collect();
        Self {
            system,
            relations_of,
            insiders,
            class: classes(system),
            parts,
            moot: Mutex::default(),
            nothing_published: OnceLock::new(),
        }
    }

    /// Whether somebody who knows that she is the only one in a cell has a question about another: not about herself.
    pub(super) fn asks(&self, insider: usize, cell: usize) -> bool {
        let parts = self.parts.get(&insider);
        parts.is_some_and(|parts| !parts.contains(&cell)) && self.class[insider] != self.class[cell]
    }

    /// Whether a single unit's question has no answer even if nothing is published but the zeros that everybody knows and what
    /// was told earlier. Then her own cell determines the other, such as one that counts the same persons by way of parts that
    /// nobody prints: she has known it all along, and no pattern changes that. Other cells that are always published do not
    /// count here: what she learns from those she would learn from the publication.
    pub(super) fn is_moot(&self, insider: usize, cell: usize) -> bool {
        let known = self.lock().get(&(insider, cell)).copied();
        if let Some(moot) = known {
            return moot;
        }
        // Each question starts at the same place, so that it makes no difference which was asked before.
        let mut simplex =
            self.nothing_published.get_or_init(|| self.of_nothing_published()).clone();
        let question = Question { cell, goal: 1, insider: Some(insider) };
        let moot = self.answer(&mut simplex, question).is_none();
        self.lock().insert((insider, cell), moot);
        moot
    }

    /// All cells but the zeros that everybody knows and what was told.
    fn of_nothing_published(&self) -> Simplex {
        let free = |cell: usize| {
            let cell = &self.system.cells()[cell];
            !cell.role.is_known() || (cell.role == Role::Known && cell.value > 0)
        };
        let mut simplex = self.simplex(free);
        for cell in (0..self.system.cells().len()).filter(|cell| free(*cell)) {
            let (low, high) = self.range(cell);
            simplex.bound(cell, low, high);
        }
        simplex
    }

    /// The same, of questions that were looked into already.
    fn known_moot(&self, insider: usize, cell: usize) -> bool {
        self.lock().get(&(insider, cell)).is_some_and(|moot| *moot)
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<(usize, usize), bool>> {
        self.moot.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The relations between some of the cells, with the others at their true values.
    pub(super) fn simplex(&self, included: impl Fn(usize) -> bool) -> Simplex {
        let among = |relation: &Relation| {
            relation.iter().copied().filter(|(cell, _)| included(*cell)).collect::<Relation>()
        };
        let relations: Vec<Relation> = self.system.relations().iter().map(among).collect();
        Simplex::new(self.system.cells().len(), &relations)
    }

    /// How far a cell may deviate for somebody to whom it is hidden.
    pub(super) fn range(&self, cell: usize) -> (f64, f64) {
        self.system.cells()[cell].range()
    }

    /// Whether somebody outside does not see the cell.
    pub(super) fn unknown(&self, hidden: &[bool], cell: usize) -> bool {
        hidden[cell] || self.system.cells()[cell].role.is_unprinted()
    }

    /// The questions to which each protection comes down, low and high.
    pub(super) fn goals(&self, cell: usize) -> Option<(i64, i64)> {
        let cell = &self.system.cells()[cell];
        let away = |to: u64| to.cast_signed() - cell.value.cast_signed();
        cell.need.map(|need| (away(need.low), away(need.high)))
    }

    /// The cells that need protection, those first that need most.
    pub(super) fn needy(&self) -> Vec<usize> {
        let goals = |cell: &usize| self.goals(*cell);
        let mut needy: Vec<usize> =
            (0..self.system.cells().len()).filter(|cell| goals(cell).is_some()).collect();
        needy.sort_by_key(|cell| goals(cell).map(|(low, high)| std::cmp::Reverse(high.max(-low))));
        needy
    }

    /// Answers a question by a table, if there is one.
    pub(super) fn answer(&self, simplex: &mut Simplex, question: Question) -> Option<Table> {
        let Question { goal, insider, .. } = question;
        if goal == 0 {
            return Some(Table::new());
        }
        simplex.restart();
        let held = insider.map(|insider| (insider, simplex.bounds(insider)));
        held.iter().for_each(|(insider, _)| simplex.bound(*insider, 0.0, 0.0));
        let reaches = |table: &Table| {
            let moved = table.iter().find(|(moved, _)| *moved == question.cell);
            moved.is_some_and(|(_, by)| by.signum() == goal.signum() && by.abs() >= goal.abs())
        };
        let table = self.find(simplex, question).filter(reaches);
        held.iter().for_each(|(insider, (low, high))| simplex.bound(*insider, *low, *high));
        table
    }

    fn find(&self, simplex: &mut Simplex, question: Question) -> Option<Table> {
        let Question { cell, goal, .. } = question;
        let up = goal > 0;
        #[expect(clippy::cast_precision_loss, reason = "values are below 2^50")]
        let goal = goal as f64;
        match simplex.push_whole(cell, goal, up, PIVOTS_OF_A_QUESTION) {
            Push::Reached => return table_of(simplex),
            Push::Stuck => return None,
            Push::Unbounded | Push::Spent => {}
        }
        if simplex.push(cell, goal, up, PIVOTS_OF_A_QUESTION) != Push::Reached {
            return None;
        }
        let near = table_of(simplex).or_else(|| whole_table(self, simplex, question));
        near.or_else(|| {
            simplex.start_afresh();
            let push = simplex.push_whole(cell, goal, up, PIVOTS_OF_A_QUESTION);
            (push == Push::Reached).then(|| table_of(simplex))?
        })
    }

    /// Proves a cell's protection anew, keeping what is proven already, or tells the first question without an answer.
    pub(super) fn prove(
        &self,
        answer: &mut dyn FnMut(Question) -> Option<Table>,
        cell: usize,
        mut proof: Proof,
    ) -> Proven {
        let Some((low, high)) = self.goals(cell) else { return Ok(proof) };
        for (goal, up) in [(high, true), (low, false)] {
            let known = if up { &mut proof.high } else { &mut proof.low };
            if known.is_none() {
                let question = Question { cell, goal, insider: None };
                *known = if goal == 0 { Some(Table::new()) } else { answer(question) };
                if known.is_none() {
                    return Err((question, proof));
                }
            }
        }
        self.prove_insiders(answer, cell, proof)
    }

    fn prove_insiders(
        &self,
        answer: &mut dyn FnMut(Question) -> Option<Table>,
        cell: usize,
        mut proof: Proof,
    ) -> Proven {
        if !self.insiders {
            return Ok(proof);
        }
        let moved = proof.high.iter().flatten().map(|(moved, _)| *moved);
        let asking: Vec<usize> = moved.filter(|moved| self.asks(*moved, cell)).collect();
        proof.insiders.retain(|(insider, _)| asking.contains(insider));
        for insider in asking {
            if proof.insiders.iter().any(|(known, _)| *known == insider) {
                continue;
            }
            // One table may serve several.
            let spares = |table: &Table| table.iter().all(|(moved, _)| *moved != insider);
            let mut tables = proof.insiders.iter().map(|(_, table)| table);
            let shared = tables.find(|table| spares(table));
            let question = Question { cell, goal: 1, insider: Some(insider) };
            match shared.cloned().or_else(|| answer(question)) {
                Some(table) => proof.insiders.push((insider, table)),
                None if self.known_moot(insider, cell) => {}
                None => return Err((question, proof)),
            }
        }
        Ok(proof)
    }

    /// Whether a table agrees with everything that is published, in whole numbers.
    pub(super) fn agrees(&self, hidden: &[bool], table: &Table) -> bool {
        let cells = self.system.cells();
        let within = |(cell, by): &(usize, i64)| {
            let known = &cells[*cell];
            let value = i128::from(known.value) + i128::from(*by);
            let high = known.ceiling.is_none_or(|ceiling| value <= i128::from(ceiling));
            self.unknown(hidden, *cell) && value >= i128::from(known.floor) && high
        };
        let by = |cell: usize| {
            table.binary_search_by_key(&cell, |(cell, _)| *cell).map_or(0, |place| table[place].1)
        };
        let mut touched: Vec<usize> =
            table.iter().flat_map(|(cell, _)| self.relations_of[*cell].iter().copied()).collect();
        touched.sort_unstable();
        touched.dedup();
        let balanced = |relation: &usize| {
            let parts = self.system.relations()[*relation].iter();
            parts.map(|(cell, factor)| i128::from(by(*cell)) * i128::from(*factor)).sum::<i128>()
                == 0
        };
        table.iter().all(within) && touched.iter().all(balanced)
    }

    /// Whether a proof holds: every table agrees and does what it is said to.
    pub(super) fn holds(&self, hidden: &[bool], cell: usize, proof: &Proof) -> bool {
        let Some((low, high)) = self.goals(cell) else { return true };
        let by = |table: &Table, cell: usize| {
            table.iter().find(|(moved, _)| *moved == cell).map_or(0, |(_, by)| *by)
        };
        let outside = proof.low.as_ref().is_some_and(|table| by(table, cell) <= low)
            && proof.high.as_ref().is_some_and(|table| by(table, cell) >= high);
        let spared = |insider: usize| {
            proof.insiders.iter().any(|(known, table)| {
                *known == insider && by(table, insider) == 0 && by(table, cell) >= 1
            })
        };
        let mut moved = proof.high.iter().flatten().map(|(moved, _)| *moved);
        let inside =
            |moved: usize| !self.asks(moved, cell) || spared(moved) || self.is_moot(moved, cell);
        outside && proof.tables().all(|table| self.agrees(hidden, table)) && moved.all(inside)
    }
}

/// How far a table moves a cell.
pub(super) fn by(table: &Table, cell: usize) -> i64 {
    table.binary_search_by_key(&cell, |(moved, _)| *moved).map_or(0, |place| table[place].1)
}

/// Where the cells stand, if all stand at whole numbers.
pub(super) fn table_of(simplex: &mut Simplex) -> Option<Table> {
    let moved = simplex.moved().to_vec();
    let mut table = Table::with_capacity(moved.len());
    for cell in moved {
        let by = simplex.deviation(cell as usize);
        if by.fract() != 0.0 {
            return None;
        }
        #[expect(clippy::cast_possible_truncation, reason = "deviations are below 2^51")]
        if by != 0.0 {
            table.push((cell as usize, by as i64));
        }
    }
    Some(table)
}

/// All cells that a cell is the total of, by way of other totals.
fn parts(system: &System, relations_of: &[Vec<usize>], cell: usize) -> BTreeSet<usize> {
    let mut found = BTreeSet::new();
    let mut open = vec![cell];
    while let Some(total) = open.pop() {
        for relation in &relations_of[total] {
            let relation = &system.relations()[*relation];
            let own =
                relation.iter().find(|(cell, _)| *cell == total).map_or(0, |(_, by)| by.signum());
            let others = relation.iter().filter(|(cell, _)| *cell != total);
            if others.clone().all(|(_, by)| by.signum() == -own) {
                open.extend(others.map(|(part, _)| *part).filter(|part| found.insert(*part)));
            }
        }
    }
    found
}

/// Classes of cells in which the same units are, since all else between them is 0. Whoever is the only one in such a cell
/// learns of the others that nobody else is there, which tells of nobody.
fn classes(system: &System) -> Vec<usize> {
    let cells = system.cells();
    let mut class: Vec<usize> = (0..cells.len()).collect();
    loop {
        let mut changed = false;
        for relation in system.relations() {
            let zero = |cell: usize| cells[cell].value == 0;
            let mut parts = relation.iter().filter(|(cell, _)| !zero(*cell));
            let (Some((one, by)), Some((other, against)), None) =
                (parts.next(), parts.next(), parts.next())
            else {
                continue;
            };
            if by + against == 0 && class[*one] != class[*other] {
                let least = class[*one].min(class[*other]);
                (class[*one], class[*other], changed) = (least, least, true);
            }
        }
        if !changed {
            return class;
        }
    }
}
