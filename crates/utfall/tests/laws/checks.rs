//! Checks of horizontal principles: what they say does not depend on what figures are crossed by, on names, or on data
//! that are lost.

use std::cmp::Ordering;

use utfall::data::{Table, Values};
use utfall::principles::{CheckResult, CheckState, checks, combined_state};
use utfall::{By, Evaluation, Evaluator, Project, Tally, day};

use crate::check;
use crate::choices::{Choices, choices};

/// A row: gender, place and work, each of which may be unknown.
type Person = (Option<usize>, Option<usize>, Option<bool>);

const GENDERS: [&str; 3] = ["woman", "man", "other"];
const PLACES: [&str; 2] = ["north", "south"];

fn project(genders: [&str; 3], with_checks: bool) -> Project {
    let [first, second, third] = genders;
    let declared = format!(
        r#"
        schema = 1
        name = "Law"
        [registers.people]
        unit = "person"
        by = ["place"]
        columns.gender = {{ header = "Gender", type = "level", levels = ["{first}", "{second}", "{third}"] }}
        columns.place = {{ header = "Place", type = "level", levels = ["north", "south"] }}
        columns.work = {{ header = "Work", type = "flag" }}
        [indicators]
        work = {{ kind = "share", register = "people", having = {{ work = true }} }}
        in_south = {{ kind = "share", register = "people", of = {{ place = "south" }}, having = {{ work = true }} }}
        [flow]
        register = "people"
        stages = [{{ id = "south", of = {{ place = "south" }} }}, {{ id = "work", of = {{ work = true }} }}]
        "#
    );
    let checks = r#"
        [checks]
        gap = { principle = "equality", kind = "gap", indicator = "work", groups = "gender", adjusted_for = ["place"], smallest_group = 2, at_most = 0.34 }
        in_south = { principle = "equality", kind = "gap", indicator = "in_south", groups = "gender", smallest_group = 1, at_most = 0.5 }
        crossed = { principle = "equality", kind = "gap", indicator = "work", groups = ["gender", "place"], at_most = 0.5, smallest_group = 1 }
        share = { principle = "equality", kind = "representation", indicator = "work", within = ["gender", "place"], balance = true, targets = [{ from = 2020-01-01, between = [0.3, 0.8] }] }
        reference = { principle = "equality", kind = "representation", indicator = "work", smallest_group = 2, reference = { value = 0.25, source = "x", where = { place = "south" } } }
        parity = { principle = "equality", kind = "parity", groups = "gender", at_most = 0.4, smallest_group = 1 }
    "#;
    let text = if with_checks { format!("{declared}{checks}") } else { declared };
    Project::from_toml(&text).unwrap()
}

const CHECKS: [&str; 6] = ["gap", "in_south", "crossed", "share", "reference", "parity"];

fn people(choices: &mut Choices, most: usize) -> Vec<Person> {
    // Where everybody works, or nobody does, checks are met more often than they are by chance.
    let (often, lost) = (*choices.pick(&[10, 50, 90]), *choices.pick(&[0, 10, 30]));
    choices.list(1, most, |choices| {
        let gender = choices.below(GENDERS.len());
        let place = choices.below(PLACES.len());
        let gender = Some(gender).filter(|_| !choices.percent(lost));
        let place = Some(place).filter(|_| !choices.percent(lost));
        let work = choices.percent(often);
        (gender, place, Some(work).filter(|_| !choices.percent(lost)))
    })
}

fn table(people: &[Person], genders: [&str; 3]) -> Table<'static> {
    let text = |name: Option<&str>| name.map(str::to_owned);
    let gender: Vec<_> = people.iter().map(|row| text(row.0.map(|at| genders[at]))).collect();
    let place: Vec<_> = people.iter().map(|row| text(row.1.map(|at| PLACES[at]))).collect();
    Table::new([
        ("Gender", Values::from_texts(gender.iter().map(Option::as_deref))),
        ("Place", Values::from_texts(place.iter().map(Option::as_deref))),
        ("Work", Values::from_flags(people.iter().map(|row| row.2).collect::<Vec<_>>())),
    ])
}

