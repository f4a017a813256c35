//! The staff that a population needs.

use pyo3::prelude::*;
use utfall::stats::{self, StaffDensity, StaffingScenario};

use super::exception;

/// Need, index, growth, intake, supply and gap.
type Need = (Vec<f64>, Vec<f64>, Option<f64>, Vec<f64>, Vec<f64>, Vec<f64>);

/// Attrition, completion, entry, full time and planned intake.
type Scenario = (Vec<f64>, f64, f64, f64, Vec<f64>);

/// With `is_use`, there must be `staff`, which the caller sees to.
#[pyfunction]
pub(crate) fn staffing_need(
    py: Python<'_>,
    population: Vec<Vec<f64>>,
    per_head: Vec<f64>,
    is_use: bool,
    staff: Option<f64>,
    scenario: Scenario,
) -> PyResult<Option<Need>> {
    let density = match staff {
        Some(staff) if is_use => StaffDensity::ByUse { use_per_head: &per_head, staff },
        staff => StaffDensity::PerHead { density: &per_head, staff },
    };
    let (ref attrition, completion, entry, full_time, ref planned) = scenario;
    let scenario = StaffingScenario { attrition, completion, entry, full_time, planned };
    let found = stats::staffing_need(&population, density, &scenario);
    let found = found.map_err(|error| exception(py, &error))?;
    Ok(found.map(|found| {
        (found.need, found.index, found.growth, found.intake, found.supply, found.gap)
    }))
}
