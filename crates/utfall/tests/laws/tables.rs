//! Rows of a case as tables of the library, in several layouts.

use std::borrow::Cow;

use utfall::data::{Bits, Codes, Integers, Table, Values};
use utfall::{By, Evaluation, Evaluator, Project, day};

use crate::choices::Choices;
use crate::model::{self, Case, Cell, Form, ID_HEADER, Kind, Register, Row, WEIGHT_HEADER};
use crate::text;

/// How the same values lie in memory.
pub(crate) enum Layout<'c> {
    /// As the constructors make them.
    Plain,
    /// Every cell a text.
    Texts,
    /// As a data frame might hand them over: any width, unused and repeated dictionary entries, bits that begin
    /// within a byte, and rubbish where a row is null.
    Foreign(&'c mut Choices),
}

/// The library's project of a model.
pub(crate) fn project(model: &model::Project) -> Project {
    let text = text::of(model);
    Project::from_toml(&text).unwrap_or_else(|error| panic!("{error}\n{text}"))
}

/// The library's crossing of a model's.
pub(crate) fn by(model: &model::By) -> By {
    match model {
        model::By::Declared => By::Declared,
        model::By::Margins(columns) => By::Margins(columns.clone()),
        model::By::Tables(tables) => By::Tables(tables.clone()),
    }
}

/// The case evaluated, each register in one table.
pub(crate) fn evaluate(case: &Case) -> Evaluation {
    evaluate_in(case, &mut Layout::Plain)
}

pub(crate) fn evaluate_in(case: &Case, layout: &mut Layout<'_>) -> Evaluation {
    evaluate_parts(case, |register, rows| vec![table(register, rows, layout)])
}

/// The case evaluated, each register in the tables that `parts` makes of it.
pub(crate) fn evaluate_parts(
    case: &Case,
    mut parts: impl FnMut(&Register, &[Row]) -> Vec<Table<'static>>,
) -> Evaluation {
    let project = project(&case.project);
    let mut evaluator = Evaluator::by(&project, case.as_of, by(&case.by)).unwrap();
    for (register, rows) in case.project.registers.iter().zip(&case.rows) {
        for table in rows.iter().flat_map(|rows| parts(register, rows)) {
            evaluator.add(&register.name, &table).unwrap();
        }
    }
    evaluator.finish().unwrap()
}

pub(crate) fn table(register: &Register, rows: &[Row], layout: &mut Layout<'_>) -> Table<'static> {
    let mut columns: Vec<(String, Values<'static>)> = Vec::new();
    // A column that nobody declares may stand there, even twice.
    let note = || Values::from_texts(rows.iter().map(|_| Some("något")));
    columns.push(("Anteckning".to_owned(), note()));
    for (position, column) in register.columns.iter().enumerate() {
        // What the project declares as absent is not read, even where a column has its header.
        if column.is_absent && position % 2 == 0 {
            continue;
        }
        let cells: Vec<Cell> = rows.iter().map(|row| row.cells[position].clone()).collect();
        let header = format!(" {}", column.header);
        columns.push((header, values(column.form, column.kind, &cells, layout)));
    }
    if register.has_ids {
        let cells: Vec<Cell> = rows.iter().map(|row| row.id.clone()).collect();
        let values = values(Form::Whole, Kind::Level, &cells, layout);
        columns.push((ID_HEADER.to_owned(), values));
    }
    if register.has_weights {
        let cells: Vec<Cell> =
            rows.iter().map(|row| Cell::Whole(i64::try_from(row.weight).unwrap())).collect();
        let values = values(Form::Whole, Kind::Number, &cells, layout);
        columns.push((WEIGHT_HEADER.to_owned(), values));
    }
    columns.push(("Anteckning".to_owned(), note()));
    let table = Table::new(columns);
    if matches!(layout, Layout::Texts) { table.of_texts() } else { table }
}

fn values(form: Form, kind: Kind, cells: &[Cell], layout: &mut Layout<'_>) -> Values<'static> {
    match layout {
        Layout::Plain if cells.iter().all(|cell| *cell == Cell::Null) => Values::Nulls(cells.len()),
        Layout::Plain => plain(form, cells),
        Layout::Texts => {
            let texts: Vec<Option<String>> = cells.iter().map(cell_text).collect();
            Values::from_texts(texts.iter().map(Option::as_deref))
        }
        Layout::Foreign(choices) => foreign(form, kind, cells, choices),
    }
}

fn plain(form: Form, cells: &[Cell]) -> Values<'static> {
    match form {
        Form::Text => Values::from_texts(cells.iter().map(as_text)),
        Form::Whole => Values::from_integers(cells.iter().map(as_whole)),
        Form::Decimal => Values::from_numbers(cells.iter().map(as_decimal)),
        Form::Flag => Values::from_flags(cells.iter().map(as_flag).collect::<Vec<_>>()),
        Form::Day => Values::from_days(cells.iter().map(as_day)),
    }
}

fn as_text(cell: &Cell) -> Option<&str> {
    if let Cell::Text(text) = cell { Some(text) } else { None }
}

fn as_whole(cell: &Cell) -> Option<i64> {
    if let Cell::Whole(number) = cell { Some(*number) } else { None }
}

fn as_decimal(cell: &Cell) -> Option<f64> {
    if let Cell::Decimal(number) = cell { Some(*number) } else { None }
}

fn as_flag(cell: &Cell) -> Option<bool> {
    if let Cell::Flag(flag) = cell { Some(*flag) } else { None }
}

fn as_day(cell: &Cell) -> Option<chrono::NaiveDate> {
    if let Cell::Day(day) = cell { Some(*day) } else { None }
}

fn cell_text(cell: &Cell) -> Option<String> {
    match cell {
        Cell::Null => None,
        Cell::Text(text) => Some(text.clone()),
        Cell::Decimal(number) if number.is_nan() => Some(" ".to_owned()),
        Cell::Decimal(number) => Some(number.to_string()),
        Cell::Whole(number) => Some(format!(" {number}")),
        Cell::Flag(flag) => Some(flag.to_string()),
        Cell::Day(day) => Some(day.to_string()),
    }
}

/// Bits that begin somewhere within a byte, with rubbish before and after.
fn bits(flags: impl Iterator<Item = bool>, choices: &mut Choices) -> Bits<'static> {
    let flags: Vec<bool> = flags.collect();
    let offset = choices.below(11);
    let mut bytes =
        vec![if choices.percent(50) { 0xff_u8 } else { 0 }; (offset + flags.len()).div_ceil(8) + 1];
    for (position, flag) in flags.iter().enumerate() {
        let bit = offset + position;
        bytes[bit / 8] = bytes[bit / 8] & !(1 << (bit % 8)) | u8::from(*flag) << (bit % 8);
    }
    Bits::new(bytes, offset, flags.len()).unwrap()
}

fn foreign(form: Form, kind: Kind, cells: &[Cell], choices: &mut Choices) -> Values<'static> {
    let is_any_null = cells.contains(&Cell::Null);
    let known = bits(cells.iter().map(|cell| *cell != Cell::Null), choices);
    let known = (is_any_null || choices.percent(50)).then_some(known);
    match form {
        Form::Text => coded(cells, known, choices),
        Form::Whole => {
            let rubbish = *choices.pick(&[0, -1, 99, 126]);
            let numbers = cells.iter().map(|cell| as_whole(cell).unwrap_or(rubbish));
            Values::Integers { numbers: integers(numbers.collect(), choices), known }
        }
        Form::Decimal => {
            let rubbish = *choices.pick(&[f64::NAN, f64::INFINITY, 1e300, -0.5]);
            let numbers: Vec<f64> =
                cells.iter().map(|cell| as_decimal(cell).unwrap_or(rubbish)).collect();
            Values::Numbers { numbers: numbers.into(), known }
        }
        // A flag may be told by a column of texts as well.
        Form::Flag if kind == Kind::Flag && choices.percent(30) => {
            let texts: Vec<Cell> =
                cells.iter().map(|cell| cell_text(cell).map_or(Cell::Null, Cell::Text)).collect();
            coded(&texts, known, choices)
        }
        Form::Flag => {
            let flags = bits(cells.iter().map(|cell| as_flag(cell).unwrap_or(true)), choices);
            Values::Flags { flags, known }
        }
        Form::Day => {
            let rubbish = *choices.pick(&[0, i32::MAX, i32::MIN]);
            let days = cells.iter().map(|cell| as_day(cell).map_or(rubbish, day::number));
            Values::Days { days: days.collect::<Vec<_>>().into(), known }
        }
    }
}

