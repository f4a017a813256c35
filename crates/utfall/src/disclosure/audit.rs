//! What an outsider can compute from everything that is published.

use super::bounds::outer_bounds;
use super::error::{DisclosureError, Result};
use super::heuristic::{Protected, is_large};
use super::proof::{Engine, PIVOTS_OF_A_QUESTION, Table, table_of};
use super::simplex::{Push, Simplex};
use super::system::{Need, Role, System};
use crate::threads::{in_order, worth_while};

/// Cells that a thread takes at a time; fewer than two such lots are not worth a thread.
const LOT: usize = 64;

/// Pivots for one end of an interval in a large system, where each takes long.
const PIVOTS_OF_A_LARGE: u64 = 10;

/// What is taken for a whole number when an interval is tightened.
const NEARLY: f64 = 1e-6;

/// The values that a hidden cell can have for somebody who knows everything that is published.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Interval {
    /// The least.
    pub low: u64,
    /// The most; `None` if there is no most.
    pub high: Option<u64>,
}

impl Interval {
    /// Whether only one value is left.
    pub fn is_exact(&self) -> bool {
        self.high == Some(self.low)
    }

    /// Whether everything that a protection asks for is possible.
    pub fn contains(&self, need: Need) -> bool {
        self.low <= need.low && self.high.is_none_or(|high| high >= need.high)
    }
}

/// A cell that is not published, as an outsider sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AuditedCell {
    /// The cell, by its number in the system.
    pub cell: usize,
    /// What it can be.
    pub interval: Interval,
    /// What must remain possible, if the cell needs protection.
    pub need: Option<Need>,
    /// Whether the protection is proven by whole tables. True for cells that need none.
    pub proven: bool,
}

impl AuditedCell {
    /// Whether the cell is protected: its interval is wide enough, and whole tables prove it.
    pub fn passes(&self) -> bool {
        self.proven && self.need.is_none_or(|need| self.interval.contains(need))
    }
}

/// The audit of a pattern: every cell that is not published, with the interval that an outsider can compute.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Audit {
    /// The cells, ascending by number.
    pub cells: Vec<AuditedCell>,
}

impl Audit {
    /// Whether every cell that needs protection has it.
    pub fn passes(&self) -> bool {
        self.cells.iter().all(AuditedCell::passes)
    }

    /// The cells that can be computed exactly although they are not published.
    pub fn exact(&self) -> impl Iterator<Item = usize> {
        self.cells.iter().filter(|cell| cell.interval.is_exact()).map(|cell| cell.cell)
    }
}

/// What an outsider can compute of each cell that is not published.
///
/// The least and the most that a cell can be while all cells are within the bounds known to the attacker and all
/// relations hold, by linear programming, tightened to whole numbers (Willenborg and de Waal, *Elements of Statistical
/// Disclosure Control*, 2001, ch. 6). In two-way tables these are the values that the cell can have; in three-way and
/// linked tables whole tables may not reach them, and in systems of more than 12,000 cells not every end is looked for to the
/// last: an interval may be wider there than what an outsider computes. That is why a protection counts only if whole tables prove it, found
/// within limits that count pivots and nodes: `proven` is false for a protection that was not found out, and never true
/// for one that is missing.
///
/// A cell that must be hidden and is not fails, with an interval of one value. Parts ([`Role::Part`]) are not in the audit:
/// nobody asks for them.
///
/// # Errors
///
/// If `hidden` has another length than the cells, or hides a cell that is always published.
///
/// ```
/// use utfall::disclosure::{Cell, Interval, System, audit};
///
/// // Women and men in two places: total, margins and 4 cells, of which only one is hidden.
/// let values = [20, 8, 12, 3, 5, 9, 3];
/// let cells = values.map(Cell::of).to_vec();
/// let sum = |total, one, other| vec![(total, 1), (one, -1), (other, -1)];
/// let relations = vec![sum(0, 1, 2), sum(1, 3, 4), sum(2, 5, 6)];
/// let system = System::new(cells, relations)?;
/// let hidden = [false, false, false, true, false, false, false];
/// let audited = audit(&system, &hidden)?;
/// assert_eq!(audited.cells[0].interval, Interval { low: 3, high: Some(3) });
/// # Ok::<(), utfall::disclosure::DisclosureError>(())
/// ```
pub fn audit(system: &System, hidden: &[bool]) -> Result<Audit> {
    check_hidden(system, hidden)?;
    let engine = Engine::new(system);
    Ok(audited(&engine, &Protected::of(&engine, hidden.to_vec())))
}

/// The cells of a pattern whose protection is not proven, with what an outsider can compute of them. The others are not looked
/// into further, which takes most of the time of an [`audit`].
pub(super) fn unproven(system: &System, hidden: &[bool]) -> Result<Vec<AuditedCell>> {
    check_hidden(system, hidden)?;
    let engine = Engine::new(system);
    let protected = Protected::of(&engine, hidden.to_vec());
    let open: Vec<usize> =
        engine.needy().into_iter().filter(|cell| !protected.proves(&engine, *cell)).collect();
    let intervals = intervals(&engine, &protected, &open);
    let cell = |(cell, interval): (&usize, Interval)| AuditedCell {
        cell: *cell,
        interval,
        need: system.cells()[*cell].need,
        proven: false,
    };
    Ok(open.iter().zip(intervals).map(cell).collect())
}

