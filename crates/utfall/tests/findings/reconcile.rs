//! Every code of reconciling, provoked by figures that have it; expected numbers are worked out by hand.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use utfall::data::{Table, Values};
use utfall::{Evaluation, Evaluator, Family, Finding, FindingCode, Project, day};

use crate::{assert_whole, fact, of};

const BASE: &str = r#"
schema = 1
name = "Printed"
[registers.people]
unit = "person"
by = ["gender", "place"]
columns.gender = { header = "Kön", type = "level", levels = ["woman", "man"] }
columns.place = { header = "Ort", type = "level", levels = ["A", "B", "C"] }
columns.branch = { header = "Gren", type = "level", levels = ["x", "y"] }
columns.age = { header = "Ålder", type = "number" }
[indicators.everybody]
kind = "count"
register = "people"
[indicators.men]
kind = "share"
register = "people"
having = { gender = "man" }
[goals.reach]
level = "individual"
tier = "sub"
indicator = "everybody"
targets = [{ from = 2024-01-01, at_least = 40 }]
[goals.men]
level = "individual"
tier = "project"
indicator = "men"
targets = [{ from = 2024-01-01, at_least = 0.3 }]
[checks.men]
principle = "equality"
kind = "representation"
indicator = "men"
balance = true
[money]
plan = [{ from = 2024-01-01, value = 4_000 }]
outcome = 3_000
"#;

/// A table of places and genders in which everything adds up: 30 people, 12 of them men.
const PLACES: &str = r#"
[[published.tables]]
id = "places"
source = "p. 1"
register = "people"
by = ["place", "gender"]
rows = [{ place = "A", woman = 8, man = 2, total = 10 }, { place = "B", woman = 7, man = 3, total = 10 }, { place = "C", woman = 3, man = 7, total = 10 }]
total = { woman = 18, man = 12, total = 30 }
"#;

fn statement(id: &str, rest: &str) -> String {
    format!("[[published.statements]]\nid = \"{id}\"\nregister = \"people\"\n{rest}\n")
}

fn table(id: &str, rest: &str) -> String {
    format!(
        "[[published.tables]]\nid = \"{id}\"\nsource = \"p. 2\"\nregister = \"people\"\n{rest}\n"
    )
}

fn project(published: &str) -> Project {
    Project::from_toml(&format!("{BASE}\n{published}")).unwrap_or_else(|error| panic!("{error}"))
}

fn found(published: &str) -> Vec<Finding> {
    project(published).reconcile(None)
}

/// The one finding that there is.
fn only(published: &str) -> Finding {
    let found = found(published);
    assert_eq!(found.len(), 1, "{found:#?}");
    found[0].clone()
}

fn assert_facts(finding: &Finding, facts: &[(&str, Value)]) {
    for (name, value) in facts {
        assert_eq!(fact(finding, name), *value, "{name} of {finding:?}");
    }
}

fn of_branches(rest: &str) -> String {
    PLACES.to_owned() + &table("branches", rest)
}

/// Figures with each code, and the table or statement that it speaks of.
fn unsound() -> Vec<(FindingCode, String, &'static str)> {
    let places = |from: &str, to: &str| PLACES.replacen(from, to, 1);
    let with = |rest: &str| PLACES.to_owned() + rest;
    let rows = |rest: &str| of_branches(&format!("by = [\"branch\"]\n{rest}"));
    vec![
        (FindingCode::PartsMissing, places("woman = 8", "woman = 7"), "published.tables.places"),
        (FindingCode::PartsOverlap, places("woman = 8", "woman = 9"), "published.tables.places"),
        (
            FindingCode::PartAboveTotal,
            rows("rows = [{ x = 31, y = 2, total = 30 }]\noverlap = [\"branch\"]"),
            "published.tables.branches",
        ),
        (
            FindingCode::PrintedTwice,
            rows("rows = [{ x = 20, y = 10, total = 30 }]\ntotal = { x = 21 }"),
            "published.tables.branches",
        ),
        (FindingCode::TablesDiffer, rows("rows = [{ x = 20, y = 9 }]"), "published.tables.branches"),
        (
            FindingCode::CountDiffers,
            with(&statement("s", "says = { count = 13 }\nhaving = { gender = \"man\" }")),
            "published.statements.s",
        ),
        (
            FindingCode::ShareWrong,
            with(&statement("s", "says = { percent = 41 }\nhaving = { gender = \"man\" }")),
            "published.statements.s",
        ),
        (
            FindingCode::ShareImpossible,
            with(&statement("s", "says = { percent = 41 }\nhaving = { age = { at_least = 50 } }")),
            "published.statements.s",
        ),
        (FindingCode::Contradiction, with(&contradicting()), "published.statements.b"),
        (
            FindingCode::AnswerOfOthers,
            with(&statement("s", "says = { count = 7 }\nof = { place = \"C\" }\nhaving = { gender = \"man\" }\nanswers = \"men\"")),
            "published.statements.s",
        ),
        (
            FindingCode::AnswerMissesTarget,
            with(&statement("s", "says = { count = 30 }\nanswers = \"reach\"")),
            "published.statements.s",
        ),
        (FindingCode::PartsAgainstTarget, with(&men()), "published.tables.places"),
        (FindingCode::NotBalanced, with(&men()), "published.tables.places"),
        (FindingCode::PartDominates, with(&men()), "published.tables.places"),
        (
            FindingCode::NotInProportion,
            "[[published.statements]]\nid = \"s\"\nmoney = [\"plan\"]\nsays = { in_proportion_to = \"reach\" }\n".to_owned()
                + &statement("t", "says = { count = 20 }\nanswers = \"reach\""),
            "published.statements.s",
        ),
        (FindingCode::NotCompared, wide(), "people"),
    ]
}

