//! Columns of a file as Arrow arrays, where no project declares their types: all cells of a column must agree.

use std::collections::HashMap;
use std::sync::Arc;

use arrow_array::{
    ArrayRef, BooleanArray, Date32Array, Float64Array, Int64Array, LargeStringArray, NullArray,
    StringArray,
};
use utfall::{Facts, FindingCode};

use super::cell::{Cell, Moment, Stored};
use super::declared::{mixed, unclear, unordered};
use super::fault::{Fault, Result};
use super::notes::{Notes, RowList, word};
use super::options::{ColumnKind, DateOrder, Decimal};
use super::serial::DateSystem;
use super::spelling::{Day, Decision, Evidence, Number, Spelled, read_day};

/// How texts are read in all columns.
#[derive(Debug, Clone, Copy)]
pub(super) struct Manner {
    pub(super) decimal: Option<Decimal>,
    pub(super) dates: Option<DateOrder>,
    /// How a workbook counts days; a CSV file has no serial numbers.
    pub(super) system: Option<DateSystem>,
}

/// The cells of a column, coded.
#[derive(Debug, Default)]
pub(super) struct ColumnCells {
    distinct: Vec<Stored>,
    codes: Vec<u32>,
    texts: HashMap<Box<str>, u32, foldhash::fast::RandomState>,
    others: HashMap<Other, u32, foldhash::fast::RandomState>,
}

/// What tells cells that are no texts apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Other {
    Empty,
    Number(u64),
    Day(Moment),
    Flag(bool),
    Failed,
}

impl ColumnCells {
    pub(super) fn push(&mut self, cell: Cell<'_>) {
        let next = u32::try_from(self.distinct.len()).unwrap_or(u32::MAX);
        let known = match cell {
            Cell::Text(text) => self.texts.get(text).copied(),
            Cell::Empty => self.others.get(&Other::Empty).copied(),
            Cell::Number(number) => self.others.get(&Other::Number(number.to_bits())).copied(),
            Cell::Day(moment) => self.others.get(&Other::Day(moment)).copied(),
            Cell::Flag(flag) => self.others.get(&Other::Flag(flag)).copied(),
            Cell::Failed => self.others.get(&Other::Failed).copied(),
        };
        if let Some(code) = known {
            self.codes.push(code);
            return;
        }
        match cell {
            Cell::Text(text) => self.texts.insert(text.into(), next),
            Cell::Empty => self.others.insert(Other::Empty, next),
            Cell::Number(number) => self.others.insert(Other::Number(number.to_bits()), next),
            Cell::Day(moment) => self.others.insert(Other::Day(moment), next),
            Cell::Flag(flag) => self.others.insert(Other::Flag(flag), next),
            Cell::Failed => self.others.insert(Other::Failed, next),
        };
        self.distinct.push(cell.stored());
        self.codes.push(next);
    }

    /// Whether no cell holds anything.
    pub(super) fn is_blank(&self) -> bool {
        self.distinct.iter().all(|cell| *cell == Stored::Empty)
    }

    /// The column as an array of the declared kind, or of the one that its cells have.
    pub(super) fn array(
        &self,
        header: &str,
        declared: Option<ColumnKind>,
        manner: Manner,
        notes: &mut Notes,
    ) -> Result<ArrayRef> {
        let column = Read { cells: self, header, manner };
        let failed = column.rows(|cell| matches!(cell, Cell::Failed));
        notes.rows(FindingCode::FailedFormulas, Some(header), Facts::NONE, &failed);
        match declared.map_or_else(|| column.kind(notes), |kind| Ok(Some(kind)))? {
            None => Ok(Arc::new(NullArray::new(self.codes.len()))),
            Some(ColumnKind::Text) => Ok(column.texts()),
            Some(ColumnKind::Number) => column.numbers(notes),
            Some(ColumnKind::Date) => column.days(notes),
            Some(ColumnKind::Flag) => column.flags(),
        }
    }
}

/// A column while it is read.
#[derive(Clone, Copy)]
struct Read<'r> {
    cells: &'r ColumnCells,
    header: &'r str,
    manner: Manner,
}

