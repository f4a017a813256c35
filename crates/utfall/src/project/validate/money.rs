//! Money and other promised numbers: indicators that count or sum, versions in order, shares that are at most all.

use super::super::decimal::Decimal;
use super::super::fault::Problem;
use super::super::indicator::{Indicator, Measure};
use super::super::money::{Money, Revision};
use super::super::path::KeyPath;
use super::Context;

impl Context<'_> {
    pub(super) fn promised_numbers(&mut self) {
        if let Some(money) = &self.declaration.money {
            self.money(money, &KeyPath::of(&["money"]));
        }
        for (index, planned) in self.declaration.planned.iter().enumerate() {
            let path = KeyPath::of(&["planned"]).index(index);
            let counts = |measure: &Measure| matches!(measure, Measure::Count(_) | Measure::Sum(_));
            let indicator = self.indicator(&planned.indicator, &path.key("indicator"));
            self.measures(indicator, counts, "a count or a sum", &path.key("indicator"));
            if let Some(part) = &planned.part {
                self.part(part, &path.key("where"));
            }
            self.revisions(&planned.plan, &path.key("plan"));
            for (index, period) in planned.active.iter().enumerate() {
                let ends = period.first_day.zip(period.last_day);
                if ends.is_some_and(|(first, last)| last < first) {
                    let conflict =
                        "`last_day` lies before `first_day`; exchange them or correct one";
                    let path = path.key("active").index(index).key("last_day");
                    self.fault(&path, Problem::conflict(conflict));
                }
            }
        }
    }

    fn money(&mut self, money: &Money, path: &KeyPath) {
        self.revisions(&money.plan, &path.key("plan"));
        for (index, name) in money.per.iter().enumerate() {
            let path = path.key("per").index(index);
            let indicator = self.indicator(name, &path);
            let counts = |measure: &Measure| {
                use Measure::{Change, Count, Incidence, Share};
                matches!(measure, Count(_) | Share(_) | Change(_) | Incidence(_))
            };
            let expected = "an indicator of units: a count, share, change or incidence";
            self.measures(indicator, counts, expected, &path);
        }
        let mut sum = Decimal::from_integer(0);
        for (index, funding) in money.funding.iter().enumerate() {
            let path = path.key("funding").index(index).key("share");
            // A share that cannot be added is greater than all.
            let with = sum.plus(&funding.share);
            let is_share = funding.share >= Decimal::from_integer(0);
            match with.filter(|sum| is_share && *sum <= Decimal::from_integer(1)) {
                Some(with) => sum = with,
                None => self.fault(
                    &path,
                    Problem::conflict(
                        "the shares of the funding are fractions from 0 to 1, and at most 1 together",
                    ),
                ),
            }
        }
    }

    fn measures(
        &mut self,
        indicator: Option<&Indicator>,
        is_one: impl Fn(&Measure) -> bool,
        expected: &str,
        path: &KeyPath,
    ) {
        if let Some(indicator) = indicator.filter(|indicator| !is_one(&indicator.measure)) {
            let found = format!("one of kind {}", indicator.measure.word());
            let expected = expected.to_owned();
            self.fault(path, Problem::WrongType { expected, found });
        }
    }

    /// The versions of a promised number stand in the order of their days.
    fn revisions(&mut self, plan: &[Revision], path: &KeyPath) {
        for (index, pair) in plan.windows(2).enumerate() {
            let [before, after] = pair else { continue };
            if after.from <= before.from {
                let (earlier, later) = (before.from.to_string(), after.from.to_string());
                let path = path.index(index + 1).key("from");
                self.fault(&path, Problem::RevisionsOutOfOrder { earlier, later });
            }
        }
    }
}