fn integers(numbers: Vec<i64>, choices: &mut Choices) -> Integers<'static> {
    macro_rules! narrowed {
        ($variant:ident, $type:ty) => {
            Integers::$variant(
                numbers
                    .iter()
                    .map(|number| <$type>::try_from(*number).unwrap())
                    .collect::<Vec<_>>()
                    .into(),
            )
        };
    }
    match choices.below(4) {
        0 => Integers::I64(numbers.into()),
        1 => narrowed!(I8, i8),
        2 => narrowed!(I16, i16),
        _ => narrowed!(I32, i32),
    }
}

/// Texts over a dictionary that nobody has tidied up.
fn coded(cells: &[Cell], known: Option<Bits<'static>>, choices: &mut Choices) -> Values<'static> {
    let mut dictionary: Vec<Option<Cow<'static, str>>> =
        cells.iter().filter_map(as_text).map(|text| Some(Cow::Owned(text.to_owned()))).collect();
    dictionary.push(None);
    dictionary.push(Some(Cow::Borrowed("står ingenstans")));
    choices.shuffle(&mut dictionary);
    let null = dictionary.iter().position(Option::is_none).unwrap();
    // A null may be told by the bits, by the dictionary, or by both.
    let is_by_dictionary = choices.percent(50);
    let rubbish = *choices.pick(&[0, 127]);
    let codes = cells.iter().map(|cell| match as_text(cell) {
        Some(text) => dictionary.iter().position(|entry| entry.as_deref() == Some(text)).unwrap(),
        None if is_by_dictionary => null,
        None => rubbish,
    });
    let codes: Vec<usize> = codes.collect();
    let known = known.filter(|_| !is_by_dictionary);
    macro_rules! narrowed {
        ($variant:ident, $type:ty) => {
            Codes::$variant(
                codes
                    .iter()
                    .map(|code| <$type>::try_from(*code).unwrap())
                    .collect::<Vec<_>>()
                    .into(),
            )
        };
    }
    let codes = match choices.below(8) {
        0 => narrowed!(U32, u32),
        1 => narrowed!(U8, u8),
        2 => narrowed!(U16, u16),
        3 => narrowed!(U64, u64),
        4 => narrowed!(I8, i8),
        5 => narrowed!(I16, i16),
        6 => narrowed!(I32, i32),
        _ => narrowed!(I64, i64),
    };
    Values::Texts { codes, dictionary, known }
}
