//! Time to outcome: what holds for all durations, and the textbook's formulas worked out the long way.

use proptest::collection::vec;
use proptest::prelude::*;
use utfall::stats::{CumulativeIncidence, Estimate, EventTable, SurvivalCurve};

use crate::check;

const KINDS: usize = 3;

/// A duration, how it ended, and the units that did so.
type Spell = (u32, u8, u64);

/// Spells with many ties, some of nobody, some or all of them censored.
fn spells() -> impl Strategy<Value = Vec<Spell>> {
    let times = prop_oneof![0..9_u32, 0..40_u32, Just(100_000)];
    vec((times, 0..=3_u8, prop_oneof![Just(1_u64), 0..5_u64]), 0..30)
}

fn curves(spells: &[Spell]) -> CumulativeIncidence {
    EventTable::new(spells.iter().copied(), KINDS).unwrap().incidence()
}

/// How many units have a duration and an ending of some sort.
fn units(spells: &[Spell], counts: impl Fn(u32, u8) -> bool) -> f64 {
    let counted = spells.iter().filter(|(time, event, _)| counts(*time, *event));
    f64::from(u32::try_from(counted.map(|(.., units)| *units).sum::<u64>()).unwrap())
}

fn assert_near(found: f64, expected: f64, tolerance: f64) {
    let near = (found - expected).abs() <= tolerance * expected.abs().max(1e-6);
    assert!(near, "{found} is not {expected}");
}

/// S before a time, by its definition: the product over earlier times.
fn survival_before(spells: &[Spell], times: &[u32], end: u32) -> f64 {
    let earlier = times.iter().filter(|time| **time < end);
    let factor = |time: &u32| {
        let at_risk = units(spells, |other, _| other >= *time);
        1.0 - units(spells, |other, event| other == *time && event > 0) / at_risk
    };
    earlier.map(factor).product()
}

/// The incidence of a kind by a time: the sum over times up to it.
fn incidence(spells: &[Spell], times: &[u32], kind: u8, end: u32) -> f64 {
    let steps = times.iter().filter(|time| **time <= end).map(|time| {
        let of_kind = units(spells, |other, event| other == *time && event == kind);
        survival_before(spells, times, *time) * of_kind / units(spells, |other, _| other >= *time)
    });
    steps.sum()
}

/// Its variance: the delta method's three sums.
fn variance(spells: &[Spell], times: &[u32], kind: u8, end: u32) -> f64 {
    let by_end = incidence(spells, times, kind, end);
    let terms = times.iter().filter(|time| **time <= end).map(|time| {
        let n = units(spells, |other, _| other >= *time);
        let d = units(spells, |other, event| other == *time && event > 0);
        let c = units(spells, |other, event| other == *time && event == kind);
        let s = survival_before(spells, times, *time);
        let rest = by_end - incidence(spells, times, kind, *time);
        let first = if n > d { rest * rest * d / (n * (n - d)) } else { 0.0 };
        first + s * s * c * (n - c) / (n * n * n) - 2.0 * rest * s * c / (n * n)
    });
    terms.sum()
}

#[test]
fn curves_are_those_of_the_textbook() {
    check(200, &spells(), |spells| {
        let curves = curves(&spells);
        let mut times: Vec<u32> =
            spells.iter().filter(|(.., units)| *units > 0).map(|(time, ..)| *time).collect();
        times.sort_unstable();
        times.dedup();
        assert_eq!(curves.overall().times().len(), times.len());
        for (step, time) in times.iter().enumerate() {
            let survival = survival_before(&spells, &times, time + 1);
            assert!((curves.overall().survival()[step] - survival).abs() < 1e-13);
            for kind in 1..=3_u8 {
                let place = usize::from(kind) - 1;
                let expected = incidence(&spells, &times, kind, *time);
                assert!((curves.incidence()[place][step] - expected).abs() < 1e-13);
                let expected = variance(&spells, &times, kind, *time);
                assert!((curves.variance()[place][step] - expected).abs() < 1e-14);
            }
        }
    });
}

#[test]
fn everybody_is_without_an_event_or_has_had_one() {
    check(500, &spells(), |spells| {
        let curves = curves(&spells);
        for step in 0..curves.overall().times().len() {
            let had: f64 = curves.incidence().iter().map(|kind| kind[step]).sum();
            assert_near(had + curves.overall().survival()[step], 1.0, 1e-13);
        }
    });
}

