//! Tallies: any split, merged in any order, is the tally of the whole to the bit; bytes are read with suspicion.
#![allow(clippy::unwrap_used, reason = "a test may stop")]

use proptest::prelude::*;
use utfall::data::{Table, Values};
use utfall::{By, Error, Evaluation, Evaluator, Project, Tally, day};

const PROJECT: &str = r#"
schema = 1
name = "Tallies"

[registers.participants]
unit = "participant"
by = ["gender", "site"]
columns.gender = { header = "Kön", type = "level", levels = ["woman", "man"] }
columns.site = { header = "Ort", type = "level", levels = ["Nyköping", "Strängnäs", "Eskilstuna"] }
columns.completed = { header = "Fullföljd", type = "date" }
columns.status = { header = "Status", type = "level", levels = ["work", "studies", "other"] }

[indicators.work]
kind = "share"
register = "participants"
of = { completed = { known = true } }
having = { status = ["work", "studies"] }
follow_up = { after = "completed", months = 3 }

[indicators.participants]
kind = "count"
register = "participants"

[goals.work]
level = "individual"
tier = "project"
indicator = "work"
targets = [{ from = 2020-01-01, at_least = 0.7 }]
"#;

/// What is kept beside the histogram: sums, durations, months.
const MEASURED: &str = r#"
columns.cost = { header = "Kostnad", type = "number" }
columns.hours = { header = "Timmar", type = "number", decimals = 1 }
columns.job = { header = "Jobb", type = "date" }

[indicators]
cost = { kind = "sum", register = "participants", column = "cost" }
hours = { kind = "mean", register = "participants", column = "hours", exclude = { status = "other" } }
cost_per_hour = { kind = "ratio", register = "participants", of_sum = "cost", per = { sum = "hours" } }
time_to_work = { kind = "incidence", register = "participants", after = "completed", events = { work = "job" }, horizons = [{ days = 60 }, { months = 3 }] }
months = { kind = "coverage", register = "participants", month = "completed", of_each = ["site"], having = { status = "work" } }
"#;

/// The project with everything that a tally can hold of rows.
fn measured() -> Project {
    let (head, rest) = PROJECT.split_once("\n[indicators.work]").unwrap();
    let head = head.replace(
        "name = \"Tallies\"",
        "name = \"Tallies\"\nfirst_day = 2022-01-01\nlast_day = 2022-12-31",
    );
    Project::from_toml(&format!("{head}{MEASURED}\n[indicators.work]{rest}")).unwrap()
}

/// A row: gender, site, days before or after `as_of`, status; beyond the lists a null or an undeclared text.
type Row = (usize, usize, i32, usize);

fn row() -> impl Strategy<Value = Row> {
    (0..4_usize, 0..5_usize, -200..30_i32, 0..5_usize)
}

fn as_of() -> chrono::NaiveDate {
    day::parse("2022-06-30").unwrap()
}

fn table(rows: &[Row]) -> Table<'static> {
    let text = |texts: &'static [&'static str], at: usize| texts.get(at).copied();
    let day_of =
        |offset: i32| (offset < 25).then(|| day::from_number(day::number(as_of()) + offset));
    Table::new([
        ("Kön", Values::from_texts(rows.iter().map(|row| text(&["woman", "man", "?"], row.0)))),
        (
            "Ort",
            Values::from_texts(
                rows.iter().map(|row| text(&["Nyköping", "Strängnäs", "Eskilstuna", "x"], row.1)),
            ),
        ),
        ("Fullföljd", Values::from_days(rows.iter().map(|row| day_of(row.2).flatten()))),
        (
            "Status",
            Values::from_texts(rows.iter().map(|row| text(&["work", "studies", "other"], row.3))),
        ),
        // Numbers whose sum depends on the order in which doubles are added.
        (
            "Kostnad",
            Values::from_numbers(rows.iter().map(|row| {
                (row.1 < 4)
                    .then(|| f64::from(row.2) * 1e9_f64.powi(row.3.try_into().unwrap()) / 3.0)
            })),
        ),
        (
            "Timmar",
            Values::from_numbers(
                rows.iter().map(|row| (row.3 < 4).then(|| f64::from(row.2 % 17) / 10.0)),
            ),
        ),
        (
            "Jobb",
            Values::from_days(rows.iter().map(|row| {
                let waited = i32::try_from(row.0 * 40 + row.3 * 7).unwrap() - 10;
                day_of((row.2 + waited).min(20)).flatten().filter(|_| row.1 > 1)
            })),
        ),
    ])
}

