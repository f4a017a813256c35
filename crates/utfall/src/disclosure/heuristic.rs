//! Large work: what each cell lacks is bought, then whatever is not needed is released.

use std::collections::BTreeMap;

use super::error::{DisclosureError, Result};
use super::greedy::Purse;
use super::proof::{Engine, PIVOTS_OF_A_QUESTION, Proof, Question, Table};
use super::simplex::Simplex;

/// Hidden cells, and for each that needs protection why it has it.
#[derive(Debug, Clone)]
pub(super) struct Protected {
    pub(super) hidden: Vec<bool>,
    pub(super) proofs: Vec<Option<Proof>>,
    /// For which cell each of the others was hidden.
    bought_for: Vec<Option<usize>>,
}

/// What a search may do: the cells that may be hidden, and those that must be.
#[derive(Debug, Clone, Copy)]
pub(super) struct Scope<'a> {
    pub(super) allowed: &'a [bool],
    pub(super) forced: &'a [bool],
}

impl Scope<'_> {
    /// The cells that are hidden whatever else is.
    pub(super) fn least(&self, engine: &Engine<'_>) -> Vec<bool> {
        let cells = engine.system.cells().iter().zip(self.forced);
        cells.map(|(cell, forced)| cell.need.is_some() || *forced).collect()
    }
}

impl Protected {
    /// Hidden cells, with what can be proven of them.
    pub(super) fn of(engine: &Engine<'_>, hidden: Vec<bool>) -> Self {
        let bought_for = vec![None; hidden.len()];
        let mut protected = Self { proofs: vec![None; hidden.len()], hidden, bought_for };
        let mut simplex = protected.simplex(engine);
        for cell in engine.needy() {
            if !engine.unknown(&protected.hidden, cell) {
                continue;
            }
            let known = protected.proofs[cell].take().unwrap_or_default();
            protected.note(engine, &mut simplex, cell, known);
        }
        protected
    }

    /// Tries to prove a cell's protection, keeps what was proven, and lets others share the tables.
    fn note(&mut self, engine: &Engine<'_>, simplex: &mut Simplex, cell: usize, known: Proof) {
        let proof = engine.prove(simplex, cell, known).unwrap_or_else(|(_, proof)| proof);
        for table in proof.low.iter().chain(&proof.high) {
            self.share(engine, table);
        }
        self.proofs[cell] = Some(proof);
    }

    /// The cells that are hidden and free to move; what is published does not.
    pub(super) fn simplex(&self, engine: &Engine<'_>) -> Simplex {
        let mut simplex = engine.simplex(|cell| engine.unknown(&self.hidden, cell));
        for cell in (0..self.hidden.len()).filter(|cell| engine.unknown(&self.hidden, *cell)) {
            let (low, high) = engine.range(cell);
            simplex.bound(cell, low, high);
        }
        simplex
    }

    /// Whether every protection is proven.
    pub(super) fn holds(&self, engine: &Engine<'_>) -> bool {
        engine.needy().into_iter().all(|cell| self.proves(engine, cell))
    }

    /// Whether a cell's protection is proven, checked in whole numbers.
    pub(super) fn proves(&self, engine: &Engine<'_>, cell: usize) -> bool {
        let proof = self.proofs[cell].as_ref();
        proof.is_some_and(|proof| engine.holds(&self.hidden, cell, proof))
    }

    /// A table answers for all the cells that it moves far enough, and so does its reflection, where it stays in bounds.
    fn share(&mut self, engine: &Engine<'_>, table: &Table) {
        let reflection: Table = table.iter().map(|(cell, by)| (*cell, -by)).collect();
        let reflected = engine.agrees(&self.hidden, &reflection);
        for (cell, by) in table {
            let Some((low, high)) = engine.goals(*cell) else { continue };
            let proof = self.proofs[*cell].get_or_insert_default();
            for (by, table) in [(*by, Some(table)), (-by, reflected.then_some(&reflection))] {
                if proof.high.is_none() && by >= high {
                    proof.high = table.cloned();
                }
                if proof.low.is_none() && by <= low {
                    proof.low = table.cloned();
                }
            }
        }
    }
}

/// Hides until every protection is proven.
pub(super) fn protect(engine: &Engine<'_>, scope: Scope<'_>) -> Result<Protected> {
    let mut protected = Protected::of(engine, scope.least(engine));
    if !protected.holds(engine) {
        let mut purse = Purse::new(engine, scope.allowed, &protected.hidden);
        for cell in engine.needy() {
            buy_for(engine, scope, &mut protected, &mut purse, cell)?;
        }
    }
    tidy(engine, scope, &mut protected);
    Ok(protected)
}

/// Buys for one cell until its protection is proven.
fn buy_for(
    engine: &Engine<'_>,
    scope: Scope<'_>,
    protected: &mut Protected,
    purse: &mut Purse,
    cell: usize,
) -> Result<()> {
    loop {
        let known = protected.proofs[cell].take().unwrap_or_default();
        let (question, mut proof) = match purse.prove(engine, cell, known) {
            Ok(proof) => {
                proof
                    .low
                    .iter()
                    .chain(&proof.high)
                    .for_each(|table| protected.share(engine, table));
                protected.proofs[cell] = Some(proof);
                return Ok(());
            }
            Err(open) => open,
        };
        let most = 4 * PIVOTS_OF_A_QUESTION;
        let bought = purse.buy(engine, &protected.hidden, question, most);
        let (mut new, table) = bought.unwrap_or_default();
        if new.is_empty() {
            // Only fractions balance it, or nothing was found in time: hide the cheapest cell nearby and ask again.
            new.extend(nearby(engine, scope, protected, question));
        }
        if new.is_empty() {
            return Err(DisclosureError::CannotBeProtected { cell });
        }
        for new in new {
            protected.hidden[new] = true;
            protected.bought_for[new] = Some(cell);
            purse.hide(engine, new);
        }
        if let Some(table) = table.filter(|table| !table.is_empty()) {
            proof.keep(question, table);
        }
        protected.proofs[cell] = Some(proof);
    }
}

