//! Tables that cannot be read as the register that they are given for.

use utfall::data::{Bits, Table, Values};
use utfall::{Error, Evaluation, Evaluator, Project, day};

/// One register of each sort: persons, weights, enrolments.
const PROJECT: &str = r#"
schema = 1
name = "Bad"

[registers.people]
unit = "person"
person = "Personnummer"
columns.gender = { header = "Kön", type = "level", levels = ["woman", "man"] }
columns.completed = { header = "Fullföljd", type = "date" }
columns.score = { header = "Poäng", type = "number" }

[registers.counts]
unit = "person"
weight = "Antal"
columns.gender = { like = "people.gender" }

[registers.enrolments]
unit = "enrolment"
person = "Personnummer"
columns.gender = { like = "people.gender" }

[indicators.men]
kind = "share"
register = "people"
having = { gender = "man" }
"#;

/// A table of `people`, with some columns replaced.
fn people(replaced: Vec<(&'static str, Values<'static>)>) -> Table<'static> {
    let mut columns = vec![
        ("Personnummer", Values::from_integers([Some(1), Some(2)])),
        ("Kön", Values::from_texts([Some("woman"), Some("man")])),
        ("Fullföljd", Values::from_days([day::parse("2022-03-30"), None])),
        ("Poäng", Values::from_numbers([Some(0.5), None])),
    ];
    for (header, values) in replaced {
        match columns.iter_mut().find(|(known, _)| *known == header) {
            Some(column) => column.1 = values,
            None => columns.push((header, values)),
        }
    }
    Table::new(columns)
}