fn men() -> String {
    statement("s", "says = { count = 12 }\nhaving = { gender = \"man\" }\nanswers = \"men\"")
}

/// 25 in branch x and 8 in branch y at place A, where 10 are: each is possible alone, not both.
fn contradicting() -> String {
    statement("a", "says = { count = 25 }\nof = { branch = \"x\" }")
        + &statement("b", "says = { count = 8 }\nof = { branch = \"y\", place = \"A\" }")
}

/// Questions about numbers are combined without end.
fn wide() -> String {
    (0..12)
        .map(|age| {
            statement(
                &format!("s{age}"),
                &format!("says = {{ count = 1 }}\nof = {{ age = {{ at_least = {age} }} }}"),
            )
        })
        .collect()
}

#[test]
fn every_code_is_provoked_and_said_in_both_languages() {
    let mut provoked = BTreeSet::new();
    for (code, published, subject) in unsound() {
        let found = found(&published);
        let subjects: Vec<String> =
            of(&found, code).iter().map(|one| one.subject.to_string()).collect();
        assert!(subjects.iter().any(|one| one == subject), "{code:?} of {subject} in {found:#?}");
        found.iter().for_each(assert_whole);
        provoked.insert(code);
    }
    let project = project(
        &(PLACES.to_owned() + &statement("s", "says = { count = 3 }\nof = { branch = \"x\" }")),
    );
    for one in project.reconcile(Some(&evaluated(&project, &[("woman", "A", 9)]))) {
        assert_whole(&one);
        provoked.insert(one.code);
    }
    let declared = FindingCode::ALL.iter().filter(|code| code.family() == Family::Reconcile);
    assert_eq!(provoked, declared.copied().collect());
}

#[test]
fn figures_that_hold_are_passed_over() {
    let figures = PLACES.to_owned()
        + &table("branches", "by = [\"branch\"]\nrows = [{ x = 20, y = 10, total = 30 }]")
        + &table(
            "of_men",
            "by = [\"branch\"]\nof = { gender = \"man\" }\nrows = [{ x = 5, y = 7, total = 12 }]",
        )
        + &statement(
            "a",
            "says = { percent = 40, count = 12, n = 30, out_of = [2, 5], words = \"less_than_half\" }\nhaving = { gender = \"man\" }",
        )
        + &statement(
            "b",
            "says = { percent = 66.7, over = 66, under = 67, words = \"more_than_half\", out_of = [2, 3] }\nhaving = { branch = \"x\" }",
        )
        + &statement(
            "c",
            "says = { ratio = 1.5, at_least = 60, at_most = 60 }\nhaving = { gender = \"woman\" }\nper = { gender = \"man\" }",
        )
        + &statement(
            "d",
            "says = { words = \"a_little_more_than_half\", count = 16 }\nhaving = { age = { at_least = 50 } }",
        )
        + &statement(
            "e",
            "says = { words = \"everybody\" }\nof = { place = \"C\" }\nhaving = { place = \"C\" }",
        );
    assert_eq!(found(&figures), []);
}

