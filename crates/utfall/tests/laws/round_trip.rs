//! A project survives being written, as TOML and as JSON, whatever it says and in whatever words.

use std::fmt::Write;

use proptest::strategy::Strategy;
use utfall::Project;

use crate::check;
use crate::choices::{Choices, choices};
use crate::generate::cases;
use crate::text::{self, quoted};

#[test]
fn a_project_survives_toml_and_json() {
    let texts = (cases(), choices()).prop_map(|(mut case, mut choices)| {
        // One with words of any kind stands among the parts.
        case.project.flow = None;
        let text = text::of(&case.project);
        let (header, rest) = text.split_once("\n\n").unwrap();
        format!("{header}\n{}\n\n{rest}\n{}", header_text(&mut choices), parts(&mut choices))
    });
    check(150, &texts, |text| survives(&text));
}

fn survives(text: &str) {
    let project = Project::from_toml(text).unwrap_or_else(|error| panic!("{error}\n{text}"));
    let (toml, json) = (project.to_toml(), project.to_json());
    let from_toml = Project::from_toml(&toml).unwrap_or_else(|error| panic!("{error}\n{toml}"));
    let from_json = Project::from_json(&json).unwrap_or_else(|error| panic!("{error}\n{json}"));
    assert_eq!(from_toml, project);
    assert_eq!(from_json, project);
    assert_eq!(from_json.to_toml(), toml);
    assert_eq!(from_toml.to_json(), json);
}

/// A text with everything in it that quoting can go wrong by.
fn words(choices: &mut Choices) -> String {
    const LETTERS: [char; 32] = [
        'a', 'å', 'Ö', 'e', ' ', '"', '\'', '\\', '\n', '\r', '\t', '\0', '\u{1}', '\u{7f}',
        '\u{85}', '\u{2028}', '\u{feff}', '\u{308}', '#', '=', '[', ']', '{', '}', ',', '.', '-',
        '0', '🙂', '$', '%', '/',
    ];
    let text =
        choices.list(0, 8, |choices| *choices.pick(&LETTERS)).into_iter().collect::<String>();
    // A text that could be taken for something else.
    let other = *choices.pick(&["2022-06-30", "true", "0.7", "'''", "\"\"\"", "null", "1e3"]);
    quoted(if choices.percent(20) { other } else { &text })
}

fn date(choices: &mut Choices) -> String {
    format!(
        "{}-{:02}-{:02}",
        choices.between(1900, 2100),
        choices.between(1, 12),
        choices.between(1, 28)
    )
}

/// A number as somebody may write it.
fn number(choices: &mut Choices) -> String {
    let written =
        ["0", "-0.0", "0.1", "-12.50", "1e3", "52_000_000", "0.30000000000000004", "1e15"];
    if choices.percent(50) {
        (*choices.pick(&written)).to_owned()
    } else {
        text::decimal(choices.between(-30_000, 30_000), u32::try_from(choices.below(6)).unwrap())
    }
}

fn header_text(choices: &mut Choices) -> String {
    let mut lines: Vec<String> = Vec::new();
    lines.extend(choices.some(50, |choices| format!("owner = {}", words(choices))));
    lines.extend(choices.some(50, |choices| format!("description = {}", words(choices))));
    lines.extend(
        choices.some(50, |choices| format!("language = \"{}\"", choices.pick(&["sv", "en"]))),
    );
    lines.extend(choices.some(50, |choices| {
        let principles = ["\"equality\"", "\"accessibility\"", "\"non_discrimination\""];
        let some = choices.list(0, 3, |choices| *choices.pick(&principles));
        format!("principles = [{}]", some.join(", "))
    }));
    lines.extend(choices.some(30, |choices| format!("extends = [{}]", words(choices))));
    lines.join("\n")
}

/// Some of the other parts that a project file can have, each with random words and numbers.
fn parts(choices: &mut Choices) -> String {
    let mut text = String::new();
    let mut indicators = Vec::new();
    for (name, make) in INDICATORS {
        if choices.percent(40) {
            let (words, number) = (words(choices), number(choices));
            let made = make.replace("NUMBER", &number);
            write!(text, "\n[indicators.{name}]\nsv = {words}\n{made}\n").unwrap();
            indicators.push(name);
        }
    }
    text += EXTRA_REGISTER;
    let indicator = indicators.first().copied().unwrap_or("indicator_1");
    for part in PARTS {
        if choices.percent(50) {
            text += &filled(choices, part, indicator);
        }
    }
    text
}

