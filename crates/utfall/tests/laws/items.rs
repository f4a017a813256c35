//! Makes changes, surveys and flows of the columns of a register.

use chrono::NaiveDate;

use crate::choices::Choices;
use crate::conditions::condition;
use crate::model::{Change, Column, Condition, Item, Items, Kind, Register, Survey};

/// What is measured before and after.
const PAIRS: [(&str, &str); 2] = [("step_start", "step_end"), ("score_before", "score_after")];

/// A change or a survey, where the register has the columns for it.
pub(crate) fn items(choices: &mut Choices, register: &Register) -> Items {
    if choices.percent(60) { change(choices, register) } else { survey(choices, register) }
}

fn change(choices: &mut Choices, register: &Register) -> Items {
    let has_both = |(from, to): &&(&str, &str)| {
        register.position(from).is_some() && register.position(to).is_some()
    };
    let pairs: Vec<(&str, &str)> = PAIRS.iter().filter(has_both).copied().collect();
    // Backwards a pair is another item.
    let backwards = pairs.iter().map(|(from, to)| (*to, *from));
    let mut pairs: Vec<(&str, &str)> = pairs.iter().copied().chain(backwards).collect();
    if pairs.is_empty() {
        return Items::None;
    }
    choices.shuffle(&mut pairs);
    pairs.truncate(1 + choices.below(3));
    let is_number = |(from, _): &(&str, &str)| register.column(from).kind == Kind::Number;
    let is_mixed = pairs.iter().any(is_number) && !pairs.iter().all(is_number);
    let rules = ["any_item", "no_regression", "net", "mean"];
    let rule = *choices.pick(&rules[..if is_mixed { 2 } else { 4 }]);
    let rule = if pairs.len() > 1 { Some(rule) } else { choices.some(50, |_| rule) };
    let at_least = choices.some(70, |choices| {
        if pairs.iter().any(is_number) {
            // Quarters, so that no sum of binary fractions is rounded.
            25 * choices.between(1, 8)
        } else {
            *choices.pick(&[100, 200, 33, 50])
        }
    });
    let item = |(from, to): &(&str, &str), choices: &mut Choices| Item {
        from: (*from).to_owned(),
        to: (*to).to_owned(),
        is_worse: choices.percent(30),
    };
    let items = pairs.iter().map(|pair| item(pair, choices)).collect();
    Items::Change(Change { rule, at_least, items })
}

fn survey(choices: &mut Choices, register: &Register) -> Items {
    let has_levels = |column: &&Column| !matches!(column.kind, Kind::Date | Kind::Number);
    let columns: Vec<&Column> = register.columns.iter().filter(has_levels).collect();
    if columns.is_empty() {
        return Items::None;
    }
    let first = *choices.pick(&columns);
    // Items of one survey share their levels.
    let mut items: Vec<&Column> =
        columns.into_iter().filter(|column| codes(column) == codes(first)).collect();
    choices.shuffle(&mut items);
    items.truncate(1 + choices.below(3));
    let mut codes = codes(first);
    choices.shuffle(&mut codes);
    let favourable = codes.split_off(choices.below(codes.len()));
    let not_applicable = codes.split_off(choices.below(codes.len() + 1));
    let fewest = choices.some(50, |choices| 1 + choices.below(items.len()));
    let items = items.iter().map(|column| column.name.clone()).collect();
    Items::Survey(Survey { items, favourable, not_applicable, fewest })
}

fn codes(column: &Column) -> Vec<String> {
    match column.kind {
        Kind::Flag => ["false", "true"].map(str::to_owned).to_vec(),
        _ => column.levels.iter().map(|level| level.code.clone()).collect(),
    }
}

/// One to four stages of a flow.
pub(crate) fn flow_stages(
    choices: &mut Choices,
    register: &Register,
    as_of: NaiveDate,
) -> Vec<Condition> {
    choices.list(1, 4, |choices| condition(choices, register, as_of, 1))
}
