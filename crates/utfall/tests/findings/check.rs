//! Every code of a check, provoked by a register that has it and not by one that has not.

use std::collections::BTreeSet;

use utfall::data::{Table, Values};
use utfall::{Checker, Family, Finding, FindingCode, Intake, Project, Severity, Soundness, day};

use crate::{assert_whole, fact, of, project, text};

const PROJECT: &str = r#"
schema = 1
name = "Check"
first_day = 2024-01-01
last_day = 2024-12-31

[registers.people]
unit = "person"
person = "Id"
by = ["subproject"]
mandatory = ["gender", "age"]
eligible = [
  { within = { subproject = "East" }, of = { age = { at_least = 18 } } },
  { within = { subproject = "West" }, of = { age = { at_most = 17 } } },
]
rules = [{ sv = "Fullföljd och avbruten samtidigt", of = { completed = { known = true } }, must = { dropped_out = { known = false } } }]
columns.subproject = { header = "Delprojekt", type = "level", levels = ["East", "West"] }
columns.gender = { header = "Kön", type = "level", levels = ["Kvinna", "Man"] }
columns.age = { header = "Ålder", type = "number", at_least = 0, at_most = 110 }
columns.enrolled = { header = "In", type = "date" }
columns.completed = { header = "Klar", type = "date" }
columns.dropped_out = { header = "Avbrott", type = "date" }
columns.followed_up = { header = "Uppföljd", type = "date" }
columns.status = { header = "Status", type = "level", levels = ["work", "none"] }

[registers.enrolments]
unit = "enrolment"
person = "Id"
by = ["branch"]
columns.branch = { header = "Gren", type = "level", levels = ["care", "school"] }

[registers.counts]
unit = "person"
weight = "Antal"
by = ["subproject"]
mandatory = ["gender"]
columns.subproject = { like = "people.subproject" }
columns.gender = { like = "people.gender" }

[purposes.east]
register = "people"
of = { subproject = "East" }

[purposes.counted]
register = "counts"
of = { subproject = "East" }

[indicators.work]
kind = "share"
register = "people"
of = { completed = { known = true } }
having = { status = "work" }
follow_up = { after = "completed", months = 3, observed_on = "followed_up", window_days = [10, 20] }

[flow]
register = "people"
stages = [{ id = "in", of = { enrolled = { known = true } } }, { id = "done", of = { completed = { known = true } } }]
"#;

/// The headers of `people`, and a row that nothing is to be said of.
const HEADERS: [&str; 9] =
    ["Id", "Delprojekt", "Kön", "Ålder", "In", "Klar", "Avbrott", "Uppföljd", "Status"];
const EAST: [&str; 9] =
    ["", "East", "Kvinna", "30", "2024-02-01", "2024-05-01", "", "2024-08-01", "work"];
const WEST: [&str; 9] =
    ["", "West", "Man", "17", "2024-02-01", "2024-05-01", "", "2024-08-05", "none"];

fn checked(project: &Project, register: &str, table: &Table<'_>) -> Soundness {
    let mut checker = Checker::new(project, day::parse("2024-12-31").unwrap());
    checker.add(register, table).unwrap();
    checker.finish()
}

/// A table of texts of `people`: its rows, each with its number as its id where it has none.
fn people(rows: &[[&str; 9]]) -> Table<'static> {
    let columns = HEADERS.iter().enumerate().map(|(place, header)| {
        let cells = rows.iter().enumerate().map(|(row, cells)| match (place, cells[place]) {
            (0, "") => Some(format!("P{row}")),
            (_, "") => None,
            (_, cell) => Some(cell.to_owned()),
        });
        (*header, Values::from_texts(cells.collect::<Vec<_>>()))
    });
    Table::new(columns.collect::<Vec<_>>()).of_texts()
}

/// A row with some cells replaced.
fn with(mut row: [&'static str; 9], cells: &[(&str, &'static str)]) -> [&'static str; 9] {
    for (header, cell) in cells {
        row[HEADERS.iter().position(|known| known == header).unwrap()] = cell;
    }
    row
}

fn findings(rows: &[[&str; 9]]) -> Vec<Finding> {
    checked(&project(PROJECT), "people", &people(rows)).findings
}

/// A clean register, but for what its declaration says of itself: one in two is outside the purpose, and the target
/// groups exclude each other.
#[test]
fn a_sound_register_gives_no_error_and_no_warning_of_its_own() {
    let found = findings(&[EAST, WEST]);
    let codes: Vec<FindingCode> = found.iter().map(|finding| finding.code).collect();
    assert_eq!(codes, [FindingCode::TargetGroupsContradict, FindingCode::OutsidePurpose]);
}

