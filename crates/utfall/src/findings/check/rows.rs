//! One row after the other: orders of days, ranges, rules, follow-ups, target groups, and what is known of each group.

use chrono::NaiveDate;

use super::plan::{FollowUpPlan, Plan};
use crate::data::{Cells, Register, RowColumn, Start};
use crate::day;
use crate::finding::Rows;
use crate::tally::Truth;

/// What has been seen in the rows of a register; parts that follow each other are appended.
#[derive(Debug, Default)]
pub(super) struct Seen {
    pub(super) orders: Vec<Rows>,
    pub(super) dates: Vec<Rows>,
    pub(super) ranges: Vec<Rows>,
    pub(super) rules: Vec<Rows>,
    pub(super) eligible: Vec<Membership>,
    pub(super) purposes: Vec<Membership>,
    pub(super) follow_ups: Vec<FollowUps>,
    pub(super) incomplete: Rows,
    /// For each expected column the rows in which it is not known.
    pub(super) missing: Vec<Rows>,
    /// Everybody first, then each level of each crossed column, unknown last.
    pub(super) cells: Vec<Cell>,
}

/// Who belongs to something, in units.
#[derive(Debug, Default)]
pub(super) struct Membership {
    pub(super) within: u64,
    pub(super) outside: u64,
    pub(super) unknown: u64,
    pub(super) outside_rows: Rows,
    pub(super) unknown_rows: Rows,
}

/// The follow-ups of one indicator.
#[derive(Debug, Default)]
pub(super) struct FollowUps {
    pub(super) without_event: Rows,
    pub(super) outside_window: Rows,
    pub(super) missing: Rows,
    pub(super) due_units: u64,
    pub(super) missing_units: u64,
}

/// What is known of the units of a group.
#[derive(Debug, Default, Clone)]
pub(super) struct Cell {
    pub(super) units: u64,
    pub(super) complete: u64,
    pub(super) valid: u64,
    /// Follow-ups that are due, and those of them that were made in time.
    pub(super) due: u64,
    pub(super) timely: u64,
    /// For each declared column the units of which it is not known.
    pub(super) missing: Vec<u64>,
}

/// What a row adds to the cells that it lies in.
#[derive(Debug, Default)]
struct RowState {
    is_incomplete: bool,
    is_invalid: bool,
    due: u64,
    timely: u64,
}

/// The project's days, and the day on which the world is looked at.
#[derive(Debug, Clone, Copy)]
pub(super) struct Period {
    pub(super) first: Option<i32>,
    pub(super) last: Option<i32>,
    pub(super) as_of: NaiveDate,
}

impl Seen {
    pub(super) fn new(plan: &Plan<'_>, columns: usize, cells: usize) -> Self {
        let some = |count: usize| vec![Rows::default(); count];
        let members = |count: usize| (0..count).map(|_| Membership::default()).collect();
        let cell = Cell { missing: vec![0; columns], ..Cell::default() };
        Self {
            orders: some(plan.orders.len()),
            dates: some(plan.dates.len()),
            ranges: some(plan.ranges.len()),
            rules: some(plan.rules.len()),
            eligible: members(plan.eligible.len()),
            purposes: members(plan.purposes.len()),
            follow_ups: plan.follow_ups.iter().map(|_| FollowUps::default()).collect(),
            incomplete: Rows::default(),
            missing: some(plan.expected.len()),
            cells: vec![cell; cells],
        }
    }

    /// Adds what was seen in rows that follow.
    pub(super) fn append(&mut self, other: Self) {
        let rows = [
            (&mut self.orders, other.orders),
            (&mut self.dates, other.dates),
            (&mut self.ranges, other.ranges),
            (&mut self.rules, other.rules),
            (&mut self.missing, other.missing),
        ];
        for (own, others) in rows {
            own.iter_mut().zip(others).for_each(|(own, other)| own.extend(other));
        }
        self.incomplete.extend(other.incomplete);
        let eligible = self.eligible.iter_mut().zip(other.eligible);
        let purposes = self.purposes.iter_mut().zip(other.purposes);
        for (own, other) in eligible.chain(purposes) {
            own.within = own.within.saturating_add(other.within);
            own.outside = own.outside.saturating_add(other.outside);
            own.unknown = own.unknown.saturating_add(other.unknown);
            own.outside_rows.extend(other.outside_rows);
            own.unknown_rows.extend(other.unknown_rows);
        }
        for (own, other) in self.follow_ups.iter_mut().zip(other.follow_ups) {
            own.without_event.extend(other.without_event);
            own.outside_window.extend(other.outside_window);
            own.missing.extend(other.missing);
            own.due_units = own.due_units.saturating_add(other.due_units);
            own.missing_units = own.missing_units.saturating_add(other.missing_units);
        }
        for (own, other) in self.cells.iter_mut().zip(other.cells) {
            own.units = own.units.saturating_add(other.units);
            own.complete = own.complete.saturating_add(other.complete);
            own.valid = own.valid.saturating_add(other.valid);
            own.due = own.due.saturating_add(other.due);
            own.timely = own.timely.saturating_add(other.timely);
            for (own, other) in own.missing.iter_mut().zip(other.missing) {
                *own = own.saturating_add(other);
            }
        }
    }
}

