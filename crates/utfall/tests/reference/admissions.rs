//! Admissions to graduate schools at Berkeley in 1973, the six largest departments: men were admitted more often in
//! total, and not within departments (Simpson's paradox).
//!
//! Counts: P. J. Bickel, E. A. Hammel, J. W. O'Connell, *Sex bias in graduate admissions: data from Berkeley*, Science
//! 187 (1975), 398–403, as in `UCBAdmissions` of R. Expected values: exact fractions of the counts, then mpmath 1.4.1
//! with 40 digits for roots, quantiles and tails. R's manual has the same to its digits: 1.4269 and 0.2323 for the test,
//! 0.9046968 (0.7719074 to 1.0603298) for the odds ratio, 0.0034 for Woolf.

use utfall::stats::{
    ChiSquareTest, CmhMethod, Estimate, HomogeneityMethod, MantelHaenszelMeasure,
    StandardiseMethod, Stratum, cmh_test, homogeneity, mantel_haenszel, standardise,
    standardised_difference,
};

/// Women and men, admitted and rejected, in departments A to F.
const WOMEN_AND_MEN: [Stratum; 6] = [
    [[89, 19], [512, 313]],
    [[17, 8], [353, 207]],
    [[202, 391], [120, 205]],
    [[131, 244], [138, 279]],
    [[94, 299], [53, 138]],
    [[24, 317], [22, 351]],
];

fn men_and_women() -> [Stratum; 6] {
    WOMEN_AND_MEN.map(|[women, men]| [men, women])
}

/// All who applied to each department.
const APPLICANTS: [f64; 6] = [933.0, 585.0, 918.0, 792.0, 584.0, 714.0];

fn assert_estimate(found: Option<Estimate>, value: f64, low: f64, high: f64) {
    let found = found.unwrap();
    for (found, expected) in [(found.value, value), (found.low, low), (found.high, high)] {
        assert!((found / expected - 1.0).abs() < 1e-12, "{found} is not {expected}");
    }
}

fn assert_test(found: Option<ChiSquareTest>, statistic: f64, degrees_of_freedom: u64, p: f64) {
    let found = found.unwrap();
    assert_eq!(found.degrees_of_freedom, degrees_of_freedom);
    for (found, expected) in [(found.statistic, statistic), (found.p_value, p)] {
        assert!((found / expected - 1.0).abs() < 1e-12, "{found} is not {expected}");
    }
}

#[test]
fn women_are_admitted_less_often_in_total() {
    let [women, men] = [0, 1].map(|group| {
        let sum = |at: usize| WOMEN_AND_MEN.iter().map(|table| table[group][at]).sum::<u64>();
        [sum(0), sum(1)]
    });
    assert_eq!((women, men), ([557, 1278], [1198, 1493]));
    let crude = mantel_haenszel(&[[women, men]], MantelHaenszelMeasure::Difference, 0.95).unwrap();
    assert!((crude.unwrap().value - (557.0 / 1835.0 - 1198.0 / 2691.0)).abs() < 1e-15);
    assert!((crude.unwrap().value + 0.141_645).abs() < 5e-7);
}

#[test]
fn pooled_over_departments() {
    let pooled = |tables: &[Stratum], measure| mantel_haenszel(tables, measure, 0.95).unwrap();
    assert_estimate(
        pooled(&WOMEN_AND_MEN, MantelHaenszelMeasure::Difference),
        0.018_425_196_190_852_51,
        -0.010_228_435_587_977_342,
        0.047_078_827_969_682_363,
    );
    assert_estimate(
        pooled(&WOMEN_AND_MEN, MantelHaenszelMeasure::Ratio),
        1.058_307_423_589_208,
        0.970_439_153_254_446_3,
        1.154_131_713_531_928,
    );
    assert_estimate(
        pooled(&men_and_women(), MantelHaenszelMeasure::OddsRatio),
        0.904_696_828_258_623,
        0.771_907_361_759_350_5,
        1.060_329_764_436_655_6,
    );
}

#[test]
fn tests_over_departments() {
    let test = |method| cmh_test(&men_and_women(), method).unwrap();
    assert_test(test(CmhMethod::ChiSquare), 1.524_606_660_443_441_7, 1, 0.216_923_697_055_517_38);
    assert_test(test(CmhMethod::Corrected), 1.426_946_228_586_694_2, 1, 0.232_263_462_817_047_2);
    let test = |method| homogeneity(&WOMEN_AND_MEN, method).unwrap();
    assert_test(
        test(HomogeneityMethod::BreslowDay),
        18.825_513_705_236_04,
        5,
        0.002_071_390_349_917_995,
    );
    assert_test(
        test(HomogeneityMethod::Tarone),
        18.825_501_252_052_756,
        5,
        0.002_071_401_397_881_249_3,
    );
    assert_test(
        test(HomogeneityMethod::Woolf),
        17.644_076_364_229_38,
        5,
        0.003_427_200_493_522_048,
    );
}

#[test]
fn standardised_by_who_applied() {
    let of_group = |group: usize| {
        let admitted = WOMEN_AND_MEN.map(|table| table[group][0]);
        let applied = WOMEN_AND_MEN.map(|table| table[group].iter().sum());
        standardise(&admitted, &applied, &APPLICANTS, StandardiseMethod::Binomial, 0.95).unwrap()
    };
    assert_estimate(
        of_group(0),
        0.429_955_380_460_725_2,
        0.399_022_535_480_865_5,
        0.460_888_225_440_584_8,
    );
    assert_estimate(
        of_group(1),
        0.387_318_582_689_422_6,
        0.369_142_756_940_737_5,
        0.405_494_408_438_107,
    );
    assert_estimate(
        standardised_difference(&WOMEN_AND_MEN, &APPLICANTS, 0.95).unwrap(),
        0.042_636_797_771_302_9,
        0.006_759_206_712_334_371,
        0.078_514_388_830_271_44,
    );
}