fn evaluator<'p>(project: &'p Project, people: &[Person], by: By) -> Evaluator<'p> {
    let mut evaluator = Evaluator::by(project, day::parse("2022-06-30").unwrap(), by).unwrap();
    evaluator.add("people", &table(people, GENDERS)).unwrap();
    evaluator
}

fn evaluate(project: &Project, people: &[Person]) -> Evaluation {
    evaluator(project, people, By::Declared).finish().unwrap()
}

fn state(results: &[CheckResult], check: &str) -> CheckState {
    combined_state(results.iter().filter(|result| result.check == check)).unwrap()
}

/// Equal to the digit; an end that an interval does not have is no number, and equal to itself here.
fn same(one: &[CheckResult], other: &[CheckResult]) -> bool {
    format!("{one:?}") == format!("{other:?}")
}

#[test]
fn checks_do_not_depend_on_what_figures_are_crossed_by() {
    let (project, without) = (project(GENDERS, true), project(GENDERS, false));
    check(30, &choices(), |mut choices| {
        let people = people(&mut choices, 30);
        let expected = checks(&project, &evaluate(&project, &people));
        let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
        for by in [
            By::Margins(Vec::new()),
            By::Margins(names(&["gender", "place", "work"])),
            By::Tables(vec![names(&["gender"])]),
        ] {
            let evaluation = evaluator(&project, &people, by.clone()).finish().unwrap();
            assert!(same(&checks(&project, &evaluation), &expected), "{people:?}");
            // And figures do not depend on checks.
            let plain = evaluator(&without, &people, by).finish().unwrap();
            assert_eq!(evaluation.figures, plain.figures);
            assert_eq!(evaluation.flow, plain.flow);
        }
    });
}

#[test]
fn checks_of_parts_merged_are_those_of_the_whole() {
    let project = project(GENDERS, true);
    check(25, &choices(), |mut choices| {
        let people = people(&mut choices, 30);
        let split = choices.below(people.len() + 1);
        let (first, second) = people.split_at(split);
        let parts = [second, first]
            .map(|part| evaluator(&project, part, By::Declared).tally().unwrap().to_bytes());
        let parts = parts.map(|bytes| Tally::from_bytes(&bytes).unwrap());
        let merged = Evaluation::of_tally(&project, &Tally::merge(parts).unwrap().unwrap());
        let expected = checks(&project, &evaluate(&project, &people));
        assert!(same(&checks(&project, &merged.unwrap()), &expected), "{people:?}");
    });
}

#[test]
fn losing_data_never_makes_a_check_met() {
    let project = project(GENDERS, true);
    let met = std::cell::Cell::new(0);
    check(200, &choices(), |mut choices| {
        let people = people(&mut choices, 24);
        let before = checks(&project, &evaluate(&project, &people));
        let mut fewer = people.clone();
        for _ in 0..=choices.below(3) {
            let (at, what) = (choices.below(fewer.len()), choices.below(3));
            match what {
                0 => fewer[at].0 = None,
                1 => fewer[at].1 = None,
                _ => fewer[at].2 = None,
            }
        }
        let after = checks(&project, &evaluate(&project, &fewer));
        for name in CHECKS {
            if state(&after, name) == CheckState::Met {
                met.set(met.get() + 1);
                assert_eq!(state(&before, name), CheckState::Met, "{name}: {people:?}, {fewer:?}");
            }
        }
    });
    assert!(met.get() > 10, "only {} checks were met", met.get());
}

/// Groups change their names and the order in which they are declared.
#[test]
fn relabelling_groups_changes_nothing_but_names() {
    let (one, other) = (project(GENDERS, true), project(["x", "y", "z"], true));
    check(50, &choices(), |mut choices| {
        let people = people(&mut choices, 30);
        let mut order = [0, 1, 2];
        choices.shuffle(&mut order);
        let renamed: Vec<Person> = people
            .iter()
            .map(|(gender, place, work)| (gender.map(|at| order[at]), *place, *work))
            .collect();
        let mut evaluator = Evaluator::new(&other, day::parse("2022-06-30").unwrap()).unwrap();
        evaluator.add("people", &table(&renamed, ["x", "y", "z"])).unwrap();
        let expected = checks(&one, &evaluate(&one, &people));
        let found = checks(&other, &evaluator.finish().unwrap());
        assert_eq!(found.len(), expected.len());
        for name in CHECKS {
            assert_eq!(state(&found, name), state(&expected, name), "{name}");
            assert_eq!(seen(&found, name), seen(&expected, name), "{name}");
        }
    });
}

