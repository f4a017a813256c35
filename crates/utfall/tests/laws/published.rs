//! Published figures: what is printed from a register holds together, whatever the register; and a table printed with all
//! its totals shows any one number that was changed.

use std::fmt::Write;

use proptest::collection::vec;
use proptest::prelude::*;
use utfall::data::{Table, Values};
use utfall::{Evaluation, Evaluator, FindingCode, Project, day};

use crate::check;

const PLACES: [&str; 3] = ["A", "B", "C"];
const GENDERS: [&str; 2] = ["woman", "man"];
const BRANCHES: [&str; 3] = ["x", "y", "(unknown)"];

const BASE: &str = r#"
schema = 1
name = "Printed"
[registers.people]
unit = "person"
by = ["place", "gender", "branch"]
columns.place = { header = "Ort", type = "level", levels = ["A", "B", "C"] }
columns.gender = { header = "Kön", type = "level", levels = ["woman", "man"] }
columns.branch = { header = "Gren", type = "level", levels = ["x", "y"] }
[indicators.everybody]
kind = "count"
register = "people"
"#;

/// How many people are in each place, of each gender, in each branch.
type Counts = Vec<u32>;

fn registers() -> impl Strategy<Value = Counts> {
    vec(prop_oneof![3 => 0_u32..6, 1 => 0_u32..60], PLACES.len() * GENDERS.len() * BRANCHES.len())
}

/// The people of which the levels are these; `None` is every level.
fn count(counts: &[u32], wanted: [Option<usize>; 3]) -> u32 {
    let levels = |cell: usize| [cell / 6, cell / 3 % 2, cell % 3];
    let cells = counts.iter().enumerate();
    let is_in = |cell| {
        levels(cell)
            .into_iter()
            .zip(wanted)
            .all(|(own, wanted)| wanted.is_none_or(|level| level == own))
    };
    cells.filter(|(cell, _)| is_in(*cell)).map(|(_, count)| count).sum()
}

/// A table of one column by gender with all its totals, by row and column (the last of each is the total).
fn printed(counts: &[u32], of: usize, size: usize) -> Vec<[u32; 3]> {
    let rows = (0..size).map(Some).chain([None]);
    let cell = |row: Option<usize>, gender| {
        let mut wanted = [None, gender, None];
        wanted[of] = row;
        count(counts, wanted)
    };
    rows.map(|row| [cell(row, Some(0)), cell(row, Some(1)), cell(row, None)]).collect()
}

fn write_table(id: &str, column: &str, levels: &[&str], rows: &[[u32; 3]]) -> String {
    let mut text = format!(
        "[[published.tables]]\nid = \"{id}\"\nsource = \"p\"\nregister = \"people\"\nby = [\"{column}\", \"gender\"]\nrows = [\n"
    );
    for (level, [women, men, all]) in levels.iter().zip(rows) {
        writeln!(
            text,
            "{{ {column} = \"{level}\", woman = {women}, man = {men}, total = {all} }},"
        )
        .unwrap();
    }
    let [women, men, all] = rows[levels.len()];
    writeln!(text, "]\ntotal = {{ woman = {women}, man = {men}, total = {all} }}").unwrap();
    text
}

/// A share as printed with decimals, to the nearest, a tie upwards.
fn percent(part: u32, whole: u32, decimals: u32) -> String {
    let unit = 10_u64.pow(decimals);
    let twice = 200 * unit * u64::from(part) + u64::from(whole);
    let digits = twice / (2 * u64::from(whole));
    let (number, rest) = (digits / unit, digits % unit);
    if decimals == 0 {
        number.to_string()
    } else {
        format!("{number}.{rest:0width$}", width = decimals as usize)
    }
}

fn write_statement(id: usize, says: &str, of: &str, having: &str) -> String {
    format!(
        "[[published.statements]]\nid = \"s{id}\"\nregister = \"people\"\nsays = {{ {says} }}\nof = {{ {of} }}\nhaving = {{ {having} }}\n"
    )
}

