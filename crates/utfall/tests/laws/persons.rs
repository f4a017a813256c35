//! Registers that count persons: one person once, whatever the rows.

use std::collections::BTreeMap;

use utfall::data::{Table, Values};
use utfall::project::Language;
use utfall::{By, Evaluation, Evaluator, Project, Tally, day};

use crate::check;
use crate::choices::{Choices, choices};
use crate::enrolments;
use crate::model::{self, Case, Cell, Items};
use crate::reference;
use crate::seen::Seen;
use crate::tables::{Layout, by, evaluate, evaluate_in, evaluate_parts, project, table};

/// Checks a law on this many cases whose first register counts persons.
fn for_every_case(times: u32, law: impl Fn(Case, Choices)) {
    check(times, &(enrolments::cases(), choices()), |(case, choices)| law(case, choices));
}

/// The reference goes through persons one by one.
#[test]
fn persons_are_those_of_the_reference() {
    for_every_case(250, |case, _| {
        assert_eq!(Seen::of(&evaluate(&case)), reference::expected(&case));
    });
}

#[test]
fn there_are_as_many_persons_as_ids() {
    for_every_case(60, |mut case, _| {
        case.project.indicators.iter_mut().for_each(|indicator| indicator.register = 0);
        // Of a survey every answer is counted.
        case.project.indicators.retain(|indicator| !matches!(indicator.items, Items::Survey(_)));
        case.project.goals.clear();
        let rows = case.rows[0].as_ref().unwrap();
        let mut ids: Vec<i64> = rows
            .iter()
            .filter_map(|row| if let Cell::Whole(id) = row.id { Some(id) } else { None })
            .collect();
        let without = rows.len() - ids.len();
        ids.sort_unstable();
        ids.dedup();
        let persons = (ids.len() + without) as u64;
        for figure in evaluate(&case).figures.iter().filter(|figure| figure.is_overall()) {
            assert!(figure.counts.is_none_or(|counts| counts.units() == persons));
        }
    });
}

#[test]
fn the_order_of_enrolments_changes_nothing() {
    for_every_case(80, |mut case, mut choices| {
        let before = Seen::of(&evaluate(&case)).without_rows();
        choices.shuffle(case.rows[0].as_mut().unwrap());
        assert_eq!(Seen::of(&evaluate(&case)).without_rows(), before);
    });
}

#[test]
fn any_split_of_enrolments_into_tables_changes_nothing() {
    for_every_case(80, |case, mut choices| {
        let whole = evaluate(&case);
        let parts = evaluate_parts(&case, |register, rows| {
            let size = 1 + choices.below(9);
            rows.chunks(size).map(|rows| table(register, rows, &mut Layout::Plain)).collect()
        });
        // A register without rows comes in no table at all.
        if case.rows.iter().flatten().all(|rows| !rows.is_empty()) {
            assert_eq!(parts, whole);
        }
        assert_eq!(evaluate_in(&case, &mut Layout::Foreign(&mut choices)), whole);
    });
}

/// Where nobody has two enrolments, a person is a row.
#[test]
fn persons_with_one_enrolment_are_units() {
    for_every_case(80, |mut case, _| {
        for (row, number) in case.rows[0].iter_mut().flatten().zip(1..) {
            row.id = Cell::Whole(number);
        }
        let is_absent = |case: &Case| {
            let register = &case.project.registers[0];
            register.persons.as_ref().is_some_and(|(starts, _)| register.column(starts).is_absent)
        };
        if is_absent(&case) {
            return;
        }
        let persons = evaluate(&case);
        assert!(persons.overlap.iter().all(|overlap| overlap.persons == 0));
        case.project.registers[0].persons = None;
        let units = Seen::of(&evaluate(&case));
        let mut persons = Seen::of(&persons);
        persons.overlap.clear();
        let of_dates = ["missing_start", "end_before_start"];
        persons.findings.retain(|finding| !of_dates.contains(&&*finding.code));
        assert_eq!(persons, units);
    });
}

/// Ties are broken by what rows hold, not by what is asked of them.
#[test]
fn what_persons_are_crossed_by_changes_no_figure() {
    for_every_case(60, |mut case, _| {
        let crossed = Seen::of(&evaluate(&case));
        case.by = model::By::Margins(Vec::new());
        let alone = Seen::of(&evaluate(&case));
        let overall = crossed.figures.into_iter().filter(|figure| figure.group.is_empty());
        assert_eq!(alone.figures, overall.collect::<Vec<_>>());
        assert_eq!((alone.verdicts, alone.findings), (crossed.verdicts, crossed.findings));
    });
}

