//! Tallies of parts are the tally of the whole, to the same bits, in whatever order they come.

use utfall::data::Table;
use utfall::project::DeclaredChange;
use utfall::{Evaluation, Evaluator, Project, Tally};

use crate::choices::Choices;
use crate::for_every_case;
use crate::model::{Case, Register, Row};
use crate::tables::{Layout, by, evaluate, project, table};

/// The registers of a case in one table each, or only the rows of a part of them.
fn tally(project: &Project, case: &Case, part: impl Fn(usize, usize) -> bool) -> Tally {
    let mut evaluator = Evaluator::by(project, case.as_of, by(&case.by)).unwrap();
    for (position, (register, rows)) in given(case).enumerate() {
        let rows = rows.iter().enumerate().filter(|(row, _)| part(position, *row));
        let rows: Vec<Row> = rows.map(|(_, row)| row.clone()).collect();
        evaluator.add(&register.name, &table(register, &rows, &mut Layout::Plain)).unwrap();
    }
    evaluator.tally().unwrap()
}

/// The registers that are handed over, with their rows.
fn given(case: &Case) -> impl Iterator<Item = (&Register, &Vec<Row>)> {
    let registers = case.project.registers.iter().zip(&case.rows);
    registers.filter_map(|(register, rows)| Some((register, rows.as_ref()?)))
}

#[test]
fn tallies_of_parts_are_the_tally_of_the_whole() {
    for_every_case(60, |case, mut choices| {
        let project = project(&case.project);
        let whole = tally(&project, &case, |_, _| true);
        let count = 1 + choices.below(4);
        let places: Vec<Vec<usize>> = given(&case)
            .map(|(_, rows)| rows.iter().map(|_| choices.below(count)).collect())
            .collect();
        let part = |number: usize| tally(&project, &case, |at, row| places[at][row] == number);
        let mut parts: Vec<Tally> = (0..count).map(part).collect();
        choices.shuffle(&mut parts);
        let merged = Tally::merge(parts).unwrap().unwrap();
        assert_eq!(merged, whole);
        assert_eq!(merged.to_bytes(), whole.to_bytes());
        assert_eq!(canonical(&merged), canonical(&whole));
        let (evaluated, directly) =
            (Evaluation::of_tally(&project, &merged).unwrap(), evaluate(&case));
        let mut findings = directly.findings.clone();
        findings.iter_mut().for_each(|finding| finding.rows.clear());
        let mut directly = directly;
        directly.findings = findings;
        assert_eq!(evaluated, directly);
    });
}

/// The canonical bytes of every register.
fn canonical(tally: &Tally) -> Vec<Option<Vec<u8>>> {
    tally.units_by_register().map(|(register, _)| tally.canonical_bytes(register)).collect()
}

/// What a hash is taken of changes with the counts, and with nothing else.
#[test]
fn equal_canonical_bytes_are_equal_counts() {
    for_every_case(60, |case, mut choices| {
        let project = project(&case.project);
        let whole = tally(&project, &case, |_, _| true);
        assert_eq!(whole.canonical_bytes("no such register"), None);
        let (position, (register, rows)) = given(&case).enumerate().next().unwrap();
        let mut shuffled = case.clone();
        let rows_of = |case: &Case| case.rows.iter().flatten().map(Vec::len).sum::<usize>();
        shuffled.rows.iter_mut().flatten().for_each(|rows| choices.shuffle(rows));
        assert_eq!(rows_of(&shuffled), rows_of(&case));
        assert_eq!(canonical(&tally(&project, &shuffled, |_, _| true)), canonical(&whole));
        if !rows.is_empty() {
            // A row that is left out is missed, unless it stands for no unit and nothing was found in it.
            let left_out = choices.below(rows.len());
            let fewer = tally(&project, &case, |at, row| at != position || row != left_out);
            let bytes = |tally: &Tally| tally.canonical_bytes(&register.name).unwrap();
            assert_eq!(bytes(&fewer) == bytes(&whole), fewer == whole);
        }
    });
}

#[test]
fn a_tally_survives_its_bytes() {
    for_every_case(60, |case, _| {
        let tally = tally(&project(&case.project), &case, |_, _| true);
        let read = Tally::from_bytes(&tally.to_bytes()).unwrap();
        assert_eq!(read, tally);
        assert_eq!(read.to_bytes(), tally.to_bytes());
        assert_eq!(Tally::merge([]), Ok(None));
    });
}

/// Whatever happens to the bytes on their way, no other tally is read from them.
#[test]
fn bytes_that_were_changed_are_no_tally() {
    for_every_case(60, |case, mut choices| {
        let tally = tally(&project(&case.project), &case, |_, _| true);
        let bytes = tally.to_bytes();
        let at = choices.below(bytes.len());
        assert_eq!(
            Tally::from_bytes(&bytes[..at]).map_err(|error| error.code()),
            Err("broken_tally")
        );
        let mut changed = bytes;
        changed[at] ^= 1 << choices.below(8);
        assert_eq!(Tally::from_bytes(&changed).map_err(|error| error.code()), Err("broken_tally"));
        changed.extend([0; 3]);
        assert_eq!(Tally::from_bytes(&changed).map_err(|error| error.code()), Err("broken_tally"));
    });
}

#[test]
fn pieces_counted_in_threads_are_the_register() {
    for_every_case(60, |case, mut choices| {
        let project = project(&case.project);
        let mut evaluator = Evaluator::by(&project, case.as_of, by(&case.by)).unwrap();
        for (register, rows) in given(&case) {
            let pieces = pieces(register, rows, &mut choices);
            evaluator.add_pieces(&register.name, &pieces).unwrap();
        }
        assert_eq!(evaluator.finish().unwrap(), evaluate(&case));
    });
}

fn pieces(register: &Register, rows: &[Row], choices: &mut Choices) -> Vec<Table<'static>> {
    let size = 1 + choices.below(9);
    let mut pieces: Vec<Table<'static>> =
        rows.chunks(size).map(|rows| table(register, rows, &mut Layout::Plain)).collect();
    pieces.push(table(register, &[], &mut Layout::Plain));
    pieces
}

/// Projects have no changes where they are equal, and the same ones, turned, the other way round.
#[test]
fn changes_of_projects_are_those_of_what_they_declare() {
    crate::check(60, &(crate::generate::cases(), crate::generate::cases()), |(one, other)| {
        let (one, other) = (project(&one.project), project(&other.project));
        assert!(one.changes(&one).is_empty());
        let (there, back) = (one.changes(&other), other.changes(&one));
        assert_eq!(there.is_empty(), one.to_json() == other.to_json());
        let seen = |change: &DeclaredChange| {
            (change.path.clone(), change.before.clone(), change.after.clone())
        };
        let turned = |change: &DeclaredChange| {
            (change.path.clone(), change.after.clone(), change.before.clone())
        };
        let mut there: Vec<_> = there.iter().map(seen).collect();
        let mut back: Vec<_> = back.iter().map(turned).collect();
        there.sort();
        back.sort();
        assert_eq!(there, back);
    });
}