/// A cell and its row, its column and the total cross at one number: the only change that repairs all.
#[test]
fn the_one_number_that_would_repair_a_table_is_named() {
    let found = found(&PLACES.replacen("woman = 7", "woman = 6", 1));
    let places: Vec<Value> = found.iter().map(|one| fact(one, "place")).collect();
    assert_eq!(places, [json!("place=B"), json!("gender=woman")]);
    for one in &found {
        assert_eq!(one.code, FindingCode::PartsMissing);
        assert_facts(
            one,
            &[("difference", json!(-1)), ("repairs", json!([["place=B, gender=woman", 6, 7]]))],
        );
    }
}

/// 22 + 12 = 34 in two branches of 30 people: four are in both, or counted twice.
#[test]
fn overlap_is_told_from_missing_parts() {
    let branches = |rows: &str, rest: &str| {
        of_branches(&format!("by = [\"branch\"]\nrows = [{rows}]\n{rest}"))
    };
    let over = only(&branches("{ x = 22, y = 12, total = 30 }", ""));
    assert_eq!(over.code, FindingCode::PartsOverlap);
    assert_facts(&over, &[("sum", json!(34)), ("total", json!(30)), ("difference", json!(4))]);
    let under = only(&branches("{ x = 14, y = 12, total = 30 }", ""));
    assert_eq!(under.code, FindingCode::PartsMissing);
    assert_facts(&under, &[("difference", json!(-4)), ("parts", json!([["x", 14], ["y", 12]]))]);
    // Declared, either is as it should be, and the other still is not.
    assert_eq!(found(&branches("{ x = 22, y = 12, total = 30 }", "overlap = [\"branch\"]")), []);
    assert_eq!(found(&branches("{ x = 14, y = 12, total = 30 }", "partial = [\"branch\"]")), []);
    let under = only(&branches("{ x = 14, y = 12, total = 30 }", "overlap = [\"branch\"]"));
    assert_eq!(under.code, FindingCode::PartsMissing);
    let over = only(&branches("{ x = 22, y = 12, total = 30 }", "partial = [\"branch\"]"));
    assert_eq!(over.code, FindingCode::PartsOverlap);
}

/// Rounded to five, 8 + 7 + 3 = 18 is printed 10 + 5 + 5 = 20; without that said, it does not add up.
#[test]
fn a_source_that_does_not_add_up_by_design_says_so() {
    let rounded = |rest: &str| {
        table(
            "rounded",
            &format!("by = [\"place\"]\nrows = [{{ A = 10, B = 5, C = 5, total = 18 }}]\n{rest}"),
        )
    };
    assert_eq!(only(&rounded("")).code, FindingCode::PartsOverlap);
    assert_eq!(found(&rounded("rounded_to = 5")), []);
    assert_eq!(found(&rounded("tolerance = 1")), []);
    assert_eq!(only(&rounded("tolerance = 0")).code, FindingCode::PartsOverlap);
    // And against another table: 10 there is 8 to 12, or 9 to 11.
    let both = PLACES.to_owned()
        + &table(
            "rounded",
            "by = [\"gender\"]\nrows = [{ woman = 20, man = 10, total = 30 }]\nrounded_to = 5",
        );
    assert_eq!(found(&both), []);
    let both = PLACES.to_owned()
        + &table(
            "noisy",
            "by = [\"gender\"]\nrows = [{ woman = 20, man = 10, total = 30 }]\ntolerance = 1",
        );
    assert_eq!(only(&both).code, FindingCode::TablesDiffer);
}

/// 12 of 30 is 40 %; 41 % of 30 is no whole number (12.2 to 12.5); 2 of 3 is 66.67 %.
#[test]
fn a_share_is_diagnosed() {
    let of_men = |says: &str| {
        only(
            &(PLACES.to_owned()
                + &statement(
                    "s",
                    &format!("says = {{ {says} }}\nhaving = {{ gender = \"man\" }}"),
                )),
        )
    };
    let wrong = of_men("percent = 41");
    assert_facts(
        &wrong,
        &[("share", json!([12, 30])), ("gives", json!(40.0)), ("counts", Value::Null)],
    );
    // 43 % of 30 would be 13; nothing printed gives it.
    assert_facts(
        &of_men("percent = 43"),
        &[("counts", json!([13, 13])), ("alternatives", Value::Null)],
    );
    // 67 % is 12 of 18: men for each woman.
    let alternatives = json!([[[12, 18], "whole", ["published.tables.places", "gender=woman"]]]);
    assert_facts(
        &of_men("percent = 67"),
        &[("alternatives", alternatives), ("counts", json!([20, 20]))],
    );
    // More than 40 % is 13 or more.
    assert_facts(&of_men("over = 40"), &[("over", json!(40.0)), ("counts", json!([13, 30]))]);
    assert_facts(
        &of_men("words = \"almost_half\""),
        &[("words", json!("almost_half")), ("counts", json!([14, 16]))],
    );
    assert_facts(
        &of_men("out_of = [5, 10]"),
        &[("out_of", json!([5, 10])), ("counts", json!([14, 16]))],
    );
}

