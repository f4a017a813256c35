//! Goals that no register can compute: the lowest rating decides.

use chrono::NaiveDate;
use indexmap::IndexMap;

use super::verdict::Judgement;
use crate::project::{Goal, Project, Promise, Threshold};

/// The position on the scale of the lowest rating at `as_of`; `None` while a declared part is unrated.
///
/// A part counts with its latest rating. As soon as one rating names a level of a column, every declared level of that
/// column is a part that has to be rated; a rating of the whole project rates every part that has none of its own.
pub(super) fn lowest_rating(project: &Project, goal: &Goal, as_of: NaiveDate) -> Option<usize> {
    let mut of_whole: Option<(NaiveDate, usize)> = None;
    let mut of_parts: IndexMap<Vec<(String, String)>, (NaiveDate, usize)> = IndexMap::new();
    for evidence in goal.evidence.iter().filter(|evidence| evidence.on <= as_of) {
        let rank = goal.scale.iter().position(|rating| *rating == evidence.rating)?;
        let rated = (evidence.on, rank);
        let part: Vec<(String, String)> = evidence
            .part
            .iter()
            .flat_map(|part| &part.0)
            .map(|(column, level)| (column.clone(), level.to_string()))
            .collect();
        if part.is_empty() {
            of_whole = Some(of_whole.map_or(rated, |known| known.max(rated)));
        } else {
            let known = of_parts.entry(part).or_insert(rated);
            *known = (*known).max(rated);
        }
    }
    let columns = goal
        .evidence
        .iter()
        .flat_map(|evidence| &evidence.part)
        .flat_map(|part| part.0.keys())
        .collect::<indexmap::IndexSet<_>>();
    let mut ranks: Vec<usize> = of_parts.values().map(|(_, rank)| *rank).collect();
    for column in columns {
        let levels = project.registers.keys().find_map(|register| {
            project.columns(register)?.get(column.as_str()).map(|column| &column.levels)
        })?;
        for code in levels.codes() {
            let is_rated = of_parts
                .keys()
                .any(|part| part.iter().any(|(name, level)| name == column && level == code));
            if !is_rated {
                ranks.push(of_whole?.1);
            }
        }
    }
    if ranks.is_empty() { of_whole.map(|(_, rank)| rank) } else { ranks.into_iter().min() }
}

/// The verdict of a rating.
pub(super) fn judge(promise: &Promise, goal: &Goal, rank: usize) -> Judgement {
    let rank_of = |threshold: &Threshold| match threshold {
        Threshold::Rating(rating) => goal.scale.iter().position(|known| known == rating),
        Threshold::Number(_) => None,
    };
    let is_met = match promise {
        Promise::AtLeast(low) => rank_of(low).is_some_and(|low| rank >= low),
        Promise::AtMost(high) => rank_of(high).is_some_and(|high| rank <= high),
        Promise::Between(low, high) => {
            rank_of(low).is_some_and(|low| rank >= low)
                && rank_of(high).is_some_and(|high| rank <= high)
        }
        // A checked project promises neither of a rating.
        Promise::All | Promise::Exists => false,
    };
    if is_met { Judgement::Met } else { Judgement::NotMet }
}