impl Read<'_> {
    /// The distinct cells that hold something.
    fn held(&self) -> impl Iterator<Item = Cell<'_>> {
        let cells = self.cells.distinct.iter().map(Stored::cell);
        cells.filter(|cell| !matches!(cell, Cell::Empty | Cell::Failed))
    }

    fn rows(&self, is_asked: impl Fn(Cell<'_>) -> bool) -> RowList {
        let asked: Vec<bool> =
            self.cells.distinct.iter().map(|cell| is_asked(cell.cell())).collect();
        let mut rows = RowList::default();
        if asked.contains(&true) {
            for (number, code) in (1..).zip(&self.cells.codes) {
                if asked.get(*code as usize).copied().unwrap_or(false) {
                    rows.add(number);
                }
            }
        }
        rows
    }

    /// The values by row; `None` from `value` is a null.
    fn by_row<T: Clone>(&self, value: impl Fn(Cell<'_>) -> Option<T>) -> Vec<Option<T>> {
        let values: Vec<Option<T>> =
            self.cells.distinct.iter().map(|cell| value(cell.cell())).collect();
        let at = |code: &u32| values.get(*code as usize).cloned().flatten();
        self.cells.codes.iter().map(at).collect()
    }

    fn day(&self, cell: Cell<'_>) -> Option<Day> {
        match cell {
            Cell::Text(text) => read_day(text.trim(), self.manner.dates),
            Cell::Day(moment) => Some(of_moment(moment)),
            Cell::Number(number) => read_day(&cell.text()?, None)
                .filter(|_| number.fract() == 0.0)
                .or_else(|| self.manner.system?.likely_day(number).map(of_moment)),
            _ => None,
        }
    }

    /// What the cells are, all of them; nothing where there are none.
    fn kind(&self, notes: &mut Notes) -> Result<Option<ColumnKind>> {
        if self.held().next().is_none() {
            return Ok(None);
        }
        if self.held().all(|cell| matches!(cell, Cell::Flag(_))) {
            return Ok(Some(ColumnKind::Flag));
        }
        let has_days = self.held().any(|cell| matches!(cell, Cell::Day(_)));
        let days: Option<Vec<Day>> = self.held().map(|cell| self.day(cell)).collect();
        let are_numbers = self.held().all(is_number);
        if let Some(days) = days.filter(|_| has_days || !are_numbers || self.are_digits()) {
            let is_short = |day: &Day| day.spelled == Spelled::SixDigits;
            let numbers = self.rows(|cell| matches!(cell, Cell::Number(_)) && has_days);
            let others = self.rows(|cell| matches!(cell, Cell::Day(_) | Cell::Text(_)));
            if days.iter().all(is_short) || numbers.count > others.count {
                return Err(self.days_or_numbers());
            }
            return Ok(Some(ColumnKind::Date));
        }
        if are_numbers {
            return Ok(Some(ColumnKind::Number));
        }
        self.note_mixture(notes);
        Ok(Some(ColumnKind::Text))
    }

    /// Whether all cells are days of eight digits, or all of six.
    fn are_digits(&self) -> bool {
        let of_length = |length: usize| {
            self.held().all(|cell| {
                let text = cell.text().unwrap_or_default();
                text.trim().len() == length && text.trim().bytes().all(|byte| byte.is_ascii_digit())
            })
        };
        of_length(8) || of_length(6)
    }

    fn days_or_numbers(&self) -> Fault {
        let header = self.header;
        let reason = format!(
            "column `{header}` may hold days, such as 210503, or whole numbers; say which with `columns`, as `{header}`: `date` or `number`"
        );
        Fault::new("ambiguous_dates", reason)
    }

    /// Cells of a column of texts that would else be one of numbers or days.
    fn note_mixture(&self, notes: &mut Notes) {
        let is_value = |cell: Cell<'_>| is_number(cell) || self.day(cell).is_some();
        let texts =
            self.rows(|cell| !matches!(cell, Cell::Empty | Cell::Failed) && !is_value(cell));
        let values =
            self.rows(|cell| !matches!(cell, Cell::Empty | Cell::Failed) && is_value(cell));
        if values.count > texts.count {
            notes.rows(FindingCode::MixedColumn, Some(self.header), Facts::NONE, &texts);
        }
    }

    fn texts(&self) -> ArrayRef {
        let texts: Vec<Option<String>> =
            self.cells.distinct.iter().map(|cell| cell.cell().text()).collect();
        let at = |code: &u32| texts.get(*code as usize).and_then(Option::as_deref);
        let rows = || self.cells.codes.iter().map(at);
        let bytes: usize = rows().flatten().map(str::len).sum();
        if i32::try_from(bytes).is_ok() {
            Arc::new(rows().collect::<StringArray>())
        } else {
            Arc::new(rows().collect::<LargeStringArray>())
        }
    }

    fn numbers(&self, notes: &mut Notes) -> Result<ArrayRef> {
        let mut evidence = Evidence::default();
        let texts = self.held().filter_map(|cell| match cell {
            Cell::Text(text) => Number::read(text.trim()),
            _ => None,
        });
        texts.for_each(|number| evidence.add(&number));
        let decimal = match evidence.decide(self.manner.decimal) {
            Decision::Sign(decimal) => decimal,
            Decision::Mixed => return Err(mixed(self.header)),
            Decision::Unclear => return Err(unclear(self.header)),
        };
        let text = |cell: Cell<'_>| match cell {
            Cell::Text(text) => Number::read(text.trim())?.text(decimal),
            Cell::Number(_) => cell.text(),
            _ => None,
        };
        self.refuse("a number", |cell| text(cell).is_none())?;
        let of_text = |ask: &dyn Fn(&Number) -> bool| {
            self.rows(|cell| match cell {
                Cell::Text(text) => Number::read(text.trim()).as_ref().is_some_and(ask),
                _ => false,
            })
        };
        if decimal == Decimal::Comma {
            let commas = of_text(&Number::has_decimal_comma);
            notes.rows(FindingCode::DecimalComma, Some(self.header), Facts::NONE, &commas);
        }
        let divided = of_text(&|number| number.has_thousands(decimal));
        notes.rows(FindingCode::ThousandsDivided, Some(self.header), Facts::NONE, &divided);
        let whole: Option<Vec<i64>> =
            self.held().map(|cell| text(cell).and_then(|text| text.parse().ok())).collect();
        Ok(if whole.is_some() {
            let whole = self.by_row(|cell| text(cell)?.parse().ok());
            Arc::new(Int64Array::from(whole))
        } else {
            Arc::new(Float64Array::from(self.by_row(|cell| text(cell)?.parse().ok())))
        })
    }

    fn days(&self, notes: &mut Notes) -> Result<ArrayRef> {
        let read =
            |ask: &dyn Fn(&Day) -> bool| self.rows(|cell| self.day(cell).as_ref().is_some_and(ask));
        let ordered = read(&|day| day.spelled == Spelled::Ordered);
        if ordered.count > 0 {
            return Err(unordered(self.header, &ordered));
        }
        self.refuse("a date like 2022-06-30", |cell| self.day(cell).is_none())?;
        let (header, none) = (Some(self.header), Facts::NONE);
        let serials = self.rows(|cell| {
            matches!(cell, Cell::Number(_))
                && self.day(cell).is_some_and(|day| day.spelled == Spelled::Iso)
        });
        let system = self.manner.system.unwrap_or_default().word();
        let respelled = read(&|day| day.spelled != Spelled::Iso);
        notes.rows(FindingCode::DatesRespelled, header, none.clone(), &respelled);
        notes.rows(
            FindingCode::TwoDigitYear,
            header,
            none.clone(),
            &read(&|day| day.two_digit_year),
        );
        notes.rows(FindingCode::DatesFromSerials, header, [("system", word(system))], &serials);
        notes.rows(FindingCode::TimesLeftOut, header, none, &read(&|day| day.timed));
        let days = self.by_row(|cell| self.day(cell).map(|day| day.number));
        Ok(Arc::new(Date32Array::from(days)))
    }

    fn flags(&self) -> Result<ArrayRef> {
        let flag = |cell: Cell<'_>| match cell {
            Cell::Flag(flag) => Some(flag),
            cell => match cell.text()?.trim().to_lowercase().as_str() {
                "true" | "ja" | "1" | "sant" => Some(true),
                "false" | "nej" | "0" | "falskt" => Some(false),
                _ => None,
            },
        };
        self.refuse("true or false, such as ja and nej", |cell| flag(cell).is_none())?;
        Ok(Arc::new(BooleanArray::from(self.by_row(flag))))
    }

    /// Refuses cells that hold something else than is declared.
    fn refuse(&self, expected: &str, is_wrong: impl Fn(Cell<'_>) -> bool) -> Result<()> {
        let wrong = self.rows(|cell| !matches!(cell, Cell::Empty | Cell::Failed) && is_wrong(cell));
        if wrong.count == 0 {
            return Ok(());
        }
        let mend = if wrong.count == 1 { "correct it" } else { "correct them" };
        let reason = format!(
            "column `{}`: expected {expected}, found something else in {}; {mend}, or say another kind with `columns`",
            self.header,
            wrong.words()
        );
        Err(Fault::new("wrong_type", reason))
    }
}

fn of_moment(moment: Moment) -> Day {
    let Moment { day: number, timed } = moment;
    Day { number, spelled: Spelled::Iso, two_digit_year: false, timed }
}

/// Whether a cell is a number that is no code: `0123` and twenty digits are texts.
fn is_number(cell: Cell<'_>) -> bool {
    match cell {
        Cell::Number(_) => true,
        Cell::Text(text) => Number::read(text.trim())
            .is_some_and(|number| !number.has_leading_zero() && number.digits() <= 15),
        _ => false,
    }
}