/// 18 to 12 is 1.5, 2 of 3 is 66.67 %.
#[test]
fn ratio_and_rounding_are_read_as_declared() {
    let ratio = |says: &str| {
        found(
            &(PLACES.to_owned()
                + &statement(
                    "s",
                    &format!(
                        "says = {{ {says} }}\nhaving = {{ gender = \"woman\" }}\nper = {{ gender = \"man\" }}"
                    ),
                )),
        )
    };
    assert_eq!(ratio("ratio = 1.5"), []);
    let wrong = &ratio("ratio = 1.6")[0];
    assert_facts(
        wrong,
        &[("share", json!([18, 12])), ("gives", json!(1.5)), ("counts", Value::Null)],
    );
    let share = |says: &str| {
        found(&statement(
            "s",
            &format!("says = {{ count = 2, n = 3, {says} }}\nhaving = {{ gender = \"man\" }}"),
        ))
    };
    assert_eq!(share("percent = 66.7"), []);
    assert_eq!(share("percent = 66, rounding = \"down\""), []);
    assert_facts(&share("percent = 66")[0], &[("rounding", json!("down"))]);
    assert_facts(&share("percent = 67, rounding = \"down\"")[0], &[("rounding", json!("half_up"))]);
    // 70 printed with one decimal is 70.0: 66.7 is not.
    assert_eq!(share("percent = 67, decimals = 0"), []);
    assert_facts(&share("percent = 67, decimals = 1")[0], &[("gives", json!(66.7))]);
    // A tie: 1 of 8 is 12.5 %.
    let tie = |percent: u32, rounding: &str| {
        found(&statement("s", &format!("says = {{ count = 1, n = 8, percent = {percent}{rounding} }}\nhaving = {{ gender = \"man\" }}"))).len()
    };
    assert_eq!((tie(12, ""), tie(13, "")), (0, 0));
    assert_eq!((tie(12, ", rounding = \"half_up\""), tie(13, ", rounding = \"half_up\"")), (1, 0));
    assert_eq!(
        (tie(12, ", rounding = \"half_even\""), tie(13, ", rounding = \"half_even\"")),
        (0, 1)
    );
}

#[test]
fn a_smallest_set_that_cannot_hold_together_is_named() {
    let one = only(&(PLACES.to_owned() + &contradicting()));
    assert_eq!(one.code, FindingCode::Contradiction);
    // 25 of the 30 are in x, so that 5 are in y at most; 8 are said to be, at A alone.
    let figures = fact(&one, "figures");
    let names: Vec<&str> =
        figures.as_array().unwrap().iter().map(|figure| figure[0].as_str().unwrap()).collect();
    assert!(names.contains(&"published.statements.a: count"), "{names:?}");
    assert!(names.contains(&"published.statements.b: count"), "{names:?}");
    assert_eq!(one.count, names.len() as u64);
    // Three fewer in x, or three fewer in y at A, and all of it holds.
    let repairs =
        json!([["published.statements.a: count", 25, 22], ["published.statements.b: count", 8, 5]]);
    assert_facts(&one, &[("repairs", repairs)]);
}

/// Of three genders and places no two figures contradict each other; all together do: 10 men at A and B each leave none.
#[test]
fn parts_that_only_contradict_together_are_found() {
    let margins =
        table("margins", "by = [\"gender\"]\nrows = [{ woman = 20, man = 10, total = 30 }]")
            + &statement("a", "says = { count = 6 }\nof = { gender = \"man\", place = \"A\" }")
            + &statement("b", "says = { count = 6 }\nof = { gender = \"man\", place = \"B\" }");
    let one = only(&margins);
    assert_eq!(one.code, FindingCode::Contradiction);
    let repairs = fact(&one, "repairs");
    let repairs = repairs.as_array().unwrap();
    assert!(repairs.contains(&json!(["published.statements.a: count", 6, 4])), "{repairs:?}");
    assert!(repairs.contains(&json!(["published.statements.b: count", 6, 4])), "{repairs:?}");
}

