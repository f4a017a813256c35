//! Staffing need, worked out by hand.

use utfall::stats::{StaffDensity, StaffingNeed, StaffingScenario, staffing_need};

/// Heads below 80 and from 80 on, in three years.
const POPULATION: [[f64; 2]; 3] = [[900.0, 100.0], [900.0, 110.0], [900.0, 130.0]];

/// The same staff per head: 90 by use 1 and 9 of 1,800, or as densities.
const BY_USE: StaffDensity<'_> = StaffDensity::ByUse { use_per_head: &[1.0, 9.0], staff: 90.0 };
const PER_HEAD: StaffDensity<'_> = StaffDensity::PerHead { density: &[0.05, 0.45], staff: None };

const SCENARIO: StaffingScenario<'_> = StaffingScenario {
    attrition: &[0.1],
    completion: 0.8,
    entry: 0.9,
    full_time: 0.75,
    planned: &[10.0, 50.0],
};

fn need(density: StaffDensity<'_>, scenario: &StaffingScenario<'_>) -> StaffingNeed {
    staffing_need(&POPULATION, density, scenario).unwrap().unwrap()
}

fn assert_near(found: &[f64], expected: &[f64]) {
    assert_eq!(found.len(), expected.len());
    for (found, expected) in found.iter().zip(expected) {
        assert!((found - expected).abs() < 1e-12 * expected.abs().max(1.0), "{found} {expected}");
    }
}

/// The premise of the projects for assistant nurses: twice as many in twenty years at today's density.
#[test]
fn doubling_in_twenty_years_is_three_and_a_half_percent_a_year() {
    let population: Vec<[f64; 1]> =
        (0..=20).map(|year| [1000.0 * 2_f64.powf(f64::from(year) / 20.0)]).collect();
    let density = StaffDensity::PerHead { density: &[0.04], staff: None };
    let found = staffing_need(&population, density, &StaffingScenario::default()).unwrap().unwrap();
    assert_near(&[found.need[0], found.need[20], found.index[20]], &[40.0, 80.0, 2.0]);
    // 2^(1/20) - 1, bc -l with 30 digits.
    assert_near(&[found.growth.unwrap()], &[0.035_264_923_841_377_49]);
    // Nobody leaves, so that the intakes of all years are the growth.
    assert_near(&[found.intake.iter().sum()], &[40.0]);
}

/// 0.05 × 900 + 0.45 × 100 = 90, and so on.
#[test]
fn need_follows_the_population() {
    for density in [BY_USE, PER_HEAD] {
        let found = need(density, &SCENARIO);
        assert_near(&found.need, &[90.0, 94.5, 103.5]);
        assert_near(&found.index, &[1.0, 1.05, 1.15]);
        // The square root of 1.15.
        assert_near(&[found.growth.unwrap()], &[0.072_380_529_476_360_8]);
    }
}

/// A tenth leaves each year; 0.8 × 0.9 × 0.75 = 0.54 full-time equivalents come of one who begins.
#[test]
fn intake_replaces_and_grows() {
    let found = need(BY_USE, &SCENARIO);
    assert_near(&found.intake, &[(94.5 - 81.0) / 0.54, (103.5 - 85.05) / 0.54]);
    assert_near(&found.supply, &[90.0, 81.0 + 5.4, 77.76 + 27.0]);
    assert_near(&found.gap, &[0.0, 8.1, -1.26]);
}

/// Eighty where ninety are needed: the first intake makes up for it too.
#[test]
fn staff_may_be_fewer_than_needed_from_the_first() {
    let density = StaffDensity::PerHead { density: &[0.05, 0.45], staff: Some(80.0) };
    let found = need(density, &StaffingScenario { planned: &[], ..SCENARIO });
    assert_near(&found.intake, &[(94.5 - 72.0) / 0.54, (103.5 - 85.05) / 0.54]);
    assert_near(&found.supply, &[80.0, 72.0, 64.8]);
    assert_near(&found.gap, &[10.0, 22.5, 38.7]);
}

#[test]
fn each_step_may_have_an_attrition_of_its_own() {
    let found = need(BY_USE, &StaffingScenario { attrition: &[0.0, 0.5], ..Default::default() });
    assert_near(&found.intake, &[4.5, 103.5 - 47.25]);
}

/// Where the need falls faster than staff leaves, nobody has to begin, and who is there stays.
#[test]
fn intake_is_never_negative() {
    let density = StaffDensity::PerHead { density: &[0.1], staff: None };
    let scenario = StaffingScenario { attrition: &[0.2], ..Default::default() };
    let population = [[1000.0], [500.0], [700.0]];
    let found = staffing_need(&population, density, &scenario).unwrap().unwrap();
    // 100, then 80 where 50 are needed, then 64 where 70 are.
    assert_near(&found.intake, &[0.0, 6.0]);
    assert_near(&found.gap, &[0.0, -30.0, 6.0]);
}

#[test]
fn nothing_to_grow_from_is_none() {
    let scenario = StaffingScenario::default();
    assert_eq!(staffing_need::<[f64; 2]>(&[], BY_USE, &scenario).unwrap(), None);
    assert_eq!(staffing_need(&[[0.0, 0.0], [1.0, 1.0]], BY_USE, &scenario).unwrap(), None);
    assert_eq!(staffing_need(&[[0.0, 0.0], [1.0, 1.0]], PER_HEAD, &scenario).unwrap(), None);
    let one = staffing_need(&POPULATION[..1], BY_USE, &scenario).unwrap().unwrap();
    assert_eq!((one.growth, one.intake.len(), one.need.len()), (None, 0, 1));
}
