//! The pattern of cells to hide.

use std::collections::BTreeMap;

use super::attainable::attainable;
use super::audit::{Audit, audited};
use super::canonical::canonical;
use super::error::{DisclosureError, Result};
use super::exact::cheapest;
use super::heuristic::{Protected, Scope, protect as by_heuristic};
use super::proof::Engine;
use super::rules::{Rules, USUAL_THRESHOLD};
use super::system::{Role, System};

/// How long the cheapest pattern is looked for. Limits count what is done and never seconds, so the same input gives the
/// same pattern on every machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// The cheapest pattern is looked for where at most so many cells could be hidden besides those that must.
    pub cells: usize,
    /// Nodes of the programme of zeros and ones, each time that it is solved.
    pub nodes: usize,
    /// Pivots of all questions together.
    pub pivots: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self { cells: 150, nodes: 2_000, pivots: 20_000 }
    }
}

/// How a pattern was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Found {
    /// No pattern that protects the same costs less.
    Cheapest,
    /// It protects, and every cell in it is needed, but there may be a cheaper one.
    Heuristic,
}

/// Cells to hide, with the audit that they pass.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pattern {
    /// For each cell of the system whether it is hidden. Unprinted cells are not counted as hidden.
    pub hidden: Vec<bool>,
    /// What hiding them costs.
    pub cost: u64,
    /// How the pattern was found.
    pub found: Found,
    /// What an outsider can compute of each cell that is not published. It passes.
    pub audit: Audit,
}

/// The cells to hide so that each protection of the system holds.
///
/// Cells with a [`need`](super::Cell::need) are hidden, and of the printed others as cheap ones as can be found: the
/// cheapest, proven, where the [`Limits`] allow (Fischetti and Salazar 2001), else what a heuristic finds and cannot release
/// again. What is returned passes [`audit`](super::audit()), whose protections are proven by whole tables in exact arithmetic.
/// The order of cells and relations changes nothing but which of several equal cells is taken.
///
/// # Errors
///
/// If a cell can be computed too closely from cells that are always published.
///
/// ```
/// use utfall::disclosure::{Limits, Rules, Table, protect};
///
/// // Women and men by sub-project, as the Likes report prints them.
/// let counts = [31, 4, 17, 7, 18, 5, 26, 34];
/// let table = Table::of(&[4, 2], &counts)?;
/// let marked = Rules::default().mark(table.system())?;
/// let pattern = protect(&marked, Limits::default())?;
/// // The 4 men of the first, and three more: in its row, in its column, and where those meet.
/// assert_eq!(pattern.hidden.iter().filter(|hidden| **hidden).count(), 4);
/// assert!(pattern.audit.passes());
/// # Ok::<(), utfall::disclosure::DisclosureError>(())
/// ```
pub fn protect(system: &System, limits: Limits) -> Result<Pattern> {
    let all = vec![true; system.cells().len()];
    let none = vec![false; system.cells().len()];
    let (canonical, order) = canonical(system)?;
    let engine = Engine::new(&canonical);
    let solved = solve(&engine, &all, &none, limits);
    let (protected, found) = solved.map_err(|error| renumbered(error, &order))?;
    Ok(pattern(&engine, &protected, found, &order))
}

