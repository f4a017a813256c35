//! Numbers that no statistic can be made of.

use utfall::Error;
use utfall::stats::{
    AdjustMethod, Alternative, Estimate, EventTable, FunnelMethod, MantelHaenszelMeasure,
    McNemarMethod, ProportionMethod, StaffDensity, StaffingScenario, StandardiseMethod,
    aalen_johansen, adjust, binomial_test, fisher_exact, funnel_limits, kaplan_meier,
    mantel_haenszel, mcnemar, process_evidence, proportion, representation_ratio, sign_test,
    staffing_need, standardise, standardised_difference, superiority,
};

fn share(successes: u64, n: u64) -> Result<(), Error> {
    Ok(proportion(successes, n, ProportionMethod::Wilson, 0.95).map(drop)?)
}

fn test(n: u64, target: f64) -> Result<(), Error> {
    Ok(binomial_test(0, n, target, Alternative::Less).map(drop)?)
}

fn evidence(alpha: f64) -> Result<(), Error> {
    Ok(process_evidence(1, 2, 0.7, alpha).map(drop)?)
}

fn representation(reference: f64) -> Result<(), Error> {
    let share = Estimate { value: 0.5, low: 0.4, high: 0.6 };
    Ok(representation_ratio(share, reference).map(drop)?)
}

fn table(cell: u64) -> Result<(), Error> {
    Ok(fisher_exact([[cell, cell], [1, 1]], Alternative::Less).map(drop)?)
}

fn family(p_value: f64) -> Result<(), Error> {
    Ok(adjust(&[0.1, p_value], AdjustMethod::Holm).map(drop)?)
}

fn moved(table: &[&[u64]]) -> Result<(), Error> {
    sign_test(table, Alternative::TwoSided).map(|_| ()).map_err(Error::from)
}

fn standardised(n: &[u64], weights: &[f64]) -> Result<(), Error> {
    let found = standardise(&[1, 2], n, weights, StandardiseMethod::Binomial, 0.95);
    found.map(|_| ()).map_err(Error::from)
}

fn staff(per_head: &[f64], scenario: &StaffingScenario<'_>) -> Result<(), Error> {
    let density = StaffDensity::PerHead { density: per_head, staff: None };
    let found = staffing_need(&[[10.0, 1.0], [10.0, 2.0], [10.0, 3.0]], density, scenario);
    found.map(|_| ()).map_err(Error::from)
}

fn scenario() -> StaffingScenario<'static> {
    StaffingScenario::default()
}

fn incidence(durations: &[f64], events: &[i64]) -> Result<(), Error> {
    Ok(aalen_johansen(durations, events).map(drop)?)
}

fn counted(rows: &[(u32, i64, u64)], kinds: usize) -> Result<(), Error> {
    Ok(EventTable::new(rows.iter().copied(), kinds).map(drop)?)
}

fn units(units: &[u64]) -> Result<(), Error> {
    Ok(EventTable::from_slices(&[1, 2], &[true, true], Some(units), None).map(drop)?)
}

fn without_an_event(horizon: f64) -> Result<(), Error> {
    Ok(kaplan_meier(&[1, 2], &[true, false])?.at(horizon, 0.95).map(drop)?)
}

fn quantile(share: f64) -> Result<(), Error> {
    Ok(kaplan_meier(&[1, 2], &[true, false])?.quantile(share, 0.95).map(drop)?)
}

