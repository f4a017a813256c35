//! Large work: what each cell lacks is bought, then whatever is not needed is released.

use super::error::{DisclosureError, Result};
use super::greedy::Purse;
use super::near;
use super::proof::{Engine, PIVOTS_OF_A_QUESTION, Proof, Proven, Question, Table};
use super::simplex::Simplex;
use super::tidy::tidy;

/// Hidden cells, and for each that needs protection why it has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Protected {
    pub(super) hidden: Vec<bool>,
    pub(super) proofs: Vec<Option<Proof>>,
    /// For which cell each of the others was hidden.
    pub(super) bought_for: Vec<Option<usize>>,
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
    /// The same of a system whose cells stand elsewhere.
    pub(super) fn renumbered(&self, order: &[usize]) -> Self {
        let size = order.len();
        let mut moved = Self {
            hidden: vec![false; size],
            proofs: vec![None; size],
            bought_for: vec![None; size],
        };
        for (new, old) in order.iter().enumerate() {
            moved.hidden[*old] = self.hidden[new];
            moved.proofs[*old] = self.proofs[new].as_ref().map(|proof| proof.renumbered(order));
            moved.bought_for[*old] = self.bought_for[new].map(|cell| order[cell]);
        }
        moved
    }

    /// Hidden cells, with what can be proven of them.
    pub(super) fn of(engine: &Engine<'_>, hidden: Vec<bool>) -> Self {
        let mut protected = Self::first(engine, hidden);
        let mut simplex = None;
        for cell in engine.needy() {
            while engine.unknown(&protected.hidden, cell) && !protected.proves(engine, cell) {
                let simplex = simplex.get_or_insert_with(|| protected.simplex(engine));
                let mut answer = |question| engine.answer(simplex, question);
                let known = protected.proofs[cell].take().unwrap_or_default();
                let open = protected.note(engine, &mut answer, cell, known);
                let who = open.and_then(|question| question.insider);
                if !who.is_some_and(|who| engine.is_moot(who, cell)) {
                    break;
                }
            }
        }
        protected
    }

    /// Hidden cells, with what can be proven easily.
    fn first(engine: &Engine<'_>, hidden: Vec<bool>) -> Self {
        let bought_for = vec![None; hidden.len()];
        let mut protected = Self { proofs: vec![None; hidden.len()], hidden, bought_for };
        let mut asked = Asked::of(engine, &protected);
        for cell in engine.needy() {
            if !engine.unknown(&protected.hidden, cell) {
                continue;
            }
            let known = protected.proofs[cell].take().unwrap_or_default();
            let hidden = protected.hidden.clone();
            let mut answer = |question| asked.answer(engine, &hidden, question);
            protected.note(engine, &mut answer, cell, known);
        }
        protected
    }

    /// Tries to prove a cell's protection, keeps what was proven, and lets others share the tables. Gives what is still open.
    fn note(
        &mut self,
        engine: &Engine<'_>,
        answer: &mut dyn FnMut(Question) -> Option<Table>,
        cell: usize,
        known: Proof,
    ) -> Option<Question> {
        let (open, proof) = match engine.prove(answer, cell, known) {
            Ok(proof) => (None, proof),
            Err((question, proof)) => (Some(question), proof),
        };
        for table in proof.low.iter().chain(&proof.high) {
            self.share(engine, table);
        }
        self.proofs[cell] = Some(proof);
        open
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

/// Of whom questions about hidden cells are asked: of all of them, or in large systems of those nearby.
#[derive(Debug)]
pub(super) enum Asked {
    Whole(Box<Simplex>),
    Near,
}

/// Whether a system is asked in parts first.
pub(super) fn is_large(engine: &Engine<'_>) -> bool {
    engine.system.cells().len() > near::LARGE
}

impl Asked {
    pub(super) fn of(engine: &Engine<'_>, protected: &Protected) -> Self {
        if is_large(engine) { Self::Near } else { Self::Whole(Box::new(protected.simplex(engine))) }
    }

    /// Lets a cell move between these deviations from now on.
    pub(super) fn bound(&mut self, cell: usize, (low, high): (f64, f64)) {
        if let Self::Whole(simplex) = self {
            simplex.bound(cell, low, high);
        }
    }

    pub(super) fn answer(
        &mut self,
        engine: &Engine<'_>,
        hidden: &[bool],
        question: Question,
    ) -> Option<Table> {
        match self {
            Self::Whole(simplex) => engine.answer(simplex, question),
            Self::Near => near::answer(engine, hidden, question),
        }
    }
}

/// What is bought from whom: in large systems nearby, and from the whole only what is not to be had there.
#[derive(Debug)]
struct Purchases {
    purse: Option<Purse>,
}

impl Purchases {
    fn prove(
        &mut self,
        engine: &Engine<'_>,
        scope: Scope<'_>,
        hidden: &[bool],
        cell: usize,
        known: Proof,
    ) -> Proven {
        if is_large(engine) {
            return engine.prove(
                &mut |question| near::answer(engine, hidden, question),
                cell,
                known,
            );
        }
        self.purse(engine, scope, hidden).prove(engine, cell, known)
    }

    fn buy(
        &mut self,
        engine: &Engine<'_>,
        scope: Scope<'_>,
        hidden: &[bool],
        question: Question,
    ) -> Option<(Vec<usize>, Option<Table>)> {
        let most = 4 * PIVOTS_OF_A_QUESTION;
        if is_large(engine)
            && let Some(bought) = near::buy(engine, scope.allowed, hidden, question, most)
        {
            return Some(bought);
        }
        self.purse(engine, scope, hidden).buy(engine, hidden, question, most)
    }

    fn purse(&mut self, engine: &Engine<'_>, scope: Scope<'_>, hidden: &[bool]) -> &mut Purse {
        self.purse.get_or_insert_with(|| Purse::new(engine, scope.allowed, hidden))
    }

    fn hide(&mut self, engine: &Engine<'_>, cell: usize) {
        self.purse.iter_mut().for_each(|purse| purse.hide(engine, cell));
    }
}

/// Hides until every protection is proven.
pub(super) fn protect(engine: &Engine<'_>, scope: Scope<'_>) -> Result<Protected> {
    let mut protected = Protected::first(engine, scope.least(engine));
    if !protected.holds(engine) {
        let mut purse = Purchases { purse: None };
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
    purse: &mut Purchases,
    cell: usize,
) -> Result<()> {
    loop {
        let known = protected.proofs[cell].take().unwrap_or_default();
        let (question, mut proof) = match purse.prove(engine, scope, &protected.hidden, cell, known)
        {
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
        let is_moot = || question.insider.is_some_and(|who| engine.is_moot(who, cell));
        // What nothing can answer must not call for more to be hidden; of a large system that takes too long to tell.
        if !is_large(engine) && is_moot() {
            protected.proofs[cell] = Some(proof);
            continue;
        }
        let bought = purse.buy(engine, scope, &protected.hidden, question);
        let (mut new, table) = bought.unwrap_or_default();
        let table = table.filter(|table| !table.is_empty());
        if new.is_empty() && table.is_none() && is_moot() {
            protected.proofs[cell] = Some(proof);
            continue;
        }
        if new.is_empty() && table.is_none() {
            // Only fractions balance it, or nothing was found in time: hide the cheapest cell nearby and ask again.
            new.extend(nearby(engine, scope, protected, question));
        }
        if new.is_empty() && table.is_none() {
            return Err(DisclosureError::CannotBeProtected { cell });
        }
        for new in new {
            protected.hidden[new] = true;
            protected.bought_for[new] = Some(cell);
            purse.hide(engine, new);
        }
        if let Some(table) = table {
            proof.keep(question, table);
        }
        protected.proofs[cell] = Some(proof);
    }
}

impl Proof {
    /// The table that answers a question.
    pub(super) fn answer_to(&self, question: Question) -> Option<&Table> {
        match question.insider {
            Some(insider) => {
                let mut tables = self.insiders.iter();
                tables.find(|(known, _)| *known == insider).map(|(_, table)| table)
            }
            None if question.goal > 0 => self.high.as_ref(),
            None => self.low.as_ref(),
        }
    }

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