#[test]
fn other_indicators_change_no_figure_of_persons() {
    for_every_case(60, |mut case, _| {
        let all = Seen::of(&evaluate(&case)).figures;
        case.project.goals.clear();
        let last = case.project.indicators.split_off(case.project.indicators.len() - 1);
        let name = last[0].name.clone();
        case.project.indicators = last;
        let alone = Seen::of(&evaluate(&case)).figures;
        let of_last = all.into_iter().filter(|figure| figure.indicator == name);
        assert_eq!(alone, of_last.collect::<Vec<_>>());
    });
}

/// A person is in one group, and the overlap says how many are in several: at most as many as there are.
#[test]
fn groups_of_persons_add_up_and_overlaps_to_their_total() {
    for_every_case(60, |case, _| {
        let evaluation = evaluate(&case);
        let mut sums: BTreeMap<(&str, &str), (u64, u64)> = BTreeMap::new();
        for overlap in &evaluation.overlap {
            let (total, parts) = sums.entry((&overlap.register, &overlap.column)).or_default();
            *(if overlap.levels.is_empty() { total } else { parts }) += overlap.persons;
        }
        assert!(sums.values().all(|(total, parts)| total == parts), "{sums:?}");
        for overall in evaluation.figures.iter().filter(|figure| figure.is_overall()) {
            let (name, register) =
                (evaluation.figures.indicator(overall), evaluation.figures.register(overall));
            let Some(counts) = overall.counts else { continue };
            for ((of, column), (total, _)) in sums.iter().filter(|((of, _), _)| *of == register) {
                assert_eq!(*of, register);
                assert!(*total <= counts.units());
                let by = [*column];
                let groups: Vec<_> = evaluation.figures.table(name, &by).collect();
                let sum: u64 = groups.iter().filter_map(|group| Some(group.counts?.units())).sum();
                assert!(groups.is_empty() || sum == counts.units(), "{name} by {column}");
            }
        }
    });
}

#[test]
fn a_tally_of_persons_survives_its_bytes_and_gives_the_evaluation() {
    for_every_case(60, |case, _| {
        let project = project(&case.project);
        let mut evaluator = Evaluator::by(&project, case.as_of, by(&case.by)).unwrap();
        for (register, rows) in case.project.registers.iter().zip(&case.rows) {
            if let Some(rows) = rows {
                let table = table(register, rows, &mut Layout::Plain);
                evaluator.add(&register.name, &table).unwrap();
            }
        }
        let tally = evaluator.tally().unwrap();
        let read = Tally::from_bytes(&tally.to_bytes()).unwrap();
        assert_eq!(read, tally);
        assert_eq!(read.to_bytes(), tally.to_bytes());
        let later = Seen::of(&Evaluation::of_tally(&project, &read).unwrap());
        assert_eq!(later, Seen::of(&evaluate(&case)).without_rows());
    });
}

/// Enough rows for several threads to read and to fold.
#[test]
fn threads_change_nothing_of_persons() {
    const ROWS: usize = 200_000;
    let project = Project::from_toml(TWO_BRANCHES).unwrap();
    let scattered = |row: usize, salt: usize| (row * 7_919 + salt * 104_729) % 999_983;
    let piece = |rows: std::ops::Range<usize>| {
        let start =
            |row: usize| day::from_number(18_600 + i32::try_from(scattered(row, 2) % 300).unwrap());
        let end = |row: usize| start(row).filter(|_| scattered(row, 3) % 5 > 0);
        let branch = |row: usize| ["care", "school"].get(scattered(row, 4) % 3).copied();
        let id = |row: usize| i64::try_from(scattered(row, 1) % 140_000).unwrap();
        Table::new([
            ("Id", Values::from_integers(rows.clone().map(|row| Some(id(row))))),
            ("In", Values::from_days(rows.clone().map(start))),
            ("Ut", Values::from_days(rows.clone().map(end))),
            ("Gren", Values::from_texts(rows.map(branch))),
        ])
    };
    let evaluated = |pieces: &[Table<'_>]| {
        let mut evaluator = Evaluator::new(&project, day::parse("2022-06-30").unwrap()).unwrap();
        evaluator.add_pieces("enrolments", pieces).unwrap();
        let tally = evaluator.tally().unwrap();
        (Evaluation::of_tally(&project, &tally).unwrap(), tally.to_bytes())
    };
    let (whole, bytes) = evaluated(&[piece(0..ROWS)]);
    let rows: Vec<usize> = (0..ROWS).step_by(10_000).rev().collect();
    let pieces: Vec<Table<'_>> = rows.iter().map(|start| piece(*start..start + 10_000)).collect();
    let (parts, same) = evaluated(&pieces);
    assert_eq!(parts, whole);
    assert_eq!(same, bytes);
    let mut ids: Vec<usize> = (0..ROWS).map(|row| scattered(row, 1) % 140_000).collect();
    ids.sort_unstable();
    ids.dedup();
    let units = whole.figure("reached").unwrap().counts.unwrap().units();
    assert_eq!(units, ids.len() as u64);
    assert!(whole.overlap.iter().any(|overlap| overlap.persons > 0));
}