#[test]
fn neither_order_nor_splitting_nor_the_unit_of_time_changes_anything() {
    let spells =
        spells().prop_flat_map(|spells| (Just(spells.clone()), Just(spells).prop_shuffle()));
    check(500, &spells, |(spells, shuffled)| {
        let expected = curves(&spells);
        let single = shuffled
            .iter()
            .flat_map(|(time, event, units)| (0..*units).map(move |_| (*time, *event, 1)));
        let found = EventTable::new(single, KINDS).unwrap().incidence();
        assert_eq!(found, expected);
        // Fractions are sorted where whole numbers are counted.
        let stretched = shuffled
            .iter()
            .map(|(time, event, units)| (f64::from(*time) * 1.375 + 0.1, *event, *units));
        let found = EventTable::new(stretched, KINDS).unwrap().incidence();
        assert_eq!(found.incidence(), expected.incidence());
        assert_eq!(found.variance(), expected.variance());
        assert_eq!(found.overall().survival(), expected.overall().survival());
        assert_eq!(found.overall().at_risk(), expected.overall().at_risk());
    });
}

#[test]
fn one_composite_event_is_the_complement_of_one_kind() {
    check(500, &spells(), |spells| {
        let composite: Vec<Spell> =
            spells.iter().map(|(time, event, units)| (*time, (*event).min(1), *units)).collect();
        let table = EventTable::new(composite, 1).unwrap();
        let (survival, curves) = (table.survival(), table.incidence());
        assert_eq!(&survival, curves.overall());
        let one = curves.incidence()[0].iter().zip(&curves.variance()[0]);
        let other = survival.survival().iter().zip(survival.variance());
        for ((incidence, variance), (survival, greenwood)) in one.zip(other) {
            assert_near(1.0 - incidence, *survival, 1e-9);
            assert!((variance - greenwood).abs() <= 1e-10 * greenwood.max(1e-5));
        }
    });
}

#[test]
fn followed_to_the_horizon_incidence_is_the_plain_share() {
    check(500, &(spells(), 0..40_u32), |(mut spells, horizon)| {
        // Who is censored is so after the horizon.
        spells.iter_mut().filter(|spell| spell.1 == 0).for_each(|spell| spell.0 += horizon + 1);
        let curves = curves(&spells);
        let n = units(&spells, |_, _| true);
        let Some(found) = curves.at(f64::from(horizon), 0.95).unwrap() else {
            return assert!(
                n == 0.0 || spells.iter().all(|(_, event, units)| *event > 0 || *units == 0)
            );
        };
        let steps = curves.overall().times().iter().filter(|time| **time <= f64::from(horizon));
        let steps = steps.count();
        for (kind, found) in (1..).zip(found) {
            let share = units(&spells, |time, event| time <= horizon && event == kind) / n;
            assert_eq!(found.value.to_bits(), share.to_bits());
            if steps > 0 {
                let variance = curves.variance()[usize::from(kind) - 1][steps - 1];
                assert!((variance - share * (1.0 - share) / n).abs() < 1e-15);
            }
        }
    });
}

fn is_within(estimate: Estimate) -> bool {
    let Estimate { value, low, high } = estimate;
    if [0.0, 1.0].contains(&value) {
        return low.is_nan() && high.is_nan();
    }
    0.0 <= low && low <= value && value <= high && high <= 1.0
}

#[test]
fn what_nobody_was_followed_to_is_not_estimated() {
    check(500, &(spells(), 0..60_u32), |(spells, horizon)| {
        let curves = curves(&spells);
        let last = spells.iter().filter(|(.., units)| *units > 0).map(|(time, ..)| *time).max();
        let is_open = |time: u32| units(&spells, |other, event| other == time && event == 0) > 0.0;
        let can_be = last.is_some_and(|last| horizon <= last || !is_open(last));
        let horizon = f64::from(horizon);
        let survival = curves.overall().at(horizon, 0.9).unwrap();
        let incidence = curves.at(horizon, 0.9).unwrap();
        assert_eq!((survival.is_some(), incidence.is_some()), (can_be, can_be));
        assert!(survival.into_iter().chain(incidence.into_iter().flatten()).all(is_within));
    });
}

#[test]
fn a_quantile_is_the_first_time_that_is_far_enough() {
    check(500, &(spells(), 1..10_u32), |(spells, tenths)| {
        let curve: SurvivalCurve = EventTable::new(spells, KINDS).unwrap().survival();
        let share = f64::from(tenths) / 10.0;
        let had = |survival: &f64| 1.0 - survival >= share - 1e-11;
        let steps = curve.times().iter().zip(curve.survival());
        let expected = steps.filter(|(_, survival)| had(survival)).map(|(time, _)| *time).next();
        let found = curve.quantile(share, 0.9).unwrap();
        assert_eq!(found.map(|found| found.value), expected);
        if let Some(Estimate { value, low, high }) = found {
            assert!(low <= value && (high.is_nan() || value <= high));
        }
    });
}
