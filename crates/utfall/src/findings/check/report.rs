//! What has been seen in a register, as findings and shares.

use super::looks::Look;
use super::persons::Persons;
use super::plan::Plan;
use super::rows::{Cell, FollowUps, Membership, Seen};
use super::texts::{Texts, is_telling};
use super::{Missing, Quality};
use crate::data::level_codes;
use crate::finding::{Fact, Facts, Finding, FindingCode, Rows, Subject};
use crate::findings::review::{contradictions, part};
use crate::project::{Column, Named, Project, Register, UNKNOWN};

/// A group is compared with everybody where it has this many units.
const SMALLEST_GROUP: u64 = 5;

/// All that is known of one register when it has been read.
pub(super) struct Report<'r, 'p> {
    pub(super) project: &'p Project,
    pub(super) name: &'p str,
    pub(super) register: &'p Register,
    pub(super) columns: &'p Named<Column>,
    pub(super) plan: &'r Plan<'p>,
    pub(super) seen: &'r Seen,
    pub(super) texts: &'r Texts,
    pub(super) persons: &'r Persons,
}

impl Report<'_, '_> {
    pub(super) fn findings(&self) -> Vec<Finding> {
        let mut findings = Vec::new();
        self.days_and_numbers(&mut findings);
        self.rules(&mut findings);
        self.follow_ups(&mut findings);
        self.ids(&mut findings);
        self.missing(&mut findings);
        self.members(&mut findings);
        self.spellings(&mut findings);
        self.looks(&mut findings);
        findings
    }

    fn column(&self, position: usize) -> Subject {
        let name = self.columns.get_index(position).map(|(name, _)| name.clone());
        Subject { column: name, ..Subject::register(self.name) }
    }

    fn name_of(&self, position: usize) -> Fact {
        let name = self.columns.get_index(position).map(|(name, _)| name.clone());
        Fact::Text(name.unwrap_or_default())
    }

    fn days_and_numbers(&self, findings: &mut Vec<Finding>) {
        let Report { plan, seen, project, .. } = self;
        for ((first, then), rows) in plan.orders.iter().zip(&seen.orders) {
            let facts = Facts::from([("first", self.name_of(*first))]);
            note(findings, FindingCode::DatesReversed, self.column(*then), facts, rows);
        }
        for (column, rows) in plan.dates.iter().zip(&seen.dates) {
            let day = |day: Option<chrono::NaiveDate>| {
                day.map_or_else(|| Fact::Text("…".to_owned()), Fact::Day)
            };
            let facts = Facts::from([
                ("first_day", day(project.first_day)),
                ("last_day", day(project.last_day)),
            ]);
            note(findings, FindingCode::DateOutsideProject, self.column(*column), facts, rows);
        }
        for ((position, ..), rows) in plan.ranges.iter().zip(&seen.ranges) {
            let declared = self.columns.get_index(*position).map(|(_, column)| column);
            let end = |limit: Option<crate::project::Decimal>| {
                limit.map_or_else(|| Fact::Text("…".to_owned()), Fact::Number)
            };
            let facts = Facts::from([
                ("at_least", end(declared.and_then(|column| column.at_least))),
                ("at_most", end(declared.and_then(|column| column.at_most))),
            ]);
            note(findings, FindingCode::NumberOutOfRange, self.column(*position), facts, rows);
        }
    }

    fn rules(&self, findings: &mut Vec<Finding>) {
        let language = self.project.language();
        for (index, (rule, rows)) in self.register.rules.iter().zip(&self.seen.rules).enumerate() {
            let path = format!("registers.{}.rules[{index}]", self.name);
            let text = rule.labels.in_language(language, &path).to_owned();
            let facts = Facts::from([("rule", Fact::Text(text))]);
            let subject = Subject { part: Some(path), ..Subject::register(self.name) };
            note(findings, FindingCode::RuleBroken, subject, facts, rows);
        }
    }

    fn follow_ups(&self, findings: &mut Vec<Finding>) {
        for (plan, seen) in self.plan.follow_ups.iter().zip(&self.seen.follow_ups) {
            let FollowUps { without_event, outside_window, missing, due_units, missing_units } =
                seen;
            let subject = || Subject::register(self.name).with_indicator(plan.indicator);
            let after = Facts::from([("after", self.name_of(plan.after))]);
            note(findings, FindingCode::FollowUpWithoutEvent, subject(), after, without_event);
            if let (Some((before, after)), Some(observed_on)) = (plan.window, plan.observed_on) {
                let facts = Facts::from([
                    ("observed_on", self.name_of(observed_on)),
                    ("days_before", Fact::Count(before.into())),
                    ("days_after", Fact::Count(after.into())),
                ]);
                let code = FindingCode::FollowUpOutsideWindow;
                note(findings, code, subject(), facts, outside_window);
            }
            let facts = Facts::from([("share", share(*missing_units, *due_units))]);
            note(findings, FindingCode::FollowUpMissing, subject(), facts, missing);
        }
    }