/// 59 in work and 13 in studies are 72 in either, not 73.
#[test]
fn a_sum_of_statements_is_checked() {
    let three = |sum: u32| {
        statement("x", "says = { count = 59 }\nof = { branch = \"x\" }")
            + &statement("y", "says = { count = 13 }\nof = { branch = \"y\" }")
            + &statement(
                "sum",
                &format!("says = {{ count = {sum} }}\nof = {{ branch = [\"x\", \"y\"] }}"),
            )
    };
    assert_eq!(found(&three(72)), []);
    let one = only(&three(73));
    assert_facts(
        &one,
        &[(
            "figures",
            json!([
                ["published.statements.x: count", 59],
                ["published.statements.y: count", 13],
                ["published.statements.sum: count", 73]
            ]),
        )],
    );
}

#[test]
fn figures_of_different_times_are_not_compared() {
    let early = table(
        "early",
        "by = [\"gender\"]\nat = \"first_day\"\nrows = [{ woman = 3, man = 1, total = 4 }]",
    );
    assert_eq!(found(&(PLACES.to_owned() + &early)), []);
    let late = early.replace("at = \"first_day\"\n", "");
    assert_eq!(only(&(PLACES.to_owned() + &late)).code, FindingCode::TablesDiffer);
}

#[test]
fn an_answer_about_whom_and_when_the_goal_asks_is_no_other() {
    let answer = |rest: &str| {
        found(
            &(PLACES.to_owned()
                + &statement(
                    "s",
                    &format!(
                        "says = {{ count = 12 }}\nhaving = {{ gender = [\"man\"] }}\nanswers = \"men\"\n{rest}"
                    ),
                )),
        )
    };
    assert!(of(&answer(""), FindingCode::AnswerOfOthers).is_empty());
    assert!(of(&answer("of_whom = {}"), FindingCode::AnswerOfOthers).is_empty());
    let other = answer("of_whom = { place = \"A\" }");
    assert_facts(of(&other, FindingCode::AnswerOfOthers)[0], &[("differs", json!(["population"]))]);
}

/// 4,000 for 40 planned are 100 each; 3,000 for 30 are 100 too, for 20 they are 150.
#[test]
fn money_that_follows_a_target_is_passed_over() {
    let claim = "[[published.statements]]\nid = \"s\"\nmoney = [\"plan\"]\nsays = { in_proportion_to = \"reach\" }\n";
    let reached = |count: u32| {
        claim.to_owned()
            + &statement("t", &format!("says = {{ count = {count} }}\nanswers = \"reach\""))
    };
    assert!(of(&found(&reached(30)), FindingCode::NotInProportion).is_empty());
    let found = found(&reached(20));
    let facts = [
        ("reason", json!("per_unit_differs")),
        ("planned_per_unit", json!(100)),
        ("outcome_per_unit_reached", json!(150)),
    ];
    assert_facts(of(&found, FindingCode::NotInProportion)[0], &facts);
    // 3,000 of 4,000 is 75 %.
    let share = |percent: u32| {
        format!(
            "[[published.statements]]\nid = \"s\"\nmoney = [\"outcome\", \"plan\"]\nsays = {{ percent = {percent} }}\n"
        )
    };
    assert_eq!(self::found(&share(75)), []);
    assert_facts(
        &only(&share(57)),
        &[("amounts", json!([3_000.0, 4_000.0])), ("gives", json!(75.0))],
    );
}

fn evaluated(project: &Project, rows: &[(&str, &str, usize)]) -> Evaluation {
    let (mut genders, mut places) = (Vec::new(), Vec::new());
    for (gender, place, count) in rows {
        genders.extend(std::iter::repeat_n(Some(*gender), *count));
        places.extend(std::iter::repeat_n(Some(*place), *count));
    }
    let count = genders.len();
    let mut evaluator = Evaluator::new(project, day::parse("2024-12-31").unwrap()).unwrap();
    let table = Table::new([
        ("Kön", Values::from_texts(genders)),
        ("Ort", Values::from_texts(places)),
        ("Gren", Values::Nulls(count)),
        ("Ålder", Values::Nulls(count)),
    ]);
    evaluator.add("people", &table).unwrap();
    evaluator.finish().unwrap()
}

