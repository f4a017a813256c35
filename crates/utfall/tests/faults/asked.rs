//! Questions that a sound project has no answer to.

use utfall::publication::{Publication, PublicationRules};
use utfall::{By, Error, Evaluator, Project, RegisterProblem, day};

fn many_columns(count: usize) -> Project {
    let columns = (0..count).map(|number| {
        format!("columns.c{number} = {{ header = \"C{number}\", type = \"flag\" }}\n")
    });
    let columns: String = columns.collect();
    let text = format!("schema = 1\nname = \"Many\"\n[registers.r]\nunit = \"person\"\n{columns}");
    Project::from_toml(&text).unwrap()
}

fn ask(columns: usize, by: By) -> Result<(), Error> {
    let project = many_columns(columns);
    Evaluator::by(&project, day::parse("2022-06-30").unwrap(), by)?.finish().map(|_| ())
}

fn names(count: usize) -> Vec<String> {
    (0..count).map(|number| format!("c{number}")).collect()
}

fn publish(table: &[&str]) -> Result<(), Error> {
    let project = many_columns(2);
    let evaluation = Evaluator::new(&project, day::parse("2022-06-30").unwrap())?.finish()?;
    let tables = Some(vec![table.iter().map(ToString::to_string).collect()]);
    let rules = PublicationRules { tables, ..PublicationRules::default() };
    Publication::new(&project, &evaluation, &rules, &[]).map(|_| ())
}

fn level(level: f64) -> Result<(), Error> {
    let project = many_columns(1);
    let evaluator = Evaluator::new(&project, day::parse("2022-06-30").unwrap())?;
    evaluator.with_level(level).map(|_| ())
}

#[test]
fn what_can_be_asked_is_answered() {
    assert_eq!(ask(2, By::Margins(names(2))), Ok(()));
    assert_eq!(ask(14, By::Tables(vec![names(14)])), Ok(()));
    assert_eq!(level(0.9), Ok(()));
}

refused! { std::convert::identity;

figures_are_crossed_by_a_column_that_exists: ask(2, By::Margins(vec!["c9".to_owned()]))
    => "unknown_by_column",
    "no register has a column of levels `c9` to cross figures by; there are `c0`, `c1`";

tables_are_crossed_by_columns_that_exist:
    ask(14, By::Tables(vec![names(1), vec!["gender".to_owned()]])) => "unknown_by_column",
    "no register has a column of levels `gender` to cross figures by; there are `c0`, `c1`, `c10`, `c11`, \
     `c12`, `c13`, `c2`, `c3`, `c4`, `c5`, `c6`, `c7` and 2 more";

not_all_margins_of_many_columns_are_listed: ask(13, By::Margins(names(13))) => "too_many_columns",
    "13 columns make more tables than can be listed; cross at most 12, or name the tables as a list of \
     lists";

published_tables_are_evaluated: publish(&["c0", "c1"]) => "table_not_evaluated",
    "no figures are crossed by `c0`, `c1`; name the columns of a table of the evaluation, or evaluate \
     with `by`";

a_level_of_confidence_is_below_1: level(1.0) => "level_out_of_range",
    "1 is not a level of confidence; write a fraction between 0 and 1, such as 0.95";

a_level_of_confidence_is_no_percentage: level(95.0) => "level_out_of_range",
    "95 is not a level of confidence; write a fraction between 0 and 1, such as 0.95";

a_level_of_confidence_is_a_number: level(f64::NAN) => "level_out_of_range",
    "NaN is not a level of confidence; write a fraction between 0 and 1, such as 0.95";

/// The core knows days as days; who reads them from texts says so when one is none.
a_day_is_a_day: Err::<(), _>(Error::NotADay { what: "as_of", text: "30/6".to_owned() }) => "not_a_day",
    "`30/6` is not a day; write as_of like 2022-06-30";

/// Who watches a count may stop it.
a_count_can_be_stopped: Err::<(), _>(Error::Stopped) => "stopped",
    "the count was stopped before its end";

/// Who looks names up says so when there is none.
a_name_is_known:
    Err::<(), _>(Error::UnknownName { what: "indicator", name: "mn".to_owned(), names: names(2) })
    => "unknown_name",
    "there is no indicator `mn`; there are `c0`, `c1`";

/// Who reads files says so when one cannot be read.
a_file_can_be_read:
    Err::<(), _>(Error::register("r", RegisterProblem::Unreadable {
        code: "empty_file",
        reason: "the file is empty; give one with a row of headers".to_owned(),
    }))
    => "empty_file",
    "register `r`: the file is empty; give one with a row of headers";
}
