//! Which counts are hidden: as many as it takes that the publication by itself tells no small one, and then as many more that it
//! does not together with what was printed before.

use super::printed::Printed;
use super::{Publication, PublicationRules, told};
use crate::assess::Evaluation;
use crate::disclosure::{Asked, DisclosureError, Found, Limits, Protection, Role, hidden_by};
use crate::error::{Error, Result};
use crate::project::Project;

/// The counts of a publication, and which of them are hidden.
pub(super) struct Pattern {
    pub(super) printed: Printed,
    pub(super) protection: Protection,
    /// For each cell whether it is not shown: hidden, or told before and hidden by what is published now.
    pub(super) masked: Vec<bool>,
}

/// What is printed, and what is hidden of it.
///
/// A table that was printed before makes its counts known, so they need no protection any longer. They are hidden all the same,
/// with what they could be computed from: whoever has this publication alone is to learn no small count from it.
pub(super) fn pattern(
    project: &Project,
    evaluation: &Evaluation,
    asked: &PublicationRules,
    earlier: &[&Publication],
) -> Result<Pattern> {
    let untold = PublicationRules { printed_tables: false, ..asked.clone() };
    let (alone, first) = protected((project, evaluation), &untold, earlier, &|_, _| Vec::new())?;
    if !asked.printed_tables || !told::is_printed(project) {
        return Ok(Pattern { masked: first.hidden.clone(), printed: alone, protection: first });
    }
    let hidden_alone = |threshold: u64, printed: &Printed| {
        first
            .by_threshold
            .get(&threshold)
            .map_or_else(Vec::new, |hidden| alone.hidden_in(hidden, printed))
    };
    // What is added is seldom much, and looking for the cheapest takes longer than all the rest.
    let limits = Limits { cells: 0, ..asked.limits };
    let told = PublicationRules { limits, ..asked.clone() };
    let (printed, mut second) = protected((project, evaluation), &told, earlier, &hidden_alone)?;
    let mut masked = alone.hidden_in(&first.hidden, &printed);
    let is_more = masked.iter().zip(&second.hidden).any(|(alone, hidden)| *hidden && !alone);
    second.found = if is_more { Found::Heuristic } else { first.found };
    masked.iter_mut().zip(&second.hidden).for_each(|(masked, hidden)| *masked |= hidden);
    Ok(Pattern { printed, protection: second, masked })
}

/// The counts that these rules print, protected, with cells that are hidden in any case.
fn protected(
    (project, evaluation): (&Project, &Evaluation),
    asked: &PublicationRules,
    earlier: &[&Publication],
    forced: &dyn Fn(u64, &Printed) -> Vec<bool>,
) -> Result<(Printed, Protection)> {
    let printed_by = |threshold: u64| {
        let rules =
            PublicationRules { rules: asked.rules.with_threshold(threshold), ..asked.clone() };
        Printed::of(project, evaluation, &rules, earlier)
    };
    let asked_by = |threshold: u64| {
        let printed = printed_by(threshold)?;
        let mut forced = forced(threshold, &printed);
        for (forced, cell) in forced.iter_mut().zip(printed.system.cells()) {
            *forced &= cell.role == Role::Printed;
        }
        Ok(Asked { forced, system: printed.system })
    };
    let printed = printed_by(asked.rules.threshold)?;
    match hidden_by(&asked_by, asked.rules, asked.limits) {
        Ok(protection) => Ok((printed, protection)),
        Err(Error::Disclosure(DisclosureError::CannotBeProtected { cell })) => {
            Err(printed.cannot_be_protected(cell, &evaluation.figures))
        }
        Err(error) => Err(error),
    }
}
