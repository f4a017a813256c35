//! Meetings: how long it is from one to the next.

use chrono::NaiveDate;

use super::result::{Aspect, CheckReason, CheckResult, CheckState};
use super::tables::Tables;
use crate::project::Meetings;

/// The longest time between meetings: from the project's first day to the first, from one to the next, and from the last
/// to the day of the evaluation or the project's last day.
pub(super) fn meetings(tables: &Tables<'_>, check: &Meetings, blank: CheckResult) -> CheckResult {
    let rests_on = vec![format!("{}({})", check.register, check.day)];
    let aspect = Aspect::Interval { at_most_days: check.at_most_days };
    let mut result = CheckResult { aspect, rests_on, ..blank };
    let (project, as_of) = (tables.project, tables.evaluation.as_of);
    let table = match tables.table(project.need_of_days(check)) {
        Ok(table) => table,
        Err(reason) => return result.not_measured(reason),
    };
    let days = table.cells.first().map_or(&[][..], |cell| &cell.days_ago[..]);
    let all = table.everybody().counts.successes;
    let known: u64 = days.iter().map(|(_, units)| units).sum();
    let ago = |day: NaiveDate| (as_of - day).num_days();
    let begun = project.first_day.map(ago).filter(|ago| *ago >= 0);
    let ended = project.last_day.map_or(0, |day| ago(day).max(0));
    // The latest first: the end, the meetings of the project's time, its beginning.
    let in_time = |ago: &i64| *ago >= ended && begun.is_none_or(|begun| *ago <= begun);
    let held: Vec<i64> = days.iter().map(|(ago, _)| *ago).filter(in_time).collect();
    let last = (begun.is_some() || !held.is_empty()).then_some(ended);
    let marks: Vec<i64> = last.into_iter().chain(held.iter().copied()).chain(begun).collect();
    let longest = marks.windows(2).filter_map(|pair| u64::try_from(pair[1] - pair[0]).ok()).max();
    let unknown = all.saturating_sub(known);
    let figures = &mut result.figures;
    figures.n = Some(held.len() as u64);
    figures.open = Some(unknown);
    figures.longest_days = longest;
    figures.limit_days = Some(check.at_most_days.into());
    let is_over = project.last_day.is_some_and(|day| day <= as_of);
    (result.state, result.reason) = match longest {
        None => (CheckState::CannotTell, Some(CheckReason::Empty)),
        // A meeting of which the day is not known may lie between any two.
        Some(longest) if longest > check.at_most_days.into() && unknown == 0 => {
            (CheckState::NotMet, None)
        }
        Some(longest) if longest <= check.at_most_days.into() && is_over => (CheckState::Met, None),
        Some(_) => (CheckState::Open, None),
    };
    result
}
