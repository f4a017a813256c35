//! Small work: the cheapest cells to hide, proven.
//!
//! Fischetti and Salazar (*Management Science* 2001): which cells are hidden is a programme of zeros and ones, whose
//! conditions are made as they are broken. Where a cell is stuck, the row of the dictionary says how far each
//! published cell would let it move; together they must let it move as far as its protection asks for.

use std::collections::BTreeMap;

use microlp::{ComparisonOp, OptimizationDirection, Problem, SolveOptions, Variable};

use super::heuristic::{Protected, Scope};
use super::proof::{Engine, PIVOTS_OF_A_QUESTION, Question};
use super::protect::Limits;
use super::simplex::{Push, Simplex};
use super::system::Role;
use super::tidy::tidy;

/// A condition: the cells that could help, how far each lets the stuck cell move, and how far it must.
#[derive(Debug, Clone, PartialEq)]
struct Condition {
    cells: Vec<(usize, f64)>,
    least: f64,
}

/// What is missing to be right about a condition that is broken.
const SLACK: f64 = 1e-6;

/// Rounds of conditions from fractions, before whole answers are asked for.
const ROUNDS: usize = 40;

struct Search<'a> {
    engine: &'a Engine<'a>,
    scope: Scope<'a>,
    simplex: Simplex,
    conditions: Vec<Condition>,
    questions: Vec<Question>,
    pivots: u64,
}

/// The cheapest pattern, if it is found and proven within the limits; never dearer than the one that is known.
pub(super) fn cheapest(
    engine: &Engine<'_>,
    scope: Scope<'_>,
    known: &Protected,
    limits: Limits,
) -> Option<Protected> {
    let least = scope.least(engine);
    let free = |cell: &usize| scope.allowed[*cell] && !engine.unknown(&least, *cell);
    if (0..least.len()).filter(free).count() > limits.cells {
        return None;
    }
    let simplex = engine.simplex(|cell| scope.allowed[cell] || engine.unknown(&least, cell));
    let mut search = Search {
        engine,
        scope,
        simplex,
        conditions: Vec::new(),
        questions: questions(engine),
        pivots: limits.pivots,
    };
    let upper = engine.system.cost(&known.hidden);
    for _ in 0..ROUNDS {
        let hiding = search.solve(None)?;
        if search.least_cost(&hiding) >= upper {
            return Some(known.clone());
        }
        if !search.ask(&hiding)? {
            break;
        }
    }
    loop {
        let hiding = search.solve(Some(limits.nodes))?;
        let hidden: Vec<bool> = hiding.iter().map(|hiding| *hiding > 0.5).collect();
        if search.least_cost(&hiding) >= upper {
            return Some(known.clone());
        }
        if search.ask(&hiding)? {
            continue;
        }
        let mut found = Protected::of(engine, hidden);
        if found.holds(engine) {
            tidy(engine, scope, &mut found);
            return Some(found);
        }
        // Only fractions balance it: something else must be hidden.
        search.refuse(&found.hidden)?;
    }
}

fn questions(engine: &Engine<'_>) -> Vec<Question> {
    let lone: Vec<usize> =
        (0..engine.system.cells().len()).filter(|cell| engine.system.cells()[*cell].lone).collect();
    let mut questions = Vec::new();
    for cell in engine.needy() {
        let Some((low, high)) = engine.goals(cell) else { continue };
        questions.extend([high, low].map(|goal| Question { cell, goal, insider: None }));
        let others = lone.iter().filter(|insider| engine.asks(**insider, cell));
        questions.extend(others.map(|insider| Question { cell, goal: 1, insider: Some(*insider) }));
    }
    questions.retain(|question| question.goal != 0);
    questions
}

