//! The tables beside `figures` as record batches.

use arrow_array::RecordBatch;
use arrow_schema::ArrowError;
use utfall::{
    ComparedGroup, Comparison, Cost, Distribution, Evaluation, FlowCounts, FlowFigure, FlowReason,
    FunnelFigure, IncidenceCounts, IncidenceFigure, PlannedFigure, PlannedReason, StepCounts,
    StepFigure, StepTests, SurveyCounts, SurveyFigure, Transition,
};

use crate::output::{Columns, signed};

/// The table `steps`: a row for each `change` indicator, table, group and item, and for several items together.
///
/// # Errors
///
/// None that a caller could cause.
pub fn steps(evaluation: &Evaluation) -> Result<RecordBatch, ArrowError> {
    let rows = || evaluation.steps.iter();
    let count = |of: fn(&StepCounts) -> Option<u64>| {
        rows().map(move |row| of(row.counts.as_ref()?).map(signed))
    };
    let share = |of: fn(&StepCounts) -> Option<f64>| rows().map(move |row| of(&row.counts?));
    let mut columns = Columns::default();
    columns.texts("register", false, rows().map(|row| Some(&*row.register)));
    columns.texts("indicator", false, rows().map(|row| Some(&*row.indicator)));
    columns.crossed(&evaluation.figures, &rows().map(StepFigure::group).collect::<Vec<_>>());
    columns.texts("item", true, rows().map(|row| row.item.as_deref()));
    columns.counts("population", true, count(|counts| Some(counts.population())));
    columns.counts("measured", true, count(|counts| Some(counts.measured())));
    columns.counts("not_measurable", true, count(|counts| Some(counts.not_measurable)));
    columns.counts("up", true, count(|counts| Some(counts.up)));
    columns.counts("same", true, count(|counts| Some(counts.same)));
    columns.counts("down", true, count(|counts| Some(counts.down)));
    columns.counts("at_ceiling", true, count(|counts| counts.at_ceiling));
    columns.numbers("up_share", share(StepCounts::up_share));
    columns.numbers("down_share", share(StepCounts::down_share));
    columns.numbers("net_share", share(StepCounts::net_share));
    columns.numbers("up_low", rows().map(|row| Some(row.up_interval?.low)));
    columns.numbers("up_high", rows().map(|row| Some(row.up_interval?.high)));
    columns.numbers("up_share_of_movable", share(StepCounts::up_share_of_movable));
    columns.finish()
}

/// The table `transitions`: a row for each `change` indicator, table, group, item with levels, level before and after.
///
/// # Errors
///
/// None that a caller could cause.
pub fn transitions(evaluation: &Evaluation) -> Result<RecordBatch, ArrowError> {
    let rows = || evaluation.transitions.iter();
    let mut columns = Columns::default();
    columns.texts("register", false, rows().map(|row| Some(&*row.register)));
    columns.texts("indicator", false, rows().map(|row| Some(&*row.indicator)));
    columns.crossed(&evaluation.figures, &rows().map(Transition::group).collect::<Vec<_>>());
    columns.texts("item", false, rows().map(|row| Some(&*row.item)));
    columns.texts("before", false, rows().map(|row| Some(&*row.before)));
    columns.texts("after", false, rows().map(|row| Some(&*row.after)));
    columns.counts("units", true, rows().map(|row| row.units.map(signed)));
    columns.finish()
}