/// What is changed in a row of East, what comes of it, and of what it speaks.
type Case = (&'static [(&'static str, &'static str)], FindingCode, &'static str);

const UNSOUND: &[Case] = &[
    (&[("In", "2024-02-30")], FindingCode::ImpossibleDate, "people.enrolled"),
    (&[("Ålder", "trettio")], FindingCode::NotANumber, "people.age"),
    (&[("Kön", "Kvina")], FindingCode::NearSpelling, "people.gender"),
    (&[("Kön", "Kvina")], FindingCode::UndeclaredSpelling, "people.gender"),
    (&[("In", "2024-05-02")], FindingCode::DatesReversed, "people.completed"),
    (&[("Uppföljd", "2024-04-30")], FindingCode::DatesReversed, "people.followed_up"),
    (&[("In", "2023-12-31")], FindingCode::DateOutsideProject, "people.enrolled"),
    (&[("Avbrott", "2024-04-01")], FindingCode::RuleBroken, "registers.people.rules[0]"),
    (&[("Klar", "")], FindingCode::FollowUpWithoutEvent, "indicators.work"),
    (&[("Uppföljd", "2024-07-21")], FindingCode::FollowUpOutsideWindow, "indicators.work"),
    (&[("Uppföljd", "2024-08-22")], FindingCode::FollowUpOutsideWindow, "indicators.work"),
    (&[("Status", "")], FindingCode::FollowUpMissing, "indicators.work"),
    (&[("Ålder", "111")], FindingCode::NumberOutOfRange, "people.age"),
    (&[("Id", "P2")], FindingCode::RepeatedId, "people.Id"),
    (&[("Ålder", "")], FindingCode::IncompleteRecord, "people"),
    (&[("Kön", "")], FindingCode::MissingValues, "people.gender"),
    (&[("Ålder", "17")], FindingCode::OutsideTargetGroup, "registers.people.eligible[0]"),
    (&[("Ålder", "")], FindingCode::TargetGroupUnknown, "registers.people.eligible[0]"),
    (&[("Delprojekt", "West"), ("Ålder", "17")], FindingCode::OutsidePurpose, "purposes.east"),
    (&[("Id", "811218-9876")], FindingCode::LooksLikeIdentityNumber, "people.Id"),
    (&[("Id", "701063-2391")], FindingCode::LooksLikeCoordinationNumber, "people.Id"),
    (&[("Id", "070-123 45 67")], FindingCode::LooksLikePhoneNumber, "people.Id"),
    (&[("Id", "namn@example.se")], FindingCode::LooksLikeEMail, "people.Id"),
];

#[test]
fn every_code_is_provoked_by_the_change_that_it_speaks_of() {
    let mut provoked = BTreeSet::new();
    for (cells, code, subject) in UNSOUND {
        // The changed row is the second of three; the id that repeats there stands in the third then.
        let row = if *code == FindingCode::RepeatedId { 3 } else { 2 };
        let found = findings(&[EAST, with(EAST, cells), EAST]);
        let of_code = of(&found, *code);
        let of_code: Vec<_> =
            of_code.into_iter().filter(|finding| finding.subject.to_string() == *subject).collect();
        assert_eq!(of_code.len(), 1, "{code:?} of {subject} in {found:#?}");
        assert_eq!((of_code[0].count, &of_code[0].rows[..]), (1, &[row][..]), "{code:?}");
        found.iter().for_each(assert_whole);
        provoked.insert(*code);
    }
    for (found, code) in [
        (several(), FindingCode::PersonInSeveralLevels),
        (uneven(), FindingCode::MissingUnevenly),
        (named(), FindingCode::LooksLikeNames),
    ] {
        assert_eq!(of(&found, code).len(), 1, "{code:?} in {found:#?}");
        found.iter().for_each(assert_whole);
        provoked.insert(code);
    }
    let declared: BTreeSet<_> =
        FindingCode::ALL.iter().copied().filter(|code| code.family() == Family::Check).collect();
    provoked.remove(&FindingCode::UndeclaredSpelling);
    assert_eq!(provoked, declared);
}

/// One of two persons is in both branches.
fn several() -> Vec<Finding> {
    let table = Table::new([
        ("Id", Values::from_texts([Some("A"), Some("B"), Some("A"), Some("B")])),
        ("Gren", Values::from_texts([Some("care"), Some("care"), Some("school"), None])),
    ]);
    checked(&project(PROJECT), "enrolments", &table).findings
}

