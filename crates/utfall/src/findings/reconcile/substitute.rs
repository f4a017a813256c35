//! What conditions say outright is put into the others, so that little is left to be solved: most printed numbers are
//! those of one cell.

use std::collections::BTreeSet;

use super::linear::{Relation, Row};

/// Conditions without the unknowns whose value is known.
#[derive(Debug)]
pub(super) struct Substituted {
    /// The conditions that are left; the origin of each is its place in `because`.
    pub(super) rows: Vec<Row>,
    /// The origins that made each condition what it is.
    pub(super) because: Vec<BTreeSet<usize>>,
    /// The value of every unknown that has one.
    pub(super) values: Vec<Option<i128>>,
}

/// The value of an unknown, with the origins that give it.
type Known = Option<(i128, BTreeSet<usize>)>;

/// Finds the unknowns of which conditions tell the value, and puts it into the others; if that shows that they cannot
/// hold together, the origins that suffice for that.
pub(super) fn substitute(rows: &[Row], unknowns: usize) -> Result<Substituted, BTreeSet<usize>> {
    let mut known: Vec<Known> = vec![None; unknowns];
    let mut open: Vec<(Row, BTreeSet<usize>)> =
        rows.iter().map(|row| (row.clone(), row.origin.into_iter().collect())).collect();
    loop {
        let (mut left, mut has_found) = (Vec::new(), false);
        for (mut row, mut because) in open {
            put_in(&mut row, &mut because, &known);
            match told(&row) {
                Told::Nothing => left.push((row, because)),
                Told::Impossible => return Err(because),
                Told::Values(value) => {
                    has_found |= !row.terms.is_empty();
                    for (unknown, _) in row.terms {
                        if let Some(place) = known.get_mut(unknown) {
                            *place = Some((value, because.clone()));
                        }
                    }
                }
            }
        }
        open = left;
        if !has_found {
            break;
        }
    }
    let places = open.iter().enumerate();
    let rows = places.map(|(place, (row, _))| Row { origin: Some(place), ..row.clone() }).collect();
    let because = open.into_iter().map(|(_, because)| because).collect();
    let values = known.into_iter().map(|known| known.map(|(value, _)| value)).collect();
    Ok(Substituted { rows, because, values })
}

/// Puts what is known into a condition.
fn put_in(row: &mut Row, because: &mut BTreeSet<usize>, known: &[Known]) {
    let mut number = row.number;
    row.terms.retain(|(unknown, factor)| {
        let Some(Some((value, origins))) = known.get(*unknown) else { return true };
        number = number.saturating_sub(factor.saturating_mul(*value));
        because.extend(origins);
        false
    });
    row.number = number;
}

/// What a condition says by itself.
enum Told {
    Nothing,
    Impossible,
    /// All its unknowns have this value; it has none left, or one, or they are all 0.
    Values(i128),
}

fn told(row: &Row) -> Told {
    let is_positive = row.terms.iter().all(|(_, factor)| *factor > 0);
    match (row.relation, &row.terms[..]) {
        (relation, []) => {
            let holds = match relation {
                Relation::Equal => row.number == 0,
                Relation::AtLeast => row.number <= 0,
                Relation::AtMost => row.number >= 0,
            };
            if holds { Told::Values(0) } else { Told::Impossible }
        }
        (Relation::Equal, [(_, factor)]) if *factor != 0 => {
            let (value, rest) = (row.number / factor, row.number % factor);
            if rest == 0 && value >= 0 { Told::Values(value) } else { Told::Impossible }
        }
        (Relation::Equal | Relation::AtMost, _) if is_positive && row.number < 0 => {
            Told::Impossible
        }
        (Relation::Equal | Relation::AtMost, _) if is_positive && row.number == 0 => {
            Told::Values(0)
        }
        _ => Told::Nothing,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(terms: &[(usize, i128)], relation: Relation, number: i128, origin: usize) -> Row {
        Row { terms: terms.to_vec(), relation, number, origin: Some(origin) }
    }

    #[test]
    fn what_is_said_outright_is_put_into_the_rest() {
        use Relation::{AtLeast, AtMost, Equal};
        let rows = [
            row(&[(0, 1), (1, 1), (2, 1), (3, 1)], Equal, 9, 0),
            row(&[(0, 1)], Equal, 4, 1),
            row(&[(1, 1), (2, 1)], AtMost, 0, 2),
            row(&[(3, 2), (4, 1)], AtLeast, 1, 3),
        ];
        let found = substitute(&rows, 5).unwrap();
        // 9 − 4 leaves 5 for the fourth, so that twice it and the fifth are 1 or more whatever that is.
        assert_eq!(found.values, [Some(4), Some(0), Some(0), Some(5), None]);
        assert_eq!(found.rows, [row(&[(4, 1)], AtLeast, -9, 0)]);
        assert_eq!(found.because, [BTreeSet::from([0, 1, 2, 3])]);
    }

    #[test]
    fn what_cannot_hold_names_what_says_so() {
        use Relation::Equal;
        let rows = [
            row(&[(0, 1)], Equal, 4, 0),
            row(&[(1, 1)], Equal, 4, 1),
            row(&[(0, 1), (2, 1)], Equal, 3, 2),
        ];
        assert_eq!(substitute(&rows, 3).unwrap_err(), BTreeSet::from([0, 2]));
        assert_eq!(substitute(&[row(&[(0, 2)], Equal, 3, 7)], 1).unwrap_err(), BTreeSet::from([7]));
    }
}