/// The table `survey`: a row for each `survey` indicator, table, group and item, and for all items together.
///
/// # Errors
///
/// None that a caller could cause.
pub fn survey(evaluation: &Evaluation) -> Result<RecordBatch, ArrowError> {
    let rows = || evaluation.survey.iter();
    let count = |of: fn(&SurveyCounts) -> u64| {
        rows().map(move |row| row.counts.as_ref().map(of).map(signed))
    };
    let mut columns = Columns::default();
    columns.texts("register", false, rows().map(|row| Some(&*row.register)));
    columns.texts("indicator", false, rows().map(|row| Some(&*row.indicator)));
    columns.crossed(&evaluation.figures, &rows().map(SurveyFigure::group).collect::<Vec<_>>());
    columns.texts("item", true, rows().map(|row| row.item.as_deref()));
    columns.counts("asked", true, count(SurveyCounts::asked));
    columns.counts("not_applicable", true, count(|counts| counts.not_applicable));
    columns.counts("missing", true, count(|counts| counts.missing));
    columns.counts("answered", true, count(SurveyCounts::answered));
    columns.counts("favourable", true, count(|counts| counts.favourable));
    columns.numbers("share", rows().map(|row| row.counts?.share()));
    columns.numbers("low", rows().map(|row| Some(row.interval?.low)));
    columns.numbers("high", rows().map(|row| Some(row.interval?.high)));
    columns.counts("respondents", true, rows().map(|row| row.respondents.map(signed)));
    columns.numbers("response_rate", rows().map(|row| row.response_rate));
    columns.finish()
}

/// The table `flow`: a row for each stage, table and group.
///
/// # Errors
///
/// None that a caller could cause.
pub fn flow(evaluation: &Evaluation) -> Result<RecordBatch, ArrowError> {
    let rows = || evaluation.flow.iter();
    let count =
        |of: fn(&FlowCounts) -> u64| rows().map(move |row| row.counts.as_ref().map(of).map(signed));
    let mut columns = Columns::default();
    columns.texts("register", false, rows().map(|row| Some(&*row.register)));
    columns.texts("stage", false, rows().map(|row| Some(&*row.stage)));
    columns.crossed(&evaluation.figures, &rows().map(FlowFigure::group).collect::<Vec<_>>());
    columns.counts("units", true, count(|counts| counts.units));
    columns.counts("reached", true, count(|counts| counts.reached));
    columns.counts("unknown", true, count(|counts| counts.unknown));
    columns.counts("lost", true, count(|counts| counts.lost));
    columns.numbers("share_of_previous", rows().map(|row| row.counts?.share_of_previous()));
    columns.numbers("share_of_first", rows().map(|row| row.counts?.share_of_first()));
    columns.finish()
}

/// The table `flow_reasons`: a row for each stage, table, group and reason for not reaching the stage.
///
/// # Errors
///
/// None that a caller could cause.
pub fn flow_reasons(evaluation: &Evaluation) -> Result<RecordBatch, ArrowError> {
    let rows = || evaluation.flow_reasons.iter();
    let mut columns = Columns::default();
    columns.texts("register", false, rows().map(|row| Some(&*row.register)));
    columns.texts("stage", false, rows().map(|row| Some(&*row.stage)));
    columns.crossed(&evaluation.figures, &rows().map(FlowReason::group).collect::<Vec<_>>());
    columns.texts("reason", false, rows().map(|row| Some(&*row.reason)));
    columns.counts("units", true, rows().map(|row| row.units.map(signed)));
    columns.finish()
}

/// The table `incidence`: a row for each `incidence` indicator, table, group, horizon and kind of event, and for any
/// event.
///
/// # Errors
///
/// None that a caller could cause.
pub fn incidence(evaluation: &Evaluation) -> Result<RecordBatch, ArrowError> {
    let rows = || evaluation.incidence.iter();
    let count = |of: fn(&IncidenceCounts) -> u64| {
        rows().map(move |row| row.counts.as_ref().map(of).map(signed))
    };
    let mut columns = Columns::default();
    columns.texts("register", false, rows().map(|row| Some(&*row.register)));
    columns.texts("indicator", false, rows().map(|row| Some(&*row.indicator)));
    columns.crossed(&evaluation.figures, &rows().map(IncidenceFigure::group).collect::<Vec<_>>());
    columns.counts("months", true, rows().map(|row| row.horizon.months().map(i64::from)));
    columns.counts("days", true, rows().map(|row| row.horizon.days().map(i64::from)));
    columns.texts("event", true, rows().map(|row| row.event.as_deref()));
    columns.counts("started", true, count(|counts| counts.started));
    columns.counts("events", true, count(|counts| counts.events));
    columns.counts("censored", true, count(|counts| counts.censored));
    columns.numbers("value", rows().map(|row| row.value));
    columns.numbers("low", rows().map(|row| Some(row.interval?.low)));
    columns.numbers("high", rows().map(|row| Some(row.interval?.high)));
    columns.numbers("median_days", rows().map(|row| row.median_days));
    columns.finish()
}