/// Shares and counts of men, of a place and of a branch, in words, decimals and limits that are true.
fn write_statements(counts: &[u32], decimals: u32) -> String {
    let mut text = String::new();
    for (place, code) in PLACES.iter().enumerate() {
        let (men, all) =
            (count(counts, [Some(place), Some(1), None]), count(counts, [Some(place), None, None]));
        if all > 0 {
            let says = format!(
                "count = {men}, n = {all}, percent = {}, decimals = {decimals}",
                percent(men, all, decimals)
            );
            text +=
                &write_statement(place, &says, &format!("place = \"{code}\""), "gender = \"man\"");
        }
    }
    let (in_x, all) = (count(counts, [None, None, Some(0)]), count(counts, [None, None, None]));
    if all > 0 {
        let words = match (2 * in_x).cmp(&all) {
            _ if in_x == 0 => "nobody",
            std::cmp::Ordering::Less => "less_than_half",
            std::cmp::Ordering::Equal => "half",
            std::cmp::Ordering::Greater => "more_than_half",
        };
        let says = format!(
            "words = \"{words}\", percent = {}, decimals = {decimals}",
            percent(in_x, all, decimals)
        );
        text += &write_statement(9, &says, "", "branch = \"x\"");
    }
    text
}

/// Everything that is published of a register.
fn published(counts: &[u32], decimals: u32) -> String {
    let places = printed(counts, 0, PLACES.len());
    let branches = printed(counts, 2, BRANCHES.len());
    write_table("places", "place", &PLACES, &places)
        + &write_table("branches", "branch", &BRANCHES, &branches)
        + &write_statements(counts, decimals)
}

fn project(published: &str) -> Project {
    Project::from_toml(&format!("{BASE}\n{published}")).unwrap_or_else(|error| panic!("{error}"))
}

fn evaluated(project: &Project, counts: &[u32]) -> Evaluation {
    let (mut places, mut genders, mut branches) = (Vec::new(), Vec::new(), Vec::new());
    for (cell, units) in counts.iter().enumerate() {
        for _ in 0..*units {
            places.push(Some(PLACES[cell / 6]));
            genders.push(Some(GENDERS[cell / 3 % 2]));
            branches.push((cell % 3 < 2).then(|| BRANCHES[cell % 3]));
        }
    }
    let mut evaluator = Evaluator::new(project, day::parse("2024-12-31").unwrap()).unwrap();
    let table = Table::new([
        ("Ort", Values::from_texts(places)),
        ("Kön", Values::from_texts(genders)),
        ("Gren", Values::from_texts(branches)),
    ]);
    evaluator.add("people", &table).unwrap();
    evaluator.finish().unwrap()
}

#[test]
fn figures_printed_from_a_register_give_no_finding() {
    check(40, &(registers(), 0_u32..3), |(counts, decimals)| {
        let project = project(&published(&counts, decimals));
        let found = project.reconcile(Some(&evaluated(&project, &counts)));
        assert!(
            found.is_empty(),
            "{:?}",
            found.iter().map(ToString::to_string).collect::<Vec<_>>()
        );
    });
}

/// Also where only one of the two tables is there to show it.
#[test]
fn any_one_number_of_a_table_changed_by_one_is_found() {
    let choices = (registers(), 0..(PLACES.len() + 1) * 3, any::<bool>());
    check(150, &choices, |(counts, cell, is_more)| {
        let mut rows = printed(&counts, 0, PLACES.len());
        let number = &mut rows[cell / 3][cell % 3];
        *number = if is_more || *number == 0 { *number + 1 } else { *number - 1 };
        let project = project(&write_table("places", "place", &PLACES, &rows));
        let found = project.reconcile(None);
        let codes: Vec<FindingCode> = found.iter().map(|finding| finding.code).collect();
        assert!(
            codes.contains(&FindingCode::PartsMissing)
                || codes.contains(&FindingCode::PartsOverlap),
            "{codes:?}"
        );
        // Every sum that it is in tells the same way back.
        let repairs = found[0].facts.get("repairs").is_some();
        assert!(repairs, "the number that was changed is among the repairs");
    });
}

/// With a register, the number that was changed is named, and no other.
#[test]
fn a_changed_number_is_the_one_that_the_register_differs_from() {
    check(40, &(registers(), 0..PLACES.len() * 2), |(counts, cell)| {
        let mut rows = printed(&counts, 0, PLACES.len());
        rows[cell / 2][cell % 2] += 1;
        let project = project(&write_table("places", "place", &PLACES, &rows));
        let found = project.reconcile(Some(&evaluated(&project, &counts)));
        let differs: Vec<_> =
            found.iter().filter(|finding| finding.code == FindingCode::RegisterDiffers).collect();
        assert_eq!(differs.len(), 1);
        assert_eq!(differs[0].count, 1);
        let facts = differs[0].facts.to_json().unwrap();
        let place = format!("place={}, gender={}", PLACES[cell / 2], GENDERS[cell % 2]);
        assert!(facts.contains(&place), "{facts}");
    });
}