    fn ids(&self, findings: &mut Vec<Finding>) {
        let Some(header) = &self.register.person else { return };
        if self.register.unit == "person" {
            let subject = Subject::register(self.name).with_column(header);
            let repeated = self.persons.repeated();
            note(findings, FindingCode::RepeatedId, subject, Facts::NONE, &repeated);
            return;
        }
        let several = self.persons.in_several(self.plan.groups.len());
        for (column, count) in self.plan.groups.iter().zip(several) {
            if count > 0 {
                let code = FindingCode::PersonInSeveralLevels;
                let finding = Finding::new(code, self.column(*column), Facts::NONE);
                findings.push(Finding { count, ..finding });
            }
        }
    }

    fn missing(&self, findings: &mut Vec<Finding>) {
        let all = self.seen.cells.first();
        let units = all.map_or(0, |all| all.units);
        let mandatory: Vec<Fact> =
            self.plan.mandatory.iter().map(|column| self.name_of(*column)).collect();
        let complete = all.map_or(0, |all| all.complete);
        let facts = Facts::from([
            ("share", share(units.saturating_sub(complete), units)),
            ("columns", Fact::List(mandatory)),
        ]);
        let subject = Subject::register(self.name);
        note(findings, FindingCode::IncompleteRecord, subject, facts, &self.seen.incomplete);
        for (column, rows) in self.plan.expected.iter().zip(&self.seen.missing) {
            let missing = |cell: &Cell| cell.missing.get(*column).copied().unwrap_or(0);
            let of_all = all.map_or(0, missing);
            let facts = Facts::from([("share", share(of_all, units))]);
            note(findings, FindingCode::MissingValues, self.column(*column), facts, rows);
            if let Some((group, level, worst)) = self.worst(*column, of_all, units) {
                let facts = Facts::from([
                    ("by", Fact::Text(group)),
                    ("level", Fact::Text(level)),
                    ("share", share(missing(worst), worst.units)),
                    ("share_of_all", share(of_all, units)),
                ]);
                let finding =
                    Finding::new(FindingCode::MissingUnevenly, self.column(*column), facts);
                findings.push(Finding { count: missing(worst), ..finding });
            }
        }
    }

    /// The group in which a column is unknown most often, where that is ten percentage points above everybody.
    fn worst(&self, column: usize, of_all: u64, units: u64) -> Option<(String, String, &Cell)> {
        let missing = |cell: &Cell| cell.missing.get(column).copied().unwrap_or(0);
        let mut worst: Option<(String, String, &Cell)> = None;
        for (group, level, cell) in self.groups() {
            // That a column's own unknown level is not known says nothing.
            let is_own = self.columns.get_index_of(&group) == Some(column);
            let times = |one: u64, other: u64| u128::from(one) * u128::from(other);
            let above = times(missing(cell), units).saturating_sub(times(of_all, cell.units));
            let is_above = above >= times(cell.units, units).div_ceil(10);
            if is_own || cell.units < SMALLEST_GROUP || !is_above {
                continue;
            }
            let is_worse = worst.as_ref().is_none_or(|(_, _, known)| {
                times(missing(cell), known.units) > times(missing(known), cell.units)
            });
            if is_worse {
                worst = Some((group, level, cell));
            }
        }
        worst
    }

    fn members(&self, findings: &mut Vec<Finding>) {
        for (index, (entry, seen)) in
            self.register.eligible.iter().zip(&self.seen.eligible).enumerate()
        {
            let path = format!("registers.{}.eligible[{index}]", self.name);
            let subject = || Subject { part: Some(path.clone()), ..Subject::register(self.name) };
            let Membership { within, outside, unknown, outside_rows, unknown_rows } = seen;
            let known = within.saturating_add(*outside);
            let named = || ("part", Fact::Text(part(entry, index)));
            let facts = Facts::from([named(), ("share", share(*outside, known))]);
            note(findings, FindingCode::OutsideTargetGroup, subject(), facts, outside_rows);
            let all = known.saturating_add(*unknown);
            let facts = Facts::from([named(), ("share", share(*unknown, all))]);
            note(findings, FindingCode::TargetGroupUnknown, subject(), facts, unknown_rows);
        }
        findings.extend(contradictions(self.project, self.name));
        for ((purpose, _), seen) in self.plan.purposes.iter().zip(&self.seen.purposes) {
            let known = seen.within.saturating_add(seen.outside);
            let facts = Facts::from([
                ("purpose", Fact::Text((*purpose).to_owned())),
                ("within", share(seen.within, known)),
                ("outside", share(seen.outside, known)),
            ]);
            let part = Some(format!("purposes.{purpose}"));
            let subject = Subject { part, ..Subject::register(self.name) };
            note(findings, FindingCode::OutsidePurpose, subject, facts, &seen.outside_rows);
        }
    }