const AS_PRINTED: [(&str, &str, usize); 6] = [
    ("woman", "A", 8),
    ("man", "A", 2),
    ("woman", "B", 7),
    ("man", "B", 3),
    ("woman", "C", 3),
    ("man", "C", 7),
];

#[test]
fn figures_are_counted_again_where_the_evaluation_holds_the_counts() {
    let published = PLACES.to_owned()
        + &statement(
            "men",
            "says = { percent = 40, count = 12, n = 30 }\nhaving = { gender = \"man\" }",
        )
        + &statement(
            "at_c",
            "says = { percent = 70 }\nof = { place = \"C\" }\nhaving = { gender = \"man\" }",
        );
    let project = project(&published);
    assert_eq!(project.reconcile(Some(&evaluated(&project, &AS_PRINTED))), []);
    // One man more at C: 31 people, 13 men, 8 of 11 at C.
    let mut more = AS_PRINTED;
    more[5].2 = 8;
    let found = project.reconcile(Some(&evaluated(&project, &more)));
    assert!(found.iter().all(|one| one.code == FindingCode::RegisterDiffers), "{found:#?}");
    let subjects: Vec<String> = found.iter().map(|one| one.subject.to_string()).collect();
    assert_eq!(
        subjects,
        ["published.tables.places", "published.statements.men", "published.statements.at_c"]
    );
    let places = json!([
        ["total", 30, 31, -1],
        ["gender=man", 12, 13, -1],
        ["place=C", 10, 11, -1],
        ["place=C, gender=man", 7, 8, -1]
    ]);
    assert_facts(&found[0], &[("figures", places)]);
    // 13 of 31 is 41.9 %, 8 of 11 is 72.7 %.
    let men = json!([["count", 12, 13, -1], ["n", 30, 31, -1], ["percent", 40.0, [13, 31]]]);
    assert_facts(&found[1], &[("figures", men)]);
    assert_facts(&found[2], &[("figures", json!([["percent", 70.0, [8, 11]]]))]);
}

#[test]
fn what_the_evaluation_does_not_hold_is_not_recomputed() {
    let published = table("branches", "by = [\"branch\"]\nrows = [{ x = 20, y = 10 }]")
        + &statement("old", "says = { count = 5 }\nof = { age = { at_least = 50 } }");
    let project = project(&published);
    let found = project.reconcile(Some(&evaluated(&project, &AS_PRINTED)));
    let told: Vec<(FindingCode, String, u64)> =
        found.iter().map(|one| (one.code, one.subject.to_string(), one.count)).collect();
    // The total of 30 is that of the register; of the branches nothing is known.
    let code = FindingCode::NotRecomputed;
    assert_eq!(
        told,
        [
            (code, "published.tables.branches".to_owned(), 2),
            (code, "published.statements.old".to_owned(), 1)
        ]
    );
}

/// Thirty levels in each of four columns have 31^4 margins: too many to be listed, and its printed totals are looked at.
#[test]
fn of_a_very_wide_table_only_the_printed_totals_are_looked_at() {
    let levels = (0..30).map(|level| format!("\"l{level}\"")).collect::<Vec<_>>().join(", ");
    let column = |name: &str| {
        format!(
            "columns.{name} = {{ header = \"{name}\", type = \"level\", levels = [{levels}] }}\n"
        )
    };
    let rows = (0..30).map(|level| {
        format!(
            "{{ a = \"l{level}\", b = \"l{level}\", c = \"l{level}\", l{level} = 1, total = {} }}",
            1 + level / 29
        )
    });
    let rows = rows.collect::<Vec<_>>().join(", ");
    let text = format!(
        "schema = 1\nname = \"Wide\"\n[registers.people]\nunit = \"person\"\n{}{}",
        ["a", "b", "c", "d"].map(column).concat(),
        table("wide", &format!("by = [\"a\", \"b\", \"c\", \"d\"]\nrows = [{rows}]"))
    );
    let project = Project::from_toml(&text).unwrap_or_else(|error| panic!("{error}"));
    let codes: Vec<FindingCode> = project.reconcile(None).iter().map(|one| one.code).collect();
    assert_eq!(codes, [FindingCode::NotCompared]);
}