/// A part with WORDS, NUMBER and DATE replaced, each anew.
fn filled(choices: &mut Choices, part: &str, indicator: &str) -> String {
    let mut text = String::new();
    let mut rest = part;
    while let Some((start, found)) =
        ["WORDS", "NUMBER", "DATE"].iter().filter_map(|key| Some((rest.find(key)?, *key))).min()
    {
        text += &rest[..start];
        text += &match found {
            "WORDS" => words(choices),
            "NUMBER" => number(choices),
            _ => date(choices),
        };
        rest = &rest[start + found.len()..];
    }
    text += rest;
    text.replace("INDICATOR", indicator)
}

/// A register for the kinds of indicator that ask for certain columns.
const EXTRA_REGISTER: &str = r#"
[registers.extra]
sv = "Övrigt"
unit = "enrolment"
person = "Person"
count = "units"
starts = "day"
ends = "day"
invited = 40
by = ["answer"]
mandatory = ["answer", "cost"]
rules = [{ sv = "r", of = { flag = true }, must = { cost = { at_most = 9 } } }, { must = { part = "a b" } }]
identifying = [{ header = "Person \"\\", legal_basis = "b" }]
eligible = [{ within = { answer = "1" }, of = { flag = true }, source = "s" }, { of = { cost = { at_least = 1 } } }]

[registers.extra.columns]
cost = { header = "Kostnad", type = "number", decimals = 2 }
hours = { header = "Timmar", type = "number", at_least = 0.5, at_most = 1e3, instrument = "klocka" }
day = { header = "Dag", type = "date" }
event = { header = "Händelse", type = "date", absent = "finns inte" }
answer = { header = "Svar", type = "ordinal", levels = ["1", "2", "3"] }
again = { header = "Igen", type = "ordinal", levels = ["1", "2", "3"] }
"flag" = { header = "Flagga", type = "flag", sensitive = true, legal_basis = "samtycke" }
part = { header = "Del", type = "level", levels."a b" = { spellings = ["\"x\""] }, levels."2022-06-30" = {}, levels."ö.#" = { en = "'" } }
"#;

const INDICATORS: [(&str, &str); 9] = [
    ("costs", "kind = \"sum\"\nregister = \"extra\"\ncolumn = \"cost\""),
    (
        "hours",
        "kind = \"mean\"\nregister = \"extra\"\ncolumn = \"hours\"\nexclude = { part = \"2022-06-30\" }",
    ),
    (
        "ratio",
        "kind = \"ratio\"\nregister = \"extra\"\nof_sum = \"cost\"\nper = { having = { cost = { between = [NUMBER, NUMBER] } } }",
    ),
    ("per", "kind = \"ratio\"\nregister = \"extra\"\nof_sum = \"cost\"\nper = { sum = \"hours\" }"),
    (
        "steps",
        "kind = \"change\"\nregister = \"extra\"\nrule = \"no_regression\"\nat_least = 0.50\nitems = [{ from = \"answer\", to = \"again\", higher_is = \"worse\" }, { from = \"cost\", to = \"hours\" }]",
    ),
    (
        "events",
        "kind = \"incidence\"\nregister = \"extra\"\nafter = \"day\"\nevents = { \"ett b\" = \"event\" }\nhorizons = [{ months = 6 }, { days = 0 }]",
    ),
    (
        "cells",
        "kind = \"coverage\"\nregister = \"extra\"\nmonth = \"day\"\nof_each = [\"part\"]\nhaving = { part = [\"a b\", \"ö.#\"], day = 2022-06-30, event = [2022-06-30, \"2022-07-01\"] }\nactive = [{ part = \"ö.#\", last_day = 2025-03-31 }]",
    ),
    (
        "answers",
        "kind = \"survey\"\nregister = \"extra\"\nitems = [\"answer\", \"again\"]\nfavourable = [\"3\"]\nnot_applicable = [\"1\"]\nfewest_answers = 1",
    ),
    (
        "nested",
        "kind = \"share\"\nregister = \"extra\"\nof = {}\nhaving = { not = { not = { any = [{ flag = false }, { all = [{ answer = 2 }, {}] }] } }, change = { to = \"again\", from = \"answer\", at_most = NUMBER } }",
    ),
];

