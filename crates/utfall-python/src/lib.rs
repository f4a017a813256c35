//! The compiled half of the Python package `utfall`: unwrap, release the GIL, call, wrap. It holds no logic.
#![allow(clippy::needless_pass_by_value, reason = "PyO3 hands arguments over by value")]

mod difference;
mod disclosure;
mod error;
mod evaluation;
mod file;
mod findings;
mod project;
mod publication;
mod source;
mod statistics;
mod table;
mod tally;
mod wording;

use pyo3::prelude::*;

/// The module `utfall._native`.
#[pymodule(gil_used = false)]
mod _native {
    #[pymodule_export]
    use super::difference::{
        PyDifference, compare, difference_headings, mixture_by, mixtures, more_groups,
    };
    #[pymodule_export]
    use super::disclosure::{
        audit_cells, audit_table, dominates, merge_levels, noisy_table, p_percent, protect_cells,
        protect_table, round_table,
    };
    #[pymodule_export]
    use super::evaluation::PyEvaluation;
    #[pymodule_export]
    use super::evaluation::check_headings;
    #[pymodule_export]
    use super::evaluation::group_headings;
    #[pymodule_export]
    use super::evaluation::headings;
    #[pymodule_export]
    use super::file::{PyReading, read};
    #[pymodule_export]
    use super::findings::{PyFindings, PySoundness};
    #[pymodule_export]
    use super::project::PyProject;
    #[pymodule_export]
    use super::project::json_schema;
    #[pymodule_export]
    use super::publication::{PyMerging, PyPublication};
    #[pymodule_export]
    use super::statistics::binomial_test::{binomial_test, binomial_tests, process_evidence};
    #[pymodule_export]
    use super::statistics::comparisons::{
        adjust, disparities, disparity, representation_ratio, representation_ratios,
    };
    #[pymodule_export]
    use super::statistics::ordinal::{
        bowker, mcnemar, sign_test, stuart_maxwell, superiority, wilcoxon,
    };
    #[pymodule_export]
    use super::statistics::proportion::{proportion, proportions};
    #[pymodule_export]
    use super::statistics::staffing::staffing_need;
    #[pymodule_export]
    use super::statistics::strata::{
        cmh_test, funnel_limits, funnels, homogeneity, mantel_haenszel, standardise,
        standardised_difference,
    };
    #[pymodule_export]
    use super::statistics::time_to_event::{
        PyCumulativeIncidence, PySurvivalCurve, aalen_johansen, kaplan_meier,
    };
    #[pymodule_export]
    use super::statistics::two_groups::{
        difference, differences, fisher_exact, fisher_exacts, odds_ratio, odds_ratios, ratio,
        ratios,
    };
    #[pymodule_export]
    use super::table::PyTable;
    #[pymodule_export]
    use super::tally::PyTally;
    #[pymodule_export]
    use super::wording::{
        chart_words, counted, description, explanation_headings, interval_text, number_text,
        out_of, receipt_line, receipt_sentence, receipt_words, state_text, table_label, tally_form,
        verdict_text,
    };
}
