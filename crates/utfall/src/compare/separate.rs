//! What each of several causes did, when all mixtures of them are known.
//!
//! The part of a cause is the mean, over all orders in which the causes can be changed one after the other, of what
//! changing it then does. It depends on no order, the parts add up to the whole change, and looked at the other way
//! round they are their opposites: Das Gupta (1993), *Standardization and Decomposition of Rates*, U.S. Bureau of the
//! Census P23-186; it is the value of Shapley (1953).

use super::Cause;

/// Every subset of causes.
pub(super) fn subsets(causes: &[Cause]) -> Vec<Vec<Cause>> {
    let mut subsets = vec![Vec::new()];
    for cause in causes {
        let with = |subset: &Vec<Cause>| subset.iter().copied().chain([*cause]).collect();
        let more: Vec<Vec<Cause>> = subsets.iter().map(with).collect();
        subsets.extend(more);
    }
    subsets
}

/// What each cause did to a value that is known for every subset of changed causes; `None` where one is not known.
pub(super) fn parts(
    causes: &[Cause],
    value: &dyn Fn(&[Cause]) -> Option<f64>,
) -> Option<Vec<(Cause, f64)>> {
    causes.iter().map(|cause| Some((*cause, part(causes, *cause, value)?))).collect()
}

fn part(causes: &[Cause], cause: Cause, value: &dyn Fn(&[Cause]) -> Option<f64>) -> Option<f64> {
    let others: Vec<Cause> = causes.iter().copied().filter(|other| *other != cause).collect();
    let mut sum = 0.0;
    for before in subsets(&others) {
        let after: Vec<Cause> = before.iter().copied().chain([cause]).collect();
        let orders = factorial(before.len()) * factorial(others.len() - before.len());
        sum += orders * (value(&after)? - value(&before)?);
    }
    Some(sum / factorial(causes.len()))
}

fn factorial(number: usize) -> f64 {
    (1..=number).fold(1.0, |product, factor| {
        #[allow(clippy::cast_precision_loss, reason = "there are three causes of a value")]
        let factor = factor as f64;
        product * factor
    })
}

/// The causes that change something in some mixture, whatever the others are; `None` where a mixture is not known.
pub(super) fn movers<T: PartialEq>(
    causes: &[Vec<Cause>],
    seen: &dyn Fn(&[Cause]) -> Option<T>,
) -> Option<Vec<Cause>> {
    let mut movers = Vec::new();
    for (position, block) in causes.iter().enumerate() {
        let mut others = causes.to_vec();
        others.remove(position);
        let mut is_moved = false;
        for subset in 0..1_usize << others.len() {
            let chosen = others.iter().enumerate().filter(|(at, _)| subset & (1 << at) != 0);
            let before: Vec<Cause> = chosen.flat_map(|(_, block)| block.clone()).collect();
            let after: Vec<Cause> = before.iter().chain(block).copied().collect();
            is_moved |= seen(&before)? != seen(&after)?;
        }
        if is_moved {
            movers.extend(block.iter().copied());
        }
    }
    movers.sort_unstable();
    Some(movers)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of Das Gupta (1993, p. 6): a rate that is a product of two factors, 10 · 20 and then 15 · 24.
    /// The part of the first is (15 - 10) · (20 + 24) / 2 = 110, of the second (24 - 20) · (10 + 15) / 2 = 50.
    #[test]
    fn two_factors_have_the_parts_of_das_gupta() {
        let (first, second) = (Cause::Definition, Cause::Data);
        let value = |after: &[Cause]| {
            let a = if after.contains(&first) { 15.0 } else { 10.0 };
            let b = if after.contains(&second) { 24.0 } else { 20.0 };
            Some(a * b)
        };
        let parts = parts(&[first, second], &value).unwrap();
        assert_eq!(parts, vec![(first, 110.0), (second, 50.0)]);
    }

    /// By his formula for three factors: (a' - a) · [(bc + b'c') / 3 + (bc' + b'c) / 6].
    #[test]
    fn three_factors_have_the_parts_of_das_gupta() {
        let value = |after: &[Cause]| {
            let of = |cause, before, then| if after.contains(&cause) { then } else { before };
            Some(
                of(Cause::Definition, 2.0, 3.0)
                    * of(Cause::Data, 5.0, 7.0)
                    * of(Cause::AsOf, 1.0, 4.0),
            )
        };
        let parts = parts(&[Cause::Definition, Cause::Data, Cause::AsOf], &value).unwrap();
        let first: f64 =
            (3.0 - 2.0) * ((5.0 * 1.0 + 7.0 * 4.0) / 3.0 + (5.0 * 4.0 + 7.0 * 1.0) / 6.0);
        assert!((parts[0].1 - first).abs() < 1e-12);
        let sum: f64 = parts.iter().map(|(_, part)| part).sum();
        assert!((sum - (3.0 * 7.0 * 4.0 - 2.0 * 5.0 * 1.0)).abs() < 1e-12);
    }

    #[test]
    fn a_cause_that_changes_nothing_moves_nothing() {
        let seen = |after: &[Cause]| Some(after.contains(&Cause::Data));
        let blocks = [vec![Cause::Data], vec![Cause::Target]];
        assert_eq!(movers(&blocks, &seen), Some(vec![Cause::Data]));
        assert_eq!(movers::<bool>(&blocks, &|_| None), None);
    }
}
