//! Figures that are others.

use std::collections::{BTreeSet, HashMap};

use super::mixture::{COUNTED, Mixtures};
use super::separate::{movers, parts};
use super::{Cause, FigureDifference, Side};
use crate::assess::{Figure, Figures, State};
use crate::tally::Accounting;

/// An indicator and a group, by which figures of two evaluations meet.
type Key = (String, Vec<(String, String)>);

/// What is the same where a figure is: its state, its value to the last bit, and its counts. Who is outside has no part in
/// it.
type Seen = (State, Option<u64>, Option<Accounting>);

pub(super) fn figures(
    before: Side<'_>,
    after: Side<'_>,
    mixtures: &Mixtures<'_>,
) -> Vec<FigureDifference> {
    let (one, other) = (&before.evaluation.figures, &after.evaluation.figures);
    let is_comparable = comparable(one, other);
    let (old, new) = (by_key(one), by_key(other));
    let old_only = one.iter().map(|figure| key(one, figure));
    let mut keys: Vec<Key> = other.iter().map(|figure| key(other, figure)).collect();
    keys.extend(old_only.filter(|key| !new.contains_key(key)));
    let looked_up = Looked { mixtures, found: mixed(mixtures) };
    keys.into_iter()
        .filter(|key| is_comparable(key))
        .filter_map(|key| {
            let (old, new) = (old.get(&key).copied(), new.get(&key).copied());
            let is_same = match (old, new) {
                (Some(old), Some(new)) => seen(one, old) == seen(other, new),
                (None, None) => true,
                _ => false,
            };
            if is_same {
                return None;
            }
            let values = (old.and_then(|old| one.value(old)), new.and_then(|new| other.value(new)));
            Some(looked_up.difference(key, (old, new), values))
        })
        .collect()
}

/// The figures of every mixture, to be looked up.
struct Looked<'m> {
    mixtures: &'m Mixtures<'m>,
    found: HashMap<Vec<Cause>, Mixed<'m>>,
}

type Mixed<'m> = (&'m Figures, HashMap<Key, &'m Figure>);

fn mixed<'m>(mixtures: &'m Mixtures<'m>) -> HashMap<Vec<Cause>, Mixed<'m>> {
    if !mixtures.is_complete() || mixtures.causes().len() < 2 {
        return HashMap::new();
    }
    let subsets = super::separate::subsets(&mixtures.causes()).into_iter();
    let known = subsets.filter_map(|subset| {
        let figures = mixtures.figures(&subset)?;
        Some((subset, (figures, by_key(figures))))
    });
    known.collect()
}

impl Looked<'_> {
    fn difference(
        &self,
        key: Key,
        (old, new): (Option<&Figure>, Option<&Figure>),
        (value_before, value_after): (Option<f64>, Option<f64>),
    ) -> FigureDifference {
        let is_protected =
            [old, new].into_iter().flatten().any(|figure| figure.state == State::Suppressed);
        let change = match (value_before, value_after) {
            (Some(before), Some(after)) if !is_protected => Some(after - before),
            _ => None,
        };
        let (causes, is_separated) = self.causes(&key);
        let parts = if is_separated { self.parts(&key, &causes, change) } else { None };
        let (indicator, group) = key;
        FigureDifference {
            indicator,
            group,
            before: old.cloned(),
            value_before,
            after: new.cloned(),
            value_after,
            change,
            parts,
            causes,
            is_separated,
            is_protected,
        }
    }

    /// What changed a figure, and whether that is certain.
    fn causes(&self, key: &Key) -> (Vec<Cause>, bool) {
        if self.mixtures.is_of_one_side(&key.0) {
            return (vec![Cause::Definition], true);
        }
        let possible = self.mixtures.possible(&key.0);
        if possible.len() <= 1 {
            return (possible, true);
        }
        let blocks: Vec<Vec<Cause>> =
            self.mixtures.causes().into_iter().map(|cause| vec![cause]).collect();
        let seen = |after: &[Cause]| {
            let (figures, by_key) = self.at(after)?;
            Some(seen(figures, by_key.get(key)?))
        };
        movers(&blocks, &seen).map_or((possible, false), |causes| (causes, true))
    }

    fn parts(&self, key: &Key, causes: &[Cause], change: Option<f64>) -> Option<[f64; 3]> {
        let change = change?;
        let found = match causes {
            [] => Vec::new(),
            [cause] => vec![(*cause, change)],
            _ => {
                let value = |after: &[Cause]| {
                    let (figures, by_key) = self.at(after)?;
                    figures.value(by_key.get(key)?)
                };
                parts(&self.mixtures.causes(), &value)?
            }
        };
        let of = |cause: Cause| {
            found.iter().find(|(known, _)| *known == cause).map_or(0.0, |(_, part)| *part)
        };
        Some(COUNTED.map(of))
    }

    fn at(&self, after: &[Cause]) -> Option<&Mixed<'_>> {
        let mut ordered = after.to_vec();
        ordered.sort_unstable();
        self.found.get(&ordered)
    }
}

