//! How many staff a changing population needs, and how many must begin their training.

use super::error::{Result, StatisticsError, check_amounts, check_fractions, check_length};
use super::special::number;

/// How many staff the heads of each age group need.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum StaffDensity<'a> {
    /// Staff per head, as it is known.
    PerHead {
        /// Staff (full-time equivalents) per head of each age group.
        density: &'a [f64],
        /// The staff there is in the first year; without it, as much as is needed then.
        staff: Option<f64>,
    },
    /// All staff of the first year, spread over the age groups by how much a head of each uses.
    ByUse {
        /// How much a head of each age group uses, in any unit: only the proportions matter.
        use_per_head: &'a [f64],
        /// The staff (full-time equivalents) there is in the first year.
        staff: f64,
    },
}

/// What is assumed of staff and training. Each number is an assumption: compute several scenarios and show them side by
/// side.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct StaffingScenario<'a> {
    /// The share of staff that leaves within a year: one for all years, or one for each step from year to year.
    pub attrition: &'a [f64],
    /// The share of those who begin their training that completes it.
    pub completion: f64,
    /// The share of those who complete it that enters the occupation.
    pub entry: f64,
    /// The full-time equivalents that one who enters works on average.
    pub full_time: f64,
    /// Those who begin a training that ends in each step from year to year, as planned; nobody if empty.
    pub planned: &'a [f64],
}

impl Default for StaffingScenario<'_> {
    /// Nobody leaves, everybody completes, enters and works full time, nobody is planned.
    fn default() -> Self {
        let (attrition, planned) = (&[0.0], &[]);
        Self { attrition, completion: 1.0, entry: 1.0, full_time: 1.0, planned }
    }
}

/// The staff that a population needs, year by year.
#[derive(Debug, Clone, PartialEq)]
pub struct StaffingNeed {
    /// The staff (full-time equivalents) needed in each year.
    pub need: Vec<f64>,
    /// The need of each year divided by that of the first.
    pub index: Vec<f64>,
    /// The growth of the need per year, on average over all years: 0.0353 where it doubles in twenty. `None` for one year.
    pub growth: Option<f64>,
    /// Those who must begin a training that ends in the step from each year to the next, so that the need of the next is
    /// met; 0 where more staff stays than is needed.
    pub intake: Vec<f64>,
    /// The staff there will be in each year with those who are planned.
    pub supply: Vec<f64>,
    /// The need of each year minus the supply.
    pub gap: Vec<f64>,
}