/// What results say without names: state, the counts of either group, whichever comes first, and the size of the gap.
fn seen(results: &[CheckResult], check: &str) -> Vec<String> {
    let of_check = results.iter().filter(|result| result.check == check);
    let mut seen: Vec<String> = of_check
        .map(|result| {
            let figures = &result.figures;
            let one = (figures.n, figures.successes);
            let other = (figures.other_n, figures.other_successes);
            let sides = (one.min(other), one.max(other));
            let rounded = |number: Option<f64>| number.map(|number| format!("{:.9}", number.abs()));
            let gap = rounded(figures.difference.map(|found| found.value));
            let adjusted = figures.adjusted.as_ref();
            let adjusted = rounded(adjusted.map(|adjusted| adjusted.difference.value));
            let p_value = rounded(figures.p_adjusted);
            let (state, reason) = (result.state, result.reason);
            format!("{state:?} {reason:?} {sides:?} {gap:?} {adjusted:?} {p_value:?}")
        })
        .collect();
    seen.sort();
    seen
}

/// Every way in which the unknown could turn out, gone through one by one.
#[test]
fn a_gap_is_settled_where_every_way_to_turn_out_agrees() {
    let project = project(GENDERS, true);
    let seen = std::cell::RefCell::new(Vec::new());
    check(150, &choices(), |mut choices| {
        let mut people: Vec<(usize, Option<bool>)> = choices.list(2, 14, |choices| {
            let work = choices.percent(*choices.clone().pick(&[20, 50, 80]));
            (choices.below(2), Some(work).filter(|_| !choices.percent(25)))
        });
        people.truncate(14);
        let rows: Vec<Person> =
            people.iter().map(|(gender, work)| (Some(*gender), Some(0), *work)).collect();
        let results = checks(&project, &evaluate(&project, &rows));
        let found = results.iter().find(|result| result.check == "gap").unwrap();
        let observed =
            |gender| people.iter().filter(|row| row.0 == gender && row.1.is_some()).count();
        if observed(0) < 2 || observed(1) < 2 {
            assert!(matches!(found.state, CheckState::CannotTell), "{people:?}");
            return;
        }
        let now: Vec<(usize, bool)> =
            people.iter().filter_map(|(gender, work)| Some((*gender, (*work)?))).collect();
        let mut sides = vec![side(&now)];
        let open: Vec<usize> = (0..people.len()).filter(|at| people[*at].1.is_none()).collect();
        for answers in 0..1_u32 << open.len() {
            let whole: Vec<(usize, bool)> = people
                .iter()
                .enumerate()
                .map(|(at, (gender, work))| {
                    let place = open.iter().position(|open| *open == at);
                    (*gender, work.unwrap_or_else(|| answers >> place.unwrap() & 1 == 1))
                })
                .collect();
            sides.push(side(&whole));
        }
        let expected = match sides[0] {
            _ if sides.iter().any(|side| *side != sides[0]) => CheckState::Open,
            Ordering::Equal => CheckState::Met,
            _ => CheckState::NotMet,
        };
        assert_eq!(found.state, expected, "{people:?}");
        seen.borrow_mut().push(expected);
    });
    for state in [CheckState::Met, CheckState::NotMet, CheckState::Open] {
        assert!(seen.borrow().contains(&state), "no case is {state:?}");
    }
}

/// Whether the difference of two shares lies below, within or above 34 hundredths.
fn side(people: &[(usize, bool)]) -> Ordering {
    let count = |gender: usize| {
        let group = people.iter().filter(|row| row.0 == gender);
        let n = i64::try_from(group.clone().count()).unwrap();
        (i64::try_from(group.filter(|row| row.1).count()).unwrap(), n)
    };
    let ((one, n), (other, m)) = (count(0), count(1));
    let difference = 100 * (one * m - other * n);
    let limit = 34 * n * m;
    if difference > limit {
        Ordering::Greater
    } else if -difference > limit {
        Ordering::Less
    } else {
        Ordering::Equal
    }
}
