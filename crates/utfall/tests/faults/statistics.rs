//! Numbers that no statistic can be made of.

use utfall::Error;
use utfall::stats::{
    AdjustMethod, Alternative, Estimate, ProportionMethod, adjust, binomial_test, fisher_exact,
    process_evidence, proportion, representation_ratio,
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

refused! { std::convert::identity;

a_share_has_no_more_successes_than_units: share(8, 7) => "more_successes_than_units",
    "8 of 7 is no share; give the successes first, then all units";

an_exact_test_counts_to_a_million_millions: test(1_000_000_000_001, 0.7) => "too_many_units",
    "1000000000001 units are more than can be compared exactly; 1000000000000 are the most";

the_groups_of_a_table_are_counted_together: table(600_000_000_000) => "too_many_units",
    "1200000000000 units are more than can be compared exactly; 1000000000000 are the most";

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
}