/// Whether a figure can be compared: an indicator that only one side has, as a whole; else the tables that both have.
fn comparable<'f>(one: &'f Figures, other: &'f Figures) -> impl Fn(&Key) -> bool + 'f {
    let tables = |figures: &'f Figures| {
        let table = |figure: &'f Figure| {
            let by: Vec<&str> = figures.group(figure).map(|(column, _)| column).collect();
            (figures.indicator(figure), by)
        };
        figures.iter().map(table).collect::<BTreeSet<_>>()
    };
    let (one, other) = (tables(one), tables(other));
    move |(indicator, group)| {
        let by: Vec<&str> = group.iter().map(|(column, _)| column.as_str()).collect();
        let overall = (indicator.as_str(), Vec::new());
        if one.contains(&overall) == other.contains(&overall) {
            let table = (indicator.as_str(), by);
            return one.contains(&table) && other.contains(&table);
        }
        by.is_empty()
    }
}

fn key(figures: &Figures, figure: &Figure) -> Key {
    let group = figures.group(figure);
    let group = group.map(|(column, code)| (column.to_owned(), code.to_owned()));
    (figures.indicator(figure).to_owned(), group.collect())
}

fn by_key(figures: &Figures) -> HashMap<Key, &Figure> {
    figures.iter().map(|figure| (key(figures, figure), figure)).collect()
}

fn seen(figures: &Figures, figure: &Figure) -> Seen {
    let counts = figure.counts.map(|counts| Accounting { outside: 0, ..counts });
    (figure.state, figures.value(figure).map(f64::to_bits), counts)
}

#[cfg(test)]
mod tests {
    use crate::assess::State;
    use crate::compare::{Difference, Side};
    use crate::data::{Table, Values};
    use crate::{Evaluator, Project, day};

    /// No change is told of a figure that is protected on one side.
    #[test]
    fn a_protected_figure_has_no_change() {
        let project = Project::from_toml(
            r#"
            schema = 1
            name = "Staff"
            [registers.staff]
            unit = "member"
            columns.gender = { header = "Kön", type = "level", levels = ["woman", "man"] }
            [indicators.men]
            kind = "share"
            register = "staff"
            having = { gender = "man" }
            "#,
        )
        .unwrap();
        let evaluation = |genders: &[&'static str]| {
            let mut evaluator =
                Evaluator::new(&project, day::parse("2022-06-30").unwrap()).unwrap();
            let genders = Values::from_texts(genders.iter().map(|gender| Some(*gender)));
            evaluator.add("staff", &Table::new([("Kön", genders)])).unwrap();
            evaluator.finish().unwrap()
        };
        let before = evaluation(&["woman", "man"]);
        let mut after = evaluation(&["woman", "man", "man"]);
        after.figures.rows[0].state = State::Suppressed;
        after.figures.rows[0].counts = None;
        let side = |evaluation| Side { project: &project, evaluation };
        for (one, other) in [(&before, &after), (&after, &before)] {
            let difference = Difference::between(side(one), side(other));
            let figure = &difference.figures[0];
            assert!(figure.is_protected);
            assert_eq!((figure.change, figure.parts), (None, None));
        }
    }
}
