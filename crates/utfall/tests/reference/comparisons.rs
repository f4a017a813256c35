//! Several groups: fairlearn 0.15.0. Many comparisons: statsmodels 0.15.0, of which some agree with SciPy 1.17.1.

use utfall::stats::{AdjustMethod, adjust, disparity};

use crate::{assert_near, count, number, records};

#[test]
fn disparities() {
    for record in records("disparity", "metricframe") {
        let expected = &record["expected"];
        let by_name = record["inputs"]["groups"].as_object().unwrap();
        let groups: Vec<(u64, u64)> =
            by_name.values().map(|counts| (count(&counts[0]), count(&counts[1]))).collect();
        let found = disparity(&groups, 1, 0.95).unwrap().unwrap();
        let names: Vec<&String> = by_name.keys().collect();
        let share = |place: usize| number(&expected["by_group"][names[place]]);
        for (found, expected) in [
            (share(found.lowest), &expected["group_min"]),
            (share(found.highest), &expected["group_max"]),
            (found.overall, &expected["overall"]),
            (found.difference.value, &expected["difference_between"]),
            (found.difference_to_overall, &expected["difference_to_overall"]),
            (found.ratio.unwrap().value, &expected["ratio_between"]),
            (found.ratio_to_overall.unwrap(), &expected["ratio_to_overall"]),
        ] {
            assert_near(found, number(expected), 1e-13, &record);
        }
        let overall = number(&expected["overall"]);
        let furthest = share(found.furthest_by_difference);
        let distance = number(&expected["difference_to_overall"]);
        assert!(((furthest - overall).abs() - distance).abs() < 1e-13, "{record}");
        let furthest = share(found.furthest_by_ratio) / overall;
        let ratio = number(&expected["ratio_to_overall"]);
        assert!((furthest.min(1.0 / furthest) - ratio).abs() < 1e-13, "{record}");
    }
}

#[test]
fn adjusted_p_values() {
    for (peer, method) in [
        ("holm", AdjustMethod::Holm),
        ("fdr_bh", AdjustMethod::BenjaminiHochberg),
        ("fdr_by", AdjustMethod::BenjaminiYekutieli),
        ("bonferroni", AdjustMethod::Bonferroni),
    ] {
        for record in records("multiplicity", peer) {
            let (inputs, expected) = (&record["inputs"], &record["expected"]);
            let p_values: Vec<f64> =
                inputs["p_values"].as_array().unwrap().iter().map(number).collect();
            let found = adjust(&p_values, method).unwrap();
            let adjusted = expected["adjusted"].as_array().unwrap();
            let rejected = expected["reject"].as_array().unwrap();
            assert_eq!((found.len(), rejected.len()), (adjusted.len(), adjusted.len()));
            for ((found, adjusted), rejected) in found.iter().zip(adjusted).zip(rejected) {
                assert_near(*found, number(adjusted), 1e-12, &record);
                assert_eq!(*found <= number(&inputs["alpha"]), rejected == true, "{record}");
            }
        }
    }
}