const TWO_BRANCHES: &str = r#"
schema = 1
name = "Two branches"

[registers.enrolments]
unit = "enrolment"
person = "Id"
count = "persons"
starts = "enrolled"
ends = "left"
by = ["branch"]
columns.enrolled = { header = "In", type = "date" }
columns.left = { header = "Ut", type = "date" }
columns.branch = { header = "Gren", type = "level", levels = ["care", "school"] }

[indicators.reached]
kind = "count"
register = "enrolments"

[indicators.left]
kind = "share"
register = "enrolments"
having = { left = { known = true }, branch = "care" }
follow_up = { after = "left", months = 3 }
"#;

fn tally_of(project: &Project, ids: &[i64], branches: &[&str]) -> Tally {
    let as_of = day::parse("2022-06-30").unwrap();
    let mut evaluator = Evaluator::by(project, as_of, By::Declared).unwrap();
    let start = day::parse("2022-01-10");
    let table = Table::new([
        ("Id", Values::from_integers(ids.iter().copied().map(Some))),
        ("In", Values::from_days(ids.iter().map(|_| start))),
        ("Ut", Values::Nulls(ids.len())),
        ("Gren", Values::from_texts(branches.iter().copied().map(Some))),
    ]);
    evaluator.add("enrolments", &table).unwrap();
    evaluator.tally().unwrap()
}

/// A tally holds no ids, so one who is in two of them is two. The merged tally says so, however it was merged; a part
/// without rows is none.
#[test]
fn persons_counted_in_parts_are_a_finding() {
    let project = Project::from_toml(TWO_BRANCHES).unwrap();
    let parts = [
        tally_of(&project, &[1, 1, 2], &["care", "school", "care"]),
        tally_of(&project, &[1], &["school"]),
        tally_of(&project, &[3, 3], &["school", "care"]),
        tally_of(&project, &[], &[]),
    ];
    let [one, two, three, none] = parts;
    let merge =
        |tallies: &[&Tally]| Tally::merge(tallies.iter().copied().cloned()).unwrap().unwrap();
    let whole = merge(&[&one, &two, &three, &none]);
    assert_eq!(merge(&[&none, &merge(&[&three, &one]), &two]).to_bytes(), whole.to_bytes());
    let evaluation = Evaluation::of_tally(&project, &whole).unwrap();
    assert_eq!(evaluation.figure("reached").unwrap().counts.unwrap().units(), 4);
    let persons: Vec<u64> = evaluation.overlap.iter().map(|overlap| overlap.persons).collect();
    assert_eq!(persons, [2, 2]);
    let [finding] = &evaluation.findings[..] else { panic!("{:?}", evaluation.findings) };
    assert_eq!((finding.code.word(), finding.count), ("persons_in_parts", 3));
    assert_eq!(
        finding.sentence(Language::English),
        "Register `enrolments` was counted in 3 parts; a person who is in several of them is counted once in each. \
         Count all rows at once."
    );
    assert_eq!(
        finding.sentence(Language::Swedish),
        "Registret `enrolments` är räknat i 3 delar; en person som finns i flera av dem är räknad en gång i varje. \
         Räkna alla rader på en gång."
    );
    let alone = Evaluation::of_tally(&project, &merge(&[&none, &one])).unwrap();
    assert_eq!(alone.findings, []);
}
