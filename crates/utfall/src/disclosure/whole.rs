//! Whole tables where the simplex method gives fractions, as it can in three dimensions and in linked tables.

use std::collections::BTreeSet;

use microlp::{ComparisonOp, OptimizationDirection, Problem, SolveOptions, Variable};

use super::proof::{Engine, Question, Table};
use super::simplex::Simplex;

/// Nodes of the search for one whole table.
const NODES: usize = 200;

/// Cells that the search looks at: those that the fractions move, and their neighbours.
const MOST_CELLS: usize = 400;

/// A whole table that answers the question, near the one with fractions where the simplex method stands.
pub(super) fn whole_table(
    engine: &Engine<'_>,
    simplex: &mut Simplex,
    question: Question,
) -> Option<Table> {
    let mut cells: BTreeSet<usize> = simplex.moved().iter().map(|cell| *cell as usize).collect();
    let moved: Vec<usize> = cells.iter().copied().collect();
    for cell in moved {
        for relation in &engine.relations_of[cell] {
            let parts = engine.system.relations()[*relation].iter().map(|(cell, _)| *cell);
            cells.extend(parts.filter(|part| free(simplex, *part)).take(MOST_CELLS));
        }
    }
    (cells.len() <= MOST_CELLS).then(|| search(engine, simplex, question, &cells)).flatten()
}

fn free(simplex: &Simplex, cell: usize) -> bool {
    let (low, high) = simplex.bounds(cell);
    low < 0.0 || high > 0.0
}

#[expect(clippy::cast_possible_truncation, reason = "deviations are bounded by the reach")]
#[expect(clippy::cast_precision_loss, reason = "coefficients are small whole numbers")]
fn search(
    engine: &Engine<'_>,
    simplex: &Simplex,
    question: Question,
    cells: &BTreeSet<usize>,
) -> Option<Table> {
    let goal = i32::try_from(question.goal).ok()?;
    // Further than a few times the goal no cell needs to go.
    let reach = f64::from(goal.saturating_abs().saturating_mul(4));
    let mut problem = Problem::new(OptimizationDirection::Minimize);
    let variables: Vec<(usize, Variable)> = cells
        .iter()
        .map(|cell| {
            let (low, high) = simplex.bounds(*cell);
            let (mut low, mut high) = (low.max(-reach) as i32, high.min(reach) as i32);
            if *cell == question.cell {
                (low, high) = if goal > 0 { (goal, high) } else { (low, goal) };
            }
            (*cell, problem.add_integer_var(0.0, (low.min(high), high)))
        })
        .collect();
    let variable = |cell: &usize| {
        variables.binary_search_by_key(cell, |(cell, _)| *cell).ok().map(|at| variables[at].1)
    };
    let touched: BTreeSet<usize> =
        cells.iter().flat_map(|cell| engine.relations_of[*cell].iter().copied()).collect();
    for relation in touched {
        let parts = engine.system.relations()[relation].iter();
        let parts: Vec<(Variable, f64)> = parts
            .filter_map(|(cell, factor)| variable(cell).map(|variable| (variable, *factor as f64)))
            .collect();
        problem.add_constraint(parts.as_slice(), ComparisonOp::Eq, 0.0);
    }
    let mut options = SolveOptions::default();
    options.node_limit = Some(NODES as _);
    let solution = problem.solve_with(options).ok()?.into_solution().ok()?;
    let table = variables
        .iter()
        .map(|(cell, variable)| (*cell, solution.var_value(*variable).round() as i64));
    Some(table.filter(|(_, by)| *by != 0).collect())
}