/// The table `distributions`: a row for each `mean` indicator, table and group.
///
/// # Errors
///
/// None that a caller could cause.
pub fn distributions(evaluation: &Evaluation) -> Result<RecordBatch, ArrowError> {
    let rows = || evaluation.distributions.iter();
    let mut columns = Columns::default();
    columns.texts("register", false, rows().map(|row| Some(&*row.register)));
    columns.texts("indicator", false, rows().map(|row| Some(&*row.indicator)));
    columns.crossed(&evaluation.figures, &rows().map(Distribution::group).collect::<Vec<_>>());
    columns.counts("observed", false, rows().map(|row| Some(signed(row.observed))));
    columns.numbers("mean", rows().map(|row| row.mean));
    columns.numbers("standard_deviation", rows().map(|row| row.standard_deviation));
    let quantiles = ["smallest", "lower_quartile", "median", "upper_quartile", "largest"];
    for (position, name) in quantiles.into_iter().enumerate() {
        columns.numbers(name, rows().map(|row| Some(row.quantiles?[position])));
    }
    columns.finish()
}

/// The table `coverage`: a row for each `coverage` indicator, month and part.
///
/// # Errors
///
/// None that a caller could cause.
pub fn coverage(evaluation: &Evaluation) -> Result<RecordBatch, ArrowError> {
    let rows = || evaluation.coverage.iter();
    let mut columns = Columns::default();
    columns.texts("register", false, rows().map(|row| Some(&*row.register)));
    columns.texts("indicator", false, rows().map(|row| Some(&*row.indicator)));
    columns.days("month", rows().map(|row| Some(row.month)));
    columns.lists("part", rows().map(|row| &row.part[..]));
    columns.texts("state", false, rows().map(|row| Some(row.state.word())));
    columns.finish()
}

/// The table `money`: a row for each version of the plan in force and the whole cost, the cost of each unit, and who pays.
///
/// # Errors
///
/// None that a caller could cause.
pub fn money(evaluation: &Evaluation) -> Result<RecordBatch, ArrowError> {
    let rows = || evaluation.money.iter();
    let mut columns = Columns::default();
    columns.texts("part", false, rows().map(|row| Some(row.part.word())));
    columns.texts("of", true, rows().map(|row| row.of.as_deref()));
    columns.days("plan_from", rows().map(|row| row.plan_from));
    columns.flags("current", false, rows().map(|row| Some(row.current)));
    columns.numbers("planned", rows().map(|row| row.planned));
    columns.counts("planned_units", true, rows().map(|row| row.planned_units.map(signed)));
    columns.numbers("outcome", rows().map(|row| row.outcome));
    columns.counts("units", true, rows().map(|row| row.units.map(signed)));
    columns.numbers("outcome_of_planned", rows().map(Cost::outcome_of_planned));
    columns.finish()
}

