//! A model project as the text of a project file.

use std::fmt::Write;

use crate::model::{
    Change, Clause, Column, Condition, Delay, Flow, FollowUp, Goal, ID_HEADER, Indicator, Item,
    Items, Kind, Level, Literal, Project, Promise, Register, Survey, Target, Test, WEIGHT_HEADER,
};

/// The text of a project.
pub(crate) fn of(project: &Project) -> String {
    let mut text = "schema = 1\nname = \"Laws\"\n".to_owned();
    if let Some(day) = project.last_day {
        writeln!(text, "last_day = {day}").unwrap();
    }
    project.registers.iter().for_each(|register| register_text(&mut text, register));
    for indicator in &project.indicators {
        indicator_text(&mut text, indicator, &project.registers[indicator.register].name);
    }
    for goal in &project.goals {
        let indicator = goal.indicator.map(|position| &*project.indicators[position].name);
        goal_text(&mut text, goal, indicator);
    }
    if let Some(flow) = &project.flow {
        flow_text(&mut text, flow, &project.registers[0].name);
    }
    text
}

/// A text in quotes: what JSON writes is TOML too, but for one control character.
pub(crate) fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string().replace('\u{7f}', "\\u007f")
}

/// The shortest decimal of a whole number of parts, of which `10^scale` make one.
pub(crate) fn decimal(parts: i64, scale: u32) -> String {
    let unit = 10_u64.pow(scale);
    let sign = if parts < 0 { "-" } else { "" };
    let (whole, rest) = (parts.unsigned_abs() / unit, parts.unsigned_abs() % unit);
    let text = format!("{sign}{whole}.{rest:0width$}", width = scale as usize);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

fn list<T>(items: &[T], text: impl Fn(&T) -> String) -> String {
    format!("[{}]", items.iter().map(text).collect::<Vec<_>>().join(", "))
}

fn register_text(text: &mut String, register: &Register) {
    writeln!(text, "\n[registers.{}]\nunit = {}", register.name, quoted(register.unit)).unwrap();
    if register.has_ids {
        writeln!(text, "person = {}", quoted(ID_HEADER)).unwrap();
    }
    if register.has_weights {
        writeln!(text, "weight = {}", quoted(WEIGHT_HEADER)).unwrap();
    }
    if let Some((starts, ends)) = &register.persons {
        writeln!(text, "count = \"persons\"\nstarts = \"{starts}\"\nends = \"{ends}\"").unwrap();
    }
    writeln!(text, "by = {}", list(&register.by, |name| quoted(name))).unwrap();
    for column in &register.columns {
        let declared = match &register.like {
            Some(other) => {
                let like = quoted(&format!("{other}.{}", column.name));
                format!("like = {like}, header = {}", quoted(&column.header))
            }
            None => column_text(column),
        };
        writeln!(text, "columns.{} = {{ {declared} }}", column.name).unwrap();
    }
}

fn column_text(column: &Column) -> String {
    let kind = match column.kind {
        Kind::Level => "level",
        Kind::Ordinal => "ordinal",
        Kind::Date => "date",
        Kind::Number => "number",
        Kind::Flag => "flag",
    };
    let mut text = format!("header = {}, type = \"{kind}\"", quoted(&column.header));
    if !column.levels.is_empty() {
        let levels = column.levels.iter().map(level_text).collect::<Vec<_>>().join(", ");
        write!(text, ", levels = {{ {levels} }}").unwrap();
    }
    if let Some(parent) = &column.parent {
        write!(text, ", parent = {}", quoted(parent)).unwrap();
    }
    if let Some(decimals) = column.decimals {
        write!(text, ", decimals = {decimals}").unwrap();
    }
    if column.is_absent {
        text.push_str(", absent = \"never published\"");
    }
    text
}

fn level_text(level: &Level) -> String {
    let labels = [("sv", &level.sv), ("en", &level.en), ("parent", &level.parent)];
    let mut entries: Vec<String> = labels
        .iter()
        .filter_map(|(key, value)| Some(format!("{key} = {}", quoted(value.as_ref()?))))
        .collect();
    if !level.spellings.is_empty() {
        entries
            .push(format!("spellings = {}", list(&level.spellings, |spelling| quoted(spelling))));
    }
    format!("{} = {{ {} }}", quoted(&level.code), entries.join(", "))
}

fn indicator_text(text: &mut String, indicator: &Indicator, register: &str) {
    let kind = indicator.kind();
    writeln!(
        text,
        "\n[indicators.{}]\nkind = \"{kind}\"\nregister = \"{register}\"",
        indicator.name
    )
    .unwrap();
    let conditions =
        [("of", &indicator.of), ("exclude", &indicator.exclude), ("having", &indicator.having)];
    for (key, condition) in conditions {
        if let Some(condition) = condition {
            writeln!(text, "{key} = {}", condition_text(condition)).unwrap();
        }
    }
    if let Some(follow_up) = &indicator.follow_up {
        writeln!(text, "follow_up = {}", follow_up_text(follow_up)).unwrap();
    }
    match &indicator.items {
        Items::None => {}
        Items::Change(change) => change_text(text, change),
        Items::Survey(survey) => survey_text(text, survey),
    }
}

fn change_text(text: &mut String, change: &Change) {
    if let Some(rule) = change.rule {
        writeln!(text, "rule = \"{rule}\"").unwrap();
    }
    if let Some(at_least) = change.at_least {
        writeln!(text, "at_least = {}", decimal(at_least, 2)).unwrap();
    }
    let item = |Item { from, to, is_worse }: &Item| {
        let direction = if *is_worse { ", higher_is = \"worse\"" } else { "" };
        format!("{{ from = \"{from}\", to = \"{to}\"{direction} }}")
    };
    writeln!(text, "items = {}", list(&change.items, item)).unwrap();
}

fn survey_text(text: &mut String, survey: &Survey) {
    let lists = [
        ("items", &survey.items),
        ("favourable", &survey.favourable),
        ("not_applicable", &survey.not_applicable),
    ];
    for (key, texts) in lists {
        writeln!(text, "{key} = {}", list(texts, |text| quoted(text))).unwrap();
    }
    if let Some(fewest) = survey.fewest {
        writeln!(text, "fewest_answers = {fewest}").unwrap();
    }
}

fn flow_text(text: &mut String, flow: &Flow, register: &str) {
    let stages: Vec<String> = (1..)
        .zip(&flow.stages)
        .map(|(number, of)| format!("{{ id = \"{number}\", of = {} }}", condition_text(of)))
        .collect();
    writeln!(text, "\n[flow]\nregister = \"{register}\"\nstages = [{}]", stages.join(", "))
        .unwrap();
    if let Some(reasons) = &flow.reasons {
        writeln!(text, "reasons = \"{reasons}\"").unwrap();
    }
}

fn follow_up_text(follow_up: &FollowUp) -> String {
    let delay = match follow_up.delay {
        Delay::Months(months) => format!("months = {months}"),
        Delay::Days(days) => format!("days = {days}"),
    };
    let window = follow_up.window.as_ref().map_or_else(String::new, |window| {
        let (before, after) = (window.before, window.after);
        format!(", observed_on = \"{}\", window_days = [{before}, {after}]", window.observed_on)
    });
    format!("{{ after = \"{}\", {delay}{window} }}", follow_up.after)
}

pub(crate) fn condition_text(condition: &Condition) -> String {
    format!("{{ {} }}", condition.0.iter().map(clause_text).collect::<Vec<_>>().join(", "))
}

fn clause_text(clause: &Clause) -> String {
    match clause {
        Clause::Any(parts) => format!("any = {}", list(parts, condition_text)),
        Clause::All(parts) => format!("all = {}", list(parts, condition_text)),
        Clause::Not(part) => format!("not = {}", condition_text(part)),
        Clause::Change { from, to, at_least, at_most } => {
            let limit = |key: &str, limit: &Option<i64>| {
                limit.map_or_else(String::new, |limit| format!(", {key} = {}", decimal(limit, 2)))
            };
            let limits = limit("at_least", at_least) + &limit("at_most", at_most);
            format!("change = {{ from = \"{from}\", to = \"{to}\"{limits} }}")
        }
        Clause::Column(name, test) => format!("{name} = {}", test_text(test)),
    }
}

fn test_text(test: &Test) -> String {
    match test {
        Test::Is(literal) => literal_text(literal),
        Test::In(literals) => list(literals, literal_text),
        Test::Within { known, at_least, at_most, between } => {
            let mut entries: Vec<String> = Vec::new();
            entries.extend(known.map(|known| format!("known = {known}")));
            let limits = [("at_least", at_least), ("at_most", at_most)];
            entries.extend(limits.iter().filter_map(|(key, limit)| {
                Some(format!("{key} = {}", literal_text(limit.as_ref()?)))
            }));
            entries.extend(between.as_ref().map(|(low, high)| {
                format!("between = [{}, {}]", literal_text(low), literal_text(high))
            }));
            format!("{{ {} }}", entries.join(", "))
        }
    }
}

fn literal_text(literal: &Literal) -> String {
    match literal {
        // A level whose code is a number may be written as one.
        Literal::Code(code) if code.parse::<u32>().is_ok_and(|number| number % 2 == 0) => {
            code.clone()
        }
        Literal::Code(code) => quoted(code),
        Literal::Hundredths(hundredths) => decimal(*hundredths, 2),
        Literal::Flag(flag) => flag.to_string(),
        Literal::Day(day) => day.to_string(),
    }
}

fn goal_text(text: &mut String, goal: &Goal, indicator: Option<&str>) {
    writeln!(text, "\n[goals.{}]\nlevel = \"individual\"\ntier = \"sub\"", goal.name).unwrap();
    if let Some(indicator) = indicator {
        writeln!(text, "indicator = \"{indicator}\"").unwrap();
    }
    if !goal.scale.is_empty() {
        writeln!(text, "scale = {}", list(&goal.scale, |rating| quoted(rating))).unwrap();
    }
    writeln!(text, "targets = {}", list(&goal.targets, |target| target_text(target, goal)))
        .unwrap();
    let evidence = list(&goal.evidence, |evidence| {
        let part = evidence.part.as_ref().map_or_else(String::new, |(column, level)| {
            format!("where = {{ {column} = {} }}, ", quoted(level))
        });
        let rating = quoted(&goal.scale[evidence.rating]);
        format!("{{ {part}rating = {rating}, on = {}, source = \"s\" }}", evidence.on)
    });
    writeln!(text, "evidence = {evidence}").unwrap();
}

fn target_text(target: &Target, goal: &Goal) -> String {
    let limit = |limit: &i64| match usize::try_from(*limit) {
        Ok(position) if !goal.scale.is_empty() => quoted(&goal.scale[position]),
        _ => decimal(*limit, 3),
    };
    let promise = match &target.promise {
        Promise::AtLeast(low) => format!("at_least = {}", limit(low)),
        Promise::AtMost(high) => format!("at_most = {}", limit(high)),
        Promise::Between(low, high) => format!("between = [{}, {}]", limit(low), limit(high)),
        Promise::All => "all = true".to_owned(),
        Promise::Exists => "exists = true".to_owned(),
    };
    let tolerance = target
        .tolerance
        .map_or_else(String::new, |tolerance| format!(", tolerance = {}", decimal(tolerance, 3)));
    format!("{{ from = {}, {promise}{tolerance} }}", target.from)
}