/// The cells to hide by rules on counts, so that the patterns of all thresholds lie in each other: whoever raises the
/// threshold hides everything that was hidden, and whoever compares two publications learns nothing.
///
/// The pattern of [`USUAL_THRESHOLD`] is made first. That of a lower threshold is taken from the one above it, that of
/// a higher one adds to the one below it. [`Found::Cheapest`] means the cheapest of those.
///
/// # Errors
///
/// As [`protect`], and if the threshold is out of range.
///
/// ```
/// use utfall::disclosure::{Limits, Rules, Table, protect_by};
///
/// let table = Table::of(&[2, 3], &[6, 3, 20, 9, 14, 8])?;
/// let hidden = |threshold| {
///     let rules = Rules::default().with_threshold(threshold);
///     protect_by(table.system(), rules, Limits::default()).map(|pattern| pattern.hidden)
/// };
/// let (five, ten) = (hidden(5)?, hidden(10)?);
/// assert!(five.iter().zip(ten).all(|(five, ten)| !five || ten));
/// # Ok::<(), utfall::disclosure::DisclosureError>(())
/// ```
pub fn protect_by(system: &System, rules: Rules, limits: Limits) -> Result<Pattern> {
    let asked = |_| Ok(Asked { system: system.clone(), forced: Vec::new() });
    let step = nested(&asked, rules, limits)?.1;
    Ok(pattern(&Engine::new(&step.marked), &step.protected, step.found, &step.order))
}

/// What is to be protected for one threshold.
#[derive(Debug)]
pub(crate) struct Asked {
    pub(crate) system: System,
    /// For each cell whether it is hidden in any case; none beyond its end.
    pub(crate) forced: Vec<bool>,
}

/// The cells that [`protect_by`] hides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Protection {
    /// The system with what is required of each cell.
    system: System,
    /// Why each protection holds.
    protected: Protected,
    /// As [`Pattern::hidden`].
    pub(crate) hidden: Vec<bool>,
    /// As [`Pattern::found`].
    pub(crate) found: Found,
    /// What is hidden for each threshold on the way.
    pub(crate) by_threshold: BTreeMap<u64, Vec<bool>>,
}

impl Protection {
    /// The system with what is required of each cell.
    pub(crate) const fn system(&self) -> &System {
        &self.system
    }

    /// What an outsider can compute of each cell that is not published, by the proofs that were found.
    pub(crate) fn audit(&self) -> Audit {
        audited(&Engine::new(&self.system), &self.protected)
    }
}

/// The cells that [`protect_by`] hides, proven, without the intervals that an outsider can compute, which take longer. What has
/// to be looked at besides what is printed may depend on the threshold: the systems of all thresholds begin with the same cells,
/// and what follows is not printed.
pub(crate) fn hidden_by(
    asked_by: &dyn Fn(u64) -> crate::error::Result<Asked>,
    rules: Rules,
    limits: Limits,
) -> crate::error::Result<Protection> {
    let (by_threshold, step) = nested(asked_by, rules, limits)?;
    let mut cells = step.system.cells().to_vec();
    for (cell, old) in step.marked.cells().iter().zip(&step.order) {
        cells[*old] = *cell;
    }
    Ok(Protection {
        hidden: step.hidden(),
        found: step.found,
        system: step.system.with(|number, cell| *cell = cells[number])?,
        protected: step.protected.renumbered(&step.order),
        by_threshold,
    })
}

/// A pattern for one threshold.
struct Step {
    /// What was asked for.
    system: System,
    /// The same with what is required, in an order of its own.
    marked: System,
    /// Where each of its cells stood.
    order: Vec<usize>,
    protected: Protected,
    found: Found,
}

impl Step {
    /// For each cell as it stood whether it is hidden.
    fn hidden(&self) -> Vec<bool> {
        hidden(&self.marked, &self.protected, &self.order)
    }
}