/// The table `planned`: a row for each plan and version of it in force.
///
/// # Errors
///
/// None that a caller could cause.
pub fn planned(evaluation: &Evaluation) -> Result<RecordBatch, ArrowError> {
    let rows = || evaluation.planned.iter();
    let parts: Vec<Vec<String>> = rows()
        .map(|row| row.part.iter().map(|(column, code)| format!("{column} = {code}")).collect())
        .collect();
    let mut columns = Columns::default();
    columns.texts("indicator", false, rows().map(|row| Some(&*row.indicator)));
    columns.lists("part", parts.iter().map(|part| &part[..]));
    columns.days("plan_from", rows().map(|row| Some(row.plan_from)));
    columns.flags("current", false, rows().map(|row| Some(row.current)));
    columns.numbers("planned", rows().map(|row| Some(row.planned)));
    columns.counts("days", true, rows().map(|row| row.days.map(signed)));
    columns.counts("active_days", true, rows().map(|row| row.active_days.map(signed)));
    columns.numbers("expected", rows().map(PlannedFigure::expected));
    columns.numbers("outcome", rows().map(|row| row.outcome));
    columns.numbers("outcome_of_expected", rows().map(PlannedFigure::outcome_of_expected));
    columns.texts("reason", true, rows().map(|row| row.reason.map(PlannedReason::word)));
    columns.finish()
}

/// The table `step_tests`: a row for each `change` indicator, table, group and item with levels of which somebody is
/// measured.
///
/// # Errors
///
/// None that a caller could cause.
pub fn step_tests(evaluation: &Evaluation) -> Result<RecordBatch, ArrowError> {
    let tests = evaluation.step_tests();
    let rows = || tests.iter();
    let mut columns = Columns::default();
    columns.texts("register", false, rows().map(|row| Some(&*row.register)));
    columns.texts("indicator", false, rows().map(|row| Some(&*row.indicator)));
    columns.crossed(&evaluation.figures, &rows().map(StepTests::group).collect::<Vec<_>>());
    columns.texts("item", false, rows().map(|row| Some(&*row.item)));
    columns.counts("measured", false, rows().map(|row| Some(signed(row.measured))));
    columns.numbers("sign", rows().map(|row| row.sign));
    columns.numbers("sign_adjusted", rows().map(|row| row.sign_adjusted));
    columns.numbers("wilcoxon", rows().map(|row| row.wilcoxon));
    columns.numbers("stuart_maxwell", rows().map(|row| row.stuart_maxwell));
    columns.numbers("bowker", rows().map(|row| row.bowker));
    columns.estimates(
        ["superiority", "superiority_low", "superiority_high"],
        rows().map(|row| row.superiority),
    );
    columns.finish()
}

/// The table `strata`: a row for each `share` and `change` indicator, column of two levels, and column whose levels are the
/// strata.
///
/// # Errors
///
/// None that a caller could cause.
pub fn strata(evaluation: &Evaluation) -> Result<RecordBatch, ArrowError> {
    let strata = evaluation.strata();
    let rows = || strata.iter();
    let mut columns = Columns::default();
    columns.texts("register", false, rows().map(|row| Some(&*row.register)));
    columns.texts("indicator", false, rows().map(|row| Some(&*row.indicator)));
    columns.texts("groups", false, rows().map(|row| Some(&*row.groups)));
    columns.texts("strata", false, rows().map(|row| Some(&*row.strata)));
    columns.texts("group", false, rows().map(|row| Some(&*row.group)));
    columns.texts("other", false, rows().map(|row| Some(&*row.other)));
    columns.counts("compared", false, rows().map(|row| Some(signed(row.compared))));
    columns.counts("left_out", false, rows().map(|row| Some(signed(row.left_out))));
    columns.estimates(
        ["standardised", "standardised_low", "standardised_high"],
        rows().map(|row| row.standardised),
    );
    columns.estimates(
        ["difference", "difference_low", "difference_high"],
        rows().map(|row| row.difference),
    );
    columns.estimates(["ratio", "ratio_low", "ratio_high"], rows().map(|row| row.ratio));
    columns.estimates(
        ["odds_ratio", "odds_ratio_low", "odds_ratio_high"],
        rows().map(|row| row.odds_ratio),
    );
    columns.numbers("p_value", rows().map(|row| row.p_value));
    columns.numbers("tarone", rows().map(|row| row.tarone));
    columns.numbers("woolf", rows().map(|row| row.woolf));
    columns.finish()
}