fn tally(project: &Project, rows: &[Row]) -> Tally {
    let mut evaluator = Evaluator::new(project, as_of()).unwrap();
    evaluator.add("participants", &table(rows)).unwrap();
    evaluator.tally().unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_split_merged_in_any_order_is_the_whole_to_the_bit(
        rows in prop::collection::vec(row(), 0..60),
        cuts in prop::collection::vec(0..60_usize, 0..5),
        order in prop::collection::vec(any::<u32>(), 8),
    ) {
        let project = Project::from_toml(PROJECT).unwrap();
        let whole = tally(&project, &rows);
        let mut cuts: Vec<usize> = cuts.into_iter().map(|cut| cut.min(rows.len())).collect();
        cuts.extend([0, rows.len()]);
        cuts.sort_unstable();
        let mut parts: Vec<(u32, Tally)> = cuts
            .windows(2)
            .zip(order.iter().cycle())
            .map(|(ends, place)| {
                let part = tally(&project, &rows[ends[0]..ends[1]]);
                (*place, Tally::from_bytes(&part.to_bytes()).unwrap())
            })
            .collect();
        parts.sort_by_key(|(place, _)| *place);
        let merged = Tally::merge(parts.into_iter().map(|(_, part)| part)).unwrap().unwrap();
        prop_assert_eq!(&merged, &whole);
        prop_assert_eq!(merged.to_bytes(), whole.to_bytes());

        let mut evaluator = Evaluator::new(&project, as_of()).unwrap();
        evaluator.add("participants", &table(&rows)).unwrap();
        let evaluation = evaluator.finish().unwrap();
        let later = Evaluation::of_tally(&project, &merged).unwrap();
        prop_assert_eq!(&later.figures, &evaluation.figures);
        prop_assert_eq!(&later.verdicts, &evaluation.verdicts);
        let counts = |evaluation: &Evaluation| -> Vec<_> {
            evaluation.findings.iter().map(|found| (found.code, found.count)).collect()
        };
        prop_assert_eq!(counts(&later), counts(&evaluation));
        prop_assert!(later.findings.iter().all(|finding| finding.rows.is_empty()));
    }

    #[test]
    fn sums_and_marks_depend_on_neither_order_nor_parts(
        rows in prop::collection::vec(row(), 0..60),
        cut in 0..60_usize,
    ) {
        let project = measured();
        let whole = tally(&project, &rows);
        let (first, second) = rows.split_at(cut.min(rows.len()));
        let parts = [second, first].map(|part| {
            Tally::from_bytes(&tally(&project, part).to_bytes()).unwrap()
        });
        let merged = Tally::merge(parts).unwrap().unwrap();
        let reversed: Vec<Row> = rows.iter().rev().copied().collect();
        for other in [merged, tally(&project, &reversed)] {
            prop_assert_eq!(&other, &whole);
            prop_assert_eq!(other.to_bytes(), whole.to_bytes());
            let [evaluation, of_whole] = [&other, &whole].map(|tally| {
                Evaluation::of_tally(&project, tally).unwrap()
            });
            prop_assert_eq!(evaluation, of_whole);
        }
    }

    /// What was counted is what is shown: sums and events are those of the rows.
    #[test]
    fn parts_of_measured_figures_add_up(rows in prop::collection::vec(row(), 1..60)) {
        let project = measured();
        let evaluation = Evaluation::of_tally(&project, &tally(&project, &rows)).unwrap();
        let figure = |name: &str| evaluation.figure(name).unwrap();
        let sites: f64 = evaluation
            .figures
            .table("hours", &["site"])
            .filter_map(|of_site| {
                let observed = of_site.counts?.observed();
                #[allow(clippy::cast_precision_loss, reason = "few rows")]
                Some(evaluation.figures.value(of_site)? * observed as f64)
            })
            .sum();
        if let Some(mean) = evaluation.figures.value(figure("hours")) {
            #[allow(clippy::cast_precision_loss, reason = "few rows")]
            let total = mean * figure("hours").counts.unwrap().observed() as f64;
            prop_assert!((total - sites).abs() < 1e-9, "{total} {sites}");
        }
        // The kinds of event are one: its share is that of any event, and no share is beyond 1.
        for pair in evaluation.incidence.chunks(2) {
            prop_assert_eq!((pair[0].value, pair[0].interval), (pair[1].value, pair[1].interval));
            prop_assert!(pair[0].value.is_none_or(|share| (0.0..=1.0).contains(&share)));
            let counts = pair[0].counts.unwrap();
            prop_assert!(counts.events + counts.censored <= counts.started);
        }
        let covered = figure("months").counts.unwrap();
        prop_assert_eq!(covered.units(), 12 * 3);
        prop_assert_eq!(evaluation.coverage.len(), 12 * 3);
    }

    #[test]
    fn changed_or_shortened_bytes_are_errors(
        rows in prop::collection::vec(row(), 1..20),
        at in any::<prop::sample::Index>(),
        change in 1..=255_u8,
        is_cut in any::<bool>(),
    ) {
        let project = measured();
        let mut bytes = tally(&project, &rows).to_bytes();
        let at = at.index(bytes.len());
        if is_cut { bytes.truncate(at) } else { bytes[at] ^= change }
        let error = Tally::from_bytes(&bytes).unwrap_err();
        prop_assert_eq!(error.code(), "broken_tally");
    }

    #[test]
    fn any_bytes_are_a_tally_or_an_error(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let with_magic = [b"utfall\x00\x02".as_slice(), &bytes].concat();
        prop_assert!(Tally::from_bytes(&bytes).is_err());
        prop_assert!(Tally::from_bytes(&with_magic).is_err());
    }
}