/// Three of five in the west, none of five in the east.
fn uneven() -> Vec<Finding> {
    let unknown = with(WEST, &[("Kön", "")]);
    findings(&[EAST, EAST, EAST, EAST, EAST, WEST, WEST, unknown, unknown, unknown])
}

fn named() -> Vec<Finding> {
    let names = ["Anna Andersson", "Karl-Johan Berg", "Åsa Öberg"].map(Some);
    let table = Table::new([
        ("Id", Values::from_integers([Some(1), Some(2), Some(3)])),
        ("Gren", Values::from_texts([Some("care"); 3])),
        ("Handläggare", Values::from_texts(names)),
    ]);
    checked(&project(PROJECT), "enrolments", &table).findings
}

#[test]
fn a_person_is_in_several_levels_by_the_known_ones() {
    let found = several();
    let several = of(&found, FindingCode::PersonInSeveralLevels);
    assert_eq!((several[0].count, several[0].subject.to_string()), (1, "enrolments.branch".into()));
}

#[test]
fn missing_is_uneven_where_a_group_lies_ten_points_above_everybody() {
    let found = uneven();
    let uneven = of(&found, FindingCode::MissingUnevenly);
    assert_eq!(text(uneven[0], "level"), "West");
    assert_eq!(fact(uneven[0], "share"), serde_json::json!([3, 5]));
    assert_eq!(fact(uneven[0], "share_of_all"), serde_json::json!([3, 10]));
}

/// The declared spelling is quoted, never the text of the row.
#[test]
fn the_nearest_declared_spelling_is_suggested() {
    let found =
        findings(&[EAST, with(EAST, &[("Kön", "kvinnna")]), with(EAST, &[("Kön", "mann")])]);
    let near = of(&found, FindingCode::NearSpelling);
    let spellings: Vec<String> = near.iter().map(|finding| text(finding, "spelling")).collect();
    assert_eq!(spellings, ["Kvinna", "Man"]);
    assert_eq!((near[0].rows.clone(), near[1].rows.clone()), (vec![2], vec![3]));
    assert_eq!(
        near[0].to_string(),
        "Column `gender` has a text that is nearly `Kvinna` in row 2. Correct the source, or add the spelling to the level if that is meant."
    );
}

/// Three months after 2024-05-01 is 2024-08-01; ten days before and twenty after still count.
#[test]
fn a_window_holds_both_its_ends() {
    for day in ["2024-07-22", "2024-08-21"] {
        let found = findings(&[with(EAST, &[("Uppföljd", day)])]);
        assert!(of(&found, FindingCode::FollowUpOutsideWindow).is_empty(), "{day}");
    }
}

/// Declared with a legal basis, a column may hold what identifies a person.
#[test]
fn what_is_declared_is_not_refused() {
    let declared = PROJECT.replacen(
        "mandatory",
        "identifying = [{ header = \"Id\", legal_basis = \"samtycke\" }]\nmandatory",
        1,
    );
    let table = people(&[with(EAST, &[("Id", "811218-9876")])]);
    let found = checked(&project(&declared), "people", &table).findings;
    assert!(of(&found, FindingCode::LooksLikeIdentityNumber).is_empty());
}

/// A column of ten digits is taken for identity numbers where one in four passes day and check digit.
#[test]
fn numbers_are_only_identity_numbers_where_many_pass() {
    let looks = |numbers: &[i64]| {
        let ids: Vec<Option<i64>> = numbers.iter().copied().map(Some).collect();
        let branches: Vec<Option<&str>> = numbers.iter().map(|_| Some("care")).collect();
        let table = Table::new([
            ("Id", Values::from_integers(ids)),
            ("Gren", Values::from_texts(branches)),
        ]);
        let found = checked(&project(PROJECT), "enrolments", &table).findings;
        of(&found, FindingCode::LooksLikeIdentityNumber).first().map(|finding| finding.count)
    };
    assert_eq!(looks(&[8_112_189_876]), Some(1));
    assert_eq!(looks(&[198_112_189_876]), Some(1));
    assert_eq!(looks(&[8_112_189_876, 9_999_999_991, 9_999_999_992]), Some(1));
    let few = [8_112_189_876, 9_999_999_991, 9_999_999_992, 9_999_999_993, 9_999_999_994];
    assert_eq!(looks(&few), None);
}