/// A table of `counts` with these weights.
fn counts(weights: Values<'static>) -> Table<'static> {
    let genders = Values::from_texts(vec![Some("woman"); weights.len()]);
    Table::new([("Kön", genders), ("Antal", weights)])
}

fn read(register: &str, tables: &[Table<'_>]) -> Result<Evaluation, Error> {
    let project = Project::from_toml(PROJECT).unwrap();
    let mut evaluator = Evaluator::new(&project, day::parse("2022-06-30").unwrap())?;
    tables.iter().try_for_each(|table| evaluator.add(register, table))?;
    evaluator.finish()
}

fn read_people(replaced: Vec<(&'static str, Values<'static>)>) -> Result<Evaluation, Error> {
    read("people", &[people(replaced)])
}

fn read_texts([id, completed, score]: [[&'static str; 2]; 3]) -> Result<Evaluation, Error> {
    let texts = |texts: [&'static str; 2]| Values::from_texts(texts.map(Some));
    let columns =
        vec![("Personnummer", texts(id)), ("Fullföljd", texts(completed)), ("Poäng", texts(score))];
    read("people", &[people(columns).of_texts()])
}

fn read_counts(weights: Values<'static>) -> Result<Evaluation, Error> {
    read("counts", &[counts(weights)])
}

fn read_weights(weights: &[f64]) -> Result<Evaluation, Error> {
    read_counts(Values::from_numbers(weights.iter().map(|weight| Some(*weight))))
}

fn read_text_weights(weights: &[&'static str]) -> Result<Evaluation, Error> {
    let weights = Values::from_texts(weights.iter().map(|weight| Some(*weight)));
    read("counts", &[counts(weights).of_texts()])
}

#[test]
fn what_the_tests_go_on_from_has_no_fault() {
    assert!(read_people(Vec::new()).is_ok());
    assert!(read_texts([["1", "2"], ["", "2022-03-30"], ["0.5", ""]]).is_ok());
    assert!(read_weights(&[0.0, 5.0]).is_ok());
    assert!(read_text_weights(&["0", "5"]).is_ok());
}

/// Ten digits may be anything, a wrong check digit makes none, and a declared column may hold them.
#[test]
fn what_may_be_an_identity_number_by_chance_is_unknown() {
    for text in ["8112189876", "811218-9875", "811318-9876", "5568101234"] {
        let evaluation =
            read_people(vec![("Kön", Values::from_texts([Some(text), Some("man")]))]).unwrap();
        let codes: Vec<_> = evaluation.findings.iter().map(|finding| finding.code.word()).collect();
        assert_eq!(codes, ["undeclared_spelling"], "{text}");
    }
    let identifying =
        "identifying = [{ header = \"Kön\", legal_basis = \"samtycke\" }]\ncolumns.gender";
    let project = Project::from_toml(&PROJECT.replacen("columns.gender", identifying, 1)).unwrap();
    let mut evaluator = Evaluator::new(&project, day::parse("2022-06-30").unwrap()).unwrap();
    let genders = Values::from_texts([Some("811218-9876"), Some("man")]);
    evaluator.add("people", &people(vec![("Kön", genders)])).unwrap();
    assert_eq!(evaluator.finish().unwrap().findings.len(), 1);
}

#[test]
fn an_enrolment_may_repeat_a_person() {
    let table = Table::new([
        ("Personnummer", Values::from_integers([Some(1), Some(1)])),
        ("Kön", Values::from_texts([Some("woman"), Some("woman")])),
    ]);
    assert!(read("enrolments", &[table]).is_ok());
}

/// One of a person's rows may stand in another table of the same register.
#[test]
fn a_person_does_not_stand_in_two_tables() {
    crate::assert_refused(
        read("people", &[people(Vec::new()), people(Vec::new())]),
        "repeated_person",
        "register `people`: row 1 and rows 3, 4 hold the same `Personnummer`, expected one row per \
         person; drop the repeats, or declare `unit = \"enrolment\"` to count enrolments",
    );
}

/// No register needs 2^63 units, but no sum may run over.
#[test]
fn weights_together_stay_below_what_can_be_counted() {
    let message = "register `counts`: the weights together are more than can be counted (2^63)";
    let half = || Values::from_integers([Some(i64::MAX / 2 + 1)]);
    let tables = [counts(half()), counts(half())];
    crate::assert_refused(read("counts", &tables), "weight_overflow", message);
    let both = Values::from_integers([Some(i64::MAX), Some(i64::MAX)]);
    crate::assert_refused(read_counts(both), "weight_overflow", message);
}

fn days(days: [Option<&str>; 2]) -> Values<'static> {
    Values::from_days(days.map(|text| day::parse(text?)))
}

/// A table whose bits of nulls are fewer than its rows.
fn unsound() -> Values<'static> {
    Values::Days { days: vec![0, 1].into(), known: Some(Bits::from_flags([true])) }
}

fn read_without(header: &'static str) -> Result<Evaluation, Error> {
    let kept = [("Personnummer", "1"), ("Kön", "woman"), ("Fullföljd", ""), ("Poäng", "")];
    let kept = kept.into_iter().filter(|(known, _)| *known != header);
    let columns = kept.map(|(header, cell)| (header, Values::from_texts([Some(cell)])));
    read("people", &[Table::new(columns.collect::<Vec<_>>()).of_texts()])
}

fn read_headers(headers: [&'static str; 5]) -> Result<Evaluation, Error> {
    read("people", &[Table::new(headers.map(|header| (header, Values::Nulls(0))))])
}

fn read_register(register: &str) -> Result<Evaluation, Error> {
    read(register, &[people(Vec::new())])
}

mod headers {
    use super::{days, read_headers, read_people, read_register, read_without, unsound};
    use utfall::data::Values;

    refused! { std::convert::identity;

    a_register_is_declared: read_register("peple") => "register_not_declared",
        "register `peple` is not declared; the project declares `people`, `counts`, `enrolments`";

    a_declared_header_stands_in_the_table: read_without("Fullföljd") => "missing_header",
        "register `people`: no column has the header `Fullföljd`; the table has 3 columns; declare a column that the source lacks with `absent = \"why\"`";

    /// The column of ids is not declared as a column, and needed all the same.
    the_header_of_ids_stands_in_the_table: read_without("Personnummer") => "missing_header",
        "register `people`: no column has the header `Personnummer`; the table has 3 columns; declare a column that the source lacks with `absent = \"why\"`";

    a_declared_header_stands_once:
        read_headers(["Personnummer", "Kön", "Fullföljd", "Poäng", " Ko\u{308}n "]) => "repeated_header",
        "register `people`: two columns have the header `Kön`; rename one";

    columns_are_as_long_as_each_other:
        read_people(vec![("Poäng", Values::from_numbers([None]))]) => "uneven_columns",
        "register `people`: columns have different numbers of rows; hand over one table";

    nulls_are_told_for_every_row: read_people(vec![("Fullföljd", unsound())]) => "uneven_columns",
        "register `people`: columns have different numbers of rows; hand over one table";

    a_date_is_no_text_in_a_table_with_types:
        read_people(vec![("Fullföljd", Values::from_texts([Some("2022-03-30"), None]))]) => "wrong_type",
        "register `people`: column `Fullföljd` holds text, expected dates; convert it before handing the \
         table over";

    a_date_is_no_number: read_people(vec![("Fullföljd", Values::from_integers([Some(20_220_330), None]))])
        => "wrong_type",
        "register `people`: column `Fullföljd` holds whole numbers, expected dates; convert it before \
         handing the table over";

    a_number_is_no_text_in_a_table_with_types:
        read_people(vec![("Poäng", Values::from_texts([Some("0.5"), None]))]) => "wrong_type",
        "register `people`: column `Poäng` holds text, expected numbers; convert it before handing the \
         table over";

    a_number_is_no_date: read_people(vec![("Poäng", days([Some("2022-03-30"), None]))]) => "wrong_type",
        "register `people`: column `Poäng` holds dates, expected numbers; convert it before handing the \
         table over";

    a_number_is_no_flag:
        read_people(vec![("Poäng", Values::from_flags([Some(true), None]))]) => "wrong_type",
        "register `people`: column `Poäng` holds true and false, expected numbers; convert it before \
         handing the table over";

    a_level_is_no_date: read_people(vec![("Kön", days([Some("2022-03-30"), None]))]) => "wrong_type",
        "register `people`: column `Kön` holds dates, expected levels; convert it before handing the \
         table over";

    an_id_is_no_date: read_people(vec![("Personnummer", days([Some("2022-03-30"), None]))]) => "wrong_type",
        "register `people`: column `Personnummer` holds dates, expected ids as text or whole numbers; \
         convert it before handing the table over";
    }
}

mod cells {
    use super::{read_counts, read_people, read_text_weights, read_texts, read_weights};
    use utfall::data::Values;

    refused! { std::convert::identity;

    a_text_that_is_no_date: read_texts([["1", "2"], ["2022-03-30", "30/3 2022"], ["", ""]]) => "wrong_type",
        "register `people`: column `Fullföljd`: expected a date like 2022-06-30, found something else in \
         row 2; correct it";

    a_text_that_is_no_day_of_the_calendar:
        read_texts([["1", "2"], ["2022-02-30", "2022-13-01"], ["", ""]]) => "wrong_type",
        "register `people`: column `Fullföljd`: expected a date like 2022-06-30, found something else in \
         rows 1, 2; correct them";

    a_text_that_is_no_number: read_texts([["1", "2"], ["", ""], ["0,5", "1.5"]]) => "wrong_type",
        "register `people`: column `Poäng`: expected a number like 12.5, \
         found something else in row 1; correct it";

    /// Of many rows the first three are named.
    a_text_that_is_no_weight: read_text_weights(&["x", "1", "y", "z", "", "å", "ä"]) => "wrong_type",
        "register `counts`: column `Antal`: expected a whole number, found something else in rows 1, 3, 4 \
         and 2 more; correct them";

    a_weight_is_not_null: read_counts(Values::from_integers([Some(1), None])) => "weight_null",
        "register `counts`: column `Antal` of weights is empty in row 2; write 0 for no units";

    no_weight_at_all_is_null: read_counts(Values::Nulls(2)) => "weight_null",
        "register `counts`: column `Antal` of weights is empty in rows 1, 2; write 0 for no units";

    an_empty_text_is_no_weight: read_text_weights(&["1", " "]) => "weight_null",
        "register `counts`: column `Antal` of weights is empty in row 2; write 0 for no units";

    a_weight_is_not_nan: read_weights(&[1.0, f64::NAN, 2.0]) => "weight_not_a_number",
        "register `counts`: column `Antal` of weights is not a number (NaN) in row 2; write 0 for no \
         units";

    a_weight_is_not_negative: read_weights(&[-1.0, 2.0, -0.5]) => "weight_negative",
        "register `counts`: column `Antal` of weights is negative in rows 1, 3; a row stands for 0 or \
         more units";

    a_whole_weight_is_not_negative: read_counts(Values::from_integers([Some(-3)])) => "weight_negative",
        "register `counts`: column `Antal` of weights is negative in row 1; a row stands for 0 or more \
         units";

    a_weight_is_whole: read_weights(&[1.0, 2.5]) => "weight_fractional",
        "register `counts`: column `Antal` of weights is no whole number in row 2; a row stands for \
         whole units";

    a_text_weight_is_whole: read_text_weights(&["1", "2.5"]) => "weight_fractional",
        "register `counts`: column `Antal` of weights is no whole number in row 2; a row stands for \
         whole units";

    a_weight_can_be_counted_exactly: read_weights(&[1e16, f64::INFINITY]) => "weight_overflow",
        "register `counts`: column `Antal` of weights is larger than can be counted exactly in rows 1, 2";

    // The example of the Swedish Tax Agency, of nobody.
    a_column_holds_no_identity_numbers:
        read_people(vec![("Kön", Values::from_texts([Some("woman"), Some("811218-9876")]))])
        => "identity_numbers",
        "register `people`: column `Kön` has texts that look like personal identity numbers in row 2; \
         remove the column or put pseudonyms in its place; if it may be there, declare it with its legal \
         basis in `identifying`";

    twelve_digits_are_an_identity_number_too:
        read_people(vec![("Kön", Values::from_texts([Some("198112789873"), Some("man")]))])
        => "identity_numbers",
        "register `people`: column `Kön` has texts that look like personal identity numbers in row 1; \
         remove the column or put pseudonyms in its place; if it may be there, declare it with its legal \
         basis in `identifying`";

    a_person_stands_in_one_row:
        read_people(vec![("Personnummer", Values::from_texts([Some("a"), Some(" a")]))])
        => "repeated_person",
        "register `people`: row 1 and row 2 hold the same `Personnummer`, expected one row per person; \
         drop the repeats, or declare `unit = \"enrolment\"` to count enrolments";
    }
}

/// The codes that these tests provoke.
pub(crate) fn codes() -> impl Iterator<Item = &'static str> {
    headers::CODES.iter().chain(cells::CODES).copied()
}