/// The staff that a population needs if a head of each age group needs as many as now, and the intake to training that
/// would meet it.
///
/// `population` has a row for each year, one year after the other, and in it the heads of each age group. Need is the
/// sum of heads times staff per head. From one year to the next, staff is what stays plus those of an intake who
/// complete, enter, and work their share of full time; the intake is counted in the step in which its training ends, so
/// it must begin as many years earlier as the training takes. `intake` meets the need of every year, and so also
/// replaces those who leave: growth alone is not recruitment. `supply` and `gap` follow what is planned.
///
/// Constant density is an assumption and no forecast: it knows nothing of better health, other ways of working, or what
/// families take over. There is no interval; vary the scenario.
///
/// `None` without years, or where the first year needs nobody and there is nothing to grow from.
///
/// # Errors
///
/// If lists that belong together have different lengths, an amount is negative or no number, or a share does not lie
/// between 0 and 1 (`completion`, `entry` and `full_time` not 0).
///
/// Source: the arithmetic of staff-to-population ratios as in T. L. Hall, A. Mejía (editors), *Health Manpower Planning*
/// (WHO 1978), with a stock and its flows for supply.
///
/// ```
/// use utfall::stats::{StaffDensity, StaffingScenario, staffing_need};
///
/// // Heads aged 0–79 and 80 or more, this year and the next two; home care of a hundred full-time equivalents.
/// let population = [[9_000.0, 500.0], [9_050.0, 550.0], [9_100.0, 605.0]];
/// let density = StaffDensity::ByUse { use_per_head: &[1.0, 18.0], staff: 100.0 };
/// let scenario = StaffingScenario { attrition: &[0.05], completion: 0.8, ..Default::default() };
/// let need = staffing_need(&population, density, &scenario)?.unwrap();
/// assert_eq!(format!("{:.1} {:.1}", need.need[1], need.need[2]), "105.3 111.1");
/// assert_eq!(format!("{:.1}", need.intake[0]), "12.8");
/// # Ok::<(), utfall::stats::StatisticsError>(())
/// ```
pub fn staffing_need<R: AsRef<[f64]>>(
    population: &[R],
    density: StaffDensity<'_>,
    scenario: &StaffingScenario<'_>,
) -> Result<Option<StaffingNeed>> {
    check_scenario(scenario, population.len().saturating_sub(1))?;
    let (name, per_head, staff) = match density {
        StaffDensity::PerHead { density, staff } => ("density", density, staff),
        StaffDensity::ByUse { use_per_head, staff } => ("use", use_per_head, Some(staff)),
    };
    check_amounts(name, per_head)?;
    check_amounts("staff", staff.as_slice())?;
    for year in population {
        check_length("population", year.as_ref().len(), per_head.len())?;
        check_amounts("population", year.as_ref())?;
    }
    let of_year = |year: &R| -> f64 {
        year.as_ref().iter().zip(per_head).map(|(heads, per_head)| heads * per_head).sum()
    };
    let mut need: Vec<f64> = population.iter().map(of_year).collect();
    if let (StaffDensity::ByUse { staff, .. }, Some(first)) = (density, need.first().copied()) {
        // Use of nobody has no density; it ends as no need.
        let density = if first > 0.0 { staff / first } else { 0.0 };
        need.iter_mut().for_each(|need| *need *= density);
    }
    check_amounts("population", &need)?;
    let first = need.first().copied().filter(|first| *first > 0.0);
    Ok(first.map(|first| followed(need, first, staff.unwrap_or(first), scenario)))
}

fn check_scenario(scenario: &StaffingScenario<'_>, steps: usize) -> Result<()> {
    check_fractions("attrition", scenario.attrition)?;
    check_amounts("planned", scenario.planned)?;
    if scenario.attrition.len() != 1 {
        check_length("attrition", scenario.attrition.len(), steps)?;
    }
    if !scenario.planned.is_empty() {
        check_length("planned", scenario.planned.len(), steps)?;
    }
    let StaffingScenario { completion, entry, full_time, .. } = *scenario;
    for (name, share) in [("completion", completion), ("entry", entry), ("full_time", full_time)] {
        check_fractions(name, &[share])?;
        if share <= 0.0 {
            return Err(StatisticsError::NobodyArrives { name });
        }
    }
    Ok(())
}

/// Need, and the staff that stays and comes.
fn followed(
    need: Vec<f64>,
    first: f64,
    staff: f64,
    scenario: &StaffingScenario<'_>,
) -> StaffingNeed {
    let arriving = scenario.completion * scenario.entry * scenario.full_time;
    let (mut intake, mut supply) = (Vec::new(), vec![staff]);
    let (mut met, mut planned) = (staff, staff);
    for (step, next) in need.iter().skip(1).enumerate() {
        let of_step = |list: &[f64]| list.get(step).or(list.first()).copied().unwrap_or_default();
        let staying = 1.0 - of_step(scenario.attrition);
        let missing = (next - met * staying).max(0.0);
        intake.push(missing / arriving);
        met = met * staying + missing;
        planned = planned * staying + of_step(scenario.planned) * arriving;
        supply.push(planned);
    }
    let index: Vec<f64> = need.iter().map(|need| need / first).collect();
    let steps = u64::try_from(intake.len()).map_or(f64::NAN, number);
    let growth = index.last().map(|index| index.powf(1.0 / steps) - 1.0);
    StaffingNeed {
        growth: growth.filter(|_| !intake.is_empty()),
        gap: need.iter().zip(&supply).map(|(need, supply)| need - supply).collect(),
        need,
        index,
        intake,
        supply,
    }
}