/// A header that is a number of a person is told by its place; so is any where no header is declared.
#[test]
fn a_header_that_identifies_somebody_is_not_told() {
    let table = Table::new([
        ("Gren", Values::from_texts([Some("care")])),
        ("Id", Values::from_texts([Some("A")])),
        ("811218-9876", Values::from_texts([Some("701063-2391")])),
    ]);
    let found = checked(&project(PROJECT), "enrolments", &table).findings;
    let look = of(&found, FindingCode::LooksLikeCoordinationNumber);
    assert_eq!(look[0].subject.column.as_deref(), Some("#3"));
    let bare = project("schema = 1\nname = \"Bare\"\n[registers.r]\nunit = \"person\"\n");
    let table = Table::new([("Anna Andersson", Values::from_texts([Some("701063-2391")]))]);
    let found = checked(&bare, "r", &table).findings;
    assert_eq!(found[0].subject.column.as_deref(), Some("#1"));
}

/// 31 women and 4 men in the east, 17 of unknown gender in the west: 52 units in three rows.
#[test]
fn a_register_of_counts_is_checked_in_units() {
    let table = Table::new([
        ("Delprojekt", Values::from_texts([Some("East"), Some("East"), Some("West")])),
        ("Kön", Values::from_texts([Some("Kvinna"), Some("Man"), None])),
        ("Antal", Values::from_integers([Some(31), Some(4), Some(17)])),
    ]);
    let Soundness { findings, quality, missing } = checked(&project(PROJECT), "counts", &table);
    let incomplete = of(&findings, FindingCode::IncompleteRecord);
    assert_eq!(fact(incomplete[0], "share"), serde_json::json!([17, 52]));
    assert_eq!((incomplete[0].count, &incomplete[0].rows[..]), (1, &[3][..]));
    let outside = of(&findings, FindingCode::OutsidePurpose);
    assert_eq!(fact(outside[0], "within"), serde_json::json!([35, 52]));
    let levels: Vec<_> = quality
        .iter()
        .map(|row| (row.level.as_deref(), row.units, row.complete, row.valid, row.due))
        .collect();
    assert_eq!(
        levels,
        [
            (None, 52, Some(35), 52, None),
            (Some("East"), 35, Some(35), 35, None),
            (Some("West"), 17, Some(0), 17, None),
        ]
    );
    let gender: Vec<_> = missing
        .iter()
        .filter(|row| row.column == "gender")
        .map(|row| (row.level.as_deref(), row.missing, row.units))
        .collect();
    assert_eq!(gender, [(None, 17, 52), (Some("East"), 0, 35), (Some("West"), 17, 17)]);
}

/// In the east one record of two is complete, one is valid (the other has an age out of range), and one follow-up of
/// two was made in its window; in the west all is well.
#[test]
fn shares_per_sub_project_are_complete_valid_and_in_time() {
    let east = with(EAST, &[("Kön", ""), ("Ålder", "111"), ("Uppföljd", "2024-08-22")]);
    let soundness = checked(&project(PROJECT), "people", &people(&[EAST, east, WEST]));
    let rows: Vec<_> = soundness
        .quality
        .iter()
        .map(|row| (row.level.as_deref(), row.units, row.complete, row.valid, row.due, row.timely))
        .collect();
    assert_eq!(
        rows,
        [
            (None, 3, Some(2), 2, Some(3), Some(2)),
            (Some("East"), 2, Some(1), 1, Some(2), Some(1)),
            (Some("West"), 1, Some(1), 1, Some(1), Some(1)),
        ]
    );
}

#[test]
fn what_cannot_be_read_at_all_stays_an_error() {
    let project = project(PROJECT);
    let mut checker = Checker::new(&project, day::parse("2024-12-31").unwrap());
    let without = Table::new([("Id", Values::from_texts([Some("A")]))]);
    assert_eq!(checker.add("people", &without).unwrap_err().code(), "missing_header");
    let table = people(&[EAST]);
    assert_eq!(checker.add("staff", &table).unwrap_err().code(), "register_not_declared");
}

#[test]
fn the_gravest_stand_first() {
    let found = findings(&[with(EAST, &[("Id", "811218-9876"), ("Ålder", "")]), WEST]);
    let severities: Vec<Severity> = found.iter().map(Finding::severity).collect();
    assert!(severities.is_sorted(), "{severities:?}");
    assert_eq!(found[0].code, FindingCode::LooksLikeIdentityNumber);
}

/// As many units as a row can stand for, in several rows: more than 64 bits hold.
#[test]
fn more_units_than_can_be_counted_stop_nothing() {
    let table = Table::new([
        ("Delprojekt", Values::from_texts([Some("East"); 4])),
        ("Kön", Values::from_texts([None::<&str>; 4])),
        ("Antal", Values::from_integers([Some(i64::MAX); 4])),
    ]);
    let found = checked(&project(PROJECT), "counts", &table);
    assert_eq!(of(&found.findings, FindingCode::IncompleteRecord)[0].count, 4);
    assert_eq!(found.quality[0].units, u64::MAX);
}
