//! The counts that the checks of a project need, whatever its figures are crossed by.

use super::default_checks::{DefaultChecks, Lacking};
use super::principles::{Check, CheckKind, Meetings};
use super::read::Named;
use super::{Measure, Project};

/// A table of counts: something counted by the levels of some columns of a register.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Need {
    pub(crate) register: String,
    pub(crate) of: NeedOf,
    /// The columns, in the order in which the check names them.
    pub(crate) columns: Vec<String>,
}

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NeedOf {
    /// The accounting of an indicator, by its position in the project.
    Indicator(usize),
    /// The stages of the flow.
    Flow,
    /// All units.
    Units,
    /// The days of a date column, by its position in the register.
    Days(usize),
}

/// What follows from the checks and principles of a project, made once when it is read.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct InForce {
    checks: Named<Check>,
    lacking: Vec<Lacking>,
    needs: Vec<Need>,
}

impl InForce {
    pub(super) fn of(project: &Project) -> Self {
        let DefaultChecks { checks: defaults, lacking } = DefaultChecks::of(project);
        let mut checks = project.checks.clone();
        checks.extend(defaults);
        let mut needs = Vec::new();
        for check in checks.values() {
            project.needs_of(&check.kind, &mut |need| {
                if !needs.contains(&need) {
                    needs.push(need);
                }
            });
        }
        Self { checks, lacking, needs }
    }
}

impl Project {
    /// The checks that apply: those that the project declares, and the default ones of its principles behind them.
    pub(crate) const fn checks_in_force(&self) -> &Named<Check> {
        &self.in_force.checks
    }

    /// The default checks that the project's columns do not allow.
    pub(crate) fn lacking_checks(&self) -> &[Lacking] {
        &self.in_force.lacking
    }

    /// The tables that the checks need, each once.
    pub(crate) fn needs(&self) -> &[Need] {
        &self.in_force.needs
    }

    /// The table of an indicator by some columns; `None` where the project has no such indicator.
    pub(crate) fn need(&self, indicator: &str, columns: &[String]) -> Option<Need> {
        let (position, _, found) = self.indicators.get_full(indicator)?;
        let (register, of) = (found.register.clone(), NeedOf::Indicator(position));
        Some(Need { register, of, columns: columns.to_vec() })
    }

    /// The table of the flow by some columns; `None` where the project has no flow.
    pub(crate) fn need_of_flow(&self, columns: &[String]) -> Option<Need> {
        let register = self.flow.as_ref()?.register.clone();
        Some(Need { register, of: NeedOf::Flow, columns: columns.to_vec() })
    }

    /// The days of meetings; `None` where the register has no such column.
    pub(crate) fn need_of_days(&self, meetings: &Meetings) -> Option<Need> {
        let register = meetings.register.clone();
        let position = self.columns(&register)?.get_index_of(&meetings.day)?;
        Some(Need { register, of: NeedOf::Days(position), columns: Vec::new() })
    }

    fn needs_of(&self, kind: &CheckKind, add: &mut dyn FnMut(Need)) {
        match kind {
            CheckKind::Representation(representation) => {
                let name = &representation.indicator;
                self.need(name, &[]).into_iter().for_each(&mut *add);
                for column in &representation.within {
                    self.need(name, std::slice::from_ref(column)).into_iter().for_each(&mut *add);
                }
                let part = representation.reference.iter().filter_map(|found| found.part.as_ref());
                for part in part {
                    let columns: Vec<String> = part.0.keys().cloned().collect();
                    self.need(name, &columns).into_iter().for_each(&mut *add);
                }
            }
            CheckKind::Gap(gap) => {
                let columns = [&gap.groups.0[..], &gap.adjusted_for[..]].concat();
                self.need(&gap.indicator, &columns).into_iter().for_each(add);
            }
            CheckKind::Parity(parity) => {
                self.need_of_flow(&parity.groups.0).into_iter().for_each(&mut *add);
                let missing = parity.indicator.as_ref();
                let need = missing.and_then(|name| self.need(name, &parity.groups.0));
                need.into_iter().for_each(add);
            }
            CheckKind::Given(given) => {
                let columns = vec![given.asked.clone(), given.given.clone()];
                add(Need { register: given.register.clone(), of: NeedOf::Units, columns });
                for outcome in &given.outcomes {
                    let asked = std::slice::from_ref(&given.asked);
                    self.need(outcome, asked).into_iter().for_each(&mut *add);
                }
            }
            CheckKind::Meetings(meetings) => self.need_of_days(meetings).into_iter().for_each(add),
            CheckKind::Process(_)
            | CheckKind::Disaggregation(_)
            | CheckKind::Cadence(_)
            | CheckKind::Criteria(_) => {}
        }
    }
}

impl Measure {
    /// Whether the units of an indicator are a success or not, one by one, so that groups of them can be compared.
    pub(crate) const fn counts_units(&self) -> bool {
        matches!(self, Self::Share(_) | Self::Change(_) | Self::Incidence(_))
    }
}