#[test]
fn tallies_merge_with_their_like_only() {
    let project = Project::from_toml(PROJECT).unwrap();
    let other = Project::from_toml(&PROJECT.replace("0.7", "0.8")).unwrap();
    let own = tally(&project, &[(0, 0, -100, 0)]);
    let refused = |part: Tally| Tally::merge([own.clone(), part]).unwrap_err().to_string();
    let rest = "; count all parts with the same project file, day and crossing";
    let of_other = tally(&other, &[(0, 0, -100, 0)]);
    assert_eq!(refused(of_other.clone()), format!("the tallies are not of one project file{rest}"));
    let earlier = Evaluator::new(&project, day::parse("2022-06-29").unwrap()).unwrap();
    assert_eq!(refused(earlier.tally().unwrap()), format!("the tallies are not of one day{rest}"));
    let crossed = Evaluator::by(&project, as_of(), By::Margins(vec!["gender".to_owned()])).unwrap();
    assert_eq!(
        refused(crossed.tally().unwrap()),
        format!("the tallies are not of one crossing{rest}")
    );
    let error = Evaluation::of_tally(&project, &of_other).unwrap_err();
    assert_eq!(error, Error::UnlikeTallies { what: "project file" });
    assert_eq!(Tally::merge([]).unwrap(), None);
}

/// Memory follows cells and signatures, not rows: a hundred times the rows fill no further place.
#[test]
fn a_tally_does_not_grow_with_the_rows() {
    let project = Project::from_toml(PROJECT).unwrap();
    let rows: Vec<Row> = (0..2_000)
        .map(|row| (row % 3, row % 7 % 4, i32::try_from(row % 220).unwrap() - 200, row % 11 % 4))
        .collect();
    let few = tally(&project, &rows);
    let many = tally(&project, &rows.repeat(100));
    assert_eq!(few.len(), many.len());
    // Three genders (one unknown) times four sites; not completed, due and not due times the classes of the status.
    assert!(many.len() <= 3 * 4 * 3 * 3, "{}", many.len());
    assert!(many.to_bytes().len() < 2 * few.to_bytes().len());
}

/// Sixty columns with three classes each make more signatures than a machine word counts.
#[test]
fn more_conditions_than_a_machine_word_still_count() {
    const COLUMNS: usize = 60;
    let mut text = "schema = 1\nname = \"Wide\"\n[registers.r]\nunit = \"row\"\n".to_owned();
    let declared = (0..COLUMNS).map(|column| {
        format!("columns.c{column} = {{ header = \"c{column}\", type = \"flag\" }}\n")
    });
    text.extend(declared);
    let asked = (0..COLUMNS).map(|column| {
        format!(
            "[indicators.i{column}]\nkind = \"share\"\nregister = \"r\"\nhaving = {{ c{column} = true }}\n"
        )
    });
    text.extend(asked);
    let project = Project::from_toml(&text).unwrap();
    let value = |row: usize, column: usize| match (row * 7 + column * 3) % 5 {
        0 => None,
        rest => Some(rest % 2 == 1),
    };
    let rows = 0..50_usize;
    let columns = (0..COLUMNS).map(|column| {
        let flags: Vec<Option<bool>> = rows.clone().map(|row| value(row, column)).collect();
        (format!("c{column}"), Values::from_flags(flags))
    });
    let mut evaluator = Evaluator::new(&project, as_of()).unwrap();
    evaluator.add("r", &Table::new(columns.collect::<Vec<_>>())).unwrap();
    let evaluation = evaluator.finish().unwrap();
    for column in 0..COLUMNS {
        let counts = evaluation.figure(&format!("i{column}")).unwrap().counts.unwrap();
        let count =
            |wanted| rows.clone().filter(|row| value(*row, column) == wanted).count() as u64;
        assert_eq!(counts.successes, count(Some(true)));
        assert_eq!(counts.failures, count(Some(false)));
        assert_eq!(counts.missing, count(None));
    }
}
