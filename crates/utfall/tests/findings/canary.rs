//! Canaries: values that no finding, table or log of a check may sing of. Every cell of these tables is one, and every
//! code of a check that a register can give is provoked with them.

use std::collections::BTreeSet;

use utfall::data::{Table, Values};
use utfall::project::Language;
use utfall::{Checker, Family, FindingCode, Intake, Project, day};

/// What the values of persons look like here: no column, code, count or sentence contains any of it.
const CANARIES: [&str; 12] = [
    "kanarie", "7319", "811218", "701063", "fågel", "070-",
    "@", // Days as texts and as numbers of days.
    "2001-09", "11593", "2031-09", "22550", "28/9",
];

const PROJECT: &str = r#"
schema = 1
name = "Canaries"
first_day = 2010-01-01
last_day = 2012-12-31

[registers.people]
unit = "person"
person = "Personnummer"
by = ["area"]
mandatory = ["score"]
eligible = [{ within = { area = "alfa" }, of = { score = { at_most = 5 } } }, { of = { score = { at_least = 1 } } }]
rules = [{ must = { asked = false } }]
columns.area = { header = "Område", type = "level", levels = ["alfa", "beta"] }
columns.step = { header = "Steg", type = "ordinal", levels = ["1", "2"] }
columns.asked = { header = "Frågad", type = "flag" }
columns.begun = { header = "Start", type = "date" }
columns.completed = { header = "Fullföljd", type = "date" }
columns.seen = { header = "Uppföljd", type = "date" }
columns.score = { header = "Poäng", type = "number", at_most = 10 }

[registers.enrolments]
unit = "enrolment"
person = "Personnummer"
by = ["area"]
columns.area = { like = "people.area" }

[purposes.alfa]
register = "people"
of = { area = "alfa" }

[indicators.asked]
kind = "share"
register = "people"
having = { step = "1" }
follow_up = { after = "completed", days = 30, observed_on = "seen", window_days = [0, 0] }

[flow]
register = "people"
stages = [{ id = "a", of = { begun = { known = true } } }, { id = "b", of = { completed = { known = true } } }]
"#;

/// A table of texts in which every cell is a canary or a level.
fn people() -> Table<'static> {
    let columns: [(&str, [Option<&str>; 6]); 9] = [
        (
            "Personnummer",
            [
                Some("811218-9876"),
                Some("701063-2391"),
                Some("Kanarie Fågel"),
                Some("Kanarie Fågel"),
                Some("kanarie@fågel.se"),
                None,
            ],
        ),
        (
            "Område",
            [
                Some("alfaa"),
                Some("beta"),
                Some("kanarie"),
                Some("alfa"),
                Some("beta"),
                Some("beta"),
            ],
        ),
        ("Steg", [Some("1"), Some("7319"), None, Some("2"), Some("1"), None]),
        ("Frågad", [Some("ja"), Some("kanarie"), Some("nej"), Some("ja"), Some("ja"), None]),
        ("Start", [Some("2001-09-28"), Some("28/9 2001"), None, None, None, Some("2031-09-28")]),
        (
            "Fullföljd",
            [Some("2001-09-27"), None, None, Some("2001-09-28"), None, Some("2001-09-28")],
        ),
        (
            "Uppföljd",
            [Some("2001-09-28"), None, None, Some("2001-09-28"), None, Some("2001-09-28")],
        ),
        ("Poäng", [Some("7319"), Some("kanarie"), None, Some("7319.7319"), None, Some("0")]),
        (
            "Övrigt",
            [
                Some("070-731 97 31"),
                Some("kanarie"),
                Some("Kanarie Fågel"),
                Some("Kanarie Fågel"),
                Some("Kanarie Fågel"),
                Some("Kanarie Fågel"),
            ],
        ),
    ];
    Table::new(columns.map(|(header, cells)| (header, Values::from_texts(cells)))).of_texts()
}

fn enrolments() -> Table<'static> {
    let unknown = (0..6).map(|_| None);
    let areas =
        [Some("alfa"), Some("beta"), Some("beta"), Some("beta"), Some("beta"), Some("beta")];
    Table::new([
        (
            "Personnummer",
            Values::from_texts(
                [Some("kanarie"), Some("kanarie"), Some("7319")]
                    .into_iter()
                    .chain((0..9).map(|_| Some("fågel"))),
            ),
        ),
        ("Område", Values::from_texts(areas.into_iter().chain(unknown))),
    ])
}

fn assert_silent(text: &str) {
    let text = text.to_lowercase();
    for canary in CANARIES {
        assert!(!text.contains(canary), "`{canary}` in: {text}");
    }
}

#[test]
fn no_finding_and_no_table_of_a_check_holds_a_value_of_a_person() {
    let project = Project::from_toml(PROJECT).unwrap();
    let mut checker = Checker::new(&project, day::parse("2022-06-30").unwrap());
    checker.add("people", &people()).unwrap();
    checker.add("enrolments", &enrolments()).unwrap();
    // The texts of a column are looked at, and none is kept; the project's own words may be.
    assert_silent(&format!("{checker:?}"));
    let soundness = checker.finish();
    for finding in &soundness.findings {
        assert_silent(&finding.sentence(Language::Swedish));
        assert_silent(&finding.sentence(Language::English));
        assert_silent(&finding.facts.to_json().unwrap_or_default());
        assert_silent(&finding.subject.to_string());
        assert_silent(&format!("{finding:?} {finding:#?}"));
    }
    assert_silent(&format!("{soundness:?}"));
    let codes: BTreeSet<FindingCode> =
        soundness.findings.iter().map(|finding| finding.code).collect();
    for code in FindingCode::ALL.iter().filter(|code| code.family() == Family::Check) {
        // Missing unevenly needs groups of five that differ.
        let is_provoked = codes.contains(code) || *code == FindingCode::MissingUnevenly;
        assert!(is_provoked, "{code:?} is not provoked here");
    }
}

/// A first row in place of the headers is no header, and is not told as one.
#[test]
fn a_table_without_headers_is_an_error_that_tells_nothing() {
    let project = Project::from_toml(PROJECT).unwrap();
    let mut checker = Checker::new(&project, day::parse("2022-06-30").unwrap());
    let table = Table::new([("811218-9876", Values::from_texts([Some("7319")]))]);
    let error = checker.add("people", &table).unwrap_err();
    assert_silent(&format!("{error} {error:?} {checker:?}"));
}