refused! { std::convert::identity;

a_share_has_no_more_successes_than_units: share(8, 7) => "more_successes_than_units",
    "8 of 7 is no share; give the successes first, then all units";

an_exact_test_counts_to_a_million_millions: test(1_000_000_000_001, 0.7) => "too_many_units",
    "more than 1000000000000 units together; no register has so many, so look for a wrong column";

the_groups_of_a_table_are_counted_together: table(600_000_000_000) => "too_many_units",
    "more than 1000000000000 units together; no register has so many, so look for a wrong column";

a_target_in_percent: test(10, 70.0) => "target_share_out_of_range",
    "70 is no share to aim at; write a fraction from 0 to 1, such as 0.7";

an_alpha_above_a_half_could_show_both: evidence(0.95) => "alpha_out_of_range",
    "0.95 is no level of significance; write a fraction between 0 and 0.5, such as 0.05";

an_alpha_of_nothing_shows_nothing: evidence(0.0) => "alpha_out_of_range",
    "0 is no level of significance; write a fraction between 0 and 0.5, such as 0.05";

nothing_is_compared_with_nobody: representation(0.0) => "reference_out_of_range",
    "0 is no share to compare with; write a fraction above 0, at most 1";

a_reference_in_percent: representation(50.0) => "reference_out_of_range",
    "50 is no share to compare with; write a fraction above 0, at most 1";

a_p_value_is_a_probability: family(1.1) => "p_value_out_of_range",
    "1.1 is no p value; it must lie from 0 to 1, or be NaN where there is none";

a_standardised_share_has_no_more_successes_than_units: standardised(&[4, 1], &[1.0, 1.0]) => "more_successes_than_units",
    "2 of 1 is no share; give the successes first, then all units";

strata_have_a_weight_each: standardised(&[4, 5], &[1.0]) => "unlike_lengths",
    "`weights` has length 1, expected 2; give lists that belong together one length";

strata_have_units_each: standardised(&[4, 5, 6], &[1.0, 1.0]) => "unlike_lengths",
    "`n` has length 3, expected 2; give lists that belong together one length";

groups_have_the_same_levels: superiority(&[1, 2], &[1, 2, 3], 0.95).map_err(Error::from) => "unlike_lengths",
    "`counts_b` has length 3, expected 2; give lists that belong together one length";

age_groups_have_a_density_each: staff(&[0.1], &scenario()) => "unlike_lengths",
    "`population` has length 2, expected 1; give lists that belong together one length";

steps_have_an_attrition_each: staff(&[0.1, 0.2], &StaffingScenario { attrition: &[0.1; 3], ..scenario() }) =>
    "unlike_lengths", "`attrition` has length 3, expected 2; give lists that belong together one length";

steps_have_an_intake_each: staff(&[0.1, 0.2], &StaffingScenario { planned: &[5.0], ..scenario() }) =>
    "unlike_lengths", "`planned` has length 1, expected 2; give lists that belong together one length";

a_table_of_steps_is_square: moved(&[&[1, 2], &[3, 4, 5]]) => "not_square",
    "a row of 3 in a table of 2 rows; a table before x after has a row and a column for each level";

mcnemar_compares_two_levels: mcnemar(&[[1, 2, 3]; 3], McNemarMethod::ChiSquare).map_err(Error::from) =>
    "not_two_levels", "a table of 3 levels where two are compared; for more, take `bowker` or `stuart_maxwell`";

more_units_than_a_number_counts: moved(&[&[1 << 53, 1], &[0, 0]]) => "too_many_units",
    "more than 9007199254740992 units together; no register has so many, so look for a wrong column";

more_units_than_there_are_numbers: mantel_haenszel(&[[[u64::MAX, 1], [1, 1]]], MantelHaenszelMeasure::Ratio, 0.95)
    .map_err(Error::from) => "too_many_units",
    "more than 9007199254740992 units together; no register has so many, so look for a wrong column";

a_weight_is_not_negative: standardised(&[4, 5], &[1.0, -2.0]) => "amount_out_of_range",
    "`weights` holds -2; write numbers of 0 or more";

a_weight_is_a_number: standardised_difference(&[[[1, 2], [3, 4]]], &[f64::NAN], 0.95).map_err(Error::from) =>
    "amount_out_of_range", "`weights` holds NaN; write numbers of 0 or more";

staff_is_not_negative: staff(&[0.1, -0.2], &scenario()) => "amount_out_of_range",
    "`density` holds -0.2; write numbers of 0 or more";

need_is_a_number: staff(&[0.1, f64::MAX], &scenario()) => "amount_out_of_range",
    "`population` holds inf; write numbers of 0 or more";

attrition_is_no_percentage: staff(&[0.1, 0.2], &StaffingScenario { attrition: &[5.0], ..scenario() }) =>
    "fraction_out_of_range", "`attrition` holds 5; write fractions, such as 0.05 for 5 %";

a_target_of_a_funnel_is_no_percentage: funnel_limits(70.0, 10, 0.025, FunnelMethod::Exact).map_err(Error::from)
    => "target_share_out_of_range", "70 is no share to aim at; write a fraction from 0 to 1, such as 0.7";

somebody_completes: staff(&[0.1, 0.2], &StaffingScenario { completion: 0.0, ..scenario() }) => "nobody_arrives",
    "`completion` is 0, so no intake is large enough; write a fraction above 0";

a_tail_is_what_lies_beyond: funnel_limits(0.7, 10, 0.975, FunnelMethod::Exact).map_err(Error::from) =>
    "tail_out_of_range", "0.975 is no tail; write what may lie beyond each limit, below 0.5, such as 0.025";

a_duration_is_not_negative: incidence(&[1.0, -1.0], &[1, 1]) => "not_a_duration",
    "row 2 has a duration that is no number of 0 or more; correct it, or leave the row out";

a_duration_is_a_number: incidence(&[f64::NAN], &[1]) => "not_a_duration",
    "row 1 has a duration that is no number of 0 or more; correct it, or leave the row out";

a_duration_has_an_end: incidence(&[f64::INFINITY], &[0]) => "not_a_duration",
    "row 1 has a duration that is no number of 0 or more; correct it, or leave the row out";

an_event_is_one_of_its_kinds: counted(&[(1, 2, 1), (1, 3, 1)], 2) => "not_an_event",
    "row 2 has an event whose number is not from 0 to 2; number the kinds from 1, and write 0 for censored";

an_event_is_not_negative: incidence(&[1.0, 2.0], &[-1, 1]) => "not_an_event",
    "row 1 has an event whose number is not from 0 to 1; number the kinds from 1, and write 0 for censored";

kinds_of_event_are_few: incidence(&[1.0], &[101]) => "too_many_kinds",
    "101 kinds of event are more than 100; number them from 1, without gaps";

units_can_be_counted: counted(&[(1, 1, 1), (1, 0, 1 << 53)], 1) => "too_many_units",
    "more than 9007199254740992 units together; no register has so many, so look for a wrong column";

units_can_be_added: counted(&[(1, 1, 1), (1, 0, u64::MAX)], 1) => "too_many_units",
    "more than 9007199254740992 units together; no register has so many, so look for a wrong column";

every_duration_has_an_event: incidence(&[1.0, 2.0], &[1]) => "unlike_lengths",
    "`events` has length 1, expected 2; give lists that belong together one length";

every_duration_has_its_units: units(&[1, 1, 1]) => "unlike_lengths",
    "`units` has length 3, expected 2; give lists that belong together one length";

a_horizon_is_not_negative: without_an_event(-1.0) => "horizon_out_of_range",
    "-1 is no horizon; write a number of 0 or more, in the unit of the durations";

a_horizon_is_a_number: without_an_event(f64::NAN) => "horizon_out_of_range",
    "NaN is no horizon; write a number of 0 or more, in the unit of the durations";

a_quantile_is_of_a_share: quantile(50.0) => "share_out_of_range",
    "50 is no share that a time can be asked for; write a fraction between 0 and 1";
}