impl Proof {
    fn keep(&mut self, question: Question, table: Table) {
        match question.insider {
            Some(insider) => self.insiders.push((insider, table)),
            None if question.goal > 0 => self.high = Some(table),
            None => self.low = Some(table),
        }
    }
}

/// The cheapest cell that may be hidden, as near to the asked one as there is any.
fn nearby(
    engine: &Engine<'_>,
    scope: Scope<'_>,
    protected: &Protected,
    question: Question,
) -> Option<usize> {
    let may = |cell: &usize| scope.allowed[*cell] && !engine.unknown(&protected.hidden, *cell);
    let cost = |cell: &usize| (engine.system.cells()[*cell].cost, *cell);
    let mut seen = vec![false; protected.hidden.len()];
    let mut ring = vec![question.cell];
    while !ring.is_empty() {
        let relations = ring.iter().flat_map(|cell| &engine.relations_of[*cell]);
        let mut next: Vec<usize> = relations
            .flat_map(|relation| engine.system.relations()[*relation].iter().map(|(cell, _)| *cell))
            .collect();
        next.sort_unstable();
        next.dedup();
        next.retain(|cell| !std::mem::replace(&mut seen[*cell], true));
        if let Some(found) = next.iter().copied().filter(may).min_by_key(cost) {
            return Some(found);
        }
        ring = next;
    }
    None
}

/// Releases, dearest first, every cell without which all protections can still be proven.
pub(super) fn tidy(engine: &Engine<'_>, scope: Scope<'_>, protected: &mut Protected) {
    let cells = engine.system.cells();
    let mut simplex = protected.simplex(engine);
    let mut users: Vec<Vec<usize>> = vec![Vec::new(); cells.len()];
    for (cell, proof) in protected.proofs.iter().enumerate() {
        use_tables(&mut users, cell, proof.as_ref());
    }
    let extra = |cell: &usize| {
        protected.hidden[*cell] && cells[*cell].need.is_none() && !scope.forced[*cell]
    };
    let mut extra: Vec<usize> = (0..cells.len()).filter(extra).collect();
    extra.sort_by_key(|cell| (std::cmp::Reverse(cells[*cell].cost), *cell));
    for cell in extra {
        simplex.bound(cell, 0.0, 0.0);
        protected.hidden[cell] = false;
        let mut asking = std::mem::take(&mut users[cell]);
        asking.sort_unstable();
        asking.dedup();
        // Who needed it first is most likely to need it still.
        let buyer = protected.bought_for[cell];
        asking.sort_by_key(|asking| Some(*asking) != buyer);
        if let Some(renewed) = without(engine, protected, &mut simplex, cell, &asking) {
            for (asking, proof) in renewed {
                use_tables(&mut users, asking, Some(&proof));
                protected.proofs[asking] = Some(proof);
            }
        } else {
            let (low, high) = engine.range(cell);
            simplex.bound(cell, low, high);
            protected.hidden[cell] = true;
            users[cell] = asking;
        }
    }
}

fn use_tables(users: &mut [Vec<usize>], cell: usize, proof: Option<&Proof>) {
    for (moved, _) in proof.into_iter().flat_map(Proof::tables).flatten() {
        users[*moved].push(cell);
    }
}

/// Proofs that do without a cell, for those that used it; `None` if one has none.
fn without(
    engine: &Engine<'_>,
    protected: &Protected,
    simplex: &mut Simplex,
    cell: usize,
    asking: &[usize],
) -> Option<Vec<(usize, Proof)>> {
    let uses = |table: &Table| table.iter().any(|(moved, _)| *moved == cell);
    let mut renewed: BTreeMap<usize, Proof> = BTreeMap::new();
    for asking in asking {
        let Some(proof) = &protected.proofs[*asking] else { continue };
        if proof.tables().any(uses) {
            let mut known = proof.clone();
            known.low = known.low.filter(|table| !uses(table));
            known.high = known.high.filter(|table| !uses(table));
            known.insiders.retain(|(_, table)| !uses(table));
            renewed.insert(*asking, known);
        }
    }
    let order: Vec<usize> =
        asking.iter().copied().filter(|cell| renewed.contains_key(cell)).collect();
    for asking in order {
        let known = renewed.remove(&asking)?;
        let proof = engine.prove(simplex, asking, known).ok()?;
        for table in proof.low.iter().chain(&proof.high) {
            lend(engine, &mut renewed, table);
        }
        renewed.insert(asking, proof);
    }
    Some(renewed.into_iter().collect())
}

/// A new table answers for all that still ask and that it moves far enough.
fn lend(engine: &Engine<'_>, asking: &mut BTreeMap<usize, Proof>, table: &Table) {
    for (cell, by) in table {
        let (Some(proof), Some((low, high))) = (asking.get_mut(cell), engine.goals(*cell)) else {
            continue;
        };
        if proof.high.is_none() && *by >= high {
            proof.high = Some(table.clone());
        }
        if proof.low.is_none() && *by <= low {
            proof.low = Some(table.clone());
        }
    }
}
