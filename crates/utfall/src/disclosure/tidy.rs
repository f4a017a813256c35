//! Hidden cells that are not needed, released again.

use std::collections::BTreeMap;

use super::heuristic::{Asked, Protected, Scope};
use super::proof::{Engine, PIVOTS_OF_A_QUESTION, Proof, Question, Table, by, table_of};
use super::simplex::{Push, Simplex};

/// What was found when a table had to do without a cell.
#[derive(Debug)]
enum Way {
    /// This table does.
    Found(Table),
    /// There is none.
    None,
    /// Not found in these steps.
    Unclear,
}

/// Releases, dearest first, every cell without which all protections can still be proven.
pub(super) fn tidy(engine: &Engine<'_>, scope: Scope<'_>, protected: &mut Protected) {
    let cells = engine.system.cells();
    let mut asked = Asked::of(engine, protected);
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
        asked.bound(cell, (0.0, 0.0));
        protected.hidden[cell] = false;
        let mut asking = std::mem::take(&mut users[cell]);
        asking.sort_unstable();
        asking.dedup();
        // Who needed it first is most likely to need it still.
        let buyer = protected.bought_for[cell];
        asking.sort_by_key(|asking| Some(*asking) != buyer);
        if let Some(renewed) = without(engine, protected, &mut asked, cell, &asking) {
            for (asking, proof) in renewed {
                use_tables(&mut users, asking, Some(&proof));
                protected.proofs[asking] = Some(proof);
            }
        } else {
            asked.bound(cell, engine.range(cell));
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
    asked: &mut Asked,
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
        let mut known = renewed.remove(&asking)?;
        borrow(engine, protected, (asking, &mut known), cell);
        let old = protected.proofs[asking].as_ref();
        let mut answer = |question| {
            let old = old.and_then(|old| old.answer_to(question));
            let way = match (&mut *asked, old) {
                (Asked::Whole(simplex), Some(old)) => by_another_way(simplex, question, old, cell),
                _ => Way::Unclear,
            };
            match way {
                Way::Found(table) => Some(table),
                Way::None => None,
                Way::Unclear => asked.answer(engine, &protected.hidden, question),
            }
        };
        let proof = engine.prove(&mut answer, asking, known).ok()?;
        for table in proof.low.iter().chain(&proof.high) {
            lend(engine, &mut renewed, table);
        }
        renewed.insert(asking, proof);
    }
    Some(renewed.into_iter().collect())
}

/// A table of another cell's proof may answer for one that has to do without some cell.
fn borrow(
    engine: &Engine<'_>,
    protected: &Protected,
    (asking, known): (usize, &mut Proof),
    cell: usize,
) {
    let Some((low, high)) = engine.goals(asking) else { return };
    for table in protected.proofs.iter().flatten().flat_map(Proof::tables) {
        if known.low.is_some() && known.high.is_some() {
            return;
        }
        let by = by(table, asking);
        let answers_high = known.high.is_none() && high > 0 && by >= high;
        let answers_low = known.low.is_none() && low < 0 && by <= low;
        if (answers_high || answers_low) && self::by(table, cell) == 0 {
            let proven = if answers_high { &mut known.high } else { &mut known.low };
            *proven = Some(table.clone());
        }
    }
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

/// Answers a question that a table answered which moves a cell that must stay from now on: from where that table stands the
/// cell is moved back, which is a shorter way than from the true values.
fn by_another_way(simplex: &mut Simplex, question: Question, old: &Table, gone: usize) -> Way {
    let Question { cell, goal, insider } = question;
    let away = by(old, gone);
    if cell == gone || insider == Some(gone) || away == 0 {
        return Way::Unclear;
    }
    let asked = simplex.bounds(cell);
    let held = insider.map(|insider| (insider, simplex.bounds(insider)));
    simplex.start_at(old);
    #[expect(clippy::cast_precision_loss, reason = "values are below 2^50")]
    let (goal_there, away_there) = (goal as f64, away as f64);
    let kept = if goal > 0 { (goal_there, asked.1) } else { (asked.0, goal_there) };
    simplex.bound(cell, kept.0, kept.1);
    simplex.bound(gone, away_there.min(0.0), away_there.max(0.0));
    held.iter().for_each(|(insider, _)| simplex.bound(*insider, 0.0, 0.0));
    let whole = simplex.push_whole(gone, 0.0, away < 0, PIVOTS_OF_A_QUESTION);
    let push = match whole {
        // Fractions lead out of corners that whole steps do not.
        Push::Unbounded | Push::Spent => simplex.push(gone, 0.0, away < 0, PIVOTS_OF_A_QUESTION),
        Push::Reached | Push::Stuck => whole,
    };
    let way = match push {
        Push::Reached => table_of(simplex).map_or(Way::Unclear, Way::Found),
        Push::Stuck => Way::None,
        Push::Unbounded | Push::Spent => Way::Unclear,
    };
    simplex.bound(gone, 0.0, 0.0);
    simplex.bound(cell, asked.0, asked.1);
    held.iter().for_each(|(insider, (low, high))| simplex.bound(*insider, *low, *high));
    way
}