/// A pattern for the threshold of these rules, between those of the thresholds next to it, with what each of them hides.
fn nested<E: From<DisclosureError>>(
    asked_by: &dyn Fn(u64) -> std::result::Result<Asked, E>,
    rules: Rules,
    limits: Limits,
) -> std::result::Result<(BTreeMap<u64, Vec<bool>>, Step), E> {
    rules.mark(&System::new(Vec::new(), Vec::new())?)?;
    let step = |threshold: u64, before: Option<&[bool]>| -> std::result::Result<Step, E> {
        let Asked { system, forced } = asked_by(threshold)?;
        let (canonical, order) = canonical(&system)?;
        let marked = attainable(rules.with_threshold(threshold).mark(&canonical)?)?;
        let known = |cell: &usize| before.and_then(|before| before.get(*cell)).copied();
        let is_lower = threshold < USUAL_THRESHOLD;
        let allowed: Vec<bool> =
            order.iter().map(|cell| !is_lower || known(cell).unwrap_or(true)).collect();
        let is_forced = |cell: &usize| {
            let is_before = !is_lower && known(cell).unwrap_or(false);
            is_before || forced.get(*cell).copied().unwrap_or(false)
        };
        let forced: Vec<bool> = order.iter().map(is_forced).collect();
        let engine = Engine::new(&marked);
        let (protected, found) =
            solve(&engine, &allowed, &forced, limits).map_err(|error| renumbered(error, &order))?;
        Ok(Step { system, marked, order, protected, found })
    };
    let mut last = step(USUAL_THRESHOLD, None)?;
    let mut by_threshold = BTreeMap::from([(USUAL_THRESHOLD, last.hidden())]);
    let lower = (rules.threshold..USUAL_THRESHOLD).rev();
    for threshold in lower.chain(USUAL_THRESHOLD + 1..=rules.threshold) {
        last = step(threshold, Some(&last.hidden()))?;
        by_threshold.insert(threshold, last.hidden());
    }
    Ok((by_threshold, last))
}

/// An error that names a cell by the number under which it was given.
fn renumbered(error: DisclosureError, order: &[usize]) -> DisclosureError {
    match error {
        DisclosureError::CannotBeProtected { cell } => {
            DisclosureError::CannotBeProtected { cell: order[cell] }
        }
        other => other,
    }
}

/// A pattern within the allowed cells, with the forced ones.
fn solve(
    engine: &Engine<'_>,
    allowed: &[bool],
    forced: &[bool],
    limits: Limits,
) -> Result<(Protected, Found)> {
    let printed = engine.system.cells().iter().zip(allowed);
    let allowed: Vec<bool> =
        printed.map(|(cell, allowed)| *allowed && cell.role == Role::Printed).collect();
    let scope = Scope { allowed: &allowed, forced };
    // The gate: nothing passes that is not proven, whoever found it. What is left then is to hide everything.
    let heuristic = match by_heuristic(engine, scope) {
        Ok(found) if found.holds(engine) => found,
        Ok(_) | Err(_) => everything(engine, scope)?,
    };
    match cheapest(engine, scope, &heuristic, limits).filter(|found| found.holds(engine)) {
        Some(cheapest) => Ok((cheapest, Found::Cheapest)),
        None => Ok((heuristic, Found::Heuristic)),
    }
}

fn everything(engine: &Engine<'_>, scope: Scope<'_>) -> Result<Protected> {
    let least = scope.least(engine).into_iter().zip(scope.allowed);
    let hidden = least.map(|(least, allowed)| least || *allowed).collect();
    let protected = Protected::of(engine, hidden);
    match engine.needy().into_iter().find(|cell| !protected.proves(engine, *cell)) {
        Some(cell) => Err(DisclosureError::CannotBeProtected { cell }),
        None => Ok(protected),
    }
}

/// A protected system in the order in which its cells were given.
fn pattern(engine: &Engine<'_>, protected: &Protected, found: Found, order: &[usize]) -> Pattern {
    let mut audit = audited(engine, protected);
    audit.cells.iter_mut().for_each(|cell| cell.cell = order[cell.cell]);
    audit.cells.sort_by_key(|cell| cell.cell);
    let hidden = hidden(engine.system, protected, order);
    Pattern { cost: engine.system.cost(&protected.hidden), hidden, found, audit }
}

fn hidden(system: &System, protected: &Protected, order: &[usize]) -> Vec<bool> {
    let mut hidden = vec![false; order.len()];
    for (new, old) in order.iter().enumerate() {
        hidden[*old] = protected.hidden[new] && system.cells()[new].role == Role::Printed;
    }
    hidden
}