/// The rows of one table, bound and as they arrive.
pub(super) struct Rowset<'r> {
    pub(super) register: &'r Register<'r>,
    /// The cells of each declared column that the source has.
    pub(super) source: Vec<Option<Cells<'r, 'r>>>,
    pub(super) start: Start,
    pub(super) period: Period,
}

impl Rowset<'_> {
    /// Looks at every row.
    pub(super) fn look(&self, plan: &Plan<'_>, seen: &mut Seen) {
        for row in 0..self.register.rows {
            let number = self.start.before + row as u64 + 1;
            let units = self.register.weights.as_ref().map_or(1, |weights| weights[row]);
            let mut state = RowState::default();
            self.days(plan, row, number, seen, &mut state);
            self.values(plan, row, number, seen, &mut state);
            self.conditions(plan, row, (number, units), seen, &mut state);
            self.count(plan, row, units, seen, &state);
        }
    }

    fn days(
        &self,
        plan: &Plan<'_>,
        row: usize,
        number: u64,
        seen: &mut Seen,
        state: &mut RowState,
    ) {
        for ((first, then), rows) in plan.orders.iter().zip(&mut seen.orders) {
            let days = self.day(*first, row).zip(self.day(*then, row));
            if days.is_some_and(|(first, then)| then < first) {
                rows.add(number);
                state.is_invalid = true;
            }
        }
        for (column, rows) in plan.dates.iter().zip(&mut seen.dates) {
            let Some(day) = self.day(*column, row) else { continue };
            let Period { first, last, .. } = self.period;
            if first.is_some_and(|first| day < first) || last.is_some_and(|last| day > last) {
                rows.add(number);
                state.is_invalid = true;
            }
        }
    }

    fn values(
        &self,
        plan: &Plan<'_>,
        row: usize,
        number: u64,
        seen: &mut Seen,
        state: &mut RowState,
    ) {
        for ((column, low, high), rows) in plan.ranges.iter().zip(&mut seen.ranges) {
            let found = self.register.numbers(*column).and_then(|numbers| numbers.at(row));
            if found.is_some_and(|found| found < *low || found > *high) {
                rows.add(number);
                state.is_invalid = true;
            }
        }
        // What the source says and the declaration does not know.
        for (position, cells) in self.source.iter().enumerate() {
            let says = cells.as_ref().is_some_and(|cells| cells.has_value(row));
            state.is_invalid |= says && !self.is_known(position, row);
        }
        if plan.mandatory.iter().any(|column| !self.is_known(*column, row)) {
            seen.incomplete.add(number);
            state.is_incomplete = true;
        }
        for (column, rows) in plan.expected.iter().zip(&mut seen.missing) {
            if !self.is_known(*column, row) {
                rows.add(number);
            }
        }
    }

    fn conditions(
        &self,
        plan: &Plan<'_>,
        row: usize,
        (number, units): (u64, u64),
        seen: &mut Seen,
        state: &mut RowState,
    ) {
        let classes = plan.conditions.of_row(self.register, row);
        let truth = |condition: usize| plan.conditions.truth(&classes, condition);
        let holds = |condition: &Option<usize>| condition.is_none_or(|of| truth(of) == Truth::True);
        for ((of, must), rows) in plan.rules.iter().zip(&mut seen.rules) {
            if holds(of) && truth(*must) == Truth::False {
                rows.add(number);
                state.is_invalid = true;
            }
        }
        for ((within, of), members) in plan.eligible.iter().zip(&mut seen.eligible) {
            if holds(within) {
                members.add(truth(*of), number, units);
            }
        }
        for ((_, of), members) in plan.purposes.iter().zip(&mut seen.purposes) {
            members.add(truth(*of), number, units);
        }
        for (follow_up, follow_ups) in plan.follow_ups.iter().zip(&mut seen.follow_ups) {
            let is_excluded = follow_up.exclude.is_some_and(|of| truth(of) == Truth::True);
            let is_known = truth(follow_up.having) != Truth::Unknown;
            let is_counted = holds(&follow_up.of) && !is_excluded;
            self.follow_up(follow_up, row, number, follow_ups);
            if is_counted && self.is_due(follow_up, row) {
                let is_timely = is_known && !self.is_outside_window(follow_up, row);
                state.due += 1;
                state.timely += u64::from(is_timely);
                follow_ups.due_units = follow_ups.due_units.saturating_add(units);
                if !is_known {
                    follow_ups.missing.add(number);
                    follow_ups.missing_units = follow_ups.missing_units.saturating_add(units);
                }
            }
        }
    }

    fn follow_up(
        &self,
        follow_up: &FollowUpPlan<'_>,
        row: usize,
        number: u64,
        follow_ups: &mut FollowUps,
    ) {
        let has_event = self.register.days(follow_up.after).is_none()
            || self.day(follow_up.after, row).is_some();
        let is_answered = follow_up.answers.iter().any(|column| self.is_known(*column, row));
        if !has_event && is_answered {
            follow_ups.without_event.add(number);
        }
        if self.is_outside_window(follow_up, row) {
            follow_ups.outside_window.add(number);
        }
    }

    fn due_day(&self, follow_up: &FollowUpPlan<'_>, row: usize) -> Option<NaiveDate> {
        follow_up.delay.after(day::from_number(self.day(follow_up.after, row)?)?)
    }

    fn is_due(&self, follow_up: &FollowUpPlan<'_>, row: usize) -> bool {
        self.due_day(follow_up, row).is_some_and(|due| due <= self.period.as_of)
    }

    /// Whether an observation was made before or after the days in which it counts.
    fn is_outside_window(&self, follow_up: &FollowUpPlan<'_>, row: usize) -> bool {
        let observed = follow_up.observed_on.and_then(|column| self.day(column, row));
        let (Some((before, after)), Some(observed), Some(due)) =
            (follow_up.window, observed, self.due_day(follow_up, row))
        else {
            return false;
        };
        let late = i64::from(observed) - i64::from(day::number(due));
        late < -i64::from(before) || late > i64::from(after)
    }

    /// Adds a row to everybody and to its level of each crossed column.
    fn count(&self, plan: &Plan<'_>, row: usize, units: u64, seen: &mut Seen, state: &RowState) {
        let mut offset = 1;
        let mut places = vec![0];
        for column in &plan.groups {
            if let Some(levels) = self.register.levels(*column) {
                places.push(offset + levels.at(row) as usize);
                offset += levels.unknown as usize + 1;
            }
        }
        for place in places {
            let Some(cell) = seen.cells.get_mut(place) else { continue };
            cell.units = cell.units.saturating_add(units);
            for (count, is_counted) in
                [(&mut cell.complete, !state.is_incomplete), (&mut cell.valid, !state.is_invalid)]
            {
                *count = count.saturating_add(if is_counted { units } else { 0 });
            }
            cell.due = cell.due.saturating_add(state.due.saturating_mul(units));
            cell.timely = cell.timely.saturating_add(state.timely.saturating_mul(units));
            for (column, missing) in cell.missing.iter_mut().enumerate() {
                if !self.is_known(column, row) {
                    *missing = missing.saturating_add(units);
                }
            }
        }
    }

    fn day(&self, column: usize, row: usize) -> Option<i32> {
        self.register.days(column)?.at(row)
    }

    fn is_known(&self, column: usize, row: usize) -> bool {
        match self.register.columns.get(column) {
            Some(RowColumn::Levels(levels)) => levels.at(row) != levels.unknown,
            Some(RowColumn::Days(days)) => days.at(row).is_some(),
            Some(RowColumn::Numbers(numbers)) => numbers.at(row).is_some(),
            Some(RowColumn::Absent) | None => false,
        }
    }
}

impl Membership {
    fn add(&mut self, truth: Truth, number: u64, units: u64) {
        match truth {
            Truth::True => self.within = self.within.saturating_add(units),
            Truth::False => {
                self.outside = self.outside.saturating_add(units);
                self.outside_rows.add(number);
            }
            Truth::Unknown => {
                self.unknown = self.unknown.saturating_add(units);
                self.unknown_rows.add(number);
            }
        }
    }
}