impl Search<'_> {
    /// How far each cell is hidden in the cheapest way that keeps the conditions so far: whole with a limit of nodes, else
    /// in fractions. `None` if that was not found.
    #[expect(clippy::cast_precision_loss, reason = "costs are small")]
    fn solve(&self, nodes: Option<usize>) -> Option<Vec<f64>> {
        let mut hiding: Vec<f64> = self
            .scope
            .least(self.engine)
            .into_iter()
            .map(|hidden| f64::from(u8::from(hidden)))
            .collect();
        let mut problem = Problem::new(OptimizationDirection::Minimize);
        let mut variables: BTreeMap<usize, Variable> = BTreeMap::new();
        for (cell, _) in self.conditions.iter().flat_map(|condition| &condition.cells) {
            let cost = self.engine.system.cells()[*cell].cost.max(1) as f64;
            variables.entry(*cell).or_insert_with(|| match nodes {
                Some(_) => problem.add_binary_var(cost),
                None => problem.add_var(cost, (0.0, 1.0)),
            });
        }
        if variables.is_empty() {
            return Some(hiding);
        }
        for condition in &self.conditions {
            let parts = condition.cells.iter();
            let parts: Vec<(Variable, f64)> =
                parts.map(|(cell, pace)| (variables[cell], *pace)).collect();
            problem.add_constraint(parts.as_slice(), ComparisonOp::Ge, condition.least);
        }
        let mut options = SolveOptions::default();
        options.node_limit = nodes.map(|nodes| nodes as _);
        let outcome = problem.solve_with(options).ok()?;
        if !outcome.is_optimal() {
            return None;
        }
        let solution = outcome.into_solution().ok()?;
        for (cell, variable) in variables {
            hiding[cell] = solution.var_value(variable).clamp(0.0, 1.0);
        }
        Some(hiding)
    }

    /// What any whole pattern costs at least, if this one is the cheapest in fractions.
    #[expect(clippy::cast_precision_loss, reason = "costs are small")]
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "costs are small")]
    fn least_cost(&self, hiding: &[f64]) -> u64 {
        let cells = self.engine.system.cells().iter().zip(hiding);
        let printed = cells.filter(|(cell, _)| cell.role == Role::Printed);
        let cost: f64 = printed.map(|(cell, hiding)| cell.cost as f64 * hiding).sum();
        (cost - 1e-4).ceil().max(0.0) as u64
    }

    /// Notes the conditions that are broken, and tells whether there were any. `None` if the pivots are used up.
    fn ask(&mut self, hiding: &[f64]) -> Option<bool> {
        let before = self.conditions.len();
        let engine = self.engine;
        for question in std::mem::take(&mut self.questions) {
            let reach = question.goal.unsigned_abs();
            self.open(hiding, reach, question.insider);
            self.simplex.restart();
            let started = self.simplex.pivots();
            #[expect(clippy::cast_precision_loss, reason = "values are below 2^50")]
            let goal = question.goal as f64;
            let push =
                self.simplex.push(question.cell, goal, question.goal > 0, PIVOTS_OF_A_QUESTION);
            let spent = self.simplex.pivots() - started;
            self.pivots = self.pivots.checked_sub(spent)?;
            match push {
                Push::Reached => {}
                Push::Stuck => {
                    // What nothing can answer must not call for more to be hidden.
                    if question.insider.is_some_and(|who| engine.is_moot(who, question.cell)) {
                        continue;
                    }
                    let condition = self.condition(question)?;
                    let broken = condition.cells.iter().map(|(cell, pace)| hiding[*cell] * pace);
                    if broken.sum::<f64>() < condition.least - SLACK {
                        self.conditions.push(condition);
                    }
                }
                Push::Unbounded | Push::Spent => return None,
            }
            self.questions.push(question);
        }
        Some(self.conditions.len() > before)
    }

    /// Lets each cell move as far as it is hidden.
    fn open(&mut self, hiding: &[f64], reach: u64, insider: Option<usize>) {
        #[expect(clippy::cast_precision_loss, reason = "values are below 2^50")]
        let reach = reach as f64;
        for (cell, hiding) in hiding.iter().enumerate() {
            let (low, high) = self.engine.range(cell);
            let whole =
                *hiding > 1.0 - SLACK || self.engine.system.cells()[cell].role.is_unprinted();
            if insider == Some(cell) || (*hiding < SLACK && !whole) {
                self.simplex.bound(cell, 0.0, 0.0);
            } else if whole {
                self.simplex.bound(cell, low, high);
            } else {
                self.simplex.bound(cell, low.max(-reach) * hiding, high.min(reach) * hiding);
            }
        }
    }

    /// Why a cell is stuck: in terms of the cells that may yet be hidden. `None` if nothing can help.
    #[expect(clippy::cast_precision_loss, reason = "values are below 2^50")]
    fn condition(&mut self, question: Question) -> Option<Condition> {
        let sign = if question.goal > 0 { 1.0 } else { -1.0 };
        let mut least = question.goal.unsigned_abs() as f64;
        let sure = self.scope.least(self.engine);
        let mut cells = Vec::new();
        for (cell, pace) in self.simplex.reasons(question.cell) {
            let (cell, pace) = (*cell as usize, pace * sign);
            if question.insider == Some(cell) {
                continue;
            }
            let (low, high) = self.engine.range(cell);
            let room = if pace > 0.0 { high } else { -low };
            let helps = if room == 0.0 { 0.0 } else { pace.abs() * room };
            if self.engine.unknown(&sure, cell) {
                least -= helps;
            } else if helps > 0.0 {
                cells.push((cell, helps));
            }
        }
        if least <= 0.0 || cells.is_empty() {
            return None;
        }
        for (_, helps) in &mut cells {
            *helps = helps.min(least);
        }
        Some(Condition { cells, least })
    }

    /// Refuses a pattern that only fractions balance.
    fn refuse(&mut self, hidden: &[bool]) -> Option<()> {
        let engine = self.engine;
        let others = (0..hidden.len())
            .filter(|cell| self.scope.allowed[*cell] && !engine.unknown(hidden, *cell));
        let cells: Vec<(usize, f64)> = others.map(|cell| (cell, 1.0)).collect();
        if cells.is_empty() {
            return None;
        }
        self.conditions.push(Condition { cells, least: 1.0 });
        Some(())
    }
}