    fn spellings(&self, findings: &mut Vec<Finding>) {
        let mut near: Vec<_> = self.texts.near.iter().collect();
        near.sort_by(|one, other| one.0.cmp(other.0));
        for ((column, spelling), rows) in near {
            let facts = Facts::from([("spelling", Fact::Text(spelling.clone()))]);
            note(findings, FindingCode::NearSpelling, self.column(*column), facts, rows);
        }
    }

    fn looks(&self, findings: &mut Vec<Finding>) {
        let has_headers = self.project.headers(self.name).is_some_and(|known| !known.is_empty());
        for found in self.texts.column_looks() {
            let code = match found.look {
                Some(Look::IdentityNumber) => FindingCode::LooksLikeIdentityNumber,
                Some(Look::CoordinationNumber) => FindingCode::LooksLikeCoordinationNumber,
                Some(Look::PhoneNumber) => FindingCode::LooksLikePhoneNumber,
                Some(Look::EMail) => FindingCode::LooksLikeEMail,
                None => FindingCode::LooksLikeNames,
            };
            // Where a table has no headers, the first person may stand in their place.
            let is_told = has_headers && !is_telling(found.header);
            let header =
                if is_told { found.header.to_owned() } else { format!("#{}", found.place) };
            let subject = Subject::register(self.name).with_column(header);
            note(findings, code, subject, Facts::NONE, &found.rows);
        }
    }

    /// Every level of every crossed column with what is known of it; the whole register is left out.
    fn groups(&self) -> impl Iterator<Item = (String, String, &Cell)> {
        let levels = self.plan.groups.iter().filter_map(|column| {
            let (name, declared) = self.columns.get_index(*column)?;
            let codes = level_codes(declared).into_iter().chain([UNKNOWN.to_owned()]);
            Some(codes.map(move |code| (name.clone(), code)))
        });
        let cells = self.seen.cells.iter().skip(1);
        levels.flatten().zip(cells).map(|((name, code), cell)| (name, code, cell))
    }

    /// Everybody and every group, unknown groups only where somebody is in them.
    fn cells(&self) -> Vec<(Option<(String, String)>, &Cell)> {
        let all = self.seen.cells.first().map(|cell| (None, cell));
        let groups = self.groups().map(|(name, code, cell)| (Some((name, code)), cell));
        let is_shown = |(group, cell): &(Option<(String, String)>, &Cell)| {
            cell.units > 0 || group.as_ref().is_none_or(|(_, code)| code != UNKNOWN)
        };
        all.into_iter().chain(groups).filter(is_shown).collect()
    }

    pub(super) fn quality(&self) -> Vec<Quality> {
        let has_mandatory = !self.plan.mandatory.is_empty();
        let has_follow_ups = !self.plan.follow_ups.is_empty();
        let quality = self.cells().into_iter().map(|(group, cell)| {
            let (by, level) = group.unzip();
            Quality {
                register: self.name.to_owned(),
                by,
                level,
                units: cell.units,
                complete: has_mandatory.then_some(cell.complete),
                valid: cell.valid,
                due: has_follow_ups.then_some(cell.due),
                timely: has_follow_ups.then_some(cell.timely),
            }
        });
        quality.collect()
    }

    pub(super) fn missing_table(&self) -> Vec<Missing> {
        let mut rows = Vec::new();
        for (position, (column, declared)) in self.columns.iter().enumerate() {
            if declared.absent.is_some() {
                continue;
            }
            for (group, cell) in self.cells() {
                let (by, level) = group.unzip();
                rows.push(Missing {
                    register: self.name.to_owned(),
                    column: column.clone(),
                    by,
                    level,
                    units: cell.units,
                    missing: cell.missing.get(position).copied().unwrap_or(0),
                });
            }
        }
        rows
    }
}

/// Notes a finding in some rows, if there are any.
fn note(
    findings: &mut Vec<Finding>,
    code: FindingCode,
    subject: Subject,
    facts: Facts,
    rows: &Rows,
) {
    if !rows.is_empty() {
        let rows = rows.clone();
        findings.push(Finding { code, subject, facts, count: rows.count, rows: rows.first });
    }
}

fn share(part: u64, whole: u64) -> Fact {
    let count = |count: u64| i64::try_from(count).unwrap_or(i64::MAX);
    Fact::Share { part: count(part), whole: count(whole) }
}