/// The table `funnels`: a row for each `share` and `change` indicator and group of one column.
///
/// # Errors
///
/// None that a caller could cause.
pub fn funnels(evaluation: &Evaluation) -> Result<RecordBatch, ArrowError> {
    let funnels = evaluation.funnels();
    let rows = || funnels.iter();
    let mut columns = Columns::default();
    columns.texts("register", false, rows().map(|row| Some(&*row.register)));
    columns.texts("indicator", false, rows().map(|row| Some(&*row.indicator)));
    columns.crossed(&evaluation.figures, &rows().map(FunnelFigure::group).collect::<Vec<_>>());
    columns.counts("observed", false, rows().map(|row| Some(signed(row.observed))));
    columns.counts("successes", false, rows().map(|row| Some(signed(row.successes))));
    columns.numbers("value", rows().map(|row| Some(row.value())));
    columns.numbers("overall", rows().map(|row| Some(row.overall)));
    columns.numbers("inner_low", rows().map(|row| Some(row.inner.low)));
    columns.numbers("inner_high", rows().map(|row| Some(row.inner.high)));
    columns.numbers("outer_low", rows().map(|row| Some(row.outer.low)));
    columns.numbers("outer_high", rows().map(|row| Some(row.outer.high)));
    columns.texts("funnel", false, rows().map(|row| Some(row.place().word())));
    columns.finish()
}

/// One of the two groups furthest apart.
type End = fn(&Comparison) -> &ComparedGroup;

/// The table `comparisons`: a row for each `share` and `change` indicator and table whose groups can be compared.
///
/// # Errors
///
/// None that a caller could cause.
pub fn comparisons(evaluation: &Evaluation) -> Result<RecordBatch, ArrowError> {
    let comparisons = evaluation.comparisons();
    let rows = || comparisons.iter();
    let mut columns = Columns::default();
    columns.texts("register", false, rows().map(|row| Some(&*row.register)));
    columns.texts("indicator", false, rows().map(|row| Some(&*row.indicator)));
    columns.lists("by", rows().map(|row| &row.by[..]));
    columns.counts("compared", false, rows().map(|row| Some(signed(row.compared))));
    columns.counts("left_out", false, rows().map(|row| Some(signed(row.left_out))));
    let ends: [(&str, End); 2] = [("lowest", |row| &row.lowest), ("highest", |row| &row.highest)];
    for (name, of) in ends {
        columns.lists(name, rows().map(|row| &of(row).codes[..]));
        let successes = rows().map(|row| Some(signed(of(row).successes)));
        columns.counts(&format!("{name}_successes"), false, successes);
        let observed = rows().map(|row| Some(signed(of(row).observed)));
        columns.counts(&format!("{name}_observed"), false, observed);
    }
    columns.numbers("difference", rows().map(|row| Some(row.disparity.difference.value)));
    columns.numbers("difference_low", rows().map(|row| Some(row.disparity.difference.low)));
    columns.numbers("difference_high", rows().map(|row| Some(row.disparity.difference.high)));
    columns.numbers("ratio", rows().map(|row| Some(row.disparity.ratio?.value)));
    columns.numbers("ratio_low", rows().map(|row| Some(row.disparity.ratio?.low)));
    columns.numbers("ratio_high", rows().map(|row| Some(row.disparity.ratio?.high)));
    columns.estimates(
        ["odds_ratio", "odds_ratio_low", "odds_ratio_high"],
        rows().map(|row| row.odds_ratio),
    );
    let below = rows().map(|row| Some(row.disparity.below_four_fifths));
    columns.flags("below_four_fifths", false, below);
    columns.numbers("overall", rows().map(|row| Some(row.disparity.overall)));
    let to_overall = rows().map(|row| Some(row.disparity.difference_to_overall));
    columns.numbers("difference_to_overall", to_overall);
    columns.numbers("ratio_to_overall", rows().map(|row| row.disparity.ratio_to_overall));
    columns.numbers("p_value", rows().map(|row| row.p_value));
    columns.numbers("p_adjusted", rows().map(|row| row.p_adjusted));
    columns.finish()
}