const PARTS: [&str; 8] = [
    r#"
[goals.extra]
sv = WORDS
en = WORDS
level = "structure"
tier = "effect"
due_on = DATE
leads_to = []
source = WORDS
scale = ["inget", "2022-06-30", "allt"]
targets = [{ from = 2024-01-01, at_least = "2022-06-30", decided_by = WORDS, why = WORDS, source = WORDS }]
evidence = [{ where = { part = "a b" }, rating = "allt", on = DATE, source = WORDS }, { rating = "inget", on = DATE, source = WORDS }]
assumptions = [WORDS, WORDS]
risks = [{ text = WORDS, likelihood = WORDS, response = WORDS }, { text = WORDS }]
baseline = { value = NUMBER, on = DATE, source = WORDS }
"#,
    r#"
[checks.representation]
sv = WORDS
principle = "equality"
kind = "representation"
indicator = "nested_share"
within = ["part", "answer"]
balance = true
reference = { value = 0.07, source = WORDS, where = { part = "ö.#" } }
targets = [{ from = 2020-01-01, between = [0.4, 0.6], tolerance = 0.05 }]
smallest_group = 5

[checks.gap]
principle = "non_discrimination"
kind = "gap"
indicator = "nested_share"
groups = "flag"
adjusted_for = ["part"]
adjustment = "mantel_haenszel"
at_most = 0.125

[checks.gap_of_two]
principle = "non_discrimination"
kind = "gap"
indicator = "nested_share"
groups = ["flag", "part"]

[checks.given]
principle = "accessibility"
kind = "given"
register = "extra"
asked = "flag"
given = "flag"
outcomes = ["nested_share"]

[checks.by_part]
principle = "equality"
kind = "disaggregation"
by = "part"

[checks.often]
principle = "equality"
kind = "cadence"
indicator = "nested_share"
at_least = 0.5

[checks.meetings]
principle = "equality"
kind = "meetings"
register = "gatherings"
day = "day"
at_most_days = 60

[registers.gatherings]
unit = "meeting"
columns.day = { like = "extra.day" }

[checks.criteria]
principle = "equality"
kind = "criteria"
goals = [{ rating = WORDS, on = DATE, source = WORDS }]

[indicators.nested_share]
kind = "share"
register = "extra"
having = { flag = true }
"#,
    r#"
[[plan]]
sv = WORDS
principle = "accessibility"
phase = WORDS
first_day = 2020-01-01
last_day = 2020-02-01
done_on = DATE
responsible = WORDS
evidence = WORDS
indicator = "INDICATOR"

[[plan]]
en = WORDS
"#,
    r#"
[purposes.one]
sv = WORDS
en = WORDS
register = "extra"
of = { part = ["a b", "ö.#"] }
source = WORDS

[purposes.other]
sv = WORDS
"#,
    r#"
[flow]
register = "extra"
stages = [{ id = "en \"ö\"", sv = WORDS, of = { day = { known = true } } }, { id = "2022-06-30", en = WORDS, of = {} }]
reasons = "part"
"#,
    r#"
[grounds]
sex = { measured = "part" }
age = { not_collected = WORDS }
"#,
    r"
[money]
plan = [{ from = 2020-01-01, value = NUMBER, decided_by = WORDS }, { from = 2021-10-01, value = NUMBER, why = WORDS, source = WORDS }]
outcome = NUMBER
funding = [{ source = WORDS, share = 0.25 }]
",
    r#"
[published]
statements = [{ id = WORDS, source = WORDS, register = "extra", says = { percent = NUMBER, decimals = 1, rounding = "half_even", count = 3, n = 7, over = NUMBER, under = NUMBER, at_least = NUMBER, at_most = NUMBER, words = "almost_half", out_of = [7, 10] }, of = { flag = true }, having = { part = "a b" }, of_whom = {}, at = WORDS, tolerance = 2 }, { id = "ratio", register = "extra", says = { ratio = NUMBER }, having = { flag = true }, per = { flag = false } }]

[[published.unchanged]]
id = WORDS
source = WORDS
goals = []

[[published.tables]]
id = WORDS
source = WORDS
register = "extra"
by = ["answer", "part"]
of = { flag = true }
at = WORDS
partial = ["answer"]
overlap = ["part"]
tolerance = 1
rounded_to = 5
rows = [{ answer = "1", "a b" = 3, "(unknown)" = 1, total = 4 }, { answer = "(unknown)", "ö.#" = 0 }]
total = { "a b" = 3, total = 4 }
"#,
];