pub(super) fn check_hidden(system: &System, hidden: &[bool]) -> Result<()> {
    let expected = system.cells().len();
    if hidden.len() != expected {
        let found = hidden.len();
        return Err(DisclosureError::UnlikeCells { name: "hidden", found, expected });
    }
    let shown = |(cell, hidden): (&super::Cell, &bool)| *hidden && cell.role.is_known();
    match system.cells().iter().zip(hidden).position(shown) {
        Some(cell) => Err(DisclosureError::MustBePublished { cell }),
        None => Ok(()),
    }
}

/// The audit of a pattern whose proofs are there already.
pub(super) fn audited(engine: &Engine<'_>, protected: &Protected) -> Audit {
    let cells = engine.system.cells();
    let hidden = &protected.hidden;
    let asked = |cell: &usize| engine.unknown(hidden, *cell) && cells[*cell].role != Role::Part;
    let open: Vec<usize> = (0..cells.len()).filter(asked).collect();
    let intervals = intervals(engine, protected, &open);
    let proven = |cell: usize| {
        let proof = protected.proofs[cell].as_ref();
        cells[cell].need.is_none() || proof.is_some_and(|proof| engine.holds(hidden, cell, proof))
    };
    let of_open = open.iter().zip(intervals).map(|(cell, interval)| AuditedCell {
        cell: *cell,
        interval,
        need: cells[*cell].need,
        proven: proven(*cell),
    });
    let forgotten = |cell: &usize| cells[*cell].need.is_some() && !engine.unknown(hidden, *cell);
    let forgotten = (0..cells.len()).filter(forgotten).map(|cell| {
        let value = cells[cell].value;
        let interval = Interval { low: value, high: Some(value) };
        AuditedCell { cell, interval, need: cells[cell].need, proven: false }
    });
    let mut cells: Vec<AuditedCell> = of_open.chain(forgotten).collect();
    cells.sort_by_key(|cell| cell.cell);
    Audit { cells }
}

/// The least and most deviations that are known to be possible.
#[derive(Debug, Clone)]
struct Reached {
    low: Vec<f64>,
    high: Vec<f64>,
}

impl Reached {
    #[expect(clippy::cast_precision_loss, reason = "deviations are below 2^51")]
    fn note(&mut self, table: &Table) {
        for (cell, by) in table {
            self.low[*cell] = self.low[*cell].min(*by as f64);
            self.high[*cell] = self.high[*cell].max(*by as f64);
        }
    }
}

fn intervals(engine: &Engine<'_>, protected: &Protected, open: &[usize]) -> Vec<Interval> {
    let outer = outer_bounds(engine.system, |cell| engine.unknown(&protected.hidden, cell));
    let none = vec![0.0; engine.system.cells().len()];
    let mut reached = Reached { low: none.clone(), high: none };
    protected
        .proofs
        .iter()
        .flatten()
        .flat_map(super::proof::Proof::tables)
        .for_each(|table| reached.note(table));
    let simplex = protected.simplex(engine);
    let most = if is_large(engine) { PIVOTS_OF_A_LARGE } else { PIVOTS_OF_A_QUESTION };
    let lots: Vec<&[usize]> = open.chunks(LOT).collect();
    let mut states = vec![(simplex, reached); worth_while(lots.len())];
    // Each lot starts from the same place, so that it makes no difference which thread takes it.
    let found = in_order(&mut states, lots.len(), |(simplex, reached), lot| {
        let (simplex, reached) = (&mut simplex.clone(), &mut reached.clone());
        let furthest_of = |cell: &usize| {
            let (low, high) = outer[*cell];
            let low = furthest(simplex, reached, *cell, (low, false), most);
            let high = furthest(simplex, reached, *cell, (high, true), most);
            interval(engine, *cell, low, high)
        };
        lots[lot].iter().map(furthest_of).collect::<Vec<_>>()
    });
    found.into_iter().flatten().collect()
}

#[expect(clippy::cast_possible_truncation, reason = "deviations are below 2^51")]
fn interval(engine: &Engine<'_>, cell: usize, low: f64, high: f64) -> Interval {
    let value = engine.system.cells()[cell].value;
    let at = |by: f64| value.saturating_add_signed(by as i64);
    Interval {
        low: at((low - NEARLY).ceil()),
        high: high.is_finite().then(|| at((high + NEARLY).floor())),
    }
}

/// How far a cell can go down or up. Every table on the way tells of the other cells too.
fn furthest(
    simplex: &mut Simplex,
    reached: &mut Reached,
    cell: usize,
    (outer, up): (f64, bool),
    most: u64,
) -> f64 {
    let known = if up { reached.high[cell] } else { reached.low[cell] };
    if (outer - known).abs() < NEARLY {
        return outer;
    }
    let push = simplex.push(cell, outer, up, most);
    if let Some(table) = table_of(simplex) {
        reached.note(&table);
    }
    match push {
        // What a whole table reaches is possible, whatever rounding errors say.
        Push::Stuck if up => simplex.deviation(cell).max(reached.high[cell]),
        Push::Stuck => simplex.deviation(cell).min(reached.low[cell]),
        // Where it was not found out, the outsider is taken to be as far off as simple sums tell: that is no protection
        // by itself, which needs its proof.
        Push::Reached | Push::Unbounded | Push::Spent => outer,
    }
}
